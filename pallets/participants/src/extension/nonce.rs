//! The SDK's check of the nonce, open to accounts that do not exist yet and apply for admission, and strict with
//! applications.

use super::roles_applied_for;
use crate::{Call, Config};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use frame_support::{
	dispatch::DispatchInfo, pallet_prelude::TransactionSource, traits::IsSubType, weights::Weight,
};
use frame_system::CheckNonce;
use scale_info::{Type, TypeInfo};
use sp_runtime::{
	traits::{
		AsSystemOriginSigner, DispatchInfoOf, Dispatchable, Implication, PostDispatchInfoOf,
		TransactionExtension, ValidateResult,
	},
	transaction_validity::{InvalidTransaction, TransactionValidityError, ValidTransaction},
	DispatchResult,
};

type RuntimeCallOf<T> = <T as frame_system::Config>::RuntimeCall;

/// What is known of the signer from one step of the check to the next.
pub enum Sender<Newcomer, Other> {
	/// It applies for admission, and nothing keeps its account yet.
	Newcomer(Newcomer),
	/// It is for `CheckNonce` to judge.
	Other(Other),
}

/// Checks and counts the nonce of the signer as [`CheckNonce`] does, whose bytes, type and name it has.
///
/// `CheckNonce` refuses every account without a reference that keeps it, because nobody has paid for the storage of its
/// nonce. An applicant may be such an account: no more of them come into being than there may be applications, and one
/// whose application ends without admission ceases to exist together with its nonce. No application waits for an earlier
/// transaction, whoever sends it.
#[derive(Clone, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq)]
pub struct CheckSenderNonce<T: Config>(CheckNonce<T>);

impl<T: Config> CheckSenderNonce<T> {
	/// The extension with the nonce of the transaction.
	pub fn from(nonce: T::Nonce) -> Self {
		Self(CheckNonce::from(nonce))
	}

	/// The validity of an application by `who`, if nothing keeps its account; none if that is for `CheckNonce` to say.
	///
	/// # Errors
	/// `who` applies with a nonce that is not its turn.
	fn check_application(
		&self,
		who: &T::AccountId,
		call: &RuntimeCallOf<T>,
	) -> Result<Option<ValidTransaction>, TransactionValidityError>
	where
		RuntimeCallOf<T>: IsSubType<Call<T>>,
	{
		if roles_applied_for::<T>(call).is_none() {
			return Ok(None);
		}
		let account = frame_system::Account::<T>::get(who);
		let nonce = self.0 .0;
		// An application costs nothing, so that whoever exists could fill with it what the pool keeps for later; and
		// whoever does not exist cannot send the transaction that it would wait for.
		if nonce > account.nonce {
			return Err(InvalidTransaction::Future.into());
		}
		if account.providers != 0 || account.sufficients != 0 {
			return Ok(None);
		}
		if nonce < account.nonce {
			return Err(InvalidTransaction::Stale.into());
		}
		Ok(Some(ValidTransaction {
			provides: alloc::vec![(who, nonce).encode()],
			..Default::default()
		}))
	}
}

impl<T: Config> fmt::Debug for CheckSenderNonce<T> {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		self.0.fmt(f)
	}
}

// Whoever reads the metadata finds the SDK's extension.
impl<T: Config> TypeInfo for CheckSenderNonce<T>
where
	CheckNonce<T>: TypeInfo,
{
	type Identity = <CheckNonce<T> as TypeInfo>::Identity;

	fn type_info() -> Type {
		<CheckNonce<T> as TypeInfo>::type_info()
	}
}

impl<T: Config> TransactionExtension<RuntimeCallOf<T>> for CheckSenderNonce<T>
where
	CheckNonce<T>: TransactionExtension<RuntimeCallOf<T>, Implicit = ()>,
	RuntimeCallOf<T>:
		Dispatchable<Info = DispatchInfo, RuntimeOrigin = T::RuntimeOrigin> + IsSubType<Call<T>>,
	T::RuntimeOrigin: AsSystemOriginSigner<T::AccountId> + Clone,
{
	const IDENTIFIER: &'static str = <CheckNonce<T> as TransactionExtension<RuntimeCallOf<T>>>::IDENTIFIER;
	type Implicit = ();
	type Pre = Sender<(), <CheckNonce<T> as TransactionExtension<RuntimeCallOf<T>>>::Pre>;
	type Val = Sender<T::AccountId, <CheckNonce<T> as TransactionExtension<RuntimeCallOf<T>>>::Val>;

	// The account that is looked at for an application is the one whose nonce is checked.
	fn weight(&self, call: &RuntimeCallOf<T>) -> Weight {
		self.0.weight(call)
	}

	fn validate(
		&self,
		origin: T::RuntimeOrigin,
		call: &RuntimeCallOf<T>,
		info: &DispatchInfoOf<RuntimeCallOf<T>>,
		len: usize,
		self_implicit: Self::Implicit,
		inherited_implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, RuntimeCallOf<T>> {
		if let Some(who) = origin.as_system_origin_signer() {
			if let Some(validity) = self.check_application(who, call)? {
				return Ok((validity, Sender::Newcomer(who.clone()), origin));
			}
		}
		let (validity, val, origin) = self.0.validate(
			origin,
			call,
			info,
			len,
			self_implicit,
			inherited_implication,
			source,
		)?;
		Ok((validity, Sender::Other(val), origin))
	}

	fn prepare(
		self,
		val: Self::Val,
		origin: &T::RuntimeOrigin,
		call: &RuntimeCallOf<T>,
		info: &DispatchInfoOf<RuntimeCallOf<T>>,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		match val {
			// The application that follows makes the account exist together with the nonce that is written here.
			Sender::Newcomer(who) => {
				CheckNonce::<T>::prepare_nonce_for_account(&who, self.0 .0).map(Sender::Newcomer)
			}
			Sender::Other(val) => self.0.prepare(val, origin, call, info, len).map(Sender::Other),
		}
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfoOf<RuntimeCallOf<T>>,
		post_info: &PostDispatchInfoOf<RuntimeCallOf<T>>,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		match pre {
			Sender::Newcomer(()) => Ok(Weight::zero()),
			Sender::Other(pre) => {
				<CheckNonce<T> as TransactionExtension<RuntimeCallOf<T>>>::post_dispatch_details(
					pre, info, post_info, len, result,
				)
			}
		}
	}
}
