//! What an issue of a newsletter says of what it gathers.

use std::sync::Arc;

use jiff::civil;

use crate::model::diagnostic::{Diagnostic, FieldPath, near_miss};
use crate::model::document::Document;
use crate::model::issue::Item;
use crate::model::kind::Kind;
use crate::model::site::{Found, Site};
use crate::model::value::{Value, Values};

/// What an issue gathers.
pub(super) struct Collect<'a> {
    /// From which day, if not that of the issue before.
    pub(super) since: Option<civil::Date>,
    kinds: &'a [Arc<str>],
    chosen: Vec<Arc<str>>,
    topics: Vec<&'a str>,
    /// How much of each kind.
    pub(super) max: usize,
}

impl<'a> Collect<'a> {
    pub(super) fn of(kind: &'a Kind, values: Option<&'a Values>) -> Collect<'a> {
        let said = values.and_then(|it| it.group("collect"));
        let texts = |name: &str| said.map_or(&[][..], |it| it.items(name)).iter().filter_map(Value::text);
        Collect {
            since: said.and_then(|it| it.date("since")).map(|it| it.day),
            kinds: kind.collects.as_deref().unwrap_or_default(),
            chosen: texts("kinds").map(Arc::from).collect(),
            topics: texts("topics").collect(),
            max: said.and_then(|it| it.integer("max")).and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX),
        }
    }

    /// Returns the kinds in the order in which they are told: those of the newsletter first, then what the issue adds.
    pub(super) fn kinds(&self) -> Vec<&Arc<str>> {
        match self.chosen.is_empty() {
            true => self.kinds.iter().collect(),
            false => {
                let usual = self.kinds.iter().filter(|it| self.chosen.contains(it));
                usual.chain(self.chosen.iter().filter(|it| !self.kinds.contains(it))).collect()
            }
        }
    }

    /// Returns whether a thing is of the topics that are wanted.
    pub(super) fn wants(&self, site: &Site, item: &Item) -> bool {
        let Some(Found::Entry(entry)) = item.document.filter(|_| !self.topics.is_empty()) else { return true };
        let vocabulary = site.vocabularies.get("topics");
        let plain =
            |it: &str| vocabulary.and_then(|known| known.find(it)).map_or_else(|| it.into(), |it| it.slug.clone());
        let wanted: Vec<Arc<str>> = self.topics.iter().map(|it| plain(it)).collect();
        let own = site.entries[entry].document.values.items("topics").iter().filter_map(Value::text);
        own.map(plain).any(|it| wanted.contains(&it))
    }
}

/// Tells of kinds that an issue wants to collect and that are not there.
pub(super) fn unknown_kinds(site: &Site, issue: &Document) -> Vec<Diagnostic> {
    let kinds = &site.config.kinds;
    let wanted = issue.values.group("collect").map_or(&[][..], |it| it.items("kinds")).iter().enumerate();
    let unknown = wanted.filter_map(|(at, it)| Some((at, it.text().filter(|it| kinds.get(it).is_none())?)));
    let told = unknown.map(|(at, name)| {
        let names = || kinds.all.iter().map(|it| &*it.name);
        let help = near_miss(name, names()).map_or_else(
            || format!("one of {}", names().collect::<Vec<_>>().join(", ")),
            |it| format!("did you mean `{it}`?"),
        );
        let place = issue.value_place(FieldPath::default().join("collect").join("kinds").at(at));
        Diagnostic::error("unknown-kind", place, format!("there is no kind `{name}`")).help(help)
    });
    told.collect()
}
