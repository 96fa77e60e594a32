//! Parents, roots, false claims and calibration on simulated histories:
//! `cargo bench --bench quality -- lineage [tune]`.
//!
//! The histories come from [`simulator`]; every figure names its condition. `parent` counts a
//! parent as right when it carries the very text of the true one (copies of one text cannot be told
//! apart); `strict` wants the very document. Where documents are missing, the true parent is the
//! nearest ancestor that is left, or the unseen source. What the simulator believes about newsrooms
//! and what the inference believes about texts is set side by side in [`simulator`]. Without an argument the mixes and seeds
//! kept for reporting are used, with `tune` those the weights were chosen on.

mod observe;
mod random;
mod score;
mod simulator;
mod wording;

use std::path::Path;

use observe::{Dates, Missing, Observed, observe};
use random::Random;
use score::Score;
use simulator::{Mix, REPORTING, TUNING, simulate};

/// Histories for each condition and mix.
const HISTORIES: u64 = 400;

/// A way of looking at the histories.
struct Condition {
    name: &'static str,
    dates: Dates,
    missing: Missing,
}

const CONDITIONS: [Condition; 7] = [
    Condition { name: "dates to the hour", dates: Dates::Hour, missing: Missing::None },
    Condition { name: "dates to the day", dates: Dates::Day, missing: Missing::None },
    Condition { name: "a fifth missing, hour", dates: Dates::Hour, missing: Missing::Some },
    Condition { name: "source missing, hour", dates: Dates::Hour, missing: Missing::Source },
    Condition { name: "source missing, day", dates: Dates::Day, missing: Missing::Source },
    Condition { name: "mixed and wrong dates", dates: Dates::Mixed, missing: Missing::Some },
    Condition { name: "no dates", dates: Dates::None, missing: Missing::None },
];

pub(crate) fn run(arguments: &[&Path]) -> anyhow::Result<()> {
    let tuning = arguments.first().is_some_and(|argument| argument.as_os_str() == "tune");
    let (mixes, first_seed): (&[Mix], u64) =
        if tuning { (&TUNING, 1) } else { (&REPORTING, 1_000_001) };
    println!(
        "{:<24}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>15}{:>15}{:>8}{:>8}",
        "condition",
        "parent",
        "strict",
        "nearest",
        "root",
        "strict",
        "named",
        "claimed*",
        "claimed",
        "edges",
        "origins"
    );
    let mut all = Score::default();
    for condition in &CONDITIONS {
        let mut score = Score::default();
        for (mix, mix_number) in mixes.iter().zip(0u64..) {
            for number in 0..HISTORIES {
                let mut random = Random::new(first_seed + mix_number * 100_000 + number);
                let history = simulate(&mut random, mix);
                let Some(observed) =
                    observe(&mut random, &history, condition.dates, condition.missing)
                else {
                    continue;
                };
                score_history(&observed, &mut score);
            }
        }
        println!("{:<24}{}", condition.name, score.line());
        all.add(&score);
    }
    println!(
        "\nnamed: the true root is claimed as the origin\n\
         claimed*: `found` or `probable` where the source is missing and the texts show it\n\
         claimed: the same where the source is missing and nothing shows it\n\
         edges, origins: expected calibration error of their probabilities; what is said without \
         knowing\n  whether the source is missing can only fit all conditions together, as below\n"
    );
    println!("edges\n{}", all.edges.table());
    println!("origins\n{}", all.origins.table());
    Ok(())
}

fn score_history(observed: &Observed, score: &mut Score) {
    let clusters = observed.clusters();
    score.count(observed, &clusters);
}
