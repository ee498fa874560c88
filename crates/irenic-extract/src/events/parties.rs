//! Who takes part in an event, and where it happened: the arguments of its word as participants and places.

use std::collections::HashSet;

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{DEALS, EventClass, Mention, MentionKind, Participant, Span};

use super::assemble::Assembly;
use super::clause::Arguments;
use super::harm;
use super::matcher::Trigger;
use super::participants::antecedent;

impl Assembly<'_, '_> {
    /// Actors and recipients of a trigger.
    pub(super) fn parties(
        &self,
        trigger: &Trigger,
        class: EventClass,
    ) -> (Vec<Participant>, Vec<Participant>) {
        let turned = trigger.frame.undergoes.then(|| undergone(&trigger.arguments));
        let arguments = turned.as_ref().unwrap_or(&trigger.arguments);
        let (deals, objects) = self.without_deals(&arguments.objects);
        let mut subjects = arguments.subjects.clone();
        // "brokered a truce between the two clans": whoever brokers it stands between them.
        let mut between = self.sides_of(&deals, &["between", "among"]);
        // "convened a conference of the three parties"
        let talks: Vec<usize> = deals.iter().copied().filter(|&at| self.are_talks(at)).collect();
        if between.is_empty() && class == EventClass::Consult {
            let mut of: Vec<usize> = self.sides_of(&talks, &["of"]);
            // "a meeting of the cabinet's team with the front"
            let with = self.sides_of(&of, &["with"]);
            of.extend(with);
            between
                .extend(of.into_iter().filter(|&at| self.names.can_act(self.tree(), self.scene.lexicon, at)));
        }
        let brokered = !self.participants(&subjects, true).is_empty();
        if !brokered {
            subjects.extend(&between);
        }
        let actors = self.participants(&subjects, false);
        let mut arguments = arguments.clone();
        arguments.objects = objects;
        arguments.objects.extend(self.sides_of(&deals, &["with"]));
        let mut recipients = self.recipients(trigger, class, &arguments, &actors);
        if brokered {
            let known = |one: &Participant| recipients.iter().any(|other| other.span.overlaps(one.span));
            let sides: Vec<_> = self.participants(&between, false);
            let new: Vec<_> = sides.into_iter().filter(|one| !known(one)).collect();
            recipients.extend(new);
        }
        (actors, recipients)
    }

    /// What is agreed is nobody to whom something is done: its words apart from the other objects.
    fn without_deals(&self, objects: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let lexicon = self.scene.lexicon;
        let deal = |at: &usize| {
            // "the Riga Accords" is a name, and a deal.
            let lower = self.tree().lemma(*at).to_lowercase();
            let plural = self.tree().token(*at).upos == Upos::Propn;
            let lemma = if plural { lower.trim_end_matches('s') } else { lower.as_str() };
            // "evacuated the settlements": places, not deals.
            let places = lemma == "settlement" && self.tree().token(*at).xpos == Penn::Nns;
            !places && ["agreement", "ceasefire", "talks"].iter().any(|list| lexicon.is_in(list, lemma))
        };
        objects.iter().partition(|at| deal(at))
    }

    fn are_talks(&self, at: usize) -> bool {
        self.scene.lexicon.is_in("talks", self.tree().lemma(at))
    }

    /// "signed an accord with the front", "an accord between Norland and the front".
    fn sides_of(&self, deals: &[usize], cases: &[&str]) -> Vec<usize> {
        let tree = self.tree();
        let side = |child: &usize| {
            tree.relation(*child) == Relation::Nmod
                && tree.case(*child).is_some_and(|case| cases.contains(&case))
        };
        let sides = deals.iter().flat_map(|&deal| tree.children(deal).filter(side));
        sides.flat_map(|side| tree.fellows(side)).collect()
    }

