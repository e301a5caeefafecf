//! The regulator's authority: two officers where it matters, halts that end by themselves, and a trail of everything.

use crate::env::*;
use carbon_primitives::{HaltScope, Tonnes};
use carbon_runtime::{
	configs::{dynamic_params, RuntimeParameters, RuntimeParametersKey, TreasuryAccount, CNY},
	AccountId, Regulator, Runtime, RuntimeCall, RuntimeEvent, System,
};
use frame_support::{assert_noop, assert_ok};
use frame_system::Error as SystemError;
use pallet_market::{Funds, Side};
use pallet_regulator::{ActKind, ActRecord, Error, Level, Outcome, Subject};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DispatchError;

type Call = pallet_regulator::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;
type Record = ActRecord<AccountId, u32>;

fn records() -> Vec<Record> {
	Regulator::records(None, 100)
		.into_iter()
		.map(|(_, record)| record)
		.collect()
}

fn description(record: &Record) -> String {
	String::from_utf8_lossy(&record.description).into_owned()
}

fn sudo(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	signed(
		first_supervisor(),
		pallet_sudo::Call::<Runtime>::sudo {
			call: Box::new(call.into().into()),
		},
	)?;
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => Some(sudo_result),
			_ => None,
		})
		.expect("sudo tells the outcome")
}

fn open_market() {
	assert_ok!(act_of_two(open_period(1_000)));
	assert_ok!(act_of_two(pallet_allowance::Call::<Runtime>::issue_for_sale {
		year: YEAR,
		seller: seller(),
		tonnes: Tonnes(200)
	}));
	assert_ok!(act_of_two(create_market()));
	assert_ok!(signed(
		seller(),
		MarketCall::deposit {
			funds: Funds::Allowances {
				asset: YEAR.into(),
				tonnes: Tonnes(100)
			}
		}
	));
}

fn sell(price: u64) -> MarketCall {
	MarketCall::place_order {
		asset: YEAR.into(),
		order: limit_order(Side::Sell, price, 10),
	}
}

/// The number of the latest order that rests.
fn last_order() -> pallet_market::OrderId {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Market(pallet_market::Event::OrderPlaced { order, .. }) => order,
			_ => None,
		})
		.expect("an order rests")
}

#[test]
fn one_officer_is_not_two() {
	journey(|| {
		let call = pallet_participants::Call::<Runtime>::expel {
			account: eve(),
			reason: digest(1),
		};
		let id = propose(first_supervisor(), call.clone()).expect("a supervisor may propose");
		let approval = Call::approve {
			id,
			call_hash: <sp_runtime::traits::BlakeTwo256 as sp_runtime::traits::Hash>::hash_of(
				&RuntimeCall::from(call.clone()),
			),
			weight_limit: frame_support::weights::Weight::MAX,
		};
		assert_noop!(
			signed(first_supervisor(), approval.clone()),
			Error::<Runtime>::SameOfficer
		);
		assert_noop!(signed(clerk(), approval.clone()), Error::<Runtime>::LevelTooLow);
		assert_noop!(signed(dave(), approval.clone()), Error::<Runtime>::NotOfficer);

		assert_ok!(approve(second_supervisor(), id, call));
		assert_noop!(
			signed(second_supervisor(), approval),
			Error::<Runtime>::ProposalNotFound
		);
		let [record] = records().try_into().expect("one act, one record");
		assert_eq!(record.kind, ActKind::TwoOfficers);
		assert_eq!(record.by, first_supervisor());
		assert_eq!(record.second, Some(second_supervisor()));
		assert_eq!(description(&record), "participants.expel");
		assert_eq!(record.subject, Subject::Account(eve()));
		assert_eq!(record.outcome, Outcome::Succeeded);
	});
}

