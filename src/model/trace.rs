//! Where an element of a page comes from: an attribute that each start tag has while pages are made to be checked.
//!
//! Rules look at finished pages, and people mend Markdown and templates. With [`super::config::Options::trace`] each start tag
//! carries its place; [`strip`] gives the page as it is published.

use std::borrow::Cow;
use std::sync::Arc;

use super::diagnostic::{At, FieldPath, Part, Place, Step};
use super::source::Span;

/// The attribute for where an element is written.
pub const AT: &str = "data-folio-at";
/// The attribute for the block in a document by which an element of a component came here.
pub const IN: &str = "data-folio-in";

/// Returns ` data-folio-at="content/a.md:120-140"`, to stand after the name of a start tag.
pub fn attribute(name: &str, place: &Place) -> String {
    let path = escape(&place.path);
    match &place.at {
        At::Span(span) => format!(" {name}=\"{path}:{}-{}\"", span.start, span.end),
        At::Field(span, field, _) => {
            format!(" {name}=\"{path}:{}-{}:{}\"", span.start, span.end, escape(&steps(field)))
        }
    }
}

/// Returns the place that an attribute's value names.
pub fn place(value: &str) -> Option<Place> {
    // What a field's way may hold is escaped, so the last two colons are ours.
    let (before, last) = value.rsplit_once(':')?;
    let span = |text: &str| {
        let (start, end) = text.split_once('-')?;
        Some(Span::new(start.parse().ok()?, end.parse().ok()?))
    };
    if let Some(span) = span(last) {
        return Some(Place::new(&unescape(before).into(), span));
    }
    let (path, text) = before.rsplit_once(':')?;
    let field = FieldPath(last.split('/').map(step).collect());
    Some(Place { path: unescape(path).into(), at: At::Field(span(text)?, field, Part::Value) })
}

fn steps(field: &FieldPath) -> String {
    let step = |it: &Step| match it {
        Step::Key(key) => key.replace('/', "%2F"),
        Step::Index(index) => format!("[{index}"),
    };
    field.0.iter().map(step).collect::<Vec<_>>().join("/")
}

