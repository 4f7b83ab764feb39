//! Brackets that don't match, or that were meant as text, and items within brackets that must stand in quotes.

use super::flow::{State, pieces};
use super::guess::{Case, Guess, as_meant, quoted};
use super::line::Line;
use super::outline::{Sort, is_block};
use super::{known, quote};

/// A value that begins with a bracket, and what is wrong with it.
pub(super) fn bracket(case: &Case<'_>, row: usize) -> Option<Guess> {
    let (line, seen) = (case.line(row), &case.all[row]);
    let open = line.value.chars().next().filter(|it| matches!(it, '[' | '{'))?;
    if seen.sort != Sort::Entry || seen.last > row {
        return None;
    }
    let value = line.value;
    let further = case.run(row + 1, |it| it.sort == Sort::Stray && it.line.indent >= line.inside());
    let values = meant(value);
    if further.end > row + 1 && seen.open.is_some() {
        return Some(over_lines(case, row, further.end - 1));
    }
    if values.is_empty() {
        return None;
    }
    let end = State::of(value).end;
    let owner = case.owner(row);
    let (code, message) = match end {
        Some(end) if end < value.len() && !values[0].starts_with(['[', '{']) => {
            ("yaml-bracket", format!("the value of {owner} begins with `{open}`, which begins a list"))
        }
        Some(end) if end == value.len() => inside(value, &owner),
        None if quotes(value) % 2 == 1 => ("yaml-quote", format!("the quotes of {owner} don't match")),
        _ => ("yaml-bracket", format!("the brackets of {owner} don't match")),
    };
    let help = if code == "yaml-quote" {
        "close every quote"
    } else {
        "close every bracket, or put the whole value in double quotes"
    };
    let guess = Guess::new(row, line, code, message).from(line.at).help(help);
    // `[a] [b]` may be a text, or two items.
    let name = line.key.map_or("", |it| it.name);
    let parts = apart(value);
    if let Some(list) = parts.clone().filter(|_| known::is_list_field(name)) {
        return Some(guess.values(line, [list]));
    }
    let unsure = parts.is_some() && !known::is_key(name) || is_open_to_doubt(value);
    Some(guess.doubtful(unsure).values(line, values))
}

/// `[a] [b]`: returns the list of both.
fn apart(value: &str) -> Option<String> {
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    let mut parts = Vec::new();
    for (at, part) in inner.split(']').enumerate() {
        let part =
            if at == 0 { part } else { part.trim_start().trim_start_matches(',').trim_start().strip_prefix('[')? };
        parts.push(part);
    }
    (parts.len() > 1 && !parts.iter().any(|it| it.contains('[') || it.trim().is_empty()))
        .then(|| format!("[{}]", parts.join(", ")))
}

/// Splits `2022-01 status: proposed`, a value in braces in which a comma is missing, before the next key.
fn at_missing_comma(text: &str) -> Option<(&str, &str)> {
    let is_key = |(at, _): &(usize, &str)| {
        Line::of(text[at + 1..].trim_start()).key.is_some_and(|it| !it.tight && known::is_key(it.name))
    };
    let (at, _) = text.match_indices(' ').find(is_key)?;
    let (value, rest) = (text[..at].trim_end(), text[at..].trim_start());
    let is_whole = !value.starts_with(['"', '\'', '[', '{']) || State::of(value).end == Some(value.len());
    (is_whole && !value.is_empty()).then_some((value, rest))
}

/// Returns whether words in braces may go on with a colon, or with the next key.
fn is_open_to_doubt(value: &str) -> bool {
    let list = if value.starts_with('{') { items(value).unwrap_or_default() } else { Vec::new() };
    list.iter().any(|it| {
        at_missing_comma(&item(it, true).1)
            .is_some_and(|it| it.0.contains(' ') && !it.0.starts_with(['"', '\'', '[', '{']))
    })
}

/// Returns the code and message for a value whose brackets match.
fn inside(value: &str, owner: &str) -> (&'static str, String) {
    if value.starts_with("{{") || value.starts_with("{%") {
        return ("yaml-bracket", format!("the value of {owner} begins with `{{`, which begins a group of keys"));
    }
    let list = items(value).unwrap_or_default();
    let scalar = |it: &str| item(it, value.starts_with('{')).1;
    let all = || list.iter().map(|it| scalar(it));
    match () {
        () if value.contains("\" \"") && quotes(value).is_multiple_of(2) => {
            ("yaml-bracket", format!("a comma is missing between the items of {owner}"))
        }
        () if quotes(value) % 2 == 1 || all().any(|it| it.starts_with(['"', '\'']) && quote::meant(&it).is_some()) => {
            ("yaml-quote", format!("the quotes of {owner} don't match"))
        }
        () if all().any(|it| it.starts_with(['@', '`', '%', '*', '&', '!', '|', '>'])) => {
            ("yaml-sign", format!("an item of {owner} begins with a sign that has a meaning of its own"))
        }
        () if all().any(|it| at_missing_comma(&it).is_some()) => {
            ("yaml-bracket", format!("a comma is missing between the keys of {owner}"))
        }
        () if all().any(|it| it.contains(": ")) => ("yaml-colon", format!("an item of {owner} has a colon in it")),
        () => ("yaml-bracket", format!("what stands in the brackets of {owner} can't be read")),
    }
}

