//! From evidence to turning points: what the state machine of the Irenic model is told, and in which order.

use irenic_model::{ClashScale, Evidence, Observation};

use crate::StageModel;
use crate::bouts::{Bout, Stop, bouts, is_point_of_violence};
use crate::calendar::after_months;
use crate::enders::{Ender, enders, start_of_end};
use crate::machine::Input;
use crate::marks::{Known, Mark};
use crate::wars::{Edge, UndatedWar, War, dated, undated};

/// Something that may change the stage, with the days on which it may have done so.
#[derive(Clone, Debug)]
pub(crate) struct Turn<'a> {
    /// Its place in the order of time.
    pub(crate) day: i32,
    /// Its place among the turns of a day; lower first.
    pub(crate) rank: i32,
    pub(crate) input: Input,
    /// When, best placed; `None` where no source dates it.
    pub(crate) best: Option<i32>,
    pub(crate) low: Option<i32>,
    pub(crate) high: Option<i32>,
    /// Whether renewed fighting is as long or as heavy as a relapse asks; true for all other inputs.
    pub(crate) weighty: bool,
    /// Whether it leads up to a return to arms, the end of a truce or the end of the record; false for mere silence, too.
    pub(crate) leads: bool,
    /// Whether renewed fighting is a relapse where no truce is in force, though it is not weighty.
    pub(crate) light: bool,
    /// What others make of it.
    pub(crate) rival: Option<Input>,
    pub(crate) evidence: Vec<&'a Evidence>,
}

impl<'a> Turn<'a> {
    fn at(mark: &Mark<'a>, input: Input) -> Self {
        let edge = Edge { best: mark.from, low: mark.from, high: mark.until };
        Self::on(edge, input, mark.all().collect())
    }

    fn on(edge: Edge, input: Input, evidence: Vec<&'a Evidence>) -> Self {
        Self {
            day: edge.best,
            rank: input as i32,
            input,
            best: Some(edge.best),
            low: Some(edge.low),
            high: Some(edge.high),
            weighty: true,
            leads: true,
            light: false,
            rival: None,
            evidence,
        }
    }

    /// One that no source dates, at the place that the order of telling gives it: a day, and a rank on it.
    fn undated(
        (day, rank): (i32, i32),
        (low, high): (Option<i32>, Option<i32>),
        input: Input,
        evidence: Vec<&'a Evidence>,
    ) -> Self {
        Self {
            rank,
            best: None,
            low,
            high,
            ..Self::on(Edge { best: day, low: day, high: day }, input, evidence)
        }
    }
}

/// Every turning point, in order.
pub(crate) fn turns<'a>(model: &StageModel, known: &Known<'a>) -> Vec<Turn<'a>> {
    let wars = dated(model, known);
    let mut turns = Vec::new();
    let enders = enders(model, known, &wars);
    for mark in &known.marks {
        if let Some(input) = plain_input(mark) {
            let mut turn = Turn::at(mark, input);
            // A truce that is told before its end was there before it, though both are dated by the same days.
            let its_own = |ender: &&Ender<'_>| {
                ender.edge.best == turn.day && ender.evidence.iter().any(|it| it.order < mark.evidence.order)
            };
            if input == Input::TruceEnds && enders.iter().any(|ender| its_own(&ender)) {
                turn.rank = Input::Settled as i32 + 1;
            }
            turns.push(turn);
        }
    }
    turns.extend(enders.iter().map(of_ender));
    turns.extend(wars.iter().flat_map(|war| of_war(war, &enders)));
    turns.extend(renewals(model, known, &wars, &enders));
    turns.extend(silences(model, known, &wars, &enders));
    let stops: Vec<Stop> = enders.iter().map(Stop::of).collect();
    let nameless = undated(known, &wars);
    let alone = nameless.first().filter(|_| nameless.len() == 1 && wars.is_empty());
    let fought = of_bouts(model, known, &wars, &stops, alone);
    if alone.is_none() || !fought.iter().any(|turn| turn.input == Input::War) {
        turns.extend(of_undated(known, &nameless, &wars));
    }
    turns.extend(fought);
    turns.sort_by_key(|turn| (turn.day, turn.rank));
    if let Some(first) = beginning(model, known, &turns) {
        turns.insert(0, first);
    }
    weigh_pressure(model, known.as_of, &mut turns);
    turns
}

