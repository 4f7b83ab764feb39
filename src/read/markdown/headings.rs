//! Headings: their levels, their ids, and the one that is the title.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, Tag};

use super::writer::Writer;
use super::{Marked, Settings, plain};
use crate::model::body::Heading;
use crate::model::diagnostic::{Checked, Diagnostic, Place, Severity};
use crate::model::slug;
use crate::model::source::Span;
use crate::read::html::allow;

/// What becomes of the headings.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// One for each heading of the events, in order; `None` for one that is left out. Nested ones have an empty id.
    pub(super) each: Vec<Option<Heading>>,
    /// The title that the text gives itself.
    pub(super) title: Option<Box<str>>,
}

/// A heading as it stands in the events.
struct Written<'t> {
    level: u8,
    id: Option<&'t CowStr<'t>>,
    text: Box<str>,
    span: Span,
    /// Whether there is nothing in it, not even an image.
    is_empty: bool,
    /// Whether it stands in no quote and in no list.
    at_top: bool,
}

/// Settles the headings of a text.
///
/// The body begins at level 2. An H1 that repeats the title, or is the only one where there is no title, is left out; any
/// other H1 moves all headings one level down.
pub(super) fn settle(events: &[Marked<'_>], title: Option<&str>, settings: &Settings<'_>) -> Checked<Headings> {
    let mut diagnostics = Vec::new();
    let written = written(events);
    let dropped = if settings.nested { None } else { title_of(&written, title) };
    let kept = |(index, it): &(usize, &Written<'_>)| !it.is_empty && Some(*index) != dropped;
    let first_h1 = written.iter().enumerate().filter(kept).find(|(_, it)| it.level == 1).map(|(_, it)| it.span);
    diagnostics.extend(first_h1.map(|span| moved(span, settings)));

    let mut ids = Ids::default();
    written.iter().filter_map(|it| it.id).for_each(|it| ids.keep(it));
    let mut settled = |(index, it): (usize, &Written<'_>)| {
        if it.text.is_empty() {
            diagnostics.push(empty(it.span, settings));
        }
        kept(&(index, it)).then(|| Heading {
            level: (it.level + u8::from(first_h1.is_some())).min(6),
            id: if settings.nested { Box::default() } else { ids.id(it, settings, &mut diagnostics) },
            text: it.text.clone(),
        })
    };
    let each = written.iter().enumerate().map(&mut settled).collect();
    let own_title = dropped.filter(|_| title.is_none()).map(|it| written[it].text.clone());
    Checked { value: Headings { each, title: own_title }, diagnostics }
}

fn written<'t>(events: &'t [Marked<'t>]) -> Vec<Written<'t>> {
    let mut depth = 0usize;
    let mut found = Vec::new();
    for (index, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let inside = &events[index + 1..][..plain::end(&events[index + 1..])];
                let text = plain::plain(inside).trim().into();
                let is_empty = inside.iter().all(|(it, _)| matches!(it, Event::Text(text) if text.trim().is_empty()));
                let id = id.as_ref().filter(|it| !it.is_empty());
                found.push(Written { level: *level as u8, id, text, span: *span, is_empty, at_top: depth == 0 });
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    found
}

/// Returns which heading is the title: the first H1 that repeats it, or the only H1 where no title is given.
fn title_of(written: &[Written<'_>], title: Option<&str>) -> Option<usize> {
    let mut h1s = written.iter().enumerate().filter(|(_, it)| it.level == 1 && !it.text.is_empty());
    match title {
        Some(title) => h1s.find(|(_, it)| it.at_top && same(&it.text, title)).map(|(index, _)| index),
        None => h1s.next().filter(|(_, it)| it.at_top && h1s.next().is_none()).map(|(index, _)| index),
    }
}

/// Returns whether two titles differ in nothing but case, spaces and punctuation.
fn same(one: &str, other: &str) -> bool {
    let letters =
        |it: &str| it.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(one) == letters(other) && (one.contains(char::is_alphanumeric) || one.trim() == other.trim())
}

fn moved(span: Span, settings: &Settings<'_>) -> Diagnostic {
    let message = "the text has a heading of level 1, so its headings were moved down one level";
    let it = Diagnostic::warning("heading-moved", Place::new(settings.path, span), message);
    Diagnostic { severity: Severity::Advice, ..it }
        .help("the title is the page's H1: begin the headings of the text with `##`")
}

fn empty(span: Span, settings: &Settings<'_>) -> Diagnostic {
    Diagnostic::warning("empty-heading", Place::new(settings.path, span), "the heading has no text")
        .help("give it words, or take the `#` away")
}

/// The ids of a body.
#[derive(Default)]
struct Ids {
    /// Those that are taken, each with the number to try next.
    taken: HashMap<Box<str>, usize>,
    /// Those that are kept for a heading to come.
    kept: HashSet<Box<str>>,
}

impl Ids {
    /// Keeps an id for the heading that asks for it.
    fn keep(&mut self, id: &str) {
        self.taken.insert(id.into(), 2);
        self.kept.insert(id.into());
    }

    fn id(&mut self, heading: &Written<'_>, settings: &Settings<'_>, found: &mut Vec<Diagnostic>) -> Box<str> {
        let Some(id) = heading.id else { return self.unique(&name(&heading.text)) };
        self.kept.take(&**id).unwrap_or_else(|| {
            let place = Place::new(settings.path, heading.span);
            let message = format!("another heading has the id `{id}` already");
            found.push(Diagnostic::warning("duplicate-id", place, message).help("give each heading an id of its own"));
            self.unique(id)
        })
    }

    /// Returns `base`, or with a number behind it where that is taken.
    fn unique(&mut self, base: &str) -> Box<str> {
        let Some(next) = self.taken.get(base).copied() else {
            self.taken.insert(base.into(), 2);
            return base.into();
        };
        let numbered = |number: usize| (number, format!("{base}-{number}"));
        let free = (next..).map(numbered).find(|(_, id)| !self.taken.contains_key(&**id));
        let (number, id) = free.expect("there is always a larger number");
        self.taken.insert(base.into(), number + 1);
        self.taken.insert(id.as_str().into(), 2);
        id.into()
    }
}

/// Returns the id of a heading. Ids that begin with `fn` are those of footnotes; `main` is that of the page's main part,
/// where the skip link leads.
fn name(text: &str) -> String {
    match slug::plain(text) {
        empty if empty.is_empty() => "section".to_owned(),
        main if main == "main" => "section-main".to_owned(),
        note if note.starts_with("fn-") || note.starts_with("fnref-") => format!("section-{note}"),
        slug => slug,
    }
}

impl<'t> Writer<'t, '_> {
    /// Begins a heading, or goes past one that is left out.
    pub(super) fn heading(&mut self, tag: &'t Tag<'t>, span: Span) {
        let Tag::Heading { level, classes, attrs, .. } = tag else { return };
        // Headings of footnotes were not settled: they are no part of the page's outline.
        let of_note = || Some(Heading { level: (*level as u8).max(2), id: Box::default(), text: Box::default() });
        let settled = if self.in_note { of_note() } else { self.headings.next().flatten() };
        let Some(heading) = settled else {
            self.take();
            return self.block("");
        };
        self.level = heading.level;
        self.block("<h");
        self.out.number(usize::from(heading.level));
        if !heading.id.is_empty() {
            self.heading_attribute("id", &heading.id);
        }
        if !classes.is_empty() {
            self.heading_attribute("class", &classes.join(" "));
        }
        for (name, value) in attrs {
            // Id and class are written `{#id .class}`.
            match allow::is_global(name) && !matches!(&**name, "id" | "class") {
                true => self.heading_attribute(name, value.as_deref().unwrap_or_default()),
                false => self.report_removed(&format!("the attribute `{name}` of a heading"), span),
            }
        }
        self.out.push(">");
        self.depth += 1;
        if !heading.id.is_empty() {
            self.outline.push(heading);
        }
    }

    /// Ends a heading.
    pub(super) fn heading_end(&mut self) {
        self.out.push("</h");
        self.out.number(usize::from(self.level));
        self.out.push(">\n");
    }

    fn heading_attribute(&mut self, name: &str, value: &str) {
        self.out.push(" ");
        self.out.push(name);
        self.out.push("=\"");
        self.out.attribute(value);
        self.out.push("\"");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn same_titles() {
        assert!(super::same("Our first evaluation!", " our First  evaluation"));
        assert!(!super::same("Our first evaluation", "Our second evaluation"));
        assert!(!super::same("?", "!"));
    }
}
