//! Source -> Document.

use std::sync::Arc;

use jiff::ToSpan;

use crate::model::body::Component;
use crate::model::config::Config;
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, Place, Severity, near_miss};
use crate::model::document::{Document, Shape};
use crate::model::kind::{Kind, Required};
use crate::model::mention::Mention;
use crate::model::node::Node;
use crate::model::portable;
use crate::model::route::Route;
use crate::model::slug::slug;
use crate::model::source::{Source, Span};
use crate::model::theme::Theme;
use crate::model::value::{Date, Values};

use super::faults::Faults;
use super::fields::{self, Reader};
use super::front_matter::{self, Parts};
use super::{date, doctor, encoding, held, markdown, placed, places, route};

/// A summary that is taken from the text is cut to so many letters.
const SUMMARY: usize = 160;

/// Reads a Markdown file of `content/`.
///
/// Gives `empty-file`, `wrong-date-in-name`, `unknown-kind`, and what the parts give.
pub(crate) fn document(source: &Source, config: &Config, theme: &Theme) -> Checked<Document> {
    #[cfg(test)]
    crate::caught::panic_at("read", &source.text);
    let mut found = Vec::new();
    let parts = match encoding::check(source, &mut found) {
        true => Parts { yaml: None, body: Span::new(source.text.len(), source.text.len()), lost: true },
        false => front_matter::split(source, &mut found),
    };
    encoding::controls(source, parts.body, &mut found);
    let span = parts.yaml.unwrap_or_default();
    // Where two versions are mixed, nothing more is said of them.
    let mut reading = doctor::read(source, if parts.lost { Span::default() } else { span });
    found.append(&mut reading.found);
    let broken = parts.lost || reading.node.is_none();
    let node = reading.node.take().unwrap_or(Node::Null);
    let name = Name::of(&source.path, config);
    let mut faults = Faults::new(&source.path, span);
    let kind = kind_of(&node, &name, config, &mut faults);
    // What stands above a kind's list is a page, not one of the kind.
    let above = (name.shape == Shape::Root && kind.folder.is_some()).then(|| kind.clone());
    let kind = if above.is_some() { config.kinds.of_folder("").clone() } else { kind };
    let mut reader = Reader { yaml: &reading, config, faults, renamed: Vec::new() };
    let mut values = match node {
        _ if broken => Values::default(),
        Node::Map(_) | Node::Null => reader.group(&kind.group, &node, &FieldPath::default()),
        _ => {
            let place = Place::new(&source.path, span);
            let message = "the front matter is not made of keys and values";
            reader.faults.push(Diagnostic::error("wrong-type", place, message).help("write each line as `key: value`"));
            Values::default()
        }
    };
    let held = match broken {
        true => None,
        false => reader.held(&kind, &node, &mut values),
    };
    let title = values.text("title").filter(|it| !it.trim().is_empty());
    let read = markdown_body(source, &parts, (title, kind.collects.is_some()), config, theme);
    found.extend(read.diagnostics);
    let read = read.value;
    let title: Option<Arc<str>> = title.map(Into::into).or(read.title.map(Into::into));

    let mut draft = Draft { source, kind: &kind, name: &name, node: &node, faults: reader.faults };
    if !broken {
        draft.check_body(&values, &read.body, parts.body);
        // A list where the title should be is told already.
        let is_told = matches!(node.get("title"), Some(Node::List(_) | Node::Map(_)));
        draft.check_title(title.is_some() || is_told);
    }
    let date = draft.date(&values, config, broken);
    // The home page is the site's.
    let is_home = name.shape == Shape::Root && name.top.is_none();
    let title = title.unwrap_or_else(|| match is_home {
        true => config.title.clone(),
        false => crate::model::text::capital(&name.slug.replace('-', " ")).into(),
    });
    let summary = values.text("summary").map_or_else(|| cut(&read.body.lead, SUMMARY), str::to_owned);
    found.extend(draft.faults.found);
    if !parts.lost {
        placed(&mut found, span, &reading);
    }
    let mut document = Document {
        source: source.clone(),
        route: Route::new("/"),
        title,
        summary: summary.into(),
        date,
        slug: values.text("slug").map_or(&*name.slug, |it| it).into(),
        folder: name.folder.as_str().into(),
        shape: name.shape,
        above,
        name_lang: name.lang.clone(),
        yaml: span,
        renamed: reader.renamed,
        values,
        held: held.or_else(|| held::folder(&source.path, name.top.as_deref(), config)),
        body: read.body,
        kind,
        mentions: Box::default(),
    };
    document.route = route::route(&document);
    if let Some(fault) = portable::fault(document.route.as_str()) {
        let message = format!("not every computer can hold a page at `{}`: {fault}", document.route);
        let help = "rename the file, or give the document another `slug`";
        found.push(Diagnostic::error("unportable-name", document.start(), message).help(help));
    }
    document.mentions = Mention::all(&document);
    Checked { value: document, diagnostics: found }
}

