//! Units in outline: enough of a unit to tell that it matches nothing of another.
//!
//! Of the candidate pairs that share a key, one in a hundred or fewer is evidence. [`verify()`]
//! wants both documents made ready, which costs memory and time; an outline is 4 bytes a word and
//! needs one unit only. It holds an upper bound of what each word can weigh in any document, so
//! [`may_match`] never says no to a pair that [`verify()`] would take.
//!
//! [`verify()`]: super::verify()

use crate::model::Language;
use crate::text::Word;

use super::lexicon::{Classes, Lexicon};
use super::prepare::Preparer;
use super::verify::{
    ALIGNMENT, CONTAINMENT, CONTAINMENT_MASS, LEAST_SHARE, MASS, SAME_WORDS, STEMS,
};
use super::weight::{HEAVIEST, LIGHT};

/// Weights are kept in so many steps a nat, rounded up; eight bits hold the heaviest.
const STEPS: f64 = 32.0;
const _: () = assert!(HEAVIEST * STEPS < 255.0);

/// A run of so many equal words may be evidence however common the words are.
pub const RUN_WORDS: usize = SAME_WORDS as usize;

/// The rounding of sums of weights.
const ROUNDING: f64 = 1e-4;

/// A unit in outline.
#[derive(Clone, Copy, Debug)]
pub struct Outline<'a> {
    /// For each word 24 bits of its stem and 8 bits of weight, sorted.
    pub words: &'a [u32],
    /// The least that all its words together can weigh; 0 when the outline tells nothing, as where
    /// a part of the unit is masked.
    pub least: f32,
}

impl Preparer<'_> {
    /// Appends the words of a unit's outline to `out`, and returns [`Outline::least`]. In scripts
    /// without spaces what a character weighs depends on what stands beside it, so an outline tells
    /// nothing there.
    pub fn outline_into(
        &mut self,
        text: &str,
        words: &[Word],
        language: Language,
        out: &mut Vec<u32>,
    ) -> f32 {
        if !language.has_spaces() {
            return 0.0;
        }
        self.facts.clear();
        for word in words {
            let facts = self.vocabulary.facts(language, word.span.of(text), word.hash);
            self.facts.push(facts);
        }
        let weigher = self.vocabulary.weigher();
        let lexicon = Lexicon::of(language);
        let first = out.len();
        let mut least = 0.0;
        let mut in_frame = 0;
        for (place, facts) in self.facts.iter().enumerate() {
            if in_frame == 0 {
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
            let steps = (most * STEPS).ceil() as u32;
            out.push(facts.stem & !0xff | steps.min(0xff));
        }
        out[first..].sort_unstable();
        (least * (1.0 - ROUNDING)) as f32
    }
}

/// Whether two units may be evidence for any documents that they stand in. An outline knows nothing
/// of the order of words, so whether the units may have a run of [`RUN_WORDS`] words in common is
/// asked of `share_run`, where it matters.
pub fn may_match(a: Outline<'_>, b: Outline<'_>, share_run: impl FnOnce() -> bool) -> bool {
    if a.least == 0.0 || b.least == 0.0 {
        return true;
    }
    // From the end, so that of a stem's uses the heaviest come first: how many are matched is known,
    // but not which.
    let (mut steps, mut words, mut stems) = (0u32, 0u32, 0u32);
    let (mut next_a, mut next_b) = (a.words.len(), b.words.len());
    let mut last = u32::MAX;
    while next_a > 0 && next_b > 0 {
        let (x, y) = (a.words[next_a - 1], b.words[next_b - 1]);
        let (stem_x, stem_y) = (x >> 8, y >> 8);
        if stem_x == stem_y {
            let both = (x & 0xff) + (y & 0xff);
            steps += both;
            words += 1;
            stems += u32::from(stem_x != last && f64::from(both) >= 2.0 * STEPS * f64::from(LIGHT));
            last = stem_x;
        }
        next_a -= usize::from(stem_x >= stem_y);
        next_b -= usize::from(stem_y >= stem_x);
    }
    let mass = f64::from(steps) / (2.0 * STEPS) + ROUNDING;
    if mass >= MASS && stems >= STEMS {
        let share = |least: f32| (mass / f64::from(least)).min(1.0);
        let (share_a, share_b) = (share(a.least), share(b.least));
        let contained = share_a.max(share_b) >= CONTAINMENT && mass >= CONTAINMENT_MASS;
        let balanced =
            (share_a + share_b) / 2.0 >= ALIGNMENT && share_a.min(share_b) >= LEAST_SHARE;
        if contained || balanced {
            return true;
        }
    }
    words >= SAME_WORDS && share_run()
}

#[cfg(test)]
mod tests {
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
            let mut out = Vec::new();
            let least = preparer.outline_into(text, &words, Language::English, &mut out);
            let forms: Vec<u64> = words.iter().map(|word| word.hash).collect();
            (out, least, forms)
        };
        let mut alone = Preparer::new(&frequencies);
        let mut found = false;
        for i in 0..of_a.sentences.len() {
            for j in 0..of_b.sentences.len() {
                let (words_a, least_a, forms_a) = outline(a, i, &of_a);
                let (words_b, least_b, forms_b) = outline(b, j, &of_b);
                let may = may_match(
                    Outline { words: &words_a, least: least_a },
                    Outline { words: &words_b, least: least_b },
                    || {
                        let mut runs = forms_a.windows(RUN_WORDS);
                        runs.any(|run| forms_b.windows(RUN_WORDS).any(|other| run == other))
                    },
                );
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
        let mut outline = |text: &str| {
            let mut out = Vec::new();
            let least =
                preparer.outline_into(text, &text::words(text), Language::English, &mut out);
            (out, least)
        };
        let (a, b) = (outline(a), outline("Berlin hospitals said on Monday they need more oil."));
        let (a, b) = (Outline { words: &a.0, least: a.1 }, Outline { words: &b.0, least: b.1 });
        assert!(!may_match(a, b, || panic!("too few words are shared for a run")));
    }

    proptest! {
        #[test]
        fn no_match_is_ruled_out(
            first in sentence(), second in sentence(), third in sentence(),
            drop in 0usize..50, add in prop::sample::select(WORDS), documents in 2u32..4000,
        ) {
            let a = format!("{first} {second}");
            let b = format!("{third} {}", edited(second, drop, add));
            check(&a, &b, documents);
        }
    }
}
