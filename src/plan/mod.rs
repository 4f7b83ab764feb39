//! Site -> Page: what is at one address, and what its template sees.

mod archive;
mod card;
mod document;
mod feed;
mod file;
mod fill;
mod form;
mod index;
mod issue;
mod list;
mod matrix;
mod newsletter;
mod not_found;
mod redirect;
mod register;
mod search;
mod shared;
mod sitemap;
mod term;
mod value;
mod words;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::config::FeedFormat;
use crate::model::diagnostic::{Checked, Diagnostic, Place};
use crate::model::mail::{Form, Medium};
use crate::model::page::{Content, Page};
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::{Bytes, Span};
use crate::model::view::View;

pub(crate) use form::forms;
pub(crate) use shared::{Shared, site_view};

/// A sort of pages: which addresses it has.
pub(crate) type Plan = fn(&Site, &mut Claims<'_>);

/// Every sort of pages. A new one is a file in this folder and its line here.
const PLANS: &[Plan] = &[
    document::routes,
    list::routes,
    term::routes,
    matrix::routes,
    register::routes,
    index::routes,
    archive::routes,
    feed::routes,
    form::routes,
    search::routes,
    sitemap::routes,
    redirect::routes,
    not_found::routes,
    file::routes,
];

/// What is at an address.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// The entry of that position.
    Document(usize),
    /// A home page for a site whose content has none.
    Home,
    /// A form for mail of the issue of that position.
    Form(usize, Form),
    /// A page, from 1, of the list of that position.
    List(usize, usize),
    /// The terms of the facet of that position.
    Terms(usize),
    /// A page, from 1, of a term of a facet.
    Term(usize, usize, usize),
    /// The matrix of that position.
    Matrix(usize),
    /// A register, by position in its kind, of the list of that position.
    Register(usize, usize),
    /// The index of the list of that position.
    Index(usize),
    /// The archive: whole, of a year, of a month.
    Archive(Option<i16>, Option<i8>),
    /// A feed.
    Feed(Stream, FeedFormat),
    /// The page of the search.
    Search,
    /// A file of the search.
    SearchFile(search::File),
    /// The sitemap, or its index.
    Sitemap,
    /// A part, from 1, of a sitemap that is too large for one file.
    SitemapPart(usize),
    /// robots.txt
    Robots,
    /// _redirects
    Redirects,
    /// A page that leads to another address.
    Alias(Arc<str>),
    /// What is shown where nothing is.
    NotFound,
    /// A file that is passed on.
    File(Bytes),
}

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// The site.
    Site,
    /// A list.
    List(usize),
    /// A term of a facet.
    Term(usize, usize),
}

/// Every address of the site.
pub(crate) type Routes = BTreeMap<Route, Item>;

/// Addresses, while they are given out.
pub(crate) struct Claims<'a> {
    site: &'a Site,
    routes: Routes,
    /// Who claimed an address, where the item does not say it.
    places: BTreeMap<Route, Place>,
    found: Vec<Diagnostic>,
}

impl Claims<'_> {
    /// Claims an address for each document, first of all.
    fn documents(&mut self, claims: impl Iterator<Item = (Route, Item, Option<Place>)>) {
        let mut claims: Vec<(Route, Item, Option<Place>)> = claims.collect();
        claims.par_sort_by(|one, other| one.0.cmp(&other.0));
        // What is sorted is put into a map in one go; doubles are told one by one.
        if claims.windows(2).any(|it| it[0].0 == it[1].0) {
            return claims.into_iter().for_each(|(route, item, place)| self.claim(route, item, place));
        }
        self.places = claims.iter().filter_map(|(route, _, place)| Some((route.clone(), place.clone()?))).collect();
        self.routes = claims.into_iter().map(|(route, item, _)| (route, item)).collect();
    }

    /// Claims an address. What comes second does not get it, and it is said. The place of a document is known by its item.
    fn claim(&mut self, route: Route, item: Item, place: Option<Place>) {
        match self.routes.entry(route) {
            Slot::Vacant(free) => {
                self.places.extend(place.map(|it| (free.key().clone(), it)));
                free.insert(item);
            }
            Slot::Occupied(taken) => {
                let place = place.or_else(|| document::place(self.site, &item));
                let other = document::place(self.site, taken.get()).or_else(|| self.places.get(taken.key()).cloned());
                let what = match (&place, &other) {
                    (None, None) => "two generated pages have the same address",
                    _ => "this address is already taken",
                };
                let message = format!("{what}: `{}`", taken.key());
                let (place, other) = if place.is_none() { (other, None) } else { (place, other) };
                let word = other.as_ref().map(|it| format!("by {}", it.path));
                let mut diagnostic = Diagnostic::error("duplicate-address", place, message).help(word.map_or_else(
                    || "a list, an archive or a static file has it; give the document another `slug`".to_owned(),
                    |it| format!("it is taken {it}; give one of them another `slug`"),
                ));
                diagnostic.related.extend(other.map(|it| (it, "the other one".to_owned())));
                self.found.push(diagnostic);
            }
        }
    }
}

