//! Matrices: the entries of a list by two of their fields.

use std::sync::Arc;

use crate::model::site::{Matrix, Site};

use super::facets::{facet, possible};

/// Gathers the matrices of the kinds that have one and any entry.
pub(super) fn matrices(site: &Site) -> Vec<Matrix> {
    let lists = site.lists.iter().enumerate().filter(|(_, it)| !it.entries.is_empty());
    let matrices = lists.filter_map(|(at, list)| {
        let matrix = list.kind.matrix.as_ref()?;
        let axis = |it: &Arc<str>| facet(site, list, it, possible(site, &list.kind, it));
        Some(Matrix { list: at, rows: axis(&matrix.rows), columns: axis(&matrix.columns) })
    });
    matrices.collect()
}
