use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::model::diagnostic::Severity;

/// Makes the folder of a small site, and in it the files `more`.
fn site(more: &[&str]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for path in ["site.toml", "content/index.md"].iter().chain(more) {
        write(root.path(), path, path);
    }
    root
}

fn write(root: &Path, path: &str, text: &str) {
    let disk = root.join(path);
    fs::create_dir_all(disk.parent().unwrap()).unwrap();
    fs::write(disk, text).unwrap();
}

fn read_site(root: &Path) -> Sources {
    read(root, Path::new("site.toml"), &root.join("public")).unwrap()
}

/// Reads `root` and compares the paths, assets in brackets, and the faults.
#[track_caller]
fn check(root: &Path, expected: &[&str], faults: &[&str]) {
    let Sources { texts, assets, found } = read_site(root);
    let assets = assets.keys().map(|it| format!("[{it}]"));
    let mut paths: Vec<String> = texts.keys().map(|it| it.to_string()).chain(assets).collect();
    paths.retain(|it| it != "site.toml" && it != "content/index.md");
    assert_eq!(paths, expected);
    let shown = |it: &Diagnostic| format!("{}[{}]: {}", it.severity.name(), it.code, it.message);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), faults);
    assert!(found.iter().all(|it| it.help.is_some()));
}

#[test]
fn what_belongs_to_a_site_is_read() {
    let root = site(&[
        "content/posts/a.md",
        "content/posts/a/cover.jpg",
        "content/.hidden/b.md",
        "data/topics.yml",
        "data/raw.xlsx",
        "themes/plain/theme.toml",
        "themes/plain/templates/post.html",
        "themes/plain/static/plain.css",
        "themes/plain/README.md",
        "static/site.css",
        "src/main.rs",
        "public/index.html",
        "content/guide/target/index.md",
    ]);
    let expected = [
        "content/guide/target/index.md",
        "content/posts/a.md",
        "data/topics.yml",
        "themes/plain/templates/post.html",
        "themes/plain/theme.toml",
        "[content/posts/a/cover.jpg]",
        "[static/site.css]",
        "[themes/plain/static/plain.css]",
    ];
    check(root.path(), &expected, &[]);
    let sources = read_site(root.path());
    assert_eq!(&*sources.texts["content/posts/a.md"].text, "content/posts/a.md");
    let asset = &sources.assets["static/site.css"];
    assert_eq!((asset.size, &asset.bytes), (15, &Bytes::Disk(root.path().join("static/site.css"))));
}

#[test]
fn the_output_and_what_cargo_builds_are_not_read() {
    let root = site(&["static/out/a.css", "static/deep/out/a.css", "static/target/CACHEDIR.TAG", "static/target/x"]);
    let output = root.path().join("static/out");
    let sources = read(root.path(), Path::new("site.toml"), &output).unwrap();
    assert_eq!(sources.assets.keys().map(|it| &**it).collect::<Vec<_>>(), ["static/deep/out/a.css"]);
}

#[test]
fn names_stay_as_they_are_on_the_disk() {
    let root = site(&["content/é.md", "content/e\u{301}.md", "content/-a b's.md", "content/レポート.pdf"]);
    let expected = ["content/-a b's.md", "content/e\u{301}.md", "content/é.md", "[content/レポート.pdf]"];
    check(root.path(), &expected, &[]);
}

#[test]
fn text_that_is_not_utf8_is_kept_and_marked() {
    let root = site(&[]);
    fs::write(root.path().join("content/a.md"), b"caf\xe9").unwrap();
    let source = &read_site(root.path()).texts["content/a.md"];
    assert_eq!((&*source.text, source.not_utf8), ("caf\u{FFFD}", Some((3, 0xe9))));
}

#[test]
fn a_folder_that_is_no_site_is_told() {
    let root = tempfile::tempdir().unwrap();
    let faults =
        ["error[no-content]: there is no folder `content`", "error[no-site-toml]: there is no file `site.toml`"];
    check(root.path(), &[], &faults);
    write(root.path(), "content", "a file");
    check(root.path(), &[], &faults);
}

#[test]
fn the_settings_may_have_another_name() {
    let root = site(&["config/staging.toml"]);
    let sources = read(root.path(), Path::new("./config/staging.toml"), Path::new("public")).unwrap();
    assert!(sources.texts.contains_key("config/staging.toml"));
    assert!(!sources.texts.contains_key("site.toml"));
    assert!(sources.found.is_empty());
}

#[test]
fn no_folder_is_a_fault_of_the_world() {
    let root = site(&[]);
    for path in ["nowhere", "site.toml"] {
        let error = read(&root.path().join(path), Path::new("site.toml"), Path::new("public")).unwrap_err();
        assert!(error.to_string().starts_with("can't read the folder `"), "{error}");
        assert!(error.to_string().contains(path), "{error}");
    }
}

