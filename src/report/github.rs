//! Diagnostics for GitHub Actions.

use super::lines::Files;
use super::visible;
use crate::model::diagnostic::{Diagnostic, Place, Severity};

/// Returns a workflow command for each diagnostic: GitHub shows it beside the line.
///
/// Source: docs.github.com, "Workflow commands for GitHub Actions"; the escapes are those of `actions/toolkit`
/// packages/core/src/command.ts. Columns go with a single line only: the runner drops them otherwise.
pub(super) fn text(diagnostics: &[Diagnostic], files: &Files, prefix: &str) -> String {
    diagnostics.iter().map(|it| command(it, files, prefix)).collect()
}

fn command(diagnostic: &Diagnostic, files: &Files, prefix: &str) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let place = diagnostic.place.as_ref().map(|it| location(it, files, prefix)).unwrap_or_default();
    let title = property(&format!("folio {}", diagnostic.code));
    format!("::{name} {place}title={title}::{}\n", data(&words(diagnostic, files)))
}

/// Returns `file=…,line=…,endLine=…,col=…,endColumn=…,` as far as it is known.
fn location(place: &Place, files: &Files, prefix: &str) -> String {
    let mut out = format!("file={},", property(&format!("{prefix}{}", place.path)));
    if let Some(region) = files.region(place) {
        out += &format!("line={},endLine={},", region.line, region.end_line);
        if region.line == region.end_line {
            out += &format!("col={},endColumn={},", region.column, region.end_column);
        }
    }
    out
}

/// Returns the message, then a line for each related place, then the help.
fn words(diagnostic: &Diagnostic, files: &Files) -> String {
    let mut out = visible(&diagnostic.message);
    for (place, word) in &diagnostic.related {
        let line = files.region(place).map(|it| format!(":{}:{}", it.line, it.column)).unwrap_or_default();
        out += &format!("\n{}{line}: {}", visible(&place.path), visible(word));
    }
    for line in diagnostic.help.iter().flat_map(|it| it.lines()) {
        out.push('\n');
        out += &visible(line);
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, example};

    fn check(marked: &str, diagnostics: fn(&[Place]) -> Vec<Diagnostic>, expected: &str) {
        assert_eq!(example::text(Format::Github, marked, diagnostics), expected);
    }

    #[test]
    fn places_and_escapes() {
        let diagnostics = |places: &[Place]| {
            let fault = Diagnostic::error("here", places[0].clone(), "100 %, this: it\r\n::stop-commands::x");
            vec![fault.help("so:\nand so").see(places[1].clone(), "and this")]
        };
        let expected = "::error file=content/a%2C b%25/é.md,line=1,endLine=1,col=3,endColumn=4,title=folio here\
            ::100 %25, this: it  ::stop-commands::x%0Acontent/a, b%25/é.md:2:1: and this%0Aso:%0Aand so\n";
        check("é ‹é›\n‹x›", diagnostics, expected);
    }

    #[test]
    fn over_lines_without_columns() {
        let diagnostics = |places: &[Place]| vec![Diagnostic::warning("here", places[0].clone(), "it")];
        let expected = "::warning file=content/a%2C b%25/é.md,line=1,endLine=2,title=folio here::it\n";
        check("a ‹b\nc›\n", diagnostics, expected);
    }

    #[test]
    fn without_a_text_or_a_place() {
        let diagnostics = |_: &[Place]| {
            let asset = Diagnostic::error("big", Place::new(&"a:b.jpg".into(), Default::default()), "9 MB");
            vec![Diagnostic { severity: Severity::Advice, ..asset }, Diagnostic::error("site", None, "all")]
        };
        check("", diagnostics, "::notice file=a%3Ab.jpg,title=folio big::9 MB\n::error title=folio site::all\n");
        check("", |_| Vec::new(), "");
    }
}
