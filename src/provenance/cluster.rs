//! Verified links to clusters with members, speaker, origin and tree.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use xxhash_rust::xxh3::xxh3_128;

use crate::model::{
    Analysis, Cluster, ClusterKind, Date, Document, DocumentFrequencies, DocumentIndex,
    DocumentPair, Drift, DriftKind, Edge, Language, Member, MemberItem, Quote, QuoteId, QuoteLink,
    QuoteMatch, Span, SpeakerMethod, Variant,
};
use crate::text::words;

use super::common_words::share_held;
use super::consensus::{SpeakerMention, consensus};
use super::credit::Publishers;
use super::growth::{Grown, Link, Node};
use super::lineage::{History, Witness};
use super::misfit::{grow_without_misfits, is_misfit};
use super::mouths::without_other_mouths;
use super::occasion::{beside, is_public};
use super::origin::judge_lineage;
use super::outlets::{OutletGroups, host};
use super::passages;
use super::read_documents::{ReadDocument, ReadDocuments};
use super::readings::{Readings, joined, readings};
use super::runs::{Words, are_two_utterances};
use super::statements;
use super::text_evidence::edits_from_fullest;
use super::translations::{self, is_translation};

/// Credits are searched only against so many outlets of one cluster.
const MOST_CREDITED_OUTLETS: usize = 64;

/// A quote that is linked to the fullest form only by way of another one has this share of its words.
const HELD_BY_ANOTHER: f64 = 0.5;

/// What clusters are drawn from.
#[derive(Clone, Copy)]
pub struct Collection<'a> {
    /// All documents.
    pub documents: &'a [Document],
    /// What was found in each.
    pub analyses: &'a [Analysis],
    /// How common each word is.
    pub frequencies: &'a DocumentFrequencies,
    /// Which outlets belong together.
    pub outlets: &'a OutletGroups,
}

/// One version, before its cluster is known.
#[derive(Clone, Debug)]
pub struct Version {
    /// The document it stands in.
    pub document: DocumentIndex,
    /// What it is there.
    pub item: MemberItem,
    /// Where it stands there.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// The hashes of its folded words.
    pub words: Vec<u64>,
}

impl Version {
    /// A quote of the collection as a version.
    pub fn of_quote(collection: Collection<'_>, id: QuoteId) -> Version {
        VersionPlace::of_quote(collection, id).read(collection)
    }

    /// Running text of the collection as a version.
    pub fn of_span(
        collection: Collection<'_>,
        document: DocumentIndex,
        item: MemberItem,
        span: Span,
    ) -> Version {
        VersionPlace { document, item, span }.read(collection)
    }
}

/// Where a version stands. Its words are read when they are wanted, for those of all versions take
/// more memory than what is found of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionPlace {
    /// The document.
    pub document: DocumentIndex,
    /// What the version is there.
    pub item: MemberItem,
    /// The place in the document's text.
    pub span: Span,
}

impl VersionPlace {
    /// The place of a quote of the collection.
    pub(super) fn of_quote(collection: Collection<'_>, id: QuoteId) -> VersionPlace {
        let quote = &collection.analyses[id.document as usize].quotes[id.quote as usize];
        let item = MemberItem::Quote(id.quote);
        VersionPlace { document: id.document, item, span: quote.cover() }
    }

    /// The version that stands there.
    pub fn read(&self, collection: Collection<'_>) -> Version {
        let VersionPlace { document, item, span } = *self;
        let whole = &collection.documents[document as usize].text;
        let text = match item {
            MemberItem::Quote(quote) => {
                let quotes = &collection.analyses[document as usize].quotes;
                quotes[quote as usize].text_within(span, whole)
            }
            MemberItem::Passage | MemberItem::Text => span.of(whole).to_owned(),
        };
        let words = words(&text).into_iter().map(|word| word.hash).collect();
        Version { document, item, span, text, words }
    }

    /// What tells its wording from others.
    pub fn wording(&self, collection: Collection<'_>) -> Wording {
        let words = self.read(collection).words;
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        Wording { hash: xxh3_128(&bytes), words: words.len() as u32 }
    }
}

/// A sequence of words, known by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wording {
    hash: u128,
    words: u32,
}

/// Places of versions that belong together.
#[derive(Clone, Debug)]
pub struct GroupedPlaces {
    /// The places.
    pub places: Vec<VersionPlace>,
    /// Which of them has the fullest form.
    pub fullest: usize,
}

impl GroupedPlaces {
    /// The versions that stand there.
    pub fn read(&self, collection: Collection<'_>) -> Group {
        let versions = self.places.iter().map(|place| place.read(collection)).collect();
        Group { versions, fullest: self.fullest }
    }
}