/// What a file's path says.
struct Name {
    /// The first folder under `content/`, if there is one.
    top: Option<String>,
    /// The folders between the kind's and the file.
    folder: String,
    slug: String,
    date: Option<String>,
    lang: Option<Arc<str>>,
    shape: Shape,
}

impl Name {
    fn of(path: &str, config: &Config) -> Name {
        let inside = path.strip_prefix("content/").unwrap_or(path);
        let mut folders: Vec<&str> = inside.split('/').collect();
        let file = folders.pop().unwrap_or_default();
        let (stem, lang) = language_of(without_ending(file));
        let top = folders.first().map(|it| (*it).to_owned());
        let kind = config.kinds.of_folder(top.as_deref().unwrap_or_default());
        if kind.folder.is_some() {
            folders.remove(0);
        }
        let index = stem == "index" || stem == "_index";
        let shape = match (index, folders.is_empty()) {
            (false, _) => Shape::File,
            (true, true) => Shape::Root,
            (true, false) => Shape::Folder,
        };
        let own = if shape == Shape::Folder { folders.pop().unwrap_or_default() } else { stem };
        let (date, rest) = date_of(own);
        let folder = folders.iter().map(|it| slug(it)).collect::<Vec<_>>().join("/");
        let slug = slug(if rest.is_empty() { own } else { rest });
        Name { top, folder, slug, date, lang, shape }
    }
}

/// Returns the name of a file without its ending, in small or capital letters, and without `.html` before that: other
/// generators name files `a.html.md`.
fn without_ending(file: &str) -> &str {
    let without = |file: &str, endings: [&str; 2]| {
        let (stem, ending) = file.rsplit_once('.')?;
        (!stem.is_empty() && endings.iter().any(|it| ending.eq_ignore_ascii_case(it))).then_some(stem.len())
    };
    let stem = without(file, ["md", "markdown"]).map_or(file, |it| &file[..it]);
    without(stem, ["html", "htm"]).map_or(stem, |it| &stem[..it])
}

/// Splits `a.fr` into `a` and `fr`.
fn language_of(stem: &str) -> (&str, Option<Arc<str>>) {
    match stem.rsplit_once('.') {
        Some((before, end)) if LANGUAGES.split_whitespace().any(|it| it == end) => (before, Some(end.into())),
        _ => (stem, None),
    }
}

/// The languages that a file's name may end in (ISO 639-1): `node.js.md` is no translation.
pub(super) const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na \
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Splits `2024-01-23-name` into `2024-01-23` and `name`.
fn date_of(stem: &str) -> (Option<String>, &str) {
    let is_date = |it: &str| {
        it.bytes().enumerate().all(|(at, it)| if matches!(at, 4 | 7) { it == b'-' } else { it.is_ascii_digit() })
    };
    match stem.split_at_checked(10) {
        Some((date, rest)) if is_date(date) && (rest.is_empty() || rest.starts_with(['-', '_', ' '])) => {
            (Some(date.to_owned()), rest.trim_start_matches(['-', '_', ' ']))
        }
        _ => (None, stem),
    }
}

