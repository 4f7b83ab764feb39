//! i18n/LANG.toml -> the sentences of a theme, and what is wrong with those that a site says otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, near_miss};
use crate::model::node::Node;
use crate::model::source::{Source, Sources, Span};
use crate::model::theme::Theme;

use super::faults::Faults;
use super::toml;

/// Names that come from a kind, a field or a value: a site may have any.
const FAMILIES: [&str; 6] = ["choice", "facet", "held", "kind", "matrix", "registers"];

/// The forms of a sentence that changes with a number.
const FORMS: [&str; 2] = ["one", "other"];

/// A file of sentences.
pub(super) struct File<'a> {
    source: &'a Source,
    /// Each sentence by its whole name, with the way to it.
    sentences: Vec<(Arc<str>, FieldPath, Arc<str>)>,
}

/// Reads the sentences of a layer: those of the language (`cy-GB`, then `cy`), and English where it has none.
pub(super) fn files<'a>(
    sources: &'a Sources,
    prefix: &str,
    language: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<File<'a>> {
    let short = language.split('-').next().unwrap_or(language);
    let names: BTreeSet<(usize, &str)> = [(0, language), (1, short), (2, "en")].into();
    let mut files: Vec<File<'a>> = Vec::new();
    for (_, name) in names {
        let Some(source) = sources.texts.get(format!("{prefix}i18n/{name}.toml").as_str()) else { continue };
        if files.iter().any(|it| it.source.path == source.path) {
            continue;
        }
        let mut sentences = Vec::new();
        flatten(&FieldPath::default(), &toml::parse(source, found), &mut sentences);
        files.push(File { source, sentences });
    }
    files
}

fn flatten(at: &FieldPath, node: &Node, sentences: &mut Vec<(Arc<str>, FieldPath, Arc<str>)>) {
    for (key, value) in node.entries() {
        let path = at.join(&**key);
        match value {
            Node::Map(_) => flatten(&path, value, sentences),
            Node::Text(text) => sentences.push((path.to_string().into(), path, text.clone())),
            _ => {}
        }
    }
}

/// Returns every sentence by its name, from the first file that has it.
pub(super) fn all(files: &[File<'_>]) -> BTreeMap<Arc<str>, Arc<str>> {
    let mut all = BTreeMap::new();
    for (name, _, text) in files.iter().flat_map(|it| &it.sentences) {
        all.entry(name.clone()).or_insert_with(|| text.clone());
    }
    all
}

/// Compares each file with those that it is laid over. Gives `wrong-sentence`.
pub(super) fn faults(files: &[File<'_>], theme: &Theme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut below: BTreeMap<&str, &str> = BTreeMap::new();
    for (position, file) in files.iter().enumerate().rev() {
        // The last one is that of the theme under all others: its names are the names.
        if position + 1 < files.len() {
            let mut faults = Faults::new(&file.source.path, Span::new(0, file.source.text.len()));
            let names = file.sentences.iter().map(|it| &*it.0).collect();
            for (name, at, text) in &file.sentences {
                let fault = fault(name, text, &below, &names, theme);
                let fault = fault
                    .map(|(message, help)| Diagnostic::warning("wrong-sentence", faults.key(at), message).help(help));
                fault.into_iter().for_each(|it| faults.push(it));
            }
            found.extend(faults.found);
        }
        below.extend(file.sentences.iter().map(|it| (&*it.0, &*it.2)));
    }
    found
}

/// Returns what is wrong with a sentence, and what to do.
fn fault(
    name: &str,
    text: &str,
    below: &BTreeMap<&str, &str>,
    own: &BTreeSet<&str>,
    theme: &Theme,
) -> Option<(String, String)> {
    let form = |form: &str| format!("{name}.{form}");
    if FORMS.iter().any(|it| below.contains_key(form(it).as_str())) {
        let message = format!("`{name}` changes with a number, so it needs two forms; this one is not used");
        return Some((message, format!("write `{name} = {{ one = \"…\", other = \"…\" }}`")));
    }
    let base = FORMS.iter().find_map(|it| name.strip_suffix(it)?.strip_suffix('.'));
    if let Some(base) = base.filter(|it| FORMS.iter().any(|form| below.contains_key(format!("{it}.{form}").as_str()))) {
        let missing = FORMS.iter().find(|it| !own.contains(format!("{base}.{it}").as_str()));
        if let Some(missing) = missing {
            let message = format!("`{base}` has no form `{missing}`, so readers see that of the theme");
            return Some((message, format!("add `{missing} = \"…\"` beside it")));
        }
    }
    let Some(sentence) = below.get(name) else { return unknown(name, below, theme) };
    let known: BTreeSet<&str> = names_in(sentence).chain(base.map(|_| "n")).collect();
    let unknown = names_in(text).find(|it| !known.contains(it))?;
    let help = match known.iter().collect::<Vec<_>>()[..] {
        [] => "nothing is filled in here: take it out".to_owned(),
        [one] => format!("did you mean `{{{one}}}`?"),
        ref many => {
            let near = near_miss(unknown, known.iter().copied()).map(|it| format!("did you mean `{{{it}}}`?"));
            near.unwrap_or_else(|| {
                format!("one of {}", many.iter().map(|it| format!("`{{{it}}}`")).collect::<Vec<_>>().join(", "))
            })
        }
    };
    Some((format!("`{{{unknown}}}` is not filled in, so readers see it as it is"), help))
}

/// Tells of a name that nothing asks for.
fn unknown(name: &str, below: &BTreeMap<&str, &str>, theme: &Theme) -> Option<(String, String)> {
    let first = name.split('.').next().unwrap_or_default();
    let whole = FORMS.iter().find_map(|it| name.strip_suffix(it)?.strip_suffix('.')).unwrap_or(name);
    let quoted = [format!("\"{whole}\""), format!("'{whole}'"), format!("\"{name}\"")];
    let mut templates = theme.layers.iter().flat_map(|it| it.templates.values());
    if FAMILIES.contains(&first) || templates.any(|it| quoted.iter().any(|name| it.text.contains(name.as_str()))) {
        return None;
    }
    let near = near_miss(name, below.keys().copied()).or_else(|| {
        let plain = |it: &str| it.replace(['-', '_', '.'], "").to_lowercase();
        below.keys().copied().find(|it| plain(it) == plain(name))
    });
    let help = near.map_or_else(
        || "take it out, or look at the names in the theme".to_owned(),
        |it| format!("did you mean `{it}`?"),
    );
    Some((format!("nothing says the sentence `{name}`"), help))
}

/// Returns the names that stand in braces in a sentence.
fn names_in(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0)
}
