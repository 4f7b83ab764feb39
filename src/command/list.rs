//! `folio list`: what is published, what is left out and why, and what changes next by itself.

use folio::model::document::Document;
use folio::model::site::{LeftOut, Site, Why};
use folio::model::value::Date;
use serde::Serialize;

use super::{Stop, build, print};
use crate::{Format, Global};

/// A document, for programs.
#[derive(Serialize)]
struct Item<'a> {
    path: &'a str,
    kind: &'a str,
    title: &'a str,
    /// Day of publication.
    date: Option<String>,
    /// Its address on the site.
    route: Option<&'a str>,
    /// Why it is not published.
    left_out: Option<&'static str>,
    /// When it appears or expired: a moment with its offset from UTC (RFC 3339).
    moment: Option<String>,
}

/// Lists every document.
pub(crate) fn all(global: &Global) -> Result<(), Stop> {
    let (sources, opened, found) = build::read(global)?;
    let site = &opened.site;
    if global.format == Some(Format::Json) {
        let published = site.entries.iter().map(|it| Item { route: Some(it.route().as_str()), ..item(&it.document) });
        json(&published.chain(site.left_out.iter().map(|it| left_out_item(it, site))).collect::<Vec<_>>())?;
        return global.tell_beside(&found, &sources);
    }
    let mut text = String::new();
    for entry in &site.entries {
        let document = &entry.document;
        let date = document.date.map_or_else(|| "          ".to_owned(), |it| it.day.to_string());
        text.push_str(&format!("{date}  {:<12}  {}  {}\n", document.kind.name, entry.route(), document.title));
    }
    if !text.is_empty() && !site.left_out.is_empty() {
        text.push('\n');
    }
    print(&(text + &left_out_lines(site)))?;
    global.tell_beside(&found, &sources)
}

/// Lists what is left out.
pub(crate) fn left_out(global: &Global) -> Result<(), Stop> {
    let (sources, opened, found) = build::read(global)?;
    let site = &opened.site;
    match global.format {
        Some(Format::Json) => json(&site.left_out.iter().map(|it| left_out_item(it, site)).collect::<Vec<_>>())?,
        _ if site.left_out.is_empty() => print("Nothing is left out.\n")?,
        _ => print(&left_out_lines(site))?,
    }
    global.tell_beside(&found, &sources)
}

/// What becomes of a document by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Change {
    Appears,
    Expires,
    Goes,
}

/// Says when the next document appears, is marked as out of date, or goes: the moments for which a site must be built.
pub(crate) fn next(global: &Global) -> Result<(), Stop> {
    let (sources, opened, found) = build::read(global)?;
    let site = &opened.site;
    let now = site.config.options.now;
    let appears = site.left_out.iter().filter_map(|it| match it.why {
        Why::Future(date) => Some((date, Change::Appears, &it.document)),
        _ => None,
    });
    let expires = site.entries.iter().filter_map(|it| {
        let date = it.document.values.date("expires").filter(|it| it.instant > now)?;
        let change = if it.document.values.is("remove") { Change::Goes } else { Change::Expires };
        Some((date, change, &it.document))
    });
    let mut changes: Vec<_> = appears.chain(expires).collect();
    changes.sort_by(|one, other| (one.0, one.1, &one.2.source.path).cmp(&(other.0, other.1, &other.2.source.path)));
    let first = changes.first().map(|it| it.0);
    changes.retain(|it| Some(it.0) == first);
    if global.format == Some(Format::Json) {
        #[derive(Serialize)]
        struct Next<'a> {
            moment: String,
            change: Change,
            path: &'a str,
            title: &'a str,
        }
        let next = changes.iter().map(|(date, change, document)| Next {
            moment: rfc3339(*date, site),
            change: *change,
            path: &document.source.path,
            title: &document.title,
        });
        json(&next.collect::<Vec<_>>())?;
        return global.tell_beside(&found, &sources);
    }
    let lines = changes.iter().map(|(date, change, document)| {
        let word = match change {
            Change::Appears => "appears",
            Change::Expires => "is marked as out of date",
            Change::Goes => "is taken out",
        };
        format!("{}  {} {word}: {}\n", moment(*date, site), document.source.path, document.title)
    });
    let text: String = lines.collect();
    print(if text.is_empty() { "Nothing changes by itself.\n" } else { &text })?;
    global.tell_beside(&found, &sources)
}

fn item(document: &Document) -> Item<'_> {
    Item {
        path: &document.source.path,
        kind: &document.kind.name,
        title: &document.title,
        date: document.date.map(|it| it.day.to_string()),
        route: None,
        left_out: None,
        moment: None,
    }
}

fn left_out_item<'a>(left: &'a LeftOut, site: &Site) -> Item<'a> {
    let (left_out, date) = match left.why {
        Why::Draft => ("draft", None),
        Why::Future(date) => ("future", Some(date)),
        Why::Expired(date) => ("expired", Some(date)),
    };
    Item { left_out: Some(left_out), moment: date.map(|it| rfc3339(it, site)), ..item(&left.document) }
}

fn json(items: &impl Serialize) -> Result<(), Stop> {
    print(&(serde_json::to_string_pretty(items).expect("a list is plain data") + "\n"))
}

fn left_out_lines(site: &Site) -> String {
    if site.left_out.is_empty() {
        return String::new();
    }
    let lines = site.left_out.iter().map(|it| format!("  {}: {}\n", it.document.source.path, why(it, site)));
    format!("Left out: {}\n{}", site.left_out.len(), lines.collect::<String>())
}

fn why(left: &LeftOut, site: &Site) -> String {
    match (&left.document.held, left.why) {
        (Some(by), Why::Draft) => format!("kept back by {by}"),
        (None, Why::Draft) => "a draft; it appears when `draft: true` is taken out".to_owned(),
        (_, Why::Future(date)) => format!("appears on {}", moment(date, site)),
        (_, Why::Expired(date)) => format!("expired on {}", moment(date, site)),
    }
}

/// Returns day, time and zone: `2026-12-01 00:00 Europe/London`.
fn moment(date: Date, site: &Site) -> String {
    let zone = &site.config.timezone;
    let name = zone.iana_name().unwrap_or("UTC");
    format!("{} {name}", date.instant.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M"))
}

/// Returns `2026-12-01T00:00:00+00:00`.
fn rfc3339(date: Date, site: &Site) -> String {
    date.instant.to_zoned(site.config.timezone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Returns a line on what is left out, where something is.
pub(super) fn left_out_line(site: &Site) -> Option<String> {
    let count = |wanted: fn(&Why) -> bool| site.left_out.iter().filter(|it| wanted(&it.why)).count();
    let drafts = count(|it| matches!(it, Why::Draft));
    let future = count(|it| matches!(it, Why::Future(_)));
    let expired = count(|it| matches!(it, Why::Expired(_)));
    let mut parts = Vec::new();
    match drafts {
        0 => {}
        1 => parts.push("1 draft".to_owned()),
        other => parts.push(format!("{other} drafts")),
    }
    if future > 0 {
        let next =
            site.left_out.iter().filter_map(|it| if let Why::Future(date) = it.why { Some(date) } else { None }).min();
        let next = next.map_or_else(String::new, |it| format!(" (the next on {})", moment(it, site)));
        parts.push(format!("{future} to come{next}"));
    }
    if expired > 0 {
        parts.push(format!("{expired} expired"));
    }
    (!parts.is_empty()).then(|| format!("Left out: {}; `folio list --left-out` names them", parts.join(", ")))
}
