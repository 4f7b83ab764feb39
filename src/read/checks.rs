//! `[checks]` of site.toml -> Checks: which rules the site sets otherwise, and where they do not hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::{Checks, Config, fits};
use crate::model::diagnostic::{Diagnostic, FieldPath, Severity, near_miss};
use crate::model::node::Node;
use crate::model::rule::{Rule, RuleValue};
use crate::model::source::{Sources, Span};

use super::faults::Faults;
use super::rules::{rule, rules};

/// Reads what the site says of rules, by the side of what they say themselves.
///
/// Gives `wrong-setting`, `unknown-setting`.
pub(super) fn checks(settings: &Node, faults: &mut Faults) -> Checks {
    let mut checks = Checks::default();
    for rule in rules() {
        if !rule.about.on {
            checks.severities.insert(rule.code.into(), None);
        }
        for (name, option) in &rule.about.options {
            checks.options.insert((rule.code.into(), name.as_str().into()), option.default.clone());
        }
    }
    let root = FieldPath::default().join("checks");
    for (code, node) in settings.get("checks").map(Node::entries).unwrap_or_default() {
        let at = root.join(&**code);
        match rule(code) {
            Some(rule) => Reader { rule, at, faults, checks: &mut checks }.read(node),
            None => {
                let help = near_miss(code, rules().iter().map(|it| it.code)).map_or_else(
                    || "every fault is told with the name of its rule: `error[broken-link]`".to_owned(),
                    |it| format!("did you mean `{it}`?"),
                );
                let message = format!("there is no rule `{code}`");
                faults.push(Diagnostic::warning("unknown-setting", faults.key(&at), message).help(help));
            }
        }
    }
    checks
}

struct Reader<'a> {
    rule: &'static Rule,
    at: FieldPath,
    faults: &'a mut Faults,
    checks: &'a mut Checks,
}

impl Reader<'_> {
    /// Reads `CODE = "off"`, or `CODE = { severity = "error", except = ["content/guide/"] }`.
    fn read(&mut self, node: &Node) {
        match node {
            Node::Map(entries) => {
                self.choose(self.rule.about.severity);
                for (key, value) in entries {
                    match &**key {
                        "severity" => self.severity(value, &self.at.join("severity")),
                        "except" => self.except(value),
                        name => self.option(name, value),
                    }
                }
            }
            _ => self.severity(node, &self.at.clone()),
        }
    }

    fn severity(&mut self, node: &Node, at: &FieldPath) {
        let severity = match node.text() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("advice") => Some(Severity::Advice),
            Some("off") => None,
            _ => {
                let message = format!("`{}` needs a severity", self.rule.code);
                return self.wrong(at, message, "one of `error`, `warning`, `advice`, `off`");
            }
        };
        if self.rule.about.fixed && severity != Some(Severity::Error) {
            let message = format!("`{}` is always an error", self.rule.code);
            return self.wrong(at, message, "take the line out: without a mended file there is nothing to publish");
        }
        self.checks.severities.insert(self.rule.code.into(), severity);
    }

    /// A rule that is named is meant, also where it is off by itself.
    fn choose(&mut self, severity: Severity) {
        if !self.rule.about.on {
            self.checks.severities.insert(self.rule.code.into(), Some(severity));
        }
    }

    fn except(&mut self, node: &Node) {
        let at = self.at.join("except");
        if self.rule.about.fixed {
            let message = format!("`{}` has no exceptions", self.rule.code);
            return self.wrong(&at, message, "take the line out: without a mended file there is nothing to publish");
        }
        match texts(node) {
            Some(paths) => {
                let paths = paths.iter().map(|it| it.trim_start_matches("./").into()).collect();
                self.checks.exceptions.insert(self.rule.code.into(), paths);
            }
            None => self.wrong(
                &at,
                "`except` should be a list of files and folders".to_owned(),
                "write it as `[\"content/posts/first.md\", \"content/guide/\"]`",
            ),
        }
    }

    fn option(&mut self, name: &str, node: &Node) {
        let at = self.at.join(name);
        let options: &BTreeMap<_, _> = &self.rule.about.options;
        let Some(option) = options.get(name) else {
            let known: Vec<&str> = ["severity", "except"].into_iter().chain(options.keys().map(|it| &**it)).collect();
            let message = format!("`{name}` is no setting of the rule `{}`", self.rule.code);
            let help = near_miss(name, known.iter().copied())
                .map_or_else(|| format!("known here: {}", known.join(", ")), |it| format!("did you mean `{it}`?"));
            return self.faults.push(Diagnostic::warning("unknown-setting", self.faults.key(&at), message).help(help));
        };
        let value = match (&option.default, node) {
            (RuleValue::Number(_), Node::Integer(number @ 0..)) => usize::try_from(*number).ok().map(RuleValue::Number),
            (RuleValue::Texts(_), node) => texts(node).map(RuleValue::Texts),
            _ => None,
        };
        match (value, &option.default) {
            (Some(value), _) => _ = self.checks.options.insert((self.rule.code.into(), name.into()), value),
            (None, RuleValue::Number(_)) => {
                self.wrong(&at, format!("`{name}` should be a whole number"), "write it without quotes: `70`");
            }
            (None, RuleValue::Texts(_)) => {
                self.wrong(&at, format!("`{name}` should be a list of texts"), "write it as `[\"one\", \"two\"]`");
            }
        }
    }

    fn wrong(&mut self, at: &FieldPath, message: String, help: &str) {
        let place = self.faults.value(at);
        self.faults.push(Diagnostic::error("wrong-setting", place, message).help(help));
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::List(items) => items.iter().map(|it| it.text().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// Tells of exceptions that fit no file: with a slip in its name, one would do nothing.
pub(crate) fn exceptions(config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let paths = || sources.texts.keys().chain(sources.assets.keys()).map(|it| &**it);
    let faults = Faults::new(&config.path, Span::new(0, usize::MAX));
    let mut found = Vec::new();
    for (code, exceptions) in &config.checks.exceptions {
        let nothing = |it: &&Arc<str>| !paths().any(|path| fits(it, path));
        for (position, exception) in exceptions.iter().enumerate().filter(|it| nothing(&it.1)) {
            let at = FieldPath(vec!["checks".into(), (&**code).into(), "except".into()]).at(position);
            let help = near_miss(exception, paths()).map_or_else(
                || "name a file of the site, or a folder with `/` at its end".to_owned(),
                |it| format!("did you mean `{it}`?"),
            );
            let message = format!("there is no file `{exception}`");
            found.push(Diagnostic::warning("wrong-setting", faults.value(&at), message).help(help));
        }
    }
    found
}
