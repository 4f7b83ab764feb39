//! Output -> Diagnostic*: the rules for finished pages. They see a page as a browser does, and tell where it was written.
//!
//! A page is dearer to parse than to make, so these rules run in `folio check`, not in every build.

mod aria;
mod documents;
mod dom;
mod forms;
mod headings;
mod images;
mod landmarks;
mod language;
mod law;
mod links;
mod lists;
mod media;
mod privacy;
mod tables;
mod text;
mod titles;
mod weight;
mod words;

use std::collections::BTreeMap;

use crate::model::config::Checks;
use crate::model::diagnostic::{At, Diagnostic, Place, Severity};
use crate::model::mail::Form;
use crate::model::page::{Output, Seen};
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::{Sources, Span};
use crate::model::trace;
use crate::model::web::Answer;

use dom::{Dom, Element};

/// A rule on finished pages.
struct PageRule {
    code: &'static str,
    check: fn(&Page<'_>, &mut Vec<Diagnostic>),
}

/// Every rule. A new one is its line here, its function in a file of this folder, and its file in `src/rules/`.
const RULES: &[PageRule] = &[
    PageRule { code: "empty-link", check: links::empty },
    PageRule { code: "vague-link", check: links::vague },
    PageRule { code: "address-as-text", check: links::address_as_text },
    PageRule { code: "same-text-links", check: links::same_text },
    PageRule { code: "new-tab-link", check: links::new_tab },
    PageRule { code: "insecure-link", check: links::insecure },
    PageRule { code: "private-link", check: links::private },
    PageRule { code: "missing-alt", check: images::missing_alt },
    PageRule { code: "empty-alt", check: images::empty_alt },
    PageRule { code: "weak-alt", check: images::weak_alt },
    PageRule { code: "skipped-heading", check: headings::skipped },
    PageRule { code: "several-h1", check: headings::several_h1 },
    PageRule { code: "bold-heading", check: headings::bold },
    PageRule { code: "table-without-headers", check: tables::without_headers },
    PageRule { code: "empty-table-header", check: tables::empty_header },
    PageRule { code: "header-without-data", check: tables::header_without_data },
    PageRule { code: "layout-table", check: tables::layout },
    PageRule { code: "frame-without-title", check: media::frame_without_title },
    PageRule { code: "video-without-captions", check: media::without_captions },
    PageRule { code: "media-without-transcript", check: media::without_transcript },
    PageRule { code: "autoplay", check: media::autoplay },
    PageRule { code: "missing-language", check: language::missing },
    PageRule { code: "wrong-language", check: language::wrong },
    PageRule { code: "missing-title", check: titles::missing },
    PageRule { code: "missing-landmark", check: landmarks::missing },
    PageRule { code: "same-landmarks", check: landmarks::same },
    PageRule { code: "missing-skip-link", check: landmarks::skip_link },
    PageRule { code: "outside-landmarks", check: landmarks::outside },
    PageRule { code: "repeated-id", check: aria::repeated_id },
    PageRule { code: "broken-id-reference", check: aria::broken_reference },
    PageRule { code: "wrong-role", check: aria::wrong_role },
    PageRule { code: "wrong-aria", check: aria::wrong_attribute },
    PageRule { code: "hidden-focus", check: aria::hidden_focus },
    PageRule { code: "positive-tabindex", check: aria::positive_tabindex },
    PageRule { code: "nested-controls", check: aria::nested_controls },
    PageRule { code: "field-without-label", check: forms::field_without_label },
    PageRule { code: "button-without-name", check: forms::button_without_name },
    PageRule { code: "broken-list", check: lists::broken },
    PageRule { code: "timed-refresh", check: media::timed_refresh },
    PageRule { code: "blocked-zoom", check: media::blocked_zoom },
    PageRule { code: "symbols-only", check: text::symbols_only },
    PageRule { code: "all-capitals", check: text::all_capitals },
    PageRule { code: "third-party-request", check: privacy::third_party },
    PageRule { code: "browser-storage", check: privacy::storage },
    PageRule { code: "heavy-page", check: weight::heavy },
    PageRule { code: "picture-without-size", check: weight::without_size },
    PageRule { code: "unclear-date", check: words::dates },
    PageRule { code: "short-amount", check: words::amounts },
    PageRule { code: "long-sentences", check: words::long_sentences },
    PageRule { code: "avoided-word", check: words::avoided },
    PageRule { code: "unexplained-acronym", check: words::acronyms },
    PageRule { code: "long-title", check: documents::long_title },
    PageRule { code: "long-subject", check: documents::long_subject },
    PageRule { code: "missing-preheader", check: documents::missing_preheader },
    PageRule { code: "title-with-stop", check: documents::title_with_stop },
    PageRule { code: "missing-summary", check: documents::missing_summary },
    PageRule { code: "weak-summary", check: documents::weak_summary },
    PageRule { code: "placeholder", check: documents::placeholder },
    PageRule { code: "thin-figure", check: documents::thin_figure },
    PageRule { code: "loose-figure", check: documents::loose_figure },
    PageRule { code: "overdue", check: documents::overdue },
    PageRule { code: "broken-history", check: documents::broken_history },
    PageRule { code: "misfit", check: documents::misfit },
    PageRule { code: "missing-section", check: documents::missing_section },
    PageRule { code: "pdf-only", check: documents::pdf_only },
    PageRule { code: "near-component", check: documents::near_component },
    PageRule { code: "unlinked-statement", check: law::unlinked_statement },
    PageRule { code: "old-statement", check: law::old_statement },
    PageRule { code: "missing-privacy-page", check: law::missing_privacy_page },
    PageRule { code: "missing-licence", check: law::missing_licence },
];

/// Those that hold for a letter as well. What else is wrong with what it says is told of the page of the issue.
const IN_LETTERS: [&str; 14] = [
    "empty-link",
    "missing-alt",
    "empty-alt",
    "weak-alt",
    "skipped-heading",
    "several-h1",
    "table-without-headers",
    "empty-table-header",
    "missing-language",
    "wrong-language",
    "missing-title",
    "repeated-id",
    "broken-id-reference",
    "wrong-role",
];

/// A finished page and what it was made from.
struct Page<'a> {
    route: &'a Route,
    site: &'a Site,
    sources: &'a Sources,
    /// The page as it is published, in bytes.
    size: usize,
    elements: Vec<Element<'a>>,
}

