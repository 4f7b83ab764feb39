//! Saved files -> pages on the screen.

use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;

use folio::edge::clock;
use folio::edge::serve::Live;
use folio::edge::watch::Watch;
use folio::model::diagnostic::Diagnostic;

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
            let told = watcher.wait();
            self.survive(|it| it.show(&told));
        }
    }

    /// Does `work`. Where Folio itself fails at it, that is told, the site stays as it was, and the next change is shown again.
    fn survive(&mut self, work: impl FnOnce(&mut Changes)) {
        let failure = panic::catch_unwind(AssertUnwindSafe(|| work(self))).err().map(|said| {
            let text = said.downcast_ref::<&str>().copied().map(str::to_owned);
            let text = text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_default();
            let message = format!("Folio failed at showing what was saved: {text}");
            let help = "this is a fault of Folio's: please report it to those who make Folio, with this message. The site is shown as it was before; take out what you wrote last";
            Diagnostic::error("internal-error", None, message).help(help)
        });
        if let Some(failure) = &failure {
            // What was read half is read anew.
            self.folder = Folder::of(&self.global);
            // Where nobody reads what is said, the page tells it.
            let _ = self.global.tell_beside(std::slice::from_ref(failure), &self.preview.now().sources);
        }
        if self.preview.fail(failure) {
            self.live.tell(None);
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make a folder on the disk")]
mod tests {
    use std::fs;

    use clap::Parser;
    use folio::Memo;
    use folio::edge::serve::Site;

    use super::*;
    use crate::Cli;
    use crate::command::serve::snapshot::Opener;

    #[test]
    fn after_a_fault_of_its_own_the_next_change_is_shown() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("content")).unwrap();
        fs::write(home.path().join("site.toml"), "[site]\ntitle = \"Site\"\nbase_url = \"https://example.org/\"\n")
            .unwrap();
        fs::write(home.path().join("content/index.md"), "---\ntitle: Home\n---\n\nBefore.\n").unwrap();
        let root = home.path().to_str().unwrap();
        let global = Cli::parse_from(["folio", "-q", "-r", root, "--now", "2024-02-01", "clean"]).global;
        let mut folder = Folder::of(&global);
        let read = folder.read(&BTreeSet::new()).unwrap();
        let opener =
            Opener { config: global.config.clone(), options: global.options().ok().unwrap(), memo: Memo::default() };
        let first = Arc::new(Snapshot::first(&opener, read));
        folder.keep(&first.sources);
        let preview = Arc::new(Preview::of(opener, global.root.clone(), String::new(), first));
        let live = Arc::new(Live::default());
        let mut changes = Changes { global, folder, preview: preview.clone(), live, follow: false };

        fs::write(home.path().join("content/index.md"), "---\ntitle: Home\n---\n\nAfter.\n").unwrap();
        let told = BTreeSet::from([home.path().join("content/index.md")]);
        changes.survive(|_| panic!("out of range"));
        let state = preview.state("/", 0, false);
        assert!(state.contains("Folio failed at showing what was saved: out of range"), "{state}");
        changes.survive(|it| it.show(&told));
        let state = preview.state("/", 0, false);
        assert!(!state.contains("Folio failed"), "{state}");
        assert!(preview.now().sources.texts["content/index.md"].text.contains("After."));
    }
}
