//! The folder of the site -> Sources, again and again.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use folio::edge::{disk, embedded};
use folio::model::source::Sources;

use crate::Global;

/// The folder, and what was read of it.
pub(super) struct Folder {
    root: PathBuf,
    config: String,
    output: PathBuf,
    known: disk::Known,
    /// Whether all of it could be read the last time.
    is_sound: bool,
}

impl Folder {
    pub(super) fn of(global: &Global) -> Folder {
        let (root, config, output) = (global.root.clone(), global.config.clone(), global.output());
        Folder { root, config, output, known: disk::Known::default(), is_sound: false }
    }

    /// Reads what is not known yet, and the paths in `changed`.
    pub(super) fn read(&mut self, changed: &BTreeSet<PathBuf>) -> io::Result<Sources> {
        let Folder { root, config, output, known, .. } = self;
        let mut read = disk::read_again(root, Path::new(config), output, known, changed)?;
        embedded::civic(&mut read);
        self.is_sound = read.found.is_empty();
        Ok(read)
    }

    /// Takes note of what was read last, once it is shown: that takes its time. Where something could not be read, it will be
    /// looked at anew.
    pub(super) fn keep(&mut self, sources: &Sources) {
        if self.is_sound {
            self.known.keep(sources);
        }
    }
}
