//! Tests of the segmentation: marked text (`‖` between sentences) and properties.

use proptest::prelude::*;

use super::segment;
use crate::model::Language;

/// Checks that a text is split at the marks and nowhere else.
#[track_caller]
fn check_sentences(code: &str, marked: &str) {
    let language = Language::from_code(code).unwrap_or_default();
    let text: String = marked.replace('‖', "");
    let units = segment(&text, language);
    let found: Vec<&str> = units.iter().map(|unit| unit.span.of(&text)).collect();
    let wanted: Vec<&str> = marked.split('‖').map(str::trim).collect();
    assert_eq!(found, wanted);
}

#[test]
fn english() {
    for marked in [
        "Mr. Hale met Gen. Ortiz and Sen. J. P. Lund on Jan. 5. ‖They shook hands.",
        "She lives in the U.S. with her son. ‖He works for the U.S. Treasury in Washington, D.C. ‖The \
         family moved in 2011. ‖Nobody asked why.",
        "The bus leaves at 9 p.m. Eastern. ‖It is back by 6 a.m. ‖Drivers complain.",
        "“Is the plant safe?” she asked. ‖“No.” ‖The mayor of St. Clair laughed.",
    ] {
        check_sentences("en", marked);
    }
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
