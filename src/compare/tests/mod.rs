//! Passages on marked texts written for these tests, and properties that hold for any text.

mod guards;

use std::collections::HashMap;

use proptest::prelude::*;

use crate::model::{
    Analysis, DocumentFrequencies, DriftKind, Label, Language, Passage, Quote, QuoteKind, Relation,
    Span,
};
use crate::text::{detect_language, segment, words};

use super::{Prepared, align, prepare, relate, verify};

/// Frequencies of two documents: all that a comparison of two files has.
fn frequencies(texts: [&str; 2]) -> DocumentFrequencies {
    let mut counts = HashMap::new();
    for text in texts {
        let mut hashes: Vec<u64> = words(text).iter().map(|word| word.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            *counts.entry(hash).or_insert(0) += 1;
        }
    }
    DocumentFrequencies::new(2, counts)
}

/// What lies between “ and ” is a quote.
fn analysis(text: &str) -> Analysis {
    let language = detect_language(text, None);
    let quotes = text
        .match_indices('“')
        .filter_map(|(start, mark)| {
            let start = start + mark.len();
            let end = start + text[start..].find('”')?;
            Some(Quote {
                kind: QuoteKind::Direct,
                parts: vec![Span::new(start, end)],
                speaker: None,
                cue: None,
                unclosed: false,
            })
        })
        .collect();
    Analysis { language, sentences: segment(text, language), quotes }
}

fn with_prepared<T>(
    a: &str,
    b: &str,
    use_them: impl FnOnce(&Prepared<'_>, &Prepared<'_>) -> T,
) -> T {
    let frequencies = frequencies([a, b]);
    let prepared_a = prepare(a, &analysis(a), &frequencies, &[]);
    let prepared_b = prepare(b, &analysis(b), &frequencies, &[]);
    use_them(&prepared_a, &prepared_b)
}

fn passages(a: &str, b: &str) -> Vec<Passage> {
    with_prepared(a, b, align)
}

/// Takes `⟦…⟧` out of a text and returns the spans that stood between them.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for character in marked.chars() {
        match character {
            '⟦' => start = text.len(),
            '⟧' => spans.push(Span::new(start, text.len())),
            other => text.push(other),
        }
    }
    (text, spans)
}

/// The passages of two texts are exactly the marked ones, with these labels, in order of `a`.
#[track_caller]
fn check_passages(marked_a: &str, marked_b: &str, labels: &[Label]) {
    let (a, spans_a) = unmark(marked_a);
    let (b, spans_b) = unmark(marked_b);
    let found = passages(&a, &b);
    let show = |label: Label, x: Span, y: Span| {
        format!("{}\n  a: {}\n  b: {}", label.name(), x.of(&a), y.of(&b))
    };
    let found: Vec<String> =
        found.iter().map(|passage| show(passage.label, passage.a, passage.b)).collect();
    let wanted: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(place, &label)| show(label, spans_a[place], spans_b[place]))
        .collect();
    assert_eq!(found.join("\n"), wanted.join("\n"));
}

#[track_caller]
fn check_none(a: &str, b: &str) {
    check_passages(a, b, &[]);
}

/// The first passage shows this drift: kind, words of `a`, words of `b`.
#[track_caller]
fn check_drift(a: &str, b: &str, wanted: &[(DriftKind, &str, &str)]) {
    let found = passages(a, b);
    let drift: Vec<(DriftKind, &str, &str)> = found
        .first()
        .map(|passage| {
            passage
                .drift
                .iter()
                .map(|drift| (drift.kind, drift.a.as_str(), drift.b.as_str()))
                .collect()
        })
        .unwrap_or_default();
    assert_eq!(drift, wanted, "{found:#?}");
}

#[test]
fn verbatim_sentence_among_others() {
    check_passages(
        "Harbour traffic was light on Sunday. ⟦The ferry operator Marlin Lines cancelled eleven evening crossings because of thick fog.⟧ Nobody was hurt.",
        "Weather brought more trouble. ⟦The ferry operator Marlin Lines cancelled eleven evening crossings because of thick fog.⟧ Trains ran as usual from the central station.",
        &[Label::Verbatim],
    );
}

#[test]
fn verbatim_ignores_case_marks_and_space() {
    check_passages(
        "⟦The ferry operator “Marlin Lines” cancelled eleven evening crossings, because of thick fog⟧",
        "⟦THE FERRY OPERATOR Marlin Lines  cancelled eleven evening\ncrossings because of thick fog.⟧",
        &[Label::Verbatim],
    );
}

