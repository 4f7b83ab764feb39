//! `folio newsletter --draft`: the next issue, with what is new.

use std::sync::Arc;

use folio::edge::scaffold;
use folio::model::diagnostic::Diagnostic;
use folio::model::issue::Issue;
use folio::model::kind::Kind;
use folio::model::source::Sources;
use folio::{Opened, describe};

use super::super::{Stop, shown, start};
use super::issues;
use crate::Global;

/// Starts the next issue in the language of the site.
pub(super) fn draft(
    global: &Global,
    opened: &Opened,
    kind: &Arc<Kind>,
    sources: &Sources,
    found: &[Diagnostic],
) -> Result<(), Stop> {
    // With a fault in the settings the site is not the one that is meant; one in a document is no hindrance.
    let of_settings = |it: &&Diagnostic| it.place.as_ref().is_none_or(|it| !it.path.starts_with("content/"));
    global.tell(&found.iter().filter(of_settings).cloned().collect::<Vec<_>>(), sources)?;
    let site = &opened.site;
    let config = &site.config;
    let today = config.options.now.to_zoned(config.timezone.clone()).date();
    let next = folio::next_issue(opened, kind, &config.language, today);
    let language = |it: &&Issue| site.entries[it.entry].document.language(&config.language) == &*config.language;
    let last = issues(site, kind).rfind(language);
    let missed = last.map_or(&[][..], |it| &it.missed);
    let since = match next.since {
        Some(day) => format!("since the last issue, of {day}"),
        None => "in the last month; there is no issue yet".to_owned(),
    };
    if let Some(drafted) =
        last.map(|it| &site.entries[it.entry]).filter(|it| it.state.draft || it.state.scheduled.is_some())
    {
        let lines = next.groups.iter().flat_map(|it| &it.items).filter_map(|it| site.item_line(None, it));
        let lines = lines.map(|it| format!("\n{it}")).collect::<String>();
        let more = if lines.is_empty() { "" } else { " New since then, for its `items:`" };
        return global.say(&format!("{} is not published yet.{more}{lines}", drafted.document.source.path));
    }
    if next.groups.is_empty() && missed.is_empty() {
        return global.say(&format!("Nothing is new {since}, so there is no issue to draft."));
    }
    let path = start::path_of(kind, &format!("issue {}", next.number), &today.to_string());
    let text = describe::issue(site, kind, &next, missed, &today.to_string());
    scaffold::new_file(&global.root, &path, &text)?;
    global.say(&format!("New {since}: {}", describe::held(site, &next.groups)))?;
    if !missed.is_empty() {
        global.say(&format!("Published before, and in no issue: {}; it stands there to be taken in", missed.len()))?;
    }
    global.say(&format!("{} is ready to be edited", shown(&global.root.join(&path))))
}
