//! Records and lists on the chain that `T` configures.

use crate::{CancellationRecord, Config, ObligationRecord, SurrenderRecord};
use carbon_primitives::Tonnes;
use frame_support::BoundedVec;
use frame_system::pallet_prelude::BlockNumberFor;

/// What an entity owes and has done.
pub type ObligationRecordOf<T> = ObligationRecord<<T as frame_system::Config>::AccountId>;
/// Record of a surrender.
pub type SurrenderRecordOf<T> = SurrenderRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// Record of a cancellation.
pub type CancellationRecordOf<T> =
	CancellationRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// A list of accounts in one call.
pub type AccountsOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, <T as Config>::MaxBatch>;
/// A list of accounts with a number of tonnes each.
pub type TonnesByAccountOf<T> =
	BoundedVec<(<T as frame_system::Config>::AccountId, Tonnes), <T as Config>::MaxBatch>;
