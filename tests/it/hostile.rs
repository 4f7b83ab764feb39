//! Inputs that nobody means, and that must neither end the program nor take it much time or memory: each is told at its place.

use folio::Memo;
use folio::model::source::Source;

use crate::support::{BARE_THEME, SETTINGS, build, check, options, project, told, without_advice};

/// Returns what is told of a site with one document, as `error[code] 4:1`, advice left out.
fn told_of(path: &str, text: &str) -> Vec<String> {
    told_with(SETTINGS, path, text)
}

fn told_with(settings: &str, path: &str, text: &str) -> Vec<String> {
    let mut sources = project(&format!("{settings}{BARE_THEME}//- content/index.md\n---\ntitle: Home\n---\n"));
    folio::edge::embedded::civic(&mut sources);
    sources.add(Source::new(path, text.as_bytes().to_vec()));
    let built = build(&sources, options(), &Memo::default());
    let mut found = without_advice(&built.diagnostics);
    // What a template lacks because a document could not be read is the second word on one mistake.
    found.retain(|it| it.code != "template-error");
    told(&found, &sources).into_iter().map(|it| it.replace(&format!(" {path}:"), " ")).collect()
}

/// Returns a post with these lines in its front matter.
fn post(yaml: &str) -> String {
    format!("---\ntitle: T\ndate: 2024-01-01\n{yaml}\n---\n\nText.\n")
}

#[test]
fn what_follows_a_time_may_be_any_letter() {
    for rest in
        ["\u{2013} 12:00", "- 12:00", "£", "é", "10:30 £", "+é0:00", "-", "+", "Zürich", "\u{301}", "1:00 1:00 1:00"]
    {
        let text = format!("---\ntitle: T\ndate: 2024-05-14 10:00 {rest}\n---\n\nText.\n");
        assert_eq!(told_of("content/posts/a.md", &text), ["error[wrong-date] 3:7"], "{rest}");
        let text = format!("---\ntitle: T\nstart: 2024-05-14 10:00{rest}\n---\n\nText.\n");
        assert_eq!(told_of("content/events/a.md", &text), ["error[wrong-date] 3:8"], "{rest}");
    }
    // Each time in a long text was taken for the end of a day, and the text before it looked at once more.
    let text = format!("---\ntitle: T\ndate: x{}\n---\n\nText.\n", " 1:00".repeat(10_000));
    assert_eq!(told_of("content/posts/a.md", &text), ["error[wrong-date] 3:7"]);
}

#[test]
fn brackets_that_are_opened_thousands_of_times_are_told_once() {
    for (open, count) in
        [("[", 3_000), ("[", 60_000), ("{a: ", 3_000), ("[{a: ", 3_000), ("[a, ", 3_000), ("[\n  ", 3_000)]
    {
        let text = post(&format!("x: {}", open.repeat(count)));
        assert_eq!(told_of("content/posts/a.md", &text), ["error[yaml-deep] 4:4"], "{open} {count} times");
        let text =
            format!("---\ntitle: T\ndate: 2024-01-01\n---\n\n```stat\nvalue: {}\nlabel: a\n```\n", open.repeat(count));
        let found = told_of("content/posts/a.md", &text);
        assert_eq!(found.len(), 1, "{open} {count} times: {found:?}");
        assert!(found[0].starts_with("error[yaml-deep]") || found[0].starts_with("error[component-long]"), "{found:?}");
        let text = format!("- {{slug: t5, title: {}\n", open.repeat(count));
        let found = told_of("data/topics.yml", &text);
        assert!(found.iter().any(|it| it.starts_with("error[yaml-deep] 1:")), "{open} {count} times: {found:?}");
    }
    for (line, count) in [("x: [\n", 3_000), ("x:\n  - {a: \n", 3_000), ("- [b\n", 3_000)] {
        let found = told_of("content/posts/a.md", &post(&line.repeat(count)));
        assert_eq!(found.iter().filter(|it| it.starts_with("error[yaml-deep]")).count(), 1, "{line}: {found:?}");
    }
    let indented: String = (1..300).map(|it| format!("{}a:\n", " ".repeat(it))).collect();
    for text in
        [format!("x:\n{indented}"), format!("x: {}a", "- ".repeat(5_000)), format!("x:\n  {}a", "- ".repeat(5_000))]
    {
        let found = told_of("content/posts/a.md", &post(&text));
        assert!(found.iter().any(|it| it.starts_with("error[yaml-")) && found.len() < 3, "{found:?}");
    }
    let text = format!("title = \"a\"\nx = {}", "[".repeat(100_000));
    assert!(
        told_with(&format!("{SETTINGS}{text}\n"), "content/a.md", "---\ntitle: A\n---\n")
            .iter()
            .any(|it| it.starts_with("error[toml-syntax]"))
    );
}

#[test]
fn what_is_proposed_for_a_broken_list_is_no_longer_than_what_was_written() {
    for yaml in [
        format!("venue: {{,0\\ud{}", ",0,0,a".repeat(7)),
        format!("venue: {{a: b\\c{}", ", d".repeat(21)),
        format!("venue: {{a: \"b\"c\\{}", ", d\"e".repeat(21)),
        format!("venue: {{a: 'b\\'{}}}", ", \\d".repeat(21)),
        format!("venue: [{{a: b\\c{}, {{d: e{}", ", f".repeat(21), ", g\\".repeat(21)),
        format!("venue: {{a: {{b: c\\{}", ", d".repeat(21)),
    ] {
        let mut sources = project(&format!("{SETTINGS}{BARE_THEME}"));
        let text = format!("---\ntitle: T\n{yaml}\n---\n\nText.\n");
        sources.add(Source::new("content/events/a.md", text.clone().into_bytes()));
        let opened = folio::open(&sources, "site.toml", options(), &Memo::default());
        assert!(!opened.diagnostics.is_empty(), "{yaml}");
        for it in &opened.diagnostics {
            let edits: usize = it.fix.iter().map(|it| it.text.len()).sum();
            let help = it.help.as_ref().map_or(0, String::len);
            assert!(edits < 2 * text.len() && help < 4 * text.len() + 100, "{yaml}: {} and {help} bytes", edits);
        }
    }
}

