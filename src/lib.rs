//! Folio: from a folder of Markdown to a folder of pages.
//!
//! [`open`] knows all that must be known before any page can be made; [`make`] makes the page at one address.

pub mod model;

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
use std::sync::Arc;

use crate::model::config::{Config, Options};
use crate::model::diagnostic::{Checked, Diagnostic, Diagnostics, Place};
use crate::model::page::Output;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::{Source, Sources};
use crate::model::view::View;

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
    routes: plan::Routes,
    shared: plan::Shared,
    engine: render::Engine,
}

impl Opened {
    /// Returns every address, in order.
    pub fn routes(&self) -> Vec<&Route> {
        self.routes.keys().collect()
    }
}

/// Returns all that must be known before any page can be made.
///
/// `config` is the path of the settings: `site.toml`. What is wrong with the sources is told, all of it; the site is the
/// best that can be had.
pub fn open(sources: &Sources, config: &str, options: Options, memo: &Memo) -> Checked<Opened> {
    let mut found = Diagnostics::default();
    let nothing = Source::new(config, Vec::new());
    let settings = sources.texts.get(config);
    let config = match settings {
        Some(source) => found.keep(read::config(source, options)),
        // That there are no settings is told where they were looked for.
        None => read::config(&nothing, options).value,
    };
    let config = Arc::new(config);
    let theme = found.keep(read::theme(sources, &config, settings));
    let vocabularies = found.keep(read::vocabularies(sources));
    let documents = found.keep(read::documents(sources, &config, &theme, &memo.documents));
    let site = found.keep(gather::site(config, theme, vocabularies, documents, sources));
    let routes = found.keep(plan::routes(&site));
    found.extend(check::site(&site, &|route| routes.contains_key(route)));
    let shared = plan::Shared::of(&site);
    let engine = found.keep(render::Engine::of(&site, plan::site_view(&site, &shared, &routes)));
    memo.documents.sweep();
    let mut opened = found.around(Opened { site, routes, shared, engine });
    settle(&opened.value.site, sources, &mut opened.diagnostics);
    opened
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
    let Opened { site, routes, shared, engine } = opened;
    let draw = |name: &str, arguments: View, place: &Place| engine.component(name, arguments, place);
    let planner = plan::Planner { site, routes, shared, draw: &draw, found: RefCell::default() };
    let mut found = Diagnostics::default();
    let page = found.keep(plan::page(planner, route));
    let output = found.keep(render::output(engine, page));
    let mut made = found.around(output);
    settle(site, sources, &mut made.diagnostics);
    made
}

/// Gives diagnostics their last form: places in bytes, the severities of the site, in order, each once.
fn settle(site: &Site, sources: &Sources, found: &mut Vec<Diagnostic>) {
    read::places(found, |path| sources.texts.get(path));
    check::severities(&site.config, found);
    sort(found);
}

/// Puts diagnostics in the order in which they are shown, each once.
pub fn sort(found: &mut Vec<Diagnostic>) {
    found.sort_by(Diagnostic::compare);
    found.dedup();
}
