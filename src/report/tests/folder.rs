//! The output folder is there complete or not at all, and nobody else's folder is touched.

use std::fs;

use super::fixture::findings;
use super::{files, options};
use crate::Error;
use crate::model::Findings;
use crate::report::{OneThread, write};

#[test]
fn an_older_report_is_replaced() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    write(&Findings::default(), &out, &options(), &OneThread).unwrap();
    let before = files(&out);
    write(&findings(), &out, &options(), &OneThread).unwrap();
    assert_ne!(files(&out), before);
    // Nothing is left beside it.
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn an_empty_folder_may_be_filled() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    write(&findings(), &out, &options(), &OneThread).unwrap();
    assert!(out.join("quotes.jsonl").is_file());
}

/// Tries to write where it must be refused, and checks that nothing changed.
fn check_refused(out: &std::path::Path) {
    let before = out.is_dir().then(|| files(out));
    let error = write(&findings(), out, &options(), &OneThread).unwrap_err();
    assert!(matches!(error, Error::Usage { .. }), "{error}");
    assert_eq!(out.is_dir().then(|| files(out)), before);
    assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_foreign_folder_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("thesis");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("chapter1.txt"), "ten years of work").unwrap();
    check_refused(&out);
    // Somebody else's `summary.json` does not make it ours.
    fs::write(out.join("summary.json"), r#"{"made_by": "somebody"}"#).unwrap();
    check_refused(&out);
}

#[test]
fn notes_beside_an_older_report_are_kept() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    write(&findings(), &out, &options(), &OneThread).unwrap();
    fs::write(out.join("notes.txt"), "call Åse back").unwrap();
    check_refused(&out);
}

#[test]
fn a_file_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::write(&out, "text").unwrap();
    check_refused(&out);
}

#[test]
fn a_failed_run_keeps_the_older_report() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    write(&findings(), &out, &options(), &OneThread).unwrap();
    let before = files(&out);
    // A run that stops half-way: its folder is made and dropped before it is placed.
    let partial = super::super::folder::PartialFolder::create(&out).unwrap();
    fs::write(partial.path().join("quotes.jsonl"), "half a li").unwrap();
    drop(partial);
    assert_eq!(files(&out), before);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn leftovers_of_a_dead_run_are_removed_and_those_of_a_live_one_are_not() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let dead = place.path().join(".out.cento-partial-1-0");
    fs::create_dir(&dead).unwrap();
    fs::write(dead.join("quotes.jsonl"), "half a li").unwrap();
    let live = super::super::folder::PartialFolder::create(&out).unwrap();
    assert!(!dead.exists());
    write(&findings(), &out, &options(), &OneThread).unwrap();
    assert!(live.path().is_dir());
}

#[test]
fn a_report_that_was_moved_aside_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    write(&findings(), &out, &options(), &OneThread).unwrap();
    let before = files(&out);
    // The state after a crash between the two renames of a system that cannot exchange names.
    fs::rename(&out, place.path().join(".out.cento-old-1")).unwrap();
    drop(super::super::folder::PartialFolder::create(&out).unwrap());
    assert_eq!(files(&out), before);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folder_stays_a_link() {
    let place = tempfile::tempdir().unwrap();
    let (real, link) = (place.path().join("real"), place.path().join("latest"));
    write(&Findings::default(), &real, &options(), &OneThread).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&findings(), &link, &options(), &OneThread).unwrap();
    assert!(link.is_symlink());
    assert!(!fs::read(real.join("quotes.jsonl")).unwrap().is_empty());
}
