//! What was found -> diagnostics, with the corrected lines.

use std::borrow::Cow;

use super::Reading;
use super::guess::{Case, Guess};
use super::keep;
use super::rows::{Change, Rows};
use crate::model::diagnostic::{Diagnostic, Edit, Place, Severity};
use crate::model::node::Node;
use crate::model::source::{Source, Span};
use crate::read::yaml::{self, Fault};

/// So many corrected lines are shown.
const LINES: usize = 6;

/// A mistake that was found.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) row: usize,
    /// The last row that is part of it.
    pub(super) last: usize,
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    span: Span,
    message: String,
    help: String,
    /// The lines that are shown as they should be; none where nobody can know.
    mended: Vec<usize>,
    /// Whether the lines are to be written, and not only shown.
    sure: bool,
    /// What a warning would change: it leaves the text as it is.
    offer: Option<Change>,
}

impl Told {
    pub(super) fn new(rows: &Rows<'_>, guess: Guess, change: Option<&Change>, sure: bool) -> Told {
        let warning = guess.severity == Severity::Warning;
        Told {
            row: guess.row,
            last: guess.last,
            severity: guess.severity,
            code: guess.code,
            span: rows.original(guess.row, guess.start, guess.end),
            message: guess.message,
            help: guess.help,
            mended: change.map_or(Vec::new(), |it| it.iter().map(|it| it.0).collect()),
            sure,
            offer: change.filter(|_| warning).cloned(),
        }
    }

    fn diagnostic(self, source: &Source, start: usize, rows: &Rows<'_>) -> Diagnostic {
        let offered = self.offer.as_ref().map(|it| rows.with(it));
        let rows = offered.as_ref().unwrap_or(rows);
        let place = Place::new(&source.path, self.span.after(start));
        let edits = after(rows.edits(&self.mended), start);
        let help = match (edits.is_empty(), self.sure) {
            (true, _) => self.help,
            (false, true) => shown(rows, &self.mended),
            (false, false) => format!("if that is what you mean, {}", shown(rows, &self.mended)),
        };
        let edits = if self.sure { edits } else { Vec::new() };
        match self.severity {
            Severity::Error => Diagnostic::error(self.code, place, self.message),
            _ => Diagnostic::warning(self.code, place, self.message),
        }
        .help(help)
        .fix(edits)
    }
}

/// Says how the lines should be written.
fn shown(rows: &Rows<'_>, mended: &[usize]) -> String {
    let lines: Vec<&str> = mended.iter().flat_map(|it| rows.row(*it).lines()).map(str::trim_end).collect();
    match &lines[..] {
        [line] => format!("write the line as `{line}`"),
        lines => {
            let more = if lines.len() > LINES { "\n…" } else { "" };
            format!("write the lines as\n{}{more}", lines[..lines.len().min(LINES)].join("\n"))
        }
    }
}

fn after(edits: Vec<Edit>, start: usize) -> Vec<Edit> {
    edits.into_iter().map(|it| Edit { span: it.span.after(start), text: it.text }).collect()
}

/// Returns what was read, with what was found.
pub(super) fn reading<'a>(
    source: &'a Source,
    span: Span,
    rows: &Rows<'_>,
    mut found: Vec<Told>,
    node: Option<Node>,
) -> Reading<'a> {
    let is_read = node.is_some();
    let all: Vec<usize> = (0..rows.len()).collect();
    let edits = after(rows.edits(&all), span.start);
    let text = match edits.is_empty() {
        true => Cow::Borrowed(&source.text[span.start..span.end]),
        false => Cow::Owned(rows.text()),
    };
    // A text that says something else than a person reads in its lines was not understood.
    let node = node.filter(|it| edits.is_empty() || keep::agrees(rows, it));
    for it in &mut found {
        it.sure &= match &it.offer {
            Some(offer) => agrees(&rows.with(offer)),
            None => node.is_some() || !is_read,
        };
    }
    let found = found.into_iter().map(|it| it.diagnostic(source, span.start, rows)).collect();
    Reading { text, node, found, edits, ..Reading::at("", span.start) }
}

fn agrees(rows: &Rows<'_>) -> bool {
    yaml::parse(&rows.text()).is_ok_and(|it| keep::agrees(rows, &it))
}

/// What is left: the parser's place, and a word on what it says.
pub(super) fn unknown(case: &Case<'_>, row: usize, fault: &Fault) -> Guess {
    let row = (0..=row).rev().find(|it| !case.line(*it).is_blank()).unwrap_or(row);
    let line = case.line(row);
    let beside = ["block mapping", "block collection", "mapping values", "expected ':'"];
    match beside.iter().any(|it| fault.message.contains(it)) {
        true => Guess::new(row, line, "yaml-indent", "this line does not fit to the ones above it")
            .from(0)
            .help("begin it below the first letter of the keys above, and check their quotes and colons"),
        false => Guess::new(row, line, "yaml-syntax", "this line can't be read")
            .from(0)
            .help("each line is `key: value`; put values with special signs in double quotes"),
    }
}
