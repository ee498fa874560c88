//! Control: who takes, loses, hands over or holds a place.
//!
//! The frames are data, in `rules/en/control.toml`. What is planned, demanded or promised is no control: it is a
//! commitment or a demand. A handover tells two things: one loses the place, the other gains it.

mod places;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_language::{Relation, Upos};
use irenic_model::{
    Content, Control, ControlChange, DateInterval, MentionKind, Participant, Span, Stance, Statement,
    StatementId, TimeType,
};

use crate::Input;
use crate::events::{Clock, antecedent, is_time_word};
use crate::frames::{Found, Frames, Reader};
use crate::voice::voice_at;
use places::{Located, PLACE_NOUNS, is_of_places, is_one_of, places};

static ENGLISH: LazyLock<Frames> = LazyLock::new(|| {
    Frames::read(include_str!("../../../../rules/en/control.toml")).expect("a test reads the embedded rules")
});

/// What a document tells of control, in text order: each a statement whose content is [`Control`].
///
/// ```
/// use irenic_extract::{Input, control::control};
/// use irenic_language::{Pipeline, segments_of};
/// use irenic_model::{Content, ControlChange, Document, Source};
/// let text = "The rebels captured the airport.".to_owned();
/// let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
/// let source = Source::new("a.txt", text.as_bytes());
/// let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
/// let input = Input { document: &document, analysis: &analysis, mentions: &[], times: &[], attributions: &[] };
/// let Content::Control(held) = &control(&input)[0].content else { panic!("control") };
/// assert_eq!((held.change, held.place.text.as_str()), (ControlChange::Gained, "airport"));
/// ```
#[must_use]
pub fn control(input: &Input<'_>) -> Vec<Statement> {
    let reader = Reader::new(input);
    let located = Located::new(&reader);
    let scribe = Scribe { reader: &reader, clock: Clock::new(input), located };
    let frames = reader.find(&ENGLISH);
    let mut found = Vec::new();
    // A name that the text's end tells to be a place's is one at its beginning too.
    for _ in 0..2 {
        found.clear();
        frames.iter().for_each(|frame| scribe.state(frame, &mut found));
    }
    found.sort_by_key(|statement| statement.span);
    found.dedup_by(|one, other| one.span == other.span && one.id == other.id);
    found
}

/// Writes down what frames tell of control.
struct Scribe<'r, 'a, 's> {
    reader: &'r Reader<'a, 's>,
    clock: Clock<'a>,
    located: Located,
}

/// A change of control with its date.
type Dated = (ControlChange, Option<DateInterval>);

