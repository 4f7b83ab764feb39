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
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use self::change::{Change, Removed};
use self::entry::{Entry, Original};
use self::manifest::Manifest;
use self::staging::Staging;
use super::failure::cannot;
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
    output: PathBuf,
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
pub fn is_site(folder: &Path) -> bool {
    folder.join(MANIFEST).exists()
}

impl Publication {
    /// Makes ready to publish the site of the folder `root` into the folder `output`, which is made where it is missing.
    ///
    /// A folder that holds files is taken only if it has our manifest; hidden files do not count.
    ///
    /// # Errors
    /// Where `output` holds sources or lies among them; where it holds what Folio did not write; where another Folio is
    /// publishing into it; where the disk says no.
    pub fn begin(root: &Path, output: &Path) -> io::Result<Publication> {
        location::check(root, output)?;
        obstacle::refuse_foreign_folder(output)?;
        let staging = Staging::open(output)?;
        let old = Manifest::read(output)?;
        let is_fresh = obstacle::names(output)?.is_empty();
        Ok(Publication { output: output.to_owned(), staging, is_fresh, old, made: Mutex::default() })
    }

    /// Takes one output, from any thread. Nothing in the output folder changes yet.
    ///
    /// # Errors
    /// Where its address cannot be that of a file, or is taken; where the bytes cannot be read or written.
    pub fn put(&self, output: &Output) -> io::Result<()> {
        let path = output.route.file();
        if let Some(fault) = address::fault(&path) {
            let shown = self.output.join(&path);
            return Err(cannot("write", &shown)(io::Error::new(io::ErrorKind::InvalidFilename, fault)));
        }
        let original = match &output.bytes {
            OutputBytes::Made(bytes) => Original::Memory(bytes),
            OutputBytes::Copy(Bytes::Memory(bytes)) => Original::Memory(bytes),
            OutputBytes::Copy(Bytes::Disk(from)) => Original::Disk(from),
        };
        let there = if self.is_fresh { None } else { original.same_as(&self.output.join(&path))? };
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
        let Publication { output, staging, is_fresh, old, made } = self;
        let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let written: BTreeSet<String> = made.iter().filter(|it| it.is_staged).map(|it| it.path.clone()).collect();
        let new = Manifest::of(made.into_iter().map(|it| (it.path, it.entry)).collect())?;
        let change = Change { output: &output, old: &old, new: &new, written: &written };
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
/// Where the folder holds files and no manifest of ours; where another Folio is publishing; where the disk says no.
pub fn clean(output: &Path) -> io::Result<usize> {
    if !output.exists() {
        return Ok(0);
    }
    obstacle::refuse_foreign_folder(output)?;
    let staging = Staging::open(output)?;
    let mut old = Manifest::read(output)?;
    let Removed { count, kept } = change::remove(output, old.files.iter())?;
    old.files.retain(|path, _| kept.contains(path));
    let list = output.join(MANIFEST);
    if !kept.is_empty() {
        staging.replace_manifest(&old)?;
    } else if list.exists() {
        fs::remove_file(&list).map_err(cannot("remove", &list))?;
        drop(staging);
        change::remove_empty_folder(output)?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests;
