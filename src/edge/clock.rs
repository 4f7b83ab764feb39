//! The clock and the environment.
#![expect(clippy::disallowed_methods, reason = "this is where the clock and the environment are asked")]

use std::env;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Returns the moment that counts as now: as said, or SOURCE_DATE_EPOCH (reproducible-builds.org), or that of the clock.
///
/// # Errors
/// Where what was said is no moment.
pub fn now(said: Option<&str>) -> Result<Timestamp, String> {
    if let Some(said) = said {
        let day = said.parse::<Date>().ok().filter(|_| said.len() == 10);
        let moment = match day {
            Some(day) => TimeZone::UTC.to_zoned(day.at(0, 0, 0, 0)).map(|it| it.timestamp()).ok(),
            None => said.parse::<Timestamp>().ok(),
        };
        return moment.ok_or_else(|| format!("`{said}` is not a time; write 2024-01-23 or 2024-01-23T09:00:00Z"));
    }
    match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .trim()
            .parse()
            .ok()
            .and_then(|it| Timestamp::from_second(it).ok())
            .ok_or_else(|| format!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds")),
        Err(_) => Ok(Timestamp::now()),
    }
}

/// Returns whether GitHub Actions runs the program.
pub fn in_github_actions() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|it| it == "true")
}

/// Starts a stopwatch.
pub fn start() -> Instant {
    Instant::now()
}
