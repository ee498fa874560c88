//! Lead-ins: who says what stands under a line that ends in a colon.

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{Span, Stance};

use super::Chosen;
use super::candidates::{Candidate, Kind, phrase_of_source};
use super::deeds::is_put_in_words;
use super::holders::stance;
use super::lexicon::{NO_CLASS, Shade};
use super::source::{Found, Way, named, source_of};
use super::view::{Run, View};

/// Trees are climbed for so many steps from a cue to the root of its sentence.
const STEPS_MAX: usize = 40;

/// Who says what stands below, and the word that marks it.
pub(super) struct Speaker {
    pub(super) cue: usize,
    pub(super) source: Found,
}

impl Speaker {
    /// A stretch as what this speaker says; nothing where the cue puts nothing forward or the source is a thing.
    pub(super) fn says(&self, view: &View<'_>, content: Run) -> Option<Chosen> {
        let head = self.source.head?;
        let mute = view.upos(head) == Upos::Noun && view.lexicon.is_mute(view.tree.lemma(head));
        let candidate = candidate(self.cue, vec![content]);
        let asserted = stance(view, &candidate) == Stance::Asserted;
        (!mute && !asserted && !is_nobody(view, &self.source))
            .then(|| Chosen { candidate, source: self.source.clone() })
    }
}

fn candidate(cue: usize, content: Vec<Run>) -> Candidate {
    Candidate { cue, kind: Kind::Colon, complement: None, content, continued: true }
}

/// The tokens of a lead-in's last sentence up to its colon.
pub(super) fn last_words(view: &View<'_>, lead: Span) -> Option<Run> {
    let tokens = view.analysis.tokens_in(lead);
    let colon = tokens.end.checked_sub(1).filter(|&at| view.form(at) == ":")?;
    let first = view.sentence(colon).start.max(tokens.start);
    (first < colon).then_some(first..colon)
}

/// Who says what stands behind the words of a lead-in. `told` are those of the chosen whose cue stands in it.
pub(super) fn speaker<'c>(
    view: &View<'_>,
    words: &Run,
    told: impl Iterator<Item = &'c Chosen>,
) -> Option<Speaker> {
    let leads = |one: &&Chosen| {
        words.contains(&one.candidate.cue)
            && one.source.head.is_some()
            && stance(view, &one.candidate) != Stance::Asserted
            && is_open(view, one.candidate.cue)
            && leads_on(view, one, words)
    };
    // Of speech in speech the inner goes on: "said that the army had reported:".
    let told = told.filter(leads).max_by_key(|one| one.candidate.cue);
    told.map(|one| Speaker { cue: one.candidate.cue, source: one.source.clone() })
        .or_else(|| by_verb(view, words))
        .or_else(|| by_phrase(view, words))
        .or_else(|| by_noun(view, words))
}

/// Whether a source is the text itself, or part of what stands below it.
pub(super) fn is_nobody(view: &View<'_>, source: &Found) -> bool {
    let itself = source.head.is_some_and(|head| view.upos(head) == Upos::Noun && is_the_text(view, head));
    itself || stands_below(view, source)
}

/// Whether the source is what the list names: "According to the following sources:", "The criteria below say:".
fn stands_below(view: &View<'_>, source: &Found) -> bool {
    let words = view.lexicon.lead_ins();
    let ahead = |at: usize| is_one_of(view, at, &words.pointers);
    let behind = |at: usize| at < view.analysis.tokens.len() && is_one_of(view, at, &words.behind);
    source.runs.iter().any(|run| run.clone().any(|at| ahead(at) || behind(at)) || behind(run.end))
}

/// Whether what is told in a lead-in goes on behind its colon.
fn leads_on(view: &View<'_>, one: &Chosen, words: &Run) -> bool {
    let Candidate { cue, content, .. } = &one.candidate;
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return false };
    if first.start > words.end {
        return true;
    }
    let source_end = one.source.runs.iter().map(|run| run.end).max().unwrap_or(0);
    let reaches = last.end.max(cue + 1).max(source_end) == words.end;
    // "discussed three plans:" says nothing of what they are; "listed three plans:" does.
    let says = view.class(*cue) == NO_CLASS
        || view.lexicon.class(view.class(*cue)).speech
        || view.surety(*cue) == Shade::Surely
        || is_put_in_words(view, &one.candidate);
    reaches && (says || points(view, words))
}

