//! Noun phrases to participants: their words, names resolved as the document resolves them, and their country.

use irenic_language::mentions::Gazetteer;
use irenic_language::{Penn, Relation, Upos};
use irenic_model::{Mention, MentionKind, Participant, Span, TimeExpression};

use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::Input;

/// The names of a document, found by place.
pub(crate) struct Names<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    times: &'a [TimeExpression],
}

/// No longer part, in bytes, stands before a hyphen in a word.
const PART_MAX: usize = 40;

impl<'a> Names<'a> {
    pub(crate) fn new(input: &Input<'a>) -> Self {
        Self { text: &input.document.text, mentions: input.mentions, times: input.times }
    }

    /// The mentions that begin inside a range.
    pub(crate) fn within(&self, span: Span) -> impl Iterator<Item = &'a Mention> + use<'a> {
        let start = self.mentions.partition_point(|mention| mention.span.start < span.start);
        self.mentions[start..].iter().take_while(move |mention| mention.span.start < span.end)
    }

    /// The participant that a noun phrase names.
    pub(crate) fn participant(&self, tree: &Tree<'_>, head: usize) -> Participant {
        let own = tree.token(head).span;
        let mut span = self.whole_words(self.without_date(tree.phrase_span(head), own));
        // "with the Organisation for Hills in Norland as mediator": the parser may part a name.
        let parted = |mention: &&Mention| {
            let before = self.text.get(mention.span.start..span.start).unwrap_or_default().trim();
            before.contains(' ') && before.starts_with(char::is_uppercase)
        };
        if let Some(mention) = self.covering(own).filter(parted) {
            span = mention.span;
        }
        // "the minister and the secretary-general of the front": the second is no part of the first.
        let fellow = tree.children(head).find(|&child| {
            tree.relation(child) == Relation::Conj
                && span.contains(tree.token(child).span)
                && own.end <= tree.token(child).span.start
        });
        let until = |span: Span, token: usize| {
            let before =
                self.text.get(span.start..tree.token(token).span.start).unwrap_or_default().trim_end();
            Span::new(span.start, (span.start + before.len()).max(own.end))
        };
        if let Some(and) = fellow.and_then(|fellow| tree.child(fellow, Relation::Cc)) {
            span = until(span, and);
        }
        // "with Norland as a mediator": what somebody is there as is no part of the name.
        let as_such = tree.children(head).find(|&child| {
            tree.case(child) == Some("as") && Lexicon::english().is_in("aside", tree.lemma(child))
        });
        if let Some(first) = as_such.and_then(|child| tree.phrase(child).first().copied()) {
            span = until(span, first);
        }
        let inside = || self.within(span);
        let whole = inside().find(|mention| mention.span == span).or_else(|| self.called(tree, head, span));
        let country = inside()
            .find(|mention| mention.span.contains(own))
            .and_then(|mention| mention.country.clone())
            .or_else(|| inside().find_map(|mention| mention.country.clone()))
            .or_else(|| Gazetteer::embedded().country_of(span.of(self.text)).map(str::to_owned));
        let words = || span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = whole.map_or_else(words, |mention| mention.name.clone());
        Participant { text: balanced(text), span, country, role: None }
    }

