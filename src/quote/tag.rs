//! Tags: the words of saying behind a quotation, in the order subject and verb or the other way round.

use super::attribute::{Attribution, Attributor, FARTHEST_VERB, Place};
use super::clause::Opening;
use super::cue::CueAt;
use super::frames::{Frame, Item};
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::Form;
use crate::model::{Language, Span};

/// How far behind a quotation that nothing sets off from its sentence the verb of a tag may stand.
const CLOSE_VERB: usize = 8;

impl Attributor<'_, '_, '_> {
    /// "Das sei „ein Skandal“ sagte Smith": behind words in the reported mood that end their clause a verb of saying
    /// with its subject is a tag, though the comma is forgotten.
    pub(super) fn ends_report(&self, quote: usize, frame: Frame) -> bool {
        let start = self.after_comma_before(quote, frame.start);
        let says = self.cue_at(quote + 1, frame.end, Class::SAY).filter(|cue| {
            self.nominative_at(cue.end, frame.end).is_some_and(|subject| self.can_speak(subject))
        });
        says.is_some()
            && (start..quote).any(|item| self.is_reported_verb(item))
            && self.opens_clause(start, frame.start).is_none()
    }

    /// The end of the run of items after `start` that holds no quotation.
    /// In German a name in marks behind its noun stops nothing: "im Fachblatt „Der Anker“".
    pub(super) fn open_run(&self, start: usize, end: usize) -> usize {
        (start..end)
            .find(|&item| {
                self.is_quotation(item)
                    && !(self.language == Language::German
                        && item > start
                        && self
                            .frames
                            .token(item - 1)
                            .is_some_and(|token| token.is_capital() || token.is(Class::DETERMINER))
                        && self.frames.quoted_name(item).is_some())
            })
            .unwrap_or(end)
    }

    /// A tag that begins at `start`: `, said Smith`, `Smith said`, `according to Smith`.
    pub(super) fn tag_after(&self, start: usize, end: usize, place: Place) -> Option<Attribution> {
        let high = self.open_run(start, end).min(start + FARTHEST_VERB);
        let mut item = start;
        while item < high && matches!(self.form(item), Some(Form::Comma | Form::Dash | Form::Stop))
        {
            item += 1;
        }
        let low = item;
        // "si legge": a cue of several words can begin with a small one.
        while item < high
            && self.frames.is_between(item)
            && !self.is(item, Class::PRONOUN)
            && !(self.is(item, Class::VERBLESS) && self.cue_at(item, high, Class::SAY).is_some())
        {
            item += 1;
        }
        if item >= high {
            return None;
        }
        if let Some(cue) = self.cue_at(item, high, Class::SAY.or(Class::THINK)) {
            // A paper's name in marks: sagt „Der Anker“, schreibt die „Computerwoche“.
            let beyond = if high - cue.end.min(high) <= 1 { end.min(high + 1) } else { high };
            // "…," posited that …: the subject stands before the quotation.
            let reports = self.language == Language::English
                && cue.end < high
                && self.is(cue.end, Class::THAT);
            if reports {
                return None;
            }
            let subject = self
                .subject_behind(cue, beyond)
                .or_else(|| self.lone_pronoun(cue.end, high))
                .filter(|&mention| {
                    // "…, so heißt es": the source was named before.
                    self.language != Language::German || !self.is_impersonal(mention)
                });
            if let Some(mention) = subject {
                return Some(self.attribution(cue, low, mention, place, high));
            }
            if cue.verbless {
                return None;
            }
            let stands = self.is(item, Class::QUOTES_TEXT);
            if cue.start == item && self.language != Language::English && !stands {
                // The verb closes the clause: „…“ bezeichnet.
                return None;
            }
        }
        if let Some(tag) = self.text_behind(item, high, place) {
            return Some(tag);
        }
        if let Some(tag) = self.tag_with_particle(item, high, place) {
            return Some(tag);
        }
        // "…, sollte das Parlament nicht zustimmen": a condition.
        let condition = self.language == Language::German
            && self
                .frames
                .token(low)
                .is_some_and(|token| token.span.of(self.frames.tokens.text).starts_with("sollte"))
            && !self.is(high.saturating_sub(2), Class::AUXILIARY);
        if condition {
            return None;
        }
        // Subject first.
        let mut verb = low;
        while verb < high {
            if let Some(cue) = self.cue_at(verb, high, Class::SAY) {
                if cue.verbless {
                    if verb == low {
                        let mention = self.subject_behind(cue, high)?;
                        return Some(self.attribution(cue, low, mention, place, high));
                    }
                } else if verb > low {
                    let before = match self.language {
                        Language::German => self.subject_of(cue, low, high),
                        _ => self.frames.subject_before(verb, low),
                    };
                    let mention = before.or_else(|| {
                        (self.language != Language::English)
                            .then(|| self.subject_behind(cue, high))
                            .flatten()
                    });
                    if let Some(mention) = mention {
                        return Some(self.attribution(cue, low, mention, place, high));
                    }
                }
            }
            if self.is(verb, Class::SUBORDINATOR)
                && !self.is(verb, Class::PREPOSITION.or(Class::RELATIVE))
                && verb > low
            {
                break;
            }
            verb += 1;
        }
        // A verb of thinking or acting counts when it follows its subject at once.
        let mention = self.frames.phrase(low, high)?;
        let verb = self.item_after(mention, low, high)?;
        let cue = self.cue_at(verb, high, Class::THINK)?;
        Some(self.attribution(cue, low, mention, place, high))
    }

    /// "…, antwortete dieser", "…, sagt einer aus dem Vorstand": an article that stands for somebody.
    pub(super) fn lone_pronoun(&self, item: usize, high: usize) -> Option<Mention> {
        let alone = self.form(item + 1) != Some(Form::Word)
            || self.is(item + 1, Class::PREPOSITION.or(Class::GENITIVE));
        (self.language == Language::German
            && item < high
            && self.is(item, Class::OTHER_SUBJECT)
            && alone)
            .then(|| self.frames.single(item, MentionKind::Pronoun))
            .flatten()
    }

    /// "…, stand auf einem Plakat", "…, ist in dem Brief zu lesen": the text that the words stand in, whatever it is.
    fn text_behind(&self, item: usize, high: usize, place: Place) -> Option<Attribution> {
        let end = self.clause_end(item, high);
        let stands = self.is(item, Class::QUOTES_TEXT)
            || self.is(item, Class::AUXILIARY)
                && (item + 2..end).any(|at| self.is(at, Class::QUOTES_TEXT));
        let adverb = self.is(item + 1, Class::ADVERB) && !self.is(item + 1, Class::PREPOSITION);
        let first = item + 1 + usize::from(adverb);
        if self.language != Language::German || !stands || !self.is(first, Class::PREPOSITION) {
            return None;
        }
        let text = (first..end)
            .filter(|&at| self.is(at, Class::PREPOSITION))
            .find_map(|at| {
                self.one_of_them(at + 1, end).or_else(|| self.frames.phrase(at + 1, end))
            })
            .filter(|text| text.kind == MentionKind::Pronoun || !self.is_person(*text))?;
        let cue = CueAt::of_verb(item);
        Some(self.attribution(cue, item, text, place, high))
    }

    /// "…, setzte Smith nach": behind a quotation a separable verb is a verb of saying, whatever its
    /// particle is, if somebody follows it.
    fn tag_with_particle(&self, item: usize, high: usize, place: Place) -> Option<Attribution> {
        if self.language != Language::German
            || place != Place::TagAfter
            || !self.is(item, Class::SEPARABLE)
            || self.frames.token(item)?.is_capital()
        {
            return None;
        }
        let cue = CueAt::of_verb(item);
        let mention = self.subject_behind(cue, high).filter(|&mention| {
            (self.is_person(mention) || self.is_nominative(mention)) && !self.is_said(mention)
        })?;
        Some(self.attribution(cue, item, mention, place, high))
    }

    /// "„…“, nuschelte Smith": behind a whole sentence in marks and a comma German has the verb and then its
    /// subject, and any verb there is one of saying.
    pub(super) fn tag_with_unknown_verb(&self, start: usize, end: usize) -> Option<Attribution> {
        let item = start + usize::from(self.form(start) == Some(Form::Comma));
        // "da ist sich Smith sicher".
        let points = self.is(item, Class::SUBORDINATOR) && self.is_finite(item + 1, usize::MAX);
        let item = item + usize::from(points);
        if self.language != Language::German || item >= end {
            return None;
        }
        let verb =
            Class::CALL.or(Class::ACT).or(Class::THINK).or(Class::SEPARABLE).or(Class::AUXILIARY);
        let known =
            self.is(item, verb) && self.frames.token(item).is_some_and(|verb| !verb.is_capital());
        // "entfuhr es einer Besucherin", "platzte es aus dem Minister heraus", "brachte es Smith auf den Punkt".
        let impersonal = item + 2 < end
            && self.is(item + 1, Class::IMPERSONAL)
            && !self.is(item, Class::QUOTES_TEXT.or(Class::SAY));
        if impersonal && (known || self.is_unknown_word(item)) {
            let from = item + 2 + usize::from(self.is(item + 2, Class::PREPOSITION));
            let mention = self.frames.phrase(from, end).filter(|&from| self.is_person(from))?;
            let cue = CueAt::of_verb(item);
            return Some(self.attribution(cue, item, mention, Place::TagAfter, end));
        }
        // "zeigte sich Smith zufrieden", "gab sich Smith sicher".
        let reflexive =
            item + 1 < end && self.form(item) == Some(Form::Word) && self.is_reflexive(item + 1);
        // "ist Smith überzeugt", "war das Fazit von Smith".
        let copula = self.is(item, Class::AUXILIARY);
        if !reflexive && !known && !self.is_unknown_word(item) {
            return None;
        }
        let high = self.open_run(item, end).min(item + FARTHEST_VERB);
        // "schwärmt die „Zeit“": the name of a paper in marks.
        let high = if high <= item + 2 { end.min(high + 1) } else { high };
        let end = item + 1 + usize::from(reflexive);
        let cue = CueAt { end, ..CueAt::of_verb(item) };
        let mention = self.subject_behind(cue, high).filter(|&mention| {
            let speaks = self.is_person(mention)
                || self.is_nominative(mention)
                || mention.kind == MentionKind::Pronoun
                || self.is_bare_name(mention)
                || !self.has_article(mention)
                    && self.frames.items.get(end) == Some(&Item::Token(mention.first));
            // Behind a verb that is known, or one with "sich", any noun with an article speaks.
            let noun =
                (reflexive || known) && self.has_article(mention) && !self.names_a_thing(mention);
            if self.is_said(mention) { copula || self.has_article(mention) } else { speaks || noun }
        })?;
        Some(self.attribution(cue, item, mention, Place::TagAfter, high))
    }

    /// "Das sei „nicht zu glauben“, nuschelte Smith": the same behind words in marks that end their clause.
    pub(super) fn clause_with_unknown_verb(&self, start: usize, end: usize) -> Option<Attribution> {
        let verb = start + 1;
        // "…, ist sie überzeugt".
        let close = self.segment_end(verb, end);
        let convinced = self.is(verb, Class::AUXILIARY)
            && close > verb + 2
            && (verb + 2..close).any(|item| self.is(item, Class::THINK) && !self.is_noun(item));
        if self.language != Language::German
            || self.form(start) != Some(Form::Comma)
            || !convinced && !self.is_unknown_word(verb)
        {
            return None;
        }
        let subject = self.nominative_at(verb + 1, end).filter(|&subject| {
            convinced && subject.kind == MentionKind::Pronoun
                || self.is_person(subject)
                || self.is_bare_name(subject)
                || self.is_surname(subject)
        })?;
        let beside = self.frames.items.get(verb + 1) == Some(&Item::Token(subject.first));
        let cue = CueAt::of_verb(verb);
        beside.then(|| self.attribution(cue, verb, subject, Place::TagAfter, end))
    }

    /// A small word right before a colon that the lexicon does not have, ends like a verb and is the only one.
    pub(super) fn is_unknown_verb(&self, item: usize, low: usize) -> bool {
        self.is_unknown_word(item)
            && self.frames.token(item).is_some_and(|token| {
                let word = token.span.of(self.frames.tokens.text);
                word.ends_with(['t', 'n']) || word.ends_with("te")
            })
            && !(self.after_comma_before(item, low)..item).any(|at| self.is_finite(at, item))
    }

    /// A small word that the lexicon does not have; German verbs are the widest class of such words.
    pub(super) fn is_unknown_word(&self, item: usize) -> bool {
        const SHORTEST: usize = 4;
        self.frames.token(item).is_some_and(|token| {
            token.form == Form::Word
                && !token.is_capital()
                && token.class == Class::default()
                && token.span.len() >= SHORTEST
        })
    }

    /// A tag that no comma sets off from the quotation (`“…” Smith said`): it must begin at once.
    pub(super) fn close_tag_after(&self, start: usize, end: usize) -> Option<Attribution> {
        let tag = self.tag_after(start, end, Place::TagAfter)?;
        if self.language != Language::English {
            return Some(tag);
        }
        // "the “…” memo": a bare noun belongs to the quoted words.
        let named = self.frames.token(start).is_some_and(|first| {
            first.is_capital()
                || matches!(first.form, Form::Dash | Form::Comma)
                || first.is(Class::DETERMINER.or(Class::PRONOUN).or(Class::SAY))
        });
        if !named {
            return None;
        }
        // The comma of the tag may stand before it.
        let start = start + usize::from(self.form(start) == Some(Form::Comma));
        // "the “…”, and China said", "the “…” -- that he demands": another clause begins.
        let clause = start + usize::from(self.form(start) == Some(Form::Dash));
        if self.is(clause, Class::CONJUNCTION.or(Class::THAT)) && !self.is(clause, Class::PRONOUN) {
            return None;
        }
        let high = end.min(start + CLOSE_VERB);
        let begins = |span: Span, within: usize| {
            (start..high.min(start + within)).any(|item| {
                self.frames.token(item).is_some_and(|token| token.span.start == span.start)
            })
        };
        let cue = tag.cue?;
        let mention = tag.mention?.span(self.frames);
        // "this “night vision” I began": what somebody does has the words in marks as an object.
        let does = |item: usize| {
            self.frames.token(item).is_some_and(|token| token.span.start == cue.start)
                && !self.is(item, Class::SAY)
        };
        if (start..high).any(does) {
            return None;
        }
        (begins(mention.min(cue), 3) && begins(cue, CLOSE_VERB)).then_some(tag)
    }

    /// A tag of a capital word and a verb of saying, though the word is a small one elsewhere: "From
    /// said", "Will wrote".
    pub(super) fn tag_of_capital(&self, start: usize, end: usize) -> Option<Attribution> {
        let verb = start + 1;
        let name = self.frames.token(start)?;
        if verb >= end || !name.is_capital() || name.is(Class::PRONOUN.or(Class::SAY)) {
            return None;
        }
        let cue = self.cue_at(verb, end, Class::SAY).filter(|cue| !cue.verbless)?;
        let Item::Token(first) = self.frames.items[start] else { return None };
        let mention = Mention { first, end: first + 1, kind: MentionKind::Name };
        Some(self.attribution(cue, start, mention, Place::TagAfter, self.open_run(start, end)))
    }

    /// A sentence that is nothing but a tag: `Smith asked.`, `she said of her opponent.` A clause or
    /// another quotation after the verb makes it a report of its own.
    /// A question or an exclamation (`asks`) is followed by a tag more often than a statement.
    pub(super) fn bare_tag(&self, start: usize, end: usize, asks: bool) -> Option<Attribution> {
        let tag = self.tag_after(start, end, Place::TagAfter)?;
        let cue = tag.cue?;
        let verb = (start..end)
            .find(|&item| self.frames.token(item).is_some_and(|token| token.span.end == cue.end))?;
        let after = (verb + 1 < end).then(|| self.frames.token(verb + 1)).flatten();
        let ends_there = after.is_none_or(|after| {
            !after.is_word()
                || after.is(Class::PREPOSITION
                    .or(Class::GENITIVE)
                    .or(Class::ADVERB)
                    .or(Class::CALENDAR)
                    .or(Class::VERB_PARTICLE))
                    && !after.is(Class::SUBORDINATOR)
                || self.frames.is_between(verb + 1)
        });
        let inverted =
            tag.mention.is_some_and(|mention| mention.span(self.frames).start > cue.start);
        // "Obama asked Republican politicians.": short, and with no clause in it.
        let short = end - start <= 12
            && !(verb + 1..end).any(|item| {
                self.is(
                    item,
                    Class::SUBORDINATOR.or(Class::PRONOUN).or(Class::AUXILIARY).or(Class::MODAL),
                )
            });
        // "Smith entgegnete, dann …" reports something else.
        let clause = self.language == Language::German
            && verb + 1 < end
            && (self.form(verb + 1) == Some(Form::Comma) || self.reports_a_clause(verb, end));
        let report = clause
            || (verb + 1..end).any(|item| {
                matches!(self.form(item), Some(Form::Colon) | None)
                    || !asks && self.is(item, Class::SUBORDINATOR.or(Class::MODAL))
            });
        // "In ihrer Rede hatte Smith dies angekündigt." is no tag.
        let begins = self.language != Language::German
            || verb <= start + 1
            || tag.mention.is_some_and(|mention| self.begins_after(mention, start, start + 3))
            || tag
                .mention
                .is_some_and(|mention| self.frames.items[start] == Item::Token(mention.first));
        // "Die Arithmetik spricht für sie." is no tag.
        let thing = self.language == Language::German
            && tag.mention.is_some_and(|mention| self.is_plain_noun(mention));
        // "Das Gericht hat die Kündigung für unwirksam erklärt." is none: the verb stands apart from its subject.
        let beside = self.language != Language::German
            || inverted
            || asks
                && !self.is(verb - 1, Class::AUXILIARY)
                && tag
                    .mention
                    .is_some_and(|mention| self.item_after(mention, start, end) == Some(verb));
        (begins && beside && !report && !thing && (ends_there || inverted || (asks && short)))
            .then_some(tag)
    }

    /// "Smith erklärte am Abend, das Gesetz werde geändert", "…, es zu ändern": a German sentence with a report
    /// of its own, which is no tag of the quotation before it.
    pub(super) fn reports_a_clause(&self, verb: usize, end: usize) -> bool {
        let Some(comma) = (verb + 1..end).find(|&item| self.form(item) == Some(Form::Comma)) else {
            return false;
        };
        self.language == Language::German
            && !matches!(self.opens_clause(comma + 1, verb), Some(Opening::Relative(_)))
            && (comma + 1..end).any(|item| {
                self.is(item, Class::THAT)
                    || self.is_reported_verb(item)
                    || self.is_infinitive_with_zu(item)
            })
    }

    pub(super) fn item_after(&self, mention: Mention, low: usize, high: usize) -> Option<usize> {
        let mut item = (low..high).find(
            |&item| matches!(self.frames.items[item], Item::Token(token) if token >= mention.end),
        )?;
        while item < high && self.frames.is_between(item) {
            item += 1;
        }
        (item < high).then_some(item)
    }

    /// A tag that closes the sentence after words that are not quoted: `"…" in the west, said Smith.`
    pub(super) fn late_tag(&self, quote: usize, end: usize) -> Option<Attribution> {
        let high = self.open_run(quote + 1, end);
        let comma = (quote + 2..high).rev().find(|&item| {
            self.form(item) == Some(Form::Comma)
                && item + 1 < high
                && self.tag_after(item + 1, high, Place::SameSentence).is_some_and(|tag| {
                    tag.mention.is_some_and(|mention| self.begins_after(mention, item, high))
                        && !self.is_in_participle(tag)
                })
        })?;
        // "…, hatte Jens Krohn, der Leiter des Amtes, damals gesagt": the tag began before the apposition.
        let begun = (quote + 2..comma).rev().find(|&item| {
            self.form(item) == Some(Form::Comma)
                && self.begins_tag(item + 1, high)
                && self.segment_end(item + 1, high) == comma
        });
        let start = begun.filter(|_| self.is_apposition(comma + 1)).unwrap_or(comma);
        self.tag_after(start + 1, high, Place::SameSentence)
    }

    /// "…, thus a name suggesting that …": an English participle closes no sentence as its tag.
    fn is_in_participle(&self, tag: Attribution) -> bool {
        self.language == Language::English
            && tag.cue.is_some_and(|cue| cue.of(self.frames.tokens.text).ends_with("ing"))
    }

    /// Whether a mention lies within a few items behind an item.
    pub(super) fn begins_after(&self, mention: Mention, item: usize, high: usize) -> bool {
        let reach = if self.language == Language::German { 6 } else { 4 };
        (item + 1..high.min(item + reach))
            .any(|at| self.frames.items[at] == Item::Token(mention.first))
    }

    /// "Der Minister, dem der Verband „…“ vorwirft, …": the verb that ends a subordinate clause right behind the
    /// quotation, which binds more than what follows the comma.
    pub(super) fn ends_clause(&self, quote: usize, low: usize, high: usize) -> Option<Attribution> {
        let behind = (quote + 2..high)
            .find(|&item| !self.is(item, Class::AUXILIARY.or(Class::MODAL)))
            .unwrap_or(high);
        let ends = self.form(quote + 1) == Some(Form::Word)
            && (behind >= high || matches!(self.form(behind), Some(Form::Comma | Form::Stop)));
        let subordinate = self.language == Language::German
            && ends
            && match self.opening(quote, low) {
                // "Die Firma glaubt, dass er „…“ sagt.": whose words that are the main clause tells.
                Opening::Subordinate(at) => !self.is(at, Class::THAT),
                Opening::Relative(_) => true,
                Opening::Main(_) | Opening::AfterClause(_) => false,
            };
        subordinate
            .then(|| self.closing_verb(quote, low, high))
            .flatten()
            .filter(|found| !found.told)
    }

    /// A verb that closes the clause right after the quotation: `als „…“ bezeichnet`.
    pub(super) fn closing_verb(
        &self,
        quote: usize,
        low: usize,
        high: usize,
    ) -> Option<Attribution> {
        if self.language != Language::German && self.language != Language::Dutch {
            return None;
        }
        let mut verb = quote + 1;
        while verb < high && verb < quote + 4 && self.frames.is_between(verb) {
            verb += 1;
        }
        if verb >= high {
            return None;
        }
        let cue = self.cue_at(verb, high, Class::SAY.or(Class::THINK).or(Class::CALL))?;
        // "sollen „…“ geplant haben": others tell what they plan.
        let hearsay = self.language == Language::German
            && !self.is(verb, Class::SAY.or(Class::CALL))
            && (self.after_comma_before(quote, low)..quote).any(|item| self.is(item, Class::MODAL));
        if hearsay {
            return None;
        }
        let mention = match self.language {
            Language::German => self.subject_of(cue, low, high)?,
            _ => self.frames.sentence_subject(low, quote)?,
        };
        Some(self.attribution(cue, low, mention, Place::SameSentence, high))
    }
}
