//! Whether a change keeps what a person reads in the lines. Only such a change may be written; any other is only shown.
//!
//! No cure is trusted with this. The check compares the lines before and after the change (`keeps`), and the lines after all
//! changes with what the YAML parser makes of them (`agrees`). So no cure can join two lines, lose a word, take a hyphen
//! away, or move a key into a list or out of one, unless the lines beside it leave no other way to read it.

use super::guess::Case;
use super::known;
use super::line::{INVISIBLE, Line};
use super::outline::{Seen, Sort, outline};
use super::place::{Paths, Placed, Places, odd_key, places};
use super::rows::{Change, Rows};
use crate::model::node::Node;
use crate::read::yaml;

/// Returns whether a change keeps the words of each line, its hyphens, what it belongs to, and its own line.
pub(super) fn keeps(rows: &Rows<'_>, case: &Case<'_>, change: &Change) -> bool {
    let changed = rows.with(change);
    let after = outline(&changed);
    let mut paths = Paths::default();
    let (old, new) = (places(&case.all, &mut paths), places(&after, &mut paths));
    let is_changed = |row: usize| change.iter().any(|it| it.0 == row);
    let stays = |row: usize| {
        let own = is_changed(row);
        (!own || keeps_words(case.line(row), &after[row].line) && !is_below_old_key(case, row))
            && keeps_line(case, &after[row], row, own)
            && keeps_place(case, &after, (&old, &new), row, own)
    };
    (0..after.len()).all(stays)
}

/// Returns whether a line may belong to a key above it that was made a remark: an item below `# video:`.
fn is_below_old_key(case: &Case<'_>, row: usize) -> bool {
    let line = case.line(row);
    let mut above = (0..row).rev().map(|it| case.line(it)).filter(|it| !it.is_blank());
    above.find(|it| it.is_remark() || it.indent < line.indent).is_some_and(|it| {
        let old = Line::of(it.text().trim_start_matches(['#', ' ']));
        it.is_remark() && old.key.is_some() && old.value.is_empty()
    })
}

/// Returns whether a line has the letters and digits that it had, in their order.
fn keeps_words(before: &Line<'_>, after: &Line<'_>) -> bool {
    let words = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).collect::<String>();
    let (old, new) = (words(before.whole), words(after.whole));
    // `series: series: One` says its key twice.
    let key = before.key.filter(|key| Line::of(before.value).key.is_some_and(|it| it.name == key.name));
    old == new || key.is_some_and(|it| old == words(it.name) + &new)
}

/// Returns whether a line that began something still does so, and one that went on with a value goes on with the same.
fn keeps_line(case: &Case<'_>, after: &Seen<'_>, row: usize, own: bool) -> bool {
    let owner = |sort: Sort| match sort {
        Sort::Text(owner) | Sort::Inside(owner) | Sort::More(owner) => Some(owner),
        _ => None,
    };
    let before = &case.all[row];
    match (before.sort, owner(after.sort)) {
        (Sort::Blank, _) => true,
        (Sort::Entry, _) => after.sort == Sort::Entry && keeps_hyphens(case, after, row, own),
        (Sort::Stray, None) => {
            after.line.dashes <= usize::from(is_tight_item(&before.line) || own && may_be_item(case, row))
        }
        // Inside quotes or brackets that are not closed, it belonged there before.
        (Sort::Stray, Some(owner)) => {
            let line = case.line(owner);
            case.all[owner].open.is_some() && case.above(row) == Some(owner) && before.line.indent >= line.inside()
        }
        (sort, Some(it)) => owner(sort) == Some(it),
        (Sort::More(_), None) => own && after.sort == Sort::Entry,
        (_, None) => false,
    }
}

/// Returns whether a line has the hyphens that it had. One more is right only where the lines beside it ask for it.
fn keeps_hyphens(case: &Case<'_>, after: &Seen<'_>, row: usize, own: bool) -> bool {
    let line = case.line(row);
    line.dashes == after.line.dashes || own && line.dashes == 0 && after.line.dashes == 1 && begins_item(case, row)
}

/// Returns whether a line is `-item`, or has a sign before its hyphen that can't be seen.
fn is_tight_item(line: &Line<'_>) -> bool {
    line.dashes == 0 && line.text().trim_start_matches(INVISIBLE).starts_with('-')
}

