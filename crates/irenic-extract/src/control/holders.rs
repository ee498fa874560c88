//! Who holds, takes and loses places: those of a frame who can hold ground, by the words for them alone.

use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_language::{Relation, Upos};
use irenic_model::{Mention, MentionKind, Participant, Span};

use super::Scribe;
use super::dates::date_behind;
use super::words::is_in;
use crate::events::{antecedent, is_time_word};
use crate::frames::{Found, Reader};

impl Scribe<'_, '_, '_> {
    /// Those of a frame's place who can hold ground.
    pub(super) fn holders(&self, found: &Found<'_>, slot: &str) -> Vec<Participant> {
        let tree = &self.reader.scene.tree;
        let heads = found.slot(slot).iter().copied();
        let acting: Vec<usize> = heads.filter(|&head| can_hold(self.reader, head)).collect();
        let acting: Vec<usize> = acting.into_iter().map(|head| self.led(self.meant(head))).collect();
        let mut all = self.reader.participants(&acting);
        // "French and Malian troops" are one force.
        if let ([_], [first, last]) = (&acting[..], &all[..]) {
            let span = first.span.cover(last.span).cover(tree.token(acting[0]).span);
            let text = span.of(&self.reader.input.document.text).to_owned();
            all = vec![Participant { text, span, country: None, role: None }];
        }
        for (&head, one) in acting.iter().zip(&mut all) {
            *one = self.alone(found, head, one.clone());
        }
        // A place holds nothing: "the border town … remains in their hands".
        let ground = |one: &Participant| {
            let head = [" of ", " from ", " in ", " at "]
                .iter()
                .fold(one.text.as_str(), |text, case| text.split_once(case).map_or(text, |(head, _)| head));
            let last = head.rsplit(' ').next().unwrap_or_default();
            last.starts_with(char::is_lowercase) && is_in("place_nouns", last)
        };
        all.retain(|one| !is_in("pronouns", &one.text) && !ground(one));
        all
    }

    /// Somebody by the words for him alone: without the place, the date and the others that hang from them, and without what is
    /// said of him.
    fn alone(&self, found: &Found<'_>, head: usize, mut who: Participant) -> Participant {
        let tree = &self.reader.scene.tree;
        // "cleared Alba of rebels" is read as one name.
        let holds = |&place: &usize| place < head && who.span.contains(tree.token(place).span);
        let topic = self.reader.topic(head, &[]);
        if let Some((text, span)) = topic.filter(|_| found.slot("place").iter().any(holds)) {
            who = Participant { text, span, country: None, role: None };
        }
        who = self.without_date(&clause_of(who, tree.token(head).span), head);
        // "the handover by Southland to Norland", where the parser hangs the second from the first.
        let hangs = |other: usize| {
            other > head
                && who.span.contains(tree.token(other).span)
                && tree.relation(other) == Relation::Nmod
        };
        let mut others = ["by", "to", "loser"].iter().flat_map(|slot| found.slot(slot));
        let cut = others.find(|&&other| hangs(other));
        if let Some(cut) = cut.and_then(|&other| apart_from(self.reader, &who, tree.token(other).span)) {
            who = cut;
        }
        if is_in("bands", &who.text)
            && let Some(named) = self.body_before(who.span.start)
        {
            who.text = named;
        }
        let small = ["by ", "its ", "their ", "his ", "whose ", "same "];
        let rest = small.iter().find_map(|word| who.text.strip_prefix(word)).map(str::to_owned);
        if let Some(rest) = rest {
            who.span = Span::new(who.span.end - rest.len(), who.span.end);
            who.text = rest;
        }
        who
    }

    /// What a pronoun stands for that is read as a name of its own.
    fn meant(&self, head: usize) -> usize {
        let tree = &self.reader.scene.tree;
        let word = tree.token(head).span.of(&self.reader.input.document.text);
        let bare = |one: &Mention| one.name.eq_ignore_ascii_case(word);
        let pronoun = tree.token(head).upos == Upos::Pron
            && self.reader.names.covering(tree.token(head).span).is_some_and(bare);
        if pronoun { antecedent(tree, head).unwrap_or(head) } else { head }
    }

    /// "Rebels led by Ilan captured the town": the rebels, where the parser makes their leader the subject.
    fn led(&self, head: usize) -> usize {
        let tree = &self.reader.scene.tree;
        let text = &self.reader.input.document.text;
        let first = tree.phrase(head).into_iter().min().unwrap_or(head);
        let first = first + usize::from(tree.token(first).span.of(text) == "by");
        let word = |back: usize| first.checked_sub(back).map(|at| tree.token(at).span.of(text));
        let led = word(1) == Some("by") && word(2).is_some_and(|word| is_in("leads", word));
        let leads = first.checked_sub(3).filter(|&at| led && tree.token(at).xpos.is_plural());
        leads.unwrap_or(head)
    }

    /// Somebody without the date that the parser hangs from the words for them.
    fn without_date(&self, who: &Participant, head: usize) -> Participant {
        let date = date_behind(self.reader, head, who.span.end);
        date.and_then(|date| apart_from(self.reader, who, date)).unwrap_or_else(|| who.clone())
    }

    /// The last body named before: "the group" is it. Bodies of states and of the world are no groups.
    fn body_before(&self, before: usize) -> Option<String> {
        let input = self.reader.input;
        let end = input.mentions.partition_point(|one| one.span.end <= before);
        let armed = |one: &&Mention| {
            let known = Gazetteer::embedded().find(&one.name).and_then(|entry| entry.first());
            one.kind == MentionKind::Organisation
                && one.name.starts_with(char::is_uppercase)
                && known.is_none_or(|sense| matches!(sense.kind, EntryKind::Armed | EntryKind::Party))
        };
        input.mentions[..end].iter().rev().take(12).find(armed).map(|one| one.name.clone())
    }
}