/// Looks at a page that was made with [`crate::model::config::Options::trace`].
pub(crate) fn page(site: &Site, sources: &Sources, route: &Route, html: &[u8]) -> (Vec<Diagnostic>, Option<Seen>) {
    let Ok(text) = str::from_utf8(html) else { return (Vec::new(), None) };
    let dom = Dom::of(text);
    let size = trace::strip(html).len();
    let page = Page { route, site, sources, size, elements: dom.elements() };
    // What leads on to another page at once is for machines.
    if page.leads_on() && page.named("main").next().is_none() {
        return (Vec::new(), None);
    }
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|it| !page.checks().is_off(it.code)) {
        (rule.check)(&page, &mut found);
    }
    (found, titles::seen(&page))
}

/// Looks at a form of an issue for e-mail as at a page; of its HTML forms, which differ in what a service fills in, at one.
pub(crate) fn letter(site: &Site, sources: &Sources, output: &Output, html: &[u8]) -> Vec<Diagnostic> {
    let is_email = output.form.as_ref().is_some_and(|it| it.form == Form::Email);
    let Some(text) = str::from_utf8(html).ok().filter(|_| is_email) else { return Vec::new() };
    let dom = Dom::of(text);
    let page = Page { route: &output.route, site, sources, size: html.len(), elements: dom.elements() };
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|it| IN_LETTERS.contains(&it.code) && !page.checks().is_off(it.code)) {
        (rule.check)(&page, &mut found);
    }
    found
}

