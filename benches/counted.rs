//! Counts the instructions of builds, and fails where one takes more than `accepted.toml` says: see README.md beside it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]
#![expect(clippy::disallowed_methods, reason = "it lays out a site on the disk, for the real program")]

mod corpus;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs, io};

/// What is counted, in this order: each builds the same site into the same folder.
const BUILDS: [&str; 2] = ["first-build", "second-build-nothing-changed"];
const DOCUMENTS: usize = 500;
/// How many per cent a figure may be above the accepted one; as far below, it is to be lowered.
const MARGIN: f64 = 10.0;

const ACCEPTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/accepted.toml");
const ACCEPT: &str = "cargo bench --locked --bench counted -- --accept";

/// Millions of instructions, by what was counted.
type Figures = BTreeMap<String, u64>;

fn main() -> ExitCode {
    let accept = env::args().any(|it| it == "--accept");
    let done = count().and_then(|figures| if accept { write(figures) } else { compare(&figures) });
    done.map_or_else(
        |fault| {
            eprintln!("counted: {fault}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn count() -> Result<Figures, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    for (path, text) in corpus::files(DOCUMENTS) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder"))?;
        fs::write(path, text)?;
    }
    BUILDS.iter().map(|name| Ok(((*name).to_owned(), instructions(folder.path())?))).collect()
}

/// Builds the site under valgrind, and returns the millions of instructions that it took.
///
/// What makes counts differ is kept out: threads, the clock, the environment, and the folder's name.
fn instructions(folder: &Path) -> Result<u64, Box<dyn Error>> {
    let ran = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=counts", env!("CARGO_BIN_EXE_folio")])
        .args(["build", "--quiet", "--deny", "warnings", "--now", &corpus::TODAY.to_string()])
        .current_dir(folder)
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "valgrind counts the instructions, and is not here; install it".to_owned(),
            _ => format!("valgrind does not start: {error}"),
        })?;
    if !ran.status.success() {
        return Err(format!("the build failed, {}:\n{}", ran.status, String::from_utf8_lossy(&ran.stderr)).into());
    }
    let counts = fs::read_to_string(folder.join("counts"))?;
    let summary = counts.lines().find_map(|it| it.strip_prefix("summary: ")).ok_or("valgrind gave no summary")?;
    Ok(summary.trim().parse::<u64>()? / 1_000_000)
}

fn accepted() -> Result<BTreeMap<String, Figures>, Box<dyn Error>> {
    Ok(toml::from_str(&fs::read_to_string(ACCEPTED)?)?)
}

/// Prints each figure beside the accepted one. A processor without accepted figures only prints its own.
///
/// # Errors
/// If a figure is too high.
fn compare(figures: &Figures) -> Result<(), Box<dyn Error>> {
    let accepted = accepted()?.remove(env::consts::ARCH).unwrap_or_default();
    let mut faults = String::new();
    for (name, &counted) in figures {
        let Some(&accepted) = accepted.get(name) else {
            println!("{name}: {counted} million instructions; no figure is accepted on {}", env::consts::ARCH);
            continue;
        };
        let more = (counted as f64 / accepted as f64 - 1.0) * 100.0;
        let line = format!("{name}: {counted} million instructions, {accepted} are accepted: {more:+.1} %");
        println!("{line}");
        if more > MARGIN {
            faults += &format!("{line}, and {MARGIN} % are allowed\n");
        } else if more < -MARGIN {
            println!("  That is a gain. Keep it: lower the figure with `{ACCEPT}`.");
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!(
        "a build costs too much:\n{faults}\
        Make it cheaper; benches/README.md says how to see where the instructions go. Or, if it is worth that much,\n\
        change the figure with `{ACCEPT}`, and say why in the commit."
    )
    .into())
}

/// Writes the figures into the file of accepted ones; those of other processors stay.
fn write(figures: Figures) -> Result<(), Box<dyn Error>> {
    let mut all = accepted()?;
    all.insert(env::consts::ARCH.to_owned(), figures);
    let mut text = format!(
        "# Millions of instructions that are accepted, by processor: {DOCUMENTS} documents. A figure more than {MARGIN} % above fails the\n\
        # tests. Changed on purpose alone, with a commit that says why: {ACCEPT}\n"
    );
    for (processor, figures) in all {
        text += &format!("\n[{processor}]\n");
        figures.iter().for_each(|(name, figure)| text += &format!("{name} = {figure}\n"));
    }
    println!("{text}");
    Ok(fs::write(ACCEPTED, text)?)
}
