//! Files that are passed on as they are: pictures, PDFs, style sheets, scripts.

use memchr::memmem;

use crate::model::config::Checks;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::source::Span;
use crate::model::text::grouped;

use super::page::code;

/// The endings of the files that rules look into.
pub(crate) const ENDINGS: [&str; 11] =
    [".css", ".js", ".mjs", ".pdf", ".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic"];

const PICTURES: [&str; 7] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic"];

/// No larger file is looked into, in bytes.
pub(crate) const LARGEST: u64 = 64_000_000;

/// Looks at a file of `size` bytes; `bytes` is `None` where they are more than [`LARGEST`].
pub(crate) fn asset(checks: &Checks, path: &str, size: u64, bytes: Option<&[u8]>) -> Vec<Diagnostic> {
    let mut found = look_into(checks, path, size, bytes.unwrap_or_default());
    if bytes.is_none() {
        let message = format!(
            "this file has {} MB, and none of more than {} MB is looked into",
            size / 1_000_000,
            LARGEST / 1_000_000
        );
        let help = "make it smaller, or look into it with another program";
        found.push(Diagnostic::advice("unchecked-file", place(path), message).help(help));
    }
    found.retain(|it| !checks.is_off(it.code));
    found
}

fn look_into(checks: &Checks, path: &str, size: u64, bytes: &[u8]) -> Vec<Diagnostic> {
    let lower = path.to_lowercase();
    let is = |endings: &[&str]| endings.iter().any(|it| lower.ends_with(it));
    let mut found = Vec::new();
    if is(&[".css", ".js", ".mjs"]) {
        found.extend(code(path, &String::from_utf8_lossy(bytes)));
    }
    if is(&PICTURES) {
        found.extend(heavy(checks, path, size));
        found.extend(located(path, bytes));
    }
    if is(&[".pdf"]) {
        found.extend(untagged(path, bytes));
        found.extend(named(path, bytes));
    }
    found
}

fn place(path: &str) -> Place {
    Place::new(&path.into(), Span::default())
}

/// A picture of many bytes (GOV.UK content design, images).
fn heavy(checks: &Checks, path: &str, size: u64) -> Option<Diagnostic> {
    let most = checks.number("heavy-picture", "kilobytes");
    (size > most as u64 * 1000).then(|| {
        let size = grouped((size / 1000) as f64, ",", ".");
        let message = format!("this picture has {size} kB, more than {most}");
        let help =
            "make it smaller: few screens show more than 1,600 points across, and JPEG or WebP suits photographs";
        Diagnostic::warning("heavy-picture", place(path), message).help(help)
    })
}

/// A picture that says where it was taken (Exif 2.32, section 4.6.6: the IFD of GPS).
fn located(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    // A broken field, as programs for pictures often leave one, hides no other.
    let read = exif::Reader::new().continue_on_error(true).read_from_container(&mut std::io::Cursor::new(bytes));
    let exif = read.or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    let position = [exif::Tag::GPSLatitude, exif::Tag::GPSLongitude];
    let is_there = |it: &exif::Tag| exif.get_field(*it, exif::In::PRIMARY).is_some();
    position.iter().any(is_there).then(|| {
        let message = "this picture says where it was taken".to_owned();
        let help = "save it again without its data: most programs ask for that when they export";
        Diagnostic::warning("located-picture", place(path), message).help(help)
    })
}

/// A PDF that can't be read out well (PDF 1.7, section 14.7.1 and 14.8.1; WCAG 2.2 techniques PDF16 and PDF18).
///
/// Only what is plainly readable is judged: where the parts of a PDF are compressed, nothing is said.
fn untagged(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let has = |what: &[u8]| memmem::find(bytes, what).is_some();
    if !bytes.starts_with(b"%PDF-") || has(b"/ObjStm") || has(b"/Encrypt") {
        return None;
    }
    let tagged = has(b"/MarkInfo") && (has(b"/Marked true") || has(b"/Marked  true"));
    let missing: Vec<&str> = [(tagged, "tags"), (has(b"/Lang"), "language"), (has(b"/Title"), "title")]
        .into_iter()
        .filter_map(|(is_there, what)| (!is_there).then_some(what))
        .collect();
    (!missing.is_empty()).then(|| {
        let message = format!("this PDF has no {}", missing.join(", no "));
        let help = "export it again as an accessible PDF (PDF/UA); better, publish it as a page";
        Diagnostic::warning("untagged-pdf", place(path), message).help(help)
    })
}

