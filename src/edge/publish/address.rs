//! Path -> fault: what cannot be the path of a file in the output.

use super::MANIFEST;
use super::staging::STAGING;

/// The longest name of a file that file systems allow, in bytes.
const LONGEST_NAME: usize = 255;

/// Returns why no output can have this path.
///
/// Also the paths of a manifest are looked at, which anybody may have written: none may lead out of the folder.
pub(super) fn fault(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    if parts.clone().any(|it| it.is_empty() || it == "." || it == "..") || path.contains(['\\', '\0']) {
        return Some("it is not a path within the output".to_owned());
    }
    if path.eq_ignore_ascii_case(MANIFEST) {
        return Some("that name is kept for the list of all files (a web app's may be `site.webmanifest`)".to_owned());
    }
    if parts.clone().next().is_some_and(|it| it.eq_ignore_ascii_case(STAGING)) {
        return Some("that name is kept for the work of Folio".to_owned());
    }
    let long = parts.find(|it| it.len() > LONGEST_NAME)?;
    Some(format!("a name has {} bytes, and file systems allow {LONGEST_NAME}", long.len()))
}

/// Returns the folders that a path is in, the innermost first.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |it| it.rsplit_once('/').map(|(folder, _)| folder)).skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        let fault = fault(path);
        assert_eq!(fault.is_some(), expected.is_some(), "{path}: {fault:?}");
        assert!(fault.unwrap_or_default().contains(expected.unwrap_or_default()), "{path}");
    }

    #[test]
    fn paths() {
        for path in ["index.html", "blog/a/index.html", ".well-known/security.txt", "a/manifest.json", "..a/b..", "é"]
        {
            check(path, None);
        }
        for path in ["", "/etc", "../a", "a/../../b", "a//b", "a/", "./a", "a\\b", "a\0"] {
            check(path, Some("not a path"));
        }
        check("manifest.json", Some("site.webmanifest"));
        check("Manifest.JSON", Some("site.webmanifest"));
        check(".folio-staging/files/a", Some("work of Folio"));
        check(&format!("a/{}", "é".repeat(127)), None);
        check(&format!("a/{}/b", "é".repeat(128)), Some("256 bytes"));
    }

    #[test]
    fn folders_of_a_path() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(folders("a").count(), 0);
    }
}
