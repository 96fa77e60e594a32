//! Boilerplate, learnt from the collection: what an outlet prints again and again in articles that
//! have nothing else in common (footers, sign-up lines, author notes, link boxes inside sentences).
//!
//! A run of [`RUN`] words is boilerplate when at least [`LEAST_DOCUMENTS`] documents carry it word
//! for word, all of one source, on at least [`LEAST_DAYS`] days where the days are known, and the
//! documents are otherwise unlike: an article that is updated ten times is reuse, not boilerplate.
//! What other outlets print too is no boilerplate, but for a few strays ([`STRAYS`]): a columnist's
//! page may carry the footer of the outlet it was taken from. Documents of unknown source have no
//! boilerplate, for they may come from many outlets.
//!
//! Time and memory are linear in the text: see [`repeats`].

mod repeats;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use self::repeats::{Repeat, repeated_runs};
use super::units::{Place, words_hash};
use crate::model::{Boilerplate, Document, DocumentIndex, HashedMap, Language, Span};
use crate::text::{self, Word};

/// The words of a run. Shorter runs recur by chance.
const RUN: usize = 8;
/// A run in fewer documents of a source is reuse.
const LEAST_DOCUMENTS: usize = 5;
/// An article and its updates appear within a day or two.
const LEAST_DAYS: usize = 3;
/// For each document of another source that carries a run, this many of its own must.
const STRAYS: u32 = 10;
/// Documents that share more of their statements than this are versions of one article.
const MOST_SHARED: f64 = 0.3;
/// So many neighbours among the documents of a run are looked at to see whether they are alike.
const SAMPLED_PAIRS: usize = 8;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// What is boilerplate, and where it stands.
#[derive(Debug, Default)]
pub(crate) struct Masks {
    /// For each document the spans that take no part in passages, sorted, apart.
    pub(crate) spans: Vec<Vec<Span>>,
    /// Each piece once, sorted by source and text.
    pub(crate) boilerplate: Vec<Boilerplate>,
    /// The runs of words that were learnt, with their sources; sorted.
    pub(crate) runs: Vec<(u64, String)>,
}

impl Masks {
    /// Whether any part of a span of a document is masked.
    pub(crate) fn touch(&self, document: DocumentIndex, span: Span) -> bool {
        let masks = &self.spans[document as usize];
        let first = masks.partition_point(|mask| mask.end <= span.start);
        masks.get(first).is_some_and(|mask| mask.start < span.end)
    }

    /// Whether the greater part of a span of a document is masked.
    pub(crate) fn hide(&self, document: DocumentIndex, span: Span) -> bool {
        let masks = &self.spans[document as usize];
        let first = masks.partition_point(|mask| mask.end <= span.start);
        let masked: usize = masks[first..]
            .iter()
            .take_while(|mask| mask.start < span.end)
            .map(|mask| mask.overlap(span))
            .sum();
        2 * masked > span.len()
    }
}

