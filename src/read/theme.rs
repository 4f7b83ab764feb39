//! The files of a theme and of what lies under and over it -> Theme.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, near_miss};
use crate::model::kind::Group;
use crate::model::node::Node;
use crate::model::source::{Source, Sources, Span};
use crate::model::theme::{Layer, Pair, Theme};
use crate::model::value::Values;

use super::faults::Faults;
use super::fields::Reader;
use super::{doctor, places, schema, sentences, toml};

/// The prefix of the files of the theme that is built into the program.
const EMBEDDED: &str = "<civic>/";

/// Reads the theme that the site names, with its layers.
///
/// Gives `unknown-theme`, `theme-circle`, `wrong-theme`, `wrong-schema`, and for the settings what fields give.
pub(crate) fn theme(sources: &Sources, config: &Config, config_source: Option<&Source>) -> Checked<Theme> {
    let mut found = Vec::new();
    let mut theme = Theme::default();
    let (mut manifests, mut strings) = (Vec::new(), Vec::new());
    for (name, prefix) in layers(sources, config, config_source, &mut found) {
        let source = sources.texts.get(format!("{prefix}theme.toml").as_str());
        let manifest = source.map_or(Node::Null, |it| toml::parse(it, &mut found));
        theme.layers.push(Layer { name, templates: templates(sources, &prefix) });
        components(sources, &prefix, config, &mut theme.components, &mut found);
        strings.extend(sentences::files(sources, &prefix, &config.language, &mut found));
        let folder = format!("{prefix}static/");
        for asset in sources.assets_in(&folder) {
            theme.statics.entry(asset.path[folder.len()..].into()).or_insert_with(|| asset.clone());
        }
        manifests.extend(source.map(|it| (it, manifest)));
    }
    found.extend(sentences::faults(&strings, &theme));
    theme.strings = sentences::all(&strings);
    for (source, manifest) in &manifests {
        theme.pairs.extend(manifest_parts(source, manifest, &mut found));
    }
    let settings = settings_group(&manifests, config, &mut found);
    theme.settings = settings_values(&settings, config, config_source, &mut found);
    theme.settings_group = settings;
    places(&mut found, |path| sources.texts.get(path));
    Checked { value: theme, diagnostics: found }
}

