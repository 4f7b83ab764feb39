//! What is looked up when all documents are brought together.

use super::address::{self, anchor};
use super::document::Document;
use super::kind::{Kinds, YEAR};
use super::mention::{Mention, What};
use super::name::Name;
use super::site::link_path;
use super::value::{Reference, Value};

/// A name that a document says, to be looked up. The keys of all documents stand in one list, so that thousands are gone
/// through side by side, and what is in order does not need a look into the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The name.
    pub name: Name,
    /// What is looked for.
    pub sought: Sought,
    /// The position of the mention, or for a term that of its field among those that have pages.
    pub at: u32,
}

/// What is looked for under a [`Key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A document or a file, by its path in the project.
    Path,
    /// A heading of a document, by the path of the document.
    Anchor,
    /// A file, as it is written.
    File,
    /// An address of the site.
    Address,
    /// A document, by what is written.
    Reference,
    /// A term of a vocabulary, by both.
    Vocabulary,
    /// A term that has a page.
    Term,
}

impl Key {
    /// Returns the keys of a document: one for each mention, in order, then its terms.
    pub fn all(document: &Document, kinds: &Kinds) -> Vec<Key> {
        let mentions = document.mentions.iter().zip(0..).map(|(it, at)| Key::of(document, it, at));
        mentions.chain(terms(document, kinds)).collect()
    }

    fn of(document: &Document, Mention { what, written }: &Mention, at: u32) -> Key {
        let (sought, name) = match what {
            What::Link => {
                let (path, rest) = address::split(written);
                let name =
                    link_path(document.folder_path(), path).map_or_else(|_| Name::of(written), |it| Name::of_path(&it));
                (if anchor(rest).is_empty() && !path.is_empty() { Sought::Path } else { Sought::Anchor }, name)
            }
            What::Address => (Sought::Address, Name::of(address::split(written).0)),
            What::File => (Sought::File, Name::of(written)),
            What::Reference { .. } => (Sought::Reference, Name::of(written)),
            What::Term(vocabulary) => (Sought::Vocabulary, Name::of(&format!("{vocabulary}\0{written}"))),
        };
        Key { name, sought, at }
    }

    /// Returns the name of the term that a value is; none where it is not of that sort.
    pub fn term(value: &Value) -> Option<Name> {
        Some(match value {
            Value::Text(text) => Name::of(text),
            Value::Month(month) => Name::of(&month.year.to_string()),
            Value::Reference(Reference::Slug(slug)) => Name::of(slug),
            // Somebody elsewhere who is called like a document is another.
            Value::Reference(Reference::Outside(outside)) => Name::of(&format!("\0{}", outside.name)),
            _ => return None,
        })
    }
}

/// Returns the terms of the fields that have pages ([`Kinds::faceted`]).
fn terms<'a>(document: &'a Document, kinds: &'a Kinds) -> impl Iterator<Item = Key> + 'a {
    let Document { kind, values, date, .. } = document;
    kinds.faceted(kind).into_iter().zip(0..).flat_map(move |(field, at)| {
        let is_year = &**field == YEAR && kind.group.field(field).is_none();
        let year = date.filter(|_| is_year).map(|it| Name::of(&it.day.year().to_string()));
        let names = values.items(field).iter().filter(move |_| !is_year).filter_map(Key::term);
        names.chain(year).map(move |name| Key { name, sought: Sought::Term, at })
    })
}
