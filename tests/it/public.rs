//! What feeds, the search, previews and the home page say of what is withdrawn, to come, or not public yet.

use folio::Memo;
use folio::model::config::Options;

use crate::support::{Built, SETTINGS, build, options, project};

fn built(text: &str, options: Options) -> Built {
    let mut sources = project(&format!("{SETTINGS}{text}"));
    folio::edge::embedded::civic(&mut sources);
    build(&sources, options, &Memo::default())
}

const WITHDRAWN: &str = "
//- content/posts/wrong.md
---
title: Savings & more
date: 2023-05-02
summary: We saved a million.
featured: true
withdrawn: {date: 2024-01-10, why: The figures were \"wrong\".}
---

We saved a million.
//- content/posts/right.md
---
title: Right
date: 2023-05-01
---

Right.
//- content/evaluations/old.md
---
title: Old evaluation
summary: It found something.
status: complete
types: [process]
evaluator: [{name: Somebody}]
date: 2023-01-02
withdrawn: 2024-01-11
findings: [Something]
---

Text.
";

#[test]
fn a_withdrawn_page_is_marked_wherever_it_is_shown() {
    let built = built(WITHDRAWN, options());
    let notice = "This page was withdrawn on 10 January 2024. We keep it for the record. The figures were";
    let atom = built.text("feed.xml");
    let entry = atom.split("<entry").find(|it| it.contains("/blog/wrong/")).unwrap();
    assert!(entry.contains("<title>Withdrawn: Savings &amp; more</title>"), "{entry}");
    assert!(entry.contains("<updated>2024-01-10T00:00:00Z</updated>"), "{entry}");
    assert!(entry.contains("<published>2023-05-01T23:00:00Z</published>"), "{entry}");
    assert!(entry.contains(&format!("<summary>{notice}")), "{entry}");
    assert!(entry.contains(&format!("&lt;p&gt;&lt;strong&gt;Withdrawn&lt;/strong&gt; {notice}")), "{entry}");
    assert!(atom.contains("<updated>2024-01-11T00:00:00Z</updated>"), "the feed is as new as its newest entry");
    let rss = built.text("rss.xml");
    assert!(rss.contains("<title>Withdrawn: Savings &amp; more</title>") && rss.contains(notice));
    let json: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    let item = json["items"].as_array().unwrap().iter().find(|it| it["title"] == "Withdrawn: Savings & more").unwrap();
    assert_eq!(item["date_modified"], "2024-01-10T00:00:00Z");
    assert!(item["content_html"].as_str().unwrap().starts_with("<p><strong>Withdrawn</strong> This page"));
    assert!(item["summary"].as_str().unwrap().starts_with(notice));
    // Others are not marked.
    assert!(atom.contains("<title>Right</title>"));
    assert!(built.text("search/documents/0.json").contains("\"Withdrawn: Savings & more\""));
    assert!(built.text("evaluations/index.json").contains("\"Withdrawn: Old evaluation\""));
    for (page, day) in [("blog/wrong/index.html", "2024-01-10"), ("evaluations/old/index.html", "2024-01-11")] {
        let page = built.text(page);
        assert!(
            page.contains("\"creativeWorkStatus\": \"Withdrawn\"")
                && page.contains(&format!("\"dateModified\": \"{day}"))
        );
        assert!(!page.contains("\"creativeWorkStatus\": \"Complete\""));
    }
    let right = built.text("blog/right/index.html");
    assert!(!right.contains("creativeWorkStatus"));
    let sitemap = built.text("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/blog/wrong/</loc><lastmod>2024-01-10</lastmod>"), "{sitemap}");
    // It stays in its list, and is not what is put forward.
    let home = built.text("index.html");
    assert!(home.contains("/blog/right/") && !home.contains("/blog/wrong/") && !home.contains("/evaluations/old/"));
    assert!(built.text("blog/index.html").contains("/blog/wrong/"));
}

const TO_COME: &str = "
//- content/events/announced.md
---
title: Announced
date: 2024-01-20
start: 2099-03-01T10:00
---

Come.
//- content/events/2024-01-21-named.md
---
title: Named
start: 2099-03-01T10:00
---

Come.
//- content/events/undated.md
---
title: Undated event
start: 2099-03-02T10:00
---

Come.
//- content/events/held.md
---
title: Held
start: 2024-01-05T10:00
---

Thanks.
//- content/projects/undated.md
---
title: Undated project
summary: Short.
status: active
updated: 2024-01-31
---

Text.
//- content/posts/news.md
---
title: News
date: 2024-01-10
---

News.
";

#[test]
fn feeds_have_events_by_the_day_of_their_announcement_and_no_day_to_come() {
    let built = built(TO_COME, options());
    let json: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    let items = json["items"].as_array().unwrap();
    let titles: Vec<&str> = items.iter().map(|it| it["title"].as_str().unwrap()).collect();
    // What was only changed comes last, without a day on which it came.
    assert_eq!(titles, ["Named", "Announced", "News", "Held", "Undated project"]);
    assert_eq!(items[1]["date_published"], "2024-01-20T00:00:00Z");
    assert_eq!(items[4]["date_published"], serde_json::Value::Null);
    for feed in ["feed.xml", "rss.xml", "feed.json", "events/feed.xml", "projects/rss.xml"] {
        let text = built.text(feed);
        let stamps = text.lines().filter(|it| {
            ["<updated>", "<published>", "pubDate", "lastBuildDate", "date_"].iter().any(|tag| it.contains(tag))
        });
        assert!(!stamps.into_iter().any(|it| it.contains("2099")), "{feed}: {text}");
    }
}

#[test]
fn a_preview_is_kept_from_search_engines() {
    let text = "//- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-01\n---\n\nA.\n\
                //- content/posts/draft.md\n---\ntitle: D\ndate: 2024-01-01\ndraft: true\n---\n\nD.\n";
    for options in [
        Options { drafts: true, ..options() },
        Options { future: true, ..options() },
        Options { drafts: true, future: true, ..options() },
    ] {
        let built = built(text, options);
        assert_eq!(built.text("robots.txt"), "User-agent: *\nDisallow: /\n");
        assert!(!built.outputs.contains_key("sitemap.xml"));
        let pages = built.outputs.keys().filter(|it| it.ends_with(".html"));
        for page in pages {
            assert!(built.text(page).contains("<meta name=\"robots\" content=\"noindex, nofollow\">"), "{page}");
        }
    }
    let built = built(text, options());
    assert!(built.text("robots.txt").contains("Allow: /\n"));
    assert!(built.outputs.contains_key("sitemap.xml") && !built.text("index.html").contains("noindex"));
}
