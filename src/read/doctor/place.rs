//! Where each entry belongs, by how far it is indented: the keys and lists above it.

use std::collections::BTreeMap;

use super::known;
use super::line::{INVISIBLE, Line};
use super::outline::{Seen, Sort};

/// The paths of keys and items, each with a number.
#[derive(Debug, Default)]
pub(super) struct Paths {
    all: BTreeMap<(usize, String), usize>,
}

impl Paths {
    /// What holds all.
    pub(super) const ROOT: usize = 0;

    /// The step into an item: which one it is does not matter.
    pub(super) const ITEM: &'static str = "[]";

    /// Returns the number of the path one step further.
    pub(super) fn id(&mut self, path: usize, step: &str) -> usize {
        let next = self.all.len() + 1;
        *self.all.entry((path, step.to_owned())).or_insert(next)
    }
}

/// Where an entry belongs.
#[derive(Debug)]
pub(super) struct Placed {
    /// The paths of its items and its key, the outermost first.
    pub(super) steps: Vec<usize>,
    /// The last of these.
    pub(super) path: usize,
    /// The path of what holds it.
    pub(super) parent: usize,
    /// In how many lists it is.
    pub(super) lists: usize,
    /// Whether its indentation says so. A key among the items of a list belongs to one of them, or to none.
    pub(super) sure: bool,
    /// Whether it begins where those beside it do.
    pub(super) exact: bool,
}

/// The places of all rows, `None` for those that are no entry.
pub(super) type Places = Vec<Option<Placed>>;

/// What may hold further entries.
#[derive(Default)]
struct Frame {
    path: usize,
    lists: usize,
    /// Where it begins.
    start: usize,
    is_item: bool,
    /// Whether keys may follow: an item that is a text holds none.
    takes_keys: bool,
    /// Whether it holds items; of an item, whether it may.
    has_items: bool,
    /// Whether it holds keys that are surely its own.
    has_keys: bool,
    /// Whether its own place is not sure.
    is_unsure: bool,
    /// Where the first of its keys begins.
    keys_at: Option<usize>,
}

/// Returns where each entry belongs, as a person sees it who takes an odd indentation for the nearest that would be right.
pub(super) fn places(all: &[Seen<'_>], paths: &mut Paths) -> Places {
    let mut stack = vec![Frame { path: Paths::ROOT, takes_keys: true, ..Frame::default() }];
    let mut place = |it: &Seen<'_>| {
        let (key, is_empty) = match it.sort {
            Sort::Entry => (it.line.key.map(|it| it.name), it.line.value.is_empty()),
            Sort::Stray => match odd_key(&it.line) {
                Some((name, _)) => (Some(name), false),
                None => (Some(bare_key(&it.line)?), true),
            },
            _ => return None,
        };
        Some(placed(&it.line, key, is_empty, &mut stack, paths))
    };
    all.iter().map(&mut place).collect()
}

/// Returns the key of a line whose key has spaces or signs in it, and where its value begins: `og:title: A`.
pub(super) fn odd_key<'a>(line: &Line<'a>) -> Option<(&'a str, usize)> {
    let (name, _) = line.text().split_once(": ")?;
    (!name.starts_with(['"', '\'', '[', '{', '-', '#']) && !name.starts_with(INVISIBLE))
        .then_some((name, line.indent + name.len() + 2))
}

/// Returns the key of a line that holds nothing else, perhaps without its colon, or with a sign before it that can't be seen.
pub(super) fn bare_key<'a>(line: &Line<'a>) -> Option<&'a str> {
    let name = line.text().trim_start_matches(INVISIBLE).trim_end_matches([':', ';', '；', '：', ',', '.', '=', ' ']);
    known::is_key(name).then_some(name)
}

fn placed(line: &Line<'_>, key: Option<&str>, is_empty: bool, stack: &mut Vec<Frame>, paths: &mut Paths) -> Placed {
    let start = width(line);
    let takes = |it: &Frame| match (line.dashes > 0, it.is_item) {
        (true, true) => it.has_items && start > it.start,
        (true, false) => start >= it.start,
        (false, true) => it.takes_keys && start > it.start,
        (false, false) => start > it.start,
    };
    while stack.len() > 1 && stack.last().is_some_and(|it| !takes(it)) {
        stack.pop();
    }
    let mut root = Frame::default();
    let holder = stack.last_mut().unwrap_or(&mut root);
    let is_item = line.dashes > 0;
    let sure = !holder.is_unsure && (is_item || holder.is_item || !holder.has_items || holder.has_keys);
    let (parent, mut lists) = (holder.path, holder.lists);
    let exact = is_item || *holder.keys_at.get_or_insert(start) == start;
    holder.has_items |= is_item;
    holder.has_keys |= !is_item && sure;
    let (mut path, mut steps) = (parent, Vec::new());
    for dash in 0..line.dashes {
        path = paths.id(path, Paths::ITEM);
        lists += 1;
        steps.push(path);
        let bare = key.is_none() && is_empty;
        let (start, takes_keys) = (start + 2 * dash, key.is_some() || bare);
        stack.push(Frame {
            path,
            lists,
            start,
            is_item: true,
            takes_keys,
            has_items: bare,
            is_unsure: !(sure && exact),
            ..Frame::default()
        });
    }
    if let Some(key) = key {
        path = paths.id(path, key);
        steps.push(path);
        let start = start + line.content - line.indent;
        if is_empty {
            stack.push(Frame { path, lists, start, takes_keys: true, is_unsure: !(sure && exact), ..Frame::default() });
        }
    }
    Placed { steps, path, parent, lists, sure, exact }
}

/// Returns how far a line is indented, in columns. A tab is as wide as it is in most editors.
fn width(line: &Line<'_>) -> usize {
    let indent = line.whole.get(..line.indent).unwrap_or_default();
    indent.chars().map(|it| if it == '\t' { 8 } else { 1 }).sum()
}
