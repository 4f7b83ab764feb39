//! A name that is written in two ways, as `Ann Smith` and `ann smith`, or two names that have one address, as `C#` and `C++`: their
//! pages are one, under whichever comes first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::document::Document;
use crate::model::site::Site;
use crate::model::value::{Reference, Value};

use super::{Known, Rule};

/// The ways in which one name is written.
type Names<'a> = BTreeSet<&'a Arc<str>>;

pub(super) const RULE: Rule = Rule { code: "similar-names", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut terms: BTreeMap<(&Arc<str>, &Arc<str>), Names<'_>> = BTreeMap::new();
    for facet in &site.facets {
        for term in facet.terms.iter().filter(|it| !it.names.is_empty()) {
            terms.entry((&facet.field, &term.slug)).or_default().extend(&term.names);
        }
    }
    for ((field, _), names) in terms.into_iter().filter(|(_, it)| it.len() > 1) {
        written_twice(site, field, &names, found);
    }
}

/// Tells of every way of writing a name but the first, in the order of paths, so that it does not depend on dates.
fn written_twice(site: &Site, field: &str, names: &Names<'_>, found: &mut Vec<Diagnostic>) {
    let mut all = Vec::new();
    for document in site.entries.iter().map(|it| &it.document) {
        let Some(value) = document.values.get(field) else { continue };
        let list = matches!(value, Value::List(_));
        let own = value.items().iter().enumerate().filter_map(|(at, it)| Some((at, name(it)?)));
        all.extend(own.filter(|it| names.contains(it.1)).map(|(position, name)| At { document, list, position, name }));
    }
    all.sort_by_key(|it| (&it.document.source.path, it.position));
    let Some(first) = all.first() else { return };
    for at in all.iter().filter(|it| it.name != first.name) {
        let (message, help) = match plain(at.name) == plain(first.name) {
            true => (format!("`{}` is written `{}` elsewhere", at.name, first.name), "write it in one way"),
            false => (
                format!("`{}` has the same address as `{}`, so the two share one page", at.name, first.name),
                "if they are two, give one a name that differs in letters or digits, such as `C Sharp` for `C#`",
            ),
        };
        let fault = Diagnostic::warning("similar-names", at.place(field), message).help(help);
        found.push(fault.see(first.place(field), "the first is here"));
    }
}

/// Where a name is written.
struct At<'a> {
    document: &'a Document,
    /// Whether it is one of several.
    list: bool,
    position: usize,
    name: &'a Arc<str>,
}

impl At<'_> {
    fn place(&self, field: &str) -> Place {
        let path = FieldPath::default().join(field);
        self.document.value_place(if self.list { path.at(self.position) } else { path })
    }
}

/// Returns a name without what people write now so, now so: capitals, spaces, hyphens. Other signs tell names apart.
fn plain(name: &str) -> String {
    let signs = name.chars().filter(|it| !it.is_whitespace() && !matches!(it, '-' | '_' | '\'' | '\u{2019}' | '.'));
    signs.flat_map(char::to_lowercase).collect()
}

fn name(value: &Value) -> Option<&Arc<str>> {
    match value {
        Value::Text(written) => Some(written),
        Value::Reference(Reference::Outside(outside)) => Some(&outside.name),
        Value::Reference(Reference::Slug(written)) => Some(written),
        _ => None,
    }
}
