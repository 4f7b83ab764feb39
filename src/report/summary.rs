//! Diagnostics as a page for the summary of a job.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::lines::Files;
use super::visible;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::source::Sources;

/// How many diagnostics are shown one by one: the host cuts long summaries off.
const SHOWN: usize = 50;

/// Returns Markdown: how many diagnostics there are by code, then the first ones with place and help.
///
/// Source: docs.github.com, "Workflow commands for GitHub Actions", adding a job summary (at most 1 MiB, GitHub Flavored
/// Markdown).
pub fn summary(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    if diagnostics.is_empty() {
        return "### Folio\n\nNothing is wrong.\n".to_owned();
    }
    let files = Files::of(diagnostics, sources);
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for it in diagnostics {
        *counts.entry((it.severity, it.code)).or_default() += 1;
    }
    let mut text = String::from("### Folio\n\n| | Rule | Times |\n| --- | --- | ---: |\n");
    for ((severity, code), count) in &counts {
        let _ = writeln!(text, "| {} | `{code}` | {count} |", severity.name());
    }
    text.push('\n');
    for it in diagnostics.iter().take(SHOWN) {
        let place = it.place.as_ref().map_or_else(String::new, |place| {
            let line = files.region(place).map_or_else(String::new, |it| format!(":{}:{}", it.line, it.column));
            format!(" {}", code(&format!("{}{line}", place.path)))
        });
        let help = it.help.as_deref().and_then(|it| it.lines().next());
        let help = help.map_or_else(String::new, |it| format!(". {}", inline(it)));
        let _ = writeln!(text, "- **{}**{place} {}{help}", it.severity.name(), inline(&it.message));
    }
    if diagnostics.len() > SHOWN {
        let _ = writeln!(text, "\nand {} more", diagnostics.len() - SHOWN);
    }
    text
}

/// Returns a text as inline code, whatever backticks are in it (CommonMark 0.31.2, section 6.1).
fn code(text: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", visible(text))
}

/// Returns words that keep their code spans, and in which nothing else is HTML or Markdown.
fn inline(words: &str) -> String {
    let mut out = String::new();
    for (position, part) in visible(words).split('`').enumerate() {
        match position % 2 {
            0 => part.chars().for_each(|it| match it {
                '<' => out.push_str("&lt;"),
                '&' => out.push_str("&amp;"),
                '*' | '_' | '[' | ']' | '\\' | '|' | '#' | '@' => out.extend(['\\', it]),
                it => out.push(it),
            }),
            _ => out.push_str(&code(part)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diagnostic::Place;
    use crate::model::source::{Source, Span};

    #[test]
    fn counts_then_places() {
        let mut sources = Sources::default();
        sources.add(Source::new("content/a.md", b"---\nx <b>\n".to_vec()));
        let place = Place::new(&"content/a.md".into(), Span::new(4, 5));
        let one = Diagnostic::error("odd", place, "`x <b>` is [no](key) <script>").help("take it out\nor not");
        let expected = "### Folio\n\n| | Rule | Times |\n| --- | --- | ---: |\n| error | `odd` | 1 |\n\n\
            - **error** `content/a.md:2:1` `x <b>` is \\[no\\](key) &lt;script>. take it out\n";
        assert_eq!(summary(&[one], &sources), expected);
        assert_eq!(summary(&[], &sources), "### Folio\n\nNothing is wrong.\n");
        let many = vec![Diagnostic::warning("odd", None, "so"); SHOWN + 2];
        assert!(summary(&many, &sources).ends_with("so\n\nand 2 more\n"));
    }
}
