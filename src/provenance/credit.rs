//! Whom a document credits near a version: "told the Bay Courier", "(Reuters)", "first reported
//! by".
//!
//! [`sources`] knows the agencies and large outlets of the world; the outlets of the
//! collection itself are known by name, so that a small paper's scoop is credited too.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::model::{Document, Span};
use crate::text::{CreditKind, fold, outlet, sources};

/// So much text before and after a version is searched, in bytes.
const NEAR: usize = 400;
/// So much of the start of a document, for its dateline.
const HEAD: usize = 250;

/// Words after which a name is that of whom somebody spoke to.
static INTERVIEW_CUES: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    finders(&[
        "told ",
        "interview with ",
        "spoke to ",
        "speaking to ",
        "spoke with ",
        "statement to ",
        "given to ",
        "gegenüber ",
        "interview mit ",
    ])
});
/// Words after which a name is that of whom the words were taken from.
static REPORT_CUES: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    finders(&[
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
    ])
});
/// What may stand before the name of an outlet: an article…
const ARTICLES: [&str; 9] = ["the ", "der ", "dem ", "das ", "le ", "la ", "el ", "il ", "de "];
/// …and what kind of outlet it is.
const KINDS: [&str; 29] = [
    "newspaper ",
    "daily ",
    "daily newspaper ",
    "weekly ",
    "magazine ",
    "broadcaster ",
    "channel ",
    "news agency ",
    "news site ",
    "website ",
    "zeitung ",
    "tageszeitung ",
    "zeitschrift ",
    "magazin ",
    "sender ",
    "nachrichtenagentur ",
    "journal ",
    "quotidien ",
    "diario ",
    "periódico ",
    "giornale ",
    "quotidiano ",
    "jornal ",
    "krant ",
    "dagblad ",
    "газета ",
    "газете ",
    "газеті ",
    "агентство ",
];
/// Words before which a name is a credit.
static CUES_AFTER: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    finders(&[
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
    ])
});
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
    /// Folded names.
    names: Vec<Name>,
    /// Names as they are written, which can be looked for in a whole document.
    written: Vec<Name>,
    /// Hosts, which a link to them holds.
    hosts: Vec<Name>,
}

/// A name of a publisher, ready to be looked for.
struct Name {
    publisher: u32,
    text: String,
    finder: Finder<'static>,
}

impl Name {
    fn new((publisher, text): (u32, String)) -> Name {
        let finder = Finder::new(&text).into_owned();
        Name { publisher, text, finder }
    }

    fn stands_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }
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

/// A piece of a document, searched for credits.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    folded: String,
    credits: Vec<PieceCredit>,
}

/// Somebody whom a piece of a document credits.
#[derive(Clone, Debug)]
struct PieceCredit {
    /// The name, in full where it is known.
    name: String,
    /// It stands in the dateline.
    is_agency: bool,
    /// It is a known outlet.
    is_known: bool,
}

impl Piece {
    pub(super) fn of(text: &str) -> Piece {
        let credits = sources(text).into_iter().filter_map(|credit| {
            let is_agency = credit.kind == CreditKind::Agency;
            let is_source = credit.kind != CreditKind::Byline;
            (is_source && (is_agency || credit.outlet.is_some())).then(|| PieceCredit {
                name: credit.outlet.unwrap_or(credit.name.of(text)).to_owned(),
                is_agency,
                is_known: credit.outlet.is_some(),
            })
        });
        Piece { credits: credits.collect(), folded: fold(text).into_owned() }
    }
}

/// The start of a document, where its dateline stands.
pub(super) fn head(document: &Document) -> &str {
    &document.text[..floor(&document.text, HEAD)]
}

impl Publishers {
    /// From the number, outlet name and host of each outlet.
    pub(super) fn new<'n>(
        outlets: impl IntoIterator<Item = (u32, &'n str, Option<String>)>,
    ) -> Publishers {
        let (mut names, mut written, mut hosts) = (Vec::new(), Vec::new(), Vec::new());
        for (number, name, host) in outlets {
            let name = name.trim();
            for form in name_forms(name) {
                if form.chars().count() > 1 {
                    names.push((number, fold(form).into_owned()));
                    names.push((number, full_name(form)));
                    written.push((number, form.to_owned()));
                }
            }
            hosts.extend(host.map(|host| (number, host)));
        }
        let [names, written, hosts] = [names, written, hosts].map(|mut list| {
            list.sort();
            list.dedup();
            list.into_iter().map(Name::new).collect()
        });
        Publishers { names, written, hosts }
    }

