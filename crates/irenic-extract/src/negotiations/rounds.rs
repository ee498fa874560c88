//! Meetings and signings that the words give a day, beside those that events tell of.
//!
//! The frames are data (`rules/en/rounds.toml`). A verb counts where its clause gives the day, a noun where the day stands
//! beside it. Who sat there may be left out: whoever reads the statements asks who was named last, or who fights whom.

use std::sync::LazyLock;

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{
    Certainty, Content, DateInterval, MentionKind, Negotiation, NegotiationStep, Participant, Span, Stance,
    Statement, StatementId, TimeExpression, TimeType,
};

use crate::events::Clock;
use crate::frames::{Found, Frames, Reader};
use crate::voice::voice_at;

static ENGLISH: LazyLock<Frames> = LazyLock::new(|| {
    Frames::read(include_str!("../../../../rules/en/rounds.toml")).expect("a test reads the embedded rules")
});

/// So many tokens at most stand between a noun and its day.
const BESIDE_TOKENS_MAX: usize = 16;

/// The meetings and signings of a document, and who stands between the sides of them.
pub(super) fn rounds(reader: &Reader<'_, '_>, clock: &Clock<'_>) -> Vec<Statement> {
    let mut found = Vec::new();
    for frame in reader.find(&ENGLISH) {
        let Some(step) = NegotiationStep::from_name(frame.frame.name) else { continue };
        let told = without_place(reader.participants(&sides(reader, &frame)));
        let apart = without_place(reader.participants(frame.slot("apart")));
        for when in days(reader, clock, &frame) {
            let who = told.clone();
            found.push(statement(reader, &frame, step, who, Some(when)));
            if !apart.is_empty() {
                found.push(statement(reader, &frame, NegotiationStep::Mediated, apart.clone(), Some(when)));
            }
        }
    }
    found
}

/// Those who can sit at a table: neither the talks nor what they are about.
fn sides(reader: &Reader<'_, '_>, found: &Found<'_>) -> Vec<usize> {
    let tree = &reader.scene.tree;
    let sits = |head: &usize| {
        let lemma = tree.lemma(*head).to_lowercase();
        let talks =
            ["talks", "agreement", "ceasefire"].iter().any(|list| reader.scene.lexicon.is_in(list, &lemma));
        let pronoun = tree.token(*head).upos == Upos::Pron;
        !talks && (pronoun || reader.names.can_act(tree, reader.scene.lexicon, *head))
    };
    found.slot("who").iter().chain(found.slot("whom")).copied().filter(sits).collect()
}

/// "The parties in Riga" are the parties, "talks between the front" the front.
fn without_place(participants: Vec<Participant>) -> Vec<Participant> {
    let cut = |mut who: Participant| {
        if let Some((_, name)) = who.text.split_once(" between ") {
            let name = name.strip_prefix("the ").unwrap_or(name).to_owned();
            who.span = Span::new(who.span.end.saturating_sub(name.len()).max(who.span.start), who.span.end);
            who.text = name;
        }
        for link in [" in ", " at "] {
            let Some((name, place)) = who.text.split_once(link) else { continue };
            if place.starts_with(char::is_uppercase) {
                let length = name.len();
                who.span = Span::new(who.span.start, (who.span.start + length).min(who.span.end));
                who.text.truncate(length);
            }
        }
        who
    };
    participants.into_iter().map(cut).collect()
}

fn statement(
    reader: &Reader<'_, '_>,
    found: &Found<'_>,
    step: NegotiationStep,
    who: Vec<Participant>,
    when: Option<DateInterval>,
) -> Statement {
    let input = reader.input;
    let tree = &reader.scene.tree;
    let trigger = tree.token(found.token).span;
    let sentence = reader.sentence(found.token);
    let clause = tree.analysis.subtree(found.token);
    let span = if sentence.contains(clause) { clause } else { trigger };
    let (holder, said) = voice_at(input.attributions, trigger);
    let places =
        if step == NegotiationStep::Mediated { Vec::new() } else { places(reader, found.token, &who) };
    let from = when.map(|when| when.from().to_string()).unwrap_or_default();
    let label = format!("round {} {} {from}", step.name(), found.token);
    let content = Negotiation { step, who, whom: Vec::new(), what: None, places, when, until: None };
    Statement {
        id: StatementId::new(input.document.source.sha256, span, &label),
        span,
        holder,
        stance: said,
        content: Content::Negotiation(content),
    }
}

