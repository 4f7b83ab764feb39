//! `folio newsletter`: makes the forms of an issue, or starts the next one. It never sends anything.

mod draft;
mod forms;

use std::sync::Arc;

use folio::model::config::{Options, Trace};
use folio::model::issue::Issue;
use folio::model::kind::Kind;
use folio::model::site::Site;
use folio::{Memo, open};

use super::{Stop, build};
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

/// Makes the forms of an issue, or starts the next one.
pub(crate) fn run(global: &Global, arguments: &Arguments) -> Result<(), Stop> {
    // An issue is made before it is published, so drafts and what is still to come count.
    let options = Options { drafts: true, future: true, forms: true, trace: Trace::All, ..global.options()? };
    let sources = build::sources(global)?;
    let opened = open(&sources, &global.config, options, &Memo::default());
    let (opened, found) = (opened.value, opened.diagnostics);
    let kind = kind(&opened.site, arguments.kind.as_deref())?;
    match arguments.draft {
        true => draft::draft(global, &opened, &kind, &sources, &found),
        false => forms::forms(global, arguments, &opened, &kind, &sources, &found),
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
