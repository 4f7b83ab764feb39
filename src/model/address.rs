//! Addresses as people write them: where one leads, and what is wrong with one that can lead nowhere.
//!
//! Every link, attribute, field and setting that holds an address asks [`reach`]. Whether there is anything at an address of the
//! site is known only when all documents are brought together.

use std::borrow::Cow;

use super::diagnostic::{Diagnostic, Place, near_miss};

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To a file or an address of the site: it has no scheme and no host.
    Inside,
    /// To another site, a mailbox, a telephone.
    Outside,
}

/// Why an address can lead nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The code of its diagnostic: `unsafe-link`, `wrong-scheme` or `wrong-form`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Wrong {
    /// Returns the diagnostic at a place.
    pub fn at(self, place: Place) -> Diagnostic {
        Diagnostic::error(self.code, place, self.message).help(self.help)
    }

    /// Returns whether the address would run code, so that it is not published whatever the severity of its rule.
    pub fn runs_code(&self) -> bool {
        self.code == "unsafe-link"
    }
}

/// Schemes whose addresses hold code or a page, or show the source of one.
const CODE: [&str; 6] = ["javascript", "vbscript", "data", "blob", "filesystem", "view-source"];

/// Schemes that programs on readers' machines know. `http` and `https` must be followed by a host.
const KNOWN: [&str; 18] = [
    "https", "http", "mailto", "tel", "sms", "geo", "webcal", "feed", "ftp", "sftp", "git", "ssh", "xmpp", "matrix",
    "sip", "irc", "ircs", "whatsapp",
];

/// Returns the address without control characters and without space around it, as browsers read it.
pub fn clean(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|it: char| it.is_ascii_control() || it == ' ');
    match trimmed.contains(|it: char| it.is_control()) {
        true => Cow::Owned(trimmed.chars().filter(|it| !it.is_control()).collect()),
        false => Cow::Borrowed(trimmed),
    }
}

/// Returns where an address that is [`clean`] leads.
///
/// # Errors
/// Says what is wrong with an address that would run code, names a file of one computer, or begins with a scheme that nobody
/// knows.
pub fn reach(address: &str) -> Result<Reach, Wrong> {
    if address.starts_with("\\\\") {
        return Err(own_computer(address));
    }
    let Some(scheme) = scheme(address) else {
        return Ok(if address.starts_with("//") { Reach::Outside } else { Reach::Inside });
    };
    let rest = &address[scheme.len() + 1..];
    let is = |it: &&&str| it.eq_ignore_ascii_case(scheme);
    match KNOWN.iter().find(is) {
        Some(&"http" | &"https") if !has_host(rest) => Err(without_host(address, scheme, rest)),
        Some(_) => Ok(Reach::Outside),
        None if CODE.iter().any(|it| it.eq_ignore_ascii_case(scheme)) => Err(Wrong {
            code: "unsafe-link",
            message: format!("links may not begin with `{}:`", scheme.to_ascii_lowercase()),
            help: "link to a page or a file: `https://…`, `../page.md`".to_owned(),
        }),
        None if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") => Err(own_computer(address)),
        None => Err(unknown(address, scheme, rest)),
    }
}

/// Returns where the address of a field or a setting leads, which is one word.
///
/// # Errors
/// As [`reach`], and where it is empty, has spaces, or is a host or a mailbox without its scheme.
pub fn reach_of_value(address: &str) -> Result<Reach, Wrong> {
    let one_word = !address.is_empty() && !address.contains(|it: char| it.is_whitespace() || it.is_control());
    let meant = meant(address);
    match reach(&clean(address)) {
        Err(wrong) if wrong.runs_code() || one_word => Err(wrong),
        reach if one_word && meant.is_none() => reach,
        _ => Err(Wrong {
            code: "wrong-form",
            message: format!(
                "`{}` is not an address, such as `https://example.org/` or `/about/`",
                address.escape_debug()
            ),
            help: match (meant, address.trim()) {
                (Some(meant), _) if one_word => format!("did you mean `{meant}`?"),
                (_, trimmed) if trimmed != address && !trimmed.is_empty() => {
                    format!("write `{trimmed}`, without spaces around it")
                }
                _ => "write one address without spaces; a space in the name of a file is `%20`".to_owned(),
            },
        }),
    }
}

