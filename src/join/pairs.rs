//! Runs to pairs: each candidate pair once, and the rule for very common keys.

use super::{Keys, Runs};

/// Which pairs of units with a common key become candidates.
#[derive(Clone, Copy, Debug)]
pub struct PairRule<'a> {
    /// Of the units of a run only this many with the lowest numbers are paired with all others; of
    /// very long runs fewer: see [`PairRule::pivots_of`].
    pub pivots: usize,
    /// The document of each unit; units of one document are not paired. A unit that stands for
    /// repeats in several documents has [`PairRule::MANY_DOCUMENTS`]. `None`: pair all units.
    pub documents: Option<&'a [u32]>,
    /// For a comparison of two sets: whether a unit belongs to the second. Only units of different
    /// sets are paired, and each set has its own pivots. `None`: one set.
    pub second_set: Option<&'a [bool]>,
}

impl PairRule<'_> {
    /// The document of a unit that occurs in several.
    pub const MANY_DOCUMENTS: u32 = u32::MAX;

    /// The number of pivots of a run of so many units. A run of more than 64 times as many units as
    /// there are pivots is boilerplate beyond doubt, and its units have many such runs in common,
    /// each with pivots of its own; there the number of pairs is held until one pivot is left, and
    /// from there on it grows as the run does.
    pub fn pivots_of(&self, units: usize) -> usize {
        let long = 64 * self.pivots;
        if units <= long {
            return self.pivots;
        }
        (self.pivots * long / units).max(1)
    }

    fn is_second(&self, unit: u32) -> bool {
        self.second_set.is_some_and(|second| second[unit as usize])
    }

    /// The pivots of a run: units up to the bound of their own set.
    fn bounds(&self, run: &[u32]) -> Bounds {
        if run.len() <= self.pivots {
            return Bounds { first: u32::MAX, second: u32::MAX };
        }
        let bound = |second: bool| {
            let mut of_set = run.iter().filter(|&&unit| self.is_second(unit) == second);
            of_set.nth(self.pivots_of(run.len()).saturating_sub(1)).copied().unwrap_or(u32::MAX)
        };
        Bounds { first: bound(false), second: bound(true) }
    }

    /// What the rule leaves out of a run.
    fn capped(&self, run: &[u32]) -> Capped {
        let longest = run.len() as u64;
        if run.len() <= self.pivots {
            return Capped { keys: 0, longest, left_out: 0 };
        }
        let others = |second: bool| {
            let of_set = |&&unit: &&u32| self.is_second(unit) == second;
            let count = run.iter().filter(of_set).count();
            count.saturating_sub(self.pivots_of(run.len())) as u64
        };
        let left_out = if self.second_set.is_some() {
            others(false) * others(true)
        } else {
            others(false) * others(false).saturating_sub(1) / 2
        };
        Capped { keys: 1, longest, left_out }
    }

    /// Calls `meet(i, partners)` for every place of a run with the places behind it whose units may become
    /// candidates with its own; no more once `meet` says no.
    fn pairs(
        &self,
        run: &[u32],
        scratch: &mut Scratch,
        mut meet: impl FnMut(usize, &[u32]) -> bool,
    ) {
        let bounds = self.bounds(run);
        let Scratch { documents, partners } = scratch;
        // Asked for once a unit and not once a pair: they lie anywhere in memory.
        documents.clear();
        if let Some(of_units) = self.documents {
            documents.extend(run.iter().map(|&unit| of_units[unit as usize]));
        }
        for (i, &a) in run.iter().enumerate() {
            let all = self.is_pivot(a, bounds);
            if !all && self.second_set.is_none() {
                break;
            }
            let own = documents.get(i).copied().unwrap_or(Self::MANY_DOCUMENTS);
            let is_apart = |j: u32| own == Self::MANY_DOCUMENTS || documents[j as usize] != own;
            let behind = i as u32 + 1..run.len() as u32;
            partners.clear();
            if self.second_set.is_none() {
                partners.extend(behind.filter(|&j| is_apart(j)));
            } else {
                partners.extend(behind.filter(|&j| {
                    let b = run[j as usize];
                    let pivot = all || self.is_pivot(b, bounds);
                    pivot && is_apart(j) && self.is_second(a) != self.is_second(b)
                }));
            }
            if !meet(i, partners) {
                break;
            }
        }
    }

    /// The pairs of the pivots of a run of so many units from the one with a number on.
    fn untried(&self, units: usize, first: usize) -> u64 {
        (first..self.pivots_of(units)).map(|pivot| (units - pivot - 1) as u64).sum()
    }

    fn is_pivot(&self, unit: u32, bounds: Bounds) -> bool {
        unit <= if self.is_second(unit) { bounds.second } else { bounds.first }
    }
}

/// Room for the units of a run.
#[derive(Debug, Default)]
struct Scratch {
    documents: Vec<u32>,
    partners: Vec<u32>,
}

/// The highest pivots of a run, of the first set (or the only one) and of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    first: u32,
    second: u32,
}

/// What the rule for common keys left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capped {
    /// Keys of more units than there are pivots.
    pub keys: u64,
    /// The units of the longest run.
    pub longest: u64,
    /// Pairs of units that are no pivots of a common key; some share another key.
    pub left_out: u64,
}

impl Capped {
    /// Counts of two parts together.
    pub fn with(self, other: Capped) -> Capped {
        Capped {
            keys: self.keys + other.keys,
            longest: self.longest.max(other.longest),
            left_out: self.left_out + other.left_out,
        }
    }
}

