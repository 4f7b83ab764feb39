//! Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, with the whole text and absolute addresses.

use std::cmp::Reverse;
use std::fmt::Write;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;

use crate::model::config::FeedFormat;
use crate::model::document::Document;
use crate::model::kind::Type;
use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::value::{Date, Reference, Value};
use crate::model::view::{Fields, View};

use super::withdrawn::{self, Withdrawn};
use super::words::{escape, sentence};
use super::{Claims, Item, Planner, Stream, term};

/// The site, each kind that wants them, and each term of the site have feeds in the formats that the site names.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for stream in streams(site) {
        for format in &site.config.feeds.formats {
            claims.claim(route(site, stream, *format), Item::Feed(stream, *format), None);
        }
    }
}

fn streams(site: &Site) -> Vec<Stream> {
    let lists = (0..site.lists.len()).map(Stream::List);
    let terms = site
        .facets
        .iter()
        .enumerate()
        .flat_map(|(at, facet)| (0..facet.terms.len()).map(move |it| Stream::Term(at, it)));
    [Stream::Site].into_iter().chain(lists).chain(terms).filter(|it| exists(site, *it)).collect()
}

/// Facets of a kind are for browsing; the terms of the whole site are what people follow.
fn exists(site: &Site, stream: Stream) -> bool {
    let feeds = &site.config.feeds;
    match stream {
        Stream::Site => true,
        Stream::List(at) => feeds.kinds && site.lists[at].kind.feed && site.lists[at].route.as_str() != "/",
        Stream::Term(at, _) => feeds.terms && site.facets[at].kind.is_none(),
    }
}

fn root(site: &Site, stream: Stream) -> Route {
    match stream {
        Stream::Site => Route::new("/"),
        Stream::List(at) => site.lists[at].route.clone(),
        Stream::Term(at, position) => term::root(&site.facets[at], &site.facets[at].terms[position].slug),
    }
}

fn route(site: &Site, stream: Stream, format: FeedFormat) -> Route {
    root(site, stream).join(format.file())
}

