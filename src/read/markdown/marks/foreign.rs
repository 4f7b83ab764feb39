//! Marks of other programs, which readers see: shortcodes, Liquid, attributes, admonitions, links of a wiki, formulas.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use memchr::{memchr_iter, memmem};
use pulldown_cmark::{Event, Tag};

use super::Marks;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::Span;
use crate::read::markdown::dollars;

/// How long a mark may be, in bytes.
const LONGEST: usize = 300;

/// The first words of admonitions, after `!!!`.
const ADMONITIONS: [&str; 20] = [
    "abstract",
    "attention",
    "bug",
    "caution",
    "danger",
    "error",
    "example",
    "failure",
    "help",
    "hint",
    "important",
    "info",
    "note",
    "question",
    "quote",
    "seealso",
    "success",
    "summary",
    "tip",
    "warning",
];

/// A mark, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sort {
    /// `{{< name >}}`, `{% name %}`
    Shortcode,
    /// `{{ name }}`
    Variable,
    /// `{: .lead}`, `{.lead}`
    Attributes,
    Contents,
    Admonition,
    Wiki,
    Formula,
    /// `import A from 'b'`, `{/* a */}`
    Script,
}

/// The marks of one name in a file.
#[derive(Debug)]
pub(super) struct Found {
    sort: Sort,
    shown: String,
    first: Span,
    count: usize,
}

/// A place where a mark may begin.
struct Candidate {
    at: usize,
    is_formula: bool,
}

/// Marks by name.
pub(super) type Foreign = BTreeMap<String, Found>;

