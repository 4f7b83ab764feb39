//! Diagnostic -> Diagnostic, as the site wants to be told.

use crate::model::baseline::Baseline;
use crate::model::config::Checks;
use crate::model::diagnostic::Diagnostic;
use crate::model::source::Sources;

/// Gives every diagnostic the severity that the site sets for its code, and takes out what the site has turned off, excepted
/// or accepted.
pub(crate) fn settle(checks: &Checks, baseline: &Baseline, sources: &Sources, found: &mut Vec<Diagnostic>) {
    found.retain_mut(|it| {
        if let Some(place) = &it.place
            && checks.is_excepted(it.code, &place.path)
        {
            return false;
        }
        match checks.severities.get(it.code) {
            Some(None) => return false,
            Some(Some(severity)) => it.severity = *severity,
            None => {}
        }
        !baseline.accepts(it, sources)
    });
}
