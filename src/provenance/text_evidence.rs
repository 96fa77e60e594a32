//! What the wordings say for one version having been made from another.
//!
//! What a version has and its candidate parent lacks is the evidence. If an earlier version has it
//! too, it was neither taken from the candidate nor made up: that speaks against the candidate,
//! most of all for a long run. If nobody had it before, it is the version's own change, and a
//! changed word or two says little; but a quote does not grow, so a longer run of new words speaks
//! for a source that is not here. What a version merely lacks was cut, and cuts are cheap.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ClusterKind;

use super::evidence;
use super::lineage::History;
use super::readings::{Reading, Readings};

/// Candidate wordings kept for each wording.
const MOST_WORDINGS: usize = 12;
/// Wordings compared with all others; beyond it candidates come from an index of readings.
const MOST_COMPARED: usize = 96;

/// A shorter run of words can stand anywhere by chance.
const SHORTEST_RUN: usize = 4;
/// This share of a run must stand in a document for it to come from there.
const MOST_OF_RUN: f64 = 0.8;

/// What the wordings say for one having been made from the other, as logarithmic weights.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextWeight {
    /// The edits an editor would have made: cuts and changed words.
    pub(super) edits: f64,
    /// What no edit explains: words that were neither taken from there nor made up.
    pub(super) unexplained: f64,
}

impl TextWeight {
    fn of_a_copy() -> TextWeight {
        TextWeight { edits: evidence::SAME_WORDING, unexplained: 0.0 }
    }

    pub(super) fn total(self) -> f64 {
        self.edits + self.unexplained
    }
}

/// For every wording the wordings it can have been made from, best first.
pub(super) struct NearWordings {
    /// For the first carrier of a wording, who may have made it.
    first: Vec<Vec<(u32, TextWeight)>>,
    /// For the later carriers: the wording was there before them.
    later: Vec<Vec<(u32, TextWeight)>>,
    /// The first carrier of each wording.
    first_carrier: Vec<u32>,
    /// The first version that has each reading.
    first_seen: FirstSeen,
}

impl NearWordings {
    /// The candidates of a version.
    pub(super) fn of(&self, history: &History<'_>, child: u32) -> &[(u32, TextWeight)] {
        let wording = history.witnesses[child as usize].wording as usize;
        if self.is_first(history, child) { &self.first[wording] } else { &self.later[wording] }
    }

    /// Whether a version is the first of its wording.
    fn is_first(&self, history: &History<'_>, version: u32) -> bool {
        self.first_carrier[history.witnesses[version as usize].wording as usize] == version
    }
}

/// Weighs the wordings of a history.
pub(super) fn near_wordings(history: &History<'_>) -> NearWordings {
    let wordings = &history.wordings;
    let mut first_carrier = vec![u32::MAX; wordings.len()];
    for (number, witness) in (0u32..).zip(&history.witnesses) {
        let first = &mut first_carrier[witness.wording as usize];
        *first = (*first).min(number);
    }
    let first_seen = FirstSeen::of(history, &first_carrier);
    let index = ReadingIndex::of(history);
    let mut near = NearWordings { first: Vec::new(), later: Vec::new(), first_carrier, first_seen };
    for child in 0..wordings.len() as u32 {
        let candidates = index.candidates(wordings, child);
        let own = near.first_carrier[child as usize];
        let rank = |is_own: &dyn Fn(Reading) -> bool| {
            let mut ranked: Vec<(u32, TextWeight)> = candidates
                .iter()
                .map(|&parent| {
                    let (from, to) = (&wordings[parent as usize], &wordings[child as usize]);
                    let same = parent == child;
                    let nowhere = |_: &[Reading]| false;
                    let weight = || weight(history.kind, from, to, is_own, &nowhere);
                    (parent, if same { TextWeight::of_a_copy() } else { weight() })
                })
                .collect();
            ranked.sort_by(|x, y| y.1.total().total_cmp(&x.1.total()).then(x.0.cmp(&y.0)));
            ranked.truncate(MOST_WORDINGS);
            ranked
        };
        let first = rank(&|reading| near.first_seen.is_own(reading, own));
        let later = rank(&|_| false);
        near.first.push(first);
        near.later.push(later);
    }
    near
}

/// The first version that has each reading.
struct FirstSeen {
    readings: BTreeMap<Reading, u32>,
}

impl FirstSeen {
    fn of(history: &History<'_>, first_carrier: &[u32]) -> FirstSeen {
        let mut order: Vec<usize> = (0..history.wordings.len()).collect();
        order.sort_by_key(|&wording| first_carrier[wording]);
        let mut readings = BTreeMap::new();
        for wording in order {
            for &reading in &history.wordings[wording].tokens {
                readings.entry(reading).or_insert(first_carrier[wording]);
            }
        }
        FirstSeen { readings }
    }

