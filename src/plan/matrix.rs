//! The matrix of a kind: its documents by two of their fields, in the manner of an evidence gap map.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Facet, List, Site};
use crate::model::view::{Fields, View};

use super::shared::facet_label;
use super::words::sentence;
use super::{Claims, Item, Planner, term};

const TEMPLATE: &str = "matrix.html";

/// Every matrix has an address, where the theme can show it.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for (at, matrix) in site.matrices.iter().enumerate().filter(|_| site.theme.has(TEMPLATE)) {
        claims.claim(route(&site.lists[matrix.list]), Item::Matrix(at), None);
    }
}

fn route(list: &List) -> Route {
    list.route.join("matrix/")
}

/// Returns the link from a list to its matrix.
pub(super) fn link(planner: &Planner<'_>, list: &List) -> Option<View> {
    let route = route(list);
    let is_there = matches!(planner.at(&route), Some(Item::Matrix(_)));
    is_there.then(|| planner.crumb(&title(planner, list), Some(&route)))
}

fn title(planner: &Planner<'_>, list: &List) -> String {
    sentence(&planner.site.theme, "matrix.title", &[("title", &planner.list_title(list))])
}

/// Returns the page of a matrix.
pub(super) fn page(planner: &Planner<'_>, at: usize, route: &Route) -> (Arc<str>, Content) {
    let site = planner.site;
    let matrix = &site.matrices[at];
    let list = &site.lists[matrix.list];
    let title = title(planner, list);
    let mut fields = Fields::default();
    planner.address_fields(route, &title, "", &mut fields);
    fields.set("type", "matrix");
    fields.set("kind", planner.shared.kind(&list.kind));
    fields.set("total", list.entries.len());
    let (rows, columns) = (lines(planner, &matrix.rows, list), lines(planner, &matrix.columns, list));
    fields.set("row_label", facet_label(site, &matrix.rows.field));
    fields.set("column_label", facet_label(site, &matrix.columns.field));
    fields.set("columns", View::list(columns.iter().map(|it| it.view().into())));
    fields.set(
        "rows",
        View::list(rows.iter().map(|row| {
            let mut view = row.view();
            view.set("cells", View::list(columns.iter().map(|column| cell(planner, list, row, column))));
            view.into()
        })),
    );
    fields.set("feeds", planner.shared.feeds.clone());
    fields.set("breadcrumbs", planner.crumbs(&[(planner.list_title(list), &list.route)], &title));
    let origin = format!("the matrix of kind {}", list.kind.name);
    (origin.into(), Content::Template { name: TEMPLATE.into(), page: fields.into() })
}

/// A row or a column.
struct Line {
    title: String,
    url: Option<String>,
    entries: BTreeSet<usize>,
}

impl Line {
    fn view(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("title", &*self.title);
        fields.set("url", self.url.clone());
        fields.set("count", self.entries.len());
        fields
    }
}

/// Returns a line for each term of a field, and at the end one for the entries of the list that have no term.
fn lines(planner: &Planner<'_>, axis: &Facet, list: &List) -> Vec<Line> {
    let site = planner.site;
    let mut rest: BTreeSet<usize> = list.entries.iter().copied().collect();
    let has_page = |slug: &str| {
        let route = term::root(axis, slug);
        matches!(planner.at(&route), Some(Item::Term(..))).then(|| site.href(&route))
    };
    let mut lines: Vec<Line> = Vec::with_capacity(axis.terms.len() + 1);
    for term in &axis.terms {
        let entries: BTreeSet<usize> = term.entries.iter().copied().collect();
        rest.retain(|it| !entries.contains(it));
        lines.push(Line { title: term.title.to_string(), url: has_page(&term.slug), entries });
    }
    if !rest.is_empty() {
        lines.push(Line { title: site.theme.string("not-said").to_owned(), url: None, entries: rest });
    }
    lines
}

/// Returns the entries that stand in both lines, in the order of the list.
fn cell(planner: &Planner<'_>, list: &List, row: &Line, column: &Line) -> View {
    let both = |it: &&usize| row.entries.contains(it) && column.entries.contains(it);
    // Most cells are empty: look through the list only where there is something to put in order.
    let own: Vec<usize> = match row.entries.is_disjoint(&column.entries) {
        true => Vec::new(),
        false => list.entries.iter().filter(both).copied().collect(),
    };
    let mut fields = Fields::default();
    fields.set("items", planner.cards(&own));
    fields.set("count", own.len());
    fields.into()
}
