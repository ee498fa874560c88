//! Figures of documents in the shared folder, counted by hand. Skipped where the folder is not there.

use std::path::{Path, PathBuf};

use irenic_extract::{Input, figures::figures};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Block, BlockKind, Content, Document, Source};

/// The shared folder: `$IRENIC_SHARED`, or `shared` beside a folder above this crate.
fn shared() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("IRENIC_SHARED") {
        return Some(PathBuf::from(folder)).filter(|folder| folder.is_dir());
    }
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join("shared")).find(|folder| folder.join("documents").is_dir())
}

#[test]
fn every_figure_of_the_essay_and_no_other() {
    let Some(folder) = shared() else {
        eprintln!("skipped: no shared folder; set IRENIC_SHARED");
        return;
    };
    let text =
        std::fs::read_to_string(folder.join("documents/pashayeva_2023_closing_the_circle.txt")).unwrap();
    let segments = segments_of(&text);
    let blocks = segments.iter().map(|span| Block::new(BlockKind::Paragraph, *span)).collect();
    let source = Source::new("essay", text.as_bytes());
    let analysis = Pipeline::new().analyse(&text, &segments);
    let document = Document { source, text, blocks, links: Vec::new(), diagnostics: Vec::new() };
    let input =
        Input { document: &document, analysis: &analysis, mentions: &[], times: &[], attributions: &[] };
    let found: Vec<String> = figures(&input)
        .iter()
        .filter_map(|statement| match &statement.content {
            Content::Figure(figure) => Some(figure),
            _ => None,
        })
        .map(|figure| {
            let upper = figure.upper.map(|upper| format!("-{upper}")).unwrap_or_default();
            let part = if figure.part_of.is_some() { " part" } else { "" };
            let counts = figure.counts.as_deref().unwrap_or("-");
            format!("{}{upper} {} {} {counts}{part}", figure.value, figure.bound.name(), figure.unit)
        })
        .collect();
    let expected = [
        "0.2 about share territory",
        "20000 at_least person killed",
        "1000000 about person displaced",
        "3890 exact person missing",
        "71 exact person missing part",
        "267 exact person missing part",
        "326 exact person missing part",
        "100000 at_least person displaced",
        "50-1000 exact person remaining",
        "40 at_least tonne food and hygiene products",
        "40 exact tonne flour",
        "200 at_least tonne fuel",
        "22 at_least tonne drinkable water",
    ];
    assert_eq!(found, expected);
}
