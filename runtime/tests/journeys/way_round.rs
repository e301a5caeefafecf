//! Nobody moves money or allowances past the chain's own rules, and nobody leaves the validators by itself.

use crate::env::*;
use carbon_primitives::Tonnes;
use carbon_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, System};
use frame_support::assert_ok;
use frame_system::Error;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DispatchError;

const FILTERED: DispatchError = DispatchError::Module(sp_runtime::ModuleError {
	index: 0,
	error: [5, 0, 0, 0],
	message: Some("CallFiltered"),
});

/// Calls that would go round the rules.
fn closed() -> Vec<RuntimeCall> {
	let to = || eve().into();
	vec![
		pallet_balances::Call::<Runtime>::transfer_keep_alive { dest: to(), value: 1 }.into(),
		pallet_balances::Call::<Runtime>::transfer_allow_death { dest: to(), value: 1 }.into(),
		pallet_balances::Call::<Runtime>::burn {
			value: 1,
			keep_alive: true,
		}
		.into(),
		pallet_assets::Call::<Runtime>::transfer {
			id: 2021.into(),
			target: to(),
			amount: 1,
		}
		.into(),
		pallet_assets::Call::<Runtime>::approve_transfer {
			id: 2021.into(),
			delegate: to(),
			amount: 1,
		}
		.into(),
		pallet_assets::Call::<Runtime>::create {
			id: 7.into(),
			admin: to(),
			min_balance: 1,
		}
		.into(),
		pallet_session::Call::<Runtime>::purge_keys {}.into(),
		pallet_proxy::Call::<Runtime>::announce {
			real: to(),
			call_hash: Default::default(),
		}
		.into(),
	]
}

fn open_year() {
	assert_ok!(regulator(open_period(10)));
	assert_ok!(regulator(pallet_allowance::Call::<Runtime>::enrol {
		year: YEAR,
		entities: one(dave())
	}));
	assert_ok!(regulator(pallet_allowance::Call::<Runtime>::allocate {
		year: YEAR,
		allocations: one((dave(), Tonnes(10))),
	}));
}

#[test]
fn the_filter_error_is_the_one_of_the_system_pallet() {
	assert_eq!(FILTERED, Error::<Runtime>::CallFiltered.into());
}

#[test]
fn closed_calls_are_refused_when_signed() {
	journey(|| {
		open_year();
		for call in closed() {
			assert_eq!(signed(dave(), call.clone()), Err(FILTERED), "{call:?}");
		}
	});
}

#[test]
fn closed_calls_are_refused_inside_a_batch() {
	journey(|| {
		open_year();
		for call in closed() {
			let batch = pallet_utility::Call::<Runtime>::batch_all {
				calls: vec![call.clone()],
			};
			assert_eq!(signed(dave(), batch), Err(FILTERED), "{call:?}");
		}
	});
}

#[test]
fn closed_calls_are_refused_through_a_proxy_of_any_type() {
	journey(|| {
		open_year();
		let operator: AccountId = Key::One.to_account_id();
		let add = pallet_proxy::Call::<Runtime>::add_proxy {
			delegate: operator.clone().into(),
			proxy_type: carbon_runtime::configs::ProxyType::Any,
			delay: 0,
		};
		assert_ok!(signed(dave(), add));
		for call in closed() {
			let proxy = pallet_proxy::Call::<Runtime>::proxy {
				real: dave().into(),
				force_proxy_type: None,
				call: Box::new(call.clone()),
			};
			assert_ok!(signed(operator.clone(), proxy));
			let refused = RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted {
				result: Err(FILTERED),
			});
			assert_eq!(
				System::events().pop().map(|record| record.event),
				Some(refused),
				"{call:?}"
			);
		}
	});
}

#[test]
fn closed_calls_are_refused_from_a_multisig() {
	journey(|| {
		open_year();
		for call in closed() {
			let multisig = pallet_multisig::Call::<Runtime>::as_multi_threshold_1 {
				other_signatories: vec![eve()],
				call: Box::new(call.clone()),
			};
			assert_eq!(signed(dave(), multisig), Err(FILTERED), "{call:?}");
		}
	});
}