    /// The body by whose name a common noun goes on: "a new umbrella of groups, the Free Hills Movement, agreed".
    fn called(&self, tree: &Tree<'_>, head: usize, phrase: Span) -> Option<&'a Mention> {
        let own = tree.token(head).span.of(self.text);
        let common = tree.token(head).upos == Upos::Noun && !own.starts_with(char::is_uppercase);
        let rest = self.text.get(phrase.end..).filter(|_| common)?.strip_prefix(", ")?;
        let start = self.text.len() - rest.strip_prefix("the ").unwrap_or(rest).len();
        let mention = self.within(Span::new(start, start + 1)).next()?;
        let closed = self.text[mention.span.end..].starts_with(',');
        let body = mention.kind == MentionKind::Organisation && mention.name.starts_with(char::is_uppercase);
        let apart = tree.child(head, Relation::Conj).is_none() || tree.relation(head) == Relation::Nsubj;
        let is_body = Lexicon::english().is_people(&tree.lemma(head).to_lowercase())
            || matches!(tree.lemma(head), "umbrella" | "network" | "body" | "outfit" | "wing" | "faction");
        (closed && body && apart && is_body).then_some(mention)
    }

    /// The two that one noun names by what stands before it: "Norlandic and Free Hills officials" are officials of two.
    ///
    /// One of the two must be known for a people, a place or a body, and no name may hold the "and".
    pub(crate) fn two_of_one_noun(&self, tree: &Tree<'_>, head: usize) -> Option<[Participant; 2]> {
        let own = tree.token(head).span;
        let many = tree.token(head).xpos == Penn::Nns
            && Lexicon::english().is_people(&tree.lemma(head).to_lowercase());
        let whole = self.whole_words(self.without_date(tree.phrase_span(head), own));
        let before = self.text.get(whole.start..own.start).filter(|_| many)?;
        let (first, second) = before.split_once(" and ")?;
        let is_name = |words: &str| {
            let mut words = words.split_whitespace().peekable();
            words.peek().is_some() && words.all(|word| word.starts_with(char::is_uppercase))
        };
        if !is_name(first) || !is_name(second) {
            return None;
        }
        let one = Span::new(whole.start, whole.start + first.trim_end().len());
        let other = Span::new(whole.start + first.len() + " and ".len(), whole.end);
        let known = |span: Span| {
            self.covering(Span::new(span.start, span.start + 1)).filter(|mention| {
                matches!(
                    mention.kind,
                    MentionKind::Nationality | MentionKind::Location | MentionKind::Organisation
                )
            })
        };
        let (of_one, of_other) = (known(one), known(other));
        let joint = of_one.is_some_and(|mention| other.start < mention.span.end);
        let at_start = tree.analysis.sentences[tree.analysis.sentence_of(head)].span.start == one.start;
        if joint || of_one.is_none() && (at_start || of_other.is_none()) {
            return None;
        }
        let participant = |span: Span, mention: Option<&Mention>| Participant {
            text: span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" "),
            span,
            country: mention.and_then(|mention| mention.country.clone()),
            role: None,
        };
        let first = match of_one.filter(|mention| mention.span == one) {
            Some(mention) => self.named(mention),
            None => participant(one, of_one),
        };
        Some([first, participant(other, of_other)])
    }

    /// With the part before a hyphen that the tree hangs elsewhere: "so-called council" is no called council.
    fn whole_words(&self, phrase: Span) -> Span {
        let Some(before) = self.text.get(..phrase.start).and_then(|text| text.strip_suffix('-')) else {
            return phrase;
        };
        let part = |it: &char| it.is_alphanumeric() || *it == '-';
        let length: usize =
            before.chars().rev().take(PART_MAX + 1).take_while(part).map(char::len_utf8).sum();
        if length == 0 || PART_MAX < length { phrase } else { Span::new(before.len() - length, phrase.end) }
    }

    /// "[On] 9 June 2001 government troops", "the clans on 4 May", where the tree takes the date for a part of the phrase.
    fn without_date(&self, phrase: Span, head: Span) -> Span {
        let first = self.times.partition_point(|time| time.span.end <= phrase.start);
        let mut kept = phrase;
        for time in self.times[first..].iter().take_while(|time| time.span.start < phrase.end) {
            let before = self.text.get(kept.start..time.span.start).unwrap_or_default().trim_end();
            let rest = self.text.get(time.span.end..kept.end).unwrap_or_default();
            if time.span.start <= kept.start && time.span.end <= head.start {
                kept = Span::new(kept.end - rest.trim_start_matches([' ', ',', '\u{a0}']).len(), kept.end);
            } else if head.end <= time.span.start && time.span.end >= kept.end {
                let words = [" on", " in", " by", " from", " since", ","].iter();
                let bare = words.fold(before, |bare, word| bare.strip_suffix(word).unwrap_or(bare));
                kept = Span::new(kept.start, (kept.start + bare.trim_end().len()).max(head.end));
            }
        }
        if kept.start <= head.start && head.end <= kept.end { kept } else { phrase }
    }

    /// The participant that a mention names by itself.
    pub(crate) fn named(&self, mention: &Mention) -> Participant {
        Participant {
            text: mention.name.clone(),
            span: mention.span,
            country: mention.country.clone(),
            role: None,
        }
    }