#[test]
fn a_halt_of_a_market_ends_by_itself_and_leaves_cancelling_open() {
	journey(|| {
		open_market();
		assert_ok!(signed(seller(), sell(8_000)));
		let order = last_order();
		let end = GENESIS_TIME + 60_000;
		assert_ok!(sudo(Call::halt {
			scope: HaltScope::Market(YEAR.into()),
			until: end
		}));
		assert_noop!(
			signed(seller(), sell(8_100)),
			pallet_market::Error::<Runtime>::MarketHalted
		);
		assert_ok!(signed(
			seller(),
			MarketCall::cancel_order {
				asset: YEAR.into(),
				order
			}
		));

		set_time(end - 1);
		assert_noop!(
			signed(seller(), sell(8_100)),
			pallet_market::Error::<Runtime>::MarketHalted
		);
		// The clock alone ends it, whether or not a block has tidied up since.
		set_time(end);
		assert_ok!(signed(seller(), sell(8_100)));
		next_block();
		assert!(Regulator::halts().is_empty());
	});
}

#[test]
fn a_halt_of_all_trading_reaches_every_market_and_leaves_single_halts_alone() {
	journey(|| {
		open_market();
		let halt = |scope| Call::halt {
			scope,
			until: GENESIS_TIME + 60_000,
		};
		assert_ok!(act(first_supervisor(), halt(HaltScope::Market(YEAR.into()))));
		assert_ok!(act(first_supervisor(), halt(HaltScope::AllTrading)));
		assert_ok!(act(
			first_supervisor(),
			Call::resume {
				scope: HaltScope::AllTrading
			}
		));
		assert_noop!(
			signed(seller(), sell(8_000)),
			pallet_market::Error::<Runtime>::MarketHalted
		);
		assert_ok!(act(
			first_supervisor(),
			Call::resume {
				scope: HaltScope::Market(YEAR.into())
			}
		));
		assert_ok!(signed(seller(), sell(8_000)));
	});
}

#[test]
fn a_halted_account_neither_trades_nor_is_paid_out_but_surrenders() {
	journey(|| {
		open_market();
		assert_ok!(regulator(pallet_allowance::Call::<Runtime>::enrol {
			year: YEAR,
			entities: one(dave()),
		}));
		assert_ok!(regulator(pallet_allowance::Call::<Runtime>::allocate {
			year: YEAR,
			allocations: one((dave(), Tonnes(10))),
		}));
		assert_ok!(signed(
			dave(),
			pallet_settlement::Call::<Runtime>::request_redemption { amount: CNY }
		));
		let scope = HaltScope::Account(dave());
		assert_ok!(act(
			first_supervisor(),
			Call::halt {
				scope,
				until: GENESIS_TIME + 60_000
			}
		));
		let deposit = MarketCall::deposit {
			funds: Funds::Cash { amount: CNY },
		};
		let halted = pallet_participants::Error::<Runtime>::Halted;
		assert_noop!(signed(dave(), deposit.clone()), halted);
		// Nor is it paid out what it asked for before.
		let redeem = pallet_settlement::Call::<Runtime>::redeem {
			from: dave(),
			amount: CNY,
			receipt: digest(1),
		};
		assert_noop!(
			signed(bank(), redeem.clone()),
			pallet_participants::Error::<Runtime>::Halted
		);
		let payout = pallet_settlement::Call::<Runtime>::request_redemption { amount: CNY };
		assert_noop!(
			signed(dave(), payout),
			pallet_participants::Error::<Runtime>::Halted
		);
		assert_ok!(signed(
			dave(),
			pallet_allowance::Call::<Runtime>::surrender {
				year: YEAR,
				entity: dave(),
				asset: YEAR.into(),
				tonnes: Tonnes(1)
			}
		));
		set_time(GENESIS_TIME + 60_000);
		assert_ok!(signed(bank(), redeem));
		assert_ok!(signed(dave(), deposit));
	});
}

