//! A comma within a value in brackets, which ends the value there: `{value: 300,000}`, `[1,000]`.

use std::ops::Range;

use super::figure::is_number;
use super::{Entry, Reader};
use crate::model::diagnostic::{Diagnostic, FieldPath, Part, Place};
use crate::model::kind::{Field, Type};
use crate::model::node::Node;
use crate::model::source::Span;
use crate::read::doctor::Reading;
use crate::read::faults::Faults;

/// What to do where nobody can say what was meant.
const HELP: &str = "write a number without commas, and put a text with a comma in double quotes";

impl Reader<'_> {
    /// Says where commas cut the values of a group. Returns the positions of the entries that are not to be read: the values
    /// that were cut, and what was cut off.
    ///
    /// Gives `yaml-comma`.
    pub(super) fn cut_entries<'f>(
        &mut self,
        entries: &[Entry],
        at: &FieldPath,
        field: impl Fn(&str) -> Option<&'f Field>,
    ) -> Vec<usize> {
        let mut skipped = Vec::new();
        for cut in cuts(self.yaml, &self.faults, entries, at) {
            let owner = cut.owner.and_then(|it| field(&entries[it].0));
            let (help, fix) = match (owner, cut.raw(self.yaml)) {
                (Some(field), Some(raw)) => self.meant_whole(field, raw, entries),
                _ => (HELP.to_owned(), None),
            };
            let diagnostic = cut.diagnostic(self.yaml, &self.faults, entries, at).help(help);
            let fix = fix.zip(cut.span).and_then(|(text, span)| self.yaml.edit(span, &text));
            self.faults.push(diagnostic.fix(fix.into_iter().collect()));
            skipped.extend(cut.owner.into_iter().chain(cut.rest));
        }
        skipped
    }

    /// Returns the help for a value that a comma cut, and the value as it should be written, where that is sure.
    fn meant_whole(&self, field: &Field, raw: &str, beside: &[Entry]) -> (String, Option<String>) {
        if is_number(&field.r#type) {
            return self.number_meant(field, raw, beside);
        }
        let is_text = matches!(field.r#type, Type::Text(None) | Type::Markdown | Type::Reference { text: true, .. });
        let quoted = format!("\"{raw}\"");
        match is_text && !raw.contains(['"', '\\', '\n', '\r', '#']) {
            true => (format!("put the value in double quotes: `{quoted}`"), Some(quoted)),
            false => (HELP.to_owned(), None),
        }
    }

    /// Says where a comma without a space behind it may belong to a number: `[1,000]`. Returns whether there is one.
    ///
    /// Gives `yaml-comma`.
    pub(super) fn cut_items(&mut self, of: &Field, items: &[Node], at: &FieldPath) -> bool {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (index, pair) in items.windows(2).enumerate() {
            let [one, next] = pair else { continue };
            if !(ends_in_digit(one) && begins_with_three(next) && self.is_tight(&at.at(index + 1))) {
                continue;
            }
            match runs.last_mut() {
                Some((_, last)) if *last == index => *last += 1,
                _ => runs.push((index, index + 1)),
            }
        }
        for (first, last) in &runs {
            self.cut_item(of, at, *first, last - first);
        }
        !runs.is_empty()
    }

    /// Returns whether an item of a list follows a digit and a comma at once, with three digits of its own.
    fn is_tight(&self, at: &FieldPath) -> bool {
        let text = &*self.yaml.text;
        let start = self.faults.locate(self.yaml, at, Part::Value).start;
        let (Some(before), Some(item)) = (text.get(..start), text.get(start..)) else { return false };
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        let digit_before = |it: &str| it.ends_with(|it: char| it.is_ascii_digit());
        digits == 3 && before.strip_suffix(',').is_some_and(digit_before)
    }

    fn cut_item(&mut self, of: &Field, at: &FieldPath, first: usize, rest: usize) {
        let text = &*self.yaml.text;
        let start = self.faults.locate(self.yaml, &at.at(first), Part::Value).start;
        let Some(span) = joined(text, start, rest) else { return };
        let raw = text.get(span.start..span.end).unwrap_or_default();
        let (help, sure) = self.meant_whole(of, raw, &[]);
        let apart = raw.replace(',', ", ");
        // Nobody writes `000` for a number of its own.
        let is_one = raw.contains(",0");
        let help =
            if is_one { help } else { format!("{help}; if these are several, put spaces after the commas: `{apart}`") };
        let fix = sure.filter(|_| is_one).and_then(|it| self.yaml.edit(span, &it));
        let message = format!("the comma in `{raw}` begins another item");
        let place = Place::new(&self.faults.path, self.yaml.place(span));
        self.faults.push(Diagnostic::error("yaml-comma", place, message).help(help).fix(fix.into_iter().collect()));
    }

    /// Says where commas cut values in what no field describes.
    pub(super) fn cut_within(&mut self, node: &Node, at: &FieldPath) {
        within(self.yaml, &mut self.faults, node, at);
    }
}

