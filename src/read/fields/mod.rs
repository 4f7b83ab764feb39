//! Node -> Values: what was written, made into what the schema says it is.

mod comma;
mod figure;
mod names;
mod number;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rapidhash::fast::RandomState;

use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Edit, FieldPath, Part, Severity, Step, near_miss};
use crate::model::kind::{Field, Group, Required, Type};
use crate::model::node::Node;
use crate::model::source::Span;
use crate::model::value::{Reference, Value, Values};

pub(crate) use comma::within as commas_within;
pub(crate) use value::{is_email, is_language};

/// A key and its value, as they stand in the file.
type Entry = (Arc<str>, Node);

use super::doctor::Reading;
use super::faults::Faults;
use names::Names;

/// Reads values by a schema.
pub(crate) struct Reader<'a> {
    /// The YAML or TOML.
    pub(crate) yaml: &'a Reading<'a>,
    /// The site's settings, for defaults.
    pub(crate) config: &'a Config,
    /// Where faults go.
    pub(crate) faults: Faults,
    /// Fields of the document that stand there under another key: the field, and the key.
    pub(crate) renamed: Vec<(Arc<str>, Arc<str>)>,
}

impl Reader<'_> {
    /// Reads the fields of a group.
    ///
    /// Gives `duplicate-key`, `unknown-key`, `key-alias`, `missing-field`, `wrong-order`, and what [`Reader::value`] gives.
    pub(crate) fn group(&mut self, group: &Group, node: &Node, at: &FieldPath) -> Values {
        let mut written: Vec<Option<Value>> = group.fields.iter().map(|_| None).collect();
        let mut given = vec![Given::Not; group.fields.len()];
        let entries = node.entries();
        let beside = fold_beside(group, entries);
        let before = with_same_key(entries);
        let cut = self.cut_entries(entries, at, |key| group.field(key));
        let names = Names::of(group, entries);
        for (position, ((key, node), found)) in entries.iter().zip(&names.found).enumerate() {
            let path = at.join(key);
            if cut.contains(&position) {
                if let Found::Field(index) = *found {
                    given[index] = Given::Value;
                }
                continue;
            }
            if before[position].is_some() {
                self.again(key, &path, entries, position);
                continue;
            }
            let (index, field) = match *found {
                Found::Field(index) => (index, &group.fields[index]),
                Found::Beside => {
                    self.beside(group, key, entries, &beside, &path);
                    continue;
                }
                Found::Unknown => {
                    self.unknown(group, key, &path);
                    self.cut_within(node, &path);
                    self.again_below(node, &path);
                    continue;
                }
            };
            match names.winner(index).filter(|it| *it != position) {
                Some(winner) => {
                    self.second(field, &entries[position], &entries[winner], at);
                    continue;
                }
                None if *key != field.name => self.alias(&names, index, field, key, &path),
                None => {}
            }
            if says_nothing(field, node) {
                given[index] = Given::Empty(key.clone());
                continue;
            }
            written[index] = match beside.iter().find(|it| it.index == index) {
                Some(folded) => self.folded(field, folded, &path, at),
                None => self.value_beside(field, node, &path, entries),
            };
            given[index] = Given::Value;
        }
        self.complete(group, written, &given, at)
    }

    /// Reads a group with the keys that stand beside it. Their faults are told at these keys.
    fn folded(&mut self, field: &Field, folded: &Folded, path: &FieldPath, at: &FieldPath) -> Option<Value> {
        let before = self.faults.moved.len();
        let moved = folded.keys.iter().map(|(name, key)| (path.join(name), at.join(key)));
        self.faults.moved.extend(moved);
        let value = self.value(field, &folded.node, path);
        self.faults.moved.truncate(before);
        value
    }

    /// Says so where a key such as `image_alt` has nothing that it belongs to, or is not the first to say what it says.
    fn beside(&mut self, group: &Group, key: &str, entries: &[Entry], folded: &[Folded], path: &FieldPath) {
        let owners = || group.fields.iter().enumerate().filter(|(_, it)| beside_field(it, key).is_some());
        let Some((_, owner)) = owners().next() else { return };
        if !entries.iter().any(|(key, _)| *key == owner.name) {
            let message = format!("`{key}` belongs to `{}`, which is not there", owner.name);
            let help = format!("add a line `{}: …`, or take this one out", owner.name);
            self.faults.push(Diagnostic::warning("unknown-key", self.faults.key(path), message).help(help));
            return;
        }
        let is_read = |it: &Folded| it.keys.iter().any(|(_, it)| **it == *key);
        let is_group = |index: usize| {
            folded.iter().any(|it| it.index == index)
                || entries.iter().any(|(name, node)| *name == group.fields[index].name && matches!(node, Node::Map(_)))
        };
        if !folded.iter().any(is_read) && owners().any(|(index, _)| is_group(index)) {
            let message = format!("`{key}` is not read, because `{}` says the same already", owner.name);
            let help = "keep one of the two";
            self.faults.push(Diagnostic::warning("two-names", self.faults.key(path), message).help(help));
        }
    }

    /// Reports a key that its group has already: once, at the second place, however often it is there.
    fn again(&mut self, key: &str, path: &FieldPath, entries: &[(Arc<str>, Node)], position: usize) {
        let is_told = entries[..position].iter().filter(|it| &*it.0 == key).nth(1).is_some();
        if is_told {
            return;
        }
        let all: Vec<&Node> = entries.iter().filter(|it| &*it.0 == key).map(|it| &it.1).collect();
        // A line is taken out only if all that is left says the same.
        let same = all.windows(2).all(|pair| pair[0] == pair[1]);
        let place = self.faults.place(path, Part::KeyAgain);
        let fix = (same && !is_two_groups(entries)).then(|| self.without_line(path)).flatten();
        let (message, keep) = match all.len() {
            2 => (format!("`{key}` stands here a second time"), "keep one of the two"),
            count => (format!("`{key}` stands here a second time, of {count}"), "keep one of them"),
        };
        let help = if fix.is_some() { "take this line out: it says the same" } else { keep };
        // Nothing is lost where both say the same.
        let severity = if same { Severity::Warning } else { Severity::Error };
        let diagnostic = Diagnostic::new(severity, "duplicate-key", place, message)
            .help(help)
            .fix(fix.into_iter().collect())
            .see(self.faults.key(path), "the first is here");
        self.faults.push(diagnostic);
    }

    /// Reports the keys that stand twice below a key that no field has.
    fn again_below(&mut self, node: &Node, at: &FieldPath) {
        let entries = node.entries();
        let mut seen = BTreeSet::new();
        for (position, (key, node)) in entries.iter().enumerate() {
            match seen.insert(key) {
                true => self.again_below(node, &at.join(key)),
                false => self.again(key, &at.join(key), entries, position),
            }
        }
        node.items().iter().enumerate().for_each(|(index, it)| self.again_below(it, &at.at(index)));
    }

    /// Returns the change that takes out the line of a key that stands there twice, if nothing else stands in it.
    fn without_line(&self, path: &FieldPath) -> Option<Edit> {
        let text = &*self.yaml.text;
        let key = self.faults.locate(self.yaml, path, Part::KeyAgain);
        let Some(Step::Key(name)) = path.0.last() else { return None };
        if text[key.start..key.end].trim_matches(['"', '\'']) != &**name {
            return None;
        }
        let start = text[..key.start].rfind('\n').map_or(0, |it| it + 1);
        let end = text[key.end..].find('\n').map_or(text.len(), |it| key.end + it + 1);
        let value = text[key.end..end].trim_start().strip_prefix(':')?.trim();
        let alone = text[start..key.start].trim().is_empty()
            && !value.is_empty()
            && !value.starts_with(['|', '>', '"', '\'', '[', '{']);
        let next = text[end..].lines().next().unwrap_or_default();
        let last = next.is_empty() || next.len() - next.trim_start().len() <= key.start - start;
        (alone && last).then(|| self.yaml.edit(Span::new(start, end), "")).flatten()
    }

    fn unknown(&mut self, group: &Group, key: &str, path: &FieldPath) {
        let place = self.faults.key(path);
        let ran_on = key.contains(['<', ' ']) && !key.contains('_');
        let near = near_miss(key, group.fields.iter().map(|it| &*it.name)).filter(|it| may_be_meant(key, it));
        let diagnostic = match near {
            Some(near) => Diagnostic::warning("unknown-key", place, format!("`{key}` is not known here"))
                .help(format!("did you mean `{near}`?")),
            None if ran_on => {
                Diagnostic::error("unknown-key", place, format!("`{key}` looks like text, not like a key")).help(
                    "a value seems to have run into the next line; put the whole value in quotes, or indent its \
                     further lines",
                )
            }
            None => Diagnostic::warning("unknown-key", place, format!("`{key}` is not known here, so it does nothing"))
                .help(match self.faults.path.ends_with(".toml") {
                    true => "take it out: the theme has no such setting",
                    false => "take it out, or declare it under `[fields]` in site.toml",
                }),
        };
        self.faults.push(diagnostic);
    }

    /// Fills in defaults, and says what is missing. What was `given` and could not be read is not missing.
    fn complete(&mut self, group: &Group, written: Vec<Option<Value>>, given: &[Given], at: &FieldPath) -> Values {
        let filled = group.fields.iter().zip(written).filter_map(|(field, value)| {
            let value = value.or_else(|| field.default.clone()).or_else(|| self.site_default(field))?;
            Some((field.name.clone(), value))
        });
        let values = Values::new(filled.collect());
        for (field, given) in group.fields.iter().zip(given) {
            if *given != Given::Value && values.get(&field.name).is_none() {
                self.missing(field, &values, given, at);
            }
        }
        for [first, second] in &group.rising {
            self.rising(&values, first, second, at);
        }
        for names in group.one_of.iter().filter(|it| !it.iter().any(|it| &**it == "body")) {
            let is_given = |name: &Arc<str>| {
                let at = group.fields.iter().position(|it| it.name == *name);
                values.get(name).is_some() || at.is_some_and(|it| given[it] == Given::Value)
            };
            if !names.iter().any(is_given) {
                let shown = |it: &Arc<str>| format!("`{it}`");
                let lines = |it: &Arc<str>| format!("`{it}: …`");
                let all = |one: &dyn Fn(&Arc<str>) -> String| names.iter().map(one).collect::<Vec<_>>().join(" or ");
                let message = format!("{} is missing here", all(&shown));
                let diagnostic = Diagnostic::error("missing-field", self.faults.value(at), message)
                    .help(format!("add a line {}", all(&lines)));
                self.faults.push(diagnostic);
            }
        }
        values
    }

    fn site_default(&self, field: &Field) -> Option<Value> {
        let text = |it: &Arc<str>| Some(Value::Text(it.clone()));
        let reference = |it: &Arc<str>| Value::Reference(Reference::Slug(it.clone()));
        match field.default_from.as_deref()? {
            "site.language" => text(&self.config.language),
            "site.currency" => text(&self.config.currency),
            "site.licence" => text(&self.config.licence),
            "site.timezone" => self.config.timezone.iana_name().map(|it| Value::Text(it.into())),
            "site.organisation" => self.config.organisation.as_ref().map(|it| Value::List(vec![reference(it)])),
            "site.authors" if self.config.authors.is_empty() => None,
            "site.authors" => Some(Value::List(self.config.authors.iter().map(reference).collect())),
            _ => None,
        }
    }

    fn missing(&mut self, field: &Field, values: &Values, given: &Given, at: &FieldPath) {
        let get = |name: &str| values.get(name);
        let because = match &field.required {
            Required::No | Required::Late { .. } => return,
            Required::Always if &*field.name == "title" && at.0.is_empty() => return, // the body may have it
            Required::Always if &*field.name == "date" && at.0.is_empty() => return,  // the file's name may have it
            Required::Always => String::new(),
            Required::When(condition) if condition.holds(get) => because(condition),
            Required::Unless(condition) if !condition.holds(get) => String::new(),
            Required::Expected(condition) if condition.holds(get) => {
                let message = format!("`{}` is expected here{}", field.name, because(condition));
                let place = self.faults.value(at);
                self.faults.push(Diagnostic::warning("expected-field", place, message).help(field.help.to_string()));
                return;
            }
            Required::When(_) | Required::Unless(_) | Required::Expected(_) => return,
        };
        let diagnostic = match given {
            Given::Empty(key) => empty_field(&self.faults, field, key, at, &because),
            _ => missing_field(&self.faults, field, at, &because),
        };
        self.faults.push(diagnostic);
    }

    fn rising(&mut self, values: &Values, first: &str, second: &str, at: &FieldPath) {
        let falls = match (values.get(first), values.get(second)) {
            (Some(Value::Month(start)), Some(Value::Month(end))) => {
                let (start, end) = ((start.year, start.month.unwrap_or(1)), (end.year, end.month.unwrap_or(12)));
                start > end
            }
            (Some(Value::Date(start)), Some(Value::Date(end))) => start > end,
            _ => false,
        };
        if falls {
            let place = self.faults.value(&at.join(second));
            self.faults.push(
                Diagnostic::error("wrong-order", place, format!("`{second}` is before `{first}`"))
                    .help("one of the two is wrong, or they are the wrong way round"),
            );
        }
    }
}

