//! Addresses on the site.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The file that names the addresses which were published, one on each line, in the site's folder.
pub const LOCK: &str = "urls.lock";

/// An address on the site, without host and without the path of its base address: `/blog/first/`, `/feed.xml`.
///
/// Begins with `/`; holds no `//`, no `.` or `..` part, no `?`, `#`, `%`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Arc<str>);

impl Route {
    /// Returns the route of an address that is known to be in form.
    pub fn new(address: impl Into<Arc<str>>) -> Route {
        let address = address.into();
        debug_assert!(address.starts_with('/') && !address.contains("//"), "not a route: {address}");
        Route(address)
    }

    /// Returns the route of what somebody wrote, where it can be one: a slash is put before and, unless the last part has
    /// an ending, after it.
    pub fn parse(written: &str) -> Option<Route> {
        let trimmed = written.trim();
        let parts: Vec<&str> = trimmed.split('/').filter(|it| !it.is_empty()).collect();
        let wrong = |it: &&str| *it == "." || *it == ".." || it.contains(['?', '#', '%', '\\', '\0', ':']);
        if parts.iter().any(wrong) {
            return None;
        }
        let Some(last) = parts.last() else { return Some(Route::new("/")) };
        let end = if last.contains('.') && !trimmed.ends_with('/') { "" } else { "/" };
        Some(Route::new(format!("/{}{end}", parts.join("/"))))
    }

    /// Returns the route of a file that is passed on at its path, where it can be one: `/CNAME`, with no slash after it.
    pub fn of_file(path: &str) -> Option<Route> {
        let route = Route::parse(path)?;
        let address = route.0.trim_end_matches('/');
        (!address.is_empty()).then(|| Route::new(address))
    }

    /// Returns the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path of the file that a server gives for it: `blog/first/index.html`, `feed.xml`.
    pub fn file(&self) -> String {
        let path = &self.0[1..];
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// Returns the address of `rest` under this one.
    pub fn join(&self, rest: &str) -> Route {
        Route::new(format!("{}/{}", self.0.trim_end_matches('/'), rest.trim_start_matches('/')))
    }

    /// Returns the address of a page, from 1, of the list at this one: `/blog/page/2/`.
    pub fn page(&self, number: usize) -> Route {
        if number == 1 { self.clone() } else { self.join(&format!("page/{number}/")) }
    }
}

/// Returns the address of the list and the number, where an address is that of a page after the first, as [`Route::page`]
/// gives it.
pub fn page_of(address: &str) -> Option<(&str, usize)> {
    let (root, digits) = address.strip_suffix('/')?.rsplit_once('/')?;
    let number = digits.parse().ok().filter(|it| *it > 1 && !digits.starts_with(['0', '+']))?;
    Some((root.strip_suffix("page").filter(|it| it.ends_with('/'))?, number))
}

/// Returns whether an address has a letter that is not small, so that another one may differ from it in that alone.
pub fn is_cased(address: &str) -> bool {
    address.bytes().any(|it| it.is_ascii_uppercase() || it >= 128)
}

impl Borrow<str> for Route {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The pattern of a kind's addresses: `/blog/{year}/{slug}/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub Vec<Part>);

/// A part of a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// The document's slug.
    Slug,
    /// The year of its date, four digits.
    Year,
    /// The month of its date, two digits.
    Month,
    /// Its language.
    Lang,
    /// The folders between the kind's and the file.
    Folder,
    /// Folders and slug.
    Path,
}

impl Pattern {
    /// The names that may stand in braces.
    pub const NAMES: [&'static str; 6] = ["slug", "year", "month", "lang", "folder", "path"];

    /// Returns the pattern of a text.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        if !text.starts_with('/') {
            return Err("an address begins with `/`".to_owned());
        }
        if text.contains("//") || Route::parse(text).is_none() {
            return Err("an address holds no `//`, no part `.` or `..`, and none of `?#%\\:`".to_owned());
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a `{` without a `}`")?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(match name {
                "slug" => Part::Slug,
                "year" => Part::Year,
                "month" => Part::Month,
                "lang" => Part::Lang,
                "folder" => Part::Folder,
                "path" => Part::Path,
                _ => return Err(format!("`{{{name}}}` is none of {{{}}}", Pattern::NAMES.join("}, {"))),
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if !parts.iter().any(|it| matches!(it, Part::Slug | Part::Path)) {
            return Err("without `{slug}` or `{path}` all documents would have one address".to_owned());
        }
        Ok(Pattern(parts))
    }

    /// Returns the address that all of the pattern's begin with: `/blog/`.
    pub fn root(&self) -> Route {
        match self.0.first() {
            Some(Part::Text(text)) => Route::new(&text[..=text.rfind('/').unwrap_or(0)]),
            _ => Route::new("/"),
        }
    }

    /// Returns whether an address needs the document's date.
    pub fn needs_date(&self) -> bool {
        self.0.iter().any(|it| matches!(it, Part::Year | Part::Month))
    }
}