fn quotes(value: &str) -> usize {
    value.matches('"').count()
}

/// Brackets that are not closed where the lines of the value end.
fn over_lines(case: &Case<'_>, row: usize, last: usize) -> Guess {
    let line = case.line(row);
    let owner = case.owner(row);
    let mut state = State::of(line.value);
    (row + 1..=last).for_each(|it| state.line(case.line(it).text()));
    let close = state.open().map_or(']', closing);
    let guess = Guess::new(row, line, "yaml-bracket", format!("the brackets of {owner} don't match")).from(line.at);
    let guess = guess.help("close every bracket");
    let text = case.line(last).whole.trim_end();
    let own = format!("{}\n{}{close}", text.trim_end_matches(','), " ".repeat(line.indent));
    match line.value.len() {
        1 => guess.way(vec![(last, own)]),
        _ => guess.way(vec![(last, format!("{text}{close}"))]),
    }
}

fn closing(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}

/// Returns what a value in brackets may have been meant to be, other than what stands there.
pub(super) fn meant(value: &str) -> Vec<String> {
    let close = closing(value.chars().next().unwrap_or('['));
    let state = State::of(value);
    let mut ways = Vec::new();
    if value.starts_with("{{") || value.starts_with("{%") {
        return vec![quoted(value)];
    }
    match state.end {
        Some(end) if end < value.len() => {
            let rest = value[end..].trim();
            if matches!(rest, "," | "]" | "}" | ")" | "\"" | "'" | ";") {
                ways.push(value[..end].to_owned());
            } else {
                return vec![as_meant(value)];
            }
        }
        Some(_) => {}
        None if crossed(value) => {}
        None => {
            let open = format!("{value}{}", if state.open() == Some('{') { '}' } else { close });
            ways.extend(state.open().filter(|it| matches!(it, '[' | '{')).map(|_| open));
        }
    }
    ways.extend(repaired(value, close));
    ways.retain(|it| it != value);
    ways.dedup();
    ways
}

/// Returns whether the value ends with a bracket that closes none in it: `[a, b)`.
fn crossed(value: &str) -> bool {
    let pair = [('(', ')'), ('[', ']'), ('{', '}')].into_iter().find(|it| value.ends_with(it.1));
    pair.is_some_and(|(open, close)| value.matches(open).count() < value.matches(close).count())
}

/// Returns the items between the brackets.
fn items(value: &str) -> Option<Vec<String>> {
    let inner = value.get(1..)?.trim_end();
    let inner = inner.trim_end_matches([']', '}', ')']);
    let lost = value.len() - 1 - inner.len();
    // Brackets that close inner ones belong to the items.
    let inner = if lost > 1 { &value[1..value.len() - 1] } else { inner };
    let whole = || pieces(inner).into_iter().map(|(_, it)| it.trim().to_owned()).collect::<Vec<_>>();
    if value.starts_with('{') && whole().iter().any(|it| uneven(&item(it, true).1)) {
        return Some(at_keys(inner));
    }
    let list = match value.starts_with('[') && !inner.contains(['[', '{']) && whole().iter().any(|it| uneven(it)) {
        true => inner.split(',').map(|it| it.trim().to_owned()).collect(),
        false => whole(),
    };
    Some(list)
}

/// Splits what stands between braces at the commas before a key.
fn at_keys(inner: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for piece in inner.split(',') {
        match list.last_mut() {
            Some(before) if Line::of(piece.trim()).key.is_none() => *before = format!("{before},{piece}"),
            _ => list.push(piece.to_owned()),
        }
    }
    list.iter().map(|it| it.trim().to_owned()).collect()
}

fn uneven(text: &str) -> bool {
    text.starts_with(['"', '\'']) && quote::meant(text).is_some()
}

/// Returns the value with each item mended by itself, and its bracket closed.
fn repaired(value: &str, close: char) -> impl Iterator<Item = String> {
    let group = value.starts_with('{');
    let list = items(value).unwrap_or_default();
    let mut out: Vec<Mended> = Vec::new();
    for piece in &list {
        let (key, text) = item(piece, group);
        match out.last_mut() {
            // A comma within a value ended it: what follows has no key.
            Some(before) if group && key.is_empty() && !piece.is_empty() => before.go_on(piece),
            _ => match at_missing_comma(&text).filter(|_| group) {
                Some((value, rest)) => out.push(Mended { key, text: format!("{value}, {rest}"), joined: false }),
                None => out.push(Mended { key, text: scalar(&text), joined: false }),
            },
        }
    }
    let open = if group { '{' } else { '[' };
    let out: Vec<String> = out.into_iter().map(Mended::written).collect();
    (!list.is_empty()).then(|| format!("{open}{}{close}", out.join(", "))).into_iter()
}