impl Scribe<'_, '_, '_> {
    fn state(&self, found: &Found<'_>, out: &mut Vec<Statement>) {
        let changes = [ControlChange::Gained, ControlChange::Lost, ControlChange::Held];
        let Some(change) = changes.into_iter().find(|change| change.name() == found.frame.name) else {
            return;
        };
        let tree = &self.reader.scene.tree;
        let text = &self.reader.input.document.text;
        let trigger = tree.token(found.token).span;
        let (_, said) = voice_at(self.reader.input.attributions, trigger);
        let stance = found.stance.unwrap_or(said);
        let changes = self.dated(found, change);
        let stance = match (found.negated, changes[0].0) {
            (true, ControlChange::Held) => Stance::Denied,
            (true, _) => return,
            (false, _) => stance,
        };
        if !stance.is_factual() && stance != Stance::Denied {
            return;
        }
        // "was set up to govern the town", "requests to return the valley" tell of no deed.
        let purpose = matches!(tree.relation(found.token), Relation::Advcl | Relation::Acl)
            && tree.child(found.token, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "to");
        if purpose {
            return;
        }
        let (mut by, to) = (self.holders(found, "by"), self.holders(found, "to"));
        // "Alba fell to the rebels. They held it": not Alba, but who was told to have taken it.
        let pointed = found.slot("by").iter().any(|&head| tree.token(head).upos == Upos::Pron);
        if pointed && by.iter().all(|one| self.located.has(&one.text)) {
            by = out.iter().rev().find_map(holder_told).into_iter().collect();
        }
        // Who is driven from a place has lost it; a place that nobody was driven from was not taken.
        let mut losers = self.holders(found, "loser");
        losers.retain(|loser| holds_ground(self.reader, loser));
        if found.frame.needs("loser") && losers.is_empty() {
            return;
        }
        let others: Vec<usize> = ["by", "to", "loser"]
            .iter()
            .flat_map(|slot| found.slot(slot))
            .copied()
            .chain([found.token])
            .collect();
        let heads = found.slot("place");
        // "but did not hold it" tells of no hold; "Alba, the last harbour" is one place, but "Alba, Berna and Corva" are
        // three.
        let told = |head: usize| {
            let apposed = |&other: &usize| {
                let between = tree.phrase(head).into_iter().min() == Some(other + 2);
                tree.head(head) == Some(other) && tree.relation(head) == Relation::Appos
                    || between
                        && tree.token(other + 1).span.of(text) == ","
                        && tree.token(head).upos == Upos::Noun
            };
            !heads.iter().any(apposed) && (!found.negated || tree.token(head).upos != Upos::Pron)
        };
        let own = heads.iter().filter(|&&head| told(head));
        for place in
            own.flat_map(|&head| places(self.reader, &self.located, head, &others, found.frame.any_name))
        {
            // "left 91 Armenian": a number of people.
            let number = place.text.starts_with(|c: char| c.is_ascii_digit());
            if number && !place.text.split(' ').any(is_of_places) {
                continue;
            }
            self.located.note(&place.text);
            let apart =
                |list: &[Participant]| list.iter().find_map(|who| apart_from(self.reader, who, place.span));
            // Nobody is named: whoever held it last has lost it.
            let by = if found.frame.has("by") { apart(&by) } else { last_holder(out, &place) };
            let by = by.filter(|who| who.text != place.text);
            for (change, when) in &changes {
                if let Some(who) = &by {
                    out.push(self.statement((trigger, stance), &place, who, (*change, *when)));
                }
            }
            let (_, when) = changes[0];
            if let Some(who) = apart(&losers) {
                out.push(self.statement((who.span, stance), &place, &who, (ControlChange::Lost, when)));
            }
            if let Some(who) = apart(&to) {
                out.push(self.statement((place.span, stance), &place, &who, (ControlChange::Gained, when)));
            }
        }
    }

    /// Those of a frame's place who can hold ground.
    fn holders(&self, found: &Found<'_>, slot: &str) -> Vec<Participant> {
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
            // "cleared Alba of rebels" is read as one name.
            let holds = |&place: &usize| place < head && one.span.contains(tree.token(place).span);
            let topic = self.reader.topic(head, &[]);
            if let Some((text, span)) = topic.filter(|_| found.slot("place").iter().any(holds)) {
                *one = Participant { text, span, country: None, role: None };
            }
            // "peshmerga, masters of Alba since June": who, without what is said of them.
            let own = tree.token(head).span.start.saturating_sub(one.span.start);
            let from = one.text.get(..own).and_then(|before| before.rfind(';')).map_or(0, |at| at + 1);
            let rest = one.text.get(own..).unwrap_or_default();
            let until = rest.find([',', ';']).into_iter().chain(rest.find(" by ")).min().map(|at| own + at);
            let cut = one.text.get(from..until.unwrap_or(one.text.len())).map(str::trim);
            if let Some(cut) = cut.filter(|cut| !cut.is_empty() && cut.len() < one.text.len()) {
                let start = one.span.start + (cut.as_ptr() as usize - one.text.as_ptr() as usize);
                *one = Participant {
                    text: cut.to_owned(),
                    span: Span::new(start, start + cut.len()),
                    ..one.clone()
                };
            }
            if let Some(cut) = self.without_date(one, head) {
                *one = cut;
            }
            // "the handover by Southland to Norland", where the parser hangs the second from the first.
            let other = ["by", "to", "loser"].iter().flat_map(|slot| found.slot(slot)).find(|&&other| {
                other > head
                    && one.span.contains(tree.token(other).span)
                    && tree.relation(other) == Relation::Nmod
            });
            if let Some(&other) = other
                && let Some(cut) = apart_from(self.reader, one, tree.token(other).span)
            {
                *one = cut;
            }
            if is_one_of("group movement front faction organisation organization militia", &one.text)
                && let Some(named) = self.body_before(one.span.start)
            {
                one.text = named;
            }
            let small = ["by ", "its ", "their ", "his ", "whose ", "same "];
            let rest = small.iter().find_map(|word| one.text.strip_prefix(word)).map(str::to_owned);
            if let Some(rest) = rest {
                one.span = Span::new(one.span.end - rest.len(), one.span.end);
                one.text = rest;
            }
        }
        const PRONOUNS: &str =
            "it its they their them he his she her who whom whose which that this these those";
        // A place holds nothing: "the border town … remains in their hands".
        let ground = |one: &Participant| {
            let head = [" of ", " from ", " in ", " at "]
                .iter()
                .fold(one.text.as_str(), |text, case| text.split_once(case).map_or(text, |(head, _)| head));
            let last = head.rsplit(' ').next().unwrap_or_default();
            last.starts_with(char::is_lowercase) && is_one_of(PLACE_NOUNS, last)
        };
        all.retain(|one| !is_one_of(PRONOUNS, &one.text) && !ground(one));
        all
    }

    /// What a pronoun stands for that is read as a name of its own.
    fn meant(&self, head: usize) -> usize {
        let tree = &self.reader.scene.tree;
        let word = tree.token(head).span.of(&self.reader.input.document.text);
        let bare = |one: &irenic_model::Mention| one.name.eq_ignore_ascii_case(word);
        let pronoun = tree.token(head).upos == Upos::Pron
            && self.reader.names.covering(tree.token(head).span).is_some_and(bare);
        if pronoun { antecedent(tree, head).unwrap_or(head) } else { head }
    }

    /// "Rebels led by Ilan captured the town": the rebels, where the parser makes their leader the subject.
    fn led(&self, head: usize) -> usize {
        const LEADS: &str = "led commanded headed backed supported";
        let tree = &self.reader.scene.tree;
        let text = &self.reader.input.document.text;
        let first = tree.phrase(head).into_iter().min().unwrap_or(head);
        let first = first + usize::from(tree.token(first).span.of(text) == "by");
        let word = |back: usize| first.checked_sub(back).map(|at| tree.token(at).span.of(text));
        let led = word(1) == Some("by") && word(2).is_some_and(|word| is_one_of(LEADS, word));
        let leads = first.checked_sub(3).filter(|&at| led && tree.token(at).xpos.is_plural());
        leads.unwrap_or(head)
    }

    /// Somebody without the date that the parser hangs from the words for them.
    fn without_date(&self, who: &Participant, head: usize) -> Option<Participant> {
        let own = self.reader.scene.tree.token(head).span.end;
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < own);
        let first = times[start..].first().filter(|one| one.span.start < who.span.end)?;
        apart_from(self.reader, who, first.span)
    }

    /// The last body named before: "the group" is it. Bodies of states and of the world are no groups.
    fn body_before(&self, before: usize) -> Option<String> {
        let input = self.reader.input;
        let end = input.mentions.partition_point(|one| one.span.end <= before);
        let armed = |one: &&irenic_model::Mention| {
            let known = Gazetteer::embedded().find(&one.name).and_then(|entry| entry.first());
            one.kind == MentionKind::Organisation
                && one.name.starts_with(char::is_uppercase)
                && known.is_none_or(|sense| matches!(sense.kind, EntryKind::Armed | EntryKind::Party))
        };
        input.mentions[..end].iter().rev().take(12).find(armed).map(|one| one.name.clone())
    }

    /// The changes that a frame tells, with their dates. Who holds a place "since May" had it in May, who holds it "until
    /// May" has lost it then, who holds it "from May to July" both; who held it "until then" lost it by what the sentence
    /// tells.
    fn dated(&self, found: &Found<'_>, change: ControlChange) -> Vec<Dated> {
        let tree = &self.reader.scene.tree;
        let text = &self.reader.input.document.text;
        let days = self.clock.days(tree, found.token, None).intervals;
        let held = change != ControlChange::Lost;
        // "until 20 November, when it was returned"
        if let Some(when) = self.told_by_when(found.token) {
            return vec![(change, Some(when))];
        }
        let trigger = tree.token(found.token).span.start;
        let own = self.reader.sentence(found.token).start;
        let clause = |c: char| matches!(c, ',' | ';' | ':' | '(');
        let lead = text[own..trigger].rsplit(clause).next().unwrap_or_default();
        let tail = text[trigger..].split(clause).next().unwrap_or_default();
        let tail_end = trigger + tail.len();
        let tail = tail.split_whitespace().skip(1).take(2);
        let near: Vec<String> =
            lead.split_whitespace().rev().take(3).chain(tail).map(str::to_lowercase).collect();
        let said = |word: &str| near.iter().any(|own| own.trim_end_matches('.') == word);
        let once = ["previously", "hitherto", "formerly"].iter().any(|word| said(word));
        if held && (once || said("until") && said("then")) {
            return vec![(ControlChange::Lost, days.first().map(|(when, _)| *when))];
        }
        let told = days.first().copied().filter(|(_, time)| time.is_some());
        let days = self
            .behind(found.token, tail_end)
            .or(told)
            // "On 9 May they marked the capture of Alba": no day of what a noun tells by the way.
            .or_else(|| tree.token(found.token).upos.is_verbal().then(|| self.anywhere(found.token))?)
            .or(days.first().copied());
        let Some((when, time)) = days else { return vec![(change, None)] };
        let from = |time: &Span| {
            text[own..time.start].trim_end().to_lowercase().ends_with("from")
                || text[own..time.start].contains(" from ")
        };
        let behind = |time: &Span| change == ControlChange::Held || time.start > trigger && from(time);
        let stretch =
            time.filter(|time| held && behind(time)).and_then(|time| self.ends(found.token, time, when));
        if let Some((first, last)) = stretch {
            return vec![(ControlChange::Gained, Some(first)), (ControlChange::Lost, Some(last))];
        }
        let word = |time: Span| text[..time.start].split_whitespace().next_back().map(str::to_lowercase);
        // "masters of Alba since June, they gave it up in May": what ended in May did not end in June.
        if change == ControlChange::Lost && time.is_some_and(|time| word(time).as_deref() == Some("since")) {
            let sentence = self.reader.sentence(found.token);
            let times = &self.reader.input.times;
            let start = times.partition_point(|one| one.span.start < trigger);
            let mut later = times[start..].iter().take_while(|one| one.span.start < sentence.end);
            return vec![(change, later.find_map(|one| one.interval))];
        }
        let before = time.and_then(word);
        let change = match before.as_deref() {
            Some("since" | "from") if change == ControlChange::Held => ControlChange::Gained,
            Some("until" | "till") if held && !found.negated => ControlChange::Lost,
            _ => change,
        };
        vec![(change, Some(when))]
    }

    /// The date that a clause with "when" follows.
    fn told_by_when(&self, token: usize) -> Option<DateInterval> {
        let text = &self.reader.input.document.text;
        let sentence = self.reader.sentence(token);
        let trigger = self.reader.scene.tree.token(token).span.start;
        let times = &self.reader.input.times;
        let end = times.partition_point(|one| one.span.end <= trigger);
        let before = times[..end].last().filter(|one| one.span.start >= sentence.start)?;
        let between = text[before.span.end..trigger].trim_start_matches([',', ' ']);
        let other = between.contains([',', ';']);
        between.strip_prefix("when ").filter(|_| !other).and(before.interval)
    }

    /// The first date behind a word within its clause, up to `end`, where nothing else is told between.
    fn behind(&self, token: usize, end: usize) -> Option<(DateInterval, Option<Span>)> {
        let tree = &self.reader.scene.tree;
        let trigger = tree.token(token).span;
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < trigger.end);
        let first = times[start..].iter().find(|one| one.interval.is_some() && one.kind == TimeType::Date)?;
        let within = first.span.start < end.min(self.reader.sentence(token).end);
        let other = |at: usize| matches!(tree.token(at).upos, Upos::Verb | Upos::Cconj);
        let before = self.reader.input.document.text[..first.span.start].split_whitespace().next_back();
        let within = within && !before.is_some_and(|word| is_one_of("from between", word));
        let mut between = tree.analysis.tokens_in(Span::new(trigger.end, first.span.start));
        (within && !between.any(other)).then_some((first.interval?, Some(first.span)))
    }

    /// The date of a sentence that tells one alone, of what a word tells or of who says so; else the next behind the word up to a
    /// semicolon.
    fn anywhere(&self, token: usize) -> Option<(DateInterval, Option<Span>)> {
        let text = &self.reader.input.document.text;
        let sentence = self.reader.sentence(token);
        let trigger = self.reader.scene.tree.token(token).span;
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < sentence.start);
        let own: Vec<_> = times[start..]
            .iter()
            .take_while(|one| one.span.start < sentence.end)
            .filter(|one| one.kind == TimeType::Date && one.interval.is_some())
            .collect();
        let bound = |start: usize| {
            let before = text[..start].split_whitespace().next_back().unwrap_or_default();
            is_one_of("since until till before after from", before)
        };
        let next = own.iter().find(|one| {
            one.span.start > trigger.end
                && !text[trigger.end..one.span.start].contains(';')
                && !bound(one.span.start)
        });
        let only = own.first().filter(|one| own.len() == 1 && !bound(one.span.start));
        let last = own
            .iter()
            .rev()
            .find(|one| own.len() > 1 && one.span.end < trigger.start && !bound(one.span.start));
        let before = last.filter(|_| own.iter().all(|one| one.span.end < trigger.start));
        only.or(next).or(before).and_then(|one| Some((one.interval?, Some(one.span))))
    }

    /// The first and the last day of a stretch that is told by both: "from 3 May 2012 until 30 January 2013".
    fn ends(&self, token: usize, time: Span, whole: DateInterval) -> Option<(DateInterval, DateInterval)> {
        let sentence = self.reader.sentence(token);
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < sentence.start);
        let own = times[start..].iter().take_while(|one| one.span.start < sentence.end);
        let intervals: Vec<(Span, DateInterval)> =
            own.filter_map(|one| Some((one.span, one.interval?))).collect();
        let first = intervals.iter().find(|(_, one)| one.from() == whole.from())?;
        let last = intervals.iter().rfind(|(_, one)| one.until() == whole.until())?;
        let two = first.0.end <= last.0.start
            && first.1.until() < last.1.from()
            && (first.0 == time || last.0 == time);
        two.then_some((first.1, last.1))
    }

    fn statement(
        &self,
        (trigger, stance): (Span, Stance),
        place: &Participant,
        by: &Participant,
        (change, when): Dated,
    ) -> Statement {
        let span = trigger.cover(place.span).cover(by.span);
        let (holder, _) = voice_at(self.reader.input.attributions, span);
        let kind = if change == ControlChange::Lost { "control lost" } else { "control" };
        let content = Control { place: place.clone(), by: by.clone(), change, when };
        Statement {
            id: StatementId::new(self.reader.input.document.source.sha256, span, kind),
            span,
            holder,
            stance,
            content: Content::Control(content),
        }
    }
}

