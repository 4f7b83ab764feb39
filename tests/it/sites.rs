//! Golden sites: what comes out, file by file, of small sites with themes of their own, so that the looks of the default
//! theme may change.

use std::path::Path;

use folio::Memo;
use folio::model::config::{Options, Trace};
use folio::model::trace;
use folio::report::Format;

use crate::support::{build, compare_golden, options};

/// The forms of an issue of a newsletter.
const FORMS: [&str; 6] = ["email.html", "email.txt", "draft.eml", "notify.md", "buttondown.md", "mailchimp.html"];

/// Builds `tests/sites/NAME/project` and compares all that comes out with `tests/sites/NAME/expected`. What is told stands in
/// `diagnostics.txt` there.
#[track_caller]
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name);
    let root = folder.join("project");
    let sources = folio::edge::disk::read(&root, Path::new("site.toml"), &root.join("public")).unwrap();
    let forms = name == "letters";
    let mut built = build(
        &sources,
        Options { forms, trace: if forms { Trace::All } else { Trace::Off }, ..options() },
        &Memo::default(),
    );
    if forms {
        built.outputs.retain(|path, _| FORMS.iter().any(|it| path.ends_with(it)));
        built.outputs.values_mut().for_each(|it| *it = trace::strip(it).into_owned());
    }
    let told = folio::report::text(Format::Human, &built.diagnostics, &folio::report::Around::of(&sources));
    built.outputs.insert("diagnostics.txt".to_owned(), told.into_bytes());
    compare_golden(&folder.join("expected"), &built.outputs);
}

/// Every kind with all that it can say, references both ways, lists, terms, archive, feeds, redirects, files; and what is not
/// published: drafts, what is to come, what is over.
#[test]
fn rich() {
    check("rich");
}

/// Markdown of all sorts, raw HTML, components.
#[test]
fn markdown() {
    check("markdown");
}

/// An issue of a newsletter with all that Markdown has, in every form; and what a service can't show, at its place.
#[test]
fn letters() {
    check("letters");
}

/// A site in Welsh, with one page in Arabic, under a path, with a theme that builds on another.
#[test]
fn welsh() {
    check("welsh");
}
