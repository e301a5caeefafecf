//! Several operators per organisation.

use crate::env::*;
use carbon_primitives::Tonnes;
use carbon_runtime::{
	configs::ProxyType, AccountId, Allocation, Allowance, BlockTrades, Credit, Market, Offsets, Penalties,
	Provenance, Runtime, RuntimeCall, RuntimeEvent, System,
};
use codec::Decode;
use frame_support::{
	assert_ok,
	traits::{GetCallIndex, GetCallName, InstanceFilter, PalletInfoAccess},
};
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

fn appoint(proxy_type: ProxyType) {
	let add = pallet_proxy::Call::<Runtime>::add_proxy {
		delegate: operator().into(),
		proxy_type,
		delay: 0,
	};
	assert_ok!(signed(dave(), add));
}

fn order() -> RuntimeCall {
	pallet_market::Call::<Runtime>::place_order {
		asset: 2021,
		order: limit_order(pallet_market::Side::Buy, 1, 1),
	}
	.into()
}

fn surrender() -> RuntimeCall {
	pallet_allowance::Call::<Runtime>::surrender {
		year: YEAR,
		entity: dave(),
		asset: YEAR.into(),
		tonnes: Tonnes(1),
	}
	.into()
}

fn report() -> RuntimeCall {
	pallet_allowance::Call::<Runtime>::report_emissions {
		year: YEAR,
		tonnes: Tonnes(1),
		report: digest(1),
	}
	.into()
}

/// What the call answers when it reaches its pallet, where no market and no period exists yet.
fn reached(call: &RuntimeCall) -> DispatchError {
	match call {
		RuntimeCall::Market(_) => pallet_market::Error::<Runtime>::MarketNotFound.into(),
		_ => pallet_allowance::Error::<Runtime>::PeriodNotFound.into(),
	}
}

/// Each type of operator makes its own calls and none of the others'.
fn may_make_only(proxy_type: ProxyType, allowed: RuntimeCall) {
	journey(|| {
		appoint(proxy_type);
		for call in [order(), surrender(), report()] {
			let expected = if call == allowed {
				reached(&call)
			} else {
				Error::<Runtime>::CallFiltered.into()
			};
			assert_eq!(
				on_behalf_of_dave(call.clone()),
				Err(expected),
				"{proxy_type:?}: {call:?}"
			);
		}
	});
}

#[test]
fn a_trade_operator_places_orders_and_does_nothing_else() {
	may_make_only(ProxyType::Trade, order());
}

#[test]
fn a_reporting_operator_reports_and_does_nothing_else() {
	may_make_only(ProxyType::Reporting, report());
}

#[test]
fn a_compliance_operator_surrenders_and_does_nothing_else() {
	may_make_only(ProxyType::Compliance, surrender());
}

#[test]
fn an_operator_cannot_appoint_another_one_for_its_organisation() {
	journey(|| {
		appoint(ProxyType::Trade);
		let add = pallet_proxy::Call::<Runtime>::add_proxy {
			delegate: eve().into(),
			proxy_type: ProxyType::Any,
			delay: 0,
		};
		assert_eq!(on_behalf_of_dave(add), Err(Error::<Runtime>::CallFiltered.into()));
	});
}

/// The names of the calls of the pallet with the number `pallet` that an operator of the type `proxy_type` may make.
fn open_to<C: GetCallName + GetCallIndex>(proxy_type: ProxyType, pallet: usize) -> Vec<&'static str> {
	// The arguments of these calls can all be read from zeros.
	let call = |index: u8| {
		let mut bytes = [0; 256];
		(bytes[0], bytes[1]) = (pallet as u8, index);
		RuntimeCall::decode(&mut &bytes[..]).expect("zeros are arguments")
	};
	C::get_call_names()
		.iter()
		.zip(C::get_call_indices())
		.filter(|(_, index)| proxy_type.filter(&call(**index)))
		.map(|(name, _)| *name)
		.collect()
}

