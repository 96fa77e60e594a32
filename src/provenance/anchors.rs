//! Are two passages versions of one text, or one form that was filled in twice?
//!
//! Money markets, dividends, bond terms, polls and captions are told in forms: the frame is the
//! same on every occasion, and what tells the occasions apart are its figures and names. So two
//! passages whose figures differ are versions of one text only where enough of the others agree,
//! or where one of them was published soon after the other: an update or a correction. And
//! what one outlet prints again long after is a version only if something of one story stands in
//! both; where it names others, only if hardly a word has changed; what it says of "today" is of one day.
//! A few words that any text can have are a stock phrase, whoever prints them on another occasion.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Analysis, Date, Document, Drift, DriftKind, Language, Span};
use crate::text::{Word, fold, words, written_number};

use super::cluster::{Collection, Version, VersionPlace};
use super::occasion_words::{OccasionWord, occasion_word};

/// Updates and corrections of one story come within so many seconds.
const ONE_OCCASION: i64 = 48 * 3600;
/// What is printed "today" is printed within so many seconds.
const ONE_DAY: i64 = 18 * 3600;
/// A word in at most this share of the documents is rare.
const RARE_SHARE: f64 = 0.01;

/// A word in at most this share of the documents is of one story, whatever kind of word it is; a form
/// that is printed now and then is in more.
const SHARE_OF_ONE_STORY: f64 = 0.002;

/// And a figure in at most this share.
const SHARE_OF_ONE_FIGURE: f64 = 0.0005;
/// In a small collection a word of one story is in up to so many documents, as all that print it have it.
const DOCUMENTS_OF_ONE_STORY: f64 = 20.0;
/// Up to so many words that any story can have are a stock phrase.
const WORDS_OF_STOCK_PHRASE: usize = 15;

/// On one occasion so many of the figures agree for each that differs…
const AGREEING_ON_ONE_OCCASION: usize = 2;
/// …or only one differs in a text of so many words…
const WORDS_AROUND_ONE_FIGURE: usize = 15;
/// …of which one outlet keeps this share.
const KEPT_OF_ONE_UPDATE: f64 = 0.75;
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
/// …or this share of the shorter one's where they begin with other names…
const FRAME_OF_SHORTER: f64 = 0.6;
/// …and so many that fill it differently make it a form.
const FILLINGS_OF_A_FORM: usize = 3;
/// A text of so many figures tells amounts.
const FIGURES_OF_AMOUNTS: usize = 2;
/// So many versions are looked at; a form shows among the first.
const MOST_VERSIONS: usize = 64;
/// Of the numbers written as words these count something; "one" is an article too, and "hundred" is
/// a part of a number.
const COUNTED: std::ops::Range<u64> = 2..100;
/// So many versions are kept read.
const READ_VERSIONS: usize = 4096;
/// Names that begin alike are forms of one ("Poland's", "Polish").
const SAME_BEGINNING: usize = 3;

/// What tells the occasions of a form apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// Its figures, sorted, and how rare each is.
    figures: Vec<(String, Rarity)>,
    /// The hashes of its rare names, sorted, each once.
    rare_names: Vec<u64>,
    /// The first of them in the text: whom or what it is about, most often.
    first_name: Option<u64>,
    /// The hashes of its words that are of one story, sorted, each once.
    story_words: Vec<u64>,
    /// The hashes of its words that not any text can have, sorted, each once: words of one story, rare
    /// names and rare figures, all a little more often in a small collection.
    telling_words: Vec<u64>,
    /// The number of its words that are no figures.
    words: usize,
    /// It speaks of "today" or "yesterday".
    is_of_its_day: bool,
    /// It says that something goes up, and that something goes down.
    goes_up: bool,
    goes_down: bool,
    /// The month that it names first: that of its figures, most often.
    first_month: Option<u8>,
    /// The hashes of its first three words.
    beginning: [u64; 3],
}

/// In how few documents a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rarity {
    Common,
    Rare,
    /// As good as none but those of one story have it: "854,000".
    OfOneStory,
}

