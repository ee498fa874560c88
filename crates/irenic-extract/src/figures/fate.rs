//! What happened to those who are counted, from the words around them and from the tree.

use irenic_language::{Analysis, Relation, Upos};

use super::lexicon::{Happening, Lexicon};
use super::phrase::{Counted, Phrase};
use super::quantity::Quantity;
use crate::words::{Shape, Word};

/// Where the words stand that say what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In the noun phrase itself.
    Inside,
    /// After it.
    Right,
    /// Before the quantity.
    Left,
    /// Elsewhere in the clause.
    Clause,
    /// Taken over from another figure, or from a table's label.
    Inherited,
}

/// What happened to those who are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) counts: String,
    pub(super) side: Side,
    /// The position after the last word that says it, or the phrase's end.
    pub(super) end: usize,
}

/// The search for what happened to one quantity's people.
pub(super) struct Search<'a> {
    pub(super) words: &'a [Word],
    pub(super) analysis: &'a Analysis,
    pub(super) lexicon: &'a Lexicon,
    /// No word before it belongs to this quantity.
    pub(super) from: usize,
}

impl Search<'_> {
    /// What happened, from the nearest words that say it.
    pub(super) fn fate(&self, quantity: &Quantity, phrase: &Phrase) -> Option<Fate> {
        // "387 missing people were found dead": what became of them, not what they are called.
        let named = phrase.head.is_some().then(|| self.right(phrase)).flatten();
        let found = named.or_else(|| self.inside(phrase)).or_else(|| self.right(phrase));
        let found = found.or_else(|| self.left(quantity, phrase)).or_else(|| self.clause(quantity, phrase));
        found.or_else(|| {
            let counts = phrase.standing.clone()?;
            Some(Fate { counts, side: Side::Inside, end: phrase.end })
        })
    }

    fn inside(&self, phrase: &Phrase) -> Option<Fate> {
        let counts = phrase.fate.clone()?;
        Some(Fate { counts, side: Side::Inside, end: phrase.end })
    }

    /// "were killed", "(including 71 children) remain missing", "who died".
    fn right(&self, phrase: &Phrase) -> Option<Fate> {
        let passes = &self.lexicon.passes;
        let mut at = phrase.end;
        let (mut have, mut be, mut steps) = (false, false, 0);
        while at < self.words.len() && steps < 12 {
            if let Some(found) = self.right_at(at, have && !be, phrase) {
                return Some(found);
            }
            let word = &self.words[at];
            if let Some(close) = self
                .skip_brackets(at)
                .or_else(|| self.skip_parts(at))
                .or_else(|| self.skip_more_people(at, phrase))
            {
                at = close;
                continue;
            }
            let adverb = word.shape == Shape::Letters && word.lower.ends_with("ly");
            let comma_in_relative = word.is(",") && self.words.get(at + 1).is_some_and(|next| next.is("who"));
            if !(passes.right.has(&word.lower) || adverb || comma_in_relative) {
                return None;
            }
            have |= passes.have.has(&word.lower);
            be |= passes.be.has(&word.lower);
            at += 1;
            steps += 1;
        }
        None
    }

    /// The position after the bracketed words that begin at `at`.
    fn skip_brackets(&self, at: usize) -> Option<usize> {
        let close = match self.words[at].lower.as_str() {
            "(" => ")",
            "[" => "]",
            _ => return None,
        };
        let window = self.words[at..].iter().take(60);
        window.enumerate().find(|(_, word)| word.is(close)).map(|(offset, _)| at + offset + 1)
    }

    /// The position after "and" with more people who are not counted: "7,630 soldiers and mercenaries were killed".
    fn skip_more_people(&self, at: usize, phrase: &Phrase) -> Option<usize> {
        if at != phrase.end || !(self.words[at].is("and") || self.words[at].is("or")) {
            return None;
        }
        let nominal = |word: &&Word| matches!(word.upos, Some(Upos::Noun | Upos::Propn | Upos::Adj));
        let length = self.words[at + 1..].iter().take(4).take_while(nominal).count();
        let last = self.words.get(at + length).filter(|_| length > 0)?;
        (last.upos != Some(Upos::Adj)).then_some(at + length + 1)
    }

    /// The position after ", including ... ," where a verb follows.
    fn skip_parts(&self, at: usize) -> Option<usize> {
        let begins = self.words[at].is(",")
            && (self.lexicon.parts.at(self.words, at + 1).is_some()
                || self.lexicon.passes.asides.at(self.words, at + 1).is_some());
        let window = self.words.iter().enumerate().skip(at + 2).take(30).filter(|_| begins);
        window.filter(|(_, word)| word.is(",")).map(|(comma, _)| comma + 1).find(|&next| {
            self.words.get(next).is_some_and(|word| {
                let happening = |happening: &Happening| happening.right.at(self.words, next).is_some();
                self.lexicon.passes.be.has(&word.lower)
                    || self.lexicon.passes.have.has(&word.lower)
                    || self.lexicon.happenings.iter().any(happening)
            })
        })
    }

    fn right_at(&self, at: usize, perfect_active: bool, phrase: &Phrase) -> Option<Fate> {
        let candidates = self.lexicon.happenings.iter().filter(|happening| self.takes(happening, phrase));
        let found = candidates.filter_map(|happening| {
            let right = happening.right.at(self.words, at);
            let passive = happening
                .passive
                .at(self.words, at)
                .filter(|length| !self.is_active(at, *length, perfect_active, phrase));
            let length = right.max(passive)?;
            Some((happening, length))
        });
        let (happening, length) = found.max_by_key(|(_, length)| *length)?;
        let tail = &self.words[at + length - 1];
        // "left" and "remain" alone may lead to a word that says more: "left dead", "remain missing".
        if matches!(tail.lower.as_str(), "left" | "remain" | "remained" | "remains" | "remaining")
            && let Some(more) = self.right_at(at + length, false, phrase)
        {
            return Some(more);
        }
        Some(Fate { counts: happening.counts.clone(), side: Side::Right, end: at + length })
    }

    /// Whether the people are the doers: "soldiers killed two men", "soldiers had killed".
    fn is_active(&self, at: usize, length: usize, perfect_active: bool, phrase: &Phrase) -> bool {
        if perfect_active {
            return true;
        }
        if at > phrase.end {
            let before = &self.words[at - 1];
            if self.lexicon.passes.be.has(&before.lower)
                || before.lower.ends_with("ly") && at > phrase.end + 1
            {
                return false;
            }
        }
        let Some(next) = self.words.get(at + length) else { return false };
        if next.shape == Shape::Number {
            // "3,825 killed 187 missing" in a table has no verb; in a sentence the number is the object.
            return !phrase.group.is_empty()
                && self.words[at].token.is_some_and(|token| self.has_object(token));
        }
        let determiner =
            ["the", "a", "an", "his", "her", "their", "its", "at", "some", "more", "several", "two", "three"]
                .iter()
                .any(|word| next.is(word));
        let place = next.is("at") && self.words.get(at + length + 1).is_none_or(|least| !least.is("least"));
        determiner && !place
            || next.shape == Shape::Letters
                && self.words[at].token.is_some_and(|token| self.has_object(token))
    }

    fn has_object(&self, token: usize) -> bool {
        self.analysis.child(token, Relation::Obj).is_some()
    }

    /// "killing", "the deaths of", "a death toll of", before the quantity.
    fn left(&self, quantity: &Quantity, phrase: &Phrase) -> Option<Fate> {
        let passes = &self.lexicon.passes;
        let mut at = quantity.words.start;
        let mut steps = 0;
        while at > self.from && steps < 4 {
            if let Some(counts) = self.left_at(at, phrase) {
                return Some(Fate { counts, side: Side::Left, end: phrase.end });
            }
            if !passes.left.has(&self.words[at - 1].lower) {
                break;
            }
            at -= 1;
            steps += 1;
        }
        if matches!(phrase.counted, Counted::Nothing) || phrase.counted.is_people() {
            return self.toll(quantity, phrase);
        }
        None
    }

    fn left_at(&self, end: usize, phrase: &Phrase) -> Option<String> {
        let lives =
            phrase.head.is_some_and(|head| matches!(self.words[head].lower.as_str(), "lives" | "life"));
        if lives {
            let length = self.lexicon.losses_lives.before(self.words, end)?;
            return (end - length >= self.from).then(|| "killed".to_owned());
        }
        if phrase.counted == Counted::Troops
            && let Some(length) = self.lexicon.losses_troops.before(self.words, end)
            && end - length >= self.from
        {
            return Some("killed".to_owned());
        }
        let found =
            self.lexicon.happenings.iter().filter(|happening| self.takes(happening, phrase)).filter_map(
                |happening| {
                    let length = happening.left.before(self.words, end)?;
                    (end - length >= self.from && !self.is_passive(end - length))
                        .then(|| (happening.counts.clone(), length))
                },
            );
        found.max_by_key(|(_, length)| *length).map(|(counts, _)| counts)
    }

    /// Whether the verb at `at` is a passive, so that what follows is not its object: "was killed ... 30".
    fn is_passive(&self, at: usize) -> bool {
        at > 0 && ["were", "was", "been", "being", "are", "is"].iter().any(|be| self.words[at - 1].is(be))
    }

    /// "The death toll rose to 30", "killed: 30".
    fn toll(&self, quantity: &Quantity, phrase: &Phrase) -> Option<Fate> {
        let mut at = quantity.words.start;
        let mut steps = 0;
        while at > self.from && steps < 9 {
            let found = self.lexicon.happenings.iter().filter_map(|happening| {
                let length = happening.toll.before(self.words, at)?;
                (at - length >= self.from).then_some((happening, length))
            });
            if let Some((happening, length)) = found.max_by_key(|(_, length)| *length) {
                let verb =
                    length == 1 && steps > 0 && !self.words[at].is(":") && self.is_passive(at - length);
                if steps == 0 || verb || !self.reads_as_toll(at, quantity) {
                    return None;
                }
                return Some(Fate { counts: happening.counts.clone(), side: Side::Left, end: phrase.end });
            }
            if !self.lexicon.passes.toll.has(&self.words[at - 1].lower) {
                return None;
            }
            at -= 1;
            steps += 1;
        }
        None
    }

    /// Whether what stands between the noun and the number makes one of the other: a verb, "of" or a colon.
    fn reads_as_toll(&self, from: usize, quantity: &Quantity) -> bool {
        let links = [
            ":", "of", "to", "at", "reached", "is", "was", "are", "were", "stands", "stood", "exceeded",
            "passed", "topped", "=", "range", "ranges", "ranged", "vary", "varies",
        ];
        self.words[from..quantity.words.start].iter().any(|word| links.iter().any(|link| word.is(link)))
    }

    /// Whether the words of a happening go with what is counted.
    fn takes(&self, happening: &Happening, phrase: &Phrase) -> bool {
        if phrase.head.is_some_and(|head| happening.never.has(&self.words[head].lower)) {
            return false;
        }
        match phrase.counted {
            Counted::People | Counted::Persons | Counted::Troops | Counted::Nothing | Counted::Adjectives => {
                true
            }
            Counted::Unknown => !happening.thing,
            Counted::Measure(ref unit) => unit == "household",
            Counted::Arms | Counted::Things | Counted::Land => false,
        }
    }

    /// What the verb that governs the people says, wherever it stands in the clause.
    fn clause(&self, quantity: &Quantity, phrase: &Phrase) -> Option<Fate> {
        let head = phrase.head.unwrap_or(quantity.words.end.checked_sub(1)?);
        let mut token = self.words.get(head)?.token?;
        for _ in 0..4 {
            let relation = self.analysis.tokens[token].relation;
            let parent = self.analysis.head_of(token)?;
            match relation {
                Relation::Conj | Relation::Nummod | Relation::Appos | Relation::Nmod => token = parent,
                Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::Obl => {
                    return self.verb(parent, relation, phrase);
                }
                _ => return None,
            }
        }
        None
    }

    fn verb(&self, verb: usize, relation: Relation, phrase: &Phrase) -> Option<Fate> {
        let span = self.analysis.tokens[verb].span;
        let at = self.words.partition_point(|word| word.span.end <= span.start);
        let takers = || self.lexicon.happenings.iter().filter(|happening| self.takes(happening, phrase));
        let found = match relation {
            Relation::Obj | Relation::Obl => {
                let object = relation == Relation::Obj
                    || self.words[at + 1..].first().is_some_and(|next| next.is(","));
                let before = at < phrase.end && object;
                takers().find(|happening| before && happening.left.at(self.words, at).is_some())
            }
            Relation::NsubjPass => takers().find(|happening| {
                happening.passive.at(self.words, at).is_some() || happening.right.at(self.words, at).is_some()
            }),
            _ => takers().find(|happening| {
                let adjective = self
                    .analysis
                    .children_by(verb, &[Relation::Xcomp])
                    .find_map(|child| self.index_of(child));
                happening.right.at(self.words, adjective.unwrap_or(at)).is_some()
            }),
        }?;
        // A verb that does not always speak of people needs people that are named as such.
        if happening_needs_people(found, phrase) {
            return None;
        }
        Some(Fate { counts: found.counts.clone(), side: Side::Clause, end: phrase.end })
    }

    fn index_of(&self, token: usize) -> Option<usize> {
        let span = self.analysis.tokens[token].span;
        let at = self.words.partition_point(|word| word.span.end <= span.start);
        self.words.get(at).filter(|word| word.span.overlaps(span)).map(|_| at)
    }
}

fn happening_needs_people(happening: &Happening, phrase: &Phrase) -> bool {
    happening.thing && !phrase.counted.is_people()
}
