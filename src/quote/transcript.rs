//! Transcripts: interviews and debates in which a label, not a mark, says who speaks.
//!
//! `Q:` and `A:`, or names before a colon (`TAPPER:`, `Rep. Jane Roe (D-Ohio):`) at the start of
//! paragraphs. Lists and listings have the same form (`When: … Where: …`), so labels count only
//! together: two that alternate, one that comes back, and one that is a person's.

use std::collections::BTreeMap;

use super::frames::Frames;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::name_run::{NameRun, name_run};
use super::people::People;
use super::tokens::{Form, Token, Tokens};
use crate::model::Span;

/// The longest label, in tokens.
const LONGEST_LABEL: usize = 14;

/// A turn carries on over so many paragraphs without a label at most.
const LONGEST_TURN: usize = 8;

/// What one speaker says until the next label.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// The paragraphs' words, the label left out.
    pub(super) parts: Vec<Span>,
    /// The tokens it covers, with its label.
    pub(super) tokens: (usize, usize),
    /// Who speaks.
    pub(super) label: Label,
}

/// Who speaks, by the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// `Q:` of an interviewer without a name.
    Question,
    /// `A:` of the person interviewed.
    Answer(Mention),
    /// A name or a role.
    Named(Mention),
}

/// A label at the start of a paragraph.
struct Labelled {
    paragraph: usize,
    /// One past the colon.
    body: usize,
    label: Label,
    /// The same for all labels of one speaker.
    key: u64,
    /// There is a sign that it is a person: a forename, a title, a role.
    person: bool,
}

/// The turns of a text that is (in part) a transcript; none of other texts.
pub(super) fn turns(frames: &Frames, people: &People) -> Vec<Turn> {
    let tokens = frames.tokens;
    let mut labelled: Vec<Labelled> =
        (0..tokens.paragraphs.len()).filter_map(|at| label_at(tokens, people, at)).collect();
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for found in &labelled {
        *counts.entry(found.key).or_default() += 1;
    }
    let asks = labelled.iter().any(|found| found.label == Label::Question);
    let answers = labelled.iter().any(|found| matches!(found.label, Label::Answer(_)));
    let interview = asks && answers;
    let repeated = |found: &Labelled| counts[&found.key] > 1;
    labelled.retain(|found| match found.label {
        Label::Named(_) => found.person || repeated(found),
        Label::Question | Label::Answer(_) => interview,
    });
    let changes = labelled.windows(2).filter(|pair| pair[0].key != pair[1].key).count();
    let debate = changes >= 2
        && labelled.iter().any(|found| found.person)
        && labelled.iter().any(|found| counts[&found.key] > 1);
    if !interview && !debate {
        return Vec::new();
    }
    (0..labelled.len())
        .map(|at| turn(tokens, &labelled[at], labelled.get(at + 1).map(|next| next.paragraph)))
        .collect()
}

/// A labelled paragraph and what belongs to it before the next label.
fn turn(tokens: &Tokens, from: &Labelled, next: Option<usize>) -> Turn {
    let (start, end) = tokens.paragraphs[from.paragraph];
    let mut turn = Turn { parts: Vec::new(), tokens: (start, end), label: from.label };
    turn.parts.extend(words_of(tokens, from.body, end));
    // Behind the last label the reporter may take over again.
    let last = next.filter(|&next| next - from.paragraph <= LONGEST_TURN).unwrap_or(0);
    for paragraph in from.paragraph + 1..last {
        let (start, end) = tokens.paragraphs[paragraph];
        let first = &tokens.tokens[start];
        let closes = !tokens.tokens[end - 1].is_word();
        if !closes || !first.is_word() {
            break;
        }
        turn.parts.extend(words_of(tokens, start, end));
        turn.tokens.1 = end;
    }
    turn
}

fn words_of(tokens: &Tokens, start: usize, end: usize) -> Option<Span> {
    (start < end).then(|| tokens.tokens[start].span.cover(tokens.tokens[end - 1].span))
}

