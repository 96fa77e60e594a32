//! The reasons for a verdict or an edge, in words for a reader.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClusterKind, DatePrecision, Verdict};

use super::evidence;
use super::lineage::{History, Lineage, probability_before};
use super::readings::Reading;

/// So many outlets that print one text at one time are served by somebody.
const SYNDICATED_OUTLETS: usize = 4;
/// One time, in seconds: copying and editing takes longer.
const AT_ONE_TIME: i64 = 3600;
/// A running text of so many words is printed by many outlets word for word only when it is served…
const LONG_TEXT: usize = 40;
/// …so that a day will do for one time.
const ON_ONE_DAY: i64 = 86_400;
/// One in so many versions must say that the words were public.
const PUBLIC_SHARE: usize = 4;
/// A run of words of this length is material, not a slip.
const MATERIAL_WORDS: usize = 3;

/// How many other publishers credit the publisher of a version.
pub(super) fn credits(history: &History<'_>, version: u32) -> usize {
    let own = &history.witnesses[version as usize];
    let Some(publisher) = own.publisher else { return 0 };
    let crediting: BTreeSet<_> = history
        .witnesses
        .iter()
        .filter(|witness| witness.credits.contains(&publisher))
        .map(|witness| witness.publisher)
        .collect();
    crediting.len()
}

/// Why the origin is judged so.
pub(super) fn origin(
    history: &History<'_>,
    lineage: &Lineage,
    verdict: Verdict,
    root: u32,
) -> Vec<String> {
    let witnesses = &history.witnesses;
    let mut why = Vec::new();
    let undated = witnesses.iter().filter(|witness| witness.date.is_none()).count();
    if undated == witnesses.len() {
        why.push("no version has a date, so no direction can be told".to_owned());
    } else if undated > 0 {
        let have = if undated == 1 { "has" } else { "have" };
        why.push(format!("{undated} of {} versions {have} no date to trust", witnesses.len()));
    }
    match verdict {
        Verdict::Found => {
            let crediting = credits(history, root);
            if crediting > 0 {
                why.push(format!("credited by {}", counted(crediting, "other outlet")));
            }
            if witnesses[root as usize].is_release {
                why.push("the release of an organisation".to_owned());
            }
            if witnesses[root as usize].own_interview {
                why.push("the words were spoken to it, it says".to_owned());
            }
            if witnesses[root as usize].is_agency {
                why.push("a news agency".to_owned());
            }
            why.extend(first(history, root));
        }
        Verdict::Probable => {
            why.extend(first(history, root));
            why.push("all other versions can stem from it".to_owned());
            why.push(format!(
                "nothing shows an earlier source, yet there may be one: {:.0} in 100 such cases",
                lineage.missing * 100.0
            ));
        }
        Verdict::CommonSource => {
            if lineage.hidden >= 0.5 {
                why.push("a version has words that no version before it has".to_owned());
            }
            why.extend(first(history, root));
        }
        Verdict::Undetermined if undated < witnesses.len() => {
            if lineage.hidden >= evidence::SHOWN {
                why.push("a version may have words that no version before it has".to_owned());
            }
            why.extend(first(history, root));
        }
        Verdict::Undetermined => {}
    }
    let elsewhere = witnesses.iter().filter(|witness| witness.credits_unseen).count();
    if elsewhere > 0 {
        let versions = counted(elsewhere, "version");
        let credit = if elsewhere == 1 { "credits" } else { "credit" };
        why.push(format!("{versions} {credit} a source that is not in this collection"));
    }
    if let Some(versions) = public(history, root) {
        let say = if versions == 1 { "says" } else { "say" };
        let versions = counted(versions, "version");
        why.push(format!(
            "{versions} {say} that the words were public (a statement, a post, a news conference): \
             others can have them from there"
        ));
    }
    if let Some(outlets) = syndication(history) {
        why.push(format!(
            "{outlets} outlets printed one text at one time: syndication of a wire story or a \
             release, not copying from one another"
        ));
    }
    why
}

/// What the dates say of the first version.
fn first(history: &History<'_>, root: u32) -> Vec<String> {
    let own = &history.witnesses[root as usize];
    let Some(date) = own.date else {
        return vec!["it has no date; its wording is the one the others fit".to_owned()];
    };
    let others =
        history.witnesses.iter().enumerate().filter(|(number, _)| *number != root as usize);
    let tied = others
        .filter(|(_, other)| other.date.is_some_and(|other| probability_before(date, other) < 1.0));
    match tied.count() {
        0 => vec![format!("earliest in this collection ({date})")],
        count => {
            let precision = match date.precision {
                DatePrecision::Year => "year",
                DatePrecision::Month => "month",
                DatePrecision::Day => "day",
                DatePrecision::Minute | DatePrecision::Second => "time",
            };
            let versions = counted(count, "other version");
            let same = others_of_its_wording(history, root);
            let decides = match same {
                0 => "the wording decides",
                _ => "the wording does not tell them all apart",
            };
            vec![
                format!("among the earliest in this collection ({date})"),
                format!("{versions} may be of the same {precision}; {decides}"),
            ]
        }
    }
}

/// How many other versions have the words of the root and may be as early.
fn others_of_its_wording(history: &History<'_>, root: u32) -> usize {
    let own = &history.witnesses[root as usize];
    let others =
        history.witnesses.iter().enumerate().filter(|(number, _)| *number != root as usize);
    let as_early = others.filter(|(_, other)| {
        let dates = own.date.zip(other.date);
        other.wording == own.wording
            && dates.is_none_or(|(own, other)| probability_before(own, other) < 1.0)
    });
    as_early.count()
}