/// Whether a cue is neither quoted nor in a relative clause, which describes somebody and leads to nothing.
fn is_open(view: &View<'_>, cue: usize) -> bool {
    let mut at = cue;
    for _ in 0..STEPS_MAX {
        if view.relation(at) == Relation::AclRelcl {
            return false;
        }
        let Some(head) = view.tree.head(at) else { break };
        at = head;
    }
    view.quote_of(cue).is_none()
}

/// Whether a word of a stretch points to what stands below.
fn points(view: &View<'_>, words: &Run) -> bool {
    words.clone().any(|at| is_pointer(view, at))
}

fn is_pointer(view: &View<'_>, at: usize) -> bool {
    let words = view.lexicon.lead_ins();
    is_one_of(view, at, &words.pointers) || is_one_of(view, at, &words.behind) || is_demonstrative(view, at)
}

fn is_demonstrative(view: &View<'_>, at: usize) -> bool {
    is_one_of(view, at, &view.lexicon.lead_ins().demonstratives)
}

fn is_one_of(view: &View<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(view.form(at)))
}

/// Whether a noun is for a part of the text or, with "this", for the text itself.
fn is_the_text(view: &View<'_>, noun: usize) -> bool {
    let own = view.tree.lemma(noun);
    let has = |words: &str| words.split_whitespace().any(|word| word == own);
    let this = || view.tree.children(noun).any(|child| is_demonstrative(view, child));
    has(view.lexicon.lead_ins().parts) || has(view.lexicon.lead_ins().texts) && this()
}

/// Whether a source stands after a word at the head of a line that ends in a colon.
pub(super) fn is_lead_in(view: &View<'_>, at: usize) -> bool {
    is_one_of(view, at, &view.lexicon.lead_ins().phrases)
}

/// Whether a noun is for what somebody counts.
pub(super) fn is_count(view: &View<'_>, at: usize) -> bool {
    view.lexicon.lead_ins().counts.contains(&view.tree.lemma(at))
}

/// "According to the ministry:", "Per the ministry:".
pub(super) fn by_phrase(view: &View<'_>, words: &Run) -> Option<Speaker> {
    let cue = words.start;
    if phrase_of_source(view, cue).is_some() {
        let mut source = source_of(view, &candidate(cue, Vec::new()));
        source.runs = clipped(view, source.runs, words.end);
        source.head = source.head.filter(|head| words.contains(head));
        return Some(Speaker { cue, source }).filter(|speaker| !speaker.source.runs.is_empty());
    }
    let name = view.trimmed(cue + 1..words.end);
    let leads = is_lead_in(view, cue) && names_somebody(view, &name);
    let head = view.analysis.head_in(name.clone()).filter(|_| leads)?;
    let source = Found { way: Way::Phrase, head: Some(head), runs: Vec::from([name]) };
    Some(Speaker { cue: words.end, source })
}

/// Whether words name somebody: "the ministry", "officials", "Theresa May", and not "day", "1,000 inhabitants", "last May".
fn names_somebody(view: &View<'_>, name: &Run) -> bool {
    let dates = || view.lexicon.lead_ins().dates.split_whitespace();
    let is_date = |at: usize| dates().any(|word| word.eq_ignore_ascii_case(view.form(at)));
    let dated =
        name.clone().any(is_date) && !name.clone().any(|at| view.upos(at) == Upos::Propn && !is_date(at));
    let plain = |at: usize| !view.upos(at).is_verbal() && view.upos(at) != Upos::Num;
    let Some(head) = view.analysis.head_in(name.clone()) else { return false };
    let known = view.upos(name.start) == Upos::Det
        || view.relation(name.start) == Relation::NmodPoss
        || view.upos(head) == Upos::Propn
        || view.token(head).xpos == Penn::Nns;
    known
        && !dated
        && name.clone().all(plain)
        && !points(view, name)
        && !view.lexicon.is_mute(&view.tree.lemma(head).to_lowercase())
}