impl<'t> Marks<'t, '_> {
    /// Looks for marks within lines: `{{ … }}`, `{% … %}`, `{: … }`, and formulas.
    pub(super) fn braces(&mut self, span: Span) {
        let part = self.written(span);
        let opens = |at: &usize| {
            part.as_bytes().get(at + 1).is_some_and(|it| b"{%:.#/".contains(it) || it.is_ascii_lowercase())
        };
        let mut candidates: Vec<Candidate> = memchr_iter(b'{', part.as_bytes())
            .filter(opens)
            .map(|at| Candidate { at: span.start + at, is_formula: false })
            .collect();
        if !self.settings.maths && memchr::memchr(b'$', part.as_bytes()).is_some() {
            let formulas = dollars::formulas(part).into_iter().filter(|it| is_clear(&part[it.start..it.end]));
            candidates.extend(formulas.map(|it| Candidate { at: span.start + it.start, is_formula: true }));
            candidates.sort_by_key(|it| it.at);
        }
        if candidates.is_empty() {
            return;
        }
        let mut candidates = candidates.into_iter().peekable();
        let mut passed = span.start;
        for (event, at) in self.events {
            let is_text = match event {
                Event::Text(_) => true,
                Event::Html(_) | Event::InlineHtml(_) => true,
                Event::Start(Tag::Link { dest_url: address, .. } | Tag::Image { dest_url: address, .. }) => {
                    address.contains("{{") || address.contains("{%")
                }
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => false,
                _ => continue,
            };
            if is_text && matches!(event, Event::Start(_))
                || !matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }))
            {
                while let Some(candidate) = candidates.next_if(|it| it.at < at.end) {
                    if is_text && candidate.at >= at.start && candidate.at >= passed {
                        let within = matches!(event, Event::Text(_));
                        passed = self.brace(&candidate, within).unwrap_or(passed);
                    }
                }
            }
        }
    }

    /// Looks at one candidate; returns the end of the mark.
    fn brace(&mut self, candidate: &Candidate, is_text: bool) -> Option<usize> {
        let at = candidate.at;
        if self.text[..at].ends_with('\\') {
            return None;
        }
        let rest = &self.text[at..self.text.floor_char_boundary((at + LONGEST).min(self.text.len()))];
        if candidate.is_formula {
            let end = dollars::formulas(rest).first().filter(|it| it.start == 0).map_or(1, |it| it.end);
            self.foreign(Sort::Formula, String::new(), Span::new(at, at + end));
            return Some(at + end);
        }
        let (sort, shown, length) = mark(rest, is_text)?;
        let is_placeholder = sort == Sort::Variable && self.settings.in_letter;
        if let Some(shown) = shown.filter(|_| !is_placeholder) {
            self.foreign(sort, shown, Span::new(at, at + length));
        }
        Some(at + length)
    }

    /// Looks at event `at`, whose text begins with `!!!`, `???`, `:::` or `[`.
    pub(super) fn block_mark(&mut self, at: usize) {
        let span = self.near(self.events[at].1.start);
        let line = self.written(span).trim_end();
        let span = Span::new(span.start, span.start + line.len());
        let begins_line = self.begins_line(at);
        let word = |it: &str| {
            it.trim_start_matches(['!', '?', ':', '+', ' ', '{', '['])
                .split(|it: char| !it.is_alphabetic())
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        if begins_line && (line.starts_with("!!! ") || line.starts_with("???")) && ADMONITIONS.contains(&&*word(line)) {
            self.foreign(Sort::Admonition, format!("{} {}", &line[..3], word(line)), span);
        } else if begins_line && line.starts_with(":::") && !word(line).is_empty() && line.len() < 100 {
            self.foreign(Sort::Admonition, format!("::: {}", word(line)), span);
        } else if line.starts_with('[') {
            self.bracket(span.start, line, begins_line);
        }
    }

    fn bracket(&mut self, start: usize, line: &str, begins_line: bool) {
        let is_contents = ["[toc]", "[[toc]]", "[[_toc_]]"].iter().any(|it| line.eq_ignore_ascii_case(it));
        if begins_line && is_contents {
            return self.foreign(Sort::Contents, line.to_owned(), Span::new(start, start + line.len()));
        }
        let Some((name, after)) = line.strip_prefix("[[").and_then(|it| it.split_once("]]")) else { return };
        let is_name = name.starts_with(|it: char| it.is_alphabetic())
            && name.chars().count() > 1
            && !name.contains(['[', ']', '"', '`', '(', ';', '='])
            && !name.contains(", ");
        if is_name && !after.starts_with(['(', '[', ']']) {
            self.foreign(Sort::Wiki, "[[…]]".to_owned(), Span::new(start, start + name.len() + 4));
        }
    }

    /// Looks for lines of a program, as MDX has them above the text.
    pub(super) fn scripts(&mut self, span: Span) {
        let part = self.written(span);
        for at in memmem::find_iter(part.as_bytes(), b"import ") {
            if !part[..at].is_empty() && !part[..at].ends_with('\n') {
                continue;
            }
            let line = self.line(span.start + at);
            let text = self.written(line).trim_end_matches(';');
            let is_import = text.contains(" from '") || text.contains(" from \"");
            let event = self.events.partition_point(|it| it.1.start < line.start);
            let is_text =
                self.events.get(event).is_some_and(|it| matches!(it.0, Event::Start(Tag::Paragraph) | Event::Text(_)));
            if is_import && is_text && text.ends_with(['"', '\'']) {
                self.foreign(Sort::Script, "import … from …".to_owned(), line);
            }
        }
    }

    fn foreign(&mut self, sort: Sort, shown: String, span: Span) {
        self.seen = self.seen.max(span.end);
        match self.foreign.entry(shown) {
            Entry::Occupied(mut known) => known.get_mut().count += 1,
            Entry::Vacant(place) => {
                let shown = place.key().clone();
                place.insert(Found { sort, shown, first: span, count: 1 });
            }
        }
    }

    /// Reports what was found, once for each name.
    pub(super) fn report_foreign(&mut self) {
        for found in std::mem::take(&mut self.foreign).into_values() {
            let times = if found.count > 1 { format!(" ({} times in this file)", found.count) } else { String::new() };
            let message = match found.sort {
                Sort::Formula => format!("a formula is shown as it is written here{times}"),
                Sort::Script => format!("`{}` is a line of a program, and is shown as text{times}", found.shown),
                _ => format!("`{}` is a mark of another program, and is shown as text{times}", found.shown),
            };
            let place = Place::new(self.settings.path, found.first);
            self.found.push(Diagnostic::warning("foreign-mark", place, message).help(help(&found)));
        }
    }
}

