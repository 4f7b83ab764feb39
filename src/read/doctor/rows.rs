//! The lines of a YAML text, some of them mended.

use std::borrow::Cow;

use crate::model::diagnostic::Edit;
use crate::model::source::Span;
use crate::read::front_matter::lines;

/// Lines that are to be replaced, by position; the new text may be more than one line.
pub(super) type Change = Vec<(usize, String)>;

/// A text, line by line.
#[derive(Clone, Debug)]
pub(super) struct Rows<'a> {
    original: &'a str,
    spans: Vec<Span>,
    texts: Vec<Cow<'a, str>>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(original: &'a str) -> Rows<'a> {
        let spans: Vec<Span> = lines(original).collect();
        let texts = spans.iter().map(|it| Cow::Borrowed(&original[it.start..it.end])).collect();
        Rows { original, spans, texts }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn row(&self, row: usize) -> &str {
        &self.texts[row]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|it| &**it)
    }

    /// Returns what ends the lines of the text.
    fn line_end(&self) -> &'static str {
        if self.original.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Returns the same with some lines replaced.
    pub(super) fn with(&self, change: &Change) -> Rows<'a> {
        let mut changed = self.clone();
        for (row, text) in change {
            changed.texts[*row] = Cow::Owned(text.replace('\n', self.line_end()));
        }
        changed
    }

    /// Returns the whole text, as it stands now.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.original.len() + 16);
        let mut from = 0;
        for (span, row) in self.spans.iter().zip(&self.texts) {
            text += &self.original[from..span.start];
            text += row;
            from = span.end;
        }
        text + &self.original[from..]
    }

    /// Returns the line in which a byte of [`Rows::text`] stands.
    pub(super) fn at(&self, offset: usize) -> usize {
        let mut start = 0;
        let mut from = 0;
        let mut found = 0;
        for (row, (span, text)) in self.spans.iter().zip(&self.texts).enumerate() {
            start += span.start - from;
            if start > offset {
                break;
            }
            found = row;
            start += text.len();
            from = span.end;
        }
        found
    }

    /// Returns where a line begins in [`Rows::text`].
    pub(super) fn start(&self, row: usize) -> usize {
        let more: i64 =
            (0..row).map(|it| self.texts[it].len() as i64 - (self.spans[it].end - self.spans[it].start) as i64).sum();
        usize::try_from(self.spans[row].start as i64 + more).unwrap_or(0)
    }

    /// Returns bytes of a line, as it stands now, as bytes of the original.
    pub(super) fn original(&self, row: usize, start: usize, end: usize) -> Span {
        let span = self.spans[row];
        let original = &self.original[span.start..span.end];
        let (common, _) = difference(original, &self.texts[row]);
        let cut = |at: usize| original.floor_char_boundary(at.min(original.len()));
        match end <= common || *original == *self.texts[row] {
            true => Span::new(span.start + cut(start), span.start + cut(end)),
            false => Span::new(span.start + cut(start.min(common)), span.end),
        }
    }

    /// Returns the changes that make these lines, as they were, what they are now.
    pub(super) fn edits(&self, rows: &[usize]) -> Vec<Edit> {
        let changed = rows.iter().filter_map(|row| {
            let Cow::Owned(after) = &self.texts[*row] else { return None };
            let span = self.spans[*row];
            let before = &self.original[span.start..span.end];
            let (start, end) = difference(before, after);
            let text = &after[start..after.len() - end];
            (before != after).then(|| Edit::new(Span::new(span.start + start, span.end - end), text))
        });
        changed.collect()
    }
}

/// Returns how many bytes two texts have in common at their start, and how many at their end.
fn difference(one: &str, other: &str) -> (usize, usize) {
    let letters = one.char_indices().zip(other.chars());
    let start =
        letters.take_while(|((_, one), other)| one == other).last().map_or(0, |((at, it), _)| at + it.len_utf8());
    let ends = one[start..].chars().rev().zip(other[start..].chars().rev());
    let end = ends.take_while(|(one, other)| one == other).map(|(it, _)| it.len_utf8()).sum();
    (start, end)
}
