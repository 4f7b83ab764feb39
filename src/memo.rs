//! What was computed before.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by name, each with all that it was computed from.
///
/// Holds what was asked for since the last [`Table::sweep`] but one.
#[derive(Debug)]
pub(crate) struct Table<K, F, V>(Mutex<Slots<K, F, V>>);

type Slots<K, F, V> = HashMap<K, Slot<F, V>, rapidhash::fast::RandomState>;

#[derive(Debug)]
struct Slot<F, V> {
    from: F,
    value: V,
    used: bool,
}

impl<K, F, V> Default for Table<K, F, V> {
    fn default() -> Table<K, F, V> {
        Table(Mutex::new(HashMap::default()))
    }
}

impl<K: Hash + Eq, F: Eq, V: Clone> Table<K, F, V> {
    /// Returns the value of `key`: the one of before, where it was computed from the same, or else `compute`'s.
    pub(crate) fn get(&self, key: K, from: F, compute: impl FnOnce() -> V) -> V {
        if let Some(slot) = self.lock().get_mut(&key).filter(|it| it.from == from) {
            slot.used = true;
            return slot.value.clone();
        }
        let value = compute();
        self.lock().insert(key, Slot { from, value: value.clone(), used: true });
        value
    }

    /// Forgets what was not asked for since the last call.
    pub(crate) fn sweep(&self) {
        self.lock().retain(|_, slot| std::mem::replace(&mut slot.used, false));
    }

    fn lock(&self) -> MutexGuard<'_, Slots<K, F, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
