//! A field that is asked for once a month is over: why an evaluation is later than planned.
//!
//! Source: the protocol of Government Social Research asks for publication within 12 weeks, and for the reason where it is
//! later (Evaluation Registry, reasons for not publishing).

use jiff::civil;

use crate::model::diagnostic::{Diagnostic, FieldPath};
use crate::model::document::Document;
use crate::model::kind::{Field, Required};
use crate::model::site::Site;
use crate::model::value::Value;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "late-field", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    let is_late = |it: &&Field| matches!(it.required, Required::Late { .. });
    let fields: Vec<Vec<&Field>> =
        config.kinds.all.iter().map(|it| it.group.fields.iter().filter(is_late).collect()).collect();
    for entry in &site.entries {
        let document = &entry.document;
        for field in &fields[entry.brief.kind] {
            let Required::Late { passed, missing, when } = &field.required else { continue };
            let done = document.values.get(missing).is_some() || document.values.get(&field.name).is_some();
            if done || !when.holds(|name| document.values.get(name)) || !is_over(document, passed, today) {
                continue;
            }
            let place = document.value_place(FieldPath::default().join(&**passed));
            let message = format!("`{passed}` is over, and neither `{missing}` nor `{}` is there", field.name);
            found.push(
                Diagnostic::warning("late-field", place, message)
                    .help(format!("add `{}:`: {}", field.name, field.help)),
            );
        }
    }
}

fn is_over(document: &Document, field: &str, today: civil::Date) -> bool {
    match document.values.get(field) {
        Some(Value::Month(month)) => (month.year, month.month.unwrap_or(12)) < (today.year(), today.month()),
        Some(Value::Date(date)) => date.day < today,
        _ => false,
    }
}
