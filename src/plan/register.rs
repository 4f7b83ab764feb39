//! Registers: the items of a field of all documents of a kind, on one page.

use std::sync::Arc;

use crate::model::document::Present;
use crate::model::kind::{Field, Group, Type};
use crate::model::page::Content;
use crate::model::route::Route;
use crate::model::site::{List, Site};
use crate::model::value::Value;
use crate::model::view::{Fields, View};

use super::shared::facet_label;
use super::{Claims, Item, Planner};

/// The field of an item by which a register is grouped.
const STATE: &str = "status";

/// Every register that holds something has an address, where the theme can show it.
pub(super) fn routes(site: &Site, claims: &mut Claims<'_>) {
    for (at, list) in site.lists.iter().enumerate() {
        for (position, field) in list.kind.registers.iter().enumerate() {
            let may_have = Present::question(&site.config.kinds, field);
            let mut entries = list.entries.iter().map(|it| &site.entries[*it]).filter(|it| may_have(&it.brief));
            let holds = entries.any(|it| !it.document.values.items(field).is_empty());
            if holds && template(site, field).is_some() {
                claims.claim(route(list, field), Item::Register(at, position), None);
            }
        }
    }
}

fn route(list: &List, field: &str) -> Route {
    list.route.join(&format!("{}/", field.replace('_', "-")))
}

/// Returns the template of a register: its own, or the one of all registers.
fn template(site: &Site, field: &str) -> Option<Arc<str>> {
    let own = format!("{}.html", field.replace('_', "-"));
    [own.as_str(), "register.html"].into_iter().find(|it| site.theme.has(it)).map(Arc::from)
}

/// Returns the links from a list to its registers.
pub(super) fn links(planner: &Planner<'_>, list: &List) -> Vec<View> {
    let links = list.kind.registers.iter().filter_map(|field| {
        let route = route(list, field);
        let is_there = matches!(planner.at(&route), Some(Item::Register(..)));
        is_there.then(|| planner.crumb(&title(planner.site, field), Some(&route)))
    });
    links.collect()
}

fn title(site: &Site, field: &str) -> String {
    let key = format!("registers.{field}");
    let plain = || facet_label(site, field);
    site.theme.strings.get(key.as_str()).map_or_else(plain, |it| it.to_string())
}

/// Returns the page of the register of that position of a list's kind.
pub(super) fn page(planner: &Planner<'_>, at: usize, position: usize, route: &Route) -> (Arc<str>, Content) {
    let site = planner.site;
    let list = &site.lists[at];
    let name = &list.kind.registers[position];
    let field = list.kind.group.field(name).expect("the schema checked the registers");
    let title = title(site, name);
    let items = items(planner, list, field);
    let mut fields = Fields::default();
    planner.address_fields(route, &title, "", &mut fields);
    fields.set("type", "register");
    fields.set("kind", planner.shared.kind(&list.kind));
    fields.set("field", &**name);
    fields.set("total", items.len());
    fields.set("groups", groups(planner, field, &items));
    fields.set("items", View::list(items.into_iter().map(|(_, it)| it)));
    fields.set("feeds", planner.shared.feeds.clone());
    fields.set("breadcrumbs", planner.crumbs(&[(planner.list_title(list), &list.route)], &title));
    let name = template(site, name).expect("a register is claimed only with its template");
    (format!("a register of kind {}", list.kind.name).into(), Content::Template { name, page: fields.into() })
}

/// Returns every item with its state, those of the first entry of the list first.
fn items(planner: &Planner<'_>, list: &List, field: &Field) -> Vec<(Option<Arc<str>>, View)> {
    let mut items = Vec::new();
    let Type::Group(group) = &field.item().r#type else { return items };
    for &at in &list.entries {
        let document = &planner.site.entries[at].document;
        for item in document.values.items(&field.name) {
            let Value::Group(values) = item else { continue };
            let mut view = Fields::default();
            planner.group(document, group, values, &mut view);
            view.set("entry", planner.card(at));
            items.push((values.text(STATE).map(Arc::from), view.into()));
        }
    }
    items
}

/// Returns a group for each state that some item has, in the order of the choice; none where items have no state.
fn groups(planner: &Planner<'_>, field: &Field, items: &[(Option<Arc<str>>, View)]) -> View {
    let Type::Group(group) = &field.item().r#type else { return View::list([]) };
    let Some(choices) = states(group) else { return View::list([]) };
    let states = choices.into_iter().map(Some).chain([None]);
    View::list(states.filter_map(|state| {
        let own: Vec<&View> = items.iter().filter(|it| it.0 == state).map(|it| &it.1).collect();
        let first = own.first()?.get(STATE);
        let not_said = || planner.site.theme.string("not-said").into();
        let mut view = Fields::default();
        view.set("value", first.get("value"));
        view.set("label", if state.is_some() { first.get("label") } else { not_said() });
        view.set("count", own.len());
        view.set("items", View::list(own.into_iter().cloned()));
        Some(view.into())
    }))
}

fn states(group: &Group) -> Option<Vec<Arc<str>>> {
    match &group.field(STATE)?.r#type {
        Type::Choice(choices) => Some(choices.iter().map(|it| it.value.clone()).collect()),
        _ => None,
    }
}
