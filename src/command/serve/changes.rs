//! Saved files -> pages on the screen.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use folio::edge::clock;
use folio::edge::serve::Live;
use folio::edge::watch::Watch;

use super::difference::changed;
use super::folder::Folder;
use super::preview::Preview;
use super::snapshot::Snapshot;
use crate::Global;
use crate::command::build;

/// What shows changes as they come.
pub(super) struct Changes {
    pub(super) global: Global,
    pub(super) folder: Folder,
    pub(super) preview: Arc<Preview>,
    pub(super) live: Arc<Live>,
    /// Whether the browser is led to what was saved.
    pub(super) follow: bool,
}

impl Changes {
    /// Shows every change, for ever.
    pub(super) fn show_all(mut self, mut watcher: Watch) {
        loop {
            self.show(&watcher.wait());
        }
    }

    /// Shows what is different; `told` are the paths that the system told of.
    fn show(&mut self, told: &BTreeSet<PathBuf>) {
        let watch = clock::start();
        // A folder that is gone for a moment comes back; until then the site stays as it was.
        let Ok(read) = self.folder.read(told) else { return };
        let before = self.preview.now();
        let changed = changed(&self.global.root, &before.sources, &read, told);
        if changed.is_empty() && before.sources.found == read.found {
            self.folder.keep(&read);
            return;
        }
        let fresh = Arc::new(before.next(&self.preview.opener, read, &changed));
        self.preview.show(fresh.clone());
        let to = if self.follow { address_of(&fresh, &changed) } else { None };
        self.live.tell(to.as_deref());
        // Where nobody reads what is said, the site is served all the same.
        let _ = self.global.say(&line(&changed, fresh.opened.read, &build::seconds(watch.elapsed())));
        if before.found != fresh.found {
            let _ = fresh.tell(&self.global);
        }
        self.folder.keep(&fresh.sources);
    }
}

/// Returns the address of the one document that changed.
fn address_of(snapshot: &Snapshot, changed: &[String]) -> Option<String> {
    let [path] = changed else { return None };
    let site = &snapshot.opened.site;
    let found = site.at_path(path)?;
    Some(site.href(site.route_of(found)?))
}

/// Returns `content/a.md changed: 1 document read again, 12 ms`.
fn line(changed: &[String], read: usize, time: &str) -> String {
    let what = match changed {
        [] => "the folder".to_owned(),
        [one] => one.clone(),
        many => format!("{} files", many.len()),
    };
    match read {
        0 => format!("{what} changed: {time}"),
        1 => format!("{what} changed: 1 document read again, {time}"),
        many => format!("{what} changed: {many} documents read again, {time}"),
    }
}
