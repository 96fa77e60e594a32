//! Are two quotes versions of one utterance, how do they differ, and does the difference change
//! the meaning?
//!
//! A quote is prepared once ([`prepare_quote`]): its folded words with spans, the places of
//! ellipses, the words in brackets. Two prepared quotes are aligned by chaining their common runs
//! of words ([`align()`]); the [variant](crate::model::Variant) is read off the places that do not
//! align ([`variant`]), and [`guard`] looks there for lost negations, conditions, hedges and
//! numbers.
//!
//! Whether two quotes are versions of one utterance is decided on the *information* of the words
//! they share, in nats, and not on the share of words alone: "we have to do better" is in
//! everybody's mouth, so a short quote links on rare wording only, or when the same person said it
//! within days. Quotebank and MemeTracker take a minimum of four to ten words instead and lose the
//! short quotes. Quotes in two languages share no words; they are compared by what these mean
//! ([`translation`]).

mod align;
mod bits;
mod classes;
mod concordance;
mod guard;
mod information;
mod occasion;
mod outline;
mod prepare;
mod search;
#[cfg(test)]
mod tests;
mod translation;
mod variant;

use crate::model::{Date, Drift, DriftKind, QuoteMatch};

use align::{Alignment, align};
pub use outline::QuoteOutlines;
pub use prepare::{
    QuoteText, prepare_passage, prepare_quote, prepare_quote_within, prepare_string,
};
pub use search::{Found, search_quote};
pub use translation::{TranslationKeys, has_meanings};

/// Fewer words than this never link.
const FEWEST_WORDS: usize = 3;
/// Up to so many words a quote is short: all of it must stand in the other.
const SHORT_WORDS: usize = 7;
/// Quotes of documents in two languages that share so much of their words are in one of them: an
/// article can quote in another language than its own.
const SAME_LANGUAGE: f64 = 0.5;
/// Two quotations this close in time can be of one event.
const EVENT_SECONDS: i64 = 3 * 24 * 3600;

/// What must be shared for a link, in nats of [`information`]. Chosen on the pairs written for this
/// module's table tests, which set rare wording against everyday phrases; no collection of quotes
/// with known versions was at hand to fit them on.
mod bars {
    /// A short quote on its wording alone.
    pub(super) const SHORT: f64 = 15.5;
    /// A short quote of one speaker at one event.
    pub(super) const SHORT_SAME_EVENT: f64 = 8.0;
    /// The same where both quotes are the same words from end to end: "we have to do better".
    pub(super) const SHORT_SAME_WORDS: f64 = 5.0;
    /// A longer quote.
    pub(super) const LONG: f64 = 16.0;
    /// A longer quote of one speaker at one event.
    pub(super) const LONG_SAME_EVENT: f64 = 10.0;
    /// A longer quote that the sources put into the mouths of different people.
    pub(super) const LONG_OTHER_SPEAKER: f64 = 30.0;
    /// One common run that is enough whatever stands around it: two excerpts of one speech.
    pub(super) const EXCERPT: f64 = 24.0;
    /// Words such a run has at least.
    pub(super) const EXCERPT_WORDS: usize = 8;
    /// All of a quote that stands in the other in one run of so many words, whoever is named: two
    /// people do not say that many common words alike.
    pub(super) const WHOLE_WORDS: usize = 12;
    /// What each word of a common run beyond the length of a short quote adds.
    pub(super) const ROW_WORD: f64 = 0.6;
    /// What was printed on other days and shares less than this of the shorter quote…
    pub(super) const SHARE_LATER: f64 = 0.78;
    /// …has so much in common…
    pub(super) const LATER: f64 = 25.0;
    /// …or so many words in one row: a speaker has turns of speech, and says on many days that there will be
    /// no trade war.
    pub(super) const LATER_WORDS: usize = 9;
    /// Share of the shorter quote's information that the longer one must hold.
    pub(super) const SHARE: f64 = 0.6;
    /// The same where one speaker spoke at one event.
    pub(super) const SHARE_SAME_EVENT: f64 = 0.5;
    /// The same where different people are named.
    pub(super) const SHARE_OTHER_SPEAKER: f64 = 0.8;
    /// The same for a short quote.
    pub(super) const SHARE_SHORT: f64 = 0.95;
    /// All of a quote that stands in a quote of a document that shares another one with its own…
    pub(super) const TIED: f64 = 8.0;
    /// …where both name the same speaker…
    pub(super) const TIED_SAME_SPEAKER: f64 = 6.0;
    /// …and where they name different ones: one of the two has it wrong. Where the two are one
    /// statement from end to end but for hedges, the bar is that of no name: words that became firmer
    /// are given to someone greater, too.
    pub(super) const TIED_OTHER_SPEAKER: f64 = 14.0;
}

