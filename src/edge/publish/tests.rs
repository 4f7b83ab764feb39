use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;
use crate::model::route::Route;

/// A file's text and when it was changed; of a folder neither.
type Tree = BTreeMap<String, Option<(String, SystemTime)>>;

/// A site's folder with the output `public`.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        fs::create_dir(home.0.path().join("content")).unwrap();
        home
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn begin(&self) -> io::Result<Publication> {
        Publication::begin(self.0.path(), &self.output())
    }

    /// Publishes `files`, each an address and a text.
    fn publish(&self, files: &[(&str, &str)]) -> io::Result<Published> {
        let publication = self.begin()?;
        for (address, text) in files {
            publication.put(&made(address, text))?;
        }
        publication.commit()
    }

    /// Publishes, and compares the numbers of files written, unchanged, removed and kept.
    #[track_caller]
    fn check(&self, files: &[(&str, &str)], expected: [usize; 4]) {
        let found = self.publish(files).unwrap();
        assert_eq!([found.written, found.unchanged, found.removed, found.kept.len()], expected);
        assert_eq!(found.total, files.len());
        assert_eq!(found.bytes, files.iter().map(|(_, text)| text.len() as u64).sum::<u64>());
        let tree = self.tree();
        for (address, text) in files {
            let (there, _) = tree[&Route::new(*address).file()].as_ref().unwrap();
            assert_eq!(there, text, "{address}");
        }
        let list = self.manifest();
        assert_eq!(list.len(), files.len());
        assert!(!tree.contains_key(staging::STAGING));
    }

    /// Returns the error of publishing `files`, having seen that nothing changed.
    #[track_caller]
    fn refused(&self, files: &[(&str, &str)]) -> String {
        let before = self.tree();
        let error = self.publish(files).unwrap_err().to_string();
        assert_eq!(self.tree(), before);
        error
    }

    fn manifest(&self) -> Vec<String> {
        Manifest::read(&Folder::open(&self.output()).unwrap()).unwrap().files.into_keys().collect()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.output().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        if self.output().exists() {
            add(&mut tree, &self.output(), "");
        }
        tree
    }

    /// Returns the paths in the output, without the manifest.
    fn paths(&self) -> Vec<String> {
        self.tree().into_keys().filter(|it| it != MANIFEST).collect()
    }

    /// Gives all files a time in the past, so that a change is seen.
    fn age(&self) {
        for (path, content) in self.tree() {
            if content.is_some() {
                let file = File::options().write(true).open(self.output().join(path)).unwrap();
                file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000)).unwrap();
            }
        }
    }
}

fn add(tree: &mut Tree, folder: &Path, before: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let disk = entry.unwrap().path();
        let path = format!("{before}{}", disk.file_name().unwrap().to_str().unwrap());
        if disk.is_dir() && !disk.is_symlink() {
            add(tree, &disk, &format!("{path}/"));
            tree.insert(path, None);
        } else {
            let modified = disk.symlink_metadata().unwrap().modified().unwrap();
            tree.insert(path, Some((fs::read_to_string(&disk).unwrap_or_default(), modified)));
        }
    }
}

fn made(address: &str, text: &str) -> Output {
    Output { route: Route::new(address), bytes: OutputBytes::Made(text.into()), template: None, form: None }
}

const SITE: [(&str, &str); 4] =
    [("/", "home"), ("/blog/", "list"), ("/blog/a/", "first"), ("/data/deep/posts.json", "[]")];

#[test]
fn a_site_is_published() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    let paths = ["blog", "blog/a", "blog/a/index.html", "blog/index.html", "data", "data/deep", "data/deep/posts.json"];
    assert_eq!(home.paths()[..7], paths);
    assert_eq!(home.manifest(), [paths[2], paths[3], paths[6], "index.html"]);
}

#[test]
fn the_manifest_is_the_same_for_the_same_files() {
    let home = Home::new();
    home.check(&[("/b\".txt", ""), ("/a.txt", "")], [2, 0, 0, 0]);
    let hash = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    let expected = format!(
        r#"{{"generator":"folio","version":1,"files":{{
"a.txt":{{"size":0,"blake3":"{hash}"}},
"b\".txt":{{"size":0,"blake3":"{hash}"}}
}}}}
"#
    );
    assert_eq!(fs::read_to_string(home.output().join(MANIFEST)).unwrap(), expected);
}

#[test]
fn an_empty_folder_and_hidden_files_are_accepted() {
    let home = Home::new();
    home.write(".git/HEAD", "ref");
    home.write(".well-known/own.txt", "own");
    home.check(&[("/", "home"), ("/.well-known/security.txt", "contact")], [2, 0, 0, 0]);
    home.check(&[], [0, 0, 2, 0]);
    assert_eq!(home.paths(), [".git", ".git/HEAD", ".well-known", ".well-known/own.txt"]);
}

