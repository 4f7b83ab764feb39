//! Alerts: `> [!NOTE]`.

use pulldown_cmark::BlockQuoteKind;

use super::writer::Writer;
use crate::model::source::Span;

impl Writer<'_, '_> {
    /// Begins an alert. Its title is the theme's.
    pub(super) fn alert(&mut self, kind: BlockQuoteKind, span: Span) {
        let (class, key) = match kind {
            BlockQuoteKind::Note => ("note", "alert-note"),
            BlockQuoteKind::Tip => ("tip", "alert-tip"),
            BlockQuoteKind::Important => ("important", "alert-important"),
            BlockQuoteKind::Warning => ("warning", "alert-warning"),
            BlockQuoteKind::Caution => ("caution", "alert-caution"),
        };
        self.block("<div class=\"alert alert-");
        self.out.push(class);
        self.out.push("\" role=\"note\">\n<p class=\"alert-title\">");
        self.out.words(key, span);
        self.out.push("</p>\n");
    }
}
