//! The trading day of a market with sessions, as in the Chinese national scheme.

use crate::env::*;
use carbon_primitives::{AssetId, Balance, HaltScope, Moment, Price, Tonnes};
use carbon_runtime::{
	configs::{TreasuryAccount, CNY},
	AccountId, Balances, Market, Runtime, RuntimeEvent, System,
};
use frame_support::{assert_noop, assert_ok};
use pallet_market::{
	Bar, Calendar, Day, Error, Event, FeeRates, Funds, Hours, MarketParams, MarketPhase, MarketStatus,
	NewOrder, OrderKind, Session, Side, TradeKind, Volume,
};
use pallet_regulator::Call as Regulator;

type Call = pallet_market::Call<Runtime>;
type AllowanceCall = pallet_allowance::Call<Runtime>;

const ASSET: AssetId = YEAR.0 as AssetId;

/// Wednesday, 15 November 2023: the local day on which a journey begins.
const WEDNESDAY: Day = Day(19_676);
const THURSDAY: Day = Day(19_677);
const FRIDAY: Day = Day(19_678);
const MONDAY: Day = Day(19_681);

/// Orders are collected from 09:15 on and trade from 09:30 to 11:30 and from 13:00 to 15:00, on working days, in UTC+8.
fn chinese_hours() -> Calendar {
	let sessions = [(9 * 60 + 30, 11 * 60 + 30), (13 * 60, 15 * 60)]
		.map(|(opens, closes)| Session { opens, closes })
		.to_vec();
	Calendar {
		utc_offset: 8 * 60,
		hours: Hours::Sessions {
			sessions: sessions.try_into().expect("two fit"),
			auction: 15,
		},
		..Default::default()
	}
}

/// A band of 10 %, T+1, and fees of 1 and 2 basis points.
fn rules() -> MarketParams {
	MarketParams {
		price_min: Price(1_000),
		price_max: Price(16_000),
		band_bps: Some(1_000),
		resale_next_day: true,
		fees: FeeRates {
			maker_ppm: 100,
			taker_ppm: 200,
		},
		..market_rules()
	}
}

/// A local time of a day.
fn at(day: Day, hour: u64, minute: u64) -> Moment {
	chinese_hours().start_of(day) + (hour * 60 + minute) * 60_000
}

/// Dave has money on the trading ledger; Eve has 100 t and the authority's seller 200 t. Dave was allocated 300 t besides.
fn open(params: MarketParams) {
	assert_ok!(regulator(open_period(1_000)));
	assert_ok!(regulator(AllowanceCall::enrol {
		year: YEAR,
		entities: vec![dave(), eve()].try_into().expect("fits"),
	}));
	assert_ok!(regulator(AllowanceCall::allocate {
		year: YEAR,
		allocations: vec![(dave(), Tonnes(300)), (eve(), Tonnes(500))]
			.try_into()
			.expect("fits"),
	}));
	assert_ok!(regulator(AllowanceCall::issue_for_sale {
		year: YEAR,
		seller: seller(),
		tonnes: Tonnes(200)
	}));
	assert_ok!(regulator(Call::create_market {
		asset: ASSET,
		params,
		reference: Price(8_000),
		calendar: chinese_hours(),
	}));
	let amount = 1_000_000 * CNY;
	assert_ok!(signed(
		dave(),
		Call::deposit {
			funds: Funds::Cash { amount }
		}
	));
	for (who, tonnes) in [(eve(), 100), (seller(), 200)] {
		let funds = units(tonnes);
		assert_ok!(signed(who, Call::deposit { funds }));
	}
}

fn units(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: ASSET,
		tonnes: Tonnes(tonnes),
	}
}

fn place(order: NewOrder) -> Call {
	Call::place_order { asset: ASSET, order }
}

fn limit(side: Side, price: u64, tonnes: u64) -> Call {
	place(limit_order(side, price, tonnes))
}

fn of_kind(kind: OrderKind, side: Side, price: u64, tonnes: u64) -> NewOrder {
	NewOrder {
		kind,
		..limit_order(side, price, tonnes)
	}
}

fn phase() -> MarketPhase {
	status().phase
}

