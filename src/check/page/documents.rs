//! What a document says of itself: its title, its summary, the fields that its kind wants to go together.

use jiff::civil;

use super::{Page, Severity};
use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Place};
use crate::model::document::Document;
use crate::model::kind::{Condition, Field, Group, Type};
use crate::model::placeholder;
use crate::model::site::{LeftOut, Site, Why};
use crate::model::source::Span;
use crate::model::value::{Value, Values};

fn field(name: &str) -> FieldPath {
    FieldPath::default().join(name)
}

/// A title that is cut where it is shown: on tabs, in results of a search (GOV.UK content design, titles).
pub(super) fn long_title(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let most = page.checks().number("long-title", "characters");
    // That of a letter must be shorter: `long-subject`.
    let Some(document) = page.document().filter(|it| !is_sent(it)) else { return };
    let length = document.title.chars().count();
    if length > most {
        let message = format!("this title has {length} characters, more than {most}");
        let help = "say the main thing first, and the rest in the summary";
        found.push(Diagnostic::warning("long-title", document.value_place(field("title")), message).help(help));
    }
}

/// Returns whether a document is sent by e-mail.
fn is_sent(document: &Document) -> bool {
    document.kind.collects.is_some() && document.is_listed() && !document.values.is("web_only")
}

/// A subject that mail programs cut off.
pub(super) fn long_subject(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let most = page.checks().number("long-subject", "characters");
    let Some(document) = page.document().filter(|it| is_sent(it)) else { return };
    let length = document.title.chars().count();
    if length > most {
        let message = format!("the subject of this issue has {length} characters, more than {most}");
        let help = "the title is the subject: say the main thing first";
        found.push(Diagnostic::warning("long-subject", document.value_place(field("title")), message).help(help));
    }
}

/// No line of its own after the subject, so that mail programs show the first words they find.
pub(super) fn missing_preheader(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document().filter(|it| is_sent(it)) else { return };
    if document.values.text("preheader").is_none_or(|it| it.trim().is_empty()) {
        let message = "this issue has no line for mail programs to show after the subject".to_owned();
        let help = "add a line `preheader: …` that says in a few words what is in it";
        found.push(Diagnostic::warning("missing-preheader", document.start(), message).help(help));
    }
}

/// A title that ends with a full stop (GOV.UK style guide, titles).
pub(super) fn title_with_stop(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    if document.title.ends_with('.') && !document.title.ends_with("...") && document.title.matches('.').count() == 1 {
        let message = "a title ends without a full stop".to_owned();
        let place = document.value_place(field("title"));
        found.push(Diagnostic::warning("title-with-stop", place, message).help("take it out"));
    }
}

/// No summary of its own (GOV.UK content design, summaries).
pub(super) fn missing_summary(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    if document.values.get("summary").is_none() && document.is_listed() {
        let message = "this page has no summary, so lists show its first words".to_owned();
        let help = "add a line `summary: …` that says in a sentence what readers will find";
        found.push(Diagnostic::advice("missing-summary", document.start(), message).help(help));
    }
}

/// A summary that is too long, repeats the title, or ends without a full stop (GOV.UK content design, summaries).
pub(super) fn weak_summary(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let most = page.checks().number("weak-summary", "characters");
    let Some(document) = page.document() else { return };
    let Some(summary) = document.values.text("summary") else { return };
    let length = summary.chars().count();
    let plain = |it: &str| it.to_lowercase().trim_end_matches('.').to_owned();
    let (message, help) = if length > most {
        (format!("this summary has {length} characters, more than {most}"), "results of a search cut it off")
    } else if plain(summary) == plain(&document.title) {
        ("this summary says what the title says".to_owned(), "say what readers will find")
    } else if !summary
        .trim_end()
        .ends_with(['.', '!', '?', '…', '”', '"', '。', '．', '！', '？', '」', '۔', '؟', '।', '॥', '։', '።', '။', '។'])
    {
        ("this summary ends without a full stop".to_owned(), "write it as a sentence")
    } else {
        return;
    };
    found.push(Diagnostic::advice("weak-summary", document.value_place(field("summary")), message).help(help));
}

