//! The fullest description: "the mission" is the mission that the document elsewhere names or tells of in more words.
//!
//! Only where all that the document says of such a thing is one description; where it knows two missions, which is meant
//! stays open.

use irenic_language::{Relation, Upos};
use irenic_model::{Mention, MentionKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::source::{Found, agent, is_passive, phrase};
use super::view::View;

/// A longer description is a sentence.
const WORDS_MAX: usize = 9;

/// What a document says of the things that its bare nouns stand for.
pub(super) struct Descriptions<'v> {
    /// By lemma: the one description in more than a word; `None` where there are several.
    by_noun: FxHashMap<&'v str, Option<String>>,
}

impl<'v> Descriptions<'v> {
    /// The descriptions of the nouns that are sources without another word.
    pub(super) fn of<'f>(
        view: &View<'v>,
        mentions: &[Mention],
        sources: impl Iterator<Item = &'f Found>,
    ) -> Self {
        let bare = sources.filter_map(|source| source.head).filter(|&head| is_definite(view, head));
        let asked: FxHashSet<&'v str> = bare.map(|head| view.tree.lemma(head)).collect();
        let mut by_noun = FxHashMap::default();
        if asked.is_empty() {
            return Self { by_noun };
        }
        let mut add = |noun: &'v str, told: String| {
            let known = by_noun.entry(noun).or_insert_with(|| Some(told.clone()));
            if known.as_ref().is_some_and(|known: &String| !known.eq_ignore_ascii_case(&told)) {
                *known = None;
            }
        };
        for mention in mentions.iter().filter(|it| it.kind == MentionKind::Organisation) {
            let last = mention.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            if let Some(noun) = asked.get(last.as_str()).filter(|_| mention.name.contains(' ')) {
                add(noun, mention.name.clone());
            }
        }
        for at in 0..view.analysis.tokens.len() {
            if view.upos(at) == Upos::Noun
                && let Some(noun) = asked.get(view.tree.lemma(at))
                && let Some(told) = in_full(view, at)
            {
                add(noun, told);
            }
        }
        Self { by_noun }
    }

    /// The description of the thing that a bare noun with its article stands for.
    pub(super) fn fullest(&self, view: &View<'_>, head: usize) -> Option<&str> {
        if !is_definite(view, head) || in_full(view, head).is_some() {
            return None;
        }
        self.by_noun.get(view.tree.lemma(head))?.as_deref()
    }
}

/// Whether the noun stands for something that the text has told of: "the mission", "this report".
fn is_definite(view: &View<'_>, head: usize) -> bool {
    let article = |child: usize| {
        view.relation(child) == Relation::Det
            && matches!(view.form(child), "the" | "The" | "this" | "This" | "that" | "That")
    };
    view.upos(head) == Upos::Noun && view.tree.children(head).any(article)
}

/// The noun with what describes it, where that is more than an article.
fn in_full(view: &View<'_>, head: usize) -> Option<String> {
    let describes = |&child: &usize| match view.relation(child) {
        Relation::Amod | Relation::Compound => true,
        Relation::Nmod => {
            matches!(view.tree.case(child), Some("of" | "by" | "for" | "on" | "in" | "to" | "from"))
        }
        // "the report published by the commission": who made it tells which it is.
        Relation::Acl => {
            view.lexicon.is_made(view.tree.lemma(child))
                && is_passive(view, child)
                && agent(view, child).is_some()
        }
        // "the commission's report"; whose "their report" is stands elsewhere.
        Relation::NmodPoss => view.upos(child) == Upos::Propn,
        _ => false,
    };
    let own = phrase(view, head);
    let mut run = head..head + 1;
    for child in view.tree.children(head).filter(describes) {
        let extent = view.extent(child);
        if child < head {
            run.start = run.start.min(extent.start);
        } else if extent.start == run.end {
            let maker = if view.relation(child) == Relation::Acl { agent(view, child) } else { None };
            run.end = maker.map_or(extent.end, |maker| view.extent(maker).end);
        }
    }
    // "other missions", "their report": told by what stands elsewhere.
    let elsewhere = view.tree.children(head).any(|child| {
        view.relation(child) == Relation::Nummod
            || view.relation(child) == Relation::NmodPoss && view.upos(child) != Upos::Propn
            || matches!(view.tree.lemma(child), "other" | "same" | "such" | "first" | "last" | "new" | "own")
    });
    let own_word = |at: usize| view.tree.head(at) == Some(head);
    let plain =
        run.clone().all(|at| (!view.upos(at).is_verbal() || own_word(at)) && view.upos(at) != Upos::Punct);
    let fits = 1 < run.len() && run.len() <= WORDS_MAX && own.start <= run.start && run.end <= own.end;
    (fits && plain && !elsewhere).then(|| {
        let words = view.span(&run).of(view.text).split_whitespace().collect::<Vec<_>>();
        words.join(" ")
    })
}