/// The keys whose runs are longer than the number of pivots, with their pivots.
#[derive(Clone, Debug, Default)]
pub struct HotKeys {
    bounds: Vec<(u64, Bounds)>,
    capped: Capped,
}

impl HotKeys {
    /// The hot keys of all ranges, which are given in the order of their keys.
    pub fn new<'r>(ranges: impl IntoIterator<Item = &'r Runs>, rule: PairRule<'_>) -> Self {
        let mut hot = HotKeys::default();
        for (key, run) in ranges.into_iter().flat_map(Runs::iter) {
            hot.capped = hot.capped.with(rule.capped(run));
            if run.len() > rule.pivots {
                hot.bounds.push((key, rule.bounds(run)));
            }
        }
        hot
    }

    /// What the rule leaves out.
    pub fn capped(&self) -> Capped {
        self.capped
    }

    fn bounds(&self, key: u64) -> Option<Bounds> {
        let place = self.bounds.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        Some(self.bounds[place].1)
    }
}

/// Calls `emit(a, b)` with `a < b` for every candidate pair whose first run is among `runs`.
pub fn pairs_of_runs<'r>(
    runs: impl Iterator<Item = (u64, &'r [u32])>,
    keys: &impl Keys,
    hot: &HotKeys,
    rule: PairRule<'_>,
    mut emit: impl FnMut(u32, u32),
) {
    let mut scratch = Scratch::default();
    for (key, run) in runs {
        rule.pairs(run, &mut scratch, |i, partners| {
            for &j in partners {
                let (a, b) = (run[i], run[j as usize]);
                // The pair may have been emitted in the run of a lesser key.
                let emitted = |lesser| {
                    hot.bounds(lesser)
                        .is_none_or(|bounds| rule.is_pivot(a, bounds) || rule.is_pivot(b, bounds))
                };
                if !keys.any_lesser(key, a, b, emitted) {
                    emit(a, b);
                }
            }
            true
        });
    }
}

/// Told of units side by side.
pub trait Meetings {
    /// Some runs, keys with the units that have them, will begin one after the other: what there is to know
    /// of their units can be looked up for all of them at once.
    fn coming(&mut self, _runs: &[(u64, &[u32])]) {}
    /// The next run begins: a key and the units that have it, ascending.
    fn run(&mut self, key: u64, units: &[u32]);
    /// The unit at a place of the run may become a candidate pair with those at each of the places in
    /// `partners`, which lie behind it. Returns with how many it does, as far as can be told.
    fn meet(&mut self, place: usize, partners: &[u32]) -> usize;
}

/// Of the pivots of a common key the first fourth is tried, or as many as meet so many units, but some
/// at least, for one unit does not speak for all…
const TRIED_SHARE: usize = 4;
const TRIED_MEETINGS: usize = 4000;
const LEAST_TRIED: usize = 4;
/// …and if less than one in so many of their meetings makes a candidate, the key is a turn of speech
/// that tells nothing, and its other pivots are left out.
const MEETINGS_A_CANDIDATE: usize = 800;

/// Runs that come at once have so many units, but for the last.
const COMING: usize = 512;

/// Tells `meetings` wherever two units that may become a candidate pair stand side by side in a run:
/// once for every key they have in common. Returns what the rule left out.
///
/// Turns of speech grow common with the collection, and of what stands side by side in a large one
/// half stands under them. Where texts are copied, one pivot after the other makes candidates. (Of two
/// sets all pivots are tried: those of both meet by turns.)
pub fn meetings_of_runs<'r>(
    runs: impl Iterator<Item = (u64, &'r [u32])>,
    rule: PairRule<'_>,
    meetings: &mut impl Meetings,
) -> Capped {
    let (mut capped, mut scratch, mut coming) = (Capped::default(), Scratch::default(), Vec::new());
    let mut runs = runs.fuse();
    loop {
        let mut units = 0;
        coming.clear();
        while let Some(run) = (units < COMING).then(|| runs.next()).flatten() {
            units += run.1.len();
            coming.push(run);
        }
        if coming.is_empty() {
            return capped;
        }
        meetings.coming(&coming);
        for &(key, run) in &coming {
            meetings.run(key, run);
            capped = capped.with(meetings_of_run(run, rule, &mut scratch, meetings));
        }
    }
}

/// Tells `meetings` what stands side by side in one run.
fn meetings_of_run(
    run: &[u32],
    rule: PairRule<'_>,
    scratch: &mut Scratch,
    meetings: &mut impl Meetings,
) -> Capped {
    let mut capped = rule.capped(run);
    let may_stop = run.len() > rule.pivots && rule.second_set.is_none();
    let tried = (rule.pivots / TRIED_SHARE).max(1);
    let (mut met, mut made, mut is_tried) = (0, 0, false);
    rule.pairs(run, scratch, |place, partners| {
        met += partners.len();
        made += meetings.meet(place, partners);
        let pivots = place + 1;
        let is_time = pivots == tried || pivots >= LEAST_TRIED && met >= TRIED_MEETINGS;
        let stops = may_stop && is_time && !is_tried && made * MEETINGS_A_CANDIDATE < met;
        is_tried |= is_time;
        if stops {
            capped.left_out += rule.untried(run.len(), pivots);
        }
        !stops
    });
    capped
}
