//! Are two passages versions of one text, or one form that was filled in twice?
//!
//! Money markets, dividends, bond terms, polls and captions are told in forms: the frame is the
//! same on every occasion, and what tells the occasions apart are its figures and names. So two
//! passages whose figures differ are versions of one text only where enough of the others agree,
//! or where one of them was published soon after the other: an update or a correction. And
//! what one outlet prints again long after is a version only if something rare ties both to one
//! story, or if hardly a word has changed; where it names others, the same holds at any time.

use std::cell::OnceCell;

use crate::model::{Date, Document, Drift, DriftKind};
use crate::text::{Word, fold, words};

use super::cluster::{Collection, Version};

/// Updates and corrections of one story come within so many seconds.
const ONE_OCCASION: i64 = 48 * 3600;
/// A word in at most this share of the documents is rare.
const RARE_SHARE: f64 = 0.01;

/// On one occasion so many of the figures agree for each that differs…
const AGREEING_ON_ONE_OCCASION: usize = 2;
/// …or only one differs in a text of so many words.
const WORDS_AROUND_ONE_FIGURE: usize = 15;
/// On different occasions so many rare figures agree for each that differs…
const AGREEING_RARE: usize = 3;
/// …or only one differs in a text of so many words…
const WORDS_OF_LONG_TEXT: usize = 25;
/// …of which this share is the same.
const SAME_TEXT: f64 = 0.9;
/// What an outlet prints again on another occasion keeps this share of its words if something rare
/// ties both to one story; without that it must keep [`SAME_TEXT`].
const KEPT_OF_ONE_STORY: f64 = 0.6;
/// A version that is tied to the fullest form only by way of another one has this share of its
/// words.
const HELD_BY_ANOTHER: f64 = 0.6;
/// Two texts are of one frame when they have this share of the longer one's words in common…
const FRAME: f64 = 0.5;
/// …and so many that fill it differently make it a form.
const FILLINGS_OF_A_FORM: usize = 3;
/// So many versions are looked at; a form shows among the first.
const MOST_VERSIONS: usize = 64;
/// Names that begin alike are forms of one ("Poland's", "Polish").
const SAME_BEGINNING: usize = 3;

/// What tells the occasions of a form apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// Its figures, sorted, each once, and whether each is rare.
    figures: Vec<(String, bool)>,
    /// The hashes of its rare names, sorted, each once.
    rare_names: Vec<u64>,
    /// The number of its words that are no figures.
    words: usize,
}

/// How the anchors of two passages agree.
struct Agreement {
    same: usize,
    same_rare: usize,
    different: usize,
    rare_name: bool,
    /// Both have rare names, and none in common.
    other_names: bool,
    /// Each has rare names that the other lacks.
    own_names: bool,
    words: usize,
}

impl Anchors {
    /// The anchors of a text.
    pub(super) fn of(text: &str, collection: Collection<'_>) -> Anchors {
        let frequencies = collection.frequencies;
        let most = RARE_SHARE * f64::from(frequencies.documents());
        let is_rare = |word: &Word| f64::from(frequencies.count(word.hash)) <= most.max(2.0);
        let found = words(text);
        let mut anchors = Anchors::default();
        let mut place = 0;
        while place < found.len() {
            let word = found[place];
            let surface = word.span.of(text);
            if surface.starts_with(|c: char| c.is_ascii_digit()) {
                // "37-1/2" and "1986/87" are one figure.
                let mut last = place;
                while let Some(next) = found.get(last + 1)
                    && matches!(between(text, found[last], *next), "-" | "/")
                    && next.span.of(text).starts_with(|c: char| c.is_ascii_digit())
                {
                    last += 1;
                }
                let figure = word.span.cover(found[last].span).of(text).to_owned();
                anchors.figures.push((figure, found[place..=last].iter().any(is_rare)));
                place = last + 1;
                continue;
            }
            // A rare word with a capital is a name at the start of a sentence too, most often.
            if surface.starts_with(char::is_uppercase) && is_rare(&word) {
                anchors.rare_names.push(word.hash);
            }
            anchors.words += 1;
            place += 1;
        }
        anchors.figures.sort();
        anchors.figures.dedup();
        anchors.rare_names.sort_unstable();
        anchors.rare_names.dedup();
        anchors
    }

