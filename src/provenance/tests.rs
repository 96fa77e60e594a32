//! Small histories and what is to be said of them.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{
    Collection, Differences, Group, OutletGroups, ReadDocuments, Version, Wording, cluster,
    group_quotes, quote_places, sort_clusters,
};
use crate::model::{
    Analysis, Cluster, Date, DatePrecision, Document, DocumentFrequencies, Language, MemberItem,
    Quote, QuoteId, QuoteKind, QuoteLink, QuoteMatch, Span, Variant, Verdict,
};

/// Wordings by a letter: the whole, its parts, and changes of it.
fn wording(letter: &str) -> &'static str {
    match letter {
        "F" => {
            "We will keep the ferry running through the winter and nobody on the island will \
                have to pay more for it than they do today"
        }
        "H" => "We will keep the ferry running through the winter",
        "T" => "nobody on the island will have to pay more for it than they do today",
        "R" => {
            "We will keep the ferry sailing through the winter and nobody on the island will \
                have to pay more for it than they do today"
        }
        "RH" => "We will keep the ferry sailing through the winter",
        "RR" => {
            "We shall keep the ferry sailing through the winter and nobody on the island will \
                 have to pay more for it than they do today"
        }
        "M" => {
            "We will keep the ferry running through the winter and nobody on the island will \
                have to pay more"
        }
        "N" => {
            "keep the ferry running through the winter and nobody on the island will have to \
                pay more for it than they do today"
        }
        // In German.
        "D" => {
            "Wir lassen die Fähre den Winter über fahren und niemand auf der Insel wird dafür \
                mehr zahlen müssen als heute"
        }
        "DH" => "Wir lassen die Fähre den Winter über fahren",
        other => panic!("no wording {other}"),
    }
}

/// A day, an hour of a day, or nothing: `3`, `3T08`, `-`.
fn date(text: &str) -> Option<Date> {
    if text == "-" {
        return None;
    }
    let (day, hour) = text.split_once('T').map_or((text, None), |(day, hour)| (day, Some(hour)));
    let day: i64 = day.parse().expect("a day");
    let (earliest, length, precision) = match hour {
        Some(hour) => {
            let hour: i64 = hour.parse().expect("an hour");
            (day * 86_400 + hour * 3600, 60, DatePrecision::Minute)
        }
        None => (day * 86_400, 86_400, DatePrecision::Day),
    };
    Some(Date { earliest, latest: earliest + length, precision, text: text.to_owned() })
}

/// Documents from lines of `id outlet date wording`, with text after the quote behind a bar.
fn documents(lines: &[&str]) -> (Vec<Document>, Vec<Analysis>) {
    let mut rows: Vec<(Document, Analysis)> = lines
        .iter()
        .map(|line| {
            let (head, after) = line.split_once('|').unwrap_or((line, ""));
            let fields: Vec<&str> = head.split_whitespace().collect();
            let words = wording(fields[3]);
            let text = format!("The minister said: “{words}.” {}", after.trim());
            let start = text.find('“').map_or(0, |place| place + '“'.len_utf8());
            let document = Document {
                id: fields[0].to_owned(),
                source: fields[1].replace('_', " "),
                published_at: date(fields[2]),
                text,
                ..Document::default()
            };
            let quote = Quote {
                kind: QuoteKind::Direct,
                parts: vec![Span::new(start, start + words.len())],
                speaker: None,
                cue: None,
                unclosed: false,
            };
            let analysis = Analysis {
                language: match fields[3].starts_with('D') {
                    true => Language::German,
                    false => Language::English,
                },
                quotes: vec![quote],
                ..Analysis::default()
            };
            (document, analysis)
        })
        .collect();
    rows.sort_by(|x, y| x.0.id.cmp(&y.0.id));
    rows.into_iter().unzip()
}

fn described(_: &Version, _: &Version) -> QuoteMatch {
    QuoteMatch { score: 1.0, information: 1.0, variant: Variant::Reworded, drift: Vec::new() }
}

fn clusters(documents: &[Document], analyses: &[Analysis], links: &[QuoteLink]) -> Vec<Cluster> {
    let frequencies = DocumentFrequencies::new(0, HashMap::new());
    let outlets = OutletGroups::default();
    let collection =
        Collection { documents, analyses, frequencies: &frequencies, outlets: &outlets };
    let places = quote_places(collection, links);
    let wordings: Vec<Wording> = places.iter().map(|place| place.wording(collection)).collect();
    let groups = group_quotes(collection, links, &places, &wordings);
    let differences = Differences::OfQuotes(&described);
    let read = ReadDocuments::default();
    let mut clusters: Vec<Cluster> = groups
        .iter()
        .map(|group| cluster(collection, &group.read(collection), differences, &read))
        .collect();
    sort_clusters(&mut clusters);
    clusters
}

