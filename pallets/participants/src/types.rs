//! What a participant's record consists of.

use alloc::vec::Vec;
use carbon_primitives::{Digest, GroupId, Moment, Role, ServiceSet};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;

/// Most roles that a list can name: each role once.
pub const ROLES_MAX: u32 = Role::ALL.len() as u32;

/// Most entries of the queue of applications that one query looks at.
pub const APPLICATIONS_PAGE_MAX: u32 = 100;

/// The roles of a participant.
pub type RoleGrants = BoundedVec<RoleGrant, ConstU32<ROLES_MAX>>;

/// The roles that an applicant asks for.
pub type RoleList = BoundedVec<Role, ConstU32<ROLES_MAX>>;

/// Most applications that one call refuses.
pub const REFUSALS_MAX: u32 = 100;

/// The applicants whom one call refuses, on the chain that `T` configures.
pub type RefusalsOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, ConstU32<REFUSALS_MAX>>;

/// The members of a group, on the chain that `T` configures.
pub type MembersOf<T> =
	BoundedVec<<T as frame_system::Config>::AccountId, <T as crate::Config>::MaxGroupMembers>;

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

/// How far an account has come. The codes follow the ladder.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Status {
	/// It has asked for admission and waits for the preliminary check. Only in applications.
	#[codec(index = 0)]
	Applied,
	/// The preliminary check passed; it waits for admission. Only in applications.
	#[codec(index = 1)]
	Registered,
	/// It acts in its roles.
	#[codec(index = 2)]
	Admitted,
	/// It may not act until the regulator reinstates it.
	#[codec(index = 3)]
	Suspended,
	/// It may not act any more. Only a new application leads back.
	#[codec(index = 4)]
	Expelled,
}

/// What the chain knows about a participant.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ParticipantRecord<BlockNumber> {
	/// Whether it may act: admitted, suspended or expelled.
	pub status: Status,
	/// What it may do: at least one role, none twice, none that conflict. Those of an expelled one count no more.
	pub roles: RoleGrants,
	/// Digest of the documents that prove its identity; zero for participants of the genesis block.
	pub identity: Digest,
	/// The block in which it was admitted, for the last time if it was expelled in between.
	pub admitted_at: BlockNumber,
	/// The group that it belongs to, as the regulator confirmed.
	pub group: Option<GroupId>,
	/// The group that it says it belongs to.
	pub declared_group: Option<GroupId>,
	/// The services that the black list closes to it.
	pub closed: ServiceSet,
	/// Whether the black list closes everything to it but reading.
	pub barred: bool,
	/// The services that the white list opens to it where they are restricted.
	pub open: ServiceSet,
	/// The moment, in milliseconds since the Unix epoch, before which an emergency stop keeps it from trading and from
	/// being paid out; none if it was never stopped or the stop was lifted.
	pub halted_until: Option<Moment>,
	/// The moment, in milliseconds since the Unix epoch, before which a sanction keeps it from trading; none if it was never
	/// banned or the ban was lifted.
	pub banned_until: Option<Moment>,
}

impl<BlockNumber> ParticipantRecord<BlockNumber> {
	/// The record of a newly admitted participant.
	pub(crate) fn admitted(roles: RoleGrants, identity: Digest, admitted_at: BlockNumber) -> Self {
		Self {
			status: Status::Admitted,
			roles,
			identity,
			admitted_at,
			group: None,
			declared_group: None,
			closed: ServiceSet::NONE,
			barred: false,
			open: ServiceSet::NONE,
			halted_until: None,
			banned_until: None,
		}
	}

	/// Whether it may let others act in its name: none of its roles has to be filled in person. An ended role counts as
	/// well: who has it stays bound until the regulator withdraws it.
	pub(crate) fn may_delegate(&self) -> bool {
		self.roles.iter().all(|grant| grant.role.may_represent())
	}

	/// Whether it is an insider. An ended role counts as well, so that the pallet that asks for the role can say that it
	/// has ended.
	pub(crate) fn is_insider(&self) -> bool {
		self.roles.iter().any(|grant| grant.role == Role::Insider)
	}

	/// What the black list says about it.
	pub(crate) fn black_list(&self) -> BlackList {
		BlackList {
			barred: self.barred,
			closed: self.closed,
		}
	}
}

/// What the black list says about a participant.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct BlackList {
	/// Whether everything is closed to it but reading.
	pub barred: bool,
	/// The services that are closed to it.
	pub closed: ServiceSet,
}

/// What the chain knows about an applicant.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ApplicationRecord {
	/// How far the application has come: applied or registered.
	pub status: Status,
	/// Digest of the documents that prove the applicant's identity.
	pub identity: Digest,
	/// The roles that it asks for: at least one, none twice, none that conflict.
	pub roles: RoleList,
	/// When it applied, in milliseconds since the Unix epoch.
	pub applied_at: Moment,
	/// Its number in the queue.
	pub entry: u64,
}

/// The numbers of the queue's entries: from `head` on, before `tail`. Numbers in between may be gone.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct QueueEnds {
	/// Number of the oldest entry that may still be there.
	pub head: u64,
	/// Number that the next entry gets.
	pub tail: u64,
}

/// A part of the queue of applications.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ApplicationPage<AccountId> {
	/// The applicants and their applications, in the order in which they came.
	pub applications: Vec<(AccountId, ApplicationRecord)>,
	/// The entry number from which the next page goes on; none at the end of the queue.
	pub next: Option<u64>,
}

/// What the chain knows about a group.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct GroupRecord {
	/// Digest of the documents that prove who belongs together.
	pub identity: Digest,
	/// Participants whose membership the regulator confirmed.
	pub members: u32,
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
pub(crate) fn check_roles<'a>(roles: impl Iterator<Item = &'a Role> + Clone) -> Result<(), RolesFault> {
	if roles.clone().next().is_none() {
		return Err(RolesFault::Empty);
	}
	for (position, role) in roles.clone().enumerate() {
		for later in roles.clone().skip(position + 1) {
			if role == later {
				return Err(RolesFault::Duplicate);
			}
			if role.conflicts_with(*later) {
				return Err(RolesFault::Conflict);
			}
		}
	}
	Ok(())
}

/// Check that the granted roles fit together, as [`check_roles`].
pub(crate) fn check_grants(grants: &[RoleGrant]) -> Result<(), RolesFault> {
	check_roles(grants.iter().map(|grant| &grant.role))
}
