//! What a person sees in a YAML text: which lines begin something, and which belong to the one above.

use super::line::Line;
use super::rows::Rows;
use super::{flow, known};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sort {
    /// Nothing, or a remark.
    Blank,
    /// A key, or an item of a list.
    Entry,
    /// A line of a text that began with `|` or `>` in this row.
    Text(usize),
    /// A further line of the value in quotes or brackets that began in this row.
    Inside(usize),
    /// A further line of the plain value that began in this row.
    More(usize),
    /// None of these.
    Stray,
}

/// A line, and what it is.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) line: Line<'a>,
    pub(super) sort: Sort,
    /// The quote or bracket that is not closed before the next key.
    pub(super) open: Option<char>,
    /// The last row of its value.
    pub(super) last: usize,
}

/// Returns what each line is.
pub(super) fn outline<'a>(rows: &'a Rows<'_>) -> Vec<Seen<'a>> {
    let lines = rows.iter().enumerate();
    let mut all: Vec<Seen<'a>> =
        lines.map(|(row, it)| Seen { line: Line::of(it), sort: Sort::Stray, open: None, last: row }).collect();
    let mut row = 0;
    let mut plain: Option<usize> = None;
    while row < all.len() {
        let line = all[row].line;
        let sort = match sort_of(&line, plain.map(|it| (it, all[it].line))) {
            Sort::Stray if is_value_below(&all[..row], &line) => Sort::Entry,
            sort => sort,
        };
        all[row].sort = sort;
        match sort {
            Sort::Entry => {
                let last = extent(&mut all, row);
                plain = (last == row && is_plain(line.value)).then_some(row);
                row = last;
            }
            Sort::More(owner) => all[owner].last = row,
            Sort::Stray => plain = None,
            _ => {}
        }
        row += 1;
    }
    all
}

fn sort_of(line: &Line<'_>, plain: Option<(usize, Line<'_>)>) -> Sort {
    if line.is_blank() || line.is_remark() {
        return Sort::Blank;
    }
    let more = plain.filter(|(_, it)| line.indent >= it.inside());
    match more {
        _ if line.dashes > 0 || line.has_key() => Sort::Entry,
        Some((owner, _)) => Sort::More(owner),
        None if line.key.is_some() => Sort::Entry,
        None => Sort::Stray,
    }
}

/// Returns whether a value in quotes or brackets begins in a line of its own, below its key.
fn is_value_below(above: &[Seen<'_>], line: &Line<'_>) -> bool {
    let owner = above.iter().rfind(|it| it.sort != Sort::Blank).filter(|it| it.sort == Sort::Entry);
    let empty =
        owner.is_some_and(|it| it.line.value.is_empty() && it.line.key.is_some() && line.indent >= it.line.inside());
    empty && line.value.starts_with(['"', '\'', '[', '{'])
}

fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.starts_with(['"', '\'', '[', '{']) && !is_block(value)
}

/// Returns whether a text over several lines begins: `|`, `>-`.
pub(super) fn is_block(value: &str) -> bool {
    value.strip_prefix(['|', '>']).is_some_and(|it| {
        let digits = it.bytes().filter(u8::is_ascii_digit).count();
        let signs = it.bytes().filter(|it| matches!(it, b'-' | b'+')).count();
        digits <= 1 && signs <= 1 && digits + signs == it.len()
    })
}

/// Follows the value of an entry over its lines; returns the last.
fn extent(all: &mut [Seen<'_>], row: usize) -> usize {
    let owner = all[row].line;
    if is_block(owner.value) {
        let is_text = |it: &Line<'_>| it.is_blank() || it.indent >= owner.inside();
        let further = all[row + 1..].iter_mut().take_while(|it| is_text(&it.line));
        let last = row + further.map(|it| it.sort = Sort::Text(row)).count();
        all[row].last = last;
        return last;
    }
    let mut state = flow::State::of(owner.value);
    let Some(first) = state.open() else { return row };
    for next in row + 1..all.len() {
        if ends(&all[next].line, &owner) {
            break;
        }
        state.line(all[next].line.text());
        if state.open().is_none() {
            (row + 1..=next).for_each(|it| all[it].sort = Sort::Inside(row));
            all[row].last = next;
            return next;
        }
    }
    all[row].open = Some(first);
    row
}

/// Returns whether a line begins something beside or above the owner of an open quote or bracket.
fn ends(line: &Line<'_>, owner: &Line<'_>) -> bool {
    // A value in a line of its own may go on below its first sign, but not where its key begins.
    let own = usize::from(owner.key.is_none() && owner.dashes == 0);
    line.has_key() && line.indent + own <= owner.content || line.dashes > 0 && line.indent + own <= owner.indent
}

/// Returns whether a line may be part of the value above without being seen as that: nearly never.
pub(super) fn may_hide(all: &[Seen<'_>]) -> bool {
    let odd = |it: &Seen<'_>| {
        let tight = it.line.key.is_some_and(|it| it.tight);
        tight || it.open.is_some() || matches!(it.sort, Sort::More(_) | Sort::Stray)
    };
    let under = |pair: &[Seen<'_>]| pair[1].line.dashes > 0 && pair[1].line.indent >= pair[0].line.inside();
    all.iter().any(odd) || all.windows(2).any(under)
}

/// Returns how many items a person sees in lists, and the keys; of these only those that fields have, where `known`.
pub(super) fn visible<'a>(all: &[Seen<'a>], known: bool) -> (usize, Vec<&'a str>) {
    let entries = || all.iter().filter(|it| it.sort == Sort::Entry).map(|it| it.line);
    let keys = entries().filter_map(|it| it.key.filter(|_| it.has_key()));
    (entries().map(|it| it.dashes).sum(), keys.map(|it| it.name).filter(|it| !known || known::is_key(it)).collect())
}
