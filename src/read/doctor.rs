//! What the YAML parser could not read -> the line that a person would mend, in plain words.

use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::{Source, Span};

use super::front_matter::lines;
use super::yaml::{self, Fault};

/// Says what is wrong with YAML that can't be read, at the line to mend, and shows that line mended where the YAML can be
/// read with it.
///
/// Gives `yaml-tab`, `yaml-colon`, `yaml-space`, `yaml-quote`, `yaml-bracket`, `yaml-sign`, `yaml-indent`, `yaml-syntax`.
pub(crate) fn diagnose(source: &Source, span: Span, fault: &Fault) -> Diagnostic {
    let text = &source.text[span.start..span.end];
    let guesses: Vec<Guess> = lines(text).filter_map(|it| guess(text, it)).collect();
    let sure = guesses.iter().find(|it| mends(text, it, fault));
    let before = |it: &&Guess| it.line.start <= fault.offset;
    let Some(guess) = sure.or_else(|| guesses.iter().rfind(before)).or(guesses.first()) else {
        return unknown(source, span, text, fault);
    };
    let start = span.start + guess.line.start + guess.column;
    let place = Place::new(&source.path, Span::new(start, span.start + guess.line.end));
    let help = match sure {
        Some(it) => format!("write the line as `{}`", it.mended.trim()),
        None => guess.help.to_owned(),
    };
    Diagnostic::error(guess.code, place, guess.message.clone()).help(help)
}

/// Signs without width: the byte order mark, and the zero-width space.
const INVISIBLE: [char; 2] = ['\u{feff}', '\u{200b}'];

/// What may be wrong with a line.
struct Guess {
    line: Span,
    /// Where in the line the fault is, in bytes.
    column: usize,
    code: &'static str,
    message: String,
    help: &'static str,
    /// The line as it should be.
    mended: String,
}

/// Returns whether the YAML can be read with the mended line, or at least further than before.
fn mends(text: &str, guess: &Guess, fault: &Fault) -> bool {
    let mended = format!("{}{}{}", &text[..guess.line.start], guess.mended, &text[guess.line.end..]);
    match yaml::parse(&mended) {
        Ok(_) => true,
        Err(next) => {
            guess.line.start <= fault.offset && next.offset > fault.offset + guess.mended.len() && {
                lines(&mended).filter(|it| it.start > guess.line.start && it.start <= next.offset).count() > 1
            }
        }
    }
}

fn guess(text: &str, line: Span) -> Option<Guess> {
    let whole = &text[line.start..line.end];
    let content = whole.trim_start();
    if content.is_empty() || content.starts_with('#') {
        return None;
    }
    let indent = whole.len() - content.len();
    let make = |column: usize, code, message: String, help, mended: String| {
        Some(Guess { line, column, code, message, help, mended })
    };
    if whole[..indent].contains('\t') {
        let mended = format!("{}{content}", whole[..indent].replace('\t', "  "));
        return make(0, "yaml-tab", "a tab stands before the text".into(), "use spaces instead of tabs", mended);
    }
    if content.starts_with(INVISIBLE) {
        let mended = format!("{}{}", &whole[..indent], content.trim_start_matches(INVISIBLE));
        let message = "a sign that can't be seen stands before the text".into();
        return make(indent, "yaml-sign", message, "delete the line and type it again", mended);
    }
    let item = content.strip_prefix("- ").map_or(0, |it| content.len() - it.trim_start().len());
    let Some((key, value)) = key_and_value(&content[item..]) else {
        return item_guess(line, whole, indent + item, item > 0);
    };
    let at = indent + item + (content.len() - item - value.len());
    let head = &whole[..at];
    let value = value.trim_end();
    if !head.ends_with(' ') && !value.is_empty() {
        let mended = format!("{head} {value}");
        let message = format!("a space is missing after `{key}:`");
        return make(indent + item, "yaml-space", message, "put a space after the colon", mended);
    }
    let (code, message, help) = value_fault(key, value)?;
    make(at, code, message, help, format!("{head}{}", quoted(value)))
}

/// Splits `key: value`; the space after the colon may be missing.
fn key_and_value(content: &str) -> Option<(&str, &str)> {
    let (key, _) = content.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'));
    if !is_key {
        return None;
    }
    let rest = &content[key.len() + 1..];
    if rest.starts_with("//") {
        return None;
    }
    Some((key, rest.trim_start()))
}

/// Says what is wrong with a value, if something is.
fn value_fault(key: &str, value: &str) -> Option<(&'static str, String, &'static str)> {
    let quotes = "put the whole value in double quotes";
    let first = value.chars().next()?;
    match first {
        '"' | '\'' => {
            let closed = value.len() > 1 && value[1..].trim_end().ends_with(first);
            let inner = value.matches(first).count();
            if !closed || inner > 2 && first == '"' || value[1..].find(first) != value.rfind(first).map(|it| it - 1) {
                return Some(("yaml-quote", format!("the quotes of `{key}` don't match"), quotes));
            }
            None
        }
        '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>'
            if value.len() > 1 && !matches!(value, "|-" | ">-" | "|+" | ">+") =>
        {
            Some((
                "yaml-sign",
                format!("the value of `{key}` begins with `{first}`, which has a meaning of its own"),
                quotes,
            ))
        }
        // `end: ?` begins a key of its own.
        '?' if value == "?" => {
            Some(("yaml-sign", format!("the value of `{key}` begins with `?`, which has a meaning of its own"), quotes))
        }
        '[' if !value.matches('"').count().is_multiple_of(2) => {
            Some(("yaml-quote", format!("the quotes of `{key}` don't match"), "close every quote"))
        }
        '[' | '{' => {
            let close = if first == '[' { ']' } else { '}' };
            if value.matches(first).count() != value.matches(close).count() {
                return Some(("yaml-bracket", format!("the brackets of `{key}` don't match"), "close every bracket"));
            }
            (!value.ends_with(close)).then(|| {
                ("yaml-bracket", format!("the value of `{key}` begins with `{first}`, which begins a list"), quotes)
            })
        }
        _ if value.contains(": ") || value.ends_with(':') => {
            Some(("yaml-colon", format!("the value of `{key}` has a colon in it"), quotes))
        }
        _ => None,
    }
}

