//! Tables of quotes and what is expected of the comparison.

use std::collections::HashMap;

use super::*;
use crate::model::Variant;
use crate::model::{
    DatePrecision, Document, DocumentFrequencies, Language, Quote, QuoteKind, Span, Speaker,
    SpeakerMethod,
};
use proptest::prelude::*;

fn frequencies() -> DocumentFrequencies {
    DocumentFrequencies::new(0, HashMap::new())
}

/// The variant and the drift of `a` against `b`, as `variant` or `variant: kind(a|b), ...`; `-`
/// when the two are not versions of one utterance.
fn compared(a: &str, b: &str, language: Language) -> String {
    let (a, b) =
        (prepare_string(a, language, &frequencies()), prepare_string(b, language, &frequencies()));
    let Some(found) = match_quotes(&a, &b) else { return "-".to_owned() };
    assert!(may_link(&a, &b), "the outlines rule out what is linked: {} {}", a.text, b.text);
    let drift: Vec<String> = found
        .drift
        .iter()
        .map(|drift| match drift.kind {
            DriftKind::Joined => "joined".to_owned(),
            kind => format!("{}({}|{})", kind.name(), drift.a, drift.b),
        })
        .collect();
    match drift.is_empty() {
        true => found.variant.name().to_owned(),
        false => format!("{}: {}", found.variant.name(), drift.join(", ")),
    }
}

fn may_link(a: &QuoteText<'_>, b: &QuoteText<'_>) -> bool {
    let mut outlines = QuoteOutlines::default();
    outlines.push(a);
    outlines.push(b);
    let mut found = Vec::new();
    outlines.may_link_into(0, &[1], &mut found);
    !found.is_empty()
}

fn check(a: &str, b: &str, expected: &str) {
    let found = compared(a, b, Language::English);
    assert_eq!(found, expected, "\n  {a}\n  {b}");
}

const FERRY: &str = "We will keep the ferry running through the winter, and nobody on the island \
     will have to pay more for it than they do today.";

#[test]
fn the_form_of_a_version() {
    check(FERRY, FERRY, "identical");
    // Case, marks, hyphens, apostrophes and the way contractions are written do not matter.
    check(
        "We’re going to rebuild the harbour wall — and we don't need permission",
        "we are going to rebuild the harbour wall, and we do not need permission.",
        "identical",
    );
    check(
        "We cannot accept the healthcare reform as it stands",
        "We can't accept the health care reform as it stands.",
        "identical",
    );
    check(
        "Twenty fishermen lost their licences because of one careless clerk",
        "20 fishermen lost their licenses because of one careless clerk",
        "identical",
    );
    check(
        "[W]e will keep the ferry running through the winter",
        "We will keep the ferry running through the winter",
        "identical",
    );
    check(
        "The comittee [sic] never looked at the drainage survey",
        "The committee never looked at the drainage survey",
        "identical",
    );
    check("We will keep the ferry running through the winter", FERRY, "truncated");
    check(
        "nobody on the island will have to pay more for it than they do today",
        FERRY,
        "truncated",
    );
    check(
        "the ferry running through the winter, and nobody on the island will have to pay more",
        FERRY,
        "truncated",
    );
    check(
        "We will keep the ferry running … and nobody on the island will have to pay more for it \
         than they do today",
        FERRY,
        "ellipsis",
    );
    check(
        "We will keep the ferry running [...] and nobody on the island will have to pay more for \
         it than they do today",
        FERRY,
        "ellipsis",
    );
    check(
        "We will keep the ferry running, and nobody on the island will have to pay more for it \
         than they do today",
        FERRY,
        "ellipsis",
    );
    check(
        "[The council] will keep the ferry running through the winter",
        "We will keep the ferry running through the winter",
        "bracketed",
    );
    check(
        "We will keep [the Marigold] running through the winter months",
        "We will keep her running through the winter months",
        "bracketed",
    );
    check(
        "She want[ed] to rebuild the lighthouse before the equinox storms",
        "She wants to rebuild the lighthouse before the equinox storms",
        "bracketed",
    );
    check(
        "We will keep the ferry going through the winter, and nobody on the island will have to \
         pay more for it than they do today.",
        FERRY,
        "reworded",
    );
    // The fuller one may stand on either side.
    check(FERRY, "We will keep the ferry running through the winter", "truncated");
    // Two excerpts that overlap.
    check(
        "We will keep the ferry running through the winter, and nobody on the island will have",
        "keep the ferry running through the winter, and nobody on the island will have to pay more",
        "truncated",
    );
}