/// Whether a field was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    Not,
    /// Its key is there, without a value.
    Empty(Arc<str>),
    Value,
}

enum Found {
    Field(usize),
    Beside,
    Unknown,
}

/// Returns whether a key may be a slip for `name`: people rarely mistype both of the first letters. `comments` is not
/// `documents`.
fn may_be_meant(key: &str, name: &str) -> bool {
    let first = |it: &str| it.chars().next().map(|it| it.to_ascii_lowercase());
    let rest = |it: &str| it.get(1..).map(str::to_ascii_lowercase).unwrap_or_default();
    let starts =
        |rest: String, it: &str| rest.len() > 1 && it.to_ascii_lowercase().starts_with(rest.get(..2).unwrap_or("\0"));
    let swapped = key.chars().take(2).map(|it| it.to_ascii_lowercase()).eq(name
        .chars()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev());
    swapped
        || first(key) == first(name)
        || starts(rest(key), name)
        || starts(rest(name), key)
        || rest(key) == rest(name)
}

/// Returns whether a value is as good as none. An empty text for a picture may be meant: it shows nothing.
fn says_nothing(field: &Field, node: &Node) -> bool {
    match node {
        Node::List(_) => false,
        it => names::is_empty(it) && (*it == Node::Null || field.beside.is_empty()),
    }
}

