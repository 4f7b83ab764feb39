//! The issues of newsletters: what each one holds, and what the next one would.
//!
//! What an issue gathers depends on nothing but what is published, so it is the same for ever, but for what is published late
//! or dated anew: an issue that has been sent names its items itself.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil;
use rapidhash::fast::RandomState;

use crate::model::diagnostic::{Checked, Diagnostic};
use crate::model::document::Document;
use crate::model::issue::{Change, Group, ITEMS, Issue, Item, Next};
use crate::model::kind::{Kind, News};
use crate::model::site::{Found, Site};
use crate::model::value::{Reference, Value};

use super::collect::{self, Collect};

/// Returns the issues of every newsletter. Gives `unknown-kind`.
pub(super) fn issues(site: &Site) -> Checked<Vec<Issue>> {
    let mut all = Checked { value: Vec::new(), diagnostics: Vec::new() };
    let dates = OnceCell::new();
    for (kind, language) in newsletters(site) {
        let sequence = Sequence::of(site, &kind, &language, &dates, &mut all.diagnostics);
        all.value.extend(sequence.issues);
    }
    all
}

/// Returns what is new by `day`, as the issue after the last one would hold it.
pub(crate) fn next(site: &Site, kind: &Arc<Kind>, language: &str, day: civil::Date) -> Next {
    let dates = OnceCell::new();
    let sequence = Sequence::of(site, kind, language, &dates, &mut Vec::new());
    let (since, number) = (sequence.last_day(), sequence.number());
    let from = since.unwrap_or_else(|| a_month_before(day));
    let collect = Collect::of(kind, None);
    Next { number, since, groups: sequence.gather(&collect, from, day) }
}

/// Returns the kinds that are newsletters, with each language that they have issues in.
fn newsletters(site: &Site) -> Vec<(Arc<Kind>, Arc<str>)> {
    let mut found: Vec<(Arc<Kind>, Arc<str>)> = Vec::new();
    for kind in site.config.kinds.all.iter().filter(|it| it.collects.is_some()) {
        for document in own(site, kind).map(|it| &site.entries[it].document) {
            let language = document.language(&site.config.language);
            if !found.iter().any(|it| it.0.name == kind.name && &*it.1 == language) {
                found.push((kind.clone(), language.into()));
            }
        }
    }
    found
}

/// Returns the entries of a kind, in no order that matters.
fn own<'a>(site: &'a Site, kind: &'a Kind) -> impl Iterator<Item = usize> + 'a {
    // A kind without a list is looked for among all.
    let list = site.list(&kind.name).map(|it| it.entries.as_slice());
    let rest = if list.is_some() { 0..0 } else { 0..site.entries.len() };
    let rest = rest.filter(|it| site.kind(&site.entries[*it]).name == kind.name);
    list.into_iter().flatten().copied().chain(rest).filter(|it| site.entries[*it].brief.is_listed)
}

/// The entries that have a day, by day.
type Dates = OnceCell<Vec<(civil::Date, usize)>>;

/// The issues of a newsletter in one language, the oldest first, as far as they are known.
struct Sequence<'a> {
    site: &'a Site,
    language: &'a str,
    dates: &'a Dates,
    issues: Vec<Issue>,
    /// The days of the issues that have one.
    days: Vec<civil::Date>,
    /// The day of the last issue that holds an entry, by entry.
    held: HashMap<usize, civil::Date, RandomState>,
}

