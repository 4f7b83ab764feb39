//! Text -> file: mends a source in its place.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::failure::cannot;

/// Writes `text` over the file at `path`, a source of the site under `root`. A kill at any moment leaves the old file or the new
/// one; its permissions stay; where it is a link, what it leads to is mended.
///
/// # Errors
/// Where the disk says no; the file is then as it was.
pub fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let named = root.join(path);
    let file = named.canonicalize().map_err(cannot("find", &named))?;
    let permissions = fs::metadata(&file).map_err(cannot("read", &file))?.permissions();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let fresh = file.with_file_name(format!(".{name}.folio~"));
    let written = fs::File::create(&fresh)
        .and_then(|mut it| it.write_all(text.as_bytes()).and_then(|()| it.sync_all()))
        .and_then(|()| fs::set_permissions(&fresh, permissions))
        .and_then(|()| fs::rename(&fresh, &file));
    written.map_err(|error| {
        let _ = fs::remove_file(&fresh);
        cannot("write", &named)(error)
    })
}

/// Writes a file of the site's folder anew, or for the first time.
///
/// # Errors
/// Where the disk says no.
pub fn write_new(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let file = root.join(path);
    if file.exists() { write(root, path, text) } else { fs::write(&file, text).map_err(cannot("write", &file)) }
}

/// Adds `text` to the end of the file that a variable of the environment names; nothing where it names none.
///
/// # Errors
/// Where the disk says no.
pub fn append_to_named(variable: &str, text: &str) -> io::Result<()> {
    let Some(path) = std::env::var_os(variable).filter(|it| !it.is_empty()) else { return Ok(()) };
    let path = Path::new(&path);
    let file = fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut it| it.write_all(text.as_bytes())).map_err(cannot("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_mended_in_its_place() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path();
        fs::write(root.join("a.md"), "old").expect("can be written");
        write(root, "a.md", "new").expect("can be mended");
        assert_eq!(fs::read_to_string(root.join("a.md")).expect("is there"), "new");
        assert_eq!(fs::read_dir(root).expect("can be read").count(), 1);
        assert!(write(root, "b.md", "new").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path();
        fs::write(root.join("a.md"), "old").expect("can be written");
        fs::set_permissions(root.join("a.md"), fs::Permissions::from_mode(0o640)).expect("can be set");
        std::os::unix::fs::symlink("a.md", root.join("b.md")).expect("can be linked");
        write(root, "b.md", "new").expect("can be mended");
        assert_eq!(fs::read_to_string(root.join("a.md")).expect("is there"), "new");
        assert!(root.join("b.md").is_symlink());
        assert_eq!(fs::metadata(root.join("a.md")).expect("is there").permissions().mode() & 0o777, 0o640);
    }
}
