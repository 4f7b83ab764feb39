//! What mends a fault -> the change, for people.

use crate::model::diagnostic::{Diagnostic, Edit};

/// Returns the lines that a diagnostic's changes take out and put in:
///
/// ```text
/// mended[yaml-colon] content/posts/a.md:2
///   - title: Housing: a review
///   + title: "Housing: a review"
/// ```
///
/// `text` is that of its file before the change.
pub fn change(path: &str, diagnostic: &Diagnostic, text: &str) -> String {
    let start = diagnostic.fix.iter().map(|it| it.span.start).min().unwrap_or_default();
    let line = text[..start].matches('\n').count() + 1;
    let mut out = format!("mended[{}] {path}:{line}\n", diagnostic.code);
    let after = Edit::apply(&diagnostic.fix, text);
    let (before, after): (Vec<&str>, Vec<&str>) = (text.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[same..], &after[same..]);
    let same = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one == other).count();
    for (sign, lines) in [('-', &before[..before.len() - same]), ('+', &after[..after.len() - same])] {
        for line in lines {
            out.push_str(&format!("  {sign} {}\n", line.replace(char::is_control, "\u{FFFD}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diagnostic::Place;
    use crate::model::source::Span;

    #[test]
    fn only_what_changes_is_shown() {
        let text = "---\ntitle: A: b\nslug: c\n---\n";
        let place = Place::new(&"a.md".into(), Span::new(12, 13));
        let fix = vec![Edit::new(Span::new(11, 11), "\""), Edit::new(Span::new(15, 15), "\"")];
        let made = change("a.md", &Diagnostic { fix, ..Diagnostic::error("yaml-colon", place, "so") }, text);
        assert_eq!(made, "mended[yaml-colon] a.md:2\n  - title: A: b\n  + title: \"A: b\"\n");
    }
}