/// Where a record begins: with the politics that it tells of before the quarrel, back to where its telling breaks off for
/// two generations.
fn beginning<'a>(model: &StageModel, known: &Known<'a>, turns: &[Turn<'a>]) -> Option<Turn<'a>> {
    let gap = 12 * model.value("politics_gap_years_max");
    let quarrel = turns.first().filter(|turn| turn.best.is_some())?.day;
    let before =
        known.politics.iter().rev().filter(|mark| mark.until < quarrel && mark.until - mark.from <= 366);
    let mut reach = quarrel;
    let chain = before.take_while(|mark| {
        let near = reach <= after_months(mark.until, gap);
        reach = reach.min(mark.from);
        near
    });
    chain.last().map(|mark| Turn::at(mark, Input::Claim))
}

/// Long silence after fighting, where sources tell of later years: it stopped, nobody says when. A deal that came later shows
/// that it had gone on.
fn silences<'a>(
    model: &StageModel,
    known: &Known<'a>,
    wars: &[War<'a>],
    enders: &[Ender<'a>],
) -> Vec<Turn<'a>> {
    let years = i32::try_from(model.value("silence_years_min")).unwrap_or(i32::MAX / 366);
    let mut fought: Vec<(i32, i32, Vec<&'a Evidence>)> = (known.marks.iter())
        .filter(|mark| mark.shows().is_violent())
        .map(|mark| (mark.from, mark.until, mark.all().collect()))
        .collect();
    fought.extend(
        wars.iter()
            .map(|war| (war.from.best, war.until.map_or(war.from.best, |until| until.best), Vec::new())),
    );
    fought.sort_by_key(|(from, until, _)| (*from, *until));
    let published = known.told.iter().filter_map(|it| it.published).map(irenic_model::day_number).max();
    let told_until = known.marks.iter().map(|mark| mark.until).max().max(published).unwrap_or(i32::MIN);
    let end = known.as_of.min(told_until);
    let mut turns = Vec::new();
    let (mut last, mut of): (i32, &[&'a Evidence]) = (i32::MAX, &[]);
    let quiet = |last: i32, next: i32| last < next.saturating_sub(365 * years);
    let dealt = |last: i32, next: i32| {
        enders.iter().any(|it| it.is_deal() && last <= it.edge.high && it.edge.best <= next)
    };
    let mut add = |last: i32, next: i32, of: &[&'a Evidence]| {
        if quiet(last, next) && !dealt(last, next) {
            let edge = Edge { best: last + 1, low: last + 1, high: next };
            turns.push(Turn { leads: false, ..Turn::on(edge, Input::Calm, of.to_vec()) });
        }
    };
    for (from, until, evidence) in &fought {
        if last < *from {
            add(last, *from, of);
        }
        if last == i32::MAX || last < *until {
            (last, of) = (*until, evidence);
        }
    }
    if last < end {
        add(last, end, of);
    }
    turns
}

fn of_ender<'a>(ender: &Ender<'a>) -> Turn<'a> {
    Turn { rival: ender.rival, ..Turn::on(ender.edge, ender.input, ender.evidence.clone()) }
}

/// Evidence that is told to the machine as it is.
fn plain_input(mark: &Mark<'_>) -> Option<Input> {
    match mark.shows() {
        Observation::Claim => Some(Input::Claim),
        Observation::Coercion => Some(Input::Pressure),
        Observation::CeasefireEnds => Some(Input::TruceEnds),
        Observation::Implementation => Some(Input::Carried),
        Observation::Settlement => Some(Input::Settled),
        _ => None,
    }
}

fn of_war<'a>(war: &War<'a>, enders: &[Ender<'a>]) -> Vec<Turn<'a>> {
    let mut turns = Vec::new();
    match &war.run_up {
        Some(run_up) => {
            let input = if run_up.organised { Input::Fighting } else { Input::Sporadic };
            turns
                .push(Turn { rival: Some(Input::War), ..Turn::on(run_up.from, input, war.evidence.clone()) });
            turns.push(Turn::on(run_up.full, Input::War, run_up.evidence.clone()));
        }
        None => turns.push(Turn::on(war.from, Input::War, war.evidence.clone())),
    }
    let Some(until) = war.until else { return turns };
    let named = enders.iter().any(|ender| {
        start_of_end(until) <= ender.edge.high
            && ender.edge.best <= until.high.saturating_add(31)
            && war.from.best < ender.edge.best
    });
    if !named {
        let after = Edge { best: until.best + 1, low: until.low, high: until.high + 1 };
        turns.push(Turn::on(after, Input::Calm, war.evidence.clone()));
    }
    turns
}

/// A truce that is said to have ended: where fighting follows, or the next deal to stop it, it was fighting that ended the
/// truce, however short the text is about it.
fn renewals<'a>(
    model: &StageModel,
    known: &Known<'a>,
    wars: &[War<'a>],
    enders: &[Ender<'a>],
) -> Vec<Turn<'a>> {
    let reach = model.value("renewal_months_max");
    let mut turns = Vec::new();
    for mark in known.marks.iter().filter(|mark| *mark.shows() == Observation::CeasefireEnds) {
        let soon = after_months(mark.until, reach);
        if wars.iter().any(|war| mark.from <= war.from.best && war.from.best <= soon) {
            continue;
        }
        let next = enders.iter().find(|ender| mark.until < ender.edge.best);
        let limit = next.map_or(soon, |next| next.edge.best.min(soon));
        let fought = known.marks.iter().find(|it| {
            matches!(it.shows(), Observation::Clash { scale } if ClashScale::Organised <= *scale)
                && mark.from <= it.from
                && it.from <= limit
        });
        let long = model.days("relapse_days_min");
        let deal = next.filter(|next| next.is_deal() && long <= next.edge.best - mark.until);
        let evidence: Vec<_> = match (fought, deal) {
            (Some(fought), _) => mark.all().chain(fought.all()).collect(),
            (None, Some(deal)) => mark.all().chain(deal.evidence.iter().copied()).collect(),
            (None, None) => continue,
        };
        turns.push(Turn { evidence, rank: Input::Settled as i32 + 2, ..Turn::at(mark, Input::Fighting) });
    }
    turns
}

/// Pressure and stray violence after fighting lead to tension where they lead up to something: a return to arms, the end
/// of a truce, or the open end of the record. In a truce of many years a threat now and then is a part of it.
fn weigh_pressure(model: &StageModel, as_of: i32, turns: &mut [Turn<'_>]) {
    let reach = model.value("run_up_months_max");
    let mut leads_until: Option<i32> = Some(as_of);
    for turn in turns.iter_mut().rev() {
        match turn.input {
            Input::Truce | Input::Accord | Input::Calm | Input::Settled => leads_until = None,
            Input::Fighting | Input::War | Input::TruceEnds if turn.weighty => leads_until = Some(turn.day),
            Input::Pressure | Input::Sporadic | Input::Fighting | Input::War => {
                turn.leads = leads_until.is_some_and(|until| until <= after_months(turn.day, reach));
            }
            _ => {}
        }
    }
}

/// `named` is a war that is named and never dated, where there is no other: the fighting that is told of most is it.
fn of_bouts<'a>(
    model: &StageModel,
    known: &Known<'a>,
    wars: &[War<'a>],
    stops: &[Stop],
    named: Option<&UndatedWar<'a>>,
) -> Vec<Turn<'a>> {
    let outside: Vec<&Mark<'a>> = known
        .marks
        .iter()
        .filter(|mark| is_point_of_violence(model, mark) || *mark.shows() == Observation::Coercion)
        .filter(|mark| *mark.shows() != Observation::WarBegins)
        .filter(|mark| !matches!(mark.shows(), Observation::War { extent: true, .. }))
        .filter(|mark| wars.iter().all(|war| !war.may_hold(mark)))
        .collect();
    let told = known.marks.iter().filter(|mark| mark.shows().is_violent() && !is_row(mark)).count();
    let begun: Vec<i32> = wars.iter().map(|war| war.from.best).collect();
    let mut found = bouts(model, &outside, stops, &begun, told);
    let sustained = found.iter_mut().filter(|bout| bout.sustained.is_some());
    if let Some(bout) = sustained.max_by_key(|bout| bout.marks.len()).filter(|_| named.is_some()) {
        bout.war = bout.war.or(bout.sustained);
        bout.relapse = true;
    }
    let last_row = known.marks.iter().filter(|mark| is_row(mark)).map(|mark| mark.until).max();
    let mut turns = Vec::new();
    for (number, bout) in found.iter().enumerate() {
        turns.extend(of_bout(bout, &outside));
        let next = found.get(number + 1).map(|next| outside[next.marks[0]].from);
        turns.extend(lull(model, bout, &outside, next.or(last_row)));
    }
    if let (Some(war), Some(named)) = (turns.iter_mut().find(|turn| turn.input == Input::War), named) {
        war.evidence.extend(&named.evidence);
    }
    turns
}

fn is_row(mark: &Mark<'_>) -> bool {
    matches!(mark.evidence.provenance, irenic_model::Provenance::Row { .. })
}

fn of_bout<'a>(bout: &Bout, marks: &[&Mark<'a>]) -> Vec<Turn<'a>> {
    let all = || bout.marks.iter().flat_map(|&at| marks[at].all()).collect::<Vec<_>>();
    let mut turns = Vec::new();
    for (place, &at) in bout.marks.iter().enumerate() {
        let begins = [(bout.sustained, Input::Fighting), (bout.war, Input::War)];
        let begun = begins.iter().filter(|(from, _)| *from == Some(place)).map(|&(_, input)| input).max();
        let under_way =
            bout.sustained.is_some_and(|from| from < place) || bout.war.is_some_and(|from| from < place);
        let input = match begun {
            Some(input) => input,
            None if under_way => continue,
            None => Input::Sporadic,
        };
        let mut turn = Turn::at(marks[at], input);
        if begun.is_some() {
            if let Some(dated) = first_of_its_year(marks[at], bout, marks) {
                turn = Turn::at(dated, input);
            }
            turn.evidence = all();
            turn.weighty = bout.relapse || input == Input::War;
            turn.light = bout.light;
        }
        turns.push(turn);
    }
    turns
}

