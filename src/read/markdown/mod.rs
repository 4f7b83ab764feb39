//! Markdown -> HTML with open places.
//!
//! The events of pulldown-cmark are laid out in a slice. Some passes only look at it: [`headings`] settles levels and ids,
//! [`footnotes`] takes the notes out. Then [`writer`] goes over it once, and leaves each feature to a file of its own.

mod alerts;
mod attributes;
mod bare;
mod braces;
mod code;
mod dollars;
mod footnotes;
mod headings;

mod links;
mod lists;
mod marks;
mod out;
mod pieces;
mod plain;
mod raw;
mod tables;
mod writer;

use std::borrow::Cow;
use std::sync::Arc;

use memchr::{memchr_iter, memmem};
use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser};

use crate::model::body::{Body, Component};
use crate::model::config::RawHtml;
use crate::model::diagnostic::{Checked, Diagnostic, Diagnostics, Place};
use crate::model::source::Span;

/// What reading Markdown depends on besides the text.
pub(crate) struct Settings<'a> {
    /// The file.
    pub(crate) path: &'a Arc<str>,
    /// What becomes of raw HTML.
    pub(crate) html: RawHtml,
    /// Whether straight quotes become typographic ones.
    pub(crate) smart: bool,
    /// Whether what stands between dollar signs is a formula.
    pub(crate) maths: bool,
    /// Whether it is an issue of a newsletter, in which `{{ … }}` is for the service that sends it.
    pub(crate) in_letter: bool,
    /// Whether it stands inside a field or a component: headings get no ids, none is the title, there are no footnotes.
    pub(crate) nested: bool,
    /// Whether start tags say where they come from; a field's say which field it is.
    pub(crate) trace: Option<Trace<'a>>,
    /// Says whether a whole address is one of this site.
    pub(crate) own: &'a dyn Fn(&str) -> bool,
    /// Reads the components that may stand in it.
    pub(crate) component: &'a ReadComponent<'a>,
}

/// How start tags say where they come from.
#[derive(Clone, Copy)]
pub(crate) enum Trace<'a> {
    /// By the bytes of the file.
    Bytes,
    /// All by this place.
    Place(&'a Place),
}

/// Reads a component, given the first word of a fence, its YAML, and where that stands in the file.
///
/// `None` where the word names no component. Inside a quote or a list the YAML is given without what stands before each of
/// its lines, so it may be shorter than its place.
pub(crate) type ReadComponent<'a> = dyn Fn(&str, &str, Span) -> Option<Checked<Component>> + 'a;

/// Markdown, read.
#[derive(Debug)]
pub(crate) struct Read {
    /// The text.
    pub(crate) body: Body,
    /// The title that it gives itself: its only H1, where no title was given.
    pub(crate) title: Option<Box<str>>,
}

/// How many elements may be within one another. A browser stops at 512, and rules walk up from each element.
const DEEPEST: usize = 100;

/// An event, and the bytes of the file that it comes from.
type Marked<'t> = (Event<'t>, Span);

/// Reads the Markdown in `span` of `text`, which is the whole file; `title` is the document's, where it has one already.
///
/// **Faults**: `unsafe-link`, `markdown-deep` (errors); `empty-heading`, `duplicate-id`, `missing-link-definition`, `missing-footnote`,
/// `unused-footnote`, `mark-without-effect`, `foreign-mark`, `lost-cells`, `heading-braces`, `unclosed-fence`, `raw-html-removed`, `unclosed-html` (warnings); `heading-moved` (advice); and what
/// `settings.component` finds.
///
/// **Source**: CommonMark 0.31, GitHub Flavored Markdown 0.29.
pub(crate) fn body(text: &str, span: Span, title: Option<&str>, settings: &Settings<'_>) -> Checked<Read> {
    let mut found = Diagnostics::default();
    let text = without_marks(text);
    let part = &text[span.start..span.end];
    let formulas = if settings.maths { dollars::Formulas::of(part) } else { None };
    let part = formulas.as_ref().map_or(part, |it| &*it.text);
    let mut events = found.keep(events(part, formulas.is_some(), span, settings));
    if let Some(formulas) = &formulas {
        events = events.into_iter().map(|(event, span)| (formulas.restore(event), span)).collect();
    }
    let events = found.keep(braces::keep(&text, events, settings));
    found.extend(marks::look(&text, span, &events, settings));
    let (events, notes) = footnotes::split(events);
    let headings = found.keep(headings::settle(&events, title, settings));
    let title = headings.title;
    let body = found.keep(writer::write(&text, span, (&events, &notes), headings.each, settings));
    found.around(Read { body, title })
}