#[test]
fn a_component_that_is_not_closed_is_not_read_to_the_end_of_the_file() {
    let text = format!(
        "---\ntitle: T\ndate: 2024-01-01\n---\n\n```stat\nvalue: 1\nlabel: a\n{}",
        "more: words\n".repeat(10_000)
    );
    let found = told_of("content/posts/a.md", &text);
    assert!(found.contains(&"error[component-long] 7:1".to_owned()), "{found:?}");
}

#[test]
fn settings_that_an_owner_may_try_are_told_and_take_no_kind_away() {
    for (line, place) in [
        ("[kinds.page]\nfolder = \"pages\"", "error[wrong-schema] site.toml:5:10"),
        ("[kinds.page]\nfolder = \"\"", "error[wrong-schema] site.toml:5:10"),
        ("[kinds.page]\nroute = \"pages\"", "error[wrong-schema] site.toml:5:9"),
        ("[kinds.page]\nroute = \"//pages/{path}/\"", "error[wrong-schema] site.toml:5:9"),
        ("[kinds.post]\nroute = \"/a/../{slug}/\"", "error[wrong-schema] site.toml:5:9"),
        ("[kinds.post]\nroute = \"/a?{slug}/\"", "error[wrong-schema] site.toml:5:9"),
        ("[kinds]\npage = 3", "error[wrong-schema] site.toml:5:8"),
        ("[[kinds]]\npage = 3", "error[wrong-schema] site.toml:4:1"),
        ("[site.x]\n[[fields]]\na = 1", "error[wrong-schema] site.toml:5:1"),
    ] {
        let settings = format!("{SETTINGS}{line}\n");
        let found = told_with(&settings, "content/about.md", "---\ntitle: About\n---\n\nText.\n");
        assert!(found.contains(&place.to_owned()), "{line}: {found:?}");
    }
    for (line, place) in [
        ("facets = [\"https://www.exam\"]", "error[wrong-schema] site.toml:1:11"),
        ("facets = [\"topics\", \"topisc\"]", "error[wrong-schema] site.toml:1:21"),
        ("facets = 3", "error[wrong-schema] site.toml:1:10"),
        ("kinds = 3", "error[wrong-schema] site.toml:1:9"),
        ("types = \"a\"\nfields = []", "error[wrong-schema] site.toml:1:9"),
    ] {
        let settings = SETTINGS.replace("[site]", &format!("{line}\n[site]"));
        let found = told_with(&settings, "content/posts/a.md", &post("topics: [housing]"));
        assert!(found.contains(&place.to_owned()), "{line}: {found:?}");
    }
    // A field may have any name; its terms have an address all the same.
    let settings = format!(
        "{SETTINGS}[kinds.note]\nfolder = \"notes\"\nfacets = [\"https://a//b\"]\n[kinds.note.fields.\"https://a//b\"]\ntype = \"text\"\n"
    );
    let text = "---\ntitle: A\ndate: 2024-01-01\n\"https://a//b\": c\n---\n\nText.\n";
    assert_eq!(told_with(&settings, "content/notes/a.md", text), [""; 0]);
    let settings = format!("{SETTINGS}[checks]\nmissing-statement = {{ severity = \"error\", page = \"a//b\" }}\n");
    told_with(&settings, "content/about.md", "---\ntitle: About\n---\n\nText.\n");
}

#[test]
fn text_that_is_very_deep_is_told_and_its_pages_can_be_looked_at() {
    let deep_in = |text: &str| {
        let mut sources = project(&format!("{SETTINGS}{BARE_THEME}//- content/index.md\n---\ntitle: Home\n---\n"));
        folio::edge::embedded::civic(&mut sources);
        let text = format!("---\ntitle: T\ndate: 2024-01-01\n---\n\n{text}\n");
        sources.add(Source::new("content/posts/a.md", text.clone().into_bytes()));
        let found = check(&sources, options());
        assert!(found.iter().all(|it| it.code != "internal-error"), "{text:.40}");
        told(&found, &sources).into_iter().filter(|it| it.starts_with("error[markdown-deep]")).collect::<Vec<_>>()
    };
    let marks = |count: usize| format!("{}a{}", "*a ".repeat(count), " a*".repeat(count).replace(" a*", "a*"));
    let lines = |count: usize| (0..count).map(|it| format!("{}- a\n", "  ".repeat(it))).collect::<String>();
    for text in [
        "- ".repeat(5_000) + "a",
        "> ".repeat(5_000) + "a",
        ">".repeat(100_000) + "a",
        "1. ".repeat(5_000) + "a",
        "> - ".repeat(3_000) + "a",
        marks(5_000),
        lines(400),
    ] {
        assert_eq!(deep_in(&text).len(), 1, "{text:.40}");
    }
    for text in ["- ".repeat(40) + "a", "> ".repeat(90) + "a", marks(90), lines(40)] {
        assert_eq!(deep_in(&text), Vec::<String>::new(), "{text:.40}");
    }
    assert_eq!(deep_in(&format!("{}a", "> ".repeat(200)))[0], "error[markdown-deep] content/posts/a.md:6:201");
}
