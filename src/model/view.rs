//! What templates see: strings, numbers, lists, maps.
//!
//! A view is Tera's own value, because that one is shared instead of copied when it stands in many pages (10 ns instead of
//! some 5 µs for a card in a list). Nothing of Tera but this type comes out of here.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;
use tera::value::Key;

/// A value that a template sees.
#[derive(Clone, Debug)]
pub struct View(Value);

impl View {
    /// Returns nothing: false where a template asks.
    pub fn none() -> View {
        View(Value::none())
    }

    /// Returns a text; templates escape it.
    pub fn text(text: &str) -> View {
        View(Value::from(text))
    }

    /// Returns HTML, put into pages as it is.
    pub fn html(html: &str) -> View {
        View(Value::safe_string(html))
    }

    /// Returns a list.
    pub fn list(items: impl IntoIterator<Item = View>) -> View {
        View(Value::from(items.into_iter().map(|it| it.0).collect::<Vec<Value>>()))
    }

    /// Returns the value as Tera takes it.
    pub fn into_tera(self) -> Value {
        self.0
    }

    /// Returns the map's value at `key`; nothing where there is none.
    pub fn get(&self, key: &str) -> View {
        self.0.as_map().and_then(|it| it.get(&Key::Str(key))).map_or_else(View::none, |it| View(it.clone()))
    }
}

impl View {
    /// Returns the text that it is; empty where it is anything else.
    pub fn as_text(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }

    /// Returns the whole number that it is.
    pub fn as_integer(&self) -> Option<i64> {
        self.0.as_i128().and_then(|it| it.try_into().ok())
    }

    /// Returns the items of the list that it is; none of anything else.
    pub fn items(&self) -> impl Iterator<Item = View> + '_ {
        self.0.as_array().into_iter().flatten().map(|it| View(it.clone()))
    }
}

impl From<bool> for View {
    fn from(value: bool) -> View {
        View(Value::from(value))
    }
}

impl From<i64> for View {
    fn from(value: i64) -> View {
        View(Value::from(value))
    }
}

impl From<usize> for View {
    fn from(value: usize) -> View {
        View(Value::from(value as u64))
    }
}

impl From<f64> for View {
    fn from(value: f64) -> View {
        View(Value::from(value))
    }
}

impl From<&str> for View {
    fn from(value: &str) -> View {
        View::text(value)
    }
}

impl From<String> for View {
    fn from(value: String) -> View {
        View(Value::from(value))
    }
}

impl<T: Into<View>> From<Option<T>> for View {
    fn from(value: Option<T>) -> View {
        value.map_or_else(View::none, Into::into)
    }
}

/// A map of views, in the order in which it is filled.
///
/// What is set twice stands where it was set first, with the value that was set last.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(Key<'static>, Value)>);

impl Fields {
    /// Returns the entries of a view that is a map; none of anything else.
    pub fn of(view: &View) -> Fields {
        let entries = view.0.as_map().into_iter().flatten();
        Fields(entries.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// Returns what stands at `key`.
    pub fn get(&self, key: &str) -> Option<View> {
        self.0.iter().rev().find(|(it, _)| it.as_str() == Some(key)).map(|(_, value)| View(value.clone()))
    }

    /// Sets a key of the contract.
    pub fn set(&mut self, key: &'static str, value: impl Into<View>) {
        self.0.push((Key::Str(key), value.into().0));
    }

    /// Sets a key that comes from a schema or from content.
    pub fn share(&mut self, key: &Arc<str>, value: impl Into<View>) {
        self.0.push((Key::String(key.clone()), value.into().0));
    }
}

/// A key in its place. Tera makes its map from any map, and this one is made without looking at a key: those are looked at
/// once, by Tera.
struct Placed(usize, Key<'static>);

impl PartialEq for Placed {
    fn eq(&self, other: &Placed) -> bool {
        self.0 == other.0
    }
}

impl Eq for Placed {}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Placed) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Placed {
    fn cmp(&self, other: &Placed) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<Placed> for Key<'static> {
    fn from(placed: Placed) -> Key<'static> {
        placed.1
    }
}

impl From<Fields> for View {
    fn from(fields: Fields) -> View {
        let entries = fields.0.into_iter().enumerate();
        let placed: BTreeMap<Placed, Value> = entries.map(|(at, (key, value))| (Placed(at, key), value)).collect();
        View(Value::from(placed))
    }
}
