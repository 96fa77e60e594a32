//! Whom a document credits near a version: "told the Bay Courier", "(Reuters)", "first reported
//! by".
//!
//! [`credit_lines`] knows the agencies and large outlets of the world; the outlets of the
//! collection itself are known by name, so that a small paper's scoop is credited too.

use std::collections::BTreeSet;

use crate::model::{Document, Span};
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
    /// Number, folded name, folded full name.
    names: Vec<(u32, String, String)>,
    /// Number and name as it is written, which can be looked for in a whole document.
    written: Vec<(u32, String)>,
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
        let names: Vec<(u32, &str)> =
            names.into_iter().filter(|(_, name)| name.chars().count() > 1).collect();
        let written = names
            .iter()
            .map(|&(number, name)| (number, name.trim().trim_start_matches("The ").to_owned()));
        let written = written.collect();
        let names = names.into_iter().map(|(number, name)| {
            let short = fold(name.trim()).into_owned();
            let short = short.strip_prefix("the ").map_or(short.clone(), str::to_owned);
            (number, short, full_name(name))
        });
        Publishers { names: names.collect(), written }
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
        for (number, written) in &self.written {
            if Some(*number) != own && is_named_with_cue(text, written) {
                found.publishers.insert(*number);
            }
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

/// Whether a document names an outlet anywhere with words that credit it.
fn is_named_with_cue(text: &str, name: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), name).any(|place| {
        let (before, after) = (floor(text, place.saturating_sub(40)), place + name.len());
        let before = fold(&text[before..place]);
        let before = before.strip_suffix("the ").unwrap_or(&before);
        let after = fold(&text[after..floor(text, after + 40)]);
        if after.starts_with(char::is_alphanumeric) {
            return false;
        }
        CUES_BEFORE.iter().any(|cue| before.ends_with(cue))
            || CUES_AFTER.iter().any(|cue| after.starts_with(cue))
    })
}

/// Whether a document is the release of an organisation: it says so at its head, in its title or
/// in its address.
pub(super) fn is_release(document: &Document) -> bool {
    const SIGNS: &[&str] = &[
        "press release",
        "news release",
        "media release",
        "for immediate release",
        "press-release",
        "pressemitteilung",
        "communiqué de presse",
        "nota de prensa",
        "comunicato stampa",
        "persbericht",
        "пресс-релиз",
        "прес-реліз",
    ];
    let head = fold(&document.text[..floor(&document.text, HEAD)]);
    let title = fold(document.title.as_deref().unwrap_or(""));
    let address = fold(document.url.as_deref().unwrap_or(""));
    SIGNS.iter().any(|sign| head.contains(sign) || title.contains(sign) || address.contains(sign))
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
