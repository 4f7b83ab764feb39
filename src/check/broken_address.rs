//! A link to an address of the site where nothing is.
//!
//! Links to files are checked when documents are gathered; this is for those that begin with `/`, in texts, in menus and in what the site says of its newsletter.

use std::cell::LazyCell;

use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Place, Step};
use crate::model::near::Near;
use crate::model::newsletter::Newsletter;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::Span;

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
    for (name, items) in &site.config.menus {
        for item in items.iter().filter(|it| leads_nowhere(&it.url, known)) {
            let path = FieldPath(vec!["menus".into(), (&**name).into(), Step::Index(item.position), "url".into()]);
            let at = At::Field(Span::new(0, usize::MAX), path, Part::Value);
            found.push(fault(&item.url, Place { path: site.config.path.clone(), at }));
        }
    }
    for (name, url) in site.config.newsletter.iter().flat_map(of_newsletter).filter(|it| leads_nowhere(it.1, known)) {
        let at = At::Field(Span::new(0, usize::MAX), FieldPath(vec!["newsletter".into(), name.into()]), Part::Value);
        found.push(fault(url, Place { path: site.config.path.clone(), at }));
    }
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
    let path = written.split(['#', '?']).next().unwrap_or_default();
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
