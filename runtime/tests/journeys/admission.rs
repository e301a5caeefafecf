//! From a stranger to a participant, and back.

use crate::env::*;
use carbon_primitives::{Role, Tonnes};
use carbon_runtime::{
	configs::{ProxyType, CNY},
	AccountId, Participants, Runtime, RuntimeCall,
};
use frame_support::{assert_noop, assert_ok};
use pallet_market::{Funds, Side};
use pallet_participants::{Error, RoleGrant, Status};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

type Call = pallet_participants::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;
type AllowanceCall = pallet_allowance::Call<Runtime>;

/// Somebody whom the chain has never heard of.
const NEWCOMER: Key = Key::Two;

fn newcomer() -> AccountId {
	NEWCOMER.to_account_id()
}

fn grants(roles: &[(Role, Option<u64>)]) -> pallet_participants::RoleGrants {
	roles
		.iter()
		.map(|&(role, expires_at)| RoleGrant { role, expires_at })
		.collect::<Vec<_>>()
		.try_into()
		.expect("few")
}

fn application() -> Call {
	Call::apply {
		identity: digest(1),
		roles: vec![Role::Trader].try_into().expect("few"),
	}
}

fn order(side: Side, price: u64, tonnes: u64) -> MarketCall {
	MarketCall::place_order {
		asset: YEAR.into(),
		order: limit_order(side, price, tonnes),
	}
}

fn open_market() {
	assert_ok!(regulator(open_period(1_000)));
	assert_ok!(regulator(AllowanceCall::issue_for_sale {
		year: YEAR,
		seller: seller(),
		tonnes: Tonnes(200)
	}));
	assert_ok!(regulator(create_market()));
}

fn refused(validity: Result<impl core::fmt::Debug, TransactionValidityError>) -> bool {
	matches!(
		validity,
		Err(TransactionValidityError::Invalid(InvalidTransaction::Custom(_)))
	)
}

#[test]
fn from_an_application_to_the_first_order() {
	journey(|| {
		open_market();
		let remark = || frame_system::Call::<Runtime>::remark { remark: vec![1] };
		assert!(refused(in_pool(NEWCOMER, remark())));
		assert!(refused(in_block(NEWCOMER, remark())));

		// The newcomer owns nothing, so that its application must be free.
		assert_ok!(in_pool(NEWCOMER, application()));
		assert_ok!(in_block(NEWCOMER, application()), Ok(()));
		assert!(
			refused(in_pool(NEWCOMER, remark())),
			"an applicant is no participant"
		);
		assert!(
			refused(in_pool(NEWCOMER, application())),
			"one application is enough"
		);

		let admit = Call::admit {
			account: newcomer(),
			roles: grants(&[(Role::Trader, None)]),
			identity: digest(1),
		};
		assert_eq!(
			act(first_supervisor(), admit.clone()),
			Err(Error::<Runtime>::NotRegistered.into())
		);
		assert_ok!(act(clerk(), Call::register { account: newcomer() }));
		assert_noop!(
			act(clerk(), admit.clone()),
			pallet_regulator::Error::<Runtime>::LevelTooLow
		);
		assert_ok!(act(first_supervisor(), admit));

		assert_ok!(signed(
			bank(),
			pallet_settlement::Call::<Runtime>::mint {
				to: newcomer(),
				amount: 10_000 * CNY,
				receipt: digest(9),
			}
		));
		let deposit = MarketCall::deposit {
			funds: Funds::Cash { amount: 9_000 * CNY },
		};
		assert_ok!(in_block(NEWCOMER, deposit), Ok(()));
		assert_ok!(in_block(NEWCOMER, order(Side::Buy, 8_000, 100)), Ok(()));
		assert_eq!(
			pallet_market::Pallet::<Runtime>::trading_account(newcomer()).cash_locked,
			8_000 * CNY
		);
	});
}

#[test]
fn a_verifier_whose_accreditation_has_ended_verifies_nothing() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		assert_ok!(regulator(AllowanceCall::enrol {
			year: YEAR,
			entities: vec![dave(), eve()].try_into().expect("few"),
		}));
		for entity in [dave(), eve()] {
			assert_ok!(signed(
				entity,
				AllowanceCall::report_emissions {
					year: YEAR,
					tonnes: Tonnes(10),
					report: digest(1)
				}
			));
		}
		let verify = |entity| AllowanceCall::verify_report {
			year: YEAR,
			entity,
			tonnes: Tonnes(10),
		};
		let end = GENESIS_TIME + 10_000;
		assert_ok!(act_of_two(Call::set_roles {
			account: verifier(),
			roles: grants(&[(Role::Verifier, Some(end))]),
		}));

		set_time(end - 1);
		assert_ok!(signed(verifier(), verify(dave())));
		set_time(end);
		assert_noop!(signed(verifier(), verify(eve())), Error::<Runtime>::RoleExpired);
	});
}