/// The label that begins a paragraph.
fn label_at(tokens: &Tokens, people: &People, paragraph: usize) -> Option<Labelled> {
    let (start, end) = tokens.paragraphs[paragraph];
    let all = &tokens.tokens;
    let high = end.min(start + LONGEST_LABEL);
    let first = &all[start];
    if !first.is_capital() {
        return None;
    }
    let text = first.span.of(tokens.text);
    let single = |close: usize| start + 1 == close;
    if matches!(text, "Q" | "A")
        && start + 2 < end
        && matches!(all[start + 1].form, Form::Colon | Form::Stop)
    {
        let mention = Mention { first: start, end: start + 1, kind: MentionKind::Role };
        let label = if text == "Q" { Label::Question } else { Label::Answer(mention) };
        return Some(Labelled {
            paragraph,
            body: start + 2,
            label,
            key: first.hash,
            person: false,
        });
    }
    let colon = (start + 1..high).find(|&at| all[at].form == Form::Colon)?;
    let spaced = colon + 1 < end && all[colon + 1].has(super::tokens::Facts::SPACE_BEFORE);
    if !spaced || all[colon + 1].form == Form::Mark {
        return None;
    }
    let office = (start..colon)
        .find(|&at| matches!(all[at].form, Form::Comma | Form::Open))
        .unwrap_or(colon);
    let fits = |token: &Token| match token.form {
        Form::Word => token.is_capital() || token.is(Class::PARTICLE.or(Class::PERSON_NOUN)),
        Form::Stop | Form::Hyphen => true,
        _ => false,
    };
    if !all[start..office].iter().all(fits) {
        return None;
    }
    let last = (start..office).rev().find(|&at| all[at].form == Form::Word)?;
    let small = Class::SUBORDINATOR
        .or(Class::PREPOSITION)
        .or(Class::RELATIVE)
        .or(Class::CALENDAR)
        .or(Class::WORK);
    if single(office) && first.is(small) {
        return None;
    }
    let sign = Class::FORENAME.or(Class::PERSON_NOUN);
    // A surname alone is a person's if the text gives the full name.
    let named = name_run(tokens, start, office).is_some_and(|run| {
        let person = people.find(tokens, &run, run.gender);
        person.is_some_and(|person| {
            let known = &people.persons[person];
            known.human && known.words > 1 && !known.body
        })
    });
    // "Clinton: 1,769.", "Greens: 7 seats (2001: 9)": a tally, nobody speaks.
    let count = |form| all[colon + 1..end].iter().filter(|token| token.form == form).count();
    if count(Form::Word) <= count(Form::Number) {
        return None;
    }
    let person = named || all[start..office].iter().any(|token| token.is(sign));
    let mention = Mention { first: start, end: office, kind: MentionKind::Name };
    Some(Labelled {
        paragraph,
        body: colon + 1,
        label: Label::Named(mention),
        key: all[last].hash,
        person,
    })
}

/// Who answers in an interview: the person named most often outside the turns, the first among
/// equals.
pub(super) fn interviewed(tokens: &Tokens, people: &People, turns: &[Turn]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut turn = 0;
    for name in &people.mentions {
        while turn < turns.len() && turns[turn].tokens.1 <= name.first {
            turn += 1;
        }
        let inside = turn < turns.len() && turns[turn].tokens.0 <= name.first;
        let person = &people.persons[name.person];
        if !inside && person.human && !person.body {
            *counts.entry(name.person).or_default() += 1;
        }
    }
    let most = counts.iter().max_by_key(|&(&person, &count)| (count, usize::MAX - person));
    most.map(|(&person, _)| person).or_else(|| {
        // A name in the first paragraph, if no sign tells persons from other names.
        let &(start, end) = tokens.paragraphs.first()?;
        let run: NameRun =
            (start..end).find_map(|at| name_run(tokens, at, end).filter(|run| run.words >= 2))?;
        people.find(tokens, &run, run.gender)
    })
}
