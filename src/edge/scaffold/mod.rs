//! A new site, a new document: files that are written once, and never over others.

use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::folder::{Folder, Kind, Place};

/// A small site to begin with, that builds as it is.
static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/edge/scaffold/site");

/// Writes a small site into `dir`, and returns how many files that were.
///
/// # Errors
/// Where one of the files is already there, or a link is in the place of a folder, and then nothing is written; where the disk
/// says no.
pub fn init(dir: &Path) -> io::Result<usize> {
    let mut files = Vec::new();
    collect(&SITE, &mut files);
    let beside = dir.parent().unwrap_or(dir);
    let place = Place::of(beside, dir)?;
    if let Some(there) = place.open()? {
        let is_there = |path: &str| match there.kind(Path::new(path))? {
            Some(Kind::Link) => Err(there.failed("write", Path::new(path), io::ErrorKind::AlreadyExists.into())),
            other => Ok(other.is_some()),
        };
        // A fresh clone has one of these, and then it is the writer's.
        let own_ignore = is_there(".gitignore")?;
        files.retain(|(path, _)| path != ".gitignore" || !own_ignore);
        for (path, _) in &files {
            if is_there(path)? {
                let message = format!("`{}` is already there, and nothing was written", dir.join(path).display());
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
        }
    }
    let (folder, _) = place.make()?;
    for (path, bytes) in &files {
        folder.write_new(Path::new(path), bytes)?;
    }
    Ok(files.len())
}

/// Writes a new file of the site under `root`, and its folders where they are missing.
///
/// # Errors
/// Where the file is already there; where a link on the way leads out of the site; where the disk says no.
pub fn new_file(root: &Path, path: &Path, text: &str) -> io::Result<()> {
    let site = Folder::open(root)?;
    site.write_new(&site.resolve(path)?, text.as_bytes())
}

fn collect<'a>(folder: &'a Dir<'a>, files: &mut Vec<(String, &'a [u8])>) {
    for file in folder.files() {
        let path = file.path().to_str().expect("the names of the scaffold are UTF-8").replace('\\', "/");
        // A file of that name here would count for Folio's own repository.
        let path = if path == "gitignore" { ".gitignore".to_owned() } else { path };
        files.push((path, file.contents()));
    }
    folder.dirs().for_each(|it| collect(it, files));
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make folders on the disk")]
mod tests {
    use std::fs;

    use super::*;

    /// The rule `placeholder` knows what is to be replaced in a new site.
    #[test]
    fn what_is_to_be_replaced_is_known() {
        let mut files = Vec::new();
        collect(&SITE, &mut files);
        for word in crate::model::placeholder::PAGES {
            assert!(files.iter().any(|it| String::from_utf8_lossy(it.1).contains(word)), "{word}");
        }
        let settings = files.iter().find(|it| it.0 == "site.toml").expect("a site has settings");
        assert!(String::from_utf8_lossy(settings.1).contains(crate::model::placeholder::URL));
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let here = folder.path();
        assert!(init(here).expect("an empty folder takes it") >= 5);
        fs::write(here.join("site.toml"), "mine").expect("can be written");
        let error = init(here).expect_err("a site is there");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(here.join("site.toml")).expect("is there"), "mine");
        assert!(new_file(here, Path::new("site.toml"), "x").is_err());
    }
}
