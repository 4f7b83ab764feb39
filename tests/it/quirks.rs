//! What real content looks like (counted in 15,340 files of 20 public repositories), and the mistakes that staff make: read
//! right, or told at their line.

use std::fmt::Write;

use folio::Memo;
use folio::model::page::OutputBytes;
use folio::model::source::Source;

use crate::support::{BARE_THEME, Folder, SETTINGS, build, options, project, told, told_in, without_advice};

/// Opens a site with one document more, and shows what `template` makes of it, and what is told.
fn shown(path: &str, bytes: &[u8], template: &str) -> (String, Vec<String>) {
    let mut sources = project(&format!("{SETTINGS}{BARE_THEME}{TOPICS}//- content/index.md\n---\ntitle: Home\n---\n"));
    sources.add(Source::new("templates/document.html", template.into()));
    sources.add(Source::new(path, bytes.to_vec()));
    let opened = folio::open(&sources, "site.toml", options(), &Memo::default());
    let mut found = opened.diagnostics;
    let entry = opened.value.site.entries.iter().find(|it| &*it.document.source.path == path);
    let route = entry.unwrap_or_else(|| panic!("{path} is not published: {found:?}")).route();
    let made = folio::make(&opened.value, route, &sources);
    found.extend(made.diagnostics);
    let OutputBytes::Made(bytes) = made.value.bytes else { panic!("a page is no copy") };
    (String::from_utf8(bytes).unwrap().trim().to_owned(), told(&without_advice(&found), &sources))
}

const TOPICS: &str = "
//- data/topics.yml
- {slug: housing, title: Housing}
- {slug: data, title: Data sharing}
";

/// The text of a post is read without a word, and is shown so.
#[track_caller]
fn reads(text: &str, template: &str, expected: &str) {
    reads_at("content/posts/2024-01-23-first.md", text.as_bytes(), template, expected);
}

#[track_caller]
fn reads_at(path: &str, bytes: &[u8], template: &str, expected: &str) {
    let (made, found) = shown(path, bytes, template);
    assert_eq!((made.as_str(), found.join("\n").as_str()), (expected, ""), "{}", String::from_utf8_lossy(bytes));
}

/// The front matter of a post, with a title, is read without a word, and is shown so.
#[track_caller]
fn field(yaml: &str, template: &str, expected: &str) {
    reads(&format!("---\ntitle: First\n{yaml}\n---\n\nText.\n"), template, expected);
}

/// The front matter of a post, with a title, is read with these words, and is shown so.
#[track_caller]
fn field_told(yaml: &str, template: &str, expected: &str, found: &str) {
    let text = format!("---\ntitle: First\n{yaml}\n---\n\nText.\n");
    let (made, told) = shown("content/posts/2024-01-23-first.md", text.as_bytes(), template);
    let told = told.iter().map(|it| it.replace(" content/posts/2024-01-23-first.md", "")).collect::<Vec<_>>();
    assert_eq!((made.as_str(), told.join(" ").as_str()), (expected, found), "{yaml}");
}

const WHOLE: &str = "{{ page.title }}|{{ page.content | safe }}";

#[test]
fn line_ends_and_byte_order_marks() {
    let text = "---\ntitle: First\n---\n\nOne\n\nTwo\n";
    let expected = "First|<p>One</p>\n<p>Two</p>";
    reads(text, WHOLE, expected);
    reads(&text.replace('\n', "\r\n"), WHOLE, expected);
    reads(&text.replace('\n', "\r"), WHOLE, expected);
    reads("---\r\ntitle: First\n---\r\n\nOne\r\n\r\nTwo\n", WHOLE, expected);
    reads(&format!("\u{feff}{text}"), WHOLE, expected);
    reads(&format!("\u{feff}{}", text.replace('\n', "\r\n")), WHOLE, expected);
    reads(text.trim_end(), WHOLE, expected);
    // A mark within the text is where two files were put together. It must not stand before a word and break a search.
    reads("---\ntitle: First\n---\n\u{feff}\nOne\n\nTwo\n", WHOLE, expected);
    reads("---\ntitle: First\n---\n\n\u{feff}One\n\nTwo\n", WHOLE, expected);
    field_told("\u{feff}series: A", "{{ page.title }}", "First", "error[yaml-sign]:3:1");
}