/// Compares two quotes: `None` unless they are versions of one utterance.
pub fn match_quotes(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Option<QuoteMatch> {
    link_quotes(a, b).filter(|&(_, firmness)| firmness == Firmness::Firm).map(|(found, _)| found)
}

/// On what it rests that two quotes are versions of one utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmness {
    /// On the two alone.
    Firm,
    /// Also on a firm link between other quotes of their documents: a few words that prove nothing
    /// by themselves are a cut from what stands in an article that has another quote in common.
    IfTied,
}

/// Compares two quotes, and says on what the link rests: `None` when there is none in any case.
pub fn link_quotes(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Option<(QuoteMatch, Firmness)> {
    let shorter_words = a.core_words().min(b.core_words());
    if shorter_words < FEWEST_WORDS {
        return None;
    }
    let alignment = align(a, b);
    let evidence = Evidence::of(a, b, &alignment);
    let firmness = if evidence.links(a, b, shorter_words)
        && !evidence.says_something_else_later(a, b, &alignment)
    {
        Firmness::Firm
    } else if evidence.links_if_tied(a, b, &alignment) {
        Firmness::IfTied
    } else {
        let translated = translation::link(a, b)?;
        return Some((translated, Firmness::Firm));
    };
    Some((describe(a, b, &alignment, &evidence), firmness))
}

/// How `a` differs from `b`, whether or not they are versions of one utterance: for a pair that is
/// tied by a third version.
pub fn describe_quotes(a: &QuoteText<'_>, b: &QuoteText<'_>) -> QuoteMatch {
    let alignment = align(a, b);
    let evidence = Evidence::of(a, b, &alignment);
    describe(a, b, &alignment, &evidence)
}

fn describe(
    a: &QuoteText<'_>,
    b: &QuoteText<'_>,
    alignment: &Alignment,
    evidence: &Evidence,
) -> QuoteMatch {
    if a.language != b.language && evidence.share < SAME_LANGUAGE {
        return translation::describe(a, b);
    }
    let mut drift = guard::drift(a, b, alignment);
    drift.extend(changed_speech(a, b));
    drift.sort();
    drift.dedup();
    let variant = variant::variant(a, b, alignment);
    QuoteMatch { score: evidence.share, information: evidence.information, variant, drift }
}

/// What differs in who speaks and how the words are given.
fn changed_speech(a: &QuoteText<'_>, b: &QuoteText<'_>) -> Vec<Drift> {
    let mut drift = Vec::new();
    if a.names_other_speaker(b) {
        drift.push(Drift {
            kind: DriftKind::Speaker,
            a: a.speaker_name().to_owned(),
            b: b.speaker_name().to_owned(),
        });
    }
    if a.quoted != b.quoted {
        let name = |quoted| if quoted { "direct" } else { "indirect" };
        drift.push(Drift {
            kind: DriftKind::Speech,
            a: name(a.quoted).to_owned(),
            b: name(b.quoted).to_owned(),
        });
    }
    drift
}

/// What two quotes share.
struct Evidence {
    /// Information of the aligned words, moved ones too.
    information: f64,
    /// Their share of the shorter quote's information.
    share: f64,
    /// The information of the best single run.
    best_run: f64,
    /// The words of the best single run.
    best_run_words: usize,
}

impl Evidence {
    fn of(a: &QuoteText<'_>, b: &QuoteText<'_>, alignment: &Alignment) -> Evidence {
        let total = |quote: &QuoteText<'_>| -> f64 {
            let core = quote.words.iter().filter(|word| !word.bracketed);
            core.map(|word| word.information).sum()
        };
        let mut shared = 0.0;
        let mut best_run = 0.0;
        let mut best_run_words = 0;
        for block in &alignment.blocks {
            let words = &a.words[block.a.clone()];
            let run: f64 = words.iter().map(|word| word.information).sum();
            shared += run;
            if run > best_run {
                best_run = run;
                best_run_words = words.len();
            }
        }
        for block in &alignment.moved {
            shared += a.words[block.a.clone()].iter().map(|word| word.information).sum::<f64>();
        }
        let smaller = total(a).min(total(b));
        let share = if smaller > 0.0 { (shared / smaller).min(1.0) } else { 0.0 };
        Evidence { information: shared, share, best_run, best_run_words }
    }

    fn links(&self, a: &QuoteText<'_>, b: &QuoteText<'_>, shorter_words: usize) -> bool {
        let same_event = a.names_same_speaker(b) && near_in_time(a.date, b.date);
        if shorter_words <= SHORT_WORDS {
            let whole = a.core_words() == b.core_words() && self.best_run_words == shorter_words;
            let bar = match (same_event, whole) {
                (true, true) => bars::SHORT_SAME_WORDS,
                (true, false) => bars::SHORT_SAME_EVENT,
                (false, _) => bars::SHORT,
            };
            // On another occasion it is enough that a pronoun means somebody else.
            let is_anothers = a.names_other_speaker(b)
                || (a.has_other_speaker(b) && on_two_occasions(a.date, b.date));
            return self.share >= bars::SHARE_SHORT
                && self.information >= bar
                && !(is_anothers && self.information < bars::LONG_OTHER_SPEAKER);
        }
        let is_excerpt =
            self.best_run >= bars::EXCERPT && self.best_run_words >= bars::EXCERPT_WORDS;
        let is_whole = self.share >= bars::SHARE_SHORT
            && self.best_run >= bars::LONG
            && self.best_run_words >= bars::WHOLE_WORDS;
        if is_excerpt || is_whole {
            return true;
        }
        let (share, information) = if same_event {
            (bars::SHARE_SAME_EVENT, bars::LONG_SAME_EVENT)
        } else if a.names_other_speaker(b) {
            (bars::SHARE_OTHER_SPEAKER, bars::LONG_OTHER_SPEAKER)
        } else {
            (bars::SHARE, bars::LONG)
        };
        // Words are not independent, but that many in one row say more than each for itself.
        let row = bars::ROW_WORD * self.best_run_words.saturating_sub(SHORT_WORDS) as f64;
        self.share >= share && self.information + row >= information
    }

    /// Whether one of two long quotes says something else, on another day, in words that the other has
    /// too: each has words of its own, and what they share is little, or stands around other figures. In
    /// the mouths of two, a little is a saying ("not out of the woods yet") though it is most of what
    /// the one said.
    fn says_something_else_later(
        &self,
        a: &QuoteText<'_>,
        b: &QuoteText<'_>,
        alignment: &Alignment,
    ) -> bool {
        if !on_two_occasions(a.date, b.date) {
            return false;
        }
        let is_little = self.information < bars::LATER && self.best_run_words < bars::LATER_WORDS;
        let is_saying = is_little && !a.names_same_speaker(b) && self.share < 1.0;
        if self.share >= bars::SHARE_LATER && !is_saying {
            return false;
        }
        let other_figure = |drift: &Drift| {
            drift.kind == DriftKind::Number && !drift.a.is_empty() && !drift.b.is_empty()
        };
        is_little || guard::drift(a, b, alignment).iter().any(other_figure)
    }

    /// The same where their documents share another quote.
    fn links_if_tied(&self, a: &QuoteText<'_>, b: &QuoteText<'_>, alignment: &Alignment) -> bool {
        let information = if a.names_other_speaker(b) {
            match guard::differ_in_hedges_only(a, b, alignment) {
                true => bars::TIED,
                false => bars::TIED_OTHER_SPEAKER,
            }
        } else if a.names_same_speaker(b) {
            bars::TIED_SAME_SPEAKER
        } else {
            bars::TIED
        };
        self.share >= bars::SHARE_SHORT && self.information >= information
    }
}

/// Whether two publications can be of one event: both dates are known and within three days.
fn near_in_time(a: Option<&Date>, b: Option<&Date>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.can_be_within(b, EVENT_SECONDS))
}

/// Whether two publications surely are of two occasions: both dates are known, and not within three days.
fn on_two_occasions(a: Option<&Date>, b: Option<&Date>) -> bool {
    a.is_some() && b.is_some() && !near_in_time(a, b)
}
