//! A longest form that is no version of what the others have.
//!
//! A statement that tells another one in a clause holds most of its words, and so it founds the cluster
//! of all that quote the other. But then what the others have besides is in the longest of them, and
//! not in it. And running text that comes to what the others have only behind a statement of its own
//! recalls it there ("the quarrel is about her plan to close the pier").

use std::collections::HashSet;

use super::growth::{Grown, Link, Node, grow, links_within};
use super::runs::{RUN, share_in_runs};

/// The next longest form has less than this share of its words in runs of the longest.
const SHARE_OF_ONE_TEXT: f64 = 0.5;
/// So many others tell which of the two they are versions of.
const FEWEST_OTHERS: usize = 2;

/// What comes late to the words of so many others…
const FEWEST_RECALLED: usize = 3;
/// …has this share of its own words before them…
const SHARE_BEFORE_OTHERS: f64 = 0.4;
/// …of which more than this share is in none of the others.
const SHARE_OF_ITS_OWN: f64 = 0.5;

/// Grows clusters as [`grow`] does; those of a longest form that `is_misfit` are grown anew without it.
pub(super) fn grow_without_misfits(
    nodes: &[Node],
    links: &[Link],
    allows: &dyn Fn(u32, u32, bool) -> bool,
    is_misfit: impl Fn(&Grown) -> bool,
) -> Vec<Grown> {
    let (misfits, mut grown): (Vec<Grown>, Vec<Grown>) =
        grow(nodes, links, allows).into_iter().partition(is_misfit);
    if !misfits.is_empty() {
        let others = misfits.iter().map(|misfit| misfit.of_other_wordings(nodes));
        grown.extend(grow(nodes, &links_within(others, links), allows));
    }
    grown
}

/// Whether all versions fit the next longest form as well as the longest, and some better.
pub(super) fn is_misfit(grown: &Grown, nodes: &[Node], words: impl Fn(u32) -> Vec<u64>) -> bool {
    let node = |number: u32| nodes[number as usize];
    let mut others: Vec<u32> = grown.of_other_wordings(nodes).collect();
    if others.len() <= FEWEST_OTHERS {
        return false;
    }
    others.sort_by_key(|&other| std::cmp::Reverse(node(other).words));
    let (next, others) = (others[0], &others[1..]);
    let (longest, next_words) = (words(grown.anchor), words(next));
    if share_in_runs(&next_words, &longest) >= SHARE_OF_ONE_TEXT {
        return false;
    }
    let mut others = others.iter().filter(|&&other| node(other).wording != node(next).wording);
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

/// Whether the longest form comes to what the others have only behind a statement of its own.
pub(super) fn recalls_others(
    grown: &Grown,
    nodes: &[Node],
    words: impl Fn(u32) -> Vec<u64>,
) -> bool {
    let others: Vec<u32> = grown.of_other_wordings(nodes).collect();
    if others.len() < FEWEST_RECALLED {
        return false;
    }
    let others: Vec<Vec<u64>> = others.into_iter().map(&words).collect();
    let longest = words(grown.anchor);
    let runs: HashSet<&[u64]> = others.iter().flat_map(|other| other.windows(RUN)).collect();
    let Some(before) = longest.windows(RUN).position(|run| runs.contains(run)) else {
        return false;
    };
    let known: HashSet<u64> = others.iter().flatten().copied().collect();
    let own = longest[..before].iter().filter(|&word| !known.contains(word)).count() as f64;
    before as f64 >= SHARE_BEFORE_OTHERS * longest.len() as f64
        && own > SHARE_OF_ITS_OWN * before as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    fn hashes(text: &str) -> Vec<u64> {
        words(text).iter().map(|word| word.hash).collect()
    }

    /// Texts, each of a wording of its own, around the first.
    fn cluster(texts: &[&str]) -> (Grown, Vec<Node>) {
        let node = |(text, wording): (&&str, u32)| Node { words: hashes(text).len(), wording };
        let nodes: Vec<Node> = texts.iter().zip(0..).map(node).collect();
        (Grown { anchor: 0, nodes: (0..texts.len() as u32).collect() }, nodes)
    }

    /// What a rule says of the first of some texts, which is the longest, and the others.
    type Rule = fn(&Grown, &[Node], &dyn Fn(u32) -> Vec<u64>) -> bool;

    #[track_caller]
    fn check_rule(rule: Rule, texts: &[&str], expected: bool) {
        let (grown, nodes) = cluster(texts);
        let words = |number: u32| hashes(texts[number as usize]);
        assert_eq!(rule(&grown, &nodes, &words), expected, "{texts:?}");
    }

    /// Checks whether the first is no version of what the others have.
    #[track_caller]
    fn check(texts: &[&str], expected: bool) {
        check_rule(|grown, nodes, words| is_misfit(grown, nodes, words), texts, expected);
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

    /// Checks whether the first recalls the others behind a statement of its own.
    #[track_caller]
    fn check_recalls(texts: &[&str], expected: bool) {
        check_rule(|grown, nodes, words| recalls_others(grown, nodes, words), texts, expected);
    }

    #[test]
    fn what_comes_late_to_a_text_recalls_it() {
        let recalled = "The quarrel between Hatch and every miller is about her plan to close the eastern \
                        pier for nine weeks";
        let plan = "Hatch has a plan to close the eastern pier for nine weeks";
        let others =
            ["a plan to close the eastern pier", "to close the eastern pier for nine weeks"];
        check_recalls(&[recalled, plan, others[0], others[1]], true);
        check_recalls(&[recalled, plan, others[0]], false);
        // What stands before is told by another one too, or it is short.
        let told = "The quarrel between Hatch and a miller began over a pier";
        check_recalls(&[recalled, told, others[0], others[1]], false);
        let short = "Hatch told of her plan to close the eastern pier for nine weeks";
        check_recalls(&[short, plan, others[0], others[1]], false);
    }
}
