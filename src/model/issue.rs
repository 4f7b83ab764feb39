//! An issue of a newsletter, and what it holds.

use std::sync::Arc;

use jiff::civil;

use super::diagnostic::Edit;
use super::document::Document;
use super::kind::{Kind, News, Type};
use super::site::{Found, Site};
use super::source::Span;
use super::value::{Month, Reference, Value, Values};

/// The field of an issue that names what it holds.
pub const ITEMS: &str = "items";

/// So many letters of a title stand beside the name of a document.
const TITLE: usize = 80;

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
    /// Of the last issue, if it is closed: what was published in its time, and stands in none.
    pub missed: Vec<Item>,
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
    /// What changed of it.
    pub change: Option<Change>,
}

/// A change that a document tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first day on which it may have been made.
    pub first: civil::Date,
    /// The field: `status`.
    pub field: Arc<str>,
    /// Its new value: `active`.
    pub value: Arc<str>,
    /// What happened, in the words of those who know.
    pub note: Option<Arc<str>>,
}

impl Issue {
    /// Returns how many things it holds.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|it| it.items.len()).sum()
    }
}

impl Group {
    /// Returns what stands above it, by the theme's sentences: `held.post`, or the kind's own word for several.
    pub fn title(&self, site: &Site) -> String {
        let sentence = |key: &str| site.theme.strings.get(key).map(|it| it.to_string());
        let Some(kind) = &self.kind else { return site.theme.string("held.elsewhere").to_owned() };
        let own = || sentence(&format!("kind.{}.plural", kind.name));
        sentence(&format!("held.{}", kind.name)).or_else(own).unwrap_or_else(|| kind.plural.to_string())
    }
}

impl Item {
    /// Returns what the issue says of it itself; nothing where the issue does not name it.
    pub fn own<'a>(&self, issue: &'a Document) -> Option<&'a Values> {
        issue.values.items(ITEMS).get(self.named?)?.group()
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

    /// Returns whether its day has come.
    pub fn has_come(&self, today: civil::Date) -> bool {
        self.appears().is_some_and(|it| it <= today)
    }
}

impl Site {
    /// Returns the issue that an entry is.
    pub fn issue(&self, entry: usize) -> Option<&Issue> {
        self.entries[entry].document.kind.collects.as_ref()?;
        self.issues.iter().find(|it| it.entry == entry)
    }

    /// Returns what is new about a thing, in words: as the issue says it, or by what changed.
    pub fn note(&self, issue: Option<&Document>, item: &Item) -> Option<String> {
        if let Some(note) = issue.and_then(|it| item.own(it)?.text("note")) {
            return Some(note.to_owned());
        }
        let Change { field, value, note, .. } = item.change.as_ref()?;
        let document = self.document(item.document?);
        let label = match document.kind.group.field(field).map(|it| &it.r#type) {
            Some(Type::Choice(choices)) => choices.iter().find(|it| it.value == *value).map(|it| &it.label),
            _ => None,
        };
        let key = format!("choice.{field}.{value}");
        let label = self.theme.strings.get(key.as_str()).or(label).unwrap_or(value);
        let now = self.theme.string("now").replace("{state}", &label.to_lowercase());
        Some(note.as_ref().map_or_else(|| now.clone(), |it| format!("{now}. {it}")))
    }

    /// Returns the last change of a document that may have been made in the time from one day to another, both included. A month
    /// may be any of its days.
    pub fn change(&self, document: &Document, since: civil::Date, until: civil::Date) -> Option<Change> {
        let News::Changed(list) = &document.kind.news else { return None };
        let Type::Group(group) = &document.kind.group.field(list)?.item().r#type else { return None };
        let dated = group.in_order.as_ref()?;
        let changes: Vec<&Values> = document.values.items(list).iter().filter_map(Value::group).collect();
        let (at, first) = changes.iter().enumerate().rev().find_map(|(at, it)| {
            let (first, last) = days(it.get(dated)?)?;
            (first <= until && last >= since).then_some((at, first))
        })?;
        // Of several fields the one is told that was not so before.
        let before = |field: &str| changes[..at].iter().rev().find_map(|it| it.text(field));
        let said = || group.ends_as.iter().filter_map(|it| Some((it, changes[at].text(it)?)));
        let (field, value) = said().find(|it| before(it.0) != Some(it.1)).or_else(|| said().next())?;
        Some(Change {
            first,
            field: field.clone(),
            value: value.into(),
            note: changes[at].text("note").map(Into::into),
        })
    }

