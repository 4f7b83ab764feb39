//! News that came too late for the last issue of the newsletter: it stands in none.

use crate::model::diagnostic::{Diagnostic, FieldPath};
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "missed-news", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    for issue in site.issues.iter().filter(|it| !it.missed.is_empty()) {
        let title = &site.entries[issue.entry].document.title;
        for document in issue.missed.iter().filter_map(|it| Some(site.document(it.document?))) {
            let place = document.value_place(FieldPath::default().join("date"));
            let message = format!("this is of the time of the issue “{title}”, and no issue holds it");
            let help = "`folio newsletter --draft` proposes it for the next issue; leave it if that was meant";
            found.push(Diagnostic::advice("missed-news", place, message).help(help));
        }
    }
}
