//! Which files beside documents are published, and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Checked, Diagnostic, Place};
use crate::model::document::Shape;
use crate::model::mention::What;
use crate::model::name::nfc;
use crate::model::portable;
use crate::model::route::Route;
use crate::model::site::{Site, file_path};
use crate::model::source::{Asset, Sources, Span};

/// Returns the files of `content/` that are published: those in the folder of a published document, and those that a
/// published document names. A file of a document that is left out is left out with it.
///
/// Gives `file-name-character`, `unportable-name`, `active-file`.
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
        match portable::file(&asset.path, &format!("{route}{}", &asset.path[owner.len() + 1..])) {
            Ok(route) => add(&mut files, route, asset),
            Err(fault) => found.push(*fault),
        }
    }
    let by_form = |it: &'_ Asset| (!it.path.is_ascii()).then(|| nfc(&it.path).into_owned());
    let other_form: BTreeMap<String, &Asset> =
        sources.assets_in("content/").filter_map(|it| Some((by_form(it)?, it))).collect();
    let above = site.lists.iter().filter_map(|it| it.above.as_ref());
    for document in site.entries.iter().map(|it| &it.document).chain(above) {
        for mention in document.mentions.iter().filter(|it| matches!(it.what, What::Link | What::File)) {
            let Some(path) = file_path(document, &mention.written) else { continue };
            let asset = sources.assets.get(path.as_str()).or_else(|| other_form.get(&*nfc(&path)).copied());
            let Some(asset) = asset.filter(|it| it.path.starts_with("content/")) else { continue };
            if files.contains_key(&*nfc(&path)) || owner(&owners, &asset.path).is_some() {
                continue;
            }
            match portable::file(&asset.path, &asset.path["content".len()..]) {
                Ok(route) => add(&mut files, route, asset),
                Err(fault) => found.push(*fault),
            }
        }
    }
    if !site.config.scripts {
        found.extend(files.values().filter_map(|(_, asset)| active(asset)));
    }
    Checked { value: files, diagnostics: found }
}

fn add(files: &mut BTreeMap<Arc<str>, (Route, Asset)>, route: Route, asset: &Asset) {
    let key = if asset.path.is_ascii() { asset.path.clone() } else { nfc(&asset.path).into() };
    files.insert(key, (route, asset.clone()));
}

/// Files that a browser opens as a page, with all its code, and those that hide what is in them.
const PAGES: [&str; 9] = ["html", "htm", "xhtml", "xht", "shtml", "mhtml", "mht", "hta", "svgz"];

/// Says that a file would run code in the browser of whoever opens it, with all that the site may do there.
fn active(asset: &Asset) -> Option<Diagnostic> {
    let ending = asset.path.rsplit_once('.').map_or("", |it| it.1);
    let message = match &asset.script {
        Some(script) => format!("`{}` could run code in readers' browsers: {script}", asset.path),
        None if PAGES.iter().any(|it| it.eq_ignore_ascii_case(ending)) => {
            format!("`{}` would be a page of its own, and could run code in readers' browsers", asset.path)
        }
        None => return None,
    };
    let help = "export it again without code, or as a picture or PDF; the owner of the site may put it into `static/`, or \
                allow all such files with `scripts = true` under `[files]` in site.toml";
    Some(Diagnostic::error("active-file", Place::new(&asset.path, Span::default()), message).help(help))
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
