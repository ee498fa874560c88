//! What the model knows of a candidate: position, syntax, classes of words and punctuation. No word of a text is a feature.

use irenic_language::{Relation, Upos};
use irenic_model::{Mention, MentionKind};

use super::candidates::Candidate;
use super::lexicon::NO_CLASS;
use super::shape::{Edges, breaks, edges, mood, speaker};
use super::source::{Found, Way};
use super::view::View;

/// Feature numbers lie below this.
pub(crate) const DIMENSIONS: usize = 1 << 18;

/// For each token, the kind of mention that it stands in, 0 for none.
pub(crate) fn mention_kinds(view: &View<'_>, mentions: &[Mention]) -> Vec<u8> {
    let mut kinds = vec![0; view.analysis.tokens.len()];
    for mention in mentions {
        let kind = match mention.kind {
            MentionKind::Person => 1,
            MentionKind::Organisation => 2,
            MentionKind::Location => 3,
            MentionKind::Nationality => 4,
            MentionKind::Weapon => 5,
            MentionKind::Other => 6,
        };
        kinds[view.analysis.tokens_in(mention.span)].fill(kind);
    }
    kinds
}

/// Gathers features: each is a number made from the template's number and its values.
pub(super) struct Sink<'f> {
    out: &'f mut Vec<u32>,
    template: u64,
}

impl<'f> Sink<'f> {
    /// Features go to `out`; templates are counted from `template` on, so that other questions have numbers of their own.
    pub(super) const fn new(out: &'f mut Vec<u32>, template: u64) -> Self {
        Self { out, template }
    }

    pub(super) fn add(&mut self, values: &[u64]) {
        self.template += 1;
        let mut hash = self.template.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for &value in values {
            hash = (hash ^ value.wrapping_add(0x2545_f491_4f6c_dd1d)).wrapping_mul(0xff51_afd7_ed55_8ccd);
            hash ^= hash >> 32;
        }
        self.out.push((hash % DIMENSIONS as u64) as u32);
    }
}

