//! The outlook of a reconstruction or of a conflict of the record: what is known of it, put to the world's record.

use irenic_model::jiff::civil::Date;
use irenic_model::{Evidence, Incompatibility, Observation, Provenance, Stage, StageInterval};
use irenic_outlook::{
    ActiveOutlook, ActiveQuestion, Ending, Intensity, Level, Outlook, Question, Record, Refusal, Spell,
    outlook, outlook_active,
};
use irenic_records::DataSet;

use crate::{Reconstruction, TableUse};

impl Reconstruction {
    /// The outlook at the as-of day: how fighting ended and how long it has been quiet by the Irenic model, put to the
    /// record that ships, at conflict level.
    ///
    /// # Errors
    ///
    /// A refusal: fighting goes on, there was none, or the class is too thin.
    pub fn outlook(&self, horizons: &[i16]) -> Result<Outlook, Refusal> {
        let mut question = self.outlook_question()?;
        horizons.clone_into(&mut question.horizons);
        outlook(&Record::built_in(Level::Conflict), &question)
    }

    /// The outlook at the as-of day while fighting goes on: whether it ends, and how.
    ///
    /// # Errors
    ///
    /// A refusal: no fighting goes on, or the class is too thin.
    pub fn active_outlook(&self, horizons: &[i16]) -> Result<ActiveOutlook, Refusal> {
        let mut question = self.active_question()?;
        horizons.clone_into(&mut question.horizons);
        outlook_active(&Record::built_in(Level::Conflict), &question)
    }

    /// What is put to the record while fighting goes on: the present intensity, and the calendar years that the fighting
    /// has touched without a break.
    ///
    /// # Errors
    ///
    /// A refusal: no fighting goes on.
    pub fn active_question(&self) -> Result<ActiveQuestion, Refusal> {
        let past: Vec<&StageInterval> =
            self.life_cycle().filter(|it| it.from.is_none_or(|from| from <= self.as_of)).collect();
        let now = past.last().map_or("no stage", |it| it.stage.as_str());
        let fought = |it: &&&StageInterval| {
            matches!(Stage::from_name(&it.stage), Some(Stage::Confrontation | Stage::War))
        };
        let run: Vec<&&StageInterval> = past.iter().rev().take_while(fought).collect();
        let since = run.iter().filter_map(|it| it.from).min();
        let (Some(last), Some(since)) = (run.first(), since) else {
            return Err(Refusal::NoFighting(format!("stage: {now}")));
        };
        let war = Stage::from_name(&last.stage) == Some(Stage::War);
        Ok(ActiveQuestion {
            year: Some(self.as_of.year()),
            territorial: self.issue.incompatibility.map(|it| it != Incompatibility::Government),
            conflict_id: self.config.ucdp,
            ..ActiveQuestion::after(
                if war { Intensity::War } else { Intensity::Minor },
                self.as_of.year() - since.year() + 1,
            )
        })
    }

    /// What is put to the record.
    ///
    /// # Errors
    ///
    /// A refusal: fighting goes on, or there was none.
    pub fn outlook_question(&self) -> Result<Question, Refusal> {
        let past: Vec<&StageInterval> =
            self.life_cycle().filter(|it| it.from.is_none_or(|from| from <= self.as_of)).collect();
        let stage = |it: &StageInterval| Stage::from_name(&it.stage);
        let fought = |it: &&StageInterval| matches!(stage(it), Some(Stage::Confrontation | Stage::War));
        let now = past.last().map_or("no stage", |it| it.stage.as_str());
        let Some(last) = past.iter().rposition(fought) else {
            return Err(Refusal::NoFighting(format!("stage: {now}")));
        };
        let after: Vec<Stage> = past[last + 1..].iter().filter_map(|it| stage(it)).collect();
        if after.is_empty() {
            return Err(Refusal::Active(format!("stage since {}: {now}", day(past[last].from))));
        }
        let next = past.get(last + 1).and_then(|it| it.from);
        let end = past[last].until.or(next).unwrap_or(self.as_of).year();
        let war = stage(past[last]) == Some(Stage::War);
        let fights = past.iter().filter(|it| fought(it)).map(|it| it.cycle).max();
        let territory = self.issue.incompatibility.map(|it| it != Incompatibility::Government);
        let ending = ending(&after);
        Ok(Question {
            carried_on: self.carried_on(end).filter(|_| ending == Some(Ending::Agreement)),
            end: Some(end),
            intensity: Some(if war { Intensity::War } else { Intensity::Minor }),
            territorial: territory,
            episode: fights,
            conflict_id: self.config.ucdp,
            ..Question::after(ending, quiet_years(end, self.as_of))
        })
    }

