//! The program as people and CI use it: commands, exit statuses, what is written and what is left alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use crate::support::{Folder, SETTINGS, told_in};

const KINDS: [&str; 8] = ["post", "evaluation", "project", "newsletter", "person", "organisation", "event", "page"];

/// A site that is published as it is, with a draft, a post to come and one that expired.
fn site() -> Folder {
    Folder::of(&format!(
        "{SETTINGS}
//- content/index.md
---
title: Home
---

Welcome.
//- content/posts/first.md
---
title: First
date: 2024-01-02
aliases: [/old/first/]
documents:
  - {{file: ../files/report.txt, title: The report}}
---

See [the start](@/index.md#main) and [the file](../files/report.txt).
//- content/posts/draft.md
---
title: A draft
date: 2024-01-03
draft: true
---

Text.
//- content/posts/later.md
---
title: Later
date: 2024-03-01 09:00
---

Text.
//- content/posts/gone.md
---
title: Gone
date: 2023-01-01
expires: 2023-12-31
remove: true
---

Text.
//- content/files/report.txt
The report.
//- static/CNAME
www.example.org
//- static/robots-not.txt
Passed on.
"
    ))
}

/// Returns what is wrong with the settings of a site on purpose: a warning and nothing else.
fn add_warning(folder: &Folder) {
    folder.write("content/posts/warned.md", b"---\ntitle: Warned\ndate: 2024-01-04\nzebra: 1\n---\n\nText.\n");
}

#[expect(clippy::disallowed_methods, reason = "it is a folder on the disk")]
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|it| it.file_type().is_file());
    let time = |path: &Path| std::fs::metadata(path).unwrap().modified().unwrap();
    files.map(|it| (it.path().display().to_string(), time(it.path()))).collect()
}

#[test]
fn a_second_build_changes_nothing() {
    let folder = site();
    let run = folder.run(&["build"]).ends(0);
    assert!(run.err.is_empty(), "{}", run.err);
    assert!(run.out.contains("0 removed") && !run.out.contains(" 0 new or changed"), "{}", run.out);
    assert!(run.out.contains("Left out: 1 draft, 1 to come (the next on 2024-03-01 09:00 Europe/London), 1 expired"));
    let (files, before) = (folder.files("public"), times(&folder.path().join("public")));
    let run = folder.run(&["build"]).ends(0);
    assert!(run.out.contains(" 0 new or changed, 0 removed"), "{}", run.out);
    assert_eq!(folder.files("public"), files);
    assert_eq!(times(&folder.path().join("public")), before);
    assert_eq!(str::from_utf8(&files["CNAME"]).unwrap(), "www.example.org\n");
    for path in [
        "index.html",
        "blog/first/index.html",
        "old/first/index.html",
        "files/report.txt",
        "robots-not.txt",
        "404.html",
        "_redirects",
    ] {
        assert!(files.contains_key(path), "{path} is missing of {:?}", files.keys());
    }
    for path in files.keys() {
        assert!(!path.contains("draft") && !path.contains("later") && !path.contains("gone"), "{path}");
    }
    // What is gone from the sources goes, and only that.
    folder.remove("static/robots-not.txt");
    let run = folder.run(&["build"]).ends(0);
    assert!(run.out.contains(" 0 new or changed, 1 removed"), "{}", run.out);
}

#[test]
fn the_manifest_names_every_file() {
    let folder = site();
    folder.run(&["build"]).ends(0);
    let mut files = folder.files("public");
    let manifest: serde_json::Value = serde_json::from_slice(&files.remove("manifest.json").unwrap()).unwrap();
    let named: Vec<&String> = manifest["files"].as_object().unwrap().keys().collect();
    assert_eq!(named, files.keys().collect::<Vec<_>>());
}