/// Looks at what is known of all pages together.
pub(crate) fn pages(site: &Site, seen: &[Seen]) -> Vec<Diagnostic> {
    let checks = &site.config.checks;
    let mut found = Vec::new();
    if !checks.is_off("orphan-page") {
        found.extend(titles::orphans(site, seen));
    }
    if !checks.is_off("future-date") {
        found.extend(documents::future_date(site));
    }
    if !checks.is_off("example-address") {
        found.extend(documents::example_address(site));
    }
    if !checks.is_off("missing-statement") {
        found.extend(law::missing_statement(site));
    }
    if !checks.is_off("duplicate-title") {
        found.extend(titles::duplicates(seen));
    }
    found
}

/// Looks at what was answered by the sites that pages link to.
pub(crate) fn web(seen: &[Seen], answers: &BTreeMap<String, Answer>) -> Vec<Diagnostic> {
    links::answered(seen, answers)
}

/// Looks at a style sheet or a script that the site brings.
pub(crate) fn code(path: &str, text: &str) -> Vec<Diagnostic> {
    privacy::code(path, text)
}

impl<'a> Page<'a> {
    fn checks(&self) -> &Checks {
        &self.site.config.checks
    }

    fn elements(&self) -> impl Iterator<Item = Element<'a>> + '_ {
        self.elements.iter().copied()
    }

    fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Element<'a>> + 's {
        self.elements().filter(move |it| it.name() == name)
    }

    /// Returns whether browsers go on from here to another page.
    fn leads_on(&self) -> bool {
        self.named("meta").any(|it| it.attribute("http-equiv").is_some_and(|it| it.eq_ignore_ascii_case("refresh")))
    }

    /// Returns the elements by id; of several with one id the first.
    fn ids(&self) -> BTreeMap<&'a str, Element<'a>> {
        let mut ids = BTreeMap::new();
        for element in self.elements() {
            if let Some(id) = element.attribute("id") {
                ids.entry(id).or_insert(element);
            }
        }
        ids
    }

    /// Returns the elements of the main content that a document wrote, not the theme.
    fn prose(&self) -> impl Iterator<Item = Element<'a>> + '_ {
        self.elements().filter(|it| it.place().is_some_and(|it| it.path.starts_with("content/")))
    }

    /// Returns a fault at an element.
    fn fault(&self, severity: Severity, code: &'static str, element: Element<'_>, message: String) -> Diagnostic {
        self.fault_at(severity, code, element, element.place(), message)
    }

    /// Returns a fault at `phrase` within an element; at the whole element, where the source writes it otherwise.
    fn fault_in(
        &self,
        severity: Severity,
        code: &'static str,
        element: Element<'_>,
        phrase: &str,
        message: String,
    ) -> Diagnostic {
        let place = element.place().map(|it| self.narrow(it, phrase));
        self.fault_at(severity, code, element, place, message)
    }

    fn fault_at(
        &self,
        severity: Severity,
        code: &'static str,
        element: Element<'_>,
        place: Option<Place>,
        message: String,
    ) -> Diagnostic {
        let is_content = place.as_ref().is_some_and(|it| it.path.starts_with("content/"));
        let diagnostic = Diagnostic::new(severity, code, place, message);
        match element.used_at().filter(|_| !is_content) {
            Some(used) => diagnostic.see(used, "it is used here"),
            None => diagnostic,
        }
    }

    /// Returns the place of `phrase` within a place.
    fn narrow(&self, place: Place, phrase: &str) -> Place {
        let At::Span(span) = place.at else { return place };
        let text = self.sources.texts.get(&place.path).and_then(|it| it.text.get(span.start..span.end));
        match text.and_then(|it| it.find(phrase)).filter(|_| !phrase.is_empty()) {
            Some(at) => Place::new(&place.path, Span::new(at, at + phrase.len()).after(span.start)),
            None => place,
        }
    }
}
