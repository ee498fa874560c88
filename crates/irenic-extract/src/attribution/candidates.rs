//! Candidates: each word that may be a cue, with each stretch that may be what is said.

#![allow(clippy::single_range_in_vec_init, reason = "a content is a list of stretches, often of one")]

use irenic_language::{Penn, Relation, Upos};

use super::lexicon::NO_CLASS;
use super::view::{Run, View};

/// Where the content stands to its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A complement after the cue.
    Complement,
    /// From a complement's start to the end of the cue's clause.
    ToClauseEnd,
    /// From a complement's start to the end of the sentence.
    ToSentenceEnd,
    /// Everything under the cue after it.
    Tail,
    /// The sentence before the cue's clause.
    Front,
    /// The sentence before and after the cue's clause.
    Around,
    /// The quotations of the sentence, and those that follow it.
    Quoted,
    /// The subject of a passive, or with it the complement.
    Subject,
    /// Subject and complement of a passive.
    Raised,
    /// What follows a colon.
    Colon,
    /// The clause that an adverb or a phrase of source hangs from.
    Host,
    /// The sentence without the phrase of source.
    Rest,
}

impl Kind {
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// A cue and what may be said by it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The word that marks the saying.
    pub(crate) cue: usize,
    pub(crate) kind: Kind,
    /// The complement that it was made from, where there is one.
    pub(crate) complement: Option<usize>,
    /// What is said, in text order, without marks at the ends of each part.
    pub(crate) content: Vec<Run>,
    /// Whether it goes on in quotations after the sentence.
    pub(crate) continued: bool,
}

/// Sentences longer than this, in tokens, are read without trying wider stretches: they are tables or lists.
const SENTENCE_TOKENS_MAX: usize = 400;

/// A speaker between a quotation and the verb of saying has no more tokens.
const SPEAKER_TOKENS_MAX: usize = 12;

/// Quotations after the sentence are followed for so many sentences.
const CONTINUED_SENTENCES_MAX: usize = 40;

/// All candidates of a text, in the order of their cues.
pub(crate) fn candidates(view: &View<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for at in 0..view.analysis.tokens.len() {
        if view.sentence(at).len() <= SENTENCE_TOKENS_MAX {
            of_cue(view, at, &mut found);
        }
    }
    found
}

fn of_cue(view: &View<'_>, cue: usize, found: &mut Vec<Candidate>) {
    let first = found.len();
    let mut out = Maker { view, cue, found };
    match view.upos(cue) {
        Upos::Verb => out.verb(),
        Upos::Aux if view.class(cue) != NO_CLASS => out.verb(),
        Upos::Noun => out.noun(),
        Upos::Adj => out.adjective(),
        Upos::Punct if view.form(cue) == ":" => out.colon(),
        Upos::Adv | Upos::Adp if view.lexicon.hearsay(view.tree.lemma(cue)).is_some() => out.hearsay(),
        _ => {}
    }
    if let Some(length) = phrase_of_source(view, cue) {
        Maker { view, cue, found }.phrase(length);
    }
    dedup(found, first);
}

