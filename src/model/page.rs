//! A page to be made, and what was made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::diagnostic::Place;
use super::mail::{Form, Made};
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
    /// It is a form of an issue of a newsletter.
    Mail(Box<Mail>),
    /// It is this text.
    Text(String),
    /// It is these bytes.
    Copy(Bytes),
}

/// A form of an issue, to be made from a page by a template.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Which.
    pub form: Form,
    /// The position of the issue.
    pub issue: usize,
    /// The name of the template.
    pub template: Arc<str>,
    /// What it sees as `page` for a letter, where the form needs one.
    pub letter: Option<View>,
    /// What it sees as `page` for text, where the form needs it.
    pub text: Option<View>,
    /// What stands outside.
    pub envelope: Envelope,
}

/// What stands outside a letter.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The subject.
    pub subject: String,
    /// The address of the issue on the web.
    pub url: String,
    /// Scheme and host of the site.
    pub origin: String,
    /// The issue's own part of its address.
    pub slug: String,
    /// The day on which it is sent, `2024-02-06`; empty where it has none.
    pub date: String,
    /// That moment, in seconds since 1970; 0 where it has none.
    pub seconds: i64,
    /// The sender's name.
    pub from_name: String,
    /// The sender's address.
    pub from_email: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Where a mail program signs the reader off.
    pub list_unsubscribe: Option<String>,
}

/// A page made: the bytes at one address.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its address.
    pub route: Route,
    /// Its bytes.
    pub bytes: OutputBytes,
    /// The template that made it, where one did.
    pub template: Option<Arc<str>>,
    /// Which form of an issue it is, where it is one.
    pub form: Option<Made>,
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
