//! Tracks: the meetings, agreements, breaks and resumptions of the same parties, in order of time.

mod tables;

use std::collections::BTreeMap;

use irenic_model::{
    ActorRole, Certainty, Content, DateInterval, Event, EventClass, Negotiation, NegotiationStep,
    Participant, Round, RoundKind, Span, Stance, Track,
};

use super::{holders, sorted};
use crate::items::{Item, Items};
use crate::versions::versions;
use crate::who::{GOVERNMENT, Names, is_body, is_paper, refers_back};

/// Two reports of a meeting whose days are so far apart at most may be of one meeting.
const SAME_MEETING_DAYS_MAX: i32 = 31;

/// What stands for the parties where a text does not name them.
const NOT_NAMED: &str = "not named";

/// One statement of a meeting or a turn.
struct Told<'a> {
    item: &'a Item<'a>,
    kind: RoundKind,
    table: Vec<String>,
    /// Whether the words name nobody and refer to nobody.
    silent: bool,
    /// Whether the table is that of others who were told of, and not named by the words.
    guessed: bool,
    /// Where the words only refer back: the parties that the sentence or the one before it names.
    near: Vec<String>,
    others: Vec<String>,
    mediators: Vec<String>,
    places: Vec<String>,
    when: Option<DateInterval>,
}

impl<'a> Told<'a> {
    /// A statement that names those at the table and who else was there, and no more than that.
    fn new(
        item: &'a Item<'a>,
        kind: RoundKind,
        (table, others): (Vec<String>, Vec<String>),
        when: Option<DateInterval>,
    ) -> Self {
        Self {
            item,
            kind,
            table,
            silent: false,
            guessed: false,
            near: Vec::new(),
            others,
            mediators: Vec::new(),
            places: Vec::new(),
            when,
        }
    }
}

pub(super) fn tracks(items: &Items<'_>, names: &Names<'_>) -> Vec<Track> {
    let mut told: Vec<Told<'_>> = Vec::new();
    for item in &items.all {
        let one = match &item.statement.content {
            Content::Event(event) => of_event(item, event, names),
            Content::Negotiation(step) => of_step(item, step, names),
            _ => None,
        };
        told.extend(one);
    }
    add_mediators(&mut told, items, names);
    tables::carry(&mut told, names);
    drop_mediation_of_others(&mut told);
    drop_resumptions_told_as_talks(&mut told);
    drop_rounds_told_twice(&mut told);
    drop_guesses_beside_names(&mut told);
    join_meetings_and_deals(&mut told);
    let mut by_table: BTreeMap<Vec<String>, Vec<Told<'_>>> = BTreeMap::new();
    for one in told {
        by_table.entry(one.table.clone()).or_default().push(one);
    }
    let mut tracks: Vec<Track> = by_table.into_iter().map(|(parties, told)| track(parties, told)).collect();
    retain_those_of_conflict(&mut tracks, names);
    tracks.retain(|track| {
        track.parties.len() > 1 || track.rounds.iter().any(|round| round.kind != RoundKind::Talks)
    });
    tracks.sort_by(|a, b| b.rounds.len().cmp(&a.rounds.len()).then_with(|| a.parties.cmp(&b.parties)));
    tracks
}

/// Where parties are known, talks in which none of them takes part are not of this conflict, unless those who talk also talk
/// with a party: a text on a peace process may call the same government by three names.
fn retain_those_of_conflict(tracks: &mut Vec<Track>, names: &Names<'_>) {
    if names.is_empty() {
        return;
    }
    // "The transitional government" whose country nobody needs to name is that of the conflict.
    let own = |seat: &str| seat.rsplit(' ').next() == Some(GOVERNMENT) && seat.to_lowercase() == seat;
    let is_party =
        |seat: &String| seat == NOT_NAMED || names.by_name(seat).is_some() || !names.are_given() && own(seat);
    let met: Vec<String> = tracks
        .iter()
        .filter(|track| !names.are_given() && track.parties.iter().any(is_party))
        .flat_map(|track| track.parties.clone())
        .collect();
    let close = |seat: &String| met.iter().any(|known| is_same_seat(known, seat));
    let belongs = |track: &Track| track.parties.iter().any(|seat| is_party(seat) || close(seat));
    // Where many tables have no party the text calls its parties otherwise.
    let all: usize = tracks.iter().map(|track| track.rounds.len()).sum();
    let known: usize = tracks.iter().filter(|track| belongs(track)).map(|track| track.rounds.len()).sum();
    if names.are_given() || 3 * known > 2 * all {
        tracks.retain(belongs);
    }
}

