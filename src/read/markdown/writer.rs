//! Events -> HTML: who writes what.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::footnotes::{Note, Notes};
use super::out::Out;
use super::plain::{self, Words};
use super::raw::Raw;
use super::tables::Table;
use super::{Marked, Settings, Trace, bare};
use crate::model::body::{Body, Heading};
use crate::model::diagnostic::{Checked, Diagnostic, Diagnostics, Place};
use crate::model::source::Span;

/// Writes the events of `span` and the notes that they refer to.
pub(super) fn write<'t>(
    text: &'t str,
    span: Span,
    (events, notes): (&'t [Marked<'t>], &'t [Note<'t>]),
    headings: Vec<Option<Heading>>,
    settings: &Settings<'_>,
) -> Checked<Body> {
    let length = span.end - span.start;
    let mut writer = Writer {
        text,
        settings,
        events,
        at: 0,
        out: Out { html: String::with_capacity(length + length / 4 + 64), holes: Vec::new() },
        found: Diagnostics::default(),
        depth: 0,
        in_link: false,
        in_note: false,
        in_term: None,
        level: 0,
        words: Words::default(),
        lead: None,
        headings: headings.into_iter(),
        outline: Vec::new(),
        notes: Notes::new(notes),
        table: Table::default(),
        raw: Raw::default(),
        anchors: Vec::new(),
        addresses: bare::starts(text, span),
    };
    writer.events();
    let (from, notes_span) = (writer.out.html.len(), notes.first().map(Note::span));
    writer.footnotes();
    writer.trace(from, notes_span.unwrap_or(span));
    let body = Body {
        html: writer.out.html.into(),
        holes: writer.out.holes,
        headings: writer.outline,
        anchors: writer.anchors,
        words: writer.words.count,
        lead: writer.lead.unwrap_or_default(),
    };
    writer.found.around(body)
}

/// What is known while events are written. Each feature adds its functions to it, in its own file.
pub(super) struct Writer<'t, 's> {
    /// The whole file.
    pub(super) text: &'t str,
    pub(super) settings: &'s Settings<'s>,
    /// The events that are being written: the body's, or a note's.
    events: &'t [Marked<'t>],
    /// How many of them are done.
    at: usize,
    pub(super) out: Out,
    pub(super) found: Diagnostics,
    /// How many elements of the Markdown are open.
    pub(super) depth: usize,
    pub(super) in_link: bool,
    pub(super) in_note: bool,
    /// The depth inside the term of a definition.
    pub(super) in_term: Option<usize>,
    /// The level of the heading that is being written.
    pub(super) level: u8,
    pub(super) words: Words,
    lead: Option<Box<str>>,
    /// What becomes of the headings to come.
    pub(super) headings: std::vec::IntoIter<Option<Heading>>,
    /// The headings that were written.
    pub(super) outline: Vec<Heading>,
    pub(super) notes: Notes<'t>,
    pub(super) table: Table<'t>,
    pub(super) raw: Raw,
    pub(super) anchors: Vec<Box<str>>,
    /// Where addresses that are not marked as links begin in the file.
    pub(super) addresses: Vec<usize>,
}

