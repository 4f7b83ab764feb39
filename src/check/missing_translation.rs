//! A translation of a document that is not there.

use crate::model::diagnostic::{Diagnostic, FieldPath, near_miss};
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "missing-translation", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    for document in site.entries.iter().map(|it| &it.document) {
        let Some(of) = document.values.text("translation_of") else { continue };
        let path = of.trim_start_matches("@/").trim_start_matches("content/");
        let ways = [format!("content/{path}"), format!("content/{path}.md"), format!("content/{path}/index.md")];
        if site.index.slugs.contains_key(of) || ways.iter().any(|it| site.index.paths.contains_key(it.as_str())) {
            continue;
        }
        let place = document.value_place(FieldPath::default().join("translation_of"));
        let help = near_miss(of, site.index.slugs.keys().map(|it| &**it)).map_or_else(
            || "name the document that this one translates by its file: `posts/first.md`".to_owned(),
            |it| format!("did you mean `{it}`?"),
        );
        let message = format!("there is no document `{of}` that this could translate");
        found.push(Diagnostic::warning("missing-translation", place, message).help(help));
    }
}
