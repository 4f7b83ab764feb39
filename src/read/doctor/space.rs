//! A space that is missing: after a colon, after the dash of an item.

use super::guess::{Case, Guess, as_meant};
use super::outline::Sort;
use super::{indent, known};

/// `date:2019-07-16`.
pub(super) fn colon(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let key = line.key.filter(|it| it.tight)?;
    if matches!(case.all[row].sort, Sort::Text(_) | Sort::Inside(_)) {
        return None;
    }
    let head = line.head().trim_end_matches(|it| it != ':');
    let spaced = |value: &str| vec![(row, format!("{head} {value}{}", line.tail()))];
    let message = format!("a space is missing after `{}:`", key.name);
    let guess = Guess::new(row, line, "yaml-space", message).from(line.content).help("put a space after the colon");
    let guess = guess.way(spaced(line.value)).way(spaced(&as_meant(line.value)));
    // Further to the right than its fellows, it ran into the value above.
    let levels = if known::is_top(key.name) { indent::levels(case, row) } else { Vec::new() };
    let at = |level: usize| format!("{}{} {}{}", " ".repeat(level), head.trim_start(), line.value, line.tail());
    Some(levels.into_iter().filter(|it| *it < line.indent).fold(guess, |guess, it| guess.way(vec![(row, at(it))])))
}

/// `link:https://example.org/`: a key that no field has, with an address.
pub(super) fn address(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let (name, value) = line.text().split_once(':')?;
    let is_name =
        name.starts_with(char::is_alphabetic) && name.chars().all(|it| it.is_alphanumeric() || "_-".contains(it));
    let is_scheme = matches!(name, "http" | "https" | "ftp" | "file" | "mailto" | "tel" | "data" | "javascript");
    let is_address = ["https://", "http://", "mailto:", "/"].iter().any(|it| value.starts_with(it));
    if case.all[row].sort != Sort::Stray || !is_name || is_scheme || !is_address || value.contains(char::is_whitespace)
    {
        return None;
    }
    let message = format!("a space is missing after `{name}:`");
    let guess = Guess::new(row, line, "yaml-space", message).help("put a space after the colon");
    let indent = line.whole.get(..line.indent).unwrap_or_default();
    Some(guess.way(vec![(row, format!("{indent}{name}: {value}"))]))
}

/// `-item` in a list.
pub(super) fn dash(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let item = line
        .text()
        .strip_prefix('-')
        .filter(|it| it.starts_with(|it: char| it.is_alphabetic() || "\"'[{@".contains(it)))?;
    if !matches!(case.all[row].sort, Sort::Stray | Sort::More(_)) || !is_in_list(case, row) {
        return None;
    }
    let indent = &line.whole[..line.indent];
    let guess =
        Guess::new(row, line, "yaml-space", "a space is missing after `-`").help("put a space after the hyphen");
    Some(guess.way(vec![(row, format!("{indent}- {item}"))]).way(vec![(row, format!("{indent}- {}", as_meant(item)))]))
}

/// Returns whether an item would fit here: below a key without a value, or beside other items.
fn is_in_list(case: &Case<'_>, row: usize) -> bool {
    let line = case.line(row);
    let beside = |other: usize| {
        let it = case.line(other);
        it.indent == line.indent && (it.dashes > 0 || it.text().starts_with('-'))
    };
    let above = case.above(row);
    let under = above.is_some_and(|it| case.line(it).value.is_empty() && case.line(it).key.is_some());
    let level = (0..row).rev().find(|it| case.all[*it].sort == Sort::Entry && case.line(*it).indent <= line.indent);
    under
        || above.is_some_and(beside)
        || level.is_some_and(beside)
        || row > 0 && beside(row - 1)
        || row + 1 < case.all.len() && beside(row + 1)
}
