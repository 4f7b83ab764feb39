//! The page of a document.

use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, Place, near_miss};
use crate::model::document::Document;
use crate::model::kind::Type;
use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{Entry, Found, Site};
use crate::model::value::Value;
use crate::model::view::{Fields, View};

use super::withdrawn::Withdrawn;
use super::{Claims, Item, Planner};

/// How many documents of each kind the home page sees.
const LATEST: usize = 20;

/// Every published document has its address; a site without `content/index.md` has a home page all the same.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for at in &site.index.doubles {
        let entry = &site.entries[*at];
        let other = site.entry_at(entry.route().as_str()).map(|it| own_place(&site.entries[it].document));
        claims.refuse(entry.route(), Some(own_place(&entry.document)), other);
    }
    for (at, entry) in site.having("redirect_to") {
        let is_first = site.index.routes.get(&entry.brief.route) == Some(&at);
        if let Some(to) = entry.document.values.text("redirect_to").filter(|_| is_first) {
            let to = site.resolve(entry.document.folder_path(), to);
            claims.replace(at, Item::Alias(to.into()));
        }
    }
    if site.home.is_none() {
        claims.claim(Route::new("/"), Item::Home, None);
    }
}

/// Returns the place of the document that an item is the page of.
pub(super) fn place(site: &Site, item: &Item) -> Option<Place> {
    match item {
        Item::Document(at) => Some(own_place(&site.entries[*at].document)),
        Item::Form(issue, _) => Some(own_place(&site.entries[site.issues[*issue].entry].document)),
        _ => None,
    }
}

/// Returns where the address of a document is set, if it is set there at all.
pub(super) fn own_place(document: &Document) -> Place {
    let set = ["permalink", "slug"].into_iter().find(|it| document.values.get(it).is_some());
    document.value_place(FieldPath::default().join(set.unwrap_or("title")))
}

/// Returns the page of an entry.
pub(super) fn page(planner: &Planner<'_>, at: usize) -> (Arc<str>, Content) {
    let entry = &planner.site.entries[at];
    let document = &entry.document;
    let mut fields = Fields::of(&planner.card(at));
    let content = planner.fill(document, &document.body);
    // What was only worked out from the text would stand there twice.
    fields.set("summary", document.values.text("summary"));
    fields.set("content", View::html(&content));
    fields.set("toc", toc(entry));
    fields.set("previous", entry.previous.map(|it| planner.card(it)));
    fields.set("next", entry.next.map(|it| planner.card(it)));
    fields.set("backlinks", planner.cards(&entry.backlinks));
    fields.set("breadcrumbs", breadcrumbs(planner, entry));
    fields.set("feeds", planner.shared.feeds.clone());
    for (name, entries) in &entry.inverse {
        let mut all = entries.clone();
        all.extend(named(planner, entry, name));
        all.sort_unstable();
        all.dedup();
        fields.share(name, planner.cards(&all));
    }
    if let Some(issue) = planner.site.issue(at) {
        fields.set("groups", planner.groups(issue));
    }
    let home = entry.route().as_str() == "/";
    if home {
        latest(planner, &mut fields);
    }
    let name = template(planner, entry, home);
    (document.source.path.clone(), Content::Template { name, page: fields.into() })
}

/// Returns the entries that the document itself names in a field that has the name of an inverse list: a project may name
/// its evaluations, and an evaluation its projects.
fn named(planner: &Planner<'_>, entry: &Entry, name: &str) -> Vec<usize> {
    let document = &entry.document;
    let Some(field) = document.kind.group.field(name) else { return Vec::new() };
    let Type::List { of, .. } = &field.r#type else { return Vec::new() };
    let Type::Reference { to, .. } = &of.r#type else { return Vec::new() };
    let found = document.values.items(name).iter().filter_map(|it| match it {
        Value::Reference(reference) => planner.site.referred(reference, to),
        _ => None,
    });
    found.filter_map(|it| if let Found::Entry(at) = it { Some(at) } else { None }).collect()
}

/// Returns the home page of a site whose content has none.
pub(super) fn bare_home(planner: &Planner<'_>, route: &Route) -> (Arc<str>, Content) {
    let config = &planner.site.config;
    let mut fields = Fields::default();
    planner.address_fields(route, &config.title, &config.description, &mut fields);
    fields.set("type", "document");
    fields.set("kind", planner.shared.kind(config.kinds.of_folder("")));
    fields.set("summary", &*config.description);
    fields.set("content", View::html(""));
    fields.set("toc", View::list([]));
    fields.set("breadcrumbs", View::list([]));
    fields.set("backlinks", View::list([]));
    fields.set("feeds", planner.shared.feeds.clone());
    latest(planner, &mut fields);
    ("the home page".into(), Content::Template { name: "home.html".into(), page: fields.into() })
}

