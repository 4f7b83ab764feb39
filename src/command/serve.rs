//! `folio serve`: the site at this machine, each page made when it is looked at, and made again when its source is saved.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use folio::edge::serve::{Found, Live, Server, Site};
use folio::edge::watch::Watch;
use folio::edge::{clock, disk, embedded, serve};
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Diagnostic, Severity};
use folio::model::page::OutputBytes;
use folio::model::route::Route;
use folio::model::source::Sources;
use folio::{Memo, Opened, inspect, make, open, sort};
use serde::Serialize;

use super::{Stop, build};
use crate::Global;

/// What is asked of a server.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The port; if it is taken, the next free one
    #[arg(short, long, default_value_t = 1111)]
    port: u16,
    /// The interface: 127.0.0.1 is this machine alone, 0.0.0.0 everybody in the network
    #[arg(short, long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    interface: IpAddr,
    /// Open the site in the browser
    #[arg(short = 'O', long)]
    open: bool,
    /// Lead the browser to the page that was saved
    #[arg(long)]
    follow: bool,
    /// Show what readers will see: no drafts, nothing of the future
    #[arg(long)]
    published: bool,
    /// Look at the folder again and again, for drives that do not tell of changes
    #[arg(long)]
    poll: bool,
}

/// A site as it was at one moment. Requests under way keep the one that they began with.
struct Snapshot {
    /// Its number, from 1.
    version: u64,
    /// The version in which a style sheet last changed.
    styles: u64,
    sources: Sources,
    opened: Opened,
    found: Vec<Diagnostic>,
}

struct Preview {
    /// The name of the settings.
    config: String,
    options: Options,
    memo: Arc<Memo>,
    now: RwLock<Arc<Snapshot>>,
    /// The pages that were looked at last.
    known: Mutex<HashMap<Route, Known>>,
    /// The path of the base address.
    base: String,
}

/// A page that was looked at.
struct Known {
    /// The version of the site that it is of.
    version: u64,
    shown: Shown,
    /// Its last good bytes, for when it can't be made.
    good: Option<Arc<[u8]>>,
}

/// How many pages are known at most.
const KNOWN: usize = 500;

/// Serves the site until Ctrl-C.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> Result<(), Stop> {
    let watch = clock::start();
    let server = Server::listen(arguments.interface, arguments.port)?;
    let options = global.options()?;
    let base = base(global, &options)?;
    let host = match server.address.ip() {
        it if it.is_loopback() => "localhost".to_owned(),
        IpAddr::V6(it) => format!("[{it}]"),
        it => it.to_string(),
    };
    let address = format!("http://{host}:{}{base}/", server.address.port());
    let options = Options {
        drafts: global.drafts || !arguments.published,
        future: global.future || !arguments.published,
        forms: true,
        base_url: Some(address.clone()),
        ..options
    };
    let (memo, mut known) = (Arc::new(Memo::default()), disk::Known::default());
    let read = sources(global, &mut known, &BTreeSet::new())?;
    let is_sound = read.1.is_empty();
    let first = Arc::new(snapshot(global, &options, &memo, read, (1, 1)));
    if is_sound {
        known.keep(&first.sources);
    }
    let preview = Arc::new(Preview {
        config: global.config.clone(),
        options: options.clone(),
        memo: memo.clone(),
        now: RwLock::new(first.clone()),
        known: Mutex::default(),
        base,
    });
    let (mut watcher, word) = Watch::of(&global.root, arguments.poll)?;
    word.iter().try_for_each(|it| global.say(it))?;
    tell(global, &first)?;
    let time = build::seconds(watch.elapsed());
    if arguments.port != 0 && server.address.port() != arguments.port {
        global.say(&format!("port {} is taken", arguments.port))?;
    }
    global
        .say(&format!("{address} shows {}, ready in {time}; Ctrl-C ends it", build::documents(&first.opened.site)))?;
    if arguments.open {
        serve::open(&address);
    }
    let live = Arc::new(Live::default());
    let (told, shown, global, follow) = (live.clone(), preview.clone(), global.clone(), arguments.follow);
    std::thread::spawn(move || {
        loop {
            let paths = watcher.wait();
            let watch = clock::start();
            // A folder that is gone for a moment comes back; until then the site stays as it was.
            let Ok(read) = sources(&global, &mut known, &paths) else { continue };
            let before = shown.now();
            let changed = changed(&global.root, &before.sources, &read.0, &paths);
            let is_sound = read.1.is_empty();
            if changed.is_empty() {
                if is_sound {
                    known.keep(&read.0);
                }
                continue;
            }
            let version = before.version + 1;
            let styles = if changed.iter().any(|it| it.ends_with(".css")) { version } else { before.styles };
            let fresh = Arc::new(snapshot(&global, &options, &memo, read, (version, styles)));
            *shown.now.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
            let to = if follow { address_of(&fresh, &changed) } else { None };
            told.tell(to.as_deref());
            let _ = global.say(&line(&changed, fresh.opened.read, &build::seconds(watch.elapsed())));
            if before.found != fresh.found {
                let _ = tell(&global, &fresh);
            }
            if is_sound {
                known.keep(&fresh.sources);
            }
        }
    });
    server.run(preview, live).map_err(Stop::World)
}

