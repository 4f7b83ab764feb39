//! Text that can't be read out, or is hard to read.

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// Returns the texts that stand for themselves.
fn labels<'p, 'a: 'p>(page: &'p Page<'a>) -> impl Iterator<Item = Element<'a>> + 'p {
    page.prose().filter(|it| it.is(&["h2", "h3", "h4", "h5", "h6", "a", "li"])).filter(|it| !it.is_within_hidden())
}

/// A heading, link or item of signs alone (GOV.UK, publishing accessible documents; WCAG 2.2, 1.1.1).
pub(super) fn symbols_only(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in labels(page) {
        let name = element.accessible_name();
        let is_note = element.attribute("role").is_some_and(|it| it.starts_with("doc-"));
        if !name.is_empty() && !is_note && !name.chars().any(char::is_alphanumeric) {
            let message = format!("`{name}` is a sign without words, and is read out by its name or not at all");
            let help = "write in words what it says";
            found.push(page.fault_in(Severity::Warning, "symbols-only", element, &name, message).help(help));
        }
    }
}

/// More than three words in capitals (GOV.UK style guide, capitalisation).
pub(super) fn all_capitals(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    const MOST: usize = 3;

    let blocks = ["h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "dt", "dd"];
    for element in page.prose().filter(|it| it.is(&blocks)) {
        for text in texts(element) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let is_loud = |it: &&str| {
                // Many scripts have no capitals: Arabic, Bengali, Chinese.
                it.chars().filter(|it| it.is_uppercase()).count() > 1 && !it.chars().any(char::is_lowercase)
            };
            for run in words.chunk_by(|one, next| is_loud(one) == is_loud(next)) {
                let letters = run.iter().filter(|it| is_loud(it)).count();
                if letters > MOST {
                    let phrase = run.join(" ");
                    let message = format!("`{phrase}` is in capitals, which are harder to read");
                    let help = "write small letters, and say it in words where it matters";
                    found.push(page.fault_in(Severity::Warning, "all-capitals", element, &phrase, message).help(help));
                }
            }
        }
    }
}

/// Returns the texts of a block that are prose: not those of blocks in it, nor code.
pub(super) fn texts<'a>(element: Element<'a>) -> Vec<&'a str> {
    const INLINE: [&str; 11] = ["a", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "abbr"];

    let mut found: Vec<&str> = element.own_texts().collect();
    for inner in element.children().filter(|it| it.is(&INLINE)) {
        found.extend(texts(inner));
    }
    found
}
