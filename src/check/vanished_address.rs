//! An address that was published, and is not there any more. Cool URIs do not change (W3C, 1998); GOV.UK redirects what moves.
//!
//! `urls.lock` names the addresses that were published, one on each line; `folio urls --lock` adds those of today.

use std::cell::LazyCell;

use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::near::Near;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::{Source, Span};

/// Looks for what vanished.
pub(crate) fn check(site: &Site, lock: &Source, known: super::Known<'_>) -> Vec<Diagnostic> {
    let routes = LazyCell::new(|| Near::among(site.entries.iter().map(|it| it.route().as_str())));
    let mut found = Vec::new();
    let mut from = 0;
    for line in lock.text.split_inclusive('\n') {
        let span = Span::new(from, from + line.trim_end().len());
        from += line.len();
        let address = line.trim();
        if address.is_empty() || address.starts_with('#') || Route::parse(address).is_some_and(|it| known(it.as_str()))
        {
            continue;
        }
        let help = routes.find(address).map_or_else(
            || format!("add `aliases: [{address}]` to the page that took its place"),
            |it| format!("if it is `{it}` now, add `aliases: [{address}]` to that page"),
        );
        let message = format!("`{address}` was published, and nothing is there any more");
        found.push(Diagnostic::warning("vanished-address", Place::new(&lock.path, span), message).help(help));
    }
    found
}
