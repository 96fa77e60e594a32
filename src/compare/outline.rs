//! Units in outline: enough of a unit to tell that it matches nothing of another.
//!
//! Of the candidate pairs that share a key, one in a hundred or fewer is evidence. [`verify()`]
//! wants both documents made ready, which costs memory and time; an outline needs one unit only and
//! takes 4 bytes for each word that says something, 4 for each long run that another unit has too, and 33
//! for the rest. It holds an upper bound of what each word can weigh in any document, so
//! [`Outlines::may_match`] never says no to two units of one language that [`verify()`] would take, but
//! where a long run is one only by ten marks or more between its words.
//!
//! Function words are half of any text and weigh next to nothing. They are left out: half the words to
//! merge, for a bound that is little worse. What two units can share of them is bounded by what they
//! weigh together, and closer by those of the most common ones that both have, a bit each. Whether a word
//! is left out hangs on its stem, so that it is left out on both sides or on neither.
//!
//! [`verify()`]: super::verify()

use crate::model::Language;
use crate::text::{Word, shingle};

use super::bounds::{Bounds, ROUNDING, STEPS};
use super::functions::{Functions, HeaviestFunctions};
use super::lexicon::{Classes, Lexicon};
use super::prepare::{Preparer, is_written_as_name};
use super::verify::{NAMED_ALIGNMENT, SAME_CHARACTERS, SAME_WORDS, STEMS};
use super::weight::{FUNCTION, LIGHT};

/// A run of words that is hashed has at least as many words as make a long run, and so many characters with
/// one between two words: fewer than [make a long run](super::verify()), where all that stands between the
/// words counts.
const RUN_WORDS: usize = SAME_WORDS as usize;
const RUN_CHARACTERS: usize = SAME_CHARACTERS - 10;

/// The bit of an outline's word that says that it is no plain word: a name or a number wherever the unit
/// stands. It is the lowest bit of the weight, which is rounded up to an even number of steps first.
const NAMED: u32 = 1;

/// The outlines of units 0, 1, 2 … in flat arrays.
#[derive(Debug)]
pub struct Outlines {
    /// For each word that is no function word 24 bits of its stem and 8 bits of weight; sorted
    /// within a unit.
    words: Vec<u32>,
    /// Hashes of the shortest runs with [`RUN_WORDS`] and [`RUN_CHARACTERS`] from each word on; sorted and
    /// distinct within a unit. Two units that have a long run in common have the one in common that is its
    /// begin.
    runs: Vec<u32>,
    units: Vec<OfUnit>,
    /// Which units have long runs, be it that no other unit has them.
    have_runs: Vec<bool>,
    heaviest_functions: HeaviestFunctions,
    /// How much of what two units share can be chance, in nats.
    chance: f64,
}

/// What is known of the places of a unit, of which one is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnitPlaces {
    /// It stands elsewhere too, where other words may have capitals.
    pub several: bool,
    /// A word of it is masked somewhere.
    pub masked: bool,
}

/// What there is of a unit beside its words and runs. 32 bytes in one place, for all of it is asked for at once
/// and lies outside the caches.
#[derive(Clone, Copy, Debug)]
struct OfUnit {
    ends: Ends,
    bounds: Bounds,
    functions: Functions,
}

/// Where the words and runs of a unit end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub(super) words: usize,
    pub(super) runs: usize,
}

/// The outline of one unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline<'a> {
    pub(super) words: &'a [u32],
    pub(super) runs: &'a [u32],
    pub(super) bounds: Bounds,
    pub(super) functions: Functions,
}

impl Default for Outlines {
    fn default() -> Self {
        Outlines {
            words: Vec::new(),
            runs: Vec::new(),
            units: Vec::new(),
            have_runs: Vec::new(),
            heaviest_functions: HeaviestFunctions::default(),
            chance: 0.0,
        }
    }
}

