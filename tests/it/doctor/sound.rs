//! Sound front matter, made up: other fields, other values, and other ways to write them each time.

use crate::properties::Chance;

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum At {
    /// A key of the document.
    Top,
    /// A key of a group.
    Group,
    /// A plain item of a list.
    Item,
    /// The first key of an item.
    First,
    /// A further key of an item.
    Part,
}

/// What the value of a row is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Is {
    /// Words.
    Text,
    /// A number, a date, a choice.
    Data,
    /// A slug, in a list of slugs.
    Slug,
    /// The name of a person, in a list of names.
    Name,
    Url,
    /// `[a, b]`.
    List,
    /// `{a: b, c: d}`.
    Braces,
    /// Nothing: a list or a group follows.
    Head,
}

/// A line of front matter.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) at: At,
    pub(super) is: Is,
    /// Whether the key is a field of the document's kind.
    pub(super) known: bool,
}

impl Row {
    /// Returns how far it is indented.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Returns its key and its value.
    pub(super) fn key(&self) -> Option<(&str, &str)> {
        let text = self.text.trim_start();
        let text = text.strip_prefix("- ").unwrap_or(text);
        text.split_once(": ").filter(|_| self.at != At::Item)
    }

    /// Returns what stands before the value, and the value.
    pub(super) fn split(&self) -> (&str, &str) {
        let start = match self.at {
            At::Item => self.text.find("- ").map_or(0, |it| it + 2),
            _ => self.text.find(": ").map_or(self.text.len(), |it| it + 2),
        };
        self.text.split_at(start)
    }

    /// Returns the value if it is words without quotes.
    pub(super) fn plain(&self) -> Option<&str> {
        let value = self.split().1;
        (self.is == Is::Text && !value.starts_with(['"', '\''])).then_some(value)
    }
}

/// A document.
#[derive(Clone, Debug)]
pub(super) struct Sound {
    pub(super) folder: &'static str,
    pub(super) rows: Vec<Row>,
    pub(super) body: &'static str,
}

impl Sound {
    /// Returns the file whose front matter has these lines.
    pub(super) fn with(&self, lines: &[String]) -> String {
        format!("---\n{}\n---\n{}", lines.join("\n"), self.body)
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.rows.iter().map(|it| it.text.clone()).collect()
    }

    pub(super) fn text(&self) -> String {
        self.with(&self.lines())
    }
}

const WORDS: [&str; 32] = [
    "repairs",
    "residents",
    "café",
    "the",
    "of",
    "tai",
    "naïve",
    "open",
    "meetings",
    "with",
    "boroughs",
    "faster",
    "and",
    "für",
    "Straße",
    "winter",
    "booking",
    "calls",
    "older",
    "people",
    "in",
    "libraries",
    "données",
    "quicker",
    "pilot",
    "learning",
    "teams",
    "we",
    "heard",
    "less",
    "paper",
    "streets",
];
const FIRST: [&str; 8] = ["Évaluation", "Repairs", "Booking", "Tenants", "Libraries", "Winter", "Open", "Äußere"];
const SLUGS: [&str; 8] = ["housing", "data", "open-working", "health", "roads-2024", "care", "libraries", "tai"];
const NAMES: [&str; 6] = ["Ada Example", "Ben Sample", "Zoë Núñez", "Cid Muster", "Siân Jones", "Dee O Brien"];
const BODIES: [&str; 4] = [
    "\nText.\n",
    "\nOne paragraph of it.\n\n## What we did\n\n- one\n- two: three\n\n---\n\nMore.\n",
    "\n# A heading\n\nNote: this is text.\n\n```sh\nls: x\n```\n",
    "\n",
];

struct Maker<'a> {
    chance: &'a mut Chance,
    rows: Vec<Row>,
    /// How far groups are indented.
    step: usize,
    /// How far lists are indented.
    list: usize,
}

