//! What is collected while one file is read.

use std::sync::Arc;

use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Place};
use crate::model::source::Span;

/// The faults of a YAML or TOML text, placed by the way to the value.
pub(crate) struct Faults {
    /// The file.
    pub(crate) path: Arc<str>,
    /// Where the YAML or TOML stands in it.
    pub(crate) span: Span,
    /// What was found so far.
    pub(crate) found: Vec<Diagnostic>,
}

impl Faults {
    pub(crate) fn new(path: &Arc<str>, span: Span) -> Faults {
        Faults { path: path.clone(), span, found: Vec::new() }
    }

    pub(crate) fn value(&self, at: &FieldPath) -> Place {
        self.place(at, Part::Value)
    }

    pub(crate) fn key(&self, at: &FieldPath) -> Place {
        self.place(at, Part::Key)
    }

    pub(crate) fn place(&self, at: &FieldPath, part: Part) -> Place {
        Place { path: self.path.clone(), at: At::Field(self.span, at.clone(), part) }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}
