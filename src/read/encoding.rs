//! Files that are not UTF-8: which byte shows it, and what they are likely to be.

use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::source::{Source, Span};

/// Says so where a file is not UTF-8. Returns whether nothing of it can be read.
///
/// Gives `not-utf8`.
pub(crate) fn check(source: &Source, found: &mut Vec<Diagnostic>) -> bool {
    let wide = utf16(source);
    if wide.is_none() && is_nearly_utf8(source) {
        halves(source, found);
        return false;
    }
    let Some((offset, byte)) = wide.map(|it| (it.0, it.1)).or(source.not_utf8) else { return false };
    let letter = source.text[offset..].chars().next().map_or(0, char::len_utf8);
    let place = Place::new(&source.path, Span::new(offset, offset + letter));
    let guess = match (wide, windows_1252(byte)) {
        (Some((_, _, name)), _) => format!("the file is likely to be {name}"),
        (None, Some(letter)) => format!("it may be Windows-1252, as older programs write it, where this is `{letter}`"),
        (None, None) => "nor is it Windows-1252".to_owned(),
    };
    let message = format!("byte {offset} of this file (0x{byte:02X}) is not UTF-8; {guess}");
    let help = match wide {
        Some(_) => "save the file again with the encoding UTF-8, in Windows Notepad by File, Save as",
        None => "save the file again with the encoding UTF-8",
    };
    found.push(Diagnostic::error("not-utf8", place, message).help(help));
    wide.is_some()
}

/// So many broken letters of one file are told, each at its place.
const MANY: usize = 100;

/// Says where half a letter stands in a file that is UTF-8 otherwise: to save it in another encoding would break the rest.
fn halves(source: &Source, found: &mut Vec<Diagnostic>) {
    let broken = || source.text.match_indices(char::REPLACEMENT_CHARACTER);
    let count = broken().count();
    for (start, letter) in broken().take(MANY) {
        let message = match count {
            1 => "half a letter stands here, which is not UTF-8".to_owned(),
            _ => format!("half a letter stands here, one of {count} in this file, which is not UTF-8"),
        };
        let place = Place::new(&source.path, Span::new(start, start + letter.len()));
        let help = "delete it, or write the letter or the space that was meant; leave the encoding as it is, because the \
                    rest of the file is UTF-8";
        found.push(Diagnostic::error("not-utf8", place, message).help(help));
    }
}

/// Returns whether a file with a broken byte is UTF-8 all the same: it has whole letters of UTF-8 elsewhere, or all that is
/// broken is the first byte of a space that does not break, which programs leave that cut texts byte by byte.
fn is_nearly_utf8(source: &Source) -> bool {
    let Some((offset, byte)) = source.not_utf8 else { return false };
    let is_whole = |it: char| !it.is_ascii() && !matches!(it, char::REPLACEMENT_CHARACTER | '\u{feff}');
    let next = source.text.get(offset..).and_then(|it| it.chars().nth(1));
    byte == 0xc2 && !next.is_some_and(char::is_alphabetic) || source.text.contains(is_whole)
}

/// Says where a text has characters that nobody can see and that no page may hold (HTML, section 13.2.3.5).
///
/// Gives `control-character`.
pub(crate) fn controls(source: &Source, body: Span, found: &mut Vec<Diagnostic>) {
    let is_control = |it: u8| it < 0x20 && !matches!(it, b'\t' | b'\n' | b'\r' | 0x0c) || it == 0x7f;
    let bytes = &source.text.as_bytes()[body.start..body.end];
    // Nearly no file has one: this goes through it many bytes at a time.
    if !bytes.iter().fold(false, |any, it| any | is_control(*it)) {
        return;
    }
    for (at, byte) in bytes.iter().enumerate().filter(|it| is_control(*it.1)) {
        let span = Span::new(body.start + at, body.start + at + 1);
        let message = format!("a control character stands here (U+{byte:04X}), which nobody can see");
        found.push(
            Diagnostic::warning("control-character", Place::new(&source.path, span), message)
                .help("delete it: it comes from a program that the text was copied from")
                .fix(vec![Edit::new(span, "")]),
        );
    }
}