/// How the anchors of two passages agree.
struct Agreement {
    same: usize,
    same_rare: usize,
    /// Of these the figures of one story.
    same_own: usize,
    different: usize,
    /// Figures of the text with fewer words that the other lacks.
    new_in_shorter: usize,
    rare_name: bool,
    /// A word of one story stands in both.
    story_word: bool,
    /// Both have rare names, and none in common.
    other_names: bool,
    /// Each has rare names that the other lacks.
    own_names: bool,
    /// The first rare name of each is one that the other lacks.
    begin_with_other_names: bool,
    words: usize,
    /// Both speak of "today" or "yesterday".
    of_their_days: bool,
    /// One says that a figure went up, the other that it went down.
    opposite: bool,
    /// Each names another month first.
    of_other_months: bool,
    /// They begin with three words of which only the second differs: two goods of one market.
    begin_in_one_frame: bool,
}

impl Anchors {
    /// The anchors of a text in a language.
    pub(super) fn of(text: &str, language: Language, collection: Collection<'_>) -> Anchors {
        let frequencies = collection.frequencies;
        let most = RARE_SHARE * f64::from(frequencies.documents());
        let count = |word: &Word| f64::from(frequencies.count(word.hash));
        let most_of_one_story = SHARE_OF_ONE_STORY * f64::from(frequencies.documents());
        let most_own = (SHARE_OF_ONE_FIGURE * f64::from(frequencies.documents())).max(2.0);
        let found = words(text);
        let is_telling = |word: &Word, count: f64| {
            let is_of_one =
                word.span.of(text).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let most = if is_of_one { most } else { most_of_one_story };
            count <= most.max(DOCUMENTS_OF_ONE_STORY)
        };
        let mut anchors = Anchors::default();
        for (own, word) in anchors.beginning.iter_mut().zip(&found) {
            *own = word.hash;
        }
        let mut place = 0;
        while place < found.len() {
            let last = last_of_figure(text, &found, place);
            let parts = &found[place..=last];
            if parts.iter().any(|word| starts_with_digit(text, word)) {
                let figure = found[place].span.cover(found[last].span).of(text).to_owned();
                let mut least = f64::INFINITY;
                for part in parts {
                    let count = count(part);
                    least = least.min(count);
                    if is_telling(part, count) {
                        anchors.telling_words.push(part.hash);
                    }
                }
                let rarity = match least {
                    least if least <= most_own => Rarity::OfOneStory,
                    least if least <= most.max(2.0) => Rarity::Rare,
                    _ => Rarity::Common,
                };
                anchors.figures.push((figure, rarity));
                place = last + 1;
                continue;
            }
            let word = found[place];
            let count = count(&word);
            if is_telling(&word, count) {
                anchors.telling_words.push(word.hash);
            }
            let value = written_number(word.hash, language);
            if is_grade(word.span.of(text)) {
                anchors.figures.push((word.span.of(text).to_owned(), Rarity::Common));
            } else if let Some(value) = value.filter(|value| COUNTED.contains(value)) {
                anchors.figures.push((value.to_string(), Rarity::Common));
            } else if word.span.of(text).starts_with(char::is_uppercase) && count <= most.max(2.0) {
                // A rare word with a capital is a name at the start of a sentence too, most often.
                anchors.rare_names.push(word.hash);
                anchors.first_name = anchors.first_name.or(Some(word.hash));
            }
            if count <= most_of_one_story.max(2.0) {
                anchors.story_words.push(word.hash);
            }
            match occasion_word(word.hash, language) {
                Some(OccasionWord::Day) => anchors.is_of_its_day = true,
                Some(OccasionWord::Up) => anchors.goes_up = true,
                Some(OccasionWord::Down) => anchors.goes_down = true,
                Some(OccasionWord::Month(month)) => {
                    anchors.first_month = anchors.first_month.or(Some(month));
                }
                None => {}
            }
            anchors.words += 1;
            place += 1;
        }
        anchors.figures.sort();
        for words in [&mut anchors.rare_names, &mut anchors.story_words, &mut anchors.telling_words]
        {
            words.sort_unstable();
            words.dedup();
        }
        anchors
    }

    /// Whether something that not any text can have stands in both.
    fn share_telling(&self, other: &Anchors) -> bool {
        share(&self.telling_words, &other.telling_words)
    }

    /// Whether a rare name stands in both.
    pub(super) fn share_rare_name(&self, other: &Anchors) -> bool {
        share(&self.rare_names, &other.rare_names)
    }