    fn recipients(
        &self,
        trigger: &Trigger,
        class: EventClass,
        arguments: &Arguments,
        actors: &[Participant],
    ) -> Vec<Participant> {
        let apart = |found: Vec<Participant>| -> Vec<Participant> {
            found
                .into_iter()
                .filter(|one| !actors.iter().any(|actor| actor.span.overlaps(one.span)))
                .collect()
        };
        let with = |cases: &[&str]| -> Vec<usize> {
            // "met with the bishops as mediators"
            let mediates = |head: usize| {
                let tree = self.tree();
                let end = tree.phrase(head).last().copied().unwrap_or(head);
                // "with Norland as a witness"
                let as_such = arguments.obliques.iter().any(|(case, at)| {
                    case == "as"
                        && self.scene.lexicon.is_in("aside", tree.lemma(*at))
                        && tree.phrase(*at).first() == Some(&(end + 1))
                });
                if as_such {
                    return true;
                }
                tree.phrase(head).into_iter().any(|at| self.scene.lexicon.is_in("aside", tree.lemma(at)))
            };
            let fits = |(case, head): &&(String, usize)| {
                cases.contains(&case.as_str()) && !self.is_dated(*head) && !mediates(*head)
            };
            arguments.obliques.iter().filter(fits).map(|(_, head)| *head).collect()
        };
        // Talks and deals are on a matter, not with it.
        let deal = trigger.frame.mode.is_some_and(|mode| DEALS.contains(&mode));
        let cases: &[&str] = match class {
            EventClass::Consult => &["against", "with", "to"],
            _ if deal => &["against", "with", "to"],
            _ => &["against", "with", "to", "on", "upon", "at", "over", "for"],
        };
        let against = self.participants(&with(cases), true);
        let objects = self.participants(&arguments.objects, true);
        let in_front = matches!(class, EventClass::Protest | EventClass::Accuse) && !against.is_empty();
        let (first, second) = if in_front { (against, objects) } else { (objects, against) };
        // "took the port from the rebels": it was done to them, not to the port.
        let losers = match trigger.frame.mode {
            Some("capture") => self.participants(&with(&["from"]), true),
            _ => Vec::new(),
        };
        let mut found = apart(losers);
        found.extend(apart(first));
        // Where nobody is named yet ("sent its troops to Chile"), whoever is named next to it is meant too.
        if !found.iter().any(|one| one.country.is_some()) {
            found.extend(apart(second));
        }
        // "accused them of spying for Norway": those whom the pronoun means are not named after it.
        let pronoun = |at: &usize| self.tree().token(*at).upos == Upos::Pron;
        let meant = arguments.objects.iter().any(pronoun);
        if !meant && !found.iter().any(|one| one.country.is_some()) {
            found.extend(self.first_named_after(trigger, actors));
        }
        let mut spans = HashSet::new();
        found.retain(|one| spans.insert(one.span));
        found
    }

