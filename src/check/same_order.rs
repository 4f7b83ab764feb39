//! Neighbours with one number: which comes first is then decided by their titles, which nobody wanted to say.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::document::Shape;
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "same-order", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<(&str, &str, &str, i64), Place> = BTreeMap::new();
    let mut entries: Vec<_> = site.entries.iter().map(|it| &it.document).collect();
    entries.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    for document in entries {
        // Where the order shows: in the list of its kind, or between the chapters of a folder.
        let fields: &[&str] = match document.kind.list {
            true => &[&document.kind.order.field],
            false if document.shape == Shape::File && !document.folder.is_empty() => &["order", "weight"],
            false => &[],
        };
        let named = fields.iter().find_map(|it| Some((*it, document.values.integer(it)?)));
        let Some((name, number)) = named else { continue };
        let lang = document.values.text("lang").unwrap_or_default();
        let place = document.value_place(FieldPath::default().join(name));
        let key = (&*document.kind.name, &*document.folder, lang, number);
        match taken.get(&key) {
            None => _ = taken.insert(key, place),
            Some(other) => {
                let message = format!("a neighbour has `{name}: {number}` too, so their titles decide");
                let fault = Diagnostic::advice("same-order", place, message).see(other.clone(), "the other is here");
                found.push(fault.help("give each a number of its own"));
            }
        }
    }
}
