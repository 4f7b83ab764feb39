//! Kinds -> text for people: a new document to be filled in, the next issue of a newsletter, the reference of the front matter.

mod baseline;
mod change;
mod draft;
mod issue;
mod reference;
mod rules;

pub use baseline::baseline;
pub use change::change;
pub use draft::draft;
pub use issue::{held, issue};
pub use reference::reference;
pub use rules::{rule, rules};
