//! The steps of a walk, and how bytes become steps.

use crate::{
	mock::{AccountId, ALICE, ASSET, BOB, CHARLIE, CLOSED, OTHER, POOR, STRANGER, TONNES},
	Calendar, Day, FeeRates, Funds, Hours, MarketParams, NewOrder, OrderKind, SelfTrade, Session, Side,
};
use alloc::{vec, vec::Vec};
use carbon_primitives::{AssetId, Balance, GroupId, Moment, Price, Tonnes, TradingLimits};

/// How many bytes become one step. Each step has as many, whatever it is: so a step can be left out, copied or moved without another
/// one becoming something else, which is what mutating and minimising a walk come down to.
pub const STEP_BYTES: usize = 32;

const MINUTE: Moment = 60_000;
const HOUR: Moment = 60 * MINUTE;
const DAY: Moment = 24 * HOUR;

/// When a walk begins, in milliseconds since the Unix epoch: a Monday in UTC+8, five minutes before markets open at nine.
pub(super) const BEGINNING: Moment = 20_598 * DAY + 55 * MINUTE;

/// What is done to the market. Moments are given from the moment of the step on, in milliseconds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
	/// The regulator opens a market.
	CreateMarket {
		/// For which asset.
		asset: AssetId,
	},
	/// Place an order.
	Place {
		/// Who.
		who: AccountId,
		/// In which market.
		asset: AssetId,
		/// The order. Its date counts from now on.
		order: NewOrder,
	},
	/// Replace an order.
	Replace {
		/// The order.
		order: Pick,
		/// Who; none is its owner.
		by: Option<AccountId>,
		/// The new price, in fen per tonne; none is the one that it has.
		price: Option<u64>,
		/// The new quantity, in tonnes.
		tonnes: u64,
		/// How many others it may meet.
		meet_max: Option<u8>,
	},
	/// Cancel and place orders together.
	Batch {
		/// Who.
		who: AccountId,
		/// In which market.
		asset: AssetId,
		/// The orders to cancel.
		cancels: Vec<Pick>,
		/// The orders to place. Their dates count from now on.
		orders: Vec<NewOrder>,
	},
	/// Cancel an order. Where its owner does it, it has to succeed, whatever has happened before.
	Cancel {
		/// The order.
		order: Pick,
		/// Who; none is its owner.
		by: Option<AccountId>,
	},
	/// Cancel all orders of a participant.
	CancelAll {
		/// Whose.
		who: AccountId,
	},
	/// Move funds to the trading account.
	Deposit {
		/// Whose.
		who: AccountId,
		/// What.
		funds: Funds,
	},
	/// Move funds to the registry account.
	Withdraw {
		/// Whose.
		who: AccountId,
		/// What.
		funds: Funds,
	},
	/// The regulator takes orders out of a book.
	ForceCancel {
		/// From which book.
		asset: AssetId,
		/// The orders.
		orders: Vec<Pick>,
	},
	/// The regulator moves funds to the registry account.
	ForceWithdraw {
		/// Whose.
		who: AccountId,
		/// What.
		funds: Funds,
	},
	/// The regulator changes the rules of a market.
	SetParams {
		/// Of which market.
		asset: AssetId,
		/// The rules.
		params: MarketParams,
	},
	/// The regulator changes when a market trades.
	SetCalendar {
		/// Of which market.
		asset: AssetId,
		/// The calendar.
		calendar: Calendar,
	},
	/// Somebody has the fees of a market sent to the treasury.
	CollectFees {
		/// Of which market.
		asset: AssetId,
	},
	/// An agreement outside of the order book pledges funds.
	Pledge {
		/// Whose.
		who: AccountId,
		/// What.
		funds: Funds,
	},
	/// An agreement releases pledged funds.
	Release {
		/// Whose.
		who: AccountId,
		/// What.
		funds: Funds,
	},
	/// An agreement pays pledged funds to somebody.
	Pay {
		/// Whose.
		from: AccountId,
		/// To whom.
		to: AccountId,
		/// What.
		funds: Funds,
	},
	/// Two participants trade outside of the order book: both legs are pledged and delivered, or nothing is.
	Deliver {
		/// What is traded.
		asset: AssetId,
		/// Who sells.
		seller: AccountId,
		/// Who buys.
		buyer: AccountId,
		/// Price, in fen per tonne.
		price: u64,
		/// How many tonnes.
		tonnes: u64,
	},
	/// A participant's right to trade changes.
	Right {
		/// Whose.
		who: AccountId,
		/// The right.
		right: Right,
	},
	/// A participant joins a group, or leaves the one that it is in.
	Join {
		/// Who.
		who: AccountId,
		/// The group.
		group: Option<GroupId>,
	},
	/// What the orders of a participant are limited to changes.
	Limit {
		/// Whose.
		who: AccountId,
		/// The limits.
		limits: TradingLimits,
	},
	/// The registry allocates tonnes of the first asset, which may be held beyond the holding limit.
	Allocate {
		/// To whom.
		who: AccountId,
		/// How many.
		tonnes: u64,
	},
	/// Trading is halted, or a halt is lifted.
	Halt {
		/// What is halted.
		halt: Halt,
		/// For how long; none lifts the halt.
		ms: Option<Moment>,
	},
	/// A new block begins: time passes, and the hooks do what they have weight for.
	Block {
		/// How much time passes.
		wait: Wait,
		/// How many markets the first hook has the weight to advance; none is as many as are due.
		markets: Option<u8>,
		/// How many pages the idle hook has the weight to sweep; none is as many as it may.
		pages: Option<u8>,
	},
}

