//! site.toml -> Config.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::model::address::{self, Reach};
use crate::model::config::{Config, FeedFormat, Feeds, MenuItem, Options, RawHtml, Search};
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, near_miss};
use crate::model::node::Node;
use crate::model::source::{Source, Span};

use super::faults::Faults;
use super::{checks, names, newsletter, schema, toml};

/// Reads the site's settings.
///
/// Gives `toml-syntax`, `wrong-setting`, `unknown-setting`, `wrong-schema`. Where a setting is missing or wrong, its default
/// stands in.
pub(crate) fn config(source: &Source, options: Options) -> Checked<Config> {
    let mut found = Vec::new();
    let node = toml::parse(source, &mut found);
    let broken = !found.is_empty();
    let mut faults = Faults::new(&source.path, Span::new(0, source.text.len()));
    let kinds = schema::kinds(&node, &mut faults);
    let mut reader = Reader { node: &node, faults };
    reader.known(
        &[],
        &[
            "site",
            "menus",
            "theme",
            "files",
            "markdown",
            "lists",
            "feeds",
            "search",
            "newsletter",
            "checks",
            "kinds",
            "fields",
            "types",
            "facets",
        ],
    );
    reader.known(
        &["site"],
        &[
            "title",
            "description",
            "base_url",
            "language",
            "timezone",
            "currency",
            "organisation",
            "licence",
            "authors",
            "theme",
        ],
    );
    reader.known(&["files"], &["scripts"]);
    reader.known(&["markdown"], &["html", "smart", "maths"]);
    reader.known(&["lists"], &["per_page"]);
    reader.known(&["feeds"], &["formats", "items", "kinds", "terms"]);
    reader.known(&["search"], &["enabled", "facets"]);
    let (origin, base_path) = reader.base_url(&options, broken);
    let title = reader.text(&["site", "title"]);
    if title.is_none() && !broken {
        reader.missing("title", "title = \"Our work in the open\"");
    }
    let config = Config {
        path: source.path.clone(),
        scripts: reader.flag(&["files", "scripts"], false),
        title: title.unwrap_or_else(|| "Untitled site".into()),
        description: reader.text(&["site", "description"]).unwrap_or_default(),
        origin,
        base_path,
        is_broken: broken,
        language: reader.language(),
        timezone: reader.timezone(),
        currency: reader.text(&["site", "currency"]).unwrap_or_else(|| "GBP".into()),
        organisation: reader.text(&["site", "organisation"]),
        licence: reader.licence(),
        authors: reader.texts(&["site", "authors"]),
        theme: reader.text(&["site", "theme"]).unwrap_or_else(|| "civic".into()),
        theme_settings: node.get("theme").cloned().unwrap_or(Node::Map(Vec::new())),
        menus: reader.menus(),
        per_page: reader.count(&["lists", "per_page"], 20),
        feeds: Feeds {
            formats: reader.formats(),
            items: reader.count(&["feeds", "items"], 20),
            kinds: reader.flag(&["feeds", "kinds"], true),
            terms: reader.flag(&["feeds", "terms"], true),
        },
        search: reader.search(),
        newsletter: reader.newsletter(),
        providers: newsletter::providers(),
        html: reader
            .choice(&["markdown", "html"], &[("safe", RawHtml::Safe), ("all", RawHtml::All), ("none", RawHtml::None)]),
        smart: reader.flag(&["markdown", "smart"], true),
        maths: reader.flag(&["markdown", "maths"], false),
        checks: checks::checks(&node, &mut reader.faults),
        kinds,
        options,
    };
    // What follows from a line that can't be read is not told.
    if !broken {
        found.extend(reader.faults.found);
    }
    super::places(&mut found, |_| Some(source));
    Checked { value: config, diagnostics: found }
}

pub(super) struct Reader<'a> {
    node: &'a Node,
    faults: Faults,
}

pub(super) fn at(path: &[&str]) -> FieldPath {
    FieldPath(path.iter().map(|it| (*it).into()).collect())
}

