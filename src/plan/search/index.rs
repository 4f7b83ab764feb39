//! Site -> what the theme's `search.js` reads: which word is in which document, and what is shown of each.
//!
//! - `index.json`: `{"version", "hash", "documents", "per", "words"}`: the number of documents, how many of them a file
//!   holds, and the first word of each file of words.
//! - `words/0.txt` and on: the words in the order of their bytes, each on a line: the word, a space, where it is. A place is
//!   how many documents further on (one less than that, in base 36; nothing for the next one), and a capital letter that
//!   says how much the word weighs there: A little, M much, N to Z the same with the word in the title too.
//!   `=FIELD=VALUE` is a word of every document that has the value.
//! - `documents/0.json` and on: a list of `[title, url, kind, date, date in words, [topics], summary]`.
//!
//! The documents stand in the one order of the site.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use rapidhash::fast::RandomState;
use rapidhash::v3::rapidhash_v3;
use serde_json::json;

use crate::model::document::Present;
use crate::model::site::{Entry, Facet, Site};
use crate::plan::shared::kind_words;
use crate::plan::{withdrawn, words};

use super::text;
use super::words::each;

/// How many documents a file holds. A reader who sees ten results loads at most ten such files.
const PER_FILE: usize = 20;

/// How many words of text stand behind a file of words: some 20 kB.
const WORDS_PER_FILE: usize = 30_000;

/// What a word of the summary and of a heading counts besides.
const STRESS: u16 = 2;

/// The index of a site, as files.
#[derive(Debug)]
pub(in crate::plan) struct Index {
    pub(super) root: String,
    pub(super) words: Vec<String>,
    pub(super) documents: Vec<String>,
}

/// Returns the entries that are searched, in order: all but those that lead elsewhere.
pub(super) fn searched(site: &Site) -> impl Iterator<Item = (usize, &Entry)> {
    let may_lead = Present::question(&site.config.kinds, "redirect_to");
    let leads = move |it: &Entry| may_lead(&it.brief) && it.document.values.get("redirect_to").is_some();
    site.entries.iter().enumerate().filter(move |it| !leads(it.1))
}

/// Returns the facets by which readers may narrow a search.
pub(super) fn facets(site: &Site) -> impl Iterator<Item = &Facet> {
    let named = |field: &str| site.config.search.facets.iter().any(|it| **it == *field);
    site.facets.iter().filter(move |it| it.kind.is_none() && named(&it.field))
}

/// Returns how many files of words and of documents there are: known before the index is made.
pub(super) fn files(site: &Site) -> (usize, usize) {
    let (count, words) = searched(site).fold((0usize, 0usize), |it, (_, entry)| (it.0 + 1, it.1 + entry.brief.words));
    (1 + words / WORDS_PER_FILE, count.div_ceil(PER_FILE))
}

impl Index {
    /// Makes the index.
    ///
    /// Of threads of its own, and not of rayon's: while one of rayon's waits here for others of its kind, it may be given
    /// another page that asks for the index, and would wait for itself.
    pub(super) fn of(site: &Site) -> Index {
        let entries: Vec<(usize, &Entry)> = searched(site).collect();
        let terms = Terms::of(site);
        let words: usize = entries.iter().map(|(_, it)| it.brief.words).sum();
        let usual = (words / entries.len().max(1)).max(1) as f32;
        let (word_files, document_files) = files(site);
        let share = document_files.div_ceil(rayon::current_num_threads()).max(1) * PER_FILE;
        let made: Vec<(Part, Vec<String>)> = std::thread::scope(|scope| {
            let starts = (0..entries.len()).step_by(share);
            let ranges = starts.map(|it| it..entries.len().min(it + share));
            let (entries, terms) = (&entries, &terms);
            let work = |range: Range<usize>| {
                scope.spawn(move || {
                    let mut part = Part::default();
                    range.clone().for_each(|it| part.document(site, entries[it].1, it as u32, usual));
                    let rows = |it: &[(usize, &Entry)]| rows(site, terms, it);
                    (part, entries[range].chunks(PER_FILE).map(rows).collect())
                })
            };
            let threads: Vec<_> = ranges.map(work).collect();
            threads.into_iter().map(|it| it.join().expect("making the index never panics")).collect()
        });
        let (parts, documents): (Vec<Part>, Vec<Vec<String>>) = made.into_iter().unzip();
        let lines = lines(&parts, &values(&entries, &terms));
        let (words, starts) = cut(&lines, word_files);
        let documents: Vec<String> = documents.into_iter().flatten().collect();
        let hashes: Vec<u8> =
            words.iter().chain(&documents).flat_map(|it| rapidhash_v3(it.as_bytes()).to_le_bytes()).collect();
        let root = json!({
            "version": 1,
            "hash": format!("{:016x}", rapidhash_v3(&hashes)),
            "documents": entries.len(),
            "per": PER_FILE,
            "words": starts,
        });
        Index { root: format!("{root}\n"), words, documents }
    }
}

