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
    if line.indent >= owner.inside() && !owner.value.is_empty() {
        return Some(under_a_value(case, row, above, &levels));
    }
    let fits = line.indent >= owner.inside() || levels.contains(&line.indent);
    if fits {
        return None;
    }
    let lowest = *levels.last()?;
    let further = line.indent > lowest;
    let at = |indent: usize| case.all.iter().filter(|it| it.sort == Sort::Entry && it.line.indent == indent).count();
    // Then it is the ones above that begin too far to the right.
    if !further && at(line.indent) >= at(lowest) {
        return None;
    }
    let side = if further { "right or the left" } else { "left" };
    let message = format!("this line begins too far to the {side} to fit to those above it");
    let guess = Guess::new(row, line, CODE, message).from(0);
    let guess =
        guess.help("begin it below the first letter of the keys, or the hyphen of the items, that it belongs to");
    Some(moved(case, guess, row, &levels))
}

/// An item that ran into the value above, without a word.
pub(super) fn swallowed(case: &Case<'_>, row: usize) -> Option<Guess> {
    let owner = case.line(case.above(row)?);
    let plain = !owner.value.starts_with(['"', '\'', '[', '{', '&', '#']) && !is_block(owner.value);
    (plain && case.line(row).dashes > 0 && !owner.value.is_empty()).then(|| indent(case, row)).flatten()
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

/// Returns where a line may begin, the furthest first: where those above that hold it begin.
pub(super) fn levels(case: &Case<'_>, row: usize) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    for seen in case.all[..row].iter().rev().filter(|it| it.sort == Sort::Entry) {
        let Line { indent, content, dashes, key, .. } = seen.line;
        for level in [content, indent].into_iter().skip(usize::from(dashes == 0 || key.is_none())) {
            if levels.last().is_none_or(|it| level < *it) {
                levels.push(level);
            }
        }
    }
    levels
}

/// A line that is indented below one that has a value already.
fn under_a_value(case: &Case<'_>, row: usize, above: usize, levels: &[usize]) -> Guess {
    let (line, owner) = (case.line(row), case.line(above));
    let name = owner.owner();
    let Some(key) = line.key.filter(|_| line.dashes == 0) else {
        let message = format!("a list begins here below {name}, which has a value already");
        let guess = Guess::new(row, line, CODE, message).from(0);
        let guess = guess.help(&format!("put the value of {name} into the list, or take it out"));
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
    if sure { moved(case, guess, row, levels) } else { guess }
}

/// Adds the ways to move a line, with what belongs to it, to where it may begin, the nearest first.
fn moved(case: &Case<'_>, guess: Guess, row: usize, levels: &[usize]) -> Guess {
    let own = case.line(row).indent;
    let deeper = case.run(row + 1, |it| it.line.is_blank() || it.line.indent > own);
    let beside = case.run(row + 1, |it| it.line.is_blank() || it.line.indent >= own);
    let mut levels: Vec<usize> = levels.to_vec();
    levels.sort_by_key(|it| it.abs_diff(own));
    levels.iter().fold(guess, |guess, level| {
        let guess = guess.way(shifted(case, row..deeper.end, own, *level));
        match beside.end > deeper.end {
            true => guess.way(shifted(case, row..beside.end, own, *level)),
            false => guess,
        }
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