/// "The government" and "the government of Norland" are one, as are names that are equal.
fn is_same_seat(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.split(" of ").next().unwrap_or_default().to_lowercase();
    one == other || bare(one) == GOVERNMENT && bare(other) == GOVERNMENT
}

/// "Met in Riga on 3 May and signed an accord" is one round: the deal takes the place and the mediators of the meeting.
fn join_meetings_and_deals(told: &mut Vec<Told<'_>>) {
    let key = |one: &Told<'_>| {
        (one.item.at.document, one.item.sentence, one.when.map(|when| (when.from(), when.until())))
    };
    let same = |deal: &(_, Vec<String>), one: &Told<'_>| {
        deal.0 == key(one) && one.table.iter().all(|seat| deal.1.contains(seat))
    };
    let deals: Vec<_> = told
        .iter()
        .filter(|one| one.kind == RoundKind::Agreement)
        .map(|one| (key(one), one.table.clone()))
        .collect();
    let mut kept = Vec::with_capacity(told.len());
    let mut meetings = Vec::new();
    for one in told.drain(..) {
        let meets = matches!(one.kind, RoundKind::Talks | RoundKind::Planned);
        if meets && one.when.is_some() && deals.iter().any(|deal| same(deal, &one)) {
            meetings.push(one);
        } else {
            kept.push(one);
        }
    }
    for meeting in meetings {
        let of_it = |deal: &&mut Told<'_>| {
            deal.kind == RoundKind::Agreement && same(&(key(deal), deal.table.clone()), &meeting)
        };
        let Some(deal) = kept.iter_mut().find(of_it) else { continue };
        deal.places = sorted(deal.places.iter().chain(&meeting.places).cloned().collect());
        deal.mediators = sorted(deal.mediators.iter().chain(&meeting.mediators).cloned().collect());
    }
    *told = kept;
}

/// What an event and the words beside it tell of one meeting is one: whoever names more of the sides stays, with the places
/// and mediators of both. A day that the words give goes before one that was only inferred.
fn drop_rounds_told_twice(told: &mut Vec<Told<'_>>) {
    let beside = |one: &Told<'_>| {
        matches!(&one.item.statement.content, Content::Negotiation(step)
            if matches!(step.step, NegotiationStep::Met | NegotiationStep::Signed))
    };
    let mut kept: Vec<Told<'_>> = Vec::with_capacity(told.len());
    let (words, events): (Vec<_>, Vec<_>) = told.drain(..).partition(beside);
    kept.extend(events);
    for one in words {
        let near =
            |other: &Told<'_>| other.item.same_document(one.item) && other.item.sentence == one.item.sentence;
        let kin = |other: &Told<'_>| {
            other.kind == one.kind
                || matches!(other.kind, RoundKind::Resumed | RoundKind::BrokenOff | RoundKind::Planned)
        };
        let vague = |other: &Told<'_>| other.when.is_none_or(|when| when.certainty() == Certainty::Inferred);
        let same_day = |other: &Told<'_>| match (other.when, one.when) {
            (Some(first), Some(second)) => first.overlaps(&second),
            _ => false,
        };
        kept.retain(|other| {
            let covered =
                other.table.iter().all(|seat| one.table.contains(seat)) || other.table == [NOT_NAMED];
            !(near(other)
                && kin(other)
                && (vague(other) || other.kind != one.kind && same_day(other))
                && covered)
        });
        let known = kept.iter_mut().find(|other| near(other) && other.kind == one.kind && same_day(other));
        match known {
            Some(known) => {
                let wider = known.table.iter().all(|seat| one.table.contains(seat));
                if known.table.len() < 2 || !one.guessed && (known.guessed || wider) {
                    known.table.clone_from(&one.table);
                }
                // "After the elections of 1996 they met on 21 December 1996": the day, not the year.
                if let (Some(wide), Some(own)) = (known.when, one.when)
                    && own.days() < wide.days()
                    && wide.from() <= own.from()
                    && own.until() <= wide.until()
                {
                    known.when = Some(own);
                }
                if known.places.is_empty() {
                    known.places.clone_from(&one.places);
                }
                known.mediators = sorted(known.mediators.iter().chain(&one.mediators).cloned().collect());
            }
            None => kept.push(one),
        }
    }
    kept.sort_by_key(|one| one.item.at);
    *told = kept;
}

