//! Pictures, for people who do not see them (WCAG 2.2, 1.1.1; GOV.UK content design, images).

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::Diagnostic;

const LONG: usize = 150;

/// A picture without an alternative (axe `image-alt`).
pub(super) fn missing_alt(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let is_picture = |it: &Element<'_>| {
        it.name() == "img" || it.name() == "input" && it.attribute("type") == Some("image") || it.name() == "area"
    };
    for picture in page.elements().filter(is_picture).filter(|it| !it.is_within_hidden()) {
        let named = ["alt", "aria-label", "aria-labelledby", "title"].iter().any(|it| picture.attribute(it).is_some());
        let is_decorative = matches!(picture.attribute("role"), Some("presentation" | "none"));
        if !named && !is_decorative {
            let help = "add `alt=\"…\"` with what the picture tells, or `alt=\"\"` where it only decorates";
            let message = "this picture has no `alt`, so its file name is read out".to_owned();
            found.push(page.fault(Severity::Error, "missing-alt", picture, message).help(help));
        }
    }
}

/// Returns the pictures of Markdown, each with its alternative.
fn of_prose<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (Element<'p>, &'p str)> + 'p {
    page.prose().filter(|it| it.name() == "img").filter_map(|it| Some((it, it.attribute("alt")?)))
}

/// A picture of Markdown whose alternative was left empty: nobody can say whether that was meant.
pub(super) fn empty_alt(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for (picture, _) in of_prose(page).filter(|it| it.1.trim().is_empty()) {
        // Somebody who writes a tag by hand and leaves `alt` empty has said that it decorates.
        let Some(place) = picture.place() else { continue };
        let span = place.span();
        let written = page.sources.texts.get(&place.path).and_then(|it| it.text.get(span.start..span.end));
        if written.is_some_and(|it| it.trim_start().starts_with('!')) {
            let help = "write what it tells between the brackets: `![A chart of savings by year](…)`; \
                        for a picture that only decorates, write `<img src=\"…\" alt=\"\">`";
            let message = "this picture has no words for people who do not see it".to_owned();
            found.push(page.fault(Severity::Warning, "empty-alt", picture, message).help(help));
        }
    }
}

/// An alternative that tells nothing more than the page already does.
pub(super) fn weak_alt(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for (picture, alt) in of_prose(page).filter(|it| !it.1.trim().is_empty()) {
        let lower = alt.trim().to_lowercase();
        let is_file =
            lower.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) && !lower.contains(' ');
        let opening = OPENINGS.iter().find(|it| lower.starts_with(*it));
        let caption = picture.around().find(|it| it.name() == "figure");
        let caption = caption.and_then(|it| it.children().find(|it| it.name() == "figcaption"));
        let repeats = caption.is_some_and(|it| it.text().to_lowercase() == lower);
        let length = alt.chars().count();
        let (message, help) = if is_file {
            (format!("`{alt}` is the name of a file"), "write what the picture tells")
        } else if let Some(opening) = opening {
            (format!("`{}` need not be said: that is told already", opening.trim()), "begin with what is to be seen")
        } else if repeats {
            ("these words are those of the caption, so they are read out twice".to_owned(), "say what is to be seen")
        } else if length > LONG {
            (
                format!("these words are {length} characters long, more than {LONG}"),
                "say the main thing, and the rest in the text",
            )
        } else {
            continue;
        };
        found.push(page.fault_in(Severity::Warning, "weak-alt", picture, alt, message).help(help));
    }
}

const ENDINGS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "heic"];
const OPENINGS: [&str; 8] = [
    "image of ",
    "picture of ",
    "photo of ",
    "photograph of ",
    "graphic of ",
    "an image of ",
    "a picture of ",
    "a photo of ",
];
