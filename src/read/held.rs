//! What keeps a page back in other programs: `published: false`, `status: private`, `permalink: false`, `_drafts/`. Here it keeps
//! the page back too, and is reported: a page that was not public must not become so because Folio does not know a key.
//!
//! All of it is found in what reading reports anyway, so a document with known keys alone costs nothing more.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::model::config::Config;
use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Step, near_miss};
use crate::model::kind::{Group, Kind};
use crate::model::node::Node;
use crate::model::value::{Value, Values};

use super::date;
use super::doctor::Reading;
use super::faults::Faults;
use super::fields::Reader;

/// Keys that keep a page back where they say no. Keys are compared without case, `-`, `_` and spaces.
const OFF: [&str; 16] = [
    "published",
    "publish",
    "ispublished",
    "dgpublish",
    "public",
    "ispublic",
    "visible",
    "isvisible",
    "live",
    "active",
    "isactive",
    "enabled",
    "approved",
    "routable",
    "render",
    "output",
];

/// Keys that keep a page back where they say yes.
const ON: [&str; 20] = [
    "hidden",
    "ishidden",
    "hide",
    "private",
    "isprivate",
    "unpublished",
    "isdraft",
    "indraft",
    "wip",
    "headless",
    "internal",
    "confidential",
    "restricted",
    "embargo",
    "embargoed",
    "exclude",
    "excluded",
    "ignore",
    "membersonly",
    "trashed",
];

/// Keys that say how far a page has come, or who may see it.
const STATE: [&str; 12] = [
    "status",
    "state",
    "poststatus",
    "pagestatus",
    "wpstatus",
    "publishstatus",
    "publicationstatus",
    "workflow",
    "workflowstate",
    "visibility",
    "access",
    "audience",
];

/// What such a key says of a page that not everybody may see.
const HELD: [&str; 29] = [
    "draft",
    "drafts",
    "private",
    "pending",
    "future",
    "scheduled",
    "trash",
    "autodraft",
    "hidden",
    "unpublished",
    "notpublished",
    "review",
    "inreview",
    "forreview",
    "pendingreview",
    "needsreview",
    "inprogress",
    "wip",
    "internal",
    "restricted",
    "confidential",
    "embargoed",
    "members",
    "paid",
    "password",
    "passwordprotected",
    "secret",
    "unlisted",
    "staff",
];

/// Keys that let a page be public, but not found. Here it would stand in lists, feeds and the search.
const UNLISTED_OFF: [&str; 8] =
    ["sitemap", "search", "searchable", "insearchindex", "indexed", "listed", "feed", "rss"];
const UNLISTED_ON: [&str; 7] = [
    "noindex",
    "unlisted",
    "sitemapexclude",
    "sitemapignore",
    "excludefromsearch",
    "searchexclude",
    "eleventyexcludefromcollections",
];

/// What is known of a document when it is asked what keeps it back.
struct Held<'a> {
    kind: &'a Kind,
    /// Its front matter, by key.
    nodes: BTreeMap<&'a str, &'a Node>,
    yaml: &'a Reading<'a>,
    faults: &'a mut Faults,
    /// Fields that are written under another key.
    renamed: &'a [(Arc<str>, Arc<str>)],
}

impl Reader<'_> {
    /// Returns what keeps a document back, in words for people, and reports its key as what it is instead of as unknown.
    ///
    /// Gives `key-alias`, `not-hidden`, and `wrong-type` where `draft` has no value.
    pub(super) fn held(&mut self, kind: &Kind, node: &Node, values: &mut Values) -> Option<Arc<str>> {
        let nodes = node.entries().iter().map(|(key, node)| (&**key, node)).collect();
        let held = Held { kind, nodes, yaml: self.yaml, faults: &mut self.faults, renamed: &self.renamed };
        held.back(values, &self.config.timezone)
    }
}

/// What is reported of a key instead, and what keeps the page back.
type Told = (Option<Diagnostic>, Option<String>);

