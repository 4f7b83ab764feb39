//! What always holds, tried on many sites that nobody would write. The seeds are fixed: what fails once, fails again.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use folio::Memo;
use folio::model::config::Options;
use folio::model::diagnostic::Severity;
use folio::model::source::{Source, Sources};

use crate::support::{BARE_THEME, Built, Folder, SETTINGS, build, build_text, options, project, told};

/// Numbers that look like chance (a linear congruential generator, Knuth's MMIX).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Returns the site of this repository, with the default theme.
pub(crate) fn own_site() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = folio::edge::disk::read(root, Path::new("site.toml"), &root.join("public")).unwrap();
    assert!(sources.found.is_empty(), "{:?}", sources.found);
    folio::edge::embedded::civic(&mut sources);
    sources
}

/// A small site in which everything refers to everything.
fn small_site() -> Sources {
    let mut text = format!("{SETTINGS}[lists]\nper_page = 2\n{BARE_THEME}");
    text += "//- templates/list.html\n{% for it in page.items %}{{ it.url }} {{ it.title }};{% endfor %}{{ page.intro | default(value='') | safe }}\n\
             //- templates/term.html\n{% for it in page.items %}{{ it.url }} {{ it.title }};{% endfor %}\n\
             //- templates/document.html\n{{ page.title }} {{ page.content | safe }}{% for it in page.backlinks %}{{ it.url }};{% endfor %}\
             {% if page.next %}{{ page.next.url }}{% endif %}{% if page.previous %}{{ page.previous.url }}{% endif %}\n\
             //- components/note.html\n<p>{{ text }}</p>\n//- components/note.toml\nfields.text = { type = \"text\", required = true }\n\
             //- data/topics.yml\n- {slug: housing, title: Housing}\n- {slug: data, title: Data}\n\
             //- content/posts/index.md\n---\ntitle: All posts\n---\n\nSee [one](p1.md).\n\
             //- content/files/a.txt\nA file.\n";
    for number in 0..6 {
        let other = (number + 1) % 6;
        text += &format!(
            "//- content/posts/p{number}.md\n---\ntitle: Post {number}\ndate: 2024-01-0{}\ntopics: [housing, data]\n\
             projects: [j{number}]\nauthors: [ann]\n---\n\nSee [it](p{other}.md#part) and [file](../files/a.txt).\n\n## Part\n\n\
             ```note\ntext: Note {number}\n```\n\
             //- content/projects/j{number}.md\n---\ntitle: Project {number}\nsummary: Short.\nstatus: paused\n---\n\nSee [a](@/posts/p{number}.md).\n",
            number + 1
        );
    }
    project(&(text + "//- content/people/ann.md\n---\ntitle: Ann\n---\n\nShe writes.\n"))
}

/// Changes something: a word in a text, a whole text, its path, the settings, the theme.
fn edit(sources: &mut Sources, chance: &mut Chance) {
    let paths: Vec<Arc<str>> = sources.texts.keys().cloned().collect();
    let path = chance.of(&paths).clone();
    let content = paths.iter().filter(|it| it.starts_with("content/")).cloned().collect::<Vec<_>>();
    match chance.below(8) {
        0 if path.starts_with("content/") => _ = sources.texts.remove(&path),
        1 => {
            let from = sources.texts[chance.of(&content)].text.to_string();
            sources.add(Source::new(format!("content/posts/new-{}.md", chance.below(5)), from.into_bytes()));
        }
        2 => {
            let wider = [
                "[site]\ntitle = \"Other\"\nbase_url = \"https://example.org/sub/\"\n",
                "[markdown]\nhtml = \"none\"\n",
                "[markdown]\nsmart = false\n",
                "[lists]\nper_page = 3\n",
            ];
            let text =
                format!("[site]\ntitle = \"Site\"\nbase_url = \"https://example.org\"\n{}", chance.of(&wider[1..]));
            sources
                .add(Source::new("site.toml", if chance.below(4) == 0 { wider[0].into() } else { text.into_bytes() }));
        }
        3 => {
            let declared = [
                "",
                "fields.text = { type = \"text\" }\n",
                "fields.text = { type = \"markdown\" }\nfields.more = { type = \"integer\", default = 3 }\n",
            ];
            sources.add(Source::new("components/note.toml", (*chance.of(&declared)).into()));
        }
        4 => sources.add(Source::new(
            "templates/document.html",
            (*chance.of(&["{{ page.title }}", "{{ page.content | safe }}", "{{ page.zebra }}"])).into(),
        )),
        5 => sources.add(Source::new(
            "data/topics.yml",
            (*chance.of(&["- housing\n", "- {slug: data, title: Sharing}\n- housing\n", "x: ["])).into(),
        )),
        _ => {
            let words = [
                ("Post", "Blog"),
                ("2024-01-0", "2024-02-0"),
                ("title: ", "title:"),
                ("status: paused", "status: gone"),
                ("## Part", "## Other"),
                ("ann", "bob"),
                ("---\n", ""),
                ("See", "<b>See</b>"),
                ("draft", "x"),
                ("topics:", "draft: true\ntopics:"),
            ];
            let (from, to) = *chance.of(&words);
            let path = chance.of(&content);
            let text = sources.texts[path].text.replace(from, to);
            sources.add(Source::new(path.clone(), text.into_bytes()));
        }
    }
}

