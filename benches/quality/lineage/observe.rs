//! A history as a collection shows it: some documents missing, dates coarse, wrong or absent.

use std::collections::HashMap;

use cento::compare::quote_match::{describe_quotes, prepare_quote};
use cento::model::{
    Analysis, Cluster, Date, DatePrecision, Document, DocumentFrequencies, Language, Quote,
    QuoteId, QuoteKind, QuoteLink, Span,
};
use cento::provenance::{
    Collection, Differences, OutletGroups, ReadDocuments, Version, Wording, cluster, group_quotes,
    quote_places, sort_clusters,
};
use cento::text::words;

use super::random::Random;
use super::simulator::{History, Printed, article};

/// What dates the documents have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dates {
    Hour,
    Day,
    /// To the minute, the hour or the day; one in ten missing, one in twenty-five wrong.
    Mixed,
    None,
}

/// Which documents are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    None,
    /// A fifth of them.
    Some,
    /// The first telling.
    Source,
}

/// A collection with the truth about it.
pub(crate) struct Observed {
    documents: Vec<Document>,
    analyses: Vec<Analysis>,
    frequencies: DocumentFrequencies,
    /// The true parent of each document: the nearest ancestor that is left.
    pub(crate) parents: Vec<Option<usize>>,
    /// The first telling, where it is here and the only one.
    pub(crate) root: Option<usize>,
    /// There is no such, and the texts show it: a later version has material of the first telling
    /// that no earlier one has.
    pub(crate) shows_source: bool,
    /// The words of each document's version.
    pub(crate) wordings: Vec<String>,
    /// The true order of publication.
    hours: Vec<f64>,
    pub(crate) has_dates: bool,
}

/// A stretch of so many words cannot come about by chance or by an editor's hand.
const SHOWING_WORDS: usize = 3;

/// Looks at a history; `None` when fewer than two documents are left.
pub(crate) fn observe(
    random: &mut Random,
    history: &History,
    dates: Dates,
    missing: Missing,
) -> Option<Observed> {
    let kept: Vec<usize> = (0..history.versions.len())
        .filter(|&number| match missing {
            Missing::None => true,
            Missing::Some => !random.chance(0.2),
            Missing::Source => history.versions[number].parent.is_some(),
        })
        .collect();
    if kept.len() < 2 {
        return None;
    }
    let place = |number: usize| kept.binary_search(&number).ok();
    let parents: Vec<Option<usize>> = kept
        .iter()
        .map(|&number| {
            let mut ancestor = history.versions[number].parent;
            while let Some(number) = ancestor.filter(|&number| place(number).is_none()) {
                ancestor = history.versions[number].parent;
            }
            ancestor.and_then(place)
        })
        .collect();
    let versions: Vec<&Printed> = kept.iter().map(|&number| &history.versions[number]).collect();
    let roots: Vec<usize> = (0..kept.len()).filter(|&place| parents[place].is_none()).collect();
    let is_first = |place: usize| history.versions[kept[place]].parent.is_none();
    let root = match roots.as_slice() {
        [root] if is_first(*root) => Some(*root),
        _ => None,
    };
    let mut observed = Observed {
        documents: Vec::new(),
        analyses: Vec::new(),
        frequencies: DocumentFrequencies::default(),
        root,
        shows_source: false,
        wordings: versions.iter().map(|version| wording(version)).collect(),
        hours: versions.iter().map(|version| version.hour).collect(),
        has_dates: dates != Dates::None,
        parents,
    };
    for (number, version) in versions.iter().enumerate() {
        observed.add(number, version, date(random, version.hour, dates));
    }
    observed.shows_source = root.is_none() && shows_source(&versions, &observed.documents);
    observed.count_words();
    Some(observed)
}

