//! What documents say of one another: links in their texts, references in their fields.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::model::body::{Body, Fill};
use crate::model::diagnostic::{At, Checked, Diagnostic, Edit, Place, Trail, near_miss};
use crate::model::document::Document;
use crate::model::kind::{Field, Group, Type};
use crate::model::site::{Entry, Found, Site, Target, Why, file_path};
use crate::model::source::Sources;
use crate::model::value::{Reference, Value, Values};

use super::nearest::{self, Files, Nearest};
use super::order;

/// From which entry to which a link leads.
type Link = (usize, usize);

/// To which entry, under which name, from which a reference leads that has an inverse.
type Inverse = (usize, Arc<str>, usize);

/// Checks the links in texts. Gives `broken-link`, `broken-anchor`, `missing-file`.
pub(super) fn links(site: &Site, sources: &Sources) -> Checked<Vec<Link>> {
    let files = OnceLock::new();
    let all = in_parts(site, |part, first| {
        let mut links = Links { site, sources, files: &files, found: Vec::new(), led: Vec::new() };
        part.iter().enumerate().for_each(|(at, it)| links.document(&it.document, Some(first + at)));
        (links.found, links.led)
    });
    let mut links = Links { site, sources, files: &files, found: Vec::new(), led: Vec::new() };
    for document in site.lists.iter().filter_map(|it| it.above.as_ref()) {
        links.document(document, None);
    }
    let mut found = Vec::new();
    let mut linked = Vec::new();
    for (own, led) in all.into_iter().chain([(links.found, links.led)]) {
        found.extend(own);
        linked.extend(led);
    }
    Checked { value: linked, diagnostics: found }
}

/// Sets the back-links and the inverse lists.
pub(super) fn set(site: &mut Site, links: Vec<Link>, inverse: Vec<Inverse>) {
    for (from, to) in links {
        site.entries[to].backlinks.push(from);
    }
    for (to, name, from) in inverse {
        site.entries[to].inverse.entry(name).or_default().push(from);
    }
    for entry in &mut site.entries {
        order::once(&mut entry.backlinks);
        entry.inverse.values_mut().for_each(order::once);
    }
}

/// Looks at all entries, in parallel; returns what `look` gave for each part of them, in their order. `look` is given the part
/// and the position of its first entry.
pub(super) fn in_parts<T: Send>(site: &Site, look: impl Fn(&[Entry], usize) -> T + Sync) -> Vec<T> {
    const PART: usize = 512;
    site.entries.par_chunks(PART).enumerate().map(|(part, entries)| look(entries, part * PART)).collect()
}

struct Links<'a> {
    site: &'a Site,
    sources: &'a Sources,
    /// The files by their names, sorted when the first is missing.
    files: &'a OnceLock<Files<'a>>,
    found: Vec<Diagnostic>,
    led: Vec<Link>,
}

impl Links<'_> {
    fn document(&mut self, document: &Document, from: Option<usize>) {
        self.body(document, &document.body, from, None);
        self.values(document, &document.values, from, &Trail::Top);
    }

    /// `at` is the field that the body is in; the document's own text has none.
    fn body(&mut self, document: &Document, body: &Body, from: Option<usize>, at: Option<&Trail<'_>>) {
        for hole in &body.holes {
            let place = || at.map_or_else(|| document.place(hole.span), |it| document.value_place(it.path()));
            match &hole.fill {
                Fill::Link(written) => self.link(document, written, from, place),
                Fill::Image(image) => self.image(document, &image.src, place),
                Fill::Component(component) => self.component(document, &component.arguments, from, hole.span),
                Fill::Words(_) => {}
            }
        }
    }

    fn component(
        &mut self,
        document: &Document,
        arguments: &Values,
        from: Option<usize>,
        span: crate::model::source::Span,
    ) {
        let before = self.found.len();
        self.values(document, arguments, from, &Trail::Top);
        // Places in a component's YAML are not those of the front matter: the block's first line stands for them.
        for diagnostic in &mut self.found[before..] {
            diagnostic.place = Some(document.place(span));
        }
    }

    fn values(&mut self, document: &Document, values: &Values, from: Option<usize>, at: &Trail<'_>) {
        for (name, value) in values.pairs() {
            self.value(document, value, from, &Trail::Key(at, name));
        }
    }

    fn value(&mut self, document: &Document, value: &Value, from: Option<usize>, at: &Trail<'_>) {
        match value {
            Value::Markdown(body) => self.body(document, body, from, Some(at)),
            Value::File(written) => self.image(document, written, || document.value_place(at.path())),
            Value::List(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, it)| self.value(document, it, from, &Trail::Index(at, index)));
            }
            Value::Group(values) => self.values(document, values, from, at),
            _ => {}
        }
    }

    fn link(&mut self, document: &Document, written: &str, from: Option<usize>, place: impl Fn() -> Place) {
        match self.site.target(document, written) {
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
            Target::Document(found, fragment) => {
                if let (Some(from), Found::Entry(to)) = (from, found)
                    && from != to
                {
                    self.led.push((from, to));
                }
                self.anchor(&self.site.document(found).clone(), fragment, written, place);
            }
            Target::Here(fragment) => self.anchor(document, fragment, written, place),
            Target::Nowhere(path) => {
                let nearest = self.nearest(&path);
                let place = place();
                let fix = Self::recase(&place, written, &nearest);
                let fault = Diagnostic::error("broken-link", place, format!("`{written}` leads nowhere"));
                let fault = fault.help(nearest.help).fix(fix);
                self.found.push(fault);
            }
            Target::File(_) | Target::Address(_) => {}
        }
    }

    fn anchor(&mut self, document: &Document, fragment: &str, written: &str, place: impl Fn() -> Place) {
        let ids =
            || document.body.headings.iter().map(|it| &*it.id).chain(document.body.anchors.iter().map(|it| &**it));
        if fragment.is_empty() || fragment == "main" || ids().any(|it| it == fragment) {
            return;
        }
        let help = near_miss(fragment, ids()).map_or_else(
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
        if path.as_ref().is_some_and(|it| self.site.files.contains_key(it.as_str())) {
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
        self.files.get_or_init(|| Files::of(self.sources)).nearest(path)
    }

    /// Returns what mends the letters of a path, where its bytes in the file are known.
    fn recase(place: &Place, written: &str, nearest: &Nearest<'_>) -> Vec<Edit> {
        let right = nearest.recased.and_then(|it| nearest::recased(written, it));
        match (&place.at, right) {
            (At::Span(span), Some(right)) if span.end - span.start == written.len() => vec![Edit::new(*span, right)],
            _ => Vec::new(),
        }
    }
}

/// Checks the references in fields. Gives `dangling-reference`, `unpublished-reference`.
pub(super) fn references(site: &Site) -> Checked<Vec<Inverse>> {
    let near = Mutex::default();
    let all = in_parts(site, |part, first| {
        let mut references = References { site, found: Vec::new(), inverse: Vec::new(), near: &near };
        for (at, document) in part.iter().map(|it| &it.document).enumerate() {
            references.group(document, &document.kind.group, &document.values, &Trail::Top, first + at);
        }
        (references.found, references.inverse)
    });
    let mut found = Vec::new();
    let mut related = Vec::new();
    for (own, inverse) in all {
        found.extend(own);
        related.extend(inverse);
    }
    Checked { value: related, diagnostics: found }
}

/// A name, and the kinds that it was looked for in.
type Sought = (Arc<str>, Vec<Arc<str>>);

struct References<'a> {
    site: &'a Site,
    found: Vec<Diagnostic>,
    inverse: Vec<Inverse>,
    /// What may have been meant by a name that no document of these kinds has.
    near: &'a Mutex<BTreeMap<Sought, Option<Arc<str>>>>,
}

