//! `cento trace` by the words of a quote and by the ids of a finished scan.

use serde_json::Value;

use crate::command::{Folder, corpus, scanned_corpus, text};

/// The clusters that `trace` gives for what is asked.
fn traced(asked: &str) -> Vec<Value> {
    let corpus = corpus();
    let arguments = ["trace", asked, corpus.to_str().unwrap(), "--quiet", "--json"];
    let output = Folder::new().run(arguments, 0);
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A row of the scan that belongs to a cluster, and that cluster's id.
fn in_a_cluster(table: &str) -> (String, String) {
    let rows = scanned_corpus().rows(table);
    let row = rows.iter().find(|row| row["cluster"].is_string()).unwrap();
    let field = |name: &str| row[name].as_str().unwrap().to_owned();
    (field("id"), field("cluster"))
}

#[test]
fn an_id_gives_the_cluster_of_the_scan() {
    let clusters = scanned_corpus().rows("out/clusters.jsonl");
    for table in ["out/quotes.jsonl", "out/passages.jsonl"] {
        let (id, cluster) = in_a_cluster(table);
        let expected: Vec<&Value> =
            clusters.iter().filter(|row| row["id"] == cluster.as_str()).collect();
        assert_eq!(traced(&id).iter().collect::<Vec<_>>(), expected, "{id}");
        assert_eq!(traced(&cluster).iter().collect::<Vec<_>>(), expected, "{cluster}");
    }
    let document = "northmark-times-2025-03-03-bridge";
    let is_member = |row: &&Value| {
        row["members"].as_array().unwrap().iter().any(|member| member["doc"] == document)
    };
    let expected: Vec<&Value> = clusters.iter().filter(is_member).collect();
    assert!(expected.len() > 2);
    assert_eq!(traced(document).iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_document_without_shared_text_says_so() {
    let corpus = corpus();
    let arguments = ["trace", "freight-harbour-weekly-2025-containers", corpus.to_str().unwrap()];
    let output = Folder::new().run(arguments, 0);
    let shown = text(&output.stdout);
    assert!(shown.contains("shares no quote and no passage"), "{shown}");
}

#[test]
fn one_publisher_counts_once() {
    let folder = Folder::new();
    let quote = "Every lorry that goes round by Hexley costs me ninety crowns in fuel";
    // Two of the outlets that print it, one by its name and one by its host.
    folder.file(
        "outlets.tsv",
        "Northmark Times\tHarbour House\nfreight-harbour-weekly.example\tHarbour House\n",
    );
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    let sources = |arguments: &[&str]| -> u64 {
        let output = folder.run(arguments, 0);
        let row: Value = serde_json::from_slice(&output.stdout).unwrap();
        row["sources"].as_u64().unwrap()
    };
    let alone = sources(&["trace", quote, corpus, "--quiet", "--json"]);
    let grouped =
        sources(&["trace", quote, corpus, "--quiet", "--json", "--outlets", "outlets.tsv"]);
    assert_eq!(grouped + 1, alone);
}
