//! Speech or not: quotations that nobody says are scare quotes, titles and nicknames.

use super::attribute::{Attribution, Place};
use super::frames::{Frames, Item};
use super::lexicon::Class;
use super::tokens::{Facts, Form, Token};
use crate::model::{Language, QuoteKind};

/// From so many words on, words in marks are speech unless something says otherwise.
const LONG: usize = 6;

/// The kind of the quotation at an item.
pub(super) fn kind_of(
    frames: &Frames,
    quotation: usize,
    item: usize,
    frame_start: usize,
    attribution: Option<&Attribution>,
    language: Language,
) -> QuoteKind {
    let found = &frames.quotations[quotation];
    let inside = &frames.tokens.tokens[found.first..found.end];
    let words = inside.iter().filter(|token| token.is_word()).count();
    let complete = matches!(
        frames.last_form(quotation),
        Form::Stop | Form::Exclamation | Form::Comma | Form::Ellipsis
    );
    let opens_sentence = inside.iter().find(|token| token.is_word()).is_some_and(Token::is_capital);
    let before = (item > frame_start).then(|| item - 1);
    let before_is = |class: Class| {
        before.is_some_and(|before| frames.token(before).is_some_and(|token| token.is(class)))
    };
    if words == 0 {
        return QuoteKind::Scare;
    }
    if words < LONG && before_is(Class::SCARE) {
        return QuoteKind::Scare;
    }
    if is_title_case(inside)
        && words <= 8
        && (before_is(Class::WORK) || names_a_work(frames, item, frame_start, words))
    {
        return QuoteKind::Title;
    }
    if language == Language::German
        && words < LONG
        && !complete
        && names_in_german(frames, item, frame_start, inside)
    {
        return QuoteKind::Title;
    }
    match attribution.map(|attribution| attribution.place) {
        Some(Place::TagAfter | Place::CueBefore | Place::Colon | Place::Signature) => {
            if opens_sentence || complete {
                QuoteKind::Direct
            } else {
                QuoteKind::Mixed
            }
        }
        Some(Place::SameSentence | Place::Reported) => {
            if words > 1 && words <= 8 && is_title_case(inside) && !complete {
                QuoteKind::Title
            } else if words < 2 && !complete {
                QuoteKind::Scare
            } else {
                QuoteKind::Mixed
            }
        }
        _ => {
            let alone = before.is_none()
                || before.is_some_and(|before| matches!(frames.items[before], Item::Quotation(_)));
            if words > 1 && words <= 8 && is_title_case(inside) {
                QuoteKind::Title
            } else if opens_sentence && (complete && words > 2 || alone && words >= LONG) {
                QuoteKind::Direct
            } else if words >= LONG {
                QuoteKind::Mixed
            } else {
                QuoteKind::Scare
            }
        }
    }
}

/// German writes every noun with a capital, so capitals tell little. A name is what follows a noun
/// directly ("das Magazin „Der Spiegel“") or a definite article alone ("die „Computerwoche“").
fn names_in_german(frames: &Frames, item: usize, frame_start: usize, inside: &[Token]) -> bool {
    let Some(before) =
        (item > frame_start).then(|| item - 1).and_then(|before| frames.token(before))
    else {
        return false;
    };
    let first_capital = inside.iter().find(|token| token.is_word()).is_some_and(Token::is_capital);
    let noun =
        before.is_capital() && !before.is(Class::SAYING.or(Class::SAY)) && item > frame_start + 1;
    let definite =
        before.is(Class::RELATIVE) && before.is(Class::DETERMINER) || before.is(Class::GENITIVE);
    let small = inside.iter().any(|token| token.form == Form::Word && !token.is_capital());
    noun && first_capital
        || definite && first_capital && (!small || inside.len() > 1 && is_title_case(inside))
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
    leads && words >= 2
}

/// All words but the small ones are capitals.
fn is_title_case(inside: &[Token]) -> bool {
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
