//! Text -> file: mends a source in its place.

use std::io;
use std::path::Path;

use super::folder::{self, Folder};

/// Writes `text` over the file at `path`, a source of the site under `root`. A kill at any moment leaves the old file or the new
/// one; its permissions stay; where it is a link within the site, what it leads to is mended.
///
/// # Errors
/// Where it is a link that leads out of the site; where the disk says no; the file is then as it was.
pub fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let site = Folder::open(root)?;
    let file = site.resolve(Path::new(path))?;
    site.read(&file).map_err(|it| site.failed("find", Path::new(path), it))?;
    site.replace(&file, text.as_bytes())
}

/// Writes a file of the site's folder anew, or for the first time.
///
/// # Errors
/// Where a link is there or on the way; where the disk says no.
pub fn write_new(root: &Path, path: &str, text: &str) -> io::Result<()> {
    Folder::open(root)?.replace(Path::new(path), text.as_bytes())
}

/// Adds `text` to the end of the file that a variable of the environment names; nothing where it names none.
///
/// # Errors
/// Where the disk says no.
pub fn append_to_named(variable: &str, text: &str) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the edge asks the environment")]
    let path = std::env::var_os(variable).filter(|it| !it.is_empty());
    path.map_or(Ok(()), |it| folder::append(Path::new(&it), text.as_bytes()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make folders on the disk")]
mod tests {
    use std::fs;

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
