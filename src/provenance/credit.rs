//! Whom a document credits near a version: "told the Bay Courier", "(Reuters)", "first reported
//! by".
//!
//! [`credit_lines`] knows the agencies and large outlets of the world; the outlets of the
//! collection itself are known by name, so that a small paper's scoop is credited too.

use std::collections::BTreeSet;

use crate::model::Span;
use crate::text::{CreditKind, credit_lines, fold, outlet};

/// So much text before and after a version is searched, in bytes.
const NEAR: usize = 400;
/// So much of the start of a document, for its dateline.
const HEAD: usize = 250;

/// Words after which a name is a credit.
const CUES_BEFORE: &[&str] = &[
    "told ",
    "reported by ",
    "according to ",
    "interview with ",
    "obtained by ",
    "seen by ",
    "citing ",
    "courtesy of ",
    "statement to ",
    "quoted by ",
    "gegenüber ",
    "berichten zufolge ",
    "selon ",
    "según ",
    "secondo ",
    "segundo ",
    "volgens ",
    "сообщает ",
    "повідомляє ",
];
/// Words before which a name is a credit.
const CUES_AFTER: &[&str] = &[
    " reported",
    " reports",
    " first reported",
    " has reported",
    " previously reported",
    " berichtete",
    " berichtet",
    " rapporte",
    " informó",
    " riferisce",
    " сообщило",
    " сообщил",
];
/// Agencies, by full name: others live on what they send.
const AGENCIES: &[&str] = &[
    "Agence France-Presse",
    "Agência Brasil",
    "Agenzia ANSA",
    "ANP",
    "ANSA",
    "Anadolu Agency",
    "Associated Press",
    "Australian Associated Press",
    "Austria Presse Agentur",
    "Belga",
    "Business Wire",
    "Canadian Press",
    "City News Service",
    "Deutsche Presse-Agentur",
    "EFE",
    "Europa Press",
    "GlobeNewswire",
    "Interfax",
    "Interfax-Ukraine",
    "Keystone-SDA",
    "Kyodo News",
    "Lusa",
    "PA Media",
    "PR Newswire",
    "Press Association",
    "Press Trust of India",
    "Reuters",
    "RIA Novosti",
    "TASS",
    "Ukrinform",
    "United Press International",
    "Xinhua",
    "Yonhap",
];

/// Whether an outlet is a news agency.
pub(super) fn is_agency(source: &str) -> bool {
    AGENCIES.contains(&outlet(source).unwrap_or(source))
}

/// The publishers that have versions in a cluster, by number, with the names of their outlets.
pub(super) struct Publishers {
    names: Vec<(u32, String, String)>,
}

/// Whom a version's document credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credited {
    /// Publishers that have a version.
    pub(super) publishers: BTreeSet<u32>,
    /// Somebody else who has none.
    pub(super) somebody_else: bool,
}

impl Publishers {
    /// From the number and the outlet name of each.
    pub(super) fn new<'n>(names: impl IntoIterator<Item = (u32, &'n str)>) -> Publishers {
        let names = names.into_iter().filter(|(_, name)| name.chars().count() > 1);
        let names = names.map(|(number, name)| {
            let short = fold(name.trim()).into_owned();
            let short = short.strip_prefix("the ").map_or(short.clone(), str::to_owned);
            (number, short, full_name(name))
        });
        Publishers { names: names.collect() }
    }

    /// Whom a document credits near a version, its own publisher left out.
    pub(super) fn credited(&self, text: &str, version: Span, own: Option<u32>) -> Credited {
        let head = ..floor(text, HEAD.min(version.start as usize));
        let start = floor(text, (version.start as usize).saturating_sub(NEAR));
        let end = floor(text, version.end as usize + NEAR);
        let (before, after) =
            (&text[start..version.start as usize], &text[version.end as usize..end]);
        let mut found = Credited::default();
        for piece in [&text[head], before, after] {
            self.collect(piece, own, &mut found);
        }
        found
    }

    fn collect(&self, piece: &str, own: Option<u32>, found: &mut Credited) {
        for credit in credit_lines(piece) {
            let Some(name) = credit.outlet.filter(|_| credit.kind != CreditKind::Byline) else {
                continue;
            };
            let name = full_name(name);
            match self.names.iter().find(|(_, _, full)| *full == name) {
                Some(&(number, _, _)) if Some(number) == own => {}
                Some(&(number, _, _)) => {
                    found.publishers.insert(number);
                }
                None => found.somebody_else = true,
            }
        }
        let folded = fold(piece);
        let rests = CUES_BEFORE.iter().flat_map(|cue| {
            folded.match_indices(cue).map(|(place, cue)| &folded[place + cue.len()..])
        });
        let in_parentheses = folded.match_indices('(').map(|(place, _)| &folded[place + 1..]);
        for rest in rests.chain(in_parentheses) {
            let rest = rest.strip_prefix("the ").unwrap_or(rest);
            self.note(own, found, |name| {
                let after = rest.strip_prefix(name)?;
                Some(!after.starts_with(char::is_alphanumeric))
            });
        }
        for cue in CUES_AFTER {
            for (place, _) in folded.match_indices(cue) {
                let before = &folded[..place];
                self.note(own, found, |name| {
                    let before = before.strip_suffix(name)?;
                    Some(!before.ends_with(char::is_alphanumeric))
                });
            }
        }
    }

    fn note(&self, own: Option<u32>, found: &mut Credited, fits: impl Fn(&str) -> Option<bool>) {
        let others = self.names.iter().filter(|(number, _, _)| Some(*number) != own);
        for (number, name, _) in others {
            if fits(name) == Some(true) {
                found.publishers.insert(*number);
            }
        }
    }
}

/// The folded full name of an outlet, so that "AP" and "Associated Press" are one.
fn full_name(name: &str) -> String {
    fold(outlet(name.trim()).unwrap_or(name.trim())).into_owned()
}

/// The last character border at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_needs_a_cue_near_the_version() {
        let publishers = Publishers::new([(0, "The Bay Courier"), (1, "Associated Press")]);
        let check = |text: &str, expected: &[u32], somebody_else: bool| {
            let start = text.find('“').unwrap_or(0);
            let end = text.find('”').unwrap_or(text.len());
            let found = publishers.credited(text, Span::new(start, end), None);
            assert_eq!(found.publishers.into_iter().collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(found.somebody_else, somebody_else, "{text}");
        };
        check("“We are done,” Lind told the Bay Courier.", &[0], false);
        check("The Bay Courier first reported that “we are done” was said.", &[0], false);
        check("PORT ALMA (AP) - The mayor said: “We are done.”", &[1], false);
        check("PORT ALMA (Reuters) - The mayor said: “We are done.”", &[], true);
        check("“We are done,” Lind told Reuters.", &[], true);
        check("He reads the Bay Courier every day. “We are done.”", &[], false);
        check("“We are done,” he told the Bay Courierist", &[], false);
        check("“”", &[], false);
    }

    #[test]
    fn agencies_are_known_by_short_and_full_name() {
        assert!(is_agency("Reuters") && is_agency("AP") && is_agency("Associated Press"));
        assert!(!is_agency("Bay Courier") && !is_agency(""));
    }
}
