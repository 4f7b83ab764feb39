//! Node -> Value: one value, by the type of its field.

use std::sync::Arc;

use super::{Entry, Given, Reader, names};
use crate::model::address;
use crate::model::body::Body;
use crate::model::diagnostic::{Diagnostic, Edit, FieldPath, Part, near_miss};
use crate::model::kind::{Field, Type};
use crate::model::node::Node;
use crate::model::source::Span;
use crate::model::value::{Outside, Reference, Value, Values};
use crate::read::{date, format, markdown};

impl Reader<'_> {
    /// Reads one value. `None` where it can't be read; then it is said.
    ///
    /// Gives `wrong-type`, `wrong-choice`, `wrong-form`, `wrong-date`, `impossible-date`, and what a group gives.
    pub(crate) fn value(&mut self, field: &Field, node: &Node, at: &FieldPath) -> Option<Value> {
        self.value_beside(field, node, at, &[])
    }

    /// Returns whether an item of a list is an empty text, which names nothing, and reports it.
    fn is_empty_name(&mut self, of: &Field, item: &Node, at: &FieldPath) -> bool {
        let names = matches!(of.r#type, Type::Text(_) | Type::Term(_) | Type::Reference { .. });
        let is_empty = names && item.text().is_some_and(|it| it.trim().is_empty());
        if is_empty {
            let place = self.faults.value(at);
            let fault = Diagnostic::warning("wrong-form", place, format!("an item of `{}` is empty", name_of(of, at)));
            self.faults.push(fault.help("take it out, or write what was meant"));
        }
        is_empty
    }

    /// Reads one value of a group with the entries `beside`.
    pub(super) fn value_beside(
        &mut self,
        field: &Field,
        node: &Node,
        at: &FieldPath,
        beside: &[Entry],
    ) -> Option<Value> {
        match (&field.r#type, node) {
            (Type::Integer { .. } | Type::Number, _) => self.number(field, node, at, beside),
            (Type::List { of, .. }, Node::List(items)) if self.cut_items(of, items, at) => None,
            (Type::List { of, .. }, Node::List(items)) => {
                let items = items.iter().enumerate().filter(|(_, it)| **it != Node::Null);
                let items = items.filter(|(index, it)| !self.is_empty_name(of, it, &at.at(*index)));
                // An item that is empty is a line of a form that nobody filled in.
                let items: Vec<_> = items.filter(|(_, it)| !names::is_empty(it)).collect();
                Some(Value::List(
                    items.into_iter().filter_map(|(index, it)| self.value(of, it, &at.at(index))).collect(),
                ))
            }
            (Type::List { of, pairs: Some(pairs) }, Node::Map(entries)) => {
                self.cut_entries(entries, at, |_| None);
                Some(Value::List(entries.iter().filter_map(|it| self.pair(of, pairs, it, at)).collect()))
            }
            (Type::List { of, .. }, one) if self.is_empty_name(of, one, at) => None,
            (Type::List { .. }, one) if names::is_empty(one) => None,
            (Type::List { of, .. }, one) => self.value(of, one, at).map(|it| Value::List(vec![it])),
            (Type::Group(group), Node::Map(_)) => Some(Value::Group(self.group(group, node, at))),
            (Type::Group(group), Node::Text(_) | Node::Integer(_) | Node::Number(_)) if group.shorthand.is_some() => {
                let short =
                    group.shorthand.as_deref().and_then(|it| group.fields.iter().position(|f| &*f.name == it))?;
                let mut written: Vec<Option<Value>> = group.fields.iter().map(|_| None).collect();
                written[short] = Some(self.value(&group.fields[short], node, at)?);
                let given = |it: &Option<Value>| if it.is_some() { Given::Value } else { Given::Not };
                let given: Vec<Given> = written.iter().map(given).collect();
                Some(Value::Group(self.complete(group, written, &given, at)))
            }
            (Type::Reference { .. }, Node::Map(_)) => self.outside(node, at).map(Value::Reference),
            (_, Node::List(_) | Node::Map(_)) => self.wrong_type(field, node, at),
            (Type::Group(_), _) => self.wrong_type(field, node, at),
            (Type::Boolean, Node::Boolean(it)) => Some(Value::Boolean(*it)),
            (_, Node::Text(text)) => match curly(text).filter(|_| !is_free(&field.r#type)) {
                Some(inner) => self.in_curly_quotes(field, text, inner, at),
                None => self.scalar(field, text, node, at),
            },
            (_, Node::Null) => None,
            // What YAML takes for a number or a truth is text where text is meant: `0o17`, `1.10`, `2024`.
            (_, Node::Boolean(_) | Node::Integer(_) | Node::Number(_)) => {
                let text = self.raw(at);
                self.scalar(field, &text, node, at)
            }
        }
    }

    /// Says that curly quotes are part of a value: a byline would show them. Reads what stands in them.
    fn in_curly_quotes(&mut self, field: &Field, text: &str, inner: &str, at: &FieldPath) -> Option<Value> {
        let quoted = format!("\"{inner}\"");
        let fix = self.written(at, text, &quoted);
        let message = format!("the quotes in `{text}` are curly, so they are part of the value");
        let fault = Diagnostic::error("yaml-quote", self.faults.value(at), message);
        self.faults.push(fault.help(format!("write `{quoted}`")).fix(fix.into_iter().collect()));
        let inner: Arc<str> = inner.into();
        self.scalar(field, &inner, &Node::Text(inner.clone()), at)
    }

    /// Returns a number or a truth as it stands in the file, without an anchor before it and what follows it in a list.
    pub(super) fn raw(&self, at: &FieldPath) -> Arc<str> {
        let text = &*self.yaml.text;
        let found = self.faults.locate(self.yaml, at, Part::Value);
        let text = text[found.start..found.end].trim();
        let text = text.strip_prefix('&').and_then(|it| it.split_once(char::is_whitespace)).map_or(text, |it| it.1);
        text.trim_start().split([',', ']', '}', ' ', '\t', '\r', '\n']).next().unwrap_or_default().into()
    }

    fn scalar(&mut self, field: &Field, text: &Arc<str>, node: &Node, at: &FieldPath) -> Option<Value> {
        match &field.r#type {
            Type::Text(None) | Type::Term(_) => Some(Value::Text(text.clone())),
            Type::Text(Some(form)) => match format::wrong(*form, text) {
                None => Some(Value::Text(text.clone())),
                Some(form) => self.wrong_form(text, &form, at),
            },
            Type::Markdown => Some(Value::Markdown(Arc::new(self.markdown(text, at)))),
            Type::Boolean => match text.to_lowercase().as_str() {
                "yes" | "on" | "true" => Some(Value::Boolean(true)),
                "no" | "off" | "false" => Some(Value::Boolean(false)),
                _ => self.wrong_type(field, node, at),
            },
            Type::Integer { .. } | Type::Number => self.number(field, node, at, &[]),
            Type::Date => match date::date(text, &self.config.timezone) {
                Ok(date) => Some(Value::Date(date)),
                Err(wrong) => self.wrong_date(text, wrong, at),
            },
            Type::Month => match date::month(text) {
                Some(month) => Some(Value::Month(month)),
                None => self.wrong_month(text, at),
            },
            Type::Url => self.address(text, at).map(Value::Address),
            Type::Email => match is_email(text) {
                true => Some(Value::Text(text.clone())),
                false => self.wrong_form(text, "an e-mail address, such as `team@example.org`", at),
            },
            Type::File => Some(Value::File(text.clone())),
            Type::Language => match is_language(text) {
                true => Some(Value::Text(text.clone())),
                false => self.wrong_form(text, "a language tag, such as `en-GB` or `cy`", at),
            },
            Type::Licence => match text.contains(char::is_whitespace) {
                false => Some(Value::Text(text.clone())),
                true => self.wrong_form(text, "a licence by its short name, such as `OGL-UK-3.0` or `CC-BY-4.0`", at),
            },
            Type::Choice(choices) => {
                let plain = |it: &str| it.trim().to_lowercase().replace([' ', '_'], "-");
                if let Some(choice) = choices.iter().find(|it| *it.value == plain(text)) {
                    return Some(Value::Text(choice.value.clone()));
                }
                let near = near_miss(text, choices.iter().map(|it| &*it.value));
                let all = || choices.iter().map(|it| format!("`{}`", it.value)).collect::<Vec<_>>().join(", ");
                let help = near.map_or_else(|| format!("one of {}", all()), |it| format!("did you mean `{it}`?"));
                let message = format!("`{text}` is not a value of `{}`", name_of(field, at));
                let place = self.faults.value(at);
                self.faults.push(Diagnostic::error("wrong-choice", place, message).help(help));
                None
            }
            Type::Reference { .. } => Some(Value::Reference(Reference::Slug(text.clone()))),
            Type::List { .. } | Type::Group(_) => self.wrong_type(field, node, at),
        }
    }

    fn markdown(&mut self, text: &str, at: &FieldPath) -> Body {
        let place = self.faults.value(at);
        let settings = markdown::Settings {
            path: &self.faults.path.clone(),
            html: self.config.html,
            smart: self.config.smart,
            maths: self.config.maths,
            in_letter: false,
            nested: true,
            trace: self.config.options.trace.has(&self.faults.path).then_some(markdown::Trace::Place(&place)),
            own: &|it| self.config.own_path(it).is_some(),
            component: &|_, _, _| None,
        };
        let read = markdown::body(text, Span::new(0, text.len()), None, &settings);
        for mut diagnostic in read.diagnostics {
            diagnostic.place = Some(self.faults.value(at));
            self.faults.push(diagnostic);
        }
        read.value.body
    }

    /// Reads a key and value of a map that stands for a list: `service: https://…`.
    fn pair(
        &mut self,
        of: &Field,
        [first, second]: &[Arc<str>; 2],
        entry: &(Arc<str>, Node),
        at: &FieldPath,
    ) -> Option<Value> {
        let Type::Group(group) = &of.r#type else { return None };
        let (key, node) = entry;
        let value = self.value(group.field(second)?, node, &at.join(key))?;
        let label: Arc<str> = crate::model::text::capital(&key.replace('_', " ")).into();
        Some(Value::Group(Values::new(vec![(first.clone(), Value::Text(label)), (second.clone(), value)])))
    }

    fn outside(&mut self, node: &Node, at: &FieldPath) -> Option<Reference> {
        const KEYS: [&str; 5] = ["name", "title", "url", "source", "summary"];
        let skipped = self.cut_entries(node.entries(), at, |_| None);
        let entries = node.entries().iter().enumerate().filter(|(position, _)| !skipped.contains(position));
        for (_, (key, _)) in entries.filter(|(_, (key, _))| !KEYS.contains(&&**key) && &**key != "image") {
            let near = near_miss(key, KEYS).map(|it| format!("did you mean `{it}`?"));
            let place = self.faults.key(&at.join(key));
            self.faults
                .push(Diagnostic::warning("unknown-key", place, format!("`{key}` is not known here")).help_if(near));
        }
        let text = |key: &str| match node.get(key)? {
            Node::Text(text) => Some(text.clone()),
            Node::Boolean(_) | Node::Integer(_) | Node::Number(_) => Some(self.raw(&at.join(key))),
            Node::Null | Node::List(_) | Node::Map(_) => None,
        };
        let Some(name) = text("name").or_else(|| text("title")) else {
            let place = self.faults.value(at);
            let help = "write `{name: …, url: …}`, or the slug of a document of this site";
            self.faults.push(Diagnostic::error("missing-field", place, "`name` or `title` is missing here").help(help));
            return None;
        };
        let (url, source, summary) = (text("url"), text("source"), text("summary"));
        let url = url.and_then(|it| self.address(&it, &at.join("url")));
        Some(Reference::Outside(Outside { name, url, source, summary }))
    }

    /// Returns an address, and reports what is wrong with it. Of what can be none there is nothing to show; what would run code
    /// leads to the home page instead, so that this fault does not make others.
    fn address(&mut self, text: &Arc<str>, at: &FieldPath) -> Option<Arc<str>> {
        let Err(wrong) = address::reach_of_value(text) else { return Some(text.clone()) };
        let address = match wrong.code {
            "wrong-form" => None,
            _ if wrong.runs_code() => Some("/".into()),
            _ => Some(text.clone()),
        };
        let place = self.faults.value(at);
        self.faults.push(wrong.at(place));
        address
    }

    pub(super) fn wrong_type(&mut self, field: &Field, node: &Node, at: &FieldPath) -> Option<Value> {
        let (wanted, help) = wanted(&field.r#type);
        let message = format!("`{}` should be {wanted}, but this is {}", name_of(field, at), node.what());
        let place = self.faults.value(at);
        let is_text = matches!(field.r#type, Type::Text(_) | Type::Markdown | Type::Reference { .. } | Type::Term(_));
        let fault = Diagnostic::error("wrong-type", place, message);
        self.faults.push(match self.as_text(node, at).filter(|_| is_text) {
            Some((text, fix)) => fault.help(format!("put it in quotes: `{text}`")).fix(vec![fix]),
            None => fault.help_if(help),
        });
        None
    }

    /// Returns a group of one key in one line as the text that it was meant to be, `Cost: what is it?`, in quotes.
    fn as_text(&self, node: &Node, at: &FieldPath) -> Option<(String, Edit)> {
        let Node::Map(entries) = node else { return None };
        let [(_, Node::Text(_))] = &entries[..] else { return None };
        let text = &*self.yaml.text;
        let start = self.faults.locate(self.yaml, at, Part::Value).start;
        let line = text[start..].lines().next()?.trim_end();
        let below = text[start + line.len()..].lines().nth(1).unwrap_or_default();
        let indent = below.len() - below.trim_start().len();
        let own = text[..start].rfind('\n').map_or(start, |it| start - it - 1);
        let whole = !line.contains(['"', '\'', '\\', '{', '[', '|', '>'])
            && !line.contains(" #")
            && (below.is_empty() || indent < own);
        let quoted = format!("\"{line}\"");
        let edit = self.yaml.edit(Span::new(start, start + line.len()), &quoted).filter(|_| whole)?;
        Some((quoted, edit))
    }

    /// Returns the change that writes another value than `was` at `at`, in the quotes that are there.
    pub(super) fn written(&self, at: &FieldPath, was: &str, text: &str) -> Option<Edit> {
        let span = self.faults.locate(self.yaml, at, Part::Value);
        let now = &self.yaml.text[span.start..span.end];
        let quote = now.chars().next().filter(|it| matches!(it, '"' | '\'')).map_or(String::new(), String::from);
        // A value over several lines, or one that is named, is not simply replaced.
        let bare = now.strip_prefix(&*quote).and_then(|it| it.strip_suffix(&*quote));
        let simple = bare == Some(was) && !now.contains(['\n', '\r']) && !now.starts_with(['&', '*', '!', '|', '>']);
        simple.then(|| self.yaml.edit(span, &format!("{quote}{text}{quote}"))).flatten()
    }

    pub(super) fn wrong_form(&mut self, text: &str, form: &str, at: &FieldPath) -> Option<Value> {
        let place = self.faults.value(at);
        let text = text.replace(char::is_control, " ");
        self.faults.push(Diagnostic::error("wrong-form", place, format!("`{text}` is not {form}")));
        None
    }

    fn wrong_date(&mut self, text: &str, wrong: date::Wrong, at: &FieldPath) -> Option<Value> {
        let fault = Diagnostic::error(wrong.code, self.faults.value(at), wrong.message);
        let general = match wrong.code {
            "impossible-date" => "write the day that was meant",
            _ => "write year, month and day as numbers: 2024-01-23",
        };
        self.wrong_time(fault, text, wrong.meant, wrong.help.as_deref().unwrap_or(general), at)
    }

    fn wrong_month(&mut self, text: &str, at: &FieldPath) -> Option<Value> {
        let message = format!("`{text}` is not a month or a year, such as `2024-01` or `2024`");
        let fault = Diagnostic::error("wrong-form", self.faults.value(at), message);
        self.wrong_time(fault, text, date::month_meant(text), "write year and month as numbers: 2024-01", at)
    }

    fn wrong_time(
        &mut self,
        fault: Diagnostic,
        text: &str,
        meant: Option<String>,
        help: &str,
        at: &FieldPath,
    ) -> Option<Value> {
        let fix = meant.as_deref().and_then(|it| self.written(at, text, it));
        let help = match meant {
            Some(meant) => format!("write `{meant}`"),
            None if date::is_unknown(text) => "leave the line out as long as it is not known".to_owned(),
            None => help.to_owned(),
        };
        self.faults.push(fault.help(help).fix(fix.into_iter().collect()));
        None
    }
}

pub(super) fn name_of(field: &Field, at: &FieldPath) -> String {
    match &*field.name {
        "of" => at.to_string(),
        name => name.to_owned(),
    }
}

/// Returns what stands in curly quotes, where these were meant to be the quotes of YAML.
fn curly(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(['“', '”', '„', '‘'])?.strip_suffix(['”', '“', '’'])?;
    let is_plain = !inner.trim().is_empty() && !inner.contains(['“', '”', '„', '"', '\\']);
    is_plain.then_some(inner)
}

/// Returns whether a field holds words for readers, in which quotes may be meant.
fn is_free(r#type: &Type) -> bool {
    matches!(r#type, Type::Text(None) | Type::Markdown)
}

fn wanted(r#type: &Type) -> (&'static str, Option<String>) {
    let help = |text: &str| Some(text.to_owned());
    match r#type {
        Type::Boolean => ("`true` or `false`", help("write `true` or `false`, without quotes")),
        Type::Group(group) => {
            let names = group.fields.iter().take(3).map(|it| format!("{}: …", it.name)).collect::<Vec<_>>().join(", ");
            ("a group of keys", Some(format!("write it as `{{{names}}}`, or each key on a line of its own, indented")))
        }
        Type::Text(_) | Type::Markdown => ("text", help("put it in quotes if it begins with `[` or `{`")),
        Type::Date => ("a date", help("write it as 2024-01-23")),
        Type::Month => ("a month", help("write it as 2024-01")),
        Type::Integer { .. } => ("a whole number", help("write one number in digits, such as `300`")),
        Type::Number => ("a number", help("write one number in digits, such as `300000` or `4.5`")),
        Type::List { .. } => {
            ("a list", help("write it as `[one, two]`, or each item in a line of its own that begins with `- `"))
        }
        Type::Reference { .. } => ("one document", help("name it by its slug, which is its file's name without `.md`")),
        _ => ("one value", help("only one value is meant here, not several")),
    }
}

pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty() && host.contains('.') && !host.starts_with('.') && !text.contains(char::is_whitespace)
}

/// Checks the shape of a language tag (BCP 47, RFC 5646 section 2.1): letters and digits in parts of one to eight.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|it| matches!(it.len(), 2..=3) && it.bytes().all(|it| it.is_ascii_alphabetic()))
        && parts.all(|it| matches!(it.len(), 1..=8) && it.bytes().all(|it| it.is_ascii_alphanumeric()))
}
