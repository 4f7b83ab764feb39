//! The known name that may have been meant by one that is not known.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most slips that are forgiven.
const MOST: usize = 3;

/// Known names, among which the nearest to others are looked for.
///
/// Of thousands of names that are gone, each may be any of thousands. So what can be told of a known name by itself is told
/// once, and a few numbers tell of most that they are too far.
#[derive(Debug)]
pub struct Near<'a> {
    /// The names, by length.
    known: Vec<Known<'a>>,
    /// What was found for those that were looked for before: a name that is gone stands in many documents.
    found: Mutex<BTreeMap<String, Option<&'a str>>>,
}

#[derive(Debug)]
struct Known<'a> {
    /// As it is written.
    written: &'a str,
    plain: Plain,
}

/// A name as it is compared: without capitals, spaces and hyphens.
#[derive(Debug)]
struct Plain {
    text: String,
    /// In characters.
    length: usize,
    /// Which characters there are, and how often: see [`letters`].
    letters: u128,
}

impl<'a> Near<'a> {
    /// Takes the names that are known.
    pub fn among(names: impl IntoIterator<Item = &'a str>) -> Near<'a> {
        let mut known: Vec<_> = names.into_iter().map(|it| Known { written: it, plain: Plain::of(it) }).collect();
        known.sort_by_key(|it| it.plain.length);
        Near { known, found: Mutex::default() }
    }

    /// Returns the name that is nearest to `word`, where one is near enough to be meant; of several the first by letters.
    pub fn find(&self, word: &str) -> Option<&'a str> {
        if let Some(found) = self.found().get(word) {
            return *found;
        }
        let found = self.look(word);
        self.found().insert(word.to_owned(), found);
        found
    }

    fn found(&self) -> MutexGuard<'_, BTreeMap<String, Option<&'a str>>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, word: &str) -> Option<&'a str> {
        let word = Plain::of(word);
        let from = self.known.partition_point(|it| it.plain.length + MOST < word.length);
        let of_length = self.known[from..].iter().take_while(|it| it.plain.length <= word.length + MOST);
        let mut nearest: Option<(usize, &'a str)> = None;
        for Known { written, plain } in of_length {
            let most = (written.len().max(word.text.len()) / 3).clamp(1, MOST);
            let most = nearest.map_or(most, |it| it.0.min(most));
            if word.apart(plain) > most {
                continue;
            }
            let slips = slips(&word.text, &plain.text);
            if slips <= most && nearest.is_none_or(|it| (slips, *written) < it) {
                nearest = Some((slips, written));
            }
        }
        nearest.map(|it| it.1)
    }
}

impl Plain {
    fn of(name: &str) -> Plain {
        let text = name.to_lowercase().replace([' ', '-'], "_");
        Plain { length: text.chars().count(), letters: letters(&text), text }
    }

    /// Returns how many slips there are between two names, at least: each changes the length by one at most, and one letter.
    fn apart(&self, other: &Plain) -> usize {
        let own = (self.letters & !other.letters).count_ones().max((other.letters & !self.letters).count_ones());
        self.length.abs_diff(other.length).max(own as usize)
    }
}

/// Returns a set of the letters of a text, where the second `e` is another than the first. Some share a place, so that two texts
/// may differ by more than their sets.
fn letters(text: &str) -> u128 {
    let mut counts = [0_u32; 128];
    text.chars().fold(0, |letters, it| {
        let count = &mut counts[it as usize % 128];
        let place = (it as u32 * 3 + *count) % 128;
        *count += 1;
        letters | 1 << place
    })
}

/// Returns how many slips make one text of another (Damerau and Levenshtein): letters too many, too few, wrong, or in the place
/// of their neighbour.
fn slips(one: &str, other: &str) -> usize {
    // Where both begin or end alike, nobody slipped.
    let start = alike(one.chars(), other.chars());
    let (one, other) = (&one[start..], &other[start..]);
    let end = alike(one.chars().rev(), other.chars().rev());
    strsim::damerau_levenshtein(&one[..one.len() - end], &other[..other.len() - end])
}

/// Returns how far two texts are alike, in bytes.
fn alike(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|it| it.0 == it.1).map(|it| it.0.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measures every name, which is what the others save.
    fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
        let plain = |it: &str| it.to_lowercase().replace([' ', '-'], "_");
        let word = plain(word);
        let measured = known.iter().map(|it| (strsim::damerau_levenshtein(&word, &plain(it)), *it));
        let near = measured.filter(|(slips, it)| *slips <= (it.len().max(word.len()) / 3).clamp(1, 3));
        near.min().map(|it| it.1)
    }

    /// Numbers that are the same in each run (xorshift64).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % end as u64) as usize
        }

        fn word(&mut self, letters: &[char], most: usize) -> String {
            (0..self.below(most + 1)).map(|_| letters[self.below(letters.len())]).collect()
        }

        /// Slips a few times.
        fn mistyped(&mut self, word: &str, letters: &[char]) -> String {
            let mut word: Vec<char> = word.chars().collect();
            for _ in 0..self.below(5) {
                let at = self.below(word.len() + 1);
                let letter = letters[self.below(letters.len())];
                match self.below(4) {
                    0 => word.insert(at, letter),
                    1 if at < word.len() => word[at] = letter,
                    2 if at < word.len() => drop(word.remove(at)),
                    3 if at + 1 < word.len() => word.swap(at, at + 1),
                    _ => {}
                }
            }
            word.into_iter().collect()
        }
    }

    #[test]
    fn it_finds_what_measuring_every_name_finds() {
        let mut numbers = Numbers(0x5EED);
        let (mut near, mut far) = (0, 0);
        for round in 0..400 {
            // Few letters make near names, many make far ones; `İ` is longer without its capital, `Σ` ends in another letter.
            let letters: Vec<char> = ["ab", "abcdE-_ .", "aéÉeßİΣσς日-", "abcdefghijklmnopqrstuvwxyz0123456789-"]
                [round % 4]
                .chars()
                .collect();
            let most = [3, 8, 20, 40][round / 4 % 4];
            let known: Vec<String> = (0..numbers.below(20)).map(|_| numbers.word(&letters, most)).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let names = Near::among(known.iter().copied());
            for _ in 0..10 {
                let word = match known.get(numbers.below(known.len() * 2 + 1)) {
                    Some(known) => numbers.mistyped(known, &letters),
                    None => numbers.word(&letters, most),
                };
                let expected = nearest(&word, &known);
                *if expected.is_some() { &mut near } else { &mut far } += 1;
                assert_eq!(names.find(&word), expected, "{word:?} among {known:?}");
                assert_eq!(names.find(&word), expected, "{word:?}, once more");
            }
        }
        assert!(near > 1_000 && far > 1_000, "{near} near, {far} far");
    }
}
