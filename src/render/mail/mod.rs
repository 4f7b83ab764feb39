//! An issue of a newsletter -> its forms for mail.
//!
//! The theme's template makes one page for all of them. What mail programs can't show is made into what they can, and then it
//! is a letter in HTML, or what is to be read in it is written down as text.

mod adapt;
mod blocks;
mod draft;
mod markdown;
mod plain;
mod tree;
mod wrap;

use css_inline::{CSSInliner, InlineOptions};

use crate::model::diagnostic::Diagnostic;
use crate::model::mail::{Form, Made, Takes};
use crate::model::newsletter::Provider;
use crate::model::page::{Envelope, Mail};
use crate::model::route::Route;
use crate::model::trace;
use crate::model::view::View;

use super::Engine;
use adapt::Letter;

/// Returns what a component says in its form for text, as it stands in a page until it is read there.
pub(super) fn block(text: &str) -> String {
    let text = text.trim().replace('&', "&amp;").replace('<', "&lt;");
    format!("<pre class=\"{}\">\n{text}\n</pre>", blocks::TEXT)
}

/// Returns the bytes of a form, and what it could not show. Gives `template-error`.
pub(super) fn output(
    engine: &Engine,
    mail: Mail,
    route: &Route,
    origin: &str,
) -> Result<(Vec<u8>, Made), Box<Diagnostic>> {
    let Mail { form, issue, template, letter, text, envelope } = mail;
    let page = |view: Option<View>| -> Result<Letter<'_>, Box<Diagnostic>> {
        let html = engine.page(&template, view.unwrap_or_else(View::none), route, origin)?;
        Ok(Letter::of(&String::from_utf8_lossy(&html), &envelope))
    };
    let mut made = Made { form, issue, dropped: Vec::new(), relative: Vec::new() };
    let mut note = |letter: Letter<'_>| {
        (made.dropped, made.relative) = (letter.dropped, letter.relative);
        letter.page
    };
    let bytes = match form {
        Form::Email | Form::Service(Provider { takes: Takes::Html, .. }) => {
            letter_of(&note(page(letter)?))?.into_bytes()
        }
        Form::Text => plain::write(&read(&note(page(text)?))).into_bytes(),
        Form::Draft => {
            let html = letter_of(&note(page(letter)?))?;
            let html = String::from_utf8_lossy(&trace::strip(html.as_bytes())).into_owned();
            draft::write(&envelope, html, plain::write(&read(&page(text)?.page)))
        }
        Form::Service(provider) => {
            let (text, dropped) = markdown::write(&read(&note(page(text)?)), &provider.shows);
            made.dropped.extend(dropped);
            format!("{}{text}", front_matter(provider, &envelope)).into_bytes()
        }
    };
    Ok((bytes, made))
}

/// Returns what is to be read on a page.
fn read(page: &tree::Element) -> Vec<blocks::Block> {
    page.find("body").map(blocks::blocks).unwrap_or_default()
}

/// Returns the letter with its styles in its elements; what only a style sheet can say, colours for the dark and the like,
/// stays in the head: a style that is marked `data-css-inline="keep"`.
fn letter_of(page: &tree::Element) -> Result<String, Box<Diagnostic>> {
    let options = InlineOptions {
        keep_style_tags: false,
        keep_link_tags: false,
        load_remote_stylesheets: false,
        minify_css: true,
        ..InlineOptions::default()
    };
    let html = CSSInliner::new(options).inline(&tree::write(page)).map_err(|error| {
        let message = format!("the styles of the e-mail can't be put into its elements: {error}");
        Box::new(
            Diagnostic::error("template-error", None, message)
                .help("look at the `style` of the theme's template for e-mail"),
        )
    })?;
    Ok(html.replace(" data-css-inline=\"keep\"", ""))
}

/// Returns what a service wants before the text, in YAML.
fn front_matter(provider: &Provider, envelope: &Envelope) -> String {
    if provider.front_matter.is_empty() {
        return String::new();
    }
    let fill = |(key, pattern): &(String, String)| {
        let value = pattern
            .replace("{slug}", &envelope.slug)
            .replace("{date}", &envelope.date)
            .replace("{subject}", &envelope.subject);
        // A text of JSON is one of YAML.
        let value = serde_json::Value::from(value).to_string();
        if value == "\"\"" { String::new() } else { format!("{key}: {value}\n") }
    };
    format!("---\n{}---\n\n", provider.front_matter.iter().map(fill).collect::<String>())
}
