//! Whose threads make the rows. The report does not know the thread pool of the pipeline, so it is told.

/// Threads that make parts of something side by side.
pub trait Threads: Sync {
    /// Makes so many parts, in order, and does something else at the same time.
    fn make_while<Part: Send, Other: Send>(
        &self,
        parts: usize,
        make: impl Fn(usize) -> Part + Sync,
        meanwhile: impl FnOnce() -> Other + Send,
    ) -> (Vec<Part>, Other);
}

/// The calling thread alone.
#[derive(Clone, Copy, Debug)]
pub struct OneThread;

impl Threads for OneThread {
    fn make_while<Part: Send, Other: Send>(
        &self,
        parts: usize,
        make: impl Fn(usize) -> Part + Sync,
        meanwhile: impl FnOnce() -> Other + Send,
    ) -> (Vec<Part>, Other) {
        let other = meanwhile();
        ((0..parts).map(make).collect(), other)
    }
}
