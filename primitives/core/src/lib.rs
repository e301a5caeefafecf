//! The words of the chain as types: quantities, prices, vintages, roles and the identifiers that pallets share.
//!
//! Everything here is plain data. Quantities are whole tonnes of CO2 equivalent, money is in fen (1/100 CNY), and no
//! type rounds: an operation that could lose something returns an [`Option`].

#![cfg_attr(not(feature = "std"), no_std)]

mod credit;
mod funds;
mod halts;
mod ids;
mod offsets;
mod provenance;
mod quantities;
mod rights;
mod roles;

pub use credit::*;
pub use funds::*;
pub use halts::*;
pub use ids::*;
pub use offsets::*;
pub use provenance::*;
pub use quantities::*;
pub use rights::*;
pub use roles::*;

use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiSignature,
};

/// Height of a block.
pub type BlockNumber = u32;
/// Signature of an extrinsic: sr25519, ed25519 or ecdsa.
pub type Signature = MultiSignature;
/// Account of a participant: the public key of its signer.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// Settlement token in fen (1/100 CNY), the chain's native token.
pub type Balance = u128;
/// Count of the extrinsics that an account has sent.
pub type Nonce = u32;
/// Hash of a block, of an extrinsic or of a document: BLAKE2b with 256 bits.
pub type Hash = sp_core::H256;
/// Milliseconds since the Unix epoch.
pub type Moment = u64;
/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
