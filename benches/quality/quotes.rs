//! Quotes and speakers: `quotes DIR [--half=even|odd] [--errors=N] [--output=FILE]`.
//!
//! DIR holds `docs.jsonl` (`id`, `text`) and `quotes.jsonl` (`doc_id`, and `content`, `source` as
//! lists of `[start, end]` in Unicode scalars; optionally `annotator` and `quote_type`), or it is the
//! project's `corpus`, whose rows also give `kind`, `quoted` and the full name of the `speaker`. The
//! measure: a gold quote without a kind is direct when its content begins with a mark, mixed when
//! marks stand inside only (two apostrophes, as wire text writes them, and single marks in a text
//! without double ones count as well).
//! A direct one is found when characters in common over characters in either reach the threshold
//! (0.3 and 0.8 are printed); a prediction on a mixed one counts neither way; every other prediction
//! is a false alarm, except a block quote or a transcript's turn on speech that the gold has without
//! marks, which counts neither way. The speaker is right when the mention overlaps the gold source. `--half` takes
//! the documents whose id has an even or odd xxh3 hash: rules are chosen on the even half.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};
use cento::model::{Quote, QuoteKind, ScalarIndex};
use serde_json::{Value, json};

use super::documents;
use super::reliability::Reliability;

type Chars = BTreeSet<usize>;

struct Options {
    folder: PathBuf,
    half: Option<u64>,
    errors: usize,
    output: Option<PathBuf>,
}

#[derive(Clone)]
pub(crate) struct Gold {
    pub(crate) kind: GoldKind,
    chars: Chars,
    sources: Vec<(usize, usize)>,
    /// The full name, where the gold gives it.
    name: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum GoldKind {
    Direct,
    Mixed,
    Indirect,
}

pub(crate) struct Predicted {
    chars: Chars,
    mention: Option<(usize, usize)>,
    name: Option<String>,
    confidence: f32,
    /// It is set off without marks.
    block: bool,
    method: &'static str,
}

/// Runs the task.
pub(crate) fn run(arguments: &[&Path]) -> Result<()> {
    let options = parse(arguments)?;
    let documents = read_documents(&options)?;
    let gold = read_gold(&documents::labels(&options.folder, "quotes.jsonl"), &documents)?;
    let mut output = options.output.as_ref().map(fs::File::create).transpose()?;
    let started = Instant::now();
    let found: BTreeMap<&str, Vec<Quote>> =
        documents.iter().map(|(id, text)| (id.as_str(), quotes_of(text))).collect();
    let seconds = started.elapsed().as_secs_f64();
    let bytes: usize = documents.values().map(String::len).sum();
    println!(
        "{} documents, {:.1} MB/s with segmentation",
        documents.len(),
        bytes as f64 / 1e6 / seconds
    );
    let mut sets = Vec::new();
    for (id, text) in &documents {
        let index = ScalarIndex::new(text);
        let characters: Vec<char> = text.chars().collect();
        if let Some(file) = &mut output {
            for quote in &found[id.as_str()] {
                writeln!(file, "{}", row(id, text, quote, &index))?;
            }
        }
        let predicted = found[id.as_str()]
            .iter()
            .filter(|quote| quote.kind.is_quoted_speech())
            .map(|quote| predicted(quote, &index, &characters))
            .collect();
        sets.push(Set {
            id,
            characters,
            gold: gold.get(id.as_str()).map_or(&[], Vec::as_slice),
            predicted,
        });
    }
    for threshold in [0.3, 0.8] {
        let score = score(&sets, threshold);
        score.print(threshold);
        if threshold == 0.8 {
            score.reliability.print();
            for error in score.errors.iter().take(options.errors) {
                println!("  {error}");
            }
        }
    }
    Ok(())
}

fn parse(arguments: &[&Path]) -> Result<Options> {
    let mut options = Options { folder: PathBuf::new(), half: None, errors: 0, output: None };
    for argument in arguments {
        let option = argument.to_str().and_then(|argument| argument.strip_prefix("--"));
        match option.and_then(|option| option.split_once('=')) {
            Some(("half", half)) => options.half = Some(u64::from(half == "odd")),
            Some(("errors", number)) => options.errors = number.parse()?,
            Some(("output", file)) => options.output = Some(PathBuf::from(file)),
            Some((name, _)) => bail!("quotes has no option --{name}"),
            None => options.folder = argument.to_path_buf(),
        }
    }
    if options.folder.as_os_str().is_empty() {
        bail!("quotes needs a folder");
    }
    Ok(options)
}

/// Documents by id; with `--half` those whose id hashes to an even or odd number.
fn read_documents(options: &Options) -> Result<BTreeMap<String, String>> {
    let mut texts = documents::texts(&options.folder)?;
    texts.retain(|id, _| {
        let parity = xxhash_rust::xxh3::xxh3_64(id.as_bytes()) % 2;
        options.half.is_none_or(|half| half == parity)
    });
    Ok(texts)
}

fn spans(value: &Value) -> Vec<(usize, usize)> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair[0].as_u64()? as usize, pair[1].as_u64()? as usize)))
        .collect()
}

