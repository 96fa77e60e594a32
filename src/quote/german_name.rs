//! German words in marks that are a name: what stands beside them tells it, for German writes every noun
//! with a capital.

use super::frames::Frames;
use super::kind::is_title_case;
use super::lexicon::Class;
use super::tokens::{Form, Token};

/// "die Partei „Nová cesta“ (deutsch: „Neuer Weg“)": what a name means in another language, in brackets.
pub(super) fn is_gloss(frames: &Frames, item: usize, frame_start: usize) -> bool {
    const GLOSSES: [&str; 12] = [
        "auf",
        "zu",
        "etwa",
        "wörtlich",
        "deutsch",
        "Deutsch",
        "dt",
        "englisch",
        "Englisch",
        "engl",
        "lateinisch",
        "lat",
    ];
    const LONGEST: usize = 5;
    let text = frames.tokens.text;
    let opened =
        (frame_start..item).rev().take(LONGEST).find(|&at| frames.form(at) == Some(Form::Open));
    opened.is_some_and(|opened| {
        opened + 1 < item
            && (opened + 1..item).all(|at| match frames.form(at) {
                Some(Form::Colon | Form::Stop | Form::Other) => true,
                Some(Form::Word) => {
                    frames.token(at).is_some_and(|token| GLOSSES.contains(&token.span.of(text)))
                }
                _ => false,
            })
    })
}

/// "Der Name lautet also „…“", "„…“, so lautet der Titel": a noun for a name beside the verb.
pub(super) fn bears_name(frames: &Frames, item: usize, frame_start: usize) -> bool {
    const NEAR: usize = 6;
    const READS: [&str; 2] = ["lautet", "lautete"];
    const CALLED: [&str; 4] = ["heißt", "heisst", "hieß", "hiess"];
    let is = |at: usize, class: Class| frames.token(at).is_some_and(|token| token.is(class));
    let noun = |at: usize| is(at, Class::SCARE) && frames.token(at).is_some_and(Token::is_capital);
    let reads = |at: usize| {
        frames.token(at).is_some_and(|token| READS.contains(&token.span.of(frames.tokens.text)))
    };
    let word = |at: &usize| matches!(frames.form(*at), Some(Form::Word));
    let before = (frame_start..item).rev().take(NEAR).take_while(word);
    let reads_before = before.clone().any(reads) && before.clone().any(noun);
    let behind = (item + 1..frames.items.len())
        .skip_while(|&at| frames.form(at) == Some(Form::Comma))
        .take(NEAR)
        .take_while(word);
    // "„Die Welle“ heißt der Film".
    let called = item == frame_start
        && frames
            .token(item + 1)
            .is_some_and(|verb| CALLED.contains(&verb.span.of(frames.tokens.text)))
        && !is(item + 2, Class::IMPERSONAL);
    called || reads_before || behind.clone().any(reads) && behind.clone().any(noun)
}

/// "sagte er gegenüber „blick aktuell“": whom somebody speaks to.
pub(super) fn is_hearer(frames: &Frames, item: usize, frame_start: usize) -> bool {
    item > frame_start
        && frames.token(item - 1).is_some_and(|to| to.span.of(frames.tokens.text) == "gegenüber")
}

/// German writes every noun with a capital, so capitals tell little. A name is what follows a noun
/// directly ("das Magazin „Der Spiegel“") or a definite article alone ("die „Computerwoche“").
pub(super) fn names_in_german(
    frames: &Frames,
    item: usize,
    frame_start: usize,
    inside: &[Token],
) -> bool {
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
    // "ein Sprecher der „neue wege“": whom somebody speaks for bears a name.
    let speaks_for = before.is(Class::GENITIVE)
        && before.is(Class::DETERMINER)
        && item > frame_start + 1
        && frames
            .token(item - 2)
            .is_some_and(|holder| holder.is_capital() && holder.is(Class::PERSON_NOUN));
    // "Jens Krohn von der „Aktion Lowmoor blüht“".
    let comes_from = definite
        && first_capital
        && item > frame_start + 3
        && frames.token(item - 2).is_some_and(|of| of.is(Class::AGENT))
        && (item - 4..item - 2).all(|at| frames.token(at).is_some_and(Token::is_capital));
    speaks_for
        || comes_from
        || noun && first_capital
        || definite && first_capital && (!small || inside.len() > 1 && is_title_case(inside))
}
