//! What is wrong with templates: told once, at its place, with the way out, and hidden by nothing.

use folio::model::diagnostic::Diagnostic;

use crate::support::{Folder, SETTINGS, build_text, options, project, told};

/// A site with civic, three posts, and these files besides.
fn site(more: &str) -> String {
    let mut text = format!(
        "{SETTINGS}[checks]\nmissing-statement = \"off\"\n[menus]\nmain = [{{ title = \"Blog\", url = \"/blog/\" }}]\n"
    );
    for name in ["a", "b", "c"] {
        text += &format!(
            "//- content/posts/{name}.md\n---\ntitle: Post {name}\nsummary: About {name}.\ndate: 2024-01-02\n---\n\nText.\n"
        );
    }
    text + more
}

/// Checks the site, and compares what is told in `templates/`, with its message and help; nothing else may be told.
#[track_caller]
fn check(more: &str, expected: &[(&str, &str, &str)]) {
    let mut sources = project(&site(more));
    folio::edge::embedded::civic(&mut sources);
    let opened = folio::open(&sources, "site.toml", options(), &folio::Memo::default());
    let mut found = opened.diagnostics.clone();
    for route in opened.value.routes() {
        found.extend(folio::make(&opened.value, route, &sources).diagnostics);
    }
    folio::sort(&mut found);
    let places = told(&found, &sources);
    let said: Vec<(&str, &str, &str)> = (found.iter().zip(&places))
        .map(|(it, place)| (place.as_str(), it.message.as_str(), it.help.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(said, expected, "{found:#?}");
}

#[test]
fn a_tag_that_is_not_closed() {
    check(
        "//- templates/post.html\n{% extends \"civic/post.html\" %}\n\n{% block after %}\n{{ super() }}\n",
        &[(
            "error[template-syntax] templates/post.html:3:1",
            "`{% block after %}` is not closed",
            "write `{% endblock %}` where it ends, or take it out",
        )],
    );
    check(
        "//- templates/page.html\n{% extends \"civic/page.html\" %}\n{% block after %}{% for it in page.toc %}{{ it.title }}{% endblock %}\n",
        &[(
            "error[template-syntax] templates/page.html:2:18",
            "`{% for it in page.toc %}` is not closed",
            "write `{% endfor %}` where it ends, or take it out",
        )],
    );
}

#[test]
fn a_name_that_is_misspelt() {
    check(
        "//- templates/post.html\n{% extends \"civic/posts.html\" %}\n",
        &[(
            "error[template-error] templates/post.html:1:13",
            "there is no template `civic/posts.html`",
            "did you mean `civic/post.html`?",
        )],
    );
    check(
        "//- templates/post.html\n{% extends \"civic/post.html\" %}\n{% block after %}{% include \"_neighbors.html\" %}{% endblock after %}\n",
        &[(
            "error[template-error] templates/post.html:2:30",
            "unknown template `_neighbors.html`",
            "did you mean `_neighbours.html`?",
        )],
    );
    check(
        "//- templates/post.html\n{% extends \"civic/post.html\" %}\n{% block after %}{{ page.title | uper }}{{ <cardz of={page} /> }}{% endblock after %}\n",
        &[
            ("error[template-error] templates/post.html:2:34", "unknown filter `uper`", "did you mean `upper`?"),
            ("error[template-error] templates/post.html:2:45", "unknown component `cardz`", "did you mean `card`?"),
        ],
    );
}

/// Three posts fail in the same way; so does the list of a kind, which is not made from a document.
#[test]
fn many_pages_that_fail_in_one_way_are_told_once() {
    check(
        "//- templates/post.html\n{% extends \"civic/post.html\" %}\n{% block after %}{{ page.titel }}{% endblock after %}\n",
        &[("error[template-error] templates/post.html:2:26", "field `titel` is not defined", "did you mean `title`?")],
    );
    check(
        "//- templates/post-list.html\n{{ page.titel }}\n",
        &[(
            "error[template-error] templates/post-list.html:1:9",
            "field `titel` is not defined",
            "did you mean `title`? (`/blog/` was being made, the list of kind post)",
        )],
    );
}

/// Each broken template is told, and what builds on one that is broken is not.
#[test]
fn one_broken_template_hides_no_other() {
    check(
        "//- templates/base.html\n<p>{% block main %}{% block own %}\n\
         //- templates/page.html\n{% extends \"site/base.html\" %}{% block own %}x{% endblock own %}\n\
         //- templates/post.html\n{% extends \"civic/post.html\" %}{% block after %}{{ page.title | lowr }}{% endblock after %}\n\
         //- templates/event.html\n{% extends \"civic/evnt.html\" %}\n",
        &[
            (
                "error[template-syntax] templates/base.html:1:20",
                "`{% block own %}` is not closed",
                "write `{% endblock %}` where it ends, or take it out",
            ),
            (
                "error[template-error] templates/event.html:1:13",
                "there is no template `civic/evnt.html`",
                "did you mean `civic/event.html`?",
            ),
            ("error[template-error] templates/post.html:1:65", "unknown filter `lowr`", "did you mean `lower`?"),
        ],
    );
}

/// An error in one document hides no template error of another, and what follows from a broken template is not told.
#[test]
fn content_and_templates_hide_nothing_of_each_other() {
    let template = "//- templates/post.html\n{% extends \"civic/post.html\" %}\n{% block after %}{{ page.nope }}{% endblock after %}\n";
    let wrong = "//- content/posts/d.md\n---\ntitle: D\nsummary: About d.\ndate: nonsense\n---\n\nText.\n";
    let folder = Folder::of(&site(&format!("{template}{wrong}")));
    let run = folder.run(&["check"]).ends(1);
    for code in ["wrong-date", "template-error"] {
        assert_eq!(run.err.matches(&format!("error[{code}]")).count(), 1, "{}", run.err);
    }
    assert!(!run.err.contains("orphan-page"), "{}", run.err);
    // What a template misses in a document with an error may be what is wrong there.
    let needs = "//- templates/post.html\n{% extends \"civic/post.html\" %}\n{% block after %}{{ page.date.year }}{% endblock after %}\n";
    let run = Folder::of(&site(&format!("{needs}{wrong}"))).run(&["check"]).ends(1);
    assert!(run.err.contains("error[wrong-date]") && !run.err.contains("template-error"), "{}", run.err);
}

/// Templates of lists, terms and parts see other things than a document says.
#[test]
fn a_template_that_is_not_for_documents_is_refused() {
    for name in ["base", "list", "404", "home", "improvements", "newsletter-list", "_parts", "email/issue"] {
        let text = site(&format!("//- content/x.md\n---\ntitle: X\ntemplate: {name}\n---\n\nText.\n"));
        let mut sources = project(&text);
        folio::edge::embedded::civic(&mut sources);
        let found = crate::support::build(&sources, options(), &folio::Memo::default()).diagnostics;
        let codes: Vec<(&str, &str)> = found.iter().map(|it: &Diagnostic| (it.code, it.message.as_str())).collect();
        let message = format!("the template `{name}.html` is not for documents");
        assert_eq!(codes, [("unknown-template", message.as_str())]);
    }
    // `layout` is the key of other programs, and selects nothing.
    for name in ["base", "404", "project", "post", "list", "default"] {
        let mut sources =
            project(&site(&format!("//- content/x.md\n---\ntitle: X\nlayout: {name}\n---\n\nNine days.\n")));
        folio::edge::embedded::civic(&mut sources);
        let built = crate::support::build(&sources, options(), &folio::Memo::default());
        assert_eq!(built.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), ["unknown-key"]);
        assert!(built.text("x/index.html").contains("<p>Nine days.</p>"));
    }
}

/// A kind that has the name of another sort of page has the template of all documents, unless it brings its own.
#[test]
fn a_kind_takes_no_template_of_another_sort_of_page() {
    for kind in ["term", "archive", "list", "search", "base", "home", "matrix"] {
        let settings = format!(
            "{SETTINGS}[kinds.{kind}]\nfolder = \"glossary\"\n//- content/glossary/api.md\n---\ntitle: API\n---\n\nA text.\n"
        );
        let mut sources = project(&settings);
        folio::edge::embedded::civic(&mut sources);
        let built = crate::support::build(&sources, options(), &folio::Memo::default());
        assert_eq!(built.diagnostics, [], "{kind}");
        assert!(built.text("glossary/api/index.html").contains("<p>A text.</p>"), "{kind}");
    }
    let (sources, built) = build_text(&format!(
        "{SETTINGS}[kinds.note]\nfolder = \"notes\"\ntemplate = \"terms.html\"\n{}",
        crate::support::BARE_THEME
    ));
    assert_eq!(told(&built.diagnostics, &sources), ["error[wrong-schema] site.toml:6:12"]);
}