fn kind_of(node: &Node, name: &Name, config: &Config, faults: &mut Faults) -> Arc<Kind> {
    let by_folder = config.kinds.of_folder(name.top.as_deref().unwrap_or_default());
    let Some(written) = node.get("kind").and_then(Node::text).filter(|it| !it.trim().is_empty()) else {
        return by_folder.clone();
    };
    if let Some(kind) = config.kinds.get(written) {
        return kind.clone();
    }
    let names = || config.kinds.all.iter().map(|it| &*it.name);
    let help = near_miss(written, names()).map_or_else(
        || format!("one of {}", names().collect::<Vec<_>>().join(", ")),
        |it| format!("did you mean `{it}`?"),
    );
    let place = faults.value(&FieldPath::default().join("kind"));
    faults.push(Diagnostic::error("unknown-kind", place, format!("there is no kind `{written}`")).help(help));
    by_folder.clone()
}

fn markdown_body(
    source: &Source,
    parts: &Parts,
    (title, in_letter): (Option<&str>, bool),
    config: &Config,
    theme: &Theme,
) -> Checked<markdown::Read> {
    let component = |name: &str, text: &str, span: Span| component(source, config, theme, name, text, span);
    let settings = markdown::Settings {
        path: &source.path,
        html: config.html,
        smart: config.smart,
        maths: config.maths,
        in_letter,
        nested: false,
        trace: config.options.trace.has(&source.path).then_some(markdown::Trace::Bytes),
        own: &|it| config.own_path(it).is_some(),
        component: &component,
    };
    markdown::body(&source.text, parts.body, title, &settings)
}

/// Reads the YAML of a fenced block, if its first word names a component of the theme.
fn component(
    source: &Source,
    config: &Config,
    theme: &Theme,
    name: &str,
    text: &str,
    span: Span,
) -> Option<Checked<Component>> {
    let (name, group) = theme.components.get_key_value(name)?;
    if text.len() > front_matter::LIMIT {
        let message = format!("the block `{name}` is longer than {} kB", front_matter::LIMIT / 1024);
        let end = span.start + source.text.get(span.start..span.end)?.lines().next().map_or(0, str::len);
        let place = Place::new(&source.path, Span::new(span.start, end));
        let diagnostic = Diagnostic::error("component-long", place, message)
            .help("close the block with three backticks where it ends; put long texts into the text around it");
        let component = Component { name: name.clone(), arguments: Values::default(), yaml: span };
        return Some(Checked { value: component, diagnostics: vec![diagnostic] });
    }
    // In a list or a quote the lines of the block have something before them: then places are those of the block.
    let whole = source.text.get(span.start..span.end) == Some(text);
    let own = if whole { source.clone() } else { Source::new(source.path.clone(), text.into()) };
    let yaml = if whole { span } else { Span::new(0, text.len()) };
    let faults = Faults::new(&source.path, yaml);
    let mut reading = doctor::read(&own, yaml);
    let node = reading.node.take();
    let mut reader = Reader { yaml: &reading, config, faults, renamed: Vec::new() };
    let arguments = match node {
        Some(node) => {
            let node = match (&node, &group.shorthand) {
                (Node::Text(_), Some(short)) => Node::Map(vec![(short.clone(), node)]),
                (Node::Null, _) => Node::Map(Vec::new()),
                _ => node,
            };
            match node {
                Node::Map(_) => reader.group(group, &node, &FieldPath::default()),
                other => {
                    let message = format!("the block `{name}` holds {}, not keys and values", other.what());
                    let diagnostic = Diagnostic::error("wrong-type", Place::new(&source.path, span), message)
                        .help("write each line as `key: value`");
                    reader.faults.push(diagnostic);
                    Values::default()
                }
            }
        }
        None => Values::default(),
    };
    let mut found = reader.faults.found;
    found.extend(reading.found);
    places(&mut found, |_| Some(&own));
    if !whole {
        for it in &mut found {
            it.place = Some(Place::new(&source.path, span));
            it.fix.clear();
        }
    }
    Some(Checked { value: Component { name: name.clone(), arguments, yaml: span }, diagnostics: found })
}

/// What is still to be said of a document once its parts are read.
struct Draft<'a> {
    source: &'a Source,
    kind: &'a Kind,
    name: &'a Name,
    node: &'a Node,
    faults: Faults,
}

