//! The arguments of a verb or of an event's noun: who does it, to whom, with which prepositions.

use irenic_language::{Penn, Relation, Upos};

use super::lexicon::{Lexicon, OfRole};
use super::repairs;
use super::tree::Tree;

/// Heads of the noun phrases that fill the places of an event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) subjects: Vec<usize>,
    pub(crate) objects: Vec<usize>,
    /// Complements with their prepositions.
    pub(crate) obliques: Vec<(String, usize)>,
    /// The verb that carries an event's noun.
    pub(crate) carrier: Option<usize>,
    /// Whether a verb is passive.
    pub(crate) passive: bool,
}

const CLAUSES: [Relation; 4] = [Relation::Acl, Relation::AclRelcl, Relation::Advcl, Relation::Xcomp];

pub(crate) fn is_passive(tree: &Tree<'_>, verb: usize) -> bool {
    if repairs::is_active_in_truth(tree, verb) {
        return false;
    }
    tree.children(verb).any(|child| {
        matches!(tree.relation(child), Relation::NsubjPass | Relation::AuxPass | Relation::OblAgent)
    }) || repairs::is_passive_adjective(tree, verb)
}

/// The arguments of a verb, those that it shares with its governors included.
pub(crate) fn of_verb(tree: &Tree<'_>, verb: usize) -> Arguments {
    let mut found = Arguments { passive: is_passive(tree, verb), ..Arguments::default() };
    // "numerous officials resigned": read as a participle, but an intransitive verb has no passive.
    let mistaken =
        found.passive && INTRANSITIVE.contains(&tree.lemma(verb)) || repairs::is_active_in_truth(tree, verb);
    found.passive &= !mistaken;
    if let Some((subject, object)) = repairs::hidden_clause(tree, verb) {
        found.subjects.push(subject);
        found.objects.extend(tree.fellows(object));
        let below = tree.children(object).filter(|&child| tree.relation(child) == Relation::Nmod);
        found.obliques.extend(below.map(|child| (tree.case(child).unwrap_or("").to_lowercase(), child)));
        return found;
    }
    if let Some((accused, victims)) = repairs::accused_deed(tree, verb) {
        found.subjects.extend(tree.fellows(accused));
        found.objects.extend(tree.fellows(victims));
        return found;
    }
    if let Some(subject) = repairs::clause_behind_its_subject(tree, verb) {
        found.subjects.extend(tree.fellows(subject));
        found.passive = false;
    }
    let adjective = repairs::is_passive_adjective(tree, verb) || repairs::is_passive_in_truth(tree, verb);
    let bare_participle = tree.token(verb).xpos == Penn::Vbn
        && !tree.children(verb).any(|child| matches!(tree.relation(child), Relation::Aux | Relation::Nsubj));
    for child in tree.children(verb) {
        match tree.relation(child) {
            Relation::Nsubj if adjective => found.objects.extend(tree.fellows(child)),
            Relation::Nsubj | Relation::Csubj => {
                found.subjects.extend(repairs::fellow_behind_a_date(tree, child));
                found.subjects.extend(tree.fellows(child));
            }
            Relation::NsubjPass if mistaken => found.subjects.extend(tree.fellows(child)),
            Relation::NsubjPass => found.objects.extend(tree.fellows(child)),
            Relation::Obj | Relation::Iobj => found.objects.extend(tree.fellows(child)),
            Relation::OblAgent => {
                found.subjects.extend(tree.fellows(child));
                found.subjects.extend(repairs::other_agent(tree, verb));
            }
            Relation::Obl | Relation::OblUnmarked => add_oblique(tree, &mut found, child, bare_participle),
            _ => {}
        }
    }
    if let Some(noun) = predicate_of(tree, verb) {
        found.passive = true;
        let subject = |child: &usize| tree.relation(*child).is_subject();
        found.objects.extend(tree.children(noun).filter(subject).flat_map(|child| tree.fellows(child)));
        return found;
    }
    resolve_relatives(tree, verb, &mut found);
    if shares_passive(tree, verb) && found.objects.is_empty() {
        found.passive = true;
    }
    // "was found murdered"
    let result = tree.relation(verb) == Relation::Xcomp && tree.token(verb).xpos == Penn::Vbn;
    if result && found.objects.is_empty() && tree.head(verb).is_some_and(|head| is_passive(tree, head)) {
        found.passive = true;
    }
    if found.passive && found.objects.is_empty() {
        take_loose_object(tree, verb, &mut found);
    }
    if found.passive && found.objects.is_empty() {
        found.objects.extend(repairs::subject_behind_and(tree, verb));
    }
    if found.passive && found.objects.is_empty() {
        inherit_object(tree, verb, &mut found);
    }
    if found.objects.is_empty() && !found.passive {
        repairs::take_object_behind(tree, verb, &mut found);
    }
    if found.subjects.is_empty() && found.objects.is_empty() {
        repairs::take_loose_subject(tree, verb, &mut found);
    }
    if found.subjects.is_empty() && !found.passive {
        inherit_subject(tree, verb, bare_participle, &mut found);
    }
    found
}

