//! What leads up to a quotation in its own sentence: the words of saying before it, or whoever stands before a
//! colon.

use super::attribute::{Attribution, Attributor, FARTHEST_VERB, Place};
use super::clause::Opening;
use super::cue::CueAt;
use super::frames::Item;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::Form;
use crate::model::Language;

/// How far before a quotation a verb of thinking may stand, in items: "wants to be “…”".
const NEAR_THOUGHT: usize = 4;

impl Attributor<'_, '_, '_> {
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
        // Where the words that tell of a source end.
        let mut reach = low;
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
            // "Der Minister sprach laut einer Mitteilung von „…“": the words are those of the minister.
            if cue.verbless
                && let Some((says, speaker)) = self.says_beside(item, low, last)
            {
                nearest = Some((says, speaker));
                reach = cue.end;
                break;
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
        // "Das Land müsse seine Absichten klarmachen: „…“": what is due is said by whoever reports it.
        if colon
            && nearest.is_none()
            && let Some((_, mention)) = inner
        {
            return Some(Attribution::without_cue(mention, Place::Colon, last));
        }
        let nearest = nearest.or(inner);
        if let Some((cue, mention)) = nearest {
            let near = punctuated || last - cue.end.max(reach) <= 2;
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
                .or_else(|| self.for_whom(low, last))
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

    /// The verb of saying in the clause of a cue without a verb, where somebody is its subject.
    pub(super) fn says_beside(
        &self,
        item: usize,
        low: usize,
        high: usize,
    ) -> Option<(CueAt, Mention)> {
        if self.language != Language::German {
            return None;
        }
        let start = self.after_comma_before(item, low);
        (start..self.clause_end(item, high)).filter(|&at| at != item).find_map(|at| {
            let cue = self.cue_at(at, high, Class::SAY)?;
            let says = !cue.verbless
                && !self.is(at, Class::POSTPOSITION)
                && !self.is_told(cue, low, high)
                && matches!(
                    self.opening(cue.start, low),
                    Opening::Main(_) | Opening::AfterClause(_)
                );
            let speaker = says.then(|| self.subject_of(cue, low, high)).flatten()?;
            let he = speaker.kind == MentionKind::Pronoun && self.is_nominative(speaker);
            let named = self.is_person(speaker) || self.is_surname(speaker);
            (he || named).then_some((cue, speaker))
        })
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

    /// "müsse klarmachen", "solle sagen": the clause of a cue has a modal verb in the mood of reported speech.
    fn is_due(&self, cue: CueAt, low: usize, high: usize) -> bool {
        (self.after_comma_before(cue.start, low)..self.clause_end(cue.start, high))
            .any(|item| self.is_reported_verb(item) && self.is(item, Class::MODAL))
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
}
