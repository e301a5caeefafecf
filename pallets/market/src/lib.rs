#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod book;
mod impls;
mod ledger;
mod makers;
mod regulation;
mod sweep;
mod types;
mod views;
pub mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;

pub use carbon_matching::{OrderId, ReturnReason, Side, TimeInForce};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use carbon_matching::{LevelKey, Serial};
	use carbon_primitives::{AssetId, Balance, Moment, Price, Tonnes};
	use carbon_traits::{EnsureParticipant, InspectHalts, InspectTradable};
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

		/// Tells which assets may be traded.
		type Registry: InspectTradable;

		/// Tells which assets must not move. Halts of markets come through `HaltMarkets` instead, so that no order has to ask.
		type Halts: InspectHalts;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// Names the account that backs the trading ledger.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Most orders that one order may meet in one call: those that it trades with, and those that leave the book on its way since
		/// their owners may not trade any more.
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

		/// Makes participants and assets for benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: carbon_traits::ParticipantBenchmarkHelper<Self::AccountId>
			+ carbon_traits::RegistryBenchmarkHelper<Self::AccountId>;
	}

	/// Trading account as this configuration bounds it.
	pub type TradingAccountOf<T> = TradingAccount<<T as Config>::MaxAssetsPerAccount>;

	/// The passes over the books as this configuration bounds them.
	pub type SweepRecordOf<T> = SweepRecord<<T as frame_system::Config>::AccountId, <T as Config>::MaxSweep>;

	/// Markets by asset: rules, halts and the header of the book. Written by `create_market`, `set_params`, halts, and by orders
	/// that trade or that open or empty a price level.
	// Twox64Concat: the regulator chooses the assets.
	#[pallet::storage]
	pub type Markets<T: Config> = StorageMap<_, Twox64Concat, AssetId, MarketRecord>;

	/// How many markets there are. Written by `create_market`.
	#[pallet::storage]
	pub type MarketCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Price levels that have orders, by asset, side and price in fen, each with its latest page of orders. Written by
	/// `place_order`, `cancel_order`, `force_cancel` and the sweep.
	// Identity: side and price are 25 bits, so that no choice of them makes the trie deep.
	#[pallet::storage]
	pub type Levels<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Identity, LevelKey, LevelOf<T::AccountId>>;

	/// Full pages of price levels, by asset, level and number of the page. Written by `place_order`, `cancel_order`,
	/// `force_cancel` and the sweep.
	// Twox64Concat: the pallet numbers the pages.
	#[pallet::storage]
	pub type Pages<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, (LevelKey, Serial), PageOf<T::AccountId>>;

	/// Trading accounts by participant. Written by every call but `create_market` and `set_params`, by the sweep, and where the
	/// right of a participant to trade changes; an empty record is removed.
	// Blake2_128Concat: participants choose their keys.
	#[pallet::storage]
	pub type TradingAccounts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, TradingAccountOf<T>>;

	/// Whose orders are to leave the books, and how far that has come. Written where the right of a participant to trade ends, and
	/// by the sweep in `on_idle`, which removes it when it has nothing left to do.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, SweepRecordOf<T>>;

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
			/// Its limit, in fen per tonne.
			price: Price,
			/// What it was for, in tonnes.
			tonnes: Tonnes,
			/// What was to happen to the remainder.
			time_in_force: TimeInForce,
			/// Name of the order while it rests; none where nothing rests.
			order: Option<OrderId>,
			/// What rests in the book, in tonnes. Its price is locked for a buy, its tonnes for a sell.
			resting: Tonnes,
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
		/// The last pass over the books is over. Of those whose right to trade was withdrawn before it began, and has not come back
		/// since, no order rests any more, but for those that an event `LevelNotSwept` says were left.
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
		/// The asset has a market already.
		MarketExists,
		/// The rules of the market allow no order or contradict each other: step and lot must be above zero, the other values whole
		/// multiples of them, the lowest price at most the highest, that at most CNY 167,772.15 per tonne, and the two at most
		/// CNY 161.28 apart.
		InvalidParams,
		/// The registry does not let this asset change hands.
		AssetNotTradable,
		/// An amount of money must be above zero.
		AmountZero,
		/// A quantity must be above zero.
		QuantityZero,
		/// The quantity is no whole number of lots.
		QuantityOffLot,
		/// The quantity is above what one order of this market may have. Split the order.
		QuantityAboveMax,
		/// The price is no whole number of price steps.
		PriceOffTick,
		/// The price is below the lowest or above the highest that this market accepts.
		PriceOutsideBand,
		/// The settlement tokens do not suffice: on the trading account for an order or a withdrawal, on the registry account for a
		/// deposit, where one fen has to stay.
		InsufficientCash,
		/// The tonnes do not suffice: on the trading account for an order or a withdrawal, on the registry account for a deposit.
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
		/// There are as many markets as there may be.
		TooManyMarkets,
		/// Orders rest so far from the new price band that the book would not have room for each price of it. Choose a band nearer to
		/// them, or take them out with `force_cancel` first.
		BandExcludesOrders,
		/// The list is empty. Name at least one order.
		BatchEmpty,
		/// The trading account has the money, but buy orders lock it. Take them out with `force_cancel` first.
		CashLocked,
		/// The trading account has the tonnes, but sell orders lock them. Take them out with `force_cancel` first.
		AllowancesLocked,
		/// The order book and the trading ledger contradict each other. Nothing was changed; tell the operator.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::continue_sweep(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(T::MaxFillsPerOrder::get() > 0, "an order must be able to trade");
			assert!(
				T::MaxAssetsPerAccount::get() > 0,
				"an account must be able to hold an asset"
			);
			assert!(T::MaxMarkets::get() > 0, "there must be room for a market");
			let page = T::WeightInfo::sweep_page(PAGE_SLOTS).saturating_add(T::WeightInfo::sweep_begin());
			assert!(
				page.all_lte(T::BlockWeights::get().max_block.saturating_div(4)),
				"a block that is not full must have room for sweeping a page"
			);
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

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Open a market for an asset.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `params` are the rules of the market's orders: price step, lot, largest order, lowest and highest price. Prices are in fen
		/// per tonne, quantities in tonnes. The lowest and the highest price are at most 16,128 fen apart, so that the book has room for
		/// an order at any price between them. While a halt of all trading is in force, the market opens halted.
		///
		/// ## Errors
		/// `AssetNotTradable`, `InvalidParams`, `MarketExists`, `AssetHalted`, `TooManyMarkets`.
		///
		/// ## Events
		/// `MarketCreated`.
		#[pallet::call_index(0)]
		pub fn create_market(origin: OriginFor<T>, asset: AssetId, params: MarketParams) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_create_market(asset, params)
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
		/// What orders lock is not free: cancel them first.
		///
		/// ## Errors
		/// `AmountZero`, `QuantityZero`, `AssetHalted`, `InsufficientCash`, `InsufficientAllowances`; what keeps the participant from
		/// taking its property out.
		///
		/// ## Events
		/// `Withdrawn`.
		#[pallet::call_index(2)]
		pub fn withdraw(origin: OriginFor<T>, funds: Funds) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who, funds)
		}

		/// Place a limit order: buy or sell `tonnes` at `price` fen per tonne or better.
		///
		/// ## Dispatch Origin
		/// Signed by a participant that may trade.
		///
		/// ## Details
		/// The order trades at once with the resting orders that it crosses, best price first and at one price the oldest first, at the
		/// price of the resting order. The remainder rests (`GoodTillCancelled`) or is returned (`ImmediateOrCancel`). It is returned as
		/// well where the next order to trade with is one's own, or where the order has met as many others as one call may. A resting
		/// order whose owner may not trade any more leaves the book when it is met, and counts as met. A buy needs price × tonnes of
		/// free cash, a sell the tonnes.
		///
		/// ## Errors
		/// `MarketNotFound`, `QuantityZero`, `QuantityOffLot`, `QuantityAboveMax`, `PriceOffTick`, `PriceOutsideBand`, `MarketHalted`,
		/// `InsufficientCash`, `InsufficientAllowances`, `TooManyAssets`; what the participant lacks to trade.
		///
		/// ## Events
		/// `OrderFilled` for each fill and `OrderCancelled` for each order that leaves, `OrderPlaced`, `OrderReturned` where a remainder
		/// is returned.
		///
		/// ## Complexity
		/// Declared for the most orders that one call may meet, and for asking whether the participant may trade; the weight of what
		/// was not done is returned.
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::place_order(T::MaxFillsPerOrder::get())
				.max(T::WeightInfo::rest_order())
				.saturating_add(T::WeightInfo::renew_right())
		)]
		pub fn place_order(
			origin: OriginFor<T>,
			asset: AssetId,
			side: Side,
			#[pallet::compact] price: Price,
			#[pallet::compact] tonnes: Tonnes,
			time_in_force: TimeInForce,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = Self::do_place_order(
				who,
				OrderTerms {
					asset,
					side,
					price,
					tonnes,
				},
				time_in_force,
			)?;
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
		/// From there they can be moved on. What orders lock is not free: take the orders out first. A halt of the asset does not close
		/// this call. `who` must have been admitted once, whatever has become of it since.
		///
		/// ## Errors
		/// `AmountZero`, `QuantityZero`, `CashLocked`, `AllowancesLocked`, `InsufficientCash`, `InsufficientAllowances`; a `who` that was
		/// never admitted.
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
	}
}
