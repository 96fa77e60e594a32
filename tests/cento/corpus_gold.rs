//! The scan of the corpus against its gold. Every floor is the figure of the day it was written:
//! a floor may rise, never fall. `cargo bench --bench quality -- corpus -v` lists what is missing.

use std::path::Path;
use std::sync::OnceLock;

use crate::command::corpus;
use crate::quality::corpus::{Count, Measures, Scanned, gold, measure};

/// The figures, counted once.
fn measures() -> &'static Measures {
    static MEASURES: OnceLock<Measures> = OnceLock::new();
    MEASURES.get_or_init(|| {
        let folder = corpus();
        let folder: &Path = &folder;
        let scanned = Scanned::new(folder).expect("the corpus can be scanned");
        let gold = gold::read(folder).expect("the gold can be read");
        measure(folder, &scanned, &gold).expect("the gold can be compared")
    })
}

/// Fails when fewer than `least` are right or more than `most_wrong` are wrong, and lists what the
/// measure says about it: the errors that begin with one of the words.
#[track_caller]
fn check(what: &str, count: Count, least: usize, most_wrong: usize, about: (&[String], &[&str])) {
    let (errors, begins) = about;
    let holds = count.right >= least && count.all - count.right <= most_wrong;
    let listed: Vec<&str> = errors
        .iter()
        .map(String::as_str)
        .filter(|error| begins.iter().any(|begin| error.starts_with(begin)))
        .collect();
    let bounds = match most_wrong {
        ANY => format!("the floor is {least}"),
        _ => format!("the floor is {least}, at most {most_wrong} may be wrong"),
    };
    assert!(holds, "{what}: {count}; {bounds}\n{}", listed.join("\n"));
}

/// For counts of which only the right ones have a bound.
const ANY: usize = usize::MAX;

#[test]
fn what_must_not_be_reported_is_not() {
    let passages = &measures().passages;
    check("negatives", passages.negatives, 37, 4, (&passages.errors, &["NEGATIVE"]));
    let origins = &measures().origins;
    check("families without strangers", origins.apart, 7, 0, (&origins.errors, &["JOINED"]));
}

#[test]
fn passages_are_found_and_labelled() {
    let passages = &measures().passages;
    let errors = passages.errors.as_slice();
    check("precision", passages.precise, 99, 11, (errors, &["FALSE"]));
    check("found", passages.recall(), 90, ANY, (errors, &["MISSED", "OTHERWISE"]));
    check("covered", passages.coverage(), 140, ANY, (errors, &["MISSED"]));
    check("verbatim covered", passages.covered["verbatim"], 49, ANY, (errors, &["MISSED"]));
    check("labels", passages.labels, 83, 6, (errors, &["LABEL"]));
    assert!(passages.characters.granularity < 1.05, "{:?}", passages.characters);
}

#[test]
fn quotes_have_their_speakers() {
    let quotes = &measures().quotes;
    let errors = quotes.errors.as_slice();
    let direct = &quotes.direct;
    let count = |right, all| Count { right, all };
    let found = count(direct.found, direct.found + direct.missed);
    check("found", found, 121, 6, (errors, &["QUOTE MISSED"]));
    let precise = count(direct.found, direct.found + direct.false_alarms);
    check("precision", precise, 121, 6, (errors, &["QUOTE FALSE"]));
    check("mixed", quotes.mixed, 16, 0, (errors, &["QUOTE mixed"]));
    check("indirect", quotes.indirect, 57, ANY, (errors, &["QUOTE indirect"]));
    let mentions = count(direct.speaker_right, direct.with_source);
    check("mentions", mentions, 117, 3, (errors, &["QUOTE SPEAKER"]));
    let names = count(direct.name_right, direct.with_name);
    check("names", names, 109, 11, (errors, &["QUOTE NAME"]));
    check("not speech", quotes.not_speech, 21, 1, (errors, &["NOT SPEECH"]));
}

#[test]
fn units_have_the_borders_of_the_gold() {
    let sentences = &measures().sentences;
    let texts = Count { right: sentences.borders.texts_right, all: sentences.borders.texts };
    check("texts without an error", texts, 54, 1, (&sentences.errors, &["SENTENCE"]));
    check("kinds", sentences.kinds, 612, 44, (&sentences.errors, &["KIND"]));
}

#[test]
fn versions_of_one_quote_stand_together() {
    let clusters = &measures().clusters;
    let errors = clusters.errors.as_slice();
    check("whole clusters", clusters.whole, 16, 0, (errors, &["CLUSTER", "MISSED"]));
    check("members", clusters.members, 59, 0, (errors, &["CLUSTER", "MISSED"]));
    check("clusters that are none", clusters.real, 16, 0, (errors, &["FALSE"]));
    check("members that are none", clusters.pure, 71, 0, (errors, &["CLUSTER"]));
    check("translations", clusters.translated, 11, 0, (errors, &["CLUSTER", "MISSED"]));
    check("fullest forms", clusters.fullest, 16, 0, (errors, &["FULLEST", "MISSED"]));
    check("variants", clusters.variants, 63, 6, (errors, &["VARIANT"]));
    check("drift that is none", clusters.drift_precision, 10, 2, (errors, &["DRIFT"]));
    check("drift", clusters.drift_recall, 10, ANY, (errors, &["DRIFT"]));
    check("speakers", clusters.speakers, 15, 3, (errors, &["CLUSTER SPEAKER", "MISSED"]));
}

#[test]
fn origins_are_those_an_editor_would_give() {
    let clusters = &measures().clusters;
    check("origins", clusters.origins, 16, 0, (&clusters.errors, &["ORIGIN", "MISSED"]));
    let origins = &measures().origins;
    check("parents", origins.parents, 27, 3, (&origins.errors, &["PARENT"]));
    check("verdicts", origins.verdicts, 29, ANY, (&origins.errors, &["VERDICT"]));
}