fn wording(version: &Printed) -> String {
    version.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a version has words of the first telling, some in a row, that none has which the dates
/// let be before it, though one certainly was.
fn shows_source(versions: &[&Printed], documents: &[Document]) -> bool {
    let date = |place: usize| documents[place].published_at.as_ref();
    let is_before = |x: usize, y: usize| match (date(x), date(y)) {
        (Some(x), Some(y)) => x.is_before(y),
        _ => false,
    };
    let all = 0..versions.len();
    all.clone().any(|own| {
        let mut known = std::collections::HashSet::new();
        for other in all.clone().filter(|&other| other != own && !is_before(own, other)) {
            known.extend(versions[other].tokens.iter().filter_map(|token| token.original));
        }
        let is_new = |original: Option<u32>| original.is_some_and(|word| !known.contains(&word));
        let mut row = 0;
        let longest = versions[own].tokens.iter().map(|token| {
            row = if is_new(token.original) { row + 1 } else { 0 };
            row
        });
        longest.max().unwrap_or(0) >= SHOWING_WORDS
            && all.clone().any(|other| is_before(other, own))
    })
}

fn date(random: &mut Random, hour: f64, dates: Dates) -> Option<Date> {
    const START: i64 = 1_700_000_000 / 86_400 * 86_400;
    let precision = match dates {
        Dates::None => return None,
        Dates::Hour => 3600,
        Dates::Day => 86_400,
        Dates::Mixed if random.chance(0.1) => return None,
        Dates::Mixed => [60, 3600, 86_400][random.weighted(&[2.0, 2.0, 3.0])],
    };
    let mut second = START + (hour * 3600.0) as i64;
    if dates == Dates::Mixed && random.chance(0.04) {
        // Most wrong dates are those of a later change.
        second += if random.chance(0.8) { 1 } else { -1 } * random.between(6, 100) as i64 * 3600;
    }
    let earliest = second / precision * precision;
    let named = match precision {
        60 => DatePrecision::Minute,
        3600 => DatePrecision::Minute,
        _ => DatePrecision::Day,
    };
    Some(Date { earliest, latest: earliest + precision, precision: named, text: String::new() })
}

impl Observed {
    fn add(&mut self, number: usize, version: &Printed, date: Option<Date>) {
        let (text, start, end) = article(version);
        self.documents.push(Document {
            id: format!("{number:04}"),
            path: String::new(),
            record: None,
            source: version.outlet.clone(),
            url: None,
            title: None,
            published_at: date,
            declared_language: None,
            text,
            digest: number as u64,
        });
        let quote = Quote {
            kind: QuoteKind::Direct,
            parts: vec![Span::new(start, end)],
            speaker: None,
            cue: None,
            unclosed: false,
        };
        let language = Language::English;
        self.analyses.push(Analysis { language, sentences: Vec::new(), quotes: vec![quote] });
    }

    /// How common each word is: what these documents say, in a collection of four thousand.
    fn count_words(&mut self) {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for document in &self.documents {
            let mut hashes: Vec<u64> = words(&document.text).iter().map(|word| word.hash).collect();
            hashes.sort_unstable();
            hashes.dedup();
            for hash in hashes {
                *counts.entry(hash).or_default() += 1;
            }
        }
        let little =
            words("the of and to in a is that for it was on with as we have will this are");
        for word in little {
            counts.insert(word.hash, 3000);
        }
        self.frequencies = DocumentFrequencies::new(4000, counts);
    }

    /// The clusters that cento makes of it; all versions are linked, for this bench is about who
    /// took it from whom.
    pub(crate) fn clusters(&self) -> Vec<Cluster> {
        let outlets = OutletGroups::default();
        let collection = Collection {
            documents: &self.documents,
            analyses: &self.analyses,
            frequencies: &self.frequencies,
            outlets: &outlets,
        };
        let ids: Vec<QuoteId> = (0..self.documents.len() as u32)
            .map(|document| QuoteId { document, quote: 0 })
            .collect();
        let mut links = Vec::new();
        for (place, &a) in ids.iter().enumerate() {
            links.extend(ids[place + 1..].iter().map(|&b| QuoteLink { a, b, score: 1.0 }));
        }
        let prepared: Vec<_> = self
            .documents
            .iter()
            .zip(&self.analyses)
            .map(|(document, analysis)| {
                let quote = &analysis.quotes[0];
                prepare_quote(document, analysis.language, quote, &self.frequencies)
            })
            .collect();
        let describe = |a: &Version, b: &Version| {
            let (a, b) = (&prepared[a.document as usize], &prepared[b.document as usize]);
            describe_quotes(a, b)
        };
        let places = quote_places(collection, &links);
        let wordings: Vec<Wording> = places.iter().map(|place| place.wording(collection)).collect();
        let groups = group_quotes(collection, &links, &places, &wordings);
        let read = ReadDocuments::default();
        let mut clusters: Vec<Cluster> = groups
            .iter()
            .map(|group| {
                cluster(
                    collection,
                    &group.read(collection),
                    Differences::OfQuotes(&describe),
                    &read,
                )
            })
            .collect();
        sort_clusters(&mut clusters);
        clusters
    }

    /// What the simplest rule takes for the parent: the nearest earlier document in wording.
    pub(crate) fn nearest_earlier(&self, child: usize) -> Option<usize> {
        let set = |text: &str| -> std::collections::BTreeSet<String> {
            text.split(' ').map(str::to_owned).collect()
        };
        let own = set(&self.wordings[child]);
        let mut best: Option<(f64, usize)> = None;
        for other in
            (0..self.documents.len()).filter(|&other| self.hours[other] < self.hours[child])
        {
            let words = set(&self.wordings[other]);
            let shared = own.intersection(&words).count() as f64;
            let score = shared / (own.len() + words.len()) as f64;
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, other));
            }
        }
        best.map(|(_, other)| other)
    }
}
