//! Bytes -> lines and columns.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::{Sources, Span};

/// A part of a text, counted in lines and columns.
///
/// They begin at 1. Columns count characters (Unicode code points); the end column is the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

/// The files that diagnostics speak of, by path, as far as they are texts.
pub(crate) struct Files<'a>(BTreeMap<&'a str, Lines<'a>>);

impl<'a> Files<'a> {
    /// Finds the lines of each file once, however many diagnostics it has.
    pub(crate) fn of(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Files<'a> {
        let mut files = BTreeMap::new();
        let related = |it: &'a Diagnostic| it.related.iter().map(|(place, _)| place);
        for place in diagnostics.iter().flat_map(|it| it.place.iter().chain(related(it))) {
            if let Some(source) = sources.texts.get(&place.path) {
                files.entry(&*place.path).or_insert_with(|| Lines::of(&source.text));
            }
        }
        Files(files)
    }

    /// Returns the lines of the file of a place; `None` where it is not a text, or not there.
    pub(crate) fn lines(&self, place: &Place) -> Option<&Lines<'a>> {
        self.0.get(&*place.path)
    }

    /// Returns a place in lines and columns.
    pub(crate) fn region(&self, place: &Place) -> Option<Region> {
        self.lines(place).map(|it| it.region(place.span()))
    }
}

/// Where the lines of a text begin. `\n`, `\r\n` and `\r` end a line; what follows the last of them is a line only if
/// it is not empty. A byte order mark is not part of the first line.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub(crate) fn of(text: &'a str) -> Lines<'a> {
        let bytes = text.as_bytes();
        let mut starts = vec![text.len() - text.trim_start_matches('\u{FEFF}').len()];
        for (offset, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n'));
            if ends && offset + 1 < bytes.len() {
                starts.push(offset + 1);
            }
        }
        Lines { text, starts }
    }

    /// Returns the bytes of a line that there is, counted from 1, without what ends it.
    pub(crate) fn line(&self, number: usize) -> Span {
        let start = self.starts[number - 1];
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        Span::new(start, start + self.text[start..end].trim_end_matches(['\n', '\r']).len())
    }

    /// Returns the text of a span that ends on whole characters.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        &self.text[span.start..span.end]
    }

    /// Returns a span in lines and columns. Any span has some: what is past the end is at the end, what is within a
    /// character is at its start, and line ends at the span's end are left off.
    pub(crate) fn region(&self, span: Span) -> Region {
        let span = self.within(span);
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end);
        Region { line, column, end_line, end_column }
    }

    /// Returns the nearest span that is whole characters of the text and does not end with a line's end.
    pub(crate) fn within(&self, span: Span) -> Span {
        let start = self.text.floor_char_boundary(span.start.max(self.starts[0]));
        let end = self.text.floor_char_boundary(span.end).max(start);
        Span::new(start, start + self.text[start..end].trim_end_matches(['\n', '\r']).len())
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|it| *it <= offset);
        let line = self.line(number);
        (number, 1 + self.text[line.start..offset.min(line.end)].chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    fn check(marked: &str, expected: &str) {
        let (text, spans) = example::unmark(marked);
        assert_eq!(region(&text, spans[0]), expected, "{marked:?}");
    }

    fn region(text: &str, span: Span) -> String {
        let it = Lines::of(text).region(span);
        format!("{}:{} to {}:{}", it.line, it.column, it.end_line, it.end_column)
    }

    #[test]
    fn lines_end_in_three_ways() {
        check("a\nb\n‹c›", "3:1 to 3:2");
        check("a\r\nb\r\n‹c›", "3:1 to 3:2");
        check("a\rb\r‹c›", "3:1 to 3:2");
        check("a\n\r\n\r‹c›", "4:1 to 4:2");
    }

    #[test]
    fn columns_count_characters() {
        check("né‹e›", "1:3 to 1:4");
        check("\t🙂‹e›", "1:3 to 1:4");
        check("\u{FEFF}‹-›--", "1:1 to 1:2");
        check("‹\u{FEFF}-›--", "1:1 to 1:2");
    }

    #[test]
    fn ends_of_lines_are_left_off() {
        check("‹one\r\n›two", "1:1 to 1:4");
        check("one‹\n›two", "1:4 to 1:4");
        check("one\r‹\n›two", "1:4 to 1:4");
        check("‹one\ntw›o", "1:1 to 2:3");
        check("one\n‹›", "1:4 to 1:4");
        check("one\n\n‹›", "2:1 to 2:1");
        check("‹›", "1:1 to 1:1");
    }

    #[test]
    fn no_span_is_too_odd() {
        assert_eq!(region("né", Span::new(2, 3)), "1:2 to 1:3");
        assert_eq!(region("one", Span::new(2, 1)), "1:3 to 1:3");
        assert_eq!(region("one\n", Span::new(9, 99)), "1:4 to 1:4");
        assert_eq!(region("", Span::new(1, 2)), "1:1 to 1:1");
        assert_eq!(region("\u{FEFF}", Span::new(0, 9)), "1:1 to 1:1");
    }
}
