//! A folder as a file descriptor: nobody can put another folder in its place.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, mkdirat, openat, renameat, statat, unlinkat};
#[cfg(target_os = "linux")]
use rustix::fs::{ResolveFlags, openat2};
use rustix::io::Errno;

use super::{Kind, names};

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY);
/// A pipe that nobody writes into must not be waited for.
const READ: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY);
const CREATE: OFlags = OFlags::RDWR.union(OFlags::CREATE);

#[derive(Debug)]
pub(super) struct Handle(OwnedFd);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Handle> {
        Ok(Handle(openat(CWD, path, FOLDER | OFlags::CLOEXEC, Mode::empty())?))
    }

    pub(super) fn folder(&self, path: &Path) -> io::Result<Handle> {
        Ok(Handle(self.reach(path, FOLDER, Mode::empty())?))
    }

    pub(super) fn read(&self, path: &Path) -> io::Result<File> {
        Ok(self.reach(path, READ, Mode::empty())?.into())
    }

    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        Ok(self.reach(path, CREATE | OFlags::EXCL, Mode::from_raw_mode(0o666))?.into())
    }

    pub(super) fn open_or_create(&self, path: &Path) -> io::Result<File> {
        Ok(self.reach(path, CREATE | OFlags::NONBLOCK, Mode::from_raw_mode(0o666))?.into())
    }

    pub(super) fn make_folder(&self, path: &Path, private: bool) -> io::Result<()> {
        Ok(mkdirat(&self.0, path, Mode::from_raw_mode(if private { 0o700 } else { 0o777 }))?)
    }

    pub(super) fn kind(&self, path: &Path) -> io::Result<Kind> {
        let parts = names(path)?;
        let status = match parts.split_last() {
            None => return Ok(Kind::Folder),
            Some((name, [])) => statat(&self.0, *name, AtFlags::SYMLINK_NOFOLLOW)?,
            Some((name, folder)) => {
                let folder = self.reach(&folder.iter().collect::<std::path::PathBuf>(), FOLDER, Mode::empty())?;
                statat(folder, *name, AtFlags::SYMLINK_NOFOLLOW)?
            }
        };
        Ok(kind(FileType::from_raw_mode(status.st_mode)))
    }

    pub(super) fn names(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            // Some file systems do not say with the name what it is.
            let kind = match entry.file_type() {
                FileType::Unknown => self.kind(Path::new(name))?,
                known => kind(known),
            };
            names.push((name.to_owned(), kind));
        }
        Ok(names)
    }

    pub(super) fn rename(&self, from: &OsStr, folder: &Handle, to: &OsStr) -> io::Result<()> {
        Ok(renameat(&self.0, from, &folder.0, to)?)
    }

    pub(super) fn remove_file(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }

    pub(super) fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    /// Opens what is at `path`; a link on the way or at its end is an error.
    fn reach(&self, path: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
        let flags = flags | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        #[cfg(target_os = "linux")]
        match openat2(&self.0, path, flags, mode, ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS) {
            Err(error) if is_refused(error) => {}
            opened => return Ok(opened?),
        }
        let parts = names(path)?;
        let Some((name, folders)) = parts.split_last() else {
            return Ok(openat(&self.0, ".", flags, mode)?);
        };
        let mut folder: Option<OwnedFd> = None;
        for part in folders {
            let here = folder.as_ref().map_or(self.0.as_fd(), AsFd::as_fd);
            folder = Some(openat(here, *part, FOLDER | OFlags::CLOEXEC | OFlags::NOFOLLOW, Mode::empty())?);
        }
        let here = folder.as_ref().map_or(self.0.as_fd(), AsFd::as_fd);
        Ok(openat(here, *name, flags, mode)?)
    }
}

/// Returns whether the system, or what guards a container, does not let `openat2` be called at all.
#[cfg(target_os = "linux")]
fn is_refused(error: Errno) -> bool {
    matches!(error, Errno::NOSYS | Errno::PERM | Errno::AGAIN)
}

fn kind(of: FileType) -> Kind {
    match of {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}
