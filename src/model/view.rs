//! What templates see: strings, numbers, lists, maps.
//!
//! A view is Tera's own value, because that one is shared instead of copied when it stands in many pages (10 ns instead of
//! some 5 µs for a card in a list). Nothing of Tera but this type comes out of here.

use std::sync::Arc;

use tera::value::Key;
use tera::{Map, Value};

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
#[derive(Clone, Debug, Default)]
pub struct Fields(Map);

impl Fields {
    /// Returns the entries of a view that is a map; none of anything else.
    pub fn of(view: &View) -> Fields {
        Fields(view.0.as_map().cloned().unwrap_or_default())
    }

    /// Returns what stands at `key`.
    pub fn get(&self, key: &str) -> Option<View> {
        self.0.get(&Key::Str(key)).cloned().map(View)
    }

    /// Sets a key of the contract.
    pub fn set(&mut self, key: &'static str, value: impl Into<View>) {
        self.0.insert(Key::Str(key), value.into().0);
    }

    /// Sets a key that comes from a schema or from content.
    pub fn share(&mut self, key: &Arc<str>, value: impl Into<View>) {
        self.0.insert(Key::String(key.clone()), value.into().0);
    }
}

impl From<Fields> for View {
    fn from(fields: Fields) -> View {
        View(Value::from(fields.0))
    }
}
