//! How each pallet is configured, one file per subject.

mod authority;
mod carbon;
mod consensus;
mod money;
mod system;

pub use authority::ProxyType;
pub use carbon::VintageOwner;
pub use consensus::SLOT_DURATION;
pub use money::{TreasuryAccount, CNY, FEN};
pub use system::SS58_PREFIX;
