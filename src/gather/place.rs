//! Which documents are published, and where each one stands.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::model::config::Config;
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath};
use crate::model::document::{Document, Shape};
use crate::model::kind::Kind;
use crate::model::route::{Part, Route};
use crate::model::site::{Entry, LeftOut, List, State, Why};

use super::order;

/// The documents, placed.
pub(super) struct Placed {
    pub(super) entries: Vec<Entry>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) lists: Vec<List>,
    pub(super) home: Option<usize>,
}

/// Places the documents. Gives `no-date-in-address`.
pub(super) fn documents(config: &Config, documents: Vec<Arc<Document>>) -> Checked<Placed> {
    let mut found = Vec::new();
    let mut entries = Vec::with_capacity(documents.len());
    let mut left_out = Vec::new();
    let mut above: BTreeMap<Arc<str>, Arc<Document>> = BTreeMap::new();
    let standings: Vec<Standing> = documents.par_iter().map(|it| standing(it, config)).collect();
    for (document, standing) in documents.into_iter().zip(standings) {
        match standing {
            Standing::LeftOut(why) => left_out.push(LeftOut { document, why }),
            Standing::Above(kind) => _ = above.insert(kind, document),
            Standing::At(state, route, faults) => {
                found.extend(faults);
                entries.push(entry(document, route, state));
            }
        }
    }
    entries.par_sort_by_cached_key(|it| {
        let date = it.document.date;
        (date.is_none(), date.map(Reverse), it.route.clone(), it.document.source.path.clone())
    });
    let lists = config.kinds.all.iter().filter(|it| it.list).map(|kind| list(kind, &entries, above.remove(&kind.name)));
    let lists = lists.collect();
    let home = entries.iter().position(|it| it.route.as_str() == "/");
    Checked { value: Placed { entries, left_out, lists, home }, diagnostics: found }
}

/// Where a document stands.
enum Standing {
    LeftOut(Why),
    /// Above the list of the kind of that name.
    Above(Arc<str>),
    At(State, Route, Vec<Diagnostic>),
}

fn standing(document: &Document, config: &Config) -> Standing {
    match (state(document, config), &document.above) {
        (Err(why), _) => Standing::LeftOut(why),
        // A translation of it is a page of its own, under its language.
        (Ok(_), Some(kind)) if kind.list && document.name_lang.is_none() => Standing::Above(kind.name.clone()),
        (Ok(state), _) => {
            let mut found = Vec::new();
            let route = route(document, &mut found);
            Standing::At(state, route, found)
        }
    }
}

fn entry(document: Arc<Document>, route: Route, state: State) -> Entry {
    Entry {
        document,
        route,
        state,
        previous: None,
        next: None,
        backlinks: Vec::new(),
        inverse: BTreeMap::new(),
        card: OnceLock::new(),
        feed: OnceLock::new(),
    }
}

/// Returns how a document is shown, or why it is not.
fn state(document: &Document, config: &Config) -> Result<State, Why> {
    let now = config.options.now;
    let values = &document.values;
    let draft = values.is("draft");
    if draft && !config.options.drafts {
        return Err(Why::Draft);
    }
    let appears = document.date.max(values.date("publish_after")).filter(|it| it.instant > now);
    if let Some(date) = appears
        && !config.options.future
    {
        return Err(Why::Future(date));
    }
    let expired = values.date("expires").filter(|it| it.instant <= now);
    match expired {
        Some(date) if values.is("remove") => Err(Why::Expired(date)),
        _ => Ok(State { draft, scheduled: appears, expired: expired.is_some() }),
    }
}

/// Returns the address of a document: its `permalink`, or what its kind's pattern gives.
fn route(document: &Document, found: &mut Vec<Diagnostic>) -> Route {
    if let Some(written) = document.values.text("permalink").and_then(Route::parse) {
        return written;
    }
    let lang = document.name_lang.as_deref();
    let mut address = String::new();
    if document.shape == Shape::Root {
        // Above a kind that has no list there is only this page.
        let root = document.above.as_ref().map_or(Route::new("/"), |it| it.route.root());
        address.push_str(root.as_str());
    } else {
        if document.kind.route.needs_date() && document.date.is_none() {
            let message = format!("the address of a {} needs its `date`", document.kind.label.to_lowercase());
            found.push(
                Diagnostic::error("no-date-in-address", document.value_place(FieldPath::default()), message)
                    .help("add `date:` with the day it was published"),
            );
        }
        document.kind.route.0.iter().for_each(|part| push_part(&mut address, part, document));
    }
    // A translation stands beside its original, under its language.
    if let Some(lang) = lang
        && !document.kind.route.0.contains(&Part::Lang)
    {
        address.insert_str(0, &format!("/{lang}"));
    }
    Route::parse(&address).unwrap_or_else(|| Route::new("/untitled/"))
}

fn push_part(address: &mut String, part: &Part, document: &Document) {
    let day = document.date.map(|it| it.day);
    match part {
        Part::Text(text) => address.push_str(text),
        Part::Slug => address.push_str(&document.slug),
        Part::Year => address.push_str(&day.map_or_else(|| "undated".to_owned(), |it| format!("{:04}", it.year()))),
        Part::Month => address.push_str(&day.map_or_else(|| "00".to_owned(), |it| format!("{:02}", it.month()))),
        Part::Lang => address.push_str(document.values.text("lang").unwrap_or_default()),
        Part::Folder => address.push_str(&document.folder),
        Part::Path => {
            address.push_str(&document.folder);
            address.push('/');
            address.push_str(&document.slug);
        }
    }
}

fn list(kind: &Arc<Kind>, entries: &[Entry], above: Option<Arc<Document>>) -> List {
    let mut own: Vec<usize> = {
        let own = |it: &usize| entries[*it].document.kind.name == kind.name && entries[*it].document.is_listed();
        (0..entries.len()).filter(own).collect()
    };
    order::sort(&mut own, entries, &kind.order);
    List { kind: kind.clone(), entries: own, above, route: kind.route.root() }
}
