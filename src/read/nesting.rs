//! How many brackets are open within one another in a YAML text.
//!
//! The parser reads the whole text before it looks at its depth, and takes time and memory by the product of both; so this is
//! asked first. It counts as the parser does, for which a bracket that is not closed is open to the end of the text.

use memchr::{memchr, memchr2_iter};

/// So many lists and groups may be open within one another. The parser's own limit, for those without brackets, is 128.
pub(super) const DEEPEST: usize = 100;

/// Returns where the outermost bracket is, where more than [`DEEPEST`] are open within one another.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    // Nearly no text has so many at all.
    memchr2_iter(b'[', b'{', text.as_bytes()).nth(DEEPEST)?;
    let mut scan = Scan::default();
    let mut start = 0;
    for line in text.as_bytes().split_inclusive(|it| matches!(it, b'\n' | b'\r')) {
        if let Some(outermost) = scan.line(line, start) {
            return Some(outermost);
        }
        start += line.len();
    }
    None
}

/// What is open at the end of a line.
#[derive(Default)]
struct Scan {
    depth: usize,
    outermost: usize,
    quote: Option<u8>,
    /// The lines that are indented further than this are a text that began with `|` or `>`.
    text: Option<usize>,
}

impl Scan {
    /// Goes through a line, which begins at `start`; returns where the outermost bracket is, once too many are open.
    fn line(&mut self, line: &[u8], start: usize) -> Option<usize> {
        let from = match self.depth > 0 || self.quote.is_some() {
            true => 0,
            false => self.value(line)?,
        };
        // A quote begins a value; anywhere else it is a letter like others.
        let (mut fresh, mut before) = (true, b' ');
        let mut bytes = line.iter().copied().enumerate().skip(from);
        while let Some((at, byte)) = bytes.next() {
            match (self.quote, byte) {
                (Some(b'"'), b'\\') => _ = bytes.next(),
                (Some(quote), it) if quote == it => self.quote = None,
                (Some(_), _) => {}
                (None, b'#') if before.is_ascii_whitespace() => break,
                (None, b'"' | b'\'') if fresh => self.quote = Some(byte),
                (None, b'[' | b'{') if self.depth > 0 || fresh => {
                    if self.depth == 0 {
                        self.outermost = start + at;
                    }
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Some(self.outermost);
                    }
                }
                (None, b']' | b'}') => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            fresh = self.depth > 0 && matches!(byte, b'[' | b'{' | b',' | b':') || fresh && byte.is_ascii_whitespace();
            before = byte;
        }
        None
    }

    /// Returns where the value of a line begins that stands in no brackets; `None` where the line is part of a text.
    fn value(&mut self, line: &[u8]) -> Option<usize> {
        let indent = line.iter().take_while(|it| **it == b' ').count();
        let is_blank = line.iter().all(u8::is_ascii_whitespace);
        if is_blank || self.text.is_some_and(|it| indent > it) {
            return None;
        }
        self.text = None;
        let mut at = indent;
        // `- - ` and `? ` begin what stands in them; the last dash says how far a text is indented, where there is no key.
        let mut column = indent;
        while let Some([b'-' | b'?', b' ' | b'\t']) = line.get(at..at + 2) {
            column = at;
            at += 1 + line.iter().skip(at + 1).take_while(|it| matches!(it, b' ' | b'\t')).count();
        }
        let key = colon(line, at);
        if let Some(colon) = key {
            column = at;
            at = colon + 1;
        }
        at += line.iter().skip(at).take_while(|it| matches!(it, b' ' | b'\t')).count();
        // `&name ` and `!type ` stand before a value.
        while let Some(b'&' | b'!') = line.get(at) {
            let Some(length) = line.get(at..).and_then(|it| memchr(b' ', it)) else { break };
            at += length + 1;
        }
        if let Some(b'|' | b'>') = line.get(at) {
            self.text = Some(column);
            return None;
        }
        Some(at)
    }
}

/// Returns where the colon is that ends the key at `from`.
fn colon(line: &[u8], from: usize) -> Option<usize> {
    let rest = line.get(from..)?;
    if let [b'[' | b'{' | b'#', ..] = rest {
        return None;
    }
    let skipped = match rest {
        [quote @ (b'"' | b'\''), inner @ ..] => memchr(*quote, inner)? + 2,
        _ => 0,
    };
    let is_end = |it: &[u8]| matches!(it, [b':', b' ' | b'\t' | b'\n' | b'\r'] | [b':']);
    let ends = (skipped..rest.len()).find(|it| is_end(rest.get(*it..(*it + 2).min(rest.len())).unwrap_or_default()));
    ends.filter(|it| skipped == 0 || *it == skipped).map(|it| from + it)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{}` stands for brackets, which the parser must be seen to go into.
    fn counted(text: &str) {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("[ \n  ", "]")] {
            let with = |count: usize| text.replace("{}", &format!("{}{}", open.repeat(count), close.repeat(count)));
            assert!(too_deep(&with(DEEPEST + 1)).is_some(), "{text} with {open}");
            assert_eq!(too_deep(&with(DEEPEST / 3)), None, "{text} with {open}");
        }
    }

    #[test]
    fn what_the_parser_goes_into_is_counted() {
        for text in [
            "x: {}",
            "- {}",
            "{}",
            "a:\n  - b: {}\n",
            "a: &n !t {}",
            "\"a: b\": {}",
            "'a': {}",
            "? {}",
            "a: [b, {}]",
            "a: [\"]\", {}]",
            "a: \"x\n  y\"\nb: {}",
            "a: |\n  text\nb: {}",
            "- - c: |\n      text\n    b: {}",
            "a: [b # {\n  , {}]",
        ] {
            counted(text);
        }
    }

    #[test]
    fn what_is_text_is_not_counted() {
        for text in
            ["a: |\n  {}", "a: >-\n  b\n\n  {}", "- |\n {}", "a: \"{}", "a: 'x {}", "a: b {}", "# {}", "a: b # {}"]
        {
            let one_line = text.replace("{}", &"[".repeat(DEEPEST * 2));
            assert_eq!(too_deep(&one_line), None, "{one_line}");
        }
    }

    #[test]
    fn brackets_that_are_never_closed_are_counted_over_lines() {
        assert_eq!(too_deep(&format!("t: 1\n{}", "a: [\n".repeat(DEEPEST + 1))), Some(8));
        assert_eq!(too_deep(&"a: [b]\n".repeat(1000)), None);
    }
}