/// Two ways to the same stretch are one candidate, the first.
fn dedup(found: &mut Vec<Candidate>, first: usize) {
    let mut at = first;
    while at < found.len() {
        let twice = (first..at).any(|other| found[other].content == found[at].content);
        if twice {
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

/// The number of words of the phrase of source that begins here.
pub(crate) fn phrase_of_source(view: &View<'_>, at: usize) -> Option<usize> {
    let sentence = view.sentence(at);
    let fits = |phrase: &&Vec<&str>| {
        at + phrase.len() < sentence.end
            && phrase
                .iter()
                .enumerate()
                .all(|(offset, word)| view.form(at + offset).eq_ignore_ascii_case(word))
    };
    let length = view.lexicon.sourced().iter().find(fits).map(Vec::len)?;
    (!view.lexicon.is_no_source(view.form(at + length))).then_some(length)
}

struct Maker<'v, 'a, 'f> {
    view: &'v View<'a>,
    cue: usize,
    found: &'f mut Vec<Candidate>,
}

impl Maker<'_, '_, '_> {
    fn push(&mut self, kind: Kind, complement: Option<usize>, runs: &[Run]) {
        let mut content: Vec<Run> = runs
            .iter()
            .filter(|run| run.start < run.end)
            .map(|run| self.view.trimmed(run.clone()))
            .filter(|run| !run.is_empty())
            .collect();
        content.sort_by_key(|run| run.start);
        let apart = content.windows(2).all(|pair| pair[0].end <= pair[1].start);
        if content.is_empty() || !apart || content.iter().any(|run| run.contains(&self.cue)) {
            return;
        }
        let last = content[content.len() - 1].end;
        let candidate = Candidate { cue: self.cue, kind, complement, content, continued: false };
        let on = self.continuation(last);
        if !on.is_empty() {
            let mut wider = candidate.clone();
            wider.content.extend(on);
            wider.continued = true;
            self.found.push(wider);
        }
        self.found.push(candidate);
    }

    /// The quoted sentences of the line after this one, if the last quotation of this sentence leads on to them.
    fn continuation(&self, last: usize) -> Vec<Run> {
        let view = self.view;
        let sentence = view.sentence_of(self.cue);
        let mut runs = Vec::new();
        let near = view.analysis.sentences[sentence].tokens.clone().any(|at| view.quote_of(at).is_some());
        let end = view.analysis.sentences[sentence].tokens.end;
        if !near || (last..end).any(|at| !view.is_punctuation(at) && view.quote_of(at).is_some()) {
            return runs;
        }
        for next in (sentence + 1..view.analysis.sentences.len()).take(CONTINUED_SENTENCES_MAX) {
            let tokens = view.analysis.sentences[next].tokens.clone();
            let quoted = tokens.clone().all(|at| view.quote_of(at).is_some() || view.is_punctuation(at));
            if view.line(next) != view.line(sentence) || !quoted || tokens.is_empty() {
                break;
            }
            runs.extend(Some(view.trimmed(tokens)).filter(|run| !run.is_empty()));
        }
        runs
    }

    fn verb(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let clause_end = view.extent(cue).end.max(cue + 1);
        let children: Vec<usize> = view.tree.children(cue).collect();
        for &child in &children {
            self.complement(child, clause_end, sentence.end);
        }
        if let Some(next) = children.iter().find(|&&child| child > cue && !view.is_punctuation(child)) {
            let from = view.extent(*next).start.max(cue + 1);
            self.push(Kind::Tail, None, &[from..clause_end]);
        }
        self.passive(&children);
        self.front(&children, sentence.clone());
        self.quoted(sentence);
        self.after_colon();
    }

    fn complement(&mut self, child: usize, clause_end: usize, sentence_end: usize) {
        let (view, cue) = (self.view, self.cue);
        let relation = view.relation(child);
        let fits = matches!(
            relation,
            Relation::Ccomp
                | Relation::Xcomp
                | Relation::Obj
                | Relation::Iobj
                | Relation::Obl
                | Relation::OblUnmarked
                | Relation::Advcl
                | Relation::Parataxis
                | Relation::Csubj
                | Relation::Dep
                | Relation::Conj
                | Relation::Nmod
                | Relation::Acl
        );
        if !fits {
            return;
        }
        let extent = view.extent(child);
        if relation == Relation::Obl && cue < child {
            self.clause_behind(child);
        }
        if child < cue {
            if matches!(
                relation,
                Relation::Ccomp | Relation::Parataxis | Relation::Advcl | Relation::Dep | Relation::Obj
            ) {
                self.push(Kind::Complement, Some(child), &[extent.start..extent.end.min(cue)]);
            }
            return;
        }
        let start = self.after_case(child, extent.start.max(cue + 1));
        self.push(Kind::Complement, Some(child), &[start..extent.end]);
        self.push(Kind::ToClauseEnd, Some(child), &[start..clause_end]);
        if matches!(relation, Relation::Ccomp | Relation::Parataxis | Relation::Xcomp) {
            self.push(Kind::ToSentenceEnd, Some(child), &[start..sentence_end]);
        }
    }

    /// "said in the capital that the road was open": the clause may hang from the noun before it.
    fn clause_behind(&mut self, noun: usize) {
        let view = self.view;
        let that = |clause: usize| {
            view.tree.children(clause).any(|child| {
                view.relation(child) == Relation::Mark && view.form(child).eq_ignore_ascii_case("that")
            })
        };
        let clauses = view.tree.children(noun).filter(|&child| {
            noun < child && matches!(view.relation(child), Relation::Acl | Relation::AclRelcl) && that(child)
        });
        for clause in clauses {
            self.push(Kind::Complement, Some(clause), &[view.extent(clause)]);
        }
    }

    /// Where a complement starts without the preposition before it.
    fn after_case(&self, child: usize, start: usize) -> usize {
        let view = self.view;
        let case = view.tree.children(child).find(|&at| view.relation(at) == Relation::Case && at < child);
        case.map_or(start, |case| if view.extent(child).start == case { case + 1 } else { start })
    }

    fn passive(&mut self, children: &[usize]) {
        let (view, cue) = (self.view, self.cue);
        let subject = children.iter().copied().find(|&at| {
            matches!(view.relation(at), Relation::NsubjPass)
                || (view.relation(at) == Relation::Nsubj && view.token(cue).xpos == Penn::Vbn)
        });
        let Some(subject) = subject.filter(|&subject| subject < cue) else { return };
        let subject_run = view.extent(subject);
        let subject_run = subject_run.start..subject_run.end.min(cue);
        self.push(Kind::Subject, Some(subject), std::slice::from_ref(&subject_run));
        let after = children.iter().copied().filter(|&at| at > cue);
        for child in after {
            if matches!(
                view.relation(child),
                Relation::Xcomp | Relation::Obl | Relation::Advcl | Relation::Ccomp
            ) {
                let extent = view.extent(child);
                self.push(
                    Kind::Raised,
                    Some(child),
                    &[subject_run.clone(), extent.start.max(cue + 1)..extent.end],
                );
            }
        }
    }

    /// The words of the cue's own clause when it stands aside from what is said: ", he said" and "said the minister".
    fn tag(&self, children: &[usize]) -> Run {
        let (view, cue) = (self.view, self.cue);
        let mut tag = cue..cue + 1;
        for &child in children {
            let inside = matches!(
                view.relation(child),
                Relation::Nsubj
                    | Relation::NsubjPass
                    | Relation::Aux
                    | Relation::AuxPass
                    | Relation::Advmod
                    | Relation::CompoundPrt
                    | Relation::Cc
                    | Relation::Iobj
            ) || (child > cue
                && matches!(view.relation(child), Relation::Obl | Relation::OblUnmarked));
            if inside {
                let extent = view.extent(child);
                tag = tag.start.min(extent.start)..tag.end.max(extent.end);
            }
        }
        tag
    }

    /// Where the clause of saying begins behind a quotation whose speaker the tree hangs elsewhere: "'...', he said".
    fn behind_quotation(&self, start: usize, sentence: usize) -> usize {
        let view = self.view;
        let names = |&at: &usize| view.quote_of(at).is_none() && !view.upos(at).is_verbal();
        let first = (sentence..start).rev().take(SPEAKER_TOKENS_MAX).take_while(names).last();
        let Some(first) = first.filter(|&first| first > sentence && view.quote_of(first - 1).is_some())
        else {
            return start;
        };
        let named = (first..start).any(|at| view.upos(at).is_nominal());
        if named && view.upos(self.cue).is_verbal() { first } else { start }
    }

    fn front(&mut self, children: &[usize], sentence: Run) {
        let view = self.view;
        let mut tag = self.tag(children);
        tag.start = self.behind_quotation(tag.start, sentence.start);
        if tag.start <= sentence.start || tag.start >= sentence.end {
            return;
        }
        let marked = matches!(
            view.form(tag.start - 1),
            "," | "\"" | "”" | "''" | "’" | "'" | "?" | "!" | "—" | "–" | "-" | "."
        );
        if !marked {
            return;
        }
        let before = sentence.start..tag.start;
        let after_comma = tag.end < sentence.end && view.is_punctuation(tag.end.min(sentence.end - 1));
        self.push(Kind::Front, None, std::slice::from_ref(&before));
        if after_comma && tag.end + 1 < sentence.end {
            self.push(Kind::Around, None, &[before, tag.end..sentence.end]);
        }
    }

    fn quoted(&mut self, sentence: Run) {
        let view = self.view;
        let mut runs: Vec<Run> = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(quote) = view.quote_of(at) else {
                at += 1;
                continue;
            };
            let tokens = view.quote_tokens(quote);
            let end = tokens.end.min(sentence.end).max(at + 1);
            runs.push(at..end);
            at = end;
        }
        if runs.is_empty() || runs.iter().any(|run| run.contains(&self.cue)) {
            return;
        }
        if runs.len() > 1 && runs.len() < 9 {
            self.push(Kind::Quoted, None, &runs);
        }
        if let Some(run) = runs.iter().rev().find(|run| run.end <= self.cue).cloned() {
            self.push(Kind::Quoted, None, &[run]);
        }
        if let Some(run) = runs.iter().find(|run| run.start > self.cue).cloned() {
            self.push(Kind::Quoted, None, &[run]);
        }
    }

    fn after_colon(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let clause_end = sentence.end;
        if let Some(colon) = (cue + 1..clause_end).take(12).find(|&at| view.form(at) == ":") {
            if colon + 1 < clause_end {
                self.push(Kind::Colon, None, &[colon + 1..clause_end]);
            } else {
                self.next_sentence();
            }
        }
    }

    /// What the next sentence, or the quotation that it opens, says.
    fn next_sentence(&mut self) {
        let view = self.view;
        let next = view.sentence_of(self.cue) + 1;
        let Some(sentence) = view.analysis.sentences.get(next) else { return };
        let tokens = sentence.tokens.clone();
        let mut content = vec![view.trimmed(tokens.clone())];
        if view.quote_of(tokens.start).is_some() {
            for after in view.analysis.sentences[next + 1..].iter().take(CONTINUED_SENTENCES_MAX) {
                let quoted =
                    after.tokens.clone().all(|at| view.quote_of(at).is_some() || view.is_punctuation(at));
                if !quoted {
                    break;
                }
                content.push(view.trimmed(after.tokens.clone()));
            }
        }
        content.retain(|run| !run.is_empty());
        if !content.is_empty() {
            self.found.push(Candidate {
                cue: self.cue,
                kind: Kind::Colon,
                complement: None,
                content,
                continued: true,
            });
        }
    }

    fn noun(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let clause_end = view.extent(cue).end;
        let known = view.class(cue) != NO_CLASS;
        let owners = if known { self.clauses_behind_owners() } else { Vec::new() };
        for child in view.tree.children(cue).filter(|child| *child > cue && !owners.contains(child)) {
            let fits = match view.relation(child) {
                Relation::Acl | Relation::Ccomp | Relation::Xcomp | Relation::AclRelcl | Relation::Csubj => {
                    true
                }
                Relation::Nmod | Relation::Obl | Relation::Appos | Relation::Parataxis | Relation::Advcl => {
                    known
                }
                _ => false,
            };
            if fits {
                let extent = view.extent(child);
                let start = self.after_case(child, extent.start.max(cue + 1));
                self.push(Kind::Complement, Some(child), &[start..extent.end]);
                self.push(Kind::ToClauseEnd, Some(child), &[start..clause_end]);
            }
        }
        if known {
            self.predicate();
            self.quoted(view.sentence(cue));
        }
    }

    /// "claims by the rebels that they had won": the clause may hang from whoever claims. Answers who claims.
    fn clauses_behind_owners(&mut self) -> Vec<usize> {
        let (view, cue) = (self.view, self.cue);
        let is_owner = |&child: &usize| {
            child > cue
                && matches!(view.relation(child), Relation::Nmod | Relation::Obl)
                && matches!(view.tree.case(child), Some("by" | "from" | "of" | "among"))
        };
        // A relative clause has no subject but its "that".
        let tells = |&clause: &usize| {
            let that = view.extent(clause).start;
            matches!(view.relation(clause), Relation::Acl | Relation::AclRelcl)
                && view.form(that) == "that"
                && view.tree.children(clause).any(|child| {
                    child > that && matches!(view.relation(child), Relation::Nsubj | Relation::NsubjPass)
                })
        };
        let mut owners = Vec::new();
        for owner in view.tree.children(cue).filter(is_owner) {
            if let Some(clause) = view.tree.children(owner).find(tells) {
                self.push(Kind::Complement, Some(clause), &[view.extent(clause)]);
                owners.push(owner);
            }
        }
        owners
    }

    fn adjective(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let clause_end = view.extent(cue).end;
        let known = view.class(cue) != NO_CLASS;
        for child in view.tree.children(cue).filter(|&child| child > cue) {
            let fits = match view.relation(child) {
                Relation::Ccomp | Relation::Xcomp | Relation::Csubj => true,
                Relation::Obl | Relation::Advcl | Relation::Nmod => known,
                _ => false,
            };
            if fits {
                let extent = view.extent(child);
                let start = self.after_case(child, extent.start.max(cue + 1));
                self.push(Kind::Complement, Some(child), &[start..extent.end]);
                self.push(Kind::ToClauseEnd, Some(child), &[start..clause_end]);
                if let Some(subject) = self.subject_before() {
                    self.push(Kind::Raised, Some(child), &[subject, extent.start.max(cue + 1)..extent.end]);
                }
            }
        }
    }

    fn subject_before(&self) -> Option<Run> {
        let (view, cue) = (self.view, self.cue);
        let subject = view.tree.children(cue).find(|&at| view.relation(at) == Relation::Nsubj && at < cue)?;
        let extent = view.extent(subject);
        Some(extent.start..extent.end.min(cue))
    }

    /// The predicate of a noun: "the claim is that nobody came".
    fn predicate(&mut self) {
        let (view, cue) = (self.view, self.cue);
        if view.relation(cue) != Relation::Nsubj {
            return;
        }
        let Some(head) = view.tree.head(cue) else { return };
        let extent = view.extent(head);
        let start = extent.start.max(cue + 1);
        if start < extent.end {
            self.push(Kind::Tail, Some(head), &[start..extent.end]);
        }
    }

    /// "Minister: no deal" in a heading, and a speaker's name before the words in a transcript.
    fn colon(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let before = cue - sentence.start;
        // "The minister said: ...": the verb is the cue.
        let said = (sentence.start..cue).any(|at| view.upos(at) == Upos::Verb && view.class(at) != NO_CLASS);
        if before == 0 || before > 12 || said {
            return;
        }
        if cue + 1 < sentence.end {
            self.push(Kind::Colon, None, &[cue + 1..sentence.end]);
        }
        self.next_sentence();
    }

    fn hearsay(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let Some(head) = view.tree.head(cue) else { return };
        let extent = view.extent(head);
        self.push(Kind::Host, Some(head), &[extent.start..cue, cue + 1..extent.end]);
        self.push(Kind::Rest, Some(head), &[cue + 1..extent.end]);
    }

    fn phrase(&mut self, length: usize) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let object = object_of_phrase(view, cue, length);
        let end = object.map_or(cue + length, |at| view.extent(at).end).max(cue + length);
        // The phrase stands at the start, at the end or in the middle, between commas.
        let mut stop = end.min(sentence.end);
        if cue == sentence.start {
            let comma = (cue..sentence.end).find(|&at| view.form(at) == "," && at > cue + length);
            stop = comma.map_or(stop, |comma| description_end(view, comma).unwrap_or(comma));
        }
        self.push(Kind::Rest, object, &[sentence.start..cue, stop..sentence.end]);
        if cue > sentence.start {
            self.push(Kind::Front, object, &[sentence.start..cue]);
        }
        let mut head = view.tree.head(object.unwrap_or(cue));
        while let Some(at) = head.filter(|&at| (cue..stop).contains(&at)) {
            head = view.tree.head(at);
        }
        if let Some(head) = head {
            let extent = view.extent(head);
            let (from, to) = (extent.start.min(cue), extent.end.max(stop));
            self.push(Kind::Host, object, &[from..cue, stop..to]);
        }
    }
}

