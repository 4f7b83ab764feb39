//! A panic -> what it said, so that a fault of Folio's in one file does not end the work on all others.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use crate::model::diagnostic::{Diagnostic, Place};

/// What a panic said, and where: `src/read/date.rs:53:30: index out of bounds`.
#[derive(Debug)]
pub(crate) struct Panic(String);

/// A message may quote the whole text that it could not handle; so many characters of it are shown.
const SHOWN: usize = 200;

impl Panic {
    /// Returns the diagnostic of a panic during `work`, such as `reading this file`.
    pub(crate) fn diagnostic(&self, place: Option<Place>, work: &str) -> Diagnostic {
        let said: String = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = match said.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", said.get(..end).unwrap_or_default()),
            None => said,
        };
        Diagnostic::error("internal-error", place, format!("Folio failed at {work}: {said}")).help(
            "this is a fault of Folio's: please report it to those who make Folio, with this file and this message",
        )
    }
}

thread_local! {
    /// How many calls of [`caught`] this thread is in, and what the last panic within one said.
    static WITHIN: RefCell<(usize, Option<String>)> = const { RefCell::new((0, None)) };
}

/// Returns what `work` returns, or what it said when it panicked. Nothing is printed then.
///
/// # Errors
/// Where `work` panics. What it had begun to change must not be looked at again.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !note(info) {
                before(info);
            }
        }));
    });
    WITHIN.with_borrow_mut(|it| it.0 += 1);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let said = WITHIN.with_borrow_mut(|it| {
        it.0 -= 1;
        it.1.take()
    });
    result.map_err(|payload| Panic(said.unwrap_or_else(|| message(&*payload).to_owned())))
}

/// Keeps what a panic says, if this thread catches it. Returns whether it does.
fn note(info: &PanicHookInfo<'_>) -> bool {
    WITHIN.with_borrow_mut(|(depth, said)| {
        if *depth > 0 {
            let place = info.location().map_or_else(String::new, |it| format!("{it}: "));
            *said = Some(format!("{place}{}", message(info.payload())));
        }
        *depth > 0
    })
}

fn message(payload: &(dyn std::any::Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

/// Panics where a text asks for it, so that tests can see what becomes of a panic at `step`.
#[cfg(test)]
pub(crate) fn panic_at(step: &str, text: &str) {
    assert!(!text.contains(&format!("panic-at-{step}")), "asked to panic at {step}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::{Options, Trace};
    use crate::model::source::{Source, Sources};

    /// Builds and inspects all pages of a site with these files; returns what was told, as `path: message`.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let mut sources = Sources::default();
        let settings = "[site]\ntitle = \"A\"\nbase_url = \"https://www.example.org/\"\n";
        for (path, text) in [("site.toml", settings)].iter().chain(files) {
            sources.add(Source::new(*path, text.as_bytes().to_vec()));
        }
        crate::edge::embedded::civic(&mut sources);
        let now = "2024-02-01T12:00:00Z".parse().expect("is a moment");
        let options = Options { now, drafts: false, future: false, trace: Trace::All, forms: true, base_url: None };
        let opened = crate::open(&sources, "site.toml", options, &crate::Memo::default());
        let mut found = opened.diagnostics;
        for route in opened.value.routes() {
            let made = crate::make(&opened.value, route, &sources);
            if made.diagnostics.is_empty() {
                found.extend(crate::inspect(&opened.value, &made.value, &sources).diagnostics);
            }
            found.extend(made.diagnostics);
        }
        found.retain(|it| matches!(it.code, "internal-error" | "impossible-date"));
        found.iter().map(|it| format!("{}: {}", it.place.as_ref().map_or("", |it| &it.path), it.message)).collect()
    }

    #[test]
    fn a_panic_in_one_document_is_told_at_its_file_and_the_others_are_read() {
        let fine = "---\ntitle: A\ndate: 2024-01-01\nsummary: B.\n---\n\nSee [it](b.md).\n";
        let wrong = fine.replace("date: 2024", "date: 2024-99");
        for (step, work) in [("read", "reading this file"), ("make", "making `/"), ("inspect", "checking the page `/")]
        {
            let path = format!("content/posts/panic-at-{step}.md");
            let broken = fine.replace("See", &format!("panic-at-{step}"));
            let found = told(&[(&path, &broken), ("content/posts/b.md", fine), ("content/posts/c.md", &wrong)]);
            let [own, other] = &found[..] else { panic!("{step}: {found:#?}") };
            let (own, other) = if own.starts_with(&path) { (own, other) } else { (other, own) };
            assert!(own.starts_with(&format!("{path}: Folio failed at {work}")), "{own}");
            assert!(own.contains("src/caught.rs:") && own.ends_with(&format!("asked to panic at {step}")), "{own}");
            assert!(other.starts_with("content/posts/c.md: "), "{other}");
        }
    }

    #[test]
    fn what_a_panic_says_is_one_line_of_bounded_length() {
        let said = Panic(format!("a\n  b {}", "é".repeat(5000))).diagnostic(None, "reading this file").message;
        assert!(said.starts_with("Folio failed at reading this file: a b é") && said.ends_with("é…"), "{said}");
        assert!(said.chars().count() < 300, "{said}");
    }

    #[test]
    fn a_panic_becomes_a_value() {
        assert_eq!(caught(|| 1).expect("does not panic"), 1);
        let Panic(said) = caught(|| panic!("no {}", "luck")).map(|(): ()| ()).expect_err("panics");
        assert!(said.starts_with("src/caught.rs:") && said.ends_with(": no luck"), "{said}");
        let inner = caught(|| caught(|| panic!("inner")).map(|(): ()| ()).is_err());
        assert!(inner.expect("the inner one is caught"));
        let text = "é";
        let Panic(said) = caught(|| text.split_at(1).0.len()).expect_err("panics");
        assert!(said.contains("char boundary"), "{said}");
    }
}
