//! Footnotes: numbered as they are first referred to, written after the text, with a way back from each.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Marked;
use super::out::Out;
use super::writer::Writer;
use crate::model::diagnostic::Diagnostic;
use crate::model::source::Span;

/// A footnote as it stands in the text.
pub(super) struct Note<'t> {
    label: CowStr<'t>,
    span: Span,
    events: Vec<Marked<'t>>,
}

impl Note<'_> {
    /// Returns where it stands in the file.
    pub(super) fn span(&self) -> Span {
        self.span
    }
}

/// The footnotes of a body, and how they are referred to.
pub(super) struct Notes<'t> {
    all: &'t [Note<'t>],
    by_label: HashMap<String, usize>,
    /// The notes that were referred to, in order: their number is their place in it, from 1.
    order: Vec<usize>,
    /// For each note its number, 0 as long as nothing refers to it, and how often it was referred to.
    referred: Vec<(usize, usize)>,
}

/// Takes the notes out of the events.
pub(super) fn split(events: Vec<Marked<'_>>) -> (Vec<Marked<'_>>, Vec<Note<'_>>) {
    if !events.iter().any(|(it, _)| matches!(it, Event::Start(Tag::FootnoteDefinition(_)))) {
        return (events, Vec::new());
    }
    let mut text = Vec::with_capacity(events.len());
    let (mut open, mut notes): (Vec<Note<'_>>, Vec<Note<'_>>) = (Vec::new(), Vec::new());
    for (event, span) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push(Note { label, span, events: Vec::new() }),
            Event::End(TagEnd::FootnoteDefinition) => notes.extend(open.pop()),
            event => open.last_mut().map_or(&mut text, |it| &mut it.events).push((event, span)),
        }
    }
    (text, notes)
}

impl<'t> Notes<'t> {
    /// Returns the notes, none of them referred to.
    pub(super) fn new(all: &'t [Note<'t>]) -> Notes<'t> {
        let mut by_label = HashMap::new();
        for (index, note) in all.iter().enumerate() {
            by_label.entry(fold(&note.label)).or_insert(index);
        }
        Notes { all, by_label, order: Vec::new(), referred: vec![(0, 0); all.len()] }
    }

    /// Notes a reference, and returns the number of the note and of the reference, both from 1.
    fn refer(&mut self, label: &str) -> Option<(usize, usize)> {
        let index = *self.by_label.get(&fold(label))?;
        let (number, references) = &mut self.referred[index];
        *references += 1;
        if *references == 1 {
            self.order.push(index);
            *number = self.order.len();
        }
        Some((*number, *references))
    }
}

fn fold(label: &str) -> String {
    label.to_lowercase()
}

/// Returns the id of a reference: `fnref-2`, and `fnref-2-3` for the third to note 2.
fn reference_id(number: usize, reference: usize) -> String {
    match reference {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{reference}"),
    }
}

impl Writer<'_, '_> {
    /// Writes a reference to a footnote.
    pub(super) fn footnote_reference(&mut self, label: &str, span: Span) {
        let Some((number, reference)) = self.notes.refer(label) else {
            let written = &self.text[span.start..span.end];
            return self.out.text(written);
        };
        let id = reference_id(number, reference);
        self.out.push(&format!(
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\" aria-label=\""
        ));
        self.out.words("footnote", span);
        self.out.push(&format!(" {number}\">{number}</a></sup>"));
    }

    /// Writes the footnotes that the text and other footnotes refer to, and reports the others.
    pub(super) fn footnotes(&mut self) {
        self.in_note = true;
        let mut written = Vec::new();
        while let Some(index) = self.notes.order.get(written.len()).copied() {
            let note = &self.notes.all[index];
            self.words.gap();
            let out = self.aside(&note.events);
            written.push((note, out));
        }
        if let Some((first, _)) = written.first() {
            self.block("<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"fn-title\">\n<h2 id=\"fn-title\">");
            self.out.words("footnotes", first.span);
            self.out.push("</h2>\n<ol>\n");
            for (index, (note, out)) in written.into_iter().enumerate() {
                self.footnote(index + 1, note.span, out);
            }
            self.out.push("</ol>\n</section>\n");
        }
        self.report_unused();
    }

    /// Writes a footnote, with a link back to each reference at the end of its last paragraph.
    fn footnote(&mut self, number: usize, span: Span, mut note: Out) {
        const END: &str = "</p>\n";
        let has_paragraph = note.html.ends_with(END);
        if has_paragraph {
            note.html.truncate(note.html.len() - END.len());
        }
        self.out.push(&format!("<li id=\"fn-{number}\">\n"));
        self.out.append(note);
        if !has_paragraph {
            self.out.line();
            self.out.push("<p>");
        }
        let (_, references) = self.notes.referred[self.notes.order[number - 1]];
        for reference in 1..=references {
            let name = reference_id(number, reference).replace("fnref-", "");
            self.out.push(&format!(
                " <a href=\"#fnref-{name}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\""
            ));
            self.out.words("footnote-back", span);
            self.out.push(&format!(" {name}\">↩</a>"));
        }
        self.out.push(END);
        self.out.push("</li>\n");
    }

    fn report_unused(&mut self) {
        for (index, note) in self.notes.all.iter().enumerate() {
            let written = self.text[note.span.start..note.span.end].trim_end().len();
            let place = self.place(Span::new(note.span.start, note.span.start + written));
            let label = &note.label;
            let message = match (self.notes.referred[index].1, self.notes.by_label[&fold(label)] == index) {
                (0, true) => format!("nothing refers to the footnote `[^{label}]`, so it is not shown"),
                (0, false) => format!("there is a footnote `[^{label}]` already, so this one is not shown"),
                _ => continue,
            };
            let help = format!("write `[^{label}]` in the text where it belongs, or take the footnote out");
            self.report(Diagnostic::warning("unused-footnote", place, message).help(help));
        }
    }

    /// Reports `[^label]` that stayed text, where `offset` is after the bracket.
    pub(super) fn report_missing_footnote(&mut self, offset: usize) {
        let Some(rest) = self.text[offset..].strip_prefix('^') else { return };
        let Some(length) = rest.find(|it: char| it.is_whitespace() || "[]".contains(it)) else { return };
        if length == 0 || !rest[length..].starts_with(']') || rest[length..].starts_with("](") {
            return;
        }
        let (label, place) = (&rest[..length], self.place(Span::new(offset - 1, offset + length + 2)));
        let diagnostic = Diagnostic::warning("missing-footnote", place, format!("there is no footnote `[^{label}]`"));
        self.report(diagnostic.help(match self.settings.nested {
            true => "footnotes belong in the body: they do not work in fields and components".to_owned(),
            false => format!("add a line `[^{label}]: text`"),
        }));
    }
}
