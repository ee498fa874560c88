//! Who is meant: the parties by whatever name a text gives them, short names and descriptions by what was named in full.

mod opponents;
mod seats;
mod short;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use irenic_model::{Content, Delegate, EventClass, Mention, MentionKind, Participant, Party, Span};

use crate::SourceView;
use crate::bodies::Bodies;
use crate::items::Item;
use crate::names::{meet, speaker_key, stems};
use crate::rules::RULES;
pub(crate) use words::{GOVERNMENT, is_body, is_paper, refers_back};
use words::{bare, bears_arms, is_of_state, is_rival, last_word_is, may_be_band};

/// The parties of the dossier and the names in its documents.
pub(crate) struct Names<'a> {
    parties: &'a [Party],
    /// The names of the parties, in the order of the parties.
    forms: Vec<Form<'a>>,
    /// The country that any of the documents gives a person.
    countries: BTreeMap<&'a str, &'a str>,
    /// The names of the persons in each document.
    persons: Vec<HashSet<&'a str>>,
    /// The mentions of each document, in text order.
    mentions: Vec<&'a [Mention]>,
    /// The bodies that each document names.
    bodies: Vec<Bodies<'a>>,
    /// What short names stand for, by document.
    shorts: Vec<short::Shorts<'a>>,
    /// The two who fight each other, by document, once somebody asks.
    opponents: Vec<OnceLock<Vec<String>>>,
    views: Vec<SourceView<'a>>,
    /// Who sits at a table for whom, by document.
    delegates: Vec<&'a [Delegate]>,
    /// Lands that sit at a table with the party of the country in which they lie: they are not that party.
    apart: HashSet<String>,
}

