//! Speech or not: quotations that nobody says are scare quotes, titles and nicknames.

use super::attribute::{Attribution, Place};
use super::frames::{Frames, Item};
use super::german_name::{bears_name, is_gloss, is_hearer, names_in_german};
use super::lexicon::Class;
use super::marks::Quotation;
use super::tokens::{Facts, Form, Token};
use crate::model::{Language, QuoteKind};

/// From so many words on, words in marks are speech unless something says otherwise.
const LONG: usize = 6;

/// From so many bytes on (six characters), the same holds in scripts without spaces.
const LONG_UNSPACED: usize = 18;

/// The name of whoever is spoken to is no longer than so many words.
const LONGEST_HEARER: usize = 3;

/// A title is no longer than so many words.
const LONGEST_TITLE: usize = 12;

/// How a text marks speech.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextStyle {
    /// Its language.
    pub(super) language: Language,
    /// Single marks are its first choice, as in British print.
    pub(super) single_speaks: bool,
    /// The comma of an interrupted quote stands outside the marks, so that it cannot tell whether
    /// the quoted sentence is complete: what follows the tag then carries it on. German annotators
    /// (Wikinews) count two quotes in such a case, and so does this.
    pub(super) comma_outside: bool,
}

impl TextStyle {
    /// The style of a text with these quotations.
    pub(super) fn of(quotations: &[Quotation], language: Language) -> Self {
        let single = quotations.iter().filter(|quotation| quotation.single).count();
        let comma_outside = !matches!(language, Language::English | Language::German);
        TextStyle { language, single_speaks: single * 2 > quotations.len(), comma_outside }
    }
}

