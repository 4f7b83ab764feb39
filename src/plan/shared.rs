//! What many pages share, made once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rapidhash::fast::RandomState;

use crate::model::kind::{Group, Kind};
use crate::model::site::{CONTENT, Site};
use crate::model::text::capital;
use crate::model::value::Reference;
use crate::model::view::{Fields, View};

use super::value::licence;
use super::{Routes, feed, newsletter, search, words};

/// Views that stand in many pages.
#[derive(Debug)]
pub(crate) struct Shared {
    /// The kinds, by name.
    pub(super) kinds: BTreeMap<Arc<str>, View>,
    /// `ltr` or `rtl`.
    pub(super) dir: &'static str,
    /// The feeds of the whole site.
    pub(super) feeds: View,
    /// What is searched, made when first asked for.
    pub(super) search: OnceLock<search::Index>,
    /// The views that [`Shared::once`] made.
    named: RwLock<HashMap<String, View, RandomState>>,
}

impl Shared {
    /// Makes what pages of the site share.
    pub(crate) fn of(site: &Site) -> Shared {
        let kinds = site.config.kinds.all.iter().map(|it| (it.name.clone(), kind_view(site, it)));
        Shared {
            kinds: kinds.collect(),
            dir: direction(&site.config.language),
            feeds: feed::links(site, super::Stream::Site, &site.config.title),
            search: OnceLock::new(),
            named: RwLock::default(),
        }
    }

    /// Returns the view that `make` makes. `key` has all that it is made from; the site has it once for each key.
    pub(super) fn once(&self, key: &[&str], make: impl FnOnce() -> View) -> View {
        let key = key.join("\0");
        let known = self.named.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let made = make();
            self.named.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(made).clone()
        })
    }

    /// Returns the view of a kind.
    pub(super) fn kind(&self, kind: &Kind) -> View {
        self.kinds.get(&kind.name).cloned().unwrap_or_else(View::none)
    }
}

