//! TOML -> Kinds: the language in which kinds, fields, components and a theme's settings are described.

mod browse;
mod field;
mod news;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, FieldPath, Step, near_miss};
use crate::model::kind::{Field, Fit, Group, Kind, Kinds, Lent, Order, Type, YEAR};
use crate::model::node::Node;
use crate::model::route::Pattern;
use crate::model::source::Source;
use crate::model::text::capital;

use super::faults::Faults;
use super::toml;

/// The kinds that Folio brings along, in the order in which they are told.
const BUILT_IN: [(&str, &str); 10] = [
    ("types.toml", include_str!("../../kinds/types.toml")),
    ("common.toml", include_str!("../../kinds/common.toml")),
    ("post.toml", include_str!("../../kinds/post.toml")),
    ("evaluation.toml", include_str!("../../kinds/evaluation.toml")),
    ("project.toml", include_str!("../../kinds/project.toml")),
    ("newsletter.toml", include_str!("../../kinds/newsletter.toml")),
    ("person.toml", include_str!("../../kinds/person.toml")),
    ("organisation.toml", include_str!("../../kinds/organisation.toml")),
    ("event.toml", include_str!("../../kinds/event.toml")),
    ("page.toml", include_str!("../../kinds/page.toml")),
];

/// Reads the kinds: the built-in ones, with what `site` adds and changes under `kinds`, `fields`, `types`, `facets`.
///
/// Gives `wrong-schema`.
pub(crate) fn kinds(site: &Node, faults: &mut Faults) -> Kinds {
    let mut all = Node::Map(Vec::new());
    for (path, text) in BUILT_IN {
        let mut found = Vec::new();
        all = merge(all, &toml::parse(&Source::new(path, text.into()), &mut found));
        debug_assert!(found.is_empty(), "{path}: {found:?}");
    }
    let built_in = all.get("kinds").cloned().unwrap_or(Node::Null);
    let fields = site.get("fields").map_or(&[][..], Node::entries).iter().map(|it| it.0.clone()).collect();
    let mut schema = Schema { faults, types: BTreeMap::new(), site_fields: fields };
    all = merge(all, &schema.added(site));

    let root = FieldPath::default();
    for (name, node) in all.get("types").map_or(&[][..], Node::entries) {
        let mut group = schema.group(node, &root.join("types").join(&**name));
        group.name = Some(name.clone());
        schema.types.insert(name.clone(), Arc::new(group));
    }
    let common = match all.get("fields") {
        Some(node) => schema.fields(node, &root.join("fields")),
        None => Vec::new(),
    };
    let kinds = all.get("kinds").map_or(&[][..], Node::entries);
    let at = root.join("kinds");
    let kinds = kinds.iter().filter_map(|(name, node)| {
        let kind = schema.kind(name, node, &common, &at.join(&**name));
        // What a site says wrong of a built-in kind does not take the kind away.
        kind.or_else(|| schema.kind(name, built_in.get(name)?, &common, &at.join(&**name)))
    });
    let mut kinds: Vec<Kind> = kinds.collect();
    schema.keep_fallback(&mut kinds, &built_in);
    let facets = schema.facets(all.get("facets"), &kinds);
    let kinds = Kinds { all: kinds.into_iter().map(Arc::new).collect(), facets, types: BTreeMap::new() };
    schema.check_folders(&kinds);
    schema.check_aliases(&kinds, site.get("kinds").map(Node::entries).unwrap_or_default());
    schema.check_templates(&kinds, all.get("kinds").map(Node::entries).unwrap_or_default());
    schema.check_references(&kinds);
    schema.check_collects(&kinds);
    Kinds { types: schema.types, ..kinds }
}

/// Reads fields that stand by themselves: a component's arguments, a theme's settings.
pub(crate) fn group(node: &Node, at: &FieldPath, kinds: &Kinds, faults: &mut Faults) -> Group {
    Schema { faults, types: kinds.types.clone(), site_fields: Vec::new() }.group(node, at)
}

/// Lays `over` on `under`: tables are laid key by key, all else is replaced.
fn merge(under: Node, over: &Node) -> Node {
    match (under, over) {
        (Node::Map(mut entries), Node::Map(more)) => {
            for (key, value) in more {
                match entries.iter_mut().find(|(it, _)| it == key) {
                    Some((_, old)) => *old = merge(std::mem::replace(old, Node::Null), value),
                    None => entries.push((key.clone(), value.clone())),
                }
            }
            Node::Map(entries)
        }
        (_, over) => over.clone(),
    }
}