/// Returns the byte that shows that a file is UTF-16, where it is, and which: the first of its byte order mark, or else the
/// first zero, as every second byte of plain letters is zero.
fn utf16(source: &Source) -> Option<(usize, u8, &'static str)> {
    let text = &*source.text;
    let (little, big) = ("UTF-16 (little-endian)", "UTF-16 (big-endian)");
    match source.not_utf8 {
        Some((0, byte @ (0xfe | 0xff))) if text.starts_with("\u{fffd}\u{fffd}") => {
            return Some((0, byte, if byte == 0xff { little } else { big }));
        }
        _ => {}
    }
    // A zero further on, and no earlier one, is a control character of a file that is UTF-8.
    let zero = memchr::memchr(0, text.as_bytes()).filter(|it| *it < 2)?;
    let many = text.bytes().filter(|it| *it == 0).count() * 3 > text.len();
    many.then_some((zero, 0, if zero % 2 == 1 { little } else { big }))
}

/// Returns the letter that a byte from 0x80 on is in Windows-1252.
fn windows_1252(byte: u8) -> Option<char> {
    const FROM_80: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(FROM_80[usize::from(byte - 0x80)]).filter(|it| *it != '\0'),
        0xa0.. => Some(char::from(byte)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The byte, and what the file is likely to be.
    fn check(bytes: &[u8], expected: &str) {
        let mut found = Vec::new();
        super::check(&Source::new("a.md", bytes.to_vec()), &mut found);
        let shown: Vec<&str> = found.iter().map(|it| &*it.message).collect();
        assert_eq!(shown.join(" "), expected, "{bytes:?}");
        assert!(found.iter().all(|it| it.place.as_ref().is_some_and(|it| it.span().end <= bytes.len() * 3)));
    }

    #[test]
    fn control_characters_are_told_one_by_one() {
        let source = Source::new("a.md", b"---\ntitle: A\n---\n\nOne\0 \ttwo\x07\r\n\x7f\x0c".to_vec());
        let mut found = Vec::new();
        controls(&source, Span::new(18, source.text.len()), &mut found);
        let places: Vec<usize> = found.iter().map(|it| it.place.as_ref().expect("has a place").span().start).collect();
        assert_eq!(places, [21, 27, 30]);
        assert_eq!(&*found[1].message, "a control character stands here (U+0007), which nobody can see");
        let edits: Vec<Edit> = found.into_iter().flat_map(|it| it.fix).collect();
        assert_eq!(Edit::apply(&edits, &source.text), "---\ntitle: A\n---\n\nOne \ttwo\r\n\x0c");
    }

    fn wide(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let marked = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        let bytes = |it: u16| if little { it.to_le_bytes() } else { it.to_be_bytes() };
        marked.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn half_a_letter_is_told_where_it_stands() {
        let half = "half a letter stands here";
        let one = format!("{half}, which is not UTF-8");
        check(b"A page\xc2 of ours", &one);
        check(b"A page\xc2", &one);
        check(b"\xe2\x80\x99s a page\xe2\x80.", &one);
        check(b"caf\xc3\xa9 \xe9t", &one);
        let two = format!("{half}, one of 2 in this file, which is not UTF-8");
        check(b"One\xc2 two\xc2\n", &format!("{two} {two}"));
        let mut found = Vec::new();
        super::check(&Source::new("a.md", b"\xc2 ".repeat(1000)), &mut found);
        assert_eq!(found.len(), MANY);
        assert!(found.iter().all(|it| it.fix.is_empty() && it.message.contains("one of 1000")));
    }

    #[test]
    fn the_encoding_is_guessed() {
        check("é".as_bytes(), "");
        check(b"", "");
        let windows = "is not UTF-8; it may be Windows-1252, as older programs write it, where this is";
        check(b"caf\xe9 au", &format!("byte 3 of this file (0xE9) {windows} `é`"));
        check(b"It\x92s", &format!("byte 2 of this file (0x92) {windows} `’`"));
        check(b"\xc2ge", &format!("byte 0 of this file (0xC2) {windows} `Â`"));
        check(b"It\x81s", "byte 2 of this file (0x81) is not UTF-8; nor is it Windows-1252");
        let text = "---\ntitle: Caf\u{e9}\n---\n";
        let is = |byte: &str, name: &str| {
            format!("byte {byte} is not UTF-8; the file is likely to be UTF-16 ({name}-endian)")
        };
        check(&wide(text, true, true), &is("0 of this file (0xFF)", "little"));
        check(&wide(text, false, true), &is("0 of this file (0xFE)", "big"));
        check(&wide(text, true, false), &is("1 of this file (0x00)", "little"));
        check(&wide(text, false, false), &is("0 of this file (0x00)", "big"));
        check(format!("{text}{}", "a\0b\0".repeat(100)).as_bytes(), "");
        check(b"---\ntitle: A\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\n---\n", "");
        check(b"\0---\ntitle: A\n---\n", "");
    }
}