impl References<'_> {
    fn group(&mut self, document: &Document, group: &Group, values: &Values, at: &Trail<'_>, from: usize) {
        for (field, value) in group.pairs(values) {
            self.value(document, field, field, value, &Trail::Key(at, &field.name), from);
        }
    }

    /// `field` says the type; `named` is the field that has the inverse: the list, for its items.
    fn value(&mut self, document: &Document, field: &Field, named: &Field, value: &Value, at: &Trail<'_>, from: usize) {
        match (&field.r#type, value) {
            (Type::List { of, .. }, Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(document, of, named, item, &Trail::Index(at, index), from);
                }
            }
            (Type::Group(group), Value::Group(values)) => self.group(document, group, values, at, from),
            (Type::Reference { to, text }, Value::Reference(reference)) => {
                self.reference(document, (to, *text), named, reference, at, from);
            }
            _ => {}
        }
    }

    fn reference(
        &mut self,
        document: &Document,
        (to, text): (&[Arc<str>], bool),
        field: &Field,
        reference: &Reference,
        at: &Trail<'_>,
        from: usize,
    ) {
        let Reference::Slug(written) = reference else { return };
        match self.site.referred(reference, to) {
            Some(Found::Entry(entry)) => {
                if let Some(inverse) = &field.inverse {
                    self.inverse.push((entry, inverse.clone(), from));
                }
            }
            Some(Found::LeftOut(_)) => {
                let message = format!("`{written}` is not published, so readers see its title without a link");
                self.found.push(Diagnostic::warning("unpublished-reference", document.value_place(at.path()), message));
            }
            Some(Found::Above(_)) => {}
            None => self.dangling(document, to, text, field, written, at),
        }
    }

    fn dangling(
        &mut self,
        document: &Document,
        to: &[Arc<str>],
        text: bool,
        field: &Field,
        written: &str,
        at: &Trail<'_>,
    ) {
        let is_name = written.contains(char::is_uppercase) || written.contains([' ', '@']);
        if text && is_name {
            return;
        }
        let near = self.nearest(written, to);
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
        let place = document.value_place(at.path());
        let message = format!("there is no {what} `{written}`, which `{}` names", field.name);
        self.found.push(match text {
            true => Diagnostic::warning("dangling-reference", place, message).help(help),
            false => Diagnostic::error("dangling-reference", place, message).help(help),
        });
    }

    /// Returns the slug that may have been meant. The same name in many documents is looked for once: each look passes over
    /// all slugs.
    fn nearest(&self, written: &str, to: &[Arc<str>]) -> Option<Arc<str>> {
        let key = (Arc::from(written), to.to_vec());
        if let Some(known) = self.near().get(&key) {
            return known.clone();
        }
        let fits =
            |kinds: &[(Arc<str>, Found)]| kinds.iter().any(|it| to.contains(&it.0) || to.iter().any(|it| &**it == "*"));
        let mut known = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "near_miss takes the least of all, in whatever order they come")]
        for (slug, kinds) in &self.site.index.slugs {
            if fits(kinds) {
                known.push(&**slug);
            }
        }
        let near: Option<Arc<str>> = near_miss(written, known).map(Arc::from);
        self.near().insert(key, near.clone());
        near
    }

    fn near(&self) -> MutexGuard<'_, BTreeMap<Sought, Option<Arc<str>>>> {
        self.near.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
