//! Two sets of sources -> the files that differ.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use folio::model::source::Sources;

/// Returns the files that differ, in order. `told` are the paths that the system told of, `root` is the folder that they are in.
pub(super) fn changed(root: &Path, before: &Sources, after: &Sources, told: &BTreeSet<PathBuf>) -> Vec<String> {
    let mut all = BTreeSet::new();
    differing(&before.texts, &after.texts, &mut all);
    differing(&before.assets, &after.assets, &mut all);
    // The bytes of a picture are not here: one of the same size differs where the system says so.
    let told =
        told.iter().filter_map(|it| it.strip_prefix(root).ok()?.to_str().map(|it| it.replace(MAIN_SEPARATOR, "/")));
    all.extend(told.filter(|it| after.assets.contains_key(it.as_str())));
    all.into_iter().collect()
}

/// Adds the keys under which two maps differ, which are gone through side by side: most often they have the same keys.
fn differing<T: PartialEq>(before: &BTreeMap<Arc<str>, T>, after: &BTreeMap<Arc<str>, T>, all: &mut BTreeSet<String>) {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (Some((one, _)), Some((other, _))) if Arc::ptr_eq(one, other) => Ordering::Equal,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let one = if order.is_le() { before.next() } else { None };
        let other = if order.is_ge() { after.next() } else { None };
        if one.map(|it| it.1) != other.map(|it| it.1) {
            all.extend(one.or(other).map(|it| it.0.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use folio::model::source::Source;

    use super::*;

    #[test]
    fn what_differs_is_told_once_and_in_order() {
        let check = |before: &[(&str, &str)], after: &[(&str, &str)], expected: &[&str]| {
            let sources = |texts: &[(&str, &str)]| {
                let mut sources = Sources::default();
                texts.iter().for_each(|(path, text)| sources.add(Source::new(*path, text.as_bytes().to_vec())));
                sources
            };
            let found = changed(Path::new("."), &sources(before), &sources(after), &BTreeSet::new());
            assert_eq!(found, expected);
        };
        check(&[], &[], &[]);
        check(&[("a", "1"), ("b", "1")], &[("a", "1"), ("b", "1")], &[]);
        check(&[("a", "1"), ("b", "1")], &[("a", "1"), ("b", "2")], &["b"]);
        check(&[("b", "1")], &[("a", "1"), ("b", "1"), ("c", "1")], &["a", "c"]);
        check(&[("a", "1"), ("b", "1"), ("c", "1")], &[("b", "2")], &["a", "b", "c"]);
        check(&[("a", "1")], &[("b", "1")], &["a", "b"]);
    }
}
