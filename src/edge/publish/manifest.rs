//! The list of all that Folio wrote, by which it knows a folder and its files again.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::{MANIFEST, address};
use crate::edge::failure::cannot;
use crate::edge::folder::Folder;

const GENERATOR: &str = "folio";
const VERSION: u32 = 1;
/// No manifest is longer, in bytes: that of a million files has a sixth of it.
const LONGEST: u64 = 1 << 30;

/// The files of an output folder.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// By path from the folder, `/`-separated.
    pub(super) files: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Written {
    generator: String,
    version: u32,
    files: BTreeMap<String, Entry>,
}

impl Manifest {
    /// Returns the manifest of these files.
    ///
    /// # Errors
    /// Where two files have one path, or a file has the path of a folder.
    pub(super) fn of(mut files: Vec<(String, Entry)>) -> io::Result<Manifest> {
        files.par_sort_unstable_by(|one, other| one.0.cmp(&other.0));
        if let Some(twice) = files.windows(2).find(|it| it[0].0 == it[1].0) {
            return Err(taken(&twice[0].0));
        }
        let manifest = Manifest { files: files.into_iter().collect() };
        let mut last = "";
        for path in manifest.files.keys() {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if folder != last && address::folders(path).any(|it| manifest.files.contains_key(it)) {
                return Err(taken(path));
            }
            last = folder;
        }
        Ok(manifest)
    }

    /// Reads the manifest of a folder: an empty one where there is none.
    ///
    /// # Errors
    /// Where there is one that is not ours, or that this Folio does not understand.
    pub(super) fn read(output: &Folder) -> io::Result<Manifest> {
        let path = output.path().join(MANIFEST);
        let bytes = match text(output) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Manifest::default()),
            Err(error) => return Err(output.failed("read", Path::new(MANIFEST), error)),
        };
        let why = match serde_json::from_slice::<Written>(&bytes) {
            Ok(it) if it.generator != GENERATOR => "Folio did not write it".to_owned(),
            Ok(it) if it.version > VERSION => "a newer Folio wrote it".to_owned(),
            Ok(it) => match it.files.keys().find_map(|path| address::fault(path)) {
                None => return Ok(Manifest { files: it.files }),
                Some(fault) => format!("one of its paths is wrong: {fault}"),
            },
            Err(error) => format!("it is not a list of Folio's files: {error}"),
        };
        let why = format!("{why}; choose another output folder, or remove this one");
        Err(cannot("go by", &path)(io::Error::new(ErrorKind::InvalidData, why)))
    }

    /// Returns what may be in the folder while it goes over from this manifest to `new`: the files of both.
    pub(super) fn on_the_way_to(&self, new: &Manifest) -> Manifest {
        let mut files = self.files.clone();
        for (path, entry) in &new.files {
            let mut entry = entry.clone();
            if let Some(old) = self.files.get(path) {
                let was = old.was.iter().chain([&old.digest]).filter(|it| **it != entry.digest);
                entry.was = was.copied().collect();
            }
            files.insert(path.clone(), entry);
        }
        Manifest { files }
    }

    /// Returns the text of the file.
    pub(super) fn to_text(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(64 + self.files.len() * 160);
        text.extend(format!("{{\"generator\":\"{GENERATOR}\",\"version\":{VERSION},\"files\":{{").into_bytes());
        for (position, (path, entry)) in self.files.iter().enumerate() {
            text.extend(if position == 0 { &b"\n"[..] } else { b",\n" });
            json(path, &mut text);
            text.push(b':');
            json(entry, &mut text);
        }
        text.extend(b"\n}}\n");
        text
    }
}

fn json(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("strings, numbers and lists are JSON");
}

/// Returns the bytes of the manifest in a folder.
pub(super) fn text(output: &Folder) -> io::Result<Vec<u8>> {
    let (file, metadata) = output.read(Path::new(MANIFEST))?;
    if metadata.len() > LONGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the fault of a path that cannot be given twice.
pub(super) fn taken(path: &str) -> io::Error {
    let why = "it is the address of two outputs, or of a file and a folder at once";
    cannot("write", Path::new(path))(io::Error::new(ErrorKind::AlreadyExists, why))
}