#[test]
fn drafts_and_the_future_are_shown_on_demand() {
    let folder = site();
    let has = |arguments: &[&str], paths: &[(&str, bool)]| {
        folder.run(&[&["build"], arguments].concat()).ends(0);
        let files = folder.files("public");
        for (path, there) in paths {
            assert_eq!(files.contains_key(&format!("blog/{path}/index.html")), *there, "{path} with {arguments:?}");
        }
    };
    has(&[], &[("first", true), ("draft", false), ("later", false), ("gone", false)]);
    has(&["--drafts"], &[("draft", true), ("later", false)]);
    has(&["-D", "-F"], &[("draft", true), ("later", true)]);
    has(&["--future"], &[("draft", false), ("later", true), ("gone", false)]);
    has(&["--now", "2024-03-01"], &[("later", false)]);
    has(&["--now", "2024-03-01T09:00:00Z"], &[("later", true)]);
    has(&["--now", "2023-06-01"], &[("first", false), ("gone", true)]);
    let count =
        |run: &[&str], variables: &[(&str, &str)]| folder.run_with(run, variables).ends(0).out.contains("/blog/later/");
    assert!(!count(&["list"], &[("SOURCE_DATE_EPOCH", "1706788800")]));
    assert!(count(&["list"], &[("SOURCE_DATE_EPOCH", "1709284800")]));
    assert!(!count(&["list", "--now", "2024-01-10"], &[("SOURCE_DATE_EPOCH", "1709284800")]));
    folder.run_with(&["list"], &[("SOURCE_DATE_EPOCH", "soon")]).ends(2);
    folder.run(&["list", "--now", "soon"]).ends(2);
}

#[test]
fn the_base_address_can_be_another() {
    let folder = site();
    folder.run(&["build", "--base-url", "https://preview.example.net/pull/5/"]).ends(0);
    let files = folder.files("public");
    let text = |path: &str| str::from_utf8(&files[path]).unwrap();
    assert!(text("sitemap.xml").contains("https://preview.example.net/pull/5/blog/first/"));
    let first = text("blog/first/index.html");
    assert!(
        first.contains("<a href=\"/pull/5/files/report.txt\">the file</a>") && !first.contains("\"/files/report.txt")
    );
    assert!(first.contains("<a href=\"/pull/5/#main\">the start</a>"), "{first}");
    for (path, _) in files.iter().filter(|it| it.0.ends_with(".html") || it.0.ends_with(".xml") || it.0 == "feed.json")
    {
        assert!(!text(path).contains("https://example.org"), "{path}");
    }
    folder.run(&["build", "--base-url", "example.net"]).ends(1);
}

#[test]
fn what_is_left_out_is_listed_with_its_reason() {
    let folder = site();
    let run = folder.run(&["list"]).ends(0);
    assert!(run.out.contains("2024-01-02  post          /blog/first/  First\n"), "{}", run.out);
    let left_out = folder.run(&["list", "--left-out"]).ends(0).out;
    assert!(run.out.ends_with(&left_out) && left_out.starts_with("Left out: 3\n"), "{}", left_out);
    for line in [
        "content/posts/draft.md: a draft",
        "content/posts/later.md: appears on 2024-03-01 09:00",
        "content/posts/gone.md: expired on 2023-12-31",
    ] {
        assert!(left_out.contains(line), "{left_out}");
    }
    let all = folder.run(&["list", "-D", "-F", "--now", "2023-06-01", "--left-out"]).ends(0).out;
    assert_eq!(all, "Nothing is left out.\n");
}

#[test]
fn a_fault_leaves_the_output_as_it_was() {
    let folder = site();
    folder.run(&["build"]).ends(0);
    let before = folder.files("public");
    folder.write("content/posts/first.md", b"---\ntitle: Changed\ndate: 2024-01-02\n---\n\nSee [it](nowhere.md).\n");
    let run = folder.run(&["build"]).ends(1);
    assert!(run.err.contains("error[broken-link]") && run.err.contains("content/posts/first.md:6:10"), "{}", run.err);
    assert_eq!(folder.files("public"), before);
    // A fault that only shows when the page is made, too.
    folder.write("content/posts/first.md", b"---\ntitle: Changed\ndate: 2024-01-02\n---\n\nText.\n");
    folder.write("templates/post.html", b"{{ page.title }} {{ page.nothing.at.all }}");
    let run = folder.run(&["build"]).ends(1);
    assert!(run.err.contains("error[template-error]") && run.err.contains("templates/post.html:1:"), "{}", run.err);
    assert_eq!(folder.files("public"), before);
    let names: Vec<_> = walkdir::WalkDir::new(folder.path()).max_depth(1).into_iter().map(Result::unwrap).collect();
    let names: Vec<&str> = names.iter().skip(1).filter_map(|it| it.file_name().to_str()).collect();
    assert!(names.iter().all(|it| ["content", "public", "site.toml", "static", "templates"].contains(it)), "{names:?}");
}