/// Returns whether a key without a hyphen begins an item: it stands below the hyphens of a list whose items all begin with this
/// key, and the item above has it already.
pub(super) fn begins_item(case: &Case<'_>, row: usize) -> bool {
    let line = case.line(row);
    let Some(key) = line.key.filter(|_| line.dashes == 0) else { return false };
    let mut items = items_beside(case, row).peekable();
    items.peek().is_some() && items.all(|it| case.line(it).key.is_some_and(|it| it.name == key.name))
}

/// Returns whether words without a hyphen are an item: one word below the hyphens of a list whose items are one word each.
pub(super) fn may_be_item(case: &Case<'_>, row: usize) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|it| it.is_alphanumeric() || "-_./".contains(it));
    let line = case.line(row);
    let mut items = items_beside(case, row).map(|it| case.line(it)).peekable();
    is_word(line.text()) && items.peek().is_some() && items.all(|it| it.key.is_none() && is_word(it.value))
}

/// Returns the rows of the items whose hyphens begin where a line does, in the list above and below it.
fn items_beside<'a>(case: &'a Case<'_>, row: usize) -> impl Iterator<Item = usize> + 'a {
    let indent = case.line(row).indent;
    let inside = move |it: &Seen<'_>| it.sort == Sort::Blank || it.line.indent >= indent;
    let above = (0..row).rev().take_while(move |it| inside(&case.all[*it]) && !ends_list(case, *it, indent));
    let below = (row + 1..case.all.len()).take_while(move |it| inside(&case.all[*it]) && !ends_list(case, *it, indent));
    above.chain(below).filter(move |it| {
        let line = case.line(*it);
        case.all[*it].sort == Sort::Entry && line.dashes == 1 && line.indent == indent
    })
}

/// Returns whether a key stands at the left edge of a list that is not indented below its own key, so that it begins another.
fn ends_list(case: &Case<'_>, row: usize, indent: usize) -> bool {
    let line = case.line(row);
    line.indent == indent
        && line.dashes == 0
        && line.key.is_some()
        && line.value.is_empty()
        && case.all[row].sort == Sort::Entry
}

/// Returns whether an entry still belongs to what it belonged to.
fn keeps_place(case: &Case<'_>, after: &[Seen<'_>], (old, new): (&Places, &Places), row: usize, own: bool) -> bool {
    let (Some(before), Some(now)) = (&old[row], &new[row]) else { return true };
    if own && after[row].line.dashes > case.line(row).dashes {
        return begins_item(case, row);
    }
    // What could not be read as a key before may have been any.
    if own && case.all[row].sort == Sort::Stray {
        return before.parent == now.parent && before.lists == now.lists;
    }
    match (before.sure, own) {
        (true, _) if before.path == now.path => true,
        (true, true) => {
            before.lists == now.lists
                && (is_between(after, new, row)
                    || !before.exact && is_field_alone(&after[row].line)
                    || is_other_item(case, row, &after[row].line, (before, now)))
        }
        (true, false) => follows_new_item(case, after, row) || !before.exact && before.lists == now.lists,
        (false, false) => true,
        (false, true) => is_settled(case, &after[row].line, row),
    }
}

/// Returns whether a key stands between two others of one group, the second of which has no other place.
fn is_between(after: &[Seen<'_>], new: &Places, row: usize) -> bool {
    let entry = |it: &usize| after[*it].sort == Sort::Entry;
    let above = (0..row).rev().find(entry);
    let below = (row + 1..after.len()).find(entry);
    let parent = |row: usize| new[row].as_ref().map(|it| it.parent);
    above.zip(below).is_some_and(|(above, below)| {
        let deeper = after[below].line.indent > 0 && after[row].line.dashes == 0;
        deeper && parent(above) == parent(row) && parent(below) == parent(row)
    })
}

/// Returns whether a key at the left edge is a field of documents, and no part of any group.
fn is_field_alone(line: &Line<'_>) -> bool {
    line.indent == 0 && line.key.is_some_and(|it| known::is_top(it.name) && !known::is_part(it.name))
}

/// Returns whether a key belongs to an item whose hyphen was missing.
fn follows_new_item(case: &Case<'_>, after: &[Seen<'_>], row: usize) -> bool {
    let item = (0..row).rev().find(|it| after[*it].sort == Sort::Entry && after[*it].line.dashes > 0);
    item.is_some_and(|it| case.line(it).dashes == 0 && after[it].line.content == after[row].line.indent)
}

