//! Folio: from a folder of Markdown to a folder of pages.
//!
//! [`open`] knows all that must be known before any page can be made; [`make`] makes the page at one address.

pub mod model;

mod caught;
mod check;
mod gather;
mod memo;
mod plan;
mod read;
mod render;

pub mod describe;
pub mod edge;
pub mod report;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;

use crate::caught::caught;
use crate::model::baseline::Baseline;
use crate::model::config::{Config, Options};
use crate::model::diagnostic::{Checked, Diagnostic, Diagnostics, Place};
use crate::model::issue::Next;
use crate::model::kind::Kind;
use crate::model::mail::{Form, Medium};
use crate::model::page::{Output, OutputBytes, Seen};
use crate::model::route::Route;
use crate::model::rule::{Group, Rule};
use crate::model::site::Site;
use crate::model::source::{Asset, Source, Sources, Span};
use crate::model::view::View;
use crate::model::web::Answer;

/// What was read before; the next [`open`] does not read it again.
#[derive(Debug, Default)]
pub struct Memo {
    documents: read::Known,
}

/// A site, open: every address known, ready to make any page.
#[derive(Debug)]
pub struct Opened {
    /// The site.
    pub site: Site,
    /// How many documents were read; the others were remembered.
    pub read: usize,
    baseline: Baseline,
    routes: plan::Routes,
    shared: plan::Shared,
    engine: render::Engine,
}

impl Opened {
    /// Returns every address, in order.
    pub fn routes(&self) -> Vec<&Route> {
        self.routes.all(&self.site).iter().map(|it| &it.0).collect()
    }

    /// Returns the forms of the issue at an entry, in order, each with its address; none without [`Options::forms`].
    pub fn forms(&self, entry: usize) -> Vec<(Form, Route)> {
        plan::forms(&self.site, entry).filter(|it| self.has(&it.1)).collect()
    }

    /// Returns the file of the document at an address, where there is one.
    fn place(&self, route: &Route) -> Option<Place> {
        let document = &self.site.entries[self.site.entry_at(route.as_str())?].document;
        Some(Place::new(&document.source.path, Span::default()))
    }

    /// Returns whether something is at an address.
    pub fn has(&self, route: &Route) -> bool {
        self.routes.has(&self.site, route.as_str())
    }
}

/// Returns all that must be known before any page can be made.
///
/// `config` is the path of the settings: `site.toml`. What is wrong with the sources is told, all of it; the site is the
/// best that can be had.
pub fn open(sources: &Sources, config: &str, options: Options, memo: &Memo) -> Checked<Opened> {
    open_step_by_step(sources, config, options, memo, &|_| ())
}

/// Does what [`open`] does, and says after each step what it was, so that steps can be timed.
pub fn open_step_by_step(
    sources: &Sources,
    config: &str,
    options: Options,
    memo: &Memo,
    end_of: &dyn Fn(&'static str),
) -> Checked<Opened> {
    let mut found = Diagnostics::default();
    found.extend(sources.found.iter().cloned());
    let nothing = Source::new(config, Vec::new());
    let settings = sources.texts.get(config);
    let config = match settings {
        Some(source) => found.keep(read::config(source, options)),
        // That there are no settings is told where they were looked for.
        None => read::config(&nothing, options).value,
    };
    let config = Arc::new(config);
    let baseline = found.keep(read::baseline(sources));
    found.extend(read::exceptions(&config, sources));
    let theme = found.keep(read::theme(sources, &config, settings));
    let vocabularies = found.keep(read::vocabularies(sources, &config.kinds));
    let documents = found.keep(read::documents(sources, &config, &theme, &memo.documents));
    let read = documents.read;
    end_of("read the documents");
    let site = found.keep(gather::site(config, theme, vocabularies, documents, sources));
    end_of("gather the site");
    let routes = found.keep(plan::routes(&site));
    let (faults, (shared, engine)) = rayon::join(
        || check::site(&site, sources, &|address| routes.has(&site, address)),
        || {
            let shared = plan::Shared::of(&site);
            let engine = render::Engine::of(&site, plan::site_view(&site, &shared, &routes));
            (shared, engine)
        },
    );
    found.extend(faults);
    let engine = found.keep(engine);
    let mut opened = found.around(Opened { site, read, baseline, routes, shared, engine });
    settle(&opened.value, sources, &mut opened.diagnostics);
    end_of("plan the pages");
    opened
}

/// Returns what is new by `day`, for the next issue of a newsletter in a language. `kind` is one of those that collect.
pub fn next_issue(opened: &Opened, kind: &Arc<Kind>, language: &str, day: civil::Date) -> Next {
    gather::next(&opened.site, kind, language, day)
}

/// Returns what is known of every code that a diagnostic may have, by group and then by code.
pub fn rules() -> &'static [Rule] {
    read::rules()
}

/// Returns the settings alone, for commands that need no more.
pub fn settings(source: &Source, options: Options) -> Checked<Config> {
    read::config(source, options)
}

/// Returns what is at one address. `build` asks for every address, in parallel; `serve` for the one that is looked at.
///
/// # Panics
/// Where `route` is not one of [`Opened::routes`].
pub fn make(opened: &Opened, route: &Route, sources: &Sources) -> Checked<Output> {
    let mut made = caught(|| output(opened, route)).unwrap_or_else(|panic| {
        let bytes = OutputBytes::Made(Vec::new());
        let diagnostic = panic.diagnostic(opened.place(route), &format!("making `{route}`"));
        Checked {
            value: Output { route: route.clone(), bytes, template: None, form: None },
            diagnostics: vec![diagnostic],
        }
    });
    settle(opened, sources, &mut made.diagnostics);
    made
}

