//! Addresses: what people write into links, fields and settings, and what a published path may be.

use folio::Memo;
use folio::model::diagnostic::Diagnostic;

use crate::support::{Built, Folder, SETTINGS, build, options, project, told, without_advice};

/// Builds a project with the built-in theme, beside the settings and a home page.
fn built(text: &str) -> (Built, Vec<String>) {
    let settings = if text.contains("//- site.toml") { "" } else { SETTINGS };
    let home = if text.contains("//- content/index.md") { "" } else { "//- content/index.md\n---\ntitle: Home\n---\n" };
    let mut sources = project(&format!("{settings}{home}{text}"));
    folio::edge::embedded::civic(&mut sources);
    let built = build(&sources, options(), &Memo::default());
    let told = told(&without_advice(&built.diagnostics), &sources);
    (built, told)
}

/// Checks what is told of a project: code and file of each, and a part of its help.
#[track_caller]
fn tells(text: &str, expected: &[(&str, &str)]) {
    let (built, told) = built(text);
    let found: Vec<(&String, &Diagnostic)> = told.iter().zip(built.diagnostics.iter()).collect();
    assert_eq!(told.len(), expected.len(), "{text}\n{told:#?}");
    for ((line, diagnostic), (start, help)) in found.iter().zip(expected) {
        assert!(line.starts_with(start), "{text}\n{start}\n{told:#?}");
        let own = diagnostic.help.as_deref().unwrap_or_default();
        assert!(own.contains(help), "{text}\n{help:?} is not in {own:?}");
    }
}

/// Checks that a project has no fault, and that a page holds each text.
#[track_caller]
fn shows(text: &str, page: &str, expected: &[&str]) {
    let (built, told) = built(text);
    assert_eq!(told, [""; 0], "{text}");
    let html = built.text(page);
    for part in expected {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
}

const ABOUT: &str = "//- content/about.md\n---\ntitle: About\n---\n\n## Costs\n\nText.\n";

#[test]
fn no_address_of_a_field_runs_code() {
    for address in ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "\\tjavascript:a", "data:text/html,a", "vbscript:a"] {
        for field in [
            format!("redirect_to: \"{address}\""),
            format!("canonical: \"{address}\""),
            format!("related: [{{name: A, url: \"{address}\"}}]"),
            format!("documents: [{{title: A, url: \"{address}\"}}]"),
        ] {
            let text = format!("//- content/a.md\n---\ntitle: A\n{field}\n---\n\nText.\n");
            let (built, told) = built(&text);
            assert!(told.iter().all(|it| it.starts_with("error[unsafe-link] content/a.md:3:")), "{text}\n{told:?}");
            assert_eq!(told.len(), 1, "{text}\n{told:?}");
            for (path, bytes) in &built.outputs {
                let text = String::from_utf8_lossy(bytes).to_lowercase();
                assert!(!text.contains("script:a") && !text.contains("data:text"), "{path}: {address}");
            }
        }
    }
}

#[test]
fn no_address_of_a_setting_runs_code() {
    for address in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,a", "blob:a", "view-source:a"] {
        let menu = format!("[menus]\nmain = [{{ title = \"A\", url = \"{address}\" }}]\n");
        let newsletter = format!("[newsletter]\nurl = \"{address}\"\n");
        for settings in [menu, newsletter] {
            let (built, told) = built(&format!("{SETTINGS}{settings}"));
            assert!(matches!(&told[..], [one] if one.starts_with("error[unsafe-link] site.toml:")), "{told:?}");
            assert!(!built.text("index.html").contains(address), "{address}");
        }
    }
}

