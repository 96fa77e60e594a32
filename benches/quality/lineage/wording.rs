//! Texts and what editors do to them. Every word remembers which word of the first telling it is,
//! so that the truth about lost and regained material is known and not inferred.

use super::random::Random;

/// A word of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    /// Its number in the first telling; `None` for a word an editor put in.
    pub(crate) original: Option<u32>,
    /// Ends a sentence.
    pub(crate) stop: bool,
}

/// How a newsroom edits. Rates are drawn for each history.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// Share of copies printed as they came.
    pub(crate) verbatim: f64,
    /// Mean number of edits of the others, beyond the first.
    pub(crate) more_edits: f64,
    /// Weights of the kinds of edits, in the order of [`edit`].
    pub(crate) kinds: [f64; 8],
}

const SYLLABLES: [&str; 24] = [
    "ba", "cor", "del", "fen", "gra", "hol", "jin", "kel", "lum", "mar", "nol", "pas", "qui",
    "ros", "sen", "tal", "ul", "ver", "wes", "xan", "yor", "zed", "bri", "clo",
];
const LITTLE: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as",
    "we", "have", "will", "this", "are", "they", "by", "be", "at", "from",
];

/// A made-up word; the low numbers are used most.
fn word(number: usize) -> String {
    let mut left = number;
    let mut text = String::new();
    for _ in 0..3 {
        text.push_str(SYLLABLES[left % SYLLABLES.len()]);
        left /= SYLLABLES.len();
    }
    text
}

/// A word of running text: two in five hold the sentence together, one in thirty is a number.
fn running_word(random: &mut Random) -> String {
    if random.chance(0.4) {
        LITTLE[random.below(LITTLE.len())].to_owned()
    } else if random.chance(0.05) {
        random.between(2, 9000).to_string()
    } else {
        // Zipf's law: rank with a density of 1/rank.
        word(((6000.0f64).powf(random.unit()) - 1.0) as usize)
    }
}

/// A first telling of so many words.
pub(crate) fn tell(random: &mut Random, words: usize) -> Vec<Token> {
    let mut tokens: Vec<Token> = (0..words as u32)
        .map(|number| Token { text: running_word(random), original: Some(number), stop: false })
        .collect();
    let mut place = 0;
    while place < tokens.len() {
        place += random.between(8, 18);
        if let Some(token) = tokens.get_mut(place) {
            token.stop = true;
        }
    }
    tokens
}

/// Running text around a quote.
pub(crate) fn filler(random: &mut Random, words: usize) -> String {
    (0..words).map(|_| running_word(random)).collect::<Vec<_>>().join(" ")
}

/// A version as it is printed.
pub(crate) fn print(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&token.text);
        if token.stop {
            text.push('.');
        }
    }
    text
}

/// A copy as a newsroom with these habits prints it.
pub(crate) fn copy(random: &mut Random, tokens: &[Token], habits: &Habits) -> Vec<Token> {
    let mut copied = tokens.to_vec();
    if random.chance(habits.verbatim) {
        return copied;
    }
    let mut edits = 1;
    while edits < 6 && random.chance(habits.more_edits / (1.0 + habits.more_edits)) {
        edits += 1;
    }
    for _ in 0..edits {
        let kind = random.weighted(&habits.kinds);
        edit(random, &mut copied, kind);
    }
    copied
}

fn edit(random: &mut Random, tokens: &mut Vec<Token>, kind: usize) {
    let length = tokens.len();
    if length < 12 {
        return;
    }
    match kind {
        // The end is cut, at a sentence where there is one.
        0 => {
            let from = length - random.between(2, length / 3);
            let stop = (from..length - 1).find(|&place| tokens[place].stop);
            tokens.truncate(stop.map_or(from, |place| place + 1));
        }
        // The start is cut.
        1 => {
            tokens.drain(..random.between(2, length / 3));
        }
        // A stretch inside is left out.
        2 => {
            let start = random.between(2, length / 2);
            let end = (start + random.between(1, length / 4)).min(length - 2);
            tokens.drain(start..end);
        }
        // A word is replaced; every word has three stand-ins that everybody knows.
        3 | 4 => {
            let place = random.below(length);
            let token = &mut tokens[place];
            if token.text.len() > 4 {
                let known = token.text.bytes().map(usize::from).sum::<usize>() % 500;
                token.text = word(6100 + known * 3 + random.weighted(&[5.0, 3.0, 2.0]));
            } else if token.text.parse::<u32>().is_ok() {
                token.text = random.between(2, 9000).to_string();
            }
        }
        // A word is dropped.
        5 => {
            let place = random.between(1, length - 2);
            tokens.remove(place);
        }
        // An editor explains.
        6 => {
            let place = random.between(1, length - 1);
            let added = (0..random.between(1, 3)).map(|_| Token {
                text: running_word(random),
                original: None,
                stop: false,
            });
            let added: Vec<Token> = added.collect();
            tokens.splice(place..place, added);
        }
        // A slip of the pen.
        _ => {
            let place = random.below(length);
            let token = &mut tokens[place];
            if token.text.len() > 4 {
                let at = random.between(1, token.text.len() - 2);
                token.text.replace_range(at..at + 1, "e");
            }
        }
    }
}
