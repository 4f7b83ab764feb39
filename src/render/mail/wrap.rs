//! Lines that are not too long. Letters count as a terminal shows them: an emoji and a Chinese character are two columns wide.

use unicode_width::UnicodeWidthStr;

/// Returns how many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Returns a text in lines of at most `columns`, the first with `first` before it, the others with `rest`. Only an address is
/// longer, if it must be.
pub(super) fn wrap(text: &str, columns: usize, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split([' ', '\t']).filter(|it| !it.is_empty()) {
        if !is_empty && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_empty = true;
        }
        let room = columns.saturating_sub(width(&line)).max(1);
        let parts = if word.contains("://") { vec![word.to_owned()] } else { broken(word, room) };
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                lines.push(std::mem::replace(&mut line, rest.to_owned()));
            } else if !is_empty {
                line.push(' ');
            }
            line.push_str(part);
            is_empty = false;
        }
    }
    if !is_empty {
        lines.push(line);
    }
    lines
}

/// Returns a text without places to break it in parts of at most `columns`.
pub(super) fn broken(text: &str, columns: usize) -> Vec<String> {
    if width(text) <= columns {
        return vec![text.to_owned()];
    }
    let mut parts = vec![String::new()];
    for letter in text.chars() {
        let last = parts.last_mut().expect("there is one from the start");
        last.push(letter);
        // A sign may change how wide those before it are, so the whole is measured.
        if width(last) > columns && last.chars().count() > 1 {
            last.pop();
            parts.push(letter.to_string());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_columns() {
        let check = |text: &str, expected: &[&str]| assert_eq!(wrap(text, 10, "* ", "  "), expected, "{text}");
        check("one two three", &["* one two", "  three"]);
        check("", &[]);
        check("abcdefghijkl", &["* abcdefgh", "  ijkl"]);
        check("see https://example.org/a/b now", &["* see", "  https://example.org/a/b", "  now"]);
        check("家家家家家", &["* 家家家家", "  家"]);
        check("a 👩‍👩‍👧 b 🎉 c", &["* a 👩‍👩‍👧 b", "  🎉 c"]);
        check("5\u{a0}000\u{a0}£ x", &["* 5\u{a0}000\u{a0}£", "  x"]);
    }
}
