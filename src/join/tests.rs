//! The join against its definition.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

type Pairs = BTreeSet<(u32, u32)>;

fn unit_keys(units: &[BTreeSet<u64>]) -> UnitKeys {
    let mut keys = UnitKeys::default();
    for unit in units {
        keys.push(&unit.iter().copied().collect::<Vec<_>>());
    }
    keys
}

/// All pairs, joined range by range; fails when one is emitted twice.
fn join(keys: &impl Keys, ranges: &[KeyRange], rule: PairRule<'_>) -> (Pairs, Capped) {
    let runs: Vec<Runs> = ranges.iter().map(|range| keys.shared(range)).collect();
    let hot = HotKeys::new(&runs, rule);
    let mut pairs = Pairs::new();
    for runs in &runs {
        pairs_of_runs(runs.iter(), keys, &hot, rule, |a, b| {
            assert!(pairs.insert((a, b)), "{a} {b}")
        });
    }
    (pairs, hot.capped())
}

/// The rule by its definition: every run, every pair, all pivots.
fn join_by_definition(units: &[BTreeSet<u64>], rule: PairRule<'_>) -> Pairs {
    let mut runs: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (unit, keys) in units.iter().enumerate() {
        for &key in keys {
            runs.entry(key).or_default().push(unit as u32);
        }
    }
    let second = |unit: u32| rule.second_set.is_some_and(|second| second[unit as usize]);
    let mut pairs = Pairs::new();
    for run in runs.values() {
        let rank = |unit: u32| {
            run.iter().filter(|&&other| other < unit && second(other) == second(unit)).count()
        };
        for &a in run {
            for &b in run.iter().filter(|&&b| a < b) {
                let hot = run.len() > rule.pivots;
                let pivot = !hot || rank(a) < rule.pivots || rank(b) < rule.pivots;
                let documents = rule.documents.is_none_or(|documents| {
                    let (left, right) = (documents[a as usize], documents[b as usize]);
                    left != right || left == PairRule::MANY_DOCUMENTS
                });
                let sets = rule.second_set.is_none() || second(a) != second(b);
                if pivot && documents && sets {
                    pairs.insert((a, b));
                }
            }
        }
    }
    pairs
}

const HALVES: [KeyRange; 2] = [0..=u64::MAX / 2, u64::MAX / 2 + 1..=u64::MAX];

#[track_caller]
fn check_pivots(units: usize, pivots: usize, pairs: usize, left_out: u64) {
    let all = vec![BTreeSet::from([7]); units];
    let rule = PairRule { pivots, documents: None, second_set: None };
    let (found, capped) = join(&unit_keys(&all), &HALVES, rule);
    assert_eq!((found.len(), capped.left_out), (pairs, left_out));
    assert_eq!(capped.keys, u64::from(units > pivots));
}

#[test]
fn a_common_key_pairs_its_pivots_with_all_units() {
    check_pivots(1, 64, 0, 0);
    check_pivots(64, 64, 64 * 63 / 2, 0);
    check_pivots(65, 64, 65 * 64 / 2, 0);
    check_pivots(66, 64, 66 * 65 / 2 - 1, 1);
    check_pivots(1000, 64, 64 * 63 / 2 + 64 * 936, 936 * 935 / 2);
    check_pivots(5, 1, 4, 6);
    check_pivots(4096, 64, 64 * 63 / 2 + 64 * 4032, 4032 * 4031 / 2);
    check_pivots(8192, 64, 32 * 31 / 2 + 32 * 8160, 8160 * 8159 / 2);
    check_pivots(100_000, 64, 1 + 2 * 99_998, 99_998 * 99_997 / 2);
}

#[test]
fn each_of_two_sets_has_its_own_pivots() {
    let all = vec![BTreeSet::from([7]); 10];
    let second: Vec<bool> = (0..10).map(|unit| unit >= 6).collect();
    let rule = PairRule { pivots: 2, documents: None, second_set: Some(&second) };
    let (found, capped) = join(&unit_keys(&all), &HALVES, rule);
    // Six times four pairs, but not those of the last four with the last two.
    assert_eq!((found.len(), capped.left_out), (24 - 8, 8));
}

/// Gathers the units that meet.
#[derive(Default)]
struct Met {
    run: Vec<u32>,
    pairs: Pairs,
    /// The pairs of so many first units make no candidates.
    fruitless: usize,
}

impl Meetings for Met {
    fn run(&mut self, _key: u64, units: &[u32]) {
        self.run = units.to_vec();
    }

    fn meet(&mut self, place: usize, partners: &[u32]) -> usize {
        let pair = |&second: &u32| (self.run[place], self.run[second as usize]);
        self.pairs.extend(partners.iter().map(pair));
        if place < self.fruitless { 0 } else { partners.len() }
    }
}

