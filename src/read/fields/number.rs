//! Text -> number: how people write figures, and which of these can be read in one way only.

/// What a text may mean as a number.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Meant {
    /// Each number that may be meant, as it should be written, the likeliest first; none where nobody can say.
    pub(super) readings: Vec<String>,
    /// Whether there is exactly one, in every country and every trade.
    pub(super) sure: bool,
    /// What stands beside the digits and says what is counted: `£`, `%`, `GBP`.
    pub(super) sign: Option<String>,
}

/// Returns whether a text is a number as YAML writes it: `300000`, `-4.5`.
pub(super) fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    all_digits(whole) && all_digits(decimals)
}

/// Returns whether exactly three decimals follow, as in `1.234`, which is a thousand where a full stop parts thousands. In
/// English only zeros show that: nobody writes `300.000` for 300.
pub(super) fn may_be_thousands(text: &str, english: bool) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    let parts = digits.split_once('.').filter(|(whole, decimals)| is_first_group(whole) && decimals.len() == 3);
    parts.is_some_and(|(_, decimals)| all_digits(decimals) && (!english || decimals == "000"))
}

/// Returns whether a language parts thousands with a comma and decimals with a full stop.
pub(super) fn is_english(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    matches!(&*primary, "en" | "cy" | "ga" | "gd" | "gv" | "kw" | "sco" | "zh" | "ja" | "ko")
}

/// Reads a text as a number, in every way in which it may be meant.
pub(super) fn meant(text: &str, english: bool) -> Meant {
    let Some(text) = in_ascii(text.trim()) else { return Meant::default() };
    let (text, in_brackets) = match text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inner) => (inner.trim().to_owned(), true),
        None => (text, false),
    };
    let (minus, rest) = minus(&text);
    let (sign, rest) = without_sign(rest);
    let (second, rest) = if sign.is_some() { self::minus(rest) } else { (Minus::No, rest) };
    let (scale, rest) = without_scale(rest);
    let (readings, mut sure) = digits(rest, english);
    // `5k` may be a run of five kilometres; `£5k` is money.
    sure &= scale == 0 || sign.is_some();
    sure &=
        minus != Minus::Dash && second != Minus::Dash && (minus == Minus::No || second == Minus::No) && !in_brackets;
    let negative = minus != Minus::No || second != Minus::No;
    let mut all: Vec<String> = Vec::new();
    for reading in readings {
        let Some(number) = scaled(&reading, scale) else { return Meant { sign, ..Meant::default() } };
        // `(500)` is minus 500 to an accountant.
        if in_brackets && !negative {
            all.push(format!("-{number}"));
        }
        all.push(if negative { format!("-{number}") } else { number });
    }
    // Two ways to read it may give one number.
    all.dedup();
    let sure = sure && all.len() == 1;
    Meant { readings: all, sure, sign }
}

/// Returns the codes and words for which a sign stands.
pub(super) fn words_of(sign: &str) -> &'static [&'static str] {
    match sign {
        "£" => &["gbp"],
        "$" => &["usd", "aud", "cad", "nzd", "sgd", "hkd"],
        "€" => &["eur"],
        "¥" => &["jpy", "cny"],
        "₹" => &["inr"],
        "%" => &["percent", "per cent", "%", "percentage", "percentage points"],
        _ => &[],
    }
}

/// A sign before a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Minus {
    No,
    Yes,
    /// A dash, which may be one of a list or of a range.
    Dash,
}

fn minus(text: &str) -> (Minus, &str) {
    let rest = |it: &'static str| text.strip_prefix(it).map(str::trim_start);
    match (text.strip_prefix(['-', '−']), text.strip_prefix(['–', '—']), rest("+")) {
        (Some(number), ..) => (Minus::Yes, number),
        (_, Some(number), _) => (Minus::Dash, number.trim_start()),
        (.., Some(number)) => (Minus::No, number),
        _ => (Minus::No, text),
    }
}

/// Takes a currency or `%` off: `£5`, `5 €`, `GBP 5`, `5%`.
fn without_sign(text: &str) -> (Option<String>, &str) {
    let is_sign = |it: char| matches!(it, '£' | '$' | '€' | '¥' | '₹');
    if let Some(rest) = text.strip_prefix(is_sign) {
        return (text.chars().next().map(String::from), rest.trim_start());
    }
    if let Some(rest) = text.strip_suffix(|it| is_sign(it) || it == '%') {
        return (text.chars().next_back().map(String::from), rest.trim_end());
    }
    let is_code = |it: &str| it.len() == 3 && it.bytes().all(|it| it.is_ascii_uppercase());
    match (text.split_once(' '), text.rsplit_once(' ')) {
        (Some((code, rest)), _) if is_code(code) => (Some(code.to_owned()), rest.trim_start()),
        (_, Some((rest, code))) if is_code(code) => (Some(code.to_owned()), rest.trim_end()),
        _ => (None, text),
    }
}

