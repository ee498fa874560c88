//! Who sits at a table: the bodies for which delegates and leaders sit, by their full names, and those who sit for themselves.

use irenic_model::{ActorRole, Delegate, Mention, MentionKind, Participant, Span};

use super::words::{GOVERNMENT, ends_in};
use super::{Names, renamed};
use crate::rules::RULES;

/// So many mentions before a name may begin inside the mention that covers it.
const NESTED_MAX: usize = 4;

/// What stands before the land for which delegates sit.
const OF: [&str; 4] = [" of ", " of the ", " and ", " and the "];

impl<'a> Names<'a> {
    /// As [`Self::meant`], for one who sits at a table: bands by their capitals and by what rebels are called as well.
    pub(super) fn sitting(&self, document: usize, who: &Participant) -> Participant {
        let short = self.short_for(document, who).or_else(|| self.spelt_out(document, who));
        let short = short.or_else(|| self.whole_name(document, who));
        let full = short.or_else(|| self.only_band(document, who)).or_else(|| {
            // "The rebels" of several bands are no one of them.
            self.described(document, who).filter(|_| !self.are_of_several(document, who))
        });
        renamed(who, full)
    }

    /// Who sits at a table where delegates are named: "leaders of the front and of the government" are the front and the
    /// government; anybody else sits there himself.
    pub(crate) fn seated(&self, document: usize, who: &Participant) -> Vec<Participant> {
        self.seated_for(document, who, true)
    }

    /// As [`Self::seated`]; persons by their own names where `bodies` is not asked for.
    pub(crate) fn seated_for(&self, document: usize, who: &Participant, bodies: bool) -> Vec<Participant> {
        if bodies && let Some(body) = self.sits_for(document, who) {
            return vec![body];
        }
        let mut who = without_place(who);
        let bare = who.text.trim_end_matches("'s").trim_end_matches("\u{2019}s").len();
        who.text.truncate(bare);
        let who = &who;
        let lower = who.text.to_lowercase();
        let delegates =
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| RULES.delegates.contains(word));
        let named = who.text.contains(char::is_uppercase);
        let first = lower.split(" of ").next().unwrap_or_default();
        // "The minister of the interior" sits for a government that is not named; "a government delegation" is one.
        let of_government = !named && ends_in(first, &RULES.of_government);
        let is_one = !named && delegates && lower.split_whitespace().next() == Some(GOVERNMENT);
        if of_government || is_one {
            let text = if is_one { GOVERNMENT.to_owned() } else { who.text.clone() };
            return vec![Participant { text, role: Some(ActorRole::Government), ..who.clone() }];
        }
        if !delegates {
            return vec![self.sitting(document, who)];
        }
        let mut last = 0;
        let text = |span: Span| span.start.checked_sub(who.span.start).and_then(|at| who.text.get(..at));
        let bodies = self.within(document, who.span).filter(|it| {
            let apart = it.span.start >= last && it.span != who.span && it.span.end <= who.span.end;
            // "presidents of Norland and Southland", but not "envoys in Riga".
            let of_land = it.kind == MentionKind::Location
                && text(it.span).is_some_and(|before| OF.iter().any(|of| before.ends_with(of)));
            let body = of_land || matches!(it.kind, MentionKind::Organisation | MentionKind::Nationality);
            if apart && body {
                last = it.span.end;
            }
            apart && body
        });
        let bodies: Vec<Participant> = bodies.map(|it| self.of_mention(document, it)).collect();
        let parts = parts_of(who);
        if bodies.len() < parts.len() {
            return parts.iter().map(|part| self.sitting(document, part)).collect();
        }
        if bodies.is_empty() { vec![self.sitting(document, &sender(who))] } else { bodies }
    }

    /// The body for which a named person sits, as the document tells of it anywhere.
    fn sits_for(&self, document: usize, who: &Participant) -> Option<Participant> {
        if self.by_name(&who.text).is_some() {
            return None;
        }
        let delegates = self.delegates.get(document).copied().unwrap_or_default();
        let last = |name: &str| name.rsplit(' ').next().map(str::to_lowercase);
        let own = last(&who.text);
        let same = |delegate: &&Delegate| {
            let surname = !who.text.contains(' ') && own.is_some() && last(&delegate.person) == own;
            delegate.person == who.text || surname
        };
        let body = delegates.iter().find(same).map(|delegate| &delegate.body)?;
        // A body that the text only describes is the one it named so.
        let body =
            Participant { span: if body.span.is_empty() { who.span } else { body.span }, ..body.clone() };
        let meant = if body.text == GOVERNMENT { body } else { self.sitting(document, &body) };
        Some(Participant { span: who.span, ..meant })
    }

    /// "Frente Popular para la Liberación", of which the parser has the end alone: the whole name.
    fn whole_name(&self, document: usize, who: &Participant) -> Option<&'a str> {
        let cut = who.text.starts_with(char::is_lowercase) && who.text.contains(char::is_uppercase);
        let mentions = self.mentions.get(document).filter(|_| cut)?;
        let after = mentions.partition_point(|it| it.span.start < who.span.start);
        // A description that is read as somebody else's does not bear the name that it holds.
        let word = who.text.split(' ').rfind(|word| word.starts_with(char::is_uppercase))?;
        let whole = |it: &&Mention| {
            let bears = it.name.contains(word) && it.name.starts_with(char::is_uppercase);
            who.span.start < it.span.end && bears
        };
        mentions[..after].iter().rev().take(NESTED_MAX).find(whole).map(|it| it.name.as_str())
    }

    /// The body that capitals stand for.
    fn spelt_out(&self, document: usize, who: &Participant) -> Option<&'a str> {
        self.shorts.get(document)?.spelt_out(&who.text)
    }

    /// Whom the document's reading of names has at a place, as one who sits at a table.
    pub(super) fn of_mention(&self, document: usize, mention: &Mention) -> Participant {
        let who = Participant {
            text: mention.name.clone(),
            span: mention.span,
            country: mention.country.clone(),
            role: Some(ActorRole::Party),
        };
        self.sitting(document, &who)
    }
}

