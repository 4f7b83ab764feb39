//! The examples of the manual are run: a manual that lies does not pass.
//!
//! A fence with the words `text project` holds a project in one string that builds without an error or a warning; one with
//! `text project error CODE` gives exactly that code. Settings and a home page that an example leaves out are filled in.

use std::path::Path;

use folio::Memo;
use folio::model::source::Source;

use crate::support::{build, options, project, told, without_advice};

/// An example, the line on which its fence opens, and the codes that it is to give.
struct Example {
    line: usize,
    text: String,
    codes: Vec<String>,
}

/// Returns the examples of a page. A fence ends at a line of as many backticks as it began with.
fn examples(page: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let fence: String = line.trim_start().chars().take_while(|it| *it == '`').collect();
        if fence.len() < 3 {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let info: Vec<&str> = line.trim().trim_start_matches('`').split_whitespace().collect();
        let mut text = String::new();
        for (_, line) in lines.by_ref() {
            let bare = line.trim();
            if bare.len() >= fence.len() && bare.chars().all(|it| it == '`') {
                break;
            }
            text.push_str(line.get(indent..).filter(|_| line[..indent].trim().is_empty()).unwrap_or(line.trim_start()));
            text.push('\n');
        }
        let codes = match info[..] {
            ["text", "project"] => Vec::new(),
            ["text", "project", "error", ref codes @ ..] => codes.iter().map(|it| (*it).to_owned()).collect(),
            _ => continue,
        };
        found.push(Example { line: number + 1, text, codes });
    }
    found
}

/// Runs an example; returns what is wrong with it.
fn fault(example: &Example) -> Option<String> {
    if !example.text.starts_with("//- ") {
        return Some("its first line is not `//- PATH`".to_owned());
    }
    let mut sources = project(&example.text);
    let mut fill = |path: &str, text: &str| {
        if !sources.texts.contains_key(path) {
            sources.add(Source::new(path, text.into()));
        }
    };
    fill("site.toml", "[site]\ntitle = \"Our work\"\nbase_url = \"https://www.example.org/\"\n");
    fill("content/index.md", "---\ntitle: Our work\n---\n\nWelcome.\n");
    folio::edge::embedded::civic(&mut sources);
    let built = build(&sources, options_of_examples(), &Memo::default());
    let told_all = without_advice(&built.diagnostics);
    let mut codes: Vec<&str> = told_all.iter().map(|it| it.code).collect();
    codes.dedup();
    (codes != example.codes).then(|| {
        let words: Vec<String> = told_all
            .iter()
            .zip(told(&told_all, &sources))
            .map(|(it, told)| format!("{told}: {}", it.message))
            .collect();
        format!("should give {:?}, but gives\n    {}", example.codes, words.join("\n    "))
    })
}

/// Examples are of any year that has begun.
fn options_of_examples() -> folio::model::config::Options {
    folio::model::config::Options { now: "2026-12-01T12:00:00Z".parse().unwrap(), ..options() }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the manual is on disk")]
fn the_examples_of_the_manual_do_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = walkdir::WalkDir::new(root.join("content/guide")).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut count = 0;
    let mut faults = Vec::new();
    for page in pages.filter(|it| it.path().extension().is_some_and(|it| it == "md")) {
        let text = std::fs::read_to_string(page.path()).unwrap();
        for example in examples(&text) {
            count += 1;
            let place = format!("{}:{}", page.path().strip_prefix(root).unwrap().display(), example.line);
            faults.extend(fault(&example).map(|it| format!("{place}: {it}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 0, "the manual has no examples that are run");
}

#[test]
fn examples_are_found_and_run() {
    let page = "Text\n\n```text project\n//- content/a.md\n---\ntitle: A\n---\n\nText.\n```\n\n- a list\n\n  ````text project error broken-link\n  \
        //- content/a.md\n  ---\n  title: A\n  ---\n\n  [x](b.md)\n  ````\n\n```yaml\na: 1\n```\n";
    let found = examples(page);
    assert_eq!(found.iter().map(|it| it.line).collect::<Vec<_>>(), [3, 14]);
    assert_eq!(found[1].text, "//- content/a.md\n---\ntitle: A\n---\n\n[x](b.md)\n");
    assert_eq!(found.iter().map(fault).collect::<Vec<_>>(), [None, None]);
    let wrong = Example { codes: vec!["broken-anchor".to_owned()], ..found.into_iter().next_back().unwrap() };
    assert!(fault(&wrong).unwrap().contains("error[broken-link] content/a.md:5:5"));
}