/// The days that the words give; none where they say that nothing came about.
fn days(reader: &Reader<'_, '_>, clock: &Clock<'_>, found: &Found<'_>) -> Vec<DateInterval> {
    let tree = &reader.scene.tree;
    let token = found.token;
    let real = found.stance.is_none_or(Stance::is_factual) && !found.negated;
    if tree.token(token).upos != Upos::Verb {
        let named = tree.token(token).span.of(&reader.input.document.text).starts_with(char::is_uppercase);
        return if is_of_nothing(reader, token) || !named && is_wished_for(reader, token) {
            Vec::new()
        } else {
            day_beside(reader, token).into_iter().collect()
        };
    }
    let attribute = matches!(tree.relation(token), Relation::Amod | Relation::Compound);
    if !real || attribute || is_wished_for(reader, token) {
        return Vec::new();
    }
    let told = clock.days(tree, token, None).intervals;
    let given = |(when, time): (DateInterval, Option<Span>)| Some(whole(reader, when, time?));
    let mut found: Vec<DateInterval> = told.into_iter().filter_map(given).collect();
    if found.is_empty() {
        found.extend(only_day(reader, token));
    }
    found
}

/// The one day of a sentence that tells of one thing alone.
fn only_day(reader: &Reader<'_, '_>, token: usize) -> Option<DateInterval> {
    let tree = &reader.scene.tree;
    let times = times_in(reader, reader.sentence(token));
    let [only] = times[..] else { return None };
    // Nothing but the verb's own words stands between the two.
    let tokens = tree.analysis.tokens_in(only.span);
    let between = if tokens.start > token { token + 1..tokens.start } else { tokens.end..token };
    let text = &reader.input.document.text;
    let parts = |at: usize| {
        matches!(tree.token(at).xpos, Penn::Vbd | Penn::Vbz | Penn::Vbp | Penn::Md)
            || matches!(tree.token(at).span.of(text), ";" | ":" | "(" | ")")
    };
    let relative = tree.relation(token) == Relation::AclRelcl && tokens.start < token;
    if !relative && !between.clone().any(parts) {
        return only.interval;
    }
    let head = tree.analysis.head_in(tree.analysis.tokens_in(only.span))?;
    let same = tree.clause_of(head) == token || tree.head(tree.clause_of(head)) == Some(token);
    let relative = tree.relation(tree.clause_of(head)) == Relation::AclRelcl;
    only.interval.filter(|_| same && !relative)
}

/// "Two days later, on 9 January": the day that is told whole.
fn whole(reader: &Reader<'_, '_>, when: DateInterval, time: Span) -> DateInterval {
    if when.certainty() == Certainty::Stated {
        return when;
    }
    let text = &reader.input.document.text;
    let sentence = times_in(reader, Span::new(time.end, (time.end + 40).min(text.len())));
    let joined = |next: &&&TimeExpression| {
        let between = text.get(time.end..next.span.start).unwrap_or("-").trim();
        matches!(between, "," | ", on" | "(" | "(on" | ", in") && next.interval.is_some()
    };
    let next = sentence.iter().find(joined).and_then(|next| next.interval);
    next.filter(|next| next.certainty() == Certainty::Stated).unwrap_or(when)
}

fn times_in<'a>(reader: &Reader<'a, '_>, extent: Span) -> Vec<&'a TimeExpression> {
    let times = reader.input.times;
    let start = times.partition_point(|time| time.span.start < extent.start);
    let inside = times[start..].iter().take_while(|time| time.span.start < extent.end);
    inside
        .filter(|time| matches!(time.kind, TimeType::Date | TimeType::Time) && time.interval.is_some())
        .collect()
}

/// "The accord of 3 May", "talks held in Riga on 3 May", "the agreement (3 May)": nothing but its sides, its place and a
/// participle stands between a noun and its day.
fn day_beside(reader: &Reader<'_, '_>, noun: usize) -> Option<DateInterval> {
    let tree = &reader.scene.tree;
    let text = &reader.input.document.text;
    let own = tree.token(noun).span;
    let sentence = reader.sentence(noun);
    let time = *times_in(reader, Span::new(own.end, sentence.end)).first()?;
    let first = tree.analysis.tokens_in(time.span).start;
    if first - noun > BESIDE_TOKENS_MAX {
        return None;
    }
    let word = |at: usize| tree.token(at).span.of(text);
    let stops = |at: usize| {
        let token = tree.token(at);
        let participle = matches!(token.xpos, Penn::Vbn | Penn::Vbg | Penn::Vbd)
            && ENGLISH.has("between", tree.lemma(at))
            && token.upos == Upos::Verb
            && !(noun + 1..at).any(|before| tree.token(before).upos == Upos::Aux);
        token.upos == Upos::Verb && !participle
            || matches!(token.upos, Upos::Aux | Upos::Sconj | Upos::Pron)
            || matches!(word(at), ";" | ":" | "." | "\u{2013}" | "\u{2014}" | ")")
    };
    // A finite verb with the noun for its subject is told by the verb.
    let finite = (noun + 1..first).any(|at| {
        tree.token(at).upos == Upos::Verb
            && (tree.relation(at) == Relation::Root
                || tree
                    .children(at)
                    .any(|child| tree.relation(child).is_subject() && tree.is_under(noun, child)))
    });
    let brings = first.checked_sub(1).filter(|&at| at >= noun).map(word)?.to_lowercase();
    let brought = matches!(
        brings.as_str(),
        "of" | "on" | "in" | "dated" | "from" | "between" | "(" | "during" | "," | "late" | "early"
    );
    // "Withdrew from the talks in August", "rejected the accord on 3 May": that is the day of what was done about it.
    let participle = (noun + 1..first).any(|at| tree.token(at).upos == Upos::Verb);
    let of_verb = match tree.relation(noun) {
        Relation::Obj | Relation::Iobj => true,
        Relation::Obl | Relation::Nmod => !matches!(
            tree.case(noun),
            None | Some(
                "at" | "in"
                    | "during"
                    | "after"
                    | "following"
                    | "since"
                    | "through"
                    | "with"
                    | "under"
                    | "by"
                    | "despite"
            )
        ),
        _ => false,
    };
    let loose = matches!(brings.as_str(), "on" | "in" | "from" | "during" | "late" | "early" | "between");
    if loose && of_verb && !participle {
        return None;
    }
    let comma_apart = brings == "," && first - 1 == noun + 1;
    let fits = brought && !comma_apart && !finite && !(noun + 1..first).any(stops);
    fits.then_some(time.interval).flatten()
}

