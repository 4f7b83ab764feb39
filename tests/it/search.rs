//! The search: what is in the index, and what the theme's script finds in it.

use std::collections::BTreeMap;
use std::process::Command;

use folio::edge::embedded;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::Severity;
use folio::model::page::OutputBytes;
use folio::{Memo, make, open};
use jiff::Timestamp;

use crate::support::project;

const SITE: &str = "
    //- site.toml
    [site]
    title = \"Test\"
    base_url = \"https://example.org/sub/\"
    //- data/topics.yml
    - slug: net-zero
      title: Net zero
    //- content/posts/first.md
    ---
    title: Evaluating the trial
    date: 2024-01-23
    summary: What we learned.
    topics: [net-zero]
    ---
    Sensors in **park**ing bays cost £300,000 &amp; more.

    ![A red door](door.png)
    //- content/posts/door.png
    A door.
    //- content/posts/second.md
    ---
    title: Policies for cafés
    date: 2024-02-01
    summary: A second post.
    ---
    The trial had no evaluation.
    //- content/posts/old.md
    ---
    title: Moved
    date: 2023-01-01
    redirect_to: /about/
    ---
    //- content/about.md
    ---
    title: About
    summary: Who we are.
    ---
    We evaluate.
    ";

/// Returns the files of the search by their names under `/search/`.
fn files(text: &str) -> BTreeMap<String, String> {
    let mut sources = project(text);
    embedded::civic(&mut sources);
    let options = Options {
        now: Timestamp::UNIX_EPOCH,
        drafts: false,
        future: true,
        trace: Trace::Off,
        forms: false,
        base_url: None,
    };
    let opened = open(&sources, "site.toml", options, &Memo::default());
    assert!(!opened.diagnostics.iter().any(|it| it.severity == Severity::Error), "{:#?}", opened.diagnostics);
    let opened = opened.value;
    let routes = opened.routes();
    let own = routes.iter().filter_map(|it| Some((*it, it.as_str().strip_prefix("/search/")?)));
    own.map(|(route, name)| {
        let made = make(&opened, route, &sources);
        assert_eq!(made.diagnostics, []);
        let OutputBytes::Made(bytes) = made.value.bytes else { panic!("{name} is made") };
        (name.to_owned(), String::from_utf8(bytes).unwrap())
    })
    .collect()
}

#[test]
fn what_is_published_is_in_the_index() {
    let files = files(SITE);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["", "documents/0.json", "index.json", "words/0.txt"]);
    let root: serde_json::Value = serde_json::from_str(&files["index.json"]).unwrap();
    assert_eq!(root["documents"], 3);
    let documents: serde_json::Value = serde_json::from_str(&files["documents/0.json"]).unwrap();
    assert_eq!(documents[1][0], "Evaluating the trial");
    assert_eq!(documents[1][1], "/sub/blog/first/");
    assert_eq!(documents[1][5], serde_json::json!(["Net zero"]));
    let words = &files["words/0.txt"];
    let line = |word: &str| words.lines().find_map(|it| it.strip_prefix(word)?.strip_prefix(' ')).unwrap_or("");
    // The second post is the newest, so it is document 0; the first is 1; the page is 2.
    assert_eq!(line("=kind=post"), "AA");
    assert_eq!(line("=kind=page"), "2A");
    assert_eq!(line("=topics=net-zero"), "1A");
    for (word, first) in [("parking", '1'), ("300000", '1'), ("red", '1'), ("zero", '1'), ("evaluate", '2')] {
        assert!(line(word).starts_with(first), "{word}: {}", line(word));
    }
    assert_eq!(line("cafes").len(), 1);
    assert_eq!((line("moved"), line("amp"), line("door.png")), ("", "", ""));
    assert!(words.lines().map(|it| it.split(' ').next()).is_sorted());
}

#[test]
fn the_page_leads_on_without_script() {
    let page = &files(SITE)[""];
    for part in [
        "href=\"/sub/blog/\"",
        "href=\"/sub/topics/net-zero/\"",
        "href=\"/sub/archive/\"",
        "data-index=\"/sub/search/index.json\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[test]
fn a_site_may_do_without() {
    assert_eq!(
        files(&SITE.replace("    //- data", "    [search]\n    enabled = false\n    //- data")),
        BTreeMap::new()
    );
}

/// The script takes words apart as the index does, and finds what is there. Without Node.js there is nothing to run it.
#[test]
#[expect(clippy::disallowed_methods, reason = "the script reads files")]
fn the_script_finds() {
    if Command::new("node").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files(SITE) {
        let path = folder.path().join(if name.is_empty() { "index.html" } else { &name });
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let root = env!("CARGO_MANIFEST_DIR");
    std::fs::copy(format!("{root}/themes/civic/static/search.js"), folder.path().join("search.mjs")).unwrap();
    let ran = Command::new("node").arg(format!("{root}/tests/search/run.mjs")).arg(folder.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}
