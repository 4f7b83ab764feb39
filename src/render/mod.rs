//! Page -> Output: the bytes of one page.

mod theme;

use crate::model::diagnostic::Checked;
use crate::model::page::{Content, Output, OutputBytes, Page};

pub(crate) use theme::Engine;

/// Returns the bytes of a page. Gives `template-error`.
pub(crate) fn output(engine: &Engine, page: Page) -> Checked<Output> {
    let (bytes, diagnostics) = match page.content {
        Content::Template { name, page: view } => match engine.page(&name, view, &page.route, &page.origin) {
            Ok(bytes) => (OutputBytes::Made(bytes), Vec::new()),
            Err(diagnostic) => (OutputBytes::Made(Vec::new()), vec![*diagnostic]),
        },
        Content::Text(text) => (OutputBytes::Made(text.into_bytes()), Vec::new()),
        Content::Copy(bytes) => (OutputBytes::Copy(bytes), Vec::new()),
    };
    Checked { value: Output { route: page.route, bytes }, diagnostics }
}
