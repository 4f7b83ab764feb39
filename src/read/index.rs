//! Where the keys and values of a YAML or TOML text are.
//!
//! Neither YAML's parser nor its values keep places. So where there is a fault to show, the text is read once more by a parser
//! of events, which has them, and every place of the text is kept: thousands of faults of one text are placed by one reading.

use std::collections::HashMap;

use rapidhash::fast::RandomState;
use saphyr_parser::ScalarStyle::Plain;
use saphyr_parser::{Event, Marker, Parser};

use crate::model::diagnostic::{FieldPath, Part, Step};
use crate::model::source::Span;

use super::{nesting, toml, yaml};

/// What is deeper is not looked for: no fault is there, as the parser of values does not go so far.
const DEEPEST: usize = 128;

/// The places of a text.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) root: Item,
    pub(super) is_toml: bool,
}

/// A value, and where it and its key are. Of YAML only where each begins: see [`yaml::extent`].
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) key: Span,
    /// The same key, the second time that it is there.
    pub(super) again: Option<Span>,
    pub(super) value: Span,
    pub(super) inner: Inner,
}

/// What is in a value.
#[derive(Debug, Default)]
pub(super) enum Inner {
    #[default]
    Nothing,
    List(Vec<Item>),
    Map(HashMap<Box<str>, Item, RandomState>),
}

impl Index {
    /// Returns the places of a text, as far as it can be read. The file's ending says whether it is TOML.
    pub(super) fn of(file: &str, text: &str) -> Index {
        #[cfg(test)]
        tests::BUILT.with(|it| it.set(it.get() + 1));
        match file.ends_with(".toml") {
            true => Index { root: toml::places(text), is_toml: true },
            false => Index { root: places(text), is_toml: false },
        }
    }

    /// Returns the part of the value at `path`, in bytes of `text`; where it is not there, what comes nearest above it.
    pub(super) fn locate(&self, text: &str, path: &FieldPath, part: Part) -> Span {
        let mut nearest = None;
        let mut here = &self.root;
        for (position, step) in path.0.iter().enumerate() {
            let is_last = position + 1 == path.0.len();
            let (next, in_list) = match (step, &here.inner) {
                (Step::Key(key), Inner::Map(items)) => (items.get(&**key), false),
                (Step::Index(index), Inner::List(items)) => (items.get(*index), true),
                // One value stands for a list of one.
                (Step::Index(0), Inner::Nothing) if is_last && part == Part::Value && position > 0 => {
                    (Some(here), true)
                }
                _ => (None, false),
            };
            let Some(next) = next else { break };
            // Above the value itself it is the key that is shown; of TOML the value, where a value is asked for.
            let part = if is_last || self.is_toml { part } else { Part::Key };
            let found = match part {
                _ if in_list => Some((next.value, Part::Value)),
                Part::Value => Some((next.value, part)),
                Part::Key => Some((next.key, part)),
                Part::KeyAgain => next.again.map(|it| (it, part)),
            };
            nearest = found.or(nearest);
            here = next;
        }
        match nearest {
            Some((span, _)) if self.is_toml => span,
            Some((span, part)) => yaml::extent(text, span.start, part),
            None if self.is_toml => Span::default(),
            None => yaml::first(text),
        }
    }
}

/// A value that is not at its end yet.
struct Open {
    item: Item,
    /// The key of the value that comes next, and where that is; of a map alone.
    key: Option<(Box<str>, Span)>,
    /// The key in what is around it.
    own: Option<(Box<str>, Span)>,
}