/// Words that were to be replaced.
pub(super) fn placeholder(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let mut words: Vec<&str> = page.checks().texts("placeholder", "words").iter().map(String::as_str).collect();
    // Not `extend`: the words of a new document live longer than those of the settings.
    for word in placeholder::words() {
        words.push(word);
    }
    let words = words.as_slice();
    let Some(document) = page.document() else { return };
    let text = &document.source.text;
    let mut spans = Vec::new();
    // Notes for those who write stay out of the site.
    let yaml = document.yaml;
    for line in lines(text, yaml).filter(|it| !text[it.start..it.end].trim_start().starts_with('#')) {
        spans.extend(placeholders(&text[line.start..line.end], words).map(|it| it.after(line.start)));
    }
    for block in page.prose().filter(|it| it.is(&["p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "h6"])) {
        for written in super::text::texts(block) {
            let Some(place) = block.place().filter(|it| it.path == document.source.path) else { continue };
            for span in placeholders(written, words) {
                let narrow = page.narrow(place.clone(), &written[span.start..span.end]);
                spans.push(narrow.span());
            }
        }
    }
    spans.sort();
    spans.dedup();
    for span in spans {
        let message = format!("`{}` was to be replaced", &text[span.start..span.end]);
        found.push(Diagnostic::warning("placeholder", document.place(span), message).help(REPLACE));
    }
    scaffolded(document, found);
}

const REPLACE: &str = "write what belongs there, or take it out";

/// Fields that still say what `folio new` wrote into them.
fn scaffolded(document: &Document, found: &mut Vec<Diagnostic>) {
    walk(&document.kind.group, &document.values, &FieldPath::default(), &mut |group, values, at| {
        for (field, value) in group.pairs(values) {
            let path = at.join(&*field.name);
            let items = value.items().iter().enumerate();
            for (position, text) in items.filter_map(|(position, it)| Some((position, it.text()?))) {
                let is_left = text == placeholder::URL || !text.is_empty() && *text == *placeholder::of_field(field);
                if is_left {
                    let path = if matches!(value, Value::List(_)) { path.at(position) } else { path.clone() };
                    let message = format!("`{text}` was to be replaced");
                    found.push(Diagnostic::warning("placeholder", document.value_place(path), message).help(REPLACE));
                }
            }
        }
    });
}

/// Returns the lines of a part of a text.
fn lines(text: &str, part: Span) -> impl Iterator<Item = Span> {
    let mut from = part.start;
    text[part.start..part.end].split_inclusive('\n').map(move |line| {
        let span = Span::new(from, from + line.trim_end().len());
        from += line.len();
        span
    })
}

/// Returns where words stand that are free on both sides; capitals count, as `todo` may be a word of the text.
fn placeholders<'a>(text: &'a str, words: &'a [&'a str]) -> impl Iterator<Item = Span> + 'a {
    words.iter().filter(|it| !it.is_empty()).flat_map(move |word| {
        text.match_indices(word).filter_map(move |(at, word)| {
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            let is_free = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric());
            let begins = !word.starts_with(char::is_alphanumeric) || is_free(before.chars().next_back());
            let ends = !word.ends_with(char::is_alphanumeric) || is_free(after.chars().next());
            let is_left = begins && ends && !(["TODO", "FIXME"].contains(&word) && is_spoken_of(before, after));
            is_left.then_some(Span::new(at, at + word.len()))
        })
    })
}