/// "The rebels demanded:", "The committee reported that:", where the weighing of candidates found nothing to be said.
fn by_verb(view: &View<'_>, words: &Run) -> Option<Speaker> {
    let cue = words.clone().rev().find(|&at| view.upos(at) == Upos::Verb && view.class(at) != NO_CLASS)?;
    let class = view.lexicon.class(view.class(cue));
    let says = !matches!(class.stance, Stance::Asserted | Stance::Hypothetical);
    let lemma = view.tree.lemma(cue);
    let behind = cue + 1..words.end;
    let that = behind.clone().any(|at| view.form(at) == "that");
    let bare = behind.clone().all(|at| matches!(view.form(at), "that" | "to" | "as" | "the"));
    let surely = class.speech || matches!(view.surety(cue), Shade::Surely | Shade::Often);
    let to = behind.clone().any(|at| view.form(at) == "to");
    let owed = matches!(class.stance, Stance::Promised | Stance::Demanded);
    // "recorded the following incidents": verbs that tell of what was met with, too, put it in words where they point to it.
    let seen = view.lexicon.is_bare(lemma) || view.lexicon.is_clausal(lemma);
    let pointed = points(view, &behind);
    let leads = that && bare
        || bare && surely && (owed || !to)
        || (class.speech || (surely || seen) && pointed)
            && behind.clone().all(|at| !view.upos(at).is_verbal() || is_pointer(view, at));
    let deed = view.lexicon.is_forceful(lemma) || seen && !that && !pointed;
    if !says || !leads || deed || !is_open(view, cue) {
        return None;
    }
    let mut source = source_of(view, &candidate(cue, Vec::new()));
    source.runs = clipped(view, source.runs, words.end);
    let named = matches!(source.way, Way::Subject | Way::Agent) && !source.runs.is_empty();
    Some(Speaker { cue, source }).filter(|_| named)
}

/// "The rebels' demands:", "Figures from the ministry:": a noun for words or numbers, and whose they are.
fn by_noun(view: &View<'_>, words: &Run) -> Option<Speaker> {
    let noun = view.analysis.head_in(words.clone()).filter(|&at| view.upos(at) == Upos::Noun)?;
    let class = view.class(noun);
    let told = class != NO_CLASS
        && !matches!(view.lexicon.class(class).stance, Stance::Asserted | Stance::Hypothetical);
    let counted = is_count(view, noun);
    if !told && !counted || words.clone().any(|at| view.upos(at).is_verbal()) {
        return None;
    }
    // Without a verb, what is read as a subject is an owner in the plural: "the rebels' demands".
    let owns = |&at: &usize| {
        matches!(view.relation(at), Relation::NmodPoss | Relation::Nsubj)
            || view.relation(at) == Relation::Nmod && matches!(view.tree.case(at), Some("by" | "from"))
    };
    let mut source = named(view, Way::Owner, view.tree.children(noun).find(owns)?);
    source.runs = clipped(view, source.runs, words.end);
    // "Death toll by region:", "Figures from 2014:", "Monday's figures:"
    if !source.runs.first().is_some_and(|name| names_somebody(view, name)) {
        return None;
    }
    let cue = if told { noun } else { words.end };
    Some(Speaker { cue, source })
}