#[test]
fn spaces_that_are_none() {
    field_told("series:\u{a0}A", "{{ page.title }}", "First", "error[yaml-space]:3:1");
    field("series: A\u{a0}b", "{{ page.series | default(value='') }}", "A\u{a0}b");
    field("series: A\u{200b}b", "{{ page.series | default(value='') }}", "A\u{200b}b");
    field("series: A\t", "{{ page.series | default(value='') }}", "A");
    field("series: \"A\"\t", "{{ page.series | default(value='') }}", "A");
    field("topics: [housing, data]\t", "{{ page.topics | length }}", "2");
    field("draft: false\t", "{{ page.draft }}", "false");
    reads("---\ntitle: First\n---\n\nA\u{a0}b\u{200b}c\n", "{{ page.content | safe }}", "<p>A\u{a0}b\u{200b}c</p>");
}

#[test]
fn control_characters_are_told_where_yaml_forbids_them() {
    field_told("series: A\u{7}b", "{{ page.title }}", "First", "error[yaml-syntax]:3:10");
    // In the text no reader sees them, and XML forbids them in feeds: they are told, and feeds leave them out.
    let sources = project(&format!(
        "{SETTINGS}{BARE_THEME}//- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-23\n---\n\nA\u{7}b\u{c}c\n"
    ));
    let built = build(&sources, options(), &Memo::default());
    assert_eq!(told(&built.diagnostics, &sources), ["warning[control-character] content/posts/a.md:6:2"]);
    for feed in ["feed.xml", "rss.xml"] {
        assert!(!built.text(feed).contains(['\u{7}', '\u{c}']), "{feed}");
    }
}

#[test]
fn fences() {
    let expected = "First|<p>Text</p>";
    reads("\n\n---\ntitle: First\n---\nText\n", WHOLE, expected);
    reads("---   \ntitle: First\n--- \t\nText\n", WHOLE, expected);
    reads("---\ntitle: First\n...\nText\n", WHOLE, expected);
    reads("---\n\ntitle: First\n\n---\nText\n", WHOLE, expected);
    reads("---\n# a comment\ntitle: First # another\n# a last one\n---\nText\n", WHOLE, expected);
    reads("---\ntitle: First\n---\n\nOne\n\n---\n\nTwo\n", WHOLE, "First|<p>One</p>\n<hr>\n<p>Two</p>");
    reads("---\ntitle: First\n---\n---\nText\n", WHOLE, "First|<hr>\n<p>Text</p>");
    // The title may be the only level 1 heading, and then there need be no front matter, or none but comments.
    reads("# First\n\nText\n", WHOLE, expected);
    reads("---\n# only a comment\n---\n# First\n\nText\n", WHOLE, expected);
    reads("---\n---\n# First\n\nText\n", WHOLE, expected);
    reads("First\n=====\n\nText\n", WHOLE, expected);
}

