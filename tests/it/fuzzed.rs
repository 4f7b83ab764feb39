//! A few hundred inputs that nobody means, for each target of `fuzz/`; they are the same in each run.

use std::path::Path;

use rayon::prelude::*;

use crate::harness;
use crate::properties::{Chance, mangled};

/// Returns what the fuzzing of a target begins with.
#[expect(clippy::disallowed_methods, reason = "seeds are files")]
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|it| std::fs::read(it).unwrap()).collect()
}

/// Tries a target with its seeds, and with `count` inputs made of them.
fn try_many(target: &str, count: u64, run: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let made = (0..count).into_par_iter().map(|seed| {
        let mut chance = Chance(seed);
        let mut bytes = chance.of(&seeds).clone();
        for _ in 0..1 + chance.below(3) {
            bytes = mangled(&bytes, &mut chance);
        }
        bytes
    });
    made.chain(seeds.par_iter().cloned()).for_each(|bytes| {
        if std::panic::catch_unwind(|| run(&bytes)).is_err() {
            panic!("{target} fails with {:?}", String::from_utf8_lossy(&bytes));
        }
    });
}

#[test]
fn documents() {
    try_many("document", 80, harness::document);
}

#[test]
fn settings() {
    try_many("settings", 60, harness::settings);
}

#[test]
fn components() {
    try_many("component", 60, harness::component);
}

#[test]
fn templates() {
    try_many("template", 60, harness::template);
}

#[test]
fn vocabularies() {
    try_many("vocabulary", 60, harness::vocabulary);
}

#[test]
fn texts() {
    try_many("markdown", 400, harness::markdown);
}

/// What the parser that judges sees, so that it can't be blind without a word.
#[test]
fn what_is_unsafe_is_seen() {
    let check = |html: &str, expected: &[&str]| assert_eq!(harness::harmless::faults(html), expected, "{html}");
    check("<p class=\"a\">b <a href=\"/c/\">d</a> <img src=\"e.png\" alt=\"\"></p>", &[]);
    check("<p onclick=a>", &["<p onclick>"]);
    check("<a href=\" java\tscript:a\">", &["<a href=javascript:>"]);
    check("<img srcset=\"a 1x, data:b 2x\">", &["<img srcset=data:>"]);
    check("<svg><script>a</script></svg>", &["<svg>", "<script>"]);
    check("<!-- a -->", &["<!-- a -->"]);
    check("<body onload=a><p>", &["<body onload>"]);
    check("<table><tr><td>a", &[]);
}
