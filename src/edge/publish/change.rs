//! From the old files to the new ones.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::address::folders;
use super::entry::{Digest, Entry};
use super::manifest::Manifest;
use super::staging::Staging;
use crate::edge::folder::{Folder, Kind};

/// What is to be done to an output folder.
pub(super) struct Change<'a> {
    pub(super) output: &'a Folder,
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

    /// Returns whether a link is on the way to a path of the output.
    pub(super) fn is_behind_link(&self, path: &str) -> bool {
        folders(path).any(|it| matches!(self.output.kind(Path::new(it)), Ok(Some(Kind::Link))))
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
fn move_into(from: &Folder, to: &Folder) -> io::Result<()> {
    // All names are asked for first, as a folder that changes may be listed wrong.
    for (name, kind) in from.names()? {
        let path = Path::new(&name);
        if kind == Kind::Folder && to.kind(path)? == Some(Kind::Folder) {
            move_into(&from.folder(path)?, &to.folder(path)?)?;
        } else {
            from.move_to(&name, to)?;
        }
    }
    Ok(())
}

/// Removes those files that are as Folio wrote them, and the folders that are empty then.
pub(super) fn remove<'a>(output: &Folder, files: impl Iterator<Item = (&'a String, &'a Entry)>) -> io::Result<Removed> {
    let mut removed = Removed { count: 0, kept: Vec::new() };
    let mut emptied = BTreeSet::new();
    for (path, entry) in files {
        match state(output, path, entry)? {
            State::Changed => removed.kept.push(path.clone()),
            State::Missing => emptied.extend(folders(path)),
            State::Ours => {
                output.remove_file(Path::new(path))?;
                removed.count += 1;
                emptied.extend(folders(path));
            }
        }
    }
    // What is in a folder comes after it in the order. A folder with a link on the way to it is left alone.
    for folder in emptied.iter().rev().map(Path::new) {
        if output.kind(folder)? == Some(Kind::Folder) {
            output.remove_empty(folder)?;
        }
    }
    Ok(removed)
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
pub(super) fn state(output: &Folder, path: &str, entry: &Entry) -> io::Result<State> {
    match output.kind(Path::new(path))? {
        None => Ok(State::Missing),
        Some(Kind::File) if entry.vouches_for(Digest::of_file(output, path)?) => Ok(State::Ours),
        Some(_) => Ok(State::Changed),
    }
}
