//! Text -> Date, Month: the forms in which people write days.

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
    /// What to do, where more can be said than in general.
    pub(crate) help: Option<String>,
}

impl Wrong {
    fn new(code: &'static str, message: String, meant: Option<String>) -> Wrong {
        Wrong { code, message, meant, help: None }
    }
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
    if let Some(wrong) = two_times(day, rest).filter(|_| text.as_bytes().get(10) == Some(&b' ')) {
        return Err(wrong);
    }
    time(day, rest, zone).ok_or_else(|| wrong_time(day, rest))
}

/// Says so where `09:00-10:00` may be two times, or a time and its distance from UTC.
fn two_times(day: civil::Date, text: &str) -> Option<Wrong> {
    let (start, end) = text.split_once('-').filter(|it| !it.0.ends_with(' ') && !it.1.starts_with(' '))?;
    let (first, last) = (clock(start)?, clock(end)?);
    let is_short = |it: &str| it.matches(':').count() == 1;
    (first < last && is_short(start) && is_short(end)).then(|| {
        let help = format!(
            "write `{day}T{first}` here, and `{day}T{last}` in a line `end:` where there is one; or \
             `{day}T{first}-{last}` if it is {last} behind UTC"
        );
        Wrong { help: Some(help), ..Wrong::new("wrong-date", format!("`{text}` may be two times of day"), None) }
    })
}

fn time(day: civil::Date, text: &str, zone: &TimeZone) -> Option<Date> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let end = text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len());
    let (clock, offset) = (text[..end].trim(), text[end..].trim());
    // `9:30` and `9:30:18`.
    let clock = if clock.as_bytes().get(1) == Some(&b':') { format!("0{clock}") } else { clock.to_owned() };
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
    let hours: i32 = digits.get(..2)?.parse().ok()?;
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
        return Wrong::new("wrong-date", format!("`{shown}…` is not a date in the form 2024-01-23"), None);
    }
    if let Some(wrong) = range(text) {
        return wrong;
    }
    wrong_moment(text)
}

fn wrong_moment(text: &str) -> Wrong {
    // `14 May 2024, 10am`: a day in words, and a time that must not get lost.
    for (at, _) in text.match_indices([' ', ',', 'T']) {
        let (Some(day), Some(rest)) = (text.get(..at), text.get(at + 1..)) else { continue };
        let (day, rest) = (day.trim_end_matches([' ', ',']), rest.trim_start_matches([' ', ',']));
        if let Some(clock) = clock(rest) {
            let wrong = wrong_day(day);
            let meant = wrong.meant.map(|it| format!("{it}T{clock}"));
            let message = format!("`{text}` is not a date in the form 2024-01-23T16:30");
            return Wrong { help: wrong.help, ..Wrong::new(wrong.code, message, meant) };
        }
    }
    wrong_day(text)
}

fn wrong_day(text: &str) -> Wrong {
    let other = |meant| Wrong::new("wrong-date", format!("`{text}` is not a date in the form 2024-01-23"), meant);
    if let Some((year, month, day)) = numbers(text.get(..10).unwrap_or(text), '-').filter(|it| it.0 > 31) {
        return match day_in(year, month, day) {
            Some(date) => other(Some(date.to_string())),
            None => impossible(text, year, month, day),
        };
    }
    for between in ['/', '.', '-'] {
        if let Some(numbers) = numbers(text, between) {
            return in_numbers(text, numbers, between);
        }
    }
    if text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit()) {
        return Wrong { help: compact(text), ..other(None) };
    }
    let (date, help) = in_words(text);
    Wrong { help, ..other(date.map(|it| it.to_string())) }
}

/// Says what is meant by three numbers, where the year is not written first with hyphens.
fn in_numbers(text: &str, (first, second, third): (i16, i16, i16), between: char) -> Wrong {
    let is_year = |it: civil::Date| it.year() > 999;
    let message = format!("`{text}` is not a date in the form 2024-01-23");
    let day_first = || day_in(third, second, first).filter(|it| is_year(*it));
    // Americans write the month first, but never with full stops.
    let month_first = || day_in(third, first, second).filter(|it| is_year(*it) && between != '.');
    let (meant, help) = match (first, second) {
        (32.., _) => (day_in(first, second, third), None),
        _ => match (day_first(), month_first()) {
            (Some(one), Some(other)) if one != other => (
                None,
                Some(format!("write `{one}` or `{other}`: the month stands second or first, depending on the country")),
            ),
            (one, other) => (one.or(other), None),
        },
    };
    Wrong { help, ..Wrong::new("wrong-date", message, meant.map(|it| it.to_string())) }
}

/// Says what eight digits may mean: `20240123`, `23012024`.
fn compact(text: &str) -> Option<String> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let year = |it: &civil::Date| (1900..2200).contains(&it.year());
    let first = day_in(part(0, 4)?, part(4, 6)?, part(6, 8)?).filter(year);
    let last = day_in(part(4, 8)?, part(2, 4)?, part(0, 2)?).filter(year);
    let all: Vec<String> = [first, last].into_iter().flatten().map(|it| format!("`{it}`")).collect();
    (!all.is_empty()).then(|| format!("write {} if that is meant", all.join(" or ")))
}

