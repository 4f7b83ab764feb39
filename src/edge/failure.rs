//! The world's faults, with what was being done and the path in their text.

use std::io;
use std::path::Path;

/// Returns what makes of a system's error one that says so: ``can't write `public/x`: No space left on device``.
pub(super) fn cannot(doing: &str, path: &Path) -> impl FnOnce(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("can't {doing} `{}`: {}", path.display(), reason(&error)))
}

/// Returns the system's words, without the number that it puts after them.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}