#[test]
fn a_halted_asset_does_not_move_but_by_court_order() {
	journey(|| {
		open_market();
		let scope = HaltScope::Asset(YEAR.into());
		assert_ok!(act(
			first_supervisor(),
			Call::halt {
				scope,
				until: GENESIS_TIME + 60_000
			}
		));
		let funds = Funds::Allowances {
			asset: YEAR.into(),
			tonnes: Tonnes(1),
		};
		assert_noop!(
			signed(seller(), MarketCall::deposit { funds }),
			pallet_market::Error::<Runtime>::AssetHalted
		);
		assert_noop!(
			signed(seller(), MarketCall::withdraw { funds }),
			pallet_market::Error::<Runtime>::AssetHalted
		);
		assert_noop!(
			signed(seller(), sell(8_000)),
			pallet_market::Error::<Runtime>::MarketHalted
		);
		assert_ok!(act_of_two(pallet_allowance::Call::<Runtime>::force_transfer {
			vintage: YEAR,
			from: seller(),
			to: eve(),
			tonnes: Tonnes(40),
		}));
		assert_eq!(held(YEAR, &eve()), Tonnes(40));
	});
}

#[test]
fn whatever_the_break_glass_key_does_is_written_down() {
	journey(|| {
		let suspend = pallet_participants::Call::<Runtime>::suspend {
			account: dave(),
			reason: digest(1),
		};
		assert_ok!(sudo(suspend.clone()));
		assert_eq!(
			sudo(suspend),
			Err(pallet_participants::Error::<Runtime>::AlreadySuspended.into())
		);
		// In another one's name, where the filter of calls still holds.
		let transfer = pallet_balances::Call::<Runtime>::transfer_allow_death {
			dest: eve().into(),
			value: 1,
		};
		assert_ok!(signed(
			first_supervisor(),
			pallet_sudo::Call::<Runtime>::sudo_as {
				who: dave().into(),
				call: Box::new(RuntimeCall::from(transfer).into()),
			}
		));

		let records = records();
		assert!(records
			.iter()
			.all(|record| record.kind == ActKind::BreakGlass && record.by == first_supervisor()));
		let outcomes: Vec<_> = records.iter().map(|record| record.outcome).collect();
		assert_eq!(
			outcomes,
			[
				Outcome::Failed(SystemError::<Runtime>::CallFiltered.into()),
				Outcome::Failed(pallet_participants::Error::<Runtime>::AlreadySuspended.into()),
				Outcome::Succeeded,
			]
		);
		let of_dave = Regulator::records_of_subject(Subject::Account(dave()), None, 100);
		assert_eq!(of_dave.len(), 3);
	});
}

#[test]
fn not_even_the_break_glass_key_erases_the_trail() {
	journey(|| {
		let prefix = sp_io::hashing::twox_128(b"Regulator").to_vec();
		let erase: RuntimeCall = frame_system::Call::<Runtime>::kill_prefix {
			prefix,
			subkeys: 1_000,
		}
		.into();
		let batch: RuntimeCall = pallet_utility::Call::<Runtime>::batch_all {
			calls: vec![erase.clone()],
		}
		.into();
		let as_root: RuntimeCall = pallet_utility::Call::<Runtime>::dispatch_as {
			as_origin: Box::new(carbon_runtime::OriginCaller::system(
				frame_system::RawOrigin::Root,
			)),
			call: Box::new(erase.clone()),
		}
		.into();
		let nested = pallet_sudo::Call::<Runtime>::sudo {
			call: Box::new(erase.clone().into()),
		};
		assert_ok!(sudo(frame_system::Call::<Runtime>::remark { remark: vec![1] }));
		for call in [erase, batch, as_root, nested.into()] {
			let before = records().len();
			assert_eq!(sudo(call), Err(Error::<Runtime>::ForbiddenCall.into()));
			assert_eq!(records().len(), before + 1, "the attempt is written down as well");
		}
	});
}

#[test]
fn the_break_glass_key_changes_hands_on_the_record_only() {
	journey(|| {
		let hand_on = || pallet_sudo::Call::<Runtime>::set_key { new: eve().into() };
		assert_noop!(
			signed(first_supervisor(), hand_on()),
			SystemError::<Runtime>::CallFiltered
		);
		assert_ok!(act_of_two(hand_on()));
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(eve()));
		assert_eq!(records().len(), 1);
	});
}

