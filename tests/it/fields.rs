//! Keys of front matter: which of several counts, what an empty one says, and what `--fix` makes of them.

use folio::Memo;
use folio::model::diagnostic::Edit;
use folio::model::source::{Source, Sources};

use crate::support::{BARE_THEME, Folder, SETTINGS, options, project, told_in, without_advice};

/// What is told of a document, its text after `--fix`, and what `template` shows of it.
fn read(path: &str, settings: &str, yaml: &str, template: &str) -> (Vec<String>, String, String) {
    let mut sources: Sources = project(&format!("{SETTINGS}{settings}{BARE_THEME}"));
    sources.add(Source::new("data/topics.yml", b"- one\n- two\n".to_vec()));
    sources.add(Source::new("templates/document.html", template.into()));
    sources.add(Source::new(path, format!("---\n{yaml}\n---\n\nText.\n").into_bytes()));
    let opened = folio::open(&sources, "site.toml", options(), &Memo::default());
    let mut found = opened.diagnostics;
    found.retain(|it| it.place.as_ref().is_none_or(|it| &*it.path == path));
    let mut edits: Vec<Edit> = found.iter().flat_map(|it| it.fix.clone()).collect();
    edits.sort();
    let mended = Edit::apply(&edits, &sources.texts[path].text);
    let entry = opened.value.site.entries.iter().find(|it| &*it.document.source.path == path).unwrap();
    let made = folio::make(&opened.value, entry.route(), &sources);
    let folio::model::page::OutputBytes::Made(bytes) = made.value.bytes else { panic!("a page is no copy") };
    let told = without_advice(&found);
    let told = told_in(&folio::report::text(folio::report::Format::Json, &told, &folio::report::Around::of(&sources)));
    let told = told.iter().map(|it| it.replace(&format!(" {path}"), "")).collect();
    let mended = mended.strip_prefix("---\n").unwrap().strip_suffix("\n---\n\nText.\n").unwrap().to_owned();
    (told, mended, String::from_utf8(bytes).unwrap().trim().to_owned())
}

#[track_caller]
fn check(path: &str, yaml: &str, template: &str, shown: &str, told: &[&str], mended: &str) {
    let (found, after, made) = read(path, "", yaml, template);
    let mended = if mended.is_empty() { yaml } else { mended };
    let expected: Vec<String> = told.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!((made.as_str(), found, after.as_str()), (shown, expected, mended), "{yaml}");
}

#[track_caller]
fn page(yaml: &str, template: &str, shown: &str, told: &[&str], mended: &str) {
    check(
        "content/a.md",
        &format!("title: A\n{yaml}"),
        template,
        shown,
        told,
        &match mended {
            "" => String::new(),
            it => format!("title: A\n{it}"),
        },
    );
}

const SUMMARY: &str = "{{ page.summary }}";
const TOPICS: &str = "{% for it in page.topics %}{{ it.slug }} {% endfor %}";

#[test]
fn the_right_name_wins_wherever_it_stands() {
    let two = "warning[two-names]:3:1";
    page("deck: B\nsummary: S", SUMMARY, "S", &[two], "");
    page("summary: S\nexcerpt: B", SUMMARY, "S", &["warning[two-names]:4:1"], "");
    page("deck: B\nsummary: S\ndescription: C", SUMMARY, "S", &[two, "warning[two-names]:5:1"], "");
    page("Summary: B\nsummary: S", SUMMARY, "S", &[two], "");
    check("content/a.md", "title: A\nname: b", "{{ page.title }}", "A", &["warning[two-names]:3:1"], "");
    check("content/a.md", "name: b\ntitle: A", "{{ page.title }}", "A", &["warning[two-names]:2:1"], "");
}

#[test]
fn an_empty_one_never_wins() {
    let read = &["warning[two-names]:4:1", "warning[key-alias]:3:1"][..];
    let sorted = |all: &[&'static str]| {
        let mut all = all.to_vec();
        all.sort_by_key(|it| it.split_once(']').map(|it| it.1.to_owned()));
        all
    };
    page("deck: B\nsummary: \"\"", SUMMARY, "B", &sorted(read), "");
    page("deck: B\nsummary:", SUMMARY, "B", &sorted(read), "");
    page("summary: ' '\ndeck: B", SUMMARY, "B", &["warning[two-names]:3:1", "warning[key-alias]:4:1"], "");
    page("summary: S\ndeck: ''", SUMMARY, "S", &[], "");
    page("deck: ''\nexcerpt: E", SUMMARY, "E", &["warning[key-alias]:4:1"], "");
    page("topics: []\ntags: [one]", TOPICS, "one", &["warning[two-names]:3:1", "warning[key-alias]:4:1"], "");
}

