//! What people type instead of sound front matter, one function for each class of slips, with what they meant.

use super::sound::{At, Is, Row, Sound};
use crate::properties::Chance;

/// A file with a slip in it.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) text: String,
    /// The file as it was meant.
    pub(super) meant: String,
    /// The lines, from 1, at one of which it must be told.
    pub(super) lines: (usize, usize),
}

/// Makes a slip somewhere in a document; `None` where the document has no place for it.
pub(super) type Class = fn(&Sound, &mut Chance) -> Option<Slip>;

/// Slips with one meaning: `--fix` must write it, in nearly all cases.
pub(super) const SURE: [(&str, Class); 37] = [
    ("a colon in a value", |doc, chance| {
        let row = pick(doc, chance, |it| it.plain().is_some_and(|it| it.contains(' ')))?;
        words(doc, row, |it| it.replacen(' ', ": ", 1))
    }),
    ("a colon at the end", |doc, chance| {
        let row = pick(doc, chance, |it| it.plain().is_some() && it.at != At::Item)?;
        words(doc, row, |it| format!("{it}:"))
    }),
    ("no space after the colon", |doc, chance| {
        let row = pick(doc, chance, |it| it.known && it.key().is_some() && it.is != Is::Url)?;
        wrong(doc, row, doc.rows[row].text.replacen(": ", ":", 1))
    }),
    ("no space before an address", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.is == Is::Url)?;
        wrong(doc, row, doc.rows[row].text.replacen(": ", ":", 1))
    }),
    ("no colon", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.known && it.is == Is::Data)?;
        wrong(doc, row, doc.rows[row].text.replacen(": ", " ", 1))
    }),
    ("no colon above a list or group", |doc, chance| {
        let row = pick(doc, chance, |it| it.known && it.is == Is::Head)?;
        wrong(doc, row, doc.rows[row].text.replacen(':', "", 1))
    }),
    ("two colons", |doc, chance| {
        let row = pick(doc, chance, |it| it.known && it.at == At::Top && it.plain().is_some())?;
        wrong(doc, row, doc.rows[row].text.replacen(": ", ":: ", 1))
    }),
    ("a tab", |doc, chance| {
        let row = pick(doc, chance, |it| it.indent() > 0 && it.at == At::Item)?;
        let text = &doc.rows[row].text;
        wrong(doc, row, format!("\t{}", text.trim_start()))
    }),
    ("a quote not closed", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        wrong(doc, row, doc.rows[row].text.trim_end_matches('"').to_owned())
    }),
    ("a quote not opened", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text && it.at == At::Top)?;
        wrong(doc, row, doc.rows[row].text.replacen('"', "", 1))
    }),
    ("the last quote doubled", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        wrong(doc, row, format!("{}\"", doc.rows[row].text))
    }),
    ("the first quote doubled", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        wrong(doc, row, doc.rows[row].text.replacen('"', "\"\"", 1))
    }),
    ("quotes around a word in quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        inner(doc, row, |word| format!("\"{word}\""))
    }),
    ("quotes and marks around a word in quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        let mark = *chance.of(&["__", "*", "**", "_"]);
        inner(doc, row, |word| format!("{mark}\"{word}\"{mark}"))
    }),
    ("marks and a quotation at the end of a value in quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        let (head, value) = doc.rows[row].split();
        let text = value.trim_matches('"');
        let (rest, last) = text.rsplit_once(' ')?;
        let said = format!("{rest} \"{last}\"");
        changed(doc, row, format!("{head}\"{said}\""), format!("{head}'{said}'"))
    }),
    ("an apostrophe in single quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('\'') && it.is == Is::Text)?;
        let (head, value) = doc.rows[row].split();
        let text = value.trim_matches('\'').replacen(' ', "'s ", 1);
        changed(doc, row, format!("{head}'{text}'"), format!("{head}\"{text}\""))
    }),
    ("a backslash before an apostrophe", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        let (head, value) = doc.rows[row].split();
        let text = value.trim_matches('"').replacen(' ', "'s ", 1);
        changed(doc, row, format!("{head}\"{}\"", text.replace('\'', "\\'")), format!("{head}\"{text}\""))
    }),
    ("a backslash before an apostrophe in single quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('\'') && it.is == Is::Text)?;
        let (head, value) = doc.rows[row].split();
        let text = value.trim_matches('\'').replacen(' ', "'s ", 1);
        changed(doc, row, format!("{head}'{}'", text.replace('\'', "\\'")), format!("{head}\"{text}\""))
    }),
    ("words behind the quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.plain().is_some_and(|it| it.contains(' ')))?;
        words(doc, row, |it| it.split_once(' ').map(|(word, rest)| format!("\"{word}\" {rest}")).unwrap_or_default())
    }),
    ("a sign before a value", |doc, chance| {
        let row = pick(doc, chance, |it| it.plain().is_some())?;
        let sign = *chance.of(&["@", "*", "%", "`", "**", "&", "!"]);
        words(doc, row, |it| format!("{sign}{it}"))
    }),
    ("brackets before a value", |doc, chance| {
        let row = pick(doc, chance, |it| it.plain().is_some())?;
        words(doc, row, |it| format!("[Draft] {it}"))
    }),
    ("a comma behind quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.text.ends_with('"') && it.is == Is::Text)?;
        wrong(doc, row, format!("{},", doc.rows[row].text))
    }),
    ("a bracket not closed", |doc, chance| {
        let row = pick(doc, chance, |it| it.is == Is::List)?;
        wrong(doc, row, doc.rows[row].text.trim_end_matches(']').to_owned())
    }),
    ("a brace not closed", |doc, chance| {
        let row = pick(doc, chance, |it| it.is == Is::Braces)?;
        wrong(doc, row, doc.rows[row].text.trim_end_matches('}').to_owned())
    }),
    ("no comma between items in brackets", |doc, chance| {
        let row = pick(doc, chance, |it| it.is == Is::List && it.text.contains(", "))?;
        let (head, value) = doc.rows[row].split();
        let items: Vec<&str> = value.trim_matches(['[', ']']).split(", ").collect();
        wrong(doc, row, format!("{head}[\"{}\"]", items.join("\" \"")))
    }),
    ("no comma in braces", |doc, chance| {
        let row = pick(doc, chance, |it| it.is == Is::Braces)?;
        wrong(doc, row, doc.rows[row].text.replacen(", ", " ", 1))
    }),
    ("a key one space too far right", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.known && it.is != Is::Head)?;
        let above = row.checked_sub(1).map(|it| &doc.rows[it])?;
        (above.at == At::Top).then(|| wrong(doc, row, format!(" {}", doc.rows[row].text))).flatten()
    }),
    ("a key of an item one space short", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Part)?;
        wrong(doc, row, doc.rows[row].text[1..].to_owned())
    }),
    ("a key of an item one space too far right", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Part && it.known)?;
        wrong(doc, row, format!(" {}", doc.rows[row].text))
    }),
    ("an item one space too far right", |doc, chance| {
        let row =
            pick_row(doc, chance, |row| doc.rows[row].at == At::Item && row > 0 && doc.rows[row - 1].at == At::Item)?;
        wrong(doc, row, format!(" {}", doc.rows[row].text))
    }),
    ("no space after a hyphen", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Item && matches!(it.is, Is::Slug | Is::Name))?;
        wrong(doc, row, doc.rows[row].text.replacen("- ", "-", 1))
    }),
    ("no hyphen before the next item of groups", |doc, chance| {
        let row =
            pick_row(doc, chance, |row| doc.rows[row].at == At::First && row > 0 && doc.rows[row - 1].at == At::Part)?;
        wrong(doc, row, doc.rows[row].text.replacen("- ", "", 1))
    }),
    ("no hyphen before a slug", |doc, chance| {
        let row = pick_row(doc, chance, |row| {
            let it = &doc.rows[row];
            it.at == At::Item && it.is == Is::Slug && it.known && it.indent() > 0 && doc.rows[row - 1].at == At::Item
        })?;
        wrong(doc, row, doc.rows[row].text.replacen("- ", "", 1))
    }),
    ("items in quotes without brackets", |doc, chance| {
        let row = pick(doc, chance, |it| it.is == Is::List && it.known && it.text.contains(", "))?;
        let (head, value) = doc.rows[row].split();
        let quote = *chance.of(&["'", "\""]);
        let items: Vec<String> =
            value.trim_matches(['[', ']']).split(", ").map(|it| format!("{quote}{it}{quote}")).collect();
        wrong(doc, row, format!("{head}{}", items.join(", ")))
    }),
    ("each item in its own brackets", |doc, chance| {
        let row = pick(doc, chance, |it| it.is == Is::List && it.known && it.text.contains(", "))?;
        let (head, value) = doc.rows[row].split();
        wrong(doc, row, format!("{head}{}", value.replace(", ", "] [")))
    }),
    ("the key twice in its line", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.key().is_some() && it.is != Is::Url)?;
        let text = &doc.rows[row].text;
        let name = text.split_once(": ")?.0;
        wrong(doc, row, format!("{name}: {text}"))
    }),
    ("the same line twice", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.known && (it.plain().is_some() || it.is == Is::Data))?;
        let mut lines = doc.lines();
        lines.insert(row + 1, lines[row].clone());
        Some(Slip { text: doc.with(&lines), meant: doc.text(), lines: (row + 2, row + 3) })
    }),
];