/// Verbs that take no object, so that what the tree calls the subject of a passive acts itself.
const INTRANSITIVE: [&str; 9] =
    ["resign", "flee", "die", "perish", "retreat", "arrive", "collapse", "clash", "abdicate"];

/// The noun that a participle is taken to describe, where "was" before it makes it a passive: "was elected president".
pub(super) fn predicate_of(tree: &Tree<'_>, participle: usize) -> Option<usize> {
    let noun = tree.head(participle).filter(|_| tree.relation(participle) == Relation::Amod)?;
    let mut before = participle.checked_sub(1)?;
    while tree.token(before).upos == Upos::Adv {
        before = before.checked_sub(1)?;
    }
    let was = matches!(tree.relation(before), Relation::Cop | Relation::Aux | Relation::AuxPass)
        && tree.head(before) == Some(noun)
        && matches!(tree.lemma(before), "be" | "get");
    (was && tree.token(participle).xpos == Penn::Vbn).then_some(noun)
}

/// "was shelled and burned": a participle beside a passive is one too.
fn shares_passive(tree: &Tree<'_>, verb: usize) -> bool {
    let own = |child: usize| {
        matches!(tree.relation(child), Relation::Aux | Relation::Nsubj | Relation::Obj | Relation::NsubjPass)
    };
    tree.relation(verb) == Relation::Conj
        && tree.token(verb).xpos == Penn::Vbn
        && !tree.children(verb).any(own)
        && tree.head(verb).is_some_and(|head| is_passive(tree, head))
}

/// What a passive leaves out: "was said to have been damaged", "was shelled and burned", "the town captured by the rebels".
fn inherit_object(tree: &Tree<'_>, verb: usize, found: &mut Arguments) {
    if tree.relation(verb) == Relation::Acl && tree.token(verb).xpos == Penn::Vbn {
        found.objects.extend(tree.head(verb));
        return;
    }
    let mut node = verb;
    for _ in 0..4 {
        let Some(head) = tree.head(node).filter(|_| {
            // "fought on before being captured"
            matches!(tree.relation(node), Relation::Xcomp | Relation::Conj)
                || tree.relation(node) == Relation::Advcl && tree.child(node, Relation::AuxPass).is_some()
        }) else {
            return;
        };
        if let Some(subject) = tree.own_subject(head) {
            found.objects.extend(tree.fellows(subject));
            return;
        }
        node = head;
    }
}

