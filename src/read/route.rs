//! Document -> Route: where a document stands on the site, as far as it alone says.

use crate::model::document::{Document, Shape};
use crate::model::route::{Part, Route};

/// Returns the address of a document: its `permalink`, or what its kind's pattern gives.
pub(super) fn route(document: &Document) -> Route {
    if let Some(written) = document.values.text("permalink").and_then(Route::parse) {
        return written;
    }
    let lang = document.name_lang.as_deref();
    let mut address = String::new();
    if document.shape == Shape::Root {
        // Above a kind that has no list there is only this page.
        let root = document.above.as_ref().map_or(Route::new("/"), |it| it.route.root());
        address.push_str(root.as_str());
    } else {
        document.kind.route.0.iter().for_each(|part| push_part(&mut address, part, document));
    }
    // A translation stands beside its original, under its language.
    if let Some(lang) = lang
        && !document.kind.route.0.contains(&Part::Lang)
    {
        address.insert_str(0, &format!("/{lang}"));
    }
    Route::parse(&address).unwrap_or_else(|| Route::new("/untitled/"))
}

fn push_part(address: &mut String, part: &Part, document: &Document) {
    let day = document.date.map(|it| it.day);
    match part {
        Part::Text(text) => address.push_str(text),
        Part::Slug => address.push_str(&document.slug),
        Part::Year => address.push_str(&day.map_or_else(|| "undated".to_owned(), |it| format!("{:04}", it.year()))),
        Part::Month => address.push_str(&day.map_or_else(|| "00".to_owned(), |it| format!("{:02}", it.month()))),
        Part::Lang => address.push_str(document.values.text("lang").unwrap_or_default()),
        Part::Folder => address.push_str(&document.folder),
        Part::Path => {
            address.push_str(&document.folder);
            address.push('/');
            address.push_str(&document.slug);
        }
    }
}