#[test]
fn a_trade_operator_makes_every_call_of_a_trader_but_those_that_move_funds() {
	let market = open_to::<pallet_market::Call<Runtime>>(ProxyType::Trade, Market::index());
	assert_eq!(
		market,
		[
			"place_order",
			"cancel_order",
			"replace_order",
			"cancel_all",
			"batch",
			"collect_fees"
		]
	);
	let block_trades = open_to::<pallet_block_trades::Call<Runtime>>(ProxyType::Trade, BlockTrades::index());
	assert_eq!(
		block_trades,
		["propose", "accept", "withdraw", "reject", "settle"]
	);
}

#[test]
fn a_reporting_operator_reports_and_applies_and_moves_nothing() {
	let proxy_type = ProxyType::Reporting;
	let allowance = open_to::<pallet_allowance::Call<Runtime>>(proxy_type, Allowance::index());
	assert_eq!(allowance, ["report_emissions"]);
	assert!(open_to::<pallet_allocation::Call<Runtime>>(proxy_type, Allocation::index()).is_empty());
	let offsets = open_to::<pallet_offsets::Call<Runtime>>(proxy_type, Offsets::index());
	assert_eq!(
		offsets,
		[
			"register_project",
			"resubmit_project",
			"withdraw_project",
			"report_reductions",
			"withdraw_reductions"
		]
	);
	assert!(open_to::<pallet_penalties::Call<Runtime>>(proxy_type, Penalties::index()).is_empty());
	let provenance = open_to::<pallet_provenance::Call<Runtime>>(proxy_type, Provenance::index());
	assert_eq!(
		provenance,
		["register_entity", "record", "anchor", "revise", "invalidate"]
	);
}

#[test]
fn a_compliance_operator_does_what_the_end_of_a_year_asks_of_a_holder() {
	let proxy_type = ProxyType::Compliance;
	let allowance = open_to::<pallet_allowance::Call<Runtime>>(proxy_type, Allowance::index());
	assert_eq!(allowance, ["surrender", "cancel", "carry_over", "transfer"]);
	let allocation = open_to::<pallet_allocation::Call<Runtime>>(proxy_type, Allocation::index());
	assert_eq!(allocation, ["return_units", "object"]);
	let offsets = open_to::<pallet_offsets::Call<Runtime>>(proxy_type, Offsets::index());
	assert_eq!(offsets, ["settle_reversal", "cancel"]);
	let penalties = open_to::<pallet_penalties::Call<Runtime>>(proxy_type, Penalties::index());
	assert_eq!(penalties, ["object", "pay", "pay_debt"]);
	assert!(open_to::<pallet_provenance::Call<Runtime>>(proxy_type, Provenance::index()).is_empty());
}

#[test]
fn an_operator_for_one_matter_has_no_say_over_credit() {
	for proxy_type in [ProxyType::Trade, ProxyType::Reporting, ProxyType::Compliance] {
		assert!(open_to::<pallet_credit::Call<Runtime>>(proxy_type, Credit::index()).is_empty());
	}
	for pallet in [
		open_to::<pallet_penalties::Call<Runtime>>(ProxyType::Trade, Penalties::index()),
		open_to::<pallet_provenance::Call<Runtime>>(ProxyType::Trade, Provenance::index()),
	] {
		assert!(pallet.is_empty());
	}
}

#[test]
fn nobody_verifies_by_proxy() {
	let allowance = open_to::<pallet_allowance::Call<Runtime>>(ProxyType::Any, Allowance::index());
	assert!(!allowance.contains(&"verify_report"));
	let offsets = open_to::<pallet_offsets::Call<Runtime>>(ProxyType::Any, Offsets::index());
	assert!(!offsets.contains(&"verify_reductions"));
}

#[test]
fn a_compliance_operator_takes_funds_off_the_trading_ledger_and_trades_nothing() {
	let market = open_to::<pallet_market::Call<Runtime>>(ProxyType::Compliance, Market::index());
	assert_eq!(market, ["withdraw"]);
	let block_trades =
		open_to::<pallet_block_trades::Call<Runtime>>(ProxyType::Compliance, BlockTrades::index());
	assert!(block_trades.is_empty());
}
