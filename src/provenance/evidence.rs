//! The weights of the evidence, as logarithms: rates of a rough model of how news is copied.
//!
//! They were chosen on the tuning mixes of the bench `lineage`, whose simulator has other
//! assumptions than this model, and are measured there on other mixes and seeds.

/// A source that is not here, against one candidate that fits entirely.
pub(super) const UNSEEN: f64 = -5.0;
/// The same when the document credits a source that is not among the versions.
pub(super) const UNSEEN_CREDITED: f64 = -1.5;

/// For a run of words that the candidate lacks though an earlier version has them: they cannot
/// have been taken from there, and are not the version's own.
pub(super) const LACKS_RUN: f64 = -1.5;
/// And for each word in it.
pub(super) const LACKS_WORD: f64 = -1.0;
/// No more than this for one run.
pub(super) const LACKS_MOST: f64 = -9.0;

/// For a changed word of the version's own.
pub(super) const CHANGES_WORD: f64 = -0.2;
/// For each word put in within a sentence, the first few.
pub(super) const ADDS_WORD: f64 = -0.6;
/// So many.
pub(super) const FEW_WORDS: usize = 3;
/// For each further word put in, and every one put at an end: nobody makes up more of a quote.
pub(super) const ADDS_MORE: f64 = -2.2;
/// No more than this for one run.
pub(super) const ADDS_MOST: f64 = -9.0;
/// For each word put into running text, which everybody writes on in his own words.
pub(super) const ADDS_TEXT: f64 = -0.25;
/// No more than this for one run.
pub(super) const ADDS_TEXT_MOST: f64 = -2.5;

/// For a run of words that the candidate's document has in another place.
pub(super) const FROM_ELSEWHERE: f64 = -1.1;
/// Where more than this is unexplained the candidate's document is searched for it.
pub(super) const WORTH_A_SEARCH: f64 = -3.5;

/// For each cut that was made.
pub(super) const CUTS_RUN: f64 = -1.1;
/// The same words throughout.
pub(super) const SAME_WORDING: f64 = 0.8;

/// The version's document credits the candidate's outlet.
pub(super) const CREDITED: f64 = 3.0;
/// Another version's document credits the candidate's outlet.
pub(super) const CREDITED_BY_OTHERS: f64 = 0.5;
/// The candidate is a news agency: others live on it.
pub(super) const AGENCY: f64 = 1.5;
/// One publisher.
pub(super) const SAME_PUBLISHER: f64 = 0.7;

/// How fast the weight falls with the lag: a power law with this exponent.
pub(super) const LAG_EXPONENT: f64 = 0.5;
/// The lag in hours below which time says little.
pub(super) const LAG_HOURS: f64 = 3.0;
/// The lag assumed where a date is missing, in hours.
pub(super) const LAG_UNKNOWN: f64 = 24.0;

/// A hidden source, once the texts show that there is one, against a candidate in the collection.
pub(super) const HIDDEN_SOURCE: f64 = 0.5;
/// Candidates whose weight is this close to the best one's are good too.
pub(super) const GOOD_CANDIDATE: f64 = 3.0;
/// Logistic model of a hidden source, from the version that fits its candidates worst.
pub(super) const HIDDEN_BIAS: f64 = -0.2;
/// For the log-odds of that version.
pub(super) const HIDDEN_ODDS: f64 = 0.9;
/// For the logarithm of the number of versions: where many agree, a source would have shown.
pub(super) const HIDDEN_VERSIONS: f64 = -0.3;

/// How often the source is missing, as a logistic function of the log-odds that the texts show it:
/// of the collections simulated for tuning three in eight lack it, and most of those show nothing.
pub(super) const MISSING_BIAS: f64 = 3.6;
/// For those log-odds.
pub(super) const MISSING_ODDS: f64 = 0.8;
/// For few versions, which cannot show much: times the square of two over their number.
pub(super) const MISSING_FEW: f64 = 1.0;
/// Where the source is missing, this share of the versions that seem to come from the earliest one
/// here come from the source itself.
pub(super) const MISSING_SIBLINGS: f64 = 0.45;
/// How much less often it is missing when the first one here is credited by others.
pub(super) const MISSING_CREDITED: f64 = 0.5;
/// When the texts show an unseen source with this probability, no origin here is claimed.
pub(super) const SHOWN: f64 = 0.12;
/// An origin is claimed when its wording is first of those here with this probability.
pub(super) const CLAIM: f64 = 0.3;
/// The first version here credits a source that is not among the versions.
pub(super) const ELSEWHERE: f64 = 0.85;
/// The words were public: a statement, a tweet, a news conference.
pub(super) const PUBLIC: f64 = 0.75;
/// Many outlets print one text at one time, and none of them is its source.
pub(super) const SYNDICATED: f64 = 0.7;