#[test]
fn a_menu_leads_to_a_file_or_an_address_that_is_there() {
    let menu = |url: &str| format!("{SETTINGS}[menus]\nmain = [{{ title = \"A\", url = \"{url}\" }}]\n{ABOUT}");
    for (url, href) in [
        ("@/about.md", "/about/"),
        ("@/about.md#costs", "/about/#costs"),
        ("/about/", "/about/"),
        ("https://www.example.com/", "https://www.example.com/"),
        ("mailto:team@example.org", "mailto:team@example.org"),
    ] {
        shows(&menu(url), "index.html", &[&format!("<a href=\"{href}\"")]);
    }
    for (url, code, help) in [
        ("about.md", "broken-address", "write `@/about.md`"),
        ("about.md#costs", "broken-address", "write `@/about.md#costs`"),
        ("about", "broken-address", "did you mean `/about/`?"),
        ("/abuot/", "broken-address", "did you mean `/about/`?"),
        ("@/abuot.md", "broken-address", "name a page by its file"),
        ("www.example.org", "wrong-form", "did you mean `https://www.example.org`?"),
        ("example.org/a", "broken-address", "`https://example.org/a`"),
        ("team@example.org", "wrong-form", "did you mean `mailto:team@example.org`?"),
        ("htttps://example.org/", "wrong-scheme", "did you mean `https://example.org/`?"),
        ("https:/example.org/", "wrong-scheme", "did you mean `https://example.org/`?"),
        ("", "wrong-form", "write one address"),
        ("about us", "wrong-form", "without spaces"),
    ] {
        tells(&menu(url), &[(&format!("error[{code}] site.toml:5:"), help)]);
    }
}

#[test]
fn an_address_of_a_field_is_looked_up_like_a_link() {
    let page = |url: &str| {
        format!(
            "{ABOUT}//- content/a.md\n---\ntitle: A\ndocuments:\n  - title: The document\n    url: {url}\n---\n\nText.\n"
        )
    };
    for (url, href) in [
        ("\"@/about.md\"", "/about/"),
        ("about.md#costs", "/about/#costs"),
        ("about", "/about/"),
        ("/about/?ref=mail", "/about/?ref=mail"),
        ("https://example.com/?a=1", "https://example.com/?a=1"),
    ] {
        shows(&page(url), "a/index.html", &[&format!("href=\"{href}\"")]);
    }
    for (url, code, help) in [
        ("/nowhere/", "broken-address", "link to the document by its file"),
        ("\"@/nowhere.md\"", "broken-link", "name a file beside this one"),
        ("about.md#cost", "broken-anchor", "did you mean `#costs`?"),
        ("file:///home/ada/plan.docx", "wrong-scheme", "`plan.docx`"),
    ] {
        tells(&page(url), &[(&format!("error[{code}] content/a.md:5:"), help)]);
    }
    let related = "//- content/a.md\n---\ntitle: A\nrelated: [{name: B, url: /nowhere/}]\n---\n\nText.\n";
    tells(related, &[("error[broken-address] content/a.md:3:", "link to the document")]);
    let redirect = "//- content/a.md\n---\ntitle: A\nredirect_to: /nowhere/\n---\n";
    tells(redirect, &[("error[broken-address] content/a.md:3:", "link to the document")]);
    let redirect = format!("{ABOUT}//- content/a.md\n---\ntitle: A\nredirect_to: about.md#costs\n---\n");
    shows(&redirect, "a/index.html", &["/about/#costs"]);
}

#[test]
fn schemes_that_nobody_knows_are_told_in_text_and_html() {
    for (written, help) in [
        ("[a](htttps://b.example/)", "`https://b.example/`"),
        ("<a href=\"C:\\Users\\ada\\plan.docx\">a</a>", "`plan.docx`"),
        ("[a](c:/plan.docx)", "`plan.docx`"),
        ("[a](file:///C:/plan.docx)", "`plan.docx`"),
        ("[a](https:/b.example/)", "`https://b.example/`"),
        ("[a](doi:10.1234/abc)", "`https://doi.org/10.1234/abc`"),
    ] {
        let text = format!("//- content/a.md\n---\ntitle: A\n---\n\nSee {written}.\n");
        tells(&text, &[("error[wrong-scheme] content/a.md:5:", help)]);
    }
}

