//! Binary -> Sources: what Folio carries with it.

use include_dir::{Dir, include_dir};

use super::layout::{self, Role};
use super::picture;
use crate::model::source::{Asset, Bytes, Source, Sources};

/// What stands before the paths of the embedded theme; no path on a disk that is read begins so.
pub const CIVIC: &str = "<civic>/";

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/civic");

/// Adds the files of the default theme, each at its path in the theme behind [`CIVIC`]: `<civic>/templates/post.html`.
///
/// Where they are there already, nothing is done. The same files are texts and assets as in a theme of the site's folder; the bytes of assets are in memory.
pub fn civic(sources: &mut Sources) {
    if sources.texts_in(CIVIC).next().is_none() {
        add_folder(sources, &THEME);
    }
}

fn add_folder(sources: &mut Sources, folder: &Dir<'_>) {
    for file in folder.files() {
        let path = file.path().to_str().expect("the names in themes/civic are UTF-8");
        add(sources, &path.replace('\\', "/"), file.contents());
    }
    for inner in folder.dirs() {
        add_folder(sources, inner);
    }
}

fn add(sources: &mut Sources, path: &str, bytes: &[u8]) {
    let as_theme = format!("themes/civic/{path}");
    if as_theme.split('/').any(layout::is_left_out) {
        return;
    }
    let path = format!("{CIVIC}{path}");
    match layout::role(&as_theme) {
        Some(Role::Text) => sources.add(Source::new(path, bytes.to_vec())),
        Some(Role::Asset) => {
            let pixels = picture::in_memory(&path, bytes);
            let asset = Asset {
                path: path.into(),
                size: bytes.len() as u64,
                pixels,
                script: None,
                bytes: Bytes::Memory(bytes.into()),
            };
            sources.assets.insert(asset.path.clone(), asset);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_theme_is_in_the_binary() {
        let mut sources = Sources::default();
        civic(&mut sources);
        assert!(sources.texts["<civic>/theme.toml"].text.contains("civic"));
        assert!(sources.texts.keys().chain(sources.assets.keys()).all(|it| it.starts_with(CIVIC)));
    }

    #[test]
    fn its_files_have_the_roles_of_a_theme_on_disk() {
        let mut sources = Sources::default();
        for path in ["templates/post.html", "static/style.css", "static/.DS_Store", "README.md"] {
            add(&mut sources, path, b"x");
        }
        assert_eq!(sources.texts.keys().map(|it| &**it).collect::<Vec<_>>(), ["<civic>/templates/post.html"]);
        assert_eq!(sources.assets.len(), 1);
        let asset = &sources.assets["<civic>/static/style.css"];
        assert_eq!((asset.size, &asset.bytes), (1, &Bytes::Memory((*b"x").into())));
    }
}
