//! What threads work with: scratch space and memories of what was found out last. They are handed from
//! one task to the next, for what a thread remembers is worth most when it remembers it for long.

use std::sync::{Mutex, PoisonError};

/// Desks that no thread works at now, and how to make another.
pub(crate) struct Desks<F, T> {
    make: F,
    free: Mutex<Vec<T>>,
}

impl<T, F: Fn() -> T> Desks<F, T> {
    /// No desk is made yet; there will be one for each thread that asks.
    pub(crate) fn new(make: F) -> Self {
        Desks { make, free: Mutex::new(Vec::new()) }
    }

    /// Does a piece of work at a desk. Nothing may hang on which one it is.
    pub(crate) fn at<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = free().pop();
        let mut desk = kept.unwrap_or_else(&self.make);
        let result = work(&mut desk);
        free().push(desk);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_is_made_only_while_the_others_are_in_use() {
        let made = std::cell::Cell::new(0);
        let desks = Desks::new(|| {
            made.set(made.get() + 1);
            made.get()
        });
        assert_eq!(desks.at(|desk| *desk), 1);
        assert_eq!(desks.at(|outer| (*outer, desks.at(|inner| *inner))), (1, 2));
        assert_eq!(desks.at(|desk| *desk), 1);
        assert_eq!(made.get(), 2);
    }
}
