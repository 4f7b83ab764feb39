//! The program: arguments -> a command.

mod command;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use folio::report;

/// Makes a website for open publishing from a folder of Markdown.
#[derive(Parser)]
#[command(name = "folio", version, about, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 all is well, 1 there are faults in the content, 2 wrong use, 3 disk or network."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// What every command understands.
#[derive(Args, Clone)]
struct Global {
    /// The site's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The settings, in the site's folder
    #[arg(short, long, global = true, value_name = "FILE", default_value = "site.toml")]
    config: String,
    /// Where the site is written to [default: public, in the site's folder]
    #[arg(short, long, global = true, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// The address of the site, instead of the one in its settings
    #[arg(short = 'u', long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// Include drafts
    #[arg(short = 'D', long, global = true)]
    drafts: bool,
    /// Include what is dated in the future
    #[arg(short = 'F', long, global = true)]
    future: bool,
    /// The moment that counts as now: 2024-01-23 or 2024-01-23T09:00:00Z [default: SOURCE_DATE_EPOCH, or the clock]
    #[arg(long, global = true, value_name = "TIME")]
    now: Option<String>,
    /// How faults are told [default: human; github under GitHub Actions]
    #[arg(long, global = true, value_name = "FORMAT")]
    format: Option<Format>,
    /// Treat warnings as errors
    #[arg(long, global = true, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Say nothing but faults
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Github,
    Sarif,
}

impl From<Format> for report::Format {
    fn from(format: Format) -> report::Format {
        match format {
            Format::Human => report::Format::Human,
            Format::Json => report::Format::Json,
            Format::Github => report::Format::Github,
            Format::Sarif => report::Format::Sarif,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    Warnings,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site
    Build {
        /// Tell where the time went, the slowest templates and pages first
        #[arg(long)]
        timings: bool,
    },
    /// Show the site at this machine, and keep it as its source is
    Serve(command::serve::Arguments),
    /// Check everything, and write nothing
    Check(command::check::Arguments),
    /// List what is published, and what is left out and why
    List {
        /// Only what is left out
        #[arg(long)]
        left_out: bool,
        /// Only when the next page appears, expires or goes, so that a machine can build then
        #[arg(long, conflicts_with = "left_out")]
        next: bool,
    },
    /// Start a new site in a folder
    Init {
        /// The folder; it is made if it is not there
        dir: PathBuf,
    },
    /// Start a new document
    New {
        /// Its kind: post, evaluation, project, newsletter, person, organisation, event, page
        kind: String,
        /// Its title
        title: String,
    },
    /// Make the forms of an issue of the newsletter, or start the next issue
    Newsletter(command::newsletter::Arguments),
    /// Print the addresses of the pages, or remember that they were published
    Urls {
        /// Add them to urls.lock, so that one which vanishes is told
        #[arg(long)]
        lock: bool,
    },
    /// Remove what Folio wrote
    Clean,
    /// Explain a rule: what it tells, why, who says so, and how to mend it
    Explain {
        /// Its name, as it stands in brackets when a fault is told; without it, the manual's chapter on all of them
        code: Option<String>,
    },
    /// Print the front matter reference, made from the kinds of the site
    Reference,
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Build { timings } => command::build::run(&cli.global, timings),
        Command::Serve(arguments) => command::serve::run(&cli.global, &arguments),
        Command::Check(arguments) => command::check::run(&cli.global, &arguments),
        Command::List { left_out: true, .. } => command::list::left_out(&cli.global),
        Command::List { next: true, .. } => command::list::next(&cli.global),
        Command::List { .. } => command::list::all(&cli.global),
        Command::Init { dir } => command::start::init(&cli.global, &dir),
        Command::New { kind, title } => command::start::new(&cli.global, &kind, &title),
        Command::Newsletter(arguments) => command::newsletter::run(&cli.global, &arguments),
        Command::Urls { lock } => command::urls::run(&cli.global, lock),
        Command::Clean => command::build::clean(&cli.global),
        Command::Explain { code } => command::explain::run(code.as_deref()),
        Command::Reference => command::start::reference(&cli.global),
        Command::Completions { shell } => command::start::completions(shell),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(command::Stop::Faults) => ExitCode::from(1),
        Err(command::Stop::Usage(text)) => {
            command::say_error(&text);
            ExitCode::from(2)
        }
        Err(command::Stop::World(error)) => {
            command::say_error(&error.to_string());
            ExitCode::from(3)
        }
    }
}