/// Returns the scheme of an address (RFC 3986, section 3.1): `https`.
pub fn scheme(address: &str) -> Option<&str> {
    let end = address.find(|it: char| !(it.is_ascii_alphanumeric() || "+-.".contains(it)))?;
    let scheme = &address[..end];
    (address[end..].starts_with(':') && scheme.starts_with(|it: char| it.is_ascii_alphabetic())).then_some(scheme)
}

/// Returns the path of an address of the site, and what follows it from the first `?` or `#` on: `a.md`, `?ref=mail#costs`.
pub fn split(address: &str) -> (&str, &str) {
    address.split_at(address.find(['?', '#']).unwrap_or(address.len()))
}

/// Returns the id that `rest`, as [`split`] gives it, leads to. A text fragment (`#:~:text=`) is for the browser alone.
pub fn anchor(rest: &str) -> &str {
    let fragment = rest.split_once('#').map_or("", |it| it.1);
    fragment.split_once(":~:").map_or(fragment, |it| it.0)
}

/// Returns the address that may have been meant by a path to which nothing leads: `https://www.example.org/` for
/// `www.example.org/`.
pub fn meant(path: &str) -> Option<String> {
    for (begun, scheme) in [("https//", "https"), ("http//", "http"), ("https;//", "https"), ("http;//", "http")] {
        if let Some(rest) = path.strip_prefix(begun) {
            return Some(format!("{scheme}://{rest}"));
        }
    }
    let host = path.split('/').next().unwrap_or_default();
    match path.split_once('@') {
        _ if scheme(path).is_some() => None,
        _ if host.starts_with("www.") && host.len() > "www.".len() => Some(format!("https://{path}")),
        Some((name, host)) if !name.is_empty() && !name.contains('/') && host.contains('.') && !host.contains('/') => {
            Some(format!("mailto:{path}"))
        }
        _ => None,
    }
}

fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|it| {
        // `https://https://` has its scheme twice.
        let again = ["https://", "http://"].iter().any(|scheme| it.starts_with(scheme));
        !again && it.starts_with(|it: char| it.is_alphanumeric() || it == '[' || !it.is_ascii())
    })
}

fn without_host(address: &str, scheme: &str, rest: &str) -> Wrong {
    let host = rest.trim_start_matches(['/', '\\', ':']);
    let host = ["https://", "http://"].iter().find_map(|it| host.strip_prefix(it)).unwrap_or(host);
    Wrong {
        code: "wrong-scheme",
        message: format!("`{address}` names no host"),
        help: match host.is_empty() {
            true => "write the whole address: `https://www.example.org/`".to_owned(),
            false => format!("did you mean `{}://{host}`?", scheme.to_ascii_lowercase()),
        },
    }
}

fn own_computer(address: &str) -> Wrong {
    let name =
        address.rsplit(['/', '\\']).next().filter(|it| !it.is_empty() && !it.contains(':')).unwrap_or("plan.pdf");
    Wrong {
        code: "wrong-scheme",
        message: format!("`{address}` is a place on your own computer or network, which readers can't reach"),
        help: format!("put the file beside the page, and link to it by its name: `{name}`"),
    }
}

