//! What the noun of a German phrase names: somebody, a body, a text, what is said, or a thing; and what its form
//! tells of case and number.

use super::attribute::Attributor;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::tokens::{Facts, Form, Token};
use crate::model::Language;

impl Attributor<'_, '_, '_> {
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

    /// "die Helfer Anrufe", "die Kräfte": an article and nouns of which none is a person by itself or by name.
    pub(super) fn is_crowd(&self, mention: Mention) -> bool {
        let words = &self.frames.tokens.tokens[mention.first..mention.end];
        let named = words.iter().any(|word| {
            word.has(Facts::ALL_CAPITALS)
                || word.is(Class::FORENAME.or(Class::ORGANISATION))
                || word.is_capital() && self.people.is_surname(word.hash)
        });
        let text = self.frames.tokens.text;
        let two = matches!(words, [_, .., first, second]
            if first.is_capital() && second.is_capital() && !second.span.of(text).ends_with('s'));
        self.has_article(mention) && two && !named
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
