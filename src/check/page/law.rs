//! What the law asks of public bodies' sites: Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility
//! Regulations 2018, regulation 8; UK GDPR, article 13.

use super::{Page, Severity};
use crate::model::diagnostic::{Diagnostic, FieldPath};
use crate::model::route::Route;
use crate::model::site::Site;

/// A page that does not link to the accessibility statement.
pub(super) fn unlinked_statement(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let [address] = page.checks().texts("missing-statement", "page") else { return };
    if page.site.entry_at(address.as_str()).is_none() {
        return;
    }
    let href = page.site.href(&Route::new(address.as_str()));
    let is_linked =
        page.named("a").any(|it| it.attribute("href").is_some_and(|it| it.split('#').next() == Some(&*href)));
    if !is_linked
        && page.route.as_str() != address
        && let Some(body) = page.named("body").next()
    {
        let message = "not every page links to the accessibility statement".to_owned();
        let help = format!("add it to a menu in `site.toml`: `{{ title = \"Accessibility\", url = \"{address}\" }}`");
        found.push(page.fault(Severity::Error, "unlinked-statement", body, message).help(help));
    }
}

/// A statement that nobody has looked at for a year.
pub(super) fn old_statement(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let [address] = page.checks().texts("missing-statement", "page") else { return };
    let Some(document) = page.document().filter(|_| page.route.as_str() == address) else { return };
    let config = &page.site.config;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    let (name, reviewed) = match document.values.date("updated") {
        Some(date) => ("updated", Some(date)),
        None => ("date", document.date),
    };
    let year = jiff::Span::new().years(1);
    if let Some(reviewed) = reviewed
        && reviewed.day.checked_add(year).is_ok_and(|it| it < today)
    {
        let message = "nobody has reviewed this statement for a year".to_owned();
        let help = "test the site again, change what is different, and give the day as `updated`";
        let place = document.value_place(FieldPath::default().join(name));
        found.push(Diagnostic::warning("old-statement", place, message).help(help));
    }
}

/// A form that asks for an e-mail address, on a site that does not say what becomes of it.
pub(super) fn missing_privacy_page(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let [address] = page.checks().texts("missing-privacy-page", "page") else { return };
    // What the site names is checked where it is named.
    if page.site.config.newsletter.as_ref().is_some_and(|it| it.privacy.is_some()) {
        return;
    }
    let asks = |it: &super::Element<'_>| it.name() == "input" && it.attribute("type") == Some("email");
    if let Some(field) = page.elements().find(asks)
        && page.site.entry_at(address.as_str()).is_none()
    {
        let message = format!("this asks for an e-mail address, and there is no page `{address}`");
        let help = "write what becomes of the address, and who is answerable for it";
        found.push(page.fault(Severity::Warning, "missing-privacy-page", field, message).help(help));
    }
}

/// A page that does not say how others may use it (Open Government Licence 3.0).
pub(super) fn missing_licence(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let names = |it: &super::Element<'_>| {
        it.is(&["a", "link"]) && it.attribute("rel").is_some_and(|it| it.split_whitespace().any(|it| it == "license"))
    };
    if page.document().is_some()
        && !page.elements().any(|it| names(&it))
        && let Some(body) = page.named("body").next()
    {
        let message = "this page does not say how others may use it".to_owned();
        let help = "link to the licence in the footer, with `rel=\"license\"`";
        found.push(page.fault(Severity::Warning, "missing-licence", body, message).help(help));
    }
}

/// A site without an accessibility statement.
pub(super) fn missing_statement(site: &Site) -> Option<Diagnostic> {
    let [address] = site.config.checks.texts("missing-statement", "page") else { return None };
    let is_there = site.entry_at(address.as_str()).is_some();
    (!is_there).then(|| {
        let message = format!("there is no accessibility statement at `{address}`");
        let help = "write `content/accessibility.md`: `folio init` makes one to begin with";
        Diagnostic::error("missing-statement", None, message).help(help)
    })
}
