//! Addresses -> what is there: asks the web, politely, and remembers the answers.
//!
//! One request at a time to each host, with a pause between two; `HEAD` first, and `GET` where a server does not know it; what
//! was fine is not asked again for a week. Nothing is sent but the address and the name of the program. Hosts of private networks
//! are not asked, by whatever name or redirect one comes to them.

mod resolver;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ureq::http::{Response, StatusCode, Uri};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use self::resolver::{Guard, Refused, Rule};
use super::folder::Folder;
use crate::model::host;
use crate::model::web::Answer;

/// The memory, in the site's folder. It can be thrown away at any time.
const MEMORY: &str = ".folio/links.json";
/// No memory is longer, in bytes: that of 100,000 addresses has a fifth of it.
const LONGEST: u64 = 64 << 20;

const TIMEOUT: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(300);
/// How long a host that asks for patience is waited for, once.
const PATIENCE: Duration = Duration::from_secs(30);
const HOSTS_AT_ONCE: usize = 16;
const REDIRECTS: usize = 10;
/// In seconds: a week.
const FRESH: i64 = 7 * 24 * 60 * 60;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Remembered {
    /// In seconds since 1970, UTC.
    asked: i64,
    answer: Answer,
}

type Memory = BTreeMap<String, Remembered>;

/// Asks what is at each address; `root` is the site's folder, where answers are remembered. `told` is called with the number of
/// answers so far.
///
/// # Errors
/// Where the answers can't be remembered.
pub fn ask(
    root: &Path,
    urls: &[&str],
    now: Timestamp,
    told: impl Fn(usize) + Sync,
) -> io::Result<BTreeMap<String, Answer>> {
    ask_by(host::is_public, root, urls, now, told)
}

/// Asks the hosts whose numbers `rule` allows.
fn ask_by(
    rule: Rule,
    root: &Path,
    urls: &[&str],
    now: Timestamp,
    told: impl Fn(usize) + Sync,
) -> io::Result<BTreeMap<String, Answer>> {
    let site = Folder::open(root)?;
    let mut memory = remembered(&site, now);
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for url in urls.iter().filter(|it| !memory.contains_key(**it)) {
        let host = url.parse::<Uri>().ok().and_then(|it| it.authority().map(|it| it.as_str().to_lowercase()));
        hosts.entry(host.unwrap_or_default()).or_default().push(url);
    }
    let answered = Mutex::new(Memory::new());
    let waiting = Mutex::new(hosts.into_values());
    let web = Web { agent: agent(rule), rule };
    thread::scope(|scope| {
        for _ in 0..HOSTS_AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(of_host) = lock(&waiting).next() else { return };
                    for (position, url) in of_host.into_iter().enumerate() {
                        if position > 0 {
                            thread::sleep(PAUSE);
                        }
                        let answer = answer(&web, url);
                        let mut answered = lock(&answered);
                        answered.insert(url.to_owned(), Remembered { asked: now.as_second(), answer });
                        told(answered.len());
                    }
                }
            });
        }
    });
    memory.append(&mut answered.into_inner().unwrap_or_else(PoisonError::into_inner));
    remember(&site, &memory)?;
    let wanted = |url: &&str| Some(((*url).to_owned(), memory.get(*url)?.answer.clone()));
    Ok(urls.iter().filter_map(wanted).collect())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The web, as far as it may be asked.
struct Web {
    agent: Agent,
    rule: Rule,
}

fn agent(rule: Rule) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(TIMEOUT))
        .user_agent(concat!("folio/", env!("CARGO_PKG_VERSION"), " (checks links)"));
    Agent::with_parts(config.build(), DefaultConnector::default(), Guard::of(rule))
}

/// Follows an address to where it ends.
fn answer(web: &Web, url: &str) -> Answer {
    let (mut here, mut for_good) = (url.to_owned(), true);
    for _ in 0..REDIRECTS {
        let response = match request(web, &here) {
            Ok(response) => response,
            Err(ureq::Error::HostNotFound) => return Answer::Gone("there is no such host".to_owned()),
            Err(ureq::Error::Other(error)) => return Answer::Unclear(error.to_string()),
            Err(error) => return Answer::Unclear(error.to_string()),
        };
        let status = response.status();
        if !status.is_redirection() {
            return match status {
                StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone(format!("the server says {status}")),
                _ if status.is_success() && for_good && here != url => Answer::Moved(here),
                _ if status.is_success() => Answer::Fine,
                _ => Answer::Unclear(format!("the server says {status}")),
            };
        }
        for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        let Some(next) = header(&response, "location").and_then(|it| joined(&here, it)) else {
            return Answer::Unclear(format!("the server says {status}, but not where to"));
        };
        here = next;
    }
    Answer::Unclear(format!("it leads from one address to the next, more than {REDIRECTS} times"))
}

