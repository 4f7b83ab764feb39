//! `folio build` and `folio clean`.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::Mutex;

use folio::edge::{clock, disk, embedded, publish};
use folio::model::diagnostic::Diagnostic;
use folio::model::site::Site;
use folio::model::source::Sources;
use folio::{Memo, Opened, make, open_step_by_step, sort};
use indicatif::{ParallelProgressIterator, ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::timings::Timings;
use super::{Stop, is_watched, list, shown};
use crate::Global;

/// Sources, a site, and what was noticed. The first two are needed to the end of the program, and not taken apart then: of
/// 10,000 pages that takes a tenth of the time of a build.
type Read = (ManuallyDrop<Sources>, ManuallyDrop<Opened>, Vec<Diagnostic>);

/// Reads the site's folder and opens the site; what was noticed is not told yet.
pub(super) fn read(global: &Global) -> Result<Read, Stop> {
    read_step_by_step(global, &|_| ())
}

fn read_step_by_step(global: &Global, end_of: &dyn Fn(&'static str)) -> Result<Read, Stop> {
    let options = global.options()?;
    let sources = sources(global)?;
    end_of("read the disk");
    let memo = ManuallyDrop::new(Memo::default());
    let opened = open_step_by_step(&sources, &global.config, options, &memo, end_of);
    Ok((ManuallyDrop::new(sources), ManuallyDrop::new(opened.value), opened.diagnostics))
}

/// Reads the site's folder, and adds the theme that Folio carries with it.
pub(super) fn sources(global: &Global) -> Result<Sources, Stop> {
    let mut sources = disk::read(&global.root, Path::new(&global.config), &global.output())?;
    embedded::civic(&mut sources);
    Ok(sources)
}

/// Builds the site.
pub(crate) fn run(global: &Global, timings: bool) -> Result<(), Stop> {
    let watch = clock::start();
    let output = global.output();
    let timings = timings.then(Timings::start);
    let end_of = |step| timings.iter().for_each(|it| it.end_of(step));
    let (sources, opened, mut found) = read_step_by_step(global, &end_of)?;
    if found.iter().any(|it| global.stops(it)) {
        global.tell(&found, &sources)?;
    }
    let publication = publish::Publication::begin(&global.root, &output)?;
    let faults: Mutex<Vec<Diagnostic>> = Mutex::default();
    let routes = opened.routes();
    let bar = bar(global, routes.len(), 5_000, "files");
    routes.par_iter().progress_with(bar).try_for_each(|route| {
        let start = timings.as_ref().map(|_| clock::start());
        let made = make(&opened, route, &sources);
        let making = start.map(|it| it.elapsed());
        let stops = made.diagnostics.iter().any(|it| global.stops(it));
        if !made.diagnostics.is_empty() {
            faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(made.diagnostics);
        }
        let put = if stops { Ok(()) } else { publication.put(&made.value) };
        if let (Some(timings), Some(start), Some(making)) = (&timings, start, making) {
            timings.page(&made.value, making, start.elapsed() - making);
        }
        put
    })?;
    end_of("make and write pages");
    found.extend(faults.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
    sort(&mut found);
    global.tell(&found, &sources)?;
    let published = publication.commit()?;
    end_of("put all in place");
    let time = watch.elapsed();
    if let Some(line) = list::left_out_line(&opened.site) {
        global.say(&line)?;
    }
    for path in &published.kept {
        global.say(&format!("kept {path}, which was changed by hand since Folio wrote it"))?;
    }
    global.say(&format!(
        "{} in {}: {} files, {} new or changed, {} removed, in {}/",
        documents(&opened.site),
        seconds(time),
        published.total,
        published.written,
        published.removed,
        shown(&output),
    ))?;
    timings.map_or(Ok(()), |it| global.say(it.table().trim_end()))
}

/// Removes what Folio wrote.
pub(crate) fn clean(global: &Global) -> Result<(), Stop> {
    let output = global.output();
    let removed = publish::clean(&global.root, &output)?;
    global.say(&format!("{removed} files removed from {}/", shown(&output)))
}

/// Returns a bar that shows how far it has come, where somebody watches and there is much to do: at least `from`.
pub(super) fn bar(global: &Global, length: usize, from: usize, what: &str) -> ProgressBar {
    if !is_watched(global) || length < from {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {what}"))
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(length as u64).with_style(style);
    bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
    bar
}

pub(super) fn documents(site: &Site) -> String {
    match site.entries.len() {
        1 => "1 document".to_owned(),
        other => format!("{other} documents"),
    }
}

pub(super) fn seconds(time: std::time::Duration) -> String {
    match time.as_millis() {
        it @ 0..1000 => format!("{it} ms"),
        it => format!("{:.1} s", it as f64 / 1000.0),
    }
}