#[test]
fn what_follows_the_path_of_a_file_is_kept() {
    let files = "//- content/plan.pdf\np\n//- content/v.mp4\nv\n//- content/s.svg\n<svg viewBox=\"0 0 1 1\"></svg>\n";
    let page = |body: &str| format!("{files}{ABOUT}//- content/a.md\n---\ntitle: A\n---\n\nSee {body} here.\n");
    for (body, part) in [
        ("[a](plan.pdf#page=3)", "href=\"/plan.pdf#page=3\""),
        ("[a](plan.pdf?download=1)", "href=\"/plan.pdf?download=1\""),
        ("[a](@/plan.pdf?a=1&b=2#page=3)", "href=\"/plan.pdf?a=1&amp;b=2#page=3\""),
        ("<a href=\"plan.pdf#page=3\">a</a>", "href=\"/plan.pdf#page=3\""),
        ("<video src=\"v.mp4#t=10\" controls></video>", "src=\"/v.mp4#t=10\""),
        ("![a chart](s.svg#icon)", "src=\"/s.svg#icon\""),
        ("![a chart](s.svg?v=2)", "src=\"/s.svg?v=2\""),
        ("[a](about.md?ref=mail#costs)", "href=\"/about/?ref=mail#costs\""),
        ("[a](about.md#:~:text=some%20words)", "href=\"/about/#:~:text=some%20words\""),
        ("[a](about.md#costs:~:text=Text)", "href=\"/about/#costs:~:text=Text\""),
    ] {
        shows(&page(body), "a/index.html", &[part]);
    }
    tells(&page("[a](about.md?ref=mail#cost)"), &[("error[broken-anchor] content/a.md:5:", "did you mean `#costs`?")]);
    tells(&page("[a](plam.pdf?download=1)"), &[("error[broken-link] content/a.md:5:", "did you mean `plan.pdf`?")]);
    let field = format!("{files}//- content/a.md\n---\ntitle: A\ndocuments: [plan.pdf#page=3]\n---\n\nText.\n");
    shows(&field, "a/index.html", &["href=\"/plan.pdf#page=3\"", ">plan.pdf"]);
}

#[test]
fn anchors_of_other_programs_are_told_with_the_id() {
    for (heading, fragment, id) in [
        ("前世今生", "前世今生", "qian-shi-jin-sheng"),
        ("Привет мир", "привет-мир", "privet-mir"),
        ("Café prices", "caf%C3%A9-prices", "cafe-prices"),
        ("Fish & chips", "fish--chips", "fish-chips"),
    ] {
        let text = format!(
            "//- content/b.md\n---\ntitle: B\n---\n\n## {heading}\n\nText.\n//- content/a.md\n---\ntitle: A\n---\n\n[a](b.md#{fragment})\n"
        );
        tells(&text, &[("error[broken-anchor] content/a.md:5:", &format!("did you mean `#{id}`?"))]);
    }
}

#[test]
fn an_address_of_a_document_can_be_published_everywhere() {
    for (field, line) in [
        ("aliases: [\"/*\"]", "`*` can't stand"),
        ("aliases: [/old/*]", "`*` can't stand"),
        ("aliases: [/.htaccess]", "begins with a dot"),
        ("aliases: [/.git/hooks/]", "begins with a dot"),
        ("aliases: [/index.html]", "leave out `index.html`"),
        ("aliases: [/CON]", "Windows keeps"),
        ("aliases: [\"/old./\"]", "Windows drops"),
        ("permalink: /index.html", "leave out `index.html`"),
        ("permalink: /manifest.json", "for hosts and programs"),
        ("permalink: \"/x\\n/y/\"", "control character"),
        ("permalink: /.folio-staging/x/", "begins with a dot"),
        ("permalink: /aux/", "Windows keeps"),
        ("slug: nul", "is not a slug"),
    ] {
        let text = format!("//- content/a.md\n---\ntitle: A\n{field}\n---\n\nText.\n");
        let (built, told) = built(&text);
        assert!(
            matches!(&told[..], [one] if one.starts_with("error[wrong-form] content/a.md:3:")),
            "{field}\n{told:?}"
        );
        assert!(built.diagnostics[0].message.contains(line), "{field}: {}", built.diagnostics[0].message);
        assert!(built.outputs.keys().all(|it| !it.contains(['*', '\n']) && !it.contains(".htaccess")), "{field}");
    }
}