/// Takes `k`, `m`, `bn`, `million` off; returns how many zeros it stands for.
fn without_scale(text: &str) -> (usize, &str) {
    let end = text.trim_end_matches(|it: char| it.is_ascii_alphabetic()).len();
    let (number, word) = text.split_at(end);
    let zeros = match &*word.to_ascii_lowercase() {
        "k" | "thousand" => 3,
        "m" | "mn" | "million" => 6,
        "bn" | "b" | "billion" => 9,
        _ => return (0, text),
    };
    (zeros, number.trim_end())
}

/// Moves the decimal point to the right.
fn scaled(number: &str, zeros: usize) -> Option<String> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() <= zeros {
        let all = format!("{whole}{decimals}{}", "0".repeat(zeros - decimals.len()));
        let all = all.trim_start_matches('0');
        return Some(if all.is_empty() { "0".to_owned() } else { all.to_owned() });
    }
    let (before, after) = decimals.split_at_checked(zeros)?;
    let all = format!("{whole}{before}");
    let whole = all.trim_start_matches('0');
    Some(format!("{}.{after}", if whole.is_empty() { "0" } else { whole }))
}

/// Reads digits with what parts them. Returns the numbers that they may be, and whether the only one is sure.
fn digits(text: &str, english: bool) -> (Vec<String>, bool) {
    if let Some(fraction) = fraction(text) {
        return (vec![fraction], true);
    }
    let is_part = |it: char| SPACES.contains(&it) || matches!(it, ',' | '.' | '_' | '\'' | '’');
    let has_digit = text.contains(|it: char| it.is_ascii_digit());
    if !has_digit || text.contains(|it: char| !it.is_ascii_digit() && !is_part(it)) {
        return (Vec::new(), false);
    }
    let (whole, decimals) = text.rsplit_once('.').unwrap_or((text, ""));
    if !decimals.is_empty() && !all_digits(decimals) {
        return (by_convention(text), false);
    }
    let number = |whole: &str| format!("{}.{decimals}", if whole.is_empty() { "0" } else { whole });
    if may_be_thousands(text, english) {
        return (vec![number(whole), format!("{whole}{decimals}")], false);
    }
    if all_digits(whole) || whole.is_empty() {
        return (vec![number(whole)], true);
    }
    // With two commas, or a full stop behind them, a comma can't begin the decimals.
    let clear = english || whole.matches(',').count() > 1 || !decimals.is_empty();
    let parts: [(&[char], bool); 4] = [(&[','], clear), (&['_'], true), (&SPACES, true), (&['\'', '’'], false)];
    match parts.into_iter().find(|(part, _)| is_grouped(whole, part)) {
        Some((part, true)) => (vec![number(&whole.replace(part, ""))], true),
        Some((part @ [','], false)) => (vec![number(&whole.replace(part, "")), whole.replace(part, ".")], false),
        Some((part, false)) => (vec![number(&whole.replace(part, ""))], false),
        None => (by_convention(text), false),
    }
}

/// Spaces that part thousands: that of the keyboard, and those that keep a number in one line.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];

/// Returns what a text says where a comma begins the decimals, and where it parts thousands.
fn by_convention(text: &str) -> Vec<String> {
    let text = text.replace(SPACES, "").replace(['_', '\'', '’'], "");
    let stop = text.replace(',', "");
    let (whole, decimals) = text.split_once(',').unwrap_or((&text, ""));
    let parted = !whole.contains('.') || is_grouped(whole, &['.']);
    let comma = if parted { format!("{}.{decimals}", whole.replace('.', "")) } else { String::new() };
    let both = if text.rfind(',') >= text.rfind('.') { [comma, stop] } else { [stop, comma] };
    let full = |it: String| if it.starts_with('.') { format!("0{it}") } else { it };
    both.into_iter().map(full).filter(|it| is_plain(it.trim_end_matches('.'))).collect()
}

/// Returns whether the parts of a number are one to three digits, and then three each: `1,234,567`.
fn is_grouped(text: &str, part: &[char]) -> bool {
    let mut parts = text.split(part);
    let first = parts.next().is_some_and(is_first_group);
    let mut more = parts.map(|it| it.len() == 3 && all_digits(it)).peekable();
    first && more.peek().is_some() && more.all(|it| it)
}

