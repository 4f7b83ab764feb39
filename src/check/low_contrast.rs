//! Two colours of the theme that are too near to one another to be read.
//!
//! Source: WCAG 2.2, success criteria 1.4.3 (text: 4.5 to 1, large text: 3 to 1) and 1.4.11 (other things: 3 to 1). Only pairs
//! that the theme declares can be checked here; what a browser shows is for a browser to measure.

use crate::model::diagnostic::{At, Diagnostic, FieldPath, Part, Place};
use crate::model::site::Site;
use crate::model::source::Span;
use crate::model::theme::Pair;

use super::{Known, Rule};

pub(super) const RULE: Rule = Rule { code: "low-contrast", check };

fn check(site: &Site, _: Known<'_>, found: &mut Vec<Diagnostic>) {
    for pair in &site.theme.pairs {
        let (Some(front), Some(back)) = (colour(site, &pair.foreground), colour(site, &pair.background)) else {
            let message = format!("`{}` and `{}` are not both colours or settings", pair.foreground, pair.background);
            found.push(Diagnostic::error("low-contrast", pair.place.clone(), message));
            continue;
        };
        let ratio = contrast(front, back);
        if ratio < pair.min {
            let message = format!(
                "`{}` on `{}` has a contrast of {ratio:.1} to 1, and needs {:.1}",
                pair.foreground, pair.background, pair.min
            );
            found.push(
                Diagnostic::error("low-contrast", place(site, pair), message)
                    .help("make the darker colour darker, or the lighter one lighter"),
            );
        }
    }
}

/// Returns the place of the colour that the site sets itself, or else that of the theme's pair.
fn place(site: &Site, pair: &Pair) -> Place {
    let set = |name: &&std::sync::Arc<str>| site.config.theme_settings.get(name).is_some();
    match [&pair.foreground, &pair.background].into_iter().find(set) {
        Some(name) => {
            let path = FieldPath(vec!["theme".into(), (&**name).into()]);
            Place { path: site.config.path.clone(), at: At::Field(Span::new(0, usize::MAX), path, Part::Value) }
        }
        None => pair.place.clone(),
    }
}

/// Returns red, green and blue of a setting, or of a colour as it stands.
fn colour(site: &Site, name: &str) -> Option<[u8; 3]> {
    let text = if name.starts_with('#') { name } else { site.theme.settings.text(name)? };
    let digits = text.strip_prefix('#')?;
    let digits = match digits.len() {
        3 => digits.chars().flat_map(|it| [it, it]).collect(),
        _ => digits.to_owned(),
    };
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Returns the contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Returns the relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|it| {
        let part = f64::from(it) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let check = |one, other, expected: &str| assert_eq!(format!("{:.2}", contrast(one, other)), expected);
        check([0, 0, 0], [255, 255, 255], "21.00");
        check([0x76, 0x76, 0x76], [255, 255, 255], "4.54");
        check([0x77, 0x77, 0x77], [255, 255, 255], "4.48");
        check([9, 9, 9], [9, 9, 9], "1.00");
    }
}