#[test]
fn long_run_of_common_words_is_verbatim() {
    check_passages(
        "He was asked about it later. ⟦I am proud to have done what I said I would do for all of you here⟧, he told them, and left the room for another meeting with staff.",
        "The rally went on for hours. ⟦I am proud to have done what I said I would do for all of you here⟧, was the line people in the crowd remembered best of all.",
        &[Label::Verbatim],
    );
}

#[test]
fn light_edit_changes_some_words() {
    check_passages(
        "⟦The regional court in Velden sentenced the former mayor to three years in prison for accepting bribes from a construction firm.⟧",
        "⟦The regional court in Velden jailed the former mayor for three years for accepting bribes from a local construction company.⟧",
        &[Label::LightEdit],
    );
}

#[test]
fn light_edit_drops_a_clause() {
    check_passages(
        "⟦The museum, which reopened in spring after a costly renovation, will lend forty Flemish paintings to galleries in Osaka.⟧",
        "⟦The museum will lend forty Flemish paintings to galleries in Osaka.⟧",
        &[Label::LightEdit],
    );
}

#[test]
fn paraphrase_turns_the_sentence_round() {
    check_passages(
        "⟦Inspectors discovered asbestos in the ceilings of nine primary schools across the Torvald district, the council announced.⟧",
        "⟦Nine primary schools in the district of Torvald have asbestos in their ceilings, inspectors for the council discovered.⟧",
        &[Label::Paraphrase],
    );
}

#[test]
fn paraphrase_condenses() {
    check_passages(
        "⟦After eleven hours of negotiations that stretched past midnight, the dockworkers' union and the port authority of Halvik agreed on a wage increase of six percent, averting a strike that had threatened grain exports.⟧",
        "⟦A strike of Halvik dockworkers that threatened grain exports was averted: they get a six percent wage increase.⟧",
        &[Label::Paraphrase],
    );
}

#[test]
fn paraphrase_of_direct_speech_is_indirect() {
    let a = "“We will not close the Brennick smelter before a buyer has looked at the furnaces,” said chief executive Ola Ruud.";
    let b = "Chief executive Ola Ruud said the company would not close the Brennick smelter before a buyer had looked at its furnaces.";
    let found = passages(a, b);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_ne!(found[0].label, Label::Verbatim);
}

#[test]
fn clause_inside_a_longer_sentence() {
    check_passages(
        "Analysts were divided on the outlook for copper, while ⟦the Zambian mine at Kalunda doubled its output of cobalt hydroxide last quarter.⟧",
        "Investors liked what they heard in London: ⟦the Zambian mine at Kalunda doubled its output of cobalt hydroxide last quarter⟧, and the shares rose sharply before the close of trading in Johannesburg.",
        &[Label::Verbatim],
    );
}

#[test]
fn two_passages_in_another_order() {
    let whales =
        "Volunteers pulled fourteen stranded pilot whales back into deep water at Corran beach.";
    let calves =
        "Biologists from Aberlour university tagged two of the calves with satellite transmitters.";
    let a = format!(
        "{whales} Tourism has grown here for years, says the innkeeper, who rents out kayaks and bicycles. {calves}"
    );
    let b = format!(
        "{calves} Nobody knows why the animals came so close to the rocky shore at night, or whether sonar drove them there. {whales}"
    );
    let found: Vec<(Label, &str, &str)> = passages(&a, &b)
        .iter()
        .map(|passage| (passage.label, passage.a.of(&a), passage.b.of(&b)))
        .collect();
    assert_eq!(found, [(Label::Verbatim, whales, whales), (Label::Verbatim, calves, calves)]);
}

#[test]
fn quote_in_a_reworded_sentence_is_its_own_passage() {
    let a = "Asked about the merger, chairwoman Petra Lindqvist was blunt: “Nobody in this building has ever talked to the Danes about selling the brewery,” she said on the sidelines of a fair in Malmö.";
    let b = "“Nobody in this building has ever talked to the Danes about selling the brewery,” Lindqvist told shareholders who had gathered in a hotel.";
    let found = passages(a, b);
    assert_eq!(found[0].label, Label::Verbatim, "{found:#?}");
    assert_eq!(
        found[0].a.of(a),
        "Nobody in this building has ever talked to the Danes about selling the brewery"
    );
}

