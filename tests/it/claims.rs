//! What our own site says of real people, organisations and figures keeps the hedges of its sources, in every output that somebody
//! may read or reuse: pages, feeds, the forms of newsletters, JSON, the index of the search, open data.

use std::collections::BTreeSet;

use folio::Memo;
use folio::model::config::Options;
use scraper::node::Node;
use scraper::{ElementRef, Html};
use serde_json::Value;

use crate::properties::{own_options, own_site};
use crate::support::{Built, build};

/// A claim is made where a sentence, a card or a row of a table has one of the words of `made_by`. It then has one word of each
/// group in `hedges` too. `|` separates alternatives; all is in lower case.
struct Claim {
    made_by: &'static str,
    hedges: &'static [&'static str],
}

const CLAIMS: &[Claim] = &[
    // What the key messages say of collaboration is their judgement, and a claim about feedback.
    Claim { made_by: "digital collaboration|substantially", hedges: &["said to be", "substantially"] },
    Claim { made_by: "overwhelmingly", hedges: &["feedback", "members", "survey", "interviews"] },
    Claim { made_by: "60+|60 major|60 projects|60 digital|sixty", hedges: &["60+|at least 60|at-least", "major"] },
    Claim { made_by: "team of 9 is|just 9 is|greater than its size|beyond its size", hedges: &["just 9", "said to"] },
    // Members feel it; nobody measured it.
    Claim { made_by: "feel supported|are supported|be supported", hedges: &["feel"] },
    Claim { made_by: "get things done|gets things done", hedges: &["feel"] },
    Claim { made_by: "happen otherwise|would not happen", hedges: &["feel"] },
    // An association is not a cause, and a potential saving is not a saving. Each figure has its comparison.
    Claim { made_by: "300,000|300k|300000", hedges: &["at least|at-least", "associated with", "market rates"] },
    Claim { made_by: "1.4 million|1.4m|1400000", hedges: &["potential", "individual agreements", "savings"] },
    Claim { made_by: "save time and money", hedges: &["said to"] },
    Claim { made_by: "low cost|low in cost|costs little", hedges: &["said to|calls"] },
    Claim { made_by: "£30,000|,30000,", hedges: &["each|27", "year"] },
    Claim { made_by: "£100,000|,100000,", hedges: &["year"] },
    Claim { made_by: "£810,000|£1,010,000|£1.01 million", hedges: &["our", "year"] },
    Claim { made_by: "three more years|,3,years", hedges: &["recently agreed"] },
    Claim { made_by: "art of the possible", hedges: &["opportunities", "scale-ups"] },
    // The limits, and what is promised.
    Claim { made_by: "challenging to evaluate|hard to evaluate|hard to measure", hedges: &["genuinely challenging"] },
    Claim { made_by: "appreciate|members value", hedges: &["one of the things that"] },
    Claim { made_by: "designed into", hedges: &["how to make sure", "future project"] },
];

/// Forms that say more than the sources do, in lower case.
const FORBIDDEN: &[&str] = &[
    "more than 60",
    "over 60",
    "saved £",
    "saved at least",
    "saved by",
    "has saved",
    "have saved",
    "because of loti",
    "very positive",
    "beyond its size",
    "most of all",
    "value them most",
    "value these most",
    "goes with savings",
    "the evaluation asked",
    "the evaluation found",
    "the evaluation says",
    "evaluation of loti asked",
    "loti promises",
];

/// The words of the sources that open data quotes, each with the beginning of its finding.
const SOURCE_WORDS: [(&str, &str); 11] = [
    (
        "Digital collaboration",
        "substantially improved; overwhelmingly positive feedback from both the survey and interviews with LOTI members",
    ),
    ("60+ major projects", "60+ major"),
    ("The impact of a team of just 9", "just 9 people; far greater than its size"),
    ("Members feel supported", "feel supported; get things done; members feel"),
    ("Goals that are not aligned", "challenges to collaboration remain"),
    ("Recruitment support is associated", "associated with; at least"),
    ("The Data Sharing Agreements project", "potentially"),
    ("LOTI works with private partners", "works with"),
    ("Each of the 27 member boroughs", "each; in annual fees"),
    ("The Greater London Authority and London Councils each", "each; per year"),
    ("The Greater London Authority recently agreed", "recently agreed; a further three years"),
];

const FINDINGS: &str = "evaluations/loti-2023/findings.csv";

#[test]
fn every_claim_keeps_the_hedges_of_its_source() {
    let (mut faults, mut made) = (Vec::new(), vec![0; CLAIMS.len()]);
    for (path, statement) in statements(&own()) {
        let text = statement.to_lowercase();
        faults
            .extend(FORBIDDEN.iter().filter(|it| text.contains(*it)).map(|it| format!("{path}: `{it}`: {statement}")));
        for (position, claim) in CLAIMS.iter().enumerate().filter(|it| has_one(&text, it.1.made_by)) {
            made[position] += 1;
            let missing = claim.hedges.iter().filter(|it| !has_one(&text, it));
            faults.extend(missing.map(|it| format!("{path}: without `{it}`: {statement}")));
        }
    }
    assert_eq!(faults, [""; 0], "{} faults", faults.len());
    // A claim that nobody makes any more would hold for nothing.
    for (claim, made) in CLAIMS.iter().zip(made) {
        assert!(made > 0, "nobody says `{}`", claim.made_by);
    }
}

