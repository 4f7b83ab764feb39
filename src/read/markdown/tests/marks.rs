//! Marks that had no effect.

use super::*;
use crate::model::diagnostic::Edit;

/// Checks that nothing is told of a text.
#[track_caller]
fn silent(input: &str) {
    faults(input, &[]);
}

/// Checks where the marks of a text are reported, and what `--fix` makes of it; `None` where it writes nothing.
#[track_caller]
fn told(input: &str, places: &[&str], fixed: Option<&str>) {
    let expected: Vec<String> = places.iter().map(|it| format!("mark-without-effect: {it}")).collect();
    faults(input, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    let text = format!("---\ntitle: ü\n---\n{input}");
    let mut edits: Vec<Edit> = BODY.read(input).diagnostics.into_iter().flat_map(|it| it.fix).collect();
    edits.sort_by_key(|it| it.span);
    let mended = Edit::apply(&edits, &text);
    let mended = mended.strip_prefix("---\ntitle: ü\n---\n").unwrap();
    assert_eq!((mended != input).then_some(mended), fixed, "{input}");
}

/// Checks that a help says something.
#[track_caller]
fn helps(input: &str, part: &str) {
    let helps: Vec<String> = BODY.read(input).diagnostics.into_iter().filter_map(|it| it.help).collect();
    assert!(helps.iter().any(|it| it.contains(part)), "{input}: {helps:?}");
}

#[test]
fn headings() {
    told("##What we found\n", &["##What we found"], Some("## What we found\n"));
    told(
        "Text.\n### 2024 figures\n####2023 figures\n",
        &["####2023 figures"],
        Some("Text.\n### 2024 figures\n#### 2023 figures\n"),
    );
    told("##\u{a0}What we found\n", &["##\u{a0}What we found"], Some("## What we found\n"));
    told("#\u{a0}Budget\n", &["#\u{a0}Budget"], Some("# Budget\n"));
    told("##\u{3000}予算\n", &["##\u{3000}予算"], Some("## 予算\n"));
    told("＃＃ 予算\n", &[], None);
    told("＃＃予算\n", &["＃＃予算"], Some("## 予算\n"));
    told("> ##Quoted *words*\n", &["##Quoted *words*"], Some("> ## Quoted *words*\n"));
    told("- a\n\n  ##In an item\n", &["##In an item"], Some("- a\n\n  ## In an item\n"));
    told("#Heading without a space\n", &["#Heading without a space"], None);
    helps("#Heading without a space\n", "write `# Heading without a space`");
}

#[test]
fn what_is_no_heading() {
    silent(
        "#1 in the list\n\n#housing\n\n#OpenGov is here\n\n#Budget\n\n#Housing #Budget\n\n#Budget day is here.\n\nIn C# and F#\n",
    );
    silent("Text\n#Budget day\nmore\n\n\\##What\n\n`##What`\n\n    ##What\n\n```\n##What\n```\n\n#!/bin/sh\n");
    silent("&#35;&#35;What\n\n#️⃣ Sign\n\n<p>\n##What\n</p>\n\n#######Seven\n");
}

#[test]
fn items() {
    told("-item\n-item **two**\n", &["-item"], Some("- item\n- item **two**\n"));
    told("-one item of it\n", &["-one item of it"], None);
    told("-\u{a0}one\n-\u{a0}two\n", &["-\u{a0}one"], Some("- one\n- two\n"));
    told("- one\n-\u{a0}two\n", &["-\u{a0}two"], Some("- one\n- two\n"));
    told("1.first\n", &["1.first"], None);
    told("1.first\n2.second\n", &["1.first"], Some("1. first\n2. second\n"));
    told("1)first\n2)second\n3) third\n", &["1)first"], Some("1) first\n2) second\n3) third\n"));
    told("+one\n+two\n", &["+one"], Some("+ one\n+ two\n"));
    told("*one\n*two\n", &["*one"], None);
    told("Three:\n• one\n• two\n", &["• one"], Some("Three:\n- one\n- two\n"));
    told("•\tone\n", &["•\tone"], Some("- one\n"));
    told("· one\n· two\n", &["· one"], Some("- one\n- two\n"));
    told("• Home • About • Contact\n", &["• Home • About • Contact"], None);
    told("> ・一つ\n> ・二つ\n", &["・一つ"], Some("> - 一つ\n> - 二つ\n"));
}

#[test]
fn what_is_no_item() {
    silent(
        "-5 degrees\n-6 degrees\n\n-v\n-rf\n\n-Anna Example\n\n+44 20 7946 0000\n\n*Without VAT\n\n-- so they say\n",
    );
    silent(
        "1.5 million\n2.5 million\n\n2.x and 3.x\n\n20.January\n\n15.\u{a0}Januar\n\n1.https://a.org\n\n1984.Orwell\n",
    );
    silent("One • two\n\n– He said\n– She said\n\n—\u{a0}Yes\n\n---\n\n***\n\n\\-item\n\\-item\n\n<b>-a</b>\n");
}

#[test]
fn bold() {
    told("**Note:**text\n", &["**Note:**"], Some("**Note:** text\n"));
    told(
        "a **Stop!**Now **and *here*.**Then\n",
        &["**Stop!**", "**and *here*.**"],
        Some("a **Stop!** Now **and *here*.** Then\n"),
    );
    told("__Note:__text\n", &["__Note:__"], Some("__Note:__ text\n"));
    told("and ** bold ** text\n", &["** bold **"], Some("and **bold** text\n"));
    told("** bold words** text\n", &["** bold words**"], Some("**bold words** text\n"));
    told("a **bold ** text\n", &["**bold **"], Some("a **bold** text\n"));
    told("a **bold **text\n", &["**bold **"], Some("a **bold** text\n"));
    told("a ~~ gone ~~ b ~~gone ~~ c\n", &["~~ gone ~~", "~~gone ~~"], Some("a ~~gone~~ b ~~gone~~ c\n"));
    told("**50%**of them **“so”**they\n", &["**50%**", "**“so”**"], None);
    told("text**(bold)**\n", &["**(bold)**"], None);
    told("We saw **great results in May.\n", &["**great"], None);
    told("| a |\n| --- |\n| **Sum:**all |\n", &["**Sum:**"], Some("| a |\n| --- |\n| **Sum:** all |\n"));
    told(
        "## **Note:**text\n\n- ** one ** b\n",
        &["**Note:**", "** one **"],
        Some("## **Note:** text\n\n- **one** b\n"),
    );
}

#[test]
fn bold_in_scripts_without_spaces() {
    told("**重要：**文字です\n", &["**重要：**"], None);
    helps("**重要：**文字です\n", "write `**重要**：文字です`");
    told("文字**「重要」**です\n", &["**「重要」**"], None);
    helps("文字**「重要」**です\n", "write `「**重要**」です`");
    told("これは**太字。**次の文\n", &["**太字。**"], None);
    silent("これは**太字**です。**重要** 文字\n");
}

#[test]
fn what_is_not_bold() {
    silent(
        "2**3 and 4**5\n\n2 ** 3 ** 4\n\na ** b ** c\n\n**p < 0.05 \n\n** significant at 5%, ** significant at 1%\n",
    );
    silent(
        "0.12** and 0.34**\n\nPrice** and VAT**\n\n** Provisional figures\n\n**Excluding VAT\n\nsrc/**/mod.rs and **/*.md\n",
    );
    silent(
        "snake_case_name and __init__ and a__b__c\n\n****\n\n\\*\\*a b\\*\\*c\n\n`** a **` and ** `b` **\n\n*** a ***\n\nf(**x**)\n",
    );
    silent("2*3*4 and 2 * 3 * 4\n\n**all good**, **so:** and (**here**)\n\nexp(-x**2) ** 2\n");
}

#[test]
fn links() {
    told("[plan](our plan.pdf)\n", &["[plan](our plan.pdf)"], Some("[plan](<our plan.pdf>)\n"));
    told(
        "![Our team](IMG 2034.JPG \"Us\") and [*the* plan]( ../our plan 2024.pdf)\n",
        &["![Our team](IMG 2034.JPG \"Us\")", "[*the* plan]( ../our plan 2024.pdf)"],
        Some("![Our team](<IMG 2034.JPG> \"Us\") and [*the* plan](<../our plan 2024.pdf>)\n"),
    );
    told("| a |\n| --- |\n| [a](b c.md#d) |\n", &["[a](b c.md#d)"], Some("| a |\n| --- |\n| [a](<b c.md#d>) |\n"));
    told("[text] (https://b.example/)\n", &["[text] (https://b.example/)"], None);
    helps("[text] (https://b.example/)\n", "write `[text](https://b.example/)`");
    told("See [the plan](plan.pdf and more\n", &["[the plan](plan.pdf"], None);
    told("[a](https://b.org/c d)\n", &["[a](https://b.org/c d)"], Some("[a](<https://b.org/c d>)\n"));
}

#[test]
fn what_is_no_link() {
    silent("[1] (see below), [sic] (the original) and [2](see note 3) or (see [a])\n\n[1] (https://a.example/b.pdf)\n");
    silent(
        "f[i](x y), a[0](b.c d) and [text](a few words)\n\n\\[plan](our plan.pdf)\n\n`[plan](our plan.pdf)`\n\n[x] (done)\n",
    );
}

#[test]
fn tables() {
    told("| A | B |\n| 1 | 2 |\n", &["| A | B |"], None);
    helps("| A | B |\n| 1 | 2 |\n", "`| --- | --- |`");
    told("> | A | B |\n> | 1 | 2 |\n> | 3 | 4 |\n", &["| A | B |"], None);
    told("| A | B |\n| --- |\n| 1 | 2 |\n", &["| --- |"], None);
    told("| A | B |\n| —— | —— |\n| 1 | 2 |\n", &["| —— | —— |"], Some("| A | B |\n| --- | --- |\n| 1 | 2 |\n"));
    told("| A | B |\n|===|===|\n| 1 | 2 |\n", &["|===|===|"], Some("| A | B |\n| --- | --- |\n| 1 | 2 |\n"));
    silent(
        "| A | B |\n\n| a line alone |\n\n|x| and |y|\n|z| too\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n\\| a | b |\n\\| 1 | 2 |\n",
    );
}

#[test]
fn marks_of_other_programs() {
    let foreign = |input: &str, places: &[&str]| {
        let expected: Vec<String> = places.iter().map(|it| format!("foreign-mark: {it}")).collect();
        let mut found: Vec<String> = BODY.read(input).diagnostics.iter().map(|it| it.code.to_owned()).collect();
        found.dedup();
        assert_eq!(found, ["foreign-mark"], "{input}");
        let mut told = BODY.read(input).diagnostics;
        told.sort_by(Diagnostic::compare);
        let text = format!("---\ntitle: ü\n---\n{input}");
        let span = |it: &Diagnostic| it.place.as_ref().unwrap().span();
        let told: Vec<String> =
            told.iter().map(|it| format!("{}: {}", it.code, &text[span(it).start..span(it).end])).collect();
        assert_eq!(told, expected, "{input}");
    };
    foreign(
        "{{< youtube id=\"a\" >}}\n\n{{< card >}}\nWords\n{{< /card >}}\n",
        &["{{< youtube id=\"a\" >}}", "{{< card >}}"],
    );
    foreign("{% if a %}b{% else %}{% endif %} {{ site.baseurl }}/x\n", &["{% if a %}", "{{ site.baseurl }}"]);
    foreign("{%- include button.html text=\"Go\" -%}\n", &["{%- include button.html text=\"Go\" -%}"]);
    foreign("[a]({{ site.baseurl }}{% link _posts/b.md %})\n", &["{{ site.baseurl }}", "{% link _posts/b.md %}"]);
    foreign("<div>\n{% include a.html %}\n</div>\n", &["{% include a.html %}"]);
    foreign("{:.lead}\nText\n{: .b #c}\n\n* c\n{:toc}\n", &["{:.lead}", "{: .b #c}", "{:toc}"]);
    foreign("[a](#b){.button} and text {width=100}\n", &["{.button}", "{width=100}"]);
    foreign(
        "!!! note\n    Text\n\n:::warning\nText\n:::\n\n??? tip \"A\"\n",
        &["!!! note", ":::warning", "??? tip \"A\""],
    );
    foreign("See [[Our plan]] and [[Other|page]].\n\n[TOC]\n\n[[toc]]\n", &["[[Our plan]]", "[TOC]", "[[toc]]"]);
    foreign(
        "import Tabs from '@theme/Tabs';\n\n{/* hidden */}\n",
        &["import Tabs from '@theme/Tabs';", "{/* hidden */}"],
    );
    foreign("The mean is $\\bar{x}$.\n\n$$\nx^2\n$$\n", &["$\\bar{x}$"]);
    let counted = BODY.read("{{< a >}} {{< a >}} {{< a b >}}\n").diagnostics;
    assert_eq!(
        counted[0].message,
        "`{{< a >}}` is a mark of another program, and is shown as text (3 times in this file)"
    );
}

#[test]
fn what_is_no_mark_of_another_program() {
    silent(
        "`{{ a }}` {a} {1, 2} {{1, 2}} [[1]] [[1, 2], [3]] [[a](b.md)] a[[i]] !!! WOW\n\n```\n{% a %} {{< b >}}\n```\n\n    {{ a }}\n",
    );
    silent(
        "\\{{ a }} \\{% a %} ::: and :::\n\n:tada: {} { a }\n\nJSON {\"a\": 1} {a: 1} ${{a\n\n$5 and $n, import a from b\n",
    );
    LETTER.faults("Hello {{ subscriber.first_name|default:\"friend\" }}\n", &[]);
    LETTER.faults("{{< a >}}\n", &["foreign-mark: {{< a >}}"]);
    MATHS.faults("$\\frac{{a}}{b}$ and $x^2$\n", &[]);
}

#[test]
fn cells_beyond_the_columns() {
    let head = "| a | b |\n| --- | --- |\n";
    let lost = |row: &str, expected: &[&str]| faults(&format!("{head}{row}\n"), expected);
    lost("| 1 | 2 | 3 |", &["lost-cells: 3"]);
    lost("1 | 2 | 3 | 4", &["lost-cells: 3 | 4"]);
    lost("| `a|b` | the meaning |", &["lost-cells: the meaning"]);
    lost("| 1 | 2 | |", &[]);
    lost("| 1 \\| 2 | `a\\|b` |", &[]);
    lost("| 1 |", &[]);
    lost("| *é* | 2 | **3** ü |", &["lost-cells: **3** ü"]);
    faults("> | a |\n> | --- |\n> | 1 | 2 |\n", &["lost-cells: 2"]);
    let fix: Vec<Edit> = BODY.read(&format!("{head}| `a|b` | c |\n")).diagnostics.remove(0).fix;
    assert_eq!(fix.len(), 1);
    assert_eq!(fix[0].text, "\\");
}

#[test]
fn braces_at_the_end_of_a_heading() {
    let html = |input: &str, expected: &str, places: &[&str]| {
        BODY.check(input, expected);
        let expected: Vec<String> = places.iter().map(|it| format!("heading-braces: {it}")).collect();
        faults(input, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    };
    html("## Budget {2024}\n", "<h2 id=\"budget-2024\">Budget {2024}</h2>", &["{2024}"]);
    html("## Empty set {}\n", "<h2 id=\"empty-set\">Empty set {}</h2>", &["{}"]);
    html("## A *b* {c d}\n\nText\n", "<h2 id=\"a-b-c-d\">A <em>b</em> {c d}</h2>\n<p>Text</p>", &["{c d}"]);
    html("## Text {#a b}\n", "<h2 id=\"a\">Text</h2>", &["{#a b}"]);
    html("Title {draft}\n---\n", "<h2 id=\"title-draft\">Title {draft}</h2>", &["{draft}"]);
    html("> ## {x}\n", "<blockquote>\n<h2 id=\"x\">{x}</h2>\n</blockquote>", &["{x}"]);
    html("## A {#b .c title=d}\n", "<h2 id=\"b\" class=\"c\" title=\"d\">A</h2>", &[]);
    html("## A \\{2024\\} `{b}`\n", "<h2 id=\"a-2024-b\">A {2024} <code>{b}</code></h2>", &[]);
}
