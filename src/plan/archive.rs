//! The archive by year and month.

use std::sync::Arc;

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::value::Month;
use crate::model::view::{Fields, View};

use super::{Claims, Item, Planner, words};

/// The archive's address.
pub(super) fn root() -> Route {
    Route::new("/archive/")
}

fn route(year: Option<i16>, month: Option<i8>) -> Route {
    match (year, month) {
        (Some(year), Some(month)) => root().join(&format!("{year:04}/{month:02}/")),
        (Some(year), None) => root().join(&format!("{year:04}/")),
        _ => root(),
    }
}

/// The whole archive, each year, and each month have an address, where there is a document.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    let months = &site.months;
    if months.is_empty() {
        return;
    }
    claims.claim(root(), Item::Archive(None, None), None);
    let mut last = None;
    for (year, month) in months.keys().copied() {
        if last != Some(year) {
            claims.claim(route(Some(year), None), Item::Archive(Some(year), None), None);
            last = Some(year);
        }
        claims.claim(route(Some(year), Some(month)), Item::Archive(Some(year), Some(month)), None);
    }
}

/// Returns the archive: whole, of a year, or of a month.
pub(super) fn page(planner: &Planner<'_>, year: Option<i16>, month: Option<i8>, at: &Route) -> (Arc<str>, Content) {
    let site = planner.site;
    let months = &site.months;
    let archive = site.theme.string("archive").to_owned();
    let name = |year: i16, month: Option<i8>| words::month(&site.theme, Month { year, month });
    let title = year.map_or_else(|| archive.clone(), |it| format!("{archive}: {}", name(it, month)));
    let mut fields = Fields::default();
    planner.address_fields(at, &title, "", &mut fields);
    fields.set("type", "archive");
    fields.set(
        "level",
        if month.is_some() {
            "month"
        } else if year.is_some() {
            "year"
        } else {
            "all"
        },
    );
    fields.set("year", year.map(i64::from));
    fields.set("month", year.zip(month).map(|(year, month)| name(year, Some(month))));
    let own =
        || months.iter().rev().filter(|((y, m), _)| year.is_none_or(|it| it == *y) && month.is_none_or(|it| it == *m));
    let mut years: Vec<(i16, usize, Vec<View>)> = Vec::new();
    let mut groups: Vec<(Month, Vec<usize>)> = Vec::new();
    for ((y, m), entries) in own() {
        let mut view = Fields::default();
        view.set("title", name(*y, Some(*m)));
        view.set("url", site.href(&route(Some(*y), Some(*m))));
        view.set("count", entries.len());
        match years.last_mut() {
            Some((last, count, views)) if last == y => {
                *count += entries.len();
                views.push(view.into());
            }
            _ => years.push((*y, entries.len(), vec![view.into()])),
        }
        let key = Month { year: *y, month: year.map(|_| *m) };
        match groups.last_mut() {
            Some((last, all)) if *last == key => all.extend(entries),
            _ => groups.push((key, entries.clone())),
        }
    }
    fields.set(
        "years",
        View::list(years.into_iter().map(|(year, count, months)| {
            let mut view = Fields::default();
            view.set("year", i64::from(year));
            view.set("url", site.href(&route(Some(year), None)));
            view.set("count", count);
            view.set("months", View::list(months));
            view.into()
        })),
    );
    fields.set(
        "groups",
        View::list(groups.into_iter().map(|(Month { year, month }, entries)| {
            let mut view = Fields::default();
            view.set("title", name(year, month));
            view.set("url", site.href(&route(Some(year), month)));
            view.set("items", planner.cards(&entries));
            view.into()
        })),
    );
    fields.set("feeds", planner.shared.feeds.clone());
    let (root, of_year) = (root(), route(year, None));
    let mut above: Vec<(String, &Route)> = Vec::new();
    if year.is_some() {
        above.push((archive, &root));
    }
    if let Some(year) = year.filter(|_| month.is_some()) {
        above.push((name(year, None), &of_year));
    }
    let last = year.map_or_else(|| title.clone(), |it| name(it, month));
    fields.set("breadcrumbs", planner.crumbs(&above, &last));
    ("the archive".into(), Content::Template { name: "archive.html".into(), page: fields.into() })
}
