//! A value that begins with a sign of YAML, or has one within, and was meant as text.

use super::guess::{Case, Guess, around, as_meant};
use super::known;
use super::line::Line;
use super::outline::{Seen, Sort, is_block};

/// `@name`, `*bold*`, `&c`, `%`, `` ` ``, `> 60`.
pub(super) fn sign(case: &Case<'_>, row: usize) -> Option<Guess> {
    let (line, seen) = (case.line(row), &case.all[row]);
    let value = line.value;
    let first = value.chars().next()?;
    let begins = match first {
        '@' | '`' | '%' | ',' | ']' | '}' | '*' | '&' | '!' => true,
        '|' | '>' => !is_block(value),
        '?' | '-' => value.len() == 1 || value[1..].starts_with(' '),
        _ => false,
    };
    if !begins || seen.sort != Sort::Entry || line.key.is_none() && line.dashes == 0 {
        return None;
    }
    let (owner, at) = (line.owner(), line.at);
    if value == "?" {
        let message = format!("the value of {owner} is only `?`, which has a meaning of its own");
        let guess = Guess::new(row, line, "yaml-sign", message).from(at).help("leave out what is not known");
        return Some(guess.way(vec![(row, format!("{}{}", line.head().trim_end(), line.tail()))]));
    }
    let message = format!("the value of {owner} begins with `{first}`, which has a meaning of its own");
    let guess = Guess::new(row, line, "yaml-sign", message).from(at).values(line, [as_meant(value)]);
    let more = case.run(row + 1, |it| it.sort == Sort::Stray && it.line.indent >= line.inside());
    let last = if more.is_empty() { seen.last } else { more.end - 1 };
    let text = value[1..].trim_start();
    Some(match first {
        _ if last == row => guess,
        // The text was meant to stand below the sign.
        '|' | '>' if text.starts_with(char::is_alphabetic) => {
            let indent = " ".repeat(case.line(row + 1).indent);
            guess.way(vec![(row, format!("{}{first}\n{indent}{text}", line.head()))])
        }
        _ => guess.way(around(case, row, last)),
    })
}

/// `title: Sketching with Code: Protosketching`, also in a further line of a value.
pub(super) fn colon(case: &Case<'_>, row: usize) -> Option<Guess> {
    let (line, seen) = (case.line(row), &case.all[row]);
    let owner = match seen.sort {
        Sort::Entry => row,
        Sort::More(owner) => owner,
        _ => return None,
    };
    let value = line.value;
    let has = value.contains(": ") || value.contains(":\t") || value.ends_with(':');
    if !has
        || value.starts_with(['"', '\'', '[', '{', '#'])
        || is_block(value)
        || line.key.is_none() && line.dashes == 0 && owner == row
    {
        return None;
    }
    let again = Line::of(value).key.filter(|it| owner == row && line.key.is_some_and(|own| own.name == it.name));
    if let Some(key) = again {
        let rest = value.split_once(':').map_or("", |it| it.1.trim());
        let message = format!("`{}:` stands twice in this line", key.name);
        let guess = Guess::new(row, line, "yaml-colon", message).from(line.at).help("take one of them out");
        return Some(guess.values(line, [rest.to_owned(), as_meant(rest)]));
    }
    let message = format!("the value of {} has a colon in it", case.line(owner).owner());
    let mut guess = Guess::new(row, line, "yaml-colon", message).from(line.at);
    let last = case.all[owner].last.max(last_further(case, owner));
    if last > owner {
        return Some(guess.way(around(case, owner, last)));
    }
    // `- Ann: lead: x`: a name, not a key.
    if line.dashes > 0 && line.key.is_some_and(|it| is_word(case, row, it.name)) {
        let whole = &line.whole[line.content..line.at + value.len()];
        guess = guess.way(vec![(row, format!("{}{}{}", &line.whole[..line.content], as_meant(whole), line.tail()))]);
    }
    // `period: start: 2021-04, end: 2023-03}`: a group without its first brace.
    let group =
        value.ends_with('}') && !value.contains('{') && Line::of(value).key.is_some_and(|it| known::is_key(it.name));
    let braced = group.then(|| format!("{{{value}"));
    Some(guess.values(line, braced.into_iter().chain([as_meant(value)])))
}

/// Returns whether what stands before the colon of an item is no key, but a word of a text: `Cost: what`.
fn is_word(case: &Case<'_>, row: usize, name: &str) -> bool {
    let line = case.line(row);
    let fellow = |it: &Seen<'_>| {
        it.line.dashes > 0 && it.line.indent == line.indent && it.line.key.is_none() && it.sort == Sort::Entry
    };
    let part = case.all.get(row + 1).is_some_and(|it| it.line.indent == line.content && it.line.key.is_some());
    let beside = row > 0 && fellow(&case.all[row - 1]) || case.all.get(row + 1).is_some_and(fellow);
    !known::is_key(name) || !part && beside && name.starts_with(char::is_uppercase)
}

/// Returns the last row of those that belong to a value by their indentation alone.
fn last_further(case: &Case<'_>, owner: usize) -> usize {
    let line = case.line(owner);
    let further = |it: &Seen<'_>| matches!(it.sort, Sort::Stray | Sort::More(_)) && it.line.indent >= line.inside();
    case.run(owner + 1, further).end - 1
}

/// `- What do members value: time or money?`: an item that became a group with one key.
pub(super) fn item(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let text = line.value;
    let (before, _) = text.split_once(": ").or_else(|| text.strip_suffix(':').map(|it| (it, "")))?;
    let plain = line.dashes > 0
        && line.key.is_none()
        && before.contains(' ')
        && !before.starts_with(['"', '\'', '[', '{', '`', '&', '*', '!', '|', '>']);
    let alone = case.all.get(row + 1).is_none_or(|it| it.line.indent <= line.indent || it.line.is_blank());
    (plain && alone && case.all[row].sort == Sort::Entry).then(|| {
        Guess::new(row, line, "yaml-colon", "this item has a colon in it")
            .from(line.at)
            .help("put the whole item in double quotes")
            .values(line, [as_meant(text)])
    })
}