/// Slips at the fences, with one meaning.
pub(super) const FENCES: [(&str, Class); 5] = [
    ("two hyphens first", |doc, _| fence(doc, |it| it.replacen("---\n", "--\n", 1), 1)),
    ("four hyphens last", |doc, _| fence(doc, |it| it.replacen("\n---\n", "\n----\n", 1), doc.rows.len() + 2)),
    ("dashes last", |doc, _| fence(doc, |it| it.replacen("\n---\n", "\n—-\n", 1), doc.rows.len() + 2)),
    ("no fence first", |doc, _| fence(doc, |it| it.replacen("---\n", "", 1), 1)),
    ("no fence last", |doc, _| {
        let last = doc.rows.last()?;
        let text = doc.body.trim_start().starts_with(['T', 'O']);
        (last.at == At::Top && last.known && text)
            .then(|| fence(doc, |it| it.replacen("\n---\n", "\n", 1), doc.rows.len() + 1))
            .flatten()
    }),
];

/// Slips with more than one meaning, or none that can be known: `--fix` must write nothing.
pub(super) const UNSURE: [(&str, Class); 18] = [
    ("a text that goes on at the left edge", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some_and(|it| it.len() > 30))?;
        let (head, value) = doc.rows[row].split();
        let (one, other) = value.split_at(value[20..].find(' ')? + 20);
        added(doc, row, &[format!("{head}{one}"), other.trim_start().to_owned()])
    }),
    ("a paragraph between the keys", |doc, chance| {
        let row = between(doc, chance)?;
        let text = "In May, Ada Example shows one thing. She has two.";
        let lines = [doc.rows[row].text.clone(), String::new(), text.to_owned(), String::new()];
        added(doc, row, &lines)
    }),
    ("two paragraphs between the keys", |doc, chance| {
        let row = between(doc, chance)?;
        let lines = [&*doc.rows[row].text, "", "She has two.", "", "Bring a question and a friend.", ""];
        added(doc, row, &lines.map(str::to_owned))
    }),
    ("a text above a list", |doc, chance| {
        let row = pick_row(doc, chance, |row| {
            doc.rows[row].is == Is::Head && doc.rows.get(row + 1).is_some_and(|it| it.at == At::Item)
        })?;
        let lines = [format!("{} Ada Example", doc.rows[row].text)];
        let slip = added(doc, row, &lines)?;
        Some(Slip { lines: (row + 2, row + 3), ..slip })
    }),
    ("a key that is commented out above its list", |doc, chance| {
        let row = pick_row(doc, chance, |row| {
            let above = row > 0 && doc.rows[row - 1].at == At::Top && doc.rows[row - 1].is != Is::Head;
            let items = doc.rows.get(row + 1).is_some_and(|it| it.at == At::Item && it.is == Is::Slug);
            doc.rows[row].is == Is::Head && above && items
        })?;
        let slip = added(doc, row, &[format!("# {}", doc.rows[row].text)])?;
        Some(Slip { lines: (row + 2, row + 3), ..slip })
    }),
    ("paragraphs pasted into a value in quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.is == Is::Text && it.text.ends_with('"'))?;
        let open = doc.rows[row].text.trim_end_matches('"');
        let lines = [
            &format!("{open} that is \"done\" by now."),
            "",
            "More about it.",
            "- **One** thing",
            "",
            "---",
            "",
            "Even more.\"",
        ];
        let slip = added(doc, row, &lines.map(|it| (*it).to_owned()))?;
        (row + 1 < doc.rows.len()).then_some(Slip { lines: (row + 2, row + 9), ..slip })
    }),
    ("a paragraph pasted into a value in quotes", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.is == Is::Text && it.text.ends_with('"'))?;
        let open = doc.rows[row].text.trim_end_matches('"');
        let lines = [&format!("{open} that is \"done\" by now."), "", "More about it: all.\""];
        let slip = added(doc, row, &lines.map(|it| (*it).to_owned()))?;
        (row + 1 < doc.rows.len()).then_some(Slip { lines: (row + 2, row + 4), ..slip })
    }),
    ("the same key with another value", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some())?;
        let (head, _) = doc.rows[row].split();
        let slip = added(doc, row, &[doc.rows[row].text.clone(), format!("{head}Another one")])?;
        Some(Slip { lines: (row + 2, row + 3), ..slip })
    }),
    ("the same key three times, twice with one value", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some())?;
        let (head, _) = doc.rows[row].split();
        let other = format!("{head}Another one");
        let slip = added(doc, row, &[doc.rows[row].text.clone(), other.clone(), other])?;
        Some(Slip { lines: (row + 3, row + 4), ..slip })
    }),
    ("the same part of an item with another value", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Part && it.is == Is::Text)?;
        let (head, _) = doc.rows[row].split();
        let slip = added(doc, row, &[doc.rows[row].text.clone(), format!("{head}Another one")])?;
        Some(Slip { lines: (row + 2, row + 3), ..slip })
    }),
    ("a first line without its key", |doc, _| {
        let mut lines = doc.lines();
        lines.insert(0, "/one/two-three/".to_owned());
        Some(Slip { text: doc.with(&lines), meant: String::new(), lines: (2, 2) })
    }),
    ("a line without its key", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some_and(|it| it.contains(' ')))?;
        let value = doc.rows[row].plain()?.to_owned();
        (row > 0).then(|| added(doc, row, &[value])).flatten()
    }),
    ("a mark of another program", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.is != Is::Head)?;
        added(doc, row, &[doc.rows[row].text.clone(), "{{< show one >}}".to_owned()])
    }),
    ("words without a hyphen below an item", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Item && it.is == Is::Text && it.plain().is_some())?;
        let more = format!("{}and of more streets", " ".repeat(doc.rows[row].indent()));
        added(doc, row, &[doc.rows[row].text.clone(), more])
    }),
    ("a list below a text, as one text", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some())?;
        let (head, value) = doc.rows[row].split();
        let lines = [head.trim_end().to_owned(), format!("  {value}"), "  - The oldest were left out.".to_owned()];
        let slip = added(doc, row, &lines)?;
        Some(Slip { lines: (row + 2, row + 4), ..slip })
    }),
    ("an item below a value", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some())?;
        added(doc, row, &[doc.rows[row].text.clone(), "  - ben-sample".to_owned()])
    }),
    ("one of two versions", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.is != Is::Head)?;
        added(doc, row, &[doc.rows[row].text.clone(), ">>>>>>> side".to_owned()])
    }),
    ("a part of a group below a value", |doc, chance| {
        let row = pick(doc, chance, |it| it.at == At::Top && it.plain().is_some())?;
        added(doc, row, &[doc.rows[row].text.clone(), "  alt: Four people".to_owned()])
    }),
];

