//! sitemap.xml (sitemaps.org 0.9) and robots.txt (RFC 9309).

use std::sync::Arc;

use crate::model::document::Present;
use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Entry, Site};

use super::words::escape_into;
use super::{Claims, Item, Planner};

/// A sitemap holds at most so many addresses (sitemaps.org, "Sitemap file location").
const LIMIT: usize = 50_000;

/// There is a sitemap, in parts where it is too large, and a robots.txt that names it. A preview has no sitemap.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    claims.claim(Route::new("/robots.txt"), Item::Robots, None);
    if site.config.options.is_preview() {
        return;
    }
    claims.claim(Route::new("/sitemap.xml"), Item::Sitemap, None);
    let pages = claims.pages(is_listed) + claims.documents();
    if pages > LIMIT {
        for part in 1..=pages.div_ceil(LIMIT) {
            claims.claim(part_route(part), Item::SitemapPart(part), None);
        }
    }
}

fn part_route(part: usize) -> Route {
    Route::new(format!("/sitemap-{part}.xml"))
}

fn is_listed(item: &Item) -> bool {
    matches!(
        item,
        Item::Document(_)
            | Item::Home
            | Item::List(..)
            | Item::Terms(_)
            | Item::Term(..)
            | Item::Matrix(_)
            | Item::Register(..)
            | Item::Archive(..)
    )
}

fn listed<'a>(planner: &Planner<'a>) -> impl Iterator<Item = &'a (Route, Item)> {
    let site = planner.site;
    let may_be_copy = Present::question(&site.config.kinds, "canonical");
    let is_copy = move |item: &Item| match item {
        Item::Document(at) => may_be_copy(&site.entries[*at].brief) && has_original(site, &site.entries[*at]),
        _ => false,
    };
    planner.routes.all(site).iter().filter(move |(_, item)| is_listed(item) && !is_copy(item))
}

/// Returns whether a page is a copy of one elsewhere, so that search engines should list that one.
fn has_original(site: &Site, entry: &Entry) -> bool {
    let document = &entry.document;
    let Some(written) = document.values.text("canonical") else { return false };
    let canonical = site.based(&site.resolve(document.folder_path(), written));
    canonical != site.href(entry.route()) && canonical != site.permalink(entry.route())
}

const XMLNS: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Returns the sitemap, or the index of its parts.
pub(super) fn whole(planner: &Planner<'_>) -> (Arc<str>, Content) {
    let parts = listed(planner).count().div_ceil(LIMIT);
    if parts <= 1 {
        return part(planner, 1);
    }
    let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex {XMLNS}>\n");
    for part in 1..=parts {
        text.push_str("<sitemap><loc>");
        escape_into(&mut text, &planner.site.permalink(&part_route(part)));
        text.push_str("</loc></sitemap>\n");
    }
    text.push_str("</sitemapindex>\n");
    ("sitemap.xml".into(), Content::Text(text))
}

/// Returns a part, from 1, of the sitemap.
pub(super) fn part(planner: &Planner<'_>, number: usize) -> (Arc<str>, Content) {
    let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset {XMLNS}>\n");
    for (route, item) in listed(planner).skip((number - 1) * LIMIT).take(LIMIT) {
        text.push_str("<url><loc>");
        escape_into(&mut text, &planner.site.permalink(route));
        text.push_str("</loc>");
        if let Item::Document(at) = item {
            let entry = &planner.site.entries[*at];
            if let Some(date) = planner.updated(entry).or(entry.document.date) {
                text.push_str(&format!("<lastmod>{}</lastmod>", date.day));
            }
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    ("sitemap.xml".into(), Content::Text(text))
}

/// Returns robots.txt: everything may be read, and nothing of a preview.
pub(super) fn robots(planner: &Planner<'_>) -> (Arc<str>, Content) {
    if planner.site.config.options.is_preview() {
        return ("robots.txt".into(), Content::Text("User-agent: *\nDisallow: /\n".to_owned()));
    }
    let sitemap = planner.site.permalink(&Route::new("/sitemap.xml"));
    ("robots.txt".into(), Content::Text(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")))
}
