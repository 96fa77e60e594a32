//! Tags inside the marks, and dialogue with dashes.
//!
//! English closes the marks before a tag. Other languages let the tag stand inside them:
//! «Мы победим, — сказал он. — Это ясно», « Nous irons, a déclaré M. Durand, et vite ». Dialogue
//! with dashes has no marks at all: `—No iré —dijo Juan—. Es tarde.` Both are cut into pieces here,
//! so that the later steps see quotations with tokens of a tag between them.

use super::lexicon::Class;
use super::marks::Quotation;
use super::tokens::{Facts, Form, Tokens};
use crate::model::{Language, Span};

/// The longest tag inside marks, in tokens.
const LONGEST_TAG: usize = 24;

/// Whether the language sets tags between dashes and dialogue with a leading dash.
fn uses_dashes(language: Language) -> bool {
    matches!(
        language,
        Language::French
            | Language::Spanish
            | Language::Italian
            | Language::Portuguese
            | Language::Russian
            | Language::Ukrainian
    )
}

/// Whether the language sets tags between commas inside the marks.
fn uses_commas(language: Language) -> bool {
    matches!(language, Language::French | Language::Italian)
}

/// Cuts quotations at the tags inside them, and adds the dialogue paragraphs.
pub(super) fn cut_at_tags(
    tokens: &Tokens,
    quotations: Vec<Quotation>,
    language: Language,
) -> Vec<Quotation> {
    if !uses_dashes(language) {
        return quotations;
    }
    let cutter = Cutter { tokens, language };
    let mut pieces = Vec::with_capacity(quotations.len());
    let mut dialogue = cutter.dialogue(&quotations).into_iter().peekable();
    for quotation in quotations {
        while dialogue.peek().is_some_and(|line| line.before < quotation.before) {
            pieces.extend(dialogue.next());
        }
        // Marks inside a line of dialogue belong to it.
        if pieces.last().is_some_and(|last: &Quotation| quotation.before < last.after) {
            continue;
        }
        cutter.cut(quotation, &mut pieces);
    }
    pieces.extend(dialogue);
    pieces
}

struct Cutter<'t, 'a> {
    tokens: &'t Tokens<'a>,
    language: Language,
}

impl Cutter<'_, '_> {
    fn form(&self, token: usize) -> Form {
        self.tokens.tokens[token].form
    }

    fn is(&self, token: usize, class: Class) -> bool {
        self.tokens.tokens[token].is(class)
    }

    /// Adds the pieces of a quotation.
    fn cut(&self, quotation: Quotation, pieces: &mut Vec<Quotation>) {
        let mut rest = quotation;
        let mut token = quotation.first + 1;
        while token < quotation.end {
            if let Some((tag_start, tag_end)) = self.tag_at(token, quotation.end)
                && tag_end < quotation.end
            {
                let asks = matches!(self.form(token), Form::Exclamation | Form::Ellipsis);
                let inner_end = token + usize::from(asks);
                let closed = Quotation { end: inner_end, after: tag_start.max(inner_end), ..rest };
                if let Some(piece) = self.with_inner(closed) {
                    pieces.push(piece);
                }
                rest = Quotation {
                    before: tag_end,
                    first: tag_end,
                    continues: false,
                    resumes: true,
                    ..quotation
                };
                token = tag_end;
            }
            token += 1;
        }
        if let Some(piece) = self.with_inner(rest) {
            pieces.push(piece);
        }
    }

    /// The tag that begins with the punctuation at a token: its first token after the quoted words,
    /// and one past its closing punctuation.
    fn tag_at(&self, token: usize, end: usize) -> Option<(usize, usize)> {
        let mut start = token;
        let dashed = match self.form(token) {
            Form::Dash => {
                start += 1;
                true
            }
            Form::Comma | Form::Exclamation | Form::Ellipsis
                if token + 1 < end && self.form(token + 1) == Form::Dash =>
            {
                start += 2;
                true
            }
            Form::Comma if uses_commas(self.language) => {
                start += 1;
                false
            }
            _ => return None,
        };
        let mut verb = start;
        while verb < end
            && verb < start + 4
            && !self.says(verb)
            && (self.is(verb, Class::AUXILIARY.or(Class::ADVERB).or(Class::PRONOUN))
                || self.form(verb) == Form::Hyphen)
        {
            verb += 1;
        }
        if verb >= end || !self.says(verb) || self.tokens.tokens[verb].has(Facts::CAPITAL) {
            return None;
        }
        let subject = verb + 1;
        let names = subject < end && {
            let next = &self.tokens.tokens[subject];
            next.is_capital()
                || next.is(Class::PRONOUN
                    .or(Class::DETERMINER)
                    .or(Class::PERSON_NOUN)
                    .or(Class::ADVERB))
                || next.form == Form::Hyphen
        };
        if !dashed && !names {
            return None;
        }
        let closes = (subject..end.min(start + LONGEST_TAG)).find(|&at| {
            if dashed {
                self.form(at) == Form::Dash
            } else {
                self.form(at) == Form::Comma || self.ends_sentence(at, end)
            }
        })?;
        let mut after = closes + 1;
        if dashed && after < end && matches!(self.form(after), Form::Stop | Form::Comma) {
            after += 1;
        }
        Some((token, after))
    }

