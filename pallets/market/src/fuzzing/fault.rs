//! Faults that a pallet could have, for the test of the test: a walk over a market with one of them has to find it.
//!
//! A fault leaves behind, after a step, the state that a pallet with the fault would leave. A walk looks at nothing but that state and
//! the events, so that the pallet itself needs no switches for it.

use crate::{
	mock::{AccountId, Heard, Test, ALICE, BOB},
	Event, Funds, LevelOf, Levels, Markets, NextExpiry, PageOf, Side, Sweep, TradingAccountOf,
	TradingAccounts,
};
use alloc::{format, string::String, vec::Vec};
use carbon_matching::{LevelKey, Tick};
use carbon_primitives::{AssetId, Balance, Price, Tonnes};
use core::str::FromStr;

/// What is wrong with the market.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
	/// Who cancels a buy order gets a fen too little back.
	FenLost,
	/// What a cancelled buy order had bound goes to somebody else.
	RefundToAnother,
	/// What a resting buy order binds is not reduced by a fill.
	LockKept,
	/// The count of an account's orders is not reduced when one is cancelled.
	OrderStillCounted,
	/// A seller gets a fen for each tonne more than the price, and the buyer pays it.
	PriceMissed,
	/// The fee of a fill is not counted among those of the market.
	FeeForgotten,
	/// A deposit counts twice.
	DepositDoubled,
	/// A withdrawal leaves the trading account as it is.
	WithdrawalFree,
	/// Of two orders at a price the newer one trades first.
	PriorityLost,
	/// A price level stays behind when its last order is cancelled.
	LevelLeftBehind,
	/// An order is cancelled without a word.
	CancelUnheard,
	/// The sweep forgets whose orders are to leave.
	SweepForgotten,
	/// The end of an order is not noted.
	ExpiryForgotten,
	/// A call that is refused leaves a trace.
	RefusalTraced,
	/// What an agreement has paid stays pledged.
	PledgeKept,
	/// Nobody is told of the latest trades.
	TradesUntold,
	/// A deposit leaves other limits of orders on the account than there are.
	LimitsNotCopied,
}

impl Fault {
	/// All of them.
	pub const ALL: [Self; 17] = [
		Self::FenLost,
		Self::RefundToAnother,
		Self::LockKept,
		Self::OrderStillCounted,
		Self::PriceMissed,
		Self::FeeForgotten,
		Self::DepositDoubled,
		Self::WithdrawalFree,
		Self::PriorityLost,
		Self::LevelLeftBehind,
		Self::CancelUnheard,
		Self::SweepForgotten,
		Self::ExpiryForgotten,
		Self::RefusalTraced,
		Self::PledgeKept,
		Self::TradesUntold,
		Self::LimitsNotCopied,
	];

	/// Do what the pallet would have done in a step with these events if it had the fault.
	pub(super) fn strike(self, events: &mut Vec<Event<Test>>, is_refused: bool) {
		if self == Self::RefusalTraced && is_refused {
			Markets::<Test>::mutate_extant(crate::mock::ASSET, |market| market.today.bar.block.value += 1);
		}
		if self == Self::TradesUntold {
			Heard::mutate(Vec::pop);
		}
		if self == Self::CancelUnheard {
			events.retain(|event| !matches!(event, Event::OrderCancelled { .. }));
		}
		for event in events.iter() {
			match event {
				Event::OrderCancelled {
					asset,
					owner,
					released,
					order,
					..
				} => {
					let level = LevelKey {
						side: order.side(),
						tick: order.tick(),
					};
					self.strike_cancelled(*asset, *owner, *released, level);
				}
				Event::OrderFilled {
					asset,
					maker,
					taker,
					taker_side,
					price,
					tonnes,
					maker_fee,
					taker_fee,
					..
				} => {
					let [buyer, seller] = match taker_side {
						Side::Buy => [taker, maker],
						Side::Sell => [maker, taker],
					};
					match self {
						Self::LockKept if *taker_side == Side::Sell => change(*maker, |account| {
							account.cash_locked += price.value_of(*tonnes);
						}),
						Self::PriceMissed => pay(*buyer, *seller, tonnes.0.into()),
						Self::FeeForgotten => Markets::<Test>::mutate_extant(asset, |market| {
							market.fees = market.fees.saturating_sub(maker_fee + taker_fee);
						}),
						_ => {}
					}
				}
				Event::OrderPlaced {
					asset,
					side,
					price,
					order: Some(_),
					..
				} => self.strike_rested(*asset, *side, *price),
				Event::PledgePaid {
					from,
					funds: Funds::Cash { amount },
					..
				} if self == Self::PledgeKept => change(*from, |account| account.cash_pledged += amount),
				Event::Deposited { who, .. } if self == Self::LimitsNotCopied => change(*who, |account| {
					account.limits.buys_blocked = !account.limits.buys_blocked;
				}),
				Event::Deposited { who, funds } if self == Self::DepositDoubled => add(*who, *funds),
				Event::Withdrawn { who, funds } if self == Self::WithdrawalFree => add(*who, *funds),
				_ => {}
			}
		}
		match self {
			Self::SweepForgotten => Sweep::<Test>::kill(),
			Self::ExpiryForgotten => NextExpiry::<Test>::kill(),
			_ => {}
		}
	}

