//! Refuses in the transaction pool what nobody but an admitted participant may send.

use super::roles_applied_for;
use crate::{Call, Config, Error, Pallet, ParticipantRecordOf, Participants, RoleList, Status, WeightInfo};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::{fmt, marker::PhantomData};
use frame_support::{
	dispatch::DispatchInfo,
	pallet_prelude::TransactionSource,
	traits::{Contains, Get, IsSubType},
	weights::Weight,
	Hashable,
};
use scale_info::TypeInfo;
use sp_runtime::{
	impl_tx_ext_default,
	traits::{AsSystemOriginSigner, DispatchInfoOf, Dispatchable, TransactionExtension, ValidateResult},
	transaction_validity::{
		InvalidTransaction, TransactionLongevity, TransactionValidityError, ValidTransaction,
	},
};

/// Why [`CheckAdmission`] refuses a transaction: the number in `InvalidTransaction::Custom`, which a wallet shows.
pub mod refusal {
	/// The signer is no participant. It may send nothing but an application.
	pub const NOT_ADMITTED: u8 = 1;
	/// The signer is expelled. It may send nothing but exits and an application.
	pub const EXPELLED: u8 = 2;
	/// The black list closes everything to the signer.
	pub const BLACK_LISTED: u8 = 3;
	/// A role of the signer excludes acting for another account. Use an account without that role.
	pub const MAY_NOT_REPRESENT: u8 = 4;
	/// The signer has an application pending. Wait for the decision.
	pub const ALREADY_APPLIED: u8 = 5;
	/// The signer is a participant already and need not apply.
	pub const ALREADY_ADMITTED: u8 = 6;
	/// As many applications are pending as there may be. Apply again when some are decided.
	pub const APPLICATIONS_FULL: u8 = 7;
	/// The roles that are applied for do not fit together: none, one twice, or some that exclude each other.
	pub const ROLES_UNFIT: u8 = 8;
}

/// Most applications that the pool holds ready, whoever sends them.
pub const APPLY_SLOTS: u8 = 16;

/// For how many blocks an application may wait in the pool.
pub const APPLY_LONGEVITY: TransactionLongevity = 64;

/// Lets only participants send transactions, and everybody else nothing but an application for admission.
///
/// It carries no bytes, so that every wallet can sign for it.
#[derive(Clone, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct CheckAdmission<T: Config + Send + Sync>(PhantomData<T>);

impl<T: Config + Send + Sync> CheckAdmission<T> {
	/// The extension.
	pub fn new() -> Self {
		Self(PhantomData)
	}
}

impl<T: Config + Send + Sync> Default for CheckAdmission<T> {
	fn default() -> Self {
		Self::new()
	}
}

impl<T: Config + Send + Sync> fmt::Debug for CheckAdmission<T> {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		write!(f, "CheckAdmission")
	}
}

/// The number under which a wallet sees why an application was refused.
fn refusal_of<T: Config>(error: &Error<T>) -> u8 {
	match error {
		Error::AlreadyAdmitted => refusal::ALREADY_ADMITTED,
		Error::AlreadyApplied => refusal::ALREADY_APPLIED,
		Error::BlackListed => refusal::BLACK_LISTED,
		Error::ApplicationsFull => refusal::APPLICATIONS_FULL,
		Error::RolesEmpty | Error::RoleDuplicate | Error::RolesConflict => refusal::ROLES_UNFIT,
		_ => refusal::NOT_ADMITTED,
	}
}

