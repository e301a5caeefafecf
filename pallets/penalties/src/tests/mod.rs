//! One file per call, what a block does by itself, what the rules impose, the questions, the invariants, and the model that ties them
//! together.

#![allow(clippy::unwrap_used)]

mod agenda;
mod annul;
mod decide;
mod finalise;
mod model;
mod object;
mod pay;
mod pay_debt;
mod propose;
mod queries;
mod sanction;
mod try_state;
mod types;
mod waive;