#[test]
fn german_light_edit() {
    check_passages(
        "⟦Die Staatsanwaltschaft in Quellstadt hat Anklage gegen drei frühere Vorstände der Sparkasse wegen Untreue erhoben.⟧",
        "⟦Wegen Untreue hat die Staatsanwaltschaft in Quellstadt Anklage gegen drei frühere Vorstände der Sparkasse erhoben.⟧",
        &[Label::LightEdit],
    );
}

#[test]
fn french_elision_does_not_hide_a_word() {
    let a = "L'incendie de l'entrepôt de Montrelais a détruit quatre mille tonnes de céréales dans la nuit.";
    let b = "Quatre mille tonnes de céréales ont été détruites par un incendie dans un entrepôt à Montrelais.";
    let found = passages(a, b);
    assert_eq!(found.len(), 1);
    assert!(found[0].scores.alignment > 0.7, "{:?}", found[0].scores);
}

#[test]
fn russian_inflection_is_seen_through() {
    let a = "Прокуратура Зареченска потребовала закрыть угольный склад возле детской больницы.";
    let b = "Закрыть склад угля возле детской больницы потребовала зареченская прокуратура.";
    assert_eq!(passages(a, b).len(), 1);
}

#[test]
fn guard_same_names_with_another_claim() {
    check_none(
        "Foreign minister Elena Varga met Tomas Brandt in Geneva on Tuesday to sign a fisheries treaty.",
        "Foreign minister Elena Varga accused Tomas Brandt in Geneva of hiding radioactive shipments.",
    );
}

#[test]
fn guard_reversed_roles() {
    check_none(
        "Kessler Holding sued the software maker Ardent in Delaware.",
        "Ardent sued the software maker Kessler Holding in Delaware.",
    );
}

#[test]
fn passive_is_no_reversal() {
    let a = "Kessler Holding acquired the bankrupt software maker Ardent in Delaware for nine million dollars.";
    let b = "The bankrupt software maker Ardent was acquired by Kessler Holding in Delaware for nine million dollars.";
    assert_eq!(passages(a, b).len(), 1);
}

#[test]
fn guard_stock_frames() {
    check_none(
        "In a statement on Monday, the airline apologised to passengers stranded in Lisbon.",
        "In a statement on Monday, the trade ministry announced tariffs on imported bicycles.",
    );
    check_none(
        "In a sudden move that could shake the dairy sector, regulators banned exports of powdered milk.",
        "In a sudden move that could reshape chess, the federation abolished its qualifying tournaments.",
    );
}

#[test]
fn guard_same_number_for_something_else() {
    check_none(
        "The reservoir holds 47,000 litres of drinking water for the northern villages.",
        "Some 47,000 spectators watched the cup final in pouring rain.",
    );
}

#[test]
fn guard_same_topic_told_apart() {
    check_none(
        "Rescue teams searched the collapsed mine through the night, using dogs and listening devices.",
        "Relatives of the missing miners waited outside the gates, wrapped in blankets, for any news.",
    );
}

#[test]
fn guard_furniture_and_headings() {
    check_none(
        "Storm closes the coastal road\n\nWaves tore open the asphalt near the lighthouse.\n\nShare this article on Facebook\nSubscribe to our newsletter",
        "A bakery reopens\n\nThe old oven survived two floods and a bankruptcy.\n\nShare this article on Facebook\nSubscribe to our newsletter",
    );
}

#[test]
fn opening_frame_is_not_part_of_a_passage() {
    check_passages(
        "In a surprising move that could reshape European retail, ⟦the Danish furniture chain Hygga will close all nineteen stores in Portugal by October.⟧",
        "In a bold move that could upset investors in Copenhagen, ⟦the Danish furniture chain Hygga announced it will close all nineteen Portugal stores by October.⟧",
        &[Label::LightEdit],
    );
}

#[test]
fn drift_of_numbers() {
    check_drift(
        "The landslide above Castelmora buried 12 houses and a chapel early on Friday, firefighters said.",
        "The landslide above Castelmora buried 20 houses and a chapel early on Friday, firefighters said.",
        &[(DriftKind::Number, "12", "20")],
    );
}

#[test]
fn drift_of_negation() {
    check_drift(
        "The inspectorate found that the Norring reactor was not leaking coolant into the fjord.",
        "The inspectorate found that the Norring reactor was leaking coolant into the fjord.",
        &[(DriftKind::Negation, "not", "")],
    );
}

#[test]
fn drift_of_hedge() {
    check_drift(
        "The brewery will possibly dismiss forty technicians at its bottling plant in Arnsby.",
        "The brewery will dismiss forty technicians at its bottling plant in Arnsby.",
        &[(DriftKind::Hedge, "possibly", "")],
    );
}