/// The kind of the quotation at an item.
pub(super) fn kind_of(
    frames: &Frames,
    quotation: usize,
    item: usize,
    frame_start: usize,
    attribution: Option<&Attribution>,
    style: TextStyle,
) -> QuoteKind {
    let found = &frames.quotations[quotation];
    let inside = &frames.tokens.tokens[found.first..found.end];
    let words = inside.iter().filter(|token| token.is_word()).count();
    let last = frames.last_form(quotation);
    let complete = matches!(last, Form::Stop | Form::Exclamation | Form::Comma | Form::Ellipsis);
    // «Abbiamo provato di tutto». Outside English the stop can stand behind the marks.
    let stop_behind = style.language != Language::English
        && item == frame_start
        && matches!(frames.items.get(item + 1), Some(Item::Token(token))
            if frames.tokens.tokens[*token].form == Form::Stop
                && frames.tokens.tokens[*token].has(Facts::SENTENCE_END));
    let complete = complete || stop_behind;
    let opens_sentence = inside.iter().find(|token| token.is_word()).is_some_and(Token::is_capital);
    // German writes every noun with a capital, but only names begin with one inside a sentence.
    let title_case = is_title_case(inside)
        && (style.language != Language::German
            || inside.iter().find(|token| token.is_word()).is_some_and(Token::is_capital));
    let before = (item > frame_start).then(|| item - 1);
    let before_is = |class: Class| {
        before.is_some_and(|before| frames.token(before).is_some_and(|token| token.is(class)))
    };
    if words == 0 {
        return QuoteKind::Scare;
    }
    if found.dialogue {
        return QuoteKind::Direct;
    }
    // Without spaces between words, letters are counted: 『…』 outermost holds a title.
    let mark = frames.tokens.tokens[found.before].mark();
    if found.before < found.first && matches!(mark, '「' | '『') {
        let long = found.inner.len() >= LONG_UNSPACED;
        return match mark {
            '「' if long => QuoteKind::Direct,
            '「' => QuoteKind::Scare,
            _ => QuoteKind::Title,
        };
    }
    let place = attribution.map(|attribution| attribution.place);
    // German nouns are capitals, so that a short sentence looks like a title but for its full stop.
    let sentence = style.language == Language::German
        && matches!(last, Form::Stop)
        && opens_sentence
        && words > 2
        && before.is_none_or(|before| frames.form(before) == Some(Form::Colon));
    let title_case = title_case && !sentence;
    // Where the text quotes with double marks, single ones hold headlines' and other loose words.
    if found.single && !style.single_speaks && place != Some(Place::TagAfter) {
        return QuoteKind::Scare;
    }
    // "(Codename: „Falke“)".
    let named_behind_colon = before.is_some_and(|before| {
        frames.form(before) == Some(Form::Colon)
            && before > frame_start
            && frames
                .token(before - 1)
                .is_some_and(|token| token.is(Class::SCARE) && !token.is(Class::SAY))
    });
    // "sprach von „Bildern wie aus einem Krieg“": German nouns are capitals, but what is spoken of is no name.
    let spoken_of = style.language == Language::German
        && before_is(Class::AGENT)
        && matches!(place, Some(Place::SameSentence | Place::CueBefore | Place::Reported))
        && (frame_start..frames.items.len().min(item + 3))
            .any(|at| frames.token(at).is_some_and(|token| token.is(Class::SPEAKING)));
    if spoken_of && words > 1 {
        return QuoteKind::Mixed;
    }
    if words < LONG && named_behind_colon && !complete {
        return QuoteKind::Title;
    }
    if style.language == Language::German
        && words < LONG
        && (is_gloss(frames, item, frame_start)
            || bears_name(frames, item, frame_start)
            || words <= LONGEST_HEARER && !complete && is_hearer(frames, item, frame_start))
    {
        return QuoteKind::Title;
    }
    if words < LONG
        && (before_is(Class::SCARE)
            || is_naming(frames, item, frame_start)
            || is_example(frames, item, frame_start))
    {
        return if title_case { QuoteKind::Title } else { QuoteKind::Scare };
    }
    // "told “…”": who is told stands behind the verb, so that the marks hold a name.
    let hearer = style.language == Language::English
        && title_case
        && (words > 1 || !complete)
        && before.is_some_and(|before| tells(frames, before));
    // "the film “Help!”": a name may exclaim.
    let exclaims = style.language == Language::English
        && before_is(Class::WORK)
        && last == Form::Exclamation
        && has_capitals(inside);
    if hearer || exclaims && words <= LONGEST_TITLE {
        return QuoteKind::Title;
    }
    // "the film, “…”": the comma sets the title off.
    let set_off = before.is_some_and(|before| {
        before > frame_start
            && frames.form(before) == Some(Form::Comma)
            && frames.token(before - 1).is_some_and(|token| token.is(Class::WORK))
    });
    // "“…” star Jane Roe", "the “…” episode": what the title is of stands behind it.
    let owned = inside.last().is_some_and(Token::is_word)
        && item + 1 < frames.items.len()
        && frames.token(item + 1).is_some_and(|next| {
            !next.is_capital() && next.is(Class::WORK.or(Class::ROLE)) && !next.is(Class::SAY)
        });
    // "“…” by Jane Roe".
    let authored = item + 2 < frames.items.len()
        && frames.token(item + 1).is_some_and(|next| next.span.of(frames.tokens.text) == "by")
        && frames.token(item + 2).is_some_and(Token::is_capital);
    if title_case
        && words <= LONGEST_TITLE
        && (authored && words > 1
            || before_is(Class::WORK)
            || set_off
            || owned
            || names_a_work(frames, item, frame_start, words))
    {
        return QuoteKind::Title;
    }
    if style.language == Language::English && is_cry(frames, item, frame_start) {
        return if opens_sentence && complete { QuoteKind::Direct } else { QuoteKind::Mixed };
    }
    if style.language == Language::German
        && words < LONG
        && !complete
        && names_in_german(frames, item, frame_start, inside)
    {
        return QuoteKind::Title;
    }
    // "der Zeuge von der „Aktion Sonnenhof“ sagte": the quotation is part of what names the speaker.
    let names_speaker = attribution.and_then(|attribution| attribution.mention);
    if names_speaker.is_some_and(|mention| (mention.first..mention.end).contains(&found.before)) {
        return QuoteKind::Title;
    }
    let german = style.language == Language::German;
    // "sei die Initiative „überflüssig und teuer“": no name.
    let said_of = words > 1
        && inside.first().is_some_and(|first| first.form == Form::Word)
        && place.is_some()
        && in_report(frames, item, frame_start, opens_sentence);
    if german && before_is(Class::WORK) && place != Some(Place::TagAfter) && !said_of {
        return QuoteKind::Title;
    }
    // "nannte ihn einen „Betrüger“", "als „falsch“": German nouns are capitals, so that only what
    // stands before tells a judgement from a name.
    let judged = german
        && (before_is(Class::INDEFINITE.or(Class::AS))
            || before.is_some_and(|before| {
                frames.token(before).is_some_and(|token| {
                    token.form == Form::Word
                        && !token.is_capital()
                        && token.class == Class::default()
                })
            })
            || rates_in_one_word(frames, item, frame_start, inside));
    // "a sign that said “We won.”": a whole sentence right behind the verb, whoever says it.
    let shown = style.language == Language::English
        && before_is(Class::SAY)
        && !before_is(Class::SAYING.or(Class::NOUN_ALIKE))
        && opens_sentence
        && words > 1
        && matches!(last, Form::Stop | Form::Exclamation);
    if shown {
        return QuoteKind::Direct;
    }
    match place {
        Some(Place::SameSentence | Place::Reported | Place::CueBefore) if judged => {
            QuoteKind::Mixed
        }
        Some(Place::TagAfter) if opens_sentence || complete || before.is_none() => {
            QuoteKind::Direct
        }
        Some(Place::TagAfter) => QuoteKind::Mixed,
        Some(Place::CueBefore | Place::Colon | Place::Signature) => {
            if opens_sentence {
                QuoteKind::Direct
            } else {
                QuoteKind::Mixed
            }
        }
        Some(Place::SameSentence | Place::Reported) => {
            if words > 1 && words <= 8 && title_case && last != Form::Exclamation {
                QuoteKind::Title
            } else if words < 2
                && !complete
                && !in_report(frames, item, frame_start, opens_sentence)
            {
                QuoteKind::Scare
            } else {
                QuoteKind::Mixed
            }
        }
        _ => {
            let alone = before.is_none()
                || before.is_some_and(|before| matches!(frames.items[before], Item::Quotation(_)));
            if words > 1 && words <= 8 && title_case {
                QuoteKind::Title
            } else if opens_sentence
                && (complete && words > 2
                    || alone && words >= LONG
                    || alone && last == Form::Exclamation)
            {
                QuoteKind::Direct
            } else if words >= LONG {
                QuoteKind::Mixed
            } else {
                QuoteKind::Scare
            }
        }
    }
}