/// How long it takes until a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wait {
	/// So many milliseconds.
	Ms(Moment),
	/// Until the time of the day at which the walk began: shortly before markets open.
	Morning,
}

impl Wait {
	/// When it ends if it begins at `now`.
	pub(super) const fn end(self, now: Moment) -> Moment {
		match self {
			Self::Ms(ms) => now + ms,
			Self::Morning => now + DAY - (now - BEGINNING) % DAY,
		}
	}
}

/// An order that a step is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pick {
	/// The one with this number among those that rest, modulo how many there are.
	Resting(u8),
	/// The one with this number among all that ever rested, modulo how many there are: most likely it has gone.
	Ever(u8),
}

/// A right to trade that a step gives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Right {
	/// It does not end.
	Lasting,
	/// It ends after so many milliseconds.
	For(Moment),
	/// There is none.
	Withdrawn,
	/// There is none, and nothing may be taken out either.
	BlackListed,
}

/// What a step halts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Halt {
	/// One market.
	Market(AssetId),
	/// An asset and its market.
	Asset(AssetId),
	/// All trading.
	Trading,
}

/// The steps that `bytes` are, a record of [`STEP_BYTES`] each; the last record may be shorter.
pub fn steps(bytes: &[u8]) -> Vec<Step> {
	bytes
		.chunks(STEP_BYTES)
		.map(|record| Bytes(record).step())
		.collect()
}

/// The calendar with which a walk begins: orders are collected at first, and days are long, since steps are better spent in them.
pub(super) fn first_calendar() -> Calendar {
	Calendar {
		utc_offset: 8 * 60,
		weekdays: 0b0111_1111,
		hours: hours(&[(9, 12), (13, 23)], 60),
		..Default::default()
	}
}

/// Sessions between full hours, after an auction of so many minutes.
fn hours(sessions: &[(u16, u16)], auction: u16) -> Hours {
	let sessions: Vec<_> = sessions
		.iter()
		.map(|(opens, closes)| Session {
			opens: opens * 60,
			closes: closes * 60,
		})
		.collect();
	Hours::Sessions {
		sessions: sessions.try_into().unwrap_or_default(),
		auction,
	}
}

