//! `folio explain`: what a rule is about.

use folio::describe;
use folio::model::diagnostic::near_miss;

use super::{Stop, print};

/// Explains one rule, or prints the chapter on all of them.
pub(crate) fn run(code: Option<&str>) -> Result<(), Stop> {
    let rules = folio::rules();
    let Some(code) = code else { return print(&describe::rules(rules)) };
    // People copy the brackets too.
    let code = code.trim_matches(|it: char| "[]`".contains(it));
    match rules.iter().find(|it| it.code == code) {
        Some(rule) => print(&describe::rule(rule)),
        None => {
            let near = near_miss(code, rules.iter().map(|it| it.code));
            let help =
                near.map_or_else(|| "`folio explain` lists them all".to_owned(), |it| format!("did you mean `{it}`?"));
            Err(Stop::Usage(format!("there is no rule `{code}`: {help}")))
        }
    }
}