    fn agreement(&self, other: &Anchors) -> Agreement {
        let has = |list: &[(String, bool)], figure: &str| {
            list.binary_search_by(|(known, _)| known.as_str().cmp(figure)).is_ok()
        };
        let (same, only): (Vec<_>, Vec<_>) =
            self.figures.iter().partition(|(figure, _)| has(&other.figures, figure));
        let theirs = other.figures.len() - same.len();
        let rare_name =
            self.rare_names.iter().any(|name| other.rare_names.binary_search(name).is_ok());
        let has_own = |one: &Anchors, other: &Anchors| {
            one.rare_names.iter().any(|name| other.rare_names.binary_search(name).is_err())
        };
        Agreement {
            same: same.len(),
            same_rare: same.iter().filter(|(_, rare)| *rare).count(),
            different: only.len().min(theirs),
            rare_name,
            other_names: !rare_name && !self.rare_names.is_empty() && !other.rare_names.is_empty(),
            own_names: has_own(self, other) && has_own(other, self),
            words: self.words.min(other.words),
        }
    }
}

impl Agreement {
    /// Whether the figures allow that both are one text, of which `kept` is the share of the words
    /// that is the same.
    fn figures_allow(&self, one_occasion: bool, one_outlet: bool, kept: f64) -> bool {
        let one = self.different == 1;
        match self.different {
            0 => true,
            // One outlet fills its forms many times a day.
            _ if one_occasion && one_outlet && !self.rare_name => false,
            different if one_occasion => {
                different * AGREEING_ON_ONE_OCCASION <= self.same
                    || (one && self.words >= WORDS_AROUND_ONE_FIGURE)
            }
            different => {
                different * AGREEING_RARE <= self.same_rare
                    // What an outlet prints again with another figure is its form.
                    || (one && !one_outlet && self.words >= WORDS_OF_LONG_TEXT && kept >= SAME_TEXT)
            }
        }
    }
}

/// Whether two passages, of whose words the share `kept` is the same, are versions of one text;
/// `drift` is what changed in substance between them.
pub(super) fn are_one_text(
    collection: Collection<'_>,
    documents: [&Document; 2],
    anchors: [&Anchors; 2],
    kept: f64,
    drift: &[Drift],
) -> bool {
    let agreement = anchors[0].agreement(anchors[1]);
    let one_occasion =
        are_near(documents[0].published_at.as_ref(), documents[1].published_at.as_ref());
    if agreement.different > 0 && names_differ(drift) {
        return false;
    }
    let one_outlet = are_of_one_outlet(collection, documents);
    let is_tied = agreement.same_rare > 0 || agreement.rare_name;
    let least = match (agreement.other_names, one_occasion) {
        // The same was said of two companies.
        (true, _) => SAME_TEXT,
        (false, true) => 0.0,
        (false, false) if is_tied => KEPT_OF_ONE_STORY,
        (false, false) => SAME_TEXT,
    };
    agreement.figures_allow(one_occasion, one_outlet, kept) && (!one_outlet || kept >= least)
}

/// Tells whether versions may join the cluster of a fullest form.
pub(super) struct Joining<'a> {
    collection: Collection<'a>,
    versions: &'a [Version],
    anchors: Vec<OnceCell<Anchors>>,
}

impl<'a> Joining<'a> {
    pub(super) fn new(collection: Collection<'a>, versions: &'a [Version]) -> Joining<'a> {
        Joining { collection, versions, anchors: vec![OnceCell::new(); versions.len()] }
    }

    /// Whether a version may join, which is tied to the fullest form itself or, `by_another`, only
    /// to a version that is.
    pub(super) fn allows(&self, fullest: u32, version: u32, by_another: bool) -> bool {
        let [a, b] = [fullest, version].map(|number| &self.versions[number as usize]);
        let kept = common_words(&a.words, &b.words);
        if by_another && kept < HELD_BY_ANOTHER {
            return false;
        }
        let agreement = self.agreement(fullest, version);
        let documents = [a, b].map(|version| self.document(version));
        let [one, other] = documents.map(|document| document.published_at.as_ref());
        let one_outlet = are_of_one_outlet(self.collection, documents);
        let one_occasion = are_near(one, other);
        // The link was tried for what ties it to one story; that may stand outside of these words.
        let least = match (agreement.other_names, one_occasion) {
            (true, _) => SAME_TEXT,
            (false, true) => 0.0,
            (false, false) => KEPT_OF_ONE_STORY,
        };
        agreement.figures_allow(one_occasion, one_outlet, kept) && (!one_outlet || kept >= least)
    }

    /// Whether among some versions that belong together there are three of one outlet and frame, each
    /// with figures or names of its own.
    pub(super) fn is_form(&self, versions: &[u32]) -> bool {
        let mut fillings: Vec<u32> = Vec::new();
        for &version in versions.iter().take(MOST_VERSIONS) {
            if fillings.iter().all(|&known| self.fills_otherwise(known, version)) {
                fillings.push(version);
            }
            if fillings.len() == FILLINGS_OF_A_FORM {
                return true;
            }
        }
        false
    }

    /// Whether one outlet printed two versions in one frame, each with figures or names that the
    /// other lacks.
    pub(super) fn fills_otherwise(&self, a: u32, b: u32) -> bool {
        let [one, other] = [a, b].map(|number| &self.versions[number as usize]);
        let shorter = one.words.len().min(other.words.len()) as f64;
        let longer = one.words.len().max(other.words.len()).max(1) as f64;
        if common_words(&one.words, &other.words) * shorter / longer < FRAME
            || !are_of_one_outlet(self.collection, [self.document(one), self.document(other)])
        {
            return false;
        }
        let agreement = self.agreement(a, b);
        agreement.different > 0 || agreement.own_names
    }

    fn document(&self, version: &Version) -> &'a Document {
        &self.collection.documents[version.document as usize]
    }

    fn agreement(&self, a: u32, b: u32) -> Agreement {
        let [one, other] = [a, b].map(|number| {
            self.anchors[number as usize]
                .get_or_init(|| Anchors::of(&self.versions[number as usize].text, self.collection))
        });
        one.agreement(other)
    }
}

