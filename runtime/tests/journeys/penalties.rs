//! Penalties, from what leads to them to what follows: for the account, on the market, for credit and at the next allocation.

use crate::{
	block_trades::{
		agree_on_later, blocks_until, cash, deposit_cash, deposit_tonnes, open, stage_of, MARGIN, VALUE,
	},
	compliance::{begins_with, class, violation},
	env::*,
};
use carbon_primitives::{Balance, CreditLevel, Tonnes, TradingLimits};
use carbon_runtime::{
	configs::{dynamic_params, RuntimeParameters, TreasuryAccount, CNY, FEN},
	AccountId, Allowance, Balances, Credit, Market, Participants, Penalties, Runtime, RuntimeEvent,
};
use frame_support::{assert_noop, assert_ok, hypothetically};
use pallet_block_trades::Stage;
use pallet_market::{Funds, Side};
use pallet_penalties::{
	Call, Decision, Error, Event, FineAmount, PenaltyId, PenaltyRecord, PenaltySanction, Source, Status,
};
use pallet_regulator::{Level, Requirement, Subject};
use sp_keyring::Sr25519Keyring as Key;

type AllowanceCall = pallet_allowance::Call<Runtime>;
type BlockTradesCall = pallet_block_trades::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;
type MarketError = pallet_market::Error<Runtime>;

/// One percent of the value of the trade that Eve does not perform.
const DEFAULT_FINE: Balance = VALUE / 100;
/// What she leaves where the chain can take it.
const LEFT: Balance = 10_000 * CNY;
/// More days than seven working days take; and than fifteen.
const OBJECTION_WINDOW: u32 = 12;
const PAYMENT_WINDOW: u32 = 24;

/// The proposal of a penalty for `account` in the year.
fn proposal(account: AccountId, sanction: PenaltySanction) -> Call<Runtime> {
	Call::propose {
		account,
		year: YEAR,
		basis: b"Interim measures, article 40"
			.to_vec()
			.try_into()
			.expect("short"),
		sanction,
		evidence: digest(0xe1),
		publish: false,
	}
}

/// Two officers propose a penalty.
fn propose_penalty(account: AccountId, sanction: PenaltySanction) -> PenaltyId {
	assert_ok!(act_of_two(proposal(account, sanction)));
	last_event(|event| match event {
		RuntimeEvent::Penalties(Event::Proposed { id, .. }) => Some(id),
		_ => None,
	})
	.expect("a proposal has an event")
}

/// Two officers propose penalties, nobody objects, and they become final by themselves.
pub fn penalise(account: AccountId, sanctions: &[PenaltySanction]) {
	let ids: Vec<_> = sanctions
		.iter()
		.map(|sanction| propose_penalty(account.clone(), *sanction))
		.collect();
	days_pass(OBJECTION_WINDOW);
	for id in ids {
		assert!(penalty(id).is_counted());
	}
}

pub fn penalty(id: PenaltyId) -> PenaltyRecord<AccountId> {
	Penalties::penalty(id).expect("it was proposed").record
}

/// Score and level of `who`, as they count.
pub fn standing(who: AccountId) -> (u16, CreditLevel) {
	let view = Credit::score_view(&who);
	(view.stored_score, view.stored_level)
}

fn limits_of(who: AccountId) -> TradingLimits {
	Market::trading_account(who).limits
}

fn buy(tonnes: u64) -> MarketCall {
	MarketCall::place_order {
		asset: YEAR.into(),
		order: limit_order(Side::Buy, 8_000, tonnes),
	}
}

fn sell(tonnes: u64) -> MarketCall {
	MarketCall::place_order {
		asset: YEAR.into(),
		order: limit_order(Side::Sell, 8_000, tonnes),
	}
}

