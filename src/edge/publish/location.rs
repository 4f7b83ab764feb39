//! Where the output may be: not where sources are.
#![expect(clippy::disallowed_methods, reason = "links are resolved to see where a folder is")]

use std::io;
use std::path::{Component, Path, PathBuf, absolute};

use crate::edge::failure::cannot;
use crate::edge::layout::FOLDERS;

/// Refuses an output that would hold sources, or lie among them.
///
/// # Errors
/// Says which.
pub(super) fn check(root: &Path, output: &Path) -> io::Result<()> {
    let (home, place) = (resolve(root)?, resolve(output)?);
    if home.starts_with(&place) {
        return Err(refused(output, "it holds the sources of the site"));
    }
    for name in FOLDERS {
        let folder = resolve(&root.join(name))?;
        if place.starts_with(&folder) {
            return Err(refused(output, &format!("it is in `{name}`, which holds sources")));
        }
        if folder.starts_with(&place) {
            return Err(refused(output, &format!("it holds the sources of `{name}`")));
        }
    }
    Ok(())
}

fn refused(output: &Path, why: &str) -> io::Error {
    cannot("publish into", output)(io::Error::new(io::ErrorKind::InvalidInput, why))
}

/// Returns the path without links and `..`, also where its end does not exist yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in absolute(path).map_err(cannot("find", path))?.components() {
        match part {
            Component::ParentDir => _ = resolved.pop(),
            Component::Normal(name) => {
                resolved.push(name);
                resolved = resolved.canonicalize().unwrap_or(resolved);
            }
            _ => resolved.push(part),
        }
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Asks for the output at `output` of a site at `site/`; `expected` is a word of why not.
    #[track_caller]
    fn check(output: &str, expected: Option<&str>) {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("site");
        fs::create_dir_all(root.join("content/posts")).unwrap();
        fs::create_dir_all(home.path().join("elsewhere/themes")).unwrap();
        #[cfg(unix)]
        for (link, target) in [("themes", "../elsewhere/themes"), ("link", "content/posts"), ("out", "../elsewhere")] {
            std::os::unix::fs::symlink(target, root.join(link)).unwrap();
        }
        let found = super::check(&root, &root.join(output)).map_err(|it| (it.kind(), it.to_string()));
        match (&found, expected) {
            (Ok(()), None) => {}
            (Err((io::ErrorKind::InvalidInput, text)), Some(word)) => assert!(text.contains(word), "{text}"),
            _ => panic!("{output}: {found:?}"),
        }
    }

    #[test]
    fn outputs() {
        check("public", None);
        check("../public", None);
        check("contents", None);
        check("", Some("holds the sources of the site"));
        check(".", Some("holds the sources of the site"));
        check("public/..", Some("holds the sources of the site"));
        check("..", Some("holds the sources of the site"));
        check("content", Some("in `content`"));
        check("content/posts/out", Some("in `content`"));
        check("not/there/../../static/out", Some("in `static`"));
        check("themes/civic/static", Some("in `themes`"));
    }

    #[cfg(unix)]
    #[test]
    fn outputs_behind_links() {
        check("link/out", Some("in `content`"));
        check("../elsewhere/themes/out", Some("in `themes`"));
        check("out", Some("holds the sources of `themes`"));
    }
}
