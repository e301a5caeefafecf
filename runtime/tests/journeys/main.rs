//! Journeys on the real runtime: several pallets, the accounts of the development preset, and every invariant checked
//! after each journey.

mod env;

mod admission;
mod authority;
mod block_trades;
mod closing;
mod compliance;
mod credit;
mod delegation;
mod example;
mod genesis;
mod market_day;
mod operators;
mod penalties;
mod provenance;
mod slice;
mod way_round;
