//! The list of a kind, in pages.

use std::sync::Arc;

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Facet, List, Site};
use crate::model::view::{Fields, View};

use super::shared::{facet_label, kind_words};
use super::value::term_view;
use super::{Claims, Item, Planner, Stream, feed, index, matrix, register};

/// Every kind that has a list has an address, and one for each further page of it; an empty list has one page.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for (at, list) in site.lists.iter().enumerate() {
        if list.entries.is_empty() && list.above.is_none() && list.route.as_str() == "/" {
            continue;
        }
        claims.claim(list.route.clone(), Item::List(at, 1), list.above.as_ref().map(|it| it.start()));
    }
}

fn per_page(site: &Site, list: &List) -> usize {
    list.kind.per_page.unwrap_or(site.config.per_page)
}

/// Returns how many pages the list of a kind has.
pub(super) fn count(site: &Site, list: &List) -> usize {
    pages(list.entries.len(), per_page(site, list))
}

/// Returns how many pages a list of so many entries has: at least one.
pub(super) fn pages(entries: usize, per_page: usize) -> usize {
    entries.div_ceil(per_page).max(1)
}

/// Returns a page, from 1, of a list.
pub(super) fn page(planner: &Planner<'_>, at: usize, number: usize, route: &Route) -> (Arc<str>, Content) {
    let list = &planner.site.lists[at];
    let title = planner.list_title(list);
    let mut fields = Fields::default();
    let description = list.above.as_ref().map_or("", |it| &*it.summary);
    planner.address_fields(route, &title, description, &mut fields);
    fields.set("type", "list");
    fields.set("kind", planner.shared.kind(&list.kind));
    let intro = list.above.as_ref().filter(|_| number == 1);
    fields.set("intro", intro.map(|it| View::html(&planner.fill(it, &it.body))));
    planner.items(&list.entries, per_page(planner.site, list), number, &list.route, &mut fields);
    let own = |it: &&Facet| it.kind.as_ref().is_some_and(|it| it.name == list.kind.name);
    let facets = planner.site.facets.iter().filter(own);
    fields.set("facets", View::list(facets.map(|it| planner.facet(it, None))));
    let views = matrix::link(planner, list).into_iter().chain(register::links(planner, list));
    fields.set("views", View::list(views));
    fields.set("index", index::address(planner, list));
    fields.set("feeds", feed::links(planner.site, Stream::List(at), &title));
    fields.set("breadcrumbs", planner.crumbs(&[], &title));
    let own = &list.kind.list_template;
    let name = if planner.site.theme.has(own) { own.clone() } else { "list.html".into() };
    let origin = list
        .above
        .as_ref()
        .map_or_else(|| format!("the list of kind {}", list.kind.name).into(), |it| it.source.path.clone());
    (origin, Content::Template { name, page: fields.into() })
}

impl Planner<'_> {
    /// Returns the title of a list: that of the document above it, or the kind's.
    pub(super) fn list_title(&self, list: &List) -> String {
        match &list.above {
            Some(document) if document.values.text("title").is_some() => document.title.to_string(),
            _ => kind_words(self.site, &list.kind, "plural"),
        }
    }

    /// Sets what a page of a list shows: items, total, paginator.
    pub(super) fn items(&self, entries: &[usize], per_page: usize, number: usize, root: &Route, fields: &mut Fields) {
        let own = entries.iter().skip((number - 1) * per_page).take(per_page);
        fields.set("items", self.cards(own));
        fields.set("total", entries.len());
        let last = pages(entries.len(), per_page);
        let url = |number: usize| self.site.href(&root.page(number));
        let mut paginator = Fields::default();
        paginator.set("current", number);
        paginator.set("total", last);
        paginator.set("previous", (number > 1).then(|| url(number - 1)));
        paginator.set("next", (number < last).then(|| url(number + 1)));
        // Of many pages only those near by, the first and the last: a page must not grow with the site.
        let near = (1..=last).filter(|it| *it == 1 || *it == last || it.abs_diff(number) <= 2);
        paginator.set(
            "pages",
            View::list(near.map(|it| {
                let mut page = Fields::default();
                page.set("number", it);
                page.set("url", url(it));
                page.set("current", it == number);
                page.into()
            })),
        );
        fields.set("paginator", paginator);
    }

    /// Returns a facet with its terms; `current` is the term that is being looked at.
    pub(super) fn facet(&self, facet: &Facet, current: Option<usize>) -> View {
        let mut fields = Fields::default();
        fields.set("name", &*facet.field);
        fields.set("label", facet_label(self.site, &facet.field));
        fields.set("url", self.site.href(&facet.route));
        fields.set(
            "terms",
            View::list(facet.terms.iter().enumerate().map(|(at, it)| {
                let mut term = term_view(self.site, facet, it);
                term.set("current", current == Some(at));
                term.into()
            })),
        );
        fields.into()
    }
}