#[test]
fn a_parameter_takes_the_officers_that_its_key_asks_for() {
	journey(|| {
		let rate = |value| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Admission(
				dynamic_params::admission::Parameters::ApplicationsPerBlock(
					dynamic_params::admission::ApplicationsPerBlock,
					Some(value),
				),
			),
		};
		let fee = |value| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Fees(dynamic_params::fees::Parameters::BytesPerFen(
				dynamic_params::fees::BytesPerFen,
				Some(value),
			)),
		};
		assert_ok!(act(first_supervisor(), rate(5)));
		assert_noop!(
			act(first_supervisor(), fee(10)),
			Error::<Runtime>::NeedsTwoOfficers
		);
		assert_noop!(act(clerk(), rate(6)), Error::<Runtime>::LevelTooLow);
		assert_noop!(signed(dave(), rate(6)), DispatchError::BadOrigin);
		assert_ok!(act_of_two(fee(10)));
		assert_ok!(act_of_two(fee(20)));
		let change = System::events()
			.into_iter()
			.rev()
			.find_map(|record| match record.event {
				RuntimeEvent::Parameters(pallet_parameters::Event::Updated {
					key: RuntimeParametersKey::Fees(_),
					old_value,
					new_value,
				}) => Some((old_value, new_value)),
				_ => None,
			});
		let (old_value, new_value) = change.expect("a change has an event");
		assert!(old_value.is_some() && old_value != new_value);
	});
}

#[test]
fn an_upgrade_takes_two_supervisors() {
	journey(|| {
		let upgrade = frame_system::Call::<Runtime>::authorize_upgrade { code_hash: digest(1) };
		assert_noop!(
			act(first_supervisor(), upgrade.clone()),
			Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(upgrade));
		assert_eq!(records()[0].subject, Subject::Chain);
		assert!(System::authorized_upgrade().is_some());
	});
}

#[test]
fn officers_make_officers_as_the_table_says() {
	journey(|| {
		let appoint = |account, level| Call::appoint { account, level };
		assert_noop!(
			act(first_supervisor(), appoint(clerk(), Level::Supervisor)),
			Error::<Runtime>::NeedsTwoOfficers
		);
		assert_noop!(
			act(first_supervisor(), appoint(clerk(), Level::Officer)),
			Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(appoint(clerk(), Level::Supervisor)));
		assert_ok!(act_of_two(Call::dismiss {
			account: second_supervisor()
		}));
		assert_noop!(
			act(clerk(), Call::dismiss { account: clerk() }),
			Error::<Runtime>::NeedsTwoOfficers
		);
		assert_eq!(
			sudo(Call::dismiss { account: clerk() }),
			Err(Error::<Runtime>::TooFewSupervisors.into())
		);
		// A firm is no officer.
		assert_eq!(
			act(first_supervisor(), appoint(dave(), Level::Clerk)),
			Err(pallet_participants::Error::<Runtime>::RoleMissing.into())
		);
	});
}

#[test]
fn one_person_never_becomes_two() {
	use carbon_primitives::Role;
	use pallet_participants::{Call as Participants, RoleGrant};
	journey(|| {
		let grants = |role| {
			vec![RoleGrant {
				role,
				expires_at: None,
			}]
			.try_into()
			.expect("one")
		};
		let second_key = Key::Two.to_account_id();
		// Neither a second officer nor a bank that mints nor a verifier is made by one officer.
		for role in [Role::Insider, Role::SettlementBank, Role::Verifier] {
			assert_noop!(
				act(
					first_supervisor(),
					Participants::<Runtime>::admit {
						account: second_key.clone(),
						roles: grants(role),
						identity: digest(1),
					}
				),
				Error::<Runtime>::NeedsTwoOfficers
			);
			assert_noop!(
				act(
					first_supervisor(),
					Participants::<Runtime>::set_roles {
						account: eve(),
						roles: grants(role),
					}
				),
				Error::<Runtime>::NeedsTwoOfficers
			);
		}
		assert_ok!(act_of_two(Participants::<Runtime>::admit {
			account: second_key.clone(),
			roles: grants(Role::Insider),
			identity: digest(1),
		}));
		assert_ok!(act_of_two(Call::appoint {
			account: second_key.clone(),
			level: Level::Officer,
		}));

		// Nor does an officer put others out of office by suspending them.
		let against = |account: AccountId| -> [RuntimeCall; 3] {
			[
				Participants::<Runtime>::suspend {
					account: account.clone(),
					reason: digest(1),
				}
				.into(),
				Participants::<Runtime>::set_black_list {
					account: account.clone(),
					bar: true,
					closed: Default::default(),
					reason: digest(1),
				}
				.into(),
				Participants::<Runtime>::set_roles {
					account,
					roles: grants(Role::Trader),
				}
				.into(),
			]
		};
		for call in against(first_supervisor()) {
			assert!(act(second_key.clone(), call.clone()).is_err());
			assert!(act(second_supervisor(), call).is_err());
		}
		for call in against(clerk()) {
			assert_noop!(act(second_key.clone(), call), Error::<Runtime>::LevelTooLow);
		}
	});
}