/// "Representatives of the front and of the regional administration": those of whom they are, where they are several.
fn parts_of(who: &Participant) -> Vec<Participant> {
    let Some((before, words)) = who.text.split_once(" of ") else { return Vec::new() };
    let mut start = who.span.start + before.len() + " of ".len();
    let mut parts = Vec::new();
    for part in words.split(" and of ") {
        let bare = part.strip_prefix("the ").unwrap_or(part);
        let end = start + part.len();
        let span = Span::new((end - bare.len()).min(who.span.end), end.min(who.span.end));
        parts.push(Participant { text: bare.to_owned(), span, role: Some(ActorRole::Party), ..who.clone() });
        start = end + " and of ".len();
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// "The Hill Army in Riga": the place of the meeting is no part of who met.
fn without_place(who: &Participant) -> Participant {
    if let Some(name) = who.text.strip_suffix(" together") {
        return Participant { text: name.to_owned(), ..who.clone() };
    }
    for link in [" together in ", " together at ", " in ", " at "] {
        let Some((name, place)) = who.text.split_once(link) else { continue };
        let placed = place.trim_start_matches("the ").starts_with(char::is_uppercase);
        if placed && !name.is_empty() {
            let end = (who.span.start + name.len()).min(who.span.end);
            return Participant {
                text: name.to_owned(),
                span: Span::new(who.span.start, end),
                ..who.clone()
            };
        }
    }
    who.clone()
}

/// Those for whom a delegate sits: "delegations of the front" sit for the front.
fn sender(who: &Participant) -> Participant {
    let parted = who.text.rsplit_once(" of ").or_else(|| who.text.rsplit_once(" from "));
    let Some((_, words)) = parted else { return who.clone() };
    let words = words.strip_prefix("the ").unwrap_or(words);
    let start = who.span.end.saturating_sub(words.len()).max(who.span.start);
    // "leaders of the front in Riga"
    let words = words.split(" in ").next().unwrap_or(words);
    let span = Span::new(start, start + words.len());
    Participant { text: words.to_owned(), span, ..who.clone() }
}