    /// Whom a document credits near a version, which has the texts of `lines` beside it in its paragraph.
    /// `start` is what was found at the document's start.
    pub(super) fn credited(
        &self,
        text: &str,
        (version, lines): (Span, [&str; 2]),
        own: Option<u32>,
        start: &Piece,
    ) -> Credited {
        let from = floor(text, (version.start as usize).saturating_sub(NEAR));
        let to = floor(text, version.end as usize + NEAR);
        let (before, after) =
            (&text[from..version.start as usize], &text[version.end as usize..to]);
        let own_interview =
            own.is_some_and(|own| lines.iter().any(|line| self.are_spoken_to(line, own)));
        let mut found = Credited { own_interview, ..Credited::default() };
        if version.start as usize >= HEAD {
            self.collect(start, own, &mut found);
        } else {
            let head = &text[..floor(text, version.start as usize)];
            self.collect(&Piece::of(head), own, &mut found);
        }
        for piece in [before, after] {
            self.collect(&Piece::of(piece), own, &mut found);
        }
        let others = |name: &&Name| Some(name.publisher) != own;
        for name in self.written.iter().filter(others) {
            if is_named_with_cue(text, name) {
                found.publishers.insert(name.publisher);
            }
        }
        for host in self.hosts.iter().filter(others) {
            if is_linked(text, host) {
                found.publishers.insert(host.publisher);
            }
        }
        found
    }

    fn collect(&self, piece: &Piece, own: Option<u32>, found: &mut Credited) {
        for credit in &piece.credits {
            match self.number(&credit.name) {
                Some(number) if Some(number) == own => found.own_dateline |= credit.is_agency,
                Some(number) => {
                    found.publishers.insert(number);
                }
                None => found.somebody_else |= credit.is_known,
            }
        }
        // Names are rarer than cues.
        let folded = piece.folded.as_str();
        if !self.names.iter().any(|name| name.stands_in(folded)) {
            return;
        }
        let mut name = |publisher: Option<u32>| {
            found.publishers.extend(publisher.filter(|&publisher| Some(publisher) != own));
        };
        for cue in INTERVIEW_CUES.iter().chain(&*REPORT_CUES) {
            places(cue, folded).for_each(|(_, rest)| name(self.starting(rest)));
        }
        for (bracket, _) in folded.match_indices('(') {
            name(self.starting(&folded[bracket + 1..]));
        }
        for cue in &*CUES_AFTER {
            places(cue, folded).for_each(|(before, _)| name(self.ending(before)));
        }
    }

    /// Whether words beside a version say that they were spoken to a publisher.
    fn are_spoken_to(&self, beside: &str, publisher: u32) -> bool {
        let known = sources(beside)
            .into_iter()
            .filter(|credit| credit.kind == CreditKind::Interview)
            .any(|credit| credit.outlet.and_then(|name| self.number(name)) == Some(publisher));
        if known {
            return true;
        }
        let folded = fold(beside);
        let is_named = |name: &Name| name.publisher == publisher && name.stands_in(&folded);
        self.names.iter().any(is_named)
            && INTERVIEW_CUES.iter().any(|cue| {
                places(cue, &folded).any(|(_, rest)| self.starting(rest) == Some(publisher))
            })
    }

    /// The publisher of this name. An outlet can also be called after its host (`Fox News`,
    /// `foxnews.com`).
    fn number(&self, name: &str) -> Option<u32> {
        let name = full_name(name);
        let squeezed: String = name.split_whitespace().collect();
        let is_host = |host: &str| host.split('.').rev().skip(1).any(|label| label == squeezed);
        let named = self.names.iter().find(|known| known.text == name);
        let named = named.or_else(|| self.hosts.iter().find(|host| is_host(&host.text)));
        Some(named?.publisher)
    }

