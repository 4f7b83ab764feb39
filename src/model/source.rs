//! What is read: the files of a site's folder, before anything is understood.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::PathBuf;
use std::sync::Arc;

use super::diagnostic::Diagnostic;

/// A place in a text: bytes from its start, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Returns the span from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Returns the same span, `offset` bytes further on.
    pub const fn after(self, offset: usize) -> Span {
        Span { start: self.start + offset, end: self.end + offset }
    }
}

/// A text file of the site.
#[derive(Clone, Debug, Eq)]
pub struct Source {
    /// Where it is in the project, `/`-separated: `content/posts/first.md`.
    pub path: Arc<str>,
    /// Its text. Where the file is not UTF-8, every wrong byte is U+FFFD.
    pub text: Arc<str>,
    /// The offset of the first byte that is not UTF-8, and that byte.
    pub not_utf8: Option<(usize, u8)>,
}

impl PartialEq for Source {
    /// A copy is told by where its text is: thousands are compared after each save.
    fn eq(&self, other: &Source) -> bool {
        let same = |one: &Arc<str>, other: &Arc<str>| Arc::ptr_eq(one, other) || one == other;
        self.not_utf8 == other.not_utf8 && same(&self.path, &other.path) && same(&self.text, &other.text)
    }
}

impl Source {
    /// Returns the source at `path` with these bytes.
    pub fn new(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Source {
        match String::from_utf8(bytes) {
            Ok(text) => Source { path: path.into(), text: text.into(), not_utf8: None },
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let wrong = error.as_bytes()[offset];
                let text = String::from_utf8_lossy(error.as_bytes()).into();
                Source { path: path.into(), text, not_utf8: Some((offset, wrong)) }
            }
        }
    }
}

/// A file that is passed on as it is: an image, a PDF, a style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it is in the project, `/`-separated.
    pub path: Arc<str>,
    /// How many bytes it has.
    pub size: u64,
    /// Width and height in pixels, of pictures.
    pub pixels: Option<(u32, u32)>,
    /// What would run code when a reader opens the file, of drawings and other XML in `content/`.
    pub script: Option<Arc<str>>,
    /// Where the bytes are.
    pub bytes: Bytes,
}

/// The bytes of an [`Asset`], or the way to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// Here.
    Memory(Arc<[u8]>),
    /// In a file, read when it is written out.
    Disk(PathBuf),
}

/// All files of a site's folder, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// What is read as text: Markdown, TOML, YAML, templates.
    pub texts: BTreeMap<Arc<str>, Source>,
    /// What is passed on.
    pub assets: BTreeMap<Arc<str>, Asset>,
    /// What was wrong with the folder itself: files that could not be read, links out of it. [`crate::open`] reports it with
    /// everything else, so that the site's settings hold for it too.
    pub found: Vec<Diagnostic>,
}

impl Sources {
    /// Adds a text file.
    pub fn add(&mut self, source: Source) {
        self.texts.insert(source.path.clone(), source);
    }

    /// Returns the texts in a folder, which ends with `/`, in order of path.
    pub fn texts_in(&self, folder: &str) -> impl Iterator<Item = &Source> {
        self.texts.range::<str, _>((Bound::Included(folder), Bound::Excluded(&*behind(folder)))).map(|it| it.1)
    }

    /// Returns the texts that are not in a folder, which ends with `/`, in order of path.
    pub fn texts_beside(&self, folder: &str) -> impl Iterator<Item = &Source> {
        let before = self.texts.range::<str, _>((Bound::Unbounded, Bound::Excluded(folder)));
        let after = self.texts.range::<str, _>((Bound::Included(&*behind(folder)), Bound::Unbounded));
        before.chain(after).map(|it| it.1)
    }

    /// Returns the assets in a folder, which ends with `/`, in order of path.
    pub fn assets_in(&self, folder: &str) -> impl Iterator<Item = &Asset> {
        self.assets.range::<str, _>((Bound::Included(folder), Bound::Excluded(&*behind(folder)))).map(|it| it.1)
    }
}

/// Returns the first path that may come after all that begin with `folder`: `content0` for `content/`.
fn behind(folder: &str) -> String {
    debug_assert!(folder.ends_with('/'), "not a folder: {folder}");
    format!("{}0", folder.trim_end_matches('/'))
}