#[test]
fn nobody_brings_an_accomplice_back_into_office() {
	use pallet_participants::Call as Participants;
	journey(|| {
		let reinstate = |account: AccountId| Participants::<Runtime>::reinstate { account };
		let suspend = |account: AccountId| Participants::<Runtime>::suspend {
			account,
			reason: digest(1),
		};
		let officer = Key::Two.to_account_id();
		let roles = vec![pallet_participants::RoleGrant {
			role: carbon_primitives::Role::Insider,
			expires_at: None,
		}];
		assert_ok!(act_of_two(Participants::<Runtime>::admit {
			account: officer.clone(),
			roles: roles.try_into().expect("one"),
			identity: digest(1),
		}));
		assert_ok!(act_of_two(Call::appoint {
			account: officer.clone(),
			level: Level::Officer,
		}));
		assert_ok!(act(first_supervisor(), suspend(clerk())));
		assert_noop!(
			act(officer.clone(), reinstate(clerk())),
			Error::<Runtime>::LevelTooLow
		);
		assert_ok!(act(first_supervisor(), reinstate(clerk())));
		// A supervisor comes back by the one that is left.
		assert_ok!(act_of_two(suspend(second_supervisor())));
		assert_ok!(act(first_supervisor(), reinstate(second_supervisor())));
		// The roles of banks and verifiers take two to grant.
		for account in [bank(), verifier()] {
			assert_ok!(act(officer.clone(), suspend(account.clone())));
			assert_noop!(
				act(officer.clone(), reinstate(account.clone())),
				Error::<Runtime>::NeedsTwoOfficers
			);
			assert_ok!(act_of_two(reinstate(account)));
		}
		assert_ok!(act(officer.clone(), suspend(dave())));
		assert_ok!(act(officer, reinstate(dave())));
	});
}

#[test]
fn a_halt_is_not_ended_by_another_halt() {
	journey(|| {
		let halt = |until| Call::halt {
			scope: HaltScope::AllTrading,
			until,
		};
		assert_ok!(act(first_supervisor(), halt(GENESIS_TIME + 60_000)));
		assert_eq!(
			act(second_supervisor(), halt(GENESIS_TIME + 1)),
			Err(Error::<Runtime>::HaltShortened.into())
		);
		assert_ok!(act(second_supervisor(), halt(GENESIS_TIME + 120_000)));
	});
}

#[test]
fn no_parameter_switches_off_the_acts_that_would_set_it_back() {
	use dynamic_params::authority::{HaltMax, Parameters, ProposalLifetime};
	journey(|| {
		let set = |parameter| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Authority(parameter),
		};
		for value in [0, u64::MAX] {
			assert_ok!(act_of_two(set(Parameters::ProposalLifetime(
				ProposalLifetime,
				Some(value)
			))));
			assert_ok!(act_of_two(set(Parameters::HaltMax(HaltMax, Some(value)))));
		}
		let endless = Call::halt {
			scope: HaltScope::AllTrading,
			until: u64::MAX,
		};
		assert_eq!(
			act(first_supervisor(), endless),
			Err(Error::<Runtime>::HaltTooLong.into())
		);
	});
}

