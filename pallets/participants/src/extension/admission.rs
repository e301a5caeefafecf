//! Refuses in the transaction pool what nobody but an admitted participant may send.

use super::roles_applied_for;
use crate::{Call, Config, Error, Pallet, ParticipantRecordOf, Participants, RoleList, Status, WeightInfo};
use carbon_traits::{InspectDelegation, Principal, TooManyPrincipals};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::{fmt, marker::PhantomData};
use frame_support::{
	dispatch::{DispatchClass, DispatchInfo},
	ensure,
	pallet_prelude::TransactionSource,
	traits::{Contains, Get, IsSubType},
	weights::Weight,
	Hashable,
};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		AsSystemOriginSigner, DispatchInfoOf, Dispatchable, PostDispatchInfoOf, TransactionExtension,
		ValidateResult,
	},
	transaction_validity::{
		InvalidTransaction, TransactionLongevity, TransactionPriority, TransactionValidityError,
		ValidTransaction,
	},
	DispatchResult,
};

type RuntimeCallOf<T> = <T as frame_system::Config>::RuntimeCall;

/// One of the numbers in [`refusal`].
type Refusal = u8;

/// Why [`CheckAdmission`] refuses a transaction: the number in `InvalidTransaction::Custom`, which a wallet shows.
pub mod refusal {
	/// The signer is no participant. It may send nothing but an application.
	pub const NOT_ADMITTED: u8 = 1;
	/// The signer is expelled and may send nothing but exits and an application; or it acts in the name of an expelled
	/// account, for which it may take out nothing but its property.
	pub const EXPELLED: u8 = 2;
	/// The black list closes everything to the signer, or to whom it acts for.
	pub const BLACK_LISTED: u8 = 3;
	/// The call acts in another's name, and the signer is no representative, or its role has ended, or it is suspended or
	/// halted. Use the account of a representative.
	pub const MAY_NOT_REPRESENT: u8 = 4;
	/// The signer has an application pending. Wait for the decision.
	pub const ALREADY_APPLIED: u8 = 5;
	/// The signer is a participant already and need not apply.
	pub const ALREADY_ADMITTED: u8 = 6;
	/// As many applications are pending as there may be. Apply again when some are decided.
	pub const APPLICATIONS_FULL: u8 = 7;
	/// The roles that are applied for do not fit together: none, one twice, or some that exclude each other.
	pub const ROLES_UNFIT: u8 = 8;
	/// The call acts in more names than are looked at for one transaction. Send several.
	pub const TOO_MANY_PRINCIPALS: u8 = 9;
	/// A role of the signer, or of whom it acts for, has to be filled in person, so that nobody else may act in its name.
	pub const MAY_NOT_DELEGATE: u8 = 10;
	/// The call is of the class of the officers' acts, which pass a full block: only an insider may send it.
	pub const NOT_AN_INSIDER: u8 = 11;
}