/// Returns the feeds of a page as `{title, url, type}`; those of the site where the page has none of its own.
pub(super) fn links(site: &Site, stream: Stream, title: &str) -> View {
    let stream = if exists(site, stream) { stream } else { Stream::Site };
    let title = if stream == Stream::Site { &site.config.title } else { title };
    View::list(site.config.feeds.formats.iter().map(|format| {
        let (name, r#type) = match format {
            FeedFormat::Atom => ("Atom", "application/atom+xml"),
            FeedFormat::Rss => ("RSS", "application/rss+xml"),
            FeedFormat::Json => ("JSON Feed", "application/feed+json"),
        };
        let mut fields = Fields::default();
        fields.set("title", sentence(&site.theme, "feed.of", &[("title", title), ("format", name)]));
        fields.set("url", site.href(&route(site, stream, *format)));
        fields.set("type", r#type);
        fields.into()
    }))
}

/// What a feed says.
struct Feed {
    title: String,
    description: String,
    page: String,
    own: String,
    items: Vec<Entry>,
    updated: Timestamp,
}

/// What a feed says of a document.
struct Entry {
    title: Arc<str>,
    url: String,
    summary: Arc<str>,
    html: Arc<str>,
    published: Option<Timestamp>,
    updated: Timestamp,
    authors: Vec<Arc<str>>,
    topics: Vec<String>,
    lang: String,
}

/// Returns a feed.
pub(super) fn page(planner: &Planner<'_>, stream: Stream, format: FeedFormat, route: &Route) -> (Arc<str>, Content) {
    let feed = feed(planner, stream, route);
    let text = match format {
        FeedFormat::Atom => atom(planner, &feed),
        FeedFormat::Rss => rss(planner, &feed),
        FeedFormat::Json => json(planner, &feed),
    };
    (route.as_str().into(), Content::Text(text))
}

fn feed(planner: &Planner<'_>, stream: Stream, route: &Route) -> Feed {
    let site = planner.site;
    let newest = |entries: &[usize]| {
        // The order of a list may be another one; a feed begins with the newest.
        let moment = |it: usize| {
            let moment = (published(site, it), planner.updated(&site.entries[it]));
            (moment != (None, None)).then_some((Reverse(moment), it))
        };
        // What has no day of its own but was changed comes after what has one: an old page is no news because of a comma.
        let mut dated: Vec<_> = entries.iter().filter_map(|it| moment(*it)).collect();
        dated.sort_unstable();
        dated.into_iter().map(|(_, it)| it).collect::<Vec<usize>>()
    };
    let in_feeds = |it: &usize| {
        let document = &site.entries[*it].document;
        document.kind.feed && document.is_listed()
    };
    let (title, description, entries) = match stream {
        Stream::Site => {
            let all: Vec<usize> = (0..site.entries.len()).filter(in_feeds).collect();
            (site.config.title.to_string(), site.config.description.to_string(), newest(&all))
        }
        Stream::List(at) => {
            let list = &site.lists[at];
            let about = list.above.as_ref().map_or("", |it| &it.summary);
            (format!("{}: {}", site.config.title, planner.list_title(list)), about.to_owned(), newest(&list.entries))
        }
        Stream::Term(at, position) => {
            let term = &site.facets[at].terms[position];
            (format!("{}: {}", site.config.title, term.title), term.description.to_string(), newest(&term.entries))
        }
    };
    let items: Vec<Entry> = entries.into_iter().take(site.config.feeds.items).map(|it| entry(planner, it)).collect();
    // A feed that says the same must be the same: its time is that of its newest item, never that of the build.
    let updated = items.iter().map(|it| it.updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    Feed { title, description, page: site.permalink(&root(site, stream)), own: site.permalink(route), items, updated }
}

fn entry(planner: &Planner<'_>, at: usize) -> Entry {
    let site = planner.site;
    let entry = &site.entries[at];
    let document = &entry.document;
    let url = site.permalink(entry.route());
    let withdrawn = Withdrawn::of(entry);
    let html = entry.feed.get_or_init(|| {
        let mut html = withdrawn.as_ref().map(|it| it.html(&site.theme)).unwrap_or_default();
        html += &planner.fill(document, &document.body);
        if let Some(issue) = site.issue(at) {
            html += &planner.held_html(issue);
        }
        absolute(&html, &site.config.origin, &url).into()
    });
    let lang = document.name_lang.as_deref().or_else(|| document.values.text("lang"));
    let published = published(site, at).map(|it| it.instant);
    let terms = document.values.items("topics").iter().filter_map(Value::text).map(|it| {
        let known = site.vocabularies.get("topics").and_then(|all| all.find(it));
        known.map_or_else(|| it.to_owned(), |it| it.title.to_string())
    });
    Entry {
        title: withdrawn::title(site, entry),
        url: url.clone(),
        summary: match &withdrawn {
            Some(it) => format!("{} {}", it.notice(&site.theme), document.summary).into(),
            None => document.summary.clone(),
        },
        html: html.clone(),
        published,
        updated: planner.updated(entry).map(|it| it.instant).or(published).unwrap_or(Timestamp::UNIX_EPOCH),
        authors: authors(planner, at),
        topics: terms.collect(),
        lang: lang.unwrap_or(&site.config.language).to_owned(),
    }
}

/// Returns when a document came: its date, or the day by which its kind is ordered, once that has come. An event that is still
/// to come came when it was announced, which its date says; without one nobody knows, and it is in no feed until it begins.
fn published(site: &Site, at: usize) -> Option<Date> {
    let document: &Document = &site.entries[at].document;
    let ordered =
        || document.values.date(&document.kind.order.field).filter(|it| it.instant <= site.config.options.now);
    document.date.or_else(ordered)
}

/// How wide a picture may be: services that send a feed as e-mail pass pictures on as they are, and Outlook shows all of them.
const WIDEST: usize = 600;

/// Returns the HTML with the addresses that are left in its tags absolute: those of components, and of footnotes. Pictures are
/// made narrower, where they say how wide they are.
fn absolute(html: &str, origin: &str, page: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |it| it + 1);
        let narrower = narrower(&rest[..end]);
        let mut tag = narrower.as_deref().unwrap_or(&rest[..end]);
        while let Some(equals) = tag.find("=\"") {
            let name = tag[..equals].rsplit(char::is_whitespace).next().unwrap_or_default();
            let (before, value) = tag.split_at(equals + 2);
            out.push_str(before);
            let is_address = matches!(name, "href" | "src" | "poster" | "cite");
            match value.as_bytes() {
                [b'#', ..] if is_address => out.push_str(page),
                [b'/', next, ..] if is_address && *next != b'/' => out.push_str(origin),
                _ => {}
            }
            let close = value.find('"').map_or(value.len(), |it| it + 1);
            out.push_str(&value[..close]);
            tag = &value[close..];
        }
        out.push_str(tag);
        rest = &rest[end..];
    }
    out + rest
}

