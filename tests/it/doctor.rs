//! Broken front matter, as people make it: the line that is told, the code, and what the correction says.
//!
//! `doctor/*.txt` hold the cases. `### name` begins one, its file follows. `>>> 4 yaml-colon` is a fault that must be told at
//! line 4; the lines below it are what the author meant to stand there. `>>> 3-5` means that lines 3 to 5 are to be replaced,
//! `>>> 4@3-5` the same where the fault is at line 4, and `none` that nobody can know what was meant. `⇥` stands for a tab, `⍽` for
//! a space that does not break, `⌂` for a byte order mark, `␇` for a control character.

use folio::Memo;
use folio::model::diagnostic::{Diagnostic, Edit, Severity};
use folio::model::source::Source;
use serde_yaml::Value;

use crate::support::{BARE_THEME, SETTINGS, options, project};

mod corpus;
mod damage;
mod slips;
mod sound;

const PATH: &str = "content/pages/case.md";

/// Words of those who write parsers, which nobody else should have to read.
const JARGON: [&str; 9] =
    ["mapping", "scalar", "token", "flow", "anchor", "sequence", "indicator", "parse", "document start"];

/// Returns what is told of a file.
fn all(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let mut sources = project(&format!("{SETTINGS}{BARE_THEME}"));
    sources.add(Source::new(path, bytes.to_vec()));
    let found = folio::open(&sources, "site.toml", options(), &Memo::default()).diagnostics;
    found.into_iter().filter(|it| it.place.as_ref().is_some_and(|it| &*it.path == path)).collect()
}

/// Returns what is told of the form of a file's front matter.
fn told(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let of_form = |it: &Diagnostic| match it.code {
        "unknown-key" => it.severity == Severity::Error,
        "not-utf8" | "conflict-marker" | "duplicate-key" | "impossible-date" | "wrong-date" => true,
        code => code.starts_with("yaml-") || code.starts_with("front-matter-"),
    };
    all(path, bytes).into_iter().filter(of_form).collect()
}

/// Returns the text with every change made that a diagnostic holds, the same change once.
fn mended(text: &str, found: &[Diagnostic]) -> String {
    let mut edits: Vec<Edit> = found.iter().flat_map(|it| it.fix.clone()).collect();
    edits.sort();
    edits.dedup();
    for pair in edits.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "two changes of one place: {pair:?}\n{text}");
    }
    Edit::apply(&edits, text)
}

/// Returns the line of each diagnostic, from 1.
fn line_of(text: &str, diagnostic: &Diagnostic) -> usize {
    let start = diagnostic.place.as_ref().unwrap().span().start;
    text[..start].matches('\n').count() + 1
}

/// Returns the front matter as YAML.
fn front_matter(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let rest = text.strip_prefix("---\n").ok_or("does not begin with ---")?;
    let end = rest.find("\n---\n").map(|it| it + 1).or_else(|| rest.strip_suffix("---").map(str::len));
    serde_yaml::from_str(&rest[..end.ok_or("has no end")?]).map_err(|it| it.to_string())
}

#[derive(Clone, Debug)]
struct Case {
    name: String,
    lines: Vec<String>,
    faults: Vec<Fault>,
}

#[derive(Clone, Debug)]
struct Fault {
    line: usize,
    /// The lines that are replaced, from 1, both included.
    range: (usize, usize),
    code: String,
    meant: Option<Vec<String>>,
}

impl Case {
    fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// Returns the file as its author meant it; `None` where that is not known.
    fn meant(&self) -> Option<String> {
        let mut lines = self.lines.clone();
        for fault in self.faults.iter().rev() {
            lines.splice(fault.range.0 - 1..fault.range.1, fault.meant.clone()?);
        }
        Some(lines.join("\n") + "\n")
    }