/// "at least 49 soldiers and 50 officers were killed", where the tree has no subject but a noun that hangs loose.
fn take_loose_object(tree: &Tree<'_>, verb: usize, found: &mut Arguments) {
    const TIMES: &str =
        "day night morning evening afternoon noon week month year hour time spring summer autumn winter";
    let loose = |(case, at): &&(String, usize)| {
        let lemma = tree.lemma(*at).to_lowercase();
        case.is_empty()
            && *at < verb
            && matches!(tree.token(*at).upos, Upos::Noun | Upos::Propn)
            && !is_time_word(tree, *at)
            && !TIMES.split_whitespace().any(|word| word == lemma)
    };
    let Some((_, object)) = found.obliques.iter().rfind(loose).cloned() else { return };
    found.objects.push(object);
    found.obliques.retain(|(_, at)| *at != object);
}

fn add_oblique(tree: &Tree<'_>, found: &mut Arguments, child: usize, bare_participle: bool) {
    let case = tree.case(child).unwrap_or("").to_lowercase();
    let agent = case == "by" && (found.passive || bare_participle) && !is_time_word(tree, child);
    for fellow in tree.fellows(child) {
        if agent {
            found.subjects.push(fellow);
        } else {
            found.obliques.push((case.clone(), fellow));
        }
    }
}

/// "the troops, which left": the pronoun stands for what the clause hangs from.
fn resolve_relatives(tree: &Tree<'_>, verb: usize, found: &mut Arguments) {
    if tree.relation(verb) != Relation::AclRelcl {
        return;
    }
    let Some(noun) = tree.head(verb) else { return };
    for argument in found.subjects.iter_mut().chain(found.objects.iter_mut()) {
        if matches!(tree.token(*argument).xpos, Penn::Wdt | Penn::Wp) || tree.lemma(*argument) == "that" {
            *argument = noun;
        }
    }
}

/// Verbs whose object does what the infinitive or the participle after it says.
const OBJECT_CONTROL: &str = "persuade convince induce force compel urge ask order allow permit enable help get cause lead \
    press pressure pressurise pressurize oblige push tell call appeal request require invite encourage instruct command warn \
    beg exhort direct forbid accuse blame suspect prevent stop keep bar ban prohibit deter discourage convict implore beseech";

/// The verb that governs an infinitive or a participle by its object, and that object: "persuaded the clans to leave",
/// "accused the clans of leaving".
pub(super) fn controller(tree: &Tree<'_>, verb: usize) -> Option<(usize, usize)> {
    let head = tree.head(verb)?;
    let marker = tree.child(verb, Relation::Mark).or_else(|| tree.child(verb, Relation::Case));
    let marker = marker.map(|mark| tree.lemma(mark))?;
    let of_verb =
        |governor: usize| OBJECT_CONTROL.split_whitespace().any(|word| word == tree.lemma(governor));
    let is_object = |noun: usize| matches!(tree.relation(noun), Relation::Obj | Relation::NsubjPass);
    match tree.relation(verb) {
        Relation::Acl if marker == "to" && is_object(head) => {
            let governor = tree.head(head).filter(|&governor| of_verb(governor))?;
            Some((governor, head))
        }
        Relation::Advcl | Relation::Ccomp | Relation::Xcomp
            if matches!(marker, "to" | "of" | "from" | "for") && of_verb(head) =>
        {
            let object = tree.child(head, Relation::Obj).or_else(|| tree.child(head, Relation::NsubjPass))?;
            (object < verb).then_some((head, object))
        }
        _ => None,
    }
}

