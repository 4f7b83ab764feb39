//! The folder beside the site in which it is made ready.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::MANIFEST;
use super::entry::{Entry, Original};
use super::manifest::{self, Manifest};
use crate::edge::failure::cannot;

/// The name of the folder, in the output: what is moved from there into place stays on one file system.
pub(super) const STAGING: &str = ".folio-staging";

/// A staging folder; it is gone when this is dropped.
#[derive(Debug)]
pub(super) struct Staging {
    output: PathBuf,
    folder: PathBuf,
    files: PathBuf,
    /// Held so that no other Folio publishes into the same folder; the system lets go of it when we are killed.
    _lock: File,
    /// The output and the folders it is in, as far as they were made for it, the innermost first.
    made: Vec<PathBuf>,
}

impl Staging {
    /// Makes the staging folder of `output`, and clears what a killed build left in it.
    ///
    /// # Errors
    /// Where another Folio is at work there; where the disk says no.
    pub(super) fn open(output: &Path) -> io::Result<Staging> {
        let is_missing = |it: &&Path| !it.as_os_str().is_empty() && !it.exists();
        let made = output.ancestors().take_while(is_missing).map(Path::to_owned).collect();
        let folder = output.join(STAGING);
        fs::create_dir_all(&folder).map_err(cannot("make the folder", &folder))?;
        // A file system that knows no locks is published to without one.
        let lock = File::create(folder.join("lock")).map_err(cannot("write into", &folder))?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            let why = "another Folio is publishing into it; wait for its end";
            return Err(cannot("publish into", output)(io::Error::new(ErrorKind::ResourceBusy, why)));
        }
        let files = folder.join("files");
        if files.exists() {
            fs::remove_dir_all(&files).map_err(cannot("remove", &files))?;
        }
        fs::create_dir(&files).map_err(cannot("make the folder", &files))?;
        Ok(Staging { output: output.to_owned(), folder, files, _lock: lock, made })
    }

    /// Returns where the files are, each at its path.
    pub(super) fn files(&self) -> &Path {
        &self.files
    }

    /// Writes the file at `path`, which must be new.
    pub(super) fn write(&self, path: &str, original: &Original<'_>) -> io::Result<Entry> {
        let file = create(&self.files.join(path)).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => manifest::taken(path),
            _ => cannot("write", &self.output.join(path))(error),
        })?;
        original.write_to(file, &self.output.join(path))
    }

    /// Puts a manifest into the output in one step, unless that one is there.
    pub(super) fn replace_manifest(&self, manifest: &Manifest) -> io::Result<()> {
        let (draft, path) = (self.folder.join(MANIFEST), self.output.join(MANIFEST));
        let text = manifest.to_text();
        if fs::read(&path).is_ok_and(|it| it == text) {
            return Ok(());
        }
        fs::write(&draft, text).and_then(|()| fs::rename(&draft, &path)).map_err(cannot("write", &path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now, the next build removes, or says why it cannot.
        _ = fs::remove_dir_all(&self.folder);
        for folder in &self.made {
            // Refused by the system where a site is in it.
            _ = fs::remove_dir(folder);
        }
    }
}

/// Makes the file, and its folders where they are missing: most often a page's own folder is, and no other.
fn create(path: &Path) -> io::Result<File> {
    if path.ends_with("index.html") {
        // Whatever comes of it, the file tells.
        _ = fs::create_dir(path.parent().expect("a staged file is in the staging folder"));
    }
    match File::create_new(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().expect("a staged file is in the staging folder"))?;
            File::create_new(path)
        }
        result => result,
    }
}
