//! Folder -> Sources: reads what belongs to a site, and says what cannot be read.
#![expect(clippy::disallowed_methods, reason = "this is where the site's folder is read")]

mod again;
mod walk;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Component, MAIN_SEPARATOR_STR, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::failure::{cannot, reason};
use super::folder::Folder;
use super::layout::Role;
use super::{picture, script};
use crate::model::baseline;
use crate::model::diagnostic::{Checked, Diagnostic, Diagnostics, Place};
use crate::model::route;
use crate::model::source::{Asset, Bytes, Source, Sources, Span};

/// A file that belongs to the site.
struct File {
    path: Arc<str>,
    disk: PathBuf,
    role: Role,
}

/// A text may have so many bytes: Markdown, data, templates. A long book has 2 MB.
const LONGEST: u64 = 32_000_000;

/// Files that may stand beside the settings.
const BESIDE: [&str; 2] = [baseline::FILE, route::LOCK];

/// When a file was changed, its length, and what was read of it.
type Stamped = (SystemTime, u64, Loaded);

#[derive(Clone, Debug)]
enum Loaded {
    Text(Source),
    Asset(Asset),
}

/// Reads the folder of a site; `config` is the path of its settings from `root`, most often `site.toml`.
///
/// What is in the folders of a site is taken, by its path; names that are hidden or an editor's copies are not, and the
/// folder `output` never is. Links are followed where they stay in the folder. Paths are as they are on the disk (Unicode
/// is not normalised), with `/` between their parts.
///
/// Codes: `no-site-toml`, `no-content`, `file-name-not-utf8`, `file-name-character`, `symlink-outside`,
/// `broken-symlink`, `too-many-symlinks`, `unreadable-file`, `file-too-large`, `special-file`.
///
/// # Errors
/// Where `root` is not a folder that can be read.
pub fn read(root: &Path, config: &Path, output: &Path) -> io::Result<Sources> {
    read_all(root, config, output, None, &BTreeSet::new())
}

/// What was read before: a file whose size and time are the same is not read again.
#[derive(Debug, Default)]
pub struct Known {
    files: HashMap<PathBuf, Stamped>,
    /// All of it, until a change is read.
    sources: Option<Sources>,
}

impl Known {
    /// Takes note of what was read last without a fault, so that saved files can be read without a walk through the folder. A
    /// copy of thousands of files takes its time, so this is left for when the last change is shown.
    pub fn keep(&mut self, sources: &Sources) {
        self.sources = Some(sources.clone());
    }
}

/// Reads the folder of a site as [`read`] does, but for files that are known. Those in `changed` are read in any case; where
/// they are known files all, nothing else is looked at.
///
/// # Errors
/// Where `root` is not a folder that can be read.
pub fn read_again(
    root: &Path,
    config: &Path,
    output: &Path,
    known: &mut Known,
    changed: &BTreeSet<PathBuf>,
) -> io::Result<Sources> {
    match again::known_files(root, config, known, changed) {
        Some(sources) => Ok(sources),
        None => read_all(root, config, output, Some(known), changed),
    }
}

/// Reads all files but those that are known, and takes note of them where somebody wants to know.
fn read_all(
    root: &Path,
    config: &Path,
    output: &Path,
    known: Option<&mut Known>,
    changed: &BTreeSet<PathBuf>,
) -> io::Result<Sources> {
    let site = Folder::open(root)?;
    site.names()?;
    let home = root.canonicalize().map_err(cannot("find the folder", root))?;
    let mut found = Diagnostics::default();
    found.extend(missing_content(root));
    let mut files = found.keep(walk::files(root, &home, output));
    files.extend(found.keep(settings(root, &home, config)));
    for name in BESIDE {
        files.extend(found.keep(beside(root, &home, name)));
    }
    let sources = found.keep(load_all(&files, &site, known, changed));
    let Checked { value, diagnostics } = found.around(sources);
    Ok(Sources { found: diagnostics, ..value })
}

