//! Quotes across documents: candidate pairs by common grams, verified one by one.

use std::cell::RefCell;
use std::sync::Arc;

use rayon::prelude::*;

use super::align::within;
use super::boilerplate::Masks;
use super::cuts::with_cuts;
use super::desks::Desks;
use super::fingerprints::Statements;
use super::met_pairs::{Basket, MetPairs, units_of};
use super::recent::Recent;
use super::scan::ScanOptions;
use super::spill::{Sorted, Workspace};
use super::translations;
use crate::Result;
use crate::compare::quote_match::{
    self, QuoteOutlines, QuoteText, prepare_passage, prepare_quote_within,
};
use crate::fingerprint::{Fingerprinter, KeyParameters};
use crate::join::{Keys, Meetings, PairRule, UnitKeys, meetings_of_runs};
use crate::model::{
    Analysis, Document, DocumentFrequencies, DocumentIndex, DocumentPair, MemberItem, Quote,
    QuoteId, QuoteLink, QuoteMatch, Span,
};
use crate::provenance::{Collection, Version};
use crate::text::{self, Word};

/// A quote of one word cannot be traced.
const LEAST_WORDS: usize = 2;
/// Quotes that a thread keeps ready while pairs are compared.
const READY_QUOTES: usize = 1 << 14;
/// Pairs that are in memory at a time when they are compared, and those of one task.
const COMPARED: usize = 1 << 18;
const PAIRS_A_TASK: usize = 1 << 10;
/// Units of runs that are glanced at by one task.
const UNITS_OF_A_TASK: usize = 1 << 14;
/// Versions that are kept ready while clusters are drawn.
const READY_VERSIONS: usize = 64;
/// Quotes whose keys are made by one task.
const BATCH: usize = 1024;

/// All quoted speech of the documents outside of boilerplate, by document and place.
fn quoted_speech(analyses: &[Analysis], masks: &Masks) -> Vec<QuoteId> {
    analyses
        .iter()
        .enumerate()
        .flat_map(|(document, analysis)| {
            analysis
                .quotes
                .iter()
                .enumerate()
                .filter(move |(_, quote)| {
                    quote.kind.is_quoted_speech() && !masks.hide(document as u32, quote.cover())
                })
                .map(move |(number, _)| QuoteId { document: document as u32, quote: number as u32 })
        })
        .collect()
}

/// The quotes that are compared with each other.
#[derive(Clone, Copy)]
pub(super) struct Speech<'a> {
    pub(super) documents: &'a [Document],
    pub(super) analyses: &'a [Analysis],
    pub(super) frequencies: &'a DocumentFrequencies,
    /// Which quotes: the units of the join.
    pub(super) ids: &'a [QuoteId],
    pub(super) options: &'a ScanOptions,
    pub(super) pivots: usize,
    pub(super) workspace: &'a Workspace,
}

impl<'a> Speech<'a> {
    /// What `compare` makes of the quotes that share a key, lie within the window and, by their numbers,
    /// may link, in the order of the quotes; and the number of pairs that were compared. Quotes that
    /// have one number in `apart` are not paired. `may_link_into` puts those of some quotes that may link
    /// with one in place of what its last argument held.
    pub(super) fn join<T: Send>(
        self,
        keys: &UnitKeys,
        apart: &[u32],
        may_link_into: impl Fn(u32, &[u32], &mut Vec<u32>) + Sync,
        compare: impl Fn(&QuoteText<'_>, &QuoteText<'_>, QuoteId, QuoteId) -> Option<T> + Sync,
    ) -> Result<(Vec<T>, u64)> {
        let Speech { documents, analyses, frequencies, ids, options, pivots, workspace } = self;
        let document = |unit: u32| ids[unit as usize].document as usize;
        let of_set = |sets: &Vec<bool>| ids.iter().map(|id| sets[id.document as usize]).collect();
        let second: Option<Vec<bool>> = options.second_set.as_ref().map(of_set);
        let rule = PairRule { pivots, documents: Some(apart), second_set: second.as_deref() };
        let date = |unit: u32| documents[document(unit)].published_at.as_ref();
        let in_window = |&pair: &u64| {
            let (a, b) = units_of(pair);
            options.window.is_none_or(|window| within(window, date(a), date(b)))
        };
        let mut met = pairs_that_may_link(keys, rule, &may_link_into, workspace)?;
        let desks = Desks::new(|| Recent::new(READY_QUOTES));
        let compare = |ready: &mut Recent<u32, QuoteText<'a>>, pair: u64| {
            let (a, b) = units_of(pair);
            let mut prepared = |number: u32| {
                ready.get(number, number as usize, || {
                    prepare(documents, analyses, frequencies, ids[number as usize])
                })
            };
            let (left, right) = (prepared(a), prepared(b));
            compare(&left, &right, ids[a as usize], ids[b as usize])
        };
        let (mut found, mut compared, mut part) = (Vec::new(), 0, Vec::new());
        while met.next_into(COMPARED, &mut part)? {
            part.retain(in_window);
            compared += part.len() as u64;
            found.par_extend(part.par_chunks(PAIRS_A_TASK).flat_map_iter(|pairs| {
                desks.at(|ready| {
                    let linked = pairs.iter().filter_map(|&pair| compare(ready, pair));
                    linked.collect::<Vec<T>>()
                })
            }));
        }
        Ok((found, compared))
    }
}

