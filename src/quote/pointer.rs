//! German words and nouns that point at a source: "ein Hacker, der behauptet", "Demnach …", "…, wonach
//! …", "die Forderung des Vorsitzenden, …".

use super::attribute::{Attribution, Attributor, Place};
use super::clause::Opening;
use super::cue::CueAt;
use super::frames::{Frame, Item};
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::Form;
use crate::model::Language;

/// How far behind a noun of saying its owner may reach, in items.
const LONGEST_OWNER: usize = 14;

impl Attributor<'_, '_, '_> {
    /// The relative pronoun that is the subject of a verb of saying in place of its antecedent.
    pub(super) fn relative_pronoun(
        &self,
        cue: CueAt,
        low: usize,
        mention: Mention,
    ) -> Option<usize> {
        if self.language != Language::German || cue.verbless {
            return None;
        }
        let Opening::Relative(at) = self.opening(cue.start, low) else { return None };
        let Item::Token(pronoun) = self.frames.items[at] else { return None };
        let oblique = self.is(at, Class::OBLIQUE) || self.is(at - 1, Class::PREPOSITION);
        (mention.end <= pronoun && !oblique).then_some(pronoun)
    }

    /// The noun of saying right before `end`, or before its owner, and the owner: "die Forderung des
    /// Vorsitzenden", "Smiths Vorwurf".
    fn saying_with_owner(&self, end: usize, low: usize) -> Option<(usize, Mention)> {
        let noun = (low.max(end.saturating_sub(LONGEST_OWNER))..end).rev().find(|&item| {
            self.frames.token(item).is_some_and(|token| {
                token.is_capital() && token.is(Class::SAYING.or(Class::SOURCE))
            })
        })?;
        if noun + 1 == end {
            let owner = (low..noun).rev().take(3).find(|&item| {
                self.frames.token(item).is_some_and(|token| {
                    token.is_capital() && token.span.of(self.frames.tokens.text).ends_with('s')
                })
            })?;
            let adjectives = (owner + 1..noun).all(|item| self.form(item) == Some(Form::Word));
            let mention = adjectives.then(|| self.frames.phrase(owner, noun)).flatten()?;
            return self.can_speak(mention).then_some((noun, mention));
        }
        // "der Vorwurf des Verbands", "eines Zeugen", "von Smith".
        let first = noun + 1;
        let agent = self.is(first, Class::AGENT);
        if !agent && !self.is(first, Class::GENITIVE.or(Class::OBLIQUE)) {
            return None;
        }
        let start = first + usize::from(agent);
        let owner = self.frames.phrase(start, end)?;
        let reaches = self.end_of_phrase(start, end);
        let closed = reaches == end || self.form(reaches) == Some(Form::Open);
        (closed && self.can_speak(owner)).then_some((noun, owner))
    }

    /// "auf die Forderung des Vorsitzenden, „…“": the owner of the noun speaks, whatever the verb is.
    pub(super) fn owned_saying(
        &self,
        last: usize,
        low: usize,
        quote: usize,
    ) -> Option<Attribution> {
        if self.language != Language::German {
            return None;
        }
        let that = last > low && self.is(last - 1, Class::THAT);
        let end = if that { last - 1 } else { last };
        let comma = end > low && that && self.form(end - 1) == Some(Form::Comma);
        if !comma && last == quote {
            return None;
        }
        let end = end - usize::from(comma);
        let (noun, owner) = self.saying_with_owner(end, low)?;
        let cue = CueAt::of_noun(noun);
        Some(self.attribution(cue, low, owner, Place::SameSentence, last))
    }

    /// "Auf den Vorwurf des Verbands, es handele sich um „…“, antwortete der Minister": the clause behind a
    /// noun of saying gives what its owner says.
    pub(super) fn owned_report(&self, low: usize, quote: usize) -> Option<Attribution> {
        if self.language != Language::German {
            return None;
        }
        let mut start = self.after_comma_before(quote, low);
        // "…, es handele sich um eine Posse, mit der man „…“": a relative clause belongs to the one before.
        while start > low + 2 && matches!(self.opens_clause(start, low), Some(Opening::Relative(_)))
        {
            start = self.after_comma_before(start - 1, low);
        }
        let reported = (start..quote).any(|item| self.is(item, Class::REPORTED));
        let clause = start > low + 2 && reported && self.opens_clause(start, low).is_none();
        let (noun, owner) = clause.then(|| self.saying_with_owner(start - 1, low)).flatten()?;
        let leads = (low..noun).all(|item| {
            self.frames.token(item).is_some_and(|token| !token.is_capital() || item == low)
        }) && self.is(low, Class::PREPOSITION);
        // "Die Firma bestreitet Vorwürfe des Verbands, sie habe „…“": the noun is the object of the verb before it.
        let beside = (low..noun)
            .rev()
            .find(|&item| !self.is(item, Class::DETERMINER) || self.is(item, Class::PREPOSITION));
        let object = beside.is_some_and(|verb| {
            (self.is_finite(verb, noun) || self.is_unknown_word(verb))
                && !self.is(verb, Class::PREPOSITION)
        });
        let cue = CueAt::of_noun(noun);
        (leads || object).then(|| self.attribution(cue, low, owner, Place::SameSentence, quote))
    }

    /// The item of a word that says that what follows is of a source named before.
    pub(super) fn source_pointer(&self, low: usize, quote: usize) -> Option<usize> {
        if self.language != Language::German {
            return None;
        }
        if low < quote && self.is(low, Class::POINTER) {
            return Some(low);
        }
        (low + 1..quote).rev().find(|&item| {
            let opens = self.form(item - 1) == Some(Form::Comma);
            let follows = |class: Class| item + 1 < quote && self.is(item + 1, class);
            opens
                && (self.is(item, Class::POINTER)
                    || self.is(item, Class::SOURCE_PREPOSITION) && follows(Class::RELATIVE)
                    || self.is(item, Class::RELATIVE) && follows(Class::POSTPOSITION))
        })
    }

    /// Whose words a pointer inside a sentence gives: the owner of the noun of saying before it, or the
    /// source that the noun names.
    pub(super) fn owner_behind_pointer(
        &self,
        pointer: usize,
        low: usize,
        tag_end: usize,
    ) -> Option<Attribution> {
        if (pointer + 1..tag_end).any(|item| self.form(item) == Some(Form::Comma)) {
            return None;
        }
        let source = self
            .saying_with_owner(pointer - 1, low)
            .map(|(_, owner)| owner)
            .or_else(|| self.antecedent_before(pointer - 1, low, false))?;
        let found = self.pointed(pointer, source, tag_end)?;
        Some(Attribution { place: Place::SameSentence, ..found })
    }

    /// The attribution of words to a source that a pointer stands for.
    pub(super) fn pointed(
        &self,
        pointer: usize,
        source: Mention,
        tag_end: usize,
    ) -> Option<Attribution> {
        let pronoun =
            if self.is(pointer, Class::SOURCE_PREPOSITION) { pointer + 1 } else { pointer };
        let (Item::Token(token), Some(word)) =
            (self.frames.items[pronoun], self.frames.token(pronoun))
        else {
            return None;
        };
        Some(Attribution {
            cue: Some(word.span),
            pointer: Some(token),
            ..Attribution::without_cue(source, Place::Reported, tag_end)
        })
    }

    /// Who or what speaks in a sentence that a later one points back at.
    pub(super) fn source_of_frame(&self, frame: Frame) -> Option<Mention> {
        self.german_speaker_of(frame)
            .and_then(|found| found.mention)
            .or_else(|| self.source_in(frame.start, frame.end))
            .or_else(|| self.german_main_subject(frame.start, frame.end))
    }

    /// The subject of the very clause that a quotation stands in, if it can speak.
    pub(super) fn subject_around(&self, low: usize, quote: usize) -> Option<Mention> {
        if self.language != Language::German {
            return None;
        }
        let subject = match self.opening(quote, low) {
            Opening::Main(at) => self.first_field_or_behind(at, quote),
            Opening::Subordinate(at) => self.nominative(at + 1, quote),
            Opening::AfterClause(_) | Opening::Relative(_) => None,
        };
        subject.filter(|&subject| self.is_person(subject))
    }

    /// Somebody in a phrase that begins a sentence without a verb.
    pub(super) fn verbless_speaker(&self, low: usize, end: usize) -> Option<Mention> {
        if self.language != Language::German || self.can_have_verb(low, end) {
            return None;
        }
        self.nominative_at(low, end).filter(|&first| {
            let he = first.kind == MentionKind::Pronoun && self.is_nominative(first);
            he || self.is_person(first) || self.is_bare_name(first)
        })
    }

    /// "„…“, riefen die Eltern, und er daraufhin: „…“": behind a verb and a conjunction somebody needs no second
    /// verb before a colon.
    pub(super) fn second_speaker(&self, low: usize, end: usize) -> Option<Mention> {
        let and = (low + 1..end).rev().find(|&item| self.is(item, Class::CONJUNCTION))?;
        let comma = usize::from(self.form(and - 1) == Some(Form::Comma));
        let says = and > low + comma + 1
            && (self.is(and - 1 - comma, Class::SAY) && !self.is_noun(and - 1 - comma)
                || comma > 0 && self.can_have_verb(low, and));
        let speaker = says.then(|| self.verbless_speaker(and + 1, end)).flatten()?;
        (self.frames.items[and + 1] == Item::Token(speaker.first)).then_some(speaker)
    }

    /// "Groß war die Freude bei Jens Krohn: „…“", "Kopfschütteln erntete der Plan beim Verein: „…“": where the
    /// subject is a thing, those with whom it is found.
    pub(super) fn whose_feeling(&self, low: usize, high: usize) -> Option<Mention> {
        const WITH: [&str; 3] = ["bei", "beim", "unter"];
        let text = self.frames.tokens.text;
        if self.language != Language::German {
            return None;
        }
        (low..high)
            .filter(|&item| {
                self.frames.token(item).is_some_and(|with| WITH.contains(&with.span.of(text)))
            })
            .find_map(|item| {
                self.frames.phrase(item + 1, high).filter(|&with| self.is_person(with))
            })
    }

    /// Where nobody in a clause can speak: what is said in it ("Vorwürfe wurden laut"), and by whom
    /// ("Kritik kam vom Verband"), or the text it names ("im Entwurf war vorgesehen").
    pub(super) fn own_source(&self, low: usize, high: usize) -> Option<Mention> {
        if self.language != Language::German {
            return None;
        }
        self.german_main_subject(low, high)
            .filter(|&subject| self.is_said(subject))
            .map(|subject| {
                self.agent(low, high).or_else(|| self.bearer(low, high)).unwrap_or(subject)
            })
            .or_else(|| self.source_in(low, high))
    }

    /// "Rückendeckung erhielt sie vom Parteichef": from whom what is said comes.
    pub(super) fn giver_of_saying(&self, low: usize, high: usize) -> Option<Mention> {
        if self.language != Language::German {
            return None;
        }
        let said = self.nominative_at(low, high).filter(|&said| self.is_said(said))?;
        self.agent(low, high).filter(|&giver| giver != said)
    }

    /// What the words stand on: "Auf dem Plakat war die Parole „…“ zu lesen", "Darauf standen die Worte".
    pub(super) fn bearer(&self, low: usize, high: usize) -> Option<Mention> {
        let first = self.frames.token(low)?;
        let word = first.span.of(self.frames.tokens.text);
        match word {
            "Darauf" => self.frames.single(low, MentionKind::Pronoun),
            "Auf" | "An" => self.frames.phrase(low + 1, high),
            "In" if (low..high).any(|item| self.is(item, Class::QUOTES_TEXT)) => {
                self.frames.phrase(low + 1, high)
            }
            _ => None,
        }
    }

    /// The subject of a clause, whatever it is.
    pub(super) fn any_source(&self, low: usize, high: usize) -> Option<Mention> {
        (self.language == Language::German).then(|| self.german_main_subject(low, high)).flatten()
    }

    /// "erteilte den Befehl, „…“", "gab das Versprechen, dass „…“": the subject of the clause whose object
    /// says what follows.
    pub(super) fn gives_saying(
        &self,
        last: usize,
        low: usize,
        quote: usize,
    ) -> Option<Attribution> {
        if self.language != Language::German || last == low {
            return None;
        }
        let that = self.is(last - 1, Class::THAT);
        let end = last - usize::from(that);
        let comma = that && end > low && self.form(end - 1) == Some(Form::Comma);
        let end = end - usize::from(comma);
        if end <= low + 1 || !comma && last == quote {
            return None;
        }
        let noun = end - 1;
        let said = self
            .frames
            .token(noun)
            .is_some_and(|token| token.is_capital() && token.is(Class::SAYING));
        let article = (low..noun).rev().take(4).find(|&item| {
            self.is(item, Class::DETERMINER) || self.form(item) != Some(Form::Word)
        })?;
        let object = self.is(article, Class::DETERMINER)
            && article > low
            && !self.is(article - 1, Class::PREPOSITION.or(Class::GENITIVE));
        if !said || !object {
            return None;
        }
        let subject = match self.opening(noun, low) {
            Opening::Main(at) => self.first_field_or_behind(at, article),
            Opening::Subordinate(at) | Opening::AfterClause(at) => self.nominative(at + 1, article),
            Opening::Relative(_) => None,
        }
        .filter(|&subject| self.is_nominative(subject) || self.is_person(subject))?;
        let cue = CueAt::of_noun(noun);
        let found = self.attribution(cue, low, subject, Place::SameSentence, last);
        Some(Attribution { told: self.is_in_reported_clause(noun, low, end), ..found })
    }

    /// "Die Ministerin zeigte sich „tief betroffen“", "Tief enttäuscht zeigte sich der Trainer „…“".
    fn shows_itself(&self, low: usize, quote: usize) -> Option<Mention> {
        let verb = (low..quote)
            .rev()
            .find(|&item| self.is(item, Class::SHOWING) && self.is_reflexive(item + 1))
            .filter(|&verb| verb + 1 < quote)?;
        // "zeigte sich Jens Krohn, der Leiter des Amtes, „…“": only appositions may stand between.
        let comma = self.segment_end(verb, quote);
        let start = self.after_comma_before(quote, low);
        if start > verb && !self.is_apposition(comma + 1) {
            return None;
        }
        let Opening::Main(start) = self.opening(verb, low) else { return None };
        self.subject_of_main(start, verb, quote).filter(|&subject| self.can_speak(subject))
    }

    /// "Für Jens Krohn sind alle Ausreden vorbei": whose judgement the whole sentence is.
    pub(super) fn for_whom(&self, low: usize, high: usize) -> Option<Mention> {
        let whole = self.frames.token(low)?.span.of(self.frames.tokens.text) == "Für";
        let judged = whole.then(|| self.judged_by(low, high)).flatten()?.mention?;
        // "Für Jens Krohn sprach der Anwalt": somebody else acts.
        let actor = self.main_subject(low, high);
        actor.is_none_or(|actor| !self.is_person(actor)).then_some(judged)
    }

    /// "Für den Trainer war das „…“": whose judgement the predicate is.
    pub(super) fn judged_by(&self, low: usize, quote: usize) -> Option<Attribution> {
        const COPULAS: [&str; 12] = [
            "ist", "sind", "war", "waren", "wäre", "wären", "sei", "seien", "bleibt", "bedeutet",
            "steht", "stand",
        ];
        if self.language != Language::German {
            return None;
        }
        if let Some(subject) = self.shows_itself(low, quote) {
            return Some(Attribution::without_cue(subject, Place::SameSentence, quote));
        }
        let text = self.frames.tokens.text;
        let word = |item: usize| self.frames.token(item).map(|token| token.span.of(text));
        // "Für Jens Krohn, den Leiter des Amtes, ist das „…“".
        let leads = word(low) == Some("Für");
        let start = if leads { low } else { self.after_comma_before(quote, low) };
        let copula =
            (start..quote).any(|item| word(item).is_some_and(|word| COPULAS.contains(&word)));
        let prepositional = (start..quote)
            .find(|&item| word(item).is_some_and(|word| word.eq_ignore_ascii_case("für")))?;
        let mention = self.frames.phrase(prepositional + 1, quote)?;
        (copula && (self.is_person(mention) || self.is_bare_name(mention)))
            .then(|| Attribution::without_cue(mention, Place::SameSentence, quote))
    }
}
