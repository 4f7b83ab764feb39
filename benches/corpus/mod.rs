//! A made-up site of a public body, of any size: the same files for the same number of documents.
//!
//! Of ten documents seven are posts, one is an evaluation and two are projects, of 380 to 1,500 words each.
#![allow(dead_code, reason = "each benchmark uses a part")]

mod words;

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use self::words::Words;

/// The day that counts as today: the day after the last that a document may have.
pub(crate) const TODAY: Date = date(2026, 11, 1);

const FIRST_DAY: Date = date(2018, 1, 1);
const TOPICS: usize = 24;
const PEOPLE: usize = 40;
const TAGS: usize = TOPICS * words::ASPECTS.len();

const SETTINGS: &str = "\
[site]
title = \"Office for Public Evidence\"
description = \"What we did, what it cost and what we learned.\"
base_url = \"https://evidence.example.org/\"
language = \"en-GB\"
timezone = \"Europe/London\"
organisation = \"Office for Public Evidence\"
licence = \"OGL-UK-3.0\"

[menus]
main = [
    { title = \"Blog\", url = \"/blog/\" },
    { title = \"Evaluations\", url = \"/evaluations/\" },
    { title = \"Projects\", url = \"/projects/\" },
    { title = \"Archive\", url = \"/archive/\" },
]
";

/// Returns the site's files, each with its path: settings, topics, authors, and so many documents.
pub(crate) fn files(documents: usize) -> Vec<(String, String)> {
    let mut words = Words::of(documents as u64);
    let mut files = vec![("site.toml".to_owned(), SETTINGS.to_owned()), ("data/topics.yml".to_owned(), topics())];
    files.extend((0..PEOPLE).map(|number| {
        let text = format!("---\ntitle: {}\nrole: Analyst\n---\n", words::person(number));
        (format!("content/people/{}.md", person(number)), text)
    }));
    files.extend(texts(documents, &mut words, |head| format!("../{}", head.path), front_matter));
    files
}

/// Returns documents that other generators understand, too: names for authors, themes and tags, and links by address.
pub(crate) fn plain(documents: usize) -> Vec<(String, String)> {
    let link = |head: &Head| format!("/{}/", head.path.trim_end_matches(".md"));
    texts(documents, &mut Words::of(documents as u64), link, plain_front_matter)
}

fn texts(
    documents: usize,
    words: &mut Words,
    link: fn(&Head) -> String,
    front_matter: fn(&Head, &[Head], &mut Words) -> String,
) -> Vec<(String, String)> {
    let heads: Vec<Head> = (0..documents).map(|number| Head::of(number, words)).collect();
    let text = |head: &Head| {
        let body = body(head, &heads, link, words);
        (format!("content/{}", head.path), front_matter(head, &heads, words) + &body)
    };
    heads.iter().map(text).collect()
}

/// What other documents must know of one.
struct Head {
    sort: Sort,
    title: String,
    /// In the folder `content`: `posts/what-we-learned-17.md`.
    path: String,
    date: Date,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Post,
    Evaluation,
    Project,
}

impl Head {
    fn of(number: usize, words: &mut Words) -> Head {
        let (sort, folder, titles) = match number % 10 {
            0..7 => (Sort::Post, "posts", words::POST_TITLES),
            7 => (Sort::Evaluation, "evaluations", words::EVALUATION_TITLES),
            _ => (Sort::Project, "projects", words::PROJECT_TITLES),
        };
        let title = words.sentence(titles);
        let letters = |it: char| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { ' ' };
        let plain: String = deunicode::deunicode(&title).replace('\'', "").chars().map(letters).collect();
        let slug = plain.split_whitespace().collect::<Vec<_>>().join("-");
        let days = (TODAY - FIRST_DAY).get_days();
        let date = FIRST_DAY + words.below(days as usize).try_into().map(|it: i64| it.days()).expect("few days");
        Head { sort, title, path: format!("{folder}/{slug}-{number}.md"), date }
    }

    /// Returns the name by which front matter refers to it.
    fn slug(&self) -> &str {
        let (_, name) = self.path.split_once('/').expect("a folder and a name");
        name.trim_end_matches(".md")
    }
}

fn topic(number: usize) -> String {
    format!("{}-{}", words::TOPICS[number % words::TOPICS.len()], words::WORK[number / words::TOPICS.len()])
}

fn tag(number: usize) -> String {
    format!("{} {}", topic(number % TOPICS).replace('-', " "), words::ASPECTS[number / TOPICS])
}

fn topics() -> String {
    (0..TOPICS).fold(String::new(), |mut text, number| {
        let slug = topic(number);
        let title = slug.replace('-', " ");
        let _ = writeln!(text, "- slug: {slug}\n  title: \"About {title}\"\n  description: What we know of {title}.");
        text
    })
}

fn person(number: usize) -> String {
    format!("analyst-{number}")
}

fn front_matter(head: &Head, heads: &[Head], words: &mut Words) -> String {
    let another = |words: &mut Words, sort: Sort| {
        let from = words.below(heads.len());
        let mut after = heads[from..].iter().chain(heads).filter(|it| it.sort == sort);
        after.next().map_or_else(String::new, |it| it.slug().to_owned())
    };
    let mut text = format!("---\ntitle: \"{}\"\nsummary: \"{}\"\n", head.title, words.sentence(words::PLAIN));
    let _ = writeln!(text, "topics: [{}]", words.some(4, TOPICS, topic));
    match head.sort {
        Sort::Post => {
            let _ = writeln!(text, "date: {}\nauthors: [{}]", head.date, words.some(3, PEOPLE, person));
            if words.one_in(3) {
                let _ = writeln!(text, "projects: [{}]", another(words, Sort::Project));
            }
        }
        Sort::Evaluation => {
            let _ = writeln!(text, "date: {}\nstatus: complete\ntypes: [process, impact]", head.date);
            let _ = writeln!(text, "evaluator: [{{name: Research Unit}}]\nindependence: independent");
            let _ = writeln!(text, "evaluates: [{}]", another(words, Sort::Project));
            let _ = writeln!(text, "methods:\n  - {{method: interviews, n: {}, who: Residents}}", words.below(90) + 2);
            text.push_str("findings:\n");
            for _ in 0..words.below(4) + 2 {
                let _ = writeln!(text, "  - headline: \"{}\"\n    direction: mixed", words.sentence(words::PLAIN));
                let _ = writeln!(text, "    figure: {{value: {}, unit: percent, qualifier: about}}", words.below(90));
            }
            text.push_str("improvements:\n");
            let _ = writeln!(
                text,
                "  - issue: \"{}\"\n    action: \"{}\"\n    status: in-progress",
                words.sentence(words::PLAIN),
                words.sentence(words::PLAIN)
            );
            let _ = writeln!(text, "limitations: \"{}\"", words.sentence(words::PLAIN));
        }
        Sort::Project => {
            let _ = writeln!(
                text,
                "status: completed\nstart: {}\nend: {}",
                head.date.strftime("%Y-%m"),
                TODAY.strftime("%Y-%m")
            );
            let _ = writeln!(text, "lead: Office for Public Evidence\nproblem: \"{}\"", words.sentence(words::PLAIN));
        }
    }
    text + "---\n\n"
}

fn plain_front_matter(head: &Head, _: &[Head], words: &mut Words) -> String {
    let mut text = format!("---\ntitle: \"{}\"\ndate: {}\n", head.title, head.date);
    let _ = writeln!(text, "summary: \"{}\"", words.sentence(words::PLAIN));
    let _ = writeln!(text, "authors: [{}]", words.some(3, PEOPLE, words::person));
    let _ = writeln!(text, "tags: [{}]", words.some(5, TAGS, tag));
    let _ = writeln!(text, "themes: [{}]", words.some(2, words::TOPICS.len(), |it| words::TOPICS[it].to_owned()));
    text.push_str(match head.sort {
        Sort::Post => "",
        // What Folio's kinds require besides.
        Sort::Evaluation => {
            "status: complete\ntypes: [process]\nevaluator: [{name: Research Unit}]\nfindings: [It was worth it]\n"
        }
        Sort::Project => "status: active\n",
    });
    text + "---\n\n"
}

fn body(head: &Head, heads: &[Head], link: fn(&Head) -> String, words: &mut Words) -> String {
    let mut text = words.paragraph() + "\n\n";
    let target = 380 + words.below(900);
    let mut notes = 0;
    while text.split_whitespace().count() < target {
        let level = if words.one_in(3) { "###" } else { "##" };
        let _ = writeln!(text, "{level} {}\n", words.sentence(words::HEADINGS));
        for _ in 0..=words.below(3) {
            text.push_str(&words.paragraph());
            if words.one_in(4) {
                let other = &heads[words.below(heads.len())];
                let _ = write!(text, " We wrote more in [{}]({}).", other.title, link(other));
            }
            if words.one_in(12) {
                notes += 1;
                let _ = write!(text, "[^{notes}]\n\n[^{notes}]: {}", words.sentence(words::PLAIN));
            }
            text.push_str("\n\n");
        }
        match words.below(10) {
            0..3 => text.push_str(&words.list()),
            3 => {
                let _ = writeln!(text, "> {}\n", words.sentence(words::PLAIN));
            }
            4 => text.push_str(&words.table()),
            5 if head.sort == Sort::Evaluation => text.push_str(&words.table()),
            _ => {}
        }
    }
    text
}