/// Returns, for each entry, the nearest one before it that has the same key.
fn with_same_key(entries: &[(Arc<str>, Node)]) -> Vec<Option<usize>> {
    // Of the few keys that nearly every group has, looking at all is faster.
    const FEW: usize = 32;
    if entries.len() <= FEW {
        let before = |(at, (key, _)): (usize, &(Arc<str>, Node))| entries[..at].iter().rposition(|it| it.0 == *key);
        return entries.iter().enumerate().map(before).collect();
    }
    let mut last: HashMap<&str, usize, RandomState> = HashMap::default();
    entries.iter().enumerate().map(|(at, (key, _))| last.insert(key, at)).collect()
}

/// Returns whether a key is there twice with different values: then these may be two groups, the second without its hyphen.
fn is_two_groups(entries: &[(Arc<str>, Node)]) -> bool {
    // Of more keys than people write by hand, nothing is taken for sure: each key that is there twice asks this.
    const MANY: usize = 256;
    let mut first: HashMap<&str, &Node, RandomState> = HashMap::default();
    entries.len() > MANY || entries.iter().any(|(key, node)| **first.entry(key).or_insert(node) != *node)
}

/// Returns the field of the group `field` that `key` beside the group stands for: `alt` for `image_alt`.
fn beside_field<'a>(field: &'a Field, key: &str) -> Option<&'a Arc<str>> {
    let Type::Group(inner) = &field.r#type else { return None };
    inner.fields.iter().find(|it| it.beside.iter().any(|it| &**it == key)).map(|it| &it.name)
}