/// Checks that two builds are the same to the byte, and says where they are not.
#[track_caller]
fn same(one: &Built, other: &Built, when: &str) {
    assert_eq!(one.diagnostics, other.diagnostics, "{when}");
    assert_eq!(one.outputs.keys().collect::<Vec<_>>(), other.outputs.keys().collect::<Vec<_>>(), "{when}");
    for (path, bytes) in &one.outputs {
        let [one, other] = [bytes, &other.outputs[path]].map(|it| String::from_utf8_lossy(it));
        assert_eq!(one, other, "{when}: {path}");
    }
}

#[test]
fn any_memory_gives_what_an_empty_one_gives() {
    for seed in 0..6 {
        let mut chance = Chance(seed);
        let mut sources = small_site();
        let memo = Memo::default();
        for step in 0..10 {
            let options = Options {
                drafts: chance.below(3) == 0,
                future: chance.below(3) == 0,
                base_url: (chance.below(4) == 0).then(|| "https://other.example/x/".to_owned()),
                ..options()
            };
            let warm = build(&sources, options.clone(), &memo);
            let cold = build(&sources, options, &Memo::default());
            same(&warm, &cold, &format!("seed {seed}, step {step}"));
            if sources.texts.keys().any(|it| it.starts_with("content/")) {
                edit(&mut sources, &mut chance);
            }
        }
    }
}

#[test]
fn the_order_in_which_files_come_never_shows() {
    let sources = small_site();
    let expected = build(&sources, options(), &Memo::default());
    assert_eq!(told(&expected.diagnostics, &sources), [""; 0]);
    for seed in 0..5 {
        let mut chance = Chance(seed);
        let mut texts: Vec<Source> = sources.texts.values().cloned().collect();
        let mut assets: Vec<_> = sources.assets.values().cloned().collect();
        let mut shuffled = Sources::default();
        while !texts.is_empty() {
            shuffled.add(texts.swap_remove(chance.below(texts.len())));
        }
        while !assets.is_empty() {
            let asset = assets.swap_remove(chance.below(assets.len()));
            shuffled.assets.insert(asset.path.clone(), asset);
        }
        same(&build(&shuffled, options(), &Memo::default()), &expected, &format!("seed {seed}"));
    }
}

