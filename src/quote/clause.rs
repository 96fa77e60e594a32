//! German clauses: the subject of a verb by the clause that the verb stands in.
//!
//! The verb stands second in a main clause and last in a subordinate one, and articles show case. So
//! the subject is looked for in three steps: where the verb's clause begins (at a comma with a
//! conjunction or a relative pronoun behind it, or where the sentence begins), which phrases in it
//! can be nominative (no preposition before, no article of another case), and which of the two
//! around the finite verb is the one that speaks. This follows the topological fields of German
//! grammar (Drach 1937): what fills the first field pushes the subject behind the verb.

use super::assemble::WINDOW;
use super::attribute::{Attribution, Attributor, Place};
use super::cue::CueAt;
use super::frames::{Frame, Item};
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Facts, Form, Token};
use crate::model::Language;

/// How a clause begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// The first field stands at this item.
    Main(usize),
    /// A whole clause fills the first field, the verb stands at this item.
    AfterClause(usize),
    /// The conjunction stands at this item.
    Subordinate(usize),
    /// The relative pronoun stands at this item.
    Relative(usize),
}

/// How many commas back a clause can begin.
const DEEPEST: usize = 6;

impl Attributor<'_, '_, '_> {
    /// The subject of a German verb of saying, or the one who acts where the verb is in the passive.
    /// The outer `None` says that the clause does not tell; the inner one that nobody is named.
    pub(super) fn german_subject(
        &self,
        verb: usize,
        low: usize,
        high: usize,
    ) -> Option<Option<Mention>> {
        if self.language != Language::German {
            return None;
        }
        // "heißt es in dem Antrag".
        if verb + 1 < high && self.is(verb + 1, Class::IMPERSONAL) {
            return None;
        }
        let mut opening = self.opening(verb, low);
        if let Opening::Subordinate(at) = opening
            && self.is(at + 1, Class::IMPERSONAL)
            && let Some(source) = self.source_in(at + 2, verb)
        {
            return Some(Some(source));
        }
        // "Als Antwort auf den Brief sagte der Sprecher": no clause, for the verb does not end it.
        if let Opening::Subordinate(at) = opening
            && at <= low + 2
            && self.goes_on_with_words(verb, high)
        {
            opening = Opening::AfterClause(verb);
        }
        let (start, subject) = match opening {
            Opening::Subordinate(at) => (at, self.nominative(at + 1, verb)),
            Opening::Relative(at) => (at, self.subject_of_relative(at, verb, low)),
            Opening::AfterClause(at) => {
                let behind = self.nominative(at + 1, self.clause_end(verb, high));
                if behind.is_none() && at == verb {
                    // "Der Verein dankt, teilt aber mit": the clause before has the subject.
                    return Some(self.german_main_subject(low, at));
                }
                (at, behind)
            }
            Opening::Main(at) => (at, self.subject_of_main(at, verb, high)),
        };
        if self.is_passive(start, verb, high) {
            let end = self.clause_end(verb, high);
            let whole = matches!(opening, Opening::Main(_) | Opening::AfterClause(_));
            let from = if whole { low } else { start };
            return Some(self.agent(start, end).or_else(|| self.source_in(from, end)));
        }
        // What stands outside a subordinate clause is not its subject.
        if matches!(opening, Opening::Subordinate(_) | Opening::Relative(_)) {
            return Some(subject);
        }
        subject.map(Some)
    }

    /// The subject of the first main clause between two items, whatever its verb.
    pub(super) fn german_main_subject(&self, low: usize, high: usize) -> Option<Mention> {
        let mut start = low;
        while start < high {
            let end = (start..high)
                .find(|&item| {
                    matches!(
                        self.form(item),
                        Some(Form::Comma | Form::Semicolon | Form::Colon | Form::Dash)
                    )
                })
                .unwrap_or(high);
            if self.opens_clause(start, low).is_none()
                && let Some(found) = self.first_field_or_behind(start, end)
            {
                return Some(found);
            }
            start = end + 1;
        }
        None
    }

    /// Who speaks in a sentence, so that the report behind it is theirs. A cue that speaks for the whole
    /// sentence ("laut Polizei", "wie der Minister erklärte") comes first, then the last verb of saying of a
    /// main clause, then a verb of thinking, then a verb in a subordinate clause.
    pub(super) fn german_speaker_of(&self, frame: Frame) -> Option<Attribution> {
        let low = frame.start.max(frame.end.saturating_sub(WINDOW));
        let mut best: Option<(u8, CueAt, Mention)> = None;
        for item in low..frame.end {
            let said = self.cue_at(item, frame.end, Class::SAY);
            let says = said.is_some();
            let judged = || self.cue_at(item, frame.end, Class::THINK.or(Class::CALL));
            let Some(cue) = said.or_else(judged) else { continue };
            if cue.tag_only && !self.is_set_apart(item, low) {
                continue;
            }
            let Some(mention) = self.subject_of(cue, low, frame.end) else { continue };
            let rank = if cue.verbless || self.is(item, Class::POSTPOSITION) {
                0
            } else if !says && !self.can_speak(mention) && !self.is_nominative(mention) {
                continue;
            } else {
                match self.opening(cue.start, low) {
                    Opening::Subordinate(at) if self.is(at, Class::EVIDENTIAL) => 0,
                    Opening::Main(_) | Opening::AfterClause(_) if says => 1,
                    Opening::Main(_) | Opening::AfterClause(_) => 2,
                    _ if says => 3,
                    _ => continue,
                }
            };
            if best.is_none_or(|(least, ..)| rank <= least) {
                best = Some((rank, cue, mention));
            }
        }
        let (_, cue, mention) = best?;
        Some(self.attribution(cue, low, mention, Place::SentenceBefore, frame.end))
    }

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
        }) && matches!(self.opening(cue, low), Opening::Relative(_))
    }

    /// The phrase in the first field, or the one behind the verb if only that can speak.
    fn first_field_or_behind(&self, start: usize, end: usize) -> Option<Mention> {
        let Some(first) = self.nominative_at(start, end) else {
            return self.nominative(start, end);
        };
        if self.is_nominative(first) || self.can_speak(first) {
            return Some(first);
        }
        let behind = self.nominative(self.end_of_phrase(start, end).max(start + 1), end);
        Some(behind.filter(|&behind| self.is_object_before(first, behind)).unwrap_or(first))
    }

    /// Whether words follow a verb that no verb-final clause has behind its verb.
    fn goes_on_with_words(&self, verb: usize, high: usize) -> bool {
        verb + 1 < high
            && self.form(verb + 1) == Some(Form::Word)
            && !self.is_finite(verb + 1, verb)
            && !self.is(verb + 1, Class::CONJUNCTION.or(Class::SUBORDINATOR))
    }

    /// Where the clause of the word at `verb` begins.
    fn opening(&self, verb: usize, low: usize) -> Opening {
        let mut start = self.after_comma_before(verb, low);
        for _ in 0..DEEPEST {
            if let Some(opened) = self.opens_clause(start, low) {
                return opened;
            }
            // A clause that goes on with its verb has its beginning before an inserted one.
            let first = (start..verb).find(|&item| !self.is(item, Class::ADVERB)).unwrap_or(verb);
            if start == low || !self.is_finite(first, verb) {
                return Opening::Main(start);
            }
            let goes_on = start;
            loop {
                let before = self.after_comma_before(start - 1, low);
                let inserted = self.opens_clause(before, low);
                // "Wie der Minister, der im Mai kam, mitteilt": the conjunction waits for its verb.
                if let Some(Opening::Subordinate(at)) = inserted
                    && !(at + 1..start).any(|item| self.is_finite(item, verb))
                {
                    return Opening::Subordinate(at);
                }
                // "Der Umsatz steigt, teilte die Firma mit": the clause before has its own verb.
                let own_verb = (before..start - 1).any(|item| self.is_finite(item, verb))
                    || self
                        .nominative_at(goes_on + 1, self.frames.items.len())
                        .is_some_and(|behind| self.is_nominative(behind));
                if before == low {
                    return match inserted {
                        None if !own_verb => Opening::Main(low),
                        _ => Opening::AfterClause(goes_on),
                    };
                }
                if inserted.is_none() && own_verb {
                    return Opening::AfterClause(goes_on);
                }
                start = before;
                if inserted.is_none() && !self.is_apposition(before) {
                    break;
                }
            }
        }
        Opening::Main(start)
    }

    /// The item behind the last comma (or colon, dash) before an item; brackets are passed over.
    fn after_comma_before(&self, item: usize, low: usize) -> usize {
        let mut at = item;
        while at > low {
            at -= 1;
            match self.form(at) {
                // "am Donnerstag, den 7. Mai, …": the date belongs to the clause.
                Some(Form::Comma)
                    if self.is(at + 1, Class::OBLIQUE)
                        && self.form(at + 2) == Some(Form::Number) => {}
                Some(Form::Comma | Form::Semicolon | Form::Colon | Form::Dash) => return at + 1,
                Some(Form::Close) => {
                    let opened =
                        (low..at).rev().take(24).find(|&at| self.form(at) == Some(Form::Open));
                    at = opened.unwrap_or(at);
                }
                _ => {}
            }
        }
        low
    }

    /// The conjunction or relative pronoun that opens a clause at an item.
    fn opens_clause(&self, start: usize, low: usize) -> Option<Opening> {
        let mut at = start;
        while self.is(at, Class::CONJUNCTION.or(Class::ADVERB)) && at < start + 2 {
            at += 1;
        }
        if self.is(at, Class::SUBORDINATOR) {
            return Some(Opening::Subordinate(at));
        }
        let behind_preposition = self.is(at, Class::PREPOSITION);
        if behind_preposition {
            at += 1;
        }
        let pronoun = self.is(at, Class::RELATIVE)
            || self.is(at, Class::OBLIQUE) && self.is(at, Class::DETERMINER);
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

    /// Words between commas without a verb: "der Sprecher des Ministeriums".
    fn is_apposition(&self, start: usize) -> bool {
        self.frames.phrase(start, (start + 12).min(self.frames.items.len())).is_some_and(
            |mention| {
                (start..self.frames.items.len().min(start + 24))
                    .find(|&item| {
                        matches!(self.frames.items[item], Item::Token(token) if token >= mention.end)
                    })
                    .is_some_and(|next| {
                        matches!(self.form(next), Some(Form::Comma | Form::Open))
                    })
            },
        )
    }

    /// A verb form that can stand in second place; the verb of saying counts itself.
    fn is_finite(&self, item: usize, verb: usize) -> bool {
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

    fn clause_end(&self, verb: usize, high: usize) -> usize {
        (verb + 1..high)
            .find(|&item| {
                matches!(self.form(item), Some(Form::Comma | Form::Colon | Form::Semicolon))
            })
            .unwrap_or(high)
    }

    /// The subject of a main clause whose first field begins at `start`.
    fn subject_of_main(&self, start: usize, verb: usize, high: usize) -> Option<Mention> {
        // "… und der Minister rief": a second clause with a subject of its own.
        let second = (start + 1..verb).rev().find(|&item| {
            self.is(item, Class::CONJUNCTION)
                && (start..item).any(|before| self.is_finite(before, verb))
        });
        if let Some(conjunction) = second
            && let Some(subject) = self.nominative_at(conjunction + 1, verb)
            && (self.is_nominative(subject) || self.is_person(subject))
            && self.end_of_phrase(conjunction + 1, verb) + 2 >= verb
        {
            return Some(subject);
        }
        // "… und nannte": the subject stands in the clause before.
        if verb > start + 1 && self.is(verb - 1, Class::CONJUNCTION) {
            return self.german_main_subject(start, verb - 1);
        }
        let finite = (start..=verb).find(|&item| self.is_finite(item, verb))?;
        let first = (finite > start).then(|| self.nominative_at(start, finite)).flatten();
        let end = if finite < verb { verb } else { self.clause_end(verb, high) };
        let behind = self.nominative(finite + 1, end);
        match (first, behind) {
            (Some(first), Some(behind)) => {
                Some(if self.is_object_before(first, behind) { behind } else { first })
            }
            (first, behind) => first.or(behind),
        }
    }

    /// "Jede Mitschuld wies der Minister von sich": only the second phrase can speak.
    fn is_object_before(&self, first: Mention, behind: Mention) -> bool {
        !self.is_nominative(first)
            && !self.can_speak(first)
            && (self.is_nominative(behind) || self.is_person(behind) || self.is_surname(behind))
    }

    /// The subject of a relative clause: the pronoun stands for its antecedent, unless it is an
    /// object and another phrase follows.
    fn subject_of_relative(&self, pronoun: usize, verb: usize, low: usize) -> Option<Mention> {
        let oblique = self.is(pronoun, Class::OBLIQUE)
            || pronoun > low && self.is(pronoun - 1, Class::PREPOSITION);
        let inside = || self.nominative(pronoun + 1, verb);
        if oblique {
            return inside();
        }
        // "der" is nominative; "die" and "das" can be objects.
        if !self.is(pronoun, Class::GENITIVE)
            && let Some(next) = self.nominative_at(pronoun + 1, verb)
            && self.is_nominative(next)
        {
            return Some(next);
        }
        let comma = (low..pronoun).rev().find(|&item| self.form(item) != Some(Form::Word))?;
        self.antecedent_before(comma, low, self.is(pronoun, Class::GENITIVE))
    }

    /// The phrase before the comma of a relative clause (or before "zufolge"). An attribute in the
    /// genitive is the antecedent itself if only its gender fits a masculine pronoun: "die Aussage
    /// eines Jungen, der", but "der Leiter der Behörde, der".
    pub(super) fn antecedent_before(
        &self,
        comma: usize,
        low: usize,
        masculine: bool,
    ) -> Option<Mention> {
        let mut start = comma;
        while start > low && comma - start < 16 {
            let before = start - 1;
            let Some(token) = self.frames.token(before) else { break };
            if token.form == Form::Close {
                let opened =
                    (low..before).rev().take(8).find(|&at| self.form(at) == Some(Form::Open));
                let Some(opened) = opened else { break };
                start = opened;
                continue;
            }
            if token.form == Form::Hyphen || token.is_capital() && !token.is(Class::PREPOSITION) {
                start = before;
                continue;
            }
            if token.is(Class::DETERMINER) {
                start = before;
                let attribute = before > low
                    && token.is(Class::GENITIVE.or(Class::OBLIQUE))
                    && self.frames.token(before - 1).is_some_and(Token::is_capital);
                let fits = masculine && token.is(Class::OBLIQUE);
                if !attribute || fits {
                    break;
                }
                continue;
            }
            if token.is(Class::PREPOSITION.or(Class::GENITIVE)) {
                break;
            }
            // An adjective stands between its article and its noun.
            let article = (low.max(before.saturating_sub(3))..before)
                .any(|item| self.is(item, Class::DETERMINER));
            if !article || token.form != Form::Word {
                break;
            }
            start = before;
        }
        self.frames.phrase(start, comma)
    }

    /// The first phrase in a range that can be nominative.
    fn nominative(&self, start: usize, end: usize) -> Option<Mention> {
        let mut item = start;
        while item < end {
            if matches!(self.form(item), Some(Form::Comma | Form::Colon)) {
                return None;
            }
            if self.is(item, Class::PREPOSITION) && item + 1 < end {
                // "am darauffolgenden Tag": adjectives without an article.
                let noun = (item + 1..end.min(item + 4))
                    .find(|&at| {
                        self.frames.token(at).is_none_or(|token| {
                            token.form != Form::Word
                                || token.is_capital()
                                || token.class != Class::default()
                        })
                    })
                    .unwrap_or(item + 1);
                item = self.end_of_phrase(noun, end).max(item + 1);
                continue;
            }
            if let Some(found) = self.nominative_at(item, end) {
                return Some(found);
            }
            let determined = self.is(item, Class::DETERMINER.or(Class::OBLIQUE));
            item = if determined { self.end_of_phrase(item, end) } else { item + 1 }.max(item + 1);
        }
        None
    }

    /// One past the phrase that begins at an item.
    fn end_of_phrase(&self, start: usize, end: usize) -> usize {
        let Some(phrase) = self.frames.phrase(start, end) else { return start };
        (start..end)
            .find(|&item| matches!(self.frames.items[item], Item::Token(token) if token >= phrase.end))
            .unwrap_or(end)
    }

    /// The phrase at an item, if it can be nominative and is more than filling.
    fn nominative_at(&self, mut item: usize, end: usize) -> Option<Mention> {
        // "Auch der Minister", "und der Minister".
        while item < end
            && self.is(item, Class::ADVERB.or(Class::CONJUNCTION))
            && !self.is(item, Class::PRONOUN.or(Class::DETERMINER))
        {
            item += 1;
        }
        // "Relativierend fügt Smith hinzu".
        if item + 1 < self.frames.items.len()
            && self.is_german_adverb(item)
            && !self.is(item, Class::PERSON_NOUN)
            && !self.is(item, Class::DETERMINER)
            && self.frames.token(item + 1).is_some_and(|next| !next.is_capital())
        {
            return None;
        }
        if item >= end
            || self.is(item, Class::OBLIQUE.or(Class::IMPERSONAL).or(Class::SUBORDINATOR))
            || self.is(item, Class::PREPOSITION)
        {
            return None;
        }
        let mention = self.frames.phrase(item, end)?;
        let tokens = &self.frames.tokens.tokens;
        let counted = tokens[mention.first].form == Form::Number;
        let person = tokens[mention.first..mention.end]
            .iter()
            .any(|token| token.is(Class::PERSON_NOUN.or(Class::ANONYMOUS)));
        (!counted || person).then_some(mention)
    }

    /// "der Sprecher", "er": cannot be an object.
    fn is_nominative(&self, mention: Mention) -> bool {
        let head = &self.frames.tokens.tokens[mention.first];
        head.is(Class::HE.or(Class::FIRST)) && !head.is(Class::DETERMINER)
            || head.is(Class::RELATIVE) && head.is(Class::DETERMINER) && head.is(Class::GENITIVE)
    }

    /// A person or a body, by its name or noun.
    pub(super) fn can_speak(&self, mention: Mention) -> bool {
        let tokens = &self.frames.tokens.tokens;
        let head = &tokens[mention.first];
        let named = head.is_capital() && !head.is(Class::DETERMINER);
        let words = tokens[mention.first..mention.end].iter().filter(|token| token.is_capital());
        // "Einige der Abgeordneten".
        let partitive = head.is(Class::OTHER_SUBJECT)
            && mention.end > mention.first + 1
            && tokens[mention.first + 1].is(Class::GENITIVE);
        mention.kind == MentionKind::Pronoun
            || partitive
            || self.is_person(mention)
            || named && (words.count() > 1 || !self.ends_like_noun(mention.first))
    }

    /// A noun for a person or a body, or a forename, is in it, attributes left out: "die Arbeit der
    /// Kommission" is neither.
    pub(super) fn is_person(&self, mention: Mention) -> bool {
        let tokens = &self.frames.tokens.tokens[mention.first..mention.end];
        let attribute = (2..tokens.len())
            .find(|&at| tokens[at].is(Class::GENITIVE) && tokens[at - 1].is_capital())
            .unwrap_or(tokens.len());
        tokens[..attribute].iter().any(|token| {
            token.has(Facts::ALL_CAPITALS)
                || token.is(Class::PERSON_NOUN
                    .or(Class::ANONYMOUS)
                    .or(Class::FORENAME)
                    .or(Class::ORGANISATION))
        })
    }

    /// Nouns for things end like this more often than surnames do.
    fn ends_like_noun(&self, token: usize) -> bool {
        let word = self.frames.tokens.tokens[token].span.of(self.frames.tokens.text);
        ["e", "en", "ung", "heit", "keit", "tion", "ät", "nis", "tum"]
            .iter()
            .any(|ending| word.ends_with(ending))
    }

    /// One unknown capital word right behind the verb that does not end like a noun.
    fn is_surname(&self, mention: Mention) -> bool {
        let tokens = &self.frames.tokens.tokens;
        mention.end == mention.first + 1
            && tokens[mention.first].is_capital()
            && mention.first > 0
            && tokens[mention.first - 1].form == Form::Word
            && !tokens[mention.first - 1].is_capital()
            && !tokens[mention.first - 1].is(Class::DETERMINER.or(Class::PREPOSITION))
            && !self.ends_like_noun(mention.first)
    }

    /// "wurde … genannt": a form of "werden" with a participle.
    fn is_passive(&self, start: usize, verb: usize, high: usize) -> bool {
        let Some(token) = self.frames.token(verb) else { return false };
        let word = token.span.of(self.frames.tokens.text);
        let participle = word.ends_with('t') || word.contains("ge") && word.ends_with("en");
        let near = self.after_comma_before(verb, start).max(verb.saturating_sub(24));
        let behind = (verb + 1..high.min(verb + 3))
            .take_while(|&item| self.form(item) == Some(Form::Word))
            .any(|item| self.is(item, Class::PASSIVE));
        participle
            && !token.is(Class::QUOTING)
            && ((near..verb).any(|item| self.is(item, Class::PASSIVE)) || behind)
    }

    /// The text that speaks where nobody is named: "in einer Mitteilung des Vereins".
    fn source_in(&self, start: usize, end: usize) -> Option<Mention> {
        (start..end)
            .filter(|&item| self.is(item, Class::PREPOSITION))
            .filter_map(|item| self.frames.phrase(item + 1, end))
            .find(|mention| {
                self.frames.tokens.tokens[mention.first..mention.end]
                    .iter()
                    .any(|token| token.is(Class::SAYING.or(Class::SOURCE)))
            })
    }

    /// Who acts in a passive clause: "von der Opposition".
    fn agent(&self, start: usize, end: usize) -> Option<Mention> {
        (start..end).filter(|&item| self.is(item, Class::AGENT)).find_map(|item| {
            self.frames.phrase(item + 1, end).filter(|mention| self.can_speak(*mention))
        })
    }
}