/// "The accord of 3 May", after the text has told who signed on 3 May: no other table of that day is guessed.
fn drop_guesses_beside_names(told: &mut Vec<Told<'_>>) {
    let day = |one: &Told<'_>| {
        one.when.filter(|when| when.days() == 1).map(|when| (one.item.at.document, when.from()))
    };
    let named: Vec<_> = told
        .iter()
        .filter(|one| !one.guessed)
        .filter_map(|one| Some((day(one)?, one.table.clone())))
        .collect();
    told.retain(|one| {
        let beside =
            |(other, table): &(_, Vec<String>)| day(one).as_ref() == Some(other) && *table != one.table;
        !one.guessed || !named.iter().any(beside)
    });
}

/// "The talks of the two sides resumed in Riga" is told as talks already.
fn drop_resumptions_told_as_talks(told: &mut Vec<Told<'_>>) {
    let place = |one: &Told<'_>| (one.item.at.document, one.item.sentence, one.when.map(|when| when.from()));
    let talks: Vec<_> = told.iter().filter(|one| one.kind == RoundKind::Talks).map(place).collect();
    told.retain(|one| one.kind != RoundKind::Resumed || !talks.contains(&place(one)));
}

/// Talks and agreements that events tell of.
fn of_event<'a>(item: &'a Item<'a>, event: &Event, names: &Names<'_>) -> Option<Told<'a>> {
    let mode = event.mode.as_deref();
    let kind = match event.class {
        EventClass::Consult if matches!(mode, Some("talks" | "mediation")) => RoundKind::Talks,
        _ if event.deal().is_some() => RoundKind::Agreement,
        // "The two sides announced a halt to the fighting."
        // "The two sides agreed in Riga to lay down their arms."
        EventClass::Agree if event.when.is_some() && is_joint(event) => RoundKind::Agreement,
        _ if mode == Some("hostilities-end") && event.actors.iter().any(|who| refers_back(&who.text)) => {
            RoundKind::Agreement
        }
        _ => return None,
    };
    let kind = match item.statement.stance {
        Stance::Planned | Stance::Promised => RoundKind::Planned,
        stance if stance.is_factual() && !event.negated => kind,
        _ => return None,
    };
    let makers = if event.is_mediation() { &[][..] } else { &event.actors };
    let at_table: Vec<&Participant> = makers.iter().chain(&event.recipients).collect();
    let is_place = |who: &&Participant| event.places.iter().any(|place| place.span == who.span);
    let at_table: Vec<&Participant> = at_table.into_iter().filter(|who| !is_place(who)).collect();
    let (mut table, others) = seats(item, &at_table, names);
    // "the two sides met": those who were told of last.
    // "A second round followed on 9 May": of those who met last.
    let unnamed = at_table.is_empty()
        && event.when.is_some()
        && (mode == Some("talks") || kind == RoundKind::Agreement);
    let refers = event.actors.iter().chain(&event.recipients).any(|who| refers_back(&who.text));
    let referred = unnamed || table.len() < 2 && refers;
    if referred {
        table.clear();
    }
    let mediators = mediators(item, names);
    // "At a second meeting the front refused": with whom it met before.
    let alone = table.len() == 1 && mode == Some("talks") && event.when.is_some();
    let enough = table.len() > 1 || alone || referred || !mediators.is_empty();
    let near = if referred { names.near(item) } else { Vec::new() };
    enough.then(|| Told {
        silent: at_table.is_empty(),
        near,
        mediators,
        places: names_of(&event.places),
        ..Told::new(item, kind, (table, others), event.when)
    })
}

/// What places are called, each once.
fn names_of(places: &[Participant]) -> Vec<String> {
    sorted(places.iter().map(|place| place.text.clone()).collect())
}

/// Whether several do it together.
fn is_joint(event: &Event) -> bool {
    let several = |who: &Participant| refers_back(&who.text) || who.text.contains(" and of ");
    event.actors.len() > 1 || event.actors.iter().any(several)
}

/// Breaks and resumptions.
fn of_step<'a>(item: &'a Item<'a>, step: &Negotiation, names: &Names<'_>) -> Option<Told<'a>> {
    let kind = match step.step {
        NegotiationStep::BrokenOff => RoundKind::BrokenOff,
        NegotiationStep::Resumed => RoundKind::Resumed,
        NegotiationStep::Met => return of_round(item, step, RoundKind::Talks, names),
        NegotiationStep::Signed => return of_round(item, step, RoundKind::Agreement, names),
        _ => return None,
    };
    let kind = if item.statement.stance == Stance::Planned { RoundKind::Planned } else { kind };
    let at_table: Vec<&Participant> = step.who.iter().chain(&step.whom).collect();
    Some(Told::new(item, kind, seats(item, &at_table, names), step.when))
}

