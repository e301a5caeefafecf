//! Who may send transactions at all.

mod admission;
mod nonce;

pub use admission::*;
pub use nonce::*;

use crate::{Call, Config};
use frame_support::traits::IsSubType;

/// The roles that `call` applies for, if it is an application. One inside another call does not count: it is paid for
/// by whoever sends it.
fn roles_applied_for<T: Config>(call: &<T as frame_system::Config>::RuntimeCall) -> Option<&crate::RoleList>
where
	<T as frame_system::Config>::RuntimeCall: IsSubType<Call<T>>,
{
	match call.is_sub_type()? {
		Call::apply { roles, .. } => Some(roles),
		_ => None,
	}
}
