//! Negotiated trades of large quantities, from the proposal to the settlement or the default.

use crate::env::*;
use carbon_primitives::{AssetId, Balance, Moment, Price, Service, Tonnes};
use carbon_runtime::{
	configs::{dynamic_params, ProxyType, RuntimeParameters},
	invariants, AccountId, BlockTrades, Market, Runtime, RuntimeEvent, Timestamp,
};
use frame_support::{assert_noop, assert_ok, hypothetically, traits::Time};
use pallet_block_trades::{
	BlockRules, Call, Error, Event, Missing, Stage, Terms, TradeId, TradeView, DAY_MS,
};
use pallet_market::{Funds, Side};
use sp_keyring::Sr25519Keyring as Key;

type MarketCall = pallet_market::Call<Runtime>;
type AllowanceCall = pallet_allowance::Call<Runtime>;
type ParticipantsCall = pallet_participants::Call<Runtime>;

pub const ASSET: AssetId = YEAR.0 as AssetId;
pub const TONNES: u64 = 150_000;
pub const PRICE: u64 = 8_100;
pub const VALUE: Balance = TONNES as Balance * PRICE as Balance;
/// What each side lays down for a later settlement: a fifth of the value.
pub const MARGIN: Balance = VALUE / 5;
pub const HOUR_MS: Moment = 3_600_000;

/// Eve has 500,000 t on the registry ledger, and the market is open.
pub fn open() {
	assert_ok!(regulator(open_period(1_000_000)));
	assert_ok!(regulator(AllowanceCall::enrol {
		year: YEAR,
		entities: vec![dave(), eve()].try_into().expect("fits"),
	}));
	assert_ok!(regulator(AllowanceCall::allocate {
		year: YEAR,
		allocations: one((eve(), Tonnes(500_000))),
	}));
	assert_ok!(regulator(create_market()));
}

pub fn deposit_cash(who: AccountId, amount: Balance) {
	let funds = Funds::Cash { amount };
	assert_ok!(signed(who, MarketCall::deposit { funds }));
}

pub fn deposit_tonnes(who: AccountId, tonnes: u64) {
	let funds = units(tonnes);
	assert_ok!(signed(who, MarketCall::deposit { funds }));
}

pub fn units(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: ASSET,
		tonnes: Tonnes(tonnes),
	}
}

/// Eve sells to Dave; the terms are open for an hour.
pub fn terms(settles_at: Option<Moment>) -> Terms<AccountId> {
	Terms {
		asset: ASSET,
		seller: eve(),
		buyer: dave(),
		tonnes: Tonnes(TONNES),
		price: Price(PRICE),
		expires_at: Timestamp::now() + HOUR_MS,
		settles_at,
	}
}

pub fn propose(who: AccountId, terms: Terms<AccountId>) -> TradeView<AccountId> {
	assert_ok!(signed(who, Call::<Runtime>::propose { terms }));
	let id = last_event(|event| match event {
		RuntimeEvent::BlockTrades(Event::Proposed { id, .. }) => Some(id),
		_ => None,
	});
	BlockTrades::block_trade(id.expect("a proposal has an event")).expect("it waits")
}

pub fn accept(trade: &TradeView<AccountId>) -> Call<Runtime> {
	Call::accept {
		id: trade.id,
		digest: trade.digest,
	}
}

/// Agree on a trade that is settled in two days; each side has laid down its margin and has nothing else on the trading ledger.
pub fn agree_on_later() -> (TradeId, Moment) {
	let settles_at = Timestamp::now() + 2 * DAY_MS;
	for who in [dave(), eve()] {
		deposit_cash(who, MARGIN);
	}
	let trade = propose(eve(), terms(Some(settles_at)));
	assert_ok!(signed(dave(), accept(&trade)));
	assert_eq!((cash(dave()), cash(eve())), ((0, MARGIN), (0, MARGIN)));
	(trade.id, settles_at)
}

/// Cash of `who` on the trading ledger: free, and pledged.
pub fn cash(who: AccountId) -> (Balance, Balance) {
	let account = Market::trading_account(who);
	(account.cash_free, account.cash_pledged)
}

/// Tonnes of `who` on the trading ledger: free, and pledged.
pub fn tonnes(who: AccountId) -> (u64, u64) {
	Market::trading_account(who)
		.positions
		.first()
		.map_or((0, 0), |position| (position.free.0, position.pledged.0))
}

pub fn stage_of(id: TradeId) -> Option<Stage> {
	BlockTrades::block_trade(id).map(|trade| trade.stage)
}