/// Returns the layers' names and the prefixes of their files, the first to be looked in first.
fn layers(
    sources: &Sources,
    config: &Config,
    config_source: Option<&Source>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(Arc<str>, String)> {
    let mut layers: Vec<(Arc<str>, String)> = vec![("site".into(), String::new())];
    let mut next = Some(config.theme.clone());
    let mut wanted_by = config_source.map(|it| {
        let faults = Faults::new(&it.path, Span::new(0, it.text.len()));
        faults.value(&FieldPath(vec!["site".into(), "theme".into()]))
    });
    let mut alone = false;
    while let Some(name) = next.take() {
        let prefix = format!("themes/{name}/");
        let exists = sources.texts_in(&prefix).next().is_some();
        if layers.iter().any(|(it, _)| *it == name) {
            found.push(Diagnostic::error("theme-circle", wanted_by, format!("theme `{name}` extends itself")));
            break;
        }
        if !exists && &*name != "civic" {
            let folders = sources.texts_in("themes/").filter_map(|it| it.path.split('/').nth(1));
            let near = near_miss(&name, folders.chain(["civic"]));
            let help = near.map_or_else(
                || format!("make a folder `themes/{name}`, or take `civic`"),
                |it| format!("did you mean `{it}`?"),
            );
            found.push(Diagnostic::error("unknown-theme", wanted_by, format!("there is no theme `{name}`")).help(help));
            break;
        }
        if exists {
            let path = format!("{prefix}theme.toml");
            if let Some(source) = sources.texts.get(path.as_str()) {
                let manifest = toml::parse(source, &mut Vec::new());
                next = manifest.get("extends").and_then(Node::text).map(Into::into);
                alone = matches!(manifest.get("standalone"), Some(Node::Boolean(true)));
                let faults = Faults::new(&source.path, Span::new(0, source.text.len()));
                wanted_by = Some(faults.value(&FieldPath::default().join("extends")));
            }
            layers.push((name, prefix));
        }
    }
    // A theme that is whole by itself has a base of its own, which civic's templates would not fit.
    if !alone && sources.texts_in(EMBEDDED).next().is_some() {
        let taken = layers.iter().any(|(it, _)| &**it == "civic");
        layers.push((if taken { "embedded".into() } else { "civic".into() }, EMBEDDED.to_owned()));
    }
    layers
}

fn templates(sources: &Sources, prefix: &str) -> BTreeMap<Arc<str>, Source> {
    let folder = format!("{prefix}templates/");
    let pages = sources.texts_in(&folder).map(|it| (it.path[folder.len()..].into(), it.clone()));
    let components = format!("{prefix}components/");
    let parts = sources.texts_in(&components).filter(|it| !it.path.ends_with(".toml"));
    pages.chain(parts.map(|it| (it.path[prefix.len()..].into(), it.clone()))).collect()
}

fn components(
    sources: &Sources,
    prefix: &str,
    config: &Config,
    components: &mut BTreeMap<Arc<str>, Arc<Group>>,
    found: &mut Vec<Diagnostic>,
) {
    let folder = format!("{prefix}components/");
    for source in sources.texts_in(&folder) {
        let Some(name) = source.path[folder.len()..].strip_suffix(".toml") else { continue };
        if components.contains_key(name) {
            continue;
        }
        let node = toml::parse(source, found);
        let mut faults = Faults::new(&source.path, Span::new(0, source.text.len()));
        let group = schema::group(&node, &FieldPath::default(), &config.kinds, &mut faults);
        found.extend(faults.found);
        let faults = Faults::new(&source.path, Span::new(0, source.text.len()));
        found.extend(unknown_keys(&node, &COMPONENT_KEYS, &faults));
        components.insert(name.into(), Arc::new(group));
    }
}

/// What `theme.toml` may say.
const KEYS: [&str; 8] = ["name", "title", "description", "api", "extends", "standalone", "settings", "pairs"];

/// What the declaration of a component may say.
const COMPONENT_KEYS: [&str; 8] = ["help", "fields", "shorthand", "rising", "one_of", "overdue", "in_order", "ends_as"];

fn unknown_keys(node: &Node, known: &[&str], faults: &Faults) -> Vec<Diagnostic> {
    let unknown = node.entries().iter().filter(|it| !known.contains(&&*it.0));
    let told = unknown.map(|(key, _)| {
        let near = near_miss(key, known.iter().copied());
        let help =
            near.map_or_else(|| format!("known here: {}", known.join(", ")), |it| format!("did you mean `{it}`?"));
        let place = faults.key(&FieldPath::default().join(&**key));
        Diagnostic::warning("wrong-theme", place, format!("`{key}` is not known here")).help(help)
    });
    told.collect()
}

/// The version of the contract with themes that this Folio keeps.
const API: i64 = 1;

/// Checks what a theme says of itself, and returns the pairs of colours that it declares.
///
/// Gives `wrong-theme`.
fn manifest_parts(source: &Source, manifest: &Node, found: &mut Vec<Diagnostic>) -> Vec<Pair> {
    let faults = Faults::new(&source.path, Span::new(0, source.text.len()));
    let at = |key: &str| FieldPath(vec![key.into()]);
    found.extend(unknown_keys(manifest, &KEYS, &faults));
    match manifest.get("api") {
        Some(Node::Integer(API)) => {}
        Some(_) => {
            let message = format!("this Folio keeps version {API} of the contract with themes");
            found.push(
                Diagnostic::error("wrong-theme", faults.value(&at("api")), message)
                    .help("take the theme's version for it"),
            );
        }
        None => {
            let message = "the theme does not say which version of the contract it keeps";
            found.push(
                Diagnostic::warning("wrong-theme", faults.value(&FieldPath::default()), message)
                    .help(format!("add `api = {API}`")),
            );
        }
    }
    let pair = |(position, node): (usize, &Node)| {
        let text = |key: &str| node.get(key).and_then(Node::text).map(Arc::from);
        let min = match node.get("min") {
            Some(Node::Number(min)) => *min,
            Some(Node::Integer(min)) => *min as f64,
            _ => 4.5,
        };
        let place = faults.value(&at("pairs").at(position));
        Some(Pair { foreground: text("foreground")?, background: text("background")?, min, place })
    };
    manifest.get("pairs").map_or(&[][..], Node::items).iter().enumerate().filter_map(pair).collect()
}

/// Returns the settings that the layers declare: the first layer's word on a name counts.
fn settings_group(manifests: &[(&Source, Node)], config: &Config, found: &mut Vec<Diagnostic>) -> Group {
    let mut settings = Group::default();
    for (source, manifest) in manifests {
        let Some(node) = manifest.get("settings") else { continue };
        let mut faults = Faults::new(&source.path, Span::new(0, source.text.len()));
        let fields = Node::Map(vec![("fields".into(), node.clone())]);
        let group = schema::group(&fields, &FieldPath::default(), &config.kinds, &mut faults);
        found.extend(faults.found);
        for field in group.fields {
            if settings.field(&field.name).is_none() {
                settings.fields.push(field);
            }
        }
    }
    settings
}

fn settings_values(settings: &Group, config: &Config, source: Option<&Source>, found: &mut Vec<Diagnostic>) -> Values {
    let (path, text): (Arc<str>, &str) = source.map_or(("site.toml".into(), ""), |it| (it.path.clone(), &it.text));
    let faults = Faults::new(&path, Span::new(0, text.len()));
    let reading = doctor::Reading::of(text);
    let mut reader = Reader { yaml: &reading, config, faults, renamed: Vec::new() };
    let values = reader.group(settings, &config.theme_settings, &FieldPath(vec!["theme".into()]));
    found.extend(reader.faults.found);
    values
}