#[test]
fn a_fault_of_the_first_build_leaves_nothing() {
    let folder = site();
    folder.write("templates/post.html", b"{{ page.title }} {{ page.nothing.at.all }}");
    folder.run(&["build"]).ends(1);
    assert!(folder.files("public").is_empty());
    folder.write("templates/post.html", b"{{ page.title");
    let run = folder.run(&["build"]).ends(1);
    assert!(run.err.contains("error[template-syntax]") && run.err.contains("templates/post.html:1:"), "{}", run.err);
    assert!(!folder.path().join("public").exists());
}

#[test]
fn warnings_stop_a_build_only_on_demand() {
    let folder = site();
    add_warning(&folder);
    let run = folder.run(&["build", "--deny", "warnings"]).ends(1);
    assert!(run.err.contains("warning[unknown-key]") && !folder.path().join("public").exists(), "{}", run.err);
    let run = folder.run(&["build"]).ends(0);
    assert!(run.err.contains("warning[unknown-key]"), "{}", run.err);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let folder = site();
    folder.write("public/mine.txt", b"mine");
    let run = folder.run(&["build"]).ends(3);
    assert!(run.err.contains("public"), "{}", run.err);
    assert_eq!(folder.files("public").len(), 1);
    folder.run(&["clean"]).ends(3);
    assert_eq!(folder.files("public").len(), 1);
    folder.remove("public/mine.txt");
    folder.run(&["build"]).ends(0);
    folder.write("public/mine.txt", b"mine");
    folder.run(&["build"]).ends(0);
    assert!(folder.files("public").contains_key("mine.txt"));
    let run = folder.run(&["clean"]).ends(0);
    assert!(run.out.contains("files removed from public/"), "{}", run.out);
    assert_eq!(folder.files("public").into_keys().collect::<Vec<_>>(), ["mine.txt"]);
    // The output can't be where the sources are.
    for output in ["content", "content/out", ".", "static"] {
        folder.run(&["build", "-o", output]).ends(3);
    }
    assert!(folder.files("content").len() == 6);
}

#[test]
fn exit_statuses() {
    let folder = site();
    folder.run(&["list"]).ends(0);
    folder.run(&["--help"]).ends(0);
    folder.run(&["--version"]).ends(0);
    for wrong in [
        &["bild"][..],
        &[],
        &["build", "--colour"],
        &["new", "post"],
        &["build", "--format", "xml"],
        &["completions", "dos"],
    ] {
        folder.run(wrong).ends(2);
    }
    let run = folder.run(&["new", "pots", "A title"]).ends(2);
    assert!(run.err.contains("there is no kind `pots`: did you mean `post`?"), "{}", run.err);
    folder.run(&["new", "post", "  "]).ends(2);
    folder.run(&["build", "--root", "not-there"]).ends(3);
    folder.run(&["build", "--config", "other.toml"]).ends(1);
    let empty = Folder::empty();
    let run = empty.run(&["build"]).ends(1);
    assert!(run.err.contains("no-site-toml") && run.err.contains("no-content"), "{}", run.err);
    assert!(empty.files("").is_empty());
}

