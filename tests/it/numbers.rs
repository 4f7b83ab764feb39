//! Figures as people write them: published as they were meant, or told, and never guessed.

use folio::Memo;
use folio::model::diagnostic::{Diagnostic, Edit};
use folio::model::source::{Source, Sources};
use folio::model::value::{Value, Values};

use crate::support::{BARE_THEME, SETTINGS, options, project};

const PATH: &str = "content/things/a.md";

/// A kind with numbers in every form that a schema has.
const KINDS: &str = r#"
[kinds.thing]
folder = "things"
[kinds.thing.fields]
cost = { type = "money" }
number = { type = "number" }
count = { type = "integer", min = 0 }
figure = { type = "figure" }
numbers = { type = "list", of = { type = "number" } }
notes = { type = "list", of = { type = "text" } }
people = { type = "list", of = { type = "reference", to = ["person"] } }
"#;

fn sources(language: &str, yaml: &str) -> Sources {
    let mut sources = project(&format!("{SETTINGS}{BARE_THEME}"));
    let settings = format!(
        "[site]\ntitle = \"Site\"\nbase_url = \"https://example.org/\"\nlanguage = \"{language}\"\ncurrency = \"GBP\"\n{KINDS}"
    );
    sources.add(Source::new("site.toml", settings.into_bytes()));
    sources.add(Source::new(PATH, format!("---\ntitle: A\n{yaml}\n---\n\nText.\n").into_bytes()));
    sources
}

/// What is told of the document, and the document's values.
fn read(sources: &Sources) -> (Vec<Diagnostic>, Values) {
    let opened = folio::open(sources, "site.toml", options(), &Memo::default());
    let is_here = |it: &Diagnostic| it.place.as_ref().is_some_and(|it| &*it.path == PATH);
    let found = opened.diagnostics.into_iter().filter(is_here).collect();
    let entry = opened.value.site.entries.iter().find(|it| &*it.document.source.path == PATH);
    (found, entry.unwrap().document.values.clone())
}

/// Every number in the values.
fn numbers(value: &Value, out: &mut Vec<f64>) {
    match value {
        Value::Integer(it) => out.push(*it as f64),
        Value::Number(it) => out.push(*it),
        Value::List(items) => items.iter().for_each(|it| numbers(it, out)),
        Value::Group(group) => group.pairs().iter().for_each(|(_, it)| numbers(it, out)),
        _ => {}
    }
}

fn published(values: &Values) -> Vec<f64> {
    let mut out = Vec::new();
    values.pairs().iter().for_each(|(_, it)| numbers(it, &mut out));
    out
}

/// The front matter is read without a word, and holds these numbers.
#[track_caller]
fn reads(yaml: &str, expected: &[f64]) {
    let (found, values) = read(&sources("en-GB", yaml));
    assert_eq!((found, published(&values)), (Vec::new(), expected.to_vec()), "{yaml}");
}

/// There is one error, in these words, and no number is published. `--fix` writes `mended`; nothing where it is empty.
#[track_caller]
fn told_in(language: &str, yaml: &str, code: &str, help: &str, mended: &str) {
    let sources = sources(language, yaml);
    let (found, values) = read(&sources);
    let shown: Vec<String> =
        found.iter().map(|it| format!("{}: {}", it.code, it.help.as_deref().unwrap_or("no help"))).collect();
    assert_eq!((shown.join("\n"), published(&values)), (format!("{code}: {help}"), Vec::new()), "{yaml}");
    let edits: Vec<Edit> = found.into_iter().flat_map(|it| it.fix).collect();
    let text = Edit::apply(&edits, &sources.texts[PATH].text);
    let after = text.strip_prefix("---\ntitle: A\n").unwrap().strip_suffix("\n---\n\nText.\n").unwrap();
    assert_eq!(after, if mended.is_empty() { yaml } else { mended }, "{yaml}");
}

#[track_caller]
fn told(yaml: &str, code: &str, help: &str, mended: &str) {
    told_in("en-GB", yaml, code, help, mended);
}

