//! A theme, read: its layers of templates, its components, settings and sentences.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::Place;
use super::kind::Group;
use super::source::{Asset, Source};
use super::value::Values;

/// A theme with all that lies under and over it, ready to be compiled.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The layers, the first to be looked in first: the site's own, the theme, the one it extends, civic.
    pub layers: Vec<Layer>,
    /// The components by name, each from the first layer that has it.
    pub components: BTreeMap<Arc<str>, Arc<Group>>,
    /// The settings, from `site.toml` or by default.
    pub settings: Values,
    /// What the settings are: their types and helps.
    pub settings_group: Group,
    /// Sentences by key, for the site's language, from the first layer that has them.
    pub strings: BTreeMap<Arc<str>, Arc<str>>,
    /// Colours that meet.
    pub pairs: Vec<Pair>,
    /// Static files by their path under `static/`, from the first layer that has them.
    pub statics: BTreeMap<Arc<str>, Asset>,
}

/// Two colours that meet, and how much they must differ at least.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The name of a setting, or a colour such as `#14191c`.
    pub foreground: Arc<str>,
    /// The name of a setting, or a colour.
    pub background: Arc<str>,
    /// The least contrast ratio: 4.5 for text, 3 for large text and for what is no text (WCAG 2.2, 1.4.3 and 1.4.11).
    pub min: f64,
    /// Where the pair is declared.
    pub place: Place,
}

/// One layer of templates.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// What stands before a template's name to mean the one of this layer: `site`, `civic`.
    pub name: Arc<str>,
    /// Templates by name: `post.html`, `components/stat.html`.
    pub templates: BTreeMap<Arc<str>, Source>,
}

impl Theme {
    /// Returns whether some layer has the template.
    pub fn has(&self, template: &str) -> bool {
        self.layers.iter().any(|it| it.templates.contains_key(template))
    }

    /// Returns the sentence of that key; the key itself where there is none, so that it is seen.
    pub fn string<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.get(key).map_or(key, |it| it)
    }
}