/// Whether the words before say that examples of words follow: "words such as".
fn is_example(frames: &Frames, item: usize, frame_start: usize) -> bool {
    let word = |at: usize| frames.token(at).map_or("", |token| token.span.of(frames.tokens.text));
    item >= frame_start + 2 && word(item - 1) == "as" && word(item - 2) == "such"
}

/// Whether an item is a form of "tell", which has its hearer right behind it.
fn tells(frames: &Frames, item: usize) -> bool {
    let word = frames.token(item).map_or("", |token| token.span.of(frames.tokens.text));
    matches!(word, "tell" | "tells" | "told" | "telling")
}

/// Whether a noun of saying holds the quotation: "chants of", "to shouts of".
fn is_cry(frames: &Frames, item: usize, frame_start: usize) -> bool {
    item >= frame_start + 2
        && frames.token(item - 1).is_some_and(|of| of.span.of(frames.tokens.text) == "of")
        && frames.token(item - 2).is_some_and(|noun| noun.is(Class::SAYING))
}

/// Whether an item is the English auxiliary that makes the perfect of an active verb.
fn has_perfect(frames: &Frames, item: usize) -> bool {
    let word = frames.token(item).map_or("", |token| token.span.of(frames.tokens.text));
    frames.tokens.language == Language::English && matches!(word, "has" | "have" | "had")
}

/// Whether the words before say that something bears this name: "known as", "often referred to as
/// the", "dubbed". An active verb with a subject ("he called it “…”") reports speech instead.
fn is_naming(frames: &Frames, item: usize, frame_start: usize) -> bool {
    let is = |at: usize, class: Class| frames.token(at).is_some_and(|token| token.is(class));
    let mut verb = item;
    for _ in 0..4 {
        if verb == frame_start {
            return false;
        }
        verb -= 1;
        if is(verb, Class::SCARE) && verb + 1 < item {
            return true;
        }
        if is(verb, Class::CALL) {
            // "the aptly-named “…”"
            if verb > frame_start && frames.form(verb - 1) == Some(Form::Hyphen) {
                return true;
            }
            let mut before = verb;
            while before > frame_start && is(before - 1, Class::ADVERB) {
                before -= 1;
            }
            // "has called it" is active.
            let has = before > frame_start && has_perfect(frames, before - 1);
            return before == frame_start
                || is(before - 1, Class::AUXILIARY) && !is(before - 1, Class::PRONOUN) && !has
                || frames.form(before - 1) == Some(Form::Comma) && verb != before;
        }
        if !is(
            verb,
            Class::DETERMINER
                .or(Class::PREPOSITION)
                .or(Class::GENITIVE)
                .or(Class::ADVERB)
                .or(Class::SUBORDINATOR),
        ) {
            return false;
        }
    }
    false
}

