//! Where the time of a build went.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use folio::edge::clock;
use folio::model::page::Output;

/// So many pages are listed.
const PAGES: usize = 10;

/// Stopwatches for the steps of a build and for its pages.
pub(super) struct Timings {
    steps: Mutex<(Instant, Vec<(&'static str, Duration)>)>,
    pages: Mutex<Vec<Timed>>,
}

/// How long a page took.
struct Timed {
    address: String,
    /// What made it: a template, or the sort of file that it is.
    by: String,
    making: Duration,
    writing: Duration,
}

/// How long the pages of one template took.
#[derive(Default)]
struct Sum {
    count: u32,
    total: Duration,
    longest: Duration,
}

impl Timings {
    /// Starts.
    pub(super) fn start() -> Timings {
        Timings { steps: Mutex::new((clock::start(), Vec::new())), pages: Mutex::default() }
    }

    /// Notes the end of a step, and begins the next.
    pub(super) fn end_of(&self, step: &'static str) {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let time = steps.0.elapsed();
        steps.0 = clock::start();
        steps.1.push((step, time));
    }

    /// Notes how long a page took to be made and to be written.
    pub(super) fn page(&self, output: &Output, making: Duration, writing: Duration) {
        let address = output.route.to_string();
        let by = output.template.as_deref().map_or_else(|| ending(&address), str::to_owned);
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).push(Timed { address, by, making, writing });
    }

    /// Returns all of it in tables, the slowest first.
    pub(super) fn table(self) -> String {
        let (_, steps) = self.steps.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut pages = self.pages.into_inner().unwrap_or_else(PoisonError::into_inner);
        pages.sort_by(|one, other| other.making.cmp(&one.making).then_with(|| one.address.cmp(&other.address)));
        let mut text = String::from("Step                       Time\n");
        for (step, time) in &steps {
            line(&mut text, format_args!("{step:<22}{:>9}", shown(*time)));
        }
        let (making, writing): (Duration, Duration) =
            (pages.iter().map(|it| it.making).sum(), pages.iter().map(|it| it.writing).sum());
        let all = format!("Of all threads together: making {}, writing {}", shown(making), shown(writing));
        line(&mut text, format_args!("{all}\n\nTemplate                  Pages    Total     Each  Longest"));
        for (by, sum) in sums(&pages) {
            let (total, each, longest) = (shown(sum.total), shown(sum.total / sum.count), shown(sum.longest));
            line(&mut text, format_args!("{by:<24}{:>7}{total:>9}{each:>9}{longest:>9}", sum.count));
        }
        line(&mut text, format_args!("\nSlowest page               Time"));
        for page in pages.iter().take(PAGES) {
            line(&mut text, format_args!("{:<22}{:>9}  {}", page.by, shown(page.making), page.address));
        }
        text
    }
}

/// Returns the templates with their sums, the slowest first.
fn sums(pages: &[Timed]) -> Vec<(&str, Sum)> {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for page in pages {
        let sum = sums.entry(&page.by).or_default();
        sum.count += 1;
        sum.total += page.making;
        sum.longest = sum.longest.max(page.making);
    }
    let mut sums: Vec<(&str, Sum)> = sums.into_iter().collect();
    sums.sort_by_key(|it| std::cmp::Reverse(it.1.total));
    sums
}

/// Returns what stands for a file that no template made: `(xml)`.
fn ending(address: &str) -> String {
    let name = address.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or_else(|| "(other)".to_owned(), |(_, ending)| format!("({ending})"))
}

fn shown(time: Duration) -> String {
    match time.as_micros() {
        it @ 0..10_000 => format!("{:.2} ms", it as f64 / 1e3),
        it => format!("{} ms", it / 1000),
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing into a text never fails");
}