/// The text between two words.
fn between(text: &str, word: Word, next: Word) -> &str {
    &text[word.span.end as usize..next.span.start as usize]
}

/// The share of the shorter text's words that the other has, in whatever order.
pub(super) fn common_words(a: &[u64], b: &[u64]) -> f64 {
    let sorted = |words: &[u64]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    let (one, other) = (sorted(a), sorted(b));
    let (mut x, mut y, mut common) = (0, 0, 0);
    while x < one.len() && y < other.len() {
        match one[x].cmp(&other[y]) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => (x, y, common) = (x + 1, y + 1, common + 1),
        }
    }
    f64::from(common) / one.len().min(other.len()).max(1) as f64
}

/// Whether one name stands in the place of another.
fn names_differ(drift: &[Drift]) -> bool {
    let beginnings = |name: &str| -> Vec<String> {
        let words = name.split_whitespace();
        words.map(|word| fold(word).chars().take(SAME_BEGINNING).collect()).collect()
    };
    let names = drift.iter().filter(|drift| drift.kind == DriftKind::Name);
    let mut both = names.filter(|drift| !drift.a.is_empty() && !drift.b.is_empty());
    both.any(|drift| {
        let other = beginnings(&drift.b);
        beginnings(&drift.a).iter().all(|beginning| !other.contains(beginning))
    })
}

/// Whether two publications can be of one occasion; what has no date can be of any.
fn are_near(a: Option<&Date>, b: Option<&Date>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.can_be_within(b, ONE_OCCASION))
}

