//! Whom a document credits near a version: "told the Bay Courier", "(Reuters)", "first reported
//! by".
//!
//! [`credit_lines`] knows the agencies and large outlets of the world; the outlets of the
//! collection itself are known by name, so that a small paper's scoop is credited too.

use std::collections::BTreeSet;

use crate::model::{Document, Span};
use crate::text::{CreditKind, credit_lines, fold, outlet};

use super::occasion::beside;

/// So much text before and after a version is searched, in bytes.
const NEAR: usize = 400;
/// So much of the start of a document, for its dateline.
const HEAD: usize = 250;

/// Words after which a name is that of whom somebody spoke to.
const INTERVIEW_CUES: &[&str] = &[
    "told ",
    "interview with ",
    "spoke to ",
    "speaking to ",
    "spoke with ",
    "statement to ",
    "given to ",
    "gegenüber ",
    "interview mit ",
];
/// Words after which a name is that of whom the words were taken from.
const REPORT_CUES: &[&str] = &[
    "reported by ",
    "reported in ",
    "published by ",
    "published in ",
    "appeared in ",
    "according to ",
    "obtained by ",
    "seen by ",
    "citing ",
    "courtesy of ",
    "quoted by ",
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
    /// Number and a folded name.
    names: Vec<(u32, String)>,
    /// Number and name as it is written, which can be looked for in a whole document.
    written: Vec<(u32, String)>,
    /// Number and host, which a link to it holds.
    hosts: Vec<(u32, String)>,
}

/// Whom a version's document credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credited {
    /// Publishers that have a version.
    pub(super) publishers: BTreeSet<u32>,
    /// Somebody else who has none.
    pub(super) somebody_else: bool,
    /// Itself: the words were spoken to it.
    pub(super) own_interview: bool,
    /// Itself, in the dateline, as agencies do.
    pub(super) own_dateline: bool,
}

impl Publishers {
    /// From the number, outlet name and host of each outlet.
    pub(super) fn new<'n>(
        outlets: impl IntoIterator<Item = (u32, &'n str, Option<String>)>,
    ) -> Publishers {
        let mut found = Publishers { names: Vec::new(), written: Vec::new(), hosts: Vec::new() };
        for (number, name, host) in outlets {
            let name = name.trim();
            for form in name_forms(name) {
                if form.chars().count() > 1 {
                    found.names.push((number, fold(form).into_owned()));
                    found.names.push((number, full_name(form)));
                    found.written.push((number, form.to_owned()));
                }
            }
            found.hosts.extend(host.map(|host| (number, host)));
        }
        for list in [&mut found.names, &mut found.written, &mut found.hosts] {
            list.sort();
            list.dedup();
        }
        found
    }

    /// Whom a document credits near a version.
    pub(super) fn credited(&self, text: &str, version: Span, own: Option<u32>) -> Credited {
        let head = ..floor(text, HEAD.min(version.start as usize));
        let start = floor(text, (version.start as usize).saturating_sub(NEAR));
        let end = floor(text, version.end as usize + NEAR);
        let (before, after) =
            (&text[start..version.start as usize], &text[version.end as usize..end]);
        let mut found = Credited::default();
        let [line_before, line_after] = beside(text, version);
        found.own_interview = own.is_some_and(|own| {
            self.are_spoken_to(line_before, own) || self.are_spoken_to(line_after, own)
        });
        for piece in [&text[head], before, after] {
            self.collect(piece, own, &mut found);
        }
        for (number, written) in &self.written {
            if Some(*number) != own && is_named_with_cue(text, written) {
                found.publishers.insert(*number);
            }
        }
        for (number, host) in &self.hosts {
            if Some(*number) != own && is_linked(text, host) {
                found.publishers.insert(*number);
            }
        }
        found
    }