/// The gold quotes of the documents.
pub(crate) fn read_gold(
    path: &Path,
    documents: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Vec<Gold>>> {
    let mut gold: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
    let mut annotators: BTreeMap<String, Value> = BTreeMap::new();
    for row in documents::rows::<Value>(path)? {
        let Some(id) = row["doc_id"].as_str() else { continue };
        let Some(text) = documents.get(id) else { continue };
        let annotator = annotators.entry(id.to_owned()).or_insert_with(|| row["annotator"].clone());
        if *annotator != row["annotator"] {
            continue;
        }
        let content = spans(&row["content"]);
        let Some(first) = content.iter().map(|&(start, _)| start).min() else { continue };
        let characters: Vec<char> = text.chars().collect();
        let opens = characters.get(first).is_some_and(|first| "“„«»\"‘‚'".contains(*first));
        let single_only = !text.contains(['“', '"', '„', '«']);
        let marked = content.iter().any(|&(start, end)| {
            let content = &characters[start.min(characters.len())..end.min(characters.len())];
            content.iter().any(|character| "“”„«»\"".contains(*character))
                || content.windows(2).any(|pair| pair == ['\'', '\''])
                || single_only && content.first() == Some(&'‘')
        });
        let mut kind = match (marked, opens) {
            (true, true) => GoldKind::Direct,
            (true, false) => GoldKind::Mixed,
            _ => GoldKind::Indirect,
        };
        let stated = row["quote_type"].as_str();
        if kind == GoldKind::Direct && stated.is_some_and(|stated| stated != "Direct") {
            kind = GoldKind::Mixed;
        }
        kind = match row["kind"].as_str() {
            Some("direct" | "block") => GoldKind::Direct,
            Some("mixed") => GoldKind::Mixed,
            Some(_) => GoldKind::Indirect,
            None => kind,
        };
        let quoted = spans(&row["quoted"]);
        let chars = chars(&characters, if quoted.is_empty() { &content } else { &quoted });
        gold.entry(id.to_owned()).or_default().push(Gold {
            kind,
            chars,
            sources: spans(&row["source"]),
            name: row["speaker"].as_str().map(str::to_owned),
        });
    }
    Ok(gold)
}

/// The characters of spans, marks and punctuation at the rims left out.
fn chars(text: &[char], spans: &[(usize, usize)]) -> Chars {
    let rim = |character: char| "“”„«»\"‘’‚'—– \n\t,.;:".contains(character);
    let mut all = Chars::new();
    for &(start, end) in spans {
        let (mut start, mut end) = (start, end.min(text.len()));
        while start < end && rim(text[start]) {
            start += 1;
        }
        while end > start && rim(text[end - 1]) {
            end -= 1;
        }
        all.extend(start..end);
    }
    all
}

fn quotes_of(text: &str) -> Vec<Quote> {
    let language = cento::text::detect_language(text, None);
    let sentences = cento::text::segment(text, language);
    cento::quote::find_quotes(text, &sentences, language)
}

/// A found quote in the terms of the measure.
pub(crate) fn predicted(quote: &Quote, index: &ScalarIndex, text: &[char]) -> Predicted {
    let parts: Vec<_> = quote.parts.iter().map(|&part| index.span(part)).collect();
    let speaker = quote.speaker.as_ref();
    Predicted {
        chars: chars(text, &parts),
        mention: speaker.and_then(|speaker| speaker.mention).map(|mention| index.span(mention)),
        name: speaker.map(|speaker| speaker.name.clone()),
        confidence: speaker.map_or(0.0, |speaker| speaker.confidence),
        block: quote.kind == QuoteKind::Block,
        method: speaker.map_or("none", |speaker| speaker.method.name()),
    }
}

/// A row of `quotes.jsonl` as the output contract has it, for other scorers.
fn row(id: &str, text: &str, quote: &Quote, index: &ScalarIndex) -> Value {
    let part = |span| {
        let (start, end) = index.span(span);
        json!({"start": start, "end": end, "text": span.of(text)})
    };
    json!({
        "doc": id,
        "kind": quote.kind.name(),
        "parts": quote.parts.iter().map(|&span| part(span)).collect::<Vec<_>>(),
        "text": quote.text(text),
        "speaker": quote.speaker.as_ref().map(|speaker| json!({
            "name": speaker.name,
            "mention": speaker.mention.map(part),
            "method": speaker.method.name(),
            "confidence": speaker.confidence,
        })),
        "cue": quote.cue.map(|cue| part(cue.span)),
    })
}

/// One document with its gold and found quotes.
pub(crate) struct Set<'a> {
    pub(crate) id: &'a str,
    pub(crate) characters: Vec<char>,
    pub(crate) gold: &'a [Gold],
    pub(crate) predicted: Vec<Predicted>,
}

#[derive(Default)]
pub(crate) struct Score {
    pub(crate) found: usize,
    pub(crate) missed: usize,
    pub(crate) false_alarms: usize,
    pub(crate) with_source: usize,
    pub(crate) speaker_right: usize,
    /// Found quotes whose gold names a speaker, and those with that very name.
    pub(crate) with_name: usize,
    pub(crate) name_right: usize,
    reliability: Reliability,
    pub(crate) errors: Vec<String>,
}