    fn agreement(&self, other: &Anchors) -> Agreement {
        // Each figure answers one of the same, so that two days of one number are told apart.
        let (mut same, mut same_rare, mut same_own) = (0, 0, 0);
        let mut theirs = other.figures.iter().peekable();
        for (figure, rarity) in &self.figures {
            while theirs.next_if(|(next, _)| next < figure).is_some() {}
            if theirs.next_if(|(next, _)| next == figure).is_some() {
                same += 1;
                same_rare += usize::from(*rarity >= Rarity::Rare);
                same_own += usize::from(*rarity == Rarity::OfOneStory);
            }
        }
        let rare_name = self.share_rare_name(other);
        // What was cut away lacks figures; what was kept has no new ones.
        let shorter = if self.words <= other.words { self } else { other };
        let lacks = |other: &Anchors, name: &u64| other.rare_names.binary_search(name).is_err();
        let has_own =
            |one: &Anchors, other: &Anchors| one.rare_names.iter().any(|name| lacks(other, name));
        let begins_with_own =
            |one: &Anchors, other: &Anchors| one.first_name.is_some_and(|name| lacks(other, &name));
        Agreement {
            same,
            same_rare,
            same_own,
            different: self.figures.len().min(other.figures.len()) - same,
            new_in_shorter: shorter.figures.len() - same,
            rare_name,
            story_word: share(&self.story_words, &other.story_words),
            other_names: !rare_name && !self.rare_names.is_empty() && !other.rare_names.is_empty(),
            own_names: has_own(self, other) && has_own(other, self),
            begin_with_other_names: begins_with_own(self, other) && begins_with_own(other, self),
            words: self.words.min(other.words),
            of_their_days: self.is_of_its_day && other.is_of_its_day,
            opposite: self.goes_only_up() && other.goes_only_down()
                || self.goes_only_down() && other.goes_only_up(),
            of_other_months: (self.first_month.zip(other.first_month))
                .is_some_and(|(ours, theirs)| ours != theirs),
            begin_in_one_frame: {
                let ([first, own, last], [other_first, theirs, other_last]) =
                    (self.beginning, other.beginning);
                first == other_first && last == other_last && own != theirs
            },
        }
    }

    fn goes_only_up(&self) -> bool {
        self.goes_up && !self.goes_down
    }

    fn goes_only_down(&self) -> bool {
        self.goes_down && !self.goes_up
    }
}

impl Agreement {
    /// Whether what both have is of one story: a rare name, or a figure that they do not share by chance.
    fn is_of_one_story(&self) -> bool {
        self.rare_name || self.same_own > 0
    }

    /// Whether what both have is of one story, where both were printed on one occasion.
    fn is_of_one_day(&self) -> bool {
        self.rare_name || self.same_rare > 0 || self.story_word
    }

    /// Whether the figures allow that both are one text, of which `kept` is the share of the words
    /// that is the same.
    fn figures_allow(&self, times: Times, one_outlet: bool, kept: f64) -> bool {
        let one = self.different == 1;
        let one_occasion = times.one_occasion;
        // Two days' reports, each with its own "yesterday", two months' reports, and two moves of one
        // price.
        let of_other_times =
            (self.of_their_days && times.other_days) || (self.of_other_months && !one_occasion);
        if self.new_in_shorter > 0 && (self.opposite || of_other_times) {
            return false;
        }
        // What an outlet says of "today" on another day is of another day, in whatever words.
        if one_outlet && self.of_their_days && !one_occasion {
            return false;
        }
        // One outlet fills its forms many times a day.
        let is_form = !self.rare_name || self.begin_in_one_frame;
        if one_occasion && one_outlet && is_form && self.new_in_shorter > 0 {
            return false;
        }
        match self.different {
            0 => true,
            different if one_occasion => {
                different * AGREEING_ON_ONE_OCCASION <= self.same
                    || (one
                        && self.words >= WORDS_AROUND_ONE_FIGURE
                        && (!one_outlet || kept >= KEPT_OF_ONE_UPDATE))
            }
            different => {
                different * AGREEING_RARE <= self.same_rare
                    // What an outlet prints again with another figure is its form.
                    || (one && !one_outlet && self.words >= WORDS_OF_LONG_TEXT && kept >= SAME_TEXT)
            }
        }
    }
}

