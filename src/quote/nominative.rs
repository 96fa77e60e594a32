//! German phrases that can be a subject: no preposition before them and no article of another case.

use super::attribute::Attributor;
use super::frames::Item;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Form, Token};

impl Attributor<'_, '_, '_> {
    /// The first phrase in a range that can be nominative.
    pub(super) fn nominative(&self, start: usize, end: usize) -> Option<Mention> {
        let mut item = start;
        while item < end {
            if let Some(past) = self.past_insertion(item, end) {
                item = past;
                continue;
            }
            if matches!(self.form(item), Some(Form::Comma | Form::Colon)) {
                return None;
            }
            if self.compares(item) {
                item = self.end_of_phrase(item + 2, end).max(item + 2);
                continue;
            }
            if item > start && self.is_owner_of_marked(item) {
                item = self.end_of_phrase(item, end).max(item + 1);
                continue;
            }
            // "Das Papier nennt als Ziel …": what something is called is no subject.
            if item + 1 < end && self.is(item, Class::AS) {
                item = self.end_of_phrase(item + 1, end).max(item + 1);
                continue;
            }
            if self.is(item, Class::PREPOSITION) && item + 1 < end {
                // "am darauffolgenden Tag": adjectives without an article.
                let noun = (item + 1..end.min(item + 6))
                    .find(|&at| {
                        self.frames.token(at).is_none_or(|token| {
                            token.form != Form::Word
                                || token.is_capital()
                                || token.class != Class::default()
                                    && !token.is(Class::ADVERB.or(Class::NEGATION))
                        })
                    })
                    .unwrap_or(item + 1);
                let place =
                    noun == item + 1 && self.frames.token(noun).is_some_and(Token::is_capital);
                let past = if place { self.end_of_place(noun, end) } else { None };
                item = past.unwrap_or_else(|| self.end_of_phrase(noun, end)).max(item + 1);
                continue;
            }
            if let Some(found) = self.nominative_at(item, end) {
                return Some(found);
            }
            let determined = self.is(item, Class::DETERMINER.or(Class::OBLIQUE));
            item = if determined { self.end_of_phrase(item, end) } else { item + 1 }.max(item + 1);
        }
        None
    }

    /// "vor einem „weiteren Rückgang“ der Betriebe": behind marks that stand for a noun with its article the
    /// phrase is their genitive.
    fn is_owner_of_marked(&self, item: usize) -> bool {
        item > 1
            && self.is_quotation(item - 1)
            && self.is(item, Class::GENITIVE)
            && self.is(item, Class::DETERMINER)
            && self.is(item - 2, Class::DETERMINER.or(Class::OBLIQUE))
    }

    /// "einer von ihnen", "eine der Frauen": a pronoun though it looks like an article.
    pub(super) fn one_of_them(&self, item: usize, end: usize) -> Option<Mention> {
        let among = self.is(item, Class::OTHER_SUBJECT)
            && self.is(item, Class::DETERMINER)
            && item + 1 < end
            && self.frames.token(item + 1).is_some_and(|next| !next.is_capital())
            && (self.is(item + 1, Class::GENITIVE.or(Class::AGENT))
                // "ruft einer auf dem Platz".
                || item > 0
                    && self.is_genitive_article(item)
                    && self.is(item + 1, Class::PREPOSITION)
                    && self.is_finite(item - 1, usize::MAX));
        among.then(|| self.frames.single(item, MentionKind::Pronoun)).flatten()
    }

    /// "Der fand den Plan gut": an article right before a finite verb stands for somebody.
    fn article_alone(&self, item: usize) -> Option<Mention> {
        let begins = item == 0
            || self.frames.token(item).is_some_and(Token::is_capital)
            || matches!(self.form(item - 1), Some(Form::Colon | Form::Dash));
        let alone = begins
            && item + 2 < self.frames.items.len()
            && self.is(item, Class::RELATIVE)
            && self.is(item, Class::DETERMINER)
            && !self.is(item, Class::DEMONSTRATIVE)
            && self.is_finite(item + 1, usize::MAX)
            && self.frames.token(item + 2).is_none_or(|next| !next.is_capital());
        alone.then(|| self.frames.single(item, MentionKind::Pronoun)).flatten()
    }

    /// "sagte nach der Sitzung der Minister", "sagte in Berlin Smith": where everything could belong to the words
    /// behind a preposition, the last phrase or name of the clause is the subject.
    pub(super) fn nominative_at_end(&self, start: usize, end: usize) -> Option<Mention> {
        let end = (start..end)
            .rev()
            .find(|&item| self.form(item) == Some(Form::Word))
            .map_or(end, |last| last + 1);
        let begins = |item: usize| self.frames.token(item).is_some_and(Token::is_capital);
        if !self.is(start, Class::PREPOSITION.or(Class::OBLIQUE)) {
            return None;
        }
        let phrase = (start + 2..end)
            .rev()
            .find(|&item| self.is(item, Class::DETERMINER))
            .filter(|&item| begins(item - 1))
            .and_then(|item| self.nominative_at(item, end));
        let name = || {
            let last = end.checked_sub(1).filter(|&last| last > start + 1)?;
            let alone = begins(last) && begins(last - 1) && !self.is(last, Class::CALENDAR);
            alone.then(|| self.frames.single(last, MentionKind::Name)).flatten()
        };
        phrase.filter(|&phrase| self.is_person(phrase)).or_else(name)
    }

    /// "Anders als sein Vorgänger hält der Rektor …": the phrase behind is compared and opens no clause.
    pub(super) fn compares(&self, item: usize) -> bool {
        item + 2 < self.frames.items.len()
            && self.is(item, Class::COMPARING)
            && self.is(item + 1, Class::AS.or(Class::EVIDENTIAL))
    }

    /// "in Genf Milovan Rajevac", "in Berlin der Verband": a place without an article ends where a person or
    /// an article begins. `None` where the words may be one name ("in New York").
    fn end_of_place(&self, noun: usize, end: usize) -> Option<usize> {
        let Some(Item::Token(token)) = self.frames.items.get(noun) else { return None };
        let mut at = noun + 1;
        while at + 1 < end && self.form(at) == Some(Form::Hyphen) {
            at += 2;
        }
        // "von Minister Jens Krohn", "über Vereins-Chef Jens Krohn": no place.
        if self.is(noun, Class::FORENAME) || self.is(at - 1, Class::PERSON_NOUN) {
            return None;
        }
        let capital =
            |item: usize| item < end && self.frames.token(item).is_some_and(Token::is_capital);
        let person = at < end && self.is(at, Class::PERSON_NOUN.or(Class::FORENAME)) && capital(at)
            || capital(at) && capital(at + 1);
        let article = at < end
            && self.is(at, Class::DETERMINER)
            && self.is(noun - 1, Class::PLACE_PREPOSITION)
            && !self.ends_like_noun(*token);
        (person || article).then_some(at)
    }

    /// One past the phrase that begins at an item.
    pub(super) fn end_of_phrase(&self, start: usize, end: usize) -> usize {
        let Some(phrase) = self.frames.phrase(start, end) else { return start };
        (start..end)
            .find(|&item| matches!(self.frames.items[item], Item::Token(token) if token >= phrase.end))
            .unwrap_or(end)
    }

    /// The phrase at an item, if it can be nominative and is more than filling.
    pub(super) fn nominative_at(&self, mut item: usize, end: usize) -> Option<Mention> {
        // "Auch der Minister", "und der Minister".
        while item < end
            && self.is(item, Class::ADVERB.or(Class::CONJUNCTION))
            && !self.is(item, Class::PRONOUN.or(Class::DETERMINER).or(Class::PREPOSITION))
        {
            item += 1;
        }
        // "Relativierend fügt Smith hinzu".
        if item + 1 < self.frames.items.len()
            && self.is_german_adverb(item)
            && !self.is(item, Class::PERSON_NOUN)
            && !self.is(item, Class::DETERMINER)
            && self.frames.token(item + 1).is_some_and(|next| !next.is_capital())
        {
            return None;
        }
        if item >= end
            || self.is(item, Class::OBLIQUE) && !self.is(item, Class::OWNER)
            || self.is(item, Class::IMPERSONAL.or(Class::SUBORDINATOR).or(Class::PREPOSITION))
            || self.compares(item)
        {
            return None;
        }
        let mention = self
            .one_of_them(item, end)
            .or_else(|| self.article_alone(item))
            .or_else(|| self.frames.phrase(item, end))?;
        // "Zeugen zufolge soll …": what stands behind the phrase takes its case.
        let behind = self.end_of_phrase(item, end);
        let governed = behind < end && self.is(behind, Class::POSTPOSITION);
        if governed || self.is_feminine_dative(mention) {
            return None;
        }
        let tokens = &self.frames.tokens.tokens;
        let counted = tokens[mention.first].form == Form::Number;
        let person = tokens[mention.first..mention.end]
            .iter()
            .any(|token| token.is(Class::PERSON_NOUN.or(Class::ANONYMOUS)));
        (!counted || person).then_some(mention)
    }

    /// "der Nachrichtenagentur", "der Sprecherin": before a feminine noun "der" is no nominative.
    pub(super) fn is_feminine_dative(&self, mention: Mention) -> bool {
        const FEMININE: [&str; 40] = [
            "agentur",
            "armee",
            "bahn",
            "bank",
            "behörde",
            "bundeswehr",
            "cdu",
            "csu",
            "demokratie",
            "familie",
            "fdp",
            "feuerwehr",
            "firma",
            "frau",
            "gruppe",
            "heit",
            "industrie",
            "initiative",
            "justiz",
            "kammer",
            "keit",
            "kirche",
            "klinik",
            "linken",
            "meinung",
            "mutter",
            "partei",
            "politik",
            "polizei",
            "presse",
            "republik",
            "schwester",
            "sicht",
            "spd",
            "stadt",
            "tion",
            "tochter",
            "union",
            "zeitschrift",
            "zeitung",
        ];
        let text = self.frames.tokens.text;
        let tokens = &self.frames.tokens.tokens[mention.first..mention.end];
        if !tokens[0].span.of(text).eq_ignore_ascii_case("der") {
            return false;
        }
        // "der Europäischen Union", "der neuen Partei": behind a nominative "der" no adjective ends in -en.
        let weak = (1..tokens.len() - 1).any(|at| {
            tokens[at].class == Class::default()
                && tokens[at].form == Form::Word
                && tokens[at].span.of(text).ends_with("en")
                && tokens[at + 1].is_capital()
                && tokens[1..at].iter().all(|token| !token.is_capital())
        });
        if weak {
            return true;
        }
        let Some(at) = (1..tokens.len()).find(|&at| tokens[at].is_capital()) else { return false };
        // "der US-Regierung": the last part of a compound is its noun.
        let mut at = at;
        while at + 2 < tokens.len() && tokens[at + 1].form == Form::Hyphen {
            at += 2;
        }
        let noun = tokens[at].span.of(text);
        let word = noun.to_lowercase();
        FEMININE.iter().any(|feminine| word.ends_with(feminine))
            || ["ung", "schaft"].iter().any(|ending| word.ends_with(ending) && word.len() > 8)
            // "der Verein" is masculine.
            || word.ends_with("in") && !word.ends_with("ein") && tokens[at].is(Class::PERSON_NOUN)
    }
}
