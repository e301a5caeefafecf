//! Glue between pallets.
//!
//! A pallet states what it needs from the rest of the chain as one of these small traits and never names the pallet that
//! provides it; the runtime ties them together. The unit type `()` implements each trait in the safe way: it denies.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod halts;
mod nodes;
mod participants;
mod registry;
mod trading;

pub use halts::*;
pub use nodes::*;
pub use participants::*;
pub use registry::*;
pub use trading::*;
