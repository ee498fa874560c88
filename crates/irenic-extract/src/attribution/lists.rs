//! Lists: each item under "According to the ministry:" is the ministry's, and so is the cell behind such a cell.
//!
//! Sentences end with their blocks, so what is weighed sentence by sentence gives the speaker the first item at most.

use std::collections::BTreeSet;

use irenic_language::Upos;
use irenic_model::{Block, BlockKind, Span};

use super::Chosen;
use super::candidates::phrase_of_source;
use super::lead_ins::{Speaker, by_phrase, is_count, is_lead_in, is_nobody, last_words, speaker};
use super::lexicon::NO_CLASS;
use super::view::{Run, View};
use crate::words::lines;

/// Longer lists are cut: no writer lists more, and a crafted text must not cost more.
const ITEMS_MAX: usize = 400;

/// So many lines without a bullet may stand under a lead-in; more are the text itself.
const LINES_MAX: usize = 12;

/// Lines that were wrapped are at least so long.
const WRAPPED_CHARS_MIN: usize = 50;

/// A label has no more letters or digits: "(iii)", "12.".
const LABEL_CHARS_MAX: usize = 4;

/// A line that ends in a colon, and what stands under it.
struct List {
    lead: Span,
    items: Vec<Span>,
}

/// Gives the items of each list, and the cells behind a cell, to who the lead-in names.
pub(super) fn add(view: &View<'_>, blocks: &[Block], chosen: &mut Vec<Chosen>) {
    let mut by_cue: Vec<usize> = (0..chosen.len()).collect();
    by_cue.sort_by_key(|&at| chosen[at].candidate.cue);
    let mut added: Vec<Chosen> = Vec::new();
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    // From the last on, so that a list within a list is its own speaker's.
    for list in (0..blocks.len()).rev().filter_map(|at| list_at(view, blocks, at)) {
        let Some(words) = last_words(view, list.lead) else { continue };
        let from = by_cue.partition_point(|&at| chosen[at].candidate.cue < words.start);
        let near = || by_cue[from..].iter().take_while(|&&at| chosen[at].candidate.cue <= words.end);
        let Some(speaker) = speaker(view, &words, near().map(|&at| &chosen[at])) else { continue };
        let first = added.len();
        for &item in &list.items {
            let run = words_of(view, item);
            let start = run.start;
            if run.is_empty() || taken.contains(&start) {
                continue;
            }
            if let Some(said) = speaker.says(view, run) {
                taken.insert(start);
                added.push(said);
            }
        }
        // What was taken for the first item is in it.
        let below = |at: usize| chosen[at].candidate.content[0].start > words.end;
        dropped.extend(near().copied().filter(|&at| added.len() > first && below(at)));
    }
    added.extend(cells(view, blocks));
    // "According to the following sources:" names nobody, so what stands below is the author's.
    let behind_colon = |one: &Chosen| {
        one.candidate.content[0].start.checked_sub(1).is_some_and(|before| view.form(before) == ":")
    };
    let nobodys = |at: &usize| behind_colon(&chosen[*at]) && is_nobody(view, &chosen[*at].source);
    dropped.extend((0..chosen.len()).filter(nobodys));
    let mut at = 0;
    chosen.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
    chosen.extend(added);
    chosen.sort_by_key(|one| (one.candidate.content[0].start, one.candidate.cue));
}

/// The words of an item, without the conjunction that leads to the last: "...; and".
fn words_of(view: &View<'_>, item: Span) -> Run {
    let run = view.trimmed(view.analysis.tokens_in(item));
    let joins = 1 < run.len() && view.upos(run.end - 1) == Upos::Cconj && view.is_punctuation(run.end - 2);
    if joins { view.trimmed(run.start..run.end - 1) } else { run }
}

/// The list that a block of running text leads to.
fn list_at(view: &View<'_>, blocks: &[Block], at: usize) -> Option<List> {
    let text = view.text;
    let block = &blocks[at];
    if matches!(
        block.kind,
        BlockKind::Literal | BlockKind::Footnote | BlockKind::Caption | BlockKind::TableRow
    ) {
        return None;
    }
    let list = below_first_line(view, block.span).or_else(|| {
        let lead = leading(text, block.span)?;
        Some(List { lead, items: items_behind(text, blocks, at) })
    });
    list.filter(|list| !list.items.is_empty())
}

