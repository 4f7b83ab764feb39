//! Document -> the text that is searched: what readers see of its body and of its fields.

use crate::model::body::{Body, Fill};
use crate::model::kind::{Format, Group, Type};
use crate::model::site::Site;
use crate::model::value::{Reference, Value, Values};

/// Puts the words of a text, of its images and of its components at the end of `out`.
pub(super) fn body(site: &Site, body: &Body, out: &mut String) {
    body.text(out);
    for hole in &body.holes {
        out.push(' ');
        match &hole.fill {
            Fill::Image(image) => out.push_str(&image.alt),
            Fill::Component(component) => {
                if let Some(group) = site.theme.components.get(&component.name) {
                    fields(site, group, &component.arguments, out);
                }
            }
            Fill::Link(_) | Fill::Words(_) => {}
        }
    }
}

/// The fields that no reader sees, and those that are counted by themselves.
const SILENT: [&str; 9] =
    ["title", "summary", "slug", "aliases", "permalink", "redirect_to", "kind", "template", "translation_of"];

/// Puts what readers see of these fields at the end of `out`.
pub(super) fn fields(site: &Site, group: &Group, values: &Values, out: &mut String) {
    for (field, it) in group.pairs(values) {
        if !SILENT.contains(&&*field.name) {
            value(site, &field.r#type, it, out);
        }
    }
}

fn value(site: &Site, r#type: &Type, it: &Value, out: &mut String) {
    let mut put = |text: &str| {
        out.push(' ');
        out.push_str(text);
    };
    match (r#type, it) {
        (Type::Text(None | Some(Format::Doi | Format::Isbn | Format::Gss)), Value::Text(text)) => put(text),
        (Type::Choice(choices), Value::Text(text)) => {
            choices.iter().filter(|it| it.value == *text).for_each(|it| put(&it.label));
        }
        (Type::Term(vocabulary), Value::Text(text)) => {
            let known = site.vocabularies.get(vocabulary).and_then(|it| it.find(text));
            put(known.map_or(text, |it| &it.title));
        }
        (Type::Reference { to, .. }, Value::Reference(reference)) => match (site.referred(reference, to), reference) {
            (Some(found), _) => put(&site.document(found).title),
            (None, Reference::Slug(name)) => put(name),
            (None, Reference::Outside(outside)) => put(&outside.name),
        },
        (Type::List { of, .. }, Value::List(items)) => {
            items.iter().for_each(|it| value(site, &of.r#type, it, out));
        }
        (Type::Group(group), Value::Group(values)) => fields(site, group, values, out),
        (_, Value::Markdown(text)) => {
            out.push(' ');
            body(site, text, out);
        }
        _ => {}
    }
}
