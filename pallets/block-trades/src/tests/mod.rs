//! One file per call, what a block does by itself, the questions, the invariants, and the property that ties
//! them together.

#![allow(clippy::unwrap_used)]

mod accept;
mod due;
mod properties;
mod propose;
mod queries;
mod reject;
mod set_rules;
mod settle;
mod try_state;
mod withdraw;
