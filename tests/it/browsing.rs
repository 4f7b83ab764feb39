//! How the documents of a kind are looked through: the facet of years, the matrix, registers, the index for scripts.

use serde_json::json;

use crate::support::{BARE_THEME, SETTINGS, build_text, told, without_advice};

const KIND: &str = "
[kinds.study]
label = \"Study\"
plural = \"Studies\"
folder = \"studies\"
facets = [\"year\", \"mood\"]
matrix = { rows = \"topics\", columns = \"mood\" }
registers = [\"next_steps\"]
[kinds.study.fields]
mood = { type = \"choice\", choices = { good = \"Good\", bad = \"Bad\", odd = \"Odd\" } }
[kinds.study.fields.next_steps]
type = \"list\"
[kinds.study.fields.next_steps.of]
type = \"group\"
shorthand = \"what\"
fields.what = { type = \"text\", required = true }
fields.status = { type = \"choice\", choices = { open = \"Open\", done = \"Done\" } }
";

const CONTENT: &str = "
//- data/topics.yml
- {slug: housing, title: Housing}
- {slug: data, title: Data}
- {slug: parks, title: Parks}
//- content/studies/a.md
---
title: A
date: 2022-03-01
topics: [housing, data]
mood: good
next_steps: [{what: One, status: done}, Two]
---
//- content/studies/b.md
---
title: B
date: 2023-03-01
topics: [data]
mood: bad
next_steps: [{what: Three, status: open}, {what: Four, status: done}]
---
//- content/studies/c.md
---
title: C
summary: Nothing is known yet.
---
";

const TEMPLATES: &str = "
//- templates/list.html
{% for it in page.views or [] %}{{ it.title }} {{ it.url }} {% endfor %}{{ page.index or \"no index\" }}
//- templates/terms.html
{% for it in page.terms %}{{ it.title }} {{ it.url }} {{ it.count }}; {% endfor %}
//- templates/matrix.html
|{% for it in page.columns %} {{ it.title }} {{ it.url or \"–\" }} {{ it.count }} |{% endfor %}
{% for row in page.rows -%}
{{ row.title }} {{ row.url or \"–\" }} {{ row.count }} |{% for cell in row.cells %} {{ cell.count }}{% for it in cell.items %} {{ it.title }}{% endfor %} |{% endfor %}
{% endfor %}
//- templates/register.html
{% for group in page.groups %}{{ group.value or \"none\" }} {{ group.label }} {{ group.count }}:{% for it in group.items %} {{ it.what }} ({{ it.entry.title }}){% endfor %}
{% endfor %}{{ page.total }}:{% for it in page.items %} {{ it.what }}{% endfor %}
";

/// Builds the studies with these templates, and returns the output at an address without its blank lines.
#[track_caller]
fn check(templates: &str, path: &str, expected: &str) {
    let (sources, built) = build_text(&format!("{SETTINGS}{KIND}{CONTENT}{BARE_THEME}{templates}"));
    let told = told(&without_advice(&built.diagnostics), &sources);
    assert!(told.is_empty(), "{told:?}");
    let lines = built.text(path).lines().map(str::trim).filter(|it| !it.is_empty());
    assert_eq!(lines.collect::<Vec<_>>().join("\n"), expected);
}

#[test]
fn years_are_a_facet_newest_first() {
    check(TEMPLATES, "studies/year/index.html", "2023 /studies/year/2023/ 1; 2022 /studies/year/2022/ 1;");
}

#[test]
fn a_field_named_year_is_that_field() {
    let kind = KIND.replace("[kinds.study.fields]\n", "[kinds.study.fields]\nyear = { type = \"text\" }\n");
    let content = CONTENT.replace("title: C\n", "title: C\nyear: MMXXI\n");
    let (_, built) = build_text(&format!("{SETTINGS}{kind}{content}{BARE_THEME}{TEMPLATES}"));
    assert_eq!(built.text("studies/year/index.html").trim(), "MMXXI /studies/year/mmxxi/ 1;");
}

#[test]
fn a_matrix_shows_what_there_is_and_the_gaps() {
    check(
        TEMPLATES,
        "studies/matrix/index.html",
        "| Good /studies/mood/good/ 1 | Bad /studies/mood/bad/ 1 | Odd – 0 | not-said – 1 |\n\
         Data – 2 | 1 A | 1 B | 0 | 0 |\n\
         Housing – 1 | 1 A | 0 | 0 | 0 |\n\
         Parks – 0 | 0 | 0 | 0 | 0 |\n\
         not-said – 1 | 0 | 0 | 0 | 1 C |",
    );
}

#[test]
fn a_register_holds_the_items_of_all_documents_by_their_state() {
    check(
        TEMPLATES,
        "studies/next-steps/index.html",
        "open Open 1: Three (B)\ndone Done 2: Four (B) One (A)\nnone not-said 1: Two (A)\n4: Three Four One Two",
    );
}

#[test]
fn a_list_leads_to_its_matrix_and_registers() {
    check(
        TEMPLATES,
        "studies/index.html",
        "matrix.title /studies/matrix/ Next steps /studies/next-steps/ /studies/index.json",
    );
    // Without a template there is no page, and no link.
    check("//- templates/list.html\n{{ page.views | length }}\n", "studies/index.html", "0");
}

#[test]
fn an_index_says_what_a_list_can_be_filtered_by() {
    let (_, built) = build_text(&format!("{SETTINGS}{KIND}{CONTENT}{BARE_THEME}"));
    let index: serde_json::Value = serde_json::from_str(built.text("studies/index.json")).unwrap();
    let item = |title: &str, summary: &str, terms: serde_json::Value| {
        let url = format!("/studies/{}/", title.to_lowercase());
        json!({ "title": title, "url": url, "summary": summary, "terms": terms })
    };
    let mut b = item("B", "", json!({ "mood": ["bad"], "year": ["2023"] }));
    b["date"] = json!({ "iso": "2023-03-01", "text": index["items"][0]["date"]["text"] });
    assert_eq!(index["items"][0], b);
    assert_eq!(index["items"][2], item("C", "Nothing is known yet.", json!({})));
    assert_eq!(index["facets"][0]["name"], "year");
    let term = |slug: &str, title: &str| {
        let url = format!("/studies/mood/{slug}/");
        json!({ "slug": slug, "title": title, "url": url, "count": 1 })
    };
    assert_eq!(index["facets"][1]["terms"], json!([term("good", "Good"), term("bad", "Bad")]));
    assert_eq!(index["url"], "https://example.org/studies/");
    // Pages have no facets, posts have no entries.
    assert!(!built.outputs.contains_key("index.json") && !built.outputs.contains_key("blog/index.json"));
}

#[test]
fn what_no_matrix_can_show_is_told_at_its_line() {
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(KIND.contains(from));
        let (sources, built) = build_text(&format!("{SETTINGS}{}{BARE_THEME}", KIND.replace(from, to)));
        assert_eq!(told(&built.diagnostics, &sources), expected, "{to}");
    };
    let wrong = ["error[wrong-schema] site.toml:10:19"];
    check("rows = \"topics\"", "rows = \"title\"", &wrong);
    check("rows = \"topics\"", "rows = \"topic\"", &wrong);
    check("rows = \"topics\"", "rows = \"next_steps\"", &wrong);
    check("rows = \"topics\", ", "", &["error[wrong-schema] site.toml:10:10"]);
    check("{ rows = \"topics\", columns = \"mood\" }", "true", &["error[wrong-schema] site.toml:10:10"]);
    check("{ rows = \"topics\", columns = \"mood\" }", "false", &[]);
    check("rows = \"topics\"", "rows = \"year\"", &[]);
    check("[\"next_steps\"]", "[\"next_steps\", \"changes_of_mind\"]", &["error[wrong-schema] site.toml:11:28"]);
    check("[\"next_steps\"]", "[\"mood\"]", &["error[wrong-schema] site.toml:11:14"]);
}

#[test]
fn a_document_at_the_address_of_a_matrix_is_told() {
    let document = "//- content/studies/matrix.md\n---\ntitle: Matrix\n---\n";
    let (sources, built) = build_text(&format!("{SETTINGS}{KIND}{CONTENT}{document}{BARE_THEME}{TEMPLATES}"));
    let told = told(&without_advice(&built.diagnostics), &sources);
    assert_eq!(told, ["error[duplicate-address] content/studies/matrix.md:2:8"]);
}
