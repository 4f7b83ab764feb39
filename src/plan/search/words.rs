//! Text -> words, as the index and the theme's `search.js` both take them: what one does, the other must do.
//!
//! A word is a run of letters and digits, small, without accents. An apostrophe is left out (`council's` is `councils`),
//! and so is a comma between digits (`300,000` is `300000`). Chinese and Japanese know no gaps: each sign is a word.

/// No word of a language is longer, in bytes; what is longer is an address or a sum.
const LONGEST: usize = 64;

/// Gives each word of the text, in order.
pub(super) fn each(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() && word.len() <= LONGEST {
            take(word);
        }
        word.clear();
    };
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'a'..='z' | '0'..='9' => word.push(letter),
            'A'..='Z' => word.push(letter.to_ascii_lowercase()),
            '\'' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}' => {}
            ',' if word.ends_with(|it: char| it.is_ascii_digit())
                && letters.peek().is_some_and(char::is_ascii_digit) => {}
            it if !it.is_alphanumeric() => end(&mut word),
            it if is_sign(it) => {
                end(&mut word);
                word.push(it);
                end(&mut word);
            }
            it => it.to_lowercase().for_each(|it| fold(it, &mut word)),
        }
    }
    end(&mut word);
}

/// Returns whether it is a word by itself: kana and Han.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Puts a small letter, without its accent, at the end of the word.
fn fold(letter: char, word: &mut String) {
    match letter {
        '\u{300}'..='\u{36f}' => {}
        'ς' => word.push('σ'),
        'ĸ' | 'ŉ' => word.push(letter),
        '\u{df}'..='\u{17f}' | '\u{218}'..='\u{21b}' | '\u{1e00}'..='\u{1e99}' | '\u{1ea0}'..='\u{1ef9}' => {
            word.push_str(&deunicode::deunicode_char(letter).unwrap_or_default().to_ascii_lowercase());
        }
        it => word.push(it),
    }
}

#[cfg(test)]
mod tests {
    /// What the text is, and its words with a space between. `tests/it/search.rs` gives the same to the script.
    #[test]
    fn words() {
        for line in include_str!("../../../tests/search/words.txt").lines() {
            let (text, expected) = line.split_once(" => ").expect("each line has ` => `");
            let mut words = Vec::new();
            super::each(text, |it| words.push(it.to_owned()));
            assert_eq!(words.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_no_word() {
        let mut count = 0;
        super::each(&format!("{} {}", "a".repeat(64), "b".repeat(65)), |_| count += 1);
        assert_eq!(count, 1);
    }
}
