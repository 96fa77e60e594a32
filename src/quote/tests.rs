//! Suites of marked passages by language, and properties that hold for any text.

use super::find_quotes;
use super::frames::LOOKS;
use crate::model::{Language, Quote, Span};
use crate::text::segment;
use proptest::prelude::*;

fn quotes(text: &str, language: Language) -> Vec<Quote> {
    find_quotes(text, &segment(text, language), language)
}

/// A passage with its marks taken out, and what they said.
struct Marked {
    text: String,
    parts: Vec<Span>,
    mentions: Vec<Span>,
    expected: Vec<Expected>,
}

struct Expected {
    kind: String,
    parts: usize,
    negated_or_modal: bool,
    name: String,
}

/// Reads `text => kind Name; kind+ Name`: `[[…]]` are quoted parts, `{…}` the words that name a
/// speaker, `¶` ends a line; every `+` is a further part of the same quote, `!` a cue that is negated
/// or modal; `-` expects no speech.
fn read_marked(line: &str) -> Marked {
    let (marked, expectation) = line.split_once(" => ").expect("a passage and what it holds");
    let mut text = String::new();
    let (mut parts, mut mentions) = (Vec::new(), Vec::new());
    let (mut part, mut mention) = (0, 0);
    let mut rest = marked;
    while let Some(character) = rest.chars().next() {
        let mut taken = character.len_utf8();
        match character {
            '[' if rest.starts_with("[[") => (part, taken) = (text.len(), 2),
            ']' if rest.starts_with("]]") => {
                parts.push(Span::new(part, text.len()));
                taken = 2;
            }
            '{' => mention = text.len(),
            '}' => mentions.push(Span::new(mention, text.len())),
            '¶' => text.push('\n'),
            _ => text.push(character),
        }
        rest = &rest[taken..];
    }
    let expected = expectation
        .split("; ")
        .filter(|expected| *expected != "-")
        .map(|expected| {
            let (kind, name) = expected.split_once(' ').unwrap_or((expected, ""));
            let bare = kind.trim_end_matches(['+', '!']);
            Expected {
                kind: bare.to_owned(),
                parts: kind.matches('+').count() + 1,
                negated_or_modal: kind.contains('!'),
                name: name.to_owned(),
            }
        })
        .collect();
    Marked { text, parts, mentions, expected }
}

/// What is wrong with the quotes found in a marked passage; empty when all is right.
fn complaints(line: &str, language: Language) -> Vec<String> {
    let marked = read_marked(line);
    let text = marked.text.as_str();
    let indirect = line.contains("=> indirect");
    let found: Vec<Quote> = quotes(text, language)
        .into_iter()
        .filter(|quote| quote.kind.is_quoted_speech() || indirect)
        .collect();
    let mut complaints = Vec::new();
    if found.len() != marked.expected.len() {
        let texts: Vec<String> = found.iter().map(|quote| quote.text(text)).collect();
        complaints.push(format!("{} quotes expected, found {texts:?}", marked.expected.len()));
        return complaints;
    }
    let mut parts = marked.parts.iter();
    let mut mentions = marked.mentions.iter();
    for (quote, expected) in found.iter().zip(&marked.expected) {
        let wanted: Vec<&str> =
            parts.by_ref().take(expected.parts).map(|part| part.of(text)).collect();
        let got: Vec<&str> = quote.parts.iter().map(|part| part.of(text)).collect();
        if wanted != got {
            complaints.push(format!("parts {wanted:?}, found {got:?}"));
        }
        if quote.kind.name() != expected.kind {
            complaints.push(format!("kind {}, found {}", expected.kind, quote.kind.name()));
        }
        let negated_or_modal = quote.cue.is_some_and(|cue| cue.negated_or_modal);
        if negated_or_modal != expected.negated_or_modal {
            complaints.push(format!("negated or modal {}", expected.negated_or_modal));
        }
        let name = quote.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        if name != expected.name {
            complaints.push(format!("speaker {:?}, found {name:?}", expected.name));
        }
        let mention = quote.speaker.as_ref().and_then(|speaker| speaker.mention);
        if !expected.name.is_empty()
            && let Some(wanted) = mentions.next()
            && mention.is_none_or(|mention| mention.overlap(*wanted) == 0)
        {
            let got = mention.map(|mention| mention.of(text));
            complaints.push(format!("mention {:?}, found {got:?}", wanted.of(text)));
        }
    }
    complaints
}

