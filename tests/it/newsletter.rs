//! The newsletter: what an issue holds, and that it stays so.

use folio::Memo;
use folio::model::config::Options;

use crate::support::{BARE_THEME, Built, SETTINGS, build, options, project, told};

/// A theme that shows of every document what an issue holds.
const THEME: &str = r#"
//- templates/newsletter.html
{{ page.issue }}
{% for group in page.groups %}{{ group.title }}:
{% for it in group.items %}- {{ it.title }}|{{ it.url }}|{{ it.summary }}|{{ it.note }}|{{ it.source }}|{{ it.start?.iso or "" }}|{{ it.image?.src or "" }}
{% endfor %}{% endfor %}
"#;

fn site(content: &str) -> (folio::model::source::Sources, Built) {
    let sources = project(&format!("{SETTINGS}{BARE_THEME}{THEME}{content}"));
    let options = Options { now: "2024-12-31T12:00:00Z".parse().unwrap(), ..options() };
    let built = build(&sources, options, &Memo::default());
    (sources, built)
}

fn page(built: &Built, name: &str) -> String {
    let text = built.text(&format!("newsletter/{name}/index.html"));
    text.replace("&#x2F;", "/").trim().to_owned()
}

fn post(name: &str, date: &str) -> String {
    format!("//- content/posts/{name}.md\n---\ntitle: Post {name}\ndate: {date}\n---\n\nText of {name}.\n")
}

fn issue(name: &str, date: &str, more: &str) -> String {
    format!("//- content/newsletters/{name}.md\n---\ntitle: Issue {name}\ndate: {date}\n{more}---\n\nHello.\n")
}

const PROJECT: &str = "
//- content/projects/repairs.md
---
title: Repairs
summary: Mend what breaks.
status: completed
history:
  - {date: 2024-01, status: active}
  - {date: 2024-05, status: completed, note: It ends.}
---

Text.
";

const EVENT: &str = "
//- content/events/forum.md
---
title: Forum
start: 2024-06-20T10:00
---

Come.
";

#[test]
fn an_open_issue_gathers_what_is_new_since_the_one_before() {
    let text = [
        &post("a", "2024-02-20"),
        &post("b", "2024-03-10"),
        &post("c", "2024-05-31"),
        &post("late", "2024-06-02"),
        &issue("one", "2024-03-01", ""),
        &issue("two", "2024-06-01", ""),
        PROJECT,
        EVENT,
    ]
    .map(|it| it.to_owned())
    .concat();
    let (_, built) = site(&text);
    assert_eq!(
        page(&built, "one"),
        "1\nBlog:\n- Post a|/blog/a/|Text of a.||||\nEvents:\n- Forum|/events/forum/|Come.|||2024-06-20|"
    );
    assert_eq!(
        page(&built, "two"),
        "2\nProjects:\n- Repairs|/projects/repairs/|Mend what breaks.|now|||\n\
         Blog:\n- Post c|/blog/c/|Text of c.||||\n- Post b|/blog/b/|Text of b.||||"
    );
}

#[test]
fn an_issue_that_names_its_items_holds_these_in_groups() {
    let more = "issue: 7
items:
  - b
  - {title: Elsewhere, url: \"https://example.net/\", summary: More, source: A paper}
  - {document: projects/repairs, note: Now with a plan, summary: Our own words}
  - a
";
    let text = [&post("a", "2024-02-20"), &post("b", "2024-03-10"), &issue("one", "2024-06-01", more), PROJECT]
        .map(|it| it.to_owned());
    let (sources, built) = site(&text.concat());
    assert_eq!(told(&built.diagnostics, &sources), [""; 0]);
    assert_eq!(
        page(&built, "one"),
        "7\nProjects:\n- Repairs|/projects/repairs/|Our own words|Now with a plan|||\n\
         Blog:\n- Post b|/blog/b/|Text of b.||||\n- Post a|/blog/a/|Text of a.||||\n\
         held.elsewhere:\n- Elsewhere|https://example.net/|More||A paper||"
    );
}
