//! Facets: the fields whose values have pages, and their terms.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rapidhash::fast::RandomState;
use rayon::prelude::*;

use crate::model::document::Document;
use crate::model::kind::{Field, Kind, Type, YEAR};
use crate::model::route::Route;
use crate::model::site::{Facet, Found, List, Site, TermList};
use crate::model::slug::slug;
use crate::model::value::{Reference, Value};

/// Gathers the facets of the site and of its kinds.
pub(super) fn facets(site: &Site) -> Vec<Facet> {
    const PART: usize = 2048;
    let none = || {
        let of_site = site.config.kinds.facets.iter().map(|field| Terms::new(field, None, Vec::new()));
        let of_kinds = site
            .lists
            .iter()
            .flat_map(|list| list.kind.facets.iter().map(|field| Terms::new(field, Some(&list.kind), Vec::new())));
        of_site.chain(of_kinds).collect::<Vec<Terms<'_>>>()
    };
    let parts: Vec<Vec<Terms<'_>>> = (site.entries.par_chunks(PART).enumerate())
        .map(|(part, entries)| {
            let listed = entries.iter().enumerate().filter(|(_, it)| it.document.is_listed());
            let mut own = none();
            fill(site, &mut own, listed.map(|(at, _)| part * PART + at));
            own
        })
        .collect();
    let mut all = none();
    for part in parts {
        all.iter_mut().zip(part).for_each(|(terms, more)| terms.append(more));
    }
    all.into_iter().map(Terms::facet).filter(|it| !it.terms.is_empty()).collect()
}

/// Returns the facet of a field of a kind, over all entries of its list. `known` are terms that it has without any entry too.
pub(super) fn facet(site: &Site, list: &List, field: &Arc<str>, known: Vec<TermList>) -> Facet {
    let mut terms = [Terms::new(field, Some(&list.kind), known)];
    let mut own = list.entries.clone();
    own.sort_unstable();
    fill(site, &mut terms, own.into_iter());
    let [terms] = terms;
    terms.facet()
}

/// Adds entries, in this order, to the terms that their documents have.
fn fill<'a>(site: &'a Site, all: &mut [Terms<'a>], entries: impl Iterator<Item = usize>) {
    let mut plans: Vec<(&Arc<Kind>, Vec<Met<'a>>)> = Vec::new();
    // A document is gone to once: thousands lie all over the memory.
    for at in entries {
        let document = &site.entries[at].document;
        let plan = plans.iter().position(|it| Arc::ptr_eq(it.0, &document.kind)).unwrap_or_else(|| {
            plans.push((&document.kind, Met::of(&document.kind, all)));
            plans.len() - 1
        });
        plans[plan].1.iter_mut().for_each(|it| it.add(site, document, at, all));
    }
}

/// A field of a kind that has facets.
struct Met<'a> {
    field: &'a Arc<str>,
    /// `None` for the year of a date.
    schema: Option<&'a Field>,
    /// Which facets.
    facets: Vec<usize>,
    /// For each name that was met: the facets, and the positions of the term there.
    names: HashMap<Name<'a>, Vec<(usize, usize)>, RandomState>,
}

impl<'a> Met<'a> {
    fn of(kind: &'a Arc<Kind>, all: &[Terms<'a>]) -> Vec<Met<'a>> {
        let mut fields: Vec<Met<'a>> = Vec::new();
        let own = all.iter().enumerate().filter(|(_, it)| it.kind.is_none_or(|it| it.name == kind.name));
        for (at, Terms { field, .. }) in own {
            let schema = kind.group.field(field);
            match fields.iter_mut().find(|it| it.field == *field) {
                Some(known) => known.facets.push(at),
                None if schema.is_none() && &***field != YEAR => {}
                None => fields.push(Met { field, schema, facets: vec![at], names: HashMap::default() }),
            }
        }
        fields
    }

    fn add(&mut self, site: &'a Site, document: &'a Document, at: usize, all: &mut [Terms<'a>]) {
        let field = self.field;
        if let Some(schema) = self.schema {
            for value in document.values.get(field).into_iter().flat_map(Value::items) {
                let Some(name) = Name::of(value) else { continue };
                self.push(name, at, all, || term(site, field, schema.item(), value));
            }
        } else if let Some(date) = document.date {
            self.push(Name::Year(date.day.year()), at, all, || {
                let year: Arc<str> = format!("{:04}", date.day.year()).into();
                Some(bare(year.clone(), year))
            });
        }
    }

    /// Adds an entry to the term of a name, if it has one; `term` makes it when the name is met for the first time.
    fn push(&mut self, name: Name<'a>, at: usize, all: &mut [Terms<'a>], term: impl FnOnce() -> Option<TermList>) {
        let Met { facets, names, .. } = self;
        let places = names.entry(name).or_insert_with(|| {
            let term = term();
            facets.iter().filter_map(|it| Some((*it, all[*it].position(term.clone()?)))).collect()
        });
        for &(facet, position) in &*places {
            let entries = &mut all[facet].terms[position].entries;
            if entries.last() != Some(&at) {
                entries.push(at);
            }
        }
    }
}

