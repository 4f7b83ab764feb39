//! Every rule is tried on its own examples: the wrong one has the fault at the places that it marks and nowhere else, the
//! right one, which comes close, has none.

use std::collections::BTreeSet;

use std::path::Path;

use folio::Memo;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Diagnostic, Severity};
use folio::model::rule::{Rule, RuleOption, RuleValue, When};
use folio::model::source::{Source, Sources, Span};
use folio::model::trace;
use rayon::prelude::*;

use crate::support::{build, check_whole, options, project};

/// Rules whose fault can't be written as text between marks, each with the test that shows it.
const SHOWN_ELSEWHERE: &[(&str, &str)] = &[
    ("active-file", "addresses"),
    ("broken-symlink", "edge::disk::tests"),
    ("component-long", "hostile"),
    ("control-character", "read::encoding::tests"),
    ("file-name-character", "edge::disk::tests"),
    ("file-name-not-utf8", "edge::disk::tests"),
    ("file-too-large", "edge::disk::tests"),
    ("front-matter-long", "read::front_matter::tests"),
    ("heavy-picture", "check::asset::tests"),
    ("internal-error", "caught::tests"),
    ("located-picture", "check::asset::tests"),
    ("markdown-deep", "hostile"),
    ("named-author", "check::asset::tests"),
    ("no-content", "edge::disk::tests"),
    ("no-site-toml", "edge::disk::tests"),
    ("not-utf8", "quirks"),
    ("special-file", "edge::disk::tests"),
    ("symlink-outside", "edge::disk::tests"),
    ("too-many-symlinks", "edge::disk::tests"),
    ("unchecked-file", "check::asset::tests"),
    ("unreadable-file", "edge::disk::tests"),
    ("untagged-pdf", "check::asset::tests"),
    ("yaml-deep", "hostile"),
    ("yaml-syntax", "read::doctor::tests"),
];

/// Takes the marks out of a project; returns the spans that they marked, by file, in bytes of the file.
fn unmarked(sources: Sources) -> (Sources, BTreeSet<(String, Span)>) {
    let (mut plain, mut spans) = (Sources { assets: sources.assets, ..Sources::default() }, BTreeSet::new());
    for source in sources.texts.values() {
        let (mut text, mut open) = (String::new(), Vec::new());
        for character in source.text.chars() {
            match character {
                '‹' => open.push(text.len()),
                '›' => {
                    let start = open.pop().unwrap_or_else(|| panic!("{}: `›` without `‹`", source.path));
                    spans.insert((source.path.to_string(), Span::new(start, text.len())));
                }
                _ => text.push(character),
            }
        }
        assert!(open.is_empty(), "{}: `‹` without `›`", source.path);
        plain.add(Source::new(&*source.path, text.into_bytes()));
    }
    (plain, spans)
}

/// Returns what a rule finds in a project; settings that the project leaves out are filled in. A rule that is off by itself is
/// turned on.
fn found(code: &str, severity: Severity, mut sources: Sources) -> Vec<Diagnostic> {
    if !sources.texts.contains_key("site.toml") {
        let settings = format!(
            "[site]\ntitle = \"Our work\"\nbase_url = \"https://www.example.org/\"\n[checks]\n{code} = \"{}\"\n",
            severity.name()
        );
        sources.add(Source::new("site.toml", settings.into_bytes()));
    }
    folio::edge::embedded::civic(&mut sources);
    let mut found = check_whole(&sources, options());
    found.retain(|it| it.code == code);
    found
}

