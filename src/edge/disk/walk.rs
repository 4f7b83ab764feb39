//! Folder -> files: which of them belong to the site.

use std::ffi::OsStr;
use std::fs;
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{File, place, unreadable};
use crate::edge::failure::reason;
use crate::edge::layout;
use crate::model::diagnostic::{Checked, Diagnostic, Diagnostics};

/// More linked folders are not followed: a few that hold one another many times would never come to an end.
const MOST_LINKS: usize = 1000;

/// Returns the files of the site in the folder `root`, in order of path, without its settings.
///
/// `home` is `root` without links.
pub(super) fn files(root: &Path, home: &Path, output: &Path) -> Checked<Vec<File>> {
    let output = output.canonicalize().ok();
    let before = root.to_string_lossy().into_owned();
    let mut walk = Walk { before, home, output, links: 0, files: Vec::new(), found: Diagnostics::default() };
    // In one folder the paths are in the order of the names, and those would be looked for in each path again and again.
    let by_path = |one: &DirEntry, other: &DirEntry| one.path().as_os_str().cmp(other.path().as_os_str());
    let mut entries = WalkDir::new(root).min_depth(1).follow_links(true).sort_by(by_path).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                if !walk.enter(&entry) && entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Err(error) => walk.fail(&error),
        }
    }
    walk.found.around(walk.files)
}

struct Walk<'a> {
    /// What stands before every path: that of the folder.
    before: String,
    home: &'a Path,
    /// Without links; `None` where there is no output yet.
    output: Option<PathBuf>,
    links: usize,
    files: Vec<File>,
    found: Diagnostics,
}

impl Walk<'_> {
    /// Takes a file, if it is to be taken; returns whether a folder is to be gone into.
    fn enter(&mut self, entry: &DirEntry) -> bool {
        let path = self.path(entry.path());
        let kind = entry.file_type();
        let role = layout::role(&path);
        let is_wanted = if kind.is_dir() { layout::is_folder(&path) } else { role.is_some() };
        if !is_wanted || layout::is_left_out(&path) {
            return false;
        }
        if let Some(fault) = name_fault(entry.file_name(), &path).or_else(|| self.link_fault(entry, &path)) {
            self.found.push(fault);
            return false;
        }
        if kind.is_dir() {
            return !self.is_output(entry.path()) && !is_cargo_target(entry.path());
        }
        match role {
            Some(role) if kind.is_file() => {
                self.files.push(File { path: path.into(), disk: entry.path().to_owned(), role });
            }
            _ => self.found.push(special(&path)),
        }
        false
    }

    /// Says what kept the walk from an entry.
    fn fail(&mut self, error: &walkdir::Error) {
        let reason = error.io_error().map(reason).unwrap_or_default();
        let Some(disk) = error.path() else {
            // A folder broke off while it was listed; which one, the system does not say.
            let message = format!("can't list all of the site's folder: {reason}");
            return self.found.push(Diagnostic::error("unreadable-file", None, message));
        };
        let path = self.path(disk);
        let is_wanted = layout::role(&path).is_some() || layout::is_folder(&path);
        if !is_wanted || layout::is_left_out(&path) {
            return;
        }
        self.found.push(if let Some(ancestor) = error.loop_ancestor() {
            let message = format!("`{path}` is a link back to `{}`, which it is in", self.path(ancestor));
            Diagnostic::error("broken-symlink", place(&path), message).help("remove the link")
        } else if disk.is_symlink() {
            let message = format!("can't follow the link `{path}` to `{}`: {reason}", target(disk));
            Diagnostic::error("broken-symlink", place(&path), message).help("remove the link, or put a file there")
        } else {
            unreadable(&path, &reason)
        });
    }

    /// Returns the path from the site's folder, with U+FFFD for what is not UTF-8.
    fn path(&self, disk: &Path) -> String {
        let path = disk.to_string_lossy();
        let inner = path.strip_prefix(&*self.before).map_or(&*path, |it| it.trim_start_matches(MAIN_SEPARATOR));
        if MAIN_SEPARATOR_STR == "/" { inner.to_owned() } else { inner.replace(MAIN_SEPARATOR_STR, "/") }
    }

    fn link_fault(&mut self, entry: &DirEntry, path: &str) -> Option<Diagnostic> {
        if !entry.path_is_symlink() {
            return None;
        }
        self.links += usize::from(entry.file_type().is_dir());
        if self.links > MOST_LINKS {
            let message = format!("`{path}` is one of more than {MOST_LINKS} links to folders");
            let help = "a folder that is linked to again and again is read each time; link to it once";
            return Some(Diagnostic::error("too-many-symlinks", place(path), message).help(help));
        }
        link_fault(self.home, self.output.as_deref(), entry.path(), path)
    }

    /// Asks the disk only for folders of that name, as a link may lead to the output by another way.
    fn is_output(&self, folder: &Path) -> bool {
        self.output.as_deref().is_some_and(|output| {
            output.file_name() == folder.file_name() && folder.canonicalize().is_ok_and(|it| it == output)
        })
    }
}

/// Returns what is wrong with where `link` leads: out of the folder `home`, into `output`, to what is hidden.
pub(super) fn link_fault(home: &Path, output: Option<&Path>, link: &Path, path: &str) -> Option<Diagnostic> {
    let end = link.canonicalize().ok();
    let inside = end.as_deref().and_then(|it| it.strip_prefix(home).ok());
    let is_hidden = |it: &Path| it.iter().any(|name| name.to_string_lossy().starts_with('.'));
    let fault = match inside {
        None => "outside the site's folder",
        Some(inside) if is_hidden(inside) => "which is hidden",
        Some(inside) if output.is_some_and(|it| home.join(inside).starts_with(it)) => "in the output",
        Some(_) => return None,
    };
    let message = format!("`{path}` is a link to `{}`, {fault}", target(link));
    let help = "put a copy of the file there instead of the link";
    Some(Diagnostic::error("symlink-outside", place(path), message).help(help))
}

fn target(link: &Path) -> String {
    fs::read_link(link).map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

fn name_fault(name: &OsStr, path: &str) -> Option<Diagnostic> {
    let Some(name) = name.to_str() else {
        let message = format!("the name `{path}` is not UTF-8");
        let help = "rename it; most often the name was made on an old system or unpacked from an old archive";
        return Some(Diagnostic::error("file-name-not-utf8", place(path), message).help(help));
    };
    let is_unusable = |it: char| it == '\\' || it.is_control();
    name.contains(is_unusable).then(|| {
        let shown = path.replace(is_unusable, "\u{FFFD}");
        let message = format!("the name `{shown}` holds a backslash or a control character");
        Diagnostic::error("file-name-character", place(&shown), message).help("rename it")
    })
}

fn special(path: &str) -> Diagnostic {
    let message = format!("`{path}` is neither a file nor a folder");
    Diagnostic::warning("special-file", place(path), message).help("it is not read: remove it from the site's folder")
}

/// Cargo marks what it builds into; any other folder of that name is the author's.
fn is_cargo_target(folder: &Path) -> bool {
    folder.ends_with("target") && folder.join("CACHEDIR.TAG").exists()
}
