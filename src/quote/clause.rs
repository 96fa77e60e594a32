//! German clauses: where the clause of a word begins, and how.
//!
//! The verb stands second in a main clause and last in a subordinate one, and commas part them. This
//! follows the topological fields of German grammar (Drach 1937): what fills the first field pushes
//! the subject behind the verb ([`super::subject`]).

use super::assemble::WINDOW;
use super::attribute::{Attributor, FARTHEST_VERB};
use super::frames::Item;
use super::lexicon::Class;
use super::tokens::Form;
use crate::model::Language;

/// How a clause begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// The first field stands at this item.
    Main(usize),
    /// A whole clause fills the first field, the verb stands at this item.
    AfterClause(usize),
    /// The conjunction stands at this item.
    Subordinate(usize),
    /// The relative pronoun stands at this item.
    Relative(usize),
}

/// How many items the words behind a noun that describe it with a preposition may have.
const LONGEST_ATTRIBUTE: usize = 8;

/// How many commas back a clause can begin.
const DEEPEST: usize = 6;

impl Attributor<'_, '_, '_> {
    /// Whether a cue stands in a relative clause that ends before the quotation: "…, zu der Vereine
    /// aufgerufen hatten, …". It does not report what follows the clause.
    pub(super) fn is_in_closed_clause(&self, cue: usize, low: usize, high: usize) -> bool {
        if self.language != Language::German {
            return false;
        }
        let after =
            (cue + 1..(high + 1).min(cue + 4)).find(|&item| !self.is_finite(item, usize::MAX));
        after.is_some_and(|after| {
            self.form(after) == Some(Form::Comma)
                && (after + 1 >= high || !self.is(after + 1, Class::SUBORDINATOR))
                // "die davon ausgeht, der Verein solle …": the report goes on.
                && !(after + 1..self.clause_end(after, high)).any(|item| self.is(item, Class::REPORTED))
        }) && match self.opening(cue, low) {
            // "ein Hacker, der behauptet, „…“": the one who claims it is the subject.
            Opening::Relative(at) => {
                after.is_some_and(|after| after + 1 < high)
                    || self.is(at, Class::OBLIQUE)
                    || self.is(at - 1, Class::PREPOSITION)
            }
            _ => false,
        }
    }

    /// Whether words follow a verb that no verb-final clause has behind its verb.
    pub(super) fn goes_on_with_words(&self, verb: usize, high: usize) -> bool {
        verb + 1 < high
            && self.form(verb + 1) == Some(Form::Word)
            && !self.is_finite(verb + 1, verb)
            && !self.is(verb + 1, Class::CONJUNCTION.or(Class::SUBORDINATOR))
    }

    /// Where the clause of the word at `verb` begins.
    pub(super) fn opening(&self, verb: usize, low: usize) -> Opening {
        let mut start = self.after_comma_before(verb, low);
        // "… und dass die Minderheit behauptet": no comma stands before the second clause.
        if let Some(at) = (start + 1..verb)
            .rev()
            .find(|&at| self.is(at, Class::THAT) && self.is(at - 1, Class::CONJUNCTION))
        {
            return Opening::Subordinate(at);
        }
        for _ in 0..DEEPEST {
            if let Some(opened) = self.opens_clause(start, low) {
                return opened;
            }
            // A clause that goes on with its verb has its beginning before an inserted one.
            let first = (start..verb).find(|&item| !self.is(item, Class::ADVERB)).unwrap_or(verb);
            if self.is_relative_with_noun(start, verb, low) {
                return Opening::Relative(start + 1);
            }
            if start == low || !self.is_finite(first, verb) {
                return self.waiting_opening(start, verb, low).unwrap_or(Opening::Main(start));
            }
            let goes_on = start;
            loop {
                let before = self.after_comma_before(start - 1, low);
                let inserted = self.opens_clause(before, low);
                // "Wie der Minister, der im Mai kam, mitteilt": the conjunction waits for its verb.
                if let Some(Opening::Subordinate(at)) = inserted
                    && !(at + 1..start).any(|item| self.is_finite(item, verb))
                    && !self.ends_with_unknown_verb(start - 1, at)
                {
                    return Opening::Subordinate(at);
                }
                // "Der Umsatz steigt, teilte die Firma mit": the clause before has its own verb.
                let own_verb = (before..start - 1).any(|item| self.is_finite(item, verb))
                    || self
                        .nominative_at(goes_on + 1, self.frames.items.len())
                        .is_some_and(|behind| self.is_nominative(behind))
                    || self.ends_with_unknown_verb(start - 1, before);
                if before == low && (inserted.is_some() || !own_verb) {
                    return match inserted {
                        None => Opening::Main(low),
                        Some(_) => Opening::AfterClause(goes_on),
                    };
                }
                if inserted.is_none() && own_verb {
                    // "Der Kanzler schwieg, der Sprecher des Senats, Uwe Krohn, sagte …": the subject stands in
                    // what has been passed.
                    let passed = self.nominative_at(start, goes_on);
                    let high = self.frames.items.len().min(goes_on + FARTHEST_VERB);
                    let subject_behind =
                        self.nominative(goes_on + 1, self.clause_end(goes_on, high));
                    // "Im Mai hatte Jens Krohn, der Leiter des Amtes, gefordert": no new clause.
                    if start < goes_on
                        && subject_behind.is_none()
                        && self.waits_for_participle(before, start - 1, verb)
                    {
                        return Opening::Main(before);
                    }
                    return if start < goes_on
                        && (subject_behind.is_none_or(|behind| !self.can_speak(behind))
                            || passed.is_some_and(|first| self.is_nominative(first)))
                    {
                        Opening::Main(start)
                    } else {
                        Opening::AfterClause(goes_on)
                    };
                }
                start = before;
                if inserted.is_none() && !self.is_apposition(before) {
                    break;
                }
            }
        }
        Opening::Main(start)
    }

    /// "…, in der Minister Smith von „…“ sprach": behind a comma a preposition and its pronoun open a relative clause
    /// though a noun follows, if the verb ends the clause and nobody else is its subject.
    fn is_relative_with_noun(&self, start: usize, verb: usize, low: usize) -> bool {
        start > low
            && self.is(start, Class::PREPOSITION)
            && start + 2 < verb
            && self.is(start + 1, Class::RELATIVE)
            && self.is(start + 2, Class::PERSON_NOUN)
            && (verb + 1 >= self.frames.items.len() || self.form(verb + 1) != Some(Form::Word))
            && self.nominative(start, verb).is_none()
    }

    /// "Wie der Minister, der im Mai kam, am Dienstag erklärte, …": a verb that ends its clause, with no
    /// finite verb since the comma, answers a conjunction or an auxiliary before what is inserted.
    fn waiting_opening(&self, start: usize, verb: usize, low: usize) -> Option<Opening> {
        let ends = self.frames.items.get(verb + 1).is_none_or(|_| {
            self.form(verb + 1) != Some(Form::Word) || self.is_finite(verb + 1, verb)
        });
        if start == low || !ends || (start..verb).any(|item| self.is_finite(item, verb)) {
            return None;
        }
        let mut before = start;
        for _ in 0..DEEPEST {
            if before == low {
                break;
            }
            let comma = before - 1;
            before = self.after_comma_before(comma, low);
            match self.opens_clause(before, low) {
                Some(Opening::Subordinate(at)) => {
                    let waits = !(at + 1..comma).any(|item| self.is_finite(item, verb));
                    return waits.then_some(Opening::Subordinate(at));
                }
                Some(_) => {}
                None if self.is_apposition(before) => {}
                // "Der Minister hat, …, am Montag angekündigt": the main clause waits for its participle.
                None => {
                    let auxiliary = Class::AUXILIARY.or(Class::MODAL);
                    let waits = (before..comma).any(|item| self.is(item, auxiliary))
                        && !(before..comma).any(|item| self.is(item, Class::SUBORDINATOR));
                    return waits.then_some(Opening::Main(before));
                }
            }
        }
        None
    }

    /// Whether the only finite verb between two items leaves its other part to come: "hat Jens Krohn, …,
    /// gefordert", "ließ Jens Krohn, …, mitteilen", "gab Jens Krohn, …, bekannt".
    pub(super) fn waits_for_participle(&self, start: usize, end: usize, verb: usize) -> bool {
        let mut finite = (start..end).filter(|&item| self.is_finite(item, verb));
        let opened = Class::AUXILIARY.or(Class::MODAL).or(Class::SEPARABLE);
        let waits = finite.next().is_some_and(|item| self.is(item, opened));
        let part = self
            .frames
            .token(verb)
            .is_some_and(|token| token.span.of(self.frames.tokens.text).ends_with(['t', 'n']));
        part && waits && finite.next().is_none()
    }

    /// The item behind the last comma (or colon, dash) before an item, as far as a sentence of print reaches;
    /// brackets are passed over.
    pub(super) fn after_comma_before(&self, item: usize, low: usize) -> usize {
        let low = low.max(item.saturating_sub(WINDOW)).min(item);
        let mut at = item;
        while at > low {
            at -= 1;
            if let Some(opened) = self.insertion_before(at, low) {
                at = opened;
                continue;
            }
            match self.form(at) {
                // "am Donnerstag, den 7. Mai": the date belongs to the clause.
                Some(Form::Comma)
                    if self.is(at + 1, Class::OBLIQUE)
                        && self.form(at + 2) == Some(Form::Number) => {}
                Some(Form::Comma | Form::Semicolon | Form::Colon | Form::Dash) => return at + 1,
                _ => {}
            }
        }
        low
    }

    /// The conjunction or relative pronoun that opens a clause at an item.
    pub(super) fn opens_clause(&self, start: usize, low: usize) -> Option<Opening> {
        if self.compares(start) {
            return None;
        }
        let mut at = start;
        while self.is(at, Class::CONJUNCTION.or(Class::ADVERB)) && at < start + 2 {
            at += 1;
        }
        // "Seit Jahren kämpft …", "Seit dem Unfall …": before a time or a dative it is a preposition.
        let preposition = self.is(at, Class::PREPOSITION)
            && at + 1 < self.frames.items.len()
            && (self.is(at + 1, Class::CALENDAR.or(Class::OBLIQUE))
                || self.form(at + 1) == Some(Form::Number));
        // "Damit brachte der Trainer …": before a verb it is an adverb.
        let verb_follows = self.is_finite(at + 1, usize::MAX);
        let adverb = at == low && verb_follows && !self.is(at, Class::THAT.or(Class::EVIDENTIAL));
        if self.is(at, Class::SUBORDINATOR) && !preposition && !adverb {
            return Some(Opening::Subordinate(at));
        }
        // "Was der Gutachter „…“ nannte, …": a clause in place of a noun.
        if at == low
            && self.is(at, Class::RELATIVE)
            && !self.is(at, Class::DETERMINER.or(Class::OWNER).or(Class::OBLIQUE))
            && !verb_follows
        {
            return Some(Opening::Subordinate(at));
        }
        let behind_preposition = self.is(at, Class::PREPOSITION);
        if behind_preposition {
            at += 1;
        }
        // "…, in der Nacht": an article before a time.
        let time = behind_preposition && self.is(at + 1, Class::CALENDAR);
        let pronoun = (self.is(at, Class::RELATIVE)
            || self.is(at, Class::OBLIQUE) && self.is(at, Class::DETERMINER))
            && !time;
        // "Smith, der Sprecher": an article stands before its noun, a pronoun before other phrases.
        let followed = at + 1 < self.frames.items.len()
            && (self.is_quotation(at + 1)
                || self.is(
                    at + 1,
                    Class::DETERMINER
                        .or(Class::PREPOSITION)
                        .or(Class::PRONOUN)
                        .or(Class::ADVERB)
                        .or(Class::NEGATION),
                ));
        let bare = self.form(at) == Some(Form::Word) && !self.is(at, Class::DETERMINER)
            || pronoun && self.frames.phrase(at, self.frames.items.len()).is_none();
        // "…, das teilte der Verein mit": a demonstrative, for the verb stands second.
        let second = pronoun
            && !behind_preposition
            && at + 2 < self.frames.items.len()
            && self.is_finite(at + 1, usize::MAX)
            && self.nominative_at(at + 2, (at + 8).min(self.frames.items.len())).is_some();
        (pronoun && start > low && !second && (followed || bare)).then_some(Opening::Relative(at))
    }

    /// "Der Verein „Anker“ jubelte, …": a small unknown word right before a comma is a verb more often than
    /// anything else.
    fn ends_with_unknown_verb(&self, comma: usize, low: usize) -> bool {
        comma > low + 1 && self.is_unknown_word(comma - 1)
    }

    /// Words between commas without a verb: "der Sprecher des Ministeriums".
    pub(super) fn is_apposition(&self, start: usize) -> bool {
        self.frames.phrase(start, (start + 12).min(self.frames.items.len())).is_some_and(
            |mention| {
                (start..self.frames.items.len().min(start + 24))
                    .find(|&item| {
                        matches!(self.frames.items[item], Item::Token(token) if token >= mention.end)
                    })
                    .is_some_and(|next| {
                        // "eine Rentnerin von 82 Jahren", "ein Lotse aus Lowmoor".
                        let end = if self.is(next, Class::PREPOSITION.or(Class::AGENT).or(Class::CALENDAR)) {
                            self.segment_end(next, self.frames.items.len().min(next + LONGEST_ATTRIBUTE))
                        } else {
                            next
                        };
                        !self.can_have_verb(next, end)
                            && matches!(self.form(end), Some(Form::Comma | Form::Open))
                    })
            },
        )
    }

    /// "…, die Aktionäre zu beruhigen", "…, Klage einzureichen": the clause has no subject of its own.
    pub(super) fn is_infinitive_with_zu(&self, verb: usize) -> bool {
        let text = self.frames.tokens.text;
        let word = |item: usize| self.frames.token(item).map_or("", |token| token.span.of(text));
        let ends = word(verb).ends_with('n');
        let inside = word(verb).find("zu").is_some_and(|at| at > 1);
        // "verschleppt zu haben".
        let perfect = verb + 2 < self.frames.items.len()
            && word(verb + 1) == "zu"
            && self.is(verb + 2, Class::AUXILIARY);
        ends && (inside || verb > 0 && word(verb - 1) == "zu") || perfect
    }

    /// A verb form that can stand in second place; the verb of saying counts itself.
    pub(super) fn is_finite(&self, item: usize, verb: usize) -> bool {
        let finite = Class::AUXILIARY
            .or(Class::MODAL)
            .or(Class::SAY)
            .or(Class::THINK)
            .or(Class::CALL)
            .or(Class::REPORTED)
            .or(Class::SEPARABLE);
        item == verb
            || self.frames.token(item).is_some_and(|token| token.is(finite) && !token.is_capital())
    }

    /// Whether some item of a stretch is a finite verb, or can be one that the lexicon does not have.
    pub(super) fn can_have_verb(&self, low: usize, high: usize) -> bool {
        (low..high).any(|item| {
            self.is_finite(item, usize::MAX)
                || self.is_unknown_word(item) && !self.is_inside_phrase(item, low, high)
        })
    }

    /// "die umweltpolitische Sprecherin": unknown words between an article and its noun.
    fn is_inside_phrase(&self, item: usize, low: usize, high: usize) -> bool {
        const MOST: usize = 4;
        let unknown = |at: &usize| self.is_unknown_word(*at);
        let before = (low..item).rev().take(MOST).find(|at| !unknown(at));
        let behind = (item + 1..high).take(MOST).find(|at| !unknown(at));
        let noun = |at: usize| {
            self.frames
                .token(at)
                .is_some_and(|token| token.is_capital() && token.form == Form::Word)
        };
        before.is_some_and(|at| self.is(at, Class::DETERMINER)) && behind.is_some_and(noun)
    }

    /// The mark behind a verb that ends its clause.
    pub(super) fn clause_end(&self, verb: usize, high: usize) -> usize {
        self.next_mark(verb + 1, high, |form| {
            matches!(form, Form::Comma | Form::Colon | Form::Semicolon)
        })
    }

    /// The next mark that parts clauses, dashes among them.
    pub(super) fn segment_end(&self, start: usize, high: usize) -> usize {
        self.next_mark(start, high, |form| {
            matches!(form, Form::Comma | Form::Colon | Form::Semicolon | Form::Dash)
        })
    }

    /// The first mark of some forms from an item on; insertions are passed over.
    fn next_mark(&self, start: usize, high: usize, parts: impl Fn(Form) -> bool) -> usize {
        let mut item = start;
        while item < high {
            if let Some(past) = self.past_insertion(item, high) {
                item = past;
            } else if self.form(item).is_some_and(&parts) {
                return item;
            } else {
                item += 1;
            }
        }
        high
    }
}
