//! A link to an address of the site where nothing is.
//!
//! Links to files are checked when documents are gathered; this is for those that begin with `/`, in texts, in menus and in what the site says of its newsletter.

use std::cell::LazyCell;

use crate::model::address;
use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Place, Step};
use crate::model::near::Near;
use crate::model::newsletter::Newsletter;
use crate::model::route::Route;
use crate::model::site::{CONTENT, Found, Site, Target};
use crate::model::source::Span;
use crate::model::value::Value;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "broken-address", check };

fn check(site: &Site, known: Known<'_>, found: &mut Vec<Diagnostic>) {
    let near = LazyCell::new(|| {
        let routes = site.entries.iter().map(|it| it.route().as_str());
        Near::among(routes.chain(site.lists.iter().map(|it| it.route.as_str())))
    });
    let fault = |written: &str, place: Place| fault(near.find(written), written, place);
    for link in site.addressed.iter().filter(|it| leads_nowhere(&it.written, known)) {
        found.push(fault(&link.written, link.place.clone()));
    }
    for (written, path) in of_settings(site) {
        let place = || {
            let at = At::Field(Span::new(0, usize::MAX), path.clone(), Part::Value);
            Place { path: site.config.path.clone(), at }
        };
        match site.target(CONTENT, written) {
            Target::Address(_) if leads_nowhere(written, known) => found.push(fault(written, place())),
            Target::Document(Found::LeftOut(_), _) => {
                let message = format!("`{written}` is not published, so this link would lead nowhere");
                found.push(Diagnostic::error("broken-address", place(), message).help("take it out until then"));
            }
            Target::Nowhere(_) => found.push(fault_of_file(site, written, place(), known)),
            // A setting that begins with `@/` is sure to mean the file; `about.md` would be looked for beside the settings.
            Target::Document(..) | Target::File(..) if !written.starts_with("@/") => {
                found.push(fault_of_file(site, written, place(), known));
            }
            _ => {}
        }
    }
}

/// Returns the addresses that `site.toml` names, each with its way there.
fn of_settings(site: &Site) -> Vec<(&str, FieldPath)> {
    let menus = site.config.menus.iter().flat_map(|(name, items)| {
        let path = |position| FieldPath(vec!["menus".into(), (&**name).into(), Step::Index(position), "url".into()]);
        items.iter().map(move |it| (&*it.url, path(it.position)))
    });
    let newsletter = site.config.newsletter.iter().flat_map(of_newsletter);
    let newsletter = newsletter.map(|(name, url)| (url, FieldPath(vec!["newsletter".into(), name.into()])));
    let theme = site.theme.settings.pairs().iter().filter_map(|(name, value)| match value {
        Value::Address(url) => Some((&**url, FieldPath(vec!["theme".into(), (&**name).into()]))),
        _ => None,
    });
    menus.chain(newsletter).chain(theme).collect()
}

/// Returns the fault of a setting that names no file, or a file not from the content folder on.
fn fault_of_file(site: &Site, written: &str, place: Place, known: Known<'_>) -> Diagnostic {
    let (path, rest) = address::split(written);
    let bare = path.trim_start_matches("@/").trim_start_matches(['.', '/']);
    let is_file = |it: &str| matches!(site.target(CONTENT, it), Target::Document(..) | Target::File(..));
    let with_slashes = format!("/{}/", bare.trim_end_matches('/'));
    let help = match address::meant(written) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if is_file(bare) && bare.contains('.') => format!("write `@/{bare}{rest}`: it begins at `content/`"),
        None if known(&with_slashes) => format!("did you mean `{with_slashes}{rest}`?"),
        None if bare.split('/').next().is_some_and(|it| it.contains('.') && !it.ends_with(".md")) => {
            format!("did you mean `https://{written}`, or a page of this site, such as `@/about.md`?")
        }
        None => {
            "name a page by its file from `content/`, such as `@/about.md`, or by its address: `/about/`".to_owned()
        }
    };
    Diagnostic::error("broken-address", place, format!("there is nothing at `{written}`")).help(help)
}

fn of_newsletter(newsletter: &Newsletter) -> impl Iterator<Item = (&'static str, &str)> {
    let named = [
        ("url", &newsletter.url),
        ("privacy", &newsletter.privacy),
        ("list_unsubscribe", &newsletter.list_unsubscribe),
    ];
    named.into_iter().filter_map(|(name, url)| Some((name, url.as_deref()?)))
}

/// Returns whether it is an address of the site, and nothing is there.
fn leads_nowhere(written: &str, known: Known<'_>) -> bool {
    if !written.starts_with('/') || written.starts_with("//") {
        return false;
    }
    let path = address::split(written).0;
    if known(path) {
        return false;
    }
    let Some(route) = Route::parse(path) else { return true };
    let index = route.as_str().strip_suffix("index.html");
    !known(route.as_str()) && !index.is_some_and(known)
}

fn fault(near: Option<&str>, written: &str, place: Place) -> Diagnostic {
    let help = near.map_or_else(
        || "link to the document by its file: `@/posts/name.md`".to_owned(),
        |it| format!("did you mean `{it}`?"),
    );
    Diagnostic::error("broken-address", place, format!("there is nothing at `{written}`")).help(help)
}
