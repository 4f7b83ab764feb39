//! Facets: the fields whose values have pages, and their terms.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rapidhash::fast::RandomState;

use crate::model::diagnostic::{Checked, Diagnostic, Trail, near_miss};
use crate::model::document::Document;
use crate::model::kind::{Field, Group, Kind, Type, YEAR};
use crate::model::route::Route;
use crate::model::site::{Facet, Found, List, Site, TermList};
use crate::model::slug::slug;
use crate::model::value::{Reference, Value, Values};

use super::relations::in_parts;

/// Gathers the facets of the site and of its kinds. Gives `unknown-term`.
pub(super) fn facets(site: &Site) -> Checked<Vec<Facet>> {
    let (found, facets) = rayon::join(|| unknown_terms(site), || all_facets(site));
    Checked { value: facets, diagnostics: found }
}

fn unknown_terms(site: &Site) -> Vec<Diagnostic> {
    let parts = in_parts(site, |part, _| {
        let mut found = Vec::new();
        for document in part.iter().map(|it| &it.document) {
            check_terms(site, document, &document.kind.group, &document.values, &Trail::Top, &mut found);
        }
        found
    });
    parts.into_iter().flatten().collect()
}

fn all_facets(site: &Site) -> Vec<Facet> {
    let kinds = &site.config.kinds;
    let of_site = kinds.facets.iter().map(|field| Terms::new(field, None, Vec::new()));
    let of_kinds = site
        .lists
        .iter()
        .flat_map(|it| it.kind.facets.iter().map(|field| Terms::new(field, Some(&it.kind), Vec::new())));
    let mut all: Vec<Terms<'_>> = of_site.chain(of_kinds).collect();
    let mut plans: Vec<(&Arc<Kind>, Vec<usize>)> = Vec::new();
    // A document is gone to once: thousands lie all over the memory.
    for (at, entry) in site.entries.iter().enumerate().filter(|(_, it)| it.document.is_listed()) {
        let kind = &entry.document.kind;
        let plan = plans.iter().position(|it| Arc::ptr_eq(it.0, kind)).unwrap_or_else(|| {
            plans.push((kind, (0..all.len()).filter(|it| all[*it].may_have(kind)).collect()));
            plans.len() - 1
        });
        plans[plan].1.iter().for_each(|it| all[*it].add(site, &entry.document, at));
    }
    all.into_iter().map(Terms::facet).filter(|it| !it.terms.is_empty()).collect()
}

/// Returns the facet of a field of a kind, over all entries of its list. `known` are terms that it has without any entry too.
pub(super) fn facet(site: &Site, list: &List, field: &Arc<str>, known: Vec<TermList>) -> Facet {
    let mut terms = Terms::new(field, Some(&list.kind), known);
    let mut own = list.entries.clone();
    own.sort_unstable();
    own.into_iter().for_each(|at| terms.add(site, &site.entries[at].document, at));
    terms.facet()
}

/// The terms of a facet, while they are gathered.
struct Terms<'a> {
    field: &'a Arc<str>,
    /// `None` where it is of the whole site.
    kind: Option<&'a Arc<Kind>>,
    terms: Vec<TermList>,
    /// Positions in `terms`, by slug.
    slugs: HashMap<Arc<str>, usize, RandomState>,
    /// For each kind that was met: the field that it has of this name, and its values that were met with their positions.
    met: Vec<Met<'a>>,
}

struct Met<'a> {
    kind: &'a Arc<Kind>,
    schema: Option<&'a Field>,
    values: HashMap<Name<'a>, Option<usize>, RandomState>,
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

impl<'a> Terms<'a> {
    fn new(field: &'a Arc<str>, kind: Option<&'a Arc<Kind>>, known: Vec<TermList>) -> Terms<'a> {
        let slugs = known.iter().enumerate().map(|(at, it)| (it.slug.clone(), at)).collect();
        Terms { field, kind, terms: known, slugs, met: Vec::new() }
    }

    /// Returns whether a document of a kind may have terms here.
    fn may_have(&self, kind: &Kind) -> bool {
        self.kind.is_none_or(|it| it.name == kind.name)
            && (&**self.field == YEAR || kind.group.field(self.field).is_some())
    }

    /// Adds an entry to the terms that its document has.
    fn add(&mut self, site: &'a Site, document: &'a Document, at: usize) {
        let met = self.met(&document.kind);
        let Met { schema, .. } = self.met[met];
        if let Some(schema) = schema {
            for value in document.values.get(self.field).into_iter().flat_map(Value::items) {
                let Some(name) = Name::of(value) else { continue };
                let field = self.field;
                self.push(met, name, at, || term(site, field, schema.item(), value));
            }
        } else if let Some(date) = document.date.filter(|_| &**self.field == YEAR) {
            self.push(met, Name::Year(date.day.year()), at, || {
                let year: Arc<str> = format!("{:04}", date.day.year()).into();
                Some(bare(year.clone(), year))
            });
        }
    }

    /// Adds an entry to the term of a name, if it has one; `term` makes it when the name is met for the first time.
    fn push(&mut self, met: usize, name: Name<'a>, at: usize, term: impl FnOnce() -> Option<TermList>) {
        let position = match self.met[met].values.get(&name) {
            Some(known) => *known,
            None => {
                let position = term().map(|it| self.position(it));
                self.met[met].values.insert(name, position);
                position
            }
        };
        let Some(position) = position else { return };
        let entries = &mut self.terms[position].entries;
        if entries.last() != Some(&at) {
            entries.push(at);
        }
    }

    /// Returns the position in `met` of a kind.
    fn met(&mut self, kind: &'a Arc<Kind>) -> usize {
        self.met.iter().position(|it| Arc::ptr_eq(it.kind, kind)).unwrap_or_else(|| {
            self.met.push(Met { kind, schema: kind.group.field(self.field), values: HashMap::default() });
            self.met.len() - 1
        })
    }

    /// Returns the position of a term, which is new unless there is one of its slug.
    fn position(&mut self, term: TermList) -> usize {
        *self.slugs.entry(term.slug.clone()).or_insert_with(|| {
            self.terms.push(term);
            self.terms.len() - 1
        })
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
    at: &Trail<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for (field, value) in group.pairs(values) {
        let inner = field.item();
        let own = Trail::Key(at, &field.name);
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
                    let place = document.value_place(own.path().at(index));
                    found.push(Diagnostic::error("unknown-term", place, message).help(help));
                }
            }
            Type::Group(group) => {
                for (index, item) in value.items().iter().enumerate() {
                    let Value::Group(values) = item else { continue };
                    let item = if matches!(value, Value::List(_)) { Trail::Index(&own, index) } else { own };
                    check_terms(site, document, group, values, &item, found);
                }
            }
            _ => {}
        }
    }
}
