//! From triggers to statements: which of them stand, of which class, with whom, where and when.

use std::collections::HashSet;

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{Content, Event, EventClass, Harm, MentionKind, Span, Stance, Statement, StatementId};

use super::context::{Reading, Speech};
use super::harm;
use super::lexicon::Lexicon;
use super::matcher::{Scene, Trigger};
use super::participants::Names;
use super::tree::Tree;
use super::when::Clock;
use crate::Input;
use crate::voice::voice_at;

/// How a sentence tells of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// As its news.
    News,
    /// By the way: by a noun that no verb carries, or from which time is measured.
    Aside,
    /// As what somebody asks for, promises, refuses or threatens.
    Spoken,
}

/// How a sentence tells of an event, and whether it takes it for granted.
#[derive(Clone, Copy, Debug)]
struct Told {
    telling: Telling,
    presupposed: bool,
}

/// The events of a document in text order, each with how its sentence tells of it.
pub(super) fn statements(input: &Input<'_>) -> Vec<(Statement, Telling)> {
    let scene = scene(input);
    let words = (0..input.analysis.tokens.len()).filter(|&at| !is_the_month(input, at));
    let triggers: Vec<Trigger> = words.filter_map(|at| scene.trigger(at)).collect();
    let speech: Speech =
        triggers.iter().filter_map(|trigger| Some((trigger.token, trigger.frame.content?))).collect();
    let mut assembly = Assembly {
        input,
        names: Names::new(input),
        clock: Clock::new(input),
        verbs: triggers.iter().filter(|trigger| !trigger.nominal).map(|trigger| trigger.token).collect(),
        absorbed: triggers
            .iter()
            .filter(|trigger| !trigger.nominal)
            .flat_map(|trigger| scene.absorbed(trigger))
            .collect(),
        scene: &scene,
        duties: HashSet::new(),
        taken: HashSet::new(),
        statements: Vec::new(),
    };
    assembly.find_duties();
    for trigger in &triggers {
        let mut reading = scene.reading(trigger.token, trigger.arguments.carrier, &speech);
        if trigger.nominal && scene.has_dated_participle(trigger.token) {
            (reading.stance, reading.content_of, reading.negated) = (None, None, false);
        }
        if reading.stance.is_none() && scene.is_only_planned(trigger) {
            reading.stance = Some(Stance::Planned);
        }
        assembly.add(trigger, reading, &triggers);
    }
    assembly.statements.sort_by_key(|(statement, _)| (trigger_of(statement), statement.span));
    assembly.statements
}

/// Whether a word is the month of March: nobody marches in "the war began in March". A march that has a name of its own is
/// one ("the Salt March"), as is any other event whose name gives a date.
fn is_the_month(input: &Input<'_>, at: usize) -> bool {
    let analysis = input.analysis;
    let word = |at: usize| analysis.tokens[at].span.of(&input.document.text);
    if !word(at).eq_ignore_ascii_case("march") || !word(at).starts_with(char::is_uppercase) {
        return false;
    }
    if word(at).chars().all(char::is_uppercase) {
        let span = analysis.tokens[at].span;
        let first = input.times.partition_point(|time| time.span.end <= span.start);
        let dated = input.times.get(first).is_some_and(|time| time.span.contains(span));
        return dated || analysis.tokens[at].upos == Upos::Propn;
    }
    let sentence = &analysis.sentences[analysis.sentence_of(at)].tokens;
    let numbered = at + 1 < sentence.end && word(at + 1).starts_with(|first: char| first.is_ascii_digit());
    // "Late March" at the head of a sentence has a capital by its place alone, "Monday March 5" by its name.
    let named = at > sentence.start + 1
        && word(at - 1).starts_with(char::is_uppercase)
        && !word(at - 1).to_lowercase().ends_with("day");
    numbered || !named
}

pub(super) fn trigger_of(statement: &Statement) -> Span {
    match &statement.content {
        Content::Event(event) => event.trigger,
        _ => statement.span,
    }
}

pub(crate) fn scene<'a>(input: &Input<'a>) -> Scene<'a> {
    let named = |kind: MentionKind| -> HashSet<usize> {
        let mentions = input.mentions.iter().filter(|mention| mention.kind == kind);
        mentions.flat_map(|mention| input.analysis.tokens_in(mention.span)).collect()
    };
    let (places, persons) = (named(MentionKind::Location), named(MentionKind::Person));
    let can_act = |kind: MentionKind| !matches!(kind, MentionKind::Weapon | MentionKind::Other);
    let acting = input.mentions.iter().filter(|mention| can_act(mention.kind));
    let names = acting.flat_map(|mention| input.analysis.tokens_in(mention.span)).collect();
    let mentioned =
        input.mentions.iter().flat_map(|mention| input.analysis.tokens_in(mention.span)).collect();
    let lexicon = Lexicon::english();
    let tree = Tree::new(&input.document.text, input.analysis, lexicon);
    Scene { tree, places, persons, names, mentioned, lexicon }
}