/// Reads the settings alone.
///
/// # Errors
/// Where they can't be read.
pub fn settings_only(root: &Path, config: &Path) -> io::Result<Source> {
    let disk = root.join(config);
    let bytes = fs::read(&disk).map_err(cannot("read", &disk))?;
    Ok(Source::new(config.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/"), bytes))
}

/// Returns the bytes of an asset of the site in `root`; `None` where they are more than `most`.
///
/// # Errors
/// Where it can't be read, or is a link by now that leads out of the site.
pub fn bytes<'a>(root: &Path, of: &'a Bytes, most: u64) -> io::Result<Option<Cow<'a, [u8]>>> {
    match of {
        Bytes::Memory(bytes) => Ok(Some(Cow::Borrowed(bytes))),
        Bytes::Disk(path) => {
            let (file, metadata) = open(root, path).map_err(cannot("read", path))?;
            if metadata.len() > most {
                return Ok(None);
            }
            let mut bytes = Vec::new();
            file.take(most).read_to_end(&mut bytes).map_err(cannot("read", path))?;
            Ok(Some(Cow::Owned(bytes)))
        }
    }
}

/// Opens a file of the site in `root`. By now it may be a link, which must not lead out of the site.
///
/// # Errors
/// Where it can't be read, or is no plain file of the site.
pub fn open(root: &Path, file: &Path) -> io::Result<(fs::File, fs::Metadata)> {
    let site = Folder::open(root)?;
    site.read_within(file.strip_prefix(site.path()).unwrap_or(file))
}

fn missing_content(root: &Path) -> Option<Diagnostic> {
    let content = root.join("content");
    // What is wrong with a link is said where it is followed.
    let is_there = content.symlink_metadata().is_ok_and(|it| it.is_dir() || it.is_symlink());
    let help = "`folio init` makes a folder to begin with; `--root` names the site's folder";
    (!is_there).then(|| Diagnostic::error("no-content", None, "there is no folder `content`").help(help))
}

fn settings(root: &Path, home: &Path, config: &Path) -> Checked<Option<File>> {
    let written: PathBuf = config.components().filter(|it| *it != Component::CurDir).collect();
    let path: Arc<str> = written.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/").into();
    let disk = root.join(config);
    let fault = if disk.is_file() {
        disk.is_symlink().then(|| walk::link_fault(home, None, &disk, &path)).flatten()
    } else {
        let help = "`folio init` makes a folder to begin with; `--root` and `--config` say where the site is";
        Some(Diagnostic::error("no-site-toml", None, format!("there is no file `{path}`")).help(help))
    };
    let value = fault.is_none().then_some(File { path, disk, role: Role::Text });
    Checked { value, diagnostics: fault.into_iter().collect() }
}

/// Returns a file that may stand beside the settings.
fn beside(root: &Path, home: &Path, name: &str) -> Checked<Option<File>> {
    let disk = root.join(name);
    if !disk.is_file() {
        return Checked { value: None, diagnostics: Vec::new() };
    }
    let path: Arc<str> = name.into();
    let fault = disk.is_symlink().then(|| walk::link_fault(home, None, &disk, &path)).flatten();
    let value = fault.is_none().then_some(File { path, disk, role: Role::Text });
    Checked { value, diagnostics: fault.into_iter().collect() }
}

fn load_all(files: &[File], site: &Folder, known: Option<&mut Known>, changed: &BTreeSet<PathBuf>) -> Checked<Sources> {
    let before = |it: &Path| known.as_ref()?.files.get(it).filter(|_| !changed.contains(it));
    let loaded: Vec<io::Result<Stamped>> = files.par_iter().map(|it| load(it, site, before(&it.disk))).collect();
    if let Some(known) = known {
        let stamped = |file: &File, it: &io::Result<Stamped>| Some((file.disk.clone(), it.as_ref().ok()?.clone()));
        known.files = files.iter().zip(&loaded).filter_map(|(file, it)| stamped(file, it)).collect();
    }
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    for (file, loaded) in files.iter().zip(loaded) {
        match loaded {
            Ok((_, _, loaded)) => loaded.add_to(&mut sources),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => found.push(too_large(&file.path)),
            Err(error) => found.push(unreadable(&file.path, &reason(&error))),
        }
    }
    found.around(sources)
}

