//! Words, dates and amounts as people read them (GOV.UK style guide).

use super::dom::Element;
use super::{Page, Severity, text};
use crate::model::diagnostic::Diagnostic;

const BLOCKS: [&str; 10] = ["h2", "h3", "h4", "h5", "h6", "p", "li", "td", "dd", "figcaption"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the blocks of prose that are no quotation: what others wrote stays as it is.
fn blocks<'p, 'a: 'p>(page: &'p Page<'a>) -> impl Iterator<Item = Element<'a>> + 'p {
    let is_own = |it: &Element<'_>| !it.around().any(|it| it.is(&["blockquote", "q", "pre", "code"]));
    page.prose().filter(|it| it.is(&BLOCKS)).filter(is_own)
}

/// Returns whether a language is English, of which these rules are.
fn is_english(page: &Page<'_>, element: Element<'_>) -> bool {
    language(page, element).to_lowercase().starts_with("en")
}

fn language<'a>(page: &Page<'a>, element: Element<'a>) -> &'a str {
    let lang = element.attribute("lang").or_else(|| element.around().find_map(|it| it.attribute("lang")));
    lang.unwrap_or(&page.site.config.language)
}

/// Returns whether a text is in American English, where `January 23, 2024` is how a date is written.
fn is_american(page: &Page<'_>, element: Element<'_>) -> bool {
    language(page, element).eq_ignore_ascii_case("en-us")
}

/// A date that can be read in two ways, or is not in the form `23 January 2024`.
pub(super) fn dates(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for block in blocks(page).filter(|it| is_english(page, *it)) {
        for text in text::texts(block) {
            for (phrase, help) in unclear_dates(text, is_american(page, block)) {
                let message = format!("`{phrase}` is not how a date is written here");
                found.push(page.fault_in(Severity::Warning, "unclear-date", block, &phrase, message).help(help));
            }
        }
    }
}

/// Returns each date that is unclear, with how to write it.
fn unclear_dates(text: &str, american: bool) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |it: &str| it.trim_matches(|it: char| !it.is_alphanumeric()).to_owned();
    let month = |it: &str| MONTHS.iter().find(|month| **month == bare(it)).copied();
    let day = |it: &str| it.parse::<u32>().ok().filter(|it| (1..=31).contains(it));
    let ordinal = |it: &str| ["st", "nd", "rd", "th"].iter().find_map(|end| day(it.strip_suffix(end)?));
    let written = |day: u32, month: &str| match american {
        true => format!("write `{month} {day}`"),
        false => format!("write `{day} {month}`"),
    };
    let mut found = Vec::new();
    for (position, word) in words.iter().enumerate() {
        let (word, next) = (bare(word), words.get(position + 1).copied().unwrap_or_default());
        let parts: Vec<&str> = word.split('/').collect();
        if let [one, other, year] = parts[..]
            && let (Some(one), Some(other)) = (day(one), day(other))
            && [2, 4].contains(&year.len())
            && year.bytes().all(|it| it.is_ascii_digit())
        {
            let known = if one > 12 { month_name(other).map(|it| (one, it)) } else { None };
            let known = known.or_else(|| if other > 12 { month_name(one).map(|it| (other, it)) } else { None });
            let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
            let help = match known {
                Some((day, month)) if american => format!("write `{month} {day}, {year}`"),
                Some((day, month)) => format!("write `{day} {month} {year}`"),
                None if american => {
                    format!("write the month as a word: `{} {other}, {year}`", month_name(one).unwrap_or("January"))
                }
                None => format!("write the month as a word: `{one} {} {year}`", month_name(other).unwrap_or("January")),
            };
            found.push((word.clone(), help));
        }
        if let Some((one, other)) = word.split_once(['–', '-']) {
            found.extend(range(one, other, month(next)).map(|meant| (word.clone(), format!("write `{meant}`"))));
        }
        if let (Some(day), Some(month)) = (ordinal(&word), month(next)) {
            found.push((format!("{word} {month}"), written(day, month)));
        }
        if let (Some(month), Some(day)) = (
            month(&word),
            ordinal(&bare(next)).or_else(|| {
                // `January 23, 2024`, but not `January 2024` nor `In May 12 people came`.
                let year =
                    words.get(position + 2).map(|it| bare(it)).filter(|it| it.len() == 4 && it.starts_with(['1', '2']));
                day(next.strip_suffix(',')?).filter(|_| year.is_some() && !american)
            }),
        ) {
            found.push((format!("{word} {}", next.trim_end_matches([',', '.', ';', ')'])), written(day, month)));
        }
    }
    found
}

/// Returns how to write a range of days, months or years that a dash makes.
fn range(one: &str, other: &str, next: Option<&str>) -> Option<String> {
    let day = |it: &str| it.parse::<u32>().is_ok_and(|it| (1..=31).contains(&it));
    let year = |it: &str| it.len() == 4 && it.parse::<u32>().is_ok_and(|it| (1900..2100).contains(&it));
    let month = |it: &str| MONTHS.contains(&it);
    let days = next.is_some() && day(one) && day(other);
    let range = days || month(one) && month(other) || year(one) && year(other) && one < other;
    range.then(|| format!("{one} to {other}"))
}

fn month_name(number: u32) -> Option<&'static str> {
    MONTHS.get(number.checked_sub(1)? as usize).copied()
}

/// An amount in a short form: `£300k`, `£1.4m`, `per cent`.
pub(super) fn amounts(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for block in blocks(page).filter(|it| is_english(page, *it)) {
        for text in text::texts(block) {
            for (phrase, help) in short_amounts(text) {
                let message = format!("`{phrase}` is a short form");
                found.push(page.fault_in(Severity::Advice, "short-amount", block, &phrase, message).help(help));
            }
        }
    }
}