/// A block's words up to the colon that they end in, marks of notes left out.
fn leading(text: &str, span: Span) -> Option<Span> {
    let mut words = span.of(text).trim_end();
    while let Some(open) = words.strip_suffix(']').and_then(|rest| rest.rfind('[')) {
        words = words[..open].trim_end();
    }
    words.ends_with(':').then(|| Span::new(span.start, span.start + words.len()))
}

/// Lines of one block under a line of it that ends in a colon, where they are not one paragraph that was only wrapped.
fn below_first_line(view: &View<'_>, span: Span) -> Option<List> {
    let text = view.text;
    let end = span.start + span.of(text).find('\n')?;
    let lead = leading(text, Span::new(span.start, end))?;
    let rest = Span::new(end + 1, span.end);
    let tokens = view.analysis.tokens_in(rest);
    let one = tokens.is_empty() || view.sentence_of(tokens.start) == view.sentence_of(tokens.end - 1);
    (!is_wrapped(rest.of(text), one)).then(|| List { lead, items: vec![rest] })
}

/// Whether lines may be one paragraph: some begin low, a long one ends within a sentence, or a single one has more than
/// one sentence.
fn is_wrapped(words: &str, one_sentence: bool) -> bool {
    let low = |line: &str| line.trim_start().starts_with(char::is_lowercase);
    let stops = |line: &str| {
        let closes =
            |c: char| c.is_ascii_digit() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '[' | '(');
        line.trim_end().trim_end_matches(closes).ends_with(['.', ';', ',', ':', '!', '?'])
    };
    let breaks_off = |line: &str| WRAPPED_CHARS_MIN <= line.chars().count() && !stops(line);
    let (before, _) = words.trim_end().rsplit_once('\n').unwrap_or_default();
    words.lines().any(low) || before.lines().any(breaks_off) || before.is_empty() && !one_sentence
}

/// The items right behind the block at `at`: of a list, of a quotation, or lines without a gap.
fn items_behind(text: &str, blocks: &[Block], at: usize) -> Vec<Span> {
    let lead = &blocks[at];
    let Some(first) = blocks.get(at + 1) else { return Vec::new() };
    let style = |block: &Block| label(block.span.of(text)).map(|(style, _)| style);
    let labelled = style(first).filter(|own| style(lead) != Some(*own));
    let is_item = |block: &Block| match (first.kind, block.kind) {
        (BlockKind::ListItem, BlockKind::ListItem) => {
            lead.kind != BlockKind::ListItem || block.depth > lead.depth
        }
        (BlockKind::Quotation, BlockKind::Quotation) => lead.kind != BlockKind::Quotation,
        (BlockKind::Paragraph | BlockKind::Heading(_), BlockKind::Paragraph | BlockKind::Heading(_)) => {
            labelled.is_some() && style(block) == labelled
        }
        _ => false,
    };
    let behind = &blocks[at + 1..];
    let count = behind.iter().take(ITEMS_MAX).take_while(|block| is_item(block)).count();
    if count == 0 {
        return lines_behind(text, blocks, at);
    }
    // Where an item leads to more of the same depth, nobody can tell where that ends.
    let unclear = |pair: &[Block]| {
        leading(text, pair[0].span).is_some()
            && pair[1].kind == pair[0].kind
            && pair[1].depth <= pair[0].depth
    };
    let clear = behind[..count].windows(2).position(unclear).unwrap_or(count);
    behind[..clear].iter().map(|block| without_label(text, block.span)).collect()
}