#[test]
fn every_rule_finds_what_it_is_for_and_nothing_near_it() {
    let rules: Vec<&Rule> = folio::rules().iter().filter(|it| it.about.when != When::Online).collect();
    let faults: Vec<String> = rules.par_iter().flat_map_iter(|it| faults_of(it)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns what is wrong with a rule or with its examples.
fn faults_of(rule: &Rule) -> Vec<String> {
    let (Some(wrong), Some(right)) = (&rule.about.wrong, &rule.about.right) else {
        let shown = SHOWN_ELSEWHERE.iter().any(|it| it.0 == rule.code);
        return if shown { Vec::new() } else { vec![format!("{} has no examples", rule.code)] };
    };
    let mut faults = Vec::new();
    let (sources, marked) = unmarked(project(wrong));
    let told = found(rule.code, rule.about.severity, sources);
    let places: BTreeSet<(String, Span)> =
        told.iter().filter_map(|it| it.place.as_ref()).map(|it| (it.path.to_string(), it.span())).collect();
    if told.is_empty() {
        faults.push(format!("{} does not find its wrong example", rule.code));
    }
    if places != marked {
        faults.push(format!("{} finds {places:?}, but {marked:?} is marked: {told:#?}", rule.code));
    }
    if let Some(other) = told.iter().find(|it| it.severity != rule.about.severity) {
        faults.push(format!("{} is told as {}", rule.code, other.severity.name()));
    }
    let (sources, marked) = unmarked(project(right));
    assert!(marked.is_empty(), "{}: marks in the right example", rule.code);
    if let Some(told) = found(rule.code, rule.about.severity, sources).first() {
        faults.push(format!("{} finds its right example: {told:#?}", rule.code));
    }
    faults
}

/// Where an element comes from is written into pages that are checked, and into no others: without it they are the same.
#[test]
fn a_page_that_is_checked_is_the_page_that_is_published() {
    let mut sources =
        folio::edge::disk::read(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new("site.toml"), Path::new("public"))
            .unwrap();
    folio::edge::embedded::civic(&mut sources);
    // The forms of newsletters as well; by that day its issues are out.
    let options = Options { forms: true, now: "2026-11-01T12:00:00Z".parse().unwrap(), ..options() };
    let built = build(&sources, options.clone(), &Memo::default());
    let traced = build(&sources, Options { trace: Trace::All, ..options }, &Memo::default());
    let endings = [".html", "email.txt", ".eml", ".md"];
    let pages = built.outputs.iter().filter(|it| endings.iter().any(|end| it.0.ends_with(end)));
    let mut marks = 0;
    for (path, page) in pages {
        let marked = &traced.outputs[path];
        marks += String::from_utf8_lossy(marked).matches(trace::AT).count();
        assert!(trace::strip(marked) == page.as_slice(), "{path}");
    }
    assert!(marks > 10_000, "{marks}");
}

/// Every code that the program can give has a file, or the build of a test would stop; no file outlives its code.
#[test]
#[expect(clippy::disallowed_methods, reason = "the program is on disk")]
fn every_rule_is_looked_for() {
    let sources =
        walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).into_iter().map(Result::unwrap);
    let rust = sources.filter(|it| it.path().extension().is_some_and(|it| it == "rs"));
    let text: String = rust.map(|it| std::fs::read_to_string(it.path()).unwrap()).collect();
    for rule in folio::rules() {
        assert!(text.contains(&format!("\"{}\"", rule.code)), "nothing gives `{}`", rule.code);
    }
}

#[test]
fn every_rule_says_what_a_reader_needs() {
    for rule in folio::rules() {
        let about = &rule.about;
        assert!(!about.title.ends_with('.') && about.title.starts_with(char::is_uppercase), "{}: title", rule.code);
        for (name, text) in [("why", &about.why), ("mend", &about.mend)] {
            assert!(text.trim().ends_with(['.', '`']), "{}: `{name}` is no sentence", rule.code);
        }
        assert!(!about.source.trim().is_empty(), "{}: who says so?", rule.code);
        assert!(!(about.fixed && about.severity != Severity::Error), "{}: only an error is fixed", rule.code);
        for (name, RuleOption { default, help }) in &about.options {
            assert!(!help.is_empty(), "{}: {name}", rule.code);
            assert!(*default != RuleValue::Texts(vec![String::new()]), "{}: {name}", rule.code);
        }
    }
    let codes: BTreeSet<&str> = folio::rules().iter().map(|it| it.code).collect();
    assert_eq!(codes.len(), folio::rules().len(), "a code stands in two groups");
}
