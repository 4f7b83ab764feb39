//! A name that is written in two ways, as `Ann Smith` and `ann smith`: its pages are one, under whichever comes first.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::site::{Entry, Site};
use crate::model::slug::slug;
use crate::model::value::{Reference, Value};

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "similar-names", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut fields: Vec<&Arc<str>> = site.facets.iter().map(|it| &it.field).collect();
    fields.sort();
    fields.dedup();
    for field in fields {
        let mut written: BTreeMap<String, (&str, Place)> = BTreeMap::new();
        // In the order of paths, so that the first does not depend on dates.
        let mut entries: Vec<&Entry> = site.entries.iter().collect();
        entries.sort_by(|one, other| one.document.source.path.cmp(&other.document.source.path));
        for document in entries.iter().map(|it| &it.document) {
            let Some(value) = document.values.get(field) else { continue };
            for (position, name) in value.items().iter().enumerate().filter_map(|it| Some((it.0, name(site, it.1)?))) {
                let path = FieldPath::default().join(&**field);
                let path = if matches!(value, Value::List(_)) { path.at(position) } else { path };
                let place = document.value_place(path);
                let (first, other) = written.entry(slug(name)).or_insert((name, place.clone()));
                if *first != name {
                    let message = format!("`{name}` is written `{first}` elsewhere");
                    let fault = Diagnostic::warning("similar-names", place, message);
                    found.push(fault.help("write it in one way").see(other.clone(), "the first is here"));
                }
            }
        }
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
