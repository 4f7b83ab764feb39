//! What is known of a code: what it tells, why, on whose authority, and how to mend it. One TOML file each in `src/rules/`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::diagnostic::Severity;

/// A rule, described. What looks for it stands in the stage that can see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The code of its diagnostics: kebab-case, stable; the name of its file.
    pub code: &'static str,
    /// What it is about.
    pub group: Group,
    /// What is written about it.
    pub about: About,
}

/// What the file of a rule says.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// What is wrong, in one line, with a capital letter and without a full stop.
    pub title: String,
    /// How bad it is, unless the site says otherwise.
    pub severity: Severity,
    /// Whether it is looked for unless the site says otherwise. Rules that judge by a rough measure are not.
    #[serde(default = "yes")]
    pub on: bool,
    /// Whether nothing can change its severity: without it there is no document, or no page.
    #[serde(default)]
    pub fixed: bool,
    /// When it is looked for.
    #[serde(default)]
    pub when: When,
    /// Why it matters, in Markdown.
    pub why: String,
    /// Who says so: a law, a standard with its section, guidance; Folio, where it is our own.
    pub source: String,
    /// What to do, in Markdown.
    pub mend: String,
    /// What `site.toml` may set, by name.
    #[serde(default)]
    pub options: BTreeMap<String, RuleOption>,
    /// A project that has the fault. The places that are told stand between `‹` and `›`.
    #[serde(default)]
    pub wrong: Option<String>,
    /// The same, mended; it comes close to the fault.
    #[serde(default)]
    pub right: Option<String>,
}

/// What a rule leaves to the site.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleOption {
    /// What holds where the site says nothing.
    pub default: RuleValue,
    /// What it is for, in one line.
    pub help: String,
}

/// The value of a [`RuleOption`]. The default says which of them it is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum RuleValue {
    /// A whole number from 0.
    Number(usize),
    /// Words.
    Texts(Vec<String>),
}

/// When a rule is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// In every run.
    #[default]
    Build,
    /// In `folio check`: it reads finished pages, which costs more than making them.
    Check,
    /// In `folio check --online`: it asks the web.
    Online,
}

/// What rules are about; the name of their folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Files and folders.
    Files,
    /// What stands between the lines `---`.
    FrontMatter,
    /// What evaluations, projects and newsletters must say.
    Content,
    /// Links, files that are linked, addresses.
    Links,
    /// How the text is written in Markdown.
    Text,
    /// Pages for everybody.
    Accessibility,
    /// Plain words.
    Words,
    /// Law, privacy, weight.
    Site,
    /// `site.toml` and themes.
    Settings,
}

impl Group {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Group; 9] = [
        Group::Files,
        Group::FrontMatter,
        Group::Content,
        Group::Links,
        Group::Text,
        Group::Accessibility,
        Group::Words,
        Group::Site,
        Group::Settings,
    ];

    /// Returns the name of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Files => "files",
            Group::FrontMatter => "front-matter",
            Group::Content => "content",
            Group::Links => "links",
            Group::Text => "text",
            Group::Accessibility => "accessibility",
            Group::Words => "words",
            Group::Site => "site",
            Group::Settings => "settings",
        }
    }

    /// Returns its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Group::Files => "Files and folders",
            Group::FrontMatter => "Front matter",
            Group::Content => "What must be said",
            Group::Links => "Links and addresses",
            Group::Text => "The text",
            Group::Accessibility => "Pages for everybody",
            Group::Words => "Plain words",
            Group::Site => "Law, privacy and weight",
            Group::Settings => "Settings and themes",
        }
    }
}

const fn yes() -> bool {
    true
}