#[test]
fn what_is_no_version() {
    check("We have to do better", "We have to do better", "-");
    check("Yes, we can", "Yes, we can", "-");
    check("this is a great day", "this is a great day for all of us", "-");
    check("unacceptable", "unacceptable", "-");
    check("drainage survey", "drainage survey", "-");
    check(
        "Our thoughts are with the families of those who died in the fire",
        "Our thoughts are with the people who lost their homes in the flood",
        "-",
    );
    check(
        "I want to thank everyone who came out to support us tonight",
        "I want to thank the voters who came out and made this possible",
        "-",
    );
    check("The harbour wall was never inspected", "The budget was never approved", "-");
    check("", "We will keep the ferry running", "-");
    check("…", "[...]", "-");
}

#[test]
fn short_quotes_link_on_rare_wording() {
    check(
        "a cathedral of bureaucratic cowardice",
        "it is a cathedral of bureaucratic cowardice, nothing more",
        "truncated",
    );
    check(
        "catastrophic institutional negligence",
        "catastrophic institutional negligence",
        "identical",
    );
    check("catastrophic institutional failure", "catastrophic institutional negligence", "-");
    check("a difficult time for the family", "a difficult time for the family", "-");
}

/// On what it rests that two quotes are versions of one utterance, each by a speaker, printed so many
/// hours apart: `firm`, `tied` or `-`. Whom "she" means stands in brackets.
fn rests_on(a: (&str, &str), b: (&str, &str), hours: i64) -> &'static str {
    let quote = |(text, name): (&str, &str)| {
        let meant = name.strip_prefix("she (").and_then(|name| name.strip_suffix(')'));
        let method = match meant {
            Some(_) => SpeakerMethod::Pronoun,
            None => SpeakerMethod::Explicit,
        };
        let name = meant.unwrap_or(name).to_owned();
        Quote {
            kind: QuoteKind::Direct,
            parts: vec![Span::new(0, text.len())],
            speaker: Some(Speaker { name, mention: None, method, confidence: 0.9 }),
            cue: None,
            unclosed: false,
        }
    };
    let document = |text: &str, hour: i64| Document {
        published_at: Some(Date {
            earliest: hour * 3600,
            latest: hour * 3600 + 60,
            precision: DatePrecision::Minute,
            text: String::new(),
        }),
        text: text.to_owned(),
        ..Document::default()
    };
    let (document_a, document_b) = (document(a.0, 0), document(b.0, hours));
    let (quote_a, quote_b) = (quote(a), quote(b));
    let a = prepare_quote(&document_a, Language::English, &quote_a, &frequencies());
    let b = prepare_quote(&document_b, Language::English, &quote_b, &frequencies());
    let found = link_quotes(&a, &b);
    assert!(found.is_none() || may_link(&a, &b));
    firmness_name(found)
}

fn firmness_name(found: Option<(QuoteMatch, Firmness)>) -> &'static str {
    match found {
        Some((_, Firmness::Firm)) => "firm",
        Some((_, Firmness::IfTied)) => "tied",
        None => "-",
    }
}

#[test]
fn one_speaker_at_one_event_needs_less() {
    let check_words = |text: &str, name_a: &str, name_b: &str, hours: i64, expected: bool| {
        let found = rests_on((text, name_a), (text, name_b), hours) == "firm";
        assert_eq!(found, expected, "{text}: {name_a} {name_b} {hours}");
    };
    let check = |name_a: &str, name_b: &str, hours: i64, expected: bool| {
        check_words("we got this one wrong, plainly", name_a, name_b, hours, expected);
    };
    check("Mara Lind", "Lind", 20, true);
    check("Mara Lind", "Ms. Lind", 20, true);
    check("Mara Lind", "Lind", 24 * 30, false);
    check("Mara Lind", "Ola Berg", 20, false);
    // Everyday words from end to end are one utterance of one speaker on one day, if they say
    // anything at all.
    check_words("we have to do better", "Mara Lind", "Lind", 20, true);
    check_words("we have to do better", "Mara Lind", "Lind", 24 * 30, false);
    check_words("we have to do better", "Mara Lind", "Ola Berg", 20, false);
    check_words("yes, we do", "Mara Lind", "Lind", 20, false);
}

#[test]
fn on_another_day_few_words_of_somebody_else_are_no_version() {
    let check = |name_a: &str, name_b: &str, hours: i64, expected: &str| {
        let found = rests_on(
            ("catastrophic institutional negligence", name_a),
            ("catastrophic institutional negligence", name_b),
            hours,
        );
        assert_eq!(found, expected, "{name_a} {name_b} {hours}");
    };
    check("she (Mara Lind)", "Ola Berg", 24 * 12, "tied");
    check("she (Mara Lind)", "Lind", 24 * 12, "firm");
    // On one day a pronoun may mean anybody.
    check("she (Mara Lind)", "Ola Berg", 20, "firm");
}

