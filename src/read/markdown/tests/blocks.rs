//! Blocks: lists, tables, code, components, alerts, definitions, footnotes.

use super::*;

#[test]
fn lists() {
    check("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    check("3. a\n\n4. b\n", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>");
    check("- a\n  1. b\n", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>");
    check("a\n\n---\n", "<p>a</p>\n<hr>");
}

#[test]
fn tasks() {
    check(
        "- [x] a\n- [ ] b\n",
        "<ul>\n<li class=\"task\"><span class=\"task-box done\" role=\"img\" aria-label=\"{{task-done}}\">☑</span> a</li>\n\
         <li class=\"task\"><span class=\"task-box open\" role=\"img\" aria-label=\"{{task-open}}\">☐</span> b</li>\n</ul>",
    );
}

#[test]
fn alerts() {
    check(
        "> [!WARNING]\n> Mind *this*.\n",
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">{{alert-warning}}</p>\n\
         <p>Mind <em>this</em>.</p>\n</div>",
    );
    check("> a\n", "<blockquote>\n<p>a</p>\n</blockquote>");
}

#[test]
fn tables() {
    check(
        "| | Saved |\n|---|--:|\n| *2023* | £3 |\n",
        "<section class=\"table\" tabindex=\"0\" aria-label=\"{{table}} 1\">\n<table>\n<thead>\n\
         <tr><td></td><th scope=\"col\" class=\"align-right\">Saved</th></tr>\n</thead>\n<tbody>\n\
         <tr><td><em>2023</em></td><td class=\"align-right\">£3</td></tr>\n</tbody>\n</table>\n</section>",
    );
    let html = BODY.html("| a |\n|:-:|\n\n| b |\n|:--|\n");
    assert!(html.contains("{{table}} 2") && html.contains("align-center") && html.contains("align-left"), "{html}");
    assert!(NESTED.html("| a |\n|---|\n").contains("role=\"group\""));
}

#[test]
fn code() {
    check("```rust x=1\na < b\n```\n", "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b\n</code></pre>");
    check("    a\r\n    b\r\n", "<pre tabindex=\"0\"><code>a\nb\n</code></pre>");
    check("```\n{{ a }} {% b %}\n```\n", "<pre tabindex=\"0\"><code>{{ a }} {% b %}\n</code></pre>");
    check("~~~\"<x>\n~~~\n", "<pre tabindex=\"0\"><code class=\"language-&quot;&lt;x&gt;\"></code></pre>");
    BODY.check("```rust\nno end", "<pre tabindex=\"0\"><code class=\"language-rust\">no end</code></pre>");
}

#[test]
fn components() {
    check("a\n\n```chart\ndata: b\n```\n\nc\n", "<p>a</p>\n{{component:chart(data: b\n)}}\n<p>c</p>");
    check("~~~~  chart wide\na: b\n~~~~", "{{component:chart(a: b\n)}}");
    check("> ```chart\n> a: b\n> c: d\n> ```\n", "<blockquote>\n{{component:chart(a: b\nc: d\n)}}\n</blockquote>");
    check("- ```chart\n  a:\n    b: c\n  ```\n", "<ul>\n<li>\n{{component:chart(a:\n  b: c\n)}}\n</li>\n</ul>");
    check("```chart\n```\n", "{{component:chart()}}");
}

#[test]
fn places_of_components() {
    let place = |input: &str| {
        let read = BODY.read(input).value.body;
        let Fill::Component(component) = &read.holes[0].fill else { panic!("{read:?}") };
        let text = format!("---\ntitle: ü\n---\n{input}");
        (component.name.to_string(), text[component.yaml.start..component.yaml.end].to_owned())
    };
    // Where the YAML stands there as it is, the very bytes are given, so that its places are those of the file.
    assert_eq!(
        place("```chart\r\na: ü\r\nb: c\r\n```\r\n"),
        ("chart(a: ü\r\nb: c\r\n)".into(), "a: ü\r\nb: c\r\n".into())
    );
    assert_eq!(place("> ```chart\n> a: b\n> c: d\n> ```\n"), ("chart(a: b\nc: d\n)".into(), "a: b\n> c: d\n".into()));
    assert_eq!(place("```chart\n```\n"), ("chart()".into(), String::new()));
}

#[test]
fn components_without_end() {
    faults("```chart\na: b\n", &["unclosed-fence: ```chart"]);
    faults("~~~chart\na: b\n```\n", &["unclosed-fence: ~~~chart"]);
    faults("````chart\na: b\n```\n", &["unclosed-fence: ````chart"]);
    faults("> ```chart\n> a: b\n\nc\n", &["unclosed-fence: ```chart"]);
    faults("```chart", &["unclosed-fence: ```chart"]);
    faults("```rust\na\n\n## b\n", &["unclosed-fence: ```rust"]);
    faults("- ~~~\n  a\n\nb\n\n```\nc\n```\n", &["unclosed-fence: ~~~"]);
    faults("````\n```\na\n```\n", &["unclosed-fence: ````"]);
    faults("> ```\n> a\n> ```\n\n~~~ b\n~~~\n\n    code\n", &[]);
}

#[test]
fn definitions() {
    check("a\n: b\n", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>");
    check("a\n*b*\n: c\n: d\n", "<dl>\n<dt>a</dt>\n<dt><em>b</em></dt>\n<dd>c</dd>\n<dd>d</dd>\n</dl>");
    check("> a\n> : b\n", "<blockquote>\n<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n</blockquote>");
    check("a\n:tada: b\nc: d\n", "<p>a\n:tada: b\nc: d</p>");
}

#[test]
fn footnotes() {
    let reference = |number: &str, id: &str| {
        format!(
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"fnref-{id}\" role=\"doc-noteref\" \
             aria-label=\"{{{{footnote}}}} {number}\">{number}</a></sup>"
        )
    };
    let back = |id: &str| {
        format!(
            " <a href=\"#fnref-{id}\" class=\"footnote-back\" role=\"doc-backlink\" \
             aria-label=\"{{{{footnote-back}}}} {id}\">↩</a>"
        )
    };
    check(
        "a[^x] b[^Y] c[^x]\n\n[^y]: One.\n\n    Two.\n\n[^x]:\n    - d\n",
        &format!(
            "<p>a{} b{} c{}</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"fn-title\">\n\
             <h2 id=\"fn-title\">{{{{footnotes}}}}</h2>\n<ol>\n\
             <li id=\"fn-1\">\n<ul>\n<li>d</li>\n</ul>\n<p>{}{}</p>\n</li>\n\
             <li id=\"fn-2\">\n<p>One.</p>\n<p>Two.{}</p>\n</li>\n</ol>\n</section>",
            reference("1", "1"),
            reference("2", "2"),
            reference("1", "1-2"),
            back("1"),
            back("1-2"),
            back("2"),
        ),
    );
}

#[test]
fn footnotes_of_footnotes() {
    let html = BODY.html("a[^1]\n\n[^2]: Deep [l](x.md).\n[^1]: See[^2] and[^1].\n");
    let order: Vec<usize> = ["See", "Deep"].iter().map(|it| html.find(it).unwrap()).collect();
    assert!(order.is_sorted(), "{html}");
    assert!(html.contains("href=\"#fnref-1-2\"") && html.contains("id=\"fnref-2\""), "{html}");
}

#[test]
fn footnotes_that_miss_each_other() {
    faults("a [^b] c\n", &["missing-footnote: [^b]"]);
    faults("![^b] [^c](d) \\[^e] `[^f]` [^ g] [^]\n", &["missing-footnote: [^b]"]);
    faults("a\n\n[^b]: c\n", &["unused-footnote: [^b]: c"]);
    faults("a[^b]\n\n[^b]: c\n\n[^B]: d\n", &["unused-footnote: [^B]: d"]);
    NESTED.faults("a [^b]\n", &["missing-footnote: [^b]"]);
}
