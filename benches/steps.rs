//! Times the steps of a build, each by itself: see README.md beside it.

mod corpus;

use std::sync::{Arc, Barrier, LazyLock};
use std::thread::{self, JoinHandle};

use divan::Bencher;
use folio::edge::embedded;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::Checked;
use folio::model::source::{Source, Sources};
use folio::{Memo, Opened};
use jiff::tz::TimeZone;

const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    divan::main();
}

/// A site in memory, and what was read of it.
struct Project {
    sources: Sources,
    memo: Memo,
    opened: Opened,
}

impl Project {
    fn of(documents: usize) -> Project {
        let mut sources = Sources::default();
        embedded::civic(&mut sources);
        for (path, text) in corpus::files(documents) {
            sources.add(Source::new(path, text.into_bytes()));
        }
        let memo = Memo::default();
        let opened = open(&sources, &memo, &|_| ());
        assert!(opened.diagnostics.is_empty(), "the made-up site has faults: {:?}", opened.diagnostics.first());
        Project { sources, memo, opened: opened.value }
    }
}

static SMALL: LazyLock<Project> = LazyLock::new(|| Project::of(SIZES[0]));
static LARGE: LazyLock<Project> = LazyLock::new(|| Project::of(SIZES[1]));

fn project(documents: usize) -> &'static Project {
    if documents == SIZES[0] { &SMALL } else { &LARGE }
}

fn open(sources: &Sources, memo: &Memo, end_of: &dyn Fn(&'static str)) -> Checked<Opened> {
    let now = TimeZone::UTC.to_timestamp(corpus::TODAY.at(0, 0, 0, 0)).expect("UTC has every moment");
    let options = Options { now, drafts: false, future: false, trace: Trace::Off, forms: false, base_url: None };
    folio::open_step_by_step(sources, "site.toml", options, memo, end_of)
}

/// All before the first page, of a site that was never read.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn open_unread(bencher: Bencher, documents: usize) {
    let Project { sources, .. } = project(documents);
    bencher.with_inputs(Memo::default).bench_local_refs(|memo| open(sources, memo, &|_| ()));
}

/// All before the first page, where every document is remembered: what `folio serve` does after each save.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn open_remembered(bencher: Bencher, documents: usize) {
    let Project { sources, memo, .. } = project(documents);
    bencher.bench_local(|| open(sources, memo, &|_| ()));
}

/// The step of [`open_remembered`] that makes documents into a site.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn gather(bencher: Bencher, documents: usize) {
    let project = project(documents);
    bencher.with_inputs(|| Gathering::of(project)).bench_local_refs(Gathering::go_on);
}

/// A site that is being opened on another thread, which waits before it gathers: a benchmark times a whole function, and this
/// step is a part of one.
struct Gathering {
    gate: Arc<Barrier>,
    thread: Option<JoinHandle<()>>,
}

impl Gathering {
    fn of(project: &'static Project) -> Gathering {
        let gate = Arc::new(Barrier::new(2));
        let theirs = gate.clone();
        let thread = thread::spawn(move || {
            open(&project.sources, &project.memo, &|step| match step {
                "read the documents" => {
                    theirs.wait();
                    theirs.wait();
                }
                "gather the site" => {
                    theirs.wait();
                }
                _ => {}
            });
        });
        gate.wait();
        Gathering { gate, thread: Some(thread) }
    }

    fn go_on(&mut self) {
        self.gate.wait();
        self.gate.wait();
    }
}

impl Drop for Gathering {
    /// Waits, so that the rest of opening is not done while the next is timed.
    fn drop(&mut self) {
        self.thread.take().map(JoinHandle::join);
    }
}

/// The first page or file of 1,000 documents whose address begins so: a post, an evaluation, a list, a term, the archive, a feed.
/// What many pages show was made before.
#[divan::bench(args = ["/blog/how-", "/evaluations/did-", "/blog/page/2/", "/topics/housing-", "/archive/", "/feed.xml"])]
fn make(bencher: Bencher, address: &str) {
    let Project { sources, opened, .. } = project(SIZES[0]);
    let route = opened.routes().into_iter().find(|it| it.as_str().starts_with(address));
    let route = route.expect("the made-up site has it");
    bencher.bench_local(|| folio::make(opened, route, sources));
}
