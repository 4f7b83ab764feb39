//! Forms: a search, a sign-up (WCAG 2.2, 1.3.1, 3.3.2 and 4.1.2).

use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// A field that nobody is told the meaning of (axe `label`, `select-name`).
pub(super) fn field_without_label(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for field in page.elements().filter(|it| it.is(&["input", "select", "textarea"])) {
        let sort = field.attribute("type").unwrap_or("text");
        if field.name() == "input" && ["hidden", "submit", "reset", "button", "image"].contains(&sort)
            || field.is_within_hidden()
        {
            continue;
        }
        let named = ["aria-label", "aria-labelledby", "title"].iter().any(|it| field.attribute(it).is_some());
        let within = field.around().any(|it| it.name() == "label");
        let labelled =
            field.attribute("id").is_some_and(|id| page.named("label").any(|it| it.attribute("for") == Some(id)));
        if !named && !within && !labelled {
            let message = "this field has no label".to_owned();
            let help = "write `<label for=\"…\">` with the id of the field";
            found.push(page.fault(Severity::Error, "field-without-label", field, message).help(help));
        }
    }
}

/// A button that does not say what it does (axe `button-name`, `input-button-name`).
pub(super) fn button_without_name(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for button in page.elements().filter(|it| !it.is_within_hidden()) {
        let has_name = || !button.accessible_name().is_empty() || button.attribute("aria-labelledby").is_some();
        let is_nameless = match (button.name(), button.attribute("type")) {
            ("button", _) => !has_name(),
            ("input", Some("button")) => button.attribute("value").is_none_or(str::is_empty) && !has_name(),
            _ => false,
        };
        if is_nameless {
            let message = "this button does not say what it does".to_owned();
            found.push(page.fault(Severity::Error, "button-without-name", button, message).help("write that into it"));
        }
    }
}
