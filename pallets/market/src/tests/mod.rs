//! Tests, one file per call.

mod cancel_order;
mod create_market;
mod deposit;
mod force_cancel;
mod force_withdraw;
mod halts;
mod items;
mod place_order;
mod random;
mod set_params;
mod sweep;
mod trading_right;
mod try_state;
mod views;
mod withdraw;
