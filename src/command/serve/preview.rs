//! What answers requests: pages, each made when it is looked at.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use folio::edge::disk;
use folio::edge::serve::{Found, Site, hash, stamp};
use folio::model::diagnostic::{Diagnostic, Severity};
use folio::model::page::OutputBytes;
use folio::model::route::Route;
use folio::model::source::Bytes;
use folio::{inspect, make, sort};

use super::panel;
use super::snapshot::{Opener, Snapshot};

/// How many pages are known at most.
const KNOWN: usize = 500;

/// The site as it is now, and the pages that were looked at.
pub(super) struct Preview {
    pub(super) opener: Opener,
    /// The site's folder.
    root: PathBuf,
    /// The path of the base address, without a slash at its end.
    base: String,
    now: RwLock<Arc<Snapshot>>,
    known: Mutex<HashMap<Route, Known>>,
    /// What kept the last change from being shown, where Folio itself failed.
    failure: Mutex<Option<Diagnostic>>,
}

/// A page that was looked at.
struct Known {
    /// The version of the site that it is of.
    version: u64,
    shown: Shown,
    /// Its last good bytes, for when it can't be made.
    good: Option<Arc<[u8]>>,
}

/// A page as it is shown.
#[derive(Clone, Default)]
struct Shown {
    bytes: Arc<[u8]>,
    /// Where its bytes are instead, if it is a file that is passed on.
    file: Option<PathBuf>,
    /// What is wrong with it, besides what is wrong with the sources.
    found: Vec<Diagnostic>,
    /// It can't be made as its source is, so it is shown as it was.
    kept: bool,
}

impl Preview {
    pub(super) fn of(opener: Opener, root: PathBuf, base: String, first: Arc<Snapshot>) -> Preview {
        let now = RwLock::new(first);
        Preview { opener, root, base, now, known: Mutex::default(), failure: Mutex::default() }
    }

    /// Tells on every page what kept the last change from being shown; nothing any more with `None`. Returns whether that is new.
    pub(super) fn fail(&self, failure: Option<Diagnostic>) -> bool {
        let mut now = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *now != failure;
        *now = failure;
        is_new
    }

    /// Returns the site as it is now.
    pub(super) fn now(&self) -> Arc<Snapshot> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows the site as it is from now on.
    pub(super) fn show(&self, snapshot: Arc<Snapshot>) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }

    /// Makes a page, once for each version of the site; one that is broken is shown as it was when it last was not.
    fn make(&self, snapshot: &Snapshot, route: &Route) -> Shown {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = known().get(route).filter(|it| it.version == snapshot.version) {
            return page.shown.clone();
        }
        let made = make(&snapshot.opened, route, &snapshot.sources);
        let bytes: Arc<[u8]> = match made.value.bytes {
            OutputBytes::Made(bytes) => bytes.into(),
            OutputBytes::Copy(Bytes::Memory(bytes)) => return Shown { bytes, ..Shown::default() },
            OutputBytes::Copy(Bytes::Disk(file)) => return Shown { file: Some(file), ..Shown::default() },
        };
        let is_broken = has_error(&made.diagnostics) || snapshot.is_broken(snapshot.file_at(route));
        let mut known = known();
        let good = if is_broken { known.get(route).and_then(|it| it.good.clone()) } else { Some(bytes.clone()) };
        let kept = is_broken && good.is_some();
        let shown = Shown { bytes: good.clone().unwrap_or(bytes), file: None, found: made.diagnostics, kept };
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(route.clone(), Known { version: snapshot.version, shown: shown.clone(), good });
        shown
    }

    /// Returns what is wrong with a page, as `folio check` tells it. The page is made once more, with places in it; `file` is the
    /// one that it is made of.
    fn inspect(&self, snapshot: &Snapshot, route: &Route, file: Option<&Arc<str>>) -> Vec<Diagnostic> {
        let opened = self.opener.open_traced(&snapshot.sources, file);
        let mut made = make(&opened, route, &snapshot.sources);
        // Of a page that could not be made there is nothing to be seen.
        if !has_error(&made.diagnostics) {
            made.diagnostics.extend(inspect(&opened, &made.value, &snapshot.sources).diagnostics);
            sort(&mut made.diagnostics);
        }
        made.diagnostics
    }

    /// Returns what is at an address at which nothing is.
    fn nothing(&self, snapshot: &Snapshot) -> Found {
        let missing = Route::new("/404.html");
        let page = snapshot.opened.has(&missing).then(|| self.make(snapshot, &missing).bytes);
        Found::Nothing(with_script(&page.unwrap_or_default(), snapshot.version))
    }

    /// Returns the route of a path of the server, and whether it is written as an address is.
    fn route(&self, snapshot: &Snapshot, path: &str) -> Option<(Route, bool)> {
        let inner = path.strip_prefix(&self.base).filter(|it| it.starts_with('/'))?;
        let inner = inner.strip_suffix("index.html").unwrap_or(inner);
        let route = Route::parse(inner)?;
        let is_there = |it: &Route| snapshot.opened.has(it);
        if is_there(&route) && route.as_str() == inner {
            return Some((route, true));
        }
        let folder = Route::parse(&format!("{inner}/"))?;
        if is_there(&folder) { Some((folder, false)) } else { None }
    }
}