/// Whether one of some hashes is among others; both are sorted.
fn share(ours: &[u64], theirs: &[u64]) -> bool {
    ours.iter().any(|word| theirs.binary_search(word).is_ok())
}

/// Whether what two passages have in common is a stock phrase: a few words that any text can have, on
/// another occasion.
pub(super) fn is_stock_phrase(documents: [&Document; 2], [a, b]: [&Anchors; 2]) -> bool {
    a.words.min(b.words) <= WORDS_OF_STOCK_PHRASE
        && !a.share_telling(b)
        && !Times::of(documents).one_occasion
}

/// Whether two passages, of whose words the share `kept` is the same, are versions of one text;
/// `drift` is what changed in substance between them, and `is_one_story` tells whether a rare name
/// stands elsewhere in both documents.
pub(super) fn are_one_text(
    collection: Collection<'_>,
    documents: [&Document; 2],
    anchors: [&Anchors; 2],
    kept: f64,
    drift: &[Drift],
    is_one_story: impl FnOnce() -> bool,
) -> bool {
    let agreement = anchors[0].agreement(anchors[1]);
    let times = Times::of(documents);
    let one_occasion = times.one_occasion;
    if agreement.different > 0 && names_differ(drift) {
        return false;
    }
    let one_outlet = are_of_one_outlet(collection, documents);
    let least = match (agreement.other_names, one_occasion) {
        _ if !one_outlet => 0.0,
        // The same was said of two companies.
        (true, _) => SAME_TEXT,
        (false, true) if agreement.is_of_one_day() => 0.0,
        (false, false) if agreement.is_of_one_story() => KEPT_OF_ONE_STORY,
        // A longer text is printed twice as it is only where it is the same.
        (false, true) if agreement.words >= WORDS_AROUND_ONE_FIGURE && kept >= SAME_TEXT => 0.0,
        (false, false) if agreement.same_rare >= AGREEING_RARE && kept >= SAME_TEXT => 0.0,
        // Nothing in the words themselves tells them from those of an outlet's forms.
        (false, _) if !is_one_story() => return false,
        (false, true) => 0.0,
        (false, false) => KEPT_OF_ONE_STORY,
    };
    agreement.figures_allow(times, one_outlet, kept) && kept >= least
}

/// Tells whether versions may join the cluster of a fullest form.
pub(super) struct Joining<'a> {
    collection: Collection<'a>,
    places: &'a [VersionPlace],
    read: RefCell<HashMap<u32, Rc<ReadVersion>>>,
}

/// What a version says.
struct ReadVersion {
    /// The hashes of its words, sorted.
    words: Vec<u64>,
    anchors: Anchors,
}

impl<'a> Joining<'a> {
    pub(super) fn new(collection: Collection<'a>, places: &'a [VersionPlace]) -> Joining<'a> {
        Joining { collection, places, read: RefCell::default() }
    }

    /// Whether a version may join, which is tied to the fullest form itself or, `by_another`, only
    /// to a version that is.
    pub(super) fn allows(&self, fullest: u32, version: u32, by_another: bool) -> bool {
        let [a, b] = [fullest, version].map(|number| self.version(number));
        let kept = common_sorted_words(&a.words, &b.words);
        if by_another && kept < HELD_BY_ANOTHER {
            return false;
        }
        let agreement = a.anchors.agreement(&b.anchors);
        let documents = [fullest, version].map(|number| self.document(number));
        let one_outlet = are_of_one_outlet(self.collection, documents);
        let times = Times::of(documents);
        // The link was tried for what ties it to one story; that may stand outside of these words.
        let least = match (agreement.other_names, times.one_occasion) {
            (true, _) => SAME_TEXT,
            (false, true) => 0.0,
            (false, false) => KEPT_OF_ONE_STORY,
        };
        agreement.figures_allow(times, one_outlet, kept) && (!one_outlet || kept >= least)
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
        let [one, other] = [a, b].map(|number| self.version(number));
        let shorter = one.words.len().min(other.words.len()) as f64;
        let longer = one.words.len().max(other.words.len()).max(1) as f64;
        let common = common_sorted_words(&one.words, &other.words);
        if common < FRAME_OF_SHORTER
            || !are_of_one_outlet(self.collection, [self.document(a), self.document(b)])
        {
            return false;
        }
        let agreement = one.anchors.agreement(&other.anchors);
        let is_frame = common * shorter / longer >= FRAME;
        agreement.begin_with_other_names
            || (is_frame && (agreement.different > 0 || agreement.own_names))
    }

    fn document(&self, version: u32) -> &'a Document {
        &self.collection.documents[self.places[version as usize].document as usize]
    }

    /// A version, the last few thousand of which are kept.
    fn version(&self, number: u32) -> Rc<ReadVersion> {
        let mut read = self.read.borrow_mut();
        if read.len() >= READ_VERSIONS {
            read.clear();
        }
        let make = || {
            let Version { document, span, text, mut words, .. } =
                self.places[number as usize].read(self.collection);
            words.sort_unstable();
            let Analysis { language, sentences, .. } = &self.collection.analyses[document as usize];
            let mut anchors = Anchors::of(&text, *language, self.collection);
            // Where amounts are told from within a sentence, whose they are stands before them.
            let sentence = sentences.partition_point(|sentence| sentence.span.end <= span.start);
            let is_of_amounts = anchors.figures.len() >= FIGURES_OF_AMOUNTS;
            let lead =
                sentences.get(sentence).filter(|own| is_of_amounts && own.span.start < span.start);
            if let Some(begun) = lead {
                let text = &self.collection.documents[document as usize].text;
                let lead = Span { end: span.start, ..begun.span }.of(text);
                let before = Anchors::of(lead, *language, self.collection);
                anchors.first_name = before.first_name.or(anchors.first_name);
            }
            Rc::new(ReadVersion { words, anchors })
        };
        Rc::clone(read.entry(number).or_insert_with(make))
    }
}