#[test]
fn a_file_that_cannot_be_read_hides_no_other() {
    let root = site(&[]);
    let gone = File { path: "content/a.md".into(), disk: root.path().join("content/a.md"), role: Role::Text };
    let there = File { path: "site.toml".into(), disk: root.path().join("site.toml"), role: Role::Asset };
    let Checked { value, diagnostics } =
        load_all(&[gone, there], &Folder::open(root.path()).unwrap(), None, &BTreeSet::new());
    assert_eq!(value.assets.len(), 1);
    assert_eq!(diagnostics[0].code, "unreadable-file");
    assert!(diagnostics[0].message.starts_with("can't read `content/a.md`: "));
    assert_eq!(diagnostics[0].place, Some(place("content/a.md")));
}

/// Changes a site, tells the paths in `told`, and compares what is read again with what is read anew.
#[track_caller]
fn check_again(told: &[&str], change: impl FnOnce(&Path)) {
    let root = site(&["content/a.md", "content/b.md", "content/folder/c.md", "static/a.css"]);
    let again = |known: &mut Known, told: &[&str]| {
        let told = told.iter().map(|it| root.path().join(it)).collect();
        read_again(root.path(), Path::new("site.toml"), &root.path().join("public"), known, &told).unwrap()
    };
    let mut known = Known::default();
    let first = again(&mut known, &[]);
    known.keep(&first);
    change(root.path());
    let (found, expected) = (again(&mut known, told), read_site(root.path()));
    assert_eq!(found.texts, expected.texts);
    assert_eq!(found.assets, expected.assets);
    assert_eq!(found.found, expected.found);
}

#[test]
fn what_was_saved_is_read_again() {
    check_again(&["content/a.md"], |root| write(root, "content/a.md", "fresh"));
    check_again(&["static/a.css", "content/a.md"], |root| write(root, "static/a.css", "fresh"));
    check_again(&["site.toml"], |root| write(root, "site.toml", "fresh"));
    check_again(&["content/4913", "content/a.md", "content/a.md~"], |root| {
        write(root, "content/a.md~", "copy");
        fs::rename(root.join("content/a.md~"), root.join("content/a.md")).unwrap();
    });
}