    /// The publisher whose name a folded text starts with.
    fn starting(&self, rest: &str) -> Option<u32> {
        let rest = ARTICLES.iter().find_map(|article| rest.strip_prefix(article)).unwrap_or(rest);
        let rest = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
        let is_start = |name: &&Name| {
            let after = rest.strip_prefix(&name.text);
            after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        Some(self.names.iter().find(is_start)?.publisher)
    }

    /// The publisher whose name a folded text ends with.
    fn ending(&self, before: &str) -> Option<u32> {
        let is_end = |name: &&Name| {
            let rest = before.strip_suffix(&name.text);
            rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        };
        Some(self.names.iter().find(is_end)?.publisher)
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

/// Finders of words.
fn finders(words: &[&'static str]) -> Vec<Finder<'static>> {
    words.iter().map(|&word| Finder::new(word)).collect()
}

/// What stands before and after each place where words stand in a text.
fn places<'t>(words: &'t Finder<'_>, text: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let length = words.needle().len();
    words.find_iter(text.as_bytes()).map(move |place| (&text[..place], &text[place + length..]))
}

/// Whether a document names an outlet anywhere with words that credit it.
fn is_named_with_cue(text: &str, name: &Name) -> bool {
    places(&name.finder, text).any(|(before, after)| {
        let before = fold(&before[floor(before, before.len().saturating_sub(40))..]);
        let before = before.strip_suffix("the ").unwrap_or(&before);
        let after = fold(&after[..floor(after, 40)]);
        if after.starts_with(char::is_alphanumeric) {
            return false;
        }
        let ends = |cue: &Finder<'_>| before.as_bytes().ends_with(cue.needle());
        INTERVIEW_CUES.iter().any(ends)
            || REPORT_CUES.iter().any(ends)
            || CUES_AFTER.iter().any(|cue| after.as_bytes().starts_with(cue.needle()))
    })
}

/// Whether a document holds a link to a host.
fn is_linked(text: &str, host: &Name) -> bool {
    places(&host.finder, text).any(|(before, after)| {
        before.ends_with("://") || before.ends_with("www.") && after.starts_with('/')
    })
}

/// Signs of the release of an organisation.
static RELEASE_SIGNS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    finders(&[
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
    ])
});

/// Whether a document is the release of an organisation: it says so at its head, in its title or
/// in its address.
pub(super) fn is_release(document: &Document) -> bool {
    let head = head(document);
    let title = document.title.as_deref().unwrap_or("");
    let address = document.url.as_deref().unwrap_or("");
    [head, title, address].into_iter().any(|text| {
        let folded = fold(text);
        RELEASE_SIGNS.iter().any(|sign| sign.find(folded.as_bytes()).is_some())
    })
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

    /// Whom a text that is one paragraph credits near what it quotes, printed by one of some publishers.
    fn credited(publishers: &Publishers, text: &str, own: Option<u32>) -> Credited {
        let start = text.find('“').unwrap_or(0);
        let end = text.find('”').unwrap_or(text.len());
        let lines = [&text[..start], &text[end..]];
        publishers.credited(text, (Span::new(start, end), lines), own, &Piece::of(""))
    }

    #[test]
    fn a_credit_needs_a_cue_near_the_version() {
        let publishers = Publishers::new([
            (0, "The Bay Courier", Some("bay-courier.example".to_owned())),
            (1, "Associated Press", None),
            (2, "Hill Wire (Web)", Some("hillwire.example".to_owned())),
        ]);
        let check = |text: &str, expected: &[u32], somebody_else: bool| {
            let found = credited(&publishers, text, None);
            assert_eq!(found.publishers.into_iter().collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(found.somebody_else, somebody_else, "{text}");
        };
        check("“We are done,” Lind told the Bay Courier.", &[0], false);
        check("“We are done,” Lind told the newspaper Bay Courier.", &[0], false);
        check("Gegenüber der Zeitung Bay Courier sagte sie: “We are done.”", &[0], false);
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
            let found = credited(&publishers, text, Some(own));
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
