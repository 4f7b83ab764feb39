//! What stands within a line.

use super::*;

#[test]
fn emphasis_and_code() {
    check(
        "*a* **b** ~~c~~ `d < e`\\\nf\n",
        "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d &lt; e</code><br>\nf</p>",
    );
    check("a & b &copy; &lt;c> \"d\" it's -- e...\n", "<p>a &amp; b © &lt;c&gt; “d” it’s – e…</p>");
    BODY.check("H~2~O x^2^ :emoji: {{ a }} {% b %}\n", "<p>H~2~O x^2^ :emoji: {{ a }} {% b %}</p>");
}

#[test]
fn inches() {
    check("A 27\" monitor, a 6\" pipe and 4\"x6\".\n", "<p>A 27” monitor, a 6” pipe and 4”x6”.</p>");
    check("\"A 27\" monitor\" and \"so\" (\"it\")\n", "<p>“A 27” monitor” and “so” (“it”)</p>");
}

#[test]
fn maths() {
    let check = |input: &str, expected: &str| MATHS.check(input, expected);
    check("a $x < y$ b\n", "<p>a <span class=\"math inline\">x &lt; y</span> b</p>");
    check("$$\nx\n$$\n", "<div class=\"math display\" role=\"math\">\nx\n</div>");
    check("a $$x^2$$\n", "<p>a <span class=\"math display\" role=\"math\">x^2</span></p>");
    check("from $5 to $10, $5-$10\n", "<p>from $5 to $10, $5-$10</p>");
    check(
        "From $20 to **$30**, **$x_1$**, `$y` and [$5](a_$5.md \"US$\") 100% of $z$.\n",
        "<p>From $20 to <strong>$30</strong>, <strong><span class=\"math inline\">x_1</span></strong>, \
         <code>$y</code> and <a href=\"{{link:a_$5.md}}\" title=\"US$\">$5</a> 100% of \
         <span class=\"math inline\">z</span>.</p>",
    );
    check(
        "## $5 {#a$}\n\n```sh $1\n$2\n```\n\n$a_b$ <b title=\"$5\">$</b>\n",
        "<h2 id=\"a$\">$5</h2>\n<pre tabindex=\"0\"><code class=\"language-sh\">$2\n</code></pre>\n<p><span class=\"math inline\">a_b</span> <b title=\"$5\">$</b></p>",
    );
}