    fn collect(&self, piece: &str, own: Option<u32>, found: &mut Credited) {
        for credit in credit_lines(piece) {
            let written = credit.name.of(piece);
            let number = match credit.kind {
                CreditKind::Byline => continue,
                _ if credit.outlet.is_none() && credit.kind != CreditKind::Agency => continue,
                _ => self.number(credit.outlet.unwrap_or(written)),
            };
            match number {
                Some(number) if Some(number) == own => {
                    found.own_dateline |= credit.kind == CreditKind::Agency;
                }
                Some(number) => {
                    found.publishers.insert(number);
                }
                None => found.somebody_else |= credit.outlet.is_some(),
            }
        }
        let folded = fold(piece);
        // Names are rarer than cues.
        if !self.names.iter().any(|(_, name)| find(&folded, name).next().is_some()) {
            return;
        }
        let named_after = |cue: &str| {
            let rests = find(&folded, cue).map(|place| &folded[place + cue.len()..]);
            rests.filter_map(|rest| self.starting(rest)).collect::<Vec<u32>>()
        };
        let before = CUES_AFTER.iter().flat_map(|cue| {
            let before = find(&folded, cue).map(|place| &folded[..place]);
            before.filter_map(|before| self.ending(before)).collect::<Vec<u32>>()
        });
        let cues = INTERVIEW_CUES.iter().chain(REPORT_CUES).chain(&["("]);
        let named = cues.flat_map(|cue| named_after(cue)).chain(before);
        found.publishers.extend(named.filter(|&number| Some(number) != own));
    }

    /// Whether words beside a version say that they were spoken to a publisher.
    fn are_spoken_to(&self, beside: &str, publisher: u32) -> bool {
        let known = credit_lines(beside)
            .into_iter()
            .filter(|credit| credit.kind == CreditKind::Interview)
            .any(|credit| credit.outlet.and_then(|name| self.number(name)) == Some(publisher));
        if known {
            return true;
        }
        let folded = fold(beside);
        let mut names = self.names.iter().filter(|(number, _)| *number == publisher);
        names.any(|(_, name)| find(&folded, name).next().is_some())
            && INTERVIEW_CUES.iter().any(|cue| {
                let mut rests = find(&folded, cue).map(|place| &folded[place + cue.len()..]);
                rests.any(|rest| self.starting(rest) == Some(publisher))
            })
    }

    /// The publisher of this name. An outlet can also be called after its host (`Fox News`,
    /// `foxnews.com`).
    fn number(&self, name: &str) -> Option<u32> {
        let name = full_name(name);
        let squeezed: String = name.split_whitespace().collect();
        let is_host = |host: &str| host.split('.').rev().skip(1).any(|label| label == squeezed);
        let named = self.names.iter().find(|(_, known)| *known == name);
        let named = named.map(|(number, _)| *number);
        named.or_else(|| Some(self.hosts.iter().find(|(_, host)| is_host(host))?.0))
    }

