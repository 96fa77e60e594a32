//! Which paired units may match, as far as their own words show it; so that few documents have to be
//! read in full. The rule is that of the scan ([`Outlines::may_match`]).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Frozen;
use super::join::Join;
use crate::Result;
use crate::compare::{Outlines, Preparer, UnitPlaces};
use crate::index::{Excerpt, Index, Kept};
use crate::model::{Language, Span};
use crate::text;

/// Documents whose sentences are looked at in one go.
const EXCERPTS: usize = 512;

/// Drops the pairs of units that cannot match wherever they stand.
pub(super) fn keep_possible(
    index: &Index,
    frozen: &Frozen,
    tonight: &[Kept],
    join: &mut Join<'_>,
    pairs: &mut Vec<(u32, u32)>,
) -> Result<()> {
    let mut units: Vec<u32> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    units.sort_unstable();
    units.dedup();
    let mut sketches = sketch(index, frozen, tonight, join, &units)?;
    for unit in units {
        // Where a wording is masked in one of its places, its words do not tell what is left there.
        for (document, sentence) in join.repeats(unit)? {
            if is_masked(index, document, sentence)? {
                sketches.insert(unit, Sketch::default());
            }
        }
    }
    let possible: Vec<bool> = pairs
        .par_iter()
        .map(|(a, b)| match (sketches.get(a), sketches.get(b)) {
            (Some(a), Some(b)) => a.may_match(b),
            // A unit whose documents are all gone.
            _ => false,
        })
        .collect();
    let mut possible = possible.into_iter();
    pairs.retain(|_| possible.next().unwrap_or(false));
    Ok(())
}

/// Looks at one place of each unit.
fn sketch(
    index: &Index,
    frozen: &Frozen,
    tonight: &[Kept],
    join: &mut Join<'_>,
    units: &[u32],
) -> Result<HashMap<u32, Sketch>> {
    let of_tonight: HashMap<u32, &Kept> = tonight.iter().map(|kept| (kept.number, kept)).collect();
    let mut wanted: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for &unit in units {
        if let Some((document, sentence)) = join.one_place(unit)? {
            wanted.entry(document).or_default().push((sentence, unit));
        }
    }
    let mut wanted: Vec<(u32, Vec<(u32, u32)>)> = wanted.into_iter().collect();
    wanted.iter_mut().for_each(|(_, sentences)| sentences.sort_unstable());
    // What is found out of a word is remembered by the preparer, so there is one a thread.
    let preparers: Vec<Mutex<Preparer<'_>>> = (0..=rayon::current_num_threads())
        .map(|_| Mutex::new(Preparer::new(&frozen.frequencies)))
        .collect();
    let mut sketches = HashMap::with_capacity(units.len());
    for part in wanted.chunks(EXCERPTS) {
        let mut excerpts = Vec::with_capacity(part.len());
        for (document, sentences) in part {
            let numbers: Vec<u32> = sentences.iter().map(|&(sentence, _)| sentence).collect();
            let kept = of_tonight.contains_key(document);
            excerpts.push(if kept { None } else { index.excerpt(*document, &numbers)? });
        }
        let made: Vec<Vec<(u32, Sketch)>> = part
            .par_iter()
            .zip(&excerpts)
            .map(|((document, sentences), excerpt)| {
                let thread = rayon::current_thread_index().map_or(0, |thread| thread + 1);
                let mut preparer = preparers[thread].lock().unwrap_or_else(PoisonError::into_inner);
                let sentences = sentences.iter().enumerate();
                let made = sentences.filter_map(|(place, &(sentence, unit))| {
                    let sketch = match (of_tonight.get(document), excerpt) {
                        (Some(kept), _) => {
                            let ordinal = (sentence - kept.first_sentence) as usize;
                            let span = kept.analysis.sentences[ordinal].span;
                            let text = &kept.document.text;
                            let language = kept.analysis.language;
                            Sketch::of(&mut preparer, text, language, &kept.masked, span)
                        }
                        (None, Some(excerpt)) => {
                            let Excerpt { text, language, masked, sentences } = excerpt;
                            Sketch::of(&mut preparer, text, *language, masked, sentences[place])
                        }
                        (None, None) => return None,
                    };
                    Some((unit, sketch))
                });
                made.collect()
            })
            .collect();
        sketches.extend(made.into_iter().flatten());
    }
    Ok(sketches)
}

/// Whether a part of a sentence is boilerplate.
fn is_masked(index: &Index, document: u32, sentence: u32) -> Result<bool> {
    if !index.has_masks(document)? {
        return Ok(false);
    }
    let excerpt = index.excerpt(document, &[sentence])?;
    Ok(excerpt.is_some_and(|excerpt| {
        excerpt.masked.iter().any(|mask| mask.overlap(excerpt.sentences[0]) > 0)
    }))
}

/// A sentence in outline; of one that is masked in another place nothing is known.
#[derive(Debug, Default)]
struct Sketch(Option<Outlines>);

impl Sketch {
    fn of(
        preparer: &mut Preparer<'_>,
        text: &str,
        language: Language,
        masked: &[Span],
        sentence: Span,
    ) -> Self {
        let masked = masked.iter().any(|mask| mask.overlap(sentence) > 0);
        let mut words = Vec::new();
        text::words_into(text, sentence, &mut words);
        let mut outline = Outlines::default();
        let places = UnitPlaces { several: true, masked };
        outline.push(preparer, (text, language), &words, places);
        Sketch(Some(outline))
    }

    fn may_match(&self, other: &Sketch) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => one.may_match(0, other, 0),
            _ => true,
        }
    }
}