impl<T: Config + Send + Sync> CheckAdmission<T>
where
	<T as frame_system::Config>::RuntimeCall: IsSubType<Call<T>>,
{
	/// Check what does not depend on the call being an application.
	fn check_participant(
		who: &T::AccountId,
		record: Option<&ParticipantRecordOf<T>>,
		call: &<T as frame_system::Config>::RuntimeCall,
	) -> Result<(), TransactionValidityError> {
		let refusal = match record {
			None => refusal::NOT_ADMITTED,
			Some(record) if record.barred => refusal::BLACK_LISTED,
			Some(record) => match record.status {
				// The pallets refuse what a suspended one may not do; what it may, taking its property out, stays open.
				Status::Admitted | Status::Suspended => {
					if record.may_represent() || !T::ActsForAnother::contains(call) {
						return Ok(());
					}
					// Whoever holds the break-glass key is an insider too, and acting for a firm is not what the key is for.
					return Err(InvalidTransaction::Custom(refusal::MAY_NOT_REPRESENT).into());
				}
				Status::Expelled if T::ExitCalls::contains(call) => return Ok(()),
				Status::Expelled => refusal::EXPELLED,
				// Stand only in applications.
				Status::Applied | Status::Registered => refusal::NOT_ADMITTED,
			},
		};
		if T::AlwaysAdmitted::contains(who) {
			return Ok(());
		}
		Err(InvalidTransaction::Custom(refusal).into())
	}

	/// Check an application as its call will, since it costs the sender nothing: one that fails must reach no block.
	fn check_application(
		who: &T::AccountId,
		record: Option<&ParticipantRecordOf<T>>,
		roles: &RoleList,
		source: TransactionSource,
	) -> Result<ValidTransaction, TransactionValidityError> {
		Pallet::<T>::ensure_may_apply(who, record, roles)
			.map_err(|error| InvalidTransaction::Custom(refusal_of(&error)))?;
		// A full block says nothing about the next one: the author skips the transaction, and the pool keeps it.
		if source == TransactionSource::InBlock
			&& Pallet::<T>::applications_of_this_block() >= T::ApplicationsPerBlock::get()
		{
			return Err(InvalidTransaction::ExhaustsResources.into());
		}
		// Two transactions that provide the same tag exclude each other, so that there are as many places in the pool
		// as there are tags. The hash keeps whoever is not out for a particular place from choosing one.
		let slot = who.blake2_256()[0] % APPLY_SLOTS;
		Ok(ValidTransaction {
			priority: 0,
			requires: alloc::vec![],
			provides: alloc::vec![("apply-slot", slot).encode()],
			longevity: APPLY_LONGEVITY,
			propagate: true,
		})
	}
}

impl<T: Config + Send + Sync> TransactionExtension<<T as frame_system::Config>::RuntimeCall>
	for CheckAdmission<T>
where
	<T as frame_system::Config>::RuntimeCall: Dispatchable<Info = DispatchInfo> + IsSubType<Call<T>>,
	<<T as frame_system::Config>::RuntimeCall as Dispatchable>::RuntimeOrigin:
		AsSystemOriginSigner<T::AccountId> + Clone,
{
	// Not the type's own name: polkadot.js warns of every extension that it does not know, and refuses to sign offline
	// for it. It knows this name as that of an extension that carries nothing, from a chain that restricted what could
	// be sent.
	const IDENTIFIER: &'static str = "RestrictFunctionality";
	type Implicit = ();
	type Pre = ();
	type Val = ();

	fn weight(&self, call: &<T as frame_system::Config>::RuntimeCall) -> Weight {
		if roles_applied_for::<T>(call).is_some() {
			T::WeightInfo::check_admission_of_applicant()
		} else {
			T::WeightInfo::check_admission()
		}
	}

	fn validate(
		&self,
		origin: <<T as frame_system::Config>::RuntimeCall as Dispatchable>::RuntimeOrigin,
		call: &<T as frame_system::Config>::RuntimeCall,
		_info: &DispatchInfoOf<<T as frame_system::Config>::RuntimeCall>,
		_len: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Encode,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, <T as frame_system::Config>::RuntimeCall> {
		let Some(who) = origin.as_system_origin_signer() else {
			// Nobody signed: whatever authorised the transaction answers for it.
			return Ok((ValidTransaction::default(), (), origin));
		};
		let record = Participants::<T>::get(who);
		let validity = match roles_applied_for::<T>(call) {
			Some(roles) => Self::check_application(who, record.as_ref(), roles, source)?,
			None => {
				Self::check_participant(who, record.as_ref(), call)?;
				ValidTransaction::default()
			}
		};
		Ok((validity, (), origin))
	}

	impl_tx_ext_default!(<T as frame_system::Config>::RuntimeCall; prepare);
}