/// Lines that follow on a line without a gap, where both stand apart from the rest of the text.
fn lines_behind(text: &str, blocks: &[Block], at: usize) -> Vec<Span> {
    let apart = |at: usize| match (at.checked_sub(1).and_then(|before| blocks.get(before)), blocks.get(at)) {
        (Some(before), Some(block)) => {
            text[before.span.end..block.span.start].bytes().filter(|&byte| byte == b'\n').count() != 1
        }
        _ => true,
    };
    let line = |block: &Block| block.kind == BlockKind::Paragraph;
    if !line(&blocks[at]) || !apart(at) {
        return Vec::new();
    }
    let end = (at + 1..blocks.len()).take(LINES_MAX + 1).find(|&next| apart(next));
    let end = end.or_else(|| Some(blocks.len()).filter(|&end| end - at <= LINES_MAX + 1));
    let lines = &blocks[at + 1..end.unwrap_or(at + 1)];
    if lines.iter().all(line) { lines.iter().map(|block| block.span).collect() } else { Vec::new() }
}

/// The mark that begins an item, by its style, and its length in bytes: "- ", "(a) ", "12. ".
fn label(words: &str) -> Option<(char, usize)> {
    let first = words.chars().next()?;
    if matches!(first, '-' | '*' | '•' | '–' | '·' | '‣' | '▪' | '●' | '◦') {
        let length = first.len_utf8();
        return words[length..].starts_with(' ').then_some(('-', length));
    }
    let inner = words.strip_prefix(['(', '[']).unwrap_or(words);
    let length = inner.bytes().take(LABEL_CHARS_MAX).take_while(u8::is_ascii_alphanumeric).count();
    let own = &inner[..length];
    let numeral = own.bytes().all(|byte| byte.is_ascii_digit())
        || own.len() == 1
        || own.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    let close = inner[length..].chars().next().filter(|c| matches!(c, '.' | ')' | ']'))?;
    let spaced = inner[length + 1..].starts_with(' ');
    let length = words.len() - inner.len() + length + 1;
    (!own.is_empty() && numeral && spaced).then_some((close, length))
}

fn without_label(text: &str, span: Span) -> Span {
    let length = label(span.of(text)).map_or(0, |(_, length)| length);
    Span::new(span.start + length, span.end)
}

/// What the cells and lines of rows say under or behind a cell that names who says it.
fn cells(view: &View<'_>, blocks: &[Block]) -> Vec<Chosen> {
    let rows = blocks.iter().filter(|block| block.kind == BlockKind::TableRow);
    let mut found = Vec::new();
    for row in rows {
        let mut over: Option<Speaker> = None;
        for line in row.cells.iter().flat_map(|&cell| lines(view.text, cell)) {
            let words = line.of(view.text);
            let colon = words.find(": ").or_else(|| words.ends_with(':').then(|| words.len() - 1));
            let lead = colon.map(|at| Span::new(line.start, line.start + at + 1));
            let named = lead.and_then(|lead| by_phrase(view, &last_words(view, lead)?));
            let heads = lead.is_some_and(|lead| lead.end == line.end);
            let own =
                if heads || named.is_some() { lead.map_or(line.end, |lead| lead.end) } else { line.start };
            let beside = named.is_some() && !heads;
            if heads || beside {
                over = named;
            }
            let run = view.trimmed(view.analysis.tokens_in(Span::new(own, line.end)));
            if !run.is_empty() && !names_its_own(view, &run) {
                found.extend(over.as_ref().and_then(|speaker| speaker.says(view, run)));
            }
            // "Per the ministry: 40 dead" tells nothing of the next line.
            over = over.filter(|_| !beside);
        }
    }
    found
}

/// Whether a line of a cell says itself who says it: "400 according to the council", "300 (western estimates)".
fn names_its_own(view: &View<'_>, run: &Run) -> bool {
    let mut in_brackets = run.clone().skip_while(|&at| view.form(at) != "(");
    let counts = |at| view.class(at) != NO_CLASS || is_count(view, at);
    run.clone().any(|at| is_lead_in(view, at) || phrase_of_source(view, at).is_some())
        || in_brackets.any(counts)
}

#[cfg(test)]
mod tests {
    use irenic_model::{Attribution, Stance};

    use super::*;
    use crate::Input;
    use crate::attribution::attributions_in;
    use crate::figures::figures;
    use crate::reading::Reading;
    use crate::voice::innermost;