/// Checks every passage of a suite; lines that begin with `#` are comments.
fn check_quotes(suite: &str, language: Language, least: usize) {
    let lines: Vec<&str> =
        suite.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut wrong = Vec::new();
    for line in &lines {
        for complaint in complaints(line, language) {
            wrong.push(format!("{line}\n    {complaint}"));
        }
    }
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
    assert!(lines.len() >= least, "only {} passages", lines.len());
}

#[test]
fn english() {
    check_quotes(include_str!("suite/en.txt"), Language::English, 40);
}

#[test]
fn indirect_speech() {
    check_quotes(include_str!("suite/indirect.txt"), Language::English, 15);
}

#[test]
fn german() {
    check_quotes(include_str!("suite/de.txt"), Language::German, 50);
}

#[test]
fn french() {
    check_quotes(include_str!("suite/fr.txt"), Language::French, 40);
}

#[test]
fn spanish() {
    check_quotes(include_str!("suite/es.txt"), Language::Spanish, 40);
}

#[test]
fn italian() {
    check_quotes(include_str!("suite/it.txt"), Language::Italian, 40);
}

#[test]
fn russian() {
    check_quotes(include_str!("suite/ru.txt"), Language::Russian, 40);
}

#[test]
fn portuguese() {
    check_quotes(include_str!("suite/pt.txt"), Language::Portuguese, 15);
}

#[test]
fn dutch() {
    check_quotes(include_str!("suite/nl.txt"), Language::Dutch, 15);
}

#[test]
fn ukrainian() {
    check_quotes(include_str!("suite/uk.txt"), Language::Ukrainian, 15);
}

/// A text can break off or begin anywhere: behind a comma, before a verb's particle, in a name.
#[test]
fn a_piece_of_a_text_is_read_to_its_end() {
    let suites = [
        (include_str!("suite/en.txt"), Language::English),
        (include_str!("suite/de.txt"), Language::German),
        (include_str!("suite/fr.txt"), Language::French),
        (include_str!("suite/es.txt"), Language::Spanish),
        (include_str!("suite/it.txt"), Language::Italian),
        (include_str!("suite/ru.txt"), Language::Russian),
        (include_str!("suite/pt.txt"), Language::Portuguese),
        (include_str!("suite/nl.txt"), Language::Dutch),
        (include_str!("suite/uk.txt"), Language::Ukrainian),
    ];
    for (suite, language) in suites {
        let lines = suite.lines().filter(|line| line.contains(" => "));
        for Marked { text, .. } in lines.map(read_marked) {
            for (place, _) in text.match_indices([' ', ',', '.']) {
                for piece in [&text[..place], &text[..=place], &text[place..]] {
                    let spans = quotes(piece, language).into_iter().flat_map(|quote| quote.parts);
                    assert!(spans.into_iter().all(|part| part.end as usize <= piece.len()));
                }
            }
        }
    }
}