#[test]
fn names_that_windows_can_not_hold_are_told_at_the_file() {
    for path in ["content/con.md", "content/Aux.md", "content/posts/2024-01-23-nul/index.md", "content/com1.fr.md"] {
        let text = format!("//- {path}\n---\ntitle: A\ndate: 2024-01-23\n---\n\nText.\n");
        tells(&text, &[(&format!("error[unportable-name] {path}:1:"), "rename the file")]);
    }
    for path in ["static/con.txt", "static/a/PRN", "static/old.", "static/a*.txt", "static/a /b.txt"] {
        tells(&format!("//- {path}\ntext\n"), &[(&format!("error[unportable-name] {path}"), "rename it")]);
    }
    let beside = "//- content/a/index.md\n---\ntitle: A\n---\n\nText.\n//- content/a/lpt1.csv\na\n";
    tells(beside, &[("error[unportable-name] content/a/lpt1.csv", "rename it")]);
    shows(
        "//- content/contra.md\n---\ntitle: A\n---\n//- static/icon.txt\na\n//- static/com.txt\n",
        "contra/index.html",
        &[],
    );
}

#[test]
fn addresses_that_differ_in_capitals_alone_are_told_with_both_places() {
    let page = |path: &str, fields: &str| format!("//- {path}\n---\ntitle: {path}\n{fields}\n---\n\nText.\n");
    for text in [
        page("content/a.md", "permalink: /About/") + &page("content/about.md", "summary: A."),
        page("content/a.md", "permalink: /About/") + &page("content/b.md", "permalink: /ABOUT/"),
        page("content/a.md", "aliases: [/About/]") + &page("content/about.md", "summary: A."),
        page("content/a.md", "permalink: /Plan.pdf") + "//- static/plan.pdf\np\n",
        "//- static/A.txt\na\n//- static/a.txt\nb\n".to_owned(),
        "//- static/caf\u{e9}.txt\na\n//- static/cafe\u{301}.txt\nb\n".to_owned(),
    ] {
        let (built, told) = built(&text);
        assert!(matches!(&told[..], [one] if one.starts_with("error[duplicate-address] ")), "{text}\n{told:?}");
        assert_eq!(
            built.diagnostics.iter().filter(|it| it.code == "duplicate-address" && it.related.len() == 1).count(),
            1
        );
    }
    shows(
        &(page("content/a.md", "permalink: /About/") + &page("content/b.md", "summary: A.")),
        "About/index.html",
        &[],
    );
}

#[test]
fn a_static_file_at_the_address_of_a_page_is_told_with_both_places() {
    for (file, place) in [
        ("static/about/index.html", "content/about.md"),
        ("static/topics/index.html", "static/topics/index.html"),
        ("static/index.html", "content/index.md"),
    ] {
        let text = format!(
            "//- content/about.md\n---\ntitle: About\ntopics: [data]\n---\n\nText.\n//- data/topics.yml\n- {{slug: data, title: Data}}\n//- {file}\n<p>a</p>\n"
        );
        let (built, told) = built(&text);
        assert!(
            matches!(&told[..], [one] if one.starts_with(&format!("error[duplicate-address] {place}"))),
            "{told:?}"
        );
        let fault = built.diagnostics.iter().find(|it| it.code == "duplicate-address").unwrap();
        let places = fault.place.iter().chain(fault.related.iter().map(|it| &it.0));
        assert!(places.into_iter().any(|it| &*it.path == file), "{fault:?}");
    }
}

