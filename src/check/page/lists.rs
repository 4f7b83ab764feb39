//! Lists whose parts are what a list is made of (axe `list`, `listitem`, `definition-list`, `dlitem`; WCAG 2.2, 1.3.1).

use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// An element in a list that is no item, or an item in no list.
pub(super) fn broken(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    const AIDS: [&str; 2] = ["script", "template"];

    for element in page.elements() {
        let parent = element.around().next();
        let within = |names: &[&str]| parent.is_some_and(|it| it.is(names) || it.attribute("role") == Some("list"));
        let message = match element.name() {
            "li" if !within(&["ul", "ol", "menu"]) => "this item stands in no list".to_owned(),
            "dt" | "dd" if !within(&["dl"]) && !is_group(parent) => "this term or meaning stands in no list".to_owned(),
            name if within_plain(parent, &["ul", "ol"]) && name != "li" && !AIDS.contains(&name) => {
                format!("`<{name}>` stands in a list, and is no item")
            }
            name if within_plain(parent, &["dl"]) && !["dt", "dd", "div"].contains(&name) && !AIDS.contains(&name) => {
                format!("`<{name}>` stands in a list of terms, and is neither term nor meaning")
            }
            _ => continue,
        };
        let help = "items stand directly in their list: `<ul><li>…</li></ul>`";
        found.push(page.fault(Severity::Error, "broken-list", element, message).help(help));
    }
}

fn within_plain(parent: Option<super::Element<'_>>, names: &[&str]) -> bool {
    parent.is_some_and(|it| it.is(names) && it.attribute("role").is_none())
}

/// Terms and their meanings may be held together by a `div` (HTML, section 4.4.9).
fn is_group(parent: Option<super::Element<'_>>) -> bool {
    parent.is_some_and(|it| it.name() == "div" && it.around().next().is_some_and(|it| it.name() == "dl"))
}
