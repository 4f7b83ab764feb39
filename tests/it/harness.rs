//! What is done with an input that nobody means: by fuzzing (`fuzz/`), and with a few hundred of them in each test run.
//!
//! Each function is one target. It panics where Folio fails, where a diagnostic has no place to be shown at, and where something
//! unsafe comes out.

use std::sync::LazyLock;

use folio::Memo;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{At, Diagnostic, Edit, Place};
use folio::model::page::OutputBytes;
use folio::model::source::{Source, Sources};
use folio::report::{Around, Format, text};

#[path = "harmless.rs"]
pub(crate) mod harmless;

const SETTINGS: &str = "[site]\ntitle = \"Site\"\nbase_url = \"https://example.org/\"\n";

/// The page on which an input is seen.
const PATH: &str = "content/posts/2024-01-02-a.md";

/// A small site with the default theme; pages of it are what links lead to.
static SITE: LazyLock<Sources> = LazyLock::new(|| {
    let mut sources = Sources::default();
    for (path, text) in [
        ("site.toml", SETTINGS),
        ("data/topics.yml", "- {slug: housing, title: Housing}\n- Data sharing\n"),
        ("content/people/ada.md", "---\ntitle: Ada Example\n---\n\nShe writes.\n"),
        (
            "content/posts/2024-01-01-b.md",
            "---\ntitle: B\ntopics: [housing]\nauthors: [ada]\n---\n\n## Part\n\nSee [a](2024-01-02-a.md).\n",
        ),
    ] {
        sources.add(Source::new(path, text.as_bytes().to_vec()));
    }
    folio::edge::embedded::civic(&mut sources);
    sources
});

/// Templates that show a page's text and nothing else, for what is tried thousands of times a second.
static BARE: LazyLock<Sources> = LazyLock::new(|| {
    let mut sources = Sources::default();
    sources.add(Source::new("site.toml", SETTINGS.into()));
    let shown = "{{ page.content | default(value='') | safe }}";
    for name in ["document", "home", "list", "archive", "term", "terms", "alias", "404", "newsletter", "search"] {
        sources.add(Source::new(format!("templates/{name}.html"), shown.into()));
    }
    sources
        .texts
        .extend(SITE.texts.iter().filter(|it| it.0.contains("/components/")).map(|it| (it.0.clone(), it.1.clone())));
    sources
});

/// Reads the bytes as a document, and makes and inspects its page.
pub(crate) fn document(bytes: &[u8]) {
    let kinds = ["posts", "evaluations", "events", "projects", "newsletters"];
    let kind = kinds[bytes.len() % kinds.len()];
    let path = format!("content/{kind}/2024-01-02-a.md");
    try_all(&SITE, Source::new(path.as_str(), bytes.to_vec()), |it| it == path);
}

/// Reads the bytes as `site.toml`.
pub(crate) fn settings(bytes: &[u8]) {
    try_all(&SITE, Source::new("site.toml", bytes.to_vec()), |it| it.starts_with("content/"));
}

/// Reads the bytes as blocks of components, after their fences.
pub(crate) fn component(bytes: &[u8]) {
    let mut text = b"---\ntitle: A\n---\n\n```".to_vec();
    text.extend(bytes);
    text.extend(b"\n```\n");
    try_all(&SITE, Source::new(PATH, text), |it| it == PATH);
}

/// Reads the bytes as the template of a post.
pub(crate) fn template(bytes: &[u8]) {
    let mut sources = SITE.clone();
    sources.add(Source::new(PATH, "---\ntitle: A\ntopics: [housing]\n---\n\n## Part\n\nText.\n".into()));
    try_all(&sources, Source::new("templates/post.html", bytes.to_vec()), |it| it == PATH);
}

/// Reads the bytes as a vocabulary.
pub(crate) fn vocabulary(bytes: &[u8]) {
    try_all(&SITE, Source::new("data/topics.yml", bytes.to_vec()), |it| it.starts_with("content/posts/"));
}

