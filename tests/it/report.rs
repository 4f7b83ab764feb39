//! The same faults in every form, as `tests/report/` has them.

use std::collections::BTreeMap;
use std::path::Path;

use folio::model::diagnostic::{Diagnostic, Place, Severity};
use folio::model::source::{Source, Sources, Span};
use folio::report::{Format, text};

use crate::support::{compare_golden, project};

const PROJECT: &str = "
//- site.toml
titel = \"Site\"
//- content/posts/first.md
---
title: First
slug: first
date: 2024-13-01
---

See [second](@/posts/second.md) and [gone](@/posts/gone.md).
//- content/posts/second.md
---
title: Second
slug: first
---
";

/// Returns the place of `words` in a file.
fn place(sources: &Sources, path: &str, words: &str) -> Place {
    let source = &sources.texts[path];
    let start = source.text.find(words).unwrap();
    Place::new(&source.path, Span::new(start, start + words.len()))
}

fn diagnostics(sources: &Sources) -> Vec<Diagnostic> {
    let (first, second) = ("content/posts/first.md", "content/posts/second.md");
    let advice = Diagnostic::warning("no-summary", place(sources, second, "title: Second"), "it has no summary");
    vec![
        Diagnostic::error("wrong-date", place(sources, first, "2024-13-01"), "there is no month 13")
            .help("write year-month-day: `2024-01-13`"),
        Diagnostic::error("broken-link", place(sources, first, "@/posts/gone.md"), "`@/posts/gone.md` leads nowhere")
            .help("links with `@/` start at `content/`"),
        Diagnostic { severity: Severity::Advice, ..advice },
        Diagnostic::error("duplicate-route", place(sources, second, "slug: first"), "`/blog/first/` is taken")
            .see(place(sources, first, "slug: first"), "this document has it")
            .help("give one of them another `slug`"),
        Diagnostic::warning("unknown-setting", place(sources, "site.toml", "titel"), "there is no setting `titel`")
            .help("did you mean `title`?"),
        Diagnostic::error("no-title", None, "the site has no title"),
    ]
}

#[test]
fn every_form() {
    let sources = project(PROJECT);
    let diagnostics = diagnostics(&sources);
    // A release does not change what is expected.
    let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
    let made = Format::ALL.map(|it| {
        let text =
            text(it, &diagnostics, &folio::report::Around::of(&sources)).replace(version, "\"version\": \"this one\"");
        (format!("{}.txt", it.name()), text.into_bytes())
    });
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report");
    compare_golden(&expected, &BTreeMap::from(made));
}

/// Any text and any spans of it, also such as lie past its end or within a character.
#[test]
fn no_span_is_too_odd() {
    const PARTS: [&str; 16] = [
        "a",
        "word ",
        "é",
        "日",
        "e\u{301}",
        "\u{200D}",
        "👩",
        "\t",
        " ",
        "\r",
        "\n",
        "\r\n",
        "\x1B[31m",
        "\u{FEFF}",
        "\u{9B}",
        "long, long, long, long, long, long, long, long, long, long, long, long, long, long, long, long, long, long ",
    ];
    let mut seed = 1_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    for _ in 0..2_000 {
        let mut sources = Sources::default();
        let text: String = (0..below(20)).map(|_| PARTS[below(PARTS.len())]).collect();
        let length = text.len();
        let source = Source::new("content/a.md", text.clone().into_bytes());
        let path = source.path.clone();
        sources.add(source);
        let mut place = || Place::new(&path, Span::new(below(length + 4), below(length + 4)));
        let fault = Diagnostic::error("odd", place(), "\x1B odd").help("\r\n\x07");
        let diagnostics = [fault.see(place(), "and\nthis").see(place(), "")];
        for format in Format::ALL {
            let made = folio::report::text(format, &diagnostics, &folio::report::Around::of(&sources));
            let steers = |it: char| it.is_control() && it != '\n';
            assert!(!made.contains(steers) || format == Format::Json || format == Format::Sarif, "{text:?}\n{made:?}");
        }
    }
}
