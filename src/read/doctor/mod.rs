//! YAML as it stands -> YAML as it was meant, and what is wrong with it, at the lines that a person would mend.
//!
//! The YAML parser says where it could go no further, which is often far from the mistake, in words that are not for people.
//! So the doctor looks at the lines as a person does (`outline`), suspects what people get wrong (`CURES`, one file for
//! each class), and believes only what it has tried: with the line mended, the YAML can be read, or read further, and every
//! key and item that a person sees is there. Then it goes on, as if the line were mended, to the next mistake.

mod bracket;
mod flow;
mod guess;
mod indent;
mod keep;
mod known;
mod line;
mod loss;
mod outline;
mod place;
mod quote;
mod rows;
mod sign;
mod space;
mod stray;
mod told;
mod trial;
mod white;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::model::diagnostic::{Diagnostic, Edit, FieldPath, Part, Place, Severity};
use crate::model::node::Node;
use crate::model::source::{Source, Span};

use super::index::Index;
use super::nesting;
use super::yaml::{self, Fault};
use guess::{Case, Guess};
use outline::Sort;
use rows::{Change, Rows};
use told::Told;
use trial::{Budget, Outcome};

pub(super) use known::is_top;

/// What is looked for in a line, in this order.
type Cure = fn(&Case<'_>, usize) -> Option<Guess>;

const CURES: [Cure; 19] = [
    white::control,
    white::invisible,
    white::tab,
    space::colon,
    space::address,
    space::dash,
    stray::without_hyphen,
    stray::colon_in_key,
    quote::whole,
    quote::quote,
    bracket::bracket,
    sign::sign,
    stray::became_key,
    sign::colon,
    stray::without_colon,
    indent::indent,
    indent::first,
    indent::text,
    stray::run_on,
];

/// So many mistakes of one text are told at once.
const MANY: usize = 12;

/// YAML, read.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The YAML as it was meant; where nothing is wrong with it, as it stands.
    pub(crate) text: Cow<'a, str>,
    /// What it says; `None` where that is not sure.
    pub(crate) node: Option<Node>,
    /// What is wrong.
    pub(crate) found: Vec<Diagnostic>,
    /// The changes, in bytes of the source, that make it `text`.
    pub(crate) edits: Vec<Edit>,
    /// Where it begins in the source.
    start: usize,
    /// Where things are in `text`, once that is asked for.
    index: OnceCell<Index>,
}

