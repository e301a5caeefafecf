#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod impl_ensure_participant;
mod impls;
mod types;
pub mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::{ParticipantRecordOf, RoleGrants, WeightInfo};
	use alloc::vec::Vec;
	use carbon_primitives::{Digest, Moment, Role};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The regulator: admits participants, sets their roles, suspends and reinstates them.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The chain's time, in milliseconds since the Unix epoch. It decides whether a role has ended.
		type Time: Time<Moment = Moment>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The participants, by account. Written by `admit`, `set_roles`, `suspend` and `reinstate`; a record is never
	/// removed.
	// Blake2_128Concat: whoever asks for admission chooses the account, and may choose it to lengthen a trie path.
	#[pallet::storage]
	pub type Participants<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, ParticipantRecordOf<T>, OptionQuery>;

	/// Participants to admit in the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Accounts and their roles, without expiry and without identity documents (the digest is zero).
		///
		/// The genesis build panics on a list that the call `admit` would refuse.
		pub participants: Vec<(T::AccountId, Vec<Role>)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (account, roles) in &self.participants {
				Pallet::<T>::admit_at_genesis(account, roles);
			}
		}
	}

	/// What has happened to a participant.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The regulator admitted a participant.
		ParticipantAdmitted {
			/// The participant.
			account: T::AccountId,
			/// Its roles.
			roles: RoleGrants,
			/// Digest of the documents that prove its identity.
			identity: Digest,
		},
		/// The regulator replaced the roles of a participant.
		RolesChanged {
			/// The participant.
			account: T::AccountId,
			/// Its roles until now.
			old_value: RoleGrants,
			/// Its roles from now on.
			new_value: RoleGrants,
		},
		/// The regulator suspended a participant: it may not act until it is reinstated.
		ParticipantSuspended {
			/// The participant.
			account: T::AccountId,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// The regulator reinstated a suspended participant: it acts again in the roles that it has.
		ParticipantReinstated {
			/// The participant.
			account: T::AccountId,
		},
	}

	/// Why a call, or an act that asked this pallet, was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is no participant. Ask the regulator to admit it.
		NotAdmitted,
		/// The account is a participant already, perhaps a suspended one. Change its roles or reinstate it instead.
		AlreadyAdmitted,
		/// The participant is suspended and may not act. It may again once the regulator reinstates it.
		Suspended,
		/// The participant is suspended already. One suspension lasts until it is reinstated.
		AlreadySuspended,
		/// The participant is not suspended, so that there is nothing to reinstate.
		NotSuspended,
		/// The participant was never granted the role that this act needs. Ask the regulator for it.
		RoleMissing,
		/// The participant's grant of the role that this act needs has ended. Ask the regulator to renew it.
		RoleExpired,
		/// The list of roles is empty. Name at least one, or suspend the participant.
		RolesEmpty,
		/// The list names a role twice. Name each role once.
		RoleDuplicate,
		/// The list joins a role that entitles to trade with one that excludes from trading. Use two accounts.
		RolesConflict,
		/// A role would end now or has ended before it begins. Give a moment in the future, in milliseconds since
		/// the Unix epoch, or none.
		ExpiryPassed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Admit an account as a participant with the given roles.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Each role may carry the moment at which it ends, in milliseconds since the Unix epoch; without one it
		/// lasts until the regulator changes it. Roles that entitle to trade (covered entity, resource holder,
		/// trader) exclude the others (verifier, settlement bank, insider). `identity` is the BLAKE2b-256 digest of
		/// the documents that the regulator has checked; the documents themselves never reach the chain.
		///
		/// ## Errors
		/// - [`Error::AlreadyAdmitted`]: the account is a participant already.
		/// - [`Error::RolesEmpty`], [`Error::RoleDuplicate`], [`Error::RolesConflict`]: the roles do not fit together.
		/// - [`Error::ExpiryPassed`]: a role would have ended already.
		///
		/// ## Events
		/// - [`Event::ParticipantAdmitted`].
		#[pallet::call_index(0)]
		pub fn admit(
			origin: OriginFor<T>,
			account: T::AccountId,
			roles: RoleGrants,
			identity: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_admit(account, roles, identity)
		}

		/// Replace the roles of a participant.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The new list takes the place of the old one as a whole: a role that it does not name is withdrawn. The
		/// participant's status stays as it is, so that the roles of a suspended one can be put right before it is
		/// reinstated.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::RolesEmpty`], [`Error::RoleDuplicate`], [`Error::RolesConflict`]: the roles do not fit together.
		/// - [`Error::ExpiryPassed`]: a role would have ended already.
		///
		/// ## Events
		/// - [`Event::RolesChanged`].
		#[pallet::call_index(1)]
		pub fn set_roles(origin: OriginFor<T>, account: T::AccountId, roles: RoleGrants) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_roles(account, roles)
		}

		/// Suspend a participant: it may not act in any role until it is reinstated.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// What the participant owns stays its own. `reason` is the BLAKE2b-256 digest of the document that states
		/// why.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::AlreadySuspended`]: it is suspended already.
		///
		/// ## Events
		/// - [`Event::ParticipantSuspended`].
		#[pallet::call_index(2)]
		pub fn suspend(origin: OriginFor<T>, account: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_suspend(account, reason)
		}

		/// End the suspension of a participant.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The participant acts again in the roles that it has; a role that ended meanwhile stays ended.
		///
		/// ## Errors
		/// - [`Error::NotAdmitted`]: the account is no participant.
		/// - [`Error::NotSuspended`]: it is not suspended.
		///
		/// ## Events
		/// - [`Event::ParticipantReinstated`].
		#[pallet::call_index(3)]
		pub fn reinstate(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_reinstate(account)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The record of a participant, if the account is one.
		pub fn participant(account: T::AccountId) -> Option<ParticipantRecordOf<T>> {
			Participants::<T>::get(account)
		}

		/// Whether the account may trade at this moment.
		pub fn may_trade(account: T::AccountId) -> bool {
			<Self as carbon_traits::EnsureParticipant<_>>::ensure_may_trade(&account).is_ok()
		}
	}
}
