//! One file per call, the genesis build, the sessions, the questions, the invariants, and the property that ties them
//! together.

#![allow(clippy::unwrap_used)]

mod admit;
mod apply;
mod audit;
mod forget;
mod genesis;
mod properties;
mod queries;
mod refuse;
mod remove;
mod resign;
mod sessions;
mod set_address;
mod set_min_validators;
mod set_session_blocks;
mod try_state;