#[test]
fn faults_in_every_format() {
    let folder = site();
    add_warning(&folder);
    folder.write("content/posts/bad.md", b"---\ntitle: Caf\xe9\ndate: 2024-13-01\n---\n\n[x](nowhere.md)\n");
    let expected = [
        "error[not-utf8] content/posts/bad.md:2:11",
        "error[impossible-date] content/posts/bad.md:3:7",
        "error[broken-link] content/posts/bad.md:6:5",
        "warning[unknown-key] content/posts/warned.md:4:1",
    ];
    let json = folder.run(&["build", "--format", "json"]).ends(1);
    assert_eq!(told_in(&json.out), expected);
    let sarif = folder.run(&["build", "--format", "sarif"]).ends(1);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let told = results.iter().map(|it| {
        let place = &it["locations"][0]["physicalLocation"];
        let region = &place["region"];
        let path = place["artifactLocation"]["uri"].as_str().unwrap();
        let [level, code] = ["level", "ruleId"].map(|key| it[key].as_str().unwrap());
        format!("{level}[{code}] {path}:{}:{}", region["startLine"], region["startColumn"])
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
    let github = folder.run(&["build", "--format", "github"]).ends(1);
    let lines: Vec<&str> = github.out.lines().filter(|it| it.starts_with("::")).collect();
    assert_eq!(lines.len(), expected.len(), "{}", github.out);
    assert!(lines[1].starts_with("::error ") && lines[1].contains("file=content/posts/bad.md,line=3,"), "{}", lines[1]);
    let actions =
        folder.run_with(&["build"], &[("GITHUB_ACTIONS", "true"), ("SOURCE_DATE_EPOCH", "1706788800")]).ends(1);
    assert_eq!(actions.out, github.out);
    // Standard output is for programs alone, also where all is well.
    folder.remove("content/posts/bad.md");
    let json = folder.run(&["build", "--format", "json"]).ends(0);
    assert_eq!(told_in(&json.out), expected[3..]);
    let quiet = folder.run(&["build", "--quiet"]).ends(0);
    assert!(quiet.out.is_empty(), "{}", quiet.out);
}

#[test]
fn a_new_site_with_one_of_each_kind_builds_without_a_word() {
    let titles = [
        "Plain words",
        "A colon: and \"double\" and 'single' quotes",
        "Crème brûlée à l’œuvre",
        "🎉 Emoji 👩‍💻 and # hash",
        "@sign, - hyphen & <b>brackets</b> {{ x }} {% y %}",
        "C:\\temp\\new",
        "yes",
        "2024",
    ];
    let folder = Folder::empty();
    folder.run(&["init", "site"]).ends(0);
    let run = |arguments: &[&str]| folder.run(&[arguments, &["--root", "site"]].concat());
    let built = run(&["build"]).ends(0);
    assert!(built.err.is_empty(), "{}", built.err);
    for kind in KINDS {
        for (position, title) in titles.iter().enumerate() {
            // Each title once, so that no two documents want one address.
            let title = if position == 0 { format!("{title} {kind}") } else { format!("{title} ({kind})") };
            run(&["new", kind, &title]).ends(0);
        }
        run(&["new", kind, &"very long ".repeat(30)]).ends(0);
    }
    for title in ["yes", "2024", "日本語", "!!!"] {
        run(&["new", "page", title]).ends(0);
    }
    let there = folder.files("site/content");
    run(&["new", "post", "Plain words post"]).ends(3);
    assert_eq!(folder.files("site/content"), there);
    let built = run(&["build", "--deny", "warnings", "--drafts"]).ends(0);
    assert!(built.err.is_empty(), "{}", built.err);
    let list = run(&["list", "--drafts"]).ends(0).out;
    assert!(list.contains("  A colon: and \"double\" and 'single' quotes (post)\n"), "{list}");
    assert!(
        list.contains("  🎉 Emoji 👩‍💻 and # hash (person)\n") && list.contains("  C:\\temp\\new (page)\n"),
        "{list}"
    );
    // A second site is not laid over it.
    let before = folder.files("site");
    folder.run(&["init", "site"]).ends(3);
    assert_eq!(folder.files("site"), before);
}

#[test]
fn reference_and_completions() {
    let folder = site();
    let run = folder.run(&["reference"]).ends(0);
    for kind in ["Post", "Evaluation", "Project", "Newsletter", "Person", "Organisation", "Event", "Page"] {
        assert!(run.out.contains(&format!("\n## {kind}\n")), "{kind}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&["completions", shell]).ends(0);
        assert!(run.out.contains("folio") && run.err.is_empty());
    }
}

#[test]
fn any_number_of_threads_and_any_folder_give_the_same_bytes() {
    let build = |threads: &str, root: &Folder| {
        let variables = [("RAYON_NUM_THREADS", threads), ("SOURCE_DATE_EPOCH", "1706788800")];
        root.run_with(&["build"], &variables).ends(0);
        root.files("public")
    };
    let (one, other) = (site(), site());
    let files = build("1", &one);
    assert_eq!(build("2", &other), files);
    assert_eq!(build("2", &one), files);
}
