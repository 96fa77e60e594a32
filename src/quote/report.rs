//! German reports: whose words a sentence gives, so that the sentences behind it in the reported mood
//! are theirs too.

use super::assemble::WINDOW;
use super::attribute::{Attribution, Attributor, Place};
use super::clause::Opening;
use super::cue::CueAt;
use super::frames::Frame;
use super::lexicon::Class;
use super::mention::Mention;
use super::tokens::Form;
use crate::model::Language;

/// The rank of a verb of saying in a subordinate clause.
const IN_SUBORDINATE: u8 = 3;

impl Attributor<'_, '_, '_> {
    /// Who speaks in a sentence, so that the report behind it is theirs. A cue that speaks for the whole
    /// sentence ("laut Polizei", "wie der Minister erklärte") comes first, then the last verb of saying of a
    /// main clause, then a verb of thinking, then a verb in a subordinate clause.
    pub(super) fn german_speaker_of(&self, frame: Frame) -> Option<Attribution> {
        let (rank, found) = self.ranked_speaker_of(frame)?;
        // "Als ihn Reporter fragten, wurde der Minister laut.": the main clause names who speaks next.
        let low = frame.start.max(frame.end.saturating_sub(WINDOW));
        let subordinate = rank == IN_SUBORDINATE && self.opens_clause(low, low).is_some();
        let main = subordinate.then(|| self.main_subject(low, frame.end)).flatten();
        let main = main.filter(|&main| self.is_person(main) && found.mention != Some(main));
        Some(
            main.map_or(found, |main| {
                Attribution::without_cue(main, Place::SentenceBefore, frame.end)
            }),
        )
    }

    /// The speaker of a sentence with a verb of saying in its main clause, or a source for all of it.
    pub(super) fn says_plainly(&self, frame: Frame) -> Option<Attribution> {
        self.ranked_speaker_of(frame).filter(|&(rank, _)| rank <= 1).map(|(_, found)| found)
    }

    /// The speaker of a sentence with the rank of the cue.
    fn ranked_speaker_of(&self, frame: Frame) -> Option<(u8, Attribution)> {
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
            let rank = if cue.verbless && self.says_beside(item, low, frame.end).is_some() {
                continue;
            } else if cue.verbless || self.is(item, Class::POSTPOSITION) {
                0
            } else if !says && !self.can_speak(mention) && !self.is_nominative(mention) {
                continue;
            } else {
                match self.opening(cue.start, low) {
                    // "Der Minister sagte, der Verband habe gefordert": the one who tells it comes first.
                    _ if self.is_told(cue, low, frame.end) => 4,
                    Opening::Subordinate(at) if self.is(at, Class::EVIDENTIAL) => 0,
                    Opening::Main(_) | Opening::AfterClause(_) if says => 1,
                    Opening::Main(_) | Opening::AfterClause(_) => 2,
                    _ if says => IN_SUBORDINATE,
                    _ => continue,
                }
            };
            if best.is_none_or(|(least, ..)| rank <= least) {
                best = Some((rank, cue, mention));
            }
        }
        let (rank, cue, mention) = best?;
        Some((rank, self.attribution(cue, low, mention, Place::SentenceBefore, frame.end)))
    }

    /// "Der Anwalt ist sich sicher, das Gericht werde …": whatever the verb of the first clause is, its subject
    /// says what follows in the reported mood or behind the conjunction.
    pub(super) fn leading_speaker(&self, low: usize, high: usize) -> Option<Mention> {
        if self.language != Language::German {
            return None;
        }
        let comma = self.end_of_first_clause(low, high);
        let reported = |item| self.is_reported_verb(item);
        if comma + 1 >= high
            || !matches!(self.form(comma), Some(Form::Comma | Form::Colon))
            || (low..comma).any(reported)
            || !self.can_have_verb(low, comma)
            || matches!(self.opens_clause(comma + 1, low), Some(Opening::Relative(_)))
        {
            return None;
        }
        let subject = match self.opens_clause(low, low) {
            None if self.is(comma + 1, Class::THAT) || (comma + 1..high).any(reported) => {
                self.first_field_or_behind(low, comma)
            }
            // "Wie der Minister in Hannover grollte, …".
            Some(Opening::Subordinate(at))
                if self.is(at, Class::EVIDENTIAL) && self.is_unknown_word(comma - 1) =>
            {
                self.nominative(at + 1, comma)
            }
            _ => None,
        }?;
        let speaks = self.is_person(subject)
            || self.is_nominative(subject)
            || self.is_bare_name(subject)
            || !self.has_article(subject)
                && self.people.is_surname(self.frames.tokens.tokens[subject.end - 1].hash);
        (speaks && !self.is_said(subject)).then_some(subject)
    }

    /// The mark behind the first clause, appositions of its subject passed over: "Der Anwalt, ein Sohn des
    /// Gründers, ist sich sicher, …".
    fn end_of_first_clause(&self, low: usize, high: usize) -> usize {
        let comma = self.segment_end(low, high);
        let closing = self.segment_end(comma + 1, high);
        let goes_on = closing + 1 < high && self.can_have_verb(closing + 1, closing + 2);
        if !self.can_have_verb(low, comma) && goes_on && self.is_apposition(comma + 1) {
            self.segment_end(closing + 1, high)
        } else {
            comma
        }
    }

    /// "In dem Bericht steht, dass …", "Aus dem Papier wird deutlich, dass …": the text in a main clause with a
    /// clause of its own behind it.
    pub(super) fn text_that_says(&self, low: usize, high: usize) -> Option<Mention> {
        let comma = self.clause_end(low, high);
        let that = comma + 1 < high && self.is(comma + 1, Class::THAT);
        if !that || !self.is(low, Class::PREPOSITION) {
            return None;
        }
        self.source_in(low, comma).or_else(|| self.text_that_stands(low, comma))
    }

    /// "In Paragraf 4 steht", "An der Wand war zu lesen": the words stand in what the sentence begins with,
    /// whatever it is.
    pub(super) fn text_that_stands(&self, low: usize, end: usize) -> Option<Mention> {
        let last = end.checked_sub(1).filter(|&last| last > low)?;
        if let Some(text) = self.text_around(low, end) {
            return Some(text);
        }
        if !self.stands(last) {
            return None;
        }
        match self.opening(last, low) {
            // "ein Plakat, auf dem stand".
            Opening::Relative(at) if self.is(at - 1, Class::PREPOSITION) => {
                self.antecedent_before(at.checked_sub(2)?, low, false)
            }
            Opening::Main(at) | Opening::AfterClause(at)
                if at == low || self.form(last - 1) == Some(Form::Comma) =>
            {
                let leads = self.is(low, Class::PREPOSITION);
                leads.then(|| self.frames.phrase(low + 1, last)).flatten()
            }
            _ => None,
        }
    }

    /// "Auf dem Schild steht in großen Buchstaben", "Noch steht im Vertrag der Satz": the text in a clause of one
    /// verb, where its subject is only what can be read.
    fn text_around(&self, low: usize, end: usize) -> Option<Mention> {
        let verb = (low..end - 1).find(|&item| self.stands(item))?;
        let subject = self.nominative(low, end);
        let read = subject.is_none_or(|subject| {
            self.is_said(subject) || self.is(low, Class::PREPOSITION) && !self.is_person(subject)
        });
        let at = if self.is(low, Class::PREPOSITION) {
            low
        } else {
            (verb + 1..end - 1).find(|&item| {
                self.is(item, Class::PREPOSITION) && !self.is(item + 1, Class::CALENDAR)
            })?
        };
        let whole = self.clause_end(low, end) == end;
        (read && whole).then(|| self.frames.phrase(at + 1, end)).flatten()
    }

    /// "steht", "lautet": a verb whose subject is what can be read, and no verb of saying.
    fn stands(&self, item: usize) -> bool {
        self.is(item, Class::QUOTES_TEXT) && !self.is(item, Class::SAY)
    }

    /// "Im Bericht ist von „…“ die Rede", "den Vertrag, in dem von „…“ die Rede ist": the text.
    pub(super) fn text_that_speaks_of(
        &self,
        quote: usize,
        low: usize,
        end: usize,
    ) -> Option<Attribution> {
        let word = |item: usize| {
            self.frames.token(item).map(|token| token.span.of(self.frames.tokens.text))
        };
        let speaks = self.language == Language::German
            && quote + 2 < end
            && word(quote + 1) == Some("die")
            && word(quote + 2) == Some("Rede");
        if !speaks {
            return None;
        }
        let text = match self.opening(quote, low) {
            Opening::Relative(at) if self.is(at - 1, Class::PREPOSITION) => {
                self.antecedent_before(at.checked_sub(2)?, low, false)
            }
            Opening::Main(at) if self.is(at, Class::PREPOSITION) => {
                self.frames.phrase(at + 1, quote)
            }
            _ => self.source_in(low, quote),
        }?;
        Some(Attribution::without_cue(text, Place::SameSentence, end))
    }

    /// The text that speaks where nobody is named: "in einer Mitteilung des Vereins".
    pub(super) fn source_in(&self, start: usize, end: usize) -> Option<Mention> {
        (start..end)
            .filter(|&item| self.is(item, Class::PREPOSITION))
            .filter_map(|item| self.frames.phrase(item + 1, end))
            .find(|mention| {
                let words = &self.frames.tokens.tokens[mention.first..mention.end];
                // "im „Anker“": a name in marks is that of a paper.
                words.iter().any(|token| token.is(Class::SAYING.or(Class::SOURCE)))
                    || words.first().is_some_and(|token| token.form == Form::Mark)
            })
    }
}
