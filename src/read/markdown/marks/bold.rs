//! `**`, `__` and `~~` that mark nothing, because a space or a sign is in the way.

use memchr::memmem;
use pulldown_cmark::Event;

use super::{FARTHEST, Marks, is_inline, is_spaceless, short};
use crate::model::diagnostic::Edit;
use crate::model::source::Span;

/// Two of these in a row begin and end what is bold or struck out.
const SIGNS: [u8; 3] = *b"*_~";

/// Where a bold text begins with a space, its mark is in the middle of a text.
const SPACED: [&str; 3] = [" ** ", " __ ", " ~~ "];

/// Returns whether a text has marks with spaces around them.
pub(super) fn spaced(text: &str) -> bool {
    SPACED.iter().any(|it| memmem::find(text.as_bytes(), it.as_bytes()).is_some())
}

/// What two marks hold between them, and what is around them.
struct Pair<'t> {
    mark: &'t str,
    before: Option<char>,
    inner: &'t str,
    after: Option<char>,
}

/// What is wrong with a pair of marks: the reason, what it should be, and whether that is sure.
struct Wrong {
    reason: &'static str,
    meant: Option<String>,
    sure: bool,
}

impl Marks<'_, '_> {
    /// Looks for marks with spaces around them within the text of event `at`.
    pub(super) fn spaced(&mut self, at: usize) {
        let span = self.events[at].1;
        let text = self.written(span);
        for mark in SPACED {
            for found in memmem::find_iter(text.as_bytes(), mark.as_bytes()) {
                if span.start + found >= self.seen {
                    self.pair(at, span.start + found + 1);
                }
            }
        }
    }

    /// Looks at the mark at `start`, in event `at`; returns whether it was reported.
    pub(super) fn pair(&mut self, at: usize, start: usize) -> bool {
        if start < self.seen || self.run(start) != 2 {
            return false;
        }
        let inner = start + 2;
        let block = Span::new(inner, self.end_of_block(at).max(inner));
        let mark = &self.text[start..inner];
        let Some(close) = self.next_mark(block, mark) else {
            return self.alone(at, start, block);
        };
        if !self.is_text(at, close) {
            return false;
        }
        let pair = Pair {
            mark,
            before: self.text[..start].chars().next_back(),
            inner: &self.text[inner..close],
            after: self.text[close + 2..].chars().next(),
        };
        let Some(wrong) = pair.wrong() else { return false };
        let span = Span::new(start, close + 2);
        let what = if mark == "~~" { "struck out" } else { "bold" };
        let message = format!("`{}` is not {what}: {}", short(self.written(span)), wrong.reason);
        let help = match &wrong.meant {
            Some(meant) => {
                let after = &self.text[span.end..];
                let word = after.find(char::is_whitespace).unwrap_or(after.len());
                format!("write `{}`", short(&format!("{}{}", meant.trim_start(), &after[..word])).trim_end())
            }
            None => format!("put a space before the first `{mark}` and after the last, and none inside"),
        };
        let fix = wrong.meant.filter(|_| wrong.sure).map(|it| vec![Edit::new(span, it)]);
        self.report(span, message, help, fix.unwrap_or_default());
        true
    }

    /// Returns how many of one sign stand in a row at `start`; 0 within a row.
    fn run(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let sign = bytes[start];
        match SIGNS.contains(&sign) && start.checked_sub(1).is_none_or(|it| bytes[it] != sign) {
            true => bytes[start..].iter().take_while(|it| **it == sign).count(),
            false => 0,
        }
    }

    fn next_mark(&self, block: Span, mark: &str) -> Option<usize> {
        let places = memmem::find_iter(self.written(block).as_bytes(), mark.as_bytes()).map(|it| it + block.start);
        places.take(FARTHEST).find(|it| self.run(*it) == 2)
    }

