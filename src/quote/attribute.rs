//! Attribution: the words of saying beside a quotation and the words that name the speaker.
//!
//! The orders tried, the surest first: a tag after the quote ("…," said Smith), a cue with a comma
//! or colon before it (Smith said: "…"), any cue in the same sentence, a press-release dash, and
//! the sentence before or after. What decides between them is punctuation more than distance.

use super::assemble::WINDOW;
use super::clause::Opening;
use super::cue::CueAt;
use super::frames::{Frame, Frames, Item};
use super::lexicon::{Class, Lexicon};
use super::mention::{Mention, MentionKind};
use super::people::People;
use super::tokens::Form;
use crate::model::{Cue, Language, Span};

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
    /// The token of a word that points back at the mention: "ein Hacker, der behauptet", "Demnach …".
    pub(super) pointer: Option<usize>,
    /// The clause of the cue is itself in the mood of reported speech: another speaks.
    pub(super) told: bool,
}

impl Attribution {
    /// The speaker of a transcript's label.
    pub(super) fn labelled(mention: Mention) -> Self {
        Attribution::without_cue(mention, Place::Colon, 0)
    }

    /// A speaker whom no word of saying gives away.
    pub(super) fn without_cue(mention: Mention, place: Place, tag_end: usize) -> Self {
        Attribution {
            cue: None,
            mention: Some(mention),
            place,
            negated_or_modal: false,
            tag_end,
            pointer: None,
            told: false,
        }
    }

    /// The cue as the output has it.
    pub(super) fn said(&self) -> Option<Cue> {
        self.cue.map(|span| Cue { span, negated_or_modal: self.negated_or_modal })
    }
}

/// Finds cues and speakers in a text's frames.
pub(super) struct Attributor<'f, 't, 'a> {
    /// The text.
    pub(super) frames: &'f Frames<'t, 'a>,
    /// Whom it names.
    pub(super) people: &'f People,
    /// Its language's words.
    pub(super) lexicon: &'static Lexicon,
    /// The language, for its word order.
    pub(super) language: Language,
}

/// How far from a quotation a tag's verb may stand, in items.
pub(super) const FARTHEST_VERB: usize = 48;

/// How far before a quotation a verb of thinking may stand, in items: "wants to be “…”".
const NEAR_THOUGHT: usize = 4;

