//! HTML as a tree that can be changed, and back.

use scraper::node::Node as Parsed;
use scraper::{ElementRef, Html};

use crate::model::diagnostic::Place;
use crate::model::trace;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
    Comment(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    /// In lower case.
    pub(super) name: String,
    /// By name, in order.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// Elements without an end tag (HTML, section 13.1.2).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// How deep elements may stand in one another; what is deeper is kept as text. No letter of people comes near it.
const DEEPEST: usize = 200;

/// Parses a page as browsers do; returns its `html` element.
pub(super) fn parse(html: &str) -> Element {
    element(Html::parse_document(html).root_element(), 0)
}

fn element(parsed: ElementRef<'_>, depth: usize) -> Element {
    let value = parsed.value();
    let mut attributes: Vec<(String, String)> = value.attrs().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
    // scraper keeps them in no order of its own.
    attributes.sort();
    let children = match depth < DEEPEST {
        true => parsed
            .children()
            .filter_map(|it| match it.value() {
                Parsed::Text(text) => Some(Node::Text(text.to_string())),
                Parsed::Comment(comment) => Some(Node::Comment(comment.to_string())),
                _ => ElementRef::wrap(it).map(|it| Node::Element(element(it, depth + 1))),
            })
            .collect(),
        false => vec![Node::Text(parsed.text().collect())],
    };
    Element { name: value.name().to_owned(), attributes, children }
}

/// Returns the page of an `html` element.
pub(super) fn write(html: &Element) -> String {
    let mut out = String::with_capacity(32 * 1024);
    out.push_str("<!DOCTYPE html>\n");
    html.write(&mut out);
    out.push('\n');
    out
}

impl Element {
    /// Returns an element with one text in it.
    pub(super) fn of(name: &str, children: Vec<Node>) -> Element {
        Element { name: name.to_owned(), attributes: Vec::new(), children }
    }

    /// Returns the value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| &*it.1)
    }

    /// Sets an attribute.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.attributes.push((name.to_owned(), value.into()));
    }

    /// Removes an attribute.
    pub(super) fn remove(&mut self, name: &str) {
        self.attributes.retain(|it| it.0 != name);
    }

    /// Returns whether it has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|it| it.split_whitespace().any(|it| it == class))
    }

    /// Returns the elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// Returns the first element of a name in it, at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|it| if it.name == name { Some(it) } else { it.find(name) })
    }

    /// Returns the text in it, its white space as one space.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(more) => text.push_str(more),
                Node::Element(element) => element.add_text(text),
                Node::Comment(_) => {}
            }
        }
    }

    /// Returns where it is written, where the site was opened to be checked: of what a component draws, its block.
    pub(super) fn place(&self) -> Option<Place> {
        self.get(trace::IN).or_else(|| self.get(trace::AT)).and_then(trace::place)
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
        out.push('>');
        if VOID.contains(&&*self.name) {
            return;
        }
        let is_raw = matches!(&*self.name, "style" | "script");
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) if is_raw => out.push_str(text),
                Node::Text(text) => escape(text, false, out),
                Node::Comment(comment) => {
                    out.push_str("<!--");
                    out.push_str(comment);
                    out.push_str("-->");
                }
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

impl Node {
    /// Returns the element that it is.
    pub(super) fn element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' if !quoted => out.push_str("&lt;"),
            '>' if !quoted => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&#160;"),
            other => out.push(other),
        }
    }
}
