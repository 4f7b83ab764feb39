//! Neighbours with one number: which comes first is then decided by their titles, which nobody wanted to say.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::document::{Document, Shape};
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "same-order", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<(&str, &str, &str, i64), Place> = BTreeMap::new();
    let mut numbered: Vec<_> =
        site.entries.iter().filter_map(|it| Some((&it.document, number(&it.document)?))).collect();
    numbered.sort_by(|(one, _), (other, _)| one.source.path.cmp(&other.source.path));
    for (document, (name, number)) in numbered {
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

/// Returns the number and its field, where the order shows: in the list of its kind, or between the chapters of a folder.
fn number(document: &Document) -> Option<(&str, i64)> {
    let fields: &[&str] = match document.kind.list {
        true => &[&document.kind.order.field],
        false if document.shape == Shape::File && !document.folder.is_empty() => &["order", "weight"],
        false => &[],
    };
    fields.iter().find_map(|it| Some((*it, document.values.integer(it)?)))
}
