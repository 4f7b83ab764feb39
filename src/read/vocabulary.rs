//! data/NAME.yml -> Vocabulary: the terms that a field may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, Part, Place, Severity, near_miss};
use crate::model::kind::{Field, Kinds, Type};
use crate::model::node::Node;
use crate::model::slug::slug;
use crate::model::source::{Source, Sources, Span};
use crate::model::vocabulary::{Term, Vocabulary};

use super::faults::Faults;
use super::{doctor, fields};

/// Reads the vocabularies of `data/`: each a list of terms, a term being a name, or `{slug, title, description}`.
///
/// Gives `wrong-vocabulary`, and what YAML gives.
pub(crate) fn vocabularies(sources: &Sources, kinds: &Kinds) -> Checked<BTreeMap<Arc<str>, Vocabulary>> {
    let mut found = Vec::new();
    let mut all = BTreeMap::new();
    let asked_for = asked_for(kinds);
    for source in sources.texts_in("data/") {
        let name =
            source.path.strip_prefix("data/").and_then(|it| it.strip_suffix(".yml").or(it.strip_suffix(".yaml")));
        let Some(name) = name else { continue };
        let start = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
        let span = Span::new(start, source.text.len());
        let mut reading = doctor::read(source, span);
        found.append(&mut reading.found);
        let node = reading.node.take().unwrap_or(Node::Null);
        let mut faults = Faults::new(&source.path, span);
        fields::commas_within(&reading, &mut faults, &node, &FieldPath::default());
        // Other files are read by nobody, and may say what they like.
        if asked_for.contains(name) {
            shape(&node, &mut faults);
        }
        found.extend(faults.found);
        if let Node::List(items) = node
            && let Some(vocabulary) = vocabulary(source, &reading, &items, &mut found)
        {
            all.insert(name.into(), vocabulary);
        }
    }
    Checked { value: all, diagnostics: found }
}

/// Returns the names of the vocabularies that a field of some kind holds terms of.
fn asked_for(kinds: &Kinds) -> BTreeSet<&str> {
    fn of_field<'a>(field: &'a Field, names: &mut BTreeSet<&'a str>) {
        match &field.r#type {
            Type::Term(name) => _ = names.insert(name),
            Type::List { of, .. } => of_field(of, names),
            Type::Group(group) => group.fields.iter().for_each(|it| of_field(it, names)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    kinds.all.iter().flat_map(|it| &it.group.fields).for_each(|it| of_field(it, &mut names));
    names
}

/// Tells of what is no list of terms, and of keys that no term has or that are there twice.
fn shape(node: &Node, faults: &mut Faults) {
    const HELP: &str = "begin each term with a hyphen: `- {slug: housing, title: Housing}`";
    let items = match node {
        Node::List(items) => items,
        Node::Null => return,
        _ => {
            let is_term = node.entries().iter().any(|it| KEYS.contains(&&*it.0));
            let message = if is_term { "this is one term, not a list of terms" } else { "this is not a list of terms" };
            let place = match node.entries().first() {
                Some((key, _)) => faults.key(&FieldPath::default().join(&**key)),
                None => faults.value(&FieldPath::default()),
            };
            return faults.push(Diagnostic::error("wrong-vocabulary", place, message).help(HELP));
        }
    };
    for (position, item) in items.iter().enumerate() {
        let at = FieldPath::default().at(position);
        let mut seen = BTreeMap::new();
        for (key, value) in item.entries() {
            let path = at.join(&**key);
            match seen.insert(&**key, value) {
                Some(first) => {
                    let severity = if first == value { Severity::Warning } else { Severity::Error };
                    let place = faults.place(&path, Part::KeyAgain);
                    let message = format!("`{key}` stands here a second time");
                    let fault = Diagnostic::new(severity, "duplicate-key", place, message).help("keep one of the two");
                    faults.push(fault.see(faults.key(&path), "the first is here"));
                }
                None if !KEYS.contains(&&**key) => {
                    let known = || format!("take it out; a term has {}", KEYS.map(|it| format!("`{it}`")).join(", "));
                    let near = near_miss(key, KEYS).map(|it| format!("did you mean `{it}`?"));
                    let help = match value {
                        Node::Null => "a comma ends a text in braces: put the whole text in quotes".to_owned(),
                        _ => near.unwrap_or_else(known),
                    };
                    let message = format!("`{key}` is not known here, so it does nothing");
                    faults.push(Diagnostic::warning("unknown-key", faults.key(&path), message).help(help));
                }
                None => {}
            }
        }
    }
}

/// What a term may say.
const KEYS: [&str; 3] = ["slug", "title", "description"];

/// Returns the terms of a list; `None` where the list is of something else.
fn vocabulary(
    source: &Source,
    reading: &doctor::Reading<'_>,
    items: &[Node],
    found: &mut Vec<Diagnostic>,
) -> Option<Vocabulary> {
    let is_term = |it: &Node| it.text().is_some() || it.get("slug").is_some() || it.get("title").is_some();
    if !items.iter().any(is_term) {
        return None;
    }
    let mut terms: Vec<Term> = Vec::new();
    let mut slugs: BTreeSet<Arc<str>> = BTreeSet::new();
    for (position, item) in items.iter().enumerate() {
        let text = |key: &str| item.get(key).and_then(Node::text);
        let title = item.text().or_else(|| text("title")).or_else(|| text("slug"));
        let place = || {
            let span = reading.locate(&source.path, &FieldPath::default().at(position), Part::Value);
            Place::new(&source.path, reading.place(span))
        };
        let Some(title) = title else {
            let message = "a term needs `slug` or `title`";
            found.push(
                Diagnostic::error("wrong-vocabulary", place(), message)
                    .help("write `- {slug: housing, title: Housing}`"),
            );
            continue;
        };
        let slug: Arc<str> = text("slug").map_or_else(|| slug(title), str::to_owned).into();
        if !slugs.insert(slug.clone()) {
            found.push(Diagnostic::error("wrong-vocabulary", place(), format!("`{slug}` stands here a second time")));
            continue;
        }
        let description = text("description").unwrap_or_default().into();
        terms.push(Term { slug, title: title.into(), description });
    }
    Some(Vocabulary { path: source.path.clone(), terms })
}
