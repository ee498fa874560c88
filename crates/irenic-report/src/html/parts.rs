//! Parts that every section is built of: tables that become cards on a phone, and lists whose tail is folded away.

use maud::{Markup, html};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    head: &'static str,
    /// Its share of the width, in percent.
    width: u8,
    /// Whether its cells are numbers, to be aligned on the right.
    number: bool,
}

impl Column {
    pub(super) const fn text(head: &'static str, width: u8) -> Self {
        Self { head, width, number: false }
    }

    pub(super) const fn number(head: &'static str, width: u8) -> Self {
        Self { head, width, number: true }
    }
}

/// A table; the first cell of a row is its heading. On a narrow page each row is a card whose cells name their column.
pub(super) fn table(
    caption: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Markup>>,
) -> Markup {
    html! {
        table.stack {
            caption.hidden { (caption) }
            colgroup { @for column in columns { col style={ "width:" (column.width) "%" }; } }
            thead { tr { @for column in columns { th.n[column.number] scope="col" { (column.head) } } } }
            tbody { @for cells in rows { tr {
                @for (at, (cell, column)) in cells.iter().zip(columns).enumerate() {
                    @if at == 0 { th.n[column.number] scope="row" data-label=(column.head) { (cell) } }
                    @else { td.n[column.number] data-label=(column.head) { (cell) } }
                }
            } } }
        }
    }
}

/// A table whose first rows are shown and whose others can be unfolded.
pub(super) fn folded_table(
    caption: &str,
    columns: &[Column],
    mut rows: Vec<Vec<Markup>>,
    shown: usize,
) -> Markup {
    // Folding away a row or two costs more than it saves.
    let rest = if rows.len() > shown + 2 { rows.split_off(shown) } else { Vec::new() };
    html! {
        (table(caption, columns, rows))
        @if !rest.is_empty() {
            details.more { summary { (rest.len()) " more" span.hidden { ": " (caption) } } (table(&format!("{caption}, continued"), columns, rest)) }
        }
    }
}

/// Items of which the first are shown and the others can be unfolded; `what` names them for those who hear the page.
pub(super) fn folded(items: Vec<Markup>, shown: usize, what: &str) -> Markup {
    let fits = items.len() <= shown + 2;
    let (first, rest) = items.split_at(if fits { items.len() } else { shown });
    html! {
        @for item in first { (item) }
        @if !rest.is_empty() {
            details.more { summary { (rest.len()) " more" span.hidden { " " (what) } } @for item in rest { (item) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_folded_and_nothing_lost() {
        for (count, folds) in [(3, false), (5, false), (6, true)] {
            let items: Vec<Markup> = (0..count).map(|at| html! { p { (at) } }).collect();
            let page = folded(items, 3, "things").into_string();
            assert_eq!((page.matches("<p>").count(), page.contains("<details")), (count, folds), "{count}");
        }
    }

    #[test]
    fn a_cell_names_its_column() {
        let page = table(
            "Deaths",
            &[Column::text("Who", 50), Column::number("How many", 50)],
            [vec![html! { "A" }, html! { "3" }]],
        );
        assert!(page.into_string().contains("<td class=\"n\" data-label=\"How many\">3</td>"));
    }
}
