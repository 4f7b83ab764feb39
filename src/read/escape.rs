//! Text made safe to stand in HTML.
//!
//! Control characters are left out: neither HTML nor XML may hold them, and browsers drop some of them inside `javascript:`.

/// What becomes of a byte; the number is its place in [`WRITTEN`].
type Table = [u8; 256];

const WRITTEN: [&str; 6] = ["", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
const SAME: u8 = u8::MAX;

static TEXT: Table = table(b"&<>");
static ATTRIBUTE: Table = table(b"&<>\"'");
static TEXT_WITH_REFERENCES: Table = table(b"<>");
static ATTRIBUTE_WITH_REFERENCES: Table = table(b"<>\"'");

/// Adds `text` as text between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    add(out, text, &TEXT);
}

/// Adds `text` as the value of a quoted attribute.
pub(crate) fn attribute(out: &mut String, text: &str) {
    add(out, text, &ATTRIBUTE);
}

/// Adds text that is HTML already, so that `&eacute;` stays a reference.
pub(crate) fn html_text(out: &mut String, text: &str) {
    add(out, text, &TEXT_WITH_REFERENCES);
}

/// Adds the value of an attribute that is HTML already.
pub(crate) fn html_attribute(out: &mut String, text: &str) {
    add(out, text, &ATTRIBUTE_WITH_REFERENCES);
}

/// Adds `address` as the value of `href` or `src`; what no address may hold is percent-encoded.
pub(crate) fn address(out: &mut String, address: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let (host, rest) = address.split_at(numbered_host(address));
    out.push_str(host);
    for byte in rest.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'!' | b'#'..=b'/' | b':' | b';' | b'=' | b'?' | b'@' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_control() => {}
            _ => out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]),
        }
    }
}

/// Returns where the host of an address ends that is a number of IPv6: its brackets belong to it (RFC 3986, section 3.2.2). 0 where
/// the host is another.
fn numbered_host(address: &str) -> usize {
    let start = ["http://[", "https://[", "//["].iter().find(|it| address.starts_with(**it));
    let Some(start) = start.map(|it| it.len()) else { return 0 };
    let number = address[start..].split(']').next().unwrap_or_default();
    let is_number = number.parse::<std::net::Ipv6Addr>().is_ok() && address[start + number.len()..].starts_with(']');
    if is_number { start + number.len() + 1 } else { 0 }
}

fn add(out: &mut String, text: &str, table: &Table) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(run) = next(&bytes[from..], table) {
        let at = from + run;
        out.push_str(&text[from..at]);
        out.push_str(WRITTEN[usize::from(table[usize::from(bytes[at])])]);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Returns where the first byte stands that does not stay the same.
fn next(bytes: &[u8], table: &Table) -> Option<usize> {
    let changes = |it: &u8| table[usize::from(*it)] != SAME;
    let (blocks, rest) = bytes.as_chunks::<16>();
    let found = blocks.iter().enumerate().filter(|(_, block)| may_change(block)).find_map(|(at, block)| {
        let inside = block.iter().position(changes)?;
        Some(at * 16 + inside)
    });
    found.or_else(|| Some(blocks.len() * 16 + rest.iter().position(changes)?))
}

/// Returns whether any table changes a byte of these. Written so that the compiler looks at all 16 at once.
fn may_change(block: &[u8; 16]) -> bool {
    let mut changes = [0; 16];
    for (change, it) in changes.iter_mut().zip(*block) {
        *change = u8::from(it < b' ') | u8::from(it == b'&') | u8::from(it == b'<') | u8::from(it == b'>');
        *change |= u8::from(it == b'"') | u8::from(it == b'\'') | u8::from(it == 127);
    }
    u128::from_ne_bytes(changes) != 0
}

const fn table(escaped: &[u8]) -> Table {
    let mut table = [SAME; 256];
    let mut byte = 0;
    while byte < 32 {
        if byte != b'\t' as usize && byte != b'\n' as usize {
            table[byte] = 0;
        }
        byte += 1;
    }
    table[127] = 0;
    let mut index = 0;
    while index < escaped.len() {
        table[escaped[index] as usize] = match escaped[index] {
            b'&' => 1,
            b'<' => 2,
            b'>' => 3,
            b'"' => 4,
            _ => 5,
        };
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    fn check(write: fn(&mut String, &str), input: &str, expected: &str) {
        let mut out = String::new();
        write(&mut out, input);
        assert_eq!(out, expected);
    }

    #[test]
    fn text() {
        check(super::text, "a < b & c > \"d\" é", "a &lt; b &amp; c &gt; \"d\" é");
        check(super::text, "bell \u{7} nul \0 tab \t end\r\n", "bell  nul  tab \t end\n");
        check(super::html_text, "&eacute; < b", "&eacute; &lt; b");
    }

    #[test]
    fn attribute() {
        check(super::attribute, "\"'<&", "&quot;&#39;&lt;&amp;");
        check(super::html_attribute, "\"&eacute;", "&quot;&eacute;");
    }

    #[test]
    fn address() {
        check(
            super::address,
            "https://a.org/ü?b=1&c='2' 3#d%20",
            "https://a.org/%C3%BC?b=1&amp;c=&#39;2&#39;%203#d%20",
        );
        check(super::address, "a\"b<c>\u{1}[", "a%22b%3Cc%3E%5B");
        check(super::address, "http://[::1]:80/[a]", "http://[::1]:80/%5Ba%5D");
        check(super::address, "//[2001:db8::1]", "//[2001:db8::1]");
        check(super::address, "https://[<::1>]/", "https://%5B%3C::1%3E%5D/");
        check(super::address, "http://[::1", "http://%5B::1");
    }
}