/// A PDF that says who wrote it (PDF 1.7, section 14.3.3: `Author` of the information dictionary).
fn named(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let at = memmem::find(bytes, b"/Author")?;
    let rest = bytes[at + 7..].trim_ascii_start();
    let is_name = match rest {
        [b'(', next, ..] => *next != b')',
        [b'<', next, ..] => next.is_ascii_hexdigit(),
        _ => false,
    };
    (bytes.starts_with(b"%PDF-") && is_name).then(|| {
        let message = "this PDF names its author in its properties".to_owned();
        let help = "take the name out when you export it, unless it is meant for readers";
        Diagnostic::warning("named-author", place(path), message).help(help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rule::RuleValue;

    fn check(path: &str, bytes: &[u8], expected: &[&str]) {
        let options = [(("heavy-picture".into(), "kilobytes".into()), RuleValue::Number(300))].into();
        let checks = Checks { options, ..Checks::default() };
        let found: Vec<String> = asset(&checks, path, bytes.len() as u64, Some(bytes))
            .into_iter()
            .map(|it| format!("{}: {}", it.code, it.message))
            .collect();
        assert_eq!(found, expected, "{path}");
    }

    /// Returns a JPEG without a picture, whose Exif has one field in its IFD for GPS (Exif 2.32, section 4.6.2).
    fn jpeg(gps_tag: u16) -> Vec<u8> {
        let mut tiff = b"II*\0".to_vec();
        tiff.extend(8_u32.to_le_bytes());
        let field = |tag: u16, kind: u16, count: u32, value: u32| {
            let head = [1_u16.to_le_bytes(), tag.to_le_bytes(), kind.to_le_bytes()].concat();
            [head, count.to_le_bytes().to_vec(), value.to_le_bytes().to_vec(), vec![0; 4]].concat()
        };
        tiff.extend(field(0x8825, 4, 1, 26));
        tiff.extend(field(gps_tag, 5, 3, 44));
        tiff.extend(1_u32.to_le_bytes().repeat(6));
        let length = (2 + 6 + tiff.len()) as u16;
        [&b"\xFF\xD8\xFF\xE1"[..], &length.to_be_bytes(), b"Exif\0\0", &tiff, b"\xFF\xD9"].concat()
    }

    #[test]
    fn pictures() {
        check("a.jpg", &jpeg(0x0002), &["located-picture: this picture says where it was taken"]);
        check("a.JPG", &jpeg(0x0007), &[]);
        check("a.txt", &jpeg(0x0002), &[]);
        check("a.png", &vec![0; 300_000], &[]);
        check("a.png", &vec![0; 301_000], &["heavy-picture: this picture has 301 kB, more than 300"]);
        check("a.jpg", b"no picture", &[]);
    }

    #[test]
    fn files_that_are_too_large() {
        let options = [(("heavy-picture".into(), "kilobytes".into()), RuleValue::Number(300))].into();
        let checks = Checks { options, ..Checks::default() };
        let told = |path: &str, size: u64| -> Vec<String> {
            asset(&checks, path, size, None).into_iter().map(|it| format!("{}: {}", it.code, it.message)).collect()
        };
        let unchecked = "unchecked-file: this file has 4294 MB, and none of more than 64 MB is looked into";
        for path in ["a.pdf", "a.css", "a.mjs"] {
            assert_eq!(told(path, 1 << 32), [unchecked], "{path}");
        }
        let heavy = "heavy-picture: this picture has 4,294,967 kB, more than 300";
        assert_eq!(told("a.jpg", 1 << 32), [heavy, unchecked]);
    }

    #[test]
    fn documents() {
        check("a.pdf", b"%PDF-1.4 /MarkInfo << /Marked true >> /Lang (en) /Title (A)", &[]);
        check("a.pdf", b"%PDF-1.4 /Title (A)", &["untagged-pdf: this PDF has no tags, no language"]);
        check("a.pdf", b"%PDF-1.5 /ObjStm", &[]);
        check("a.pdf", b"no PDF /Author (Ann)", &[]);
        let right = "%PDF-1.4 /MarkInfo << /Marked true >> /Lang (en) /Title (A)";
        let author = "named-author: this PDF names its author in its properties";
        check("a.pdf", format!("{right} /Author (Ann)").as_bytes(), &[author]);
        check("a.pdf", format!("{right} /Author<FEFF0041>").as_bytes(), &[author]);
        check("a.pdf", format!("{right} /Author ()").as_bytes(), &[]);
        check("a.pdf", format!("{right} /AuthorNote 5").as_bytes(), &[]);
    }

    #[test]
    fn code() {
        check(
            "a.css",
            b"@import 'https://fonts.example.com/a.css';",
            &[
                "third-party-request: `https://fonts.example.com/a.css` would be asked for from another host by every reader",
            ],
        );
        check("a.css", b"a { background: url(/b.svg) }", &[]);
        check("a.js", b"let stored = 1", &[]);
        check(
            "a.js",
            b"localStorage.x = 1",
            &["browser-storage: `localStorage` keeps or tells something of each reader, who would have to agree first"],
        );
    }
}