impl Site for Preview {
    fn find(&self, path: &str) -> Found {
        let snapshot = self.now();
        if path == "/" && !self.base.is_empty() {
            return Found::Elsewhere(format!("{}/", self.base));
        }
        match self.route(&snapshot, path) {
            Some((route, true)) => {
                let Shown { bytes, file, .. } = self.make(&snapshot, &route);
                if let Some(file) = file {
                    let opened = disk::open(&self.root, &file);
                    return opened.map_or_else(|_| self.nothing(&snapshot), |it| Found::File(it.0, it.1));
                }
                let is_page = route.file().ends_with(".html");
                Found::Bytes(if is_page { with_script(&bytes, snapshot.version) } else { bytes.to_vec() })
            }
            Some((route, false)) => Found::Elsewhere(format!("{}{}", self.base, route.as_str())),
            None => self.nothing(&snapshot),
        }
    }

    fn state(&self, path: &str, since: u64, rules: bool) -> String {
        let snapshot = self.now();
        let route = self.route(&snapshot, path).map(|it| it.0);
        let file = route.as_ref().and_then(|it| snapshot.file_at(it));
        let Shown { bytes, file: disk, found, kept } =
            route.as_ref().map_or_else(Shown::default, |it| self.make(&snapshot, it));
        let mut of_page = match &route {
            // What a broken document looks like would be the second word on one mistake.
            Some(route) if rules && !snapshot.is_broken(file) => self.inspect(&snapshot, route, file),
            _ => found,
        };
        of_page.extend(self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone());
        serde_json::json!({
            "hash": match disk {
                Some(file) => disk::open(&self.root, &file).map_or_else(|_| String::new(), |it| stamp(&it.1)),
                None => hash_of(&bytes),
            },
            "version": snapshot.version,
            "styles": snapshot.styles > since,
            "kept": kept,
            "faults": panel::faults(&of_page, file, &snapshot),
        })
        .to_string()
    }
}

fn has_error(found: &[Diagnostic]) -> bool {
    found.iter().any(|it| it.severity == Severity::Error)
}

/// Returns what stands for the bytes of a page; nothing for a page that is not there.
fn hash_of(bytes: &[u8]) -> String {
    if bytes.is_empty() { String::new() } else { hash(bytes) }
}

/// Adds the script that keeps the page as its source is.
fn with_script(bytes: &[u8], version: u64) -> Vec<u8> {
    let hash = hash_of(bytes);
    let script = format!("<script src=\"/_folio/live.js\" data-hash=\"{hash}\" data-version=\"{version}\"></script>\n");
    let end = b"</body>";
    let at = bytes.windows(end.len()).rposition(|it| it == end).unwrap_or(bytes.len());
    [&bytes[..at], script.as_bytes(), &bytes[at..]].concat()
}
