//! What Folio writes itself to be finished by people: it does not go public unfinished, and is found where it does.

use crate::support::{Folder, check, options, project};

const KINDS: [&str; 8] = ["post", "evaluation", "project", "newsletter", "person", "organisation", "event", "page"];

/// A site that is at an address of its own.
fn begun() -> Folder {
    let folder = Folder::empty();
    folder.run(&["init", "."]).ends(0);
    folder
}

fn text(folder: &Folder, path: &str) -> String {
    String::from_utf8(folder.files("")[path].clone()).unwrap()
}

#[test]
fn a_new_document_is_a_draft_and_is_found_when_it_is_published_as_it_is() {
    for kind in KINDS {
        let folder = begun();
        let before: Vec<String> = folder.files("content").into_keys().collect();
        folder.run(&["new", kind, "Canarybird"]).ends(0);
        let path = folder.files("content").into_keys().find(|it| !before.contains(it)).unwrap();
        let path = format!("content/{path}");
        folder.run(&["build"]).ends(0);
        for (file, bytes) in folder.files("public") {
            assert!(!String::from_utf8_lossy(&bytes).contains("Canarybird"), "{kind}: {file}");
        }
        let now = text(&folder, &path).replace("draft: true\n", "");
        folder.write(&path, now.as_bytes());
        let run = folder.run(&["check", "--deny", "warnings"]).ends(1);
        assert!(run.err.contains("warning[placeholder]: `Write here.` was to be replaced"), "{kind}: {}", run.err);
    }
}

#[test]
fn every_text_that_a_new_document_has_is_found() {
    let folder = begun();
    folder.run(&["new", "evaluation", "Repairs"]).ends(0);
    let now = text(&folder, "content/evaluations/repairs.md")
        .replace("draft: true\n", "")
        .replace("# evaluates", "evaluates");
    let now = now.replace("# findings:", "findings:").replace("# improvements:", "improvements:");
    folder.write("content/evaluations/repairs.md", now.as_bytes());
    let run = folder.run(&["check"]);
    for left in [
        "Write here.",
        "Name of the organisation",
        "What was found, or the question if it is not finished.",
        "The finding in one sentence.",
        "What must be better.",
    ] {
        assert!(run.err.contains(&format!("`{left}` was to be replaced")), "{left}: {}", run.err);
    }
}

/// A new site builds; what is still to be written is named, each with its place.
#[test]
fn a_new_site_says_what_is_to_be_written() {
    let folder = begun();
    folder.run(&["build"]).ends(0);
    let run = folder.run(&["check"]).ends(0);
    for told in [
        "warning[placeholder]: `Say here who you are` was to be replaced\n  --> content/about.md:6:1",
        "warning[placeholder]: `Replace this text with yours` was to be replaced\n  --> content/accessibility.md:6:66",
        "warning[example-address]: `www.example.org` is an address for examples, and leads to nobody's site\n  --> site.toml:7:12",
        "3 warnings in 3 files",
    ] {
        assert!(run.err.contains(told), "{told}\n{}", run.err);
    }
    folder.run(&["check", "--deny", "warnings"]).ends(1);
    // With an address of its own the site is told of the pages alone, and a preview elsewhere changes nothing.
    let settings = text(&folder, "site.toml").replace("www.example.org", "www.middleton.gov.uk");
    folder.write("site.toml", settings.as_bytes());
    assert!(!folder.run(&["check"]).err.contains("example-address"));
}

#[test]
fn a_sentence_may_speak_of_a_todo() {
    let told = |text: &str| {
        let project = format!(
            "//- site.toml\n[site]\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n\
             //- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-01\nsummary: Short.\n---\n\n{text}\n"
        );
        let mut sources = project_of(&project);
        folio::edge::embedded::civic(&mut sources);
        check(&sources, options()).iter().filter(|it| it.code == "placeholder").count()
    };
    for text in [
        "Put it on the TODO list.",
        "We cleared our TODO in a week.",
        "Search the code for TODO comments.",
        "It begins with the word TODO and ends.",
        "A line that says \"TODO\" is a note.",
        "Each TODO has an owner.",
    ] {
        assert_eq!(told(text), 0, "{text}");
    }
    for text in
        ["TODO", "TODO write this.", "The cost was TODO.", "Venue: TBC", "We met on TODO May.", "See [INSERT link]."]
    {
        assert_eq!(told(text), 1, "{text}");
    }
}

fn project_of(text: &str) -> folio::model::source::Sources {
    project(text)
}

/// What the manual says of later dates goes through the checks that the manual gives to CI.
#[test]
fn a_page_that_waits_for_its_day_stops_no_machine() {
    let folder = Folder::of(
        "//- site.toml\n[site]\ntitle = \"T\"\nbase_url = \"https://www.middleton.gov.uk/\"\n[checks]\nmissing-statement = \"off\"\n\
         missing-licence = \"off\"\n\
         //- content/index.md\n---\ntitle: Home\nsummary: What we do.\n---\n\nText.\n\
         //- content/posts/2024-02-01-bins.md\n---\ntitle: Bins\ndate: 2024-02-06 09:00\nsummary: When they are emptied.\n---\n\nText.\n",
    );
    let run = folder.run(&["check", "--deny", "warnings"]).ends(0);
    assert!(run.err.contains("advice[future-date]: this page is left out until 2024-02-06"), "{}", run.err);
    assert!(run.err.contains("advice[date-differs]"), "{}", run.err);
    // A slip in the year is still told, and stops it.
    let slip = "---\ntitle: Bins\ndate: 2042-02-06 09:00\nsummary: When they are emptied.\n---\n\nText.\n";
    folder.write("content/posts/2024-02-01-bins.md", slip.as_bytes());
    let run = folder.run(&["check", "--deny", "warnings"]).ends(1);
    assert!(run.err.contains("warning[future-date]"), "{}", run.err);
}

/// What is sent by hand has nobody who fills in what a service does.
#[test]
fn a_letter_that_is_sent_by_hand_can_be_left() {
    let site = |more: &str| {
        Folder::of(&format!(
            "//- site.toml\n[site]\ntitle = \"T\"\nbase_url = \"https://www.example.org/\"\n[newsletter]\nfrequency = \"Monthly.\"\n{more}\
             //- content/newsletters/2024-01-09-first.md\n---\ntitle: First\ndate: 2024-01-09\npreheader: Short.\nitems: []\n---\n\nHello.\n"
        ))
    };
    let draft = |folder: &Folder| text(folder, "newsletter/first/draft.eml").replace("=\r\n", "");
    let folder = site("");
    let run = folder.run(&["newsletter", "first"]);
    let out = format!("{}{}", run.out, run.err);
    assert!(out.contains("words in braces that only a mail service fills in"), "{out}");
    assert!(out.contains("Its links lead to `www.example.org`, which is nobody's site"), "{out}");
    let folder = site("from_email = \"news@council.gov.uk\"\n");
    let run = folder.run(&["newsletter", "first"]);
    assert!(!format!("{}{}", run.out, run.err).contains("words in braces"));
    assert!(draft(&folder).contains("mailto:news@council.gov.uk?subject"), "{}", draft(&folder));
    assert!(text(&folder, "newsletter/first/email.html").contains("{{unsubscribe_url}}"), "a service fills in its own");
    let folder = site("list_unsubscribe = \"https://news.council.gov.uk/leave\"\n");
    folder.run(&["newsletter", "first"]);
    assert!(
        draft(&folder).contains("href=3D\"https://news.council.gov.uk/leave\"")
            || draft(&folder).contains("href=\"https://news.council.gov.uk/leave\"")
    );
}
