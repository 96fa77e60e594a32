//! Attribution: the words of saying beside a quotation and the words that name the speaker.
//!
//! The orders tried, the surest first: a tag after the quote ("…," said Smith), a cue with a comma
//! or colon before it (Smith said: "…"), any cue in the same sentence, a press-release dash, and
//! the sentence before or after. What decides between them is punctuation more than distance.

use super::assemble::WINDOW;
use super::cue::CueAt;
use super::frames::{Frame, Frames, Item};
use super::lexicon::{Class, Lexicon};
use super::mention::{Mention, MentionKind};
use super::tokens::Form;
use crate::model::{Language, Span};

/// Where the cue stands; each place has its own reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// "…," Smith said.
    TagAfter,
    /// Smith said: "…"
    CueBefore,
    /// Smith said that it was "…".
    SameSentence,
    /// Smith was blunt: "…"
    Colon,
    /// "…" — Smith, director
    Signature,
    /// "…." Smith said he was tired.
    NextSentence,
    /// Smith was tired. "…"
    SentenceBefore,
    /// The quotation before has this speaker.
    Continued,
    /// The sentence is in the mood of reported speech; the cue stands before it.
    Reported,
}

/// What was found about a quotation's speaker.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribution {
    /// The words of saying, where there are any.
    pub(super) cue: Option<Span>,
    /// The words that name the speaker, where there are any.
    pub(super) mention: Option<Mention>,
    /// Where it was found.
    pub(super) place: Place,
    /// "did not say".
    pub(super) negated_or_modal: bool,
    /// One past the last item of the tag, for joining interrupted quotations.
    pub(super) tag_end: usize,
}

/// Finds cues and speakers in a text's frames.
pub(super) struct Attributor<'f, 't, 'a> {
    /// The text.
    pub(super) frames: &'f Frames<'t, 'a>,
    /// Its language's words.
    pub(super) lexicon: &'static Lexicon,
    /// The language, for its word order.
    pub(super) language: Language,
}

/// How far from a quotation a tag's verb may stand, in items.
const FARTHEST_VERB: usize = 48;

