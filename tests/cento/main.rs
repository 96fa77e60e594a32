//! The tests that stand outside the library: the command on `corpus/` and on broken input, the
//! figures on the corpus's gold, and the rules of the code base. One binary, since each would link
//! the whole library again.

mod bad_input;
mod columns;
mod command;
mod corpus_gold;
mod dependency_rule;
mod formats;
mod inputs;
mod interruption;
mod nightly;
mod options;
mod same_bytes;
mod screens;
mod trace;

// The measures of `cargo bench --bench quality -- corpus`, so that test and bench count alike.
#[expect(dead_code, reason = "the tests use the measures only, not the tables")]
#[path = "../../benches/quality/main.rs"]
mod quality;