/// "No agreement", "a planned truce", "any accord".
fn is_of_nothing(reader: &Reader<'_, '_>, noun: usize) -> bool {
    let tree = &reader.scene.tree;
    let part = matches!(tree.relation(noun), Relation::Compound)
        || tree.relation(noun) == Relation::Flat && tree.token(noun).upos != Upos::Propn;
    part || tree.children(noun).any(|child| ENGLISH.has("beside", &tree.lemma(child).to_lowercase()))
}

/// Whether a word over it says that it is only wished for, offered or refused.
fn is_wished_for(reader: &Reader<'_, '_>, token: usize) -> bool {
    let tree = &reader.scene.tree;
    let mut node = token;
    for _ in 0..6 {
        let Some(head) = tree.head(node) else { return false };
        let marked = tree.child(node, Relation::Mark).map(|mark| tree.lemma(mark));
        match tree.relation(node) {
            Relation::AclRelcl | Relation::Parataxis | Relation::Appos | Relation::Nsubj => return false,
            Relation::Conj => {}
            Relation::Advcl if marked != Some("to") && marked != Some("if") => return false,
            Relation::Advcl if marked == Some("if") => return true,
            _ if ENGLISH.has("above", tree.lemma(head)) => return true,
            _ => {}
        }
        node = head;
    }
    false
}

/// Where: the places that a preposition of place brings into the clause, or else the place that talks are called by.
fn places(reader: &Reader<'_, '_>, token: usize, who: &[Participant]) -> Vec<Participant> {
    const PLACE: [&str; 6] = ["in", "at", "near", "outside", "to", "on"];
    let tree = &reader.scene.tree;
    let clause = tree.clause_of(token);
    let mut found: Vec<Participant> = Vec::new();
    for mention in reader.names.within(reader.sentence(token)) {
        let tokens = tree.analysis.tokens_in(mention.span);
        let Some(head) = tree.analysis.head_in(tokens.clone()) else { continue };
        let before = (tokens.start.saturating_sub(4)..tokens.start).rev().find(|&at| {
            !matches!(tree.token(at).upos, Upos::Det | Upos::Adj | Upos::Propn | Upos::Noun)
                && tree.lemma(at) != "of"
        });
        let placed = before.is_some_and(|at| PLACE.contains(&tree.lemma(at).to_lowercase().as_str()));
        let to = before.is_some_and(|at| tree.lemma(at) == "to");
        let travels = matches!(
            tree.lemma(token),
            "return" | "travel" | "fly" | "go" | "come" | "summon" | "bring" | "invite" | "call"
        );
        let same = tree.clause_of(head) == clause
            || tree.is_under(head, token)
            || tree.head(tree.clause_of(head)) == Some(token);
        let nearer = tokens.start > token || tree.clause_of(head) == clause;
        let side = who.iter().any(|one| one.span == mention.span);
        if mention.kind == MentionKind::Location && placed && (!to || travels) && same && nearer && !side {
            found.push(reader.names.named(mention));
        }
    }
    let talks = tree.token(token).upos == Upos::Noun && tree.token(token).xpos != Penn::Nnp;
    if found.is_empty() && talks {
        let before = token.checked_sub(1).and_then(|at| reader.names.covering(tree.token(at).span));
        found.extend(
            before.filter(|one| one.kind == MentionKind::Location).map(|one| reader.names.named(one)),
        );
    }
    found.dedup_by(|one, other| one.text == other.text);
    found
}