/// Blocks up to the first one that looks at what is due at `moment`. They come an hour apart: a block looks at sixty minutes.
pub fn blocks_until(moment: Moment) {
	let last = moment + 60_000;
	while Timestamp::now() < last {
		block_at(last.min(Timestamp::now() + HOUR_MS));
	}
}

#[test]
fn a_trade_that_both_agree_on_is_settled_at_once() {
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		let trade = propose(eve(), terms(None));
		assert_eq!(tonnes(eve()), (0, TONNES));
		// What is pledged serves neither orders nor withdrawals.
		let sell = MarketCall::place_order {
			asset: ASSET,
			order: limit_order(Side::Sell, 8_000, 1),
		};
		assert_noop!(
			signed(eve(), sell),
			pallet_market::Error::<Runtime>::InsufficientAllowances
		);
		let withdraw = MarketCall::withdraw { funds: units(1) };
		assert_noop!(
			signed(eve(), withdraw),
			pallet_market::Error::<Runtime>::InsufficientAllowances
		);

		assert_noop!(
			signed(dave(), accept(&trade)),
			pallet_market::Error::<Runtime>::InsufficientCash
		);
		deposit_cash(dave(), VALUE);
		let blind = Call::<Runtime>::accept {
			id: trade.id,
			digest: digest(9),
		};
		assert_noop!(signed(dave(), blind), Error::<Runtime>::DigestMismatch);
		assert_ok!(signed(dave(), accept(&trade)));
		assert_eq!((tonnes(dave()), tonnes(eve())), ((TONNES, 0), (0, 0)));
		assert_eq!((cash(dave()), cash(eve())), ((0, 0), (VALUE, 0)));
		assert_eq!(stage_of(trade.id), None);

		// It counts in the statistics, and not among the listed trades.
		let bar = Market::market_status(ASSET).expect("it is open").bar;
		assert_eq!((bar.block.tonnes, bar.block.value), (Tonnes(TONNES), VALUE));
		assert_eq!((bar.listed.tonnes, bar.prices), (Tonnes(0), None));
		assert_eq!(Market::best_prices(ASSET).last, None);
	});
}

#[test]
fn a_trade_that_is_settled_later_is_secured_by_margins_and_settled_without_a_call() {
	journey(|| {
		open();
		let (id, settles_at) = agree_on_later();
		deposit_tonnes(eve(), TONNES);
		// The margin counts towards the payment.
		deposit_cash(dave(), VALUE - MARGIN);
		let settle = Call::<Runtime>::settle { id };
		assert_noop!(signed(seller(), settle), Error::<Runtime>::NotDue);
		blocks_until(settles_at);
		assert_eq!(stage_of(id), None);
		assert_eq!((tonnes(dave()), tonnes(eve())), ((TONNES, 0), (0, 0)));
		assert_eq!((cash(dave()), cash(eve())), ((0, 0), (VALUE + MARGIN, 0)));
	});
}

#[test]
fn a_seller_that_does_not_deliver_loses_its_margin_to_the_buyer() {
	journey(|| {
		open();
		let (id, settles_at) = agree_on_later();
		deposit_cash(dave(), VALUE - MARGIN);
		blocks_until(settles_at);
		let Some(Stage::Window { ends_at }) = stage_of(id) else {
			unreachable!("the seller has time to perform");
		};
		assert_noop!(
			signed(dave(), Call::<Runtime>::settle { id }),
			pallet_market::Error::<Runtime>::InsufficientAllowances
		);
		blocks_until(ends_at);
		let defaulted = last_event(|event| match event {
			RuntimeEvent::BlockTrades(Event::Defaulted {
				missing,
				compensation,
				..
			}) => Some((missing, compensation)),
			_ => None,
		});
		assert_eq!(defaulted, Some((Missing::Seller, MARGIN)));
		assert_eq!((cash(dave()), cash(eve())), ((VALUE + MARGIN, 0), (0, 0)));
		assert_eq!(stage_of(id), None);
	});
}

#[test]
fn a_side_that_is_suspended_meanwhile_performs_all_the_same() {
	journey(|| {
		open();
		let (id, settles_at) = agree_on_later();
		deposit_tonnes(eve(), TONNES);
		deposit_cash(dave(), VALUE - MARGIN);
		assert_ok!(act(
			first_supervisor(),
			ParticipantsCall::suspend {
				account: eve(),
				reason: digest(1),
			}
		));
		blocks_until(settles_at);
		assert_eq!(stage_of(id), None);
		assert_eq!((tonnes(dave()), cash(eve())), ((TONNES, 0), (VALUE + MARGIN, 0)));
	});
}

