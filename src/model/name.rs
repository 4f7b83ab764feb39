//! Names, as numbers.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use icu_normalizer::ComposingNormalizerBorrowed;

/// A text as a number that no other text has: to be compared and looked up without going to where the text is. Of thousands of
/// documents, each such walk is a wait for the memory.
///
/// The first 128 bits of BLAKE3: nobody has found two texts that share them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(u64, u64);

impl Name {
    /// Returns the name of a text.
    pub fn of(text: &str) -> Name {
        let hash = *blake3::hash(text.as_bytes()).as_bytes();
        let half = |from: usize| hash[from..from + 8].iter().fold(0, |half, byte| half << 8 | u64::from(*byte));
        Name(half(0), half(8))
    }
}

impl Name {
    /// Returns the name of a path, the same however its accents are written.
    pub fn of_path(path: &str) -> Name {
        Name::of(&nfc(path))
    }
}

/// Returns a path with each letter and its accents as one character, where there is one (Unicode UAX #15, form C). Macs take names
/// apart, and editors write them whole; to the eye they are the same.
pub fn nfc(path: &str) -> Cow<'_, str> {
    match path.is_ascii() {
        true => Cow::Borrowed(path),
        false => ComposingNormalizerBorrowed::new_nfc().normalize(path),
    }
}

/// Values by name.
pub type ByName<V> = HashMap<Name, V, BuildHasherDefault<Bits>>;

/// A hasher for names, which are as good as random.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bits(u64);

impl Hasher for Bits {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, bits: u64) {
        self.0 ^= bits;
    }
}

#[cfg(test)]
mod tests {
    use super::{ByName, Name, nfc};

    #[test]
    fn accents_are_written_in_one_way() {
        assert_eq!(nfc("u\u{308}ber/cafe\u{301}.md"), "über/café.md");
        assert_eq!(nfc("über"), "über");
        assert_eq!(Name::of_path("e\u{301}"), Name::of_path("é"));
    }

    #[test]
    fn texts_and_names_are_the_same() {
        let texts: Vec<String> = (0..10_000).map(|it| format!("content/posts/{it}.md")).collect();
        let names: ByName<usize> = texts.iter().enumerate().map(|(at, it)| (Name::of(it), at)).collect();
        assert_eq!(names.len(), texts.len());
        assert!(texts.iter().enumerate().all(|(at, it)| names.get(&Name::of(it)) == Some(&at)));
        assert_eq!(names.get(&Name::of("content/posts/10000.md")), None);
    }
}
