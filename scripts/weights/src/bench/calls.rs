//! What is measured: the kinds of calls, and what a call of the market looks like. When a call's signature changes, or a call
//! is added, this is the place.

use crate::chain::Transaction;
use carbon_primitives::{AccountId, AssetId, Balance, Moment, Price, Tonnes, Vintage};
use carbon_runtime::{configs::CNY, Runtime, RuntimeCall, RuntimeEvent};
use pallet_allowance::{RuleSet, Timeline};
use pallet_market::{Calendar, FeeRates, Funds, MarketParams, NewOrder, OrderId, OrderKind, SelfTrade, Side};

/// The vintage that is traded.
pub const YEAR: Vintage = Vintage(2021);
/// What each order is for. A fill uses a maker up.
pub const TONNES: u64 = 10;
/// Where both sides of a book meet, in fen per tonne.
pub const MIDDLE: u64 = 8_000;
/// Most price levels on each side of a book.
pub const LEVELS_MAX: u32 = 250;
/// Makers that the long fill meets beside the first one.
pub const FURTHER: u32 = 15;
/// Orders that a batch places.
pub const BATCH: u32 = 20;

/// What every trader takes to the trading ledger.
const CASH: Balance = 50_000_000 * CNY;
const ALLOWANCES: Tonnes = Tonnes(1_000_000);

/// A kind of call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
	/// `balances.transfer_keep_alive` between two accounts that exist: what the others are compared to.
	Transfer,
	/// `system.remark`, which does nothing: what every transaction costs before its call.
	Remark,
	/// `market.place_order` that rests on a price level with orders.
	PlaceRest,
	/// `market.place_order` that is filled by one maker.
	PlaceFill1,
	/// `market.place_order` that is filled by one maker and [`FURTHER`] more.
	PlaceFillMany,
	/// `market.cancel_order` of an own order.
	Cancel,
	/// `market.batch` that places [`BATCH`] orders, all of which rest on price levels with orders.
	Batch20,
}

impl Kind {
	/// The kinds whose cost must not depend on the depth of the book.
	pub const OF_DEPTH: [Self; 3] = [Self::PlaceRest, Self::PlaceFill1, Self::Cancel];

	/// All of them.
	pub const ALL: [Self; 7] = [
		Self::Transfer,
		Self::Remark,
		Self::PlaceRest,
		Self::PlaceFill1,
		Self::PlaceFillMany,
		Self::Cancel,
		Self::Batch20,
	];

	/// The name in the figures.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Transfer => "transfer",
			Self::Remark => "remark",
			Self::PlaceRest => "place_rest",
			Self::PlaceFill1 => "place_fill1",
			Self::PlaceFillMany => "place_fill_many",
			Self::Cancel => "cancel",
			Self::Batch20 => "batch20",
		}
	}

	/// Fills that the call must have led to.
	const fn fills(self) -> u32 {
		match self {
			Self::PlaceFill1 => 1,
			Self::PlaceFillMany => 1 + FURTHER,
			Self::Transfer | Self::Remark | Self::PlaceRest | Self::Cancel | Self::Batch20 => 0,
		}
	}

	/// Orders that must have come to rest by the call.
	const fn rests(self) -> u32 {
		match self {
			Self::PlaceRest => 1,
			Self::Batch20 => BATCH,
			Self::Transfer | Self::Remark | Self::PlaceFill1 | Self::PlaceFillMany | Self::Cancel => 0,
		}
	}

	/// Whether `events` of one call are those of this kind, so that nothing else is measured in its name.
	pub fn is_shown_by(self, events: &[RuntimeEvent]) -> bool {
		use pallet_market::Event as Market;
		let count = |wanted: fn(&Market<Runtime>) -> bool| {
			events
				.iter()
				.filter(|event| matches!(event, RuntimeEvent::Market(event) if wanted(event)))
				.count()
		};
		let filled = count(|event| matches!(event, Market::OrderFilled { .. }));
		let rested = events.iter().filter_map(order_placed).count();
		let cancelled = count(|event| matches!(event, Market::OrderCancelled { .. }));
		let moved = events.iter().any(|event| {
			matches!(
				event,
				RuntimeEvent::Balances(pallet_balances::Event::Transfer { .. })
			)
		});
		filled == self.fills() as usize
			&& rested == self.rests() as usize
			&& cancelled == usize::from(self == Self::Cancel)
			&& moved == (self == Self::Transfer)
	}
}

/// Where the orders of a book rest, for those who want to meet them or to join them.
pub struct Prices {
	/// Price levels of the buyers, best first.
	pub bids: Vec<u64>,
	/// Price levels of the sellers, best first.
	pub asks: Vec<u64>,
}

impl Prices {
	/// The first `levels` prices on both sides of the middle.
	pub fn beside_the_middle(levels: u32) -> Self {
		let steps = || 1..=u64::from(levels);
		Self {
			bids: steps().map(|step| MIDDLE - step).collect(),
			asks: steps().map(|step| MIDDLE + step).collect(),
		}
	}

	/// The call number `turn` of a kind: `counterparty` receives a transfer, and is the owner of `own`, the order that is
	/// cancelled. Places and fills take turns between the two sides, and so do the orders of a batch.
	pub fn call(&self, kind: Kind, turn: usize, counterparty: &AccountId, own: OrderId) -> RuntimeCall {
		let side = Self::side_of(turn);
		let opposite = self.of(side.opposite());
		match kind {
			Kind::Transfer => transfer(counterparty.clone()),
			Kind::Remark => frame_system::Call::<Runtime>::remark { remark: Vec::new() }.into(),
			Kind::PlaceRest => place_order(side, self.joined_by(turn), TONNES),
			// At the worst price, so that it is filled whatever the calls before it took.
			Kind::PlaceFill1 | Kind::PlaceFillMany => place_order(
				side,
				opposite[opposite.len() - 1],
				TONNES * u64::from(kind.fills()),
			),
			Kind::Cancel => cancel_order(own),
			Kind::Batch20 => {
				let orders = (turn..).take(BATCH as usize);
				batch(orders.map(|turn| order(Self::side_of(turn), self.joined_by(turn), TONNES)))
			}
		}
	}