    /// Returns where the block ends in which event `at` stands, as far as that is gone to.
    fn end_of_block(&self, at: usize) -> usize {
        let mut depth = 0usize;
        let mut end = self.events[at].1.end;
        for (event, span) in self.events[at..].iter().take(FARTHEST) {
            match event {
                Event::Start(tag) if !is_inline(tag.to_end()) => break,
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            end = end.max(span.end);
        }
        end
    }

    /// Reports a mark that begins a word and has no second, where it can't be the sign of a note.
    fn alone(&mut self, at: usize, start: usize, block: Span) -> bool {
        let is_begun = self.text[..start].ends_with(' ') && !self.begins_line(at);
        let word = self.written(block);
        if !is_begun || !word.starts_with(char::is_alphabetic) || self.text.as_bytes()[start] != b'*' {
            return false;
        }
        let span = Span::new(start, start + 2 + word.find(char::is_whitespace).unwrap_or(word.len()));
        let message = format!("`{}` begins bold text that has no end", short(self.written(span)));
        self.report(
            span,
            message,
            "write `**` where the bold text ends, or `\\*\\*` for two asterisks".to_owned(),
            Vec::new(),
        );
        true
    }
}

impl Pair<'_> {
    /// Returns why the two marks are text, where they were surely meant to be marks.
    fn wrong(&self) -> Option<Wrong> {
        let words = self.inner.trim();
        let (Some(first), Some(last)) = (words.chars().next(), words.chars().next_back()) else { return None };
        if self.inner.contains('`') || words.len() > 400 {
            return None;
        }
        match (self.inner.starts_with(char::is_whitespace), self.inner.ends_with(char::is_whitespace)) {
            (false, false) => self.sign_in_the_way(words, first, last),
            spaces if has_word(words) => self.space_in_the_way(words, first, last, spaces),
            _ => None,
        }
    }

    /// `**Note:**text`
    fn sign_in_the_way(&self, words: &str, first: char, last: char) -> Option<Wrong> {
        let mark = self.mark;
        let is_joined = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        if !last.is_alphanumeric() && is_joined(self.after) && !is_joined(self.before.filter(|it| !is_spaceless(*it))) {
            let reason = "a space is missing after it";
            // Where words have no spaces between them, the sign goes out of the bold text.
            if self.after.is_some_and(is_spaceless) || is_spaceless(last) {
                let (inner, end) = words.split_at(words.len() - last.len_utf8());
                let opening = inner.strip_prefix(first).filter(|_| !first.is_alphanumeric());
                let meant = match opening {
                    Some(inner) => format!("{first}{mark}{inner}{mark}{end}"),
                    None => format!("{mark}{inner}{mark}{end}"),
                };
                let reason = "its end must not stand between a sign and a letter";
                return Some(Wrong { reason, meant: Some(meant), sure: false });
            }
            let sure = matches!(last, ':' | '.' | ',' | ';' | '!' | '?') && first.is_alphanumeric();
            return (first.is_alphanumeric() || "\"'(“‘".contains(first)).then(|| Wrong {
                reason,
                meant: Some(format!("{mark}{words}{mark} ")),
                sure,
            });
        }
        let closing = match first {
            '(' => ')',
            '[' => ']',
            '"' => '"',
            '“' => '”',
            '「' => '」',
            '『' => '』',
            '（' => '）',
            '【' => '】',
            '《' => '》',
            _ => return None,
        };
        let inner = words.strip_prefix(first)?.strip_suffix(closing)?;
        is_joined(self.before).then(|| match is_spaceless(first) {
            true => Wrong {
                reason: "its beginning must not stand between a letter and a sign",
                meant: Some(format!("{first}{mark}{inner}{mark}{closing}")),
                sure: false,
            },
            false => Wrong {
                reason: "a space is missing before it",
                meant: Some(format!(" {mark}{words}{mark}")),
                sure: false,
            },
        })
    }

    /// `** bold **`, `**bold **`
    fn space_in_the_way(&self, words: &str, first: char, last: char, spaces: (bool, bool)) -> Option<Wrong> {
        let is_free = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric());
        let both = spaces == (true, true);
        let has_figures = words.contains(|it: char| it.is_ascii_digit() || "<>=".contains(it));
        let is_text = first.is_alphanumeric() || "\"'(“‘£$€".contains(first);
        let is_before = is_free(self.before);
        if self.inner.contains(['\n', '\r'])
            || !is_text
            || !is_before
            || matches!(last, ',' | ';') && both
            || has_figures && both
        {
            return None;
        }
        let follows = match (spaces.1, is_free(self.after)) {
            // `**bold **text`: the space belongs after the mark.
            (true, false) => " ",
            (false, false) => return None,
            (_, true) => "",
        };
        let mark = self.mark;
        let reason = if both { "there are spaces inside the marks" } else { "there is a space inside the marks" };
        let sure = !matches!(last, ',' | ';') && words.split_whitespace().count() < 13;
        Some(Wrong { reason, meant: Some(format!("{mark}{words}{mark}{follows}")), sure })
    }
}

/// Returns whether there is a word, not only figures and single letters as in a formula.
fn has_word(text: &str) -> bool {
    text.split(|it: char| !it.is_alphabetic()).any(|it| it.chars().count() > 1 || it.contains(is_spaceless))
}
