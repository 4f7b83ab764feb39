//! Headings, the title, and what is known about a body as a whole.

use super::*;

#[test]
fn headings() {
    check(
        "## What we *did* {#did .wide .x lang=cy}\n",
        "<h2 id=\"did\" class=\"wide x\" lang=\"cy\">What we <em>did</em></h2>",
    );
    check("## A\n\nB\n---\n\n###### C\n", "<h2 id=\"a\">A</h2>\n<h2 id=\"b\">B</h2>\n<h6 id=\"c\">C</h6>");
    check("## Ärger & Öl\n\n## ?!\n", "<h2 id=\"arger-ol\">Ärger &amp; Öl</h2>\n<h2 id=\"section\">?!</h2>");
    BODY.check("## A {#b id=c class=d}\n", "<h2 id=\"b\">A</h2>");
    faults("## A {onclick=b}\n", &["raw-html-removed: ## A {onclick=b}\n"]);
}

#[test]
fn ids() {
    let ids =
        |input: &str| BODY.read(input).value.body.headings.into_iter().map(|it| it.id.into()).collect::<Vec<String>>();
    assert_eq!(ids("## A\n## a\n## A!\n## A 2\n"), ["a", "a-2", "a-3", "a-2-2"]);
    assert_eq!(ids("## A\n## B {#a}\n## A\n"), ["a-2", "a", "a-3"]);
    assert_eq!(ids("## A {#x}\n## B {#x}\n"), ["x", "x-2"]);
    assert_eq!(ids("## Fn 1\n"), ["section-fn-1"]);
    faults("## A {#x}\n## B {#x}\n", &["duplicate-id: ## B {#x}\n"]);
}

#[test]
fn outline() {
    let body = BODY.read("## A `b` ![c](d)\n\ne\n\n> ### F[^1]\n\n[^1]: # G\n").value.body;
    let shown: Vec<String> = body.headings.iter().map(|it| format!("{} {} {}", it.level, it.id, it.text)).collect();
    assert_eq!(shown, ["2 a-b-c A b c", "3 f F"]);
    assert!(body.html.contains("<h2>G</h2>"), "{}", body.html);
}

#[test]
fn nested_headings_have_no_ids() {
    NESTED.check("## A {#b}\n", "<h2>A</h2>");
    assert!(NESTED.read("## A\n").value.body.headings.is_empty());
    NESTED.faults("# The title\n", &["heading-moved: # The title\n"]);
}

#[test]
fn titles() {
    check("# the  TITLE!\n\na\n", "<p>a</p>");
    UNTITLED.check("a\n\n# B *c*\n\n## D\n", "<p>a</p>\n<h2 id=\"d\">D</h2>");
    UNTITLED.faults("# B\n", &[]);
    let title = |input: &str| UNTITLED.read(input).value.title;
    assert_eq!(title("# B *c*\n").as_deref(), Some("B c"));
    assert_eq!(title("# B\n\n# C\n"), None);
    assert_eq!(title("> # B\n"), None);
    assert_eq!(title("# \n"), None);
}

#[test]
fn headings_of_level_1() {
    BODY.check("# A\n\n## B\n\n###### C\n", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h6 id=\"c\">C</h6>");
    faults("## A\n\n# B\n\n# C\n", &["heading-moved: # B\n"]);
    BODY.check("# The title\n\n# A\n", "<h2 id=\"a\">A</h2>");
}

#[test]
fn headings_without_text() {
    BODY.check("##\n\na\n\n## ![](b.png)\n", "<p>a</p>\n<h2 id=\"section\">{{image:b.png||}}</h2>");
    faults("##\n\na\n\n## ![](b.png)\n", &["empty-heading: ##\n", "empty-heading: ## ![](b.png)\n"]);
}

#[test]
fn words() {
    let words = |input: &str| BODY.read(input).value.body.words;
    assert_eq!(words("## One two\n\nthree *fo*ur\nfive `six`\n\n- seven\n- eight\n\n```\nno\n```\n"), 8);
    assert_eq!(words("| a | b |\n|---|---|\n| c | d |\n"), 4);
    assert_eq!(words("a[^1]\n\n[^1]: b c\n"), 3);
    assert_eq!(words("<div>\na b\n</div>\n\nhttps://c.org d\n"), 4);
}

#[test]
fn lead() {
    let lead = |input: &str| BODY.read(input).value.body.lead.to_string();
    assert_eq!(
        lead("## A\n\n![b](c.png)\n\n> d\n\nThe *first*\nparagraph[^1] & more.\n\ne\n\n[^1]: f"),
        "The first paragraph & more."
    );
    assert_eq!(lead("- a\n"), "");
}

#[test]
fn marks_where_files_were_joined() {
    UNTITLED.check("\u{feff}# A\n\n\u{feff}## B\n\nc\u{feff}d\n", "<h2 id=\"b\">B</h2>\n<p>c\u{feff}d</p>");
    assert_eq!(UNTITLED.read("\u{feff}# A\n").value.title.as_deref(), Some("A"));
    let text = "\u{feff}# A\n";
    assert_eq!(UNTITLED.read_part(text, Span::new(0, text.len())).value.title.as_deref(), Some("A"));
}
