//! Kinds -> the reference of the front matter, in Markdown.

use std::fmt::Write;

use crate::model::kind::{Field, Format, Group, Kind, Kinds, Required, Type};
use crate::model::text::capital;
use crate::model::value::Value;

/// Returns the reference: the fields that every kind has, then each kind with its own, then the groups that have a name.
pub fn reference(kinds: &Kinds) -> String {
    let mut text = String::from(
        "---\ntitle: Front matter reference\nsummary: Every field of every kind, what it holds and what it is for.\norder: 70\n---\n\n\
         This page is made from the kinds by `folio reference`. Fields that must be given are marked **required**.\n",
    );
    let Some(page) = kinds.all.iter().find(|it| it.folder.is_none()) else { return text };
    let common: Vec<&Field> = page.group.fields.iter().filter(|it| is_common(it, kinds)).collect();
    text.push_str("\n## All kinds\n\nThese fields may stand in every document.\n\n");
    table(&mut text, common.iter().copied());
    groups(&mut text, common.iter().copied());
    for kind in &kinds.all {
        self::kind(&mut text, kind, &common);
    }
    text.push_str("\n## Groups used by several fields\n");
    for (name, group) in &kinds.types {
        let _ = write!(text, "\n### {}\n\n", capital(name));
        shorthand(&mut text, group);
        table(&mut text, group.fields.iter());
    }
    text
}

/// A field of every kind, in the same words.
fn is_common(field: &Field, kinds: &Kinds) -> bool {
    kinds.all.iter().all(|it| it.group.field(&field.name).is_some())
}

fn kind(text: &mut String, kind: &Kind, common: &[&Field]) {
    let _ = write!(text, "\n## {}\n\n", kind.label);
    match &kind.folder {
        Some(folder) => {
            let _ = writeln!(text, "In `content/{folder}/`. Addresses begin with `{}`.\n", kind.route.root());
        }
        None => text.push_str("In every other folder of `content/`.\n\n"),
    }
    let differs = |it: &&Field| {
        common
            .iter()
            .find(|other| other.name == it.name)
            .is_none_or(|other| other.required != it.required || other.help != it.help)
    };
    let own: Vec<&Field> = kind.group.fields.iter().filter(differs).collect();
    table(text, own.iter().copied());
    groups(text, own.into_iter());
}

fn table<'a>(text: &mut String, fields: impl Iterator<Item = &'a Field>) {
    text.push_str("| Field | What it holds | What it is for |\n| --- | --- | --- |\n");
    for field in fields {
        let required = required(&field.required);
        let default =
            field.default.as_ref().and_then(plain).map_or_else(String::new, |it| format!(" If it is missing: `{it}`."));
        let help = field.help.trim_end_matches('.');
        let _ =
            writeln!(text, "| `{}` | {}{required} | {}.{default} |", field.name, holds(&field.r#type), escape(help));
    }
}

/// The fields of groups get a table of their own, below.
fn groups<'a>(text: &mut String, fields: impl Iterator<Item = &'a Field>) {
    for field in fields {
        let inner = match &field.r#type {
            Type::List { of, .. } => &of.r#type,
            own => own,
        };
        if let Type::Group(group) = inner
            && group.name.is_none()
        {
            let _ = write!(text, "\nEach entry of `{}` holds:\n\n", field.name);
            shorthand(text, group);
            table(text, group.fields.iter());
        }
    }
}

fn shorthand(text: &mut String, group: &Group) {
    if let Some(short) = &group.shorthand {
        let _ = writeln!(text, "A plain value stands for `{short}`.\n");
    }
}

fn required(required: &Required) -> String {
    let when = |condition: &crate::model::kind::Condition| {
        let parts = condition.0.iter().map(|(field, values)| {
            let values: Vec<String> = values.iter().filter_map(plain).collect();
            format!("`{field}` is {}", values.join(" or "))
        });
        parts.collect::<Vec<_>>().join(" and ")
    };
    match required {
        Required::No => String::new(),
        Required::Always => ". **Required**".to_owned(),
        Required::When(condition) => format!(". **Required** if {}", when(condition)),
        Required::Unless(condition) => format!(". **Required** unless {}", when(condition)),
        Required::Expected(condition) => format!(". Expected if {}", when(condition)),
        Required::Late { passed, missing, when: besides } => {
            let besides = if besides.0.is_empty() { String::new() } else { format!(" and {}", when(besides)) };
            format!(". Expected once `{passed}` is over, while `{missing}` is missing{besides}")
        }
    }
}

fn holds(r#type: &Type) -> String {
    match r#type {
        Type::Text(None) => "Text".to_owned(),
        Type::Text(Some(format)) => form(*format).to_owned(),
        Type::Markdown => "Text with Markdown".to_owned(),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Integer { min, max } => match (*min, *max) {
            (i64::MIN, i64::MAX) => "A whole number".to_owned(),
            (min, i64::MAX) => format!("A whole number from {min}"),
            (min, max) => format!("A whole number from {min} to {max}"),
        },
        Type::Number => "A number".to_owned(),
        Type::Date => "A date: `2024-01-23`, perhaps with a time".to_owned(),
        Type::Month => "A month or year: `2024-01`, `2024`".to_owned(),
        Type::Url => "A web address".to_owned(),
        Type::Email => "An e-mail address".to_owned(),
        Type::File => "A file".to_owned(),
        Type::Language => "A language: `en-GB`".to_owned(),
        Type::Licence => "A licence".to_owned(),
        Type::Choice(choices) => {
            let values: Vec<String> = choices.iter().map(|it| format!("`{}`", it.value)).collect();
            format!("One of {}", values.join(", "))
        }
        Type::Term(vocabulary) => format!("A term of `data/{vocabulary}.yml`"),
        Type::List { of, .. } => {
            let of = holds(&of.r#type);
            let mut letters = of.chars();
            let small = letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect());
            format!("A list; each: {small}")
        }
        Type::Group(group) => match &group.name {
            Some(name) => format!("[{}](#{})", capital(name), name),
            None => "A group of keys, see below".to_owned(),
        },
        Type::Reference { to, text } => {
            let to = if to.iter().any(|it| &**it == "*") { "any kind".to_owned() } else { to.join(" or ") };
            let name = if *text { ", or a name" } else { "" };
            format!("The slug of a document ({to}), or `{{name, url}}`{name}")
        }
    }
}

fn form(format: Format) -> &'static str {
    match format {
        Format::Slug => "Lower-case letters, digits and hyphens",
        Format::Path => "An address of this site: `/old/page/`",
        Format::Currency => "A currency: `GBP`",
        Format::Doi => "A DOI: `10.1234/abc`",
        Format::Isbn => "An ISBN",
        Format::Orcid => "An ORCID iD",
        Format::Gss => "A GSS code: `E09000012`",
        Format::Timezone => "A time zone: `Europe/London`",
        Format::Colour => "A colour: `#1d70b8`",
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Boolean(it) => Some(it.to_string()),
        Value::Integer(it) => Some(it.to_string()),
        Value::Number(it) => Some(it.to_string()),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}