/// Returns every address of the site. Gives `duplicate-address`.
pub(crate) fn routes(site: &Site) -> Checked<Routes> {
    let mut claims = Claims { site, routes: Routes::new(), places: BTreeMap::new(), found: Vec::new() };
    for routes in PLANS {
        routes(site, &mut claims);
    }
    let Claims { routes, places, mut found, .. } = claims;
    let place = |route: &Route, item: &Item| document::place(site, item).or_else(|| places.get(route).cloned());
    for (route, item) in routes.iter().filter(|(it, _)| !it.as_str().ends_with('/')) {
        let folder = Route::new(format!("{route}/"));
        if let Some((below, other)) =
            routes.range(folder.clone()..).next().filter(|it| it.0.as_str().starts_with(folder.as_str()))
        {
            let message = format!("`{route}` is a file, so there can't be `{below}`");
            let at = place(route, item).or_else(|| place(below, other));
            found.push(Diagnostic::error("duplicate-address", at, message).help("give one of them another address"));
        }
    }
    Checked { value: routes, diagnostics: found }
}

/// All that a page is planned from.
pub(crate) struct Planner<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// Every address.
    pub(crate) routes: &'a Routes,
    /// What many pages share.
    pub(crate) shared: &'a Shared,
    /// What bodies are filled for.
    pub(crate) medium: Medium,
    /// Draws a component: its name, what for, its arguments, and the document that it is in.
    pub(crate) draw: &'a dyn Fn(&str, Medium, View, &Place) -> Checked<String>,
    /// What was noticed.
    pub(crate) found: RefCell<Vec<Diagnostic>>,
}

/// Returns what is at an address.
pub(crate) fn page(planner: Planner<'_>, route: &Route) -> Checked<Page> {
    let item = planner.routes.get(route).expect("only addresses of the site are asked for");
    let (origin, content): (Arc<str>, Content) = match item {
        Item::Document(entry) => document::page(&planner, *entry),
        Item::Form(issue, form) => form::page(&planner, *issue, *form),
        Item::Home => document::bare_home(&planner, route),
        Item::List(list, number) => list::page(&planner, *list, *number, route),
        Item::Terms(facet) => term::index(&planner, *facet, route),
        Item::Term(facet, term, number) => term::page(&planner, *facet, *term, *number, route),
        Item::Matrix(at) => matrix::page(&planner, *at, route),
        Item::Register(list, position) => register::page(&planner, *list, *position, route),
        Item::Index(list) => index::page(&planner, *list),
        Item::Archive(year, month) => archive::page(&planner, *year, *month, route),
        Item::Feed(stream, format) => feed::page(&planner, *stream, *format, route),
        Item::Search => search::page(&planner, route),
        Item::SearchFile(file) => search::file(&planner, *file),
        Item::Sitemap => sitemap::whole(&planner),
        Item::SitemapPart(part) => sitemap::part(&planner, *part),
        Item::Robots => sitemap::robots(&planner),
        Item::Redirects => redirect::table(&planner),
        Item::Alias(to) => redirect::page(&planner, to, route),
        Item::NotFound => not_found::page(&planner, route),
        Item::File(bytes) => (route.as_str().into(), Content::Copy(bytes.clone())),
    };
    Checked { value: Page { route: route.clone(), origin, content }, diagnostics: planner.found.into_inner() }
}

/// Returns the first bytes of a file of the project.
fn start_of(path: &Arc<str>) -> Place {
    Place::new(path, Span::default())
}