impl Held<'_> {
    fn back(mut self, values: &mut Values, zone: &TimeZone) -> Option<Arc<str>> {
        let mut by = None;
        for position in 0..self.faults.found.len() {
            let reported = &self.faults.found[position];
            let Some(key) = key_of(reported) else { continue };
            let Some(node) = self.nodes.get(&*key) else { continue };
            let told = match reported.code {
                "unknown-key" => self.unknown(&key, node, reported, values, zone),
                "key-alias" => self.expiry(&key, values),
                // A value that can't be read may have said that the page is to wait.
                _ => self.decides(&key, node).then(|| (None, Some(format!("`{key}`, which can't be read")))),
            };
            let Some((diagnostic, reason)) = told else { continue };
            if let Some(diagnostic) = diagnostic {
                self.faults.found[position] = diagnostic;
            }
            by = by.or(reason);
        }
        by.or_else(|| self.empty_draft()).or_else(|| self.no_address(values)).map(Into::into)
    }

    /// Returns what an unknown key says, as other programs read it.
    fn unknown(
        &self,
        key: &Arc<str>,
        node: &Node,
        reported: &Diagnostic,
        values: &mut Values,
        zone: &TimeZone,
    ) -> Option<Told> {
        let (name, said) = (plain(key), Said::of(node));
        let shown = format!("`{key}: {}`", shown(node));
        if is_one(&name, &["published", "publish", "embargo"])
            && let Node::Text(text) = node
            && let Ok(day) = date::date(text, zone)
        {
            put(values, &self.kind.group, "publish_after", Some(Value::Date(day)));
            let message = format!("`{key}` is read as `publish_after`");
            return Some((
                Some(self.told(key, message, "write `publish_after:`", &[(Part::Key, "publish_after")])),
                None,
            ));
        }
        if is_draft(&name, &said) {
            return Some((Some(self.as_draft(key, &shown)), Some(shown)));
        }
        if is_held(&name, &said, node) {
            let message = format!("{shown} keeps this page out of the site, as `draft: true` does");
            let help = "write `draft: true`; a website has no pages that only some people may read";
            return Some((Some(self.told(key, message, help, &[])), Some(shown)));
        }
        if is_unlisted(&name, &said, node) {
            let message = format!("{shown} does not hide this page here: lists, feeds and the search have it");
            let help = "take the line out if all may find the page; if not, write `draft: true`";
            return Some((Some(Diagnostic::error("not-hidden", reported.place.clone(), message).help(help)), None));
        }
        let near = near_miss(key, ["draft", "publish_after"])?;
        if said != Said::Yes && (near == "draft" || !matches!(said, Said::Word(_))) {
            return None;
        }
        let help = format!("did you mean `{near}`? Until that is clear, this page is left out");
        Some((Some(reported.clone().help(help)), Some(format!("`{key}`, which may mean `{near}`"))))
    }

    /// In other programs a page that has expired is gone. Here it would stay, marked as out of date, unless `remove` says so.
    fn expiry(&self, key: &Arc<str>, values: &mut Values) -> Option<Told> {
        let is_expiry = self.renamed.iter().any(|(field, written)| &**field == "expires" && written == key);
        if !is_expiry || plain(key) == "expires" || self.nodes.contains_key("remove") {
            return None;
        }
        put(values, &self.kind.group, "remove", Some(Value::Boolean(true)));
        let message = format!("`{key}` is read as `expires` with `remove: true`");
        let help = "write `expires:` and `remove: true`; without `remove` the page stays, marked as out of date";
        let edits = [(Part::Key, "remove: true\nexpires")];
        let edits: &[_] = if self.nodes.contains_key("expires") { &[] } else { &edits };
        Some((Some(self.told(key, message, help, edits)), None))
    }

    /// Returns whether a field that can't be read could have kept the page back.
    fn decides(&self, key: &str, node: &Node) -> bool {
        let field = self.renamed.iter().find(|it| &*it.1 == key).map_or(key, |it| &it.0);
        let is_state = || matches!(Said::of(node), Said::Word(word) if is_one(&word, &HELD));
        matches!(field, "draft" | "publish_after") && *node != Node::Null || field == "status" && is_state()
    }

    fn empty_draft(&mut self) -> Option<String> {
        let path = FieldPath::default().join("draft");
        if !matches!(self.nodes.get("draft"), Some(Node::Null)) {
            return None;
        }
        let help = "write `draft: true`, or `draft: false` if all may read the page";
        self.faults.push(Diagnostic::error("wrong-type", self.faults.key(&path), "`draft` has no value").help(help));
        Some("`draft` without a value".to_owned())
    }

    /// `permalink: false` makes no page in Eleventy.
    fn no_address(&mut self, values: &mut Values) -> Option<String> {
        values.get("permalink")?;
        let key: Arc<str> = "permalink".into();
        let node = self.nodes.get(&*key).copied().filter(|it| Said::of(it) == Said::No)?;
        put(values, &self.kind.group, "permalink", None);
        let shown = format!("`{key}: {}`", shown(node));
        let diagnostic = self.as_draft(&key, &shown);
        self.faults.push(diagnostic);
        Some(shown)
    }

    /// Returns what is reported of a key that says the same as `draft: true`.
    fn as_draft(&self, key: &Arc<str>, shown: &str) -> Diagnostic {
        let message = format!("{shown} keeps this page out of the site, as `draft: true` does");
        self.told(key, message, "write `draft: true`", &[(Part::Key, "draft"), (Part::Value, "true")])
    }

    /// Returns what is reported of a key, with the changes that make it what Folio reads.
    fn told(&self, key: &Arc<str>, message: String, help: &str, edits: &[(Part, &str)]) -> Diagnostic {
        let path = FieldPath::default().join(&**key);
        let is_there = |text: &str| self.nodes.contains_key(text);
        let edit = |(part, text): &(Part, &str)| {
            let span = self.yaml.locate(&self.faults.path, &path, *part);
            self.yaml.edit(span, text)
        };
        let free = edits.iter().all(|(part, text)| *part != Part::Key || !is_there(text));
        let fix: Option<Vec<_>> = edits.iter().filter(|_| free).map(edit).collect();
        Diagnostic::warning("key-alias", self.faults.key(&path), message).help(help).fix(fix.unwrap_or_default())
    }
}