/// Meetings and signings with the day that the words give.
fn of_round<'a>(
    item: &'a Item<'a>,
    step: &Negotiation,
    kind: RoundKind,
    names: &Names<'_>,
) -> Option<Told<'a>> {
    if !item.statement.stance.is_factual() {
        return None;
    }
    let is_place = |who: &&Participant| step.places.iter().any(|place| place.span == who.span);
    let at_table: Vec<&Participant> = step.who.iter().filter(|who| !is_place(who)).collect();
    let (mut table, others) = seats(item, &at_table, names);
    let referred = table.len() < 2;
    let near = if referred { names.near(item) } else { Vec::new() };
    if referred && step.who.iter().any(|who| refers_back(&who.text)) {
        table.clear();
    }
    Some(Told {
        silent: at_table.is_empty(),
        near,
        places: names_of(&step.places),
        ..Told::new(item, kind, (table, others), step.when)
    })
}

/// The parties at the table, and who else is named there. Where fewer than two parties are there, whoever is named sits
/// at the table.
fn seats(item: &Item<'_>, present: &[&Participant], names: &Names<'_>) -> (Vec<String>, Vec<String>) {
    let (table, others) = seats_for(item, present, names, true);
    // "President Doe met Otto Brandt", of whom the text does not say whom he leads: both by their own names.
    if table.iter().any(|seat| names.is_person(item.at.document, seat)) {
        return seats_for(item, present, names, false);
    }
    (table, others)
}

fn seats_for(
    item: &Item<'_>,
    present: &[&Participant],
    names: &Names<'_>,
    bodies: bool,
) -> (Vec<String>, Vec<String>) {
    let mut seated: Vec<Participant> = Vec::new();
    for who in present {
        for one in names.seated_for(item.at.document, who, bodies) {
            // "Between the army and the Hill Army": the bare word beside the name is another's.
            let bare = !who.text.contains(char::is_uppercase) && who.text != one.text;
            let named = present.iter().any(|other| other.span != who.span && other.text == one.text);
            seated.push(if bare && named { (*who).clone() } else { one });
        }
    }
    let present = seated;
    let named = |who: &&Participant| {
        let seated = matches!(
            who.role,
            Some(ActorRole::Government | ActorRole::Rebel | ActorRole::Military | ActorRole::Party)
        );
        let name = who.text.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
        // "Its chairman", "talks between the two": of somebody named elsewhere.
        let possessed =
            ["its ", "his ", "their ", "her "].iter().any(|it| who.text.to_lowercase().starts_with(it));
        let bare = !who.text.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        let talks = who.text.contains(" between ") || who.text.contains("talks ");
        (name || seated || is_body(&who.text))
            && !(possessed && bare)
            && !talks
            && !is_paper(&who.text)
            && !refers_back(&who.text)
    };
    let parties = sorted(present.iter().filter_map(|who| names.party(who).map(str::to_owned)).collect());
    let others = sorted(
        present
            .iter()
            .filter(named)
            .filter(|who| names.party(who).is_none())
            .map(|who| who.text.clone())
            .collect(),
    );
    if names.is_empty() || parties.len() < 2 {
        let table = sorted(parties.into_iter().chain(others).collect());
        return (without_doubles(table), Vec::new());
    }
    // A government that is named without its country sits there as well.
    let (governments, others): (Vec<String>, Vec<String>) =
        others.into_iter().partition(|other| other.to_lowercase() == GOVERNMENT);
    (sorted(parties.into_iter().chain(governments).collect()), others)
}

/// "The government" beside "Norland's government" is one seat; "the front and four groups" beside "the front" none of its own.
fn without_doubles(table: Vec<String>) -> Vec<String> {
    let of_state = |seat: &String| {
        let last = seat.rsplit(' ').next().unwrap_or_default().to_lowercase();
        seat != GOVERNMENT && (last == GOVERNMENT || seat.to_lowercase().contains("government of "))
    };
    let state = table.iter().any(of_state);
    let rest = |seat: &String| {
        let other = table.iter().find(|other| *other != seat && seat.starts_with(other.as_str()))?;
        seat[other.len()..].strip_prefix(" and ").map(|rest| rest.trim_start_matches("the ").to_owned())
    };
    let kept = table.iter().filter(|seat| !(state && *seat == GOVERNMENT));
    sorted(kept.map(|seat| rest(seat).unwrap_or_else(|| seat.clone())).collect())
}

