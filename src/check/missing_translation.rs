//! A translation of a document that is not there.

use std::cell::LazyCell;

use crate::model::diagnostic::{Diagnostic, FieldPath};
use crate::model::document::Shape;
use crate::model::near::Near;
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "missing-translation", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let any = ["*".into()];
    let documents = || site.documents().map(|it| it.1).filter(|it| it.shape != Shape::Root);
    let slugs = LazyCell::new(|| Near::among(documents().map(|it| &*it.slug)));
    for document in site.having("translation_of").map(|it| &it.1.document) {
        let Some(of) = document.values.text("translation_of") else { continue };
        let path = of.trim_start_matches("@/").trim_start_matches("content/");
        let ways = [format!("content/{path}"), format!("content/{path}.md"), format!("content/{path}/index.md")];
        if site.named(of, &any).is_some() || ways.iter().any(|it| site.at_path(it).is_some()) {
            continue;
        }
        let place = document.value_place(FieldPath::default().join("translation_of"));
        let help = slugs.find(of).map_or_else(
            || "name the document that this one translates by its file: `posts/first.md`".to_owned(),
            |it| format!("did you mean `{it}`?"),
        );
        let message = format!("there is no document `{of}` that this could translate");
        found.push(Diagnostic::warning("missing-translation", place, message).help(help));
    }
}
