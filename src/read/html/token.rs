//! HTML cut into tags and text.
//!
//! Source: the WHATWG HTML standard, section 13.2.5, as far as it concerns where a tag begins and ends.

use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// What stands between tags, references like `&amp;` as written.
    Text(&'a str),
    /// A tag that opens an element.
    Open(Tag<'a>),
    /// A tag that closes one; its name as written.
    Close(&'a str),
    /// A comment.
    Comment {
        /// Whether its end was found.
        closed: bool,
    },
    /// `<!DOCTYPE html>`, `<?php ?>`, `<![CDATA[ ]]>`.
    Declaration(&'a str),
    /// A tag without its end, and all that follows it.
    Broken(&'a str),
}

/// A tag that opens an element.
#[derive(Debug, PartialEq)]
pub(crate) struct Tag<'a> {
    /// Its name as written.
    pub(crate) name: &'a str,
    /// Its attributes in order.
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// Whether it ends in `/>`.
    pub(crate) closed: bool,
}

/// An attribute.
#[derive(Debug, PartialEq)]
pub(crate) struct Attribute<'a> {
    /// Its name as written.
    pub(crate) name: &'a str,
    /// Its value without quotes, references as written; empty where it has none.
    pub(crate) value: &'a str,
    /// Where it stands.
    pub(crate) span: Range<usize>,
    /// Where its value stands.
    pub(crate) value_span: Range<usize>,
}

/// The tokens of a text, each with where it stands.
pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// Names of elements whose end was looked for, and is not in what is left.
    endless: Vec<String>,
}

impl<'a> Tokens<'a> {
    /// Returns the tokens of `html`.
    pub(crate) fn new(html: &'a str) -> Tokens<'a> {
        Tokens { html, at: 0, endless: Vec::new() }
    }

    /// Goes on after the next tag that closes `name`, and says whether there is one.
    pub(crate) fn pass(&mut self, name: &str) -> bool {
        if self.endless.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            return false;
        }
        let bytes = self.html.as_bytes();
        let close = (self.at..bytes.len()).find(|at| closes(&bytes[*at..], name));
        let end = close.and_then(|at| Some(at + self.html[at..].find('>')? + 1));
        match end {
            Some(end) => self.at = end,
            None => self.endless.push(name.to_owned()),
        }
        end.is_some()
    }

    fn token(&mut self) -> Token<'a> {
        let rest = &self.html[self.at..];
        let (token, length) = match rest.as_bytes() {
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => close(rest),
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => open(rest, self.at),
            [b'<', b'!', b'-', b'-', ..] => comment(rest),
            [b'<', b'!' | b'?' | b'/', ..] => declaration(rest),
            _ => {
                let end = rest.as_bytes()[1..].iter().position(|it| *it == b'<').map_or(rest.len(), |it| it + 1);
                (Token::Text(&rest[..end]), end)
            }
        };
        self.at += length;
        token
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (Token<'a>, Range<usize>);

    fn next(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        let start = self.at;
        (start < self.html.len()).then(|| (self.token(), start..self.at))
    }
}

/// Returns whether `text` begins with the tag that closes `name`.
pub(crate) fn closes(text: &[u8], name: &str) -> bool {
    let Some(rest) = text.strip_prefix(b"</") else { return false };
    let ended = rest.get(name.len()).is_none_or(|it| is_space(*it) || matches!(it, b'/' | b'>'));
    ended && rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
}

fn close(rest: &str) -> (Token<'_>, usize) {
    let Some((_, length)) = attributes(rest, 2 + name_length(&rest[2..]), 0) else { return broken(rest) };
    (Token::Close(&rest[2..2 + name_length(&rest[2..])]), length)
}

fn open(rest: &str, offset: usize) -> (Token<'_>, usize) {
    let name = &rest[1..1 + name_length(&rest[1..])];
    let Some((attributes, length)) = attributes(rest, 1 + name.len(), offset) else { return broken(rest) };
    (Token::Open(Tag { name, attributes, closed: rest[..length].ends_with("/>") }), length)
}

fn comment(rest: &str) -> (Token<'_>, usize) {
    let bytes = rest.as_bytes();
    let ends = |at: &usize| bytes[*at..].starts_with(b"-->") || bytes[*at..].starts_with(b"--!>");
    let end = (2..bytes.len()).find(ends).and_then(|at| Some(at + rest[at..].find('>')? + 1));
    (Token::Comment { closed: end.is_some() }, end.unwrap_or(rest.len()))
}

fn declaration(rest: &str) -> (Token<'_>, usize) {
    let end = match rest.as_bytes() {
        [b'<', b'?', ..] => "?>",
        _ if rest.starts_with("<![CDATA[") => "]]>",
        _ => ">",
    };
    match rest[2..].find(end) {
        Some(at) => (Token::Declaration(&rest[..at + 2 + end.len()]), at + 2 + end.len()),
        None => broken(rest),
    }
}

fn broken(rest: &str) -> (Token<'_>, usize) {
    (Token::Broken(rest), rest.len())
}

fn name_length(rest: &str) -> usize {
    rest.bytes().position(|it| is_space(it) || matches!(it, b'/' | b'>')).unwrap_or(rest.len())
}

/// Returns the attributes of a tag from `at` on, and where the tag ends; nothing where it does not end.
fn attributes(tag: &str, mut at: usize, offset: usize) -> Option<(Vec<Attribute<'_>>, usize)> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    loop {
        at += bytes[at..].iter().position(|it| !is_space(*it) && *it != b'/')?;
        if bytes[at] == b'>' {
            return Some((found, at + 1));
        }
        let start = at;
        at += 1 + bytes[at + 1..].iter().position(|it| is_space(*it) || matches!(it, b'/' | b'>' | b'='))?;
        let name = &tag[start..at];
        let (value, end) = value(tag, at)?;
        at = end;
        found.push(Attribute {
            name,
            value: &tag[value.clone()],
            span: start + offset..end + offset,
            value_span: value.start + offset..value.end + offset,
        });
    }
}

/// Returns where the value after an attribute's name stands, and where what follows it begins; an empty place where there
/// is no value, nothing where the tag does not end.
fn value(tag: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let bytes = tag.as_bytes();
    let skip = |from: usize| Some(from + bytes[from..].iter().position(|it| !is_space(*it))?);
    let equals = skip(at)?;
    if bytes[equals] != b'=' {
        return Some((at..at, at));
    }
    let start = skip(equals + 1)?;
    match bytes[start] {
        quote @ (b'"' | b'\'') => {
            let end = start + 1 + bytes[start + 1..].iter().position(|it| *it == quote)?;
            Some((start + 1..end, end + 1))
        }
        _ => {
            let end = start + bytes[start..].iter().position(|it| is_space(*it) || *it == b'>')?;
            Some((start..end, end))
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows tokens one by one: `t(text)`, `o(name a=value)`, `c(name)`.
    fn check(html: &str, expected: &str) {
        let show = |(token, span): (Token<'_>, Range<usize>)| match token {
            Token::Text(text) => format!("t({text})"),
            Token::Open(tag) => {
                let attribute = |it: &Attribute<'_>| {
                    assert_eq!(&html[it.value_span.clone()], it.value);
                    format!(" {}={}", it.name, it.value)
                };
                let attributes: String = tag.attributes.iter().map(attribute).collect();
                format!("o({}{attributes}{})", tag.name, if tag.closed { " /" } else { "" })
            }
            Token::Close(name) => format!("c({name})"),
            Token::Comment { closed } => format!("-({closed})"),
            Token::Declaration(text) => format!("d({text})"),
            Token::Broken(text) => format!("b({text}){}", if span.end == html.len() { "" } else { "?" }),
        };
        assert_eq!(Tokens::new(html).map(show).collect::<String>(), expected);
    }

    #[test]
    fn tags() {
        check("a<b>c</b>d", "t(a)o(b)t(c)c(b)t(d)");
        check("<a href=x title='y z' open id = \"1>2\">", "o(a href=x title=y z open= id=1>2)");
        check("<br/><br / ><img src=a/b.png/>", "o(br /)o(br)o(img src=a/b.png/ /)");
        check("<A\nB\n=\nC\n></a\n x=y>", "o(A B=C)c(a)");
        check("<a/b/c=d>", "o(a b= c=d)");
        check("<a =b=c>", "o(a =b=c)");
    }

    #[test]
    fn text_that_looks_like_tags() {
        check("1 < 2 <3> <", "t(1 )t(< 2 )t(<3> )t(<)");
        check("<<b>>", "t(<)o(b)t(>)");
        check("ü<b>ü", "t(ü)o(b)t(ü)");
    }

    #[test]
    fn others() {
        check("<!-- a > b -->c", "-(true)t(c)");
        check("<!-->c<!--->d<!--a--!>e", "-(true)t(c)-(true)t(d)-(true)t(e)");
        check("<!-- a", "-(false)");
        check(
            "<!doctype html><?php echo '>' ?><![CDATA[>]]>",
            "d(<!doctype html>)d(<?php echo '>' ?>)d(<![CDATA[>]]>)",
        );
        check("</ x></>", "d(</ x>)d(</>)");
    }

    #[test]
    fn without_end() {
        check("a<b c='<i>d", "t(a)b(<b c='<i>d)");
        check("<b c", "b(<b c)");
        check("</b", "b(</b)");
        check("<!x", "b(<!x)");
    }

    #[test]
    fn passing() {
        let pass = |html: &str| {
            let mut tokens = Tokens::new(html);
            tokens.next();
            (tokens.pass("script"), html[tokens.at..].to_owned())
        };
        assert_eq!(pass("<script>a</scripty></SCRIPT x>b"), (true, "b".to_owned()));
        assert_eq!(pass("<script>a"), (false, "a".to_owned()));
        assert_eq!(pass("<script>a</script"), (false, "a</script".to_owned()));
    }
}
