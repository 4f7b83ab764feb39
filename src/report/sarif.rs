//! Diagnostics for code scanning.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Around;
use super::lines::{self, Files};
use crate::model::diagnostic::{Diagnostic, Place, Severity};
use crate::model::rule;

/// The folder of the site, as the start of every address.
const ROOT: &str = "%SRCROOT%";

/// Where that is shown which is about the whole site.
const SITE: &str = "site.toml";
const START: lines::Region = lines::Region { line: 1, column: 1, end_line: 1, end_column: 1 };

/// Returns one SARIF log with one run.
///
/// Source: OASIS, Static Analysis Results Interchange Format 2.1.0 plus Errata 01. The rules are the codes that came, in
/// order of code. GitHub takes no log in which a result has no location or a location no line, so what is about the whole
/// site is shown at the start of `site.toml`, and what is about a file that is no text on line 1.
pub(super) fn text(diagnostics: &[Diagnostic], files: &Files, around: &Around<'_>) -> String {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|it| it.code).collect();
    let rules: Vec<Rule> = codes.into_iter().map(|code| Rule::of(code, around.rules)).collect();
    let index = |code: &str| rules.binary_search_by_key(&code, |it| it.id).expect("each code is a rule");
    let run = Run {
        results: diagnostics.iter().map(|it| result(it, index(it.code), files, around.prefix)).collect(),
        tool: Tool { driver: Driver { name: "folio", version: env!("CARGO_PKG_VERSION"), rules } },
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BTreeMap::from([(ROOT, Base { description: Message::of("the folder of the site") })]),
    };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).expect("a log is plain data") + "\n"
}