/// Texts that are nothing but what the rules look for, of `size` repeats.
fn hostile_texts(size: usize) -> Vec<(&'static str, String)> {
    let mut texts: Vec<(&str, String)> = [
        ("curly opening marks", "“"),
        ("opening marks before words", "“a "),
        ("low opening marks", "„a "),
        ("guillemets", "« a "),
        ("nested opening marks", "“‘„« a "),
        ("straight marks", "\" "),
        ("marks of two apostrophes", "''a "),
        ("apostrophes", "'"),
        ("words of apostrophes", "'tis ’90s dogs’ "),
        ("corner brackets", "「あ"),
        ("dashes of dialogue", "— a\n"),
        ("mixed quotes without end", "He said it was “fine” and left, "),
        ("pieces without end", "“one two three four” and “five "),
        ("tags without end", "“Yes,” he said, "),
        ("cues without end", "said "),
        ("participles without end", "a, adding that "),
        ("commas without end", "a, "),
        ("names without end", "Anna Smith "),
        ("names and conjunctions", "Anna and "),
        ("small words without end", "political "),
        ("labels", "Q: a\nA: b\n"),
        ("names before colons", "Anna: b c.\nTom: d.\n"),
        ("introductions", "Anna said:\n\n  We go there now, all of us.\n\n"),
        ("cited lines", "> a\n"),
        ("tags of blocks", "<blockquote>"),
        ("attributes", "a=\"b"),
        ("small words in marks", "„kaputt“ und "),
        ("small words in marks in a report", "er sei „kaputt“ und "),
        ("brackets without end", "„Wir gehen.“ ( "),
        ("companies without end", "Moor Mills and "),
        ("exchange signs without end", "Moor < "),
        ("exchange signs between words", "mill <ab> "),
        ("exchange signs and conjunctions", "and <ab> "),
        ("names, offices and verbs", "Anna Smith, chief engineer of Moor, said "),
        ("pronouns and names", "he said he and Anna "),
        ("offices and conjunctions", "vice president and moor analyst and "),
    ]
    .map(|(name, piece)| (name, piece.repeat(size)))
    .to_vec();
    texts.push(("openers, then closers", "“".repeat(size) + &"”".repeat(size)));
    texts.push(("exchange signs before a verb", "mill <ab> ".repeat(size) + "said it was “fine”."));
    texts
}

#[test]
fn hostile_texts_cost_what_their_length_says() {
    let looks = |text: &str, language| {
        LOOKS.set(0);
        quotes_of_one_paragraph(text, language);
        quotes(text, language);
        LOOKS.get()
    };
    for language in [Language::English, Language::German] {
        for ((name, text), (_, double)) in hostile_texts(1_000).iter().zip(&hostile_texts(4_000)) {
            let (once, fourfold) = (looks(text, language), looks(double, language));
            assert!(
                fourfold <= 5 * once + 100_000,
                "{language:?}, {name}: {once} looks at tokens become {fourfold} in four times the text"
            );
        }
    }
}

#[test]
fn huge_hostile_texts_end() {
    let cases = [
        ("100,000 opening marks", "“".repeat(100_000)),
        ("100,000 opening marks before words", "“a ".repeat(100_000)),
        ("100,000 straight marks", "\"a ".repeat(100_000)),
        ("only apostrophes", "'".repeat(1_000_000)),
        ("one line of 10 MB", "He said it was “fine” and left, ".repeat(320_000)),
        ("one line of 10 MB without marks", "The road is closed now and ".repeat(390_000)),
    ];
    for (name, text) in cases {
        for quote in quotes_of_one_paragraph(&text, Language::English) {
            assert!(quote.parts.iter().all(|part| part.of(&text).len() <= text.len()), "{name}");
            assert!(!quote.parts.iter().any(|part| part.is_empty()), "{name}");
        }
    }
}

/// The quotes of a text taken as one paragraph, without the segmenter.
fn quotes_of_one_paragraph(text: &str, language: Language) -> Vec<Quote> {
    let whole = crate::model::Sentence {
        span: Span::new(0, text.len()),
        kind: crate::model::SentenceKind::Prose,
        paragraph: 0,
    };
    find_quotes(text, &[whole], language)
}

proptest! {
    #[test]
    fn parts_lie_in_order_on_character_borders(
        text in "([a-z]{1,6}|[A-Z][a-z]{2,6}|said|and|, adding that|Q: |A: |Anna: |> |  |Mr\\.|[“”„‘’«»\"'‚‹›「」—–…-]|[.,:;?!()]| |\n|é|漢|😀){0,120}",
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let mut last = 0;
        for quote in quotes(&text, language) {
            prop_assert!(!quote.parts.is_empty());
            for part in &quote.parts {
                prop_assert!(part.start < part.end);
                prop_assert!(text.is_char_boundary(part.start as usize));
                prop_assert!(text.is_char_boundary(part.end as usize));
            }
            prop_assert!(quote.parts.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(quote.parts[0].start >= last);
            last = quote.parts[0].start;
            for span in quote.cue.map(|cue| cue.span).into_iter().chain(quote.speaker.and_then(|speaker| speaker.mention)) {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), language in prop::sample::select(Language::ALL.to_vec())) {
        quotes(&text, language);
        quotes_of_one_paragraph(&text, Language::English);
    }
}
