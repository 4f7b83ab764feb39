//! What may have been meant by the name of a file that is not there.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::near::Near;
use crate::model::source::Sources;

type Map<'a, Key, Value> = HashMap<Key, Value, rapidhash::fast::RandomState>;

/// The files of `content/`, by the ways in which names are mistaken.
pub(super) struct Files<'a> {
    /// By path in small letters.
    lower: Map<'a, String, &'a str>,
    folders: Map<'a, &'a str, Folder<'a>>,
    near_folders: OnceLock<Near<'a>>,
    /// By name: the path, where no other has that name.
    names: Map<'a, &'a str, Option<&'a str>>,
}

/// The files of one folder.
#[derive(Default)]
struct Folder<'a> {
    /// The names, in order.
    names: Vec<&'a str>,
    near: OnceLock<Near<'a>>,
    /// The names without their days.
    near_undated: OnceLock<Near<'a>>,
}

/// What may have been meant.
pub(super) struct Nearest<'a> {
    /// The same path with other small and capital letters.
    pub(super) recased: Option<&'a str>,
    /// What to do.
    pub(super) help: String,
}

impl<'a> Files<'a> {
    /// Sorts the files; worth it only where a file is missing.
    pub(super) fn of(sources: &'a Sources) -> Files<'a> {
        let (lower, folders, names) = (Map::default(), Map::default(), Map::default());
        let mut files = Files { lower, folders, near_folders: OnceLock::new(), names };
        let texts = sources.texts_in("content/").map(|it| &*it.path);
        for path in texts.chain(sources.assets_in("content/").map(|it| &*it.path)) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            files.lower.entry(path.to_lowercase()).or_insert(path);
            files.folders.entry(folder).or_default().names.push(name);
            files.names.entry(name).and_modify(|it| *it = None).or_insert(Some(path));
        }
        files
    }

    /// Says what may have been meant by a path that is not there.
    pub(super) fn nearest(&self, path: &str) -> Nearest<'a> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(other) = self.lower.get(&path.to_lowercase()) {
            if *other == path {
                let help =
                    "that is the text of a page, not a file to be shown: name a picture or another file".to_owned();
                return Nearest { recased: None, help };
            }
            let help = format!("the file is written `{other}`: small and capital letters count");
            return Nearest { recased: Some(other), help };
        }
        let near = self.folders.get(folder).and_then(|it| it.nearest(name));
        // Every folder may have an `index.md`: that name says nothing of what was meant.
        let alone = self.names.get(name).copied().flatten().filter(|_| !name.contains("index."));
        let help = match (near, self.in_near_folder(folder, name), alone) {
            (Some(near), _, _) => format!("did you mean `{near}`?"),
            (None, Some(other), _) => format!("did you mean `@/{}`?", other.trim_start_matches("content/")),
            (None, None, Some(other)) => format!("there is `@/{}`", other.trim_start_matches("content/")),
            (None, None, None) => "name a file beside this one, or begin at the content folder with `@/`".to_owned(),
        };
        Nearest { recased: None, help }
    }

    /// Returns the file of that name in the folder that may have been meant: `projects` for `project`.
    fn in_near_folder(&self, folder: &str, name: &str) -> Option<&'a str> {
        let all = || {
            let mut folders: Vec<&'a str> = self.folders.keys().copied().collect();
            folders.sort_unstable();
            Near::among(folders)
        };
        let near = self.near_folders.get_or_init(all).find(folder)?;
        self.lower.get(&format!("{near}/{name}").to_lowercase()).copied()
    }
}

impl<'a> Folder<'a> {
    /// Returns the name that may have been meant.
    fn nearest(&self, name: &str) -> Option<&'a str> {
        let names = || self.names.iter().copied();
        self.near.get_or_init(|| Near::among(names())).find(name).or_else(|| {
            // The day before a name is left out as easily as a letter.
            let near_undated = self.near_undated.get_or_init(|| Near::among(names().map(undated)));
            let near = near_undated.find(undated(name))?;
            names().find(|it| undated(it) == near)
        })
    }
}

/// Returns the name without the day that it may begin with.
fn undated(name: &str) -> &str {
    name.trim_start_matches(|it: char| it.is_ascii_digit() || it == '-')
}

/// Returns the path as it was written, with the letters of the file that was meant: `../Posts/A.md#costs` for
/// `content/posts/a.md`; `None` where that can't be told.
pub(super) fn recased(written: &str, other: &str) -> Option<String> {
    let (path, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
    let named = path.trim_start_matches("@/").trim_start_matches(['.', '/']);
    let lead = &path[..path.len() - named.len()];
    let tail = other.len().checked_sub(named.len()).and_then(|it| other.get(it..))?;
    (tail.to_lowercase() == named.to_lowercase()).then(|| format!("{lead}{tail}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_set_right() {
        let check = |written: &str, expected: Option<&str>| {
            assert_eq!(recased(written, "content/posts/First.md").as_deref(), expected, "{written}");
        };
        check("first.md", Some("First.md"));
        check("../posts/first.md#costs", Some("../posts/First.md#costs"));
        check("@/Posts/FIRST.md", Some("@/posts/First.md"));
        check("../x/../first.md", None);
        check("second.md", None);
        check("a/very/long/path/that/is/longer/first.md", None);
    }
}