#[test]
fn a_verifier_does_not_verify_its_own_group() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		assert_ok!(regulator(AllowanceCall::enrol {
			year: YEAR,
			entities: one(dave()),
		}));
		assert_ok!(signed(
			dave(),
			AllowanceCall::report_emissions {
				year: YEAR,
				tonnes: Tonnes(10),
				report: digest(1)
			}
		));
		assert_ok!(act(
			first_supervisor(),
			Call::create_group { identity: digest(7) }
		));
		let group = Some(carbon_primitives::GroupId(0));
		for account in [dave(), verifier()] {
			assert_ok!(signed(account.clone(), Call::declare_group { group }));
			assert_ok!(act(first_supervisor(), Call::confirm_group { account, group }));
		}
		assert_noop!(
			signed(
				verifier(),
				AllowanceCall::verify_report {
					year: YEAR,
					entity: dave(),
					tonnes: Tonnes(10)
				}
			),
			pallet_allowance::Error::<Runtime>::VerifierNotIndependent
		);
	});
}

#[test]
fn the_orders_of_a_suspended_trader_leave_the_book_and_its_holds_come_back() {
	journey(|| {
		open_market();
		let account = || pallet_market::Pallet::<Runtime>::trading_account(seller());
		assert_ok!(signed(
			seller(),
			MarketCall::deposit {
				funds: Funds::Allowances {
					asset: YEAR.into(),
					tonnes: Tonnes(200)
				}
			}
		));
		for price in [8_000, 8_100, 8_200] {
			assert_ok!(signed(seller(), order(Side::Sell, price, 50)));
		}
		let before = account();
		assert_eq!(before.positions[0].free, Tonnes(50));

		assert_ok!(act(
			first_supervisor(),
			Call::suspend {
				account: seller(),
				reason: digest(2)
			}
		));
		assert_noop!(
			signed(seller(), order(Side::Sell, 8_000, 1)),
			Error::<Runtime>::Suspended
		);
		next_block();
		let after = account();
		assert_eq!(after.positions[0].free, Tonnes(200));
		assert_eq!(after.positions[0].locked, Tonnes(0));
		let depth = pallet_market::Pallet::<Runtime>::depth(YEAR.into(), 10);
		assert!(depth.asks.is_empty(), "nothing of the suspended trader rests");

		// Its property stays its own.
		assert_ok!(
			in_block(
				Key::Ferdie,
				MarketCall::withdraw {
					funds: Funds::Allowances {
						asset: YEAR.into(),
						tonnes: Tonnes(200)
					}
				}
			),
			Ok(())
		);
		assert_eq!(held(YEAR, &seller()), Tonnes(200));
	});
}

#[test]
fn whoever_was_expelled_only_takes_its_property_back_or_applies_again() {
	journey(|| {
		let expel = Call::expel {
			account: eve(),
			reason: digest(3),
		};
		assert_noop!(
			act(first_supervisor(), expel.clone()),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(expel));

		let remark = frame_system::Call::<Runtime>::remark { remark: vec![1] };
		assert!(refused(in_pool(Key::Eve, remark)));
		let withdraw = MarketCall::withdraw {
			funds: Funds::Cash { amount: 1 },
		};
		assert_ok!(in_pool(Key::Eve, withdraw));
		assert_ok!(in_block(Key::Eve, application()), Ok(()));

		assert_ok!(act(clerk(), Call::register { account: eve() }));
		assert_ok!(act(
			first_supervisor(),
			Call::admit {
				account: eve(),
				roles: grants(&[(Role::Trader, None)]),
				identity: digest(1),
			}
		));
		let record = Participants::participant(eve()).expect("it stays known");
		assert_eq!(record.status, Status::Admitted);
	});
}

#[test]
fn the_black_list_leaves_nothing_but_reading() {
	journey(|| {
		let remark = || frame_system::Call::<Runtime>::remark { remark: vec![1] };
		assert_ok!(in_pool(Key::Dave, remark()));
		assert_ok!(act(
			first_supervisor(),
			Call::set_black_list {
				account: dave(),
				bar: true,
				closed: Default::default(),
				reason: digest(4),
			}
		));
		assert!(refused(in_pool(Key::Dave, remark())));
		assert!(refused(in_pool(Key::Dave, application())));
	});
}

