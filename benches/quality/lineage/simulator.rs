//! How news spreads, simulated with known parents.
//!
//! The simulator takes the newsroom's view: somebody has the words first, others see them after a
//! delay, choose whom to copy, edit by house rules and name their source when they feel like it. The
//! inference under test (`cento::provenance`) takes the reader's view: it weighs wordings,
//! intervals and credits. They share no code and no figures, and believe different things:
//!
//! | | simulator | inference |
//! |---|---|---|
//! | delay | log-normal, a pause at night | a power law of the lag |
//! | whom one copies | reach by Zipf's law, or the process (wire, chain, star, release) | nothing knows of reach |
//! | shared changes | editors pick synonyms from a common stock, so two can agree by chance | a shared change speaks for descent |
//! | edits | eight kinds by house habits, drawn for each history | a charge a cut and a word, whatever the kind |
//! | new words | an editor's explanation, one to three | nobody makes up more of a quote |
//! | independent telling | two or three listeners note different stretches | an unseen source, weighed like any candidate |
//! | credits | one in fifteen names somebody else | a credit is evidence, of a fixed weight |
//! | wrong dates | mostly those of a later change | a date is an interval; it is doubted only against a credited source |

use super::random::Random;
use super::wording::{Habits, Token, copy, filler, print, tell};

/// How the words get about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Process {
    /// An agency sends a text; nearly all take it from there.
    Wire,
    /// Each takes from the one before.
    Chain,
    /// One outlet has it first; all take it from there.
    Star,
    /// An organisation sends a release.
    Release,
    /// Everybody copies somebody, the far-reaching most.
    Reach,
    /// Two or three outlets heard it themselves; others copy them.
    Independent,
}

impl Process {
    const ALL: [Process; 6] = [
        Process::Wire,
        Process::Chain,
        Process::Star,
        Process::Release,
        Process::Reach,
        Process::Independent,
    ];
}

/// A mix of processes and habits: one half of the mixes is for tuning, the other for reporting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mix {
    pub(crate) processes: [f64; 6],
    pub(crate) verbatim: (f64, f64),
    pub(crate) more_edits: (f64, f64),
    pub(crate) kinds: [f64; 8],
    /// Median delay in hours.
    pub(crate) delay: (f64, f64),
    /// Share of copies that name their source.
    pub(crate) credit: f64,
}

/// For choosing the weights of the inference.
pub(crate) const TUNING: [Mix; 2] = [
    Mix {
        processes: [3.0, 1.0, 2.0, 2.0, 2.0, 1.5],
        verbatim: (0.2, 0.6),
        more_edits: (0.3, 1.2),
        kinds: [3.0, 1.5, 2.0, 2.0, 1.0, 1.5, 1.0, 0.7],
        delay: (1.5, 8.0),
        credit: 0.3,
    },
    Mix {
        processes: [1.0, 2.0, 1.0, 1.0, 4.0, 1.0],
        verbatim: (0.1, 0.4),
        more_edits: (0.5, 1.5),
        kinds: [2.0, 1.0, 1.0, 4.0, 2.0, 1.0, 2.0, 1.0],
        delay: (3.0, 20.0),
        credit: 0.1,
    },
];

/// For reporting.
pub(crate) const REPORTING: [Mix; 2] = [
    Mix {
        processes: [2.0, 2.0, 2.0, 2.0, 2.0, 2.0],
        verbatim: (0.15, 0.5),
        more_edits: (0.4, 1.4),
        kinds: [2.0, 2.0, 2.0, 2.5, 1.5, 1.0, 1.5, 1.0],
        delay: (1.0, 12.0),
        credit: 0.2,
    },
    Mix {
        processes: [4.0, 1.0, 1.0, 3.0, 3.0, 1.0],
        verbatim: (0.3, 0.7),
        more_edits: (0.2, 0.9),
        kinds: [4.0, 1.0, 1.5, 2.0, 1.0, 2.0, 0.5, 0.5],
        delay: (2.0, 6.0),
        credit: 0.35,
    },
];

/// One printed version with the truth about it.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    pub(crate) outlet: String,
    /// Hours since the first telling.
    pub(crate) hour: f64,
    pub(crate) tokens: Vec<Token>,
    /// The version it was taken from; `None`: it is a first telling, or its source printed nothing.
    pub(crate) parent: Option<usize>,
    /// The running text before and after.
    pub(crate) before: String,
    pub(crate) after: String,
}

/// A history: versions in order of time.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) versions: Vec<Printed>,
}

const AGENCIES: [&str; 3] = ["Reuters", "Associated Press", "AFP"];