impl<'a> Reading<'a> {
    /// Returns a text in which nothing is wrong.
    pub(crate) fn of(text: &'a str) -> Reading<'a> {
        Reading::at(text, 0)
    }

    /// Returns a text in which nothing is wrong, and which begins at `start` in its source.
    pub(crate) fn at(text: &'a str, start: usize) -> Reading<'a> {
        let text = Cow::Borrowed(text);
        Reading { text, node: None, found: Vec::new(), edits: Vec::new(), start, index: OnceCell::new() }
    }

    /// Returns the part of the value at `path`, in bytes of `text`; where it is not there, what comes nearest above it.
    pub(crate) fn locate(&self, file: &str, path: &FieldPath, part: Part) -> Span {
        self.index.get_or_init(|| Index::of(file, &self.text)).locate(&self.text, path, part)
    }

    /// Returns bytes of `text` as bytes of the source.
    pub(crate) fn place(&self, span: Span) -> Span {
        let start = self.offset(span.start).unwrap_or_else(|it| it.start);
        let end = self.offset(span.end).unwrap_or_else(|it| it.end);
        Span::new(start, end.max(start))
    }

    /// Returns the change of bytes of `text`, as a change of the source, if nothing else is changed there.
    pub(crate) fn edit(&self, span: Span, text: &str) -> Option<Edit> {
        let (start, end) = (self.offset(span.start).ok()?, self.offset(span.end).ok()?);
        let free = self.edits.iter().all(|it| it.span.end < start || it.span.start > end);
        free.then(|| Edit::new(Span::new(start, end), text))
    }

    fn offset(&self, offset: usize) -> Result<usize, Span> {
        let mut more = 0;
        let at = (self.start + offset) as i64;
        for Edit { span, text } in &self.edits {
            let from = span.start as i64 + more;
            if at < from {
                break;
            }
            if at < from + text.len() as i64 {
                return Err(*span);
            }
            more += text.len() as i64 - (span.end - span.start) as i64;
        }
        Ok(usize::try_from(at - more).unwrap_or(0))
    }
}

/// Reads YAML as its author meant it, and says what is wrong with it. What is sure has its corrected lines.
///
/// Gives `yaml-tab`, `yaml-colon`, `yaml-no-colon`, `yaml-space`, `yaml-quote`, `yaml-bracket`, `yaml-sign`, `yaml-indent`,
/// `yaml-cut`, `yaml-syntax`, `yaml-deep`, and `unknown-key` where a value became a key.
pub(crate) fn read<'a>(source: &'a Source, span: Span) -> Reading<'a> {
    let text = &source.text[span.start..span.end];
    let mut parsed = yaml::parse(text);
    // Nearly all front matter is of ordinary lines, which mean what a person sees in them.
    if matches!(parsed, Ok(Node::Map(_))) && !loss::may_lose(text) {
        return Reading { node: parsed.ok(), start: span.start, ..Reading::of(text) };
    }
    if let Err(Fault { deep: true, offset, .. }) = parsed {
        return too_deep(source, span, offset);
    }
    let mut rows = Rows::of(text);
    let mut found: Vec<Told> = Vec::new();
    let mut budget = Budget::of(text);
    let mut sure = true;
    // The lines that are shown otherwise than they are, without being mended.
    let mut unsure: BTreeSet<usize> = BTreeSet::new();
    while found.len() < MANY {
        let case = Case::of(&rows);
        let mistake = match &parsed {
            Ok(node) => lost(&rows, &case, text, node, &found, &mut budget),
            Err(fault) => Some(mistake(&rows, &case, fault, &mut budget)),
        };
        let Some((guess, change)) = mistake else { break };
        let is_free = |it: &Change| it.iter().all(|it| !unsure.contains(&it.0));
        let keeps = change.as_ref().is_some_and(|it| !guess.doubtful && is_free(it) && keep::keeps(&rows, &case, it));
        let told = Told::new(&rows, guess, change.as_ref(), keeps);
        if !keeps {
            unsure.extend(change.iter().flatten().map(|it| it.0));
        }
        let blank = match (&change, &parsed) {
            (None, Err(fault)) => {
                without(&case, told.row, told.last).into_iter().find(|it| helps(&rows, it, fault, &mut budget))
            }
            _ => None,
        };
        let warning = told.severity == Severity::Warning;
        found.push(told);
        match (change, blank, &parsed) {
            _ if warning => continue,
            (Some(change), ..) => rows = rows.with(&change),
            (None, Some(blank), _) => rows = rows.with(&blank),
            (None, None, Ok(_)) => {
                sure = false;
                continue;
            }
            _ => {
                sure = false;
                break;
            }
        }
        sure &= keeps;
        parsed = yaml::parse(&rows.text());
    }
    told::reading(source, span, &rows, found, parsed.ok().filter(|_| sure))
}

/// Says that lists and groups are too deep within one another. Nobody writes that by a slip, so nothing is tried.
fn too_deep(source: &Source, span: Span, offset: usize) -> Reading<'_> {
    let text = &source.text[span.start..span.end];
    let line = text.get(offset..).and_then(|it| it.lines().next()).unwrap_or_default();
    let place = Place::new(&source.path, Span::new(offset, offset + line.trim_end().len()).after(span.start));
    let message = format!("more than {} lists or groups begin within one another here", nesting::DEEPEST);
    let diagnostic = Diagnostic::error("yaml-deep", place, message).help(
        "close each `[` and `{` where its list or group ends; a text that begins with one stands in double quotes",
    );
    Reading { found: vec![diagnostic], start: span.start, ..Reading::of(text) }
}

fn helps(rows: &Rows<'_>, change: &Change, fault: &Fault, budget: &mut Budget) -> bool {
    trial::outcome(rows, change, Some(fault), budget) > Outcome::Nothing
}

