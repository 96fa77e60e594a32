//! Exact repeats: units with the same words are one unit in the join.

use crate::join::{KeyRange, Keys, UnitKeys};

/// Groups of units with the same words; a unit that repeats nothing is a group of one. Groups are
/// numbered by their first unit.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// The first unit of each group.
    firsts: Vec<u32>,
    /// The groups of two or more, in order, with the ends of their units in `members`.
    repeated: Vec<(u32, u32)>,
    members: Vec<u32>,
}

impl Repeats {
    /// Groups units by the hash of their words.
    pub(super) fn new(contents: impl Iterator<Item = u64>) -> Self {
        const ALL: KeyRange = 0..=u64::MAX;
        let mut keys = UnitKeys::default();
        contents.for_each(|content| keys.push(&[content]));
        let runs = keys.shared(&ALL);
        let mut runs: Vec<&[u32]> = runs.iter().map(|(_, units)| units).collect();
        runs.sort_unstable();
        let mut is_later = vec![false; keys.len()];
        runs.iter().flat_map(|run| &run[1..]).for_each(|&unit| is_later[unit as usize] = true);
        let mut repeats = Repeats::default();
        let mut next = runs.into_iter().peekable();
        for unit in (0..keys.len() as u32).filter(|&unit| !is_later[unit as usize]) {
            if let Some(run) = next.next_if(|run| run[0] == unit) {
                repeats.members.extend_from_slice(run);
                repeats.repeated.push((repeats.firsts.len() as u32, repeats.members.len() as u32));
            }
            repeats.firsts.push(unit);
        }
        repeats
    }

    /// The number of groups.
    pub(super) fn groups(&self) -> usize {
        self.firsts.len()
    }

    /// The first unit of a group.
    pub(super) fn first(&self, group: u32) -> u32 {
        self.firsts[group as usize]
    }

    /// The units of a group, ascending.
    pub(super) fn members(&self, group: u32) -> &[u32] {
        match self.repeated.binary_search_by_key(&group, |&(group, _)| group) {
            Ok(place) => self.repeated_members(place),
            Err(_) => std::slice::from_ref(&self.firsts[group as usize]),
        }
    }

    /// The groups of two or more units.
    pub(super) fn repeated(&self) -> impl Iterator<Item = (u32, &[u32])> {
        (0..self.repeated.len()).map(|place| (self.repeated[place].0, self.repeated_members(place)))
    }

    fn repeated_members(&self, place: usize) -> &[u32] {
        let start = if place == 0 { 0 } else { self.repeated[place - 1].1 };
        &self.members[start as usize..self.repeated[place].1 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_by_their_first_unit() {
        let repeats = Repeats::new([7, 5, 7, 3, 5, 7, 1].into_iter());
        let groups: Vec<&[u32]> =
            (0..repeats.groups() as u32).map(|g| repeats.members(g)).collect();
        assert_eq!(groups, [&[0, 2, 5][..], &[1, 4], &[3], &[6]]);
        let repeated: Vec<u32> = repeats.repeated().map(|(group, _)| group).collect();
        assert_eq!(repeated, [0, 1]);
    }
}
