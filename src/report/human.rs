//! Diagnostics for people: what is wrong, where, and what to do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::Renderer;
use annotate_snippets::renderer::{AnsiColor, Effects, Style};

use super::excerpt::{self, Mark, excerpt};
use super::lines::Files;
use super::{count, visible};
use crate::model::diagnostic::{Diagnostic, Place, Severity};

/// With more diagnostics than this, it is said where to start.
const MANY: usize = 20;

/// Returns each diagnostic with its excerpts, then how many there are.
pub(super) fn text(diagnostics: &[Diagnostic], files: &Files, colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let look = Look::new(colour);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out += &one(diagnostic, files, &look);
        out.push('\n');
    }
    if diagnostics.len() > MANY {
        out += &by_code(diagnostics, &look);
    }
    out + &summary(diagnostics, &look)
}

/// Returns one diagnostic: the message, its place, related places that are not near it, and the help.
fn one(diagnostic: &Diagnostic, files: &Files, look: &Look) -> String {
    let label = paint(look.of(diagnostic.severity), &label(diagnostic.severity, diagnostic.code));
    let mut out = format!("{label}{}\n", paint(look.strong, &format!(": {}", visible(&diagnostic.message))));

    let (near, far): (Vec<_>, Vec<_>) = diagnostic.related.iter().partition(|it| is_near(diagnostic, &it.0, files));
    if let Some(place) = &diagnostic.place {
        let mut marks = vec![Mark::fault(place.span())];
        marks.extend(near.iter().map(|it| Mark::related(it.0.span(), &it.1)));
        out += &located(place, &marks, diagnostic.severity, files, look);
    }
    for (place, word) in far {
        out += &worded("note", look.note, word);
        out += &located(place, &[Mark::related(place.span(), "")], diagnostic.severity, files, look);
    }
    if let Some(help) = &diagnostic.help {
        out += &worded("help", look.help, help);
    }
    out
}

/// Returns whether a related place may stand in the excerpt of the fault.
fn is_near(diagnostic: &Diagnostic, related: &Place, files: &Files) -> bool {
    let place = diagnostic.place.as_ref().filter(|it| it.path == related.path);
    let regions = place.and_then(|it| files.region(it)).zip(files.region(related));
    regions.is_some_and(|(fault, related)| excerpt::is_near(fault, related))
}

fn label(severity: Severity, code: &str) -> String {
    format!("{}[{code}]", severity.name())
}

/// Returns `  help: the words`; more lines of words stand under the first.
fn worded(label: &str, style: Style, words: &str) -> String {
    let indent = format!("\n  {}", " ".repeat(label.len() + 2));
    let words: Vec<String> = words.trim_end().lines().map(visible).collect();
    format!("  {} {}\n", paint(style, &format!("{label}:")), words.join(&indent))
}

/// Returns `--> path:line:column` and the excerpt; of a file without text only its path.
fn located(place: &Place, marks: &[Mark], severity: Severity, files: &Files, look: &Look) -> String {
    let start = format!("  {} {}", paint(look.frame, "-->"), visible(&place.path));
    match (files.lines(place), files.region(place)) {
        (Some(lines), Some(region)) => {
            let excerpt = excerpt(lines, marks, severity, &look.renderer);
            format!("{start}:{}:{}\n{excerpt}", region.line, region.column)
        }
        _ => format!("{start}\n"),
    }
}

/// Returns the place of a diagnostic and its excerpt, without colours.
pub(super) fn excerpt_of(diagnostic: &Diagnostic, files: &Files) -> Option<(String, String)> {
    let place = diagnostic.place.as_ref()?;
    let (lines, region) = (files.lines(place)?, files.region(place)?);
    let look = Look::new(false);
    let excerpt = excerpt(lines, &[Mark::fault(place.span())], diagnostic.severity, &look.renderer);
    Some((format!("{}:{}:{}", visible(&place.path), region.line, region.column), excerpt))
}

/// Returns how often each code comes, errors first and the most frequent first, and which one to start with.
fn by_code(diagnostics: &[Diagnostic], look: &Look) -> String {
    let mut counts = BTreeMap::new();
    for it in diagnostics {
        *counts.entry((it.severity, it.code)).or_insert(0_usize) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, _), count)| (*severity, Reverse(*count)));

    let row = |((severity, code), count): &((Severity, &str), usize)| {
        format!("{count:>7}  {}\n", paint(look.of(*severity), &label(*severity, code)))
    };
    let rows: String = counts.iter().map(row).collect();
    let ((_, code), _) = counts[0];
    format!("{rows}\nstart with `{code}`; `folio explain {code}` says more\n")
}

