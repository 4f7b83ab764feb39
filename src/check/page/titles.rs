//! Titles of pages: what stands on the tab, in bookmarks and in the results of a search (WCAG 2.2, 2.4.2).

use std::collections::{BTreeMap, HashSet};

use super::{Page, Severity, links};
use crate::model::diagnostic::{Diagnostic, FieldPath};
use crate::model::page::Seen;
use crate::model::site::{Entry, Site, encode};

/// A page without a title (axe `document-title`).
pub(super) fn missing(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    if page.named("title").all(|it| it.around().any(|it| it.name() == "svg") || it.text().is_empty())
        && let Some(html) = page.named("html").next()
    {
        let at = page.named("head").next().filter(|it| it.place() != html.place()).unwrap_or(html);
        let message = "this page has no title".to_owned();
        let help = "write `<title>{{ page.title }} - {{ site.title }}</title>` in its head";
        found.push(page.fault(Severity::Error, "missing-title", at, message).help(help));
    }
}

/// Returns what is to be known of the page when all are looked at.
pub(super) fn seen(page: &Page<'_>) -> Option<Seen> {
    let title = page.named("title").find(|it| it.around().any(|it| it.name() == "head"))?;
    let entry = page.site.entry_at(page.route.as_str()).map(|it| &page.site.entries[it].document);
    let place = entry.map(|it| it.value_place(FieldPath::default().join("title"))).or_else(|| title.place());
    let base = &*page.site.config.base_path;
    let inside =
        |it: &str| Some(it.strip_prefix(base)?.split(['#', '?']).next()?.to_owned()).filter(|it| it.starts_with('/'));
    let links = page.named("a").filter_map(|it| it.attribute("href").and_then(inside)).map(Into::into).collect();
    let outside = links::outside(page);
    // All old addresses of a page lead to it under its title: nobody stays there.
    let title = if page.leads_on() { String::new() } else { title.text() };
    Some(Seen { route: page.route.clone(), title, links, outside, place })
}

/// Documents to which no page leads.
pub(super) fn orphans(site: &Site, seen: &[Seen]) -> Vec<Diagnostic> {
    let mut led: HashSet<&str> = HashSet::from(["/", "/404.html"]);
    for page in seen {
        led.extend(page.links.iter().map(|it| &**it).filter(|it| *it != page.route.as_str()));
    }
    let is_lost = |it: &&Entry| {
        let address = encode(it.route().as_str());
        it.document.values.get("redirect_to").is_none() && !led.contains(&*address)
    };
    let lost = site.entries.iter().filter(is_lost);
    lost.map(|entry| {
        let message = format!("no page leads to `{}`", entry.route());
        let help = "link to it from another page or from a menu, or take it out";
        Diagnostic::warning("orphan-page", entry.document.value_place(FieldPath::default().join("title")), message)
            .help(help)
    })
    .collect()
}

/// Pages with one title.
pub(super) fn duplicates(seen: &[Seen]) -> Vec<Diagnostic> {
    let mut seen: Vec<&Seen> = seen.iter().collect();
    seen.sort_by(|one, other| one.route.cmp(&other.route));
    let mut first: BTreeMap<&str, &Seen> = BTreeMap::new();
    let mut found = Vec::new();
    for page in seen.iter().filter(|it| !it.title.is_empty()) {
        let Some(other) = first.get(&*page.title) else {
            first.insert(&page.title, page);
            continue;
        };
        let message = format!("`{}` and `{}` have one title: {}", other.route, page.route, page.title);
        // Told where somebody who writes can mend it: in the document, not in the template of a list.
        let in_content = |it: &Seen| it.place.as_ref().is_some_and(|it| it.path.starts_with("content/"));
        let (place, other) = match in_content(page) || !in_content(other) {
            true => (&page.place, &other.place),
            false => (&other.place, &page.place),
        };
        let fault = Diagnostic::error("duplicate-title", place.clone(), message);
        let fault = fault.help("give each a title that says what is only there");
        found.push(match other {
            Some(other) if place.as_ref() != Some(other) => fault.see(other.clone(), "the other is here"),
            _ => fault,
        });
    }
    found
}
