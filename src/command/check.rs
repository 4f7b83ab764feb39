//! `folio check`: everything that can be found, and nothing written but what is asked for.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use folio::describe;
#[cfg(feature = "online")]
use folio::edge::web;
use folio::edge::{clock, disk, git, mend};
use folio::model::baseline::{self, Baseline};
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Diagnostic, Edit, Severity};
use folio::model::page::Seen;
use folio::model::source::Sources;
use folio::{ASSET_ENDINGS, LARGEST_ASSET, Memo, Opened, inspect, inspect_all, inspect_asset, make, open, sort};
use rayon::prelude::*;

use super::{Stop, build, list};
use crate::Global;

/// A mended line can show the next fault of its file; a mending that does not mend must not go on for ever.
const ROUNDS: usize = 20;

/// What is asked of a check.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Mend what can be mended for sure, and show each change
    #[arg(long)]
    fix: bool,
    /// Tell only of files that changed since this commit, branch or tag
    #[arg(long, value_name = "REV", conflicts_with = "write_baseline")]
    since: Option<String>,
    /// Accept all that is wrong now: write it into baseline.toml, so that only what is new is told
    #[arg(long, conflicts_with = "fix")]
    write_baseline: bool,
    /// Ask the sites that pages link to whether something is still there
    #[arg(long)]
    online: bool,
}

/// Checks the site.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> Result<(), Stop> {
    let watch = clock::start();
    let changed = match &arguments.since {
        Some(revision) => Some(git::changed(&global.root, revision).map_err(of_git)?),
        None => None,
    };
    let mut checked = check(global, arguments)?;
    if arguments.fix {
        let mut mended = 0;
        for _ in 0..ROUNDS {
            match fix(global, &checked)? {
                0 => break,
                more => mended += more,
            }
            checked = check(global, arguments)?;
        }
        global.say(&format!("{mended} mended"))?;
    }
    if arguments.write_baseline {
        return write_baseline(global, &checked);
    }
    let all = checked.found.len();
    if let Some(changed) = &changed {
        checked.found.retain(|it| concerns(it, |path| changed.contains(path)));
    }
    let told = global.tell_with_advice(&checked.found, &checked.sources);
    if let Some(line) = list::left_out_line(&checked.opened.site) {
        global.say(&line)?;
    }
    let elsewhere = match all - checked.found.len() {
        0 => String::new(),
        some => format!("; {some} more in files that did not change"),
    };
    let time = build::seconds(watch.elapsed());
    let words = if checked.found.is_empty() { ": nothing is wrong" } else { "" };
    global.say(&format!("checked {} in {time}{words}{elsewhere}", build::documents(&checked.opened.site)))?;
    told
}

/// A site, looked at.
struct Checked {
    sources: Sources,
    opened: Opened,
    found: Vec<Diagnostic>,
}

fn check(global: &Global, arguments: &Arguments) -> Result<Checked, Stop> {
    let mut sources = build::sources(global)?;
    if arguments.write_baseline {
        sources.texts.remove(baseline::FILE);
    }
    let options = Options { trace: Trace::All, forms: true, ..global.options()? };
    let opened = open(&sources, &global.config, options, &Memo::default());
    let (opened, mut found) = (opened.value, opened.diagnostics);
    let broken = documents_with_errors(&found);
    let looked_at: Vec<(Vec<Diagnostic>, Option<Seen>)> = opened
        .routes()
        .par_iter()
        .map(|route| {
            let mut made = make(&opened, route, &sources);
            // Of a page that could not be made there is nothing to be seen.
            if made.diagnostics.iter().any(|it| it.severity == Severity::Error) {
                return (made.diagnostics, None);
            }
            let looked_at = inspect(&opened, &made.value, &sources);
            made.diagnostics.extend(looked_at.diagnostics);
            (made.diagnostics, looked_at.value)
        })
        .collect();
    let (of_pages, seen): (Vec<_>, Vec<_>) = looked_at.into_iter().unzip();
    let seen: Vec<Seen> = seen.into_iter().flatten().collect();
    // Pages that could not be made link to nothing, so nothing is known of what is not linked to.
    let all_made = !of_pages.iter().flatten().any(|it| it.severity == Severity::Error);
    let together = inspect_all(&opened, &seen, &sources).into_iter();
    found.extend(together.filter(|it| all_made || it.code != "orphan-page"));
    if arguments.online {
        found.extend(online(global, &opened, &seen, &sources)?);
    }
    // A template may miss what a broken document does not say; that would be the second word on one mistake.
    let is_told = |it: &Diagnostic| !(it.code == "template-error" && is_consequence(it, &broken));
    found.extend(of_pages.into_iter().flatten().filter(is_told));
    let assets = opened.site.theme.statics.values().chain(opened.site.files.values().map(|it| &it.1));
    for asset in assets.filter(|it| ASSET_ENDINGS.iter().any(|end| it.path.to_lowercase().ends_with(end))) {
        let bytes = disk::bytes(&global.root, &asset.bytes, LARGEST_ASSET)?;
        found.extend(inspect_asset(&opened, asset, bytes.as_deref(), &sources));
    }
    let broken: HashSet<Arc<str>> = found
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .filter_map(|it| Some(it.place.as_ref()?.path.clone()))
        .collect();
    // What could be better is for a file that is right; in the baseline, what is wrong now is right from now on.
    found.retain(|it| {
        arguments.write_baseline
            || it.severity != Severity::Advice
            || it.place.as_ref().is_none_or(|it| !broken.contains(&it.path))
    });
    sort(&mut found);
    Ok(Checked { sources, opened, found })
}

