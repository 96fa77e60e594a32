//! Quotes out of quotations: attribution by attribution, interrupted quotes joined, speakers
//! carried over floating ones.

use super::attribute::{Attribution, Attributor, Place};
use super::block::blocks;
use super::clause::Opening;
use super::frames::{Frames, Item};
use super::incise::cut_at_tags;
use super::kind::{TextStyle, kind_of};
use super::lexicon::{Class, lexicon};
use super::marks::{Quotation, quotations};
use super::mention::{Mention, MentionKind};
use super::people::People;
use super::resolve::Resolver;
use super::tokens::{Form, Tokens};
use super::transcript::{Label, interviewed, turns};
use crate::model::{Language, Quote, QuoteKind, Sentence, SpeakerMethod};

/// Finds the quotes of a text: which words are speech, how they are reported, and whose they are.
///
/// `sentences` gives the paragraphs and the sentence ends (as [`crate::text::segment`] finds
/// them). Quotes come in the order of the text. Kinds [`QuoteKind::Scare`] and [`QuoteKind::Title`]
/// are included, because a reader may want to know that they were seen and set apart.
pub fn find_quotes(text: &str, sentences: &[Sentence], language: Language) -> Vec<Quote> {
    let lexicon = lexicon(language);
    let tokens = Tokens::new(text, sentences, language, lexicon);
    let quotations = cut_at_tags(&tokens, quotations(&tokens), language);
    let frames = Frames::new(&tokens, &quotations);
    let people = People::collect(&frames);
    let attributor = Attributor { frames: &frames, people: &people, lexicon, language };
    let resolver = Resolver { frames: &frames, people: &people };
    let style = TextStyle::of(&quotations, language);
    Assembly { frames: &frames, attributor, resolver, style, drafts: Vec::new() }.run()
}

/// How far the search for a cue or a subject goes within one sentence, in items. Sentences of print
/// are shorter; it keeps a text without sentence ends from costing its square.
pub(super) const WINDOW: usize = 256;

/// How many sentences a report in the reported mood goes on without naming its speaker again.
const LONGEST_REPORT: usize = 6;

/// A quote in the making.
pub(super) struct Draft {
    pub(super) quotations: Vec<usize>,
    pub(super) kind: QuoteKind,
    pub(super) attribution: Option<Attribution>,
}

/// A text's quotes in the making.
pub(super) struct Assembly<'f, 't, 'a> {
    pub(super) frames: &'f Frames<'t, 'a>,
    pub(super) attributor: Attributor<'f, 't, 'a>,
    resolver: Resolver<'f, 't, 'a>,
    pub(super) style: TextStyle,
    pub(super) drafts: Vec<Draft>,
}

