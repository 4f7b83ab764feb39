//! A page -> a letter: what mail programs can't show is made into what they can, and every address is whole.
//!
//! Source: Can I email (caniemail.com) for what mail programs know.

use crate::model::diagnostic::Place;
use crate::model::mail::{Construct, Dropped};
use crate::model::page::Envelope;

use super::tree::{self, Element, Node};
use super::wrap::width;

/// How wide a picture may be: the column of 600 pixels without its edges.
const WIDEST: usize = 552;

/// So many letters stand side by side on a screen of 320 pixels.
const NARROW: usize = 34;

/// A letter, and what was noticed while it was made.
pub(super) struct Letter<'a> {
    envelope: &'a Envelope,
    /// The page that it has become.
    pub(super) page: Element,
    /// What could not be shown as it is.
    pub(super) dropped: Vec<Dropped>,
    /// The addresses that could not be made whole, each with where it is written.
    pub(super) relative: Vec<(String, Option<Place>)>,
}

/// Elements that only a browser can show, and that have nothing to read in them.
const INTERACTIVE: [&str; 14] = [
    "button", "canvas", "dialog", "embed", "form", "iframe", "input", "math", "noscript", "object", "script", "select",
    "svg", "textarea",
];

/// Elements whose meaning some mail programs do not know: a plain block does as well.
const BLOCKS: [&str; 12] = [
    "article",
    "aside",
    "details",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hgroup",
    "main",
    "nav",
    "search",
    "section",
];

/// What only a browser needs.
const NEEDLESS: [&str; 9] =
    ["decoding", "fetchpriority", "loading", "open", "ping", "sizes", "srcset", "tabindex", "target"];

impl Letter<'_> {
    /// Makes a page into a letter.
    pub(super) fn of<'a>(html: &str, envelope: &'a Envelope) -> Letter<'a> {
        let mut letter = Letter { envelope, page: Element::default(), dropped: Vec::new(), relative: Vec::new() };
        let mut page = tree::parse(html);
        letter.adapt(&mut page);
        letter.page = page;
        letter
    }

    fn adapt(&mut self, html: &mut Element) {
        let children = std::mem::take(&mut html.children);
        html.children = children.into_iter().filter_map(|it| self.node(it)).collect();
    }

    fn node(&mut self, node: Node) -> Option<Node> {
        match node {
            Node::Element(element) => self.element(element),
            Node::Text(text) => Some(Node::Text(plain_tags(text))),
            comment => Some(comment),
        }
    }

    fn element(&mut self, mut element: Element) -> Option<Node> {
        let name = element.name.clone();
        if INTERACTIVE.contains(&&*name) {
            // A script of a page has no meaning in a letter, so nobody misses it.
            if name != "script" && name != "noscript" {
                self.drop(Construct::Interactive, &element);
            }
            return None;
        }
        if matches!(&*name, "source" | "track") || element.get("role") == Some("doc-backlink") {
            return None;
        }
        for name in NEEDLESS {
            element.remove(name);
        }
        let place = element.place();
        for (name, value) in &mut element.attributes {
            if matches!(&**name, "href" | "src" | "cite" | "background" | "poster") {
                *value = self.whole(value);
                if !is_whole(value) {
                    self.relative.push((value.clone(), place.clone()));
                }
            }
        }
        match &*name {
            "audio" | "video" => return Some(self.media(&element)),
            "img" if is_drawing(element.get("src").unwrap_or_default()) => return self.drawing(&element),
            "img" => narrow(&mut element),
            _ => self.adapt(&mut element),
        }
        match &*name {
            // Few mail programs go to a place in the letter: the number stays, the note stands at the end.
            "a" if element.get("role") == Some("doc-noteref") => {
                element = Element { name: "span".to_owned(), attributes: Vec::new(), children: element.children };
            }
            "picture" => return element.children.into_iter().find(|it| it.element().is_some()),
            // A field of Mailchimp, which Markdown took for words in italics.
            "em" if is_field(&element) => return Some(Node::Text(format!("*{}*", element.text()))),
            "summary" => {
                let strong = Element::of("strong", std::mem::take(&mut element.children));
                element.name = "p".to_owned();
                element.children = vec![Node::Element(strong)];
            }
            "table" if element.get("role").is_none() && least_width(&element) > NARROW => element.set("class", "wide"),
            "div" if element.has_class("alert") => element = boxed(element),
            name if BLOCKS.contains(&name) => {
                element.name = "div".to_owned();
                // What has no role has no name (ARIA in HTML, section 4).
                if element.get("role").is_none() {
                    element.remove("aria-label");
                    element.remove("aria-labelledby");
                }
            }
            _ => {}
        }
        Some(Node::Element(element))
    }

    fn drop(&mut self, what: Construct, element: &Element) {
        self.dropped.push(Dropped { what, place: element.place() });
    }

    /// Returns an address with scheme and host; what a service fills in, `{{…}}` or `*|…|*`, stays.
    fn whole(&self, address: &str) -> String {
        let address = address.trim();
        match address.as_bytes() {
            [] | [b'#', ..] => format!("{}{address}", self.envelope.url),
            [b'/', b'/', ..] => format!("https:{address}"),
            [b'/', ..] => format!("{}{address}", self.envelope.origin),
            _ => address.to_owned(),
        }
    }

    fn drawing(&mut self, element: &Element) -> Option<Node> {
        self.drop(Construct::Drawing, element);
        let alt = element.get("alt").unwrap_or_default().trim();
        if alt.is_empty() {
            return None;
        }
        let mut words = Element::of("span", vec![Node::Text(format!("[{alt}]"))]);
        words.set("class", "words");
        Some(Node::Element(words))
    }

    fn media(&mut self, element: &Element) -> Node {
        self.drop(Construct::Media, element);
        let source = element.elements().find(|it| it.name == "source").and_then(|it| it.get("src"));
        let address = element.get("src").map(str::to_owned).or_else(|| Some(self.whole(source?))).unwrap_or_default();
        let name = address.rsplit('/').next().unwrap_or(&address).to_owned();
        let words = ["aria-label", "title"].iter().find_map(|it| element.get(it)).unwrap_or(&name);
        let mut link = Element::of("a", vec![Node::Text(words.to_owned())]);
        link.set("href", address);
        Node::Element(link)
    }
}

