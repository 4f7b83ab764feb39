//! TOML -> Node, and the place of a value in TOML.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::node::Node;
use crate::model::source::{Source, Span};

use super::index::{Inner, Item};
use super::toml_cause;

/// Reads a TOML file, as far as it can be read. Gives `toml-syntax`.
pub(crate) fn parse(source: &Source, found: &mut Vec<Diagnostic>) -> Node {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    if !errors.is_empty() {
        let causes = toml_cause::causes(source);
        let is_told = |it: &&toml::de::Error| causes.is_empty() || is_double(it);
        found.extend(errors.iter().filter(is_told).map(|it| fault(source, it)));
        found.extend(causes);
    }
    map(table.get_ref())
}

/// Returns whether a key, or a table, stands there twice.
fn is_double(error: &toml::de::Error) -> bool {
    error.message().contains("duplicate key")
}

/// Returns what the library says is wrong, where it is none of the usual slips.
fn fault(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(Span::default(), |it| Span::new(it.start, it.end));
    let place = Place::new(&source.path, span);
    if is_double(error) {
        let line = source.text.get(..span.start).and_then(|it| it.rsplit('\n').next()).unwrap_or_default();
        let name = source.text.get(span.start..span.end).unwrap_or_default();
        let (message, help) = match line.trim_start().starts_with('[') {
            true => (format!("the table `{name}` is here a second time"), "put its lines below the first one"),
            false => (format!("`{name}` is here a second time"), "keep one of the two"),
        };
        return Diagnostic::error("toml-syntax", place, message).help(help);
    }
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    let help = "write each line as `key = value`, and a text in straight quotation marks: `title = \"Our work\"`";
    Diagnostic::error("toml-syntax", place, message).help(help)
}

/// Reads a TOML text of our own into its type.
///
/// # Errors
/// Where it does not fit: in words, for people who write Folio.
pub(crate) fn plain<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|it| it.to_string())
}

/// Why TOML can't be said in YAML without a loss.
#[derive(Debug, PartialEq)]
pub(crate) enum Lossy {
    /// It is no TOML, from this byte on.
    Syntax(usize),
    /// It has a remark at this byte, which the values do not keep.
    Remark(usize),
    /// It has a time of day without a day, or a number that YAML reads in another way.
    Value(usize),
    /// It is too long to be looked at.
    Long,
}

impl Lossy {
    /// Returns the reason in words for people. `text` is the TOML.
    pub(crate) fn reason(&self, text: &str) -> String {
        let line = |offset: usize| text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
        match self {
            Lossy::Syntax(offset) => format!("line {} of it is not TOML either", line(*offset)),
            Lossy::Remark(offset) => format!("the remark in line {} of it would be lost", line(*offset)),
            Lossy::Value(offset) => format!("the value in line {} of it has no like in YAML", line(*offset)),
            Lossy::Long => "it is too long".to_owned(),
        }
    }
}

/// Reads front matter in TOML.
///
/// # Errors
/// Where a [`Node`] does not say all of it.
pub(crate) fn front_matter(text: &str) -> Result<Node, Lossy> {
    let table = DeTable::parse(text).map_err(|it| Lossy::Syntax(it.span().map_or(0, |it| it.start)))?;
    let mut spans = Vec::new();
    let mut lost = None;
    for (name, value) in table.get_ref() {
        spans.push(span(name));
        scalars(value, &mut spans, &mut lost);
    }
    spans.sort();
    let is_said = |at: usize| {
        let before = spans.partition_point(|it| it.start <= at);
        before.checked_sub(1).and_then(|it| spans.get(it)).is_some_and(|it| at < it.end)
    };
    match (lost, memchr::memchr_iter(b'#', text.as_bytes()).find(|it| !is_said(*it))) {
        (Some(at), _) => Err(Lossy::Value(at)),
        (None, Some(at)) => Err(Lossy::Remark(at)),
        (None, None) => Ok(map(table.get_ref())),
    }
}

