//! Source -> YAML and body: where the front matter of a file begins and ends.

use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::{Source, Span};

/// Front matter longer than this is not read: 100 kB of `[` alone keep the YAML parser busy for a second.
const LIMIT: usize = 64 * 1024;

/// The parts of a file.
#[derive(Debug, PartialEq)]
pub(crate) struct Parts {
    /// The YAML between the fences; `None` where there is no front matter that can be read.
    pub(crate) yaml: Option<Span>,
    /// The text after it.
    pub(crate) body: Span,
}

/// Splits a file.
///
/// Front matter begins with a line `---`, the first that is not blank, and ends with a line `---` or `...`; spaces may
/// follow the hyphens. `\n`, `\r\n` and `\r` end a line.
///
/// Gives `front-matter-open`, `front-matter-fence`, `front-matter-missing-fence`, `front-matter-long`, `conflict-marker`.
pub(crate) fn split(source: &Source, found: &mut Vec<Diagnostic>) -> Parts {
    let text = &*source.text;
    let end = text.len();
    let mut lines = lines(text).skip_while(|it| blank(&text[it.start..it.end]));
    let Some(first) = lines.next() else { return Parts { yaml: None, body: Span::new(end, end) } };
    let fault = |span: Span, code, message: &str| Diagnostic::error(code, Place::new(&source.path, span), message);
    conflict_markers(source, found);
    match trimmed(&text[first.start..first.end]) {
        "---" => {}
        line if is_wrong_fence(line) => {
            found.push(
                fault(first, "front-matter-fence", &format!("front matter begins with `---`, but this is `{line}`"))
                    .help("write exactly three hyphens: `---`"),
            );
        }
        line if is_key(line) && closes(text, first) => {
            let span = Span::new(first.start, first.start + line.len());
            found.push(
                fault(span, "front-matter-missing-fence", "the line `---` before the first key is missing")
                    .help("put a line `---` above this one"),
            );
            return Parts { yaml: None, body: Span::new(first.start, end) };
        }
        _ => return Parts { yaml: None, body: Span::new(first.start, end) },
    }
    let from = next_line(text, first.end);
    let Some(close) = lines.find(|it| matches!(text[it.start..it.end].trim_end(), "---" | "...")) else {
        found.push(
            fault(first, "front-matter-open", "the front matter that begins here has no end")
                .help("put a line `---` after the last key, before the text"),
        );
        return Parts { yaml: None, body: Span::new(first.end, end) };
    };
    let body = Span::new(next_line(text, close.end), end);
    if close.start - from > LIMIT {
        let message = format!("the front matter is longer than {} kB", LIMIT / 1024);
        found.push(fault(first, "front-matter-long", &message).help("put long texts into the body"));
        return Parts { yaml: None, body };
    }
    Parts { yaml: Some(Span::new(from, close.start)), body }
}

/// Returns the spans of the lines, without their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start > text.len() || (start == text.len() && start > 0) {
            return None;
        }
        let end = text[start..].find(['\n', '\r']).map_or(text.len(), |it| start + it);
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

fn is_wrong_fence(line: &str) -> bool {
    matches!(line, "--" | "----" | "-----" | "–––" | "———" | "—-" | "-—" | "—" | "––" | "+++" | "***" | "- - -" | "~~~")
}

fn is_key(line: &str) -> bool {
    let Some((key, _)) = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|it| (it, ""))) else {
        return false;
    };
    !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'))
}

/// Returns whether a `---` line ends what begins at `first` like front matter.
fn closes(text: &str, first: Span) -> bool {
    let after = lines(text).filter(|it| it.start > first.start).take(60).map(|it| text[it.start..it.end].trim_end());
    for line in after {
        match line {
            "---" => return true,
            line if line.is_empty() || is_key(line.trim_start()) || line.starts_with([' ', '-', '#']) => {}
            _ => return false,
        }
    }
    false
}

/// Finds what git leaves where two people changed the same lines.
fn conflict_markers(source: &Source, found: &mut Vec<Diagnostic>) {
    if !source.text.contains("<<<<<<< ") || !source.text.contains(">>>>>>> ") {
        return;
    }
    for line in lines(&source.text) {
        if source.text[line.start..line.end].starts_with("<<<<<<< ") {
            let place = Place::new(&source.path, line);
            found.push(
                Diagnostic::error("conflict-marker", place, "two versions of this text were not brought together")
                    .help(
                        "keep the lines that are right, and take out the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
                    ),
            );
        }
    }
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
            None,
            "title: A\ndate: 2024-01-23\n---\nText",
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