impl Maker<'_> {
    fn words(&mut self, count: usize) -> String {
        let mut text = (*self.chance.of(&FIRST)).to_owned();
        for _ in 1..count {
            text += " ";
            text += *self.chance.of(&WORDS);
        }
        text
    }

    fn text(&mut self, long: usize) -> String {
        let count = 3 + self.chance.below(long);
        let words = self.words(count);
        match self.chance.below(6) {
            0 | 1 => format!("\"{words}\""),
            2 => format!("'{words}'"),
            _ => words,
        }
    }

    fn push(&mut self, text: String, at: At, is: Is, known: bool) {
        self.rows.push(Row { text, at, is, known });
    }

    fn top(&mut self, name: &str, is: Is, value: &str, known: bool) {
        self.push(format!("{name}: {value}").trim_end().to_owned(), At::Top, is, known);
    }

    fn top_text(&mut self, name: &str, long: usize, known: bool) {
        let text = self.text(long);
        self.top(name, Is::Text, &text, known);
    }

    fn slugs(&mut self, name: &str, known: bool) {
        let (one, two) = (self.chance.below(4), 4 + self.chance.below(4));
        self.list_of(name, &[SLUGS[one], SLUGS[two]], Is::Slug, known);
    }

    fn list_of(&mut self, name: &str, items: &[&str], is: Is, known: bool) {
        if self.chance.below(2) == 0 {
            return self.top(name, Is::List, &format!("[{}]", items.join(", ")), known);
        }
        self.top(name, Is::Head, "", known);
        let indent = " ".repeat(self.list);
        items.iter().for_each(|it| self.push(format!("{indent}- {it}"), At::Item, is, known));
    }

    fn texts(&mut self, name: &str, known: bool) {
        self.top(name, Is::Head, "", known);
        let indent = " ".repeat(self.list);
        for _ in 0..2 + self.chance.below(2) {
            let text = self.text(5);
            self.push(format!("{indent}- {text}"), At::Item, Is::Text, known);
        }
    }

    fn group(&mut self, name: &str, parts: &[(&str, Is, &str)], known: bool) {
        self.top(name, Is::Head, "", known);
        let indent = " ".repeat(self.step);
        for (key, is, value) in parts {
            let value = if *is == Is::Text { self.text(5) } else { (*value).to_owned() };
            self.push(format!("{indent}{key}: {value}"), At::Group, *is, known);
        }
    }

    fn groups(&mut self, name: &str, parts: &[(&str, Is, &str)], known: bool) {
        self.top(name, Is::Head, "", known);
        let indent = " ".repeat(self.list);
        for _ in 0..2 + self.chance.below(2) {
            for (at, (key, is, value)) in parts.iter().enumerate() {
                let value = if *is == Is::Text { self.text(5) } else { (*value).to_owned() };
                let (sign, at) = if at == 0 { ("-", At::First) } else { (" ", At::Part) };
                self.push(format!("{indent}{sign} {key}: {value}"), at, *is, known);
            }
        }
    }

    fn more(&mut self) {
        match self.chance.below(8) {
            0 => self.top_text("kontakt", 4, false),
            1 => self.top("link", Is::Url, "https://www.example.org/one", false),
            2 => self.group("law", &[("heading", Is::Text, ""), ("rank", Is::Data, "7")], false),
            3 => self.groups(
                "boxes",
                &[("label", Is::Text, ""), ("words", Is::Text, ""), ("size", Is::Data, "3")],
                false,
            ),
            4 => self.top("canonical", Is::Url, "https://www.example.org/a/b", true),
            5 => self.slugs("colours", false),
            6 => self.top("stats", Is::Data, "true", false),
            _ => {}
        }
    }

    fn post(&mut self) {
        self.top("date", Is::Data, "2024-01-02", true);
        let (one, two) = (NAMES[self.chance.below(3)], NAMES[3 + self.chance.below(3)]);
        self.list_of("authors", &[one, two], Is::Name, true);
        self.slugs("topics", true);
        self.more();
        self.top_text("series", 4, true);
        self.group("image", &[("src", Is::Data, "one.svg"), ("alt", Is::Text, ""), ("credit", Is::Text, "")], true);
        if self.chance.below(2) == 0 {
            self.groups("documents", &[("title", Is::Text, ""), ("url", Is::Url, "https://www.example.org/x")], true);
        }
    }

    fn evaluation(&mut self) {
        self.top("status", Is::Data, "complete", true);
        self.top("types", Is::List, "[process, impact]", true);
        self.top("evaluator", Is::List, "[Ada Example]", true);
        self.top("date", Is::Data, "2024-01-16", true);
        let figure = "{value: 9, unit: GBP, qualifier: exact}";
        self.groups(
            "findings",
            &[("headline", Is::Text, ""), ("direction", Is::Data, "positive"), ("figure", Is::Braces, figure)],
            true,
        );
        self.more();
        self.groups(
            "improvements",
            &[("issue", Is::Text, ""), ("action", Is::Text, ""), ("status", Is::Data, "done")],
            true,
        );
        self.texts("questions", true);
        self.top_text("limitations", 9, true);
    }

    fn project(&mut self) {
        self.top("status", Is::Data, "active", true);
        self.top("phase", Is::Data, "beta", true);
        self.top("start", Is::Data, "2022-01", true);
        self.top("lead", Is::Data, "example-borough", true);
        self.texts("outcomes", true);
        self.more();
        self.groups("partners", &[("org", Is::Text, ""), ("role", Is::Data, "funder")], true);
        self.top_text("problem", 12, true);
        self.top("history", Is::Head, "", true);
        let indent = " ".repeat(self.list);
        for it in ["2022-01, status: proposed", "2022-06, status: active"] {
            self.push(format!("{indent}- {{date: {it}}}"), At::Item, Is::Braces, true);
        }
    }

    fn page(&mut self) {
        for _ in 0..4 {
            self.more();
        }
        self.top_text("nav", 1, true);
    }
}

/// Makes a document.
pub(super) fn sound(chance: &mut Chance) -> Sound {
    let step = 2 + 2 * chance.below(2);
    let list = [0, 2, 2, 4][chance.below(4)];
    let body = *chance.of(&BODIES);
    let kind = chance.below(7);
    let mut maker = Maker { chance, rows: Vec::new(), step, list };
    maker.top_text("title", 6, true);
    maker.top_text("summary", 12, true);
    match kind {
        0..=2 => maker.post(),
        3 | 4 => maker.evaluation(),
        5 => maker.project(),
        _ => maker.page(),
    }
    let folder = ["posts", "posts", "posts", "evaluations", "evaluations", "projects", "pages"][kind];
    let mut names = std::collections::BTreeSet::new();
    let mut keep = true;
    let rows = maker.rows.into_iter().filter(|it| {
        // The same key twice would be a mistake.
        if it.at == At::Top {
            let name = it.text.split(':').next().unwrap_or_default().to_owned();
            keep = names.insert(name);
        }
        keep
    });
    Sound { folder, rows: rows.collect(), body }
}
