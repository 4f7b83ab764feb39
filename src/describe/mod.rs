//! Kinds -> text for people: a new document to be filled in, and the reference of the front matter.

mod draft;
mod reference;

pub use draft::draft;
pub use reference::reference;