/// Admit `key` as a representative, until a moment if one is given, and let `firm` appoint it.
fn representative(key: Key, firm: AccountId, until: Option<u64>, proxy_type: ProxyType) {
	assert_ok!(regulator(Call::admit {
		account: key.to_account_id(),
		roles: grants(&[(Role::Representative, until)]),
		identity: digest(8),
	}));
	assert_ok!(signed(
		firm,
		pallet_proxy::Call::<Runtime>::add_proxy {
			delegate: key.to_account_id().into(),
			proxy_type,
			delay: 0,
		}
	));
}

fn on_behalf_of(real: AccountId, call: impl Into<RuntimeCall>) -> RuntimeCall {
	pallet_proxy::Call::<Runtime>::proxy {
		real: real.into(),
		force_proxy_type: None,
		call: Box::new(call.into()),
	}
	.into()
}

#[test]
fn nobody_gets_the_property_of_a_black_listed_firm_out_for_it() {
	journey(|| {
		assert_ok!(signed(
			dave(),
			MarketCall::deposit {
				funds: Funds::Cash { amount: CNY }
			}
		));
		representative(Key::One, dave(), None, ProxyType::Any);
		let funds = Funds::Cash { amount: CNY };
		let withdraw = on_behalf_of(dave(), MarketCall::withdraw { funds });
		assert_ok!(in_pool(Key::One, withdraw.clone()));
		assert_ok!(act(
			first_supervisor(),
			Call::set_black_list {
				account: dave(),
				bar: true,
				closed: Default::default(),
				reason: digest(4),
			}
		));
		assert!(refused(in_pool(Key::One, withdraw.clone())));
		let batch = pallet_utility::Call::<Runtime>::batch {
			calls: vec![withdraw],
		};
		assert!(refused(in_pool(Key::One, batch)));
		// Where no pool has looked, the pallet refuses.
		assert_noop!(
			signed(dave(), MarketCall::withdraw { funds }),
			Error::<Runtime>::BlackListed
		);
	});
}

#[test]
fn a_representative_acts_while_it_is_admitted_itself() {
	journey(|| {
		let end = GENESIS_TIME + 60_000;
		representative(Key::One, dave(), Some(end), ProxyType::Trade);
		let place = on_behalf_of(dave(), order(Side::Buy, 8_000, 1));
		assert_ok!(in_pool(Key::One, place.clone()));
		assert_ok!(act(
			first_supervisor(),
			Call::suspend {
				account: Key::One.to_account_id(),
				reason: digest(2)
			}
		));
		assert!(refused(in_pool(Key::One, place.clone())));
		assert_ok!(act(
			first_supervisor(),
			Call::reinstate {
				account: Key::One.to_account_id()
			}
		));
		assert_ok!(in_pool(Key::One, place.clone()));
		set_time(end);
		assert!(refused(in_pool(Key::One, place)));

		// A trader has a right of its own to trade, and none to trade for others.
		assert_ok!(signed(
			dave(),
			pallet_proxy::Call::<Runtime>::add_proxy {
				delegate: seller().into(),
				proxy_type: ProxyType::Trade,
				delay: 0,
			}
		));
		assert!(refused(in_pool(
			Key::Ferdie,
			on_behalf_of(dave(), order(Side::Buy, 8_000, 1))
		)));
	});
}

#[test]
fn offices_and_accreditations_are_not_lent() {
	journey(|| {
		let add = pallet_proxy::Call::<Runtime>::add_proxy {
			delegate: dave().into(),
			proxy_type: ProxyType::Any,
			delay: 0,
		};
		for key in [Key::Alice, Key::Bob, Key::Charlie] {
			assert!(refused(in_pool(key, add.clone())), "{key:?}");
		}
		assert_ok!(in_pool(Key::Dave, add));
	});
}

#[test]
fn the_break_glass_key_works_whatever_the_records_say() {
	journey(|| {
		let suspend = Call::set_black_list {
			account: first_supervisor(),
			bar: true,
			closed: Default::default(),
			reason: digest(4),
		};
		assert_ok!(regulator(suspend));
		let call: RuntimeCall = Call::set_black_list {
			account: first_supervisor(),
			bar: false,
			closed: Default::default(),
			reason: digest(5),
		}
		.into();
		let sudo = pallet_sudo::Call::<Runtime>::sudo {
			call: Box::new(call.into()),
		};
		assert_ok!(in_block(Key::Alice, sudo), Ok(()));
		let record = Participants::participant(first_supervisor()).expect("admitted");
		assert!(!record.barred);
	});
}