#[test]
fn the_same_site_again_touches_nothing() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    home.age();
    let before = home.tree();
    home.check(&SITE, [0, 4, 0, 0]);
    assert_eq!(home.tree(), before);
}

#[test]
fn only_what_differs_is_written() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    home.age();
    let before = home.tree();
    let mut site = SITE;
    site[2].1 = "other";
    home.check(&site, [1, 3, 0, 0]);
    let after = home.tree();
    let differs: Vec<&String> = before.keys().filter(|it| before[*it] != after[*it]).collect();
    assert_eq!(differs, ["blog/a/index.html", MANIFEST]);
}

#[test]
fn a_file_that_somebody_changed_is_put_right() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    home.write("blog/index.html", "LIST");
    home.check(&SITE, [1, 3, 0, 0]);
    fs::remove_file(home.output().join("index.html")).unwrap();
    home.check(&SITE, [1, 3, 0, 0]);
}

#[test]
fn what_is_not_made_any_more_is_removed_with_its_folders() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    home.write("blog/own.txt", "own");
    home.check(&SITE[..1], [0, 1, 3, 0]);
    assert_eq!(home.paths(), ["blog", "blog/own.txt", "index.html"]);
}

#[test]
fn a_file_that_somebody_changed_is_not_removed() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    home.write("blog/a/index.html", "mine");
    let published = home.publish(&SITE[..2]).unwrap();
    assert_eq!((published.removed, published.kept), (1, vec!["blog/a/index.html".to_owned()]));
    assert_eq!(home.tree()["blog/a/index.html"].as_ref().unwrap().0, "mine");
    assert!(home.refused(&SITE).contains("`blog/a/index.html`"));
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let home = Home::new();
    home.write("index.html", "home");
    let error = home.refused(&SITE);
    assert!(error.contains("public`: Folio did not write what is in it: `index.html`; choose another"), "{error}");
    for list in ["{}", "{\"name\": \"an app\"}", "<<<<<<<", "{\"generator\":\"other\",\"version\":1,\"files\":{}}"] {
        home.write(MANIFEST, list);
        let error = home.refused(&SITE);
        assert!(error.starts_with("can't go by `") && error.contains("manifest.json"), "{error}");
    }
    home.write(MANIFEST, "{\"generator\":\"folio\",\"version\":2,\"files\":{}}");
    assert!(home.refused(&SITE).contains("a newer Folio wrote it"));
}

#[test]
fn a_manifest_cannot_name_files_elsewhere() {
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    let list = fs::read_to_string(home.output().join(MANIFEST)).unwrap();
    home.write(MANIFEST, &list.replace("blog/a/index.html", "../content/a.md"));
    assert!(home.refused(&[]).contains("one of its paths is wrong"));
    assert!(clean(home.0.path(), &home.output()).unwrap_err().to_string().contains("one of its paths is wrong"));
}

#[test]
fn an_output_that_is_a_file_is_refused() {
    let home = Home::new();
    fs::write(home.output(), "a file").unwrap();
    let error = home.publish(&SITE).unwrap_err().to_string();
    assert!(error.starts_with("can't write into `") && error.contains("public`: it is not a folder"), "{error}");
}

#[test]
fn files_of_somebody_else_are_not_written_over() {
    let home = Home::new();
    home.check(&SITE[..1], [1, 0, 0, 0]);
    home.write("blog/index.html", "mine");
    home.write("blog/a", "mine too");
    home.write("data/deep/posts.json/x", "and mine");
    let error = home.refused(&SITE);
    assert!(error.contains("in its way: `blog/a`, `blog/index.html`, `data/deep/posts.json/x`; move"), "{error}");
    let many: Vec<String> = (10..22).map(|it| format!("/{it}.txt")).collect();
    many.iter().for_each(|it| home.write(&it[1..], "mine"));
    let error = home.refused(&many.iter().map(|it| (it.as_str(), "ours")).collect::<Vec<_>>());
    assert!(error.contains("`19.txt`, 2 more; move"), "{error}");
}

#[test]
fn a_file_of_somebody_else_may_be_there_if_it_is_the_same() {
    let home = Home::new();
    home.check(&SITE[..1], [1, 0, 0, 0]);
    home.write("blog/index.html", "list");
    home.check(&SITE[..2], [0, 2, 0, 0]);
}

