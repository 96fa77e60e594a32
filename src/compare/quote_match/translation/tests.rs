//! Pairs of quotes in two languages, and whether one is a translation of the other.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::super::{link_quotes, prepare_quote, prepare_string};
use super::meanings::{LANGUAGES, TABLE};
use super::*;
use crate::model::{
    Date, DatePrecision, Document, DocumentFrequencies, Quote, QuoteKind, Span, Speaker,
    SpeakerMethod,
};

fn frequencies() -> DocumentFrequencies {
    DocumentFrequencies::new(0, HashMap::new())
}

/// A quote given as `language|speaker|day|text`; the speaker and the day may be empty.
struct Given {
    language: Language,
    document: Document,
    quote: Quote,
}

impl Given {
    fn of(line: &str) -> Given {
        let cells: Vec<&str> = line.splitn(4, '|').collect();
        let [language, speaker, day, text] = cells[..] else { panic!("{line}") };
        let date = day.parse().ok().map(|day: i64| Date {
            earliest: day * 86_400,
            latest: day * 86_400 + 60,
            precision: DatePrecision::Minute,
            text: String::new(),
        });
        Given {
            language: Language::from_code(language).unwrap_or_default(),
            document: Document { published_at: date, text: text.to_owned(), ..Document::default() },
            quote: Quote {
                kind: QuoteKind::Direct,
                parts: vec![Span::new(0, text.len())],
                speaker: (!speaker.is_empty()).then(|| Speaker {
                    name: speaker.to_owned(),
                    mention: None,
                    method: SpeakerMethod::Explicit,
                    confidence: 0.9,
                }),
                cue: None,
                unclosed: false,
            },
        }
    }

    fn prepared(&self) -> QuoteText<'_> {
        prepare_quote(&self.document, self.language, &self.quote, &frequencies())
    }
}

fn keys(quote: &QuoteText<'_>) -> BTreeSet<u64> {
    let mut keys = Vec::new();
    TranslationKeys::default().keys_into(quote, &mut keys);
    keys.into_iter().collect()
}

/// Checks whether the second quote is a translation of the first, both ways; linked ones must meet
/// under a key too.
#[track_caller]
fn check(a: &str, b: &str, expected: bool) {
    let (one, other) = (Given::of(a), Given::of(b));
    let (one, other) = (one.prepared(), other.prepared());
    let common = Common::of(&one, &other);
    let told = format!("{a}\n{b}\nweight {:.1} share {:.2}", common.weight, common.share);
    for (x, y) in [(&one, &other), (&other, &one)] {
        let found = link_quotes(x, y).map(|(found, _)| found.variant);
        assert_eq!(found, expected.then_some(Variant::Translated), "{told}");
    }
    assert!(!expected || !keys(&one).is_disjoint(&keys(&other)), "no common key\n{told}");
}

const DREDGER: &str = "en|Nora Vance|3|The dredger will not leave the harbour before the council \
                       has paid its debts to the fishermen.";

#[test]
fn one_speaker_in_two_languages() {
    for version in [
        "de|Nora Vance|4|Der Bagger wird den Hafen nicht verlassen, bevor der Rat seine Schulden \
         bei den Fischern bezahlt hat.",
        "fr|Nora Vance|4|La drague ne quittera pas le port avant que le conseil ait payé ses \
         dettes aux pêcheurs.",
        "es|Nora Vance|4|La draga no saldrá del puerto hasta que el consejo haya pagado sus deudas \
         con los pescadores.",
        "it|Nora Vance|4|La draga non lascerà il porto prima che il consiglio abbia pagato i \
         debiti ai pescatori.",
        "pt|Nora Vance|4|A draga não sairá do porto antes de o conselho pagar as dívidas aos \
         pescadores.",
        "nl|Nora Vance|4|De baggeraar verlaat de haven niet voordat de raad zijn schulden aan de \
         vissers heeft betaald.",
        "ru|Нора Вэнс|4|Земснаряд не покинет порт, пока совет не выплатит долги рыбакам.",
        "uk|Нора Венс|4|Земснаряд не покине порт, поки рада не сплатить борги рибалкам.",
    ] {
        check(DREDGER, version, true);
    }
}

#[test]
fn what_somebody_else_said_or_said_of_the_same_is_no_translation() {
    let about_it = "de|Nora Vance|4|Wir brauchen endlich neue Netze, und niemand hat uns gefragt, \
                    ob das Wasser sauber ist.";
    check(DREDGER, about_it, false);
    let by_another = "de|Karl Oster|4|Der Bagger bleibt im Hafen.";
    check(DREDGER, by_another, false);
    // Two words in common are no version of anybody's.
    check("en||3|The council has paid.", "de||4|Der Rat hat bezahlt, und zwar alles.", false);
}

