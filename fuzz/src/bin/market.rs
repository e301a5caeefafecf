//! Walks over the market.

#![no_main]

carbon_fuzz::fuzz!(pallet_market::fuzzing);
