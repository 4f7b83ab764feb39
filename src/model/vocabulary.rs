//! A controlled vocabulary: the terms that a field may hold.

use std::sync::Arc;

/// The terms of a file of `data/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The file.
    pub path: Arc<str>,
    /// The terms, in the order of the file.
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What is written, and stands in addresses.
    pub slug: Arc<str>,
    /// What readers see.
    pub title: Arc<str>,
    /// What it is about.
    pub description: Arc<str>,
}

impl Vocabulary {
    /// Returns the term that was meant: by slug, or by title without regard to case.
    pub fn find(&self, written: &str) -> Option<&Term> {
        let plain = written.trim().to_lowercase();
        self.terms
            .iter()
            .find(|it| *it.slug == *written)
            .or_else(|| self.terms.iter().find(|it| *it.slug == *plain || it.title.to_lowercase() == plain))
    }
}