/// Versions that belong together, before anything is said about them.
#[derive(Clone, Debug)]
pub struct Group {
    /// The versions.
    pub versions: Vec<Version>,
    /// The place of the fullest form among them.
    pub fullest: usize,
}

/// How the versions of a group differ.
#[derive(Clone, Copy)]
pub enum Differences<'d> {
    /// Says how the first of two versions of a quote differs from the second; called once for
    /// every pair of wordings that matters.
    OfQuotes(&'d dyn Fn(&Version, &Version) -> QuoteMatch),
    /// The aligned documents that the passages stand in, sorted.
    OfPassages(&'d [DocumentPair]),
}

impl Differences<'_> {
    fn kind(self) -> ClusterKind {
        match self {
            Differences::OfQuotes(_) => ClusterKind::Quote,
            Differences::OfPassages(_) => ClusterKind::Passage,
        }
    }

    /// What changed in substance from one version to another.
    fn drift(self, from: &Version, to: &Version) -> Vec<Drift> {
        match self {
            Differences::OfQuotes(describe) => describe(from, to).drift,
            Differences::OfPassages(pairs) => passages::drift(pairs, from, to),
        }
    }
}

/// Groups of quotes that verified links tie together. `places` are the
/// [`quote_places`](super::quote_places) of the links, each with its wording.
pub fn group_quotes(
    collection: Collection<'_>,
    links: &[QuoteLink],
    places: &[VersionPlace],
    wordings: &[Wording],
) -> Vec<GroupedPlaces> {
    let number = |id, other| statements::linked_place(collection, places, id, other) as u32;
    let links: Vec<Link> = links
        .iter()
        .map(|link| Link {
            a: number(link.a, link.b),
            b: number(link.b, link.a),
            score: link.score,
        })
        .collect();
    let (links, across) = translations::part(collection, places, links);
    // A few words that two utterances have in common must not tie them together.
    let allows = |fullest: u32, version: u32, by_another: bool| {
        let [fullest, version] = [fullest, version]
            .map(|number| Words::of(places[number as usize].read(collection).words));
        (!by_another || share_held(&fullest.in_order, &version.in_order) >= HELD_BY_ANOTHER)
            && !are_two_utterances(collection.frequencies, &fullest, &version)
    };
    let nodes = nodes(wordings);
    let words = |node: u32| places[node as usize].read(collection).words;
    let is_misfit = |grown: &Grown| is_misfit(grown, &nodes, words);
    let grown = grow_without_misfits(&nodes, &links, &allows, is_misfit).into_iter();
    let grown = grown.filter_map(|grown| without_other_mouths(collection, places, grown)).collect();
    // What was surely printed first is most likely no translation.
    let first_printed = |grown: &Grown| {
        let documents = grown.nodes.iter().map(|&node| places[node as usize].document as usize);
        let dates = documents.filter_map(|place| collection.documents[place].published_at.as_ref());
        dates.map(|date| date.latest).min().unwrap_or(i64::MAX)
    };
    let language =
        |grown: &Grown| translations::language(collection, places[grown.anchor as usize].document);
    groups(places, translations::join(grown, &across, language, first_printed))
}

/// Grown clusters of versions as groups.
pub(super) fn groups(places: &[VersionPlace], grown: Vec<Grown>) -> Vec<GroupedPlaces> {
    let groups = grown.into_iter().map(|grown| GroupedPlaces {
        fullest: grown.nodes.iter().position(|&node| node == grown.anchor).unwrap_or(0),
        places: grown.nodes.iter().map(|&node| places[node as usize]).collect(),
    });
    groups.collect()
}

/// The versions as growth sees them: length and wording.
pub(super) fn nodes(wordings: &[Wording]) -> Vec<Node> {
    let mut numbers: HashMap<Wording, u32> = HashMap::new();
    wordings
        .iter()
        .map(|wording| {
            let next = numbers.len() as u32;
            let number = *numbers.entry(*wording).or_insert(next);
            Node { words: wording.words as usize, wording: number }
        })
        .collect()
}

/// Sorts clusters of one kind: by size, then by text, then by the first member.
pub fn sort_clusters(clusters: &mut [Cluster]) {
    clusters.sort_by(|x, y| {
        let first = |cluster: &Cluster| {
            cluster.members.first().map(|member| (member.document, member.span))
        };
        (y.members.len().cmp(&x.members.len()))
            .then_with(|| x.text.cmp(&y.text))
            .then_with(|| first(x).cmp(&first(y)))
    });
}

