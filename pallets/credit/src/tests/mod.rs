//! One file per call, what is counted, what a block does by itself, the formula, the questions, the invariants, and the properties that tie
//! them together.

#![allow(clippy::unwrap_used)]

mod inspect;
mod matched;
mod properties;
mod queries;
mod record;
mod rescore;
mod score;
mod set_levels;
mod set_score_rules;
mod sizes;
mod sweep;
mod try_state;