impl Outlines {
    /// Adds the outline of the next unit, of which `words` are the words at one of its `places`.
    pub fn push(
        &mut self,
        preparer: &mut Preparer<'_>,
        (text, language): (&str, Language),
        words: &[Word],
        places: UnitPlaces,
    ) {
        self.chance = preparer.chance;
        let (functions, light, least) = if language.has_spaces() {
            let heaviest = preparer.vocabulary.common_functions(language);
            self.heaviest_functions.include(heaviest);
            let (functions, light, least) =
                preparer.outline_into((text, language), words, places.several, &mut self.words);
            (functions, light, if places.masked { 0.0 } else { least })
        } else {
            // What a character weighs hangs on what stands beside it.
            (Functions::new(0, f64::INFINITY), f32::INFINITY, 0.0)
        };
        let first = self.runs.len();
        self.runs.extend(runs_of(text, words).map(|run| (shingle(run) >> 32) as u32));
        self.runs[first..].sort_unstable();
        let distinct = distinct(&mut self.runs[first..]);
        self.runs.truncate(first + distinct);
        self.have_runs.push(distinct > 0);
        let ends = Ends { words: self.words.len(), runs: self.runs.len() };
        self.units.push(OfUnit { ends, bounds: Bounds { light, least }, functions });
    }

    /// Takes the runs away from all units: for each unit their number, then their hashes
    /// ([`runs_by_unit`]).
    pub fn take_runs(&mut self) -> Vec<u32> {
        let mut taken = Vec::with_capacity(self.units.len() + self.runs.len());
        let mut start = 0;
        for of_unit in &mut self.units {
            let end = std::mem::take(&mut of_unit.ends.runs);
            taken.push((end - start) as u32);
            taken.extend_from_slice(&self.runs[start..end]);
            start = end;
        }
        self.runs.clear();
        taken
    }

    /// Gives the units from number `first` on runs of those that were taken from them; the units before
    /// them have theirs already.
    pub fn give_runs(&mut self, first: u32, runs: &[u32]) {
        for (of_unit, runs) in self.units[first as usize..].iter_mut().zip(runs_by_unit(runs)) {
            self.runs.extend_from_slice(runs);
            of_unit.ends.runs = self.runs.len();
        }
    }

    /// Adds the units of `other` after those of `self`.
    pub fn append(&mut self, other: &Outlines) {
        let (words, runs) = (self.words.len(), self.runs.len());
        self.chance = self.chance.max(other.chance);
        self.words.extend_from_slice(&other.words);
        self.runs.extend_from_slice(&other.runs);
        self.units.extend(other.units.iter().map(|of_unit| {
            let Ends { words: words_end, runs: runs_end } = of_unit.ends;
            OfUnit { ends: Ends { words: words + words_end, runs: runs + runs_end }, ..*of_unit }
        }));
        self.have_runs.extend_from_slice(&other.have_runs);
        self.heaviest_functions.include_all(&other.heaviest_functions);
    }

    /// How much of what two units share can be chance, in nats.
    pub(super) fn chance(&self) -> f64 {
        self.chance
    }

    /// The most that function words weigh.
    pub(super) fn heaviest_functions(&self) -> &HeaviestFunctions {
        &self.heaviest_functions
    }

    /// The outline of a unit.
    #[inline]
    pub(super) fn of(&self, unit: u32) -> Outline<'_> {
        let unit = unit as usize;
        let before = if unit == 0 { Ends::default() } else { self.units[unit - 1].ends };
        let OfUnit { ends, bounds, functions } = self.units[unit];
        Outline {
            words: &self.words[before.words..ends.words],
            runs: &self.runs[before.runs..ends.runs],
            bounds,
            functions,
        }
    }

    /// Whether two units may be evidence for any documents that they stand in, by what their words weigh.
    #[inline]
    pub(super) fn may_claim(&self, one: Outline<'_>, other: Outline<'_>) -> bool {
        one.may_claim(other, &self.heaviest_functions, self.chance)
    }

    /// Whether a unit may be evidence between two documents that both have it.
    pub fn may_match_itself(&self, unit: u32) -> bool {
        let outline = self.of(unit);
        self.have_runs[unit as usize] || self.may_claim(outline, outline)
    }

    /// Whether a unit and one of `others` may be evidence for any documents that they stand in.
    #[inline]
    pub fn may_match(&self, unit: u32, others: &Outlines, other: u32) -> bool {
        let (one, other) = (self.of(unit), others.of(other));
        self.may_claim(one, other) || one.shares_run(other)
    }
}

