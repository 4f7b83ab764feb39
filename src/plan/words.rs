//! Numbers, days and sizes in words, by the theme's sentences.

use crate::model::text::grouped;
use crate::model::theme::Theme;
use crate::model::value::{Date, Month};

/// Returns the sentence of `key` with `{name}` filled in.
pub(super) fn sentence(theme: &Theme, key: &str, fill: &[(&str, &str)]) -> String {
    let mut rest = theme.string(key);
    let mut text = String::with_capacity(rest.len() + 16);
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = fill.iter().find(|it| it.0 == name)?;
            Some((value, after))
        });
        rest = match known {
            Some((value, after)) => {
                text.push_str(value);
                after
            }
            None => {
                text.push('{');
                after
            }
        };
    }
    text + rest
}

/// Returns `23 January 2024`.
pub(super) fn day(theme: &Theme, date: &Date) -> String {
    let month = theme.string(&format!("month.{}", date.day.month())).to_owned();
    let (day, year) = (date.day.day().to_string(), date.day.year().to_string());
    sentence(theme, "date.day", &[("day", &day), ("month", &month), ("year", &year)])
}

/// Returns `January 2024`, or `2024`.
pub(super) fn month(theme: &Theme, month: Month) -> String {
    let year = month.year.to_string();
    let Some(number) = month.month else { return year };
    let name = theme.string(&format!("month.{number}")).to_owned();
    sentence(theme, "date.month", &[("month", &name), ("year", &year)])
}

/// Returns `300,000` or `12.5`, with the signs of the theme's language.
pub(super) fn number(theme: &Theme, value: f64) -> String {
    grouped(value, theme.string("number.group"), theme.string("number.point"))
}

/// Returns `£30,000`, `£1.4 million` or `CHF 500`. Millions in words as the style guides of councils ask for.
pub(super) fn money(theme: &Theme, amount: f64, currency: &str) -> String {
    let symbol = match currency {
        "GBP" => "£".to_owned(),
        "EUR" => "€".to_owned(),
        "USD" => "$".to_owned(),
        other => format!("{other}\u{a0}"),
    };
    let millions = amount / 1_000_000.0;
    let short = millions.abs() >= 1.0 && (millions * 100.0).fract().abs() < 1e-6;
    let amount = match short {
        true => sentence(theme, "money.million", &[("amount", &number(theme, millions))]),
        false if amount.fract() == 0.0 => number(theme, amount),
        // Pence have two digits.
        false => {
            let whole = number(theme, amount.trunc());
            format!("{whole}{}{:02}", theme.string("number.point"), (amount.fract().abs() * 100.0).round() as u8)
        }
    };
    format!("{symbol}{amount}")
}

/// Returns `1.2 MB`: powers of 1,000, as file managers and GOV.UK give them.
pub(super) fn size(theme: &Theme, bytes: u64) -> String {
    let (key, value) = match bytes {
        0..1_000 => ("size.bytes", bytes as f64),
        1_000..1_000_000 => ("size.kb", (bytes as f64 / 1_000.0).round()),
        _ => ("size.mb", (bytes as f64 / 100_000.0).round() / 10.0),
    };
    sentence(theme, key, &[("n", &number(theme, value))])
}

/// Returns the text with `&`, `<`, `>` and both quotes escaped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    escape_into(&mut escaped, text);
    escaped
}

/// Puts the text, escaped, at the end of `out`.
pub(super) fn escape_into(out: &mut String, text: &str) {
    pulldown_cmark_escape::escape_html(out, text).expect("writing into a text never fails");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme() -> Theme {
        let mut theme = Theme::default();
        for (key, text) in [
            ("number.group", ","),
            ("number.point", "."),
            ("money.million", "{amount} million"),
            ("size.bytes", "{n} bytes"),
            ("size.kb", "{n} kB"),
            ("size.mb", "{n} MB"),
        ] {
            theme.strings.insert(key.into(), text.into());
        }
        theme
    }

    #[test]
    fn numbers_are_told_as_style_guides_ask() {
        let theme = theme();
        assert_eq!(number(&theme, 300_000.0), "300,000");
        assert_eq!(number(&theme, 999.5), "999.5");
        assert_eq!(number(&theme, -1234.567), "−1,234.57");
        assert_eq!(money(&theme, 30_000.0, "GBP"), "£30,000");
        assert_eq!(money(&theme, 1_400_000.0, "GBP"), "£1.4 million");
        assert_eq!(money(&theme, 1_234_567.0, "EUR"), "€1,234,567");
        assert_eq!(money(&theme, 9.5, "GBP"), "£9.50");
        assert_eq!(money(&theme, 500.0, "CHF"), "CHF\u{a0}500");
        assert_eq!(size(&theme, 999), "999 bytes");
        assert_eq!(size(&theme, 1_240_000), "1.2 MB");
        assert_eq!(size(&theme, 51_600), "52 kB");
    }
}
