//! Facets: the fields whose values have pages, and their terms.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rapidhash::fast::RandomState;
use rayon::prelude::*;

use crate::model::document::Document;
use crate::model::key::{Key, Sought};
use crate::model::kind::{Field, Kind, Kinds, Type, YEAR};
use crate::model::name::{ByName, Name};
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
            let listed = entries.iter().enumerate().filter(|(_, it)| it.brief.is_listed);
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
    let kinds = &site.config.kinds;
    let mut plans: Vec<Option<Vec<Met<'a>>>> = kinds.all.iter().map(|_| None).collect();
    for at in entries {
        let entry = &site.entries[at];
        let kind = entry.brief.kind;
        let plan = plans[kind].get_or_insert_with(|| Met::of(kinds, &kinds.all[kind], all));
        for key in site.keys[entry.keys.clone()].iter().filter(|it| it.sought == Sought::Term) {
            plan[key.at as usize].add(site, &entry.document, key.name, at, all);
        }
    }
}

/// A field of a kind whose values have pages.
struct Met<'a> {
    field: &'a Arc<str>,
    /// `None` for the year of a date.
    schema: Option<&'a Field>,
    /// Which facets.
    facets: Vec<usize>,
    /// For each name that was met: the facets, and the positions of the term there.
    names: ByName<Vec<(usize, usize)>>,
}

impl<'a> Met<'a> {
    fn of(kinds: &'a Kinds, kind: &'a Kind, all: &[Terms<'a>]) -> Vec<Met<'a>> {
        let fields = kinds.faceted(kind).into_iter();
        let fields = fields.map(|field| {
            let is_of = |it: &Terms<'_>| it.field == field && it.kind.is_none_or(|it| it.name == kind.name);
            let facets = all.iter().enumerate().filter(|it| is_of(it.1)).map(|it| it.0);
            Met { field, schema: kind.group.field(field), facets: facets.collect(), names: ByName::default() }
        });
        fields.collect()
    }

    /// Adds an entry to the term of a name, which is made when it is met for the first time.
    fn add(&mut self, site: &Site, document: &Document, name: Name, at: usize, all: &mut [Terms<'a>]) {
        let Met { field, schema, facets, names } = self;
        if facets.is_empty() {
            return;
        }
        let places = names.entry(name).or_insert_with(|| {
            let term = match schema {
                Some(schema) => {
                    let value = document.values.items(field).iter().find(|it| Key::term(it) == Some(name));
                    value.and_then(|it| term(site, field, schema.item(), it))
                }
                None => document.date.map(|it| {
                    let year: Arc<str> = format!("{:04}", it.day.year()).into();
                    bare(year.clone(), year)
                }),
            };
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
        let plain = field.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
        let name = if plain { field.replace('_', "-") } else { slug(field) };
        let route = root.join(&format!("{name}/"));
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

/// Returns a term that goes by a name alone.
fn by_name(name: &str) -> TermList {
    TermList { names: vec![name.into()], ..bare(slug(name).into(), name.into()) }
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
                None => by_name(text.trim()),
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
        (_, Value::Text(text)) => Some(by_name(text)),
        (_, Value::Month(month)) => Some(bare(month.year.to_string().into(), month.year.to_string().into())),
        _ => None,
    }
}