/// The hashes of the runs of each unit, of those that were taken from some.
pub fn runs_by_unit(taken: &[u32]) -> impl Iterator<Item = &[u32]> {
    let mut rest = taken;
    std::iter::from_fn(move || {
        let (&number, others) = rest.split_first()?;
        let (runs, others) = others.split_at(number as usize);
        rest = others;
        Some(runs)
    })
}

/// Of the runs that were taken from some units those that are `shared`: nine in ten stand in one unit only,
/// and it takes two to have one in common.
pub fn shared_runs(taken: &[u32], shared: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut kept = Vec::new();
    for runs in runs_by_unit(taken) {
        let number = kept.len();
        kept.push(0);
        kept.extend(runs.iter().copied().filter(|&run| shared(run)));
        kept[number] = (kept.len() - number - 1) as u32;
    }
    kept
}

impl Outline<'_> {
    /// Whether the words that two units share can weigh enough.
    fn may_claim(
        self,
        other: Outline<'_>,
        heaviest_functions: &HeaviestFunctions,
        chance: f64,
    ) -> bool {
        let light = self.bounds.light_beside(other.bounds);
        if light.is_infinite() {
            return true;
        }
        let light = light.min(self.functions.shared(other.functions, heaviest_functions));
        // From the end, so that of a stem's uses the heaviest come first: how many are matched is
        // known, but not which. Written without branches: which word is next cannot be predicted.
        let (mut steps, mut stems, mut plain) = (0u32, 0u32, 0u32);
        let (mut next_a, mut next_b) = (self.words.len(), other.words.len());
        let mut last = u32::MAX;
        while next_a > 0 && next_b > 0 {
            let (x, y) = (self.words[next_a - 1], other.words[next_b - 1]);
            let (stem_x, stem_y) = (x >> 8, y >> 8);
            let same = u32::from(stem_x == stem_y);
            let both = (x & 0xff) + (y & 0xff);
            steps += both * same;
            let tells = same & u32::from(stem_x != last) & u32::from(both >= TELLING);
            stems += tells;
            plain += tells & !(x | y) & NAMED;
            last = if same == 1 { stem_x } else { last };
            next_a -= usize::from(stem_x >= stem_y);
            next_b -= usize::from(stem_y >= stem_x);
        }
        // Names alone carry no claim, and with one plain word beside them nearly all has to be shared.
        let alignment = if plain == 1 { NAMED_ALIGNMENT } else { 0.0 };
        let enough = || self.bounds.suffice(other.bounds, (steps, light), chance, alignment);
        stems >= STEMS && plain > 0 && enough()
    }

    /// Whether two units may have a long run of words in common, which is evidence however little they weigh.
    pub(super) fn shares_run(self, other: Outline<'_>) -> bool {
        let (mut i, mut j) = (0, 0);
        while i < self.runs.len() && j < other.runs.len() {
            let (left, right) = (self.runs[i], other.runs[j]);
            if left == right {
                return true;
            }
            i += usize::from(left < right);
            j += usize::from(right < left);
        }
        false
    }
}

/// The steps of two uses of a word that tells something.
const TELLING: u32 = (2.0 * STEPS * LIGHT as f64) as u32;

/// Of the uses of one stem none is named where any is plain: which of them is matched is not known.
fn plain_where_any_is(words: &mut [u32]) {
    for uses in words.chunk_by_mut(|one, next| one >> 8 == next >> 8) {
        if uses.iter().any(|word| word & NAMED == 0) {
            uses.iter_mut().for_each(|word| *word &= !NAMED);
        }
    }
}

/// The shortest run of words from each on that may be the begin of a long run.
fn runs_of<'w>(text: &str, words: &'w [Word]) -> impl Iterator<Item = &'w [Word]> {
    let mut end = 0;
    // The characters of the words from the one in work up to `end`, with one behind each.
    let mut characters = 0;
    let length = |word: &Word| word.span.of(text).chars().count() + 1;
    (0..words.len()).map_while(move |start| {
        while end < start + RUN_WORDS || characters < RUN_CHARACTERS + 1 {
            characters += length(words.get(end)?);
            end += 1;
        }
        characters -= length(&words[start]);
        Some(&words[start..end])
    })
}

