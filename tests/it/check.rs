//! `folio check` as people and CI use it: what it tells, what it mends, what it accepts, and that it writes nothing else.

use std::process::Command;

use folio::Memo;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Diagnostic, Place};
use folio::model::source::Span;
use folio::model::web::Answer;

use crate::support::{Folder, options, project};

/// Settings of a site that has an address of its own, so that nothing is to be told of them.
const SETTINGS: &str = "
//- site.toml
[site]
title = \"Site\"
base_url = \"https://www.middleton.gov.uk/\"
";

const NOW: (&str, &str) = ("SOURCE_DATE_EPOCH", "1706788800");

/// A site with one post that is right.
fn site() -> Folder {
    Folder::of(&format!(
        "{SETTINGS}
[menus]
footer = [{{ title = \"Accessibility\", url = \"/accessibility/\" }}]
//- content/index.md
---
title: Home
summary: Where it begins.
---

Welcome.
//- content/accessibility.md
---
title: Accessibility statement
summary: How this site works for everybody.
updated: 2024-01-02
---

Tell us.
//- content/posts/first.md
---
title: First
summary: The first post.
date: 2024-01-02
---

Text.
"
    ))
}

/// Adds a post with two mistakes: one that can be mended for sure, and one that can't.
fn add_faults(folder: &Folder) {
    folder.write(
        "content/posts/second.md",
        b"---\ntitle: Housing: a review\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [it](gone.md).\n",
    );
}

#[test]
fn a_clean_site_is_said_to_be_clean_and_nothing_is_written() {
    let folder = site();
    let before = folder.files("");
    let run = folder.run(&["check", "--deny", "warnings"]).ends(0);
    assert!(run.out.contains("nothing is wrong"), "{run:?}");
    assert_eq!(run.err, "");
    assert_eq!(folder.files(""), before);
}

#[test]
fn a_mistake_is_told_once_although_its_page_can_not_be_made() {
    let folder = site();
    folder
        .write("content/posts/second.md", b"---\ntitle: Second\nsummary: What it is.\ndate:2024-01-03\n---\n\nText.\n");
    let run = folder.run(&["check"]).ends(1);
    assert_eq!(run.err.matches("error[").count(), 1, "{}", run.err);
    assert!(run.err.contains("content/posts/second.md:4:"), "{}", run.err);
}

#[test]
fn what_is_sure_is_mended_and_shown() {
    let folder = site();
    add_faults(&folder);
    let run = folder.run(&["check", "--fix"]).ends(1);
    let change = "mended[yaml-colon] content/posts/second.md:2\n  - title: Housing: a review\n  + title: \"Housing: a review\"\n";
    assert!(run.out.contains(change), "{}", run.out);
    assert!(run.out.contains("1 mended"), "{}", run.out);
    assert!(run.err.contains("error[broken-link]") && !run.err.contains("yaml-colon"), "{}", run.err);
    let text = &folder.files("content/posts")["second.md"];
    assert_eq!(
        text,
        b"---\ntitle: \"Housing: a review\"\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [it](gone.md).\n"
    );
    let before = folder.files("");
    folder.run(&["check", "--fix"]).ends(1);
    assert_eq!(folder.files(""), before);
}

#[test]
fn what_is_there_already_can_be_accepted() {
    let folder = site();
    folder.write(
        "content/posts/second.md",
        b"---\ntitle: Second\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [it](gone.md).\n",
    );
    folder.run(&["build"]).ends(1);
    let run = folder.run(&["check", "--write-baseline"]).ends(0);
    assert!(run.out.contains("1 line is accepted in baseline.toml"), "{run:?}");
    folder.run(&["check", "--deny", "warnings"]).ends(0);
    folder.run(&["build"]).ends(0);
    // The line moves: it is still accepted. It changes: it is told.
    folder.write(
        "content/posts/second.md",
        b"---\ntitle: Second\nsummary: What it is.\ndate: 2024-01-03\n---\n\nNew.\n\n  See [it](gone.md).\n",
    );
    folder.run(&["check"]).ends(0);
    folder.write(
        "content/posts/second.md",
        b"---\ntitle: Second\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [that](gone.md).\n",
    );
    assert!(folder.run(&["check"]).ends(1).err.contains("error[broken-link]"));
    // Written anew, it holds what is wrong now, and no more.
    folder.write(
        "content/posts/second.md",
        b"---\ntitle: Second\nsummary: What it is.\ndate: 2024-01-03\n---\n\nText.\n",
    );
    folder.run(&["check", "--write-baseline"]).ends(0);
    assert!(!String::from_utf8_lossy(&folder.files("")["baseline.toml"]).contains("broken-link"));
}

#[test]
fn without_what_is_needed_nothing_is_accepted() {
    let folder = site();
    add_faults(&folder);
    let run = folder.run(&["check", "--write-baseline"]).ends(1);
    assert!(run.err.contains("yaml-colon") && !folder.files("").contains_key("baseline.toml"), "{run:?}");
}

#[test]
fn a_rule_has_exceptions_and_severities() {
    let folder = site();
    folder.write(
        "content/posts/second.md",
        b"---\ntitle: Second\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [it](gone.md).\n",
    );
    let before = String::from_utf8(folder.files("")["site.toml"].clone()).unwrap();
    let settings = |checks: &str| {
        folder.write("site.toml", format!("{}\n[checks]\n{checks}\n", &before).as_bytes());
    };
    settings("broken-link = \"warning\"");
    assert!(folder.run(&["check"]).ends(0).err.contains("warning[broken-link]"));
    settings("broken-link = { except = [\"content/posts/\"] }");
    folder.run(&["check", "--deny", "warnings"]).ends(0);
    settings("broken-link = { severity = \"warning\", except = [\"content/posts/first.md\"] }");
    assert!(folder.run(&["check"]).ends(0).err.contains("warning[broken-link]"));
    settings("broken-link = { except = [\"content/post/\"] }");
    let run = folder.run(&["check"]).ends(1);
    assert!(run.err.contains("there is no file `content/post/`"), "{}", run.err);
    settings("brokn-link = \"off\"");
    assert!(folder.run(&["check"]).ends(1).err.contains("did you mean `broken-link`?"));
    settings("yaml-colon = \"off\"");
    assert!(folder.run(&["check"]).ends(1).err.contains("`yaml-colon` is always an error"));
}

/// Runs git in a folder, with no settings but these.
fn git(folder: &Folder, arguments: &[&str]) {
    let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let run = Command::new("git").args(settings).args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn only_changed_files_are_told_on_demand() {
    let folder = site();
    folder.write(
        "content/posts/old é.md",
        b"---\ntitle: Old\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [it](gone.md).\n",
    );
    folder
        .write("content/posts/moved.md", b"---\ntitle: Moved\nsummary: What it is.\ndate: 2024-01-04\n---\n\nText.\n");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-qm", "first"]);
    let run = folder.run(&["check", "--since", "HEAD"]).ends(0);
    assert!(run.out.contains("1 more in files that did not change"), "{}", run.out);
    folder.write(
        "content/posts/new.md",
        b"---\ntitle: New\nsummary: What it is.\ndate: 2024-01-05\n---\n\nSee [it](away.md).\n",
    );
    let run = folder.run(&["check", "--since", "HEAD"]).ends(1);
    assert!(run.err.contains("`away.md`") && !run.err.contains("`gone.md`"), "{}", run.err);
    folder.write(
        "content/posts/old é.md",
        b"---\ntitle: Old\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [that](gone.md).\n",
    );
    assert!(folder.run(&["check", "--since", "HEAD"]).ends(1).err.contains("`gone.md`"));
    let run = folder.run(&["check", "--since", "no-such-thing"]).ends(2);
    assert!(run.err.contains("no-such-thing"), "{}", run.err);
    folder.run(&["check", "--since", "--output=x"]).ends(2);
}

#[test]
fn annotations_name_the_file_from_the_top_of_the_repository_and_the_job_gets_a_summary() {
    let folder = Folder::empty();
    let inner = site();
    for (path, bytes) in inner.files("") {
        folder.write(&format!("docs/site/{path}"), &bytes);
    }
    folder.write(
        "docs/site/content/posts/second.md",
        b"---\ntitle: Second\nsummary: What it is.\ndate: 2024-01-03\n---\n\nSee [it](gone.md).\n",
    );
    git(&folder, &["init", "-q"]);
    let summary = folder.path().join("summary.md");
    let variables = [NOW, ("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let run = folder.run_with(&["check", "--root", "docs/site"], &variables).ends(1);
    assert!(run.out.starts_with("::error file=docs/site/content/posts/second.md,line=7,"), "{}", run.out);
    let summary = String::from_utf8(folder.files("")["summary.md"].clone()).unwrap();
    assert!(summary.contains("| error | `broken-link` | 1 |"), "{summary}");
    let run = folder.run_with(&["check", "--root", "docs/site", "--format", "sarif"], &[NOW]).ends(1);
    assert!(run.out.contains("\"uri\": \"docs/site/content/posts/second.md\""), "{}", run.out);
}

#[test]
fn what_other_sites_answer_is_told_at_the_link() {
    let text = format!(
        "{SETTINGS}
//- content/posts/first.md
---
title: First
date: 2024-01-02
---

See [one](https://a.example.com/), [two](https://b.example.com/x), [three](https://c.example.com/) and [four](https://d.example.com/).
"
    );
    let mut sources = crate::support::project(&text);
    folio::edge::embedded::civic(&mut sources);
    let options = Options { trace: Trace::All, ..crate::support::options() };
    let opened = folio::open(&sources, "site.toml", options, &folio::Memo::default()).value;
    let route = opened.site.entries[0].route().clone();
    let made = folio::make(&opened, &route, &sources);
    let seen = folio::inspect(&opened, &made.value, &sources).value.unwrap();
    let urls: Vec<&str> = seen.outside.iter().map(|it| &*it.0).filter(|it| it.contains("example.com")).collect();
    assert_eq!(
        urls,
        ["https://a.example.com/", "https://b.example.com/x", "https://c.example.com/", "https://d.example.com/"]
    );
    let answers = [
        ("https://a.example.com/", Answer::Fine),
        ("https://b.example.com/x", Answer::Gone("the server says 404 Not Found".to_owned())),
        ("https://c.example.com/", Answer::Moved("https://e.example.com/".to_owned())),
        ("https://d.example.com/", Answer::Unclear("timeout".to_owned())),
    ];
    let answers = answers.into_iter().map(|(url, answer)| (url.to_owned(), answer)).collect();
    let found = folio::inspect_links(&opened, &[seen], &answers, &sources);
    assert_eq!(
        crate::support::told(&found, &sources),
        [
            "warning[dead-link] content/posts/first.md:6:42",
            "advice[moved-link] content/posts/first.md:6:76",
            "advice[unclear-link] content/posts/first.md:6:111",
        ]
    );
}

#[test]
fn addresses_are_remembered_and_one_that_vanishes_is_told() {
    let folder = site();
    assert_eq!(folder.run(&["urls"]).ends(0).out, "/\n/accessibility/\n/blog/first/\n");
    folder.run(&["urls", "--lock"]).ends(0);
    folder.run(&["check", "--deny", "warnings"]).ends(0);
    let post = folder.files("content/posts")["first.md"].clone();
    folder.remove("content/posts/first.md");
    folder.write("content/posts/second.md", &post);
    let run = folder.run(&["build"]).ends(0);
    assert!(run.err.contains("warning[vanished-address]: `/blog/first/` was published"), "{}", run.err);
    folder.run(&["build", "--deny", "warnings"]).ends(1);
    // The lock forgets nothing.
    folder.run(&["urls", "--lock"]).ends(0);
    let lock = String::from_utf8(folder.files("")["urls.lock"].clone()).unwrap();
    assert!(lock.ends_with("\n/\n/accessibility/\n/blog/first/\n/blog/second/\n"), "{lock}");
    let aliased = String::from_utf8(post).unwrap().replace("date:", "aliases: [/blog/first/]\ndate:");
    folder.write("content/posts/second.md", aliased.as_bytes());
    folder.run(&["build", "--deny", "warnings"]).ends(0);
}

#[test]
fn the_next_change_is_known() {
    let folder = site();
    assert_eq!(folder.run(&["list", "--next"]).ends(0).out, "Nothing changes by itself.\n");
    assert_eq!(folder.run(&["list", "--next", "--format", "json"]).ends(0).out, "[]\n");
    folder.write("content/posts/later.md", b"---\ntitle: Later\nsummary: S.\ndate: 2024-07-01\n---\n\nText.\n");
    folder.write("content/posts/soon.md", b"---\ntitle: Soon\nsummary: S.\ndate: 2024-03-01T09:00:00\n---\n\nText.\n");
    let run = folder.run(&["list", "--next"]).ends(0);
    assert_eq!(run.out, "2024-03-01 09:00 Europe/London  content/posts/soon.md appears: Soon\n");
    folder.write(
        "content/posts/old.md",
        b"---\ntitle: Old\nsummary: S.\ndate: 2024-01-01\nexpires: 2024-02-02\n---\n\nText.\n",
    );
    let run = folder.run(&["list", "--next", "--format", "json"]).ends(0);
    let next: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(next[0]["change"], "expires");
    assert_eq!(next[0]["moment"], "2024-02-02T00:00:00+00:00");
    assert_eq!(next.as_array().unwrap().len(), 1);
    let all: serde_json::Value = serde_json::from_str(&folder.run(&["list", "--format", "json"]).ends(0).out).unwrap();
    let later = all.as_array().unwrap().iter().find(|it| it["title"] == "Later").unwrap();
    assert_eq!((&later["left_out"], &later["moment"]), (&"future".into(), &"2024-07-01T00:00:00+01:00".into()));
}

/// What was noticed while the folder was read obeys the settings like everything else: severity, off, exceptions, the baseline.
#[test]
fn faults_of_the_folder_obey_the_settings() {
    let check = |settings: &str, more: &str, expected: &[&str]| {
        let text =
            format!("{SETTINGS}[checks]\n{settings}\n//- content/index.md\n---\ntitle: Home\n---\n\nText.\n{more}");
        let mut sources = project(&text);
        for (code, path) in [("special-file", "content/pipe.md"), ("special-file", "content/a/socket")] {
            let place = Place::new(&path.into(), Span::default());
            sources.found.push(Diagnostic::warning(code, place, format!("`{path}` is neither a file nor a folder")));
        }
        let found = folio::open(&sources, "site.toml", options(), &Memo::default()).diagnostics;
        let found = found.iter().filter(|it| it.code == "special-file");
        let told: Vec<_> = found
            .map(|it| format!("{} {}", it.severity.name(), it.place.as_ref().map_or("", |it| &*it.path)))
            .collect();
        assert_eq!(told, expected, "{settings}");
    };
    check("", "", &["warning content/a/socket", "warning content/pipe.md"]);
    check("special-file = \"off\"", "", &[]);
    check("special-file = \"error\"", "", &["error content/a/socket", "error content/pipe.md"]);
    check("special-file = { except = [\"content/a/\"] }", "", &["warning content/pipe.md"]);
    let baseline = "//- baseline.toml\n[\"content/pipe.md\"]\nspecial-file = [\"`content/pipe.md` is neither a file nor a folder\"]\n";
    check("", baseline, &["warning content/a/socket"]);
}

/// The same with a real pipe, by every command that reads the folder.
#[cfg(unix)]
#[test]
fn a_pipe_that_is_accepted_is_not_told() {
    let folder = site();
    let pipe = folder.path().join("content/pipe.md");
    assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
    assert!(folder.run(&["build"]).ends(0).err.contains("warning[special-file]"));
    folder.run(&["check", "--deny", "warnings"]).ends(1);
    folder.run(&["check", "--write-baseline"]).ends(0);
    assert_eq!(folder.run(&["check", "--deny", "warnings"]).ends(0).err, "");
    assert_eq!(folder.run(&["build"]).ends(0).err, "");
}
