//! `folio init`, `folio new`, `folio reference`, `folio completions`.

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use folio::describe;
use folio::edge::{disk, scaffold};
use folio::model::config::Config;
use folio::model::diagnostic::near_miss;
use folio::model::kind::{Kind, Required};

use super::{Stop, print, shown};
use crate::{Cli, Global};

/// Starts a site.
pub(crate) fn init(global: &Global, dir: &Path) -> Result<(), Stop> {
    let written = scaffold::init(dir)?;
    let there = shown(dir);
    global.say(&format!(
        "{written} files written to {there}/\n\nNext:\n  cd {there}\n  folio build\n  folio new post \"Our first post\""
    ))
}

/// Starts a document.
pub(crate) fn new(global: &Global, name: &str, title: &str) -> Result<(), Stop> {
    let config = settings(global)?;
    let Some(kind) = config.kinds.get(name) else {
        let names = || config.kinds.all.iter().map(|it| &*it.name);
        let near = near_miss(name, names()).map_or_else(
            || format!("one of {}", names().collect::<Vec<_>>().join(", ")),
            |it| format!("did you mean `{it}`?"),
        );
        return Err(Stop::Usage(format!("there is no kind `{name}`: {near}")));
    };
    if title.trim().is_empty() {
        return Err(Stop::Usage("the title is empty".to_owned()));
    }
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    let path = path_of(kind, title, &today.to_string());
    scaffold::new_file(&global.root, &path, &describe::draft(kind, title, &today.to_string()))?;
    global.say(&format!("{} is ready to be written", shown(&global.root.join(&path))))
}

/// A file's name takes at most so many letters of the title; a disk takes 255 bytes, and people read fewer.
const NAME: usize = 80;

/// Returns the file: `content/posts/2024-01-23-title.md`, without the day for kinds that need none.
pub(super) fn path_of(kind: &Kind, title: &str, today: &str) -> PathBuf {
    let slug = folio::model::slug::slug(title);
    // A slug is ASCII; it is cut between two words where it has some.
    let slug = match slug.get(..NAME).filter(|it| it.len() < slug.len()) {
        Some(start) => start.rsplit_once('-').map_or(start, |it| it.0),
        None => &slug,
    };
    let dated = kind.group.field("date").is_some_and(|it| it.required == Required::Always);
    let name = if dated { format!("{today}-{slug}.md") } else { format!("{slug}.md") };
    let folder = Path::new("content");
    kind.folder.as_deref().map_or_else(|| folder.join(&name), |it| folder.join(it).join(&name))
}

/// Prints the front matter reference.
pub(crate) fn reference(global: &Global) -> Result<(), Stop> {
    print(&describe::reference(&settings(global)?.kinds))
}

/// Prints completions.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<(), Stop> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "folio", &mut text);
    print(&String::from_utf8_lossy(&text))
}

fn settings(global: &Global) -> Result<Config, Stop> {
    let source = disk::settings_only(&global.root, Path::new(&global.config))?;
    let read = folio::settings(&source, global.options()?);
    let mut sources = folio::model::source::Sources::default();
    sources.add(source);
    global.tell(&read.diagnostics, &sources)?;
    Ok(read.value)
}
