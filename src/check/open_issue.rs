//! An issue whose day has come, and that still gathers: what is published or dated anew would change it after it was sent.

use crate::model::diagnostic::{Diagnostic, Edit, FieldPath};
use crate::model::issue::ITEMS;
use crate::model::site::Site;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "open-issue", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    for issue in site.issues.iter().filter(|it| it.open) {
        let entry = &site.entries[issue.entry];
        let document = &entry.document;
        if entry.state.draft || !document.has_come(today) {
            continue;
        }
        let place = document.value_place(FieldPath::default().join("date"));
        let message = "the day of this issue has come, and what it holds may still change".to_owned();
        let fix: Vec<Edit> = site.closing(issue).into_iter().collect();
        let help = match fix.is_empty() {
            true => format!("add `{ITEMS}:` with what it holds"),
            false => format!("`folio check --fix` writes down what it holds as `{ITEMS}`; then nothing changes it"),
        };
        found.push(Diagnostic::warning("open-issue", place, message).help(help).fix(fix));
    }
}
