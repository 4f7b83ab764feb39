//! An open folder, in which nothing is reached through a symbolic link.
//!
//! Whoever can commit to a repository can commit a symbolic link, and so choose what a path leads to. Every file that Folio
//! creates, replaces, moves or removes is therefore named from an open folder, and a link on the way is an error. This is the
//! only module that may call what writes to the disk; `clippy.toml` forbids those calls everywhere else.
#![expect(
    clippy::disallowed_methods,
    reason = "the calls that write are forbidden everywhere else in favour of this module"
)]

mod place;
#[cfg(not(unix))]
mod portable;
#[cfg(unix)]
mod unix;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

#[cfg(not(unix))]
use self::portable::Handle;
#[cfg(unix)]
use self::unix::Handle;
use super::failure::cannot;

pub(super) use self::place::Place;

/// How often another random name is tried.
const TRIES: usize = 16;

/// What is at a path, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, or what Windows has of that sort.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// An open folder. All paths that its methods take lead on from it, through folders and through no link.
#[derive(Debug)]
pub(super) struct Folder {
    handle: Handle,
    /// Where it is, for messages.
    path: PathBuf,
}

impl Folder {
    /// Opens the folder that a person named; links on the way to it are theirs, and are followed.
    pub(super) fn open(path: &Path) -> io::Result<Folder> {
        let named = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let handle = Handle::open(named).map_err(cannot("read the folder", path))?;
        Ok(Folder { handle, path: path.to_owned() })
    }

    /// Opens the folder at `path`.
    pub(super) fn folder(&self, path: &Path) -> io::Result<Folder> {
        // `folio init .` names the folder itself.
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let handle = self.handle.folder(path).map_err(|it| self.failed("open the folder", path, it))?;
        // A folder itself has no name in its own path.
        let path = if path == Path::new(".") { self.path.clone() } else { self.path.join(path) };
        Ok(Folder { handle, path })
    }

    /// Opens the folder at `path`, and creates what of it is missing.
    pub(super) fn make_folder(&self, path: &Path) -> io::Result<Folder> {
        let mut folder = self.folder(Path::new("."))?;
        for part in names(path)? {
            folder = folder.make_one(part)?;
        }
        Ok(folder)
    }