/// The pairs of quotes with a common key that may link. They lie in the window or not: what a key tells
/// does not hang on it, and most copies of a quote may lie outside.
fn pairs_that_may_link<'w>(
    keys: &UnitKeys,
    rule: PairRule<'_>,
    may_link_into: &(impl Fn(u32, &[u32], &mut Vec<u32>) + Sync),
    workspace: &'w Workspace,
) -> Result<Sorted<'w, u64>> {
    let pairs = MetPairs::new(workspace);
    keys.ranges().par_iter().try_for_each(|range| {
        let runs = keys.shared(range);
        runs.parts(UNITS_OF_A_TASK).into_par_iter().try_for_each(|part| {
            let (units, partners, may_link) = Default::default();
            let kept = pairs.basket();
            let mut glancing = Glancing { may_link_into, units, partners, may_link, kept };
            meetings_of_runs(runs.iter_part(part), rule, &mut glancing);
            glancing.kept.finish()
        })
    })?;
    pairs.into_sorted()
}

/// Where quotes that stand side by side are glanced at.
struct Glancing<'a, 'w, F> {
    may_link_into: &'a F,
    /// The units of the run in work.
    units: Vec<u32>,
    /// The units that stand beside the one in work, and those of them that may link.
    partners: Vec<u32>,
    may_link: Vec<u32>,
    kept: Basket<'a, 'w>,
}

impl<F: Fn(u32, &[u32], &mut Vec<u32>)> Meetings for Glancing<'_, '_, F> {
    fn run(&mut self, _: u64, units: &[u32]) {
        self.units.clear();
        self.units.extend_from_slice(units);
    }

    fn meet(&mut self, place: usize, partners: &[u32]) -> usize {
        let unit = self.units[place];
        self.partners.clear();
        self.partners.extend(partners.iter().map(|&partner| self.units[partner as usize]));
        (self.may_link_into)(unit, &self.partners, &mut self.may_link);
        self.kept.extend(unit, self.may_link.iter().copied())
    }
}

/// Links the quotes of different documents that are versions of one utterance; also gives the
/// number of candidate pairs that were compared. `pairs` are the documents with passages in common.
/// Fails only when temporary files are needed and cannot be kept.
///
/// Repeats are not collapsed here as they are for statements: whether "we will see" in two articles
/// is one utterance depends on who said it and when.
pub(crate) fn link(
    Statements { documents, analyses, masks, frequencies }: Statements<'_>,
    pairs: &[DocumentPair],
    options: &ScanOptions,
    pivots: usize,
    workspace: &Workspace,
) -> Result<(Vec<QuoteLink>, u64)> {
    let ids = quoted_speech(analyses, masks);
    let (keys, outlines) = keys_and_outlines(documents, analyses, frequencies, &ids);
    let of_documents: Vec<u32> = ids.iter().map(|id| id.document).collect();
    let speech = Speech { documents, analyses, frequencies, ids: &ids, options, pivots, workspace };
    let (found, met) = speech.join(
        &keys,
        &of_documents,
        |quote, others, out| outlines.may_link_into(quote, others, out),
        |left, right, a, b| {
            let (found, firmness) = quote_match::link_quotes(left, right)?;
            Some((QuoteLink { a, b, score: found.score }, firmness))
        },
    )?;
    let (links, cuts) = with_cuts(documents, analyses, masks, frequencies, found, pairs);
    let (translations, met_across) = translations::link(speech)?;
    Ok((merged(links, translations), met + cuts + met_across))
}