/// Returns the places of a YAML text.
fn places(text: &str) -> Item {
    if nesting::too_deep(text).is_some() {
        return Item::default();
    }
    let offset = offsets(text);
    let mut open =
        vec![Open { item: Item { inner: Inner::List(Vec::new()), ..Item::default() }, key: None, own: None }];
    let mut anchors: HashMap<usize, Span, RandomState> = HashMap::default();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        let at = match event {
            // What is repeated is where it was named.
            Event::Alias(name) => anchors.get(&name).copied().unwrap_or_else(|| offset(span.start)),
            _ => offset(span.start),
        };
        if let Event::Scalar(_, _, name, _) | Event::SequenceStart(name, _) | Event::MappingStart(name, _) = event
            && name > 0
        {
            anchors.insert(name, at);
        }
        let inner = match event {
            Event::SequenceStart(..) => Inner::List(Vec::new()),
            Event::MappingStart(..) => Inner::Map(HashMap::default()),
            Event::Scalar(..) | Event::Alias(..) => Inner::Nothing,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(closed) = (open.len() > 1).then(|| open.pop()).flatten() {
                    close(&mut open, closed);
                }
                continue;
            }
            _ => continue,
        };
        let Some(around) = open.last_mut() else { break };
        let is_map = matches!(around.item.inner, Inner::Map(_));
        if is_map && around.key.is_none() {
            match (&event, &inner) {
                (Event::Scalar(name, style, ..), _) => around.key = Some((yaml::key(name, *style == Plain), at)),
                (_, Inner::Nothing) => around.key = Some(("".into(), at)),
                // A key that is a list or a group: it is gone through, and has no name.
                _ => {
                    around.key = None;
                    let item = Item { value: at, inner, ..Item::default() };
                    open.push(Open { item, key: None, own: None });
                }
            }
            continue;
        }
        let own = around.key.take();
        // A value that is not written is behind its colon.
        let at = match &own {
            Some((_, key)) if span.is_empty() => text[key.start..].find(':').map_or(at, |it| {
                let behind = key.start + it + 1;
                Span::new(behind, behind)
            }),
            _ => at,
        };
        let value = Open { item: Item { value: at, inner, ..Item::default() }, key: None, own };
        match value.item.inner {
            Inner::Nothing => close(&mut open, value),
            _ if open.len() > DEEPEST => break,
            _ => open.push(value),
        }
    }
    while let Some(closed) = (open.len() > 1).then(|| open.pop()).flatten() {
        close(&mut open, closed);
    }
    match open.pop().map(|it| it.item.inner) {
        Some(Inner::List(mut documents)) if !documents.is_empty() => documents.swap_remove(0),
        _ => Item::default(),
    }
}

/// Puts a value that is at its end into what is around it.
fn close(open: &mut [Open], mut closed: Open) {
    // A key whose value could not be read is there all the same.
    if let (Some((name, key)), Inner::Map(items)) = (closed.key.take(), &mut closed.item.inner) {
        items.entry(name).or_insert(Item { key, value: key, ..Item::default() });
    }
    let Some(around) = open.last_mut() else { return };
    match (&mut around.item.inner, closed.own) {
        (Inner::List(items), _) => items.push(closed.item),
        (Inner::Map(items), Some((name, key))) => match items.get_mut(&name) {
            Some(first) => first.again = first.again.or(Some(key)),
            None => _ = items.insert(name, Item { key, ..closed.item }),
        },
        // It was a key itself.
        (Inner::Map(_), None) => around.key = Some(("".into(), closed.item.value)),
        (Inner::Nothing, _) => {}
    }
}