pub(super) struct Assembly<'a, 's> {
    pub(super) input: &'s Input<'a>,
    pub(super) scene: &'s Scene<'a>,
    pub(super) names: Names<'a>,
    pub(super) clock: Clock<'a>,
    /// Tokens of the verbs that name events.
    verbs: HashSet<usize>,
    /// Verbs that name what somebody is told to do.
    duties: HashSet<usize>,
    /// Nouns that fill the place their verb's frame asks for.
    absorbed: HashSet<usize>,
    /// Spans that already have a statement.
    taken: HashSet<Span>,
    statements: Vec<(Statement, Telling)>,
}

impl Assembly<'_, '_> {
    pub(super) fn tree(&self) -> &Tree<'_> {
        &self.scene.tree
    }

    fn find_duties(&mut self) {
        for at in 0..self.input.analysis.tokens.len() {
            if self.add_duty(at) {
                self.duties.insert(at);
            }
        }
    }

    /// "the envoy said that both armies must stop" is a request to the armies.
    fn add_duty(&mut self, verb: usize) -> bool {
        if !self.tree().token(verb).upos.is_verbal() && self.tree().token(verb).upos != Upos::Adj {
            return false;
        }
        let Some(duty) = self.scene.duty(verb) else { return false };
        let actors = self.participants(&duty.speaker, true);
        let recipients = self.participants(&duty.debtor, true);
        if actors.is_empty() || recipients.is_empty() {
            return false;
        }
        let event = Event {
            trigger: self.tree().token(verb).span,
            class: EventClass::Request,
            mode: None,
            actors,
            recipients,
            places: Vec::new(),
            when: None,
            negated: false,
            harm: Harm::default(),
        };
        let told = Told { telling: Telling::News, presupposed: false };
        self.state(event, self.tree().analysis.subtree(verb), (Stance::Asserted, told), None);
        true
    }

    fn add(&mut self, trigger: &Trigger, reading: Reading, triggers: &[Trigger]) {
        if self.is_passed_over(trigger, reading) || self.is_part_of_another(trigger, triggers) {
            return;
        }
        let arguments = &trigger.arguments;
        let (actors, recipients) = self.parties(trigger, trigger.frame.class);
        let willing = !self.participants(&arguments.subjects, true).is_empty();
        let (class, negated) = shifted(trigger, reading, willing);
        let class = if self.vows_harm(trigger, triggers) { EventClass::Threaten } else { class };
        let places = self.places(trigger, &actors);
        let mode = trigger.frame.mode.map(str::to_owned).or_else(|| self.mode_of_content(trigger, triggers));
        let event = Event {
            trigger: self.scene.trigger_span(trigger.token),
            class,
            mode,
            actors,
            recipients,
            places,
            when: None,
            negated,
            harm: harm::harm(self.scene, &self.names, trigger),
        };
        let days = if self.scene.is_reference(trigger) {
            let days = self.clock.days_within(self.tree(), trigger.token);
            let bare = event.actors.is_empty() && event.recipients.is_empty();
            if bare && days.intervals.is_empty() {
                return;
            }
            days
        } else {
            self.clock.days(self.tree(), trigger.token, arguments.carrier)
        };
        let top = arguments.carrier.filter(|&verb| self.tree().is_under(trigger.token, verb));
        let span = self.tree().analysis.subtree(top.unwrap_or(trigger.token));
        // Who comes to ask asks.
        let asks = reading.purpose && trigger.frame.content.is_some();
        let stance = reading.stance.filter(|_| !asks).unwrap_or(Stance::Asserted);
        let telling = self.telling(trigger, reading);
        let telling = Told { telling, presupposed: self.is_presupposed(trigger, reading) };
        self.state_on_each_day(&event, span, (stance, telling), &days.intervals);
    }

    /// "pledged to help those whose homes were burnt down": nobody pledges what the relative clause tells as past.
    fn is_presupposed(&self, trigger: &Trigger, reading: Reading) -> bool {
        let tree = self.tree();
        let past = |at: usize| tree.token(at).xpos == Penn::Vbd;
        let verb = trigger.token;
        reading.background
            && !trigger.nominal
            && tree.relation(verb) == Relation::AclRelcl
            && (past(verb)
                || tree.children(verb).any(|child| tree.relation(child) != Relation::Nsubj && past(child)))
    }

    fn telling(&self, trigger: &Trigger, reading: Reading) -> Telling {
        let spoken = reading.content_of.is_some_and(|speech| speech != trigger.token);
        if spoken && reading.stance != Some(Stance::Alleged) || reading.conditional || reading.purpose {
            return Telling::Spoken;
        }
        let heads = self.tree().head(trigger.token).is_none();
        let loose = trigger.nominal && trigger.arguments.carrier.is_none() && !heads;
        if loose || self.scene.is_reference(trigger) { Telling::Aside } else { Telling::News }
    }

    /// What parties speak of is not told as an event; nor is a noun that only fills a place of another event.
    fn is_passed_over(&self, trigger: &Trigger, reading: Reading) -> bool {
        let tree = self.tree();
        // "did not rule out", "did not refuse": nothing is said to have happened.
        if trigger.frame.class == EventClass::Reject && reading.negated && !trigger.nominal {
            return true;
        }
        if let Some(speech) = reading.content_of
            && speech != trigger.token
        {
            return !self.is_deed_spoken_of(trigger, reading);
        }
        let unreal = reading.stance.is_some_and(|stance| !stance.is_factual());
        let verbal = !trigger.nominal || trigger.arguments.carrier.is_some();
        let purpose = !trigger.nominal && self.is_purpose_told(trigger, reading);
        let kept = reading.conditional && verbal || purpose;
        if unreal && !kept && (reading.background || reading.negated && !reading.future) {
            return true;
        }
        if trigger.nominal {
            if self.absorbed.contains(&trigger.token) {
                return true;
            }
            let carried = trigger.arguments.carrier.is_some_and(|verb| self.verbs.contains(&verb));
            let object = matches!(tree.relation(trigger.token), Relation::Obj | Relation::NsubjPass);
            // "broke up a demonstration by students": what was done to it is one thing, that it was held another.
            let apart = matches!(trigger.frame.class, EventClass::Assault | EventClass::Protest)
                && self.scene.brings_its_own(trigger.token);
            return carried && object && !apart || unreal && trigger.arguments.carrier.is_none();
        }
        false
    }

    /// Whether what something is done for is told beside it: an action that is to follow, or a word of speech.
    fn is_purpose_told(&self, trigger: &Trigger, reading: Reading) -> bool {
        let yields =
            matches!(trigger.frame.class, EventClass::Other | EventClass::Agree | EventClass::Support);
        reading.purpose && !reading.negated && !yields
    }

    /// Whether what a word of speech governs is told as an event of its own: a deed that somebody is accused of, asked for,
    /// promises, refuses or threatens, under the stance of the word that governs it.
    ///
    /// A noun must bring those who take part, or a place or a date: "demanded talks" is told by the demand alone.
    fn is_deed_spoken_of(&self, trigger: &Trigger, reading: Reading) -> bool {
        let alleged = reading.stance == Some(Stance::Alleged);
        let named_with_its_own = || {
            let arguments = &trigger.arguments;
            let whole = !alleged && arguments.subjects.len() + arguments.objects.len() > 0;
            !reading.negated
                && !self.absorbed.contains(&trigger.token)
                && (self.scene.brings_its_own(trigger.token) || whole)
        };
        let deed = alleged || trigger.frame.content.is_none() && trigger.frame.class != EventClass::Other;
        deed && (!trigger.nominal || named_with_its_own())
    }

    /// What an event consists of or leads to is no event beside it: "the bombing killed two", "shelled the port,
    /// killing two", "rioted, demanding bread", "arrived on a visit".
    fn is_part_of_another(&self, trigger: &Trigger, triggers: &[Trigger]) -> bool {
        let tree = self.tree();
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(trigger.token)];
        if self
            .duties
            .iter()
            .any(|&duty| sentence.tokens.contains(&duty) && tree.is_under(trigger.token, duty))
        {
            return true;
        }
        let start = triggers.partition_point(|other| other.token < sentence.tokens.start);
        let same_sentence = triggers[start..].iter().take_while(|other| other.token < sentence.tokens.end);
        let class = trigger.frame.class;
        for other in same_sentence.filter(|other| other.token != trigger.token) {
            let same = other.frame.class == class;
            let unnamed = trigger.frame.mode.is_none() || trigger.frame.mode == other.frame.mode;
            let cause = same
                && unnamed
                && other.nominal
                && tree.relation(other.token) == Relation::Nsubj
                && !self.absorbed.contains(&other.token)
                && trigger.arguments.subjects.contains(&other.token);
            let below = tree.head(trigger.token).is_some_and(|head| head == other.token);
            // "while the one side shelled the port, the other shelled the town" are two.
            let circumstance = !trigger.nominal
                && tree.relation(trigger.token) == Relation::Advcl
                && tree.own_subject(trigger.token).is_none();
            let subject = tree.relation(trigger.token).is_subject();
            let apart = trigger.arguments.carrier.is_some_and(|verb| {
                verb != other.token
                    && tree.relation(verb) == Relation::Conj
                    && tree.is_under(verb, other.token)
            });
            let named_again = trigger.nominal
                && !subject
                && !other.nominal
                && !apart
                && tree.is_under(trigger.token, other.token);
            let purpose = class == EventClass::Request
                && other.frame.class == EventClass::Protest
                && tree.is_under(trigger.token, other.token);
            // "stopped fighting" tells of no fight.
            let ended = other.frame.mode == Some("hostilities-end")
                && class == EventClass::Assault
                && tree.is_under(trigger.token, other.token);
            if ended || cause || same && unnamed && below && circumstance || same && named_again || purpose {
                return true;
            }
        }
        false
    }

    /// Who vows to attack threatens; a bare promise yields.
    fn vows_harm(&self, trigger: &Trigger, triggers: &[Trigger]) -> bool {
        let tree = self.tree();
        let vows =
            trigger.frame.class == EventClass::Agree && matches!(tree.lemma(trigger.token), "vow" | "swear");
        vows && triggers.iter().any(|other| {
            tree.head(other.token) == Some(trigger.token)
                && matches!(tree.relation(other.token), Relation::Xcomp | Relation::Ccomp | Relation::Advcl)
                && matches!(
                    other.frame.class,
                    EventClass::Assault | EventClass::Coerce | EventClass::Mobilize
                )
        })
    }

    /// A promise or a threat takes the mode of what is promised or threatened, a request does not.
    fn mode_of_content(&self, trigger: &Trigger, triggers: &[Trigger]) -> Option<String> {
        if !matches!(trigger.frame.class, EventClass::Agree) {
            return None;
        }
        let first = triggers.partition_point(|other| other.token <= trigger.token);
        let sentence = self.tree().analysis.sentence_of(trigger.token);
        let end = self.tree().analysis.sentences[sentence].tokens.end;
        triggers[first..]
            .iter()
            .take_while(|other| other.token < end)
            .filter(|other| self.tree().is_under(other.token, trigger.token))
            .find_map(|other| other.frame.mode.map(str::to_owned))
    }

    fn state_on_each_day(
        &mut self,
        event: &Event,
        span: Span,
        told: (Stance, Told),
        days: &[(irenic_model::DateInterval, Option<Span>)],
    ) {
        let several = days.len() > 1;
        if days.is_empty() {
            self.state(event.clone(), span, told, None);
        }
        for (at, &(when, time)) in days.iter().enumerate() {
            let mut event = Event { when: Some(when), ..event.clone() };
            if several && event.places.len() == days.len() {
                event.places = vec![event.places[at].clone()];
            }
            let own = time.filter(|_| several).map_or(span, |time| event.trigger.cover(time));
            self.state(event, own, told, time);
        }
    }

    fn state(&mut self, event: Event, span: Span, (stance, told): (Stance, Told), time: Option<Span>) {
        let choices = [span, event.trigger, time.map_or(event.trigger, |time| time.cover(event.trigger))];
        let Some(span) = choices.into_iter().find(|span| !self.taken.contains(span)) else { return };
        self.taken.insert(span);
        let (holder, said) = voice_at(self.input.attributions, event.trigger);
        let own = stance != Stance::Asserted || told.presupposed && !said.is_factual();
        let stance = if own { stance } else { said };
        let id = StatementId::new(self.input.document.source.sha256, span, "event");
        let statement = Statement { id, span, holder, stance, content: Content::Event(event) };
        self.statements.push((statement, told.telling));
    }
}