/// An item, mended by itself.
struct Mended {
    /// `key: `; empty where the item has none.
    key: String,
    text: String,
    /// Whether the text was put together from several pieces. It is quoted once, at the end: each quoting escapes what the
    /// one before it escaped, so that a text with a `\\` would double in length with each piece.
    joined: bool,
}

impl Mended {
    fn go_on(&mut self, piece: &str) {
        if !self.joined {
            self.text = self.text.trim_matches('"').to_owned();
            self.joined = true;
        }
        self.text += ", ";
        self.text += piece;
    }

    fn written(self) -> String {
        let text = if self.joined { quoted(&self.text) } else { self.text };
        self.key + &text
    }
}

/// Splits an item into `key: ` and its value; in a list there is no key.
fn item(piece: &str, group: bool) -> (String, String) {
    let line = Line::of(piece);
    match line.key.filter(|_| group) {
        Some(_) => {
            (format!("{}: ", line.head().trim_end().trim_end_matches(':').trim_end()), piece[line.at..].to_owned())
        }
        None => (String::new(), piece.to_owned()),
    }
}

/// Returns an item as it was meant.
fn scalar(text: &str) -> String {
    let meant = match text.chars().next() {
        Some('"' | '\'') => match text.split_once("\" \"").filter(|it| !it.0[1..].contains('"')) {
            Some((one, other)) => Some(format!("{one}\", \"{other}")),
            None => quote::meant(text).and_then(|it| it.into_iter().next()),
        },
        Some('[' | '{') => meant(text).into_iter().next(),
        Some('@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '“') => Some(as_meant(text)),
        _ if text.contains(": ") || text.ends_with(':') => Some(as_meant(text)),
        _ => None,
    };
    meant.unwrap_or_else(|| text.to_owned())
}

/// `topics: housing, data]`: a bracket that closes and was never opened.
pub(super) fn unopened(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let inner = line.value.strip_suffix(']')?;
    let plain = !inner.contains(['[', ']', '{', '"', '\'']) && !is_block(line.value) && line.key.is_some();
    (plain && case.all[row].sort == Sort::Entry && inner.contains(',')).then(|| {
        let message = format!("the brackets of {} don't match", line.owner());
        let guess = Guess::new(row, line, "yaml-bracket", message).from(line.at).help("put `[` before the first item");
        guess.values(line, [format!("[{}]", inner.trim_start_matches('('))])
    })
}

/// `title: {{ page.title }}`: a sign of a template, which YAML takes for a group within a group.
pub(super) fn template(case: &Case<'_>, row: usize) -> Option<Guess> {
    case.line(row).value.starts_with("{{").then(|| bracket(case, row)).flatten()
}

/// `{name:Ann}`: a space that is missing within braces.
pub(super) fn space(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let value = line.value;
    if !value.starts_with('{') || State::of(value).end != Some(value.len()) {
        return None;
    }
    let list = items(value)?;
    // After a key in quotes the space may be missing, as in JSON (YAML 1.2.2, section 7.4.2).
    let plain = |it: &&String| !it.starts_with(['"', '\'']);
    let tight =
        list.iter().filter(plain).find(|it| Line::of(it).key.is_some_and(|it| it.tight && known::is_key(it.name)))?;
    let name = Line::of(tight).key?.name;
    let start = line.at + value.find(tight.as_str()).unwrap_or(0);
    let guess = Guess::new(row, line, "yaml-space", format!("a space is missing after `{name}:`")).from(start);
    Some(guess.help("put a space after the colon").values(line, repaired(value, '}')))
}

/// `{who: Staff, volunteers and residents}`: a comma within a value, which ends it there.
pub(super) fn comma(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let value = line.value;
    if !value.starts_with('{') || value.starts_with("{{") || State::of(value).end != Some(value.len()) {
        return None;
    }
    let list = items(value)?;
    let cut = |it: &String| {
        // A comma beside a digit is told with the field, which says whether a number was meant.
        let odd = |it: char| matches!(it, '"' | '\'' | '*') || it.is_ascii_digit();
        item(it, true).0.is_empty() && it.contains(' ') && !it.contains(':') && !it.starts_with(odd)
    };
    let lost = list.iter().skip(1).find(|it| cut(it))?;
    let start = line.at + value.find(lost.as_str()).unwrap_or(0);
    let mut guess = Guess::new(row, line, "yaml-bracket", format!("the comma before `{lost}` ends the value"));
    guess.start = start;
    guess.end = start + lost.len();
    Some(guess.help("put a value with a comma in double quotes").values(line, meant(value)))
}
