//! The commands: what each one does with the library and the world.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod list;
pub(crate) mod newsletter;
pub(crate) mod serve;
pub(crate) mod start;
mod timings;
pub(crate) mod urls;

use std::io::{self, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

use folio::edge;
use folio::model::config::{Options, Trace};
use folio::model::diagnostic::{Diagnostic, Severity};
use folio::model::source::Sources;
use folio::report;

use crate::{Deny, Global};

/// Why a command ended before its end.
pub(crate) enum Stop {
    /// There are faults in the content; they were told.
    Faults,
    /// The command was used in a way that it does not understand.
    Usage(String),
    /// The disk, the network.
    World(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::World(error)
    }
}

impl Global {
    /// Returns the folder that the site is written to.
    fn output(&self) -> PathBuf {
        self.output_dir.clone().unwrap_or_else(|| self.root.join("public"))
    }

    /// Returns what the command line and the clock say.
    fn options(&self) -> Result<Options, Stop> {
        let now = edge::clock::now(self.now.as_deref()).map_err(Stop::Usage)?;
        Ok(Options {
            now,
            drafts: self.drafts,
            future: self.future,
            trace: Trace::Off,
            forms: false,
            base_url: self.base_url.clone(),
        })
    }

    /// Tells what was noticed, and stops if that must be. Advice is for `check`, and for programs.
    fn tell(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Result<(), Stop> {
        match self.format() {
            report::Format::Human | report::Format::Github => {
                let is_told = |it: &&Diagnostic| it.severity != Severity::Advice;
                let told: Vec<Diagnostic> = diagnostics.iter().filter(is_told).cloned().collect();
                self.tell_with_advice(&told, sources)
            }
            _ => self.tell_with_advice(diagnostics, sources),
        }
    }

    /// Tells what was noticed on standard error, where standard output is an answer of its own; for people in any case.
    fn tell_beside(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Result<(), Stop> {
        let human = Global { format: Some(crate::Format::Human), ..self.clone() };
        human.tell(diagnostics, sources)
    }

    fn format(&self) -> report::Format {
        self.format.map(Into::into).unwrap_or_else(|| match edge::clock::in_github_actions() {
            true => report::Format::Github,
            false => report::Format::Human,
        })
    }

    /// Tells all that was noticed, and stops if that must be.
    fn tell_with_advice(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Result<(), Stop> {
        let format = self.format();
        if format == report::Format::Github {
            edge::mend::append_to_named("GITHUB_STEP_SUMMARY", &report::summary(diagnostics, sources))?;
        }
        let machine = !matches!(format, report::Format::Human);
        let colour = !machine && anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
        let prefix = if machine { edge::git::prefix(&self.root) } else { String::new() };
        let around = report::Around { sources, rules: folio::rules(), prefix: &prefix, colour };
        let text = report::text(format, diagnostics, &around);
        let told = match machine {
            true => io::stdout().write_all(text.as_bytes()),
            false => anstream::stderr().write_all(text.as_bytes()),
        };
        ignore_closed(told)?;
        match diagnostics.iter().any(|it| self.stops(it)) {
            true => Err(Stop::Faults),
            false => Ok(()),
        }
    }

    /// Returns whether nothing is written because of this.
    fn stops(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity == Severity::Error
            || self.deny == Some(Deny::Warnings) && diagnostic.severity == Severity::Warning
    }

    /// Says something that is not a fault.
    fn say(&self, text: &str) -> Result<(), Stop> {
        match self.quiet {
            true => Ok(()),
            // Machines read the faults from standard output; a word on the side must not stand between.
            false if self.format.is_some_and(|it| !matches!(it, crate::Format::Human)) => {
                Ok(ignore_closed(writeln!(anstream::stderr(), "{text}"))?)
            }
            false => print(&format!("{text}\n")),
        }
    }
}

/// Prints what a command was asked for.
fn print(text: &str) -> Result<(), Stop> {
    Ok(ignore_closed(anstream::stdout().write_all(text.as_bytes()))?)
}

/// Says why the command ends.
pub(crate) fn say_error(text: &str) {
    // Where nobody listens there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "\u{1b}[1;31merror\u{1b}[0m: {text}");
}

/// A reader that has read enough is no fault: `folio list | head`.
fn ignore_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Returns whether somebody watches.
fn is_watched(global: &Global) -> bool {
    !global.quiet && io::stderr().is_terminal()
}

/// Returns the path as people would write it.
fn shown(path: &Path) -> String {
    let plain: PathBuf = path.components().filter(|it| *it != Component::CurDir).collect();
    if plain.as_os_str().is_empty() { ".".to_owned() } else { plain.display().to_string() }
}
