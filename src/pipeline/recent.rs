//! What was made last is kept for a while: a memory of fixed size, one a thread.

use std::sync::Arc;

/// Holds at most one thing a slot; a thing always takes the same slot, and the newest stays.
#[derive(Debug)]
pub(crate) struct Recent<K, T> {
    slots: Vec<Option<(K, Arc<T>)>>,
}

impl<K: PartialEq, T> Recent<K, T> {
    /// A memory of so many slots.
    pub(crate) fn new(slots: usize) -> Self {
        Recent { slots: (0..slots.max(1)).map(|_| None).collect() }
    }

    /// The thing that is known by `key` and takes the slot of `number`, made now unless it is still
    /// there.
    pub(crate) fn get(&mut self, key: K, number: usize, make: impl FnOnce() -> T) -> Arc<T> {
        self.get_in_room(key, number, |before| {
            // What was there goes before the new one comes.
            drop(before);
            make()
        })
    }

    /// The same; what took the slot before, if anything and if nobody else uses it, is given to `make`,
    /// which may make the new thing in its room.
    pub(crate) fn get_in_room(
        &mut self,
        key: K,
        number: usize,
        make: impl FnOnce(Option<T>) -> T,
    ) -> Arc<T> {
        let slots = self.slots.len();
        let slot = &mut self.slots[number % slots];
        match slot {
            Some((held, thing)) if *held == key => Arc::clone(thing),
            _ => {
                let before = slot.take().and_then(|(_, thing)| Arc::into_inner(thing));
                let thing = Arc::new(make(before));
                *slot = Some((key, Arc::clone(&thing)));
                thing
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_again_only_after_another_took_its_slot() {
        let mut recent = Recent::new(4);
        let mut made = Vec::new();
        for number in [1, 2, 1, 5, 5, 1, 2] {
            let thing = recent.get(number, number, || {
                made.push(number);
                number * 10
            });
            assert_eq!(*thing, number * 10);
        }
        assert_eq!(made, [1, 2, 5, 1]);
    }
}