#[test]
fn an_expelled_proposer_gets_its_pledge_out() {
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		let trade = propose(eve(), terms(None));
		assert_ok!(act_of_two(ParticipantsCall::expel {
			account: eve(),
			reason: digest(1),
		}));
		deposit_cash(dave(), VALUE);
		assert_noop!(
			signed(dave(), accept(&trade)),
			pallet_participants::Error::<Runtime>::Expelled
		);
		let withdraw = Call::<Runtime>::withdraw { id: trade.id };
		assert_ok!(in_pool(Key::Eve, withdraw.clone()));
		assert_ok!(in_block(Key::Eve, withdraw), Ok(()));
		let funds = units(TONNES);
		assert_ok!(in_block(Key::Eve, MarketCall::withdraw { funds }), Ok(()));
		assert_eq!(held(YEAR, &eve()), Tonnes(500_000));
	});
}

#[test]
fn where_block_trades_are_restricted_only_the_white_list_makes_them() {
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		assert_ok!(act(
			first_supervisor(),
			ParticipantsCall::restrict_service {
				service: Service::BlockTrading,
				restricted: true,
			}
		));
		let call = Call::<Runtime>::propose { terms: terms(None) };
		assert_noop!(
			signed(eve(), call.clone()),
			pallet_participants::Error::<Runtime>::ServiceRestricted
		);
		for account in [dave(), eve()] {
			assert_ok!(act(
				first_supervisor(),
				ParticipantsCall::set_white_list {
					account,
					open: carbon_primitives::ServiceSet::default().with(Service::BlockTrading),
				}
			));
		}
		assert_ok!(signed(eve(), call));
	});
}

#[test]
fn two_officers_set_the_rules_of_block_trades() {
	journey(|| {
		open();
		deposit_tonnes(eve(), 10);
		let small = Terms {
			tonnes: Tonnes(10),
			..terms(None)
		};
		let call = Call::<Runtime>::propose { terms: small };
		assert_noop!(signed(eve(), call.clone()), Error::<Runtime>::TonnesBelowMin);
		let rules = Call::<Runtime>::set_rules {
			asset: ASSET,
			rules: BlockRules {
				min_tonnes: Tonnes(10),
				..BlockTrades::block_rules(ASSET)
			},
		};
		assert_noop!(
			act(first_supervisor(), rules.clone()),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(rules));
		assert_ok!(signed(eve(), call));
	});
}

#[test]
fn two_officers_set_how_long_proposals_may_wait() {
	use dynamic_params::block_trades::{BlockProposalLifetime, Parameters};
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		let set = |lifetime| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::BlockTrades(Parameters::BlockProposalLifetime(
				BlockProposalLifetime,
				Some(lifetime),
			)),
		};
		assert_noop!(
			act(first_supervisor(), set(HOUR_MS)),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		// Not even zero keeps everybody from proposing: it counts as an hour.
		assert_ok!(act_of_two(set(0)));
		let too_long = Terms {
			expires_at: Timestamp::now() + HOUR_MS + 1,
			..terms(None)
		};
		let call = Call::<Runtime>::propose { terms: too_long };
		assert_noop!(signed(eve(), call), Error::<Runtime>::ExpiryTooFar);
		assert_ok!(signed(eve(), Call::<Runtime>::propose { terms: terms(None) }));
	});
}

