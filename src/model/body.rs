//! A document's text, made into HTML as far as the document alone allows.

use std::sync::Arc;

use super::source::Span;
use super::value::Values;

/// HTML with open places.
///
/// What a document can't know by itself (where a link leads, how large a file is, what a component looks like in this
/// theme) stays a [`Hole`], filled when a page is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The HTML between the holes.
    pub html: Box<str>,
    /// The holes, in order of [`Hole::at`].
    pub holes: Vec<Hole>,
    /// The headings, in order, with the levels that they have in the HTML (2 to 6).
    pub headings: Vec<Heading>,
    /// Other ids that a link may lead to.
    pub anchors: Vec<Box<str>>,
    /// How many words it has; code blocks are not counted.
    pub words: usize,
    /// The first paragraph as plain text.
    pub lead: Box<str>,
}

impl Body {
    /// Puts its text, without markup, at the end of `out`: for the index of the search, not for people. What stands in
    /// different blocks is parted by a space; what fills the holes is left out.
    pub fn text(&self, out: &mut String) {
        let mut rest = &*self.html;
        while let Some(at) = rest.bytes().position(|it| it == b'<' || it == b'&') {
            out.push_str(&rest[..at]);
            rest = if rest.as_bytes()[at] == b'<' { tag(&rest[at..], out) } else { reference(&rest[at..], out) };
        }
        out.push_str(rest);
    }
}

/// Elements that do not part words.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "time", "u", "var",
];

/// Passes a tag, and with it all that is in a script or a style; returns what comes after it.
fn tag<'a>(html: &'a str, out: &mut String) -> &'a str {
    if html.starts_with("<!--") {
        return html.find("-->").map_or("", |it| &html[it + 3..]);
    }
    let name = html[1..].trim_start_matches('/');
    let name = &name[..name.bytes().position(|it| !it.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let mut quote = None;
    let end = html.bytes().position(|it| {
        match (quote, it) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(it),
            (Some(open), it) if open == it => quote = None,
            _ => {}
        }
        false
    });
    let rest = end.map_or("", |it| &html[it + 1..]);
    if !INLINE.contains(&name) {
        out.push(' ');
    }
    match name {
        "script" | "style" if !html.starts_with("</") => rest.find("</").map_or("", |it| &rest[it..]),
        _ => rest,
    }
}

/// Puts the character that a reference such as `&amp;` stands for at the end of `out`; returns what comes after it.
fn reference<'a>(html: &'a str, out: &mut String) -> &'a str {
    let known = html[1..].split_once(';').filter(|(name, _)| name.len() <= 8);
    let Some((name, rest)) = known else {
        out.push('&');
        return &html[1..];
    };
    let number = |digits: &str| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    };
    out.push(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => name.strip_prefix('#').and_then(number).and_then(char::from_u32).unwrap_or(' '),
    });
    rest
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its level in the HTML: 2 to 6.
    pub level: u8,
    /// Its id, alone of that name in the body.
    pub id: Box<str>,
    /// Its plain text.
    pub text: Box<str>,
}

/// An open place in the HTML of a [`Body`].
#[derive(Clone, Debug, PartialEq)]
pub struct Hole {
    /// Where in the HTML it stands: what fills it comes before this byte.
    pub at: usize,
    /// What it comes from, in the file.
    pub span: Span,
    /// What is to be filled in.
    pub fill: Fill,
}

/// What a [`Hole`] waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// An address of the site, inside the quotes of `href` (in raw HTML also `src` and its like). As written: `../a.md#b`,
    /// `@/a.md`, `/a/`, `#b`, `a.pdf`.
    Link(Box<str>),
    /// The theme's sentence of this key, in text or inside the quotes of an attribute.
    Words(&'static str),
    /// A whole `img` element.
    Image(Image),
    /// What the theme's template for the component says.
    Component(Box<Component>),
}

/// An image in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The file or address as written.
    pub src: Box<str>,
    /// Its text alternative; empty where the image tells nothing.
    pub alt: Box<str>,
    /// Its title, which may be empty.
    pub title: Box<str>,
    /// All of it in the file: `![alt](src)`.
    pub whole: Span,
}

/// A component: a fenced block whose first word names it, with YAML inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Its name: `stat`.
    pub name: Arc<str>,
    /// Its arguments, as the theme declares them.
    pub arguments: Values,
    /// The YAML in the file.
    pub yaml: Span,
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn text_is_without_markup() {
        let check = |html: &str, expected: &str| {
            let mut out = String::new();
            Body { html: html.into(), ..Body::default() }.text(&mut out);
            assert_eq!(out.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{html}");
        };
        check("<h2 id=\"a\">One</h2><p>t<em>w</em>o</p>", "One two");
        check("<p>Fish &amp; chips &lt;b&gt; &#163;3 &#x2019; &eacute;</p>", "Fish & chips <b> £3 ’");
        check("<td>a</td><td>b</td>c<br>d<sup>1</sup>", "a b c d 1");
        check("<a title=\"x > y\" href=''>z</a><!-- <p>no</p> -->", "z");
        check("a<script>if (a < b) {}</script>b<style>p {}</style>", "a b");
        check("AT&T & <", "AT&T &");
    }
}
