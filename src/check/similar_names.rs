//! A name that is written in two ways, as `Ann Smith` and `ann smith`: its pages are one, under whichever comes first.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::document::Document;
use crate::model::site::Site;
use crate::model::slug::slug;
use crate::model::value::{Reference, Value};

use super::{Known, Rule};

/// Where each name is written.
type Ways<'a> = HashMap<&'a str, Vec<At<'a>>, rapidhash::fast::RandomState>;

/// Where a name is written.
struct At<'a> {
    document: &'a Document,
    /// Whether it is one of several.
    list: bool,
    position: usize,
}

impl At<'_> {
    fn place(&self, field: &str) -> Place {
        let path = FieldPath::default().join(field);
        self.document.value_place(if self.list { path.at(self.position) } else { path })
    }
}

pub(super) const RULE: Rule = Rule { code: "similar-names", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut fields: Vec<&Arc<str>> = site.facets.iter().map(|it| &it.field).collect();
    fields.sort();
    fields.dedup();
    let mut all: Vec<Ways<'_>> = fields.iter().map(|_| Ways::default()).collect();
    for document in site.entries.iter().map(|it| &it.document) {
        for (field, ways) in fields.iter().zip(&mut all) {
            let Some(value) = document.values.get(field) else { continue };
            for (position, name) in value.items().iter().enumerate().filter_map(|it| Some((it.0, name(site, it.1)?))) {
                ways.entry(name).or_default().push(At { document, list: matches!(value, Value::List(_)), position });
            }
        }
    }
    for (field, ways) in fields.into_iter().zip(all) {
        // Few names are many: each way of writing one is looked at once.
        let mut names: BTreeMap<String, Vec<(&str, Vec<At<'_>>)>> = BTreeMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "what is found is sorted")]
        for (name, places) in ways {
            names.entry(slug(name)).or_default().push((name, places));
        }
        for ways in names.into_values().filter(|it| it.len() > 1) {
            written_twice(field, ways, found);
        }
    }
}

/// Tells of every way of writing a name but the first, in the order of paths, so that it does not depend on dates.
fn written_twice(field: &str, ways: Vec<(&str, Vec<At<'_>>)>, found: &mut Vec<Diagnostic>) {
    let mut all: Vec<(&At<'_>, &str)> = ways.iter().flat_map(|(name, at)| at.iter().map(|it| (it, *name))).collect();
    all.sort_by_key(|(it, _)| (&it.document.source.path, it.position));
    let Some(&(first, known)) = all.first() else { return };
    for (at, name) in all.into_iter().filter(|it| it.1 != known) {
        let message = format!("`{name}` is written `{known}` elsewhere");
        let fault = Diagnostic::warning("similar-names", at.place(field), message).help("write it in one way");
        found.push(fault.see(first.place(field), "the first is here"));
    }
}

/// Returns a name that stands for itself, not for a document or a term.
fn name<'a>(site: &Site, value: &'a Value) -> Option<&'a str> {
    match value {
        Value::Reference(Reference::Outside(outside)) => Some(&outside.name),
        Value::Reference(Reference::Slug(written)) if !site.index.slugs.contains_key(written) => Some(written),
        _ => None,
    }
}
