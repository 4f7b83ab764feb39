//! Addresses: what people write into links, fields and settings, and what a published path may be.

use folio::Memo;
use folio::model::diagnostic::Diagnostic;

use crate::support::{Built, SETTINGS, build, options, project, told, without_advice};

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