/// A longer stretch between commas is more than a description.
const DESCRIPTION_TOKENS_MAX: usize = 20;

/// The comma that closes a description which opens at a comma: "According to the mayor, an old soldier, ...".
///
/// The subject of the sentence must come after it; in a list ("soldiers, monks and ...") the stretch is a part of that.
fn description_end(view: &View<'_>, open: usize) -> Option<usize> {
    let sentence = view.sentence(open);
    let first = open + 1;
    let close =
        (first..sentence.end).take(DESCRIPTION_TOKENS_MAX).find(|&at| view.form(at) == "," && at > first)?;
    let inside = first..close;
    let relative = matches!(view.token(first).xpos, Penn::Wp | Penn::Wdt);
    let noun = matches!(view.upos(first), Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj)
        && inside.clone().all(|at| !view.upos(at).is_verbal() && view.quote_of(at).is_none());
    let root = view.analysis.root_of(view.sentence_of(open)).filter(|&root| root > close)?;
    let subject = view.tree.children(root).find(|&child| {
        matches!(view.relation(child), Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
    })?;
    // The tree may take the description for the first of a list, but no list lacks its "and".
    let list = (close..root).any(|at| view.upos(at) == Upos::Cconj);
    ((relative || noun) && (close < view.extent(subject).start || !list)).then_some(close)
}

/// The noun after a phrase of source.
pub(crate) fn object_of_phrase(view: &View<'_>, at: usize, length: usize) -> Option<usize> {
    let sentence = view.sentence(at);
    let phrase = at..at + length;
    let inside = |token: &usize| view.tree.head(*token);
    let head = phrase
        .clone()
        .filter_map(|token| inside(&token))
        .find(|head| *head >= at + length && *head < sentence.end);
    head.or_else(|| (at + length..sentence.end).take(12).find(|&token| view.upos(token).is_nominal()))
}
