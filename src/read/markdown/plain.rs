//! Text without markup: of a heading, of an image's alternative, of the first paragraph; and how many words there are.

use pulldown_cmark::Event;

use super::Marked;

/// Returns the text of these events; a line break becomes a space.
pub(super) fn plain(events: &[Marked<'_>]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                out.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.retain(|it| !it.is_control() || it == '\t');
    out
}

/// How many events from `start` on belong to what is open there: its end is at that place.
pub(super) fn end(events: &[Marked<'_>]) -> usize {
    let mut depth = 0usize;
    let ends = |(event, _): &Marked<'_>| match event {
        Event::Start(_) => {
            depth += 1;
            false
        }
        Event::End(_) if depth == 0 => true,
        Event::End(_) => {
            depth -= 1;
            false
        }
        _ => false,
    };
    events.iter().position(ends).unwrap_or(events.len())
}

/// Counts words: runs of letters and digits, and what stands between them without a space.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// How many there are so far.
    pub(super) count: usize,
    /// 1 inside a word, 0 outside.
    inside: u8,
}

impl Words {
    /// Counts the words of a text that goes on where the last one ended.
    pub(super) fn add(&mut self, text: &str) {
        // Without a branch, as nobody can foretell where a word ends.
        for byte in text.bytes() {
            let kind = KINDS[usize::from(byte)];
            let inside = (self.inside & (kind >> 1)) | (kind & 1);
            self.count += usize::from(inside & !self.inside);
            self.inside = inside;
        }
    }

    /// Says that the next text begins a new word.
    pub(super) fn gap(&mut self) {
        self.inside = 0;
    }
}

const SPACE: u8 = 0b00;
/// Goes on with what was before: in a word it is part of it.
const MARK: u8 = 0b10;
const LETTER: u8 = 0b11;

/// The kind of a byte. Of a character of several bytes the first one tells: U+0080 to U+00BF and U+2000 to U+2FFF are
/// punctuation and signs.
static KINDS: [u8; 256] = {
    let mut kinds = [MARK; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' => SPACE,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xc3..=0xe1 | 0xe3..=0xff => LETTER,
            _ => MARK,
        };
        byte += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words() {
        let check = |texts: &[&str], expected: usize| {
            let mut words = Words::default();
            texts.iter().for_each(|it| words.add(it));
            assert_eq!(words.count, expected, "{texts:?}");
        };
        check(&["one two  three\nfour"], 4);
        check(&["one", "two"], 1);
        check(&["it's £300,000 — a well-known 3.5 %"], 5);
        check(&["Öl für Łódź", " \u{201c}日本\u{201d}"], 4);
        check(&["-- * …"], 0);
    }
}