fn status() -> MarketStatus {
	Market::market_status(ASSET).expect("there is a market")
}

/// Tonnes of `who` on the trading ledger: free, and bound by orders.
fn tonnes_of(who: AccountId) -> (u64, u64) {
	Market::trading_account(who)
		.positions
		.first()
		.map_or((0, 0), |position| (position.free.0, position.locked.0))
}

/// Price and volume of the latest auction.
fn last_auction() -> Option<(Option<u64>, u128)> {
	last_event(|event| match event {
		RuntimeEvent::Market(Event::AuctionEnded { price, tonnes, .. }) => {
			Some((price.map(|price| price.0), tonnes))
		}
		_ => None,
	})
}

/// The bar of the latest day that has ended, and the reference price of the next one.
fn last_day() -> (Bar, u64) {
	last_event(|event| match event {
		RuntimeEvent::Market(Event::DayEnded { bar, new_value, .. }) => Some((bar, new_value.0)),
		_ => None,
	})
	.expect("a day has ended")
}

/// What all trades so far have cost both sides.
fn fees_paid() -> Balance {
	System::events()
		.into_iter()
		.map(|record| match record.event {
			RuntimeEvent::Market(Event::OrderFilled {
				maker_fee, taker_fee, ..
			}) => maker_fee + taker_fee,
			RuntimeEvent::Market(Event::OrdersMatched {
				buyer_fee,
				seller_fee,
				..
			}) => buyer_fee + seller_fee,
			_ => 0,
		})
		.sum()
}

/// Collect orders on Wednesday morning: 50 t at 7,900 and 40 t at 8,000 are offered, 60 t at 8,050 are wanted.
fn collect_orders() {
	assert_noop!(
		signed(dave(), limit(Side::Buy, 8_050, 60)),
		Error::<Runtime>::MarketClosed
	);
	block_at(at(WEDNESDAY, 9, 15));
	assert_eq!(phase(), MarketPhase::CallAuction);
	let impatient = place(of_kind(OrderKind::ImmediateOrCancel, Side::Buy, 8_050, 60));
	assert_noop!(signed(dave(), impatient), Error::<Runtime>::AuctionCollecting);
	assert_ok!(signed(dave(), limit(Side::Buy, 8_050, 60)));
	assert_ok!(signed(eve(), limit(Side::Sell, 7_900, 50)));
	assert_ok!(signed(seller(), limit(Side::Sell, 8_000, 40)));
	block_at(at(WEDNESDAY, 9, 29));
	assert_eq!(tonnes_of(dave()), (0, 0), "nothing trades before the auction");
}