fn result<'a>(diagnostic: &'a Diagnostic, rule_index: usize, files: &Files, prefix: &str) -> Result<'a> {
    let words = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let related = |(index, (place, word)): (usize, &(Place, String))| Location {
        id: Some(index),
        message: Some(Message::of(word)),
        ..Location::of(place, files, prefix)
    };
    let location = match &diagnostic.place {
        Some(place) => Location::of(place, files, prefix),
        None => Location::at(&format!("{prefix}{SITE}"), START),
    };
    Result {
        rule_id: diagnostic.code,
        rule_index,
        level: level(diagnostic.severity),
        message: Message::of(&words),
        locations: [location],
        related_locations: diagnostic.related.iter().enumerate().map(related).collect(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// Returns a path as a relative reference (RFC 3986, section 4.2).
fn reference(path: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~/".contains(&it);
    path.bytes().map(|it| if plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") }).collect()
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    original_uri_base_ids: BTreeMap<&'a str, Base>,
    results: Vec<Result<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Plain,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Plain>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

impl<'a> Rule<'a> {
    fn of(code: &'a str, rules: &[rule::Rule]) -> Rule<'a> {
        let known = rules.iter().find(|it| it.code == code).map(|it| &it.about);
        let text = known.map_or_else(|| code.replace('-', " "), |it| it.title.clone());
        Rule {
            id: code,
            short_description: Plain { text },
            full_description: known.map(|it| Plain { text: it.why.clone() }),
            help: known
                .map(|it| Help { text: format!("{} Source: {}.", it.mend, it.source), markdown: it.mend.clone() }),
            default_configuration: known.map(|it| Configuration { level: level(it.severity) }),
        }
    }
}

/// A text in which nothing is a placeholder or a link (3.12).
#[derive(Serialize)]
struct Plain {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Base {
    description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// Returns the message that reads as `text`: braces would be placeholders (3.11.5), `[..](..)` a link (3.11.6).
    fn of(text: &str) -> Message {
        Message { text: text.replace('{', "{{").replace('}', "}}").replace("](", "\\](") }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

impl Location {
    fn of(place: &Place, files: &Files, prefix: &str) -> Location {
        Location::at(&format!("{prefix}{}", place.path), files.region(place).unwrap_or(START))
    }

    fn at(path: &str, region: lines::Region) -> Location {
        let artifact_location = Artifact { uri: reference(path), uri_base_id: ROOT };
        let physical_location = Physical { artifact_location, region: Region::of(region) };
        Location { id: None, physical_location, message: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn of(region: lines::Region) -> Region {
        let lines::Region { line, column, end_line, end_column } = region;
        Region { start_line: line, start_column: column, end_line, end_column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, example};
    use serde_json::{Value, json};

    fn check(marked: &str, diagnostics: fn(&[Place]) -> Vec<Diagnostic>, expected: Value) {
        let log: Value = serde_json::from_str(&example::text(Format::Sarif, marked, diagnostics)).unwrap();
        validate(&log);
        assert_eq!(log["runs"][0]["results"], expected, "made: {log:#}");
    }

    /// The parts of the standard's schema that we use: of each object the keys that it must have, then those that it may
    /// have besides; it may have no others (`additionalProperties` is false throughout).
    const OBJECTS: &[(&str, &[&str], &[&str])] = &[
        ("sarifLog", &["version", "runs"], &["$schema"]),
        ("run", &["tool"], &["results", "columnKind", "originalUriBaseIds"]),
        ("tool", &["driver"], &[]),
        ("toolComponent", &["name"], &["version", "rules"]),
        ("reportingDescriptor", &["id"], &["shortDescription"]),
        ("result", &["message"], &["ruleId", "ruleIndex", "level", "locations", "relatedLocations"]),
        ("location", &[], &["id", "message", "physicalLocation"]),
        ("physicalLocation", &["artifactLocation"], &["region"]),
        ("artifactLocation", &[], &["uri", "uriBaseId", "description"]),
        ("region", &[], &["startLine", "startColumn", "endLine", "endColumn"]),
        ("message", &["text"], &[]),
    ];

    fn keys(name: &str, value: &Value) {
        let (_, must, may) = OBJECTS.iter().find(|it| it.0 == name).unwrap();
        let object = value.as_object().unwrap();
        assert!(must.iter().all(|it| object.contains_key(*it)), "{name} lacks something: {value:#}");
        assert!(object.keys().all(|it| must.contains(&&**it) || may.contains(&&**it)), "{name} has more: {value:#}");
        if name == "message" {
            assert!(object["text"].is_string());
        }
    }

    fn items(value: &Value) -> &[Value] {
        value.as_array().map_or(&[], |it| it.as_slice())
    }

    fn validate(log: &Value) {
        keys("sarifLog", log);
        assert_eq!(log["version"], "2.1.0");
        for run in items(&log["runs"]) {
            keys("run", run);
            assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
            keys("tool", &run["tool"]);
            keys("toolComponent", &run["tool"]["driver"]);
            run["originalUriBaseIds"].as_object().unwrap().values().for_each(|it| keys("artifactLocation", it));
            let rules = items(&run["tool"]["driver"]["rules"]);
            for rule in rules {
                keys("reportingDescriptor", rule);
                keys("message", &rule["shortDescription"]);
            }
            let ids: BTreeSet<&str> = rules.iter().map(|it| it["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), rules.len(), "each rule is there once");
            for result in items(&run["results"]) {
                keys("result", result);
                keys("message", &result["message"]);
                assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
                assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
                assert_eq!(items(&result["locations"]).len(), 1, "GitHub needs one");
                items(&result["locations"]).iter().for_each(|it| location(it, run));
                items(&result["relatedLocations"]).iter().for_each(|it| location(it, run));
            }
        }
    }

    fn location(location: &Value, run: &Value) {
        keys("location", location);
        let physical = &location["physicalLocation"];
        keys("physicalLocation", physical);
        keys("artifactLocation", &physical["artifactLocation"]);
        let base = physical["artifactLocation"]["uriBaseId"].as_str().unwrap();
        assert!(run["originalUriBaseIds"].as_object().unwrap().contains_key(base));
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~/%".contains(&it)), "{uri}");
        keys("region", &physical["region"]);
        let number = |key: &str| physical["region"][key].as_u64().unwrap();
        let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{physical:#}");
    }

    fn at(uri: &str, [line, column, end_line, end_column]: [usize; 4]) -> Value {
        json!({
            "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        })
    }

    #[test]
    fn results_with_places_and_related_places() {
        let diagnostics = |places: &[Place]| {
            let fault = Diagnostic::error("here", places[0].clone(), "`[a](b)` in `{{ c }}`");
            vec![fault.help("so").see(places[1].clone(), "and this")]
        };
        let path = "content/a%2C%20b%25/%C3%A9.md";
        let expected = json!([{
            "ruleId": "here", "ruleIndex": 0, "level": "error",
            "message": { "text": "`[a\\](b)` in `{{{{ c }}}}`\nso" },
            "locations": [{ "physicalLocation": at(path, [1, 3, 2, 2]) }],
            "relatedLocations": [
                { "id": 0, "message": { "text": "and this" }, "physicalLocation": at(path, [2, 2, 2, 3]) },
            ],
        }]);
        check("🙂 ‹é\nx›‹y›", diagnostics, expected);
    }

    #[test]
    fn results_without_a_text_or_a_place() {
        let diagnostics = |_: &[Place]| {
            let asset = Diagnostic::error("big", Place::new(&"a:b.jpg".into(), Default::default()), "9 MB");
            vec![Diagnostic { severity: Severity::Advice, ..asset }, Diagnostic::warning("all", None, "all")]
        };
        let expected = json!([
            {
                "ruleId": "big", "ruleIndex": 1, "level": "note", "message": { "text": "9 MB" },
                "locations": [{ "physicalLocation": at("a%3Ab.jpg", [1, 1, 1, 1]) }],
            },
            {
                "ruleId": "all", "ruleIndex": 0, "level": "warning", "message": { "text": "all" },
                "locations": [{ "physicalLocation": at("site.toml", [1, 1, 1, 1]) }],
            },
        ]);
        check("", diagnostics, expected);
        check("", |_| Vec::new(), json!([]));
    }
}