/// How far the transactions of participants are ahead of applications, which cost nothing and have priority zero here.
///
/// The priorities of extensions add up. The SDK's payment gives a transaction without a tip as many points as there is
/// room for in a block, in transactions of its kind: some ten thousands. So an application passes a paid transaction only
/// when its sender pays a tip.
pub const PARTICIPANT_PRIORITY: TransactionPriority = 1 << 20;

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
fn refusal_of<T: Config>(error: &Error<T>) -> Refusal {
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
	RuntimeCallOf<T>: IsSubType<Call<T>>,
{
	/// Check what does not depend on the call being an application. Returns in how many names besides the signer's it
	/// acts.
	fn check_participant(
		who: &T::AccountId,
		record: Option<&ParticipantRecordOf<T>>,
		call: &RuntimeCallOf<T>,
		class: DispatchClass,
	) -> Result<u32, Refusal> {
		let unless_always_admitted = |outcome: Result<(), Refusal>| match outcome {
			Err(_) if T::AlwaysAdmitted::contains(who) => Ok(()),
			outcome => outcome,
		};
		unless_always_admitted(Self::check_status(record, call))?;
		// Acting for a firm is not what the break-glass key is for, so that it opens nothing in between.
		let principals =
			T::Delegation::principals(who, call).map_err(|TooManyPrincipals| refusal::TOO_MANY_PRINCIPALS)?;
		let delegates = T::Delegation::delegates(call);
		Self::check_principals(record, &principals, delegates)?;
		ensure!(
			!delegates || record.is_some_and(|record| record.may_delegate()),
			refusal::MAY_NOT_DELEGATE
		);
		unless_always_admitted(Self::check_class(record, class))?;
		Ok(principals.len() as u32)
	}

	/// Check that the signer's status lets it send `call`.
	fn check_status(record: Option<&ParticipantRecordOf<T>>, call: &RuntimeCallOf<T>) -> Result<(), Refusal> {
		let record = record.ok_or(refusal::NOT_ADMITTED)?;
		ensure!(!record.barred, refusal::BLACK_LISTED);
		match record.status {
			// The pallets refuse what a suspended one may not do; what it may, taking its property out, stays open.
			Status::Admitted | Status::Suspended => Ok(()),
			Status::Expelled if T::ExitCalls::contains(call) => Ok(()),
			Status::Expelled => Err(refusal::EXPELLED),
			// Stand only in applications.
			Status::Applied | Status::Registered => Err(refusal::NOT_ADMITTED),
		}
	}

	/// Check that the signer may act in the names of `principals`: that it is a representative, and that none of them
	/// gets past its own record through it. Where the call `delegates`, they must be allowed to let others act for them.
	pub(crate) fn check_principals(
		record: Option<&ParticipantRecordOf<T>>,
		principals: &[Principal<T::AccountId>],
		delegates: bool,
	) -> Result<(), Refusal> {
		if principals.is_empty() {
			return Ok(());
		}
		let may_represent = record.is_some_and(|record| Pallet::<T>::ensure_may_represent(record).is_ok());
		ensure!(may_represent, refusal::MAY_NOT_REPRESENT);
		for principal in principals {
			// The pallets refuse whom nobody has admitted, and an account of several signatories needs no admission.
			let Some(record) = Participants::<T>::get(&principal.account) else {
				continue;
			};
			ensure!(!record.barred, refusal::BLACK_LISTED);
			ensure!(
				record.status != Status::Expelled || principal.is_exit,
				refusal::EXPELLED
			);
			ensure!(!delegates || record.may_delegate(), refusal::MAY_NOT_DELEGATE);
		}
		Ok(())
	}

	/// Check that nobody but an insider sends what passes a full block: not even a call that then fails, since it has used
	/// up by then what blocks keep for the officers.
	fn check_class(record: Option<&ParticipantRecordOf<T>>, class: DispatchClass) -> Result<(), Refusal> {
		let is_insider = record.is_some_and(|record| record.is_insider());
		ensure!(
			is_insider || class != DispatchClass::Operational,
			refusal::NOT_AN_INSIDER
		);
		Ok(())
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

impl<T: Config + Send + Sync> TransactionExtension<RuntimeCallOf<T>> for CheckAdmission<T>
where
	RuntimeCallOf<T>: Dispatchable<Info = DispatchInfo> + IsSubType<Call<T>>,
	<RuntimeCallOf<T> as Dispatchable>::RuntimeOrigin: AsSystemOriginSigner<T::AccountId> + Clone,
{
	// Not the type's own name: polkadot.js warns of every extension that it does not know, and refuses to sign offline
	// for it. It knows this name as that of an extension that carries nothing, from a chain that restricted what could
	// be sent.
	const IDENTIFIER: &'static str = "RestrictFunctionality";
	type Implicit = ();
	/// What of the weight is left over.
	type Pre = Weight;
	type Val = Weight;

	// Whoever signed is not known here, so that the most principals are reckoned with; what they do not need is given back.
	fn weight(&self, call: &RuntimeCallOf<T>) -> Weight {
		if roles_applied_for::<T>(call).is_some() {
			T::WeightInfo::check_admission_of_applicant()
		} else {
			T::WeightInfo::check_admission(T::Delegation::PRINCIPALS_MAX)
		}
	}

	fn validate(
		&self,
		origin: <RuntimeCallOf<T> as Dispatchable>::RuntimeOrigin,
		call: &RuntimeCallOf<T>,
		info: &DispatchInfoOf<RuntimeCallOf<T>>,
		_len: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Encode,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, RuntimeCallOf<T>> {
		let Some(who) = origin.as_system_origin_signer() else {
			// Nobody signed: whatever authorised the transaction answers for it.
			return Ok((ValidTransaction::default(), self.weight(call), origin));
		};
		let record = Participants::<T>::get(who);
		if let Some(roles) = roles_applied_for::<T>(call) {
			let validity = Self::check_application(who, record.as_ref(), roles, source)?;
			return Ok((validity, Weight::zero(), origin));
		}
		let principals = Self::check_participant(who, record.as_ref(), call, info.class)
			.map_err(InvalidTransaction::Custom)?;
		let validity = ValidTransaction {
			priority: PARTICIPANT_PRIORITY,
			..Default::default()
		};
		let unspent = self
			.weight(call)
			.saturating_sub(T::WeightInfo::check_admission(principals));
		Ok((validity, unspent, origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		_origin: &<RuntimeCallOf<T> as Dispatchable>::RuntimeOrigin,
		_call: &RuntimeCallOf<T>,
		_info: &DispatchInfoOf<RuntimeCallOf<T>>,
		_len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		Ok(val)
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		_info: &DispatchInfoOf<RuntimeCallOf<T>>,
		_post_info: &PostDispatchInfoOf<RuntimeCallOf<T>>,
		_len: usize,
		_result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		Ok(pre)
	}
}
