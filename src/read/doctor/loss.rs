//! What YAML reads without a word, and not as it was written: a remark that was none, a name, a mark.

use super::guess::{Case, Guess, as_meant};
use super::outline::{Sort, is_block};

/// Looks for a loss in a line.
type Loss = fn(&Case<'_>, usize) -> Option<Guess>;

/// What may be lost, in the order in which it is looked for.
pub(super) const LOSSES: [Loss; 16] = [
    super::white::invisible,
    super::stray::colon_in_key,
    super::stray::alone,
    super::bracket::template,
    super::bracket::space,
    super::space::dash,
    super::indent::swallowed,
    super::indent::below_text,
    cut,
    named,
    tagged,
    odd_quote,
    super::bracket::unopened,
    super::bracket::comma,
    super::sign::item,
    super::stray::became_key,
];

/// Returns whether a text may have lost something: nearly all are made of ordinary lines, and need not be looked at.
pub(super) fn may_lose(text: &str) -> bool {
    // An item under a key that has a value already becomes part of that value, and so does one to the right of another.
    let mut above: Option<(bool, usize)> = None;
    text.lines().any(|line| {
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        let item = bare.strip_prefix("- ");
        let is_lost = item.is_some() && above.is_some_and(|(is_item, before)| !is_item || indent > before);
        if !bare.is_empty() {
            above = (!bare.ends_with(':')).then_some((item.is_some(), indent));
        }
        is_lost || !is_ordinary(bare, indent > 0)
    })
}

/// Returns whether a line is `key:`, `key: value`, `- value`, `- key: value`, or empty, in which nothing has a second meaning.
fn is_ordinary(bare: &str, indented: bool) -> bool {
    let (value, is_item) = match bare.strip_prefix("- ") {
        Some(rest) => (rest, true),
        None => (bare, false),
    };
    let key = value.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count();
    let value = match (value[key..].strip_prefix(':'), key) {
        (Some(rest), 1..) if rest.is_empty() || rest.starts_with(' ') => rest.trim(),
        _ if is_item => value.trim(),
        _ => return bare.is_empty() && !indented,
    };
    let is_quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"') && !value.contains('\\');
    let inner = if is_quoted { &value[1..value.len() - 1] } else { value };
    let is_odd = |it: char| {
        matches!(it, '"' | '\'' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '`' | '\t')
            || !it.is_ascii() && is_invisible(it)
    };
    // A day with its time: `2024-01-23T09:00:00Z`.
    let is_time = inner.starts_with(|it: char| it.is_ascii_digit())
        && inner.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'-' | b':' | b'T' | b'Z' | b'+' | b'.'));
    let is_free = is_quoted || is_time || !inner.contains([':', '#', '&', '!', '*', '%', '@']);
    is_free && !inner.contains(is_odd)
}

/// Returns whether a sign that is not ASCII can't be seen, or looks like one that YAML knows.
fn is_invisible(sign: char) -> bool {
    !sign.is_alphanumeric() && !matches!(sign, '£' | '€' | '–' | '—' | '’' | '‘' | '…' | '·' | '•' | '°')
}

/// `title: Phase #2`: what follows ` #` is a remark to YAML.
fn cut(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let value = line.value;
    if case.all[row].sort != Sort::Entry || value.starts_with(['"', '\'', '[', '{', '|', '>']) {
        return None;
    }
    let at = if value.starts_with('#') { 0 } else { value.find(" #").map(|it| it + 1)? };
    let word = value[at..].split_whitespace().next().unwrap_or_default();
    let number = word[1..].trim_end_matches(|it: char| it.is_ascii_punctuation());
    // Of two `#`, the second may begin a remark, or more of the value.
    let sure = line.tail().trim().is_empty()
        && (at == 0 || !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()));
    // A list or a group may follow a remark.
    let has_more = case.all.get(row + 1).is_some_and(|it| it.line.indent > line.indent || it.line.dashes > 0);
    if at == 0 && (has_more || word.len() < 2 || line.key.is_none() && line.dashes == 0) {
        return None;
    }
    let message = format!("`{}` is not read: what follows `#` is taken for a remark", &value[at..]);
    let mut guess = Guess::new(row, line, "yaml-cut", message).from(line.at + at);
    guess.end = line.at + value.len();
    let help = "put the value in double quotes if that belongs to it, or a space after `#` if it is a remark";
    Some(guess.warning().help(help).values(line, sure.then(|| as_meant(value))))
}

/// `title: &Co news`: a name for a value that nothing uses.
fn named(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let name = line.value.strip_prefix('&')?.split_whitespace().next()?;
    let used = case.all.iter().any(|it| it.line.whole.contains(&format!("*{name}")));
    let rest = line.value[1 + name.len()..].trim();
    let has_more = case.all.get(row + 1).is_some_and(|it| it.line.indent > line.indent || it.line.dashes > 0);
    let text = rest.contains(' ') || name.starts_with(char::is_uppercase) || rest.is_empty() && !has_more;
    (!used && text && case.all[row].sort == Sort::Entry && !rest.starts_with(['"', '\'', '[', '{', '|', '>']))
        .then(|| sign(case, row, '&'))
}

/// `summary: !Important news`: a mark that says what sort a value is, which nothing here reads.
fn tagged(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let rest = line.value.strip_prefix('!')?;
    (rest.starts_with(|it: char| it.is_alphabetic() || it == ' ')
        && rest.contains(' ')
        && case.all[row].sort == Sort::Entry)
        .then(|| sign(case, row, '!'))
}

fn sign(case: &Case<'_>, row: usize, sign: char) -> Guess {
    let line = case.line(row);
    let message = format!("the value of {} begins with `{sign}`, which has a meaning of its own", line.owner());
    Guess::new(row, line, "yaml-sign", message).from(line.at).values(line, [as_meant(line.value)])
}

/// `title: Our first year"`: a quote that closes and was never opened.
fn odd_quote(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let text = line.value.strip_suffix('"')?;
    let plain = !text.is_empty() && !text.starts_with(['\'', '[', '{', '|', '>', '#']) && !text.contains('"');
    let inch = text.ends_with(|it: char| it.is_ascii_digit());
    (plain
        && !inch
        && !is_block(line.value)
        && line.key.is_some()
        && case.all[row].sort == Sort::Entry
        && case.all[row].last == row)
        .then(|| {
            let message = format!("the quotes of {} don't match", line.owner());
            let guess = Guess::new(row, line, "yaml-quote", message).from(line.at).warning();
            guess.values(line, [as_meant(text.trim_start_matches(['“', '”']))])
        })
}
