//! What a published path may be, so that every computer and every host can hold it.
//!
//! Source: Microsoft, "Naming Files, Paths, and Namespaces"; GitHub Actions, names in artifacts.

use std::sync::Arc;

use super::diagnostic::{Diagnostic, Place};
use super::route::Route;
use super::source::Span;

/// Names that Windows keeps for devices, with any ending; `com1` to `lpt9` beside.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Signs that no file on Windows can have in its name, or that mean something else in an address.
const SIGNS: [char; 11] = ['*', '?', '"', '<', '>', '|', ':', '\\', '#', '%', '\u{fffd}'];

/// Names of files that tell a host what to do. They belong into `static/`, where they are put on purpose.
const FOR_HOSTS: [&str; 10] = [
    "_redirects",
    "_headers",
    "_routes.json",
    "_worker.js",
    "web.config",
    "cname",
    "netlify.toml",
    "vercel.json",
    "staticwebapp.config.json",
    "manifest.json",
];

/// The longest name of a file that file systems allow, in bytes.
const LONGEST: usize = 255;

/// Returns why no file can be at a path, `/`-separated, on every computer; `None` where it can.
pub fn fault(path: &str) -> Option<String> {
    path.split('/').filter(|it| !it.is_empty()).find_map(fault_of_name)
}

fn fault_of_name(name: &str) -> Option<String> {
    if let Some(sign) = name.chars().find(|it| it.is_control() || SIGNS.contains(it)) {
        let sign = if sign.is_control() { "a control character".to_owned() } else { format!("`{sign}`") };
        return Some(format!("{sign} can't stand in a name"));
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let is_port = |it: &str| {
        let ports = ["com", "lpt"].iter().find_map(|port| it.strip_prefix(port));
        ports.is_some_and(|it| matches!(it, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
    };
    // The longest name of a device has seven letters.
    let lower = if stem.len() <= "conout$".len() { stem.to_ascii_lowercase() } else { String::new() };
    if DEVICES.contains(&&*lower) || is_port(&lower) {
        return Some(format!("Windows keeps the name `{stem}` for a device"));
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some(format!(
            "`{name}` begins with a space, or ends with a space or a full stop, and Windows drops these"
        ));
    }
    (name.len() > LONGEST).then(|| format!("a name has {} bytes, and file systems allow {LONGEST}", name.len()))
}

/// Returns why a document can't have an address that it gives itself, as a permalink or an alias; `None` where it can.
pub fn fault_of_address(written: &str) -> Option<String> {
    if let Some(fault) = fault(written) {
        return Some(fault);
    }
    let Some(route) = Route::parse(written) else { return Some("`.` and `..` can't be parts of it".to_owned()) };
    let path = route.as_str().trim_matches('/');
    let mut names = path.split('/');
    if let Some(name) = names.clone().find(|it| it.starts_with('.') && *it != ".well-known") {
        return Some(format!("`{name}` begins with a dot, as files for hosts and programs do"));
    }
    if names.next().is_some_and(|it| FOR_HOSTS.iter().any(|name| name.eq_ignore_ascii_case(it)))
        || path.to_ascii_lowercase().ends_with("web.config")
    {
        return Some(format!("`{path}` is a name for hosts and programs"));
    }
    let folder = route.as_str().strip_suffix("index.html")?;
    Some(format!("leave out `index.html`, for `{folder}` is the same address"))
}

/// Returns the address of a file that is passed on, or its diagnostic where it can have none: `source` is where the file is,
/// `address` where it would be.
///
/// Gives `file-name-character`, `unportable-name`.
///
/// # Errors
/// Where no address can have the name, or not every computer can hold it.
pub fn file(source: &Arc<str>, address: &str) -> Result<Route, Box<Diagnostic>> {
    let told = |code, message| {
        let place = Place::new(source, Span::default());
        Box::new(Diagnostic::error(code, place, message).help("rename it, with letters, digits and hyphens"))
    };
    let Some(route) = Route::of_file(address) else {
        let message = format!("the name `{source}` holds one of `?`, `#`, `%`, `:`, which no address can");
        return Err(told("file-name-character", message));
    };
    match fault(route.as_str()) {
        Some(fault) => Err(told("unportable-name", format!("not every computer can hold `{source}`: {fault}"))),
        None => Ok(route),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_every_computer_can_hold() {
        for path in
            ["a.txt", "/blog/a/", "Console.md", "com10.txt", "com", "a b/é.pdf", "icon.png", "..a", "aux-b", "lpt"]
        {
            assert_eq!(fault(path), None, "{path}");
        }
        for path in
            ["con", "CON.md", "a/nul.txt", "aux.tar.gz", "Com1", "lpt9.txt", "com¹", "con .txt", "prn/a", "conin$"]
        {
            assert!(fault(path).is_some_and(|it| it.contains("device")), "{path}");
        }
        for path in ["a.", "a /b", "b/ a", "c.. "] {
            assert!(fault(path).is_some_and(|it| it.contains("drops")), "{path}");
        }
        for path in ["/old/*", "a\nb", "a\u{7f}", "a|b", "a\"b", "a<b>", "a?b", "a\\b"] {
            assert!(fault(path).is_some_and(|it| it.contains("can't stand")), "{path:?}");
        }
        assert!(fault(&"é".repeat(128)).is_some_and(|it| it.contains("256 bytes")));
    }

    #[test]
    fn addresses_of_documents() {
        for address in
            ["/old/page/", "old/page.html", "/", "/.well-known/security.txt", "/blog/manifest.json", "/index/"]
        {
            assert_eq!(fault_of_address(address), None, "{address}");
        }
        for address in [
            "/*",
            "/old/*",
            "/.htaccess",
            "/.git/hooks/",
            "/.folio-staging/x/",
            "/index.html",
            "/old/index.html",
            "/manifest.json",
            "/Manifest.JSON",
            "/_redirects",
            "/_headers",
            "/web.config",
            "/a/Web.config",
            "/con/",
            "/a/NUL.html",
            "/x\n/y/",
            "/a./b/",
            "../a",
            "/a?b",
        ] {
            assert!(fault_of_address(address).is_some(), "{address:?}");
        }
    }
}