impl Attributor<'_, '_, '_> {
    pub(super) fn is(&self, item: usize, class: Class) -> bool {
        self.frames.token(item).is_some_and(|token| token.is(class))
    }

    pub(super) fn form(&self, item: usize) -> Option<Form> {
        self.frames.form(item)
    }

    pub(super) fn is_quotation(&self, item: usize) -> bool {
        matches!(self.frames.items[item], Item::Quotation(_))
    }

    pub(super) fn attribution(
        &self,
        cue: CueAt,
        low: usize,
        mention: Mention,
        place: Place,
        tag_end: usize,
    ) -> Attribution {
        Attribution {
            cue: self.cue_span(cue),
            mention: Some(mention),
            place,
            negated_or_modal: self.is_negated_or_modal(cue, low),
            tag_end,
        }
    }

    /// The end of the run of items after `start` that holds no quotation.
    /// In German a name in marks behind its noun stops nothing: "im Fachblatt „Der Anker“".
    fn open_run(&self, start: usize, end: usize) -> usize {
        (start..end)
            .find(|&item| {
                self.is_quotation(item)
                    && !(self.language == Language::German
                        && item > start
                        && self.frames.token(item - 1).is_some_and(|token| token.is_capital())
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
            if let Some(mention) = self.subject_behind(cue, beyond) {
                return Some(self.attribution(cue, low, mention, place, high));
            }
            if cue.verbless {
                return None;
            }
            if cue.start == item && self.language != Language::English {
                // The verb closes the clause: „…“ bezeichnet.
                return None;
            }
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
                    .or(Class::ADVERB)
                    .or(Class::CALENDAR)
                    .or(Class::VERB_PARTICLE))
                    && !after.is(Class::SUBORDINATOR)
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
        let report = (verb + 1..end).any(|item| {
            matches!(self.form(item), Some(Form::Colon) | None)
                || !asks && self.is(item, Class::SUBORDINATOR.or(Class::MODAL))
        });
        // "In ihrer Rede hatte Smith dies angekündigt." is no tag.
        let begins = self.language != Language::German
            || verb <= start + 2
            || tag.mention.is_some_and(|mention| self.begins_after(mention, start, start + 3))
            || tag
                .mention
                .is_some_and(|mention| self.frames.items[start] == Item::Token(mention.first));
        (begins && !report && (ends_there || inverted || (asks && short))).then_some(tag)
    }

    /// Whether punctuation before an item lets a tag begin there: ", so Smith", "– so Smith –".
    pub(super) fn is_set_apart(&self, item: usize, low: usize) -> bool {
        item > low && matches!(self.form(item - 1), Some(Form::Comma | Form::Dash | Form::Open))
    }

    /// A cue without a verb behind the quotation, which speaks for the whole sentence: "… kam es nach
    /// Angaben der Polizei zu …", "… waren dem Bericht zufolge …".
    pub(super) fn source_behind(
        &self,
        quote: usize,
        low: usize,
        end: usize,
    ) -> Option<Attribution> {
        if self.language != Language::German {
            return None;
        }
        (quote + 1..end.min(quote + FARTHEST_VERB)).find_map(|item| {
            let cue = self.cue_at(item, end, Class::SAY)?;
            let source = cue.verbless || self.is(item, Class::POSTPOSITION);
            if !source || cue.tag_only && !self.is_set_apart(item, low) {
                return None;
            }
            let mention = self.subject_of(cue, quote + 1, end)?;
            Some(self.attribution(cue, low, mention, Place::SameSentence, end))
        })
    }

    /// "Das berichtet die Zeitung.": the sentence behind says whose the one before is.
    pub(super) fn confirms(&self, frame: Frame) -> Option<Attribution> {
        if self.language != Language::German
            || !self.is(frame.start, Class::DEMONSTRATIVE)
            || frame.end < frame.start + 3
        {
            return None;
        }
        let verb = frame.start + 1;
        let cue = self.cue_at(verb, frame.end, Class::SAY)?;
        let mention = self.subject_of(cue, frame.start, frame.end)?;
        (mention.first > self.first_token(verb)?)
            .then(|| self.attribution(cue, frame.start, mention, Place::NextSentence, frame.end))
    }

    fn first_token(&self, item: usize) -> Option<usize> {
        match self.frames.items[item] {
            Item::Token(token) => Some(token),
            Item::Quotation(_) => None,
        }
    }

    /// Whether a tag can begin at an item: with its verb, an auxiliary or a verbless cue.
    pub(super) fn begins_tag(&self, item: usize, high: usize) -> bool {
        self.is(item, Class::AUXILIARY)
            || self.cue_at(item, high, Class::SAY.or(Class::THINK).or(Class::CALL)).is_some()
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

    /// A cue before the quotation at item `quote`, in the same frame.
    pub(super) fn cue_before(&self, quote: usize, low: usize) -> Option<Attribution> {
        let mut last = quote;
        let mut colon = false;
        while last > low
            && matches!(
                self.form(last - 1),
                Some(Form::Colon | Form::Comma | Form::Dash | Form::Ellipsis)
            )
        {
            colon |= self.form(last - 1) == Some(Form::Colon);
            last -= 1;
        }
        if last == low {
            return None;
        }
        let punctuated = last < quote;
        // "…, and the minister Jens Smith: “…”": a name set off by a comma needs no verb.
        if colon
            && let Some(mention) = self.frames.name_before(last, low)
            && self.is_set_off(mention, low, last)
        {
            return Some(Attribution {
                cue: None,
                mention: Some(mention),
                place: Place::Colon,
                negated_or_modal: false,
                tag_end: last,
            });
        }
        let mut item = last;
        let mut nearest: Option<(CueAt, Mention)> = None;
        while item > low && last - item < FARTHEST_VERB {
            item -= 1;
            if self.is_quotation(item) && nearest.is_some() {
                break;
            }
            let Some(cue) = self.cue_at(item, last, Class::SAY) else { continue };
            if cue.tag_only && !self.is_set_apart(item, low) {
                continue;
            }
            if self.is_in_closed_clause(item, low, last) {
                continue;
            }
            let subject = self
                .subject_of(cue, low, last)
                .or_else(|| self.subject_of_participle(cue, low, quote));
            if let Some(mention) = subject {
                nearest = Some((cue, mention));
                break;
            }
        }
        if let Some((cue, mention)) = nearest {
            let near = punctuated || last - cue.end <= 2;
            let place = if near { Place::CueBefore } else { Place::SameSentence };
            return Some(self.attribution(cue, low, mention, place, last));
        }
        // A verb of thinking, calling or acting right before the quotation, or before a colon.
        let mut item = last;
        while item > low && last - item < FARTHEST_VERB {
            item -= 1;
            let Some(cue) = self.cue_at(item, last, Class::THINK.or(Class::CALL)) else { continue };
            if cue.tag_only {
                continue;
            }
            if let Some(mention) = self.subject_of(cue, low, last) {
                let near = punctuated || last - cue.end <= 1;
                let place = if near { Place::CueBefore } else { Place::SameSentence };
                return Some(self.attribution(cue, low, mention, place, last));
            }
        }
        if colon {
            let mention = self
                .frames
                .name_before(last, low)
                .filter(|mention| self.is_set_off(*mention, low, last))
                .or_else(|| {
                    self.inverts(low, last)
                        .then(|| self.subject_behind_finite_verb(low, last))
                        .flatten()
                })
                .or_else(|| self.lead_adverb_subject(low, last))
                .or_else(|| self.main_subject(low, last))?;
            return Some(Attribution {
                cue: None,
                mention: Some(mention),
                place: Place::Colon,
                negated_or_modal: false,
                tag_end: last,
            });
        }
        None
    }

    /// "Aggiungendo che «…», Marta Olmi ha lasciato la sala": a participle that leads the sentence has the
    /// subject of the clause behind the quotation.
    fn subject_of_participle(&self, cue: CueAt, low: usize, quote: usize) -> Option<Mention> {
        let other =
            !matches!(self.language, Language::English | Language::German | Language::Dutch);
        let behind = quote + 2 < self.frames.items.len()
            && self.form(quote + 1) == Some(Form::Comma)
            && cue.start <= low + 1;
        let end = self.frames.items.len().min(quote + 2 + FARTHEST_VERB);
        (other && behind && !cue.verbless).then(|| self.frames.phrase(quote + 2, end)).flatten()
    }

    /// A tag that closes the sentence after words that are not quoted: `"…" in the west, said Smith.`
    pub(super) fn late_tag(&self, quote: usize, end: usize) -> Option<Attribution> {
        let high = self.open_run(quote + 1, end);
        let comma = (quote + 2..high).rev().find(|&item| {
            self.form(item) == Some(Form::Comma)
                && item + 1 < high
                && self.tag_after(item + 1, high, Place::SameSentence).is_some_and(|tag| {
                    tag.mention.is_some_and(|mention| self.begins_after(mention, item, high))
                })
        })?;
        self.tag_after(comma + 1, high, Place::SameSentence)
    }

    /// Whether a mention lies within a few items behind an item.
    pub(super) fn begins_after(&self, mention: Mention, item: usize, high: usize) -> bool {
        let reach = if self.language == Language::German { 6 } else { 4 };
        (item + 1..high.min(item + reach))
            .any(|at| self.frames.items[at] == Item::Token(mention.first))
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
        let mention = match self.language {
            Language::German => self.subject_of(cue, low, high)?,
            _ => self.frames.sentence_subject(low, quote)?,
        };
        Some(self.attribution(cue, low, mention, Place::SameSentence, high))
    }

    /// Whether the mood of the frame says that it reports speech.
    pub(super) fn is_reported(&self, near: usize, frame: Frame) -> bool {
        let start = frame.start.max(near.saturating_sub(WINDOW));
        // The verb can stand in a quotation that the sentence leads up to.
        let inside = match self.frames.items.get(near) {
            Some(Item::Quotation(quotation)) if near > frame.start => {
                let quotation = &self.frames.quotations[*quotation];
                &self.frames.tokens.tokens[quotation.first..quotation.end]
            }
            _ => &[],
        };
        (start..frame.end.min(near + WINDOW)).any(|item| self.is(item, Class::REPORTED))
            || self.language == Language::German
                && inside.first().is_some_and(|first| !first.is_capital())
                && inside.iter().any(|token| token.is(Class::REPORTED))
    }

    /// Whether a mention begins its frame or stands after a comma.
    fn is_set_off(&self, mention: Mention, low: usize, high: usize) -> bool {
        let head = &self.frames.tokens.tokens[mention.first];
        let office = head.is(Class::PERSON_NOUN)
            && self.frames.tokens.tokens[mention.first..mention.end]
                .iter()
                .any(|token| token.is(Class::GENITIVE));
        if office || !head.is_capital() && !head.is(Class::DETERMINER) {
            // "Smith, mayor of Springfield: “…”": the name stands before.
            return false;
        }
        let Some(mut item) =
            (low..high).find(|&item| self.frames.items[item] == Item::Token(mention.first))
        else {
            return false;
        };
        while item > low && self.is(item - 1, Class::CONJUNCTION) {
            item -= 1;
        }
        item == low
            || matches!(self.form(item - 1), Some(Form::Comma | Form::Semicolon | Form::Close))
    }

    /// A press-release signature: a dash after the quotation, a name, and nothing but its title.
    pub(super) fn signature(&self, start: usize, end: usize) -> Option<Attribution> {
        if self.form(start) != Some(Form::Dash) {
            return None;
        }
        let mention = self.frames.phrase(start + 1, end)?;
        if self.frames.tokens.tokens[mention.first].form == Form::Mark {
            return None;
        }
        (mention.kind == MentionKind::Name && end - start < 24).then_some(Attribution {
            cue: None,
            mention: Some(mention),
            place: Place::Signature,
            negated_or_modal: false,
            tag_end: end,
        })
    }

    /// The verb of saying at an item with its subject.
    pub(super) fn cue_with_subject(&self, item: usize, frame: Frame) -> Option<Attribution> {
        let cue = self.cue_at(item, frame.end, Class::SAY)?;
        if cue.verbless {
            return None;
        }
        let mention = self.subject_of(cue, frame.start, frame.end)?;
        Some(self.attribution(cue, frame.start, mention, Place::SameSentence, frame.end))
    }

    /// The subject of the sentence between two items.
    pub(super) fn main_subject(&self, low: usize, high: usize) -> Option<Mention> {
        match self.language {
            Language::German => {
                self.german_main_subject(low, high).filter(|&mention| self.can_speak(mention))
            }
            _ => self.frames.sentence_subject(low, high),
        }
    }

    /// The subject of a whole frame that stands before a quotation, with its verb of saying if
    /// there is one.
    pub(super) fn subject_of_frame(&self, frame: Frame) -> Option<Attribution> {
        let low = frame.start.max(frame.end.saturating_sub(WINDOW));
        if self.language == Language::German
            && let Some(found) = self.german_speaker_of(frame)
        {
            return Some(found);
        }
        let mut item = if self.language == Language::German { low } else { frame.end };
        while item > low {
            item -= 1;
            let Some(cue) = self.cue_at(item, frame.end, Class::SAY) else { continue };
            if cue.tag_only && !self.is_set_apart(item, low) {
                continue;
            }
            if let Some(mention) = self.subject_of(cue, low, frame.end) {
                return Some(self.attribution(
                    cue,
                    frame.start,
                    mention,
                    Place::SentenceBefore,
                    frame.end,
                ));
            }
        }
        let mention = self.main_subject(low, frame.end)?;
        Some(Attribution {
            cue: None,
            mention: Some(mention),
            place: Place::SentenceBefore,
            negated_or_modal: false,
            tag_end: frame.end,
        })
    }
}
