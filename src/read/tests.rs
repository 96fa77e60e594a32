//! The formats and the bad inputs, through the public functions.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::{Collection, Input, Record, collect, read_pairs, records};
use crate::config::ReadConfig;
use crate::model::{Document, ProblemKind};

/// 2020-01-01T00:00:00Z.
const NOW: i64 = 1_577_836_800;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

fn read(paths: &[&Path], config: &ReadConfig) -> Collection {
    let inputs: Vec<Input> = paths.iter().map(Input::parse).collect();
    collect(records(&inputs, config, NOW).expect("usable inputs"))
}

/// What a folder gives, one entry a document and a problem: `id: text` and the problem without the
/// folder's own path.
fn listed(folder: &TempDir, config: &ReadConfig) -> Vec<String> {
    let collection = read(&[folder.path()], config);
    let root = format!("{}/", folder.path().display());
    let documents = collection.documents.iter().map(|document| {
        let Document { id, text, .. } = document;
        format!("{id}: {text}")
    });
    let problems = collection.problems.iter().map(|problem| {
        let kind = match problem.kind {
            ProblemKind::Skipped => "skipped",
            ProblemKind::Warning => "warning",
        };
        let place = problem.path.strip_prefix(&root).unwrap_or(&problem.path);
        let record = problem.record.map_or(String::new(), |record| format!(":{record}"));
        format!("{kind} {place}{record} {}", problem.message.replace(&root, ""))
    });
    documents.chain(problems).collect()
}