/// Returns what makes an empty span at the byte of a parser's mark, which counts characters.
fn offsets(text: &str) -> impl Fn(Marker) -> Span + '_ {
    let is_ascii = text.is_ascii();
    let starts: Vec<usize> = if is_ascii { Vec::new() } else { text.char_indices().map(|it| it.0).collect() };
    move |mark| {
        let at = match is_ascii {
            true => mark.index().min(text.len()),
            false => starts.get(mark.index()).copied().unwrap_or(text.len()),
        };
        Span::new(at, at)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::model::config::{Options, Trace};
    use crate::model::diagnostic::{At, Diagnostic, Place};
    use crate::model::source::Source;
    use crate::model::theme::Theme;

    thread_local! {
        /// How many texts this thread looked for places in.
        pub(super) static BUILT: Cell<usize> = const { Cell::new(0) };
    }

    /// Returns how many texts were looked for places in while `work` was done.
    pub(in crate::read) fn built(work: impl FnOnce()) -> usize {
        let before = BUILT.get();
        work();
        BUILT.get() - before
    }

    fn check(text: &str, path: &[Step], part: Part, expected: &str) {
        let span = Index::of("a.md", text).locate(text, &FieldPath(path.to_vec()), part);
        assert_eq!(&text[span.start..span.end], expected, "{path:?} in {text}");
    }

    #[test]
    fn places_are_those_of_the_first_of_two_keys() {
        check("a: 1\na: 2\nb: 3\na: 4\n", &["a".into()], Part::Value, "1");
        let text = "a: 1\nb: 3\na: 4\na: 5\n";
        let again = Index::of("a.md", text).locate(text, &FieldPath(vec!["a".into()]), Part::KeyAgain);
        assert_eq!(again.start, text.find("a: 4").expect("is there"));
    }

    #[test]
    fn keys_are_named_as_values_name_them() {
        for (written, named) in
            [("000.00", "0"), ("0o17", "15"), ("True", "true"), ("~", ""), ("1.10", "1.1"), ("a b", "a b")]
        {
            check(&format!("{{c: 1, {written}: d}}"), &[named.into()], Part::Value, "d");
        }
        check("\"0o17\": d\n", &["0o17".into()], Part::Value, "d");
        check("a: &b 0o17\nc: *b\n", &["c".into()], Part::Value, "&b 0o17");
    }

    #[test]
    fn odd_keys_and_values_do_not_shift_places() {
        check("? [a, {b: c}]\n: d\n? e\n: f\ng: h\n", &["g".into()], Part::Value, "h");
        check("a: &x\n  b: 1\nc: *x\nd: e\n", &["d".into()], Part::Value, "e");
        check("a: [&x b, *x]\nc: d\n", &["c".into()], Part::Value, "d");
        check("é: {ü: [ß, ö]}\nb: \u{1F600}\nc: d\n", &["é".into(), "ü".into(), Step::Index(1)], Part::Value, "ö");
        check("a: é\r\nb:\r\n  - c: d\r\n", &["b".into(), Step::Index(0), "c".into()], Part::Value, "d");
        check("a: b\nc: [\"unclosed\n", &["a".into()], Part::Value, "b");
        check("- a\n- b: c\n", &[Step::Index(1), "b".into()], Part::Value, "c");
    }

    #[test]
    fn however_many_faults_a_text_has_it_is_read_once_for_their_places() {
        let now = "2024-02-01T12:00:00Z".parse().expect("is a moment");
        let options = Options { now, drafts: false, future: false, trace: Trace::Off, forms: false, base_url: None };
        let config = crate::read::config(&Source::new("site.toml", Vec::new()), options).value;
        // A key that is there thousands of times has one fault.
        type Line = fn(usize) -> String;
        let lines: [(usize, Line); 7] = [
            (2_000, |it| format!("k{it}: 1\n")),
            (1_000, |it| format!("k{}: 1\n", it / 2)),
            (1, |_| "k: 1\n".to_owned()),
            (1, |it| format!("excerpt: {it}\n")),
            (1, |it| format!("updated: {it}x\n")),
            (2_000, |it| format!("{}- [{it}]\n", if it == 0 { "authors:\n" } else { "" })),
            (2_000, |it| format!("{}- {{why: 1, because: 2}}\n", if it == 0 { "changes:\n" } else { "" })),
        ];
        for (least, line) in lines {
            let text: String = (0..2_000).map(line).collect();
            let source =
                Source::new("content/posts/2024-01-01-a.md", format!("---\ntitle: A\n{text}---\n").into_bytes());
            let mut found = 0;
            let times = built(|| {
                found = crate::read::document::document(&source, &config, &Theme::default()).diagnostics.len();
            });
            assert!(found >= least && times <= 1, "{found} faults, read {times} times: {}", line(0));
        }
        let text: String = (0..2_000).map(|it| format!("k{it}: 1\n")).collect();
        let source = Source::new("data/a.yml", text.into_bytes());
        let place = |it: usize| Place {
            path: source.path.clone(),
            at: At::Field(Span::new(0, source.text.len()), FieldPath::default().join(&*format!("k{it}")), Part::Key),
        };
        let mut found: Vec<_> = (0..2_000).map(|it| Diagnostic::error("wrong-vocabulary", place(it), "a")).collect();
        assert_eq!(built(|| crate::read::places(&mut found, |_| Some(&source))), 1);
        assert_eq!(found[1].place.as_ref().map(Place::span), Some(Span::new(6, 8)));
    }

    #[test]
    fn what_is_too_deep_has_no_places() {
        let text = format!("a: {}b", "- ".repeat(40_000));
        check(&text, &["a".into()], Part::Key, "a");
        check(&format!("a: {}", "[".repeat(40_000)), &["b".into()], Part::Key, &format!("a: {}", "[".repeat(40_000)));
    }
}
