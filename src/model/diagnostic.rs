//! What was noticed: faults in what the author wrote, with their place and the way out.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;

use super::near::Near;
use super::source::Span;

/// How bad it is. The worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// It should be mended.
    Warning,
    /// It could be better.
    Advice,
}

impl Severity {
    /// Returns the word for it: `error`, `warning`, `advice`.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

/// A step into a map or a list of YAML or TOML.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a map, by key.
    Key(Arc<str>),
    /// Into a list, by position from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.into())
    }
}

/// The way to a value in front matter, in a component's body or in a settings file: `findings[0].figure.unit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(pub Vec<Step>);

impl FieldPath {
    /// Returns the path to `step` under this one.
    pub fn join(&self, step: impl Into<Step>) -> FieldPath {
        let mut steps = self.0.clone();
        steps.push(step.into());
        FieldPath(steps)
    }

    /// Returns the path to position `index` under this one.
    pub fn at(&self, index: usize) -> FieldPath {
        self.join(Step::Index(index))
    }
}

/// The way to a value while it is gone. It becomes a [`FieldPath`] only when there is a fault: most often there is none.
#[derive(Clone, Copy, Debug)]
pub enum Trail<'a> {
    /// Where it begins.
    Top,
    /// Into a map, by key.
    Key(&'a Trail<'a>, &'a Arc<str>),
    /// Into a list, by position from 0.
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    /// Returns the way so far.
    pub fn path(&self) -> FieldPath {
        match self {
            Trail::Top => FieldPath::default(),
            Trail::Key(before, key) => before.path().join(Step::Key(Arc::clone(key))),
            Trail::Index(before, index) => before.path().at(*index),
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => write!(out, "{key}")?,
                Step::Key(key) => write!(out, ".{key}")?,
                Step::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Which part of a map's entry is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The key.
    Key,
    /// The same key, the second time that it stands there.
    KeyAgain,
    /// The value.
    Value,
}

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// These bytes.
    Span(Span),
    /// The part of a value, named by its way from the top; it becomes a [`At::Span`] only when there is a fault to show,
    /// because YAML keeps no places. The span says where the YAML or TOML stands in the file.
    Field(Span, FieldPath, Part),
}

/// A place: in which file, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub path: Arc<str>,
    /// Where in it.
    pub at: At,
}

impl Place {
    /// Returns the place of these bytes of `path`.
    pub fn new(path: &Arc<str>, span: Span) -> Place {
        Place { path: path.clone(), at: At::Span(span) }
    }

    /// Returns the bytes.
    ///
    /// A place that is still named by its field has none yet: 0..0.
    pub fn span(&self) -> Span {
        match &self.at {
            At::Span(span) => *span,
            At::Field(..) => Span::default(),
        }
    }
}

/// A change of a source: these bytes become this text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes that go; where it is empty, nothing goes.
    pub span: Span,
    /// What stands in their place.
    pub text: String,
}

impl Edit {
    /// Returns the change of the bytes of `span` into `text`.
    pub fn new(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }

    /// Returns `source` with all of `edits` made, which must not overlap and must be in order.
    ///
    /// # Panics
    /// Where an edit is not inside `source`, or not after the one before it.
    pub fn apply(edits: &[Edit], source: &str) -> String {
        let mut mended = String::with_capacity(source.len());
        let mut from = 0;
        for Edit { span, text } in edits {
            mended += &source[from..span.start];
            mended += text;
            from = span.end;
        }
        mended + &source[from..]
    }
}

/// One thing that was noticed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its name: stable, kebab-case.
    pub code: &'static str,
    /// Where; `None` where it is about the whole site.
    pub place: Option<Place>,
    /// What is wrong: one line, lower case, names in backticks.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The changes of the file at `place` that mend it, in order, none over another; empty where none is sure.
    pub fix: Vec<Edit>,
    /// Other places that have to do with it, with a word on each.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// Returns an error: nothing will be written.
    pub fn error(code: &'static str, place: impl Into<Option<Place>>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, place, message)
    }

    /// Returns a warning.
    pub fn warning(code: &'static str, place: impl Into<Option<Place>>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, place, message)
    }

    /// Returns a piece of advice.
    pub fn advice(code: &'static str, place: impl Into<Option<Place>>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Advice, code, place, message)
    }

    /// Returns a diagnostic of this severity.
    pub fn new(
        severity: Severity,
        code: &'static str,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity,
            code,
            place: place.into(),
            message: message.into(),
            help: None,
            fix: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Returns the same, with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Returns the same, with what to do where that is known.
    pub fn help_if(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    /// Returns the same, with the changes of its file that mend it: only where they surely give what the author meant.
    pub fn fix(mut self, edits: Vec<Edit>) -> Diagnostic {
        self.fix = edits;
        self
    }

    /// Returns the same, with another place that has to do with it.
    pub fn see(mut self, place: Place, word: impl Into<String>) -> Diagnostic {
        self.related.push((place, word.into()));
        self
    }

    /// Compares two by the order in which they are shown: by file, place, code, message; what has no place comes last. Only
    /// equal ones are equal in it.
    pub fn compare(&self, other: &Diagnostic) -> Ordering {
        let rest = |it: &Diagnostic| (it.severity, it.help.clone(), it.fix.clone(), it.related.clone());
        (self.place.is_none().cmp(&other.place.is_none()))
            .then_with(|| self.place.cmp(&other.place))
            .then_with(|| self.code.cmp(other.code))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| rest(self).cmp(&rest(other)))
    }
}

/// A value, and what was noticed on the way to it.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The best value that could be had.
    pub value: T,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was noticed so far.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(more);
    }

    /// Keeps what was noticed on the way to a value, and returns the value.
    pub fn keep<T>(&mut self, checked: Checked<T>) -> T {
        self.0.extend(checked.diagnostics);
        checked.value
    }

    /// Returns the value with all that was noticed.
    pub fn around<T>(self, value: T) -> Checked<T> {
        Checked { value, diagnostics: self.0 }
    }
}

/// Returns the one of `known` that is nearest to `word`, where one is near enough to be meant. Where many words are looked for
/// among the same names, [`Near`] is kept.
pub fn near_miss<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Near::among(known).find(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_at_their_places() {
        let edits = [Edit::new(Span::new(0, 0), "a"), Edit::new(Span::new(2, 4), ""), Edit::new(Span::new(5, 5), "é")];
        assert_eq!(Edit::apply(&edits, "01234"), "a014é");
        assert_eq!(Edit::apply(&[], "é"), "é");
    }

    #[test]
    fn only_equal_diagnostics_are_equal_in_order() {
        let plain = Diagnostic::error("a", None, "a");
        let mended = plain.clone().fix(vec![Edit::new(Span::new(0, 1), "")]);
        assert_eq!(plain.compare(&plain), Ordering::Equal);
        assert_eq!(plain.compare(&mended), Ordering::Less);
        assert_eq!(mended.compare(&plain), Ordering::Greater);
    }
}
