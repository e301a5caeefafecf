//! One file per call, one per family of questions, and the property that ties them together.

#![allow(clippy::unwrap_used)]

mod admit;
mod ensure_participant;
mod genesis;
mod properties;
mod reinstate;
mod set_roles;
mod suspend;
mod try_state;
mod view_functions;
