//! A name that is written in two ways, as `Ann Smith` and `ann smith`: its pages are one, under whichever comes first.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::document::Document;
use crate::model::site::Site;
use crate::model::slug::slug;
use crate::model::value::{Reference, Value};

use super::{Known, Rule};

/// By each way of writing a name: the first way.
type Ways<'a> = HashMap<&'a str, &'a str, rapidhash::fast::RandomState>;

pub(super) const RULE: Rule = Rule { code: "similar-names", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut fields: Vec<&Arc<str>> = site.facets.iter().map(|it| &it.field).collect();
    fields.sort();
    fields.dedup();
    // In the order of paths, so that the first does not depend on dates.
    let mut documents: Vec<&Arc<Document>> = site.entries.iter().map(|it| &it.document).collect();
    documents.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    for field in fields {
        // Few names are many: each way of writing one is looked at once.
        let mut ways: Ways<'_> = HashMap::default();
        let mut first: BTreeMap<String, (&str, Place)> = BTreeMap::new();
        for document in &documents {
            let Some(value) = document.values.get(field) else { continue };
            for (position, name) in value.items().iter().enumerate().filter_map(|it| Some((it.0, name(site, it.1)?))) {
                let place = || {
                    let path = FieldPath::default().join(&**field);
                    document.value_place(if matches!(value, Value::List(_)) { path.at(position) } else { path })
                };
                let known =
                    *ways.entry(name).or_insert_with(|| first.entry(slug(name)).or_insert_with(|| (name, place())).0);
                if known != name {
                    let message = format!("`{name}` is written `{known}` elsewhere");
                    let fault = Diagnostic::warning("similar-names", place(), message).help("write it in one way");
                    found.push(fault.see(first[&slug(name)].1.clone(), "the first is here"));
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