/// Returns the documents in which there is an error.
fn documents_with_errors(found: &[Diagnostic]) -> HashSet<Arc<str>> {
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    let paths = errors.filter_map(|it| Some(&it.place.as_ref()?.path));
    paths.filter(|it| it.starts_with("content/")).cloned().collect()
}

/// Returns whether a template may have failed because of an error in a document: in the one that its page is made from, or, for
/// a page of many, in any.
fn is_consequence(fault: &Diagnostic, broken: &HashSet<Arc<str>>) -> bool {
    match fault.related.first() {
        Some((document, _)) => broken.contains(&document.path),
        None => !broken.is_empty(),
    }
}

/// Asks the sites that pages link to.
#[cfg(feature = "online")]
fn online(global: &Global, opened: &Opened, seen: &[Seen], sources: &Sources) -> Result<Vec<Diagnostic>, Stop> {
    let urls: std::collections::BTreeSet<&str> = seen.iter().flat_map(|it| &it.outside).map(|it| &*it.0).collect();
    let urls: Vec<&str> = urls.into_iter().collect();
    let bar = build::bar(global, urls.len(), 1, "links");
    let now = opened.site.config.options.now;
    let answers = web::ask(&global.root, &urls, now, |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    Ok(folio::inspect_links(opened, seen, &answers, sources))
}

/// This Folio was built without the web.
#[cfg(not(feature = "online"))]
fn online(_: &Global, _: &Opened, _: &[Seen], _: &Sources) -> Result<Vec<Diagnostic>, Stop> {
    Err(Stop::Usage("this Folio was built without `online`, so it can't ask the web".to_owned()))
}

/// Returns whether a diagnostic has to do with files for which `is_meant` holds. What is about the whole site always has.
fn concerns(diagnostic: &Diagnostic, is_meant: impl Fn(&str) -> bool) -> bool {
    let Some(place) = &diagnostic.place else { return true };
    is_meant(&place.path) || diagnostic.related.iter().any(|(place, _)| is_meant(&place.path))
}

/// Mends what can be mended for sure, shows it, and returns how many faults that were.
fn fix(global: &Global, checked: &Checked) -> Result<usize, Stop> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in checked.found.iter().filter(|it| !it.fix.is_empty()) {
        if let Some(place) = &diagnostic.place {
            by_file.entry(&place.path).or_default().push(diagnostic);
        }
    }
    let mut mended = 0;
    for (path, diagnostics) in by_file {
        // What is embedded has no file; what is not UTF-8 would lose its bytes.
        let source = &checked.sources.texts[path];
        if path.starts_with('<') || source.not_utf8.is_some() {
            continue;
        }
        let (edits, done) = together(&diagnostics);
        let text = Edit::apply(&edits, &source.text);
        mend::write(&global.root, path, &text)?;
        mended += done.len();
        if !global.quiet {
            for diagnostic in done {
                // Machines read the faults from standard output.
                global.say(describe::change(path, diagnostic, &source.text).trim_end())?;
            }
        }
    }
    Ok(mended)
}

/// Returns the changes that can be made at once, in order, and whose they are: where two touch the same bytes the first is
/// made, and the other waits for the next round.
fn together<'a>(diagnostics: &[&'a Diagnostic]) -> (Vec<Edit>, Vec<&'a Diagnostic>) {
    let (mut edits, mut done): (Vec<Edit>, Vec<&Diagnostic>) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let is_free =
            |edit: &Edit| edits.iter().all(|it| edit.span.end < it.span.start || it.span.end < edit.span.start);
        if diagnostic.fix.iter().all(is_free) {
            edits.extend(diagnostic.fix.iter().cloned());
            done.push(diagnostic);
        }
    }
    edits.sort();
    (edits, done)
}

fn write_baseline(global: &Global, checked: &Checked) -> Result<(), Stop> {
    let rules = folio::rules();
    // A warning stops nothing, whatever its rule.
    let is_fixed = |it: &&Diagnostic| {
        it.severity == Severity::Error && rules.iter().any(|rule| rule.code == it.code && rule.about.fixed)
    };
    let fixed: Vec<Diagnostic> = checked.found.iter().filter(is_fixed).cloned().collect();
    if !fixed.is_empty() {
        global.say("These can't be accepted, because there is nothing to publish without them; mend them first.")?;
        return global.tell_with_advice(&fixed, &checked.sources);
    }
    let mut accepted = Baseline::default();
    checked.found.iter().for_each(|it| accepted.accept(it, &checked.sources));
    mend::write_new(&global.root, baseline::FILE, &describe::baseline(&accepted))?;
    let count = accepted.0.len();
    global.say(&format!("{} accepted in {}", lines(count), shown(&global.root)))
}

fn lines(count: usize) -> String {
    match count {
        1 => "1 line is".to_owned(),
        other => format!("{other} lines are"),
    }
}

fn shown(root: &Path) -> String {
    super::shown(&root.join(baseline::FILE))
}

/// git's own words are about what was asked of it, unless it is not there at all.
fn of_git(error: io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::Other => Stop::Usage(error.to_string()),
        _ => Stop::World(error),
    }
}