    /// Returns the line of front matter by which an issue says that it holds a document: its path from `content/` without
    /// `.md`, because another document may get the same slug; what is new about it; and, for who edits it, its title.
    ///
    /// ```text
    ///   - posts/2024-01-23-first # The first post
    ///   - {document: projects/repairs, note: "Now active"} # Repairs
    /// ```
    pub fn item_line(&self, issue: Option<&Document>, item: &Item) -> Option<String> {
        let document = self.document(item.document?);
        let path = document.source.path.strip_prefix("content/").unwrap_or(&document.source.path);
        let path = path.strip_suffix("/index.md").or(path.strip_suffix(".md")).unwrap_or(path);
        let is_plain = path.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_/.".contains(&it));
        let path = if is_plain { path.to_owned() } else { quoted(path) };
        let held = match self.note(issue, item) {
            Some(note) => format!("{{document: {path}, note: {}}}", quoted(&note)),
            None => path,
        };
        let title = one_line(&document.title);
        let title = match title.char_indices().nth(TITLE) {
            Some((end, _)) => format!("{}…", title[..end].trim_end()),
            None => title,
        };
        Some(format!("  - {held} # {title}"))
    }

    /// Returns the change that writes what an issue holds into its front matter; none where that is not made of lines.
    pub fn closing(&self, issue: &Issue) -> Option<Edit> {
        let document = &self.entries[issue.entry].document;
        let Span { start, end } = document.yaml;
        let known = |it: &Value| it.text().is_none_or(|it| self.config.kinds.get(it).is_some());
        if !document.values.group("collect").is_none_or(|it| it.items("kinds").iter().all(known)) {
            return None;
        }
        let yaml = document.source.text.get(start..end).filter(|it| it.ends_with('\n'))?;
        if yaml.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let new_line = if yaml.contains("\r\n") { "\r\n" } else { "\n" };
        let items = issue.groups.iter().flat_map(|it| &it.items);
        let lines: Vec<String> = items.filter_map(|it| self.item_line(Some(document), it)).collect();
        let list: String = lines.iter().map(|it| format!("{it}{new_line}")).collect();
        let none = if lines.is_empty() { " []" } else { "" };
        let at = |offset: usize| Span::new(start + offset, start + offset);
        Some(match key(yaml) {
            // The key is there already, with nothing after it but perhaps a note.
            Some((colon, rest, _)) if lines.is_empty() && is_note(rest) => Edit::new(at(colon), none),
            Some((_, rest, line)) if is_note(rest) => Edit::new(at(line), list),
            Some(_) => return None,
            None => Edit::new(at(yaml.len()), format!("{ITEMS}:{none}{new_line}{list}")),
        })
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

/// Returns the text without what would end a line of YAML (1.1, section 4.2).
fn one_line(text: &str) -> String {
    text.replace(|it: char| it.is_control() || matches!(it, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'), " ")
}

/// Returns the text in double quotes, as YAML takes it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns where the key for what an issue holds ends, what stands after it, and where its line ends, with its end.
fn key(yaml: &str) -> Option<(usize, &str, usize)> {
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix(ITEMS).and_then(|it| it.strip_prefix(':')) {
            return Some((start + ITEMS.len() + 1, rest, start + line.len()));
        }
        start += line.len();
    }
    None
}

fn is_note(rest: &str) -> bool {
    rest.trim().is_empty() || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#')
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
