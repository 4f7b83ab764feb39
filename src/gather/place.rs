//! Which documents are published, and where each one stands.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::model::config::Config;
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath};
use crate::model::document::{Briefed, Document, Shape};
use crate::model::route::Route;
use crate::model::site::{Entry, LeftOut, List, State, Why};
use crate::model::value::Date;

use super::order::sort;

/// The documents, placed.
pub(super) struct Placed {
    pub(super) entries: Vec<Entry>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) lists: Vec<List>,
}

/// Places the documents. Gives `no-date-in-address`.
pub(super) fn documents(config: &Config, documents: Vec<Briefed>) -> Checked<Placed> {
    let mut found = Vec::new();
    let mut order: Vec<(Option<Date>, usize)> = Vec::with_capacity(documents.len());
    let mut left_out = Vec::new();
    let mut above: BTreeMap<Arc<str>, Arc<Document>> = BTreeMap::new();
    let standings: Vec<Standing> = documents.par_iter().map(|it| standing(it, config)).collect();
    for (at, (read, standing)) in documents.iter().zip(&standings).enumerate() {
        let Briefed { document, brief, .. } = read;
        match standing {
            Standing::LeftOut(why) => left_out.push(LeftOut { document: document.clone(), brief: *brief, why: *why }),
            Standing::Above(kind) => _ = above.insert(kind.clone(), document.clone()),
            Standing::At(_) => {
                found.extend(dateless(config, read));
                order.push((brief.date, at));
            }
        }
    }
    put_in_order(&mut order, &documents);
    let mut entries = Vec::with_capacity(order.len());
    let mut documents: Vec<Option<Briefed>> = documents.into_iter().map(Some).collect();
    for (_, at) in order {
        if let (Some(read), Standing::At(state)) = (documents[at].take(), &standings[at]) {
            entries.push(entry(read, *state));
        }
    }
    let lists = lists(config, &entries, above);
    Checked { value: Placed { entries, left_out, lists }, diagnostics: found }
}

/// Puts days and positions of documents in the one order of the site.
fn put_in_order(order: &mut [(Option<Date>, usize)], documents: &[Briefed]) {
    order.par_sort_unstable_by(|(one, at), (other, also)| {
        one.is_none().cmp(&other.is_none()).then_with(|| other.cmp(one)).then_with(|| {
            let key = |at: usize| (&documents[at].document.route, &documents[at].document.source.path);
            key(*at).cmp(&key(*also))
        })
    });
}

/// Where a document stands.
enum Standing {
    LeftOut(Why),
    /// Above the list of the kind of that name.
    Above(Arc<str>),
    At(State),
}

fn standing(read: &Briefed, config: &Config) -> Standing {
    let state = match state(read, config) {
        Ok(state) => state,
        Err(why) => return Standing::LeftOut(why),
    };
    // Only this is above a list; a translation of it is a page of its own, under its language.
    let above = || read.document.above.as_ref().filter(|it| it.list && read.document.name_lang.is_none());
    match (read.brief.shape == Shape::Root).then(above).flatten() {
        Some(kind) => Standing::Above(kind.name.clone()),
        None => Standing::At(state),
    }
}

fn entry(Briefed { document, brief, keys }: Briefed, state: State) -> Entry {
    Entry {
        document,
        brief,
        keys,
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
fn state(Briefed { document, brief, .. }: &Briefed, config: &Config) -> Result<State, Why> {
    let now = config.options.now;
    // Of most documents nothing is said of this, and they are not gone to.
    let date = |name: &str| brief.is_timed.then(|| document.values.date(name)).flatten();
    let draft = brief.is_draft;
    if draft && !config.options.drafts {
        return Err(Why::Draft);
    }
    let appears = brief.date.max(date("publish_after")).filter(|it| it.instant > now);
    if let Some(date) = appears
        && !config.options.future
    {
        return Err(Why::Future(date));
    }
    let expired = date("expires").filter(|it| it.instant <= now);
    match expired {
        Some(date) if document.values.is("remove") => Err(Why::Expired(date)),
        _ => Ok(State { draft, scheduled: appears, expired: expired.is_some() }),
    }
}

/// Says where the pattern of addresses asks for a day, and there is none.
fn dateless(config: &Config, Briefed { document, brief, .. }: &Briefed) -> Option<Diagnostic> {
    if brief.date.is_some() || brief.shape == Shape::Root || !config.kinds.all[brief.kind].route.needs_date() {
        return None;
    }
    if document.values.text("permalink").and_then(Route::parse).is_some() {
        return None;
    }
    let message = format!("the address of a {} needs its `date`", document.kind.label.to_lowercase());
    let fault = Diagnostic::error("no-date-in-address", document.value_place(FieldPath::default()), message);
    Some(fault.help("add `date:` with the day it was published"))
}

/// Returns the documents of each kind that has a list, in its order.
fn lists(config: &Config, entries: &[Entry], mut above: BTreeMap<Arc<str>, Arc<Document>>) -> Vec<List> {
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); config.kinds.all.len()];
    for (at, entry) in entries.iter().enumerate().filter(|it| it.1.brief.is_listed) {
        own[entry.brief.kind].push(at);
    }
    let kinds = config.kinds.all.iter().zip(own).filter(|it| it.0.list);
    let lists = kinds.map(|(kind, mut own)| {
        sort(&mut own, entries, &kind.order);
        List { kind: kind.clone(), entries: own, above: above.remove(&kind.name), route: kind.route.root() }
    });
    lists.collect()
}
