//! Mistakes in site.toml, in vocabularies and in sentences: told at their place, with the way out, and nothing that follows
//! from them.

use folio::Memo;
use folio::model::source::Sources;

use crate::support::{Folder, SETTINGS, options, project, told, without_advice};

const PAGE: &str = "//- content/index.md\n---\ntitle: Home\nsummary: Where it begins.\n---\n\nWelcome.\n";

fn opened(text: &str) -> (Sources, Vec<folio::model::diagnostic::Diagnostic>) {
    let mut sources = project(text);
    folio::edge::embedded::civic(&mut sources);
    let found = without_advice(&folio::open(&sources, "site.toml", options(), &Memo::default()).diagnostics);
    (sources, found)
}

/// Compares what is told of a project: place, message, help.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str, &str)]) {
    let (sources, found) = opened(&format!("{text}{PAGE}"));
    let places = told(&found, &sources);
    let said: Vec<(&str, &str, &str)> = (found.iter().zip(&places))
        .map(|(it, place)| (place.as_str(), it.message.as_str(), it.help.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(said, expected, "{text}");
}

/// Checks lines under `[site]`.
#[track_caller]
fn check_site(lines: &str, place: &str, message: &str, help: &str) {
    let settings = format!("//- site.toml\n[site]\ntitle = \"Site\"\n{lines}\n");
    check(&settings, &[(&format!("error[wrong-setting] site.toml:{place}"), message, help)]);
}

#[test]
fn wrong_values_are_told_in_the_settings() {
    let base = "base_url = \"https://example.org/\"\n";
    let site = |line: &str, place: &str, message: &str, help: &str| {
        check_site(&format!("{base}{line}"), place, message, help);
    };
    site("language = \"English\"", "4:12", "`English` is not the tag of a language", "did you mean `en-GB`?");
    site("language = \"en_GB\"", "4:12", "`en_GB` is not the tag of a language", "did you mean `en-GB`?");
    site("language = \"Welsh\"", "4:12", "`Welsh` is not the tag of a language", "did you mean `cy`?");
    let licence = |it: &str| format!("`{it}` is not the short name of a licence");
    site("licence = \"OGL 3.0\"", "4:11", &licence("OGL 3.0"), "did you mean `OGL-UK-3.0`?");
    site("licence = \"CC BY 4.0\"", "4:11", &licence("CC BY 4.0"), "did you mean `CC-BY-4.0`?");
    site("timezone = \"London\"", "4:12", "there is no time zone `London`", "did you mean `Europe/London`?");
    site(
        "timezone = \"Europe/Londn\"",
        "4:12",
        "there is no time zone `Europe/Londn`",
        "did you mean `Europe/London`?",
    );
    let address = |it: &str| format!("`{it}` is not the address of a site");
    let url = |it: &str, help: &str| check_site(&format!("base_url = \"{it}\""), "3:12", &address(it), help);
    url("www.example.org", "write `https://www.example.org/`");
    url("example.org/sub/", "write `https://example.org/sub/`");
    url("//example.org", "write `https://example.org/`");
    url("htp://example.org", "write scheme and host: `https://www.example.org/`");
}

/// While site.toml can't be read, only what is wrong with it is told, and with other files by themselves.
#[test]
fn what_follows_from_settings_that_can_not_be_read_is_not_told() {
    let settings = "//- site.toml\n[site]\ntitle: \"Our work\"\nbase_url = “https://example.org/”\n[kinds.note]\nfolder = \"notes\"\n[menus]\nmain = [{ title = \"X\", url = \"/x/\" }]\n";
    let more = "//- content/notes/a.md\n---\nkind: note\ntitle: A: b\nmood: glad\n---\n\nSee [it](gone.md).\n";
    let run = Folder::of(&format!("{settings}{more}{PAGE}")).run(&["check"]).ends(1);
    let told: Vec<&str> = run.err.lines().filter(|it| it.starts_with("error[") || it.starts_with("warning[")).collect();
    assert_eq!(
        told,
        [
            "error[yaml-colon]: the value of `title` has a colon in it",
            "error[toml-syntax]: a colon stands where TOML has `=`",
            "error[toml-syntax]: typographic quotation marks are none to TOML: it wants straight ones",
        ],
        "{}",
        run.err
    );
    // `--fix` writes what has one meaning, and the site is whole again.
    let folder =
        Folder::of(&format!("//- site.toml\n[site]\ntitle: \"Our work\"\nbase_url = “https://example.org/”\n{PAGE}"));
    folder.run(&["check", "--fix"]);
    let text = String::from_utf8(folder.files("")["site.toml"].clone()).unwrap();
    assert_eq!(text, "[site]\ntitle = \"Our work\"\nbase_url = \"https://example.org/\"\n");
}

#[test]
fn what_is_here_twice() {
    let twice = |text: &str, expected: &[(&str, &str, &str)]| check(&format!("//- site.toml\n{text}"), expected);
    twice(
        "[site]\ntitle = \"A\"\nbase_url = \"https://example.org/\"\ntitle = \"B\"\n",
        &[("error[toml-syntax] site.toml:4:1", "`title` is here a second time", "keep one of the two")],
    );
    twice(
        "[site]\ntitle = \"A\"\nbase_url = \"https://example.org/\"\n[menus]\n[menus]\n",
        &[(
            "error[toml-syntax] site.toml:5:2",
            "the table `menus` is here a second time",
            "put its lines below the first one",
        )],
    );
}

/// A kind whose addresses are wrong is there all the same.
#[test]
fn a_wrong_route_is_told_alone() {
    check(
        &format!(
            "{SETTINGS}[menus]\nmain = [{{ title = \"Blog\", url = \"/blog/\" }}]\n[kinds.post]\nroute = \"/blog/{{slug/\"\n//- content/posts/a.md\n---\ntitle: A\ndate: 2024-01-02\n---\n\nText.\n"
        ),
        &[("error[wrong-schema] site.toml:7:9", "`/blog/{slug/` is no pattern of addresses: a `{` without a `}`", "")],
    );
}

/// Another name of a field is not read where it is a field itself.
#[test]
fn another_name_that_is_a_field() {
    check(
        &format!(
            "{SETTINGS}[kinds.event.fields]\nstart = {{ aliases = [\"begins\", \"venue\"] }}\nend = {{ aliases = [\"ends\"] }}\n"
        ),
        &[(
            "error[wrong-schema] site.toml:5:32",
            "`venue` is a field of its own, so it is not read as `start`",
            "take it out, and write `start:` in the documents",
        )],
    );
}

#[test]
fn keys_of_menus() {
    check(
        &format!(
            "{SETTINGS}[menus]\nmain = [{{ title = \"Home\", url = \"/\", children = [], wieght = 3, titel = \"x\" }}]\n"
        ),
        &[
            (
                "warning[unknown-setting] site.toml:5:38",
                "`children` is no setting of a menu's entry, so it does nothing",
                "a menu has one level; give each page an entry of its own",
            ),
            (
                "warning[unknown-setting] site.toml:5:53",
                "`wieght` is no setting of a menu's entry, so it does nothing",
                "the entries of a menu are in the order in which they are written",
            ),
            (
                "warning[unknown-setting] site.toml:5:65",
                "`titel` is no setting of a menu's entry, so it does nothing",
                "did you mean `title`?",
            ),
        ],
    );
}

#[test]
fn vocabularies() {
    let topics = |text: &str, expected: &[(&str, &str, &str)]| {
        check(&format!("{SETTINGS}//- data/topics.yml\n{text}"), expected)
    };
    topics("- slug: housing\n  title: Housing\n- data\n", &[]);
    let unknown = |it: &str| format!("`{it}` is not known here, so it does nothing");
    topics(
        "- slug: housing\n  titel: Housing\n- {slug: data, title: Data, parent: housing, descripton: x}\n",
        &[
            ("warning[unknown-key] data/topics.yml:2:3", &unknown("titel"), "did you mean `title`?"),
            (
                "warning[unknown-key] data/topics.yml:3:29",
                &unknown("parent"),
                "take it out; a term has `slug`, `title`, `description`",
            ),
            ("warning[unknown-key] data/topics.yml:3:46", &unknown("descripton"), "did you mean `description`?"),
        ],
    );
    topics(
        "- slug: housing\n  title: Housing\n  title: Homes\n",
        &[("error[duplicate-key] data/topics.yml:3:3", "`title` stands here a second time", "keep one of the two")],
    );
    let hyphen = "begin each term with a hyphen: `- {slug: housing, title: Housing}`";
    topics(
        "slug: housing\ntitle: Housing\n",
        &[("error[wrong-vocabulary] data/topics.yml:1:1", "this is one term, not a list of terms", hyphen)],
    );
    topics(
        "housing: Housing\ndata: Data\n",
        &[("error[wrong-vocabulary] data/topics.yml:1:1", "this is not a list of terms", hyphen)],
    );
    // A file that no field asks for may hold anything.
    check(&format!("{SETTINGS}//- data/costs.yml\n- {{title: Rent, amount: 3}}\n"), &[]);
}

#[test]
fn sentences() {
    let english =
        |text: &str, expected: &[(&str, &str, &str)]| check(&format!("{SETTINGS}//- i18n/en.toml\n{text}"), expected);
    english(
        "skip-link = \"Go to the text\"\nresults = { one = \"One page\", other = \"{n} pages\" }\nchoice.status.planned = \"Soon\"\n",
        &[],
    );
    english(
        "skiplink = \"Go to the text\"\n",
        &[(
            "warning[wrong-sentence] i18n/en.toml:1:1",
            "nothing says the sentence `skiplink`",
            "did you mean `skip-link`?",
        )],
    );
    english(
        "results = { one = \"One page\", other = \"{number} pages\" }\nsince = \"from {form}\"\nby = \"By {who}\"\n",
        &[
            (
                "warning[wrong-sentence] i18n/en.toml:1:31",
                "`{number}` is not filled in, so readers see it as it is",
                "did you mean `{n}`?",
            ),
            (
                "warning[wrong-sentence] i18n/en.toml:2:1",
                "`{form}` is not filled in, so readers see it as it is",
                "did you mean `{from}`?",
            ),
            (
                "warning[wrong-sentence] i18n/en.toml:3:1",
                "`{who}` is not filled in, so readers see it as it is",
                "nothing is filled in here: take it out",
            ),
        ],
    );
    english(
        "results = \"{n} pages\"\n",
        &[(
            "warning[wrong-sentence] i18n/en.toml:1:1",
            "`results` changes with a number, so it needs two forms; this one is not used",
            "write `results = { one = \"…\", other = \"…\" }`",
        )],
    );
    english(
        "results = { other = \"{n} pages\" }\n",
        &[(
            "warning[wrong-sentence] i18n/en.toml:1:13",
            "`results` has no form `one`, so readers see that of the theme",
            "add `one = \"…\"` beside it",
        )],
    );
    // What a template of the site says is a name of its own.
    english("own = \"Mine\"\n//- templates/page.html\n{{ t(key=\"own\") }}\n", &[]);
}

#[test]
fn declarations_of_themes() {
    check(
        &format!(
            "{SETTINGS}//- components/note.toml\nfeilds.text = {{ type = \"text\" }}\n//- components/note.html\n<p>x</p>\n"
        ),
        &[("warning[wrong-theme] components/note.toml:1:1", "`feilds` is not known here", "did you mean `fields`?")],
    );
}
