//! What must not be public is not: no byte of a page that is kept back is in any output, whichever program's words keep it back.

use folio::Memo;
use folio::model::config::Options;
use folio::model::diagnostic::Severity;

use crate::support::{Built, Folder, SETTINGS, build, build_text, options, project};

/// A word that stands in the title, summary, text, topics and file of a page that is to be kept back.
const CANARY: &str = "Canarybird";

/// Builds a site with one public page, and one with these lines of front matter, in a file of that path.
fn built(path: &str, lines: &str) -> Built {
    let canary = CANARY.to_lowercase();
    let text = format!(
        "{SETTINGS}//- content/posts/public.md\n---\ntitle: Public\ndate: 2024-01-01\nsummary: Short.\n---\n\nPublic.\n\
         //- content/{path}\n---\ntitle: {CANARY}\ndate: 2024-01-02\nsummary: {CANARY}.\naliases: [/old-{canary}/]\n{lines}\n---\n\n\
         {CANARY} [file]({canary}.txt)\n\n## {CANARY}\n//- content/posts/{canary}.txt\n{CANARY}\n"
    );
    let mut sources = project(&text);
    folio::edge::embedded::civic(&mut sources);
    build(&sources, Options { forms: true, ..options() }, &Memo::default())
}

/// Returns the outputs that hold a byte of the page.
fn leaks(built: &Built) -> Vec<&str> {
    let is_leak = |(path, bytes): &(&String, &Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        path.to_lowercase().contains("canarybird") || text.contains("canarybird")
    };
    built.outputs.iter().filter(is_leak).map(|it| it.0.as_str()).collect()
}

fn has_errors(built: &Built) -> bool {
    built.diagnostics.iter().any(|it| it.severity == Severity::Error)
}

/// What is reported of the page, by code.
fn codes(built: &Built) -> Vec<&str> {
    built.diagnostics.iter().map(|it| it.code).collect()
}

#[test]
fn what_keeps_a_page_back_in_other_programs_keeps_it_back_here() {
    for lines in [
        // Jekyll, Statamic, Grav, Publii, Craft, Contentful.
        "published: false",
        "published: \"false\"",
        "published: no",
        "published: 'No'",
        "published: 0",
        "published: off",
        "Published: False",
        "publish: false",
        "is_published: false",
        "isPublished: false",
        "dg-publish: false",
        "visible: false",
        "public: no",
        "enabled: false",
        "routable: false",
        "render: never",
        "build: {render: never, list: never}",
        "_build:\n  render: false",
        // Hugo, Docusaurus, Obsidian, Gatsby, Kirby.
        "hidden: true",
        "hidden: yes",
        "hidden: \"1\"",
        "private: true",
        "unpublished: true",
        "isDraft: true",
        "is-draft: yes",
        "headless: true",
        "wip: true",
        "password: hunter2",
        "members_only: true",
        "confidential: true",
        "embargo: true",
        // WordPress, Pelican, Nikola, Ghost.
        "status: draft",
        "status: Draft",
        "status: private",
        "status: pending",
        "status: auto-draft",
        "status: pending review",
        "state: in-review",
        "post_status: future",
        "visibility: private",
        "visibility: members",
        "access: internal",
        // Eleventy.
        "permalink: false",
        "permalink: \"false\"",
        // Dates to come, under every name and in every form.
        "publishDate: 2099-01-01",
        "publish_date: 2099-01-01",
        "publishdate: \"2099-01-01T09:00:00Z\"",
        "pubDate: 2099-01-01",
        "published_at: 2099-01-01 10:00",
        "publishedAt: 2099-01-01",
        "published: 2099-01-01",
        "publish-on: 2099-01-01",
        "release_date: 2099-01-01",
        "embargo: 2099-01-01",
        "embargo_until: 2099-01-01",
        // What has expired is gone where it comes from.
        "expiryDate: 2020-01-01",
        "expirydate: 2020-01-01",
        "expiration_date: 2020-01-01",
        "unpublish_date: 2020-01-01",
        // Misspelt: it may be meant.
        "darft: true",
        "drafts: true",
        "Draft: true",
        "DRAFT: yes",
        "publish_afetr: 2099-01-01",
    ] {
        let built = built("posts/secret.md", lines);
        assert_eq!(leaks(&built), [""; 0], "{lines}");
        assert!(!has_errors(&built), "{lines}: {:?}", built.diagnostics);
        assert!(!built.diagnostics.is_empty(), "{lines} is not reported");
    }
}

#[test]
fn what_can_not_be_read_keeps_the_page_back() {
    for lines in ["draft:", "draft: maybe", "draft: 1", "draft: [true]", "publish_after: soon", "publishDate: TBC"] {
        let checks = "\n[checks]\nwrong-type = \"warning\"\nwrong-date = \"warning\"\n";
        let text = format!(
            "{SETTINGS}{checks}//- content/posts/secret.md\n---\ntitle: {CANARY}\ndate: 2024-01-02\n{lines}\n---\n\n{CANARY}\n"
        );
        let mut sources = project(&text);
        folio::edge::embedded::civic(&mut sources);
        let built = build(&sources, options(), &Memo::default());
        assert_eq!(leaks(&built), [""; 0], "{lines}");
        assert!(!built.diagnostics.is_empty(), "{lines} is not reported");
    }
}

