//! Tables.

use pulldown_cmark::{Alignment, Event, TagEnd};

use super::writer::Writer;
use crate::model::source::Span;

/// The table that is being written; tables hold no tables.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    alignments: &'t [Alignment],
    /// How many tables there are so far.
    count: usize,
    /// The column of the next cell, from 0.
    column: usize,
    in_head: bool,
    /// What ends the cell that is being written.
    cell_end: &'static str,
}

impl<'t> Writer<'t, '_> {
    /// Begins a table, in a region that can be scrolled by keyboard and so must have a name.
    pub(super) fn table(&mut self, alignments: &'t [Alignment], span: Span) {
        self.table.alignments = alignments;
        self.table.count += 1;
        // Landmarks must have names of their own on a page, and fields count their tables each from 1.
        self.block(if self.settings.nested {
            "<div class=\"table\" role=\"group\""
        } else {
            "<section class=\"table\""
        });
        self.out.push(" tabindex=\"0\" aria-label=\"");
        self.out.words("table", span);
        self.out.push(" ");
        self.out.number(self.table.count);
        self.out.push("\">\n<table>\n");
    }

    /// Begins a row of the head or of the body.
    pub(super) fn table_row(&mut self, in_head: bool) {
        self.table.column = 0;
        self.table.in_head = in_head;
        self.out.push(if in_head { "<thead>\n<tr>" } else { "<tr>" });
    }

    /// Begins a cell. An empty cell of the head names nothing, so it is no header.
    pub(super) fn table_cell(&mut self) {
        self.words.gap();
        let is_empty = matches!(self.rest().first(), Some((Event::End(TagEnd::TableCell), _)));
        let (start, end) = match self.table.in_head && !is_empty {
            true => ("<th scope=\"col\"", "</th>"),
            false => ("<td", "</td>"),
        };
        self.table.cell_end = end;
        self.out.push(start);
        self.out.push(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    /// Ends a cell.
    pub(super) fn table_cell_end(&mut self) {
        self.out.push(self.table.cell_end);
        self.table.column += 1;
    }
}
