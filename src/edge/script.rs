//! What in a drawing or in another file of XML would run code when a reader opens it.
//!
//! Source: SVG 2, chapter 15 (scripting) and section 2.2; HTML, "XML documents". Files are judged and never changed: what a
//! program wrote into a chart is its own business, as long as nothing in it runs.

use std::io::Read;

use xml::attribute::OwnedAttribute;
use xml::reader::{ParserConfig, XmlEvent};

use crate::model::address;

/// The largest file that is looked through, in bytes.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Elements that run code, load a page, or ask for input, in whichever namespace.
const ELEMENTS: [&str; 14] = [
    "script",
    "handler",
    "listener",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "base",
    "meta",
    "link",
    "form",
    "portal",
    "stylesheet",
];

/// Elements whose pictures may stand in the file itself.
const PICTURES: [&str; 3] = ["image", "feimage", "img"];

/// Returns whether a file is looked into, by its name.
pub(super) fn is_looked_into(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |it| it.1);
    ["svg", "xml", "xsl", "xslt", "rdf", "rss", "atom"].iter().any(|it| it.eq_ignore_ascii_case(ending))
}

/// Returns what in a file of `size` bytes would run code: `` the element `<script>` ``; `None` where nothing would.
pub(super) fn found(file: impl Read, size: u64) -> Option<String> {
    if size > LARGEST {
        return Some("it is too large to be looked through".to_owned());
    }
    let config = ParserConfig::new()
        .cdata_to_characters(true)
        .ignore_comments(true)
        .max_attributes(1000)
        .max_entity_expansion_depth(3)
        .max_entity_expansion_length(1 << 16)
        .max_data_length(LARGEST as usize);
    for event in config.create_reader(file) {
        let found = match event {
            Ok(XmlEvent::StartElement { name, attributes, .. }) => of_element(&name.local_name, &attributes),
            Ok(XmlEvent::ProcessingInstruction { name, .. }) if name.eq_ignore_ascii_case("xml-stylesheet") => {
                Some("`<?xml-stylesheet?>`".to_owned())
            }
            // A document type may give every element an attribute such as `onload`.
            Ok(XmlEvent::Doctype { syntax }) if syntax.to_ascii_uppercase().contains("<!ATTLIST") => {
                Some("`<!ATTLIST>`".to_owned())
            }
            Ok(XmlEvent::EndDocument) => return None,
            Ok(_) => None,
            Err(error) => {
                let message = error.msg().lines().next().unwrap_or_default().to_owned();
                Some(format!("what can't be read of it, for it is no XML ({message})"))
            }
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn of_element(name: &str, attributes: &[OwnedAttribute]) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if ELEMENTS.contains(&&*lower) {
        return Some(format!("the element `<{name}>`"));
    }
    let may_hold = PICTURES.contains(&&*lower);
    let bad = attributes.iter().find(|it| is_active(&it.name.local_name, &it.value, may_hold))?;
    Some(format!("the attribute `{}` of `<{name}>`", bad.name.local_name))
}

fn is_active(name: &str, value: &str, may_hold_picture: bool) -> bool {
    let name = name.to_ascii_lowercase();
    let is_handler = |it: &str| it.len() > 2 && it.starts_with("on") && it.bytes().all(|it| it.is_ascii_alphabetic());
    let runs = |it: &str| address::reach(&address::clean(it)).is_err_and(|it| it.runs_code());
    match &*name {
        _ if is_handler(&name) => true,
        "attributename" => is_handler(&value.trim().to_ascii_lowercase()),
        "href" | "src" => runs(value) && !(may_hold_picture && is_picture(value)),
        // `values` of an animation are several.
        _ => value.split(';').any(|it| is_code(&address::clean(it))),
    }
}

fn is_picture(value: &str) -> bool {
    let value = value.trim_start();
    value.get(.."data:image/".len()).is_some_and(|it| it.eq_ignore_ascii_case("data:image/"))
}

/// Returns whether a text is an address of code. Text with a colon is common in other attributes, `data:` too.
fn is_code(value: &str) -> bool {
    address::scheme(value).is_some_and(|it| ["javascript", "vbscript"].iter().any(|code| code.eq_ignore_ascii_case(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">";

    #[track_caller]
    fn check(inside: &str, expected: Option<&str>) {
        let text = if inside.starts_with("<?") || inside.starts_with("<!") || inside.starts_with("<svg") {
            inside.to_owned()
        } else {
            format!("{HEAD}{inside}</svg>")
        };
        let found = found(text.as_bytes(), text.len() as u64);
        match expected {
            None => assert_eq!(found, None, "{inside}"),
            Some(part) => assert!(found.as_deref().unwrap_or_default().contains(part), "{inside}: {found:?}"),
        }
    }

    #[test]
    fn ordinary_charts_are_left_alone() {
        for inside in [
            "<g id=\"x\"><path d=\"M0 0\"/><use xlink:href=\"#x\"/><text>5 &lt; 6</text></g>",
            "<style>.a { fill: url(#b) }</style><rect class=\"a\" style=\"fill: red\"/>",
            "<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"9\"/><image href=\"bars.png\"/>",
            "<a href=\"https://www.example.org/\"><text>Source: data; javascript</text></a>",
            "<animate attributeName=\"width\" values=\"0;9\" dur=\"1s\"/>",
            "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Label</p></div></foreignObject>",
            "<metadata><rdf:RDF xmlns:rdf=\"urn:r\"/></metadata><desc>onload=x</desc>",
            "<?xml version=\"1.0\" standalone=\"no\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<!DOCTYPE svg [<!ENTITY ns \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns;\"><path d=\"M0 0\"/></svg>",
        ] {
            check(inside, None);
        }
    }

    #[test]
    fn what_would_run_is_found() {
        for (inside, expected) in [
            ("<script>alert(1)</script>", "<script>"),
            ("<g><SCRIPT/></g>", "<SCRIPT>"),
            ("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>", "<script>"),
            ("<rect onclick=\"a()\"/>", "`onclick`"),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"a()\"/>", "`onload`"),
            ("<a href=\"javascript:a()\"/>", "`href`"),
            ("<a xlink:href=\" &#106;ava&#9;script:a()\"/>", "`href`"),
            ("<a href=\"data:text/html,a\"/>", "`href`"),
            ("<use href=\"data:image/svg+xml,a\"/>", "`href`"),
            ("<animate attributeName=\"href\" values=\"#a;javascript:a()\"/>", "`values`"),
            ("<set attributeName=\"onload\" to=\"a()\"/>", "`attributeName`"),
            (
                "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" srcdoc=\"a\"/></foreignObject>",
                "<iframe>",
            ),
            ("<foreignObject><meta xmlns=\"http://www.w3.org/1999/xhtml\" content=\"0\"/></foreignObject>", "<meta>"),
            ("<?xml version=\"1.0\"?><?xml-stylesheet href=\"a.xsl\"?><svg/>", "xml-stylesheet"),
            ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"a()\">]><svg/>", "ATTLIST"),
            ("<!DOCTYPE svg [<!ENTITY a \"javascript:b()\">]><svg><a href=\"&a;\"/></svg>", "`href`"),
            ("<svg><g></svg>", "no XML"),
            ("<svg", "no XML"),
        ] {
            check(inside, Some(expected));
        }
    }

    #[test]
    fn files_are_known_by_their_endings() {
        assert!(["a.svg", "A.SVG", "a.b.xml", "feed.rss"].iter().all(|it| is_looked_into(it)));
        assert!(!["a.png", "svg", "a.svg.pdf", "a.csv"].iter().any(|it| is_looked_into(it)));
    }
}
