//! TOML that can't be read -> what was meant: the slips of those who do not write TOML every day, each with the line as it
//! should be.

use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::source::{Source, Span};

/// Returns the causes that are known of a text that is no TOML, in order; none where it is something else.
pub(super) fn causes(source: &Source) -> Vec<Diagnostic> {
    let mut scan = Scan { source, text: &source.text, at: 0, open: Vec::new(), line: Vec::new(), found: Vec::new() };
    scan.run();
    scan.found
}

/// A piece of TOML.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// In straight quotes that are closed.
    Text,
    /// Without quotes: a key, a number, a word.
    Word,
    /// `=`, `,`, or a colon after a key in quotes.
    Sign(u8),
    /// Told already.
    Wrong,
}

type Token = (Kind, Span);

struct Scan<'a> {
    source: &'a Source,
    text: &'a str,
    at: usize,
    /// The brackets that are open: which, and where.
    open: Vec<(u8, usize)>,
    /// What was read since the last bracket or the start of the line.
    line: Vec<Token>,
    found: Vec<Diagnostic>,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut is_start = true;
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' => self.at = self.end_of_line(),
                b'\n' => {
                    self.at += 1;
                    if self.open.is_empty() {
                        self.statement(start);
                    }
                    is_start = true;
                    continue;
                }
                b'[' if is_start && self.is_header() => {
                    self.close_all();
                    self.header();
                }
                b'[' | b'{' => {
                    self.value(Kind::Text, Span::new(start, start + 1));
                    self.open.push((byte, start));
                    self.line.clear();
                    self.at += 1;
                }
                b']' | b'}' => self.close(byte),
                b'=' | b',' => {
                    if byte == b',' && !self.open.is_empty() {
                        self.bare_value(start, self.in_list());
                    }
                    self.line.push((Kind::Sign(byte), Span::new(start, start + 1)));
                    self.at += 1;
                }
                b'"' | b'\'' => self.quoted(byte),
                _ => self.word(is_start),
            }
            is_start = false;
        }
        self.statement(self.text.len());
        self.close_all();
    }

    fn end_of_line(&self) -> usize {
        self.text[self.at..].find('\n').map_or(self.text.len(), |it| self.at + it)
    }

    /// Returns whether a bracket at the start of a line begins a table: in a list, it would be a list of a word.
    fn is_header(&self) -> bool {
        let line = self.text[self.at..self.end_of_line()].trim_end();
        let name = line.trim_start_matches('[').trim_end_matches(']').split('#').next().unwrap_or_default().trim();
        let is_name = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | '"' | '\'' | ' ');
        let fits = !name.is_empty() && name.chars().all(is_name) && !name.starts_with(['"', '\'']);
        fits && (self.open.is_empty() || !is_literal(name))
    }

    fn header(&mut self) {
        let (start, end) = (self.at, self.end_of_line());
        let line = self.text[start..end].split('#').next().unwrap_or_default().trim_end();
        let opened = line.bytes().take_while(|it| *it == b'[').count();
        let closed = line.bytes().rev().take_while(|it| *it == b']').count();
        if closed < opened {
            let meant = format!("{}{}", line.trim_end_matches(']'), "]".repeat(opened));
            let message = "the name of this table is not closed";
            self.tell(Span::new(start, start + line.len()), message, Some(meant), true);
        }
        (self.at, self.line) = (end, Vec::new());
    }

    /// Reads a text in straight quotes.
    fn quoted(&mut self, quote: u8) {
        let start = self.at;
        let long = [quote; 3];
        if self.text.as_bytes()[start..].starts_with(&long) {
            let inner = start + 3;
            let end = self.text.as_bytes()[inner..].windows(3).position(|it| it == long);
            match end {
                Some(end) => self.at = inner + end + 3,
                None => {
                    self.tell(Span::new(start, inner), "this text is not closed", None, false);
                    self.at = self.text.len();
                }
            }
            return self.value(Kind::Text, Span::new(start, self.at));
        }
        let (bytes, mut at) = (self.text.as_bytes(), start + 1);
        while let Some(&byte) = bytes.get(at).filter(|it| **it != b'\n') {
            match byte {
                b'\\' if quote == b'"' => at += 2,
                _ if byte == quote => {
                    self.at = at + 1;
                    return self.value(Kind::Text, Span::new(start, self.at));
                }
                _ => at += 1,
            }
        }
        let end = self.end_of_line();
        if self.open.is_empty() && matches!(self.line.last(), Some((Kind::Word, _))) {
            // The other one is missing; what is before it is told.
            self.at = end;
            return;
        }
        let line = self.text[start..end].trim_end();
        let meant = format!("{}{}", line, char::from(quote));
        // In a list or a group it may end anywhere.
        let meant = self.open.is_empty().then_some(meant).filter(|_| !line.contains(" #"));
        let is_sure = meant.is_some() && !line[1..].contains(char::from(quote));
        self.tell(
            Span::new(start, start + line.len()),
            "this text begins with a quotation mark and does not end with one",
            meant,
            is_sure,
        );
        self.line.push((Kind::Wrong, Span::new(start, end)));
        self.at = end;
    }

    /// Reads what has no straight quotes: a key, a number, or what should have quotes.
    fn word(&mut self, is_start: bool) {
        let start = self.at;
        let rest = &self.text[start..self.end_of_line()];
        if rest.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
            return self.curly(rest);
        }
        let stops = |it: char| it.is_whitespace() || matches!(it, '=' | ',' | '[' | ']' | '{' | '}' | '"' | '\'' | '#');
        let length = rest.find(stops).unwrap_or(rest.len()).max(rest.chars().next().map_or(1, char::len_utf8));
        let word = &rest[..length];
        self.at = start + length;
        let span = Span::new(start, self.at);
        if is_start && !self.open.is_empty() && rest[length..].trim_start().starts_with('=') && self.in_list() {
            self.close_all();
        }
        if let Some((key, _)) = word.split_once(':').filter(|it| is_key(it.0) && self.is_key_place()) {
            self.at = start + key.len() + 1;
            return self.colon(Span::new(start, self.at));
        }
        if word == ":" && matches!(self.line.last(), Some((Kind::Word, _))) {
            return self.colon(span);
        }
        self.value(Kind::Word, span);
    }

    /// Returns whether a key may stand here: at the start of a line, or in a group.
    fn is_key_place(&self) -> bool {
        match self.open.last() {
            None => self.line.is_empty(),
            Some((b'{', _)) => !matches!(self.line.last(), Some((Kind::Sign(b'='), _))),
            Some(_) => false,
        }
    }

    fn in_list(&self) -> bool {
        matches!(self.open.last(), Some((b'[', _)))
    }

    /// Tells of a colon where `=` should be; what follows is read as the value.
    fn colon(&mut self, span: Span) {
        let key = self.text[span.start..span.end].trim_end_matches(':').to_owned();
        let sign = Span::new(span.end - 1, span.end);
        let before = if key.is_empty() { "" } else { " " };
        let spaced = if self.text[span.end..].starts_with([' ', '\t']) { "" } else { " " };
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |it| span.end + it);
        let rest = self.text[span.end..end].split(" #").next().unwrap_or_default().trim();
        let is_value = rest.starts_with(['"', '\'', '[', '{']) || is_literal(rest) || !self.open.is_empty();
        let written = match is_value {
            true => self.line_with(sign, &format!("{before}={spaced}")),
            false => {
                format!("{} = {}", self.text[..sign.start].rsplit('\n').next().unwrap_or_default().trim(), quoted(rest))
            }
        };
        let fix = is_value.then(|| Edit::new(sign, format!("{before}={spaced}")));
        self.told(sign, "a colon stands where TOML has `=`", Some(written.trim().to_owned()), fix);
        if !is_value {
            (self.at, self.line) = (end, Vec::new());
            return;
        }
        self.line.push((Kind::Wrong, span));
        self.line.push((Kind::Sign(b'='), sign));
    }

    /// Tells of a text in typographic quotation marks.
    fn curly(&mut self, rest: &str) {
        let start = self.at;
        let opening = rest.chars().next().map_or(0, char::len_utf8);
        let close = rest[opening..].find(['“', '”', '’', '‘', '»', '«', '"']);
        let end =
            close.map_or(rest.len(), |it| opening + it + rest[opening + it..].chars().next().map_or(0, char::len_utf8));
        let span = Span::new(start, start + end);
        let inner = rest[opening..close.map_or(end, |it| opening + it)].trim_end();
        let meant = format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""));
        let line = self.line_with(span, &meant);
        let message = "typographic quotation marks are none to TOML: it wants straight ones";
        self.told(span, message, Some(line.trim().to_owned()), close.map(|_| Edit::new(span, meant)));
        self.at = span.end;
        self.line.push((Kind::Wrong, span));
    }

    /// Takes note of a value, or of a part of one; in a list or a group a comma must be before it.
    fn value(&mut self, kind: Kind, span: Span) {
        if let (Some(_), Some((Kind::Text | Kind::Word | Kind::Wrong, before))) = (self.open.last(), self.line.last()) {
            let before = *before;
            let is_bare = kind == Kind::Word
                && self.text[before.end..span.start].trim_matches([' ', '\t']).is_empty()
                && matches!(self.line.last(), Some((Kind::Word, _)));
            if !is_bare {
                let place = Span::new(before.end, before.end);
                let line = self.line_with(place, ",");
                let told = Span::new(before.end.saturating_sub(1), before.end);
                self.told(
                    told,
                    "a comma is missing after this",
                    Some(line.trim().to_owned()),
                    Some(Edit::new(place, ",")),
                );
                self.line.clear();
            }
        }
        self.line.push((kind, span));
    }

    fn close(&mut self, bracket: u8) {
        let span = Span::new(self.at, self.at + 1);
        self.at += 1;
        let wanted = if bracket == b']' { b'[' } else { b'{' };
        let in_list = self.in_list();
        self.bare_value(span.start, in_list);
        while let Some((open, start)) = self.open.pop() {
            if open == wanted {
                break;
            }
            self.unclosed(open, start);
        }
        self.line = vec![(Kind::Text, span)];
    }

    fn close_all(&mut self) {
        while let Some((open, start)) = self.open.pop() {
            self.unclosed(open, start);
        }
        self.line.clear();
    }

    fn unclosed(&mut self, open: u8, start: usize) {
        let close = if open == b'[' { ']' } else { '}' };
        let message = format!("`{}` is opened here and not closed", char::from(open));
        let help = format!("write `{close}` where it ends");
        let place = Place::new(&self.source.path, Span::new(start, start + 1));
        self.found.push(Diagnostic::error("toml-syntax", place, message).help(help));
    }

    /// Looks at a line outside brackets once it is whole.
    fn statement(&mut self, end: usize) {
        let line = std::mem::take(&mut self.line);
        let Some((_, first)) = line.first().copied() else { return };
        let sign = line.iter().position(|it| it.0 == Kind::Sign(b'='));
        if line.iter().any(|it| it.0 == Kind::Wrong) && !matches!(line.get(1), Some((Kind::Sign(b'='), _))) {
            return;
        }
        match sign {
            None if line.len() > 1 && line[0].0 == Kind::Word && is_key(&self.text[first.start..first.end]) => {
                let place = Span::new(first.end, first.end);
                let rest = self.text[first.end..end].trim();
                let is_value = rest.starts_with(['"', '\'', '[', '{']) || is_literal(rest);
                let value = if is_value { rest.to_owned() } else { quoted(rest) };
                let meant = format!("{} = {value}", &self.text[first.start..first.end]);
                let fix = is_value.then(|| Edit::new(place, " ="));
                self.told(Span::new(first.start, first.end), "`=` is missing after this key", Some(meant), fix);
            }
            Some(at) => {
                self.line = line[at..].to_vec();
                self.bare_value(end, false);
                self.line.clear();
            }
            None => {}
        }
    }

    /// Tells of words that should be a text in quotes, before `end`.
    fn bare_value(&mut self, end: usize, in_list: bool) {
        let last = self.line.iter().rposition(|it| matches!(it.0, Kind::Sign(_)));
        let Some((kind, first)) = self.line.get(last.map_or(0, |it| it + 1)).copied() else { return };
        let is_value = in_list || last.is_some_and(|it| self.line[it].0 == Kind::Sign(b'='));
        let text = self.text[first.start..end].split(" #").next().unwrap_or_default().trim_end();
        if kind != Kind::Word || !is_value || is_literal(text) || text.contains('\n') {
            return;
        }
        let span = Span::new(first.start, first.start + text.len());
        let meant = quoted(text.trim_end_matches('"'));
        let line = self.line_with(span, &meant);
        let fix = (!text.contains(['"', '\'', '\\', ','])).then(|| Edit::new(span, meant));
        self.told(span, "a text stands in quotation marks", Some(line.trim().to_owned()), fix);
    }

    /// Returns the line of a span with something else in its place.
    fn line_with(&self, span: Span, text: &str) -> String {
        let start = self.text[..span.start].rfind('\n').map_or(0, |it| it + 1);
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |it| span.end + it);
        format!("{}{text}{}", &self.text[start..span.start], self.text[span.end..end].trim_end())
    }

    fn tell(&mut self, span: Span, message: &str, meant: Option<String>, is_sure: bool) {
        let line = meant.as_ref().map(|it| self.line_with(span, it).trim().to_owned());
        let fix = meant.filter(|_| is_sure).map(|it| Edit::new(span, it));
        self.told(span, message, line, fix);
    }

    fn told(&mut self, span: Span, message: &str, line: Option<String>, fix: Option<Edit>) {
        let help = line.filter(|it| it.len() < 200).map(|it| format!("write the line as `{it}`"));
        let place = Place::new(&self.source.path, span);
        let fault = Diagnostic::error("toml-syntax", place, message).help_if(help);
        self.found.push(fault.fix(fix.into_iter().collect()));
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.'))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns whether a text is a value without quotes: a number, a date, true or false.
fn is_literal(text: &str) -> bool {
    let is_part = |it: u8| {
        it.is_ascii_hexdigit() || matches!(it, b'+' | b'-' | b'.' | b'_' | b':' | b'T' | b'Z' | b'x' | b'o' | b' ')
    };
    let is_date = text.len() >= 10 && text.as_bytes()[4] == b'-';
    let is_number = text.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '+' | '-'));
    matches!(text, "true" | "false" | "inf" | "nan" | "+inf" | "-inf" | "+nan" | "-nan")
        || is_number && text.bytes().all(is_part) && (is_date || !text.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the line, the message and the line that is shown of each cause.
    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str, &str)]) {
        let source = Source::new("site.toml", text.as_bytes().to_vec());
        let found = causes(&source);
        let told = found.iter().map(|it| {
            let start = it.place.as_ref().map_or(0, |it| it.span().start);
            let line = text[..start].matches('\n').count() + 1;
            let help = it.help.as_deref().unwrap_or_default();
            (line, it.message.as_str(), help.trim_start_matches("write the line as "))
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{text}");
        for fault in found.iter().filter(|it| !it.fix.is_empty()) {
            let mended = Edit::apply(&fault.fix, text);
            assert!(
                mended
                    .lines()
                    .any(|it| fault.help.as_deref().is_some_and(|help| help.ends_with(&format!("`{}`", it.trim())))),
                "{mended}"
            );
        }
    }

    const CURLY: &str = "typographic quotation marks are none to TOML: it wants straight ones";
    const COLON: &str = "a colon stands where TOML has `=`";
    const QUOTES: &str = "a text stands in quotation marks";
    const COMMA: &str = "a comma is missing after this";
    const OPEN: &str = "this text begins with a quotation mark and does not end with one";

    #[test]
    fn sound_toml_has_no_cause() {
        check(
            "# A “note”: x = y\n[site]\ntitle = \"Our “work”: a = b\" # it's\nbase_url = 'https://x.org/'\n\n[menus]\nmain = [\n  { title = \"A\", url = \"/a/\" },\n  \
             { title = \"B\", url = \"/b/\" }\n]\n[[x.y]]\na = 1\nb = 2024-01-02 10:00:00\nc = [1, 2.5, true,]\nd = \"\"\"\nx: “y”\n\"\"\"\n\"a b\".c = -1\ne = { f = 1 }\n\
             [types.\"x y\"]\nlong = [[1, 2], [\"a\", \"b\"]]\ng = 0x1F\n",
            &[],
        );
    }

    #[test]
    fn quotation_marks() {
        check("title = “Our work”\n", &[(1, CURLY, "`title = \"Our work\"`")]);
        check(
            "title = ‘Our work’ # x\nb = „x“\n",
            &[(1, CURLY, "`title = \"Our work\" # x`"), (2, CURLY, "`b = \"x\"`")],
        );
        check("a = [“x”, ”y“]\n", &[(1, CURLY, "`a = [\"x\", ”y“]`"), (1, CURLY, "`a = [“x”, \"y\"]`")]);
        check("title = Our work in the open\n", &[(1, QUOTES, "`title = \"Our work in the open\"`")]);
        check("[site]\nlanguage = en-GB # British\n", &[(2, QUOTES, "`language = \"en-GB\" # British`")]);
        check("x = { title = About us, b = \"/a/\" }\n", &[(1, QUOTES, "`x = { title = \"About us\", b = \"/a/\" }`")]);
        check("x = [one, \"two\"]\n", &[(1, QUOTES, "`x = [\"one\", \"two\"]`")]);
        check("title = \"Our work\nx = 1\n", &[(1, OPEN, "`title = \"Our work\"`")]);
        check("title = Our work\"\n", &[(1, QUOTES, "`title = \"Our work\"`")]);
        check("a = 1\ntitle = 'Our work\n", &[(2, OPEN, "`title = 'Our work'`")]);
    }

    #[test]
    fn signs() {
        check("title: \"Our work\"\n", &[(1, COLON, "`title = \"Our work\"`")]);
        check("title : \"Our work\"\n", &[(1, COLON, "`title = \"Our work\"`")]);
        check("title: Our work # x\n", &[(1, COLON, "`title = \"Our work\"`")]);
        check("per_page:20\n", &[(1, COLON, "`per_page = 20`")]);
        check("x = [{ title: \"A\", url = \"/a/\" }]\n", &[(1, COLON, "`x = [{ title = \"A\", url = \"/a/\" }]`")]);
        check("title \"Our work\"\n", &[(1, "`=` is missing after this key", "`title = \"Our work\"`")]);
        check("title Our work\n", &[(1, "`=` is missing after this key", "`title = \"Our work\"`")]);
    }

    #[test]
    fn commas_and_brackets() {
        check(
            "main = [\n  { title = \"A\", url = \"/a/\" }\n  { title = \"B\", url = \"/b/\" },\n]\n",
            &[(2, COMMA, "`{ title = \"A\", url = \"/a/\" },`")],
        );
        check("a = [\"x\" \"y\"]\n", &[(1, COMMA, "`a = [\"x\", \"y\"]`")]);
        check("a = { title = \"A\" url = \"/a/\" }\n", &[(1, COMMA, "`a = { title = \"A\", url = \"/a/\" }`")]);
        check("a = [\n\"x\" # one\n\"y\"\n]\n", &[(2, COMMA, "`\"x\", # one`")]);
        check("[site\ntitle = \"A\"\n", &[(1, "the name of this table is not closed", "`[site]`")]);
        check("[[x.y]\na = 1\n", &[(1, "the name of this table is not closed", "`[[x.y]]`")]);
        check(
            "main = [\n  \"x\",\n[site]\na = 1\n",
            &[(1, "`[` is opened here and not closed", "write `]` where it ends")],
        );
        check("a = [\"x\"\nb = 1\n", &[(1, "`[` is opened here and not closed", "write `]` where it ends")]);
        check("a = [{ b = 1, c = 2 ]\n", &[(1, "`{` is opened here and not closed", "write `}` where it ends")]);
    }

    #[test]
    fn no_text_makes_it_panic() {
        for text in [
            "",
            "\"",
            "'''",
            "[",
            "]",
            "}",
            "“",
            "a = “",
            "é: é",
            "\\",
            "a = \"\\",
            "[[",
            "= 1",
            ":",
            "a:",
            "a = é\n“é",
            "{",
            "a = {é = 1 é",
            "a = [1\r\n2]",
        ] {
            let _ = causes(&Source::new("site.toml", text.as_bytes().to_vec()));
        }
    }
}