impl<'a> Sequence<'a> {
    fn of(
        site: &'a Site,
        kind: &Arc<Kind>,
        language: &'a str,
        dates: &'a Dates,
        found: &mut Vec<Diagnostic>,
    ) -> Sequence<'a> {
        let document = |it: usize| &site.entries[it].document;
        let mut entries: Vec<usize> =
            own(site, kind).filter(|it| document(*it).language(&site.config.language) == language).collect();
        entries.sort_by_cached_key(|it| {
            let date = document(*it).date;
            (date.is_none(), date, site.entries[*it].route().clone())
        });
        let mut sequence =
            Sequence { site, language, dates, issues: Vec::new(), days: Vec::new(), held: HashMap::default() };
        for entry in entries {
            found.extend(collect::unknown_kinds(site, document(entry)));
            sequence.add(kind, entry);
        }
        let missed = sequence.missed();
        if let Some(last) = sequence.issues.last_mut() {
            last.missed = missed;
        }
        sequence
    }

    fn last_day(&self) -> Option<civil::Date> {
        self.days.last().copied()
    }

    /// Returns the number of the issue that comes next.
    fn number(&self) -> i64 {
        self.issues.last().map_or(1, |it| it.number + 1)
    }

    fn add(&mut self, kind: &Arc<Kind>, entry: usize) {
        let document = &self.site.entries[entry].document;
        let collect = Collect::of(kind, Some(&document.values));
        // What gathers nothing can't change.
        let open = document.values.get(ITEMS).is_none() && !collect.kinds().is_empty();
        let day = document.date.map(|it| it.day);
        let groups = match (open, day) {
            (false, _) => self.named(kind, document),
            (true, Some(day)) => {
                let since = collect.since.or(self.last_day()).unwrap_or_else(|| a_month_before(day));
                self.gather(&collect, since, day)
            }
            (true, None) => Vec::new(),
        };
        if let Some(day) = day {
            self.days.push(day);
            for item in groups.iter().flat_map(|it: &Group| &it.items) {
                if let Some(Found::Entry(entry)) = item.document {
                    self.held.insert(entry, day);
                }
            }
        }
        let number = document.values.integer("issue").unwrap_or_else(|| self.number());
        self.issues.push(Issue { entry, number, open, groups, missed: Vec::new() });
    }

    /// Returns what an issue names itself.
    fn named(&self, kind: &Kind, issue: &Document) -> Vec<Group> {
        let any = ["*".into()];
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for (position, item) in issue.values.items(ITEMS).iter().enumerate() {
            let Value::Group(values) = item else { continue };
            let document = match values.get("document") {
                Some(Value::Reference(Reference::Slug(name))) => self.site.named(name, &any),
                _ => None,
            };
            let of = document.map(|it| self.site.document(it).kind.clone());
            let group = groups.entry(self.rank(kind, of.as_deref())).or_insert(Group { kind: of, items: Vec::new() });
            group.items.push(Item { document, named: Some(position), change: None });
        }
        groups.into_values().collect()
    }

    /// Returns where a kind stands among the groups: as the newsletter says, then the others, then what is elsewhere.
    fn rank(&self, newsletter: &Kind, kind: Option<&Kind>) -> usize {
        let Some(kind) = kind else { return usize::MAX };
        let collected = newsletter.collects.as_deref().unwrap_or_default();
        collected.iter().position(|it| *it == kind.name).unwrap_or_else(|| {
            let all = &self.site.config.kinds.all;
            collected.len() + all.iter().position(|it| it.name == kind.name).unwrap_or(all.len())
        })
    }

    /// Returns what is new from `since` to `day`, both included, and was in no issue yet.
    fn gather(&self, collect: &Collect<'_>, since: civil::Date, day: civil::Date) -> Vec<Group> {
        let kinds = collect.kinds().into_iter().filter_map(|it| self.site.config.kinds.get(it));
        let groups = kinds.map(|kind| {
            let mut items = self.news(kind, since, day);
            items.retain(|it| collect.wants(self.site, it));
            items.truncate(collect.max);
            Group { kind: Some(kind.clone()), items }
        });
        groups.filter(|it| !it.items.is_empty()).collect()
    }

    /// Returns what is new of a kind: what comes in the order of its days, all else with the newest first.
    fn news(&self, kind: &Kind, since: civil::Date, day: civil::Date) -> Vec<Item> {
        match &kind.news {
            News::Published => self.published(kind, since, day).map(|it| item(it, None)).collect(),
            News::Changed(_) => self.changed(kind, since, day),
            News::Coming(field) => {
                let start = |it: usize| self.site.entries[it].document.values.date(field);
                let mut coming: Vec<usize> = own(self.site, kind)
                    .filter(|it| start(*it).is_some_and(|it| it.day > day))
                    .filter(|it| self.is_fit(*it, day) && !self.held.contains_key(it))
                    .collect();
                coming.sort_by_key(|it| (start(*it), *it));
                coming.into_iter().map(|it| item(it, None)).collect()
            }
        }
    }

    /// Returns the entries of a kind that were published in this time, the newest first.
    fn published<'s>(
        &'s self,
        kind: &'s Kind,
        since: civil::Date,
        day: civil::Date,
    ) -> impl Iterator<Item = usize> + 's {
        let dates = self.dates();
        let from = dates.partition_point(|it| it.0 < since);
        let to = dates.partition_point(|it| it.0 <= day).max(from);
        let fits = move |it: &usize| {
            self.site.kind(&self.site.entries[*it]).name == kind.name
                && self.is_fit(*it, day)
                && !self.held.contains_key(it)
        };
        dates[from..to].iter().rev().map(|it| it.1).filter(fits)
    }

    /// Returns what changed of a kind in this time and was not told since, the last change first; then what was published.
    fn changed(&self, kind: &Kind, since: civil::Date, day: civil::Date) -> Vec<Item> {
        let mut changes = Vec::new();
        for entry in own(self.site, kind).filter(|it| self.is_fit(*it, day)) {
            if let Some(change) = self.site.change(&self.site.entries[entry].document, since, day)
                && self.held.get(&entry).is_none_or(|it| *it < change.first)
            {
                changes.push((change.first, entry, item(entry, Some(change))));
            }
        }
        changes.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut items: Vec<Item> = changes.into_iter().map(|it| it.2).collect();
        let is_there = |items: &[Item], entry: usize| items.iter().any(|it| it.document == Some(Found::Entry(entry)));
        let published: Vec<usize> = self.published(kind, since, day).filter(|it| !is_there(&items, *it)).collect();
        items.extend(published.into_iter().map(|it| item(it, None)));
        items
    }

    /// Returns whether it is in the language of the newsletter, and no draft, not withdrawn, and published by that day.
    fn is_fit(&self, entry: usize, day: civil::Date) -> bool {
        let entry = &self.site.entries[entry];
        let document = &entry.document;
        !entry.state.draft
            && entry.brief.is_listed
            && self.site.kind(entry).collects.is_none()
            && document.appears().is_none_or(|it| it <= day)
            && document.values.get("withdrawn").is_none()
            && document.language(&self.site.config.language) == self.language
    }

    /// Returns what was published in the time of the last issue, which names its items, and stands in none.
    fn missed(&self) -> Vec<Item> {
        let Some(last) = self.issues.last().filter(|it| !it.open) else { return Vec::new() };
        let document = &self.site.entries[last.entry].document;
        let Some(day) = document.date.map(|it| it.day) else { return Vec::new() };
        let collect = Collect::of(&document.kind, Some(&document.values));
        let before = self.days.len().checked_sub(2).map(|it| self.days[it]);
        let since = collect.since.or(before).unwrap_or_else(|| a_month_before(day));
        let next = day.tomorrow().unwrap_or(day);
        // What is new after this issue too, or still to come, is for the next one.
        let is_over = |it: &Item| {
            let Some(Found::Entry(entry)) = it.document else { return false };
            let document = &self.site.entries[entry].document;
            match (&it.change, &document.kind.news) {
                (_, News::Coming(_)) => false,
                (Some(_), _) => self.site.change(document, next, next).is_none(),
                (None, _) => document.appears() != Some(day),
            }
        };
        let missed = self.gather(&collect, since, day).into_iter().flat_map(|it| it.items);
        missed.filter(is_over).collect()
    }

    fn dates(&self) -> &'a [(civil::Date, usize)] {
        self.dates.get_or_init(|| {
            let entries = self.site.entries.iter().enumerate();
            let mut dates: Vec<(civil::Date, usize)> =
                entries.filter_map(|(at, it)| Some((it.document.appears()?, at))).collect();
            // Of one day, what stands first on the site is to come first when the newest are.
            dates.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
            dates
        })
    }
}

fn item(entry: usize, change: Option<Change>) -> Item {
    Item { document: Some(Found::Entry(entry)), named: None, change }
}

fn a_month_before(day: civil::Date) -> civil::Date {
    day.checked_sub(jiff::Span::new().months(1)).unwrap_or(day)
}
