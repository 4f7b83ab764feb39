//! What readers see where nothing is.

use std::sync::Arc;

use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::view::Fields;

use super::{Claims, Item, Planner};

/// There is one, where servers look for it.
pub(super) fn routes(_: &Site, claims: &mut Claims<'_>) {
    claims.claim(Route::new("/404.html"), Item::NotFound, None);
}

/// Returns the page.
pub(super) fn page(planner: &Planner<'_>, route: &Route) -> (Arc<str>, Content) {
    let mut fields = Fields::default();
    let title = planner.site.theme.string("not-found").to_owned();
    planner.address_fields(route, &title, "", &mut fields);
    fields.set("type", "404");
    fields.set("feeds", planner.shared.feeds.clone());
    fields.set("breadcrumbs", planner.crumbs(&[], &title));
    ("404.html".into(), Content::Template { name: "404.html".into(), page: fields.into() })
}
