//! Facets: the fields whose values have pages, and their terms.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, near_miss};
use crate::model::document::Document;
use crate::model::kind::{Field, Group, Kind, Type, YEAR};
use crate::model::route::Route;
use crate::model::site::{Facet, Found, List, Site, TermList};
use crate::model::slug::slug;
use crate::model::value::{Reference, Value, Values};

/// Gathers the facets of the site and of its kinds. Gives `unknown-term`.
pub(super) fn facets(site: &Site) -> Checked<Vec<Facet>> {
    let mut found = Vec::new();
    for entry in &site.entries {
        check_terms(
            site,
            &entry.document,
            &entry.document.kind.group,
            &entry.document.values,
            &FieldPath::default(),
            &mut found,
        );
    }
    let all: Vec<usize> = (0..site.entries.len()).filter(|it| site.entries[*it].document.is_listed()).collect();
    let kinds = &site.config.kinds;
    let of_site = kinds.facets.iter().map(|field| facet(site, field, None, &all, Vec::new()));
    let of_kinds = site.lists.iter().flat_map(|list| {
        let own = in_one_order(list);
        let facet = move |field| facet(site, field, Some(&list.kind), &own, Vec::new());
        list.kind.facets.iter().map(facet).collect::<Vec<_>>()
    });
    let facets = of_site.chain(of_kinds).filter(|it| !it.terms.is_empty()).collect();
    Checked { value: facets, diagnostics: found }
}

/// Returns the entries of a list in the one order of the site.
pub(super) fn in_one_order(list: &List) -> Vec<usize> {
    let mut own = list.entries.clone();
    own.sort_unstable();
    own
}

/// Returns the facet of a field, of `kind` or of the whole site. `known` are terms that it has without any entry too.
pub(super) fn facet(
    site: &Site,
    field: &Arc<str>,
    kind: Option<&Arc<Kind>>,
    entries: &[usize],
    known: Vec<TermList>,
) -> Facet {
    let mut terms: BTreeMap<Arc<str>, TermList> = known.into_iter().map(|it| (it.slug.clone(), it)).collect();
    for &at in entries {
        for term in terms_of(site, &site.entries[at].document, field) {
            let term = terms.entry(term.slug.clone()).or_insert(term);
            if term.entries.last() != Some(&at) {
                term.entries.push(at);
            }
        }
    }
    let root = kind.map_or(Route::new("/"), |it| it.route.root());
    let mut terms: Vec<TermList> = terms.into_values().collect();
    match kind.and_then(|it| choices(it, field)) {
        Some(order) => terms.sort_by_key(|it| order.iter().position(|value| *value == it.slug)),
        None if &**field == YEAR => terms.sort_by_cached_key(|it| Reverse(it.slug.clone())),
        None => terms.sort_by_cached_key(|it| (it.title.to_lowercase(), it.slug.clone())),
    }
    Facet {
        field: field.clone(),
        kind: kind.cloned(),
        route: root.join(&format!("{}/", field.replace('_', "-"))),
        terms,
    }
}

/// Returns the terms that a document has in a field, with no entries yet.
fn terms_of<'a>(site: &'a Site, document: &'a Document, field: &'a str) -> impl Iterator<Item = TermList> {
    let schema = document.kind.group.field(field);
    let year = document.date.filter(|_| field == YEAR && schema.is_none());
    let value = schema.zip(document.values.get(field));
    let terms = value.into_iter().flat_map(move |(schema, value)| {
        value.items().iter().filter_map(move |it| term(site, field, schema.item(), it))
    });
    terms.chain(year.map(|it| {
        let year: Arc<str> = format!("{:04}", it.day.year()).into();
        bare(year.clone(), year)
    }))
}

