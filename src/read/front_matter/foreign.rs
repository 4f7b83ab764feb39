//! Front matter in TOML or JSON, as other programs have it: told once, and written as YAML where nothing is lost.

use super::{LIMIT, Parts, lines_from, next_line, trimmed};
use crate::model::diagnostic::{Diagnostic, Edit, Place};
use crate::model::node::Node;
use crate::model::source::{Source, Span};
use crate::read::{toml, yaml};

/// So many lines of the YAML are shown.
const LINES: usize = 12;

/// Splits a file whose front matter is TOML or JSON; `None` where it is neither. Its first line that is not blank is `first`.
///
/// Gives `front-matter-format`.
pub(super) fn parts(source: &Source, first: Span, found: &mut Vec<Diagnostic>) -> Option<Parts> {
    let text = &*source.text;
    let line = text.get(first.start..first.end)?;
    let opening = trimmed(line);
    let start = first.start + line.find(opening)?;
    match opening {
        "+++" | "---" => {
            let from = next_line(text, first.end);
            // Nearly all front matter ends this look at its first line.
            let inner = || lines_from(text, from).filter_map(|it| text.get(it.start..it.end));
            if !inner().map(str::trim).find(|it| !it.is_empty() && !it.starts_with('#')).is_some_and(is_toml) {
                return None;
            }
            let close =
                lines_from(text, from).find(|it| text.get(it.start..it.end).is_some_and(|it| it.trim_end() == opening));
            let end = close.map_or(text.len(), |it| it.start);
            let inner = text.get(from..end)?;
            let read = match inner.len() {
                0..=LIMIT => toml::front_matter(inner),
                _ => Err(toml::Lossy::Long),
            };
            // Some `=` for a colon in YAML is another mistake.
            if opening == "---" && matches!(read, Err(toml::Lossy::Syntax(_))) {
                return None;
            }
            let whole = Span::new(start, close.map_or(text.len(), |it| it.end));
            let read = read
                .map_err(|it| it.reason(inner))
                .and_then(|it| close.map(|_| it).ok_or_else(|| "no line `+++` ends it".to_owned()));
            Some(told(source, Span::new(start, start + opening.len()), whole, "TOML", read, found))
        }
        _ if opening == "{" || opening.starts_with("{\"") || opening.starts_with("{ \"") => {
            let ends = |it: &Span| {
                text.get(it.start..it.end).is_some_and(|it| {
                    it.trim_end().ends_with('}') && (it.starts_with('}') || it.trim_start() == opening)
                })
            };
            let close = lines_from(text, first.start).find(ends)?;
            let json = text.get(start..close.end)?.trim_end();
            let node = (json.len() <= LIMIT).then(|| yaml::parse(json).ok())??;
            let is_json = matches!(&node, Node::Map(entries) if !entries.is_empty())
                && json.get(1..)?.trim_start().starts_with('"');
            let whole = Span::new(start, close.end);
            is_json.then(|| told(source, Span::new(start, start + opening.len()), whole, "JSON", Ok(node), found))
        }
        _ => None,
    }
}

/// Returns whether a line is one of TOML: `title = "A"`, `[extra]`.
fn is_toml(line: &str) -> bool {
    let key = line.split('=').next().unwrap_or_default().trim();
    let is_key = |it: &str| {
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.' | b'"'))
    };
    let table = line.strip_prefix('[').filter(|it| it.ends_with(']')).map(|it| it.trim_matches(['[', ']']));
    line.contains('=') && is_key(key) || table.is_some_and(is_key)
}