/// A group with the keys beside it that belong into it.
struct Folded {
    /// The position of its field.
    index: usize,
    node: Node,
    /// Of each key that stands beside the group: its name in the group, and the key.
    keys: Vec<(Arc<str>, Arc<str>)>,
}

/// Puts keys such as `image_alt` into the groups that they belong to. What a group says itself counts, and then the first.
fn fold_beside(group: &Group, entries: &[Entry]) -> Vec<Folded> {
    let mut all = Vec::new();
    for (index, field) in group.fields.iter().enumerate() {
        let Type::Group(inner) = &field.r#type else { continue };
        let Some((_, node)) = entries.iter().find(|(key, _)| *key == field.name) else { continue };
        let mut folded = Folded { index, node: Node::Null, keys: Vec::new() };
        let mut more: Vec<Entry> = Vec::new();
        for (key, value) in entries.iter().filter(|(key, _)| group.field(key).is_none()) {
            let Some(name) = beside_field(field, key) else { continue };
            let is_said = node.get(name).is_some_and(|it| !names::is_empty(it));
            if !is_said && !more.iter().any(|it| it.0 == *name) {
                more.push((name.clone(), value.clone()));
                folded.keys.push((name.clone(), key.clone()));
            }
        }
        if more.is_empty() {
            continue;
        }
        let mut map = match (node, &inner.shorthand) {
            (Node::Map(entries), _) => {
                entries.iter().filter(|it| !more.iter().any(|other| it.0 == other.0)).cloned().collect()
            }
            (one, Some(short)) => {
                folded.keys.push((short.clone(), field.name.clone()));
                vec![(short.clone(), one.clone())]
            }
            _ => continue,
        };
        map.append(&mut more);
        all.push(Folded { node: Node::Map(map), ..folded });
    }
    all
}