/// Eve does not deliver what she has sold to Dave, who gets her margin.
fn let_eve_default() {
	open();
	let (id, settles_at) = agree_on_later();
	deposit_cash(dave(), VALUE - MARGIN);
	blocks_until(settles_at);
	let Some(Stage::Window { ends_at }) = stage_of(id) else {
		unreachable!("the seller has time to perform");
	};
	blocks_until(ends_at);
	assert_eq!((cash(dave()), cash(eve())), ((VALUE + MARGIN, 0), (0, 0)));
}

/// `who` puts its money on the trading ledger, all but `left`.
fn put_away_all_but(who: AccountId, left: Balance) -> Balance {
	let amount = Balances::free_balance(&who) - left;
	deposit_cash(who, amount);
	amount
}

#[test]
fn a_default_costs_the_margin_a_fine_credit_and_the_right_to_buy_until_it_is_paid() {
	journey(|| {
		let_eve_default();
		// The fine is proposed by itself, and the default counts at once: 150 points for agreements become 75.
		let id = PenaltyId(0);
		let record = penalty(id);
		assert_eq!((record.account, record.year), (eve(), YEAR));
		assert_eq!(
			(record.source, record.status),
			(Source::Default, Status::Proposed)
		);
		assert_eq!(record.sanction.fine(), DEFAULT_FINE);
		assert_eq!(standing(eve()), (425, CreditLevel::C));
		assert_eq!(standing(dave()), (500, CreditLevel::C));

		// Eve objects in vain.
		let digest = digest(2);
		assert_noop!(
			signed(dave(), Call::<Runtime>::object { id, digest }),
			Error::<Runtime>::NotPenalised
		);
		assert_ok!(signed(eve(), Call::<Runtime>::object { id, digest }));
		days_pass(1);
		assert_ok!(act_of_two(Call::<Runtime>::decide {
			id,
			decision: Decision::Rejected,
			reason: digest,
		}));
		assert_eq!(penalty(id).status, Status::Due);
		// A fine takes 60 points.
		assert_eq!(standing(eve()), (365, CreditLevel::D));
		assert!(!limits_of(eve()).buys_blocked);

		// On the day on which the fine is due too little is free, so that the rest becomes a debt.
		let kept = put_away_all_but(eve(), LEFT + FEN);
		let treasury = Balances::free_balance(TreasuryAccount::get());
		days_pass(PAYMENT_WINDOW);
		let collected = last_event(|event| match event {
			RuntimeEvent::Penalties(Event::Collected { taken, owed, .. }) => Some((taken, owed)),
			_ => None,
		});
		let owed = DEFAULT_FINE - LEFT;
		assert_eq!(collected, Some((LEFT, owed)));
		assert_eq!(Penalties::debt_of(eve()), owed);
		assert_eq!(Balances::free_balance(eve()), FEN);

		// Orders are smaller by her credit, and none of them buys.
		deposit_tonnes(eve(), 20_000);
		assert_noop!(signed(eve(), sell(10_001)), MarketError::OrderAboveCreditLimit);
		assert_ok!(signed(eve(), sell(10_000)));
		assert_noop!(signed(eve(), buy(1)), MarketError::BuysBlocked);

		// She takes money off the trading ledger and pays.
		let funds = Funds::Cash { amount: kept };
		assert_ok!(signed(eve(), MarketCall::withdraw { funds }));
		let account = eve();
		assert_ok!(signed(
			eve(),
			Call::<Runtime>::pay_debt {
				account,
				amount: owed
			}
		));
		assert_eq!((penalty(id).status, Penalties::debt_of(eve())), (Status::Paid, 0));
		assert_eq!(
			Balances::free_balance(TreasuryAccount::get()),
			treasury + DEFAULT_FINE
		);
		deposit_cash(eve(), 10_000 * 8_000);
		assert_noop!(signed(eve(), buy(10_001)), MarketError::OrderAboveCreditLimit);
		assert_ok!(signed(eve(), MarketCall::cancel_all {}));
		next_block();
		assert_ok!(signed(eve(), buy(10_000)));
		// Paying is no merit.
		assert_eq!(standing(eve()), (365, CreditLevel::D));
	});
}

