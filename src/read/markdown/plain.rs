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
///
/// Of a character of several bytes the first one tells: U+0080 to U+00BF and U+2000 to U+2FFF are punctuation and signs.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// How many there are so far.
    pub(super) count: usize,
    /// 1 inside a word, 0 outside.
    inside: u64,
}

impl Words {
    /// Counts the words of a text that goes on where the last one ended.
    pub(super) fn add(&mut self, text: &str) {
        let (blocks, rest) = text.as_bytes().as_chunks::<64>();
        for block in blocks {
            self.block(block);
        }
        if !rest.is_empty() {
            // What is filled up goes on with what was before, so it changes nothing.
            let mut last = [b'.'; 64];
            last[..rest.len()].copy_from_slice(rest);
            let end = rest.len() - 1;
            let inside = self.block(&last);
            self.inside = inside >> end & 1;
        }
    }

    /// Counts in 64 bytes at once, a bit for each; returns which are in a word.
    fn block(&mut self, block: &[u8; 64]) -> u64 {
        let (mut letters, mut spaces) = ([0; 64], [0; 64]);
        for (at, &it) in block.iter().enumerate() {
            letters[at] = u8::from((it | 0x20).wrapping_sub(b'a') < 26) | u8::from(it.wrapping_sub(b'0') < 10);
            letters[at] |= u8::from(it >= 0xc3) & u8::from(it != 0xe2);
            spaces[at] = u8::from(it == b' ') | u8::from(it == b'\t') | u8::from(it == b'\n') | u8::from(it == b'\r');
        }
        let (letters, spaces) = (bits(&letters), bits(&spaces));
        let marks = !(letters | spaces);
        // Marks after a letter are in its word. A bit that is added where a run of them begins runs through to its end.
        let first = (letters << 1 | self.inside) & marks;
        let inside = letters | marks & !marks.wrapping_add(first);
        self.count += (inside & !(inside << 1 | self.inside)).count_ones() as usize;
        self.inside = inside >> 63;
        inside
    }

    /// Says that the next text begins a new word.
    pub(super) fn gap(&mut self) {
        self.inside = 0;
    }
}

/// Returns a bit for each byte, which is 0 or 1.
fn bits(bytes: &[u8; 64]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    // Of eight bytes each brings its bit to another place of the highest one.
    let bits = |it: &[u8; 8]| u64::from_le_bytes(*it).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().zip(0..).fold(0, |all, (it, at)| all | bits(it) << (at * 8))
}

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

    #[test]
    fn long_texts_are_counted_as_short_ones() {
        let parts = ["a", "é", "'", "\u{2019}", " ", "\n", "Z9", "-", "日", "… ", "words "];
        let mut seed = 7u32;
        for length in 0..400 {
            let mut text = String::new();
            for _ in 0..length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(parts[seed as usize >> 8 & 7]);
                text.push_str(parts[seed as usize >> 16 & 7]);
            }
            let mut whole = Words::default();
            whole.add(&text);
            let mut letters = Words::default();
            text.chars().for_each(|it| letters.add(it.encode_utf8(&mut [0; 4])));
            assert_eq!(whole.count, letters.count, "{text:?}");
            let is_word = |it: &str| it.chars().any(|it| it.is_alphanumeric());
            assert_eq!(whole.count, text.split_ascii_whitespace().filter(|it| is_word(it)).count(), "{text:?}");
        }
    }
}
