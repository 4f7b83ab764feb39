//! Which documents are published, and where each one stands.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::model::config::Config;
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath};
use crate::model::document::{Document, Shape};
use crate::model::route::Route;
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
            Standing::At(state) => {
                found.extend(dateless(&document));
                entries.push(entry(document, state));
            }
        }
    }
    entries.par_sort_by_cached_key(|it| {
        let date = it.document.date;
        (date.is_none(), date.map(Reverse), it.route.clone(), it.document.source.path.clone())
    });
    let lists = lists(config, &entries, above);
    let home = entries.iter().position(|it| it.route.as_str() == "/");
    Checked { value: Placed { entries, left_out, lists, home }, diagnostics: found }
}

/// Where a document stands.
enum Standing {
    LeftOut(Why),
    /// Above the list of the kind of that name.
    Above(Arc<str>),
    At(State),
}

fn standing(document: &Document, config: &Config) -> Standing {
    match (state(document, config), &document.above) {
        (Err(why), _) => Standing::LeftOut(why),
        // A translation of it is a page of its own, under its language.
        (Ok(_), Some(kind)) if kind.list && document.name_lang.is_none() => Standing::Above(kind.name.clone()),
        (Ok(state), _) => Standing::At(state),
    }
}

fn entry(document: Arc<Document>, state: State) -> Entry {
    Entry {
        route: document.route.clone(),
        document,
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

/// Says where the pattern of addresses asks for a day, and there is none.
fn dateless(document: &Document) -> Option<Diagnostic> {
    let own = document.values.text("permalink").and_then(Route::parse).is_some() || document.shape == Shape::Root;
    if document.date.is_some() || own || !document.kind.route.needs_date() {
        return None;
    }
    let message = format!("the address of a {} needs its `date`", document.kind.label.to_lowercase());
    let fault = Diagnostic::error("no-date-in-address", document.value_place(FieldPath::default()), message);
    Some(fault.help("add `date:` with the day it was published"))
}

/// Returns the documents of each kind that has a list, in its order.
fn lists(config: &Config, entries: &[Entry], mut above: BTreeMap<Arc<str>, Arc<Document>>) -> Vec<List> {
    let mut own: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, document) in entries.iter().map(|it| &it.document).enumerate().filter(|it| it.1.is_listed()) {
        own.entry(&document.kind.name).or_default().push(at);
    }
    let kinds = config.kinds.all.iter().filter(|it| it.list);
    let lists = kinds.map(|kind| {
        let mut own = own.remove(&*kind.name).unwrap_or_default();
        order::sort(&mut own, entries, &kind.order);
        List { kind: kind.clone(), entries: own, above: above.remove(&kind.name), route: kind.route.root() }
    });
    lists.collect()
}