#[test]
fn whoever_owes_a_fine_buys_nothing_in_block_trades_either() {
	journey(|| {
		let_eve_default();
		put_away_all_but(eve(), FEN);
		days_pass(OBJECTION_WINDOW + PAYMENT_WINDOW);
		assert_eq!(Penalties::debt_of(eve()), DEFAULT_FINE);
		let terms = pallet_block_trades::Terms {
			seller: dave(),
			buyer: eve(),
			..crate::block_trades::terms(None)
		};
		assert_noop!(
			signed(eve(), BlockTradesCall::propose { terms }),
			pallet_block_trades::Error::<Runtime>::BuysBlocked
		);
		// Another one may pay for her.
		let account = eve();
		let amount = DEFAULT_FINE;
		assert_ok!(signed(dave(), Call::<Runtime>::pay_debt { account, amount }));
		assert!(!limits_of(eve()).buys_blocked);
	});
}

#[test]
fn where_both_sides_default_both_are_fined() {
	journey(|| {
		open();
		let (id, settles_at) = agree_on_later();
		blocks_until(settles_at);
		let Some(Stage::Window { ends_at }) = stage_of(id) else {
			unreachable!("they have time to perform");
		};
		blocks_until(ends_at);
		let accounts = [PenaltyId(0), PenaltyId(1)].map(|id| penalty(id).account);
		assert_eq!(accounts, [eve(), dave()]);
		assert_eq!(standing(dave()), (425, CreditLevel::C));
	});
}

/// Dave emits 200 t, surrenders 100 t, and the year ends. There is a market.
fn let_dave_fall_short() {
	assert_ok!(regulator(open_period(1_000)));
	assert_ok!(regulator(create_market()));
	assert_ok!(regulator(AllowanceCall::enrol {
		year: YEAR,
		entities: one(dave()),
	}));
	assert_ok!(regulator(AllowanceCall::allocate {
		year: YEAR,
		allocations: one((dave(), Tonnes(100))),
	}));
	let (year, entity, tonnes) = (YEAR, dave(), Tonnes(200));
	let report = digest(1);
	assert_ok!(signed(
		dave(),
		AllowanceCall::report_emissions { year, tonnes, report }
	));
	assert_ok!(signed(
		verifier(),
		AllowanceCall::verify_report { year, entity, tonnes }
	));
	let reports = one((dave(), tonnes));
	assert_ok!(regulator(AllowanceCall::confirm_reports { year, reports }));
	assert_ok!(signed(
		dave(),
		AllowanceCall::surrender {
			year,
			entity: dave(),
			asset: year.into(),
			tonnes: Tonnes(100),
		}
	));
	assert_ok!(regulator(AllowanceCall::close_period { year }));
	next_block();
}

#[test]
fn a_shortfall_at_the_end_of_a_year_is_fined_and_what_is_not_there_becomes_a_debt() {
	journey(|| {
		let_dave_fall_short();
		let fine = Allowance::obligation(YEAR, dave()).expect("enrolled").fine;
		assert!(fine > 0);
		let id = PenaltyId(0);
		let record = penalty(id);
		assert_eq!((record.account.clone(), record.year), (dave(), YEAR));
		assert_eq!((record.source, record.sanction.fine()), (Source::Shortfall, fine));

		// Nobody objects, and nobody pays.
		put_away_all_but(dave(), FEN);
		days_pass(OBJECTION_WINDOW);
		assert_eq!(penalty(id).status, Status::Due);
		assert_eq!(Penalties::debt_of(dave()), 0);
		days_pass(PAYMENT_WINDOW);
		assert_eq!(Penalties::debt_of(dave()), fine);
		assert_noop!(signed(dave(), buy(1)), MarketError::BuysBlocked);

		// Two officers let him off.
		let reason = digest(3);
		assert_ok!(act_of_two(Call::<Runtime>::waive { id, reason }));
		assert_eq!(
			(penalty(id).status, Penalties::debt_of(dave())),
			(Status::Waived, 0)
		);
		assert_ok!(signed(dave(), buy(1)));
	});
}

