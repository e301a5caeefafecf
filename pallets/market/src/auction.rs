//! The opening auction: orders that were collected trade at one price.
//!
//! The engine looks for the price and settles the trades in steps of [`AUCTION_PAGES`] pages. As many steps are taken in a block as it has
//! room for; what is left goes on in the next one, from what [`Auction`] remembers. An auction that fits into one block leaves
//! nothing there.
//!
//! Meanwhile it leaves no room for transactions: an order that was counted and then cancelled would have moved the price for nothing. Only
//! operational calls may come between two blocks, and a date or a right to trade may end. The engine notices where that leaves the
//! search without its place, or the price without its orders, and the price is looked for anew with what is left. Each time at least one
//! order has gone or become smaller, so that the auction comes to its end.

use crate::{
	book::Book,
	makers::{terms_lost, Makers},
	price_of,
	tally::Tally,
	traded::Traded,
	Auction, AuctionRecord, AuctionStage, CancelReason, Config, Error, Event, MarketRecord, OrderTerms,
	Pallet, TradeKind, WeightInfo, PAGE_SLOTS,
};
use carbon_calendar::Day;
use carbon_matching::{
	Cancelled, Clearing, End, Error as Refusal, Fill, OrderId, Price as Found, Reduced, Resting, Rights,
	Search, Searched, Settled, Side, Tick, Verdict,
};
use carbon_primitives::{AssetId, Balance, Price, Tonnes};
use carbon_traits::OnMatched;
use frame_support::{
	defensive,
	pallet_prelude::{DispatchError, DispatchResult, Weight},
	storage::with_storage_layer,
	weights::WeightMeter,
};

/// Most pages that one step of an auction reads.
///
/// A block is filled step by step, so that a step must be small beside it; the two pages that a step leaves unfinished are read once
/// more by the next one, so that it must not be too small.
pub(crate) const AUCTION_PAGES: u32 = 8;

/// Most orders that one step of an auction looks at.
pub(crate) const AUCTION_ORDERS: u32 = AUCTION_PAGES * PAGE_SLOTS;

/// How an auction stands at the end of a block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Held {
	/// It is over: the best bid is below the best ask.
	Over,
	/// It goes on in the next block.
	Paused,
	/// It was broken off: what was collected and has not traded waits for another one.
	BrokenOff,
}

/// Why a step of an auction was undone.
enum Undone {
	/// Orders that the search had counted are gone.
	Changed,
	/// The order book and the trading ledger contradict each other.
	Failed(DispatchError),
}

impl From<DispatchError> for Undone {
	fn from(error: DispatchError) -> Self {
		Self::Failed(error)
	}
}

