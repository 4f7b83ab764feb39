//! Names that settings hold: languages, licences, time zones; and what was meant by a wrong one.

use crate::model::diagnostic::near_miss;

use super::document::LANGUAGES;
use super::fields;

/// What people write for a language instead of its tag.
const SPOKEN: [(&str, &str); 31] = [
    ("english", "en-GB"),
    ("british english", "en-GB"),
    ("uk", "en-GB"),
    ("gb", "en-GB"),
    ("us", "en-US"),
    ("american english", "en-US"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("irish", "ga"),
    ("gaeilge", "ga"),
    ("gaelic", "gd"),
    ("scottish gaelic", "gd"),
    ("french", "fr"),
    ("francais", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("spanish", "es"),
    ("portuguese", "pt"),
    ("italian", "it"),
    ("dutch", "nl"),
    ("polish", "pl"),
    ("romanian", "ro"),
    ("turkish", "tr"),
    ("arabic", "ar"),
    ("urdu", "ur"),
    ("bengali", "bn"),
    ("punjabi", "pa"),
    ("gujarati", "gu"),
    ("somali", "so"),
    ("chinese", "zh"),
    ("ukrainian", "uk"),
];

/// Licences under which public bodies publish, by their SPDX names.
const LICENCES: [&str; 13] = [
    "OGL-UK-3.0",
    "OGL-UK-2.0",
    "OGL-UK-1.0",
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
    "ODbL-1.0",
    "MIT",
    "Apache-2.0",
];

/// Returns `None` where a language tag is right, or else what may have been meant.
pub(super) fn wrong_language(written: &str) -> Option<Option<String>> {
    if is_language(written) {
        return None;
    }
    let plain = written.trim().to_lowercase();
    let spoken = |name: &str| SPOKEN.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    let dashed = written.trim().replace(['_', ' '], "-");
    let near = || near_miss(&plain, SPOKEN.iter().map(|it| it.0).filter(|it| it.len() > 2)).and_then(spoken);
    Some(spoken(&plain).or_else(|| Some(dashed).filter(|it| is_language(it))).or_else(near))
}

/// Returns whether a tag has the form of BCP 47, and names a language of ISO 639-1 where it has two letters.
fn is_language(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    let is_known = language.len() != 2 || LANGUAGES.split_whitespace().any(|it| it.eq_ignore_ascii_case(language));
    is_known && fields::is_language(tag)
}

/// Returns `None` where a licence has the form of an SPDX name, or else what may have been meant.
pub(super) fn wrong_licence(written: &str) -> Option<Option<&'static str>> {
    let plain = written.trim().to_uppercase().replace([' ', '_'], "-");
    if LICENCES.contains(&written) || is_creative_commons(written) {
        return None;
    }
    let is_meant = plain.starts_with("OGL") || plain.contains("OPEN-GOVERNMENT") || plain.starts_with("CC");
    if !is_meant && !written.contains(char::is_whitespace) && !written.is_empty() {
        return None;
    }
    let same = LICENCES.iter().find(|it| it.to_uppercase() == plain).copied();
    let is_ogl = plain.starts_with("OGL") || plain.contains("OPEN-GOVERNMENT");
    let ogl = || LICENCES.iter().take(3).rev().find(|it| plain.ends_with(&it[7..])).copied().unwrap_or("OGL-UK-3.0");
    let latest = || LICENCES.iter().find(|it| it.strip_suffix("-4.0") == Some(&plain)).copied();
    let meant = || if is_ogl { Some(ogl()) } else { latest().or_else(|| near_miss(&plain, LICENCES)) };
    Some(same.or_else(meant))
}

/// Returns whether a name is one of those of Creative Commons, of any version and country: `CC-BY-3.0-AU`.
fn is_creative_commons(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("CC-") else { return name == "CC0-1.0" };
    let mut parts = rest.split('-').skip_while(|it| matches!(*it, "BY" | "NC" | "SA" | "ND"));
    let is_version = parts.next().is_some_and(|it| matches!(it, "1.0" | "2.0" | "2.5" | "3.0" | "4.0"));
    rest.starts_with("BY")
        && is_version
        && parts.all(|it| it.len() <= 3 && it.bytes().all(|it| it.is_ascii_uppercase()))
}

/// Returns the time zone that may have been meant: by its city, by an abbreviation, or by a slip.
pub(super) fn timezone(written: &str) -> Option<String> {
    let plain = written.trim().to_lowercase().replace(' ', "_");
    if matches!(
        plain.as_str(),
        "bst" | "gmt/bst" | "uk" | "england" | "wales" | "scotland" | "gb_time" | "british_time"
    ) {
        return Some("Europe/London".to_owned());
    }
    let names: Vec<String> = jiff::tz::db().available().map(|it| it.as_str().to_owned()).collect();
    let of_city =
        names.iter().find(|it| it.to_lowercase() == plain || it.to_lowercase().ends_with(&format!("/{plain}")));
    let near = || near_miss(written, names.iter().map(|it| &**it)).map(str::to_owned);
    of_city.cloned().or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for right in ["en-GB", "cy", "en", "ar", "zh-Hant", "gla", "es-419"] {
            assert_eq!(wrong_language(right), None, "{right}");
        }
        for (wrong, meant) in [
            ("English", Some("en-GB")),
            ("en_GB", Some("en-GB")),
            ("Welsh", Some("cy")),
            ("Cymraeg", Some("cy")),
            ("gb", Some("en-GB")),
            ("Englsh", Some("en-GB")),
            ("pt BR", Some("pt-BR")),
            ("xx-YY", None),
            ("", None),
        ] {
            assert_eq!(wrong_language(wrong), Some(meant.map(str::to_owned)), "{wrong}");
        }
    }

    #[test]
    fn licences() {
        for right in ["OGL-UK-3.0", "CC-BY-4.0", "CC-BY-3.0-AU", "CC-BY-NC-SA-2.5", "CC0-1.0", "EUPL-1.2", "MIT"] {
            assert_eq!(wrong_licence(right), None, "{right}");
        }
        for (wrong, meant) in [
            ("OGL 3.0", Some("OGL-UK-3.0")),
            ("OGL", Some("OGL-UK-3.0")),
            ("ogl-uk-3.0", Some("OGL-UK-3.0")),
            ("Open Government Licence v2.0", Some("OGL-UK-2.0")),
            ("CC BY 4.0", Some("CC-BY-4.0")),
            ("CC-BY", Some("CC-BY-4.0")),
            ("cc0-1.0", Some("CC0-1.0")),
            ("All rights reserved", None),
            ("", None),
        ] {
            assert_eq!(wrong_licence(wrong), Some(meant), "{wrong}");
        }
    }

    #[test]
    fn time_zones() {
        for (wrong, meant) in [
            ("London", Some("Europe/London")),
            ("BST", Some("Europe/London")),
            ("Europe/Londn", Some("Europe/London")),
            ("europe/london", Some("Europe/London")),
            ("New York", Some("America/New_York")),
            ("Neverland", None),
        ] {
            assert_eq!(timezone(wrong).as_deref(), meant, "{wrong}");
        }
    }
}
