//! The keys that people are likely to have meant: those of the built-in kinds.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use crate::model::kind::{Field, Group, Type};
use crate::model::node::Node;
use crate::model::source::Span;
use crate::read::faults::Faults;
use crate::read::schema;

#[derive(Default)]
struct Known {
    top: BTreeSet<Arc<str>>,
    all: BTreeSet<Arc<str>>,
    /// Of the fields at the top, those that are lists in each kind that has them.
    lists: BTreeSet<Arc<str>>,
    /// The keys of groups.
    parts: BTreeSet<Arc<str>>,
    /// The fields that documents of every kind have.
    common: BTreeSet<Arc<str>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut faults = Faults::new(&"".into(), Span::default());
    let kinds = schema::kinds(&Node::Map(Vec::new()), &mut faults);
    let mut known = Known::default();
    for field in kinds.all.iter().flat_map(|it| &it.group.fields) {
        known.top.extend(names(field));
        collect(field, &mut known.all);
    }
    let in_all = |name: &str| kinds.all.iter().all(|it| it.group.field(name).is_some());
    known.common.extend(known.top.iter().filter(|it| in_all(it)).cloned());
    let fields = || kinds.all.iter().flat_map(|it| &it.group.fields);
    known.lists.extend(fields().filter(|it| is_list(it)).flat_map(names));
    fields().filter(|it| !is_list(it)).flat_map(names).for_each(|it| _ = known.lists.remove(&it));
    fields().for_each(|it| parts(it, &mut known.parts));
    kinds.types.values().for_each(|it| of_group(it, &mut known.parts));
    kinds.types.values().for_each(|it| of_group(it, &mut known.all));
    known
});

fn is_list(field: &Field) -> bool {
    matches!(field.r#type, Type::List { .. })
}

fn names(field: &Field) -> impl Iterator<Item = Arc<str>> {
    [&field.name].into_iter().chain(&field.aliases).chain(&field.beside).cloned()
}

fn collect(field: &Field, all: &mut BTreeSet<Arc<str>>) {
    all.extend(names(field));
    match &field.r#type {
        Type::List { of, .. } => collect(of, all),
        Type::Group(group) => of_group(group, all),
        _ => {}
    }
}

fn parts(field: &Field, all: &mut BTreeSet<Arc<str>>) {
    match &field.r#type {
        Type::List { of, .. } => parts(of, all),
        Type::Group(group) => of_group(group, all),
        _ => {}
    }
}

fn of_group(group: &Group, all: &mut BTreeSet<Arc<str>>) {
    group.fields.iter().for_each(|it| collect(it, all));
}

/// Returns whether a field of any kind, at any depth, has this name.
pub(in crate::read) fn is_key(name: &str) -> bool {
    KNOWN.all.contains(name) || KNOWN.all.contains(&*name.to_lowercase())
}

/// Returns whether a group of any kind has a key of this name.
pub(super) fn is_part(name: &str) -> bool {
    KNOWN.parts.contains(name) || KNOWN.parts.contains(&*name.to_lowercase())
}

/// Returns whether a document's field of this name is a list, in every kind that has it.
pub(super) fn is_list_field(name: &str) -> bool {
    KNOWN.lists.contains(name) || KNOWN.lists.contains(&*name.to_lowercase())
}

/// Returns whether a document of any kind has a field of this name.
pub(in crate::read) fn is_top(name: &str) -> bool {
    KNOWN.top.contains(name) || KNOWN.top.contains(&*name.to_lowercase())
}

/// Returns whether documents of every kind have a field of exactly this name.
pub(super) fn is_common(name: &str) -> bool {
    KNOWN.common.contains(name)
}
