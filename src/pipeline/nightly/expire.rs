//! Documents that are older than wanted are forgotten, whole: text, units and what was found in
//! them. What they were tied to stays as names and dates.

use std::path::Path;

use super::{Frozen, last_number, recluster, remove};
use crate::Result;
use crate::index::{Index, Settings, Waiting};

/// Forgets the documents of an index that were published more than `age` seconds before the newest
/// one; gives back how many.
pub fn expire(path: &Path, age: i64, waiting: Waiting) -> Result<u64> {
    let index = Index::open_to_write(path, waiting)?;
    let settings = index.settings()?;
    let night = last_number(&index.last_night()?);
    let forgotten = index.transaction(|| forget_older(&index, &settings, night, age))?;
    index.settle()?;
    Ok(forgotten)
}

/// Forgets documents within a transaction of the caller. Age is counted from the newest document
/// and not from the clock, so that a run can be repeated. Documents without date stay.
pub(super) fn forget_older(
    index: &Index,
    settings: &Settings,
    night: u32,
    age: i64,
) -> Result<u64> {
    let Some(newest) = index.newest_date()? else { return Ok(0) };
    let numbers = index.documents_before(newest - age)?;
    if numbers.is_empty() {
        return Ok(0);
    }
    let gone = index.documents(&numbers)?;
    for kept in &gone {
        index.remember(night, kept)?;
    }
    let removed = remove(index, &gone)?;
    let frozen = Frozen::of(index, settings)?;
    recluster::recluster(index, &frozen, night, &removed.touched, removed.former)?;
    Ok(gone.len() as u64)
}
