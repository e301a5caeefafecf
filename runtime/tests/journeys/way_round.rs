//! Nobody moves money or allowances past the chain's own rules.

use crate::env::*;
use carbon_runtime::Runtime;
use frame_support::assert_ok;
use frame_system::Error;

#[test]
fn a_participant_cannot_transfer_tokens_by_itself() {
	journey(|| {
		let to = eve().into();
		let call = pallet_balances::Call::<Runtime>::transfer_keep_alive { dest: to, value: 1 };
		assert_eq!(signed(dave(), call), Err(Error::<Runtime>::CallFiltered.into()));
	});
}

#[test]
fn a_participant_cannot_transfer_allowances_by_itself() {
	journey(|| {
		let open = pallet_allowance::Call::<Runtime>::open_period {
			year: YEAR,
			cap: carbon_primitives::Tonnes(10),
			obligation: pallet_allowance::ObligationRule::Yearly,
		};
		assert_ok!(regulator(open));
		let transfer = || pallet_assets::Call::<Runtime>::transfer {
			id: 2021.into(),
			target: eve().into(),
			amount: 1,
		};
		assert_eq!(
			signed(dave(), transfer()),
			Err(Error::<Runtime>::CallFiltered.into())
		);

		// Nor inside a batch: the calls of a batch pass the same filter.
		let batch = pallet_utility::Call::<Runtime>::batch_all {
			calls: vec![transfer().into()],
		};
		assert_eq!(signed(dave(), batch), Err(Error::<Runtime>::CallFiltered.into()));
	});
}