/// Reads the bytes as the text of a document, and asks an independent parser what is in its HTML.
pub(crate) fn markdown(bytes: &[u8]) {
    let mut text = b"---\ntitle: A\n---\n\n".to_vec();
    text.extend(bytes);
    let mut sources = BARE.clone();
    sources.add(Source::new(PATH, text));
    for (trace, is_plain) in [(Trace::Off, true), (Trace::All, false)] {
        let opened = folio::open(&sources, "site.toml", options(trace), &Memo::default());
        check_diagnostics(&opened.diagnostics, &sources);
        let site = &opened.value.site;
        let Some(entry) = site.entries.iter().find(|it| &*it.document.source.path == PATH) else { return };
        let made = folio::make(&opened.value, entry.route(), &sources);
        check_diagnostics(&made.diagnostics, &sources);
        let OutputBytes::Made(html) = &made.value.bytes else { return };
        if is_plain {
            let html = String::from_utf8_lossy(html);
            // Components are made by the theme, which may use what a document may not.
            let faults = if html.contains("class=\"component") { Vec::new() } else { harmless::faults(&html) };
            assert!(faults.is_empty(), "{faults:?} in {html:?}");
        } else {
            check_diagnostics(&folio::inspect(&opened.value, &made.value, &sources).diagnostics, &sources);
        }
    }
}

fn options(trace: Trace) -> Options {
    let now = "2024-02-01T12:00:00Z".parse().expect("is a moment");
    let forms = trace == Trace::All;
    Options { now, drafts: true, future: true, trace, forms, base_url: None }
}

/// Opens the site with one source more, and makes and inspects the pages of the documents for whose paths `is_made` holds.
fn try_all(sources: &Sources, source: Source, is_made: impl Fn(&str) -> bool) {
    let mut sources = sources.clone();
    sources.add(source);
    let opened = folio::open(&sources, "site.toml", options(Trace::All), &Memo::default());
    let (mut found, opened) = (opened.diagnostics, opened.value);
    let mut seen = Vec::new();
    for (position, entry) in opened.site.entries.iter().enumerate() {
        if !is_made(&entry.document.source.path) {
            continue;
        }
        let forms = opened.forms(position).into_iter().map(|it| it.1);
        for route in [entry.route().clone()].into_iter().chain(forms) {
            let made = folio::make(&opened, &route, &sources);
            let looked_at = folio::inspect(&opened, &made.value, &sources);
            found.extend(made.diagnostics.into_iter().chain(looked_at.diagnostics));
            seen.extend(looked_at.value);
        }
    }
    found.extend(folio::inspect_all(&opened, &seen, &sources));
    folio::sort(&mut found);
    check_diagnostics(&found, &sources);
    let around = Around::of(&sources);
    for format in [Format::Human, Format::Json, Format::Github, Format::Sarif] {
        text(format, &found, &around);
    }
}

/// Checks that each diagnostic is of the input and not of Folio, and that its places and edits are within its file.
fn check_diagnostics(found: &[Diagnostic], sources: &Sources) {
    for diagnostic in found {
        assert_ne!(diagnostic.code, "internal-error", "{diagnostic:?}");
        let related = diagnostic.related.iter().map(|it| &it.0);
        diagnostic.place.iter().chain(related).for_each(|it| check_place(it, sources));
        if let Some(source) = diagnostic.place.as_ref().and_then(|it| sources.texts.get(&it.path))
            && !diagnostic.fix.is_empty()
        {
            Edit::apply(&diagnostic.fix, &source.text);
        }
    }
}

fn check_place(place: &Place, sources: &Sources) {
    let At::Span(span) = place.at else { panic!("{place:?} has no bytes") };
    if let Some(source) = sources.texts.get(&place.path) {
        assert!(source.text.get(span.start..span.end).is_some(), "{place:?} is not in its file");
    }
}