struct Schema<'a> {
    faults: &'a mut Faults,
    types: BTreeMap<Arc<str>, Arc<Group>>,
    /// The fields that the site gives to every kind.
    site_fields: Vec<Arc<str>>,
}

impl Schema<'_> {
    fn wrong(&mut self, at: &FieldPath, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error("wrong-schema", self.faults.value(at), message);
        self.faults.push(diagnostic);
        self.faults.found.last_mut().expect("just pushed")
    }

    fn known_keys(&mut self, node: &Node, at: &FieldPath, known: &[&str]) {
        for (key, _) in node.entries().iter().filter(|(key, _)| !known.contains(&&**key)) {
            let help = near_miss(key, known.iter().copied())
                .map_or_else(|| format!("known here: {}", known.join(", ")), |it| format!("did you mean `{it}`?"));
            let place = self.faults.key(&at.join(&**key));
            self.faults.push(Diagnostic::error("wrong-schema", place, format!("`{key}` is not known here")).help(help));
        }
    }

    /// Returns what `site.toml` adds: `kinds`, `fields` and `types` are tables, `facets` is a list of names.
    fn added(&mut self, site: &Node) -> Node {
        let mut added = Vec::new();
        for (key, node) in site.entries() {
            match (&**key, node) {
                ("kinds" | "fields" | "types", Node::Map(_)) | ("facets", Node::List(_)) => {
                    added.push((key.clone(), node.clone()));
                }
                ("kinds" | "fields" | "types", _) => {
                    let at = FieldPath::default().join(key);
                    self.wrong(&at, format!("`{key}` should be a table, but this is {}", node.what())).help =
                        Some(format!("write `[{key}.name]`, and its settings below it"));
                }
                ("facets", _) => {
                    let at = FieldPath::default().join(key);
                    self.wrong(&at, format!("`facets` should be a list, but this is {}", node.what())).help =
                        Some("write it as `facets = [\"topics\"]`".to_owned());
                }
                _ => {}
            }
        }
        Node::Map(added)
    }

    /// Says so where a site gives a folder to the kind of all files that no folder of another kind holds. There must be one.
    fn keep_fallback(&mut self, kinds: &mut [Kind], built_in: &Node) {
        if kinds.iter().any(|it| it.folder.is_none()) {
            return;
        }
        let fallback = built_in.entries().iter().find(|it| it.1.get("folder").is_none()).map(|it| &it.0);
        let Some(kind) = kinds.iter_mut().find(|it| Some(&it.name) == fallback) else { return };
        let folder = kind.folder.take().unwrap_or_default();
        let at = FieldPath::default().join("kinds").join(&kind.name).join("folder");
        let message = format!("`{}` is the kind of every file that no other kind has, so it has no folder", kind.name);
        self.wrong(&at, message).help = Some(format!(
            "take this line out: `content/{folder}/about.md` is a page at `/{folder}/about/`; for another address give a \
             document a `permalink`, or declare a kind of your own with this folder"
        ));
    }

    /// Returns the fields whose terms have pages for the whole site.
    fn facets(&mut self, node: Option<&Node>, kinds: &[Kind]) -> Vec<Arc<str>> {
        let known = |name: &str| name == YEAR || kinds.iter().any(|it| it.group.field(name).is_some());
        let mut facets = Vec::new();
        for (position, facet) in texts(node).into_iter().enumerate() {
            if known(&facet) {
                facets.push(facet);
                continue;
            }
            let names = kinds.iter().flat_map(|it| &it.group.fields).map(|it| &*it.name);
            let help = near_miss(&facet, names).map(|it| format!("did you mean `{it}`?"));
            let at = FieldPath::default().join("facets").at(position);
            self.wrong(&at, format!("no kind has a field `{facet}`")).help = help;
        }
        facets
    }

    fn kind(&mut self, name: &Arc<str>, node: &Node, common: &[Field], at: &FieldPath) -> Option<Kind> {
        let Node::Map(_) = node else {
            self.wrong(at, format!("kind `{name}` is not a table"));
            return None;
        };
        const KEYS: [&str; 23] = [
            "label",
            "plural",
            "folder",
            "route",
            "template",
            "list_template",
            "order",
            "list",
            "feed",
            "archive",
            "per_page",
            "facets",
            "matrix",
            "registers",
            "collects",
            "news",
            "new",
            "fields",
            "rising",
            "one_of",
            "one_of_when",
            "sections",
            "fits",
        ];
        self.known_keys(node, at, &KEYS);
        let text = |key: &str| node.get(key).and_then(Node::text);
        let flag = |key: &str, default| matches!(node.get(key).unwrap_or(&default), Node::Boolean(true));
        let route =
            text("route").map_or_else(|| format!("/{}/{{slug}}/", text("folder").unwrap_or(name)), str::to_owned);
        let route = match Pattern::parse(&route) {
            Ok(pattern) => pattern,
            Err(why) => {
                self.wrong(&at.join("route"), format!("`{route}` is no pattern of addresses: {why}"));
                // The kind is there all the same; without it, whatever names it would be wrong too.
                built_in_route(name).or_else(|| Pattern::parse(&format!("/{name}/{{slug}}/")).ok())?
            }
        };
        let label = text("label").map_or_else(|| capital(name), str::to_owned);
        let order = text("order").unwrap_or("-date");
        let mut fields = match node.get("fields") {
            Some(own) => self.fields(own, &at.join("fields")),
            None => Vec::new(),
        };
        let taken: Vec<_> = fields.iter().map(|it| it.name.clone()).collect();
        fields.extend(common.iter().filter(|it| !taken.contains(&it.name)).cloned());
        order_fields(&mut fields, common);
        let names: Vec<_> = fields.iter().map(|it| it.name.clone()).collect();
        // A kind may take a name that every kind has, for a field of its own. A name that the site gives is that field's.
        let is_lent = |field: &Field, key: &Arc<str>| {
            taken.contains(&field.name) && !taken.contains(key) && !self.site_fields.contains(key)
        };
        let mut lent = Vec::new();
        for field in &mut fields {
            let keys = field.aliases.iter().filter(|it| names.contains(it) && is_lent(field, it)).cloned();
            lent.extend(keys.map(|key| Lent { key, to: field.name.clone() }));
            field.aliases.retain(|it| !names.contains(it));
        }
        let facets = texts(node.get("facets"));
        for (position, facet) in facets.iter().enumerate() {
            if !names.contains(facet) && &**facet != YEAR {
                self.wrong(&at.join("facets").at(position), format!("kind `{name}` has no field `{facet}`"));
            }
        }
        let matrix = node.get("matrix").and_then(|it| self.matrix(it, &fields, &at.join("matrix")));
        let registers = self.registers(node.get("registers"), &fields, &at.join("registers"));
        Some(Kind {
            name: name.clone(),
            plural: text("plural").map_or_else(|| format!("{label}s"), str::to_owned).into(),
            label: label.into(),
            folder: text("folder").map(Into::into),
            template: text("template").map_or_else(|| format!("{name}.html"), str::to_owned).into(),
            list_template: text("list_template").map_or_else(|| format!("{name}-list.html"), str::to_owned).into(),
            order: Order { field: order.trim_start_matches('-').into(), down: order.starts_with('-') },
            list: flag("list", Node::Boolean(true)),
            feed: flag("feed", Node::Boolean(false)),
            archive: flag("archive", Node::Boolean(false)),
            per_page: match node.get("per_page") {
                Some(Node::Integer(number @ 1..)) => Some(*number as usize),
                _ => None,
            },
            facets: facets.into_iter().filter(|it| names.contains(it) || &**it == YEAR).collect(),
            matrix,
            registers,
            collects: self.collects(name, node, &fields, at),
            news: self.news(node.get("news"), &fields, &at.join("news")),
            new: texts(node.get("new")),
            route,
            sections: texts(node.get("sections")),
            fits: self.fits(node.get("fits"), &at.join("fits")),
            one_of_when: node.get("one_of_when").and_then(|it| self.condition(it, &at.join("one_of_when"))),
            group: Group {
                name: None,
                fields,
                shorthand: None,
                lent,
                rising: pairs(node.get("rising")),
                one_of: node.get("one_of").map_or(&[][..], Node::items).iter().map(|it| texts(Some(it))).collect(),
                ..Group::default()
            },
        })
    }

    fn fits(&mut self, node: Option<&Node>, at: &FieldPath) -> Vec<Fit> {
        let mut fits = Vec::new();
        for (position, node) in node.map_or(&[][..], Node::items).iter().enumerate() {
            let at = at.at(position);
            self.known_keys(node, &at, &["field", "when", "needs"]);
            let field = node.get("field").and_then(Node::text).map(Into::into);
            let when = node.get("when").and_then(|it| self.condition(it, &at.join("when")));
            let needs = node.get("needs").and_then(|it| self.condition(it, &at.join("needs")));
            match (field, when, needs) {
                (Some(field), Some(when), Some(needs)) => fits.push(Fit { field, when, needs }),
                _ => _ = self.wrong(&at, "what must go together is said by `field`, `when` and `needs`"),
            }
        }
        fits
    }

    fn check_folders(&mut self, kinds: &Kinds) {
        for (position, kind) in kinds.all.iter().enumerate() {
            if let Some(other) = kinds.all[..position].iter().find(|it| it.folder == kind.folder) {
                let at = FieldPath::default().join("kinds").join(&*kind.name);
                let folder =
                    kind.folder.as_deref().map_or("all other folders".to_owned(), |it| format!("folder `{it}`"));
                self.wrong(
                    &at.join("folder"),
                    format!("kinds `{}` and `{}` both want {folder}", other.name, kind.name),
                )
                .help = Some("give one of them another `folder`".to_owned());
            }
        }
    }

    /// A key that is a field of its own is read as that one, whatever other field names it too, unless it is lent to it.
    fn check_aliases(&mut self, kinds: &Kinds, nodes: &[(Arc<str>, Node)]) {
        let root = FieldPath::default().join("kinds");
        for (name, node) in nodes {
            let Some(kind) = kinds.get(name) else { continue };
            for (field, node) in node.get("fields").map(Node::entries).unwrap_or_default() {
                for (position, alias) in texts(node.get("aliases")).iter().enumerate() {
                    let is_lent = kind.group.lent.iter().any(|it| it.key == *alias && it.to == *field);
                    if alias != field && !is_lent && kind.group.field(alias).is_some() {
                        let at = root.join(&**name).join("fields").join(&**field).join("aliases").at(position);
                        self.wrong(&at, format!("`{alias}` is a field of its own, so it is not read as `{field}`"))
                            .help = Some(format!("take it out, and write `{field}:` in the documents"));
                    }
                }
            }
        }
    }

    /// A kind that names the template of another sort of page would show its documents without what they say.
    fn check_templates(&mut self, kinds: &Kinds, nodes: &[(Arc<str>, Node)]) {
        let root = FieldPath::default().join("kinds");
        for (name, node) in nodes {
            if let Some(template) = node.get("template").and_then(Node::text).filter(|it| !kinds.is_for_documents(it)) {
                self.wrong(
                    &root.join(&**name).join("template"),
                    format!("the template `{template}` is not for documents"),
                )
                .help = Some(format!("write one of your own, such as `templates/{name}-page.html`, and name it here"));
            }
        }
    }

    fn check_references(&mut self, kinds: &Kinds) {
        for kind in &kinds.all {
            let at = FieldPath::default().join("kinds").join(&*kind.name).join("fields");
            for field in &kind.group.fields {
                self.check_reference(field, kinds, &at.join(&*field.name));
            }
        }
    }

    fn check_reference(&mut self, field: &Field, kinds: &Kinds, at: &FieldPath) {
        match &field.r#type {
            Type::Reference { to, .. } => {
                for name in to.iter().filter(|it| &***it != "*" && kinds.get(it).is_none()) {
                    let near = near_miss(name, kinds.all.iter().map(|it| &*it.name));
                    self.wrong(&at.join("to"), format!("there is no kind `{name}`")).help =
                        near.map(|it| format!("did you mean `{it}`?"));
                }
            }
            Type::List { of, .. } => self.check_reference(of, kinds, &at.join("of")),
            Type::Group(group) => {
                for field in &group.fields {
                    self.check_reference(field, kinds, &at.join("fields").join(&*field.name));
                }
            }
            _ => {}
        }
    }
}

