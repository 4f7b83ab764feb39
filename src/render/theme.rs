//! A theme, compiled: the only place that knows Tera.

mod compile;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::model::config::Trace;
use crate::model::diagnostic::{Checked, Diagnostic, Place, near_miss};
use crate::model::mail::Medium;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::{Source, Span};
use crate::model::text::grouped;
use crate::model::trace;
use crate::model::view::View;

/// A theme's templates, ready to be run.
#[derive(Debug)]
pub(crate) struct Engine {
    tera: Tera,
    /// What stands before the names of templates, the first to be looked in first: `site/`, `civic/`.
    layers: Vec<String>,
    /// The file of each template, by the name under which Tera knows it: `civic/post.html`.
    files: HashMap<String, Source, rapidhash::fast::RandomState>,
    /// Where marks stand in a template, and how long they are: places are those of the file without them.
    marks: HashMap<String, Vec<(usize, usize)>, rapidhash::fast::RandomState>,
    /// What is wrong with each template that was left out.
    broken: BTreeMap<String, Diagnostic>,
}

impl Engine {
    /// Compiles the theme of a site. `site_view` is what every template sees as `site`.
    ///
    /// Gives `template-syntax`, `template-error`.
    pub(crate) fn of(site: &Site, site_view: View) -> Checked<Engine> {
        let theme = &site.theme;
        let layers: Vec<String> = theme.layers.iter().map(|it| format!("{}/", it.name)).collect();
        let mut engine = Engine {
            tera: Tera::new(),
            layers,
            files: HashMap::default(),
            marks: HashMap::default(),
            broken: BTreeMap::new(),
        };
        let mut found = Vec::new();
        register(&mut engine.tera, site);
        if let Err(error) = engine.tera.set_fallback_prefixes(engine.layers.clone()) {
            found.push(engine.fault(&error, None));
        }
        let mut templates = Vec::new();
        for layer in &theme.layers {
            for (name, source) in &layer.templates {
                let name = format!("{}/{name}", layer.name);
                let mut text = source.text.clone();
                if site.config.options.trace != Trace::Off {
                    let (marked, marks) = trace::template(&source.path, &text);
                    engine.marks.insert(name.clone(), marks);
                    text = marked.into();
                }
                templates.push((name.clone(), text));
                engine.files.insert(name, source.clone());
            }
        }
        found.extend(engine.compile(templates));
        engine.tera.global_context().insert_value("site", site_view.into_tera());
        Checked { value: engine, diagnostics: found }
    }

    /// Runs the template of a page.
    pub(crate) fn page(&self, name: &str, page: View, route: &Route, origin: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("page", page.into_tera());
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, &context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => {
                let mut diagnostic = self.fault(&error, Some((route, origin)));
                if matches!(error.kind(), ErrorKind::TemplateNotFound(_)) {
                    // Where it is there and broken, that is what is wrong with the page as well.
                    let broken = self.layers.iter().find_map(|it| self.broken.get(&format!("{it}{name}")));
                    match broken {
                        Some(broken) => diagnostic = broken.clone(),
                        None => diagnostic.message = format!("no layer of the theme has a template `{name}`"),
                    }
                }
                Err(Box::new(diagnostic))
            }
        }
    }

    /// Draws a component for a medium. `place` is the block in the document. Of its forms (`NAME.txt`, `NAME.email.html`,
    /// `NAME.html`) the first is taken that is there and fits: what has no form for text is read as HTML, and what has none
    /// for e-mail is made fit for it.
    pub(crate) fn component(&self, name: &str, medium: Medium, arguments: View, place: &Place) -> Checked<String> {
        let forms: &[&str] = match medium {
            Medium::Web => &["html"],
            Medium::Email => &["email.html", "html"],
            Medium::Text => &["txt", "email.html", "html"],
        };
        let is_there = |form: &&&str| {
            let template = format!("components/{name}.{form}");
            self.layers.iter().any(|it| self.files.contains_key(&format!("{it}{template}")))
        };
        let form = forms.iter().find(is_there).unwrap_or(&"html");
        let mut context = Context::new();
        if let Some(map) = arguments.into_tera().into_map() {
            for (key, value) in map {
                context.insert_value(key.to_string(), value);
            }
        }
        match self.tera.render(&format!("components/{name}.{form}"), &context) {
            Ok(text) if *form == "txt" => Checked { value: super::mail::block(&text), diagnostics: Vec::new() },
            Ok(html) => Checked { value: html, diagnostics: Vec::new() },
            Err(error) => {
                let mut diagnostic = self.fault(&error, None).see(place.clone(), "it is used here");
                if matches!(error.kind(), ErrorKind::TemplateNotFound(_)) {
                    diagnostic.message = format!("the component `{name}` is declared, but has no template");
                    diagnostic.help = Some(format!("add `components/{name}.html` to the theme"));
                    diagnostic.place = Some(place.clone());
                }
                Checked { value: String::new(), diagnostics: vec![diagnostic] }
            }
        }
    }

    /// Says what is wrong with a template, at its line, and which page was being made.
    fn fault(&self, error: &tera::Error, page: Option<(&Route, &str)>) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) => {
                let place = self.place(report.filename(), report.span().range.clone());
                Diagnostic::error("template-syntax", place, plain(report.message()))
            }
            ErrorKind::RenderingError(report) => {
                let place = self.place(report.filename(), report.span().range.clone());
                let message = report.message();
                let named = message.split(". Available").next().unwrap_or(message);
                let fault = Diagnostic::error("template-error", place, plain(named)).help_if(meant(message));
                match page {
                    Some((route, origin)) => while_making(fault, route, origin),
                    None => fault,
                }
            }
            other => {
                let text = match other {
                    ErrorKind::Msg(text) => text.clone(),
                    _ => error.to_string(),
                };
                let cause = std::error::Error::source(error).map(|it| format!(": {it}")).unwrap_or_default();
                let fault = Diagnostic::error("template-error", None, format!("{}{cause}", plain(&text)));
                match page {
                    Some((route, origin)) => while_making(fault, route, origin),
                    None => fault,
                }
            }
        }
    }

    fn place(&self, name: &str, span: std::ops::Range<usize>) -> Option<Place> {
        let source = self.files.get(name)?;
        let unmarked = |at: usize| at - self.marks.get(name).map_or(0, |it| before(it, at));
        Some(Place::new(&source.path, Span::new(unmarked(span.start), unmarked(span.end))))
    }
}