fn latest(planner: &Planner<'_>, fields: &mut Fields) {
    let mut latest = Fields::default();
    for list in &planner.site.lists {
        let current = list.entries.iter().filter(|it| Withdrawn::of(&planner.site.entries[**it]).is_none());
        latest.share(&list.kind.name, planner.cards(current.take(LATEST)));
    }
    fields.set("latest", latest);
    let featured = planner
        .site
        .having("featured")
        .filter(|it| it.1.document.values.is("featured") && Withdrawn::of(it.1).is_none());
    fields.set("featured", View::list(featured.map(|(at, _)| planner.card(at))));
}

/// Returns the template: the document's own, the home page's, the kind's, or the one of all documents.
fn template(planner: &Planner<'_>, entry: &Entry, home: bool) -> Arc<str> {
    let (theme, kinds) = (&planner.site.theme, &planner.site.config.kinds);
    if let Some(own) = entry.document.values.text("template") {
        let name = if own.contains('.') { own.to_owned() } else { format!("{own}.html") };
        let is_there = theme.has(&name);
        let fits = |it: &str| kinds.is_for_documents(it) || home && it == "home.html";
        if is_there && fits(&name) {
            return name.into();
        }
        let place = entry.document.value_place(FieldPath::default().join("template"));
        let known = theme.layers.iter().flat_map(|it| it.templates.keys()).map(|it| &**it);
        let known = known.filter(|it| fits(it) && **it != *name);
        let near = near_miss(&name, known).map(|it| format!("did you mean `{it}`?"));
        let near = near.or_else(|| Some("take the line out: the template of its kind is used".to_owned()));
        let message = match is_there {
            true => format!("the template `{name}` is not for documents"),
            false => format!("the theme has no template `{name}`"),
        };
        planner.found.borrow_mut().push(Diagnostic::error("unknown-template", place, message).help_if(near));
    }
    if home {
        return "home.html".into();
    }
    let of_kind = &entry.document.kind.template;
    match theme.has(of_kind) && kinds.is_for_documents(of_kind) {
        true => of_kind.clone(),
        false => "document.html".into(),
    }
}

/// Returns the headings, unless the document says that it wants no list of contents.
fn toc(entry: &Entry) -> View {
    if entry.document.values.get("toc") == Some(&Value::Boolean(false)) {
        return View::list([]);
    }
    View::list(entry.document.body.headings.iter().map(|it| {
        let mut heading = Fields::default();
        heading.set("level", i64::from(it.level));
        heading.set("id", &*it.id);
        heading.set("title", &*it.text);
        heading.into()
    }))
}

/// Returns the way from the home page: the kind's list, or the pages of the folders above.
fn breadcrumbs(planner: &Planner<'_>, entry: &Entry) -> View {
    let site = planner.site;
    if entry.route().as_str() == "/" {
        return View::list([]);
    }
    let mut crumbs = vec![planner.crumb(site.theme.string("home"), Some(&Route::new("/")))];
    match site.list(&entry.document.kind.name) {
        Some(list) => crumbs.push(planner.crumb(&planner.list_title(list), Some(&list.route))),
        None => {
            let address = entry.route().as_str();
            for (end, _) in address.match_indices('/').skip(1).filter(|(end, _)| end + 1 < address.len()) {
                let above = Route::new(&address[..=end]);
                if let Some(at) = site.entry_at(above.as_str()) {
                    crumbs.push(planner.crumb(&site.entries[at].document.title, Some(&above)));
                }
            }
        }
    }
    crumbs.push(planner.crumb(&entry.document.title, None));
    View::list(crumbs)
}

impl Planner<'_> {
    /// Returns a step of the breadcrumbs; the last has no address.
    pub(super) fn crumb(&self, title: &str, route: Option<&Route>) -> View {
        let mut fields = Fields::default();
        fields.set("title", title);
        fields.set("url", route.map(|it| self.site.href(it)));
        fields.into()
    }

    /// Returns the breadcrumbs of a page under the home page.
    pub(super) fn crumbs(&self, above: &[(String, &Route)], title: &str) -> View {
        let home = self.crumb(self.site.theme.string("home"), Some(&Route::new("/")));
        let above = above.iter().map(|(title, route)| self.crumb(title, Some(route)));
        View::list([home].into_iter().chain(above).chain([self.crumb(title, None)]))
    }
}
