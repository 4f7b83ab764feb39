//! All together: every document placed, every relation known, every list in order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::address::{self, Reach};
use super::config::Config;
use super::diagnostic::Place;
use super::document::{Brief, Document, Present, Shape};
use super::issue::Issue;
use super::key::Key;
use super::kind::Kind;
use super::name::{ByName, Name, nfc};
use super::route::Route;
use super::source::Asset;
use super::theme::Theme;
use super::value::{Date, Reference};
use super::view::View;
use super::vocabulary::Vocabulary;

/// The folder in which addresses of settings begin.
pub const CONTENT: &str = "content";

/// A site, gathered. It does not change any more: a change of the sources makes a new one.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The theme.
    pub theme: Theme,
    /// The vocabularies by name.
    pub vocabularies: BTreeMap<Arc<str>, Vocabulary>,
    /// The documents that are published, in the one order of the site: newest first, undated ones last, then by route.
    pub entries: Vec<Entry>,
    /// The keys of all documents.
    pub keys: Arc<Vec<Key>>,
    /// The documents that are not, in order of path.
    pub left_out: Vec<LeftOut>,
    /// The list of each kind, in the order of the kinds.
    pub lists: Vec<List>,
    /// The facets of the site, then those of the kinds.
    pub facets: Vec<Facet>,
    /// The tables of the kinds that have one and any entry, in the order of the kinds.
    pub matrices: Vec<Matrix>,
    /// The entries of the kinds that are in the archive, by year and month, in the one order in each.
    pub months: BTreeMap<(i16, i8), Vec<usize>>,
    /// The issues of newsletters, by newsletter and language, the oldest first in each.
    pub issues: Vec<Issue>,
    /// The home page's document.
    pub home: Option<usize>,
    /// The files of `content/` that are published, by their path in the project as [`nfc`] writes it.
    pub files: BTreeMap<Arc<str>, (Route, Asset)>,
    /// The links to addresses of the site that are not those of a document: to lists, to files, to nothing.
    pub addressed: Vec<Addressed>,
    /// Ways to find documents.
    pub index: Index,
}

/// A link to an address of the site: `/evaluations/topics/`.
#[derive(Clone, Debug)]
pub struct Addressed {
    /// As it is written, with what follows `#` or `?`.
    pub written: Arc<str>,
    /// Where it is written.
    pub place: Place,
}

/// A document placed.
#[derive(Debug)]
pub struct Entry {
    /// The document.
    pub document: Arc<Document>,
    /// What is asked of it most.
    pub brief: Brief,
    /// Where its keys are among [`Site::keys`].
    pub keys: Range<usize>,
    /// Why it is marked in a preview, or to readers.
    pub state: State,
    /// The one before it in its list: the older one, the chapter before.
    pub previous: Option<usize>,
    /// The one after it.
    pub next: Option<usize>,
    /// The entries whose text links here, in the one order.
    pub backlinks: Vec<usize>,
    /// The entries that refer here, by the name that their field's `inverse` gives.
    pub inverse: BTreeMap<Arc<str>, Vec<usize>>,
    /// What lists show of it, made when first asked for.
    pub card: OnceLock<View>,
    /// Its text with absolute addresses, for feeds, made when first asked for.
    pub feed: OnceLock<Arc<str>>,
}

impl Entry {
    /// Returns its address.
    pub fn route(&self) -> &Route {
        &self.document.route
    }
}

/// What must be told of an entry that is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// It is a draft, shown because drafts were asked for.
    pub draft: bool,
    /// It will appear then, and is shown because the future was asked for.
    pub scheduled: Option<Date>,
    /// It is out of date.
    pub expired: bool,
}

/// A document that is not published.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The document.
    pub document: Arc<Document>,
    /// What is asked of it most.
    pub brief: Brief,
    /// Why.
    pub why: Why,
}

/// Why a document is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a draft.
    Draft,
    /// It appears then.
    Future(Date),
    /// It was to be taken out on that day.
    Expired(Date),
}

/// The documents of a kind.
#[derive(Clone, Debug)]
pub struct List {
    /// The kind.
    pub kind: Arc<Kind>,
    /// Its entries, in the kind's order.
    pub entries: Vec<usize>,
    /// What stands above the list.
    pub above: Option<Arc<Document>>,
    /// Its address.
    pub route: Route,
}

/// A field whose values have pages.
#[derive(Clone, Debug)]
pub struct Facet {
    /// The field.
    pub field: Arc<str>,
    /// The kind; `None` where it is of the whole site.
    pub kind: Option<Arc<Kind>>,
    /// The address of the list of its terms.
    pub route: Route,
    /// The terms that some entry has, by title; those of a choice in the order of the choice.
    pub terms: Vec<TermList>,
}

/// The entries of a term.
#[derive(Clone, Debug)]
pub struct TermList {
    /// The last part of its address.
    pub slug: Arc<str>,
    /// What readers see.
    pub title: Arc<str>,
    /// What it is about.
    pub description: Arc<str>,
    /// The document that it is, for references.
    pub document: Option<usize>,
    /// The entries, in the one order of the site.
    pub entries: Vec<usize>,
    /// The names that it goes by, where it is no document and of no vocabulary: `Ann Smith`, `ann smith`.
    pub names: Vec<Arc<str>>,
}