#[test]
fn a_trading_day_from_the_collection_to_the_closing_price() {
	journey(|| {
		open(rules());
		assert_eq!(phase(), MarketPhase::Closed);
		collect_orders();

		// At 8,000 most trades: 60 t, for one price, of which the buyer offered more and a seller asked for less.
		block_at(at(WEDNESDAY, 9, 30));
		assert_eq!(phase(), MarketPhase::Continuous);
		assert_eq!(last_auction(), Some((Some(8_000), 60)));
		assert_eq!(tonnes_of(dave()), (60, 0));
		assert_eq!((tonnes_of(eve()), tonnes_of(seller())), ((50, 0), (160, 30)));

		// Continuous trading: who names a lower fee than the market's is refused, the others pay it.
		let cheap = NewOrder {
			fee_max: Some(199),
			..limit_order(Side::Buy, 8_000, 10)
		};
		assert_noop!(signed(dave(), place(cheap)), Error::<Runtime>::FeeAboveMax);
		let before = Market::trading_account(dave()).cash_free;
		let fair = NewOrder {
			fee_max: Some(200),
			..cheap
		};
		assert_ok!(signed(dave(), place(fair)));
		// 0.02 % of 80,000 fen are 16.
		assert_eq!(before - Market::trading_account(dave()).cash_free, 80_000 + 16);
		assert_noop!(
			signed(dave(), limit(Side::Buy, 8_801, 1)),
			Error::<Runtime>::PriceOutsideBand
		);

		// What was bought today is neither sold nor taken away today.
		assert_noop!(
			signed(dave(), limit(Side::Sell, 8_500, 1)),
			Error::<Runtime>::BoughtToday
		);
		let withdraw = Call::withdraw { funds: units(70) };
		assert_noop!(signed(dave(), withdraw.clone()), Error::<Runtime>::BoughtToday);

		// Midday: no orders, but cancelling.
		assert_ok!(signed(eve(), limit(Side::Sell, 8_200, 5)));
		block_at(at(WEDNESDAY, 11, 30));
		assert_eq!(phase(), MarketPhase::Closed);
		assert_noop!(
			signed(eve(), limit(Side::Sell, 8_100, 30)),
			Error::<Runtime>::MarketClosed
		);
		assert_ok!(signed(eve(), Call::cancel_all {}));
		next_block();

		block_at(at(WEDNESDAY, 13, 0));
		assert_ok!(signed(eve(), limit(Side::Sell, 8_100, 30)));
		let at_any_price = of_kind(OrderKind::Market, Side::Buy, u64::MAX, 50);
		assert_ok!(signed(dave(), place(at_any_price)));
		assert_eq!(tonnes_of(dave()), (120, 0));

		let totals = Market::day_totals(ASSET, dave());
		assert_eq!(
			(totals.bought.tonnes, totals.sold.tonnes),
			(Tonnes(120), Tonnes(0))
		);
		let latest = Market::last_trades(ASSET)
			.into_iter()
			.map(|trade| (trade.price.0, trade.tonnes.0, trade.kind))
			.collect::<Vec<_>>();
		assert_eq!(
			latest,
			[
				(8_100, 30, TradeKind::Continuous),
				(8_000, 20, TradeKind::Continuous),
				(8_000, 10, TradeKind::Continuous),
				(8_000, 10, TradeKind::Auction),
				(8_000, 50, TradeKind::Auction),
			]
		);

		// The closing price is the average of all: 90 t at 8,000 and 30 t at 8,100.
		block_at(at(WEDNESDAY, 15, 0));
		assert_eq!(phase(), MarketPhase::Closed);
		let (bar, reference) = last_day();
		assert_eq!((bar.day, reference), (WEDNESDAY, 8_025));
		let traded = Volume {
			tonnes: Tonnes(120),
			value: 90 * 8_000 + 30 * 8_100,
		};
		assert_eq!((bar.listed, bar.block), (traded, Volume::default()));
		let days = Market::bars(ASSET, WEDNESDAY, 10);
		assert_eq!(days.len(), 1);
		assert_eq!((days[0].bar, days[0].close), (bar, Some(Price(reference))));

		// The next day has another band, and what was bought yesterday can be sold.
		block_at(at(THURSDAY, 9, 30));
		let status = status();
		assert_eq!((status.price_min, status.price_max), (Price(7_223), Price(8_827)));
		assert_noop!(
			signed(dave(), limit(Side::Sell, 8_828, 1)),
			Error::<Runtime>::PriceOutsideBand
		);
		assert_ok!(signed(dave(), limit(Side::Sell, 8_827, 50)));
		assert_ok!(signed(dave(), withdraw));

		// Anybody may bring the fees to the treasury.
		let fees = fees_paid();
		assert!(fees > 0);
		assert_ok!(signed(seller(), Call::collect_fees { asset: ASSET }));
		assert_eq!(Balances::free_balance(TreasuryAccount::get()), fees);
	});
}

#[test]
fn a_halt_keeps_orders_collected_and_the_auction_follows_it() {
	journey(|| {
		open(rules());
		collect_orders();
		assert_ok!(act(
			first_supervisor(),
			Regulator::<Runtime>::halt {
				scope: HaltScope::Market(ASSET),
				until: at(WEDNESDAY, 10, 0),
			}
		));
		block_at(at(WEDNESDAY, 9, 30));
		assert_eq!((phase(), last_auction()), (MarketPhase::CallAuction, None));
		assert_noop!(
			signed(dave(), limit(Side::Buy, 8_050, 1)),
			Error::<Runtime>::MarketHalted
		);
		block_at(at(WEDNESDAY, 9, 40));
		assert_ok!(act(
			first_supervisor(),
			Regulator::<Runtime>::resume {
				scope: HaltScope::Market(ASSET)
			}
		));
		block_at(at(WEDNESDAY, 9, 41));
		assert_eq!(phase(), MarketPhase::Continuous);
		assert_eq!(last_auction(), Some((Some(8_000), 60)));
	});
}

