//! The order in which the speaker of a quotation is looked for: its own tag, the words before it, what
//! points at a source, the mood of the sentence, and the sentences around.

use super::assemble::{Assembly, WINDOW};
use super::attribute::{Attribution, Place};
use super::clause::Opening;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Form, Token};
use crate::model::Language;

/// How many sentences a report in the reported mood goes on without naming its speaker again.
const LONGEST_REPORT: usize = 6;

/// How many commas a clause may hold that leads in to a quotation.
const MOST_COMMAS: usize = 4;

impl Assembly<'_, '_, '_> {
    /// The tag that follows in the same sentence.
    pub(super) fn own_tag(&self, quotation: usize) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let ended = self.frames.last_form(quotation);
        let complete =
            matches!(ended, Form::Exclamation | Form::Ellipsis | Form::Stop | Form::Dash);
        if item + 1 >= frame.end {
            // "Where?" Smith asked. The quoted sentence is complete, but the tag belongs to it.
            let next = self.frames.frames.get(frame_at + 1)?;
            // "„…“¶— sagte er im Interview.": the dash ties the tag to the paragraph before.
            if self.style.language == Language::German
                && item == frame.start
                && next.paragraph == frame.paragraph + 1
                && self.frames.form(next.start) == Some(Form::Dash)
                && self.attributor.begins_tag(next.start + 1, next.end)
            {
                return self.attributor.tag_after(next.start + 1, next.end, Place::TagAfter);
            }
            return (complete && next.paragraph == frame.paragraph)
                .then(|| self.attributor.bare_tag(next.start, next.end, ended == Form::Exclamation))
                .flatten();
        }
        let next = self.frames.form(item + 1);
        // "„Die Brücke wird gebaut“: Smith bleibt hart."
        if next == Some(Form::Colon)
            && item == frame.start
            && (self.is_sentence(quotation) || self.is_long(quotation))
            && let Some(speaker) = self.attributor.main_subject(item + 2, frame.end)
            && self.attributor.is_person(speaker)
        {
            return Some(Attribution::without_cue(speaker, Place::TagAfter, frame.end));
        }
        let joined = ended == Form::Comma || next == Some(Form::Comma);
        // "ein Vertreter der „Aktion“ nannte": German has no tag without a comma behind marks that
        // stand inside a sentence, and none that does not begin with its verb.
        if self.style.language == Language::German && !joined && !complete {
            // "Mit den Worten „…“ kommentierte er": the noun only leads up to the marks.
            let inside = item > frame.start && self.frames.form(item - 1) == Some(Form::Word);
            let begins =
                next != Some(Form::Word) || self.attributor.begins_tag(item + 1, frame.end);
            let inside = inside && !self.attributor.ends_report(item, frame);
            if (inside || !begins) && !self.leads_with_words(frame.start, item) {
                return None;
            }
        }
        // "nannte es „überzogen“, der Trainer bezeichnete …": a German tag begins with its verb.
        let subject_first = self.style.language == Language::German
            && next == Some(Form::Comma)
            && self
                .frames
                .token(item + 2)
                .is_some_and(|token| token.is_capital() || token.is(Class::DETERMINER))
            && !self.attributor.begins_tag(item + 2, frame.end);
        // "Der Arzt sagte, es gehe ihm „gut“, und kündigte eine Pause an.": the sentence goes on with its subject.
        let goes_on = self.style.language == Language::German
            && next == Some(Form::Comma)
            && self.attributor.is(item + 2, Class::CONJUNCTION)
            && self.attributor.is_finite(item + 3, usize::MAX);
        if subject_first || goes_on {
            return None;
        }
        // "part of the “plan,” an annual …": a term inside a sentence has its tag at once, if at all.
        let term = item > frame.start
            && self.frames.form(item - 1) == Some(Form::Word)
            && self.is_term(quotation);
        let tag = if (joined || complete) && !term {
            self.attributor.tag_after(item + 1, frame.end, Place::TagAfter)
        } else if term || matches!(next, Some(Form::Dash | Form::Word)) {
            self.attributor.close_tag_after(item + 1, frame.end)
        } else {
            None
        };
        tag.or_else(|| {
            let whole = (joined || !term && self.is_sentence(quotation))
                && (item == frame.start || self.frames.form(item - 1) == Some(Form::Colon))
                || self.leads_with_words(frame.start, item);
            whole.then(|| self.attributor.tag_with_unknown_verb(item + 1, frame.end)).flatten()
        })
        .or_else(|| {
            (joined && !term)
                .then(|| self.attributor.clause_with_unknown_verb(item + 1, frame.end))
                .flatten()
        })
        .or_else(|| {
            // A capital after a comma belongs to a name, whatever else the word may be.
            (ended == Form::Comma)
                .then(|| self.attributor.tag_of_capital(item + 1, frame.end))
                .flatten()
        })
    }

    /// Whether the words in marks are a sentence by their verb, though no full stop or comma says so.
    pub(super) fn is_sentence(&self, quotation: usize) -> bool {
        let quotation = self.quotation(quotation);
        let inside = &self.frames.tokens.tokens[quotation.first..quotation.end];
        let verb = Class::AUXILIARY.or(Class::MODAL).or(Class::SAY).or(Class::REPORTED);
        self.style.language == Language::German
            && inside.first().is_some_and(Token::is_capital)
            && inside.iter().any(|token| token.is(verb) && !token.is_capital())
    }

    /// Whether the words in marks are too many for a title or a term.
    fn is_long(&self, quotation: usize) -> bool {
        const LONGEST_TERM: usize = 5;
        let quotation = self.quotation(quotation);
        self.style.language == Language::German
            && self.frames.tokens.tokens[quotation.first..quotation.end]
                .iter()
                .filter(|token| token.is_word())
                .count()
                > LONGEST_TERM
    }

    /// "Mit den Worten „…“": what the sentence begins with only leads up to the marks.
    fn leads_with_words(&self, start: usize, item: usize) -> bool {
        self.style.language == Language::German
            && item > start + 1
            && item <= start + 4
            && self.attributor.is(item - 1, Class::SAYING)
            && self.attributor.is(start, Class::PREPOSITION)
    }

    pub(super) fn first_attribution(
        &self,
        quotation: usize,
        own_tag: Option<Attribution>,
    ) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let ended = self.frames.last_form(quotation);
        let low = frame.start.max(item.saturating_sub(WINDOW));
        let before = self.attributor.cue_before(item, low);
        let next = (item + 1 < frame.end).then(|| self.frames.form(item + 1)).flatten();
        // "… deny it — “why not?” asked Smith": the verb behind a question is its tag.
        let asks = ended == Form::Exclamation
            && next == Some(Form::Word)
            && self.style.language == Language::English
            && self.frames.token(item + 1).is_some_and(|verb| {
                verb.is(Class::SAY) && !verb.is_capital() && !verb.is(Class::NOUN_ALIKE)
            });
        let joined =
            asks || ended == Form::Comma || next == Some(Form::Comma) || next == Some(Form::Dash);
        // "Ein Sprecher stellte klar: „…“ Dafür spricht vieles.": the colon binds more than the next sentence.
        let colon = self.style.language == Language::German
            && item > low
            && self.frames.form(item - 1) == Some(Form::Colon);
        let strong_before = before.is_some_and(|before| {
            before.place == Place::CueBefore || colon && item + 1 >= frame.end
        });
        // "Als der Minister sagte, dass „…“, meinte er …": the conjunction ties it to the first verb.
        // "Obwohl der Minister betont hatte, das sei „…“, träumen die Leute davon."
        let german = self.style.language == Language::German;
        let led = german
            && low == frame.start
            && before.is_some_and(|before| self.leads_in(before, low, item));
        let tied = led
            || german
                && item > frame.start
                && self.attributor.is(item - 1, Class::THAT.or(Class::POINTER));
        if let Some(owned) = self.attributor.owned_report(low, item) {
            return Some(owned);
        }
        if let Some(owner) = self.owner_of_brackets(frame.start, item) {
            return Some(owner);
        }
        // "Die Stimmen im Überblick: „…“ (Jens Krohn)": nobody speaks before the colon.
        let cued = before.is_some_and(|before| before.cue.is_some());
        if !cued && let Some(signed) = self.signed_in_brackets(quotation, item, frame) {
            return Some(signed);
        }
        if let Some(text) = self.attributor.text_that_speaks_of(item, low, frame.end) {
            return Some(text);
        }
        if let Some(closing) = self.attributor.ends_clause(item, low, frame.end) {
            return Some(closing);
        }
        if let Some(tag) = own_tag
            && (joined && !tied || !strong_before)
            && !led
        {
            return Some(tag);
        }
        // "verwies auf Studien, nach denen „…“": the pointer stands nearer than the verb.
        if let Some(pointed) = self.pointed_at(quotation)
            && pointed.place == Place::SameSentence
        {
            return Some(pointed);
        }
        // "Der Verein habe gefordert, „…“": the sentence is the report of another.
        let told = before.is_some_and(|before| before.told) && !colon;
        if before.is_some_and(|before| before.place != Place::Colon) && !told {
            return before;
        }
        // "Der Experte wandte sich gegen die Behauptung, die Sorte werde …: „…“": whoever leads up to a colon.
        // "Der Verein müsse nun handeln: „…“": the mood before the colon says that another speaks.
        let report = colon
            && before.filter(|before| before.cue.is_none()).is_some_and(|before| {
                before.mention.is_some_and(|subject| {
                    subject.kind != MentionKind::Pronoun
                        && self.attributor.is_in_report(subject, low, item)
                })
            });
        if report && let Some(reporter) = self.reporter(frame_at) {
            return Some(Attribution { place: Place::Colon, ..reporter });
        }
        let leads = colon
            && before.and_then(|before| before.mention).is_some_and(|mention| {
                self.is_somebody(mention) || self.attributor.is_bare_name(mention)
            });
        if leads {
            return before;
        }
        if let Some(late) = self.attributor.late_tag(item, frame.end.min(item + WINDOW)) {
            return Some(late);
        }
        if told {
            return self
                .attributor
                .source_behind(item, frame.start, frame.end)
                .or_else(|| self.led_by(low, item))
                .or_else(|| self.reporter(frame_at))
                .or(before);
        }
        if let Some(closing) = self.attributor.closing_verb(item, low, frame.end) {
            let reporter = closing.told.then(|| self.reporter(frame_at)).flatten();
            return reporter.or(Some(closing));
        }
        if let Some(source) = self.attributor.source_behind(item, frame.start, frame.end) {
            return Some(source);
        }
        if let Some(next) = self.frames.frames.get(frame_at + 1)
            && next.paragraph == frame.paragraph
            && let Some(confirmed) = self.attributor.confirms(*next)
        {
            let reported = self.attributor.is_reported(item, frame);
            let place = if reported { Place::Reported } else { confirmed.place };
            return Some(Attribution { place, ..confirmed });
        }
        if let Some(pointed) = self.pointed_at(quotation) {
            return Some(pointed);
        }
        let direct = item > low + 1
            && (self.frames.form(item - 1) == Some(Form::Comma)
                || self.attributor.is(item - 1, Class::THAT));
        if direct && let Some(source) = self.attributor.own_source(low, item) {
            return Some(Attribution::without_cue(source, Place::SameSentence, item));
        }
        if let Some(governing) = self.governing_subject(quotation) {
            return Some(governing);
        }
        // "Der Sprecher will „…“ prüfen, ob es genüge": what he wills is his.
        if self.style.language == Language::German
            && item > low
            && self.attributor.is(item - 1, Class::MODAL)
            && !self.attributor.is(item - 1, Class::REPORTED)
            && let Some(subject) = self.attributor.main_subject(low, item)
            && self.attributor.is_person(subject)
        {
            return Some(Attribution::without_cue(subject, Place::SameSentence, item));
        }
        if before.is_none()
            && let Some(leading) = self.led_by(low, item)
        {
            return Some(leading);
        }
        if self.attributor.is_reported(item, frame)
            && let Some(reporter) = self.reporter(frame_at)
        {
            return Some(reporter);
        }
        if let Some(signature) =
            (item + 1 < frame.end).then(|| self.attributor.signature(item + 1, frame.end)).flatten()
        {
            return Some(signature);
        }
        if before.is_some() {
            return before;
        }
        self.around(quotation)
    }

    /// "gratulierte Jane Roe („…“)": the quotation alone in brackets right behind a name.
    fn owner_of_brackets(&self, low: usize, item: usize) -> Option<Attribution> {
        let alone = item > low + 1
            && self.frames.form(item - 1) == Some(Form::Open)
            && item + 1 < self.frames.items.len()
            && (self.frames.form(item + 1) == Some(Form::Close)
                || matches!(self.frames.form(item + 1), Some(Form::Stop | Form::Comma))
                    && self.frames.form(item + 2) == Some(Form::Close));
        if self.style.language != Language::German || !alone {
            return None;
        }
        let start = (low..item - 1)
            .rev()
            .take_while(|&at| self.frames.token(at).is_some_and(|token| token.is_capital()))
            .last()?;
        let mention = self.frames.phrase(start, item - 1)?;
        let named = mention.kind == MentionKind::Name
            && (self.resolver.is_known_person(mention) || self.attributor.is_bare_name(mention));
        named.then(|| Attribution::without_cue(mention, Place::SameSentence, item))
    }

    /// "Während der Minister ankündigte, „…“, stellt sich der Verein quer": the clause that opens the
    /// sentence has its own verb of saying right before the quotation, and what follows is the main clause.
    fn leads_in(&self, before: Attribution, start: usize, item: usize) -> bool {
        let opens = self.attributor.opens_clause(start, start);
        let evidential = self.attributor.is(start, Class::EVIDENTIAL);
        let told_behind = (item + 1..self.frames.items.len().min(item + 3))
            .any(|at| self.attributor.is(at, Class::VERBLESS));
        let clauses = (start..item).filter(|&at| self.frames.form(at) == Some(Form::Comma)).count();
        matches!(opens, Some(Opening::Subordinate(_)))
            && !evidential
            && !told_behind
            && clauses <= MOST_COMMAS
            && before.cue.is_some()
            && before.mention.is_some_and(|mention| self.attributor.can_speak(mention))
    }

    /// The subject of the clause that leads a sentence in the reported mood.
    fn led_by(&self, low: usize, item: usize) -> Option<Attribution> {
        let speaker = self.attributor.leading_speaker(low, item)?;
        Some(Attribution::without_cue(speaker, Place::SameSentence, item))
    }

    /// Who speaks in a sentence whose mood marks reported speech: the subject of the nearest verb
    /// of saying before it.
    pub(super) fn reporter(&self, frame_at: usize) -> Option<Attribution> {
        let paragraph = self.frames.frames[frame_at].paragraph;
        (frame_at.saturating_sub(LONGEST_REPORT)..frame_at)
            .rev()
            .map(|at| self.frames.frames[at])
            .take_while(|frame| frame.paragraph + 1 >= paragraph)
            // "Demnach hätten die Soldaten …": the source stands further before.
            .filter(|frame| self.attributor.source_pointer(frame.start, frame.end).is_none())
            .filter_map(|frame| {
                let subject = self.attributor.subject_of_frame(frame).filter(|found| !found.told);
                let found = subject
                    .filter(|found| found.cue.is_some())
                    .or_else(|| self.led_by(frame.start, frame.end))
                    .or(subject)?;
                // The sentence that the report follows tells who speaks, whatever its verb.
                let leads = self.style.language == Language::German
                    && frame.paragraph == paragraph
                    && !self.attributor.is_reported(frame.start, frame)
                    && found.mention.is_some_and(|mention| {
                        self.is_somebody(mention) && !self.attributor.is_crowd(mention)
                            || self.attributor.is_said(mention)
                    });
                let led = found.place == Place::SameSentence;
                let thing = found.mention.is_some_and(|mention| {
                    self.attributor.names_a_thing(mention)
                        || self.attributor.is_unknown_thing(mention)
                });
                (!thing).then_some(())?;
                (found.cue.is_some() || leads || led).then_some(found)
            })
            .next()
            .map(|found| Attribution { place: Place::Reported, cue: None, ..found })
    }

    /// "Der Minister war nur dazu bereit, „wenn …“": where the reported mood stands in the quotation alone,
    /// the clause that the quotation depends on names the speaker.
    fn governing_subject(&self, quotation: usize) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let low = frame.start.max(item.saturating_sub(WINDOW));
        if self.style.language != Language::German || item == low {
            return None;
        }
        let direct = self.frames.form(item - 1) == Some(Form::Comma)
            || self.attributor.is(item - 1, Class::THAT);
        let end = if direct && !self.opens_with_capital(quotation) {
            let reported = (low..frame.end.min(item + WINDOW))
                .any(|at| self.attributor.is(at, Class::REPORTED));
            (!reported).then_some(item)?
        } else {
            let Opening::Subordinate(at) = self.attributor.opening(item, low) else { return None };
            let reported = (low..at).any(|at| self.attributor.is(at, Class::REPORTED));
            (at > low + 2 && !reported).then_some(at)?
        };
        let subject = self.attributor.main_subject(low, end)?;
        Some(Attribution::without_cue(subject, Place::SentenceBefore, item))
    }

    /// "Demnach …", "…, wonach …", "…, nach denen …": the words are of the source named before.
    fn pointed_at(&self, quotation: usize) -> Option<Attribution> {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        let low = frame.start.max(item.saturating_sub(WINDOW));
        let pointer = self.attributor.source_pointer(low, item)?;
        if pointer > frame.start {
            return self.attributor.owner_behind_pointer(pointer, low, item);
        }
        let before = (frame_at.saturating_sub(2)..frame_at)
            .rev()
            .map(|at| self.frames.frames[at])
            .find_map(|frame| self.attributor.source_of_frame(frame))?;
        self.attributor.pointed(pointer, before, item)
    }

    /// Whether a mention names a person or a body, by its words or as somebody this text names in full.
    pub(super) fn is_somebody(&self, mention: Mention) -> bool {
        self.attributor.is_person(mention)
            || mention.kind == MentionKind::Pronoun
            || self.resolver.is_known_person(mention)
    }
}