/// The terms of each entry, by its position in the site.
struct Terms<'a>(Vec<Vec<(&'a Facet, usize)>>);

impl Terms<'_> {
    fn of(site: &Site) -> Terms<'_> {
        let mut terms = vec![Vec::new(); site.entries.len()];
        for facet in facets(site) {
            for (at, term) in facet.terms.iter().enumerate() {
                term.entries.iter().for_each(|it| terms[*it].push((facet, at)));
            }
        }
        Terms(terms)
    }
}

fn rows(site: &Site, terms: &Terms<'_>, entries: &[(usize, &Entry)]) -> String {
    let rows = entries.iter().map(|(at, entry)| {
        let document = &entry.document;
        let date = document.date.as_ref();
        json!([
            &*withdrawn::title(site, entry),
            site.href(entry.route()),
            kind_words(site, &document.kind, "label"),
            date.map_or_else(String::new, |it| it.day.to_string()),
            date.map_or_else(String::new, |it| words::day(&site.theme, it)),
            terms.0[*at].iter().map(|(facet, term)| &*facet.terms[*term].title).collect::<Vec<&str>>(),
            &*document.summary,
        ])
        .to_string()
    });
    format!("[{}]\n", rows.collect::<Vec<String>>().join(",\n"))
}

/// Returns `=kind=post` and its like, each with the documents that have it.
fn values(entries: &[(usize, &Entry)], terms: &Terms<'_>) -> Vec<(String, String)> {
    let mut values: std::collections::BTreeMap<String, (u32, String)> = Default::default();
    for (document, (at, entry)) in entries.iter().enumerate() {
        let mut put = |value: String| {
            let (last, places) = values.entry(value).or_default();
            place(document as u32 + 1 - *last, 0, places);
            *last = document as u32 + 1;
        };
        put(format!("=kind={}", entry.document.kind.name));
        for (facet, term) in &terms.0[*at] {
            put(format!("={}={}", facet.field, facet.terms[*term].slug));
        }
    }
    values.into_iter().map(|(value, (_, places))| (value, places)).collect()
}

/// Writes that a word is in the document that is `gap` (from 1) further on, and how much it weighs there (0 to 25).
fn place(gap: u32, weight: u8, out: &mut String) {
    let mut digits = [0u8; 7];
    let mut first = digits.len();
    let mut rest = gap - 1;
    while rest > 0 {
        first -= 1;
        digits[first] = b"0123456789abcdefghijklmnopqrstuvwxyz"[(rest % 36) as usize];
        rest /= 36;
    }
    digits[first..].iter().for_each(|it| out.push(char::from(*it)));
    out.push(char::from(b'A' + weight));
}

/// The words of some documents that stand one after the other.
#[derive(Default)]
struct Part {
    ids: HashMap<Box<str>, u32, RandomState>,
    /// Where each word is, by its id.
    places: Vec<Places>,
    /// How often each word is in the document that is being read, by its id; and whether it is in the title.
    counts: Vec<(u16, bool)>,
    /// The words that the document has.
    seen: Vec<u32>,
    text: String,
}

/// Where a word is.
struct Places {
    first: u32,
    weight: u8,
    last: u32,
    /// The places after the first.
    rest: String,
}

impl Part {
    /// Takes in a document. `usual` is how many words a document has on average.
    fn document(&mut self, site: &Site, entry: &Entry, number: u32, usual: f32) {
        let document = &entry.document;
        self.count(&document.title, 1, true);
        self.count(&document.summary, STRESS, false);
        for heading in &document.body.headings {
            self.count(&heading.text, STRESS, false);
        }
        let mut text = std::mem::take(&mut self.text);
        text::body(site, &document.body, &mut text);
        text::fields(site, &document.kind.group, &document.values, &mut text);
        self.count(&text, 1, false);
        text.clear();
        self.text = text;
        // Okapi BM25 with k1 = 1.2 and b = 0.75; what depends on the number of documents is left to the reader.
        self.end(number, 1.2 * (0.25 + 0.75 * document.body.words as f32 / usual));
    }

