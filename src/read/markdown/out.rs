//! HTML on its way.

use crate::model::body::{Fill, Hole};
use crate::model::diagnostic::Place;
use crate::model::source::Span;
use crate::model::trace;
use crate::read::escape;

/// What is written so far: HTML, and the open places in it.
#[derive(Debug, Default)]
pub(super) struct Out {
    /// The HTML.
    pub(super) html: String,
    /// The open places, in order.
    pub(super) holes: Vec<Hole>,
}

impl Out {
    /// Adds HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        escape::text(&mut self.html, text);
    }

    /// Adds the value of an attribute.
    pub(super) fn attribute(&mut self, value: &str) {
        escape::attribute(&mut self.html, value);
    }

    /// Adds the address of a link that leads out of the site.
    pub(super) fn address(&mut self, address: &str) {
        escape::address(&mut self.html, address);
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: usize) {
        self.html.push_str(&number.to_string());
    }

    /// Ends the line, if one is begun.
    pub(super) fn line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Leaves a place open.
    pub(super) fn hole(&mut self, span: Span, fill: Fill) {
        self.holes.push(Hole { at: self.html.len(), span, fill });
    }

    /// Leaves a place open for a sentence of the theme.
    pub(super) fn words(&mut self, key: &'static str, span: Span) {
        self.hole(span, Fill::Words(key));
    }

    /// Marks the start tags from byte `from` with the place that they come from.
    pub(super) fn mark(&mut self, from: usize, place: &Place) {
        let holes = &mut self.holes;
        trace::mark(&mut self.html, from, trace::AT, place, |at, length| {
            holes.iter_mut().filter(|it| it.at >= at).for_each(|it| it.at += length);
        });
    }

    /// Adds what was written elsewhere.
    pub(super) fn append(&mut self, other: Out) {
        let offset = self.html.len();
        self.html.push_str(&other.html);
        self.holes.extend(other.holes.into_iter().map(|it| Hole { at: it.at + offset, ..it }));
    }
}