impl Undone {
	fn of<T: Config>(refusal: Refusal<DispatchError>) -> Self {
		match refusal {
			Refusal::BookChanged => Self::Changed,
			refusal => Self::Failed(Pallet::<T>::refusal_of_book(refusal)),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Begin the auction of a market, and go on with it as far as `meter` allows.
	pub(crate) fn begin_auction(asset: AssetId, market: &mut MarketRecord, meter: &mut WeightMeter) -> Held {
		let record = AuctionRecord {
			asset,
			stage: Self::first_stage(market),
		};
		Self::hold_auction(record, market, meter)
	}

	/// Go on with the auction `record` of `market`, as far as `meter` allows.
	pub(crate) fn hold_auction(
		record: AuctionRecord,
		market: &mut MarketRecord,
		meter: &mut WeightMeter,
	) -> Held {
		let AuctionRecord { asset, mut stage } = record;
		let mut is_new = stage == Self::first_stage(market);
		// What has traded in this block since the last event `AuctionEnded`.
		let mut traded = Traded::default();
		loop {
			let worst = Self::weight_of_step(&stage, AUCTION_ORDERS);
			// Each step weighs something, so that the end of the block is the end of the loop.
			if !meter.can_consume(worst) {
				traded.tell(asset);
				Auction::<T>::put(AuctionRecord { asset, stage });
				return Held::Paused;
			}
			let (result, orders) = Self::auction_step(asset, market, &stage, &mut traded);
			// At most what there was room for.
			meter.consume(Self::weight_of_step(&stage, orders.min(AUCTION_ORDERS)));
			match result {
				Ok(Some(next)) => {
					if let AuctionStage::Search(_) = next {
						traded.tell(asset);
					}
					stage = next;
				}
				Ok(None) => {
					traded.tell(asset);
					Auction::<T>::kill();
					return Held::Over;
				}
				// Nobody can have changed the book of an auction that began in this block.
				Err(Undone::Changed) if !is_new => {
					is_new = true;
					stage = Self::first_stage(market);
				}
				Err(Undone::Changed) => {
					defensive!("the book of an auction changes between blocks alone");
					traded.tell(asset);
					return Self::fail_auction(asset, &stage, Error::<T>::Unexpected.into());
				}
				Err(Undone::Failed(error)) => {
					traded.tell(asset);
					return Self::fail_auction(asset, &stage, error);
				}
			}
		}
	}

	/// Break off the auction of a market. What has traded has; the orders that are left wait for another one.
	pub(crate) fn break_auction_off(record: &AuctionRecord) {
		Self::note_round(record.asset, &record.stage);
		Auction::<T>::kill();
	}

	fn fail_auction(asset: AssetId, stage: &AuctionStage, error: DispatchError) -> Held {
		Self::break_auction_off(&AuctionRecord { asset, stage: *stage });
		Self::deposit_event(Event::AuctionFailed { asset, error });
		Held::BrokenOff
	}

	/// How an auction begins.
	fn first_stage(market: &MarketRecord) -> AuctionStage {
		let tick = |price: Price| Tick::try_from(price.0).unwrap_or(Tick::MAX);
		AuctionStage::Search(Search::new(
			tick(market.today.reference),
			tick(market.params.tick),
		))
	}

	/// What a step at `stage` weighs that looks at `orders` orders.
	fn weight_of_step(stage: &AuctionStage, orders: u32) -> Weight {
		// Benchmarks have each page in a level of its own. One that is sealed touches the page beside it as well, which is no more than
		// an order does.
		let orders = orders.saturating_add(AUCTION_PAGES);
		match stage {
			AuctionStage::Search(_) => T::WeightInfo::auction_search(orders),
			// What has traded is told no more often than there are such steps.
			AuctionStage::Settle { .. } => {
				T::WeightInfo::auction_settle(orders).saturating_add(T::OnMatched::weight_of_matched())
			}
		}
	}

	/// Take one step, or change nothing. Returns how the auction goes on, none where it is over, and how many orders were looked at.
	fn auction_step(
		asset: AssetId,
		market: &mut MarketRecord,
		stage: &AuctionStage,
		traded: &mut Traded<T>,
	) -> (Result<Option<AuctionStage>, Undone>, u32) {
		match *stage {
			AuctionStage::Search(search) => {
				let (searched, orders) = Self::search_step(asset, market, search);
				let next = searched.map(|searched| {
					Some(match searched {
						Searched::Paused(search) => AuctionStage::Search(search),
						Searched::Found(price) => AuctionStage::Settle { price, traded: 0 },
					})
				});
				(next, orders)
			}
			AuctionStage::Settle {
				price,
				traded: before,
			} => {
				let (settled, orders) = Self::settle_step(asset, market, price, traded);
				let next = settled.map(|Settled { volume, end, .. }| {
					// Saturating hides nothing: quantities have 64 bits, and there are fewer than 2^64 orders.
					let traded = before.saturating_add(volume);
					let stage = AuctionStage::Settle { price, traded };
					match end {
						None => Some(stage),
						Some(End::Again) => {
							Self::note_round(asset, &stage);
							Some(Self::first_stage(market))
						}
						Some(End::Uncrossed) => {
							Self::note_end(asset, price, traded);
							None
						}
					}
				});
				(next, orders)
			}
		}
	}

	/// Look for the price, over as many pages as a step may read.
	fn search_step(
		asset: AssetId,
		market: &mut MarketRecord,
		search: Search,
	) -> (Result<Searched, Undone>, u32) {
		// Nothing trades yet.
		Self::with_book(asset, market, &mut Traded::default(), |book, clearer| {
			carbon_matching::search(book, search, AUCTION_PAGES, clearer)
		})
	}

	/// Settle at `price`, over as many pages as a step may read.
	fn settle_step(
		asset: AssetId,
		market: &mut MarketRecord,
		price: Found,
		traded: &mut Traded<T>,
	) -> (Result<Settled, Undone>, u32) {
		Self::with_book(asset, market, traded, |book, clearer| {
			carbon_matching::settle(book, price.tick, AUCTION_PAGES, clearer)
		})
	}

	/// Do something with the book of a market, all of it or nothing, and add what it trades to `traded`. Returns how many orders were
	/// looked at besides.
	fn with_book<R>(
		asset: AssetId,
		market: &mut MarketRecord,
		traded: &mut Traded<T>,
		act: impl FnOnce(&mut Book<T>, &mut Clearer<T>) -> Result<R, Refusal<DispatchError>>,
	) -> (Result<R, Undone>, u32) {
		let mut book = Book::<T>::with(asset, market.clone());
		let mut clearer = Clearer::<T>::of(asset, market.today.bar.day);
		let result = with_storage_layer(|| act(&mut book, &mut clearer).map_err(Undone::of::<T>));
		let Clearer {
			tally,
			traded: matched,
			orders,
			..
		} = clearer;
		if result.is_ok() {
			book.add(tally);
			traded.append(matched);
			if let Some(changed) = book.into_record() {
				*market = changed;
			}
		}
		(result, orders)
	}

	/// Tell what has traded at the price of `stage`, if anything has, of an auction that does not end with it.
	fn note_round(asset: AssetId, stage: &AuctionStage) {
		match *stage {
			AuctionStage::Settle { price, traded } if traded > 0 => Self::note_end(asset, price, traded),
			_ => {}
		}
	}

	fn note_end(asset: AssetId, price: Found, traded: u128) {
		Self::deposit_event(Event::AuctionEnded {
			asset,
			price: price.tick.filter(|_| traded > 0).map(price_of),
			tonnes: traded,
		});
	}

	/// Take a single step, for its benchmark. Returns how many orders it looked at.
	#[cfg(any(feature = "runtime-benchmarks", test))]
	pub(crate) fn step_for_benchmark(
		asset: AssetId,
		market: &mut MarketRecord,
		stage: Option<AuctionStage>,
	) -> (Option<AuctionStage>, u32) {
		let stage = stage.unwrap_or_else(|| Self::first_stage(market));
		// Whoever is told what has traded says what that weighs.
		let (next, orders) = Self::auction_step(asset, market, &stage, &mut Traded::default());
		assert!(next.is_ok(), "the book is in order; qed");
		(next.ok().flatten(), orders)
	}
}

/// Settles the auction of one market.
///
/// Two accounts are in hand, since trades are between two. Each account is in one hand at most: what one hand has changed, the other
/// must not know from before.
pub(crate) struct Clearer<T: Config> {
	asset: AssetId,
	day: Day,
	hands: [Makers<T>; 2],
	/// The hand that was used last.
	last: usize,
	/// Why the order leaves that was asked about last.
	leaves: Option<CancelReason>,
	/// How many orders were looked at.
	orders: u32,
	/// What the trades add to the market's record.
	tally: Tally,
	/// What is told of the trades.
	traded: Traded<T>,
}

impl<T: Config> Clearer<T> {
	fn of(asset: AssetId, day: Day) -> Self {
		Self {
			asset,
			day,
			hands: [Makers::of(asset), Makers::of(asset)],
			last: 0,
			leaves: None,
			orders: 0,
			tally: Tally::default(),
			traded: Traded::default(),
		}
	}

	/// The hand that has the account of `owner`, or takes it up: the one that was not used last.
	fn hand(&mut self, owner: &T::AccountId) -> &mut Makers<T> {
		let [first, second] = &mut self.hands;
		let takes_first = if first.has(owner) {
			true
		} else if second.has(owner) {
			false
		} else {
			self.last != 0
		};
		self.last = usize::from(!takes_first);
		if takes_first {
			first
		} else {
			second
		}
	}

	/// Settle one side of a trade. Returns the fee, and what is left of the order.
	fn fill(&mut self, fill: &Fill<T::AccountId>, side: Side) -> Result<(Balance, Tonnes), DispatchError> {
		let left = Tonnes(fill.remaining);
		let terms = OrderTerms {
			asset: self.asset,
			side,
			// The order's own limit: what it bound follows from it.
			price: price_of(fill.order.tick()),
			tonnes: Tonnes(fill.quantity),
			left,
			fee_ppm: fill.tag,
		};
		let (price, day) = (price_of(fill.tick), self.day);
		let fee = self
			.hand(&fill.owner)
			.change(&fill.owner, |account| account.fill_maker(&terms, price, day))?;
		Ok((fee, left))
	}

	/// Give back what an order has lost to one of its own owner or group.
	fn lose(&mut self, order: OrderId, reduced: &Reduced<T::AccountId>) -> DispatchResult {
		let terms = terms_lost(self.asset, reduced);
		Pallet::<T>::note_reduced(order, &reduced.owner, &terms, CancelReason::SelfTrade);
		self.hand(&reduced.owner)
			.change(&reduced.owner, |account| account.unlock(&terms))
	}
}

impl<T: Config> Rights<T::AccountId> for Clearer<T> {
	type Error = DispatchError;

	fn verdict(&mut self, order: &Resting<T::AccountId>) -> Result<Verdict, DispatchError> {
		// No more than there are on the pages of a step.
		self.orders = self.orders.saturating_add(1);
		let hand = self.hand(&order.owner);
		self.leaves = if hand.has_expired(order.expires) {
			Some(CancelReason::Expired)
		} else {
			hand.reason_to_leave(&order.owner)?
		};
		Ok(match self.leaves {
			Some(_) => Verdict::Leave,
			None => Verdict::Trade,
		})
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
		let reason = self.leaves.take().ok_or(Error::<T>::Unexpected)?;
		let owner = cancelled.owner.clone();
		self.hand(&owner).release(order, cancelled, reason)
	}
}

impl<T: Config> Clearing<T::AccountId> for Clearer<T> {
	fn are_one(
		&mut self,
		buy: &Resting<T::AccountId>,
		sell: &Resting<T::AccountId>,
	) -> Result<bool, DispatchError> {
		let Some(group) = self.hand(&buy.owner).group_of(&buy.owner)? else {
			return Ok(false);
		};
		Ok(self.hand(&sell.owner).group_of(&sell.owner)? == Some(group))
	}

	/// Move both legs of a trade, or fail.
	fn on_match(&mut self, buy: Fill<T::AccountId>, sell: Fill<T::AccountId>) -> DispatchResult {
		let (price, tonnes) = (price_of(buy.tick), Tonnes(buy.quantity));
		let (buyer_fee, buy_resting) = self.fill(&buy, Side::Buy)?;
		let (seller_fee, sell_resting) = self.fill(&sell, Side::Sell)?;
		// Saturating hides nothing: fees are a part of money that exists.
		let fees = buyer_fee.saturating_add(seller_fee);
		self.tally
			.add(Pallet::<T>::trade(TradeKind::Auction, price, tonnes), fees);
		self.traded
			.note_match((buy.order, &buy.owner), (sell.order, &sell.owner), price, tonnes);
		Pallet::<T>::deposit_event(Event::OrdersMatched {
			asset: self.asset,
			buy_order: buy.order,
			buyer: buy.owner,
			buy_resting,
			sell_order: sell.order,
			seller: sell.owner,
			sell_resting,
			price,
			tonnes,
			buyer_fee,
			seller_fee,
		});
		Ok(())
	}

	fn on_own_pair(
		&mut self,
		(buy_order, buy): (OrderId, Reduced<T::AccountId>),
		(sell_order, sell): (OrderId, Reduced<T::AccountId>),
	) -> DispatchResult {
		self.lose(buy_order, &buy)?;
		self.lose(sell_order, &sell)
	}
}
