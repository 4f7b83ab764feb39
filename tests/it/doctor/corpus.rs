//! Two thousand files with a slip each, and what was meant: no correction may be wrong, nearly all must be made, each slip must be
//! told at its line, and what is mended must stay as it is.

use std::collections::BTreeMap;
use std::fmt::Write;

use folio::Memo;
use folio::model::diagnostic::{Diagnostic, Edit, Severity};
use folio::model::source::Source;
use serde_yaml::Value;

use super::slips::{Class, FENCES, SURE, Slip, UNSURE};
use super::sound::sound;
use super::{front_matter, line_of};
use crate::properties::Chance;
use crate::support::{BARE_THEME, SETTINGS, options, project};

/// How many broken files there are.
const FILES: usize = 2000;

/// As often as `--fix` looks again.
const ROUNDS: usize = 20;

/// A file, by the path at which it is tried.
type Files = BTreeMap<String, String>;

/// Returns what is told of each file.
fn told(files: &Files) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut sources = project(&format!("{SETTINGS}{BARE_THEME}"));
    files.iter().for_each(|(path, text)| sources.add(Source::new(path.as_str(), text.clone().into_bytes())));
    let mut by_file: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for it in folio::open(&sources, "site.toml", options(), &Memo::default()).diagnostics {
        if let Some(place) = &it.place {
            by_file.entry(place.path.to_string()).or_default().push(it);
        }
    }
    by_file
}

/// Returns the changes that `--fix` makes at once: where two touch the same bytes, the first.
fn together(found: &[Diagnostic]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for it in found {
        let is_free =
            |edit: &Edit| edits.iter().all(|it| edit.span.end < it.span.start || it.span.end < edit.span.start);
        if it.fix.iter().all(is_free) {
            edits.extend(it.fix.iter().cloned());
        }
    }
    edits.sort();
    edits
}

/// Returns the files as `--fix` leaves them, when it finds nothing more to change.
fn mended(mut files: Files) -> Files {
    let mut open = files.clone();
    for _ in 0..ROUNDS {
        let mut changed = Files::new();
        for (path, found) in told(&open) {
            let edits = together(&found);
            if let Some(text) = open.get(&path).filter(|_| !edits.is_empty()) {
                changed.insert(path, Edit::apply(&edits, text));
            }
        }
        if changed.is_empty() {
            return files;
        }
        files.extend(changed.clone());
        // A file that was left as it is stays so.
        open = changed;
    }
    panic!("`--fix` goes on for ever");
}

/// Returns the front matter and the body; `None` where there is none that can be read.
fn parts(text: &str) -> Option<(Value, String)> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let value = front_matter(&text).ok()?;
    let end = text.strip_prefix("---\n")?.find("\n---\n").map(|it| it + 4 + 5)?;
    Some((value, text[end..].to_owned()))
}

fn is_of_form(it: &Diagnostic) -> bool {
    matches!(
        it.code,
        "not-utf8" | "conflict-marker" | "duplicate-key" | "impossible-date" | "wrong-date" | "wrong-type"
    ) || it.code == "unknown-key" && it.severity == Severity::Error
        || it.code.starts_with("yaml-")
        || it.code.starts_with("front-matter-")
}

/// What came of a class.
#[derive(Debug, Default)]
struct Figures {
    files: usize,
    right: usize,
    wrong: usize,
    silent: usize,
    elsewhere: usize,
    /// Lines that are right, and told nevertheless.
    more: usize,
    example: String,
}

struct Tried {
    class: &'static str,
    sure: bool,
    slip: Slip,
}

fn classes() -> Vec<(&'static str, Class, bool)> {
    let sure = SURE.iter().chain(&FENCES).map(|it| (it.0, it.1, true));
    sure.chain(UNSURE.iter().map(|it| (it.0, it.1, false))).collect()
}

fn corpus() -> BTreeMap<String, Tried> {
    let classes = classes();
    let mut chance = Chance(41);
    let mut all = BTreeMap::new();
    let mut at = 0;
    while all.len() < FILES {
        let (class, make, sure) = classes[at % classes.len()];
        at += 1;
        let doc = (0..40).find_map(|_| {
            let doc = sound(&mut chance);
            make(&doc, &mut chance).map(|slip| (doc.folder, slip))
        });
        let (folder, mut slip) = doc.unwrap_or_else(|| panic!("{class}: fits nowhere"));
        // Files come from other systems, too.
        match chance.below(6) {
            0 => [&mut slip.text, &mut slip.meant].into_iter().for_each(|it| *it = it.replace('\n', "\r\n")),
            1 => slip.text.insert(0, '\u{feff}'),
            _ => {}
        }
        all.insert(format!("content/{folder}/case-{at}.md"), Tried { class, sure, slip });
    }
    all
}

