//! The speaker by vote of the sources.
//!
//! One article may only say "she said"; another names her. Quotebank uses the same lever, the
//! redundancy of quotes across articles, to train a model; here the sources simply vote, each
//! publisher once for a name, weighted by how the name was found.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{DocumentIndex, SpeakerConsensus, SpeakerMethod, SpeakerVotes};
use crate::text::{fold, sound_alike};

/// What one version says about the speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerMention {
    /// The document that says it.
    pub document: DocumentIndex,
    /// Whose vote it is: the publisher, or the document where the publisher is unknown.
    pub voter: String,
    /// The name as the document resolves it.
    pub name: String,
    /// How the name was found.
    pub method: SpeakerMethod,
    /// The probability that it is right, 0 to 1.
    pub confidence: f32,
    /// The others seem to have the words from this document.
    pub is_origin: bool,
}

/// Who had the words first knows best who said them: so much more its vote counts. Two others still
/// outvote it.
const ORIGIN: f64 = 1.5;

/// The weight of a vote: an explicit name outvotes a surname, a surname a pronoun. Two surnames of
/// independent sources outvote one explicit name.
fn weight(method: SpeakerMethod) -> f64 {
    match method {
        SpeakerMethod::Explicit => 1.0,
        SpeakerMethod::Surname => 0.6,
        SpeakerMethod::Title => 0.35,
        SpeakerMethod::Continued => 0.3,
        SpeakerMethod::Pronoun => 0.25,
        SpeakerMethod::Anonymous => 0.0,
    }
}

/// The speaker with the most votes, and the names that stand against it. Names that can be forms
/// of one name ("Jane Doe", "Ms. Doe", "Doe") are counted together.
pub fn consensus(mentions: &[SpeakerMention]) -> Option<SpeakerConsensus> {
    let mut forms: BTreeMap<Vec<String>, Form> = BTreeMap::new();
    for mention in mentions.iter().filter(|mention| weight(mention.method) > 0.0) {
        let key = name_words(&mention.name);
        if key.is_empty() || is_pronoun(&key) {
            continue;
        }
        forms.entry(key).or_default().note(mention);
    }
    let mut people = merge_forms(forms);
    people.sort_by(|x, y| y.votes().total_cmp(&x.votes()).then_with(|| x.display.cmp(&y.display)));
    // "A joint statement" is no rival of a name; where nobody is named it is what there is.
    let is_named = people.iter().any(|person| is_proper(&person.display));
    let mut people = people.into_iter().filter(|person| !is_named || is_proper(&person.display));
    let first = people.next()?;
    let conflicts = people.map(|person| SpeakerVotes {
        name: person.display.clone(),
        votes: person.votes(),
        documents: person.documents.iter().copied().collect(),
    });
    Some(SpeakerConsensus {
        name: first.display.clone(),
        votes: first.votes(),
        conflicts: conflicts.collect(),
    })
}

/// One form of a name and who uses it.
#[derive(Clone, Debug, Default)]
struct Form {
    /// As the sources write it, with the votes for each spelling.
    spellings: BTreeMap<String, f64>,
    /// The best vote of each voter.
    voters: BTreeMap<String, f64>,
    documents: BTreeSet<DocumentIndex>,
    /// Somebody writes it beside the quote; otherwise documents were searched for whom a surname
    /// or a pronoun means.
    is_written_beside: bool,
}

impl Form {
    fn note(&mut self, mention: &SpeakerMention) {
        self.is_written_beside |= mention.method == SpeakerMethod::Explicit;
        let origin = if mention.is_origin { ORIGIN } else { 1.0 };
        let confidence = f64::from(mention.confidence.clamp(0.05, 1.0));
        let vote = weight(mention.method) * confidence * origin;
        *self.spellings.entry(without_titles(&mention.name)).or_default() += vote;
        let best = self.voters.entry(mention.voter.clone()).or_default();
        *best = best.max(vote);
        self.documents.insert(mention.document);
    }

