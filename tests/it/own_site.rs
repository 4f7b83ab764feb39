//! The site of this repository is our first user: it builds, and nothing is to be said of it.

use std::path::Path;

use folio::Memo;

use crate::properties::{own_options, own_site};
use crate::support::{build, told};

#[test]
fn it_builds_without_a_word() {
    let sources = own_site();
    let built = build(&sources, own_options(), &Memo::default());
    assert_eq!(told(&built.diagnostics, &sources), [""; 0]);
}

/// What the program prints of itself is what the manual has.
#[test]
#[expect(clippy::disallowed_methods, reason = "the manual is on disk")]
fn the_chapters_that_are_printed_are_those_of_the_manual() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (command, chapter) in [("reference", "content/guide/front-matter.md"), ("explain", "content/guide/rules.md")] {
        let written = std::fs::read_to_string(root.join(chapter)).unwrap_or_else(|it| panic!("{chapter}: {it}"));
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_folio"));
        let output = { run }.args([command, "--root"]).arg(root).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let first = written.lines().zip(printed.lines()).position(|(a, b)| a != b);
        let same = written == printed;
        assert!(same, "`folio {command} > {chapter}` writes it anew; first in line {:?}", first.map(|it| it + 1));
    }
}

/// The default colours stand in theme.toml, where settings are declared and contrast is checked, in style.css, where they are
/// used, and in _colours.html, which says only what differs from them.
#[test]
fn the_colours_of_civic_are_the_same_in_all_its_files() {
    let sources = own_site();
    let text = |path: &str| &*sources.texts[path].text;
    let style = match &sources.assets["<civic>/static/style.css"].bytes {
        folio::model::source::Bytes::Memory(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        folio::model::source::Bytes::Disk(path) => panic!("{} is not in the program", path.display()),
    };
    let mut count = 0;
    for line in text("<civic>/theme.toml").lines().filter(|it| it.contains("format = \"colour\"")) {
        let name = line.split(' ').next().unwrap();
        let colour = line.split("default = \"").nth(1).and_then(|it| it.split('"').next()).unwrap();
        assert!(style.contains(&format!("--{}: {colour};", name.replace('_', "-"))), "{name} in style.css");
        assert!(
            text("<civic>/templates/_colours.html").contains(&format!("\"{name}\": \"{colour}\"")),
            "{name} in _colours.html"
        );
        count += 1;
    }
    assert_eq!(count, 18);
}