/// A share; 0 of nothing.
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Score {
    pub(crate) fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.false_alarms)
    }

    pub(crate) fn recall(&self) -> f64 {
        ratio(self.found, self.found + self.missed)
    }

    pub(crate) fn f(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    fn print(&self, threshold: f64) {
        println!(
            "overlap {threshold}: precision {:.4} recall {:.4} F {:.4}, speaker right among found {:.4} (found {}, missed {}, false {})",
            self.precision(),
            self.recall(),
            self.f(),
            ratio(self.speaker_right, self.with_source),
            self.found,
            self.missed,
            self.false_alarms,
        );
        if self.with_name > 0 {
            println!("  full name right among found {:.4}", ratio(self.name_right, self.with_name));
        }
    }
}

/// Counts what was found, missed and invented.
pub(crate) fn score(sets: &[Set], threshold: f64) -> Score {
    let mut score = Score::default();
    for set in sets {
        let mut used = vec![false; set.predicted.len()];
        let mut mixed = Chars::new();
        let mut direct = Chars::new();
        let mut unmarked = Chars::new();
        for gold in set.gold {
            match gold.kind {
                GoldKind::Mixed => mixed.extend(&gold.chars),
                GoldKind::Direct => direct.extend(&gold.chars),
                GoldKind::Indirect => unmarked.extend(&gold.chars),
            }
        }
        for gold in set.gold.iter().filter(|gold| gold.kind == GoldKind::Direct) {
            let mut best = (0.0, None);
            for (at, predicted) in set.predicted.iter().enumerate() {
                let common = gold.chars.intersection(&predicted.chars).count();
                let either = gold.chars.len() + predicted.chars.len() - common;
                let overlap = if either == 0 { 0.0 } else { common as f64 / either as f64 };
                if overlap > best.0 {
                    best = (overlap, Some(at));
                }
            }
            match best {
                (overlap, Some(at)) if overlap >= threshold => {
                    score.found += 1;
                    used[at] = true;
                    check_speaker(set, gold, &set.predicted[at], &mut score);
                }
                (overlap, _) => {
                    score.missed += 1;
                    score.errors.push(format!(
                        "MISSED {overlap:.2} {}: {}",
                        set.id,
                        context(&set.characters, &gold.chars)
                    ));
                }
            }
        }
        for (at, predicted) in set.predicted.iter().enumerate() {
            let touches =
                |chars: &Chars| predicted.chars.iter().any(|character| chars.contains(character));
            let set_off = predicted.block && touches(&unmarked);
            if used[at] || touches(&mixed) || set_off || (threshold <= 0.3 && touches(&direct)) {
                continue;
            }
            score.false_alarms += 1;
            let part = if touches(&direct) { "FALSE-PART" } else { "FALSE" };
            score.errors.push(format!(
                "{part} {}: {}",
                set.id,
                context(&set.characters, &predicted.chars)
            ));
        }
    }
    score
}

fn check_speaker(set: &Set, gold: &Gold, predicted: &Predicted, score: &mut Score) {
    if let Some(name) = &gold.name {
        score.with_name += 1;
        let right = predicted.name.as_ref() == Some(name);
        score.name_right += usize::from(right);
        if !right {
            score.errors.push(format!(
                "NAME {}: gold {name:?}, found {:?}: {}",
                set.id,
                predicted.name,
                context(&set.characters, &gold.chars)
            ));
        }
    }
    if gold.sources.is_empty() {
        return;
    }
    score.with_source += 1;
    let right = predicted.mention.is_some_and(|(start, end)| {
        gold.sources.iter().any(|&(from, to)| end.min(to) > start.max(from))
    });
    score.speaker_right += usize::from(right);
    score.reliability.add(predicted.confidence, predicted.method, right);
    if !right {
        let of = |(start, end): (usize, usize)| -> String {
            set.characters[start..end].iter().collect()
        };
        let gold_source: Vec<String> = gold.sources.iter().map(|&span| of(span)).collect();
        score.errors.push(format!(
            "SPEAKER {}: gold {gold_source:?}, found {:?}: {}",
            set.id,
            predicted.mention.map(of),
            context(&set.characters, &gold.chars)
        ));
    }
}

/// The characters with what stands around them, on one line.
fn context(text: &[char], chars: &Chars) -> String {
    let (Some(&start), Some(&last)) = (chars.first(), chars.last()) else { return String::new() };
    let line = |from: usize, to: usize| -> String {
        text[from.min(to)..to]
            .iter()
            .map(|&character| if character == '\n' { '¶' } else { character })
            .collect()
    };
    let before = line(start.saturating_sub(120), start);
    let after = line(last + 1, (last + 121).min(text.len()));
    let inside = if last - start > 160 {
        format!("{} […] {}", line(start, start + 80), line(last - 60, last + 1))
    } else {
        line(start, last + 1)
    };
    format!("{before}[[{inside}]]{after}")
}
