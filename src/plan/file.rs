//! Files that are passed on: static ones, and those beside documents.

use crate::model::diagnostic::Diagnostic;
use crate::model::portable;
use crate::model::route::Route;
use crate::model::site::Site;

use super::{Claims, Item, start_of};

/// The address of the list of all that was written, which no page and no file can have.
const MANIFEST: &str = "/manifest.json";

/// Every static file and every published file of `content/` has its address.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for (path, asset) in &site.theme.statics {
        match portable::file(&asset.path, path) {
            Ok(route) => claims.claim(route, Item::File(asset.bytes.clone()), Some(start_of(&asset.path))),
            Err(fault) => claims.found.push(*fault),
        }
    }
    if claims.has(&Route::new(MANIFEST)) {
        let place = site.theme.statics.get(&MANIFEST[1..]).map(|it| start_of(&it.path));
        let message = format!("`{MANIFEST}` is the list of what Folio wrote");
        claims.found.push(Diagnostic::error("duplicate-address", place, message).help("give the file another name"));
    }
    for (route, asset) in site.files.values() {
        claims.claim(route.clone(), Item::File(asset.bytes.clone()), Some(start_of(&asset.path)));
    }
}