	fn strike_cancelled(self, asset: AssetId, owner: AccountId, released: Funds, level: LevelKey) {
		match (self, released) {
			(Self::FenLost, Funds::Cash { .. }) => change(owner, |account| {
				account.cash_free = account.cash_free.saturating_sub(1);
			}),
			(Self::RefundToAnother, Funds::Cash { amount }) => {
				let other = if owner == ALICE { BOB } else { ALICE };
				pay(owner, other, amount);
			}
			(Self::OrderStillCounted, _) => change(owner, |account| {
				for position in account
					.positions
					.iter_mut()
					.filter(|position| position.asset == asset)
				{
					position.orders += 1;
				}
			}),
			(Self::LevelLeftBehind, _) if !Levels::<Test>::contains_key(asset, level) => {
				let open = PageOf::<AccountId> {
					serial: 1,
					prev: None,
					next: None,
					given: 1,
					live: 0,
					orders: Default::default(),
				};
				Levels::<Test>::insert(asset, level, LevelOf { first: None, open });
			}
			_ => {}
		}
	}

	fn strike_rested(self, asset: AssetId, side: Side, price: Price) {
		if self != Self::PriorityLost {
			return;
		}
		let tick = Tick::try_from(price.0).unwrap_or_default();
		Levels::<Test>::mutate_exists(asset, LevelKey { side, tick }, |level| {
			if let Some(level) = level {
				level.open.orders.as_mut().rotate_right(1);
			}
		});
	}
}

impl FromStr for Fault {
	type Err = String;

	fn from_str(name: &str) -> Result<Self, String> {
		let found = Self::ALL.into_iter().find(|fault| format!("{fault:?}") == name);
		found.ok_or_else(|| format!("there is no fault {name}; there are {:?}", Self::ALL))
	}
}

/// Change the trading account of `who`, if there is one.
fn change(who: AccountId, change: impl FnOnce(&mut TradingAccountOf<Test>)) {
	TradingAccounts::<Test>::mutate_extant(who, change);
}

/// Let `who` have `funds` that nobody gave.
fn add(who: AccountId, funds: Funds) {
	change(who, |account| match funds {
		Funds::Cash { amount } => account.cash_free += amount,
		Funds::Allowances { asset, tonnes } => {
			for position in account
				.positions
				.iter_mut()
				.filter(|position| position.asset == asset)
			{
				position.free = Tonnes(position.free.0 + tonnes.0);
			}
		}
	});
}

/// Move cash where the books stay balanced.
fn pay(from: AccountId, to: AccountId, amount: Balance) {
	let has = TradingAccounts::<Test>::get(from).map_or(0, |account| account.cash_free);
	if has > amount && TradingAccounts::<Test>::contains_key(to) {
		change(from, |account| account.cash_free -= amount);
		change(to, |account| account.cash_free += amount);
	}
}