fn short_amounts(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    for (position, written) in words.iter().enumerate() {
        let word = written.trim_matches(|it: char| !it.is_alphanumeric() && !"£€$".contains(it));
        let number = |it: &str| it.replace(',', "").parse::<f64>().ok();
        if let Some(amount) = word.strip_prefix(['£', '€', '$']) {
            let sign = &word[..word.len() - amount.len()];
            let (digits, end) =
                amount.split_at(amount.len() - amount.chars().rev().take_while(|it| it.is_alphabetic()).count());
            let help = number(digits).and_then(|value| match end.to_lowercase().as_str() {
                "k" => Some(format!("write `{sign}{}`", crate::model::text::grouped(value * 1000.0, ",", "."))),
                "m" | "mn" => Some(format!("write `{sign}{digits} million`")),
                "b" | "bn" => Some(format!("write `{sign}{digits} billion`")),
                // `£0.4 million`
                "" if value < 1.0 && value > 0.0 => {
                    let next = words.get(position + 1).map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()));
                    let times = match next {
                        Some("million") => 1e6,
                        Some("billion") => 1e9,
                        _ => return None,
                    };
                    Some(format!("write `{sign}{}`", crate::model::text::grouped((value * times).round(), ",", ".")))
                }
                _ => None,
            });
            found.extend(help.map(|it| (word.to_owned(), it)));
        }
        if word.eq_ignore_ascii_case("per")
            && words.get(position + 1).is_some_and(|it| it.to_lowercase().starts_with("cent"))
        {
            let next = words[position + 1].trim_matches(|it: char| !it.is_alphanumeric());
            if next.eq_ignore_ascii_case("cent") {
                found.push((format!("{word} {next}"), "write `%` after the figure".to_owned()));
            }
        }
    }
    found
}

/// Sentences of many words (GOV.UK: writing for GOV.UK, short sentences).
pub(super) fn long_sentences(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let most = page.checks().number("long-sentences", "words");
    for block in blocks(page).filter(|it| it.is(&["p", "li", "dd"])) {
        for sentence in sentences(&block.text()) {
            let count = sentence.split_whitespace().count();
            if count > most {
                let opening: String = sentence.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
                let message = format!("this sentence has {count} words, more than {most}");
                found.push(
                    page.fault_in(Severity::Advice, "long-sentences", block, &opening, message)
                        .help("make two sentences of it, or a list"),
                );
            }
        }
    }
}

/// Returns the sentences of a text: they end with a stop before a capital letter.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, sign) in text.char_indices() {
        let after = &text[at + sign.len_utf8()..];
        let ends = matches!(sign, '.' | '!' | '?')
            && after.starts_with(' ')
            && after.trim_start().starts_with(char::is_uppercase);
        if ends {
            found.push(text[from..=at].trim());
            from = at + 1;
        }
    }
    found.push(text[from..].trim());
    found
}

/// An acronym that stands there before its words do (GOV.UK style guide, abbreviations and acronyms).
pub(super) fn acronyms(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let known = page.checks().texts("unexplained-acronym", "known");
    let mut told: Vec<String> = Vec::new();
    for block in blocks(page).filter(|it| it.is(&["p", "li", "dd"])) {
        let text = block.text();
        for acronym in text.split(|it: char| !it.is_alphanumeric()).filter(|it| is_acronym(it)) {
            let is_met = told.iter().any(|it| it == acronym) || known.iter().any(|it| it == acronym);
            if is_met {
                continue;
            }
            told.push(acronym.to_owned());
            // `Greater London Authority (GLA)`, `GLA (Greater London Authority)`, `<abbr title="…">`.
            let is_explained = text.contains(&format!("({acronym})")) || text.contains(&format!("{acronym} ("));
            let in_abbr = page.named("abbr").any(|it| it.attribute("title").is_some() && it.text().trim() == acronym);
            if !is_explained && !in_abbr {
                let message = format!("`{acronym}` is not explained where it first stands");
                let help =
                    format!("write its words first, and `({acronym})` after them; words that all know go into `known`");
                let code = "unexplained-acronym";
                found.push(page.fault_in(Severity::Advice, code, block, acronym, message).help(help));
            }
        }
    }
}

/// Returns whether a word is capitals, two to six of them, and no number in Roman signs.
fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.chars().count())
        && word.chars().all(char::is_uppercase)
        && !word.chars().all(|it| "IVXLC".contains(it))
}

/// A word that the site does not want (GOV.UK style guide, words to avoid).
pub(super) fn avoided(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let entries = page.checks().texts("avoided-word", "words");
    let entries: Vec<(&str, Option<&str>)> = entries
        .iter()
        .map(|it| it.split_once(':').map_or((it.as_str(), None), |(word, better)| (word.trim(), Some(better.trim()))))
        .collect();
    for block in blocks(page) {
        for text in text::texts(block) {
            let lower = text.to_lowercase();
            // Where small letters have other lengths, places would be wrong.
            if lower.len() != text.len() {
                continue;
            }
            for (word, better) in &entries {
                for (at, _) in lower.match_indices(&word.to_lowercase()) {
                    let is_free = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric());
                    if !is_free(lower[..at].chars().next_back()) || !is_free(lower[at + word.len()..].chars().next()) {
                        continue;
                    }
                    let written = &text[at..at + word.len()];
                    let help = match better {
                        Some(better) => format!("say `{better}`"),
                        None => "say it in plain words".to_owned(),
                    };
                    let message = format!("`{written}` is a word that this site avoids");
                    found.push(page.fault_in(Severity::Advice, "avoided-word", block, written, message).help(help));
                }
            }
        }
    }
}
