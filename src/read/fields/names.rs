//! Keys -> fields: which key gives a field its value, where several stand for one.

use super::{Entry, Found, Reader, beside_field};
use crate::model::diagnostic::{Diagnostic, Edit, FieldPath, Part};
use crate::model::kind::{Field, Group, Type};
use crate::model::node::Node;

/// What each key of a group is.
pub(super) struct Names {
    /// By entry.
    pub(super) found: Vec<Found>,
    /// The entry that gives its value to a field, by field.
    winners: Vec<Option<usize>>,
}

impl Names {
    /// Looks up every key. Of several names of a field one with a value counts, its own name rather than another, and then
    /// the first.
    pub(super) fn of(group: &Group, entries: &[Entry]) -> Names {
        let mut winners: Vec<Option<usize>> = vec![None; group.fields.len()];
        let mut found = Vec::with_capacity(entries.len());
        for (position, (key, _)) in entries.iter().enumerate() {
            let it = find(group, key, entries);
            if let Found::Field(index) = it {
                let rank = |it: usize| (!is_empty(&entries[it].1), entries[it].0 == group.fields[index].name);
                let winner = winners[index].filter(|it| rank(*it) >= rank(position));
                winners[index] = Some(winner.unwrap_or(position));
            }
            found.push(it);
        }
        Names { found, winners }
    }

    /// Returns the entry that gives the field at `index` its value.
    pub(super) fn winner(&self, index: usize) -> Option<usize> {
        self.winners.get(index).copied().flatten()
    }

    /// Returns how many entries stand for a field.
    fn count(&self, index: usize) -> usize {
        self.found.iter().filter(|it| matches!(it, Found::Field(other) if *other == index)).count()
    }
}

/// Returns the field for which a key stands.
fn find(group: &Group, key: &str, entries: &[Entry]) -> Found {
    let position = |name: &str| group.fields.iter().position(|it| &*it.name == name);
    if let Some(index) = position(key) {
        let lent = group.lent.iter().filter(|it| &*it.key == key).find_map(|it| position(&it.to));
        let is_free =
            |it: &usize| !entries.iter().any(|(other, _)| &**other != key && is_name(&group.fields[*it], other));
        return Found::Field(lent.filter(is_free).unwrap_or(index));
    }
    if group.fields.iter().any(|it| beside_field(it, key).is_some()) {
        return Found::Beside;
    }
    let plain = plain(key);
    let alias = |it: &Field| it.aliases.iter().any(|it| &**it == key || **it == *plain);
    match position(&plain).or_else(|| group.fields.iter().position(alias)) {
        Some(index) => Found::Field(index),
        None => Found::Unknown,
    }
}

fn is_name(field: &Field, key: &str) -> bool {
    let plain = plain(key);
    *field.name == *plain || field.aliases.iter().any(|it| &**it == key || **it == *plain)
}

/// Returns a key in the way in which the names of fields are written.
fn plain(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

/// Returns whether an entry says nothing: content editors write `image: ''` where a field was left out.
pub(super) fn is_empty(node: &Node) -> bool {
    match node {
        Node::Null => true,
        Node::Text(text) => text.trim().is_empty(),
        Node::List(items) => items.is_empty(),
        _ => false,
    }
}

impl Reader<'_> {
    /// Says so where a key is another name of its field. Gives `key-alias`.
    pub(super) fn alias(&mut self, names: &Names, index: usize, field: &Field, key: &str, path: &FieldPath) {
        let name = &field.name;
        if path.0.len() == 1 {
            self.renamed.push((name.clone(), key.into()));
        }
        // Where two keys stand for the field, another name would make one key of both.
        let fix = (names.count(index) == 1).then(|| self.renamed_key(key, name, path)).flatten();
        let diagnostic =
            Diagnostic::warning("key-alias", self.faults.key(path), format!("`{key}` is read as `{name}`"))
                .help(format!("write `{name}:`"))
                .fix(fix.into_iter().collect());
        self.faults.push(diagnostic);
    }

    /// Returns the change that writes a key under its name.
    fn renamed_key(&self, key: &str, name: &str, path: &FieldPath) -> Option<Edit> {
        let span = self.faults.locate(self.yaml, path, Part::Key);
        let now = self.yaml.text.get(span.start..span.end)?;
        (now.trim_matches(['"', '\'']) == key).then(|| self.yaml.edit(span, name)).flatten()
    }

    /// Says so where a key is not read because another stands for the same field. Gives `two-names`.
    pub(super) fn second(&mut self, field: &Field, loser: &Entry, winner: &Entry, at: &FieldPath) {
        let name = &field.name;
        let ((key, lost), (read, kept)) = (loser, winner);
        // An empty line takes nothing away, unless it is the one with the right name: that looks as if it counted.
        if is_empty(lost) && key != name {
            return;
        }
        let message = match is_empty(lost) {
            true => format!("`{key}` has no value, so `{read}` is read in its place"),
            false if read == name => format!("`{key}` is not read: it stands for `{name}`, which is here too"),
            false => format!("`{key}` is not read: `{read}` stands for `{name}` already"),
        };
        let help = match (&field.r#type, lost == kept) {
            _ if is_empty(lost) => format!("take this line out, and write `{name}:` for `{read}:`"),
            (_, true) => "take this line out: it says the same".to_owned(),
            (Type::List { .. }, false) => match together(kept, lost) {
                Some(all) => format!("write all of it in one line: `{name}: {all}`"),
                None => format!("put all of it into one list `{name}:`"),
            },
            _ => format!("keep one of the two, with the name `{name}:`"),
        };
        let diagnostic = Diagnostic::warning("two-names", self.faults.key(&at.join(key)), message)
            .help(help)
            .see(self.faults.key(&at.join(read)), "this one is read");
        self.faults.push(diagnostic);
    }
}

/// Returns the items of two lists as one in brackets, each once; `None` where some need quotes.
fn together(first: &Node, second: &Node) -> Option<String> {
    let items = |it: &Node| match it {
        Node::List(items) => items.clone(),
        one => vec![one.clone()],
    };
    let mut all: Vec<String> = Vec::new();
    for item in items(first).iter().chain(&items(second)) {
        let text = item.text().map(str::trim).filter(|it| !it.is_empty())?;
        let is_plain = |it: char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_');
        if !text.chars().all(is_plain) || !text.starts_with(char::is_alphabetic) {
            return None;
        }
        if !all.iter().any(|it| it == text) {
            all.push(text.to_owned());
        }
    }
    (all.len() <= 20).then(|| format!("[{}]", all.join(", ")))
}
