//! Lines that begin too far to the left or to the right.

use std::ops::Range;

use super::guess::{Case, Guess};
use super::outline::{Sort, is_block};
use super::rows::Change;
use super::{known, line::Line};

const CODE: &str = "yaml-indent";

/// An entry that begins below none of those that it may belong to.
pub(super) fn indent(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    if case.all[row].sort != Sort::Entry || !(line.has_key() || line.dashes > 0) {
        return None;
    }
    let above = case.above(row)?;
    let owner = case.line(above);
    let levels = levels(case, row);
    let list = line.dashes > 0 && owner.dashes == 0 && line.indent == owner.indent && owner.key.is_some();
    if (line.indent >= owner.inside() || list) && !owner.value.is_empty() {
        return Some(under_a_value(case, row, above, &levels));
    }
    let fits = line.indent >= owner.inside() || levels.contains(&line.indent);
    if fits {
        return None;
    }
    if case.all[..row].iter().find(|it| it.sort == Sort::Entry).is_some_and(|it| it.line.indent > line.indent) {
        // Then it is the first ones of all that begin too far to the right.
        return None;
    }
    let message = "this line does not begin at the same place as those beside it";
    let guess = Guess::new(row, line, CODE, message).from(0).help(HELP);
    let odd = odd_one(case, above, row).or_else(|| odd_item(case, above, row));
    Some(odd.unwrap_or_else(|| moved(case, guess, row, &levels)))
}

const HELP: &str = "begin it below the first letter of the keys, or the hyphen of the items, that it belongs to";

/// Returns how many keys, or items, from `row` on stand side by side with it.
fn beside(case: &Case<'_>, row: usize) -> usize {
    let Line { indent, dashes, .. } = *case.line(row);
    let run = case.run(row, |it| it.line.is_blank() || it.line.indent >= indent);
    let fellow = |it: &Line<'_>| it.indent == indent && (it.dashes > 0) == (dashes > 0);
    run.filter(|it| case.all[*it].sort == Sort::Entry && fellow(case.line(*it))).count()
}

/// Where one entry, the first below its key, begins elsewhere than all those after it: then it is the one to be moved.
fn odd_one(case: &Case<'_>, above: usize, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let first =
        (0..=above).rev().find(|it| case.all[*it].sort == Sort::Entry && case.line(*it).indent != line.indent)?;
    let odd = case.line(first);
    let fellows =
        (line.dashes > 0) == (odd.dashes > 0) && odd.indent.abs_diff(line.indent) < 3 && beside(case, first) == 1;
    let owner = case.line(case.above(first)?);
    let under = owner.value.is_empty() && owner.content < line.indent.min(odd.indent).max(1);
    // The one that is not indented by pairs of spaces, as nearly all are; else the one that is alone.
    let is_uneven = |it: usize| it.abs_diff(owner.content) % 2 == 1;
    let uneven = match (is_uneven(odd.indent), is_uneven(line.indent)) {
        (true, false) => true,
        (false, true) => false,
        _ => beside(case, row) > 1,
    };
    (fellows && under && uneven).then(|| odd_guess(case, first, first..row, line.indent))
}

/// Where the first item of a list begins elsewhere than the next, and the keys below it show that.
fn odd_item(case: &Case<'_>, above: usize, row: usize) -> Option<Guess> {
    let odd = case.line(above);
    let owner = case.line(case.above(above)?);
    let next =
        (row..case.all.len()).map(|it| case.line(it)).find(|it| it.indent <= odd.indent.max(2) && !it.is_blank())?;
    let fellow = next.dashes > 0 && next.indent != odd.indent && odd.indent.abs_diff(next.indent) < 3;
    let first = odd.dashes > 0 && odd.key.is_some() && owner.value.is_empty() && owner.dashes == 0;
    (first && fellow && owner.key.is_some()).then(|| odd_guess(case, above, above..above + 1, next.indent))
}

/// Where the key above begins further to the left than the keys before and behind it, and is no field of a document.
fn odd_between(case: &Case<'_>, above: usize, row: usize) -> Option<Guess> {
    let (line, odd) = (case.line(row), case.line(above));
    let before = case.line(case.above(above)?);
    let fellows = before.content == line.indent && odd.indent < line.indent && odd.dashes + line.dashes == 0;
    let part = odd.key.is_some_and(|it| known::is_key(it.name) && !known::is_top(it.name));
    let message = "this line does not begin at the same place as those beside it";
    (fellows && part && before.key.is_some() && line.key.is_some()).then(|| {
        let guess = Guess::new(above, odd, CODE, message).from(0).help(HELP);
        guess.way(shifted(case, above..row, odd.indent, line.indent))
    })
}

