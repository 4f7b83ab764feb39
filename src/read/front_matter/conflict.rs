//! What git leaves where two people changed the same lines.

use memchr::memmem;

use super::lines;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::{Source, Span};

/// Finds the marks, one for each conflict; returns whether some are in the YAML, or where it should begin.
///
/// One mark is enough, because people take out the others and forget it. `=======` underlines a heading in the text, so there
/// it counts only with another. Code may show what a conflict looks like.
pub(super) fn markers(source: &Source, yaml: Option<Span>, found: &mut Vec<Diagnostic>) -> bool {
    let text = &*source.text;
    let in_yaml = |line: Span| yaml.is_some_and(|it| it.start <= line.start && line.start < it.end);
    let has = |text: &str, mark: &str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let inner = yaml.and_then(|it| text.get(it.start..it.end)).unwrap_or_default();
    if !has(text, "<<<<<<<") && !has(text, ">>>>>>>") && !has(inner, "=======") {
        return false;
    }
    let mut all: Vec<Span> = Vec::new();
    let (mut inside, mut open, mut first) = (false, false, true);
    let (mut code, mut before) = (Code::default(), "");
    for line in lines(text) {
        let Some(here) = text.get(line.start..line.end) else { break };
        let inner = in_yaml(line);
        if !inner && code.goes_on(here) {
            continue;
        }
        let mark = Mark::of(here, before, inner);
        // A quotation of seven levels goes on in the next line.
        before = here;
        if let Some(mark) = mark.filter(|it| *it != Mark::Middle || inner) {
            if !open {
                all.push(line);
            }
            inside |= inner || first;
            open = mark != Mark::End;
        }
        first &= here.trim().is_empty();
    }
    found.extend(all.into_iter().map(|it| marker(Place::new(&source.path, it))));
    inside
}

/// One of the lines of a conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mark {
    Begin,
    Middle,
    End,
}

impl Mark {
    /// Returns what a line is. In the text `>` also begins a quotation: there a mark has the name of a branch alone behind it.
    fn of(line: &str, before: &str, in_yaml: bool) -> Option<Mark> {
        let line = line.trim_end();
        let rest = |mark: &str| line.strip_prefix(mark).filter(|it| it.is_empty() || it.starts_with(' '));
        if rest("<<<<<<<").is_some() {
            return Some(Mark::Begin);
        }
        if line == "=======" {
            return Some(Mark::Middle);
        }
        let name = rest(">>>>>>>")?.trim();
        // `>>>>>>> 1f0c3d2 (Mend the title)`, as git writes it when it moves commits.
        let is_name = !name.contains(' ') || name.split_once(" (").is_some_and(|(it, _)| !it.contains(' '));
        (in_yaml || is_name && !name.is_empty() && !before.starts_with('>')).then_some(Mark::End)
    }
}

/// Whether a fenced block of code is open.
#[derive(Default)]
struct Code(Option<(u8, usize)>);

impl Code {
    /// Goes on by a line; returns whether it belongs to a block.
    fn goes_on(&mut self, line: &str) -> bool {
        let line = line.trim_start();
        let sign = line.bytes().next().filter(|it| matches!(it, b'`' | b'~')).unwrap_or(0);
        let count = line.bytes().take_while(|it| *it == sign).count();
        match self.0 {
            // Code within a line may begin with three signs, too, but it also ends there.
            None if sign != 0
                && count >= 3
                && !(sign == b'`' && line.get(count..).is_some_and(|it| it.contains('`'))) =>
            {
                self.0 = Some((sign, count));
            }
            None => return false,
            Some((open, least)) => {
                let ends = sign == open && count >= least && line.get(count..).is_some_and(|it| it.trim().is_empty());
                if ends {
                    self.0 = None;
                }
            }
        }
        true
    }
}

fn marker(place: Place) -> Diagnostic {
    Diagnostic::error("conflict-marker", place, "two versions of this text were not brought together")
        .help("keep the lines that are right, and take out the lines with `<<<<<<<`, `=======` and `>>>>>>>`")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are told, from 1, and whether the front matter is not sure.
    fn check(text: &str, expected: &[usize], inside: bool) {
        let source = Source::new("a.md", text.into());
        let start = text.find("---\n").map(|it| it + 4);
        let yaml = start.and_then(|start| Some(Span::new(start, start + text.get(start..)?.find("---\n")?)));
        let mut found = Vec::new();
        let is_inside = markers(&source, yaml, &mut found);
        let line = |it: &Diagnostic| {
            let start = it.place.as_ref().map_or(0, |it| it.span().start);
            text.get(..start).unwrap_or_default().matches('\n').count() + 1
        };
        assert_eq!((found.iter().map(line).collect::<Vec<_>>(), is_inside), (expected.to_vec(), inside), "{text}");
    }

    #[test]
    fn one_mark_is_enough() {
        check("---\na: 1\n---\nOne.\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> side\n", &[5], false);
        check("---\na: 1\n---\nOne.\n>>>>>>> side\n\nTwo.\n", &[5], false);
        check("---\na: 1\n---\nOne.\n>>>>>>> 1f0c3d2 (Mend the title)\n", &[5], false);
        check("---\na: 1\n---\n<<<<<<< HEAD\nOne.\n", &[4], false);
        check("---\na: 1\n---\n<<<<<<<\nOne.\n", &[4], false);
        check(
            "---\na: 1\n---\nOne.\n=======\nTwo.\n>>>>>>> origin/main\n\n<<<<<<< HEAD\nA\n>>>>>>> b\n",
            &[7, 9],
            false,
        );
        check("---\na: 1\n<<<<<<< HEAD\n---\n", &[3], true);
        check("---\na: 1\n>>>>>>> side\n---\n", &[3], true);
        check("---\na: 1\n=======\n---\n", &[3], true);
        check("<<<<<<< HEAD\n---\na: 1\n---\n", &[1], true);
        check("---\r\na: 1\r\n---\r\nOne.\r\n>>>>>>> side\r\n", &[5], false);
    }

    #[test]
    fn text_and_code_have_such_lines_too() {
        check("---\na: 1\n---\nA heading\n=======\n\nText.\n", &[], false);
        check("---\na: 1\n---\n```\n<<<<<<< HEAD\n=======\n>>>>>>> side\n```\n", &[], false);
        check("---\na: 1\n---\n``` code ```\n<<<<<<< HEAD\n", &[5], false);
        check("---\na: 1\n---\n~~~~ text\n```\n<<<<<<< HEAD\n~~~~\n", &[], false);
        check("---\na: 1\n---\n    <<<<<<< HEAD\n", &[], false);
        check("---\na: 1\n---\n>>>>>>> A quotation of a quotation\n", &[], false);
        check("---\na: 1\n---\n>>>>>> one\n>>>>>>> two\n", &[], false);
        check("---\na: 1\n---\n>>>>>>>\n", &[], false);
        check("---\na: 1\n---\n<<<<<<<<<< ten\n", &[], false);
    }
}
