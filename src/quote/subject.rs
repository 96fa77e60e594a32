//! The subject of a German verb, looked for in the clause that the verb stands in.
//!
//! Articles show case, so the steps are: where the clause begins ([`super::clause`]), which phrases
//! in it can be nominative ([`super::nominative`]), and which of the two around the finite verb is
//! the one that speaks. In the passive it is the one who acts.

use super::attribute::Attributor;
use super::clause::Opening;
use super::frames::Item;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Form, Token};
use crate::model::Language;

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
        if verb + 1 < high
            && self.is(verb, Class::QUOTES_TEXT)
            && self.is(verb + 1, Class::IMPERSONAL)
        {
            return None;
        }
        // "In dem Antrag hatte es geheißen".
        if self.is(verb, Class::QUOTES_TEXT)
            && (low.max(verb.saturating_sub(2))..verb).any(|item| self.is(item, Class::IMPERSONAL))
            && let Some(source) = self.source_before(verb, low)
        {
            return Some(Some(source));
        }
        let mut opening = self.opening(verb, low);
        if let Opening::Main(at) | Opening::AfterClause(at) = opening
            && at > low + 1
            && self.is_infinitive_with_zu(verb)
        {
            // "Den Vorwurf, sie verschleppt zu haben, ließ der Minister nicht gelten".
            let behind = || self.german_main_subject(self.clause_end(verb, high) + 1, high);
            return self.german_main_subject(low, at - 1).or_else(behind).map(Some);
        }
        if let Opening::Subordinate(at) = opening
            && self.is(at + 1, Class::IMPERSONAL)
            && let Some(source) = self.source_in(at + 2, verb)
        {
            return Some(Some(source));
        }
        // "wie aus dem Antrag hervorgeht".
        if let Opening::Subordinate(at) = opening
            && self.is(verb, Class::QUOTES_TEXT)
            && self.is(at + 1, Class::PREPOSITION)
        {
            return Some(self.frames.phrase(at + 2, verb));
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
        // "In einer E-Mail an die Mitarbeiter, die …, steht: „…“".
        let text = || {
            let of_text = self.is(verb, Class::QUOTES_TEXT)
                || self.is(verb, Class::SEPARABLE) && !self.is(verb, Class::SAY);
            let leads = of_text && self.is(low, Class::PREPOSITION);
            leads.then(|| self.source_before(verb, low)).flatten()
        };
        subject.or_else(text).map(Some)
    }

    /// The subject of the first main clause between two items, whatever its verb.
    pub(super) fn german_main_subject(&self, low: usize, high: usize) -> Option<Mention> {
        let mut start = low;
        while start < high {
            let end = self.segment_end(start, high);
            // "…, sie verschleppt zu haben, …" has no subject.
            let infinitive = start > low && end > start + 1 && self.is_infinitive_with_zu(end - 1);
            if !infinitive
                && self.opens_clause(start, low).is_none()
                && let Some(found) = self.first_field_or_behind(start, end)
            {
                return Some(found);
            }
            start = end + 1;
        }
        None
    }

    /// The phrase in the first field, or the one behind the verb if only that can speak.
    pub(super) fn first_field_or_behind(&self, start: usize, end: usize) -> Option<Mention> {
        let Some(first) = self.nominative_at(start, end) else {
            return self.nominative(start, end);
        };
        let rest = self.end_of_phrase(start, end).max(start + 1);
        let behind = self.nominative(rest, end).or_else(|| {
            // "Hoffnung machte den Beschäftigten der Verwalter".
            (rest + 1 < end).then(|| self.nominative_at_end(rest + 1, end)).flatten()
        });
        // "Neuer Vorsitzender ist Jens Krohn".
        if let Some(behind) = behind
            && self.is_copula_between(first, behind)
            && self.is_office(first)
            && self.is_bare_name(behind)
            && self.is_person(behind)
        {
            return Some(behind);
        }
        let object = behind.is_some_and(|behind| self.is_object_before(first, behind));
        if (self.is_nominative(first) || self.can_speak(first)) && !object {
            return Some(first);
        }
        Some(behind.filter(|&behind| self.is_object_before(first, behind)).unwrap_or(first))
    }

    /// The subject of a main clause whose first field begins at `start`.
    pub(super) fn subject_of_main(
        &self,
        start: usize,
        verb: usize,
        high: usize,
    ) -> Option<Mention> {
        // "… und der Minister rief": a second clause with a subject of its own.
        let singular = self
            .frames
            .token(verb)
            .is_some_and(|token| !token.span.of(self.frames.tokens.text).ends_with('n'));
        let second = (start + 1..verb).rev().find(|&item| {
            self.is(item, Class::CONJUNCTION)
                // "der Fraktions- und Parteivorsitzenden".
                && self.form(item - 1) != Some(Form::Hyphen)
                && ((start..item).any(|before| self.is_finite(before, verb))
                    || singular
                        && self.is(item + 1, Class::DETERMINER)
                        && !self.is(item + 1, Class::OBLIQUE)
                        && self.end_of_phrase(item + 1, verb) == verb)
        });
        if let Some(conjunction) = second
            && let Some(subject) = self.nominative_at(conjunction + 1, verb)
            && (self.is_nominative(subject)
                || self.is_person(subject)
                || self.nominative(verb + 1, self.clause_end(verb, high)).is_none())
            && self.past_insertions(self.end_of_phrase(conjunction + 1, verb), verb) + 2 >= verb
        {
            return Some(subject);
        }
        // "… und nannte": the subject stands in the clause before.
        if verb > start + 1 && self.is(verb - 1, Class::CONJUNCTION) {
            return self.german_main_subject(start, verb - 1);
        }
        // Right behind a comma the verb goes on behind what is inserted.
        let first_comma = (start..verb).find(|&item| self.form(item) == Some(Form::Comma));
        let goes_on = verb > start
            && self.form(verb - 1) == Some(Form::Comma)
            && !first_comma.is_some_and(|comma| self.waits_for_participle(start, comma, verb));
        let finite = (if goes_on { verb } else { start }..=verb)
            .find(|&item| self.is_finite(item, verb) && !self.is_attributive(item, start))?;
        let first = (finite > start).then(|| self.nominative_at(start, finite)).flatten();
        let end = if finite < verb { verb } else { self.clause_end(verb, high) };
        let behind =
            self.nominative(finite + 1, end).or_else(|| self.nominative_at_end(finite + 1, end));
        match (first, behind) {
            (Some(first), Some(behind)) => {
                let object = self.is_object_before(first, behind)
                    || self.is_only_subject(behind, finite)
                    || self.is_singular_before_plural(first, finite)
                    || self.disagrees(first, finite) && self.can_speak(behind);
                Some(if object { behind } else { first })
            }
            (first, behind) => first.or(behind),
        }
    }

    /// "Neuer Vorsitzender", "sein Nachfolger": a phrase that a noun for a person closes, with no name behind it.
    fn is_office(&self, mention: Mention) -> bool {
        let words = &self.frames.tokens.tokens[mention.first..mention.end];
        words.last().is_some_and(|last| last.is(Class::PERSON_NOUN))
    }

    /// Whether nothing but a form of "to be" or "to become" stands between two phrases.
    fn is_copula_between(&self, first: Mention, behind: Mention) -> bool {
        const COPULAS: [&str; 9] =
            ["ist", "wird", "wurde", "bleibt", "heißt", "sind", "war", "waren", "wurden"];
        let tokens = &self.frames.tokens;
        let between = tokens.tokens.get(first.end..behind.first).unwrap_or_default();
        matches!(between, [verb] if COPULAS.contains(&verb.span.of(tokens.text)))
    }

    /// "auf nicht weiter bezeichnete Quellen": a form like a verb before the noun of a phrase that a
    /// preposition or an article opened.
    fn is_attributive(&self, item: usize, low: usize) -> bool {
        let noun = self.frames.token(item + 1).is_some_and(Token::is_capital);
        noun && (low..item)
            .rev()
            .map_while(|before| self.frames.token(before))
            .take_while(|before| {
                before.form == Form::Word && !before.is_capital() && !before.is(Class::PRONOUN)
            })
            .any(|before| before.is(Class::PREPOSITION))
    }

    /// "Jede Mitschuld wies der Minister von sich": only the second phrase can speak.
    pub(super) fn is_object_before(&self, first: Mention, behind: Mention) -> bool {
        if self.is_nominative(first) || self.is_said(behind) {
            return false;
        }
        // "Jens Krohn wünsche er Glück": the pronoun can be nothing but the subject.
        if behind.kind == MentionKind::Pronoun && self.is_nominative(behind) {
            return true;
        }
        if self.is_person(first) {
            return false;
        }
        // "Deutlicher wurde der Verband": a comparative with the capital of the sentence.
        let speaks = self.can_speak(behind) || self.is_nominative(behind);
        if self.is_comparative(first) && self.is_copula_between(first, behind) && speaks {
            return true;
        }
        // "Kein Verständnis haben die Anwohner".
        let denied = self.frames.tokens.tokens[first.first].is(Class::NEGATION);
        if denied && speaks && !self.can_speak(first) {
            return true;
        }
        // "Angst vor der Prüfung hatte Krohn nicht": of a word with the capital of the sentence nothing is known.
        let tokens = &self.frames.tokens.tokens;
        let attribute = tokens.get(first.end).is_some_and(|next| {
            next.is(Class::PREPOSITION) && !next.is(Class::AGENT.or(Class::PLACE_PREPOSITION))
        });
        let noun = first.end == first.first + 1 && attribute && !self.is_text(first);
        if noun && self.is_surname(behind) && self.is_person(behind) {
            return true;
        }
        // "Kritik äußerte die Organisation".
        if self.is_said(first) && !self.has_article(first) && speaks {
            return true;
        }
        let named = self.is_surname(behind) || self.is_bare_name(behind);
        self.is_nominative(behind) && self.can_speak(behind)
            || !self.can_speak(first)
                && !self.is_text(first)
                && (self.is_nominative(behind)
                    || self.is_person(behind)
                    || behind.kind == MentionKind::Pronoun
                    || named)
    }

    /// "Der Partei schlug er vor": a pronoun in the nominative right behind the finite verb.
    fn is_only_subject(&self, behind: Mention, finite: usize) -> bool {
        let head = &self.frames.tokens.tokens[behind.first];
        head.is(Class::HE.or(Class::FIRST))
            && !head.is(Class::DETERMINER)
            && self.frames.items.get(finite + 1) == Some(&Item::Token(behind.first))
    }

    /// The subject of a relative clause: the pronoun stands for its antecedent, unless it is an
    /// object and another phrase follows.
    pub(super) fn subject_of_relative(
        &self,
        pronoun: usize,
        verb: usize,
        low: usize,
    ) -> Option<Mention> {
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
        let antecedent = self.antecedent_before(comma, low, self.is(pronoun, Class::GENITIVE));
        // "die Reform, die das Ministerium lobte": the antecedent cannot speak.
        let dumb = antecedent.is_none_or(|found| !self.can_speak(found) && !self.is_text(found));
        dumb.then(inside).flatten().filter(|&found| self.can_speak(found)).or(antecedent)
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
        // "… war der Minister anwesend, der vorwarf": the verb stands between.
        let mut comma = comma;
        while comma > low + 1
            && self.form(comma - 1) == Some(Form::Word)
            && self.frames.token(comma - 1).is_some_and(|token| {
                !token.is_capital() && !token.is(Class::PRONOUN.or(Class::DETERMINER))
            })
        {
            comma -= 1;
        }
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
                .rev()
                .take_while(|&item| self.frames.token(item).is_some_and(|near| !near.is_capital()))
                .any(|item| self.is(item, Class::DETERMINER));
            if !article || token.form != Form::Word {
                break;
            }
            start = before;
        }
        self.frames.phrase(start, comma)
    }

    /// "wurde … genannt": a form of "werden" with a participle.
    pub(super) fn is_passive(&self, start: usize, verb: usize, high: usize) -> bool {
        let Some(token) = self.frames.token(verb) else { return false };
        let word = token.span.of(self.frames.tokens.text);
        let participle = word.ends_with('t') || word.contains("ge") && word.ends_with("en");
        let near = self.after_comma_before(verb, start).max(verb.saturating_sub(24));
        let behind = (verb + 1..high.min(verb + 3))
            .take_while(|&item| self.form(item) == Some(Form::Word))
            .any(|item| self.is(item, Class::PASSIVE));
        // "…, dass alles erfasst und „…“ werden müsse": the auxiliary stands behind the second participle.
        let second = self.is(verb + 1, Class::CONJUNCTION)
            && self.is_quotation(verb + 2)
            && self.is(verb + 3, Class::PASSIVE);
        let behind = behind || second;
        participle
            && !token.is(Class::QUOTING)
            && ((near..verb).any(|item| self.is(item, Class::PASSIVE)) || behind)
    }

    /// Who acts in a passive clause: "von der Opposition".
    pub(super) fn agent(&self, start: usize, end: usize) -> Option<Mention> {
        // "Der Vorschlag von Smith wurde von der Opposition …": who acts stands behind the auxiliary.
        let passive = (start..end).find(|&item| self.is(item, Class::PASSIVE)).unwrap_or(start);
        let agents = (passive..end).chain(start..passive);
        agents.filter(|&item| self.is(item, Class::AGENT)).find_map(|item| {
            // "von deutscher Seite": an adjective without an article.
            let noun = (item + 1..end.min(item + 4))
                .find(|&at| {
                    self.frames
                        .token(at)
                        .is_none_or(|token| token.is_capital() || token.class != Class::default())
                })
                .unwrap_or(item + 1);
            self.frames.phrase(noun, end).filter(|mention| self.can_speak(*mention))
        })
    }
}