#[test]
fn the_checks_of_claims_can_fail() {
    let page = "<p>Boroughs saved £300,000.</p><div class=\"stat\"><p><strong>£1.4 million</strong> saved</p></div>\
                <table><thead><tr><th>Who</th><th>A year</th></tr></thead><tr><td>Each</td><td>£30,000</td></tr></table>";
    let mut found = Vec::new();
    html(&Html::parse_document(page), &mut found);
    assert_eq!(found, ["Boroughs saved £300,000.", "£1.4 million saved", "Who A year", "Who A year Each £30,000"]);
    let lower = found[0].to_lowercase();
    assert!(has_one(&lower, CLAIMS[7].made_by) && CLAIMS[7].hedges.iter().all(|it| !has_one(&lower, it)));
    assert_eq!(sentences("At least £1.4 million. It is hard! Yes"), ["At least £1.4 million.", "It is hard!", "Yes"]);
}

/// What we write is ours: no name of a real person stands over it, nor that of an organisation which had no part in it.
#[test]
fn our_words_have_nobody_elses_name() {
    let built = own();
    let mut names = BTreeSet::new();
    for (path, bytes) in &built.outputs {
        let Ok(text) = str::from_utf8(bytes) else { continue };
        if path.ends_with(".xml") {
            let between = |start: &'static str, end: &'static str| {
                text.split(start).skip(1).filter_map(move |it| it.split(end).next()).map(str::to_owned)
            };
            names.extend(between("<author><name>", "</name>").chain(between("<dc:creator>", "</dc:creator>")));
        } else if path.ends_with("feed.json") {
            authors(&serde_json::from_str(text).unwrap(), &mut names);
        } else if path.ends_with(".html") {
            let dom = Html::parse_document(text);
            for element in dom.root_element().descendent_elements() {
                match element.value().attr("type").or(element.value().attr("name")) {
                    Some("application/ld+json") => authors(&linked_data(element), &mut names),
                    Some("citation_author") => _ = names.insert(element.attr("content").unwrap().to_owned()),
                    _ => {}
                }
            }
        }
    }
    assert!(names.contains("The Folio project") && names.len() > 2, "{names:?}");
    names.retain(|it| it != "The Folio project" && !it.ends_with("(illustrative)"));
    assert_eq!(names, BTreeSet::new());
    let list = built.text("authors/index.html");
    assert!(!list.contains("Copeland") && !list.contains("Blackwell"));
    // Whose post it is about is said, with the way to it.
    let post = built.text("blog/what-the-first-evaluation-of-loti-found/index.html");
    for needed in [
        "<a href=\"https://loti.london/blog/loti-evaluation/\">about a post by Eddie Copeland</a>",
        "Local government innovation works: LOTI evaluation",
        "Theo Blackwell’s blog post, as Eddie Copeland’s post lists them",
        "thanks all members",
    ] {
        assert!(post.contains(needed), "{needed}");
    }
}

#[test]
fn open_data_has_the_words_of_the_source_and_the_findings_of_the_page() {
    let built = own();
    let page = Html::parse_document(built.text("evaluations/loti-2023/index.html"));
    let mut shown = Vec::new();
    html(&page, &mut shown);
    let rows: Vec<Vec<String>> = built.text(FINDINGS).lines().skip(1).map(cells).collect();
    assert_eq!(rows.len(), SOURCE_WORDS.len());
    for (row, (headline, words)) in rows.iter().zip(SOURCE_WORDS) {
        assert!(row[0].starts_with(headline), "{row:?}");
        assert_eq!(row[8], words, "{headline}");
        let card = shown.iter().find(|it| it.starts_with(&row[0]));
        let card = card.unwrap_or_else(|| panic!("the page has no finding `{}`", row[0]));
        assert!(card.contains(&row[9].replace("Theo Blackwell's post, key", "Key")), "{card} and {row:?}");
    }
}

/// A real project has states and reasons that were made up, so wherever it is listed it says so.
#[test]
fn what_was_made_up_is_marked_where_it_is_read() {
    let built = own();
    let dom = Html::parse_document(built.text("projects/index.html"));
    let is_card = |it: &ElementRef<'_>| it.value().has_class("card", scraper::CaseSensitivity::CaseSensitive);
    let cards: Vec<String> = dom.root_element().descendent_elements().filter(is_card).map(words).collect();
    assert_eq!(cards.len(), 9);
    assert_eq!(cards.iter().filter(|it| !it.contains("illustrative")).collect::<Vec<_>>(), [""; 0]);
}

