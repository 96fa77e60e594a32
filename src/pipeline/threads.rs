//! The threads of the pipeline, for what does not know them itself.

use rayon::prelude::*;

use crate::report::Threads;

/// All threads of the pool.
#[derive(Clone, Copy, Debug)]
pub struct AllThreads;

impl Threads for AllThreads {
    fn make_while<Part: Send, Other: Send>(
        &self,
        parts: usize,
        make: impl Fn(usize) -> Part + Sync,
        meanwhile: impl FnOnce() -> Other + Send,
    ) -> (Vec<Part>, Other) {
        let (other, made) =
            rayon::join(meanwhile, || (0..parts).into_par_iter().map(&make).collect());
        (made, other)
    }
}
