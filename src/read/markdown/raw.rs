//! Raw HTML in Markdown: what is harmless is written anew, the rest is taken out and reported.
//!
//! Tags may stay open from one block to the next, so that Markdown can stand in `<details>`. A tag is closed by a tag in
//! the same list item, quote or paragraph, or at its end: nothing reaches out of the element it stands in.

use pulldown_cmark::Event;

use super::Marked;
use super::pieces::Pieces;
use super::writer::Writer;
use crate::model::config::RawHtml;
use crate::model::diagnostic::Diagnostic;
use crate::model::source::Span;
use crate::read::escape;
use crate::read::html::allow::{self, Element, End};
use crate::read::html::token::{self, Tag, Token, Tokens};

/// How many tags may be open at once. Browsers know a limit too.
const MOST_OPEN: usize = 100;

/// How far the end of an element that goes with its content is looked for within a paragraph, in events.
const FARTHEST: usize = 200;

/// The tags of raw HTML that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Raw(Vec<OpenTag>);

impl Raw {
    /// Returns whether what comes next is within a link of raw HTML, in which there can't be another.
    pub(super) fn is_in_link(&self) -> bool {
        self.0.iter().any(|it| it.element.name == "a")
    }
}

#[derive(Debug)]
struct OpenTag {
    element: &'static Element,
    /// The depth of the Markdown around it.
    depth: usize,
    span: Span,
}

