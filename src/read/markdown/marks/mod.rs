//! Marks that had no effect: they stayed text, and readers see them.
//!
//! Source: CommonMark 0.31.2, sections 4.2 (headings), 5.2 (list items), 6.2 (emphasis), 6.3 (links); GFM 0.29, 4.10
//! (tables).

mod bold;
mod foreign;
mod items;
mod links;
mod tables;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Marked, Settings, plain};
use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::source::Span;

/// How far the events of a block are gone through to find the end of what a mark begins.
const FARTHEST: usize = 200;

/// The first bytes of what may be a mark. Most texts begin with a letter or a space.
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let signs = b"#-+*_~|][!?:0123456789\xc2\xe2\xe3\xef";
    let mut at = 0;
    while at < signs.len() {
        suspect[signs[at] as usize] = true;
        at += 1;
    }
    suspect
};

/// Looks through the events of a text for marks that had no effect.
///
/// Gives `mark-without-effect`, `foreign-mark`, `lost-cells`.
pub(super) fn look(text: &str, span: Span, events: &[Marked<'_>], settings: &Settings<'_>) -> Vec<Diagnostic> {
    let spaced = bold::spaced(&text[span.start..span.end]);
    let mut marks = Marks {
        text,
        events,
        settings,
        seen: span.start,
        lines_seen: span.start,
        foreign: BTreeMap::new(),
        found: Vec::new(),
    };
    marks.braces(span);
    marks.scripts(span);
    marks.seen = span.start;
    let mut columns = 0;
    let mut at = 0;
    while let Some((event, span)) = events.get(at) {
        match event {
            Event::Text(_) if span.start >= marks.seen => {
                if SUSPECT[usize::from(text.as_bytes()[span.start])] {
                    marks.suspect(at);
                }
                if spaced {
                    marks.spaced(at);
                }
            }
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow) => marks.row(*span, columns),
            Event::Start(Tag::CodeBlock(_)) => at += plain::end(&events[at + 1..]),
            _ => {}
        }
        at += 1;
    }
    marks.report_foreign();
    marks.found
}

/// What is looked through.
struct Marks<'t, 's> {
    /// The whole file.
    text: &'t str,
    events: &'t [Marked<'t>],
    settings: &'s Settings<'s>,
    /// The place in the file up to which all is reported.
    seen: usize,
    /// The place in the file up to which lines were looked at for lists and tables.
    lines_seen: usize,
    /// The marks of other programs.
    foreign: foreign::Foreign,
    found: Vec<Diagnostic>,
}

impl<'t> Marks<'t, '_> {
    /// Looks at the text of event `at`, whose first byte is one of [`SUSPECT`].
    fn suspect(&mut self, at: usize) {
        let start = self.events[at].1.start;
        // A mark that was written with a backslash is meant to be text.
        if self.text[..start].ends_with('\\') {
            return;
        }
        let begins_line = self.begins_line(at) && start >= self.lines_seen;
        match self.text.as_bytes()[start] {
            b'*' | b'_' | b'~' if self.pair(at, start) => {}
            b']' => self.link(at),
            b'[' | b'!' | b'?' | b':' => self.block_mark(at),
            b'|' if begins_line => self.table(at),
            _ if begins_line => self.item(at),
            _ => {}
        }
    }

    /// Returns whether event `at` is the first of a line.
    fn begins_line(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|it| &self.events[it].0);
        matches!(
            before,
            None | Some(Event::SoftBreak | Event::HardBreak | Event::Rule)
                | Some(Event::Start(Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::DefinitionListDefinition))
        ) || matches!(before, Some(Event::End(it)) if !is_inline(*it))
    }

    /// Returns the places of the lines of a block from event `at` on, which begins one: each ends before its line break.
    fn lines(&self, at: usize) -> impl Iterator<Item = Span> + '_ {
        let mut starts = Some(at);
        std::iter::from_fn(move || {
            let from = starts?;
            let mut depth = 0usize;
            let mut next = None;
            for (index, (event, _)) in self.events.iter().enumerate().skip(from).take(FARTHEST) {
                match event {
                    Event::SoftBreak | Event::HardBreak if depth == 0 => {
                        next = Some(index + 1);
                        break;
                    }
                    Event::Start(tag) if !is_inline(tag.to_end()) => break,
                    Event::Start(_) => depth += 1,
                    Event::End(_) if depth == 0 => break,
                    Event::End(_) => depth -= 1,
                    _ => {}
                }
            }
            starts = next;
            Some(self.line(self.events.get(from)?.1.start))
        })
    }

    /// Returns the rest of the line at `start`, without the spaces at its end.
    fn line(&self, start: usize) -> Span {
        let rest = &self.text[start..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Span::new(start, start + rest[..end].trim_end().len())
    }

    /// Returns the rest of the line at `start`, but not of a very long one: one line may have thousands of brackets.
    fn near(&self, start: usize) -> Span {
        const MOST: usize = 500;

        let end = self.text.floor_char_boundary((start + MOST).min(self.text.len()));
        let rest = &self.text[start..end];
        Span::new(start, start + rest.find(['\n', '\r']).unwrap_or(rest.len()))
    }

    fn written(&self, span: Span) -> &'t str {
        &self.text[span.start..span.end]
    }

    /// Returns whether the byte at `offset` is in a text, looked for from event `at` on.
    fn is_text(&self, at: usize, offset: usize) -> bool {
        let near = self.events[at..].iter().take(FARTHEST).take_while(|it| it.1.start <= offset);
        near.filter(|it| it.1.end > offset && !matches!(it.0, Event::End(_)))
            .last()
            .is_some_and(|it| matches!(it.0, Event::Text(_)))
    }

    /// Reports a mark, and passes what is before `end`.
    fn report(&mut self, span: Span, message: String, help: String, fix: Vec<Edit>) {
        self.seen = self.seen.max(span.end);
        let place = Place::new(self.settings.path, span);
        self.found.push(Diagnostic::warning("mark-without-effect", place, message).help(help).fix(fix));
    }
}

/// Returns whether an element stands within a line.
fn is_inline(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Strong | Strikethrough | Link | Image | Superscript | Subscript)
}

/// Returns a text short enough for a message.
fn short(text: &str) -> String {
    const MOST: usize = 60;

    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}

/// Returns whether words of this script stand side by side without spaces.
fn is_spaceless(sign: char) -> bool {
    matches!(sign, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3000}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
