//! Path -> role: what the files of a site's folder are.

/// The folders of a site that hold sources.
pub(super) const FOLDERS: [&str; 7] = ["components", "content", "data", "i18n", "static", "templates", "themes"];

const THEME_FOLDERS: [&str; 4] = ["components", "i18n", "static", "templates"];
const MARKDOWN: [&str; 2] = ["md", "markdown"];
const DATA: [&str; 5] = ["yml", "yaml", "toml", "json", "csv"];

/// Hidden names that are meant for the reader's machine or the host, so that `static/` may hold them (RFC 8615, GitHub
/// Pages, Apache).
const PUBLISHED: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is read.
    Text,
    /// It is passed on.
    Asset,
}

/// Returns what becomes of the file at `path`; `None` where it is not part of the site.
pub(super) fn role(path: &str) -> Option<Role> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["content", .., name] if ends_in(name, &MARKDOWN) => Some(Role::Text),
        ["content" | "static", _, ..] | ["themes", _, "static", _, ..] => Some(Role::Asset),
        ["data", .., name] => ends_in(name, &DATA).then_some(Role::Text),
        ["templates" | "components" | "i18n", _, ..] | ["themes", _, "theme.toml"] => Some(Role::Text),
        ["themes", _, "templates" | "components" | "i18n", _, ..] => Some(Role::Text),
        _ => None,
    }
}

/// Returns whether the folder at `path` may hold files of the site.
pub(super) fn is_folder(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        [folder] => FOLDERS.contains(&folder),
        ["themes", _, folder] => THEME_FOLDERS.contains(&folder),
        _ => true,
    }
}

/// Returns whether a file or folder is no part of the site by its name: hidden, a copy of an editor's, a litter.
pub(super) fn is_left_out(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_hidden = name.starts_with('.') && !(PUBLISHED.contains(&name) && is_static(path));
    let is_backup = name.ends_with('~') || name.ends_with(".swp") || (name.starts_with('#') && name.ends_with('#'));
    is_hidden || is_backup || name == "Thumbs.db" || name == "node_modules"
}

fn is_static(path: &str) -> bool {
    let mut parts = path.split('/');
    match parts.next() {
        Some("static") => true,
        Some("themes") => parts.nth(1) == Some("static"),
        _ => false,
    }
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|it| ending.eq_ignore_ascii_case(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<Role>) {
        let found = if is_left_out(path) { None } else { role(path) };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn texts() {
        for path in [
            "content/index.md",
            "content/posts/A.MD",
            "content/_index.pt.markdown",
            "data/topics.yml",
            "data/deep/costs.csv",
            "templates/post.html",
            "components/stat.html",
            "i18n/en.toml",
            "themes/civic/theme.toml",
            "themes/civic/templates/feed/atom.xml",
        ] {
            check(path, Some(Role::Text));
        }
    }

    #[test]
    fn assets() {
        for path in [
            "content/a/cover.jpg",
            "content/md",
            "static/site.css",
            "static/notes.md",
            "static/.well-known/security.txt",
            "static/.well-known",
            "themes/civic/static/.nojekyll",
        ] {
            check(path, Some(Role::Asset));
        }
    }

    #[test]
    fn neither() {
        for path in [
            "README.md",
            "content",
            "data/costs.xlsx",
            "themes/readme.md",
            "themes/civic/README.md",
            "content/.draft.md",
            "content/.well-known",
            "content/a.md~",
            "content/#a.md#",
            "static/a.css.swp",
            "static/.env",
            "static/Thumbs.db",
            "static/node_modules",
        ] {
            check(path, None);
        }
    }
}
