//! Binary -> Rule*: what Folio knows of its rules, one TOML file each in `src/rules/GROUP/`.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::model::rule::{Group, Rule};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/rules");
static RULES: OnceLock<Vec<Rule>> = OnceLock::new();

/// Returns every rule, by group and then by code. They are read when first asked for.
pub(crate) fn rules() -> &'static [Rule] {
    RULES.get_or_init(|| Group::ALL.into_iter().flat_map(group).collect())
}

/// Returns the rule of a code.
pub(crate) fn rule(code: &str) -> Option<&'static Rule> {
    rules().iter().find(|it| it.code == code)
}

fn group(group: Group) -> Vec<Rule> {
    let Some(folder) = FILES.get_dir(group.name()) else { return Vec::new() };
    let mut rules: Vec<Rule> = folder
        .files()
        .map(|file| {
            let code = file.path().file_stem().and_then(|it| it.to_str()).expect("the names of rules are ASCII");
            let text = file.contents_utf8().expect("rules are UTF-8");
            let about = super::toml::plain(text).unwrap_or_else(|error| panic!("src/rules: {code}: {error}"));
            Rule { code, group, about }
        })
        .collect();
    rules.sort_by_key(|it| it.code);
    rules
}
