//! Quotes that don't match: not closed, closed too early, within one another, of two sorts; signs that `\` begins.

use super::flow::{State, pieces};
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
    if let Some(list) = without_brackets(line.value) {
        let name = line.key.map_or("", |it| it.name);
        let message = format!("{owner} holds several texts in quotes, but no brackets around them");
        let guess =
            Guess::new(row, line, "yaml-bracket", message).from(line.at).help("put a list in brackets: `[a, b]`");
        return Some(guess.doubtful(!known::is_list_field(name)).values(line, [list]));
    }
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

/// A value in quotes into which paragraphs were pasted: nobody else knows where it was meant to end.
pub(super) fn pasted(case: &Case<'_>, row: usize) -> Option<Guess> {
    let (line, seen) = (case.line(row), &case.all[row]);
    let mark = line.value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    if seen.sort != Sort::Entry || seen.last > row || State::of(line.value).end == Some(line.value.len()) {
        return None;
    }
    let is_item = |it: &Line<'_>| it.key.is_some() || it.value.starts_with(['"', '\'']);
    let is_text = |it: &usize| case.all[*it].sort != Sort::Entry || !is_item(case.line(*it));
    let last = (row + 1..case.all.len())
        .take(PARAGRAPHS)
        .take_while(is_text)
        .find(|it| case.line(*it).text().ends_with(mark))?;
    let is_outside = |it: usize| case.line(it).is_blank() || case.line(it).indent < line.inside();
    if !(row + 1..=last).any(is_outside) {
        return None;
    }
    let message = format!(
        "the value of {} goes over several lines, with quotes in it or lines at the left edge",
        case.owner(row)
    );
    let help = "put the text below the front matter; or write `|` in place of the first quote, take out the last, and indent all lines of the text";
    let mut guess = Guess::new(row, line, "yaml-quote", message).from(line.at).help(help);
    guess.last = last;
    Some(guess)
}

/// So many lines may have been pasted into a value.
const PARAGRAPHS: usize = 60;

/// `'A', 'B'`: returns the list that was meant.
fn without_brackets(value: &str) -> Option<String> {
    let value = value.trim_end_matches([',', ' ']);
    let is_quoted = |it: &str| it.starts_with(['"', '\'']) && State::of(it).end == Some(it.len());
    let pieces = pieces(value);
    (pieces.len() > 1 && pieces.iter().all(|it| is_quoted(it.1.trim()))).then(|| format!("[{value}]"))
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
    if let Some(text) = one_pair(value, mark) {
        return Some(vec![quoted(&text)]);
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

/// Returns the text between two quotes one of which is doubled, or with apostrophes in it that have a sign of escape before
/// them: `"text""`, `'it\'s'`, `'the team/'s work'`.
fn one_pair(value: &str, mark: char) -> Option<String> {
    let inner = value.strip_prefix(mark)?.strip_suffix(mark)?;
    if inner.is_empty() {
        return None;
    }
    if mark == '\'' {
        for sign in ["\\'", "/'"] {
            let text = inner.replace(sign, "\u{1}");
            let is_apostrophe = |(at, _): (usize, &str)| {
                let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
                before.is_some_and(char::is_alphanumeric) && after.is_none_or(|it| it.is_alphanumeric() || it == ' ')
            };
            if text.contains('\u{1}') && !text.contains('\'') && text.match_indices('\u{1}').all(is_apostrophe) {
                return Some(text.replace('\u{1}', "'"));
            }
        }
    }
    let double = [inner.strip_prefix(mark), inner.strip_suffix(mark)];
    let mut single = double.into_iter().flatten().filter(|it| !it.contains(mark) && !it.is_empty());
    single.next().map(str::to_owned)
}

/// Returns, for each quote that is not within a word, 1 where it opens and -1 where it closes.
fn roles(value: &str, mark: char) -> Vec<(usize, i32)> {
    // Marks of Markdown stand between a quote and its word.
    let is_mark = |it: &char| matches!(it, '"' | '\'' | '“' | '”' | '_' | '*' | '~' | '`');
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
            // `\'` was meant as in other languages, if nothing else has a backslash.
            let plain = text.replace("\\'", "'");
            return Some(vec![quoted(if plain.contains('\\') { &text } else { &plain })]);
        }
    }
    None
}
