//! Text -> Date, Month: the forms in which people write days.

use std::sync::Arc;

use jiff::civil;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;

use crate::model::value::{Date, Month};

/// What is wrong with a day, and what was meant where that can be known.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrong {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) meant: Option<String>,
}

/// Reads a day, perhaps with a time and a zone: `2024-01-23`, `2024-01-23 09:30`, `2024-01-23T09:30:00.645Z`,
/// `2024-01-23 09:30:00 +0100`. Without a zone it is the site's.
pub(crate) fn date(text: &str, zone: &TimeZone) -> Result<Date, Wrong> {
    let text = text.trim();
    let (day, rest) = text.split_at_checked(10).ok_or_else(|| wrong(text))?;
    if text.len() > LONG {
        return Err(wrong(text));
    }
    let day = day_of(day).map_err(|()| wrong(text))?;
    let day = day.ok_or_else(|| wrong(text))?;
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    if rest.is_empty() {
        let instant = zone.to_zoned(day.into()).map_err(|_| wrong(text))?.timestamp();
        return Ok(Date { day, time: None, instant });
    }
    time(day, rest, zone).ok_or_else(|| wrong_time(day, rest))
}

fn time(day: civil::Date, text: &str, zone: &TimeZone) -> Option<Date> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let end = text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len());
    let (clock, offset) = (text[..end].trim(), text[end..].trim());
    let clock = if clock.len() == 4 && clock.as_bytes()[1] == b':' { format!("0{clock}") } else { clock.to_owned() };
    let time = PARSER.parse_time(clock.as_bytes()).ok()?;
    let moment = day.to_datetime(time);
    let zoned = match offset {
        "" => zone.to_zoned(moment).ok()?,
        "Z" | "z" | "UTC" | "GMT" => TimeZone::UTC.to_zoned(moment).ok()?,
        offset => TimeZone::fixed(offset_of(offset)?).to_zoned(moment).ok()?,
    };
    let here = zoned.timestamp().to_zoned(zone.clone());
    Some(Date { day: here.date(), time: Some(here.time()), instant: zoned.timestamp() })
}

/// Reads `+01:00`, `+0100`, `+01`.
fn offset_of(text: &str) -> Option<jiff::tz::Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    // What stands behind a time need not be an offset: `10:00 – 12:00`.
    let digits: String = text.strip_prefix(['+', '-'])?.chars().filter(|it| *it != ':').collect();
    if !digits.bytes().all(|it| it.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|it| !it.is_empty()).map_or(Some(0), |it| it.parse().ok())?;
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// Reads exactly `YYYY-MM-DD`: `None` where it has another form, an error where there is no such day.
pub(crate) fn day_of(text: &str) -> Result<Option<civil::Date>, ()> {
    let Some((year, month, day)) = numbers(text, '-') else { return Ok(None) };
    if text.len() != 10 || text.as_bytes()[4] != b'-' || text.as_bytes()[7] != b'-' {
        return Ok(None);
    }
    day_in(year, month, day).map(Some).ok_or(())
}

/// Reads a month or a year: `2024-01`, `2024`; of a whole date, its month.
pub(crate) fn month(text: &str) -> Option<Month> {
    let text = text.trim();
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let digits = |from: usize, to: usize| text.get(from..to).is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    let year = part(0, 4).filter(|_| digits(0, 4))?;
    match text.len() {
        4 => Some(Month { year, month: None }),
        7 if digits(5, 7) && text.as_bytes()[4] == b'-' => {
            part(5, 7).filter(|it| (1..=12).contains(it)).map(|it| Month { year, month: Some(it as i8) })
        }
        10 => day_of(text).ok()?.map(|it| Month { year: it.year(), month: Some(it.month()) }),
        _ => None,
    }
}