/// Returns every term that a field of a kind can have, where that is known: those of a choice, and of a vocabulary.
pub(super) fn possible(site: &Site, kind: &Kind, field: &str) -> Vec<TermList> {
    let Some(schema) = kind.group.field(field).map(Field::item) else { return Vec::new() };
    let known: Vec<&Arc<str>> = match &schema.r#type {
        Type::Choice(choices) => choices.iter().map(|it| &it.value).collect(),
        Type::Term(name) => site.vocabularies.get(name).iter().flat_map(|it| &it.terms).map(|it| &it.slug).collect(),
        _ => Vec::new(),
    };
    known.into_iter().filter_map(|it| term(site, field, schema, &Value::Text(it.clone()))).collect()
}

fn choices(kind: &Kind, field: &str) -> Option<Vec<Arc<str>>> {
    match &kind.group.field(field)?.item().r#type {
        Type::Choice(choices) => Some(choices.iter().map(|it| it.value.clone()).collect()),
        _ => None,
    }
}

/// Returns a term of which nothing but its name is known.
fn bare(slug: Arc<str>, title: Arc<str>) -> TermList {
    TermList { slug, title, description: "".into(), document: None, entries: Vec::new() }
}

/// Returns the term that a value of the field `named` stands for, with no entries yet. `field` describes the value.
fn term(site: &Site, named: &str, field: &Field, value: &Value) -> Option<TermList> {
    match (&field.r#type, value) {
        (Type::Choice(choices), Value::Text(text)) => {
            let choice = choices.iter().find(|it| it.value == *text)?;
            let key = format!("choice.{named}.{}", choice.value);
            let title = site.theme.strings.get(key.as_str()).unwrap_or(&choice.label);
            Some(bare(choice.value.clone(), title.clone()))
        }
        (Type::Term(vocabulary), Value::Text(text)) => {
            let term = site.vocabularies.get(vocabulary).and_then(|it| it.find(text));
            Some(match term {
                Some(term) => {
                    TermList { description: term.description.clone(), ..bare(term.slug.clone(), term.title.clone()) }
                }
                None => bare(slug(text).into(), text.trim().into()),
            })
        }
        (Type::Reference { to, .. }, Value::Reference(reference)) => match site.referred(reference, to) {
            Some(found) => {
                let document = site.document(found);
                let entry = if let Found::Entry(entry) = found { Some(entry) } else { None };
                let term = bare(document.slug.clone(), document.title.clone());
                Some(TermList { document: entry, description: document.summary.clone(), ..term })
            }
            None => {
                let name = match reference {
                    Reference::Slug(name) => name,
                    Reference::Outside(outside) => &outside.name,
                };
                Some(bare(slug(name).into(), name.clone()))
            }
        },
        (_, Value::Text(text)) => Some(bare(slug(text).into(), text.clone())),
        (_, Value::Month(month)) => Some(bare(month.year.to_string().into(), month.year.to_string().into())),
        _ => None,
    }
}

/// Says which terms no vocabulary has.
fn check_terms(
    site: &Site,
    document: &Document,
    group: &Group,
    values: &Values,
    at: &FieldPath,
    found: &mut Vec<Diagnostic>,
) {
    for (field, value) in group.pairs(values) {
        let inner = field.item();
        let path = || at.join(&*field.name);
        match &inner.r#type {
            Type::Term(name) => {
                let Some(vocabulary) = site.vocabularies.get(name) else { continue };
                for (index, item) in value.items().iter().enumerate() {
                    let Some(text) = item.text().filter(|it| vocabulary.find(it).is_none()) else { continue };
                    let near = near_miss(text, vocabulary.terms.iter().map(|it| &*it.slug));
                    let help = near.map_or_else(
                        || format!("add it to {}, or take one that is there", vocabulary.path),
                        |it| format!("did you mean `{it}`?"),
                    );
                    let message = format!("`{text}` is none of the {name} of {}", vocabulary.path);
                    let place = document.value_place(path().at(index));
                    found.push(Diagnostic::error("unknown-term", place, message).help(help));
                }
            }
            Type::Group(group) => {
                for (index, item) in value.items().iter().enumerate() {
                    let Value::Group(values) = item else { continue };
                    let path = if matches!(value, Value::List(_)) { path().at(index) } else { path() };
                    check_terms(site, document, group, values, &path, found);
                }
            }
            _ => {}
        }
    }
}