#[test]
fn on_another_day_a_turn_of_speech_is_no_version() {
    let check = |a: &str, b: &str, hours: i64, expected: &str| {
        let found = rests_on((a, "Mara Lind"), (b, "Mara Lind"), hours);
        assert_eq!(found, expected, "{a} {b} {hours}");
    };
    let board = "I think you are going to see a cut in the harbour dues, some of it this spring";
    let later = "We think you are going to see a cut of 20 to 30 crowns in the harbour dues";
    check(board, later, 10, "firm");
    check(board, later, 24 * 20, "-");
    // Many words in one row are no turn of speech.
    let longer = "Nobody asked us. I think you are going to see a cut in the harbour dues of this spring, whoever wins";
    check(board, longer, 24 * 20, "firm");
    let loan = "Kestermann Fisheries, an offering of 140 million in bonds due 1999 through Drexel Harbour Trust and Brightwater Securities";
    let another = "Trevannion Quarries, an offering of 30 million in shares by 2002 through Drexel Harbour Trust and Brightwater Securities";
    check(loan, another, 10, "firm");
    check(loan, another, 24 * 20, "-");
    // Nor is a saying, in the mouths of two.
    let saying = |name_a, name_b, hours| {
        let short = "Whoever sails with a pilot drinks his water";
        let long = "Whoever sails with that pilot drinks his water, and pays double dues for it";
        rests_on((short, name_a), (long, name_b), hours)
    };
    assert_eq!(saying("Mara Lind", "", 10), "firm");
    assert_eq!(saying("Mara Lind", "Lind", 24 * 20), "firm");
    assert_eq!(saying("Mara Lind", "", 24 * 20), "tied");
}

#[test]
fn one_statement_but_for_its_hedges_can_be_in_two_mouths() {
    let check = |a: &str, b: &str, expected: &str| {
        let found = rests_on((a, "Mara Lind"), (b, "Ola Berg"), 20);
        assert_eq!(found, expected, "{a} {b}");
    };
    let careful = "I think the sluice may have failed at night";
    check(careful, "The sluice failed at night", "tied");
    check(careful, "The sluice failed at dawn", "-");
    // What goes on is not the same statement from end to end.
    check(
        "I think the sluice may have failed at night, nobody knows",
        "The sluice failed at night",
        "-",
    );
}

#[test]
fn a_changed_meaning_is_flagged() {
    // A negation lost, put in, or moved to another word.
    check(
        "We will … raise the ferry fare before the harbour election",
        "We will not raise the ferry fare before the harbour election",
        "ellipsis: negation(|not)",
    );
    check(
        "we will raise the ferry fare before the harbour election",
        "I never said we will raise the ferry fare before the harbour election",
        "truncated: negation(|never)",
    );
    check(
        "We won't raise the ferry fare before the harbour election",
        "We will raise the ferry fare before the harbour election",
        "ellipsis: negation(won't|)",
    );
    // A condition cut off.
    check(
        "we will close the northern shipyard and sell the cranes",
        "If the bank withdraws, we will close the northern shipyard and sell the cranes",
        "truncated: condition(|If)",
    );
    check(
        "We will close the northern shipyard and sell the cranes",
        "We will close the northern shipyard and sell the cranes unless the ministry pays",
        "truncated: condition(|unless)",
    );
    check(
        "We will close the northern shipyard and sell the cranes",
        "We will close the northern shipyard and sell the cranes, but nobody knows until when",
        "truncated",
    );
    // A hedge.
    check(
        "The bridge will collapse under another convoy of timber lorries",
        "The bridge might collapse under another convoy of timber lorries",
        "reworded: hedge(|might)",
    );
    check(
        "the drainage commission falsified its laboratory reports",
        "I think the drainage commission falsified its laboratory reports",
        "truncated: hedge(|think)",
    );
    // Numbers, amounts in words, dates, names.
    check(
        "We lost 40 fishing boats to the storm and the insurer paid nothing",
        "We lost 14 fishing boats to the storm and the insurer paid nothing",
        "reworded: number(40|14)",
    );
    check(
        "We lost dozens of fishing boats and the insurer paid nothing",
        "We lost several fishing boats and the insurer paid nothing",
        "reworded: number(dozens|several)",
    );
    check(
        "The pumping station failed on Tuesday and the engineers were already gone",
        "The pumping station failed on Friday and the engineers were already gone",
        "reworded: date(Tuesday|Friday)",
    );
    check(
        "The contract went to Castellan without any public tender at all",
        "The contract went to Brightwater without any public tender at all",
        "reworded: name(Castellan|Brightwater)",
    );
    // Another way to write a name is no other name; a modal verb is no condition.
    check(
        "The harbour contract went to the U.N. agency without any tender",
        "The harbour contract went to the UN agency without any tender",
        "reworded",
    );
    check(
        "close the northern shipyard and sell the harbour cranes before winter",
        "We should close the northern shipyard and sell the harbour cranes before winter",
        "truncated",
    );
    // A whole sentence left out changes nothing in the others.
    check(
        "The harbour wall was inspected by engineers. The report is public.",
        "The harbour wall was inspected by engineers. Nobody disputes that. The report is public.",
        "ellipsis",
    );
    check(
        "The harbour wall was inspected by engineers. The report is public.",
        "The harbour wall was inspected by engineers. Nobody disputes that, although a few of us \
         asked for a second opinion. The report is public.",
        "ellipsis: joined",
    );
    check(
        "The harbour wall was inspected by engineers. … The report is public.",
        "The harbour wall was inspected by engineers. Nobody disputes that. The report is public.",
        "ellipsis",
    );
    // Fragments in another order.
    check(
        "The insurer paid nothing for the boats. The storm destroyed the northern breakwater.",
        "The storm destroyed the northern breakwater. The insurer paid nothing for the boats.",
        "reworded: joined",
    );
    // The same negation in other words.
    check(
        "Not one of the councillors read the drainage survey before voting",
        "None of the councillors read the drainage survey before voting",
        "reworded: number(one|)",
    );
}

