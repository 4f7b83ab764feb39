//! What readers must know of a document that is withdrawn, wherever it is shown without its page: in feeds, in the search, in
//! an index.

use std::sync::Arc;

use crate::model::site::{Entry, Site};
use crate::model::theme::Theme;
use crate::model::value::Date;

use super::words::{day, escape, sentence};

/// Since when a document is withdrawn, and why.
pub(super) struct Withdrawn<'a> {
    /// Since when.
    pub(super) date: Date,
    why: &'a str,
}

impl Withdrawn<'_> {
    /// Returns since when and why a document is withdrawn, if it is.
    pub(super) fn of(entry: &Entry) -> Option<Withdrawn<'_>> {
        let group = entry.document.values.group("withdrawn")?;
        Some(Withdrawn { date: group.date("date")?, why: group.text("why").unwrap_or_default() })
    }

    /// Returns the notice, as the page has it: that it is withdrawn, since when, and why.
    pub(super) fn notice(&self, theme: &Theme) -> String {
        let notice = sentence(theme, "withdrawn-notice", &[("date", &day(theme, &self.date))]);
        format!("{notice} {}", self.why).trim_end().to_owned()
    }

    /// Returns the notice as HTML.
    pub(super) fn html(&self, theme: &Theme) -> String {
        let (word, notice) = (theme.string("withdrawn").to_owned(), self.notice(theme));
        format!("<p><strong>{}</strong> {}</p>\n", escape(&word), escape(&notice))
    }
}

/// Returns the title of a document, marked if it is withdrawn.
pub(super) fn title(site: &Site, entry: &Entry) -> Arc<str> {
    let title = &entry.document.title;
    match Withdrawn::of(entry) {
        Some(_) => sentence(&site.theme, "withdrawn-title", &[("title", title)]).into(),
        None => title.clone(),
    }
}
