//! Ids, roles and states: what programs that read pages out rely on (WCAG 2.2, 4.1.2; WAI-ARIA 1.2).

use std::collections::BTreeSet;

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// An id that stands twice (axe `duplicate-id`; HTML, section 3.2.6).
pub(super) fn repeated_id(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for element in page.elements() {
        if let Some(id) = element.attribute("id").filter(|it| !seen.insert(*it)) {
            let message = format!("the id `{id}` is there twice, so links to it lead to the first");
            let help = "give one of them another id";
            found.push(page.fault_in(Severity::Error, "repeated-id", element, id, message).help(help));
        }
    }
}

/// A reference to an id that is not on the page (axe `aria-valid-attr-value`, `label`).
pub(super) fn broken_reference(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    const REFERENCES: [&str; 7] =
        ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "for", "headers"];

    let ids = page.ids();
    for element in page.elements() {
        for (name, value) in element.attributes().filter(|it| REFERENCES.contains(&it.0)) {
            for id in value.split_whitespace().filter(|it| !ids.contains_key(it)) {
                let message = format!("`{name}` names `{id}`, and nothing on the page has that id");
                let help = "name an id of the page, or take the attribute out";
                found.push(page.fault_in(Severity::Error, "broken-id-reference", element, value, message).help(help));
            }
        }
    }
}

/// A role that is none (axe `aria-roles`).
pub(super) fn wrong_role(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in page.elements() {
        for role in element.attribute("role").unwrap_or_default().split_whitespace() {
            if !is_role(role) {
                let message = format!("`{role}` is no role");
                let help = "take `role` out: most elements have the right one by themselves";
                found.push(page.fault_in(Severity::Error, "wrong-role", element, role, message).help(help));
            }
        }
    }
}

/// An attribute `aria-…` that is none, or whose value is none of its own (axe `aria-valid-attr`, `aria-valid-attr-value`).
pub(super) fn wrong_attribute(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in page.elements() {
        for (name, value) in element.attributes().filter(|it| it.0.starts_with("aria-")) {
            let (message, phrase) = match values(name) {
                None => (format!("there is no attribute `{name}`"), name),
                Some([]) => continue,
                Some(values) if values.contains(&value) => continue,
                Some(values) => (format!("`{name}` is one of {}, not `{value}`", values.join(", ")), value),
            };
            let help = "WAI-ARIA 1.2 lists the attributes and what each may say";
            found.push(page.fault_in(Severity::Error, "wrong-aria", element, phrase, message).help(help));
        }
    }
}

/// Something that keys reach and that is said not to be there (axe `aria-hidden-focus`).
pub(super) fn hidden_focus(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in page.elements().filter(|it| is_focusable(*it)) {
        let is_hidden = |it: Element<'_>| it.attribute("aria-hidden") == Some("true");
        if is_hidden(element) || element.around().any(is_hidden) {
            let message = "keys reach this, but it is hidden from people who hear the page".to_owned();
            let help = "take `aria-hidden` out, or add `tabindex=\"-1\"`";
            found.push(page.fault(Severity::Error, "hidden-focus", element, message).help(help));
        }
    }
}

/// An order of its own for the keyboard (axe `tabindex`; WCAG 2.2, 2.4.3).
pub(super) fn positive_tabindex(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in page.elements() {
        let number = element.attribute("tabindex").and_then(|it| it.trim().parse::<i64>().ok());
        if let Some(number) = number.filter(|it| *it > 0) {
            let message = format!("`tabindex={number}` makes keys jump about the page");
            let help = "write `tabindex=\"0\"`, or nothing: the order is that of the page";
            found.push(page.fault(Severity::Error, "positive-tabindex", element, message).help(help));
        }
    }
}

