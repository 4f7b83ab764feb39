//! What is new -> the next issue of a newsletter, to be edited; and what an issue holds, in words.

use super::draft::line;
use crate::model::issue::{Group, ITEMS, Item, Next};
use crate::model::kind::{Field, Kind, Required};
use crate::model::site::Site;

/// Returns the text of the next issue: what is new stands in it by name, and what was missed can be taken in. Words in capitals
/// are to be replaced, and `folio check` tells of them.
pub fn issue(site: &Site, kind: &Kind, next: &Next, missed: &[Item], today: &str) -> String {
    let has = |name: &str| kind.group.field(name).is_some();
    let mut text = format!("---\ntitle: \"TODO: the subject, in 60 characters or fewer\"\ndate: {today}\n");
    if has("issue") {
        text.push_str(&format!("issue: {}\n", next.number));
    }
    text.push_str("# Take this line out when it may be published.\ndraft: true\n");
    if has("preheader") {
        text.push_str(
            "# The line that mail programs show after the subject.\npreheader: \"TODO: what else is in it\"\n",
        );
    }
    text.push_str("summary: \"TODO: what it says, in one or two sentences\"\n");
    let written = ["title", "date", "issue", "draft", "preheader", "summary", ITEMS];
    let required = |it: &&Field| it.required == Required::Always && !written.contains(&&*it.name);
    kind.group.fields.iter().filter(required).for_each(|it| text.push_str(&line(it, today)));
    text.push_str(&items(site, next, missed));
    text.push_str("---\n\nTODO: say hello, and what matters most this time.\n");
    text
}

fn items(site: &Site, next: &Next, missed: &[Item]) -> String {
    let lines = |items: &[Item]| items.iter().filter_map(|it| site.item_line(None, it)).collect::<Vec<_>>();
    let mut text = "# What it holds: move lines, take lines out. Something elsewhere is a line like this:\n\
                    #   - {title: Its title, url: \"https://www.example.org/\", source: Who published it, summary: What it says}\n"
        .to_owned();
    text.push_str(&if next.groups.is_empty() { format!("{ITEMS}: []\n") } else { format!("{ITEMS}:\n") });
    for group in &next.groups {
        text.push_str(&format!("  # {}\n", group.title(site)));
        lines(&group.items).iter().for_each(|it| text.push_str(&format!("{it}\n")));
    }
    if !missed.is_empty() {
        text.push_str("# These were published before the last issue, which does not hold them. Take the # away from what should be in.\n");
        lines(missed).iter().for_each(|it| text.push_str(&format!("#{it}\n")));
    }
    text
}

/// Returns how much is held of each kind: `Projects: 2, From the blog: 1`.
pub fn held(site: &Site, groups: &[Group]) -> String {
    match groups {
        [] => "nothing".to_owned(),
        groups => {
            let counts = groups.iter().map(|it| format!("{}: {}", it.title(site), it.items.len()));
            counts.collect::<Vec<_>>().join(", ")
        }
    }
}
