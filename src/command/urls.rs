//! `folio urls`: the addresses of the documents, and the lock that remembers those that were published.

use std::collections::BTreeSet;

use folio::edge::mend;
use folio::model::route::LOCK;

use super::{Stop, build, print};
use crate::Global;

/// What stands at the head of the lock.
const HEAD: &str = "# Addresses that were published. `folio build` tells of one that is not there any more; `folio urls --lock` adds\n\
                    # those of today. Take a line out only if nobody can have linked to it.\n";

/// Prints the addresses, or adds them to the lock.
pub(crate) fn run(global: &Global, lock: bool) -> Result<(), Stop> {
    let (sources, opened, found) = build::read(global)?;
    let routes: BTreeSet<&str> = opened.site.entries.iter().map(|it| it.route().as_str()).collect();
    if !lock {
        let text: String = routes.iter().map(|it| format!("{it}\n")).collect();
        print(&text)?;
        return global.tell_beside(&found, &sources);
    }
    // With a fault in it, a site may have addresses that it never will have again.
    global.tell(&found, &sources)?;
    let before = sources.texts.get(LOCK).map_or("", |it| &*it.text);
    let kept = before.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    let all: BTreeSet<&str> = kept.chain(routes).collect();
    let text: String = all.iter().map(|it| format!("{it}\n")).collect();
    mend::write_new(&global.root, LOCK, &format!("{HEAD}{text}"))?;
    global.say(&format!("{} addresses in {LOCK}", all.len()))
}
