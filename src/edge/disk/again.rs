//! Saved files -> Sources, without a walk through the folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use super::{BESIDE, File, Known, Loaded, load};
use crate::edge::folder::Folder;
use crate::edge::layout::{self, Role};
use crate::model::source::Sources;

/// Returns what is in the folder, where that can be said by what was known and the files in `changed` alone: they are files of
/// the site that are plain files still, or nothing of the site. An editor's save by way of a copy is of this sort.
pub(super) fn known_files(
    root: &Path,
    config: &Path,
    known: &mut Known,
    changed: &BTreeSet<PathBuf>,
) -> Option<Sources> {
    // Where this comes to nothing, all is read, and known again.
    let mut sources = known.sources.take().filter(|_| !changed.is_empty())?;
    let site = Folder::open(root).ok()?;
    for disk in changed {
        match known.files.get(disk) {
            Some((_, _, before)) if fs::symlink_metadata(disk).is_ok_and(|it| it.is_file()) => {
                let (path, role) = match before {
                    Loaded::Text(source) => (source.path.clone(), Role::Text),
                    Loaded::Asset(asset) => (asset.path.clone(), Role::Asset),
                };
                let fresh = load(&File { path, disk: disk.clone(), role }, &site, None).ok()?;
                fresh.2.clone().add_to(&mut sources);
                known.files.insert(disk.clone(), fresh);
            }
            Some(_) => return None,
            None if is_nothing(root, config, known, disk) => (),
            None => return None,
        }
    }
    Some(sources)
}

/// Returns whether a path that is not a file of the site is no folder of it either, and was none.
fn is_nothing(root: &Path, config: &Path, known: &Known, disk: &Path) -> bool {
    let path = disk.strip_prefix(root).unwrap_or(disk);
    if path == config || BESIDE.iter().any(|it| path == Path::new(it)) {
        return false;
    }
    let path = path.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/");
    let is_gone = || matches!(fs::symlink_metadata(disk), Err(error) if error.kind() == ErrorKind::NotFound);
    let is_of_site = layout::role(&path).is_some() || layout::is_folder(&path);
    let was_folder = || known.files.keys().any(|it| it.starts_with(disk));
    !path.is_empty() && (layout::is_left_out(&path) || !is_of_site || is_gone() && !was_folder())
}
