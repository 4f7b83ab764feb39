//! What lists show of a document.

use crate::model::route::Route;
use crate::model::site::Entry;
use crate::model::value::Date;
use crate::model::view::{Fields, View};

use super::Planner;
use super::shared::direction;
use super::withdrawn::Withdrawn;

/// Names of the contract that a kind may give to a field of its own: an organisation's `url` is its website.
const OWN: [&str; 3] = ["type", "url", "toc"];

/// Returns the fields that names of the contract hide, so that templates can see them as `fields.url`.
fn shadowed(fields: &Fields) -> Fields {
    let mut own = Fields::default();
    for name in OWN {
        if let Some(value) = fields.get(name) {
            own.set(name, value);
        }
    }
    own
}

impl Planner<'_> {
    /// Returns the card of an entry. It is made once for a site, and shared by all pages that show it.
    pub(super) fn card(&self, at: usize) -> View {
        let entry = &self.site.entries[at];
        entry.card.get_or_init(|| self.new_card(at, entry)).clone()
    }

    /// Returns the cards of these entries.
    pub(super) fn cards<'a>(&self, entries: impl IntoIterator<Item = &'a usize>) -> View {
        View::list(entries.into_iter().map(|it| self.card(*it)))
    }

    fn new_card(&self, at: usize, entry: &Entry) -> View {
        let document = &entry.document;
        let mut fields = Fields::default();
        // The fields first: what follows is worked out, and stands instead of them where it has the same name.
        self.fields(document, &mut fields);
        fields.set("fields", shadowed(&fields));
        self.address_fields(entry.route(), &document.title, &document.summary, &mut fields);
        fields.set("type", "document");
        fields.set("kind", self.shared.kind(&document.kind));
        fields.set("summary", &*document.summary);
        // Where it is written it is set already.
        if document.values.date("date").is_none() {
            fields.set("date", document.date.as_ref().map(|it| self.date(it)));
        }
        fields.set("updated", self.updated(entry).as_ref().map(|it| self.date(it)));
        if let Some(issue) = self.site.issue(at) {
            fields.set("issue", issue.number);
        }
        let lang = document.language(&self.site.config.language);
        fields.set("lang", lang);
        fields.set("dir", direction(lang));
        fields.set("words", document.body.words);
        fields.set("minutes", document.body.words.div_ceil(220));
        fields.set("draft", entry.state.draft);
        fields.set("scheduled", entry.state.scheduled.as_ref().map(|it| self.date(it)));
        fields.set("expired", entry.state.expired);
        fields.set("source", &*document.source.path);
        fields.into()
    }

    /// Sets what every page has: title, url, permalink, description, lang, dir, feeds.
    pub(super) fn address_fields(&self, route: &Route, title: &str, description: &str, fields: &mut Fields) {
        fields.set("title", title);
        let url = self.site.href(route);
        let permalink = format!("{}{url}", self.site.config.origin);
        fields.set("url", url);
        fields.set("permalink", permalink);
        fields.set("description", description);
        fields.set("lang", &*self.site.config.language);
        fields.set("dir", self.shared.dir);
    }

    /// Returns the day of the last change: as written, or the last of `changes`. To be withdrawn is a change.
    pub(super) fn updated(&self, entry: &Entry) -> Option<Date> {
        let values = &entry.document.values;
        let changes = values.items("changes").iter().filter_map(|it| match it {
            crate::model::value::Value::Group(change) => change.date("date"),
            _ => None,
        });
        let withdrawn = Withdrawn::of(entry).map(|it| it.date).filter(|it| it.instant <= self.site.config.options.now);
        values.date("updated").or_else(|| changes.max()).max(withdrawn)
    }
}
