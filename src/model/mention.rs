//! What a document says of others: links in its texts, files, references and terms in its fields.

use std::sync::Arc;

use super::address::{self, Reach};
use super::body::{Body, Fill};
use super::diagnostic::{Place, Trail};
use super::document::Document;
use super::kind::{Field, Group, Type};
use super::value::{Reference, Value, Values};

/// Something that a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it is named as.
    pub what: What,
    /// What is written.
    pub written: Box<str>,
}

/// What something is named as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The end of a link to a file.
    Link,
    /// The end of a link to an address of the site: it begins with `/`.
    Address,
    /// A picture or another file.
    File,
    /// A document.
    Reference {
        /// The kinds that it may be of.
        to: Arc<[Arc<str>]>,
        /// Whether a text that names no document is a name.
        text: bool,
        /// The field.
        field: Arc<str>,
        /// The list that the other one has of those that refer to it.
        inverse: Option<Arc<str>>,
    },
    /// A term of the vocabulary of that name.
    Term(Arc<str>),
}

/// Is told what is named, as it is written, and a way to find its place.
type Visit<'v> = &'v mut dyn FnMut(What, &str, &dyn Fn() -> Place);

impl Mention {
    /// Returns all that a document names.
    pub fn all(document: &Document) -> Box<[Mention]> {
        let mut all = Vec::new();
        each(document, &mut |what, written, _| all.push(Mention { what, written: written.into() }));
        all.into()
    }

    /// Returns the place of the mention at a position among [`Mention::all`]. Thousands are kept, and few places are asked for.
    pub fn place(document: &Document, position: usize) -> Place {
        let (mut at, mut found) = (0, None);
        each(document, &mut |_, _, place| {
            if at == position {
                found = Some(place());
            }
            at += 1;
        });
        found.unwrap_or_else(|| document.start())
    }
}

fn each(document: &Document, visit: Visit<'_>) {
    let walk = Walk { document };
    walk.body(&document.body, &|hole| document.place(hole), visit);
    walk.group(&document.kind.group, &document.values, &Trail::Top, visit);
}

struct Walk<'a> {
    document: &'a Document,
}

impl Walk<'_> {
    /// `place` gives the place of a hole.
    fn body(&self, body: &Body, place: &dyn Fn(super::source::Span) -> Place, visit: Visit<'_>) {
        for hole in &body.holes {
            let place = || place(hole.span);
            match &hole.fill {
                Fill::Link(written) => link(written, &place, visit),
                Fill::Image(image) => visit(What::File, &image.src, &place),
                // Places in a component's YAML are not those of the front matter: the block's first line stands for them.
                Fill::Component(component) => {
                    component.arguments.pairs().iter().for_each(|(_, it)| self.argument(it, &place, visit));
                }
                Fill::Words(_) => {}
            }
        }
    }

    fn argument(&self, value: &Value, place: &dyn Fn() -> Place, visit: Visit<'_>) {
        match value {
            Value::Markdown(body) => self.body(body, &|_| place(), visit),
            Value::File(written) => visit(What::File, written, place),
            Value::Address(written) => address(written, place, visit),
            Value::List(items) => items.iter().for_each(|it| self.argument(it, place, visit)),
            Value::Group(values) => values.pairs().iter().for_each(|(_, it)| self.argument(it, place, visit)),
            _ => {}
        }
    }

    fn group(&self, group: &Group, values: &Values, at: &Trail<'_>, visit: Visit<'_>) {
        for (field, value) in group.pairs(values) {
            self.value(field, field, value, &Trail::Key(at, &field.name), visit);
        }
    }

    /// `field` says the type; `named` is the field that has the inverse: the list, for its items.
    fn value(&self, field: &Field, named: &Field, value: &Value, at: &Trail<'_>, visit: Visit<'_>) {
        let place = || self.document.value_place(at.path());
        match (&field.r#type, value) {
            (Type::List { of, .. }, Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(of, named, item, &Trail::Index(at, index), visit);
                }
            }
            (Type::Group(group), Value::Group(values)) => self.group(group, values, at, visit),
            (_, Value::Markdown(body)) => self.body(body, &|_| place(), visit),
            (_, Value::File(written)) => visit(What::File, written, &place),
            (_, Value::Address(written)) => address(written, &place, visit),
            (Type::Reference { .. }, Value::Reference(Reference::Outside(outside))) => {
                if let Some(url) = &outside.url {
                    address(url, &|| self.document.value_place(at.path().join("url")), visit);
                }
            }
            (Type::Reference { text: true, .. }, Value::Reference(Reference::Slug(written))) if is_name(written) => {}
            (Type::Reference { to, text }, Value::Reference(Reference::Slug(written))) => {
                let (field, inverse) = (named.name.clone(), named.inverse.clone());
                visit(What::Reference { to: to.clone(), text: *text, field, inverse }, written, &place);
            }
            (Type::Term(vocabulary), Value::Text(written)) => visit(What::Term(vocabulary.clone()), written, &place),
            _ => {}
        }
    }
}

fn link(written: &str, place: &dyn Fn() -> Place, visit: Visit<'_>) {
    visit(if written.starts_with('/') { What::Address } else { What::Link }, written, place);
}

/// Visits the address of a field, where it leads into the site.
fn address(written: &str, place: &dyn Fn() -> Place, visit: Visit<'_>) {
    if address::reach(written) == Ok(Reach::Inside) {
        link(written, place, visit);
    }
}

/// Returns whether a text can name no document, as neither a slug nor a path is written like that: `Ann Smith`.
fn is_name(written: &str) -> bool {
    !written.contains('/') && written.contains(|it: char| it.is_uppercase() || matches!(it, ' ' | '@'))
}