/// Who was last told to have a place.
fn last_holder(told: &[Statement], place: &Participant) -> Option<Participant> {
    let of_place = |one: &&Statement| matches!(&one.content, Content::Control(control) if control.place.text == place.text);
    told.iter().rev().filter(of_place).find_map(holder_told)
}

/// Who has a place by a statement.
fn holder_told(one: &Statement) -> Option<Participant> {
    let Content::Control(control) = &one.content else { return None };
    let has = control.change != ControlChange::Lost && one.stance != Stance::Denied;
    has.then(|| control.by.clone())
}

/// Somebody without the place that the parser hangs from the words for them: "the withdrawal of the rebels from Alba".
fn apart_from(reader: &Reader<'_, '_>, who: &Participant, place: Span) -> Option<Participant> {
    if !who.span.overlaps(place) {
        return Some(who.clone());
    }
    let tree = &reader.scene.tree;
    let own = tree.analysis.tokens_in(Span::new(who.span.start, place.start.max(who.span.start)));
    let small = |at: &usize| matches!(tree.token(*at).upos, Upos::Adp | Upos::Det | Upos::Punct);
    let last = own.clone().rev().find(|at| !small(at))?;
    let ends_before = own.end > last + 1;
    let span = tree.token(own.start).span.cover(tree.token(last).span);
    let text = span.of(&reader.input.document.text).to_owned();
    ends_before.then_some(Participant { text, span, ..who.clone() })
}