/// The cluster of versions that are known to belong together.
pub fn cluster(
    collection: Collection<'_>,
    group: &Group,
    differences: Differences<'_>,
    read: &ReadDocuments,
) -> Cluster {
    let versions = &group.versions;
    let date =
        |version: &Version| collection.documents[version.document as usize].published_at.as_ref();
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|&number| {
        let version = &versions[number];
        (date_key(date(version)), version.document, version.span)
    });
    let wordings = Wordings::of(collection, group);
    let members = members(collection, group, &order, &wordings, differences);
    let documents = Documents::of(versions, &order);
    let read: Vec<Rc<ReadDocument>> =
        versions.iter().map(|version| read.get(collection, version.document)).collect();
    let history =
        history(collection, differences.kind(), group, &order, &documents, &wordings, &read);
    let (mut origin, edges) = judge_lineage(&history);
    origin.document = origin.document.map(|witness| {
        let first = documents.versions[witness as usize][0];
        members[first as usize].document
    });
    let mut edges = documents.edges_of_versions(edges, versions, &order);
    drift_along(&mut edges, collection, versions, &order, &wordings, differences);
    let dates = || {
        members.iter().filter_map(|member| {
            collection.documents[member.document as usize].published_at.as_ref()
        })
    };
    let voters: BTreeSet<String> =
        members.iter().map(|member| voter(collection, member.document)).collect();
    Cluster {
        kind: differences.kind(),
        text: versions[group.fullest].text.clone(),
        sources: voters.len() as u32,
        first_seen: dates().min_by_key(|date| (date.earliest, date.latest)).cloned(),
        last_seen: dates().max_by_key(|date| (date.latest, date.earliest)).cloned(),
        speaker: match differences.kind() {
            ClusterKind::Quote => consensus(&mentions(collection, &members, origin.document)),
            ClusterKind::Passage => None,
        },
        members,
        origin,
        edges,
    }
}

/// The members in their order, each with how it differs from the fullest form.
fn members(
    collection: Collection<'_>,
    group: &Group,
    order: &[usize],
    wordings: &Wordings,
    differences: Differences<'_>,
) -> Vec<Member> {
    // Copies differ from the fullest form alike, except for what their documents add.
    let mut described: HashMap<_, (Variant, Vec<Drift>)> = HashMap::new();
    let fullest = &group.versions[group.fullest];
    let members = order.iter().map(|&number| {
        let version = &group.versions[number];
        let wording = wordings.of[number];
        let (variant, drift) = match differences {
            _ if number == group.fullest => (Variant::Identical, Vec::new()),
            Differences::OfQuotes(describe) => described
                .entry((wording, Telling::of(collection, version)))
                .or_insert_with(|| {
                    let found = describe(version, fullest);
                    (found.variant, found.drift)
                })
                .clone(),
            // What changed in a passage stands with the pair it was found in.
            Differences::OfPassages(_) => {
                (passages::variant(&wordings.readings[wording as usize], fullest), Vec::new())
            }
        };
        Member {
            document: version.document,
            item: version.item,
            span: version.span,
            variant,
            drift,
        }
    });
    members.collect()
}

/// The different wordings of a group.
struct Wordings {
    /// The wording of each version.
    of: Vec<u32>,
    /// Each wording against the fullest form.
    readings: Vec<Readings>,
}

impl Wordings {
    fn of(collection: Collection<'_>, group: &Group) -> Wordings {
        let fullest_version = &group.versions[group.fullest];
        let fullest = &fullest_version.words;
        // The words of a translation say nothing of what it was made from: it is read as if it had
        // those of the fullest form.
        let readings_of_version = |version: &Version| {
            let translated = is_translation(collection, version, fullest_version);
            readings(if translated { fullest } else { &version.words }, fullest)
        };
        let mut numbers: HashMap<&[u64], u32> = HashMap::new();
        let mut readings_of = Vec::new();
        let of = group.versions.iter().map(|version| {
            *numbers.entry(&version.words).or_insert_with(|| {
                readings_of.push(readings_of_version(version));
                readings_of.len() as u32 - 1
            })
        });
        Wordings { of: of.collect(), readings: readings_of }
    }
}

/// What the document of a version says about it beside its words.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Telling<'a> {
    speaker: Option<&'a str>,
    quoted: bool,
}

