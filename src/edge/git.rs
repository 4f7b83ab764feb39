//! What git knows of the site's folder.
#![expect(clippy::disallowed_methods, reason = "this is where git is run")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the files under `root` that differ from `revision`, or are not known to git; `/`-separated paths from `root`.
///
/// Files that were removed are among them. What `.gitignore` names is not.
///
/// # Errors
/// Where git can't be run; where it does not know `revision`, or `root` is in no repository: then in git's own words.
pub fn changed(root: &Path, revision: &str) -> io::Result<BTreeSet<String>> {
    let differing = ["diff", "--name-only", "-z", "--relative", "--no-renames", "--end-of-options", revision, "--"];
    let unknown = ["ls-files", "--others", "--exclude-standard", "-z"];
    let mut files = git(root, &differing)?;
    files.extend(git(root, &unknown)?);
    Ok(files)
}

fn git(root: &Path, arguments: &[&str]) -> io::Result<BTreeSet<String>> {
    let made = Command::new("git").arg("-C").arg(root).args(arguments).output();
    let made = made.map_err(|it| io::Error::new(it.kind(), format!("can't run git: {it}")))?;
    if !made.status.success() {
        let words = String::from_utf8_lossy(&made.stderr).trim().to_owned();
        return Err(io::Error::other(format!("git says: {}", words.lines().next().unwrap_or("nothing"))));
    }
    let names = made.stdout.split(|it| *it == 0).filter(|it| !it.is_empty());
    Ok(names.map(|it| String::from_utf8_lossy(it).into_owned()).collect())
}

/// Returns the way from the top of the repository to `root`, `/`-separated with `/` at its end; empty where `root` is the top,
/// or in no repository.
pub fn prefix(root: &Path) -> String {
    let Ok(home) = root.canonicalize() else { return String::new() };
    let Some(top) = home.ancestors().find(|it| it.join(".git").exists()).map(PathBuf::from) else {
        return String::new();
    };
    let inner = home.strip_prefix(&top).unwrap_or(Path::new(""));
    inner.iter().map(OsStr::to_string_lossy).map(|it| format!("{it}/")).collect()
}
