//! What always holds.

use crate::{check_roles, Config, Pallet, Participants, RolesFault};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every record can be read.
	/// 2. Every participant has at least one role.
	/// 3. No participant has a role twice.
	/// 4. No participant has roles that exclude each other.
	/// 5. No participant was admitted in a block that is still to come.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		let mut readable: u64 = 0;
		for (_, record) in Participants::<T>::iter() {
			readable += 1;
			check_roles(&record.roles).map_err(|fault| match fault {
				RolesFault::Empty => "participants 2: a participant has no role",
				RolesFault::Duplicate => "participants 3: a participant has a role twice",
				RolesFault::Conflict => "participants 4: a participant has roles that exclude each other",
			})?;
			if record.admitted_at > now {
				return Err("participants 5: a participant was admitted in a block to come".into());
			}
		}
		// The iteration over values passes over what it cannot decode; the one over keys does not.
		if Participants::<T>::iter_keys().count() as u64 != readable {
			return Err("participants 1: a record cannot be read".into());
		}
		Ok(())
	}
}
