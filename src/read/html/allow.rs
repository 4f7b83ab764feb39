//! The elements and attributes that are harmless.
//!
//! They run no code, load no page, ask for no input, and leave the look of the page to the theme.

/// A harmless element.
#[derive(Debug, PartialEq)]
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: &'static str,
    /// How it ends.
    pub(crate) end: End,
    /// Attributes that it may have besides those that each may have.
    attributes: &'static [&'static str],
}

/// How an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a tag.
    Tag,
    /// With a tag, or where another begins: `li`.
    Open,
    /// At once: `br`.
    Void,
}

/// What an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Text.
    Text,
    /// The name of a place on the page.
    Anchor,
    /// An address.
    Address,
    /// Addresses with their sizes: `a.png 1x, b.png 2x`.
    Addresses,
    /// Some of these words.
    Words(&'static [&'static str]),
}

/// Returns the element of that name, where it is harmless.
pub(crate) fn element(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|it| it.name.eq_ignore_ascii_case(name))
}

/// Returns whether what stands in an element that is not harmless goes with it.
pub(crate) fn goes_whole(name: &str) -> bool {
    WHOLE.iter().any(|it| it.eq_ignore_ascii_case(name))
}

impl Element {
    /// Returns the name of an attribute and what it holds, where the element may have it.
    ///
    /// Names that begin with `aria-` come back as written, in lower case.
    pub(crate) fn attribute(&self, name: &str) -> Option<(String, Holds)> {
        let name = name.to_ascii_lowercase();
        let holds = match &*name {
            "id" => Holds::Anchor,
            "name" if self.name == "a" => Holds::Anchor,
            "href" | "src" | "cite" | "poster" if self.attributes.contains(&&*name) => Holds::Address,
            "rel" if self.name == "a" => Holds::Words(&RELATIONS),
            "target" if self.name == "a" => Holds::Words(&["_blank", "_self"]),
            "srcset" if self.attributes.contains(&"srcset") => Holds::Addresses,
            _ if is_global(&name) || self.attributes.contains(&&*name) => Holds::Text,
            _ => return None,
        };
        Some((name, holds))
    }
}

/// Returns whether every element may have the attribute, named in lower case.
pub(crate) fn is_global(name: &str) -> bool {
    let aria = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase());
    GLOBAL.contains(&name) || name.strip_prefix("aria-").is_some_and(aria)
}

const GLOBAL: [&str; 7] = ["class", "dir", "id", "lang", "role", "title", "translate"];

/// What a link may say of where it leads: all but `opener`, which lets that page change this one.
const RELATIONS: [&str; 15] = [
    "alternate",
    "author",
    "bookmark",
    "external",
    "help",
    "license",
    "me",
    "next",
    "nofollow",
    "noopener",
    "noreferrer",
    "prev",
    "sponsored",
    "tag",
    "ugc",
];

/// Elements whose content is code, another page, a drawing with a language of its own, or for a control.
const WHOLE: [&str; 19] = [
    "applet",
    "canvas",
    "frameset",
    "head",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "portal",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "xmp",
];

const fn tag(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, end: End::Tag, attributes }
}

const fn open(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, end: End::Open, attributes }
}

const fn void(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, end: End::Void, attributes }
}

const ELEMENTS: &[Element] = &[
    // Text.
    tag("a", &["download", "href", "hreflang", "name", "type"]),
    tag("abbr", &[]),
    tag("b", &[]),
    tag("bdi", &[]),
    tag("bdo", &[]),
    void("br", &[]),
    tag("cite", &[]),
    tag("code", &[]),
    tag("data", &["value"]),
    tag("del", &["cite", "datetime"]),
    tag("dfn", &[]),
    tag("em", &[]),
    tag("i", &[]),
    tag("ins", &["cite", "datetime"]),
    tag("kbd", &[]),
    tag("mark", &[]),
    tag("q", &["cite"]),
    open("rp", &[]),
    open("rt", &[]),
    tag("ruby", &[]),
    tag("s", &[]),
    tag("samp", &[]),
    tag("small", &[]),
    tag("span", &[]),
    tag("strong", &[]),
    tag("sub", &[]),
    tag("sup", &[]),
    tag("time", &["datetime"]),
    tag("u", &[]),
    tag("var", &[]),
    void("wbr", &[]),
    // Blocks.
    tag("address", &[]),
    tag("article", &[]),
    tag("aside", &[]),
    tag("blockquote", &["cite"]),
    tag("details", &["name", "open"]),
    tag("div", &[]),
    tag("figcaption", &[]),
    tag("figure", &[]),
    tag("h1", &[]),
    tag("h2", &[]),
    tag("h3", &[]),
    tag("h4", &[]),
    tag("h5", &[]),
    tag("h6", &[]),
    tag("hgroup", &[]),
    void("hr", &[]),
    open("p", &[]),
    tag("pre", &[]),
    tag("section", &[]),
    tag("summary", &[]),
    // Lists.
    open("dd", &[]),
    tag("dl", &[]),
    open("dt", &[]),
    open("li", &["value"]),
    tag("ol", &["reversed", "start", "type"]),
    tag("ul", &[]),
    // Tables.
    open("caption", &[]),
    void("col", &["span"]),
    open("colgroup", &["span"]),
    tag("table", &[]),
    open("tbody", &[]),
    open("td", &["colspan", "headers", "rowspan"]),
    open("tfoot", &[]),
    open("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    open("thead", &[]),
    open("tr", &[]),
    // Pictures, sound and film.
    tag("audio", &["controls", "loop", "muted", "preload", "src"]),
    void("img", &["alt", "decoding", "height", "loading", "sizes", "src", "srcset", "width"]),
    tag("picture", &[]),
    void("source", &["height", "media", "sizes", "src", "srcset", "type", "width"]),
    void("track", &["default", "kind", "label", "src", "srclang"]),
    tag("video", &["controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements() {
        assert_eq!(element("DIV").map(|it| it.end), Some(End::Tag));
        for name in ["script", "form", "input", "meta", "link", "base", "main", "nav", "center", "x-y", ""] {
            assert_eq!(element(name), None, "{name}");
        }
        assert!(WHOLE.iter().all(|it| element(it).is_none()));
        assert!(goes_whole("Script"));
    }

    #[test]
    fn attributes() {
        let check = |tag: &str, name: &str| element(tag).and_then(|it| it.attribute(name)).map(|(_, holds)| holds);
        assert_eq!(check("a", "HREF"), Some(Holds::Address));
        assert_eq!(check("a", "name"), Some(Holds::Anchor));
        assert_eq!(check("details", "name"), Some(Holds::Text));
        assert_eq!(check("span", "href"), None);
        assert_eq!(check("p", "aria-label"), Some(Holds::Text));
        assert_eq!(check("p", "aria-\"x"), None);
        for name in ["style", "onclick", "srcdoc", "formaction", "data-x", "is", "slot", "part", "popover"] {
            assert_eq!(check("p", name), None, "{name}");
        }
    }
}