fn output(opened: &Opened, route: &Route) -> Checked<Output> {
    #[cfg(test)]
    caught::panic_at("make", route.as_str());
    let Opened { site, routes, shared, engine, .. } = opened;
    let draw =
        |name: &str, medium: Medium, arguments: View, place: &Place| engine.component(name, medium, arguments, place);
    let planner = plan::Planner { site, routes, shared, medium: Medium::Web, draw: &draw, found: RefCell::default() };
    let mut found = Diagnostics::default();
    let page = found.keep(plan::page(planner, route));
    let output = found.keep(render::output(engine, page));
    found.extend(check::mail(site, &output));
    found.around(output)
}

/// Returns what the rules for finished pages find on one, and what is to be known of it for [`inspect_all`]. The site must have
/// been opened with [`Options::trace`].
pub fn inspect(opened: &Opened, output: &Output, sources: &Sources) -> Checked<Option<Seen>> {
    let looked_at = caught(|| look_at(&opened.site, output, sources));
    let (mut diagnostics, seen) = looked_at.unwrap_or_else(|panic| {
        let work = format!("checking the page `{}`", output.route);
        (vec![panic.diagnostic(opened.place(&output.route), &work)], None)
    });
    settle(opened, sources, &mut diagnostics);
    Checked { value: seen, diagnostics }
}

fn look_at(site: &Site, output: &Output, sources: &Sources) -> (Vec<Diagnostic>, Option<Seen>) {
    #[cfg(test)]
    caught::panic_at("inspect", output.route.as_str());
    match &output.bytes {
        OutputBytes::Made(bytes) if output.form.is_some() => (check::letter(site, sources, output, bytes), None),
        OutputBytes::Made(bytes) if output.route.file().ends_with(".html") => {
            check::page(site, sources, &output.route, bytes)
        }
        _ => (Vec::new(), None),
    }
}

/// The endings of the files that are passed on and that [`inspect_asset`] looks into.
pub const ASSET_ENDINGS: [&str; 11] = check::ENDINGS;

/// No larger file is looked into by [`inspect_asset`], in bytes.
pub const LARGEST_ASSET: u64 = check::LARGEST;

/// Returns what rules find in a file that is passed on: a picture, a PDF, a style sheet, a script. `bytes` is `None` where it has
/// more than [`LARGEST_ASSET`].
pub fn inspect_asset(opened: &Opened, asset: &Asset, bytes: Option<&[u8]>, sources: &Sources) -> Vec<Diagnostic> {
    let mut diagnostics = check::asset(&opened.site.config.checks, &asset.path, asset.size, bytes);
    settle(opened, sources, &mut diagnostics);
    diagnostics
}

/// Returns what is wrong with all pages together.
pub fn inspect_all(opened: &Opened, seen: &[Seen], sources: &Sources) -> Vec<Diagnostic> {
    let mut diagnostics = check::pages(&opened.site, seen);
    settle(opened, sources, &mut diagnostics);
    diagnostics
}

/// Returns what is wrong with the links to other sites, by what was answered.
pub fn inspect_links(
    opened: &Opened,
    seen: &[Seen],
    answers: &BTreeMap<String, Answer>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut diagnostics = check::web(seen, answers);
    settle(opened, sources, &mut diagnostics);
    diagnostics
}

/// Gives diagnostics their last form: places in bytes, the severities of the site, in order, each once.
fn settle(opened: &Opened, sources: &Sources, found: &mut Vec<Diagnostic>) {
    read::places(found, |path| sources.texts.get(path));
    check::settle(&opened.site.config.checks, &opened.baseline, sources, found);
    if opened.site.config.is_broken {
        found.retain(|it| is_of_its_own(it, &opened.site.config.path));
    }
    sort(found);
    let unknown = found.iter().find(|it| read::rule(it.code).is_none());
    debug_assert!(unknown.is_none(), "no file in src/rules tells of `{}`", unknown.map_or("", |it| it.code));
}

/// Returns whether a diagnostic may be told while the settings can't be read: what most others say depends on the settings.
fn is_of_its_own(diagnostic: &Diagnostic, settings: &str) -> bool {
    let is_of_file = |rule: &Rule| rule.about.fixed && matches!(rule.group, Group::Files | Group::FrontMatter);
    diagnostic.place.as_ref().is_some_and(|it| &*it.path == settings)
        || matches!(diagnostic.code, "toml-syntax" | "template-syntax")
        || read::rule(diagnostic.code).is_some_and(is_of_file)
}

/// Puts diagnostics in the order in which they are shown, each once.
pub fn sort(found: &mut Vec<Diagnostic>) {
    found.sort_by(Diagnostic::compare);
    // A template fails for each page in the same way; one of them is enough.
    let is_same_template = |one: &Diagnostic, other: &Diagnostic| {
        one.code == "template-error"
            && (one.code, &one.place, &one.message) == (other.code, &other.place, &other.message)
    };
    found.dedup_by(|next, one| next == one || is_same_template(next, one));
}
