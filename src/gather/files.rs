//! Which files beside documents are published, and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Checked, Diagnostic, Place};
use crate::model::document::Shape;
use crate::model::mention::What;
use crate::model::route::Route;
use crate::model::site::{Site, file_path};
use crate::model::source::{Asset, Sources, Span};

/// Returns the files of `content/` that are published: those in the folder of a published document, and those that a
/// published document names. A file of a document that is left out is left out with it.
///
/// Gives `file-name-character`.
pub(super) fn published(site: &Site, sources: &Sources) -> Checked<BTreeMap<Arc<str>, (Route, Asset)>> {
    let mut files = BTreeMap::new();
    let mut found = Vec::new();
    if sources.assets_in("content/").next().is_none() {
        return Checked { value: files, diagnostics: found };
    }
    let mut owners: BTreeMap<&str, Option<&Route>> = BTreeMap::new();
    for entry in site.entries.iter().filter(|it| it.brief.shape == Shape::Folder) {
        owners.insert(folder(&entry.document.source.path), Some(entry.route()));
    }
    for left in site.left_out.iter().filter(|it| it.brief.shape == Shape::Folder) {
        owners.entry(folder(&left.document.source.path)).or_insert(None);
    }
    for asset in sources.assets_in("content/") {
        let Some((owner, Some(route))) = owner(&owners, &asset.path) else { continue };
        match Route::of_file(&format!("{route}{}", &asset.path[owner.len() + 1..])) {
            Some(route) => _ = files.insert(asset.path.clone(), (route, asset.clone())),
            None => {
                let message =
                    format!("the name `{}` holds one of `?`, `#`, `%`, `:`, which no address can", asset.path);
                let place = Place::new(&asset.path, Span::default());
                found.push(Diagnostic::error("file-name-character", place, message).help("rename it"));
            }
        }
    }
    let above = site.lists.iter().filter_map(|it| it.above.as_ref());
    for document in site.entries.iter().map(|it| &it.document).chain(above) {
        for mention in document.mentions.iter().filter(|it| matches!(it.what, What::Link | What::File)) {
            let Some(path) = file_path(document, &mention.written) else { continue };
            let Some(asset) = sources.assets.get(path.as_str()).filter(|it| it.path.starts_with("content/")) else {
                continue;
            };
            let free = !files.contains_key(path.as_str()) && owner(&owners, &path).is_none();
            if free && let Some(route) = Route::of_file(&path["content".len()..]) {
                files.insert(asset.path.clone(), (route, asset.clone()));
            }
        }
    }
    Checked { value: files, diagnostics: found }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |it| it.0)
}

/// Returns the nearest folder above `path` that is a document's.
fn owner<'a, 'b>(owners: &BTreeMap<&'a str, Option<&'b Route>>, path: &str) -> Option<(&'a str, Option<&'b Route>)> {
    let mut at = folder(path);
    while !at.is_empty() {
        if let Some((owner, route)) = owners.get_key_value(at) {
            return Some((owner, *route));
        }
        at = folder(at);
    }
    None
}