/// Moves the different values of a sorted slice to its front and returns their number.
fn distinct(sorted: &mut [u32]) -> usize {
    let mut kept = 0;
    for place in 0..sorted.len() {
        if place == 0 || sorted[place] != sorted[kept - 1] {
            sorted[kept] = sorted[place];
            kept += 1;
        }
    }
    kept
}

impl Preparer<'_> {
    /// Appends the words of a unit's outline to `out`, sorted. Returns the words left out, the most that
    /// they can weigh, and the least that all can.
    fn outline_into(
        &mut self,
        (text, language): (&str, Language),
        words: &[Word],
        several_places: bool,
        out: &mut Vec<u32>,
    ) -> (Functions, f32, f32) {
        self.facts.clear();
        self.vocabulary.facts_into((text, language), words, &mut self.facts);
        let weigher = self.vocabulary.weigher();
        let lexicon = Lexicon::of(language);
        let first = out.len();
        let (mut light, mut least) = (0.0, 0.0);
        let (mut common, mut others) = (0u64, 0.0);
        let mut in_frame = 0;
        for (place, facts) in self.facts.iter().enumerate() {
            if in_frame == 0 && facts.classes.has(Classes::OPENS_FRAME) {
                let rest = &self.facts[place..];
                in_frame = lexicon.frame_length(rest.len(), |number| rest[number].form);
            }
            let mut classes = facts.classes;
            if in_frame > 0 {
                in_frame -= 1;
                classes = classes.with(Classes::FRAME);
            }
            let weight = |classes| f64::from(weigher.weight(facts.letters, classes, facts.counted));
            let as_written = weight(classes);
            let mut most = as_written;
            let mut fewest = as_written;
            // Whether it is a name or a date hangs on its capital and on the rest of the document.
            if !classes.has(Classes::FUNCTION) {
                most = most.max(weight(classes.with(Classes::NAME)));
            }
            if classes.has(Classes::DATE_IF_CAPITAL) {
                let other = weight(classes.without(Classes::DATE));
                (most, fewest) = (most.max(other), fewest.min(other));
            }
            least += fewest;
            if classes.has(Classes::FUNCTION_STEM) {
                light += most;
                let is_function = classes.has(Classes::FUNCTION);
                match facts.common_function {
                    Some(number) if is_function && common >> number & 1 == 0 => {
                        common |= 1 << number;
                    }
                    _ if is_function => others += most,
                    // It may meet a function word with a bit, of which half counts too.
                    _ => others += most + FUNCTION,
                }
                continue;
            }
            let steps = (most * STEPS / 2.0).ceil() as u32 * 2;
            let is_name = || {
                place > 0 && !several_places && {
                    let between = words[place - 1].span.end..words[place].span.start;
                    let between = &text[between.start as usize..between.end as usize];
                    is_written_as_name(language, words[place].span.of(text), between)
                }
            };
            let named = u32::from(facts.classes.has(Classes::NUMBER) || is_name()) * NAMED;
            out.push(facts.stem & !0xff | steps.min(0xfe) | named);
        }
        out[first..].sort_unstable();
        plain_where_any_is(&mut out[first..]);
        let light = (light * (1.0 + ROUNDING)) as f32;
        (Functions::new(common, others), light, (least * (1.0 - ROUNDING)) as f32)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::{may_verify, prepare, verify};
    use crate::model::{Analysis, DocumentFrequencies};
    use crate::text;

    const WORDS: &[&str] = &[
        "the",
        "of",
        "and",
        "in",
        "said",
        "may",
        "May",
        "March",
        "march",
        "Berlin",
        "berlin",
        "Kowalski",
        "minister",
        "ministers",
        "minister's",
        "harbour",
        "resigned",
        "resigning",
        "resign",
        "12",
        "1,986",
        "not",
        "would",
        "according",
        "to",
        "parliament",
        "Parliament",
        "vote",
        "votes",
        "budget",
        "strike",
        "unprecedented",
        "a",
        "sudden",
        "move",
        "that",
        "could",
        "shake",
        "Monday",
        "sanctions",
        "sanction",
        "Iran",
        "Iranian",
        "oil",
    ];

    fn sentence() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(WORDS), 4..24)
            .prop_map(|words| format!("{}.", words.join(" ")))
    }

    fn edited(words: String, drop: usize, add: &str) -> String {
        let mut words: Vec<&str> = words.split(' ').collect();
        words.remove(drop % words.len());
        words.insert(drop / 2 % (words.len() + 1), add);
        words.join(" ")
    }

    fn check(a: &str, b: &str, documents: u32) -> bool {
        let counts = text::words(a).into_iter().map(|word| (word.hash, 1 + word.span.start % 9));
        let frequencies = DocumentFrequencies::new(documents, counts);
        let analysis = |text: &str| Analysis {
            language: Language::English,
            sentences: text::segment(text, Language::English),
            quotes: Vec::new(),
        };
        let (of_a, of_b) = (analysis(a), analysis(b));
        let (left, right) =
            (prepare(a, &of_a, &frequencies, &[]), prepare(b, &of_b, &frequencies, &[]));
        let mut preparer = Preparer::new(&frequencies);
        let mut outline = |text: &str, unit: usize, of: &Analysis| {
            let mut words = Vec::new();
            text::words_into(text, of.sentences[unit].span, &mut words);
            let mut outlines = Outlines::default();
            outlines.push(&mut preparer, (text, Language::English), &words, UnitPlaces::default());
            outlines
        };
        let mut alone = Preparer::new(&frequencies);
        let mut found = false;
        for i in 0..of_a.sentences.len() {
            for j in 0..of_b.sentences.len() {
                let (one, other) = (outline(a, i, &of_a), outline(b, j, &of_b));
                let may = one.may_match(0, &other, 0);
                let is = verify(&left, i, &right, j).is_some();
                found |= is;
                let unit_a = alone.prepare_unit(a, &of_a, i, &[]);
                let unit_b = alone.prepare_unit(b, &of_b, j, &[]);
                assert!(may_verify(&unit_a, &unit_b) || !is, "{a:?} {i} {b:?} {j}");
                assert!(may || !is, "{a:?} {i} {b:?} {j}");
            }
        }
        found
    }

    #[test]
    fn an_edited_sentence_may_match_and_a_foreign_one_does_not() {
        let a = "The harbour minister Kowalski resigned in Berlin after the unprecedented strike.";
        let b =
            "After an unprecedented strike harbour minister Kowalski is resigning, Berlin said.";
        assert!(check(a, b, 1000));
        let frequencies = DocumentFrequencies::new(1000, []);
        let mut preparer = Preparer::new(&frequencies);
        let mut outlines = Outlines::default();
        for text in [a, "Berlin hospitals said on Monday they need more oil."] {
            outlines.push(
                &mut preparer,
                (text, Language::English),
                &text::words(text),
                UnitPlaces::default(),
            );
        }
        assert!(claims((&outlines, 0), (&outlines, 0)));
        assert!(!outlines.may_match(0, &outlines, 1));
    }

    /// Whether units of some outlines may claim to state the same.
    fn claims((one, unit): (&Outlines, u32), (other, unit_there): (&Outlines, u32)) -> bool {
        one.may_claim(one.of(unit), other.of(unit_there))
    }

    /// The outlines of some English units.
    pub(in super::super) fn outlines(texts: &[&str], places: UnitPlaces) -> Outlines {
        let frequencies = DocumentFrequencies::new(100_000, []);
        let mut preparer = Preparer::new(&frequencies);
        let mut outlines = Outlines::default();
        for text in texts {
            outlines.push(&mut preparer, (text, Language::English), &text::words(text), places);
        }
        outlines
    }

    #[test]
    fn a_run_that_one_unit_has_only_is_left_out_and_still_tells_of_that_unit() {
        let texts = [
            "it was not that they themselves could have been there without ourselves",
            "so it was not that they themselves could have been there",
            "when he was out he himself was not only out but he himself was off",
            "they were there",
        ];
        let mut outlines = outlines(&texts, UnitPlaces::default());
        let taken = outlines.take_runs();
        let all: Vec<u32> = runs_by_unit(&taken).flatten().copied().collect();
        let count = |run: u32| all.iter().filter(|&&other| other == run).count();
        let shared = shared_runs(&taken, |run| count(run) > 1);
        outlines.give_runs(0, &shared);
        assert!(outlines.runs.len() < all.len());
        assert!(outlines.of(0).shares_run(outlines.of(1)));
        assert!(!outlines.of(0).shares_run(outlines.of(2)));
        assert!(!claims((&outlines, 2), (&outlines, 2)));
        assert!(outlines.may_match_itself(2), "its own run is long");
        assert!(!outlines.may_match_itself(3));
    }

    #[test]
    fn a_long_run_of_light_words_is_asked_for_where_it_can_be() {
        let texts = [
            "it was not that they themselves could have been there without ourselves",
            "if they themselves could have been there without us all was so",
            "that they themselves could have been there without ourselves",
            "it was not that they themselves could be so",
        ];
        let outlines = outlines(&texts, UnitPlaces::default());
        assert!(!outlines.may_match(0, &outlines, 1), "seven words are no long run");
        assert!(!outlines.may_match(0, &outlines, 3), "seven short ones neither");
        assert!(outlines.of(0).shares_run(outlines.of(2)), "nine words are");
        assert!(!claims((&outlines, 0), (&outlines, 2)), "and make no claim by their weight");
    }

    /// Whether two units, each printed in one place or in `several`, may claim to state the same.
    #[track_caller]
    fn check_claim(a: &str, b: &str, several: bool, expected: bool) {
        let outlines = outlines(&[a, b], UnitPlaces { several, masked: false });
        assert_eq!(claims((&outlines, 0), (&outlines, 1)), expected, "{a} | {b}");
    }

    #[test]
    fn names_and_numbers_alone_carry_no_claim() {
        let names = "the Kowalski of 1931, the Lindqvist of 1954 and our Haugland";
        let others = "once the Kowalski of 1931, the Lindqvist of 1954 and a Haugland";
        check_claim(names, others, false, false);
        // In another place they may stand without capitals.
        check_claim(names, others, true, true);
        let plain = "the harbour of 1931, the lighthouse of 1954 and our Haugland";
        check_claim(plain, &plain.replace("our", "a"), false, true);
        // A name that one of the two writes small is none.
        let small = names.to_lowercase();
        check_claim(&small, others, false, false);
        check_claim(&small, &small.replace("our", "a"), false, true);
    }

    #[test]
    fn function_words_that_only_one_unit_has_are_no_weight_that_both_share() {
        let common = text::words("the of and in at by").into_iter();
        let counts =
            common.enumerate().map(|(rank, word)| (word.hash, 90_000 - 10_000 * rank as u32));
        let frequencies = DocumentFrequencies::new(100_000, counts);
        let mut preparer = Preparer::new(&frequencies);
        let mut outlines = Outlines::default();
        for text in ["the of and in", "the of at by", "the the the"] {
            let english = (text, Language::English);
            outlines.push(&mut preparer, english, &text::words(text), UnitPlaces::default());
        }
        let shared = |a: usize, b: usize| {
            outlines.units[a]
                .functions
                .shared(outlines.units[b].functions, &outlines.heaviest_functions)
        };
        assert!(shared(0, 1) < shared(0, 0));
        // Of one more use here and none there half is counted.
        assert!(shared(0, 2) < shared(0, 1) && shared(0, 2) < shared(2, 2));
    }

    proptest! {
        #[test]
        fn no_match_is_ruled_out(
            first in sentence(), second in sentence(), third in sentence(),
            drop in 0usize..50, add in prop::sample::select(WORDS),
            documents in prop_oneof![2u32..4000, 50_000u32..5_000_000],
        ) {
            let a = format!("{first} {second}");
            let b = format!("{third} {}", edited(second, drop, add));
            check(&a, &b, documents);
        }
    }
}