/// Returns the tag of a picture that is too wide with its sides made smaller alike.
fn narrower(tag: &str) -> Option<String> {
    let side = |name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse::<usize>().ok()
    };
    let (wide, high) = (side("width").filter(|it| *it > WIDEST && tag.starts_with("<img "))?, side("height"));
    let tag = tag.replacen(&format!(" width=\"{wide}\""), &format!(" width=\"{WIDEST}\""), 1);
    Some(match high {
        Some(high) => {
            tag.replacen(&format!(" height=\"{high}\""), &format!(" height=\"{}\"", (high * WIDEST / wide).max(1)), 1)
        }
        None => tag,
    })
}

fn authors(planner: &Planner<'_>, at: usize) -> Vec<Arc<str>> {
    let document = &planner.site.entries[at].document;
    let to = document.kind.group.field("authors").and_then(|it| match &it.r#type {
        Type::List { of, .. } => match &of.r#type {
            Type::Reference { to, .. } => Some(&to[..]),
            _ => None,
        },
        _ => None,
    });
    let name = |it: &Value| match it {
        Value::Reference(reference) => Some(match planner.site.referred(reference, to.unwrap_or_default()) {
            Some(found) => planner.site.document(found).title.clone(),
            None => match reference {
                Reference::Slug(name) => name.clone(),
                Reference::Outside(outside) => outside.name.clone(),
            },
        }),
        _ => None,
    };
    document.values.items("authors").iter().filter_map(name).collect()
}

fn atom(planner: &Planner<'_>, feed: &Feed) -> String {
    let config = &planner.site.config;
    let mut out = String::with_capacity(feed.items.iter().map(|it| it.html.len() * 5 / 4 + 800).sum::<usize>() + 800);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<subtitle>{}</subtitle>\n<id>{}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<updated>{}</updated>\n<author><name>{}</name></author>\n",
        escape(&config.language),
        clean(&feed.title),
        clean(&feed.description),
        escape(&feed.own),
        escape(&feed.page),
        escape(&feed.own),
        moment(feed.updated),
        clean(&publisher(planner)),
    );
    for item in &feed.items {
        let _ = write!(
            out,
            "<entry xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<updated>{}</updated>\n",
            escape(&item.lang),
            clean(&item.title),
            escape(&item.url),
            escape(&item.url),
            moment(item.updated),
        );
        if let Some(published) = item.published {
            let _ = writeln!(out, "<published>{}</published>", moment(published));
        }
        for author in &item.authors {
            let _ = writeln!(out, "<author><name>{}</name></author>", clean(author));
        }
        for topic in &item.topics {
            let _ = writeln!(out, "<category term=\"{}\"/>", clean(topic));
        }
        let _ = write!(
            out,
            "<summary>{}</summary>\n<content type=\"html\">{}</content>\n</entry>\n",
            clean(&item.summary),
            clean(&item.html)
        );
    }
    out.push_str("</feed>\n");
    out
}