#[test]
fn two_officers_set_what_both_sides_lay_down() {
	use dynamic_params::block_trades::{BlockMargin, Parameters};
	journey(|| {
		open();
		deposit_cash(eve(), VALUE);
		let settles_at = Timestamp::now() + 2 * DAY_MS;
		let set = |margin| pallet_parameters::Call::<Runtime>::set_parameter {
			key_value: RuntimeParameters::BlockTrades(Parameters::BlockMargin(BlockMargin, Some(margin))),
		};
		assert_noop!(
			act(first_supervisor(), set(1_000)),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		// Nobody lays down more than the value.
		for (margin, pledged) in [(1_000, VALUE / 10), (u32::MAX, VALUE)] {
			assert_ok!(act_of_two(set(margin)));
			let trade = propose(eve(), terms(Some(settles_at)));
			assert_eq!(cash(eve()), (VALUE - pledged, pledged));
			assert_ok!(signed(eve(), Call::<Runtime>::withdraw { id: trade.id }));
		}
	});
}

#[test]
fn a_buyer_that_may_not_hold_so_much_has_the_window_to_make_room() {
	let with_limit = |tonnes| MarketCall::set_params {
		asset: ASSET,
		params: pallet_market::MarketParams {
			holding_max: Some(Tonnes(tonnes)),
			..market_rules()
		},
	};
	journey(|| {
		open();
		let (id, settles_at) = agree_on_later();
		deposit_tonnes(eve(), TONNES);
		deposit_cash(dave(), VALUE - MARGIN);
		assert_ok!(regulator(with_limit(TONNES - 1)));
		blocks_until(settles_at);
		let opened = last_event(|event| match event {
			RuntimeEvent::BlockTrades(Event::WindowOpened { missing, .. }) => Some(missing),
			_ => None,
		});
		assert_eq!(opened, Some(Missing::Buyer));
		let settle = Call::<Runtime>::settle { id };
		assert_noop!(
			signed(eve(), settle.clone()),
			pallet_market::Error::<Runtime>::HoldingLimitExceeded
		);
		assert_ok!(regulator(with_limit(TONNES)));
		assert_ok!(signed(eve(), settle));
		assert_eq!((tonnes(dave()), cash(dave())), ((TONNES, 0), (0, 0)));
	});
}

#[test]
fn what_a_seller_bought_on_the_day_does_not_serve_to_perform() {
	journey(|| {
		open();
		assert_ok!(regulator(MarketCall::set_params {
			asset: ASSET,
			params: pallet_market::MarketParams {
				resale_next_day: true,
				..market_rules()
			},
		}));
		let (id, settles_at) = agree_on_later();
		// Eve buys at the date what she has sold to Dave.
		deposit_tonnes(eve(), TONNES - 1);
		deposit_cash(dave(), VALUE - MARGIN);
		assert_ok!(regulator(AllowanceCall::issue_for_sale {
			year: YEAR,
			seller: seller(),
			tonnes: Tonnes(1),
		}));
		deposit_tonnes(seller(), 1);
		deposit_cash(eve(), 8_000);
		set_time(settles_at - 10);
		block_at(settles_at - 5);
		for (who, side) in [(seller(), Side::Sell), (eve(), Side::Buy)] {
			let order = limit_order(side, 8_000, 1);
			assert_ok!(signed(who, MarketCall::place_order { asset: ASSET, order }));
		}
		blocks_until(settles_at);
		let settle = Call::<Runtime>::settle { id };
		assert_noop!(
			signed(dave(), settle.clone()),
			pallet_market::Error::<Runtime>::BoughtToday
		);
		block_at(settles_at + DAY_MS - HOUR_MS);
		assert_ok!(signed(dave(), settle));
		assert_eq!(tonnes(dave()), (TONNES, 0));
	});
}

#[test]
fn a_trade_operator_makes_block_trades_for_its_organisation() {
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		let operator: AccountId = Key::One.to_account_id();
		assert_ok!(signed(
			eve(),
			pallet_proxy::Call::<Runtime>::add_proxy {
				delegate: operator.clone().into(),
				proxy_type: ProxyType::Trade,
				delay: 0,
			}
		));
		let call = Call::<Runtime>::propose { terms: terms(None) };
		assert_ok!(signed(
			operator,
			pallet_proxy::Call::<Runtime>::proxy {
				real: eve().into(),
				force_proxy_type: None,
				call: Box::new(call.into()),
			}
		));
		assert_eq!(BlockTrades::block_trades_of(eve()).len(), 1);
	});
}

#[test]
fn the_audit_finds_a_pledge_that_no_block_trade_binds() {
	let violation = || {
		let reports = invariants::check();
		let report = reports.into_iter().find(|report| report.pallet == b"Pledges");
		report.and_then(|report| report.violation)
	};
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		propose(eve(), terms(None));
		assert_eq!(violation(), None);
		let too_much = hypothetically!({
			pallet_market::TradingAccounts::<Runtime>::mutate(eve(), |account| {
				account.as_mut().expect("it has funds").cash_pledged = 1;
			});
			violation()
		});
		assert!(too_much.is_some_and(|sentence| sentence.starts_with(b"pledges 1:")));
		let nothing = hypothetically!({
			pallet_market::TradingAccounts::<Runtime>::remove(eve());
			violation()
		});
		assert!(nothing.is_some_and(|sentence| sentence.starts_with(b"pledges 2:")));
	});
}