impl<'a> Telling<'a> {
    fn of(collection: Collection<'a>, version: &Version) -> Telling<'a> {
        let quote = quote_of(collection, version);
        Telling {
            speaker: quote
                .and_then(|quote| quote.speaker.as_ref())
                .map(|speaker| speaker.name.as_str()),
            quoted: quote.is_some_and(|quote| quote.kind.is_quoted_speech()),
        }
    }
}

/// Notes for each edge what changed on it.
fn drift_along(
    edges: &mut [Edge],
    collection: Collection<'_>,
    versions: &[Version],
    order: &[usize],
    wordings: &Wordings,
    differences: Differences<'_>,
) {
    let mut known: HashMap<_, Vec<Drift>> = HashMap::new();
    for edge in edges {
        let Some(parent) = edge.parent else { continue };
        let (from, to) = (order[parent as usize], order[edge.child as usize]);
        let side =
            |number: usize| (wordings.of[number], Telling::of(collection, &versions[number]));
        let (of_from, of_to) = (side(from), side(to));
        if of_from == of_to {
            continue;
        }
        let found = known.entry((of_from, of_to)).or_insert_with(|| {
            let mut drift = differences.drift(&versions[from], &versions[to]);
            drift.extend(lost_attribution(collection, &versions[from], &versions[to]));
            drift
        });
        edge.drift.clone_from(found);
    }
}

/// A named speaker of the first version who is nameless in the second.
fn lost_attribution(collection: Collection<'_>, from: &Version, to: &Version) -> Option<Drift> {
    let named = quote_of(collection, from)?
        .speaker
        .as_ref()
        .filter(|speaker| !speaker.method.is_description())?;
    let other = quote_of(collection, to)?.speaker.as_ref();
    let lost = match other {
        None => "",
        Some(other) if other.method == SpeakerMethod::Anonymous => &other.name,
        Some(_) => return None,
    };
    Some(Drift { kind: DriftKind::Speaker, a: named.name.clone(), b: lost.to_owned() })
}

/// Oldest first, undated last.
fn date_key(date: Option<&Date>) -> (bool, i64, i64) {
    date.map_or((true, 0, 0), |date| (false, date.earliest, date.latest))
}

fn quote_of<'a>(collection: Collection<'a>, version: &Version) -> Option<&'a Quote> {
    match version.item {
        MemberItem::Quote(number) => {
            collection.analyses[version.document as usize].quotes.get(number as usize)
        }
        MemberItem::Passage | MemberItem::Text => None,
    }
}

/// Whose voice a document is: its publisher, or the document itself.
fn voter(collection: Collection<'_>, document: DocumentIndex) -> String {
    let own = &collection.documents[document as usize];
    collection.outlets.group_of(own).unwrap_or_else(|| format!("\u{0}{}", own.id))
}

fn mentions(
    collection: Collection<'_>,
    members: &[Member],
    origin: Option<DocumentIndex>,
) -> Vec<SpeakerMention> {
    members
        .iter()
        .filter_map(|member| {
            let MemberItem::Quote(number) = member.item else { return None };
            let analysis = &collection.analyses[member.document as usize];
            let speaker = analysis.quotes.get(number as usize)?.speaker.as_ref()?;
            Some(SpeakerMention {
                document: member.document,
                voter: voter(collection, member.document),
                name: speaker.name.clone(),
                method: speaker.method,
                confidence: speaker.confidence,
                is_origin: origin == Some(member.document),
            })
        })
        .collect()
}

/// The documents of a cluster, each with the places of its versions in `order`. What a document
/// prints in several pieces it has taken in one go, so it is one witness.
struct Documents {
    versions: Vec<Vec<u32>>,
}

impl Documents {
    fn of(versions: &[Version], order: &[usize]) -> Documents {
        let mut numbers: HashMap<DocumentIndex, usize> = HashMap::new();
        let mut found = Documents { versions: Vec::new() };
        for (place, &number) in (0u32..).zip(order) {
            let next = found.versions.len();
            let number = *numbers.entry(versions[number].document).or_insert(next);
            if number == next {
                found.versions.push(Vec::new());
            }
            found.versions[number].push(place);
        }
        found
    }

    /// Edges between documents as edges between versions: each version of the child comes from the
    /// version of the parent that shares most words with it.
    fn edges_of_versions(
        &self,
        edges: Vec<Edge>,
        versions: &[Version],
        order: &[usize],
    ) -> Vec<Edge> {
        let words = |place: u32| &versions[order[place as usize]].words;
        let mut found = Vec::with_capacity(edges.len());
        for edge in edges {
            let parents = edge.parent.map(|parent| self.versions[parent as usize].as_slice());
            for &child in &self.versions[edge.child as usize] {
                let parent = parents.and_then(|parents| {
                    if let [only] = parents {
                        return Some(*only);
                    }
                    let shared = |&place: &u32| shared_words(words(place), words(child));
                    parents.iter().copied().max_by_key(|place| (shared(place), u32::MAX - place))
                });
                found.push(Edge { parent, child, ..edge.clone() });
            }
        }
        found.sort_by_key(|edge| edge.child);
        found
    }
}