/// What names a term in front matter.
#[derive(PartialEq, Eq, Hash)]
enum Name<'a> {
    Text(&'a str),
    Slug(&'a str),
    Outside(&'a str),
    Year(i16),
}

impl<'a> Name<'a> {
    fn of(value: &'a Value) -> Option<Name<'a>> {
        Some(match value {
            Value::Text(text) => Name::Text(text),
            Value::Reference(Reference::Slug(slug)) => Name::Slug(slug),
            Value::Reference(Reference::Outside(outside)) => Name::Outside(&outside.name),
            Value::Month(month) => Name::Year(month.year),
            _ => return None,
        })
    }
}

/// The terms of a facet, while they are gathered.
struct Terms<'a> {
    field: &'a Arc<str>,
    /// `None` where it is of the whole site.
    kind: Option<&'a Arc<Kind>>,
    terms: Vec<TermList>,
    /// Positions in `terms`, by slug.
    slugs: HashMap<Arc<str>, usize, RandomState>,
}

impl<'a> Terms<'a> {
    fn new(field: &'a Arc<str>, kind: Option<&'a Arc<Kind>>, known: Vec<TermList>) -> Terms<'a> {
        let slugs = known.iter().enumerate().map(|(at, it)| (it.slug.clone(), at)).collect();
        Terms { field, kind, terms: known, slugs }
    }

    /// Returns the position of a term, which is new unless there is one of its slug.
    fn position(&mut self, term: TermList) -> usize {
        match self.slugs.get(&term.slug) {
            Some(&known) => {
                let names = &mut self.terms[known].names;
                term.names.into_iter().for_each(|it| {
                    if !names.contains(&it) {
                        names.push(it)
                    }
                });
                known
            }
            None => {
                self.slugs.insert(term.slug.clone(), self.terms.len());
                self.terms.push(term);
                self.terms.len() - 1
            }
        }
    }

    /// Adds the terms of the entries that come after.
    fn append(&mut self, more: Terms<'a>) {
        for mut term in more.terms {
            let entries = std::mem::take(&mut term.entries);
            let position = self.position(term);
            self.terms[position].entries.extend(entries);
        }
    }

    fn facet(self) -> Facet {
        let Terms { field, kind, mut terms, .. } = self;
        terms.sort_by(|one, other| one.slug.cmp(&other.slug));
        match kind.and_then(|it| choices(it, field)) {
            Some(order) => terms.sort_by_key(|it| order.iter().position(|value| *value == it.slug)),
            None if &**field == YEAR => terms.sort_by_cached_key(|it| Reverse(it.slug.clone())),
            None => terms.sort_by_cached_key(|it| (it.title.to_lowercase(), it.slug.clone())),
        }
        let root = kind.map_or(Route::new("/"), |it| it.route.root());
        let route = root.join(&format!("{}/", field.replace('_', "-")));
        Facet { field: field.clone(), kind: kind.cloned(), route, terms }
    }
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
    TermList { slug, title, description: "".into(), document: None, entries: Vec::new(), names: Vec::new() }
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
                Some(TermList { names: vec![name.clone()], ..bare(slug(name).into(), name.clone()) })
            }
        },
        (_, Value::Text(text)) => Some(bare(slug(text).into(), text.clone())),
        (_, Value::Month(month)) => Some(bare(month.year.to_string().into(), month.year.to_string().into())),
        _ => None,
    }
}
