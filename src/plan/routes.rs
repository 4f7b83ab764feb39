//! Addresses: what is at each one.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::diagnostic::{Checked, Diagnostic, Place};
use crate::model::name::{ByName, Name, nfc};
use crate::model::route::{Route, is_cased, page_of};
use crate::model::site::Site;

use super::{Item, PLANS, document, list, term};

/// Every address of the site. Those of documents are in the site's index, and those of the further pages of a list follow from
/// that of its first: there are thousands, and they are gone through only where all addresses are asked for.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    /// What is no document's page and no further page of a list; where a document that leads elsewhere is, too.
    others: BTreeMap<Route, Item>,
    /// Every address, in order, made when first asked for.
    all: OnceLock<Vec<(Route, Item)>>,
}

impl Routes {
    /// Returns what is at an address.
    pub(crate) fn get(&self, site: &Site, address: &str) -> Option<Item> {
        let document = || site.entry_at(address).map(Item::Document);
        self.others.get(address).cloned().or_else(document).or_else(|| further(&self.others, site, address))
    }

    /// Returns whether something is at an address.
    pub(crate) fn has(&self, site: &Site, address: &str) -> bool {
        self.others.contains_key(address)
            || site.entry_at(address).is_some()
            || further(&self.others, site, address).is_some()
    }

    /// Returns every address, in order, with what is there.
    pub(crate) fn all(&self, site: &Site) -> &[(Route, Item)] {
        self.all.get_or_init(|| {
            let documents =
                site.index.routes.values().map(|at| (site.entries[*at].route().clone(), Item::Document(*at)));
            let documents = documents.filter(|it| !self.others.contains_key(&it.0));
            let further = self.others.iter().flat_map(|(root, item)| {
                (2..=pages(site, item)).filter_map(|it| Some((root.page(it), numbered(item, it)?)))
            });
            let further = further.filter(|it| site.entry_at(it.0.as_str()).is_none());
            let others = self.others.iter().map(|(route, item)| (route.clone(), item.clone()));
            let mut all: Vec<(Route, Item)> = documents.chain(further).chain(others).collect();
            all.par_sort_unstable_by(|one, other| one.0.cmp(&other.0));
            all
        })
    }
}

/// Returns how many pages there are from an address on: several for the first page of a list.
pub(super) fn pages(site: &Site, item: &Item) -> usize {
    match item {
        Item::List(at, 1) => list::count(site, &site.lists[*at]),
        Item::Term(at, term, 1) => term::count(site, &site.facets[*at].terms[*term]),
        _ => 1,
    }
}

/// Returns a further page of a list.
fn numbered(first: &Item, number: usize) -> Option<Item> {
    match first {
        Item::List(at, 1) => Some(Item::List(*at, number)),
        Item::Term(at, term, 1) => Some(Item::Term(*at, *term, number)),
        _ => None,
    }
}

/// Returns the further page of a list that is at an address.
fn further(others: &BTreeMap<Route, Item>, site: &Site, address: &str) -> Option<Item> {
    let (root, number) = page_of(address)?;
    let first = others.get(root).filter(|it| (2..=pages(site, it)).contains(&number))?;
    numbered(first, number)
}

/// Addresses, while they are given out. Documents have theirs already.
pub(crate) struct Claims<'a> {
    site: &'a Site,
    pub(super) others: BTreeMap<Route, Item>,
    /// How many of them are addresses of documents.
    replaced: usize,
    /// Who claimed an address, where the item does not say it.
    places: BTreeMap<Route, Place>,
    pub(super) found: Vec<Diagnostic>,
}

impl Claims<'_> {
    /// Puts what is there at the address of a document in the place of its page.
    pub(super) fn replace(&mut self, at: usize, item: Item) {
        self.others.insert(self.site.entries[at].route().clone(), item);
        self.replaced += 1;
    }

    /// Returns how many documents are pages.
    pub(super) fn documents(&self) -> usize {
        self.site.index.routes.len() - self.replaced
    }

    /// Returns whether an address is taken.
    pub(super) fn has(&self, route: &Route) -> bool {
        self.others.contains_key(route) || self.site.entry_at(route.as_str()).is_some()
    }

    /// Returns how many pages there are for people to read, documents not counted.
    pub(super) fn pages(&self, is_counted: fn(&Item) -> bool) -> usize {
        self.others.values().filter(|it| is_counted(it)).map(|it| pages(self.site, it)).sum()
    }

    /// Claims an address. What comes second does not get it, and it is said. The place of a document is known by its item.
    pub(super) fn claim(&mut self, route: Route, item: Item, place: Option<Place>) {
        // A server gives the file `about/index.html` at `/about/`.
        if let Some(folder) = route.as_str().strip_suffix("index.html").map(Route::new)
            && (self.has(&folder) || further(&self.others, self.site, folder.as_str()).is_some())
        {
            return self.refuse(&folder, self.place(&folder), place);
        }
        if let Some(at) = self.site.entry_at(route.as_str()) {
            let place = place.or_else(|| document::place(self.site, &item));
            return self.refuse(&route, place, document::place(self.site, &Item::Document(at)));
        }
        if further(&self.others, self.site, route.as_str()).is_some() {
            return self.refuse(&route, place, None);
        }
        match self.others.entry(route) {
            Slot::Vacant(free) => {
                self.places.extend(place.map(|it| (free.key().clone(), it)));
                free.insert(item);
            }
            Slot::Occupied(taken) => {
                let place = place.or_else(|| document::place(self.site, &item));
                let other = document::place(self.site, taken.get()).or_else(|| self.places.get(taken.key()).cloned());
                let route = taken.key().clone();
                self.refuse(&route, place, other);
            }
        }
    }

    /// Returns where it is written what is at an address.
    fn place(&self, route: &Route) -> Option<Place> {
        let document = self.site.entry_at(route.as_str()).map(Item::Document);
        let item = self.others.get(route).or(document.as_ref())?;
        document::place(self.site, item).or_else(|| self.places.get(route).cloned())
    }

    /// Says that an address is taken; `other` is where the one that has it says so.
    pub(super) fn refuse(&mut self, route: &Route, place: Option<Place>, other: Option<Place>) {
        let what = match (&place, &other) {
            (None, None) => "two generated pages have the same address",
            _ => "this address is already taken",
        };
        let (place, other) = if place.is_none() { (other, None) } else { (place, other) };
        let word = other.as_ref().map(|it| format!("by {}", it.path));
        let fault = Diagnostic::error("duplicate-address", place, format!("{what}: `{route}`"));
        let mut fault = fault.help(word.map_or_else(
            || "a list, an archive or a static file has it; give the document another `slug`".to_owned(),
            |it| format!("it is taken {it}; give one of them another `slug`"),
        ));
        fault.related.extend(other.map(|it| (it, "the other one".to_owned())));
        self.found.push(fault);
    }
}