/// Returns how many bytes of marks stand before byte `at`.
fn before(marks: &[(usize, usize)], at: usize) -> usize {
    marks.iter().map(|(start, length)| at.saturating_sub(*start).min(*length)).sum()
}

/// Returns the message in one line that begins small.
fn plain(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default().trim().trim_start_matches("error: ");
    let mut letters = first.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
}

/// Says during which page a template failed: many pages may fail in the same way, and one of them is told.
fn while_making(fault: Diagnostic, route: &Route, origin: &str) -> Diagnostic {
    match origin.strip_prefix("content/") {
        Some(_) => fault.see(Place::new(&origin.into(), Span::default()), format!("`{route}` was being made")),
        None => {
            let help = fault.help.clone().map(|it| format!("{it} ")).unwrap_or_default();
            fault.help(format!("{help}(`{route}` was being made, {origin})"))
        }
    }
}

/// Says which name may have been meant, where Tera lists those that are there.
fn meant(message: &str) -> Option<String> {
    let wanted = message.split('`').nth(1)?;
    let (_, known) = message.split_once(". Available ")?;
    let near = near_miss(wanted.rsplit('.').next()?, known.split_once(": ")?.1.split(", "))?;
    Some(format!("did you mean `{near}`?"))
}

/// Registers the functions and filters of the contract.
fn register(tera: &mut Tera, site: &Site) {
    let strings: Arc<BTreeMap<Arc<str>, Arc<str>>> = Arc::new(site.theme.strings.clone());
    let of = strings.clone();
    tera.register_function("t", move |arguments: Kwargs, _: &State<'_>| translate(&of, &arguments));
    let (base, origin) = (site.config.base_path.clone(), site.config.origin.clone());
    tera.register_function("absolute", move |arguments: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path = arguments.must_get::<&str>("path")?;
        Ok(if path.starts_with('/') && !path.starts_with("//") { format!("{origin}{path}") } else { path.to_owned() })
    });
    tera.register_function("link", move |arguments: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path = arguments.must_get::<&str>("path")?;
        Ok(if path.starts_with('/') { format!("{base}{path}") } else { path.to_owned() })
    });
    tera.register_filter("number", move |value: f64, _: Kwargs, _: &State<'_>| -> String { in_words(value, &strings) });
    tera.register_filter("json", |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let text = serde_json::to_string(value).map_err(|it| tera::Error::message(it.to_string()))?;
        // `</script>` in a text must not end the element that it stands in.
        Ok(Value::safe_string(
            &text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"),
        ))
    });
}

fn translate(strings: &BTreeMap<Arc<str>, Arc<str>>, arguments: &Kwargs) -> TeraResult<String> {
    let key = arguments.must_get::<&str>("key")?;
    let number = arguments.get::<f64>("n")?;
    let form = number.map(|it| if it == 1.0 { format!("{key}.one") } else { format!("{key}.other") });
    let found = form.as_deref().and_then(|it| strings.get(it)).or_else(|| strings.get(key));
    let Some(sentence) = found else {
        let near = near_miss(key, strings.keys().map(|it| &**it)).map(|it| format!(", did you mean `{it}`?"));
        return Err(tera::Error::message(format!("no sentence `{key}` in i18n{}", near.unwrap_or_default())));
    };
    let mut text = sentence.to_string();
    if !text.contains('{') {
        return Ok(text);
    }
    for (name, value) in arguments.iter() {
        let value = match value.as_f64().filter(|_| value.is_number()) {
            Some(number) => in_words(number, strings),
            None => value.to_string(),
        };
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    Ok(text)
}

/// Returns a number with the signs of the theme's language.
fn in_words(value: f64, strings: &BTreeMap<Arc<str>, Arc<str>>) -> String {
    let sign = |key: &str, usual| strings.get(key).map_or(usual, |it| &**it);
    grouped(value, sign("number.group", ","), sign("number.point", "."))
}
