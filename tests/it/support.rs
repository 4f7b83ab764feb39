//! What the tests stand on: projects in one string, sites built in memory, and folders of expected files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use folio::Memo;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Diagnostic, Severity};
use folio::model::page::OutputBytes;
use folio::model::source::{Asset, Bytes, Source, Sources};
use folio::report::Format;
use rayon::prelude::*;

/// The moment at which the tests stand.
pub(crate) const NOW: &str = "2024-02-01T12:00:00Z";

/// A theme that shows of every page its title and its text, for tests that look at nothing else.
pub(crate) const BARE_THEME: &str = "
//- templates/document.html
{{ page.content | safe }}
//- templates/home.html
{{ page.content | safe }}
//- templates/list.html
{{ page.title }}
//- templates/archive.html
{{ page.title }}
//- templates/term.html
{{ page.title }}
//- templates/terms.html
{{ page.title }}
//- templates/alias.html
{{ page.target }}
//- templates/404.html
{{ page.title }}
";

/// The least that settings must say.
pub(crate) const SETTINGS: &str = "
//- site.toml
[site]
title = \"Site\"
base_url = \"https://example.org/\"
";

/// Returns the project that is written in one text: a line `//- content/posts/a.md` opens a file, the lines up to the next
/// such line are what is in it. As far as the first of these lines is indented, all are.
///
/// Paths are those of [`is_text`]. An asset is the bytes of its lines.
pub(crate) fn project(text: &str) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files(text) {
        if is_text(path) {
            sources.add(Source::new(path, text.into_bytes()));
        } else {
            let (path, size): (Arc<str>, _) = (path.into(), text.len() as u64);
            let bytes = Bytes::Memory(text.into_bytes().into());
            sources.assets.insert(path.clone(), Asset { path, size, pixels: None, script: None, bytes });
        }
    }
    sources
}

fn files(text: &str) -> Vec<(&str, String)> {
    let indent =
        text.lines().find_map(|it| it.trim_start().starts_with("//- ").then(|| it.len() - it.trim_start().len()));
    let indent = " ".repeat(indent.unwrap_or(0));
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let line = line.strip_prefix(&indent).unwrap_or(line.trim_start_matches(' '));
        match (line.strip_prefix("//- "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => assert!(line.trim().is_empty(), "before the first `//- path` stands {line:?}"),
        }
    }
    files
}

/// Returns whether a file is read as text: settings, Markdown under `content/`, YAML under `data/`, and what a theme is made
/// of save its `static/`. All else is passed on as it is.
fn is_text(path: &str) -> bool {
    let theme = path.strip_prefix("themes/").and_then(|it| it.split_once('/')).map(|it| it.1);
    let (folder, name) = theme.unwrap_or(path).split_once('/').unwrap_or(("", theme.unwrap_or(path)));
    match (folder, theme) {
        ("templates" | "components" | "i18n", _) => true,
        ("", None) => ["site.toml", "baseline.toml", "urls.lock"].contains(&name),
        ("", Some(_)) => name == "theme.toml",
        ("content", None) => name.ends_with(".md"),
        ("data", None) => name.ends_with(".yml") || name.ends_with(".yaml"),
        _ => false,
    }
}

/// Returns what is said on no command line: no drafts, nothing of the future, and [`NOW`].
pub(crate) fn options() -> Options {
    Options { now: NOW.parse().unwrap(), drafts: false, future: false, trace: Trace::Off, forms: false, base_url: None }
}

/// A site that was built in memory.
#[derive(Debug, PartialEq)]
pub(crate) struct Built {
    /// Each output, by the path of its file.
    pub(crate) outputs: BTreeMap<String, Vec<u8>>,
    /// What was noticed, of opening and of every page, in order.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Built {
    /// Returns the text of a file of the output.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.outputs.get(path);
        let known = || self.outputs.keys().map(String::as_str).collect::<Vec<_>>().join("\n");
        str::from_utf8(bytes.unwrap_or_else(|| panic!("there is no {path}, but\n{}", known()))).unwrap()
    }
}

/// Opens the site and makes every page, as `folio build` does.
pub(crate) fn build(sources: &Sources, options: Options, memo: &Memo) -> Built {
    let opened = folio::open(sources, "site.toml", options, memo);
    let routes = opened.value.routes();
    let made: Vec<_> = routes.par_iter().map(|it| folio::make(&opened.value, it, sources)).collect();
    let mut diagnostics = opened.diagnostics.clone();
    let mut outputs = BTreeMap::new();
    for made in made {
        diagnostics.extend(made.diagnostics);
        let bytes = match made.value.bytes {
            OutputBytes::Made(bytes) => bytes,
            OutputBytes::Copy(bytes) => content(&bytes),
        };
        assert!(outputs.insert(made.value.route.file(), bytes).is_none(), "{} is made twice", made.value.route);
    }
    folio::sort(&mut diagnostics);
    Built { outputs, diagnostics }
}