/// What a document dates within a year: the toll of a year, in a row or in words, does not say on which day of it the
/// fighting began.
///
/// Beside a row, which counts deaths in fighting, it must be organised fighting; words may mean any violence or coercion.
fn first_of_its_year<'m, 'a>(year: &Mark<'a>, bout: &Bout, marks: &[&'m Mark<'a>]) -> Option<&'m Mark<'a>> {
    if !year.is_coarse() {
        return None;
    }
    let inside = |mark: &&&'m Mark<'a>| {
        !is_row(mark) && !mark.is_coarse() && year.from <= mark.from && mark.until <= year.until
    };
    let organised = |mark: &&&'m Mark<'a>| matches!(mark.shows(), Observation::Clash { scale } if ClashScale::Organised <= *scale);
    let mut of_bout = bout.marks.iter().map(|&at| &marks[at]).filter(inside);
    let fought = of_bout.find(organised);
    let any = || {
        marks
            .iter()
            .filter(inside)
            .find(|mark| matches!(mark.shows(), Observation::Clash { .. } | Observation::Coercion))
    };
    fought.or_else(|| any().filter(|_| !is_row(year))).copied()
}

/// The silence of a table that goes on is abatement; the silence of a text is not.
fn lull<'a>(model: &StageModel, bout: &Bout, marks: &[&Mark<'a>], next: Option<i32>) -> Option<Turn<'a>> {
    let quiet_until = next.filter(|_| bout.from_rows)?;
    if quiet_until < after_months(bout.until, model.value("lull_months_min")) {
        return None;
    }
    let last = marks[*bout.marks.last()?];
    let edge = Edge { best: bout.until + 1, low: last.from + 1, high: bout.until + 1 };
    Some(Turn::on(edge, Input::Calm, last.all().collect()))
}