    fn votes(&self) -> f64 {
        self.voters.values().sum()
    }

    /// The spelling with the most votes.
    fn spelling(&self) -> &str {
        let best = self
            .spellings
            .iter()
            .max_by(|(name_x, x), (name_y, y)| x.total_cmp(y).then_with(|| name_y.cmp(name_x)));
        best.map_or("", |(name, _)| name)
    }
}

/// A person: forms of one name.
#[derive(Clone, Debug)]
struct Person {
    words: Vec<String>,
    display: String,
    voters: BTreeMap<String, f64>,
    documents: BTreeSet<DocumentIndex>,
}

impl Person {
    fn votes(&self) -> f64 {
        self.voters.values().sum()
    }

    fn absorb(&mut self, form: &Form) {
        for (voter, &vote) in &form.voters {
            let best = self.voters.entry(voter.clone()).or_default();
            *best = best.max(vote);
        }
        self.documents.extend(&form.documents);
    }
}

/// Puts each form to the person it can belong to, full names first; a surname that two people
/// share goes to the one with more votes. What is no name ("the board's statement") comes after
/// the names, and so does a name with "of", which may say where somebody is from, or have caught a
/// word that stood before the name.
fn merge_forms(forms: BTreeMap<Vec<String>, Form>) -> Vec<Person> {
    let mut forms: Vec<(Vec<String>, Form)> = forms.into_iter().collect();
    forms.sort_by(|(words_x, x), (words_y, y)| {
        let length =
            |words: &[String]| words.iter().filter(|word| word.chars().count() > 1).count().min(2);
        let rank = |words: &[String], form: &Form| {
            let is_loose = words.iter().any(|word| word == "of");
            let length = std::cmp::Reverse(length(words));
            (!is_proper(form.spelling()), is_loose, length, !form.is_written_beside)
        };
        (rank(words_x, x).cmp(&rank(words_y, y)))
            .then(y.votes().total_cmp(&x.votes()))
            .then_with(|| words_x.cmp(words_y))
    });
    let mut people: Vec<Person> = Vec::new();
    for (words, form) in forms {
        let can_be = |person: &&mut Person| {
            are_forms_of_one_name(&person.words, &words)
                // Two people of one surname did not say the same words: whom the surname means was
                // looked up, and not found right.
                || (!form.is_written_beside && person.words.last() == words.last())
                || is_from_somewhere(&words, &person.words)
        };
        let owner = people
            .iter_mut()
            .rev()
            .filter(can_be)
            .reduce(|best, person| if person.votes() >= best.votes() { person } else { best });
        match owner {
            Some(person) => {
                // What follows a full name that is known is no part of it.
                if words.len() > 1
                    && words.len() < person.words.len()
                    && person.words.starts_with(&words)
                    && form.is_written_beside
                {
                    person.display = form.spelling().to_owned();
                    person.words.clone_from(&words);
                }
                person.absorb(&form);
            }
            None => {
                let display = form.spelling().to_owned();
                let mut person =
                    Person { words, display, voters: BTreeMap::new(), documents: BTreeSet::new() };
                person.absorb(&form);
                people.push(person);
            }
        }
    }
    people
}

/// Whether a name with "of" ("Lind of Port Alma", "Years of Lind") can mean somebody: the surname
/// stands before the "of" or at the end.
fn is_from_somewhere(words: &[String], person: &[String]) -> bool {
    let Some(place) = words.iter().position(|word| word == "of") else { return false };
    let ends = [words[..place].last(), words[place + 1..].last()];
    person.last().is_some_and(|surname| ends.contains(&Some(surname)))
}

/// Whether two names, as documents give them, can be of one person.
pub(super) fn can_be_one_name(a: &str, b: &str) -> bool {
    are_forms_of_one_name(&name_words(a), &name_words(b))
}