fn all_links(count: usize) -> Vec<QuoteLink> {
    let id = |document: usize| QuoteId { document: document as u32, quote: 0 };
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    pairs.map(|(a, b)| QuoteLink { a: id(a), b: id(b), score: 1.0 }).collect()
}

/// The verdict with its document and the tree: `probable a: b<a c<b`, `?` for the unseen source.
fn history(lines: &[&str]) -> (String, Cluster) {
    let (documents, analyses) = documents(lines);
    let mut found = clusters(&documents, &analyses, &all_links(documents.len()));
    assert_eq!(found.len(), 1, "{lines:?}");
    let cluster = found.remove(0);
    let name = |document: u32| documents[document as usize].id.clone();
    let origin = cluster.origin.document.map_or(String::new(), |own| format!(" {}", name(own)));
    let member = |number: u32| name(cluster.members[number as usize].document);
    let mut edges: Vec<String> = cluster
        .edges
        .iter()
        .map(|edge| format!(" {}<{}", member(edge.child), edge.parent.map_or("?".into(), member)))
        .collect();
    edges.sort();
    (format!("{}{origin}:{}", cluster.origin.verdict.name(), edges.concat()), cluster)
}

fn check(lines: &[&str], expected: &str) {
    let (found, cluster) = history(lines);
    assert_eq!(found, expected, "{lines:?}\n{:?}\n{:?}", cluster.origin, cluster.edges);
}

#[test]
fn verdicts_and_trees() {
    // The earliest, and all others can stem from it.
    check(&["a Post 1T08 F", "b Mail 1T10 F"], "probable a: b<a");
    check(&["a Post 1T08 F", "b Mail 1T10 H"], "probable a: b<a");
    check(&["a Post 1T08 F", "b Post 1T20 F", "c Sun 9T09 F"], "probable a: b<a c<b");
    check(&["a Post 1T08 F", "b Mail 1T10 R", "c Sun 1T12 H"], "probable a: b<a c<a");
    // A shared change shows descent, nearer in time or not.
    check(&["a Post 1T08 F", "b Mail 1T10 R", "c Sun 1T12 RH"], "probable a: b<a c<b");
    check(&["a Post 1T08 F", "b Mail 1T10 R", "c Sun 1T12 RR"], "probable a: b<a c<b");
    check(&["a Post 1T08 F", "b Mail 5T10 R", "c Sun 9T12 R"], "probable a: b<a c<b");
    check(
        &["a Post 1T08 F", "b Mail 1T09 R", "c Sun 1T10 F", "d Star 8T12 R"],
        "probable a: b<a c<a d<b",
    );
    // A later version has words that no earlier one has: neither was the source.
    check(&["a Post 1T08 H", "b Mail 1T10 F"], "common_source: b<?");
    check(&["a Post 1T08 H", "b Mail 1T10 T"], "common_source: b<?");
    check(&["a Post 1T08 M", "b Mail 1T10 N"], "common_source: b<?");
    check(&["a Post 1T08 H", "b Mail 1T10 T", "c Sun 1T12 F"], "common_source: b<? c<?");
    // Without dates there is no direction, whatever the wordings say.
    check(&["a Post - F", "b Mail - F"], "undetermined:");
    check(&["a Post - F", "b Mail - H", "c Sun - R"], "undetermined:");
    check(&["a Post - H", "b Mail - T"], "common_source:");
    // Of one day: copies stay tied, other wordings can decide.
    check(&["a Post 1 F", "b Mail 1 F"], "undetermined: b<a");
    check(&["a Post 1 F", "b Mail 1 H", "c Sun 2 H"], "probable a: b<a c<b");
    check(&["a Mail 1 H", "b Post 1 F"], "probable b: a<b");
    check(&["a Post 1 F", "b Mail 1 R", "c Sun 2 F", "d Star 2 F"], "probable a: b<a c<a d<a");
    // One date is missing, and the wording tells.
    check(&["a Post - F", "b Mail 2 H", "c Sun 3 H"], "probable a: b<a c<b");
    // Credits.
    check(
        &["a Post 1T08 F", "b Mail 1T10 F | he told the Post.", "c Sun 1T11 F"],
        "found a: b<a c<a",
    );
    check(&["a Reuters 1 F", "b Mail 1 F | he told Reuters.", "c Sun 1 F"], "found a: b<a c<a");
    check(
        &["a Post 1T08 F | he told Reuters.", "b Mail 1T10 F | he told Reuters."],
        "common_source: b<?",
    );
    // Spoken to the first outlet, or open to all.
    check(&["a Post 1T08 F | he told the Post.", "b Mail 1T10 F"], "found a: b<a");
    check(&["a Post 1T08 F | he said in a statement.", "b Mail 1T10 F"], "common_source: b<?");
    check(
        &["a Post 1T08 F | he said in a statement.", "b Mail 1T10 F | he told the Post."],
        "found a: b<a",
    );
    // A page dated before the one it credits.
    check(
        &["a Post 1T08 H | he told the Mail.", "b Mail 1T10 F", "c Sun 1T11 F"],
        "found b: a<b c<b",
    );
    // Two remarks of one article quoted as one: the second stands elsewhere in it.
    check(
        &[
            "a Post 1T08 H | And nobody on the island will have to pay more for it than they do.",
            "b Mail 1T10 H",
            "c Sun 1T12 F",
        ],
        "probable a: b<a c<a",
    );
    // The odd one is dated later than two tied ones: it has words from elsewhere.
    check(&["a Post 1 H", "b Mail 1 H", "c Sun 3 F"], "common_source: b<a c<?");
    // A page dated before the agency's text, and made of it.
    check(
        &["a Post 1T08 H", "b Reuters 1T10 F", "c Mail 1T11 F | he told Reuters.", "d Sun 1T12 M"],
        "found b: a<b c<b d<b",
    );
    // Many outlets, one text, one hour: a wire or a release that is not here.
    let wire = ["a Post 1T08 F", "b Mail 1T08 F", "c Sun 1T09 F", "d Star 1T09 F", "e News 1T10 F"];
    check(&wire, "common_source: b<? c<? d<? e<?");
    let from_agency = ["a AFP 1T08 F", "b Mail 1T08 F", "c Sun 1T09 F", "d Star 1T09 F"];
    let (found, cluster) = history(&from_agency);
    assert!(found.starts_with("probable a:"), "{found}");
    assert!(cluster.origin.why.iter().any(|why| why.contains("syndication")));
}

