//! What documents say of one another: links in their texts, references in their fields.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::model::address;
use crate::model::diagnostic::{At, Checked, Diagnostic, Edit, Place, near_miss};
use crate::model::document::{Document, Shape};
use crate::model::key::{Key, Sought};
use crate::model::mention::{Mention, What};
use crate::model::name::{ByName, Name};
use crate::model::near::Near;
use crate::model::site::{Addressed, Entry, Found, Index, Site, Target, Why, decode, file_path};
use crate::model::slug;
use crate::model::source::Sources;

use super::nearest::{self, Files, Nearest};
use super::order;

/// How documents are related.
#[derive(Default)]
pub(super) struct Relations {
    /// From which entry to which a link leads.
    links: Vec<(usize, usize)>,
    /// To which entry, under which name, from which a reference leads that has an inverse.
    inverse: Vec<(usize, Arc<str>, usize)>,
    /// The links to addresses that are no document's.
    addresses: Vec<Addressed>,
}

/// Resolves what documents name. Gives `broken-link`, `broken-anchor`, `missing-file`, `third-party-request`,
/// `dangling-reference`, `unpublished-reference`, `unknown-term`.
pub(super) fn relations(site: &Site, sources: &Sources) -> Checked<Relations> {
    const PART: usize = 1024;
    let shared = Shared::default();
    let look = |(part, entries): (usize, &[Entry])| {
        let mut own = Resolver::of(site, sources, &shared);
        for (at, entry) in entries.iter().enumerate() {
            own.document(&entry.document, &site.keys[entry.keys.clone()], Some(part * PART + at));
        }
        (own.found, own.made)
    };
    let mut parts: Vec<(Vec<Diagnostic>, Relations)> = site.entries.par_chunks(PART).enumerate().map(look).collect();
    let mut above = Resolver::of(site, sources, &shared);
    for document in site.lists.iter().filter_map(|it| it.above.as_ref()) {
        above.document(document, &Key::all(document, &site.config.kinds), None);
    }
    parts.push((above.found, above.made));
    let mut all = Relations::default();
    let mut found = Vec::new();
    for (own, made) in parts {
        found.extend(own);
        all.links.extend(made.links);
        all.inverse.extend(made.inverse);
        all.addresses.extend(made.addresses);
    }
    Checked { value: all, diagnostics: found }
}

/// Sets the back-links, the inverse lists and the addresses that are linked to.
pub(super) fn set(site: &mut Site, relations: Relations) {
    site.addressed = relations.addresses;
    for (from, to) in relations.links {
        site.entries[to].backlinks.push(from);
    }
    for (to, name, from) in relations.inverse {
        site.entries[to].inverse.entry(name).or_default().push(from);
    }
    for entry in &mut site.entries {
        order::once(&mut entry.backlinks);
        entry.inverse.values_mut().for_each(order::once);
    }
}

/// What is looked for once in the whole site.
#[derive(Default)]
struct Shared<'a> {
    /// The files by their names, sorted when the first is missing.
    files: OnceLock<Files<'a>>,
    /// The names that may be meant, brought together when the first is missing.
    near: Mutex<BTreeMap<Among, Arc<Near<'a>>>>,
}

/// Where a name is looked for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Among {
    /// Among the slugs of the documents of these kinds.
    Kinds(Arc<[Arc<str>]>),
    /// Among the terms of this vocabulary.
    Vocabulary(Arc<str>),
}

struct Resolver<'a> {
    site: &'a Site,
    sources: &'a Sources,
    shared: &'a Shared<'a>,
    /// The terms that were found in their vocabulary.
    terms: ByName<()>,
    found: Vec<Diagnostic>,
    made: Relations,
}

