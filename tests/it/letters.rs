//! The forms of an issue by the default theme: an issue with far too much in it, and the issues of this site.

use std::fmt::Write;

use folio::Memo;
use folio::model::config::Options;
use folio::model::diagnostic::Diagnostic;
use folio::model::source::Sources;

use crate::properties::own_site;
use crate::support::{Built, build, options, project};

const SETTINGS: &str = "
//- site.toml
[site]
title = \"Dinas a Sir: dysgu’n agored\"
base_url = \"https://news.example.org/sub/\"
[newsletter]
postal_address = \"The Town Hall\\n1 High Street\"
privacy = \"/blog/\"
reason = \"You asked for it.\"
from_name = \"Dinas & Sir – “news”\"
from_email = \"news@example.org\"
reply_to = \"answers@example.org\"
list_unsubscribe = \"https://news.example.org/leave\"
";

/// Returns a site whose one issue holds so many things with long titles.
fn hard(body: &str, things: usize) -> Sources {
    let titles = [
        "Étude d’évaluation: à propos d’une très longue phrase de titre qui ne finit pas avant la fin de la ligne",
        "A short one",
        "🎉 Party emoji 👩‍👩‍👧‍👦 in a title, with family",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-a-mwy-na-llinell-gyfan-o-lythrennau",
        "家庭教育与社区服务评估报告：关于如何在没有空格的语言中换行的非常长的标题，确实非常长",
    ];
    let mut text = SETTINGS.to_owned();
    let mut items = String::new();
    for at in 0..things {
        let _ = write!(
            text,
            "//- content/posts/item-{at}.md\n---\ntitle: \"{at}: {}\"\ndate: 2024-01-{:02}\nsummary: What was found in study \
             {at} – with “quotes”, £3.5 million & more, in a sentence that goes on for long enough to need several lines.\n---\n\nText.\n",
            titles[at % titles.len()],
            at % 28 + 1,
        );
        let _ = writeln!(items, "  - item-{at}");
    }
    let _ = write!(
        text,
        "//- content/newsletters/2024-01-31-all.md\n---\ntitle: Sixty things\ndate: 2024-01-31\npreheader: All at once\nitems:\n{items}---\n\n{body}\n"
    );
    let mut sources = project(&text);
    folio::edge::embedded::civic(&mut sources);
    sources
}

fn forms(sources: &Sources) -> Built {
    build(sources, Options { forms: true, now: "2026-11-01T12:00:00Z".parse().unwrap(), ..options() }, &Memo::default())
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|it| it.code).collect()
}

/// Returns the addresses in the tags of a page.
fn addresses(html: &str) -> Vec<&str> {
    let after = [" href=\"", " src=\"", " cite=\"", " background=\""];
    let found = after.iter().flat_map(|it| html.split(it).skip(1));
    found.filter_map(|it| it.split('"').next()).collect()
}

