//! Output -> Diagnostic*: the rules for the forms of a newsletter's issues. They are few and cheap, so whoever makes a form is
//! told.

use crate::model::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::mail::{Construct, Form, Made, Takes};
use crate::model::page::{Output, OutputBytes};
use crate::model::site::Site;
use crate::model::trace;

/// Looks at a form of an issue; at nothing else.
pub(crate) fn mail(site: &Site, output: &Output) -> Vec<Diagnostic> {
    let (Some(made), OutputBytes::Made(bytes)) = (&output.form, &output.bytes) else { return Vec::new() };
    let document = &site.entries[site.issues[made.issue].entry].document;
    let title = document.value_place(FieldPath::default().join("title"));
    let mut found = Vec::new();
    found.extend(heavy(site, made, trace::strip(bytes).len(), &title));
    found.extend(relative(made, &title));
    found.extend(unshown(site, made, &title));
    found.retain(|it| !site.config.checks.is_off(it.code));
    found
}

/// A form that is cut off, or not taken: Gmail shows some 102 kB of a letter (caniemail.com), Notify takes 2 MB.
fn heavy(site: &Site, made: &Made, size: usize, title: &Place) -> Option<Diagnostic> {
    let most = match made.form {
        Form::Email => site.config.checks.number("heavy-mail", "kilobytes") * 1000,
        Form::Service(provider) if provider.takes == Takes::Markdown => provider.limit,
        _ => return None,
    };
    let kilobytes = |it: usize| it.div_ceil(1000);
    (size > most).then(|| {
        let file = made.form.file();
        let message = format!("`{file}` of this issue has {} kB, more than {}", kilobytes(size), kilobytes(most));
        Diagnostic::error("heavy-mail", title.clone(), message)
            .help("hold fewer things, or say less of each: mail programs cut off what is longer")
    })
}

/// An address that leads nowhere from a mail program.
fn relative(made: &Made, title: &Place) -> Vec<Diagnostic> {
    let tell = |(address, place): &(String, Option<Place>)| {
        let message = format!("in an e-mail `{address}` leads nowhere");
        Diagnostic::error("relative-address", place.clone().unwrap_or_else(|| title.clone()), message)
            .help("begin it with `/`, or write it whole, with `https://`")
    };
    made.relative.iter().map(tell).collect()
}

/// What the service that the site names, or any mail program, can't show.
fn unshown(site: &Site, made: &Made, title: &Place) -> Vec<Diagnostic> {
    let named = site.config.newsletter.as_ref().and_then(|it| it.provider);
    let who = match (named, made.form) {
        (Some(named), Form::Service(own)) if named == own && own.takes == Takes::Markdown => &*named.title,
        (named, Form::Email) if named.is_none_or(|it| it.takes == Takes::Html) => "an e-mail",
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for dropped in made.dropped.iter().filter(|it| it.what != Construct::Emphasis) {
        let place = dropped.place.clone().unwrap_or_else(|| title.clone());
        // What a theme writes it writes for all forms.
        if place.path.starts_with("content/") {
            let (what, instead) = dropped.what.told();
            let message = format!("{who} shows no {what}: {instead}");
            let help = "the page of the issue shows it; say in words what readers must know";
            found.push(Diagnostic::warning("unshown-in-mail", place, message).help(help));
        }
    }
    found
}
