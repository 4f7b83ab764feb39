//! Links and images.

use pulldown_cmark::LinkType;

use super::writer::Writer;
use super::{Marked, plain};
use crate::model::body::{Fill, Image};
use crate::model::diagnostic::Diagnostic;
use crate::model::source::Span;
use crate::read::address::{self, Target};

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
        match address::target(&address) {
            Target::Unsafe => return self.report_unsafe(&address, span),
            Target::Outside => {
                self.out.push(" href=\"");
                self.out.address(&address);
            }
            Target::Inside => {
                self.out.push(" href=\"");
                self.out.hole(span, Fill::Link(address.into()));
            }
        }
        self.out.push("\"");
    }

    /// Leaves a place open for an image, with the plain text of its content as its alternative.
    pub(super) fn image(&mut self, kind: LinkType, src: &str, title: &str, span: Span) {
        let inside = self.take();
        let alt = plain::plain(inside).into();
        let (whole, span) = (span, self.destination(kind, src, span, inside));
        if address::target(&address::clean(src)) == Target::Unsafe {
            return self.report_unsafe(src, span);
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

    /// Reports a link that would run code.
    pub(super) fn report_unsafe(&mut self, address: &str, span: Span) {
        let scheme = address::scheme(address).unwrap_or_default().to_ascii_lowercase();
        let message = format!("links may not begin with `{scheme}:`");
        let help = "link to a page or a file: `https://…`, `../page.md`";
        self.report(Diagnostic::error("unsafe-link", self.place(span), message).help(help));
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
