//! Site -> Diagnostic*: the rules for what can only be seen when all is together. One file for each rule.

mod broken_address;
mod late_field;
mod low_contrast;

use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::route::Route;
use crate::model::site::Site;

/// Says whether an address of the site exists.
pub(crate) type Known<'a> = &'a dyn Fn(&Route) -> bool;

/// A rule on the whole site.
pub(crate) struct Rule {
    /// What it gives.
    pub(crate) code: &'static str,
    /// Looks for it.
    pub(crate) check: fn(&Site, Known<'_>, &mut Vec<Diagnostic>),
}

/// Every rule. A new one is a file in this folder and its line here.
const RULES: &[Rule] = &[late_field::RULE, broken_address::RULE, low_contrast::RULE];

/// Runs every rule that the site has not turned off.
pub(crate) fn site(site: &Site, known: Known<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if !site.config.checks.iter().any(|(code, severity)| **code == *rule.code && severity.is_none()) {
            (rule.check)(site, known, &mut found);
        }
    }
    found
}

/// Gives every diagnostic the severity that the site sets for its code, and takes out what is turned off.
///
/// Errors in how a file is written stay errors: without them there is no document.
pub(crate) fn severities(config: &Config, found: &mut Vec<Diagnostic>) {
    if config.checks.is_empty() {
        return;
    }
    found.retain_mut(|it| {
        let set = config.checks.iter().find(|(code, _)| **code == *it.code);
        match set {
            None => true,
            Some(_) if it.severity == Severity::Error && is_fatal(it.code) => true,
            Some((_, None)) => false,
            Some((_, Some(severity))) => {
                it.severity = *severity;
                true
            }
        }
    });
}

fn is_fatal(code: &str) -> bool {
    code.starts_with("yaml-")
        || code.starts_with("front-matter")
        || code.starts_with("template-")
        || matches!(code, "not-utf8" | "toml-syntax" | "wrong-schema" | "duplicate-address" | "conflict-marker")
}