    /// Blocks as readers make them: "- " an item, "> " a quotation, "# " a heading, " | " a row; "/" ends a line of a cell.
    fn reading(text: &str) -> Reading {
        let text = text.replace('/', "\n");
        let mut blocks = Vec::new();
        let mut at = 0;
        for part in text
            .split("\n\n")
            .flat_map(|part| if part.contains(" | ") { vec![part] } else { part.lines().collect() })
        {
            let start = at + text[at..].find(part).unwrap();
            at = start + part.len();
            let words = part.trim_start();
            let spaces = part.len() - words.len();
            let span = Span::new(start + spaces, at);
            let mark = words.get(..2).unwrap_or_default();
            let mut block = match mark {
                "- " => Block::new(BlockKind::ListItem, span),
                "> " => Block::new(BlockKind::Quotation, Span::new(span.start + 2, at)),
                "# " => Block::new(BlockKind::Heading(2), Span::new(span.start + 2, at)),
                _ if words.contains(" | ") => Block::new(BlockKind::TableRow, span),
                _ => Block::new(BlockKind::Paragraph, span),
            };
            if block.kind == BlockKind::ListItem {
                block.depth = spaces as u16 + 1;
            }
            if block.kind == BlockKind::TableRow {
                let mut from = span.start;
                for cell in words.split(" | ") {
                    block.cells.push(Span::new(from, from + cell.len()));
                    from += cell.len() + 3;
                }
            }
            blocks.push(block);
        }
        Reading::of_blocks(&text, blocks)
    }

    /// Who says the words, from the outermost voice to the speaker; "-" for the author.
    fn who(text: &str, words: &str) -> String {
        let reading = reading(text);
        let found = attributions_in(&reading.document, &reading.analysis, &[]);
        let start = reading.document.text.find(words).unwrap();
        let said = innermost(&found, Span::new(start, start + words.len()));
        let holder = said.and_then(|said| said.holder.as_ref());
        holder.map_or("-".to_owned(), |holder| {
            holder.chain().iter().map(|voice| voice.name.as_str()).collect::<Vec<_>>().join(" > ")
        })
    }

