//! Dollar signs: the ends of a formula, or money.
//!
//! pulldown-cmark takes whatever stands between two dollar signs for a formula. So those that belong to none are taken out
//! of its sight before, and put back into its events.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

/// What stands for a dollar sign that is not the end of a formula: of the signs that mean nothing in Markdown the first
/// that the text does not have.
const SIGNS: [char; 3] = ['%', ';', '\u{1a}'];

/// What makes a formula out of what else could be an amount, or words.
const OF_MATHS: [char; 5] = ['\\', '^', '_', '=', '{'];

/// A text in which dollar signs are the ends of formulas and nothing else.
pub(super) struct Formulas<'t> {
    /// The text, as long as it was.
    pub(super) text: Cow<'t, str>,
    /// What stands for each other dollar sign.
    sign: char,
}

impl<'t> Formulas<'t> {
    /// Returns the text, where it has formulas.
    pub(super) fn of(text: &'t str) -> Option<Formulas<'t>> {
        let ends = ends(text);
        if ends.is_empty() {
            return None;
        }
        let sign = SIGNS.into_iter().find(|it| !text.contains(*it))?;
        let mut ends = ends.into_iter().peekable();
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for at in memchr_iter(b'$', text.as_bytes()) {
            // Of `\$` the parser makes no formula itself.
            if ends.next_if_eq(&at).is_none() && !is_escaped(text, at) {
                out.push_str(&text[from..at]);
                out.push(sign);
                from = at + 1;
            }
        }
        let text = if from == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[from..]) };
        Some(Formulas { text, sign })
    }

    /// Returns the event with its dollar signs.
    pub(super) fn restore<'e>(&self, event: Event<'e>) -> Event<'e> {
        let back = |it: CowStr<'e>| match it.contains(self.sign) {
            true => it.replace(self.sign, "$").into(),
            false => it,
        };
        match event {
            _ if matches!(self.text, Cow::Borrowed(_)) => event,
            Event::Text(it) => Event::Text(back(it)),
            Event::Code(it) => Event::Code(back(it)),
            Event::Html(it) => Event::Html(back(it)),
            Event::InlineHtml(it) => Event::InlineHtml(back(it)),
            Event::InlineMath(it) => Event::InlineMath(back(it)),
            Event::DisplayMath(it) => Event::DisplayMath(back(it)),
            Event::FootnoteReference(it) => Event::FootnoteReference(back(it)),
            Event::Start(tag) => Event::Start(match tag {
                Tag::Link { link_type, dest_url, title, id } => {
                    Tag::Link { link_type, dest_url: back(dest_url), title: back(title), id: back(id) }
                }
                Tag::Image { link_type, dest_url, title, id } => {
                    Tag::Image { link_type, dest_url: back(dest_url), title: back(title), id: back(id) }
                }
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(back(info))),
                Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(back(label)),
                Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                    level,
                    id: id.map(back),
                    classes: classes.into_iter().map(back).collect(),
                    attrs: attrs.into_iter().map(|(name, value)| (back(name), value.map(back))).collect(),
                },
                tag => tag,
            }),
            event => event,
        }
    }
}

/// Returns where the ends of formulas stand, in order.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for formula in formulas(text) {
        let width = if formula.is_display { 2 } else { 1 };
        ends.extend(formula.start..formula.start + width);
        ends.extend(formula.end - width..formula.end);
    }
    ends
}

/// A formula with its dollar signs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Formula {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_display: bool,
}

/// Returns what stands between dollar signs and can be neither money nor words: `$x^2$`, `$$a + b$$`.
pub(super) fn formulas(text: &str) -> Vec<Formula> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut free = 0;
    for at in memchr_iter(b'$', bytes) {
        if at < free || is_escaped(text, at) {
            continue;
        }
        let is_display = bytes.get(at + 1) == Some(&b'$');
        let width = if is_display { 2 } else { 1 };
        let rest = &text[at + width..];
        let end = if is_display { memmem::find(rest.as_bytes(), b"$$") } else { next_sign(rest) };
        let Some(inner) = end.map(|it| &rest[..it]) else { continue };
        let after = text[at + width + inner.len() + width..].chars().next();
        let is_formula = match is_display {
            true => is_displayed(inner) && after != Some('$'),
            false => is_free(text[..at].chars().next_back()) && is_free(after) && is_inline(inner),
        };
        if is_formula {
            free = at + width + inner.len() + width;
            found.push(Formula { start: at, end: free, is_display });
        } else if is_display {
            // The second sign of `$$` begins nothing of its own.
            free = at + width;
        }
    }
    found
}

/// Returns where the next dollar sign stands that is not written `\$`.
fn next_sign(text: &str) -> Option<usize> {
    memchr_iter(b'$', text.as_bytes()).find(|at| !is_escaped(text, *at))
}

fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|it| **it == b'\\').count() % 2 == 1
}

/// Returns whether what stands outside a sign leaves it free to be the end of a formula: `US$` and `$5` do not.
fn is_free(outside: Option<char>) -> bool {
    outside.is_none_or(|it| !it.is_alphanumeric() && it != '$')
}

fn is_inline(inner: &str) -> bool {
    if inner.is_empty() || inner.starts_with(char::is_whitespace) || inner.ends_with(char::is_whitespace) {
        return false;
    }
    let has_sign = inner.contains(OF_MATHS);
    // `$5`, `$-5` and `$.50` begin an amount.
    let is_amount = inner.trim_start_matches(['-', '+', '.', ',', '(']).starts_with(|it: char| it.is_ascii_digit());
    let has_words =
        || inner.split_whitespace().skip(1).any(|it| it.chars().take_while(|it| it.is_alphabetic()).count() > 2);
    !has_blank_line(inner) && !inner.contains("**") && (has_sign || !is_amount && !has_words())
}

fn is_displayed(inner: &str) -> bool {
    let has_sign = inner.contains(OF_MATHS) || inner.contains(['+', '<', '>']);
    !inner.trim().is_empty() && !has_blank_line(inner) && (has_sign || inner.starts_with(['\n', '\r']))
}

fn has_blank_line(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memchr(b'\n', rest.as_bytes()) {
        rest = &rest[at + 1..];
        if rest.trim_start_matches([' ', '\t', '\r', '>']).starts_with('\n') {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::formulas;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = formulas(text).iter().map(|it| &text[it.start..it.end]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_cannot_be_money_is_a_formula() {
        check("a $x < y$ b", &["$x < y$"]);
        check("$n$, $f(x)$ and $2^n$, ($\\bar{x} = 5$).", &["$n$", "$f(x)$", "$2^n$", "$\\bar{x} = 5$"]);
        check("$$\nx\n$$\n\n$$a + b$$", &["$$\nx\n$$", "$$a + b$$"]);
        check("It costs $5, and $n = 5$ of them $10.", &["$n = 5$"]);
    }

    #[test]
    fn money_is_none() {
        for text in [
            "From $20 to **$30** a month.",
            "US$5m in **2020** and US$7m",
            "Fees: **$20**, **$30** and **$40**.",
            "He paid \"$5\" or \"$10\".",
            "The fee is $5 (in US$).",
            "$HOME/$USER",
            "$5-$10 = $15",
            "A$ and NZ$ and $",
            "rated $$ or $$$, not $$$$",
            "$-5 to $-2",
            "\\$x\\$ and \\$5$",
            "the $USD, then the price in USD$",
            "$x\n\ny$",
            "$x y$z",
            "\\\\$5 and $6",
        ] {
            check(text, &[]);
        }
    }
}
