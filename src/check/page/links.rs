//! Links: what they say, and where they lead.

use std::collections::BTreeMap;

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::host;
use crate::model::page::Seen;
use crate::model::web::Answer;

fn links<'p, 'a: 'p>(page: &'p Page<'a>) -> impl Iterator<Item = (Element<'a>, &'a str)> + 'p {
    page.named("a").filter_map(|it| Some((it, it.attribute("href")?)))
}

/// A link without a name (axe `link-name`; WCAG 2.2, 2.4.4 and 4.1.2).
pub(super) fn empty(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for (link, address) in links(page).filter(|it| !it.0.is_within_hidden()) {
        if link.accessible_name().is_empty() && link.attribute("aria-labelledby").is_none() {
            let message = format!("the link to `{address}` has no text");
            let help = "write where it leads between the brackets: `[our report](report.pdf)`";
            found.push(page.fault(Severity::Error, "empty-link", link, message).help(help));
        }
    }
}

/// A link whose text does not say where it leads (GOV.UK content design, links; WCAG 2.2, 2.4.4).
pub(super) fn vague(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let words = page.checks().texts("vague-link", "words");
    for (link, _) in links(page) {
        let text = link.text();
        let plain = text.to_lowercase();
        let plain = plain.trim_matches(|it: char| !it.is_alphanumeric());
        if words.iter().any(|it| it.to_lowercase() == plain) && link.attribute("aria-label").is_none() {
            let message = format!("`{text}` does not say where the link leads");
            let help = "make a link of the words that name the page: `[the evaluation of 2023](…)`";
            found.push(page.fault_in(Severity::Warning, "vague-link", link, &text, message).help(help));
        }
    }
}

/// An address as the text of a link (GOV.UK content design, links).
pub(super) fn address_as_text(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for link in page.prose().filter(|it| it.name() == "a" && it.attribute("href").is_some()) {
        let text = link.text();
        if ["http://", "https://", "www."].iter().any(|it| text.starts_with(it)) && !text.contains(' ') {
            let message = "the text of this link is an address, which is read out letter by letter".to_owned();
            let help = "write the name of the page instead: `[its name](address)`";
            found.push(page.fault_in(Severity::Warning, "address-as-text", link, &text, message).help(help));
        }
    }
}

/// Two links with one text and two targets (axe `identical-links-same-purpose`; WCAG 2.2, 2.4.9).
pub(super) fn same_text(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    // A place on the other page is the same page.
    let page_of = |it: &'_ str| it.split('#').next().filter(|it| !it.is_empty()).map_or(it.len(), str::len);
    let mut targets: BTreeMap<String, &str> = BTreeMap::new();
    for link in page.prose().filter(|it| it.name() == "a") {
        let (text, Some(address)) = (link.accessible_name().to_lowercase(), link.attribute("href")) else { continue };
        // The numbers of notes are links of their own sort.
        if text.is_empty() || link.attribute("role").is_some_and(|it| it.starts_with("doc-")) {
            continue;
        }
        let address = &address[..page_of(address)];
        let first = *targets.entry(text.clone()).or_insert(address);
        if first != address {
            let written = link.text();
            let message = format!("another link of this page is named `{written}` too, and leads to `{first}`");
            let help = "say in each of them what is there";
            found.push(page.fault_in(Severity::Advice, "same-text-links", link, &written, message).help(help));
        }
    }
}

/// A link that opens a new tab without a word (GOV.UK Design System, links; WCAG technique G201).
pub(super) fn new_tab(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for (link, _) in links(page).filter(|it| it.0.attribute("target") == Some("_blank")) {
        let name = link.accessible_name().to_lowercase();
        if !["new tab", "new window"].iter().any(|it| name.contains(it)) {
            let message = "this link opens a new tab, and does not say so".to_owned();
            let help = "take `target` out, or add `(opens in new tab)` to its text";
            found.push(page.fault(Severity::Warning, "new-tab-link", link, message).help(help));
        }
    }
}

/// A link over a connection that anybody can read and change (W3C, Secure Contexts; GOV.UK service manual, HTTPS).
pub(super) fn insecure(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for link in page.prose().filter(|it| it.name() == "a") {
        let Some(address) = link.attribute("href").filter(|it| it.starts_with("http://")) else { continue };
        if host::is_private(host::of(address)) {
            continue;
        }
        let message = format!("`{address}` is asked for without encryption");
        let help = format!("try `https{}`: most sites have it", &address["http".len()..]);
        found.push(page.fault_in(Severity::Warning, "insecure-link", link, address, message).help(help));
    }
}

/// A link that works only for whoever wrote it (Whitehall, checks of internal paths).
pub(super) fn private(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let words = page.checks().texts("private-link", "words");
    for link in page.prose().filter(|it| it.name() == "a") {
        let Some(address) = link.attribute("href") else { continue };
        let is_outside = address.starts_with("http://") || address.starts_with("https://");
        let named = words.iter().find(|it| is_outside && address.contains(it.as_str()));
        if is_outside && host::is_private(host::of(address)) || named.is_some() {
            // What is shared with everybody has the same sort of address as what is not.
            let is_sure = named.is_none();
            let (severity, message) = match is_sure {
                true => (Severity::Error, format!("`{address}` can't be opened by readers")),
                false => (Severity::Advice, format!("`{address}` may be open to colleagues only")),
            };
            let help = match is_sure {
                true => "link to the page as the public sees it",
                false => "open it where you are not signed in; if readers can't, put the file beside the page",
            };
            found.push(page.fault_in(severity, "private-link", link, address, message).help(help));
        }
    }
}

/// Returns the links to other sites, with where they are written.
pub(super) fn outside(page: &Page<'_>) -> Vec<(Box<str>, Option<Place>)> {
    let origin = &*page.site.config.origin;
    let outside = links(page).filter(|(_, address)| {
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        is_web && !address.starts_with(origin) && !host::is_private(host::of(address))
    });
    outside.map(|(link, address)| (address.into(), link.place().map(|it| page.narrow(it, address)))).collect()
}

/// Says what is wrong with the links to other sites, by what was answered.
pub(in crate::check) fn answered(seen: &[Seen], answers: &BTreeMap<String, Answer>) -> Vec<Diagnostic> {
    let links = seen.iter().flat_map(|it| &it.outside);
    links.filter_map(|(address, place)| fault(address, place.clone(), answers.get(&**address)?)).collect()
}

fn fault(address: &str, place: Option<Place>, answer: &Answer) -> Option<Diagnostic> {
    let (severity, code, message, help) = match answer {
        Answer::Fine => return None,
        Answer::Gone(why) => {
            let help = "find where it is now, link to a copy at web.archive.org, or take the link out".to_owned();
            (Severity::Warning, "dead-link", format!("`{address}` leads nowhere: {why}"), help)
        }
        Answer::Moved(to) => {
            (Severity::Advice, "moved-link", format!("`{address}` has moved for good"), format!("write `{to}`"))
        }
        Answer::Unclear(why) => {
            let help = "open it yourself, and look whether it is there".to_owned();
            (Severity::Advice, "unclear-link", format!("nobody can say what is at `{address}`: {why}"), help)
        }
    };
    Some(Diagnostic::new(severity, code, place, message).help(help))
}