impl Attributor<'_, '_, '_> {
    pub(super) fn is(&self, item: usize, class: Class) -> bool {
        self.frames.token(item).is_some_and(|token| token.is(class))
    }

    pub(super) fn form(&self, item: usize) -> Option<Form> {
        self.frames.form(item)
    }

    pub(super) fn is_quotation(&self, item: usize) -> bool {
        matches!(self.frames.items.get(item), Some(Item::Quotation(_)))
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
            pointer: self.relative_pronoun(cue, low, mention),
            told: self.is_told(cue, low, tag_end),
        }
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
        if self.language != Language::German || frame.end < frame.start + 3 {
            return None;
        }
        if let Some(subject) = self.ends_with_words(frame) {
            return Some(Attribution::without_cue(subject, Place::NextSentence, frame.end));
        }
        if !self.is(frame.start, Class::DEMONSTRATIVE) {
            return None;
        }
        let verb = frame.start + 1;
        let cue = self.cue_at(verb, frame.end, Class::SAY)?;
        let mention = self.subject_of(cue, frame.start, frame.end)?;
        (mention.first > self.first_token(verb)?)
            .then(|| self.attribution(cue, frame.start, mention, Place::NextSentence, frame.end))
    }

    /// "Mit diesen Worten trat der Klinikchef zurück.": a sentence without marks of its own.
    fn ends_with_words(&self, frame: Frame) -> Option<Mention> {
        let words = self.is(frame.start, Class::PREPOSITION)
            && self.is(frame.start + 1, Class::DETERMINER)
            && !self.is(frame.start + 1, Class::INDEFINITE)
            && self.is(frame.start + 2, Class::SAYING);
        let bare = self.open_run(frame.start, frame.end) == frame.end;
        let subject = (words && bare).then(|| self.nominative(frame.start, frame.end)).flatten()?;
        self.is_person(subject).then_some(subject)
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

    /// Whether the quotation at an item opens with a small letter.
    fn opens_small(&self, item: usize) -> bool {
        let Some(&Item::Quotation(quotation)) = self.frames.items.get(item) else { return false };
        let found = &self.frames.quotations[quotation];
        self.frames.tokens.tokens[found.first..found.end]
            .iter()
            .find(|token| token.is_word())
            .is_some_and(|token| token.form == Form::Word && !token.is_capital())
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
        // "Jens Smith (51): “…”": the brackets belong to the name.
        if let Some(opened) = self.insertion_before(last - 1, low)
            && self.form(last - 1) == Some(Form::Close)
            && opened > low
        {
            last = opened;
        }
        if !colon && let Some(owned) = self.owned_saying(last, low, quote) {
            return Some(owned);
        }
        if colon && let Some(second) = self.second_speaker(low, last) {
            return Some(Attribution::without_cue(second, Place::Colon, last));
        }
        // "…, and the minister Jens Smith: “…”": a name set off by a comma needs no verb.
        if colon
            && let Some(mention) = self.frames.name_before(last, low)
            && self.is_set_off(mention, low, last)
        {
            return Some(Attribution::without_cue(mention, Place::Colon, last));
        }
        if let Some(given) = self.gives_saying(last, low, quote) {
            return Some(given);
        }
        if colon && let Some(mention) = self.issued_by(low, last) {
            return Some(Attribution::labelled(mention));
        }
        let rates = self.rates_last(low, last);
        let mut item = if rates { low } else { last };
        let mut nearest: Option<(CueAt, Mention)> = None;
        let mut inner: Option<(CueAt, Mention)> = None;
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
            // "Laut Zeugen schrie der Mann ihn mit den Worten „…“ an": the words are the man's.
            if cue.verbless
                && self.language == Language::German
                && self.has_words(last, low)
                && let Some(subject) = self.german_main_subject(low, last)
                && self.is_person(subject)
            {
                return Some(Attribution::without_cue(subject, Place::SameSentence, last));
            }
            // "Wie der Sender berichtet, gab der Sprecher eine Antwort: „…“": the main clause leads up to it.
            if colon
                && self.language == Language::German
                && let Opening::Subordinate(at) = self.opening(cue.start, low)
                && self.is(at, Class::EVIDENTIAL)
                && let Some(subject) = self.main_subject(low, last)
                && self.is_person(subject)
                && self.begins_behind(subject, cue.end)
            {
                return Some(Attribution::without_cue(subject, Place::Colon, last));
            }
            // "Der Kommandeur laut Medienberichten: „…“": whoever needs no verb speaks.
            if colon
                && cue.verbless
                && let Some(speaker) = self.verbless_speaker(low, cue.start)
            {
                return Some(Attribution::without_cue(speaker, Place::Colon, last));
            }
            let subject = self
                .subject_of(cue, low, last)
                .or_else(|| self.subject_of_participle(cue, low, quote));
            // "Sie nannte es traurig, dass der Mann keine Reue erkennen ließ: „…“": the colon belongs to the
            // main clause.
            if colon
                && self.language == Language::German
                && let Opening::Subordinate(at) = self.opening(cue.start, low)
                && self.is(at, Class::THAT)
                && at > low + 1
                && let Some(main) = self.judging_subject(low, at)
            {
                return Some(Attribution::without_cue(main, Place::Colon, last));
            }
            if let Some(mention) = subject {
                // "Der Minister sagte, der Verband habe gefordert, „…“": all of it is the minister's.
                // Behind a colon it is the verband's: "Der Minister soll gesagt haben: „…“".
                // Nobody has said what he only "müsse" say.
                if self.is_told(cue, low, last) && (!colon || self.is_due(cue, low, last)) {
                    inner = inner.or(Some((cue, mention)));
                    continue;
                }
                nearest = Some((cue, mention));
                break;
            }
        }
        let nearest = nearest.or(inner);
        if let Some((cue, mention)) = nearest {
            let near = punctuated || last - cue.end <= 2;
            let place = if near { Place::CueBefore } else { Place::SameSentence };
            return Some(self.attribution(cue, low, mention, place, last));
        }
        // A verb of thinking, calling or acting right before the quotation, or before a colon.
        let mut item = last;
        let mut inner = None;
        while item > low && last - item < FARTHEST_VERB {
            item -= 1;
            let Some(cue) = self.cue_at(item, last, Class::THINK.or(Class::CALL)) else { continue };
            if cue.tag_only {
                continue;
            }
            // Only a verb that names or rates has its words in marks at a distance.
            let names = self.is(item, Class::CALL) || self.language != Language::English;
            if !punctuated && !names && last - cue.end > NEAR_THOUGHT {
                continue;
            }
            // "gave money to “…”": deeds lead up to whole sentences only ("He began: “…”").
            if self.is(item, Class::ACT) && self.opens_small(quote) {
                continue;
            }
            if let Some(mention) = self.subject_of(cue, low, last) {
                // "called the figure “brave”"
                let rates = self.language == Language::English
                    && self.is(item, Class::CALL)
                    && last - cue.end <= NEAR_THOUGHT;
                let near = punctuated || rates || last - cue.end <= 1;
                let place = if near { Place::CueBefore } else { Place::SameSentence };
                let found = self.attribution(cue, low, mention, place, last);
                if !found.told {
                    return Some(found);
                }
                inner = inner.or(Some(found));
            }
        }
        // "… gegen die Ansicht, der Damm werde nicht halten: „…“": the main clause leads up to the colon.
        if let Some(inner) = inner {
            let main = colon.then(|| self.main_subject(low, last)).flatten();
            let main =
                main.filter(|&main| self.is_person(main) || main.kind == MentionKind::Pronoun);
            return Some(
                main.map_or(inner, |main| Attribution::without_cue(main, Place::Colon, last)),
            );
        }
        if self.language == Language::German
            && let Some(text) =
                self.text_that_stands(low, last).or_else(|| self.text_that_says(low, last))
        {
            let place = if colon { Place::Colon } else { Place::SameSentence };
            return Some(Attribution::without_cue(text, place, quote));
        }
        if !colon && let Some(judged) = self.judged_by(low, quote) {
            return Some(judged);
        }
        if colon
            && self.language == Language::German
            && self.german_main_subject(low, last).is_some_and(|subject| self.is_said(subject))
            && let Some(agent) = self.agent(low, last).or_else(|| self.bearer(low, last))
        {
            return Some(Attribution::without_cue(agent, Place::Colon, last));
        }
        if colon {
            // "…: So empörte sich der Verband: „…“": the last part leads up to it.
            let part = (low..last).rev().find(|&at| self.form(at) == Some(Form::Colon));
            let whole = low;
            let low = part.map_or(low, |colon| colon + 1);
            // "Groß war die Freude bei Jens Krohn: „…“".
            let main = self.main_subject(low, last);
            let leads = main.is_some_and(|main| {
                self.frames.items[low] == Item::Token(main.first)
                    && main.end == main.first + 1
                    && !self.is_person(main)
                    && self.nominative_at(low + 2, last).is_some_and(|next| self.has_article(next))
            });
            if leads && let Some(with) = self.whose_feeling(low, last) {
                return Some(Attribution::without_cue(with, Place::Colon, last));
            }
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
                .or_else(|| self.main_subject(low, last))
                .or_else(|| self.main_subject(whole, last))
                .or_else(|| self.whose_feeling(low, last))
                // "Der Zettel mahnte: „…“": whatever the subject of a verb is that nothing is known of.
                .or_else(|| {
                    self.is_unknown_verb(last - 1, low).then(|| self.any_source(low, last))?
                })
                // "Einer aus der Gruppe: „…“".
                .or_else(|| self.lone_pronoun(low, last))
                // "Für Smith steht fest: “…”".
                .or_else(|| self.judged_by(low, last)?.mention)?;
            return Some(Attribution::without_cue(mention, Place::Colon, last));
        }
        None
    }

    /// "Während der Minister ihn verteidigte, nannte ihn der Verband „…“": the last verb before a quotation rates,
    /// so that a verb of saying farther before does not report it.
    fn rates_last(&self, low: usize, last: usize) -> bool {
        let verb = |item: &usize, class: Class| self.is(*item, class) && !self.is_noun(*item);
        let rating = (low..last).rev().find(|item| verb(item, Class::CALL));
        let saying =
            (low..last).rev().find(|item| verb(item, Class::SAY) && !self.is(*item, Class::CALL));
        let Some(rating) = rating else { return false };
        self.language == Language::German
            && saying.map_or(self.after_comma_before(rating, low) > low, |saying| rating > saying)
            && matches!(self.opening(rating, low), Opening::Main(_) | Opening::AfterClause(_))
            && !self.is_in_reported_clause(rating, low, last)
    }

    /// "mit den Worten": the preposition and a noun of saying end right before an item.
    fn has_words(&self, end: usize, low: usize) -> bool {
        end > low + 2
            && self.is(end - 1, Class::SAYING)
            && (low.max(end - 3)..end - 1).any(|item| {
                self.frames.token(item).is_some_and(|with| {
                    with.span.of(self.frames.tokens.text).eq_ignore_ascii_case("mit")
                })
            })
    }

    /// Who says or judges in the main clause between two items.
    fn judging_subject(&self, low: usize, high: usize) -> Option<Mention> {
        (low..high).rev().find_map(|item| {
            let cue = self.cue_at(item, high, Class::SAY.or(Class::THINK).or(Class::CALL))?;
            self.subject_of(cue, low, high).filter(|&found| {
                self.is_person(found)
                    || self.is_nominative(found)
                    || found.kind == MentionKind::Pronoun
            })
        })
    }

    /// Whether a mention begins behind an item.
    fn begins_behind(&self, mention: Mention, item: usize) -> bool {
        self.frames
            .items
            .get(item)
            .is_some_and(|at| matches!(at, Item::Token(token) if *token <= mention.first))
    }

    /// Whether the clause of a cue is itself in the mood of reported speech.
    pub(super) fn is_told(&self, cue: CueAt, low: usize, high: usize) -> bool {
        !cue.verbless && self.is_in_reported_clause(cue.start, low, high)
    }

    /// Whether the clause of an item is in the mood of reported speech.
    pub(super) fn is_in_reported_clause(&self, item: usize, low: usize, high: usize) -> bool {
        self.language == Language::German
            && (self.after_comma_before(item, low)..self.clause_end(item, high))
                .any(|item| self.is_reported_verb(item))
    }

    /// Whether the clause that a mention stands in is in the mood of reported speech.
    pub(super) fn is_in_report(&self, mention: Mention, low: usize, high: usize) -> bool {
        (low..high)
            .find(|&item| self.frames.items[item] == Item::Token(mention.first))
            .is_some_and(|item| self.is_in_reported_clause(item, low, high))
    }

    /// "müsse klarmachen", "solle sagen": the clause of a cue has a modal verb in the mood of reported speech.
    fn is_due(&self, cue: CueAt, low: usize, high: usize) -> bool {
        (self.after_comma_before(cue.start, low)..self.clause_end(cue.start, high))
            .any(|item| self.is_reported_verb(item) && self.is(item, Class::MODAL))
    }

    /// Whether an item is the German "sich".
    pub(super) fn is_reflexive(&self, item: usize) -> bool {
        self.frames
            .token(item)
            .is_some_and(|token| token.span.of(self.frames.tokens.text) == "sich")
    }

    /// A verb in the mood of reported speech; a capital is a noun of the same form.
    pub(super) fn is_reported_verb(&self, item: usize) -> bool {
        self.frames
            .token(item)
            .is_some_and(|token| token.is(Class::REPORTED) && !token.is_capital())
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
                && inside.first().is_some_and(|first| {
                    // German nouns are capitals: behind a word they go on with the sentence.
                    !first.is_capital() || self.form(near - 1) == Some(Form::Word)
                })
                && inside.iter().any(|token| token.is(Class::REPORTED))
    }

    /// Whether a mention begins its frame or stands after a comma.
    fn is_set_off(&self, mention: Mention, low: usize, high: usize) -> bool {
        let all = &self.frames.tokens.tokens;
        let head = &all[mention.first];
        // "Energie-Sprecherin": the last part of a compound is its noun.
        let mut noun = mention.first;
        while noun + 2 < mention.end && all[noun + 1].form == Form::Hyphen {
            noun += 2;
        }
        let office = all[noun].is(Class::PERSON_NOUN)
            && self.frames.tokens.tokens[mention.first..mention.end]
                .iter()
                .any(|token| token.is(Class::GENITIVE));
        let oblique = self.language == Language::German && head.is(Class::OBLIQUE);
        if office || oblique || !head.is_capital() && !head.is(Class::DETERMINER) {
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
            Language::German => self.german_main_subject(low, high).filter(|&mention| {
                self.can_speak(mention) && !(self.is_said(mention) && self.has_article(mention))
            }),
            _ => self.frames.sentence_subject(low, high),
        }
    }

    /// The subject of a frame as below, or, where none of its nouns is known to speak, whatever its subject is.
    pub(super) fn somebody_in(&self, frame: Frame) -> Option<Attribution> {
        self.subject_of_frame(frame).or_else(|| {
            let subject = self.any_source(frame.start, frame.end)?;
            (!self.names_a_thing(subject))
                .then(|| Attribution::without_cue(subject, Place::SentenceBefore, frame.end))
        })
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
        if self.language == Language::German
            && let Some(text) = self.text_that_says(low, frame.end)
        {
            return Some(Attribution::without_cue(text, Place::SentenceBefore, frame.end));
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
        // "Kritik kam vom Verband. „…“", "Für Jens Krohn sind die Ausreden vorbei. „…“".
        let mention = self
            .giver_of_saying(low, frame.end)
            .or_else(|| self.for_whom(low, frame.end))
            .or_else(|| self.main_subject(low, frame.end))?;
        Some(Attribution::without_cue(mention, Place::SentenceBefore, frame.end))
    }
}