    /// Opens the folder `name`, and creates it where it is missing.
    pub(super) fn make_one(&self, name: &OsStr) -> io::Result<Folder> {
        match self.handle.make_folder(Path::new(name), false) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(self.failed("make the folder", Path::new(name), error))
            }
            _ => self.folder(Path::new(name)),
        }
    }

    /// Creates and opens the folder `name`, which must be new, and which only the user may enter.
    pub(super) fn make_private(&self, name: &str) -> io::Result<Folder> {
        let made = self.handle.make_folder(Path::new(name), true);
        made.map_err(|it| self.failed("make the folder", Path::new(name), it))?;
        self.folder(Path::new(name))
    }

    /// Creates the folder at `path` in a folder of [`Folder::make_private`]: what it is in is ours, and is not looked at again.
    pub(super) fn make_in_private(&self, path: &Path) -> io::Result<()> {
        self.handle.make_folder(path, false)
    }

    /// Opens a plain file for reading. A pipe is not waited for: it is an error.
    pub(super) fn read(&self, path: &Path) -> io::Result<(File, Metadata)> {
        plain(self.handle.read(path)?)
    }

    /// Opens a plain file for reading. Links are followed as long as they stay in this folder.
    pub(super) fn read_within(&self, path: &Path) -> io::Result<(File, Metadata)> {
        match self.read(path) {
            // Most often there is none, so it is looked for only then.
            Err(_) if self.link_on(path).is_some() => self.read(&self.resolve(path)?),
            read => read,
        }
    }

    /// Creates a file, which must be new.
    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        self.handle.create(path)
    }

    /// Opens the file `name` for a lock, and creates it where it is missing. What it holds stays.
    pub(super) fn lock_file(&self, name: &str) -> io::Result<File> {
        let file = self.handle.open_or_create(Path::new(name)).and_then(plain);
        file.map(|it| it.0).map_err(|it| self.failed("write into", Path::new(name), it))
    }

    /// Returns what is at a path: a link also where one is on the way; `None` where there is nothing, or a file on the way.
    pub(super) fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        match self.handle.kind(path) {
            Ok(kind) => Ok(Some(kind)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(_) if self.link_on(path).is_some() => Ok(Some(Kind::Link)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(cannot("look at", &self.path.join(path))(error)),
        }
    }

    /// Returns the names in this folder, and what each is.
    pub(super) fn names(&self) -> io::Result<Vec<(OsString, Kind)>> {
        self.handle.names().map_err(cannot("list", &self.path))
    }

    /// Moves `name` into another folder. A plain file that is there under that name is replaced.
    pub(super) fn move_to(&self, name: &OsStr, to: &Folder) -> io::Result<()> {
        self.handle.rename(name, &to.handle, name).map_err(cannot("write", &to.path.join(name)))
    }

    /// Removes a file, or a link and not what it leads to.
    pub(super) fn remove_file(&self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.parent(path)?;
        folder.handle.remove_file(&name).map_err(cannot("remove", &self.path.join(path)))
    }

    /// Removes a folder if it is there and empty.
    pub(super) fn remove_empty(&self, path: &Path) -> io::Result<()> {
        let removed = self.parent(path).and_then(|(folder, name)| folder.handle.remove_folder(&name));
        match removed {
            Err(error) if is_absent(&error) || error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
            other => other.map_err(cannot("remove the folder", &self.path.join(path))),
        }
    }

    /// Removes all that is in this folder but the file `spared`. Links are removed, and not followed.
    pub(super) fn clear(&self, spared: Option<&str>) -> io::Result<()> {
        for (name, kind) in self.names()? {
            match kind {
                _ if spared.is_some_and(|it| name == it) => {}
                Kind::Folder => {
                    self.folder(Path::new(&name))?.clear(None)?;
                    self.handle.remove_folder(&name).map_err(cannot("remove the folder", &self.path.join(&name)))?;
                }
                _ => self.handle.remove_file(&name).map_err(cannot("remove", &self.path.join(&name)))?,
            }
        }
        Ok(())
    }

    /// Creates the file at `path` with these bytes, or replaces the plain file that is there, whose permissions stay. A kill at
    /// any moment leaves the old file or the new one. Folders that are missing are created.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = self.make_folder(path.parent().unwrap_or(Path::new("")))?;
        let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
        let old = match folder.kind(Path::new(name))? {
            None => None,
            Some(Kind::File) => Some(folder.read(Path::new(name)).map(|it| it.1.permissions())),
            Some(Kind::Link) => return Err(self.failed("write", path, not_plain())),
            Some(_) => return Err(cannot("write", &self.path.join(path))(not_plain())),
        };
        let permissions = old.transpose().map_err(cannot("read", &self.path.join(path)))?;
        folder.replace_one(name, bytes, permissions).map_err(cannot("write", &self.path.join(path)))
    }

    fn replace_one(&self, name: &OsStr, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
        let (draft, mut file) = self.create_random(name)?;
        let written = file
            .write_all(bytes)
            .and_then(|()| permissions.map_or(Ok(()), |it| file.set_permissions(it)))
            .and_then(|()| file.sync_all())
            .and_then(|()| self.handle.rename(&draft, &self.handle, name));
        if written.is_err() {
            // The first error is the one to report.
            _ = self.handle.remove_file(&draft);
        }
        written
    }

    /// Creates a hidden file with a name that nobody can know before.
    fn create_random(&self, name: &OsStr) -> io::Result<(OsString, File)> {
        let mut last = ErrorKind::AlreadyExists.into();
        for _ in 0..TRIES {
            // Each `RandomState` has keys of its own, which come from the system's random numbers.
            let random = RandomState::new().hash_one(name);
            // A name may be as long as the file system allows, so it is not part of this one.
            let draft = OsString::from(format!(".folio-{random:016x}~"));
            match self.handle.create(Path::new(&draft)) {
                Ok(file) => return Ok((draft, file)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    /// Writes a new file, and its folders where they are missing.
    pub(super) fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.make_folder(path.parent().unwrap_or(Path::new("")))?;
        let mut file = self.create(path).map_err(|it| self.failed("write the new file", path, it))?;
        file.write_all(bytes).map_err(cannot("write", &self.path.join(path)))
    }

    /// Returns where `path` leads when the links in it are followed: a path from this folder without links. What does not
    /// exist yet is kept as it is.
    ///
    /// # Errors
    /// Where a link leads out of this folder, to something hidden, or to nothing.
    pub(super) fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let refused = |why: &str| {
            let error = io::Error::new(ErrorKind::InvalidInput, why);
            Err(cannot("go to", &self.path.join(path))(error))
        };
        let home = self.path();
        let home = home.canonicalize().map_err(cannot("find the folder", home))?;
        let mut there = home.clone();
        let mut missing = false;
        for name in names(path)? {
            let next = there.join(name);
            there = match next.canonicalize() {
                Ok(found) if !missing => found,
                _ if next.is_symlink() => return refused("it is a symbolic link to nothing"),
                _ => {
                    missing = true;
                    next
                }
            };
            let Ok(inside) = there.strip_prefix(&home) else {
                return refused("it is a symbolic link that leads out of the site's folder; put a copy there instead");
            };
            let is_hidden = |it: &OsStr| it.as_encoded_bytes().starts_with(b".");
            if inside.iter().any(is_hidden) && !path.starts_with(inside) {
                return refused("it is a symbolic link to something hidden; put a copy there instead");
            }
        }
        Ok(there.strip_prefix(&home).unwrap_or(&there).to_owned())
    }

    /// Returns where this folder is.
    pub(super) fn path(&self) -> &Path {
        if self.path.as_os_str().is_empty() { Path::new(".") } else { &self.path }
    }

    fn parent(&self, path: &Path) -> io::Result<(Folder, OsString)> {
        let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        Ok((self.folder(folder)?, name.to_owned()))
    }

    /// Returns an error that names the link on the way to `path`, where it is one that was in the way.
    pub(super) fn failed(&self, doing: &str, path: &Path, error: io::Error) -> io::Error {
        match self.link_on(path) {
            Some(link) => linked(doing, &self.path.join(path), &self.path.join(link)),
            None => cannot(doing, &self.path.join(path))(error),
        }
    }

    /// Returns the first link on the way to `path`, or at its end.
    fn link_on(&self, path: &Path) -> Option<PathBuf> {
        let mut way = PathBuf::new();
        path.components().find_map(|part| {
            way.push(part);
            matches!(self.handle.kind(&way), Ok(Kind::Link)).then(|| way.clone())
        })
    }
}

/// Returns the error of a path that leads through the link `link`.
fn linked(doing: &str, path: &Path, link: &Path) -> io::Error {
    let it = if path == link { "it".to_owned() } else { format!("`{}`", link.display()) };
    let why = format!("{it} is a symbolic link, and Folio writes through none; remove it");
    cannot(doing, path)(io::Error::new(ErrorKind::InvalidInput, why))
}

/// Returns the parts of a path that leads on from a folder.
fn names(path: &Path) -> io::Result<Vec<&OsStr>> {
    let name = |it| match it {
        Component::Normal(name) => Some(Ok(name)),
        Component::CurDir => None,
        _ => Some(Err(io::Error::new(ErrorKind::InvalidInput, "it is not a path within the folder"))),
    };
    path.components().filter_map(name).collect()
}

fn plain(file: File) -> io::Result<(File, Metadata)> {
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(not_plain()) }
}

fn not_plain() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, "it is not a plain file")
}

/// Returns whether the system says that there is nothing at a path, or that a folder on the way is a file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Adds to the end of the file that a variable of the environment names: that of the machine, and not of the repository.
pub(super) fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut it| it.write_all(bytes)).map_err(cannot("write", path))
}

#[cfg(test)]
mod tests;