    /// The publisher whose name a folded text starts with.
    fn starting(&self, rest: &str) -> Option<u32> {
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        let is_start = |name: &str| {
            rest.strip_prefix(name).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        Some(self.names.iter().find(|(_, name)| is_start(name))?.0)
    }

    /// The publisher whose name a folded text ends with.
    fn ending(&self, before: &str) -> Option<u32> {
        let is_end = |name: &str| {
            before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        Some(self.names.iter().find(|(_, name)| is_end(name))?.0)
    }
}

/// The forms of an outlet's name under which others write it: without the article, and without what
/// a catalogue adds in brackets or behind a dash (`Bay Courier (Web)`, `Bay Courier - News`).
fn name_forms(name: &str) -> Vec<&str> {
    let name = name.strip_prefix("The ").unwrap_or(name);
    let plain = name.split(" (").next().unwrap_or(name);
    let plain = plain.split(" - ").next().unwrap_or(plain).trim();
    if plain == name || plain.is_empty() { vec![name] } else { vec![name, plain] }
}

/// The places where words stand in a text.
fn find<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    memchr::memmem::find_iter(text.as_bytes(), words)
}

/// Whether a document names an outlet anywhere with words that credit it.
fn is_named_with_cue(text: &str, name: &str) -> bool {
    find(text, name).any(|place| {
        let (before, after) = (floor(text, place.saturating_sub(40)), place + name.len());
        let before = fold(&text[before..place]);
        let before = before.strip_suffix("the ").unwrap_or(&before);
        let after = fold(&text[after..floor(text, after + 40)]);
        if after.starts_with(char::is_alphanumeric) {
            return false;
        }
        INTERVIEW_CUES.iter().chain(REPORT_CUES).any(|cue| before.ends_with(cue))
            || CUES_AFTER.iter().any(|cue| after.starts_with(cue))
    })
}

/// Whether a document holds a link to a host.
fn is_linked(text: &str, host: &str) -> bool {
    find(text, host).any(|place| {
        let (before, after) = (&text[..place], &text[place + host.len()..]);
        before.ends_with("://") || before.ends_with("www.") && after.starts_with('/')
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
        let publishers = Publishers::new([
            (0, "The Bay Courier", Some("bay-courier.example".to_owned())),
            (1, "Associated Press", None),
            (2, "Hill Wire (Web)", Some("hillwire.example".to_owned())),
        ]);
        let check = |text: &str, expected: &[u32], somebody_else: bool| {
            let start = text.find('“').unwrap_or(0);
            let end = text.find('”').unwrap_or(text.len());
            let found = publishers.credited(text, Span::new(start, end), None);
            assert_eq!(found.publishers.into_iter().collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(found.somebody_else, somebody_else, "{text}");
        };
        check("“We are done,” Lind told the Bay Courier.", &[0], false);
        check("“We are done,” Lind said in words first given to the Bay Courier.", &[0], false);
        check("The Bay Courier first reported that “we are done” was said.", &[0], false);
        check("PORT ALMA (AP) - The mayor said: “We are done.”", &[1], false);
        check("PORT ALMA (Hill Wire) - The mayor said: “We are done.”", &[2], false);
        check("PORT ALMA (Reuters) - The mayor said: “We are done.”", &[], true);
        check("“We are done,” Lind told Reuters.", &[], true);
        check("“We are done.” See https://www.bay-courier.example/2018/done", &[0], false);
        check("“We are done.” Write to lind@bay-courier.example", &[], false);
        check("He reads the Bay Courier every day. “We are done.”", &[], false);
        check("“We are done,” he told the Bay Courierist", &[], false);
        check("“”", &[], false);
    }

    #[test]
    fn an_outlet_can_credit_itself() {
        let publishers = Publishers::new([(0, "The Bay Courier", None), (1, "Hill Wire", None)]);
        let check = |text: &str, own: u32, own_interview: bool, own_dateline: bool| {
            let start = text.find('“').unwrap_or(0);
            let end = text.find('”').unwrap_or(text.len());
            let found = publishers.credited(text, Span::new(start, end), Some(own));
            assert_eq!(found.own_interview, own_interview, "{text}");
            assert_eq!(found.own_dateline, own_dateline, "{text}");
            assert!(!found.publishers.contains(&own), "{text}");
        };
        check("“We are done,” Lind told the Bay Courier.", 0, true, false);
        check("“We are done,” Lind told the Bay Courier.", 1, false, false);
        check("PORT ALMA, May 3 (Hill Wire) — Lind said: “We are done.”", 1, false, true);
        check("PORT ALMA, May 3 (Hill Wire) — Lind said: “We are done.”", 0, false, false);
    }

    #[test]
    fn agencies_are_known_by_short_and_full_name() {
        assert!(is_agency("Reuters") && is_agency("AP") && is_agency("Associated Press"));
        assert!(!is_agency("Bay Courier") && !is_agency(""));
    }
}