/// Whether two names can be of one person: the same last word, and first words that agree or are
/// missing ("J." agrees with "Jane", "Jane Q." with "Jane"); or one is a whole part of the other
/// ("Doe" and "Doe Smith"), or begins it ("Jane Doe" and "Jane Doe Further Reading"). Names in two
/// alphabets are compared by their sound.
fn are_forms_of_one_name(a: &[String], b: &[String]) -> bool {
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let is_latin =
        |words: &[String]| words.iter().flat_map(|word| word.chars()).all(|c| c < '\u{370}');
    if is_latin(a) != is_latin(b) {
        return sound_alike(&a.join(" "), &b.join(" "));
    }
    if a.len() == 1 || b.len() == 1 {
        return if a.len() == 1 { b.contains(last_a) } else { a.contains(last_b) };
    }
    let (longer, shorter) = if a.len() > b.len() { (a, b) } else { (b, a) };
    if longer.ends_with(shorter) || longer.starts_with(shorter) {
        return true;
    }
    let first_agrees = {
        let (first_a, first_b) = (&a[0], &b[0]);
        first_a == first_b
            || (first_a.chars().count() == 1 && first_b.starts_with(first_a.as_str()))
            || (first_b.chars().count() == 1 && first_a.starts_with(first_b.as_str()))
    };
    first_agrees && last_a == last_b
}

/// Titles before a name, folded; what stands before a name in news of the languages with rules.
const TITLES: &[&str] = &[
    "ambassador",
    "analyst",
    "archbishop",
    "attorney",
    "baroness",
    "bishop",
    "candidate",
    "capt",
    "captain",
    "cardinal",
    "ceo",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "coach",
    "col",
    "colonel",
    "commissioner",
    "congressman",
    "congresswoman",
    "councillor",
    "counsel",
    "dame",
    "deputy",
    "detective",
    "director",
    "doctor",
    "don",
    "doña",
    "dr",
    "dra",
    "economist",
    "founder",
    "frau",
    "gen",
    "general",
    "goalkeeper",
    "gov",
    "governor",
    "herr",
    "judge",
    "justice",
    "king",
    "lady",
    "lawyer",
    "leader",
    "lord",
    "lt",
    "m",
    "madame",
    "maj",
    "major",
    "mayor",
    "minister",
    "miss",
    "mlle",
    "mme",
    "mr",
    "mrs",
    "ms",
    "nominee",
    "officer",
    "pastor",
    "pope",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rep",
    "representative",
    "rev",
    "reverend",
    "secretary",
    "sen",
    "senator",
    "senhor",
    "sergeant",
    "señor",
    "señora",
    "sgt",
    "sheriff",
    "signor",
    "signora",
    "sir",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "sr",
    "sra",
    "striker",
    "superintendent",
    "the",
    "treasurer",
    "vice",
];

/// Nouns for a body that a word before them tells apart from others, folded.
const BODIES: &[&str] = &[
    "agency",
    "bureau",
    "committee",
    "council",
    "court",
    "department",
    "ministry",
    "office",
    "school",
];

/// The words of a name as they are compared: folded, without titles and possessive endings.
fn name_words(name: &str) -> Vec<String> {
    let plain = without_titles(name);
    let words =
        plain.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '"' | '“' | '”'));
    let words = words.map(|word| {
        let folded = fold(word).into_owned();
        folded.strip_suffix("'s").map_or(folded.clone(), str::to_owned)
    });
    words.filter(|word| !word.is_empty() && word != "jr" && word != "sr").collect()
}

/// Whether a name is one: its last word is written with a capital, in scripts that have them
/// ("The quartet" is none), and it is no headline, which has several words all in capitals.
fn is_proper(name: &str) -> bool {
    let words = || name.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    let Some(last) = words().next_back() else { return false };
    let is_capitals = name.contains(char::is_uppercase) && !name.contains(char::is_lowercase);
    let is_headline = is_capitals
        && (words().count() >= HEADLINE_WORDS || last.chars().count() > LONGEST_ACRONYM);
    last.starts_with(|c: char| !c.is_lowercase()) && !is_headline
}

