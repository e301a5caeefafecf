//! One file per call; `gates` holds what calls have in common, `formula` the worked numbers and the properties of the
//! engine, `cycle` random sequences of calls against the reference in `model`, `items` what calls touch, `try_state` states
//! that must not be.

#![allow(clippy::unwrap_used)]

mod close_installation;
mod credit;
mod cycle;
mod decide_objection;
mod end_hold;
mod enter_activity;
mod formula;
mod gates;
mod hold_units;
mod items;
mod model;
mod move_installation;
mod object;
mod pre_allocate;
mod register_installation;
mod release_units;
mod return_units;
mod set_benchmarks;
mod surrender_held;
mod true_up;
mod try_state;