/// Finds the mistake that keeps YAML from being read, and how it was meant.
fn mistake(rows: &Rows<'_>, case: &Case<'_>, fault: &Fault, budget: &mut Budget) -> (Guess, Option<Change>) {
    // Of control characters the parser says only that there are some.
    let at = if fault.offset == 0 { rows.len() - 1 } else { rows.at(fault.offset) };
    if let Some(guess) = (0..=at).find_map(|it| quote::pasted(case, it)) {
        return (guess, None);
    }
    let guesses = (0..=at).rev().flat_map(|row| CURES.iter().filter_map(move |cure| cure(case, row)));
    match best(rows, guesses, Some(fault), budget) {
        (Some((guess, change)), _) => (guess, Some(change)),
        (None, first) => {
            let stray = (0..=at).find_map(|row| stray::line(case, row));
            (stray.or(first).unwrap_or_else(|| told::unknown(case, at, fault)), None)
        }
    }
}

/// Finds what can be read, but not as it was written.
fn lost(
    rows: &Rows<'_>,
    case: &Case<'_>,
    text: &str,
    node: &Node,
    found: &[Told],
    budget: &mut Budget,
) -> Option<(Guess, Option<Change>)> {
    let is_new = |guess: &Guess| !found.iter().any(|it| it.row == guess.row && it.code == guess.code);
    // `title = "A"` in every line is one long text.
    let all_text = matches!(node, Node::Text(_)) && text.contains(['=', ';', '：']);
    let whole = !outline::may_hide(&case.all) || trial::is_whole(&case.all, node, true);
    if !whole || all_text {
        let guesses = (0..rows.len()).flat_map(|row| CURES.iter().filter_map(move |cure| cure(case, row)));
        let fits = |it: &Guess| is_new(it) && (!whole || case.line(it.row).text().contains(['=', ';', '：']));
        match best(rows, guesses.filter(fits), None, budget) {
            (Some((guess, change)), _) => return Some((guess, Some(change))),
            (None, Some(guess)) if !whole => return Some((guess, None)),
            _ => {}
        }
    }
    if !loss::may_lose(text) {
        return None;
    }
    let all = || (0..rows.len()).flat_map(|row| loss::LOSSES.iter().filter_map(move |loss| loss(case, row)));
    let guess = all().find(is_new)?;
    let tries = guess.ways.clone();
    let change = tries.into_iter().find(|it| trial::outcome(rows, it, None, budget) >= Outcome::Twice);
    Some((guess, change))
}

/// Returns the guess that helps most, the first where several do, with the change; else the first that can't be helped.
fn best(
    rows: &Rows<'_>,
    guesses: impl Iterator<Item = Guess>,
    fault: Option<&Fault>,
    budget: &mut Budget,
) -> (Option<(Guess, Change)>, Option<Guess>) {
    let mut best: Option<(Outcome, Guess, Change)> = None;
    let mut first = None;
    for guess in guesses {
        for way in guess.ways.clone() {
            let outcome = trial::outcome(rows, &way, fault, budget);
            if outcome > best.as_ref().map_or(Outcome::Nothing, |it| it.0) {
                best = Some((outcome, Guess { ways: Vec::new(), ..guess.clone() }, way));
            }
            if outcome == Outcome::Whole {
                break;
            }
        }
        if best.as_ref().is_some_and(|it| it.0 == Outcome::Whole) {
            break;
        }
        first = first.or(Some(guess));
    }
    (best.map(|(_, guess, change)| (guess, change)), first)
}

/// Returns the change that takes a mistake away where nobody knows what was meant, to find those below it.
fn without(case: &Case<'_>, row: usize, last: usize) -> Vec<Change> {
    let line = case.line(row);
    let above = case.above(row).map(|it| case.line(it));
    let list = line.dashes > 0 && above.is_some_and(|it| it.dashes == 0 && !it.value.is_empty());
    let below = case.run(row + 1, |it| {
        let item = list && it.line.dashes > 0 && it.line.indent == line.indent;
        it.sort != Sort::Entry || it.line.indent > line.indent || item
    });
    let below = below.start..below.end.max(last + 1);
    let own = line.key.map(|it| format!("{}{}: \"\"", &line.whole[..line.content], it.name));
    let change = |own: String| [(row, own)].into_iter().chain(below.clone().map(|it| (it, String::new()))).collect();
    own.into_iter().chain([String::new()]).map(change).collect()
}