    /// Returns the same in the middle of much that is right.
    fn in_the_middle(&self) -> Option<Case> {
        let begins = self.lines[0] == "---" && self.lines[1..].iter().any(|it| it == "---");
        if !begins
            || ["the first key", "two first keys"].iter().any(|it| self.name.starts_with(it))
            || self.faults.iter().any(|it| it.code.starts_with("front-"))
        {
            return None;
        }
        let mut case = self.clone();
        let close = 1 + case.lines[1..].iter().position(|it| it == "---").unwrap();
        case.lines.splice(close..close, BELOW.lines().map(str::to_owned));
        case.lines.splice(1..1, ABOVE.lines().map(str::to_owned));
        let more = ABOVE.lines().count();
        for fault in &mut case.faults {
            fault.line += more;
            fault.range = (fault.range.0 + more, fault.range.1 + more);
        }
        Some(case)
    }
}

/// Front matter in which nothing is wrong, in many of the ways in which it can be written.
const ABOVE: &str = "\
# What we know of it.
slug: a-long-one
x_list: [one, \"two: three\", 'four']
x_items:
- five: https://example.org/a:b
  six: \"It's \\\"so\\\"\"
- seven # a remark
x_text: |
  One line: two.

    - not an item
x_folded: >-
  All
  of it
x_further: A plain text
  that goes on
x_group: {a: 1, b: {c: \"d, e\"}}
x_lines: [
  one,
  two
]
x_empty:
x_quoted: 'It''s
  over two lines'";

const BELOW: &str = "\
y_items:
  - a: b
    c:
      - d
      - e
y_text: \"One: two\"
y_quoted: 'three'
y_list:
  - {f: g, h: \"i\"}
y_last: 2024-01-23";

fn cases() -> Vec<Case> {
    let files = [
        include_str!("doctor/bracket.txt"),
        include_str!("doctor/colon.txt"),
        include_str!("doctor/fence.txt"),
        include_str!("doctor/indent.txt"),
        include_str!("doctor/quote.txt"),
        include_str!("doctor/sign.txt"),
        include_str!("doctor/space.txt"),
        include_str!("doctor/value.txt"),
        include_str!("doctor/white.txt"),
    ];
    let signs = [('⇥', "\t"), ('⍽', "\u{a0}"), ('⌂', "\u{feff}"), ('␇', "\u{7}")];
    let mut cases: Vec<Case> = Vec::new();
    for text in files {
        let text = signs.iter().fold(text.to_owned(), |text, (sign, meant)| text.replace(*sign, meant));
        for text in format!("\n{text}").split("\n### ").skip(1) {
            let (name, text) = text.split_once('\n').unwrap();
            let (file, faults) = text.trim_end_matches('\n').split_once("\n>>> ").unwrap_or_else(|| panic!("{name}"));
            cases.push(Case {
                name: name.to_owned(),
                lines: file.split('\n').map(str::to_owned).collect(),
                faults: faults.split("\n>>> ").map(fault).collect(),
            });
        }
    }
    cases
}

fn fault(text: &str) -> Fault {
    let (head, meant) = text.split_once('\n').unwrap_or((text, ""));
    let mut words = head.split(' ');
    let place = words.next().unwrap();
    let (line, range) = place.split_once('@').unwrap_or((place.split('-').next().unwrap(), place));
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    let number = |it: &str| it.parse().unwrap_or_else(|_| panic!("{head}"));
    let code = words.next().unwrap().to_owned();
    let meant = match (words.next(), meant) {
        (Some("none"), _) => None,
        (_, "<nothing>") => Some(Vec::new()),
        (_, meant) => Some(meant.split('\n').map(str::to_owned).collect()),
    };
    Fault { line: number(line), range: (number(from), number(to)), code, meant }
}

/// What came of the cases.
#[derive(Debug, Default)]
struct Figures {
    faults: usize,
    possible: usize,
    corrected: usize,
    complaints: Vec<String>,
}

impl Figures {
    fn try_case(&mut self, case: &Case, text: &str, how: &str) {
        let name = format!("{} ({how})", case.name);
        let found = told(PATH, text.as_bytes());
        let lines: Vec<String> = found.iter().map(|it| format!("{} {}", line_of(text, it), it.code)).collect();
        let expected: Vec<String> = case.faults.iter().map(|it| format!("{} {}", it.line, it.code)).collect();
        self.faults += expected.len();
        if lines != expected {
            self.complaints.push(format!("{name}: told {lines:?}, not {expected:?}"));
            return;
        }
        for (diagnostic, fault) in found.iter().zip(&case.faults) {
            self.possible += usize::from(fault.meant.is_some());
            match (&fault.meant, diagnostic.fix.is_empty()) {
                (Some(_), false) => self.corrected += 1,
                (Some(_), true) => self.complaints.push(format!("{name}: line {} is not corrected", fault.line)),
                (None, false) => self.complaints.push(format!("{name}: {:?} can't be known", diagnostic.fix)),
                (None, true) => {}
            }
            let said = format!("{} {}", diagnostic.message, diagnostic.help.as_deref().unwrap_or_default());
            if let Some(word) = JARGON.iter().find(|it| said.contains(**it)) {
                self.complaints.push(format!("{name}: nobody knows {word:?}: {said}"));
            }
        }
        let after = mended(text, &found);
        self.says_what_was_meant(case, &name, &after);
        self.shows_what_it_does(&name, text, &found, &after);
    }

    /// All corrections together give what the author meant, in every key.
    fn says_what_was_meant(&mut self, case: &Case, name: &str, after: &str) {
        let Some(meant) = case.meant() else { return };
        let meant = front_matter(&meant).unwrap_or_else(|it| panic!("{name}: {it}\n{meant}"));
        match front_matter(after) {
            Ok(now) if now == meant => {}
            Ok(now) => self.complaints.push(format!("{name}: says {now:?}\nnot {meant:?}")),
            Err(error) => self.complaints.push(format!("{name}: {error}\n{after}")),
        }
        let left = told(PATH, after.as_bytes());
        if !left.is_empty() {
            self.complaints.push(format!("{name}: mended, but still told: {left:?}\n{after}"));
        }
    }

    /// What the help shows is what the change does.
    fn shows_what_it_does(&mut self, name: &str, text: &str, found: &[Diagnostic], after: &str) {
        let of_lines =
            |it: &&Diagnostic| it.code.starts_with("yaml-") && it.fix.len() == 1 && !it.fix[0].text.contains('\n');
        for diagnostic in found.iter().filter(of_lines) {
            let help = diagnostic.help.as_deref().unwrap_or_default();
            // Lines are as many before as after, where no change has an end of line.
            let at = text[..diagnostic.fix[0].span.start].matches('\n').count();
            let same = found.iter().all(|it| it.fix.iter().all(|it| !it.text.contains('\n')));
            let line = after.lines().nth(at).unwrap_or_default().trim_end();
            if same && !help.contains(line) {
                self.complaints.push(format!("{name}: shows {help:?}, but writes {line:?}"));
            }
        }
    }
}

#[test]
fn mistakes_are_told_at_their_line_and_corrected() {
    let cases = cases();
    let mut figures = Figures::default();
    for case in &cases {
        let text = case.text();
        figures.try_case(case, &text, "as it is");
        figures.try_case(case, &text.replace('\n', "\r\n"), "with CRLF");
        figures.try_case(case, &format!("\u{feff}{text}"), "with a byte order mark");
        if let Some(case) = case.in_the_middle() {
            figures.try_case(&case, &case.text(), "in the middle");
            figures.try_case(&case, &case.text().replace('\n', "\r\n"), "in the middle, with CRLF");
        }
    }
    let Figures { faults, possible, corrected, complaints } = figures;
    assert!(complaints.is_empty(), "{} of {faults}\n{}", complaints.len(), complaints.join("\n"));
    assert_eq!((cases.len(), faults, possible, corrected), (206, 1021, 881, 881));
}