/// What is left of a record. Where it has run out, it goes on with zeros.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
	fn byte(&mut self) -> u8 {
		let Some((first, rest)) = self.0.split_first() else {
			return 0;
		};
		self.0 = rest;
		*first
	}

	/// A number below `end`, which is at most 65,536.
	fn below(&mut self, end: u64) -> u64 {
		let byte = u64::from(self.byte());
		match end {
			0..=256 => byte % end.max(1),
			_ => (byte << 8 | u64::from(self.byte())) % end,
		}
	}

	fn one_of<T: Clone>(&mut self, choice: &[T]) -> T {
		let at = usize::from(self.byte()) % choice.len();
		choice[at].clone()
	}

	/// `Some` in one of `times` cases.
	fn rarely<T>(&mut self, times: u64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
		(self.below(times) == times - 1).then(|| make(self))
	}

	fn step(&mut self) -> Step {
		match self.below(64) {
			0..=15 => Step::Place {
				who: self.who(),
				asset: self.asset(),
				order: self.order(),
			},
			16..=19 => self.agreement(),
			20..=25 => self.batch(),
			26..=30 => Step::Replace {
				order: self.pick(),
				by: self.rarely(8, Self::who),
				price: self.rarely(2, Self::price),
				tonnes: self.tonnes(),
				meet_max: self.rarely(4, |bytes| bytes.below(3) as u8),
			},
			31..=36 => Step::Cancel {
				order: self.pick(),
				by: self.rarely(4, Self::who),
			},
			37 => Step::CancelAll { who: self.who() },
			38..=40 => Step::Deposit {
				who: self.who(),
				funds: self.funds(),
			},
			41..=42 => Step::Withdraw {
				who: self.who(),
				funds: self.funds(),
			},
			43..=45 => self.regulators_step(),
			46..=47 => Step::SetParams {
				asset: self.asset(),
				params: self.params(),
			},
			48..=49 => Step::SetCalendar {
				asset: self.asset(),
				calendar: self.calendar(),
			},
			50 => Step::CollectFees { asset: self.asset() },
			51..=52 => Step::Right {
				who: self.who(),
				right: self.right(),
			},
			53 => match self.below(5) {
				3.. => Step::Limit {
					who: self.who(),
					limits: self.limits(),
				},
				0 => Step::Allocate {
					who: self.who(),
					tonnes: self.one_of(&[0, 100, 10_000]),
				},
				_ => Step::Join {
					who: self.who(),
					group: self.rarely(2, |bytes| GroupId(bytes.below(2) as u32)),
				},
			},
			54..=55 => self.halt(),
			_ => Step::Block {
				wait: self
					.rarely(6, |_| Wait::Morning)
					.unwrap_or_else(|| Wait::Ms(self.delay())),
				markets: self.rarely(3, |bytes| bytes.below(4) as u8),
				pages: self.rarely(2, |bytes| bytes.below(3) as u8),
			},
		}
	}

	fn batch(&mut self) -> Step {
		let (who, asset) = (self.who(), self.asset());
		let cancels = (0..self.below(3)).map(|_| self.pick()).collect();
		let orders: Vec<_> = (0..self.below(4)).map(|_| self.order()).collect();
		// Pages of price levels fill up only where many orders come at one price.
		let times = usize::from(self.one_of(&[1_u8, 1, 1, 2, 12]));
		Step::Batch {
			who,
			asset,
			cancels,
			orders: vec![orders; times].concat(),
		}
	}

	fn regulators_step(&mut self) -> Step {
		match self.below(3) {
			0 => Step::CreateMarket { asset: self.asset() },
			1 => Step::ForceCancel {
				asset: self.asset(),
				orders: (0..self.below(4)).map(|_| self.pick()).collect(),
			},
			_ => Step::ForceWithdraw {
				who: self.who(),
				funds: self.funds(),
			},
		}
	}

	fn agreement(&mut self) -> Step {
		match self.below(8) {
			0..=2 => Step::Pledge {
				who: self.who(),
				funds: self.pledge(),
			},
			3 => Step::Release {
				who: self.who(),
				funds: self.pledge(),
			},
			4..=5 => Step::Pay {
				from: self.who(),
				to: self.participant(),
				funds: self.pledge(),
			},
			_ => Step::Deliver {
				asset: self.asset(),
				seller: self.who(),
				buyer: self.participant(),
				price: self.price(),
				tonnes: self.tonnes(),
			},
		}
	}

	fn limits(&mut self) -> TradingLimits {
		TradingLimits {
			order_max: self.rarely(2, |bytes| Tonnes(bytes.below(8))),
			orders_max: self.rarely(2, |bytes| bytes.below(4) as u32),
			buys_blocked: self.rarely(3, |_| ()).is_some(),
		}
	}

	fn who(&mut self) -> AccountId {
		match self.byte() {
			255 => STRANGER,
			240..=254 => POOR,
			byte => [ALICE, BOB, CHARLIE][usize::from(byte % 3)],
		}
	}

	/// Whoever agrees on trades is a participant.
	fn participant(&mut self) -> AccountId {
		match self.who() {
			STRANGER => ALICE,
			who => who,
		}
	}

	fn asset(&mut self) -> AssetId {
		match self.byte() {
			254.. => CLOSED,
			200..=253 => OTHER,
			_ => ASSET,
		}
	}

	fn pick(&mut self) -> Pick {
		match (self.byte(), self.byte()) {
			(0..=223, at) => Pick::Resting(at),
			(_, at) => Pick::Ever(at),
		}
	}

	/// A price around which most orders are, or a far one.
	fn price(&mut self) -> u64 {
		match self.byte() {
			byte @ 0..=239 => 95 + u64::from(byte % 10),
			_ => self.one_of(&[0, 1, 50, 90, 110, 200, 16_000, 1 << 24, u64::MAX]),
		}
	}

	fn tonnes(&mut self) -> u64 {
		match self.byte() {
			byte @ 0..=234 => u64::from(byte % 9) + 1,
			byte @ 235..=249 => u64::from(byte - 230) * 5,
			_ => self.one_of(&[0, 7, 100_000, 100_001, u64::MAX]),
		}
	}

	fn delay(&mut self) -> Moment {
		let short = [0, 1, 2, 5, 20, 40, MINUTE];
		let long = [15 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, DAY];
		match self.below(8) {
			0..=4 => self.one_of(&short),
			_ => self.one_of(&long),
		}
	}

	fn order(&mut self) -> NewOrder {
		let self_trades = [
			SelfTrade::CancelTaker,
			SelfTrade::CancelMaker,
			SelfTrade::CancelBoth,
			SelfTrade::Decrement,
		];
		let shape = self.byte();
		let kind = match shape >> 1 & 15 {
			0 => OrderKind::ImmediateOrCancel,
			1 => OrderKind::FillOrKill,
			2 => OrderKind::PostOnly,
			3 => OrderKind::Market,
			_ => OrderKind::GoodTillCancelled,
		};
		NewOrder {
			side: if shape & 1 == 0 { Side::Buy } else { Side::Sell },
			price: Price(self.price()),
			tonnes: Tonnes(self.tonnes()),
			kind,
			expires: self
				.rarely(4, Self::delay)
				.filter(|_| kind.may_rest() || shape > 127),
			self_trade: self_trades[usize::from(shape >> 5 & 3)],
			fee_max: self.rarely(12, |bytes| bytes.one_of(&[0, 2_500])),
			meet_max: self.rarely(4, |bytes| bytes.below(4) as u8),
		}
	}

	fn funds(&mut self) -> Funds {
		match self.byte() {
			byte @ 0..=99 => Funds::Cash {
				amount: Balance::from(byte) * 50,
			},
			100..=109 => Funds::Cash {
				amount: self.one_of(&[1_000_000_000, 999_999_999, Balance::MAX]),
			},
			_ => Funds::Allowances {
				asset: self.asset(),
				tonnes: Tonnes(self.tonnes()),
			},
		}
	}

	/// Mostly the same funds, so that what is paid or released is what was pledged.
	fn pledge(&mut self) -> Funds {
		let small = [
			Funds::Cash { amount: 70 },
			Funds::Allowances {
				asset: ASSET,
				tonnes: Tonnes(5),
			},
		];
		self.rarely(4, Self::funds).unwrap_or_else(|| self.one_of(&small))
	}

	fn right(&mut self) -> Right {
		match self.byte() {
			0..=149 => Right::Lasting,
			150..=199 => Right::For(self.delay()),
			200..=249 => Right::Withdrawn,
			250.. => Right::BlackListed,
		}
	}

	fn halt(&mut self) -> Step {
		let asset = self.asset();
		Step::Halt {
			halt: self.one_of(&[Halt::Market(asset), Halt::Asset(asset), Halt::Trading]),
			ms: self.rarely(2, Self::delay),
		}
	}

	fn params(&mut self) -> MarketParams {
		let tick = self.rarely(4, |bytes| bytes.one_of(&[5, 0])).unwrap_or(1);
		let lot = self.rarely(8, |_| 2).unwrap_or(1);
		let lowest = tick * self.one_of(&[1, 1, 10, 19]);
		MarketParams {
			tick: Price(tick),
			lot: Tonnes(lot),
			order_min: Tonnes(lot * self.one_of(&[1, 1, 3])),
			order_max: Tonnes(lot * self.one_of(&[50_000, 50_000, 20])),
			orders_max: self.one_of(&[100_000, 100_000, 8, 2]),
			price_min: Price(lowest),
			price_max: Price(lowest + tick * self.one_of(&[3_000, 3_000, 100, 16_128])),
			band_bps: self.one_of(&[None, None, Some(300), Some(2_000)]),
			resale_next_day: self.below(2) == 1,
			// What is on the registry ledger counts.
			holding_max: self
				.rarely(2, |bytes| bytes.one_of(&[TONNES + 20, 2 * TONNES + 30, 100]))
				.map(Tonnes),
			fees: FeeRates {
				maker_ppm: self.one_of(&[0, 1_000, 50_000, u16::MAX]),
				taker_ppm: self.one_of(&[0, 2_500, 30_000, u16::MAX]),
			},
		}
	}

	fn calendar(&mut self) -> Calendar {
		let (utc_offset, hours) = match self.below(16) {
			0..=2 => (8 * 60, hours(&[(9, 12), (13, 23)], 60)),
			3..=4 => (8 * 60, hours(&[(9, 12), (13, 23)], 15)),
			5 => (8 * 60, hours(&[(9, 12)], 0)),
			6 => (0, hours(&[(1, 2), (3, 4)], 45)),
			7 => (-8 * 60, hours(&[(17, 18)], 60)),
			8 => (0, hours(&[(2, 1)], 0)),
			_ => (self.one_of(&[0, 8 * 60, 15 * 60]), Hours::AroundTheClock),
		};
		let tomorrow = Day((BEGINNING / DAY) as u32 + 1);
		let holidays = self.rarely(8, |_| vec![tomorrow]).unwrap_or_default();
		Calendar {
			utc_offset,
			weekdays: self
				.rarely(8, |bytes| bytes.one_of(&[0b0001_1111, 1, 0]))
				.unwrap_or(0b0111_1111),
			holidays: holidays.try_into().unwrap_or_default(),
			workdays: Default::default(),
			hours,
		}
	}
}
