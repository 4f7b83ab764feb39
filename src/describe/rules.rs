//! Rules -> the manual's chapter on them, and the explanation of one.

use std::fmt::Write;

use crate::model::diagnostic::Severity;
use crate::model::rule::{Group, Rule, RuleValue, When};

/// Returns the chapter: each group of rules, each rule with its reason, its examples and its source.
pub fn rules(rules: &[Rule]) -> String {
    let mut text = String::from(
        "---\ntitle: Rules\nsummary: Everything that Folio looks for, why, who says so, and how to mend it.\norder: 75\n---\n\n\
         This page is made from the rules by `folio explain`. Each fault is told with the name of its rule; with that name you can \
         [set how bad it is, and where it does not hold](check.md#choose-your-rules).\n\n\
         What can not be seen in the files is not told here: whether the words for a picture are right, whether a text is plain, \
         what colours a browser shows. People must look at that.\n",
    );
    for group in Group::ALL {
        let of_group: Vec<&Rule> = rules.iter().filter(|it| it.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {}\n\n", group.title());
        for rule in &of_group {
            let _ = writeln!(text, "- [`{}`](#{}): {}", rule.code, rule.code, rule.about.title);
        }
        for rule in of_group {
            let _ = write!(text, "\n### `{}` {{#{}}}\n\n{}", rule.code, rule.code, paragraphs(rule));
        }
    }
    text
}

fn paragraphs(rule: &Rule) -> String {
    let about = &rule.about;
    let mut text = format!("{}. {}\n\n{}\n\n{}\n", about.title, standing(rule), about.why.trim(), about.mend.trim());
    if let (Some(wrong), Some(right)) = (&about.wrong, &about.right) {
        let _ = write!(text, "\nWrong:\n\n{}\nRight:\n\n{}", code(wrong), code(right));
    }
    for (name, option) in &about.options {
        let default = match &option.default {
            RuleValue::Number(number) => format!("`{number}`"),
            RuleValue::Texts(texts) => texts.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", "),
        };
        let _ = write!(text, "\nSetting `{name}`: {}. If it is missing: {default}.\n", option.help);
    }
    let _ = write!(text, "\nSource: {}.\n", about.source.trim_end_matches('.'));
    text
}

/// Says how bad it is, when it is looked for, and what the site may change.
fn standing(rule: &Rule) -> String {
    let about = &rule.about;
    let severity = match about.severity {
        Severity::Error => "An **error**",
        Severity::Warning => "A **warning**",
        Severity::Advice => "**Advice**",
    };
    let when = match about.when {
        When::Build => "",
        When::Check => ", told by `folio check`",
        When::Online => ", told by `folio check --online`",
    };
    let on = if about.on { "" } else { "; off unless `site.toml` turns it on" };
    let fixed = if about.fixed { "; it can not be turned off" } else { "" };
    format!("{severity}{when}{on}{fixed}.")
}

/// Returns an example without the marks of its places, as code by its indent: a fence could end within it.
fn code(example: &str) -> String {
    let line = |it: &str| if it.is_empty() { "\n".to_owned() } else { format!("    {it}\n") };
    example.replace(['‹', '›'], "").lines().map(line).collect()
}

/// Returns the explanation of one rule, for a terminal.
pub fn rule(rule: &Rule) -> String {
    let plain = paragraphs(rule).replacen("**", "", 2);
    let code = rule.code;
    let allow = match rule.about.fixed {
        true => String::new(),
        false => format!(
            "\nIn site.toml, to turn it off, or only for some files:\n\n    [checks]\n    {code} = \"off\"\n    \
             {code} = {{ except = [\"content/posts/first.md\", \"content/guide/\"] }}\n"
        ),
    };
    format!("{code}\n\n{plain}{allow}")
}
