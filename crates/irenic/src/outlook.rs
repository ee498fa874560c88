//! The outlook of a reconstruction or of a conflict of the record: what is known of it, put to the world's record.

use irenic_model::jiff::civil::Date;
use irenic_model::{Incompatibility, Stage, StageInterval};
use irenic_outlook::{Ending, Intensity, Level, Outlook, Question, Record, Refusal, outlook};

use crate::Reconstruction;

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
        Ok(Question {
            end: Some(end),
            intensity: Some(if war { Intensity::War } else { Intensity::Minor }),
            territorial: territory,
            episode: fights,
            conflict_id: self.config.ucdp,
            ..Question::after(ending(&after), quiet_years(end, self.as_of))
        })
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
        end: Some(last.end),
        intensity: Some(last.intensity),
        territorial: Some(last.territorial),
        internationalised: Some(last.internationalised),
        episode: Some(last.episode),
        conflict_id: Some(conflict_id),
        ..Question::after(last.ending, year - last.end)
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
