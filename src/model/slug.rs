//! Names that stand in addresses.

/// Returns the text as a part of an address: lower-case ASCII letters and digits, all else single hyphens, none at the
/// ends. Letters with a known transliteration keep it; apostrophes are left out.
///
/// Where nothing is left: `untitled`.
pub fn slug(text: &str) -> String {
    let slug = plain(text);
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

/// Returns the same as [`slug`]; where nothing is left, nothing.
pub fn plain(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut push = |letter: char| match letter {
        it if it.is_ascii_alphanumeric() => slug.push(it.to_ascii_lowercase()),
        '\'' => {}
        _ if slug.is_empty() || slug.ends_with('-') => {}
        _ => slug.push('-'),
    };
    match text.is_ascii() {
        true => text.chars().for_each(&mut push),
        false => deunicode::deunicode(text).chars().for_each(&mut push),
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        let check = |text: &str, expected: &str| assert_eq!(slug(text), expected);
        check("Évaluation finale", "evaluation-finale");
        check("  What's new? (2024)  ", "whats-new-2024");
        check("Straße", "strasse");
        check("---", "untitled");
        check("東京", "dong-jing");
        check("Die Größe \u{2013} Straße’s Öl", "die-grosse-strasses-ol");
        check("a--b__c", "a-b-c");
        assert_eq!(plain("???"), "");
    }
}
