#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod agenda;
#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod checks;
#[cfg(test)]
mod mock;
mod proposals;
mod queries;
mod settling;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use carbon_primitives::{AssetId, Balance, Digest, Funds, Moment, Price, Tonnes};
	use carbon_traits::{
		EnsureParticipant, InspectGroup, InspectHalts, InspectMargin, InspectMarket, InspectTradingLimits,
		OnAgreement, TradingLedger,
	};
	use frame_support::{pallet_prelude::*, traits::Time, weights::WeightMeter};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls and of what a block does.
		type WeightInfo: WeightInfo;

		/// Who sets the rules of markets.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The trading ledger, on which this pallet pledges, releases, pays and delivers.
		type Ledger: TradingLedger<Self::AccountId>;

		/// Tells whether a market is open, and its reference price.
		type Markets: InspectMarket;

		/// Tells until when a market is halted.
		type Halts: InspectHalts;

		/// Tells who may trade and who has the service of block trades.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Tells who is related to whom.
		type Groups: InspectGroup<Self::AccountId>;

		/// Says what margin a participant has to lay down.
		type Margin: InspectMargin<Self::AccountId>;

		/// Tells who may not buy. Block trades obey no other limit of orders.
		type Limits: InspectTradingLimits<Self::AccountId>;

		/// Learns of each trade that was settled, at once or later, and of each side that did not perform.
		type OnAgreement: OnAgreement<Self::AccountId>;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// The rules of markets for which the regulator has set none. May be a parameter that changes.
		type DefaultRules: Get<BlockRules>;

		/// How far ahead a proposal may expire, in milliseconds. May be a parameter that changes.
		type ProposalLifetimeMax: Get<Moment>;

		/// Most trades that have not ended.
		#[pallet::constant]
		type MaxOpenTrades: Get<u32>;

		/// Most trades that have not ended and to which one account has consented. Fewer than
		/// `MaxOpenTrades`, so that no account alone takes all the room.
		#[pallet::constant]
		type MaxOpenTradesPerAccount: Get<u32>;

		/// Most markets with rules of their own.
		#[pallet::constant]
		type MaxRules: Get<u32>;

		/// Makes markets and accounts fit for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: BlockTradesBenchmarkHelper<Self::AccountId>;
	}

	/// Terms on the chain that `T` configures.
	pub type TermsOf<T> = Terms<<T as frame_system::Config>::AccountId>;
	/// An agreement on the chain that `T` configures.
	pub type AgreementOf<T> = Agreement<<T as frame_system::Config>::AccountId>;
	/// The record of a trade on the chain that `T` configures.
	pub type TradeRecordOf<T> = TradeRecord<<T as frame_system::Config>::AccountId>;
	/// A trade on the chain that `T` configures, as queries show it.
	pub type TradeViewOf<T> = TradeView<<T as frame_system::Config>::AccountId>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The trades that have not ended, by number; counted. Written by `propose` and `accept`, and block by
	/// block; removed when the trade ends.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Trades<T: Config> = CountedStorageMap<_, Twox64Concat, TradeId, TradeRecordOf<T>, OptionQuery>;

	/// Number of the next trade. Written by `propose`.
	#[pallet::storage]
	pub type NextTrade<T: Config> = StorageValue<_, TradeId, ValueQuery>;

	/// To how many of the trades each account has consented; those without one are not listed. Written by
	/// `propose` and `accept` and whenever a trade ends.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type OpenTrades<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The agenda: the trades to look at in each minute since the Unix epoch, numbered from zero. Written
	/// with each trade that is made, moves on or ends.
	// Twox64Concat: the minutes lie within the few years that an expiry and a settlement date may be ahead,
	// which are too few to choose from; the second key is a counter.
	#[pallet::storage]
	pub type Agenda<T: Config> =
		StorageDoubleMap<_, Twox64Concat, u64, Twox64Concat, u32, TradeId, OptionQuery>;

	/// How many trades each minute of the agenda has; minutes without one are not listed. Written as the
	/// agenda is.
	// Twox64Concat: as for the agenda.
	#[pallet::storage]
	pub type AgendaLengths<T: Config> = StorageMap<_, Twox64Concat, u64, u32, ValueQuery>;

	/// The first minute of the agenda that is not done. Written block by block while there are trades, and by
	/// the `propose` that makes the first one.
	#[pallet::storage]
	pub type AgendaCursor<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// The rules that the regulator has set, by asset; counted. Written by `set_rules`.
	// Twox64Concat: only the regulator chooses the key.
	#[pallet::storage]
	pub type Rules<T: Config> = CountedStorageMap<_, Twox64Concat, AssetId, BlockRules, OptionQuery>;

	/// What has become of block trades. Moments are in milliseconds since the Unix epoch.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A trade was proposed. Its proposer's stake was pledged.
		Proposed {
			/// Number of the trade.
			id: TradeId,
			/// What accepting it takes.
			digest: Digest,
			/// What the other side is asked to consent to.
			agreement: AgreementOf<T>,
			/// What the proposer pledged.
			pledged: Funds,
		},
		/// The proposer withdrew its proposal.
		Withdrawn {
			/// Number of the trade.
			id: TradeId,
			/// What the proposer has free again.
			released: Funds,
		},
		/// The other side rejected a proposal.
		Rejected {
			/// Number of the trade.
			id: TradeId,
			/// What the proposer has free again.
			released: Funds,
		},
		/// Nobody accepted a proposal in time.
		Expired {
			/// Number of the trade.
			id: TradeId,
			/// What the proposer has free again.
			released: Funds,
		},
		/// Both sides have consented to a trade that is settled later.
		Agreed {
			/// Number of the trade.
			id: TradeId,
			/// What the acceptor pledged.
			pledged: Funds,
			/// When it is settled.
			settles_at: Moment,
		},
		/// The tonnes went to the buyer and their value to the seller. What else was pledged for the trade is
		/// free again.
		Settled {
			/// Number of the trade.
			id: TradeId,
			/// The vintage, or the number of the offset series.
			asset: AssetId,
			/// Who delivered.
			seller: T::AccountId,
			/// Who paid.
			buyer: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// Price, in fen per tonne.
			price: Price,
		},
		/// The settlement date has come, or a halt over it has ended, and a side could not perform; or the
		/// chain stood still when a window ended, which opens anew. Nothing was moved.
		WindowOpened {
			/// Number of the trade.
			id: TradeId,
			/// Who could not perform.
			missing: Missing,
			/// The end of the window. From this moment on, whoever cannot perform is in default.
			ends_at: Moment,
		},
		/// The settlement date came, or the window ended, during a halt.
		Postponed {
			/// Number of the trade.
			id: TradeId,
			/// When settlement is tried again: the end of the halt, or after a day where it ends later, since
			/// it may be lifted early.
			until: Moment,
		},
		/// The window ended and a side could not perform. All margins are free again, one of them on the
		/// other side's account.
		Defaulted {
			/// Number of the trade.
			id: TradeId,
			/// Who could not perform.
			missing: Missing,
			/// Margin that went to the other side, in fen; zero where neither side could perform.
			compensation: Balance,
		},
		/// A trade that was due could not be concluded, because the trading ledger or the agenda contradicts
		/// its record. Nothing was changed, and a later block tries again. No sequence of calls leads to it.
		NotConcluded {
			/// Number of the trade.
			id: TradeId,
			/// Why.
			error: DispatchError,
		},
		/// The regulator set the rules for block trades of a market.
		RulesChanged {
			/// The asset of the market.
			asset: AssetId,
			/// The rules until now, which may be the defaults.
			old_value: BlockRules,
			/// The rules from now on.
			new_value: BlockRules,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The caller is neither the seller nor the buyer of the terms. Nobody proposes in the name of two
		/// others.
		NotParty,
		/// Seller and buyer are one account, or belong to one corporate group. Block trades are between
		/// independent parties.
		PartiesRelated,
		/// The buyer may not buy, because it owes a fine. It has to pay the fine first.
		BuysBlocked,
		/// The market, its asset or all trading is halted. Wait until the halt ends.
		MarketHalted,
		/// The quantity is below the market's minimum for block trades. Use the order book for less.
		TonnesBelowMin,
		/// The price is zero. Give one fen per tonne or more.
		PriceZero,
		/// The price is too far from the market's reference price. Look up the reference price and the band
		/// for block trades.
		PriceOutsideBand,
		/// The moment up to which the terms could be accepted has passed. Propose new ones.
		ProposalExpired,
		/// The terms could be accepted for too long. Let them expire earlier.
		ExpiryTooFar,
		/// The settlement date is before the moment up to which the terms can be accepted. Give a later date
		/// or an earlier expiry.
		SettlementBeforeExpiry,
		/// The settlement date is farther ahead than the market's rules allow. Give an earlier one.
		SettlementTooFar,
		/// The margin cannot be counted at this value. Split the trade.
		ValueTooLarge,
		/// As many trades wait as there may be. Try again when some have ended.
		TooManyTrades,
		/// The account has consented to as many trades that have not ended as it may. Withdraw a proposal, or
		/// wait until one has ended.
		TooManyTradesOfAccount,
		/// No trade with this number waits: it has ended, or there never was one.
		TradeNotFound,
		/// Both sides have consented already. An agreement can neither be accepted again nor taken back.
		AlreadyAgreed,
		/// The caller is not the side that the proposal was made to.
		NotCounterparty,
		/// The caller is not the side that made the proposal.
		NotProposer,
		/// The digest is not that of the agreement under this number. Look up what is proposed and whether
		/// you want it.
		DigestMismatch,
		/// A side would have to lay down a larger margin by now than the agreement says. Let it be proposed
		/// anew.
		MarginRaised,
		/// The other side has not consented, so that there is nothing to settle.
		NotAgreed,
		/// The settlement date has not come.
		NotDue,
		/// A rule is out of its range. Look up the ranges. Where a proposal or an acceptance is refused, it
		/// is one of the default rules; the regulator sets rules for the market, or corrects the defaults.
		InvalidRules,
		/// As many markets have rules of their own as there may be. That needs a larger limit in the runtime.
		TooManyRules,
		/// Records contradict each other. No sequence of calls leads here; report it.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::conclude_due_trades(meter);
		}

		fn integrity_test() {
			assert!(
				T::MaxOpenTradesPerAccount::get() > 0,
				"a block trade must be possible"
			);
			assert!(
				T::MaxOpenTradesPerAccount::get() < T::MaxOpenTrades::get(),
				"no account alone may take all the room for block trades"
			);
			assert!(
				T::DefaultRules::get().are_valid(),
				"the default rules must be in their ranges"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Propose a block trade to another participant, on terms in which the caller is the seller or the
		/// buyer.
		///
		/// ## Dispatch Origin
		/// Signed by the seller or the buyer.
		///
		/// ## Details
		/// Pledges the caller's leg where settlement is at once, its margin where it is later. The pledge
		/// comes back when the caller withdraws the proposal, when the other side rejects it and when it
		/// expires. The event names the digest that the other side has to repeat.
		///
		/// ## Errors
		/// - [`Error::NotParty`], [`Error::PartiesRelated`], [`Error::BuysBlocked`]; a side that may not make
		///   block trades: the error of the pallet participants.
		/// - [`Error::MarketHalted`]; a market that is not open: the error of the market.
		/// - [`Error::TonnesBelowMin`], [`Error::PriceZero`], [`Error::PriceOutsideBand`],
		///   [`Error::ValueTooLarge`].
		/// - [`Error::ProposalExpired`], [`Error::ExpiryTooFar`], [`Error::SettlementBeforeExpiry`],
		///   [`Error::SettlementTooFar`].
		/// - [`Error::TooManyTrades`], [`Error::TooManyTradesOfAccount`].
		/// - [`Error::InvalidRules`], where the default rules are out of their ranges.
		/// - Too little is free on the caller's trading account: the error of the trading ledger.
		///
		/// ## Events
		/// - [`Event::Proposed`].
		#[pallet::call_index(0)]
		pub fn propose(origin: OriginFor<T>, terms: TermsOf<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_propose(who, terms)
		}

		/// Consent to what another participant has proposed.
		///
		/// ## Dispatch Origin
		/// Signed by the side that the proposal was made to.
		///
		/// ## Details
		/// `digest` is that of the agreement, from the event or a query. Everything that `propose` checks of
		/// the parties, the market, the size, the price and the date is checked again. Where settlement is at
		/// once, both legs move; where it is later, the caller's margin is pledged.
		///
		/// ## Errors
		/// - [`Error::TradeNotFound`], [`Error::AlreadyAgreed`], [`Error::NotCounterparty`],
		///   [`Error::ProposalExpired`], [`Error::DigestMismatch`], [`Error::MarginRaised`],
		///   [`Error::TooManyTradesOfAccount`].
		/// - [`Error::PartiesRelated`], [`Error::BuysBlocked`], [`Error::MarketHalted`],
		///   [`Error::TonnesBelowMin`], [`Error::PriceOutsideBand`], [`Error::SettlementTooFar`],
		///   [`Error::InvalidRules`], and errors of the pallet participants and of the market, as for
		///   `propose`.
		/// - Too little is free on the caller's trading account, or the buyer cannot take the tonnes: the
		///   error of the trading ledger.
		///
		/// ## Events
		/// - [`Event::Settled`], or [`Event::Agreed`] where settlement is later.
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::weight_of_settled(T::WeightInfo::accept_now()).max(T::WeightInfo::accept_later()))]
		pub fn accept(origin: OriginFor<T>, id: TradeId, digest: Digest) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept(who, id, digest)
		}

		/// Take a proposal back that the other side has not accepted.
		///
		/// ## Dispatch Origin
		/// Signed by the proposer, whatever has become of its rights.
		///
		/// ## Errors
		/// - [`Error::TradeNotFound`], [`Error::AlreadyAgreed`], [`Error::NotProposer`].
		///
		/// ## Events
		/// - [`Event::Withdrawn`].
		#[pallet::call_index(2)]
		pub fn withdraw(origin: OriginFor<T>, id: TradeId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who, id)
		}

		/// Decline what another participant has proposed.
		///
		/// ## Dispatch Origin
		/// Signed by the side that the proposal was made to, whatever has become of its rights.
		///
		/// ## Errors
		/// - [`Error::TradeNotFound`], [`Error::AlreadyAgreed`], [`Error::NotCounterparty`].
		///
		/// ## Events
		/// - [`Event::Rejected`].
		#[pallet::call_index(3)]
		pub fn reject(origin: OriginFor<T>, id: TradeId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reject(who, id)
		}

		/// Settle a trade whose date has come, or declare who is in default where its window has ended.
		///
		/// ## Dispatch Origin
		/// Signed by anybody: both sides have consented to what happens at the date.
		///
		/// ## Details
		/// Takes from what is free on both trading accounts, towards which the buyer's margin counts. The
		/// chain itself does the same at the date and at the end of the window; this call is for whoever has
		/// the funds in between.
		///
		/// ## Errors
		/// - [`Error::TradeNotFound`], [`Error::NotAgreed`], [`Error::NotDue`], [`Error::MarketHalted`].
		/// - A side cannot perform, and the window has not ended: the error of the trading ledger.
		///
		/// ## Events
		/// - [`Event::Settled`] or [`Event::Defaulted`].
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::weight_of_settled(T::WeightInfo::settle()).max(Pallet::<T>::weight_of_default(T::WeightInfo::settle_default())))]
		pub fn settle(origin: OriginFor<T>, id: TradeId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle(id)
		}

		/// Set the rules for block trades in the market of `asset`.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Binds what is proposed and accepted from then on. Agreed trades keep their date, their margins and
		/// their window.
		///
		/// ## Errors
		/// - [`Error::InvalidRules`], [`Error::TooManyRules`].
		///
		/// ## Events
		/// - [`Event::RulesChanged`].
		#[pallet::call_index(5)]
		pub fn set_rules(origin: OriginFor<T>, asset: AssetId, rules: BlockRules) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_rules(asset, rules)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The rules for block trades in the market of `asset`: those that the regulator has set, otherwise
		/// the defaults.
		pub fn block_rules(asset: AssetId) -> BlockRules {
			Self::rules_of(asset)
		}

		/// A trade that has not ended, with the digest that accepting it takes.
		pub fn block_trade(id: TradeId) -> Option<TradeViewOf<T>> {
			Trades::<T>::get(id).map(|record| Self::view_of(id, record))
		}

		/// The trades from number `from` on, oldest first; at most 100.
		pub fn block_trades(from: TradeId, count: u32) -> Vec<TradeViewOf<T>> {
			Self::trades_from(from, count)
		}

		/// The trades in which `who` is a side, also those that it has not accepted, oldest first.
		pub fn block_trades_of(who: T::AccountId) -> Vec<TradeViewOf<T>> {
			Self::trades_of(&who)
		}

		/// What the block trades of `who` bind on its trading account: cash first, then allowances by asset.
		pub fn pledged_of(who: T::AccountId) -> Vec<Funds> {
			Self::purse_of(&who).into_funds()
		}
	}
}
