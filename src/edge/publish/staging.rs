//! The folder beside the site in which it is made ready.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::MANIFEST;
use super::entry::{Entry, Original};
use super::manifest::{self, Manifest};
use crate::edge::failure::cannot;
use crate::edge::folder::{Folder, Place};

/// The name of the folder, in the output: what is moved from there into place stays on one file system.
pub(super) const STAGING: &str = ".folio-staging";

/// The name in it of the file that is locked.
const LOCK: &str = "lock";

/// A staging folder; it is gone when this is dropped.
#[derive(Debug)]
pub(super) struct Staging {
    output: Folder,
    folder: Folder,
    files: Folder,
    /// Held so that no other Folio publishes into the same folder; the system lets go of it when we are killed.
    _lock: File,
    /// The folders that were made for the output and itself, if it was missing: each as the one that it is in and its name.
    made: Vec<(Folder, OsString)>,
}

impl Staging {
    /// Makes the staging folder of the output at `place`, and clears what a killed build left in it.
    ///
    /// # Errors
    /// Where another Folio is at work there; where a link is in its place; where the disk says no.
    pub(super) fn open(place: &Place) -> io::Result<Staging> {
        let (output, made) = place.make()?;
        let folder = output.make_one(STAGING.as_ref())?;
        // A file system that knows no locks is published to without one.
        let lock = folder.lock_file(LOCK)?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            let why = "another Folio is publishing into it; wait for its end";
            return Err(cannot("publish into", output.path())(io::Error::new(ErrorKind::ResourceBusy, why)));
        }
        folder.clear(Some(LOCK))?;
        let files = folder.make_private("files")?;
        Ok(Staging { output, folder, files, _lock: lock, made })
    }

    /// Returns the output.
    pub(super) fn output(&self) -> &Folder {
        &self.output
    }

    /// Returns where the files are, each at its path.
    pub(super) fn files(&self) -> &Folder {
        &self.files
    }

    /// Writes the file at `path`, which must be new.
    pub(super) fn write(&self, path: &str, original: &Original<'_>) -> io::Result<Entry> {
        let shown = self.output.path().join(path);
        let file = self.create(Path::new(path)).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => manifest::taken(path),
            _ => cannot("write", &shown)(error),
        })?;
        original.write_to(file, &shown)
    }

    /// Makes the file, and its folders where they are missing: most often a page's own folder is, and no other.
    fn create(&self, path: &Path) -> io::Result<File> {
        let folder = path.parent().unwrap_or(Path::new(""));
        if path.ends_with("index.html") {
            // Whatever comes of it, the file tells.
            _ = self.files.make_in_private(folder);
        }
        match self.files.create(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let folders: Vec<&Path> = folder.ancestors().filter(|it| !it.as_os_str().is_empty()).collect();
                // Each may be there, or come by way of another thread.
                folders.iter().rev().for_each(|it| _ = self.files.make_in_private(it));
                self.files.create(path)
            }
            result => result,
        }
    }

    /// Puts a manifest into the output in one step, unless that one is there.
    pub(super) fn replace_manifest(&self, manifest: &Manifest) -> io::Result<()> {
        let text = manifest.to_text();
        if manifest::text(&self.output).is_ok_and(|it| it == text) {
            return Ok(());
        }
        let shown = self.output.path().join(MANIFEST);
        let draft = self.folder.create(Path::new(MANIFEST)).and_then(|mut it| it.write_all(&text));
        draft.map_err(cannot("write", &shown))?;
        self.folder.move_to(MANIFEST.as_ref(), &self.output)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now, the next build removes, or says why it cannot.
        _ = self.folder.clear(None);
        _ = self.output.remove_empty(Path::new(STAGING));
        for (folder, name) in self.made.iter().rev() {
            // Refused by the system where a site is in it.
            _ = folder.remove_empty(Path::new(name));
        }
    }
}