/// Two lists of links, sorted; a link that is in both stands once.
fn merged(mut links: Vec<QuoteLink>, others: Vec<QuoteLink>) -> Vec<QuoteLink> {
    links.extend(others);
    links.sort_by_key(|link| (link.a, link.b));
    links.dedup_by_key(|link| (link.a, link.b));
    links
}

/// The keys of all quotes: shared runs of words find a shortened quote in a longer one, bands find
/// a reworded one; and the outlines that tell most of those apart that share a key.
fn keys_and_outlines(
    documents: &[Document],
    analyses: &[Analysis],
    frequencies: &DocumentFrequencies,
    ids: &[QuoteId],
) -> (UnitKeys, QuoteOutlines) {
    let parameters = KeyParameters::default();
    let parts: Vec<(UnitKeys, QuoteOutlines)> = ids
        .par_chunks(BATCH)
        .map(|batch| {
            let mut fingerprinter = Fingerprinter::new(&parameters);
            let (mut words, mut keys, mut part) = (Vec::new(), Vec::new(), UnitKeys::default());
            let mut outlines = QuoteOutlines::default();
            for &id in batch {
                let document = id.document as usize;
                let quote = &analyses[document].quotes[id.quote as usize];
                let text = &documents[document].text;
                keys_into(&mut fingerprinter, text, quote, &mut words, &mut keys);
                part.push(&keys);
                outlines.push(&prepare(documents, analyses, frequencies, id));
            }
            (part, outlines)
        })
        .collect();
    let (mut keys, mut outlines) = (UnitKeys::default(), QuoteOutlines::default());
    for (of_part, outlines_of_part) in parts {
        keys.append(&of_part);
        outlines.append(&outlines_of_part);
    }
    (keys, outlines)
}

/// Puts the keys of a quote in place of what `keys` held, sorted and distinct; `words` is scratch
/// space.
pub(crate) fn keys_into(
    fingerprinter: &mut Fingerprinter,
    text: &str,
    quote: &Quote,
    words: &mut Vec<Word>,
    keys: &mut Vec<u64>,
) {
    words.clear();
    for &span in &quote.parts {
        text::words_into(text, span, words);
    }
    keys.clear();
    if words.len() >= LEAST_WORDS {
        fingerprinter.gram_keys_into(words, keys);
        fingerprinter.band_keys_into(words, keys);
        keys.sort_unstable();
        keys.dedup();
    }
}

/// Links those of the pairs, which are sorted, that are versions of one utterance. All pairs of the
/// same two documents must be among them, as one link can hold up another.
pub(crate) fn link_pairs(
    documents: &[Document],
    analyses: &[Analysis],
    masks: &Masks,
    frequencies: &DocumentFrequencies,
    pairs: &[(QuoteId, QuoteId)],
) -> Vec<QuoteLink> {
    let links = pairs.par_iter().filter_map(|&(a, b)| {
        let prepared = |id: QuoteId| prepare(documents, analyses, frequencies, id);
        let (found, firmness) = quote_match::link_quotes(&prepared(a), &prepared(b))?;
        Some((QuoteLink { a, b, score: found.score }, firmness))
    });
    with_cuts(documents, analyses, masks, frequencies, links.collect(), &[]).0
}

/// Versions of quotes made ready for comparison, the last few kept.
pub(crate) struct ReadyVersions<'t> {
    collection: Collection<'t>,
    ready: RefCell<Recent<(DocumentIndex, Span), QuoteText<'t>>>,
}

impl<'t> ReadyVersions<'t> {
    /// No version is ready yet.
    pub(crate) fn new(collection: Collection<'t>) -> Self {
        ReadyVersions { collection, ready: RefCell::new(Recent::new(READY_VERSIONS)) }
    }

