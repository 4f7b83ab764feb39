//! Pages that come quickly, and stay still while they do.

use super::{Page, Severity};
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::Span;
use crate::model::text::grouped;

/// A page of many bytes.
pub(super) fn heavy(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let most = page.checks().number("heavy-page", "kilobytes");
    if page.size > most * 1000 {
        let entry = page.site.entry_at(page.route.as_str()).map(|it| &page.site.entries[it].document);
        let place = entry.map(|it| Place::new(&it.source.path, Span::default()));
        let size = grouped((page.size / 1000) as f64, ",", ".");
        let message = format!("the page `{}` has {size} kB, more than {most}", page.route);
        let help = "divide it, or move data into files that are linked";
        found.push(Diagnostic::new(Severity::Warning, "heavy-page", place, message).help(help));
    }
}

/// A picture for which no room is kept while it comes (web.dev, Cumulative Layout Shift).
pub(super) fn without_size(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for picture in page.named("img") {
        let is_drawn = picture.attribute("src").is_some_and(|it| it.ends_with(".svg") || it.starts_with("data:"));
        if !is_drawn && (picture.attribute("width").is_none() || picture.attribute("height").is_none()) {
            let message = "the text will jump when this picture comes".to_owned();
            let help = "use Markdown, `![…](file.png)`: Folio then writes its size; or add `width` and `height`";
            found.push(page.fault(Severity::Warning, "picture-without-size", picture, message).help(help));
        }
    }
}