fn is_one(name: &str, names: &[&str]) -> bool {
    names.contains(&name)
}

/// Returns whether a key says in other words what `draft: true` says.
fn is_draft(name: &str, said: &Said) -> bool {
    *said == Said::No && is_one(name, &OFF)
        || *said == Said::Yes && is_one(name, &["isdraft", "indraft", "unpublished", "wip"])
        || is_one(name, &STATE) && matches!(said, Said::Word(word) if word.contains("draft"))
}

/// Returns whether a key says that not everybody may see the page.
fn is_held(name: &str, said: &Said, node: &Node) -> bool {
    *said == Said::Yes && is_one(name, &ON)
        || is_one(name, &STATE) && matches!(said, Said::Word(word) if is_one(word, &HELD))
        || name == "password" && !matches!(said, Said::No | Said::Nothing)
        || name == "build" && never(node)
}

/// Returns whether a key says that the page is public, but not to be found.
fn is_unlisted(name: &str, said: &Said, node: &Node) -> bool {
    is_one(name, &UNLISTED_OFF) && (*said == Said::No || never(node))
        || is_one(name, &UNLISTED_ON) && *said == Said::Yes
        || name == "robots" && node.text().is_some_and(|it| it.to_lowercase().contains("noindex"))
}

/// Returns what the folder of a file says: `_drafts` of Jekyll.
pub(super) fn folder(path: &str, top: Option<&str>, config: &Config) -> Option<Arc<str>> {
    let (folders, _) = path.rsplit_once('/')?;
    // A kind may have its folder so.
    let own = config.kinds.of_folder(top?).folder.as_deref();
    let is_drafts = |it: &&str| {
        let name = it.strip_prefix('_').unwrap_or(it);
        name.eq_ignore_ascii_case("drafts") || it.len() > name.len() && name.eq_ignore_ascii_case("draft")
    };
    let found = folders.split('/').filter(|it| Some(*it) != own).find(is_drafts)?;
    Some(format!("the folder `{found}`").into())
}

/// What a value says as an answer to yes or no.
#[derive(PartialEq)]
enum Said {
    Yes,
    No,
    Nothing,
    /// A word of its own, without case, `-`, `_` and spaces.
    Word(String),
}

impl Said {
    fn of(node: &Node) -> Said {
        match node {
            Node::Null => Said::Nothing,
            Node::Boolean(it) => {
                if *it {
                    Said::Yes
                } else {
                    Said::No
                }
            }
            Node::Integer(0) => Said::No,
            Node::Integer(1) => Said::Yes,
            Node::Integer(_) | Node::Number(_) => Said::Word(String::new()),
            Node::Text(text) => match plain(text).as_str() {
                "true" | "yes" | "y" | "on" | "1" | "t" => Said::Yes,
                "false" | "no" | "n" | "off" | "0" | "f" | "never" | "none" => Said::No,
                "" => Said::Nothing,
                word => Said::Word(word.to_owned()),
            },
            // A list of those who may see it, perhaps; `cascade`, `build`.
            Node::List(_) | Node::Map(_) => Said::Word(String::new()),
        }
    }
}

/// Returns whether a group such as Hugo's `build` says that no page is made: `build: {render: never}`.
fn never(node: &Node) -> bool {
    let part = |name: &str| node.get(name).is_some_and(|it| Said::of(it) == Said::No);
    part("render") || node.get("exclude").is_some_and(|it| Said::of(it) == Said::Yes)
}

/// Returns a key or word without what people write in several ways.
fn plain(text: &str) -> String {
    text.chars().filter(|it| !matches!(it, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

fn shown(node: &Node) -> String {
    match node {
        Node::Boolean(it) => it.to_string(),
        Node::Integer(it) => it.to_string(),
        Node::Number(it) => it.to_string(),
        Node::Text(it) => it.chars().take(40).filter(|it| !it.is_control()).collect(),
        _ => "…".to_owned(),
    }
}

/// Returns the key of the document that a diagnostic is about, if it is about one.
fn key_of(diagnostic: &Diagnostic) -> Option<Arc<str>> {
    match &diagnostic.place.as_ref()?.at {
        At::Field(_, FieldPath(steps), _) => match &steps[..] {
            [Step::Key(key)] => Some(key.clone()),
            _ => None,
        },
        At::Span(_) => None,
    }
}

/// Puts a value where the kind has its field.
fn put(values: &mut Values, group: &Group, name: &str, value: Option<Value>) {
    let named = |it: &Arc<str>| if **it == *name { value.clone() } else { values.get(it).cloned() };
    let pairs = group.fields.iter().filter_map(|it| Some((it.name.clone(), named(&it.name)?))).collect();
    *values = Values::new(pairs);
}
