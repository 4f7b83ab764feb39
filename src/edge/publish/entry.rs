//! Bytes -> entry: size and hash of a file, taken while it is compared or written.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::Path;

use blake3::{Hash, Hasher};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::edge::failure::cannot;
use crate::edge::folder::Folder;

/// Large enough for all lanes of BLAKE3.
const CHUNK: usize = 64 * 1024;

/// What the manifest says of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// In bytes.
    pub(super) size: u64,
    #[serde(rename = "blake3")]
    pub(super) digest: Digest,
    /// What the file may still be, in the manifest of a build that has not come to its end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) was: Vec<Digest>,
}

/// The BLAKE3 hash of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digest(Hash);

impl Entry {
    /// Returns whether Folio gave a file this content.
    pub(super) fn vouches_for(&self, digest: Digest) -> bool {
        self.digest == digest || self.was.contains(&digest)
    }
}

impl Digest {
    /// Returns the hash of a plain file in `folder`.
    pub(super) fn of_file(folder: &Folder, path: &str) -> io::Result<Digest> {
        let mut hasher = Hasher::new();
        let file = folder.read(Path::new(path)).and_then(|it| hasher.update_reader(it.0).map(drop));
        file.map_err(|it| folder.failed("read", Path::new(path), it))?;
        Ok(Digest(hasher.finalize()))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let hex = Cow::<'de, str>::deserialize(deserializer)?;
        Hash::from_hex(hex.as_bytes()).map(Digest).map_err(D::Error::custom)
    }
}

/// The bytes of an output, wherever they are.
pub(super) enum Original<'a> {
    Memory(&'a [u8]),
    Disk {
        file: File,
        size: u64,
        /// For messages.
        from: &'a Path,
    },
}

impl<'a> Original<'a> {
    /// Returns the bytes of the file `from`, which must be in the folder `root`.
    pub(super) fn of_disk(root: &Folder, from: &'a Path) -> io::Result<Original<'a>> {
        let inner = from.strip_prefix(root.path()).unwrap_or(from);
        let (file, metadata) = root.read_within(inner).map_err(cannot("read", from))?;
        Ok(Original::Disk { file, size: metadata.len(), from })
    }

    /// Returns the entry of the file at `path` in the output, if it has these bytes.
    pub(super) fn same_as(&self, output: &Folder, path: &str) -> io::Result<Option<Entry>> {
        // What cannot be read is not the same: it will be written, or found to be in the way.
        let Ok((mut file, metadata)) = output.read(Path::new(path)) else { return Ok(None) };
        if metadata.len() != self.size() {
            return Ok(None);
        }
        let mut buffer = [0; CHUNK / 4];
        self.each_chunk(|chunk| {
            Ok(chunk.chunks(buffer.len()).all(|ours| {
                let theirs = &mut buffer[..ours.len()];
                file.read_exact(theirs).is_ok() && theirs == ours
            }))
        })
    }

    /// Writes the bytes into `file`, which will be at `path`.
    pub(super) fn write_to(&self, mut file: File, path: &Path) -> io::Result<Entry> {
        let entry = self.each_chunk(|chunk| file.write_all(chunk).map_err(cannot("write", path)).map(|()| true))?;
        Ok(entry.expect("a chunk that is written goes on to the next"))
    }

    fn size(&self) -> u64 {
        match self {
            Original::Memory(bytes) => bytes.len() as u64,
            Original::Disk { size, .. } => *size,
        }
    }

    /// Goes through the bytes as long as `more` wants, and returns the entry of them all if it wanted them all.
    fn each_chunk(&self, more: impl FnMut(&[u8]) -> io::Result<bool>) -> io::Result<Option<Entry>> {
        match self {
            Original::Memory(bytes) => hashed(&mut &**bytes, Path::new(""), more),
            Original::Disk { file, from, .. } => {
                let mut file = file;
                file.rewind().map_err(cannot("read", from))?;
                hashed(&mut BufReader::with_capacity(CHUNK, file), from, more)
            }
        }
    }
}

fn hashed(
    source: &mut impl BufRead,
    from: &Path,
    mut more: impl FnMut(&[u8]) -> io::Result<bool>,
) -> io::Result<Option<Entry>> {
    let mut hasher = Hasher::new();
    loop {
        let chunk = source.fill_buf().map_err(cannot("read", from))?;
        let length = chunk.len();
        if length == 0 {
            return Ok(Some(Entry { size: hasher.count(), digest: Digest(hasher.finalize()), was: Vec::new() }));
        }
        if !more(chunk)? {
            return Ok(None);
        }
        hasher.update(chunk);
        source.consume(length);
    }
}
