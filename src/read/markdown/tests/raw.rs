//! Raw HTML that authors write in good faith.

use super::*;

#[test]
fn harmless() {
    check("a <kbd>b</kbd><br>c<sub>2</sub>\n", "<p>a <kbd>b</kbd><br>c<sub>2</sub></p>");
    check(
        "<div class='a \"b\"' ID=c>\n\n*d*\n\n</div>\n",
        "<div class=\"a &quot;b&quot;\" id=\"c\">\n<p><em>d</em></p>\n</div>",
    );
    check("<p>a &eacute; &amp; b > c & d</p>\n", "<p>a &eacute; &amp; b &gt; c & d</p>");
    check("<!-- a -->\n\nb <!-- c --> d\n", "<p>b  d</p>");
    check("<ul><li>a<li>b</ul>\n", "<ul><li>a<li>b</ul>");
    check(
        "<video controls src=\"https://a.org/b.mp4\"><track src='c.vtt'></video>\n",
        "<p><video controls=\"\" src=\"https://a.org/b.mp4\"><track src=\"{{link:c.vtt}}\"></video></p>",
    );
}

#[test]
fn open_across_blocks() {
    let html = "<details><summary>A</summary>\n\n- b\n\n  <div>\n\n  c\n\n  </div>\n\n</details>\n";
    let expected =
        "<details><summary>A</summary>\n<ul>\n<li>\n<p>b</p>\n<div>\n<p>c</p>\n</div>\n</li>\n</ul>\n</details>";
    check(html, expected);
    check("> <div>\n> a\n> </div>\n", "<blockquote>\n<div>\na\n</div>\n</blockquote>");
}

#[test]
fn addresses() {
    check(
        "a <a href=b.md title=c>d</a> <a href='https://e.org/?f&amp;g'>h</a>\n",
        "<p>a <a href=\"{{link:b.md}}\" title=\"c\">d</a> <a href=\"https://e.org/?f&amp;g\">h</a></p>",
    );
    check(
        "a <img src=\"b&#46;png\" alt=c> <a name=d></a>\n",
        "<p>a <img src=\"{{link:b.png}}\" alt=\"c\"> <a name=\"d\"></a></p>",
    );
    check(
        "a <img srcset='b.png 1x, https://c.org/d.png 2x'>\n",
        "<p>a <img srcset=\"{{link:b.png}} 1x, https://c.org/d.png 2x\"></p>",
    );
    let body = BODY.read("<a id=a></a><a name='b&amp;c'/>\n\n<p id=d>e</p>\n").value.body;
    assert_eq!(body.anchors.iter().map(|it| &**it).collect::<Vec<_>>(), ["a", "b&c", "d"]);
    let body = BODY.read("> <p>\n> <a\n>  href=c.md>d</a></p>\n").value.body;
    assert_eq!(body.holes[0].span, Span::new(37, 41));
}

#[test]
fn left_open() {
    BODY.check("a <b>b\n\nc\n", "<p>a <b>b</b></p>\n<p>c</p>");
    faults("a <b>b\n\nc\n", &["unclosed-html: <b>"]);
    BODY.check("<div>\n\na\n", "<div>\n<p>a</p>\n</div>");
    faults("<div>\n\na\n", &["unclosed-html: <div>"]);
    BODY.check("- <div>\n\n  a\n\n</div>\n", "<ul>\n<li>\n<div>\n<p>a</p>\n</div></li>\n</ul>");
    faults("- <div>\n\n  a\n\n</div>\n", &["unclosed-html: <div>", "unclosed-html: </div>"]);
    BODY.check("<b><i>a</b></i>\n", "<p><b><i>a</i></b></p>");
    BODY.check("<b>*a</b>*\n", "<p><b><em>a</em></b></p>");
    BODY.check("a </article></main> b\n", "<p>a  b</p>");
    faults("a </article></main> b\n", &["unclosed-html: </article>"]);
    faults("<!-- a\n\nb\n", &["unclosed-html: <!--"]);
    check("a <a id=b /> c\n", "<p>a <a id=\"b\"></a> c</p>");
}

#[test]
fn taken_out() {
    BODY.check("a <script>b</script> c\n", "<p>a  c</p>");
    BODY.check("<iframe src=a>b</iframe>\n\nc\n", "<p>c</p>");
    BODY.check("<form action=a>b <input> c</form>\n", "b  c");
    BODY.check("<p style='a' onclick=b class=c>d</p>\n", "<p class=\"c\">d</p>");
    faults("<form action=a>b <INPUT> c</form>\n", &["raw-html-removed: <form action=a>", "raw-html-removed: <INPUT>"]);
    faults("<a rel='opener nofollow' href='#'>b</a>", &["raw-html-removed: rel='opener nofollow'"]);
    faults("<a rel='noopener' target=_blank href='#'>b</a>", &[]);
    faults("<a target=b href='#'>b</a>", &["raw-html-removed: target=b"]);
    faults("<p style='a'  onclick=b>d</p>\n", &["raw-html-removed: style='a'", "raw-html-removed: onclick=b"]);
    faults("> <p>\n> <script\n>  src=c>d</script></p>\n", &["raw-html-removed: <script\n>  src=c>"]);
    faults("<?php a ?>\n\n<!DOCTYPE html>\n", &["raw-html-removed: <?php a ?>", "raw-html-removed: <!DOCTYPE html>"]);
}

#[test]
fn message() {
    let diagnostic = BODY.read("a <script>b</script>\n").diagnostics.remove(0);
    assert_eq!(diagnostic.message, "the element `<script>` is not allowed, and was taken out");
    let diagnostic = BODY.read("<p onclick=a>b</p>\n").diagnostics.remove(0);
    assert_eq!(diagnostic.message, "the attribute `onclick` of `<p>` is not allowed, and was taken out");
}

#[test]
fn all() {
    let html = "<script>a < \"b\" + '<a href=c>'</script>\n\n<div onclick=d>\n\n<a href=e.md>f</a>\n";
    ALL.check(
        html,
        "<script>a < \"b\" + '<a href=c>'</script>\n<div onclick=d>\n<p><a href=\"{{link:e.md}}\">f</a></p>",
    );
    ALL.faults(html, &[]);
    ALL.check(
        "a <img src='b.png' alt> <a id=c href=\"https://d\">\n",
        "<p>a <img src='{{link:b.png}}' alt> <a id=c href=\"https://d\"></p>",
    );
}

#[test]
fn none() {
    NONE.check(
        "<div>\n*a*\n</div>\n\nb <i>c</i>\n",
        "<p>&lt;div&gt;\n*a*\n&lt;/div&gt;</p>\n<p>b &lt;i&gt;c&lt;/i&gt;</p>",
    );
}
