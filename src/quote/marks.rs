//! Pairs of quotation marks, paragraph by paragraph.
//!
//! One pass over the marks with a small stack. A mark's role comes from its character, from the
//! white space around it and from what is open; so `„…“`, `“…”`, `»…«` and `«…»` can stand in one
//! text. An opener that is never closed costs one quotation, not the document: it ends with its
//! paragraph, or where the next opener of its kind begins. Single marks are paired in a second pass
//! outside the double ones, because most of them are apostrophes.

use super::lexicon::Class;
use super::tokens::{Facts, Form, Token, Tokens};
use crate::model::Span;

/// A run of quoted words inside one paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotation {
    /// The first token, with the opening mark.
    pub(super) before: usize,
    /// The first quoted token.
    pub(super) first: usize,
    /// One past the last quoted token.
    pub(super) end: usize,
    /// One past the last token, with the closing mark.
    pub(super) after: usize,
    /// The quoted words, without marks and without white space at the rims.
    pub(super) inner: Span,
    /// Which paragraph it stands in.
    pub(super) paragraph: usize,
    /// Its marks are single ones.
    pub(super) single: bool,
    /// It has a closing mark.
    pub(super) closed: bool,
    /// It carries on the quotation before it, over the paragraph's end.
    pub(super) continues: bool,
    /// A line of dialogue with a dash in the place of marks.
    pub(super) dialogue: bool,
    /// It goes on after a tag inside the marks.
    pub(super) resumes: bool,
}

/// All outermost quotations of a text, in order.
pub(super) fn quotations(tokens: &Tokens) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open_before: Option<char> = None;
    for paragraph in 0..tokens.paragraphs.len() {
        let (start, end) = tokens.paragraphs[paragraph];
        let marks: Vec<usize> =
            (start..end).filter(|&token| tokens.tokens[token].form == Form::Mark).collect();
        if marks.is_empty() {
            open_before = None;
            continue;
        }
        let mut pairing =
            Pairing { tokens, paragraph, start, end, marks: &marks, found: Vec::new() };
        open_before = pairing.pair_double(open_before);
        pairing.pair_single();
        found.append(&mut pairing.found);
    }
    found
}

struct Pairing<'t, 'a> {
    tokens: &'t Tokens<'a>,
    paragraph: usize,
    start: usize,
    end: usize,
    marks: &'t [usize],
    found: Vec<Quotation>,
}

/// The marks nest no deeper than this in print; deeper ones are taken as text.
const DEEPEST: usize = 4;

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›')
}

impl Pairing<'_, '_> {
    fn token(&self, token: usize) -> &Token {
        &self.tokens.tokens[token]
    }

    fn next(&self, token: usize) -> Option<&Token> {
        (token + 1 < self.end).then(|| self.token(token + 1))
    }

    fn previous(&self, token: usize) -> Option<&Token> {
        (token > self.start).then(|| self.token(token - 1))
    }

    fn space_after(&self, token: usize) -> bool {
        self.next(token).is_none_or(|next| next.has(Facts::SPACE_BEFORE))
    }

    /// Nothing, white space, a bracket, a dash or another mark stands before, and a word after.
    fn can_open(&self, token: usize) -> bool {
        let before = self.token(token).has(Facts::SPACE_BEFORE)
            || self.previous(token).is_none_or(|previous| {
                matches!(
                    previous.form,
                    Form::Open
                        | Form::Dash
                        | Form::Hyphen
                        | Form::Mark
                        | Form::Other
                        | Form::Colon
                        | Form::Semicolon
                        | Form::Ellipsis
                )
            });
        before && !self.space_after(token)
    }

    /// A word stands before, and white space, punctuation or nothing after.
    fn can_close(&self, token: usize) -> bool {
        let after = self.space_after(token)
            || self.next(token).is_some_and(|next| !next.is_word() && next.form != Form::Open);
        after && !self.token(token).has(Facts::SPACE_BEFORE)
    }

    fn closes(&self, opener: char, token: usize) -> bool {
        let mark = self.token(token).mark();
        let loose = !self.can_open(token);
        match opener {
            '“' => mark == '”' || (matches!(mark, '"' | '“' | '‟') && loose),
            '„' | '‟' => {
                matches!(mark, '“' | '”') || (mark == '"' && loose) || (mark == '«' && loose)
            }
            '"' => {
                mark == '"' && self.straight_closes(token) || (matches!(mark, '”' | '“') && loose)
            }
            '«' => mark == '»',
            '»' => mark == '«' || (mark == '»' && loose),
            '”' => mark == '”' || (mark == '"' && loose),
            '「' => mark == '」',
            '『' => mark == '』',
            '＂' => mark == '＂',
            _ => false,
        }
    }

