//! What Folio did not write, and so does not write over.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::MANIFEST;
use super::address::folders;
use super::change::{Change, State, state};
use super::staging::STAGING;
use crate::edge::failure::cannot;
use crate::edge::folder::{Folder, Kind};

/// More names are not listed in a message.
const MOST_NAMES: usize = 10;

/// Refuses a folder that holds files and no manifest; hidden ones, as those of git, do not count.
pub(super) fn refuse_foreign_folder(output: &Folder) -> io::Result<()> {
    let names = names(output)?;
    let foreign: BTreeSet<String> = names.iter().filter(|it| !it.starts_with('.')).cloned().collect();
    if foreign.is_empty() || names.contains(MANIFEST) {
        return Ok(());
    }
    let why = format!("Folio did not write what is in it: {}; choose another folder, or empty it", listed(&foreign));
    Err(cannot("publish into", output.path())(io::Error::new(ErrorKind::AlreadyExists, why)))
}

/// Returns the names at the top of a folder, without our staging folder.
pub(super) fn names(output: &Folder) -> io::Result<BTreeSet<String>> {
    let names = output.names()?.into_iter().map(|(name, _)| name.to_string_lossy().into_owned());
    Ok(names.filter(|it| it != STAGING).collect())
}

/// Refuses a change that would write over what Folio did not write.
///
/// # Errors
/// Names the files.
pub(super) fn refuse(change: &Change<'_>) -> io::Result<()> {
    let ways: BTreeSet<&str> = change.written.iter().flat_map(|it| folders(it)).collect();
    let on_the_way = ways.par_iter().map(|it| in_place_of_folder(change, it));
    let at_the_end = change.written.par_iter().map(|it| in_place_of_file(change, it));
    let found: Vec<BTreeSet<String>> = on_the_way.chain(at_the_end).collect::<io::Result<_>>()?;
    let found: BTreeSet<String> = found.into_iter().flatten().collect();
    if found.is_empty() {
        return Ok(());
    }
    let why = format!("Folio did not write what is in its way: {}; move it away", listed(&found));
    Err(cannot("publish into", change.output.path())(io::Error::new(ErrorKind::AlreadyExists, why)))
}

/// Returns what must stay at the path of a new folder: a file that is not ours, a link.
fn in_place_of_folder(change: &Change<'_>, path: &str) -> io::Result<BTreeSet<String>> {
    match change.output.kind(Path::new(path))? {
        None | Some(Kind::Folder) => Ok(BTreeSet::new()),
        Some(Kind::Link) if change.is_behind_link(path) => Ok(BTreeSet::new()),
        Some(_) => must_stay(change, path),
    }
}

/// Returns what must stay at the path of a new file: a file that was not ours, or in a folder anything that is not.
fn in_place_of_file(change: &Change<'_>, path: &str) -> io::Result<BTreeSet<String>> {
    match change.output.kind(Path::new(path))? {
        None => Ok(BTreeSet::new()),
        Some(Kind::Folder) => must_stay_in(change, path),
        // The link is named at its own place, which is that of a folder.
        Some(Kind::Link) if change.is_behind_link(path) => Ok(BTreeSet::new()),
        Some(_) if change.old.files.contains_key(path) => Ok(BTreeSet::new()),
        Some(_) => Ok(BTreeSet::from([path.to_owned()])),
    }
}

fn must_stay_in(change: &Change<'_>, folder: &str) -> io::Result<BTreeSet<String>> {
    let names = names(&change.output.folder(Path::new(folder))?)?;
    if names.is_empty() {
        return Ok(BTreeSet::from([format!("{folder}/")]));
    }
    let mut found = BTreeSet::new();
    for name in names {
        let path = format!("{folder}/{name}");
        let is_folder = change.output.kind(Path::new(&path))? == Some(Kind::Folder);
        found.extend(if is_folder { must_stay_in(change, &path)? } else { must_stay(change, &path)? });
    }
    Ok(found)
}

/// Returns the path, unless the file is ours and will be gone.
fn must_stay(change: &Change<'_>, path: &str) -> io::Result<BTreeSet<String>> {
    let is_ours = match change.gone_entry(path) {
        Some(entry) => state(change.output, path, entry)? != State::Changed,
        None => false,
    };
    Ok(if is_ours { BTreeSet::new() } else { BTreeSet::from([path.to_owned()]) })
}

fn listed(paths: &BTreeSet<String>) -> String {
    let mut names: Vec<String> = paths.iter().take(MOST_NAMES).map(|it| format!("`{it}`")).collect();
    if paths.len() > MOST_NAMES {
        names.push(format!("{} more", paths.len() - MOST_NAMES));
    }
    names.join(", ")
}
