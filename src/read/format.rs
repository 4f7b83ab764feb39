//! Forms of text that can be checked: DOI, ISBN, ORCID and so on.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use crate::model::kind::Format;
use crate::model::portable;

/// Says what is wrong with a text that should have the form, with an example.
pub(crate) fn wrong(format: Format, text: &str) -> Option<Cow<'static, str>> {
    let (right, form) = match format {
        Format::Slug => (is_slug(text), "a slug: lower-case letters, digits and hyphens, such as `data-sharing`"),
        Format::Path => {
            let fault = portable::fault_of_address(text)?;
            return Some(format!("an address that a page can have, such as `/old/page/`: {fault}").into());
        }
        Format::Currency => {
            let right = text.len() == 3 && text.bytes().all(|it| it.is_ascii_uppercase());
            (right, "a currency of ISO 4217, such as `GBP`")
        }
        Format::Doi => (is_doi(text), "a DOI, such as `10.1234/abc`"),
        Format::Isbn => (is_isbn(text), "an ISBN with a right check digit, such as `978-0-306-40615-7`"),
        Format::Orcid => (is_orcid(text), "an ORCID iD with a right check digit, such as `0000-0002-1825-0097`"),
        Format::Gss => {
            let right = text.len() == 9
                && text.starts_with(|it: char| it.is_ascii_uppercase())
                && text.bytes().skip(1).all(|it| it.is_ascii_digit());
            (right, "a GSS code: a letter and eight digits, such as `E09000012`")
        }
        Format::Timezone => (TimeZone::get(text).is_ok(), "a time zone, such as `Europe/London`"),
        Format::Colour => (is_colour(text), "a colour, such as `#1d70b8`"),
    };
    (!right).then_some(form.into())
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-' || it == b'_' || it == b'.')
        && !text.starts_with('.')
        && portable::fault(text).is_none()
}

fn is_doi(text: &str) -> bool {
    let text = text.strip_prefix("https://doi.org/").unwrap_or(text);
    let Some((registrant, name)) = text.strip_prefix("10.").and_then(|it| it.split_once('/')) else { return false };
    registrant.len() >= 4
        && registrant.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        && !name.is_empty()
        && !name.contains(char::is_whitespace)
}

fn is_isbn(text: &str) -> bool {
    let digits: Vec<u32> = text
        .chars()
        .filter(|it| !matches!(it, '-' | ' '))
        .map(|it| if matches!(it, 'X' | 'x') { 10 } else { it.to_digit(10).unwrap_or(99) })
        .collect();
    match digits.len() {
        10 if digits[..9].iter().all(|it| *it < 10) => {
            digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 == 0
        }
        13 if digits.iter().all(|it| *it < 10) => {
            digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum::<u32>() % 10 == 0
        }
        _ => false,
    }
}

fn is_orcid(text: &str) -> bool {
    let text = text.strip_prefix("https://orcid.org/").unwrap_or(text);
    let digits: String = text.chars().filter(|it| *it != '-').collect();
    if text.len() != 19 || digits.len() != 16 || !digits.is_ascii() {
        return false;
    }
    let (body, check) = digits.split_at(15);
    let Some(sum) = body.chars().try_fold(0, |sum, it| Some((sum + it.to_digit(10)?) * 2)) else { return false };
    let expected = (12 - sum % 11) % 11;
    check == if expected == 10 { "X".to_owned() } else { expected.to_string() }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|it| matches!(it.len(), 3 | 6) && it.bytes().all(|it| it.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: Format, right: &[&str], not: &[&str]) {
        for text in right {
            assert_eq!(wrong(format, text), None, "{text}");
        }
        for text in not {
            assert!(wrong(format, text).is_some(), "{text}");
        }
    }

    #[test]
    fn each_form_takes_what_is_right_and_nothing_else() {
        check(Format::Slug, &["a-b", "071854", "v1.2"], &["", "A", "a b", "é", "-a", "../a", "con", "nul.old", "a."]);
        check(Format::Path, &["/a/", "a/b"], &["/a?b", "../a", "/a#b", "/*", "/.htaccess", "/aux/"]);
        check(Format::Currency, &["GBP"], &["gbp", "£"]);
        check(Format::Doi, &["10.1234/abc", "https://doi.org/10.1234/abc"], &["10.12/abc", "abc", "10.1234/"]);
        check(Format::Isbn, &["978-0-306-40615-7", "0-306-40615-2", "080442957X"], &["978-0-306-40615-8", "1", "é"]);
        check(Format::Orcid, &["0000-0002-1825-0097", "0000-0002-1694-233X"], &["0000-0002-1825-0098", "1"]);
        check(Format::Gss, &["E09000012"], &["E0900001", "e09000012"]);
        check(Format::Timezone, &["Europe/London"], &["London"]);
        check(Format::Colour, &["#fff", "#1d70b8"], &["red", "#ff"]);
    }
}