/// Says that front matter is in another format, with the YAML that says the same.
fn told(
    source: &Source,
    opening: Span,
    whole: Span,
    format: &str,
    read: Result<Node, String>,
    found: &mut Vec<Diagnostic>,
) -> Parts {
    let text = &*source.text;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let written = read.and_then(|it| as_yaml(&it).ok_or_else(|| "some of it has no like in YAML".to_owned()));
    let message = format!("this front matter is {format}, and Folio reads YAML");
    let fault = Diagnostic::error("front-matter-format", Place::new(&source.path, opening), message);
    found.push(match written {
        Ok(yaml) => {
            let lines: Vec<&str> = yaml.lines().collect();
            let more = if lines.len() > LINES { "\n…" } else { "" };
            let shown = lines.iter().take(LINES).copied().collect::<Vec<_>>().join("\n");
            let fenced = format!("---\n{yaml}---").replace('\n', end);
            fault.help(format!("write it as\n---\n{shown}{more}\n---")).fix(vec![Edit::new(whole, fenced)])
        }
        Err(why) => fault.help(format!(
            "write each line as `key: value`, between two lines `---`; Folio does not do it, because {why}"
        )),
    });
    Parts { yaml: None, body: Span::new(next_line(text, whole.end), text.len()), lost: true }
}

/// Returns a map as YAML that says exactly the same, read again; `None` where there is no such YAML.
fn as_yaml(node: &Node) -> Option<String> {
    let mut out = String::new();
    map(node, 0, &mut out)?;
    (yaml::parse(&out).ok()? == *node).then_some(out)
}

fn map(node: &Node, indent: usize, out: &mut String) -> Option<()> {
    for (name, value) in node.entries() {
        let is_name = name.starts_with(|it: char| it.is_ascii_alphabetic())
            && name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'));
        let name = if is_name && is_text(name) { name.to_string() } else { quoted(name) };
        out.push_str(&format!("{}{name}:", " ".repeat(indent)));
        match value {
            Node::Map(entries) if !entries.is_empty() => {
                out.push('\n');
                map(value, indent + 2, out)?;
            }
            Node::List(items) if !items.iter().all(is_flat) => {
                out.push('\n');
                for item in items {
                    let mut inner = String::new();
                    map(item, indent + 4, &mut inner)?;
                    out.push_str(&" ".repeat(indent + 2));
                    out.push_str("- ");
                    out.push_str(inner.trim_start_matches(' '));
                }
            }
            Node::Null => out.push('\n'),
            one => out.push_str(&format!(" {}\n", flat(one)?)),
        }
    }
    Some(())
}

/// Returns whether a value stands in one line.
fn is_flat(node: &Node) -> bool {
    match node {
        Node::Map(entries) => entries.is_empty(),
        Node::List(items) => items.iter().all(is_flat),
        _ => true,
    }
}

fn flat(node: &Node) -> Option<String> {
    Some(match node {
        Node::Null => "null".to_owned(),
        Node::Boolean(it) => it.to_string(),
        Node::Integer(it) => it.to_string(),
        Node::Number(it) => it.is_finite().then(|| format!("{it:?}"))?,
        Node::Text(text) => {
            let is_plain = |it: char| it.is_alphanumeric() || matches!(it, ' ' | '_' | '.' | '/' | '-');
            let plain = text.starts_with(char::is_alphanumeric) && !text.ends_with(' ') && text.chars().all(is_plain)
                || is_moment(text);
            if plain && is_text(text) { text.to_string() } else { quoted(text) }
        }
        Node::List(items) => format!("[{}]", items.iter().map(flat).collect::<Option<Vec<_>>>()?.join(", ")),
        Node::Map(entries) => entries.is_empty().then(|| "{}".to_owned())?,
    })
}

/// Returns whether a text is a day with a time, which needs no quotes.
fn is_moment(text: &str) -> bool {
    text.len() > 10
        && text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'-' | b':' | b'T' | b'Z' | b'+' | b'.'))
}

/// Returns whether YAML reads a text as this text where it stands without quotes.
fn is_text(text: &str) -> bool {
    matches!(yaml::parse(text), Ok(Node::Text(read)) if *read == *text)
}