/// A name of a party, as it is compared with others.
struct Form<'a> {
    party: &'a str,
    key: String,
    stems: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(parties: &'a [Party], sources: &[SourceView<'a>]) -> Self {
        let all: Vec<&'a [Mention]> =
            sources.iter().map(|view| view.extraction.mentions.as_slice()).collect();
        let people = |mentions: &&'a [Mention]| mentions.iter().filter(|it| it.kind == MentionKind::Person);
        let persons = all.iter().map(|of| people(of).map(|it| it.name.as_str()).collect()).collect();
        let known = all.iter().flat_map(people);
        let known = known.filter_map(|mention| Some((mention.name.as_str(), mention.country.as_deref()?)));
        let bodies = all.iter().map(|mentions| Bodies::of(mentions, may_be_band)).collect();
        let forms = parties.iter().flat_map(|party| {
            let names = party.aliases.iter().chain([&party.name]);
            names.map(|name| Form { party: &party.name, key: speaker_key(name), stems: stems(name) })
        });
        let (forms, countries) = (forms.collect(), known.collect());
        let delegates = sources.iter().map(|view| view.extraction.delegates.as_slice()).collect();
        let apart = HashSet::new();
        let shorts = all.iter().map(|mentions| short::Shorts::of(mentions)).collect();
        let mut names = Self {
            parties,
            shorts,
            forms,
            countries,
            persons,
            mentions: all,
            bodies,
            opponents: sources.iter().map(|_| OnceLock::new()).collect(),
            views: sources.to_vec(),
            delegates,
            apart,
        };
        names.apart = names.lands_apart(sources);
        names
    }

    /// "The president of Norland and the leader of the Hills met": the Hills are not Norland, though they lie in it.
    fn lands_apart(&self, sources: &[SourceView<'a>]) -> HashSet<String> {
        let mut apart = HashSet::new();
        for (document, view) in sources.iter().enumerate() {
            for statement in &view.extraction.statements {
                let Content::Event(event) = &statement.content else { continue };
                let talks =
                    matches!(event.class, EventClass::Consult | EventClass::Agree | EventClass::Support)
                        || matches!(event.mode.as_deref(), Some("ceasefire"));
                if !talks {
                    continue;
                }
                let sits = |who: &Participant| self.within(document, who.span).last();
                let seats: Vec<&Mention> =
                    event.actors.iter().chain(&event.recipients).filter_map(sits).collect();
                let parties: Vec<&str> = seats.iter().filter_map(|it| self.by_name(&it.name)).collect();
                let of_party = |it: &&&Mention| {
                    let country = it.country.as_deref();
                    let same = |party: &Party| party.country.is_some() && party.country.as_deref() == country;
                    it.kind == MentionKind::Location
                        && self.by_name(&it.name).is_none()
                        && self
                            .parties
                            .iter()
                            .any(|party| same(party) && parties.contains(&party.name.as_str()))
                };
                apart.extend(seats.iter().filter(of_party).map(|it| it.name.clone()));
            }
        }
        apart
    }

    /// The party that is meant, by its own name.
    pub(crate) fn party(&self, who: &Participant) -> Option<&str> {
        self.by_name(&who.text).or_else(|| {
            // Armed people of a country are not that country's party unless they bear its name.
            let other = last_word_is(&who.text, bears_arms) || is_rival(&who.text);
            if other || self.apart.contains(&who.text) {
                return None;
            }
            let country =
                who.country.as_deref().or_else(|| self.countries.get(who.text.as_str()).copied())?;
            let mut of_country =
                self.parties.iter().filter(|party| party.country.as_deref() == Some(country));
            let party = of_country.next()?;
            of_country.next().is_none().then_some(party.name.as_str())
        })
    }

    /// The party that a name is a form of, by its own name.
    pub(crate) fn by_name(&self, name: &str) -> Option<&'a str> {
        let (key, own) = (speaker_key(name), stems(name));
        // "Norland forces" is short for no other body, but two bodies may have a word of their names in common.
        // The South Norland Army is not Norland, though it bears the name.
        let rival = is_rival(name);
        let is_close = |form: &&Form<'_>| {
            let within = form.stems.is_subset(&own) && (!rival || form.stems == own);
            meet(&form.stems, &own) && (within || own.is_subset(&form.stems))
        };
        let exact = self.forms.iter().find(|form| form.key == key);
        exact.or_else(|| self.forms.iter().find(is_close)).map(|form| form.party)
    }

    /// The party's name, or the words of the text.
    pub(crate) fn name(&self, who: &Participant) -> String {
        self.party(who).unwrap_or(&who.text).to_owned()
    }

    /// The mentions of a document that begin inside a range.
    fn within(&self, document: usize, span: Span) -> impl Iterator<Item = &'a Mention> + use<'a> {
        let mentions = self.mentions.get(document).copied().unwrap_or_default();
        let first = mentions.partition_point(|it| it.span.start < span.start);
        mentions[first..].iter().take_while(move |it| it.span.start < span.end)
    }

    /// The parties that the sentence of a statement names, or else the one before it.
    pub(crate) fn near(&self, item: &Item<'_>) -> Vec<String> {
        let named_in = |sentence: usize| -> Vec<String> {
            let Some(span) = item.sentence_span(sentence) else { return Vec::new() };
            let inside = self.within(item.at.document, span);
            let fights = |name: &str| {
                let mut known = self.opponents(item.at.document).iter();
                known.find(|it| *it == name || *it == GOVERNMENT && last_word_is(name, is_of_state)).cloned()
            };
            let meant = |it: &Mention| self.of_mention(item.at.document, it).text;
            let party =
                |it: &Mention| self.by_name(&it.name).map(str::to_owned).or_else(|| fights(&meant(it)));
            let mut found: Vec<String> = inside.filter_map(party).collect();
            found.sort_unstable();
            found.dedup();
            // "Federal troops" beside "the government of Norland" are no side of their own.
            if found.iter().any(|name| name != GOVERNMENT && self.is_state(name)) {
                found.retain(|name| name != GOVERNMENT);
            }
            found
        };
        let own = named_in(item.sentence);
        if !own.is_empty() {
            return own;
        }
        item.sentence.checked_sub(1).map(named_in).unwrap_or_default()
    }

    /// Whether a party is a state or its government.
    pub(crate) fn is_state(&self, party: &str) -> bool {
        let words = party.split_whitespace().any(|word| is_of_state(&word.to_lowercase()));
        let known = self.parties.iter().find(|known| known.name == party);
        words || known.is_some_and(|known| known.country.is_some() && stems(&known.name).len() == 1)
    }

    /// Whether somebody has named the parties: then nobody else is one.
    pub(crate) fn are_given(&self) -> bool {
        self.parties.iter().any(|party| party.configured)
    }

    /// Whether any party is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// The participant under the full name that its document gave before: "the front" for the one body named so, "the
    /// rebels" for those that the text leads back to a name.
    pub(crate) fn meant(&self, document: usize, who: &Participant) -> Participant {
        let full = self.short_for(document, who).or_else(|| self.described(document, who));
        renamed(who, full)
    }

    /// "The front", where one body alone was named before that has the word in its name; "the group", where one band alone was.
    fn short_for(&self, document: usize, who: &Participant) -> Option<&'a str> {
        let word = bare(&who.text);
        if word.contains(char::is_whitespace) || is_of_state(&word) || word.is_empty() {
            return None;
        }
        self.bodies.get(document)?.only_before(who.span.start, &word, RULES.bands.contains(&word))
    }

    /// What the document's reading of names makes of a description, its article included.
    fn described(&self, document: usize, who: &Participant) -> Option<&'a str> {
        const ARTICLE_BYTES: usize = 6;
        let common = !who.text.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
        let mentions = self.mentions.get(document)?;
        let first = mentions.partition_point(|it| it.span.start + ARTICLE_BYTES < who.span.start);
        let mention = mentions[first..]
            .iter()
            .take_while(|it| it.span.start <= who.span.start)
            .find(|it| it.span.end == who.span.end && it.kind == MentionKind::Organisation)?;
        let named = mention.name.starts_with(char::is_uppercase);
        let of_state = last_word_is(&who.text, is_of_state);
        (common && named && !of_state).then_some(mention.name.as_str())
    }

    /// Whether a name is that of a person.
    pub(crate) fn is_person(&self, document: usize, name: &str) -> bool {
        self.persons.get(document).is_some_and(|persons| persons.contains(name))
    }
}