/// Says what to do with two days, or two times of a day, where one is wanted: `2024-03-05 10:00 – 12:00`.
fn range(text: &str) -> Option<Wrong> {
    let (start, end) = ['–', '—', '−'].into_iter().find_map(|it| text.split_once(it)).or_else(|| {
        // A hyphen parts the numbers of a day, too.
        text.split_once(" - ").or_else(|| text.split_once(" to ")).or_else(|| text.split_once(" until "))
    })?;
    let (start, end) = (start.trim(), end.trim());
    let message = format!("`{text}` is not one day or one moment");
    let first = moment(start);
    let last = match (&first, clock(end)) {
        (Some(first), Some(clock)) => first.get(..10).map(|it| format!("{it}T{clock}")),
        _ => moment(end),
    };
    let help = match (first, last) {
        (Some(first), Some(last)) => format!("write `{first}` here, and `{last}` in a line `end:` where there is one"),
        _ => {
            "write the beginning here, as 2024-01-23T10:00, and the rest in a line `end:` where there is one".to_owned()
        }
    };
    Some(Wrong { help: Some(help), ..Wrong::new("wrong-date", message, None) })
}

/// Returns a day, perhaps with a time, in the form that it should have.
fn moment(text: &str) -> Option<String> {
    let (day, rest) = match text.split_once([' ', 'T']).filter(|_| text.starts_with(|it: char| it.is_ascii_digit())) {
        Some((day, rest)) if day_of(day).is_ok_and(|it| it.is_some()) => (day, rest),
        _ => match day_of(text) {
            Ok(Some(day)) => return Some(day.to_string()),
            _ => return wrong_moment(text).meant,
        },
    };
    clock(rest).map(|it| format!("{day}T{it}"))
}

