//! Lines that are neither key nor item: a colon that is missing, a value that ran into the next line.

use super::guess::{Case, Guess, around, as_meant, quoted};
use super::line::Line;
use super::outline::{Sort, is_block};
use super::{indent, keep, known};

/// `date 2024-01-23`, `title = "A"`, `summary; B`.
pub(super) fn without_colon(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let next = case.all.get(row + 1).is_some_and(|it| it.line.indent > line.indent || it.line.dashes > 0);
    let name = line.text().trim_end_matches([';', '；', '：', ',', '.', '=', ' ']);
    if case.all[row].sort == Sort::Stray && next && known::is_key(name) {
        let message = format!("the colon after `{name}` is missing");
        let guess = Guess::new(row, line, "yaml-no-colon", message).help("write it");
        return Some(guess.way(vec![(row, format!("{}{name}:", &line.whole[..line.indent]))]));
    }
    let (name, value, equals) = split(line)?;
    let below = case.all.get(row + 1).filter(|it| it.sort == Sort::Entry && it.line.indent == line.content);
    let group = line.dashes > 0 && line.key.is_none() && below.is_some_and(|it| it.line.key.is_some());
    if case.all[row].sort != Sort::Stray && !group && (!equals || line.key.is_some()) {
        return None;
    }
    let message = format!("the colon after `{name}` is missing");
    let is_text = !equals && value.contains(' ') && may_be_text(case, row, name);
    let guess = Guess::new(row, line, "yaml-no-colon", message).from(line.content).help("write `key: value`");
    let guess = guess.doubtful(is_text);
    let head = &line.whole[..line.content];
    let written = |value: &str| format!("{head}{name}: {value}");
    let one = guess.way(vec![(row, written(value))]).way(vec![(row, written(&as_meant(value)))]);
    // Lines in the way of TOML come together.
    let run = case.run(row, |it| split(&it.line).is_some_and(|it| it.2));
    let all =
        || run.clone().filter_map(|it| split(case.line(it)).map(|(name, value, _)| (it, format!("{name}: {value}"))));
    Some(match equals && run.len() > 1 {
        true => one.way(all().collect()),
        false => one,
    })
}

/// Returns whether a line at the left edge that begins with the name of a field may be a text, or more of the one above it:
/// `Budget for repairs`, `data from libraries`.
fn may_be_text(case: &Case<'_>, row: usize, name: &str) -> bool {
    let above = row.checked_sub(1).map(|it| case.line(it));
    let goes_on = above.is_some_and(|it| it.value.contains(' ') && !it.value.ends_with(['"', '\'', ']', '}', '.']));
    let begins = above.is_some_and(|it| it.key.is_some() && it.value.is_empty());
    let is_word = name.starts_with(char::is_uppercase) || goes_on || begins;
    case.line(row).indent == 0 && is_word && !name.contains('_') && !known::is_common(name)
}

/// `figure:`, and below it `value 5`: a key without its colon, all alone, is a text.
pub(super) fn alone(case: &Case<'_>, row: usize) -> Option<Guess> {
    let above = case.above(row)?;
    let (_, value, _) = split(case.line(row))?;
    let data = is_data(value);
    let quoted = data && value.contains(": ");
    let below = case.line(above).value.is_empty() && case.line(above).dashes == 0;
    (data && below && above + 1 == row && case.all[row].last == row || quoted && case.all[row].sort == Sort::Stray)
        .then(|| without_colon(case, row))
        .flatten()
}

/// Returns whether a value is no word of a sentence.
fn is_data(value: &str) -> bool {
    value.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '"' | '\'' | '[' | '{'))
}

/// Splits `key value`, `key = value`, `key; value`; says whether it was `=`.
fn split<'a>(line: &Line<'a>) -> Option<(&'a str, &'a str, bool)> {
    let text = line.whole[line.content..].trim_end();
    let end = text.find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '-'))?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start();
    if let Some(value) = rest.strip_prefix('=') {
        return (!name.is_empty()).then_some((name, value.trim(), true));
    }
    let value = rest.strip_prefix([';', '：', '-', '–']).unwrap_or(rest).trim();
    (known::is_key(name) && !value.is_empty() && !value.starts_with(':') && line.key.is_none())
        .then_some((name, value, false))
}

/// A line that begins an item, but has no hyphen.
pub(super) fn without_hyphen(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let is_item = match case.all[row].sort {
        Sort::Entry => keep::begins_item(case, row),
        Sort::Stray => keep::may_be_item(case, row),
        _ => false,
    };
    is_item.then(|| {
        let message = "the hyphen before this item is missing";
        let guess = Guess::new(row, line, "yaml-indent", message).help("begin each item of a list with a hyphen");
        let (indent, text) = line.whole.split_at(line.indent);
        guess.way(vec![(row, format!("{indent}- {text}"))])
    })
}

