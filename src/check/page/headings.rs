//! Headings: the outline by which people who do not see a page move through it.

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

fn level(element: Element<'_>) -> Option<u8> {
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// A heading that is more than one level below the one before it (axe `heading-order`; WCAG 2.2, 1.3.1).
pub(super) fn skipped(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut before: Option<u8> = None;
    for (heading, level) in
        page.elements().filter_map(|it| Some((it, level(it)?))).filter(|it| !it.0.is_within_hidden())
    {
        if let Some(before) = before
            && level > before + 1
        {
            let text = heading.text();
            let message = format!("`{text}` is a heading of level {level}, but the one before it has level {before}");
            let help = format!("make it level {}: take out `#` until the levels follow one another", before + 1);
            found.push(page.fault(Severity::Warning, "skipped-heading", heading, message).help(help));
        }
        before = Some(level);
    }
}

/// More than one heading of the first level (GOV.UK, publishing accessible documents).
pub(super) fn several_h1(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for heading in page.named("h1").filter(|it| !it.is_within_hidden()).skip(1) {
        let message = format!("`{}` is a second heading of level 1", heading.text());
        let help = "the title of the page is its only heading of level 1; use `##` in the text";
        found.push(page.fault(Severity::Warning, "several-h1", heading, message).help(help));
    }
}

/// A paragraph that is all bold and short, and so is meant as a heading (axe `p-as-heading`; WCAG 2.2, 1.3.1).
pub(super) fn bold(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    const LONGEST: usize = 80;

    for paragraph in page.prose().filter(|it| it.name() == "p") {
        let mut inner = paragraph.children();
        let (Some(only), None) = (inner.next(), inner.next()) else { continue };
        let is_all = only.is(&["strong", "b"]) && paragraph.own_texts().all(|it| it.trim().is_empty());
        let text = paragraph.text();
        let is_sentence = text.ends_with(['.', '!', '?', ':', ',']);
        // A quote or a cell is emphasised as a whole for other reasons.
        let is_free = !paragraph.around().any(|it| it.is(&["blockquote", "td", "th", "li", "dd"]));
        if is_all && is_free && !is_sentence && !text.is_empty() && text.chars().count() <= LONGEST {
            let message = format!("`{text}` looks like a heading, but is bold text");
            let help = format!("write it as a heading: `## {text}`");
            found.push(page.fault(Severity::Advice, "bold-heading", paragraph, message).help(help));
        }
    }
}
