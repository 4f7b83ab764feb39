//! Where an address leads: into the site, out of it, or into a trap.

use std::borrow::Cow;

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a file or an address of the site: what has no scheme and no host.
    Inside,
    /// Elsewhere.
    Outside,
    /// To code, or to a page inside the address.
    Unsafe,
}

/// Returns the address without control characters and without space around it, as browsers read it.
pub(crate) fn clean(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|it: char| it.is_ascii_control() || it == ' ');
    match trimmed.contains(|it: char| it.is_control()) {
        true => Cow::Owned(trimmed.chars().filter(|it| !it.is_control()).collect()),
        false => Cow::Borrowed(trimmed),
    }
}

/// Returns where an address that is [`clean`] leads.
pub(crate) fn target(address: &str) -> Target {
    match scheme(address) {
        Some(scheme) if UNSAFE.iter().any(|it| it.eq_ignore_ascii_case(scheme)) => Target::Unsafe,
        Some(_) => Target::Outside,
        None if address.starts_with("//") => Target::Outside,
        None => Target::Inside,
    }
}

/// Returns the scheme of an address (RFC 3986, section 3.1): `https`.
pub(crate) fn scheme(address: &str) -> Option<&str> {
    let end = address.find(|it: char| !(it.is_ascii_alphanumeric() || "+-.".contains(it)))?;
    let scheme = &address[..end];
    (address[end..].starts_with(':') && scheme.starts_with(|it: char| it.is_ascii_alphabetic())).then_some(scheme)
}

const UNSAFE: [&str; 3] = ["javascript", "vbscript", "data"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: Target) {
        assert_eq!(target(&clean(address)), expected, "{address:?}");
    }

    #[test]
    fn targets() {
        for inside in ["", "#a", "a.md", "../a b.md#c", "@/a.md", "/a/", "?q", "a/b:c", ":a", "é:a", "1:a"] {
            check(inside, Target::Inside);
        }
        for outside in ["https://a.org", "HTTP://a", "//a.org/b", "mailto:a@b.org", "tel:+44", " https://a.org"] {
            check(outside, Target::Outside);
        }
    }

    #[test]
    fn traps() {
        for trap in ["javascript:a", "JavaScript:a", " javascript:a", "\u{1}javascript:a", "java\tscript:a"] {
            check(trap, Target::Unsafe);
        }
        for trap in ["java\nscript\r:a", "java\0script:a", "java\u{85}script:a", "vbscript:a", "data:text/html,a"] {
            check(trap, Target::Unsafe);
        }
    }
}