impl<'t> Writer<'t, '_> {
    /// Writes a block of raw HTML.
    pub(super) fn html_block(&mut self) {
        let pieces = Pieces::join(self.text, self.take());
        self.block("");
        match self.settings.html {
            RawHtml::Safe => self.safe_html(&pieces, false),
            RawHtml::All => self.all_html(&pieces),
            RawHtml::None => {
                self.out.push("<p>");
                self.plain_text(pieces.text.trim_end());
                self.out.push("</p>\n");
            }
        }
    }

    /// Writes a tag or a comment of raw HTML within a paragraph.
    pub(super) fn html_inline(&mut self, html: &'t str, event: &'t Marked<'t>) {
        let pieces = || Pieces::join(self.text, std::slice::from_ref(event));
        match self.settings.html {
            RawHtml::Safe => self.safe_html(&pieces(), true),
            RawHtml::All => self.all_html(&pieces()),
            RawHtml::None => self.plain_text(html),
        }
    }

    /// Closes the tags that were opened where we are.
    pub(super) fn close_tags(&mut self) {
        while let Some(tag) = self.raw.0.pop_if(|it| it.depth >= self.depth) {
            self.close_late(&tag);
        }
    }

    /// Reports something that is not allowed.
    pub(super) fn report_removed(&mut self, what: &str, span: Span) {
        let help = "use a component of the theme, or set `markdown.html = \"all\"` in `site.toml`";
        let message = format!("{what} is not allowed, and was taken out");
        self.report(Diagnostic::warning("raw-html-removed", self.place(span), message).help(help));
    }

    fn report_unclosed(&mut self, message: String, span: Span, help: &str) {
        self.report(Diagnostic::warning("unclosed-html", self.place(span), message).help(help));
    }

    /// Writes HTML as it is, but for addresses of the site.
    fn all_html(&mut self, pieces: &Pieces<'_>) {
        let html = &*pieces.text;
        let mut tokens = Tokens::new(html);
        let mut copied = 0;
        while let Some((token, range)) = tokens.next() {
            match token {
                Token::Text(text) => self.words.add(text),
                Token::Close(name) if name.eq_ignore_ascii_case("a") => self.in_link = false,
                Token::Open(tag) => {
                    self.in_link |= tag.name.eq_ignore_ascii_case("a");
                    self.out.push(&html[copied..range.start]);
                    copied = range.start;
                    let from = self.out.html.len();
                    for attribute in &tag.attributes {
                        if self.is_address_of_site(tag.name, attribute) {
                            self.out.push(&html[copied..attribute.value_span.start]);
                            self.address_of_site(attribute, pieces);
                            copied = attribute.value_span.end;
                        }
                    }
                    self.out.push(&html[copied..range.end]);
                    copied = range.end;
                    self.trace(from, pieces.span(range));
                    if allow::goes_whole(tag.name) {
                        tokens.pass(tag.name);
                    }
                }
                _ => {}
            }
        }
        self.out.push(&html[copied..]);
    }

    /// Writes the harmless tags of HTML, and its text.
    fn safe_html(&mut self, pieces: &Pieces<'_>, inline: bool) {
        let mut tokens = Tokens::new(&pieces.text);
        while let Some((token, range)) = tokens.next() {
            let span = pieces.span(range.clone());
            let from = self.out.html.len();
            match token {
                Token::Text(text) => self.html_text(text),
                Token::Open(tag) => match allow::element(tag.name) {
                    Some(element) => self.open_tag(element, &tag, span, pieces),
                    None => {
                        self.report_removed(&format!("the element `<{}>`", tag.name.to_ascii_lowercase()), span);
                        if allow::goes_whole(tag.name) && !tokens.pass(tag.name) {
                            match inline {
                                true => self.skip_to_close(tag.name),
                                false => return,
                            }
                        }
                    }
                },
                Token::Close(name) => self.close_tag(name, span),
                Token::Comment { closed: true } => {}
                Token::Comment { closed: false } => {
                    let message = "the comment has no end, so what follows is not shown".to_owned();
                    let opening = pieces.span(range.start..range.start + "<!--".len());
                    self.report_unclosed(message, opening, "end it with `-->`");
                }
                Token::Declaration(text) => self.report_removed(&format!("`{}`", first_word(text)), span),
                Token::Broken(text) => {
                    self.broken_tag(text, pieces.span(range.start..range.start + first_word(text).len()))
                }
            }
            self.trace(from, span);
        }
    }

    fn html_text(&mut self, text: &str) {
        // The rest of a line whose comment or element was taken out.
        if text.trim().is_empty() && (self.out.html.is_empty() || self.out.html.ends_with('\n')) {
            return;
        }
        self.words.add(text);
        escape::html_text(&mut self.out.html, text);
    }

    fn broken_tag(&mut self, text: &str, span: Span) {
        let message = format!("the tag `{}` has no end, so it is shown as text", first_word(text));
        self.report_unclosed(message, span, "end it with `>`, and see that each quote has its second");
        self.plain_text(text);
    }

    fn open_tag(&mut self, element: &'static Element, tag: &Tag<'_>, span: Span, pieces: &Pieces<'_>) {
        if self.raw.0.len() >= MOST_OPEN {
            return self.report_removed(&format!("an element inside {MOST_OPEN} others"), span);
        }
        self.end_implied(element);
        self.out.push("<");
        self.out.push(element.name);
        for attribute in &tag.attributes {
            self.attribute(element, attribute, pieces);
        }
        self.out.push(">");
        match element.end {
            End::Void => {}
            End::Tag if tag.closed => self.write_close(element),
            End::Tag | End::Open => self.raw.0.push(OpenTag { element, depth: self.depth, span }),
        }
    }

    /// Forgets what ends where `element` begins, as an `li` does where the next one begins.
    fn end_implied(&mut self, element: &Element) {
        let implied = |it: &&OpenTag| it.element.end == End::Open && it.depth == self.depth;
        let ended = self.raw.0.iter().rev().take_while(implied).position(|it| it.element.name == element.name);
        if let Some(position) = ended {
            self.raw.0.truncate(self.raw.0.len() - position - 1);
        }
    }

    fn close_tag(&mut self, name: &str, span: Span) {
        // The beginning of what is not allowed was reported already.
        let Some(element) = allow::element(name) else { return };
        let here = self.raw.0.iter().rev().take_while(|it| it.depth == self.depth).position(|it| it.element == element);
        let Some(position) = here else {
            let message = format!("`</{}>` ends nothing that began here, and was taken out", element.name);
            return self.report_unclosed(
                message,
                span,
                "an element ends in the paragraph, list item or quote it began in",
            );
        };
        for inner in self.raw.0.split_off(self.raw.0.len() - position - 1).into_iter().rev() {
            match inner.element == element {
                true => self.write_close(element),
                false => self.close_late(&inner),
            }
        }
    }

    /// Closes a tag that the author did not close.
    fn close_late(&mut self, tag: &OpenTag) {
        if tag.element.end == End::Tag {
            self.write_close(tag.element);
            let name = tag.element.name;
            let message = format!("`<{name}>` has no end, so it was ended with what it stands in");
            self.report_unclosed(message, tag.span, &format!("write `</{name}>` where it ends"));
        }
    }

    fn write_close(&mut self, element: &Element) {
        self.out.push("</");
        self.out.push(element.name);
        self.out.push(">");
    }

    /// Goes to the end of an element that is not allowed, where that is in the same paragraph.
    fn skip_to_close(&mut self, name: &str) {
        let mut depth = 0usize;
        for (index, (event, _)) in self.rest().iter().take(FARTHEST).enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return,
                Event::End(_) => depth -= 1,
                Event::InlineHtml(html) if depth == 0 && token::closes(html.as_bytes(), name) => {
                    return self.skip(index + 1);
                }
                _ => {}
            }
        }
    }
}

fn first_word(text: &str) -> &str {
    let end = text.find(|it: char| it.is_whitespace() || it == '>').unwrap_or(text.len());
    &text[..end]
}
