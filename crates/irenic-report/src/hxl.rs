//! Figures as a table in the Humanitarian Exchange Language: a header, a row of hashtags, a row a figure.
//!
//! The hashtags and attributes are those of the HXL 1.1 dictionary (<https://hxlstandard.org/standard/1-1final/dictionary/>);
//! attributes of our own say what the dictionary has no word for (`+bound`, `+stance`), as its conventions allow. A row is
//! what one statement says: nothing is added up, and rival figures stand in rows of their own. `+account` numbers the account
//! that a figure belongs to, so that a reader can see which rows are about the same thing.

use std::collections::BTreeMap;

use irenic::Reconstruction;
use irenic_model::{AccountKind, Content, Figure, StatementRef};

/// The columns: header, and hashtag with attributes.
const COLUMNS: [(&str, &str); 30] = [
    ("Figure", "#meta+id"),
    ("Account", "#meta+id+account"),
    ("Part of", "#meta+id+part_of"),
    ("From", "#date+start"),
    ("Until", "#date+end"),
    ("Published", "#date+reported"),
    ("Group", "#group+name"),
    ("Bound", "#meta+bound"),
    ("Killed", "#affected+killed"),
    ("Killed, upper end", "#affected+killed+max"),
    ("Injured", "#affected+injured"),
    ("Injured, upper end", "#affected+injured+max"),
    ("Missing", "#affected+missing"),
    ("Missing, upper end", "#affected+missing+max"),
    ("Displaced", "#affected+displaced"),
    ("Displaced, upper end", "#affected+displaced+max"),
    ("Detained", "#affected+detained"),
    ("Returned", "#affected+returned"),
    ("Other people affected", "#affected"),
    ("Counted as", "#affected+type"),
    ("Money", "#value"),
    ("Money, upper end", "#value+max"),
    ("Currency", "#currency+code"),
    ("Goods or other", "#item+name"),
    ("Quantity", "#item+num"),
    ("Quantity, upper end", "#item+num+max"),
    ("Unit", "#item+unit"),
    ("Who says so", "#meta+source+holder"),
    ("Stance", "#meta+stance"),
    ("Source", "#meta+source"),
];

/// The people that have columns of their own, with whether an upper end has one too.
const PEOPLE: [(&str, &str, bool); 6] = [
    ("killed", "#affected+killed", true),
    ("injured", "#affected+injured", true),
    ("missing", "#affected+missing", true),
    ("displaced", "#affected+displaced", true),
    ("detained", "#affected+detained", false),
    ("returned", "#affected+returned", false),
];

/// The table as comma-separated values, in order of document and place.
///
/// ```
/// use irenic::{Dossier, Options, document_of_text};
/// let document = document_of_text("note.txt", None, "At least 12 people were killed in the clashes on 2 May 1994.");
/// let found = Dossier::of_documents("Examplia", vec![document]).reconstruct(Options::default(), &());
/// let table = irenic_report::hxl::table(&found);
/// let rows: Vec<&str> = table.lines().collect();
/// assert!(rows[1].starts_with("#meta+id,") && rows[1].contains("#affected+killed"));
/// assert!(rows[2].contains(",1994-05-02,1994-05-02,") && rows[2].contains(",at_least,12,"));
/// ```
#[must_use]
pub fn table(found: &Reconstruction) -> String {
    let mut out = String::new();
    line(&mut out, COLUMNS.iter().map(|(header, _)| *header));
    line(&mut out, COLUMNS.iter().map(|(_, tag)| *tag));
    let accounts = accounts(found);
    for (document, reading) in found.readings.iter().enumerate() {
        for (statement, it) in reading.extraction.statements.iter().enumerate() {
            let Content::Figure(figure) = &it.content else { continue };
            let mut cells = measure(figure);
            let account = accounts.get(&StatementRef { document, statement });
            cells.insert("#meta+id", it.id.to_string());
            cells.insert("#meta+id+account", account.map(ToString::to_string).unwrap_or_default());
            cells.insert("#meta+id+part_of", figure.part_of.map(|id| id.to_string()).unwrap_or_default());
            if let Some(period) = &figure.period {
                cells.insert("#date+start", period.from().to_string());
                cells.insert("#date+end", period.until().to_string());
            }
            let source = &reading.document.source;
            let author = source.publisher.as_ref().or(source.author.as_ref()).unwrap_or(&source.id);
            let holder = it.holder.as_ref().map_or_else(|| author.clone(), |holder| holder.name().to_owned());
            cells.insert("#date+reported", source.published.map(|day| day.to_string()).unwrap_or_default());
            cells.insert("#group+name", figure.group.clone().unwrap_or_default());
            cells.insert("#meta+bound", figure.bound.name().to_owned());
            cells.insert("#meta+source+holder", holder);
            cells.insert("#meta+stance", it.stance.name().to_owned());
            cells.insert("#meta+source", source.id.clone());
            line(&mut out, COLUMNS.iter().map(|(_, tag)| cells.get(tag).map_or("", String::as_str)));
        }
    }
    out
}

/// The number of the account that each figure belongs to, from 1, as `irenic accounts` lists them.
fn accounts(found: &Reconstruction) -> BTreeMap<StatementRef, usize> {
    let figures =
        found.accounts.iter().enumerate().filter(|(_, account)| account.kind == AccountKind::Figure);
    figures.flat_map(|(number, account)| account.statements().map(move |at| (at, number + 1))).collect()
}

/// The cells that say how much of what.
fn measure(figure: &Figure) -> BTreeMap<&'static str, String> {
    let mut cells = BTreeMap::new();
    let value = figure.value.to_string();
    let upper = figure.upper.map(|upper| upper.to_string());
    let counts = figure.counts.as_deref().unwrap_or_default();
    let currency = figure.unit.len() == 3 && figure.unit.bytes().all(|byte| byte.is_ascii_uppercase());
    if figure.unit == "person" {
        match PEOPLE.iter().find(|(name, ..)| *name == counts) {
            Some((_, tag, has_max)) => {
                cells.insert(*tag, value);
                let max = COLUMNS.iter().find(|(_, known)| known.strip_suffix("+max") == Some(*tag));
                if let (true, Some((_, max)), Some(upper)) = (*has_max, max, upper) {
                    cells.insert(*max, upper);
                }
            }
            None => {
                cells.insert("#affected", value);
                cells.insert("#affected+type", counts.to_owned());
            }
        }
    } else if currency {
        cells.insert("#value", value);
        cells.insert("#value+max", upper.unwrap_or_default());
        cells.insert("#currency+code", figure.unit.clone());
    } else {
        cells.insert("#item+name", counts.to_owned());
        cells.insert("#item+num", value);
        cells.insert("#item+num+max", upper.unwrap_or_default());
        cells.insert("#item+unit", figure.unit.clone());
    }
    cells
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}