/// Returns the fault of a field that is not there.
pub(crate) fn missing_field(faults: &Faults, field: &Field, at: &FieldPath, because: &str) -> Diagnostic {
    let message = format!("`{}` is missing{because}", field.name);
    let what = match field.help.is_empty() {
        true => String::new(),
        false => format!(" ({})", field.help),
    };
    Diagnostic::error("missing-field", faults.value(at), message).help(format!("add a line `{}: …`{what}", field.name))
}

/// Returns the fault of a field whose key has no value.
pub(crate) fn empty_field(faults: &Faults, field: &Field, key: &Arc<str>, at: &FieldPath, because: &str) -> Diagnostic {
    let mut diagnostic = missing_field(faults, field, at, because);
    diagnostic.place = Some(faults.key(&at.join(&**key)));
    diagnostic.message = format!("`{key}` has no value{because}");
    let help = format!("write `{key}: …` ({}); what follows ` #` is not read", field.help);
    diagnostic.help(help)
}

fn because(condition: &crate::model::kind::Condition) -> String {
    let parts = condition.0.iter().map(|(field, values)| match values.first() {
        Some(Value::Text(text)) if values.len() == 1 => format!("`{field}` is `{text}`"),
        _ => format!("of `{field}`"),
    });
    format!(", as {}", parts.collect::<Vec<_>>().join(" and "))
}
