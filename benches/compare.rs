//! Builds the same site with Folio and with Hugo, and tells how long each took: see README.md beside it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]
#![expect(clippy::disallowed_methods, reason = "it lays out sites on the disk, for the real programs")]

mod corpus;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use walkdir::WalkDir;

const RUNS: usize = 3;
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches");

/// What is compared, and where its templates want what both show.
struct Tool {
    name: &'static str,
    program: OsString,
    arguments: &'static [&'static str],
    site: &'static str,
    parts: &'static str,
}

fn main() -> ExitCode {
    compare().map_or_else(
        |error| {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn compare() -> io::Result<()> {
    let documents = env::args().find_map(|it| it.parse().ok()).unwrap_or(1_000);
    let tools = [
        Tool {
            name: "folio",
            program: env!("CARGO_BIN_EXE_folio").into(),
            arguments: &["build", "--quiet", "--output-dir"],
            site: "site",
            parts: "templates/shared",
        },
        Tool {
            name: "hugo",
            program: env::var_os("HUGO").unwrap_or_else(|| "hugo".into()),
            arguments: &["--destination"],
            site: "hugo",
            parts: "layouts/_partials",
        },
    ];
    let folder = tempfile::tempdir()?;
    println!("{documents} documents: the middle one of {RUNS} runs after one that is not counted, in seconds");
    println!("{:8} {:>8} {:>8} {:>8} {:>9} {:>8} {:>12}", "", "wall", "least", "most", "peak MB", "files", "bytes");
    for tool in &tools {
        let site = folder.path().join(tool.name);
        tool.lay_out(&site, documents)?;
        let mut runs = (0..=RUNS).map(|run| tool.build(&site, run)).collect::<io::Result<Vec<_>>>()?.split_off(1);
        runs.sort();
        let seconds = |run: usize| runs[run].0.as_secs_f64();
        let (wall, least, most) = (seconds(RUNS / 2), seconds(0), seconds(RUNS - 1));
        let peak = runs.iter().map(|it| it.1).max().unwrap_or_default() / 1024;
        let (files, bytes) = written(&site.join("out-0"))?;
        println!("{:8} {wall:8.2} {least:8.2} {most:8.2} {peak:9} {files:8} {bytes:12}", tool.name);
    }
    if env::args().any(|it| it == "--keep") {
        println!("What was built is in {}.", folder.keep().display());
    }
    Ok(())
}

impl Tool {
    fn lay_out(&self, site: &Path, documents: usize) -> io::Result<()> {
        let here = PathBuf::from(HERE);
        copy(&here.join(self.site), site)?;
        for (name, folder) in [("nav.html", self.parts), ("footer.html", self.parts), ("style.css", "static")] {
            fs::create_dir_all(site.join(folder))?;
            fs::copy(here.join("shared").join(name), site.join(folder).join(name))?;
        }
        for (path, text) in corpus::plain(documents) {
            let path = site.join(path);
            fs::create_dir_all(path.parent().expect("it is in the folder"))?;
            fs::write(path, text)?;
        }
        Ok(())
    }

    /// Builds the site into a new folder. Returns the time of the whole process, and the most memory that it held, in KB.
    fn build(&self, site: &Path, run: usize) -> io::Result<(Duration, u64)> {
        let start = Instant::now();
        let mut child = Command::new(&self.program)
            .args(self.arguments)
            .arg(format!("out-{run}"))
            .current_dir(site)
            .env("HUGO_CACHEDIR", site.join("cache"))
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| {
                io::Error::new(
                    error.kind(),
                    format!("{} does not start, at `{}`: {error}", self.name, self.program.display()),
                )
            })?;
        let mut peak = 0;
        let status = loop {
            peak = peak.max(memory(child.id()));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            thread::sleep(Duration::from_millis(2));
        };
        let time = start.elapsed();
        if !status.success() {
            return Err(io::Error::other(format!("{} failed: {status}", self.name)));
        }
        if run > 0 {
            fs::remove_dir_all(site.join(format!("out-{run}")))?;
        }
        Ok((time, peak))
    }
}

/// Returns the most memory that a process has held so far, in KB, where the system is Linux.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim_matches(|it: char| !it.is_ascii_digit()).parse().unwrap_or_default()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let to = to.join(entry.path().strip_prefix(from).expect("it is in the folder"));
        if entry.file_type().is_dir() { fs::create_dir_all(to)? } else { fs::copy(entry.path(), to).map(|_| ())? }
    }
    Ok(())
}

/// Returns how many files are in a folder, and their bytes.
fn written(folder: &Path) -> io::Result<(usize, u64)> {
    let mut sum = (0, 0);
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            sum = (sum.0 + 1, sum.1 + entry.metadata()?.len());
        }
    }
    Ok(sum)
}
