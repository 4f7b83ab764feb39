//! A source understood, by itself.

use std::sync::Arc;

use super::body::Body;
use super::diagnostic::{At, FieldPath, Part, Place, Step};
use super::kind::Kind;
use super::mention::Mention;
use super::route::Route;
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
    /// Its text.
    pub body: Body,
    /// What it says of others.
    pub mentions: Box<[Mention]>,
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

    /// Returns the place of the document as a whole: the start of its front matter.
    pub fn start(&self) -> Place {
        self.place(Span::new(0, self.source.text.find('\n').unwrap_or(self.source.text.len())))
    }
}
