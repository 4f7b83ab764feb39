//! Bytes -> response: type, parts, and whether the reader has them already (RFC 9110).

use std::fs::{File, Metadata};
use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE,
    LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::response::Builder;
use axum::http::{HeaderName, Method, Response, StatusCode};

use super::stream;

/// Returns bytes, all or the part that is asked for, with the type that the ending of `path` says.
pub(super) fn bytes(request: &Request, path: &str, bytes: Vec<u8>, status: StatusCode) -> Response<Body> {
    let tag = super::hash(&bytes);
    let length = bytes.len() as u64;
    // Both ends are within a length in memory.
    let part = |range: Range<u64>| Bytes::from(bytes).slice(range.start as usize..range.end as usize).into();
    send(request, path, &tag, length, status, part)
}

/// Returns the same of a file. No more of it is read than is sent.
pub(super) fn file(request: &Request, path: &str, file: File, metadata: &Metadata) -> Response<Body> {
    let part = |range: Range<u64>| stream::body(file, range);
    send(request, path, &super::stamp(metadata), metadata.len(), StatusCode::OK, part)
}

/// Returns what `part` makes of the range that is asked for. `tag` stands for the content, which has `length` bytes.
fn send(
    request: &Request,
    path: &str,
    tag: &str,
    length: u64,
    status: StatusCode,
    part: impl FnOnce(Range<u64>) -> Body,
) -> Response<Body> {
    let tag = format!("\"{tag}\"");
    let header = |name: HeaderName| request.headers().get(name).and_then(|it| it.to_str().ok());
    let start = |status: StatusCode| {
        builder(status).header(CONTENT_TYPE, content_type(path)).header(ETAG, &tag).header(ACCEPT_RANGES, "bytes")
    };
    let has_it =
        header(IF_NONE_MATCH).is_some_and(|it| it.split(',').any(|it| it.trim().trim_start_matches("W/") == tag));
    if status == StatusCode::OK && has_it {
        return finish(start(StatusCode::NOT_MODIFIED), Body::empty());
    }
    let is_same = header(IF_RANGE).is_none_or(|it| it == tag);
    let asked = header(RANGE).filter(|_| is_same && status == StatusCode::OK);
    let is_head = request.method() == Method::HEAD;
    let part = |range: Range<u64>| if is_head { Body::empty() } else { part(range) };
    match asked.and_then(|it| range(it, length)) {
        None => finish(start(status).header(CONTENT_LENGTH, length), part(0..length)),
        Some(Err(())) => {
            let start = start(StatusCode::RANGE_NOT_SATISFIABLE);
            finish(start.header(CONTENT_RANGE, format!("bytes */{length}")), Body::empty())
        }
        Some(Ok(range)) => {
            let of = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let size = range.end - range.start;
            let start = start(StatusCode::PARTIAL_CONTENT).header(CONTENT_RANGE, of).header(CONTENT_LENGTH, size);
            finish(start, part(range))
        }
    }
}

/// Returns the one part that is asked for (RFC 9110, section 14.1.2); an error where it is not there; `None` where all is
/// sent: several parts, or a unit that is not known.
fn range(written: &str, length: u64) -> Option<Result<Range<u64>, ()>> {
    let (first, last) = written.strip_prefix("bytes=")?.split_once('-')?;
    if last.contains(',') {
        return None;
    }
    let number = |it: &str| it.trim().parse::<u64>().ok();
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.trim().is_empty() => first..length,
        (None, Some(last)) if first.trim().is_empty() => length.saturating_sub(last)..length,
        _ => return None,
    };
    Some(if range.start < range.end { Ok(range) } else { Err(()) })
}

/// Returns a redirect for good.
pub(super) fn elsewhere(to: &str) -> Response<Body> {
    finish(builder(StatusCode::MOVED_PERMANENTLY).header(LOCATION, crate::model::site::encode(to)), Body::empty())
}

/// Returns a sentence.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Body> {
    let start = builder(status).header(CONTENT_TYPE, "text/plain; charset=utf-8");
    let start = if status == StatusCode::METHOD_NOT_ALLOWED { start.header(ALLOW, "GET, HEAD") } else { start };
    finish(start, Body::from(text.to_owned()))
}

pub(super) fn builder(status: StatusCode) -> Builder {
    // A page that is being written is never what it was a moment ago.
    Response::builder().status(status).header(CACHE_CONTROL, "no-cache").header(X_CONTENT_TYPE_OPTIONS, "nosniff")
}

fn finish(builder: Builder, body: Body) -> Response<Body> {
    builder.body(body).unwrap_or_else(|_| {
        // An address that no header can hold.
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    })
}

/// Returns the media type of a file by its ending (IANA, Media Types).
fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map(|it| it.1.to_ascii_lowercase()).as_deref() {
        None | Some("html" | "htm") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("eml") => "message/rfc822",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/vnd.microsoft.icon",
        Some("pdf") => "application/pdf",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("mp3") => "audio/mpeg",
        Some("mp4") => "video/mp4",
        Some("webm") => "video/webm",
        Some("vtt") => "text/vtt; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        Some(_) => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (written, expected) in [
            ("bytes=0-4", Some(Ok(0..5))),
            ("bytes=5-", Some(Ok(5..10))),
            ("bytes=-3", Some(Ok(7..10))),
            ("bytes=0-99", Some(Ok(0..10))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-4", None),
            ("bytes=x-y", None),
        ] {
            assert_eq!(range(written, 10), expected, "{written}");
        }
    }
}
