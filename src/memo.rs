//! What was computed before.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

/// Values by all that they were computed from.
///
/// Holds what was asked for since the last [`Table::sweep`] but one.
#[derive(Debug)]
pub(crate) struct Table<K, V>(Mutex<HashMap<K, (V, bool), rapidhash::fast::RandomState>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Table<K, V> {
        Table(Mutex::new(HashMap::default()))
    }
}

impl<K: Hash + Eq, V: Clone> Table<K, V> {
    /// Returns the value of `key`: the one of before, or else `compute`'s.
    pub(crate) fn get(&self, key: K, compute: impl FnOnce() -> V) -> V {
        if let Some((value, used)) = self.lock().get_mut(&key) {
            *used = true;
            return value.clone();
        }
        let value = compute();
        self.lock().insert(key, (value.clone(), true));
        value
    }

    /// Forgets what was not asked for since the last call.
    pub(crate) fn sweep(&self) {
        self.lock().retain(|_, (_, used)| std::mem::replace(used, false));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, (V, bool), rapidhash::fast::RandomState>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