/// Learns the boilerplate of every source and masks it, and the text of the templates besides.
/// `statements` are the hashes of all statements in order of place.
pub(crate) fn learn(
    documents: &[Document],
    statements: &[(u64, Place)],
    templates: &[String],
) -> Masks {
    let statements = Statements::new(documents.len(), statements);
    let repeated = repeated_runs(documents);
    let candidates: Vec<(&str, HashedMap<u32>)> = repeated
        .par_chunk_by(|left, right| left.source == right.source)
        .map(|of_source| {
            let source = documents[of_source[0].document as usize].source.as_str();
            (source, boilerplate_runs(documents, of_source, &statements))
        })
        .filter(|(_, runs)| !runs.is_empty())
        .collect();
    let owners = owners(documents, &candidates);
    let mut carriers = vec![false; documents.len()];
    for repeat in repeated.iter().filter(|repeat| owners.contains_key(&repeat.run)) {
        carriers[repeat.document as usize] = true;
    }
    drop(repeated);
    let ignored = template_runs(templates);
    let found: Vec<(Vec<Span>, Vec<Span>)> = documents
        .par_iter()
        .zip(&carriers)
        .map(|(document, &carries)| {
            if !carries && ignored.is_empty() {
                return (Vec::new(), Vec::new());
            }
            let words = text::words(&document.text);
            let own = |run: u64| owners.get(&run).is_some_and(|owner| *owner == document.source);
            let learnt = if carries { runs_where(&words, own) } else { Vec::new() };
            let named = template_spans(&words, &ignored);
            (learnt, named)
        })
        .collect();
    let mut masks = Masks::default();
    let mut pieces: BTreeMap<(&str, u64), Boilerplate> = BTreeMap::new();
    for (document, (learnt, named)) in documents.iter().zip(found) {
        for span in &learnt {
            let written = span.of(&document.text);
            pieces
                .entry((&document.source, words_hash(&text::words(written))))
                .or_insert_with(|| Boilerplate {
                    source: document.source.clone(),
                    text: written.to_owned(),
                    documents: 0,
                })
                .documents += 1;
        }
        masks.spans.push(merged(learnt, named));
    }
    // Where a piece is cut short by an article of its own, the cut forms are rare; the whole form
    // is the one that most documents carry.
    masks.boilerplate =
        pieces.into_values().filter(|piece| piece.documents as usize >= LEAST_DOCUMENTS).collect();
    masks.boilerplate.sort();
    masks.runs = owners.into_iter().map(|(run, source)| (run, source.to_owned())).collect();
    masks.runs.sort_unstable();
    masks
}

/// Masks documents by what was learnt before: the runs of words of each source. What is boilerplate
/// is not told again.
pub(crate) fn mask(
    documents: &[Document],
    learnt: &HashedMap<String>,
    templates: &[String],
) -> Masks {
    let ignored = template_runs(templates);
    let spans = documents
        .par_iter()
        .map(|document| {
            let words = text::words(&document.text);
            let own = |run: u64| learnt.get(&run).is_some_and(|owner| *owner == document.source);
            merged(runs_where(&words, own), template_spans(&words, &ignored))
        })
        .collect();
    Masks { spans, ..Masks::default() }
}

/// The runs of words of a text with their hashes.
fn runs(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words.windows(RUN).map(text::shingle)
}

/// The runs that many unlike documents of one source carry, with the number of those documents.
fn boilerplate_runs(
    documents: &[Document],
    of_source: &[Repeat],
    statements: &Statements<'_>,
) -> HashedMap<u32> {
    let mut alike: HashMap<(DocumentIndex, DocumentIndex), f64> = HashMap::new();
    of_source
        .chunk_by(|left, right| left.run == right.run)
        .filter(|group| group.len() >= LEAST_DOCUMENTS)
        .filter(|group| on_many_days(documents, group))
        .filter(|group| {
            let step = (group.len() / SAMPLED_PAIRS).max(1);
            let mut shared: Vec<f64> = group
                .windows(2)
                .step_by(step)
                .map(|pair| {
                    let pair = (pair[0].document, pair[1].document);
                    *alike.entry(pair).or_insert_with(|| statements.shared(pair.0, pair.1))
                })
                .collect();
            shared.sort_by(f64::total_cmp);
            shared[shared.len() / 2] <= MOST_SHARED
        })
        .map(|group| (group[0].run, group.len() as u32))
        .collect()
}

/// Whether the documents of a run appeared on several days, as far as their days are known.
fn on_many_days(documents: &[Document], group: &[Repeat]) -> bool {
    let dates: Vec<i64> = group
        .iter()
        .filter_map(|repeat| documents[repeat.document as usize].published_at.as_ref())
        .map(|date| date.earliest.div_euclid(DAY))
        .collect();
    let days: BTreeSet<i64> = dates.iter().copied().collect();
    dates.len() < LEAST_DOCUMENTS || days.len() >= LEAST_DAYS
}