/// How many distinct words two versions share; most documents have one version, which is not
/// looked at.
fn shared_words(a: &[u64], b: &[u64]) -> usize {
    let known: BTreeSet<u64> = a.iter().copied().collect();
    b.iter().copied().collect::<BTreeSet<u64>>().intersection(&known).count()
}

/// The cluster as lineage sees it: a witness a document. `read` are the documents of the versions.
fn history<'a>(
    collection: Collection<'a>,
    kind: ClusterKind,
    group: &Group,
    order: &[usize],
    documents: &Documents,
    wordings: &Wordings,
    read: &'a [Rc<ReadDocument>],
) -> History<'a> {
    let versions = &group.versions;
    let document_of = |version: &Version| &collection.documents[version.document as usize];
    let known: BTreeSet<&str> =
        read.iter().filter_map(|document| document.publisher.as_deref()).collect();
    let known: Vec<&str> = known.into_iter().collect();
    let publisher_of = |number: usize| {
        let place = known.binary_search(&read[number].publisher.as_deref()?).ok()?;
        Some(place as u32)
    };
    let outlets: BTreeSet<(u32, &str, Option<String>)> = versions
        .iter()
        .enumerate()
        .filter_map(|(number, version)| {
            let document = document_of(version);
            let host = document.url.as_deref().and_then(host);
            Some((publisher_of(number)?, document.source.as_str(), host))
        })
        .collect();
    let names = Publishers::new(outlets.into_iter().take(MOST_CREDITED_OUTLETS));
    let mut numbers: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut joined_readings = Vec::new();
    let mut witnesses = Vec::with_capacity(documents.versions.len());
    for places in &documents.versions {
        let own = || places.iter().map(|&place| order[place as usize]);
        let Some(first) = own().next() else { continue };
        let document = document_of(&versions[first]);
        let next = numbers.len() as u32;
        let pieces: Vec<u32> = own().map(|number| wordings.of[number]).collect();
        let wording = *numbers.entry(pieces).or_insert_with(|| {
            joined_readings.push(joined(
                own().map(|number| wordings.readings[wordings.of[number] as usize].clone()),
            ));
            next
        });
        let publisher = publisher_of(first);
        let mut witness = Witness {
            document,
            read: &read[first],
            date: document.published_at.as_ref(),
            publisher,
            is_agency: read[first].is_agency,
            own_dateline: false,
            is_release: read[first].is_release,
            is_public: false,
            own_interview: false,
            wording,
            credits: BTreeSet::new(),
            credits_unseen: false,
            tongue: own().map(|number| &versions[number]).find_map(|version| {
                is_translation(collection, version, &versions[group.fullest])
                    .then(|| translations::language(collection, version.document))
            }),
            has_forerunner: false,
        };
        for version in own().map(|number| &versions[number]) {
            let text = document.text.as_str();
            let sentences = &collection.analyses[version.document as usize].sentences;
            let lines = beside(text, sentences, version.span);
            let place = (version.span, lines);
            let credited = names.credited(text, place, publisher, &read[first].head);
            witness.own_dateline |= credited.own_dateline;
            witness.own_interview |= credited.own_interview;
            witness.credits_unseen |= credited.somebody_else;
            witness.credits.extend(credited.publishers);
            witness.is_public |= kind == ClusterKind::Quote && is_public(lines);
        }
        witnesses.push(witness);
    }
    // Some outlets name themselves in every dateline; who is credited for it too is an agency.
    let credited: BTreeSet<u32> =
        witnesses.iter().flat_map(|witness| witness.credits.iter().copied()).collect();
    for witness in &mut witnesses {
        let is_credited = witness.publisher.is_some_and(|own| credited.contains(&own));
        witness.is_agency |= witness.own_dateline && is_credited;
    }
    let mut printed: BTreeSet<Option<Language>> = BTreeSet::new();
    for witness in &mut witnesses {
        witness.has_forerunner = printed.contains(&witness.tongue);
        if witness.date.is_some() {
            printed.insert(witness.tongue);
        }
    }
    let fullest = versions[group.fullest].words.clone();
    let edits_from_fullest = joined_readings
        .iter()
        .map(|readings| edits_from_fullest(readings, fullest.len()))
        .collect();
    History { kind, witnesses, wordings: joined_readings, fullest, edits_from_fullest }
}
