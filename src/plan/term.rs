//! The terms of a facet, and the documents of a term.

use std::sync::Arc;

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Facet, Site, TermList};
use crate::model::view::{Fields, View};

use super::list::pages;
use super::shared::facet_label;
use super::value::term_view;
use super::{Claims, Item, Planner, Stream, feed};

/// Each facet has an address for its terms, and each term one for its documents, and one for each further page of them.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for (at, facet) in site.facets.iter().enumerate() {
        claims.claim(facet.route.clone(), Item::Terms(at), None);
        for (position, term) in facet.terms.iter().enumerate() {
            claims.claim(root(facet, &term.slug), Item::Term(at, position, 1), None);
        }
    }
}

/// Returns how many pages a term has.
pub(super) fn count(site: &Site, term: &TermList) -> usize {
    pages(term.entries.len(), site.config.per_page)
}

/// Returns the address of a term.
pub(super) fn root(facet: &Facet, slug: &str) -> Route {
    facet.route.join(&format!("{slug}/"))
}

/// Returns the page that lists the terms of a facet.
pub(super) fn index(planner: &Planner<'_>, at: usize, route: &Route) -> (Arc<str>, Content) {
    let site = planner.site;
    let facet = &site.facets[at];
    let mut fields = Fields::default();
    let title = facet_label(site, &facet.field);
    planner.address_fields(route, &title, "", &mut fields);
    fields.set("type", "terms");
    fields.set("facet", planner.facet(facet, None));
    fields.set("kind", facet.kind.as_ref().map(|it| planner.shared.kind(it)));
    fields.set("terms", View::list(facet.terms.iter().map(|it| term_view(site, facet, it).into())));
    fields.set("feeds", planner.shared.feeds.clone());
    fields.set("breadcrumbs", planner.crumbs(&above(planner, facet), &title));
    (
        format!("the terms of {}", facet.field).into(),
        Content::Template { name: "terms.html".into(), page: fields.into() },
    )
}

/// Returns a page, from 1, of a term.
pub(super) fn page(
    planner: &Planner<'_>,
    at: usize,
    position: usize,
    number: usize,
    route: &Route,
) -> (Arc<str>, Content) {
    let site = planner.site;
    let facet = &site.facets[at];
    let term = &facet.terms[position];
    let mut fields = Fields::default();
    planner.address_fields(route, &term.title, &term.description, &mut fields);
    fields.set("type", "term");
    fields.set("kind", facet.kind.as_ref().map(|it| planner.shared.kind(it)));
    // Of the whole site a term may have thousands of neighbours: they stand on the facet's own page.
    fields.set(
        "facet",
        match facet.kind {
            Some(_) => planner.facet(facet, Some(position)),
            None => {
                let mut short = Fields::default();
                short.set("name", &*facet.field);
                short.set("label", facet_label(site, &facet.field));
                short.set("url", site.href(&facet.route));
                short.into()
            }
        },
    );
    let mut view = term_view(site, facet, term);
    view.set("document", term.document.map(|it| planner.card(it)));
    fields.set("term", view);
    let root = root(facet, &term.slug);
    planner.items(&term.entries, site.config.per_page, number, &root, &mut fields);
    fields.set("feeds", feed::links(site, Stream::Term(at, position), &term.title));
    let mut above = above(planner, facet);
    above.push((facet_label(site, &facet.field), &facet.route));
    fields.set("breadcrumbs", planner.crumbs(&above, &term.title));
    let origin = format!("the term {} of {}", term.slug, facet.field);
    (origin.into(), Content::Template { name: "term.html".into(), page: fields.into() })
}

fn above<'a>(planner: &'a Planner<'_>, facet: &Facet) -> Vec<(String, &'a Route)> {
    let list = facet.kind.as_ref().and_then(|it| planner.site.list(&it.name));
    list.map(|it| (planner.list_title(it), &it.route)).into_iter().collect()
}
