//! Outputs -> folder: writes what differs, removes what is gone, and leaves alone what Folio did not write.
//!
//! Each output is compared with the file that is there, and written beside the site, into a staging folder, where it
//! differs. When all are there, they are moved into place. Killed before that, nothing is different; killed in the middle,
//! each file is the old one or the new one, whole, and the manifest names them all, so that the next build sets it right.

mod address;
mod change;
mod entry;
mod location;
mod manifest;
mod obstacle;
mod staging;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use self::change::{Change, Removed};
use self::entry::{Entry, Original};
use self::manifest::Manifest;
use self::staging::Staging;
use super::failure::cannot;
use super::folder::{Folder, Place};
use crate::model::page::{Output, OutputBytes};
use crate::model::source::Bytes;

/// The name of the list of all that Folio wrote, at the top of the output; no page can have that address.
///
/// It is JSON: `{"generator":"folio","version":1,"files":{…}}`, where each file has its `size` in bytes and its `blake3`
/// in hex, one file to a line, in order of path.
pub const MANIFEST: &str = "manifest.json";

/// A site on its way into its folder.
///
/// Dropped without [`Publication::commit`], it leaves the folder as it was.
#[derive(Debug)]
pub struct Publication {
    /// The site's folder, from which files are copied.
    root: Folder,
    staging: Staging,
    /// Whether nothing was there at all, so that no file need be looked for.
    is_fresh: bool,
    old: Manifest,
    made: Mutex<Vec<Made>>,
}

/// An output that was taken.
#[derive(Debug)]
struct Made {
    path: String,
    entry: Entry,
    is_staged: bool,
}

/// What became of the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// How many files are new or different.
    pub written: usize,
    /// How many files were as they should be, and were not touched.
    pub unchanged: usize,
    /// How many files are gone.
    pub removed: usize,
    /// How many files the site has, its manifest not counted.
    pub total: usize,
    /// How many bytes the site has.
    pub bytes: u64,
    /// Files of an earlier build that are not made any more, but that somebody changed: they stay. In order of path.
    pub kept: Vec<String>,
}

/// Returns whether a folder holds what Folio published.
#[expect(clippy::disallowed_methods, reason = "a look, at the folder that a person named")]
pub fn is_site(folder: &Path) -> bool {
    folder.join(MANIFEST).symlink_metadata().is_ok()
}

impl Publication {
    /// Makes ready to publish the site of the folder `root` into the folder `output`, which is made where it is missing.
    ///
    /// A folder that holds files is taken only if it has our manifest; hidden files do not count.
    ///
    /// # Errors
    /// Where `output` holds sources or lies among them; where a link of the site's checkout is on the way to it; where it holds
    /// what Folio did not write; where another Folio is publishing into it; where the disk says no.
    pub fn begin(root: &Path, output: &Path) -> io::Result<Publication> {
        location::check(root, output)?;
        let place = Place::of(root, output)?;
        if let Some(there) = place.open()? {
            obstacle::refuse_foreign_folder(&there)?;
        }
        let staging = Staging::open(&place)?;
        let old = Manifest::read(staging.output())?;
        let is_fresh = obstacle::names(staging.output())?.is_empty();
        Ok(Publication { root: Folder::open(root)?, staging, is_fresh, old, made: Mutex::default() })
    }

    /// Takes one output, from any thread. Nothing in the output folder changes yet.
    ///
    /// # Errors
    /// Where its address cannot be that of a file, or is taken; where the bytes cannot be read or written.
    pub fn put(&self, output: &Output) -> io::Result<()> {
        let path = output.route.file();
        if let Some(fault) = address::fault(&path) {
            let shown = self.staging.output().path().join(&path);
            return Err(cannot("write", &shown)(io::Error::new(io::ErrorKind::InvalidFilename, fault)));
        }
        let original = match &output.bytes {
            OutputBytes::Made(bytes) => Original::Memory(bytes),
            OutputBytes::Copy(Bytes::Memory(bytes)) => Original::Memory(bytes),
            OutputBytes::Copy(Bytes::Disk(from)) => Original::of_disk(&self.root, from)?,
        };
        let there = if self.is_fresh { None } else { original.same_as(self.staging.output(), &path)? };
        let made = match there {
            Some(entry) => Made { path, entry, is_staged: false },
            None => Made { entry: self.staging.write(&path, &original)?, path, is_staged: true },
        };
        // What another thread's panic left here is whole: one push.
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push(made);
        Ok(())
    }

    /// Puts everything in place.
    ///
    /// # Errors
    /// Before anything changes: where two outputs have one path, or a file that Folio did not write is in the way. After
    /// that only where the disk says no; then the next build sets all right.
    pub fn commit(self) -> io::Result<Published> {
        let Publication { root: _, staging, is_fresh, old, made } = self;
        let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let written: BTreeSet<String> = made.iter().filter(|it| it.is_staged).map(|it| it.path.clone()).collect();
        let new = Manifest::of(made.into_iter().map(|it| (it.path, it.entry)).collect())?;
        let change = Change { output: staging.output(), old: &old, new: &new, written: &written };
        if !is_fresh {
            obstacle::refuse(&change)?;
        }
        let Removed { count, kept } = change.make(&staging)?;
        staging.replace_manifest(&new)?;
        Ok(Published {
            written: written.len(),
            unchanged: new.files.len() - written.len(),
            removed: count,
            total: new.files.len(),
            bytes: new.files.values().map(|it| it.size).sum(),
            kept,
        })
    }
}

/// Removes what Folio wrote into `output`, by its manifest, and the folders that are then empty; returns how many files.
///
/// A file that somebody changed since stays, and stays in the manifest.
///
/// # Errors
/// Where a link of the checkout of the site in `root` is on the way to the folder; where it holds files and no manifest of ours;
/// where another Folio is publishing; where the disk says no.
pub fn clean(root: &Path, output: &Path) -> io::Result<usize> {
    let place = Place::of(root, output)?;
    let Some(there) = place.open()? else { return Ok(0) };
    obstacle::refuse_foreign_folder(&there)?;
    let staging = Staging::open(&place)?;
    let mut old = Manifest::read(&there)?;
    let Removed { count, kept } = change::remove(&there, old.files.iter())?;
    let kept: BTreeSet<&String> = kept.iter().collect();
    old.files.retain(|path, _| kept.contains(path));
    if !kept.is_empty() {
        staging.replace_manifest(&old)?;
    } else if there.kind(Path::new(MANIFEST))?.is_some() {
        there.remove_file(Path::new(MANIFEST))?;
        drop(staging);
        place.remove_empty()?;
    }
    Ok(count)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make folders on the disk")]
mod tests;
