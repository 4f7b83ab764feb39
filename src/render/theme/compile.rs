//! Templates -> Tera: all that can be compiled, and what is wrong with the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind, Tera};

use super::{Engine, plain};
use crate::model::diagnostic::{Diagnostic, Place, near_miss};
use crate::model::source::{Source, Span};

/// A template's name with its layer, `site/post.html`, and its text.
pub(super) type Template = (String, Arc<str>);

/// Functions, of Tera and of Folio.
const FUNCTIONS: [&str; 6] = ["absolute", "link", "range", "super", "t", "throw"];

/// Filters and tests, of Tera and of Folio.
const WORDS: &str = "abs array bool capitalize containing default defined divisible_by ending_with escape escape_html escape_xml even first float get group_by indent int integer iterable join json keys last length lower map newlines_to_br none nth number odd pairs pluralize replace reverse round safe sort split starting_with str string title trim trim_end trim_start truncate undefined unique upper values wordcount";

/// Tags that are closed by `end` and their name.
const PAIRED: [&str; 6] = ["block", "component", "filter", "for", "if", "raw"];

impl Engine {
    /// Compiles the templates. Those that are broken are left out, so that the pages of others can be made and their faults
    /// be found as well; in the place of one of the site, that of the layer under it is taken.
    ///
    /// Gives `template-syntax`, `template-error`.
    pub(super) fn compile(&mut self, mut templates: Vec<Template>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut broken: BTreeMap<String, Diagnostic> = BTreeMap::new();
        while let Err(error) = self.tera.add_raw_templates(templates.iter().map(|it| (&it.0, &it.1))) {
            let mut faults = match broken.is_empty() {
                true => self.unreadable(&templates),
                false => Vec::new(),
            };
            if faults.is_empty() {
                faults = self.faults(&error, &templates);
            }
            if faults.is_empty() {
                found.push(self.fault(&error, None));
                break;
            }
            for (name, fault) in faults {
                if !is_consequence(&fault, &broken, &self.files) {
                    found.push(fault.clone());
                }
                broken.entry(name).or_insert(fault);
            }
            templates.retain(|it| !broken.contains_key(&it.0));
        }
        self.broken = broken;
        found
    }

    /// Returns what is wrong with each template that can't be read.
    fn unreadable(&self, templates: &[Template]) -> Vec<(String, Diagnostic)> {
        let fault = |(name, text): &Template| {
            let error = Tera::new().add_raw_template(name, text).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| (name.clone(), self.syntax(&error, name)))
        };
        templates.iter().filter_map(fault).collect()
    }

    /// Returns a template's syntax error, at the tag that is left open where that is the cause.
    fn syntax(&self, error: &Error, name: &str) -> Diagnostic {
        let fault = self.fault(error, None);
        let Some(source) = self.files.get(name) else { return fault };
        let at = fault.place.as_ref().map_or(0, |it| it.span().start);
        let before = match fault.message.as_str() {
            it if it.contains("end of input") => Some(&*source.text),
            // A tag that closes another one than the last is unknown to Tera there.
            "unknown tag" if source.text.get(at..).is_some_and(|it| it.starts_with("end")) => source.text.get(..at),
            _ => None,
        };
        let Some((span, tag)) = before.and_then(unclosed) else { return fault };
        let message = format!("`{}` is not closed", source.text[span.start..span.end].replace('\n', " "));
        let place = Place::new(&source.path, span);
        Diagnostic::error("template-syntax", place, message)
            .help(format!("write `{{% end{tag} %}}` where it ends, or take it out"))
    }

    /// Returns what is wrong with templates that can be read, each with its name.
    fn faults(&self, error: &Error, templates: &[Template]) -> Vec<(String, Diagnostic)> {
        match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                let fault = self.at_word(current, 0, parent, format!("there is no template `{parent}`"));
                vec![(current.clone(), fault.help_if(self.near_template(parent, current)))]
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                let fault = self.at_word(tpl, 0, "", format!("the template `{tpl}` builds on itself"));
                vec![(tpl.clone(), fault.help("take another name after `extends` or `include`"))]
            }
            ErrorKind::Msg(text) if text.contains("is defined in both") => {
                let names: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
                let [component, first, second] = names[..] else { return Vec::new() };
                let message = format!("the component `{component}` is in `{first}` too");
                let fault = self.at_word(second, 0, component, message).help("keep one of the two");
                vec![(second.to_owned(), fault)]
            }
            ErrorKind::Msg(text) => text.split("\n\n").filter_map(|it| self.reported(it, templates)).collect(),
            _ => Vec::new(),
        }
    }

    /// Reads one of the reports that Tera gives as text: a line with what is wrong, and a line `--> NAME:LINE:COLUMN`.
    fn reported(&self, report: &str, templates: &[Template]) -> Option<(String, Diagnostic)> {
        let (_, rest) = report.split_once("--> ")?;
        let mut parts = rest.lines().next()?.rsplitn(3, ':');
        let (_, line) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
        let name = parts.next()?;
        let message = plain(report);
        let word = message.split('`').nth(1).unwrap_or_default().to_owned();
        let help = match &message {
            it if it.contains("in any parent template") => Some(
                "a template that others build on must keep their blocks: begin yours with `{% extends \"civic/base.html\" %}` \
                 (or `civic/document.html`), or make a theme that is `standalone`"
                    .to_owned(),
            ),
            it if it.starts_with("unknown template") => self.near_template(&word, name),
            it if it.starts_with("unknown component") => {
                let texts = templates.iter().flat_map(|it| it.1.split("{% component ").skip(1));
                near(&word, texts.filter_map(|it| it.split('(').next()))
            }
            it if it.starts_with("unknown function") => near(&word, FUNCTIONS),
            _ => near(&word, WORDS.split(' ')),
        };
        Some((name.to_owned(), self.at_word(name, line - 1, &word, message).help_if(help)))
    }

    /// Returns a fault of a template, at a word of it that is in the line `from`, counted from 0, or below.
    fn at_word(&self, name: &str, from: usize, word: &str, message: String) -> Diagnostic {
        let place = self.files.get(name).map(|source| {
            let start = source.text.split_inclusive('\n').take(from).map(str::len).sum::<usize>();
            let at = source.text.get(start..).and_then(|it| it.find(word)).map_or(start, |it| start + it);
            Place::new(&source.path, Span::new(at, (at + word.len()).min(source.text.len())))
        });
        Diagnostic::error("template-error", place, message)
    }

    /// Returns the template that may have been meant, with its layer where one is written.
    fn near_template(&self, written: &str, by: &str) -> Option<String> {
        let layer = self.layers.iter().find(|it| written.starts_with(&***it)).map_or("", |it| &**it);
        let of_layer = |name: &&String| *name != by && (layer.is_empty() || name.starts_with(layer));
        let bare = |name: &String| name.split_once('/').map_or(String::new(), |it| it.1.to_owned());
        let mut names: Vec<String> = self.files.keys().filter(of_layer).map(bare).collect();
        names.sort_unstable();
        let found = near_miss(written.strip_prefix(layer)?, names.iter().map(|it| &**it))?;
        Some(format!("did you mean `{layer}{found}`?"))
    }
}

fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    near_miss(word, known).map(|it| format!("did you mean `{it}`?"))
}

/// Returns whether a fault is there because another template was left out: what it names is in that one.
fn is_consequence(
    fault: &Diagnostic,
    broken: &BTreeMap<String, Diagnostic>,
    files: &std::collections::HashMap<String, Source, rapidhash::fast::RandomState>,
) -> bool {
    let Some(word) = fault.message.split('`').nth(1) else { return false };
    let holds = |name: &String| name.ends_with(word) || files.get(name).is_some_and(|it| it.text.contains(word));
    let is_own = |name: &&String| files.get(*name).map(|it| &it.path) == fault.place.as_ref().map(|it| &it.path);
    broken.keys().filter(|it| !is_own(it)).any(holds)
}

/// Returns the last tag of a template that must be closed and is not, with its name.
fn unclosed(text: &str) -> Option<(Span, &'static str)> {
    let mut open: Vec<(Span, &'static str)> = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{%").map(|it| from + it) {
        let end = text[start..].find("%}").map_or(text.len(), |it| start + it + 2);
        let inner = text[start + 2..end].trim_end_matches("%}").trim_matches(['-', ' ', '\n', '\t']);
        let word = inner.split_whitespace().next().unwrap_or_default();
        if let Some(name) = PAIRED.iter().find(|it| **it == word) {
            open.push((Span::new(start, end), name));
        } else if let Some(closed) = word.strip_prefix("end")
            && let Some(last) = open.iter().rposition(|it| it.1 == closed)
        {
            open.truncate(last);
        }
        from = end;
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_that_is_left_open_is_found() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(unclosed(text).map(|it| &text[it.0.start..it.0.end]), expected, "{text}");
        };
        check("{% block a %}x{% endblock a %}", None);
        check("{% block a %}{% if x %}y{% endblock a %}", None);
        check("{% block a %}{{ x }}", Some("{% block a %}"));
        check("{%- for it in x -%}{% if it %}{% endif %}", Some("{%- for it in x -%}"));
        check("{% component a(of) %}{% block b %}{% endblock %}", Some("{% component a(of) %}"));
        check("{% if x", Some("{% if x"));
        check("{% set x = 1 %}", None);
    }
}
