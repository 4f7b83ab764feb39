//! Code, and components: fenced blocks whose first word is the name of one.

use pulldown_cmark::CodeBlockKind;

use super::pieces::Pieces;
use super::writer::Writer;
use crate::model::body::Fill;
use crate::model::diagnostic::Diagnostic;
use crate::model::source::Span;

impl Writer<'_, '_> {
    /// Writes a block of code, or leaves a place open for a component.
    pub(super) fn code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let events = self.take();
        let pieces = Pieces::join(self.text, events);
        let word = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        let block = &self.text[span.start..span.end];
        if matches!(kind, CodeBlockKind::Fenced(_)) && !is_closed(block) {
            let message = match word.filter(|it| (self.settings.component)(it, "", Span::default()).is_some()) {
                Some(word) => format!("the component `{word}` has no end"),
                None => "this code has no end, so all that follows is shown as code".to_owned(),
            };
            let help = "end it with a line of its own that repeats the characters it begins with";
            self.report(Diagnostic::warning("unclosed-fence", self.place(self.first_line(span)), message).help(help));
        }
        if word.is_some_and(|word| self.component(word, &pieces, span)) {
            return;
        }
        self.block("<pre tabindex=\"0\"><code");
        if let Some(word) = word {
            self.out.push(" class=\"language-");
            self.out.attribute(word);
            self.out.push("\"");
        }
        self.out.push(">");
        self.out.text(&pieces.text);
        self.out.push("</code></pre>\n");
    }

    fn first_line(&self, span: Span) -> Span {
        let block = &self.text[span.start..span.end];
        Span::new(span.start, span.start + block.find(['\n', '\r']).unwrap_or(block.len()))
    }

    /// Leaves a place open for the component named `word`, and says whether there is one of that name.
    fn component(&mut self, word: &str, pieces: &Pieces<'_>, span: Span) -> bool {
        let first_line = self.first_line(span);
        let yaml = pieces.whole().unwrap_or(Span::new(first_line.end, first_line.end));
        let text = pieces.verbatim().unwrap_or(&pieces.text);
        let Some(component) = (self.settings.component)(word, text, yaml) else { return false };
        let component = self.found.keep(component);
        self.out.line();
        self.out.hole(span, Fill::Component(Box::new(component)));
        self.out.push("\n");
        true
    }
}

/// Returns whether a fenced block has its last line.
fn is_closed(block: &str) -> bool {
    let fence = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let first = line.chars().next().filter(|it| "`~".contains(*it))?;
        let length = line.len() - line.trim_start_matches(first).len();
        Some((first, length, line[length..].trim().is_empty()))
    };
    let mut lines = block.split(['\n', '\r']).filter(|it| !it.trim().is_empty());
    match (lines.next().and_then(fence), lines.next_back().and_then(fence)) {
        (Some((open, needed, _)), Some((close, length, alone))) => open == close && length >= needed && alone,
        _ => false,
    }
}
