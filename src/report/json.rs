//! Diagnostics for programs.

use serde::Serialize;

use super::count;
use super::lines::Files;
use crate::model::diagnostic::{Diagnostic, Edit, Place, Severity};

/// Returns one JSON object, over several lines.
///
/// The shape is stable: a change of it is a new `version`, except that keys may be added. Every key is always there;
/// what is not known is `null`. `severity` is `error`, `warning` or `advice`. `file` is the path in the site's folder,
/// `offset` and `length` count bytes of it, lines and columns begin at 1, columns count characters, and `end_column` is
/// the one after the last.
///
/// ```json
/// {
///   "version": 1,
///   "diagnostics": [{
///     "severity": "error", "code": "broken-link", "message": "`gone.md` leads nowhere", "help": null,
///     "file": "content/a.md", "line": 5, "column": 37, "end_line": 5, "end_column": 44, "offset": 90, "length": 7,
///     "fix": [{ "offset": 90, "length": 4, "text": "went" }],
///     "related": [{
///       "message": "it was here",
///       "file": "content/b.md", "line": 1, "column": 1, "end_line": 1, "end_column": 4, "offset": 0, "length": 3
///     }]
///   }],
///   "counts": { "errors": 1, "warnings": 0, "advice": 0 }
/// }
/// ```
pub(super) fn text(diagnostics: &[Diagnostic], files: &Files) -> String {
    let counts = Counts {
        errors: count(diagnostics, Severity::Error),
        warnings: count(diagnostics, Severity::Warning),
        advice: count(diagnostics, Severity::Advice),
    };
    let report = Report { version: 1, diagnostics: diagnostics.iter().map(|it| item(it, files)).collect(), counts };
    serde_json::to_string_pretty(&report).expect("a report is plain data") + "\n"
}

fn item<'a>(diagnostic: &'a Diagnostic, files: &Files) -> Item<'a> {
    let related = |(place, word): &'a (Place, String)| Related { message: word, at: At::of(Some(place), files) };
    Item {
        severity: diagnostic.severity.name(),
        code: diagnostic.code,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        at: At::of(diagnostic.place.as_ref(), files),
        fix: diagnostic.fix.iter().map(Change::of).collect(),
        related: diagnostic.related.iter().map(related).collect(),
    }
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    diagnostics: Vec<Item<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    advice: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    at: At<'a>,
    fix: Vec<Change<'a>>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    offset: usize,
    length: usize,
    text: &'a str,
}

impl Change<'_> {
    fn of(edit: &Edit) -> Change<'_> {
        Change { offset: edit.span.start, length: edit.span.end - edit.span.start, text: &edit.text }
    }
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize, Default)]
struct At<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    offset: Option<usize>,
    length: Option<usize>,
}

impl<'a> At<'a> {
    fn of(place: Option<&'a Place>, files: &Files) -> At<'a> {
        let Some(place) = place else { return At::default() };
        let file = Some(&*place.path);
        let Some(region) = files.region(place) else { return At { file, ..At::default() } };
        let span = place.span();
        At {
            file,
            line: Some(region.line),
            column: Some(region.column),
            end_line: Some(region.end_line),
            end_column: Some(region.end_column),
            offset: Some(span.start),
            length: Some(span.end.saturating_sub(span.start)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::Span;
    use crate::report::{Format, example};
    use serde_json::{Value, json};

    fn check(marked: &str, diagnostics: fn(&[Place]) -> Vec<Diagnostic>, expected: Value) {
        let made: Value = serde_json::from_str(&example::text(Format::Json, marked, diagnostics)).unwrap();
        assert_eq!(made, expected, "made: {made:#}");
    }

    #[test]
    fn every_key_is_there() {
        let diagnostics = |places: &[Place]| {
            let fault = Diagnostic::error("here", places[0].clone(), "\"this\"\x1B").see(places[1].clone(), "and this");
            let asset = Place::new(&"a.jpg".into(), Default::default());
            vec![
                fault,
                Diagnostic::warning("there", asset, "that").help("so").fix(vec![Edit::new(Span::new(1, 3), "x")]),
                Diagnostic::warning("site", None, "all"),
            ]
        };
        let nowhere = json!({
            "file": null, "line": null, "column": null, "end_line": null, "end_column": null,
            "offset": null, "length": null, "fix": [], "related": [], "severity": "warning",
        });
        let with = |more: Value| {
            let mut all = nowhere.clone();
            all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            all
        };
        let expected = json!({
            "version": 1,
            "diagnostics": [
                {
                    "severity": "error", "code": "here", "message": "\"this\"\u{1B}", "help": null,
                    "file": example::PATH, "line": 2, "column": 3, "end_line": 3, "end_column": 2,
                    "offset": 4, "length": 5, "fix": [],
                    "related": [{
                        "message": "and this",
                        "file": example::PATH, "line": 3, "column": 2, "end_line": 3, "end_column": 3,
                        "offset": 9, "length": 1,
                    }],
                },
                with(json!({
                    "code": "there", "message": "that", "help": "so", "file": "a.jpg",
                    "fix": [{ "offset": 1, "length": 2, "text": "x" }],
                })),
                with(json!({ "code": "site", "message": "all", "help": null })),
            ],
            "counts": { "errors": 1, "warnings": 2, "advice": 0 },
        });
        check("\né ‹é\r\nx›‹y›", diagnostics, expected);
    }

    #[test]
    fn nothing_is_a_report_too() {
        let counts = json!({ "errors": 0, "warnings": 0, "advice": 0 });
        check("", |_| Vec::new(), json!({ "version": 1, "diagnostics": [], "counts": counts }));
    }
}