/// Who stands between the sides by what a statement tells, under their names.
fn mediators(item: &Item<'_>, names: &Names<'_>) -> Vec<String> {
    let told = item.statement.content.mediators();
    sorted(told.iter().map(|who| names.name(who)).filter(|name| !refers_back(name)).collect())
}

/// Who mediates, as told in the same sentence.
fn add_mediators(told: &mut [Told<'_>], items: &Items<'_>, names: &Names<'_>) {
    let mut by_sentence: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for item in &items.all {
        let told = mediators(item, names);
        if !told.is_empty() {
            by_sentence.entry((item.at.document, item.sentence)).or_default().extend(told);
        }
    }
    for one in told {
        let Some(mediators) = by_sentence.get(&(one.item.at.document, one.item.sentence)) else { continue };
        one.mediators = sorted(one.mediators.iter().chain(mediators).cloned().collect());
        let mediators = one.mediators.clone();
        one.others.retain(|other| !mediators.contains(other));
        let beside = matches!(&one.item.statement.content, Content::Negotiation(_));
        if beside || one.table.iter().filter(|seat| !mediators.contains(seat)).count() > 1 {
            one.table.retain(|seat| !mediators.contains(seat));
        }
    }
}

/// "Signed a peace agreement, mediated by the union": the mediation is no meeting beside the signing.
fn drop_mediation_of_others(told: &mut Vec<Told<'_>>) {
    let place = |one: &Told<'_>| (one.item.at.document, one.item.sentence);
    let mediates = |one: &Told<'_>| !one.item.statement.content.mediators().is_empty();
    let deals: Vec<(usize, usize)> = told.iter().filter(|one| !mediates(one)).map(place).collect();
    told.retain(|one| !mediates(one) || !deals.contains(&place(one)));
}

fn track(parties: Vec<String>, told: Vec<Told<'_>>) -> Track {
    let meetings = versions(told, is_same);
    let mut rounds: Vec<Round> = meetings.iter().map(|told| round(told)).collect();
    rounds.sort_by_key(|round| {
        let when = round.when.map(|when| (when.from(), when.until()));
        (when.is_none(), when, round.kind, round.statements[0])
    });
    let mediators = sorted(rounds.iter().flat_map(|round| round.mediators.iter().cloned()).collect());
    Track { parties, mediators, rounds }
}

/// Whether two statements can be of one meeting.
fn is_same(a: &Told<'_>, b: &Told<'_>) -> bool {
    let place =
        a.places.is_empty() || b.places.is_empty() || a.places.iter().any(|place| b.places.contains(place));
    let time = match (a.when, b.when) {
        (Some(first), Some(second)) => {
            let longest = first.days().max(second.days());
            first.overlaps(&second) && (longest <= 1 || longest <= SAME_MEETING_DAYS_MAX && place)
        }
        (None, None) => {
            a.item.same_document(b.item) && a.item.sentence.abs_diff(b.item.sentence) <= 1
                || place && !a.places.is_empty() && !b.places.is_empty()
        }
        _ => false,
    };
    a.kind == b.kind && place && time
}

fn round(told: &[Told<'_>]) -> Round {
    let items: Vec<&Item<'_>> = told.iter().map(|one| one.item).collect();
    let all = |pick: fn(&Told<'_>) -> Vec<String>| sorted(told.iter().flat_map(pick).collect());
    let mut statements: Vec<_> = items.iter().map(|item| item.at).collect();
    statements.sort_unstable();
    // One sentence is quoted once.
    let span = |at: &irenic_model::StatementRef| {
        items.iter().find(|item| item.at == *at).map(|item| item.statement.span)
    };
    let mut kept: Vec<(usize, Span)> = Vec::new();
    statements.retain(|at| {
        let Some(own) = span(at) else { return false };
        let known = kept.iter().any(|(document, other)| *document == at.document && other.contains(own));
        kept.push((at.document, own));
        !known
    });
    Round {
        kind: told[0].kind,
        when: told.iter().filter_map(|one| one.when).min_by_key(|when| (when.days(), when.from())),
        places: all(|one| one.places.clone()),
        mediators: all(|one| one.mediators.clone()),
        named: told.iter().any(|one| !one.guessed),
        others: all(|one| one.others.clone()),
        holders: holders(&items),
        statements,
    }
}
