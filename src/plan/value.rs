//! Value -> View: what templates see of a field.

use std::sync::Arc;

use crate::model::address;
use crate::model::document::Document;
use crate::model::kind::{Field, Group, Type};
use crate::model::route::Route;
use crate::model::site::{Facet, Site, TermList, decode, encode, file_path};
use crate::model::source::Asset;
use crate::model::value::{Date, Month, Outside, Reference, Value, Values};
use crate::model::view::{Fields, View};

use super::{Planner, words};

/// The name under which a value stands: for the items of a list, that of the list.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    name: &'a str,
    /// Whether it is a field of the document itself: a field of a group may have the same name, and has no pages.
    has_facet: bool,
}

impl<'a> Named<'a> {
    fn field(name: &'a str) -> Named<'a> {
        Named { name, has_facet: true }
    }

    pub(super) fn inner(name: &'a str) -> Named<'a> {
        Named { name, has_facet: false }
    }

    /// Returns all that the view of a term or of a reference is made from: thousands of documents name the same.
    fn key(self, document: &'a Document, sort: &'a str, of: &'a str, text: &'a str) -> [&'a str; 6] {
        let place = match (self.has_facet, document.is_listed()) {
            (true, true) => "listed",
            (true, false) => "not listed",
            (false, _) => "inner",
        };
        [sort, place, &document.kind.name, self.name, of, text]
    }
}

impl Planner<'_> {
    /// Sets the fields of a document in `fields`.
    pub(super) fn fields(&self, document: &Document, fields: &mut Fields) {
        for (field, value) in document.kind.group.pairs(&document.values) {
            fields.share(&field.name, self.value(document, field, Named::field(&field.name), value));
        }
    }

    /// Sets the fields of a group, or the arguments of a component, in `fields`.
    pub(super) fn group(&self, document: &Document, group: &Group, values: &Values, fields: &mut Fields) {
        for (field, value) in group.pairs(values) {
            fields.share(&field.name, self.value(document, field, Named::inner(&field.name), value));
        }
        self.money(values, fields);
        match group.name.as_deref() {
            Some("figure") => self.figure(group, values, fields),
            Some("document") => self.download(document, values, fields),
            Some("image") => self.image(document, values, fields),
            _ => {}
        }
    }

    pub(super) fn value(&self, document: &Document, field: &Field, named: Named<'_>, value: &Value) -> View {
        let site = self.site;
        match (&field.r#type, value) {
            (Type::List { of, .. }, Value::List(items)) => {
                View::list(items.iter().map(|it| self.value(document, of, named, it)))
            }
            (Type::Group(group), Value::Group(values)) => {
                let mut fields = Fields::default();
                self.group(document, group, values, &mut fields);
                fields.into()
            }
            (_, Value::Markdown(body)) => View::html(&self.fill(document, body)),
            (Type::Choice(choices), Value::Text(text)) => {
                let key = format!("choice.{}.{text}", named.name);
                let own = choices.iter().find(|it| it.value == *text).map_or(text, |it| &it.label);
                let mut fields = Fields::default();
                fields.set("value", &**text);
                fields.set("label", &**site.theme.strings.get(key.as_str()).unwrap_or(own));
                if let Some(url) = self.term_url(document, named, text) {
                    fields.set("list_url", url);
                }
                fields.into()
            }
            (Type::Term(vocabulary), Value::Text(text)) => {
                let key = named.key(document, "term", vocabulary, text);
                self.shared.once(&key, || self.term(document, named, vocabulary, text))
            }
            (Type::Licence, Value::Text(text)) => licence(text),
            (Type::Language, Value::Text(text)) => {
                let mut fields = Fields::default();
                fields.set("tag", &**text);
                fields.into()
            }
            (Type::Reference { to, .. }, Value::Reference(reference @ Reference::Slug(name))) => {
                let kinds = to.join(" ");
                let key = named.key(document, "reference", &kinds, name);
                self.shared.once(&key, || self.reference(document, named, to, reference))
            }
            (Type::Reference { to, .. }, Value::Reference(reference)) => self.reference(document, named, to, reference),
            (_, Value::Text(text)) => View::text(text),
            (_, Value::Address(text)) => View::text(&self.address(document, text)),
            (_, Value::Boolean(it)) => (*it).into(),
            (_, Value::Integer(it)) => (*it).into(),
            (_, Value::Number(it)) => number(*it),
            (_, Value::Date(it)) => self.date(it),
            (_, Value::Month(it)) => self.month(*it),
            (_, Value::File(written)) => self.file(document, written),
            (_, Value::Reference(reference)) => self.reference(document, named, &[], reference),
            (_, Value::List(items)) => View::list(items.iter().map(|it| self.value(document, field, named, it))),
            (_, Value::Group(_)) => View::none(),
        }
    }

    /// Returns `{iso, text, datetime, year, month, day, time}`.
    pub(super) fn date(&self, date: &Date) -> View {
        let mut fields = Fields::default();
        fields.set("iso", date.day.to_string());
        fields.set("text", words::day(&self.site.theme, date));
        let datetime = date.instant.to_zoned(self.site.config.timezone.clone());
        fields.set("datetime", datetime.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
        fields.set("year", i64::from(date.day.year()));
        fields.set("month", i64::from(date.day.month()));
        fields.set("day", i64::from(date.day.day()));
        fields.set("time", date.time.map(|it| format!("{:02}:{:02}", it.hour(), it.minute())));
        fields.into()
    }

    fn month(&self, month: Month) -> View {
        let mut fields = Fields::default();
        let iso = month.month.map_or_else(|| format!("{:04}", month.year), |it| format!("{:04}-{it:02}", month.year));
        fields.set("iso", iso);
        fields.set("text", words::month(&self.site.theme, month));
        fields.into()
    }

    /// Returns an address that a document names as pages of the site use it.
    pub(super) fn address(&self, document: &Document, written: &str) -> String {
        self.site.based(&self.site.resolve(document.folder_path(), written))
    }

    fn term(&self, document: &Document, named: Named<'_>, vocabulary: &str, text: &Arc<str>) -> View {
        let known = self.site.vocabularies.get(vocabulary).and_then(|it| it.find(text));
        let slug = known.map_or_else(|| crate::model::slug::slug(text).into(), |it| it.slug.clone());
        let mut fields = Fields::default();
        fields.set("title", known.map_or(&**text, |it| &it.title));
        fields.set("description", known.map_or("", |it| &it.description));
        fields.set("url", self.term_url(document, named, &slug));
        fields.set("slug", &*slug);
        fields.into()
    }

    /// Returns the address of a term's page: of the whole site where there is one, or of the kind.
    fn term_url(&self, document: &Document, named: Named<'_>, slug: &str) -> Option<String> {
        let facets = || self.site.facets.iter().filter(|it| named.has_facet && *it.field == *named.name);
        let kind = &document.kind.name;
        let facet = facets()
            .find(|it| it.kind.is_none())
            .or_else(|| facets().find(|it| it.kind.as_ref().is_some_and(|it| it.name == *kind)))?;
        // Terms are gathered from what is listed, so what is listed has its terms.
        document.is_listed().then(|| self.site.href(&facet.route.join(&format!("{slug}/"))))
    }

    fn reference(&self, document: &Document, named: Named<'_>, to: &[Arc<str>], reference: &Reference) -> View {
        let mut fields = Fields::default();
        if let Some(found) = self.site.referred(reference, to) {
            let other = self.site.document(found);
            fields.set("title", &*other.title);
            fields.set("url", self.site.route_of(found).map(|it| self.site.href(it)));
            fields.set("kind", &*other.kind.name);
            fields.set("external", false);
            fields.set("summary", &*other.summary);
            fields.set("slug", &*other.slug);
            fields.set("list_url", self.term_url(document, named, &other.slug));
            return fields.into();
        }
        let alone;
        let outside = match reference {
            Reference::Outside(outside) => outside,
            Reference::Slug(name) => {
                alone = Outside { name: name.clone(), ..Outside::default() };
                &alone
            }
        };
        fields.set("title", &*outside.name);
        let url = outside.url.as_ref().map(|it| self.address(document, it));
        fields.set("url", url.clone());
        fields.set("external", url.is_some_and(|it| !it.starts_with('/') || it.starts_with("//")));
        fields.set("source", outside.source.as_deref());
        fields.set("summary", outside.summary.as_deref());
        let slug = crate::model::slug::slug(&outside.name);
        fields.set("list_url", self.term_url(document, named, &slug));
        fields.into()
    }

    /// Returns a file of the site as a document names it, with its address.
    pub(super) fn named_file(&self, document: &Document, written: &str) -> Option<&(Route, Asset)> {
        self.site.file(&file_path(document, written)?)
    }

    /// Returns width and height of a picture as a document names it: beside it, or by its address, which is that of a file of
    /// `static/`.
    pub(super) fn pixels(&self, document: &Document, written: &str) -> Option<(u32, u32)> {
        match address::split(written).0.strip_prefix('/') {
            Some(path) => self.site.theme.statics.get(&*decode(path))?.pixels,
            None => self.named_file(document, written)?.1.pixels,
        }
    }

    fn file(&self, document: &Document, written: &str) -> View {
        let mut fields = Fields::default();
        let (path, rest) = address::split(written);
        let name = path.rsplit('/').next().unwrap_or(path);
        match self.named_file(document, written) {
            Some((route, asset)) => {
                fields.set("url", format!("{}{}", self.site.href(route), encode(rest)));
                fields.set("size", asset.size as i64);
                fields.set("size_text", words::size(&self.site.theme, asset.size));
            }
            None => fields.set("url", self.site.based(written)),
        }
        fields.set("name", name);
        fields.set("type", file_type(name));
        fields.into()
    }

    /// Sets `text` for every group that holds an amount and its currency.
    fn money(&self, values: &Values, fields: &mut Fields) {
        if let (Some(amount), Some(currency)) = (amount(values, "amount"), values.text("currency")) {
            fields.set("text", words::money(&self.site.theme, amount, currency));
        }
    }

    fn figure(&self, group: &Group, values: &Values, fields: &mut Fields) {
        let theme = &self.site.theme;
        let (Some(value), Some(unit)) = (amount(values, "value"), values.text("unit")) else { return };
        let is_currency = unit.len() == 3 && unit.bytes().all(|it| it.is_ascii_uppercase());
        let number = match unit {
            _ if is_currency => words::money(theme, value, unit),
            "percent" | "%" => format!("{}%", words::number(theme, value)),
            "count" => words::number(theme, value),
            unit => format!("{} {unit}", words::number(theme, value)),
        };
        let qualifier = values.text("qualifier").filter(|it| *it != "exact").and_then(|it| {
            let key = format!("choice.qualifier.{it}");
            let Type::Choice(choices) = &group.field("qualifier")?.r#type else { return None };
            let own = choices.iter().find(|choice| &*choice.value == it).map(|it| it.label.to_string());
            theme.strings.get(key.as_str()).map(|it| it.to_string()).or(own)
        });
        fields.set("text", qualifier.map_or_else(|| number.clone(), |it| format!("{it} {number}")));
        fields.set("number_text", number);
    }

    fn download(&self, document: &Document, values: &Values, fields: &mut Fields) {
        if let Some(Value::File(written)) = values.get("file") {
            let file = self.file(document, written);
            for key in ["url", "type", "size", "size_text", "name"] {
                fields.set(key, file.get(key));
            }
            if values.get("title").is_none() {
                let path = address::split(written).0;
                fields.set("title", path.rsplit('/').next().unwrap_or(path));
            }
        } else if values.get("title").is_none() {
            fields.set("title", values.text("url"));
        }
    }

    fn image(&self, document: &Document, values: &Values, fields: &mut Fields) {
        if let Some(Value::File(written)) = values.get("src") {
            fields.set("src", self.image_address(document, written));
            if let Some((width, height)) = self.pixels(document, written) {
                fields.set("width", i64::from(width));
                fields.set("height", i64::from(height));
            }
        }
        if values.get("alt").is_none() {
            fields.set("alt", "");
        }
    }

    /// Returns the address of an image as a document names it.
    pub(super) fn image_address(&self, document: &Document, written: &str) -> String {
        match self.named_file(document, written) {
            Some((route, _)) => format!("{}{}", self.site.href(route), encode(address::split(written).1)),
            None => self.site.based(written),
        }
    }
}

fn amount(values: &Values, name: &str) -> Option<f64> {
    match values.get(name)? {
        Value::Number(it) => Some(*it),
        Value::Integer(it) => Some(*it as f64),
        _ => None,
    }
}

/// Whole numbers stay whole in a template: 9, not 9.0.
fn number(value: f64) -> View {
    if value.fract() == 0.0 && value.abs() < 9e15 { View::from(value as i64) } else { View::from(value) }
}

/// Returns `PDF` for `report.pdf`.
fn file_type(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, end)) => match end.to_lowercase().as_str() {
            "jpg" | "jpeg" => "JPEG".to_owned(),
            "xlsx" | "xls" => "Excel".to_owned(),
            "docx" | "doc" => "Word".to_owned(),
            "pptx" | "ppt" => "PowerPoint".to_owned(),
            other => other.to_uppercase(),
        },
        None => "".to_owned(),
    }
}

/// Returns `{id, title, url}` of a licence by its SPDX name.
pub(super) fn licence(id: &str) -> View {
    let (title, url) = match id {
        "OGL-UK-3.0" => (
            "Open Government Licence v3.0",
            Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".to_owned()),
        ),
        "CC0-1.0" => ("CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned())),
        _ => {
            let cc = id.strip_prefix("CC-").and_then(|it| it.rsplit_once('-'));
            let url = cc.map(|(terms, version)| {
                format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase())
            });
            (id, url)
        }
    };
    let mut fields = Fields::default();
    fields.set("id", id);
    fields.set("title", title);
    fields.set("url", url);
    fields.into()
}

/// Returns what a term shows in a list of terms.
pub(super) fn term_view(site: &Site, facet: &Facet, term: &TermList) -> Fields {
    let mut fields = Fields::default();
    fields.set("slug", &*term.slug);
    fields.set("title", &*term.title);
    fields.set("description", &*term.description);
    fields.set("url", site.href(&facet.route.join(&format!("{}/", term.slug))));
    fields.set("count", term.entries.len());
    fields
}
