//! `folio serve`: the site at this machine, each page made when it is looked at, and made again when its source is saved.

mod changes;
mod difference;
mod folder;
mod panel;
mod preview;
mod snapshot;

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use folio::edge::serve::{Live, Server};
use folio::edge::watch::Watch;
use folio::edge::{clock, serve};
use folio::model::config::Options;
use folio::model::source::Sources;
use folio::{Memo, settings};

use self::changes::Changes;
use self::folder::Folder;
use self::preview::Preview;
use self::snapshot::{Opener, Snapshot};
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

/// Serves the site until Ctrl-C.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> Result<(), Stop> {
    let watch = clock::start();
    let server = Server::listen(arguments.interface, arguments.port)?;
    let mut folder = Folder::of(global);
    let read = folder.read(&BTreeSet::new())?;
    let options = global.options()?;
    let base = base(global, &options, &read);
    let address = format!("http://{}:{}{base}/", host(server.address), server.address.port());
    let options = Options {
        drafts: global.drafts || !arguments.published,
        future: global.future || !arguments.published,
        forms: true,
        base_url: Some(address.clone()),
        ..options
    };
    let opener = Opener { config: global.config.clone(), options, memo: Memo::default() };
    let first = Arc::new(Snapshot::first(&opener, read));
    folder.keep(&first.sources);
    let preview = Arc::new(Preview::of(opener, global.root.clone(), base, first.clone()));
    let (watcher, word) = Watch::of(&global.root, arguments.poll)?;
    word.iter().try_for_each(|it| global.say(it))?;
    first.tell(global)?;
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
    let (global, follow) = (global.clone(), arguments.follow);
    let changes = Changes { global, folder, preview: preview.clone(), live: live.clone(), follow };
    std::thread::spawn(move || changes.show_all(watcher));
    server.run(preview, live).map_err(Stop::World)
}

/// Returns the path of the base address, without a slash at its end.
fn base(global: &Global, options: &Options, sources: &Sources) -> String {
    let source = sources.texts.get(&*global.config);
    source.map_or_else(String::new, |it| settings(it, options.clone()).value.base_path.to_string())
}

/// Returns the name under which a browser of this machine finds the server.
fn host(address: SocketAddr) -> String {
    match address.ip() {
        it if it.is_loopback() => "localhost".to_owned(),
        IpAddr::V6(it) => format!("[{it}]"),
        it => it.to_string(),
    }
}
