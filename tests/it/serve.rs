//! `folio serve` against `folio build`: after any edits the one serves what the other writes, byte for byte.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use folio::edge::clock;

use crate::support::{Folder, SETTINGS};

/// How long a change may take to be served.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that ends with the test.
struct Server {
    child: Child,
    /// `http://localhost:1111/`.
    address: String,
}

impl Server {
    fn start(folder: &Folder, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_folio"))
            .args(["serve", "--port", "0", "--now", "2024-02-01T12:00:00Z"])
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find_map(|it| it.ok().filter(|it| it.starts_with("http://"))).expect("it says its address");
        // Nobody reads what it says later, but it must not wait for that.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address: line.split(' ').next().unwrap().to_owned() }
    }

    fn port(&self) -> u16 {
        self.address.rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap()
    }

    /// Sends what is written, and returns all that comes back: the head and the body.
    fn send(&self, text: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").map_or(bytes.len(), |it| it + 4);
        let body = bytes.split_off(end);
        (String::from_utf8_lossy(&bytes).into_owned(), body)
    }

    fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    fn status(&self, request: &str) -> String {
        self.send(request).0.split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// Returns a page without the script that only served pages have.
    fn page(&self, path: &str) -> Vec<u8> {
        let (head, body) = self.get(path);
        if !head.starts_with("HTTP/1.1 200") {
            return head.into_bytes();
        }
        let text = String::from_utf8_lossy(&body);
        let Some(at) = text.find("<script src=\"/_folio/live.js\"") else { return body };
        let end = at + text[at..].find("</script>\n").unwrap() + "</script>\n".len();
        [&text.as_bytes()[..at], &text.as_bytes()[end..]].concat()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Numbers in an order that is the same each time (Marsaglia, Xorshift RNGs).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

fn post(title: &str) -> String {
    format!("---\ntitle: {title}\nsummary: What it is.\ndate: 2024-01-02\ntopics: [housing]\n---\n\nText of {title}.\n")
}

fn site() -> Folder {
    Folder::of(&format!(
        "{SETTINGS}
//- data/topics.yml
- {{slug: housing, title: Housing}}
//- content/index.md
---
title: Home
summary: Where it begins.
---

Welcome.
//- static/own.css
body {{ color: black }}
"
    ))
}

/// Waits until the server serves what a build writes, and returns what still differs when patience ends.
fn differences(folder: &Folder, server: &Server) -> Vec<String> {
    let watch = clock::start();
    loop {
        let run = folder.run(&["build", "-q", "-D", "-F", "-u", &server.address, "--now", "2024-02-01T12:00:00Z"]);
        assert_eq!(run.status, 0, "{}", run.err);
        let mut differing = Vec::new();
        for (path, bytes) in folder.files("public") {
            if path == "manifest.json" {
                continue;
            }
            let address = path.strip_suffix("index.html").map_or(format!("/{path}"), |it| format!("/{it}"));
            if server.page(&address) != bytes {
                differing.push(address);
            }
        }
        if differing.is_empty() || watch.elapsed() > PATIENCE {
            return differing;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it is a folder on the disk")]
fn after_any_edits_it_serves_what_a_build_writes() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    assert_eq!(differences(&folder, &server), Vec::<String>::new());
    let mut dice = Dice(0x5EED);
    let mut whole: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..500 {
        let path = format!("content/posts/{}post-{}.md", ["", "deep/", "other/"][dice.roll(3)], dice.roll(30));
        let names: Vec<String> = whole.keys().cloned().collect();
        let some = names.get(dice.roll(names.len().max(1))).cloned();
        match (dice.roll(8), some) {
            (0..3, _) => {
                let text = post(&format!("Round {round}"));
                folder.write(&path, text.as_bytes());
                whole.insert(path, text);
            }
            (3, Some(old)) => {
                // An editor writes beside the file, and moves that over it.
                let text = post(&format!("Saved {round}"));
                folder.write(&format!("{old}~"), text.as_bytes());
                std::fs::rename(folder.path().join(format!("{old}~")), folder.path().join(&old)).unwrap();
                whole.insert(old, text);
            }
            (4, Some(old)) => {
                folder.remove(&old);
                whole.remove(&old);
            }
            (5, Some(old)) => {
                let new = format!("content/posts/moved-{round}.md");
                std::fs::rename(folder.path().join(&old), folder.path().join(&new)).unwrap();
                let text = whole.remove(&old).unwrap();
                whole.insert(new, text);
            }
            (6, Some(old)) => folder.write(&old, &whole[&old].as_bytes()[..20]),
            (7, Some(_)) if round % 40 == 0 => {
                let (from, to) =
                    (folder.path().join("content/posts/deep"), folder.path().join(format!("content/posts/d{round}")));
                if std::fs::rename(from, to).is_ok() {
                    let moved = |it: String| it.replace("posts/deep/", &format!("posts/d{round}/"));
                    whole = std::mem::take(&mut whole).into_iter().map(|(path, text)| (moved(path), text)).collect();
                }
            }
            _ => folder.write("static/own.css", format!("body {{ order: {round} }}").as_bytes()),
        }
    }
    // What was left half written is written whole; two posts of one name would be a fault.
    let mut slugs = std::collections::BTreeSet::new();
    for (path, text) in &whole {
        match slugs.insert(path.rsplit('/').next().unwrap()) {
            true => folder.write(path, text.as_bytes()),
            false => folder.remove(path),
        }
    }
    assert!(slugs.len() > 5, "{}", slugs.len());
    assert_eq!(differences(&folder, &server), Vec::<String>::new());
}

#[test]
fn pages_are_whole_while_files_change() {
    let folder = site();
    folder.write("content/posts/busy.md", post("Number 0").as_bytes());
    let server = Server::start(&folder, &[]);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..10)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let (head, body) = server.get("/blog/busy/");
                        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
                        let text = String::from_utf8(body).unwrap();
                        let title = text.split("<title>Number ").nth(1).and_then(|it| it.split(' ').next()).unwrap();
                        assert!(
                            text.contains(&format!("Text of Number {title}.")) && text.ends_with("</html>\n"),
                            "{title}"
                        );
                    }
                })
            })
            .collect();
        for number in 1.. {
            folder.write("content/posts/busy.md~", post(&format!("Number {number}")).as_bytes());
            #[expect(clippy::disallowed_methods, reason = "it is a folder on the disk")]
            std::fs::rename(folder.path().join("content/posts/busy.md~"), folder.path().join("content/posts/busy.md"))
                .unwrap();
            if readers.iter().all(|it| it.is_finished()) {
                break;
            }
        }
    });
}

