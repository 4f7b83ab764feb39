//! Old addresses: a page for each that leads on, and a table for servers that read one.

use std::sync::Arc;

use crate::model::address;
use crate::model::diagnostic::FieldPath;
use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Site, encode};
use crate::model::view::Fields;

use super::{Claims, Item, Planner};

/// Every alias of a published document has an address, and the table has one where there is an alias.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for entry in site.having("aliases").map(|it| it.1) {
        for (position, alias) in entry.document.values.items("aliases").iter().enumerate() {
            let place = entry.document.value_place(FieldPath::default().join("aliases").at(position));
            if let Some(route) = alias.text().and_then(Route::parse) {
                claims.claim(route, Item::Alias(entry.route().as_str().into()), Some(place));
            }
        }
    }
    if claims.others.values().any(|item| matches!(item, Item::Alias(_))) {
        claims.claim(Route::new("/_redirects"), Item::Redirects, None);
    }
}

/// Returns the page at an old address: a link that works without script, and a redirect for browsers.
pub(super) fn page(planner: &Planner<'_>, to: &str, route: &Route) -> (Arc<str>, Content) {
    let mut fields = Fields::default();
    let known = Route::parse(address::split(to).0).and_then(|it| planner.site.entry_at(it.as_str()));
    let title = known.map_or(to, |it| &*planner.site.entries[it].document.title);
    planner.address_fields(route, title, "", &mut fields);
    fields.set("type", "alias");
    fields.set("target", target(planner, to));
    fields.set(
        "canonical",
        if to.starts_with('/') {
            format!("{}{}", planner.site.config.origin, target(planner, to))
        } else {
            to.to_owned()
        },
    );
    fields.set("feeds", planner.shared.feeds.clone());
    fields.set("breadcrumbs", planner.crumbs(&[], title));
    (format!("the old address {route}").into(), Content::Template { name: "alias.html".into(), page: fields.into() })
}

fn target(planner: &Planner<'_>, to: &str) -> String {
    encode(&planner.site.based(to))
}

/// Returns the table in the form that Netlify, Cloudflare Pages and others read: `FROM TO STATUS`.
pub(super) fn table(planner: &Planner<'_>) -> (Arc<str>, Content) {
    let mut text = String::new();
    for (route, item) in planner.routes.all(planner.site) {
        if let Item::Alias(to) = item {
            text.push_str(&format!("{} {} 301\n", planner.site.href(route), target(planner, to)));
        }
    }
    ("the table of redirects".into(), Content::Text(text))
}
