//! Folder -> "something changed": waits for the disk, by its own word or by looking again and again.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Editors save in several steps, some of them within moments: the end of a burst is waited for this long.
const QUIET: Duration = Duration::from_millis(3);
/// A burst without an end is looked at all the same.
const MOST: usize = 200;
/// Files in a folder that is new may come before the system watches it, so all is looked at once more.
const AGAIN: Duration = Duration::from_millis(200);
/// How often a folder is looked at that can't tell of changes: a network drive.
const POLL: Duration = Duration::from_millis(500);

/// Watches a folder.
#[derive(Debug)]
pub struct Watch {
    /// The folder as it was given, and in full: the system tells of the latter.
    root: (PathBuf, PathBuf),
    /// `None` where the folder is looked at again and again.
    watcher: Option<(RecommendedWatcher, Receiver<notify::Result<notify::Event>>)>,
    /// Where the last change may have more to come.
    unsettled: bool,
}

impl Watch {
    /// Watches `root` and all in it; by looking again and again where `poll` is set, or where the system can't watch so much,
    /// with what it said then.
    ///
    /// # Errors
    /// Where the folder is not there.
    pub fn of(root: &Path, poll: bool) -> io::Result<(Watch, Option<String>)> {
        let root = (root.to_owned(), std::path::absolute(root)?);
        if poll {
            return Ok((Watch { root, watcher: None, unsettled: false }, None));
        }
        let (sender, receiver) = channel();
        let watched = notify::recommended_watcher(sender)
            .and_then(|mut watcher| watcher.watch(&root.1, RecursiveMode::Recursive).map(|()| watcher));
        match watched {
            Ok(watcher) => Ok((Watch { root, watcher: Some((watcher, receiver)), unsettled: false }, None)),
            Err(error) => {
                let word = format!("the system can't watch the folder ({error}), so it is looked at twice a second");
                Ok((Watch { root, watcher: None, unsettled: false }, Some(word)))
            }
        }
    }

    /// Waits until something may have changed, and returns the paths that are known of; none where all must be looked at.
    pub fn wait(&mut self) -> BTreeSet<PathBuf> {
        let Some((_, receiver)) = &self.watcher else {
            std::thread::sleep(POLL);
            return BTreeSet::new();
        };
        let mut changed = BTreeSet::new();
        loop {
            let first = match self.unsettled {
                true => match receiver.recv_timeout(AGAIN) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => {
                        self.unsettled = false;
                        return BTreeSet::new();
                    }
                    Err(RecvTimeoutError::Disconnected) => return self.look(),
                },
                false => match receiver.recv() {
                    Ok(event) => event,
                    Err(_) => return self.look(),
                },
            };
            let mut last = take(first, &mut changed);
            if last == Change::None {
                continue;
            }
            for _ in 0..MOST {
                match receiver.recv_timeout(QUIET) {
                    Ok(event) => last = last.max(take(event, &mut changed)),
                    Err(_) => break,
                }
            }
            self.unsettled |= last == Change::Names;
            let (given, full) = &self.root;
            return changed
                .into_iter()
                .map(|it| it.strip_prefix(full).map(|it| given.join(it)).unwrap_or(it))
                .collect();
        }
    }

    /// The system does not tell any more.
    fn look(&mut self) -> BTreeSet<PathBuf> {
        self.watcher = None;
        BTreeSet::new()
    }
}

/// What an event tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Our own reading.
    None,
    /// A file holds something else.
    Data,
    /// Something came, went or has another name; or the system does not know what.
    Names,
}

/// Takes the paths of an event. Where the system does not know what happened, everything is looked at.
fn take(event: notify::Result<notify::Event>, changed: &mut BTreeSet<PathBuf>) -> Change {
    match event {
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => Change::None,
        Ok(event) => {
            let lost = event.need_rescan();
            let kind = event.kind;
            changed.extend(event.paths);
            match kind {
                EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) if !lost => Change::Data,
                _ => Change::Names,
            }
        }
        Err(_) => Change::Names,
    }
}
