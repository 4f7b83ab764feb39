//! An issue of a newsletter, and what it holds.

use std::sync::Arc;

use jiff::civil;

use super::document::Document;
use super::kind::{Kind, News, Type};
use super::site::{Found, Site};
use super::value::{Month, Reference, Value, Values};

/// The field of an issue that names what it holds.
pub const ITEMS: &str = "items";

/// An issue: a document of a kind that is a newsletter.
///
/// What names its items itself is closed: it holds these, whatever else is published or dated anew. Another one is open, and
/// holds what is new since the one before.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its entry.
    pub entry: usize,
    /// Its number: as written, or one more than that of the issue before.
    pub number: i64,
    /// Whether it gathers what it holds.
    pub open: bool,
    /// What it holds.
    pub groups: Vec<Group>,
}

/// What is new and stands in no issue yet.
#[derive(Clone, Debug)]
pub struct Next {
    /// The number of the issue that would come next.
    pub number: i64,
    /// The day since which it is new; none before the first issue.
    pub since: Option<civil::Date>,
    /// What is new.
    pub groups: Vec<Group>,
    /// What was published in the time of the last issue, and stands in none.
    pub missed: Vec<Item>,
}

/// What an issue holds of one kind, in order.
#[derive(Clone, Debug)]
pub struct Group {
    /// The kind; none for what stands elsewhere.
    pub kind: Option<Arc<Kind>>,
    /// At least one.
    pub items: Vec<Item>,
}

/// One thing that an issue holds.
#[derive(Clone, Debug)]
pub struct Item {
    /// The document of the site; none for what stands elsewhere.
    pub document: Option<Found>,
    /// Its position in the field [`ITEMS`] of the issue, where it is named there.
    pub named: Option<usize>,
    /// What changed of it: the field and its new value, `status` and `active`.
    pub change: Option<(Arc<str>, Arc<str>)>,
}

impl Issue {
    /// Returns how many things it holds.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|it| it.items.len()).sum()
    }
}

impl Item {
    /// Returns what the issue says of it itself; nothing where the issue does not name it.
    pub fn own<'a>(&self, issue: &'a Document) -> Option<&'a Values> {
        match issue.values.items(ITEMS).get(self.named?)? {
            Value::Group(values) => Some(values),
            _ => None,
        }
    }
}

impl Document {
    /// Returns its language: that of its name, as written, or the site's.
    pub fn language<'a>(&'a self, site: &'a str) -> &'a str {
        self.name_lang.as_deref().or_else(|| self.values.text("lang")).unwrap_or(site)
    }

    /// Returns the day from which it is published; none where it has no date.
    pub fn appears(&self) -> Option<civil::Date> {
        self.date.max(self.values.date("publish_after")).map(|it| it.day)
    }
}

impl Site {
    /// Returns the issue that an entry is.
    pub fn issue(&self, entry: usize) -> Option<&Issue> {
        self.entries[entry].document.kind.collects.as_ref()?;
        self.issues.iter().find(|it| it.entry == entry)
    }

    /// Returns what is new about a thing, in words: as the issue says it, or by what changed.
    pub fn note(&self, issue: &Document, item: &Item) -> Option<String> {
        if let Some(note) = item.own(issue).and_then(|it| it.text("note")) {
            return Some(note.to_owned());
        }
        let (field, value) = item.change.as_ref()?;
        let document = self.document(item.document?);
        let label = match document.kind.group.field(field).map(|it| &it.r#type) {
            Some(Type::Choice(choices)) => choices.iter().find(|it| it.value == *value).map(|it| &it.label),
            _ => None,
        };
        let key = format!("choice.{field}.{value}");
        let label = self.theme.strings.get(key.as_str()).or(label).unwrap_or(value);
        Some(self.theme.string("now").replace("{state}", &label.to_lowercase()))
    }

    /// Returns the last change of a document that may have been made in the time from one day to another, both included: the
    /// month, the field and its new value. A month may be any of its days.
    pub fn change(
        &self,
        document: &Document,
        since: civil::Date,
        until: civil::Date,
    ) -> Option<(civil::Date, Arc<str>, Arc<str>)> {
        let News::Changed(list) = &document.kind.news else { return None };
        let Type::Group(group) = &document.kind.group.field(list)?.item().r#type else { return None };
        let dated = group.in_order.as_ref()?;
        let changes = document.values.items(list).iter().rev().filter_map(|it| match it {
            Value::Group(values) => Some(values),
            _ => None,
        });
        changes.filter_map(|it| Some((it, days(it.get(dated)?)?))).find_map(|(values, (first, last))| {
            let (field, value) = group.ends_as.iter().find_map(|it| Some((it, values.text(it)?)))?;
            (first <= until && last >= since).then(|| (first, field.clone(), value.into()))
        })
    }

    /// Returns the name by which an issue says that it holds a document, the same for ever: its path from `content/`, without
    /// `.md`.
    pub fn item_name(&self, found: Found) -> String {
        let path = &*self.document(found).source.path;
        let path = path.strip_prefix("content/").unwrap_or(path);
        path.strip_suffix("/index.md").or(path.strip_suffix(".md")).unwrap_or(path).to_owned()
    }

    /// Returns the title of a thing that an issue holds.
    pub fn item_title(&self, issue: &Document, item: &Item) -> String {
        let own = item.own(issue);
        let written = own.and_then(|it| it.text("title")).map(str::to_owned);
        let document = item.document.map(|it| self.document(it).title.to_string());
        let named = || match own?.get("document")? {
            Value::Reference(Reference::Slug(name)) => Some(name.to_string()),
            Value::Reference(Reference::Outside(outside)) => Some(outside.name.to_string()),
            _ => None,
        };
        written.or(document).or_else(named).or_else(|| Some(own?.text("url")?.to_owned())).unwrap_or_default()
    }
}

/// Returns the first and the last day that a date, a month or a year may mean.
fn days(value: &Value) -> Option<(civil::Date, civil::Date)> {
    match value {
        Value::Date(date) => Some((date.day, date.day)),
        Value::Month(Month { year, month }) => {
            let first = civil::Date::new(*year, month.unwrap_or(1), 1).ok()?;
            let last = civil::Date::new(*year, month.unwrap_or(12), 1).ok()?.last_of_month();
            Some((first, last))
        }
        _ => None,
    }
}
