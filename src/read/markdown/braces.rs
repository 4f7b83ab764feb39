//! Words in braces at the end of a heading, which the parser takes for attributes: `## Budget {2024}`.

use pulldown_cmark::{CowStr, Event, Tag};

use super::{Marked, Settings, plain};
use crate::model::diagnostic::{Checked, Diagnostic, Place};
use crate::model::source::Span;

/// Puts such words back into their headings.
///
/// Gives `heading-braces`.
pub(super) fn keep<'t>(text: &'t str, events: Vec<Marked<'t>>, settings: &Settings<'_>) -> Checked<Vec<Marked<'t>>> {
    let mut diagnostics = Vec::new();
    // Where each text belongs among the events, in order.
    let mut kept: Vec<(usize, Marked<'t>)> = Vec::new();
    let mut plain_headings = Vec::new();
    for (at, (event, span)) in events.iter().enumerate() {
        if !matches!(event, Event::Start(Tag::Heading { .. })) || !text[span.start..span.end].contains('}') {
            continue;
        }
        let inside = &events[at + 1..][..plain::end(&events[at + 1..])];
        let from = inside.iter().map(|it| it.1.end).max().unwrap_or(span.start);
        let Some(braces) = braces(text, from, span.end) else { continue };
        let written = &text[braces.start..braces.end];
        let (good, bad): (Vec<&str>, Vec<&str>) =
            written[1..written.len() - 1].split_ascii_whitespace().partition(|it| is_attribute(it));
        let place = Place::new(settings.path, braces);
        let help = format!(
            "write `\\{}\\}}` if it belongs to the heading, or `{{#name}}` to name the heading for links",
            &written[..written.len() - 1]
        );
        if good.is_empty() {
            let message = format!("`{written}` is no attribute of the heading, so it is shown as text");
            diagnostics.push(Diagnostic::warning("heading-braces", place, message).help(help));
            let start = if inside.is_empty() { braces.start } else { from };
            let words = Span::new(start, braces.end);
            kept.push((at + 1 + inside.len(), (Event::Text(CowStr::Borrowed(&text[start..braces.end])), words)));
            plain_headings.push(at);
        } else if !bad.is_empty() {
            let words = bad.join(" ");
            let message = format!("`{words}` is no attribute of the heading, and is not shown");
            let help =
                "an attribute is `#name`, `.class` or `name=value`; write `\\{` and `\\}` for braces that readers see";
            diagnostics.push(Diagnostic::warning("heading-braces", place, message).help(help));
            plain_headings.push(at);
        }
    }
    if plain_headings.is_empty() {
        return Checked { value: events, diagnostics };
    }
    let mut kept = kept.into_iter().peekable();
    let mut headings = plain_headings.into_iter().peekable();
    let mut all = Vec::with_capacity(events.len() + 4);
    for (at, (mut event, span)) in events.into_iter().enumerate() {
        while let Some((_, text)) = kept.next_if(|it| it.0 == at) {
            all.push(text);
        }
        if headings.next_if_eq(&at).is_some()
            && let Event::Start(Tag::Heading { attrs, .. }) = &mut event
        {
            attrs.retain(|it| it.1.is_some());
        }
        all.push((event, span));
    }
    Checked { value: all, diagnostics }
}

/// Returns the braces at the end of a heading whose other text ends at `from`.
fn braces(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = &text[from..end];
    let start = rest.find('{')?;
    let length = rest[start..].find('}')? + 1;
    Some(Span::new(from + start, from + start + length))
}

fn is_attribute(word: &str) -> bool {
    let is_name = |it: &str| it.starts_with(|it: char| it.is_alphabetic() || it == '_');
    let is_value = word.split_once('=').is_some_and(|it| is_name(it.0));
    word.strip_prefix(['#', '.']).is_some_and(|it| !it.is_empty()) || is_value
}
