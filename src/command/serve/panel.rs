//! What is wrong, for the panel of the page that is looked at.

use std::sync::Arc;

use folio::model::diagnostic::{Diagnostic, Severity};
use folio::model::source::Sources;
use folio::report;
use serde::Serialize;

use super::snapshot::{Snapshot, is_in};

/// A fault, as the script of a served page shows it.
#[derive(Serialize)]
pub(super) struct Fault {
    severity: &'static str,
    /// Whether it is one of the page that is looked at.
    own: bool,
    message: String,
    place: Option<String>,
    excerpt: Option<String>,
    help: Option<String>,
}

/// Returns the faults: those of the page first, the worst of them first; the others as they are everywhere. `of_page` is what was
/// found on the page, `file` the one that it is made of.
pub(super) fn faults(of_page: &[Diagnostic], file: Option<&Arc<str>>, snapshot: &Snapshot) -> Vec<Fault> {
    let of_sources = snapshot.found.iter().filter(|it| !of_page.contains(it));
    let of_sources = of_sources.map(|it| (file.is_some_and(|file| is_in(it, file)), it));
    let mut all: Vec<(bool, &Diagnostic)> = of_page.iter().map(|it| (true, it)).chain(of_sources).collect();
    all.retain(|(_, it)| it.severity != Severity::Advice);
    all.sort_by_key(|(own, it)| (!own, it.severity));
    all.into_iter().map(|(own, it)| Fault::of(it, own, &snapshot.sources)).collect()
}

impl Fault {
    fn of(diagnostic: &Diagnostic, own: bool, sources: &Sources) -> Fault {
        let (place, excerpt) = report::excerpt(diagnostic, sources).unzip();
        Fault {
            severity: diagnostic.severity.name(),
            own,
            message: diagnostic.message.clone(),
            place,
            excerpt,
            help: diagnostic.help.clone(),
        }
    }
}
