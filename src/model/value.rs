//! What the fields of a document hold, once the kind has given them a meaning.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::{Timestamp, civil};

use super::body::Body;

/// A value of a field, as its type says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, e-mail, choice, term, language, licence.
    Text(Arc<str>),
    /// Where something is, as written: `https://example.org/`, `/about/`, `@/about.md`, `plan.pdf#page=3`.
    Address(Arc<str>),
    /// Markdown.
    Markdown(Arc<Body>),
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A day, perhaps with a time.
    Date(Date),
    /// A month or a year.
    Month(Month),
    /// A file of the site, as written: `report.pdf`, `@/files/report.pdf`.
    File(Arc<str>),
    /// A document of the site, or something outside it.
    Reference(Reference),
    /// Several of the same.
    List(Vec<Value>),
    /// Several, each with its name.
    Group(Values),
}

impl Value {
    /// Returns the text of a text, or an address as it is written.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Address(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the values of a group.
    pub fn group(&self) -> Option<&Values> {
        match self {
            Value::Group(group) => Some(group),
            _ => None,
        }
    }

    /// Returns the items of a list; the value alone if it is none.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            one => std::slice::from_ref(one),
        }
    }
}

/// Values by the name of their field, in the order of the kind's fields. What was not said is not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    pairs: Vec<(Arc<str>, Value)>,
    /// The bits of all names. Most questions are for what is not there, of thousands of documents: they end here.
    names: u64,
}

impl Values {
    /// Returns these values. Their names must be in the order of the fields.
    pub fn new(mut pairs: Vec<(Arc<str>, Value)>) -> Values {
        // Thousands are kept.
        pairs.shrink_to_fit();
        let names = pairs.iter().fold(0, |names, (name, _)| names | bit(name));
        Values { pairs, names }
    }

    /// Returns the values with their names.
    pub fn pairs(&self) -> &[(Arc<str>, Value)] {
        &self.pairs
    }

    /// Returns the value of the field `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        if self.names & bit(name) == 0 {
            return None;
        }
        self.pairs.iter().find(|(it, _)| &**it == name).map(|(_, value)| value)
    }

    /// Returns the text of the field `name`, where it is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.text()
    }

    /// Returns whether the field `name` says true.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Boolean(true)))
    }

    /// Returns the date of the field `name`.
    pub fn date(&self, name: &str) -> Option<Date> {
        match self.get(name)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// Returns the whole number of the field `name`.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Value::Integer(integer) => Some(*integer),
            _ => None,
        }
    }

    /// Returns the group of the field `name`.
    pub fn group(&self, name: &str) -> Option<&Values> {
        self.get(name)?.group()
    }

    /// Returns the items of the list of the field `name`; none where it is missing.
    pub fn items(&self, name: &str) -> &[Value] {
        self.get(name).map_or(&[], Value::items)
    }
}

/// Returns the bit of a name: one of 64, the same for some names.
fn bit(name: &str) -> u64 {
    let byte = |at: usize| usize::from(name.as_bytes().get(at).copied().unwrap_or_default());
    let (first, middle, last) = (byte(0), byte(name.len() / 2), byte(name.len().saturating_sub(1)));
    1 << ((name.len() + first * 7 + middle * 5 + last * 3) % 64)
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A document of the site by its slug, or by its path from `content/`.
    Slug(Arc<str>),
    /// Something outside the site.
    Outside(Outside),
}

/// A person, an organisation or a page outside the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// Its name or title.
    pub name: Arc<str>,
    /// Where it is on the web.
    pub url: Option<Arc<str>>,
    /// Who published it.
    pub source: Option<Arc<str>>,
    /// What it says, for lists.
    pub summary: Option<Arc<str>>,
}

/// A day, perhaps with a time of day, in the site's time zone.
#[derive(Clone, Copy, Debug)]
pub struct Date {
    /// The day.
    pub day: civil::Date,
    /// The time of day, where one was given.
    pub time: Option<civil::Time>,
    /// The moment; the day's first where no time was given.
    pub instant: Timestamp,
}

impl PartialEq for Date {
    fn eq(&self, other: &Date) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Date {}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        self.instant.cmp(&other.instant)
    }
}

/// A year, perhaps with a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: Option<i8>,
}
