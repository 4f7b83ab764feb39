//! The order of lists, neighbours, and the ways to find documents.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

use crate::model::document::Shape;
use crate::model::kind::Order;
use crate::model::name::{ByName, Name};
use crate::model::site::{Entry, Found, Index, Named, Site};
use crate::model::value::{Date, Month, Value};

/// Puts entries in order: by the field, those without it last, and in the one order of the site where it is equal.
pub(super) fn sort(own: &mut [usize], entries: &[Entry], order: &Order) {
    let key = |it: usize| Key::of(&entries[it], &order.field);
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
    fn of(entry: &Entry, field: &str) -> Key {
        match field {
            "title" => Key::Text(entry.document.title.to_lowercase()),
            "date" => entry.brief.date.map_or(Key::None, Key::Date),
            _ => Key::of_value(entry.document.values.get(field)),
        }
    }

    fn of_value(value: Option<&Value>) -> Key {
        match value {
            Some(Value::Integer(it)) => Key::Integer(*it),
            Some(Value::Date(it)) => Key::Date(*it),
            Some(Value::Month(it)) => Key::Month(*it),
            Some(Value::Text(it)) => Key::Text(it.to_lowercase()),
            _ => Key::None,
        }
    }
}

/// Makes the ways to find documents.
pub(super) fn index(site: &Site) -> Index {
    let (index, (routes, doubles)) = rayon::join(|| names(site), || routes(site));
    Index { routes, doubles, ..index }
}

fn routes(site: &Site) -> (ByName<usize>, Vec<usize>) {
    let mut routes = ByName::with_capacity_and_hasher(site.entries.len(), Default::default());
    let mut doubles = Vec::new();
    for (at, entry) in site.entries.iter().enumerate() {
        match routes.entry(entry.brief.route) {
            Slot::Vacant(free) => _ = free.insert(at),
            Slot::Occupied(_) => doubles.push(at),
        }
    }
    (routes, doubles)
}

fn names(site: &Site) -> Index {
    let all = site.entries.len() + site.left_out.len();
    let mut paths = ByName::with_capacity_and_hasher(all, Default::default());
    let mut slugs: ByName<Named> = ByName::with_capacity_and_hasher(all, Default::default());
    let mut namesakes: ByName<Vec<Named>> = ByName::default();
    let entries = site.entries.iter().enumerate().map(|(at, it)| (&it.brief, Found::Entry(at)));
    let left_out = site.left_out.iter().enumerate().map(|(at, it)| (&it.brief, Found::LeftOut(at)));
    for (brief, found) in entries.chain(left_out) {
        paths.insert(brief.path, found);
        if brief.shape != Shape::Root {
            match slugs.entry(brief.slug) {
                Slot::Vacant(free) => _ = free.insert((brief.kind, found)),
                Slot::Occupied(_) => namesakes.entry(brief.slug).or_default().push((brief.kind, found)),
            }
        }
    }
    for (at, document) in site.lists.iter().enumerate().filter_map(|(at, it)| Some((at, it.above.as_ref()?))) {
        paths.insert(Name::of_path(&document.source.path), Found::Above(at));
    }
    Index { paths, slugs, namesakes, ..Index::default() }
}

/// Returns the entries of the kinds that are in the archive, by year and month.
pub(super) fn months(site: &Site) -> BTreeMap<(i16, i8), Vec<usize>> {
    let mut months: BTreeMap<(i16, i8), Vec<usize>> = BTreeMap::new();
    for (at, brief) in site.entries.iter().map(|it| &it.brief).enumerate().filter(|it| it.1.is_listed) {
        if let Some(date) = brief.date.filter(|_| site.config.kinds.all[brief.kind].archive) {
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
    let kinds = &site.config.kinds.all;
    let chapters = site.entries.iter().enumerate();
    for (at, entry) in chapters.filter(|(_, it)| !kinds[it.brief.kind].list && it.brief.shape == Shape::File) {
        if !entry.document.folder.is_empty() {
            folders.entry(entry.document.folder.clone()).or_default().push(at);
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
