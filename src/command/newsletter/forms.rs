//! `folio newsletter [ISSUE]`: an issue, closed, in all its forms.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use folio::edge::{mend, publish};
use folio::model::diagnostic::{Diagnostic, Edit};
use folio::model::issue::Issue;
use folio::model::kind::Kind;
use folio::model::mail::{Construct, Dropped, Form};
use folio::model::page::{Output, OutputBytes};
use folio::model::placeholder::example_host;
use folio::model::route::Route;
use folio::model::site::{Entry, Found, Site};
use folio::model::source::Sources;
use folio::model::trace;
use folio::{Opened, describe, inspect, make, sort};
use rayon::prelude::*;

use super::super::{Stop, shown};
use super::{Arguments, issues, named};
use crate::Global;

/// Makes the forms of the issues that are asked for.
pub(super) fn forms(
    global: &Global,
    arguments: &Arguments,
    opened: &Opened,
    kind: &Kind,
    sources: &Sources,
    found: &[Diagnostic],
) -> Result<(), Stop> {
    let site = &opened.site;
    let folder = folder(global)?;
    let wanted: Vec<&Issue> = match &arguments.issue {
        _ if arguments.all => issues(site, kind).collect(),
        Some(name) => vec![named(site, kind, name)?],
        None => issues(site, kind).max_by_key(|it| site.entries[it.entry].document.date).into_iter().collect(),
    };
    if wanted.is_empty() {
        return global.say("There is no issue yet: `folio newsletter --draft` starts one.");
    }
    let mut found = concerning(site, &wanted, found);
    let made: Vec<Made<'_>> = wanted.par_iter().map(|it| Made::of(opened, it, sources)).collect();
    found.extend(made.iter().flat_map(|it| it.found.iter().cloned()));
    sort(&mut found);
    global.tell(&found, sources)?;
    for issue in &made {
        let mut text = issue.head(site);
        text.push_str(&close(global, site, issue.issue)?);
        text.push_str(&issue.write(global, site, &folder)?);
        global.say(&text)?;
    }
    Ok(())
}

/// Returns the folder of all forms. They hold what a service is to fill in, so they are nothing for readers.
fn folder(global: &Global) -> Result<PathBuf, Stop> {
    let folder = global.output_dir.clone().unwrap_or_else(|| global.root.join("newsletter"));
    match folder == global.root.join("public") || publish::is_site(&folder) {
        true => Err(Stop::Usage(format!("{} is for the site, and the forms are not for readers", shown(&folder)))),
        false => Ok(folder),
    }
}

/// The forms of an issue.
struct Made<'a> {
    issue: &'a Issue,
    outputs: Vec<Output>,
    found: Vec<Diagnostic>,
}

impl Made<'_> {
    /// Makes them, and looks at them and at the page.
    fn of<'a>(opened: &Opened, issue: &'a Issue, sources: &Sources) -> Made<'a> {
        let own = opened.site.entries[issue.entry].route();
        let routes = opened.forms(issue.entry).into_iter().map(|it| it.1);
        let mut made = Made { issue, outputs: Vec::new(), found: Vec::new() };
        for route in routes.chain([own.clone()]) {
            let output = make(opened, &route, sources);
            made.found.extend(output.diagnostics);
            made.found.extend(inspect(opened, &output.value, sources).diagnostics);
            made.outputs.extend(Some(output.value).filter(|it| it.form.is_some()));
        }
        made
    }

    /// Returns what the issue is and holds.
    fn head(&self, site: &Site) -> String {
        let document = &site.entries[self.issue.entry].document;
        let date = document.date.map(|it| format!(", {}", it.day)).unwrap_or_default();
        let measured = |text: &str| format!("{text} ({} characters)", text.chars().count());
        let preheader = document.values.text("preheader").map_or("none".to_owned(), measured);
        let mut text = format!("Issue {}{date}: {}\n", self.issue.number, document.source.path);
        let _ = writeln!(text, "  subject    {}", measured(&document.title));
        let _ = writeln!(text, "  preheader  {preheader}");
        let _ = writeln!(text, "  holds      {}", describe::held(site, &self.issue.groups));
        for group in &self.issue.groups {
            let _ = writeln!(text, "    {}", group.title(site));
            for item in &group.items {
                let note = site.note(Some(document), item).map(|it| format!(" ({it})")).unwrap_or_default();
                let early = item.document.filter(|it| is_early(site, *it, document.appears()));
                let early = if early.is_some() { ": not published when the issue is" } else { "" };
                let _ = writeln!(text, "      {}{note}{early}", site.item_title(document, item));
            }
        }
        if site.entries[self.issue.entry].state.draft {
            text.push_str("  It is a draft: publish its page before you send it.\n");
        }
        text
    }

    /// Writes the forms, and returns what became of them.
    fn write(&self, global: &Global, site: &Site, folder: &Path) -> Result<String, Stop> {
        let entry = &site.entries[self.issue.entry];
        if self.outputs.is_empty() {
            let why = match entry.document.values.is("web_only") {
                true => "It is for the web alone (`web_only`)",
                false => "The theme has no template for e-mails",
            };
            return Ok(format!("  {why}, so there is no form of it to be sent."));
        }
        let folder = folder.join(name(entry));
        let publication = publish::Publication::begin(&global.root, &folder)?;
        let mut text = String::new();
        let is_example = !site.config.checks.is_off("example-address");
        if let Some(host) = example_host(&site.config.origin).filter(|_| is_example) {
            let _ = writeln!(
                text,
                "  Its links lead to `{host}`, which is nobody's site: set `base_url` before you send it."
            );
        }
        let _ = write!(text, "  in {}/", shown(&folder));
        for output in &self.outputs {
            let (Some(form), OutputBytes::Made(bytes)) = (&output.form, &output.bytes) else { continue };
            let file = form.form.file();
            let bytes = trace::strip(bytes).into_owned();
            let _ = write!(text, "\n    {file:<16} {:>4} kB", bytes.len().div_ceil(1000));
            for (what, count) in counted(&form.dropped) {
                let (name, instead) = what.told();
                let _ = write!(text, "\n      {count} × {name}: {instead}");
            }
            if form.form == Form::Draft && merge_field(&bytes) {
                text.push_str(
                    "\n      It holds words in braces that only a mail service fills in: sent by hand, nobody could leave \
                     the list.\n      Set `from_email` or `list_unsubscribe` under `[newsletter]` first.",
                );
            }
            let route = Route::new(format!("/{file}"));
            publication.put(&Output { route, bytes: OutputBytes::Made(bytes), template: None, form: None })?;
        }
        publication.commit()?;
        Ok(text)
    }
}