#[test]
fn it_serves_the_site_and_nothing_else() {
    let folder = site();
    folder.write("content/posts/one.md", post("One").as_bytes());
    let server = Server::start(&folder, &[]);
    let get =
        |path: &str| server.status(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/..%2fsite.toml",
        "/..%5csite.toml",
        "//etc/passwd",
        "/%00",
        "/a%2f..%2f..%2fsite.toml",
        "/%c0%ae%c0%ae/site.toml",
    ] {
        assert_eq!(get(path), "400", "{path}");
    }
    for path in ["/site.toml", "/content/index.md", "/.git/config", "/nothing/", "/data/topics.yml"] {
        assert_eq!(get(path), "404", "{path}");
    }
    assert_eq!(get("/"), "200");
    assert_eq!(get("/topics"), "301");
    assert_eq!(get(&format!("/{}", "a".repeat(5_000))), "404");
    let with = |line: &str| server.status(&format!("{line}\r\nConnection: close\r\n\r\n"));
    assert_eq!(with("GET / HTTP/1.1\r\nHost: example.org"), "403");
    assert_eq!(with("GET / HTTP/1.1\r\nHost: localhost.example.org"), "403");
    assert_eq!(with("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"), "405");
    assert_eq!(with(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}", "a".repeat(1_000_000))), "431");
    assert_eq!(with("GET /own.css HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-3"), "206");
    assert_eq!(with("GET /own.css HTTP/1.1\r\nHost: localhost\r\nRange: bytes=9999-"), "416");
    let (head, body) = server.send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200") && body.is_empty(), "{head}");
    let (head, _) = server.get("/own.css");
    let tag = head.lines().find_map(|it| it.strip_prefix("etag: ")).unwrap();
    assert_eq!(with(&format!("GET /own.css HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {tag}")), "304");
    // Somebody who never ends a request keeps nobody else from the site.
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
            stream
        })
        .collect();
    assert_eq!(get("/"), "200");
    drop(slow);
}