#[test]
fn other_languages_have_the_same_guard() {
    let check = |language, a, b, expected: &str| assert_eq!(compared(a, b, language), expected);
    check(
        Language::German,
        "Wir werden die Fährpreise vor der Hafenwahl erhöhen",
        "Wir werden die Fährpreise nicht vor der Hafenwahl erhöhen",
        "ellipsis: negation(|nicht)",
    );
    check(
        Language::French,
        "nous fermerons le chantier naval du nord avant décembre",
        "Si la banque se retire, nous fermerons le chantier naval du nord avant décembre",
        "truncated: condition(|Si)",
    );
    check(
        Language::Russian,
        "Мы закроем северную верфь и продадим портовые краны",
        "Мы не закроем северную верфь и не продадим портовые краны",
        "ellipsis: negation(|не)",
    );
    check(
        Language::Spanish,
        "Perdimos 40 barcos pesqueros y la aseguradora desapareció",
        "Perdimos 14 barcos pesqueros y la aseguradora desapareció",
        "reworded: number(40|14)",
    );
}

proptest! {
    #[test]
    fn comparison_never_panics_and_is_symmetric(
        a in "([a-d]{1,7}[ .,…\\[\\]'’]{1,2}){0,40}",
        b in "([a-d]{1,7}[ .,…\\[\\]'’]{1,2}){0,40}",
    ) {
        let (a, b) = (prepare_string(&a, Language::English, &frequencies()), prepare_string(&b, Language::English, &frequencies()));
        let forth = match_quotes(&a, &b);
        let back = match_quotes(&b, &a);
        prop_assert_eq!(forth.is_some(), back.is_some());
        let described = describe_quotes(&a, &b);
        prop_assert!((0.0..=1.0).contains(&described.score));
    }

    #[test]
    fn a_quote_is_identical_to_itself_and_a_cut_of_it_is_truncated(
        words in prop::collection::vec("[a-z]{7,12}", 8..30),
        cut in 1usize..4,
    ) {
        let text = words.join(" ");
        let full = prepare_string(&text, Language::English, &frequencies());
        let found = match_quotes(&full, &full);
        prop_assert_eq!(found.map(|found| found.variant), Some(Variant::Identical));
        let part = words[cut..].join(" ");
        let part = prepare_string(&part, Language::English, &frequencies());
        let found = match_quotes(&part, &full);
        prop_assert_eq!(found.map(|found| found.variant), Some(Variant::Truncated));
    }
}

/// Checks on what a link of two quotes rests: `firm`, `tied` or `-`.
#[track_caller]
fn check_firmness(a: &str, b: &str, expected: &str) {
    let [a, b] = [a, b].map(|text| prepare_string(text, Language::English, &frequencies()));
    assert_eq!(firmness_name(link_quotes(&a, &b)), expected);
}

#[test]
fn a_few_words_hold_between_documents_that_share_another_quote() {
    let whole = "We asked the harbour board four times, and I would rather be stubborn than late.";
    check_firmness(whole, "rather be stubborn than late", "tied");
    check_firmness(whole, "rather be stubborn than sorry", "-");
    check_firmness(whole, "and I would", "-");
    check_firmness(
        whole,
        "asked the harbour board four times, and I would rather be stubborn",
        "firm",
    );
}
