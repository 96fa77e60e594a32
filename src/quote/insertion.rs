//! German insertions: what stands between brackets, between two dashes, or as a date between commas splits
//! no clause ("Der Minister – so heißt es – sagte", "am Montag, dem 7. Mai, sagte er").

use super::attribute::Attributor;
use super::lexicon::Class;
use super::tokens::Form;
use crate::model::Language;

/// How many items an insertion may have.
const LONGEST_INSERTION: usize = 24;

/// How many items a date between commas may have.
const LONGEST_DATE: usize = 8;

impl Attributor<'_, '_, '_> {
    /// One past the insertion that opens at an item.
    pub(super) fn past_insertion(&self, item: usize, high: usize) -> Option<usize> {
        if self.language != Language::German {
            return None;
        }
        match self.form(item)? {
            Form::Open => self.find_form(item + 1, high.min(item + LONGEST_INSERTION), Form::Close),
            Form::Dash => self.find_form(item + 1, high.min(item + LONGEST_INSERTION), Form::Dash),
            Form::Comma if self.is_date(item + 1) => {
                self.find_form(item + 1, high.min(item + LONGEST_DATE), Form::Comma)
            }
            _ => None,
        }
        .map(|last| last + 1)
    }

    /// The item that opens the insertion whose last item is given.
    pub(super) fn insertion_before(&self, last: usize, low: usize) -> Option<usize> {
        if self.language != Language::German {
            return None;
        }
        let far = low.max(last.saturating_sub(LONGEST_INSERTION));
        let opening = |low: usize, form: Form| {
            (low..last)
                .rev()
                .take_while(|&item| !self.is_quotation(item))
                .find(|&item| self.form(item) == Some(form))
        };
        match self.form(last)? {
            Form::Close => opening(far, Form::Open),
            Form::Dash => opening(far, Form::Dash),
            Form::Comma => opening(low.max(last.saturating_sub(LONGEST_DATE)), Form::Comma)
                .filter(|&comma| self.is_date(comma + 1)),
            _ => None,
        }
    }

    /// The item itself or the one behind the insertion that it opens.
    pub(super) fn past_insertions(&self, item: usize, high: usize) -> usize {
        if item < high { self.past_insertion(item, high).unwrap_or(item) } else { item }
    }

    /// "dem 7. Mai", "den 7. Mai".
    fn is_date(&self, item: usize) -> bool {
        item + 1 < self.frames.items.len()
            && self.is(item, Class::OBLIQUE)
            && self.form(item + 1) == Some(Form::Number)
    }

    fn find_form(&self, start: usize, end: usize, form: Form) -> Option<usize> {
        (start..end)
            .take_while(|&item| !self.is_quotation(item))
            .find(|&item| self.form(item) == Some(form))
    }
}
