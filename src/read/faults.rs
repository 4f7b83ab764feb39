//! What is collected while one file is read.

use std::sync::Arc;

use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Place};
use crate::model::source::Span;
use crate::read::doctor::Reading;

/// The faults of a YAML or TOML text, placed by the way to the value.
pub(crate) struct Faults {
    /// The file.
    pub(crate) path: Arc<str>,
    /// Where the YAML or TOML stands in it.
    pub(crate) span: Span,
    /// What was found so far.
    pub(crate) found: Vec<Diagnostic>,
    /// Values that do not stand where the schema has them, and where they stand: `image.alt`, written as `image_alt`.
    pub(crate) moved: Vec<(FieldPath, FieldPath)>,
}

impl Faults {
    pub(crate) fn new(path: &Arc<str>, span: Span) -> Faults {
        Faults { path: path.clone(), span, found: Vec::new(), moved: Vec::new() }
    }

    pub(crate) fn value(&self, at: &FieldPath) -> Place {
        self.place(at, Part::Value)
    }

    pub(crate) fn key(&self, at: &FieldPath) -> Place {
        self.place(at, Part::Key)
    }

    pub(crate) fn place(&self, at: &FieldPath, part: Part) -> Place {
        Place { path: self.path.clone(), at: At::Field(self.span, self.written_at(at), part) }
    }

    /// Finds the part of a value in the YAML or TOML.
    pub(crate) fn locate(&self, yaml: &Reading<'_>, at: &FieldPath, part: Part) -> Span {
        yaml.locate(&self.path, &self.written_at(at), part)
    }

    /// Returns the way to a value in the file.
    fn written_at(&self, at: &FieldPath) -> FieldPath {
        let moved = self.moved.iter().rev().find_map(|(from, to)| Some((to, at.0.strip_prefix(&*from.0)?)));
        moved.map_or_else(|| at.clone(), |(to, rest)| FieldPath([&to.0[..], rest].concat()))
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}
