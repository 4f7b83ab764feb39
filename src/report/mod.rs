//! Diagnostic -> text for people and for machines.

mod excerpt;
mod lines;

mod github;
mod human;
mod json;
mod sarif;
mod summary;

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::rule::Rule;
use crate::model::source::Sources;

use lines::Files;

pub use summary::summary;

/// For whom the report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, on a terminal.
    #[default]
    Human,
    /// For programs: one JSON object.
    Json,
    /// For GitHub Actions: workflow commands, which become annotations of the changed lines.
    Github,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Format; 4] = [Format::Human, Format::Json, Format::Github, Format::Sarif];

    /// Returns its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
        }
    }
}

/// What a report is made from besides the diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The texts, for lines, columns and excerpts.
    pub sources: &'a Sources,
    /// What is known of the codes, for [`Format::Sarif`].
    pub rules: &'a [Rule],
    /// The way from the top of the repository to the folder of the site, `/` at its end, for hosts that show files of the
    /// repository: [`Format::Github`] and [`Format::Sarif`]. Empty where they are the same.
    pub prefix: &'a str,
    /// Whether there are colours, in [`Format::Human`].
    pub colour: bool,
}

impl<'a> Around<'a> {
    /// Returns what is needed at least.
    pub const fn of(sources: &'a Sources) -> Around<'a> {
        Around { sources, rules: &[], prefix: "", colour: false }
    }
}

/// Returns the diagnostics as text, in the order given: they are already sorted.
///
/// Lines and columns begin at 1, columns count characters.
/// Each line ends with `\n`. Without diagnostics, the forms for people and for
/// GitHub are empty, those for programs are whole.
pub fn text(format: Format, diagnostics: &[Diagnostic], around: &Around<'_>) -> String {
    let files = Files::of(diagnostics, around.sources);
    match format {
        Format::Human => human::text(diagnostics, &files, around.colour),
        Format::Json => json::text(diagnostics, &files),
        Format::Github => github::text(diagnostics, &files, around.prefix),
        Format::Sarif => sarif::text(diagnostics, &files, around),
    }
}

/// Returns where a diagnostic is, `content/a.md:5:37`, and the lines there with the fault underlined; `None` where it is about
/// the whole site or about a file that is no text.
pub fn excerpt(diagnostic: &Diagnostic, sources: &Sources) -> Option<(String, String)> {
    let files = Files::of(std::slice::from_ref(diagnostic), sources);
    human::excerpt_of(diagnostic, &files)
}

/// Returns how many there are of a severity.
fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|it| it.severity == severity).count()
}

/// Returns the text on one line and safe to show: what would steer a terminal has become a sign that can be seen.
///
/// Character for character, so columns stay what they were.
fn visible(text: &str) -> String {
    text.chars().map(sign).collect()
}

fn sign(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(character)).expect("each control has its picture"),
        '\x7F' => '\u{2421}',
        // C1 controls (some terminals obey them), line separators, and what turns the direction of writing.
        '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        _ => character,
    }
}

#[cfg(test)]
mod example {
    use crate::model::diagnostic::{Diagnostic, Place};
    use crate::model::source::{Source, Sources, Span};
    use std::sync::Arc;

    /// The file of the examples.
    pub(super) const PATH: &str = "content/a, b%/é.md";

    /// Reports what `diagnostics` makes of the places that stand between `‹` and `›` in the text of one file.
    pub(super) fn text(format: super::Format, marked: &str, diagnostics: fn(&[Place]) -> Vec<Diagnostic>) -> String {
        let (text, spans) = unmark(marked);
        let path: Arc<str> = PATH.into();
        let places: Vec<Place> = spans.into_iter().map(|it| Place::new(&path, it)).collect();
        let mut sources = Sources::default();
        sources.add(Source::new(path, text.into_bytes()));
        super::text(format, &diagnostics(&places), &super::Around::of(&sources))
    }

    /// Returns the text without its marks, and the spans that they mark, in order of their ends.
    pub(super) fn unmark(marked: &str) -> (String, Vec<Span>) {
        let (mut text, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
        for character in marked.chars() {
            match character {
                '‹' => open.push(text.len()),
                '›' => spans.push(Span::new(open.pop().expect("a mark was opened"), text.len())),
                _ => text.push(character),
            }
        }
        (text, spans)
    }
}