fn own() -> Built {
    build(&own_site(), Options { forms: true, ..own_options() }, &Memo::default())
}

fn has_one(text: &str, alternatives: &str) -> bool {
    alternatives.split('|').any(|it| text.contains(it))
}

/// Returns each sentence, card and row of every output but the guide, whose examples are of made-up councils.
fn statements(built: &Built) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    for (path, bytes) in built.outputs.iter().filter(|it| !it.0.starts_with("guide/")) {
        let Ok(text) = str::from_utf8(bytes) else { continue };
        let mut found = Vec::new();
        match path.rsplit('.').next() {
            Some("html") => html(&Html::parse_document(text), &mut found),
            Some("json") => json(&serde_json::from_str(text).unwrap(), &mut found),
            Some("xml") => feed(&Html::parse_document(text), &mut found),
            Some("csv") => found.extend(text.lines().map(str::to_owned)),
            // Words without sentences, and a mail whose parts are other forms.
            _ if path.starts_with("search/words") || path.ends_with(".eml") => {}
            _ => text.split("\n\n").for_each(|it| found.extend(sentences(&it.replace('\n', " ")))),
        }
        all.extend(found.into_iter().map(|it| (path.as_str(), it)));
    }
    all
}

/// What is shown together, and read as one.
const CARDS: [&str; 3] = ["stat", "finding", "card"];
const INLINE: &[&str] =
    &["a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "mark", "small", "span", "strong", "sup", "time"];

fn html(dom: &Html, found: &mut Vec<String>) {
    let mut open = String::new();
    blocks(dom.root_element(), &mut open, found);
    found.extend(sentences(&open));
    for element in dom.root_element().descendent_elements() {
        match (element.value().name(), element.attr("content")) {
            ("meta", Some(content)) => found.extend(sentences(content)),
            ("script", _) if element.attr("type") == Some("application/ld+json") => json(&linked_data(element), found),
            _ => {}
        }
    }
}

fn blocks(element: ElementRef<'_>, open: &mut String, found: &mut Vec<String>) {
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            open.push_str(text);
        }
        let Some(element) = ElementRef::wrap(child) else { continue };
        let name = element.value().name();
        if INLINE.contains(&name) {
            blocks(element, open, found);
            continue;
        }
        found.extend(sentences(&std::mem::take(open)));
        if name == "tr" || element.value().classes().any(|it| CARDS.contains(&it)) {
            let text = words(element);
            found.push(head_of(element).map_or_else(|| text.clone(), |head| format!("{head} {text}")));
        } else if !["script", "style"].contains(&name) {
            blocks(element, open, found);
            found.extend(sentences(&std::mem::take(open)));
        }
    }
}

/// Returns the head of the table that a row of its body is in.
fn head_of(row: ElementRef<'_>) -> Option<String> {
    let ancestors: Vec<_> = row.ancestors().filter_map(ElementRef::wrap).collect();
    let is = |name: &'static str| move |it: &&ElementRef<'_>| it.value().name() == name;
    if row.value().name() != "tr" || ancestors.iter().any(|it| it.value().name() == "thead") {
        return None;
    }
    let table = ancestors.iter().find(is("table"))?;
    table.child_elements().find(|it| it.value().name() == "thead").map(words)
}

fn feed(dom: &Html, found: &mut Vec<String>) {
    const TEXTS: [&str; 6] = ["title", "subtitle", "summary", "content", "description", "content:encoded"];
    for element in dom.root_element().descendent_elements().filter(|it| TEXTS.contains(&it.value().name())) {
        html(&Html::parse_document(&element.text().collect::<String>()), found);
    }
}

fn json(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => html(&Html::parse_document(text), found),
        Value::Array(all) => all.iter().for_each(|it| json(it, found)),
        Value::Object(all) => all.values().for_each(|it| json(it, found)),
        _ => {}
    }
}

fn linked_data(script: ElementRef<'_>) -> Value {
    serde_json::from_str(&script.text().collect::<String>()).unwrap()
}

/// Collects who is the author of the whole; what the whole is about may have other authors.
fn authors(data: &Value, names: &mut BTreeSet<String>) {
    for (key, value) in data.as_object().into_iter().flatten() {
        match key.as_str() {
            "author" | "authors" | "creator" => {
                names.extend(value.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()));
            }
            "items" => value.as_array().into_iter().flatten().for_each(|it| authors(it, names)),
            _ => {}
        }
    }
}

fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn sentences(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for word in text.split_whitespace() {
        let before = all.last_mut().unwrap();
        let is_new = before.ends_with(['.', '!', '?', '”']) && word.starts_with(|it: char| !it.is_lowercase());
        if is_new {
            all.push(word.to_owned());
        } else {
            if !before.is_empty() {
                before.push(' ');
            }
            before.push_str(word);
        }
    }
    all.retain(|it| !it.is_empty());
    all
}

/// Returns the cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(sign),
        }
    }
    cells
}