/// Returns whether a message holds what a mail service would fill in: `{{unsubscribe_url}}`, `*|UNSUB|*`.
fn merge_field(message: &[u8]) -> bool {
    message.windows(2).any(|it| it == b"{{" || it == b"*|")
}

/// Returns the folder of an issue: its address below that of all of its kind.
fn name(entry: &Entry) -> String {
    let (root, route) = (entry.document.kind.route.root(), entry.route().as_str());
    route.strip_prefix(root.as_str()).unwrap_or(route).trim_matches('/').to_owned()
}

/// Returns whether readers of the issue would not find a document yet.
fn is_early(site: &Site, found: Found, day: Option<jiff::civil::Date>) -> bool {
    match found {
        Found::Entry(entry) => {
            let entry = &site.entries[entry];
            entry.state.draft || day.is_some_and(|day| entry.document.appears().is_some_and(|it| it > day))
        }
        Found::LeftOut(_) => true,
        Found::Above(_) => false,
    }
}

/// Returns how often each thing could not be shown.
fn counted(dropped: &[Dropped]) -> Vec<(Construct, usize)> {
    let mut counted: Vec<(Construct, usize)> = Vec::new();
    for dropped in dropped {
        match counted.iter_mut().find(|it| it.0 == dropped.what) {
            Some((_, count)) => *count += 1,
            None => counted.push((dropped.what, 1)),
        }
    }
    counted
}

/// Returns what was noticed of the issues, of what they hold, and of what is no document.
fn concerning(site: &Site, issues: &[&Issue], found: &[Diagnostic]) -> Vec<Diagnostic> {
    let items = issues.iter().flat_map(|it| &it.groups).flat_map(|it| &it.items);
    let documents = items.filter_map(|it| Some(&*site.document(it.document?).source.path));
    let own = issues.iter().map(|it| &*site.entries[it.entry].document.source.path);
    let paths: BTreeSet<&str> = documents.chain(own).collect();
    let concerns = |it: &&Diagnostic| match &it.place {
        Some(place) => !place.path.starts_with("content/") || paths.contains(&*place.path),
        None => true,
    };
    // That an issue is open is mended here.
    found.iter().filter(concerns).filter(|it| it.code != "open-issue").cloned().collect()
}

/// Writes down what an issue holds, where its day has come and it does not say so itself; returns what became of it.
fn close(global: &Global, site: &Site, issue: &Issue) -> Result<String, Stop> {
    let config = &site.config;
    let document = &site.entries[issue.entry].document;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    if !issue.open {
        return Ok(String::new());
    }
    if !document.has_come(today) {
        return Ok("  It gathers what is new until its day.\n".to_owned());
    }
    let Some(edit) = site.closing(issue) else {
        return Ok(
            "  What it holds can't be written into it: add `items:` yourself, or it may still change.\n".to_owned()
        );
    };
    let text = Edit::apply(&[edit], &document.source.text);
    mend::write(&global.root, &document.source.path, &text)?;
    Ok("  It now names what it holds, so nothing changes it any more.\n".to_owned())
}
