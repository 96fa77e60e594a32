//! Frames: the sentences of a paragraph with every quotation folded into one item, so that the
//! grammar around a quotation is seen without the words inside it.

use super::marks::Quotation;
use super::tokens::{Facts, Form, Token, Tokens};

#[cfg(test)]
thread_local! {
    /// How often the grammar has looked at a token, for tests of how the work grows with the text.
    pub(super) static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// A token outside quotations, or a whole quotation (its number).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A token, by its number.
    Token(usize),
    /// A quotation, by its number.
    Quotation(usize),
}

/// A sentence as items.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// First item.
    pub(super) start: usize,
    /// One past the last item.
    pub(super) end: usize,
    /// The paragraph it stands in.
    pub(super) paragraph: usize,
}

/// A whole text as frames.
pub(super) struct Frames<'t, 'a> {
    /// The tokens.
    pub(super) tokens: &'t Tokens<'a>,
    /// The outermost quotations.
    pub(super) quotations: &'t [Quotation],
    /// All items in order.
    pub(super) items: Vec<Item>,
    /// All frames in order.
    pub(super) frames: Vec<Frame>,
    /// For each quotation its frame and its item.
    pub(super) places: Vec<(usize, usize)>,
}

impl<'t, 'a> Frames<'t, 'a> {
    /// Cuts a text into frames.
    pub(super) fn new(tokens: &'t Tokens<'a>, quotations: &'t [Quotation]) -> Self {
        let mut frames = Frames {
            tokens,
            quotations,
            items: Vec::with_capacity(tokens.tokens.len()),
            frames: Vec::new(),
            places: Vec::with_capacity(quotations.len()),
        };
        let mut quotation = 0;
        for (paragraph, &(start, end)) in tokens.paragraphs.iter().enumerate() {
            let mut frame_start = frames.items.len();
            let mut token = start;
            while token < end {
                if quotation < quotations.len() && quotations[quotation].before == token {
                    frames.places.push((frames.frames.len(), frames.items.len()));
                    frames.items.push(Item::Quotation(quotation));
                    token = quotations[quotation].after;
                    quotation += 1;
                } else {
                    frames.items.push(Item::Token(token));
                    token += 1;
                }
                if token >= end || frames.sentence_ends(token) {
                    let frame_end = frames.items.len();
                    frames.frames.push(Frame { start: frame_start, end: frame_end, paragraph });
                    frame_start = frame_end;
                }
            }
        }
        frames
    }

    /// The token of an item; `None` for a quotation, and behind the last item, where a text that breaks off
    /// ends.
    pub(super) fn token(&self, item: usize) -> Option<&'t Token> {
        #[cfg(test)]
        LOOKS.with(|looks| looks.set(looks.get() + 1));
        match self.items.get(item) {
            Some(Item::Token(token)) => Some(&self.tokens.tokens[*token]),
            Some(Item::Quotation(_)) | None => None,
        }
    }

    /// The form of an item's token; `None` where there is no token.
    pub(super) fn form(&self, item: usize) -> Option<Form> {
        self.token(item).map(|token| token.form)
    }

    /// Whether an item is the first of its paragraph.
    pub(super) fn starts_paragraph(&self, item: usize) -> bool {
        let first = match self.items[item] {
            Item::Token(token) => token,
            Item::Quotation(quotation) => self.quotations[quotation].before,
        };
        self.tokens.paragraphs.binary_search_by_key(&first, |&(start, _)| start).is_ok()
    }

    /// The last form inside a quotation, which tells whether the quoted sentence is complete.
    pub(super) fn last_form(&self, quotation: usize) -> Form {
        let quotation = &self.quotations[quotation];
        // A nested quotation's closing mark hides the stop before it.
        let inside = &self.tokens.tokens[quotation.first..quotation.end];
        inside
            .iter()
            .rev()
            .take(2)
            .map(|token| token.form)
            .find(|&form| form != Form::Mark)
            .unwrap_or(Form::Other)
    }

    /// Whether a sentence ends between the last item and the token that follows.
    fn sentence_ends(&self, next: usize) -> bool {
        let following = &self.tokens.tokens[next];
        match self.items[self.items.len() - 1] {
            Item::Token(token) => {
                let last = &self.tokens.tokens[token];
                last.has(Facts::SENTENCE_END)
                    && matches!(
                        last.form,
                        Form::Stop | Form::Exclamation | Form::Ellipsis | Form::Close | Form::Mark
                    )
            }
            Item::Quotation(quotation) => {
                matches!(self.last_form(quotation), Form::Stop | Form::Exclamation | Form::Ellipsis)
                    && (following.is_capital()
                        || following.form == Form::Number
                        || (following.form == Form::Mark && following.has(Facts::SPACE_BEFORE)))
            }
        }
    }
}