/// The source that each run of boilerplate belongs to. A run that other sources print too, but for
/// strays, belongs to none and is left out.
fn owners<'a>(
    documents: &'a [Document],
    candidates: &[(&'a str, HashedMap<u32>)],
) -> HashedMap<&'a str> {
    // The source that prints a run most often, that number, and the number of all documents.
    let mut counts: HashedMap<(&str, u32, u32)> = HashedMap::default();
    for (source, runs) in candidates {
        #[expect(clippy::iter_over_hash_type, reason = "a map is filled; sources come in order")]
        for (&run, &own) in runs {
            let entry = counts.entry(run).or_insert((source, own, 0));
            if own > entry.1 {
                *entry = (source, own, 0);
            }
        }
    }
    if counts.is_empty() {
        return HashedMap::default();
    }
    let everywhere: Vec<u64> = documents
        .par_iter()
        .flat_map_iter(|document| {
            let words = text::words(&document.text);
            let mut held: Vec<u64> = runs(&words).filter(|run| counts.contains_key(run)).collect();
            held.sort_unstable();
            held.dedup();
            held
        })
        .collect();
    for run in everywhere {
        if let Some((_, _, all)) = counts.get_mut(&run) {
            *all += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, (_, own, all))| all.saturating_sub(*own).saturating_mul(STRAYS) <= *own)
        .map(|(run, (source, _, _))| (run, source))
        .collect()
}

/// The spans of a text that are covered by runs of which `is_boilerplate` holds.
fn runs_where(words: &[Word], is_boilerplate: impl Fn(u64) -> bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut last_word = 0;
    for (first, run) in runs(words).enumerate() {
        if !is_boilerplate(run) {
            continue;
        }
        let span = words[first].span.cover(words[first + RUN - 1].span);
        match spans.last_mut() {
            Some(last) if first <= last_word => *last = last.cover(span),
            _ => spans.push(span),
        }
        last_word = first + RUN;
    }
    spans
}

/// The templates' lines as runs of word hashes, by their first word.
fn template_runs(templates: &[String]) -> HashMap<u64, Vec<Vec<u64>>> {
    let mut by_first: HashMap<u64, Vec<Vec<u64>>> = HashMap::new();
    for line in templates {
        for sentence in text::segment(line, Language::Other) {
            let words: Vec<u64> =
                text::words(sentence.span.of(line)).iter().map(|word| word.hash).collect();
            if let Some(&first) = words.first() {
                by_first.entry(first).or_default().push(words);
            }
        }
    }
    by_first
}

/// Where the sentences of the templates stand in a text, whatever the case and the marks.
fn template_spans(words: &[Word], templates: &HashMap<u64, Vec<Vec<u64>>>) -> Vec<Span> {
    let mut spans = Vec::new();
    if templates.is_empty() {
        return spans;
    }
    for (first, word) in words.iter().enumerate() {
        for template in templates.get(&word.hash).into_iter().flatten() {
            let run = &words[first..words.len().min(first + template.len())];
            if run.iter().map(|word| word.hash).eq(template.iter().copied()) {
                spans.push(run[0].span.cover(run[run.len() - 1].span));
            }
        }
    }
    spans
}

/// Two lists of spans as one, sorted, with those that meet joined.
fn merged(mut spans: Vec<Span>, others: Vec<Span>) -> Vec<Span> {
    spans.extend(others);
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

/// The statements of each document, for telling versions of one article from unlike ones.
struct Statements<'a> {
    /// In order of place.
    hashes: &'a [(u64, Place)],
    /// Where each document's statements end.
    ends: Vec<usize>,
}

