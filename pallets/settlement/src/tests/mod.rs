//! One file per call, the genesis build, the invariants, and the property that ties them together.

#![allow(clippy::unwrap_used)]

mod force_release;
mod force_transfer;
mod genesis;
mod mint;
mod properties;
mod redeem;
mod request_redemption;
mod try_state;
mod withdraw_redemption;
