//! The search: a page, and the files that the theme's `search.js` fetches, as few of them as a search needs.

mod index;
mod text;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::view::{Fields, View};

pub(super) use index::Index;

use super::shared::facet_label;
use super::value::term_view;
use super::{Claims, Item, Planner};

/// A file of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// What there is.
    Root,
    /// Where words are.
    Words(usize),
    /// What is shown of documents.
    Documents(usize),
}

/// The search's address.
pub(super) fn root() -> Route {
    Route::new("/search/")
}

fn route(file: File) -> Route {
    root().join(&match file {
        File::Root => "index.json".to_owned(),
        File::Words(number) => format!("words/{number}.txt"),
        File::Documents(number) => format!("documents/{number}.json"),
    })
}

/// Returns whether the site is searched: it does not do without, and its theme has the page.
pub(super) fn exists(site: &Site) -> bool {
    site.config.search.enabled && site.theme.has("search.html")
}

/// Where there is a search, it has a page, and an index in files.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    if !exists(site) {
        return;
    }
    claims.claim(root(), Item::Search, None);
    let (words, documents) = index::files(site);
    let files = (0..words).map(File::Words).chain((0..documents).map(File::Documents));
    for file in [File::Root].into_iter().chain(files) {
        claims.claim(route(file), Item::SearchFile(file), None);
    }
}

/// Returns the page. Without script it leads to lists of all that there is.
pub(super) fn page(planner: &Planner<'_>, at: &Route) -> (Arc<str>, Content) {
    let site = planner.site;
    let title = site.theme.string("search").to_owned();
    let mut fields = Fields::default();
    planner.address_fields(at, &title, "", &mut fields);
    fields.set("type", "search");
    fields.set("index", site.href(&route(File::Root)));
    fields.set("kinds", kinds(planner));
    fields.set(
        "facets",
        View::list(index::facets(site).map(|facet| {
            let mut view = Fields::default();
            view.set("name", &*facet.field);
            view.set("label", facet_label(site, &facet.field));
            view.set("url", site.href(&facet.route));
            view.set("terms", View::list(facet.terms.iter().map(|it| term_view(site, facet, it).into())));
            view.into()
        })),
    );
    fields.set("feeds", planner.shared.feeds.clone());
    fields.set("breadcrumbs", planner.crumbs(&[], &title));
    ("the search".into(), Content::Template { name: "search.html".into(), page: fields.into() })
}

/// Returns the kinds of which there is a document, in the order of the kinds, with how many there are.
fn kinds(planner: &Planner<'_>) -> View {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    index::searched(planner.site).for_each(|(_, it)| *counts.entry(&it.document.kind.name).or_default() += 1);
    let kinds = planner.site.config.kinds.all.iter().filter_map(|it| {
        let mut view = Fields::of(&planner.shared.kind(it));
        view.set("count", *counts.get(&*it.name)?);
        Some(view.into())
    });
    View::list(kinds)
}

/// Returns a file of the index, which is made when the first of them is asked for.
pub(super) fn file(planner: &Planner<'_>, file: File) -> (Arc<str>, Content) {
    let index = planner.shared.search.get_or_init(|| Index::of(planner.site));
    let text = match file {
        File::Root => &index.root,
        File::Words(number) => &index.words[number],
        File::Documents(number) => &index.documents[number],
    };
    ("the search".into(), Content::Text(text.clone()))
}
