//! `folio newsletter`: closes an issue, or starts the next one. It never sends anything.

use std::collections::BTreeSet;
use std::sync::Arc;

use folio::describe;
use folio::edge::{mend, scaffold};
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::Diagnostic;
use folio::model::issue::Issue;
use folio::model::kind::Kind;
use folio::model::site::Site;
use folio::model::source::Sources;
use folio::{Memo, Opened, open, sort};

use super::{Stop, build, shown, start};
use crate::Global;

/// What is asked of the newsletter.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The issue: its number, its slug or its file [default: the newest]
    #[arg(conflicts_with_all = ["all", "draft"])]
    issue: Option<String>,
    /// Every issue
    #[arg(long, conflicts_with = "draft")]
    all: bool,
    /// Start the next issue with what is new since the last one
    #[arg(long)]
    draft: bool,
    /// Which newsletter, where there are several: the name of its kind [default: the first]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
}

/// Closes an issue, or starts the next one.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> Result<(), Stop> {
    // An issue is made before it is published, so drafts and what is still to come count.
    let options = Options { drafts: true, future: true, forms: true, trace: Trace::All, ..global.options()? };
    let (sources, mut found) = build::sources(global)?;
    let opened = open(&sources, &global.config, options, &Memo::default());
    found.extend(opened.diagnostics);
    sort(&mut found);
    let opened = opened.value;
    let kind = kind(&opened.site, arguments.kind.as_deref())?;
    match arguments.draft {
        true => draft(global, &opened, &kind, &sources, &found),
        false => forms(global, arguments, &opened, &kind, &sources, &found),
    }
}

/// Returns the newsletter that is meant.
fn kind(site: &Site, name: Option<&str>) -> Result<Arc<Kind>, Stop> {
    let kinds = || site.config.kinds.all.iter().filter(|it| it.collects.is_some());
    let found = kinds().find(|it| name.is_none_or(|name| name == &*it.name));
    found.cloned().ok_or_else(|| {
        let names = kinds().map(|it| format!("`{}`", it.name)).collect::<Vec<_>>().join(", ");
        Stop::Usage(match name {
            Some(name) => format!("there is no newsletter `{name}`; there is {names}"),
            None => "no kind of this site is a newsletter".to_owned(),
        })
    })
}

/// Returns the issues of a newsletter, the oldest first.
fn issues<'a>(site: &'a Site, kind: &'a Kind) -> impl DoubleEndedIterator<Item = &'a Issue> {
    site.issues.iter().filter(|it| site.entries[it.entry].document.kind.name == kind.name)
}

/// Starts the next issue in the language of the site.
fn draft(
    global: &Global,
    opened: &Opened,
    kind: &Arc<Kind>,
    sources: &Sources,
    found: &[Diagnostic],
) -> Result<(), Stop> {
    // With a fault in the settings the site is not the one that is meant; one in a document is no hindrance.
    let of_settings = |it: &&Diagnostic| it.place.as_ref().is_none_or(|it| !it.path.starts_with("content/"));
    global.tell(&found.iter().filter(of_settings).cloned().collect::<Vec<_>>(), sources)?;
    let site = &opened.site;
    let config = &site.config;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    let next = folio::next_issue(opened, kind, &config.language, today);
    let language = |it: &&Issue| site.entries[it.entry].document.language(&config.language) == &*config.language;
    let last = issues(site, kind).rfind(language);
    let missed = last.map_or(&[][..], |it| &it.missed);
    let since = match next.since {
        Some(day) => format!("since the last issue, of {day}"),
        None => "in the last month; there is no issue yet".to_owned(),
    };
    if let Some(drafted) = last.map(|it| &site.entries[it.entry]).filter(|it| it.state.draft) {
        let lines = next.groups.iter().flat_map(|it| &it.items).filter_map(|it| site.item_line(None, it));
        let lines = lines.map(|it| format!("\n{it}")).collect::<String>();
        let more = if lines.is_empty() { "" } else { " New since then, for its `items:`" };
        return global.say(&format!("{} is still a draft.{more}{lines}", drafted.document.source.path));
    }
    if next.groups.is_empty() && missed.is_empty() {
        return global.say(&format!("Nothing is new {since}, so there is no issue to draft."));
    }
    let path = start::path_of(kind, &format!("issue {}", next.number), &today.to_string());
    let text = describe::issue(site, kind, &next, missed, &today.to_string());
    scaffold::new_file(&global.root.join(&path), &text)?;
    global.say(&format!("New {since}: {}", describe::held(site, &next.groups)))?;
    if !missed.is_empty() {
        global.say(&format!("Published before, and in no issue: {}; it stands there to be taken in", missed.len()))?;
    }
    global.say(&format!("{} is ready to be edited", shown(&global.root.join(&path))))
}

/// Closes the issues that are asked for.
fn forms(
    global: &Global,
    arguments: &Arguments,
    opened: &Opened,
    kind: &Kind,
    sources: &Sources,
    found: &[Diagnostic],
) -> Result<(), Stop> {
    let site = &opened.site;
    let wanted: Vec<&Issue> = match &arguments.issue {
        _ if arguments.all => issues(site, kind).collect(),
        Some(name) => vec![named(site, kind, name)?],
        None => issues(site, kind).max_by_key(|it| site.entries[it.entry].document.date).into_iter().collect(),
    };
    if wanted.is_empty() {
        return global.say("There is no issue yet: `folio newsletter --draft` starts one.");
    }
    global.tell(&concerning(site, &wanted, found), sources)?;
    for issue in wanted {
        close(global, site, issue)?;
    }
    Ok(())
}

/// Returns the issue of a number, a slug or a file.
fn named<'a>(site: &'a Site, kind: &'a Kind, name: &str) -> Result<&'a Issue, Stop> {
    let is_it = |it: &&Issue| {
        let document = &site.entries[it.entry].document;
        let path = name.trim_start_matches("./");
        name == it.number.to_string() || *document.slug == *name || *document.source.path == *path
    };
    let found: Vec<&Issue> = issues(site, kind).filter(is_it).collect();
    match found[..] {
        [one] => Ok(one),
        [] => Err(Stop::Usage(format!("there is no issue `{name}`: give its number, its slug or its file"))),
        _ => {
            let paths = found.iter().map(|it| &*site.entries[it.entry].document.source.path);
            let paths = paths.collect::<Vec<_>>().join(", ");
            Err(Stop::Usage(format!("`{name}` is more than one issue: give the file, one of {paths}")))
        }
    }
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

/// Writes down what an issue holds, where its day has come and it does not say so itself.
fn close(global: &Global, site: &Site, issue: &Issue) -> Result<(), Stop> {
    let config = &site.config;
    let document = &site.entries[issue.entry].document;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    if !issue.open {
        return Ok(());
    }
    if !document.has_come(today) {
        return global.say(&format!("{} still gathers what is new until its day", document.source.path));
    }
    let Some(edit) = site.closing(issue) else {
        let message = format!("what {} holds can't be written into it: add `items:` yourself", document.source.path);
        return global.say(&message);
    };
    let text = folio::model::diagnostic::Edit::apply(&[edit], &document.source.text);
    mend::write(&global.root, &document.source.path, &text)?;
    global.say(&format!("{} now names what it holds, so nothing changes it any more", document.source.path))
}