/// Opens the site, makes every page and looks at it, as `folio check` does.
///
/// That `base_url` is an address for examples is left out: it is in nearly all projects of the tests, and
/// [`check_whole`] has it.
pub(crate) fn check(sources: &Sources, options: Options) -> Vec<Diagnostic> {
    let mut found = check_whole(sources, options);
    found.retain(|it| it.code != "example-address");
    found
}

/// Opens the site, makes every page and looks at it, and returns all that is told.
pub(crate) fn check_whole(sources: &Sources, options: Options) -> Vec<Diagnostic> {
    let opened =
        folio::open(sources, "site.toml", Options { trace: Trace::All, forms: true, ..options }, &Memo::default());
    let (mut found, mut seen) = (opened.diagnostics.clone(), Vec::new());
    for route in opened.value.routes() {
        let made = folio::make(&opened.value, route, sources);
        let looked_at = folio::inspect(&opened.value, &made.value, sources);
        found.extend(made.diagnostics.into_iter().chain(looked_at.diagnostics));
        seen.extend(looked_at.value);
    }
    found.extend(folio::inspect_all(&opened.value, &seen, sources));
    folio::sort(&mut found);
    found
}

/// Builds a project that is written in one text.
pub(crate) fn build_text(text: &str) -> (Sources, Built) {
    let sources = project(text);
    let built = build(&sources, options(), &Memo::default());
    (sources, built)
}

#[expect(clippy::disallowed_methods, reason = "what is passed on is on disk")]
fn content(bytes: &Bytes) -> Vec<u8> {
    match bytes {
        Bytes::Memory(bytes) => bytes.to_vec(),
        Bytes::Disk(path) => std::fs::read(path).unwrap(),
    }
}

/// Returns a line for each: `error[broken-link] content/a.md:5:37`. Lines and columns begin at 1, columns count characters.
pub(crate) fn told(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<String> {
    told_in(&folio::report::text(Format::Json, diagnostics, &folio::report::Around::of(sources)))
}

/// Returns the same of a report in JSON.
#[track_caller]
pub(crate) fn told_in(json: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|it| panic!("{it}:\n{json}"));
    let told = report["diagnostics"].as_array().unwrap().iter().map(|it| {
        let text = |key: &str| it[key].as_str().unwrap();
        let place = it["file"].as_str().map(|file| match it["line"].as_u64() {
            Some(line) => format!(" {file}:{line}:{}", it["column"]),
            None => format!(" {file}"),
        });
        format!("{}[{}]{}", text("severity"), text("code"), place.unwrap_or_default())
    });
    told.collect()
}

/// Returns the same without what is only advice.
pub(crate) fn without_advice(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    diagnostics.iter().filter(|it| it.severity != Severity::Advice).cloned().collect()
}

/// A folder on the disk that goes when it is dropped, and the program run in it.
pub(crate) struct Folder(tempfile::TempDir);

/// What the program did.
#[derive(Debug)]
pub(crate) struct Run {
    /// Its exit status.
    pub(crate) status: i32,
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) err: String,
}

impl Folder {
    /// Makes an empty folder.
    pub(crate) fn empty() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Makes a folder with the files of a project that is written in one text.
    pub(crate) fn of(text: &str) -> Folder {
        let folder = Folder::empty();
        files(text).into_iter().for_each(|(path, text)| folder.write(path, text.as_bytes()));
        folder
    }

    /// Returns the path on the disk.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and its folders.
    #[expect(clippy::disallowed_methods, reason = "it is a folder on the disk")]
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Removes a file.
    #[expect(clippy::disallowed_methods, reason = "it is a folder on the disk")]
    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.path().join(path)).unwrap();
    }

    /// Returns every file of `folder` in it, by path in that folder.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        read(&self.path().join(folder))
    }

    /// Runs the program here, at [`NOW`].
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[("SOURCE_DATE_EPOCH", "1706788800")])
    }

    /// Runs the program here, with these variables and none of those that it asks for besides.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_folio"));
        for name in [
            "GITHUB_ACTIONS",
            "GITHUB_STEP_SUMMARY",
            "SOURCE_DATE_EPOCH",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "RAYON_NUM_THREADS",
        ] {
            command.env_remove(name);
        }
        let output = command.args(arguments).envs(variables.iter().copied()).current_dir(self.path()).output().unwrap();
        Run {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Checks how it ended, and returns what it wrote.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Run {
        assert_eq!(self.status, status, "\n{}\n{}", self.out, self.err);
        self
    }
}