impl<'t> Writer<'t, '_> {
    fn events(&mut self) {
        while let Some(marked) = self.rest().first() {
            self.at += 1;
            let from = self.out.html.len();
            match marked {
                (Event::Start(tag), span) => self.start(tag, *span),
                (Event::End(tag), _) => self.end(*tag),
                leaf => self.leaf(leaf),
            }
            self.trace(from, marked.1);
        }
        self.close_tags();
    }

    /// Marks the start tags from byte `from` of the HTML with the place that they come from, where that is asked for.
    pub(super) fn trace(&mut self, from: usize, span: Span) {
        let place = match self.settings.trace {
            None => return,
            Some(Trace::Bytes) => self.place(span),
            Some(Trace::Place(place)) => place.clone(),
        };
        self.out.mark(from, &place);
    }

    /// Writes other events to a place of their own.
    pub(super) fn aside(&mut self, events: &'t [Marked<'t>]) -> Out {
        let out = std::mem::take(&mut self.out);
        (self.events, self.at) = (events, 0);
        self.events();
        std::mem::replace(&mut self.out, out)
    }

    /// Returns the events to come.
    pub(super) fn rest(&self) -> &'t [Marked<'t>] {
        &self.events[self.at..]
    }

    /// Goes past the next `count` events.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.events.len());
    }

    /// Goes to the end of what was just begun, and returns the events in it.
    pub(super) fn take(&mut self) -> &'t [Marked<'t>] {
        let inside = self.inside();
        self.skip(inside.len() + 1);
        inside
    }

    /// Returns the events up to the end of what was just begun.
    pub(super) fn inside(&self) -> &'t [Marked<'t>] {
        let rest = self.rest();
        &rest[..plain::end(rest)]
    }

    /// Begins a block: on a line of its own, with a new word.
    pub(super) fn block(&mut self, html: &str) {
        self.words.gap();
        self.out.line();
        self.out.push(html);
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.settings.path, span)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn start(&mut self, tag: &'t Tag<'t>, span: Span) {
        match tag {
            // These see to their own end, or to their own depth.
            Tag::Paragraph => return self.paragraph(),
            Tag::Heading { .. } => return self.heading(tag, span),
            Tag::CodeBlock(kind) => return self.code(kind, span),
            Tag::HtmlBlock => return self.html_block(),
            Tag::Image { link_type, dest_url, title, .. } => return self.image(*link_type, dest_url, title, span),

            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, span),
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind, span),
            Tag::List(start) => self.list(*start),
            Tag::Item => self.item(),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => {
                self.block("<dt>");
                self.in_term = Some(self.depth + 1);
            }
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => self.table(alignments, span),
            Tag::TableHead => self.table_row(true),
            Tag::TableRow => self.table_row(false),
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => self.out.push("<del>"),
            Tag::Superscript => self.out.push("<sup>"),
            Tag::Subscript => self.out.push("<sub>"),
            // Notes were taken out before, and front matter is no Markdown.
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => {}
        }
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        self.close_tags();
        self.depth -= 1;
        self.out.push(match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(_) => return self.heading_end(),
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::BlockQuote(Some(_)) => "</div>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => {
                self.in_term = None;
                "</dt>\n"
            }
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table if self.settings.nested => "</tbody>\n</table>\n</div>\n",
            TagEnd::Table => "</tbody>\n</table>\n</section>\n",
            TagEnd::TableHead => "</tr>\n</thead>\n<tbody>\n",
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return self.table_cell_end(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                self.in_link = false;
                "</a>"
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image => "",
            TagEnd::FootnoteDefinition | TagEnd::MetadataBlock(_) => "",
        });
    }

    fn leaf(&mut self, marked: &'t Marked<'t>) {
        let (event, span) = (&marked.0, marked.1);
        match event {
            Event::Text(text) => self.text(text, span),
            Event::Code(code) => self.within("<code>", code, "</code>"),
            Event::InlineMath(tex) => self.within("<span class=\"math inline\">", tex, "</span>"),
            Event::DisplayMath(tex) => self.within("<span class=\"math display\" role=\"math\">", tex, "</span>"),
            Event::Html(html) | Event::InlineHtml(html) => self.html_inline(html, marked),
            Event::FootnoteReference(label) => self.footnote_reference(label, span),
            Event::SoftBreak | Event::HardBreak if self.in_term == Some(self.depth) => self.next_term(),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done, span),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn within(&mut self, start: &str, text: &str, end: &str) {
        self.words.add(text);
        self.out.push(start);
        self.out.text(text);
        self.out.push(end);
    }

    fn line_break(&mut self, html: &str) {
        self.words.gap();
        self.out.push(html);
    }

    /// Begins a paragraph. An image or a formula that has it for itself stands without one.
    fn paragraph(&mut self) {
        let inside = self.inside();
        let image = |it: &[Marked<'_>]| plain::end(it) + 1 == it.len();
        match inside {
            [(Event::DisplayMath(tex), _)] => {
                self.block("");
                self.within("<div class=\"math display\" role=\"math\">", tex, "</div>\n");
                self.skip(inside.len() + 1);
            }
            [(Event::Start(Tag::Image { link_type, dest_url, title, .. }), span), rest @ ..] if image(rest) => {
                self.skip(1);
                self.figure(*link_type, dest_url, title, *span);
                self.skip(1);
            }
            _ => {
                self.lead(inside);
                self.block("<p>");
                self.depth += 1;
            }
        }
    }

    fn lead(&mut self, paragraph: &[Marked<'_>]) {
        if self.depth == 0 && self.lead.is_none() && !self.in_note {
            let text = plain::plain(paragraph);
            self.lead = Some(text.trim()).filter(|it| !it.is_empty()).map(Box::from);
        }
    }
}

/// Where an event's text comes from.
pub(super) fn text_of<'t>((event, span): &'t Marked<'t>) -> Option<(&'t CowStr<'t>, Span)> {
    match event {
        Event::Text(text) => Some((text, *span)),
        _ => None,
    }
}