/// Returns `2 errors, 1 warning in 2 files`.
fn summary(diagnostics: &[Diagnostic], look: &Look) -> String {
    let some = |severity, one: &str, many: &str| {
        let count = count(diagnostics, severity);
        (count > 0).then(|| paint(look.of(severity), &format!("{count} {}", if count == 1 { one } else { many })))
    };
    let counts = [
        some(Severity::Error, "error", "errors"),
        some(Severity::Warning, "warning", "warnings"),
        some(Severity::Advice, "piece of advice", "pieces of advice"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let files: BTreeSet<&str> = diagnostics.iter().filter_map(|it| Some(&*it.place.as_ref()?.path)).collect();
    let files = match files.len() {
        0 => String::new(),
        1 => " in 1 file".to_owned(),
        many => format!(" in {many} files"),
    };
    format!("{}{files}\n", counts.join(", "))
}

/// The colours: the fault is loud, what frames it is quiet.
struct Look {
    error: Style,
    warning: Style,
    advice: Style,
    strong: Style,
    frame: Style,
    note: Style,
    help: Style,
    renderer: Renderer,
}

impl Look {
    fn new(colour: bool) -> Look {
        let style = |it: Style| if colour { it } else { Style::new() };
        let bold = |colour: AnsiColor| style(colour.on_default().effects(Effects::BOLD));
        let frame = style(Style::new().effects(Effects::DIMMED));
        let (error, warning, advice) = (bold(AnsiColor::BrightRed), bold(AnsiColor::Yellow), bold(AnsiColor::Cyan));
        let note = bold(AnsiColor::BrightBlue);
        // Lines are cut before they are drawn.
        let renderer = Renderer::plain().term_width(10 * excerpt::WIDTH);
        Look {
            error,
            warning,
            advice,
            strong: style(Style::new().effects(Effects::BOLD)),
            frame,
            note,
            help: bold(AnsiColor::Green),
            renderer: renderer.error(error).warning(warning).info(advice).line_num(frame).context(note),
        }
    }

    fn of(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Advice => self.advice,
        }
    }
}

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::{Sources, Span};
    use crate::report::{Around, Format, example};

    fn check(marked: &str, diagnostics: fn(&[Place]) -> Vec<Diagnostic>, expected: &str) {
        let made = example::text(Format::Human, marked, diagnostics);
        assert_eq!(made, expected.strip_prefix('\n').unwrap_or(expected), "made:\n{made}");
    }

    /// Reports every marked part by itself.
    fn each(places: &[Place]) -> Vec<Diagnostic> {
        places.iter().map(|it| Diagnostic::error("here", it.clone(), "this is it")).collect()
    }

    /// Reports the last marked part, with all before it as related.
    fn last(places: &[Place]) -> Vec<Diagnostic> {
        let (place, related) = places.split_last().unwrap();
        let fault = Diagnostic::warning("here", place.clone(), "this is it");
        vec![related.iter().fold(fault, |fault, it| fault.see(it.clone(), "and this"))]
    }

    #[test]
    fn message_place_excerpt_help() {
        let diagnostics = |places: &[Place]| {
            let fault = Diagnostic::error("broken-link", places[0].clone(), "`@/posts/gone.md` leads nowhere");
            vec![fault.help("links with `@/` start at `content/`,\nothers at the file:\n    ../gone.md\n")]
        };
        let text = "---\ntitle: First\n---\n\nSee [second](@/posts/second.md) and [gone](‹@/posts/gone.md›).\n";
        let expected = r"
error[broken-link]: `@/posts/gone.md` leads nowhere
  --> content/a, b%/é.md:5:44
   5 | See [second](@/posts/second.md) and [gone](@/posts/gone.md).
     |                                            ^^^^^^^^^^^^^^^
  help: links with `@/` start at `content/`,
        others at the file:
            ../gone.md

1 error in 1 file
";
        check(text, diagnostics, expected);
    }

    #[test]
    fn the_underline_stands_under_wide_characters_and_tabs() {
        let expected = "
error[here]: this is it
  --> content/a, b%/é.md:1:7
   1 |     日本 e\u{301}[文](x)
     |           ^^^^

error[here]: this is it
  --> content/a, b%/é.md:2:7
   2 | 👩👩👧 x
     |        ^

2 errors in 1 file
";
        check("\t日本 e\u{301}‹[文]›(x)\r\n👩\u{200D}👩\u{200D}👧 ‹x›\r\n", each, expected);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let diagnostics = |places: &[Place]| {
            let fault = Diagnostic::error("odd", places[0].clone(), "`\x1B[2J` and\n\u{9B}2J");
            vec![fault.help("\x1B]8;;x\x07\nmore").see(Place::new(&"\x1B/\u{202E}".into(), Span::default()), "\x1B")]
        };
        let expected = "
error[odd]: `␛[2J` and \u{FFFD}2J
  --> content/a, b%/é.md:1:2
   1 | a␛[31m\u{FFFD}red␀
     |  ^
  note: ␛
  --> ␛/\u{FFFD}
  help: ␛]8;;x␇
        more

1 error in 1 file
";
        check("a‹\x1B›[31m\u{2066}red\0\n", diagnostics, expected);
    }

    #[test]
    fn a_long_line_is_cut_around_the_fault() {
        let expected = "
error[here]: this is it
  --> content/a, b%/é.md:1:1
   1 | start and on and on and on and on and on and on and on and on and on and on and on and on and on and…
     | ^^^^^

error[here]: this is it
  --> content/a, b%/é.md:1:287
   1 | …d on and on and on and on and on and on middle and on and on and on and on and on and on and on and …
     |                                          ^^^^^^

error[here]: this is it
  --> content/a, b%/é.md:1:574
   1 | …d on and on and on and on and on and on and on and on and on and on and on and on and on and on end.
     |                                                                                                  ^^^

3 errors in 1 file
";
        let on = " and on".repeat(40);
        check(&format!("‹start›{on} ‹middle›{on} ‹end›.\n"), each, expected);
    }

    #[test]
    fn what_is_marked_over_lines_is_underlined_line_by_line() {
        let expected = "
error[here]: this is it
  --> content/a, b%/é.md:1:10
   1 | - A link [over
     |          ^^^^^
   2 |   lines](over.md), and more
     |   ^^^^^^^^^^^^^^^

error[here]: this is it
  --> content/a, b%/é.md:4:1
   4 | ```chart
     | ^^^^^^^^

2 errors in 1 file
";
        let text = "- A link ‹[over\n  lines](over.md)›, and more\n\n‹```chart\na: 1\nb: 2\n```\n›";
        check(text, each, expected);
    }

    #[test]
    fn what_is_related_stands_in_the_same_excerpt_where_it_is_near() {
        let expected = "
warning[here]: this is it
  --> content/a, b%/é.md:4:1
   2 | slug: one
     | ---- and this
   3 | title: First
   4 | slug: two
     | ^^^^
  note: and this
  --> content/a, b%/é.md:9:1
   9 | far
     | ---

1 warning in 1 file
";
        let diagnostics = |places: &[Place]| {
            let [near, fault, far] = places else { panic!("three places") };
            last(&[near.clone(), far.clone(), fault.clone()])
        };
        check("---\n‹slug›: one\ntitle: First\n‹slug›: two\n---\n\n\n\n‹far›\n", diagnostics, expected);
        let expected = "
warning[here]: this is it
  --> content/a, b%/é.md:1:9
   1 | one and two
     | ---     ^^^
     | |
     | and this

1 warning in 1 file
";
        check("‹one› and ‹two›\n", last, expected);
    }

    #[test]
    fn a_place_may_be_missing_or_blank() {
        let diagnostics = |places: &[Place]| {
            vec![
                Diagnostic::error("blank", places[0].clone(), "nothing is written here"),
                Diagnostic::warning("big", Place::new(&"content/a.jpg".into(), Span::new(0, 9)), "it is 9 MB"),
                Diagnostic { severity: Severity::Advice, ..Diagnostic::error("site", None, "it has no title") },
            ]
        };
        let expected = "
error[blank]: nothing is written here
  --> content/a, b%/é.md:2:1

warning[big]: it is 9 MB
  --> content/a.jpg

advice[site]: it has no title

1 error, 1 warning, 1 piece of advice in 2 files
";
        check("---\n‹›\n---\n", diagnostics, expected);
        check("", |_| Vec::new(), "");
    }

    #[test]
    fn many_are_counted_by_code() {
        let diagnostics = |_: &[Place]| {
            let some = |code, count| std::iter::repeat_n(Diagnostic::warning(code, None, "so"), count);
            let error = Diagnostic::error("rare", None, "so");
            some("often", 12).chain(some("more-often", 18)).chain([error]).collect()
        };
        let made = example::text(Format::Human, "", diagnostics);
        let expected = "

      1  error[rare]
     18  warning[more-often]
     12  warning[often]

start with `rare`; `folio explain rare` says more
1 error, 30 warnings
";
        assert_eq!(made.split_once("error[rare]: so\n").unwrap().1, expected.strip_prefix('\n').unwrap());
    }

    #[test]
    fn colours_come_only_when_asked_for() {
        let diagnostics = [Diagnostic::error("here", None, "this is it").help("so")];
        let sources = Sources::default();
        let made = crate::report::text(Format::Human, &diagnostics, &Around { colour: true, ..Around::of(&sources) });
        assert!(made.starts_with("\x1B[1m\x1B[91merror[here]\x1B[0m\x1B[1m: this is it\x1B[0m\n"), "{made:?}");
        let made = crate::report::text(Format::Human, &diagnostics, &Around::of(&sources));
        assert!(!made.contains('\x1B'), "{made:?}");
    }
}
