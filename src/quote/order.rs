//! Word order: on which side of its cue the subject stands, by language.

use super::attribute::{Attributor, FARTHEST_VERB};
use super::cue::CueAt;
use super::frames::Item;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Form, Token};
use crate::model::Language;

impl Attributor<'_, '_, '_> {
    /// The subject behind a cue.
    pub(super) fn subject_behind(&self, cue: CueAt, high: usize) -> Option<Mention> {
        let last = cue.end - 1;
        // "nach Schäubles Idee": the name stands before the noun.
        if cue.verbless && self.is(last, Class::SOURCE) && last > cue.start + 1 {
            let owner = self.frames.token(last - 1).is_some_and(|token| {
                token.is_capital() && token.span.of(self.frames.tokens.text).ends_with('s')
            });
            if owner {
                return self.frames.phrase(last - 1, last);
            }
        }
        // "nach Polizeiangaben", "nach Angaben der Polizei".
        let alone = cue.verbless
            && self.language == Language::German
            && self.is(last, Class::SOURCE)
            && !(cue.end < high
                && (self.is(cue.end, Class::GENITIVE)
                    && (self.is(cue.end, Class::DETERMINER.or(Class::AGENT)))
                    && self.form(cue.end + 1) != Some(Form::Number)
                    || self.is(cue.end, Class::AGENT)
                        && self.form(cue.end + 1) != Some(Form::Number)
                    || self.is_genitive_article(cue.end)));
        if alone {
            return self.frames.source_noun(last);
        }
        // "sagte in Berlin der Minister", "sagte dem Sender der Minister": what stands between is no subject.
        let nominative = (self.language == Language::German && !cue.verbless)
            .then(|| {
                let end = self.clause_end(last, high.min(cue.end + FARTHEST_VERB));
                self.nominative(cue.end, end).or_else(|| self.nominative_at_end(cue.end, end))
            })
            .flatten();
        let after = self.frames.subject_after(last, high).filter(|&after| {
            nominative.is_none()
                || !self.frames.tokens.tokens[after.first].is(Class::OBLIQUE)
                    && !self.is_feminine_dative(after)
        });
        if let Some(after) = after.or(nominative) {
            // "zitiert die Zeitung den Minister", "zitiert die Zeitung aus dem Bericht": the object speaks.
            let object = self.is(last, Class::QUOTING).then(|| {
                let item = self.item_after(after, last, high)?;
                let text = item + 1 < high && self.is(item, Class::PREPOSITION);
                self.frames
                    .phrase(item + usize::from(text), high)
                    .filter(|&object| !text || self.is_said(object) || self.is_text(object))
            });
            return Some(object.flatten().unwrap_or(after));
        }
        if let Some(name) = self.name_with_particle(cue.end, high) {
            return Some(name);
        }
        if cue.verbless {
            let verb = self.language == Language::German
                && self.is(cue.end, Class::AUXILIARY.or(Class::MODAL).or(Class::SUBORDINATOR));
            return (!verb).then(|| self.frames.words_after(cue.end, high)).flatten();
        }
        match self.language {
            Language::English | Language::German | Language::Dutch => None,
            Language::Russian | Language::Ukrainian => self.frames.bare_subject_after(last, high),
            _ => self.frames.subject_after_object(last, high),
        }
    }

    /// "sagte von der Heide": where nobody else is the subject, the preposition belongs to a name.
    fn name_with_particle(&self, item: usize, high: usize) -> Option<Mention> {
        if self.language != Language::German || !self.is(item, Class::PARTICLE) {
            return None;
        }
        let name = (item + 1..high.min(item + 4))
            .take_while(|&at| at == item + 1 || self.is(at - 1, Class::PARTICLE))
            .find(|&at| self.frames.token(at).is_some_and(Token::is_capital))?;
        let (Item::Token(first), Item::Token(last)) =
            (self.frames.items[item], self.frames.items[name])
        else {
            return None;
        };
        let surname = !self.is(name, Class::PERSON_NOUN.or(Class::ORGANISATION).or(Class::SOURCE));
        surname.then_some(Mention { first, end: last + 1, kind: MentionKind::Name })
    }

    /// The subject of a cue that stands before a quotation.
    pub(super) fn subject_of(&self, cue: CueAt, low: usize, high: usize) -> Option<Mention> {
        if self.is_own_source(cue)
            && let Some(subject) = self.german_main_subject(low, high)
        {
            return Some(subject);
        }
        if cue.verbless {
            return self.subject_behind(cue, high);
        }
        if self.language == Language::German && self.is(cue.start, Class::SOURCE) {
            return self.antecedent_before(cue.start + 1, low, false);
        }
        if self.is(cue.start, Class::POSTPOSITION) && self.language == Language::German {
            // "Jens Krohn, dem Leiter des Amtes, zufolge": the name stands before the apposition.
            let closed = cue.start > low && self.form(cue.start - 1) == Some(Form::Comma);
            let comma = closed.then(|| self.after_comma_before(cue.start - 1, low));
            let end = comma.filter(|&behind| behind > low).map_or(cue.start, |behind| behind - 1);
            return self.antecedent_before(end, low, false);
        }
        if self.is(cue.start, Class::POSTPOSITION) {
            return self.frames.subject_before(cue.start, low);
        }
        // "В заявлении ассоциации говорится: «…»".
        if matches!(self.language, Language::Russian | Language::Ukrainian)
            && low + 1 < cue.start
            && self.is(low, Class::PREPOSITION)
            && self.is(low + 1, Class::SAYING)
        {
            return self.frames.source_noun(low + 1);
        }
        if let Some(found) = self.german_subject(cue.start, low, high) {
            let quoted = found.and_then(|quoting| self.quoted_by(quoting, cue, high));
            return quoted.or(found);
        }
        let found = self.subject_beside(cue, low, high)?;
        let head = &self.frames.tokens.tokens[found.first];
        let no_subject = self.language == Language::German
            && (head.is(Class::OBLIQUE.or(Class::IMPERSONAL)) || head.form == Form::Number);
        let impersonal = (cue.end < high) && self.is(cue.end, Class::IMPERSONAL);
        (!no_subject || impersonal).then_some(found)
    }

    /// "Die Zeitung zitiert den Minister mit den Worten: “…”": the one who is quoted speaks.
    fn quoted_by(&self, quoting: Mention, cue: CueAt, high: usize) -> Option<Mention> {
        let verb = self.frames.token(cue.start)?;
        let Item::Token(at) = self.frames.items[cue.start] else { return None };
        if !verb.is(Class::QUOTING) || quoting.end > at {
            return None;
        }
        let end = self.clause_end(cue.start, high);
        // "Im Mai hatte der Bischof den Philosophen mit den Worten zitiert".
        let behind = self.item_after(quoting, cue.start.saturating_sub(FARTHEST_VERB), cue.start);
        if let Some(behind) = behind
            && self.is(behind, Class::OBLIQUE)
            && !self.is(behind, Class::PREPOSITION.or(Class::GENITIVE))
            && let Some(object) = self.frames.phrase(behind, cue.start)
        {
            return (!self.is_said(object) && !self.is_text(object)).then_some(object);
        }
        // "zitiert aus dem Schreiben".
        if cue.end + 1 < end && self.is(cue.end, Class::PREPOSITION) {
            let text = self.frames.phrase(cue.end + 1, end)?;
            return (self.is_said(text) || self.is_text(text)).then_some(text);
        }
        let object = self.frames.phrase(cue.end, end)?;
        (!self.is_said(object) && !self.is_text(object)).then_some(object)
    }

    /// "nach eigenen Angaben", "ihrer Meinung nach": the words are those of the subject.
    fn is_own_source(&self, cue: CueAt) -> bool {
        const OWN: [&str; 2] = ["eigene", "eigner"];
        const POSSESSIVES: [&str; 6] = ["ihrer", "seiner", "ihrem", "seinem", "ihren", "seinen"];
        if self.language != Language::German
            || !self.is(cue.end - 1, Class::SOURCE.or(Class::SOURCE_PREPOSITION))
        {
            return false;
        }
        (cue.start.saturating_sub(1)..cue.end).any(|item| {
            self.frames.token(item).is_some_and(|token| {
                let word = token.span.of(self.frames.tokens.text).to_lowercase();
                OWN.iter().any(|own| word.starts_with(own)) || POSSESSIVES.contains(&word.as_str())
            })
        })
    }

    /// The phrase before or behind a verb that the order of the language makes its subject.
    fn subject_beside(&self, cue: CueAt, low: usize, high: usize) -> Option<Mention> {
        // "Vom Verein hieß es am Montag".
        if self.language == Language::German
            && cue.end < high
            && self.is(cue.end, Class::IMPERSONAL)
            && self.is(low, Class::AGENT)
            && let Some(source) = self.source_before(cue.start, low)
        {
            return Some(source);
        }
        // "so heißt es in der Erklärung".
        if self.language == Language::German
            && cue.end < high
            && self.is(cue.end, Class::IMPERSONAL)
            && let Some(source) = self.frames.subject_after(cue.end - 1, high)
            && source.kind != MentionKind::Pronoun
        {
            // "In Regierungskreisen hieß es am Abend in Lowmoor": the source leads, a place follows.
            let leading = (source.end == source.first + 1 && self.is(low, Class::PREPOSITION))
                .then(|| self.source_before(cue.start, low))
                .flatten();
            return leading
                .filter(|&leading| self.is_person(leading) || self.is_text(leading))
                .or(Some(source));
        }
        // A pronoun right behind the verb is its subject: "sagte er", "dit-il".
        if self.language != Language::English
            && let Some(after) = self.frames.subject_after(cue.end - 1, high)
            && after.kind == MentionKind::Pronoun
        {
            let told = self.is(cue.start, Class::QUOTES_TEXT);
            return if self.is_impersonal(after) {
                // "Es drohe …": nobody; only "heißt es" points at a source.
                (told || self.language != Language::German)
                    .then(|| self.source_before(cue.start, low))
                    .flatten()
            } else {
                Some(after)
            };
        }
        if self.inverts(low, cue.start) {
            if let Some(after) = self.subject_behind(cue, high) {
                return Some(after);
            }
            if let Some(after) = self.subject_behind_finite_verb(low, cue.start) {
                return Some(after);
            }
        }
        // "he said, adding, “…”": a participle has the subject of the verb before it.
        if self.language == Language::English
            && self.is_participle(cue.start)
            && cue.start > low
            && let Some(said) = (low..cue.start - 1)
                .rev()
                .take(24)
                .find(|&item| self.is(item, Class::SAY) && !self.is_participle(item))
            && let Some(subject) = self.frames.subject_before(said, low)
        {
            return Some(subject);
        }
        let before = self.frames.subject_before(cue.start, low);
        if before.is_some() {
            return before;
        }
        self.frames.subject_after(cue.end - 1, high)
    }

    /// "eines", "einer", "seines", "ihrer".
    pub(super) fn is_genitive_article(&self, item: usize) -> bool {
        self.frames.token(item).is_some_and(|token| {
            let word = token.span.of(self.frames.tokens.text);
            token.is(Class::DETERMINER) && (word.ends_with("er") || word.ends_with("es"))
        })
    }

    pub(super) fn is_impersonal(&self, mention: Mention) -> bool {
        self.frames.tokens.tokens[mention.first].is(Class::IMPERSONAL)
    }

    /// "In dem Antrag heißt es": the source stands after the preposition that leads the sentence.
    /// "Zur Begründung hieß es" tells what the words are for, not whose they are.
    pub(super) fn source_before(&self, verb: usize, low: usize) -> Option<Mention> {
        const FOR: [&str; 4] = ["Zur", "Zum", "zur", "zum"];
        let preposition = (low..verb).find(|&item| {
            self.frames.token(item).is_some_and(|token| {
                token.is(Class::PREPOSITION)
                    && !FOR.contains(&token.span.of(self.frames.tokens.text))
            })
        })?;
        self.frames.phrase(preposition + 1, verb)
    }

    /// Where the verb stands second (or the language lets the subject follow it), whatever leads the
    /// sentence pushes the subject behind the verb: "Am Montag sagte Smith".
    pub(super) fn inverts(&self, low: usize, verb: usize) -> bool {
        if self.language == Language::English {
            return false;
        }
        // A conjunction stands before the first field of a German sentence: "Und sie haben eine Erklärung".
        let joins = |item: &usize| {
            self.language == Language::German
                && self.is(*item, Class::CONJUNCTION)
                && !self.is(*item, Class::ADVERB.or(Class::SUBORDINATOR))
        };
        let Some(lead) =
            (low..verb).find(|item| self.form(*item) == Some(Form::Word) && !joins(item))
        else {
            return true;
        };
        let leads = self.is(
            lead,
            Class::PREPOSITION.or(Class::ADVERB).or(Class::SUBORDINATOR).or(Class::CONJUNCTION),
        );
        leads && !self.is(lead, Class::PRONOUN)
            || self.language == Language::German && self.is_german_adverb(lead)
    }

    /// "Relativierend fügt Smith hinzu": participles and adjectives used as adverbs.
    pub(super) fn is_german_adverb(&self, item: usize) -> bool {
        self.frames.token(item).is_some_and(|token| {
            let word = token.span.of(self.frames.tokens.text);
            ["end", "lich", "weise", "isch"].iter().any(|ending| word.ends_with(ending))
        })
    }

    /// "So hatte der Minister … zugesichert": the subject stands behind the finite verb.
    pub(super) fn subject_behind_finite_verb(&self, low: usize, high: usize) -> Option<Mention> {
        let finite =
            Class::AUXILIARY.or(Class::MODAL).or(Class::SAY).or(Class::THINK).or(Class::SEPARABLE);
        let verb = (low + 1..high).find(|&item| self.is(item, finite))?;
        self.frames.subject_after(verb, high)
    }

    /// "Hier sparte der Präsident nicht mit Kritik": after one leading adverb comes the verb, then
    /// the subject, in the languages with the verb in second place.
    pub(super) fn lead_adverb_subject(&self, low: usize, high: usize) -> Option<Mention> {
        let second = matches!(self.language, Language::German | Language::Dutch);
        let adverb = self.is(low, Class::ADVERB) && !self.is(low, Class::PREPOSITION);
        // "Anders als der Vorgänger hält der Rektor …": what is compared is no subject.
        (second && adverb && !self.compares(low) && low + 2 < high)
            .then(|| self.frames.subject_after(low + 1, high))
            .flatten()
    }

    pub(super) fn is_participle(&self, item: usize) -> bool {
        self.frames.token(item).is_some_and(|token| {
            token.form == Form::Word && token.span.of(self.frames.tokens.text).ends_with("ing")
        })
    }
}
