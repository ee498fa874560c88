//! Framings and characterisations: the holders' own words for things and for each other.
//!
//! A framing is a term: "so-called", in quotation marks that keep it at arm's length, called alleged, or loaded by itself.
//! A characterisation is a predicate: who calls, describes or accuses whom as what. Both are kept with their holder; no
//! term found here is ever the program's own.

mod lexicon;
#[cfg(test)]
mod tests;

use irenic_language::{Analysis, Relation, Upos};
use irenic_model::{
    BlockKind, Characterisation, Content, Framing, FramingMark, Holder, Span, Stance, Statement, StatementId,
    Voice,
};

use crate::Input;
use crate::voice::voice_at;
use lexicon::Lexicon;

/// The framings of a document, in text order.
///
/// The holder is who uses the term: the one who is said to call the thing so, else the innermost speaker whose words
/// these are, else the author (`None`).
#[must_use]
pub fn framings(input: &Input<'_>) -> Vec<Framing> {
    let finder = Finder { input, analysis: input.analysis, lexicon: Lexicon::english() };
    let mut found = finder.marked();
    found.extend(finder.quoted());
    found.extend(finder.loaded());
    found.retain(|framing| finder.is_told(framing.span));
    found.sort_by_key(|framing| (framing.span.start, std::cmp::Reverse(framing.span.end)));
    // The widest reading of the same words stands: "the so-called regime" is one framing.
    let mut end = 0;
    found.retain(|framing| {
        let inside = framing.span.end <= end;
        end = end.max(framing.span.end);
        !inside
    });
    found
}

/// Who calls, describes or accuses whom as what; statements in text order.
#[must_use]
pub fn characterisations(input: &Input<'_>) -> Vec<Statement> {
    let finder = Finder { input, analysis: input.analysis, lexicon: Lexicon::english() };
    let verbs = (0..input.analysis.tokens.len()).filter(|&at| input.analysis.tokens[at].upos == Upos::Verb);
    verbs.filter_map(|verb| finder.characterisation(verb)).collect()
}

fn holder(name: &str, span: Span) -> Holder {
    let voice = Voice { name: name.to_owned(), span: Some(span) };
    Holder::new(vec![voice]).expect("one voice is not none")
}

struct Finder<'f, 'a> {
    input: &'f Input<'a>,
    analysis: &'a Analysis,
    lexicon: &'static Lexicon,
}

