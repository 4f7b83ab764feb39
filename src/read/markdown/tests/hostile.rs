//! Text that nobody writes: it is read without a panic, and fast.

use super::attacks::assert_harmless;
use super::*;

/// Numbers that are the same in each run (xorshift64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    pub(super) fn text(&mut self) -> String {
        let length = self.below(30);
        (0..length).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }
}

const PARTS: &[&str] = &[
    "a",
    "word ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "ü",
    "日本",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "\u{7}",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "```chart\n",
    "```\n",
    "~~~",
    "# ",
    "## ",
    "###### ",
    "===\n",
    "---\n",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "1. ",
    "- [x] ",
    ": ",
    "| a | b |\n|---|:-:|\n",
    "|",
    "[",
    "]",
    "(",
    ")",
    "![",
    "[a](b.md)",
    "[a][b]",
    "[a][]",
    "[b]: c.md\n",
    "[^1]",
    "[^1]: ",
    "\n[^2]: ",
    "<",
    ">",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<p ",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<a href=\"",
    "onclick=",
    "javascript:",
    "\"",
    "'",
    "&",
    "&amp;",
    "&#",
    "&colon;",
    "$",
    "$$",
    "\\",
    "https://a.org/_b",
    "www.a.b",
    "{#x .y}",
    "--",
    "...",
    "<li>",
    "</ul>",
    "<img src=a>",
    "<svg>",
    "![a](b.png \"c\")",
];

#[test]
fn any_text() {
    let mut random = Random(0x5eed);
    for _ in 0..4000 {
        let text = random.text();
        for reader in [&BODY, &UNTITLED, &NESTED, &ALL, &NONE] {
            let body = reader.read(&text).value.body;
            if reader.html != RawHtml::All {
                assert_harmless(&body.html, &text);
                assert_closed(&body.html, &text);
            }
        }
    }
}

/// Checks that each element ends, and in the one in which it began.
pub(super) fn assert_closed(html: &str, input: &str) {
    use crate::read::html::allow::{End, element};
    use crate::read::html::token::{Token, Tokens};
    let mut open = Vec::new();
    for (token, _) in Tokens::new(html) {
        match token {
            Token::Open(tag) if element(tag.name).is_some_and(|it| it.end == End::Void) => {}
            Token::Open(tag) => open.push(tag.name),
            Token::Close(name) => loop {
                let last = open.pop().unwrap_or_else(|| panic!("{name} in {html:?} of {input:?}"));
                if last == name {
                    break;
                }
                assert_eq!(element(last).map(|it| it.end), Some(End::Open), "{last} in {html:?} of {input:?}");
            },
            _ => {}
        }
    }
    assert!(
        open.iter().all(|it| element(it).is_some_and(|it| it.end == End::Open)),
        "{open:?} in {html:?} of {input:?}"
    );
}

#[test]
fn carriage_returns_make_no_difference() {
    let text = "# A\n\nb\nc  \nd\n\n- e\n\n  f\n\n```chart\ng: h\n```\n\n<div>\n\n| i |\n|---|\n| j |\n\n</div>\n\n[^1]: k\n\nl[^1]\n";
    let shown = |it: &str| BODY.html(it).replace('\r', "");
    assert_eq!(shown(text), shown(&text.replace('\n', "\r\n")));
}

#[test]
fn long_runs() {
    let parts = [
        "[", "[a](", "![", "*a **b ", "<b>", "<b ", "<a b='", "</b>", "<!--", "<!-->", "<!", "<script>", "> ", "`",
        "$", "| a ", "[^1]",
    ];
    let more = [
        "www.a ",
        "https://a.b)",
        "http://",
        "# a\n",
        "#\n",
        "- <div>\n",
        "<li>",
        "<ul><li>",
        "[a][b]",
        "&#1",
        "- ",
        "~",
        "{",
        "\\",
        "a\n: b\n",
    ];
    let last = [
        "[^1]: a\n",
        "a[^b]\n\n[^b]: ",
        "<b>*</b>",
        "<svg>",
        "a <svg> ",
        "<p><script>",
        "www.",
        "![a](b) ",
        "\u{feff}\n",
    ];
    for part in parts.into_iter().chain(more).chain(last) {
        let text = part.repeat(3000);
        assert!(BODY.read(&text).value.body.holes.len() <= 9000, "{part}");
    }
}