/// Returns a row, by chance, for which `fits` holds.
fn pick(doc: &Sound, chance: &mut Chance, fits: impl Fn(&Row) -> bool) -> Option<usize> {
    pick_row(doc, chance, |it| fits(&doc.rows[it]))
}

fn pick_row(doc: &Sound, chance: &mut Chance, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let rows: Vec<usize> = (0..doc.rows.len()).filter(|it| fits(*it)).collect();
    (!rows.is_empty()).then(|| *chance.of(&rows))
}

/// Returns a key with a value and keys below it: after the last key, a paragraph is a text whose fence is missing.
fn between(doc: &Sound, chance: &mut Chance) -> Option<usize> {
    pick_row(doc, chance, |row| row + 1 < doc.rows.len() && doc.rows[row].at == At::Top && doc.rows[row].is != Is::Head)
}

/// A line is wrong; what was meant is the document.
fn wrong(doc: &Sound, row: usize, line: String) -> Option<Slip> {
    changed(doc, row, line, doc.rows[row].text.clone())
}

/// A plain value is wrong, and its words are meant.
fn words(doc: &Sound, row: usize, change: impl Fn(&str) -> String) -> Option<Slip> {
    let (head, value) = doc.rows[row].split();
    let now = change(value);
    changed(doc, row, format!("{head}{now}"), format!("{head}'{}'", now.replace('\'', "''")))
}