/// Returns the day, where there is one.
fn day_in(year: i16, month: i16, day: i16) -> Option<civil::Date> {
    civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Reads a day in English words, if there is nothing else: `23 January 2024`, `Tuesday, Jan 23rd, 2024`. The help says where
/// the day of the week is another.
fn in_words(text: &str) -> (Option<civil::Date>, Option<String>) {
    let plain = text.to_lowercase().replace(',', " ");
    let (mut month, mut day, mut year, mut weekday) = (None, None, None, None);
    for word in plain.split_whitespace().filter(|it| !matches!(*it, "the" | "of" | "on")) {
        let number = || {
            ["st", "nd", "rd", "th"]
                .into_iter()
                .find_map(|it| word.strip_suffix(it))
                .unwrap_or(word)
                .parse::<i16>()
                .ok()
        };
        let is_new = match (month_named(word), weekday_named(word), number()) {
            (Some(it), ..) => month.replace(it).is_none(),
            (_, Some(it), _) => weekday.replace(it).is_none(),
            (.., Some(it @ 1..=31)) => day.replace(it).is_none(),
            (.., Some(it @ 1001..)) => year.replace(it).is_none(),
            _ => false,
        };
        // A second day, or a word that says something else.
        if !is_new {
            return (None, None);
        }
    }
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return (None, None) };
    let Some(date) = day_in(year, month, day) else { return (None, None) };
    match weekday.filter(|it| *it != date.weekday()) {
        Some(said) => {
            let name = |it: civil::Weekday| WEEKDAYS[usize::from(it.to_monday_zero_offset().unsigned_abs())];
            (
                None,
                Some(format!(
                    "`{date}` is not a {}, but a {}: write the day that is meant",
                    name(said),
                    name(date.weekday())
                )),
            )
        }
        None => (Some(date), None),
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Returns the day of the week of an English name in small letters, perhaps cut: `tuesday`, `tues.`.
fn weekday_named(word: &str) -> Option<civil::Weekday> {
    let word = word.trim_end_matches('.');
    let found = |it: &&str| word.len() >= 3 && it.to_lowercase().starts_with(word);
    let at = WEEKDAYS.iter().position(found)?;
    civil::Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// Returns the month of an English name in small letters, perhaps cut: `september`, `sept`, `sep.`.
fn month_named(word: &str) -> Option<i16> {
    let word = word.trim_end_matches('.');
    let found = |it: &&str| word.len() >= 3 && it.starts_with(word);
    MONTHS.iter().position(found).map(|it| it as i16 + 1)
}

/// Says what is wrong with the time behind a day that is right, and what was meant: `4pm`, `9.30`, `at 10 am`.
fn wrong_time(day: civil::Date, text: &str) -> Wrong {
    if let Some(wrong) = range(&format!("{day} {text}")) {
        return wrong;
    }
    let message = format!("`{text}` is not a time of day, such as `16:30`");
    let meant = clock(text).map(|it| format!("{day}T{it}"));
    let next = || day.tomorrow().map_or_else(|_| String::new(), |it| format!(": write `{it}T00:00`"));
    let zone =
        text.rsplit_once(' ').filter(|(_, zone)| zone.len() > 1 && zone.bytes().all(|it| it.is_ascii_uppercase()));
    let help = match zone {
        _ if text.starts_with("24:00") => Some(format!("the end of a day is the beginning of the next{}", next())),
        Some((_, zone)) => Some(format!(
            "write hours from UTC for `{zone}`, such as `{day}T16:30+01:00`, or leave it out if it is the zone of the site"
        )),
        None => Some(format!("write hours and minutes after the day: `{day}T16:30`")),
    };
    Wrong { help, ..Wrong::new("wrong-date", message, meant) }
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
    // Whether the two were swapped or one was mistyped, nobody can say.
    let swapped = if month > 12 { day_in(year, day, month) } else { None };
    let why = match MONTHS.get(usize::from(month.unsigned_abs()).wrapping_sub(1)) {
        Some(name) => {
            let last = day_in(year, month, 1).map_or(31, |it| it.days_in_month());
            format!("{} {year} has {last} days", crate::model::text::capital(name))
        }
        None => format!("there is no month {month}"),
    };
    let help = swapped.map(|it| format!("write `{it}` if day and month were swapped, or the month that was meant"));
    Wrong { help, ..Wrong::new("impossible-date", format!("there is no day `{text}`: {why}"), None) }
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
        check("2022-16-08", "impossible-date: None");
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
    fn hours_of_one_digit() {
        check("2013-04-04 9:30:18 -0400", "2013-04-04 2013-04-04T13:30:18Z");
        check("2015-12-01 1:21:33 -0400", "2015-12-01 2015-12-01T05:21:33Z");
        check("2015-12-01T7:05:09Z", "2015-12-01 2015-12-01T07:05:09Z");
        check("2024-01-23 9:30:18", "2024-01-23 2024-01-23T09:30:18Z");
        check("2024-01-23 1:2:3", "wrong-date: None");
    }

    fn help(text: &str, expected: &str) {
        let wrong = date(text, &TimeZone::UTC).expect_err("is wrong");
        assert_eq!((wrong.meant, wrong.help.as_deref()), (None, Some(expected)), "{text}");
    }

    #[test]
    fn two_readings_are_shown() {
        let swapped = |it: &str| format!("write `{it}` if day and month were swapped, or the month that was meant");
        help("2021-14-05", &swapped("2021-05-14"));
        help("2022-16-08", &swapped("2022-08-16"));
        let either = "the month stands second or first, depending on the country";
        help("03/04/2024", &format!("write `2024-04-03` or `2024-03-04`: {either}"));
        help("3-4-2024", &format!("write `2024-04-03` or `2024-03-04`: {either}"));
        help("20240123", "write `2024-01-23` if that is meant");
        help("10122024", "write `2024-12-10` if that is meant");
        help("2024-07-01 24:00", "the end of a day is the beginning of the next: write `2024-07-02T00:00`");
        help("Monday 23 January 2024", "`2024-01-23` is not a Monday, but a Tuesday: write the day that is meant");
        let zone = "write hours from UTC for `EST`, such as `2024-01-23T16:30+01:00`, or leave it out if it is the zone of the site";
        help("2024-01-23 09:30 EST", zone);
    }

    #[test]
    fn two_moments_are_told() {
        let both = "write `2024-03-05T10:00` here, and `2024-03-05T12:00` in a line `end:` where there is one";
        help("2024-03-05 10:00 – 12:00", both);
        help("2024-03-05 10:00 - 12:00", both);
        help("2024-03-05 10:00–12:00", both);
        help("2024-03-05 10am to 12pm", both);
        help("5 March 2024, 10:00 – 12:00", both);
        help("2024-03-05 10:00-12:00", &format!("{both}; or `2024-03-05T10:00-12:00` if it is 12:00 behind UTC"));
        help(
            "2024-03-05 – 2024-03-07",
            "write `2024-03-05` here, and `2024-03-07` in a line `end:` where there is one",
        );
        help(
            "3 May 2024 – 5 May 2024",
            "write `2024-05-03` here, and `2024-05-05` in a line `end:` where there is one",
        );
        let general = "write the beginning here, as 2024-01-23T10:00, and the rest in a line `end:` where there is one";
        help("2024-03-05 10 – 12", general);
        help("5–7 March 2024", general);
        check("2024-03-05T10:00-05:00", "2024-03-05 2024-03-05T15:00:00Z");
        check("2024-03-05 10:00-05:00", "2024-03-05 2024-03-05T15:00:00Z");
    }

    #[test]
    fn days_in_words_are_days_alone() {
        check("February 9, 2022", "wrong-date: Some(\"2022-02-09\")");
        check("Tuesday, 23rd of January 2024", "wrong-date: Some(\"2024-01-23\")");
        check("Jan. 23 2024", "wrong-date: Some(\"2024-01-23\")");
        check("May 30, 2013 9:30am", "wrong-date: Some(\"2013-05-30T09:30\")");
        check("3 May or 4 May 2024", "wrong-date: None");
        check("about 3 May 2024", "wrong-date: None");
        check("3 May 2024 2025", "wrong-date: None");
        check("31 February 2024", "wrong-date: None");
        check("1.23.2024", "wrong-date: None");
        check("01/23/2024", "wrong-date: Some(\"2024-01-23\")");
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