#[test]
fn a_file_is_found_however_its_accents_are_written() {
    let (whole, apart) = ("\u{fc}ber", "u\u{308}ber");
    for (written, file) in [(whole, apart), (apart, whole)] {
        let text = format!(
            "//- content/{file}.svg\n<svg viewBox=\"0 0 1 1\"></svg>\n//- content/{file}-b.md\n---\ntitle: B\n---\n\n## Costs\n\nText.\n\
             //- content/a.md\n---\ntitle: A\nimage: {{src: {written}.svg, alt: A}}\n---\n\n![b]({written}.svg) [c]({written}-b.md#costs)\n"
        );
        shows(&text, "a/index.html", &["href=\"/uber-b/#costs\"", ".svg\" alt=\"b\""]);
        let folder = format!(
            "//- content/{file}/index.md\n---\ntitle: A\n---\n\n![b]({written}.svg)\n//- content/{file}/{file}.svg\n<svg></svg>\n"
        );
        shows(&folder, "uber/index.html", &[".svg\" alt=\"b\""]);
    }
}

#[test]
fn two_names_with_one_address_are_told() {
    let posts = |one: &str, two: &str| {
        format!(
            "//- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-02\ntopics: [{one}]\n---\n\nText.\n\
             //- content/posts/b.md\n---\ntitle: B\ndate: 2024-01-01\ntopics: [{two}]\n---\n\nText.\n"
        )
    };
    for (one, two, help) in [
        ("C#", "C++", "if they are two"),
        ("\"???\"", "\"!!!\"", "if they are two"),
        ("R&D", "R/D", "if they are two"),
        ("Housing", "housing", "in one way"),
        ("Data sharing", "data-sharing", "in one way"),
    ] {
        tells(&posts(one, two), &[("warning[similar-names] content/posts/b.md:4:", help)]);
    }
    tells(&posts("C#", "D"), &[]);
    for empty in ["''", "\"  \""] {
        let (built, told) = built(&posts(&format!("Data, {empty}"), "Data"));
        assert_eq!(told, ["warning[wrong-form] content/posts/a.md:4:16"]);
        assert!(built.outputs.keys().all(|it| !it.contains("untitled")));
    }
}

#[test]
fn an_ending_is_no_part_of_an_address() {
    for (file, page) in [
        ("Report.MD", "report/index.html"),
        ("other.Markdown", "other/index.html"),
        ("manual.html.md", "manual/index.html"),
        ("guide.fr.md", "fr/guide/index.html"),
        ("node.js.md", "node-js/index.html"),
    ] {
        let mut sources = project(&format!("{SETTINGS}//- content/index.md\n---\ntitle: Home\n---\n"));
        folio::edge::embedded::civic(&mut sources);
        let text = b"---\ntitle: A\n---\n\nText.\n".to_vec();
        sources.add(folio::model::source::Source::new(format!("content/{file}"), text));
        let built = build(&sources, options(), &Memo::default());
        assert!(built.outputs.contains_key(page), "{file}: {:?}", built.outputs.keys());
    }
}

#[test]
fn files_that_could_run_code_are_refused_beside_documents() {
    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">";
    let files = [
        ("evil.svg", format!("{SVG}<script>alert(1)</script></svg>"), false),
        ("handler.svg", format!("{SVG}<g onload=\"alert(1)\"/></svg>"), false),
        ("link.SVG", format!("{SVG}<a href=\"javascript:alert(1)\"/></svg>"), false),
        ("page.xml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>a</script></html>".to_owned(), false),
        ("page.html", "<p>a</p>".to_owned(), false),
        ("page.XHTML", "<p>a</p>".to_owned(), false),
        ("packed.svgz", "a".to_owned(), false),
        ("chart.svg", format!("{SVG}<style>.a {{ fill: red }}</style><path class=\"a\" d=\"M0 0\"/></svg>"), true),
        ("data.xml", "<rows><row n=\"1\"/></rows>".to_owned(), true),
    ];
    for (name, text, is_fine) in files {
        let page =
            format!("//- content/a/index.md\n---\ntitle: A\n---\n\nSee [it]({name}).\n//- content/a/{name}\n{text}\n");
        let folder = Folder::of(&format!("{SETTINGS}//- content/index.md\n---\ntitle: Home\n---\n{page}"));
        let run = folder.run(&["build"]);
        assert_eq!(run.status == 0, is_fine, "{name}: {run:?}");
        assert_eq!(run.err.contains(&format!("error[active-file]: `content/a/{name}`")), !is_fine, "{name}: {run:?}");
        let settings = String::from_utf8(folder.files("")["site.toml"].clone()).unwrap();
        folder.write("site.toml", format!("{settings}\n[files]\nscripts = true\n").as_bytes());
        folder.run(&["build"]).ends(0);
    }
    // `static/` is the owner's.
    let folder =
        Folder::of(&format!("{SETTINGS}//- content/index.md\n---\ntitle: Home\n---\n//- static/a.html\n<p>a</p>\n"));
    folder.run(&["build"]).ends(0);
}

