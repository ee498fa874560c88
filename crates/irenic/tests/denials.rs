//! Who denies a claim without naming it contests it.

use irenic::{Dossier, Options, document_of_text};
use irenic_model::{AccountKind, AccountStatus};

/// How many accounts of events are contested in a text.
fn contested(text: &str) -> usize {
    let found = Dossier::of_documents("denials", vec![document_of_text("text", None, text)])
        .reconstruct(Options::default(), &());
    let accounts = found.accounts.iter();
    accounts
        .filter(|account| account.kind == AccountKind::Event && account.status == AccountStatus::Contested)
        .count()
}

#[test]
fn a_denial_that_points_back_contests_the_claim_before_it() {
    for (text, expected) in [
        ("The Northern Front said that the army had shelled the town of Verran. The army denied this.", 1),
        ("Rebels claimed to have shot down a jet over Alba. The government denied the report.", 1),
        ("The Northern Front said that the army had shelled the town of Verran. The front denied this.", 0),
        (
            "The Northern Front said that the army had shelled the town of Verran. The army denied the general a visa.",
            0,
        ),
        (
            "The Northern Front said that the army had shelled Verran. The harvest was poor. The army denied this.",
            0,
        ),
    ] {
        assert_eq!(contested(text), expected, "{text}");
    }
}
