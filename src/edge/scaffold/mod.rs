//! A new site, a new document: files that are written once, and never over others.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::failure::cannot;

/// A small site to begin with, that builds as it is.
static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/edge/scaffold/site");

/// Writes a small site into `dir`, and returns how many files that were.
///
/// # Errors
/// Where one of the files is already there, and then nothing is written; where the disk says no.
pub fn init(dir: &Path) -> io::Result<usize> {
    let mut files = Vec::new();
    collect(&SITE, &mut files);
    // A fresh clone has one of these, and then it is the writer's.
    files.retain(|(path, _)| path != ".gitignore" || dir.join(path).symlink_metadata().is_err());
    let there = files.iter().find(|(path, _)| dir.join(path).symlink_metadata().is_ok());
    if let Some((path, _)) = there {
        let message = format!("`{}` is already there, and nothing was written", dir.join(path).display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    for (path, bytes) in &files {
        write(&dir.join(path), bytes)?;
    }
    Ok(files.len())
}

/// Writes a new file, and its folders where they are missing.
///
/// # Errors
/// Where the file is already there; where the disk says no.
pub fn new_file(path: &Path, text: &str) -> io::Result<()> {
    write(path, text.as_bytes())
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

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot("make the folder", folder))?;
    }
    let mut file = File::create_new(path).map_err(cannot("write the new file", path))?;
    file.write_all(bytes).map_err(cannot("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let here = folder.path();
        assert!(init(here).expect("an empty folder takes it") >= 5);
        fs::write(here.join("site.toml"), "mine").expect("can be written");
        let error = init(here).expect_err("a site is there");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(here.join("site.toml")).expect("is there"), "mine");
        assert!(new_file(&here.join("site.toml"), "x").is_err());
    }
}