#[test]
fn two_lists_are_not_brought_together() {
    let found = &["warning[key-alias]:3:1", "warning[two-names]:4:1"];
    page("categories: [one]\ntags: [two]", TOPICS, "one", found, "");
    page(
        "tags: [two]\ncategories: [one]\ntopics: [one]",
        TOPICS,
        "one",
        &["warning[two-names]:3:1", "warning[two-names]:4:1"],
        "",
    );
    page("category: one\ntags: two", TOPICS, "one", found, "");
    // Alone, another name is written as the right one.
    page("tags: [two]", TOPICS, "two", &["warning[key-alias]:3:1"], "topics: [two]");
}

#[test]
fn keys_beside_a_group_have_their_own_place() {
    let path = "content/a/index.md";
    let image = |yaml: &str, shown: &str, told: &[&str], mended: &str| {
        let yaml = format!("title: A\n{yaml}");
        let mended = if mended.is_empty() { String::new() } else { format!("title: A\n{mended}") };
        check(path, &yaml, "{{ page.image.alt | default(value='') }}", shown, told, &mended);
    };
    let file = "error[missing-file]:3:1";
    image(
        "image: one.svg\nalt: A line\nalt: A line",
        "A line",
        &[file, "warning[duplicate-key]:5:1"],
        "image: one.svg\nalt: A line",
    );
    image("image: one.svg\nalt: A line\nalt: Two", "A line", &[file, "error[duplicate-key]:5:1"], "");
    image("image: one.svg\nalt: A\nimage_alt: B", "A", &[file, "warning[two-names]:5:1"], "");
    image("image: {src: one.svg, alt: A}\nalt: A", "A", &["error[missing-file]:3:14", "warning[two-names]:4:1"], "");
    image("image: {src: one.svg, alt: ''}\nalt: A", "A", &["error[missing-file]:3:14"], "");
    image("image: one.svg\nalt: [A]", "", &[file, "error[wrong-type]:4:6"], "");
}

#[test]
fn empty_values_are_as_if_they_were_not_there() {
    page(
        "updated: ''\nimage: ''\ncanonical: ''\nweight: ''\nlang: \"\"\nslug: ''\ndraft: ''\ntopics: ['']",
        TOPICS,
        "",
        &["warning[wrong-form]:10:10"],
        "",
    );
    page("permalink: ''\nredirect_to: ''\ntemplate: ''\nkind: ''\ncontact: ''\nexpires: ''", TOPICS, "", &[], "");
    page("summary: ''", SUMMARY, "", &[], "");
    page("topics: ['', one]", TOPICS, "one", &["warning[wrong-form]:3:10"], "");
    check("content/events/a.md", "title: A\nstart: ''", SUMMARY, "", &["error[missing-field]:3:1"], "");
}

#[test]
fn a_date_of_an_event_is_its_start() {
    let start = "{{ page.start }} {{ page.end | default(value='') }}";
    let made = |settings: &str, yaml: &str| {
        let (told, mended, shown) = read("content/events/a.md", settings, yaml, start);
        (told.join(" "), mended, shown)
    };
    let (told, mended, shown) =
        made("", "title: A\ndate: 2023-02-07 13:00:00 -0500\nend_date: 2023-02-07 14:00:00 -0500");
    assert_eq!(told, "warning[key-alias]:3:1 warning[key-alias]:4:1");
    assert_eq!(mended, "title: A\nstart: 2023-02-07 13:00:00 -0500\nend: 2023-02-07 14:00:00 -0500");
    assert!(shown.contains("2023"), "{shown}");
    let (told, ..) = made("", "title: A\ndate: 2023-01-07\nstart: 2023-02-07");
    assert_eq!(told, "");
    let (told, ..) = made("", "title: A\ndate: 2023-01-07\ndateStart: 2023-02-07");
    assert_eq!(told, "warning[key-alias]:4:1");
    let (told, ..) = made("", "title: A\nend: 2023-02-07\ndate: 2023-02-08");
    assert_eq!(told, "error[wrong-order]:3:6 warning[key-alias]:4:1");
    // The site gives a kind another name for a field, and keeps a name for a field of its own.
    let site = "[kinds.event.fields]\nstart = { aliases = [\"updated\"] }\n";
    let (told, mended, _) = made(site, "title: A\nupdated: 2023-01-07");
    assert_eq!((told.as_str(), mended.as_str()), ("warning[key-alias]:3:1", "title: A\nstart: 2023-01-07"));
    let site =
        "[kinds.event.fields]\nwhen = { type = \"text\", aliases = [\"updated\"] }\nupdated = { type = \"date\" }\n";
    let (told, ..) = made(site, "title: A\nstart: 2023-01-07\nupdated: 2023-01-07");
    assert_eq!(told, "");
}

#[test]
fn curly_quotes_around_a_name_are_mended() {
    let quotes = "{% for it in page.authors %}{{ it.title | default(value=it.name | default(value='')) }}{% endfor %}";
    let (told, mended, _) = read("content/a.md", "", "title: A\nauthors: [“Ada”, ‘Ben’]\ntopics: [„one“]", quotes);
    assert_eq!(told, ["error[yaml-quote]:3:11", "error[yaml-quote]:3:18", "error[yaml-quote]:4:10"]);
    assert_eq!(mended, "title: A\nauthors: [\"Ada\", \"Ben\"]\ntopics: [\"one\"]");
    // Words for readers may stand in quotes, and so may a part of a name.
    let (told, ..) = read("content/a.md", "", "title: A\nsummary: “One”\nauthors: [Ada “Bee” Example]", quotes);
    assert!(!told.join(" ").contains(":4:"), "{told:?}");
}