/// The entries of a list by two of their fields. Of a closed choice and of a vocabulary every term is there, so that what
/// has no entry is seen.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The list.
    pub list: usize,
    /// The field whose terms are the rows.
    pub rows: Facet,
    /// The field whose terms are the columns.
    pub columns: Facet,
}

/// Where a document is: published, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The entry of that position.
    Entry(usize),
    /// Left out, at that position.
    LeftOut(usize),
    /// What stands above the list of that position.
    Above(usize),
}

/// A document of a slug, with the position of its kind.
pub type Named = (usize, Found);

/// Ways to find documents.
#[derive(Debug, Default)]
pub struct Index {
    /// By path in the project.
    pub paths: ByName<Found>,
    /// By slug, with its kind; where several have it, the first.
    pub slugs: ByName<Named>,
    /// The others that have a slug, each with its kind, in order.
    pub namesakes: ByName<Vec<Named>>,
    /// By address; where several have it, the first.
    pub routes: ByName<usize>,
    /// The entries whose address an earlier one has.
    pub doubles: Vec<usize>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// To a document, with what follows its path from `?` or `#` on.
    Document(Found, &'a str),
    /// To a file of the site, with the same.
    File(&'a Route, &'a str),
    /// To an address of the site, with what follows `#` or `?`.
    Address(&'a str),
    /// To a heading of the same document: `#costs`.
    Here(&'a str),
    /// To another site, a mailbox, a telephone.
    Outside(&'a str),
    /// Nowhere: there is no such file. Holds the path that was looked for.
    Nowhere(String),
}

impl Site {
    /// Returns the address of a route as pages of the site use it: from the root of the host.
    pub fn href(&self, route: &Route) -> String {
        encode(&format!("{}{}", self.config.base_path, route.as_str()))
    }

    /// Returns the address of a route with scheme and host.
    pub fn permalink(&self, route: &Route) -> String {
        format!("{}{}", self.config.origin, self.href(route))
    }

    /// Returns the route of a document, where it has one.
    pub fn route_of(&self, found: Found) -> Option<&Route> {
        match found {
            Found::Entry(entry) => Some(self.entries[entry].route()),
            Found::Above(list) => Some(&self.lists[list].route),
            Found::LeftOut(_) => None,
        }
    }

    /// Returns the document.
    pub fn document(&self, found: Found) -> &Arc<Document> {
        match found {
            Found::Entry(entry) => &self.entries[entry].document,
            Found::Above(list) => self.lists[list].above.as_ref().expect("an index names only what is there"),
            Found::LeftOut(position) => &self.left_out[position].document,
        }
    }

    /// Returns the document that a reference means.
    pub fn referred(&self, reference: &Reference, to: &[Arc<str>]) -> Option<Found> {
        match reference {
            Reference::Slug(written) => self.named(written, to),
            Reference::Outside(_) => None,
        }
    }

    /// Returns all documents, those above lists and those left out too.
    pub fn documents(&self) -> impl Iterator<Item = (Found, &Arc<Document>)> {
        let entries = self.entries.iter().enumerate().map(|(at, it)| (Found::Entry(at), &it.document));
        let above = self.lists.iter().enumerate();
        let above = above.filter_map(|(at, it)| Some((Found::Above(at), it.above.as_ref()?)));
        let left_out = self.left_out.iter().enumerate().map(|(at, it)| (Found::LeftOut(at), &it.document));
        entries.chain(above).chain(left_out)
    }

    /// Returns the entry at an address.
    pub fn entry_at(&self, address: &str) -> Option<usize> {
        self.index.routes.get(&Name::of(address)).copied()
    }

    /// Returns the document of a path.
    pub fn at_path(&self, path: &str) -> Option<Found> {
        self.index.paths.get(&Name::of_path(path)).copied()
    }

    /// Returns the document of one of these kinds (`*` for all) that has a name: its slug, or its path from `content/` without
    /// `.md`.
    pub fn named(&self, written: &str, to: &[Arc<str>]) -> Option<Found> {
        self.by_name(Name::of(written), to).or_else(|| self.by_short_path(written, to))
    }

    /// Returns the document of one of these kinds that has a slug.
    pub fn by_name(&self, slug: Name, to: &[Arc<str>]) -> Option<Found> {
        let first = self.index.slugs.get(&slug)?;
        if to.iter().any(|it| &**it == "*") {
            return Some(first.1);
        }
        let others = self.index.namesakes.get(&slug).map_or(&[][..], Vec::as_slice);
        let name = |kind: usize| &self.config.kinds.all[kind].name;
        let of = |kind: &Arc<str>| std::iter::once(first).chain(others).find(|it| name(it.0) == kind);
        to.iter().find_map(of).map(|it| it.1)
    }

    /// Returns the document of one of these kinds by its path from `content/` without `.md`, where no document has it as slug.
    pub fn by_short_path(&self, written: &str, to: &[Arc<str>]) -> Option<Found> {
        let path = written.contains('/').then(|| written.trim_end_matches(".md"))?;
        let ways = [format!("content/{path}.md"), format!("content/{path}/index.md")];
        let found = ways.iter().find_map(|it| self.at_path(it))?;
        (to.iter().any(|it| &**it == "*") || to.contains(&self.document(found).kind.name)).then_some(found)
    }

    /// Returns a published file of `content/` by its path in the project.
    pub fn file(&self, path: &str) -> Option<&(Route, Asset)> {
        self.files.get(&*nfc(path))
    }

    /// Returns where an address leads that is written in a file of `folder`, a path in the project.
    pub fn target<'a>(&'a self, folder: &str, written: &'a str) -> Target<'a> {
        let (path, rest) = address::split(written);
        if path.is_empty() {
            return Target::Here(rest);
        }
        if path.starts_with('/') {
            return if path.starts_with("//") { Target::Outside(written) } else { Target::Address(written) };
        }
        if address::reach(written) != Ok(Reach::Inside) {
            return Target::Outside(written);
        }
        let full = match link_path(folder, path) {
            Ok(full) => full,
            Err(outside) => return Target::Nowhere(outside),
        };
        if let Some((route, _)) = self.file(&full) {
            return Target::File(route, rest);
        }
        let ways = [full.clone(), format!("{full}.md"), format!("{}/index.md", full.trim_end_matches('/'))];
        match ways.iter().find_map(|it| self.at_path(it)) {
            Some(found) => Target::Document(found, rest),
            None => Target::Nowhere(full),
        }
    }

    /// Returns an address that is written in a file of `folder` as it is on the site, without the path of the base address:
    /// `/about/#costs` for `@/about.md#costs`. What leads elsewhere, or nowhere, stays as it is.
    pub fn resolve(&self, folder: &str, written: &str) -> String {
        match self.target(folder, written) {
            Target::Document(found, rest) => match self.route_of(found) {
                Some(route) => format!("{route}{rest}"),
                None => written.to_owned(),
            },
            Target::File(route, rest) => format!("{route}{rest}"),
            Target::Address(_) | Target::Here(_) | Target::Outside(_) | Target::Nowhere(_) => written.to_owned(),
        }
    }

    /// Returns an address of the site as pages use it, with the path of the base address; any other as it is.
    pub fn based(&self, address: &str) -> String {
        match address.starts_with('/') && !address.starts_with("//") {
            true => encode(&format!("{}{address}", self.config.base_path)),
            false => address.to_owned(),
        }
    }

    /// Returns the kind of an entry.
    pub fn kind(&self, entry: &Entry) -> &Arc<Kind> {
        &self.config.kinds.all[entry.brief.kind]
    }

    /// Returns the entries whose document may have a field, each with its position.
    pub fn having<'a>(&'a self, field: &str) -> impl Iterator<Item = (usize, &'a Entry)> + use<'a> {
        let may_have = Present::question(&self.config.kinds, field);
        self.entries.iter().enumerate().filter(move |it| may_have(&it.1.brief))
    }

    /// Returns the list of a kind.
    pub fn list(&self, kind: &str) -> Option<&List> {
        self.lists.iter().find(|it| &*it.kind.name == kind)
    }
}

impl Document {
    /// Returns whether lists, terms, feeds and the archive have the document: not what stands above a list, and not what only
    /// leads elsewhere.
    pub fn is_listed(&self) -> bool {
        self.shape != Shape::Root && self.values.get("redirect_to").is_none()
    }
}

/// Returns the path in the project to which a link in a file of `folder` leads, as it is written before any `?` or `#`; as an
/// error, what is written, where it leaves the project.
pub fn link_path(folder: &str, path: &str) -> Result<String, String> {
    let decoded = decode(path);
    let full = match decoded.strip_prefix("@/") {
        Some(rest) => normal("content", rest),
        None => normal(folder, &decoded),
    };
    full.ok_or(decoded)
}

/// Returns the path in the project of a file as a document names it: beside the document, or from `content/` with `@/`;
/// `None` where it leaves the project.
pub fn file_path(document: &Document, written: &str) -> Option<String> {
    link_path(document.folder_path(), address::split(written).0).ok()
}

/// Returns `folder/path` with `.` and `..` resolved; `None` where it leaves the project.
pub fn normal(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the text with `%C3%A9` as `é`.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|it| std::str::from_utf8(it).ok());
        match hex.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Returns an address with what may not stand in one percent-encoded (RFC 3986, section 2.1).
pub fn encode(address: &str) -> String {
    const PLAIN: [bool; 256] = plain();
    let plain = |it: u8| PLAIN[usize::from(it)];
    if address.bytes().all(plain) {
        return address.to_owned();
    }
    let mut encoded = String::with_capacity(address.len() + 8);
    for byte in address.bytes() {
        match plain(byte) {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Returns which bytes stand in an address as they are.
const fn plain() -> [bool; 256] {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let signs = b"-._~/!$'()*+,;=:@#?&%";
    let mut at = 0;
    while at < signs.len() {
        plain[signs[at] as usize] = true;
        at += 1;
    }
    plain
}
