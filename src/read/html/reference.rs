//! Character references: `&#106;`, `&#x6a;`, `&colon;`.

use std::borrow::Cow;

/// Returns `text` with its references read, as far as an address depends on them.
///
/// Numbers are read all, also without `;`. Of the names only those of ASCII punctuation: no other name stands for a
/// character that could end or hide the scheme of an address, save `&fjlig;`, which is in no scheme.
pub(crate) fn read(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (character, length) = reference(&rest[at + 1..]).unwrap_or(('&', 0));
        out.push(character);
        rest = &rest[at + 1 + length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns the character that a reference without its `&` stands for, and the length of the reference.
fn reference(rest: &str) -> Option<(char, usize)> {
    match rest.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => numeric(digits, 16, 2),
            None => numeric(number, 10, 1),
        },
        None => NAMES.iter().find_map(|(name, it)| rest.starts_with(name).then_some((*it, name.len()))),
    }
}

fn numeric(rest: &str, radix: u32, before: usize) -> Option<(char, usize)> {
    let end = rest.find(|it: char| !it.is_digit(radix)).unwrap_or(rest.len());
    let digits = (end > 0).then(|| &rest[..end])?;
    let character =
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((character, before + end + usize::from(rest[end..].starts_with(';'))))
}

const NAMES: [(&str, char); 36] = [
    ("amp;", '&'),
    ("AMP;", '&'),
    ("lt;", '<'),
    ("LT;", '<'),
    ("gt;", '>'),
    ("GT;", '>'),
    ("quot;", '"'),
    ("QUOT;", '"'),
    ("apos;", '\''),
    ("Tab;", '\t'),
    ("NewLine;", '\n'),
    ("nbsp;", '\u{a0}'),
    ("excl;", '!'),
    ("num;", '#'),
    ("dollar;", '$'),
    ("percnt;", '%'),
    ("lpar;", '('),
    ("rpar;", ')'),
    ("ast;", '*'),
    ("plus;", '+'),
    ("comma;", ','),
    ("period;", '.'),
    ("sol;", '/'),
    ("colon;", ':'),
    ("semi;", ';'),
    ("equals;", '='),
    ("quest;", '?'),
    ("commat;", '@'),
    ("lsqb;", '['),
    ("bsol;", '\\'),
    ("rsqb;", ']'),
    ("lowbar;", '_'),
    ("grave;", '`'),
    ("lcub;", '{'),
    ("verbar;", '|'),
    ("rcub;", '}'),
];

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
        check("caf&eacute;", "caf&eacute;");
    }
}
