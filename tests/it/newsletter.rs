//! The newsletter: what an issue holds, and that it stays so.

use folio::Memo;
use folio::model::config::Options;

use crate::support::{BARE_THEME, Built, Folder, SETTINGS, build, check, options, project, told};

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

/// Returns the page of the issue `one`, as the theme civic shows it.
fn civic(content: &str) -> String {
    let mut sources = project(&format!("{SETTINGS}{content}"));
    folio::edge::embedded::civic(&mut sources);
    let options = Options { now: "2024-12-31T12:00:00Z".parse().unwrap(), ..options() };
    build(&sources, options, &Memo::default()).text("newsletter/one/index.html").to_owned()
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
        "2\nProjects:\n- Repairs|/projects/repairs/|Mend what breaks.|now. It ends.|||\n\
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

/// What somebody may do to a site after an issue was sent, by the file that is added or written anew.
fn later() -> Vec<(&'static str, String)> {
    let repairs = PROJECT
        .replace("  - {date: 2024-05, status", "  - {date: 2024-03, status: paused}\n  - {date: 2024-05, status");
    vec![
        ("an older post", post("older", "2024-02-25")),
        ("a newer post", post("newer", "2024-12-01")),
        ("a post of the day of the issue", post("same", "2024-03-01")),
        ("a post that was there gets another day", post("a", "2023-12-24")),
        ("a post that was not held gets a day in its time", post("c", "2024-02-28")),
        (
            "a newer document of the same name",
            "//- content/events/a.md\n---\ntitle: Event\nstart: 2025-01-01\ndate: 2024-12-01\n---\n\nText.\n"
                .to_owned(),
        ),
        ("a project has another past", repairs),
        ("an older issue", issue("zero", "2024-01-15", "issue: 0\nitems: []\n")),
    ]
}

#[test]
fn a_closed_issue_is_the_same_for_ever() {
    let closed = "issue: 1\nitems:\n  - posts/a # Post a\n  - {document: projects/repairs, note: \"Now active\"}\n  - events/forum\n";
    let start =
        [&post("a", "2024-02-20"), &post("c", "2024-05-31"), &issue("one", "2024-03-01", closed), PROJECT, EVENT]
            .map(|it| it.to_owned())
            .concat();
    let before = civic(&start);
    assert!(
        before.contains("Post a") && before.contains("Now active") && before.contains("20 June 2024, 10:00"),
        "{before}"
    );
    for (what, file) in later() {
        let after = civic(&format!("{start}{file}"));
        // Under the text stands a link to the issue before, which is another one now.
        let own = |page: &str| page[..page.find("</article>").unwrap()].to_owned();
        assert_eq!(own(&after), own(&before), "{what}");
        if what != "an older issue" {
            assert!(after == before, "{what}");
        }
    }
}

#[test]
fn an_open_issue_is_told_once_its_day_has_come() {
    let text =
        [post("a", "2024-02-20"), issue("one", "2024-03-01", ""), issue("later", "2024-12-31", "items: []\n")].concat();
    let (sources, built) = site(&text);
    assert_eq!(told(&built.diagnostics, &sources), ["warning[open-issue] content/newsletters/one.md:3:7"]);
    let source = &sources.texts["content/newsletters/one.md"].text;
    let mended = folio::model::diagnostic::Edit::apply(&built.diagnostics[0].fix, source);
    assert_eq!(mended, source.replace("2024-03-01\n", "2024-03-01\nitems:\n  - posts/a # Post a\n"));
    // A key that stands there already stays, with its note; with nothing to hold the list is empty.
    let closed = |key: &str, day: &str| {
        let (sources, built) = site(&[post("a", day), issue("one", "2024-03-01", key)].concat());
        assert_eq!(built.diagnostics.len(), 1, "{:?}", built.diagnostics);
        let text = &sources.texts["content/newsletters/one.md"].text;
        folio::model::diagnostic::Edit::apply(&built.diagnostics[0].fix, text)
            .split("2024-03-01\n")
            .nth(1)
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        closed("items: # what?\ntopics: []\n", "2024-02-20"),
        "items: # what?\n  - posts/a # Post a\ntopics: []\n---\n\nHello.\n"
    );
    assert_eq!(closed("items: # what?\n", "2023-02-20"), "items: [] # what?\n---\n\nHello.\n");
    assert_eq!(closed("items: null\n", "2024-02-20"), "items: null\n---\n\nHello.\n");
    // Before that day nothing is told.
    let (sources, built) = site(&issue("one", "2024-03-01", "draft: true\n"));
    assert_eq!(told(&built.diagnostics, &sources), [""; 0]);
}

const FORM: &str = "
[newsletter]
provider = \"mailchimp\"
action = \"https://news.example.net/post?u=1&id=2\"
hidden = { tag = \"a & b\" }
frequency = \"Once a month.\"
";

/// Returns the codes that a check finds, and the page of the post.
fn with_form(settings: &str, content: &str) -> (Vec<String>, String) {
    let mut sources = project(&format!("{SETTINGS}{settings}{}{content}", post("a", "2024-01-20")));
    folio::edge::embedded::civic(&mut sources);
    let mut codes: Vec<String> = check(&sources, options()).iter().map(|it| it.code.to_owned()).collect();
    codes.dedup();
    (codes, build(&sources, options(), &Memo::default()).text("blog/a/index.html").to_owned())
}

#[test]
fn every_post_ends_with_the_form_to_sign_up() {
    let (codes, page) = with_form(FORM, "");
    assert!(codes.contains(&"missing-privacy-page".to_owned()), "{codes:?}");
    assert!(!codes.contains(&"third-party-request".to_owned()), "{codes:?}");
    let form = &page[page.find("<form class=\"sign-up\"").unwrap()..];
    let form = &form[..form.find("</form>").unwrap()];
    assert!(form.contains("action=\"https://news.example.net/post?u=1&amp;id=2\" method=\"post\""), "{form}");
    assert!(form.contains("<input type=\"hidden\" name=\"tag\" value=\"a &amp; b\">"), "{form}");
    assert!(form.contains("name=\"EMAIL\" type=\"email\" autocomplete=\"email\" required"), "{form}");
    let privacy = "//- content/privacy.md\n---\ntitle: Privacy\nsummary: What becomes of addresses.\n---\n\nText.\n";
    let (codes, page) = with_form(FORM, privacy);
    assert!(!codes.contains(&"missing-privacy-page".to_owned()), "{codes:?}");
    assert!(page.contains("<a href=\"/privacy/\">What we do with your address</a>"), "{page}");
    // What the site names has to be there; elsewhere it may be.
    let (codes, _) = with_form(&format!("{FORM}privacy = \"/data/\"\n"), privacy);
    assert!(codes.contains(&"broken-address".to_owned()), "{codes:?}");
    let (codes, page) = with_form("[newsletter]\nurl = \"https://news.example.net/\"\n", "");
    assert!(!codes.contains(&"missing-privacy-page".to_owned()), "{codes:?}");
    assert!(page.contains("<a class=\"button\" href=\"https://news.example.net/\">"), "{page}");
    // A site that says nothing of a newsletter invites nobody.
    assert!(!with_form("", "").1.contains("invitation"));
}

/// Returns a folder with a site that has posts of January, and what is added.
fn folder(more: &str) -> Folder {
    Folder::of(&format!("{SETTINGS}{}{}{PROJECT}{more}", post("a", "2024-01-20"), post("b", "2024-01-25")))
}

#[test]
fn an_open_issue_is_closed_with_its_comments_kept() {
    let front = "---\ntitle: January # the subject\ndate: 2024-01-31\n# who reads this?\ncollect: {kinds: [post]}\n";
    let issue = format!("//- content/newsletters/january.md\n{front}---\n\nHello.\n");
    let closed = format!("{front}items:\n  - posts/b # Post b\n  - posts/a # Post a\n---\n\nHello.\n");
    for arguments in [&["check", "--fix"][..], &["newsletter"], &["newsletter", "january"], &["newsletter", "1"]] {
        let folder = folder(&issue);
        let page = |folder: &Folder| {
            folder.run(&["build"]).ends(0);
            folder.files("public")["newsletter/january/index.html"].clone()
        };
        let before = page(&folder);
        folder.run(arguments);
        let text = String::from_utf8(folder.files("content/newsletters")["january.md"].clone()).unwrap();
        assert_eq!(text, closed, "{arguments:?}");
        assert!(page(&folder) == before, "{arguments:?}");
        let run = folder.run(&["newsletter"]).ends(0);
        assert!(!run.out.contains("now names what it holds"), "{run:?}");
    }
    let folder = folder(&issue);
    folder.run(&["newsletter", "february"]).ends(2);
    folder.run(&["newsletter", "--kind", "post"]).ends(2);
}

#[test]
fn the_next_issue_drafts_itself() {
    let issue = issue("january", "2024-01-22", "issue: 5\nitems: []\n");
    let folder = folder(&issue);
    let run = folder.run(&["newsletter", "--draft"]).ends(0);
    assert!(run.out.contains("From the blog: 1") && run.out.contains("in no issue: 1"), "{run:?}");
    let text = String::from_utf8(folder.files("content/newsletters")["2024-02-01-issue-6.md"].clone()).unwrap();
    let items = "items:\n  # Projects\n  - {document: projects/repairs, note: \"Now active\"} # Repairs\n  # From the blog\n  \
                 - posts/b # Post b\n# These were";
    assert!(text.contains(items) && text.contains("\n#  - posts/a # Post a\n---\n"), "{text}");
    assert!(text.contains("\nissue: 6\n") && text.contains("\ndate: 2024-02-01\n") && text.contains("\ndraft: true\n"));
    // It builds, and a check tells what is still to be written.
    let built = folder.run(&["build", "--drafts", "--deny", "warnings"]).ends(0);
    assert!(built.err.is_empty(), "{built:?}");
    assert_eq!(folder.run(&["check", "--drafts"]).err.matches("warning[placeholder]").count(), 4);
    // It is not drafted twice; what is newer is shown.
    folder.write("content/posts/c.md", b"---\ntitle: Post c\ndate: 2024-02-01\n---\n\nText.\n");
    let run = folder.run(&["newsletter", "--draft"]).ends(0);
    assert!(run.out.contains("is not published yet") && run.out.contains("\n  - posts/c # Post c\n"), "{run:?}");
    assert_eq!(folder.files("content/newsletters").len(), 2);
}

#[test]
fn where_nothing_is_new_no_issue_is_drafted() {
    for text in [
        format!("{SETTINGS}//- content/about.md\n---\ntitle: About\n---\n\nUs.\n"),
        format!("{SETTINGS}{}", post("a", "2020-01-01")),
    ] {
        let folder = Folder::of(&text);
        let run = folder.run(&["newsletter", "--draft"]).ends(0);
        assert!(run.out.contains("Nothing is new") && !folder.path().join("content/newsletters").exists(), "{run:?}");
        assert!(folder.run(&["newsletter"]).ends(0).out.contains("There is no issue yet"));
    }
}

#[test]
fn the_forms_of_an_issue_are_written_beside_the_site() {
    let more = "preheader: Two posts\ndraft: true\nitems: [posts/a, posts/b]\n";
    let folder = folder(&issue("january", "2024-01-31", more));
    let run = folder.run(&["newsletter"]).ends(0);
    for said in ["Issue 1, 2024-01-31", "Issue january (13 characters)", "Two posts (9 characters)", "It is a draft"] {
        assert!(run.out.contains(said), "{said}: {run:?}");
    }
    let forms = folder.files("newsletter/january");
    for file in ["email.html", "email.txt", "draft.eml", "notify.md", "buttondown.md", "mailchimp.html"] {
        let text = String::from_utf8(forms[file].clone()).unwrap();
        assert!(text.contains("Post a") && !text.contains(folio::model::trace::AT), "{file}: {text}");
        assert!(run.out.contains(file), "{run:?}");
    }
    // They are as they were, whoever asks; and none of them is on the site.
    folder.run(&["newsletter", "--all"]).ends(0);
    assert!(folder.files("newsletter/january") == forms);
    folder.run(&["build", "--drafts"]).ends(0);
    assert_eq!(folder.files("public/newsletter/january").len(), 1);
    folder.run(&["newsletter", "-o", "public"]).ends(2);
    // What is not there when the issue is, is said.
    let more = "web_only: true\nitems: [posts/a, posts/late]\n";
    let late = "//- content/posts/late.md\n---\ntitle: Late\ndate: 2024-03-01\n---\n\nText.\n";
    let folder = self::folder(&format!("{}{late}", issue("january", "2024-01-31", more)));
    let run = folder.run(&["newsletter"]).ends(0);
    assert!(
        run.out.contains("Late: not published when the issue is") && run.out.contains("for the web alone"),
        "{run:?}"
    );
    // A fault in a document that the issue does not hold is no hindrance; one in the issue is.
    folder.write("content/posts/broken.md", b"---\ntitle: A: b\ndate: 2024-01-02\n---\n\n[a](gone.md)\n");
    folder.run(&["newsletter"]).ends(0);
    folder.write("content/newsletters/january.md", b"---\ntitle: A\ndate: 2024-01-31\n---\n\n[a](gone.md)\n");
    folder.run(&["newsletter"]).ends(1);
}

#[test]
fn what_an_issue_gathers_can_be_narrowed() {
    let on = |name: &str, date: &str, more: &str| post(name, date).replace("---\n\n", &format!("{more}---\n\n"));
    let posts = [
        on("a", "2024-02-20", "topics: [housing]\n"),
        on("b", "2024-02-21", "topics: [Housing]\n"),
        on("c", "2024-02-22", "topics: [waste]\n"),
        on("d", "2023-06-01", "topics: [housing]\n"),
        on("waits", "2023-12-01", "publish_after: 2024-02-25\n"),
        on("gone", "2024-02-23", "withdrawn: 2024-12-01\n"),
        on("draft", "2024-02-23", "draft: true\n"),
        on("cy", "2024-02-23", "lang: cy\n"),
    ]
    .concat();
    let topics = "//- data/topics.yml\n- {slug: housing, title: Housing}\n- {slug: waste, title: Waste}\n";
    for (collect, titles) in [
        ("", "waits c b a"),
        ("collect: {max: 2}\n", "waits c"),
        ("collect: {topics: [housing]}\n", "b a"),
        ("collect: {since: 2023-06-01, topics: [housing]}\n", "b a d"),
        ("collect: {kinds: [project]}\n", ""),
    ] {
        // With drafts shown, an issue still holds none.
        let sources =
            project(&format!("{SETTINGS}{BARE_THEME}{THEME}{topics}{posts}{}", issue("one", "2024-03-01", collect)));
        let now = "2024-12-31T12:00:00Z".parse().unwrap();
        let built = build(&sources, Options { now, drafts: true, ..options() }, &Memo::default());
        let page = page(&built, "one");
        let held: Vec<&str> = page.lines().filter_map(|it| it.strip_prefix("- Post ")?.split('|').next()).collect();
        assert_eq!(held.join(" "), titles, "{collect}");
    }
    let (sources, built) = site(&issue("one", "2024-03-01", "collect: {kinds: [psot]}\nitems: []\n"));
    assert_eq!(told(&built.diagnostics, &sources), ["error[unknown-kind] content/newsletters/one.md:4:19"]);
    // Each language has issues and numbers of its own.
    let both = [issue("one", "2024-03-01", "items: []\n"), issue("un", "2024-03-02", "lang: cy\n"), posts].concat();
    let (_, built) = site(&both);
    assert_eq!(page(&built, "un"), "1\nBlog:\n- Post cy|/blog/cy/|Text of cy.||||");
}

#[test]
fn a_kind_of_ones_own_can_be_news_or_a_newsletter() {
    let of = |settings: &str| {
        let notes = "//- content/notes/n.md\n---\ntitle: Note\ndate: 2024-02-20\n---\n\nText.\n";
        let text = format!("{SETTINGS}{settings}{BARE_THEME}{THEME}{notes}{}", issue("one", "2024-03-01", ""));
        let sources = project(&text);
        let options = Options { now: "2024-12-31T12:00:00Z".parse().unwrap(), ..options() };
        (build(&sources, options, &Memo::default()), sources)
    };
    let note = "[kinds.note]\nfolder = \"notes\"\n";
    let (built, _) = of(&format!("{note}[kinds.newsletter]\ncollects = [\"note\"]\n"));
    assert_eq!(page(&built, "one"), "1\nNotes:\n- Note|/notes/n/|Text.||||");
    // Where nothing is gathered, nothing can change.
    let (built, sources) = of(&format!("{note}[kinds.newsletter]\ncollects = []\n"));
    assert_eq!((page(&built, "one").as_str(), told(&built.diagnostics, &sources)), ("1", vec![]));
    for wrong in
        ["collects = [\"post\"]", "news = { changed = \"title\" }", "news = { coming = \"title\" }", "news = true"]
    {
        let (built, sources) = of(&format!("{note}{wrong}\n"));
        let told = told(&built.diagnostics, &sources);
        assert!(told.iter().any(|it| it.starts_with("error[wrong-schema] site.toml:")), "{wrong}: {told:?}");
    }
    let (built, _) = of(&format!("{note}[kinds.newsletter]\ncollects = [\"psot\"]\n"));
    assert!(built.diagnostics.iter().any(|it| it.help.as_deref() == Some("did you mean `post`?")));
}
