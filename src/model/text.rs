//! Small things that are done with texts for people in more than one room.

/// Returns the text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// Returns `300,000` or `12.5`: thousands with `group` between them, at most two digits after `point`.
pub fn grouped(value: f64, group: &str, point: &str) -> String {
    let rounded = format!("{:.2}", value.abs());
    let (whole, rest) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut text = String::new();
    if value < 0.0 {
        text.push('−');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            text.push_str(group);
        }
        text.push(digit);
    }
    let rest = rest.trim_end_matches('0');
    if !rest.is_empty() {
        text.push_str(point);
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_signs_of_the_language() {
        assert_eq!(grouped(1_234_567.5, ",", "."), "1,234,567.5");
        assert_eq!(grouped(1_234.5, ".", ","), "1.234,5");
        assert_eq!(grouped(-3.0, ",", "."), "−3");
        assert_eq!(capital("élan"), "Élan");
    }
}
