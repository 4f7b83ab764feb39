//! The lines of a fault, with the fault underlined.

use std::ops::{Range, RangeInclusive};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::lines::{Lines, Region};
use super::{sign, visible};
use crate::model::diagnostic::Severity;
use crate::model::source::Span;

/// The columns of an excerpt, and how many of them may stand before the marked part where a line is longer.
pub(super) const WIDTH: usize = 100;
const BEFORE: usize = 40;

/// The columns of the line numbers: the same for (nearly) all, so that the excerpts stand below one another.
const NUMBERS: usize = 4;

/// A part over more lines is shown by its first line.
const MARKED_LINES: usize = 3;

/// How many lines a part may be away to be marked in the same excerpt.
const NEAR: usize = 3;

/// A part to be underlined, with a word on it.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    span: Span,
    word: &'a str,
    kind: AnnotationKind,
}

impl<'a> Mark<'a> {
    /// Returns the mark of the fault itself.
    pub(super) fn fault(span: Span) -> Mark<'a> {
        Mark { span, word: "", kind: AnnotationKind::Primary }
    }

    /// Returns the mark of what has to do with it.
    pub(super) fn related(span: Span, word: &'a str) -> Mark<'a> {
        Mark { span, word, kind: AnnotationKind::Context }
    }

    /// Returns the same mark line by line, without the indentation: an underline for each line reads more calmly than a
    /// frame around them. The word stands on the first.
    fn by_line(self, lines: &Lines) -> Vec<(usize, Mark<'a>)> {
        let region = lines.region(self.span);
        let span = lines.within(self.span);
        let last = if is_long(region) { region.line } else { region.end_line };
        let on_line = |number: usize| {
            let line = lines.line(number);
            let indent = lines.text(line).len() - lines.text(line).trim_start().len();
            let start = if number == region.line { span.start.min(line.end) } else { line.start + indent };
            let word = if number == region.line { self.word } else { "" };
            (number, Mark { span: Span::new(start, span.end.clamp(start, line.end)), word, ..self })
        };
        let is_worth = |it: &(usize, Mark)| it.0 == region.line || it.1.span.start < it.1.span.end;
        (region.line..=last).map(on_line).filter(is_worth).collect()
    }
}

fn is_long(region: Region) -> bool {
    region.end_line - region.line >= MARKED_LINES
}

/// Returns whether two parts of a file can be marked in one excerpt: on lines that are near, and on the same line not so
/// far apart that one of them would be cut off.
pub(super) fn is_near(fault: Region, related: Region) -> bool {
    let apart = fault.line.abs_diff(related.line);
    let reach = if apart == 0 { BEFORE / 2 } else { usize::MAX };
    apart <= NEAR && fault.column.abs_diff(related.column) < reach && !is_long(fault) && !is_long(related)
}

/// Returns the lines of the marks and those between, each with its number, and the marked parts underlined; nothing
/// where all of them are blank. A line that is too long is cut around its first mark.
pub(super) fn excerpt(lines: &Lines, marks: &[Mark], severity: Severity, renderer: &Renderer) -> String {
    let marks: Vec<(usize, Mark)> = marks.iter().flat_map(|it| it.by_line(lines)).collect();
    let first = marks.iter().map(|it| it.0).min().expect("an excerpt has a mark");
    let last = marks.iter().map(|it| it.0).max().expect("an excerpt has a mark");

    let (mut text, mut annotations) = (String::new(), Vec::new());
    for number in first..=last {
        let marks: Vec<Mark> = marks.iter().filter(|it| it.0 == number).map(|it| it.1).collect();
        let shown = Shown::of(lines, number, &marks);
        annotations.extend(marks.into_iter().map(|it| shown.annotation(it, text.len())));
        text += &shown.text();
        text.push('\n');
    }
    if text.trim().is_empty() { String::new() } else { draw(text, annotations, first..=last, severity, renderer) }
}

fn draw(
    text: String,
    annotations: Vec<Annotation>,
    numbers: RangeInclusive<usize>,
    severity: Severity,
    renderer: &Renderer,
) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO,
    };
    let snippet = Snippet::source(text).line_start(*numbers.start()).fold(false).annotations(annotations);
    let drawn = renderer.render(&[Group::with_level(level).element(snippet)]);
    let indent = " ".repeat(NUMBERS.saturating_sub(numbers.end().to_string().len()));
    // The first line is an empty one above the excerpt: it is calmer without.
    drawn.lines().skip(1).map(|it| format!("{indent}{it}\n")).collect()
}

/// A line as it is shown: cut, and with nothing in it that would steer a terminal.
struct Shown<'a> {
    line: &'a str,
    /// Where the line begins in the file.
    start: usize,
    window: Range<usize>,
}

impl<'a> Shown<'a> {
    fn of(lines: &Lines<'a>, number: usize, marks: &[Mark]) -> Shown<'a> {
        let Span { start, .. } = lines.line(number);
        let line = lines.text(lines.line(number));
        Shown { line, start, window: window(line, marks.first().map_or(0, |it| it.span.start - start)) }
    }

    fn text(&self) -> String {
        let after = if self.window.end < self.line.len() { "…" } else { "" };
        format!("{}{}{after}", self.before(), safe(&self.line[self.window.clone()]))
    }

    fn before(&self) -> &'static str {
        if self.window.start > 0 { "…" } else { "" }
    }

    /// Returns the mark for a line that stands `offset` bytes into the excerpt.
    fn annotation(&self, mark: Mark, offset: usize) -> Annotation<'static> {
        let word = (!mark.word.is_empty()).then(|| visible(mark.word));
        let span = offset + self.offset(mark.span.start)..offset + self.offset(mark.span.end);
        mark.kind.span(span).label(word)
    }

    /// Returns where an offset in the file has gone; to an edge of the window where it is outside.
    fn offset(&self, offset: usize) -> usize {
        let inside = self.window.start..(offset - self.start).clamp(self.window.start, self.window.end);
        self.before().len() + safe(&self.line[inside]).len()
    }
}

/// Returns what is safe to show; tabs stay, they are drawn as four spaces.
fn safe(text: &str) -> String {
    text.chars().map(|it| if it == '\t' { it } else { sign(it) }).collect()
}

/// Returns the part of a line to show: all of it, or about [`WIDTH`] columns around `start`.
fn window(line: &str, start: usize) -> Range<usize> {
    if forward(line, 0, WIDTH) == line.len() {
        return 0..line.len();
    }
    let end = forward(line, back(line, start, BEFORE), WIDTH);
    back(line, end, WIDTH)..end
}

/// Returns the offset that is `columns` further on.
fn forward(line: &str, start: usize, columns: usize) -> usize {
    start + bytes_of(line[start..].chars(), columns)
}

/// Returns the offset that is `columns` further back.
fn back(line: &str, start: usize, columns: usize) -> usize {
    start - bytes_of(line[..start].chars().rev(), columns)
}

/// Returns how many bytes the characters have that fit into so many columns.
fn bytes_of(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let fitting = characters.scan(0, |used, it| {
        // Near enough for a cut; the underline is placed by the true widths.
        *used += if it >= '\u{1100}' { 2 } else { 1 };
        (*used <= columns).then_some(it.len_utf8())
    });
    fitting.sum()
}
