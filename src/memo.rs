//! What was computed before.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

/// Values in the order of their keys, each with all that it was computed from. Holds those that were asked for last.
///
/// A value has parts, as many as it likes. Those of all values stand in one list.
#[derive(Debug)]
pub(crate) struct Table<F, V, P> {
    known: Mutex<Known<F, V, P>>,
}

#[derive(Debug)]
struct Known<F, V, P> {
    slots: Vec<Slot<F, V>>,
    parts: Arc<Vec<P>>,
}

#[derive(Debug)]
struct Slot<F, V> {
    from: F,
    value: V,
    /// Where its parts are.
    parts: Range<usize>,
}

/// What was asked for.
pub(crate) struct All<R, P> {
    /// The values.
    pub(crate) values: Vec<R>,
    /// The parts of all values.
    pub(crate) parts: Arc<Vec<P>>,
    /// How many values were computed; the others are those of before.
    pub(crate) computed: usize,
}

impl<F, V, P> Default for Table<F, V, P> {
    fn default() -> Table<F, V, P> {
        Table { known: Mutex::new(Known { slots: Vec::new(), parts: Arc::default() }) }
    }
}

/// How what is asked for is compared with what values were computed from.
pub(crate) struct Comparison<N, F> {
    /// The order of their keys.
    pub(crate) keys: fn(&N, &F) -> Ordering,
    /// Whether all else is the same too.
    pub(crate) same: fn(&N, &F) -> bool,
}

impl<F: Send + Sync, V: Send + Sync, P: Copy + Send + Sync> Table<F, V, P> {
    /// Returns what `give` makes of the value of each of `now`, which stand in the order of their keys, and of the place of its
    /// parts; `notice` is shown each value, in order. What is known and what is asked for are gone through side by side.
    ///
    /// Another call waits until this one is through, so `compute` must not make one.
    pub(crate) fn all<N: Send + Sync, R: Send>(
        &self,
        now: Vec<N>,
        comparison: &Comparison<N, F>,
        compute: impl Fn(&N) -> (F, V, Vec<P>) + Sync,
        give: impl Fn(&V, Range<usize>) -> R + Sync,
        notice: impl FnMut(&V),
    ) -> All<R, P> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut before = std::mem::take(&mut known.slots).into_iter().peekable();
        let joined: Vec<(N, Option<Slot<F, V>>)> = now
            .into_iter()
            .map(|it| {
                while before.next_if(|slot| (comparison.keys)(&it, &slot.from) == Ordering::Greater).is_some() {}
                let slot = before.next_if(|slot| (comparison.keys)(&it, &slot.from) == Ordering::Equal);
                let slot = slot.filter(|slot| (comparison.same)(&it, &slot.from));
                (it, slot)
            })
            .collect();
        let computed = joined.iter().filter(|it| it.1.is_none()).count();
        let (mut slots, own): (Vec<Slot<F, V>>, Vec<Vec<P>>) = joined
            .into_par_iter()
            .map(|(it, slot)| {
                slot.map_or_else(
                    || {
                        let (from, value, parts) = compute(&it);
                        (Slot { from, value, parts: 0..0 }, parts)
                    },
                    |slot| (slot, Vec::new()),
                )
            })
            .unzip();
        known.parts = Arc::new(together(&mut slots, own, &known.parts));
        known.slots = slots;
        let values = known.slots.par_iter().map(|it| give(&it.value, it.parts.clone())).collect();
        known.slots.iter().map(|it| &it.value).for_each(notice);
        All { values, parts: known.parts.clone(), computed }
    }
}

/// Returns the parts of all values in one list, and says where they are. `own` are those of values that were computed, which
/// have no place yet.
fn together<F, V, P: Copy>(slots: &mut [Slot<F, V>], own: Vec<Vec<P>>, before: &[P]) -> Vec<P> {
    let mut all = Vec::with_capacity(before.len() + own.iter().map(Vec::len).sum::<usize>());
    // What stands side by side is copied in one go.
    let mut run = 0..0;
    for (slot, own) in slots.iter_mut().zip(own) {
        let known = slot.parts.clone();
        let start = all.len() + run.len();
        slot.parts = start..start + known.len() + own.len();
        if known.start != run.end {
            all.extend_from_slice(&before[std::mem::replace(&mut run, known.start..known.start)]);
        }
        run.end = known.end;
        if !own.is_empty() {
            all.extend_from_slice(&before[std::mem::replace(&mut run, known.end..known.end)]);
            all.extend(own);
        }
    }
    all.extend_from_slice(&before[run]);
    all
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Table};

    #[test]
    fn only_what_differs_is_computed() {
        let table: Table<(u8, char), String, u8> = Table::default();
        let comparison: Comparison<(u8, char), (u8, char)> =
            Comparison { keys: |now, then| now.0.cmp(&then.0), same: |now, then| now == then };
        let check = |now: &[(u8, char)], expected: usize| {
            let compute = |it: &(u8, char)| (*it, format!("{}{}", it.0, it.1), vec![it.0; usize::from(it.0 % 3)]);
            let all = table.all(now.to_vec(), &comparison, compute, |it, parts| (it.clone(), parts), |_| ());
            assert_eq!(all.computed, expected, "{now:?}");
            assert_eq!(all.values.len(), now.len());
            for ((value, parts), it) in all.values.into_iter().zip(now) {
                assert_eq!(value, format!("{}{}", it.0, it.1));
                assert_eq!(all.parts[parts], vec![it.0; usize::from(it.0 % 3)]);
            }
        };
        check(&[(1, 'a'), (3, 'a'), (5, 'a')], 3);
        check(&[(1, 'a'), (3, 'a'), (5, 'a')], 0);
        check(&[(1, 'a'), (3, 'b'), (5, 'a')], 1);
        check(&[(0, 'a'), (1, 'a'), (2, 'a'), (3, 'b'), (5, 'a'), (6, 'a')], 3);
        check(&[(2, 'a'), (6, 'a')], 0);
        check(&[], 0);
        check(&[(2, 'a')], 1);
    }
}
