use tempfile::TempDir;

use super::*;

/// A folder `site` with a file `a.md`, beside a folder `victim` with a file `rc`.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        fs::create_dir_all(home.site().join("inner")).unwrap();
        fs::create_dir(home.victim()).unwrap();
        fs::write(home.site().join("a.md"), "own").unwrap();
        fs::write(home.victim().join("rc"), "precious").unwrap();
        home
    }

    fn site(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn victim(&self) -> PathBuf {
        self.0.path().join("victim")
    }

    fn folder(&self) -> Folder {
        Folder::open(&self.site()).unwrap()
    }

    #[cfg(unix)]
    fn link(&self, target: impl AsRef<Path>, link: &str) {
        std::os::unix::fs::symlink(target, self.site().join(link)).unwrap();
    }

    /// Checks that nothing happened outside of the site.
    #[track_caller]
    fn is_safe(&self) {
        let names: Vec<_> = fs::read_dir(self.victim()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(names, ["rc"]);
        assert_eq!(fs::read_to_string(self.victim().join("rc")).unwrap(), "precious");
    }
}

#[test]
fn files_are_created_replaced_and_removed() {
    let home = Home::new();
    let folder = home.folder();
    folder.replace(Path::new("a.md"), b"new").unwrap();
    folder.replace(Path::new("deep/er/b.md"), b"fresh").unwrap();
    assert_eq!(fs::read_to_string(home.site().join("a.md")).unwrap(), "new");
    assert_eq!(fs::read_to_string(home.site().join("deep/er/b.md")).unwrap(), "fresh");
    assert!(folder.write_new(Path::new("a.md"), b"x").is_err());
    folder.remove_file(Path::new("deep/er/b.md")).unwrap();
    folder.remove_empty(Path::new("deep/er")).unwrap();
    folder.remove_empty(Path::new("deep/gone")).unwrap();
    assert_eq!(folder.kind(Path::new("deep/er")).unwrap(), None);
    assert_eq!(folder.kind(Path::new("deep")).unwrap(), Some(Kind::Folder));
    assert_eq!(folder.kind(Path::new("a.md/b")).unwrap(), None);
    // Nothing is left of the drafts.
    let mut names: Vec<_> = folder.names().unwrap().into_iter().map(|it| it.0).collect();
    names.sort();
    assert_eq!(names, ["a.md", "deep", "inner"]);
    folder.clear(Some("a.md")).unwrap();
    assert_eq!(folder.names().unwrap(), [("a.md".into(), Kind::File)]);
}

#[test]
fn no_path_leads_up() {
    let home = Home::new();
    let folder = home.folder();
    for path in ["../victim/rc", "inner/../../victim/rc", "/etc/passwd"] {
        let path = Path::new(path);
        assert!(folder.replace(path, b"x").is_err(), "{path:?}");
        assert!(folder.write_new(path, b"x").is_err(), "{path:?}");
        assert!(folder.read(path).is_err(), "{path:?}");
        assert!(folder.read_within(path).is_err(), "{path:?}");
        assert!(folder.resolve(path).is_err(), "{path:?}");
        assert!(folder.remove_file(path).is_err(), "{path:?}");
    }
    home.is_safe();
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let home = Home::new();
    let folder = home.folder();
    home.link(home.victim(), "folder");
    home.link(home.victim().join("rc"), "file");
    home.link(home.victim().join("new"), "dangling");
    home.link("../../victim", "inner/deep");
    for path in ["folder/rc", "folder/new", "file", "dangling", "inner/deep/rc", "inner/deep/x/y"] {
        let path = Path::new(path);
        for error in [
            folder.replace(path, b"x").unwrap_err(),
            folder.write_new(path, b"x").unwrap_err(),
            folder.read(path).map(drop).unwrap_err(),
            folder.read_within(path).map(drop).unwrap_err(),
            folder.resolve(path).map(drop).unwrap_err(),
            folder.lock_file(path.to_str().unwrap()).map(drop).unwrap_err(),
        ] {
            assert_ne!(error.kind(), ErrorKind::NotFound, "{path:?}: {error}");
        }
        assert_eq!(folder.kind(path).unwrap(), Some(Kind::Link), "{path:?}");
        home.is_safe();
    }
    let error = folder.replace(Path::new("inner/deep/rc"), b"x").unwrap_err().to_string();
    assert!(error.contains("inner/deep`: it is a symbolic link, and Folio writes through none"), "{error}");
    assert!(folder.make_folder(Path::new("folder/x")).is_err());
    assert!(folder.remove_file(Path::new("folder/rc")).is_err());
    folder.remove_empty(Path::new("folder")).unwrap();
    assert_eq!(folder.kind(Path::new("folder")).unwrap(), Some(Kind::Link));
    folder.clear(None).unwrap();
    assert_eq!(folder.names().unwrap(), []);
    home.is_safe();
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_swapped_for_a_link_is_not_followed() {
    let home = Home::new();
    let folder = home.folder();
    let inner = folder.folder(Path::new("inner")).unwrap();
    fs::rename(home.site().join("inner"), home.site().join("moved")).unwrap();
    home.link(home.victim(), "inner");
    inner.replace(Path::new("rc"), b"x").unwrap();
    inner.clear(None).unwrap();
    home.is_safe();
    fs::write(home.site().join("moved/b.md"), "b").unwrap();
    folder.move_to(OsStr::new("a.md"), &inner).unwrap();
    assert!(home.site().join("moved/a.md").exists());
    home.is_safe();
}

#[cfg(unix)]
#[test]
fn links_inside_are_resolved() {
    let home = Home::new();
    let folder = home.folder();
    fs::create_dir(home.site().join(".git")).unwrap();
    home.link("inner", "to");
    home.link(home.site().join("a.md"), "full.md");
    home.link(".git", "hidden");
    home.link("gone", "dangling");
    for (path, expected) in
        [("a.md", "a.md"), ("to/new/b.md", "inner/new/b.md"), ("full.md", "a.md"), (".git/x", ".git/x"), ("x/y", "x/y")]
    {
        assert_eq!(folder.resolve(Path::new(path)).unwrap(), Path::new(expected), "{path}");
    }
    for (path, word) in [("hidden/hooks/x", "something hidden"), ("dangling", "to nothing"), ("dangling/x", "nothing")]
    {
        let error = folder.resolve(Path::new(path)).unwrap_err().to_string();
        assert!(error.contains(word), "{path}: {error}");
    }
    assert!(folder.read_within(Path::new("full.md")).is_ok());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let home = Home::new();
    let folder = home.folder();
    rustix::fs::mkfifoat(rustix::fs::CWD, home.site().join("pipe"), rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
    for error in [
        folder.read(Path::new("pipe")).map(drop).unwrap_err(),
        folder.read_within(Path::new("pipe")).map(drop).unwrap_err(),
        folder.lock_file("pipe").map(drop).unwrap_err(),
        folder.replace(Path::new("pipe"), b"x").unwrap_err(),
    ] {
        assert!(error.to_string().contains("not a plain file"), "{error}");
    }
}

#[test]
fn a_replaced_file_is_the_old_one_or_the_new_one() {
    let home = Home::new();
    let folder = home.folder();
    fs::create_dir(home.site().join("taken")).unwrap();
    assert!(folder.replace(Path::new("taken"), b"x").is_err());
    assert_eq!(folder.names().unwrap().len(), 3);
}