    /// Whether no version before this one has the reading.
    fn is_own(&self, reading: Reading, version: u32) -> bool {
        self.readings.get(&reading).is_none_or(|&first| first >= version)
    }
}

/// The weight of one wording having been made from another. `is_own` tells which readings nobody
/// had before, `elsewhere` which runs the document of the other has in another place.
fn weight(
    kind: ClusterKind,
    from: &Readings,
    to: &Readings,
    is_own: &dyn Fn(Reading) -> bool,
    elsewhere: &dyn Fn(&[Reading]) -> bool,
) -> TextWeight {
    let cut = evidence::CUTS_RUN * f64::from(cuts(from, to));
    let mut total = TextWeight { edits: cut, unexplained: 0.0 };
    let mut place = 0;
    let tokens = &to.tokens;
    while place < tokens.len() {
        if from.has(tokens[place]) {
            place += 1;
            continue;
        }
        let start = place;
        while place < tokens.len() && !from.has(tokens[place]) {
            place += 1;
        }
        let run = &tokens[start..place];
        if elsewhere(run) {
            total.edits += evidence::FROM_ELSEWHERE;
            continue;
        }
        let before = start.checked_sub(1).map(|before| tokens[before].place());
        let after = tokens.get(place).map(|after| after.place());
        let replaced = lacking_between(from, to, before, after);
        let own = run.iter().filter(|&&reading| is_own(reading)).count();
        let changed = own.min(replaced);
        total.edits += evidence::CHANGES_WORD * changed as f64;
        total.unexplained += lacks(run.len() - own);
        let added = own - changed;
        total.unexplained += match kind {
            ClusterKind::Quote => adds(added, before.is_none() || after.is_none()),
            ClusterKind::Passage => {
                (evidence::ADDS_TEXT * added as f64).max(evidence::ADDS_TEXT_MOST)
            }
        };
    }
    total
}

/// The weight of the wordings with what the candidate's document has elsewhere: who quotes two
/// remarks as one has the second from the same article.
pub(super) fn weigh(
    history: &History<'_>,
    near: &NearWordings,
    parent: u32,
    child: u32,
    bare: TextWeight,
) -> TextWeight {
    if bare.unexplained > evidence::WORTH_A_SEARCH {
        return bare;
    }
    let of = |number: u32| &history.wordings[history.witnesses[number as usize].wording as usize];
    let elsewhere = |run: &[Reading]| {
        let own = &history.witnesses[parent as usize];
        run.len() >= SHORTEST_RUN && has_run(own.read.words(own.document), &history.fullest, run)
    };
    let is_first = near.is_first(history, child);
    let is_own = |reading| is_first && near.first_seen.is_own(reading, child);
    weight(history.kind, of(parent), of(child), &is_own, &elsewhere)
}

/// Whether a document has nearly all words of a run, each beside one of its neighbours.
fn has_run(document: &[u64], fullest: &[u64], run: &[Reading]) -> bool {
    let words = run.iter().map(|&reading| match reading {
        Reading::Kept(place) => fullest[place as usize],
        Reading::Foreign { word, .. } => word,
    });
    let words: Vec<u64> = words.collect();
    // The run is short and the document may be long, so it is the run that is put in order.
    let mut pairs: Vec<(u64, u64, usize)> =
        words.windows(2).zip(0..).map(|(two, place)| (two[0], two[1], place)).collect();
    pairs.sort_unstable();
    // Most words of a document are none of the run, which one look at a bit tells.
    let mut bits = [0u64; 1 << 6];
    let place_of = |word: u64| ((word >> 58) as usize, word >> 52 & 63);
    for &word in &words {
        let (at, shift) = place_of(word);
        bits[at] |= 1 << shift;
    }
    let in_run = |word: u64| {
        let (at, shift) = place_of(word);
        bits[at] >> shift & 1 != 0
    };
    let mut held = vec![false; words.len()];
    for two in document.windows(2).filter(|two| in_run(two[0]) && in_run(two[1])) {
        let first = pairs.partition_point(|&(one, next, _)| (one, next) < (two[0], two[1]));
        let same = |&&(one, next, _): &&(u64, u64, usize)| (one, next) == (two[0], two[1]);
        for &(_, _, place) in pairs[first..].iter().take_while(same) {
            held[place] = true;
            held[place + 1] = true;
        }
    }
    held.iter().filter(|&&held| held).count() as f64 >= MOST_OF_RUN * words.len() as f64
}