/// The subject that a verb leaves out: its governor's subject or object, or the noun that it describes.
fn inherit_subject(tree: &Tree<'_>, verb: usize, bare_participle: bool, found: &mut Arguments) {
    let mut node = verb;
    // A chain of infinitives is as long as the sentence at most.
    for _ in 0..8 {
        let Some(head) = tree.head(node) else { return };
        let relation = tree.relation(node);
        if let Some((_, object)) = controller(tree, node) {
            found.subjects.extend(tree.fellows(object));
            return;
        }
        if let Some(subject) = repairs::clause_behind_its_subject(tree, head) {
            found.subjects.extend(tree.fellows(subject));
            return;
        }
        match relation {
            Relation::Acl if bare_participle && node == verb => {
                found.passive = true;
                found.objects.push(head);
                return;
            }
            Relation::Acl | Relation::AclRelcl if tree.token(node).xpos == Penn::Vbg => {
                found.subjects.extend(tree.fellows(head));
                return;
            }
            Relation::Acl if tree.token(head).upos == Upos::Noun => {
                node = tree.clause_of(head);
                if node == head || !tree.token(node).upos.is_verbal() {
                    return;
                }
                // "Attempts to negotiate failed": the attempts negotiated nothing.
                let is_subject = tree.relation(head).is_subject();
                let tries = matches!(tree.lemma(head), "attempt" | "effort" | "bid" | "endeavour");
                if tries && is_subject && tree.head(head) == Some(node) {
                    return;
                }
            }
            Relation::Conj => node = head,
            _ if CLAUSES.contains(&relation) => node = head,
            Relation::Ccomp if tree.token(verb).xpos != Penn::Vbd => node = head,
            _ => return,
        }
        // "was the president of the council and promised": the predicate has the subject.
        let predicate = relation == Relation::Conj && tree.child(node, Relation::Cop).is_some();
        if !tree.token(node).upos.is_verbal() && tree.token(node).upos != Upos::Adj && !predicate {
            return;
        }
        let passive = is_passive(tree, node);
        let control = relation == Relation::Xcomp && !passive;
        let object = control.then(|| tree.child(node, Relation::Obj)).flatten();
        if let Some(subject) = object.or_else(|| tree.own_subject(node)) {
            found.subjects.extend(tree.fellows(subject));
            return;
        }
    }
}

/// The arguments of an event's noun, those of the verb that carries it included.
pub(crate) fn of_noun(tree: &Tree<'_>, noun: usize, of: OfRole, lexicon: &Lexicon) -> Arguments {
    let mut found = Arguments::default();
    for child in tree.children(noun) {
        match tree.relation(child) {
            Relation::Nmod | Relation::Obl => add_complement(tree, &mut found, child, of),
            Relation::NmodPoss => found.subjects.push(child),
            Relation::Amod | Relation::Compound if is_name(tree, child) => found.subjects.push(child),
            _ => {}
        }
    }
    let other_side = repairs::other_side(tree, noun);
    found.subjects.extend(other_side.map(|(side, _)| side));
    let by_side = || other_side.map(|(_, verb)| verb).filter(|&verb| is_light(tree, verb, lexicon));
    let Some(carrier) = carrier_of(tree, noun, lexicon).or_else(by_side) else { return found };
    let mut verb = of_verb(tree, carrier);
    verb.subjects.retain(|&at| other_side.is_none_or(|(side, _)| side != at));
    let own = |at: &usize| *at == noun || tree.is_under(noun, *at);
    // Who reports or sees a thing does not do it.
    let tells = matches!(tree.lemma(carrier), "report" | "see" | "witness" | "observe") && !verb.passive;
    found.subjects.extend(verb.subjects.into_iter().filter(|at| !own(at) && !tells));
    // "Talks opened in Lima between the two clans"
    let (sides, obliques): (Vec<_>, Vec<_>) =
        verb.obliques.into_iter().partition(|(case, _)| matches!(case.as_str(), "between" | "among"));
    found.subjects.extend(sides.into_iter().map(|(_, at)| at).filter(|at| !own(at)));
    found.obliques.extend(obliques.into_iter().filter(|(_, at)| !own(at)));
    let causes = !is_light(tree, carrier, lexicon);
    if causes && tree.relation(noun) == Relation::Nsubj {
        found.objects.extend(verb.objects.into_iter().filter(|at| !own(at)));
    }
    found.carrier = Some(carrier);
    found.passive = verb.passive;
    found
}