#[test]
fn translations_have_a_lineage_too() {
    // The first in a language is made from one in another; those after it have a text to take.
    check(&["a Post 1T08 F", "b Blatt 1T10 D", "c Tag 1T12 D"], "probable a: b<a c<b");
    check(&["a Blatt 1T08 D", "b Post 1T10 F", "c Mail 1T11 F"], "probable a: b<a c<b");
    check(
        &["a Post 1T08 F", "b Blatt 1T10 DH", "c Mail 1T11 H | he told the Post."],
        "found a: b<a c<a",
    );
    let (_, cluster) = history(&["a Post 1T08 F", "b Blatt 1T10 D", "c Mail 1T12 H"]);
    assert!(cluster.text.starts_with("We will"), "{}", cluster.text);
    assert!(cluster.edges[0].why[0].starts_with("in another language"), "{:?}", cluster.edges);
}

#[test]
fn a_translation_joins_what_it_renders_best() {
    // Two utterances of one interview; the German one is linked to both.
    let (documents, analyses) =
        documents(&["a Post 1 H", "b Mail 1 H", "c Sun 1 T", "d Star 1 T", "e Blatt 1 DH"]);
    let id = |document: u32| QuoteId { document, quote: 0 };
    let link = |a: u32, b: u32, score: f64| QuoteLink { a: id(a), b: id(b), score };
    let members = |links: &[QuoteLink]| -> Vec<Vec<u32>> {
        let found = clusters(&documents, &analyses, links);
        let of = |cluster: &Cluster| cluster.members.iter().map(|member| member.document).collect();
        found.iter().map(of).collect()
    };
    let both = [link(0, 1, 1.0), link(0, 4, 0.4), link(2, 3, 1.0), link(2, 4, 0.7)];
    assert_eq!(members(&both), [vec![2, 3, 4], vec![0, 1]]);
    // Links to a translation tie nothing else.
    let through = [link(0, 4, 0.7), link(2, 4, 0.6)];
    assert_eq!(members(&through), [[0, 4]]);
}

