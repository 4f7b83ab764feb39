//! The language of a page and of its parts, by which it is read out (WCAG 2.2, 3.1.1 and 3.1.2).

use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

/// A page that does not say its language (axe `html-has-lang`).
pub(super) fn missing(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for html in page.named("html").filter(|it| it.attribute("lang").is_none_or(|it| it.trim().is_empty())) {
        let message = "this page does not say in which language it is".to_owned();
        let help = "write `<html lang=\"{{ page.lang }}\">`";
        found.push(page.fault(Severity::Error, "missing-language", html, message).help(help));
    }
}

/// A language that is none (axe `html-lang-valid`, `valid-lang`).
pub(super) fn wrong(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for element in page.elements() {
        let Some(lang) = element.attribute("lang").filter(|it| !it.trim().is_empty()) else { continue };
        if !is_language(lang) {
            let message = format!("`{lang}` is no language");
            let help = "write its code: `en-GB`, `cy` for Welsh, `ar` for Arabic";
            found.push(page.fault_in(Severity::Error, "wrong-language", element, lang, message).help(help));
        }
    }
}

/// Returns whether a text is formed as a language tag (BCP 47, RFC 5646, section 2.1) whose first part is a code of two
/// letters that ISO 639-1 knows, or one of three.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match first.len() {
        2 => TWO_LETTERS.split(' ').any(|it| it == first),
        3 => first.bytes().all(|it| it.is_ascii_lowercase()),
        _ => false,
    };
    is_known && parts.all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric()))
}

/// ISO 639-1.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