fn help(found: &Found) -> String {
    let name = found.shown.trim_matches(['{', '}', '%', '<', '>', ' ']);
    match (found.sort, name) {
        (Sort::Shortcode, "figure" | "img" | "image") => "write `![what it shows](file.png)`",
        (Sort::Shortcode, "ref" | "relref" | "link" | "post_url") => "write `[text](@/posts/first.md)`",
        (Sort::Shortcode, "youtube" | "vimeo" | "tweet" | "x" | "instagram" | "gist") => "link to it: `[its title](https://…)`",
        (Sort::Shortcode, "highlight") => "put the code between two lines of three backticks",
        (Sort::Shortcode | Sort::Variable, _) if name.contains("baseurl") || name.contains("site.url") => {
            "take it out: a link begins with `@/` or `/`"
        }
        (Sort::Shortcode | Sort::Variable, _) => {
            "write it in Markdown or as a component of the theme; between backticks if it is meant as text"
        }
        (Sort::Attributes, _) => "take it out: the theme decides how a text looks",
        (Sort::Contents, _) => "take it out: the theme shows the contents of a page",
        (Sort::Admonition, _) => "write `> [!NOTE]`, and put `> ` before each line of the note",
        (Sort::Wiki, _) => "write `[text](page.md)`",
        (Sort::Formula, _) => "write it in words or signs, such as x², or show it as a picture with a text; `maths` in `site.toml` is for themes that draw formulas",
        (Sort::Script, _) => "take it out: Folio runs no scripts of a page",
    }
    .to_owned()
}

/// Returns what sort of mark a text begins with, how it is shown, and its length; shown is `None` for the end of another.
fn mark(rest: &str, is_text: bool) -> Option<(Sort, Option<String>, usize)> {
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")] {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let length = inner.find(close)?;
        let inner = inner[..length].trim_matches(['-', ' ', '\t', '\r', '\n']);
        let name: String =
            inner.chars().take_while(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '/' | '.')).collect();
        let is_end =
            inner.starts_with('/') || open == "{%" && (name.starts_with("end") || name == "else" || name == "elsif");
        let shown = (!is_end && !name.is_empty()).then(|| format!("{open} {name} {close}"));
        return Some((Sort::Shortcode, shown, open.len() + length + close.len()))
            .filter(|_| is_end || !name.is_empty());
    }
    if let Some(inner) = line.strip_prefix("{{") {
        let length = inner.find("}}")?;
        let name = inner[..length].trim_matches(['-', ' ', '{']);
        let is_name = name.starts_with(|it: char| it.is_alphabetic() || matches!(it, '_' | '$' | '.' | '#' | '/'));
        return is_name.then(|| (Sort::Variable, Some(format!("{{{{ {} }}}}", super::short(name))), length + 4));
    }
    if line.starts_with("{/*") {
        let length = rest.find("*/}")?;
        return Some((Sort::Script, Some("{/* … */}".to_owned()), length + 3));
    }
    let length = line.find('}')? + 1;
    let written = &line[..length];
    let inner = &written[1..length - 1];
    if matches!(inner.trim_start_matches(':').trim().to_lowercase().as_str(), "toc") && inner.starts_with(':') {
        return Some((Sort::Contents, Some(written.to_owned()), length));
    }
    let is_attribute = |it: &str| {
        let is_name = |it: &str| {
            it.starts_with(|it: char| it.is_alphabetic())
                && it.chars().all(|it| it.is_alphanumeric() || "-_:".contains(it))
        };
        it.strip_prefix(['.', '#']).is_some_and(is_name)
            || it.split_once('=').is_some_and(|(name, value)| is_name(name) && !value.is_empty())
    };
    let words = inner.strip_prefix(':').unwrap_or(inner);
    let is_all = !words.trim().is_empty() && words.split_ascii_whitespace().all(is_attribute);
    (is_text && is_all).then(|| (Sort::Attributes, Some(super::short(written)), length))
}

/// Returns whether a formula has a sign that no other text has.
fn is_clear(formula: &str) -> bool {
    let has_command = formula.split('\\').skip(1).any(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()));
    has_command || formula.contains(['^', '=']) || formula.contains("_{") || formula.starts_with("$$")
}
