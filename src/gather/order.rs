//! The order of lists, neighbours, and the ways to find documents.

use std::cmp::Reverse;
use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rapidhash::fast::RandomState;

use crate::model::document::{Document, Shape};
use crate::model::kind::Order;
use crate::model::route::Route;
use crate::model::site::{Entry, Found, Index, Site};
use crate::model::value::{Date, Month, Value};

/// Puts entries in order: by the field, those without it last, and in the one order of the site where it is equal.
pub(super) fn sort(own: &mut [usize], entries: &[Entry], order: &Order) {
    let key = |it: usize| Key::of(&entries[it].document, &order.field);
    let mut keyed: Vec<(Key, usize)> = own.iter().map(|it| (key(*it), *it)).collect();
    keyed.sort_by(|(one, at), (other, also)| {
        let missing = (*one == Key::None).cmp(&(*other == Key::None));
        let by_key = if order.down { Reverse(one).cmp(&Reverse(other)) } else { one.cmp(other) };
        missing.then(by_key).then(at.cmp(also))
    });
    own.iter_mut().zip(keyed).for_each(|(place, (_, it))| *place = it);
}

/// What entries are ordered by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    None,
    Integer(i64),
    Date(Date),
    Month(Month),
    Text(String),
}

impl Key {
    fn of(document: &Document, field: &str) -> Key {
        match (field, document.values.get(field)) {
            ("title", _) => Key::Text(document.title.to_lowercase()),
            ("date", _) => document.date.map_or(Key::None, Key::Date),
            (_, Some(Value::Integer(it))) => Key::Integer(*it),
            (_, Some(Value::Date(it))) => Key::Date(*it),
            (_, Some(Value::Month(it))) => Key::Month(*it),
            (_, Some(Value::Text(it))) => Key::Text(it.to_lowercase()),
            _ => Key::None,
        }
    }
}

/// Makes the ways to find documents.
pub(super) fn index(site: &Site) -> Index {
    let (mut index, routes) = rayon::join(|| names(site), || routes(site));
    index.routes = routes;
    index
}

fn routes(site: &Site) -> HashMap<Route, usize, RandomState> {
    let mut routes = HashMap::with_capacity_and_hasher(site.entries.len(), RandomState::default());
    for (at, entry) in site.entries.iter().enumerate() {
        routes.entry(entry.route.clone()).or_insert(at);
    }
    routes
}

fn names(site: &Site) -> Index {
    let all = site.entries.len() + site.left_out.len();
    let mut index = Index {
        paths: HashMap::with_capacity_and_hasher(all, RandomState::default()),
        slugs: HashMap::with_capacity_and_hasher(all, RandomState::default()),
        namesakes: HashMap::default(),
        routes: HashMap::default(),
    };
    let entries = site.entries.iter().enumerate().map(|(at, it)| (&it.document, Found::Entry(at)));
    let above = site.lists.iter().enumerate().filter_map(|(at, it)| Some((it.above.as_ref()?, Found::Above(at))));
    let left_out = site.left_out.iter().enumerate().map(|(at, it)| (&it.document, Found::LeftOut(at)));
    for (document, found) in entries.chain(above).chain(left_out) {
        index.paths.insert(document.source.path.clone(), found);
        if document.shape != Shape::Root {
            let own = (document.kind.name.clone(), found);
            match index.slugs.entry(document.slug.clone()) {
                Slot::Vacant(free) => _ = free.insert(own),
                Slot::Occupied(taken) => index.namesakes.entry(taken.key().clone()).or_default().push(own),
            }
        }
    }
    index
}

/// Returns the entries of the kinds that are in the archive, by year and month.
pub(super) fn months(site: &Site) -> BTreeMap<(i16, i8), Vec<usize>> {
    let mut months: BTreeMap<(i16, i8), Vec<usize>> = BTreeMap::new();
    for (at, document) in site.entries.iter().map(|it| &it.document).enumerate() {
        if let Some(date) = document.date.filter(|_| document.kind.archive && document.is_listed()) {
            months.entry((date.day.year(), date.day.month())).or_default().push(at);
        }
    }
    months
}

/// Sets the neighbours: in the list of the kind, or, for kinds without one, among the pages of the same folder.
pub(super) fn neighbours(site: &mut Site) {
    let lists: Vec<Vec<usize>> = site.lists.iter().map(|it| it.entries.clone()).collect();
    for (own, down) in lists.iter().zip(site.lists.iter().map(|it| it.kind.order.down).collect::<Vec<_>>()) {
        link(&mut site.entries, own, down);
    }
    let mut folders: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    for (at, entry) in site.entries.iter().enumerate() {
        let document = &entry.document;
        if !document.kind.list && document.shape == Shape::File && !document.folder.is_empty() {
            folders.entry(document.folder.clone()).or_default().push(at);
        }
    }
    for mut own in folders.into_values() {
        own.sort_by(|one, other| chapter(&site.entries[*one]).cmp(&chapter(&site.entries[*other])));
        link(&mut site.entries, &own, false);
    }
}

/// The order of pages of one folder: by `order` or `weight`, then by title.
fn chapter(entry: &Entry) -> (i64, String) {
    let values = &entry.document.values;
    let number = values.integer("order").or_else(|| values.integer("weight")).unwrap_or(i64::MAX);
    (number, entry.document.title.to_lowercase())
}

/// Links neighbours; in a list that begins with the newest, the next one stands above.
fn link(entries: &mut [Entry], own: &[usize], newest_first: bool) {
    for pair in own.windows(2) {
        let (before, after) = if newest_first { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
        entries[before].next = Some(after);
        entries[after].previous = Some(before);
    }
}

/// Puts positions in the one order, each once.
pub(super) fn once(positions: &mut Vec<usize>) {
    positions.sort_unstable();
    positions.dedup();
}
