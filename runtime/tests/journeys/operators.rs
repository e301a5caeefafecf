//! Several operators per organisation.

use crate::env::*;
use carbon_primitives::{Price, Tonnes};
use carbon_runtime::{configs::ProxyType, AccountId, Runtime, RuntimeCall, RuntimeEvent, System};
use frame_support::assert_ok;
use frame_system::Error;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DispatchError;

fn operator() -> AccountId {
	Key::One.to_account_id()
}

/// Let `operator` do `call` for Dave, and tell how the inner call went.
fn on_behalf_of_dave(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	let proxy = pallet_proxy::Call::<Runtime>::proxy {
		real: dave().into(),
		force_proxy_type: None,
		call: Box::new(call.into()),
	};
	assert_ok!(signed(operator(), proxy));
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			_ => None,
		})
		.expect("the proxy pallet tells the outcome")
}

#[test]
fn a_trade_operator_places_orders_and_does_nothing_else() {
	journey(|| {
		let add = pallet_proxy::Call::<Runtime>::add_proxy {
			delegate: operator().into(),
			proxy_type: ProxyType::Trade,
			delay: 0,
		};
		assert_ok!(signed(dave(), add));

		let order = pallet_market::Call::<Runtime>::place_order {
			asset: 2021,
			side: pallet_market::Side::Buy,
			price: Price(1),
			tonnes: Tonnes(1),
			time_in_force: pallet_market::TimeInForce::GoodTillCancelled,
		};
		// The call reaches the market, which knows no such market yet.
		assert_eq!(
			on_behalf_of_dave(order),
			Err(pallet_market::Error::<Runtime>::MarketNotFound.into())
		);

		let surrender = pallet_allowance::Call::<Runtime>::surrender {
			year: YEAR,
			vintage: YEAR,
			tonnes: Tonnes(1),
		};
		assert_eq!(
			on_behalf_of_dave(surrender),
			Err(Error::<Runtime>::CallFiltered.into())
		);
		let report = pallet_allowance::Call::<Runtime>::report_emissions {
			year: YEAR,
			tonnes: Tonnes(1),
			report: digest(1),
		};
		assert_eq!(
			on_behalf_of_dave(report),
			Err(Error::<Runtime>::CallFiltered.into())
		);
	});
}
