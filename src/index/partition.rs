//! A partition of postings as bytes: keys and units of some thousand postings, packed bit by bit.
//!
//! A partition holds the postings whose keys lie in one range, sorted. The range is cut into *slots*
//! of one width, so that a lookup of few keys decodes the slots that hold them and passes over the
//! others. Bytes, in order:
//!
//! | what | as |
//! |---|---|
//! | bits that number the slots; parameters of the two codes; bits of a unit | 4 bytes |
//! | the postings and the bytes of each slot | numbers in 7-bit groups (LEB128), a pair a slot |
//! | the slots | bits, each slot from a byte of its own |
//!
//! Within a slot a posting is the difference of its key to the one before, at first to the start of
//! the slot, in a Rice code: a difference of well-mixed hashes is as good as geometrically
//! distributed, for which this code is best within a twentieth of a bit. Then follows the unit: as it
//! is, or where the key is the same as before, the difference to the unit before in a second Rice
//! code. All parameters follow from the mean differences of the partition.

use super::postings::Posting;

/// A slot holds about so many postings.
const SLOT: usize = 64;
/// Bytes before the table of slots.
const HEADER: usize = 4;

/// The keys that a partition holds: from `first` on, two to the power of `bits` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyRange {
    pub(super) first: u32,
    pub(super) bits: u32,
}

/// Writes postings, sorted and each once, whose keys lie in the range.
pub(super) fn encode(postings: &[Posting], range: KeyRange) -> Vec<u8> {
    let slot_bits = (postings.len() / SLOT).max(1).ilog2().min(range.bits);
    let shift = range.bits - slot_bits;
    let slot_of = |posting: &Posting| (posting.key() - range.first) >> shift;
    let (mut keys, mut units) = (Mean::default(), Mean::default());
    let mut before: Option<Posting> = None;
    for &posting in postings {
        match before {
            Some(before) if before.key() == posting.key() => {
                keys.add(0);
                units.add(posting.unit() - before.unit() - 1);
            }
            _ => keys.add(posting.key() - before.map_or(range.first, Posting::key)),
        }
        before = Some(posting);
    }
    let most = postings.iter().map(|posting| posting.unit()).max().unwrap_or(0);
    let codes = Codes {
        key: keys.parameter(),
        step: units.parameter(),
        unit_bits: u32::BITS - most.leading_zeros(),
    };
    let mut data = vec![slot_bits as u8, codes.key as u8, codes.step as u8, codes.unit_bits as u8];
    let mut slots = BitWriter::default();
    let mut rest = postings;
    for slot in 0..1u32 << slot_bits {
        let (inside, others) = rest.split_at(rest.partition_point(|one| slot_of(one) <= slot));
        rest = others;
        let start = slots.bytes.len();
        let mut before: Option<Posting> = None;
        for &posting in inside {
            let from = before.map_or(range.first + (slot << shift), Posting::key);
            slots.rice(posting.key() - from, codes.key);
            match before {
                Some(before) if before.key() == posting.key() => {
                    slots.rice(posting.unit() - before.unit() - 1, codes.step);
                }
                _ => slots.bits(u64::from(posting.unit()), codes.unit_bits),
            }
            before = Some(posting);
        }
        slots.align();
        push_number(inside.len() as u32, &mut data);
        push_number((slots.bytes.len() - start) as u32, &mut data);
    }
    data.extend(slots.bytes);
    data
}