/// The class of an event once will and refusal are taken into account, and whether it stays negated.
///
/// PLOVER counts what a party says it will do as AGREE where it would help, and as THREATEN where it would hurt; not
/// accepting as REJECT.
fn shifted(trigger: &Trigger, reading: Reading, willing: bool) -> (EventClass, bool) {
    use EventClass::{
        Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Retreat,
        Sanction, Support, Threaten,
    };
    let class = trigger.frame.class;
    let yields = matches!(class, Agree | Support | Cooperate | Aid | Concede);
    // What is promised or threatened is told by the promise or the threat.
    let spoken = reading.content_of.is_some_and(|speech| speech != trigger.token);
    if reading.negated && yields && !trigger.nominal && !spoken {
        return (Reject, false);
    }
    let willed = !spoken
        && !reading.arranged
        && (reading.future || reading.stance == Some(Stance::Planned) && !reading.background);
    if !willed || reading.negated || !willing || trigger.nominal {
        return (class, reading.negated);
    }
    match class {
        Retreat if trigger.frame.mode == Some("resign") => (class, false),
        Consult | Support | Cooperate | Aid | Concede | Retreat => (Agree, false),
        Assault | Coerce | Mobilize | Protest | Sanction => (Threaten, false),
        _ => (class, reading.negated),
    }
}