impl<'a> Statements<'a> {
    fn new(documents: usize, hashes: &'a [(u64, Place)]) -> Self {
        let mut ends = vec![0; documents];
        for (_, place) in hashes {
            ends[place.document as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        Statements { hashes, ends }
    }

    fn of(&self, document: DocumentIndex) -> &'a [(u64, Place)] {
        let document = document as usize;
        let start = if document == 0 { 0 } else { self.ends[document - 1] };
        &self.hashes[start..self.ends[document]]
    }

    /// The share of the shorter document's statements that both have.
    fn shared(&self, a: DocumentIndex, b: DocumentIndex) -> f64 {
        let (shorter, longer) = (self.of(a), self.of(b));
        let (shorter, longer) =
            if shorter.len() <= longer.len() { (shorter, longer) } else { (longer, shorter) };
        let of_longer: HashSet<u64> = longer.iter().map(|&(hash, _)| hash).collect();
        let common = shorter.iter().filter(|(hash, _)| of_longer.contains(hash)).count();
        common as f64 / shorter.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, DatePrecision};
    use crate::pipeline::units::sentence_hashes;
    use crate::pipeline::{Silent, analyse_all};

    const FOOTER: &str = "Sign up for our morning letter and never miss a tide again.";

    /// An article of its own for every number.
    fn story(number: usize) -> String {
        let words = ["council", "ferry", "orchard", "strike", "museum", "bridge", "harvest"];
        (0..6)
            .map(|line| {
                let word = words[(number + line) % words.len()];
                format!("On day {number} the {word} number {line} was counted {number} times in {number}. ")
            })
            .collect()
    }

    fn document(number: usize, source: &str, text: String, day: i64) -> Document {
        Document {
            id: format!("{source}-{number:03}"),
            path: "in.jsonl".to_owned(),
            record: None,
            source: source.to_owned(),
            url: None,
            title: None,
            published_at: Some(Date {
                earliest: day * DAY,
                latest: (day + 1) * DAY,
                precision: DatePrecision::Day,
                text: String::new(),
            }),
            declared_language: Some(Language::English),
            digest: number as u64,
            text,
        }
    }

    #[track_caller]
    fn check_boilerplate(documents: &[Document], templates: &[&str], expected: &[&str]) {
        let (analyses, _) = analyse_all(documents, &Silent);
        let hashes = sentence_hashes(documents, &analyses);
        let templates: Vec<String> = templates.iter().map(|&line| line.to_owned()).collect();
        let masks = learn(documents, &hashes, &templates);
        let masked: BTreeSet<&str> = documents
            .iter()
            .zip(&masks.spans)
            .flat_map(|(document, spans)| spans.iter().map(|span| span.of(&document.text)))
            .collect();
        assert_eq!(masked.into_iter().collect::<Vec<_>>(), expected);
    }

    fn footers(source: &str, days: &[i64]) -> Vec<Document> {
        let with_footer = |(number, &day): (usize, &i64)| {
            document(number, source, format!("{}{FOOTER}", story(number)), day)
        };
        days.iter().enumerate().map(with_footer).collect()
    }

    #[test]
    fn a_footer_of_one_outlet_is_boilerplate() {
        check_boilerplate(&footers("Post", &[1, 2, 3, 4, 5]), &[], &[FOOTER.trim_end_matches('.')]);
    }

    #[test]
    fn four_documents_or_two_days_are_too_few() {
        check_boilerplate(&footers("Post", &[1, 2, 3, 4]), &[], &[]);
        check_boilerplate(&footers("Post", &[1, 1, 1, 2, 2, 2]), &[], &[]);
    }

    #[test]
    fn what_another_outlet_prints_too_is_reuse() {
        let mut documents = footers("Post", &[1, 2, 3, 4, 5]);
        documents.extend(footers("Echo", &[9]));
        check_boilerplate(&documents, &[], &[]);
    }

    #[test]
    fn a_stray_elsewhere_does_not_save_a_footer() {
        let mut documents = footers("Post", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        documents.extend(footers("Echo", &[9]));
        check_boilerplate(&documents, &[], &[FOOTER.trim_end_matches('.')]);
    }

    #[test]
    fn documents_of_unknown_source_have_none() {
        check_boilerplate(&footers("", &[1, 2, 3, 4, 5]), &[], &[]);
    }

    #[test]
    fn an_article_and_its_updates_are_no_boilerplate() {
        let documents: Vec<Document> = (0..6)
            .map(|day| document(day, "Post", format!("{}Update {day}.", story(1)), day as i64))
            .collect();
        check_boilerplate(&documents, &[], &[]);
    }

    #[test]
    fn a_template_is_masked_wherever_it_stands() {
        let text = format!("{} please SIGN UP below — now. {}", story(1), story(2));
        check_boilerplate(
            &[document(1, "", text, 1)],
            &["Please sign up below now."],
            &["please SIGN UP below — now"],
        );
    }
}
