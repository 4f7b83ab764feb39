//! Addresses in the text that are not marked as links: `https://…`, `www.…`.
//!
//! Source: GitHub Flavored Markdown, "Autolinks (extension)"; `www.` leads to `https`, mail addresses are left alone.

use memchr::memmem;

use super::writer::{Writer, text_of};
use crate::model::source::Span;

/// Returns where addresses begin in a part of the file, in order.
pub(super) fn starts(text: &str, span: Span) -> Vec<usize> {
    let part = &text[span.start..span.end];
    let scheme = |colon: usize| ["https", "http"].iter().find_map(|it| Some(part[..colon].strip_suffix(it)?.len()));
    let mut found: Vec<usize> = memmem::find_iter(part.as_bytes(), "://").filter_map(scheme).collect();
    found.extend(memmem::find_iter(part.as_bytes(), "www."));
    found.retain(|at| part[..*at].chars().next_back().is_none_or(can_stand_before) && has_host(&part[*at..]));
    found.sort_unstable();
    found.iter_mut().for_each(|at| *at += span.start);
    found
}

fn can_stand_before(character: char) -> bool {
    !character.is_alphanumeric() && !"/@.=&#-+".contains(character)
}

fn has_host(address: &str) -> bool {
    let host = address.find(['/', '.']).map_or("", |it| address[it..].trim_start_matches("//").trim_start_matches('.'));
    host.starts_with(char::is_alphanumeric)
}

impl<'t> Writer<'t, '_> {
    /// Writes text, and makes links of the addresses in it.
    pub(super) fn text(&mut self, text: &'t str, span: Span) {
        // A quote after a figure or a letter opens nothing: `27" wide`.
        let is_closing = text == "“" && self.text[..span.start].ends_with(char::is_alphanumeric);
        let text = if is_closing && self.text[span.start..].starts_with('"') { "”" } else { text };
        let (mut rest, mut end) = (text, span.end);
        if !self.in_link && !self.raw.is_in_link() {
            if text.ends_with('[') {
                self.report_missing_footnote(span.end);
            }
            while let Some(at) = self.next_address(rest, end) {
                self.plain_text(&rest[..at]);
                (rest, end) = self.bare_link(&rest[at..], end);
            }
        }
        self.plain_text(rest);
    }

    /// Writes text as it is.
    pub(super) fn plain_text(&mut self, text: &str) {
        self.words.add(text);
        self.out.text(text);
    }

    /// Returns where the first address begins in `text`, which ends at `end` of the file.
    fn next_address(&self, text: &str, end: usize) -> Option<usize> {
        let from = end.checked_sub(text.len())?;
        let start = *self.addresses.get(self.addresses.partition_point(|it| *it < from))?;
        (start < end && self.text.get(from..end) == Some(text)).then(|| start - from)
    }

    /// Writes the link at the start of `text`, which ends at `end` of the file. An address may go on in the events to come:
    /// `_` and `*` make events of their own. Returns what is left of the last text, and where that ends.
    fn bare_link(&mut self, text: &'t str, end: usize) -> (&'t str, usize) {
        let (mut rest, mut end) = (text, end);
        let mut address = String::new();
        loop {
            let length = rest.find(|it: char| it.is_whitespace() || it == '<').unwrap_or(rest.len());
            address.push_str(&rest[..length]);
            rest = &rest[length..];
            let in_path = address.split("//").nth(1).unwrap_or(&address).contains('/');
            match self.continuation(end, in_path).filter(|_| rest.is_empty()) {
                Some((next, span)) => (rest, end) = (next, span.end),
                None => break,
            }
            self.skip(1);
        }
        let (address, tail) = address.split_at(trimmed(&address));
        self.out.push("<a href=\"");
        self.out.push(if address.starts_with("www.") { "https://" } else { "" });
        self.out.address(address);
        self.out.push("\">");
        self.plain_text(address);
        self.out.push("</a>");
        self.plain_text(tail);
        (rest, end)
    }

    /// Returns the next text as it was written, where it goes on at `end`: typographic signs as the author typed them. Quotes
    /// end an address, but for an apostrophe within its path: `/wiki/Hobson's_choice`.
    fn continuation(&self, end: usize, in_path: bool) -> Option<(&'t str, Span)> {
        let (text, span) = self.rest().first().and_then(text_of)?;
        let (gap, written) = (self.text.get(end..span.start)?, &self.text[span.start..span.end]);
        let is_apostrophe = || {
            let mut after = self.text[span.start..].chars().skip(1);
            in_path && written.starts_with('\'') && after.next().is_some_and(char::is_alphanumeric)
        };
        let goes_on = matches!(gap, "" | "\\") && (!written.starts_with(['"', '\'']) || is_apostrophe());
        goes_on.then(|| (if written.starts_with('&') { &**text } else { written }, span))
    }
}

/// Returns the length of an address without the punctuation after it.
fn trimmed(address: &str) -> usize {
    let closed_too_often = |open, close| address.matches(close).count().saturating_sub(address.matches(open).count());
    let mut loose = [('(', ')'), ('[', ']'), ('{', '}')].map(|(open, close)| (close, closed_too_often(open, close)));
    let mut end = address.len();
    while let Some(last) = address[..end].chars().next_back() {
        let bracket = loose.iter_mut().find(|(close, count)| *close == last && *count > 0);
        match (last, bracket) {
            (_, Some((_, count))) => *count -= 1,
            ('?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '"' | '\'' | '>' | '|', _) => {}
            ('\u{2018}'..='\u{201f}' | '\u{2026}', _) => {}
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}
