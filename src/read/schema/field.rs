//! One field of a kind, of a group, of a component.

use std::sync::Arc;

use super::{Schema, pair, pairs, texts};
use crate::model::diagnostic::{FieldPath, near_miss};
use crate::model::kind::{Choice, Condition, Field, Format, Group, Required, Type};
use crate::model::node::Node;
use crate::model::text::capital;
use crate::model::value::Value;

/// The types that a field may name, besides groups under `[types]`.
const TYPES: [&str; 17] = [
    "text",
    "markdown",
    "boolean",
    "integer",
    "number",
    "date",
    "month",
    "url",
    "email",
    "file",
    "language",
    "licence",
    "choice",
    "term",
    "list",
    "group",
    "reference",
];

impl Schema<'_> {
    pub(super) fn group(&mut self, node: &Node, at: &FieldPath) -> Group {
        let fields = node.get("fields").map(|it| self.fields(it, &at.join("fields"))).unwrap_or_default();
        Group {
            name: None,
            fields,
            shorthand: node.get("shorthand").and_then(Node::text).map(Into::into),
            rising: pairs(node.get("rising")),
            one_of: node.get("one_of").map_or(&[][..], Node::items).iter().map(|it| texts(Some(it))).collect(),
            overdue: node.get("overdue").and_then(|it| {
                let due = it.get("due").and_then(Node::text)?;
                Some((due.into(), self.condition(it.get("unless")?, &at.join("overdue").join("unless"))?))
            }),
            in_order: node.get("in_order").and_then(Node::text).map(Into::into),
            ends_as: texts(node.get("ends_as")),
            lent: Vec::new(),
        }
    }

    pub(super) fn fields(&mut self, node: &Node, at: &FieldPath) -> Vec<Field> {
        node.entries().iter().map(|(name, node)| self.field(name, node, &at.join(&**name))).collect()
    }

    fn field(&mut self, name: &Arc<str>, node: &Node, at: &FieldPath) -> Field {
        const KEYS: [&str; 27] = [
            "type",
            "of",
            "pairs",
            "fields",
            "shorthand",
            "rising",
            "one_of",
            "overdue",
            "in_order",
            "ends_as",
            "to",
            "text",
            "vocabulary",
            "choices",
            "format",
            "min",
            "max",
            "required",
            "required_when",
            "required_unless",
            "expected_when",
            "default",
            "default_from",
            "help",
            "aliases",
            "beside",
            "inverse",
        ];
        self.known_keys(node, at, &KEYS);
        Field {
            name: name.clone(),
            r#type: self.r#type(node, at),
            required: self.required(node, at),
            default: node.get("default").and_then(value),
            default_from: node.get("default_from").and_then(Node::text).map(Into::into),
            help: node.get("help").and_then(Node::text).unwrap_or_default().into(),
            aliases: texts(node.get("aliases")),
            beside: texts(node.get("beside")),
            inverse: node.get("inverse").and_then(Node::text).map(Into::into),
        }
    }

    fn r#type(&mut self, node: &Node, at: &FieldPath) -> Type {
        let Some(name) = node.get("type").and_then(Node::text) else {
            self.wrong(at, "a field needs a `type`").help = Some(format!("one of {}", TYPES.join(", ")));
            return Type::Text(None);
        };
        let bound = |key: &str, default| match node.get(key) {
            Some(Node::Integer(number)) => *number,
            _ => default,
        };
        match name {
            "text" => Type::Text(self.format(node, at)),
            "markdown" => Type::Markdown,
            "boolean" => Type::Boolean,
            "integer" => Type::Integer { min: bound("min", i64::MIN), max: bound("max", i64::MAX) },
            "number" => Type::Number,
            "date" => Type::Date,
            "month" => Type::Month,
            "url" => Type::Url,
            "email" => Type::Email,
            "file" => Type::File,
            "language" => Type::Language,
            "licence" => Type::Licence,
            "choice" => Type::Choice(self.choices(node, at)),
            "term" => Type::Term(node.get("vocabulary").and_then(Node::text).unwrap_or("topics").into()),
            "list" => {
                let of = node
                    .get("of")
                    .cloned()
                    .unwrap_or_else(|| Node::Map(vec![("type".into(), Node::Text("text".into()))]));
                let item = self.field(&Arc::from("of"), &of, &at.join("of"));
                Type::List { of: Arc::new(item), pairs: pair(node.get("pairs")) }
            }
            "group" => Type::Group(Arc::new(self.group(node, at))),
            "reference" => Type::Reference {
                to: texts(node.get("to")).into(),
                text: matches!(node.get("text"), Some(Node::Boolean(true))),
            },
            other => match self.types.get(other) {
                Some(group) => Type::Group(group.clone()),
                None => {
                    let known = TYPES.iter().copied().chain(self.types.keys().map(|it| &**it));
                    let near = near_miss(other, known).map(|it| format!("did you mean `{it}`?"));
                    self.wrong(&at.join("type"), format!("there is no type `{other}`")).help =
                        near.or_else(|| Some(format!("one of {}", TYPES.join(", "))));
                    Type::Text(None)
                }
            },
        }
    }

    fn choices(&mut self, node: &Node, at: &FieldPath) -> Arc<[Choice]> {
        let choices: Vec<Choice> = match node.get("choices") {
            Some(Node::List(items)) => items
                .iter()
                .filter_map(Node::text)
                .map(|it| Choice { value: it.into(), label: capital(&it.replace('-', " ")).into() })
                .collect(),
            Some(Node::Map(entries)) => entries
                .iter()
                .filter_map(|(key, label)| Some(Choice { value: key.clone(), label: label.text()?.into() }))
                .collect(),
            _ => Vec::new(),
        };
        if choices.is_empty() {
            self.wrong(at, "a choice needs `choices`").help =
                Some("list the values: `choices = [\"yes\", \"no\"]`".to_owned());
        }
        choices.into()
    }

    fn format(&mut self, node: &Node, at: &FieldPath) -> Option<Format> {
        const NAMES: [(&str, Format); 9] = [
            ("slug", Format::Slug),
            ("path", Format::Path),
            ("currency", Format::Currency),
            ("doi", Format::Doi),
            ("isbn", Format::Isbn),
            ("orcid", Format::Orcid),
            ("gss", Format::Gss),
            ("timezone", Format::Timezone),
            ("colour", Format::Colour),
        ];
        let name = node.get("format")?.text().unwrap_or_default();
        let format = NAMES.iter().find(|(it, _)| *it == name).map(|(_, format)| *format);
        if format.is_none() {
            let names = NAMES.map(|it| it.0).join(", ");
            self.wrong(&at.join("format"), format!("there is no format `{name}`")).help =
                Some(format!("one of {names}"));
        }
        format
    }

    fn required(&mut self, node: &Node, at: &FieldPath) -> Required {
        if let Some(Node::Boolean(true)) = node.get("required") {
            return Required::Always;
        }
        if let Some(when) = node.get("required_when") {
            let text = |key| when.get(key).and_then(Node::text).map(Arc::from);
            if let (Some(passed), Some(missing)) = (text("passed"), text("missing")) {
                let rest = when.entries().iter().filter(|(key, _)| !matches!(&**key, "passed" | "missing")).cloned();
                let rest = Node::Map(rest.collect());
                let when = match rest.entries().is_empty() {
                    true => Condition(Vec::new()),
                    false => self.condition(&rest, &at.join("required_when")).unwrap_or(Condition(Vec::new())),
                };
                return Required::Late { passed, missing, when };
            }
            return self.condition(when, &at.join("required_when")).map_or(Required::No, Required::When);
        }
        if let Some(unless) = node.get("required_unless") {
            return self.condition(unless, &at.join("required_unless")).map_or(Required::No, Required::Unless);
        }
        let expected = node.get("expected_when").and_then(|it| self.condition(it, &at.join("expected_when")));
        expected.map_or(Required::No, Required::Expected)
    }

    pub(super) fn condition(&mut self, node: &Node, at: &FieldPath) -> Option<Condition> {
        if node.entries().is_empty() {
            self.wrong(at, "a condition names a field and its value: `{ status = \"complete\" }`");
            return None;
        }
        let values = |node: &Node| match node {
            Node::List(items) => items.iter().filter_map(value).collect(),
            one => value(one).into_iter().collect(),
        };
        Some(Condition(node.entries().iter().map(|(field, node)| (field.clone(), values(node))).collect()))
    }
}

fn value(node: &Node) -> Option<Value> {
    match node {
        Node::Null | Node::Map(_) => None,
        Node::Boolean(it) => Some(Value::Boolean(*it)),
        Node::Integer(it) => Some(Value::Integer(*it)),
        Node::Number(it) => Some(Value::Number(*it)),
        Node::Text(it) => Some(Value::Text(it.clone())),
        Node::List(items) => Some(Value::List(items.iter().filter_map(value).collect())),
    }
}