#[test]
fn forms_of_yaml() {
    field("series:", "[{{ page.series | default(value='') }}]", "[]");
    field("series: ~", "[{{ page.series | default(value='') }}]", "[]");
    field("topics:", "[{{ page.topics | default(value='') }}]", "[]");
    field("topics: null", "[{{ page.topics | default(value='') }}]", "[]");
    field("topics: []", "{{ page.topics | length }}", "0");
    field("topics: [housing, null]", "{{ page.topics | length }}", "1");
    const TOPICS: &str = "{% for it in page.topics %}{{ it.title }};{% endfor %}";
    let both = "Housing;Data sharing;";
    field("topics: [housing, data]", TOPICS, both);
    field("topics:\n- housing\n- data", TOPICS, both);
    field("topics:\n    - housing\n    - data", TOPICS, both);
    field("topics: [\n  housing,\n  data,\n]", TOPICS, both);
    field("topics: [\"housing\", 'data']", TOPICS, both);
    field("topics: housing", TOPICS, "Housing;");
    field("topics: Housing", TOPICS, "Housing;");
    field("topics: [ 'Data sharing ' ]", TOPICS, "Data sharing;");
    const SERIES: &str = "{{ page.series | default(value='') }}";
    field("series: >-\n  One\n  two\n\n  three", SERIES, "One two\nthree");
    field("series: >\n  One\n  two", SERIES, "One two");
    field("series: One\n  two\n  three", SERIES, "One two three");
    field("series: \"One\n  two\"", SERIES, "One two");
    field("series: |\n  One\n  two\n", SERIES, "One\ntwo");
    field("series: 'It''s \"so\"'", SERIES, "It&#39;s &quot;so&quot;");
    field("series: \"A: \\u00e9\"", SERIES, "A: é");
    field("series: A#b", SERIES, "A#b");
    field("series: A # b", SERIES, "A");
    field("series: https://example.org/a:b", SERIES, "https://example.org/a:b");
    field("series: &name A\nsyndicated_from: &url https://example.org/", SERIES, "A");
    field("series: &name A\nnav: *name", "{{ page.nav }}", "A");
    field("series: !!str 5", SERIES, "5");
    field("\"series\": A", SERIES, "A");
}

