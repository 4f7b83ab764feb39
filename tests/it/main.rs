//! Tests of the whole.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "the tests run the program on folders of their own")]

mod support;

mod accepted;
mod addresses;
mod browsing;
mod check;
mod checkout;
mod claims;
mod cli;
mod doctor;
mod fields;
mod fuzzed;
mod harness;
mod held;
mod hostile;
mod letters;
mod newsletter;
mod numbers;
mod own_site;
mod properties;
mod public;
mod quirks;
mod report;
mod rules;
mod search;
mod serve;
mod settings;
mod sites;
mod spec;
mod templates;
mod unfinished;
mod words;
