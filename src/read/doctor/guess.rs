//! What may be wrong with a line, and the ways in which it could be meant.

use crate::model::diagnostic::Severity;

use super::line::Line;
use super::outline::{Seen, outline};
use super::rows::{Change, Rows};

/// A YAML text with something wrong in it.
pub(super) struct Case<'a> {
    /// What each line is.
    pub(super) all: Vec<Seen<'a>>,
}

impl<'a> Case<'a> {
    pub(super) fn of(rows: &'a Rows<'_>) -> Case<'a> {
        Case { all: outline(rows) }
    }

    pub(super) fn line(&self, row: usize) -> &Line<'a> {
        &self.all[row].line
    }

    /// Returns the nearest entry above a row.
    pub(super) fn above(&self, row: usize) -> Option<usize> {
        (0..row).rev().find(|it| self.all[*it].sort == super::outline::Sort::Entry)
    }

    /// Returns what the value of a row belongs to, in words: `` `title` ``, `this item`.
    pub(super) fn owner(&self, row: usize) -> String {
        match self.above(row).filter(|_| self.line(row).dashes == 0 && self.line(row).key.is_none()) {
            Some(above) => self.line(above).owner(),
            None => self.line(row).owner(),
        }
    }

    /// Returns the rows from `row` on, as long as they are alike.
    pub(super) fn run(&self, row: usize, alike: impl Fn(&Seen<'a>) -> bool) -> std::ops::Range<usize> {
        let end = (row..self.all.len()).find(|it| !alike(&self.all[*it])).unwrap_or(self.all.len());
        row..end
    }
}

/// A suspicion.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    pub(super) row: usize,
    /// The part of the line that is wrong, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    pub(super) message: String,
    /// What to do, where no mended line can be shown.
    pub(super) help: String,
    /// What may have been meant, the likeliest first.
    pub(super) ways: Vec<Change>,
    /// Whether something else may have been meant as well: then nothing is written.
    pub(super) doubtful: bool,
    /// The last row that is part of the mistake.
    pub(super) last: usize,
}

impl Guess {
    /// Returns an error in the text of a line.
    pub(super) fn new(row: usize, line: &Line<'_>, code: &'static str, message: impl Into<String>) -> Guess {
        Guess {
            row,
            start: line.indent,
            end: line.whole.trim_end().len(),
            severity: Severity::Error,
            code,
            message: message.into(),
            help: "put the whole value in double quotes".to_owned(),
            ways: Vec::new(),
            doubtful: false,
            last: row,
        }
    }

    /// Returns the same, about the part of the line from `start` on.
    pub(super) fn from(mut self, start: usize) -> Guess {
        self.start = start;
        self
    }

    pub(super) fn help(mut self, help: &str) -> Guess {
        help.clone_into(&mut self.help);
        self
    }

    /// Returns the same, whose ways are only shown if `doubtful`.
    pub(super) fn doubtful(mut self, doubtful: bool) -> Guess {
        self.doubtful = doubtful;
        self
    }

    pub(super) fn warning(mut self) -> Guess {
        self.severity = Severity::Warning;
        self
    }

    /// Returns the same, with one more way to mend it.
    pub(super) fn way(mut self, change: Change) -> Guess {
        self.ways.push(change);
        self
    }

    /// Returns the same, with other values for its line.
    pub(super) fn values(mut self, line: &Line<'_>, values: impl IntoIterator<Item = String>) -> Guess {
        let row = self.row;
        self.ways.extend(values.into_iter().map(|it| vec![(row, line.with(&it))]));
        self
    }
}

/// Returns the text in quotes, those that need no further signs where there is a choice.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns the text in quotes; curly quotes around it are taken for those that were meant.
pub(super) fn as_meant(text: &str) -> String {
    let curly = text.strip_prefix(['“', '”', '„', '‘']).and_then(|it| it.strip_suffix(['”', '“', '’', '"', '\'']));
    let lone = text.strip_suffix('"').filter(|it| !it.contains('"'));
    quoted(curly.filter(|it| !it.contains(['“', '”'])).or(lone).unwrap_or(text))
}

/// Returns the change that puts a value over several lines in quotes.
pub(super) fn around(case: &Case<'_>, owner: usize, last: usize) -> Change {
    let line = case.line(owner);
    let first = line.whole[line.at..].trim_end();
    let texts: Vec<&str> = (owner + 1..=last).map(|it| case.line(it).text()).collect();
    let double = !first.contains(['"', '\\']) && !texts.iter().any(|it| it.contains(['"', '\\']));
    let quote = if double { "\"" } else { "'" };
    let plain = |it: &str| if double { it.to_owned() } else { it.replace('\'', "''") };
    let mut change = vec![(owner, format!("{}{quote}{}", line.head(), plain(first)))];
    for (row, text) in (owner + 1..=last).zip(texts) {
        let indent = case.line(row).indent.max(line.inside() + 1);
        change.push((row, format!("{}{}", " ".repeat(indent), plain(text))));
    }
    change.last_mut().expect("has the owner's line").1 += quote;
    change
}