/// For a run of words that an earlier version has and the candidate lacks.
fn lacks(words: usize) -> f64 {
    if words == 0 {
        return 0.0;
    }
    (evidence::LACKS_RUN + evidence::LACKS_WORD * words as f64).max(evidence::LACKS_MOST)
}

/// For a run of new words.
fn adds(words: usize, at_end: bool) -> f64 {
    let cheap = if at_end { 0 } else { words.min(evidence::FEW_WORDS) };
    let adds = evidence::ADDS_WORD * cheap as f64 + evidence::ADDS_MORE * (words - cheap) as f64;
    adds.max(evidence::ADDS_MOST)
}

/// The edits between the fullest form and a wording.
pub(super) fn edits_from_fullest(wording: &Readings, fullest_words: usize) -> f64 {
    let mut cuts = 0;
    let mut inside = false;
    for place in 0..fullest_words as u32 {
        let lacks = !wording.has(Reading::Kept(place));
        cuts += u32::from(lacks && !inside);
        inside = lacks;
    }
    let changed = wording.tokens.iter().filter(|token| matches!(token, Reading::Foreign { .. }));
    let changed = changed.count();
    if cuts == 0 && changed == 0 {
        return evidence::SAME_WORDING;
    }
    evidence::CUTS_RUN * f64::from(cuts) + evidence::CHANGES_WORD * changed as f64
}

/// How many words the candidate has, and the version lacks, between two places of the fullest
/// form: what the version's words stand in the place of.
fn lacking_between(
    from: &Readings,
    to: &Readings,
    before: Option<u32>,
    after: Option<u32>,
) -> usize {
    let first = before.unwrap_or(0);
    let last = after.unwrap_or(u32::MAX);
    let start = from.tokens.partition_point(|token| token.place() < first);
    let inside = from.tokens[start..].iter().take_while(|token| token.place() <= last);
    inside.filter(|&&token| !to.has(token)).count()
}

/// The number of runs of the candidate's words that the version left out without putting others
/// in their place.
fn cuts(from: &Readings, to: &Readings) -> u32 {
    let mut cuts = 0;
    let mut inside = false;
    for &token in &from.tokens {
        let lacks = !to.has(token);
        cuts += u32::from(lacks && !inside);
        inside = lacks;
    }
    cuts
}

/// Finds candidate wordings where there are too many to compare all with all.
struct ReadingIndex {
    /// The wordings that have each foreign word; rare words are the telling ones. Empty where all
    /// are compared.
    carriers: BTreeMap<Reading, Vec<u32>>,
    /// Always candidates: all, or the fullest and the most frequent.
    always: BTreeSet<u32>,
}

impl ReadingIndex {
    fn of(history: &History<'_>) -> ReadingIndex {
        let wordings = &history.wordings;
        let mut carriers: BTreeMap<Reading, Vec<u32>> = BTreeMap::new();
        if wordings.len() <= MOST_COMPARED {
            return ReadingIndex { carriers, always: (0..wordings.len() as u32).collect() };
        }
        for (wording, readings) in (0u32..).zip(wordings) {
            let foreign =
                readings.tokens.iter().filter(|token| matches!(token, Reading::Foreign { .. }));
            for &reading in foreign {
                carriers.entry(reading).or_default().push(wording);
            }
        }
        let mut copies = vec![0u32; wordings.len()];
        for witness in &history.witnesses {
            copies[witness.wording as usize] += 1;
        }
        let mut order: Vec<u32> = (0..wordings.len() as u32).collect();
        order.sort_by_key(|&wording| {
            let kept = wordings[wording as usize].kept_words();
            std::cmp::Reverse((kept, copies[wording as usize]))
        });
        let mut always: BTreeSet<u32> = order.iter().copied().take(MOST_WORDINGS).collect();
        order.sort_by_key(|&wording| (std::cmp::Reverse(copies[wording as usize]), wording));
        always.extend(order.iter().take(MOST_WORDINGS));
        ReadingIndex { carriers, always }
    }

    fn candidates(&self, wordings: &[Readings], child: u32) -> BTreeSet<u32> {
        let mut found = self.always.clone();
        found.insert(child);
        let tokens = &wordings[child as usize].tokens;
        let mut telling: Vec<&Vec<u32>> = tokens
            .iter()
            .filter_map(|reading| self.carriers.get(reading))
            .filter(|carriers| carriers.len() > 1)
            .collect();
        telling.sort_by_key(|carriers| carriers.len());
        for carriers in telling.into_iter().take(4) {
            found.extend(carriers.iter().take(MOST_WORDINGS));
        }
        found
    }
}