fn request(web: &Web, url: &str) -> Result<Response<Body>, ureq::Error> {
    // The resolver sees all numbers but those that a proxy looks up.
    if host::number(host::of(url)).is_some_and(|it| !(web.rule)(it)) {
        return Err(ureq::Error::Other(Box::new(Refused)));
    }
    let agent = &web.agent;
    let response = agent.head(url).call()?;
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        let wait = header(&response, "retry-after").and_then(|it| it.parse().ok()).map(Duration::from_secs);
        thread::sleep(wait.unwrap_or(PAUSE * 10).min(PATIENCE));
        return agent.get(url).call();
    }
    // Some servers know only GET, and say all sorts of things to HEAD.
    match response.status().is_success() || response.status().is_redirection() {
        true => Ok(response),
        false => agent.get(url).call(),
    }
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name).and_then(|it| it.to_str().ok())
}

/// Returns where `location` leads from `base` (RFC 9110, section 10.2.2): an address of its own, or a path on the same host.
fn joined(base: &str, location: &str) -> Option<String> {
    let location = location.split('#').next().unwrap_or_default();
    if location.starts_with("http://") || location.starts_with("https://") {
        return Some(location.to_owned());
    }
    let base: Uri = base.parse().ok()?;
    let (scheme, host) = (base.scheme_str()?, base.authority()?);
    Some(match location.strip_prefix("//") {
        Some(rest) => format!("{scheme}://{rest}"),
        None if location.starts_with('/') => format!("{scheme}://{host}{location}"),
        None => {
            let folder = base.path().rsplit_once('/').map_or("", |it| it.0);
            format!("{scheme}://{host}{folder}/{location}")
        }
    })
}

