//! Lists, lists of tasks, lists of definitions.

use pulldown_cmark::{Event, Tag};

use super::writer::Writer;
use crate::model::source::Span;

impl Writer<'_, '_> {
    /// Begins a list; `start` is the number of its first item.
    pub(super) fn list(&mut self, start: Option<u64>) {
        match start {
            None => self.block("<ul>\n"),
            Some(1) => self.block("<ol>\n"),
            Some(start) => {
                self.block("<ol start=\"");
                self.out.number(start as usize);
                self.out.push("\">\n");
            }
        }
    }

    /// Begins an item of a list.
    pub(super) fn item(&mut self) {
        let is_task = matches!(
            self.rest(),
            [(Event::TaskListMarker(_), _), ..]
                | [(Event::Start(Tag::Paragraph), _), (Event::TaskListMarker(_), _), ..]
        );
        self.block(if is_task { "<li class=\"task\">" } else { "<li>" });
    }

    /// Writes the box of a task. It is a picture: nobody can tick it.
    pub(super) fn task(&mut self, done: bool, span: Span) {
        let (class, key, sign) = if done { ("done", "task-done", "☑") } else { ("open", "task-open", "☐") };
        self.out.push("<span class=\"task-box ");
        self.out.push(class);
        self.out.push("\" role=\"img\" aria-label=\"");
        self.out.words(key, span);
        self.out.push("\">");
        self.out.push(sign);
        self.out.push("</span> ");
    }

    /// Ends a term and begins the next one: pulldown-cmark makes one title of the lines before a definition.
    pub(super) fn next_term(&mut self) {
        self.close_tags();
        self.out.push("</dt>\n");
        self.block("<dt>");
    }
}