#[test]
fn a_fine_that_was_annulled_comes_back_and_counts_no_more() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		// The treasury keeps its account, so that it needs something beside what it gives back: the fee of any transaction.
		let remark = frame_system::Call::<Runtime>::remark { remark: vec![1] };
		assert_ok!(in_block(Key::Eve, remark), Ok(()));
		let amount = 1_000 * CNY;
		let before = Balances::free_balance(dave());
		penalise(dave(), &[PenaltySanction::Fine(FineAmount::Fixed { amount })]);
		let id = PenaltyId(0);
		assert_ok!(signed(dave(), Call::<Runtime>::pay { id }));
		assert_eq!(Balances::free_balance(dave()), before - amount);
		assert_eq!(standing(dave()), (440, CreditLevel::C));
		let reason = digest(3);
		assert_ok!(act_of_two(Call::<Runtime>::annul { id, reason }));
		assert_eq!(Balances::free_balance(dave()), before);
		assert_eq!(standing(dave()), (500, CreditLevel::C));
	});
}

#[test]
fn a_ban_cancels_resting_orders_and_ends_by_itself() {
	journey(|| {
		open();
		deposit_cash(dave(), 80_000);
		assert_ok!(signed(dave(), buy(10)));
		assert_eq!(Market::trading_account(dave()).cash_locked, 80_000);
		let id = propose_penalty(dave(), PenaltySanction::TradingBan { days: 10 });
		assert_ok!(signed(dave(), MarketCall::cancel_all {}));
		next_block();
		assert_ok!(signed(dave(), buy(10)));

		days_pass(OBJECTION_WINDOW);
		next_block();
		let account = Market::trading_account(dave());
		assert_eq!((account.cash_locked, account.cash_free), (0, 80_000));
		let banned = pallet_participants::Error::<Runtime>::TradingBanned;
		assert_noop!(signed(dave(), buy(10)), banned);
		let terms = crate::block_trades::terms(None);
		let banned = pallet_participants::Error::<Runtime>::TradingBanned;
		assert_noop!(signed(dave(), BlockTradesCall::propose { terms }), banned);
		// Its money is its own all the same.
		let funds = Funds::Cash { amount: 1 };
		assert_ok!(signed(dave(), MarketCall::withdraw { funds }));

		let until = penalty(id).banned_until.expect("the ban is final");
		block_at(until - 1);
		assert!(!Participants::may_trade(dave()));
		block_at(until);
		assert_ok!(signed(dave(), buy(9)));
	});
}

#[test]
fn a_ban_that_is_annulled_ends_at_once() {
	journey(|| {
		open();
		deposit_cash(dave(), 80_000);
		penalise(dave(), &[PenaltySanction::TradingBan { days: 100 }]);
		let banned = pallet_participants::Error::<Runtime>::TradingBanned;
		assert_noop!(signed(dave(), buy(10)), banned);
		let (id, reason) = (PenaltyId(0), digest(3));
		assert_ok!(act_of_two(Call::<Runtime>::annul { id, reason }));
		assert_ok!(signed(dave(), buy(10)));
	});
}

#[test]
fn a_cut_shortens_the_next_allocation() {
	journey(|| {
		crate::compliance::open_year();
		penalise(dave(), &[PenaltySanction::AllocationCut(Tonnes(100))]);
		// 70 % of 1,000 t, less the cut.
		crate::compliance::pre_allocate();
		assert_eq!(held(YEAR, &dave()), Tonnes(600));
	});
}