/// Returns what is remembered and still counts; nothing where the memory can't be read: then all is asked again.
fn remembered(site: &Folder, now: Timestamp) -> Memory {
    let mut text = Vec::new();
    let read = site.read(Path::new(MEMORY)).and_then(|it| it.0.take(LONGEST).read_to_end(&mut text));
    let memory: Memory = read.ok().and_then(|_| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let counts = |it: &Remembered| (0..FRESH).contains(&(now.as_second() - it.asked));
    memory.into_iter().filter(|(_, it)| counts(it)).collect()
}

/// Keeps what was fine; what was not may be mended by now, and is asked again.
fn remember(site: &Folder, memory: &Memory) -> io::Result<()> {
    let fine: BTreeMap<_, _> =
        memory.iter().filter(|(_, it)| matches!(it.answer, Answer::Fine | Answer::Moved(_))).collect();
    let text = serde_json::to_string_pretty(&fine).expect("answers are plain data");
    site.replace(Path::new(MEMORY), text.as_bytes())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests listen on loopback")]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{IpAddr, Ipv4Addr, TcpListener};

    use jiff::SignedDuration;

    use super::*;

    /// The server of the tests is on this machine, at this one number.
    const TESTS: Rule = |it| it == IpAddr::V4(Ipv4Addr::LOCALHOST);

    /// Starts a server on loopback that answers by the path, and returns its address and what it was asked.
    fn server() -> (String, &'static Mutex<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked: &'static Mutex<Vec<String>> = Box::leak(Box::default());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let line = lines.next().unwrap_or_default();
                lines.take_while(|it| !it.is_empty()).for_each(drop);
                let request = line.trim_end_matches(" HTTP/1.1").to_owned();
                let redirect = request.split_once(" /to/").map(|it| format!("302 Found\r\nlocation: {}", it.1));
                let answer = match request.split_once(' ').unwrap_or_default() {
                    (_, "/moved") => "301 Moved Permanently\r\nlocation: /fine",
                    (_, "/for-now") => "302 Found\r\nlocation: fine",
                    _ if redirect.is_some() => redirect.as_deref().unwrap_or_default(),
                    (_, "/round") => "301 Moved Permanently\r\nlocation: /round",
                    (_, "/gone") => "410 Gone",
                    (_, "/busy") => "503 Service Unavailable",
                    ("HEAD", "/only-get") => "405 Method Not Allowed",
                    (_, "/fine" | "/only-get") => "200 OK",
                    _ => "404 Not Found",
                };
                lock(asked).push(request);
                let _ = write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        });
        (base, asked)
    }

    #[test]
    fn answers_are_told_apart_and_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let (base, asked) = server();
        let url = |path: &str| format!("{base}{path}");
        let paths = ["/fine", "/moved", "/for-now", "/round", "/gone", "/lost", "/busy", "/only-get"];
        let urls: Vec<String> = paths.iter().map(|it| url(it)).collect();
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        let now: Timestamp = "2024-01-23T09:00:00Z".parse().unwrap();
        let answers = ask_by(TESTS, folder.path(), &urls, now, |_| ()).unwrap();
        let found = |path: &str| answers[&url(path)].clone();
        assert_eq!(found("/fine"), Answer::Fine);
        assert_eq!(found("/moved"), Answer::Moved(url("/fine")));
        assert_eq!(found("/for-now"), Answer::Fine);
        assert!(matches!(found("/round"), Answer::Unclear(it) if it.contains("more than 10 times")));
        assert_eq!(found("/gone"), Answer::Gone("the server says 410 Gone".to_owned()));
        assert_eq!(found("/lost"), Answer::Gone("the server says 404 Not Found".to_owned()));
        assert_eq!(found("/busy"), Answer::Unclear("the server says 503 Service Unavailable".to_owned()));
        assert_eq!(found("/only-get"), Answer::Fine);

        // A day later only what was not fine is asked again; after a week, all is.
        lock(asked).clear();
        ask_by(TESTS, folder.path(), &urls, now + SignedDuration::from_hours(24), |_| ()).unwrap();
        let again = |path: &str| lock(asked).iter().any(|it| it.ends_with(path));
        assert!(again("/gone") && again("/busy") && !again("/fine") && !again("/only-get"), "{asked:?}");
        lock(asked).clear();
        ask_by(TESTS, folder.path(), &urls[..1], now + SignedDuration::from_hours(24 * 8), |_| ()).unwrap();
        assert_eq!(*lock(asked), ["HEAD /fine"]);
    }

    #[test]
    fn a_host_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        // The port was free a moment ago, and nobody listens now.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("http://{free}/");
        let answers =
            ask_by(TESTS, folder.path(), &[&url, "http://", "https://%zz/"], Timestamp::UNIX_EPOCH, |_| ()).unwrap();
        assert_eq!(answers.len(), 3);
        assert!(answers.values().all(|it| matches!(it, Answer::Unclear(_))), "{answers:?}");
    }

    #[test]
    fn private_hosts_are_not_asked_by_any_way() {
        let folder = tempfile::tempdir().unwrap();
        let (base, asked) = server();
        let port = base.rsplit(':').next().unwrap();
        // The same server, by numbers and names that the rule does not allow.
        let hosts = ["[::1]", "[::ffff:127.0.0.1]", "127.0.0.2", "127.0.0.3", "0.0.0.0", "0", "0x7f.2", "2130706434"];
        let private = hosts.map(|it| format!("http://{it}:{port}/fine"));
        let redirected = private.clone().map(|it| format!("{base}/to/{it}"));
        let urls: Vec<&str> = private.iter().chain(&redirected).map(String::as_str).collect();
        let answers = ask_by(TESTS, folder.path(), &urls, Timestamp::UNIX_EPOCH, |_| ()).unwrap();
        for (url, answer) in &answers {
            assert!(matches!(answer, Answer::Unclear(it) if it.contains("private network")), "{url}: {answer:?}");
        }
        assert_eq!(answers.len(), 2 * hosts.len());
        // Each redirect was answered, and not followed.
        let asked = std::mem::take(&mut *lock(asked));
        assert!(asked.len() == hosts.len() && asked.iter().all(|it| it.starts_with("HEAD /to/")), "{asked:?}");
    }

    #[test]
    fn a_name_is_judged_by_its_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let (base, asked) = server();
        let port = base.rsplit(':').next().unwrap();
        let named = format!("http://localhost:{port}/fine");
        let forms =
            ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1"].map(|it| format!("http://{it}:{port}/fine"));
        let urls: Vec<&str> = forms.iter().map(String::as_str).chain([&*named]).collect();
        // By the rule that holds outside of tests, none of these is asked.
        let answers = ask(folder.path(), &urls, Timestamp::UNIX_EPOCH, |_| ()).unwrap();
        assert!(
            answers.values().all(|it| matches!(it, Answer::Unclear(it) if it.contains("private network"))),
            "{answers:?}"
        );
        assert_eq!(*lock(asked), Vec::<String>::new());
        // Where one number of a name is allowed, that one is asked.
        let answers = ask_by(TESTS, folder.path(), &[&named], Timestamp::UNIX_EPOCH, |_| ()).unwrap();
        assert_eq!(answers[&named], Answer::Fine);
    }
}
