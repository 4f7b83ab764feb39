//! What begins a line and was to be a heading or an item of a list.

use super::{Marks, short};
use crate::model::diagnostic::Edit;
use crate::model::source::Span;

/// Spaces that Markdown does not know: of the keyboard of a Mac, of Word, of an input method.
const SPACES: [char; 7] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{2009}', '\u{2002}', '\u{200b}', '\u{3000}'];

/// What Word and others put before the items of a list.
const BULLETS: [char; 10] = ['·', '•', '▪', '◦', '‣', '●', '○', '■', '\u{f0b7}', '・'];

/// What begins a line and was to be a mark.
#[derive(Clone, Copy, PartialEq)]
enum Mark<'t> {
    /// `##`, then a letter or a space that Markdown does not know.
    Heading(&'t str),
    /// `-`, `*`, `+`
    Hyphen(&'t str),
    /// `1.`, `1)`
    Number(&'t str),
    /// `•`
    Bullet(&'t str),
}

/// A line that begins with such a mark.
struct Line<'t> {
    mark: Mark<'t>,
    /// The white space after the mark, and the words.
    gap: &'t str,
    words: &'t str,
    span: Span,
}

impl<'t> Marks<'t, '_> {
    /// Looks at event `at`, which begins a line.
    pub(super) fn item(&mut self, at: usize) {
        let span = self.line(self.events[at].1.start);
        let Some(line) = self.read(span) else { return };
        match line.mark {
            Mark::Heading(_) => self.heading(at, &line),
            _ => self.list(at, line),
        }
    }

    fn read(&self, span: Span) -> Option<Line<'t>> {
        let text = self.written(span);
        let mark = mark(text)?;
        let (Mark::Heading(sign) | Mark::Hyphen(sign) | Mark::Number(sign) | Mark::Bullet(sign)) = mark;
        let rest = &text[sign.len()..];
        let words = rest.trim_start_matches(|it: char| it.is_whitespace() || SPACES.contains(&it));
        let gap = &rest[..rest.len() - words.len()];
        Some(Line { mark, gap, words, span }).filter(|it| !it.words.is_empty())
    }

    /// `##Heading`
    fn heading(&mut self, at: usize, line: &Line<'_>) {
        let Mark::Heading(hashes) = line.mark else { return };
        let level = hashes.chars().count();
        let is_alone =
            self.lines(at).take(2).count() == 1 && at.checked_sub(1).is_none_or(|it| is_start(&self.events[it].0));
        let is_odd_space = !line.gap.is_empty();
        let is_ascii = hashes.starts_with('#');
        if !is_odd_space && level == 1 && is_ascii && !(is_alone && is_title(line.words)) {
            return;
        }
        if level > 6
            || !is_odd_space && !line.words.starts_with(|it: char| it.is_alphanumeric() || "*`\"“[(".contains(it))
        {
            return;
        }
        let meant = format!("{} {}", "#".repeat(level), line.words);
        let reason = match (is_odd_space, is_ascii) {
            (true, _) => format!("the space after `{hashes}` is not an ordinary one"),
            (_, false) => format!("`{hashes}` is not the sign that Markdown knows"),
            _ => format!("there is no space after `{hashes}`"),
        };
        let message = format!("`{}` is no heading: {reason}", short(self.written(line.span)));
        let head = Span::new(line.span.start, line.span.end - line.words.len());
        // `#Words` may be a tag as others write it.
        let sure = level > 1 || is_odd_space;
        let fix = if sure { vec![Edit::new(head, format!("{} ", "#".repeat(level)))] } else { Vec::new() };
        self.report(line.span, message, format!("write `{}`", short(&meant)), fix);
    }

    /// `-item`, `• item`
    fn list(&mut self, at: usize, first: Line<'t>) {
        let same = |one: Mark<'_>, other: Mark<'_>| match (one, other) {
            (Mark::Number(one), Mark::Number(other)) => number(other) == number(one) + 1,
            (one, other) => one == other,
        };
        let mut lines = vec![first];
        for span in self.lines(at).skip(1) {
            let last = lines[lines.len() - 1].mark;
            match self.read(span).filter(|it| same(last, it.mark)) {
                Some(line) => lines.push(line),
                None => break,
            }
        }
        self.lines_seen = lines[lines.len() - 1].span.end;
        if !is_list(&lines) {
            return;
        }
        let is_odd_space = !lines[0].gap.is_empty();
        let (reason, meant) = match lines[0].mark {
            Mark::Bullet(sign) => (format!("Markdown does not know `{sign}`"), "-"),
            Mark::Hyphen(sign) | Mark::Number(sign) | Mark::Heading(sign) if is_odd_space => {
                (format!("the space after `{sign}` is not an ordinary one"), sign)
            }
            Mark::Hyphen(sign) | Mark::Number(sign) | Mark::Heading(sign) => {
                (format!("there is no space after `{sign}`"), sign)
            }
        };
        let span = Span::new(lines[0].span.start, lines[lines.len() - 1].span.end);
        let what = if lines.len() == 1 { "this is no list" } else { "these lines are no list" };
        let message = format!("{what}: {reason}");
        let help =
            format!("write `{meant} {}`{}", short(lines[0].words), if lines.len() == 1 { "" } else { ", and so on" });
        let edit = |it: &Line<'_>| {
            let sign = match it.mark {
                Mark::Bullet(_) => "-",
                Mark::Heading(sign) | Mark::Hyphen(sign) | Mark::Number(sign) => sign,
            };
            Edit::new(Span::new(it.span.start, it.span.end - it.words.len()), format!("{sign} "))
        };
        let fix = if is_sure(&lines) { lines.iter().map(edit).collect() } else { Vec::new() };
        let end = span.end;
        self.report(lines[0].span, message, help, fix);
        self.seen = self.seen.max(end);
    }
}

