//! German phrases that can be a subject: no preposition before them, no article of another case, and
//! somebody or something that can speak.

use super::attribute::Attributor;
use super::frames::Item;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Facts, Form, Token};
use crate::model::Language;

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
            && self.is(item + 1, Class::GENITIVE.or(Class::AGENT))
            && self.frames.token(item + 1).is_some_and(|next| !next.is_capital());
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
        const FEMININE: [&str; 36] = [
            "agentur",
            "armee",
            "bahn",
            "bank",
            "behörde",
            "bundeswehr",
            "cdu",
            "csu",
            "familie",
            "fdp",
            "feuerwehr",
            "firma",
            "frau",
            "gruppe",
            "heit",
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
            "polizei",
            "presse",
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

    /// "Seine Hoffnung": what somebody says, with a pronoun for the one who says it.
    pub(super) fn is_own_saying(&self, mention: Mention) -> bool {
        let head = self.frames.tokens.tokens[mention.first].span.of(self.frames.tokens.text);
        matches!(head, "Sein" | "Seine" | "Ihr" | "Ihre") && self.is_said(mention)
    }

    /// A noun for a thing that nobody can be: "die Beschäftigung", "der Vorwurf".
    pub(super) fn names_a_thing(&self, mention: Mention) -> bool {
        if self.language != Language::German || mention.kind == MentionKind::Pronoun {
            return false;
        }
        const THINGS: [&str; 12] = [
            "ung", "heit", "keit", "tion", "tät", "nis", "tum", "ismus", "frage", "wurf", "art",
            "punkt",
        ];
        let Some(noun) = self.noun_of(mention) else { return false };
        let noun = noun.strip_suffix("en").unwrap_or(&noun);
        // "die Schuldfrage" is asked by nobody, unlike "die Anfrage".
        if noun.strip_suffix("frage").is_some_and(|topic| topic.len() > 2) {
            return true;
        }
        THINGS.iter().any(|ending| noun.ends_with(ending))
            && !self.is_person(mention)
            && !self.is_text(mention)
            && !self.is_said(mention)
    }

    /// An article and one noun of which nothing is known and that does not end like one for a person: "das
    /// Motiv", "die Arithmetik".
    pub(super) fn is_unknown_thing(&self, mention: Mention) -> bool {
        const PERSONAL: [&str; 5] = ["er", "ern", "in", "innen", "e"];
        self.language == Language::German
            && self.is_plain_noun(mention)
            && self
                .noun_of(mention)
                .is_some_and(|noun| !PERSONAL.iter().any(|ending| noun.ends_with(ending)))
    }

    /// An article and a noun that is neither a person nor a text: "die Arithmetik sprach für sie".
    pub(super) fn is_plain_noun(&self, mention: Mention) -> bool {
        mention.kind != MentionKind::Pronoun
            && self.has_article(mention)
            && !self.is_person(mention)
            && !self.is_text(mention)
            && !self.is_said(mention)
    }

    /// The first noun of a phrase, in small letters: of a compound its last part ("die Grünen-Chefin"), and not
    /// the adjective of a name ("die Wiener Polizei").
    fn noun_of(&self, mention: Mention) -> Option<String> {
        let text = self.frames.tokens.text;
        let tokens = &self.frames.tokens.tokens[mention.first..mention.end];
        let mut at =
            tokens.iter().position(|token| token.is_capital() && !token.is(Class::DETERMINER))?;
        while at + 2 < tokens.len() && tokens[at + 1].form == Form::Hyphen {
            at += 2;
        }
        let adjective =
            ["e", "en", "er", "es"].iter().any(|ending| tokens[at].span.of(text).ends_with(ending))
                && !tokens[at].is(Class::PERSON_NOUN);
        if adjective && tokens.get(at + 1).is_some_and(Token::is_capital) {
            at += 1;
        }
        Some(tokens[at].span.of(text).to_lowercase())
    }

    /// "der Sprecher", "er": cannot be an object.
    pub(super) fn is_nominative(&self, mention: Mention) -> bool {
        let head = &self.frames.tokens.tokens[mention.first];
        head.is(Class::HE.or(Class::FIRST)) && !head.is(Class::DETERMINER)
            || head.is(Class::RELATIVE) && head.is(Class::DETERMINER) && head.is(Class::GENITIVE)
    }

    /// A person or a body, by its name or noun.
    pub(super) fn can_speak(&self, mention: Mention) -> bool {
        let tokens = &self.frames.tokens.tokens;
        let head = &tokens[mention.first];
        let named =
            head.is_capital() && !head.is(Class::DETERMINER) && !self.leads_with_adjective(mention);
        let words = tokens[mention.first..mention.end].iter().filter(|token| token.is_capital());
        // "Einige der Abgeordneten".
        let partitive = head.is(Class::OTHER_SUBJECT)
            && mention.end > mention.first + 1
            && tokens[mention.first + 1].is(Class::GENITIVE);
        mention.kind == MentionKind::Pronoun
            || partitive
            || self.is_person(mention)
            || named && (words.count() > 1 || !self.ends_like_noun(mention.first))
    }

    /// "das Weiße Haus", "der Deutsche Wetterdienst": behind an article an adjective has a capital only in names.
    fn is_titled_body(&self, mention: Mention) -> bool {
        let words = &self.frames.tokens.tokens[mention.first..mention.end];
        let text = self.frames.tokens.text;
        matches!(words, [article, adjective, noun, ..]
            if article.is(Class::DETERMINER)
                && article.is(Class::RELATIVE)
                && adjective.is_capital()
                && adjective.form == Form::Word
                && noun.is_capital()
                && ["e", "en", "er", "es"].iter().any(|ending| adjective.span.of(text).ends_with(ending)))
    }

    /// A noun for a person or a body, or a forename, is in it, attributes left out: "die Arbeit der
    /// Kommission" is neither.
    pub(super) fn is_person(&self, mention: Mention) -> bool {
        let tokens = &self.frames.tokens.tokens[mention.first..mention.end];
        if self.is_named_behind(mention) || self.is_titled_body(mention) && !self.is_said(mention) {
            return true;
        }
        let attribute = (2..tokens.len())
            .find(|&at| tokens[at].is(Class::GENITIVE) && tokens[at - 1].is_capital())
            .unwrap_or(tokens.len());
        tokens[..attribute].iter().any(|token| {
            token.has(Facts::ALL_CAPITALS)
                || token.is_capital() && self.people.is_surname(token.hash)
                || token.is(Class::PERSON_NOUN
                    .or(Class::ANONYMOUS)
                    .or(Class::FORENAME)
                    .or(Class::ORGANISATION))
        })
    }

    /// "Der Deichwart von Hexley, Uwe Krohn, …": a name of a person stands behind a comma.
    fn is_named_behind(&self, mention: Mention) -> bool {
        let behind = self.frames.tokens.tokens.get(mention.end..).unwrap_or_default();
        matches!(behind, [comma, forename, name, ..]
            if comma.form == Form::Comma && forename.is(Class::FORENAME) && name.is_capital())
    }

    /// "Deutlicher", "Konkreter": one unknown word in -er that begins the sentence.
    pub(super) fn is_comparative(&self, mention: Mention) -> bool {
        let all = &self.frames.tokens.tokens;
        let head = &all[mention.first];
        let begins = mention.first == 0
            || all[mention.first - 1].has(Facts::SENTENCE_END.or(Facts::LINE_START));
        begins
            && mention.end == mention.first + 1
            && head.class == Class::default()
            && head.span.of(self.frames.tokens.text).ends_with("er")
            && !self.people.is_surname(head.hash)
    }

    /// "Besondere Probleme": the capital is that of the sentence, not of a name.
    fn leads_with_adjective(&self, mention: Mention) -> bool {
        let all = &self.frames.tokens.tokens;
        let words = &all[mention.first..mention.end];
        let [head, noun, ..] = words else { return false };
        let begins = mention.first == 0
            || all[mention.first - 1].has(Facts::SENTENCE_END.or(Facts::LINE_START));
        let word = head.span.of(self.frames.tokens.text);
        // "Erste Bilder der Sonde": behind a name stands no genitive.
        let owned = words.get(2).is_some_and(|third| {
            third.is(Class::GENITIVE) && third.is(Class::DETERMINER) && !head.is(Class::PERSON_NOUN)
        });
        begins
            && !head.is(Class::FORENAME)
            && noun.is_capital()
            && ["e", "er", "es", "en"].iter().any(|ending| word.ends_with(ending))
            && (owned || self.ends_like_noun(mention.first + 1))
    }

    /// A name of several words without an article.
    pub(super) fn is_bare_name(&self, mention: Mention) -> bool {
        let words = &self.frames.tokens.tokens[mention.first..mention.end];
        let particle = |token: &Token| token.is(Class::PARTICLE) && !token.is(Class::DETERMINER);
        matches!(words, [first, second, ..] if first.is_capital() && second.is_capital())
            || matches!(words, [first, middle, last, ..]
                if first.is_capital() && particle(middle) && last.is_capital())
    }

    /// A text that can be the subject of a verb of saying: "die Studie nennt".
    pub(super) fn is_text(&self, mention: Mention) -> bool {
        self.frames.tokens.tokens[mention.first..mention.end]
            .iter()
            .any(|token| token.is(Class::SOURCE.or(Class::WORK)))
    }

    /// An article or a pronoun like one leads the phrase.
    pub(super) fn has_article(&self, mention: Mention) -> bool {
        self.frames.tokens.tokens[mention.first].is(Class::DETERMINER)
    }

    /// "die Forscher", "die Experten" with a verb in the singular: the object. Feminine nouns in -er are
    /// few.
    pub(super) fn disagrees(&self, mention: Mention, finite: usize) -> bool {
        const FEMININE: [&str; 7] =
            ["mutter", "schwester", "tochter", "kammer", "feier", "steuer", "butter"];
        let text = self.frames.tokens.text;
        let tokens = &self.frames.tokens.tokens[mention.first..mention.end];
        let article = tokens[0].span.of(text).eq_ignore_ascii_case("die");
        let Some(noun) = self.noun_of(mention) else { return false };
        // "die neuen Leute": behind the article an adjective in -en is of the plural.
        let adjective = tokens.len() > 2
            && !tokens[1].is_capital()
            && tokens[1].form == Form::Word
            && tokens[1].class == Class::default()
            && tokens[1].span.of(text).ends_with("en");
        let plural = adjective
            || noun.ends_with("en")
            || noun.ends_with("er") && !FEMININE.iter().any(|feminine| noun.ends_with(feminine));
        let singular = self.frames.token(finite).is_some_and(|verb| {
            let verb = verb.span.of(text);
            !verb.ends_with('n') && verb != "sind"
        });
        article && plural && singular
    }

    /// "Das Urteil nannten Tierschützer": a phrase in the singular is no subject of a verb in the plural.
    pub(super) fn is_singular_before_plural(&self, mention: Mention, finite: usize) -> bool {
        const SINGULAR: [&str; 8] =
            ["das", "dies", "dieses", "ein", "dieser", "jeder", "jedes", "der"];
        let text = self.frames.tokens.text;
        let tokens = &self.frames.tokens.tokens[mention.first..mention.end];
        let head = tokens[0].span.of(text).to_lowercase();
        let plural = self.frames.token(finite).is_some_and(|verb| {
            let verb = verb.span.of(text);
            verb.ends_with("en") || verb == "sind"
        });
        let several = tokens.iter().any(|token| token.is(Class::CONJUNCTION));
        plural && SINGULAR.contains(&head.as_str()) && !several
    }

    /// What somebody says, which is no speaker beside another: "die Forderung", "den Bericht".
    pub(super) fn is_said(&self, mention: Mention) -> bool {
        let words = &self.frames.tokens.tokens[mention.first..mention.end];
        let said = |noun: &Token| noun.is(Class::SAYING.or(Class::SOURCE));
        // "Scharfe Kritik": the capital of the adjective is that of the sentence.
        let behind_adjective = matches!(words, [adjective, noun, ..]
            if adjective.is_capital() && adjective.class == Class::default() && said(noun));
        // "Die Forderung": the capital of the article is that of the sentence.
        let noun = words.iter().find(|token| token.is_capital() && !token.is(Class::DETERMINER));
        behind_adjective || noun.is_some_and(said)
    }

    /// Nouns for things end like this more often than surnames do.
    pub(super) fn ends_like_noun(&self, token: usize) -> bool {
        let word = self.frames.tokens.tokens[token].span.of(self.frames.tokens.text);
        ["e", "en", "ung", "heit", "keit", "tion", "ät", "nis", "tum"]
            .iter()
            .any(|ending| word.ends_with(ending))
    }

    /// One unknown capital word right behind the verb that does not end like a noun.
    pub(super) fn is_surname(&self, mention: Mention) -> bool {
        let tokens = &self.frames.tokens.tokens;
        mention.end == mention.first + 1
            && tokens[mention.first].is_capital()
            && mention.first > 0
            && tokens[mention.first - 1].form == Form::Word
            && !tokens[mention.first - 1].is_capital()
            && !tokens[mention.first - 1]
                .is(Class::DETERMINER.or(Class::PREPOSITION).or(Class::CONJUNCTION))
            && !self.ends_like_noun(mention.first)
    }
}
