//! The sentences next to a passage. Growth stops where the words of the two texts stop to agree
//! closely; but where a text was taken over and reworded, the next sentence is often part of it,
//! with fewer words kept or at another place. A sentence joins a passage when what it adds is dense
//! enough by itself.

use std::ops::Range;

use super::common::Common;
use super::grow::Block;
use super::prepare::Prepared;
use super::tuning::Tuning;

/// In a passage of more words the sentences at its ends are a detail, and weighing it anew for each
/// of them would take long.
const LONGEST: usize = 4000;

/// A passage at most doubles in so many steps; the bound guards against running away.
const MOST_STEPS: usize = 32;

/// Widens each block by the units next to it, not into text of other blocks.
pub(super) fn widen(common: &Common<'_>, mut blocks: Vec<Block>, tuning: &Tuning) -> Vec<Block> {
    let mut taken =
        Taken { a: vec![false; common.a.len() as usize], b: vec![false; common.b.len() as usize] };
    for block in &blocks {
        taken.take(block);
    }
    for block in &mut blocks {
        let matched = common.matched(&block.a, &block.b);
        // Text taken over word for word has sharp borders.
        let long = block.a.len().max(block.b.len()) > LONGEST;
        if !long && matched.density() < tuning.widen_below && matched.mass >= tuning.widen_mass {
            *block = widened(common, block.clone(), &taken, tuning);
            taken.take(block);
        }
    }
    blocks
}

/// The words of both sides that stand in blocks.
struct Taken {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Taken {
    fn take(&mut self, block: &Block) {
        self.a[block.a.start as usize..block.a.end as usize].fill(true);
        self.b[block.b.start as usize..block.b.end as usize].fill(true);
    }
}

/// Whether what a wider range adds to a range stands in no block.
fn is_free(taken: &[bool], range: &Range<u32>, wider: &Range<u32>) -> bool {
    let is_taken = |from: u32, to: u32| taken[from as usize..to as usize].contains(&true);
    !is_taken(wider.start, range.start) && !is_taken(range.end, wider.end)
}

fn widened(common: &Common<'_>, mut block: Block, taken: &Taken, tuning: &Tuning) -> Block {
    let (a, b) = (common.a.document, common.b.document);
    for _ in 0..MOST_STEPS {
        let before = common.matched(&block.a, &block.b);
        let mut best: Option<(f64, Block)> = None;
        let choices_a = choices(a, &block.a);
        let choices_b = choices(b, &block.b);
        for wider_a in &choices_a {
            for wider_b in &choices_b {
                if (wider_a, wider_b) == (&block.a, &block.b)
                    || !is_free(&taken.a, &block.a, wider_a)
                    || !is_free(&taken.b, &block.b, wider_b)
                {
                    continue;
                }
                let after = common.matched(wider_a, wider_b);
                let gained = after.mass - before.mass;
                let paid = after.cost - before.cost;
                let worth = gained - tuning.widen_cost * paid;
                let added = (common.a.mass(wider_a) - common.a.mass(&block.a))
                    .max(common.b.mass(wider_b) - common.b.mass(&block.b));
                if gained >= tuning.widen_gain.max(tuning.widen_share * added)
                    && worth > 0.0
                    && best.as_ref().is_none_or(|(most, _)| worth > *most)
                {
                    best = Some((
                        worth,
                        Block { a: wider_a.clone(), b: wider_b.clone(), mass: after.mass },
                    ));
                }
            }
        }
        match best {
            Some((_, wider)) => block = wider,
            None => break,
        }
    }
    block
}

/// Drops units from the ends of a block that share next to nothing with the other side.
pub(super) fn narrowed(common: &Common<'_>, mut block: Block, tuning: &Tuning) -> Block {
    if block.a.len().max(block.b.len()) > LONGEST {
        return block;
    }
    loop {
        let whole = common.matched(&block.a, &block.b).mass;
        let sides = [(&common.a, &block.a, true), (&common.b, &block.b, false)];
        let shorter = sides.into_iter().find_map(|(side, range, is_a)| {
            without_end_units(side.document, range).into_iter().find_map(|shorter| {
                let rest = match is_a {
                    true => Block::of(common, shorter, block.b.clone()),
                    false => Block::of(common, block.a.clone(), shorter),
                };
                let kept = if is_a { &rest.a } else { &rest.b };
                let lost = side.mass(range) - side.mass(kept);
                (whole - rest.mass < tuning.narrow_share * lost).then_some(rest)
            })
        });
        match shorter {
            Some(rest) => block = rest,
            None => return block,
        }
    }
}

/// A range without its first unit, and without its last.
fn without_end_units(document: &Prepared<'_>, range: &Range<u32>) -> Vec<Range<u32>> {
    let unit = |place: u32| &document.units[document.words[place as usize].unit as usize].words;
    let after_first = unit(range.start).end;
    let before_last = unit(range.end - 1).start;
    let mut shorter = Vec::new();
    if after_first < range.end {
        shorter.push(after_first..range.end);
    }
    if before_last > range.start {
        shorter.push(range.start..before_last);
    }
    shorter
}

/// A range as it is, with the unit before it, and with the unit after it.
fn choices(document: &Prepared<'_>, range: &Range<u32>) -> Vec<Range<u32>> {
    let mut choices = vec![range.clone()];
    let unit = |place: u32| &document.units[document.words[place as usize].unit as usize];
    if range.start > 0 {
        let first = unit(range.start);
        let start = if first.words.start < range.start {
            first.words.start
        } else {
            unit(range.start - 1).words.start
        };
        choices.push(start..range.end);
    }
    if (range.end as usize) < document.words.len() {
        let last = unit(range.end - 1);
        let end =
            if last.words.end > range.end { last.words.end } else { unit(range.end).words.end };
        choices.push(range.start..end);
    }
    choices
}