/// Simulates one history.
pub(crate) fn simulate(random: &mut Random, mix: &Mix) -> History {
    let process = Process::ALL[random.weighted(&mix.processes)];
    let length = random.between(18, 60);
    let speech = tell(random, length);
    let within = |random: &mut Random, (low, high): (f64, f64)| low + (high - low) * random.unit();
    let habits = Habits {
        verbatim: within(random, mix.verbatim),
        more_edits: within(random, mix.more_edits),
        kinds: mix.kinds,
    };
    let delay = within(random, mix.delay);
    let size = 3 + (random.log_normal(5.0, 0.9) as usize).min(60);
    let mut outlets = Outlets::new(random);
    let mut versions: Vec<Printed> = Vec::with_capacity(size);
    let entries = match process {
        Process::Independent => random.between(2, 3),
        _ => 1,
    };
    let first_hour = random.unit() * 24.0;
    for entry in 0..entries {
        let outlet = match process {
            Process::Wire => AGENCIES[random.below(AGENCIES.len())].to_owned(),
            Process::Release => format!("Office {}", random.below(40)),
            _ => outlets.draw(random),
        };
        // Who was there himself prints what he noted, not all that was said.
        let tokens = if entries == 1 { speech.clone() } else { excerpt(random, &speech) };
        let hour = if entry == 0 { first_hour } else { first_hour + random.log_normal(2.0, 1.0) };
        let (before, after) = surroundings(random, None);
        versions.push(Printed { outlet, hour: awake(hour), tokens, parent: None, before, after });
    }
    while versions.len() < size.max(entries + 1) {
        let parent = choose_parent(random, process, &versions, &outlets);
        let wait = random.log_normal(delay, 1.1).max(0.02);
        let hour = awake(versions[parent].hour + wait);
        let tokens = copy(random, &versions[parent].tokens, &habits);
        let credit = random.chance(mix.credit).then(|| {
            // One credit in fifteen names somebody else.
            let named =
                if random.chance(1.0 / 15.0) { random.below(versions.len()) } else { parent };
            versions[named].outlet.clone()
        });
        let (before, after) = surroundings(random, credit.as_deref());
        let outlet = outlets.draw(random);
        versions.push(Printed { outlet, hour, tokens, parent: Some(parent), before, after });
    }
    in_order_of_time(versions)
}

fn in_order_of_time(versions: Vec<Printed>) -> History {
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by(|&x, &y| versions[x].hour.total_cmp(&versions[y].hour).then(x.cmp(&y)));
    let mut place_of = vec![0; order.len()];
    for (place, &number) in order.iter().enumerate() {
        place_of[number] = place;
    }
    let mut sorted: Vec<Printed> = order.iter().map(|&number| versions[number].clone()).collect();
    for version in &mut sorted {
        version.parent = version.parent.map(|parent| place_of[parent]);
    }
    History { versions: sorted }
}

fn choose_parent(
    random: &mut Random,
    process: Process,
    versions: &[Printed],
    outlets: &Outlets,
) -> usize {
    let anybody = |random: &mut Random| {
        let weights: Vec<f64> =
            versions.iter().map(|version| outlets.reach(&version.outlet)).collect();
        random.weighted(&weights)
    };
    match process {
        Process::Wire | Process::Release if random.chance(0.85) => 0,
        Process::Star if random.chance(0.9) => 0,
        Process::Chain if random.chance(0.9) => versions.len() - 1,
        _ => anybody(random),
    }
}

/// What one listener noted of a speech: most of it, from somewhere to somewhere.
fn excerpt(random: &mut Random, speech: &[Token]) -> Vec<Token> {
    let length = speech.len();
    let kept = random.between(length / 2, length * 9 / 10);
    let start = random.between(0, length - kept);
    speech[start..start + kept].to_vec()
}

/// Nothing is printed between one and five at night.
fn awake(hour: f64) -> f64 {
    let of_day = hour.rem_euclid(24.0);
    if (1.0..5.0).contains(&of_day) { hour + (5.0 - of_day) + (of_day - 1.0) / 4.0 } else { hour }
}

fn surroundings(random: &mut Random, credit: Option<&str>) -> (String, String) {
    let words = random.between(20, 60);
    let mut before = filler(random, words);
    let words = random.between(10, 60);
    let mut after = filler(random, words);
    if let Some(outlet) = credit {
        match random.below(4) {
            0 => before = format!("PORT ALDER ({outlet}) - {before}"),
            1 => before.push_str(&format!(", as first reported by {outlet}, when she spoke")),
            2 => after = format!("she told {outlet} in the evening. {after}"),
            _ => after.push_str(&format!(". The remarks were made in an interview with {outlet}.")),
        }
    }
    (before, after)
}

/// Outlets with reach by Zipf's law.
struct Outlets {
    left: Vec<usize>,
}

const NAMES: [&str; 8] =
    ["Post", "Courier", "Herald", "Gazette", "Tribune", "Observer", "Times", "Chronicle"];
const PLACES: [&str; 12] = [
    "Alder", "Brook", "Carrow", "Denham", "Elm Bay", "Fallow", "Grange", "Hollin", "Ister",
    "Jarrow", "Kestrel", "Lowick",
];

impl Outlets {
    fn new(random: &mut Random) -> Outlets {
        let mut left: Vec<usize> = (0..NAMES.len() * PLACES.len()).collect();
        for place in (1..left.len()).rev() {
            left.swap(place, random.below(place + 1));
        }
        Outlets { left }
    }

    fn draw(&mut self, random: &mut Random) -> String {
        let number = self.left.pop().unwrap_or_else(|| random.below(96));
        format!("{} {}", PLACES[number % PLACES.len()], NAMES[number / PLACES.len()])
    }

    /// Reach depends on the name alone, so that an outlet keeps it.
    fn reach(&self, outlet: &str) -> f64 {
        let number: usize = outlet.bytes().map(usize::from).sum::<usize>() % 40;
        1.0 / (1.0 + number as f64)
    }
}

/// The text of a version as an article, and where the words in question stand in it, in bytes.
pub(crate) fn article(version: &Printed) -> (String, usize, usize) {
    let quote = print(&version.tokens);
    let start = version.before.len() + 3;
    let text = format!("{} “{}” {}", version.before, quote, version.after);
    // A space and a mark of three bytes stand before the quote.
    (text, start + 1, start + 1 + quote.len())
}
