//! The parts of a page by which people who do not see it find their way: all of them the theme's.

use std::collections::BTreeMap;

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// Returns what an element is a landmark of (WAI-ARIA 1.2, section 5.3.4; HTML Accessibility API Mappings 1.0).
fn landmark(element: Element<'_>) -> Option<&str> {
    let named = || element.attribute("aria-label").is_some() || element.attribute("aria-labelledby").is_some();
    let in_section = || element.around().any(|it| it.is(&["article", "aside", "main", "nav", "section"]));
    match (element.attribute("role"), element.name()) {
        (
            Some(
                role @ ("banner" | "complementary" | "contentinfo" | "form" | "main" | "navigation" | "region"
                | "search"),
            ),
            _,
        ) => Some(role),
        (Some(_), _) => None,
        (None, "main") => Some("main"),
        (None, "nav") => Some("navigation"),
        (None, "aside") => Some("complementary"),
        (None, "search") => Some("search"),
        (None, "header") if !in_section() => Some("banner"),
        (None, "footer") if !in_section() => Some("contentinfo"),
        (None, "section") if named() => Some("region"),
        (None, "form") if named() => Some("form"),
        _ => None,
    }
}

/// Not one main part (axe `landmark-one-main`, `landmark-no-duplicate-main`).
pub(super) fn missing(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mains: Vec<Element<'_>> = page.elements().filter(|it| landmark(*it) == Some("main")).collect();
    let (at, message) = match (mains.as_slice(), page.named("body").next()) {
        ([], Some(body)) => (body, "this page has no `<main>`"),
        ([_, second, ..], _) => (*second, "this page has more than one `<main>`"),
        _ => return,
    };
    let help = "put what the page is about, and only that, into one `<main id=\"main\">`";
    found.push(page.fault(Severity::Error, "missing-landmark", at, message.to_owned()).help(help));
}

/// Two landmarks that nobody can tell apart (axe `landmark-unique`).
pub(super) fn same(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let ids = page.ids();
    let mut seen: BTreeMap<(&str, String), Element<'_>> = BTreeMap::new();
    for (element, role) in
        page.elements().filter_map(|it| Some((it, landmark(it)?))).filter(|it| !it.0.is_within_hidden())
    {
        let label = element.attribute("aria-labelledby").map(|it| {
            it.split_whitespace().filter_map(|it| ids.get(it)).map(|it| it.text()).collect::<Vec<_>>().join(" ")
        });
        let label = label.or_else(|| element.attribute("aria-label").map(str::to_owned)).unwrap_or_default();
        if role != "main" && seen.insert((role, label.clone()), element).is_some() {
            let called = if label.is_empty() { "no name".to_owned() } else { format!("the name `{label}`") };
            let message = format!("this is a second part of the sort `{role}` with {called}");
            let help = "give each a name of its own: `aria-label=\"…\"`";
            found.push(page.fault(Severity::Error, "same-landmarks", element, message).help(help));
        }
    }
}

/// No way past the menus for people who use keys (axe `skip-link`, `bypass`; WCAG 2.2, 2.4.1; GOV.UK Design System, skip link).
pub(super) fn skip_link(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(body) = page.named("body").next() else { return };
    let ids = page.ids();
    let focusable = |it: &Element<'_>| it.is(&["a", "button", "input", "select", "summary", "textarea"]);
    let first = body.inner().find(focusable);
    let target = first.and_then(|it| it.attribute("href")?.strip_prefix('#'));
    match (first, target) {
        (Some(link), Some(target)) if !ids.contains_key(target) => {
            let message = format!("the link past the menus leads to `#{target}`, which is not there");
            let help = "give `<main>` that id";
            found.push(page.fault(Severity::Error, "missing-skip-link", link, message).help(help));
        }
        (Some(link), None) if link.around().all(|it| it.name() != "main") => {
            let message = "the first link of this page does not lead past the menus".to_owned();
            let help = "begin the body with `<a href=\"#main\">Skip to the content</a>`";
            found.push(page.fault(Severity::Error, "missing-skip-link", link, message).help(help));
        }
        _ => {}
    }
}

/// Words outside of all parts (axe `region`).
pub(super) fn outside(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(body) = page.named("body").next() else { return };
    let is_skip_link = |it: &Element<'_>| it.attribute("href").is_some_and(|it| it.starts_with('#'));
    for element in body.inner().filter(|it| !it.is(&["script", "style", "noscript", "template", "dialog"])) {
        let is_inside = landmark(element).is_some() || element.around().any(|it| landmark(it).is_some());
        let is_text = element.own_texts().any(|it| !it.trim().is_empty());
        let is_apart = element.around().any(|it| it.is(&["script", "noscript", "template", "dialog", "svg"]));
        if is_text && !is_inside && !is_apart && !is_skip_link(&element) && !element.is_within_hidden() {
            let message = format!("`{}` stands outside of header, main part and footer", element.text());
            let help = "move it into one of them";
            found.push(page.fault(Severity::Error, "outside-landmarks", element, message).help(help));
        }
    }
}