/// A length as one of a few steps.
pub(super) fn step(value: usize) -> u64 {
    match value {
        0..=4 => value as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

/// The features of a candidate with its source, added to `out`.
pub(crate) fn features(
    view: &View<'_>,
    kinds: &[u8],
    candidate: &Candidate,
    source: &Found,
    out: &mut Vec<u32>,
) {
    let cue = candidate.cue;
    let sentence = view.sentence(cue);
    let token = view.token(cue);
    let class = u64::from(view.class(cue));
    let kind = candidate.kind.index() as u64;
    let continued = u64::from(candidate.continued);
    let relation = token.relation.index() as u64;
    let tag = token.xpos.index() as u64;
    let way = source.way as u64;

    let complement = candidate.complement;
    let comp_relation = complement.map_or(99, |at| view.relation(at).index() as u64);
    let comp_pos = complement.map_or(99, |at| view.upos(at).index() as u64);
    let comp_class = complement.map_or(99, |at| u64::from(view.class(at)));
    let opener = complement.map_or(0, |at| u64::from(opener(view, at)));
    let comp_subject = complement.map_or(2, |at| u64::from(has_subject(view, at)));

    let source_pos = source.head.map_or(99, |at| view.token(at).xpos.index() as u64);
    let source_kind = source.head.map_or(9, |at| u64::from(kinds[at]));
    let source_class = source.head.map_or(99, |at| u64::from(view.class(at)));

    let first = candidate.content[0].start;
    let last = candidate.content[candidate.content.len() - 1].end;
    let length: usize = candidate.content.iter().map(ExactSizeIterator::len).sum();
    let quoted: usize =
        candidate.content.iter().flat_map(Clone::clone).filter(|&at| view.quote_of(at).is_some()).count();
    let share = if quoted == 0 {
        0
    } else if quoted == length {
        2
    } else {
        1
    };
    let cue_quoted = u64::from(view.quote_of(cue).is_some());
    let place = u64::from(first > cue) + 2 * u64::from(last <= cue);
    let gap = if first > cue { first - cue - 1 } else { cue.saturating_sub(last) };
    let reaches_start = u64::from(first <= sentence.start + 1);
    let reaches_end = u64::from(last + 2 >= sentence.end);
    let pieces = candidate.content.len() as u64;
    let before = mark(view, cue.checked_sub(1));
    let after = mark(view, Some(cue + 1).filter(|&at| at < sentence.end));
    let negated = u64::from(view.tree.children(cue).any(|child| {
        view.relation(child) == Relation::Advmod && matches!(view.tree.lemma(child), "not" | "never" | "no")
    }));
    let auxiliaries = view
        .tree
        .children(cue)
        .filter(|&at| matches!(view.relation(at), Relation::Aux | Relation::AuxPass))
        .count();
    let passive = u64::from(
        view.tree
            .children(cue)
            .any(|at| matches!(view.relation(at), Relation::AuxPass | Relation::NsubjPass)),
    );
    let copula = u64::from(view.tree.child(cue, Relation::Cop).is_some());
    let object = u64::from(view.tree.child(cue, Relation::Obj).is_some());
    let clause = u64::from(view.tree.child(cue, Relation::Ccomp).is_some());
    let infinitive = u64::from(view.tree.child(cue, Relation::Xcomp).is_some());
    let head = view.tree.head(cue);
    let head_class = head.map_or(99, |at| u64::from(view.class(at)));
    let head_pos = head.map_or(99, |at| view.upos(at).index() as u64);
    let inner = candidate
        .content
        .iter()
        .flat_map(Clone::clone)
        .filter(|&at| view.class(at) != NO_CLASS && view.upos(at) == Upos::Verb)
        .count();
    let others = sentence
        .clone()
        .filter(|&at| at != cue && view.class(at) != NO_CLASS && view.upos(at) == Upos::Verb)
        .count();
    let first_pos = view.upos(first).index() as u64;
    let first_opener = u64::from(view.opener(first));
    let first_in_quote = u64::from(view.quote_of(first).is_some());
    let last_mark = mark(view, Some(last).filter(|&at| at < view.analysis.tokens.len()));
    let start_mark = mark(view, first.checked_sub(1));
    let sentence_number = step(view.sentence_of(cue).min(4));

    let mut f = Sink::new(out, 0);
    f.add(&[]);
    f.add(&[kind, continued]);
    f.add(&[class]);
    f.add(&[class, kind, continued]);
    f.add(&[class, kind, comp_relation]);
    f.add(&[class, comp_relation, opener]);
    f.add(&[class, kind, comp_relation, opener, way]);
    f.add(&[class, tag]);
    f.add(&[class, tag, kind]);
    f.add(&[class, relation]);
    f.add(&[class, relation, kind]);
    f.add(&[class, way]);
    f.add(&[class, source_pos]);
    f.add(&[class, source_kind, kind]);
    f.add(&[class, passive, kind, comp_relation]);
    f.add(&[class, share, kind, place]);
    f.add(&[class, object, clause, infinitive, kind]);
    f.add(&[class, auxiliaries as u64, negated]);
    f.add(&[class, head_class]);
    f.add(&[class, comp_pos, kind]);
    f.add(&[class, comp_class, kind]);
    f.add(&[class, step(length)]);
    f.add(&[class, first_opener, first_pos, kind]);
    f.add(&[class, copula, kind]);
    f.add(&[tag, kind, comp_relation]);
    f.add(&[tag, kind, comp_relation, opener, comp_subject]);
    f.add(&[relation, kind, way]);
    f.add(&[relation, tag, way]);
    f.add(&[way, source_pos, kind]);
    f.add(&[way, source_kind, kind]);
    f.add(&[source_class, class]);
    f.add(&[source_class, kind]);
    f.add(&[kind, comp_relation, comp_pos, opener]);
    f.add(&[kind, share, place, cue_quoted]);
    f.add(&[kind, share, continued, first_in_quote, last_mark]);
    f.add(&[kind, step(gap), place]);
    f.add(&[kind, step(length), share]);
    f.add(&[kind, reaches_start, reaches_end, pieces]);
    f.add(&[kind, before, after]);
    f.add(&[class, before, after, kind]);
    f.add(&[kind, start_mark, last_mark]);
    f.add(&[kind, inner.min(4) as u64, others.min(5) as u64]);
    f.add(&[class, inner.min(3) as u64, kind]);
    f.add(&[class, others.min(5) as u64]);
    f.add(&[head_pos, relation, class]);
    f.add(&[head_class, relation, kind]);
    f.add(&[class, sentence_number, kind]);
    f.add(&[cue_quoted, class]);
    f.add(&[cue_quoted, share, kind, class]);
    f.add(&[kind, object, clause, infinitive, comp_relation]);
    f.add(&[kind, first_pos, first_opener, comp_relation]);
    f.add(&[step(sentence.len()), kind, class]);
    f.add(&[u64::from(source.way == Way::None), passive, kind, class]);

    let shade = view.shade(cue);
    let comp_shade = complement.map_or(0, |at| 1 + view.shade(at));
    let comp_tag = complement.map_or(99, |at| view.token(at).xpos.index() as u64);
    let head_shade = head.map_or(0, |at| 1 + view.shade(at));
    let (mood, clause_opener) = mood(view, cue);
    let speaker = speaker(view, source);
    let Edges { end, next, parted, tail, cut } = edges(view, candidate);
    let (commas, clauses) = breaks(view, candidate);
    let part = (8 * length / sentence.len().max(1)).min(9) as u64;
    let pos = view.upos(cue).index() as u64;
    f.add(&[shade, pos]);
    f.add(&[shade, tag, kind]);
    f.add(&[shade, kind, comp_relation]);
    f.add(&[shade, kind, comp_relation, opener, way]);
    f.add(&[shade, relation, way]);
    f.add(&[shade, speaker]);
    f.add(&[shade, source_kind, kind]);
    f.add(&[shade, passive, kind, comp_relation]);
    f.add(&[shade, object, clause, infinitive, kind]);
    f.add(&[shade, share, kind, place]);
    f.add(&[shade, head_class]);
    f.add(&[shade, head_shade, relation]);
    f.add(&[shade, comp_class, kind]);
    f.add(&[shade, comp_shade, comp_tag]);
    f.add(&[shade, first_opener, first_pos, kind]);
    f.add(&[shade, cue_quoted, share]);
    f.add(&[shade, mood, negated]);
    f.add(&[shade, step(length), kind]);
    f.add(&[shade, inner.min(3) as u64, others.min(4) as u64]);
    f.add(&[shade, clause_opener, relation]);
    f.add(&[class, mood, tag]);
    f.add(&[mood, clause_opener, tag, kind]);
    f.add(&[mood, negated, relation, way]);
    f.add(&[clause_opener, relation, class]);
    f.add(&[speaker, class, tag]);
    f.add(&[speaker, kind, way, comp_relation]);
    f.add(&[speaker, mood, class]);
    f.add(&[comp_tag, class, kind, opener]);
    f.add(&[comp_tag, comp_relation, opener, comp_subject, kind]);
    f.add(&[kind, comp_relation, end.relation, end.opener]);
    f.add(&[kind, comp_relation, next.relation, next.opener, parted]);
    f.add(&[class, comp_relation, end.relation, end.opener]);
    f.add(&[class, comp_relation, next.relation, next.opener, parted]);
    f.add(&[end.relation, next.relation, parted, share]);
    f.add(&[end.relation, end.opener, next.relation, next.opener, parted]);
    f.add(&[kind, commas, clauses, share]);
    f.add(&[class, commas, clauses]);
    f.add(&[kind, part, comp_relation]);
    f.add(&[class, part]);
    f.add(&[kind, comp_relation, comp_tag, next.relation, parted]);
    f.add(&[kind, tail[0], tail[1], tail[2]]);
    f.add(&[kind, cut[0], cut[1], cut[2], parted]);
    f.add(&[comp_relation, tail[0], tail[2], share]);
    f.add(&[comp_relation, cut[0], cut[2], parted, share]);
    f.add(&[class, tail[0], tail[2]]);
    f.add(&[class, cut[0], cut[2], parted]);
    f.add(&[tail[0], tail[1], tail[2], cut[0], cut[1], parted]);
    f.add(&[tail[0], cut[0], parted, step(length)]);
    f.add(&[cut[0], cut[1], cut[2], end.relation]);
}

/// A mark at a token as a number: which of the common ones it is, or that it is a word.
pub(super) fn mark(view: &View<'_>, at: Option<usize>) -> u64 {
    let Some(at) = at else { return 0 };
    match view.form(at) {
        "," => 1,
        ":" => 2,
        "\"" | "''" | "”" | "“" | "``" | "’" | "‘" | "'" => 3,
        "." | "!" | "?" => 4,
        "—" | "–" | "-" | "--" => 5,
        ";" => 6,
        "(" | ")" => 7,
        _ if view.is_punctuation(at) => 8,
        _ => 10 + view.upos(at).index() as u64,
    }
}

fn opener(view: &View<'_>, at: usize) -> u8 {
    let marker = view
        .tree
        .children(at)
        .find(|&child| matches!(view.relation(child), Relation::Mark | Relation::Case) && child < at);
    marker.map_or_else(|| view.opener(view.extent(at).start), |marker| view.opener(marker))
}

fn has_subject(view: &View<'_>, at: usize) -> bool {
    view.tree
        .children(at)
        .any(|child| matches!(view.relation(child), Relation::Nsubj | Relation::NsubjPass | Relation::Expl))
}

/// Templates of the features of cues are counted from here.
const FIRST_OF_CUES: u64 = 2000;

/// The features of a word as a cue, whatever it would mark, added to `out`.
pub(super) fn of_cue(view: &View<'_>, kinds: &[u8], cue: usize, source: &Found, out: &mut Vec<u32>) {
    let sentence = view.sentence(cue);
    let token = view.token(cue);
    let class = u64::from(view.class(cue));
    let shade = view.shade(cue);
    let pos = token.upos.index() as u64;
    let tag = token.xpos.index() as u64;
    let relation = token.relation.index() as u64;
    let (mood, clause_opener) = mood(view, cue);
    let speaker = speaker(view, source);
    let way = source.way as u64;
    let source_kind = source.head.map_or(9, |at| u64::from(kinds[at]));
    let quoted = u64::from(view.quote_of(cue).is_some());
    let quotes = u64::from(sentence.clone().any(|at| view.quote_of(at).is_some()));
    let before = mark(view, cue.checked_sub(1).filter(|&at| at >= sentence.start));
    let after = mark(view, Some(cue + 1).filter(|&at| at < sentence.end));
    let next_opener = if cue + 1 < sentence.end { u64::from(view.opener(cue + 1)) } else { 0 };
    let head = view.tree.head(cue);
    let head_shade = head.map_or(0, |at| 1 + view.shade(at));
    let head_class = head.map_or(99, |at| u64::from(view.class(at)));
    let under = under(view, cue);
    let negated = u64::from(view.tree.children(cue).any(|child| {
        view.relation(child) == Relation::Advmod && matches!(view.tree.lemma(child), "not" | "never" | "no")
    }));
    let known = |&at: &usize| at != cue && view.class(at) != NO_CLASS;
    let others =
        sentence.clone().filter(known).filter(|&at| view.upos(at) == Upos::Verb).count().min(4) as u64;
    let nouns =
        sentence.clone().filter(known).filter(|&at| view.upos(at) == Upos::Noun).count().min(3) as u64;
    let length = step(sentence.len());
    let number = step(view.sentence_of(cue).min(9));
    let place = (5 * (cue - sentence.start) / sentence.len().max(1)) as u64;

    let mut f = Sink::new(out, FIRST_OF_CUES);
    f.add(&[]);
    f.add(&[shade, pos]);
    f.add(&[class, pos]);
    f.add(&[shade, tag]);
    f.add(&[shade, tag, relation]);
    f.add(&[shade, under]);
    f.add(&[class, tag, under]);
    f.add(&[tag, relation, under]);
    f.add(&[shade, way, speaker]);
    f.add(&[shade, source_kind]);
    f.add(&[class, way, source_kind, tag]);
    f.add(&[way, speaker, source_kind]);
    f.add(&[shade, mood, negated]);
    f.add(&[class, mood, clause_opener]);
    f.add(&[mood, clause_opener, relation, tag]);
    f.add(&[shade, next_opener]);
    f.add(&[class, next_opener, pos, relation]);
    f.add(&[shade, before, after]);
    f.add(&[pos, before, after, relation]);
    f.add(&[shade, quoted, quotes]);
    f.add(&[class, pos, quoted, quotes]);
    f.add(&[shade, head_class]);
    f.add(&[shade, head_shade, relation]);
    f.add(&[head_shade, relation, pos]);
    f.add(&[class, others, nouns]);
    f.add(&[shade, others]);
    f.add(&[others, nouns, length]);
    f.add(&[shade, length]);
    f.add(&[number, pos]);
    f.add(&[shade, number]);
    f.add(&[shade, place, relation]);
    f.add(&[shade, clause_opener, relation]);
    f.add(&[speaker, mood, shade]);
    f.add(&[speaker, tag, class, under]);
}

/// What depends on a word behind it, as a set of relations, and the group of what opens the first of them.
fn under(view: &View<'_>, cue: usize) -> u64 {
    let (mut set, mut opener) = (0u64, 0u64);
    for child in view.tree.children(cue) {
        let bit = match view.relation(child) {
            Relation::Obj | Relation::Iobj => 1,
            Relation::Ccomp => 2,
            Relation::Xcomp => 4,
            Relation::Obl | Relation::OblAgent | Relation::Nmod => 8,
            Relation::Acl | Relation::AclRelcl => 16,
            Relation::Advcl => 32,
            Relation::NsubjPass => 64,
            Relation::Parataxis => 128,
            Relation::Nsubj => 256,
            Relation::NmodPoss => 512,
            _ => 0,
        };
        if opener == 0 && child > cue && bit & 0x3f != 0 {
            opener = 1 + u64::from(view.opener(view.extent(child).start.max(cue + 1)));
        }
        set |= bit;
    }
    set * 32 + opener
}
