//! What HTML of a document may hold, by an independent parser: html5ever, which reads as browsers do (WHATWG HTML, section 13.2).
//! The lists are written for themselves: what Folio's own allow-list lets through must be among them.

use scraper::Html;

const ELEMENTS: &str = "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del \
    details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hgroup hr i img ins kbd li mark ol p picture pre q rp rt ruby s \
    samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr";

const ATTRIBUTES: &str = "abbr alt cite class colspan controls datetime decoding default dir download headers height href \
    hreflang id kind label lang loading loop media muted name open playsinline poster preload rel reversed role rowspan scope \
    sizes span src srclang srcset start tabindex target title translate type value width";

const UNSAFE: &str = "javascript vbscript data";

/// Returns what is in the HTML of a document's text that a document may not hold: elements, attributes, schemes, comments.
pub(crate) fn faults(html: &str) -> Vec<String> {
    // In a whole document the parser keeps what a further `<body>` says.
    let document = Html::parse_document(&format!("<!doctype html><html><head></head><body>{html}"));
    let mut faults = Vec::new();
    for node in document.tree.nodes() {
        match node.value() {
            scraper::Node::Element(element) => {
                let name = element.name();
                if !has("html head body", name) && !has(ELEMENTS, name) {
                    faults.push(format!("<{name}>"));
                }
                for (attribute, value) in element.attrs() {
                    if !has(ATTRIBUTES, attribute) && !attribute.starts_with("aria-") {
                        faults.push(format!("<{name} {attribute}>"));
                    }
                    let addresses: Vec<&str> = match attribute {
                        "href" | "src" | "cite" | "poster" => vec![value],
                        "srcset" => value.split(',').collect(),
                        _ => Vec::new(),
                    };
                    faults.extend(
                        addresses.into_iter().filter_map(scheme).map(|it| format!("<{name} {attribute}={it}:>")),
                    );
                }
            }
            scraper::Node::Comment(comment) => faults.push(format!("<!--{}-->", &**comment)),
            _ => {}
        }
    }
    faults
}

fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|it| it == word)
}

/// Returns the scheme of an address, as a browser reads it, where it runs code or holds a page (WHATWG URL, section 4.4: spaces and control characters before it, tabs and ends of lines anywhere are nothing).
fn scheme(address: &str) -> Option<String> {
    let plain: String = address.chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect();
    let plain = plain.trim_start_matches(|it: char| it <= ' ').to_ascii_lowercase();
    let (scheme, _) = plain.split_once(':')?;
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'));
    (is_scheme && has(UNSAFE, scheme)).then(|| scheme.to_owned())
}
