//! A translation of a document that is not there.

use crate::model::diagnostic::{Diagnostic, FieldPath, near_miss};
use crate::model::document::Shape;
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "missing-translation", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let any = ["*".into()];
    for document in site.having("translation_of").map(|it| &it.1.document) {
        let Some(of) = document.values.text("translation_of") else { continue };
        let path = of.trim_start_matches("@/").trim_start_matches("content/");
        let ways = [format!("content/{path}"), format!("content/{path}.md"), format!("content/{path}/index.md")];
        if site.named(of, &any).is_some() || ways.iter().any(|it| site.at_path(it).is_some()) {
            continue;
        }
        let place = document.value_place(FieldPath::default().join("translation_of"));
        let help = near_miss(of, site.documents().filter(|it| it.1.shape != Shape::Root).map(|it| &*it.1.slug))
            .map_or_else(
                || "name the document that this one translates by its file: `posts/first.md`".to_owned(),
                |it| format!("did you mean `{it}`?"),
            );
        let message = format!("there is no document `{of}` that this could translate");
        found.push(Diagnostic::warning("missing-translation", place, message).help(help));
    }
}
