//! What git leaves where two people changed the same lines.

use memchr::memmem;

use super::lines;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::{Source, Span};

/// Finds the marks, one for each conflict; returns whether some are in the YAML.
///
/// In the text all of a conflict must be there, as `>` is a quotation and `===` underlines a heading. In YAML any of its
/// lines will do: people take out one, and forget the others.
pub(super) fn markers(source: &Source, yaml: Option<Span>, found: &mut Vec<Diagnostic>) -> bool {
    let text = &*source.text;
    let yaml = yaml.unwrap_or_default();
    let has = |from: &str, mark: &str| memmem::find(from.as_bytes(), mark.as_bytes()).is_some();
    let inner = &text[yaml.start..yaml.end];
    if !has(text, "<<<<<<<") && !has(inner, "=======") && !has(inner, ">>>>>>>") {
        return false;
    }
    let whole = has(text, "<<<<<<< ") && has(text, ">>>>>>> ");
    let (mut inside, mut open) = (false, false);
    for line in lines(text) {
        let here = &text[line.start..line.end];
        let in_yaml = line.start < yaml.end && line.start >= yaml.start;
        let begins = here.starts_with("<<<<<<<") && (whole || in_yaml);
        let goes_on = in_yaml && (here.trim_end() == "=======" || here.starts_with(">>>>>>>"));
        if begins || goes_on && !open {
            found.push(marker(Place::new(&source.path, line)));
        }
        inside |= in_yaml && (begins || goes_on);
        open = (open || begins || goes_on) && !here.starts_with(">>>>>>>");
    }
    inside
}

fn marker(place: Place) -> Diagnostic {
    Diagnostic::error("conflict-marker", place, "two versions of this text were not brought together")
        .help("keep the lines that are right, and take out the lines with `<<<<<<<`, `=======` and `>>>>>>>`")
}
