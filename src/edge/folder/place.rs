//! A path that a person named -> the open folder there.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf, absolute};

use super::{Folder, Kind, linked, names};
use crate::edge::failure::cannot;

/// Where a folder is, or will be.
///
/// What lies in the checkout of the site can be anybody's work, so no link in it is followed. Outside of it, links are those of
/// the machine.
#[derive(Debug)]
pub(in crate::edge) struct Place {
    /// As the person wrote it.
    shown: PathBuf,
    /// A folder that exists, in full, without links.
    base: PathBuf,
    /// The way on from there.
    inner: PathBuf,
}

impl Place {
    /// Returns where `path` is, as seen from the site in the folder `root`.
    ///
    /// # Errors
    /// Where it leads through a link of the site's checkout.
    pub(in crate::edge) fn of(root: &Path, path: &Path) -> io::Result<Place> {
        let checkout = checkout(root)?;
        let mut place = PathBuf::new();
        for part in absolute(path).map_err(cannot("find", path))?.components() {
            match part {
                Component::ParentDir => _ = place.pop(),
                Component::Normal(name) => {
                    let next = place.join(name);
                    if !place.starts_with(&checkout) {
                        place = next.canonicalize().unwrap_or(next);
                    } else if next.is_symlink() {
                        return Err(linked("write into", path, &next));
                    } else {
                        place = next;
                    }
                }
                other => place.push(other),
            }
        }
        let base = match place.starts_with(&checkout) {
            true => checkout,
            false => place.ancestors().skip(1).find(|it| it.is_dir()).unwrap_or(Path::new("/")).to_owned(),
        };
        let inner = place.strip_prefix(&base).unwrap_or(Path::new("")).to_owned();
        Ok(Place { shown: path.to_owned(), base, inner })
    }

    /// Opens the folder; `None` where there is none.
    pub(in crate::edge) fn open(&self) -> io::Result<Option<Folder>> {
        let base = Folder::open(&self.base)?;
        match base.kind(&self.inner)? {
            None => Ok(None),
            Some(Kind::Folder) => base.folder(&self.inner).map(|it| Some(self.named(it))),
            Some(_) => {
                let error = io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder");
                Err(cannot("write into", &self.shown)(error))
            }
        }
    }

    /// Opens the folder, and creates what of it is missing. Each folder that was created is returned too, as the one that it is
    /// in and its name, the innermost last.
    pub(in crate::edge) fn make(&self) -> io::Result<(Folder, Vec<(Folder, OsString)>)> {
        let mut folder = Folder::open(&self.base)?;
        let mut made = Vec::new();
        for name in names(&self.inner)? {
            let is_new = folder.kind(Path::new(name))?.is_none();
            let next = folder.make_one(name)?;
            if is_new {
                made.push((folder, name.to_owned()));
            }
            folder = next;
        }
        Ok((self.named(folder), made))
    }

    /// Removes the folder if it is empty.
    pub(in crate::edge) fn remove_empty(&self) -> io::Result<()> {
        match self.inner.as_os_str().is_empty() {
            true => Ok(()),
            false => Folder::open(&self.base)?.remove_empty(&self.inner),
        }
    }

    fn named(&self, folder: Folder) -> Folder {
        Folder { path: self.shown.clone(), ..folder }
    }
}

/// Returns the top of the repository that `root` is in, or `root` itself, in full and without links.
fn checkout(root: &Path) -> io::Result<PathBuf> {
    let named = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let full = absolute(named).map_err(cannot("find the folder", root))?;
    let home = full.ancestors().find_map(|it| it.canonicalize().ok()).unwrap_or_else(|| full.clone());
    let top = home.ancestors().find(|it| it.join(".git").symlink_metadata().is_ok());
    Ok(top.unwrap_or(&home).to_owned())
}