/// Collects where keys and values stand, and the first value that a [`Node`] can't say.
fn scalars(value: &Spanned<DeValue<'_>>, spans: &mut Vec<Span>, lost: &mut Option<usize>) {
    let is_lost = match value.get_ref() {
        DeValue::Array(items) => return items.iter().for_each(|it| scalars(it, spans, lost)),
        DeValue::Table(table) => {
            return table.iter().for_each(|(name, value)| {
                spans.push(span(name));
                scalars(value, spans, lost);
            });
        }
        DeValue::Datetime(it) => it.date.is_none(),
        DeValue::Integer(_) => !matches!(node(value.get_ref()), Node::Integer(_)),
        DeValue::Float(_) => !matches!(node(value.get_ref()), Node::Number(it) if it.is_finite()),
        DeValue::String(_) | DeValue::Boolean(_) => false,
    };
    spans.push(span(value));
    if is_lost && lost.is_none() {
        *lost = Some(value.span().start);
    }
}

/// Returns where the keys and values of a text are, as far as it can be read.
pub(super) fn places(text: &str) -> Item {
    let (table, _) = DeTable::parse_recoverable(text);
    Item { inner: within(table.get_ref()), ..Item::default() }
}

fn within(table: &DeTable<'_>) -> Inner {
    let item = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Item { key: span(name), ..item(value) };
    Inner::Map(table.iter().map(|it| (Box::from(&**it.0.get_ref()), item(it))).collect())
}

fn item(value: &Spanned<DeValue<'_>>) -> Item {
    let inner = match value.get_ref() {
        DeValue::Array(items) => Inner::List(items.iter().map(item).collect()),
        DeValue::Table(table) => within(table),
        _ => Inner::Nothing,
    };
    Item { value: span(value), inner, ..Item::default() }
}

fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}

fn map(table: &DeTable<'_>) -> Node {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    Node::Map(entries.into_iter().map(|(name, value)| (Arc::from(&**name.get_ref()), node(value.get_ref()))).collect())
}

fn node(value: &DeValue<'_>) -> Node {
    match value {
        DeValue::String(text) => Node::Text((&**text).into()),
        DeValue::Integer(it) => i64::from_str_radix(&it.as_str().replace('_', ""), it.radix())
            .map_or_else(|_| Node::Text(it.as_str().into()), Node::Integer),
        DeValue::Float(it) => {
            it.as_str().replace('_', "").parse().map_or_else(|_| Node::Text(it.as_str().into()), Node::Number)
        }
        DeValue::Boolean(it) => Node::Boolean(*it),
        DeValue::Datetime(it) => Node::Text(it.to_string().into()),
        DeValue::Array(items) => Node::List(items.iter().map(|it| node(it.get_ref())).collect()),
        DeValue::Table(table) => map(table),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diagnostic::{FieldPath, Part, Step};
    use crate::read::index::Index;

    fn check(text: &str, path: &[Step], part: Part, expected: &str) {
        let span = Index::of("site.toml", text).locate(text, &FieldPath(path.to_vec()), part);
        assert_eq!(&text[span.start..span.end], expected, "{path:?}");
    }

    #[test]
    fn values_and_keys_are_found() {
        let text = "a = 1\n[kinds.note]\nroute = \"/é/\"\nlist = [{ x = 1 }, { x = 2 }]\n";
        check(text, &["a".into()], Part::Value, "1");
        check(text, &["kinds".into(), "note".into(), "route".into()], Part::Value, "\"/é/\"");
        check(text, &["kinds".into(), "note".into(), "route".into()], Part::Key, "route");
        check(text, &["kinds".into(), "note".into(), "list".into(), Step::Index(1), "x".into()], Part::Value, "2");
        check(text, &["kinds".into(), "note".into(), "gone".into()], Part::Key, "note");
    }

    #[test]
    fn order_is_that_of_the_file() {
        let source = Source::new("site.toml", b"b = 1\na = 2\n".to_vec());
        let mut found = Vec::new();
        let keys: Vec<_> = parse(&source, &mut found).entries().iter().map(|(key, _)| key.to_string()).collect();
        assert_eq!((keys, found.len()), (vec!["b".to_owned(), "a".to_owned()], 0));
    }
}