fn is_first_group(text: &str) -> bool {
    matches!(text.len(), 1..=3) && all_digits(text) && !text.starts_with('0')
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// Reads `½` and `1½`, where decimals can say the same.
fn fraction(text: &str) -> Option<String> {
    let sign = text.chars().next_back()?;
    let decimals = match sign {
        '¼' => "25",
        '½' => "5",
        '¾' => "75",
        _ => return None,
    };
    let whole = text.strip_suffix(sign)?.trim_end();
    (whole.is_empty() || all_digits(whole))
        .then(|| format!("{}.{decimals}", if whole.is_empty() { "0" } else { whole }))
}

/// Returns a text with the digits of other scripts as those of ASCII; `None` where two scripts are mixed.
fn in_ascii(text: &str) -> Option<String> {
    // The zeros of the scripts that are used for figures today (Unicode, category Nd).
    const ZEROS: [u32; 12] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xe50, 0xff10];
    let mut seen: Option<u32> = None;
    text.chars()
        .map(|it| {
            let zero =
                ZEROS.into_iter().chain([u32::from('0')]).find(|zero| (*zero..zero + 10).contains(&u32::from(it)));
            let Some(zero) = zero else { return Some(it) };
            if *seen.get_or_insert(zero) != zero {
                return None;
            }
            char::from_digit(u32::from(it) - zero, 10)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readings; `=` before one that is sure.
    fn check(text: &str, expected: &str) {
        let Meant { readings, sure, .. } = meant(text, true);
        let shown = format!("{}{}", if sure { "=" } else { "" }, readings.join(" or "));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn one_reading_is_sure() {
        for (text, expected) in [
            ("300,000", "=300000"),
            ("1,234,567", "=1234567"),
            ("£300,000", "=300000"),
            ("£ 300,000", "=300000"),
            ("300,000 GBP", "=300000"),
            ("GBP 300,000", "=300000"),
            ("300,000.00", "=300000"),
            ("£1,234.50", "=1234.5"),
            ("£0.75", "=0.75"),
            ("1 000", "=1000"),
            ("1\u{a0}000\u{202f}000", "=1000000"),
            ("1_000", "=1000"),
            ("5%", "=5"),
            ("12.5 %", "=12.5"),
            ("−5", "=-5"),
            ("-£500", "=-500"),
            ("£−1,500", "=-1500"),
            ("+5", "=5"),
            (".5", "=0.5"),
            ("5.", "=5"),
            ("½", "=0.5"),
            ("2½", "=2.5"),
            ("٣٠٠", "=300"),
            ("３００", "=300"),
            ("£1.4m", "=1400000"),
            ("£300k", "=300000"),
            ("£2.5 bn", "=2500000000"),
            ("£1.2345k", "=1234.5"),
            ("$1.5 million", "=1500000"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn two_readings_are_shown_and_neither_is_chosen() {
        for (text, expected) in [
            ("12.000,00", "12000 or 12"),
            ("£12,00", "12 or 1200"),
            ("4,5", "4.5 or 45"),
            ("300,00", "300 or 30000"),
            ("1.234,56", "1234.56 or 1.23456"),
            ("1 000,5", "1000.5 or 10005"),
            ("3,00,000", "300000"),
            ("1,0000", "1 or 10000"),
            ("0,500", "0.5 or 500"),
            (",5", "0.5 or 5"),
            ("300.000", "300 or 300000"),
            ("1.234.567", "1234567"),
            ("300'000", "300000"),
            ("(500)", "-500 or 500"),
            ("(£1,200)", "-1200 or 1200"),
            ("–5", "-5"),
            ("1.5k", "1500"),
            ("300k", "300000"),
            ("5m", "5000000"),
            ("£4,5", "4.5 or 45"),
            ("£1,4m", "1400000 or 14000000"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn what_is_no_number_has_no_reading() {
        for text in [
            "",
            "ten",
            "£",
            "%",
            "about 300",
            "300 people",
            "2 to 3",
            "10-20",
            "10–20",
            "1/2",
            "300+",
            ">5",
            "1.2.3",
            "3٠0",
            "⅓",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn where_a_comma_begins_decimals_one_group_has_two_readings() {
        let check = |text: &str, expected: &str| {
            let Meant { readings, sure, .. } = meant(text, is_english("de-DE"));
            assert_eq!((readings.join(" or "), sure), (expected.to_owned(), !expected.contains(" or ")), "{text}");
        };
        check("300,000", "300000 or 300");
        check("1,234", "1234 or 1.234");
        check("1.234", "1.234 or 1234");
        check("1,234,567", "1234567");
        check("300,000.00", "300000");
    }

    #[test]
    fn a_plain_number_is_one_for_yaml() {
        assert!(["0", "300", "-4.5", "+5", "007"].into_iter().all(is_plain));
        assert!(!["", ".", "-", "1.", ".5", "1e3", "1,0", "٣", " 1"].into_iter().any(is_plain));
    }
}
