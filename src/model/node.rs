//! A tree of plain data, as YAML or TOML says it, before a schema gives it a meaning.

use std::sync::Arc;

/// One value of YAML or TOML.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing: an empty value, `null`, `~`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// A text; in TOML also a date.
    Text(Arc<str>),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file; a key may stand there twice.
    Map(Vec<(Arc<str>, Node)>),
}

impl Node {
    /// Returns what stands at `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(it, _)| &**it == key).map(|(_, node)| node)
    }

    /// Returns the entries of a map; none of anything else.
    pub fn entries(&self) -> &[(Arc<str>, Node)] {
        match self {
            Node::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the items of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the text of a text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns what it is, in words for people: `a list`, `text`.
    pub fn what(&self) -> &'static str {
        match self {
            Node::Null => "nothing",
            Node::Boolean(_) => "true or false",
            Node::Integer(_) | Node::Number(_) => "a number",
            Node::Text(_) => "text",
            Node::List(_) => "a list",
            Node::Map(_) => "a group of keys",
        }
    }
}
