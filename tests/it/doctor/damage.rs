//! Mistakes put into good front matter at random lines: what was right is known, so what the doctor says can be judged.

use std::fmt::Write;

use folio::model::diagnostic::Diagnostic;
use folio::model::source::Sources;
use serde_yaml::Value;

use super::{all, front_matter, line_of, mended, told};
use crate::properties::{Chance, own_site};

/// A file with one mistake in it.
struct Damaged {
    text: String,
    /// The line of the mistake, from 1.
    line: usize,
    /// The file as it was meant.
    meant: String,
}

/// Makes a mistake in a line; gives the line with it, and as it was meant where that is not the line as it was.
type Mistake = fn(&str, &mut Chance) -> Option<(String, Option<String>)>;

const MISTAKES: [(&str, Mistake); 16] = [
    ("colon in a value", |line, chance| within(line, chance, ": ")),
    ("colon at the end", |line, chance| changed(line, chance, |it| format!("{it}:"))),
    ("no space after the colon", |line, _| {
        key(line).map(|(head, value)| (format!("{}{value}", head.trim_end()), None))
    }),
    ("no colon", |line, _| {
        key(line).map(|(head, value)| (format!("{} {value}", head.trim_end().trim_end_matches(':')), None))
    }),
    ("sign before a value", |line, chance| {
        let sign = *chance.of(&["@", "*", "%", "`", "**", "> 5 ", "| ", "? ", "- ", "!x ", "#"]);
        changed(line, chance, |it| format!("{sign}{it}"))
    }),
    ("brackets before a value", |line, chance| changed(line, chance, |it| format!("[Draft] {it}"))),
    ("quotes around a word", |line, chance| {
        changed(line, chance, |it| match it.split_once(' ') {
            Some((word, rest)) => format!("\"{word}\" {rest}"),
            None => format!("{it} \"x\": y"),
        })
    }),
    ("no closing quote", |line, _| {
        let open = line.trim_end().strip_suffix('"').filter(|it| it.matches('"').count() == 1)?;
        Some((open.to_owned(), None))
    }),
    ("quote opened", |line, _| plain(line).map(|(head, value)| (format!("{head}\"{value}"), None))),
    ("no closing bracket", |line, _| {
        let open = line.strip_suffix([']', '}']).filter(|_| line.contains([' ']))?;
        Some((open.to_owned(), None))
    }),
    ("tab", |line, _| {
        let text = line.trim_start();
        (text.len() < line.len()).then(|| ("\t".repeat((line.len() - text.len()).div_ceil(2)) + text, None))
    }),
    ("one space more", |line, _| Some((format!(" {line}"), None))),
    ("one space less", |line, _| line.strip_prefix(' ').map(|it| (it.to_owned(), None))),
    ("no space after a dash", |line, _| {
        let text = line.trim_start().strip_prefix("- ").filter(|it| it.starts_with(char::is_alphabetic))?;
        Some((format!("{}-{text}", &line[..line.len() - text.len() - 2]), None))
    }),
    ("a sign that can't be seen", |line, chance| {
        let text = line.trim_start();
        let sign = *chance.of(&["\u{feff}", "\u{200b}"]);
        Some((format!("{}{sign}{text}", &line[..line.len() - text.len()]), None))
    }),
    ("a comma behind quotes", |line, _| line.ends_with('"').then(|| (format!("{line},"), None))),
];

/// Splits `key: value` of a line with a value.
fn key(line: &str) -> Option<(&str, &str)> {
    let text = line.trim_start().trim_start_matches("- ");
    let (name, value) = text.split_once(": ")?;
    let is_key = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-');
    is_key.then(|| line.split_at(line.len() - value.len()))
}

/// Splits a line with a value of words, without quotes and brackets.
fn plain(line: &str) -> Option<(&str, &str)> {
    let item = || {
        let text = line.trim_start().strip_prefix("- ")?;
        Some(line.split_at(line.len() - text.len()))
    };
    let (head, value) = key(line).or_else(item)?;
    let words = !matches!(value, "true" | "false")
        && value.starts_with(char::is_alphabetic)
        && !value.contains(['"', '\\', '#', ':']);
    words.then_some((head, value))
}

fn changed(line: &str, _: &mut Chance, change: impl Fn(&str) -> String) -> Option<(String, Option<String>)> {
    let (head, value) = plain(line)?;
    let wrong = change(value);
    Some((format!("{head}{wrong}"), Some(format!("{head}'{}'", wrong.replace('\'', "''")))))
}

fn within(line: &str, chance: &mut Chance, sign: &str) -> Option<(String, Option<String>)> {
    let spaces: Vec<usize> = plain(line)?.1.match_indices(' ').map(|it| it.0).collect();
    let at = *spaces.get(chance.below(spaces.len().max(1)))?;
    changed(line, chance, |it| format!("{}{sign}{}", &it[..at], &it[at + 1..]))
}

/// Returns the lines of the front matter, from 0, that are no part of a text over several lines.
fn rows(text: &str) -> Vec<usize> {
    let mut rows = Vec::new();
    let mut inside: Option<usize> = None;
    for (row, line) in text.lines().enumerate().skip(1) {
        let indent = line.len() - line.trim_start().len();
        match inside {
            _ if line == "---" => break,
            Some(owner) if line.is_empty() || indent > owner => continue,
            _ => inside = line.ends_with(['|', '>', '-']).then_some(indent),
        }
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            rows.push(row);
        }
    }
    rows
}