    /// Whether PA-X has an agreement that carried on the one that ended fighting in `end`, in the year after: by PA-X's own
    /// table among the dossier's where it covers that year, else by the record that ships.
    ///
    /// `None` while that year is not over, or where neither tells.
    fn carried_on(&self, end: i16) -> Option<bool> {
        if quiet_years(end, self.as_of) < 1 {
            return None;
        }
        let pax = self.tables.iter().filter(|table| table.data_set == DataSet::PaX.title());
        let covers = |table: &&TableUse| table.until.is_some_and(|until| end < until.year());
        let files: Vec<&str> = pax.filter(covers).map(|table| table.file.as_str()).collect();
        if files.is_empty() {
            let record = Record::built_in(Level::Conflict);
            let own = |spell: &&Spell| Some(spell.conflict_id) == self.config.ucdp && spell.end == end;
            return record.spells().iter().find(own)?.carried_on;
        }
        let carries_on = |piece: &Evidence| {
            matches!(&piece.provenance, Provenance::Row { file, .. } if files.contains(&file.as_str()))
                && piece.observation == Observation::Implementation
                && piece.when.is_some_and(|when| when.from().year() == end + 1)
        };
        Some(self.evidence.iter().any(carries_on))
    }
}

/// How fighting ended, by the stages that followed it: an agreement counts before a ceasefire, and a ceasefire before
/// violence that merely stopped. Nothing of these means that the stages do not tell.
fn ending(after: &[Stage]) -> Option<Ending> {
    let held = |wanted: &[Stage]| after.iter().any(|stage| wanted.contains(stage));
    if held(&[Stage::Agreement, Stage::Implementation]) {
        Some(Ending::Agreement)
    } else if held(&[Stage::Ceasefire]) {
        Some(Ending::Ceasefire)
    } else if held(&[Stage::Abatement]) {
        Some(Ending::LowActivity)
    } else {
        None
    }
}

/// Whole calendar years that were quiet by the day.
fn quiet_years(end: i16, as_of: Date) -> i16 {
    let whole = if as_of.month() == 12 && as_of.day() == 31 { as_of.year() } else { as_of.year() - 1 };
    whole - end
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "an unknown day".to_owned(), |date| date.to_string())
}

/// What the record itself knows of a conflict (or, at dyad level, of its latest dyad) at the end of a year: the question
/// after its latest episode.
///
/// # Errors
///
/// A refusal: the record has no such conflict, or it fights at the end of that year.
///
/// ```
/// use irenic::{Level, OutlookRecord, question_of_record};
/// let record = OutlookRecord::built_in(Level::Conflict);
/// assert!(question_of_record(&record, 1, None).is_err(), "no conflict has the number 1");
/// ```
pub fn question_of_record(record: &Record, conflict_id: u32, year: Option<i16>) -> Result<Question, Refusal> {
    let year = year.unwrap_or(record.last_year());
    let own = record.spells().iter().filter(|it| it.conflict_id == conflict_id);
    let last = own.filter(|it| it.end < year).max_by_key(|it| it.end).ok_or(Refusal::Unknown(conflict_id))?;
    if let Some(next) = last.next.filter(|next| next.year <= year) {
        return Err(Refusal::Active(format!("{}, since {}", last.name, next.year)));
    }
    Ok(Question {
        ending: last.ending,
        carried_on: last.carried_on,
        end: Some(last.end),
        intensity: Some(last.intensity),
        territorial: Some(last.territorial),
        internationalised: Some(last.internationalised),
        episode: Some(last.episode),
        conflict_id: Some(conflict_id),
        ..Question::after(last.ending, year - last.end)
    })
}

/// What the record itself knows of a conflict (or, at dyad level, of one of its dyads) that is fought in a year: the
/// question on its end. Of several dyads, the one that has been fought longest is meant.
///
/// # Errors
///
/// A refusal: the record has no such conflict, or it is not fought in that year.
pub fn active_question_of_record(
    record: &Record,
    conflict_id: u32,
    year: Option<i16>,
) -> Result<ActiveQuestion, Refusal> {
    let year = year.unwrap_or(record.last_year());
    let own = || record.spells().iter().chain(record.ongoing()).filter(|it| it.conflict_id == conflict_id);
    let name = own().next().ok_or(Refusal::Unknown(conflict_id))?.name.clone();
    let fought = own().filter(|it| it.start <= year && year <= it.end).min_by_key(|it| it.start);
    let spell = fought.ok_or_else(|| Refusal::NoFighting(format!("{name}, {year}")))?;
    let place = usize::try_from(year - spell.start).unwrap_or(0);
    let intensity = spell.course.get(place).copied().unwrap_or(spell.intensity);
    Ok(ActiveQuestion {
        year: Some(year),
        territorial: Some(spell.territorial),
        internationalised: Some(spell.internationalised),
        conflict_id: Some(conflict_id),
        ..ActiveQuestion::after(intensity, year - spell.start + 1)
    })
}

#[cfg(test)]
mod tests {
    use irenic_model::jiff::civil::date;

    use super::*;
    use crate::{Dossier, Options, document_of_text};

    fn asked(text: &str, as_of: Date) -> Result<Question, Refusal> {
        let document = document_of_text("note.txt", None, text);
        let options = Options { as_of: Some(as_of), ..Options::default() };
        Dossier::of_documents("Examplia", vec![document]).reconstruct(options, &()).outlook_question()
    }