	/// Whose turn it is.
	const fn side_of(turn: usize) -> Side {
		if turn.is_multiple_of(2) {
			Side::Buy
		} else {
			Side::Sell
		}
	}

	fn of(&self, side: Side) -> &[u64] {
		match side {
			Side::Buy => &self.bids,
			Side::Sell => &self.asks,
		}
	}

	/// The price level that the order number `turn` joins.
	fn joined_by(&self, turn: usize) -> u64 {
		let levels = self.of(Self::side_of(turn));
		levels[turn / 2 % levels.len()]
	}
}

/// Who signs a call: a trader without orders, or the owner of the order.
pub fn signs_as_maker(kind: Kind) -> bool {
	kind == Kind::Cancel
}

/// Place an order that rests with what is left of it.
pub fn place_order(side: Side, price: u64, tonnes: u64) -> RuntimeCall {
	pallet_market::Call::<Runtime>::place_order {
		asset: AssetId::from(YEAR),
		order: order(side, price, tonnes),
	}
	.into()
}

fn order(side: Side, price: u64, tonnes: u64) -> NewOrder {
	NewOrder {
		side,
		price: Price(price),
		tonnes: Tonnes(tonnes),
		kind: OrderKind::GoodTillCancelled,
		expires: None,
		self_trade: SelfTrade::default(),
		fee_max: None,
		meet_max: None,
	}
}

fn batch(orders: impl Iterator<Item = NewOrder>) -> RuntimeCall {
	let orders = orders.collect::<Vec<_>>();
	pallet_market::Call::<Runtime>::batch {
		asset: AssetId::from(YEAR),
		cancels: Default::default(),
		orders: orders.try_into().expect("a batch takes more"),
	}
	.into()
}

fn cancel_order(order: OrderId) -> RuntimeCall {
	pallet_market::Call::<Runtime>::cancel_order {
		asset: AssetId::from(YEAR),
		order,
	}
	.into()
}

fn transfer(to: AccountId) -> RuntimeCall {
	pallet_balances::Call::<Runtime>::transfer_keep_alive {
		dest: to.into(),
		value: CNY,
	}
	.into()
}

/// The identifier of the order that came to rest, where `event` says so.
pub fn order_placed(event: &RuntimeEvent) -> Option<OrderId> {
	match event {
		RuntimeEvent::Market(pallet_market::Event::OrderPlaced { order, .. }) => *order,
		_ => None,
	}
}

/// What the regulator does before `traders` can trade. `batch` is the most that one call takes.
pub fn opening(traders: &[AccountId], batch: usize) -> Vec<RuntimeCall> {
	use pallet_allowance::Call as Allowance;
	let mut calls: Vec<RuntimeCall> = vec![Allowance::<Runtime>::open_period {
		year: YEAR,
		cap: Tonnes(ALLOWANCES.0 * traders.len() as u64),
		rules: RuleSet::default(),
		timeline: Timeline {
			opens: 0,
			reports_due: Moment::MAX,
			verification_due: Moment::MAX,
			surrender_due: Moment::MAX,
			objection_days: 7,
			decision_days: 10,
		},
	}
	.into()];
	for some in traders.chunks(batch) {
		let entities = some.to_vec().try_into().expect("as many as a batch takes");
		calls.push(Allowance::<Runtime>::enrol { year: YEAR, entities }.into());
		let allocations = some.iter().map(|trader| (trader.clone(), ALLOWANCES));
		let allocations = allocations.collect::<Vec<_>>();
		let allocations = allocations.try_into().expect("as many as a batch takes");
		calls.push(
			Allowance::<Runtime>::allocate {
				year: YEAR,
				allocations,
			}
			.into(),
		);
	}
	calls.push(
		pallet_market::Call::<Runtime>::create_market {
			asset: AssetId::from(YEAR),
			params: MarketParams {
				tick: Price(1),
				lot: Tonnes(1),
				order_min: Tonnes(1),
				order_max: Tonnes(100_000),
				orders_max: u32::MAX,
				price_min: Price(MIDDLE - 1_000),
				price_max: Price(MIDDLE + 1_000),
				band_bps: Some(1_000),
				// Everybody brings more than it sells.
				resale_next_day: true,
				// A limit would cost two items more for each buy.
				holding_max: None,
				fees: FeeRates {
					maker_ppm: 100,
					taker_ppm: 200,
				},
			},
			reference: Price(MIDDLE),
			calendar: Calendar::default(),
		}
		.into(),
	);
	calls
}

/// What each trader does before it can place orders.
pub fn funding() -> [RuntimeCall; 2] {
	[
		Funds::Cash { amount: CASH },
		Funds::Allowances {
			asset: AssetId::from(YEAR),
			tonnes: ALLOWANCES,
		},
	]
	.map(|funds| pallet_market::Call::<Runtime>::deposit { funds }.into())
}

/// The transaction extensions of a signed call.
pub fn extension(nonce: u32) -> carbon_runtime::TxExtension {
	(
		pallet_participants::CheckAdmission::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(sp_runtime::generic::Era::Immortal),
		pallet_participants::CheckSenderNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// The inherent with which each block begins.
pub fn timestamp(now: u64) -> Transaction {
	Transaction::new_bare(pallet_timestamp::Call::<Runtime>::set { now }.into())
}
