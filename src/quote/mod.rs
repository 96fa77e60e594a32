//! Documents to quotes: which words are speech, and whose.
//!
//! The steps, each a file:
//!
//! 1. [`tokens`] splits the text into words and marks once and gives every word its classes from the
//!    language's [`lexicon`]; everything later works on tokens.
//! 2. [`marks`] pairs quotation marks paragraph by paragraph.
//!    [`incise`] cuts out the tags that some languages set inside the marks.
//! 3. [`frames`] cuts every paragraph into sentences in which a quotation is one opaque item.
//! 4. [`attribute`] finds the words of saying ([`cue`]) and the words that name the speaker
//!    ([`mention`], as far as [`phrase`] says, on the side of the cue that [`order`] says).
//!    [`subject`] finds the subject of a German verb by its [`clause`]
//!    ([`nominative`], [`noun`]; [`insertion`] splits no clause), [`mod@pointer`] the source that a word or a noun of saying points at, and
//!    [`report`] whose words a German sentence gives.
//!    [`search`] says where a speaker is looked for first, and [`somebody`] what to do where that is a thing; [`lead`] knows the
//!    words before a quotation, [`tag`] those behind it, [`around`] the sentences around it, [`release`] the forms of press releases, and
//!    [`indirect`] takes reported clauses without marks.
//! 5. [`kind`] tells speech from scare quotes and titles.
//!    [`transcript`] and [`block`] take the speech that is set off without marks.
//! 6. [`people`] collects the names of the document, and [`resolve`] turns a mention into a name;
//!    [`confidence`] says how often that is right.
//! 7. [`interrupted`] tells which quotation carries on the one before, and [`assemble`] writes the
//!    result.
//!
//! All of it is linear in the text and cannot fail. The methods are grammar, not a trained model:
//! the orders of quote, verb and speaker that news uses (see Pareti 2015 and the rules of Quootstrap
//! and the GenderGapTracker), with the words of each language in data files.

mod around;
mod assemble;
mod attribute;
mod beside_subject;
mod block;
mod clause;
mod confidence;
mod cue;
mod frames;
mod german_name;
mod incise;
mod indirect;
mod insertion;
mod interrupted;
mod kind;
mod lead;
mod lexicon;
mod marks;
mod mention;
mod name_run;
mod nominative;
mod noun;
mod order;
mod people;
mod phrase;
mod pointer;
mod release;
mod report;
mod resolve;
mod search;
mod somebody;
mod subject;
mod tag;
mod tokens;
mod transcript;

pub use assemble::find_quotes;

#[cfg(test)]
mod tests;
