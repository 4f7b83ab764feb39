//! Lines that were to be a table.

use super::{Marks, short};
use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::source::Span;

impl Marks<'_, '_> {
    /// Looks at event `at`, which begins a line with `|`.
    pub(super) fn table(&mut self, at: usize) {
        let mut rows: Vec<Span> = Vec::new();
        for span in self.lines(at) {
            let text = self.written(span);
            if !text.starts_with('|') || cells(text) == 0 {
                break;
            }
            rows.push(span);
        }
        self.lines_seen = rows.last().map_or(self.lines_seen, |it| it.end);
        let [head, next, ..] = rows[..] else { return };
        let columns = cells(self.written(head));
        let rule = self.written(next);
        let line = format!("|{}", " --- |".repeat(columns));
        let end = rows[rows.len() - 1].end;
        let whole = |it: Span| self.written(it).ends_with('|');
        let (place, message, help, fix) = if is_rule(rule, &['-', ':']) {
            let message = match at.checked_sub(1).map(|it| &self.events[it].0) {
                Some(pulldown_cmark::Event::SoftBreak | pulldown_cmark::Event::HardBreak) if cells(rule) == columns => {
                    "this is no table: the line above it is not empty".to_owned()
                }
                _ => {
                    let count = cells(rule);
                    format!("this is no table: its first line has {columns} cells, and the second has {count}")
                }
            };
            let help = match cells(rule) == columns {
                true => "put an empty line before the table".to_owned(),
                false => format!("write the second line as `{line}`"),
            };
            (next, message, help, Vec::new())
        } else if is_rule(rule, &['-', ':', '—', '–', '=', '_', '*', '+', '|']) {
            let message = format!("this is no table: the signs in `{}` are not hyphens", short(rule));
            let fix = if cells(rule) == columns { vec![Edit::new(next, line.clone())] } else { Vec::new() };
            (next, message, format!("write the second line as `{line}`"), fix)
        } else if whole(head) && columns > 1 && rows.iter().all(|it| whole(*it) && cells(self.written(*it)) == columns)
        {
            let message = "this is no table: the line is missing that parts the headings of the columns from the rest";
            (head, message.to_owned(), format!("put this line below the first: `{line}`"), Vec::new())
        } else {
            return;
        };
        self.report(place, message, help, fix);
        self.seen = self.seen.max(end);
    }
}

impl Marks<'_, '_> {
    /// Looks at a row of a table for cells beyond its columns: these are not shown.
    pub(super) fn row(&mut self, span: Span, columns: usize) {
        let row = self.text[span.start..span.end].trim_end();
        if cells(row) <= columns {
            return;
        }
        let from = usize::from(row.starts_with('|'));
        let bars: Vec<usize> = bars(row).filter(|it| *it >= from).collect();
        let Some(start) = columns.checked_sub(1).and_then(|it| bars.get(it)).map(|it| it + 1) else { return };
        let lost = row[start..].trim_end_matches(['|', ' ', '\t']);
        let words = lost.trim_start_matches(['|', ' ', '\t']);
        if words.is_empty() {
            return;
        }
        let end = span.start + start + lost.len();
        let place = Place::new(self.settings.path, Span::new(end - words.len(), end));
        let message = format!("the table has {columns} columns, so `{}` is not shown", short(words));
        let in_code: Vec<usize> = bars.into_iter().filter(|it| is_in_code(row, *it)).collect();
        let is_sure = !in_code.is_empty() && cells(row) - in_code.len() == columns;
        let help = match in_code.is_empty() {
            true => {
                "give the first two lines of the table another cell, or write `\\|` for a bar that is part of the text"
            }
            false => "write `\\|` for a bar in code: a bar alone ends the cell there, too",
        };
        let edit = |at: &usize| Edit::new(Span::new(span.start + at, span.start + at), "\\");
        let fix = if is_sure { in_code.iter().map(edit).collect() } else { Vec::new() };
        self.found.push(Diagnostic::warning("lost-cells", place, message).help(help).fix(fix));
    }
}

/// Returns whether byte `at` of a row stands between two backticks.
fn is_in_code(row: &str, at: usize) -> bool {
    row[..at].matches('`').count() % 2 == 1 && row[at..].contains('`')
}

fn bars(row: &str) -> impl Iterator<Item = usize> + '_ {
    row.match_indices('|').map(|it| it.0).filter(|at| !row[..*at].ends_with('\\'))
}

/// Returns how many cells a row has: what stands between bars that are not written `\|`.
fn cells(row: &str) -> usize {
    let is_closed = row.ends_with('|') && !row.ends_with("\\|");
    (bars(row).count() + 1 - usize::from(row.starts_with('|'))).saturating_sub(usize::from(is_closed))
}

fn is_rule(row: &str, signs: &[char]) -> bool {
    let has_sign = row.contains(|it| it != '|' && signs.contains(&it));
    has_sign && row.chars().all(|it| it == '|' || it == ' ' || it == '\t' || signs.contains(&it))
}