/// "peshmerga, masters of Alba since June": who, without what is said of them in the words around.
fn clause_of(who: Participant, head: Span) -> Participant {
    let own = head.start.saturating_sub(who.span.start);
    let from = who.text.get(..own).and_then(|before| before.rfind(';')).map_or(0, |at| at + 1);
    let rest = who.text.get(own..).unwrap_or_default();
    let until = rest.find([',', ';']).into_iter().chain(rest.find(" by ")).min().map(|at| own + at);
    let Some(cut) = who.text.get(from..until.unwrap_or(who.text.len())) else { return who };
    let (start, cut) = (from + cut.len() - cut.trim_start().len(), cut.trim());
    if cut.is_empty() || cut.len() == who.text.len() {
        return who;
    }
    let span = Span::new(who.span.start + start, who.span.start + start + cut.len());
    Participant { text: cut.to_owned(), span, ..who }
}

/// Somebody without the place that the parser hangs from the words for them: "the withdrawal of the rebels from Alba".
pub(super) fn apart_from(reader: &Reader<'_, '_>, who: &Participant, place: Span) -> Option<Participant> {
    if !who.span.overlaps(place) {
        return Some(who.clone());
    }
    let tree = &reader.scene.tree;
    let own = tree.analysis.tokens_in(Span::new(who.span.start, place.start.max(who.span.start)));
    let last = reader.without_loose_end(own.clone())?;
    let ends_before = own.end > last + 1;
    let span = tree.token(own.start).span.cover(tree.token(last).span);
    let text = span.of(&reader.input.document.text).to_owned();
    ends_before.then_some(Participant { text, span, ..who.clone() })
}

/// Whether the noun is somebody who can hold a place.
fn can_hold(reader: &Reader<'_, '_>, head: usize) -> bool {
    let tree = &reader.scene.tree;
    let named = reader.names.covering(tree.token(head).span);
    let opens = tree.analysis.sentences[tree.analysis.sentence_of(head)].tokens.start == head;
    let name = tree.token(head).upos == Upos::Propn
        && named.map_or(!opens, |mention| mention.kind != MentionKind::Location);
    if is_time_word(tree, head) || matches!(tree.lemma(head), "country" | "state" | "land" | "nation") {
        return false;
    }
    name || is_in("sides", tree.lemma(head))
        || tree.token(head).upos == Upos::Pron
        || reader.scene.lexicon.is_people(&tree.lemma(head).to_lowercase())
        || named.is_some_and(|mention| !matches!(mention.kind, MentionKind::Weapon | MentionKind::Other))
        || reader.scene.lexicon.is_in("troops", tree.lemma(head))
}

/// Whether somebody is armed, by the words, or the bearer of a name.
pub(super) fn holds_ground(reader: &Reader<'_, '_>, who: &Participant) -> bool {
    let tree = &reader.scene.tree;
    let armed = |at: usize| is_in("holds_ground", tree.lemma(at));
    let named = reader.names.covering(who.span).is_some_and(|mention| mention.kind != MentionKind::Person);
    named || tree.analysis.tokens_in(who.span).any(armed)
}