/// Returns whether a sentence speaks of such a word, and does not wait for another: `our TODO list`, `the TODOs`, `"TODO"`.
fn is_spoken_of(before: &str, after: &str) -> bool {
    const BEFORE: [&str; 17] = [
        "a", "an", "the", "this", "that", "these", "those", "our", "your", "my", "their", "its", "any", "each",
        "every", "word", "called",
    ];
    const AFTER: [&str; 12] =
        ["list", "lists", "item", "items", "comment", "comments", "file", "files", "app", "apps", "note", "notes"];
    let is_quote = |it: char| matches!(it, '"' | '“' | '”' | '‘' | '’' | '\'' | '`');
    let quoted = before.ends_with(is_quote) && after.starts_with(is_quote);
    let word = |it: &str| it.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    let next = after.strip_prefix([' ', '-']).and_then(|it| it.split_whitespace().next()).map(word);
    let last = before.strip_suffix(' ').and_then(|it| it.split_whitespace().next_back()).map(word);
    quoted && before.trim_end_matches(is_quote).trim_end().ends_with(char::is_alphanumeric)
        || next.is_some_and(|it| AFTER.contains(&&*it))
        || last.is_some_and(|it| BEFORE.contains(&&*it))
}

/// An amount of money or a share that is hedged, and does not say against what (Government Social Research, reporting findings).
pub(super) fn thin_figure(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    walk(&document.kind.group, &document.values, &FieldPath::default(), &mut |group, values, at| {
        let is_figure = ["value", "qualifier", "compared_with"].iter().all(|it| group.field(it).is_some());
        let is_hedged = values.text("qualifier").is_some_and(|it| it != "exact");
        // A count needs no second one beside it; money and shares do.
        let unit = values.text("unit").unwrap_or_default();
        let is_relative = ["%", "percent", "per cent"].contains(&unit)
            || unit.len() == 3 && unit.bytes().all(|it| it.is_ascii_uppercase());
        if is_figure && is_hedged && is_relative && values.get("compared_with").is_none() {
            let message = "this figure is hedged, and does not say what it is compared with".to_owned();
            let help = "add `compared_with:`, such as `market rates` or `the year before`";
            let place = document.value_place(at.join("qualifier"));
            found.push(Diagnostic::warning("thin-figure", place, message).help(help));
        }
    });
}

/// A number in the summary that none of the findings has. A document without figures is not looked at.
pub(super) fn loose_figure(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    let Some(summary) = document.values.text("summary") else { return };
    let (mut known, mut has_figures) = (Vec::new(), false);
    walk(&document.kind.group, &document.values, &FieldPath::default(), &mut |_, values, at| {
        // What is said beside the figures, such as the headline of a finding, counts too.
        let is_item = !at.0.is_empty();
        for (_, value) in values.pairs().iter().filter(|_| is_item) {
            match value {
                Value::Number(it) => known.push(*it),
                Value::Integer(it) => known.push(*it as f64),
                Value::Text(text) => known.extend(numbers(text).into_iter().map(|it| it.1)),
                _ => {}
            }
        }
        has_figures |= is_item && values.get("value").is_some();
    });
    for (written, number) in numbers(summary).into_iter().filter(|_| has_figures) {
        if !known.iter().any(|it| (it - number).abs() < 1e-6 * number.abs().max(1.0)) {
            let message = format!("the summary says `{written}`, and no finding has that figure");
            let place = document.value_place(field("summary"));
            let help = "give the finding it comes from its `figure`, or say the same in both";
            found.push(Diagnostic::advice("loose-figure", place, message).help(help));
        }
    }
}

/// Returns the numbers of a text as written and as they count: `1.4 million` is 1,400,000. Years are none.
fn numbers(text: &str) -> Vec<(&str, f64)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|it: char| it.is_ascii_digit()).map(|it| it + at) {
        let length = text[start..].find(|it: char| !it.is_ascii_digit() && !matches!(it, ',' | '.'));
        let written = text[start..length.map_or(text.len(), |it| it + start)].trim_end_matches([',', '.']);
        at = start + written.len();
        let begins_word = text[..start].chars().next_back().is_some_and(|it| it.is_alphanumeric() || it == '-');
        let Ok(number) = written.replace(',', "").parse::<f64>() else { continue };
        let is_year = written.len() == 4 && (1900.0..2100.0).contains(&number) && number.fract() == 0.0;
        if begins_word || is_year {
            continue;
        }
        let next = text[at..].trim_start();
        let times = [("million", 1e6), ("billion", 1e9), ("m", 1e6), ("k", 1e3), ("bn", 1e9)];
        let is_word = |word: &str| next.strip_prefix(word).is_some_and(|it| !it.starts_with(char::is_alphanumeric));
        let times = times.iter().find(|(word, _)| is_word(word)).map_or(1.0, |it| it.1);
        found.push((written, number * times));
    }
    found
}