#[test]
fn the_less_is_known_of_the_speakers_the_more_must_be_common() {
    let short = |head: &str, text: &str| format!("{head}|{text}");
    let english = "We lost the harbour and half of the boats in one night.";
    let german = "Wir haben in einer Nacht den Hafen und die Hälfte der Boote verloren.";
    let pair = |a: &str, b: &str| (short(a, english), short(b, german));
    for (a, b, expected) in [
        ("en|Nora Vance|3", "de|Nora Vance|4", true),
        // A speaker that nobody names is no obstacle on the same days.
        ("en||3", "de|Nora Vance|4", true),
        ("en|Nora Vance|", "de|Nora Vance|", true),
        // Two people, and months between them.
        ("en|Nora Vance|3", "de|Karl Oster|4", false),
        ("en|Nora Vance|3", "de|Karl Oster|140", false),
    ] {
        let (a, b) = pair(a, b);
        check(&a, &b, expected);
    }
}

#[test]
fn numbers_are_one_however_written() {
    let english = Given::of("en|Nora Vance|3|The array will power 210,000 homes by 2029.");
    let (english, mut found) = (english.prepared(), Vec::new());
    for line in [
        "de|Nora Vance|3|Die Anlage wird bis 2029 210.000 Haushalte versorgen.",
        "fr|Nora Vance|3|Le parc alimentera 210 000 foyers d’ici 2029.",
        "es|Nora Vance|3|El parque abastecerá 260.000 hogares en 2029.",
    ] {
        let given = Given::of(line);
        let drift = describe(&english, &given.prepared()).drift;
        let numbers = drift.into_iter().filter(|drift| drift.kind == DriftKind::Number);
        found.push(numbers.map(|drift| (drift.a, drift.b)).next());
    }
    assert_eq!(found, [None, None, Some(("210000".to_owned(), "260000".to_owned()))]);
}

#[test]
fn a_quote_in_another_language_than_its_document_is_no_translation() {
    // The document was taken for a German one; the words are English.
    let mistaken = "de|Nora Vance|4|No council of ours has ever paid the debts of a harbour.";
    check(DREDGER, mistaken, false);
}

#[test]
fn a_longer_quote_is_known_by_its_beginning() {
    let names: Vec<String> = (0..100_000u32).map(|number| format!("Bar{number}")).collect();
    let long = names.join(" and ");
    let given = Given::of(&format!("en|Nora Vance|3|{long}"));
    let quote = given.prepared();
    assert_eq!(Rendering::of(&quote, &mut Reader::default()).words.len(), MOST_WORDS);
    assert!(keys(&quote).len() < 1000);
}

#[test]
fn the_table_has_a_word_of_every_language_in_every_row() {
    for (number, line) in TABLE.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 1 + LANGUAGES.len(), "row {}", number + 1);
        assert!(matches!(cells[0], "1" | "2" | "3"), "row {}: {}", number + 1, cells[0]);
        for (cell, language) in cells[1..].iter().zip(LANGUAGES.iter().copied()) {
            let cyrillic = matches!(language, Language::Russian | Language::Ukrainian);
            for word in cell.split(' ') {
                let fits = |c: char| {
                    matches!(c, '\'' | '’') || (c.is_alphabetic() && (c >= '\u{400}') == cyrillic)
                };
                let is_word = !word.is_empty() && word.chars().all(fits);
                assert!(is_word, "row {}: {word:?} for {language:?}", number + 1);
            }
        }
    }
}

proptest! {
    #[test]
    fn comparison_never_panics_and_is_symmetric(
        a in "[a-zäéñA-Z0-9 .,'’«»\u{a0}-]{0,80}",
        b in "[а-яіїА-Я0-9 .,«»—]{0,80}",
    ) {
        let (one, other) = (
            prepare_string(&a, Language::French, &frequencies()),
            prepare_string(&b, Language::Ukrainian, &frequencies()),
        );
        let (found, back) = (Common::of(&one, &other), Common::of(&other, &one));
        prop_assert!(found.share <= 1.0 && found.weight >= 0.0);
        prop_assert!((found.weight - back.weight).abs() < 1e-9);
        prop_assert_eq!(link(&one, &other).is_some(), link(&other, &one).is_some());
        keys(&one);
    }
}
