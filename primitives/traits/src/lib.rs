//! Glue between pallets.
//!
//! A pallet states what it needs from the rest of the chain as one of these small traits and never names the pallet that
//! provides it; the runtime ties them together. The unit type `()` implements each trait in the safe way: it denies.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod allocation;
mod compliance;
mod credit;
mod halts;
mod nodes;
mod offsets;
mod participants;
mod provenance;
mod registry;
mod trading;

pub use allocation::*;
pub use compliance::*;
pub use credit::*;
pub use halts::*;
pub use nodes::*;
pub use offsets::*;
pub use participants::*;
pub use provenance::*;
pub use registry::*;
pub use trading::*;