/// Returns the bytes with some of them changed, put twice, taken out, or with odd things put between.
pub(crate) fn mangled(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    const ODD: [&[u8]; 40] = [
        b"---\n",
        b"\n---",
        b"\n",
        b"\r",
        b"\r\n",
        b"\t",
        b": ",
        b":",
        b"- ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"{{",
        b"{%",
        b"\"",
        b"'",
        b"|",
        b">",
        b"&",
        b"*a",
        b"!x ",
        b"#",
        b"# ",
        b"```",
        b"```stat\n",
        b"<",
        b"<div",
        b"</",
        b"[^1]",
        b"[^1]: a",
        b"(",
        b"\\",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc2\xa0",
        "é😀".as_bytes(),
        b"<!--",
        b"99999999999999999999",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(30)).min(bytes.len());
        match chance.below(6) {
            0 => bytes.truncate(at),
            1 => _ = bytes.drain(at..end),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            3 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
            _ => _ = bytes.splice(at..at, chance.of(&ODD).iter().copied()),
        }
    }
    bytes
}

#[test]
fn no_text_makes_the_program_panic() {
    let own = own_site();
    let mut real: Vec<Source> = own.texts_in("content/").cloned().collect();
    real.push(own.texts["site.toml"].clone());
    real.extend(own.texts_in("data/").cloned());
    let mut chance = Chance(7);
    let theme = project(&format!("{SETTINGS}{BARE_THEME}"));
    for round in 0..250 {
        let mut sources = theme.clone();
        for (path, source) in
            own.texts.iter().filter(|it| it.0.starts_with("<civic>/components") || it.0.starts_with("<civic>/i18n"))
        {
            sources.texts.insert(path.clone(), source.clone());
        }
        let mut tried = Vec::new();
        for _ in 0..4 {
            let source = chance.of(&real);
            let bytes = mangled(source.text.as_bytes(), &mut chance);
            tried.push((source.path.clone(), String::from_utf8_lossy(&bytes).into_owned()));
            sources.add(Source::new(source.path.clone(), bytes));
        }
        let built = std::panic::catch_unwind(|| {
            let built = build(&sources, options(), &Memo::default());
            for format in folio::report::Format::ALL {
                folio::report::text(format, &built.diagnostics, &folio::report::Around::of(&sources));
            }
            built
        });
        let Ok(built) = built else { panic!("round {round}: {tried:#?}") };
        for diagnostic in &built.diagnostics {
            let Some(place) = &diagnostic.place else { continue };
            let Some(source) = sources.texts.get(&place.path) else { continue };
            let (span, length) = (place.span(), source.text.len());
            assert!(span.start <= span.end && span.end <= length, "round {round}: {diagnostic:?} in {tried:#?}");
        }
    }
}

/// An attribute of an element: `("a", "href", "/about/")`.
type Attribute = (String, String, String);

/// Returns every attribute of a page, in order. Made for the HTML that templates write: no `<` in values.
fn attributes(html: &str) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |it| it.1);
            continue;
        }
        let name: String = rest.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
        rest = &rest[name.len()..];
        loop {
            rest = rest.trim_start();
            if name.is_empty() || rest.is_empty() || rest.starts_with('>') || rest.starts_with("/>") {
                break;
            }
            let Some(end) = rest.find(['=', '>', ' ', '\n', '/']) else {
                rest = "";
                break;
            };
            let attribute = rest[..end].to_owned();
            let ends_in = rest.as_bytes()[end];
            if ends_in != b'=' {
                // A slash within a tag is nothing; what else has no value ends at a space, or where the tag does.
                rest = &rest[end.max(usize::from(ends_in == b'/'))..];
                if end > 0 {
                    found.push((name.clone(), attribute, String::new()));
                }
                continue;
            }
            rest = &rest[end + 1..];
            let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''));
            let value = match quote {
                Some(quote) => rest[1..].split(quote).next().unwrap_or_default(),
                None => rest.split([' ', '>', '\n']).next().unwrap_or_default(),
            };
            rest = &rest[value.len() + if quote.is_some() { 2 } else { 0 }..];
            found.push((
                name.clone(),
                attribute,
                value.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\""),
            ));
        }
        if name == "script" || name == "style" {
            rest = rest.split_once(&format!("</{name}")).map_or("", |it| it.1);
        }
    }
    found
}