/// Returns the path of the base address, without a slash at its end.
fn base(global: &Global, options: &Options) -> Result<String, Stop> {
    let settings = disk::settings_only(&global.root, Path::new(&global.config));
    let path = settings.ok().map(|it| folio::settings(&it, options.clone()).value.base_path);
    Ok(path.map_or_else(String::new, |it| it.to_string()))
}

/// Reads what is not known yet.
fn sources(
    global: &Global,
    known: &mut disk::Known,
    changed: &BTreeSet<PathBuf>,
) -> Result<(Sources, Vec<Diagnostic>), Stop> {
    let read = disk::read_again(&global.root, Path::new(&global.config), &global.output(), known, changed)?;
    let mut sources = read.value;
    embedded::civic(&mut sources);
    Ok((sources, read.diagnostics))
}

fn snapshot(
    global: &Global,
    options: &Options,
    memo: &Memo,
    (sources, mut found): (Sources, Vec<Diagnostic>),
    (version, styles): (u64, u64),
) -> Snapshot {
    let opened = open(&sources, &global.config, options.clone(), memo);
    found.extend(opened.diagnostics);
    sort(&mut found);
    Snapshot { version, styles, sources, opened: opened.value, found }
}

/// Returns the files that differ, in order.
fn changed(root: &Path, before: &Sources, after: &Sources, told: &BTreeSet<PathBuf>) -> Vec<String> {
    let mut all = BTreeSet::new();
    differing(&before.texts, &after.texts, &mut all);
    differing(&before.assets, &after.assets, &mut all);
    // The bytes of a picture are not here: one of the same size differs where the system says so.
    let told =
        told.iter().filter_map(|it| it.strip_prefix(root).ok()?.to_str().map(|it| it.replace(MAIN_SEPARATOR, "/")));
    all.extend(told.filter(|it| after.assets.contains_key(it.as_str())));
    all.into_iter().collect()
}

/// Adds the keys under which two maps differ, which are gone through side by side: most often they have the same keys.
fn differing<T: PartialEq>(before: &BTreeMap<Arc<str>, T>, after: &BTreeMap<Arc<str>, T>, all: &mut BTreeSet<String>) {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some((one, _)), Some((other, _))) if Arc::ptr_eq(one, other) => Ordering::Equal,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let one = if order.is_le() { before.next() } else { None };
        let other = if order.is_ge() { after.next() } else { None };
        if one.map(|it| it.1) != other.map(|it| it.1) {
            all.extend(one.or(other).map(|it| it.0.to_string()));
        }
    }
}

/// Returns `content/a.md changed: 1 document read again, 12 ms`.
fn line(changed: &[String], read: usize, time: &str) -> String {
    let what = match changed {
        [one] => one.clone(),
        many => format!("{} files", many.len()),
    };
    match read {
        0 => format!("{what} changed: {time}"),
        1 => format!("{what} changed: 1 document read again, {time}"),
        many => format!("{what} changed: {many} documents read again, {time}"),
    }
}

/// Returns the address of the one document that changed.
fn address_of(snapshot: &Snapshot, changed: &[String]) -> Option<String> {
    let [path] = changed else { return None };
    let site = &snapshot.opened.site;
    let found = site.at_path(path)?;
    Some(site.href(site.route_of(found)?))
}

/// Tells the faults; a server goes on all the same.
fn tell(global: &Global, snapshot: &Snapshot) -> Result<(), Stop> {
    match global.tell_beside(&snapshot.found, &snapshot.sources) {
        Err(Stop::Faults) => Ok(()),
        other => other,
    }
}

/// A fault, for the panel of a page.
#[derive(Serialize)]
struct Fault {
    severity: &'static str,
    /// Whether it is one of the page that is looked at.
    own: bool,
    message: String,
    place: Option<String>,
    excerpt: Option<String>,
    help: Option<String>,
}

/// A page as it is shown.
#[derive(Clone, Default)]
struct Shown {
    bytes: Arc<[u8]>,
    /// What is wrong with it, besides what is wrong with the sources.
    found: Vec<Diagnostic>,
    /// It can't be made as its source is, so it is shown as it was.
    kept: bool,
}

