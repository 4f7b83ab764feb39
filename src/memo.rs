//! What was computed before.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};

/// Values by name, each with all that it was computed from.
///
/// Holds what was asked for since the last [`Table::sweep`] but one.
#[derive(Debug)]
pub(crate) struct Table<K, F, V> {
    slots: RwLock<Slots<K, F, V>>,
    /// How many values were computed since the last sweep.
    computed: AtomicUsize,
}

type Slots<K, F, V> = HashMap<K, Slot<F, V>, rapidhash::fast::RandomState>;

#[derive(Debug)]
struct Slot<F, V> {
    from: F,
    value: V,
    used: AtomicBool,
}

impl<K, F, V> Default for Table<K, F, V> {
    fn default() -> Table<K, F, V> {
        Table { slots: RwLock::default(), computed: AtomicUsize::default() }
    }
}

impl<K: Hash + Eq, F: Eq, V: Clone> Table<K, F, V> {
    /// Returns the value of `key`: the one of before, where it was computed from the same, or else `compute`'s.
    pub(crate) fn get(&self, key: K, from: F, compute: impl FnOnce() -> V) -> V {
        let known = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = known.get(&key).filter(|it| it.from == from) {
            slot.used.store(true, Ordering::Relaxed);
            return slot.value.clone();
        }
        drop(known);
        let value = compute();
        self.computed.fetch_add(1, Ordering::Relaxed);
        let slot = Slot { from, value: value.clone(), used: AtomicBool::new(true) };
        self.slots.write().unwrap_or_else(PoisonError::into_inner).insert(key, slot);
        value
    }

    /// Forgets what was not asked for since the last call, and returns how many values were computed since then.
    pub(crate) fn sweep(&self) -> usize {
        let mut known = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, slot| std::mem::take(slot.used.get_mut()));
        self.computed.swap(0, Ordering::Relaxed)
    }
}