/// Whether two documents are known to be of one outlet or publisher.
fn are_of_one_outlet(collection: Collection<'_>, [a, b]: [&Document; 2]) -> bool {
    (!a.source.is_empty() && a.source == b.source)
        || collection
            .outlets
            .group_of(a)
            .is_some_and(|group| collection.outlets.group_of(b) == Some(group))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::model::{DatePrecision, DocumentFrequencies, MemberItem, Span};
    use crate::provenance::OutletGroups;

    fn document((outlet, text): (&str, &str), hour: i64) -> Document {
        Document {
            id: String::new(),
            path: String::new(),
            record: None,
            source: outlet.to_owned(),
            url: None,
            title: None,
            published_at: Some(Date {
                earliest: hour * 3600,
                latest: hour * 3600 + 60,
                precision: DatePrecision::Minute,
                text: String::new(),
            }),
            declared_language: None,
            text: text.to_owned(),
            digest: 0,
        }
    }

    /// Days and years are in many documents, other figures in few.
    fn frequencies() -> DocumentFrequencies {
        let common = "1 2 10 2025 At The It In Bank Monday March April May Quarterly Proceeds";
        let common = words(common).into_iter().map(|word| (word.hash, 900));
        DocumentFrequencies::new(1000, common.collect::<HashMap<_, _>>())
    }

    /// Checks whether two texts are versions of one, printed so many hours apart by these outlets.
    #[track_caller]
    fn check_one_text(a: (&str, &str), b: (&str, &str), hours: i64, kept: f64, expected: bool) {
        let documents = [document(a, 0), document(b, hours)];
        let frequencies = frequencies();
        let outlets = OutletGroups::default();
        let collection = Collection {
            documents: &documents,
            analyses: &[],
            frequencies: &frequencies,
            outlets: &outlets,
        };
        let anchors = [a.1, b.1].map(|text| Anchors::of(text, collection));
        let found = are_one_text(
            collection,
            [&documents[0], &documents[1]],
            [&anchors[0], &anchors[1]],
            kept,
            &[],
        );
        assert_eq!(found, expected, "{a:?} {b:?}");
    }

    #[test]
    fn a_form_filled_in_anew_is_another_text() {
        let march = "The Bank said the market was short of 450 million in early March, down from \
                     a first guess of 500 million, and bought bills for 38 million.";
        let april = "The Bank said the market was short of 275 million in early April, up from \
                     a first guess of 200 million, and bought bills for 61 million.";
        check_one_text(("Wire", march), ("Wire", april), 700, 0.8, false);
        check_one_text(("Wire", march), ("Wire", april), 3, 0.8, false);
        check_one_text(("Wire", march), ("Wire", march), 700, 1.0, true);
        let dividend = "Quarterly dividend 37-1/2 cents, pay May 10";
        let other = "Quarterly dividend 12-1/2 cents, pay May 10";
        check_one_text(("Wire", dividend), ("Wire", other), 5, 0.85, false);
    }

    #[test]
    fn an_update_is_the_same_text() {
        let first = "At least 12 people were hurt when the ferry Trevannion struck the pier in fog on \
                     Monday, the harbour office said.";
        let update = "At least 14 people were hurt when the ferry Trevannion struck the pier in fog \
                      on Monday, the harbour office said.";
        check_one_text(("Wire", first), ("Post", update), 5, 0.9, true);
        check_one_text(("Wire", first), ("Wire", update), 5, 0.9, true);
        // Weeks later the same sentence is of another accident.
        check_one_text(("Wire", first), ("Wire", update), 900, 0.8, false);
    }

    #[test]
    fn background_is_told_from_stock_phrases_by_what_is_rare() {
        let background = "The strike began over plans for 817 redundancies at the Trevannion yard.";
        let again = "It began over plans to make 817 people redundant at the Trevannion yard.";
        check_one_text(("Wire", background), ("Wire", again), 300, 0.65, true);
        let stock = "Proceeds will be used to repay debt and for other purposes, it said.";
        let phrase = "Proceeds will be used to retire bank debt and for general purposes.";
        check_one_text(("Wire", stock), ("Wire", phrase), 300, 0.65, false);
        check_one_text(("Wire", stock), ("Post", phrase), 300, 0.65, true);
        check_one_text(("Wire", stock), ("Wire", phrase), 10, 0.65, true);
        let one = "Trevannion said holders approved more shares at the annual meeting.";
        let other = "Kestermann said holders approved more shares at its annual meeting.";
        check_one_text(("Wire", one), ("Wire", other), 3, 0.8, false);
    }

    /// Checks whether texts, printed an hour apart by these outlets, are one form filled in anew.
    #[track_caller]
    fn check_form(texts: &[(&str, &str)], expected: bool) {
        let documents: Vec<Document> =
            (0..).zip(texts).map(|(hour, &text)| document(text, hour)).collect();
        let (frequencies, outlets) = (frequencies(), OutletGroups::default());
        let collection = Collection {
            documents: &documents,
            analyses: &[],
            frequencies: &frequencies,
            outlets: &outlets,
        };
        let versions: Vec<Version> = (0..)
            .zip(&documents)
            .map(|(number, document)| {
                let span = Span::new(0, document.text.len());
                Version::of_span(collection, number, MemberItem::Passage, span)
            })
            .collect();
        let numbers: Vec<u32> = (0..versions.len() as u32).collect();
        assert_eq!(Joining::new(collection, &versions).is_form(&numbers), expected, "{texts:?}");
    }

    #[test]
    fn three_fillings_of_one_frame_make_a_form() {
        let herring =
            "Herring opened at 46.50 crowns a crate on arrivals of 310 crates, dealers said.";
        let more =
            "Herring opened at 47.25 crowns a crate on arrivals of 280 crates, dealers said.";
        let less =
            "Herring opened at 44.75 crowns a crate on arrivals of 395 crates, dealers said.";
        check_form(&[("Wire", herring), ("Wire", more), ("Wire", less)], true);
        // Two can be a report and its correction, and copies are no further fillings.
        check_form(&[("Wire", herring), ("Wire", more)], false);
        check_form(&[("Wire", herring), ("Wire", more), ("Wire", more)], false);
        // Three outlets that disagree tell one story.
        check_form(&[("Wire", herring), ("Post", more), ("Mail", less)], false);
        let one = "Trevannion said holders approved more shares at the annual meeting.";
        let other = "Kestermann said holders approved more shares at its annual meeting.";
        let third = "Dunmorrow said holders approved more shares at a special meeting.";
        check_form(&[("Wire", one), ("Wire", other), ("Wire", third)], true);
    }
}
