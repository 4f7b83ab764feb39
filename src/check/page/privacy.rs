//! No request to a third party, nothing kept on the reader's machine: then no banner is needed (Privacy and Electronic
//! Communications Regulations 2003, regulation 6).

use super::dom::Element;
use super::{Page, Severity};
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::Span;

/// What a browser asks for by itself, element by element.
fn requests(element: Element<'_>) -> Vec<&str> {
    let attribute = |name: &str| element.attribute(name).into_iter();
    let set = |name: &str| {
        let sources = element.attribute(name).unwrap_or_default().split(',');
        sources.filter_map(|it| it.split_whitespace().next()).collect::<Vec<_>>()
    };
    match element.name() {
        "img" | "source" => attribute("src").chain(set("srcset")).collect(),
        "script" | "iframe" | "embed" | "audio" | "track" | "input" => attribute("src").collect(),
        "video" => attribute("src").chain(attribute("poster")).collect(),
        "object" => attribute("data").collect(),
        "link" => {
            const ASKED: [&str; 9] = [
                "stylesheet",
                "icon",
                "preload",
                "modulepreload",
                "prefetch",
                "dns-prefetch",
                "preconnect",
                "manifest",
                "apple-touch-icon",
            ];
            let relations = element.attribute("rel").unwrap_or_default().to_lowercase();
            match relations.split_whitespace().any(|it| ASKED.contains(&it)) {
                true => attribute("href").collect(),
                false => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Returns whether an address leads to another host.
fn is_foreign(address: &str, origin: &str) -> bool {
    let address = address.trim();
    let lower = address.to_lowercase();
    let has_host = lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//");
    let own = address.strip_prefix(origin).is_some_and(|it| it.is_empty() || it.starts_with('/'));
    has_host && !own
}

/// A page that asks another host for something.
pub(super) fn third_party(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    let origin = &*page.site.config.origin;
    for element in page.elements() {
        let styles = element.attribute("style").into_iter().flat_map(addresses_in_css);
        let sheet = (element.name() == "style").then(|| element.own_texts().flat_map(addresses_in_css));
        let asked = requests(element).into_iter().chain(styles).chain(sheet.into_iter().flatten());
        for address in asked.filter(|it| is_foreign(it, origin)) {
            // A picture of Markdown was told when the site was gathered.
            let place = element.place();
            let is_told = place.as_ref().is_some_and(|it| {
                let written = page.sources.texts.get(&it.path).and_then(|source| source.text.get(it.span().start..));
                element.name() == "img" && written.is_some_and(|it| it.starts_with('!'))
            });
            if is_told {
                continue;
            }
            let message = format!("`{address}` would be asked for from another host by every reader");
            let help = "copy the file into the site, and link to what must stay there";
            found.push(page.fault_in(Severity::Error, "third-party-request", element, address, message).help(help));
        }
    }
}

fn addresses_in_css(css: &str) -> Vec<&str> {
    let after = |sign: &'static str| css.split(sign).skip(1);
    let clean = |it: &str| it.trim_start().trim_start_matches(['"', '\'']).len();
    after("url(")
        .map(|it| (&it[it.len() - clean(it)..], &[')', '"', '\''][..]))
        .chain(after("@import").map(|it| (&it[it.len() - clean(it)..], &['"', '\'', ';'][..])))
        .filter_map(|(rest, ends)| rest.split(ends).next())
        .map(str::trim)
        .collect()
}

/// What keeps something on the reader's machine, or tells somebody of the reader.
const KEEPERS: [&str; 7] = [
    "document.cookie",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "navigator.sendBeacon",
    "googletagmanager",
    "google-analytics",
];

/// A script in a page that keeps something.
pub(super) fn storage(page: &Page<'_>, found: &mut Vec<Diagnostic>) {
    for script in page.named("script") {
        for text in script.own_texts() {
            for keeper in KEEPERS.iter().filter(|it| text.contains(**it)) {
                found.push(page.fault(Severity::Error, "browser-storage", script, kept(keeper)).help(WAY_OUT));
            }
        }
    }
}

fn kept(keeper: &str) -> String {
    format!("`{keeper}` keeps or tells something of each reader, who would have to agree first")
}

const WAY_OUT: &str = "take it out; where readers are asked first, set an exception in `site.toml`";

/// A style sheet or a script of the site that does either.
pub(super) fn code(path: &str, text: &str) -> Vec<Diagnostic> {
    let place = || Place::new(&path.into(), Span::default());
    let mut found = Vec::new();
    if path.ends_with(".css") {
        for address in addresses_in_css(text).into_iter().filter(|it| is_foreign(it, "\0")) {
            let message = format!("`{address}` would be asked for from another host by every reader");
            let help = "copy the file into the site";
            found.push(Diagnostic::error("third-party-request", place(), message).help(help));
        }
    }
    if path.ends_with(".js") || path.ends_with(".mjs") {
        for keeper in KEEPERS.iter().filter(|it| text.contains(**it)) {
            found.push(Diagnostic::error("browser-storage", place(), kept(keeper)).help(WAY_OUT));
        }
    }
    found
}