#[test]
fn what_one_document_prints_in_pieces_is_one_witness() {
    // The first document prints both halves as quotes of their own; the second prints the whole.
    let (mut documents, mut analyses) = documents(&["a Post 1T08 F", "b Mail 1T10 F"]);
    let (head, tail) = (wording("H"), wording("T"));
    documents[0].text = format!("“{head}.” “{tail}.”");
    let span = |words: &str| {
        let start = documents[0].text.find(words).unwrap_or(0);
        Span::new(start, start + words.len())
    };
    let whole = analyses[0].quotes[0].clone();
    let piece = |words| Quote { parts: vec![span(words)], ..whole.clone() };
    analyses[0].quotes = vec![piece(head), piece(tail)];
    let id = |document: u32, quote: u32| QuoteId { document, quote };
    let link = |a, b| QuoteLink { a, b, score: 1.0 };
    let links = [link(id(0, 0), id(1, 0)), link(id(0, 1), id(1, 0))];
    let found = clusters(&documents, &analyses, &links);
    assert_eq!(found.len(), 1);
    let cluster = &found[0];
    assert_eq!(cluster.members.len(), 3);
    assert_eq!(cluster.origin.verdict, Verdict::Probable, "{:?}", cluster.origin);
    assert_eq!(cluster.origin.document, Some(0));
    let edges: Vec<_> = cluster.edges.iter().map(|edge| (edge.parent, edge.child)).collect();
    assert_eq!(edges, [(Some(1), 2)], "one edge, from the longer piece");
}

#[test]
fn reasons_are_given_in_words() {
    let (_, cluster) = history(&[
        "a Post 1T08 F",
        "b Mail 1T10 F | he told the Post.",
        "c Sun 1T09 R",
        "d Star 1T11 RH",
    ]);
    let why: Vec<String> = cluster.edges.iter().flat_map(|edge| edge.why.clone()).collect();
    for expected in ["credits that outlet", "1 hour before", "cut", "put in"] {
        assert!(why.iter().any(|why| why.contains(expected)), "{expected}: {why:?}");
    }
    assert!(cluster.origin.why[0].starts_with("credited by 1 other outlet"));
}

#[test]
fn a_chain_of_weak_links_is_no_cluster() {
    let (documents, analyses) =
        documents(&["a Post 1 F", "b Mail 1 N", "c Sun 2 M", "d Star 3 T", "e News 4 H"]);
    let id = |document: u32| QuoteId { document, quote: 0 };
    let link = |a: u32, b: u32, score: f64| QuoteLink { a: id(a), b: id(b), score };
    // a is the anchor; b matches it, c matches b nearly whole, d only hangs on c.
    let links = [link(0, 1, 0.9), link(1, 2, 0.9), link(2, 3, 0.9), link(3, 4, 0.6)];
    let found = clusters(&documents, &analyses, &links);
    let members: Vec<Vec<u32>> = found
        .iter()
        .map(|cluster| cluster.members.iter().map(|member| member.document).collect())
        .collect();
    assert_eq!(members, [vec![0, 1, 2], vec![3, 4]]);
}

#[test]
fn running_text_and_quotes_form_one_cluster() {
    let (documents, analyses) = documents(&["a Post 1T08 F", "b Mail 1T10 H"]);
    let frequencies = DocumentFrequencies::new(0, HashMap::new());
    let outlets = OutletGroups::default();
    let collection = Collection {
        documents: &documents,
        analyses: &analyses,
        frequencies: &frequencies,
        outlets: &outlets,
    };
    let quote = Version::of_quote(collection, QuoteId { document: 0, quote: 0 });
    let span = analyses[1].quotes[0].parts[0];
    let text = Version::of_span(collection, 1, MemberItem::Text, span);
    let group = Group { versions: vec![text, quote], fullest: 1 };
    let cluster =
        cluster(collection, &group, Differences::OfQuotes(&described), &ReadDocuments::default());
    assert_eq!(cluster.members[0].item, MemberItem::Quote(0));
    assert_eq!(cluster.members[1].item, MemberItem::Text);
    assert_eq!(cluster.origin.verdict, Verdict::Probable);
    assert_eq!(cluster.sources, 2);
}

