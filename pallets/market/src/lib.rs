#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod account;
mod auction;
mod bars;
mod book;
mod compliance;
mod holding;
mod impls;
mod ledger;
mod makers;
mod orders;
mod pledges;
mod regulation;
mod schedule;
mod sweep;
mod sweep_record;
mod tally;
mod traded;
mod types;
mod views;
pub mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(any(feature = "fuzzing", test))]
pub mod fuzzing;
#[cfg(any(feature = "fuzzing", test))]
#[cfg_attr(not(test), allow(dead_code))]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;

pub use account::*;
pub use bars::*;
pub use carbon_calendar::{Calendar, Day, Hours, Session};
pub use carbon_matching::{OrderId, ReturnReason, SelfTrade, Side};
pub use carbon_primitives::Funds;
pub use pallet::*;
pub use sweep_record::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use carbon_matching::{LevelKey, Serial};
	use carbon_primitives::{AssetId, Balance, Moment, Price, Tonnes};
	use carbon_traits::{
		EnsureParticipant, InspectAllocation, InspectGroup, InspectHalts, InspectTradable,
		InspectTradingLimits, OnMatched,
	};
	use core::marker::PhantomData;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles, Time},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The order book and the trading ledger.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the market needs from the chain around it.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// What the calls cost.
		type WeightInfo: WeightInfo;

		/// Who may open markets and change their rules, and take orders and funds out of them.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The settlement token on the registry ledger.
		type Money: fungible::Inspect<Self::AccountId, Balance = Balance> + fungible::Mutate<Self::AccountId>;

		/// Allowances and offset credits on the registry ledger, in whole tonnes.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::Mutate<Self::AccountId>;

		/// Tells who may trade, and how long, and who may take its property out. It tells the market of each change of a right to
		/// trade in turn, through `OnTradingRight`.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Tells which participants are under common control. It tells the market of each change in turn, through `OnTradingRight`.
		type Groups: InspectGroup<Self::AccountId>;

		/// Tells what a participant's orders are limited to. It tells the market of each change in turn, through `OnTradingLimits`.
		type Limits: InspectTradingLimits<Self::AccountId>;

		/// Learns what has traded in the books, once for a call and once for an auction in a block.
		type OnMatched: OnMatched<Self::AccountId>;

		/// Tells which assets may be traded.
		type Registry: InspectTradable;

		/// Tells what was allocated to a participant, which it may hold beyond the holding limit of a market.
		type Allocations: InspectAllocation<Self::AccountId>;

		/// Tells which assets must not move. Halts of markets come through `HaltMarkets` instead, so that no order has to ask.
		type Halts: InspectHalts;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// Names the account that backs the trading ledger.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Who gets the fees on trades.
		type Treasury: Get<Self::AccountId>;

		/// Most orders that the orders of one call may meet together: those that they trade with, those that leave the book on their
		/// way, and the own one at which an order stops.
		#[pallet::constant]
		type MaxFillsPerOrder: Get<u32>;

		/// Most different assets on one trading account.
		#[pallet::constant]
		type MaxAssetsPerAccount: Get<u32>;

		/// Most markets. A halt of all trading writes each of them.
		#[pallet::constant]
		type MaxMarkets: Get<u32>;

		/// Most accounts whose orders one pass over the books takes out by name. Where more lose their right to trade at once, the
		/// pass looks at everybody's orders.
		#[pallet::constant]
		type MaxSweep: Get<u32>;

		/// How many days with their prices and volumes a market keeps.
		#[pallet::constant]
		type BarsKept: Get<u32>;

		/// Most participants of a group whose holdings are added up for the holding limit of a market.
		#[pallet::constant]
		type MaxGroupMembers: Get<u32>;

		/// Makes participants and assets for benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: carbon_traits::ParticipantBenchmarkHelper<Self::AccountId>
			+ carbon_traits::RegistryBenchmarkHelper<Self::AccountId>;
	}

	/// Trading account as this configuration bounds it.
	pub type TradingAccountOf<T> = TradingAccount<<T as Config>::MaxAssetsPerAccount>;

	/// The passes over the books as this configuration bounds them.
	pub type SweepRecordOf<T> = SweepRecord<<T as frame_system::Config>::AccountId, <T as Config>::MaxSweep>;

	/// Markets by asset: rules, halts, the trading day and the header of the book. Written by `create_market`, `set_params`,
	/// `collect_fees`, halts, by orders that trade or that open or empty a price level, by block trades, and where a phase or a day of
	/// the market ends.
	// Twox64Concat: the regulator chooses the assets.
	#[pallet::storage]
	pub type Markets<T: Config> = StorageMap<_, Twox64Concat, AssetId, MarketRecord>;

	/// When each market trades. Written by `create_market` and `set_calendar`, and at the end of each day.
	// Twox64Concat: the regulator chooses the assets.
	#[pallet::storage]
	pub type Schedules<T: Config> = StorageMap<_, Twox64Concat, AssetId, Schedule>;

	/// The days that have ended, by asset and number of the day modulo how many are kept. Written at the end of each day, over the
	/// oldest one.
	// Identity: the pallet numbers the days.
	#[pallet::storage]
	pub type Bars<T: Config> = StorageDoubleMap<_, Twox64Concat, AssetId, Identity, u32, Bar>;

	/// When something is due in each market, in the order of time. Written by `create_market` and `set_calendar`, and where something
	/// was due.
	#[pallet::storage]
	pub type Timetable<T: Config> = StorageValue<_, BoundedVec<DueMarket, T::MaxMarkets>, ValueQuery>;

	/// When the first of them is due, in milliseconds since the Unix epoch: each block asks for that alone. Written with the timetable.
	#[pallet::storage]
	pub type NextDue<T: Config> = StorageValue<_, Moment>;

	/// The call auction that is being held, if it takes more than one block. One market after the other holds its auction.
	#[pallet::storage]
	pub type Auction<T: Config> = StorageValue<_, AuctionRecord>;

	/// How many markets there are. Written by `create_market`.
	#[pallet::storage]
	pub type MarketCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Price levels that have orders, by asset, side and price in fen, each with its latest page of orders. Written by
	/// `place_order`, `replace_order`, `batch`, `cancel_order`, `force_cancel` and the sweep.
	// Identity: side and price are 25 bits, so that no choice of them makes the trie deep.
	#[pallet::storage]
	pub type Levels<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Identity, LevelKey, LevelOf<T::AccountId>>;

	/// Full pages of price levels, by asset, level and number of the page. Written by what writes levels.
	// Twox64Concat: the pallet numbers the pages.
	#[pallet::storage]
	pub type Pages<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, (LevelKey, Serial), PageOf<T::AccountId>>;

	/// Trading accounts by participant. Written by every call of participants and by those of the regulator that move funds or
	/// orders, by the sweep and by auctions, by agreements outside of the order book, and where the right of a participant to trade, its
	/// group or its limits change; an empty record is removed.
	// Blake2_128Concat: participants choose their keys.
	#[pallet::storage]
	pub type TradingAccounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, TradingAccountOf<T>>;

	/// Whose orders are to leave the books, and how far that has come. Written where the right of a participant to trade ends, by
	/// `cancel_all`, and by the sweep in `on_idle`, which removes it when it has nothing left to do.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, SweepRecordOf<T>>;

	/// A moment before which no order at rest ends, in milliseconds since the Unix epoch; none where no order has a date. While a pass
	/// over the books is under way, it concerns the orders that were placed since. Written by orders with a date that rest, and by
	/// the sweep.
	#[pallet::storage]
	pub type NextExpiry<T: Config> = StorageValue<_, Moment>;

	/// The market begins without markets; only the account that backs the trading ledger is brought into being.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Nothing to configure.
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// The backing account must outlive moments at which it holds nothing.
			frame_system::Pallet::<T>::inc_providers(&Pallet::<T>::account_id());
		}
	}

	/// What happened in the market. Each event is one change of state: see the crate's documentation.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A market was opened.
		MarketCreated {
			/// What is traded there.
			asset: AssetId,
			/// The rules of its orders.
			params: MarketParams,
			/// Until when it is halted, where a halt of all trading is in force.
			halts: MarketHalts,
			/// The price from which the band of the first day is measured, in fen per tonne.
			reference: Price,
			/// When it trades.
			calendar: Calendar,
			/// What it does with orders at this moment.
			phase: MarketPhase,
		},
		/// The hours or the trading days of a market changed.
		CalendarChanged {
			/// The market.
			asset: AssetId,
			/// When it traded before.
			old_value: Calendar,
			/// When it trades from now on.
			new_value: Calendar,
		},
		/// A market deals with orders in another way from now on.
		PhaseChanged {
			/// The market.
			asset: AssetId,
			/// What it did before.
			old_value: MarketPhase,
			/// What it does from now on.
			new_value: MarketPhase,
		},
		/// A call auction is over; or a part of it, where it was broken off, or where orders left the book while it was held and the
		/// others are auctioned once more.
		AuctionEnded {
			/// The market.
			asset: AssetId,
			/// The price at which everything traded, in fen per tonne; none where nothing did.
			price: Option<Price>,
			/// What traded, in tonnes.
			tonnes: u128,
		},
		/// A call auction could not be held on, since the order book and the trading ledger contradict each other. The step that failed was
		/// undone; the market collects orders, and tries again a minute later. Tell the operator.
		AuctionFailed {
			/// The market.
			asset: AssetId,
			/// What the step failed with.
			error: DispatchError,
		},
		/// Two resting orders traded in a call auction: tonnes went to the buyer and price × tonnes to the seller. What the buyer had locked
		/// beyond price and fee is free.
		OrdersMatched {
			/// The market.
			asset: AssetId,
			/// The order of the buyer.
			buy_order: OrderId,
			/// Whose order that is.
			buyer: T::AccountId,
			/// What is left of it, in tonnes; at zero it left the book.
			buy_resting: Tonnes,
			/// The order of the seller.
			sell_order: OrderId,
			/// Whose order that is.
			seller: T::AccountId,
			/// What is left of it, in tonnes; at zero it left the book.
			sell_resting: Tonnes,
			/// Price of the trade, in fen per tonne.
			price: Price,
			/// Quantity of the trade, in tonnes.
			tonnes: Tonnes,
			/// What the buyer paid for the trade besides, in fen.
			buyer_fee: Balance,
			/// What was kept of the seller's proceeds, in fen.
			seller_fee: Balance,
		},
		/// A trading day has ended. Its bar is kept, and the band of the next day lies around the new reference price.
		DayEnded {
			/// The market.
			asset: AssetId,
			/// Prices and volumes of the day.
			bar: Bar,
			/// The reference price of the day, in fen per tonne.
			old_value: Price,
			/// That of the next day: the closing price, if there was one.
			new_value: Price,
		},
		/// The fees of a market went to the treasury.
		FeesCollected {
			/// The market.
			asset: AssetId,
			/// How much, in fen.
			amount: Balance,
		},
		/// Free funds of a trading account are bound by an agreement outside of the order book.
		Pledged {
			/// Whose account.
			who: T::AccountId,
			/// What is bound.
			funds: Funds,
		},
		/// Pledged funds are free again.
		PledgeReleased {
			/// Whose account.
			who: T::AccountId,
			/// What is free.
			funds: Funds,
		},
		/// Pledged funds went to the free funds of another account.
		PledgePaid {
			/// Whose they were.
			from: T::AccountId,
			/// Whose they are.
			to: T::AccountId,
			/// What went.
			funds: Funds,
		},
		/// A block trade was settled: pledged tonnes went to the buyer, pledged cash to the seller.
		BlockTradeDelivered {
			/// The market.
			asset: AssetId,
			/// Who delivered.
			seller: T::AccountId,
			/// Who paid.
			buyer: T::AccountId,
			/// Price of the trade, in fen per tonne.
			price: Price,
			/// Quantity of the trade, in tonnes.
			tonnes: Tonnes,
		},
		/// The rules of a market changed. Orders at rest stay as they are.
		MarketParamsChanged {
			/// The market.
			asset: AssetId,
			/// The rules before.
			old_value: MarketParams,
			/// The rules from now on.
			new_value: MarketParams,
		},
		/// A market was halted, or a halt of it was lifted.
		MarketHaltsChanged {
			/// The market.
			asset: AssetId,
			/// The ends of its halts before.
			old_value: MarketHalts,
			/// The ends of its halts from now on.
			new_value: MarketHalts,
		},
		/// Funds came from the registry ledger to a trading account.
		Deposited {
			/// Whose account.
			who: T::AccountId,
			/// What came.
			funds: Funds,
		},
		/// Funds went from a trading account to the registry ledger.
		Withdrawn {
			/// Whose account.
			who: T::AccountId,
			/// What went.
			funds: Funds,
		},
		/// The regulator moved funds from a trading account to the registry account of the same owner.
		ForcedWithdrawal {
			/// Whose account.
			who: T::AccountId,
			/// What went.
			funds: Funds,
		},
		/// An order was accepted. Its fills come before this event.
		OrderPlaced {
			/// The market.
			asset: AssetId,
			/// Whose order.
			owner: T::AccountId,
			/// Side that it is on.
			side: Side,
			/// The worst price that it accepts, in fen per tonne.
			price: Price,
			/// What it was for, in tonnes.
			tonnes: Tonnes,
			/// Whether it was to trade, and what was to happen to the remainder.
			kind: OrderKind,
			/// When the remainder leaves the book, in milliseconds since the Unix epoch; none is never.
			expires: Option<Moment>,
			/// Name of the order while it rests; none where nothing rests.
			order: Option<OrderId>,
			/// What rests in the book, in tonnes. For a buy its price and the fee on it are locked, for a sell its tonnes.
			resting: Tonnes,
			/// Rate of the fee on what rests, in parts per million.
			fee_ppm: u16,
		},
		/// Two orders traded: tonnes went to the buyer and price × tonnes to the seller.
		OrderFilled {
			/// The market.
			asset: AssetId,
			/// The order that rested.
			maker_order: OrderId,
			/// Whose order that is.
			maker: T::AccountId,
			/// Whose order came in.
			taker: T::AccountId,
			/// Side of the taker.
			taker_side: Side,
			/// Price of the trade, in fen per tonne.
			price: Price,
			/// Quantity of the trade, in tonnes.
			tonnes: Tonnes,
			/// What is left of the maker's order, in tonnes; at zero it left the book.
			maker_resting: Tonnes,
			/// What the maker paid for the trade besides, or what was kept of its proceeds, in fen.
			maker_fee: Balance,
			/// What the taker paid for the trade besides, or what was kept of its proceeds, in fen.
			taker_fee: Balance,
		},
		/// The remainder of an order did not rest. Nothing of it was locked.
		OrderReturned {
			/// The market.
			asset: AssetId,
			/// Whose order.
			owner: T::AccountId,
			/// What neither traded nor rests, in tonnes.
			tonnes: Tonnes,
			/// Why it does not rest.
			reason: ReturnReason,
		},
		/// An order left the book before it was filled.
		OrderCancelled {
			/// The market.
			asset: AssetId,
			/// The order.
			order: OrderId,
			/// Whose order it was.
			owner: T::AccountId,
			/// What had not been filled, in tonnes.
			tonnes: Tonnes,
			/// What the order had locked and is free again.
			released: Funds,
			/// Why it left.
			reason: CancelReason,
		},
		/// An order became smaller without a trade. It keeps its place.
		OrderReduced {
			/// The market.
			asset: AssetId,
			/// The order.
			order: OrderId,
			/// Whose order it is.
			owner: T::AccountId,
			/// What is left of it, in tonnes; at zero it left the book.
			tonnes: Tonnes,
			/// What it had locked for the rest, which is free again.
			released: Funds,
			/// Why it became smaller: its owner wanted it, or an order met it that it must not trade with.
			reason: CancelReason,
		},
		/// A participant wanted all its orders out of the books. None of them trades any more, and each leaves with an event of its own.
		CancellingAll {
			/// Whose orders.
			who: T::AccountId,
		},
		/// The last order has left of a participant that wanted all of them out. It may place new ones.
		AllCancelled {
			/// Whose orders.
			who: T::AccountId,
		},
		/// The last pass over the books is over. Of those whose right to trade was withdrawn before it began, and has not come back
		/// since, and of those who wanted all their orders out, no order rests any more, nor does one that had expired, but for those
		/// that an event `LevelNotSwept` says were left.
		SweepFinished,
		/// The orders on a page of a price level could not be taken out, since the order book and the trading ledger contradict each
		/// other. Nothing of the page was changed; tell the operator.
		LevelNotSwept {
			/// The market.
			asset: AssetId,
			/// Side of the level.
			side: Side,
			/// Its price, in fen per tonne.
			price: Price,
			/// Number of the page; none where the level itself cannot be read, of which then no page was swept.
			page: Option<Serial>,
			/// The page of the level that the sweep goes on with; none where that cannot be read from this one or comes after all that
			/// the sweep has to look at. Of the pages after this one, then, none is swept.
			next: Option<Serial>,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The asset has no market. Ask the regulator to open one.
		MarketNotFound,
		/// The asset has a market already. Change its rules with `set_params` and its hours with `set_calendar`.
		MarketExists,
		/// The rules of the market allow no order or contradict each other: step, lot and the number of orders must be above zero,
		/// prices and quantities whole multiples of step and lot, the smallest quantity at most the largest, the lowest price at most the
		/// highest, that at most CNY 167,772.15 per tonne, and the two at most CNY 161.28 apart.
		InvalidParams,
		/// The registry does not let this asset change hands: no such vintage or series was issued.
		AssetNotTradable,
		/// An amount of money must be above zero.
		AmountZero,
		/// A quantity must be above zero.
		QuantityZero,
		/// The quantity is no whole number of lots. The rules of the market name the lot.
		QuantityOffLot,
		/// The quantity is below the smallest that an order of this market may have, and not all that could be sold, or another sell order
		/// rests. Ask for more, make the other order larger, or cancel the order instead of making it so small.
		QuantityBelowMin,
		/// The quantity is above what one order of this market may have. Split the order.
		QuantityAboveMax,
		/// The price is no whole number of price steps. The rules of the market name the step.
		PriceOffTick,
		/// The price is below the lowest or above the highest that this market accepts on this day; `market_status` names both.
		PriceOutsideBand,
		/// The settlement tokens do not suffice: on the trading account for an order and the fee on it, a pledge or a withdrawal, on the
		/// registry account for a deposit, where one fen has to stay.
		InsufficientCash,
		/// The tonnes do not suffice: on the trading account for an order, a pledge or a withdrawal, on the registry account for a deposit.
		InsufficientAllowances,
		/// The trading account has no place for one more asset. Withdraw another asset or cancel the orders for it.
		TooManyAssets,
		/// The deposit would close the registry account, which then could sign nothing any more. Keep a little on it.
		DepositClosesAccount,
		/// The identifier names no resting order, nor does any other of a list: they were filled or cancelled, or never were.
		OrderNotFound,
		/// The order belongs to another participant, who may trade. Orders of those who may not any more can be cancelled by
		/// whoever is admitted.
		NotOrderOwner,
		/// The market is halted: it accepts no orders before the halt ends or is lifted. Cancelling stays possible.
		MarketHalted,
		/// The asset is halted: it does not move before the halt ends or is lifted.
		AssetHalted,
		/// There are as many markets as there may be. That needs a larger limit in the runtime.
		TooManyMarkets,
		/// Orders rest so far from the new price band that the book would not have room for each price of it. Choose a band nearer to
		/// them, or take them out with `force_cancel` first.
		BandExcludesOrders,
		/// Nothing is listed. Name at least one order.
		BatchEmpty,
		/// The trading account has the money, but buy orders lock it. Take them out with `force_cancel` first.
		CashLocked,
		/// The trading account has the tonnes, but sell orders lock them. Take them out with `force_cancel` first.
		AllowancesLocked,
		/// An order that is to be filled whole or not at all could not be, at its limit and with as many others as one order may meet.
		/// Ask for less, or let the remainder be returned.
		NotFilled,
		/// An order that must not trade would. Place it behind the best price of the other side.
		WouldTrade,
		/// Only an order that may rest can have a date. Leave the date out.
		ExpiryUnfit,
		/// The date of the order has come already. Name a later one.
		ExpiryPassed,
		/// As many orders of the participant rest in this market as may. Cancel one first.
		TooManyOrders,
		/// The quantity is above what the participant's credit allows for one order. Ask for less, or earn a better credit level.
		OrderAboveCreditLimit,
		/// As many orders of the participant rest in this market as its credit allows. Cancel one first, or earn a better credit level.
		TooManyOrdersForCredit,
		/// The participant may not buy, because it owes a fine. Pay the fine first. Selling, cancelling and withdrawing stay possible.
		BuysBlocked,
		/// The order has this price and this quantity already.
		OrderUnchanged,
		/// All orders of the participant are leaving the books. Place new ones after the event `AllCancelled`.
		CancelAllPending,
		/// No order of the participant rests.
		NoOrders,
		/// The market is closed at this time; its calendar says until when. Cancelling stays possible.
		MarketClosed,
		/// The market collects orders for its opening auction: only `GoodTillCancelled` ones, which rest without trading.
		AuctionCollecting,
		/// The market holds its opening auction. Try again in a few blocks.
		AuctionHeld,
		/// The calendar cannot be followed: sessions must lie in order within a day, with room for the auction before the first, days of
		/// rest in the order of time, at least one day of the week must be a working day, and local time at most 14 hours from UTC.
		InvalidCalendar,
		/// The reference price is no price that an order may have. Choose one between the lowest and the highest, on the price step.
		InvalidReference,
		/// What was bought today may neither be sold nor pledged nor withdrawn today. Ask for less, or wait for the next trading day.
		BoughtToday,
		/// The participant could hold more than it may, counting all its buy orders. Ask for less, cancel buy orders or sell first.
		HoldingLimitExceeded,
		/// The participant's group could hold more than it may, counting all buy orders of its members. Ask for less.
		GroupHoldingLimitExceeded,
		/// The fee may be above what the order accepts. Raise `fee_max`, or place an order of a kind that costs less.
		FeeAboveMax,
		/// There are no fees to collect.
		NoFees,
		/// So much is not pledged. Pledge it first.
		NotPledged,
		/// The trading account has the funds, but agreements outside of the order book bind them, so that taking its orders out would not
		/// suffice. They are free when the agreements are settled or end.
		FundsPledged,
		/// The order book and the trading ledger contradict each other. Nothing was changed; tell the operator.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::advance_markets(meter);
		}

		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::continue_sweep(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			Self::check_configuration();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Orders on one page of a price level.
		#[pallet::constant_name(PageSlots)]
		fn page_slots() -> u32 {
			PAGE_SLOTS
		}

		/// Most orders that a participant cancels in one batch, and most that it places.
		#[pallet::constant_name(BatchMax)]
		fn batch_max() -> u32 {
			BATCH_MAX
		}

		/// Most orders that the regulator takes out of a book in one call.
		#[pallet::constant_name(ForceCancelMax)]
		fn force_cancel_max() -> u32 {
			FORCE_CANCEL_MAX
		}

		/// Most pages that a sweep of the books reads in one block.
		#[pallet::constant_name(SweepPagesMax)]
		fn sweep_pages_max() -> u32 {
			SWEEP_PAGES_MAX
		}
	}

	// The longest texts on calls lie in `docs`.
	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Open a market for an asset.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `params` are the rules of the market's orders: price step, lot, smallest and largest order, how many of one participant rest,
		/// lowest and highest price, the price band, whether what was bought today may be sold today, how much a participant may hold, and
		/// fees. Prices are in fen per tonne, quantities in tonnes. The lowest and the highest price are at most 16,128 fen apart, so that
		/// the book has room for an order at any price between them. `reference` is the price from which the band is measured until there
		/// is a closing price. `calendar` says when the market trades. While a halt of all trading is in force, the market opens halted.
		///
		/// ## Errors
		/// `AssetNotTradable`, `InvalidParams`, `InvalidReference`, `InvalidCalendar`, `MarketExists`, `AssetHalted`, `TooManyMarkets`.
		///
		/// ## Events
		/// `MarketCreated`.
		#[pallet::call_index(0)]
		pub fn create_market(
			origin: OriginFor<T>,
			asset: AssetId,
			params: MarketParams,
			#[pallet::compact] reference: Price,
			calendar: Calendar,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_create_market(asset, params, reference, calendar)
		}

		/// Move money or allowances from the registry account to the own trading account.
		///
		/// ## Dispatch Origin
		/// Signed by a participant that may trade.
		///
		/// ## Details
		/// Only what is on the trading account can be traded. One fen has to stay on the registry account.
		///
		/// ## Errors
		/// `AmountZero`, `QuantityZero`, `AssetNotTradable`, `AssetHalted`, `InsufficientCash`, `InsufficientAllowances`,
		/// `TooManyAssets`, `DepositClosesAccount`; what the participant lacks to trade.
		///
		/// ## Events
		/// `Deposited`.
		#[pallet::call_index(1)]
		pub fn deposit(origin: OriginFor<T>, funds: Funds) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deposit(who, funds)
		}

		/// Move money or allowances that are free from the own trading account to the registry account.
		///
		/// ## Dispatch Origin
		/// Signed by the owner, also while suspended, expelled or halted: the registry account is its own as well. Not while the black
		/// list closes everything to it.
		///
		/// ## Details
		/// What orders lock is not free: cancel them first. Where the market of the asset has that rule, what was bought on a day stays until
		/// the next.
		///
		/// ## Errors
		/// `AmountZero`, `QuantityZero`, `AssetHalted`, `InsufficientCash`, `InsufficientAllowances`, `BoughtToday`; what keeps the
		/// participant from taking its property out.
		///
		/// ## Events
		/// `Withdrawn`.
		#[pallet::call_index(2)]
		pub fn withdraw(origin: OriginFor<T>, funds: Funds) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who, funds)
		}

		/// Place an order: buy or sell tonnes at a price or better.
		///
		#[doc = include_str!("docs/place_order.md")]
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::weight_of_order(*asset, order))]
		pub fn place_order(
			origin: OriginFor<T>,
			asset: AssetId,
			order: NewOrder,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = Self::do_place_order(who, asset, order)?;
			Ok(Some(weight).into())
		}

		/// Take an own order out of the book, or one whose owner may not trade any more.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the order, also while suspended, or by anybody who is admitted where the owner's right to trade has
		/// ended.
		///
		/// ## Details
		/// What the order had locked is free on its owner's trading account at once. `order` is the identifier from the event
		/// `OrderPlaced`. No halt closes this call, and it asks for no list, since nothing leaves
		/// the trading account by it; whose transactions enter blocks at all is decided elsewhere.
		///
		/// ## Errors
		/// `OrderNotFound`, `NotOrderOwner`.
		///
		/// ## Events
		/// `OrderCancelled`.
		#[pallet::call_index(4)]
		pub fn cancel_order(origin: OriginFor<T>, asset: AssetId, order: OrderId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_order(who, asset, order)
		}

		/// Take orders out of the book of one market, whoever owns them.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// At most 100 orders, by the identifiers from the events `OrderPlaced`. Those that do not rest any more are passed over, so that
		/// nobody saves an order by having another one filled or cancelled first. What each had locked is free for its owner at once.
		///
		/// ## Errors
		/// `BatchEmpty`; `OrderNotFound` where none of them rests.
		///
		/// ## Events
		/// `OrderCancelled` for each that rested.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::force_cancel(orders.len() as u32))]
		pub fn force_cancel(origin: OriginFor<T>, asset: AssetId, orders: OrderIds) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_force_cancel(asset, orders)
		}

		/// Move free money or allowances from a trading account to the registry account of the same owner.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// From there they can be moved on. What orders lock is not free: take the orders out first; nor is what agreements bind, until
		/// they end. A halt of the asset does not close this call. `who` must have been admitted once, whatever has become of it since.
		///
		/// ## Errors
		/// `AmountZero`, `QuantityZero`, `CashLocked`, `AllowancesLocked`, `FundsPledged`, `InsufficientCash`, `InsufficientAllowances`; a
		/// `who` that was never admitted.
		///
		/// ## Events
		/// `ForcedWithdrawal`.
		#[pallet::call_index(6)]
		pub fn force_withdraw(origin: OriginFor<T>, who: T::AccountId, funds: Funds) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_force_withdraw(who, funds)
		}

		/// Change the rules of a market.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The rules are those of `create_market`, and bind orders from now on. Orders at rest stay as they are, also outside of the new
		/// price band, where they can be cancelled or taken out, and trade at their own price with whoever accepts it. The band and
		/// the orders of a side must together lie within 16,128 fen.
		///
		/// ## Errors
		/// `InvalidParams`, `MarketNotFound`, `BandExcludesOrders`.
		///
		/// ## Events
		/// `MarketParamsChanged`.
		#[pallet::call_index(7)]
		pub fn set_params(origin: OriginFor<T>, asset: AssetId, params: MarketParams) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_params(asset, params)
		}

		/// Make an own order smaller, or put another one in its place.
		///
		#[doc = include_str!("docs/replace_order.md")]
		#[pallet::call_index(8)]
		#[pallet::weight(Pallet::<T>::weight_of_replacing(*asset, *meet_max))]
		pub fn replace_order(
			origin: OriginFor<T>,
			asset: AssetId,
			order: OrderId,
			#[pallet::compact] price: Price,
			#[pallet::compact] tonnes: Tonnes,
			meet_max: Option<u8>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = Self::do_replace_order(who, asset, order, price, tonnes, meet_max)?;
			Ok(Some(weight).into())
		}

		/// Take all own orders out of all books.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the orders, also while suspended.
		///
		/// ## Details
		/// From this call on none of them trades. They leave the books when others meet them, and a few pages of the books in each block
		/// that has room, with what they had locked; `AllCancelled` says when the last one has gone. Until then the participant can place
		/// no new ones. No halt closes this call.
		///
		/// ## Errors
		/// `NoOrders`, `CancelAllPending`.
		///
		/// ## Events
		/// `CancellingAll`.
		#[pallet::call_index(9)]
		pub fn cancel_all(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_all(who)
		}

		/// Cancel and place orders in one market together.
		///
		#[doc = include_str!("docs/batch.md")]
		#[pallet::call_index(10)]
		#[pallet::weight(Pallet::<T>::weight_of_batch(*asset, cancels, orders))]
		pub fn batch(
			origin: OriginFor<T>,
			asset: AssetId,
			cancels: BatchCancels,
			orders: BatchOrders,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = Self::do_batch(who, asset, cancels, orders)?;
			Ok(Some(weight).into())
		}

		/// Change when a market trades.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The new calendar counts from the next block on. A trading day that has begun ends when the new calendar says so; what was
		/// traded on it stays on its bar. Where the new calendar has an earlier trading day than the one that the market waits for, that
		/// one comes first, unless it has ended before or a trade counts on the later one already.
		///
		/// ## Errors
		/// `InvalidCalendar`, `MarketNotFound`.
		///
		/// ## Events
		/// `CalendarChanged`.
		#[pallet::call_index(11)]
		pub fn set_calendar(origin: OriginFor<T>, asset: AssetId, calendar: Calendar) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_calendar(asset, calendar)
		}

		/// Move the fees that were paid in a market to the treasury.
		///
		/// ## Dispatch Origin
		/// Signed by anybody.
		///
		/// ## Errors
		/// `MarketNotFound`, `NoFees`.
		///
		/// ## Events
		/// `FeesCollected`.
		#[pallet::call_index(12)]
		pub fn collect_fees(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect_fees(asset)
		}
	}
}
