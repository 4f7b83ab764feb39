//! How the documents of a kind can be looked through, besides its list: a matrix, registers.

use std::sync::Arc;

use super::{Schema, texts};
use crate::model::diagnostic::{FieldPath, near_miss};
use crate::model::kind::{Field, Matrix, Type, YEAR};
use crate::model::node::Node;

impl Schema<'_> {
    /// Reads `matrix = { rows = "topics", columns = "types" }`. `false` takes away the one of a built-in kind.
    pub(super) fn matrix(&mut self, node: &Node, fields: &[Field], at: &FieldPath) -> Option<Matrix> {
        match node {
            Node::Boolean(false) => return None,
            Node::Map(_) => self.known_keys(node, at, &["rows", "columns"]),
            _ => {
                self.wrong(at, "a matrix names the fields of its rows and columns").help =
                    Some("`matrix = { rows = \"topics\", columns = \"types\" }`".to_owned());
                return None;
            }
        }
        let rows = self.axis(node, "rows", fields, at);
        let columns = self.axis(node, "columns", fields, at);
        Some(Matrix { rows: rows?, columns: columns? })
    }

    fn axis(&mut self, node: &Node, key: &str, fields: &[Field], at: &FieldPath) -> Option<Arc<str>> {
        let Some(name) = node.get(key).and_then(Node::text) else {
            self.wrong(at, format!("a matrix needs `{key}`: the name of a field"));
            return None;
        };
        let axis = |it: &Field| matches!(it.item().r#type, Type::Choice(_) | Type::Term(_) | Type::Reference { .. });
        let known = fields.iter().filter(|it| axis(it)).map(|it| &*it.name).chain([YEAR]);
        self.named(name, fields, known.collect(), "no choice, term or reference", &at.join(key))
    }

    /// Reads the names of fields that are lists of groups.
    pub(super) fn registers(&mut self, node: Option<&Node>, fields: &[Field], at: &FieldPath) -> Vec<Arc<str>> {
        let listed = |it: &Field| matches!((&it.r#type, &it.item().r#type), (Type::List { .. }, Type::Group(_)));
        let known: Vec<&str> = fields.iter().filter(|it| listed(it)).map(|it| &*it.name).collect();
        let names = texts(node).into_iter().enumerate();
        names
            .filter_map(|(it, name)| self.named(&name, fields, known.clone(), "no list of groups", &at.at(it)))
            .collect()
    }

    /// Returns the name where it is one of `known`; says what else it is.
    fn named(&mut self, name: &str, fields: &[Field], known: Vec<&str>, not: &str, at: &FieldPath) -> Option<Arc<str>> {
        if known.contains(&name) {
            return Some(name.into());
        }
        let message = match fields.iter().any(|it| &*it.name == name) {
            true => format!("the field `{name}` is {not}"),
            false => format!("there is no field `{name}`"),
        };
        let help = near_miss(name, known.iter().copied())
            .map_or_else(|| format!("one of {}", known.join(", ")), |it| format!("did you mean `{it}`?"));
        self.wrong(at, message).help = Some(help);
        None
    }
}
