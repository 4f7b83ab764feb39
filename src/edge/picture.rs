//! How large a picture is, from its first bytes.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};

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
        Kind::Pixels => {
            let mut reader = BufReader::new(file);
            let size = pixels(imagesize::reader_size(&mut reader).ok()?)?;
            reader.rewind().ok()?;
            Some(upright(name, size, reader))
        }
    }
}

/// Returns the same of the bytes of a file named `name`.
pub(super) fn in_memory(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    match kind(name)? {
        Kind::Svg => svg(&bytes[..bytes.len().min(HEAD as usize)]),
        Kind::Pixels => {
            let size = pixels(imagesize::reader_size(Cursor::new(bytes)).ok()?)?;
            Some(upright(name, size, Cursor::new(bytes)))
        }
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

/// Returns the size as browsers show the picture: a photograph from a telephone is stored on its side, and says so (Exif 2.32,
/// section 4.6.4, Orientation; CSS Images 3, section 5.5).
fn upright(name: &str, (width, height): (u32, u32), file: impl BufRead + Seek) -> (u32, u32) {
    // Of the other forms either none has an orientation, or its size is told with it.
    let ending = name.rsplit_once('.').map_or("", |it| it.1);
    if !["jpg", "jpeg", "png", "webp"].iter().any(|it| it.eq_ignore_ascii_case(ending)) {
        return (width, height);
    }
    match orientation(file) {
        Some(5..=8) => (height, width),
        _ => (width, height),
    }
}

fn orientation(mut file: impl BufRead + Seek) -> Option<u32> {
    let read = exif::Reader::new().continue_on_error(true).read_from_container(&mut file);
    let exif = read.or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0)
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

    /// Returns the start of a JPEG of 40 by 30 points with an orientation, and `more` fields that are broken.
    fn jpeg(orientation: u16, more: u16) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
        tiff.extend((1 + more).to_be_bytes());
        tiff.extend([&0x0112_u16.to_be_bytes()[..], &3_u16.to_be_bytes(), &1_u32.to_be_bytes()].concat());
        tiff.extend([orientation.to_be_bytes(), [0; 2]].concat());
        for tag in 0..more {
            // Its text is said to stand behind the end of the file.
            tiff.extend([&(0x010e + tag).to_be_bytes()[..], &2_u16.to_be_bytes(), &99_u32.to_be_bytes()].concat());
            tiff.extend(0x00ff_ffff_u32.to_be_bytes());
        }
        tiff.extend([0; 4]);
        let length = (2 + 6 + tiff.len()) as u16;
        let frame = b"\xFF\xC0\0\x0B\x08\0\x1E\0\x28\x01\x01\x11\0\xFF\xD9";
        [&b"\xFF\xD8\xFF\xE1"[..], &length.to_be_bytes(), b"Exif\0\0", &tiff, frame].concat()
    }

    #[test]
    fn photographs_that_are_stored_on_their_side() {
        for orientation in [1, 2, 3, 4, 0, 9] {
            assert_eq!(in_memory("a.jpg", &jpeg(orientation, 0)), Some((40, 30)), "{orientation}");
        }
        for orientation in [5, 6, 7, 8] {
            assert_eq!(in_memory("a.JPG", &jpeg(orientation, 0)), Some((30, 40)), "{orientation}");
            assert_eq!(
                in_memory("a.jpeg", &jpeg(orientation, 1)),
                Some((30, 40)),
                "{orientation}, one field is broken"
            );
        }
    }

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