/// Returns a text in double quotes (YAML 1.2.2, section 7.3.1).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            it if it.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told, and the file with the change.
    fn check(text: &str, told: &str, mended: &str) {
        let source = Source::new("a.md", text.into());
        let mut found = Vec::new();
        let parts = super::super::split(&source, &mut found);
        let codes: Vec<&str> = found.iter().map(|it| it.code).collect();
        assert_eq!(codes.join(" "), told, "{text}");
        assert_eq!(parts.lost, !told.is_empty(), "{text}");
        let edits: Vec<Edit> = found.into_iter().flat_map(|it| it.fix).collect();
        assert_eq!(Edit::apply(&edits, text), if mended.is_empty() { text } else { mended }, "{text}");
    }

    const TOLD: &str = "front-matter-format";

    #[test]
    fn toml_is_written_as_yaml() {
        check(
            "+++\ntitle = \"First\"\ndate = 2014-12-12\nauthors = [\"Ada Example\"]\n[extra]\nteam = \"core\"\n+++\n\nText.\n",
            TOLD,
            "---\ntitle: First\ndate: 2014-12-12\nauthors: [Ada Example]\nextra:\n  team: core\n---\n\nText.\n",
        );
        check(
            "---\ntitle = \"A: b\"\ndraft = true\n---\nText\n",
            TOLD,
            "---\ntitle: \"A: b\"\ndraft: true\n---\nText\n",
        );
        check("+++\r\ntitle = 'It''\r\n+++\r\n", TOLD, "");
        check("+++\r\ntitle = 'A \"b\"'\r\n+++\r\nText", TOLD, "---\r\ntitle: \"A \\\"b\\\"\"\r\n---\r\nText");
        check(
            "+++\nn = 1_000\nx = 4.50\nat = 2014-12-12T10:00:00Z\nyes = \"no\"\nempty = []\n\"a b\" = \"1\"\n+++\n",
            TOLD,
            "---\nn: 1000\nx: 4.5\nat: 2014-12-12T10:00:00Z\nyes: no\nempty: []\n\"a b\": \"1\"\n---\n",
        );
        check(
            "+++\n[[links]]\ntitle = \"One\"\nurl = \"https://example.org/#a\"\n[[links]]\ntitle = \"Two\"\n[links.more]\na = \"\"\"\nx\ny\"\"\"\n+++\n",
            TOLD,
            "---\nlinks:\n  - title: One\n    url: \"https://example.org/#a\"\n  - title: Two\n    more:\n      a: \"x\\ny\"\n---\n",
        );
    }

    #[test]
    fn what_would_be_lost_is_not_converted() {
        check("+++\ntitle = \"A\" # a remark\n+++\n", TOLD, "");
        check("+++\n# a remark\ntitle = \"A\"\n+++\n", TOLD, "");
        check("+++\nat = 09:30:00\n+++\n", TOLD, "");
        check("+++\nx = inf\n+++\n", TOLD, "");
        check("+++\ntitle = A\n+++\n", TOLD, "");
        check("+++\ntitle = \"A\"\n\nText.\n", TOLD, "");
        check(&format!("+++\ntitle = \"{}\"\n+++\n", "a".repeat(LIMIT)), TOLD, "");
    }

    #[test]
    fn json_is_written_as_yaml() {
        check(
            "{\n  \"title\": \"A\",\n  \"tags\": [\"one\", \"two\"],\n  \"image\": null\n}\n\nText.\n",
            TOLD,
            "---\ntitle: A\ntags: [one, two]\nimage:\n---\n\nText.\n",
        );
        check("{\"title\": \"A\", \"draft\": true}\nText.\n", TOLD, "---\ntitle: A\ndraft: true\n---\nText.\n");
    }

    #[test]
    fn other_files_are_left_alone() {
        check("---\ntitle: A = b\n---\n", "", "");
        check("---\n{title: A}\n---\n", "", "");
        check("Text\n\n+++\ntitle = 1\n+++\n", "", "");
        check("{% include a.md %}\n", "", "");
        check("{{< a >}}\n\n}\n", "", "");
        check("{\nText\n}\n", "", "");
    }
}