#[test]
fn what_came_and_went_is_seen() {
    check_again(&["content/new.md"], |root| write(root, "content/new.md", "new"));
    check_again(&["content/new"], |root| write(root, "content/new/a.md", "new"));
    check_again(&["urls.lock"], |root| write(root, "urls.lock", "new"));
    check_again(&["content/a.md"], |root| fs::remove_file(root.join("content/a.md")).unwrap());
    check_again(&["site.toml"], |root| fs::remove_file(root.join("site.toml")).unwrap());
    check_again(&["content/folder"], |root| fs::remove_dir_all(root.join("content/folder")).unwrap());
    check_again(&["content/folder", "content/moved"], |root| {
        fs::rename(root.join("content/folder"), root.join("content/moved")).unwrap();
    });
    check_again(&["content/a.md", "content/b.md"], |root| {
        fs::rename(root.join("content/a.md"), root.join("content/b.md")).unwrap();
    });
    check_again(&["content/a.md"], |root| {
        fs::remove_file(root.join("content/a.md")).unwrap();
        fs::create_dir(root.join("content/a.md")).unwrap();
    });
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn links_within_the_folder_are_followed() {
        let root = site(&["content/a/a.md", "shared/logo.svg"]);
        symlink("a", root.path().join("content/b")).unwrap();
        symlink("../shared/logo.svg", root.path().join("content/logo.svg")).unwrap();
        symlink(root.path().join("shared"), root.path().join("static")).unwrap();
        let expected = ["content/a/a.md", "content/b/a.md", "[content/logo.svg]", "[static/logo.svg]"];
        check(root.path(), &expected, &[]);
    }

    #[test]
    fn links_out_of_the_folder_are_refused() {
        let elsewhere = site(&[]);
        let outside = elsewhere.path().join("content");
        let root = site(&[".git/config", "public/a.html"]);
        symlink(&outside, root.path().join("content/folder")).unwrap();
        symlink(outside.join("index.md"), root.path().join("content/file.md")).unwrap();
        symlink("../.git/config", root.path().join("content/hidden.txt")).unwrap();
        symlink("../public", root.path().join("content/output")).unwrap();
        let outside = outside.display();
        let faults = [
            format!(
                "error[symlink-outside]: `content/file.md` is a link to `{outside}/index.md`, outside the site's folder"
            ),
            format!("error[symlink-outside]: `content/folder` is a link to `{outside}`, outside the site's folder"),
            "error[symlink-outside]: `content/hidden.txt` is a link to `../.git/config`, which is hidden".to_owned(),
            "error[symlink-outside]: `content/output` is a link to `../public`, in the output".to_owned(),
        ];
        check(root.path(), &[], &faults.each_ref().map(|it| it.as_str()));
    }

    #[test]
    fn settings_and_content_outside_are_refused_too() {
        let elsewhere = site(&[]);
        let root = tempfile::tempdir().unwrap();
        for name in ["site.toml", "content"] {
            symlink(elsewhere.path().join(name), root.path().join(name)).unwrap();
        }
        let sources = read_site(root.path());
        assert!(sources.texts.is_empty());
        assert_eq!(sources.found.iter().map(|it| it.code).collect::<Vec<_>>(), ["symlink-outside"; 2]);
    }

    #[test]
    fn links_that_lead_nowhere_are_told() {
        let root = site(&["content/a/a.md"]);
        symlink("gone.md", root.path().join("content/dangling.md")).unwrap();
        symlink("..", root.path().join("content/a/up")).unwrap();
        symlink("self.md", root.path().join("content/self.md")).unwrap();
        symlink("user@host.1234", root.path().join("content/.#a.md")).unwrap();
        symlink("gone", root.path().join("result")).unwrap();
        let faults = [
            "error[broken-symlink]: `content/a/up` is a link back to `content`, which it is in",
            "error[broken-symlink]: can't follow the link `content/dangling.md` to `gone.md`: No such file or directory",
            "error[broken-symlink]: can't follow the link `content/self.md` to `self.md`: Too many levels of symbolic links",
        ];
        check(root.path(), &["content/a/a.md"], &faults);
    }

    #[test]
    fn links_that_hold_one_another_come_to_an_end() {
        let root = site(&[]);
        for level in 0..30 {
            let folder = root.path().join(format!("content/{level:02}"));
            fs::create_dir_all(&folder).unwrap();
            for name in ["x", "y"] {
                symlink(format!("../{:02}", level + 1), folder.join(name)).unwrap();
            }
        }
        fs::create_dir_all(root.path().join("content/30")).unwrap();
        let codes: Vec<_> = read_site(root.path()).found.iter().map(|it| it.code).collect();
        assert!(!codes.is_empty() && codes.iter().all(|it| *it == "too-many-symlinks"));
    }

    #[test]
    fn names_that_cannot_be_addresses_are_told() {
        let root = site(&["content/b.md", "content/a\\b.md", "content/a\nb.md"]);
        fs::write(root.path().join("content").join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
        fs::write(root.path().join(OsStr::from_bytes(b"not ours \xe9")), "").unwrap();
        let faults = [
            "error[file-name-character]: the name `content/a\u{FFFD}b.md` holds a backslash or a control character",
            "error[file-name-character]: the name `content/a\u{FFFD}b.md` holds a backslash or a control character",
            "error[file-name-not-utf8]: the name `content/caf\u{FFFD}.md` is not UTF-8",
        ];
        check(root.path(), &["content/b.md"], &faults);
    }

    #[test]
    fn special_files_are_left_out_and_told() {
        let root = site(&["content/b.md"]);
        let pipe = root.path().join("content/pipe.md");
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
        let _socket = UnixListener::bind(root.path().join("content/socket")).unwrap();
        let faults = [
            "warning[special-file]: `content/pipe.md` is neither a file nor a folder",
            "warning[special-file]: `content/socket` is neither a file nor a folder",
        ];
        check(root.path(), &["content/b.md"], &faults);
        assert_eq!(read_site(root.path()).found[0].severity, Severity::Warning);
    }
}

#[test]
fn a_text_without_end_is_told_and_not_read() {
    let root = site(&[]);
    let file = fs::File::create(root.path().join("content/big.md")).unwrap();
    // Nothing of it is on the disk, so the test takes no place there.
    file.set_len(1 << 42).unwrap();
    fs::write(root.path().join("content/own.md"), "text").unwrap();
    let read = read(root.path(), Path::new("site.toml"), Path::new("public")).unwrap();
    assert!(read.texts.contains_key("content/own.md") && !read.texts.contains_key("content/big.md"));
    let told: Vec<_> = read.found.iter().map(|it| (it.code, it.message.as_str())).collect();
    let expected = "`content/big.md` is larger than the 32 MB that a text may have";
    assert_eq!(told, [("file-too-large", expected)]);
}

#[cfg(unix)]
#[test]
fn an_asset_that_became_a_link_is_not_read() {
    let root = site(&[]);
    let asset = root.path().join("static/site.css");
    fs::create_dir_all(root.path().join("static")).unwrap();
    fs::create_dir_all(root.path().join(".git")).unwrap();
    fs::write(root.path().join(".git/config"), "secret").unwrap();
    let outside = tempfile::NamedTempFile::new().unwrap();
    for target in [outside.path(), Path::new("../.git/config"), Path::new("gone")] {
        let _ = fs::remove_file(&asset);
        std::os::unix::fs::symlink(target, &asset).unwrap();
        assert!(open(root.path(), &asset).is_err(), "{target:?}");
        assert!(bytes(root.path(), &Bytes::Disk(asset.clone()), 100).is_err(), "{target:?}");
    }
    fs::remove_file(&asset).unwrap();
    fs::write(&asset, "a {}").unwrap();
    assert_eq!(bytes(root.path(), &Bytes::Disk(asset.clone()), 4).unwrap().unwrap(), &b"a {}"[..]);
    assert_eq!(bytes(root.path(), &Bytes::Disk(asset), 3).unwrap(), None);
}