/// So many words in capitals are a headline.
const HEADLINE_WORDS: usize = 3;
/// A longer word in capitals is no acronym but a label ("ADVERTISEMENT").
const LONGEST_ACRONYM: usize = 7;

/// Whether a name is only a pronoun that was not resolved.
fn is_pronoun(words: &[String]) -> bool {
    const PRONOUNS: &[&str] = &[
        "i",
        "he",
        "she",
        "it",
        "his",
        "her",
        "their",
        "its",
        "the",
        "him",
        "them",
        "we",
        "they",
        "you",
        "this",
        "that",
        "who",
        "nobody",
        "somebody",
        "someone",
        "everybody",
        "everyone",
        "anybody",
        "anyone",
        "another",
        "others",
        "some",
        "many",
        "most",
        "er",
        "sie",
        "es",
        "wir",
        "ich",
        "il",
        "elle",
        "on",
        "nous",
        "ils",
        "él",
        "ella",
        "ellos",
        "lui",
        "lei",
        "ele",
        "ela",
        "hij",
        "zij",
        "ze",
        "он",
        "она",
        "они",
        "мы",
        "я",
        "він",
        "вона",
        "вони",
        "ми",
    ];
    words.len() == 1 && PRONOUNS.contains(&words[0].as_str())
}

/// A name without the titles before it: what stands after the last of them.
fn without_titles(name: &str) -> String {
    let mut rest = name.trim();
    let mut from = rest;
    while let Some((first, after)) = from.split_once(char::is_whitespace) {
        from = after.trim_start();
        let is_title = TITLES.contains(&&*fold(first.trim_end_matches('.')));
        // "Justice Department": what is a title elsewhere says which body it is. An article does not.
        let is_body = BODIES.contains(&&*fold(from)) && !first.eq_ignore_ascii_case("the");
        if is_title && is_proper(from) && !is_body {
            rest = from;
        }
    }
    let rest = rest.trim_end_matches("'s").trim_end_matches("’s");
    // A name can run over the end of a line.
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of `voter|method|name`, with `|origin` where the others have it from there; the winner and the conflicts, separated by ` / `.
    fn check_consensus(lines: &[&str], expected: &str) {
        let mentions: Vec<SpeakerMention> = lines
            .iter()
            .enumerate()
            .map(|(document, line)| {
                let fields: Vec<&str> = line.split('|').collect();
                let method = match fields[1] {
                    "explicit" => SpeakerMethod::Explicit,
                    "surname" => SpeakerMethod::Surname,
                    "title" => SpeakerMethod::Title,
                    "pronoun" => SpeakerMethod::Pronoun,
                    "continued" => SpeakerMethod::Continued,
                    _ => SpeakerMethod::Anonymous,
                };
                SpeakerMention {
                    document: document as u32,
                    voter: fields[0].to_owned(),
                    name: fields[2].to_owned(),
                    method,
                    confidence: 1.0,
                    is_origin: fields.get(3) == Some(&"origin"),
                }
            })
            .collect();
        let found = consensus(&mentions).map_or(String::new(), |found| {
            let conflicts = found.conflicts.into_iter().map(|conflict| conflict.name);
            std::iter::once(found.name).chain(conflicts).collect::<Vec<_>>().join(" / ")
        });
        assert_eq!(found, expected, "{lines:?}");
    }

    #[test]
    fn the_sources_vote_on_the_speaker() {
        check_consensus(&["A|explicit|Mara Lind"], "Mara Lind");
        check_consensus(&["A|explicit|Mara Lind", "B|surname|Lind", "C|pronoun|Lind"], "Mara Lind");
        check_consensus(&["A|explicit|the Justice Department"], "Justice Department");
        check_consensus(&["A|surname|Ms. Lind", "B|explicit|Mara\nLind"], "Mara Lind");
        // An explicit name outvotes one surname, a surname one pronoun.
        check_consensus(&["A|surname|Okafor", "B|explicit|Mara Lind"], "Mara Lind / Okafor");
        check_consensus(&["A|pronoun|Okafor", "B|surname|Lind"], "Lind / Okafor");
        // Two surnames of different publishers outvote one explicit name.
        check_consensus(
            &["A|surname|Okafor", "B|surname|Okafor", "C|explicit|Mara Lind"],
            "Okafor / Mara Lind",
        );
        // One publisher votes once, however many pages it prints.
        check_consensus(
            &["A|surname|Okafor", "A|surname|Okafor", "C|explicit|Mara Lind"],
            "Mara Lind / Okafor",
        );
        // Whom the others have it from is believed against one of them, not against two.
        check_consensus(
            &["A|explicit|Okafor", "B|explicit|Mara Lind|origin"],
            "Mara Lind / Okafor",
        );
        check_consensus(
            &["A|explicit|Okafor", "B|explicit|Mara Lind|origin", "C|explicit|Okafor"],
            "Okafor / Mara Lind",
        );
        // Initials, middle names, titles and possessives are forms of one name.
        check_consensus(&["A|explicit|M. Lind", "B|explicit|Mara Lind"], "Mara Lind");
        check_consensus(&["A|explicit|Mara Q. Lind", "B|explicit|Sen. Mara Lind"], "Mara Lind");
        check_consensus(&["A|explicit|President Mara Lind", "B|surname|Lind’s"], "Mara Lind");
        // Two people of one surname stay two; the bare surname goes to the one with more votes.
        check_consensus(
            &[
                "A|explicit|Mara Lind",
                "B|explicit|Mara Lind",
                "C|explicit|Ola Lind",
                "D|surname|Lind",
            ],
            "Mara Lind / Ola Lind",
        );
        // What stands before a title is no part of the name, and neither are other words before a
        // name that is known.
        check_consensus(
            &[
                "A|explicit|Harbour Board Director Mara Lind",
                "B|explicit|Mara Lind",
                "C|surname|Lind",
            ],
            "Mara Lind",
        );
        check_consensus(&["A|explicit|Weary Mara Lind", "B|explicit|Mara Lind"], "Mara Lind");
        // Nor is what a page has run on behind it.
        check_consensus(
            &["A|explicit|Mara Lind Mara Ellen LindFerry Board", "B|explicit|Mara Lind"],
            "Mara Lind",
        );
        // A pronoun that was not resolved and a thing are no rivals of a name.
        check_consensus(
            &["A|explicit|It", "B|explicit|Mara Lind", "C|title|joint statement"],
            "Mara Lind",
        );
        check_consensus(&["A|title|joint statement"], "joint statement");
        check_consensus(
            &["A|explicit|LIND QUITS FERRY BOARD", "B|explicit|Mara Lind", "C|title|The quartet"],
            "Mara Lind",
        );
        // A name is no form of what is none.
        check_consensus(
            &["A|explicit|LHB", "B|explicit|LHB", "C|title|the LHB statement", "D|explicit|Hill"],
            "LHB / Hill",
        );
        // Whom a surname means was looked up wrongly; who is named beside the quote is believed.
        check_consensus(
            &["A|explicit|Mara Lind", "B|surname|Seating Lind", "C|pronoun|Ola Lind"],
            "Mara Lind",
        );
        check_consensus(
            &["A|explicit|Lind of Alma", "B|surname|Mara Lind", "C|explicit|Years of Lind"],
            "Mara Lind",
        );
        // A name in another alphabet is no other name.
        check_consensus(
            &["A|explicit|Ruth Carden", "B|explicit|Рут Карден", "C|surname|Карден"],
            "Ruth Carden",
        );
        check_consensus(&["A|explicit|Ruth Carden", "B|surname|Мельник"], "Ruth Carden / Мельник");
        // Unnamed sources do not vote.
        check_consensus(&["A|anonymous|a source close to the board"], "");
        check_consensus(&["A|anonymous|an official", "B|pronoun|Lind"], "Lind");
    }
}