fn step(text: &str) -> Step {
    match text.strip_prefix('[').and_then(|it| it.parse().ok()) {
        Some(index) => Step::Index(index),
        None => Step::Key(unescape(text).replace("%2F", "/").into()),
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('"', "%22")
        .replace('<', "%3C")
        .replace('>', "%3E")
        .replace(':', "%3A")
        .replace('&', "%26")
}

fn unescape(text: &str) -> String {
    let signs = [("%22", "\""), ("%3C", "<"), ("%3E", ">"), ("%3A", ":"), ("%26", "&"), ("%25", "%")];
    signs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

/// Adds an attribute to each start tag of `html` from byte `from` that has none of the name yet; tells of each insertion
/// where it was made, in bytes of the HTML so far, and how long it is.
pub fn mark(html: &mut String, from: usize, name: &str, place: &Place, mut inserted: impl FnMut(usize, usize)) {
    let tail = html.split_off(from);
    let attribute = attribute(name, place);
    let mut copied = 0;
    for at in tags(&tail) {
        if has(&tail[at..], name) {
            continue;
        }
        html.push_str(&tail[copied..at]);
        inserted(html.len(), attribute.len());
        html.push_str(&attribute);
        copied = at;
    }
    html.push_str(&tail[copied..]);
}

/// Returns whether the start tag whose attributes follow has the attribute `name`, as one of its first.
fn has(attributes: &str, name: &str) -> bool {
    let tag = attributes.split('>').next().unwrap_or_default();
    tag.contains(&format!(" {name}=\""))
}

/// Returns where the names of the start tags end, in HTML that a template or Folio wrote: what stands in comments, scripts and
/// styles, and between the signs of a template, is passed over. A name that a template goes on with is left out.
pub fn tags(html: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = html[at..].find(['<', '{']) {
        at += next;
        let rest = &html[at..];
        let passed = [("<!--", "-->"), ("{{", "}}"), ("{%", "%}"), ("{#", "#}")]
            .iter()
            .find(|(open, _)| rest.starts_with(open))
            .map(|(_, close)| rest.find(close).map_or(rest.len(), |it| it + close.len()));
        if let Some(passed) = passed {
            at += passed;
            continue;
        }
        let name = rest[1..].bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'-').count();
        let is_tag = rest.starts_with('<') && rest[1..].starts_with(|it: char| it.is_ascii_alphabetic());
        at += 1;
        if !is_tag {
            continue;
        }
        at += name;
        if !html[at..].starts_with('{') {
            found.push(at);
        }
        let name = html[at - name..at].to_ascii_lowercase();
        if matches!(&*name, "script" | "style") {
            at += html[at..].find(&format!("</{name}")).unwrap_or(html.len() - at);
        }
    }
    found
}

/// Returns the page without the attributes.
pub fn strip(html: &[u8]) -> Cow<'_, [u8]> {
    let Ok(text) = str::from_utf8(html) else { return Cow::Borrowed(html) };
    if !text.contains(" data-folio-") {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(" data-folio-") {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let ours = [AT, IN].iter().find_map(|it| tail[1..].strip_prefix(it)?.strip_prefix("=\""));
        rest = match ours.and_then(|it| it.find('"').map(|end| &it[end + 1..])) {
            Some(after) => after,
            None => {
                out.push_str(" data-folio-");
                &tail[" data-folio-".len()..]
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out.into_bytes())
}

/// Returns the text of a template with each start tag marked, and where in the marked text each insertion stands, with its
/// length.
pub fn template(path: &Arc<str>, text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut out, mut inserted, mut copied) = (String::with_capacity(text.len() * 2), Vec::new(), 0);
    for at in tags(text) {
        out.push_str(&text[copied..at]);
        let start = text[..at].rfind('<').unwrap_or(at);
        let end = text[at..].find('>').map_or(at, |it| at + it + 1);
        let attribute = attribute(AT, &Place::new(path, Span::new(start, end)));
        inserted.push((out.len(), attribute.len()));
        out.push_str(&attribute);
        copied = at;
    }
    out.push_str(&text[copied..]);
    (out, inserted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back() {
        let path: Arc<str> = "content/a: \"b\" 100 %&<é>.md".into();
        for at in [
            At::Span(Span::new(3, 14)),
            At::Field(
                Span::new(4, 90),
                FieldPath(vec!["find:ings/x".into(), Step::Index(2), "50 %".into()]),
                Part::Value,
            ),
        ] {
            let place = Place { path: path.clone(), at };
            let text = attribute(AT, &place);
            let value = text.strip_prefix(" data-folio-at=\"").and_then(|it| it.strip_suffix('"')).unwrap();
            assert!(!value.contains(['"', '<', '>', '&']), "{value}");
            assert_eq!(super::place(value), Some(place));
        }
        assert_eq!(super::place("x"), None);
    }

    #[test]
    fn tags_of_a_template() {
        let text = "{# <a> #}<p class=\"x\">{% if a < b %}<b>{{ \"<i>\" }}</b>{% endif %}<h{{ n }}></h{{ n }}><!-- <u> -->\
            <script>if (a<b) x</script> 1 < 2 <my-el/>";
        let names: Vec<&str> = tags(text).into_iter().map(|it| text[..it].rsplit('<').next().unwrap()).collect();
        assert_eq!(names, ["p", "b", "script", "my-el"]);
    }

    #[test]
    fn what_is_marked_can_be_stripped() {
        let place = Place::new(&"a.md".into(), Span::new(1, 2));
        let before = "x<p>é <b class=\"y\">z</b> data-folio-x=\"1\"<br></p>";
        let mut html = before.to_owned();
        let mut inserted = Vec::new();
        mark(&mut html, 0, AT, &place, |at, length| inserted.push((at, length)));
        assert!(
            html.starts_with("x<p data-folio-at=\"a.md:1-2\">é <b data-folio-at=\"a.md:1-2\" class=\"y\">"),
            "{html}"
        );
        assert_eq!(inserted.len(), 3);
        let once = html.clone();
        mark(&mut html, 0, AT, &place, |_, _| panic!("a tag is marked once"));
        assert_eq!(html, once);
        assert_eq!(&*strip(html.as_bytes()), before.as_bytes());
        let (marked, _) = template(&"t.html".into(), before);
        assert_eq!(&*strip(marked.as_bytes()), before.as_bytes());
    }
}
