//! The wrapper around the calls of the break-glass key.

use crate::{acts, Config, Pallet, WeightInfo};
use alloc::vec::Vec;
use carbon_traits::RecordActivity;
use codec::{Decode, DecodeWithMemTracking, Encode, EncodeLike, Error, Input, Output};
use core::fmt;
use frame_support::{
	dispatch::{DispatchInfo, DispatchResultWithPostInfo, GetDispatchInfo},
	traits::UnfilteredDispatchable,
};
use scale_info::{Type, TypeInfo};
use sp_runtime::traits::Dispatchable;

/// A call that leaves a record when it is dispatched: the `RuntimeCall` of `pallet_sudo::Config`.
///
/// To whoever looks from outside it is the call itself: it is encoded alike, and metadata and wallets see a runtime call.
/// (The metadata has that type twice, under the same path, because the sudo pallet puts its call into a box. polkadot.js
/// takes either for a call as long as the path ends in `_runtime::RuntimeCall`.)
///
/// - What the runtime forbids is refused, and so is acting in an officer's name; the attempt is recorded.
/// - As root, the call passes by the runtime's call filter. In an account's name it does not.
/// - A call that fails leaves nothing but its record.
pub struct Recorded<T: Config>(pub T::RuntimeCall);

impl<T: Config> UnfilteredDispatchable for Recorded<T> {
	type RuntimeOrigin = T::RuntimeOrigin;

	fn dispatch_bypass_filter(self, origin: Self::RuntimeOrigin) -> DispatchResultWithPostInfo {
		Pallet::<T>::do_break_glass(self.0, origin)
	}
}

impl<T: Config> GetDispatchInfo for Recorded<T> {
	fn get_dispatch_info(&self) -> DispatchInfo {
		let info = self.0.get_dispatch_info();
		DispatchInfo {
			call_weight: info
				.call_weight
				.saturating_add(T::WeightInfo::record(acts::length_of(&self.0)))
				.saturating_add(T::Provenance::weight_of_record()),
			..info
		}
	}
}

impl<T: Config> Encode for Recorded<T> {
	fn size_hint(&self) -> usize {
		self.0.size_hint()
	}

	fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
		self.0.encode_to(output);
	}

	fn encode(&self) -> Vec<u8> {
		self.0.encode()
	}

	fn using_encoded<R, F: FnOnce(&[u8]) -> R>(&self, f: F) -> R {
		self.0.using_encoded(f)
	}

	fn encoded_size(&self) -> usize {
		self.0.encoded_size()
	}
}

impl<T: Config> EncodeLike for Recorded<T> {}

impl<T: Config> Decode for Recorded<T> {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		T::RuntimeCall::decode(input).map(Self)
	}
}

// The inner call tracks the memory of what it decodes.
impl<T: Config> DecodeWithMemTracking for Recorded<T> {}

impl<T: Config> TypeInfo for Recorded<T> {
	type Identity = <T::RuntimeCall as TypeInfo>::Identity;

	fn type_info() -> Type {
		T::RuntimeCall::type_info()
	}
}

// Through a parameter of its own: `T::RuntimeCall` by itself could be `Recorded<T>` for all that the compiler knows.
impl<T, Call> From<Call> for Recorded<T>
where
	T: Config + frame_system::Config<RuntimeCall = Call>,
	Call: Dispatchable,
{
	fn from(call: Call) -> Self {
		Self(call)
	}
}

impl<T: Config> Clone for Recorded<T> {
	fn clone(&self) -> Self {
		Self(self.0.clone())
	}
}

impl<T: Config> PartialEq for Recorded<T> {
	fn eq(&self, other: &Self) -> bool {
		self.0 == other.0
	}
}

impl<T: Config> Eq for Recorded<T> {}

impl<T: Config> fmt::Debug for Recorded<T> {
	fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(formatter)
	}
}