fn damaged(text: &str, mistake: Mistake, chance: &mut Chance) -> Option<Damaged> {
    let rows = rows(text);
    let row = *chance.of(&rows);
    let lines: Vec<&str> = text.lines().collect();
    let (wrong, meant) = mistake(lines[row], chance)?;
    let with = |line: &str| {
        let mut lines = lines.clone();
        lines[row] = line;
        lines.join("\n") + "\n"
    };
    Some(Damaged { text: with(&wrong), line: row + 1, meant: with(&meant.unwrap_or_else(|| lines[row].to_owned())) })
}

/// What came of many mistakes.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    tried: usize,
    /// The mistake changed nothing: the YAML says the same.
    harmless: usize,
    /// Nothing was told.
    silent: usize,
    /// It was told at another line.
    elsewhere: usize,
    /// It was told without a correction.
    uncorrected: usize,
    /// The correction gives what was meant.
    corrected: usize,
}

fn good(site: &Sources) -> Vec<(&str, &str)> {
    let all = site.texts_in("content/").map(|it| (&*it.path, &*it.text));
    all.filter(|it| it.1.starts_with("---\n") && rows(it.1).len() > 3).collect()
}

/// Judges what is told of one mistake; the text says what went wrong.
fn judge(path: &str, it: &Damaged, meant: &Value, figures: &mut Figures) -> Result<(), String> {
    let at = |found: &Diagnostic| line_of(&it.text, found);
    let found = told(path, it.text.as_bytes());
    let lines: Vec<_> = found.iter().map(|it| (at(it), it.code)).collect();
    figures.tried += 1;
    if front_matter(&it.text).is_ok_and(|it| it == *meant) {
        figures.harmless += 1;
    } else if found.is_empty() {
        let any = all(path, it.text.as_bytes()).iter().any(|found| at(found) == it.line);
        *(if any { &mut figures.uncorrected } else { &mut figures.silent }) += 1;
    } else if !lines.iter().any(|found| found.0 == it.line) {
        figures.elsewhere += 1;
        let near = lines.iter().any(|(line, code)| line.abs_diff(it.line) == 1 && *code == "yaml-indent");
        return near.then_some(()).ok_or(format!("told at {lines:?}"));
    } else if found.iter().all(|it| it.fix.is_empty()) {
        figures.uncorrected += 1;
    } else {
        let after = front_matter(&mended(&it.text, &found));
        if after.as_ref() != Ok(meant) {
            return Err(format!("{lines:?}: corrected to {after:?}"));
        }
        figures.corrected += 1;
    }
    Ok(())
}

#[test]
fn mistakes_at_random_places() {
    let site = own_site();
    let good = good(&site);
    let mut chance = Chance(11);
    let mut figures = Figures::default();
    let mut wrong = String::new();
    for (name, mistake) in MISTAKES {
        for _ in 0..80 {
            let (path, good) = *chance.of(&good);
            let Some(it) = damaged(good, mistake, &mut chance) else { continue };
            let Ok(meant) = front_matter(&it.meant) else { continue };
            if let Err(error) = judge(path, &it, &meant, &mut figures) {
                writeln!(wrong, "{name}, line {} of {path}: {error}\n{}", it.line, it.text).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{figures:?}\n{wrong}");
    let Figures { tried, harmless, silent, elsewhere, uncorrected, corrected } = figures;
    assert!(tried > 500 && (silent + elsewhere) * 200 <= tried, "{figures:?}");
    assert!(uncorrected * 50 <= tried && (corrected + harmless) * 100 >= 97 * tried, "{figures:?}");
}

/// Three mistakes in one file: nothing that was right becomes wrong, and nearly always each is told at its line.
#[test]
fn three_mistakes_in_one_file() {
    let site = own_site();
    let good = good(&site);
    let mut chance = Chance(23);
    let (mut files, mut told_all, mut whole) = (0, 0, 0);
    for _ in 0..200 {
        let (path, text) = *chance.of(&good);
        let mut text = text.to_owned();
        let mut meant = text.clone();
        let mut rows = Vec::new();
        for _ in 0..40 {
            let (_, mistake) = *chance.of(&MISTAKES);
            let Some(it) = damaged_again(&text, &meant, &rows, mistake, &mut chance) else { continue };
            if rows.len() == 3 {
                break;
            }
            let Ok(_) = front_matter(&it.meant) else { continue };
            // What alone is harmless is no mistake.
            rows.push(it.line);
            (text, meant) = (it.text, it.meant);
        }
        let Ok(meant) = front_matter(&meant) else { continue };
        let found = told(path, text.as_bytes());
        let after = front_matter(&mended(&text, &found));
        files += 1;
        let at: Vec<usize> = found.iter().map(|it| line_of(&text, it)).collect();
        let every = rows.iter().all(|it| at.contains(it));
        told_all += usize::from(every);
        let fixed = found.iter().all(|it| !it.fix.is_empty());
        if every && fixed && found.len() == rows.len() {
            assert_eq!(after, Ok(meant), "{rows:?} of {path}: {found:?}\n{text}");
            whole += 1;
        }
    }
    assert!(files > 150 && told_all * 100 >= files * 85 && whole * 100 >= files * 85, "{files} {told_all} {whole}");
}

/// Makes a mistake in a line where none is yet, and that is not beside one.
fn damaged_again(text: &str, meant: &str, taken: &[usize], mistake: Mistake, chance: &mut Chance) -> Option<Damaged> {
    let it = damaged(text, mistake, chance)?;
    let line = it.meant.lines().nth(it.line - 1)?.to_owned();
    let mut lines: Vec<&str> = meant.lines().collect();
    lines[it.line - 1] = &line;
    let free = taken.iter().all(|other| other.abs_diff(it.line) > 1);
    free.then(|| Damaged { meant: lines.join("\n") + "\n", ..it })
}