#[test]
fn officers_act_in_the_regulators_name_only_as_the_table_allows() {
	journey(|| {
		let remark = frame_system::Call::<Runtime>::remark { remark: vec![1] };
		let batch = pallet_utility::Call::<Runtime>::batch {
			calls: vec![remark.clone().into()],
		};
		let raw = frame_system::Call::<Runtime>::kill_prefix {
			prefix: vec![],
			subkeys: 1,
		};
		for call in [RuntimeCall::from(remark), batch.into(), raw.into()] {
			assert_noop!(propose(first_supervisor(), call), Error::<Runtime>::NotAnAct);
		}
	});
}

#[test]
fn a_court_order_moves_money_out_of_every_pocket() {
	journey(|| {
		open_market();
		let amount = 1_000 * CNY;
		assert_ok!(signed(
			eve(),
			MarketCall::deposit {
				funds: Funds::Cash { amount }
			}
		));
		assert_ok!(act_of_two(MarketCall::force_withdraw {
			who: eve(),
			funds: Funds::Cash { amount },
		}));
		// What backs the trading ledger belongs to many, and what is in the treasury to the chain.
		for from in [
			pallet_market::Pallet::<Runtime>::account_id(),
			TreasuryAccount::get(),
		] {
			assert_eq!(
				act_of_two(pallet_settlement::Call::<Runtime>::force_transfer {
					from,
					to: dave(),
					amount: 1,
				}),
				Err(pallet_participants::Error::<Runtime>::NotAdmitted.into())
			);
		}
		let before = pallet_balances::Pallet::<Runtime>::free_balance(dave());
		assert_ok!(act_of_two(pallet_settlement::Call::<Runtime>::force_transfer {
			from: eve(),
			to: dave(),
			amount,
		}));
		assert_eq!(
			pallet_balances::Pallet::<Runtime>::free_balance(dave()),
			before + amount
		);
	});
}

#[test]
fn an_organisation_pays_for_its_operator_and_an_insider_is_nobodys_operator() {
	journey(|| {
		open_market();
		let representative = Key::One;
		assert_ok!(act(
			first_supervisor(),
			pallet_participants::Call::<Runtime>::admit {
				account: representative.to_account_id(),
				roles: vec![pallet_participants::RoleGrant {
					role: carbon_primitives::Role::Representative,
					expires_at: None
				}]
				.try_into()
				.expect("one"),
				identity: digest(1),
			}
		));
		for delegate in [representative.to_account_id(), first_supervisor()] {
			assert_ok!(signed(
				seller(),
				pallet_proxy::Call::<Runtime>::add_proxy {
					delegate: delegate.into(),
					proxy_type: carbon_runtime::configs::ProxyType::Trade,
					delay: 0,
				}
			));
		}
		let place = pallet_proxy::Call::<Runtime>::proxy {
			real: seller().into(),
			force_proxy_type: None,
			call: Box::new(sell(8_000).into()),
		};
		let purse = || pallet_balances::Pallet::<Runtime>::free_balance(seller());
		let before = purse();
		assert_ok!(in_block(representative, place.clone()), Ok(()));
		assert!(purse() < before, "the organisation pays");
		assert_eq!(
			pallet_market::Pallet::<Runtime>::trading_account(seller()).positions[0].locked,
			Tonnes(10)
		);
		// Not for what is no operator's business.
		let not_its_own = pallet_proxy::Call::<Runtime>::proxy {
			real: seller().into(),
			force_proxy_type: None,
			call: Box::new(frame_system::Call::<Runtime>::remark { remark: vec![0; 900] }.into()),
		};
		assert_eq!(
			in_pool(representative, not_its_own),
			Err(sp_runtime::transaction_validity::InvalidTransaction::Payment.into())
		);
		assert!(in_pool(Key::Alice, place.clone()).is_err());
		let hidden = pallet_utility::Call::<Runtime>::batch {
			calls: vec![place.into()],
		};
		assert!(in_pool(Key::Alice, hidden).is_err());
	});
}