/// Checks what holds of every page: each id is alone, each address of the site leads to an output, labels lead to ids, and
/// nothing is asked of others.
#[track_caller]
pub(crate) fn check_pages(built: &Built, origin: &str, base: &str) {
    let decode = |it: &str| percent(it);
    let mut faults = Vec::new();
    let pages: Vec<(&String, &str)> = built
        .outputs
        .iter()
        .filter(|it| it.0.ends_with(".html"))
        .map(|it| (it.0, str::from_utf8(it.1).unwrap()))
        .collect();
    let ids = |path: &str| -> BTreeSet<String> {
        let html = built.outputs.get(path).and_then(|it| str::from_utf8(it).ok()).unwrap_or_default();
        attributes(html).into_iter().filter(|it| it.1 == "id").map(|it| it.2).collect()
    };
    for (path, html) in pages {
        let here = path.strip_suffix("index.html").unwrap_or(path);
        let all = attributes(html);
        let mut own = BTreeSet::new();
        for (_, _, id) in all.iter().filter(|it| it.1 == "id") {
            if id.is_empty() || id.contains(char::is_whitespace) || !own.insert(id.clone()) {
                faults.push(format!("{path}: id {id:?} is wrong or there twice"));
            }
        }
        for (element, name, value) in &all {
            let refers = matches!(name.as_str(), "aria-labelledby" | "aria-describedby" | "for" | "aria-controls");
            if refers && value.split_whitespace().any(|it| !own.contains(it)) {
                faults.push(format!("{path}: {name}={value:?} names no id"));
            }
            let loads = !matches!(element.as_str(), "a" | "area" | "blockquote" | "q" | "meta" | "form");
            let is_address = matches!(name.as_str(), "href" | "src" | "action" | "poster" | "data");
            if !is_address {
                continue;
            }
            let outside = value.contains("://") || value.starts_with("//");
            let own_host = value.starts_with(&format!("{origin}/"));
            let rel = all.iter().find(|it| it.0 == *element && it.1 == "rel").map_or("", |it| &it.2);
            let is_only_told = element == "link"
                && (html.contains(&format!("rel=\"canonical\" href=\"{value}\""))
                    || rel == "license"
                    || html.contains(&format!("rel=\"license\" href=\"{value}\""))
                    || html.contains(&format!("href=\"{value}\" rel=\"license\"")));
            if loads && outside && !is_only_told && !own_host {
                faults.push(format!("{path}: <{element} {name}> asks {value} of others"));
            }
            if (outside && !own_host)
                || value.starts_with("mailto:")
                || value.starts_with("tel:")
                || value.starts_with("data:")
            {
                continue;
            }
            let value = if own_host { &value[origin.len()..] } else { value };
            let (address, fragment) = value.split_once('#').unwrap_or((value, ""));
            let address = address.split('?').next().unwrap_or_default();
            let target = if address.is_empty() {
                path.clone()
            } else if let Some(inside) = address.strip_prefix(&format!("{base}/")) {
                let inside = decode(inside);
                if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside }
            } else {
                faults.push(format!("{path} ({here}): {name}={value:?} is no address of the site"));
                continue;
            };
            if !built.outputs.contains_key(&target) {
                faults.push(format!("{path}: {name}={value:?} leads nowhere"));
            } else if !fragment.is_empty() && target.ends_with(".html") && !ids(&target).contains(&decode(fragment)) {
                faults.push(format!("{path}: {name}={value:?} leads to no id"));
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
}

fn percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%')
            .then(|| str::from_utf8(tail.get(..2)?).ok().and_then(|it| u8::from_str_radix(it, 16).ok()))
            .flatten();
        bytes.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn attributes_are_found() {
    let html = "<!-- <a href=x> --><a class=\"b\" href='/c/' hidden>d</a><br><img src=e alt=\"\" disabled><script>\"<a href=no>\"</script><p id=f>";
    let found: Vec<String> = attributes(html).into_iter().map(|it| format!("{} {}={}", it.0, it.1, it.2)).collect();
    let expected = ["a class=b", "a href=/c/", "a hidden=", "img src=e", "img alt=", "img disabled=", "p id=f"];
    assert_eq!(found, expected);
    assert_eq!(percent("a%20%C3%A9%"), "a é%");
}

/// The site of this repository tells of the years up to 2026.
pub(crate) fn own_options() -> Options {
    Options { now: "2026-12-01T12:00:00Z".parse().unwrap(), ..options() }
}

#[test]
fn every_link_of_our_own_site_leads_somewhere() {
    let sources = own_site();
    let built = build(&sources, own_options(), &Memo::default());
    check_pages(&built, "https://folio.example.org", "");
}

#[test]
fn every_link_of_a_site_below_a_path_leads_somewhere() {
    let sources = own_site();
    let base_url = Some("https://example.net/a/b%20c/".to_owned());
    let built = build(&sources, Options { base_url, ..own_options() }, &Memo::default());
    check_pages(&built, "https://example.net", "/a/b%20c");
    for (path, bytes) in built.outputs.iter().filter(|it| it.0.ends_with(".html") || it.0.ends_with(".xml")) {
        assert!(!str::from_utf8(bytes).unwrap().contains("https://folio.example.org"), "{path}");
    }
}

#[test]
fn every_link_of_a_new_site_leads_somewhere() {
    let folder = Folder::empty();
    folder.run(&["init", "."]).ends(0);
    folder.run(&["build"]).ends(0);
    let built = Built { outputs: folder.files("public"), diagnostics: Vec::new() };
    check_pages(&built, "https://www.example.org", "");
}

#[test]
fn an_empty_site_is_a_site() {
    let (sources, built) = build_text(&format!("{SETTINGS}{BARE_THEME}"));
    assert_eq!(told(&built.diagnostics, &sources), [""; 0]);
    assert!(built.text("feed.xml").contains("<updated>1970-01-01T00:00:00Z</updated>"));
    let nothing = build(&Sources::default(), options(), &Memo::default());
    assert!(nothing.diagnostics.iter().any(|it| it.severity == Severity::Error));
}