    /// A full stop before a capital, and not after a shortened word ("M.").
    fn ends_sentence(&self, token: usize, end: usize) -> bool {
        self.form(token) == Form::Stop
            && (token + 1 >= end || self.tokens.tokens[token + 1].is_capital())
            && !self.is(
                token - 1,
                Class::ABBREVIATION.or(Class::TITLE_MASCULINE).or(Class::TITLE_FEMININE),
            )
            && self.tokens.tokens[token - 1].span.len() > 1
    }

    fn says(&self, token: usize) -> bool {
        self.form(token) == Form::Word && self.is(token, Class::SAY.or(Class::THINK))
    }

    fn with_inner(&self, quotation: Quotation) -> Option<Quotation> {
        if quotation.first >= quotation.end {
            return None;
        }
        let all = &self.tokens.tokens;
        let from = all[quotation.first].span.start as usize;
        let to = all[quotation.end - 1].span.end as usize;
        let raw = &self.tokens.text[from..to];
        let kept = raw.trim_end().len();
        (kept > 0).then_some(Quotation { inner: Span::new(from, from + kept), ..quotation })
    }

    /// The lines of dialogue: runs of paragraphs that begin with a dash, where at least one holds a
    /// tag. Lists with dashes hold none.
    fn dialogue(&self, quotations: &[Quotation]) -> Vec<Quotation> {
        let paragraphs = &self.tokens.paragraphs;
        let mut lines = Vec::new();
        let mut at = 0;
        while at < paragraphs.len() {
            let run_start = at;
            while at < paragraphs.len() && self.begins_with_dash(paragraphs[at], quotations) {
                at += 1;
            }
            let mut run = Vec::new();
            let mut tagged = false;
            for paragraph in run_start..at {
                let count = run.len();
                tagged |= self.dialogue_line(paragraph, &mut run);
                debug_assert!(run.len() >= count);
            }
            if tagged {
                lines.append(&mut run);
            }
            at = at.max(run_start + 1);
        }
        lines
    }

    fn begins_with_dash(&self, (start, end): (usize, usize), quotations: &[Quotation]) -> bool {
        let inside = quotations.binary_search_by_key(&start, |quotation| quotation.before).is_ok();
        end > start + 2 && self.form(start) == Form::Dash && !inside
    }

    /// Adds the pieces of one line of dialogue; tells whether it holds a tag.
    fn dialogue_line(&self, paragraph: usize, lines: &mut Vec<Quotation>) -> bool {
        let (start, end) = self.tokens.paragraphs[paragraph];
        let whole = Quotation {
            before: start,
            first: start + 1,
            end,
            after: end,
            inner: Span::default(),
            paragraph,
            single: false,
            closed: true,
            continues: false,
            resumes: false,
            dialogue: true,
        };
        let before = lines.len();
        self.cut(whole, lines);
        let mut tagged = lines.len() > before + 1;
        // A tag may also close the line: "— Не пойду, — сказал он."
        if let Some(last) = lines.last_mut() {
            let last_tag =
                (last.first + 1..last.end).find(|&token| self.closing_tag_at(token, last.end));
            if let Some(token) = last_tag {
                // A question mark belongs to the speech.
                let asks = self.form(token) == Form::Exclamation;
                let end = token + usize::from(asks);
                let shorter = Quotation { end, after: end, ..*last };
                if let Some(piece) = self.with_inner(shorter) {
                    *last = piece;
                    tagged = true;
                }
            }
        }
        tagged
    }

    /// Whether a tag begins at this token and runs to the end of the line.
    fn closing_tag_at(&self, token: usize, end: usize) -> bool {
        let dash = match self.form(token) {
            Form::Dash => token,
            Form::Comma | Form::Exclamation | Form::Ellipsis
                if token + 1 < end && self.form(token + 1) == Form::Dash =>
            {
                token + 1
            }
            // French: "— Je ne sais pas, répondit-elle."
            Form::Comma | Form::Exclamation if uses_commas(self.language) => token,
            _ => return false,
        };
        let speaks = |verb: usize| self.says(verb) && !self.tokens.tokens[verb].has(Facts::CAPITAL);
        if dash == token && self.form(token) != Form::Dash {
            return end - token <= LONGEST_TAG && token + 2 < end && speaks(token + 1);
        }
        end - dash <= LONGEST_TAG && (dash + 1..end.min(dash + 4)).any(|verb| self.says(verb))
    }
}
