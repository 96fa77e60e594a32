//! The tests that stand outside the library: the command on `corpus/` and on broken input, and
//! the rules of the code base. One binary, since each would link the whole library again.

mod bad_input;
mod command;
mod dependency_rule;
mod same_bytes;