    /// The mention that covers the words.
    pub(crate) fn covering(&self, words: Span) -> Option<&'a Mention> {
        let after = self.mentions.partition_point(|mention| mention.span.start <= words.start);
        self.mentions[..after].last().filter(|mention| mention.span.contains(words))
    }

    /// Whether a name covers the words.
    pub(crate) fn is_name(&self, words: Span) -> bool {
        self.within(words).next().is_some()
            || self.mentions[..self.mentions.partition_point(|mention| mention.span.start < words.start)]
                .last()
                .is_some_and(|mention| mention.span.contains(words))
    }

    /// "midnight Riga time": the place only says by which clock.
    pub(super) fn tells_the_hour(&self, mention: &Mention) -> bool {
        let after = self.text[mention.span.end..].trim_start();
        after.strip_prefix("time").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    /// Whether the words may name one person: no name of a place, a people or a body covers them.
    pub(super) fn may_be_person(&self, words: Span) -> bool {
        let before = self.mentions
            [..self.mentions.partition_point(|mention| mention.span.start <= words.start)]
            .last();
        before.is_none_or(|mention| {
            !mention.span.contains(words) || matches!(mention.kind, MentionKind::Person | MentionKind::Other)
        })
    }

    /// Whether a noun phrase can act or be acted upon: it is named, or its noun is of people or their bodies.
    pub(crate) fn can_act(&self, tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> bool {
        let token = tree.token(head);
        if matches!(token.upos, Upos::Pron | Upos::Num | Upos::Verb | Upos::Punct) {
            return false;
        }
        if matches!(tree.lemma(head), "time" | "midnight" | "noon" | "hour") {
            return false;
        }
        let person = lexicon.is_people(&token.lemma.to_lowercase());
        let acts = |mention: &Mention| !matches!(mention.kind, MentionKind::Weapon | MentionKind::Other);
        person || self.within(tree.phrase_span(head)).any(acts)
    }
}

/// What a personal pronoun stands for: the subject of a clause above it, or of the sentence before.
pub(crate) fn antecedent(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    if tree.token(pronoun).xpos != Penn::Prp && tree.token(pronoun).xpos != Penn::PrpPossessive {
        return Some(pronoun);
    }
    if matches!(tree.lemma(pronoun), "i" | "we" | "you" | "there") {
        return None;
    }
    // "The port fell to them": not to the port.
    let plural = matches!(tree.lemma(pronoun), "they" | "them" | "their");
    let many = |noun: usize| {
        matches!(tree.token(noun).xpos, Penn::Nns | Penn::Nnps)
            || tree.child(noun, Relation::Conj).is_some()
            || Lexicon::english().is_people(&tree.lemma(noun).to_lowercase())
            || tree.token(noun).upos == Upos::Propn
    };
    let subject_of = |verb: usize| {
        let subject = |child: &usize| {
            tree.relation(*child).is_subject()
                && tree.token(*child).upos != Upos::Pron
                && *child < pronoun
                && (!plural || many(*child))
        };
        tree.children(verb).find(subject)
    };
    let mut node = pronoun;
    // Who is the object of a verb is not its subject.
    if matches!(tree.relation(node), Relation::Obj | Relation::Iobj | Relation::Obl) {
        let own = tree.head(node)?;
        node = own;
        let fellow = tree.head(own).filter(|_| tree.relation(own) == Relation::Conj);
        let object = fellow.and_then(|verb| tree.child(verb, Relation::Obj));
        let own_subject = tree.child(own, Relation::Nsubj).is_some();
        if let Some(object) = object.filter(|&object| !own_subject && (!plural || many(object))) {
            return Some(object);
        }
    }
    while let Some(head) = tree.head(node) {
        if let Some(found) = subject_of(head) {
            return Some(found);
        }
        node = head;
    }
    let sentence = tree.analysis.sentence_of(pronoun).checked_sub(1)?;
    subject_of(tree.analysis.root_of(sentence)?)
}

/// Without a bracket that the phrase opens and does not close: "the Front (AF" is the Front.
fn balanced(text: String) -> String {
    match text.rfind('(') {
        Some(at) if !text[at..].contains(')') => text[..at].trim_end().to_owned(),
        _ => text,
    }
}
