//! Node -> Value, of numbers: a number that can be read in two ways is told, and never chosen.

use std::sync::Arc;

use super::number::{self, Meant};
use super::value::name_of;
use super::{Entry, Reader};
use crate::model::diagnostic::{Diagnostic, FieldPath, Step};
use crate::model::kind::{Field, Type};
use crate::model::node::Node;
use crate::model::value::Value;

/// A number of more digits is not kept exactly (IEEE 754, binary64).
const LARGEST: f64 = 1e15;

impl Reader<'_> {
    /// Reads a number. `beside` are the entries of its group: they say what a sign such as `£` means.
    pub(super) fn number(&mut self, field: &Field, node: &Node, at: &FieldPath, beside: &[Entry]) -> Option<Value> {
        match node {
            Node::Null => None,
            Node::List(_) | Node::Map(_) => self.wrong_type(field, node, at),
            Node::Text(text) => {
                let plain = text.trim();
                match number::is_plain(plain) && !number::may_be_thousands(plain, self.is_english()) {
                    true => self.plain_number(field, plain, at),
                    false => self.wrong_number(field, text, at, beside),
                }
            }
            Node::Integer(it) if accepts(&field.r#type, *it) => Some(of_type(&field.r#type, *it)),
            Node::Number(it) if matches!(field.r#type, Type::Number) && self.is_clear(*it, at) => {
                Some(Value::Number(*it))
            }
            Node::Integer(_) | Node::Number(_) | Node::Boolean(_) => {
                let text = self.raw(at);
                match number::is_plain(&text) && matches!(node, Node::Integer(_)) {
                    true => self.plain_number(field, &text, at),
                    false => self.wrong_number(field, &text, at, beside),
                }
            }
        }
    }

    fn is_english(&self) -> bool {
        number::is_english(&self.config.language)
    }

    /// Returns whether a number with decimals is surely one: `300.000` may be 300 or 300000. The text is looked at only where
    /// the number allows for that.
    fn is_clear(&self, number: f64, at: &FieldPath) -> bool {
        let english = self.is_english();
        let three = number.fract() == 0.0 || !english && (number * 1000.0).round() / 1000.0 == number;
        let doubtful = (1.0..1000.0).contains(&number.abs()) && three;
        number.abs() <= LARGEST && !(doubtful && number::may_be_thousands(&self.raw(at), english))
    }

    /// Reads digits, perhaps with decimals.
    fn plain_number(&mut self, field: &Field, text: &str, at: &FieldPath) -> Option<Value> {
        match (&field.r#type, text.parse::<i64>(), text.parse::<f64>()) {
            (it, Ok(number), _) if accepts(it, number) => Some(of_type(it, number)),
            (Type::Number, Err(_), Ok(number)) if number.abs() <= LARGEST => Some(Value::Number(number)),
            (Type::Number, ..) => self.wrong_form(text, "a number of at most 15 digits", at),
            (Type::Integer { min, max }, Ok(_), _) => {
                let bounds = match (*min, *max) {
                    (min, i64::MAX) => format!("at least {min}"),
                    (i64::MIN, max) => format!("at most {max}"),
                    (min, max) => format!("from {min} to {max}"),
                };
                self.wrong_form(text, &format!("a number {bounds}"), at)
            }
            _ => self.wrong_number(field, text, at, &[]),
        }
    }

    /// Says that a text is no plain number, and which numbers it may be.
    fn wrong_number(&mut self, field: &Field, text: &str, at: &FieldPath, beside: &[Entry]) -> Option<Value> {
        let (help, sure) = self.number_meant(field, text, beside);
        let fix = sure.and_then(|it| self.written(at, text, &it));
        let what = if matches!(field.r#type, Type::Integer { .. }) { "a whole number" } else { "a number" };
        // `cost: £5` is told of `cost`, though it is the amount in it that is wrong.
        let name = match at.0.last() {
            Some(Step::Key(key)) => key.to_string(),
            _ => name_of(field, at),
        };
        let message = format!("`{name}` should be {what}, but this is `{text}`");
        let diagnostic = Diagnostic::error("wrong-type", self.faults.value(at), message).help(help);
        self.faults.push(diagnostic.fix(fix.into_iter().collect()));
        None
    }

    /// Returns the help for a number that is not written plainly, and the number, where only one can be meant.
    pub(super) fn number_meant(&self, field: &Field, text: &str, beside: &[Entry]) -> (String, Option<String>) {
        let Meant { mut readings, sure, sign } = number::meant(text, self.is_english());
        let whole = matches!(field.r#type, Type::Integer { .. });
        readings.retain(|it| !whole || it.parse().is_ok_and(|it| accepts(&field.r#type, it)));
        let fits = sign.as_deref().is_none_or(|it| !whole && self.goes_with(it, beside));
        match (&readings[..], sign) {
            ([], _) if whole => ("write the number in digits alone, such as `300`".to_owned(), None),
            ([], _) => ("write the number in digits alone, such as `300000` or `4.5`".to_owned(), None),
            ([one], _) if sure && fits => (format!("write it as a plain number: `{one}`"), Some(one.clone())),
            ([one], Some(sign)) if !fits => {
                (format!("write `{one}` if that is meant; what `{sign}` says belongs to a key of its own"), None)
            }
            ([one], _) => (format!("write `{one}` if that is meant"), None),
            (all, _) => {
                let all = all.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or ");
                (format!("write {all}, whichever is meant"), None)
            }
        }
    }

    /// Returns whether what stands beside a number says the same as its sign, so that the sign can go.
    fn goes_with(&self, sign: &str, beside: &[Entry]) -> bool {
        let is = |word: &str| {
            let word = word.trim().to_lowercase();
            word == sign.to_lowercase() || number::words_of(sign).contains(&&*word)
        };
        match beside.iter().find(|(key, _)| matches!(&**key, "unit" | "currency")) {
            Some((_, said)) => said.text().is_some_and(is),
            None => is(&self.config.currency),
        }
    }
}

/// Returns whether a whole number is within the bounds of its type, and can be kept exactly.
fn accepts(r#type: &Type, number: i64) -> bool {
    match r#type {
        Type::Integer { min, max } => (*min..=*max).contains(&number),
        _ => (number as f64).abs() <= LARGEST,
    }
}

fn of_type(r#type: &Type, number: i64) -> Value {
    match r#type {
        Type::Integer { .. } => Value::Integer(number),
        _ => Value::Number(number as f64),
    }
}

/// Returns whether a field holds a number, by itself or where it stands without its other keys.
pub(super) fn is_number(r#type: &Type) -> bool {
    match r#type {
        Type::Integer { .. } | Type::Number => true,
        Type::Group(group) => {
            let short: Option<&Arc<str>> = group.shorthand.as_ref();
            short
                .and_then(|it| group.field(it))
                .is_some_and(|it| matches!(it.r#type, Type::Integer { .. } | Type::Number))
        }
        _ => false,
    }
}
