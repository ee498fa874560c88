//! Words of force in other senses: what weather, sickness, accidents, markets and games do is no event of a conflict.

use irenic_language::Relation;
use irenic_model::EventClass;

use super::matcher::{Scene, Trigger};

impl Scene<'_> {
    /// Whether a word of force is meant otherwise: nature, sickness, an accident or a price does it, or the sentence tells
    /// of games or markets and of nobody armed.
    pub(super) fn is_everyday(&self, trigger: &Trigger) -> bool {
        use EventClass::{Assault, Coerce, Mobilize, Retreat, Sanction, Threaten};
        let class = trigger.frame.class;
        // "was met with doubt": nobody talks.
        let met = class == EventClass::Consult && !trigger.nominal && trigger.arguments.passive;
        if met && self.tree.lemma(trigger.token) == "meet" || self.is_said_of_a_work(trigger) {
            return true;
        }
        let forceful = matches!(class, Assault | Coerce | Threaten | Mobilize | Retreat | Sanction);
        let playable = matches!(class, Assault | Threaten | Mobilize | Retreat)
            || trigger.frame.mode == Some("displacement");
        forceful && self.is_done_by_nature(trigger)
            || playable && self.is_in_play(trigger.token)
            || class == Assault && self.is_struggle_for(trigger)
    }

    /// "hailed by critics", "readers rejected the ending": an audience's view of a work.
    fn is_said_of_a_work(&self, trigger: &Trigger) -> bool {
        let says = matches!(trigger.frame.class, EventClass::Support | EventClass::Reject);
        let audience = |at: &usize| self.lexicon.is_in("audience", &self.tree.lemma(*at).to_lowercase());
        says && trigger.arguments.subjects.first().is_some_and(audience) && !self.has_armed(trigger.token)
    }

    /// "fighting to keep the boy", "battled to win the vote", where nobody is armed: a struggle without force.
    fn is_struggle_for(&self, trigger: &Trigger) -> bool {
        const AIMS: [&str; 14] = [
            "keep", "stay", "win", "save", "get", "remain", "preserve", "protect", "overturn", "stop",
            "make", "become", "retain", "prove",
        ];
        let tree = &self.tree;
        let aim = |child: usize| {
            matches!(tree.relation(child), Relation::Xcomp | Relation::Advcl)
                && tree.child(child, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "to")
                && AIMS.contains(&tree.lemma(child))
        };
        // "fight the claim", "battling depression"
        let quarrel = |at: &usize| self.lexicon.is_in("quarrel", &tree.lemma(*at).to_lowercase());
        matches!(tree.lemma(trigger.token), "fight" | "battle" | "struggle")
            && (tree.children(trigger.token).any(aim)
                || !trigger.nominal && trigger.arguments.objects.iter().any(quarrel))
            && !self.has_armed(trigger.token)
    }

    fn is_done_by_nature(&self, trigger: &Trigger) -> bool {
        let tree = &self.tree;
        // "an exchange of fire", "raked by fire": a word that the frame asks for is meant as the frame has it.
        let frame = trigger.frame;
        let asked = |word: &str| {
            [&frame.with, &frame.subject, &frame.object]
                .into_iter()
                .flatten()
                .any(|words| words.contains(word))
        };
        let natural = |at: usize| {
            let word = tree.lemma(at).to_lowercase();
            self.lexicon.is_in("nature", &word) && !asked(&word)
        };
        let subject = match trigger.arguments.subjects.first() {
            Some(&first) => natural(first),
            None => false,
        };
        // "killed in a crash", "destroyed by fire"
        let cause = |(case, at): &(String, usize)| {
            matches!(case.as_str(), "in" | "by" | "from" | "of" | "because" | "due") && natural(*at)
                || case == "after" && self.lexicon.is_in("accident", tree.lemma(*at))
        };
        subject && !self.has_armed(trigger.token) || trigger.arguments.obliques.iter().any(cause)
    }

    /// Whether the sentence is of a game or a market, and nobody armed is in it.
    fn is_in_play(&self, token: usize) -> bool {
        let tree = &self.tree;
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(token)];
        let played = |at: usize| {
            at != token
                && !matches!(tree.relation(at), Relation::Flat)
                && self.lexicon.is_in("play", &tree.lemma(at).to_lowercase())
        };
        sentence.tokens.clone().any(played) && !self.has_armed(token)
    }

    fn has_armed(&self, token: usize) -> bool {
        let tree = &self.tree;
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(token)];
        let armed = |at: usize| {
            let lemma = tree.lemma(at).to_lowercase();
            at != token
                && ["armed", "troops", "heavy", "explosive"]
                    .iter()
                    .any(|list| self.lexicon.is_in(list, &lemma))
        };
        sentence.tokens.clone().any(armed)
    }
}