#[test]
fn the_audit_finds_limits_that_their_owner_does_not_have() {
	let alter = |change: &dyn Fn(&mut TradingLimits)| {
		pallet_market::TradingAccounts::<Runtime>::mutate(dave(), |account| {
			change(&mut account.as_mut().expect("he has traded").limits);
		});
		violation("Rights")
	};
	journey(|| {
		open();
		deposit_cash(dave(), 80_000);
		assert_ok!(signed(dave(), buy(1)));
		assert_eq!(violation("Rights"), None);
		let blocked = hypothetically!(alter(&|limits| limits.buys_blocked = true));
		begins_with(blocked, "rights 3:");
		let smaller = hypothetically!(alter(&|limits| limits.order_max = Some(Tonnes(1))));
		begins_with(smaller, "rights 3:");
		let fewer = hypothetically!(alter(&|limits| limits.orders_max = Some(1)));
		begins_with(fewer, "rights 3:");
	});
}

#[test]
fn penalties_take_two_officers_and_name_whom_they_concern() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		let id = propose_penalty(dave(), PenaltySanction::Warning);
		let two_officers = Requirement::two(Level::Officer);
		let reason = digest(1);
		let decide = |id| Call::<Runtime>::decide {
			id,
			decision: Decision::Upheld,
			reason,
		};
		let calls = [
			proposal(dave(), PenaltySanction::Warning),
			decide(id),
			Call::waive { id, reason },
			Call::annul { id, reason },
		];
		for call in calls {
			let expected = Some((two_officers, Subject::Account(dave())));
			assert_eq!(class(call.clone()), expected, "{call:?}");
		}
		// Nobody's penalty concerns nobody.
		assert_eq!(class(decide(PenaltyId(7))), Some((two_officers, Subject::Chain)));
		let (account, amount, digest) = (dave(), 1, reason);
		for call in [
			Call::<Runtime>::object { id, digest },
			Call::pay { id },
			Call::pay_debt { account, amount },
			Call::finalise { id },
		] {
			assert_eq!(class(call), None);
		}
	});
}

#[test]
fn whoever_was_expelled_objects_and_pays() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		let amount = 1_000 * CNY;
		let fine = PenaltySanction::Fine(FineAmount::Fixed { amount });
		let id = propose_penalty(dave(), fine);
		assert_ok!(act_of_two(pallet_participants::Call::<Runtime>::expel {
			account: dave(),
			reason: digest(1),
		}));
		let digest = digest(2);
		assert_ok!(
			in_block(Key::Dave, Call::<Runtime>::object { id, digest }),
			Ok(())
		);
		assert_ok!(act_of_two(Call::<Runtime>::decide {
			id,
			decision: Decision::Rejected,
			reason: digest,
		}));
		assert_ok!(in_block(Key::Dave, Call::<Runtime>::pay { id }), Ok(()));
		assert_eq!(penalty(id).status, Status::Paid);
		let (account, amount) = (dave(), 1);
		assert!(in_pool(Key::Dave, Call::<Runtime>::pay_debt { account, amount }).is_ok());
		assert!(in_pool(Key::Dave, Call::<Runtime>::finalise { id }).is_err());
	});
}

#[test]
fn two_officers_set_the_windows_and_no_value_takes_the_right_to_object_away() {
	use dynamic_params::sanctions::{ObjectionDays, Parameters};
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		let set = |days| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Sanctions(Parameters::ObjectionDays(ObjectionDays, Some(days))),
		};
		assert_noop!(
			act(first_supervisor(), set(0)),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(set(0)));
		let id = propose_penalty(dave(), PenaltySanction::Warning);
		let record = penalty(id);
		assert!(record.object_until > record.proposed_on);
	});
}

#[test]
fn two_officers_set_what_a_default_costs() {
	use dynamic_params::sanctions::{DefaultFine, Parameters};
	journey(|| {
		let set = |bps| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::Sanctions(Parameters::DefaultFine(DefaultFine, Some(bps))),
		};
		assert_ok!(act_of_two(set(0)));
		hypothetically!({
			let_eve_default();
			assert_eq!(penalty(PenaltyId(0)).sanction, PenaltySanction::Warning);
		});
		assert_ok!(act_of_two(set(u32::MAX)));
		let_eve_default();
		assert_eq!(penalty(PenaltyId(0)).sanction.fine(), VALUE);
	});
}