impl Finder<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.analysis.tokens[at].span.of(&self.input.document.text)
    }

    fn lemma(&self, at: usize) -> String {
        self.analysis.tokens[at].lemma.to_lowercase()
    }

    fn relation(&self, at: usize) -> Relation {
        self.analysis.tokens[at].relation
    }

    fn is_told(&self, span: Span) -> bool {
        let block = self.input.document.block_at(span.start);
        !block.is_some_and(|block| matches!(block.kind, BlockKind::Footnote | BlockKind::Literal))
    }

    /// "so-called X", "alleged X".
    fn marked(&self) -> Vec<Framing> {
        let mut found = Vec::new();
        for (at, token) in self.analysis.tokens.iter().enumerate() {
            let (word, last) = self.joined_word(at);
            let stands_before = token.upos == Upos::Adj || self.relation(at) == Relation::Amod;
            let mark = if self.lexicon.so_called.contains(&word) {
                FramingMark::SoCalled
            } else if self.lexicon.alleged.contains(&word) && stands_before {
                FramingMark::Alleged
            } else {
                continue;
            };
            let Some(head) = self.noun_after(last) else { continue };
            let mut span = token.span.cover(self.analysis.tokens[head].span);
            // A quotation opened behind the mark is closed behind the noun.
            let quoted = (last..head).any(|at| matches!(self.word(at), "“" | "\"" | "‘"));
            if quoted
                && head + 1 < self.analysis.tokens.len()
                && matches!(self.word(head + 1), "”" | "\"" | "’")
            {
                span = span.cover(self.analysis.tokens[head + 1].span);
            }
            found.push(self.framing(span, head, mark));
        }
        found
    }

    /// The word at a token, with what a hyphen or the habit of "so called" joins to it, and its last token.
    fn joined_word(&self, at: usize) -> (String, usize) {
        let word = self.word(at).to_lowercase();
        let tokens = self.analysis.tokens.len();
        if at + 2 < tokens && self.word(at + 1) == "-" {
            return (format!("{word}-{}", self.word(at + 2).to_lowercase()), at + 2);
        }
        if word == "so"
            && at + 1 < tokens
            && self.lexicon.so_called.contains(&format!("so-{}", self.word(at + 1).to_lowercase()))
        {
            return (format!("so-{}", self.word(at + 1).to_lowercase()), at + 1);
        }
        (word, at)
    }

    /// The noun that a mark stands before: its head in the tree if that follows, else the end of the run of nouns.
    fn noun_after(&self, at: usize) -> Option<usize> {
        let is_nominal = |at: usize| matches!(self.analysis.tokens[at].upos, Upos::Noun | Upos::Propn);
        let sentence = &self.analysis.sentences[self.analysis.sentence_of(at)];
        let head = self.analysis.head_of(at).filter(|&head| at < head && is_nominal(head) && head - at <= 6);
        let first = || (at + 1..sentence.tokens.end.min(at + 6)).find(|&next| is_nominal(next));
        let mut last = head.or_else(first)?;
        while last + 1 < sentence.tokens.end
            && is_nominal(last + 1)
            && self.analysis.head_of(last) == Some(last + 1)
        {
            last += 1;
        }
        Some(last)
    }

    /// Short phrases in quotation marks that are terms, not speech and not titles.
    fn quoted(&self) -> Vec<Framing> {
        let text = &self.input.document.text;
        let mut found = Vec::new();
        let mut open: Option<usize> = None;
        for (at, token) in self.analysis.tokens.iter().enumerate() {
            let word = token.span.of(text);
            let opens = matches!(word, "“" | "\"" | "«" | "„" | "``");
            let closes = matches!(word, "”" | "\"" | "»" | "''" | "“");
            match open {
                Some(first) if closes && first < at => {
                    open = None;
                    found.extend(self.quoted_term(first, at));
                }
                _ if opens => open = Some(at + 1),
                // A quotation that runs on is speech.
                Some(first)
                    if at - first > self.lexicon.quoted_words_max + 1 && matches!(word, "”" | "\"") =>
                {
                    open = None;
                }
                _ => {}
            }
        }
        found
    }

    fn quoted_term(&self, first: usize, end: usize) -> Option<Framing> {
        let tokens = first..end;
        let words = tokens.clone().filter(|&at| self.analysis.tokens[at].upos != Upos::Punct).count();
        if words == 0 || self.lexicon.quoted_words_max < words || first == 0 {
            return None;
        }
        let has_clause = tokens.clone().any(|at| {
            let token = &self.analysis.tokens[at];
            matches!(token.upos, Upos::Verb | Upos::Aux)
                && token.lemma.len() < self.word(at).len() + 1
                && matches!(
                    self.relation(at),
                    Relation::Root | Relation::Ccomp | Relation::Aux | Relation::Cop
                )
                || matches!(token.upos, Upos::Pron | Upos::Intj)
        });
        let exclaims = matches!(self.analysis.tokens[first].upos, Upos::Adv | Upos::Adp | Upos::Part);
        let stops =
            exclaims || tokens.clone().any(|at| matches!(self.word(at), "," | "." | "!" | "?" | ";" | "…"));
        let noun = tokens.clone().rev().find(|&at| {
            matches!(self.analysis.tokens[at].upos, Upos::Noun | Upos::Adj | Upos::Verb)
                && self.relation(at) != Relation::Punct
        })?;
        // "War and Peace": a work or an operation by its name.
        let name = tokens
            .clone()
            .filter(|&at| self.analysis.tokens[at].upos != Upos::Punct)
            .all(|at| self.word(at).starts_with(char::is_uppercase) || self.word(at).len() < 4);
        let before = first.checked_sub(2).map(|at| self.lemma(at)).unwrap_or_default();
        let said = self.lexicon.not_after.contains(&before) || self.is_spoken(first, end);
        if has_clause || stops || name || said {
            return None;
        }
        let span = self.analysis.tokens[first].span.cover(self.analysis.tokens[end - 1].span);
        Some(self.framing(span, noun, FramingMark::ScareQuotes))
    }

    /// Whether a comma or colon and a verb of speech lead to the quotation, or follow it.
    fn is_spoken(&self, first: usize, end: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let led = first >= 2 && matches!(self.word(first - 2), "," | ":");
        let followed = end + 1 < tokens.len() && self.word(end + 1) == ",";
        led || followed && tokens.get(end + 2).is_some_and(|token| token.upos == Upos::Verb)
    }

    fn loaded(&self) -> Vec<Framing> {
        let mut found: Vec<Framing> = Vec::new();
        let mut end = 0;
        for at in 0..self.analysis.tokens.len() {
            if at < end {
                continue;
            }
            if let Some((mut last, entry)) = self.loaded_at(at) {
                // "separatist regime" is one term.
                while let Some((next, _)) =
                    (last + 1 < self.analysis.tokens.len()).then(|| self.loaded_at(last + 1)).flatten()
                {
                    last = next;
                }
                end = last + 1;
                let span = self.analysis.tokens[at].span.cover(self.analysis.tokens[last].span);
                let phrase = self.analysis.subtree(last);
                let around = self.analysis.tokens_in(phrase);
                let barred = around
                    .clone()
                    .any(|near| self.lexicon.entries[entry].not_with.contains(&self.lemma(near)));
                if !barred && !self.is_a_name(at, last) {
                    found.push(self.framing(span, last, FramingMark::Loaded));
                }
            }
        }
        found
    }

    fn loaded_at(&self, at: usize) -> Option<(usize, usize)> {
        let token = &self.analysis.tokens[at];
        let lemma = token.lemma.to_lowercase();
        let word = self.word(at).to_lowercase();
        if let Some(pairs) = self.lexicon.pairs.get(&lemma).or_else(|| self.lexicon.pairs.get(&word)) {
            let next = at + 1;
            let pair = (next < self.analysis.tokens.len()).then(|| {
                let (lemma, word) = (self.lemma(next), self.word(next).to_lowercase());
                pairs.iter().find(|(second, _)| *second == lemma || *second == word)
            });
            if let Some((_, entry)) = pair.flatten() {
                return Some((next, *entry));
            }
        }
        let nominal = matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Propn);
        let entry = self.lexicon.loaded.get(&lemma).or_else(|| {
            // A capitalised word at the head of a sentence may keep its plural: "Separatists".
            self.lexicon.loaded.get(word.trim_end_matches('s'))
        })?;
        nominal.then_some((at, *entry))
    }

    /// "the Liberation Front": a part of an organisation's own name frames nothing.
    fn is_a_name(&self, first: usize, last: usize) -> bool {
        let span = self.analysis.tokens[first].span.cover(self.analysis.tokens[last].span);
        let capital = self.word(first).starts_with(char::is_uppercase);
        capital
            && self.input.mentions.iter().any(|mention| {
                mention.span.start <= span.start
                    && span.end <= mention.span.end
                    && span.len() < mention.span.len()
            })
    }

    fn framing(&self, span: Span, head: usize, mark: FramingMark) -> Framing {
        let text = &self.input.document.text;
        // A pronoun is who speaks around it, before it is whoever was named last.
        let namer = || self.namer(head).or_else(|| voice_at(self.input.attributions, span).0);
        let holder = self.pronoun(head, span).unwrap_or_else(namer);
        let of = self.what(span, head);
        let term = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        Framing { span, term, of, holder, mark }
    }

    /// The named thing that a term is used of: inside its phrase, or in apposition to it.
    fn what(&self, span: Span, head: usize) -> Option<String> {
        let phrase = self.analysis.subtree(head).cover(span);
        let first = self.input.mentions.partition_point(|mention| mention.span.end <= phrase.start);
        let inside = self.input.mentions[first..]
            .iter()
            .take_while(|mention| mention.span.start < phrase.end)
            .find(|mention| mention.span.start >= phrase.start);
        let appositive = || {
            let above = self.analysis.head_of(head)?;
            let tied = matches!(self.relation(head), Relation::Appos | Relation::Compound | Relation::Amod);
            let at = self.analysis.tokens[above].span;
            self.input
                .mentions
                .iter()
                .find(|mention| tied && mention.span.start <= at.start && at.end <= mention.span.end)
        };
        inside.or_else(appositive).map(|mention| mention.name.clone())
    }

    /// Who is said to call the thing so: "what the ministry calls X", "whom she terms X".
    fn namer(&self, head: usize) -> Option<Holder> {
        let mut node = head;
        for _ in 0..3 {
            let above = self.analysis.head_of(node)?;
            if self.lexicon.naming.contains(&self.lemma(above)) {
                return self.subject(above);
            }
            node = above;
        }
        None
    }

    /// Whether a pronoun calls the thing so, and who it is where the same pronoun is the source of the words around it:
    /// "she writes that the envoy, whom she calls a stooge, left".
    fn pronoun(&self, head: usize, span: Span) -> Option<Option<Holder>> {
        let mut node = head;
        for _ in 0..3 {
            let above = self.analysis.head_of(node)?;
            if self.lexicon.naming.contains(&self.lemma(above)) {
                let subject = self.analysis.child(above, Relation::Nsubj)?;
                let said = self.word(subject).to_lowercase();
                let text = &self.input.document.text;
                let is_it = |source: &Span| source.of(text).to_lowercase() == said;
                let covering = self.input.attributions.iter().filter(|said| said.covers(span));
                let voice = covering
                    .filter(|said| said.source.iter().any(is_it))
                    .find_map(|said| said.holder.clone());
                return (self.analysis.tokens[subject].upos == Upos::Pron
                    && !matches!(said.as_str(), "what" | "which" | "who"))
                .then_some(voice);
            }
            node = above;
        }
        None
    }

    fn subject(&self, verb: usize) -> Option<Holder> {
        let subject = self.analysis.child(verb, Relation::Nsubj)?;
        let span = self.analysis.tokens[subject].span;
        let covers = |mention: &&irenic_model::Mention| {
            mention.span.start <= span.start && span.end <= mention.span.end
        };
        if let Some(mention) = self.input.mentions.iter().find(covers) {
            return Some(holder(&mention.name, mention.span));
        }
        let is_pronoun = self.analysis.tokens[subject].upos == Upos::Pron;
        // What a pronoun stands for is left to the attribution around it.
        (!is_pronoun).then(|| holder(&self.phrase(subject), self.phrase_span(subject)))
    }

    /// The words of a noun phrase, without article and without what is told of it in clauses.
    fn phrase(&self, head: usize) -> String {
        let span = self.phrase_span(head);
        let words = span.of(&self.input.document.text);
        let words = ["the ", "The ", "a ", "an ", "A ", "An "]
            .iter()
            .find_map(|it| words.strip_prefix(it))
            .unwrap_or(words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn phrase_span(&self, head: usize) -> Span {
        let mut span = self.analysis.tokens[head].span;
        let mut open = vec![head];
        while let Some(node) = open.pop() {
            for child in self.analysis.children(node) {
                let stays = matches!(
                    self.relation(child),
                    Relation::Det
                        | Relation::Amod
                        | Relation::Compound
                        | Relation::Nmod
                        | Relation::NmodPoss
                        | Relation::Flat
                        | Relation::Nummod
                        | Relation::Case
                );
                if stays && !(self.relation(child) == Relation::Case && node == head) {
                    span = span.cover(self.analysis.tokens[child].span);
                    open.push(child);
                }
            }
        }
        span
    }

    /// "X called Y Z", "X described Y as Z", "X accused Y of Z".
    fn characterisation(&self, verb: usize) -> Option<Statement> {
        let lemma = self.lemma(verb);
        let accuses = self.lexicon.accusing.contains(&lemma);
        if !accuses && !self.lexicon.naming.contains(&lemma) {
            return None;
        }
        let object = self
            .analysis
            .child(verb, Relation::Obj)
            .or_else(|| self.analysis.child(verb, Relation::NsubjPass))?;
        let term = if accuses {
            self.complement(verb, object, "of")?
        } else {
            self.predicate(verb, object, &lemma)?
        };
        let span = self.analysis.tokens[verb].span.cover(self.analysis.tokens[object].span).cover(term);
        if !self.is_told(span) || self.analysis.tokens[object].upos == Upos::Punct {
            return None;
        }
        let text = &self.input.document.text;
        let (voice, _) = voice_at(self.input.attributions, span);
        let holder = self.subject(verb).or_else(|| self.said_by(verb)).or(voice);
        let subject = self.named(object, term);
        let term = term.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let stance = if accuses { Stance::Alleged } else { Stance::Asserted };
        let id = StatementId::new(self.input.document.source.sha256, span, "characterisation");
        let content = Content::Characterisation(Characterisation { subject, term });
        Some(Statement { id, span, holder, stance, content })
    }

    /// The holder of the attribution whose cue the verb is.
    fn said_by(&self, verb: usize) -> Option<Holder> {
        let at = self.analysis.tokens[verb].span;
        let said = self.input.attributions.iter().find(|said| said.cue.iter().any(|cue| cue.overlaps(at)))?;
        said.holder.clone()
    }

    /// The thing by its canonical name, else in the text's words.
    fn named(&self, head: usize, term: Span) -> String {
        let at = self.analysis.tokens[head].span;
        let mention =
            self.input.mentions.iter().find(|it| it.span.start <= at.start && at.end <= it.span.end);
        mention.map_or_else(
            || {
                let phrase = self.phrase_span(head);
                let end = if phrase.overlaps(term) { at.end } else { phrase.end };
                Span::new(phrase.start.min(at.start), end).of(&self.input.document.text).to_owned()
            },
            |it| it.name.clone(),
        )
    }

    fn predicate(&self, verb: usize, object: usize, lemma: &str) -> Option<Span> {
        if self.lexicon.with_as.contains(lemma) {
            return self.complement(verb, object, "as");
        }
        let xcomp = self.analysis.children(verb).find(|&child| {
            self.relation(child) == Relation::Xcomp
                && matches!(self.analysis.tokens[child].upos, Upos::Adj | Upos::Noun | Upos::Propn)
                && object < child
        })?;
        Some(self.phrase_span(xcomp))
    }

    /// The complement behind `preposition`, of the verb or, as a parser may have it, of its object.
    fn complement(&self, verb: usize, object: usize, preposition: &str) -> Option<Span> {
        let marked = |child: usize| {
            self.analysis.children(child).any(|mark| {
                matches!(self.relation(mark), Relation::Case | Relation::Mark)
                    && self.lemma(mark) == preposition
            })
        };
        let child = self
            .analysis
            .children(verb)
            .chain(self.analysis.children(object))
            .find(|&child| child > object && marked(child))?;
        let whole = self.analysis.subtree(child);
        let mark = self.analysis.children(child).find(|&mark| self.lemma(mark) == preposition)?;
        let after = self.analysis.tokens[mark].span.end;
        let rest = whole.of(&self.input.document.text).len();
        let start = self.analysis.tokens[mark + 1].span.start;
        (rest > 0 && after <= start && start < whole.end).then(|| Span::new(start, whole.end))
    }
}