/// Returns three numbers with `between` between them.
fn numbers(text: &str, between: char) -> Option<(i16, i16, i16)> {
    let mut parts = text.split(between);
    let mut next = || parts.next().filter(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let found = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    parts.next().is_none().then_some(found)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Nobody writes a day, or a time behind it, in more bytes than this: what is longer is some other text.
const LONG: usize = 80;

/// Says what is wrong with a text that is no date, and what was meant.
fn wrong(text: &str) -> Wrong {
    if text.len() > LONG {
        let shown = text.get(..text.floor_char_boundary(LONG)).unwrap_or_default();
        let message = format!("`{shown}…` is not a date in the form 2024-01-23");
        return Wrong { code: "wrong-date", message, meant: None };
    }
    // `14 May 2024, 10am`: a day in words, and a time that must not get lost.
    for (at, _) in text.match_indices([' ', ',', 'T']) {
        let (day, rest) = (text[..at].trim_end_matches([' ', ',']), text[at + 1..].trim_start_matches([' ', ',']));
        if let Some(clock) = clock(rest) {
            let wrong = wrong(day);
            let meant = wrong.meant.map(|it| format!("{it}T{clock}"));
            let message = format!("`{text}` is not a date in the form 2024-01-23T16:30");
            return Wrong { code: wrong.code, message, meant };
        }
    }
    let iso = |it: civil::Date| it.to_string();
    let other =
        |meant| Wrong { code: "wrong-date", message: format!("`{text}` is not a date in the form 2024-01-23"), meant };
    if let Some((year, month, day)) = numbers(text.get(..10).unwrap_or(text), '-').filter(|it| it.0 > 31) {
        return match day_in(year, month, day) {
            Some(date) => other(Some(iso(date))),
            None => impossible(text, year, month, day),
        };
    }
    for between in ['/', '.', '-'] {
        if let Some((first, second, third)) = numbers(text, between) {
            let date = match (first, second) {
                (32.., _) => day_in(first, second, third),
                // 03/04/2024 is two days, depending on who reads it.
                (..=12, ..=12) if first != second => None,
                (_, 13..) => day_in(third, first, second),
                _ => day_in(third, second, first),
            };
            return other(date.filter(|it| it.year() > 999).map(iso));
        }
    }
    other(in_words(text).map(iso))
}

/// Returns the day, where there is one.
fn day_in(year: i16, month: i16, day: i16) -> Option<civil::Date> {
    civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn in_words(text: &str) -> Option<civil::Date> {
    let plain = text.to_lowercase().replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let month = words.iter().find_map(|it| month_named(it))?;
    let number = |it: &&str| it.trim_end_matches(|it: char| it.is_ascii_alphabetic()).parse::<i16>().ok();
    let day = words.iter().filter_map(number).find(|it| *it <= 31)?;
    let year = words.iter().filter_map(number).find(|it| *it > 1000)?;
    day_in(year, month, day)
}

/// Returns the month of an English name in small letters, perhaps cut: `september`, `sept`, `sep.`.
fn month_named(word: &str) -> Option<i16> {
    let word = word.trim_end_matches('.');
    let found = |it: &&str| word.len() >= 3 && it.starts_with(word);
    MONTHS.iter().position(found).map(|it| it as i16 + 1)
}

/// Says what is wrong with the time behind a day that is right, and what was meant: `4pm`, `9.30`, `at 10 am`.
fn wrong_time(day: civil::Date, text: &str) -> Wrong {
    let message = format!("`{text}` is not a time of day, such as `16:30`");
    Wrong { code: "wrong-date", message, meant: clock(text).map(|it| format!("{day}T{it}")) }
}

fn clock(text: &str) -> Option<String> {
    let plain = text.to_lowercase();
    let plain = plain.trim_start_matches("at ").trim();
    let end = plain.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | ':')).unwrap_or(plain.len());
    let (numbers, half) = (&plain[..end], plain[end..].trim());
    let (hour, minute) = numbers.split_once(['.', ':']).unwrap_or((numbers, "00"));
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
    let hour = match half {
        "am" | "a.m." if (1..=12).contains(&hour) => hour % 12,
        "pm" | "p.m." if (1..=12).contains(&hour) => hour % 12 + 12,
        "" if numbers.contains(['.', ':']) => hour,
        _ => return None,
    };
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// Returns the month that was meant by a text that is none: `September 2024`, `09/2024`, `2024-9`, `2022-01-??`.
pub(crate) fn month_meant(text: &str) -> Option<String> {
    let plain = text.trim().to_lowercase();
    let (year, month): (i16, i16) = match plain.split_once([' ', '-', '/', '.']) {
        Some((year, month)) if year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit()) => {
            // A day that is left open, or is there, says nothing about a month.
            let month = month.split_once('-').map_or(month, |it| it.0).trim();
            (year.parse().ok()?, month_named(month).or_else(|| month.parse().ok())?)
        }
        Some((month, year)) => {
            let year = year.trim();
            (year.parse().ok().filter(|_| year.len() == 4)?, month_named(month).or_else(|| month.parse().ok())?)
        }
        None => return None,
    };
    (1..=12).contains(&month).then(|| format!("{year:04}-{month:02}"))
}

/// Returns whether a text says that a day is not known.
pub(crate) fn is_unknown(text: &str) -> bool {
    let plain = text.trim().trim_matches(['?', '.', '-', '–', '…']).to_lowercase();
    let words = ["", "tbc", "tba", "tbd", "n/a", "na", "none", "unknown", "ongoing", "present", "now", "soon"];
    words.contains(&&*plain)
}

fn impossible(text: &str, year: i16, month: i16, day: i16) -> Wrong {
    let meant = if month > 12 { day_in(year, day, month) } else { None };
    let why = match month {
        1..=12 => {
            let last = day_in(year, month, 1).map_or(31, |it| it.days_in_month());
            let name = crate::model::text::capital(MONTHS[month as usize - 1]);
            format!("{name} {year} has {last} days")
        }
        _ => format!("there is no month {month}"),
    };
    let text: Arc<str> = text.into();
    Wrong {
        code: "impossible-date",
        message: format!("there is no day `{text}`: {why}"),
        meant: meant.map(|it| it.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let zone = TimeZone::get("Europe/London").expect("is bundled");
        let shown = match date(text, &zone) {
            Ok(it) => format!("{} {}", it.day, it.instant),
            Err(it) => format!("{}: {:?}", it.code, it.meant),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn forms_of_days() {
        check("2024-01-23", "2024-01-23 2024-01-23T00:00:00Z");
        check("2024-06-23", "2024-06-23 2024-06-22T23:00:00Z");
        check("2024-01-23 9:30", "2024-01-23 2024-01-23T09:30:00Z");
        check("2024-01-23T09:30:00.645Z", "2024-01-23 2024-01-23T09:30:00.645Z");
        check("2024-06-30T23:30:00Z", "2024-07-01 2024-06-30T23:30:00Z");
        check("2024-01-23 09:30:00 +0100", "2024-01-23 2024-01-23T08:30:00Z");
        check("2024-01-23T00:30:00+01:00", "2024-01-22 2024-01-22T23:30:00Z");
    }

    #[test]
    fn what_is_no_day_says_what_was_meant() {
        check("2018-09-31", "impossible-date: None");
        check("2022-16-08", "impossible-date: Some(\"2022-08-16\")");
        check("2024-1-3", "wrong-date: Some(\"2024-01-03\")");
        check("23/01/2024", "wrong-date: Some(\"2024-01-23\")");
        check("03/04/2024", "wrong-date: None");
        check("23 January 2024", "wrong-date: Some(\"2024-01-23\")");
        check("Jan 23rd, 2024", "wrong-date: Some(\"2024-01-23\")");
        check("Summer 2019", "wrong-date: None");
        check("2022-02-??", "wrong-date: None");
        check("?", "wrong-date: None");
        check("éééééé", "wrong-date: None");
        check("2024-01-23T25:00", "wrong-date: None");
        check("2024-01-23 4pm", "wrong-date: Some(\"2024-01-23T16:00\")");
        check("2024-01-23 at 12.30 am", "wrong-date: Some(\"2024-01-23T00:30\")");
        check("2024-01-23 16.00", "wrong-date: Some(\"2024-01-23T16:00\")");
        check("23 January 2024, 10am", "wrong-date: Some(\"2024-01-23T10:00\")");
        check("23/01/2024 10:00", "wrong-date: Some(\"2024-01-23T10:00\")");
        check("23.1.2024", "wrong-date: Some(\"2024-01-23\")");
        check("2024-02-30 10:00", "impossible-date: None");
        check("2024-01-23 7", "wrong-date: None");
        check("2024-01-23 afternoon", "wrong-date: None");
    }

    #[test]
    fn months_and_years() {
        assert_eq!(month("2019-07"), Some(Month { year: 2019, month: Some(7) }));
        assert_eq!(month("2023"), Some(Month { year: 2023, month: None }));
        assert_eq!(month("2023-13"), None);
        assert_eq!(month("2023-02-30"), None);
        assert_eq!(month("July 2019"), None);
    }

    #[test]
    fn what_is_no_month_says_what_was_meant() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(month_meant(text).as_deref(), expected, "{text}");
        check("July 2019", Some("2019-07"));
        check("Sept 2019", Some("2019-09"));
        check("7/2019", Some("2019-07"));
        check("2019-7", Some("2019-07"));
        check("2019/07", Some("2019-07"));
        check("2019-07-??", Some("2019-07"));
        check("2019 July", Some("2019-07"));
        check("2019-13", None);
        check("2019-00", None);
        check("Summer 2019", None);
        check("07/19", None);
        check("a 2019", None);
        check("éé 2019", None);
        check("", None);
    }
}
