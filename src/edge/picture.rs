//! How large a picture is, from its first bytes.

use std::fs::File;
use std::io::{BufReader, Cursor, Read};

/// An SVG says its size at its start.
const HEAD: u64 = 4096;

/// Returns width and height in pixels of a picture, an open file named `name`; `None` where it is none, or can't be read as one.
pub(super) fn on_disk(name: &str, file: &mut File) -> Option<(u32, u32)> {
    match kind(name)? {
        Kind::Svg => {
            let mut head = Vec::new();
            file.take(HEAD).read_to_end(&mut head).ok()?;
            svg(&head)
        }
        Kind::Pixels => pixels(imagesize::reader_size(BufReader::new(file)).ok()?),
    }
}

/// Returns the same of the bytes of a file named `name`.
pub(super) fn in_memory(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    match kind(name)? {
        Kind::Svg => svg(&bytes[..bytes.len().min(HEAD as usize)]),
        Kind::Pixels => pixels(imagesize::reader_size(Cursor::new(bytes)).ok()?),
    }
}

enum Kind {
    Svg,
    Pixels,
}

fn kind(name: &str) -> Option<Kind> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "svg" => Some(Kind::Svg),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => Some(Kind::Pixels),
        _ => None,
    }
}

fn pixels(size: imagesize::ImageSize) -> Option<(u32, u32)> {
    Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
}

/// Returns the `width` and `height` of an SVG, or those of its `viewBox` (SVG 2, section 8.2).
fn svg(head: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(head);
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let from = tag.find(&format!(" {name}="))? + name.len() + 2;
        let quote = tag[from..].chars().next().filter(|it| matches!(it, '"' | '\''))?;
        tag[from + 1..].split(quote).next()
    };
    let number = |text: &str| {
        let value: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        (1.0..100_000.0).contains(&value).then(|| value.round() as u32)
    };
    let own = attribute("width").and_then(number).zip(attribute("height").and_then(number));
    own.or_else(|| {
        let parts: Vec<&str> = attribute("viewBox")?.split([' ', ',']).filter(|it| !it.is_empty()).collect();
        number(parts.get(2)?).zip(number(parts.get(3)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_pictures() {
        let check = |name: &str, bytes: &[u8], expected| assert_eq!(in_memory(name, bytes), expected, "{name}");
        check(
            "a.svg",
            b"<?xml version=\"1.0\"?>\n<svg width='20px' height=\"10\" viewBox=\"0 0 4 2\">",
            Some((20, 10)),
        );
        check("a.svg", b"<svg width=\"100%\" viewBox=\"0 0 640,320.4\"><path stroke-width=\"3\"/>", Some((640, 320)));
        check("a.svg", b"<svg><", None);
        check("a.gif", b"GIF89a\x03\x00\x02\x00\x00\x00\x00", Some((3, 2)));
        check("a.png", b"no picture", None);
        check("a.txt", b"<svg width=\"1\" height=\"1\">", None);
    }
}