#[test]
fn plain_numbers_are_read() {
    reads("cost: 300000", &[300_000.0]);
    reads("cost: \"300000\"", &[300_000.0]);
    reads("number: '4.5'", &[4.5]);
    reads("number: 1.234", &[1.234]);
    reads("number: 4.50", &[4.5]);
    reads("number: 12.0", &[12.0]);
    reads("number: 1e3", &[1000.0]);
    reads("number: +5", &[5.0]);
    reads("number: .5", &[0.5]);
    reads("number: 5.", &[5.0]);
    reads("number: 0x10", &[16.0]);
    reads("count: 007", &[7.0]);
    reads("figure: {value: 300000, unit: GBP}", &[300_000.0]);
    reads("numbers: [1, 000.5, 1.5]", &[1.0, 0.5, 1.5]);
    reads("numbers: [1, 100, 2000]", &[1.0, 100.0, 2000.0]);
    reads("numbers:\n  - 1\n  - 234", &[1.0, 234.0]);
    reads("notes: [Phase 1, 200 homes]", &[]);
    reads("notes: [2019,2020, 12,34]", &[]);
}

#[test]
fn one_reading_is_mended() {
    let plain = |yaml: &str, number: &str, mended: &str| {
        told(yaml, "wrong-type", &format!("write it as a plain number: `{number}`"), mended);
    };
    plain("cost: £300,000", "300000", "cost: 300000");
    plain("cost: 300,000", "300000", "cost: 300000");
    plain("cost: \"300,000.00\"", "300000", "cost: \"300000\"");
    plain("cost: £1,234.50 # about", "1234.5", "cost: 1234.5 # about");
    plain("cost: £1.4m", "1400000", "cost: 1400000");
    plain("number: 1 000", "1000", "number: 1000");
    plain("number: 1\u{a0}000", "1000", "number: 1000");
    plain("number: 1_000", "1000", "number: 1000");
    plain("number: −5", "-5", "number: -5");
    plain("number: ٣٠٠", "300", "number: 300");
    plain("number: ½", "0.5", "number: 0.5");
    plain("count: 1,200", "1200", "count: 1200");
    plain("figure: {value: 5%, unit: percent}", "5", "figure: {value: 5, unit: percent}");
    plain("figure:\n  value: £1,200\n  unit: GBP", "1200", "figure:\n  value: 1200\n  unit: GBP");
}

#[test]
fn two_readings_are_told_and_left_alone() {
    let both = |yaml: &str, help: &str| told(yaml, "wrong-type", help, "");
    both("cost: 12.000,00", "write `12000` or `12`, whichever is meant");
    both("cost: £12,00", "write `12` or `1200`, whichever is meant");
    both("cost: 4,5", "write `4.5` or `45`, whichever is meant");
    both("cost: 300,00", "write `300` or `30000`, whichever is meant");
    both("number: 300.000", "write `300` or `300000`, whichever is meant");
    both("number: 1.000", "write `1` or `1000`, whichever is meant");
    both("number: \"12.000\"", "write `12` or `12000`, whichever is meant");
    both("number: 1 000,5", "write `1000.5` or `10005`, whichever is meant");
    both("number: (500)", "write `-500` or `500`, whichever is meant");
    both("number: 1.5k", "write `1500` if that is meant");
    both("number: 300k", "write `300000` if that is meant");
    both("number: 3,00,000", "write `300000` if that is meant");
    both("number: –5", "write `-5` if that is meant");
    both("number: 5%", "write `5` if that is meant; what `%` says belongs to a key of its own");
    both("cost: €500", "write `500` if that is meant; what `€` says belongs to a key of its own");
    both(
        "figure: {value: £500, unit: people}",
        "write `500` if that is meant; what `£` says belongs to a key of its own",
    );
    both("count: £300", "write `300` if that is meant; what `£` says belongs to a key of its own");
    both("count: 1.200", "write the number in digits alone, such as `300`");
    both("number: about 300", "write the number in digits alone, such as `300000` or `4.5`");
    both("number: 10-20", "write the number in digits alone, such as `300000` or `4.5`");
    both("count: some", "write the number in digits alone, such as `300`");
    both("count: 4.5", "write the number in digits alone, such as `300`");
}

