//! The forms that are made from the tables: page, graph, exports, terminal views, metrics.

use std::fs;

use super::fixture::findings;
use super::{files, options, written};
use crate::report::metrics::{RunTimes, write_metrics};
use crate::report::{
    ExportFormat, OneThread, TerminalStyle, Traced, WriteOptions, rebuild, side_by_side,
    trace_text, write, write_comparison,
};

#[test]
fn the_page_holds_hostile_text_as_text() {
    let (_place, out) = written(&findings());
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    // The page's own two scripts and nothing from an article.
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("<b>officials"));
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["quotes"][0]["members"].as_array().unwrap().len(), 3);
    assert_eq!(data["pairs"][0]["passages"][1]["a"][1], serde_json::json!(["r", "votes"]));
    // The words that only the other version has are marked.
    assert_eq!(data["quotes"][0]["members"][2]["pieces"][1], serde_json::json!(["d", "nine"]));
    assert!(!page.contains("http://") && !page.contains("src="), "the page asks for nothing");
}

#[test]
fn a_reader_without_scripts_sees_the_findings() {
    let (_place, out) = written(&findings());
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    let (_, plain) = page.split_once("<noscript>").unwrap();
    let (plain, _) = plain.split_once("</noscript>").unwrap();
    assert!(plain.contains("Åse Brännström") && plain.contains("Østby’s quay"), "{plain}");
}

#[test]
fn the_graph_is_xml_with_all_nodes_and_edges() {
    use quick_xml::Reader;
    use quick_xml::events::Event;
    let (_place, out) = written(&findings());
    let graph = fs::read_to_string(out.join("graph.graphml")).unwrap();
    let mut reader = Reader::from_str(&graph);
    let (mut nodes, mut edges) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) if element.name().as_ref() == "node" => nodes += 1,
            Event::Start(element) if element.name().as_ref() == "edge" => edges += 1,
            Event::Eof => break,
            _ => {}
        }
    }
    // Three documents and an unseen source; a pair and three lines of descent.
    assert_eq!((nodes, edges), (4, 4));
}

#[test]
fn rebuilding_gives_the_same_files() {
    let (_place, out) = written(&findings());
    let before = files(&out);
    fs::write(out.join("report.html"), "damaged").unwrap();
    fs::remove_file(out.join("graph.graphml")).unwrap();
    rebuild(&out, &[]).unwrap();
    assert_eq!(files(&out), before);
}

#[test]
fn only_a_finished_scan_can_be_rebuilt() {
    let place = tempfile::tempdir().unwrap();
    let error = rebuild(place.path(), &[]).unwrap_err();
    assert!(error.to_string().contains("not a folder that `cento scan` wrote"), "{error}");
}

#[test]
fn csv_tables_hold_every_row() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let options = WriteOptions { exports: vec![ExportFormat::Csv], ..options() };
    write(&findings(), &out, &options, &OneThread).unwrap();
    let mut rows = Vec::new();
    for table in ["documents", "pairs", "clusters", "members", "edges", "quotes", "passages"] {
        let mut reader = csv::Reader::from_path(out.join(format!("{table}.csv"))).unwrap();
        rows.push(reader.records().map(Result::unwrap).count());
    }
    assert_eq!(rows, [3, 1, 2, 5, 3, 3, 2]);
    let quotes = fs::read_to_string(out.join("quotes.csv")).unwrap();
    assert!(quotes.contains("Åse Brännström"), "{quotes}");
    // A folder with exports is still cento's own, and can be replaced.
    write(&findings(), &out, &options, &OneThread).unwrap();
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_tables_can_be_read_back() {
    use arrow_array::cast::AsArray;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let (_place, out) = written(&findings());
    rebuild(&out, &[ExportFormat::Parquet]).unwrap();
    let file = fs::File::open(out.join("quotes.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(|batch| batch.num_rows()).sum::<usize>(), 3);
    let speakers = batches[0].column_by_name("speaker").unwrap().as_string::<i32>();
    assert_eq!(speakers.value(0), "Åse Brännström");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let (_place, out) = written(&findings());
    let error = rebuild(&out, &[ExportFormat::Parquet]).unwrap_err();
    assert!(error.to_string().contains("feature `parquet`"), "{error}");
}

#[test]
fn two_documents_stand_side_by_side() {
    let mut findings = findings();
    findings.clusters.clear();
    let style = TerminalStyle::default();
    let text = side_by_side(&findings, style);
    for line in text.lines() {
        assert!(super::super::layout::width(line) <= style.width, "{line}");
    }
    insta::assert_snapshot!(text);
    let mut json = Vec::new();
    write_comparison(&findings, &mut json).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["passages"].as_array().unwrap().len(), 2);
}

#[test]
fn colours_mark_the_changed_words_only() {
    let style = TerminalStyle { width: 100, colour: true };
    let text = side_by_side(&findings(), style);
    assert!(text.contains("The council \u{1b}[31mvotes\u{1b}[0m on Friday"), "{text}");
    assert!(text.contains("\u{1b}[32mwill\u{1b}[0m \u{1b}[32mvote\u{1b}[0m on Friday"), "{text}");
}

#[test]
fn versions_of_a_quote_stand_in_order_of_time() {
    let mut findings = findings();
    findings.clusters.truncate(1);
    insta::assert_snapshot!(trace_text(
        &findings,
        Traced::Words("nine years"),
        TerminalStyle::default()
    ));
    findings.clusters.clear();
    let nothing = trace_text(&findings, Traced::Words("ten years"), TerminalStyle::default());
    assert_eq!(nothing, "No version of “ten years” was found in 3 documents.\n");
}

#[test]
fn metrics_are_written_as_prometheus_reads_them() {
    let place = tempfile::tempdir().unwrap();
    let summary = write(&findings(), &place.path().join("out"), &options(), &OneThread).unwrap();
    let path = place.path().join("cento.prom");
    let times =
        RunTimes { ended_at: 1_525_132_800, stages: vec![("read".to_owned(), 0.25)], exit_code: 4 };
    write_metrics(&path, &summary, &times).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&path).unwrap());
    // Written again, it is replaced, and nothing else is left in the collector's folder.
    write_metrics(&path, &summary, &times).unwrap();
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
}
