//! The lines `---`: right, wrong, missing, or not where they should be.

use super::{Parts, inserted, key, known_key, lines_from, next_line, trimmed};
use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::source::{Source, Span};
use crate::read::yaml;

/// Splits a file whose first line that is not blank is `first`.
pub(super) fn parts(source: &Source, first: Span, found: &mut Vec<Diagnostic>) -> Parts {
    let text = &*source.text;
    let none = Parts { yaml: None, body: Span::new(first.start, text.len()), lost: false };
    let opening = trimmed(&text[first.start..first.end]);
    let from = next_line(text, first.end);
    if opening == "---" {
        return closed(source, first, from, found);
    }
    if is_wrong(opening) && follows_key(text, from) {
        let (mut start, mut end) = (first.start, first.end);
        start += text[start..end].find(opening).unwrap_or(0);
        end = start + opening.len();
        found.push(
            fault(
                source,
                Span::new(start, end),
                "front-matter-fence",
                &format!("front matter begins with `---`, but this is `{opening}`"),
            )
            .help("write exactly three hyphens: `---`")
            .fix(vec![Edit::new(Span::new(start, end), "---")]),
        );
        return closed(source, first, from, found);
    }
    if let Some(rest) = opening.strip_prefix("---").map(str::trim_start).filter(|it| key(it).is_some()) {
        // A byte order mark may stand before it.
        let start = first.start + text[first.start..first.end].find(opening).unwrap_or(0);
        let fence = Span::new(start, start + 3);
        let from = start + opening.len() - rest.len();
        let message = "the line `---` that begins the front matter has more in it";
        let edit = Edit::new(Span::new(fence.end, from), line_end(text));
        found.push(
            fault(source, first, "front-matter-fence", message).help("begin a new line after `---`").fix(vec![edit]),
        );
        return closed(source, fence, from, found);
    }
    if key(opening).is_some() || known_key(opening) {
        return unopened(source, first, found).unwrap_or(none);
    }
    misplaced(source, first, found).unwrap_or(none)
}

/// Returns what ends the lines of a text.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn fault(source: &Source, span: Span, code: &'static str, message: &str) -> Diagnostic {
    Diagnostic::error(code, Place::new(&source.path, span), message)
}

/// Returns whether a line was meant to be `---`: signs of one sort, or hyphens and dashes.
fn is_wrong(line: &str) -> bool {
    let plain: Vec<char> = line.chars().filter(|it| *it != ' ').collect();
    let dashes = plain.iter().all(|it| matches!(it, '-' | '–' | '—' | '‐' | '‑' | '−' | '―'));
    let alike = plain.first().is_some_and(|it| matches!(it, '+' | '*' | '=' | '~' | '_'))
        && plain.iter().all(|it| *it == plain[0]);
    let long = plain.len() >= if alike { 3 } else { 2 } || matches!(line, "—" | "–");
    !matches!(line, "---" | "=======") && long && plain.len() < 81 && (dashes || alike)
}

/// Returns whether the front matter may end at a line, or before it.
fn is_odd(line: &str) -> bool {
    let signs = ["--", "++", "**", "==", "~~", "—", "–", "_ _", "* *"];
    let plain = trimmed(line);
    line.is_empty()
        || !plain.starts_with(|it: char| it.is_ascii_alphanumeric()) && signs.iter().any(|it| plain.starts_with(it))
}

/// Returns whether a text follows `---` in its line.
fn is_glued(line: &str) -> bool {
    line.strip_prefix("---")
        .is_some_and(|it| it.starts_with(|it: char| it.is_alphabetic() || matches!(it, '#' | '*' | '[')))
}

