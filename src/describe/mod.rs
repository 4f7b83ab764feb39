//! Kinds -> text for people: a new document to be filled in, and the reference of the front matter.

mod baseline;
mod change;
mod draft;
mod reference;
mod rules;

pub use baseline::baseline;
pub use change::change;
pub use draft::draft;
pub use reference::reference;
pub use rules::{rule, rules};
