//! What is to be read in a letter -> Markdown, as far as a service knows it.
//!
//! A paragraph is one line: GOV.UK Notify keeps the breaks of lines (`hard_wrap`, notifications_utils/markdown.py).

use crate::model::diagnostic::Place;
use crate::model::mail::{Construct, Dropped};

use super::blocks::{Block, Inline, Table, What};
use super::plain::{is_said, small};

/// Returns the text, and what it could not show.
pub(super) fn write(blocks: &[Block], shows: &[Construct]) -> (String, Vec<Dropped>) {
    let mut writer = Markdown { shows, dropped: Vec::new(), place: None };
    let mut text = writer.blocks(blocks).join("\n\n");
    text.push('\n');
    (text, writer.dropped)
}

struct Markdown<'a> {
    shows: &'a [Construct],
    dropped: Vec<Dropped>,
    /// Where the block that is being written is written.
    place: Option<Place>,
}

impl Markdown<'_> {
    /// Returns whether the service shows it; if not, it is noted.
    fn shows(&mut self, what: Construct) -> bool {
        let shows = self.shows.contains(&what);
        if !shows {
            let note = Dropped { what, place: self.place.clone() };
            if self.dropped.last() != Some(&note) {
                self.dropped.push(note);
            }
        }
        shows
    }

    fn blocks(&mut self, blocks: &[Block]) -> Vec<String> {
        let written = blocks.iter().map(|it| self.block(it)).collect::<Vec<_>>();
        written.into_iter().filter(|it| !it.trim().is_empty()).collect()
    }

    fn block(&mut self, block: &Block) -> String {
        if block.place.is_some() {
            self.place.clone_from(&block.place);
        }
        match &block.what {
            What::Heading(level, line) => self.heading(*level, line),
            What::Paragraph(line) => start(&self.line(line)),
            What::List(number, items) => self.list(*number, items),
            What::Quote(inner) => {
                let sign = if self.shows(Construct::Quote) { self.quote() } else { "" };
                let text = self.blocks(inner).join("\n\n");
                text.lines().map(|it| format!("{sign}{it}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
            }
            What::Definition(term, said) => {
                let term = self.line(&[Inline::Strong(term.clone())]);
                [vec![term], self.blocks(said)].concat().join("\n\n")
            }
            What::Code(code) if self.shows(Construct::CodeBlock) => {
                let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
                format!("{fence}\n{code}\n{fence}")
            }
            What::Code(text) | What::Text(text) => {
                let lines = text.lines().filter(|it| !it.trim().is_empty()).map(|it| {
                    let indent = it.len() - it.trim_start().len();
                    // Spaces at the start would make code of it, or go.
                    format!("{}{}", "\u{a0}".repeat(indent), start(&self.escape(it.trim())))
                });
                lines.collect::<Vec<_>>().join(self.line_break())
            }
            What::Table(table) => self.table(table),
            What::Rule => {
                if self.shows(Construct::Rule) {
                    "---".to_owned()
                } else {
                    String::new()
                }
            }
        }
    }

    /// The sign of a quotation: Notify has one of its own, and no bold or italic.
    fn quote(&self) -> &'static str {
        if self.shows.contains(&Construct::Emphasis) { "> " } else { "^ " }
    }

    /// Ends a line within a paragraph: Notify keeps the breaks of lines as they are.
    fn line_break(&self) -> &'static str {
        if self.shows.contains(&Construct::Emphasis) { "  \n" } else { "\n" }
    }

    fn heading(&mut self, level: u8, line: &[Inline]) -> String {
        let text = self.line(line).replace("  \n", " ").replace('\n', " ");
        let what = if level > 2 { Construct::DeepHeading } else { Construct::Heading };
        // A line that is a link stands out as well.
        let shows = if let [Inline::Link(..)] = line { self.shows.contains(&what) } else { self.shows(what) };
        match shows {
            true => format!("{} {text}", "#".repeat(level.into())),
            false => start(&text),
        }
    }

    fn list(&mut self, number: Option<usize>, items: &[Vec<Block>]) -> String {
        let nested = items.iter().flatten().any(|it| matches!(it.what, What::List(..)));
        let flat = nested && !self.shows(Construct::NestedList);
        let is_long = items.iter().any(|it| it.iter().skip(1).any(|it| !matches!(it.what, What::List(..))));
        let mut written = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let sign = number.map_or_else(|| "- ".to_owned(), |number| format!("{}. ", number + at));
            let tight = if is_long && !flat { "\n\n" } else { "\n" };
            let is_list = |it: &Block| flat && matches!(it.what, What::List(..));
            for (part, run) in item.chunk_by(|one, next| !is_list(one) && !is_list(next)).enumerate() {
                let text = self.blocks(run).join(tight);
                match text.is_empty() {
                    true => {}
                    false if is_list(&run[0]) => written.push(text),
                    false if part == 0 => written.push(format!("{sign}{}", indented(&text, sign.len()))),
                    // Without empty lines it would go on with the last item of the list above it.
                    false => written.push(format!("\n{text}\n")),
                }
            }
        }
        written.join(if is_long && !flat { "\n\n" } else { "\n" }).trim_end().to_owned()
    }

    fn table(&mut self, table: &Table) -> String {
        let shows = self.shows(Construct::Table);
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in &table.rows {
            rows.push(row.iter().map(|cell| self.line(cell).replace("  \n", " ").replace('\n', " ")).collect());
        }
        if !shows {
            let (names, rows) = if table.headed { (&rows[0][..], &rows[1..]) } else { (&[][..], &rows[..]) };
            return rows.iter().map(|row| told(names, row)).collect::<Vec<_>>().join("\n");
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let line = |cells: &[String]| {
            let cells = (0..columns).map(|it| cells.get(it).map_or_else(String::new, |it| it.replace('|', "\\|")));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let (head, rows) = if table.headed { (rows[0].clone(), &rows[1..]) } else { (Vec::new(), &rows[..]) };
        let rule = format!("| {} |", vec!["---"; columns].join(" | "));
        [vec![line(&head), rule], rows.iter().map(|it| line(it)).collect()].concat().join("\n")
    }

    fn line(&mut self, line: &[Inline]) -> String {
        let mut out = String::new();
        for piece in line {
            let text = self.piece(piece);
            // Beside what is left out there would be two spaces.
            let is_spaced = out.ends_with(' ') && !out.ends_with("  ");
            out.push_str(if is_spaced { text.strip_prefix(' ').unwrap_or(&text) } else { &text });
        }
        out
    }

    fn piece(&mut self, piece: &Inline) -> String {
        match piece {
            Inline::Text(text) => self.escape(text),
            Inline::Strong(inner) => self.marked(inner, "**", Construct::Emphasis),
            Inline::Emphasis(inner) => self.marked(inner, "*", Construct::Emphasis),
            // Without a sign it would read as if it stood.
            Inline::Struck(inner) => {
                self.shows(Construct::Struck);
                format!("~~{}~~", self.line(inner))
            }
            Inline::Raised(inner) => small(&self.line(inner), true),
            Inline::Lowered(inner) => small(&self.line(inner), false),
            Inline::Code(text) if self.shows(Construct::Code) => {
                let fence = "`".repeat(longest_run(text, '`') + 1);
                let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
                format!("{fence}{space}{text}{space}{fence}")
            }
            Inline::Code(text) => self.escape(text),
            Inline::Break => self.line_break().to_owned(),
            Inline::Picture { src, alt, place } => {
                let before = self.place.clone();
                if place.is_some() {
                    self.place.clone_from(place);
                }
                let shows = self.shows(Construct::Picture);
                self.place = before;
                match shows {
                    true => format!("![{}]({})", self.escape(alt), destination(src)),
                    false if alt.is_empty() => String::new(),
                    false => self.escape(&format!("({alt})")),
                }
            }
            Inline::Link(href, inner) => {
                let said = self.line(inner);
                match href.strip_prefix("mailto:").or_else(|| href.strip_prefix("tel:")) {
                    _ if said.trim().is_empty() => String::new(),
                    // Such an address is a link by itself, or none that Notify would make.
                    Some(bare) if is_said(&said, bare) => bare.to_owned(),
                    _ if is_said(&said, href) && href.contains("://") => href.clone(),
                    _ => format!("[{}]({})", said.trim(), destination(href)),
                }
            }
        }
    }

    fn marked(&mut self, inner: &[Inline], sign: &str, what: Construct) -> String {
        let text = self.line(inner);
        let bare = text.trim();
        if bare.is_empty() || !self.shows(what) {
            return text;
        }
        // The signs must stand at the words.
        let (before, after) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
        format!("{before}{sign}{bare}{sign}{after}")
    }

    /// Returns the text with what would be a sign made plain; what a service fills in stays as it is.
    fn escape(&self, text: &str) -> String {
        let rich = self.shows.contains(&Construct::Emphasis);
        let mut out = String::with_capacity(text.len() + 8);
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let tag = [("{{", "}}"), ("{%", "%}"), ("*|", "|*"), ("((", "))")]
                .iter()
                .find(|it| rest.starts_with(it.0))
                .and_then(|it| rest.find(it.1).map(|end| end + it.1.len()));
            let length = tag.unwrap_or(letter.len_utf8());
            let is_sign = matches!(letter, '[' | ']' | '\\') || rich && matches!(letter, '*' | '_' | '`' | '<' | '~');
            if tag.is_none() && is_sign {
                out.push('\\');
            }
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
        out
    }
}

/// Returns the lines after the first with spaces before them, but for empty ones.
fn indented(text: &str, spaces: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&" ".repeat(spaces));
            out.push_str(line);
        }
    }
    out
}

