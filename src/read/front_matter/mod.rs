//! Source -> YAML and body: where the front matter of a file begins and ends.

mod conflict;
mod fence;
mod foreign;

use memchr::memchr2;

use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::source::{Source, Span};

use super::doctor;

/// Front matter longer than this is not read, nor is the YAML of a component: each fault in it has it read again.
pub(super) const LIMIT: usize = 64 * 1024;

/// The parts of a file.
#[derive(Debug, PartialEq)]
pub(crate) struct Parts {
    /// The YAML between the fences; `None` where there is no front matter that can be read.
    pub(crate) yaml: Option<Span>,
    /// The text after it.
    pub(crate) body: Span,
    /// Whether there is front matter that can't be read: it is not known where it ends, or two versions of it are there.
    pub(crate) lost: bool,
}

/// Splits a file.
///
/// Front matter begins with a line `---`, the first that is not blank, and ends with a line `---` or `...`; spaces may
/// follow the hyphens. `\n`, `\r\n` and `\r` end a line. Where a fence is wrong or missing and it is sure where it should
/// be, the parts are those that were meant.
///
/// Gives `front-matter-open`, `front-matter-fence`, `front-matter-missing-fence`, `front-matter-misplaced`,
/// `front-matter-long`, `front-matter-format`, `conflict-marker`.
pub(crate) fn split(source: &Source, found: &mut Vec<Diagnostic>) -> Parts {
    let text = &*source.text;
    let Some(first) = lines(text).find(|it| !blank(&text[it.start..it.end])) else {
        return Parts { yaml: None, body: Span::new(text.len(), text.len()), lost: false };
    };
    let foreign = foreign::parts(source, first, found);
    let mut parts = foreign.unwrap_or_else(|| fence::parts(source, first, found));
    if let Some(yaml) = parts.yaml
        && yaml.end - yaml.start > LIMIT
    {
        let message = format!("the front matter is longer than {} kB", LIMIT / 1024);
        let place = Place::new(&source.path, first);
        found.push(Diagnostic::error("front-matter-long", place, message).help("put long texts into the body"));
        parts = Parts { yaml: None, lost: true, ..parts };
    }
    if conflict::markers(source, parts.yaml, found) {
        parts.lost = true;
    }
    parts
}

/// Returns the spans of the lines, without their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Span> {
    lines_from(text, 0)
}

fn lines_from(text: &str, from: usize) -> impl Iterator<Item = Span> {
    let mut start = from;
    std::iter::from_fn(move || {
        if start > text.len() || (start == text.len() && start > 0) {
            return None;
        }
        let end = memchr2(b'\n', b'\r', &text.as_bytes()[start..]).map_or(text.len(), |it| start + it);
        let line = Span::new(start, end);
        start = if end == text.len() { end + 1 } else { next_line(text, end) };
        Some(line)
    })
}

fn next_line(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}

fn blank(line: &str) -> bool {
    trimmed(line).is_empty()
}

fn trimmed(line: &str) -> &str {
    line.trim_matches(|it: char| it.is_whitespace() || matches!(it, '\u{feff}' | '\u{200b}'))
}

/// Returns the change that puts a line in before `offset`, where a line begins.
fn inserted(text: &str, offset: usize, line: &str) -> Edit {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    match offset > 0 && !text[..offset].ends_with(['\n', '\r']) {
        true => Edit::new(Span::new(offset, offset), format!("{end}{line}{end}")),
        false => Edit::new(Span::new(offset, offset), format!("{line}{end}")),
    }
}

/// Returns the key of a line `key: value`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(": ").or_else(|| line.trim_end().strip_suffix(':').map(|it| (it, "")))?;
    let is_key = !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'));
    is_key.then_some(key)
}

/// Returns whether a field of some kind stands here, perhaps without its space or its colon.
fn known_key(line: &str) -> bool {
    let end = line.find(|it: char| !it.is_ascii_alphanumeric() && !matches!(it, '_' | '-')).unwrap_or(0);
    doctor::is_top(&line[..end]) && line[end..].trim_start().starts_with([':', '='])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, yaml: Option<&str>, body: &str, code: &str) {
        let source = Source::new("a.md", text.into());
        let mut found = Vec::new();
        let parts = split(&source, &mut found);
        assert_eq!(parts.yaml.map(|it| &source.text[it.start..it.end]), yaml, "{text:?}");
        assert_eq!(&source.text[parts.body.start..parts.body.end], body, "{text:?}");
        assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>().join(" "), code, "{text:?}");
    }

    #[test]
    fn front_matter_is_found() {
        check("---\na: 1\n---\nText\n", Some("a: 1\n"), "Text\n", "");
        check("\u{feff}---\r\na: 1\r\n---  \r\nText", Some("a: 1\r\n"), "Text", "");
        check("\n\n--- \na: 1\n...\nText", Some("a: 1\n"), "Text", "");
        check("---\n---\n", Some(""), "", "");
        check("---\ra: 1\r---\rText", Some("a: 1\r"), "Text", "");
        check("---\n# only a comment\n---\nA\n\n---\n\nB", Some("# only a comment\n"), "A\n\n---\n\nB", "");
    }

    #[test]
    fn a_file_may_have_none() {
        check("", None, "", "");
        check("\n \n", None, "", "");
        check("Text\n\n---\n\nMore", None, "Text\n\n---\n\nMore", "");
        check("Note: this is text.\nMore text.\n\n---\n", None, "Note: this is text.\nMore text.\n\n---\n", "");
    }

    #[test]
    fn wrong_fences_are_told() {
        check("---\na: 1\n\nText", None, "\na: 1\n\nText", "front-matter-open");
        check("--\na: 1\n---\nText", Some("a: 1\n"), "Text", "front-matter-fence");
        check(
            "title: A\ndate: 2024-01-23\n---\nText",
            Some("title: A\ndate: 2024-01-23\n"),
            "Text",
            "front-matter-missing-fence",
        );
        check(
            "---\na: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n---\n",
            Some("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n"),
            "",
            "conflict-marker",
        );
    }
}