impl Preview {
    fn now(&self) -> Arc<Snapshot> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
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
            OutputBytes::Copy(bytes) => {
                let bytes = disk::bytes(&bytes).map_or_else(|_| Arc::default(), |it| it.as_ref().into());
                return Shown { bytes, ..Shown::default() };
            }
        };
        let is_broken = |it: &Diagnostic| it.severity == Severity::Error;
        let site = &snapshot.opened.site;
        let source = site.entry_at(route.as_str()).map(|at| &site.entries[at].document.source.path);
        let of_page = snapshot.found.iter().filter(|it| it.place.as_ref().is_some_and(|it| Some(&it.path) == source));
        let broken = made.diagnostics.iter().any(is_broken) || of_page.into_iter().any(is_broken);
        let mut known = known();
        let last = known.get(route).and_then(|it| it.good.clone());
        let kept = broken && last.is_some();
        let good = if broken { last } else { Some(bytes.clone()) };
        let bytes = if kept { good.clone().unwrap_or_default() } else { bytes };
        let shown = Shown { bytes, found: made.diagnostics, kept };
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(route.clone(), Known { version: snapshot.version, shown: shown.clone(), good });
        shown
    }

    /// Returns what is wrong with a page, as `folio check` tells it. The page is made once more, with places in it; `source` is
    /// its document.
    fn inspect(&self, snapshot: &Snapshot, route: &Route, source: Option<&Arc<str>>) -> Vec<Diagnostic> {
        let options = Options { trace: Trace::One(source.cloned().unwrap_or_default()), ..self.options.clone() };
        let opened = open(&snapshot.sources, &self.config, options, &self.memo).value;
        let mut made = make(&opened, route, &snapshot.sources);
        // Of a page that could not be made there is nothing to be seen.
        if made.diagnostics.iter().all(|it| it.severity != Severity::Error) {
            made.diagnostics.extend(inspect(&opened, &made.value, &snapshot.sources).diagnostics);
        }
        made.diagnostics
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
                let Shown { bytes, .. } = self.make(&snapshot, &route);
                let is_page = route.file().ends_with(".html");
                Found::Bytes(if is_page { with_script(&bytes, snapshot.version) } else { bytes.to_vec() })
            }
            Some((route, false)) => Found::Elsewhere(format!("{}{}", self.base, route.as_str())),
            None => {
                let missing = Route::new("/404.html");
                let page = snapshot.opened.has(&missing).then(|| self.make(&snapshot, &missing).bytes);
                Found::Nothing(with_script(&page.unwrap_or_default(), snapshot.version))
            }
        }
    }

    fn state(&self, path: &str, since: u64, rules: bool) -> String {
        let snapshot = self.now();
        let site = &snapshot.opened.site;
        let route = self.route(&snapshot, path).map(|it| it.0);
        let source = route.as_ref().and_then(|it| site.entry_at(it.as_str()));
        let source = source.map(|at| site.entries[at].document.source.path.clone());
        let Shown { bytes, found, kept } = route.as_ref().map_or_else(Shown::default, |it| self.make(&snapshot, it));
        let is_of_source =
            |it: &Diagnostic| source.is_some() && it.place.as_ref().map(|it| &it.path) == source.as_ref();
        // What a broken document looks like would be the second word on one mistake.
        let is_broken = snapshot.found.iter().any(|it| it.severity == Severity::Error && is_of_source(it));
        let of_page = match &route {
            Some(route) if rules && !is_broken => self.inspect(&snapshot, route, source.as_ref()),
            _ => found,
        };
        let is_own = |it: &Diagnostic| of_page.contains(it) || is_of_source(it);
        let mut all: Vec<(bool, &Diagnostic)> = of_page
            .iter()
            .chain(&snapshot.found)
            .filter(|it| it.severity != Severity::Advice)
            .map(|it| (is_own(it), it))
            .collect();
        // Those of the page first, the worst of them first; the others as they are everywhere.
        all.sort_by_key(|(own, it)| (!own, it.severity));
        all.dedup();
        let faults: Vec<Fault> = all.into_iter().map(|(own, it)| fault(it, own, &snapshot.sources)).collect();
        serde_json::json!({
            "hash": hash(&bytes),
            "version": snapshot.version,
            "styles": snapshot.styles > since,
            "kept": kept,
            "faults": faults,
        })
        .to_string()
    }
}

fn fault(diagnostic: &Diagnostic, own: bool, sources: &Sources) -> Fault {
    let (place, excerpt) = folio::report::excerpt(diagnostic, sources).unzip();
    Fault {
        severity: diagnostic.severity.name(),
        own,
        message: diagnostic.message.clone(),
        place,
        excerpt,
        help: diagnostic.help.clone(),
    }
}

fn hash(bytes: &[u8]) -> String {
    if bytes.is_empty() { String::new() } else { folio::edge::serve::hash(bytes) }
}

/// Adds the script that keeps the page as its source is.
fn with_script(bytes: &[u8], version: u64) -> Vec<u8> {
    let hash = hash(bytes);
    let script = format!("<script src=\"/_folio/live.js\" data-hash=\"{hash}\" data-version=\"{version}\"></script>\n");
    let end = b"</body>";
    let at = bytes.windows(end.len()).rposition(|it| it == end).unwrap_or(bytes.len());
    [&bytes[..at], script.as_bytes(), &bytes[at..]].concat()
}