/// Wars without dates, each with the end that the order of telling gives it.
fn of_undated<'a>(known: &Known<'a>, wars: &[UndatedWar<'a>], dated: &[War<'a>]) -> Vec<Turn<'a>> {
    let mut turns = Vec::new();
    let truces = truces_told(known);
    for (number, war) in wars.iter().enumerate() {
        let is_first = number == 0 && 1 < wars.len();
        let day = if is_first { war.low.or(war.high) } else { war.high.or(war.low) };
        let day = day.unwrap_or(i32::MIN / 2);
        // The first of a series is set against what is told before it, the others against what is told after them.
        let rank = 1000 + 10 * i32::try_from(number).unwrap_or(100);
        let (ends_day, ends_rank, high) = match wars.get(number + 1) {
            Some(next) => {
                let next_day = next.high.or(next.low).unwrap_or(i32::MIN / 2);
                (next_day, rank + 9, next.high)
            }
            None => (day, rank + 5, war.high),
        };
        let truce = truces.get(usize::from(war.ordinal).saturating_sub(1)).filter(|_| dated.is_empty());
        let next_known =
            wars.get(number + 1).is_some() || dated.iter().any(|it| Some(war.ordinal) < it.ordinal);
        let over = truce.is_some() || next_known || war.evidence.iter().any(|it| it.published.is_some());
        turns.push(Turn::undated((day, rank), (war.low, war.high), Input::War, war.evidence.clone()));
        if over {
            let (input, evidence) = match truce {
                Some(evidence) => (Input::Truce, vec![*evidence]),
                None => (Input::Calm, war.evidence.clone()),
            };
            turns.push(Turn::undated((ends_day, ends_rank), (war.low, high), input, evidence));
        }
    }
    turns
}

/// Undated ceasefires, one a war: by a tally ("two wars and two ceasefires"), or one after the other.
fn truces_told<'a>(known: &Known<'a>) -> Vec<&'a Evidence> {
    let tally = known.told.iter().copied().filter_map(|it| match it.observation {
        Observation::CeasefiresInAll(count) => Some((count, it)),
        _ => None,
    });
    match tally.max_by_key(|(count, _)| *count) {
        Some((count, evidence)) => vec![evidence; usize::from(count)],
        None => known.undated.iter().copied().filter(|it| it.observation == Observation::Ceasefire).collect(),
    }
}
