//! Site -> Diagnostic*: the rules for what can only be seen when all is together. One file for each rule.

mod asset;
mod broken_address;
mod late_field;
mod low_contrast;
mod mail;
mod missed_news;
mod missing_translation;
mod open_issue;
mod page;
mod same_order;
mod severity;
mod similar_names;
mod vanished_address;

use rayon::prelude::*;

use crate::model::diagnostic::Diagnostic;
use crate::model::route::LOCK;
use crate::model::site::Site;
use crate::model::source::Sources;

pub(crate) use asset::{ENDINGS, LARGEST, asset};
pub(crate) use mail::mail;
pub(crate) use page::{letter, page, pages, web};
pub(crate) use severity::settle;

/// Says whether an address of the site exists.
pub(crate) type Known<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// A rule on the whole site.
pub(crate) struct Rule {
    /// What it gives.
    pub(crate) code: &'static str,
    /// Looks for it.
    pub(crate) check: fn(&Site, Known<'_>, &mut Vec<Diagnostic>),
}

/// Every rule. A new one is a file in this folder and its line here.
const RULES: &[Rule] = &[
    late_field::RULE,
    broken_address::RULE,
    low_contrast::RULE,
    similar_names::RULE,
    missing_translation::RULE,
    same_order::RULE,
    open_issue::RULE,
    missed_news::RULE,
];

/// Runs every rule that the site has not turned off.
pub(crate) fn site(site: &Site, sources: &Sources, known: Known<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(lock) = sources.texts.get(LOCK) {
        found.extend(vanished_address::check(site, lock, known));
    }
    let run = |rule: &Rule| {
        let mut found = Vec::new();
        if !site.config.checks.is_off(rule.code) {
            (rule.check)(site, known, &mut found);
        }
        found
    };
    found.par_extend(RULES.par_iter().flat_map_iter(run));
    found
}
