//! What must not change the reconstruction, and what must: other names, other years, another question.

use std::path::{Path, PathBuf};

use irenic::{Dossier, Options, Reconstruction};
use irenic_model::jiff::civil::{Date, date};
use irenic_model::{Account, AccountKind, AccountStatus, Content, Version};

/// The example that is all text, so that its words can be changed as they stand.
const EXAMPLE: &str = "aceh";

const AS_OF: Date = date(2025, 12, 31);

/// A copy of the example with every file's text changed.
fn copy(name: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the temporary folder can be made");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(EXAMPLE);
    for entry in std::fs::read_dir(from).expect("the example is there") {
        let path = entry.expect("a file can be listed").path();
        let file = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        if file == "expected.toml" || file == "README.md" {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("the example is text");
        std::fs::write(folder.join(&file), change(&text)).expect("the copy can be written");
    }
    folder
}

fn read(folder: PathBuf, options: Options) -> Reconstruction {
    Dossier::open(&[folder], &()).reconstruct(options, &())
}

fn as_of(day: Date) -> Options {
    Options { as_of: Some(day), ..Options::default() }
}

/// Everything that is found, as lines, with every day put through `day` and every word through `name`.
fn told(found: &Reconstruction, day: impl Fn(Date) -> Date, name: impl Fn(&str) -> String) -> Vec<String> {
    let days = |when: Option<irenic_model::DateInterval>| when.map(|it| (day(it.from()), day(it.until())));
    let mut lines = Vec::new();
    for it in &found.stages {
        let (from, until) = (it.from.map(&day), it.until.map(&day));
        lines.push(format!("{} {} {} {from:?} {until:?} {:?}", it.model, it.stage, it.cycle, it.rival));
    }
    for account in &found.accounts {
        let statements = account.statements().count();
        let status = account.status;
        let heading = name(&account.heading);
        lines.push(format!("{:?} {heading} {:?} {status:?} {statements}", account.kind, days(account.when)));
    }
    for reading in &found.readings {
        for statement in &reading.extraction.statements {
            let words = name(statement.span.of(&reading.document.text));
            let kind = statement.content.kind();
            let dates = match &statement.content {
                Content::Event(event) => days(event.when),
                Content::Figure(figure) => days(figure.period),
                Content::Commitment(commitment) => days(commitment.due),
                _ => None,
            };
            lines.push(format!(
                "{} {kind:?} {:?} {words} {dates:?}",
                reading.document.source.id, statement.stance
            ));
        }
    }
    lines.extend(found.parties.iter().map(|party| format!("{} {}", name(&party.name), party.events)));
    lines.sort();
    lines
}

fn assert_same(left: &[String], right: &[String]) {
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|line| !other.contains(line)).cloned().collect()
    };
    let (lost, new) = (only(left, right), only(right, left));
    assert!(lost.is_empty() && new.is_empty(), "lost {lost:#?}\nnew {new:#?}");
}

/// Names and what stands for them: a country for a country, since the gazetteer knows both, a name for a name of the same
/// form, since case and length are what the labeller of names goes by.
const NAMES: [(&str, &str); 9] = [
    ("Indonesia", "Nicaragua"),
    ("IDN", "NIC"),
    ("Jakarta", "Managua"),
    ("Aceh", "Papua"),
    ("GAM", "OPM"),
    ("TNI", "TNA"),
    ("Tiro", "Tira"),
    ("Malik Mahmud", "Malik Hamoud"),
    ("Yudhoyono", "Yudhoyana"),
];

/// Others again; what the gazetteer knows a name as, it must know the other as.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("Indonesia", "Angola"),
    ("IDN", "AGO"),
    ("Jakarta", "Luanda"),
    ("Aceh", "Cabinda"),
    ("GAM", "ELN"),
    ("TNI", "NDF"),
    ("Tiro", "Muyo"),
    ("Malik Mahmud", "Jonas Mahlangu"),
    ("Yudhoyono", "Pohambona"),
];

/// Everything that is found, and not only the stages: no model of this program goes by the letters of a name.
#[test]
fn other_names_change_the_names_and_nothing_else() {
    for names in [NAMES, OTHER_NAMES] {
        let renamed =
            |text: &str| names.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
        let original = read(copy("names-before", str::to_owned), as_of(AS_OF));
        let other = read(copy("names-after", renamed), as_of(AS_OF));
        assert!(other.parties.iter().any(|party| party.name == renamed("Free Aceh Movement")));
        assert_same(&told(&original, |day| day, renamed), &told(&other, |day| day, str::to_owned));
    }
}

