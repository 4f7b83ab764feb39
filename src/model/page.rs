//! A page to be made, and what was made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::diagnostic::Place;
use super::route::Route;
use super::source::Bytes;
use super::view::View;

/// What is at one address, and what its template sees.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub route: Route,
    /// Where its content comes from, for faults: `content/posts/a.md`, or what it is.
    pub origin: Arc<str>,
    /// How it is made.
    pub content: Content,
}

/// How a page is made.
#[derive(Clone, Debug)]
pub enum Content {
    /// By a template.
    Template {
        /// Its name: `post.html`.
        name: Arc<str>,
        /// What it sees as `page`.
        page: View,
    },
    /// It is this text.
    Text(String),
    /// It is these bytes.
    Copy(Bytes),
}

/// A page made: the bytes at one address.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its address.
    pub route: Route,
    /// Its bytes.
    pub bytes: OutputBytes,
}

/// The bytes of an [`Output`].
#[derive(Clone, Debug)]
pub enum OutputBytes {
    /// Made.
    Made(Vec<u8>),
    /// Copied.
    Copy(Bytes),
}

/// What is to be known of a finished page when all pages are looked at together.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its address.
    pub route: Route,
    /// Its title, as browsers show it.
    pub title: String,
    /// Where its links lead, within the site; in order, each once.
    pub links: BTreeSet<Box<str>>,
    /// The addresses of other sites that it links to, each with where that is written.
    pub outside: Vec<(Box<str>, Option<Place>)>,
    /// Where the title is written: in the document, or in the template.
    pub place: Option<Place>,
}
