//! What `site.toml` says, and what the command line adds.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::diagnostic::Severity;
use super::kind::Kinds;
use super::newsletter::{Newsletter, Provider};
use super::node::Node;
use super::rule::RuleValue;

/// What is said on the command line, and by the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The moment that counts as now.
    pub now: Timestamp,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether documents of the future are shown.
    pub future: bool,
    /// Which start tags of pages say where they come from ([`super::trace`]), for rules on finished pages.
    pub trace: Trace,
    /// Whether each issue of a newsletter has its forms beside its page: for those who send it, not for readers.
    pub forms: bool,
    /// The base address, where it is not the one of `site.toml`.
    pub base_url: Option<String>,
}

impl Options {
    /// Returns whether the site shows what is not public yet.
    pub fn is_preview(&self) -> bool {
        self.drafts || self.future
    }
}

/// Which documents have their start tags say where they come from. Those of templates do unless it is [`Trace::Off`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    /// None.
    #[default]
    Off,
    /// The one of this path.
    One(Arc<str>),
    /// All.
    All,
}

impl Trace {
    /// Returns whether the document of that path is traced.
    pub fn has(&self, path: &str) -> bool {
        match self {
            Trace::Off => false,
            Trace::One(one) => &**one == path,
            Trace::All => true,
        }
    }
}

/// The site's settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file of the settings.
    pub path: Arc<str>,
    /// Whether the file can't be read as TOML, so that what it says is not known.
    pub is_broken: bool,
    /// The site's title.
    pub title: Arc<str>,
    /// Whether files beside documents may hold script: pages of HTML, drawings with code.
    pub scripts: bool,
    /// What the site is, in a sentence.
    pub description: Arc<str>,
    /// Scheme and host: `https://folio.example.org`, no slash at the end.
    pub origin: Arc<str>,
    /// The path of the base address: empty, or `/sub` without a slash at the end.
    pub base_path: Arc<str>,
    /// BCP 47 tag.
    pub language: Arc<str>,
    /// The time zone in which days begin.
    pub timezone: TimeZone,
    /// ISO 4217 code.
    pub currency: Arc<str>,
    /// Who publishes: the slug of an organisation of the site, or a name.
    pub organisation: Option<Arc<str>>,
    /// SPDX name, or OGL-UK-3.0.
    pub licence: Arc<str>,
    /// The authors of what names none.
    pub authors: Vec<Arc<str>>,
    /// The name of the theme.
    pub theme: Arc<str>,
    /// The theme's settings as written, checked against what the theme declares.
    pub theme_settings: Node,
    /// Menus by name, in order.
    pub menus: Vec<(Arc<str>, Vec<MenuItem>)>,
    /// How many documents a page of a list holds.
    pub per_page: usize,
    /// The feeds.
    pub feeds: Feeds,
    /// The search.
    pub search: Search,
    /// The newsletter; none where the site says nothing of it.
    pub newsletter: Option<Newsletter>,
    /// The services that Folio knows, by name.
    pub providers: &'static [Provider],
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// Whether straight quotes become typographic ones.
    pub smart: bool,
    /// Whether what stands between dollar signs in the text, and can't be money, is a formula.
    pub maths: bool,
    /// What the site says of rules.
    pub checks: Checks,
    /// The kinds of content.
    pub kinds: Kinds,
    /// What the command line says.
    pub options: Options,
}

impl Config {
    /// Returns the part of a whole address of this site that is behind the base address: `/about/`; `None` for any other.
    pub fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = address.strip_prefix(&*self.origin)?.strip_prefix(&*self.base_path)?;
        path.starts_with('/').then_some(path)
    }
}

/// What the site says of rules, and what holds where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    /// The severities that differ from those of the rules, by code; `None` where the rule is off.
    pub severities: BTreeMap<Arc<str>, Option<Severity>>,
    /// The files, and the folders with `/` at their end, in which a rule is not told, by code.
    pub exceptions: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// The options of the rules that have any, by code and name.
    pub options: BTreeMap<(Arc<str>, Arc<str>), RuleValue>,
}

impl Checks {
    /// Returns whether the rule is off.
    pub fn is_off(&self, code: &str) -> bool {
        self.severities.get(code) == Some(&None)
    }

    /// Returns whether the rule is not told in this file.
    pub fn is_excepted(&self, code: &str, path: &str) -> bool {
        self.exceptions.get(code).is_some_and(|it| it.iter().any(|it| fits(it, path)))
    }

    /// Returns a number that a rule leaves to the site.
    ///
    /// # Panics
    /// Where the rule has no such option.
    pub fn number(&self, code: &str, option: &str) -> usize {
        match self.option(code, option) {
            Some(RuleValue::Number(number)) => *number,
            other => panic!("the rule `{code}` has no number `{option}`, but {other:?}"),
        }
    }

    /// Returns words that a rule leaves to the site.
    ///
    /// # Panics
    /// Where the rule has no such option.
    pub fn texts(&self, code: &str, option: &str) -> &[String] {
        match self.option(code, option) {
            Some(RuleValue::Texts(texts)) => texts,
            other => panic!("the rule `{code}` has no texts `{option}`, but {other:?}"),
        }
    }

    fn option(&self, code: &str, option: &str) -> Option<&RuleValue> {
        self.options.get(&(code.into(), option.into()))
    }
}

/// Returns whether an exception, a file or a folder with `/` at its end, fits a path.
pub fn fits(exception: &str, path: &str) -> bool {
    exception == path || exception.ends_with('/') && path.starts_with(exception)
}

/// An entry of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// Its position in the settings, from 0.
    pub position: usize,
    /// Its words.
    pub title: Arc<str>,
    /// Where it leads: an address of the site, or elsewhere.
    pub url: Arc<str>,
}

/// Which feeds are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// The formats.
    pub formats: Vec<FeedFormat>,
    /// How many documents a feed holds.
    pub items: usize,
    /// Whether each kind has feeds.
    pub kinds: bool,
    /// Whether each term has feeds.
    pub terms: bool,
}

/// The search over the whole site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Whether there is one.
    pub enabled: bool,
    /// The facets of the site by which readers may narrow it, besides the kind.
    pub facets: Vec<Arc<str>>,
}

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Returns the name in `site.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            FeedFormat::Atom => "atom",
            FeedFormat::Rss => "rss",
            FeedFormat::Json => "json",
        }
    }

    /// Returns the name of the file.
    pub const fn file(self) -> &'static str {
        match self {
            FeedFormat::Atom => "feed.xml",
            FeedFormat::Rss => "rss.xml",
            FeedFormat::Json => "feed.json",
        }
    }
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// What is harmless stays; the rest is taken out, and it is said.
    Safe,
    /// All stays.
    All,
    /// It is shown as text.
    None,
}