fn add_complement(tree: &Tree<'_>, found: &mut Arguments, child: usize, of: OfRole) {
    let case = tree.case(child).unwrap_or("").to_lowercase();
    for fellow in tree.fellows(child) {
        match case.as_str() {
            "of" if of == OfRole::Object => found.objects.push(fellow),
            "of" | "by" | "between" | "among" => found.subjects.push(fellow),
            _ => found.obliques.push((case.clone(), fellow)),
        }
    }
}

/// The verb of which an event's noun is subject or object.
pub(crate) fn carrier_of(tree: &Tree<'_>, noun: usize, lexicon: &Lexicon) -> Option<usize> {
    let mut node = noun;
    for _ in 0..3 {
        let Some(head) = tree.head(node) else { break };
        match tree.relation(node) {
            Relation::Obj | Relation::Nsubj | Relation::NsubjPass => {
                return tree.token(head).upos.is_verbal().then_some(head);
            }
            // "after the attacks people went to the border": they do not attack.
            Relation::Obl if sets_the_scene(tree, node) => return None,
            Relation::Obl | Relation::OblAgent | Relation::Xcomp if is_light(tree, head, lexicon) => {
                return Some(head);
            }
            // "a series of meetings", "rounds of talks", "meetings and talks"
            Relation::Nmod if is_measure(tree, head) => node = head,
            Relation::Conj => node = head,
            // "the meeting held in May"
            _ => break,
        }
    }
    let held = |child: &usize| {
        matches!(tree.relation(*child), Relation::Acl | Relation::AclRelcl) && is_light(tree, *child, lexicon)
    };
    // "Six rounds of talks followed in May": the clause may hang from the measure.
    tree.children(noun).chain(tree.children(node).filter(|_| node != noun)).find(held)
}

/// Whether a verb only carries an event's noun.
pub(super) fn is_light(tree: &Tree<'_>, verb: usize, lexicon: &Lexicon) -> bool {
    lexicon.is_light(tree.lemma(verb), |next| is_followed_by(tree, verb, next))
}

/// Whether a particle or a noun follows a verb.
pub(super) fn is_followed_by(tree: &Tree<'_>, token: usize, particle: &str) -> bool {
    let count = tree.analysis.tokens.len();
    let near = (token + 1..count.min(token + 4)).take_while(|&at| tree.token(at).upos != Upos::Punct);
    // "called it Hope on 9 May": the preposition of a date is no particle.
    let dates = |at: usize| at + 1 < count && is_time_word(tree, at + 1);
    let near = near.into_iter().any(|at| tree.lemma(at) == particle && !dates(at));
    near || tree
        .children(token)
        .any(|child| tree.relation(child) == Relation::CompoundPrt && tree.lemma(child) == particle)
}

fn sets_the_scene(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.case(noun),
        Some(
            "after"
                | "before"
                | "since"
                | "during"
                | "despite"
                | "following"
                | "until"
                | "till"
                | "amid"
                | "because"
                | "without"
        )
    )
}

fn is_measure(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lemma(noun),
        "series"
            | "round"
            | "session"
            | "number"
            | "wave"
            | "spate"
            | "set"
            | "state"
            | "act"
            | "instance"
            | "incident"
            | "case"
            | "phase"
    )
}

fn is_name(tree: &Tree<'_>, at: usize) -> bool {
    let token = tree.token(at);
    token.upos == Upos::Propn || (token.upos == Upos::Adj && token.lemma.len() > 3)
}

pub(crate) fn is_time_word(tree: &Tree<'_>, at: usize) -> bool {
    const MONTHS: &str = "january february march april may june july august september october november december \
        monday tuesday wednesday thursday friday saturday sunday end";
    let lemma = tree.lemma(at).to_lowercase();
    MONTHS.split_whitespace().any(|word| word == lemma) || tree.token(at).upos == Upos::Num
}