fn odd_guess(case: &Case<'_>, row: usize, rows: Range<usize>, to: usize) -> Guess {
    let odd = case.line(row);
    let message = "this line does not begin at the same place as those below it";
    Guess::new(row, odd, CODE, message).from(0).help(HELP).way(shifted(case, rows, odd.indent, to))
}

/// A line of a text below `|` or `>` that begins further to the left than the first.
pub(super) fn text(case: &Case<'_>, row: usize) -> Option<Guess> {
    let Sort::Text(owner) = case.all[row].sort else { return None };
    let line = case.line(row);
    let first = (owner + 1..row).find(|it| !case.line(*it).is_blank())?;
    let to = case.line(first).indent;
    (!line.is_blank() && line.indent < to).then(|| {
        let message =
            format!("this line begins further to the left than the text of {} above", case.line(owner).owner());
        let guess = Guess::new(row, line, CODE, message).from(0).help("begin all lines of the text at the same place");
        guess.way(shifted(case, row..row + 1, line.indent, to))
    })
}

/// An item that ran into the value above, without a word.
pub(super) fn swallowed(case: &Case<'_>, row: usize) -> Option<Guess> {
    let owner = case.line(case.above(row)?);
    let plain = !owner.value.starts_with(['"', '\'', '[', '{', '&', '#']) && !is_block(owner.value);
    let mut guess =
        (plain && case.line(row).dashes > 0 && !owner.value.is_empty()).then(|| indent(case, row)).flatten()?;
    // Those below it ran into the value with it.
    let levels = guess.ways.iter().map(|it| it.first().map(|it| Line::of(&it.1).indent)).collect::<Vec<_>>();
    guess.ways.reverse();
    guess.ways.sort_by_key(|way| levels.iter().position(|it| *it == way.first().map(|it| Line::of(&it.1).indent)));
    Some(guess)
}

/// A list below a text of lines of its own: YAML makes one text of both.
pub(super) fn below_text(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    let above = (0..row).rev().find(|it| case.all[*it].sort != Sort::Blank)?;
    let owner = case.line(case.above(row)?);
    let is_text = case.all[above].sort == Sort::Stray && case.line(above).indent >= owner.inside();
    let is_list = line.dashes > 0 && case.all[row].sort == Sort::Entry && line.indent >= owner.inside();
    let name = owner.owner();
    (is_text && is_list && owner.value.is_empty()).then(|| {
        let message = format!("a list begins here below a text, so that {name} is read as one text with hyphens in it");
        let help = "put the text into the list; or, where a text is meant, write `|` after the colon and leave a line empty above the list";
        Guess::new(row, line, CODE, message).from(0).help(help)
    })
}

/// The first line of all that begins further to the right than the rest.
pub(super) fn first(case: &Case<'_>, row: usize) -> Option<Guess> {
    let line = case.line(row);
    if case.above(row).is_some() || case.all[row].sort != Sort::Entry || line.indent == 0 {
        return None;
    }
    let run = case.run(row, |it| it.sort == Sort::Blank || it.line.indent >= line.indent);
    let guess = Guess::new(row, line, CODE, "this line begins further to the right than the keys below it").from(0);
    let guess = guess.help("begin all keys that stand side by side at the same place");
    Some(guess.way(shifted(case, row..run.end, line.indent, 0)))
}

/// Returns where a line may begin, the furthest first: a key beside keys, an item beside items, or below a key at its left edge.
pub(super) fn levels(case: &Case<'_>, row: usize) -> Vec<usize> {
    let item = case.line(row).dashes > 0;
    let mut levels: Vec<usize> = Vec::new();
    let mut limit = usize::MAX;
    for seen in case.all[..row].iter().rev().filter(|it| it.sort == Sort::Entry) {
        let Line { indent, content, dashes, key, value, .. } = seen.line;
        if dashes > 0 && key.is_some() && content < limit {
            limit = content;
            levels.extend((!item).then_some(content));
        }
        if indent < limit || indent == limit && dashes == 0 && !levels.contains(&indent) {
            // Below a key that has items already, further to the right, there is no place for one.
            let direct = limit == usize::MAX;
            limit = indent;
            let fits = if item { dashes > 0 || direct && value.is_empty() } else { dashes == 0 };
            levels.extend(fits.then_some(indent));
        }
    }
    levels
}

