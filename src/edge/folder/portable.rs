//! A folder as a path, where the system has no calls that start from an open folder: each part of a path is looked at before it
//! is used. Who changes the folder in the very moment between is not kept out.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::{Kind, names};

#[derive(Debug)]
pub(super) struct Handle(PathBuf);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Handle> {
        let path = path.canonicalize()?;
        if path.is_dir() { Ok(Handle(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    pub(super) fn folder(&self, path: &Path) -> io::Result<Handle> {
        let path = self.reach(path)?;
        if path.is_dir() { Ok(Handle(path)) } else { Err(fs::metadata(path).err().unwrap_or_else(not_a_folder)) }
    }

    pub(super) fn read(&self, path: &Path) -> io::Result<File> {
        File::open(self.reach(path)?)
    }

    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        File::create_new(self.reach(path)?)
    }

    pub(super) fn open_or_create(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(self.reach(path)?)
    }

    pub(super) fn make_folder(&self, path: &Path, _private: bool) -> io::Result<()> {
        fs::create_dir(self.reach(path)?)
    }

    pub(super) fn kind(&self, path: &Path) -> io::Result<Kind> {
        let parts = names(path)?;
        let Some((name, folders)) = parts.split_last() else { return Ok(Kind::Folder) };
        let folder = self.reach(&folders.iter().collect::<PathBuf>())?;
        Ok(kind(folder.join(name).symlink_metadata()?.file_type()))
    }

    pub(super) fn names(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let entry = |it: io::Result<fs::DirEntry>| it.and_then(|it| Ok((it.file_name(), kind(it.file_type()?))));
        fs::read_dir(&self.0)?.map(entry).collect()
    }

    pub(super) fn rename(&self, from: &OsStr, folder: &Handle, to: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(from), folder.0.join(to))
    }

    pub(super) fn remove_file(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    pub(super) fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    /// Returns the full path, having seen that no part of it is a link.
    fn reach(&self, path: &Path) -> io::Result<PathBuf> {
        let mut full = self.0.clone();
        for name in names(path)? {
            full.push(name);
            if full.is_symlink() {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a symbolic link"));
            }
        }
        Ok(full)
    }
}

fn not_a_folder() -> io::Error {
    io::ErrorKind::NotADirectory.into()
}

/// A junction counts as a link.
fn kind(of: fs::FileType) -> Kind {
    match of {
        it if it.is_symlink() => Kind::Link,
        it if it.is_dir() => Kind::Folder,
        it if it.is_file() => Kind::File,
        _ => Kind::Other,
    }
}
