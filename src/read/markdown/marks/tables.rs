//! Lines that were to be a table.

use super::{Marks, short};
use crate::model::diagnostic::Edit;
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

/// Returns how many cells a row has: what stands between bars that are not written `\|`.
fn cells(row: &str) -> usize {
    let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count();
    let is_closed = row.ends_with('|') && !row.ends_with("\\|");
    bars - usize::from(is_closed && bars > 0)
}

fn is_rule(row: &str, signs: &[char]) -> bool {
    let has_sign = row.contains(|it| it != '|' && signs.contains(&it));
    has_sign && row.chars().all(|it| it == '|' || it == ' ' || it == '\t' || signs.contains(&it))
}
