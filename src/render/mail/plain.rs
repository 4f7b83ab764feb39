//! What is to be read in a letter -> plain text of 65 columns, as GOV.UK Notify sends it.
//!
//! Addresses stand whole, on a line of their own where they do not fit: a broken one leads nowhere.

use super::blocks::{Block, Inline, Table, What};
use super::wrap::{broken, width, wrap};

/// How wide a line may be.
pub(super) const COLUMNS: usize = 65;

/// Returns the text.
pub(super) fn write(blocks: &[Block]) -> String {
    let mut writer = Plain::default();
    writer.blocks(blocks, "");
    let mut text = writer.lines.join("\n");
    text.push('\n');
    text
}

#[derive(Default)]
struct Plain {
    lines: Vec<String>,
    /// The addresses of links within sentences, each with its number, that are not told yet.
    links: Vec<(usize, String)>,
    count: usize,
}

impl Plain {
    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        for block in blocks {
            let blank = match &block.what {
                What::Heading(1 | 2, _) => 2,
                _ => 1,
            };
            self.gap(if indent.is_empty() { blank } else { 1 });
            self.block(block, indent);
            if indent.is_empty() {
                self.addresses();
            }
        }
    }

    /// Sees to it that so many empty lines stand before what comes next; none at the very start.
    fn gap(&mut self, blank: usize) {
        while self.lines.last().is_some_and(|it| it.trim().is_empty()) {
            self.lines.pop();
        }
        if !self.lines.is_empty() {
            self.lines.extend(std::iter::repeat_n(String::new(), blank));
        }
    }

    fn block(&mut self, block: &Block, indent: &str) {
        match &block.what {
            What::Heading(level, line) => self.heading(*level, line, indent),
            What::Paragraph(line) => self.paragraph(line, indent, indent),
            What::List(start, items) => self.list(*start, items, indent),
            What::Quote(blocks) => self.within(blocks, &format!("{indent}> ")),
            What::Definition(term, said) => {
                self.paragraph(term, indent, indent);
                for block in said {
                    self.block(block, &format!("{indent}    "));
                }
            }
            What::Code(code) => {
                let longest = code.lines().map(width).max().unwrap_or(0);
                let indent =
                    if longest + indent.len() + 4 <= COLUMNS { format!("{indent}    ") } else { indent.to_owned() };
                for line in code.lines() {
                    let parts = broken(line, COLUMNS.saturating_sub(width(&indent)).max(1));
                    self.lines.extend(parts.into_iter().map(|it| format!("{indent}{it}").trim_end().to_owned()));
                }
            }
            What::Text(text) => {
                for line in text.lines() {
                    let lines = wrap(line, COLUMNS, indent, indent);
                    self.lines.extend(lines);
                }
            }
            What::Table(table) => self.table(table, indent),
            What::Rule => self.lines.push(format!("{indent}* * *")),
        }
    }

    fn heading(&mut self, level: u8, line: &[Inline], indent: &str) {
        let from = self.lines.len();
        self.paragraph(line, indent, indent);
        let sign = match level {
            1 => "=",
            2 => "-",
            _ => return,
        };
        let longest = self.lines[from..].iter().filter(|it| !is_address(it)).map(|it| width(it)).max().unwrap_or(0);
        let at = self.lines[from..].iter().position(|it| is_address(it)).map_or(self.lines.len(), |it| from + it);
        self.lines.insert(at, sign.repeat(longest.clamp(3, COLUMNS)));
    }

    /// Writes a line of text. Where a link ends it, or is all of it, the address comes after the words; the address of a link
    /// within a sentence comes after the block, with a number.
    fn paragraph(&mut self, line: &[Inline], first: &str, rest: &str) {
        let mut text = String::new();
        let (before, last) = match line.split_last() {
            Some((Inline::Link(href, words), before)) => (before, Some((href, words))),
            _ => (line, None),
        };
        self.line(before, &mut text);
        let mut address = None;
        if let Some((href, words)) = last {
            let mut said = String::new();
            self.line(words, &mut said);
            match is_said(&said, href) {
                true => text.push_str(&said),
                false => {
                    text.push_str(said.trim_end());
                    text.push(':');
                    address = Some(href.as_str());
                }
            }
        }
        let mut lines = Vec::new();
        for (at, part) in text.split('\n').enumerate() {
            lines.extend(wrap(part, COLUMNS, if at == 0 { first } else { rest }, rest));
        }
        if let Some(address) = address {
            match lines.last_mut() {
                Some(last) if width(last) + 1 + width(address) <= COLUMNS => *last += &format!(" {address}"),
                _ => lines.push(format!("{rest}{address}")),
            }
        }
        self.lines.extend(lines);
    }

    /// Puts a line into words.
    fn line(&mut self, line: &[Inline], out: &mut String) {
        for piece in line {
            match piece {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Strong(inner) | Inline::Emphasis(inner) => self.line(inner, out),
                Inline::Struck(inner) => {
                    out.push_str("~~");
                    self.line(inner, out);
                    out.push_str("~~");
                }
                Inline::Raised(inner) => out.push_str(&small(&self.words(inner), true)),
                Inline::Lowered(inner) => out.push_str(&small(&self.words(inner), false)),
                Inline::Break => out.push('\n'),
                Inline::Picture { alt, .. } if alt.is_empty() => {}
                Inline::Picture { alt, .. } => out.push_str(&format!("[{alt}]")),
                Inline::Link(href, words) => {
                    let said = self.words(words);
                    out.push_str(&said);
                    if !is_said(&said, href) {
                        let known = self.links.iter().find(|it| it.1 == *href).map(|it| it.0);
                        let number = known.unwrap_or_else(|| {
                            self.count += 1;
                            self.links.push((self.count, href.clone()));
                            self.count
                        });
                        out.push_str(&format!(" [{number}]"));
                    }
                }
            }
        }
    }

    fn words(&mut self, line: &[Inline]) -> String {
        let mut out = String::new();
        self.line(line, &mut out);
        out.trim().to_owned()
    }

    /// Tells the addresses of the block before.
    fn addresses(&mut self) {
        if self.links.is_empty() {
            return;
        }
        self.gap(1);
        let links = std::mem::take(&mut self.links);
        self.lines.extend(links.into_iter().map(|(number, href)| format!("[{number}] {href}")));
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>], indent: &str) {
        // Items of several blocks are parted by an empty line.
        let is_long = items.iter().any(|it| it.len() > 1 && !matches!(it[1].what, What::List(..)));
        for (at, item) in items.iter().enumerate() {
            let sign = start.map_or_else(|| "• ".to_owned(), |start| format!("{}. ", start + at));
            let deeper = format!("{indent}{}", " ".repeat(width(&sign)));
            if at > 0 && is_long {
                self.lines.push(indent.trim_end().to_owned());
            }
            let from = self.lines.len();
            for (position, block) in item.iter().enumerate() {
                if position > 0 && !matches!(block.what, What::List(..)) {
                    self.lines.push(deeper.trim_end().to_owned());
                }
                self.block(block, &deeper);
            }
            if let Some(first) = self.lines.get_mut(from) {
                *first = format!("{indent}{sign}{}", first.get(deeper.len()..).unwrap_or_default());
            }
        }
    }

    /// Writes blocks with a sign before each line, that of empty ones included.
    fn within(&mut self, blocks: &[Block], indent: &str) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                self.lines.push(indent.trim_end().to_owned());
            }
            self.block(block, indent);
        }
    }

    /// Writes a table in columns where they fit; each row as lines, each with the name of its column, where they do not.
    fn table(&mut self, table: &Table, indent: &str) {
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(|cell| self.words(cell).replace('\n', " ")).collect()).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |column: usize| rows.iter().filter_map(|it| it.get(column)).map(|it| width(it)).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(wide).collect();
        if widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1) + width(indent) <= COLUMNS {
            for (at, row) in rows.iter().enumerate() {
                self.row(row, &widths, indent);
                if at == 0 && table.headed {
                    let rules: Vec<String> = widths.iter().map(|it| "-".repeat(*it)).collect();
                    self.row(&rules, &widths, indent);
                }
            }
            return;
        }
        let (names, rows) = if table.headed { (&rows[0][..], &rows[1..]) } else { (&[][..], &rows[..]) };
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.lines.push(indent.trim_end().to_owned());
            }
            for (column, cell) in row.iter().enumerate().filter(|it| !it.1.is_empty()) {
                let name = names.get(column).filter(|it| !it.is_empty());
                let text = name.map_or_else(|| cell.clone(), |name| format!("{name}: {cell}"));
                self.lines.extend(wrap(&text, COLUMNS, indent, &format!("{indent}  ")));
            }
        }
    }

    fn row(&mut self, cells: &[String], widths: &[usize], indent: &str) {
        let mut line = indent.to_owned();
        for (cell, wide) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(wide + 2 - width(cell)));
        }
        self.lines.push(line.trim_end().to_owned());
    }
}

/// Returns whether the words of a link say its address.
pub(super) fn is_said(words: &str, href: &str) -> bool {
    let bare = |it: &str| {
        let it = it.trim().trim_end_matches('/');
        let it =
            ["mailto:", "tel:", "https://", "http://"].iter().find_map(|start| it.strip_prefix(start)).unwrap_or(it);
        it.chars().filter(|it| !it.is_whitespace()).collect::<String>().to_lowercase()
    };
    bare(words) == bare(href)
}

fn is_address(line: &str) -> bool {
    let line = line.trim();
    line.contains("://") && !line.contains(' ')
}

/// Returns digits as small ones, raised or lowered; all else with a sign before it.
pub(super) fn small(text: &str, raised: bool) -> String {
    let (digits, sign) =
        if raised { ("⁰¹²³⁴⁵⁶⁷⁸⁹", '^') } else { ("₀₁₂₃₄₅₆₇₈₉", '_') };
    let digits: Vec<char> = digits.chars().collect();
    let small: Option<String> = text.chars().map(|it| Some(digits[it.to_digit(10)? as usize])).collect();
    match small {
        Some(small) => small,
        None if text.chars().count() == 1 => format!("{sign}{text}"),
        None => format!("{sign}({text})"),
    }
}