    /// Ends a document: what was counted becomes places. `long` is how many words count half.
    fn end(&mut self, number: u32, long: f32) {
        for id in self.seen.drain(..) {
            let (count, titled) = std::mem::take(&mut self.counts[id as usize]);
            let count = f32::from(count);
            let weight = (12.0 * count / (count + long)).round() as u8 + if titled { 13 } else { 0 };
            let places = &mut self.places[id as usize];
            match places.last {
                u32::MAX => (places.first, places.weight) = (number, weight),
                last => place(number - last, weight, &mut places.rest),
            }
            places.last = number;
        }
    }

    fn count(&mut self, text: &str, times: u16, titled: bool) {
        let Part { ids, places, counts, seen, .. } = self;
        each(text, |word| {
            let id = match ids.get(word) {
                Some(id) => *id,
                None => {
                    let id = places.len() as u32;
                    ids.insert(word.into(), id);
                    places.push(Places { first: 0, weight: 0, last: u32::MAX, rest: String::new() });
                    counts.push((0, false));
                    id
                }
            };
            let count = &mut counts[id as usize];
            if count.0 == 0 {
                seen.push(id);
            }
            *count = (count.0.saturating_add(times), count.1 || titled);
        });
    }
}

/// Returns the lines of all words, in the order of their bytes.
fn lines(parts: &[Part], values: &[(String, String)]) -> Vec<String> {
    let mut words: Vec<(&str, usize, u32)> = Vec::with_capacity(parts.iter().map(|it| it.ids.len()).sum());
    for (at, part) in parts.iter().enumerate() {
        #[expect(clippy::iter_over_hash_type, reason = "they are sorted below")]
        for (word, id) in &part.ids {
            words.push((word, at, *id));
        }
    }
    words.sort_unstable();
    let mut lines: Vec<String> = Vec::with_capacity(words.len() + values.len());
    for same in words.chunk_by(|one, other| one.0 == other.0) {
        let mut line = format!("{} ", same[0].0);
        let mut next = 0;
        for (_, part, id) in same {
            let places = &parts[*part].places[*id as usize];
            place(places.first + 1 - next, places.weight, &mut line);
            line.push_str(&places.rest);
            next = places.last + 1;
        }
        line.push('\n');
        lines.push(line);
    }
    // `=` stands between the digits and the letters.
    let at = lines.partition_point(|it| it.as_str() < "=");
    lines.splice(at..at, values.iter().map(|(value, places)| format!("{value} {places}\n")));
    lines
}

/// Returns so many files of about the same size, and the first word of each that has one.
fn cut(lines: &[String], files: usize) -> (Vec<String>, Vec<String>) {
    let whole: usize = lines.iter().map(String::len).sum();
    let size = whole.div_ceil(files);
    let mut made: Vec<String> = Vec::with_capacity(files);
    let mut starts = Vec::with_capacity(files);
    for line in lines {
        if made.last().is_none_or(|it| it.len() >= size) {
            made.push(String::with_capacity(size + size / 4));
            starts.push(line.split(' ').next().unwrap_or_default().to_owned());
        }
        let _ = made.last_mut().map(|it| it.write_str(line));
    }
    made.resize(files, String::new());
    (made, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_short() {
        let check = |gap: u32, weight: u8, expected: &str| {
            let mut out = String::new();
            place(gap, weight, &mut out);
            assert_eq!(out, expected);
        };
        check(1, 0, "A");
        check(2, 12, "1M");
        check(37, 25, "10Z");
        check(u32::MAX, 0, "1z141z2A");
    }

    #[test]
    fn parts_make_the_same_lines_however_they_are_cut() {
        let texts = ["one two", "two three", "one", "three two two"];
        let lines_of = |share: usize| {
            let parts: Vec<Part> = (0..texts.len())
                .step_by(share)
                .map(|start| {
                    let mut part = Part::default();
                    for (number, text) in texts.iter().enumerate().skip(start).take(share) {
                        part.count(text, 1, false);
                        part.end(number as u32, 1.2);
                    }
                    part
                })
                .collect();
            lines(&parts, &[("=kind=a".to_owned(), "A".to_owned())])
        };
        assert_eq!(lines_of(4), ["=kind=a A\n", "one F1F\n", "three 1F1F\n", "two FF1I\n"]);
        assert_eq!(lines_of(4), lines_of(1));
        assert_eq!(lines_of(4), lines_of(3));
    }

    #[test]
    fn files_are_of_one_size() {
        let lines: Vec<String> = ["a AAAA\n", "b A\n", "c A\n", "d A\n"].map(str::to_owned).to_vec();
        let (files, starts) = cut(&lines, 2);
        assert_eq!(files, ["a AAAA\nb A\n", "c A\nd A\n"]);
        assert_eq!(starts, ["a", "c"]);
        assert_eq!(cut(&[], 1), (vec![String::new()], Vec::<String>::new()));
    }
}