fn unknown(address: &str, scheme: &str, rest: &str) -> Wrong {
    let lower = scheme.to_ascii_lowercase();
    let is_port = rest.starts_with(|it: char| it.is_ascii_digit()) && (scheme.contains('.') || lower == "localhost");
    // Most slips are in what most addresses begin with.
    let near = |known: &[&'static str]| near_miss(&lower, known.iter().copied());
    let help = match near(&KNOWN[..5]).or_else(|| near(&KNOWN[5..])) {
        _ if is_port => format!("did you mean `https://{address}`?"),
        _ if lower == "doi" => format!("did you mean `https://doi.org/{}`?", rest.trim_start_matches('/')),
        Some(near @ ("https" | "http")) => format!("did you mean `{near}://{}`?", rest.trim_start_matches('/')),
        Some(near) => format!("did you mean `{near}:{rest}`?"),
        None => "write a whole address, such as `https://…` or `mailto:…`, or the name of a file".to_owned(),
    };
    Wrong { code: "wrong-scheme", message: format!("no browser knows addresses that begin with `{scheme}:`"), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_and_outside() {
        let check = |address: &str, expected| assert_eq!(reach(&clean(address)), Ok(expected), "{address:?}");
        for inside in ["", "#a", "a.md", "../a b.md#c", "@/a.md", "/a/", "?q", "a/b:c", ":a", "é:a", "1:a", "www.a.org"]
        {
            check(inside, Reach::Inside);
        }
        for outside in
            ["https://a.org", "HTTP://a", "//a.org/b", "mailto:a@b.org", "tel:+44", "sms:+44", " https://a.org"]
        {
            check(outside, Reach::Outside);
        }
        for outside in ["https://münchen.example/", "http://[::1]/", "ftp://a.org/b", "webcal://a.org/b.ics"] {
            check(outside, Reach::Outside);
        }
    }

    #[test]
    fn what_would_run_code() {
        for trap in [
            "javascript:a",
            "JavaScript:a",
            " javascript:a",
            "\u{1}javascript:a",
            "java\tscript:a",
            "java\nscript\r:a",
            "java\0script:a",
            "java\u{85}script:a",
            "vbscript:a",
            "data:text/html,a",
            "blob:https://a.org/b",
            "filesystem:https://a.org/b",
            "view-source:https://a.org/",
            "View-Source:a",
        ] {
            assert_eq!(reach(&clean(trap)).map_err(|it| it.code), Err("unsafe-link"), "{trap:?}");
            assert_eq!(reach_of_value(trap).map_err(|it| it.code), Err("unsafe-link"), "{trap:?}");
        }
    }

    #[test]
    fn schemes_that_nobody_knows() {
        let check = |address: &str, help: &str| {
            let wrong = reach(&clean(address)).expect_err(address);
            assert_eq!(wrong.code, "wrong-scheme", "{address}");
            assert!(wrong.help.contains(help), "{address}: {}", wrong.help);
        };
        check("htttps://b.example/", "`https://b.example/`");
        check("HTTPSS://b.example/", "`https://b.example/`");
        check("htp://b.example/", "`http://b.example/`");
        check("mialto:a@b.org", "`mailto:a@b.org`");
        check("https:/b.example/", "`https://b.example/`");
        check("https:b.example/", "`https://b.example/`");
        check("https:///b.example", "`https://b.example`");
        check("https://https://b.example", "`https://b.example`");
        check("https://", "whole address");
        check("www.example.org:8080/a", "`https://www.example.org:8080/a`");
        check("localhost:1111/", "`https://localhost:1111/`");
        check("doi:10.1234/abc", "`https://doi.org/10.1234/abc`");
        check("C:\\Users\\ada\\plan.docx", "`plan.docx`");
        check("c:/plan.docx", "`plan.docx`");
        check("file:///C:/Users/ada/plan.docx", "`plan.docx`");
        check("FILE://a/b", "`b`");
        check("\\\\server\\share\\plan.docx", "`plan.docx`");
        check("zzz:a", "whole address");
    }

    #[test]
    fn values_are_one_word() {
        let check = |address: &str, expected| assert_eq!(reach_of_value(address).map_err(|it| it.code), expected);
        check("https://a.org/", Ok(Reach::Outside));
        check("@/about.md", Ok(Reach::Inside));
        for wrong in ["www.example.org", "http//example.org/", "team@example.org"] {
            check(wrong, Err("wrong-form"));
        }
        check("mailto:team@example.org", Ok(Reach::Outside));
        for wrong in ["", " ", "see the website", "https://a.org/ b", " https://a.org/", "/a\n/b/", "/a\u{7}/"] {
            check(wrong, Err("wrong-form"));
        }
    }

    #[test]
    fn parts() {
        let check = |address: &str, expected: (&str, &str), id: &str| {
            assert_eq!((split(address), anchor(split(address).1)), (expected, id), "{address}");
        };
        check("a.md", ("a.md", ""), "");
        check("a.md#b", ("a.md", "#b"), "b");
        check("a.md?ref=mail#b", ("a.md", "?ref=mail#b"), "b");
        check("a.md#b?c", ("a.md", "#b?c"), "b?c");
        check("a.md#:~:text=some%20words", ("a.md", "#:~:text=some%20words"), "");
        check("a.md#b:~:text=c", ("a.md", "#b:~:text=c"), "b");
        check("?a", ("", "?a"), "");
    }

    #[test]
    fn what_was_meant() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(meant(path).as_deref(), expected, "{path}");
        check("www.example.org", Some("https://www.example.org"));
        check("www.example.org/a", Some("https://www.example.org/a"));
        check("http//example.org/a", Some("http://example.org/a"));
        check("https;//example.org", Some("https://example.org"));
        check("team@example.org", Some("mailto:team@example.org"));
        check("@/about.md", None);
        check("about.md", None);
        check("mailto:team@example.org", None);
        check("a/b@c.d", None);
        check("www.", None);
    }
}
