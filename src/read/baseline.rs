//! baseline.toml -> Baseline.

use crate::model::baseline::{Baseline, FILE};
use crate::model::diagnostic::{Checked, Diagnostic, FieldPath, Part};
use crate::model::node::Node;
use crate::model::source::{Sources, Span};

use super::faults::Faults;
use super::toml;

/// Reads what is accepted; nothing where there is no such file. Gives `toml-syntax`, `wrong-setting`.
pub(crate) fn baseline(sources: &Sources) -> Checked<Baseline> {
    let mut found = Vec::new();
    let mut baseline = Baseline::default();
    let Some(source) = sources.texts.get(FILE) else { return Checked { value: baseline, diagnostics: found } };
    let node = toml::parse(source, &mut found);
    let mut faults = Faults::new(&source.path, Span::new(0, source.text.len()));
    for (path, codes) in node.entries() {
        let at = FieldPath::default().join(&**path);
        if !matches!(codes, Node::Map(_)) {
            wrong(&mut faults, &at);
        }
        for (code, lines) in codes.entries() {
            let all = lines.items().iter().map(Node::text).collect::<Option<Vec<_>>>();
            match all.filter(|_| matches!(lines, Node::List(_))) {
                Some(lines) => {
                    baseline.0.extend(lines.into_iter().map(|it| [path.clone(), code.clone(), it.into()]));
                }
                None => wrong(&mut faults, &at.join(&**code)),
            }
        }
    }
    found.extend(faults.found);
    Checked { value: baseline, diagnostics: found }
}

fn wrong(faults: &mut Faults, at: &FieldPath) {
    let place = faults.place(at, Part::Key);
    let fault = Diagnostic::error("wrong-setting", place, "this should be a rule and a list of lines, under a file");
    faults.push(fault.help("write the file anew: `folio check --write-baseline`"));
}
