//! Confidence: how often speakers found in a place and resolved by a method were right in news whose
//! speakers are known.
//!
//! The counts are a data file. A cell with few cases leans on its place, and a place with few cases
//! on the whole language (shrinkage, as in additive smoothing). A language without counts takes the
//! sum of all.

use std::sync::OnceLock;

use super::attribute::Place;
use crate::model::{Language, SpeakerMethod};

/// Names of the places in the data file.
const PLACES: [(&str, Place); 9] = [
    ("tag_after", Place::TagAfter),
    ("cue_before", Place::CueBefore),
    ("same_sentence", Place::SameSentence),
    ("colon", Place::Colon),
    ("signature", Place::Signature),
    ("next_sentence", Place::NextSentence),
    ("sentence_before", Place::SentenceBefore),
    ("continued", Place::Continued),
    ("reported", Place::Reported),
];

const METHODS: [SpeakerMethod; 6] = [
    SpeakerMethod::Explicit,
    SpeakerMethod::Surname,
    SpeakerMethod::Title,
    SpeakerMethod::Pronoun,
    SpeakerMethod::Continued,
    SpeakerMethod::Anonymous,
];

/// How many cases of the wider group a narrower one is mixed with.
const LEAN: f32 = 10.0;

/// Right and all speakers.
#[derive(Clone, Copy, Default)]
struct Count {
    right: f32,
    all: f32,
}

impl Count {
    fn add(&mut self, right: f32, all: f32) {
        self.right += right;
        self.all += all;
    }

    /// The share of right ones, mixed with `LEAN` cases of the wider group's share.
    fn leaning_on(self, share: f32) -> f32 {
        (self.right + LEAN * share) / (self.all + LEAN)
    }
}

/// The counts of a language.
#[derive(Clone, Default)]
struct Counts {
    cells: [[Count; METHODS.len()]; PLACES.len()],
}

impl Counts {
    fn share(&self, place: usize, method: usize) -> f32 {
        let mut whole = Count::default();
        let mut row = Count::default();
        for (at, cells) in self.cells.iter().enumerate() {
            for cell in cells {
                whole.add(cell.right, cell.all);
                if at == place {
                    row.add(cell.right, cell.all);
                }
            }
        }
        let overall = if whole.all > 0.0 { whole.right / whole.all } else { 0.5 };
        self.cells[place][method].leaning_on(row.leaning_on(overall))
    }
}

/// The share of speakers found in this place and resolved by this method that are right.
pub(super) fn confidence(language: Language, place: Place, method: SpeakerMethod) -> f32 {
    static SHARES: OnceLock<[[[f32; METHODS.len()]; PLACES.len()]; 3]> = OnceLock::new();
    let shares = SHARES.get_or_init(|| {
        let [english, german] = parse(include_str!("data/confidence.txt"));
        let mut pooled = english.clone();
        for (row, added) in pooled.cells.iter_mut().zip(&german.cells) {
            for (cell, added) in row.iter_mut().zip(added) {
                cell.add(added.right, added.all);
            }
        }
        [english, german, pooled].map(|counts| {
            std::array::from_fn(|place| std::array::from_fn(|method| counts.share(place, method)))
        })
    });
    let table = match language {
        Language::English => 0,
        Language::German => 1,
        _ => 2,
    };
    let place = PLACES.iter().position(|&(_, known)| known == place).unwrap_or(0);
    let method = METHODS.iter().position(|&known| known == method).unwrap_or(0);
    shares[table][place][method]
}

/// The counts of English and German.
fn parse(file: &str) -> [Counts; 2] {
    let mut counts = [Counts::default(), Counts::default()];
    let mut language = 0;
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('[') {
            language = usize::from(line == "[de]");
            continue;
        }
        if let Some((place, method, right, all)) = read_row(line) {
            counts[language].cells[place][method].add(right, all);
        }
    }
    counts
}

/// Place, method, right and all of a row.
fn read_row(line: &str) -> Option<(usize, usize, f32, f32)> {
    let mut fields = line.split(' ');
    let place = fields.next()?;
    let place = PLACES.iter().position(|&(name, _)| name == place)?;
    let method = fields.next()?;
    let method = METHODS.iter().position(|known| known.name() == method)?;
    Some((place, method, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_is_read_and_counts_no_more_than_all() {
        let rows = include_str!("data/confidence.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']));
        for row in rows {
            let read = read_row(row);
            assert!(read.is_some_and(|(_, _, right, all)| right <= all && all > 0.0), "{row}");
        }
    }

    #[test]
    fn a_tag_is_surer_than_the_sentence_before() {
        for language in [Language::English, Language::German, Language::French] {
            let tag = confidence(language, Place::TagAfter, SpeakerMethod::Surname);
            let before = confidence(language, Place::SentenceBefore, SpeakerMethod::Surname);
            assert!(before < tag && tag < 1.0 && before > 0.0, "{language:?}: {tag} {before}");
        }
    }

    #[test]
    fn a_cell_without_cases_takes_the_share_of_its_place() {
        let mut counts = Counts::default();
        counts.cells[0][0].add(90.0, 100.0);
        counts.cells[1][0].add(10.0, 100.0);
        let row = (90.0 + LEAN * 0.5) / (100.0 + LEAN);
        assert!((counts.share(0, 1) - row).abs() < 1e-6);
        assert!((counts.share(2, 0) - 0.5).abs() < 1e-6);
    }
}
