//! What is let in.

use axum::extract::Request;
use axum::http::header::HOST;

/// Returns whether a request names this machine as its host. Another site could give its own name this machine's address, and
/// so read what is served here (DNS rebinding).
pub(super) fn is_own_host(request: &Request) -> bool {
    let written = request.headers().get(HOST).and_then(|it| it.to_str().ok());
    let Some(written) = written.or_else(|| request.uri().host()) else { return false };
    let name = match written.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => written.rsplit_once(':').map_or(written, |it| it.0),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback())
}

/// Returns a path decoded (RFC 3986, section 2.1); `None` where it is no path within a site: with `..`, `.`, an empty part,
/// a backslash, a control, or bytes that are not UTF-8.
pub(super) fn path(written: &str) -> Option<String> {
    let decoded = decode(written)?;
    let inner = decoded.strip_prefix('/')?;
    let mut parts = inner.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let is_wrong = part.is_empty() && !is_last || matches!(part, "." | "..");
        if is_wrong || part.contains(['\\', '%']) || part.chars().any(char::is_control) {
            return None;
        }
    }
    Some(decoded)
}

/// Returns a value of the query, decoded.
pub(super) fn query(request: &Request, name: &str) -> Option<String> {
    let query = request.uri().query()?;
    query.split('&').find_map(|it| decode(it.strip_prefix(name)?.strip_prefix('=')?))
}

fn decode(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (written, expected) in [
            ("/", Some("/")),
            ("/blog/first/", Some("/blog/first/")),
            ("/caf%C3%A9/", Some("/café/")),
            ("/a%20b.txt", Some("/a b.txt")),
            ("/../site.toml", None),
            ("/a/..", None),
            ("/%2e%2e/site.toml", None),
            ("/%2E%2E%2Fsite.toml", None),
            ("/..%5csite.toml", None),
            ("//etc/passwd", None),
            ("/a//b", None),
            ("/./a", None),
            ("/%00", None),
            ("/%252e%252e/", None),
            ("/%c0%ae%c0%ae/", None),
            ("/%", None),
            ("/%zz", None),
            ("*", None),
        ] {
            assert_eq!(path(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn hosts() {
        for (host, expected) in [
            ("localhost:1111", true),
            ("LOCALHOST", true),
            ("127.0.0.1:1111", true),
            ("[::1]:1111", true),
            ("site.localhost:1111", true),
            ("example.org", false),
            ("localhost.example.org", false),
            ("127.0.0.1.example.org:1111", false),
            ("10.0.0.1", false),
        ] {
            let request = Request::builder().header(HOST, host).body(axum::body::Body::empty()).unwrap();
            assert_eq!(is_own_host(&request), expected, "{host}");
        }
    }
}
