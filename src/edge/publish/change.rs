//! From the old files to the new ones.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::address::folders;
use super::entry::{Digest, Entry};
use super::manifest::Manifest;
use super::staging::Staging;
use crate::edge::failure::cannot;

/// What is to be done to an output folder.
pub(super) struct Change<'a> {
    pub(super) output: &'a Path,
    pub(super) old: &'a Manifest,
    pub(super) new: &'a Manifest,
    /// The paths of the files that are staged.
    pub(super) written: &'a BTreeSet<String>,
}

/// What became of files that were to be removed.
pub(super) struct Removed {
    pub(super) count: usize,
    /// The paths of those that somebody changed: they are still there.
    pub(super) kept: Vec<String>,
}

impl Change<'_> {
    /// Makes the change: what is in the way of new files goes first, then they come, then the others go.
    ///
    /// From the first step to the last the folder has a manifest that knows the files of before and after.
    pub(super) fn make(&self, staging: &Staging) -> io::Result<Removed> {
        let (in_the_way, others): (Vec<_>, Vec<_>) = self.gone().partition(|(path, _)| self.is_in_the_way(path));
        if in_the_way.is_empty() && others.is_empty() && self.written.is_empty() {
            return Ok(Removed { count: 0, kept: Vec::new() });
        }
        match self.old.files.is_empty() {
            true => staging.replace_manifest(self.new)?,
            false => staging.replace_manifest(&self.old.on_the_way_to(self.new))?,
        }
        let first = remove(self.output, in_the_way.into_iter())?;
        move_into(staging.files(), self.output)?;
        let then = remove(self.output, others.into_iter())?;
        Ok(Removed { count: first.count + then.count, kept: [first.kept, then.kept].concat() })
    }

    /// Returns the entry of a file that is there and not made any more.
    pub(super) fn gone_entry(&self, path: &str) -> Option<&Entry> {
        self.old.files.get(path).filter(|_| !self.new.files.contains_key(path))
    }

    fn gone(&self) -> impl Iterator<Item = (&String, &Entry)> {
        self.old.files.iter().filter(|(path, _)| !self.new.files.contains_key(*path))
    }

    /// Returns whether there will be a folder at the path of this file, or a file at the path of a folder that it is in.
    fn is_in_the_way(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let next = self.new.files.range(inside.clone()..).next();
        next.is_some_and(|(it, _)| it.starts_with(&inside)) || folders(path).any(|it| self.new.files.contains_key(it))
    }
}

/// Moves all that is in the folder `from` into `to`: a folder that is new as one, so that most sites move in a few steps.
fn move_into(from: &Path, to: &Path) -> io::Result<()> {
    // All names are asked for first, as a folder that changes may be listed wrong.
    let entries: io::Result<Vec<fs::DirEntry>> = fs::read_dir(from).and_then(Iterator::collect);
    for entry in entries.map_err(cannot("list", from))? {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().map_err(cannot("look at", &from))?.is_dir();
        if is_folder && to.is_dir() {
            move_into(&from, &to)?;
        } else {
            fs::rename(&from, &to).map_err(cannot("write", &to))?;
        }
    }
    Ok(())
}

/// Removes those files that are as Folio wrote them, and the folders that are empty then.
pub(super) fn remove<'a>(output: &Path, files: impl Iterator<Item = (&'a String, &'a Entry)>) -> io::Result<Removed> {
    let mut removed = Removed { count: 0, kept: Vec::new() };
    let mut emptied = BTreeSet::new();
    for (path, entry) in files {
        match state(output, path, entry)? {
            State::Changed => removed.kept.push(path.clone()),
            State::Missing => emptied.extend(folders(path)),
            State::Ours => {
                let file = output.join(path);
                fs::remove_file(&file).map_err(cannot("remove", &file))?;
                removed.count += 1;
                emptied.extend(folders(path));
            }
        }
    }
    // What is in a folder comes after it in the order.
    emptied.iter().rev().try_for_each(|it| remove_empty_folder(&output.join(it)))?;
    Ok(removed)
}

/// Removes a folder if it is empty and there.
pub(super) fn remove_empty_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir(folder) {
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory => Ok(()),
            _ => Err(cannot("remove the folder", folder)(error)),
        },
        Ok(()) => Ok(()),
    }
}

/// What a file of a manifest is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As Folio wrote it.
    Ours,
    /// Not there.
    Missing,
    /// Something else: somebody changed it, or the way to it leads through a link.
    Changed,
}

/// Returns what a file of a manifest is on the disk.
pub(super) fn state(output: &Path, path: &str, entry: &Entry) -> io::Result<State> {
    if folders(path).any(|it| output.join(it).is_symlink()) {
        return Ok(State::Changed);
    }
    let file = output.join(path);
    let metadata = match file.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if is_absent(&error) => return Ok(State::Missing),
        Err(error) => return Err(cannot("look at", &file)(error)),
    };
    let is_ours = metadata.is_file() && entry.vouches_for(Digest::of_file(&file)?);
    Ok(if is_ours { State::Ours } else { State::Changed })
}

/// Returns whether the system says that there is nothing at a path, or that a folder on the way is a file.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