/// A line that is indented below one that has a value already.
fn under_a_value(case: &Case<'_>, row: usize, above: usize, levels: &[usize]) -> Guess {
    let (line, owner) = (case.line(row), case.line(above));
    let name = owner.owner();
    let odd =
        odd_one(case, above, row).or_else(|| odd_item(case, above, row)).or_else(|| odd_between(case, above, row));
    if let Some(guess) = odd {
        return guess;
    }
    let Some(key) = line.key.filter(|_| line.dashes == 0) else {
        let message = format!("a list begins here below {name}, which has a value already");
        let guess = Guess::new(row, line, CODE, message).from(0);
        let guess = guess.help(&format!("put the value of {name} into the list, or take it out"));
        // `- topics: [a]` among keys: the hyphen is too much.
        let guess = match line.key.filter(|it| known::is_top(it.name) && line.indent == owner.indent) {
            Some(_) => guess.way(vec![(row, format!("{}{}", &line.whole[..line.indent], &line.whole[line.content..]))]),
            None => guess,
        };
        // Below another item it is an item like that one.
        return match owner.dashes > 0 && owner.key.is_none() {
            true => moved(case, guess, row, levels),
            false => guess,
        };
    };
    let message = format!("this line begins too far to the right: {name} has a value already");
    let guess = Guess::new(row, line, CODE, message).from(0);
    let guess = guess.help("begin it below the first letter of the keys that it belongs to");
    // What is no field of a document may have been meant as a part of the one above.
    let sure = if owner.content == 0 { known::is_top(key.name) } else { known::is_key(key.name) };
    let item = owner.dashes > 0 && owner.key.is_none();
    if sure && !item { moved(case, guess, row, levels) } else { guess }
}

/// Adds the ways to move a line, alone or with what belongs to it, to where it may begin, the nearest first.
fn moved(case: &Case<'_>, guess: Guess, row: usize, levels: &[usize]) -> Guess {
    let line = case.line(row);
    let own = line.indent;
    let alone = case.all[row].last + 1;
    let deeper = case.run(row + 1, |it| it.line.is_blank() || it.line.indent > own).end;
    let beside = case.run(row + 1, |it| it.line.is_blank() || it.line.indent >= own).end;
    let mut ends = vec![alone.min(deeper), deeper, beside];
    ends.dedup();
    // Where a document's field and one further in are as near, the next line says which of them goes on.
    let next = case.all.get(deeper).map_or(0, |it| it.line.indent);
    let top = line.key.is_some_and(|it| known::is_top(it.name)) && next == 0;
    // A key whose parts begin where it does itself was meant further to the left.
    let parts = line.value.is_empty() && case.all.get(row + 1).is_some_and(|it| it.line.indent == own);
    // Other items have this key there.
    let fellow = |level: usize| {
        let same = |it: &Line<'_>| {
            it.content == level && it.key.is_some_and(|it| line.key.is_some_and(|own| own.name == it.name))
        };
        case.all.iter().any(|it| it.sort == Sort::Entry && same(&it.line))
    };
    let mut levels: Vec<usize> = levels.to_vec();
    levels.sort_by_key(|it| (parts && *it > own, !fellow(*it), it.abs_diff(own), top && *it > 0));
    levels.iter().fold(guess, |guess, level| {
        ends.iter().fold(guess, |guess, end| guess.way(shifted(case, row..*end, own, *level)))
    })
}

/// Returns the change that moves lines from one place to another.
pub(super) fn shifted(case: &Case<'_>, rows: Range<usize>, from: usize, to: usize) -> Change {
    let lines = rows.filter(|it| !case.line(*it).is_blank());
    lines
        .map(|row| {
            let line = case.line(row);
            let indent = (line.indent + to).saturating_sub(from);
            (row, format!("{}{}", " ".repeat(indent), &line.whole[line.indent..]))
        })
        .collect()
}