impl Loaded {
    fn add_to(self, sources: &mut Sources) {
        match self {
            Loaded::Text(source) => sources.add(source),
            Loaded::Asset(asset) => _ = sources.assets.insert(asset.path.clone(), asset),
        }
    }
}

fn load(file: &File, site: &Folder, known: Option<&Stamped>) -> io::Result<Stamped> {
    if let Some(known) = known {
        let metadata = fs::metadata(&file.disk)?;
        if (known.0, known.1) == (metadata.modified()?, metadata.len()) {
            return Ok(known.clone());
        }
    }
    // An asset is opened too, so that one which cannot be read is known before anything is made.
    let (mut opened, metadata) = opened(file, site)?;
    let (time, length) = (metadata.modified()?, metadata.len());
    let path = file.path.clone();
    let loaded = match file.role {
        Role::Text => Loaded::Text(Source::new(path, whole(&mut opened, length)?)),
        Role::Asset => Loaded::Asset(Asset {
            path,
            size: length,
            pixels: picture::on_disk(&file.path, &mut opened),
            script: script_in(&file.path, &mut opened, length)?,
            bytes: Bytes::Disk(file.disk.clone()),
        }),
    };
    Ok((time, length, loaded))
}

/// Returns what in a file beside documents would run code. `static/` is the owner's: what is put there is meant.
fn script_in(path: &str, file: &mut fs::File, length: u64) -> io::Result<Option<Arc<str>>> {
    if !path.starts_with("content/") || !script::is_looked_into(path) {
        return Ok(None);
    }
    file.seek(io::SeekFrom::Start(0))?;
    Ok(script::found(io::BufReader::new(file), length).map(Into::into))
}

/// Opens a file. What lies in the site's folder may be a link by now, and must not lead out of it; the settings may lie
/// elsewhere, where the person says so.
fn opened(file: &File, site: &Folder) -> io::Result<(fs::File, fs::Metadata)> {
    match file.disk.strip_prefix(site.path()) {
        Ok(inner) if inner.components().all(|it| matches!(it, Component::Normal(_))) => site.read_within(inner),
        _ => fs::File::open(&file.disk).and_then(|it| Ok((it.try_clone()?, it.metadata()?))),
    }
}

/// Returns the bytes of a file of that length, most often by asking once.
fn whole(file: &mut fs::File, length: u64) -> io::Result<Vec<u8>> {
    let length = usize::try_from(length.min(LONGEST + 1)).map_err(|_| io::ErrorKind::FileTooLarge)?;
    if length as u64 > LONGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = vec![0; length + 1];
    let read = match file.read(&mut bytes) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
        read => read?,
    };
    bytes.truncate(read);
    // Less than was asked for is the end of a file. Whatever else comes is a file that is being written, or a strange disk.
    if read != length {
        file.take(LONGEST).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > LONGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

fn too_large(path: &str) -> Diagnostic {
    let message = format!("`{path}` is larger than the {} MB that a text may have", LONGEST / 1_000_000);
    let help = "write it in several files; what is no text is a file for readers, and belongs into `static`";
    Diagnostic::error("file-too-large", place(path), message).help(help)
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    let message = format!("can't read `{path}`: {reason}");
    Diagnostic::error("unreadable-file", place(path), message).help("look at its permissions")
}

fn place(path: &str) -> Place {
    Place::new(&path.into(), Span::default())
}

#[cfg(test)]
mod tests;
