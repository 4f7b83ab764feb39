//! What templates see of an issue of a newsletter: what it holds, in groups.

use crate::model::document::Document;
use crate::model::issue::{Group, ITEMS, Issue, Item};
use crate::model::kind::{News, Type};
use crate::model::site::Found;
use crate::model::view::{Fields, View};

use super::Planner;
use super::value::Named;
use super::words::escape;

impl Planner<'_> {
    /// Returns the groups of what an issue holds.
    ///
    /// What stands there of an item is what no mended date of it changes, so that a past issue stays as it was.
    pub(super) fn groups(&self, issue: &Issue) -> View {
        let document = &self.site.entries[issue.entry].document;
        View::list(issue.groups.iter().filter_map(|it| self.held(document, it)))
    }

    /// Returns a group; `None` where it holds nothing. An item that the site accepts without its title can't be shown.
    fn held(&self, issue: &Document, group: &Group) -> Option<View> {
        let items: Vec<&Item> = group.items.iter().filter(|it| !self.site.item_title(issue, it).is_empty()).collect();
        if items.is_empty() {
            return None;
        }
        let mut fields = Fields::default();
        fields.set("title", group.title(self.site));
        fields.set("kind", group.kind.as_ref().map(|it| self.shared.kind(it)));
        fields.set("items", View::list(items.into_iter().map(|it| self.item(issue, it))));
        Some(fields.into())
    }

    fn item(&self, issue: &Document, item: &Item) -> View {
        let site = self.site;
        let own = item.own(issue);
        let text = |name: &str| own.and_then(|it| it.text(name));
        let document = item.document.map(|it| site.document(it));
        let route = item.document.and_then(|it| site.route_of(it));
        let url = text("url").map(|it| self.address(issue, it)).or(route.map(|it| site.href(it)));
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

    /// Returns what an issue holds as HTML, for feeds: those who read one, and services that send it as e-mail, have no template.
    pub(super) fn held_html(&self, issue: &Issue) -> String {
        let groups = self.groups(issue);
        let html = groups.items().map(|group| {
            let items: String = group.get("items").items().map(|it| item_html(&it)).collect();
            format!("<h2>{}</h2>\n{items}", escape(group.get("title").as_text()))
        });
        html.collect()
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

fn item_html(item: &View) -> String {
    let text = |of: &View, name: &str| escape(of.get(name).as_text());
    let paragraph = |text: String| if text.is_empty() { text } else { format!("<p>{text}</p>\n") };
    let (title, url, image) = (text(item, "title"), text(item, "permalink"), item.get("image"));
    let mut html = match url.is_empty() {
        true => format!("<h3>{title}</h3>\n"),
        false => format!("<h3><a href=\"{url}\">{title}</a></h3>\n"),
    };
    let src = text(&image, "src");
    if !src.is_empty() {
        let side = |name: &str| image.get(name).as_integer().map(|it| format!(" {name}=\"{it}\"")).unwrap_or_default();
        let sides = format!("{}{}", side("width"), side("height"));
        html += &format!("<p><img src=\"{src}\" alt=\"{}\"{sides}></p>\n", text(&image, "alt"));
    }
    let facts = [text(&item.get("start"), "text"), text(item, "note"), text(item, "source")];
    html += &paragraph(facts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · "));
    html + &paragraph(text(item, "summary"))
}