    /// A straight mark closes unless it stands like an opener; with white space on both sides
    /// (tokenised text) the parity decides.
    fn straight_closes(&self, token: usize) -> bool {
        self.can_close(token) || !self.can_open(token)
    }

    fn opens(&self, token: usize) -> bool {
        let mark = self.token(token).mark();
        match mark {
            '“' | '„' | '‟' | '«' | '「' | '『' => self.next(token).is_some(),
            '"' | '＂' => {
                if self.can_open(token) {
                    return true;
                }
                // With white space on both sides; but inches and stray closers do not open.
                self.token(token).has(Facts::SPACE_BEFORE) && self.next(token).is_some()
            }
            '»' | '”' => self.can_open(token),
            _ => false,
        }
    }

    /// Pairs the double marks; gives back the opener that is still open at the paragraph's end.
    fn pair_double(&mut self, open_before: Option<char>) -> Option<char> {
        let mut stack: Vec<(char, usize)> = Vec::new();
        let mut continues = false;
        let mut carried = open_before;
        for place in 0..self.marks.len() {
            let token = self.marks[place];
            let mark = self.token(token).mark();
            if is_single(mark) {
                continue;
            }
            if let Some(opener) = carried.take() {
                if token == self.start && self.opens(token) {
                    // The paragraph reopens the quotation.
                    continues = true;
                } else if token == self.start && mark == '»' && opener == '«' {
                    // French and Spanish print may reopen with the closing mark.
                    stack.push(('«', token));
                    continues = true;
                    continue;
                } else if self.closes(opener, token) && !self.opens(token) {
                    // The paragraph did not reopen it but closes it.
                    self.emit(self.start, self.start, token, true, true);
                    continue;
                }
            }
            if let Some(depth) = stack.iter().rposition(|&(opener, _)| self.closes(opener, token)) {
                let (_, opened) = stack[depth];
                stack.truncate(depth);
                if depth == 0 {
                    self.emit(opened, opened + 1, token, true, continues);
                    continues = false;
                }
                continue;
            }
            if !self.opens(token) || self.frames_paragraph(place) {
                continue;
            }
            match stack.first() {
                Some(&(outer, opened)) if outer == mark || (stack.len() >= DEEPEST) => {
                    if stack.len() < DEEPEST && self.two_closers_follow(place, mark) {
                        stack.push((mark, token));
                    } else {
                        // A new opener replaces one that was never closed.
                        let (end, closed) = self.end_of_unclosed(outer, opened, token);
                        self.emit(opened, opened + 1, end, closed, continues);
                        continues = false;
                        stack.clear();
                        stack.push((mark, token));
                    }
                }
                _ => stack.push((mark, token)),
            }
        }
        let &(opener, opened) = stack.first()?;
        let (end, closed) = self.end_of_unclosed(opener, opened, self.end);
        self.emit(opened, opened + 1, end, closed, continues);
        (!closed).then_some(opener)
    }

    /// Where a quotation ends that no mark of its kind closes: at the single mark that was set by mistake
    /// (`“We can go.’ Smith left.`), if one ends a sentence and closes nothing else.
    fn end_of_unclosed(&self, opener: char, opened: usize, end: usize) -> (usize, bool) {
        let closer = match opener {
            '“' => '’',
            '"' => '\'',
            _ => return (end, false),
        };
        let mut open = 0usize;
        for token in opened + 1..end {
            if self.token(token).form != Form::Mark || !is_single(self.token(token).mark()) {
                continue;
            }
            if self.single_opens(token) {
                open += 1;
            } else if self.can_close(token) && open > 0 {
                open -= 1;
            } else if self.token(token).mark() == closer
                && self.can_close(token)
                && self.space_after(token)
                && self.previous(token).is_some_and(|previous| {
                    matches!(previous.form, Form::Stop | Form::Exclamation | Form::Comma)
                })
            {
                return (token, true);
            }
        }
        (end, false)
    }

