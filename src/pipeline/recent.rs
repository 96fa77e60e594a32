//! What was made last is kept for a while: a memory of fixed size, one a thread.

use std::rc::Rc;

/// Holds at most one thing a slot; a number always takes the same slot, and the newest stays.
#[derive(Debug)]
pub(crate) struct Recent<T> {
    slots: Vec<Option<(u32, Rc<T>)>>,
}

impl<T> Recent<T> {
    /// A memory of so many slots.
    pub(crate) fn new(slots: usize) -> Self {
        Recent { slots: (0..slots.max(1)).map(|_| None).collect() }
    }

    /// The thing of a number, made now unless it is still there.
    pub(crate) fn get(&mut self, number: u32, make: impl FnOnce() -> T) -> Rc<T> {
        let slots = self.slots.len();
        let slot = &mut self.slots[number as usize % slots];
        match slot {
            Some((held, thing)) if *held == number => Rc::clone(thing),
            _ => {
                // What was there goes before the new one comes.
                *slot = None;
                let thing = Rc::new(make());
                *slot = Some((number, Rc::clone(&thing)));
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
            let thing = recent.get(number, || {
                made.push(number);
                number * 10
            });
            assert_eq!(*thing, number * 10);
        }
        assert_eq!(made, [1, 2, 5, 1]);
    }
}