/// The last word of the figure that begins with a word, or the word itself: "37-1/2", "1986/87" and
/// "Baa-2" are one figure.
fn last_of_figure(text: &str, words: &[Word], first: usize) -> usize {
    let mut last = first;
    while let Some(next) = words.get(last + 1)
        && matches!(between(text, words[last], *next), "-" | "/")
        && starts_with_digit(text, next)
    {
        last += 1;
    }
    last
}

/// Whether a word is a grade ("AA", "BBB"), which tells occasions apart as figures do; lower ones are
/// names of bodies more often ("CCC").
fn is_grade(word: &str) -> bool {
    let mut letters = word.bytes();
    let first = letters.next().filter(|letter| matches!(letter, b'A' | b'B'));
    matches!(word.len(), 2..=3) && letters.all(|letter| Some(letter) == first)
}

fn starts_with_digit(text: &str, word: &Word) -> bool {
    word.span.of(text).starts_with(|c: char| c.is_ascii_digit())
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
    common_sorted_words(&sorted(a), &sorted(b))
}

/// The same of sorted words.
fn common_sorted_words(one: &[u64], other: &[u64]) -> f64 {
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

/// How the dates of two documents stand to each other; what has no date can be of any time.
#[derive(Clone, Copy, Debug)]
struct Times {
    /// Both can be of one occasion.
    one_occasion: bool,
    /// They cannot be of one day.
    other_days: bool,
}

impl Times {
    fn of(documents: [&Document; 2]) -> Times {
        let [a, b] = documents.map(|document| document.published_at.as_ref());
        let within =
            |seconds| a.zip(b).is_none_or(|(a, b): (&Date, &Date)| a.can_be_within(b, seconds));
        Times { one_occasion: within(ONE_OCCASION), other_days: !within(ONE_DAY) }
    }
}

/// Whether two documents are known to be of one outlet or publisher.
pub(super) fn are_of_one_outlet(collection: Collection<'_>, [a, b]: [&Document; 2]) -> bool {
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
    use crate::model::{Analysis, DatePrecision, DocumentFrequencies, MemberItem, Span};
    use crate::provenance::OutletGroups;

    fn document((outlet, text): (&str, &str), hour: i64) -> Document {
        Document {
            source: outlet.to_owned(),
            published_at: Some(Date {
                earliest: hour * 3600,
                latest: hour * 3600 + 60,
                precision: DatePrecision::Minute,
                text: String::new(),
            }),
            text: text.to_owned(),
            ..Document::default()
        }
    }

    /// Days and years and what a stock phrase is made of are in many documents, other words in few.
    fn frequencies() -> DocumentFrequencies {
        let common = "1 2 10 2025 At The It In Bank Monday March April May Quarterly \
                      Proceeds will be used to repay debt and for other purposes said";
        let common = words(common).into_iter().map(|word| (word.hash, 900));
        DocumentFrequencies::new(1000, common.collect::<HashMap<_, _>>())
    }

    /// What `judge` says of two texts, printed so many hours apart by these outlets.
    fn judged(
        a: (&str, &str),
        b: (&str, &str),
        hours: i64,
        judge: impl FnOnce(Collection<'_>, [&Document; 2], [&Anchors; 2]) -> bool,
    ) -> bool {
        let documents = [document(a, 0), document(b, hours)];
        let (frequencies, outlets) = (frequencies(), OutletGroups::default());
        let collection = Collection {
            documents: &documents,
            analyses: &[],
            frequencies: &frequencies,
            outlets: &outlets,
        };
        let [one, other] = [a.1, b.1].map(|text| Anchors::of(text, Language::English, collection));
        judge(collection, [&documents[0], &documents[1]], [&one, &other])
    }

    /// Checks whether two texts are versions of one, printed so many hours apart by these outlets.
    #[track_caller]
    fn check_one_text(a: (&str, &str), b: (&str, &str), hours: i64, kept: f64, expected: bool) {
        let found = judged(a, b, hours, |collection, documents, anchors| {
            are_one_text(collection, documents, anchors, kept, &[], || false)
        });
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
    fn figures_are_counted_as_they_stand() {
        let april = "It will be paid on April 30 to holders of record on March 30, it said.";
        let sooner = "It will be paid on April 13 to holders of record on March 30, it said.";
        check_one_text(("Wire", april), ("Wire", sooner), 3, 0.93, false);
        let two = "Holders can change each bond for shares after two years at par, it said.";
        let five = "Holders can change each bond for shares after five years at par, it said.";
        check_one_text(("Wire", two), ("Wire", five), 3, 0.93, false);
        check_one_text(("Wire", two), ("Wire", two), 3, 1.0, true);
        let grade = "It cut the grade of the bonds to Baa-2 from Baa-1, it said.";
        let other = "It cut the grade of the bonds to Aa-1 from Aa-2, it said.";
        check_one_text(("Wire", grade), ("Wire", other), 3, 0.85, false);
        let letters = "It cut the grade of the senior bonds to AA-minus from AA, it said.";
        let others = "It cut the grade of the senior bonds to BBB-minus from BBB, it said.";
        check_one_text(("Wire", letters), ("Wire", others), 3, 0.85, false);
        // What was cut away takes figures with it, and what was kept has no new ones.
        let price = "The best Sundhope lambs went at 50.50 crowns.";
        let prices =
            "Dealers at the market said the best Sundhope lambs went at 50.00 to 50.50 crowns.";
        check_one_text(("Wire", prices), ("Wire", price), 3, 1.0, true);
        let range = "The best Sundhope lambs went at 49.00 to 50.50 crowns.";
        let short = "Dealers at the market said the best lambs went at 50.50 crowns on Monday.";
        check_one_text(("Wire", short), ("Wire", range), 3, 0.8, false);
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
        // On one day too, where nothing rare stands in both.
        check_one_text(("Wire", stock), ("Wire", phrase), 10, 0.65, false);
        let told = "Its proceeds will repay the debt of the quarry on Sundhope Fell, it said.";
        let again = "The debt of the quarry would be repaid, said the owners of Sundhope Fell.";
        check_one_text(("Wire", told), ("Wire", again), 10, 0.65, true);
        let one = "Trevannion said holders approved more shares at the annual meeting.";
        let other = "Kestermann said holders approved more shares at its annual meeting.";
        check_one_text(("Wire", one), ("Wire", other), 3, 0.8, false);
    }

    #[test]
    fn what_is_said_of_today_is_of_one_day() {
        let council =
            "The Trevannion council left its dues unchanged at today's regular meeting, it said.";
        check_one_text(("Wire", council), ("Wire", council), 300, 1.0, false);
        check_one_text(("Wire", council), ("Wire", council), 20, 1.0, true);
        check_one_text(("Wire", council), ("Post", council), 300, 1.0, true);
    }

    /// Checks whether what two texts, printed so many hours apart, have in common is a stock phrase.
    #[track_caller]
    fn check_stock(a: &str, b: &str, hours: i64, expected: bool) {
        let found = judged(("Wire", a), ("Post", b), hours, |_, documents, anchors| {
            is_stock_phrase(documents, anchors)
        });
        assert_eq!(found, expected, "{a:?} {b:?}");
    }

    #[test]
    fn common_words_on_another_occasion_are_a_stock_phrase() {
        let phrase = "will be used to repay debt and for other purposes, it said";
        check_stock(phrase, phrase, 300, true);
        check_stock(phrase, phrase, 10, false);
        // Something that not any text can have, or a good deal of text.
        let quarry = "will be used to repay the debt of the quarry, it said";
        check_stock(quarry, quarry, 300, false);
        let long = "will be used to repay debt and for other purposes, it said. It said it will be used \
                    to repay debt in March.";
        check_stock(long, long, 300, false);
    }

    #[test]
    fn two_months_and_two_goods_are_two_occasions() {
        let march = "Kestermann's index of prices (base 1985) rose by 0.2 pct to 99.7 in March, 1.4 pct \
                     less than the year before, the first such drop since 1958, it said.";
        let april = "Kestermann's index of prices (base 1985) was unchanged at 99.7 in April, 1.1 pct \
                     less than the year before, the first such drop since 1958, it said.";
        check_one_text(("Wire", march), ("Wire", april), 700, 0.8, false);
        check_one_text(("Wire", march), ("Wire", march), 700, 1.0, true);
        let rye = "Trevannion rye futures opened firmer, holding gains of 1-1/4 to 3/4 cents.";
        let flax = "Trevannion flax futures traded firmer, holding gains of 1-1/4 to 2 cents.";
        check_one_text(("Wire", rye), ("Wire", flax), 1, 0.8, false);
        let again = "Trevannion rye futures traded firmer, holding gains of 1-1/4 cents.";
        check_one_text(("Wire", rye), ("Wire", again), 1, 0.8, true);
    }

    #[test]
    fn two_days_and_two_moves_are_two_occasions() {
        let monday = "The mill paid 46.50 crowns for flax in Trevann on a slow market, 2.10 crowns less than yesterday at the close.";
        let tuesday = "The mill paid 46.50 crowns for flax in Trevann on a slow market, 1.40 crowns less than yesterday at the close.";
        check_one_text(("Wire", monday), ("Wire", tuesday), 24, 0.95, false);
        // A correction of the same day, and what another outlet prints the day after.
        check_one_text(("Wire", monday), ("Wire", tuesday), 2, 0.95, true);
        check_one_text(("Wire", monday), ("Post", monday), 24, 1.0, true);
        let raised = "Trevannion said it raised its price for flax by 50 cents to 46.50 crowns.";
        let lowered = "Trevannion said it lowered its price for flax by 50 cents to 46.00 crowns.";
        check_one_text(("Wire", raised), ("Wire", lowered), 3, 0.85, false);
        check_one_text(("Wire", raised), ("Wire", raised), 3, 1.0, true);
    }

    /// Checks whether texts, printed an hour apart by these outlets, are one form filled in anew.
    #[track_caller]
    fn check_form(texts: &[(&str, &str)], expected: bool) {
        let documents: Vec<Document> =
            (0..).zip(texts).map(|(hour, &text)| document(text, hour)).collect();
        let (frequencies, outlets) = (frequencies(), OutletGroups::default());
        let analysis = Analysis { language: Language::English, ..Analysis::default() };
        let analyses = vec![analysis; documents.len()];
        let collection = Collection {
            documents: &documents,
            analyses: &analyses,
            frequencies: &frequencies,
            outlets: &outlets,
        };
        let versions: Vec<VersionPlace> = (0..)
            .zip(&documents)
            .map(|(number, document)| VersionPlace {
                document: number,
                item: MemberItem::Passage,
                span: Span::new(0, document.text.len()),
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
        // What begins with other names may be told at any length.
        let longer = "Kestermann said holders approved more shares at its annual meeting, which was held \
                      in a tent beside the mill because the hall that it had booked was too small.";
        check_form(&[("Wire", one), ("Wire", longer), ("Wire", third)], true);
        let about_one = "Holders of Trevannion approved more shares at the annual meeting, which was \
                         held in a tent beside the mill because its own hall was too small.";
        check_form(&[("Wire", one), ("Wire", about_one), ("Wire", third)], false);
    }
}