impl<'a> Resolver<'a> {
    fn of(site: &'a Site, sources: &'a Sources, shared: &'a Shared<'a>) -> Resolver<'a> {
        Resolver { site, sources, shared, terms: ByName::default(), found: Vec::new(), made: Relations::default() }
    }

    /// Resolves what a document names. `from` is the position of its entry, if it has one.
    fn document(&mut self, document: &Document, keys: &[Key], from: Option<usize>) {
        let Index { paths, routes, .. } = &self.site.index;
        for key in keys {
            // Most is in order, and told so by its name alone.
            match key.sought {
                Sought::Term => continue,
                Sought::Address if routes.contains_key(&key.name) => continue,
                Sought::Vocabulary if self.terms.contains_key(&key.name) => continue,
                Sought::Path => {
                    if let Some(Found::Entry(to)) = paths.get(&key.name) {
                        self.made.links.extend(from.filter(|it| it != to).map(|it| (it, *to)));
                        continue;
                    }
                }
                _ => {}
            }
            self.mention(document, key, from);
        }
    }

    /// Resolves one mention. Where this is put in line, the document is gone to in any case.
    #[inline(never)]
    fn mention(&mut self, document: &Document, key: &Key, from: Option<usize>) {
        let position = key.at as usize;
        let Mention { what, written } = &document.mentions[position];
        let place = || Mention::place(document, position);
        match what {
            What::Link => self.link(document, written, from, place),
            What::File => self.image(document, written, place),
            What::Address => self.address(written, place),
            What::Reference { to, text, field, inverse } => {
                let found = self.site.by_name(key.name, to).or_else(|| self.site.by_short_path(written, to));
                match found {
                    Some(Found::Entry(entry)) => {
                        let inverse = inverse.clone().zip(from);
                        self.made.inverse.extend(inverse.map(|(name, from)| (entry, name, from)));
                    }
                    Some(Found::Above(_)) => {}
                    Some(Found::LeftOut(_)) => {
                        let message = format!("`{written}` is not published, so readers see its title without a link");
                        self.found.push(Diagnostic::warning("unpublished-reference", place(), message));
                    }
                    None => self.dangling(to, *text, field, written, place),
                }
            }
            What::Term(vocabulary) => self.term(vocabulary, key.name, written, place),
        }
    }

    fn link(&mut self, document: &Document, written: &str, from: Option<usize>, place: impl Fn() -> Place) {
        match self.site.target(document.folder_path(), written) {
            Target::Document(Found::LeftOut(position), _) => {
                let why = match self.site.left_out[position].why {
                    Why::Draft => "a draft".to_owned(),
                    Why::Future(date) => format!("not published before {}", date.day),
                    Why::Expired(date) => format!("out of the site since {}", date.day),
                };
                let message = format!("`{written}` is {why}, so this link would lead nowhere");
                self.found
                    .push(Diagnostic::error("broken-link", place(), message).help("take the link out until then"));
            }
            Target::Document(found, rest) => {
                if let (Some(from), Found::Entry(to)) = (from, found)
                    && from != to
                {
                    self.made.links.push((from, to));
                }
                self.anchor(&self.site.document(found).clone(), rest, written, place);
            }
            Target::Here(rest) => self.anchor(document, rest, written, place),
            Target::Nowhere(path) => {
                let nearest = self.nearest(&path);
                let place = place();
                let fix = Self::recase(&place, written, &nearest);
                let fault = Diagnostic::error("broken-link", place, format!("`{written}` leads nowhere"));
                let meant = address::meant(written).map(|it| format!("did you mean `{it}`?"));
                let fault = fault.help(meant.unwrap_or(nearest.help)).fix(fix);
                self.found.push(fault);
            }
            Target::Outside(_) => {
                if let Some(address) = self.site.config.own_path(written) {
                    self.address(address, place);
                }
            }
            Target::Address(_) | Target::File(..) => {}
        }
    }

    /// It is not that of a document; what else there is, is not known yet.
    fn address(&mut self, written: &str, place: impl Fn() -> Place) {
        if written.starts_with('/') && !written.starts_with("//") {
            self.made.addresses.push(Addressed { written: written.into(), place: place() });
        }
    }

    fn anchor(&mut self, document: &Document, rest: &str, written: &str, place: impl Fn() -> Place) {
        let fragment = address::anchor(rest);
        let ids =
            || document.body.headings.iter().map(|it| &*it.id).chain(document.body.anchors.iter().map(|it| &**it));
        if fragment.is_empty() || fragment == "main" || ids().any(|it| it == fragment) {
            return;
        }
        let decoded = decode(fragment);
        if ids().any(|it| it == decoded) {
            return;
        }
        // Other programs keep the letters of all scripts in an id.
        let own = slug::plain(&decoded);
        let help = ids().find(|it| *it == own).or_else(|| near_miss(fragment, ids())).map_or_else(
            || "the id of a heading is its text in lower case, with hyphens for spaces".to_owned(),
            |it| format!("did you mean `#{it}`?"),
        );
        let message = format!("`{written}` leads to no heading of `{}`", document.source.path);
        self.found.push(Diagnostic::error("broken-anchor", place(), message).help(help));
    }

    fn image(&mut self, document: &Document, written: &str, place: impl Fn() -> Place) {
        if written.contains("://") || written.starts_with("//") {
            let message = format!("`{written}` would be asked for from another host by every reader");
            let help = "copy the file into `content/`, beside the document";
            self.found.push(Diagnostic::error("third-party-request", place(), message).help(help));
            return;
        }
        if written.is_empty() || written.starts_with('/') {
            return;
        }
        let path = file_path(document, written);
        if path.as_ref().is_some_and(|it| self.site.file(it).is_some()) {
            return;
        }
        let place = place();
        let message = format!("there is no file `{written}`");
        let mut fix = Vec::new();
        let help = match path {
            None => "the path leaves the site's folder".to_owned(),
            Some(path) if self.sources.assets.contains_key(path.as_str()) => {
                "the file belongs to a document that is not published".to_owned()
            }
            Some(path) => {
                let nearest = self.nearest(&path);
                fix = Self::recase(&place, written, &nearest);
                nearest.help
            }
        };
        self.found.push(Diagnostic::error("missing-file", place, message).help(help).fix(fix));
    }

    fn nearest(&self, path: &str) -> Nearest<'_> {
        self.shared.files.get_or_init(|| Files::of(self.sources)).nearest(path)
    }

    /// Returns what mends the letters of a path, where its bytes in the file are known.
    fn recase(place: &Place, written: &str, nearest: &Nearest<'_>) -> Vec<Edit> {
        let right = nearest.recased.and_then(|it| nearest::recased(written, it));
        match (&place.at, right) {
            (At::Span(span), Some(right)) if span.end - span.start == written.len() => vec![Edit::new(*span, right)],
            _ => Vec::new(),
        }
    }

    fn dangling(&mut self, to: &Arc<[Arc<str>]>, text: bool, field: &str, written: &str, place: impl Fn() -> Place) {
        let near = self.nearest_name(written, to);
        if text && near.is_none() {
            return;
        }
        let any = to.iter().any(|it| &**it == "*");
        let what = to.iter().filter(|it| &***it != "*").map(|it| &**it).collect::<Vec<_>>().join(" or ");
        let what = if any { "document" } else { &what };
        let help = near.map_or_else(
            || {
                "write the slug, which is the file's name without `.md`, or `{name: …, url: …}` for somebody elsewhere"
                    .to_owned()
            },
            |it| format!("did you mean `{it}`?"),
        );
        let place = place();
        let message = format!("there is no {what} `{written}`, which `{}` names", field);
        self.found.push(match text {
            true => Diagnostic::warning("dangling-reference", place, message).help(help),
            false => Diagnostic::error("dangling-reference", place, message).help(help),
        });
    }

    /// Returns the slug that may have been meant.
    fn nearest_name(&self, written: &str, to: &Arc<[Arc<str>]>) -> Option<&'a str> {
        let is_of_kinds = |slug: &&str| self.site.by_name(Name::of(slug), to).is_some();
        let documents = || self.site.documents().map(|it| it.1).filter(|it| it.shape != Shape::Root);
        let slugs = || Near::among(documents().map(|it| &*it.slug).filter(is_of_kinds));
        self.near(Among::Kinds(to.clone()), slugs).find(written)
    }

    fn near(&self, among: Among, names: impl FnOnce() -> Near<'a>) -> Arc<Near<'a>> {
        let mut near = self.shared.near.lock().unwrap_or_else(PoisonError::into_inner);
        near.entry(among).or_insert_with(|| Arc::new(names())).clone()
    }

    /// `key` is the name of vocabulary and term together.
    fn term(&mut self, name: &str, key: Name, written: &str, place: impl Fn() -> Place) {
        let Some(vocabulary) = self.site.vocabularies.get(name).filter(|it| it.find(written).is_none()) else {
            self.terms.insert(key, ());
            return;
        };
        let terms = || Near::among(vocabulary.terms.iter().map(|it| &*it.slug));
        let help = self.near(Among::Vocabulary(vocabulary.path.clone()), terms).find(written).map_or_else(
            || format!("add it to {}, or take one that is there", vocabulary.path),
            |it| format!("did you mean `{it}`?"),
        );
        let message = format!("`{written}` is none of the {name} of {}", vocabulary.path);
        self.found.push(Diagnostic::error("unknown-term", place(), message).help(help));
    }
}
