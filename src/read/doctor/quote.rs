//! Quotes that don't match: not closed, closed too early, within one another, of two sorts; signs that `\` begins.

use super::flow::State;
use super::guess::{Case, Guess, quoted};
use super::known;
use super::line::Line;
use super::outline::Sort;

/// A value that begins with a quote, and what is wrong with it.
pub(super) fn quote(case: &Case<'_>, row: usize) -> Option<Guess> {
    let (line, seen) = (case.line(row), &case.all[row]);
    let mark = line.value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    if seen.sort != Sort::Entry || seen.last > row {
        return None;
    }
    let owner = case.owner(row);
    if let Some(values) = escapes(line.value) {
        let message = "a backslash in double quotes begins a sign of its own";
        let guess = Guess::new(row, line, "yaml-quote", message).from(line.at).help("put the value in single quotes");
        return Some(guess.values(line, values));
    }
    let values = meant(line.value)?;
    let message = match line.value.matches(mark).count() {
        1 => format!("the quote that begins the value of {owner} is not closed"),
        _ => format!("the quotes of {owner} don't match"),
    };
    let guess = Guess::new(row, line, "yaml-quote", message).from(line.at);
    let guess = guess.help("put the whole value in double quotes, and no double quotes within it");
    // The value may go on in further lines, and end with the last of them.
    let further = case.run(row + 1, |it| it.sort == Sort::Stray && it.line.indent >= line.inside());
    let guess = match further.end > row + 1 {
        true => guess.way(vec![(further.end - 1, format!("{}{mark}", case.line(further.end - 1).whole.trim_end()))]),
        false => guess,
    };
    Some(guess.values(line, values))
}

/// `"title: A"`: a whole line in quotes.
pub(super) fn whole(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let text = &line.whole[line.content..].trim_end();
    let mark = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let closed = text[1..].strip_suffix(mark);
    let inner = closed.unwrap_or(&text[1..]);
    let key = Line::of(inner).key.filter(|it| !it.tight && (closed.is_some() || known::is_key(it.name)))?;
    let message = format!("the quotes are around `{}:`, too", key.name);
    let guess = Guess::new(row, line, "yaml-quote", message).help("put only the value in quotes");
    let head = &line.whole[..line.content];
    (line.key.is_none() && !inner.contains(mark)).then(|| {
        guess.way(vec![(row, format!("{head}{inner}"))]).way(vec![(row, {
            let (name, value) = inner.split_once(':').unwrap_or((inner, ""));
            format!("{head}{name}: {}", quoted(value.trim()))
        })])
    })
}

/// Returns what a value that begins with a quote may have been meant to be; nothing where its quotes match.
pub(super) fn meant(value: &str) -> Option<Vec<String>> {
    let mark = value.chars().next()?;
    let end = State::of(value).end;
    if end == Some(value.len()) {
        return None;
    }
    let inner = &value[1..];
    if let Some(whole) = value.strip_suffix(',').filter(|it| end == Some(it.len())) {
        return Some(vec![whole.to_owned()]);
    }
    let marks = roles(value, mark);
    let (mut depth, mut early) = (0_i32, false);
    for (at, role) in &marks {
        depth += role;
        early |= depth == 0 && at + 1 < value.len();
    }
    let other = if mark == '"' { '\'' } else { '"' };
    let closed = inner.strip_suffix(mark);
    Some(match marks.len() {
        1 if mark == '\'' && is_elision(inner) => vec![quoted(value)],
        1 => match inner.strip_suffix([other, '”', '“', '’']) {
            // `"O'Neill'`: what closes there was opened by the other sign.
            Some(text) if roles(text, other).iter().map(|it| it.1).sum::<i32>() == 0 && !text.contains(['“', '”']) =>
            {
                vec![quoted(text)]
            }
            _ if inner.contains(mark) => vec![quoted(inner)],
            _ if mark == '"' && inner.contains('\\') => vec![quoted(inner)],
            _ => vec![format!("{mark}{inner}{mark}")],
        },
        _ => match closed {
            _ if early => vec![quoted(value)],
            Some(text) if depth == 0 => vec![quoted(text)],
            None if depth == 1 => vec![quoted(inner)],
            _ => Vec::new(),
        },
    })
}

/// Returns, for each quote that is not within a word, 1 where it opens and -1 where it closes.
fn roles(value: &str, mark: char) -> Vec<(usize, i32)> {
    let is_mark = |it: &char| matches!(it, '"' | '\'' | '“' | '”');
    let role = |(at, _): (usize, &str)| {
        let before = value[..at].chars().rev().find(|it| !is_mark(it));
        let after = value[at + 1..].chars().find(|it| !is_mark(it));
        let opens = before.is_none_or(|it| it.is_whitespace() || matches!(it, '(' | '[' | '–' | '—' | '-' | '/'));
        let closes = after.is_none_or(|it| !it.is_alphanumeric() && !matches!(it, '(' | '£' | '$' | '€' | '#' | '@'));
        match (opens, closes) {
            (_, true) if at > 0 => Some((at, -1)),
            (true, _) => Some((at, 1)),
            _ => None,
        }
    };
    value.match_indices(mark).filter_map(role).collect()
}

/// Returns whether a word that lacks its first letters begins: `'tis`, `'90s`.
fn is_elision(text: &str) -> bool {
    let word: String = text.chars().take_while(|it| it.is_alphanumeric()).collect();
    matches!(word.to_lowercase().as_str(), "tis" | "twas" | "em" | "til" | "cause" | "n")
        || word.starts_with(|it: char| it.is_ascii_digit()) && word.ends_with('s')
}

/// Returns what a value in double quotes was meant to be where a `\` in it has no meaning (YAML 1.2.2, section 5.7).
fn escapes(value: &str) -> Option<Vec<String>> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        let digits = |it: &mut std::str::Chars<'_>, count: usize| {
            it.take(count).filter(char::is_ascii_hexdigit).count() == count
        };
        let right = letter != '\\'
            || match letters.next() {
                Some('x') => digits(&mut letters, 2),
                Some('u') => digits(&mut letters, 4),
                Some('U') => digits(&mut letters, 8),
                next => next.is_some_and(|it| "0abtnvfre \"/\\N_LP\t".contains(it)),
            };
        if !right {
            let text = inner.replace("\\\"", "\"");
            return Some(vec![quoted(&text)]);
        }
    }
    None
}
