//! CASCON's and the CEWS Explorer's phases: walks over the evidence by the day.

use irenic_model::{ClashScale, Observation, StageInterval};

use crate::StageModel;
use crate::calendar::after_months;
use crate::deaths::{reports, toll};
use crate::marks::{Known, Mark};
use crate::track::{Track, sources};

/// CASCON: force as such makes hostilities, and what follows them is told by whether force is still considered.
pub(crate) fn cascon(model: &StageModel, known: &Known<'_>) -> Vec<StageInterval> {
    let mut track = Track::new("cascon", model.version());
    let gap = model.value("hostilities_gap_months_max");
    let mut fought = false;
    let mut last_force = i32::MIN;
    for mark in &known.marks {
        let stage = track.stage().unwrap_or("").to_owned();
        let hostile = stage == "hostilities";
        let (next, rule) = match mark.shows() {
            Observation::Claim | Observation::Talks if stage.is_empty() => ("dispute", "quarrel"),
            Observation::Coercion
            | Observation::CeasefireEnds
            | Observation::Clash { scale: ClashScale::Sporadic }
                if !hostile =>
            {
                if fought {
                    ("post-hostilities conflict", "force-considered")
                } else {
                    ("conflict", "force-considered")
                }
            }
            Observation::Clash { scale } if ClashScale::Organised <= *scale => {
                ("hostilities", "organised-force")
            }
            Observation::War { .. } | Observation::WarBegins => ("hostilities", "war"),
            Observation::Ceasefire | Observation::FightingEnds | Observation::Calm
                if hostile || stage.is_empty() =>
            {
                ("post-hostilities conflict", "hostilities-end")
            }
            Observation::Agreement if fought => ("post-hostilities dispute", "accord"),
            Observation::Settlement => ("settlement", "settled"),
            _ => {
                track.add("goes-on", sources(mark));
                continue;
            }
        };
        let force = next == "hostilities";
        // Force after a pause, or after hostilities have been ended, is a new phase of hostilities.
        let again = force && fought && (!hostile || after_months(last_force, gap) < mark.from);
        let cycle = track.cycle() + u32::from(again);
        if force {
            fought = true;
            last_force = last_force.max(mark.until);
        }
        track.enter(next, cycle, mark.from, mark.until, rule, sources(mark));
        if let Observation::War { extent: true, .. } = mark.shows()
            && !mark.cut
        {
            last_force = mark.until;
        }
    }
    track.intervals
}

/// CEWS: violence by whether it is sporadic, systematic or massive; suspended violence is abatement until a renewal is
/// ruled out.
pub(crate) fn cews(model: &StageModel, known: &Known<'_>) -> Vec<StageInterval> {
    let mut track = Track::new("cews", model.version());
    let deaths = reports(&known.marks, false);
    let mut organised: Option<(i32, i32)> = None;
    for mark in &known.marks {
        if !mark.shows().is_violent() {
            calm_cews(&mut track, mark);
            continue;
        }
        if is_organised(mark) {
            organised = match organised {
                Some((first, last)) if mark.from <= after_months(last, model.value("gap_months_max")) => {
                    Some((first, last.max(mark.until)))
                }
                _ => Some((mark.from, mark.until)),
            };
        }
        let heavy = toll(&deaths, mark.from, after_months(mark.from, 12) - 1).low;
        let is_war = matches!(mark.shows(), Observation::War { .. } | Observation::WarBegins);
        let lasting =
            organised.is_some_and(|(first, last)| model.days("systematic_days_min") <= last - first);
        let sustained = matches!(mark.shows(), Observation::Clash { scale: ClashScale::Sustained });
        let (stage, rule) = if is_war || model.value("massive_deaths_min") <= heavy {
            ("massive violence", "violence-without-restraint")
        } else if sustained || lasting {
            ("limited violence", "systematic-violence")
        } else {
            ("crisis", "sporadic-violence")
        };
        let open = track.stage().unwrap_or("").to_owned();
        let violent = ["limited violence", "massive violence"];
        // Sporadic or limited violence does not end a heavier phase that lasts, nor an abatement.
        if open == "massive violence"
            || stage == "crisis" && (violent.contains(&open.as_str()) || open == "abatement")
        {
            track.add(rule, sources(mark));
            continue;
        }
        let again = violent.contains(&stage) && matches!(open.as_str(), "abatement" | "settlement");
        let cycle = track.cycle() + u32::from(again);
        track.enter(stage, cycle, mark.from, mark.until, rule, sources(mark));
    }
    track.intervals
}

fn is_organised(mark: &Mark<'_>) -> bool {
    matches!(mark.shows(), Observation::Clash { scale } if ClashScale::Organised <= *scale)
}

fn calm_cews(track: &mut Track<'_>, mark: &Mark<'_>) {
    let open = track.stage().unwrap_or("").to_owned();
    let (next, rule) = match mark.shows() {
        Observation::Claim if open.is_empty() => ("dispute", "quarrel"),
        Observation::Coercion if matches!(open.as_str(), "" | "dispute" | "settlement") => {
            ("crisis", "pressure")
        }
        Observation::Ceasefire | Observation::FightingEnds | Observation::Calm | Observation::Agreement
            if open != "dispute" && open != "settlement" =>
        {
            ("abatement", "violence-suspended")
        }
        Observation::Settlement => ("settlement", "renewal-ruled-out"),
        _ => {
            track.add("goes-on", sources(mark));
            return;
        }
    };
    let cycle = track.cycle();
    track.enter(next, cycle, mark.from, mark.until, rule, sources(mark));
}
