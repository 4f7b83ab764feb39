//! Tables, read cell by cell with the names of their rows and columns (WCAG 2.2, 1.3.1).

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// Returns the tables of data. One that only lays things out says so, or is part of a form of mail.
fn tables<'p, 'a: 'p>(page: &'p Page<'a>) -> impl Iterator<Item = Element<'a>> + 'p {
    page.named("table").filter(|it| !matches!(it.attribute("role"), Some("presentation" | "none")))
}

/// Returns the cells of a table, those of tables in it left out.
fn cells<'a>(table: Element<'a>) -> Vec<Element<'a>> {
    let own = |it: &Element<'a>| it.around().find(|it| it.name() == "table") == Some(table);
    table.inner().filter(|it| it.is(&["td", "th"])).filter(own).collect()
}

/// A table of data in which no cell is a header (axe `td-has-header`; WCAG technique H51).
pub(super) fn without_headers(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for table in tables(page) {
        let cells = cells(table);
        if cells.len() > 1 && !cells.iter().any(|it| it.name() == "th") {
            let message = "no cell of this table is a header, so nobody hears what a figure is about".to_owned();
            let help = "write a name over each column, in the first line of the table";
            found.push(page.fault(Severity::Error, "table-without-headers", table, message).help(help));
        }
    }
}

/// A header without words (axe `empty-table-header`). In Markdown, an empty cell in the first line.
pub(super) fn empty_header(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for table in tables(page) {
        let in_head = |it: &Element<'_>| it.around().any(|it| it.name() == "thead");
        let is_header = |it: &Element<'_>| it.name() == "th" || in_head(it);
        let cells = cells(table);
        // The corner over the names of the rows may be empty: nothing stands in its column but names.
        for (position, cell) in cells.iter().enumerate().filter(|it| is_header(it.1)) {
            let is_corner = position == 0;
            if cell.accessible_name().is_empty() && !is_corner {
                let message = "this column has no name".to_owned();
                let help = "write what stands in the column into its first cell";
                found.push(page.fault(Severity::Warning, "empty-table-header", *cell, message).help(help));
            }
        }
    }
}

/// A header with no cell of data (axe `th-has-data-cells`).
pub(super) fn header_without_data(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for table in tables(page) {
        let cells = cells(table);
        if let Some(header) = cells.iter().find(|it| it.name() == "th")
            && !cells.iter().any(|it| it.name() == "td")
        {
            let message = "this table has headers, but no cell with data".to_owned();
            let help = "add its rows, or write it as a list";
            found.push(page.fault(Severity::Error, "header-without-data", *header, message).help(help));
        }
    }
}

/// A table that lays out and holds no data: it says so itself, or has one cell (WCAG technique F46).
pub(super) fn layout(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let lays_out =
        |it: &Element<'_>| matches!(it.attribute("role"), Some("presentation" | "none")) || cells(*it).len() == 1;
    for table in page.prose().filter(|it| it.name() == "table").filter(lays_out) {
        let message = "this table holds no data, it only sets things side by side".to_owned();
        let help = "write paragraphs, a list or a picture with its caption: tables do not fit on a phone";
        found.push(page.fault(Severity::Warning, "layout-table", table, message).help(help));
    }
}