#[test]
fn drift_of_condition() {
    check_drift(
        "Unless parliament objects, the navy will retire the icebreaker Polaris and two minesweepers.",
        "Parliament objects; the navy will retire the icebreaker Polaris and two minesweepers.",
        &[(DriftKind::Condition, "Unless", "")],
    );
}

#[test]
fn drift_of_names() {
    check_drift(
        "Prosecutors questioned deputy treasurer Irina Salter about transfers to an offshore foundation.",
        "Prosecutors questioned deputy treasurer Marcus Salter about transfers to an offshore foundation.",
        &[(DriftKind::Name, "Irina", "Marcus")],
    );
}

#[test]
fn drift_of_dates() {
    check_drift(
        "The tunnel beneath the Garona strait will open to freight trains on Thursday after nine years of drilling.",
        "The tunnel beneath the Garona strait will open to freight trains on Saturday after nine years of drilling.",
        &[(DriftKind::Date, "Thursday", "Saturday")],
    );
}

#[test]
fn drift_from_direct_to_indirect_speech() {
    let a =
        "“The valley lost two thirds of its chestnut trees to the blight within a single summer”";
    let b = "The valley had lost two thirds of its chestnut trees to the blight within a single summer, she said.";
    check_drift(a, b, &[(DriftKind::Speech, "direct", "indirect")]);
}

#[test]
fn no_drift_in_what_is_only_reordered() {
    check_drift(
        "On Friday the landslide above Castelmora buried 12 houses and a chapel, firefighters said.",
        "The landslide above Castelmora buried 12 houses and a chapel on Friday, firefighters said.",
        &[],
    );
}

#[test]
fn edits_tell_what_became_of_the_words() {
    let a = "The council of Brevik approved the harbour budget unanimously after a heated debate.";
    let b = "The council of Brevik rejected the harbour budget after a heated evening debate.";
    let found = passages(a, b);
    let edits: Vec<String> = found[0]
        .edits
        .iter()
        .map(|edit| {
            let side = |span: Option<Span>, text: &str| {
                span.map(|span| span.of(text).to_string()).unwrap_or_default()
            };
            format!("{}: {} / {}", edit.kind.name(), side(edit.a, a), side(edit.b, b))
        })
        .collect();
    assert_eq!(
        edits,
        [
            "kept: The council of Brevik / The council of Brevik",
            "replaced: approved / rejected",
            "kept: the harbour budget / the harbour budget",
            "dropped: unanimously / ",
            "kept: after a heated / after a heated",
            "added:  / evening",
            "kept: debate / debate",
        ]
    );
}

#[test]
fn masked_text_takes_no_part() {
    let a = "The Morning Ledger is an independent newspaper owned by its readers. Rain fell.";
    let b = "The Morning Ledger is an independent newspaper owned by its readers. Snow fell.";
    let frequencies = frequencies([a, b]);
    let masked = [Span::new(0, 68)];
    let prepared_a = prepare(a, &analysis(a), &frequencies, &masked);
    let prepared_b = prepare(b, &analysis(b), &frequencies, &masked);
    assert_eq!(align(&prepared_a, &prepared_b), []);
    assert_eq!(passages(a, b).len(), 1, "the mask makes the difference");
}

#[test]
fn verify_is_strict() {
    let a =
        "Inspectors discovered asbestos in the ceilings of nine primary schools across Torvald.";
    let b =
        "Nine primary schools in Torvald have asbestos in their ceilings, inspectors discovered.";
    let c = "Inspectors visited primary schools to talk about road safety and bicycles.";
    assert!(with_prepared(a, b, |a, b| verify(a, 0, b, 0)).is_some());
    assert!(with_prepared(a, c, |a, b| verify(a, 0, b, 0)).is_none());
    assert!(with_prepared(a, b, |a, b| verify(a, 7, b, 0)).is_none(), "no such unit");
}

/// Whether two statements are evidence in a collection of so many documents, where a word of theirs is
/// in one of a hundred.
#[track_caller]
fn check_evidence(a: &str, b: &str, documents: u32, expected: bool) {
    let words = [a, b].into_iter().flat_map(words);
    let frequencies =
        DocumentFrequencies::new(documents, words.map(|word| (word.hash, documents / 100)));
    let [left, right] = [a, b].map(|text| prepare(text, &analysis(text), &frequencies, &[]));
    assert_eq!(verify(&left, 0, &right, 0).is_some(), expected, "{documents} documents");
}