    #[test]
    fn each_item_is_who_leads_in_s() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            (
                "According to the ministry:\n\n- Nine men fled. The bridge fell.\n- The road was cut.\n\nThe market was open.",
                &[("Nine", "ministry"), ("bridge", "ministry"), ("road", "ministry"), ("market", "-")],
            ),
            (
                "The mayor said:\n\n- The bridge fell.\n# Later\n- The road was cut.",
                &[("bridge", "mayor"), ("road", "-")],
            ),
            (
                "The mayor said:\n\n- According to the council, the bridge fell.\n- The road was cut, the army said.\n- The market was open.",
                &[("bridge", "mayor > council"), ("road", "mayor > army"), ("market", "mayor")],
            ),
            (
                "The mayor said:\n\n- The bridge fell.\n- The map shows the following:\n  - The road was cut.\n- The market was open.",
                &[("bridge", "mayor"), ("road", "mayor"), ("market", "mayor")],
            ),
            (
                "The mayor said:\n\n- The bridge fell.\n- The army had reported:\n  - The road was cut.\n- The market was open.",
                &[("bridge", "mayor"), ("road", "mayor > army"), ("market", "mayor")],
            ),
            (
                "- According to the mayor:\n  - The bridge fell.\n  - The road was cut.\n- The market was open.",
                &[("bridge", "mayor"), ("road", "mayor"), ("market", "-")],
            ),
            (
                "The mayor said:\n\n(a) The bridge fell;\n(b) the road was cut.\n\nThe market was open.",
                &[("bridge", "mayor"), ("road", "mayor"), ("market", "-")],
            ),
            (
                "The mayor said:\n\n> The bridge fell. It was old.\n> The road was cut.\n\nThe market was open.",
                &[("old", "mayor"), ("road", "mayor"), ("market", "-")],
            ),
            (
                "It rained.\n\nThe mayor said:\nThe bridge fell.\nThe road was cut.\n\nThe market was open.",
                &[("bridge", "mayor"), ("road", "mayor"), ("market", "-")],
            ),
            // Where no line stands apart, nobody can tell where the list ends.
            ("It rained.\nThe mayor said:\nThe bridge fell.\nThe road was cut.", &[("road", "-")]),
            // Nor where an item leads to others that stand no deeper.
            (
                "- According to the mayor:\n- The bridge fell.\n- The road was cut.",
                &[("bridge", "mayor"), ("road", "-")],
            ),
            (
                "The mayor said:\n\n- The bridge fell.\n- The army had reported:\n- The road was cut.\n- The market was open.",
                &[("bridge", "mayor"), ("market", "-")],
            ),
        ];
        let all = cases.iter().flat_map(|(text, says)| says.iter().map(move |said| (text, said)));
        let read = all.map(|(text, (words, holder))| (text, words, *holder, who(text, words)));
        let wrong: Vec<_> = read.filter(|(_, _, holder, read)| holder != read).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn lines_of_a_list_are_told_from_a_wrapped_paragraph() {
        let long = "The bridge at Alba fell on Monday and the road to";
        let listed = [
            "The bridge fell.\nIt was old.".to_owned(),
            "40 killed\n9 missing".to_owned(),
            format!("\u{201c}{long} Tarn was cut.\u{201d}\nIt rained."),
            format!("{long} Tarn was cut.[3]\nIt rained."),
        ];
        let wrapped = [
            "The bridge fell on Monday, and\nthe road was cut.".to_owned(),
            format!("{long} {long}\nTarn was cut."),
        ];
        assert!(listed.iter().all(|words| !is_wrapped(words, false)));
        assert!(wrapped.iter().all(|words| is_wrapped(words, false)));
        assert!(!is_wrapped("Gen. Marsh fled.", true) && is_wrapped("It fell. It was old.", false));
    }

    #[test]
    fn a_cell_is_who_the_cell_before_it_names_s() {
        let cases = [
            ("Losses | Per the ministry: | 40 killed", "40", "ministry"),
            ("Per the ministry: | 40 killed", "40", "ministry"),
            ("Losses | Per the ministry:/40 killed/9 missing", "9", "ministry"),
            ("Losses | Per the ministry:/40 killed/Per the council:/9 missing", "9", "council"),
            ("Losses | Per the ministry: 40 killed/9 missing", "40", "ministry"),
            ("Losses | Per the ministry: 40 killed/9 missing", "9", "-"),
            ("Losses | Per the ministry:/40 killed/Units:/9 tanks", "9", "-"),
            ("Losses | According to the following sources:/40 killed", "40", "-"),
            ("Losses | Per the ministry:/40 killed (western estimates)", "40", "-"),
            ("Losses | Soldiers: | 40 killed", "40", "-"),
            ("Deaths | Per day: | 40 killed", "40", "-"),
        ];
        let read = cases.iter().map(|(text, words, holder)| (text, words, *holder, who(text, words)));
        let wrong: Vec<_> = read.filter(|(_, _, holder, read)| holder != read).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn figures_of_items_and_cells_have_the_holder() {
        let texts = [
            "According to the ministry:\n\n- 12 soldiers were killed.\n- 40 civilians were wounded.",
            "Losses | Per the ministry: | 12 killed | 40 wounded",
        ];
        for text in texts {
            let reading = reading(text);
            let attributions = attributions_in(&reading.document, &reading.analysis, &[]);
            let found = figures(&Input { attributions: &attributions, ..reading.input() });
            let holders = found.iter().map(|figure| figure.holder.as_ref().map(|holder| holder.name()));
            assert_eq!(holders.collect::<Vec<_>>(), [Some("ministry"); 2], "{text}");
        }
    }

    #[test]
    fn items_keep_the_stance_of_their_lead_in() {
        let reading =
            reading("The ministry denied the following:\n\n- The bridge fell; and\n- The road was cut.");
        let found = attributions_in(&reading.document, &reading.analysis, &[]);
        let start = reading.document.text.find("The road").unwrap();
        let said = innermost(&found, Span::new(start, start + 16)).unwrap();
        assert_eq!((said.stance, said.cue[0].of(&reading.document.text)), (Stance::Denied, "denied"));
        let words = |said: &Attribution| said.content[0].of(&reading.document.text).to_owned();
        assert!(found.iter().any(|said| words(said) == "The bridge fell"), "{found:?}");
    }
}