    /// `"“We can go,” Smith said."`: marks around a paragraph that quotes with marks of another kind; the
    /// report in it is nobody's speech.
    fn frames_paragraph(&self, place: usize) -> bool {
        let token = self.marks[place];
        let last = self.marks[self.marks.len() - 1];
        let doubled = self.next(token).is_some_and(|next| {
            next.form == Form::Mark && next.mark() == '“' && !next.has(Facts::SPACE_BEFORE)
        });
        token == self.start
            && self.token(token).mark() == '"'
            && doubled
            && last + 1 == self.end
            && self.token(last).mark() == '"'
            && self.marks[place + 1..].iter().any(|&mark| self.token(mark).mark() == '”')
            && self.token(last - 1).form != Form::Mark
    }

    /// Whether the next two double marks both close: then this opener is nested.
    fn two_closers_follow(&self, place: usize, mark: char) -> bool {
        let mut following = self.marks[place + 1..]
            .iter()
            .copied()
            .filter(|&token| !is_single(self.token(token).mark()))
            .take(2);
        let mut closer = || following.next().is_some_and(|token| self.closes(mark, token));
        closer() && closer()
    }

    fn emit(&mut self, before: usize, first: usize, end: usize, closed: bool, continues: bool) {
        if first >= end {
            return;
        }
        let all = &self.tokens.tokens;
        let from = if before < first { all[before].span.end } else { all[first].span.start };
        let to = if end < self.end { all[end].span.start } else { all[end - 1].span.end };
        let raw = &self.tokens.text[from as usize..to.max(from) as usize];
        let lead = raw.len() - raw.trim_start().len();
        let kept = raw.trim().len();
        if kept == 0 {
            return;
        }
        let start = from as usize + lead;
        self.found.push(Quotation {
            before,
            first,
            end,
            after: if closed { end + 1 } else { end },
            inner: Span::new(start, start + kept),
            paragraph: self.paragraph,
            single: before < first && is_single(all[before].mark()),
            closed,
            continues,
            resumes: false,
            dialogue: false,
        });
    }

    /// Pairs single marks outside the double quotations. A single pair that holds double ones is
    /// the outer quotation, as British print has it.
    fn pair_single(&mut self) {
        let covered: Vec<(usize, usize)> =
            self.found.iter().map(|found| (found.before, found.after)).collect();
        let mut cover = 0;
        let singles: Vec<usize> = self
            .marks
            .iter()
            .copied()
            .filter(|&token| is_single(self.token(token).mark()))
            .filter(|&token| {
                while cover < covered.len() && covered[cover].1 <= token {
                    cover += 1;
                }
                cover >= covered.len() || token < covered[cover].0
            })
            .collect();
        let mut open: Option<(usize, char)> = None;
        let mut pairs = Vec::new();
        for (place, &token) in singles.iter().enumerate() {
            if let Some((opened, opener)) = open
                && self.single_closes(opener, token, singles.get(place + 1).copied())
            {
                pairs.push((opened, token));
                open = None;
            } else if self.single_opens(token) {
                open = Some((token, self.token(token).mark()));
            }
        }
        if pairs.is_empty() {
            return;
        }
        // Both lists are in order, so one walk finds what a single pair holds.
        let mut pair = 0;
        self.found.retain(|found| {
            while pair < pairs.len() && pairs[pair].1 < found.before {
                pair += 1;
            }
            pair >= pairs.len() || found.after <= pairs[pair].0
        });
        for &(opened, closed) in &pairs {
            self.emit(opened, opened + 1, closed, true, false);
        }
        self.found.sort_by_key(|found| found.before);
    }

    fn single_opens(&self, token: usize) -> bool {
        let mark = self.token(token).mark();
        if mark == '’' || !self.can_open(token) {
            return mark == '›' && self.can_open(token);
        }
        // ’90s, 'tis, 'em: an apostrophe.
        self.next(token).is_some_and(|next| next.form != Form::Number && !next.is(Class::ELISION))
    }

    fn single_closes(&self, opener: char, token: usize, later: Option<usize>) -> bool {
        let mark = self.token(token).mark();
        let fits = match opener {
            '‹' => return mark == '›',
            '›' => return mark == '‹',
            '‚' => matches!(mark, '‘' | '’' | '\''),
            '‘' | '‛' => matches!(mark, '’' | '\''),
            _ => matches!(mark, '\'' | '’'),
        };
        if !fits || !self.can_close(token) {
            return false;
        }
        let Some(previous) = self.previous(token) else { return false };
        if !previous.is_word() || !self.space_after(token) {
            return true;
        }
        // "the dogs’ home’": after an s the apostrophe of a plural is likelier, if a closer follows.
        let plural = self.tokens.text[..previous.span.end as usize].ends_with('s');
        !(plural && later.is_some_and(|later| !self.single_opens(later) && self.can_close(later)))
    }
}
