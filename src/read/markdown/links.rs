//! Links and images.

use pulldown_cmark::LinkType;

use super::writer::Writer;
use super::{Marked, plain};
use crate::model::address::{self, Reach};
use crate::model::body::{Fill, Image};
use crate::model::source::Span;

impl Writer<'_, '_> {
    /// Begins a link. Where it leads within the site stays open.
    pub(super) fn link(&mut self, kind: LinkType, written: &str, title: &str, span: Span) {
        self.in_link = true;
        self.out.push("<a");
        match kind {
            LinkType::Email => {
                self.out.push(" href=\"mailto:");
                self.out.address(written);
                self.out.push("\"");
            }
            _ => self.href(written, self.destination(kind, written, span, self.inside())),
        }
        if !title.is_empty() {
            self.out.push(" title=\"");
            self.out.attribute(title);
            self.out.push("\"");
        }
        self.out.push(">");
    }

    fn href(&mut self, written: &str, span: Span) {
        let address = address::clean(written);
        let Some(reach) = self.reach(&address, span) else { return };
        self.out.push(" href=\"");
        match reach {
            Reach::Outside => self.out.address(&address),
            Reach::Inside => self.out.hole(span, Fill::Link(address.into())),
        }
        self.out.push("\"");
    }

    /// Leaves a place open for an image, with the plain text of its content as its alternative.
    pub(super) fn image(&mut self, kind: LinkType, src: &str, title: &str, span: Span) {
        let inside = self.take();
        let alt = plain::plain(inside).into();
        let (whole, span) = (span, self.destination(kind, src, span, inside));
        if self.reach(&address::clean(src), span).is_none() {
            return;
        }
        self.out.hole(span, Fill::Image(Image { src: src.into(), alt, title: title.into(), whole }));
    }

    /// Writes an image that has a paragraph for itself. Its title becomes the caption, so it has none any more.
    pub(super) fn figure(&mut self, kind: LinkType, src: &str, title: &str, span: Span) {
        self.block("<figure>");
        self.image(kind, src, "", span);
        if !title.is_empty() {
            self.words.add(title);
            self.out.push("<figcaption>");
            self.out.text(title);
            self.out.push("</figcaption>");
        }
        self.out.push("</figure>\n");
    }

    /// Returns where an address leads, and reports what is wrong with it; `None` where it would run code.
    pub(super) fn reach(&mut self, address: &str, span: Span) -> Option<Reach> {
        match address::reach(address) {
            // Whether there is anything at a whole address of this site is known only when all is together.
            Ok(Reach::Outside) if address.is_ascii() && (self.settings.own)(address) => Some(Reach::Inside),
            Ok(reach) => Some(reach),
            Err(wrong) => {
                let reach = (!wrong.runs_code()).then_some(Reach::Outside);
                self.report(wrong.at(self.place(span)));
                reach
            }
        }
    }

    /// Returns where the address of a link or an image stands in the file; all of it, where that can't be told.
    fn destination(&self, kind: LinkType, written: &str, span: Span, inside: &[Marked<'_>]) -> Span {
        let from = match kind {
            LinkType::Inline => inside.last().map_or(span.start + 1, |(_, it)| it.end) + "](".len(),
            LinkType::Autolink => span.start,
            _ => return span,
        };
        let rest = self.text.get(from..span.end).unwrap_or_default();
        let at = if rest.starts_with(written) { Some(0) } else { rest.find(written) };
        match at.map(|it| from + it) {
            Some(start) if !written.is_empty() => Span::new(start, start + written.len()),
            _ => span,
        }
    }
}