/// A month that is over, and what was promised for it is not done.
pub(super) fn overdue(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let config = &page.site.config;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    let Some(document) = page.document() else { return };
    walk(&document.kind.group, &document.values, &FieldPath::default(), &mut |group, values, at| {
        let Some((due, unless)) = &group.overdue else { return };
        if is_over(values.get(due), today) && !unless.holds(|name| values.get(name)) {
            let fields: Vec<&str> = unless.0.iter().map(|it| &*it.0).collect();
            let message = format!("`{due}` is over, and this is not done");
            let help = format!("bring `{}` up to date, or give a new `{due}`", fields.join("`, `"));
            found.push(Diagnostic::warning("overdue", document.value_place(at.join(&**due)), message).help(help));
        }
    });
}

fn is_over(value: Option<&Value>, today: civil::Date) -> bool {
    match value {
        Some(Value::Month(month)) => (month.year, month.month.unwrap_or(12)) < (today.year(), today.month()),
        Some(Value::Date(date)) => date.day < today,
        _ => false,
    }
}

/// A history that goes back in time, or does not end where the document says it is.
pub(super) fn broken_history(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    for (list, value) in document.kind.group.pairs(&document.values) {
        let Type::Group(group) = &list.item().r#type else { continue };
        let items: Vec<&Values> = value
            .items()
            .iter()
            .filter_map(|it| if let Value::Group(values) = it { Some(values) } else { None })
            .collect();
        let at = |position: usize, name: &str| document.value_place(field(&list.name).at(position).join(name));
        if let Some(by) = &group.in_order {
            for (position, pair) in items.windows(2).enumerate() {
                if is_before(pair[1].get(by), pair[0].get(by)) {
                    let message = "this is earlier than the entry before it".to_owned();
                    let fault = Diagnostic::error("broken-history", at(position + 1, by), message);
                    found.push(fault.help("put the entries in order, the oldest first"));
                }
            }
        }
        for name in &group.ends_as {
            let last = items.iter().enumerate().rev().find_map(|(position, it)| Some((position, it.get(name)?)));
            if let (Some((position, last)), Some(now)) = (last, document.values.get(name))
                && last != now
            {
                let said = now.text().unwrap_or_default();
                let message = format!("the last `{name}` here is not the one above, which is `{said}`");
                let fault = Diagnostic::error("broken-history", at(position, name), message);
                let help = format!("add the entry that made it `{said}`, or bring `{name}` up to date");
                found.push(fault.help(help).see(document.value_place(field(name)), "it is said here"));
            }
        }
    }
}

fn is_before(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        // A year alone may be any month of it.
        (Some(Value::Month(one)), Some(Value::Month(other))) => {
            (one.year, one.month.unwrap_or(12)) < (other.year, other.month.unwrap_or(1))
        }
        (Some(Value::Date(one)), Some(Value::Date(other))) => one < other,
        _ => false,
    }
}

/// Values that do not go together, as the kind says.
pub(super) fn misfit(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    for fit in &document.kind.fits {
        let Some(group) = document.values.group(&fit.field) else { continue };
        if fit.when.holds(|name| group.get(name)) && !has(&document.values, &fit.needs) {
            let (name, _) = fit.when.0.first().expect("a condition has a field");
            let needs: Vec<String> = fit
                .needs
                .0
                .iter()
                .map(|(name, values)| {
                    let values: Vec<&str> = values.iter().filter_map(Value::text).collect();
                    format!("`{name}` with `{}`", values.join("` or `"))
                })
                .collect();
            let written = group.text(name).unwrap_or_default();
            let message = format!("`{written}` needs {}", needs.join(" and "));
            let place = document.value_place(field(&fit.field).join(&**name));
            found.push(Diagnostic::warning("misfit", place, message).help("add it, or choose another value here"));
        }
    }
}

