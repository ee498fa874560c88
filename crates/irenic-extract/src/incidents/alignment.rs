//! Which proposed incident is which annotated one, and which of its candidates fill its slots.

use super::candidates::Candidate;
use super::features::words_of;
use super::proposals::Proposal;
use super::stages::Seen;
use super::training::{GoldIncident, Role};
use super::{IncidentKind, Place};

/// From which chance on a candidate counts when proposals and annotated incidents are compared.
const LIKELY: f32 = 0.2;

/// The annotated incident that each proposal is, if any; the most alike are matched first.
pub(super) fn aligned(
    seen: &Seen,
    proposals: &[Proposal],
    candidates: &[Vec<Vec<Candidate>>],
    gold: &[GoldIncident],
) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (at, proposal) in proposals.iter().enumerate() {
        for (which, incident) in gold.iter().enumerate() {
            let own = IncidentKind::ALL[proposal.kind];
            let general = own == IncidentKind::Attack || incident.kind == Some(IncidentKind::Attack);
            if incident.kind == Some(own) || incident.kind.is_none() || general {
                pairs.push((likeness(seen, proposal, &candidates[at], incident), at, which));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut found = vec![None; proposals.len()];
    for (_, at, which) in pairs {
        if found[at].is_none() && !found.contains(&Some(which)) {
            found[at] = Some(which);
        }
    }
    found
}

/// How alike a proposal and an annotated incident are: the credit that the proposal's slots would earn.
fn likeness(seen: &Seen, proposal: &Proposal, candidates: &[Vec<Candidate>], gold: &GoldIncident) -> f32 {
    let kind = gold.kind == Some(IncidentKind::ALL[proposal.kind]);
    let date = proposal.date.is_some_and(|date| gold.dates.contains(&date));
    let place = proposal.place.as_ref().map_or(0.0, |place| place_credit(place, &gold.places));
    let fills = |class: usize| {
        let likely: Vec<&Candidate> = candidates[class].iter().filter(|one| one.chance >= LIKELY).collect();
        earned(seen, &likely, class, gold).iter().sum::<f32>()
    };
    f32::from(u8::from(kind))
        + f32::from(u8::from(date))
        + place
        + (0..Role::ALL.len()).map(fills).sum::<f32>()
}

/// What a place earns for a slot that may be filled in several ways: a half where only the country is right. What kind
/// of place it is does not count.
pub(super) fn place_credit(place: &Place, alternatives: &[Place]) -> f32 {
    let bare = |level: &String| level.split('(').next().unwrap_or("").trim().to_owned();
    let bares = |place: &Place| -> Vec<String> { place.levels.iter().map(bare).collect() };
    let same = alternatives.iter().filter(|other| other.country() == place.country());
    same.map(|other| if bares(other) == bares(place) { 1.0 } else { 0.5 }).fold(0.0, f32::max)
}

/// What each candidate of a role earns; no slot is filled twice.
pub(super) fn earned(seen: &Seen, candidates: &[&Candidate], class: usize, gold: &GoldIncident) -> Vec<f32> {
    let slots: Vec<&Vec<String>> =
        gold.fillers.iter().filter(|(role, _)| *role == Role::ALL[class]).map(|(_, words)| words).collect();
    let mut pairs = Vec::new();
    for (at, one) in candidates.iter().enumerate() {
        for (slot, alternatives) in slots.iter().enumerate() {
            pairs.push((credit(&seen.phrases[one.phrase].plain, alternatives), at, slot));
        }
    }
    // Stable: of equals the likelier candidate, which comes first.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut earned, mut used) = (vec![0.0; candidates.len()], vec![false; slots.len()]);
    for (credit, at, slot) in pairs {
        if earned[at] == 0.0 && !used[slot] && credit > 0.0 {
            earned[at] = credit;
            used[slot] = true;
        }
    }
    earned
}

/// What a filler earns for a slot that may be filled in several ways: all where it has all the words of one, or no
/// others, and a half where it shares some.
pub(super) fn credit(filler: &str, alternatives: &[String]) -> f32 {
    const SMALL: [&str; 6] = ["THE", "A", "AN", "OF", "AND", "IN"];
    let content = |text: &str| -> Vec<String> {
        words_of(text).into_iter().filter(|word| !SMALL.contains(&word.as_str())).collect()
    };
    let own = content(filler);
    let earned = |words: &String| {
        let words = content(words);
        let shared = own.iter().filter(|word| words.contains(word)).count();
        match shared {
            0 => 0.0,
            _ if shared == own.len() || words.iter().all(|word| own.contains(word)) => 1.0,
            _ => 0.5,
        }
    };
    alternatives.iter().map(earned).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_earn_what_their_words_share() {
        let slot = ["OFFICE OF THE MAYOR".to_owned(), "TOWN HALL".to_owned()];
        for (filler, earns) in
            [("TOWN HALL", 1.0), ("OLD TOWN HALL", 1.0), ("MAYOR", 1.0), ("HALL DOOR", 0.5), ("THE", 0.0)]
        {
            assert!((credit(filler, &slot) - earns).abs() < 1e-6, "{filler}");
        }
    }
}