/// "nannte den Plan „überzogen“", "warf ihm „Wortbruch“ vor": words right behind the object of a verb that rates,
/// and before the particle that completes a verb, are somebody's, however few they are.
fn rates_in_one_word(frames: &Frames, item: usize, frame_start: usize, inside: &[Token]) -> bool {
    let small = inside.iter().find(|token| token.is_word()).is_some_and(|word| !word.is_capital());
    let rating = (frame_start..item)
        .rev()
        .take_while(|&at| matches!(frames.form(at), Some(Form::Word | Form::Hyphen)))
        .any(|at| {
            frames.token(at).is_some_and(|token| token.is(Class::CALL) && !token.is_capital())
        });
    let ends = |at: usize| {
        at >= frames.items.len()
            || frames.form(at).is_some_and(|form| !matches!(form, Form::Word | Form::Number))
    };
    let completed = item + 1 < frames.items.len()
        && frames.token(item + 1).is_some_and(|token| token.is(Class::SEPARATED))
        && ends(item + 2);
    small && rating || completed
}

/// "Das System sei „kaputt“": a small word in marks within German reported speech is the speaker's.
fn in_report(frames: &Frames, item: usize, frame_start: usize, opens_sentence: bool) -> bool {
    const NEAR: usize = 4;
    frames.tokens.language == Language::German
        && !opens_sentence
        && (frame_start..frames.items.len().min(item + NEAR)).any(|at| {
            frames.token(at).is_some_and(|token| token.is(Class::REPORTED) && !token.is_capital())
        })
}

/// Whether a name of a programme, a book, a song is to be expected: after a preposition, an article
/// or an owner (`on CNN's "State of the Union"`), with no comma or verb between.
fn names_a_work(frames: &Frames, item: usize, frame_start: usize, words: usize) -> bool {
    let Some(before) =
        (item > frame_start).then(|| item - 1).and_then(|before| frames.token(before))
    else {
        return false;
    };
    let leads = before.has(Facts::POSSESSIVE)
        || before.is(Class::PREPOSITION
            .or(Class::GENITIVE)
            .or(Class::DETERMINER)
            .or(Class::CONJUNCTION))
            && !before.is(Class::SAY.or(Class::SUBORDINATOR));
    let name = before.is(Class::GENITIVE.or(Class::DETERMINER)) && !before.is_capital();
    // "nannte sie eine „Zeitungsente“": judged, not named.
    let judged = before.is(Class::INDEFINITE);
    !judged && leads && (words >= 2 || name || before.has(Facts::POSSESSIVE))
}

/// All words but the small ones are capitals.
pub(super) fn is_title_case(inside: &[Token]) -> bool {
    // "Ted! Ted!" is a cry.
    let (inside, last) = match inside.split_last() {
        Some((last, before)) if !last.is_word() => (before, last.form),
        _ => (inside, Form::Word),
    };
    let exclaims = |token: &Token| token.form == Form::Exclamation;
    if last == Form::Exclamation && inside.len() > 1 || inside.iter().any(exclaims) {
        return false;
    }
    has_capitals(inside)
}

/// All words but the small ones are capitals, whatever the marks between them are.
fn has_capitals(inside: &[Token]) -> bool {
    let mut capitals = 0;
    for token in inside.iter().filter(|token| token.form == Form::Word) {
        if token.is_capital() {
            capitals += 1;
        } else if token.span.len() > 3
            && !token.is(Class::PREPOSITION
                .or(Class::CONJUNCTION)
                .or(Class::DETERMINER)
                .or(Class::GENITIVE))
        {
            return false;
        }
    }
    capitals > 0
}