fn has(values: &Values, needs: &Condition) -> bool {
    needs.0.iter().all(|(name, wanted)| values.items(name).iter().any(|it| wanted.contains(it)))
}

/// A text without the headings that readers of its kind expect (Office for Students, evaluation reports).
pub(super) fn missing_section(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let Some(document) = page.document() else { return };
    let headings: Vec<String> = document.body.headings.iter().map(|it| it.text.to_lowercase()).collect();
    let is_there = |it: &str| headings.iter().any(|heading| heading.contains(&it.to_lowercase()));
    let missing: Vec<&str> = document.kind.sections.iter().map(|it| &**it).filter(|it| !is_there(it)).collect();
    if !missing.is_empty() {
        let message = format!("these parts are missing: {}", missing.join(", "));
        let help = "add them as headings, or say in `site.toml` which this kind should have: `sections`";
        found.push(Diagnostic::advice("missing-section", document.start(), message).help(help));
    }
}

/// A PDF with next to no page around it (GOV.UK, publishing accessible documents: HTML first).
pub(super) fn pdf_only(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let fewest = page.checks().number("pdf-only", "words");
    let Some(document) = page.document() else { return };
    let documents = document.values.get("documents").map(|it| it.items()).unwrap_or_default();
    let is_pdf = |it: &Value| match it {
        Value::Group(values) => {
            values.pairs().iter().any(|(_, it)| matches!(it, Value::File(file) if ends_as_pdf(file)))
        }
        Value::File(file) => ends_as_pdf(file),
        _ => false,
    };
    let linked = page.prose().find(|it| it.name() == "a" && it.attribute("href").is_some_and(ends_as_pdf));
    let place: Option<Place> = match documents.iter().position(is_pdf) {
        Some(position) => Some(document.value_place(field("documents").at(position))),
        None => linked.and_then(|it| it.place()),
    };
    if let Some(place) = place.filter(|_| document.body.words < fewest) {
        let words = document.body.words + document.values.pairs().iter().map(|it| words_of(&it.1)).sum::<usize>();
        if words >= fewest {
            return;
        }
        let message = format!("this page has {words} words, and what it says is in a PDF");
        let help = "write at least what was found and what will be done on the page itself";
        found.push(Diagnostic::new(Severity::Warning, "pdf-only", place, message).help(help));
    }
}

/// Returns how many words a field says: findings, limitations, what will be done.
fn words_of(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.split_whitespace().count(),
        Value::Markdown(body) => body.words,
        Value::List(items) => items.iter().map(words_of).sum(),
        Value::Group(values) => values.pairs().iter().map(|it| words_of(&it.1)).sum(),
        _ => 0,
    }
}

fn ends_as_pdf(address: &str) -> bool {
    address.split(['#', '?']).next().is_some_and(|it| it.to_lowercase().ends_with(".pdf"))
}

/// What other programs draw, and what to do instead.
const DRAWN: [(&str, &str); 14] = [
    ("chart", PICTURE),
    ("chartjs", PICTURE),
    ("mermaid", PICTURE),
    ("plantuml", PICTURE),
    ("graphviz", PICTURE),
    ("vega", PICTURE),
    ("vega-lite", PICTURE),
    ("geojson", PICTURE),
    ("topojson", PICTURE),
    ("math", "write it in words or signs, or show it as a picture with a text"),
    ("csv", TABLE),
    ("tsv", TABLE),
    ("csv-table", TABLE),
    ("list-table", TABLE),
];
const PICTURE: &str = "put a picture of it beside the page, with a text that says what it shows";
const TABLE: &str = "write it as a table: `| Borough | Homes |`, below it `| --- | --- |`, then the rows";

