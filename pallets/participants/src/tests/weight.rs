//! What is told of a right to trade, a group or an admission is paid for by whatever changes it.

use crate::{mock::*, Call, WeightInfo};
use carbon_primitives::{Role, ServiceSet};
use carbon_traits::{BanTrading, HaltAccounts, OnTradingRight};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

fn own_weights_and_calls() -> [(Weight, Call<Test>); 7] {
	let (account, reason) = (ALICE, digest(2));
	[
		(
			<()>::admit() + RECORD_WEIGHT,
			Call::admit {
				account,
				roles: roles(&[Role::Trader]),
				identity: digest(1),
			},
		),
		(
			<()>::set_roles(),
			Call::set_roles {
				account,
				roles: roles(&[Role::Trader]),
			},
		),
		(<()>::suspend(), Call::suspend { account, reason }),
		(<()>::reinstate(), Call::reinstate { account }),
		(
			<()>::confirm_group(),
			Call::confirm_group { account, group: None },
		),
		(<()>::expel(), Call::expel { account, reason }),
		(
			<()>::set_black_list(),
			Call::set_black_list {
				account,
				bar: true,
				closed: ServiceSet::NONE,
				reason,
			},
		),
	]
}

#[test]
fn a_call_should_weigh_what_it_tells_when_it_changes_a_right_to_trade_or_a_group() {
	for (own, call) in own_weights_and_calls() {
		assert_eq!(call.get_dispatch_info().call_weight, own + Copies::weight());
	}
}

#[test]
fn halt_account_should_weigh_what_it_tells() {
	assert_eq!(
		<Participants as HaltAccounts<_>>::weight(),
		<()>::halt_account() + Copies::weight()
	);
}

#[test]
fn ban_trading_should_weigh_what_it_tells() {
	assert_eq!(
		<Participants as BanTrading<_>>::weight_of_ban(),
		<() as WeightInfo>::ban_trading() + Copies::weight()
	);
}