#[test]
fn orders_of_whoever_was_suspended_meanwhile_do_not_trade_in_the_auction() {
	journey(|| {
		open(rules());
		collect_orders();
		assert_ok!(act(
			first_supervisor(),
			pallet_participants::Call::<Runtime>::suspend {
				account: eve(),
				reason: digest(1),
			}
		));
		block_at(at(WEDNESDAY, 9, 30));
		// The 40 t of the authority's seller are left.
		assert_eq!(last_auction(), Some((Some(8_000), 40)));
		assert_eq!(tonnes_of(eve()), (100, 0));
	});
}

#[test]
fn a_chain_that_stood_still_over_the_weekend_ends_the_day_and_holds_the_auction() {
	journey(|| {
		open(rules());
		block_at(at(FRIDAY, 9, 30));
		assert_ok!(signed(eve(), limit(Side::Sell, 8_040, 10)));
		assert_ok!(signed(dave(), limit(Side::Buy, 8_040, 10)));
		// The next block comes in the middle of the collection of Monday.
		block_at(at(MONDAY, 9, 20));
		let (bar, reference) = last_day();
		assert_eq!((bar.day, reference), (FRIDAY, 8_040));
		assert_eq!(phase(), MarketPhase::CallAuction);
		assert_ok!(signed(eve(), limit(Side::Sell, 8_000, 10)));
		assert_ok!(signed(dave(), limit(Side::Buy, 8_100, 10)));
		// And the one after that after the opening.
		block_at(at(MONDAY, 10, 0));
		// Any price between the two orders trades as much; the last closing price is among them.
		assert_eq!(last_auction().map(|(_, tonnes)| tonnes), Some(10));
		assert_eq!(status().bar.day, MONDAY);
	});
}

#[test]
fn two_officers_change_the_hours_of_a_market() {
	journey(|| {
		open(rules());
		let around_the_clock = Call::set_calendar {
			asset: ASSET,
			calendar: Calendar::default(),
		};
		assert_noop!(
			act(first_supervisor(), around_the_clock.clone()),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(around_the_clock));
		next_block();
		assert_eq!(phase(), MarketPhase::Continuous);
		assert_ok!(signed(eve(), limit(Side::Sell, 8_000, 1)));
		// It stays open at night.
		block_at(at(THURSDAY, 3, 0));
		assert_eq!(phase(), MarketPhase::Continuous);
	});
}

#[test]
fn a_firm_holds_at_most_so_much_more_than_it_was_allocated_and_its_group_too() {
	type Participants = pallet_participants::Call<Runtime>;
	journey(|| {
		open(MarketParams {
			holding_max: Some(Tonnes(100)),
			..rules()
		});
		block_at(at(WEDNESDAY, 9, 30));
		// Dave holds the 300 t that he was allocated.
		assert_noop!(
			signed(dave(), limit(Side::Buy, 7_500, 101)),
			Error::<Runtime>::HoldingLimitExceeded
		);
		// Orders at rest count.
		assert_ok!(signed(dave(), limit(Side::Buy, 7_500, 60)));
		assert_noop!(
			signed(dave(), limit(Side::Buy, 7_500, 41)),
			Error::<Runtime>::HoldingLimitExceeded
		);
		// In a group with the authority's seller, which was allocated nothing and has 200 t for sale.
		assert_ok!(regulator(Participants::create_group { identity: digest(7) }));
		for account in [dave(), seller()] {
			assert_ok!(regulator(Participants::confirm_group {
				account,
				group: Some(carbon_primitives::GroupId(0))
			}));
		}
		assert_noop!(
			signed(dave(), limit(Side::Buy, 7_500, 1)),
			Error::<Runtime>::GroupHoldingLimitExceeded
		);
	});
}
