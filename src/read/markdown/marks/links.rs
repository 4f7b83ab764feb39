//! `[text](address)` that is no link.

use super::{Marks, short};
use crate::model::diagnostic::Edit;
use crate::model::source::Span;

/// How far before its end the beginning of a link is looked for, in bytes.
const FARTHEST: usize = 500;

impl Marks<'_, '_> {
    /// Looks at the `]` of event `at`.
    pub(super) fn link(&mut self, at: usize) {
        let end = self.events[at].1.start + 1;
        let line = self.near(end);
        let rest = self.written(line);
        let (gap, Some(inner)) =
            (rest.len() - rest.trim_start_matches(' ').len(), rest.trim_start_matches(' ').strip_prefix('('))
        else {
            return;
        };
        let Some(start) = self.open_bracket(end - 1) else { return };
        let text = &self.text[start..end];
        if gap > 1 || !text.contains(char::is_alphabetic) {
            return;
        }
        let from = end + gap + 1;
        let found = match inner.find(')') {
            Some(length) if gap == 0 => self.spaces(Span::new(start, end), Span::new(from, from + length)),
            Some(length) => self.apart(Span::new(start, end), Span::new(from, from + length)),
            None if gap == 0 => self.open(Span::new(start, end), inner),
            None => None,
        };
        if let Some((span, message, help, fix)) = found {
            self.report(span, message, help, fix);
        }
    }

    /// Returns where the bracket of the text stands that ends at `close`, with the `!` of a picture.
    fn open_bracket(&self, close: usize) -> Option<usize> {
        let from = self.text.floor_char_boundary(close.saturating_sub(FARTHEST));
        let before = &self.text[from..close];
        let mut depth = 0usize;
        let is_open = |(_, it): &(usize, char)| match it {
            ']' => {
                depth += 1;
                false
            }
            '[' if depth == 0 => true,
            '[' => {
                depth -= 1;
                false
            }
            _ => false,
        };
        let at = before.char_indices().rev().find(is_open)?.0;
        let text = &before[at..];
        if text.contains("\n\n") || text.contains('`') || before[..at].ends_with('\\') {
            return None;
        }
        Some(from + at - usize::from(before[..at].ends_with('!')))
    }

    /// `[plan](our plan.pdf)`: an address with a space.
    fn spaces(&self, text: Span, inside: Span) -> Option<(Span, String, String, Vec<Edit>)> {
        let inner = self.written(inside);
        let title = inner.find([' ', '\t']).and_then(|_| inner.find(" \"").filter(|_| inner.trim_end().ends_with('"')));
        let (address, title) = inner.split_at(title.unwrap_or(inner.len()));
        let bare = address.trim();
        if !bare.contains(' ') || bare.contains(['<', '>', '(', '\\']) || !is_address(bare) {
            return None;
        }
        let what = if self.text[text.start..].starts_with('!') { "picture" } else { "link" };
        let message = format!("this is no {what}: there is a space in `{}`", short(bare));
        let help = format!("write `<{bare}>` between the brackets, or name the file without spaces");
        let fix = vec![Edit::new(inside, format!("<{bare}>{title}"))];
        Some((Span::new(text.start, inside.end + 1), message, help, fix))
    }

    /// `[text] (address)`
    fn apart(&self, text: Span, inside: Span) -> Option<(Span, String, String, Vec<Edit>)> {
        let address = self.written(inside);
        if address.contains(char::is_whitespace) || !is_address(address) || self.text[text.start..].starts_with("[x]") {
            return None;
        }
        let message = format!("`{}` is no link: there is a space before `(`", short(self.written(text)));
        let help = format!("write `{}({})`", short(self.written(text)), short(address));
        Some((Span::new(text.start, inside.end + 1), message, help, Vec::new()))
    }

    /// `[text](address`
    fn open(&self, text: Span, rest: &str) -> Option<(Span, String, String, Vec<Edit>)> {
        let address = rest.split(char::is_whitespace).next().filter(|it| is_address(it))?;
        let message = format!("`{}` is no link: its address has no `)` at its end", short(self.written(text)));
        let help = format!("write `)` where the address ends: `({})`", short(address));
        Some((Span::new(text.start, text.end + 1 + address.len()), message, help, Vec::new()))
    }
}

/// Returns whether a text is an address, not words: it leads to a site, to a folder, or to a file with an ending.
fn is_address(text: &str) -> bool {
    let path = text.split(['#', '?']).next().unwrap_or(text);
    let ending = path.rsplit_once('.').map_or("", |it| it.1);
    let has_ending = (2..=5).contains(&ending.len())
        && ending.bytes().all(|it| it.is_ascii_alphanumeric())
        && ending.bytes().any(|it| it.is_ascii_alphabetic());
    let is_relative = ["/", "./", "../", "@/"].iter().any(|it| text.starts_with(it));
    text.contains("://") || text.starts_with("mailto:") || is_relative || has_ending
}
