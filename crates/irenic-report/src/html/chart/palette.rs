//! The stages' colours: one ordered palette, early to late, whose values stand in the style sheet.
//!
//! Pale to red as violence grows, pale to deep blue as it is left behind, grey where it stops without a deal: colour-blind
//! readers tell them apart by lightness along each half and by blue against orange between the halves.

use irenic_model::Stage;

/// The stages in three groups, as the key has them.
pub(super) const GROUPS: [(&str, [Stage; 3]); 3] = [
    ("Early", [Stage::Dispute, Stage::Tension, Stage::Confrontation]),
    ("Middle", [Stage::War, Stage::Ceasefire, Stage::Abatement]),
    ("Late", [Stage::Agreement, Stage::Implementation, Stage::Settled]),
];

/// The stages of the other models, by the Irenic stage that they come nearest to; for their colours alone.
const KIN: [(&str, Stage); 15] = [
    ("non-violent crisis", Stage::Tension),
    ("violent crisis", Stage::Confrontation),
    ("limited war", Stage::Confrontation),
    ("limited violence", Stage::Confrontation),
    ("minor armed conflict", Stage::Confrontation),
    ("massive violence", Stage::War),
    ("hostilities", Stage::War),
    ("conflict", Stage::Tension),
    ("crisis", Stage::Tension),
    ("post-hostilities conflict", Stage::Ceasefire),
    ("post-hostilities dispute", Stage::Agreement),
    ("settlement", Stage::Settled),
    ("latent tension", Stage::Dispute),
    ("overt tension", Stage::Tension),
    ("no force", Stage::Dispute),
];

/// The class that colours a stage of any model.
pub(in crate::html) fn class(stage: &str) -> String {
    let kin = KIN.iter().find(|(name, _)| *name == stage).map(|(_, kin)| *kin);
    kin.or_else(|| Stage::from_name(stage))
        .map_or_else(|| "s-none".to_owned(), |stage| format!("s-{}", stage.name()))
}

/// What a stage means, in a line.
pub(super) const fn meaning(stage: Stage) -> &'static str {
    match stage {
        Stage::Dispute => "a disagreement that the parties fail to resolve, without force",
        Stage::Tension => "threats, mobilisation, blockade; no sustained violence",
        Stage::Confrontation => "sustained armed clashes below the threshold of war",
        Stage::War => "war, by its deaths or as sources name it",
        Stage::Ceasefire => "violence stopped by a deal that leaves the issue open",
        Stage::Abatement => "violence that stops without a deal",
        Stage::Agreement => "a peace agreement is signed",
        Stage::Implementation => "it is being carried out",
        Stage::Settled => "the issue is settled",
    }
}
