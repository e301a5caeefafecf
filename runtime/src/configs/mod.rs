//! How each pallet is configured, one file per subject.

mod acts;
mod admission;
mod authority;
#[cfg(feature = "runtime-benchmarks")]
mod benchmark_helpers;
mod block_trades;
mod carbon;
mod compliance;
mod consensus;
mod credit;
mod fees;
mod hooks;
mod money;
mod parameters;
mod provenance;
mod system;

pub use acts::TableOfActs;
pub use authority::ProxyType;
pub use carbon::VintageOwner;
pub use compliance::{BufferAccount, CustodyAccount};
pub use consensus::SLOT_DURATION;
pub use credit::{DefaultLevels, DefaultRules};
pub use money::{TreasuryAccount, CNY, FEN};
pub use parameters::{dynamic_params, RuntimeParameters, RuntimeParametersKey};
pub use provenance::{Authority, Chain};
pub use system::SS58_PREFIX;
