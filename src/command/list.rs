//! `folio list`: what is published, and what is left out and why.

use folio::model::site::{LeftOut, Site, Why};
use folio::model::value::Date;

use super::{Stop, build, print};
use crate::Global;

/// Lists the documents.
pub(crate) fn run(global: &Global, only_left_out: bool) -> Result<(), Stop> {
    let (sources, opened, found) = build::read(global)?;
    let site = &opened.site;
    let mut text = String::new();
    if !only_left_out {
        for entry in &site.entries {
            let document = &entry.document;
            let date = document.date.map_or_else(|| "          ".to_owned(), |it| it.day.to_string());
            text.push_str(&format!("{date}  {:<12}  {}  {}\n", document.kind.name, entry.route, document.title));
        }
    }
    if !site.left_out.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("Left out: {}\n", site.left_out.len()));
        for left in &site.left_out {
            text.push_str(&format!("  {}: {}\n", left.document.source.path, why(left, site)));
        }
    } else if only_left_out {
        text.push_str("Nothing is left out.\n");
    }
    print(&text)?;
    global.tell(&found, &sources)
}

fn why(left: &LeftOut, site: &Site) -> String {
    match left.why {
        Why::Draft => "a draft; it appears when `draft: true` is taken out".to_owned(),
        Why::Future(date) => format!("appears on {}", moment(date, site)),
        Why::Expired(date) => format!("expired on {}", moment(date, site)),
    }
}

/// Returns day, time and zone: `2026-12-01 00:00 Europe/London`.
fn moment(date: Date, site: &Site) -> String {
    let zone = &site.config.timezone;
    let name = zone.iana_name().unwrap_or("UTC");
    format!("{} {name}", date.instant.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M"))
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