/// A block of code whose first word nearly names a component, so that it is shown as code.
pub(super) fn near_component(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let known = || page.site.theme.components.keys().map(|it| &**it);
    for code in page.prose().filter(|it| it.name() == "code") {
        let Some(word) = code.attribute("class").and_then(|it| it.strip_prefix("language-")) else { continue };
        let is_yaml = code.text().split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '));
        let near = crate::model::diagnostic::near_miss(word, known()).filter(|it| *it != word && is_yaml);
        let drawn = near.is_none().then(|| DRAWN.iter().find(|it| it.0.eq_ignore_ascii_case(word))).flatten();
        if let Some((_, help)) = drawn {
            let message = format!("there is no component `{word}`, so this is shown as code");
            let fault = page.fault_in(Severity::Warning, "near-component", code, &format!("```{word}"), message);
            found.push(fault.help(*help));
        }
        if let Some(near) = near {
            let message = format!("there is no component `{word}`, so this is shown as code");
            let fence = format!("```{word}");
            let fault = page.fault_in(Severity::Warning, "near-component", code, &fence, message);
            found.push(fault.help(format!("did you mean `{near}`?")));
        }
    }
}

/// Calls `look` for the group of the document and for every group in it, with the way to it.
fn walk(group: &Group, values: &Values, at: &FieldPath, look: &mut dyn FnMut(&Group, &Values, &FieldPath)) {
    look(group, values, at);
    for (field, value) in group.pairs(values) {
        inner(field, value, &at.join(&*field.name), look);
    }
}

fn inner(field: &Field, value: &Value, at: &FieldPath, look: &mut dyn FnMut(&Group, &Values, &FieldPath)) {
    match (&field.r#type, value) {
        (Type::Group(group), Value::Group(values)) => walk(group, values, at, look),
        (Type::List { of, .. }, Value::List(items)) => {
            items.iter().enumerate().for_each(|(position, it)| inner(of, it, &at.at(position), look));
        }
        (Type::List { of, .. }, one) => inner(of, one, at, look),
        _ => {}
    }
}

impl Page<'_> {
    /// Returns the document that the page is of; none of a list, a term, an archive.
    pub(super) fn document(&self) -> Option<&Document> {
        let at = self.site.entry_at(self.route.as_str())?;
        Some(&self.site.entries[at].document)
    }
}

/// A base address that leads to nobody's site: every link in feeds and e-mails begins with it.
pub(super) fn example_address(site: &Site) -> Option<Diagnostic> {
    let config = &site.config;
    let host =
        placeholder::example_host(&config.origin).filter(|_| config.options.base_url.is_none() && !config.is_broken)?;
    let path = FieldPath(vec!["site".into(), "base_url".into()]);
    let place = Place { path: config.path.clone(), at: At::Field(Span::new(0, usize::MAX), path, Part::Value) };
    let message = format!("`{host}` is an address for examples, and leads to nobody's site");
    let help = "write the address at which the site will be published: links in feeds and e-mails begin with it";
    Some(Diagnostic::warning("example-address", place, message).help(help))
}

/// A page is seldom planned for longer. A day that is further away is more likely a slip in the year.
const AHEAD: jiff::SignedDuration = jiff::SignedDuration::from_hours(366 * 24);

/// Documents that wait for their date, without a word that they are meant to. That a page waits for a day soon is how pages are
/// scheduled, and stops nobody.
pub(super) fn future_date(site: &Site) -> Vec<Diagnostic> {
    let now = site.config.options.now;
    let waits = |it: &&LeftOut| matches!(it.why, Why::Future(_)) && it.document.values.get("publish_after").is_none();
    let told = site.left_out.iter().filter(waits).map(|it| {
        let place = it.document.value_place(FieldPath::default().join("date"));
        let day = it.document.date.map_or(String::new(), |it| format!(" until {}", it.day));
        let message = format!("this page is left out{day}");
        match it.document.date.is_some_and(|it| it.instant.duration_since(now) <= AHEAD) {
            true => Diagnostic::advice("future-date", place, message)
                .help("there is nothing to do if it is meant to wait: the first build after that moment publishes it"),
            false => Diagnostic::warning("future-date", place, message)
                .help("put the date right, or add `publish_after:` if the page is meant to wait so long"),
        }
    });
    told.collect()
}