#[test]
fn a_foreign_key_is_not_taken_for_a_slip() {
    let help = |yaml: &str| {
        let mut sources: Sources = project(&format!("{SETTINGS}{BARE_THEME}"));
        sources.add(Source::new("content/a.md", format!("---\ntitle: A\n{yaml}\n---\n\nText.\n").into_bytes()));
        let found = folio::open(&sources, "site.toml", options(), &Memo::default()).diagnostics;
        found.iter().find(|it| it.code == "unknown-key").and_then(|it| it.help.clone()).unwrap_or_default()
    };
    for (yaml, name) in [
        ("sumary: S", "summary"),
        ("ummary: S", "summary"),
        ("usmmary: S", "summary"),
        ("tpoics: [a]", "topics"),
        ("docments: []", "documents"),
    ] {
        assert_eq!(help(yaml), format!("did you mean `{name}`?"), "{yaml}");
    }
    assert!(!help("comments: false").contains("documents"));
}

#[test]
fn a_report_for_programs_stands_alone_when_files_are_mended() {
    let text = format!(
        "{SETTINGS}{BARE_THEME}//- content/a.md\n---\ntitle: A\ntags: [one]\n---\n\nText.\n//- data/topics.yml\n- one\n"
    );
    for format in ["json", "sarif"] {
        let folder = Folder::of(&text);
        let run = folder.run(&["check", "--fix", "--format", format]);
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&run.out);
        assert!(parsed.is_ok(), "{}", run.out);
        assert!(run.err.contains("mended[key-alias] content/a.md:3"), "{}", run.err);
    }
    let run = Folder::of(&text).run(&["check", "--fix", "--format", "github"]);
    assert!(!run.out.contains("mended["), "{}", run.out);
    assert!(Folder::of(&text).run(&["check", "--fix"]).out.contains("mended[key-alias]"));
}

#[test]
fn a_new_document_offers_no_term_that_a_site_may_not_have() {
    let folder = Folder::of(SETTINGS);
    folder.run(&["new", "post", "A title"]).ends(0);
    let files = folder.files("content/posts");
    let text = String::from_utf8(files.into_values().next().unwrap()).unwrap();
    assert!(text.contains("\n# topics: [] # terms of data/topics.yml"), "{text}");
    assert!(text.contains("\n# authors: [Ada Example]\n"), "{text}");
    // With the signs taken away it builds, in a site without topics.
    let all = text.replace("# topics:", "topics:").replace("# authors:", "authors:");
    let path = "content/posts/2024-02-01-a-title.md";
    folder.write(path, all.as_bytes());
    folder.run(&["build"]).ends(0);
}

#[test]
fn americans_write_the_month_first() {
    let told = |language: &str, text: &str| {
        let site = format!(
            "\n//- site.toml\n[site]\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"{language}\"\n"
        );
        let sources = project(&format!("{site}{BARE_THEME}//- content/a.md\n---\ntitle: A\n---\n\n{text}\n"));
        let found = crate::support::check(&sources, options());
        let dates = found.into_iter().filter(|it| it.code == "unclear-date");
        dates.map(|it| it.help.unwrap_or_default()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told("en-US", "It was on May 30, 2013."), "");
    assert_eq!(told("en-GB", "It was on May 30, 2013."), "write `30 May`");
    assert_eq!(told("en-US", "It was on May 30th."), "write `May 30`");
    assert_eq!(told("en-US", "It was on 05/30/2013."), "write `May 30, 2013`");
    assert_eq!(told("en-US", "It was on 05/06/2013."), "write the month as a word: `May 6, 2013`");
}

#[test]
fn of_two_groups_in_one_no_line_is_taken_out() {
    let kept = |yaml: &str| {
        let path = "content/evaluations/a.md";
        let (_, after, _) = read(path, "", &format!("title: A\n{yaml}"), "");
        assert_eq!(after, format!("title: A\n{yaml}"));
    };
    let finding = |name: &str| format!("    {name}: B\n    direction: mixed");
    kept(&format!("findings:\n  - headline: A\n    direction: mixed\n{}", finding("headline")));
    kept(&format!("improvements:\n  - issue: A\n    direction: mixed\n{}", finding("issue")));
    kept("summary: One\nlang: en-GB\nsummary: Two\nlang: en-GB");
    // All that is there twice says the same.
    let (_, after, _) = read("content/a.md", "", "title: A\nsummary: S\nlang: en\nsummary: S\nlang: en", "");
    assert_eq!(after, "title: A\nsummary: S\nlang: en");
}
