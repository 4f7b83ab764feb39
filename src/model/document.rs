//! A source understood, by itself.

use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
use super::diagnostic::{At, FieldPath, Part, Place, Step};
use super::key::Key;
use super::kind::{Kind, Kinds};
use super::mention::Mention;
use super::name::Name;
use super::route::{Route, is_cased, page_of};
use super::source::{Source, Span};
use super::value::{Date, Values};

/// A document: a Markdown file of `content/`, understood by itself.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// The bytes of its YAML; empty where it has no front matter.
    pub yaml: Span,
    /// Fields that stand in the YAML under another key: the field, and the key.
    pub renamed: Vec<(Arc<str>, Arc<str>)>,
    /// Its title.
    pub title: Arc<str>,
    /// What it says in short: as written, or the first paragraph cut.
    pub summary: Arc<str>,
    /// The day it was published: as written, or of the file's name.
    pub date: Option<Date>,
    /// Its address, if it is published.
    pub route: Route,
    /// The last part of its address, where nothing else is said.
    pub slug: Arc<str>,
    /// The folders between the kind's folder and the file: `2024/spring`, mostly empty.
    pub folder: Arc<str>,
    /// What it is within its folder.
    pub shape: Shape,
    /// For [`Shape::Root`]: the kind whose list it stands above; `None` for the home page.
    pub above: Option<Arc<Kind>>,
    /// The language that its name ends in: `a.fr.md`.
    pub name_lang: Option<Arc<str>>,
    /// Its fields, defaults filled in.
    pub values: Values,
    /// What keeps it back besides `draft` and its days, in words for people: a key of another program, `_drafts/`.
    pub held: Option<Arc<str>>,
    /// Its text.
    pub body: Body,
    /// What it says of others.
    pub mentions: Box<[Mention]>,
}

/// A document, and what is asked of it most.
#[derive(Clone, Debug)]
pub struct Briefed {
    /// The document.
    pub document: Arc<Document>,
    /// Its brief.
    pub brief: Brief,
    /// Where its keys are in the list of all.
    pub keys: Range<usize>,
}

/// All documents, in the order of their paths.
#[derive(Clone, Debug)]
pub struct Documents {
    /// The documents.
    pub all: Vec<Briefed>,
    /// The keys of all of them.
    pub keys: Arc<Vec<Key>>,
    /// How many were read; the others were remembered.
    pub read: usize,
}

/// What is asked of every document when all are brought together. Each entry holds it itself, so that thousands are gone
/// through side by side.
#[derive(Clone, Copy, Debug)]
pub struct Brief {
    /// The position of its kind among all kinds.
    pub kind: usize,
    /// The name of its path.
    pub path: Name,
    /// The name of its slug.
    pub slug: Name,
    /// The name of its address.
    pub route: Name,
    /// The name of the address that its own is below: `/blog/` of `/blog/first/`.
    pub folder: Name,
    /// Whether its address is that of a file: `/old/page.html`.
    pub is_file: bool,
    /// Whether its address has a letter that another one may have as a small letter.
    pub is_cased: bool,
    /// Whether its address looks like that of a further page of a list: `/blog/page/2/`.
    pub is_numbered: bool,
    /// What it is within its folder.
    pub shape: Shape,
    /// The day it was published.
    pub date: Option<Date>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Whether it appears or goes on another day.
    pub is_timed: bool,
    /// Whether lists, terms, feeds and the archive have it: not what stands above a list, and not what only leads elsewhere.
    pub is_listed: bool,
    /// How many words its text has.
    pub words: usize,
    /// Which fields of its kind it has.
    pub fields: Present,
}

impl Brief {
    /// Returns the brief of a document.
    pub fn of(document: &Document, kinds: &Kinds) -> Brief {
        let Document { kind, shape, values, .. } = document;
        let route = document.route.as_str();
        let folder = route.trim_end_matches('/').rfind('/').map_or("", |it| &route[..=it]);
        Brief {
            kind: kinds.all.iter().position(|it| it.name == kind.name).expect("a document is of a kind of the site"),
            path: Name::of_path(&document.source.path),
            slug: Name::of(&document.slug),
            route: Name::of(route),
            folder: Name::of(folder),
            is_file: !route.ends_with('/'),
            is_cased: is_cased(route),
            is_numbered: page_of(route).is_some(),
            shape: *shape,
            date: document.date,
            is_draft: values.is("draft") || document.held.is_some(),
            is_timed: values.get("publish_after").is_some() || values.get("expires").is_some(),
            is_listed: document.is_listed(),
            words: document.body.words,
            fields: Present(
                kind.group.pairs(values).fold(0, |bits, (field, _)| bits | Present::bit(kind, &field.name)),
            ),
        }
    }
}

/// Which fields of its kind a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present(u128);

impl Present {
    /// Returns the bit of a field; none where the kind has no such field. Fields from the 128th on share one.
    fn bit(kind: &Kind, field: &str) -> u128 {
        kind.group.fields.iter().position(|it| &*it.name == field).map_or(0, |it| 1 << it.min(127))
    }

    /// Returns a way to tell, by the position of its kind among all, whether a document may have a field.
    pub fn question(kinds: &Kinds, field: &str) -> impl Fn(&Brief) -> bool + use<> {
        let bits: Vec<u128> = kinds.all.iter().map(|it| Present::bit(it, field)).collect();
        move |brief| brief.fields.0 & bits[brief.kind] != 0
    }
}

/// What a document is within its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A file of its own: `posts/a.md`.
    File,
    /// `index.md` of a folder, with the files beside it: `posts/a/index.md`.
    Folder,
    /// `index.md` of the kind's own folder: what stands above the kind's list. For the kind of pages, the home page.
    Root,
}

impl Document {
    /// Returns the place of a field's value.
    pub fn value_place(&self, path: FieldPath) -> Place {
        self.field_place(path, Part::Value)
    }

    /// Returns the place of a field's key.
    pub fn key_place(&self, path: FieldPath) -> Place {
        self.field_place(path, Part::Key)
    }

    fn field_place(&self, mut path: FieldPath, part: Part) -> Place {
        if let Some(Step::Key(first)) = path.0.first_mut()
            && let Some((_, key)) = self.renamed.iter().find(|(field, _)| field == first)
        {
            *first = key.clone();
        }
        Place { path: self.source.path.clone(), at: At::Field(self.yaml, path, part) }
    }

    /// Returns the place of these bytes.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.source.path, span)
    }

    /// Returns the path in the project of the folder that the file is in.
    pub fn folder_path(&self) -> &str {
        self.source.path.rsplit_once('/').map_or("", |it| it.0)
    }

    /// Returns the place of the document as a whole: the start of its front matter.
    pub fn start(&self) -> Place {
        self.place(Span::new(0, self.source.text.find('\n').unwrap_or(self.source.text.len())))
    }
}