/// Checks the clusters of a quote that has the parts "H" and "T", of `merged`, printed on a day, and of
/// others in lines of `id outlet date wording`: the members of each, a part of the merged quote by its
/// wording.
#[track_caller]
fn check_statements(merged_on: &str, others: &[&str], expected: &[&str]) {
    let mut lines = vec![format!("m Merged {merged_on} H | and then: {}", wording("T"))];
    lines.extend(others.iter().map(|&line| line.to_owned()));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (documents, mut analyses) = documents(&lines);
    let merged = documents.iter().position(|document| document.id == "m").expect("merged");
    let text = &documents[merged].text;
    let second = text.find(wording("T")).expect("a second part");
    analyses[merged].quotes[0].parts.push(Span::new(second, text.len()));
    let id = |document: usize| QuoteId { document: document as u32, quote: 0 };
    // The others are linked with it, and with each other where they are of one wording.
    let links: Vec<QuoteLink> = all_links(documents.len())
        .into_iter()
        .filter(|link| {
            let text = |id: QuoteId| {
                let parts = &analyses[id.document as usize].quotes[0].parts;
                parts[0].of(&documents[id.document as usize].text)
            };
            [link.a, link.b].contains(&id(merged)) || text(link.a) == text(link.b)
        })
        .collect();
    let mut found: Vec<String> = clusters(&documents, &analyses, &links)
        .iter()
        .map(|cluster| {
            let members = cluster.members.iter().map(|member| {
                let document = &documents[member.document as usize];
                let parts = analyses[member.document as usize].quotes[0].parts_within(member.span);
                let part = match parts {
                    [part] if document.id == "m" && part.start == second as u32 => "/T",
                    [_] if document.id == "m" => "/H",
                    _ => "",
                };
                format!("{}{part}", document.id)
            });
            let mut members: Vec<String> = members.collect();
            members.sort();
            members.join(" ")
        })
        .collect();
    found.sort();
    assert_eq!(found, expected, "{lines:?}");
}

#[test]
fn what_merges_two_statements_is_a_version_of_each() {
    check_statements("5", &["a Post 1 H", "b Mail 2 T", "c News 6 T"], &["a m/H", "b c m/T"]);
    // Printed together first, and cut by others.
    check_statements("1", &["a Post 3 H", "b Mail 4 T"], &["a b m"]);
    check_statements("5", &["a Post 1 H", "b Mail 7 T"], &["a b m"]);
    // Whether it was before is not known.
    check_statements("5", &["a Post 1 H", "b Mail - T"], &["a b m"]);
    check_statements("5", &["a Post 1 H", "b Mail 5 T"], &["a b m"]);
    // Two printed each side apart on the day.
    let twice = ["a Post 5 H", "b Mail 5 T", "c News 5 T", "d Sun 5 H"];
    check_statements("5", &twice, &["a d m/H", "b c m/T"]);
    // Another quote has both sides.
    check_statements("5", &["a Post 1 H", "b Mail 2 T", "c News 3 F"], &["a b c m"]);
}

proptest! {
    #[test]
    fn clusters_do_not_depend_on_the_order_of_links(
        rows in prop::collection::vec((0usize..8, 0usize..6, any::<bool>()), 2..12),
        all_undated in prop::bool::weighted(0.2),
        order in prop::collection::vec(any::<u32>(), 66),
    ) {
        let letters = ["F", "H", "T", "R", "RH", "RR", "M", "N"];
        let lines: Vec<String> = rows.iter().enumerate().map(|(number, (letter, day, dated))| {
            let date = if *dated && !all_undated { day.to_string() } else { "-".to_owned() };
            format!("{number:02} Outlet{} {date} {}", number % 5, letters[*letter])
        }).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let (documents, analyses) = documents(&lines);
        let links = all_links(documents.len());
        let mut shuffled: Vec<(u32, QuoteLink)> = order.into_iter().zip(links.clone()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<QuoteLink> = shuffled
            .into_iter()
            .map(|(key, link)| if key % 2 == 0 { link } else { QuoteLink { a: link.b, b: link.a, ..link } })
            .collect();
        let once = clusters(&documents, &analyses, &links);
        prop_assert_eq!(&once, &clusters(&documents, &analyses, &shuffled));
        for cluster in &once {
            prop_assert!((0.0..=1.0).contains(&cluster.origin.probability));
            let dates = |member: u32| {
                documents[cluster.members[member as usize].document as usize].published_at.clone()
            };
            if cluster.members.iter().all(|member| documents[member.document as usize].published_at.is_none()) {
                // Without dates no direction is ever claimed.
                prop_assert!(cluster.edges.is_empty() && cluster.origin.document.is_none());
                prop_assert!(!matches!(cluster.origin.verdict, Verdict::Found | Verdict::Probable));
            }
            for edge in &cluster.edges {
                prop_assert!((0.0..=1.0).contains(&edge.probability));
                // Nobody takes from what was certainly printed later.
                if let (Some(Some(parent)), Some(child)) = (edge.parent.map(dates), dates(edge.child)) {
                    prop_assert!(!child.is_before(&parent));
                }
            }
            // Every version has at most one parent, and no version descends from itself.
            for start in 0..cluster.members.len() as u32 {
                let parent = |child: u32| cluster.edges.iter().find(|edge| edge.child == child)?.parent;
                let steps = std::iter::successors(Some(start), |&child| parent(child));
                prop_assert!(steps.take(cluster.members.len() + 1).count() <= cluster.members.len());
            }
        }
    }
}