/// Kinds with a status of their own read no other; a site that lets the wrong one pass does not publish the page.
#[test]
fn a_draft_of_a_kind_with_a_status_is_kept_back() {
    for status in ["draft", "private", "Pending"] {
        let text = format!(
            "{SETTINGS}\n[checks]\nwrong-choice = \"warning\"\n//- content/projects/secret.md\n---\ntitle: {CANARY}\n\
             summary: Short.\nstatus: {status}\n---\n\n{CANARY}\n"
        );
        let mut sources = project(&text);
        folio::edge::embedded::civic(&mut sources);
        assert_eq!(leaks(&build(&sources, options(), &Memo::default())), [""; 0], "{status}");
    }
}

#[test]
fn folders_of_drafts_are_kept_back() {
    for path in [
        "_drafts/secret.md",
        "posts/_drafts/secret.md",
        "posts/2024/_Drafts/secret.md",
        "posts/drafts/secret/index.md",
        "_draft/secret.md",
    ] {
        let built = built(path, "weight: 1");
        assert_eq!(leaks(&built), [""; 0], "{path}");
    }
    // A kind may have its folder so, and a word in a name is no folder.
    let kind = "//- site.toml\n[site]\ntitle = \"S\"\nbase_url = \"https://example.org/\"\n[kinds.law]\nlabel = \"Law\"\n\
                plural = \"Laws\"\nfolder = \"drafts\"\nroute = \"/laws/{slug}/\"\n\
                //- templates/document.html\n{{ page.title }}\n//- content/drafts/a.md\n---\ntitle: A\n---\n\nText.\n\
                //- content/posts/our-drafts.md\n---\ntitle: B\ndate: 2024-01-01\n---\n\nText.\n";
    let (_, built) = build_text(kind);
    assert!(
        built.outputs.contains_key("laws/a/index.html") && built.outputs.contains_key("blog/our-drafts/index.html")
    );
}

/// Such a page is public where it comes from, so it is for its author to decide.
#[test]
fn what_hides_a_public_page_elsewhere_stops_the_build() {
    for lines in [
        "sitemap: false",
        "sitemap: {exclude: true}",
        "noindex: true",
        "robots: noindex, nofollow",
        "unlisted: true",
        "search: false",
        "in_search_index: false",
        "eleventyExcludeFromCollections: true",
        "listed: no",
    ] {
        assert_eq!(codes(&built("posts/secret.md", lines)), ["not-hidden"], "{lines}");
    }
}

/// What says that a page is public, or says something else, leaves it public.
#[test]
fn a_public_page_stays_public() {
    for lines in [
        "published: true",
        "published: 2020-01-01",
        "visible: yes",
        "hidden: false",
        "status: published",
        "status: publish",
        "state: Ohio",
        "visibility: public",
        "sitemap: true",
        "robots: index",
        "index: 0",
        "hide: [toc]",
        "craft: knitting",
        "drift: 3",
        "publishDate: 2020-01-01",
        "expiryDate: 2099-01-01",
        "password: \"\"",
        "draft: false",
        "draft: no",
        "remove: false\nexpiryDate: 2020-01-01",
    ] {
        let built = built("posts/secret.md", lines);
        assert!(!leaks(&built).is_empty(), "{lines}");
        assert!(!has_errors(&built), "{lines}: {:?}", built.diagnostics);
    }
}

#[test]
fn what_is_kept_back_is_named_with_its_reason() {
    let folder = Folder::of(&format!(
        "{SETTINGS}//- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-01\npublished: false\n---\n\nA.\n\
         //- content/_drafts/b.md\n---\ntitle: B\n---\n\nB.\n\
         //- content/posts/c.md\n---\ntitle: C\ndate: 2024-01-01\nexpiryDate: 2020-01-01\n---\n\nC.\n"
    ));
    let run = folder.run(&["list", "--left-out"]).ends(0);
    assert!(run.out.contains("content/posts/a.md: kept back by `published: false`\n"), "{}", run.out);
    assert!(run.out.contains("content/_drafts/b.md: kept back by the folder `_drafts`\n"), "{}", run.out);
    assert!(run.out.contains("content/posts/c.md: expired on 2020-01-01 00:00"), "{}", run.out);
    assert!(
        run.err.contains("`published: false` keeps this page out of the site, as `draft: true` does"),
        "{}",
        run.err
    );
    // What `--fix` writes says the same to Folio.
    folder.run(&["check", "--fix"]);
    let read = |path: &str| String::from_utf8(folder.files("content")[path].clone()).unwrap();
    assert_eq!(read("posts/a.md"), "---\ntitle: A\ndate: 2024-01-01\ndraft: true\n---\n\nA.\n");
    assert_eq!(read("posts/c.md"), "---\ntitle: C\ndate: 2024-01-01\nremove: true\nexpires: 2020-01-01\n---\n\nC.\n");
    assert!(!folder.run(&["build"]).ends(0).err.contains("key-alias"));
    assert!(!folder.files("public").keys().any(|it| it.starts_with("blog/a") || it.starts_with("blog/c")));
}
