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
mod routes;
mod search;
mod shared;
mod sitemap;
mod term;
mod value;
mod withdrawn;
mod words;

use std::cell::RefCell;
use std::sync::Arc;

use crate::model::config::FeedFormat;
use crate::model::diagnostic::{Checked, Diagnostic, Place};
use crate::model::mail::{Form, Medium};
use crate::model::page::{Content, Page};
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::{Bytes, Span};
use crate::model::view::View;

pub(crate) use form::forms;
pub(crate) use routes::{Claims, Routes, routes};
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

impl Planner<'_> {
    /// Returns what is at an address.
    fn at(&self, route: &Route) -> Option<Item> {
        self.routes.get(self.site, route.as_str())
    }
}

/// Returns the page at an address.
pub(crate) fn page(planner: Planner<'_>, route: &Route) -> Checked<Page> {
    let item = planner.at(route).expect("only addresses of the site are asked for");
    let (origin, content): (Arc<str>, Content) = match &item {
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
