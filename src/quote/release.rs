//! Press releases and pull quotes: a speaker set before or behind the quoted words without a verb.

use super::attribute::{Attribution, Attributor, Place};
use super::frames::Item;
use super::lexicon::Class;
use super::mention::{Mention, MentionKind};
use super::name_run::name_run;
use super::tokens::Form;
use crate::model::Language;

/// The longest signature, in tokens.
const LONGEST_SIGNATURE: usize = 24;

impl Attributor<'_, '_, '_> {
    /// The head of a press release: "From Governor Jane Roe:", "Statement from Governor Jane Roe:".
    pub(super) fn issued_by(&self, low: usize, last: usize) -> Option<Mention> {
        if self.language != Language::English {
            return None;
        }
        let from = (low..last.min(low + 5)).find(|&item| {
            self.frames.token(item).is_some_and(|token| {
                let word = token.span.of(self.frames.tokens.text);
                word.eq_ignore_ascii_case("from") || word.eq_ignore_ascii_case("by")
            })
        })?;
        let issued = from == low || (low..from).any(|item| self.is(item, Class::SAYING));
        let mention = self.frames.phrase(from + 1, last)?;
        let Item::Token(end) = self.frames.items[last - 1] else { return None };
        let reaches =
            mention.end == end + 1 || self.frames.tokens.tokens[mention.end].form == Form::Comma;
        (issued && reaches && mention.kind == MentionKind::Name).then_some(mention)
    }

    /// A press-release signature: a dash after the quotation, a name, and nothing but its title.
    pub(super) fn signature(&self, start: usize, end: usize) -> Option<Attribution> {
        if self.form(start) != Some(Form::Dash) {
            return None;
        }
        let mention = self.frames.phrase(start + 1, end)?;
        if self.frames.tokens.tokens[mention.first].form == Form::Mark {
            return None;
        }
        (mention.kind == MentionKind::Name && end - start < 24).then_some(Attribution::without_cue(
            mention,
            Place::Signature,
            end,
        ))
    }

    /// A signature that a pull quote holds inside its marks, as the last line: a name, a comma and an
    /// office, and no sentence.
    pub(super) fn signature_line(&self, quotation: usize) -> Option<Attribution> {
        let line = &self.frames.quotations[quotation];
        let reopened = line.before < line.first;
        if !line.continues || reopened || !line.closed || line.end - line.first > LONGEST_SIGNATURE
        {
            return None;
        }
        let run = name_run(self.frames.tokens, line.first, line.end)?;
        let rest = &self.frames.tokens.tokens[run.end..line.end];
        let office = rest.first().is_none_or(|next| matches!(next.form, Form::Comma | Form::Stop));
        let sentence =
            rest.iter().any(|token| token.is(Class::AUXILIARY.or(Class::MODAL).or(Class::PRONOUN)));
        (run.first == line.first && run.words >= 2 && office && !sentence).then(|| {
            let mention = Mention { first: run.first, end: run.end, kind: MentionKind::Name };
            Attribution::without_cue(mention, Place::Signature, 0)
        })
    }
}
