//! Document* -> Site: all together. Runs anew each time, so it must stay cheap.

mod collect;
mod facets;
mod files;
mod issues;
mod matrix;
mod nearest;
mod order;
mod place;
mod relations;

pub(crate) use issues::next;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::diagnostic::{Checked, Diagnostics};
use crate::model::document::Documents;
use crate::model::site::{Index, Site};
use crate::model::source::Sources;
use crate::model::theme::Theme;
use crate::model::vocabulary::Vocabulary;

/// Places every document, resolves what they say of one another, and puts every list in order.
///
/// Gives `no-date-in-address`, `unknown-kind`, `dangling-reference`, `unpublished-reference`, `unknown-term`, `broken-link`,
/// `broken-anchor`, `missing-file`.
pub(crate) fn site(
    config: Arc<Config>,
    theme: Theme,
    vocabularies: BTreeMap<Arc<str>, Vocabulary>,
    documents: Documents,
    sources: &Sources,
) -> Checked<Site> {
    let mut found = Diagnostics::default();
    let placed = found.keep(place::documents(&config, documents.all));
    let mut site = Site {
        entries: placed.entries,
        keys: documents.keys,
        left_out: placed.left_out,
        lists: placed.lists,
        home: None,
        issues: Vec::new(),
        months: BTreeMap::new(),
        config,
        theme,
        vocabularies,
        facets: Vec::new(),
        matrices: Vec::new(),
        files: BTreeMap::new(),
        addressed: Vec::new(),
        index: Index::default(),
    };
    site.index = order::index(&site);
    site.home = site.entry_at("/");
    order::neighbours(&mut site);
    site.files = found.keep(files::published(&site, sources));
    let (relations, (facets, matrices, months, issues)) = rayon::join(
        || relations::relations(&site, sources),
        || (facets::facets(&site), matrix::matrices(&site), order::months(&site), issues::issues(&site)),
    );
    relations::set(&mut site, found.keep(relations));
    site.facets = facets;
    site.matrices = matrices;
    site.months = months;
    site.issues = found.keep(issues);
    found.around(site)
}
