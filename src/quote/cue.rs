//! Cues: where the words of saying stand, and which look-alikes are none.

use super::attribute::Attributor;
use super::frames::Item;
use super::lexicon::{Class, PhraseKind};
use super::tokens::{Facts, Form, Token};
use crate::model::{Language, Span};

/// A verb or phrase of saying in a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueAt {
    /// First item.
    pub(super) start: usize,
    /// One past the last item.
    pub(super) end: usize,
    /// The speaker follows, and there is no verb.
    pub(super) verbless: bool,
    /// It counts only directly after a quotation.
    pub(super) tag_only: bool,
}

impl CueAt {
    /// A verb of one word.
    pub(super) fn of_verb(verb: usize) -> CueAt {
        CueAt { start: verb, end: verb + 1, verbless: false, tag_only: false }
    }

    /// A noun of saying, whose owner speaks.
    pub(super) fn of_noun(noun: usize) -> CueAt {
        CueAt { start: noun, end: noun + 1, verbless: true, tag_only: false }
    }
}

/// The comma behind a participle that opens a sentence is looked for among so many tokens.
const FARTHEST_COMMA: usize = 40;

/// How far behind a separable verb its particle may stand, in items.
const FARTHEST_PARTICLE: usize = 32;

/// The most words between an article and its noun.
const LONGEST_ATTRIBUTE: usize = 3;

