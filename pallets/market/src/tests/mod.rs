//! Tests, one file per call.

mod cancel_order;
mod create_market;
mod deposit;
mod items;
mod place_order;
mod random;
mod try_state;
mod views;
mod withdraw;