fn is_field(element: &Element) -> bool {
    let text = element.text();
    let name = text.strip_prefix('|').and_then(|it| it.strip_suffix('|')).unwrap_or_default();
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || b":_".contains(&it))
}

/// Returns how many letters a table needs side by side when no word is broken: those of the longest word of each column.
fn least_width(table: &Element) -> usize {
    let rows = table.elements().flat_map(|it| if it.name == "tr" { vec![it] } else { it.elements().collect() });
    let mut columns: Vec<usize> = Vec::new();
    for row in rows.filter(|it| it.name == "tr") {
        for (at, cell) in row.elements().enumerate() {
            let longest = cell.text().split(' ').map(width).max().unwrap_or(0) + 1;
            match columns.get_mut(at) {
                Some(column) => *column = longest.max(*column),
                None => columns.push(longest),
            }
        }
    }
    columns.iter().sum()
}

/// Returns a block as a table of one cell: Outlook knows edges and grounds of cells only.
fn boxed(mut block: Element) -> Element {
    let mut cell = Element::of("td", std::mem::take(&mut block.children));
    cell.set("class", "boxed");
    let row = Element::of("tr", vec![Node::Element(cell)]);
    block.name = "table".to_owned();
    block.children = vec![Node::Element(Element::of("tbody", vec![Node::Element(row)]))];
    // Its title says what it is; `note` would make a table of data of it.
    block.set("role", "presentation");
    for (name, value) in [("width", "100%"), ("cellspacing", "0"), ("cellpadding", "0"), ("border", "0")] {
        block.set(name, value);
    }
    block
}

/// Returns whether an address has a scheme, or is filled in by a service.
fn is_whole(address: &str) -> bool {
    let scheme = address.split(':').next().filter(|it| it.len() < address.len()).unwrap_or_default();
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    is_scheme || ["{{", "{%", "*|", "[[", "%%", "$"].iter().any(|it| address.starts_with(it))
}

/// Returns whether an address is that of an SVG picture, which Gmail and Outlook do not show.
fn is_drawing(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    path.ends_with(".svg") || path.starts_with("data:image/svg")
}

/// Makes a picture fit the column: Outlook knows only the attributes.
fn narrow(picture: &mut Element) {
    let side = |name: &str| picture.get(name).and_then(|it| it.parse::<usize>().ok());
    let (width, height) = (side("width"), side("height"));
    if let Some(wide) = width.filter(|it| *it > WIDEST) {
        picture.set("width", WIDEST.to_string());
        if let Some(height) = height {
            picture.set("height", (height * WIDEST / wide).max(1).to_string());
        }
    }
    if picture.get("alt").is_none() {
        picture.set("alt", "");
    }
}

/// Returns the text with straight quotes in what a service fills in: `{{ name|default:“friend” }}` would not be understood.
fn plain_tags(text: String) -> String {
    if !text.contains("{{") && !text.contains("{%") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('{') {
        let close = match rest.get(at..at + 2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => "",
        };
        let end = rest[at..].find(close).filter(|_| !close.is_empty()).map_or(at + 1, |it| at + it + close.len());
        out.push_str(&rest[..at]);
        let tag = &rest[at..end];
        out.push_str(&tag.replace(['“', '”'], "\"").replace(['‘', '’'], "'"));
        rest = &rest[end..];
    }
    out + rest
}
