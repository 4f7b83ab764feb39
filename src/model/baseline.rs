//! Faults that were there before the checks began, and are accepted until somebody mends them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::source::Sources;

/// The file, in the site's folder.
pub const FILE: &str = "baseline.toml";

/// What is accepted, in order: path, code, line. A fault is accepted while the line on which it begins stays as it
/// is, wherever in the file it moves; a line that is touched is told again.
///
/// What is about the whole site, or about a file that is no text, is known by its message instead; the path of the whole
/// site is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(pub BTreeSet<[Arc<str>; 3]>);

impl Baseline {
    /// Returns whether a diagnostic is accepted.
    pub fn accepts(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        !self.0.is_empty() && self.0.contains(&key(diagnostic, sources))
    }

    /// Adds a diagnostic.
    pub fn accept(&mut self, diagnostic: &Diagnostic, sources: &Sources) {
        self.0.insert(key(diagnostic, sources));
    }
}

fn key(diagnostic: &Diagnostic, sources: &Sources) -> [Arc<str>; 3] {
    let path = diagnostic.place.as_ref().map_or_else(|| "".into(), |it| it.path.clone());
    [path, diagnostic.code.into(), line(diagnostic, sources).into()]
}

/// Returns the line on which it begins, without the spaces around it.
fn line<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> &'a str {
    let Some(place) = &diagnostic.place else { return &diagnostic.message };
    let Some(source) = sources.texts.get(&place.path) else { return &diagnostic.message };
    let mut at = place.span().start.min(source.text.len());
    while !source.text.is_char_boundary(at) {
        at -= 1;
    }
    let start = source.text[..at].rfind('\n').map_or(0, |it| it + 1);
    source.text[start..].lines().next().unwrap_or_default().trim()
}