/// The same participant under the name found for it, if one was.
fn renamed(who: &Participant, name: Option<&str>) -> Participant {
    let text = name.unwrap_or(&who.text).to_owned();
    Participant { text, ..who.clone() }
}

#[cfg(test)]
mod tests {
    use irenic_model::{Extraction, Source};

    use super::*;

    fn mention(text: &str, words: &str, name: &str) -> Mention {
        let start = text.find(words).expect("the words stand in the text");
        let span = Span::new(start, start + words.len());
        Mention { span, kind: MentionKind::Organisation, name: name.to_owned(), country: None, note: None }
    }

    fn participant(text: &str, words: &str) -> Participant {
        let start = text.rfind(words).expect("the words stand in the text");
        let span = Span::new(start, start + words.len());
        Participant { text: words.to_owned(), span, country: None, role: None }
    }

    #[test]
    fn short_names_and_descriptions_lead_back_to_full_names() {
        let text = "The Hill People's Front (HPF) met envoys of the ministry. The front left. The rebels stayed; the army went, and the group kept still.";
        let mentions = vec![
            mention(text, "Hill People's Front", "Hill People's Front"),
            mention(text, "The rebels", "Hill People's Front"),
            mention(text, "the army", "Hill People's Front"),
        ];
        let extraction = Extraction { mentions, ..Extraction::default() };
        let source = Source::new("a", b"");
        let views = [SourceView { source: &source, extraction: &extraction }];
        let names = Names::of(&[], &views);
        for (words, meant) in [
            ("front", "Hill People's Front"),
            ("rebels", "Hill People's Front"),
            ("army", "army"),
            ("ministry", "ministry"),
            ("group", "Hill People's Front"),
        ] {
            assert_eq!(names.meant(0, &participant(text, words)).text, meant, "{words}");
        }
    }

    #[test]
    fn a_party_is_known_by_forms_of_its_name_and_not_by_a_word_of_it() {
        let named = |name: &str| Party {
            name: name.to_owned(),
            aliases: Vec::new(),
            side: String::new(),
            country: None,
            events: 1,
            configured: false,
        };
        let parties = [named("Hill Liberation Front"), named("Norland")];
        let names = Names::of(&parties, &[]);
        for (words, party) in [
            ("fighters of the Hill Liberation Front", Some("Hill Liberation Front")),
            ("the Liberation Front", Some("Hill Liberation Front")),
            ("Norland troops", Some("Norland")),
            ("South Norland Army", None),
            ("Royal Norland Army", Some("Norland")),
            ("Hill People's Union", None),
            ("Organisation of Liberation Churches", None),
        ] {
            assert_eq!(names.by_name(words), party, "{words}");
        }
    }
}