/// Further words for those who hold ground.
const SIDES: &str = "federal loyalist separatist secessionist insurgent allied enemy element column defender scout peshmerga infantry \
    cavalry wing contingent detachment legionnaire marine paratrooper defence defense jihadist islamist";

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
    name || is_one_of(SIDES, tree.lemma(head))
        || tree.token(head).upos == Upos::Pron
        || reader.scene.lexicon.is_people(&tree.lemma(head).to_lowercase())
        || named.is_some_and(|mention| !matches!(mention.kind, MentionKind::Weapon | MentionKind::Other))
        || reader.scene.lexicon.is_in("troops", tree.lemma(head))
}

/// Words for those who hold ground and are driven from it, where people and animals may be driven too.
const ARMED: &str = "army troop troops force soldier garrison rebel fighter guerrilla militia militiaman insurgent militant separatist \
    council junta occupier enemy gunman jihadist extremist unit battalion brigade paramilitary invader defender combatant gang \
    police remnant";

/// Whether somebody is armed, by the words, or the bearer of a name.
fn holds_ground(reader: &Reader<'_, '_>, who: &Participant) -> bool {
    let tree = &reader.scene.tree;
    let armed = |at: usize| is_one_of(ARMED, tree.lemma(at));
    let named = reader.names.covering(who.span).is_some_and(|mention| mention.kind != MentionKind::Person);
    named || tree.analysis.tokens_in(who.span).any(armed)
}