impl Reader<'_> {
    pub(super) fn get(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self.node, |node, key| node.get(key))
    }

    pub(super) fn known(&mut self, path: &[&str], names: &[&str]) {
        let Some(table) = self.get(path) else { return };
        let unknown: Vec<Arc<str>> =
            table.entries().iter().map(|it| it.0.clone()).filter(|key| !names.contains(&&**key)).collect();
        for key in unknown {
            let help = near_miss(&key, names.iter().copied())
                .map_or_else(|| format!("known here: {}", names.join(", ")), |it| format!("did you mean `{it}`?"));
            let place = self.faults.key(&at(path).join(&key));
            self.faults
                .push(Diagnostic::warning("unknown-setting", place, format!("`{key}` is no setting")).help(help));
        }
    }

    pub(super) fn wrong(&mut self, path: &[&str], message: String, help: &str) {
        let place = self.faults.value(&at(path));
        self.faults.push(Diagnostic::error("wrong-setting", place, message).help(help));
    }

    /// Returns whether a setting is an address, and reports what is wrong with it.
    pub(super) fn is_address(&mut self, path: &FieldPath, written: &str) -> bool {
        let wrong = address::reach_of_value(written).err();
        let is_right = wrong.is_none();
        if let Some(wrong) = wrong {
            let place = self.faults.value(path);
            self.faults.push(wrong.at(place));
        }
        is_right
    }

    fn missing(&mut self, name: &str, example: &str) {
        let message = format!("`{name}` is missing under [site]");
        self.wrong(&["site"], message, &format!("add a line `{example}`"));
    }

    pub(super) fn text(&mut self, path: &[&str]) -> Option<Arc<str>> {
        match self.get(path)? {
            Node::Text(text) => Some(text.clone()),
            other => {
                let message = format!("`{}` should be text, but this is {}", path[path.len() - 1], other.what());
                self.wrong(path, message, "put it in quotes");
                None
            }
        }
    }

    fn texts(&mut self, path: &[&str]) -> Vec<Arc<str>> {
        match self.get(path) {
            None => Vec::new(),
            Some(Node::Text(one)) => vec![one.clone()],
            Some(Node::List(items)) if items.iter().all(|it| it.text().is_some()) => {
                items.iter().filter_map(Node::text).map(Into::into).collect()
            }
            Some(_) => {
                let message = format!("`{}` should be a list of texts", path[path.len() - 1]);
                self.wrong(path, message, "write it as `[\"one\", \"two\"]`");
                Vec::new()
            }
        }
    }

    fn flag(&mut self, path: &[&str], default: bool) -> bool {
        match self.get(path) {
            None => default,
            Some(Node::Boolean(flag)) => *flag,
            Some(_) => {
                let message = format!("`{}` should be true or false", path[path.len() - 1]);
                self.wrong(path, message, "write true or false without quotes");
                default
            }
        }
    }

    fn count(&mut self, path: &[&str], default: usize) -> usize {
        match self.get(path) {
            None => default,
            Some(Node::Integer(number @ 1..)) => *number as usize,
            Some(_) => {
                let message = format!("`{}` should be a whole number from 1", path[path.len() - 1]);
                self.wrong(path, message, "write it without quotes");
                default
            }
        }
    }

    fn choice<T: Copy>(&mut self, path: &[&str], choices: &[(&str, T)]) -> T {
        let Some(text) = self.text(path) else { return choices[0].1 };
        match choices.iter().find(|(name, _)| **name == *text) {
            Some((_, value)) => *value,
            None => {
                let names = choices.iter().map(|it| format!("`{}`", it.0)).collect::<Vec<_>>().join(", ");
                self.wrong(
                    path,
                    format!("`{text}` is not a value of `{}`", path[path.len() - 1]),
                    &format!("one of {names}"),
                );
                choices[0].1
            }
        }
    }

    fn search(&mut self) -> Search {
        let facets = match self.get(&["search", "facets"]) {
            Some(_) => self.texts(&["search", "facets"]),
            None => vec!["topics".into()],
        };
        Search { enabled: self.flag(&["search", "enabled"], true), facets }
    }

    fn formats(&mut self) -> Vec<FeedFormat> {
        let all = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];
        if self.get(&["feeds", "formats"]).is_none() {
            return all.to_vec();
        }
        let names = self.texts(&["feeds", "formats"]);
        for name in names.iter().filter(|name| !all.iter().any(|it| it.name() == &***name)) {
            self.wrong(&["feeds", "formats"], format!("there is no feed `{name}`"), "known: atom, rss, json");
        }
        all.into_iter().filter(|it| names.iter().any(|name| it.name() == &**name)).collect()
    }

    fn timezone(&mut self) -> TimeZone {
        let name = self.text(&["site", "timezone"]);
        let found = TimeZone::get(name.as_deref().unwrap_or("Europe/London"));
        found.unwrap_or_else(|_| {
            let name = name.unwrap_or_default();
            let meant = names::timezone(&name).map(|it| format!("did you mean `{it}`?"));
            let help = meant.unwrap_or_else(|| "write continent and city, such as `Europe/London`".to_owned());
            self.wrong(&["site", "timezone"], format!("there is no time zone `{name}`"), &help);
            TimeZone::UTC
        })
    }

    fn language(&mut self) -> Arc<str> {
        let written = self.text(&["site", "language"]).unwrap_or_else(|| "en-GB".into());
        let Some(meant) = names::wrong_language(&written) else { return written };
        let help = meant
            .map_or_else(|| "write its tag, such as `en-GB` or `cy`".to_owned(), |it| format!("did you mean `{it}`?"));
        self.wrong(&["site", "language"], format!("`{written}` is not the tag of a language"), &help);
        "en-GB".into()
    }

    fn licence(&mut self) -> Arc<str> {
        let written = self.text(&["site", "licence"]).unwrap_or_else(|| "OGL-UK-3.0".into());
        let Some(meant) = names::wrong_licence(&written) else { return written };
        let help = meant.map_or_else(
            || "write its short name, such as `OGL-UK-3.0` or `CC-BY-4.0`".to_owned(),
            |it| format!("did you mean `{it}`?"),
        );
        self.wrong(&["site", "licence"], format!("`{written}` is not the short name of a licence"), &help);
        "OGL-UK-3.0".into()
    }

    /// Returns origin and path of the base address.
    fn base_url(&mut self, options: &Options, broken: bool) -> (Arc<str>, Arc<str>) {
        let written = self.text(&["site", "base_url"]);
        let url = options.base_url.as_deref().map(Arc::from).or(written);
        let Some(url) = url else {
            if !broken {
                self.missing("base_url", "base_url = \"https://www.example.org/\"");
            }
            return ("https://example.org".into(), "".into());
        };
        let right = address::reach_of_value(&url) == Ok(Reach::Outside)
            && address::scheme(&url).is_some_and(|it| matches!(it, "http" | "https"))
            && !url.contains(['?', '#', '"', '<', '>']);
        if !right {
            let bare = url.trim_start_matches('/').trim_end_matches('/');
            let has_host = bare.contains('.') && !bare.contains([':', ' ', '@', '?', '#', '"', '<', '>']);
            let help = match has_host {
                true => format!("write `https://{bare}/`"),
                false => "write scheme and host: `https://www.example.org/`".to_owned(),
            };
            self.wrong(&["site", "base_url"], format!("`{url}` is not the address of a site"), &help);
            return ("https://example.org".into(), "".into());
        }
        let host = url.find("://").map_or(0, |it| it + 3);
        let path = url[host..].find('/').map_or(url.len(), |it| host + it);
        (url[..path].into(), url[path..].trim_end_matches('/').into())
    }

    /// Tells of what an entry of a menu says besides its title and its address.
    fn menu_keys(&mut self, item: &Node, at: &FieldPath) {
        const KEYS: [&str; 2] = ["title", "url"];
        for (key, _) in item.entries().iter().filter(|it| !KEYS.contains(&&*it.0)) {
            let help = match &**key {
                "children" | "items" | "submenu" | "pages" | "entries" => {
                    "a menu has one level; give each page an entry of its own".to_owned()
                }
                "weight" | "wieght" | "order" | "position" => {
                    "the entries of a menu are in the order in which they are written".to_owned()
                }
                "name" | "label" | "text" => "did you mean `title`?".to_owned(),
                "link" | "href" | "address" | "path" | "page" | "pageRef" => "did you mean `url`?".to_owned(),
                other => near_miss(other, KEYS)
                    .map_or_else(|| "an entry has `title` and `url`".to_owned(), |it| format!("did you mean `{it}`?")),
            };
            let message = format!("`{key}` is no setting of a menu's entry, so it does nothing");
            let place = self.faults.key(&at.join(&**key));
            self.faults.push(Diagnostic::warning("unknown-setting", place, message).help(help));
        }
    }

    fn menus(&mut self) -> Vec<(Arc<str>, Vec<MenuItem>)> {
        let menus = self.get(&["menus"]).map(Node::entries).unwrap_or_default().to_vec();
        let mut read = Vec::new();
        for (name, node) in menus {
            let mut items = Vec::new();
            for (position, item) in node.items().iter().enumerate() {
                self.menu_keys(item, &at(&["menus", &name]).at(position));
                let text = |key: &str| item.get(key).and_then(Node::text);
                match (text("title"), text("url")) {
                    (Some(title), Some(url)) => {
                        if self.is_address(&at(&["menus", &name]).at(position).join("url"), url) {
                            items.push(MenuItem { position, title: title.into(), url: url.into() });
                        }
                    }
                    _ => {
                        let place = self.faults.value(&at(&["menus", &name]).at(position));
                        self.faults.push(
                            Diagnostic::error("wrong-setting", place, "an entry of a menu needs `title` and `url`")
                                .help("write it as `{ title = \"About\", url = \"/about/\" }`"),
                        );
                    }
                }
            }
            read.push((name, items));
        }
        read
    }
}
