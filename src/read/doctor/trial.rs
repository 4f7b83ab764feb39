//! Whether YAML says what a person sees in it, and whether a change brings it nearer to that.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outline::{Seen, outline, visible};
use super::rows::{Change, Rows};
use crate::model::node::Node;
use crate::read::yaml::{self, Fault};

/// How much may be tried for one text: so many readings, and so many bytes.
#[derive(Debug)]
pub(super) struct Budget {
    trials: usize,
    bytes: usize,
}

impl Budget {
    pub(super) fn of(text: &str) -> Budget {
        // 60 kB of `[` alone take the parser half a second, each time.
        let hard = text.bytes().filter(|it| matches!(it, b'[' | b'{')).count() > 2000;
        Budget { trials: 160, bytes: if hard { 64 * 1024 } else { 1024 * 1024 } }
    }

    fn spend(&mut self, bytes: usize) -> bool {
        let left = self.trials > 0 && self.bytes >= bytes;
        self.trials = self.trials.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
        left
    }
}

/// What a change brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// The text can be read no further than before.
    Nothing,
    /// It can be read up to this byte of what it was.
    Further(usize),
    /// It can be read, and says what a person sees in it, but some key stands there twice.
    Twice,
    /// It can be read, and says what a person sees in it.
    Whole,
}

/// Tries a change of a text that can't be read beyond `before`, or can be read but says something else.
pub(super) fn outcome(rows: &Rows<'_>, change: &Change, before: Option<&Fault>, budget: &mut Budget) -> Outcome {
    let changed = rows.with(change);
    let text = changed.text();
    if !budget.spend(text.len()) {
        return Outcome::Nothing;
    }
    match (yaml::parse(&text), before) {
        (Ok(node), _) if is_whole(&outline(&changed), &node, false) => match twice(&node) {
            true => Outcome::Twice,
            false => Outcome::Whole,
        },
        (Err(after), Some(before)) => {
            let last = change.iter().map(|it| it.0).max().unwrap_or(0);
            let more = text.len() as i64 - rows.text().len() as i64;
            let reached = reach(&changed, &outline(&changed), &after);
            let offset = usize::try_from(reached as i64 - more).unwrap_or(0);
            match changed.at(reached) > last && offset > reach(rows, &outline(rows), before) {
                true => Outcome::Further(offset),
                false => Outcome::Nothing,
            }
        }
        _ => Outcome::Nothing,
    }
}

/// Returns how far a text can be read: up to where the parser stopped, or to a quote or bracket before it that a person sees
/// is not closed. The parser goes on to the next quote, which may be far below other mistakes.
fn reach(rows: &Rows<'_>, all: &[Seen<'_>], fault: &Fault) -> usize {
    let open = all.iter().position(|it| it.open.is_some());
    open.map_or(fault.offset, |it| fault.offset.min(rows.start(it) + rows.row(it).len()))
}

/// Returns whether all keys and items that a person sees were read; of the keys only those that fields have, where `known`.
pub(super) fn is_whole(all: &[Seen<'_>], node: &Node, known: bool) -> bool {
    let (items, keys) = visible(all, known);
    let mut read = BTreeMap::new();
    let mut read_items = 0;
    tally(node, &mut read, &mut read_items);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    keys.into_iter().for_each(|it| *seen.entry(it).or_default() += 1);
    items <= read_items && seen.iter().all(|(key, count)| read.get(*key).is_some_and(|it| it >= count))
}

/// Returns whether a key stands twice in one group.
fn twice(node: &Node) -> bool {
    let entries = node.entries();
    let again = |(at, (key, _)): (usize, &(Arc<str>, Node))| entries[..at].iter().any(|it| it.0 == *key);
    entries.iter().enumerate().any(again) || entries.iter().any(|it| twice(&it.1)) || node.items().iter().any(twice)
}

fn tally<'a>(node: &'a Node, keys: &mut BTreeMap<&'a str, usize>, items: &mut usize) {
    match node {
        Node::List(list) => {
            *items += list.len();
            list.iter().for_each(|it| tally(it, keys, items));
        }
        Node::Map(entries) => entries.iter().for_each(|(key, node): &(Arc<str>, Node)| {
            *keys.entry(key).or_default() += 1;
            tally(node, keys, items);
        }),
        _ => {}
    }
}
