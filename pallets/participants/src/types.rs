//! What a participant's record consists of.

use carbon_primitives::{Digest, Moment, Role};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;

/// Most roles that a list can name: each role once.
pub const ROLES_MAX: u32 = Role::ALL.len() as u32;

/// The roles of a participant.
pub type RoleGrants = BoundedVec<RoleGrant, ConstU32<ROLES_MAX>>;

/// The record of a participant on the chain that `T` configures.
pub type ParticipantRecordOf<T> = ParticipantRecord<BlockNumberFor<T>>;

/// A role and when it ends.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct RoleGrant {
	/// What the participant may do.
	pub role: Role,
	/// The moment, in milliseconds since the Unix epoch, from which on the role no longer counts; none if it does not
	/// end by itself.
	pub expires_at: Option<Moment>,
}

/// Whether a participant may act.
// Codes 0 and 1 are kept for the steps before admission and 4 for expulsion, so that the codes follow the ladder.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Status {
	/// It acts in its roles.
	#[codec(index = 2)]
	Admitted,
	/// It may not act until the regulator reinstates it.
	#[codec(index = 3)]
	Suspended,
}

/// What the chain knows about a participant.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ParticipantRecord<BlockNumber> {
	/// Whether it may act.
	pub status: Status,
	/// What it may do: at least one role, none twice, none that conflict.
	pub roles: RoleGrants,
	/// Digest of the documents that prove its identity; zero for participants of the genesis block.
	pub identity: Digest,
	/// The block in which it was admitted.
	pub admitted_at: BlockNumber,
}

/// Why a list of roles does not fit together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum RolesFault {
	/// It names no role.
	Empty,
	/// It names a role twice.
	Duplicate,
	/// It joins roles that exclude each other.
	Conflict,
}

/// Check that `roles` fit together: at least one, none twice, none that conflict.
///
/// Quadratic in the length of the list, which is [`ROLES_MAX`] at most.
pub(crate) fn check_roles(roles: &[RoleGrant]) -> Result<(), RolesFault> {
	if roles.is_empty() {
		return Err(RolesFault::Empty);
	}
	for (position, grant) in roles.iter().enumerate() {
		for later in &roles[position + 1..] {
			if grant.role == later.role {
				return Err(RolesFault::Duplicate);
			}
			if grant.role.conflicts_with(later.role) {
				return Err(RolesFault::Conflict);
			}
		}
	}
	Ok(())
}