/// Calls `take` with the postings of the slots that hold `wanted` keys, which are sorted, or with all
/// of them, in order. Gives back the number of postings in the whole partition; `None` when the data
/// is no partition of this range.
pub(super) fn decode(
    data: &[u8],
    range: KeyRange,
    wanted: Option<&[u32]>,
    mut take: impl FnMut(Posting),
) -> Option<u64> {
    let (&header, mut table) = data.split_first_chunk::<HEADER>()?;
    let [slot_bits, key, step, unit_bits] = header.map(u32::from);
    if slot_bits > range.bits || key > 31 || step > 31 || unit_bits > 32 {
        return None;
    }
    let shift = range.bits - slot_bits;
    let slots = 1usize.checked_shl(slot_bits)?;
    // A slot takes two bytes of the table at least.
    if slots > table.len() / 2 {
        return None;
    }
    let mut extents = Vec::with_capacity(slots);
    for _ in 0..slots {
        extents.push((take_number(&mut table)?, take_number(&mut table)? as usize));
    }
    let codes = Codes { key, step, unit_bits };
    let (mut rest, mut entries) = (table, 0u64);
    let mut wanted = wanted;
    for (slot, (count, bytes)) in (0u32..).zip(extents) {
        let (inside, others) = rest.split_at_checked(bytes)?;
        rest = others;
        entries += u64::from(count);
        let first = u64::from(range.first) + (u64::from(slot) << shift);
        let end = first + (1u64 << shift);
        if let Some(keys) = &mut wanted {
            let here = keys.partition_point(|&key| u64::from(key) < end);
            *keys = &keys[here..];
            if here == 0 {
                continue;
            }
        }
        decode_slot(inside, count, (first, end), codes, &mut take)?;
    }
    rest.is_empty().then_some(entries)
}

/// The parameters of the codes of a partition.
#[derive(Clone, Copy)]
struct Codes {
    key: u32,
    step: u32,
    unit_bits: u32,
}

fn decode_slot(
    bytes: &[u8],
    count: u32,
    (first, end): (u64, u64),
    codes: Codes,
    take: &mut impl FnMut(Posting),
) -> Option<()> {
    let mut bits = BitReader::new(bytes);
    let (mut key, mut unit) = (u32::try_from(first).ok()?, 0u32);
    for place in 0..count {
        let step = bits.rice(codes.key)?;
        if step == 0 && place > 0 {
            unit = unit.checked_add(bits.rice(codes.step)?)?.checked_add(1)?;
        } else {
            key = key.checked_add(step)?;
            if u64::from(key) >= end {
                return None;
            }
            unit = bits.bits(codes.unit_bits)?;
        }
        take(Posting::new(key, unit));
    }
    Some(())
}

/// The mean of differences.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: u64,
    count: u64,
}

impl Mean {
    fn add(&mut self, difference: u32) {
        self.sum += u64::from(difference);
        self.count += 1;
    }

    /// The parameter of the Rice code that is best for geometrically distributed differences of this
    /// mean: the logarithm of mean times ln 2, rounded down.
    fn parameter(self) -> u32 {
        let mean = self.sum as f64 / self.count.max(1) as f64;
        ((mean * std::f64::consts::LN_2).max(1.0) as u64).ilog2().min(31)
    }
}

/// Appends bits, the lowest of each byte first.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    held: u32,
}

impl BitWriter {
    /// Appends the lowest `count` bits, at most 32 of them.
    fn bits(&mut self, value: u64, count: u32) {
        self.pending |= value << self.held;
        self.held += count;
        while self.held >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.held -= 8;
        }
    }

    /// Appends a number: what is above `parameter` bits in ones that end with a zero, then the rest.
    fn rice(&mut self, number: u32, parameter: u32) {
        let mut ones = number >> parameter;
        while ones >= 32 {
            self.bits(u64::from(u32::MAX), 32);
            ones -= 32;
        }
        self.bits((1u64 << ones) - 1, ones + 1);
        self.bits(u64::from(number) & ((1u64 << parameter) - 1), parameter);
    }

    fn align(&mut self) {
        let missing = (8 - self.held % 8) % 8;
        self.bits(0, missing);
    }
}