/// How wide a line is that nothing could break: the columns of a terminal.
fn columns(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

#[track_caller]
fn is_sound(built: &Built, folder: &str) {
    for name in ["email.html", "mailchimp.html"] {
        let html = built.text(&format!("{folder}/{name}"));
        assert!(html.len() < 100_000, "{folder}/{name}: {} bytes", html.len());
        for address in addresses(html) {
            let whole = ["https://", "mailto:", "tel:", "{{", "*|"].iter().any(|it| address.starts_with(it));
            assert!(whole, "{folder}/{name}: `{address}`");
        }
        for never in ["<script", "<form", "<link", "@import", "url(", "srcset", "data-folio", "data-css-inline"] {
            assert!(!html.contains(never), "{folder}/{name} has `{never}`");
        }
        assert!(
            html.matches("<img ").count() == html.matches("<img alt=").count(),
            "{folder}/{name}: a picture without alt"
        );
    }
    let text = built.text(&format!("{folder}/email.txt"));
    for line in text.lines() {
        assert!(columns(line) <= 65 || line.contains("://"), "{folder}/email.txt: {} columns: {line}", columns(line));
        assert_eq!(line.trim_end(), line, "{folder}/email.txt");
    }
    for name in ["notify.md", "buttondown.md"] {
        let text = built.text(&format!("{folder}/{name}"));
        assert!(!text.contains("]()") && !text.contains("](/") && !text.contains("](#"), "{folder}/{name}");
    }
}

#[test]
fn an_issue_with_sixty_things_keeps_to_its_bounds() {
    let built = forms(&hard(
        "Hello, read [the list](/blog/), and a `component`:\n\n```stat\nvalue: £1.4 million\nlabel: saved\n```",
        60,
    ));
    assert_eq!(codes(&built.diagnostics), [""; 0]);
    is_sound(&built, "newsletter/all");
    let html = built.text("newsletter/all/email.html");
    assert_eq!(html.matches("<h3").count(), 60);
    let place = |what: &str| html.find(what).unwrap_or_else(|| panic!("no {what}"));
    let order = [
        "All at once",
        "Read this issue on the web",
        "<h1",
        "Hello",
        "<h2",
        "You asked for it.",
        "1 High Street",
        "What we do with your e-mail address",
        "Leave the list",
    ]
    .map(place);
    assert!(order.is_sorted(), "{order:?}");
    assert!(html.contains("lang=\"en-GB\"") && html.contains("<meta content=\"light dark\" name=\"color-scheme\">"));
    assert!(html.contains("@media (prefers-color-scheme: dark)") && html.contains("<!--[if mso]>"));
    assert!(built.text("newsletter/all/mailchimp.html").contains("href=\"*|UNSUB|*\""));
}

#[test]
fn an_issue_that_is_too_heavy_is_told() {
    let built = forms(&hard(&"One more paragraph of a very long letter.\n\n".repeat(2000), 1));
    assert_eq!(codes(&built.diagnostics), ["heavy-mail"]);
}

/// What nobody would write, but a program might.
#[test]
fn nothing_is_too_odd_to_be_sent() {
    let lists: String = (0..60).map(|it| format!("{}- item {it}\n", "  ".repeat(it))).collect();
    let code = format!("{lists}\n{}```\n{}a line of code\n{}```\n", "  ".repeat(60), "  ".repeat(60), "  ".repeat(60));
    let table = format!("{0}\n{1}\n{0}", "| a long cell ".repeat(300), "| --- ".repeat(300));
    let bodies = [
        lists,
        code,
        table,
        format!("{} text", ">".repeat(400)),
        "[a](/b/) ".repeat(500),
        "![](x.png)".to_owned(),
        "<p><p><table><tr></table></div>".to_owned(),
        "{{ a {% b *| c || d ``` [] () \\ # 1. - + > ^ ~~ \u{202e}\u{200b}\u{fffd}".to_owned(),
        String::new(),
    ];
    for body in bodies {
        let built = forms(&hard(&body, 1));
        for name in ["email.html", "email.txt", "notify.md", "buttondown.md", "mailchimp.html", "draft.eml"] {
            assert!(built.text(&format!("newsletter/all/{name}")).contains("You asked for it."), "{name}: {body:.60}");
        }
    }
}

#[test]
fn forms_are_made_only_where_they_are_asked_for_and_of_what_is_sent() {
    let mut sources = hard("Hello.", 1);
    let public = build(&sources, options(), &Memo::default());
    assert!(!public.outputs.keys().any(|it| it.contains("email")), "{:?}", public.outputs.keys());
    let issue =
        sources.texts["content/newsletters/2024-01-31-all.md"].text.replace("preheader:", "web_only: true\npreheader:");
    sources.add(folio::model::source::Source::new("content/newsletters/2024-01-31-all.md", issue.into_bytes()));
    assert!(!forms(&sources).outputs.keys().any(|it| it.contains("email")));
}

#[test]
fn the_issues_of_this_site_are_sound() {
    let built = forms(&own_site());
    assert_eq!(codes(&built.diagnostics), [""; 0]);
    let folders: Vec<&str> = built.outputs.keys().filter_map(|it| it.strip_suffix("/email.html")).collect();
    assert!(folders.len() >= 3, "{folders:?}");
    for folder in folders {
        is_sound(&built, folder);
    }
}
