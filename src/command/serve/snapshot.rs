//! Sources -> Snapshot: the site as it was at one moment.

use std::sync::Arc;

use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Checked, Diagnostic, Severity};
use folio::model::route::Route;
use folio::model::source::Sources;
use folio::{Memo, Opened, open};

use crate::Global;
use crate::command::Stop;

/// What the site is opened with, each time.
pub(super) struct Opener {
    /// The name of the settings.
    pub(super) config: String,
    pub(super) options: Options,
    pub(super) memo: Memo,
}

impl Opener {
    fn open(&self, sources: &Sources) -> Checked<Opened> {
        open(sources, &self.config, self.options.clone(), &self.memo)
    }

    /// Opens the site with places in what is made of one document.
    pub(super) fn open_traced(&self, sources: &Sources, document: Option<&Arc<str>>) -> Opened {
        let trace = Trace::One(document.cloned().unwrap_or_default());
        open(sources, &self.config, Options { trace, ..self.options.clone() }, &self.memo).value
    }
}

/// A site as it was at one moment. Requests under way keep the one that they began with.
pub(super) struct Snapshot {
    /// Its number, from 1.
    pub(super) version: u64,
    /// The version in which a style sheet last changed.
    pub(super) styles: u64,
    pub(super) sources: Sources,
    pub(super) opened: Opened,
    pub(super) found: Vec<Diagnostic>,
}

impl Snapshot {
    pub(super) fn first(opener: &Opener, sources: Sources) -> Snapshot {
        Snapshot::of(opener, sources, 1, 1)
    }

    /// Returns the site after the files in `changed` were saved.
    pub(super) fn next(&self, opener: &Opener, sources: Sources, changed: &[String]) -> Snapshot {
        let version = self.version + 1;
        let styles = if changed.iter().any(|it| it.ends_with(".css")) { version } else { self.styles };
        Snapshot::of(opener, sources, version, styles)
    }

    fn of(opener: &Opener, sources: Sources, version: u64, styles: u64) -> Snapshot {
        let opened = opener.open(&sources);
        Snapshot { version, styles, sources, opened: opened.value, found: opened.diagnostics }
    }

    /// Returns the file of the document that is at an address.
    pub(super) fn file_at(&self, route: &Route) -> Option<&Arc<str>> {
        let site = &self.opened.site;
        Some(&site.entries[site.entry_at(route.as_str())?].document.source.path)
    }

    /// Returns whether there is an error in a file.
    pub(super) fn is_broken(&self, file: Option<&Arc<str>>) -> bool {
        file.is_some_and(|file| self.found.iter().any(|it| it.severity == Severity::Error && is_in(it, file)))
    }

    /// Tells the faults; a server goes on all the same.
    pub(super) fn tell(&self, global: &Global) -> Result<(), Stop> {
        match global.tell_beside(&self.found, &self.sources) {
            Err(Stop::Faults) => Ok(()),
            other => other,
        }
    }
}

/// Returns whether a fault is in a file.
pub(super) fn is_in(diagnostic: &Diagnostic, file: &str) -> bool {
    diagnostic.place.as_ref().is_some_and(|it| &*it.path == file)
}
