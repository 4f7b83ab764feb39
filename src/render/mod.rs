//! Page -> Output: the bytes of one page.

mod mail;
mod theme;

use crate::model::diagnostic::Checked;
use crate::model::page::{Content, Output, OutputBytes, Page};

pub(crate) use theme::Engine;

/// Returns the bytes of a page. Gives `template-error`.
pub(crate) fn output(engine: &Engine, page: Page) -> Checked<Output> {
    let template = match &page.content {
        Content::Template { name, .. } => Some(name.clone()),
        _ => None,
    };
    let made = match page.content {
        Content::Template { name, page: view } => {
            engine.page(&name, view, &page.route, &page.origin).map(|it| (OutputBytes::Made(it), None))
        }
        Content::Mail(it) => {
            mail::output(engine, *it, &page.route, &page.origin).map(|it| (OutputBytes::Made(it.0), Some(it.1)))
        }
        Content::Text(text) => Ok((OutputBytes::Made(text.into_bytes()), None)),
        Content::Copy(bytes) => Ok((OutputBytes::Copy(bytes), None)),
    };
    let ((bytes, form), diagnostics) = match made {
        Ok(made) => (made, Vec::new()),
        Err(diagnostic) => ((OutputBytes::Made(Vec::new()), None), vec![*diagnostic]),
    };
    Checked { value: Output { route: page.route, bytes, template, form }, diagnostics }
}