/// Says where commas cut values in what no field describes. Gives `yaml-comma`.
pub(crate) fn within(yaml: &Reading<'_>, faults: &mut Faults, node: &Node, at: &FieldPath) {
    for cut in cuts(yaml, faults, node.entries(), at) {
        let diagnostic = cut.diagnostic(yaml, faults, node.entries(), at).help(HELP);
        faults.push(diagnostic);
    }
    for (key, node) in node.entries() {
        if matches!(node, Node::List(_) | Node::Map(_)) {
            within(yaml, faults, node, &at.join(key));
        }
    }
    for (index, node) in node.items().iter().enumerate() {
        if matches!(node, Node::List(_) | Node::Map(_)) {
            within(yaml, faults, node, &at.at(index));
        }
    }
}

/// A value that a comma cut: its entry, and those that its rest became.
struct Cut {
    owner: Option<usize>,
    rest: Range<usize>,
    /// The whole value in the YAML, where it stands there in one piece.
    span: Option<Span>,
}

impl Cut {
    fn raw<'a>(&self, yaml: &'a Reading<'_>) -> Option<&'a str> {
        self.span.and_then(|it| yaml.text.get(it.start..it.end))
    }

    fn diagnostic(&self, yaml: &Reading<'_>, faults: &Faults, entries: &[Entry], at: &FieldPath) -> Diagnostic {
        let key = |it: usize| &entries[it].0;
        let place = match self.span {
            Some(span) => Place::new(&faults.path, yaml.place(span)),
            None => faults.key(&at.join(key(self.rest.start))),
        };
        let message = match (self.owner, self.raw(yaml)) {
            (Some(owner), Some(raw)) => format!("the comma in `{raw}` ends the value of `{}`", key(owner)),
            (None, Some(raw)) => format!("`{raw}` has no key"),
            (_, None) => format!("the comma before `{}` ends the value", key(self.rest.start)),
        };
        Diagnostic::error("yaml-comma", place, message)
    }
}

/// Finds the entries that are the rests of values: keys in braces that begin with a digit and have no value.
fn cuts(yaml: &Reading<'_>, faults: &Faults, entries: &[Entry], at: &FieldPath) -> Vec<Cut> {
    let is_rest = |it: &Entry| {
        matches!(it.1, Node::Null)
            && it.0.trim_start_matches(['-', '+', '.']).starts_with(|it: char| it.is_ascii_digit())
    };
    let mut found: Vec<Cut> = Vec::new();
    let mut from = 0;
    while let Some(start) = entries[from..].iter().position(is_rest).map(|it| from + it) {
        let end = entries[start..].iter().position(|it| !is_rest(it)).map_or(entries.len(), |it| start + it);
        from = end;
        let text = &*yaml.text;
        let key = faults.locate(yaml, &at.join(&entries[start].0), Part::Key).start;
        let before = text.get(..key).map_or("", str::trim_end);
        // `2024:` without a value, in a line of its own, is a key.
        if !before.ends_with([',', '{']) {
            continue;
        }
        let owner = start.checked_sub(1);
        let (begin, more) = match owner {
            Some(owner) => (faults.locate(yaml, &at.join(&entries[owner].0), Part::Value).start, end - start),
            None => (key, end - start - 1),
        };
        found.push(Cut { owner, rest: start..end, span: joined(text, begin, more) });
    }
    found
}

/// Returns a plain value in brackets together with so many pieces behind its commas.
fn joined(text: &str, start: usize, mut more: usize) -> Option<Span> {
    let rest = text.get(start..).filter(|it| !it.starts_with(['"', '\'', '[', '{', '&', '*', '!']))?;
    let ends = |it: char| match it {
        ',' if more > 0 => {
            more -= 1;
            false
        }
        it => matches!(it, ',' | '}' | ']'),
    };
    let end = rest.find(ends)?;
    Some(Span::new(start, start + rest.get(..end)?.trim_end().len()))
}

/// Returns whether a number may go on after an item.
fn ends_in_digit(node: &Node) -> bool {
    match node {
        Node::Integer(_) => true,
        Node::Text(text) => text.ends_with(|it: char| it.is_ascii_digit()),
        _ => false,
    }
}

/// Returns whether an item may be the rest of a number: it seems to begin with exactly three digits.
fn begins_with_three(node: &Node) -> bool {
    match node {
        Node::Integer(it) => (0..1000).contains(it),
        Node::Number(it) => (0.0..1000.0).contains(it),
        Node::Text(text) => text.bytes().take_while(u8::is_ascii_digit).count() == 3,
        _ => false,
    }
}