#[track_caller]
fn check_listed(files: &[(&str, &[u8])], expected: &[&str]) {
    assert_eq!(listed(&folder(files), &ReadConfig::default()), expected);
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

fn zstd(content: &[u8]) -> Vec<u8> {
    zstd::encode_all(content, 3).expect("writing to memory")
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn the_output_of_an_earlier_run_is_not_read() {
    let folder = folder(&[
        ("a.txt", b"An article."),
        ("cento-out/summary.json", br#"{"made_by": "cento", "version": "0.1.0"}"#),
        ("cento-out/documents.jsonl", br#"{"id": "x", "text": "No article."}"#),
    ]);
    assert_eq!(listed(&folder, &ReadConfig::default()).len(), 1);
}

#[test]
fn text_files_are_found_below_a_folder() {
    check_listed(
        &[
            ("b.txt", b"second"),
            ("a/c.md", b"deep"),
            ("a/.hidden.txt", b"hidden"),
            (".git/d.txt", b"hidden"),
            ("skip/e.txt", b"ignored"),
            (".ignore", b"skip/\n"),
            (".gitignore", b"b.txt\n"),
            ("image.jpg", b"\xFF\xD8\xFF"),
        ],
        &["a/c.md: deep", "b.txt: second"],
    );
}

#[test]
fn a_file_given_directly_has_its_name_as_id_and_is_read_once() {
    let folder = folder(&[("a/b.txt", b"one"), ("c.dat", b"{\"id\":1,\"text\":\"two\"}")]);
    let (a, b, c) =
        (folder.path().join("a"), folder.path().join("a/b.txt"), folder.path().join("c.dat"));
    let collection = read(&[&b, &a, &c, &b], &ReadConfig::default());
    let ids: Vec<&str> = collection.documents.iter().map(|document| &*document.id).collect();
    assert_eq!(ids, ["1", "b.txt"]);
    assert_eq!((collection.files_read, collection.merged_repeats), (2, 0));
    assert_eq!(collection.problems, []);
    assert_eq!(collection.bytes, 3 + 21);
}

#[test]
fn an_input_that_does_not_exist_is_an_error() {
    let missing = PathBuf::from("no/such/folder");
    let error =
        records(&[Input::Path(missing)], &ReadConfig::default(), NOW).err().expect("no folder");
    assert!(error.to_string().starts_with("no/such/folder: "), "{error}");
}

#[test]
fn all_fields_of_a_row_are_read() {
    let rows = "\u{FEFF}{\"text\":\"T\\n1\",\"id\":7,\"source\":\"Vox\",\"url\":\"https://vox.com/1\",\"title\":\" H \",\
         \"published_at\":\"2018-09-12\",\"language\":\"de-AT\",\"extra\":{\"deep\":[1,{}]}}\r\n\
         {\"id\":\"8\",\"body\":\"T2\",\"headline\":\"H2\",\"link\":\"https://www.Faz.net/2\",\
         \"pub_date\":1536746400000,\"source\":null,\"text\":\"\"}\n\
         {\"id\":\"9\",\"content\":\"T3\",\"article\":\"no\",\"source\":{\"id\":null,\"name\":\"Reuters\"}}\n";
    let csv = "ID;Headline;Body;Date;Outlet\r\n\
               7;\" H \";\"T\n1\";2018-09;Vox\r\n";
    let folder = folder(&[("a.jsonl", rows.as_bytes()), ("b/c.csv", csv.as_bytes())]);
    let shown = |document: &Document| {
        let date = document.published_at.as_ref().map_or("-", |date| &date.text);
        let language = document.declared_language.map_or("-", |language| language.code());
        let (url, title) = (document.url.as_deref(), document.title.as_deref());
        format!(
            "{} {:?} {} {} {} {date} {language} {:?}",
            document.id,
            document.text,
            document.source,
            url.unwrap_or("-"),
            title.unwrap_or("-"),
            document.record
        )
    };
    let rows = read(&[&folder.path().join("a.jsonl")], &ReadConfig::default());
    assert_eq!(rows.problems, []);
    assert_eq!(
        rows.documents.iter().map(shown).collect::<Vec<_>>(),
        [
            "7 \"T\\n1\" Vox https://vox.com/1 H 2018-09-12 de Some(1)",
            "8 \"T2\" faz.net https://www.Faz.net/2 H2 2018-09-12T10:00:00Z - Some(2)",
            "9 \"T3\" Reuters - - - - Some(3)",
        ]
    );
    let rows = read(&[&folder.path().join("b")], &ReadConfig::default());
    assert_eq!(rows.problems, []);
    assert_eq!(
        rows.documents.iter().map(shown).collect::<Vec<_>>(),
        ["7 \"T\\n1\" Vox - H 2018-09 - Some(2)"]
    );
}

#[test]
fn fields_are_mapped() {
    let mut config = ReadConfig::default();
    config.fields.insert("text".to_owned(), "story".to_owned());
    config.fields.insert("id".to_owned(), "url".to_owned());
    let folder =
        folder(&[("a.jsonl", b"{\"url\":\"u\",\"story\":\"right\",\"text\":\"wrong\",\"id\":1}")]);
    assert_eq!(listed(&folder, &config), ["u: right"]);
    config.fields.insert("txt".to_owned(), "story".to_owned());
    let error = records(&[], &config, NOW).err().expect("no such field");
    assert!(error.to_string().contains("no field \"txt\""), "{error}");
}

#[test]
fn compressed_and_utf16_files_are_read() {
    let row = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"naïve “{id}”\"}}\n");
    let members = [gzip(row("a").as_bytes()), gzip(row("b").as_bytes())].concat();
    let frames = [zstd(row("c").as_bytes()), zstd(row("d").as_bytes())].concat();
    let mut marked = b"\xFF\xFE".to_vec();
    marked.extend(utf16(&row("e"), u16::to_le_bytes));
    let csv = utf16("id\ttext\nf\tnaïve “f”\n", u16::to_be_bytes);
    let text = utf16("naïve “g.txt.gz”", u16::to_be_bytes);
    let marked_text = [b"\xFE\xFF".to_vec(), text.clone()].concat();
    check_listed(
        &[
            ("1.jsonl.gz", &members),
            ("2.jsonl", &frames),
            ("3.jsonl", &marked),
            ("4.tsv", &csv),
            ("g.txt.gz", &gzip(&text)),
            ("h.txt", &marked_text),
            ("i.txt", b"\xEF\xBB\xBFmarked\r\n"),
            ("j.txt", b"\x93Na\xEFve\x94 caf\xE9"),
        ],
        &[
            "a: naïve “a”",
            "b: naïve “b”",
            "c: naïve “c”",
            "d: naïve “d”",
            "e: naïve “e”",
            "f: naïve “f”",
            "g.txt.gz: naïve “g.txt.gz”",
            "h.txt: naïve “g.txt.gz”",
            "i.txt: marked\r\n",
            "j.txt: “Naïve” café",
            "warning j.txt not UTF-8; read as windows-1252",
        ],
    );
}

#[test]
fn json_need_not_keep_to_lines() {
    check_listed(
        &[
            (
                "a.json",
                b"[{\"id\":1,\"text\":\"a }\"},\n{\"id\":2},\n\n {\"id\":3,\n\"text\":\"c\"}]\n",
            ),
            ("b.json", b"{\n  \"id\": 4,\n  \"text\": \"d\"\n}\n"),
            ("c.json", b"{\"id\":5,\"text\":\"e\"}\n{\"id\":6}\n"),
            ("d.json", b"[{\"id\":7,\"text\":\"f\"},{\"id\":8,\"text\":\"cut o"),
            ("e.json", b"[]"),
        ],
        &[
            "1: a }",
            "3: c",
            "4: d",
            "5: e",
            "7: f",
            "skipped a.json:2 the text is missing",
            "skipped c.json:2 the text is missing",
            "skipped d.json:1 broken JSON: EOF while parsing a string at column 21",
            "skipped e.json:1 broken JSON: invalid type: sequence, expected an object with the \
             fields of a document at column 2",
        ],
    );
}

#[test]
fn bad_lines_are_skipped_one_by_one() {
    check_listed(
        &[(
            "a.jsonl",
            b"{\"id\":1,\"text\":\"good\"}\n\
              {\"id\":2,\"text\":\"cut off\n\
              \n\
              {\"id\":4,\"text\":\"\xFF\"}\n\
              {\"id\":5}\n\
              {\"id\":6,\"text\":\"  \"}\n\
              {\"id\":7,\"text\":[\"a\"]}\n\
              [8]\n\
              {\"id\":9,\"text\":\"half \\ud83d and \0 zero\"}\n\
              {\"id\":10,\"text\":\"good\",\"date\":\"2018-02-30\"}\n\
              {\"id\":11,\"text\":\"good\",\"date\":\"2020-01-03\"}\n\
              {\"id\":12,\"text\":\"good\"} {}\n\
              \xEF\xBB\xBF{\"id\":13,\"text\":\"good\"}",
        )],
        &[
            "1: good",
            "10: good",
            "11: good",
            "13: good",
            "9: half \u{FFFD} and \0 zero",
            "skipped a.jsonl:2 broken JSON: EOF while parsing a string at column 23",
            "skipped a.jsonl:4 the line is not UTF-8 (byte 17 of the line)",
            "skipped a.jsonl:5 the text is missing",
            "skipped a.jsonl:6 the text is empty",
            "skipped a.jsonl:7 the text is a list, not text",
            "skipped a.jsonl:8 broken JSON: invalid type: sequence, expected an object with the \
             fields of a document at column 1",
            "warning a.jsonl:9 the JSON is faulty (unexpected end of hex escape at column 28) and \
             was mended",
            "warning a.jsonl:10 the date \"2018-02-30\" is impossible",
            "warning a.jsonl:11 the date \"2020-01-03\" lies in the future",
            "skipped a.jsonl:12 broken JSON: trailing characters at column 25",
        ],
    );
}

#[test]
fn bad_rows_are_skipped_one_by_one() {
    check_listed(
        &[
            (
                "a.csv",
                b"id,text,date\r\n1,good,2018\r\n\r\n2,too,many,fields\r\n3,,2018\r\n\
                  4,caf\xE9,x\r\n5,\"two\r\nlines\",\r\n6,good,\r\n7,\"never closed,\r\n8,lost,\r\n",
            ),
            ("b.csv", b"name,words\n1,a\n"),
            ("c.csv", b"id,text\n"),
        ],
        &[
            "1: good",
            "4: café",
            "5: two\r\nlines",
            "6: good",
            "skipped a.csv:4 the row has 4 fields, the header 3",
            "skipped a.csv:5 the text is empty",
            "warning a.csv:6 1 rows are not UTF-8 and were read as windows-1252; this is the first",
            "warning a.csv:6 the date \"x\" is not understood",
            "skipped a.csv:10 the row has 2 fields, the header 3",
            "skipped b.csv:1 the header names no column for the text; the file is not read",
            "skipped c.csv the file is empty below its header",
        ],
    );
}

#[test]
fn bad_files_are_skipped_one_by_one() {
    let rows: String = (0..9000)
        .map(|row| format!("{{\"id\":\"{row:05}\",\"text\":\"row {}\"}}\n", row * row))
        .collect();
    let whole = gzip(rows.as_bytes());
    let frames = zstd(rows.as_bytes());
    let files: &[(&str, &[u8])] = &[
        ("cut.jsonl.gz", &whole[..whole.len() / 2]),
        ("cut.txt.gz", &whole[..whole.len() / 2]),
        ("cut.jsonl.zst", &frames[..frames.len() - 3]),
        ("empty.txt", b""),
        ("empty.jsonl", b"\n\n"),
        ("empty.csv", b""),
        ("empty.jsonl.gz", &gzip(b"")),
        ("header.jsonl.gz", b"\x1F\x8B\x08"),
        ("blank.txt", b" \r\n"),
        ("picture.txt", b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"),
        ("noise.txt", b"\xB0\0\x01\x02\xFE\xFE"),
    ];
    let listed = listed(&folder(files), &ReadConfig::default());
    let (documents, problems) = listed
        .split_at(listed.iter().position(|entry| entry.starts_with("skipped")).expect("problems"));
    assert!(documents.len() > 500, "documents before the damage are kept: {}", documents.len());
    assert_eq!(documents[0], "00000: row 0");
    let starts = [
        "skipped blank.txt the file is empty",
        "skipped cut.jsonl.gz:",
        "skipped cut.jsonl.zst:",
        "skipped cut.txt.gz the archive is damaged or cut off: ",
        "skipped empty.csv the file is empty",
        "skipped empty.jsonl the file is empty",
        "skipped empty.jsonl.gz the file is empty",
        "skipped empty.txt the file is empty",
        "skipped header.jsonl.gz the archive is damaged or cut off: ",
        "skipped noise.txt this is not text",
        "skipped picture.txt this is an image, which cento does not read",
    ];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem} / {start}");
    }
}

#[test]
fn a_record_over_the_limit_streams_by() {
    let long = "x".repeat(5000);
    let lines = format!(
        "{{\"id\":1,\"text\":\"a\"}}\n{{\"id\":2,\"text\":\"{long}\"}}\n{{\"id\":3,\"text\":\"b\"}}\n"
    );
    let rows = format!("id,text\n4,a\n5,{long}\n6,b\n");
    let folder = folder(&[
        ("a.jsonl", lines.as_bytes()),
        ("b.csv", rows.as_bytes()),
        ("c.txt", long.as_bytes()),
    ]);
    let config = ReadConfig { max_record_bytes: 2000, ..ReadConfig::default() };
    assert_eq!(
        listed(&folder, &config),
        [
            "1: a",
            "3: b",
            "4: a",
            "6: b",
            "skipped a.jsonl:2 the record has 5018 bytes, more than the limit of 2000",
            "skipped b.csv:3 the record has 5001 bytes, more than the limit of 2000",
            "skipped c.txt the record has 5000 bytes, more than the limit of 2000",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_link_into_itself_and_a_dead_link_are_problems() {
    let folder = folder(&[("a/b.txt", b"text")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/loop")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.path().join("dead.txt")).expect("a link");
    let listed = listed(&folder, &ReadConfig::default());
    assert_eq!(listed.len(), 3, "{listed:#?}");
    assert_eq!(listed[0], "a/b.txt: text");
    assert!(listed[1].starts_with("skipped a/loop the link leads back to"), "{listed:#?}");
    assert!(listed[2].starts_with("skipped dead.txt"), "{listed:#?}");
}

#[test]
fn of_documents_with_one_id_the_data_chooses() {
    let rows = [
        r#"{"id":"x","text":"late","date":"2019"}"#,
        r#"{"id":"x","text":"early","date":"2018-03"}"#,
        r#"{"id":"x","text":"undated"}"#,
        r#"{"id":"x","text":"early","date":"2018-03"}"#,
        r#"{"text":"no id","source":"a"}"#,
        r#"{"text":"no id","source":"b"}"#,
        r#"{"text":"no id","source":"b"}"#,
    ];
    let mut reversed = rows;
    reversed.reverse();
    for rows in [rows, reversed] {
        let folder = folder(&[("a.jsonl", rows.join("\n").as_bytes())]);
        let collection = read(&[folder.path()], &ReadConfig::default());
        let texts: Vec<_> = collection
            .documents
            .iter()
            .map(|document| format!("{} {}", document.source, document.text))
            .collect();
        assert_eq!(texts.len(), 3);
        assert!(texts.contains(&" early".to_owned()), "{texts:?}");
        assert_eq!(collection.merged_repeats, 2);
        assert_eq!(collection.problems.len(), 2);
        for problem in &collection.problems {
            assert!(problem.message.starts_with("the id \"x\" belongs to another text, at "));
            assert!(problem.record.is_some());
        }
    }
}

#[test]
fn pairs_are_listed_by_position() {
    let folder = folder(&[
        ("docs.jsonl", b"{\"id\":\"b\",\"text\":\"1\"}\n{\"id\":\"a c\",\"text\":\"2\"}\n{\"id\":\"d\",\"text\":\"3\"}\n"),
        ("pairs.tsv", b"a_id\tb_id\tclass\nd\ta c\t01\r\nb\td\na c\td\n\nb\tzzz\nd\td\nalone\n"),
    ]);
    let documents = read(&[&folder.path().join("docs.jsonl")], &ReadConfig::default()).documents;
    let listed = read_pairs(&folder.path().join("pairs.tsv"), &documents).expect("a list");
    assert_eq!(listed.pairs, [(0, 2), (1, 2)]);
    assert_eq!(listed.unknown, 1);
    let messages: Vec<String> = listed
        .problems
        .iter()
        .map(|problem| format!("{:?} {}", problem.record, problem.message))
        .collect();
    assert_eq!(
        messages,
        [
            "Some(6) no document has the id \"zzz\"",
            "Some(7) both ids are \"d\"",
            "Some(8) the line has no two ids parted by a tab",
        ]
    );
    assert!(read_pairs(&folder.path().join("none.tsv"), &documents).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_in_any_format_are_read_without_panic(
        content in proptest::collection::vec(any::<u8>(), 0..400),
        text in r#"(id|text|[,;"{}:\n\r\t\[\]\\0-9aé]|\x00){0,80}"#,
    ) {
        let mut zipped = gzip(text.as_bytes());
        let cut = zipped.len() * content.len() / 400;
        zipped.truncate(cut);
        let folder = folder(&[
            ("a.txt", &content), ("a.jsonl", &content), ("a.csv", &content), ("a.jsonl.gz", &content),
            ("b.txt", text.as_bytes()), ("b.jsonl", text.as_bytes()), ("b.csv", text.as_bytes()),
            ("b.jsonl.gz", &zipped),
        ]);
        let collection = read(&[folder.path()], &ReadConfig::default());
        prop_assert_eq!(collection.files_read, 8);
        let pairs = read_pairs(&folder.path().join("b.txt"), &collection.documents);
        prop_assert!(pairs.is_ok());
    }

    #[test]
    fn every_json_line_gives_one_document_or_one_skip(
        lines in proptest::collection::vec(
            r#"(\{"id":[0-9]{1,3},"text":"[a-z\\é\x00]{0,4}"\}|[{}":,a\\u]{0,9}|\xff)"#, 1..30),
        line_end in "(\n|\r\n)",
    ) {
        let content = lines.join(&line_end);
        prop_assume!(content.trim_ascii_start().starts_with('{'));
        // A bracket alone may start an object printed over many lines.
        prop_assume!(content.trim_ascii_start().lines().next().map(str::trim) != Some("{"));
        let folder = folder(&[("a.jsonl", content.as_bytes())]);
        let inputs = [Input::parse(folder.path().join("a.jsonl"))];
        let mut given: Vec<u64> = records(&inputs, &ReadConfig::default(), NOW)
            .expect("a file")
            .filter_map(|record| match record {
                Record::Document(document) => document.record,
                Record::Problem(problem) if problem.kind == ProblemKind::Skipped => problem.record,
                Record::Problem(_) => None,
            })
            .collect();
        given.sort_unstable();
        let expected: Vec<u64> = content
            .split('\n')
            .zip(1..)
            .filter(|(line, _)| !line.trim_ascii().is_empty())
            .map(|(_, number)| number)
            .collect();
        prop_assert_eq!(given, expected);
    }
}
