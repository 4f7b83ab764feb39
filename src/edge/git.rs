//! What git knows of the site's folder.
//!
//! The settings of a repository name programs that git runs: hooks, filters, monitors, ways to other machines. Whoever made the
//! repository chose them, so git is run in such a way that it runs none of them.
#![expect(clippy::disallowed_methods, reason = "this is where git is run")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings that take the place of those of the repository.
const SETTINGS: [&str; 6] = [
    // A program that is asked which files changed.
    "core.fsmonitor=false",
    // A folder in the checkout that looks like a repository itself has settings that anybody may have committed.
    "safe.bareRepository=explicit",
    "core.hooksPath=/dev/null",
    // Ways to another machine, where objects are missing here.
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.pager=false",
];

/// What keeps git from asking other machines, writing the index, and waiting for an answer.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_LITERAL_PATHSPECS", "1"),
];

/// Variables that stay: where the settings of the machine are, which say what repositories it trusts.
const KEPT: [&str; 4] = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES"];

/// Returns the files under `root` that differ from `revision`, or are not known to git; `/`-separated paths from `root`.
///
/// Files that were removed are among them. What `.gitignore` names is not.
///
/// # Errors
/// Where git can't be run; where it does not know `revision`, or `root` is in no repository: then in git's own words.
pub fn changed(root: &Path, revision: &str) -> io::Result<BTreeSet<String>> {
    // This says why, where git will not work here.
    git(root, &[], &["rev-parse", "--git-dir"]).map_err(Said::into_error)?;
    let filters = git(root, &[], &["config", "-z", "--name-only", "--get-regexp", "^filter\\."]);
    let filters: Vec<String> = match filters {
        Ok(names) => names.iter().filter_map(|it| Some(it.rsplit_once('.')?.0.to_owned())).collect(),
        Err(Said::Nothing) => Vec::new(),
        Err(Said::Error(error)) => return Err(error),
    };
    // A filter without a program passes a file on as it is.
    let parts = ["clean", "process", "smudge", "required"];
    let settings: Vec<(String, &str)> = filters
        .iter()
        .flat_map(|filter| parts.map(|it| (format!("{filter}.{it}"), if it == "required" { "false" } else { "" })))
        .collect();
    let run = |arguments: &[&str]| git(root, &settings, arguments).map_err(Said::into_error);

    let unknown = |_| io::Error::other(format!("git knows no commit, branch or tag `{revision}`"));
    let asked = format!("{revision}^{{commit}}");
    let commit = run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked]).map_err(unknown)?;
    let commit = commit.first().map(|it| it.trim()).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
    let commit = commit.ok_or(()).map_err(|()| unknown(io::Error::other("")))?;

    let flags = ["--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv"];
    let differing = [&["diff"], &flags[..], &["--ignore-submodules=all", "--end-of-options", commit, "--"]].concat();
    let others = ["ls-files", "--others", "--exclude-standard", "-z"];
    Ok(run(&differing)?.into_iter().chain(run(&others)?).collect())
}

/// Why git returned no names.
enum Said {
    /// It found none.
    Nothing,
    Error(io::Error),
}

impl Said {
    fn into_error(self) -> io::Error {
        match self {
            Said::Nothing => io::Error::other("git says nothing"),
            Said::Error(error) => error,
        }
    }
}

/// Runs git in `root`, and returns the names that it prints. `settings` are names and values.
fn git(root: &Path, settings: &[(String, &str)], arguments: &[&str]) -> Result<Vec<String>, Said> {
    let mut command = Command::new("git");
    let foreign = std::env::vars_os().map(|it| it.0).filter(|it| it.to_string_lossy().starts_with("GIT_"));
    foreign.filter(|it| !KEPT.iter().any(|kept| it == kept)).for_each(|it| _ = command.env_remove(it));
    command.envs(ENVIRONMENT).arg("-C").arg(root).arg("--no-pager");
    SETTINGS.iter().for_each(|it| _ = command.args(["-c", it]));
    // By the environment, as the name of a filter may hold `=`.
    command.env("GIT_CONFIG_COUNT", settings.len().to_string());
    for (position, (name, value)) in settings.iter().enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{position}"), name).env(format!("GIT_CONFIG_VALUE_{position}"), value);
    }
    let made = command.args(arguments).output();
    let made = made.map_err(|it| Said::Error(io::Error::new(it.kind(), format!("can't run git: {it}"))))?;
    let words = String::from_utf8_lossy(&made.stderr).trim().to_owned();
    match words.lines().next() {
        _ if made.status.success() => {}
        None => return Err(Said::Nothing),
        Some(line) => return Err(Said::Error(io::Error::other(format!("git says: {line}")))),
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
