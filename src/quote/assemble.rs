//! Quotes out of quotations: attribution by attribution, interrupted quotes joined, speakers
//! carried over floating ones.

use super::attribute::{Attribution, Attributor, Place};
use super::frames::{Frames, Item};
use super::incise::cut_at_tags;
use super::kind::{TextStyle, kind_of};
use super::lexicon::{Class, lexicon};
use super::marks::{Quotation, quotations};
use super::people::People;
use super::resolve::Resolver;
use super::tokens::{Form, Tokens};
use crate::model::{Cue, Language, Quote, QuoteKind, Sentence, SpeakerMethod};

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
    let attributor = Attributor { frames: &frames, lexicon, language };
    let resolver = Resolver { frames: &frames, people };
    let style = TextStyle::of(&quotations, language);
    Assembly { frames: &frames, attributor, resolver, style, drafts: Vec::new() }.run()
}

/// How far the search for a cue or a subject goes within one sentence, in items. Sentences of print
/// are shorter; it keeps a text without sentence ends from costing its square.
pub(super) const WINDOW: usize = 256;

/// How many sentences a report in the reported mood goes on without naming its speaker again.
const LONGEST_REPORT: usize = 6;

/// A quote in the making.
struct Draft {
    quotations: Vec<usize>,
    kind: QuoteKind,
    attribution: Option<Attribution>,
}

struct Assembly<'f, 't, 'a> {
    frames: &'f Frames<'t, 'a>,
    attributor: Attributor<'f, 't, 'a>,
    resolver: Resolver<'f, 't, 'a>,
    style: TextStyle,
    drafts: Vec<Draft>,
}