/// Returns a row as an item of a list: each cell after the name of its column.
fn told(names: &[String], row: &[String]) -> String {
    let cells = row.iter().enumerate().filter(|it| !it.1.is_empty()).map(|(at, cell)| match names.get(at) {
        Some(name) if !name.is_empty() => format!("{name}: {cell}"),
        _ => cell.clone(),
    });
    format!("- {}", cells.collect::<Vec<_>>().join("; "))
}

/// Returns an address as it may stand between brackets.
fn destination(address: &str) -> String {
    address.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// Returns a line that begins no heading, list, quotation or rule by accident.
fn start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && matches!(line.as_bytes().get(digits), Some(b'.' | b')'));
    let signs = line.starts_with(['#', '-', '+', '*', '>', '|']) && !line.starts_with("**") && !is_emphasis(line);
    match (numbered, signs) {
        (true, _) => format!("{}\\{}", &line[..digits], &line[digits..]),
        (_, true) => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// Returns whether a line begins with words in italics, or with what a service fills in.
fn is_emphasis(line: &str) -> bool {
    line.starts_with('*') && line[1..].starts_with(|it: char| !it.is_whitespace())
}

fn longest_run(text: &str, sign: char) -> usize {
    text.split(|it| it != sign).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(what: What) -> Block {
        Block { what, place: None }
    }

    fn words(text: &str) -> Block {
        block(What::Paragraph(vec![Inline::Text(text.to_owned())]))
    }

    #[test]
    fn a_paragraph_after_a_list_within_an_item_stays_in_the_item() {
        let inner = block(What::List(None, vec![vec![words("by phone")], vec![words("on the web")]]));
        let items = vec![vec![words("Book"), inner, words("Bring your papers.")], vec![words("Come")]];
        let list = [block(What::List(Some(1), items))];
        let nested = "1. Book\n\n   - by phone\n   - on the web\n\n   Bring your papers.\n\n2. Come\n";
        assert_eq!(write(&list, &[Construct::NestedList]).0, nested);
        let flat = "1. Book\n- by phone\n- on the web\n\nBring your papers.\n\n2. Come\n";
        assert_eq!(write(&list, &[]).0, flat);
    }
}