fn item_guess(line: Span, whole: &str, at: usize, item: bool) -> Option<Guess> {
    let value = whole[at..].trim_end();
    let (code, message, help) = match value_fault("this item", value) {
        Some((code, message, help)) if item => (code, message.replace("`this item`", "this item"), help),
        _ => return None,
    };
    Some(Guess { line, column: at, code, message, help, mended: format!("{}{}", &whole[..at], quoted(value)) })
}

/// Returns the value in double quotes; quotes that it began or ended with are taken for those that were meant.
fn quoted(value: &str) -> String {
    let (bare, comment) = value.split_once(" #").map_or((value, ""), |(bare, _)| (bare, &value[bare.len()..]));
    let bare = bare.trim_end();
    if bare.starts_with('[') && !bare.contains(']') {
        return format!("{bare}]{comment}");
    }
    if bare.starts_with('{') && !bare.contains('}') {
        return format!("{bare}}}{comment}");
    }
    if let Some(list) =
        bare.strip_suffix(']').filter(|it| it.starts_with('[') && !it.matches('"').count().is_multiple_of(2))
    {
        return format!("{list}\"]{comment}");
    }
    let open = bare.strip_prefix(['"', '\'']).unwrap_or(bare);
    let bare = match open.len() < bare.len() {
        true => open.strip_suffix(['"', '\'']).unwrap_or(open),
        false => bare,
    };
    format!("\"{}\"{comment}", bare.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns whether YAML takes the character nowhere (YAML 1.2.2, section 5.1).
fn is_forbidden(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{85}')
}

/// What is left: the parser's place, and a word on what it says.
fn unknown(source: &Source, span: Span, text: &str, fault: &Fault) -> Diagnostic {
    let control = text.find(is_forbidden).filter(|_| fault.message.contains("control characters"));
    let line = lines(text).filter(|it| it.start <= fault.offset).last().unwrap_or_default();
    let line = control.map_or(line, |it| Span::new(it, it + text[it..].chars().next().map_or(1, char::len_utf8)));
    let place = Place::new(&source.path, line.after(span.start));
    let (code, message, help) = if control.is_some() {
        ("yaml-syntax", "there is a control character in this line", "delete the line and type it again")
    } else if fault.message.contains("block mapping")
        || fault.message.contains("block collection")
        || fault.message.contains("mapping values")
    {
        (
            "yaml-indent",
            "this line does not fit to the ones above it",
            "begin it below the first letter of the keys above, and check their quotes and colons",
        )
    } else {
        (
            "yaml-syntax",
            "this line can't be read",
            "each line is `key: value`; put values with special signs in double quotes",
        )
    };
    Diagnostic::error(code, place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of the fault, its code, and the mended line where one is shown.
    fn check(text: &str, expected: &str) {
        let source = Source::new("a.md", text.into());
        let fault = yaml::parse(text).expect_err(text);
        let found = diagnose(&source, Span::new(0, text.len()), &fault);
        let line = text[..found.place.as_ref().expect("has a place").span().start].matches('\n').count() + 1;
        let help = found.help.unwrap_or_default();
        let mended = help.strip_prefix("write the line as ").unwrap_or("-");
        assert_eq!(format!("{line} {} {mended}", found.code), expected, "{text}");
    }

    #[test]
    fn the_line_to_mend_is_found() {
        check(
            "title: Sketching with Code: Protosketching\ndate: 2024-01-23\n",
            "1 yaml-colon `title: \"Sketching with Code: Protosketching\"`",
        );
        check("title: A\ndate:2019-07-16\nsummary: B\n", "2 yaml-space `date: 2019-07-16`");
        check("title: A\ntwitter: @name\n", "2 yaml-sign `twitter: \"@name\"`");
        check("title: A\nauthors:\n\t- B\n", "3 yaml-tab `- B`");
        check("title: \"A\nsummary: B\ndate: 2024-01-23\n", "1 yaml-quote `title: \"A\"`");
        check("title: [Under way] Roofs\ndate: 2024-01-23\n", "1 yaml-bracket `title: \"[Under way] Roofs\"`");
        check("topics: [a, b\ndate: 2024-01-23\n", "1 yaml-bracket `topics: [a, b]`");
        check("title: A\nend: ?\n", "2 yaml-sign `end: \"?\"`");
        check("authors: [\"Angelique Trusler]\ntitle: A\n", "1 yaml-quote `authors: [\"Angelique Trusler\"]`");
        check("title: A\n\u{feff}date: 2024-01-23\n", "2 yaml-sign `date: 2024-01-23`");
        check("title: A\nseries: A\u{7}b\n", "2 yaml-syntax -");
        check("deck: **bold** and more\n", "1 yaml-sign `deck: \"**bold** and more\"`");
        check(
            "title: A\nfindings:\n  - headline: It worked: mostly\n    direction: positive\n",
            "3 yaml-colon `- headline: \"It worked: mostly\"`",
        );
        check("title: \"He said \"yes\" to it\"\nx: 1\n", "1 yaml-quote `title: \"He said \\\"yes\\\" to it\"`");
    }
}