/// A word in the middle of a value in double quotes is changed, and the value with it is meant.
fn inner(doc: &Sound, row: usize, change: impl Fn(&str) -> String) -> Option<Slip> {
    let (head, value) = doc.rows[row].split();
    let text = value.trim_matches('"');
    let (first, rest) = text.split_once(' ')?;
    let (word, last) = rest.split_once(' ')?;
    let now = format!("{first} {} {last}", change(word));
    changed(doc, row, format!("{head}\"{now}\""), format!("{head}'{now}'"))
}

fn changed(doc: &Sound, row: usize, line: String, meant: String) -> Option<Slip> {
    let (mut now, mut then) = (doc.lines(), doc.lines());
    if now[row] == line {
        return None;
    }
    (now[row], then[row]) = (line, meant);
    Some(Slip { text: doc.with(&now), meant: doc.with(&then), lines: (row + 2, row + 2) })
}

/// A row became these lines, and nobody knows what was meant.
fn added(doc: &Sound, row: usize, lines: &[String]) -> Option<Slip> {
    let mut now = doc.lines();
    now.splice(row..=row, lines.iter().cloned());
    Some(Slip { text: doc.with(&now), meant: String::new(), lines: (row + 2, row + 1 + lines.len()) })
}

fn fence(doc: &Sound, change: impl Fn(&str) -> String, line: usize) -> Option<Slip> {
    Some(Slip { text: change(&doc.text()), meant: doc.text(), lines: (line, line) })
}