#[test]
fn a_picture_of_static_has_its_size() {
    let folder = Folder::of(&format!(
        "{SETTINGS}//- content/index.md\n---\ntitle: Home\n---\n\n![A map](/pictures/a%20map.svg)\n\
         //- static/pictures/a map.svg\n<svg width=\"30\" height=\"20\"></svg>\n"
    ));
    folder.run(&["build"]).ends(0);
    let html = String::from_utf8(folder.files("public")["index.html"].clone()).unwrap();
    assert!(html.contains("width=\"30\" height=\"20\""), "{html}");
}

#[test]
fn a_copy_is_not_in_the_sitemap() {
    let page = |canonical: &str| format!("//- content/a.md\n---\ntitle: A\ncanonical: {canonical}\n---\n\nText.\n");
    for (canonical, is_there) in [
        ("https://example.com/original/", false),
        ("/b/", false),
        ("https://example.org/a/", true),
        ("/a/", true),
        ("\"@/a.md\"", true),
    ] {
        let (built, _) = built(&(page(canonical) + "//- content/b.md\n---\ntitle: B\n---\n\nText.\n"));
        let sitemap = built.text("sitemap.xml");
        assert_eq!(sitemap.contains("https://example.org/a/"), is_there, "{canonical}: {sitemap}");
        assert!(sitemap.contains("https://example.org/b/"));
    }
}

#[test]
fn whole_addresses_of_the_site_are_checked_like_links() {
    let page = |body: &str| format!("{ABOUT}//- content/a.md\n---\ntitle: A\n---\n\nSee {body}.\n");
    shows(
        &page("[a](https://example.org/about/#costs)"),
        "a/index.html",
        &["href=\"https://example.org/about/#costs\""],
    );
    shows(&page("[a](https://example.org/feed.xml)"), "a/index.html", &["href=\"https://example.org/feed.xml\""]);
    shows(&page("[a](https://example.organic/abuot/)"), "a/index.html", &["href=\"https://example.organic/abuot/\""]);
    let help = "did you mean `/about/`?";
    tells(&page("[a](https://example.org/abuot/)"), &[("error[broken-address] content/a.md:5:", help)]);
    tells(&page("<a href=\"https://example.org/abuot/\">a</a>"), &[("error[broken-address] content/a.md:5:", help)]);
}

#[test]
fn a_bare_address_keeps_its_apostrophe_and_stands_in_no_other_link() {
    let page = |body: &str| format!("//- content/a.md\n---\ntitle: A\n---\n\n{body}\n");
    for (body, part) in [
        (
            "See https://en.example/wiki/Hobson's_choice now.",
            "<a href=\"https://en.example/wiki/Hobson&#39;s_choice\">",
        ),
        ("See https://en.example/it's/a'b.", "<a href=\"https://en.example/it&#39;s/a&#39;b\">"),
        ("See 'https://en.example/a' now.", "<a href=\"https://en.example/a\">"),
        ("See https://en.example's page.", "<a href=\"https://en.example\">"),
        ("<a href=\"/\">see http://x.example/ now</a>", "<a href=\"/\">see http://x.example/ now</a>"),
        ("<a href=\"https://b.example/caf&eacute;/\">b</a>", "href=\"https://b.example/caf%C3%A9/\""),
    ] {
        shows(&page(body), "a/index.html", &[part]);
    }
}