/// How many versions say that the words were public, where these are more than a few or the first
/// one is among them.
pub(super) fn public(history: &History<'_>, root: u32) -> Option<usize> {
    let witnesses = &history.witnesses;
    let count = witnesses.iter().filter(|witness| witness.is_public).count();
    let many = count * PUBLIC_SHARE >= witnesses.len();
    (count > 0 && (many || witnesses[root as usize].is_public)).then_some(count)
}

/// Wire and press-release reuse: how many outlets printed one text at one time, where there are
/// many and the dates are exact enough to tell.
pub(super) fn syndication(history: &History<'_>) -> Option<usize> {
    let one_time = |wording: u32| {
        let is_long = history.wordings[wording as usize].tokens.len() >= LONG_TEXT;
        let is_text = history.kind == ClusterKind::Passage;
        if is_long && is_text { ON_ONE_DAY } else { AT_ONE_TIME }
    };
    let mut times: Vec<(u32, i64, u32)> = history
        .witnesses
        .iter()
        .filter_map(|witness| {
            let within = one_time(witness.wording);
            let date = witness.date.filter(|date| date.latest - date.earliest <= within)?;
            Some((witness.wording, date.earliest, witness.publisher?))
        })
        .collect();
    times.sort_unstable();
    let mut most = 0;
    let mut start = 0;
    // How often each publisher stands in the window.
    let mut window: BTreeMap<u32, usize> = BTreeMap::new();
    for &(wording, time, publisher) in &times {
        *window.entry(publisher).or_default() += 1;
        // Two days in a row are not one.
        let is_over = |begin: i64| match one_time(wording) {
            AT_ONE_TIME => time - begin > AT_ONE_TIME,
            day => time - begin >= day,
        };
        while times[start].0 != wording || is_over(times[start].1) {
            let left = times[start].2;
            if let Some(count) = window.get_mut(&left) {
                *count -= 1;
                if *count == 0 {
                    window.remove(&left);
                }
            }
            start += 1;
        }
        most = most.max(window.len());
    }
    (most >= SYNDICATED_OUTLETS).then_some(most)
}

/// Why a version is said to come from another.
pub(super) fn edge(history: &History<'_>, parent: Option<u32>, child: u32) -> Vec<String> {
    let own = &history.witnesses[child as usize];
    let mut why = Vec::new();
    let Some(parent) = parent else {
        if own.credits_unseen {
            why.push("credits a source that is not in this collection".to_owned());
        }
        why.push("no earlier version here has all of its words".to_owned());
        return why;
    };
    let other = &history.witnesses[parent as usize];
    if let Some(publisher) = other.publisher {
        if own.credits.contains(&publisher) {
            why.push("credits that outlet".to_owned());
        }
        if own.publisher == Some(publisher) {
            why.push("the same publisher".to_owned());
        }
    }
    if other.is_agency {
        why.push("that outlet is a news agency".to_owned());
    }
    why.push(wording(history, parent, child));
    why.push(order(history, parent, child));
    let copies = history.witnesses.iter().filter(|witness| witness.wording == other.wording);
    let copies = copies.count() - 1 - usize::from(own.wording == other.wording);
    if copies > 0 {
        let others = counted(copies, "other document");
        why.push(format!("{others} with the same words cannot be told apart from it"));
    }
    why
}

/// How the wordings compare.
fn wording(history: &History<'_>, parent: u32, child: u32) -> String {
    let tongue = |number: u32| history.witnesses[number as usize].tongue;
    if tongue(parent) != tongue(child) {
        return "in another language: the words cannot be held against each other".to_owned();
    }
    let of = |number: u32| &history.wordings[history.witnesses[number as usize].wording as usize];
    let (from, to) = (of(parent), of(child));
    if history.witnesses[parent as usize].wording == history.witnesses[child as usize].wording {
        return "the same words".to_owned();
    }
    let new = to.tokens.iter().filter(|&&token| !from.has(token)).count();
    let lost = from.tokens.iter().filter(|&&token| !to.has(token)).count();
    let is_changed = |token: &&Reading| matches!(token, Reading::Foreign { .. });
    let shared = to.tokens.iter().filter(is_changed).filter(|&&token| from.has(token)).count();
    let mut text = match (new, lost) {
        (0, lost) => format!("all of its words stand there; {} cut", counted(lost, "word")),
        (new, 0) => format!("{} put in", counted(new, "word")),
        (new, lost) => format!("{} changed or put in, {} left out", counted(new, "word"), lost),
    };
    if shared > 0 {
        let words = counted(shared, "word");
        text.push_str(&format!("; both have {words} that the fullest form has not"));
    } else if new >= MATERIAL_WORDS {
        text.push_str("; a loose fit");
    }
    text
}

/// How the dates compare.
fn order(history: &History<'_>, parent: u32, child: u32) -> String {
    let date = |number: u32| history.witnesses[number as usize].date;
    let (Some(from), Some(to)) = (date(parent), date(child)) else {
        return "one of the two has no date to trust".to_owned();
    };
    if !from.is_before(to) {
        return "the dates do not tell which was first".to_owned();
    }
    let hours = (to.earliest - from.earliest).max(0) / 3600;
    match hours {
        0..48 => format!("{} before", counted(hours as usize, "hour")),
        _ => format!("{} before", counted((hours / 24) as usize, "day")),
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
