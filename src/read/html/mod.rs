//! Raw HTML: its tags, and which of them are harmless.
//!
//! What is kept is written anew from its parts, and every other `<` is escaped: however a browser would have read the
//! author's text, it meets no tag that is not in the list of [`allow`].

pub(crate) mod allow;
pub(crate) mod reference;
pub(crate) mod token;