#[test]
fn what_can_not_be_kept_exactly_is_told() {
    for yaml in ["number: 9007199254740993", "number: \"9007199254740993\"", "number: 99999999999999999999"] {
        let (found, values) = read(&sources("en-GB", yaml));
        assert!(published(&values).is_empty() && found.len() == 1, "{yaml}: {found:?}");
    }
}

#[test]
fn a_comma_in_braces_never_cuts_a_number() {
    let one = |yaml: &str, number: &str, mended: &str| {
        told(yaml, "yaml-comma", &format!("write it as a plain number: `{number}`"), mended);
    };
    one("figure: {value: 300,000, unit: GBP}", "300000", "figure: {value: 300000, unit: GBP}");
    one("figure: {value: £300,000, unit: GBP}", "300000", "figure: {value: 300000, unit: GBP}");
    one("figure: {unit: GBP, value: 1,234,567}", "1234567", "figure: {unit: GBP, value: 1234567}");
    one("figure: {value: 1,000,000, unit: GBP}", "1000000", "figure: {value: 1000000, unit: GBP}");
    one("figure: {value: 300,000.00, unit: GBP}", "300000", "figure: {value: 300000, unit: GBP}");
    one("figure: {value: 1,034, unit: GBP}", "1034", "figure: {value: 1034, unit: GBP}");
    one("cost: {amount: 12,000}", "12000", "cost: {amount: 12000}");
    one("figure: {\n  value: 300,000,\n  unit: GBP\n  }", "300000", "figure: {\n  value: 300000,\n  unit: GBP\n  }");
    let left = |yaml: &str, help: &str| told(yaml, "yaml-comma", help, "");
    left("figure: {value: 4,5, unit: percent}", "write `4.5` or `45`, whichever is meant");
    left("figure: {value: 300,00, unit: GBP}", "write `300` or `30000`, whichever is meant");
    left("figure: {value: 1.234,56, unit: GBP}", "write `1234.56` or `1.23456`, whichever is meant");
    left("figure: {value: 0,500, unit: GBP}", "write `0.5` or `500`, whichever is meant");
    left(
        "figure: {value: €300,000, unit: GBP}",
        "write `300000` if that is meant; what `€` says belongs to a key of its own",
    );
    let help = "write a number without commas, and put a text with a comma in double quotes";
    left("figure: {value: \"300\",000, unit: GBP}", help);
    told_in(
        "de",
        "figure: {value: 300,000, unit: GBP}",
        "yaml-comma",
        "write `300000` or `300`, whichever is meant",
        "",
    );
    let quotes = "put the value in double quotes: `\"2019,2020\"`";
    told(
        "figure: {value: some, unit: people, period: 2019,2020}",
        "wrong-type: write the number in digits alone, such as `300000` or `4.5`\nyaml-comma",
        quotes,
        "figure: {value: some, unit: people, period: \"2019,2020\"}",
    );
    told("people: [{name: Fund 1,000 a year}]", "yaml-comma", help, "");
}

#[test]
fn a_comma_in_a_list_never_cuts_a_number() {
    told("numbers: [1,000]", "yaml-comma", "write it as a plain number: `1000`", "numbers: [1000]");
    told("numbers: [5, 12,000]", "yaml-comma", "write it as a plain number: `12000`", "numbers: [5, 12000]");
    let several = "write it as a plain number: `1234`; if these are several, put spaces after the commas: `1, 234`";
    told("numbers: [1,234]", "yaml-comma", several, "");
    let text = "put the value in double quotes: `\"Did 1,000 people come?\"`";
    told("notes: [Did 1,000 people come?]", "yaml-comma", text, "notes: [\"Did 1,000 people come?\"]");
}

#[test]
fn what_no_field_describes_is_looked_at_too() {
    let (found, _) = read(&sources("en-GB", "saved: {value: 300,000}\nyears:\n  2019:\n  2020:"));
    let codes: Vec<&str> = found.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["unknown-key", "yaml-comma", "unknown-key"]);
    let mut sources = sources("en-GB", "");
    sources.add(Source::new("data/topics.yml", b"- {slug: one, title: Homes 1,000}\n".to_vec()));
    let found = folio::open(&sources, "site.toml", options(), &Memo::default()).diagnostics;
    assert!(found.iter().any(|it| it.code == "yaml-comma"), "{found:?}");
}
