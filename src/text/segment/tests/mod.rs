//! Tests of the segmentation: marked text (`‖` between sentences) and properties.

use proptest::prelude::*;

use super::segment;
use crate::model::Language;
use crate::model::SentenceKind::{self, Bullet, Dateline, Furniture, Heading, Prose};

/// Checks every line of a suite: the text is split at the marks (`‖`) and nowhere else. All lines
/// that fail are shown.
#[track_caller]
fn check_sentences(code: &str, suite: &str) {
    let language = Language::from_code(code).unwrap_or_default();
    let mut failures = String::new();
    let cases = suite.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for marked in cases {
        let wanted: Vec<&str> = marked.split('‖').map(str::trim).collect();
        let text = marked.replace('‖', "");
        let units = segment(&text, language);
        let found: Vec<&str> = units.iter().map(|unit| unit.span.of(&text)).collect();
        if found != wanted {
            failures.push_str(&format!(
                "wanted {}\nfound  {}\n",
                wanted.join("‖"),
                found.join("‖")
            ));
        }
    }
    assert!(failures.is_empty(), "{code}:\n{failures}");
}

macro_rules! suites {
    ($($name:ident $code:literal),* $(,)?) => {$(
        #[test]
        fn $name() {
            check_sentences($code, include_str!(concat!("cases/", $code, ".txt")));
        }
    )*};
}

suites! {
    english "en", german "de", french "fr", spanish "es", italian "it", portuguese "pt",
    dutch "nl", russian "ru", ukrainian "uk", other_languages "und",
}

/// Checks the units of a text, joined by `separator`, and their kinds.
#[track_caller]
fn check_kinds(code: &str, separator: &str, units: &[(SentenceKind, &str)]) {
    let text = units.iter().map(|(_, unit)| *unit).collect::<Vec<_>>().join(separator);
    let found: Vec<_> = segment(&text, Language::from_code(code).unwrap_or_default())
        .iter()
        .map(|unit| (unit.kind, unit.span.of(&text).to_owned()))
        .collect();
    let wanted: Vec<_> = units.iter().map(|&(kind, unit)| (kind, unit.to_owned())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn datelines_stand_apart() {
    for (code, dateline, first) in [
        ("en", "LONDON, March 3 (Reuters) -", "The bridge is closed."),
        ("en", "WASHINGTON (AP) —", "The senator left."),
        ("en", "MADISON, Wis. (AP) --", "Voters stayed at home."),
        ("en", "SANTA FE —", "A fire broke out."),
        ("en", "Lisbon (CNN)", "The talks failed."),
        ("de", "Berlin (dpa) -", "Der Rat tagt."),
        ("de", "Frankfurt/Main (dpa/lhe) –", "Die Messe beginnt."),
        ("fr", "PARIS, 3 mars (AFP) -", "Le conseil vote."),
        ("es", "MADRID, 3 mar (EFE).-", "El consejo vota."),
        ("pt", "SÃO PAULO (Reuters) -", "O conselho vota."),
        ("nl", "DEN HAAG (ANP) -", "De raad stemt."),
        ("ru", "МОСКВА, 3 марта (ТАСС) —", "Совет проголосует."),
    ] {
        check_kinds(code, " ", &[(Dateline, dateline), (Prose, first)]);
    }
}

#[test]
fn a_dash_in_a_sentence_makes_no_dateline() {
    for text in [
        "Washington — the man, not the city — was seldom late.",
        "NATO and the EU (the Union) are old – and tired.",
        "The mayor - who else - spoke first.",
        "UPDATE – The road is open again.",
    ] {
        check_kinds("en", " ", &[(Prose, text)]);
    }
}

#[test]
fn parts_of_a_page_are_told_apart() {
    check_kinds(
        "en",
        "\n",
        &[
            (Bullet, "- The mill will close in May."),
            (Bullet, "• Some 200 people lose their work."),
            (Heading, "A town without a mill"),
            (Prose, "The mill at Arden has run since 1871."),
            (Heading, "What comes next: a park or a prison?"),
            (Prose, "Nobody knows."),
            (Prose, "“We were never asked”"),
            (Furniture, "Read more: Mills of the valley"),
            (Prose, "She read more than a hundred letters."),
            (Furniture, "Follow Ann Lee on Twitter @annlee"),
            (Furniture, "(Reporting by Ann Lee; Editing by Bo Dean)"),
            (Furniture, "Copyright 2019 The Arden Mercury."),
            (Furniture, "Sources include:"),
            (Furniture, "ArdenMercury.example"),
            (Furniture, "County archive"),
            (Prose, "The archive opens on Monday and is free to all."),
            (Furniture, "Leave a Reply"),
        ],
    );
    check_kinds(
        "de",
        "\n\n",
        &[
            (Prose, "Der Rat tagt am Montag."),
            (Furniture, "Lesen Sie auch: Der Streit um die Mühle"),
            (Furniture, "Foto: Eva Lang"),
        ],
    );
    check_kinds(
        "fr",
        "\n\n",
        &[
            (Prose, "Le conseil se réunit lundi."),
            (Furniture, "Lire aussi : Le moulin ferme"),
            (Furniture, "Laisser un commentaire"),
        ],
    );
}

#[test]
fn wrapped_lines_are_joined_and_paragraph_lines_are_not() {
    let wrapped = "The county council will meet on Monday to vote on the sale of\n\
        the old mill, which has stood empty since the spring flood. The\n\
        price is said to be low.\n    A buyer from the coast has asked for papers and a key, but\n\
        nobody has seen him yet.\n Herald";
    let found: Vec<_> =
        segment(wrapped, Language::English).iter().map(|unit| unit.span.of(wrapped)).collect();
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(found[1].ends_with("low.") && found[2].starts_with("A buyer"), "{found:#?}");
    check_kinds(
        "en",
        "\n",
        &[
            (Prose, "The county council will meet on Monday to vote on the sale of the old mill."),
            (Prose, "A buyer has asked for papers."),
            (Prose, "Nobody has seen him yet, and the price is said to be low."),
        ],
    );
}

/// Checks what holds for the units of any text.
fn check_invariants(text: &str, language: Language) {
    let mut end = 0;
    for unit in segment(text, language) {
        let (from, to) = (unit.span.start as usize, unit.span.end as usize);
        assert!(end <= from && from < to, "{unit:?} after {end}");
        assert!(text[end..from].trim().is_empty(), "text is left out before {unit:?}");
        let content = &text[from..to];
        assert_eq!(content, content.trim());
        end = to;
    }
    assert!(text[end..].trim().is_empty());
}

fn any_language() -> impl Strategy<Value = Language> {
    proptest::sample::select([&Language::ALL[..], &[Language::Other]].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn units_tile_random_text(text in "\\PC{0,80}", language in any_language()) {
        check_invariants(&text, language);
    }

    #[test]
    fn units_tile_text_made_of_hard_pieces(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "Mr", "a", "U.S", ".", "...", "…", "!", "?", "“", "”", "\"", "»", "«", "'", "’",
                "(", ")", "[", "]", " ", " ", " ", "\u{a0}", "\n", "\n\n", "\r\n", "\t", "-", "—",
                "12", "3.5", "The", "é", "漢", "。", "」", "と", "।", "؟", "\u{feff}", "\u{2028}",
                "\u{301}", "😀", "•", "LONDON", "(Reuters)", "Sources include:", "http://a.b/c",
                "\u{85}", "İ", "ß", "Read more", "By Ann Lee",
            ]),
            0..40,
        ),
        language in any_language(),
    ) {
        check_invariants(&pieces.concat(), language);
    }
}
