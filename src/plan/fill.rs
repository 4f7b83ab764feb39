//! Body -> HTML: the open places filled.

use crate::model::body::{Body, Fill, Image};
use crate::model::document::Document;
use crate::model::kind::Group;
use crate::model::trace;
use crate::model::view::{Fields, View};

use super::Planner;
use super::words::escape_into;

impl Planner<'_> {
    /// Returns the HTML of a body.
    pub(super) fn fill(&self, document: &Document, body: &Body) -> String {
        let mut out = String::with_capacity(body.html.len() + body.holes.len() * 48);
        let mut from = 0;
        for hole in &body.holes {
            out.push_str(&body.html[from..hole.at]);
            from = hole.at;
            match &hole.fill {
                Fill::Link(written) => self.link(document, written, &mut out),
                Fill::Image(image) => {
                    let from = out.len();
                    self.picture(document, image, &mut out);
                    if self.site.config.options.trace.has(&document.source.path) {
                        trace::mark(&mut out, from, trace::AT, &document.place(image.whole), |_, _| ());
                    }
                }
                Fill::Words(key) => escape_into(&mut out, self.site.theme.string(key)),
                Fill::Component(component) => {
                    let Some(group) = self.site.theme.components.get(&component.name) else { continue };
                    let view = self.arguments(document, group, &component.arguments);
                    let drawn = (self.draw)(&component.name, self.medium, view, &document.place(hole.span));
                    self.found.borrow_mut().extend(drawn.diagnostics);
                    let from = out.len();
                    out.push_str(drawn.value.trim());
                    if self.site.config.options.trace.has(&document.source.path) {
                        trace::mark(&mut out, from, trace::IN, &document.place(hole.span), |_, _| ());
                    }
                }
            }
        }
        out.push_str(&body.html[from..]);
        out
    }

    fn arguments(&self, document: &Document, group: &Group, values: &crate::model::value::Values) -> View {
        let mut fields = Fields::default();
        self.group(document, group, values, &mut fields);
        fields.into()
    }

    fn link(&self, document: &Document, written: &str, out: &mut String) {
        escape_into(out, &self.address(document, written));
    }

    fn picture(&self, document: &Document, image: &Image, out: &mut String) {
        out.push_str("<img src=\"");
        escape_into(out, &self.image_address(document, &image.src));
        out.push_str("\" alt=\"");
        escape_into(out, &image.alt);
        out.push('"');
        if !image.title.is_empty() {
            out.push_str(" title=\"");
            escape_into(out, &image.title);
            out.push('"');
        }
        // With its size known, the text below does not move when the picture comes.
        if let Some((width, height)) = self.pixels(document, &image.src) {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        out.push_str(" loading=\"lazy\">");
    }
}