impl Assembly<'_, '_, '_> {
    fn run(mut self) -> Vec<Quote> {
        for quotation in 0..self.frames.quotations.len() {
            self.place(quotation);
        }
        let set_off = self.set_off_quotes();
        let indirect = self.indirect_quotes();
        let mut quotes = self.finish();
        quotes.extend(indirect);
        if !set_off.is_empty() {
            // Marks inside a paragraph that is set off belong to it.
            let covers: Vec<_> = set_off.iter().map(Quote::cover).collect();
            let mut cover = 0;
            quotes.sort_by_key(|quote| quote.parts[0].start);
            quotes.retain(|quote| {
                let start = quote.parts[0].start;
                while cover < covers.len() && covers[cover].end <= start {
                    cover += 1;
                }
                cover >= covers.len() || covers[cover].start > start
            });
            quotes.extend(set_off);
        }
        quotes.sort_by_key(|quote| quote.parts[0].start);
        quotes
    }

    pub(super) fn quotation(&self, quotation: usize) -> &Quotation {
        &self.frames.quotations[quotation]
    }

    /// Adds a quotation to the draft it belongs to, or starts a new one.
    fn place(&mut self, quotation: usize) {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
        if let Some(signature) = self.attributor.signature_line(quotation)
            && let Some(draft) = self.drafts.last_mut()
        {
            draft.attribution = Some(signature);
            return;
        }
        let own_tag = self.own_tag(quotation, frame_at, item);
        if self.quotation(quotation).continues
            && let Some(draft) = self.drafts.last_mut()
        {
            draft.quotations.push(quotation);
            if draft.attribution.is_none() {
                draft.attribution = own_tag;
            }
            draft.kind = QuoteKind::Direct;
            return;
        }
        if self.quotation(quotation).resumes
            && let Some(draft) = self.drafts.last_mut()
        {
            draft.quotations.push(quotation);
            return;
        }
        if own_tag.is_none()
            && (self.is_second_part(quotation, item) || self.carries_on_tagged(quotation, item))
            && let Some(draft) = self.last_speech(quotation)
        {
            self.drafts[draft].quotations.push(quotation);
            return;
        }
        if self.floats_on(quotation)
            && let Some(draft) = self.drafts.last_mut()
        {
            draft.quotations.push(quotation);
            return;
        }
        let attribution = self.attribution(quotation, frame_at, item, own_tag);
        if self.joins_sentence(quotation, item, attribution) {
            return;
        }
        if attribution.is_some_and(|attribution| attribution.place == Place::Continued)
            && self.reopens_after_tag(quotation, item)
            && let Some(draft) = self.drafts.last_mut()
        {
            draft.quotations.push(quotation);
            return;
        }
        let loose = own_tag.is_none() && self.goes_on_a_list(quotation, item)
            || self.stands_in_tag(quotation, attribution);
        let kind = if loose {
            QuoteKind::Scare
        } else {
            kind_of(self.frames, quotation, item, frame.start, attribution.as_ref(), self.style)
        };
        self.drafts.push(Draft { quotations: vec![quotation], kind, attribution });
    }

    /// The tag that follows in the same sentence.
    fn own_tag(&self, quotation: usize, frame_at: usize, item: usize) -> Option<Attribution> {
        let frame = self.frames.frames[frame_at];
        let ended = self.frames.last_form(quotation);
        let complete =
            matches!(ended, Form::Exclamation | Form::Ellipsis | Form::Stop | Form::Dash);
        if item + 1 >= frame.end {
            // "Where?" Smith asked. The quoted sentence is complete, but the tag belongs to it.
            let next = self.frames.frames.get(frame_at + 1)?;
            return (complete && next.paragraph == frame.paragraph)
                .then(|| self.attributor.bare_tag(next.start, next.end, ended == Form::Exclamation))
                .flatten();
        }
        let next = self.frames.form(item + 1);
        let joined = ended == Form::Comma || next == Some(Form::Comma);
        // "ein Vertreter der „Aktion“ nannte": German has no tag without a comma behind marks that
        // stand inside a sentence, and none that does not begin with its verb.
        if self.style.language == Language::German && !joined && !complete {
            let inside = item > frame.start && self.frames.form(item - 1) == Some(Form::Word);
            if inside
                || next == Some(Form::Word) && !self.attributor.begins_tag(item + 1, frame.end)
            {
                return None;
            }
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
            // A capital after a comma belongs to a name, whatever else the word may be.
            (ended == Form::Comma)
                .then(|| self.attributor.tag_of_capital(item + 1, frame.end))
                .flatten()
        })
    }

    /// How many whole frames lie between the frames of two quotations.
    fn sentences_between(&self, first: usize, second: usize) -> usize {
        let (first_frame, _) = self.frames.places[first];
        let (second_frame, _) = self.frames.places[second];
        (second_frame - first_frame).saturating_sub(1)
    }

    fn attribution(
        &self,
        quotation: usize,
        frame_at: usize,
        item: usize,
        own_tag: Option<Attribution>,
    ) -> Option<Attribution> {
        let frame = self.frames.frames[frame_at];
        let ended = self.frames.last_form(quotation);
        let low = frame.start.max(item.saturating_sub(WINDOW));
        let before = self.attributor.cue_before(item, low);
        let next = (item + 1 < frame.end).then(|| self.frames.form(item + 1)).flatten();
        let joined = ended == Form::Comma || next == Some(Form::Comma) || next == Some(Form::Dash);
        let strong_before = before.is_some_and(|before| before.place == Place::CueBefore);
        // "Als der Minister sagte, dass „…“, meinte er …": the conjunction ties it to the first verb.
        let tied = self.style.language == Language::German
            && item > frame.start
            && self.attributor.is(item - 1, Class::THAT);
        if let Some(tag) = own_tag
            && (joined && !tied || !strong_before)
        {
            return Some(tag);
        }
        // "verwies auf Studien, nach denen „…“": the pointer stands nearer than the verb.
        if let Some(pointed) = self.pointed_at(frame_at, item)
            && pointed.place == Place::SameSentence
        {
            return Some(pointed);
        }
        if before.is_some_and(|before| before.place != Place::Colon) {
            return before;
        }
        if let Some(late) = self.attributor.late_tag(item, frame.end.min(item + WINDOW)) {
            return Some(late);
        }
        if let Some(closing) = self.attributor.closing_verb(item, low, frame.end) {
            return Some(closing);
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
        if let Some(pointed) = self.pointed_at(frame_at, item) {
            return Some(pointed);
        }
        if let Some(governing) = self.governing_subject(quotation, frame_at, item) {
            return Some(governing);
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
        self.around(quotation, frame_at, item)
    }

    /// Who speaks in a sentence whose mood marks reported speech: the subject of the nearest verb
    /// of saying before it.
    fn reporter(&self, frame_at: usize) -> Option<Attribution> {
        let paragraph = self.frames.frames[frame_at].paragraph;
        (frame_at.saturating_sub(LONGEST_REPORT)..frame_at)
            .rev()
            .map(|at| self.frames.frames[at])
            .take_while(|frame| frame.paragraph + 1 >= paragraph)
            .filter_map(|frame| {
                let found = self.attributor.subject_of_frame(frame)?;
                // The sentence that the report follows tells who speaks, whatever its verb.
                let leads = self.style.language == Language::German
                    && frame.paragraph == paragraph
                    && !self.attributor.is_reported(frame.start, frame)
                    && found.mention.is_some_and(|mention| self.is_somebody(mention));
                (found.cue.is_some() || leads).then_some(found)
            })
            .next()
            .map(|found| Attribution { place: Place::Reported, cue: None, ..found })
    }

    /// "Der Minister war nur dazu bereit, „wenn …“": where the reported mood stands in the quotation alone,
    /// the clause that the quotation depends on names the speaker.
    fn governing_subject(
        &self,
        quotation: usize,
        frame_at: usize,
        item: usize,
    ) -> Option<Attribution> {
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
    fn pointed_at(&self, frame_at: usize, item: usize) -> Option<Attribution> {
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
    fn is_somebody(&self, mention: Mention) -> bool {
        self.attributor.is_person(mention)
            || mention.kind == MentionKind::Pronoun
            || self.resolver.is_known_person(mention)
    }

    /// What the neighbouring sentences say.
    fn around(&self, quotation: usize, frame_at: usize, item: usize) -> Option<Attribution> {
        let frame = self.frames.frames[frame_at];
        let paragraph = self.quotation(quotation).paragraph;
        let starts = item == frame.start;
        let ends = item + 1 == frame.end;
        let next = self.frames.frames.get(frame_at + 1).filter(|next| next.paragraph == paragraph);
        let continued = self.continued(quotation);
        let near = self.drafts.last().is_some_and(|draft| {
            draft.quotations.last().is_some_and(|&last| {
                self.quotation(last).paragraph == paragraph
                    && self.sentences_between(last, quotation) == 0
            })
        });
        if near && continued.is_some() && starts {
            return continued;
        }
        let previous = frame_at.checked_sub(1).map(|at| self.frames.frames[at]);
        // German puts the source first: a report goes on until another speaker is named.
        if self.style.language == Language::German
            && starts
            && let Some(before) = previous
            && before.paragraph == paragraph
            && let Some(found) = self.attributor.says_plainly(before)
        {
            return Some(found);
        }
        if ends
            && let Some(next) = next
            && !matches!(self.frames.items[next.start], Item::Quotation(_))
            && let Some(tag) = self.attributor.tag_after(next.start, next.end, Place::NextSentence)
        {
            return Some(tag);
        }
        if starts
            && let Some(previous) = previous
            && previous.paragraph == paragraph
        {
            let reporter = self
                .attributor
                .is_reported(previous.end, previous)
                .then(|| self.reporter(frame_at))
                .flatten();
            let found = reporter.or_else(|| self.attributor.subject_of_frame(previous));
            if found.is_some() {
                return found;
            }
        }
        let low = frame.start.max(item.saturating_sub(WINDOW));
        if !starts
            && let Some(mention) = self
                .attributor
                .subject_around(low, item)
                .or_else(|| self.attributor.main_subject(low, item))
                .or_else(|| self.attributor.any_source(low, item))
        {
            return Some(Attribution::without_cue(mention, Place::SentenceBefore, item));
        }
        if continued.is_some() {
            return continued;
        }
        // "«On a tout essayé.» Le directeur, Paul Vasseur, ne cache pas son amertume."
        if self.style.language != Language::English
            && starts
            && self.frames.starts_paragraph(item)
            && let Some(next) = next
            && !matches!(self.frames.items[next.start], Item::Quotation(_))
            && let Some(mention) = self.attributor.main_subject(next.start, next.end)
            && self.attributor.begins_after(mention, next.start, next.end.min(next.start + 4))
                | (self.frames.items[next.start] == Item::Token(mention.first))
        {
            return Some(Attribution::without_cue(mention, Place::NextSentence, next.end));
        }
        let previous = previous?;
        self.attributor.subject_of_frame(previous)
    }

    /// The speaker before, where this quotation floats after it.
    fn continued(&self, quotation: usize) -> Option<Attribution> {
        let draft = self.drafts.last()?;
        let attribution = draft.attribution?;
        let &last = draft.quotations.last()?;
        let near = self.quotation(quotation).paragraph - self.quotation(last).paragraph <= 1;
        (near && draft.kind.is_quoted_speech()).then_some(Attribution {
            place: Place::Continued,
            cue: None,
            ..attribution
        })
    }

    /// Speech set off without marks: block quotes and the turns of transcripts, in order.
    fn set_off_quotes(&self) -> Vec<Quote> {
        let block = |parts, speaker, cue| Quote {
            kind: QuoteKind::Block,
            parts,
            speaker,
            cue,
            unclosed: false,
        };
        let turns = turns(self.frames, self.resolver.people);
        let answers = interviewed(self.frames.tokens, self.resolver.people, &turns);
        let mut quotes: Vec<Quote> = turns
            .iter()
            .filter_map(|turn| {
                let speaker = match turn.label {
                    // The questions of nobody by name are no quotes.
                    Label::Question => return None,
                    Label::Answer(mention) => {
                        answers.map(|person| self.resolver.answering(person, mention))
                    }
                    Label::Named(mention) => {
                        self.resolver.speaker(&Attribution::labelled(mention), None).0
                    }
                };
                (!turn.parts.is_empty()).then(|| block(turn.parts.clone(), speaker, None))
            })
            .collect();
        let mut turn = 0;
        for found in blocks(&self.attributor) {
            while turn < turns.len() && turns[turn].tokens.1 <= found.tokens.0 {
                turn += 1;
            }
            if turns.get(turn).is_some_and(|turn| turn.tokens.0 < found.tokens.1) {
                continue;
            }
            let attribution = found.attribution;
            let speaker =
                attribution.and_then(|attribution| self.resolver.speaker(&attribution, None).0);
            let cue = attribution.and_then(|attribution| attribution.said());
            quotes.push(block(found.parts, speaker, cue));
        }
        quotes.sort_by_key(|quote| quote.parts[0].start);
        quotes
    }

    /// Speech reported without marks.
    fn indirect_quotes(&self) -> Vec<Quote> {
        let mut found = Vec::new();
        for &frame in &self.frames.frames {
            self.attributor.indirect(frame, &mut found);
        }
        found
            .into_iter()
            .map(|(parts, attribution)| Quote {
                kind: QuoteKind::Indirect,
                parts,
                speaker: self.resolver.speaker(&attribution, None).0,
                cue: attribution.said(),
                unclosed: false,
            })
            .collect()
    }

    fn finish(self) -> Vec<Quote> {
        let mut last = None;
        let mut quotes = Vec::with_capacity(self.drafts.len());
        for draft in &self.drafts {
            let parts: Vec<_> =
                draft.quotations.iter().map(|&part| self.quotation(part).inner).collect();
            let unclosed = !self.quotation(draft.quotations[draft.quotations.len() - 1]).closed;
            let mut quote = Quote { kind: draft.kind, parts, speaker: None, cue: None, unclosed };
            if let Some(attribution) = draft.attribution
                && draft.kind.is_speech()
            {
                let (speaker, person) = self.resolver.speaker(&attribution, last);
                quote.speaker = speaker;
                if attribution.place == Place::Continued
                    && let Some(speaker) = &mut quote.speaker
                {
                    speaker.method = SpeakerMethod::Continued;
                }
                if person.is_some() {
                    last = person;
                }
                quote.cue = attribution.said();
            }
            quotes.push(quote);
        }
        quotes
    }
}