#[track_caller]
fn check_tried(units: u32, pivots: usize, fruitless: usize, (met, left_out): (usize, u64)) {
    let runs = Runs::of_entries(&(0..units).map(|unit| [7, unit]).collect::<Vec<_>>());
    let rule = PairRule { pivots, documents: None, second_set: None };
    let mut meetings = Met { fruitless, ..Met::default() };
    let capped = meetings_of_runs(runs.iter(), rule, &mut meetings);
    assert_eq!((meetings.pairs.len(), capped.left_out), (met, left_out));
}

#[test]
fn of_a_common_key_that_tells_nothing_only_some_pivots_are_tried() {
    let all = 1000 * 999 / 2;
    check_tried(1000, 64, 0, (64 * 63 / 2 + 64 * 936, 936 * 935 / 2));
    check_tried(1000, 64, 64, (5 * 4 / 2 + 5 * 995, all - (5 * 4 / 2 + 5 * 995)));
    check_tried(200, 64, 64, (16 * 15 / 2 + 16 * 184, 184 * 183 / 2));
    check_tried(64, 64, 64, (64 * 63 / 2, 0));
    check_tried(10, 2, 2, (9, 36));
    // A run that long has but one pivot.
    check_tried(300_000, 64, 1, (299_999, 299_999 * 299_998 / 2));
    // One unit does not speak for all.
    check_tried(4000, 64, 4, (4 * 3 / 2 + 4 * 3996, 3996 * 3995 / 2));
    check_tried(4000, 64, 1, (64 * 63 / 2 + 64 * 3936, 3936 * 3935 / 2));
}

proptest! {
    #[test]
    fn the_join_equals_its_definition(
        units in proptest::collection::vec(
            proptest::collection::btree_set((0u64..12).prop_map(|key| key << 60 | key), 0..6), 1..30),
        pivots in 1usize..8,
        with_documents: bool,
        with_sets: bool,
    ) {
        let documents: Vec<u32> = (0..units.len() as u32)
            .map(|unit| if unit % 7 == 0 { PairRule::MANY_DOCUMENTS } else { unit / 3 })
            .collect();
        let second: Vec<bool> = (0..units.len()).map(|unit| unit % 5 < 2).collect();
        let rule = PairRule {
            pivots,
            documents: with_documents.then_some(&documents[..]),
            second_set: with_sets.then_some(&second[..]),
        };
        let keys = unit_keys(&units);
        let expected = join_by_definition(&units, rule);
        for ranges in [&[0..=u64::MAX][..], &HALVES[..]] {
            prop_assert_eq!(&join(&keys, ranges, rule).0, &expected);
        }
    }

    #[test]
    fn a_table_of_bands_joins_like_lists_of_keys(
        units in proptest::collection::vec(proptest::array::uniform4(0u32..6), 1..40),
        pivots in 1usize..8,
    ) {
        let mut table = BandTable::with_capacity(4, units.len());
        units.iter().for_each(|keys| table.push(keys));
        let lists: Vec<BTreeSet<u64>> = units
            .iter()
            .map(|keys| keys.iter().zip(0u64..).map(|(&key, band)| band << 32 | u64::from(key)).collect())
            .collect();
        let rule = PairRule { pivots, documents: None, second_set: None };
        let expected = join_by_definition(&lists, rule);
        prop_assert_eq!(&join(&table, &table.ranges(), rule).0, &expected);
    }

    #[test]
    fn ranges_that_are_met_one_by_one_join_as_one(
        units in proptest::collection::vec(
            (proptest::array::uniform4(0u32..6), proptest::collection::btree_set(0u32..20, 0..5)), 1..40),
        pivots in 1usize..8,
        with_sets: bool,
    ) {
        let lists: Vec<BTreeSet<u64>> = units
            .iter()
            .map(|(bands, others)| {
                let bands = bands.iter().zip(0u64..).map(|(&key, band)| band << 32 | u64::from(key));
                bands.chain(others.iter().map(|&key| 9 << 32 | u64::from(key))).collect()
            })
            .collect();
        let second: Vec<bool> = (0..units.len()).map(|unit| unit % 5 < 2).collect();
        let rule = PairRule { pivots, documents: None, second_set: with_sets.then_some(&second[..]) };
        let mut ranges: Vec<Runs> = (0..4)
            .map(|band| Runs::of_column(units.iter().map(|(bands, _)| bands[band]), units.len()))
            .collect();
        let entries: Vec<[u32; 2]> = units
            .iter()
            .zip(0u32..)
            .flat_map(|((_, others), unit)| others.iter().map(move |&key| [key, unit]))
            .collect();
        ranges.push(Runs::of_entries(&entries));
        let mut met = Met::default();
        let mut capped = Capped::default();
        for runs in &ranges {
            capped = capped.with(meetings_of_runs(runs.iter(), rule, &mut met));
        }
        prop_assert_eq!(met.pairs, join_by_definition(&lists, rule));
        let keys = unit_keys(&lists);
        prop_assert_eq!(capped, join(&keys, &keys.ranges(), rule).1);
    }
}