/// Returns whether the next line that is not blank begins with a key.
fn follows_key(text: &str, from: usize) -> bool {
    let line = lines_from(text, from).map(|it| trimmed(&text[it.start..it.end])).find(|it| !it.is_empty());
    line.is_some_and(|it| key(it).is_some() || known_key(it))
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

/// Returns whether front matter goes on at `from`: then it must not be made into the text of the page. It does where a field
/// stands there before the next line `---`, or where that line is right below keys.
fn goes_on(text: &str, from: usize) -> bool {
    let (mut is_code, mut is_key) = (false, false);
    for line in lines_from(text, from) {
        let here = &text[line.start..line.end];
        is_code ^= here.starts_with("```") || here.starts_with("~~~");
        if is_code || here.trim().is_empty() {
            continue;
        }
        if is_fence(here) {
            return is_key;
        }
        if known_key(here) {
            return true;
        }
        let is_part = is_key && here.starts_with([' ', '-']);
        is_key = is_part || key(here).is_some_and(|it| it.starts_with(|it: char| it.is_ascii_lowercase()));
    }
    is_key
}

/// Looks for the end of front matter that begins at `from`.
fn closed(source: &Source, first: Span, from: usize, found: &mut Vec<Diagnostic>) -> Parts {
    let text = &*source.text;
    let close = lines_from(text, from).find(|it| matches!(text[it.start..it.end].trim_end(), "---" | "..."));
    let inner = &text[from.min(text.len())..close.map_or(text.len(), |it| it.start)];
    let end = match close {
        Some(_) if !lines_from(inner, 0).any(|it| is_odd(&inner[it.start..it.end])) => End::default(),
        _ => End::of(text, from, close.map_or(text.len(), |it| it.start)),
    };
    let doubt = end.wrong.is_some() || end.prose.is_some();
    match close {
        Some(close) if !doubt || yaml::parse(inner).is_ok() => split_at(text, from, close),
        // A rule between pasted paragraphs, with more keys below it.
        Some(close) if goes_on(text, next_line(text, close.end)) => {
            let next = lines_from(text, next_line(text, close.end)).find(|it| is_fence(&text[it.start..it.end]));
            split_at(text, from, next.unwrap_or(close))
        }
        _ => ended(source, first, from, close, &end, found),
    }
}

fn split_at(text: &str, from: usize, close: Span) -> Parts {
    let body = Span::new(next_line(text, close.end), text.len());
    Parts { yaml: Some(Span::new(from, close.start)), body, lost: false }
}

/// Where front matter may end, if not with a line `---`.
#[derive(Debug, Default)]
struct End {
    /// A line that looks like `---`.
    wrong: Option<Span>,
    /// The first line of the text.
    prose: Option<Span>,
    /// Where the line after the last key, item or value begins.
    last: usize,
}

impl End {
    fn of(text: &str, from: usize, to: usize) -> End {
        let mut end = End { last: from, ..End::default() };
        let (mut after_blank, mut heading) = (false, None);
        for line in lines_from(text, from).take_while(|it| it.start < to) {
            let here = &text[line.start..line.end];
            let plain = trimmed(here);
            if end.prose.is_none() && end.wrong.is_none() && is_glued(here) {
                end.wrong = Some(line);
            }
            if end.prose.is_none()
                && end.wrong.is_none()
                && (is_wrong(plain) || plain == "---")
                && !here.starts_with("- ")
            {
                end.wrong = Some(line);
            }
            match plain {
                _ if end.wrong == Some(line) => {}
                "" => after_blank = true,
                _ if known_key(here) => {
                    (after_blank, heading) = (false, None);
                    end = End {
                        wrong: end.wrong.filter(|_| end.prose.is_none()),
                        prose: None,
                        last: next_line(text, line.end),
                    };
                }
                _ if end.prose.is_some() => {}
                _ if after_blank && here.starts_with('#') => heading = heading.or(Some(line)),
                _ if is_prose(here) && (after_blank || to == text.len()) => end.prose = heading.or(Some(line)),
                _ => {
                    (after_blank, heading) = (false, None);
                    end.last = next_line(text, line.end);
                }
            }
        }
        end.prose = end.prose.or(heading.filter(|_| to == text.len()));
        end
    }
}

/// Returns whether a line is no part of front matter: words at the left edge that are no key.
fn is_prose(line: &str) -> bool {
    let begins = line.starts_with(|it: char| it.is_alphanumeric() || "*_!<[`>“\"'|(".contains(it));
    let words = line.split_whitespace().count();
    begins
        && key(line).is_none()
        && (words > 2 || line.starts_with(['!', '<', '`', '>', '*']) || words > 0 && line.ends_with(['.', '!', '?']))
}

/// Says that front matter does not end as it should, and takes it to end where it was meant to.
fn ended(
    source: &Source,
    first: Span,
    from: usize,
    close: Option<Span>,
    end: &End,
    found: &mut Vec<Diagnostic>,
) -> Parts {
    let text = &*source.text;
    let ends = |it: &Span| !goes_on(text, next_line(text, it.end));
    if let Some(wrong) = end.wrong.filter(|it| end.prose.is_none_or(|prose| it.start < prose.start) && ends(it)) {
        let line = &text[wrong.start..wrong.end];
        if is_glued(line) {
            let (fence, rest) = (Span::new(wrong.start, wrong.start + 3), wrong.start + 3);
            let message = "the line `---` that ends the front matter has more in it";
            let edit = Edit::new(Span::new(rest, rest), line_end(text));
            found.push(
                fault(source, wrong, "front-matter-fence", message)
                    .help("begin a new line after `---`")
                    .fix(vec![edit]),
            );
            return split_at(text, from, fence);
        }
        let message = match trimmed(line) {
            "---" => "the line `---` that ends the front matter must begin at the left edge".to_owned(),
            other => format!("front matter ends with `---`, but this is `{other}`"),
        };
        let help = "write exactly three hyphens at the left edge: `---`";
        let edit = Edit::new(wrong, "---");
        found.push(fault(source, wrong, "front-matter-fence", &message).help(help).fix(vec![edit]));
        return split_at(text, from, wrong);
    }
    let sure =
        end.last > from && !goes_on(text, end.last) && (end.prose.is_some() || close.is_none() && no_text(text, from));
    if !sure {
        // Where it has an end, what is wrong inside is told.
        if let Some(close) = close {
            return split_at(text, from, close);
        }
        let message = "the front matter that begins here has no end";
        let help = "put a line `---` after the last key, before the text";
        found.push(fault(source, first, "front-matter-open", message).help(help));
        return Parts { yaml: None, body: Span::new(first.end, text.len()), lost: true };
    }
    let last = lines_from(text, from).take_while(|it| it.start < end.last).last().unwrap_or(first);
    let shown = text[last.start..last.end].trim();
    if let Some(before) = shown.strip_suffix("---").filter(|it| !it.ends_with('-')) {
        let at = last.start + text[last.start..last.end].find(shown).unwrap_or(0) + before.len();
        let message = "the line `---` that ends the front matter must be a line of its own";
        let edit = Edit::new(Span::new(at, at), line_end(text));
        found.push(
            fault(source, Span::new(at, at + 3), "front-matter-fence", message)
                .help("begin a new line before `---`")
                .fix(vec![edit]),
        );
        return Parts { yaml: Some(Span::new(from, at)), body: Span::new(end.last, text.len()), lost: false };
    }
    found.push(
        fault(source, last, "front-matter-open", "the front matter seems to end here, but no line `---` ends it")
            .help(format!("put a line `---` below the line `{shown}`"))
            .fix(vec![inserted(text, end.last, "---")])
            .see(Place::new(&source.path, first), "it begins here"),
    );
    let body = Span::new(end.last, text.len());
    Parts { yaml: Some(Span::new(from, end.last)), body, lost: false }
}

/// Returns whether the file holds nothing but front matter.
fn no_text(text: &str, from: usize) -> bool {
    matches!(yaml::parse(&text[from.min(text.len())..]), Ok(crate::model::node::Node::Map(_)))
}

/// Front matter without its first `---`, or without both.
fn unopened(source: &Source, first: Span, found: &mut Vec<Diagnostic>) -> Option<Parts> {
    let text = &*source.text;
    let shown = trimmed(&text[first.start..first.end]);
    let start = first.start + text[first.start..first.end].find(shown).unwrap_or(0);
    let mut keys = 0;
    let (mut last, mut close) = (start, None);
    for line in lines_from(text, start).take(200) {
        let here = &text[line.start..line.end];
        match here.trim_end() {
            "---" | "..." => {
                close = Some(line);
                break;
            }
            "" => {}
            it if is_wrong(it) => {
                close = Some(line);
                break;
            }
            it if key(it).is_some() || known_key(it) || it.starts_with([' ', '\t', '-', '#', ']', '}']) => {
                keys += usize::from(known_key(it));
                last = next_line(text, line.end);
            }
            _ => break,
        }
    }
    let known = known_key(shown);
    // One line `Note: …` above a heading's underline is text.
    if close.is_none() && (keys < 2 || !known) || close.is_some() && keys == 0 {
        return None;
    }
    let span = Span::new(start, start + shown.len());
    let end = line_end(text);
    let mut edits = vec![Edit::new(Span::new(start, start), format!("---{end}"))];
    let parts = match close {
        Some(close) => {
            let wrong = text[close.start..close.end].trim_end();
            if !matches!(wrong, "---" | "...") {
                edits.push(Edit::new(close, "---"));
            }
            split_at(text, start, close)
        }
        None => {
            edits.push(inserted(text, last, "---"));
            Parts { yaml: Some(Span::new(start, last)), body: Span::new(last, text.len()), lost: false }
        }
    };
    // What goes on below is front matter, too.
    if close.is_none() && goes_on(text, last) {
        edits.clear();
    }
    let (message, help) = match close {
        Some(_) => ("the line `---` before the first key is missing", "put a line `---` above this one"),
        None => (
            "the lines `---` around the front matter are missing",
            "put a line `---` above this one, and one below the last key",
        ),
    };
    found.push(fault(source, span, "front-matter-missing-fence", message).help(help).fix(edits));
    Some(parts)
}

/// Front matter that does not stand at the beginning of its file.
fn misplaced(source: &Source, first: Span, found: &mut Vec<Diagnostic>) -> Option<Parts> {
    let text = &*source.text;
    let fence = lines_from(text, first.start).take(12).find(|it| text[it.start..it.end].trim_end() == "---")?;
    let from = next_line(text, fence.end);
    let mut inside = lines_from(text, from);
    if !known_key(inside.next().map(|it| &text[it.start..it.end])?) {
        return None;
    }
    let close = inside.find(|it| text[it.start..it.end].trim_end() == "---")?;
    let map = matches!(yaml::parse(&text[from..close.start]), Ok(crate::model::node::Node::Map(_)));
    let after = next_line(text, close.end);
    let before = text[first.start..fence.start].trim_end();
    map.then(|| {
        // What was copied with the signs around a block of code leaves them behind.
        let line = lines_from(text, after)
            .next()
            .filter(|it| before.starts_with("```") && trimmed(&text[it.start..it.end]) == "```");
        let rest = match line {
            Some(line) => Edit::new(Span::new(line.start, next_line(text, line.end)), ""),
            None => inserted(text, after, before),
        };
        let edits = vec![Edit::new(Span::new(first.start, fence.start), ""), rest];
        found.push(
            fault(source, fence, "front-matter-misplaced", "front matter must be the first thing in a file")
                .help("put what stands above this line below the front matter")
                .fix(edits),
        );
        split_at(text, from, close)
    })
}