fn rss(planner: &Planner<'_>, feed: &Feed) -> String {
    let config = &planner.site.config;
    let mut out = String::with_capacity(feed.items.iter().map(|it| it.html.len() * 5 / 4 + 600).sum::<usize>() + 800);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n\
         <title>{}</title>\n<link>{}</link>\n<description>{}</description>\n<language>{}</language>\n\
         <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>\n<lastBuildDate>{}</lastBuildDate>\n",
        clean(&feed.title),
        escape(&feed.page),
        clean(if feed.description.is_empty() { &feed.title } else { &feed.description }),
        escape(&config.language),
        escape(&feed.own),
        rfc2822(feed.updated),
    );
    for item in &feed.items {
        let _ = write!(
            out,
            "<item>\n<title>{}</title>\n<link>{}</link>\n<guid isPermaLink=\"true\">{}</guid>\n",
            clean(&item.title),
            escape(&item.url),
            escape(&item.url),
        );
        if let Some(published) = item.published {
            let _ = writeln!(out, "<pubDate>{}</pubDate>", rfc2822(published));
        }
        for author in &item.authors {
            let _ = writeln!(out, "<dc:creator>{}</dc:creator>", clean(author));
        }
        for topic in &item.topics {
            let _ = writeln!(out, "<category>{}</category>", clean(topic));
        }
        let _ = write!(
            out,
            "<description>{}</description>\n<content:encoded>{}</content:encoded>\n</item>\n",
            clean(&item.summary),
            clean(&item.html)
        );
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn json(planner: &Planner<'_>, feed: &Feed) -> String {
    let config = &planner.site.config;
    let items: Vec<_> = feed
        .items
        .iter()
        .map(|it| {
            let mut item = json!({
                "id": it.url,
                "url": it.url,
                "title": &*it.title,
                "summary": &*it.summary,
                "content_html": &*it.html,
                "date_modified": moment(it.updated),
                "language": it.lang,
            });
            if let Some(published) = it.published {
                item["date_published"] = moment(published).into();
            }
            if !it.authors.is_empty() {
                item["authors"] = it.authors.iter().map(|it| json!({ "name": &**it })).collect();
            }
            if !it.topics.is_empty() {
                item["tags"] = it.topics.iter().map(|it| json!(it)).collect();
            }
            item
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.own,
        "language": &*config.language,
        "authors": [{ "name": publisher(planner) }],
        "items": items,
    });
    let mut text = serde_json::to_string_pretty(&feed).expect("a feed is made of texts and lists");
    text.push('\n');
    text
}

fn publisher(planner: &Planner<'_>) -> String {
    let site = planner.site;
    let name = site.config.organisation.as_ref().map(|it| {
        let found = site.referred(&Reference::Slug(it.clone()), &["organisation".into()]);
        found.map_or_else(|| it.clone(), |it| site.document(it).title.clone())
    });
    name.unwrap_or_else(|| site.config.title.clone()).to_string()
}

/// Returns the text escaped, without the characters that XML 1.0 forbids (section 2.2).
fn clean(text: &str) -> String {
    let wrong =
        |it: char| it.is_ascii_control() && !matches!(it, '\t' | '\n' | '\r') || matches!(it, '\u{fffe}' | '\u{ffff}');
    match text.contains(wrong) {
        true => escape(&text.replace(wrong, "")),
        false => escape(text),
    }
}

/// RFC 3339.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// RFC 822 with four digits for the year, as RSS 2.0 asks.
fn rfc2822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_relative_is_made_absolute() {
        let check =
            |html: &str, expected: &str| assert_eq!(absolute(html, "https://a.org", "https://a.org/b/"), expected);
        check("<a id=\"x\" href=\"#fn-1\">1</a>", "<a id=\"x\" href=\"https://a.org/b/#fn-1\">1</a>");
        check("a <img src=\"/c.png\" alt=\"/\"> b", "a <img src=\"https://a.org/c.png\" alt=\"/\"> b");
        check("<a href=\"/\">c</a>", "<a href=\"https://a.org/\">c</a>");
        check(
            "<img src=\"/c.png\" alt=\"c\" width=\"1200\" height=\"401\">",
            "<img src=\"https://a.org/c.png\" alt=\"c\" width=\"600\" height=\"200\">",
        );
        let same = "<a href=\"//b.org\">href=\"/x\"</a><a href=\"https://b.org/\" title=\"#\">d</a> < 5";
        check(same, same);
    }
}
