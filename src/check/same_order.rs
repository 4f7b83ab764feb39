//! Neighbours with one number: which comes first is then decided by their titles, which nobody wanted to say.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::document::Shape;
use crate::model::site::{Entry, Site};

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "same-order", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<(&str, &str, &str, i64), Place> = BTreeMap::new();
    let mut numbered: Vec<_> = site.entries.iter().filter_map(|it| Some((&it.document, number(site, it)?))).collect();
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
fn number<'a>(site: &'a Site, Entry { document, brief, .. }: &Entry) -> Option<(&'a str, i64)> {
    let kind = &site.config.kinds.all[brief.kind];
    let fields: &[&str] = match kind.list {
        true => &[&kind.order.field],
        false if brief.shape == Shape::File && !document.folder.is_empty() => &["order", "weight"],
        false => &[],
    };
    // The usual order is by date, which is no number.
    let mut fields = fields.iter().filter(|it| **it != "date");
    fields.find_map(|it| Some((*it, document.values.integer(it)?)))
}