/// Replaces byte order marks at the start of a line, where files were joined, by spaces: they would hide a heading or a
/// list. Everything stays in its place.
fn without_marks(text: &str) -> Cow<'_, str> {
    const MARK: &str = "\u{feff}";
    if memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\n\u{feff}", "\n   ");
    Cow::Owned(text.strip_prefix(MARK).map_or(text.clone(), |it| format!("   {it}")))
}

/// Returns the events of `part`, which stands at `span` of the file, and links whose definition is missing.
fn events<'t>(part: &'t str, maths: bool, span: Span, settings: &Settings<'_>) -> Checked<Vec<Marked<'t>>> {
    let mut diagnostics = Vec::new();
    let missing = |link: BrokenLink<'t>| {
        diagnostics.extend(missing_definition(&link, span.start, settings.path));
        None
    };
    let parser = Parser::new_with_broken_link_callback(part, options(part, maths, settings), Some(missing));
    let mut events = Vec::with_capacity(part.len() / 24);
    let (mut depth, mut deep) = (0, None);
    for (event, range) in parser.into_offset_iter() {
        // The start and the end of an element are as deep as what is in it.
        let is_end = matches!(event, Event::End(_));
        depth += usize::from(matches!(event, Event::Start(_)));
        if depth > DEEPEST {
            deep.get_or_insert(range.start);
        } else {
            events.push((event, Span::new(range.start, range.end).after(span.start)));
        }
        depth -= usize::from(is_end);
    }
    diagnostics.extend(deep.map(|at| too_deep(part, at, span.start, settings.path)));
    Checked { value: events, diagnostics }
}

/// Returns the fault of what begins at `at`: what is in it is left out, so that no page is deeper than programs can walk.
fn too_deep(part: &str, at: usize, offset: usize, path: &Arc<str>) -> Diagnostic {
    let line = part.get(at..).and_then(|it| it.lines().next()).map_or(0, str::len);
    let place = Place::new(path, Span::new(at, at + line).after(offset));
    let message = format!("this is within more than {DEEPEST} lists, quotes or marks");
    Diagnostic::error("markdown-deep", place, message).help("end the lists and quotes that this is within")
}

fn options(text: &str, maths: bool, settings: &Settings<'_>) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    options.set(Options::ENABLE_MATH, maths);
    options.set(Options::ENABLE_DEFINITION_LIST, has_definitions(text));
    options.set(Options::ENABLE_FOOTNOTES, !settings.nested);
    options.set(Options::ENABLE_SMART_PUNCTUATION, settings.smart);
    options
}

/// Returns whether a line begins with a colon and a space. Without the space pulldown-cmark takes it for a definition too,
/// so that prose with `:tada:` at the start of a line would become a list.
fn has_definitions(text: &str) -> bool {
    let begins_line = |at: usize| {
        let before = text[..at].trim_end_matches([' ', '\t', '>']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    };
    memchr_iter(b':', text.as_bytes()).any(|at| text[at + 1..].starts_with([' ', '\t', '\n', '\r']) && begins_line(at))
}

/// Returns what is wrong with `[text][name]` and `[name][]`; a lone `[word]` is text.
fn missing_definition(link: &BrokenLink<'_>, offset: usize, path: &Arc<str>) -> Option<Diagnostic> {
    matches!(link.link_type, LinkType::Reference | LinkType::Collapsed).then(|| {
        let place = Place::new(path, Span::new(link.span.start, link.span.end).after(offset));
        let message = format!("the link `[{}]` is defined nowhere", link.reference);
        let help = format!("add a line `[{}]: address`, or write `[text](address)`", link.reference);
        Diagnostic::warning("missing-link-definition", place, message).help(help)
    })
}

#[cfg(test)]
mod tests;
