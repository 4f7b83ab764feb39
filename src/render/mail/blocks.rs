//! A letter -> what is to be read in it: headings, paragraphs, lists, tables, without markup.

use crate::model::diagnostic::Place;

use super::tree::{Element, Node};

/// A block of text, and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) what: What,
    pub(super) place: Option<Place>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Heading(u8, Vec<Inline>),
    Paragraph(Vec<Inline>),
    /// The number of the first item, where they have numbers.
    List(Option<usize>, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    /// A term, and what is said of it.
    Definition(Vec<Inline>, Vec<Block>),
    Code(String),
    /// What a component says in its form for text.
    Text(String),
    Table(Table),
    Rule,
}

/// A table of data: the first row names the columns, where `headed`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) headed: bool,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Struck(Vec<Inline>),
    Raised(Vec<Inline>),
    Lowered(Vec<Inline>),
    Code(String),
    Link(String, Vec<Inline>),
    Picture { src: String, alt: String, place: Option<Place> },
    Break,
}

/// The class of the element that holds a component's form for text.
pub(super) const TEXT: &str = "folio-text";

/// Returns what is to be read in an element.
pub(super) fn blocks(element: &Element) -> Vec<Block> {
    let mut reader = Reader::default();
    reader.children(element);
    reader.end();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The paragraph that is being read: text may stand in a block beside blocks.
    line: Vec<Inline>,
    place: Option<Place>,
}

impl Reader {
    fn children(&mut self, element: &Element) {
        for child in &element.children {
            match child {
                Node::Text(text) => push_text(&mut self.line, text),
                Node::Element(element) => self.element(element),
                Node::Comment(_) => {}
            }
        }
    }

    /// Ends the paragraph that is being read.
    fn end(&mut self) {
        let line = trimmed(std::mem::take(&mut self.line));
        let place = self.place.take();
        if !line.is_empty() {
            self.blocks.push(Block { what: What::Paragraph(line), place });
        }
    }

    fn push(&mut self, what: What, element: &Element) {
        self.end();
        self.blocks.push(Block { what, place: element.place() });
    }

    fn element(&mut self, element: &Element) {
        if is_unseen(element) {
            return;
        }
        match &*element.name {
            "head" | "style" | "script" | "title" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let words = trimmed(inlines(element));
                if !words.is_empty() {
                    self.push(What::Heading(element.name.as_bytes()[1] - b'0', words), element);
                }
            }
            "ul" | "ol" | "menu" => self.list(element),
            "blockquote" => self.push(What::Quote(blocks(element)), element),
            "dl" => self.definitions(element),
            "pre" if element.has_class(TEXT) => self.push(What::Text(raw(element).trim().to_owned()), element),
            "pre" => self.push(What::Code(raw(element).trim_end().to_owned()), element),
            "hr" => self.push(What::Rule, element),
            "table" if element.get("role").is_none() => self.table(element),
            _ if element.has_class("alert") || element.has_class("quote") && element.find("blockquote").is_none() => {
                self.push(What::Quote(note(blocks(element))), element);
            }
            name if is_block(name) => {
                self.end();
                self.place = element.place();
                self.children(element);
                self.end();
            }
            _ => self.line.extend(inline(element)),
        }
    }

    fn list(&mut self, element: &Element) {
        let items: Vec<Vec<Block>> =
            element.elements().filter(|it| it.name == "li").map(blocks).filter(|it| !it.is_empty()).collect();
        if items.is_empty() {
            return;
        }
        let start = element.get("start").and_then(|it| it.parse().ok()).unwrap_or(1);
        self.push(What::List((element.name == "ol").then_some(start), items), element);
    }

    fn definitions(&mut self, element: &Element) {
        let parts: Vec<&Element> = element
            .elements()
            .flat_map(|it| if it.name == "div" { it.elements().collect() } else { vec![it] })
            .collect();
        let mut at = 0;
        while at < parts.len() {
            let terms = parts[at..].iter().take_while(|it| it.name == "dt").count();
            let said = parts[at + terms..].iter().take_while(|it| it.name != "dt").count();
            let (names, texts) = parts[at..at + terms + said].split_at(terms);
            let mut term = Vec::new();
            for name in names {
                if !term.is_empty() {
                    term.push(Inline::Text(", ".to_owned()));
                }
                term.extend(trimmed(inlines(name)));
            }
            let texts = texts.iter().flat_map(|it| blocks(it)).collect();
            self.push(What::Definition(term, texts), element);
            at += terms + said;
        }
    }

    fn table(&mut self, element: &Element) {
        let mut rows = Vec::new();
        let mut headed = false;
        for part in element.elements() {
            match &*part.name {
                "caption" => self.push(What::Paragraph(trimmed(inlines(part))), part),
                "tr" => rows.push(part),
                "thead" | "tbody" | "tfoot" => {
                    headed |= part.name == "thead" && part.elements().next().is_some();
                    rows.extend(part.elements().filter(|it| it.name == "tr"));
                }
                _ => {}
            }
        }
        let cells = |row: &Element| {
            let cells = row.elements().filter(|it| matches!(&*it.name, "th" | "td"));
            cells.map(|it| trimmed(inlines(it))).collect::<Vec<_>>()
        };
        let rows: Vec<_> = rows.into_iter().map(cells).filter(|it| !it.is_empty()).collect();
        if !rows.is_empty() {
            self.push(What::Table(Table { headed, rows }), element);
        }
    }
}

