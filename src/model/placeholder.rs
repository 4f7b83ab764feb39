//! The words that stand in a new site or a new document until somebody writes what belongs there. The rule `placeholder` knows
//! them from here, so that what Folio writes itself can't be published by mistake.

use super::kind::Field;

/// The text of a new document.
pub const TEXT: &str = "Write here.";

/// Who somebody is.
pub const NAME: &str = "Name of the organisation";

/// An address of the web.
pub const URL: &str = "https://www.example.org/";

/// An address for e-mail.
pub const EMAIL: &str = "team@example.org";

/// What stands in the pages of a new site (`edge/scaffold/site`), besides those above.
pub const PAGES: [&str; 2] = ["Say here who you are", "Replace this text with yours"];

/// Returns the words that are replaced wherever they stand.
pub fn words() -> impl Iterator<Item = &'static str> {
    [TEXT, NAME].into_iter().chain(PAGES)
}

/// Returns the text of a field in a new document: what the field is for, as a sentence.
pub fn of_field(field: &Field) -> String {
    format!("{}.", field.help.trim_end_matches('.'))
}

/// Returns the host of an address that is meant for examples, and leads to nobody's site (RFC 2606, section 3).
pub fn example_host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    let is_of = |name: &str| host.strip_suffix(name).is_some_and(|it| it.is_empty() || it.ends_with('.'));
    let is_example = ["example.org", "example.com", "example.net", "example", "invalid", "test"].into_iter().any(is_of);
    is_example.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::example_host;

    #[test]
    fn hosts_of_examples_are_known() {
        for address in
            ["https://www.example.org/", "https://example.com", "http://a.b.example.net:80/x/", "https://our.example/"]
        {
            assert!(example_host(address).is_some(), "{address}");
        }
        for address in
            ["https://www.council.gov.uk/", "https://myexample.org/", "https://example.org.uk/", "https://latest/"]
        {
            assert_eq!(example_host(address), None, "{address}");
        }
    }
}
