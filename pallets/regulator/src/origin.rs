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
		Ok(successful_origin::<T>())
	}
}

/// The regulator, through two officers: for calls that must not depend on the table of acts alone.
pub struct EnsureTwoOfficers<T>(PhantomData<T>);

impl<T: Config> EnsureOrigin<T::RuntimeOrigin> for EnsureTwoOfficers<T> {
	type Success = Act<T::AccountId>;

	fn try_origin(origin: T::RuntimeOrigin) -> Result<Self::Success, T::RuntimeOrigin> {
		match EnsureAct::<T>::try_origin(origin)? {
			act @ Act { second: Some(_), .. } => Ok(act),
			act => Err(Origin::<T>::from(act).into()),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
		Ok(successful_origin::<T>())
	}
}

/// An act of two supervisors.
#[cfg(feature = "runtime-benchmarks")]
fn successful_origin<T: Config>() -> T::RuntimeOrigin {
	Origin::<T>::Act {
		by: frame_benchmarking::account("officer", 0, 0),
		second: Some(frame_benchmarking::account("officer", 1, 0)),
		level: crate::Level::Supervisor,
	}
	.into()
}