/// Takes bits in the order in which they were appended.
struct BitReader<'a> {
    bytes: &'a [u8],
    held: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        BitReader { bytes, held: 0, count: 0 }
    }

    /// Holds as many bits as there is room for.
    #[inline]
    fn fill(&mut self) {
        while self.count <= 56
            && let Some((&byte, rest)) = self.bytes.split_first()
        {
            self.held |= u64::from(byte) << self.count;
            self.count += 8;
            self.bytes = rest;
        }
    }

    #[inline]
    fn bits(&mut self, count: u32) -> Option<u32> {
        if self.count < count {
            self.fill();
            if self.count < count {
                return None;
            }
        }
        let value = self.held & ((1u64 << count) - 1);
        self.held >>= count;
        self.count -= count;
        Some(value as u32)
    }

    #[inline]
    fn rice(&mut self, parameter: u32) -> Option<u32> {
        let mut ones = 0u32;
        loop {
            if self.count == 0 {
                self.fill();
                if self.count == 0 {
                    return None;
                }
            }
            let run = self.held.trailing_ones().min(self.count);
            ones = ones.checked_add(run)?;
            if run < self.count {
                self.held >>= run + 1;
                self.count -= run + 1;
                break;
            }
            (self.held, self.count) = (0, 0);
        }
        let above = u64::from(ones) << parameter;
        u32::try_from(above | u64::from(self.bits(parameter)?)).ok()
    }
}

/// Writes a number in groups of seven bits, the lowest first.
fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number; `None` at the end of the data or when it is none.
fn take_number(data: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = data.split_first()?;
        *data = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            postings in proptest::collection::btree_set((0u32..2000, any::<u32>()), 0..400),
            spread in prop::sample::select(vec![1u32, 500_000]),
            first in prop::sample::select(vec![0u32, 3 << 30]),
        ) {
            let range = KeyRange { first, bits: 30 };
            let postings: Vec<Posting> = postings
                .into_iter()
                .map(|(key, unit)| Posting::new(first + key * spread, unit))
                .collect();
            let mut read = Vec::new();
            let entries = decode(&encode(&postings, range), range, None, |one| read.push(one));
            prop_assert_eq!(entries, Some(postings.len() as u64));
            prop_assert_eq!(read, postings);
        }

        #[test]
        fn of_few_keys_all_postings_are_found(
            postings in proptest::collection::btree_set((0u32..1 << 16, 0u32..5000), 1..3000),
            wanted in proptest::collection::btree_set(0u32..1 << 16, 1..5),
        ) {
            let range = KeyRange { first: 0, bits: 16 };
            let postings: Vec<Posting> =
                postings.into_iter().map(|(key, unit)| Posting::new(key, unit)).collect();
            let wanted: Vec<u32> = wanted.into_iter().chain([postings[0].key()]).collect();
            let mut sorted = wanted.clone();
            sorted.sort_unstable();
            let mut read = Vec::new();
            let data = encode(&postings, range);
            let entries = decode(&data, range, Some(&sorted), |one| read.push(one));
            prop_assert_eq!(entries, Some(postings.len() as u64));
            let among = |all: &[Posting]| -> Vec<Posting> {
                all.iter().copied().filter(|one| wanted.contains(&one.key())).collect()
            };
            prop_assert_eq!(among(&read), among(&postings));
        }

        #[test]
        fn any_bytes_are_read_without_panic(data: Vec<u8>, first: u32, bits in 0u32..32) {
            decode(&data, KeyRange { first, bits }, None, |_| ());
        }
    }

    #[test]
    fn a_posting_takes_what_its_key_and_unit_tell() {
        // 20,000 keys of 2^26, so 3,355 apart: 11.7 bits and the cost of the code; units of 20 bits.
        let mut postings: Vec<Posting> = (0u64..20_000)
            .map(|number| {
                let mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                Posting::new((mixed >> 38) as u32, (mixed as u32) >> 12)
            })
            .collect();
        postings.sort_unstable();
        let data = encode(&postings, KeyRange { first: 0, bits: 26 });
        let bits = data.len() as f64 * 8.0 / postings.len() as f64;
        assert!(bits < 34.0, "{bits} bits a posting");
    }
}
