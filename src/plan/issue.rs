//! What templates see of an issue of a newsletter: what it holds, in groups.

use crate::model::document::Document;
use crate::model::issue::{Group, ITEMS, Issue, Item};
use crate::model::kind::{News, Type};
use crate::model::site::Found;
use crate::model::view::{Fields, View};

use super::Planner;
use super::value::Named;

impl Planner<'_> {
    /// Returns the groups of what an issue holds.
    ///
    /// What stands there of an item is what no mended date of it changes, so that a past issue stays as it was.
    pub(super) fn groups(&self, issue: &Issue) -> View {
        let document = &self.site.entries[issue.entry].document;
        View::list(issue.groups.iter().map(|it| self.held(document, it)))
    }

    fn held(&self, issue: &Document, group: &Group) -> View {
        let mut fields = Fields::default();
        fields.set("title", group.title(self.site));
        fields.set("kind", group.kind.as_ref().map(|it| self.shared.kind(it)));
        fields.set("items", View::list(group.items.iter().map(|it| self.item(issue, it))));
        fields.into()
    }

    fn item(&self, issue: &Document, item: &Item) -> View {
        let site = self.site;
        let own = item.own(issue);
        let text = |name: &str| own.and_then(|it| it.text(name));
        let document = item.document.map(|it| site.document(it));
        let route = item.document.and_then(|it| site.route_of(it));
        let url = text("url").map(|it| self.address(it)).or(route.map(|it| site.href(it)));
        let is_here = url.as_ref().is_none_or(|it| it.starts_with('/'));
        let host = if is_here { &*site.config.origin } else { "" };
        let mut fields = Fields::default();
        fields.set("title", site.item_title(issue, item));
        fields.set("permalink", url.as_ref().map(|it| format!("{host}{it}")));
        fields.set("url", url);
        fields.set("external", !is_here);
        fields.set("summary", text("summary").or(document.map(|it| &*it.summary)));
        fields.set("note", site.note(Some(issue), item));
        fields.set("source", text("source"));
        fields.set("image", self.item_image(issue, item));
        fields.set("kind", document.map(|it| self.shared.kind(&it.kind)));
        fields.set("lang", document.map(|it| it.language(&site.config.language)));
        let start = document.and_then(|it| match &it.kind.news {
            News::Coming(field) => it.values.date(field),
            _ => None,
        });
        fields.set("start", start.as_ref().map(|it| self.date(it)));
        fields.into()
    }

    /// Returns the picture that the issue gives an item, or that of its document.
    fn item_image(&self, issue: &Document, item: &Item) -> Option<View> {
        match (item.own(issue).and_then(|it| it.get("image")), item.document) {
            (Some(image), _) => {
                let Type::Group(group) = &issue.kind.group.field(ITEMS)?.item().r#type else { return None };
                Some(self.value(issue, group.field("image")?, Named::inner("image"), image))
            }
            (None, Some(Found::Entry(entry))) => Some(self.card(entry).get("image")),
            (None, _) => None,
        }
    }
}