/// Returns the addresses of a kind that Folio brings along.
fn built_in_route(kind: &str) -> Option<Pattern> {
    let name = format!("{kind}.toml");
    let text = BUILT_IN.iter().find(|it| it.0 == name)?.1;
    let node = toml::parse(&Source::new(name, text.into()), &mut Vec::new());
    Pattern::parse(node.get("kinds")?.get(kind)?.get("route")?.text()?).ok()
}

/// Puts the fields of every kind that come first for a writer (title, summary, date) before the kind's own.
fn order_fields(fields: &mut [Field], common: &[Field]) {
    let first = |name: &str| common.iter().take(3).position(|it| &*it.name == name).unwrap_or(3);
    fields.sort_by_key(|it| first(&it.name));
}

fn texts(node: Option<&Node>) -> Vec<Arc<str>> {
    node.map_or(&[][..], Node::items).iter().filter_map(Node::text).map(Arc::from).collect()
}

fn pair(node: Option<&Node>) -> Option<[Arc<str>; 2]> {
    texts(node).try_into().ok()
}

fn pairs(node: Option<&Node>) -> Vec<[Arc<str>; 2]> {
    node.map_or(&[][..], Node::items).iter().filter_map(|it| pair(Some(it))).collect()
}

impl From<&Arc<str>> for Step {
    fn from(key: &Arc<str>) -> Step {
        Step::Key(key.clone())
    }
}
