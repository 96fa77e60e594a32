//! A run that is killed or whose reader goes away: what was there before stays whole.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{Folder, corpus_file, text};

/// The files of an output folder with their content.
type Content = Vec<(String, Vec<u8>)>;

/// Two inputs, with what a scan of each writes.
struct Rivals {
    folder: Folder,
    inputs: [&'static str; 2],
    outputs: [Content; 2],
    /// How long a whole run takes here.
    duration: Duration,
}

impl Rivals {
    fn new() -> Self {
        let folder = Folder::new();
        let (wire, post, times) = (
            corpus_file("articles/meridian-press.jsonl"),
            corpus_file("articles/harbour-post.jsonl"),
            corpus_file("articles/northmark-times.jsonl"),
        );
        folder.file("first/articles.jsonl", wire.clone() + &post);
        folder.file("second/articles.jsonl", wire + &times);
        let inputs = ["first", "second"];
        let mut duration = Duration::ZERO;
        let outputs = inputs.map(|input| {
            let started = Instant::now();
            folder.run(["scan", input, "-o", "out", "--quiet"], 0);
            duration = started.elapsed();
            folder.contents("out")
        });
        assert_ne!(outputs[0], outputs[1]);
        Rivals { folder, inputs, outputs, duration }
    }

    /// Which of the two the output folder holds; it must be one of them, whole.
    #[track_caller]
    fn held(&self) -> usize {
        let content = self.folder.contents("out");
        let held = self.outputs.iter().position(|output| *output == content);
        held.unwrap_or_else(|| {
            let names: Vec<&String> = content.iter().map(|(name, _)| name).collect();
            panic!("the output folder is neither the old nor the new one: {names:?}")
        })
    }

    /// Starts a run that would replace what is held.
    fn start(&self) -> Child {
        let input = self.inputs[1 - self.held()];
        let mut command = self.folder.cento(["scan", input, "-o", "out", "--quiet"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts")
    }

    /// The hidden names beside the output: what a run has not finished.
    fn partial_folders(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).collect()
    }

    /// Waits until a run writes its hidden folder; false when it ended before that was seen.
    fn writes(&self, child: &mut Child) -> bool {
        let own = format!("partial-{}-", child.id());
        loop {
            if self.partial_folders().iter().any(|name| name.contains(&own)) {
                return true;
            }
            if child.try_wait().unwrap().is_some() {
                return false;
            }
            sleep(Duration::from_micros(100));
        }
    }

    /// The next run succeeds, replaces what is there and leaves nothing else behind.
    #[track_caller]
    fn check_recovery(&self) {
        let other = 1 - self.held();
        self.folder.run(["scan", self.inputs[other], "-o", "out", "--quiet"], 0);
        assert_eq!(self.held(), other);
        assert_eq!(self.partial_folders(), [""; 0], "leftovers of killed runs");
    }
}

/// Ends a run as the machine would: no handler runs.
fn kill(mut child: Child) {
    child.kill().expect("the signal is sent");
    child.wait().expect("the run ends");
}

#[test]
fn a_killed_run_leaves_the_old_or_the_new_result() {
    const KILLS: u32 = 20;
    let rivals = Rivals::new();
    for number in 0..KILLS {
        let child = rivals.start();
        sleep(rivals.duration * number / KILLS);
        kill(child);
        rivals.held();
    }
    rivals.check_recovery();
}

#[test]
fn a_run_killed_while_it_writes_leaves_the_old_or_the_new_result() {
    const KILLS: u32 = 20;
    let rivals = Rivals::new();
    let mut left_behind = 0;
    for number in 0..KILLS {
        let mut child = rivals.start();
        if rivals.writes(&mut child) {
            sleep(Duration::from_micros(u64::from(number) * 300));
        }
        kill(child);
        rivals.held();
        left_behind += rivals.partial_folders().len();
    }
    assert!(left_behind > 0, "no run was killed while it wrote");
    rivals.check_recovery();
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    // More than a pipe holds, so that the command still has to write when its reader is gone.
    let articles = corpus_file("articles/northmark-times.jsonl");
    for copy in 0..20 {
        let copied = articles.replace("{\"id\": \"", &format!("{{\"id\": \"copy-{copy}-"));
        folder.file(&format!("in/{copy}.jsonl"), copied);
    }
    let mut command = folder.cento(["quotes", "in", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::with_capacity(64, child.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    assert!(line.starts_with('{'), "{line}");
    drop(stdout);
    let status = child.wait().unwrap();
    let mut printed = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut printed).unwrap();
    assert_eq!((status.code(), text(&printed).as_str()), (Some(0), ""));
}

#[test]
fn a_summary_that_nobody_reads_costs_no_result() {
    let folder = Folder::new();
    folder.file("in/articles.jsonl", corpus_file("articles/meridian-press.jsonl"));
    let mut command = folder.cento(["scan", "in", "-o", "out", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(folder.path().join("out/summary.json").exists());
}
