//! A line of YAML, as a person reads it: indented so far, a dash, a key, a value, a remark.

use super::known;

/// Signs without width: the byte order mark, and the zero-width space.
pub(super) const INVISIBLE: [char; 2] = ['\u{feff}', '\u{200b}'];

/// The parts of a line. Offsets are bytes of the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) whole: &'a str,
    /// How far it is indented.
    pub(super) indent: usize,
    /// How many dashes begin it: 2 in `- - a`.
    pub(super) dashes: usize,
    /// Where what follows the dashes begins.
    pub(super) content: usize,
    pub(super) key: Option<Key<'a>>,
    /// Where the value begins; where there is none, the end of what stands there.
    pub(super) at: usize,
    /// The value, without spaces and remark behind it.
    pub(super) value: &'a str,
}

/// The key of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    /// Whether the value follows the colon without a space.
    pub(super) tight: bool,
}

impl<'a> Line<'a> {
    pub(super) fn of(whole: &'a str) -> Line<'a> {
        let indent = whole.len() - whole.trim_start().len();
        let (mut dashes, mut content) = (0, indent);
        while let Some(rest) = whole[content..].strip_prefix('-')
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
        {
            dashes += 1;
            content = whole.len() - rest.trim_start_matches([' ', '\t']).len();
        }
        let (key, at) = key(whole, content).map_or((None, content), |(key, at)| (Some(key), at));
        Line { whole, indent, dashes, content, key, at, value: without_remark(&whole[at..]).trim_end() }
    }

    /// Returns what stands before the value.
    pub(super) fn head(&self) -> &'a str {
        &self.whole[..self.at]
    }

    /// Returns what stands behind the value: spaces, a remark.
    pub(super) fn tail(&self) -> &'a str {
        &self.whole[self.at + self.value.len()..]
    }

    /// Returns the line without its indentation.
    pub(super) fn text(&self) -> &'a str {
        self.whole[self.indent..].trim_end()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text().is_empty()
    }

    pub(super) fn is_remark(&self) -> bool {
        self.text().starts_with('#')
    }

    /// Returns whether a key with its space stands here, so that a person would not take it for part of a text.
    pub(super) fn has_key(&self) -> bool {
        self.key.is_some_and(|it| !it.tight || known::is_key(it.name))
    }

    /// Returns what the value belongs to, in words: `` `title` ``, `this item`.
    pub(super) fn owner(&self) -> String {
        self.key.map_or_else(|| "this item".to_owned(), |it| format!("`{}`", it.name))
    }

    /// Returns the line with another value.
    pub(super) fn with(&self, value: &str) -> String {
        format!("{}{value}{}", self.head(), self.tail())
    }

    /// Returns how far lines must be indented at least to belong to its value.
    pub(super) fn inside(&self) -> usize {
        match (self.key, self.dashes) {
            (Some(_), _) => self.content + 1,
            (None, 0) => self.indent,
            (None, _) => self.indent + 1,
        }
    }
}

/// Finds `key:` at `from`, and where its value begins.
fn key(whole: &str, from: usize) -> Option<(Key<'_>, usize)> {
    let content = &whole[from..];
    let name = match content.chars().next()? {
        quote @ ('"' | '\'') => &content[..=1 + content[1..].find(quote)?],
        _ => &content[..content.find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '-')).unwrap_or(0)],
    };
    let rest = content[name.len()..].trim_start_matches(' ').strip_prefix(':')?;
    let tight = !rest.is_empty() && !rest.starts_with([' ', '\t']);
    let plain = name.trim_matches(['"', '\'']);
    let is_key = match tight {
        true => plain.contains(char::is_alphabetic) && !rest.starts_with([':', '/', '\\']) && !is_scheme(plain, rest),
        false => true,
    };
    let at = whole.len() - rest.trim_start_matches(|it: char| it.is_whitespace() || INVISIBLE.contains(&it)).len();
    (is_key && plain.starts_with(|it: char| it != '-')).then_some((Key { name: plain, tight }, at))
}

/// Returns whether `name:rest` may be an address or the name of something, written as it should be.
fn is_scheme(name: &str, rest: &str) -> bool {
    !known::is_key(name) && (matches!(name, "mailto" | "tel" | "urn" | "doi" | "data" | "isbn") || rest.contains(':'))
}

/// Returns the text before a remark: ` # note`. What follows `#` at once is no remark to a person: `Phase #2`.
fn without_remark(value: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in value.char_indices() {
        match (quote, letter) {
            (Some(open), it) if it == open => quote = None,
            (None, '"' | '\'') if matches!(before, '[' | '{' | ',') || before == ' ' && at == 0 => quote = Some(letter),
            (None, '#') if before.is_whitespace() => {
                let next = value[at + 1..].chars().next();
                if next.is_none_or(|it| it.is_whitespace() || it == '#') {
                    return &value[..at];
                }
            }
            _ => {}
        }
        before = if letter == ' ' && matches!(before, '[' | '{' | ',') { before } else { letter };
    }
    // A quote that is not closed hides a remark behind it.
    match (quote, value.find(" # ")) {
        (Some(_), Some(at)) => &value[..at],
        _ => value,
    }
}