/// Something that can be used within something that can be used (axe `nested-interactive`; HTML, section 3.2.5.2.7).
pub(super) fn nested_controls(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in page.elements().filter(|it| is_focusable(*it)) {
        let outer = element.around().find(|it| it.is(&["a", "button"]) && is_focusable(*it));
        if let Some(outer) = outer {
            let message =
                format!("`<{}>` stands within `<{}>`, so nobody knows which is used", element.name(), outer.name());
            let help = "put one after the other";
            found.push(page.fault(Severity::Error, "nested-controls", element, message).help(help));
        }
    }
}

fn is_focusable(element: Element<'_>) -> bool {
    let tabindex = element.attribute("tabindex").and_then(|it| it.trim().parse::<i64>().ok());
    let is_control = match element.name() {
        "a" | "area" => element.attribute("href").is_some(),
        "button" | "select" | "textarea" => element.attribute("disabled").is_none(),
        "input" => element.attribute("disabled").is_none() && element.attribute("type") != Some("hidden"),
        "iframe" | "summary" => true,
        "audio" | "video" => element.attribute("controls").is_some(),
        _ => false,
    };
    tabindex.map_or(is_control, |it| it >= 0)
}

/// Returns whether it is a role of WAI-ARIA 1.2, of its module for publishing (DPUB-ARIA 1.1) or for graphics.
fn is_role(role: &str) -> bool {
    role.starts_with("doc-") || role.starts_with("graphics-") || ROLES.split(' ').any(|it| it == role)
}

const ROLES: &str = "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader \
    combobox complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid \
    gridcell group heading img insertion link list listbox listitem log main mark marquee math menu menubar menuitem \
    menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup region \
    row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong subscript suggestion superscript \
    switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem";

/// Returns what an attribute may say (WAI-ARIA 1.2, section 6); nothing where it may say anything, `None` where it is none.
fn values(name: &str) -> Option<&'static [&'static str]> {
    const TRUTH: &[&str] = &["true", "false"];
    const MAYBE: &[&str] = &["true", "false", "undefined"];
    const MIXED: &[&str] = &["true", "false", "mixed", "undefined"];
    Some(match name {
        "aria-atomic"
        | "aria-busy"
        | "aria-disabled"
        | "aria-modal"
        | "aria-multiline"
        | "aria-multiselectable"
        | "aria-readonly"
        | "aria-required" => TRUTH,
        "aria-expanded" | "aria-grabbed" | "aria-hidden" | "aria-selected" => MAYBE,
        "aria-checked" | "aria-pressed" => MIXED,
        "aria-autocomplete" => &["inline", "list", "both", "none"],
        "aria-current" => &["page", "step", "location", "date", "time", "true", "false"],
        "aria-dropeffect" => &["copy", "execute", "link", "move", "none", "popup"],
        "aria-haspopup" => &["false", "true", "menu", "listbox", "tree", "grid", "dialog"],
        "aria-invalid" => &["grammar", "false", "spelling", "true"],
        "aria-live" => &["assertive", "off", "polite"],
        "aria-orientation" => &["horizontal", "undefined", "vertical"],
        "aria-sort" => &["ascending", "descending", "none", "other"],
        "aria-activedescendant"
        | "aria-braillelabel"
        | "aria-brailleroledescription"
        | "aria-colcount"
        | "aria-colindex"
        | "aria-colindextext"
        | "aria-colspan"
        | "aria-controls"
        | "aria-describedby"
        | "aria-description"
        | "aria-details"
        | "aria-errormessage"
        | "aria-flowto"
        | "aria-keyshortcuts"
        | "aria-label"
        | "aria-labelledby"
        | "aria-level"
        | "aria-owns"
        | "aria-placeholder"
        | "aria-posinset"
        | "aria-relevant"
        | "aria-roledescription"
        | "aria-rowcount"
        | "aria-rowindex"
        | "aria-rowindextext"
        | "aria-rowspan"
        | "aria-setsize"
        | "aria-valuemax"
        | "aria-valuemin"
        | "aria-valuenow"
        | "aria-valuetext" => &[],
        _ => return None,
    })
}