impl Assembly<'_, '_, '_> {
    fn run(mut self) -> Vec<Quote> {
        for quotation in 0..self.frames.quotations.len() {
            self.place(quotation);
        }
        let indirect = self.indirect_quotes();
        let mut quotes = self.finish();
        quotes.extend(indirect);
        quotes.sort_by_key(|quote| quote.parts[0].start);
        quotes
    }

    fn quotation(&self, quotation: usize) -> &Quotation {
        &self.frames.quotations[quotation]
    }

    /// Adds a quotation to the draft it belongs to, or starts a new one.
    fn place(&mut self, quotation: usize) {
        let (frame_at, item) = self.frames.places[quotation];
        let frame = self.frames.frames[frame_at];
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
            && self.is_second_part(quotation, item)
            && let Some(draft) = self.last_speech(quotation)
        {
            self.drafts[draft].quotations.push(quotation);
            return;
        }
        let attribution = self.attribution(quotation, frame_at, item, own_tag);
        if attribution.is_some_and(|attribution| attribution.place == Place::Continued)
            && self.reopens_after_tag(quotation, item)
            && let Some(draft) = self.drafts.last_mut()
        {
            draft.quotations.push(quotation);
            return;
        }
        let kind =
            kind_of(self.frames, quotation, item, frame.start, attribution.as_ref(), self.style);
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
        (joined || complete || next == Some(Form::Dash) || next == Some(Form::Word))
            .then(|| self.attributor.tag_after(item + 1, frame.end, Place::TagAfter))
            .flatten()
    }

    /// The draft that this quotation could carry on: the last one, names and scare quotes in the tag
    /// left out ("said on “Meet the Press.” “…”").
    fn last_speech(&self, quotation: usize) -> Option<usize> {
        let last = self.drafts.len().checked_sub(1)?;
        let paragraph = self.quotation(quotation).paragraph;
        (last.saturating_sub(1)..=last).rev().find(|&draft| {
            let draft = &self.drafts[draft];
            draft.kind.is_speech()
                || draft.quotations.iter().any(|&part| self.quotation(part).paragraph != paragraph)
        })
    }

    /// Whether a quotation carries on the one before it over a tag: `"…," she said, "…"`, and
    /// `"…," she said. "…"`, where the comma shows that the first is not at its end.
    fn is_second_part(&self, quotation: usize, item: usize) -> bool {
        let Some(draft) = self.last_speech(quotation) else { return false };
        let draft = &self.drafts[draft];
        let Some(attribution) = draft.attribution else { return false };
        if attribution.place != Place::TagAfter || !draft.kind.is_quoted_speech() {
            return false;
        }
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (before_frame, before_item) = self.frames.places[before];
        let (frame, _) = self.frames.places[quotation];
        let same_paragraph =
            self.quotation(before).paragraph == self.quotation(quotation).paragraph;
        // The tag must be what stands between; only names of works may stand in it.
        if !same_paragraph || item <= before_item + 1 || attribution.tag_end <= before_item {
            return false;
        }
        let tag_cue = attribution.cue.map_or(0, |cue| cue.end);
        if self.second_cue_between(before_item + 1, item, tag_cue) {
            return false;
        }
        let unfinished = matches!(
            self.frames.last_form(before),
            Form::Comma | Form::Exclamation | Form::Ellipsis | Form::Dash
        ) || self.style.comma_outside;
        match self.frames.items[item - 1] {
            Item::Token(token) => match self.frames.tokens.tokens[token].form {
                Form::Comma | Form::Dash => frame == before_frame,
                // "…," she said, and "…".
                Form::Word => {
                    frame == before_frame
                        && item >= before_item + 3
                        && self.frames.tokens.tokens[token].is(Class::CONJUNCTION)
                        && self.frames.form(item - 2) == Some(Form::Comma)
                }
                Form::Stop | Form::Exclamation => unfinished && frame - before_frame <= 2,
                _ => false,
            },
            Item::Quotation(_) => unfinished && self.starts_frame(item, frame),
        }
    }

    /// Whether a quotation that begins a paragraph carries on the one that a tag closed in the
    /// paragraph before: `"…," he said.` and, as the next paragraph, `"…."`
    fn reopens_after_tag(&self, quotation: usize, item: usize) -> bool {
        let Some(draft) = self.drafts.last() else { return false };
        let &before = &draft.quotations[draft.quotations.len() - 1];
        let (_, before_item) = self.frames.places[before];
        draft.quotations.len() == 1
            && draft.attribution.is_some_and(|attribution| attribution.place == Place::TagAfter)
            && before + 1 == quotation
            && self.quotation(before).paragraph + 1 == self.quotation(quotation).paragraph
            && matches!(self.frames.last_form(before), Form::Comma | Form::Exclamation)
            && self.frames.starts_paragraph(before_item)
            && self.frames.starts_paragraph(item)
    }

    fn starts_frame(&self, item: usize, frame: usize) -> bool {
        self.frames.frames[frame].start == item
    }

    /// Whether the tag holds a second cue after the byte `from`, which leads up to the next
    /// quotation: `…, adding of Smith, "…"`, `…, and her husband cut in. "…"`.
    fn second_cue_between(&self, low: usize, item: usize, from: u32) -> bool {
        let stopped = matches!(self.frames.form(item - 1), Some(Form::Stop | Form::Exclamation));
        let second = |at: usize| {
            self.frames.token(at).is_some_and(|token| {
                let says = token.is(Class::SAY) && token.span.start >= from;
                let coordinated = (at.saturating_sub(4).max(low)..at).any(|before| {
                    self.frames.token(before).is_some_and(|token| token.is(Class::CONJUNCTION))
                });
                says && (!stopped || coordinated)
            })
        };
        (low..item).any(second)
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
        if let Some(tag) = own_tag
            && (joined || !strong_before)
        {
            return Some(tag);
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
            return Some(confirmed);
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
                    && !self.attributor.is_reported(frame.start, frame);
                (found.cue.is_some() || leads).then_some(found)
            })
            .next()
            .map(|found| Attribution { place: Place::Reported, cue: None, ..found })
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
        if ends
            && let Some(next) = next
            && !matches!(self.frames.items[next.start], Item::Quotation(_))
            && let Some(tag) = self.attributor.tag_after(next.start, next.end, Place::NextSentence)
        {
            return Some(tag);
        }
        let previous = frame_at.checked_sub(1).map(|at| self.frames.frames[at]);
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
        if !starts
            && let Some(mention) =
                self.attributor.main_subject(frame.start.max(item.saturating_sub(WINDOW)), item)
        {
            return Some(Attribution {
                cue: None,
                mention: Some(mention),
                place: Place::SentenceBefore,
                negated_or_modal: false,
                tag_end: item,
            });
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
            return Some(Attribution {
                cue: None,
                mention: Some(mention),
                place: Place::NextSentence,
                negated_or_modal: false,
                tag_end: next.end,
            });
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

    /// Speech reported without marks.
    fn indirect_quotes(&self) -> Vec<Quote> {
        let found = self.frames.frames.iter().filter_map(|&frame| self.attributor.indirect(frame));
        found
            .map(|(content, attribution)| Quote {
                kind: QuoteKind::Indirect,
                parts: vec![content],
                speaker: self.resolver.speaker(&attribution, None).0,
                cue: attribution
                    .cue
                    .map(|span| Cue { span, negated_or_modal: attribution.negated_or_modal }),
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
                quote.cue = attribution
                    .cue
                    .map(|span| Cue { span, negated_or_modal: attribution.negated_or_modal });
            }
            quotes.push(quote);
        }
        quotes
    }
}