/// Returns every address of the site. Gives `duplicate-address`.
pub(crate) fn routes(site: &Site) -> Checked<Routes> {
    let mut claims = Claims { site, others: BTreeMap::new(), replaced: 0, places: BTreeMap::new(), found: Vec::new() };
    for routes in PLANS {
        routes(site, &mut claims);
    }
    documents_among_pages(&mut claims);
    files_above(&mut claims);
    alike(&mut claims);
    let routes = Routes { others: claims.others, all: OnceLock::new() };
    Checked { value: routes, diagnostics: claims.found }
}

/// Says of each document that is where a further page of a list should be.
fn documents_among_pages(claims: &mut Claims<'_>) {
    for entry in claims.site.entries.iter().filter(|it| it.brief.is_numbered) {
        if further(&claims.others, claims.site, entry.route().as_str()).is_some() {
            claims.refuse(entry.route(), Some(document::own_place(&entry.document)), None);
        }
    }
}

/// Says of each file that something is below it, as if it were a folder.
fn files_above(claims: &mut Claims<'_>) {
    let site = claims.site;
    let folders = folders(site);
    let mut found = Vec::new();
    let place = |route: &Route| claims.place(route);
    let others = claims.others.keys().filter(|it| !it.as_str().ends_with('/'));
    let documents = site.entries.iter().filter(|it| it.brief.is_file).map(|it| it.route());
    for route in others.chain(documents) {
        let folder = Route::new(format!("{route}/"));
        let is_below = |it: &&Route| it.as_str().starts_with(folder.as_str());
        let other = claims.others.range(folder.clone()..).next().map(|it| it.0).filter(is_below);
        let name = Name::of(folder.as_str());
        let is_above = folders.contains_key(&name) || site.index.routes.contains_key(&name);
        let document = is_above.then(|| site.entries.iter().map(|it| it.route()).filter(is_below).min()).flatten();
        if let Some(below) = other.into_iter().chain(document).min() {
            let message = format!("`{route}` is a file, so there can't be `{below}`");
            let at = place(route).or_else(|| place(below));
            found.push(Diagnostic::error("duplicate-address", at, message).help("give one of them another address"));
        }
    }
    claims.found.extend(found);
}

/// Says of addresses that differ in small and capital letters alone, or in how an accent is written: on the disks of Windows
/// and macOS they are one file.
fn alike(claims: &mut Claims<'_>) {
    let site = claims.site;
    let documents = site.entries.iter().filter(|it| it.brief.is_cased).map(|it| it.route());
    let others = claims.others.keys().filter(|it| is_cased(it.as_str()));
    let mut same: BTreeMap<String, BTreeSet<Route>> = BTreeMap::new();
    for route in documents.chain(others) {
        same.entry(nfc(route.as_str()).to_lowercase()).or_default().insert(route.clone());
    }
    for (plain, mut routes) in same {
        let plain = Route::new(plain);
        if claims.has(&plain) {
            routes.insert(plain);
        }
        let Some(last) = routes.pop_last() else { continue };
        for route in &routes {
            let (place, other) = (claims.place(route), claims.place(&last));
            let (place, other) = if place.is_none() { (other, None) } else { (place, other) };
            let message = format!("`{route}` and `{last}` are one file where small and capital letters are the same");
            let fault = Diagnostic::error("duplicate-address", place, message);
            let mut fault = fault.help("give one of them another name: on Windows and macOS only one would be there");
            fault.related.extend(other.map(|it| (it, "the other one".to_owned())));
            claims.found.push(fault);
        }
    }
}

/// Returns the names of the folders that addresses of documents are in. Most share a few.
fn folders(site: &Site) -> ByName<()> {
    let mut folders = ByName::default();
    for entry in &site.entries {
        if folders.insert(entry.brief.folder, ()).is_none() {
            let address = entry.route().as_str().trim_end_matches('/');
            folders.extend(address.match_indices('/').map(|(end, _)| (Name::of(&address[..=end]), ())));
        }
    }
    folders
}
