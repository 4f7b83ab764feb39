//! Source -> Document: each file by itself, remembered.

mod baseline;
mod checks;
mod config;
mod date;
mod doctor;
mod document;
mod encoding;
mod escape;
mod faults;
mod fields;
mod format;
mod front_matter;
mod held;
mod html;
mod index;
mod markdown;
mod names;
mod nesting;
mod newsletter;
mod route;
mod rules;
mod schema;
mod sentences;
mod theme;
mod toml;
mod toml_cause;
mod vocabulary;
mod yaml;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rapidhash::fast::RandomState;

use crate::caught::caught;
use crate::memo::{Comparison, Table};
use crate::model::config::Config;
use crate::model::diagnostic::{At, Checked, Diagnostic, Place};
use crate::model::document::{Brief, Briefed, Document, Documents};
use crate::model::key::Key;
use crate::model::source::{Source, Sources, Span};
use crate::model::theme::Theme;

pub(crate) use baseline::baseline;
pub(crate) use checks::exceptions;
pub(crate) use config::config;
pub(crate) use rules::{rule, rules};
pub(crate) use theme::theme;
pub(crate) use vocabulary::vocabularies;

/// What was read before, by path, with all that its reading depends on.
pub(crate) type Known = Table<Basis, Checked<(Arc<Document>, Brief)>, Key>;

/// All that the reading of a document depends on: the settings, whether it is traced, and the file.
#[derive(Debug)]
pub(crate) struct Basis {
    settings: u64,
    traced: bool,
    source: Source,
}

/// Reads all documents.
pub(crate) fn documents(sources: &Sources, config: &Config, theme: &Theme, known: &Known) -> Checked<Documents> {
    let settings = fingerprint(sources, config);
    let trace = |it: &Source| config.options.trace.has(&it.path);
    let now = sources.texts_in("content/").map(|it| (settings, trace(it), it)).collect();
    let comparison = Comparison {
        keys: |(_, _, source): &(u64, bool, &Source), basis: &Basis| match Arc::ptr_eq(&source.path, &basis.source.path)
        {
            true => Ordering::Equal,
            false => source.path.cmp(&basis.source.path),
        },
        same: |(settings, traced, source), basis| {
            *settings == basis.settings && *traced == basis.traced && **source == basis.source
        },
    };
    let mut diagnostics = Vec::new();
    let read = known.all(
        now,
        &comparison,
        |&(settings, traced, source)| {
            let (read, keys) = document_or_fault(source, config, theme);
            (Basis { settings, traced, source: source.clone() }, read, keys)
        },
        |Checked { value: (document, brief), .. }, keys| Briefed { document: document.clone(), brief: *brief, keys },
        |it| diagnostics.extend_from_slice(&it.diagnostics),
    );
    Checked { value: Documents { all: read.values, keys: read.parts, read: read.computed }, diagnostics }
}

/// Reads a document. One at which Folio itself fails is told, and is empty then: its path alone says where it is, so that links
/// to it are right.
///
/// Gives `internal-error`, and what [`document::document`] gives.
fn document_or_fault(source: &Source, config: &Config, theme: &Theme) -> (Checked<(Arc<Document>, Brief)>, Vec<Key>) {
    let read = |source: &Source| {
        let Checked { value, diagnostics } = document::document(source, config, theme);
        let (brief, keys) = (Brief::of(&value, &config.kinds), Key::all(&value, &config.kinds));
        (Checked { value: (value, brief), diagnostics }, keys)
    };
    let (Checked { value: (document, brief), diagnostics }, keys) = caught(|| read(source)).unwrap_or_else(|panic| {
        let (mut read, keys) = read(&Source::new(source.path.clone(), Vec::new()));
        read.value.0.source = source.clone();
        let place = Place::new(&source.path, Span::default());
        read.diagnostics = vec![panic.diagnostic(Some(place), "reading this file")];
        (read, keys)
    });
    (Checked { value: (Arc::new(document), brief), diagnostics }, keys)
}

/// Stands for all that reading a document depends on besides the document, and whether it is traced: site.toml and the
/// components' declarations.
fn fingerprint(sources: &Sources, config: &Config) -> u64 {
    let mut hasher = rapidhash::fast::RapidHasher::default();
    config.path.hash(&mut hasher);
    (&config.origin, &config.base_path).hash(&mut hasher);
    for source in sources.texts_beside("content/").filter(|it| it.path.ends_with(".toml")) {
        (&source.path, &source.text).hash(&mut hasher);
    }
    hasher.finish()
}

/// Gives every place that is named by its field its bytes. Each text is read once, however many places are in it.
pub(crate) fn places<'a>(diagnostics: &mut [Diagnostic], source: impl Fn(&str) -> Option<&'a Source>) {
    let mut readings = Readings::default();
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter_mut().map(|(place, _)| place);
        for place in diagnostic.place.iter_mut().chain(related) {
            resolve(place, &source, &mut readings);
        }
    }
}

/// Texts that were read for the places in them: by file, and where in it each text is.
type Readings<'a> = HashMap<(Arc<str>, Span), doctor::Reading<'a>, RandomState>;

/// Gives every place that is named by its field its bytes, by what was read of the YAML at `yaml`.
fn placed(diagnostics: &mut [Diagnostic], yaml: Span, reading: &doctor::Reading<'_>) {
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter_mut().map(|(place, _)| place);
        for place in diagnostic.place.iter_mut().chain(related) {
            if let At::Field(of, path, part) = &place.at
                && *of == yaml
            {
                place.at = At::Span(reading.place(reading.locate(&place.path, path, *part)));
            }
        }
    }
}

fn resolve<'a>(place: &mut Place, source: impl Fn(&str) -> Option<&'a Source>, readings: &mut Readings<'a>) {
    let At::Field(span, path, part) = &place.at else { return };
    let Some(source) = source(&place.path) else { return };
    let span = Span::new(span.start, span.end.min(source.text.len()));
    let Some(text) = source.text.get(span.start..span.end) else { return };
    let reading = readings.entry((place.path.clone(), span)).or_insert_with(|| match source.path.ends_with(".toml") {
        true => doctor::Reading::at(text, span.start),
        // What can't be read is placed in what was meant.
        false => doctor::read(source, span),
    });
    place.at = At::Span(reading.place(reading.locate(&source.path, path, *part)));
}