fn judge(tried: &Tried, found: &[Diagnostic], after: &str, figures: &mut Figures) {
    let Tried { sure, slip, .. } = tried;
    figures.files += 1;
    let lines: Vec<usize> = found.iter().filter(|it| is_of_form(it)).map(|it| line_of(&slip.text, it)).collect();
    let is_here = |it: &usize| (slip.lines.0..=slip.lines.1).contains(it);
    let any = found.iter().any(|it| is_here(&line_of(&slip.text, it)));
    figures.silent += usize::from(lines.is_empty() && !any);
    figures.elsewhere += usize::from(!lines.is_empty() && !any);
    figures.more += usize::from(lines.iter().any(|it| !is_here(it)));
    let is_right = *sure && parts(after).is_some_and(|it| Some(it) == parts(&slip.meant));
    figures.right += usize::from(is_right);
    let is_wrong = !is_right && after != slip.text;
    figures.wrong += usize::from(is_wrong);
    if is_wrong || *sure && !is_right || !any || lines.iter().any(|it| !is_here(it)) {
        let said: Vec<String> =
            found.iter().map(|it| format!("{} {}: {}", line_of(&slip.text, it), it.code, it.message)).collect();
        let text = format!("{:?} {said:#?}\n{}\n=== after\n{after}", slip.lines, slip.text);
        if figures.example.is_empty() || is_wrong && !figures.example.starts_with("WRONG") {
            figures.example = format!("{} {text}", if is_wrong { "WRONG" } else { "" });
        }
    }
}

#[test]
fn no_correction_is_wrong() {
    let corpus = corpus();
    let broken: Files = corpus.iter().map(|(path, it)| (path.clone(), it.slip.text.clone())).collect();
    let found = told(&broken);
    let after = mended(broken);
    let mut classes: BTreeMap<(bool, &str), Figures> = BTreeMap::new();
    for (path, tried) in &corpus {
        let said = found.get(path).map_or(&[][..], |it| it);
        judge(tried, said, &after[path], classes.entry((!tried.sure, tried.class)).or_default());
    }
    let mut table = String::new();
    for ((unsure, class), it) in &classes {
        let Figures { files, right, wrong, silent, elsewhere, more, .. } = it;
        let sort = if *unsure { "unsure" } else { "sure" };
        writeln!(table, "{files:4} {right:4} {wrong:4} {silent:4} {elsewhere:4} {more:4} {sort} {class}").unwrap();
    }
    let bad = classes.values().filter(|it| it.wrong + it.silent + it.elsewhere > 0);
    bad.take(3).for_each(|it| writeln!(table, "{}", it.example).unwrap());
    let sum = |part: fn(&Figures) -> usize| classes.values().map(part).sum::<usize>();
    let correctable: usize = classes.iter().filter(|it| !it.0.0).map(|it| it.1.files).sum();
    let (right, wrong) = (sum(|it| it.right), sum(|it| it.wrong));
    let (silent, elsewhere, more) = (sum(|it| it.silent), sum(|it| it.elsewhere), sum(|it| it.more));
    writeln!(
        table,
        "correctable {correctable} right {right} wrong {wrong} silent {silent} elsewhere {elsewhere} more {more}"
    )
    .unwrap();
    assert_eq!(wrong, 0, "\n{table}");
    assert!(right * 100 >= correctable * 90, "\n{table}");
    assert_eq!((silent, elsewhere), (0, 0), "\n{table}");
}

#[test]
fn sound_files_stay_as_they_are() {
    let mut chance = Chance(43);
    let files: Files = (0..500)
        .map(|it| {
            let doc = sound(&mut chance);
            let text = if it % 5 == 0 { doc.text().replace('\n', "\r\n") } else { doc.text() };
            (format!("content/{}/case-{it}.md", doc.folder), text)
        })
        .collect();
    for (path, found) in told(&files) {
        let of_form: Vec<&Diagnostic> = found.iter().filter(|it| is_of_form(it) && it.code != "wrong-type").collect();
        assert!(of_form.is_empty(), "{path}: {of_form:?}\n{}", files.get(&path).map_or("", |it| it));
    }
    assert_eq!(mended(files.clone()), files);
}
