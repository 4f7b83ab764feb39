//! Hosts of addresses: which of them a reader on the internet can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Names that are this machine, or of a network of its own (RFC 6761, RFC 6762, RFC 9476).
const PRIVATE: [&str; 5] = ["localhost", "local", "internal", "lan", "alt"];

/// Returns the host of an address, without the brackets of IPv6: `example.org` of `https://me@example.org:80/a`.
pub fn of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |it| it.1);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |it| it.1);
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Returns whether a host, without brackets, is this machine or of a network of its own, as far as its text says so.
pub fn is_private(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    PRIVATE.iter().any(|it| it.eq_ignore_ascii_case(last)) || number(host).is_some_and(|it| !is_public(it))
}

/// Returns the number that a host is, in any form that programs take: `127.0.0.1`, `127.1`, `2130706433`, `0x7f.1`, `0177.1`,
/// `::1` (URL Living Standard, section 3.5).
pub fn number(host: &str) -> Option<IpAddr> {
    // A zone says which network of this machine is meant: `fe80::1%eth0`.
    let host = host.split('%').next().unwrap_or(host);
    if let Ok(number) = host.parse() {
        return Some(number);
    }
    let parts: Vec<u64> = host.split('.').map(part).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|it| *it > 255) || *last >= 256_u64.pow(4 - first.len() as u32) {
        return None;
    }
    let start = (0..).zip(first).map(|(at, it)| it << (24 - 8 * at)).sum::<u64>();
    u32::try_from(start + last).ok().map(|it| Ipv4Addr::from_bits(it).into())
}

fn part(text: &str) -> Option<u64> {
    let (digits, base) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => (hex, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    match digits {
        "" if base == 16 => Some(0),
        _ if digits.starts_with('+') => None,
        _ => u64::from_str_radix(digits, base).ok(),
    }
}

/// Returns whether a number is one of the internet: not of this machine, of a network of its own, or kept for some other use
/// (IANA, special-purpose address registries).
pub fn is_public(number: IpAddr) -> bool {
    match number {
        IpAddr::V4(it) => is_public_v4(it),
        IpAddr::V6(it) => is_public_v6(it),
    }
}

fn is_public_v4(number: Ipv4Addr) -> bool {
    let kept = match number.octets() {
        // This network, carriers' networks (RFC 6598), protocols, tests of devices (RFC 2544).
        [0, ..] | [100, 64..=127, ..] | [192, 0, 0, _] | [198, 18..=19, ..] => true,
        // Groups, and what is kept for later.
        [224..=255, ..] => true,
        _ => false,
    };
    let local = number.is_loopback() || number.is_private() || number.is_link_local() || number.is_documentation();
    !(kept || local)
}

fn is_public_v6(number: Ipv6Addr) -> bool {
    let within = |it: [u16; 2]| {
        let [high, low] = it;
        is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
    };
    match number.segments() {
        // Numbers of IPv4 in IPv6: mapped, compatible, translated (RFC 6052), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            within([high, low])
        }
        // Documentation (RFC 3849) and Teredo, which carries a number of IPv4 in disguise.
        [0x2001, 0xDB8 | 0, ..] => false,
        // All that is given to the internet lies in 2000::/3.
        [first, ..] => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (address, expected) in [
            ("https://example.org/a@b", "example.org"),
            ("http://me:word@example.org:80?a", "example.org"),
            ("http://[::1]:80/", "::1"),
            ("http://127.1:8000/", "127.1"),
            ("http://a.org\\@127.0.0.1/", "a.org"),
        ] {
            assert_eq!(of(address), expected, "{address}");
        }
    }

    #[test]
    fn numbers_in_any_form() {
        let check = |host: &str, expected: Option<&str>| {
            assert_eq!(number(host), expected.map(|it| it.parse().unwrap()), "{host}");
        };
        for host in
            ["127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001"]
        {
            check(host, Some("127.0.0.1"));
        }
        check("0", Some("0.0.0.0"));
        check("0x", Some("0.0.0.0"));
        check("10.0.258", Some("10.0.1.2"));
        check("fe80::1%eth0", Some("fe80::1"));
        for host in ["", "example.org", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "4294967296", "09", "1..2", "0xg", "+1"]
        {
            check(host, None);
        }
    }

    #[test]
    fn private_hosts() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.1",
            "0177.1",
            "0.0.0.0",
            "0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fe80::1%eth0",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:7f00:1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001:0:7f00:1::",
        ] {
            assert!(is_private(host), "{host}");
        }
        for host in [
            "example.org",
            "localhost.example.org",
            "mylocal",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.169.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "1.1",
            "x.0x7f",
        ] {
            assert!(!is_private(host), "{host}");
        }
    }
}
