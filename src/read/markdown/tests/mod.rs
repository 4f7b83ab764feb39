//! What Markdown becomes. Holes are shown as `{{link:a.md}}`, faults as `code: the text at their place`.

mod attacks;
mod blocks;
mod hostile;
mod inlines;
mod marks;
mod outline;
mod raw;

use std::sync::Arc;

use super::*;
use crate::model::body::{Fill, Image};
use crate::model::config::RawHtml;
use crate::model::value::Values;

/// How Markdown is read in a test.
struct Reader {
    html: RawHtml,
    nested: bool,
    maths: bool,
    in_letter: bool,
    title: Option<&'static str>,
}

/// A body in a document that has a title of its own.
const BODY: Reader =
    Reader { html: RawHtml::Safe, nested: false, maths: false, in_letter: false, title: Some("The title") };
const UNTITLED: Reader = Reader { title: None, ..BODY };
const MATHS: Reader = Reader { maths: true, ..BODY };
const LETTER: Reader = Reader { in_letter: true, ..BODY };
const NESTED: Reader = Reader { nested: true, ..BODY };
const ALL: Reader = Reader { html: RawHtml::All, ..BODY };
const NONE: Reader = Reader { html: RawHtml::None, ..BODY };

/// Checks what becomes of Markdown, and that nothing is wrong with it.
fn check(input: &str, expected: &str) {
    BODY.check(input, expected);
    BODY.faults(input, &[]);
}

/// Checks the faults of Markdown.
fn faults(input: &str, expected: &[&str]) {
    BODY.faults(input, expected);
}

impl Reader {
    fn read(&self, input: &str) -> Checked<Read> {
        // Places must be those of the file, not of the part that is read.
        let before = "---\ntitle: ü\n---\n";
        let text = format!("{before}{input}");
        let checked = self.read_part(&text, Span::new(before.len(), text.len()));
        assert_holes(&text, &checked);
        checked
    }

    fn read_part(&self, text: &str, span: Span) -> Checked<Read> {
        let path = Arc::from("content/a.md");
        let component = |word: &str, yaml: &str, place: Span| {
            let name: Arc<str> = format!("{word}({yaml})").into();
            let component = Component { name, arguments: Values::default(), yaml: place };
            (word == "chart").then(|| Checked { value: component, diagnostics: Vec::new() })
        };
        let settings = Settings {
            path: &path,
            html: self.html,
            smart: true,
            maths: self.maths,
            in_letter: self.in_letter,
            nested: self.nested,
            trace: None,
            own: &|it| it.starts_with("https://own.example/"),
            component: &component,
        };
        body(text, span, self.title, &settings)
    }

    fn html(&self, input: &str) -> String {
        show(&self.read(input).value.body)
    }

    fn check(&self, input: &str, expected: &str) {
        assert_eq!(self.html(input).trim_end(), expected.trim_end(), "{input}");
    }

    fn faults(&self, input: &str, expected: &[&str]) {
        let text = format!("---\ntitle: ü\n---\n{input}");
        let show = |it: &Diagnostic| {
            let span = it.place.as_ref().unwrap().span();
            format!("{}: {}", it.code, &text[span.start..span.end])
        };
        let found: Vec<String> = self.read(input).diagnostics.iter().map(show).collect();
        assert_eq!(found, expected, "{input}");
    }
}

/// Returns the HTML with its holes shown.
fn show(body: &Body) -> String {
    let mut html = body.html.to_string();
    for hole in body.holes.iter().rev() {
        let shown = match &hole.fill {
            Fill::Link(address) => format!("{{{{link:{address}}}}}"),
            Fill::Words(key) => format!("{{{{{key}}}}}"),
            Fill::Image(Image { src, alt, title, .. }) => format!("{{{{image:{src}|{alt}|{title}}}}}"),
            Fill::Component(component) => format!("{{{{component:{}}}}}", component.name),
        };
        html.insert_str(hole.at, &shown);
    }
    html
}

/// Checks what holds for the places of every body.
fn assert_holes(text: &str, checked: &Checked<Read>) {
    let body = &checked.value.body;
    assert!(body.holes.is_sorted_by_key(|it| it.at), "{text:?}");
    assert!(body.holes.iter().all(|it| body.html.is_char_boundary(it.at)), "{text:?}");
    let spans = body.holes.iter().map(|it| it.span);
    let places = checked.diagnostics.iter().filter_map(|it| it.place.as_ref()).map(Place::span);
    for span in spans.chain(places) {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
    }
}