#[test]
fn dollars_are_text_where_nobody_asked_for_maths() {
    let prices = [
        ("From $20 to **$30** a month.\n", "From $20 to <strong>$30</strong> a month."),
        (
            "US$5m in **2020** and US$7m in **2021**.\n",
            "US$5m in <strong>2020</strong> and US$7m in <strong>2021</strong>.",
        ),
        ("Fees: **$20**, **$30** and *$40*.\n", "Fees: <strong>$20</strong>, <strong>$30</strong> and <em>$40</em>."),
        ("He paid \"$5\" or \"$10\".\n", "He paid “$5” or “$10”."),
        ("The fee is $5 (in US$).\n", "The fee is $5 (in US$)."),
        ("$HOME/$USER costs [$5](a.md) or $6\n", "$HOME/$USER costs <a href=\"{{link:a.md}}\">$5</a> or $6"),
        ("$$ to $$$, \\$5 and **\\$6**\n", "$$ to $$$, $5 and <strong>$6</strong>"),
    ];
    for (input, expected) in prices {
        check(input, &format!("<p>{expected}</p>"));
        MATHS.check(input, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn links() {
    check(
        "[a](../b.md#c) [d](@/e.md)\n",
        "<p><a href=\"{{link:../b.md#c}}\">a</a> <a href=\"{{link:@/e.md}}\">d</a></p>",
    );
    check(
        "[a](#b) [c](/d/) [e]()\n",
        "<p><a href=\"{{link:#b}}\">a</a> <a href=\"{{link:/d/}}\">c</a> <a href=\"{{link:}}\">e</a></p>",
    );
    check(
        "[a](https://b.org/?c&d \"e \\\"f\\\"\")\n",
        "<p><a href=\"https://b.org/?c&amp;d\" title=\"e &quot;f&quot;\">a</a></p>",
    );
    check(
        "[a](//b.org) [c](mailto:d@e.org) [f](tel:1)\n",
        "<p><a href=\"//b.org\">a</a> <a href=\"mailto:d@e.org\">c</a> <a href=\"tel:1\">f</a></p>",
    );
    check("[a][b]\n\n[b]: <c d.md> 'e'\n[unused]: f\n", "<p><a href=\"{{link:c d.md}}\" title=\"e\">a</a></p>");
    check(
        "<https://a.org> <b@c.org>\n",
        "<p><a href=\"https://a.org\">https://a.org</a> <a href=\"mailto:b@c.org\">b@c.org</a></p>",
    );
    check("[a]\n", "<p>[a]</p>");
}

#[test]
fn places_of_links() {
    let place = |input: &str| {
        let text = format!("---\ntitle: ü\n---\n{input}");
        let span = BODY.read(input).value.body.holes[0].span;
        text[span.start..span.end].to_owned()
    };
    assert_eq!(place("x [a.md](a.md \"a.md\")"), "a.md");
    assert_eq!(place("[*b.md*](<b.md> )"), "b.md");
    assert_eq!(place("![a](b.png)"), "b.png");
    assert_eq!(place("[![a](b.png)](c.md)"), "c.md");
    assert_eq!(place("[a](b\\_c.md)"), "[a](b\\_c.md)");
    assert_eq!(place("x [a][b]\n\n[b]: c.md"), "[a][b]");
    assert_eq!(place("x [a]()"), "[a]()");
}

#[test]
fn links_that_are_missing() {
    faults(
        "[a][b] [c][] [d] ![e][f]\n",
        &["missing-link-definition: [a][b]", "missing-link-definition: [c]", "missing-link-definition: ![e][f]"],
    );
}

#[test]
fn images() {
    check("a ![b *c*](d.png \"e\")\n", "<p>a {{image:d.png|b c|e}}</p>");
    check("![](a.png)\n", "<figure>{{image:a.png||}}</figure>");
    check("![a](b.png \"c < d\")\n", "<figure>{{image:b.png|a|}}<figcaption>c &lt; d</figcaption></figure>");
    check("![a](b.png)\n![c](d.png)\n", "<p>{{image:b.png|a|}}\n{{image:d.png|c|}}</p>");
    check("[![a](b.png)](c.md)\n", "<p><a href=\"{{link:c.md}}\">{{image:b.png|a|}}</a></p>");
    check("- ![a](b.png)\n", "<ul>\n<li>{{image:b.png|a|}}</li>\n</ul>");
}

#[test]
fn bare_addresses() {
    let link = |it: &str| format!("<a href=\"{it}\">{it}</a>");
    check("See https://a.org/b.\n", &format!("<p>See {}.</p>", link("https://a.org/b")));
    check("https://a.org/b_c_d*e~f--g?h=1\n", &format!("<p>{}</p>", link("https://a.org/b_c_d*e~f--g?h=1")));
    check(
        "(http://a.org/b_(c)), \"https://d.org\"!\n",
        &format!("<p>({}), “{}”!</p>", link("http://a.org/b_(c)"), link("https://d.org")),
    );
    check(
        "https://a.org/?b=1&amp;c=2\n",
        "<p><a href=\"https://a.org/?b=1&amp;c=2\">https://a.org/?b=1&amp;c=2</a></p>",
    );
    check("https://a.org/b\\_c\n", &format!("<p>{}</p>", link("https://a.org/b_c")));
    check(
        "www.a.org, www.b.org\n",
        "<p><a href=\"https://www.a.org\">www.a.org</a>, <a href=\"https://www.b.org\">www.b.org</a></p>",
    );
    check(
        "**https://a.org** https://ä.org/ö\n",
        &format!(
            "<p><strong>{}</strong> <a href=\"https://%C3%A4.org/%C3%B6\">https://ä.org/ö</a></p>",
            link("https://a.org")
        ),
    );
    check(
        "https://a.org](b) [https://c.org]\n",
        &format!("<p>{} [{}]</p>", "<a href=\"https://a.org%5D(b)\">https://a.org](b)</a>", link("https://c.org")),
    );
}

#[test]
fn addresses_that_are_not_bare() {
    check(
        "[https://a.org](https://b.org) `https://c.org`\n",
        "<p><a href=\"https://b.org\">https://a.org</a> <code>https://c.org</code></p>",
    );
    check(
        "http:// https://. www. www.. awww.b.org a@www.b.org ftp://c\n",
        "<p>http:// https://. www. www.. awww.b.org a@www.b.org ftp://c</p>",
    );
}

#[test]
fn links_that_run_code() {
    BODY.check("[a](javascript:b) [c](java&#9;script:d)\n", "<p><a>a</a> <a>c</a></p>");
    faults(
        "[a](javascript:b) [c][d] <VBScript:e>\n\n[d]: data:f\n",
        &["unsafe-link: javascript:b", "unsafe-link: [c][d]", "unsafe-link: VBScript:e"],
    );
}