#[test]
fn the_larger_a_collection_the_more_must_be_shared() {
    let a = "Inspectors found asbestos in nine school ceilings.";
    let b = "Asbestos was in ceilings of nine kindergartens.";
    check_evidence(a, b, 5_000, true);
    check_evidence(a, b, 50_000, true);
    check_evidence(a, b, 5_000_000, false);
    check_evidence(a, a, 5_000_000, true);
}

#[test]
fn relations_of_documents() {
    let story = "Fishermen in Port Ellary landed a record catch of sardines. The cannery hired sixty workers within a day. Prices at the quay fell by a third, the cooperative said.";
    let longer = format!(
        "{story} Across the bay, a shipyard closed its gates for good. Its owner had waited in vain for orders from the coast guard. The town council plans a museum on the empty site. Nobody expects many visitors in winter."
    );
    let relation = |a: &str, b: &str| {
        let found = passages(a, b);
        with_prepared(a, b, |a, b| relate(a, b, &found)).relation
    };
    assert_eq!(relation(story, &story.replace(". ", ".\n\n")), Relation::Duplicate);
    assert_eq!(relation(story, &story.replace("sixty", "fifty")), Relation::NearDuplicate);
    assert_eq!(relation(story, &longer), Relation::Contains);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn alignment_is_symmetric_and_in_bounds(
        a in prop::collection::vec(sentence(), 1..8),
        b in prop::collection::vec(sentence(), 1..8),
        shared in prop::collection::vec(sentence(), 0..3),
    ) {
        let a = [a, shared.clone()].concat().join(" ");
        let b = [shared, b].concat().join(" ");
        let forth = passages(&a, &b);
        let back = passages(&b, &a);
        prop_assert_eq!(forth.len(), back.len());
        let mut mirrored: Vec<(Span, Span, Label)> =
            back.iter().map(|passage| (passage.b, passage.a, passage.label)).collect();
        mirrored.sort();
        let mut straight: Vec<(Span, Span, Label)> =
            forth.iter().map(|passage| (passage.a, passage.b, passage.label)).collect();
        straight.sort();
        prop_assert_eq!(straight, mirrored);
        for passage in &forth {
            prop_assert!(a.get(passage.a.range()).is_some_and(|text| !text.is_empty()));
            prop_assert!(b.get(passage.b.range()).is_some_and(|text| !text.is_empty()));
            let scores = passage.scores;
            for score in [scores.jaccard, scores.containment_a, scores.containment_b,
                scores.kept_in_order, scores.alignment, scores.probability] {
                prop_assert!((0.0..=1.0).contains(&score), "{:?}", scores);
            }
            for edit in &passage.edits {
                prop_assert!(edit.a.is_none_or(|span| passage.a.contains(span)));
                prop_assert!(edit.b.is_none_or(|span| passage.b.contains(span)));
                prop_assert!(edit.a.is_some() || edit.b.is_some());
            }
        }
    }

    #[test]
    fn identical_documents_are_one_verbatim_passage(
        sentences in prop::collection::vec(sentence(), 3..10),
    ) {
        let text = sentences.join(" ");
        let found = passages(&text, &text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].label, Label::Verbatim);
        prop_assert_eq!(found[0].a, found[0].b);
        prop_assert_eq!(found[0].a.of(&text).trim(), text.trim());
    }

    #[test]
    fn any_text_can_be_compared(a in "\\PC{0,200}", b in "\\PC{0,200}") {
        let found = passages(&a, &b);
        let related = with_prepared(&a, &b, |a, b| relate(a, b, &found));
        prop_assert!((0.0..=1.0).contains(&related.resemblance));
    }
}

/// A sentence of rare invented words, so that equal words are no accident.
fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(
        "[bdfgklmnprst][aeiou][bdfgklmnprstz]{1,2}[aeiou][lmnrst]{0,1}[aeiouä]",
        6..14,
    )
    .prop_map(|words| {
        let mut text = words.join(" ");
        let first = text.remove(0).to_ascii_uppercase();
        format!("{first}{text}.")
    })
}

#[test]
fn languages_without_spaces_are_compared_by_characters() {
    let a = "市政府周三宣布将在明年关闭北部工业区的三座燃煤电厂。";
    let b = "记者获悉，市政府周三宣布将在明年关闭北部工业区的三座燃煤电厂，以改善空气。";
    assert_eq!(detect_language(a, None), Language::Chinese);
    assert_eq!(passages(a, b).len(), 1);
}
