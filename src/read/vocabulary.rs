//! data/NAME.yml -> Vocabulary: the terms that a field may hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, Place};
use crate::model::node::Node;
use crate::model::slug::slug;
use crate::model::source::{Source, Sources, Span};
use crate::model::vocabulary::{Term, Vocabulary};

use super::faults::Faults;
use super::{doctor, fields, yaml};

/// Reads the vocabularies of `data/`: each a list of terms, a term being a name, or `{slug, title, description}`.
///
/// Gives `wrong-vocabulary`, and what YAML gives.
pub(crate) fn vocabularies(sources: &Sources) -> Checked<BTreeMap<Arc<str>, Vocabulary>> {
    let mut found = Vec::new();
    let mut all = BTreeMap::new();
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
        found.extend(faults.found);
        if let Node::List(items) = node
            && let Some(vocabulary) = vocabulary(source, &items, &mut found)
        {
            all.insert(name.into(), vocabulary);
        }
    }
    Checked { value: all, diagnostics: found }
}

/// Returns the terms of a list; `None` where the list is of something else.
fn vocabulary(source: &Source, items: &[Node], found: &mut Vec<Diagnostic>) -> Option<Vocabulary> {
    let is_term = |it: &Node| it.text().is_some() || it.get("slug").is_some() || it.get("title").is_some();
    if !items.iter().any(is_term) {
        return None;
    }
    let mut terms: Vec<Term> = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let text = |key: &str| item.get(key).and_then(Node::text);
        let title = item.text().or_else(|| text("title")).or_else(|| text("slug"));
        let place = || {
            let path = crate::model::diagnostic::FieldPath::default().at(position);
            let span = yaml::locate(&source.text, &path, crate::model::diagnostic::Part::Value);
            Place::new(&source.path, span)
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
        if terms.iter().any(|it| it.slug == slug) {
            found.push(Diagnostic::error("wrong-vocabulary", place(), format!("`{slug}` stands here a second time")));
            continue;
        }
        let description = text("description").unwrap_or_default().into();
        terms.push(Term { slug, title: title.into(), description });
    }
    Some(Vocabulary { path: source.path.clone(), terms })
}