/// Puts the title of a note into the line of its first paragraph: `Note: …`.
fn note(mut blocks: Vec<Block>) -> Vec<Block> {
    if let [Block { what: What::Paragraph(title), .. }, Block { what: What::Paragraph(first), .. }, ..] =
        &mut blocks[..]
    {
        let mut line = vec![Inline::Strong(std::mem::take(title)), Inline::Text(": ".to_owned())];
        line.append(first);
        *first = line;
        blocks.remove(0);
    }
    blocks
}

/// Returns whether nobody is to see it: the line that mail programs show before a letter is opened.
fn is_unseen(element: &Element) -> bool {
    element.has_class("preheader") || element.get("hidden").is_some()
}

/// Returns whether an element stands on lines of its own.
fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 21] = [
        "address",
        "article",
        "aside",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "li",
        "main",
        "nav",
        "p",
        "section",
        "table",
        "td",
    ];
    const PARTS: [&str; 5] = ["tbody", "tfoot", "th", "thead", "tr"];
    BLOCKS.contains(&name) || PARTS.contains(&name)
}

fn inlines(element: &Element) -> Vec<Inline> {
    let mut line = Vec::new();
    for child in &element.children {
        match child {
            Node::Text(text) => push_text(&mut line, text),
            Node::Element(element) => line.extend(inline(element)),
            Node::Comment(_) => {}
        }
    }
    line
}

fn inline(element: &Element) -> Vec<Inline> {
    if is_unseen(element) {
        return Vec::new();
    }
    let inner = || inlines(element);
    match &*element.name {
        "strong" | "b" => vec![Inline::Strong(inner())],
        "em" | "i" | "cite" | "dfn" | "var" => vec![Inline::Emphasis(inner())],
        "s" | "del" | "strike" => vec![Inline::Struck(inner())],
        "sup" => vec![Inline::Raised(inner())],
        "sub" => vec![Inline::Lowered(inner())],
        "code" | "kbd" | "samp" | "tt" => vec![Inline::Code(element.text())],
        "br" => vec![Inline::Break],
        "q" => [vec![Inline::Text("“".to_owned())], inner(), vec![Inline::Text("”".to_owned())]].concat(),
        "a" => match element.get("href") {
            Some(href) => vec![Inline::Link(href.to_owned(), inner())],
            None => inner(),
        },
        "img" => {
            let alt = element.get("alt").unwrap_or_default().trim().to_owned();
            let src = element.get("src").unwrap_or_default().to_owned();
            vec![Inline::Picture { src, alt, place: element.place() }]
        }
        "style" | "script" | "head" | "title" => Vec::new(),
        name => {
            let mut inner = inner();
            // A block in a line, such as a paragraph in a link, is parted from what stands beside it.
            if is_block(name) && !inner.is_empty() {
                inner.push(Inline::Text(" ".to_owned()));
            }
            inner
        }
    }
}

/// Returns the text as it stands, for code.
fn raw(element: &Element) -> String {
    let mut out = String::new();
    for child in &element.children {
        match child {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) => out.push_str(&raw(element)),
            Node::Comment(_) => {}
        }
    }
    out
}

/// Puts text at the end of a line, its white space as one space; two texts become one.
fn push_text(line: &mut Vec<Inline>, text: &str) {
    let is_space = |it: char| it.is_whitespace() && it != '\u{a0}';
    let mut joined = String::with_capacity(text.len());
    let mut spaced = match line.last() {
        None | Some(Inline::Break) => true,
        Some(Inline::Text(before)) => before.ends_with(' '),
        _ => false,
    };
    for letter in text.chars() {
        match is_space(letter) {
            true if spaced => {}
            true => joined.push(' '),
            false => joined.push(letter),
        }
        spaced = is_space(letter);
    }
    match line.last_mut() {
        _ if joined.is_empty() => {}
        Some(Inline::Text(before)) => before.push_str(&joined),
        _ => line.push(Inline::Text(joined)),
    }
}

/// Returns the line without white space around it, and without what is empty.
fn trimmed(mut line: Vec<Inline>) -> Vec<Inline> {
    let is_blank = |it: &Inline| matches!(it, Inline::Text(text) if text.trim().is_empty()) || *it == Inline::Break;
    while line.first().is_some_and(is_blank) {
        line.remove(0);
    }
    while line.last().is_some_and(is_blank) {
        line.pop();
    }
    if let Some(Inline::Text(first)) = line.first_mut() {
        *first = first.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline::Text(last)) = line.last_mut() {
        *last = last.trim_end_matches(' ').to_owned();
    }
    line
}
