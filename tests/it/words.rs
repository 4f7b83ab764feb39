//! Rules on words know the language of a page and the script of a text.

use folio::model::config::{Options, Trace};

use crate::support::{SETTINGS, check, options, project};

/// Returns what is told of a post with this summary and text, as `severity code`.
fn told(language: &str, summary: &str, text: &str) -> Vec<String> {
    let post =
        format!("//- content/posts/a.md\n---\ntitle: A post\ndate: 2024-01-02\nsummary: {summary}\n---\n\n{text}\n");
    let settings = SETTINGS.replace("[site]", &format!("[site]\nlanguage = \"{language}\""));
    let wanted = ["all-capitals", "weak-summary", "unclear-date", "private-link", "near-component"];
    let mut sources = project(&format!("{settings}{post}"));
    folio::edge::embedded::civic(&mut sources);
    let options = Options { trace: Trace::All, ..options() };
    let found = check(&sources, options);
    let found = found.iter().filter(|it| wanted.contains(&it.code));
    found.map(|it| format!("{} {}", it.severity.name(), it.code)).collect()
}

#[test]
fn american_dates_are_right_in_american_english() {
    let text = "It was on May 30, 2013 and on June 4, 2013.";
    assert_eq!(told("en-US", "A summary.", text), [""; 0]);
    assert_eq!(told("en-GB", "A summary.", text), ["warning unclear-date"; 2]);
    assert_eq!(told("en-US", "A summary.", "It was on 03/04/24."), ["warning unclear-date"]);
}

#[test]
fn scripts_without_capitals_have_none() {
    let urdu = "مرمت کی خدمت کا جائزہ لیا گیا اور نتائج شائع کیے گئے۔";
    assert_eq!(told("ur", urdu, urdu), [""; 0]);
    let bengali = "মেরামত পরিষেবার মূল্যায়ন প্রকাশ করা হয়েছে।";
    assert_eq!(told("bn", bengali, bengali), [""; 0]);
    assert_eq!(told("ja", "評価を公開しました。", "評価を 公開 しました 今日 も。"), [""; 0]);
    assert_eq!(told("en-GB", "A summary.", "YOU MUST READ THIS."), ["warning all-capitals"]);
    assert_eq!(told("en-GB", "A summary without a stop", "Text."), ["advice weak-summary"]);
}

#[test]
fn a_shared_document_may_be_open_to_all() {
    let link = |address: &str| told("en-GB", "A summary.", &format!("See [the plan]({address})."));
    assert_eq!(link("https://docs.google.com/document/d/abc/edit"), ["advice private-link"]);
    assert_eq!(link("https://drive.google.com/drive/folders/abc"), ["advice private-link"]);
    assert_eq!(link("http://localhost:8000/a"), ["error private-link"]);
}

#[test]
fn drawings_for_other_programs_are_told() {
    let fence = |word: &str| told("en-GB", "A summary.", &format!("```{word}\na,b\n```"));
    for word in ["mermaid", "chart", "csv", "math"] {
        assert_eq!(fence(word), ["warning near-component"], "{word}");
    }
    for word in ["", "rust", "sh", "yaml", "text", "json"] {
        assert_eq!(fence(word), [""; 0], "{word}");
    }
}