/// A line that is no key, no item, and no part of a value: a paragraph, a mark of another program.
pub(super) fn line(case: &Case<'_>, row: usize) -> Option<Guess> {
    if case.all[row].sort != Sort::Stray {
        return None;
    }
    let run = case.run(row, |it| matches!(it.sort, Sort::Stray | Sort::Blank));
    let message = "this line is no `key: value`, and belongs to no value above it";
    let help = "put it below the front matter, or take it out";
    let mut guess = Guess::new(row, case.line(row), "yaml-indent", message).help(help);
    guess.last = run.rev().find(|it| case.all[*it].sort == Sort::Stray).unwrap_or(row);
    Some(guess)
}

/// A value that goes on at the left edge.
pub(super) fn run_on(case: &Case<'_>, row: usize) -> Option<Guess> {
    if case.all[row].sort != Sort::Stray || row > 0 && case.all[row - 1].sort == Sort::Stray {
        return None;
    }
    let above = case.above(row)?;
    let (line, owner) = (case.line(row), case.line(above));
    let run = case.run(row, |it| it.sort == Sort::Stray);
    let message = format!("this line belongs to the value of {} above, but begins too far to the left", owner.owner());
    let guess =
        Guess::new(row, line, "yaml-indent", message).from(0).help("begin it further to the right than the key");
    if line.text().starts_with(['"', '\'', '{', '<', '%'])
        || split(line).is_some_and(|it| is_data(it.1))
        || owner.value.is_empty()
        || owner.value.starts_with(['"', '\'', '[', '{', '#'])
    {
        return None;
    }
    let text = (above + 1..row).find(|it| matches!(case.all[*it].sort, Sort::Text(_)) && !case.line(*it).is_blank());
    let to = text.map_or(owner.inside() + 1, |it| case.line(it).indent);
    let guess = guess.way(indent::shifted(case, run.clone(), line.indent, to));
    Some(if is_block(owner.value) { guess } else { guess.way(around(case, above, run.end - 1)) })
}

/// A value that goes on at the left edge with a colon in it, so that it became a key.
pub(super) fn became_key(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let (name, _) = line.text().split_once(": ").or_else(|| line.text().strip_suffix(':').map(|it| (it, "")))?;
    let words = name.split_whitespace().count();
    let above = case.above(row)?;
    let owner = case.line(above);
    let like_text = words > 2 || words > 1 && name.starts_with(char::is_lowercase) || name.contains('<');
    let follows = (above + 1..row).all(|it| matches!(case.all[it].sort, Sort::Stray | Sort::More(_)));
    let plain = !owner.value.is_empty() && !owner.value.starts_with(['"', '\'', '[', '{', '#', '&', '*', '!']);
    if case.all[row].sort != Sort::Stray
        || split(line).is_some_and(|it| is_data(it.1))
        || line.dashes > 0
        || name.contains(['"', '_'])
        || known::is_key(&name.replace([' ', '-'], "_"))
        || !like_text
        || !follows
        || !plain
        || is_block(owner.value)
    {
        return None;
    }
    let run = case.run(row, |it| it.sort == Sort::Stray);
    let message = format!("`{name}` looks like text, not like a key");
    let mut guess = Guess::new(row, line, "unknown-key", message);
    guess.end = guess.start + name.len();
    let help =
        "a value seems to have run into the next line; put the whole value in quotes, or indent its further lines";
    Some(guess.help(help).way(around(case, above, run.end - 1)))
}

/// A line between keys that is only a text in quotes or a word too much can't be told from others.
pub(super) fn colon_in_key(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let (name, head, rest) = match line.key {
        Some(key) => (key.name, line.head().trim_end(), line.whole[line.at..].trim_end().strip_prefix(": ")?),
        None => {
            let (name, rest) = line.whole[line.content..].trim_end().split_once("::")?;
            let known = known::is_key(name) && rest.starts_with(' ') && !matches!(case.all[row].sort, Sort::Text(_));
            (name, &line.whole[..line.content + name.len() + 1], Some(rest.trim()).filter(|_| known)?)
        }
    };
    let message = format!("there are two colons after `{name}`");
    Some(
        Guess::new(row, line, "yaml-colon", message)
            .help("write one")
            .way(vec![(row, format!("{head} {rest}"))])
            .way(vec![(row, format!("{head} {}", quoted(rest)))]),
    )
}