    #[test]
    fn an_agreement_counts_before_a_ceasefire() {
        assert_eq!(ending(&[Stage::Ceasefire, Stage::Implementation]), Some(Ending::Agreement));
        assert_eq!(ending(&[Stage::Ceasefire, Stage::Tension]), Some(Ending::Ceasefire));
        assert_eq!(ending(&[Stage::Abatement]), Some(Ending::LowActivity));
        assert_eq!(ending(&[Stage::Settled]), None);
    }

    #[test]
    fn only_whole_years_are_quiet() {
        assert_eq!(quiet_years(1994, date(1994, 6, 1)), -1);
        assert_eq!(quiet_years(1994, date(1995, 12, 30)), 0);
        assert_eq!(quiet_years(1994, date(1995, 12, 31)), 1);
        assert_eq!(quiet_years(1994, date(2000, 3, 1)), 5);
    }

    #[test]
    fn without_fighting_there_is_no_outlook() {
        let refused = asked("The two governments opened an embassy.", date(2000, 1, 1));
        assert!(matches!(refused, Err(Refusal::NoFighting(_))), "{refused:?}");
    }

    #[test]
    fn while_fighting_goes_on_its_end_is_asked_about() {
        let record = Record::built_in(Level::Conflict);
        let own = record.ongoing().iter().find(|it| it.course.len() > 3).unwrap();
        let question = active_question_of_record(&record, own.conflict_id, None).unwrap();
        assert_eq!(question.active_years, i16::try_from(own.course.len()).unwrap());
        assert_eq!(Some(&question.intensity), own.course.last());
        let earlier = active_question_of_record(&record, own.conflict_id, Some(own.end - 2)).unwrap();
        assert_eq!(
            (earlier.active_years, earlier.intensity),
            (question.active_years - 2, own.course[own.course.len() - 3])
        );
        let quiet = record.spells().iter().find(|it| it.next.is_none()).unwrap();
        let refused = active_question_of_record(&record, quiet.conflict_id, None);
        assert!(matches!(refused, Err(Refusal::NoFighting(_))), "{refused:?}");
        assert!(matches!(active_question_of_record(&record, 1, None), Err(Refusal::Unknown(1))));
    }

    #[test]
    fn a_war_that_goes_on_has_lasted_since_its_fighting_began() {
        let text = "War broke out on 3 March 1998 and at least 2,000 soldiers were killed in fighting in May 1998. \
                    Heavy fighting went on in June 1999.";
        let document = document_of_text("note.txt", None, text);
        let options = Options { as_of: Some(date(1999, 7, 1)), ..Options::default() };
        let found = Dossier::of_documents("Examplia", vec![document]).reconstruct(options, &());
        match found.active_question() {
            Ok(question) => {
                assert_eq!((question.active_years, question.year), (2, Some(1999)));
                assert!(matches!(found.outlook_question(), Err(Refusal::Active(_))));
                assert!(found.active_outlook(&[5]).unwrap().cases >= 10);
            }
            Err(refusal) => panic!("{refusal}: {:?}", found.life_cycle().collect::<Vec<_>>()),
        }
    }

    #[test]
    fn pax_tells_whether_an_agreement_was_carried_on() {
        let years = "conflict_id,location,side_a,side_b,year,intensity_level,type_of_conflict,version\n\
                     901,E,G,NF,2001,2,3,25.1\n901,E,G,NF,2002,2,3,25.1\n902,E,G,WF,2012,1,3,25.1\n";
        let accord = "AgtId,Agt,Dat,Agtp,Stage,UcdpCon,Ce\n1,Accord,2002-12-20,Intra,SubComp,901,0\n";
        let asked = |rows: &str| {
            let folder = tempfile::tempdir().unwrap();
            let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
            write("conflict.toml", "ucdp = 901\n");
            write("years.csv", years);
            write("pax.csv", &format!("{accord}{rows}"));
            let options = Options { as_of: Some(date(2010, 6, 1)), known_by: None };
            let dossier = Dossier::open(&[folder.path().to_path_buf()], &());
            let question = dossier.reconstruct(options, &()).outlook_question().unwrap();
            (question.ending, question.end, question.carried_on)
        };
        let agreement = |carried_on| (Some(Ending::Agreement), Some(2002), carried_on);
        assert_eq!(asked("2,Plan,2003-05-01,Intra,Imp,901,0\n"), agreement(Some(true)));
        assert_eq!(asked("2,Plan,2004-05-01,Intra,Imp,901,0\n"), agreement(Some(false)), "too late");
        assert_eq!(
            asked("2,Plan,2003-05-01,Intra,Imp,902,0\n"),
            agreement(Some(false)),
            "another conflict's"
        );
        assert_eq!(asked(""), agreement(None), "2003 is not covered");
    }

    #[test]
    fn the_record_knows_its_conflicts() {
        let record = Record::built_in(Level::Conflict);
        let quiet = record.spells().iter().find(|it| it.next.is_none()).unwrap();
        let question = question_of_record(&record, quiet.conflict_id, None).unwrap();
        assert_eq!(question.quiet_years, record.last_year() - quiet.end);
        let back = record.spells().iter().find(|it| it.next.is_some()).unwrap();
        let year = back.next.map(|next| next.year);
        assert!(matches!(question_of_record(&record, back.conflict_id, year), Err(Refusal::Active(_))));
    }
}