fn without_weeks(text: &str) -> String {
    text.replace("since the 1960s", "since 1965")
        .replace("in the same week", "in the same month")
        .replace("Megawati Soekarnoputri", "Marwati Soedirman")
        .replace("Susilo Bambang Yudhoyono", "Soesilo Darmawan")
}

const YEARS: i16 = 11;

fn later(day: Date) -> Date {
    day.with().year(day.year() + YEARS).build().expect("the example has no leap day")
}

/// Every year of the text eleven years later.
///
/// Eleven years move weekdays and leap days, and a decade is none eleven years on. The example names neither a weekday nor
/// 29 February; its one week and its one decade give way to a month and a year, in both readings.
/// Heads of state are known by the years in which they were, so theirs give way to names that nobody knows.
fn shifted(text: &str) -> String {
    let text = without_weeks(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|it: char| it.is_ascii_digit()) {
        let end = rest[at..].find(|it: char| !it.is_ascii_digit()).map_or(rest.len(), |len| at + len);
        let digits = &rest[at..end];
        let part_of_number = rest[..at].ends_with(',');
        out.push_str(&rest[..at]);
        match digits.parse::<i16>() {
            Ok(year @ 1950..=2016) if digits.len() == 4 && !part_of_number => {
                out.push_str(&(year + YEARS).to_string());
            }
            _ => out.push_str(digits),
        }
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn other_years_change_the_years_and_nothing_else() {
    let original = read(copy("years-before", without_weeks), as_of(AS_OF));
    let other = read(copy("years-after", shifted), as_of(later(AS_OF)));
    assert_same(&told(&original, later, shifted), &told(&other, |day| day, str::to_owned));
}

/// How many were killed in the whole war, by two documents that agree; and where one of them gives another number.
#[test]
fn one_other_figure_in_one_document_makes_an_agreed_account_contested() {
    // The example holds two rival figures in one document. Here both speakers give one, and so does a second document.
    let told = |killed: &str| {
        let killed = format!("for three decades. Between 1976 and 2005 {killed} people were killed.");
        move |text: &str| {
            text.replace("for three decades.", &killed).replace("over 9,000 lives", "15,000 lives")
        }
    };
    let status = |name: &str, killed: &str| {
        let found = read(copy(name, told(killed)), as_of(AS_OF));
        let is_total = |it: &&Account| {
            let total = |version: &Version| version.quantity.as_ref().is_some_and(|it| it.value == 15_000.0);
            it.kind == AccountKind::Figure && it.versions.iter().any(total)
        };
        found.accounts.iter().find(is_total).map(|it| it.status)
    };
    assert_eq!(status("figure-agreed", "15,000"), Some(AccountStatus::Agreed));
    assert_eq!(status("figure-contested", "21,000"), Some(AccountStatus::Contested));
}

#[test]
fn as_of_asks_about_a_day_with_all_that_is_known_now() {
    let folder = copy("as-of", |text| text.to_owned());
    let stage = |day: Date| {
        let found = read(folder.clone(), as_of(day));
        assert!(found.life_cycle().all(|it| it.from.is_none_or(|from| from <= day)), "{day}");
        assert!(found.chronicle().iter().all(|it| it.when.from() <= day), "{day}");
        found.current_stage().map(|it| (it.stage.clone(), it.ongoing))
    };
    assert_eq!(stage(date(2003, 2, 1)), Some(("ceasefire".to_owned(), true)));
    assert_eq!(stage(date(2004, 1, 1)), Some(("war".to_owned(), true)));
    assert_eq!(stage(AS_OF), Some(("implementation".to_owned(), true)));
}

#[test]
fn known_by_uses_only_what_was_published_by_then() {
    let folder = copy("known-by", |text| text.to_owned());
    let known = |day: Date| {
        let found = read(folder.clone(), Options { as_of: Some(AS_OF), known_by: Some(day) });
        found.life_cycle().map(|it| it.stage.clone()).collect::<Vec<_>>()
    };
    let early = known(date(2003, 12, 31));
    assert!(early.contains(&"war".to_owned()), "{early:?}");
    assert!(!early.iter().any(|stage| stage == "agreement" || stage == "implementation"), "{early:?}");
    assert!(known(AS_OF).contains(&"implementation".to_owned()));

    let day = date(2003, 12, 31);
    let found = read(folder, Options { as_of: None, known_by: Some(day) });
    assert!(!found.readings.is_empty() && !found.withheld.is_empty());
    assert!(
        found.readings.iter().all(|it| it
            .document
            .source
            .published
            .is_some_and(|published| published <= day))
    );
    assert!(found.withheld.iter().all(|it| it.published.is_none_or(|published| published > day)));
    assert!(found.as_of <= day, "the last day that these sources know of is {}", found.as_of);
}