#[test]
fn files_become_folders_and_folders_files() {
    let home = Home::new();
    let before = [("/a/b/c.txt", "1"), ("/a/d.txt", "2"), ("/e.txt", "3"), ("/f.txt", "4")];
    let after = [("/a", "5"), ("/e.txt/g/h.txt", "6"), ("/e.txt/i.txt", "7"), ("/f.txt", "4")];
    home.check(&before, [4, 0, 0, 0]);
    home.check(&after, [3, 1, 3, 0]);
    home.check(&before, [3, 1, 3, 0]);
    home.write("a/mine.txt", "mine");
    assert!(home.refused(&after).contains("`a/mine.txt`"));
    fs::remove_file(home.output().join("a/mine.txt")).unwrap();
    home.write("a/d.txt", "changed");
    assert!(home.refused(&after).contains("`a/d.txt`"));
    home.write("a/d.txt", "2");
    fs::create_dir(home.output().join("a/empty")).unwrap();
    assert!(home.refused(&after).contains("`a/empty/`"));
}

#[test]
fn two_outputs_cannot_have_one_path() {
    let home = Home::new();
    home.check(&[("/c.txt", "1"), ("/d.txt", "1")], [2, 0, 0, 0]);
    for files in [
        [("/a/", "1"), ("/a/index.html", "2")],
        [("/a.b", "1"), ("/a.b/c/", "2")],
        [("/a.b/c/", "1"), ("/a.b", "2")],
        [("/c.txt", "1"), ("/c.txt", "1")],
        [("/c.txt", "1"), ("/c.txt", "2")],
        [("/c.txt", "1"), ("/c.txt/d", "2")],
    ] {
        let error = home.refused(&files);
        assert!(error.contains("the address of two outputs, or of a file and a folder at once"), "{error}");
    }
}

#[test]
fn addresses_that_no_file_can_have_are_refused() {
    let home = Home::new();
    for (address, word) in [
        ("/../content/a.md", "not a path within the output"),
        ("/manifest.json", "that name is kept"),
        ("/.folio-staging/lock", "that name is kept"),
        (&*format!("/{}/", "x".repeat(256)), "256 bytes"),
    ] {
        let error = home.refused(&[(address, "x")]);
        assert!(error.starts_with("can't write `") && error.contains(word), "{error}");
    }
}

#[test]
fn an_abandoned_publication_leaves_nothing() {
    let home = Home::new();
    let deep = home.output().join("to/be/made");
    let publication = Publication::begin(home.0.path(), &deep).unwrap();
    publication.put(&made("/a/", "text")).unwrap();
    assert!(deep.exists());
    drop(publication);
    assert!(!home.output().exists());

    home.check(&SITE, [4, 0, 0, 0]);
    let before = home.tree();
    let publication = home.begin().unwrap();
    publication.put(&made("/", "other")).unwrap();
    drop(publication);
    assert_eq!(home.tree(), before);
}

#[test]
fn what_a_killed_build_staged_is_cleared() {
    for before in [&SITE[..0], &SITE[..2]] {
        let home = Home::new();
        if !before.is_empty() {
            home.publish(before).unwrap();
        }
        home.write(".folio-staging/files/blog/a/index.html", "half a fi");
        home.write(".folio-staging/lock", "");
        home.check(&SITE, [4 - before.len(), before.len(), 0, 0]);
    }
}

#[test]
fn a_build_killed_in_the_middle_is_set_right() {
    let new = [("/", "new"), ("/blog/b/", "second"), ("/blog/c/", "third")];
    // The site of the build after that: the one that was killed, the one before it, none.
    for after in [&new[..], &SITE[..], &[]] {
        let home = Home::new();
        home.check(&SITE, [4, 0, 0, 0]);
        let old = Manifest::read(&Folder::open(&home.output()).unwrap()).unwrap();
        let publication = home.begin().unwrap();
        new.iter().for_each(|(address, text)| publication.put(&made(address, text)).unwrap());
        let made = std::mem::take(&mut *publication.made.lock().unwrap());
        let manifest = Manifest::of(made.into_iter().map(|it| (it.path, it.entry)).collect()).unwrap();
        publication.staging.replace_manifest(&old.on_the_way_to(&manifest)).unwrap();
        let staged = publication.staging.files().path().join("blog/b");
        fs::rename(staged, home.output().join("blog/b")).unwrap();
        fs::remove_file(home.output().join("blog/index.html")).unwrap();
        // A process that is killed drops nothing, but the system lets go of its lock.
        fs::create_dir(home.0.path().join("rescued")).unwrap();
        let (left, rescued) = (home.output().join(".folio-staging"), home.0.path().join("rescued/staging"));
        fs::rename(&left, &rescued).unwrap();
        drop(publication);
        fs::rename(&rescued, &left).unwrap();

        let published = home.publish(after).unwrap();
        assert_eq!(published.kept, Vec::<String>::new());
        let fresh = Home::new();
        fresh.publish(after).unwrap();
        let texts = |it: &Home| it.tree().into_iter().map(|(path, it)| (path, it.map(|it| it.0))).collect::<Vec<_>>();
        assert_eq!(texts(&home), texts(&fresh));
    }
}

