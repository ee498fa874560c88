//! The lists of `rules/en/commitments.toml`, read once.

use std::sync::LazyLock;

use irenic_model::{CommitmentStatus, Stance};
use serde::Deserialize;

use crate::words::Phrases;

/// What the finder of commitments knows of English.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) cues: Vec<Cue>,
    pub(super) strict: Phrases,
    pub(super) loose: Phrases,
    /// "must": asks for a deed in any text.
    pub(super) obliging: Phrases,
    /// "will": announces a deed in any text.
    pub(super) announcing: Phrases,
    /// What the signing of an agreement is told by, before its date.
    pub(super) signing: Phrases,
    pub(super) context: Phrases,
    pub(super) leads: Phrases,
    pub(super) concludes: Phrases,
    pub(super) arranges: Phrases,
    pub(super) due: Phrases,
    pub(super) due_loose: Phrases,
    pub(super) action_nouns: Phrases,
    pub(super) done_by: Phrases,
    pub(super) action_verbs: Phrases,
    /// Further deeds that are announced and asked for.
    pub(super) deeds: Phrases,
    pub(super) gives: Phrases,
    /// Nouns for bodies that act: others that suffer what is to be done owe nothing.
    pub(super) bodies: Phrases,
    /// Participles of what brings something about, or is done with papers and meetings.
    pub(super) makes: Phrases,
    pub(super) statuses: Vec<StatusCue>,
    pub(super) ends: Phrases,
    /// Words that set a condition.
    pub(super) conditions: Phrases,
}

/// Who owes what a cue leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Debtor {
    /// The subject of the cue.
    Subject,
    /// Its object.
    Object,
    /// The subject of the cue in the passive.
    Passive,
}

/// A group of cues.
#[derive(Debug)]
pub(super) struct Cue {
    pub(super) stance: Stance,
    pub(super) debtor: Debtor,
    /// Before "to" and a verb.
    pub(super) to: Phrases,
    /// Before a clause.
    pub(super) that: Phrases,
    /// Before a noun.
    pub(super) noun: Phrases,
    /// Before a form in -ing.
    pub(super) gerund: Phrases,
    /// Words of telling, a few words before "that".
    pub(super) told: Phrases,
    /// The auxiliaries that must stand in the clause, where not just any does.
    pub(super) modals: Option<Phrases>,
}

/// Words that tell what became of a commitment.
#[derive(Debug)]
pub(super) struct StatusCue {
    pub(super) status: CommitmentStatus,
    pub(super) cues: Phrases,
    /// What must follow, where anything must.
    pub(super) objects: Option<Phrases>,
    /// Whether a verb of doing must follow.
    pub(super) verb: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cue: Vec<CueEntry>,
    modal: Modal,
    due: Due,
    actions: Actions,
    status: Vec<StatusEntry>,
    ends: Words,
    conditions: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    stance: String,
    debtor: Debtor,
    to: Vec<String>,
    that: Vec<String>,
    noun: Vec<String>,
    #[serde(default)]
    gerund: Vec<String>,
    #[serde(default)]
    told: Vec<String>,
    #[serde(default)]
    modals: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Modal {
    strict: Vec<String>,
    loose: Vec<String>,
    obliging: Vec<String>,
    announcing: Vec<String>,
    signing: Vec<String>,
    context: Vec<String>,
    leads: Vec<String>,
    concludes: Vec<String>,
    arranges: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Due {
    before: Vec<String>,
    loose: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Actions {
    nouns: Vec<String>,
    done_by: Vec<String>,
    verbs: Vec<String>,
    deeds: Vec<String>,
    gives: Vec<String>,
    bodies: Vec<String>,
    makes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusEntry {
    status: String,
    cues: Vec<String>,
    objects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/en/commitments.toml");
    let file: File = toml::from_str(text).expect("the embedded rules are read by a test");
    Lexicon::from(file)
});

impl Lexicon {
    /// The lists for English.
    pub(super) fn english() -> &'static Self {
        &ENGLISH
    }
}

impl From<File> for Lexicon {
    fn from(file: File) -> Self {
        Self {
            cues: file.cue.into_iter().map(Cue::from).collect(),
            strict: Phrases::new(file.modal.strict),
            loose: Phrases::new(file.modal.loose),
            obliging: Phrases::new(file.modal.obliging),
            announcing: Phrases::new(file.modal.announcing),
            signing: Phrases::new(file.modal.signing),
            context: Phrases::new(file.modal.context),
            leads: Phrases::new(file.modal.leads),
            concludes: Phrases::new(file.modal.concludes),
            arranges: Phrases::new(file.modal.arranges),
            due: Phrases::new(file.due.before),
            due_loose: Phrases::new(file.due.loose),
            action_nouns: Phrases::new(file.actions.nouns),
            done_by: Phrases::new(file.actions.done_by),
            action_verbs: Phrases::new(file.actions.verbs),
            deeds: Phrases::new(file.actions.deeds),
            gives: Phrases::new(file.actions.gives),
            bodies: Phrases::new(file.actions.bodies),
            makes: Phrases::new(file.actions.makes),
            statuses: file.status.into_iter().map(StatusCue::from).collect(),
            ends: Phrases::new(file.ends.words),
            conditions: Phrases::new(file.conditions.words),
        }
    }
}

impl From<CueEntry> for Cue {
    fn from(entry: CueEntry) -> Self {
        Self {
            stance: Stance::from_name(&entry.stance)
                .expect("the embedded rules name stances, as a test checks"),
            debtor: entry.debtor,
            to: Phrases::new(entry.to),
            that: Phrases::new(entry.that),
            noun: Phrases::new(entry.noun),
            gerund: Phrases::new(entry.gerund),
            told: Phrases::new(entry.told),
            modals: (!entry.modals.is_empty()).then(|| Phrases::new(entry.modals)),
        }
    }
}

impl From<StatusEntry> for StatusCue {
    fn from(entry: StatusEntry) -> Self {
        use CommitmentStatus::{Breached, Fulfilled, Partial, Undertaken};
        let status = [Undertaken, Fulfilled, Partial, Breached]
            .into_iter()
            .find(|status| status.name() == entry.status)
            .expect("the embedded rules name statuses, as a test checks");
        let verb = entry.objects.iter().any(|object| object == "verbs");
        let objects = (!verb && !entry.objects.is_empty()).then(|| Phrases::new(entry.objects));
        Self { status, cues: Phrases::new(entry.cues), objects, verb }
    }
}
