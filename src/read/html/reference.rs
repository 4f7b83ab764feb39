//! Character references: `&#106;`, `&#x6a;`, `&colon;`.

use std::borrow::Cow;

use web_atoms::NAMED_ENTITIES;

/// Returns `text` with its references read, as far as an address depends on them.
///
/// Numbers are read all, also without `;`; names with it (HTML, section 13.5): without it `&copy=1` is a part of an address.
pub(crate) fn read(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let ([first, second], length) = reference(&rest[at + 1..]).unwrap_or(([Some('&'), None], 0));
        out.extend(first.into_iter().chain(second));
        rest = &rest[at + 1 + length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The characters that a reference stands for: one, or two for some names.
type Characters = [Option<char>; 2];

/// Returns the characters that a reference without its `&` stands for, and the length of the reference.
fn reference(rest: &str) -> Option<(Characters, usize)> {
    match rest.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => numeric(digits, 16, 2),
            None => numeric(number, 10, 1),
        },
        None => named(rest),
    }
}

fn named(rest: &str) -> Option<(Characters, usize)> {
    let length = rest.find(|it: char| !it.is_ascii_alphanumeric()).filter(|it| rest[*it..].starts_with(';'))? + 1;
    let (first, second) = NAMED_ENTITIES.get(&rest[..length])?;
    let character = |it: u32| char::from_u32(it).filter(|it| *it != '\0');
    Some(([Some(character(*first)?), character(*second)], length))
}

fn numeric(rest: &str, radix: u32, before: usize) -> Option<(Characters, usize)> {
    let end = rest.find(|it: char| !it.is_digit(radix)).unwrap_or(rest.len());
    let digits = (end > 0).then(|| &rest[..end])?;
    let character =
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some(([Some(character), None], before + end + usize::from(rest[end..].starts_with(';'))))
}

#[cfg(test)]
mod tests {
    #[test]
    fn references() {
        let check = |text: &str, expected: &str| assert_eq!(super::read(text), expected);
        check("plain", "plain");
        check("a=1&amp;b=2&c=3&", "a=1&b=2&c=3&");
        check("java&#115;cript&colon;x", "javascript:x");
        check("&#106avascript&#x3A;x", "javascript:x");
        check("&#0000106;&#X6a;j", "jjj");
        check("java&Tab;script&NewLine;", "java\tscript\n");
        check("&#x110000;&#99999999999;&#;&#x;&#xg", "\u{fffd}\u{fffd}&#;&#x;&#xg");
        check("caf&eacute;/&Auml;&szlig;", "café/Äß");
        check("&NotEqualTilde;&fjlig;&nbsp;", "≂\u{338}fj\u{a0}");
        check("&nosuch;&eacut;&copy=1&lang;", "&nosuch;&eacut;&copy=1⟨");
    }
}