fn is_start(event: &pulldown_cmark::Event<'_>) -> bool {
    matches!(event, pulldown_cmark::Event::Start(_) | pulldown_cmark::Event::End(_))
}

fn number(sign: &str) -> u64 {
    sign.trim_end_matches(['.', ')']).parse().unwrap_or(0)
}

/// Returns the mark at the start of a line that has no ordinary space after it.
fn mark(text: &str) -> Option<Mark<'_>> {
    let first = text.chars().next()?;
    let length = match first {
        '#' | '＃' => text.len() - text.trim_start_matches(first).len(),
        '-' | '+' | '*' => 1,
        '0'..='9' => text.bytes().take_while(u8::is_ascii_digit).count() + 1,
        it if BULLETS.contains(&it) => it.len_utf8(),
        _ => return None,
    };
    let sign = text.get(..length)?;
    let is_close = !text[length..].starts_with([' ', '\t']);
    match first {
        '#' | '＃' => is_close.then_some(Mark::Heading(sign)),
        '-' | '+' | '*' => is_close.then_some(Mark::Hyphen(sign)),
        '0'..='9' => (is_close && length < 5 && sign.ends_with(['.', ')'])).then_some(Mark::Number(sign)),
        _ => Some(Mark::Bullet(sign)),
    }
}

/// Returns whether `#Words` is a heading, not a tag as people write it in other places: `#housing`, `#OpenGov`, `#1`.
fn is_title(words: &str) -> bool {
    let is_camel = |it: &str| it.chars().skip(1).any(char::is_uppercase);
    let first = words.split_whitespace().next().unwrap_or_default();
    words.starts_with(char::is_uppercase)
        && !is_camel(first)
        && words.contains(' ')
        && !words.contains('#')
        && !words.ends_with(['.', '!', '?', ':', ',', ';'])
        && words.len() < 100
}

/// Returns whether lines that begin with one sign are items of a list.
fn is_list(lines: &[Line<'_>]) -> bool {
    let first = &lines[0];
    let letters = first.words.chars().take_while(|it| it.is_alphabetic()).count();
    match first.mark {
        Mark::Bullet(_) => true,
        // `-5 degrees`, `-v`, `+44`, `*Without VAT`: a sign, a switch, a number, a note.
        Mark::Hyphen("-") if first.gap.is_empty() => {
            lines.iter().all(|it| it.words.starts_with(char::is_alphabetic))
                && letters > 1
                && (lines.len() > 1 || is_lower(first.words))
        }
        Mark::Hyphen(_) if first.gap.is_empty() => {
            lines.len() > 1 && letters > 1 && lines.iter().all(|it| it.words.starts_with(char::is_alphabetic))
        }
        Mark::Number(sign) if first.gap.is_empty() => {
            letters > 1 && (lines.len() > 1 || number(sign) == 1) && !first.words.contains("://")
        }
        // `1. May` may have a space that keeps it on one line.
        Mark::Number(sign) => lines.len() > 1 || number(sign) == 1 && letters > 1,
        Mark::Hyphen(_) | Mark::Heading(_) => true,
    }
}

fn is_lower(words: &str) -> bool {
    words.starts_with(char::is_lowercase) && words.contains(' ')
}

/// Returns whether nothing but a list can be meant.
fn is_sure(lines: &[Line<'_>]) -> bool {
    let first = &lines[0];
    match first.mark {
        // `• one • two`
        Mark::Bullet(sign) => !lines.iter().any(|it| it.words.contains(sign)),
        Mark::Hyphen("*") => false,
        _ => lines.len() > 1 || matches!(first.mark, Mark::Hyphen(_)) && !first.gap.is_empty(),
    }
}