/// Runs as far as they stand before a token.
fn clipped(view: &View<'_>, runs: Vec<Run>, end: usize) -> Vec<Run> {
    let clip = |run: Run| view.trimmed(run.start.min(end)..run.end.min(end));
    runs.into_iter().map(clip).filter(|run| !run.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use irenic_language::Pipeline;
    use irenic_language::mentions::{MentionContext, MentionFinder};
    use irenic_model::{Block, BlockKind, Document, Source};

    use super::*;
    use crate::attribution::attributions_in;

    /// Who says the second item below a lead-in; "-" for the author.
    fn who(lead: &str) -> String {
        of_items(lead)[1].clone()
    }

    /// Who says each of two items below a lead-in.
    fn of_items(lead: &str) -> [String; 2] {
        let text = format!("{lead}\n\nTwelve men fled.\n\nThe bridge at Alba was closed.");
        let (first, second) = (lead.len() + 2, lead.len() + 20);
        let blocks = vec![
            Block::new(BlockKind::Paragraph, Span::new(0, lead.len())),
            Block::new(BlockKind::ListItem, Span::new(first, second - 2)),
            Block::new(BlockKind::ListItem, Span::new(second, text.len())),
        ];
        let segments: Vec<Span> = blocks.iter().map(|block| block.span).collect();
        let analysis = Pipeline::new().analyse(&text, &segments);
        let source = Source::new("a.txt", text.as_bytes());
        let document = Document { source, text, blocks, links: vec![], diagnostics: vec![] };
        let mentions = MentionFinder::new().mentions(&document.text, &analysis, &MentionContext::default());
        let found = attributions_in(&document, &analysis, &mentions);
        [first, second].map(|at| {
            let said = found.iter().find(|said| said.covers(Span::new(at, at + 10)));
            said.and_then(|said| said.holder.as_ref()).map_or("-", |holder| holder.speaker()).to_owned()
        })
    }

    #[test]
    fn lead_ins_name_who_says_what_stands_below() {
        let cases = [
            ("According to the ministry:", "ministry"),
            ("According to figures released by the ministry on Monday:", "ministry"),
            ("According to the ministry, the following were killed:", "ministry"),
            ("Per the ministry:", "ministry"),
            ("Per officials:", "officials"),
            ("The ministry said:", "ministry"),
            ("The ministry said on Monday:", "ministry"),
            ("The committee reported that:", "committee"),
            ("The commission found that:", "commission"),
            ("The ministry reported the following losses:", "ministry"),
            ("The mission recorded the following incidents between 3 and 9 May:", "mission"),
            ("The ministry said that the following villages had been shelled:", "ministry"),
            ("The following losses were reported by the ministry:", "ministry"),
            ("The losses, according to the ministry, were:", "ministry"),
            ("The report lists five attacks:", "report"),
            ("The rebels demanded:", "rebels"),
            ("The commander claimed:", "commander"),
            ("Witnesses told the commission:", "Witnesses"),
            ("The rebels' demands:", "rebels"),
            ("Per the Sunday Herald:", "Sunday Herald"),
            ("Opposition figures said:", "Opposition figures"),
            ("Demands by rebels:", "rebels"),
            ("Figures from the ministry:", "ministry"),
            ("According to these sources:", "sources"),
            ("The ministry's figures:", "ministry"),
            ("It rained. The ministry stated as follows:[3]", "ministry"),
        ];
        let wrong = cases.iter().map(|(lead, holder)| (lead, *holder, who(lead)));
        let wrong: Vec<_> = wrong.filter(|(_, holder, read)| holder != read).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn other_lead_ins_name_nobody() {
        let cases = [
            "Note:",
            "Agreed:",
            "The following happened:",
            "The following were killed:",
            "The talks had three results:",
            "The council discussed three plans:",
            "The council welcomed the following steps:",
            "The army took the towns that the ministry had called rebel strongholds:",
            "The mayor, who said that the talks had failed, met three envoys:",
            "The following losses were reported:",
            "The rebels attacked:",
            "Per day:",
            "Per 1,000 inhabitants:",
            "Today's figures:",
            "Monday's figures:",
            "Death toll by region:",
            "Data by province:",
            "Figures from 2014:",
            "Data from January:",
            "According to the following sources:",
            "According to the criteria below:",
            "The map shows the following positions:",
            "The annex lists the following losses:",
            "This report makes the following recommendations:",
            "This section lists the following losses:",
            "The following sources said:",
            "The ministry said so.",
        ];
        let wrong: Vec<_> =
            cases.iter().map(|lead| (lead, of_items(lead))).filter(|(_, read)| *read != ["-", "-"]).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
