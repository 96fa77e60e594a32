//! A longest form that is no version of what the others have.
//!
//! A statement that tells another one in a clause holds most of its words, and so it founds the cluster
//! of all that quote the other. But then what the others have besides is in the longest of them, and
//! not in it.

use super::growth::{Grown, Link, Node};
use super::runs::share_in_runs;

/// The next longest form has less than this share of its words in runs of the longest.
const SHARE_OF_ONE_TEXT: f64 = 0.5;
/// So many others tell which of the two they are versions of.
const FEWEST_OTHERS: usize = 2;

/// Whether all versions fit the next longest form as well as the longest, and some better.
pub(super) fn is_misfit(grown: &Grown, nodes: &[Node], words: impl Fn(u32) -> Vec<u64>) -> bool {
    let node = |number: u32| nodes[number as usize];
    let is_like = |a: u32, b: u32| node(a).wording == node(b).wording;
    let mut others: Vec<u32> =
        grown.nodes.iter().copied().filter(|&other| !is_like(other, grown.anchor)).collect();
    if others.len() <= FEWEST_OTHERS {
        return false;
    }
    others.sort_by_key(|&other| std::cmp::Reverse(node(other).words));
    let (next, others) = (others[0], &others[1..]);
    let (longest, next_words) = (words(grown.anchor), words(next));
    if share_in_runs(&next_words, &longest) >= SHARE_OF_ONE_TEXT {
        return false;
    }
    let mut others = others.iter().filter(|&&other| !is_like(other, next)).peekable();
    let mut fits_better = false;
    let mut count = 0;
    let fit_as_well = others.all(|&other| {
        let own = words(other);
        let [with_longest, with_next] =
            [&longest, &next_words].map(|fullest| share_in_runs(&own, fullest));
        count += 1;
        fits_better |= with_next > with_longest;
        with_next >= with_longest
    });
    fit_as_well && fits_better && count >= FEWEST_OTHERS
}

/// The nodes and links of a cluster without its longest form.
pub(super) fn links_without_longest(grown: &Grown, nodes: &[Node], links: &[Link]) -> Vec<Link> {
    let stays = |number: u32| {
        grown.nodes.binary_search(&number).is_ok()
            && nodes[number as usize].wording != nodes[grown.anchor as usize].wording
    };
    links.iter().filter(|link| stays(link.a) && stays(link.b)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// Checks whether the first of some texts, which is the longest, is no version of what the others have.
    #[track_caller]
    fn check(texts: &[&str], expected: bool) {
        let words = |number: u32| -> Vec<u64> {
            text::words(texts[number as usize]).iter().map(|word| word.hash).collect()
        };
        let numbers = 0..texts.len() as u32;
        let node = |number: u32| Node { words: words(number).len(), wording: number };
        let nodes: Vec<Node> = numbers.clone().map(node).collect();
        let grown = Grown { anchor: 0, nodes: numbers.collect() };
        assert_eq!(is_misfit(&grown, &nodes, words), expected, "{texts:?}");
    }

    #[test]
    fn a_statement_that_tells_another_one_is_not_its_fullest_form() {
        let told = "Hatch told Quarle how glad all millers are that both towns hold the aim of a harbour \
                    that will be free of dues by way of remission, and that she likes the next lunch";
        let pact = "Both councils affirmed their common aim of a harbour free of dues by means of full \
                    remission";
        let cut = "the common aim of a harbour free of dues";
        let scrap = "a harbour free of dues";
        check(&[told, pact, cut, scrap], true);
        // One other tells nothing, nor do scraps that stand in both alike.
        check(&[told, pact, cut], false);
        check(&[told, pact, "aim of a harbour", "free of dues"], false);
        // What has most of the next longest in its own words is its fullest form.
        let whole = format!("We are glad to say it once more. {pact}, and the millers will see it");
        check(&[&whole, pact, cut, scrap], false);
        // Some are cuts of the one and some of the other.
        check(&[told, pact, cut, "how glad all millers are"], false);
    }
}
