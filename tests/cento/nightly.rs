//! The kept collection through the command: nights against one scan, kills, damage, two runs at once.

use std::fs::{self, File};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{Folder, corpus, text};

/// The tables that say what was found; `documents` names the files that were read besides.
const FOUND: [&str; 5] =
    ["passages.jsonl", "pairs.jsonl", "quotes.jsonl", "clusters.jsonl", "boilerplate.jsonl"];

/// The article files of the corpus, in order.
fn article_files() -> Vec<String> {
    let entries = fs::read_dir(corpus().join("articles")).unwrap();
    let mut files: Vec<String> = entries
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.ends_with(".jsonl"))
        .collect();
    files.sort();
    files
}

/// A folder with an index of the first files of the corpus, one a night.
fn with_nights(nights: usize) -> Folder {
    let folder = Folder::new();
    for file in article_files().iter().take(nights) {
        folder.run(["nightly", file, "--index", "kept.cento", "-o", "night", "-q"], 0);
    }
    folder
}

#[track_caller]
fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn nights_decided_anew_equal_one_scan() {
    let folder = with_nights(usize::MAX);
    folder.run(["index", "check", "kept.cento"], 0);
    folder.run(["index", "rebuild", "kept.cento", "-q"], 0);
    folder.run(["index", "check", "kept.cento"], 0);
    folder.run(["index", "export", "kept.cento", "-o", "all"], 0);
    let files = article_files();
    let scan = ["scan", "-o", "scan", "-q"].into_iter().chain(files.iter().map(String::as_str));
    folder.run(scan, 0);
    for table in FOUND {
        assert_eq!(read(&folder, &format!("all/{table}")), read(&folder, &format!("scan/{table}")));
    }
}

#[test]
fn the_same_input_again_changes_nothing_and_says_so() {
    let folder = with_nights(3);
    let before = folder.contents("night");
    let sums = fs::read(folder.path().join("kept.cento-sums")).unwrap();
    let file = &article_files()[2];
    let output = folder.run(["nightly", file, "--index", "kept.cento", "-o", "night", "-q"], 0);
    assert!(text(&output.stdout).starts_with("Nothing new"), "{}", text(&output.stdout));
    assert_eq!(folder.contents("night"), before);
    assert_eq!(fs::read(folder.path().join("kept.cento-sums")).unwrap(), sums);
}

#[test]
fn a_quote_is_traced_by_words_and_by_id() {
    let folder = with_nights(usize::MAX);
    let words = "I will not reopen it until every hanger has been tested";
    let output = folder.run(["trace", words, "--index", "kept.cento"], 0);
    let printed = text(&output.stdout);
    assert!(printed.contains("Ruth Carden") && printed.contains("negation"), "{printed}");
    assert!(printed.contains("translated?"), "{printed}");
    folder.run(["trace", "no such words were ever printed", "--index", "kept.cento"], 0);
    // Words of several words for the full-text search, and signs alone.
    folder.run(["trace", "it fell 1-1/2 pct, don't ask", "--index", "kept.cento"], 0);
    folder.run(["trace", "*** \"", "--index", "kept.cento"], 0);
}

#[test]
fn a_killed_night_leaves_a_clean_index_and_is_resumed() {
    let folder = with_nights(4);
    let (index, sums) = ("kept.cento", "kept.cento-sums");
    let kept = [index, sums].map(|name| fs::read(folder.path().join(name)).unwrap());
    let file = &article_files()[4];
    let night = |out: &'static str| ["nightly", file.as_str(), "--index", index, "-o", out, "-q"];
    let started = Instant::now();
    folder.run(night("undisturbed"), 0);
    let duration = started.elapsed();
    for moment in 1..6 {
        for (name, content) in [index, sums].into_iter().zip(&kept) {
            fs::write(folder.path().join(name), content).unwrap();
        }
        for left in ["kept.cento-wal", "kept.cento-shm"] {
            let _ = fs::remove_file(folder.path().join(left));
        }
        let mut command = folder.cento(night("resumed"));
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        sleep(duration * moment / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        folder.run(["index", "check", index], 0);
        folder.run(night("resumed"), 0);
        folder.run(["index", "check", index], 0);
        assert_eq!(folder.contents("resumed"), folder.contents("undisturbed"));
    }
}

#[test]
fn a_second_writer_is_told_who_holds_the_index_and_readers_are_not_stopped() {
    let folder = with_nights(2);
    let lock = File::options().write(true).open(folder.path().join("kept.cento.lock")).unwrap();
    lock.lock().unwrap();
    let file = &article_files()[2];
    let night = ["nightly", file, "--index", "kept.cento", "-o", "night", "-q"];
    let output = folder.run(night, 3);
    assert!(text(&output.stderr).contains("process "), "{}", text(&output.stderr));
    folder.run(["index", "stats", "kept.cento"], 0);
    let mut waits = folder.cento(night.iter().copied().chain(["--wait"]));
    let mut waiting = waits.stdout(Stdio::null()).spawn().expect("the command starts");
    sleep(Duration::from_millis(300));
    assert!(waiting.try_wait().unwrap().is_none(), "it does not wait");
    drop(lock);
    assert!(waiting.wait().unwrap().success());
}

#[test]
fn a_flipped_byte_anywhere_is_found_and_named() {
    let folder = with_nights(2);
    let path = folder.path().join("kept.cento");
    let whole = fs::read(&path).unwrap();
    let page_size = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    // Every page once, each time another byte of it, but for the header that SQLite reads first.
    for (page, start) in (0..whole.len()).step_by(page_size).enumerate() {
        let place = start + (page * 977 + 1500) % page_size;
        let mut flipped = whole.clone();
        flipped[place] ^= 1 << (page % 8);
        fs::write(&path, &flipped).unwrap();
        let output = folder.run(["index", "check", "--quick", "kept.cento"], 2);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(&format!("page {}", page + 1)), "{said}");
    }
    fs::write(&path, &whole[..whole.len() - page_size - 904]).unwrap();
    let output = folder.run(["index", "check", "kept.cento"], 2);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(said.contains("cut short") && said.contains("hint: restore it"), "{said}");
    let output = folder.run(["trace", "the bridge", "--index", "kept.cento"], 2);
    assert!(text(&output.stderr).contains("cut short"), "{}", text(&output.stderr));
}