impl Attributor<'_, '_, '_> {
    /// "Asked four times for a date, Smith would give none: “…”": a participle at the head of a sentence;
    /// who was asked speaks, and stands in the main clause.
    fn is_asked_of_the_speaker(&self, item: usize) -> bool {
        let Some(Item::Token(first)) = self.frames.items.get(item) else { return false };
        let all = &self.frames.tokens.tokens;
        let token = &all[*first];
        let rest = &all[first + 1..all.len().min(first + FARTHEST_COMMA)];
        let comma = rest.iter().take_while(|token| !token.has(Facts::SENTENCE_END));
        let main =
            comma.zip(&rest[rest.len().min(1)..]).find(|(comma, _)| comma.form == Form::Comma);
        let is_subject = |token: &Token| token.is_capital() || token.is(Class::PRONOUN);
        token.is(Class::PREPOSITION)
            && token.is(Class::SAY)
            && token.is_capital()
            && self.frames.tokens.begins_sentence(*first)
            && rest.first().is_some_and(|next| !is_subject(next))
            && main.is_some_and(|(_, subject)| is_subject(subject))
    }

    /// The cue that starts at an item, phrases first.
    pub(super) fn cue_at(&self, item: usize, high: usize, classes: Class) -> Option<CueAt> {
        let token = self.frames.token(item)?;
        if token.is(Class::VERBLESS) {
            for phrase in self.lexicon.phrases(token.hash) {
                let end = item + 1 + phrase.rest.len();
                let fits = end <= high
                    && phrase.rest.iter().enumerate().all(|(offset, &hash)| {
                        self.frames
                            .token(item + 1 + offset)
                            .is_some_and(|token| token.form == Form::Word && token.hash == hash)
                    });
                // "rief er laut im Saal": loudly, for no source follows.
                let loudly = self.language == Language::German
                    && phrase.kind == PhraseKind::Verbless
                    && phrase.rest.is_empty()
                    && !token.is_capital()
                    && self.frames.token(end).is_some_and(|next| {
                        next.form != Form::Mark && !next.is_word()
                            || next
                                .is(Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY))
                                && !next.is(Class::DETERMINER)
                    });
                if fits && !loudly {
                    let verbless = phrase.kind != PhraseKind::Verb;
                    let tag_only = phrase.kind == PhraseKind::VerblessTag;
                    return Some(CueAt { start: item, end, verbless, tag_only });
                }
            }
        }
        if self.is_asked_of_the_speaker(item) {
            return None;
        }
        // "seiner Meinung nach": the preposition stands behind.
        if self.language == Language::German
            && token.is(Class::SOURCE)
            && item > 0
            && item + 1 < high
            && self.is(item + 1, Class::SOURCE_PREPOSITION)
            && self.is(item - 1, Class::OBLIQUE.or(Class::DETERMINER))
            && !(item + 2 < high
                && self.is(item + 2, Class::DETERMINER.or(Class::OBLIQUE).or(Class::SOURCE)))
        {
            return Some(CueAt { start: item, end: item + 2, verbless: false, tag_only: false });
        }
        if let Some(source) = self.source_phrase(item, high) {
            return Some(source);
        }
        let known = classes.or(Class::POSTPOSITION).or(Class::SEPARABLE);
        if !token.is(known) || self.is_noun(item) {
            return None;
        }
        // "auf die Fragen reagierend": a German participle has its subject elsewhere.
        if self.language == Language::German
            && token.span.of(self.frames.tokens.text).ends_with("end")
        {
            return None;
        }
        let says = token.is(classes)
            || token.is(Class::POSTPOSITION) && classes.is(Class::SAY)
            || token.is(Class::SEPARABLE)
                && classes.is(Class::SAY)
                && self.is_completed(item, high);
        says.then_some(CueAt::of_verb(item))
    }

    /// "nach ersten Angaben", "nach Polizeiangaben", "nach der Einschätzung": German builds such cues
    /// freely, so they are known by their noun, which can end a compound.
    fn source_phrase(&self, item: usize, high: usize) -> Option<CueAt> {
        // "ihrer Meinung nach erfundene Zahlen": the preposition belongs to what stands before it.
        let behind = item > 1
            && self.is(item - 1, Class::SOURCE)
            && self.is(item - 2, Class::OBLIQUE.or(Class::DETERMINER));
        if self.language != Language::German || !self.is(item, Class::SOURCE_PREPOSITION) || behind
        {
            return None;
        }
        let noun = (item + 1..high.min(item + 4)).find(|&at| {
            self.frames.token(at).is_none_or(|token| token.is_capital() || !token.is_word())
        })?;
        // "nach einem EU-Dokument": the last part of a compound is its noun.
        let noun = (noun..high.min(noun + 6))
            .find(|&at| {
                at + 1 >= high
                    || self.form(at) != Some(Form::Hyphen)
                        && self.form(at + 1) != Some(Form::Hyphen)
            })
            .unwrap_or(noun);
        // "nach Schäubles Idee".
        let noun = if !self.is(noun, Class::SOURCE) && noun + 1 < high { noun + 1 } else { noun };
        self.is(noun, Class::SOURCE).then_some(CueAt {
            start: item,
            end: noun + 1,
            verbless: true,
            tag_only: false,
        })
    }

    /// "the report", "la nota", "le juge": a form that is a noun after an article.
    pub(super) fn is_noun(&self, item: usize) -> bool {
        let articles = matches!(
            self.language,
            Language::English
                | Language::French
                | Language::Spanish
                | Language::Italian
                | Language::Portuguese
        );
        let Some(before) = item.checked_sub(1).and_then(|before| self.frames.token(before)) else {
            return self.is_behind_attribute(item);
        };
        // "una nota": "una" could be a pronoun, but not before a noun of saying.
        let article = before.is(Class::DETERMINER)
            && (!before.is(Class::PRONOUN.or(Class::ADVERB)) || self.is(item, Class::SAYING));
        // "Smith's comments"; but "he's said" is a verb.
        let owner = before.has(Facts::POSSESSIVE) && !before.is(Class::PRONOUN);
        // "the Washington Post", "State Department": a capital inside a name.
        let Some(token) = self.frames.token(item) else { return false };
        let capital = token.is_capital() && !token.has(Facts::ALL_CAPITALS);
        let leads_name = self.language == Language::English
            && self
                .follows(item)
                .is_some_and(|next| next.is_capital() && !next.has(Facts::LINE_START));
        let in_name = capital && (before.is_capital() || leads_name);
        // German verbs have no capital inside a sentence.
        if self.language == Language::German {
            return !before.has(Facts::SENTENCE_END)
                && token.is_capital()
                && !token.is(Class::POSTPOSITION);
        }
        articles && (article || owner || in_name)
            || self.language == Language::English && self.is_english_noun(item, before, token)
    }

    /// "his “…” remark": words in marks between an article and its noun. A comma would set off a tag.
    fn is_behind_attribute(&self, item: usize) -> bool {
        let Some(&Item::Quotation(quotation)) =
            item.checked_sub(1).and_then(|at| self.frames.items.get(at))
        else {
            return false;
        };
        self.language == Language::English
            && self.frames.last_form(quotation) == Form::Word
            && self.is(item, Class::NOUN_ALIKE)
            && item.checked_sub(2).and_then(|at| self.frames.token(at)).is_some_and(|article| {
                article.is(Class::DETERMINER) || article.has(Facts::POSSESSIVE)
            })
    }

    /// The token behind an item's token.
    fn follows(&self, item: usize) -> Option<&Token> {
        match self.frames.items[item] {
            Item::Token(token) => self.frames.tokens.tokens.get(token + 1),
            Item::Quotation(_) => None,
        }
    }

    /// English makes nouns and verbs of one form: "in tweets", "a measured comment", "for terms". A
    /// preposition or an adjective right before tells the noun, and so does what a verb needs to stand there.
    fn is_english_noun(&self, item: usize, before: &Token, token: &Token) -> bool {
        if before.form == Form::Hyphen {
            // "in-state"
            return true;
        }
        if token.is(Class::NOUN_ALIKE)
            && (self.is_object_of_infinitive(item) || self.ends_singular(item, token))
        {
            return true;
        }
        let text = self.frames.tokens.text;
        let word = token.span.of(text);
        // "thanks to the new road"
        let next = self.follows(item).map_or("", |next| next.span.of(text));
        if word.eq_ignore_ascii_case("thanks") && next == "to" {
            return true;
        }
        if word.ends_with("ing") || word.ends_with("ed") || word.ends_with("said") {
            return false;
        }
        let prepositions = Class::PREPOSITION.or(Class::GENITIVE);
        let other = Class::SUBORDINATOR.or(Class::RELATIVE).or(Class::SAY).or(Class::THAT);
        let preceding = before.span.of(text);
        if before.is(prepositions) && !before.is(other) {
            return !preceding.eq_ignore_ascii_case("to");
        }
        let ends = |endings: &[&str]| endings.iter().any(|ending| preceding.ends_with(ending));
        // Some of these end nouns as well: "hospital reports".
        let adjective = ends(&["ous", "ful", "able", "ible", "less", "ish"])
            || token.is(Class::SAYING) && ends(&["ed", "al", "ive", "ic", "ary"]);
        let subject = Class::PERSON_NOUN
            .or(Class::ORGANISATION)
            .or(Class::ANONYMOUS)
            .or(Class::PRONOUN)
            .or(Class::SAY)
            .or(Class::AUXILIARY)
            .or(Class::MODAL)
            .or(Class::NEGATION)
            .or(Class::ADVERB);
        token.is(Class::SAYING.or(Class::NOUN_ALIKE))
            && before.form == Form::Word
            && !before.is_capital()
            && adjective
            && !before.is(subject)
    }

    /// "did not offer details", "to take calls": behind an infinitive stands its object.
    fn is_object_of_infinitive(&self, item: usize) -> bool {
        let Some(leads) = item.checked_sub(2).and_then(|at| self.frames.token(at)) else {
            return false;
        };
        let to = leads.span.of(self.frames.tokens.text).eq_ignore_ascii_case("to");
        let verb = self.frames.token(item - 1).is_some_and(|verb| {
            let other = Class::PRONOUN
                .or(Class::DETERMINER)
                .or(Class::ADVERB)
                .or(Class::AUXILIARY)
                .or(Class::MODAL)
                .or(Class::NEGATION)
                .or(Class::PREPOSITION)
                .or(Class::GENITIVE)
                .or(Class::CONJUNCTION)
                .or(Class::CALENDAR)
                .or(Class::PERSON_NOUN)
                .or(Class::ORGANISATION);
            verb.form == Form::Word
                && !verb.is_capital()
                && !verb.is(other)
                && !verb.span.of(self.frames.tokens.text).ends_with("ly")
        });
        verb && (to || leads.is(Class::MODAL.or(Class::NEGATION)) && !leads.is_capital())
    }

    /// "a private email account": a form without an ending is a verb behind a plural only. The plural may
    /// stand before a preposition: "opponents of free travel claim".
    fn ends_singular(&self, item: usize, token: &Token) -> bool {
        const PLURALS: [&str; 6] = ["children", "clergy", "folk", "media", "people", "police"];
        let text = self.frames.tokens.text;
        let plural = |word: &str| {
            word.ends_with(['s', 'S']) || word.ends_with("men") || PLURALS.contains(&word)
        };
        let plain = |before: &&Token| {
            let word = before.span.of(text);
            before.form == Form::Word
                && before.class.only(Class::PERSON_NOUN)
                && !before.is_capital()
                && !plural(word)
                && !word.ends_with("ly")
        };
        let before = |back: usize| item.checked_sub(back).and_then(|at| self.frames.token(at));
        let words =
            (1..=LONGEST_ATTRIBUTE).map_while(before).take_while(|word| plain(word)).count();
        let gerund = before(1).is_some_and(|word| word.span.of(text).ends_with("ing"));
        let holds =
            before(words + 1).is_some_and(|token| token.is(Class::PREPOSITION.or(Class::GENITIVE)));
        let head = before(words + 2).is_some_and(|head| plural(head.span.of(text)));
        words > 0 && !token.span.of(text).ends_with('s') && (gerund || !(holds && head))
    }

    /// Whether the particle of a separable verb follows, at the end of its clause.
    pub(super) fn is_completed(&self, verb: usize, high: usize) -> bool {
        let Some(form) = self.frames.token(verb).map(|token| token.hash) else { return false };
        (verb + 1..high.min(verb + FARTHEST_PARTICLE)).any(|item| {
            self.frames.token(item).is_some_and(|token| {
                token.is(Class::SEPARATED) && self.lexicon.completes(form, token.hash)
            }) && (item + 1 >= high
                || self
                    .form(item + 1)
                    .is_none_or(|form| form != Form::Word && form != Form::Number))
        })
    }

    pub(super) fn cue_span(&self, cue: CueAt) -> Option<Span> {
        let first = self.frames.token(cue.start)?;
        let last = self.frames.token(cue.end - 1)?;
        Some(first.span.cover(last.span))
    }

    /// Whether "not", "might" or their kin stand close before a cue, in its clause. A capital is a
    /// name or a month: "Will wrote", "since May".
    pub(super) fn is_negated_or_modal(&self, cue: CueAt, low: usize) -> bool {
        // "Will wrote", "since May": a capital is no modal verb.
        let before = (low.max(cue.start.saturating_sub(3))..cue.start)
            .rev()
            .map_while(|item| self.frames.token(item))
            .take_while(|token| token.form == Form::Word)
            .any(|token| token.is(Class::NEGATION.or(Class::MODAL)) && !token.is_capital());
        // "zei niet dat", "sagte nicht, dass": where the verb stands second, the negation follows.
        let second = matches!(self.language, Language::German | Language::Dutch);
        before
            || second
                && cue.end < self.frames.items.len()
                && self.is(cue.end, Class::NEGATION)
                && !self.is(cue.end, Class::DETERMINER)
    }
}
