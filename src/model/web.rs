//! What is on the web at an address.

use serde::{Deserialize, Serialize};

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Something.
    Fine,
    /// It has moved for good, to there (RFC 9110, sections 15.4.2 and 15.4.9).
    Moved(String),
    /// The server says that nothing is there: 404 or 410 (RFC 9110, sections 15.5.5 and 15.5.11), or there is no such host.
    Gone(String),
    /// Nobody can say: the server is slow, broken, or does not talk to programs.
    Unclear(String),
}