#[test]
fn another_version_or_other_parameters_are_named() {
    let folder = with_nights(1);
    let file = &article_files()[1];
    let night =
        ["nightly", file.as_str(), "--index", "kept.cento", "-o", "night", "--window", "30d"];
    let output = folder.run(night, 2);
    let said = text(&output.stderr);
    assert!(said.contains("0 in the index") && said.contains("2592000 now"), "{said}");
    assert!(said.contains("cento index rebuild"), "{said}");
    let path = folder.path().join("kept.cento");
    let mut file = fs::read(&path).unwrap();
    file[63] = 9;
    fs::write(&path, file).unwrap();
    let output = folder.run(["index", "stats", "kept.cento"], 2);
    let said = text(&output.stderr);
    assert!(said.contains("format 9") && said.contains("format 2"), "{said}");
}

#[test]
fn corrected_and_expired_documents() {
    let folder = Folder::new();
    let row = |id: &str, date: &str, words: &str| {
        format!(r#"{{"id":"{id}","source":"{id} post","published_at":"{date}","text":"{words}"}}"#)
    };
    let told =
        "The harbour master closed the western quay on Friday after two cranes sank into it.";
    let first = [row("old", "2025-01-01", told), row("new", "2025-06-01", told)].join("\n");
    folder.file("first.jsonl", first);
    folder.run(["nightly", "first.jsonl", "--index", "k.cento", "-o", "out", "-q"], 0);
    assert_eq!(read(&folder, "out/pairs.jsonl").lines().count(), 1);
    folder.file("second.jsonl", row("new", "2025-06-01", &format!("Correction. {told}")));
    let output =
        folder.run(["nightly", "second.jsonl", "--index", "k.cento", "-o", "out", "-q"], 0);
    assert!(text(&output.stdout).contains("1 corrected"), "{}", text(&output.stdout));
    folder.run(["index", "check", "k.cento"], 0);
    folder.run(["index", "expire", "k.cento", "--older-than", "90d"], 0);
    folder.run(["index", "check", "k.cento"], 0);
    folder.run(["index", "export", "k.cento", "-o", "all"], 0);
    assert_eq!(read(&folder, "all/documents.jsonl").lines().count(), 1);
    assert_eq!(read(&folder, "all/pairs.jsonl"), "");
    // What was forgotten does not come back with the input that brought it.
    folder.run(["nightly", "first.jsonl", "--index", "k.cento", "-o", "out", "-q"], 0);
    folder.run(["index", "compact", "k.cento"], 0);
    folder.run(["index", "check", "k.cento"], 0);
}

/// The lines of the README's example of a nightly job that run `cento`.
fn readme_lines() -> Vec<String> {
    let readme = fs::read_to_string(corpus().with_file_name("README.md")).unwrap();
    let lines = readme.lines().filter(|line| {
        line.contains("cento nightly") && (line.starts_with("ExecStart=") || line.contains("* * *"))
    });
    lines.map(|line| line[line.find("cento nightly").unwrap()..].to_owned()).collect()
}

#[test]
fn the_nightly_lines_of_the_readme_run() {
    let folder = with_nights(0);
    folder.file("spool/articles.jsonl", fs::read(&article_files()[0]).unwrap());
    let lines = readme_lines();
    assert_eq!(lines.len(), 2, "a systemd unit and a cron line: {lines:?}");
    for line in lines {
        let here = line.replace("/srv/news/", "").replace("/var/lib/node_exporter/", "");
        let arguments = here.split_whitespace().skip(1).take_while(|word| !word.contains('>'));
        folder.run(arguments, 0);
    }
    assert!(read(&folder, "cento.prom").contains("cento_documents"), "metrics were written");
}