/// Compares what was made with the files in a folder, by path in it, `/`-separated.
///
/// Panics with what differs. With `UPDATE_EXPECTED=1` in the environment it writes the folder anew instead.
#[track_caller]
pub(crate) fn compare_golden(folder: &Path, made: &BTreeMap<String, Vec<u8>>) {
    #[expect(clippy::disallowed_methods, reason = "the person who runs the tests says so")]
    if std::env::var("UPDATE_EXPECTED").is_ok_and(|it| it == "1") {
        return update(folder, made);
    }
    let differences = differences(&read(folder), made);
    if !differences.is_empty() {
        panic!("{} is not what was made:\n\n{differences}\nUPDATE_EXPECTED=1 writes it anew", folder.display());
    }
}

#[expect(clippy::disallowed_methods, reason = "expected files are on disk")]
fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(|it| it.ok());
    let files = entries.filter(|it| it.file_type().is_file()).map(|it| {
        let path = it.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(it.path()).unwrap())
    });
    files.collect()
}

/// Makes the folder hold what was made, and nothing else.
#[expect(clippy::disallowed_methods, reason = "expected files are on disk")]
fn update(folder: &Path, made: &BTreeMap<String, Vec<u8>>) {
    let before = read(folder);
    for (path, _) in before.iter().filter(|it| !made.contains_key(it.0)) {
        std::fs::remove_file(folder.join(path)).unwrap();
        // A folder that is now empty goes too; one that is not stays.
        let parents = Path::new(path).ancestors().skip(1).take_while(|it| *it != Path::new(""));
        parents.for_each(|it| drop(std::fs::remove_dir(folder.join(it))));
    }
    for (path, bytes) in made.iter().filter(|it| before.get(it.0) != Some(it.1)) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Returns, file by file, what differs; nothing where nothing does.
fn differences(expected: &BTreeMap<String, Vec<u8>>, made: &BTreeMap<String, Vec<u8>>) -> String {
    const FILES: usize = 5;

    let paths: BTreeSet<&String> = expected.keys().chain(made.keys()).collect();
    let differing: Vec<&String> = paths.into_iter().filter(|it| expected.get(*it) != made.get(*it)).collect();
    let mut out = String::new();
    for path in differing.iter().take(FILES) {
        match (expected.get(*path), made.get(*path)) {
            (Some(expected), Some(made)) => write!(out, "{path}\n{}", difference(expected, made)).unwrap(),
            (Some(_), None) => writeln!(out, "{path}\n  was not made").unwrap(),
            (None, _) => writeln!(out, "{path}\n  was not expected").unwrap(),
        }
    }
    if differing.len() > FILES {
        writeln!(out, "and {} more files", differing.len() - FILES).unwrap();
    }
    out
}

/// Returns the first lines that differ; of files that are no texts, where.
fn difference(expected: &[u8], made: &[u8]) -> String {
    let (Ok(expected_text), Ok(made_text)) = (str::from_utf8(expected), str::from_utf8(made)) else {
        let offset = expected.iter().zip(made).take_while(|(a, b)| a == b).count();
        return format!("  {} bytes, made {}; byte {offset} differs\n", expected.len(), made.len());
    };
    let (expected, made): (Vec<&str>, Vec<&str>) = (expected_text.lines().collect(), made_text.lines().collect());
    let same = expected.iter().zip(&made).take_while(|(a, b)| a == b).count();
    let (expected, made) = (&expected[same..], &made[same..]);
    if expected.is_empty() && made.is_empty() {
        return "  the ends of lines differ\n".to_owned();
    }
    let same_after = expected.iter().rev().zip(made.iter().rev()).take_while(|(a, b)| a == b).count();
    let (expected, made) = (&expected[..expected.len() - same_after], &made[..made.len() - same_after]);

    let start = match (expected, made) {
        ([expected, ..], [made, ..]) => expected.chars().zip(made.chars()).take_while(|(a, b)| a == b).count(),
        _ => 0,
    };
    format!("  line {}\n{}{}", same + 1, some("  - ", expected, start), some("  + ", made, start))
}

/// Returns the first lines; the first of them is cut around the character `start`, counted from 0.
fn some(sign: &str, lines: &[&str], start: usize) -> String {
    const LINES: usize = 4;
    const COLUMNS: usize = 100;

    let mut out = String::new();
    for (index, line) in lines.iter().take(LINES).enumerate() {
        let skipped = if index == 0 { start.saturating_sub(COLUMNS / 3) } else { 0 };
        let rest = line.chars().count() - skipped;
        let (before, after) = (if skipped > 0 { "…" } else { "" }, if rest > COLUMNS { "…" } else { "" });
        let shown: String = line.chars().skip(skipped).take(COLUMNS).collect();
        writeln!(out, "{sign}{before}{shown}{after}").unwrap();
    }
    if lines.len() > LINES {
        writeln!(out, "{sign}(and {} more lines)", lines.len() - LINES).unwrap();
    }
    out
}

#[test]
fn a_project_is_texts_and_assets() {
    let sources = project(
        "
        //- site.toml
        title = \"Site\"
        //- content/posts/a.md
        ---
        title: A
        ---

            code
        //- content/posts/a.jpg
        bytes
        //- data/topics.yml
        //- data/table.csv
        //- templates/page.html
        //- themes/civic/theme.toml
        //- themes/civic/i18n/en.toml
        //- themes/civic/static/site.css
        //- themes/civic/content/a.md
        //- theme.toml
        ",
    );
    let texts: Vec<&str> = sources.texts.keys().map(|it| &**it).collect();
    let assets: Vec<&str> = sources.assets.keys().map(|it| &**it).collect();
    let [post, topics, site, template] = ["content/posts/a.md", "data/topics.yml", "site.toml", "templates/page.html"];
    assert_eq!(texts, [post, topics, site, template, "themes/civic/i18n/en.toml", "themes/civic/theme.toml"]);
    let [image, table, theme] = ["content/posts/a.jpg", "data/table.csv", "theme.toml"];
    assert_eq!(assets, [image, table, theme, "themes/civic/content/a.md", "themes/civic/static/site.css"]);
    assert_eq!(&*sources.texts[post].text, "---\ntitle: A\n---\n\n    code\n");
    assert_eq!(sources.assets[image].bytes, Bytes::Memory((*b"bytes\n").into()));
    assert_eq!(sources.assets[image].size, 6);
}

#[test]
fn differences_are_short() {
    let check = |expected: &str, made: &str, difference: &str| {
        let folder = |text: &str| BTreeMap::from([("a".to_owned(), text.as_bytes().to_vec())]);
        assert_eq!(differences(&folder(expected), &folder(made)), difference);
    };
    check("one\n", "one\n", "");
    check("one\r\n", "one\n", "a\n  the ends of lines differ\n");
    check("one\ntwo\nthree\n", "one\n2\nthree\n", "a\n  line 2\n  - two\n  + 2\n");
    check("one\nthree\n", "one\ntwo\nthree\n", "a\n  line 2\n  + two\n");
    check("", "1\n2\n3\n4\n5\n6\n", "a\n  line 1\n  + 1\n  + 2\n  + 3\n  + 4\n  + (and 2 more lines)\n");
    let long = "-".repeat(200);
    let (before, after) = ("-".repeat(33), "-".repeat(66));
    let cut = |it| format!("…{before}{it}{after}…");
    let expected = format!("a\n  line 1\n  - {}\n  + {}\n", cut('a'), cut('b'));
    check(&format!("{long}a{long}"), &format!("{long}b{long}"), &expected);
}

#[test]
fn a_folder_is_written_anew() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("a_folder_is_written_anew");
    let made = |files: &[(&str, &[u8])]| files.iter().map(|it| (it.0.to_owned(), it.1.to_vec())).collect();
    update(&folder, &made(&[("a/b/c.txt", b"1"), ("a/d.txt", b"2"), ("e.bin", b"\xFF1")]));
    let then: BTreeMap<_, _> = made(&[("a/d.txt", b"3"), ("e.bin", b"\xFF2"), ("f.txt", b"4")]);
    let expected = "a/b/c.txt\n  was not made\na/d.txt\n  line 1\n  - 2\n  + 3\n\
        e.bin\n  2 bytes, made 2; byte 1 differs\nf.txt\n  was not expected\n";
    assert_eq!(differences(&read(&folder), &then), expected);
    update(&folder, &then);
    assert_eq!(read(&folder), then);
    assert!(!folder.join("a/b").exists());
    update(&folder, &BTreeMap::new());
}