impl Draft<'_> {
    fn check_title(&mut self, has_title: bool) {
        if has_title || self.name.shape == Shape::Root {
            return;
        }
        if self.is_empty() {
            let place = Place::new(&self.source.path, Span::default());
            self.faults
                .push(Diagnostic::error("empty-file", place, "this file is empty").help("write it, or delete it"));
        } else {
            self.missing("title");
        }
    }

    /// Returns whether there is nothing to be seen in the file.
    fn is_empty(&self) -> bool {
        self.source.text.chars().all(|it| it.is_whitespace() || matches!(it, '\u{feff}' | '\u{200b}'))
    }

    fn missing(&mut self, name: &str) {
        let field = self.kind.group.field(name).expect("every kind has the common fields");
        if self.node.get(name) == Some(&Node::Null) {
            let diagnostic = fields::empty_field(&self.faults, field, &name.into(), &FieldPath::default(), "");
            self.faults.push(diagnostic);
            return;
        }
        let mut diagnostic = fields::missing_field(&self.faults, field, &FieldPath::default(), "");
        if self.faults.span == Span::default() {
            let end = self.source.text.find(['\r', '\n']).unwrap_or(self.source.text.len());
            diagnostic.place = Some(Place::new(&self.source.path, Span::new(0, end)));
            diagnostic.help = Some(format!("begin the file with a line `---`, a line `{name}: …` and a line `---`"));
        }
        self.faults.push(diagnostic);
    }

    /// Says so where fields or text are asked for, and neither is there.
    fn check_body(&mut self, values: &Values, body: &crate::model::body::Body, span: Span) {
        let asked = self.kind.one_of_when.as_ref().is_none_or(|it| it.holds(|name| values.get(name)));
        let empty = body.html.trim().is_empty() && body.holes.is_empty();
        for names in self.kind.group.one_of.iter().filter(|it| asked && it.iter().any(|it| &**it == "body")) {
            if empty && !names.iter().any(|it| values.get(it).is_some()) {
                let others = names.iter().filter(|it| &***it != "body").map(|it| format!("`{it}`"));
                let message = format!("neither a text nor {} is there", others.collect::<Vec<_>>().join(", "));
                let place = Place::new(&self.source.path, Span::new(span.start, span.start));
                self.faults.push(
                    Diagnostic::error("missing-field", place, message).help("write the text below the second `---`"),
                );
            }
        }
    }

    /// Returns the day of a document: as written, or that of the file's name.
    fn date(&mut self, values: &Values, config: &Config, broken: bool) -> Option<Date> {
        let named = self.name.date.as_deref().and_then(|it| match date::date(it, &config.timezone) {
            Ok(date) => Some(date),
            Err(wrong) => {
                let place = Place::new(&self.source.path, Span::default());
                self.faults.push(Diagnostic::error(
                    wrong.code,
                    place,
                    format!("in the file's name: {}", wrong.message),
                ));
                None
            }
        });
        let written = values.date("date");
        if let (Some(written), Some(named)) = (written, named)
            && written.day != named.day
        {
            let place = self.faults.value(&FieldPath::default().join("date"));
            let message = format!("the file's name says {}, but `date` says {}", named.day, written.day);
            // A file that was begun before the day on which it is published is usual; any other difference may be a slip.
            let begun = named.day < written.day && named.day.saturating_add(1.year()) >= written.day;
            let severity = if begun { Severity::Advice } else { Severity::Warning };
            self.faults.push(
                Diagnostic::new(severity, "date-differs", place, message)
                    .help("`date` counts; give the file its day or none"),
            );
        }
        let date = written.or(named);
        let required = self.kind.group.field("date").is_some_and(|it| it.required == Required::Always);
        let said =
            self.faults.found.iter().any(|it| matches!(it.code, "wrong-date" | "impossible-date" | "wrong-type"));
        if date.is_none() && required && !broken && !said && self.name.shape != Shape::Root && !self.is_empty() {
            self.missing("date");
        }
        date
    }
}

/// Returns the text, cut after a word so that it has at most `limit` letters, `…` included.
fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let end = text.char_indices().nth(limit - 1).map_or(text.len(), |(at, _)| at);
    let end = text[..end].rfind(char::is_whitespace).filter(|it| *it > 0).unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([' ', ',', ';', ':', '-', '–']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_after_a_word() {
        assert_eq!(cut("one two three", 20), "one two three");
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("éééééééééé", 4), "ééé…");
    }
}
