//! Quotes out of quotations: attribution by attribution, interrupted quotes joined, speakers
//! carried over floating ones.

use super::attribute::{Attribution, Attributor, Place};
use super::block::blocks;
use super::frames::Frames;
use super::incise::cut_at_tags;
use super::kind::{TextStyle, kind_of};
use super::lexicon::lexicon;
use super::marks::{Quotation, quotations};
use super::people::People;
use super::resolve::{Resolver, Spoken};
use super::tokens::Tokens;
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

/// A quote in the making.
pub(super) struct Draft {
    pub(super) quotations: Vec<usize>,
    pub(super) kind: QuoteKind,
    pub(super) attribution: Option<Attribution>,
    /// The tag of a paragraph that reopened it; it stands nearer to what follows than the words that led
    /// up to it all.
    pub(super) tag: Option<Attribution>,
}

/// A text's quotes in the making.
pub(super) struct Assembly<'f, 't, 'a> {
    pub(super) frames: &'f Frames<'t, 'a>,
    pub(super) attributor: Attributor<'f, 't, 'a>,
    pub(super) resolver: Resolver<'f, 't, 'a>,
    pub(super) style: TextStyle,
    pub(super) drafts: Vec<Draft>,
}

impl Assembly<'_, '_, '_> {
    fn run(mut self) -> Vec<Quote> {
        for quotation in 0..self.frames.quotations.len() {
            self.place(quotation);
        }
        let set_off = self.set_off_quotes();
        let mut quotes = self.finish();
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
        let own_tag = self.own_tag(quotation);
        if self.quotation(quotation).continues
            && let Some(before) = self.draft_before(quotation)
        {
            let draft = &mut self.drafts[before];
            draft.quotations.push(quotation);
            draft.tag = own_tag;
            if draft.attribution.is_none_or(|led| led.cue.is_none()) {
                draft.attribution = own_tag.or(draft.attribution);
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
        let attribution = self.attribution(quotation, own_tag);
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
        self.drafts.push(Draft { quotations: vec![quotation], kind, attribution, tag: None });
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
                    Label::Named(mention) => self
                        .resolver
                        .speaker(&Attribution::labelled(mention), &mut Spoken::default()),
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
            let speaker = attribution.and_then(|attribution| {
                self.resolver.speaker(&attribution, &mut Spoken::default())
            });
            let cue = attribution.and_then(|attribution| attribution.said());
            quotes.push(block(found.parts, speaker, cue));
        }
        quotes.sort_by_key(|quote| quote.parts[0].start);
        quotes
    }

    /// Speech reported without marks.
    fn indirect_quotes(&self) -> impl Iterator<Item = (Quote, Option<Attribution>)> {
        let mut found = Vec::new();
        for &frame in &self.frames.frames {
            self.attributor.indirect(frame, &mut found);
        }
        found.into_iter().map(|(parts, attribution)| {
            let kind = QuoteKind::Indirect;
            let quote = Quote { kind, parts, speaker: None, cue: None, unclosed: false };
            (quote, Some(attribution))
        })
    }

    /// Words in marks with the words that attribute them, where they are speech.
    fn marked_quotes(&self) -> impl Iterator<Item = (Quote, Option<Attribution>)> {
        self.drafts.iter().map(|draft| {
            let parts: Vec<_> =
                draft.quotations.iter().map(|&part| self.quotation(part).inner).collect();
            let unclosed = !self.quotation(draft.quotations[draft.quotations.len() - 1]).closed;
            let quote = Quote { kind: draft.kind, parts, speaker: None, cue: None, unclosed };
            (quote, draft.attribution.filter(|_| draft.kind.is_speech()))
        })
    }

    /// All speech in and without marks, with its speakers. They are resolved in the order in which the text
    /// names them: whom a pronoun means hangs on who spoke before.
    fn finish(self) -> Vec<Quote> {
        let mut found: Vec<_> = self.marked_quotes().chain(self.indirect_quotes()).collect();
        found.sort_by_key(|(quote, attribution)| {
            let mention = attribution.and_then(|attribution| attribution.mention);
            let tokens = &self.frames.tokens.tokens;
            let named = mention.map(|mention| tokens[mention.first].span.start);
            (named.unwrap_or(quote.parts[0].start), quote.parts[0].start)
        });
        let mut spoken = Spoken::default();
        for (quote, attribution) in &mut found {
            let Some(attribution) = attribution else { continue };
            quote.speaker = self.resolver.speaker(attribution, &mut spoken);
            if attribution.place == Place::Continued
                && let Some(speaker) = &mut quote.speaker
            {
                speaker.method = SpeakerMethod::Continued;
            }
            quote.cue = attribution.said();
        }
        found.into_iter().map(|(quote, _)| quote).collect()
    }
}