#[test]
fn only_one_folio_publishes_into_a_folder() {
    let home = Home::new();
    let first = home.begin().unwrap();
    let error = home.begin().unwrap_err().to_string();
    assert!(error.contains("another Folio is publishing into it"), "{error}");
    first.put(&made("/", "home")).unwrap();
    assert_eq!(first.commit().unwrap().written, 1);
    home.check(&[("/", "home")], [0, 1, 0, 0]);
}

#[test]
fn files_are_copied_from_memory_and_from_disk() {
    let home = Home::new();
    let large: String = (0..100_000).map(|it| char::from(b'a' + (it % 23) as u8)).collect();
    let source = home.0.path().join("content/large.txt");
    let publish = |text: &str| {
        fs::write(&source, text).unwrap();
        let publication = home.begin().unwrap();
        let memory = Bytes::Memory(Arc::from(&b"small"[..]));
        for (address, bytes) in [("/large.txt", Bytes::Disk(source.clone())), ("/small.txt", memory)] {
            publication
                .put(&Output {
                    route: Route::new(address),
                    bytes: OutputBytes::Copy(bytes),
                    template: None,
                    form: None,
                })
                .unwrap();
        }
        let published = publication.commit().unwrap();
        assert_eq!(fs::read_to_string(home.output().join("large.txt")).unwrap(), text);
        (published.written, published.unchanged)
    };
    assert_eq!(publish(&large), (2, 0));
    assert_eq!(publish(&large), (0, 2));
    let tail = format!("{}!", &large[..large.len() - 1]);
    assert_eq!(publish(&tail), (1, 1));
    assert_eq!(publish(&large[..70_000]), (1, 1));
    assert_eq!(publish(""), (1, 1));
    home.check(&[("/large.txt", ""), ("/small.txt", "small")], [0, 2, 0, 0]);

    fs::remove_file(&source).unwrap();
    let publication = home.begin().unwrap();
    let bytes = OutputBytes::Copy(Bytes::Disk(source.clone()));
    let error = publication
        .put(&Output { route: Route::new("/new.txt"), bytes, template: None, form: None })
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("can't read `") && error.contains("content/large.txt"), "{error}");
}

#[test]
fn outputs_are_taken_from_many_threads() {
    let home = Home::new();
    let publication = home.begin().unwrap();
    rayon::scope(|scope| {
        for number in 0..500 {
            let publication = &publication;
            scope.spawn(move |_| publication.put(&made(&format!("/a/{}/{number}/", number % 7), "text")).unwrap());
        }
    });
    assert_eq!(publication.commit().unwrap().written, 500);
    assert_eq!(home.manifest().len(), 500);
}

#[test]
fn a_site_is_cleaned_away() {
    let home = Home::new();
    assert_eq!(clean(home.0.path(), &home.output()).unwrap(), 0);
    home.check(&SITE, [4, 0, 0, 0]);
    assert_eq!(clean(home.0.path(), &home.output()).unwrap(), 4);
    assert!(!home.output().exists());

    home.check(&SITE, [4, 0, 0, 0]);
    home.write("blog/own.txt", "own");
    home.write("index.html", "changed");
    assert_eq!(clean(home.0.path(), &home.output()).unwrap(), 3);
    assert_eq!(home.paths(), ["blog", "blog/own.txt", "index.html"]);
    home.check(&SITE, [4, 0, 0, 0]);
}

#[test]
fn a_folder_of_somebody_else_is_not_cleaned() {
    let home = Home::new();
    home.write("own.txt", "own");
    assert!(clean(home.0.path(), &home.output()).unwrap_err().to_string().contains("`own.txt`"));
    assert_eq!(home.paths(), ["own.txt"]);
    fs::remove_file(home.output().join("own.txt")).unwrap();
    assert_eq!(clean(home.0.path(), &home.output()).unwrap(), 0);
    assert!(home.output().exists());
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_output() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    home.check(&SITE, [4, 0, 0, 0]);
    let elsewhere = home.0.path().join("elsewhere");
    fs::rename(home.output().join("blog"), &elsewhere).unwrap();
    symlink(&elsewhere, home.output().join("blog")).unwrap();
    let mut site = SITE;
    site[1].1 = "other";
    assert!(home.refused(&site).contains("in its way: `blog`;"));
    let published = home.publish(&SITE[..1]).unwrap();
    assert_eq!(published.kept, ["blog/a/index.html", "blog/index.html"]);
    assert!(elsewhere.join("a/index.html").exists());

    symlink(elsewhere.join("index.html"), home.output().join("linked.txt")).unwrap();
    assert!(home.refused(&[("/linked.txt", "x")]).contains("`linked.txt`"));
}
