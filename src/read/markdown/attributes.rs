//! The attributes of raw HTML.

use super::pieces::Pieces;
use super::writer::Writer;
use crate::model::address::{self, Reach};
use crate::model::body::Fill;
use crate::model::source::Span;
use crate::read::escape;
use crate::read::html::allow::{self, Element, Holds};
use crate::read::html::reference;
use crate::read::html::token::Attribute;

impl Writer<'_, '_> {
    /// Writes an attribute, or reports that it is not allowed.
    pub(super) fn attribute(&mut self, element: &Element, attribute: &Attribute<'_>, pieces: &Pieces<'_>) {
        let span = pieces.span(attribute.span.clone());
        let allowed = element.attribute(attribute.name).filter(|(_, holds)| is_harmless(*holds, attribute.value));
        let Some((name, holds)) = allowed else {
            let shown = attribute.name.to_ascii_lowercase();
            return self.report_removed(&format!("the attribute `{shown}` of `<{}>`", element.name), span);
        };
        self.out.push(" ");
        self.out.push(&name);
        self.out.push("=\"");
        match holds {
            Holds::Text | Holds::Words(_) => escape::html_attribute(&mut self.out.html, attribute.value),
            Holds::Anchor => {
                self.anchors.push(reference::read(attribute.value).into());
                escape::html_attribute(&mut self.out.html, attribute.value);
            }
            Holds::Address => self.raw_address(attribute.value, pieces.span(attribute.value_span.clone())),
            Holds::Addresses => self.raw_addresses(attribute.value, pieces.span(attribute.value_span.clone())),
        }
        self.out.push("\"");
    }

    fn raw_address(&mut self, written: &str, span: Span) {
        let written = reference::read(written);
        let address = address::clean(&written);
        match self.reach(&address, span) {
            Some(Reach::Inside) => self.out.hole(span, Fill::Link(address.into())),
            Some(Reach::Outside) => self.out.address(&address),
            None => {}
        }
    }

    /// Writes addresses with their sizes: `a.png 1x, b.png 2x`.
    fn raw_addresses(&mut self, written: &str, span: Span) {
        for (index, candidate) in written.split(',').map(str::trim).filter(|it| !it.is_empty()).enumerate() {
            let (address, size) = candidate.split_once(char::is_whitespace).unwrap_or((candidate, ""));
            self.out.push(if index == 0 { "" } else { ", " });
            self.raw_address(address, span);
            self.out.push(if size.is_empty() { "" } else { " " });
            self.out.attribute(size.trim());
        }
    }

    /// Returns whether the attribute leads into the site; notes the name of a place where it is one.
    pub(super) fn is_address_of_site(&mut self, name: &str, attribute: &Attribute<'_>) -> bool {
        match allow::element(name).and_then(|it| it.attribute(attribute.name)) {
            Some((_, Holds::Address)) if !attribute.value.is_empty() => {
                let address = reference::read(attribute.value);
                address::reach(&address::clean(&address)) == Ok(Reach::Inside)
            }
            Some((_, Holds::Anchor)) => {
                self.anchors.push(reference::read(attribute.value).into());
                false
            }
            _ => false,
        }
    }

    /// Leaves a place open for the address in an attribute, in quotes.
    pub(super) fn address_of_site(&mut self, attribute: &Attribute<'_>, pieces: &Pieces<'_>) {
        let address = address::clean(&reference::read(attribute.value)).into();
        let quote = if self.out.html.ends_with(['"', '\'']) { "" } else { "\"" };
        self.out.push(quote);
        self.out.hole(pieces.span(attribute.value_span.clone()), Fill::Link(address));
        self.out.push(quote);
    }
}

/// Returns whether a value does no harm in an attribute that is allowed.
fn is_harmless(holds: Holds, value: &str) -> bool {
    let leads_to_code = |it: &str| {
        let address = reference::read(it);
        address::reach(&address::clean(&address)).is_err_and(|it| it.runs_code())
    };
    match holds {
        Holds::Text | Holds::Anchor => true,
        Holds::Words(words) => value.split_ascii_whitespace().all(|it| words.contains(&it)),
        Holds::Address => !leads_to_code(value),
        Holds::Addresses => !value.split([',', ' ']).any(leads_to_code),
    }
}
