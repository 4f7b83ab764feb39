//! Baseline -> baseline.toml.

use std::fmt::Write;
use std::sync::Arc;

use crate::model::baseline::Baseline;

/// Returns the text of `baseline.toml`: by file, by code, each accepted line.
pub fn baseline(baseline: &Baseline) -> String {
    let mut text = String::from(
        "# Faults that are accepted until somebody mends them: `folio check` does not tell them. A line counts as long as it\n\
         # stays as it is. `folio check --write-baseline` writes this file anew.\n",
    );
    let lines: Vec<&[Arc<str>; 3]> = baseline.0.iter().collect();
    for of_file in lines.chunk_by(|one, next| one[0] == next[0]) {
        let _ = write!(text, "\n[{}]\n", quoted(&of_file[0][0]));
        for of_code in of_file.chunk_by(|one, next| one[1] == next[1]) {
            let _ = writeln!(text, "{} = [", of_code[0][1]);
            for [_, _, line] in of_code {
                let _ = writeln!(text, "    {},", quoted(line));
            }
            text.push_str("]\n");
        }
    }
    text
}

/// Returns a basic string (TOML 1.0, "String"): its escapes are those of JSON, but for the character DEL.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is plain data").replace('\u{7F}', "\\u007F")
}
