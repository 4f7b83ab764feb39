//! A text that stands in the file line by line.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

use super::Marked;
use crate::model::source::Span;

/// The text of a block without what a quote or a list puts before each of its lines, and without carriage returns.
pub(super) struct Pieces<'t> {
    /// The text.
    pub(super) text: Cow<'t, str>,
    /// Where each piece begins in the text, and where it stands in the file.
    places: Vec<(usize, Span)>,
    file: &'t str,
}

impl<'t> Pieces<'t> {
    /// Joins the texts of `events`.
    pub(super) fn join(file: &'t str, events: &'t [Marked<'t>]) -> Pieces<'t> {
        let mut pieces = Pieces { text: Cow::Borrowed(""), places: Vec::new(), file };
        for (event, span) in events {
            if let Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) = event {
                pieces.places.push((pieces.text.len(), *span));
                match pieces.text.is_empty() {
                    true => pieces.text = Cow::Borrowed(text),
                    false => pieces.text.to_mut().push_str(text),
                }
            }
        }
        pieces
    }

    /// Returns where the whole text stands in the file.
    pub(super) fn whole(&self) -> Option<Span> {
        Some(Span::new(self.places.first()?.1.start, self.places.last()?.1.end))
    }

    /// Returns the text as it stands in the file, where nothing but carriage returns was taken out.
    pub(super) fn verbatim(&self) -> Option<&'t str> {
        let span = self.whole()?;
        let written = &self.file[span.start..span.end];
        (written.len() == self.text.len() || written.replace('\r', "") == self.text).then_some(written)
    }

    /// Returns where a part of the text stands in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.file.floor_char_boundary(self.place(range.start));
        // The end of a piece is not the start of the next one.
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        let end = last.map_or(start, |last| self.file.ceil_char_boundary(self.place(last) + 1));
        Span::new(start, end.max(start))
    }

    fn place(&self, at: usize) -> usize {
        let piece = self.places.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.places.get(piece).map_or(0, |(start, span)| (span.start + at - start).min(span.end))
    }
}
