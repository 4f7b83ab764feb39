//! What a site lets through by `[checks]` is published, and nothing of it looks broken: each kind, without each of its fields,
//! and with a wrong value in its place.

use std::fmt::Write;

use folio::Memo;
use folio::model::config::{Options, Trace};
use folio::model::kind::{Field, Format, Group, Kind, Kinds, Type};
use folio::model::source::Source;
use scraper::{ElementRef, Html, Selector};

use crate::support::{Built, SETTINGS, build, options, project};

/// Fields that say where a document is, or that it is not published at all: what each does has tests of its own.
const APART: [&str; 12] = [
    "slug",
    "permalink",
    "aliases",
    "redirect_to",
    "kind",
    "template",
    "translation_of",
    "draft",
    "remove",
    "publish_after",
    "expires",
    "lang",
];

/// What is written in the place of a value.
const WRONG: [&str; 2] = ["nonsense words", "[{}]"];

/// A value of front matter.
#[derive(Clone)]
enum Tree {
    Leaf(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Tree {
    fn write(&self, out: &mut String) {
        match self {
            Tree::Leaf(text) => out.push_str(text),
            Tree::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Tree::Map(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    write!(out, "{}{key}: ", if at > 0 { ", " } else { "" }).unwrap();
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// Returns this value with each part of it once left out, and once written wrong, with a word on what is different.
    fn variants(&self) -> Vec<(String, Option<Tree>)> {
        let mut all: Vec<(String, Option<Tree>)> = vec![("without".to_owned(), None)];
        all.extend(WRONG.iter().map(|it| ((*it).to_owned(), Some(Tree::Leaf((*it).to_owned())))));
        match self {
            Tree::Leaf(_) => {}
            Tree::List(items) => {
                for (word, item) in items.iter().flat_map(Tree::variants) {
                    all.push((format!("[0] {word}"), Some(Tree::List(item.into_iter().collect()))));
                }
            }
            Tree::Map(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    for (word, value) in value.variants() {
                        let mut entries = entries.clone();
                        match value {
                            Some(value) => entries[at].1 = value,
                            None => _ = entries.remove(at),
                        }
                        all.push((format!(".{key} {word}"), Some(Tree::Map(entries))));
                    }
                }
            }
        }
        all
    }
}

/// Returns a right value of a field.
fn right(field: &Field) -> Tree {
    let leaf = |text: &str| Tree::Leaf(text.to_owned());
    match &field.r#type {
        Type::Text(None) => leaf("Some words"),
        Type::Text(Some(format)) => leaf(match format {
            Format::Slug => "some-words",
            Format::Path => "/some/words/",
            Format::Currency => "GBP",
            Format::Doi => "10.1000/182",
            Format::Isbn => "\"9783161484100\"",
            Format::Orcid => "0000-0002-1825-0097",
            Format::Gss => "E09000012",
            Format::Timezone => "Europe/London",
            Format::Colour => "\"#1d70b8\"",
        }),
        Type::Markdown => leaf("Some *words*"),
        Type::Boolean => leaf("false"),
        Type::Integer { .. } => leaf("3"),
        Type::Number => leaf("4.5"),
        Type::Date => leaf("2024-01-23"),
        Type::Month => leaf("2024-01"),
        Type::Url => leaf("\"https://www.example.org/\""),
        Type::Email => leaf("team@example.org"),
        Type::File => leaf("a.pdf"),
        Type::Language => leaf("cy"),
        Type::Licence => leaf("CC-BY-4.0"),
        Type::Choice(choices) => leaf(&choices[0].value),
        Type::Term(_) => leaf("housing"),
        Type::List { of, .. } => Tree::List(vec![right(of)]),
        Type::Group(group) => Tree::Map(whole(group)),
        Type::Reference { to, .. } => leaf(&format!("full-{}", if &*to[0] == "*" { "person" } else { &to[0] })),
    }
}

/// Returns a right value of each field of a group.
fn whole(group: &Group) -> Vec<(String, Tree)> {
    let fields = group.fields.iter().filter(|it| !APART.contains(&&*it.name));
    fields.map(|it| (it.name.to_string(), right(it))).collect()
}

fn document(kind: &Kind, name: &str, entries: &[(String, Tree)]) -> String {
    let folder = kind.folder.as_deref().map_or_else(String::new, |it| format!("{it}/"));
    let mut text = format!("//- content/{folder}{name}.md\n---\n");
    for (key, value) in entries {
        write!(text, "{key}: ").unwrap();
        value.write(&mut text);
        text.push('\n');
    }
    text + "---\n\nA text with words.\n"
}

/// Returns a site that accepts all that can be accepted, with one whole document of each kind.
fn accepting(kinds: &Kinds) -> String {
    let mut text = format!("{SETTINGS}organisation = \"full-organisation\"\n[search]\nenabled = false\n[checks]\n");
    for rule in folio::rules().iter().filter(|it| !it.about.fixed) {
        writeln!(text, "{} = \"off\"", rule.code).unwrap();
    }
    text += "//- data/topics.yml\n- {slug: housing, title: Housing}\n//- content/a.pdf\n%PDF\n";
    for folder in kinds.all.iter().filter_map(|it| it.folder.as_deref()) {
        writeln!(text, "//- content/{folder}/a.pdf\n%PDF").unwrap();
    }
    for kind in &kinds.all {
        text += &document(kind, &format!("full-{}", kind.name), &whole(&kind.group));
    }
    text
}

/// Returns a document without each field of a kind, and with each wrong; and what is different in each, by its name.
///
/// What all kinds have is gone through in its parts for pages and posts, and as a whole for the other kinds.
fn all_variants(kind: &Kind, common: Option<&Group>) -> (String, Vec<String>) {
    let (mut text, mut words) = (String::new(), Vec::new());
    let mut add = |word: String, entries: &[(String, Tree)]| {
        text += &document(kind, &format!("variant-{}-{}", kind.name, words.len()), entries);
        words.push(word);
    };
    let all = whole(&kind.group);
    for (at, (key, value)) in all.iter().enumerate() {
        let is_common = common.and_then(|it| it.field(key)).is_some();
        for (word, value) in value.variants().into_iter().take(if is_common { 2 } else { usize::MAX }) {
            let mut entries = all.clone();
            match value {
                Some(value) => entries[at].1 = value,
                None => _ = entries.remove(at),
            }
            add(format!("{}: {key} {word}", kind.name), &entries);
        }
    }
    let title = [("title".to_owned(), Tree::Leaf("Only a title".to_owned()))];
    add(format!("{}: only a title", kind.name), &title);
    add(format!("{}: nothing", kind.name), &[]);
    (text, words)
}

/// Returns the elements of a page that fit a selector.
fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// Returns what a reader, or a program, would stumble over on a page.
fn stumbles(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let image = Selector::parse("img").unwrap();
    let text = |it: &ElementRef<'_>| it.text().collect::<String>().trim().to_owned();
    let mut found: Vec<ElementRef<'_>> = Vec::new();
    found.extend(all(&page, WORDS).into_iter().filter(|it| {
        let said = text(it);
        let is_bare = said.is_empty() && it.select(&image).next().is_none();
        let is_half = said.contains(['{', '}']) || ["None", "undefined", "null", "[]"].contains(&said.as_str());
        let names_next = matches!(it.value().name(), "dt" | "h2" | "h3" | "th" | "summary");
        is_bare || is_half || LABELS.contains(&said.as_str()) && !names_next
    }));
    let lists = all(&page, "main ul:not([id]), main ol:not([id]), main dl, main table, main section");
    found.extend(lists.into_iter().filter(|it| text(it).is_empty()));
    found.extend(all(&page, "section > :only-child").into_iter().filter(|it| it.value().name().starts_with('h')));
    for (selector, attribute) in ATTRIBUTES {
        let is_bare = |it: &ElementRef<'_>| it.attr(attribute).is_none_or(|it| it.is_empty() || it == "undefined");
        found.extend(all(&page, selector).into_iter().filter(is_bare));
    }
    found.extend(
        all(&page, "script[type='application/ld+json']")
            .into_iter()
            .filter(|it| serde_json::from_str::<serde_json::Value>(&it.inner_html()).is_err()),
    );
    found.iter().map(ElementRef::html).collect()
}

/// Elements that say something.
const WORDS: &str = ".document h1, .document h2, .document h3, .document h4, .document a, .document li, .document p, .document dt, \
    .document dd, .document time, .document th, .document td, .document caption, .document summary, .document cite, \
    .document strong, .document figcaption, .document blockquote, .card h3, .card p, .card span, .mark, .meta span, title";

/// Attributes that say something.
const ATTRIBUTES: [(&str, &str); 4] = [
    ("a, link", "href"),
    ("img", "src"),
    ("meta[name]:not([name^=x-]), meta[property]", "content"),
    ("time", "datetime"),
];

/// Words that must be followed by something.
const LABELS: [&str; 14] = [
    "By",
    "Published",
    "Updated",
    "Phase:",
    "Source:",
    "since",
    "Part of",
    "Project:",
    "Credit:",
    "From:",
    "Due:",
    "By:",
    "compared with",
    "Sent by e-mail on",
];

/// Compares what is wrong with what is wrong on the whole document of the kind.
fn check(kind: &str) {
    let kinds = folio::settings(&Source::new("site.toml", Vec::new()), options()).value.kinds;
    let kind = kinds.get(kind).unwrap();
    let common = kinds.get("page").filter(|_| !["page", "post"].contains(&&*kind.name)).map(|it| &it.group);
    let (variants, words) = all_variants(kind, common);
    let mut sources = project(&(accepting(&kinds) + &variants));
    folio::edge::embedded::civic(&mut sources);
    let trace = if kind.collects.is_some() { Trace::All } else { Trace::Off };
    let options = Options { forms: kind.collects.is_some(), trace, ..options() };
    let Built { outputs, diagnostics } = build(&sources, options, &Memo::default());
    let of = |text: &str| {
        words
            .iter()
            .enumerate()
            .rev()
            .find(|it| text.contains(&format!("variant-{}-{}", kind.name, it.0)))
            .map_or("", |it| it.1)
    };
    let mut faults: Vec<String> = diagnostics
        .iter()
        .map(|it| format!("{} – {}: {} {:?}", of(&it.message), it.code, it.message, it.place))
        .collect();
    let pages = outputs.iter().filter(|it| it.0.ends_with(".html"));
    for (path, bytes) in pages {
        let found = stumbles(str::from_utf8(bytes).unwrap());
        faults.extend(
            found.iter().map(|it| format!("{} ({path}): {}", of(path), it.chars().take(300).collect::<String>())),
        );
    }
    assert!(
        faults.is_empty(),
        "{} of {} documents:\n{}",
        faults.len(),
        words.len(),
        faults[..faults.len().min(40)].join("\n")
    );
}

#[test]
fn evaluations() {
    check("evaluation");
}

#[test]
fn projects() {
    check("project");
}

#[test]
fn posts() {
    check("post");
}

#[test]
fn events() {
    check("event");
}

#[test]
fn people() {
    check("person");
}

#[test]
fn organisations() {
    check("organisation");
}

#[test]
fn newsletters() {
    check("newsletter");
}

#[test]
fn pages() {
    check("page");
}