/// Returns the direction in which a language is written.
pub(super) fn direction(language: &str) -> &'static str {
    let first = language.split('-').next().unwrap_or_default();
    match first {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "ha" | "he" | "khw" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

/// Returns the name of a kind or of its list, as the theme's sentences or the kind itself say it.
pub(super) fn kind_words(site: &Site, kind: &Kind, what: &str) -> String {
    let key = format!("kind.{}.{what}", kind.name);
    let own = if what == "plural" { &kind.plural } else { &kind.label };
    site.theme.strings.get(key.as_str()).unwrap_or(own).to_string()
}

/// Returns the name of a facet.
pub(super) fn facet_label(site: &Site, field: &str) -> String {
    let key = format!("facet.{field}");
    match site.theme.strings.get(key.as_str()) {
        Some(label) => label.to_string(),
        None => capital(&field.replace('_', " ")),
    }
}

fn kind_view(site: &Site, kind: &Kind) -> View {
    let mut fields = Fields::default();
    fields.set("name", &*kind.name);
    fields.set("label", kind_words(site, kind, "label"));
    fields.set("plural", kind_words(site, kind, "plural"));
    fields.set("url", site.list(&kind.name).map(|it| site.href(&it.route)));
    fields.into()
}

/// Returns what every template sees as `site`.
pub(crate) fn site_view(site: &Site, shared: &Shared, routes: &Routes) -> View {
    let config = &site.config;
    let mut fields = Fields::default();
    fields.set("title", &*config.title);
    fields.set("description", &*config.description);
    fields.set("url", format!("{}{}/", config.origin, config.base_path));
    fields.set("home", format!("{}/", config.base_path));
    fields.set("base_path", &*config.base_path);
    fields.set("lang", &*config.language);
    fields.set("dir", shared.dir);
    fields.set("preview", config.options.is_preview());
    fields.set("organisation", organisation(site));
    fields.set("licence", licence(&config.licence));
    fields.set("menus", menus(site));
    fields.set("newsletter", newsletter::view(site));
    fields.set("settings", settings(site, &site.theme.settings_group));
    fields.set("feeds", shared.feeds.clone());
    let mut kinds = Fields::default();
    for list in &site.lists {
        kinds.share(&list.kind.name, shared.kind(&list.kind));
    }
    fields.set("kinds", kinds);
    fields.set(
        "facets",
        View::list(site.facets.iter().filter(|it| it.kind.is_none()).map(|it| {
            let mut facet = Fields::default();
            facet.set("name", &*it.field);
            facet.set("label", facet_label(site, &it.field));
            facet.set("url", site.href(&it.route));
            facet.into()
        })),
    );
    let archive = routes.has(site, super::archive::root().as_str());
    fields.set("archive", archive.then(|| site.href(&super::archive::root())));
    fields.set("search", search::exists(site).then(|| site.href(&search::root())));
    fields.set("version", env!("CARGO_PKG_VERSION"));
    fields.into()
}

fn organisation(site: &Site) -> View {
    let Some(written) = &site.config.organisation else { return View::none() };
    let mut fields = Fields::default();
    let any = ["organisation".into()];
    match site.referred(&Reference::Slug(written.clone()), &any) {
        Some(found) => {
            fields.set("title", &*site.document(found).title);
            fields.set("url", site.route_of(found).map(|it| site.href(it)));
        }
        None => {
            fields.set("title", &**written);
            fields.set("url", View::none());
        }
    }
    fields.into()
}

fn menus(site: &Site) -> View {
    let mut menus = Fields::default();
    for (name, items) in &site.config.menus {
        menus.share(
            name,
            View::list(items.iter().map(|it| {
                let url = site.resolve(CONTENT, &it.url);
                let mut fields = Fields::default();
                fields.set("title", &*it.title);
                fields.set("url", site.based(&url));
                fields.set("external", !url.starts_with('/') || url.starts_with("//"));
                fields.into()
            })),
        );
    }
    menus.into()
}

/// Returns the theme's settings. A file among them is one of `static/`.
fn settings(site: &Site, group: &Group) -> View {
    use crate::model::value::Value;
    let mut fields = Fields::default();
    for (field, value) in group.pairs(&site.theme.settings) {
        fields.share(&field.name, plain(site, value));
        // A picture among the settings has its size beside it: `logo_width`, `logo_height`.
        if let Value::File(path) = value
            && let Some((width, height)) = site.theme.statics.get(path.trim_start_matches('/')).and_then(|it| it.pixels)
        {
            fields.share(&format!("{}_width", field.name).into(), i64::from(width));
            fields.share(&format!("{}_height", field.name).into(), i64::from(height));
        }
    }
    fn plain(site: &Site, value: &Value) -> View {
        match value {
            Value::Text(text) if text.starts_with('/') && !text.starts_with("//") => {
                View::from(format!("{}{text}", site.config.base_path))
            }
            Value::Address(text) => View::from(site.based(&site.resolve(CONTENT, text))),
            Value::File(path) => View::from(format!("{}/{}", site.config.base_path, path.trim_start_matches('/'))),
            Value::Text(text) => View::text(text),
            Value::Boolean(it) => (*it).into(),
            Value::Integer(it) => (*it).into(),
            Value::Number(it) => (*it).into(),
            Value::Markdown(body) => View::html(&body.html),
            Value::List(items) => View::list(items.iter().map(|it| plain(site, it))),
            Value::Group(values) => {
                let mut fields = Fields::default();
                values.pairs().iter().for_each(|(name, value)| fields.share(name, plain(site, value)));
                fields.into()
            }
            Value::Date(it) => View::from(words::day(&site.theme, it)),
            Value::Month(it) => View::from(words::month(&site.theme, *it)),
            Value::Reference(_) => View::none(),
        }
    }
    fields.into()
}
