//! The index of a list: what a script, or anybody, needs to filter and sort it. One small JSON file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Facet, List, Site};

use super::shared::facet_label;
use super::{Claims, Item, Planner, term, withdrawn, words};

/// Every list of a kind that has facets has an index.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for (at, list) in site.lists.iter().enumerate().filter(|(_, it)| facets(site, it).next().is_some()) {
        claims.claim(route(list), Item::Index(at), None);
    }
}

fn route(list: &List) -> Route {
    list.route.join("index.json")
}

/// Returns the address of the index of a list.
pub(super) fn address(planner: &Planner<'_>, list: &List) -> Option<String> {
    let route = route(list);
    matches!(planner.at(&route), Some(Item::Index(_))).then(|| planner.site.href(&route))
}

fn facets<'a>(site: &'a Site, list: &'a List) -> impl Iterator<Item = &'a Facet> {
    site.facets.iter().filter(|it| it.kind.as_ref().is_some_and(|it| it.name == list.kind.name))
}

/// Returns the index of the list of that position.
pub(super) fn page(planner: &Planner<'_>, at: usize) -> (Arc<str>, Content) {
    let site = planner.site;
    let list = &site.lists[at];
    let terms: Vec<(&Facet, BTreeMap<usize, Vec<&str>>)> = facets(site, list).map(|it| (it, slugs(it))).collect();
    let items = list.entries.iter().map(|at| {
        let entry = &site.entries[*at];
        let own =
            terms.iter().filter_map(|(facet, slugs)| Some((facet.field.to_string(), slugs.get(at)?.clone().into())));
        let own: serde_json::Map<String, Value> = own.collect();
        let mut item = json!({
            "title": &*withdrawn::title(site, entry),
            "url": site.href(entry.route()),
            "summary": &*entry.document.summary,
            "terms": own,
        });
        if let Some(date) = &entry.document.date {
            item["date"] = json!({ "iso": date.day.to_string(), "text": words::day(&site.theme, date) });
        }
        let lang = entry.document.name_lang.as_deref().or_else(|| entry.document.values.text("lang"));
        if let Some(lang) = lang.filter(|it| *it != &*site.config.language) {
            item["lang"] = lang.into();
        }
        item
    });
    let index = json!({
        "title": planner.list_title(list),
        "url": site.permalink(&list.route),
        "facets": facets(site, list).map(|it| facet(site, it)).collect::<Vec<_>>(),
        "items": items.collect::<Vec<_>>(),
    });
    let origin = format!("the index of the list of kind {}", list.kind.name);
    (origin.into(), Content::Text(index.to_string() + "\n"))
}

fn facet(site: &Site, facet: &Facet) -> Value {
    let terms = facet.terms.iter().map(|it| {
        let url = site.href(&term::root(facet, &it.slug));
        json!({ "slug": &*it.slug, "title": &*it.title, "url": url, "count": it.entries.len() })
    });
    let label = facet_label(site, &facet.field);
    json!({ "name": &*facet.field, "label": label, "terms": terms.collect::<Vec<_>>() })
}

/// Returns the slugs of the terms of each entry.
fn slugs(facet: &Facet) -> BTreeMap<usize, Vec<&str>> {
    let mut slugs: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for term in &facet.terms {
        term.entries.iter().for_each(|it| slugs.entry(*it).or_default().push(&term.slug));
    }
    slugs
}