#[test]
fn a_broken_page_stays_as_it_was_and_says_so() {
    let folder = site();
    folder.write("content/posts/one.md", post("One").as_bytes());
    let server = Server::start(&folder, &[]);
    let before = server.page("/blog/one/");
    folder.write("content/posts/one.md", b"---\ntitle: One: two\ndate: 2024-01-02\n---\n\nText.\n");
    let state = || String::from_utf8(server.get("/_folio/state?path=/blog/one/").1).unwrap();
    let wait = |holds: &dyn Fn(&str) -> bool| {
        let watch = clock::start();
        while !holds(&state()) {
            assert!(watch.elapsed() < PATIENCE, "{}", state());
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait(&|it| it.contains("content/posts/one.md:2:8") && it.contains("title: \\\"One: two\\\""));
    assert!(server.page("/blog/one/") == before);
    folder.write("content/posts/one.md", post("Two").as_bytes());
    wait(&|it| it.contains("\"faults\":[]"));
    assert!(String::from_utf8_lossy(&server.page("/blog/one/")).contains("Text of Two."));
}

#[test]
fn what_rules_find_on_a_page_is_told_with_its_place() {
    let folder = site();
    let text = format!("{}\n#### Deep\n\n[Click here](/topics/)\n", post("One"));
    folder.write("content/posts/one.md", text.as_bytes());
    folder.write("content/posts/two.md", post("Two").as_bytes());
    let server = Server::start(&folder, &[]);
    let faults = |query: &str| -> Vec<String> {
        let state: serde_json::Value =
            serde_json::from_slice(&server.get(&format!("/_folio/state?{query}")).1).unwrap();
        let all = state["faults"].as_array().unwrap().iter();
        all.map(|it| format!("{} {} {}", it["own"], it["place"].as_str().unwrap(), it["severity"].as_str().unwrap()))
            .collect()
    };
    let of_page = ["true content/posts/one.md:10:1 warning", "true content/posts/one.md:12:2 warning"];
    assert_eq!(faults("path=/blog/one/&rules="), of_page);
    // Those that rules find are not looked for where only the state of the sources is asked for, nor told of other pages.
    assert_eq!(faults("path=/blog/one/"), Vec::<String>::new());
    assert_eq!(faults("path=/blog/two/&rules="), Vec::<String>::new());
    // An error elsewhere is told everywhere, after what is wrong with the page.
    folder.write("content/posts/two.md", post("Two: too").as_bytes());
    let watch = clock::start();
    while faults("path=/blog/one/&rules=").len() < 3 {
        assert!(watch.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(faults("path=/blog/one/&rules="), [of_page[0], of_page[1], "false content/posts/two.md:2:8 error"]);
}

#[test]
fn drafts_are_shown_unless_only_what_is_published_is_wanted() {
    let folder = site();
    folder.write("content/posts/one.md", post("One").replace("date:", "draft: true\ndate:").as_bytes());
    let get = |server: &Server| server.get("/blog/one/").0.split(' ').nth(1).unwrap().to_owned();
    assert_eq!(get(&Server::start(&folder, &[])), "200");
    assert_eq!(get(&Server::start(&folder, &["--published"])), "404");
    folder.write("site.toml", b"[site]\ntitle = \"Site\"\nbase_url = \"https://example.org/sub/\"\n");
    let server = Server::start(&folder, &["--poll"]);
    assert!(server.address.ends_with("/sub/"), "{}", server.address);
    assert!(server.get("/").0.contains("location: /sub/\r\n"));
    assert!(server.get("/sub/").0.starts_with("HTTP/1.1 200"));
    assert!(server.get("/blog/one/").0.starts_with("HTTP/1.1 404"));
}

#[test]
fn files_are_sent_piece_by_piece() {
    let folder = site();
    folder.write("static/film.mp4", b"0123456789");
    let big = std::fs::File::create(folder.path().join("static/big.bin")).unwrap();
    // Nothing of it is on the disk; a server that read it would not come to an end.
    big.set_len(1 << 42).unwrap();
    let server = Server::start(&folder, &[]);
    let ask = |method: &str, path: &str, more: &str| {
        server.send(&format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n"))
    };
    let (head, body) = ask("HEAD", "/big.bin", "");
    assert!(head.contains("content-length: 4398046511104") && body.is_empty(), "{head}");
    for (range, status, expected) in [
        ("bytes=0-9", "206", Some(10)),
        ("bytes=4398046511100-", "206", Some(4)),
        ("bytes=-3", "206", Some(3)),
        ("bytes=300000-700000", "206", Some(400_001)),
        ("bytes=4398046511104-", "416", Some(0)),
    ] {
        let (head, body) = ask("GET", "/big.bin", &format!("Range: {range}\r\n"));
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{range}: {head}");
        assert_eq!(Some(body.len()), expected, "{range}");
    }
    let (head, body) = ask("GET", "/film.mp4", "");
    assert_eq!(body, b"0123456789");
    let tag = head.lines().find_map(|it| it.strip_prefix("etag: ")).unwrap().to_owned();
    assert!(ask("GET", "/film.mp4", &format!("If-None-Match: {tag}\r\n")).0.starts_with("HTTP/1.1 304"));
    let ranged = |tag: &str| ask("GET", "/film.mp4", &format!("Range: bytes=2-4\r\nIf-Range: {tag}\r\n")).1;
    assert_eq!((ranged(&tag), ranged("\"other\"")), (b"234".to_vec(), b"0123456789".to_vec()));
    let state = String::from_utf8(ask("GET", "/_folio/state?path=/big.bin", "").1).unwrap();
    assert!(state.contains("\"hash\":\"") && !state.contains("\"hash\":\"\""), "{state}");
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_is_not_served() {
    let folder = site();
    folder.write("static/a.txt", b"own");
    folder.write(".git/config", b"secret");
    let outside = Folder::empty();
    outside.write("secret.txt", b"secret");
    let server = Server::start(&folder, &["--published"]);
    assert_eq!(server.page("/a.txt"), b"own");
    let asset = folder.path().join("static/a.txt");
    for target in [outside.path().join("secret.txt"), "../.git/config".into()] {
        folder.remove("static/a.txt");
        std::os::unix::fs::symlink(target, &asset).unwrap();
        // Before and after the watcher has seen it.
        for _ in 0..20 {
            let (head, body) = server.get("/a.txt");
            let body = String::from_utf8_lossy(&body).into_owned();
            assert!(head.starts_with("HTTP/1.1 404") && !body.contains("secret"), "{head}{body}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn half_a_request_is_not_waited_for() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    let mut half = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    half.set_read_timeout(Some(PATIENCE)).unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-a: ").unwrap();
    assert!(server.get("/").0.starts_with("HTTP/1.1 200"));
    // The server closes it; without that, the wait would end with an error.
    half.read_to_end(&mut Vec::new()).expect("the server closes the connection");
}