    /// The first name in what hangs from the event after its word: "rejected a Danish plan".
    fn first_named_after(&self, trigger: &Trigger, actors: &[Participant]) -> Option<Participant> {
        let tree = self.tree();
        let own = tree.token(trigger.token).span;
        let top = trigger.arguments.carrier.unwrap_or(trigger.token);
        // "arrived in Amman on a visit": whose guest one is, not a mere scene.
        let visits = trigger.frame.mode == Some("visit");
        let is_goal = |mention: &Mention| visits && mention.kind == MentionKind::Location;
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(trigger.token)];
        // Who meets is named in the clause that tells of the meeting.
        let talks = trigger.frame.class == EventClass::Consult
            || trigger.frame.mode.is_some_and(|mode| DEALS.contains(&mode));
        let clause = tree.clause_of(top);
        let end = tree.analysis.subtree(top).end.min(sentence.span.end).max(own.end);
        self.names
            .within(Span::new(own.end, end))
            .filter(|mention| !matches!(mention.kind, MentionKind::Weapon | MentionKind::Other))
            .filter(|mention| !self.names.tells_the_hour(mention))
            .filter(|mention| !self.is_scene(mention) && !self.names_a_deal(mention) || is_goal(mention))
            .filter(|mention| {
                let at = tree.analysis.token_at(mention.span.start);
                at.is_some_and(|at| tree.is_under(at, top) && (!talks || tree.clause_of(at) == clause))
            })
            .map(|mention| self.names.named(mention))
            .find(|one| !actors.iter().any(|actor| actor.span.overlaps(one.span)))
            .map(|one| {
                let head = tree.analysis.head_in(tree.analysis.tokens_in(one.span));
                let role = head.and_then(|head| harm::role(tree, head, &one));
                Participant { role, ..one }
            })
    }

    /// A place that a preposition of place brings in is where it happened, and who mediates is no side: "signed in Geneva
    /// under the mediation of the bishops".
    fn is_scene(&self, mention: &Mention) -> bool {
        let tree = self.tree();
        let head = tree.analysis.head_in(tree.analysis.tokens_in(mention.span));
        let mediates = |node: &usize| {
            self.scene.lexicon.is_in("auspices", tree.lemma(*node))
                || tree.children(*node).any(|child| {
                    tree.case(child) == Some("as") && self.scene.lexicon.is_in("aside", tree.lemma(child))
                })
        };
        let led = std::iter::successors(head, |&node| tree.head(node)).take(3).any(|node| mediates(&node));
        let inside = head.and_then(|head| tree.case(head)) == Some("in");
        // "in the Norlandic town of Alba", "in Alba five days later"
        let around = std::iter::successors(head, |&node| tree.head(node)).skip(1).take(2);
        let belongs = |node: &usize| {
            tree.case(*node) == Some("in") && matches!(tree.token(*node).upos, Upos::Noun | Upos::Propn)
        };
        let before = tree.analysis.tokens_in(mention.span).start.checked_sub(1);
        let placed = before.is_some_and(|before| matches!(tree.lemma(before), "in" | "near" | "outside"));
        let described = head.is_some_and(|head| {
            matches!(tree.relation(head), Relation::Amod | Relation::Compound | Relation::Nmod)
        });
        if placed
            || described
                && around.take_while(|&node| tree.token(node).upos != Upos::Verb).any(|node| belongs(&node))
        {
            return true;
        }
        if led || inside && matches!(mention.kind, MentionKind::Person | MentionKind::Organisation) {
            return true;
        }
        mention.kind == MentionKind::Location
            && head.and_then(|head| tree.case(head)).is_some_and(|case| {
                matches!(case, "in" | "at" | "near" | "outside" | "inside" | "around" | "off" | "across")
            })
    }

    /// "the Alba agreement": the place that a deal or talks are called by takes no part in them.
    fn names_a_deal(&self, mention: &Mention) -> bool {
        let tree = self.tree();
        let named = || ["agreement", "ceasefire", "talks"].iter();
        let head = tree.analysis.head_in(tree.analysis.tokens_in(mention.span));
        // "the Alba Peace Agreement"
        let whole =
            head.filter(|&head| tree.relation(head) == Relation::Compound).and_then(|head| tree.head(head));
        if mention.kind == MentionKind::Location
            && whole.is_some_and(|deal| {
                let lemma = tree.lemma(deal).to_lowercase();
                named().any(|list| self.scene.lexicon.is_in(list, lemma.trim_end_matches('s')))
            })
        {
            return true;
        }
        let behind = tree.analysis.token_at(mention.span.end + 1);
        mention.kind == MentionKind::Location
            && self.input.document.text[mention.span.end..].starts_with(' ')
            && behind.is_some_and(|at| {
                let lemma = tree.lemma(at).to_lowercase();
                tree.token(at).upos != Upos::Verb
                    && named().any(|list| self.scene.lexicon.is_in(list, lemma.trim_end_matches('s')))
            })
    }

    fn is_dated(&self, head: usize) -> bool {
        let span = self.tree().token(head).span;
        let after = self.input.times.partition_point(|time| time.span.end <= span.start);
        self.input.times.get(after).is_some_and(|time| time.span.overlaps(span))
    }

    pub(super) fn participants(&self, heads: &[usize], acting_only: bool) -> Vec<Participant> {
        let tree = self.tree();
        let mut found: Vec<Participant> = Vec::new();
        // "They signed": all who met before.
        let heads: Vec<usize> = heads.iter().flat_map(|&head| self.with_those_meant(head)).collect();
        for first in heads {
            let head = first;
            // "US" may be read as a pronoun.
            let word = tree.token(head).span.of(&self.input.document.text);
            let pronoun = tree.token(head).upos == Upos::Pron && word != word.to_uppercase();
            let named = !pronoun && self.names.is_name(tree.token(head).span);
            let meant = if named { Some(head) } else { antecedent(tree, head) };
            let Some(head) = meant else { continue };
            // "he" is no country.
            let person = head != first && matches!(tree.lemma(first), "he" | "she");
            if person && !self.names.may_be_person(tree.token(head).span) {
                continue;
            }
            let acts = self.names.can_act(tree, self.scene.lexicon, head);
            let place = tree.relation(head) == Relation::Compound && self.scene.places.contains(&head);
            // "Exploratory talks": what stands before the noun is who holds them only by a name.
            let opens = tree.analysis.sentences[tree.analysis.sentence_of(head)].tokens.start == head;
            let describes =
                opens && matches!(tree.relation(head), Relation::Amod | Relation::Compound) && !named;
            let attribute = tree.token(head).upos == Upos::Adj && !named || describes;
            // "the council and the union, meeting in Riga, agreed": read as a third of them.
            let talks = tree.relation(head) == Relation::Conj && self.are_talks(head);
            if place
                || talks
                || attribute
                || self.is_dated(head)
                || acting_only && !acts
                || tree.token(head).upos == Upos::Pron && !named
            {
                continue;
            }
            let two = self.names.two_of_one_noun(tree, head).map(Vec::from);
            for mut participant in two.unwrap_or_else(|| vec![self.names.participant(tree, head)]) {
                participant.role = harm::role(tree, head, &participant);
                if !found.iter().any(|other| other.span == participant.span) {
                    found.push(participant);
                }
            }
        }
        self.part_fellows(&mut found);
        found
    }

    /// "Envoys of the cabinet and commanders of the front", where the first is found whole and the second inside it.
    fn part_fellows(&self, found: &mut [Participant]) {
        let text = &self.input.document.text;
        let words = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        for at in 0..found.len() {
            let whole = found[at].span;
            let inside = |other: &usize| {
                let other = found[*other].span;
                whole.start < other.start && other.end <= whole.end
            };
            let Some(other) = (0..found.len()).filter(inside).min_by_key(|&other| found[other].span.start)
            else {
                continue;
            };
            let second = Span::new(found[other].span.start, whole.end);
            let before = &text[whole.start..second.start];
            let before = before.strip_suffix("the ").unwrap_or(before).trim_end();
            let Some(own) = before.strip_suffix(" and") else { continue };
            found[at].span = Span::new(whole.start, whole.start + own.len());
            found[at].text = words(found[at].span);
            // "commanders of the front", where the front hangs from the first of the two.
            let rest = &text[found[other].span.end..second.end];
            if rest.starts_with(" of ") && !rest.contains(" and ") {
                found[other].span = second;
                found[other].text = words(second);
            }
        }
        // "between the army and the Hill Army": the bare word beside the name is not the name's.
        for at in 0..found.len() {
            let own = words(found[at].span);
            let bare = !own.contains(char::is_uppercase) && found[at].text != own;
            let named = |other: &Participant| other.text == found[at].text && other.span != found[at].span;
            if bare && found.iter().any(named) {
                found[at].text = own;
            }
        }
    }

    /// A head; for "they" of several the heads of all; for "delegations of the front and of the cabinet" the cabinet too.
    fn with_those_meant(&self, head: usize) -> Vec<usize> {
        let tree = self.tree();
        if tree.token(head).xpos == Penn::Nns && self.scene.lexicon.is_in("delegates", tree.lemma(head)) {
            let of = tree
                .children(head)
                .filter(|&child| tree.relation(child) == Relation::Nmod && tree.case(child) == Some("of"));
            let others = of.flat_map(|child| tree.fellows(child).into_iter().skip(1));
            return std::iter::once(head).chain(others).collect();
        }
        if tree.lemma(head) != "they" || tree.token(head).upos != Upos::Pron {
            return vec![head];
        }
        match antecedent(tree, head) {
            Some(meant) if meant != head && tree.fellows(meant).len() > 1 => tree.fellows(meant),
            _ => vec![head],
        }
    }

    /// The places that prepositions of place bring in.
    pub(super) fn places(&self, trigger: &Trigger, actors: &[Participant]) -> Vec<Participant> {
        const PLACE: [&str; 14] = [
            "in", "at", "near", "on", "outside", "inside", "around", "across", "along", "off", "into",
            "over", "to", "from",
        ];
        let tree = self.tree();
        let mut heads: Vec<usize> = Vec::new();
        for (case, head) in &trigger.arguments.obliques {
            if PLACE.contains(&case.as_str()) {
                heads.push(*head);
            }
        }
        for &object in &trigger.arguments.objects {
            let inner = tree.children(object).filter(|&child| tree.relation(child) == Relation::Nmod);
            heads.extend(inner.filter(|&child| tree.case(child).is_some_and(|case| PLACE.contains(&case))));
            if trigger.frame.object_place || trigger.frame.mode == Some("capture") {
                heads.push(object);
            }
        }
        // "the Riga offensive"
        heads
            .extend(tree.children(trigger.token).filter(|&child| tree.relation(child) == Relation::Compound));
        let mut places = self.located(&heads, actors);
        // "met the chairman of the front in Lima", "students in Lima demonstrated"
        if places.is_empty() {
            let phrases = trigger.arguments.objects.iter().chain(&trigger.arguments.subjects);
            let inner = phrases.flat_map(|&head| tree.phrase(head)).filter(|&at| {
                tree.case(at).is_some_and(|case| matches!(case, "in" | "at" | "near" | "outside"))
            });
            places = self.located(&inner.collect::<Vec<_>>(), &[]);
        }
        places.sort_by_key(|place| place.span);
        places
    }

    /// The places that heads name, without those that only belong to an actor's name.
    fn located(&self, heads: &[usize], actors: &[Participant]) -> Vec<Participant> {
        let mut places: Vec<Participant> = Vec::new();
        for &head in heads {
            let own = self.tree().token(head).span;
            let phrase = self.tree().phrase_span(head);
            // "in the Norlandic town of Alba" is named with its article.
            let whole = self.names.covering(own).filter(|one| one.span.end == phrase.end);
            let named = whole.into_iter().chain(self.names.within(phrase));
            let located =
                named.filter(|one| one.kind == MentionKind::Location && !self.names.tells_the_hour(one));
            for mention in located {
                let known = actors.iter().any(|actor| actor.span.contains(mention.span))
                    || places.iter().any(|place| place.span.contains(mention.span));
                if !known {
                    places.push(self.names.named(mention));
                }
            }
        }
        places
    }
}

/// The arguments of a word whose subject undergoes what it names: "the convoy came under fire from the hills".
fn undergone(arguments: &Arguments) -> Arguments {
    let doer = |case: &str| matches!(case, "from" | "by" | "to");
    let (doers, rest): (Vec<_>, Vec<_>) =
        arguments.obliques.iter().cloned().partition(|(case, _)| doer(case));
    let mut objects = arguments.subjects.clone();
    objects.extend(arguments.objects.iter().filter(|_| arguments.passive));
    let subjects = doers.into_iter().map(|(_, head)| head).collect();
    Arguments { subjects, objects, obliques: rest, carrier: arguments.carrier, passive: arguments.passive }
}