/// What programs write is YAML too: keys in quotes need no space after their colon.
#[test]
fn json_is_read_as_it_is() {
    field(r#"changes: [{"date":"2024-01-24","note":"A: b"}]"#, "{{ page.changes[0].note }}", "A: b");
    field(r#"authors: [{"name":"Ann","url":"https://www.example.com/"}]"#, "{{ page.authors[0].title }}", "Ann");
    field("authors: [{'name':'Ann'}]", "{{ page.authors[0].title }}", "Ann");
}

#[test]
fn values_are_what_they_say() {
    const SERIES: &str = "{{ page.series | default(value='') }}";
    for text in [
        "yes",
        "no",
        "on",
        "true",
        "09:30",
        "071854",
        "0o17",
        "0x1F",
        "1_000",
        "1e3",
        "1.10",
        "2024",
        ".5",
        "-4",
        "+1",
        "2024-01-23",
    ] {
        field(&format!("series: {text}"), SERIES, text);
        field(&format!("series: {text} # so"), SERIES, text);
        field(&format!("series: \"{text}\""), SERIES, text);
    }
    field("authors: [2024, 0o17, yes]", "{% for it in page.authors %}{{ it.title }};{% endfor %}", "2024;0o17;yes;");
    field("authors: [\n  2024,\n  0o17\n]", "{% for it in page.authors %}{{ it.title }};{% endfor %}", "2024;0o17;");
    field("authors: {name: 1984}", "{% for it in page.authors %}{{ it.title }};{% endfor %}", "1984;");
    field("series: &it 071854", SERIES, "071854");
    field("series: &it 0o17\nnav: *it", "{{ page.nav }}", "0o17");
    reads("---\ntitle: 2024\n---\nText\n", "{{ page.title }}", "2024");
    reads("---\ntitle: 1.10\n---\nText\n", "{{ page.title }}", "1.10");
    reads("---\ntitle: yes\n---\nText\n", "{{ page.title }}", "yes");
    field("slug: 071854", "{{ page.url }}", "/blog/071854/");
    field("slug: 2024", "{{ page.url }}", "/blog/2024/");
    for (text, expected) in
        [("yes", "true"), ("no", "false"), ("Yes", "true"), ("on", "true"), ("\"true\"", "true"), ("false", "false")]
    {
        field(&format!("featured: {text}"), "{{ page.featured }}", expected);
    }
}

#[test]
fn one_or_several() {
    const AUTHORS: &str = "{% for it in page.authors %}{{ it.title }};{% endfor %}";
    field("authors: Ann", AUTHORS, "Ann;");
    field("authors: [Ann, Bob]", AUTHORS, "Ann;Bob;");
    field("authors: {name: Ann, url: \"https://example.org/\"}", AUTHORS, "Ann;");
    field("aliases: /old/", "{{ page.aliases | length }}", "1");
    // The names of other programs are understood, and it is told once how Folio writes them.
    field_told("author: Ann", AUTHORS, "Ann;", "warning[key-alias]:3:1");
    field_told("redirect_from: [/old/]", "{{ page.aliases | length }}", "1", "warning[key-alias]:3:1");
    field_told("category: housing", "{{ page.topics | length }}", "1", "warning[key-alias]:3:1");
    field_told("excerpt: Short.", "{{ page.summary }}", "Short.", "warning[key-alias]:3:1");
    field_told("Series: A", "{{ page.series | default(value='') }}", "A", "warning[key-alias]:3:1");
    field_told(
        "syndicated-from: https://example.org/",
        "{{ page.syndicated_from }}",
        "https://example.org/",
        "warning[key-alias]:3:1",
    );
}

#[test]
fn html_links_and_template_tags_in_values_are_text() {
    field("series: <em>A</em> & b", "{{ page.series | default(value='') }}", "&lt;em&gt;A&lt;/em&gt; &amp; b");
    field(
        "series: See [b](https://example.org)",
        "{{ page.series | default(value='') }}",
        "See [b](https://example.org)",
    );
    field("series: \"{{ site.title }} {% if x %}\"", "{{ page.series | safe }}", "{{ site.title }} {% if x %}");
    let text = "---\ntitle: First\n---\n\n{{ site.title }} {% if x %} {# c #}\n\n{% include \"a\" %}\n\n`{{ y }}`\n";
    let expected = "<p>{{ site.title }} {% if x %} {# c #}</p>\n<p>{% include “a” %}</p>\n<p><code>{{ y }}</code></p>";
    let (made, found) = shown("content/posts/2024-01-23-first.md", text.as_bytes(), "{{ page.content | safe }}");
    let marks =
        ["5:1", "5:18", "7:1"].map(|it| format!("warning[foreign-mark] content/posts/2024-01-23-first.md:{it}"));
    assert_eq!((made.as_str(), &found[..]), (expected, &marks[..]));
}

#[test]
fn keys_twice_and_keys_unknown() {
    field_told("series: A\nseries: B", "{{ page.series | default(value='') }}", "A", "error[duplicate-key]:4:1");
    field_told("title: Second", "{{ page.title }}", "First", "error[duplicate-key]:3:1");
    field_told("sereis: A", "[{{ page.series | default(value='') }}]", "[]", "warning[unknown-key]:3:1");
    field_told("zebra: A", "{{ page.title }}", "First", "warning[unknown-key]:3:1");
    // A value that goes on in the next line, with a colon in it, must not become a key in silence. Whether it belongs to the
    // value is not sure, so the two lines are not joined, and nothing is read of them.
    let told = "error[unknown-key]:4:1";
    let text = "series: One line\nand another, in which: a colon";
    field_told(text, "{{ page.series | default(value='') }}", "", told);
}

#[test]
fn days_and_times() {
    const DATE: &str = "{{ page.date.iso }} {{ page.date.datetime }}";
    field("date: 2024-01-23", DATE, "2024-01-23 2024-01-23T00:00:00+00:00");
    field("date: \"2024-01-23\"", DATE, "2024-01-23 2024-01-23T00:00:00+00:00");
    field("date: 2024-01-23 09:30", DATE, "2024-01-23 2024-01-23T09:30:00+00:00");
    field("date: 2024-01-23T09:30:00Z", DATE, "2024-01-23 2024-01-23T09:30:00+00:00");
    field("date: 2024-01-23T09:30:00.645Z", DATE, "2024-01-23 2024-01-23T09:30:00+00:00");
    field("date: 2024-01-23 09:30:00 +0100", DATE, "2024-01-23 2024-01-23T08:30:00+00:00");
    field("date: 2024-01-23T09:30:00+05:30", DATE, "2024-01-23 2024-01-23T04:00:00+00:00");
    field("updated: 2023-07-01 09:30", "{{ page.updated.datetime }}", "2023-07-01T09:30:00+01:00");
    field("", DATE, "2024-01-23 2024-01-23T00:00:00+00:00");
    field_told("date: 2024-01-22", DATE, "2024-01-22 2024-01-22T00:00:00+00:00", "warning[date-differs]:3:7");
    for text in [
        "-4",
        "Summer 2019",
        "2022-02-??",
        "le 13 mai, 2019",
        "23/01/2024",
        "01-23-2024",
        "January 2024",
        "2024-1-3",
        "20240123",
        "today",
    ] {
        field_told(&format!("date: {text}"), "{{ page.title }}", "First", "error[wrong-date]:3:7");
    }
    for text in ["2018-09-31", "2022-16-08", "2023-02-29", "2024-00-10"] {
        field_told(&format!("date: {text}"), "{{ page.title }}", "First", "error[impossible-date]:3:7");
    }
}

#[test]
fn names_of_files() {
    let dated = b"---\ntitle: A\ndate: 2024-01-23\n---\nText\n";
    let check =
        |name: &str, expected: &str| reads_at(&format!("content/posts/{name}"), dated, "{{ page.url }}", expected);
    check("Été à Besançon.md", "/blog/ete-a-besancon/");
    check("l'évaluation.md", "/blog/levaluation/");
    check("l’évaluation.md", "/blog/levaluation/");
    check("-leading.md", "/blog/leading/");
    check("with spaces in it.md", "/blog/with-spaces-in-it/");
    check("Straße.md", "/blog/strasse/");
    check("CAPITALS.md", "/blog/capitals/");
    check("a.b.md", "/blog/a-b/");
    check("2024-01-23-.md", "/blog/2024-01-23/");
    check("2024-01-23.md", "/blog/2024-01-23/");
    check("2024-01-23 spaces.md", "/blog/spaces/");
    check("2024-01-23_line.md", "/blog/line/");
    check("folder/index.md", "/blog/folder/");
    check("2024-01-23-folder/index.md", "/blog/folder/");
    check("a/b/c.md", "/blog/c/");
    check("about.pt.md", "/pt/blog/about/");
    check("node.js.md", "/blog/node-js/");
    // Unicode has two ways to write é; macOS writes the longer one.
    check("E\u{301}te\u{301}.md", "/blog/ete/");
    let undated = b"---\ntitle: A\n---\nText\n";
    reads_at("content/posts/2023-12-31-a.md", undated, "{{ page.date.iso }}", "2023-12-31");
    reads_at("content/_index.pt.md", undated, "{{ page.url }}", "/pt/");
}

#[test]
fn what_is_no_text() {
    let told = |path: &str, bytes: &[u8]| shown(path, bytes, "").1.join("\n");
    let path = "content/posts/2024-01-23-first.md";
    assert_eq!(told(path, b""), format!("error[empty-file] {path}:1:1"));
    assert_eq!(told(path, b"\n \n"), format!("error[empty-file] {path}:1:1"));
    assert_eq!(told(path, b"\xef\xbb\xbf"), format!("error[empty-file] {path}:1:1"));
    let latin = b"---\ntitle: First\nsummary: In \xfcber one word.\n---\n\nText.\n";
    assert_eq!(told(path, latin), format!("error[not-utf8] {path}:3:13"));
    let windows = b"---\ntitle: First\n---\n\nIt\x92s \x96 so.\n";
    assert_eq!(told(path, windows), format!("error[not-utf8] {path}:5:3"));
    let utf16: Vec<u8> = "---\ntitle: First\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 = [&b"\xff\xfe"[..], &utf16].concat();
    assert!(told(path, &utf16).starts_with(&format!("error[not-utf8] {path}:1:1")), "{}", told(path, &utf16));
}

/// A folder with one mistake of each sort, most of them from the histories of public repositories. `«` stands where the
/// fault is to be shown.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("yaml-colon", "posts/colon.md", "title: «Sketching with Code: Protosketching\ndate: 2024-01-02"),
    ("duplicate-key", "posts/twice.md", "title: A\ndate: 2024-01-02\nsummary: One.\n«summary: Two."),
    ("yaml-quote", "posts/quote-open.md", "title: «\"Our first year\ndate: 2024-01-02"),
    ("yaml-quote", "posts/quote-in-quotes.md", "date: 2024-01-02\ntitle: «\"He said \"yes\" to it\""),
    ("yaml-quote", "posts/quote-single.md", "title: A\ndate: 2024-01-02\nseries: «'FDP, 'DEPLOYED'"),
    ("yaml-quote", "posts/quote-in-list.md", "title: A\ndate: 2024-01-02\nauthors: «[\"Angelique Trusler]"),
    ("yaml-space", "posts/space.md", "title: A\n«date:2019-07-16\nseries: B"),
    ("yaml-sign", "posts/at.md", "title: A\ndate: 2024-01-02\nseries: «@name"),
    ("yaml-sign", "posts/bold.md", "title: A\ndate: 2024-01-02\nsummary: «**bold** and more"),
    ("yaml-sign", "posts/entity.md", "title: «&#8220;Open&#8221;\ndate: 2024-01-02"),
    ("yaml-tab", "posts/tab.md", "title: A\ndate: 2024-01-02\nauthors:\n«\t- Ann"),
    ("yaml-bracket", "posts/bracket.md", "title: «[Under way] Roofs\ndate: 2024-01-02"),
    ("yaml-bracket", "posts/bracket-open.md", "title: A\ntopics: «[housing, data\ndate: 2024-01-02"),
    ("yaml-indent", "posts/indent.md", "title: A\n« summary: B\ndate: 2024-01-02"),
    ("yaml-indent", "posts/list-after-value.md", "title: A\ndate: 2024-01-02\ntopics: housing # note\n«  - data"),
    ("yaml-sign", "events/question.md", "title: A\nstart: 2024-02-03\nend: «?"),
    ("impossible-date", "posts/no-such-day.md", "title: A\ndate: «2018-09-31"),
    ("impossible-date", "posts/no-such-month.md", "title: A\ndate: «2022-16-08"),
    ("wrong-date", "posts/british-date.md", "title: A\ndate: «23/01/2024"),
    ("missing-field", "posts/no-title.md", "«date: 2024-01-02"),
    ("missing-field", "posts/no-date.md", "«title: A"),
    (
        "missing-field",
        "evaluations/no-findings.md",
        "«title: A\nsummary: A.\nstatus: complete\ndate: 2024-01-02\ntypes: impact\nevaluator: {name: B}",
    ),
    ("wrong-choice", "projects/choice.md", "title: A\nsummary: A.\nstatus: «finished"),
    ("wrong-type", "posts/title.md", "title: «[Draft]\ndate: 2024-01-02"),
    ("wrong-type", "posts/boolean.md", "title: A\ndate: 2024-01-02\ndraft: «maybe"),
    ("wrong-type", "projects/money.md", "title: A\nsummary: A.\nstatus: paused\nbudget: «£30,000"),
    ("wrong-type", "projects/group.md", "title: A\nsummary: A.\nstatus: paused\npriority: «[a]"),
    ("wrong-form", "posts/address.md", "title: A\ndate: 2024-01-02\nsyndicated_from: «www.example.org"),
    (
        "wrong-form",
        "evaluations/doi.md",
        "title: A\nsummary: A.\nstatus: planned\ntypes: impact\nevaluator: {name: B}\ndoi: «10.12",
    ),
    (
        "wrong-order",
        "evaluations/order.md",
        "title: A\nsummary: A.\nstatus: planned\ntypes: impact\nevaluator: {name: B}\nperiod: {start: 2023, end: «2019}",
    ),
    ("unknown-kind", "posts/kind.md", "title: A\ndate: 2024-01-02\nkind: «pots"),
    ("unknown-term", "posts/term.md", "title: A\ndate: 2024-01-02\ntopics: [housing, «housng]"),
    (
        "unknown-key",
        "posts/ran-on.md",
        "title: A\ndate: 2024-01-02\nsummary: One line\n«and another, in which: a colon",
    ),
    (
        "dangling-reference",
        "evaluations/reference.md",
        "title: A\nsummary: A.\nstatus: planned\ntypes: impact\nevaluator: «gla-econ",
    ),
    ("missing-file", "posts/file.md", "title: A\ndate: 2024-01-02\ndocuments:\n  - {file: «report.pdf, title: Report}"),
    ("broken-link", "posts/link.md", "title: A\ndate: 2024-01-02\n---\n\nSee [this](«gone.md)."),
    ("broken-anchor", "posts/anchor.md", "title: A\ndate: 2024-01-02\n---\n\n## One\n\nSee [this](«#two)."),
    ("missing-file", "posts/image.md", "title: A\ndate: 2024-01-02\n---\n\n![A map](«map.png)"),
    ("missing-field", "posts/component.md", "title: A\ndate: 2024-01-02\n---\n\n```stat\n«value: 5\n```"),
    (
        "conflict-marker",
        "posts/conflict.md",
        "title: A\ndate: 2024-01-02\n«<<<<<<< HEAD\nseries: B\n=======\nseries: C\n>>>>>>> other",
    ),
    (
        "conflict-marker",
        "posts/conflict-in-text.md",
        "title: A\ndate: 2024-01-02\n---\n\n«<<<<<<< HEAD\nB\n=======\nC\n>>>>>>> other\n",
    ),
    // What follows is the whole file.
    ("front-matter-open", "posts/open.md", "---\ntitle: A\n«date: 2024-01-02\n\nText.\n"),
    ("front-matter-missing-fence", "posts/missing-fence.md", "«title: A\ndate: 2024-01-02\n---\n\nText.\n"),
    ("front-matter-fence", "posts/fence.md", "«--\ntitle: A\ndate: 2024-01-02\n---\n\nText.\n"),
    ("empty-file", "posts/empty.md", "«"),
    ("not-utf8", "posts/latin.md", "---\ntitle: A\ndate: 2024-01-02\nsummary: Caf«\u{1}.\n---\n\nText.\n"),
    ("impossible-date", "posts/2024-02-30-in-the-name.md", "«---\ntitle: A\ndate: 2024-01-02\n---\n\nText.\n"),
];

#[test]
fn thirty_files_with_one_mistake_each_are_told_in_one_run() {
    let folder = Folder::of(&format!("{SETTINGS}{TOPICS}//- content/index.md\n---\ntitle: Home\n---\n\nText.\n"));
    let mut expected = Vec::new();
    for (code, path, text) in MISTAKES {
        let path = format!("content/{path}");
        let whole =
            text.starts_with("«---") || text.starts_with("---") || *text == "«" || code.starts_with("front-matter");
        let text = match (whole, text.contains("\n---\n")) {
            (true, _) => (*text).to_owned(),
            (false, true) => format!("---\n{text}\n"),
            (false, false) => format!("---\n{text}\n---\n\nText.\n"),
        };
        let before = &text[..text.find('«').unwrap()];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        expected.push(format!("error[{code}] {path}:{line}:{column}"));
        let bytes = text.replace('«', "").into_bytes();
        // É in Latin-1.
        folder.write(&path, &bytes.iter().map(|it| if *it == 1 { 0xe9 } else { *it }).collect::<Vec<u8>>());
    }
    expected.sort();
    let run = folder.run(&["build", "--format", "json"]).ends(1);
    let mut told = told_in(&run.out);
    told.retain(|it| !it.starts_with("advice"));
    told.sort();
    let mut difference = String::new();
    for line in expected.iter().filter(|it| !told.contains(it)) {
        writeln!(difference, "- {line}").unwrap();
    }
    for line in told.iter().filter(|it| !expected.contains(it)) {
        writeln!(difference, "+ {line}").unwrap();
    }
    assert!(difference.is_empty(), "expected and told differ\n{difference}");
    assert!(expected.len() > 30 && !folder.path().join("public").exists());
    // For people, too, all are told, and where.
    let run = folder.run(&["build"]).ends(1);
    for line in expected {
        let (code, place) = line.split_once(' ').unwrap();
        assert!(run.err.contains(code) && run.err.contains(place), "{line}\n{}", run.err);
    }
}

#[test]
fn two_documents_with_one_address_are_told() {
    let post = "---\ntitle: A\ndate: 2024-01-02\nslug: same\n---\n\nText.\n";
    let (sources, built) = crate::support::build_text(&format!(
        "{SETTINGS}{BARE_THEME}//- content/posts/a.md\n{post}//- content/posts/b.md\n{post}//- content/posts/c.md\n\
         ---\ntitle: C\ndate: 2024-01-02\naliases: [/blog/same/]\n---\n\nText.\n"
    ));
    let told = told(&built.diagnostics, &sources);
    assert_eq!(
        told,
        ["error[duplicate-address] content/posts/b.md:4:7", "error[duplicate-address] content/posts/c.md:4:11"]
    );
}

#[test]
fn a_document_where_another_page_of_a_list_should_be_is_told() {
    let text = |per_page: usize| {
        let posts: String = (0..3)
            .map(|it| {
                format!("//- content/posts/{it}.md\n---\ntitle: P{it}\ndate: 2024-01-0{}\n---\n\nText.\n", it + 1)
            })
            .collect();
        let page = "---\ntitle: Two\npermalink: /blog/page/2/\n---\n\nText.\n";
        let other = "---\ntitle: Other\naliases: [/blog/page/3/, /blog/page/4/, /blog/page/02/]\n---\n\nText.\n";
        format!(
            "{SETTINGS}\n[lists]\nper_page = {per_page}\n{BARE_THEME}{posts}//- content/two.md\n{page}//- content/other.md\n{other}"
        )
    };
    let told_with = |per_page| {
        let (sources, built) = crate::support::build_text(&text(per_page));
        told(&without_advice(&built.diagnostics), &sources)
    };
    assert_eq!(
        told_with(1),
        ["error[duplicate-address] content/other.md:3:11", "error[duplicate-address] content/two.md:3:12"]
    );
    assert_eq!(told_with(2), ["error[duplicate-address] content/two.md:3:12"]);
    assert!(told_with(3).is_empty());
}

#[test]
fn a_file_with_something_below_it_is_told() {
    let (sources, built) = crate::support::build_text(&format!(
        "{SETTINGS}{BARE_THEME}//- content/deep.md\n---\ntitle: Deep\npermalink: /a.html/b/c/\n---\n\nText.\n\
         //- content/file.md\n---\ntitle: File\npermalink: /a.html\n---\n\nText.\n\
         //- content/fine.md\n---\ntitle: Fine\npermalink: /b.html\n---\n\nText.\n\
         //- content/data.md\n---\ntitle: Data\npermalink: /static.txt/\n---\n\nText.\n//- static/static.txt\ntext\n"
    ));
    let told = told(&without_advice(&built.diagnostics), &sources);
    assert_eq!(told, ["error[duplicate-address] content/file.md:3:12", "error[duplicate-address] static/static.txt"]);
}

#[test]
fn a_value_under_another_name_has_its_own_place() {
    let (sources, built) = crate::support::build_text(&format!(
        "{SETTINGS}{BARE_THEME}//- data/topics.yml\n- housing\n//- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-02\ntopic: [housng]\n---\n\nText.\n"
    ));
    let told = told(&built.diagnostics, &sources);
    assert_eq!(told, ["warning[key-alias] content/posts/a.md:4:1", "error[unknown-term] content/posts/a.md:4:9"]);
}

#[test]
fn a_day_left_out_of_a_name_is_found() {
    let (_, built) = crate::support::build_text(&format!(
        "{SETTINGS}{BARE_THEME}//- content/posts/2024-01-02-why-we-began.md\n---\ntitle: A\n---\n\nSee [b](why-we-begn.md).\n"
    ));
    assert_eq!(built.diagnostics[0].help.as_deref(), Some("did you mean `2024-01-02-why-we-began.md`?"));
}
