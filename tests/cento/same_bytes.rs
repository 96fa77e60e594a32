//! The same input gives the same bytes, whatever the threads, the order of the records and the memory.

use std::fs;

use crate::command::{Folder, corpus};

/// All rows of the corpus in one file, in an order that the seed decides.
fn shuffled(seed: u64) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut files: Vec<_> = fs::read_dir(corpus().join("articles"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    for file in files {
        lines.extend(fs::read_to_string(file).unwrap().lines().map(str::to_owned));
    }
    lines.sort_by_key(|line| xxhash_rust::xxh3::xxh3_64_with_seed(line.as_bytes(), seed));
    lines.join("\n") + "\n"
}

#[test]
fn any_number_of_threads_any_order_and_any_memory_give_the_same_bytes() {
    let folder = Folder::new();
    let mut outputs = Vec::new();
    // With a kilobyte nearly all keys and pairs go through temporary files.
    for (run, threads, memory) in [(1, "1", "4G"), (2, "8", "1K"), (3, "3", "100M")] {
        folder.file("in/articles.jsonl", shuffled(run));
        let out = format!("out-{run}");
        let limits = ["--threads", threads, "--memory", memory, "--temp", "."];
        folder.run(["scan", "in", "-o", &out, "--quiet"].into_iter().chain(limits), 0);
        outputs.push(folder.contents(&out));
    }
    for (name, content) in &outputs[0] {
        for other in &outputs[1..] {
            let same = other.iter().find(|(other, _)| other == name);
            assert!(same.is_some_and(|(_, other)| other == content), "{name} differs");
        }
    }
    assert_eq!(outputs[0].len(), outputs[1].len());
}
