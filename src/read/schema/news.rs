//! What makes a kind a newsletter, and when the documents of a kind are news.

use std::sync::Arc;

use super::{Schema, texts};
use crate::model::diagnostic::{FieldPath, near_miss};
use crate::model::issue::ITEMS;
use crate::model::kind::{Field, Kinds, News, Type};
use crate::model::node::Node;

impl Schema<'_> {
    /// Reads `collects = ["evaluation", "post"]`: the kind is a newsletter, and its documents name what they hold.
    pub(super) fn collects(
        &mut self,
        name: &str,
        node: &Node,
        fields: &[Field],
        at: &FieldPath,
    ) -> Option<Vec<Arc<str>>> {
        let kinds = node.get("collects")?;
        let names = |it: &Field| match (&it.r#type, &it.item().r#type) {
            (Type::List { .. }, Type::Group(group)) => group.field("document").is_some(),
            _ => false,
        };
        if !fields.iter().any(|it| &*it.name == ITEMS && names(it)) {
            let message =
                format!("`{name}` collects, so it needs a field `{ITEMS}`: a list of groups with a `document`");
            self.wrong(&at.join("collects"), message).help = Some("take it over from the kind `newsletter`".to_owned());
            return None;
        }
        Some(texts(Some(kinds)))
    }

    pub(super) fn check_collects(&mut self, kinds: &Kinds) {
        for kind in &kinds.all {
            let at = FieldPath(vec!["kinds".into(), (&*kind.name).into(), "collects".into()]);
            for (position, name) in kind.collects.iter().flatten().enumerate().filter(|it| kinds.get(it.1).is_none()) {
                let near = near_miss(name, kinds.all.iter().map(|it| &*it.name));
                self.wrong(&at.at(position), format!("there is no kind `{name}`")).help =
                    near.map(|it| format!("did you mean `{it}`?"));
            }
        }
    }

    /// Reads `news = { changed = "history" }` or `news = { coming = "start" }`; what says nothing is news when it is published.
    pub(super) fn news(&mut self, node: Option<&Node>, fields: &[Field], at: &FieldPath) -> News {
        let Some(node) = node else { return News::Published };
        let field = |key: &str| Some((key.to_owned(), node.get(key)?.text()?.to_owned()));
        let is_changing = |it: &Field| match (&it.r#type, &it.item().r#type) {
            (Type::List { .. }, Type::Group(group)) => group.in_order.is_some(),
            _ => false,
        };
        let is_date = |it: &Field| matches!(it.r#type, Type::Date);
        let has = |name: &str, fits: &dyn Fn(&Field) -> bool| fields.iter().any(|it| &*it.name == name && fits(it));
        match field("changed").or_else(|| field("coming")) {
            Some((key, name)) if key == "changed" && has(&name, &is_changing) => News::Changed(name.into()),
            Some((key, name)) if key == "coming" && has(&name, &is_date) => News::Coming(name.into()),
            _ => {
                self.wrong(at, "`news` names a list that is in order of its months, or a date").help =
                    Some("`news = { changed = \"history\" }` or `news = { coming = \"start\" }`".to_owned());
                News::Published
            }
        }
    }
}