    /// How one version of a quote differs from another.
    pub(crate) fn describe(&self, a: &Version, b: &Version) -> QuoteMatch {
        let (a, b) = (self.version(a), self.version(b));
        quote_match::describe_quotes(&a, &b)
    }

    fn version(&self, version: &Version) -> Arc<QuoteText<'t>> {
        let Collection { documents, analyses, frequencies, .. } = self.collection;
        let slot = version.document as usize ^ version.span.start as usize;
        let make = || match version.item {
            MemberItem::Quote(quote) => {
                let id = QuoteId { document: version.document, quote };
                prepare_within(documents, analyses, frequencies, id, version.span)
            }
            MemberItem::Passage | MemberItem::Text => {
                let document = version.document as usize;
                let language = analyses[document].language;
                let span = version.span;
                prepare_passage(&documents[document], language, span, frequencies)
            }
        };
        self.ready.borrow_mut().get((version.document, version.span), slot, make)
    }
}

/// A quote made ready for comparison.
pub(super) fn prepare<'t>(
    documents: &'t [Document],
    analyses: &'t [Analysis],
    frequencies: &DocumentFrequencies,
    id: QuoteId,
) -> QuoteText<'t> {
    let whole = analyses[id.document as usize].quotes[id.quote as usize].cover();
    prepare_within(documents, analyses, frequencies, id, whole)
}

/// The parts of a quote within a span made ready for comparison.
pub(super) fn prepare_within<'t>(
    documents: &'t [Document],
    analyses: &'t [Analysis],
    frequencies: &DocumentFrequencies,
    id: QuoteId,
    span: Span,
) -> QuoteText<'t> {
    let Analysis { quotes, language, .. } = &analyses[id.document as usize];
    let (document, quote) = (&documents[id.document as usize], &quotes[id.quote as usize]);
    prepare_quote_within(document, *language, quote, span, frequencies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, DatePrecision, QuoteKind};

    const DAY: i64 = 24 * 3600;

    #[test]
    fn what_lies_outside_of_the_window_tells_that_a_key_is_no_turn_of_speech() {
        let published = |day: i64| Date {
            earliest: day * DAY,
            latest: day * DAY,
            precision: DatePrecision::Minute,
            text: String::new(),
        };
        // A quote every hundred days, but for the last but nine, a day after the forty-first.
        let day = |number: i64| if number == 90 { 4001 } else { 100 * number };
        let documents: Vec<Document> = (0..100)
            .map(|number| Document {
                text: "We hold on.".to_owned(),
                published_at: Some(published(day(number))),
                ..Document::default()
            })
            .collect();
        let quote = Quote {
            kind: QuoteKind::Direct,
            parts: vec![Span::new(0, 10)],
            speaker: None,
            cue: None,
            unclosed: false,
        };
        let analyses = vec![Analysis { quotes: vec![quote], ..Analysis::default() }; 100];
        let apart: Vec<u32> = (0..100).collect();
        let ids: Vec<QuoteId> =
            apart.iter().map(|&document| QuoteId { document, quote: 0 }).collect();
        let mut keys = UnitKeys::default();
        ids.iter().for_each(|_| keys.push(&[7]));
        let speech = Speech {
            documents: &documents,
            analyses: &analyses,
            frequencies: &DocumentFrequencies::default(),
            ids: &ids,
            options: &ScanOptions { window: Some(7 * DAY), ..ScanOptions::default() },
            pivots: 64,
            workspace: &Workspace { memory: 1 << 20, folder: None },
        };
        let met = |may_link: fn(u32) -> bool| {
            let documents = |a: QuoteId, b: QuoteId| Some((a.document, b.document));
            let may_link_into = |quote: u32, others: &[u32], out: &mut Vec<u32>| {
                out.clear();
                out.extend(others.iter().filter(|_| may_link(quote)));
            };
            let found = speech.join(&keys, &apart, may_link_into, |_, _, a, b| documents(a, b));
            found.expect("no file is needed")
        };
        assert_eq!(met(|_| true), (vec![(40, 90)], 1));
        // Of a turn of speech the later pivots are not tried.
        assert_eq!(met(|quote| quote == 40), (vec![], 0));
    }
}
