//! YAML -> Node, and how far a key or a value goes in YAML.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::model::diagnostic::Part;
use crate::model::node::Node;
use crate::model::source::Span;

use super::nesting;

/// What the parser could not read.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Where, in bytes of the YAML.
    pub(crate) offset: usize,
    /// What the parser says.
    pub(crate) message: String,
    /// Whether lists and groups are too deep within one another, from `offset` on.
    pub(crate) deep: bool,
}

/// Reads YAML. Keys are texts; a key that stands there twice is there twice.
pub(crate) fn parse(text: &str) -> Result<Node, Fault> {
    if let Some(offset) = nesting::too_deep(text) {
        return Err(Fault { offset, message: String::new(), deep: true });
    }
    match Tree::deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(Tree(node)) => Ok(node),
        Err(error) => {
            let offset = error.location().map_or(0, |it| it.index()).min(text.len());
            let message = error.to_string();
            let deep = message.contains("recursion limit exceeded");
            Err(Fault { offset, message, deep })
        }
    }
}

/// Returns the first line in which something is.
pub(super) fn first(text: &str) -> Span {
    let first = text.find(|it: char| !it.is_whitespace()).unwrap_or(0);
    Span::new(first, text[first..].find(['\r', '\n']).map_or(text.len(), |it| first + it))
}

/// Returns how far the key or value goes that begins at `start`: to its closing quote, or to the end of its line.
pub(super) fn extent(text: &str, start: usize, part: Part) -> Span {
    let rest = &text[start..];
    let line = &rest[..rest.find(['\r', '\n']).unwrap_or(rest.len())];
    let plain = || {
        let before = &text[text[..start].rfind('\n').map_or(0, |it| it + 1)..start];
        let flow = before.contains(['[', '{']);
        let end = match part {
            Part::Key | Part::KeyAgain => line.find(':'),
            Part::Value if flow => line.find([',', ']', '}']),
            Part::Value => line.find(" #"),
        };
        line[..end.unwrap_or(line.len())].trim_end().len()
    };
    let length = match rest.chars().next() {
        Some('"') => quoted(rest, '"'),
        Some('\'') => quoted(rest, '\''),
        Some('[' | '{' | '|' | '>') => line.trim_end().len(),
        _ => plain(),
    };
    Span::new(start, start + length.max(rest.chars().next().map_or(0, char::len_utf8)))
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\\' if quote == '"' && !escaped => escaped = true,
            it if it == quote && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// A [`Node`], as serde reads it.
struct Tree(Node);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Node;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Number(value as f64), Node::Integer))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(Tree(key)) = entries.next_key()? {
            let Tree(value) = entries.next_value()?;
            map.push((key_text(&key), value));
        }
        Ok(Node::Map(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Node, A::Error> {
        let (_, content) = tagged.variant::<String>()?;
        content.newtype_variant::<Tree>().map(|it| it.0)
    }
}

/// Returns the name of a key as it is written. A plain one may be a number or a truth, which has a name of its own.
pub(super) fn key(written: &str, is_plain: bool) -> Box<str> {
    let may_differ = |it: char| it.is_ascii_digit() || "+-.~tTfFnN".contains(it);
    match is_plain && written.starts_with(may_differ) {
        true => parse(written).map_or_else(|_| written.into(), |it| Box::from(&*key_text(&it))),
        false => written.into(),
    }
}

fn key_text(key: &Node) -> Arc<str> {
    match key {
        Node::Text(text) => text.clone(),
        Node::Null => "".into(),
        Node::Boolean(value) => value.to_string().into(),
        Node::Integer(value) => value.to_string().into(),
        Node::Number(value) => value.to_string().into(),
        Node::List(_) | Node::Map(_) => key.what().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diagnostic::{FieldPath, Step};
    use crate::read::index::Index;

    fn locate(text: &str, path: &FieldPath, part: Part) -> Span {
        Index::of("a.md", text).locate(text, path, part)
    }

    fn check(text: &str, path: &[Step], part: Part, expected: &str) {
        let span = locate(text, &FieldPath(path.to_vec()), part);
        assert_eq!(&text[span.start..span.end], expected, "{path:?} in {text}");
    }

    #[test]
    fn values_and_keys_are_found() {
        let text = "títle: \"é # x\" # c\r\nlist:\r\n  - a: 1\r\n    b: {c: zwölf, d: 2}\r\n  - plain text # no\r\nx: |\r\n  é\r\nx: 3\r\n";
        check(text, &["títle".into()], Part::Value, "\"é # x\"");
        check(text, &["títle".into()], Part::Key, "títle");
        check(text, &["list".into(), Step::Index(0), "b".into(), "d".into()], Part::Value, "2");
        check(text, &["list".into(), Step::Index(0), "b".into(), "c".into()], Part::Value, "zwölf");
        check(text, &["list".into(), Step::Index(0), "b".into(), "c".into()], Part::Key, "c");
        check(text, &["list".into(), Step::Index(1)], Part::Value, "plain text");
        check(text, &["x".into()], Part::KeyAgain, "x");
        assert_eq!(
            locate(text, &FieldPath(vec!["x".into()]), Part::KeyAgain).start,
            text.rfind("x: 3").expect("is there")
        );
    }

    #[test]
    fn what_is_missing_is_placed_at_what_holds_it() {
        check("a:\n  b: 1\n", &["a".into(), "c".into()], Part::Value, "a");
        check("\n a: 1\n", &["c".into()], Part::Value, "a: 1");
        check("a: one\n", &["a".into(), Step::Index(0)], Part::Value, "one");
        check("a: one\n", &["a".into(), Step::Index(1)], Part::Value, "a");
        check("", &["c".into()], Part::Value, "");
    }

    #[test]
    fn scalars_keep_their_type() {
        let node = parse("a: yes\nb: 0777\nc: 12:30\nd: 1.10\ne: !x 5\nf:\ng: 0o17\n1: z\n").expect("is YAML");
        assert_eq!(node.get("a"), Some(&Node::Text("yes".into())));
        assert_eq!(node.get("b"), Some(&Node::Text("0777".into())));
        assert_eq!(node.get("c"), Some(&Node::Text("12:30".into())));
        assert_eq!(node.get("d"), Some(&Node::Number(1.1)));
        assert_eq!(node.get("f"), Some(&Node::Null));
        assert_eq!(node.get("g"), Some(&Node::Integer(15)));
        assert_eq!(node.get("1"), Some(&Node::Text("z".into())));
    }
}
