//! How other pallets recognise the regulator.

use crate::{Act, Config, Origin};
use core::marker::PhantomData;
use frame_support::traits::EnsureOrigin;

/// The regulator, through one officer or two: for `RegulatorOrigin` of other pallets.
///
/// How many officers of which level a call takes is decided before it is dispatched, by the table of acts.
pub struct EnsureAct<T>(PhantomData<T>);

impl<T: Config> EnsureOrigin<T::RuntimeOrigin> for EnsureAct<T> {
	type Success = Act<T::AccountId>;

	fn try_origin(origin: T::RuntimeOrigin) -> Result<Self::Success, T::RuntimeOrigin> {
		let outcome: Result<Origin<T>, T::RuntimeOrigin> = origin.into();
		outcome.map(Act::from)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
		// An act of two supervisors.
		Ok(Origin::<T>::Act {
			by: frame_benchmarking::account("officer", 0, 0),
			second: Some(frame_benchmarking::account("officer", 1, 0)),
			level: crate::Level::Supervisor,
		}
		.into())
	}
}
