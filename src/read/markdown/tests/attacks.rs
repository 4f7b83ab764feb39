//! Raw HTML that attackers write.

use super::*;

#[path = "../../../../tests/it/harmless.rs"]
mod harmless;

/// Checks that nothing is left in which a browser sees code.
fn harmless(input: &str) {
    let body = BODY.read(input).value.body;
    assert_harmless(&body.html, input);
}

/// Refuses all that an independent parser sees and that is not in a list of its own.
pub(super) fn assert_harmless(html: &str, input: &str) {
    let faults = harmless::faults(html);
    assert!(faults.is_empty(), "{input:?} gave {html:?} with {faults:?}");
}

#[test]
fn tags() {
    for input in [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//a.org/b.js></SCRIPT>",
        "<<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script/x>alert(1)</script>",
        "<script\n>alert(1)</script\n>",
        "<script",
        "a <script>alert(1)",
        "<div><script>alert(1)</div>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>",
        "<svg/onload=alert(1)//",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><a title=\"</title><img src=x onerror=alert(1)>\">",
        "<style>@import 'a'</style>",
        "<plaintext>",
        "<template><script>alert(1)</script></template>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data=a></object><embed src=a><applet></applet>",
        "<form><button formaction=javascript:alert(1)>a</button></form>",
        "<base href=//a.org><meta http-equiv=refresh content='0;url=//a'><link rel=stylesheet href=a>",
        "<x-a onclick=b>c</x-a>",
        "<\0script>alert(1)</script>",
        "<scr\0ipt>alert(1)</scr\0ipt>",
        "<!--><script>alert(1)</script>-->",
        "<!--a--!><script>alert(1)</script>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml ><script>alert(1)</script>?>",
        "</script><script>alert(1)</script>",
        "</p <script>alert(1)</script>",
        "< script>alert(1)</script>",
        "<\u{ff1c}script>",
    ] {
        harmless(input);
        harmless(&format!("a {input} b"));
        harmless(&format!("- > {}", input.replace('\n', "\n  > ")));
        harmless(&format!("<div>\n{input}\n</div>\n\na\n"));
        harmless(&format!("|a|\n|-|\n|{input}|"));
        harmless(&format!("## {input}"));
        harmless(&format!("![{input}](a) [{input}](b \"{input}\")"));
        harmless(&format!("a[^1]\n\n[^1]: {input}"));
        harmless(&format!("``` {input}\n{input}\n```\n"));
    }
}

#[test]
fn attributes() {
    for attributes in [
        "onclick=alert(1)",
        "ONCLICK = 'alert(1)'",
        "/onclick=alert(1)",
        "a=b/onclick=alert(1)",
        "class=\"a\"onclick=\"alert(1)\"",
        "class='a\"onclick=alert(1)//'",
        "class='\"><script>alert(1)</script>'",
        "class=`a onclick=alert(1)`",
        "class=a\nonclick=alert(1)",
        "class=a\u{c}onclick=alert(1)",
        "class=\"a\0\" on\0click=alert(1)",
        "=onclick=alert(1)",
        "\"onclick=alert(1)",
        "style='background:url(javascript:alert(1))'",
        "aria-\"onclick=alert(1)=a",
        "class=<b onclick=alert(1)",
        "id=a title='\n\n' onclick=alert(1)",
    ] {
        for input in
            [format!("<p {attributes}>b</p>"), format!("a <i {attributes}>b</i>"), format!("<div {attributes}")]
        {
            harmless(&input);
        }
    }
}

#[test]
fn addresses() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\0script:alert(1)",
        "java\u{1}script:alert(1)",
        "java&#115;cript:alert(1)",
        "&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58&#97",
        "&#x6A;avascript:alert(1)",
        "&#0000106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml;base64,AAAA",
    ] {
        harmless(&format!("a <a href=\"{address}\">b</a>"));
        harmless(&format!("<a href='{address}'>b</a>"));
        harmless(&format!("<p><a href={address}>b</a></p>"));
        harmless(&format!("<img src=\"{address}\" alt=a srcset=\"b 1x,{address} 2x\">"));
        harmless(&format!("<blockquote cite=\"{address}\">b</blockquote>"));
        harmless(&format!("<video poster=\"{address}\" src=\"{address}\"></video>"));
        harmless(&format!("[a]({address}) [b](<{address}>) <{address}> [c]\n\n[c]: {address}\n"));
    }
}

#[test]
fn code_goes_with_its_element() {
    for input in ["a <script>b</script> c", "<script>\nb\n</script>\n", "<style>b</style>", "a <svg><path d=b></svg>"] {
        assert!(!BODY.html(input).contains('b'), "{input}");
    }
    // Without an end nothing more than the block goes, or than the tag in a paragraph.
    assert_eq!(BODY.html("<iframe>\na\n\nb\n"), "<p>b</p>\n");
    assert_eq!(BODY.html("a <script>*b*\n\nc\n"), "<p>a <em>b</em></p>\n<p>c</p>\n");
}

#[test]
fn nothing_reaches_out() {
    BODY.check("</div></article></main></body></html>\n", "");
    BODY.check("- </ul><b>\n- a\n", "<ul>\n<li>\n<b>\n</b></li>\n<li>a</li>\n</ul>");
    let deep = BODY.read(&"<b>".repeat(500)).value.body;
    assert_eq!((deep.html.matches("<b>").count(), deep.html.matches("</b>").count()), (100, 100));
}