/// Returns whether an item is now a text that looked like a key, or has the key whose colon was missing.
fn is_other_item(case: &Case<'_>, row: usize, after: &Line<'_>, (old, new): (&Placed, &Placed)) -> bool {
    let before = case.line(row);
    let is_known = |line: &Line<'_>| line.key.is_some_and(|it| known::is_key(it.name));
    let mut fellows = items_beside(case, row).filter(|it| *it != row).peekable();
    let is_text = |case: &Case<'_>, it: usize| case.line(it).key.is_none();
    let among_texts = fellows.peek().is_some() && fellows.all(|it| is_text(case, it));
    before.dashes > 0
        && (old.steps.starts_with(&new.steps) && (among_texts || !is_known(before))
            || new.steps.starts_with(&old.steps) && before.key.is_none() && is_known(after))
}

/// Returns whether the lines beside a key among the items of a list leave it no other place than the one that it now has.
fn is_settled(case: &Case<'_>, after: &Line<'_>, row: usize) -> bool {
    let line = case.line(row);
    let Some(key) = line.key else { return true };
    if after.dashes > line.dashes {
        return begins_item(case, row);
    }
    let items: Vec<usize> = (0..row).rev().filter(|it| case.line(*it).dashes > 0).take(1).collect();
    let Some(&item) = items.first() else { return false };
    let plain = case.line(item).key.is_none();
    let has = |row: usize| case.line(row).key.is_some_and(|it| it.name == key.name);
    match after.indent > line.indent {
        true => !(item..row).any(has) && is_part_of_fellow(case, item, key.name),
        false => plain || known::is_top(key.name) && !is_part_of_fellow(case, item, key.name),
    }
}

/// Returns whether another item of the list of `item` has a key, and not as its first.
fn is_part_of_fellow(case: &Case<'_>, item: usize, name: &str) -> bool {
    let own = case.line(item);
    let mut first = false;
    let mut part = false;
    for fellow in items_beside(case, item) {
        first |= case.line(fellow).key.is_some_and(|it| it.name == name);
        let parts = case.run(fellow + 1, |it| it.sort == Sort::Blank || it.line.indent > own.indent);
        part |= parts
            .into_iter()
            .any(|it| case.line(it).dashes == 0 && case.line(it).key.is_some_and(|it| it.name == name));
    }
    part && !first && own.key.is_none_or(|it| it.name != name)
}

/// Returns whether YAML says what a person reads in its lines: each key and item, where it stands, with its own value.
pub(super) fn agrees(rows: &Rows<'_>, node: &Node) -> bool {
    let all = outline(rows);
    let mut paths = Paths::default();
    let places = places(&all, &mut paths);
    let mut seen = Vec::new();
    for (row, place) in places.iter().enumerate() {
        let Some(place) = place else {
            if all[row].sort == Sort::Stray {
                return false;
            }
            continue;
        };
        if all[row].sort == Sort::Stray && odd_key(&all[row].line).is_none() {
            return false;
        }
        seen.extend(place.steps.iter().map(|it| (*it, None)));
        let line = all[row].line;
        let start = if all[row].sort == Sort::Stray { odd_key(&line).map_or(line.at, |it| it.1) } else { line.at };
        let mut value = format!("k: {}", line.whole.get(start..).unwrap_or_default());
        for more in all.get(row + 1..=all[row].last).unwrap_or_default() {
            value.push('\n');
            value += more.line.whole;
        }
        value.push('\n');
        match yaml::parse(&value).as_ref().map(Node::entries) {
            Ok([(_, node)]) => leaves(node, place.path, &mut paths, &mut seen),
            _ => return false,
        }
    }
    let mut read = Vec::new();
    leaves(node, Paths::ROOT, &mut paths, &mut read);
    seen == read
}

/// Lists the keys, items and values of a node in their order, each with its path.
fn leaves(node: &Node, path: usize, paths: &mut Paths, out: &mut Vec<(usize, Option<Node>)>) {
    match node {
        Node::Null => {}
        Node::Map(entries) => {
            for (key, node) in entries {
                let path = paths.id(path, key);
                out.push((path, None));
                leaves(node, path, paths, out);
            }
        }
        Node::List(items) => {
            for node in items {
                let path = paths.id(path, Paths::ITEM);
                out.push((path, None));
                leaves(node, path, paths, out);
            }
        }
        value => out.push((path, Some(value.clone()))),
    }
}
