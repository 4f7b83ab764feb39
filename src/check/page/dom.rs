//! A finished page as a tree: the only place that knows scraper.

use scraper::node::Node;
use scraper::{ElementRef, Html};

use crate::model::diagnostic::Place;
use crate::model::trace;

/// A page, parsed as browsers do (WHATWG HTML, section 13.2).
pub(super) struct Dom(Html);

impl Dom {
    /// Parses a page.
    pub(super) fn of(html: &str) -> Dom {
        Dom(Html::parse_document(html))
    }

    /// Returns the elements, in the order of their start tags.
    pub(super) fn elements(&self) -> Vec<Element<'_>> {
        self.0.root_element().descendent_elements().map(Element).collect()
    }
}

/// An element of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a>(ElementRef<'a>);

impl<'a> Element<'a> {
    /// Returns its name, in lower case.
    pub(super) fn name(self) -> &'a str {
        self.0.value().name()
    }

    /// Returns whether it has one of these names.
    pub(super) fn is(self, names: &[&str]) -> bool {
        names.contains(&self.name())
    }

    /// Returns the value of an attribute, by its name in lower case.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        self.0.value().attr(name)
    }

    /// Returns the names and values of its attributes, but for our own.
    pub(super) fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.value().attrs().filter(|it| it.0 != trace::AT && it.0 != trace::IN)
    }

    /// Returns the text in it, its white space as one space.
    pub(super) fn text(self) -> String {
        self.0.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    }

    /// Returns the pieces of text that stand in it and in no element of it.
    pub(super) fn own_texts(self) -> impl Iterator<Item = &'a str> {
        self.0.children().filter_map(|it| match it.value() {
            Node::Text(text) => Some(&**text),
            _ => None,
        })
    }

    /// Returns the elements directly in it.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'a>> {
        self.0.child_elements().map(Element)
    }

    /// Returns all elements in it, in order.
    pub(super) fn inner(self) -> impl Iterator<Item = Element<'a>> {
        self.0.descendent_elements().skip(1).map(Element)
    }

    /// Returns the elements that it stands in, the nearest first.
    pub(super) fn around(self) -> impl Iterator<Item = Element<'a>> {
        self.0.ancestors().filter_map(ElementRef::wrap).map(Element)
    }

    /// Returns the name that it has for people who do not see it, in short: label, content with the alternatives of its
    /// pictures, title (Accessible Name and Description Computation 1.2, section 4.3).
    pub(super) fn accessible_name(self) -> String {
        let label = self.attribute("aria-label").map(str::trim).filter(|it| !it.is_empty());
        if let Some(label) = label {
            return label.to_owned();
        }
        let mut words = Vec::new();
        self.words(&mut words);
        match words.is_empty() {
            true => self.attribute("title").unwrap_or_default().trim().to_owned(),
            false => words.join(" "),
        }
    }

    fn words(self, words: &mut Vec<&'a str>) {
        for node in self.0.children() {
            if let Node::Text(text) = node.value() {
                words.extend(text.split_whitespace());
            } else if let Some(element) = ElementRef::wrap(node).map(Element) {
                match (element.attribute("aria-label"), element.name()) {
                    _ if element.is_hidden() => {}
                    (Some(label), _) => words.extend(label.split_whitespace()),
                    (None, "img") => words.extend(element.attribute("alt").unwrap_or_default().split_whitespace()),
                    (None, "title") | (None, _) => element.words(words),
                }
            }
        }
    }

    /// Returns whether it is kept from people who do not see it.
    pub(super) fn is_hidden(self) -> bool {
        self.attribute("aria-hidden") == Some("true") || self.attribute("hidden").is_some()
    }

    /// Returns whether it, or something that it stands in, is hidden.
    pub(super) fn is_within_hidden(self) -> bool {
        self.is_hidden() || self.around().any(Element::is_hidden)
    }

    /// Returns where it is written; of an element that does not say so, where the nearest one around it is.
    pub(super) fn place(self) -> Option<Place> {
        let own = |it: Element<'_>| it.attribute(trace::AT).and_then(trace::place);
        own(self).or_else(|| self.around().find_map(own))
    }

    /// Returns the block of a document by whose component it came here.
    pub(super) fn used_at(self) -> Option<Place> {
        let own = |it: Element<'_>| it.attribute(trace::IN).and_then(trace::place);
        own(self).or_else(|| self.around().find_map(own))
    }
}
